// Attacks by what is handed in: kinds of files, names, archives.
#include <sys/stat.h>
#include <unistd.h>

#include "autograder/grader/tests/corpus.hpp"
#include "autograder/grader/tests/packing.hpp"

namespace grader {

using enum Verdict;

namespace {

const char* const place = "exercises/01-perceptron/perceptron.cpp";

auto holding(const Entry& entry) {
  return [entry](const UploadContext& h) { return pack(h.folder / "s.tar.gz", {entry}); };
}

}  // namespace

std::vector<Upload> uploads() {
  return {
      {"an honest folder",
       [](const UploadContext& h) {
         put(h.file(), h.honest);
         return h.folder;
       },
       {passed},
       Score::all},
      {"our workers by .incbin in sections for the linker's compiler",
       [](const UploadContext& h) {
         put(h.file(), source_for_the_linker(h.places.kit, h.folder / "made",
                                             ".incbin \\\"" + h.places.kit.string() + "/workers/libworker_02.a\\\""));
         return h.folder;
       },
       {not_compiling}},
      {"where our headers are, by a macro that they expand",
       [](const UploadContext& h) {
         std::string text = h.honest;
         text.insert(text.find("//> 1.6\n") + 8, "throw std::runtime_error(std::string(\"it is in \") + nn::where);\n");
         put(h.file(),
             "#define uword uword; inline const char* where = __FILE__; using arma::uvec\n#include "
             "\"nn/types.hpp\"\n#undef uword\n" +
                 text);
         return h.folder;
       },
       {wrong},
       Score::others},
      {"a symbolic link to our answer",
       [](const UploadContext& h) {
         fs::create_directories(h.file().parent_path());
         fs::create_symlink(h.places.solution, h.file());
         return h.folder;
       },
       {forbidden}},
      {"a folder that is a symbolic link",
       [](const UploadContext& h) {
         fs::create_directories(h.folder / "exercises");
         fs::create_directory_symlink(h.places.solution.parent_path(), h.folder / "exercises/01-perceptron");
         return h.folder;
       },
       {forbidden}},
      {"exercises is a symbolic link",
       [](const UploadContext& h) {
         fs::create_directories(h.folder);
         fs::create_directory_symlink(h.places.solution.parent_path().parent_path(), h.folder / "exercises");
         return h.folder;
       },
       {forbidden}},
      {"a hard link to our file, in a student's folder",
       [](const UploadContext& h) {
         put(h.folder / ".ours/other.cpp", h.honest);  // where nothing is looked for
         put(h.file(), "");
         fs::remove(h.file());
         fs::create_hard_link(h.folder / ".ours/other.cpp", h.file());
         const bool given = lchown(h.file().parent_path().c_str(), 65534, 65534) == 0;
         if (!given) fs::remove(h.file()), fs::create_directories(h.file());  // a user cannot give folders away
         return h.folder;
       },
       {forbidden}},
      {"a hard link of the student's own, as in a snapshot",
       [](const UploadContext& h) {
         put(h.folder / "kept/a", h.honest);
         fs::create_directories(h.file().parent_path());
         fs::create_hard_link(h.folder / "kept/a", h.file());
         return h.folder;
       },
       {passed},
       Score::all},
      {"a FIFO",
       [](const UploadContext& h) {
         put(h.file(), "");
         fs::remove(h.file());
         mkfifo(h.file().c_str(), 0644);
         return h.folder;
       },
       {forbidden}},
      {"a device",
       [](const UploadContext& h) {
         put(h.file(), "");
         fs::remove(h.file());
         if (mknod(h.file().c_str(), S_IFCHR | 0644, 0x105) != 0) mkfifo(h.file().c_str(), 0644);
         return h.folder;
       },
       {forbidden}},
      {"a folder in the place of the file",
       [](const UploadContext& h) {
         fs::create_directories(h.file());
         return h.folder;
       },
       {forbidden}},
      {"a file of 5 MB",
       [](const UploadContext& h) {
         put(h.file(), h.honest + std::string(5 << 20, ' '));
         return h.folder;
       },
       {forbidden}},
      {"a sparse file of 1 TB",
       [](const UploadContext& h) {
         put(h.file(), h.honest);
         [[maybe_unused]] const int r = truncate(h.file().c_str(), off_t(1) << 40);
         return h.folder;
       },
       {forbidden}},
      {"a binary file",
       [](const UploadContext& h) {
         put(h.file(), std::string("\x7f") + "ELF" + std::string(100, '\0'));
         return h.folder;
       },
       {forbidden}},
      {"a file that is Latin-1",
       [](const UploadContext& h) {
         put(h.file(), h.honest + "// \xff\xfe\n");
         return h.folder;
       },
       {passed},
       Score::all},
      {"an empty file",
       [](const UploadContext& h) {
         put(h.file(), "");
         return h.folder;
       },
       {not_compiling}},
      {"no file",
       [](const UploadContext& h) {
         fs::create_directories(h.folder / "exercises");
         return h.folder;
       },
       {},
       Score::none,
       true},
      {"nothing at all",
       [](const UploadContext& h) {
         fs::create_directories(h.folder);
         return h.folder;
       },
       {},
       Score::none,
       true},
      {"build files, scripts and a second source that leaves",
       [](const UploadContext& h) {
         put(h.file(), h.honest);
         put(h.folder / "CMakeLists.txt", "message(FATAL_ERROR owned)");
         put(h.folder / "exercises/CMakeLists.txt", "execute_process(COMMAND touch /tmp/left-behind)");
         put(h.folder / "exercises/01-perceptron/zz.cpp", "#include <unistd.h>\nstatic int x = (_exit(0), 1);");
         put(h.folder / "nn/perceptron.hpp", "#error owned");
         put(h.folder / "exercises/01-perceptron/armadillo", "#error owned");
         put(h.folder / "lessons/01-perceptron/lesson.json", "{}");
         return h.folder;
       },
       {passed},
       Score::all},
      {"odd names beside it",
       [](const UploadContext& h) {
         put(h.file(), h.honest);
         for (const char* name : {"new\nline.cpp", "-fplugin=x.so", "$(touch left-behind)", "\x1b[2J", "a b;c"})
           put(h.folder / "exercises/01-perceptron" / name, "x");
         return h.folder;
       },
       {passed},
       Score::all},
      {"one folder inside",
       [](const UploadContext& h) {
         put(h.folder / "handed-in" / place, h.honest);
         return h.folder;
       },
       {passed},
       Score::all},
      {"two folders inside",
       [](const UploadContext& h) {
         put(h.folder / "a" / place, h.honest);
         put(h.folder / "b" / place, h.honest + "\n");
         return h.folder;
       },
       {},
       Score::none,
       true},
      {"a tar.gz",
       [](const UploadContext& h) {
         return pack(h.folder / "s.tar.gz", {{place, h.honest}});
       },
       {passed},
       Score::all},
      {"a zip with a folder on top",
       [](const UploadContext& h) {
         return pack(h.folder / "s.zip", {{std::string("name/") + place, h.honest}}, "zip");
       },
       {passed},
       Score::all},
      {"a tar with ./ before its names",
       [](const UploadContext& h) {
         return pack(h.folder / "s.tar.gz", {{std::string("./") + place, h.honest}});
       },
       {passed},
       Score::all},
      {"an archive with a path that climbs",
       [](const UploadContext& h) {
         return pack(h.folder / "s.tar.gz", {{std::string("../") + place, h.honest},
                                             {"../../../../tmp/left-behind", "x"},
                                             {"x/../" + std::string(place), h.honest}});
       },
       {},
       Score::none,
       true},
      {"an archive with absolute paths",
       [](const UploadContext& h) {
         return pack(h.folder / "s.tar.gz", {{"/" + std::string(place), h.honest}, {"/tmp/left-behind", "x"}});
       },
       {},
       Score::none,
       true},
      {"an archive with a symbolic link",
       [](const UploadContext& h) {
         return pack(h.folder / "s.tar.gz", {{place, "", AE_IFLNK, h.places.solution.string()}});
       },
       {forbidden}},
      {"an archive with a linked folder, then a file through it",
       [](const UploadContext& h) {
         return pack(h.folder / "s.tar.gz", {{"exercises/01-perceptron", "", AE_IFLNK, "/tmp"}, {place, h.honest}});
       },
       {passed},
       Score::all},
      {"an archive with a hard link", holding({place, "", AE_IFREG, "/etc/passwd", true}), {forbidden}},
      {"an archive with a device", holding({place, "", AE_IFCHR}), {forbidden}},
      {"an archive with a FIFO", holding({place, "", AE_IFIFO}), {forbidden}},
      {"an archive that holds the file twice",
       [](const UploadContext& h) {
         return pack(h.folder / "s.tar.gz", {{place, h.honest}, {place, "int x = ;"}});
       },
       {forbidden}},
      {"a bomb: 300 MB of zeros in a tar.gz",
       [](const UploadContext& h) {
         return pack(h.folder / "s.tar.gz", {{place, h.honest}, {"zeros", std::string(300 << 20, '\0')}});
       },
       {passed},
       Score::all},
      {"a bomb in a zip, in the place of the file",
       [](const UploadContext& h) {
         return pack(h.folder / "s.zip", {{place, std::string(100 << 20, ' ')}}, "zip");
       },
       {forbidden}},
      {"an archive of 20,000 files",
       [](const UploadContext& h) {
         std::vector<Entry> many(20000, Entry{"x", ""});
         many.push_back({place, h.honest});
         return pack(h.folder / "s.tar.gz", many);
       },
       {passed},
       Score::all},
      {"a truncated archive",
       [](const UploadContext& h) {
         const fs::path file = pack(h.folder / "s.tar.gz", {{"first", std::string(1000, 'x')}, {place, h.honest}});
         fs::resize_file(file, fs::file_size(file) / 2);
         return file;
       },
       {},
       Score::none,
       true},
      {"rubbish named .zip",
       [](const UploadContext& h) {
         put(h.folder / "s.zip", std::string(5000, 'r') + "\x01\xff");
         return h.folder / "s.zip";
       },
       {},
       Score::none,
       true},
      {"an empty file named .tar",
       [](const UploadContext& h) {
         put(h.folder / "s.tar", "");
         return h.folder / "s.tar";
       },
       {},
       Score::none,
       true},
  };
}

}  // namespace grader
