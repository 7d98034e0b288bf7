#include <archive.h>
#include <archive_entry.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "autograder/grader_tests/corpus.hpp"

namespace grader {

using enum Verdict;

namespace {

const char* const place = "exercises/01-perceptron/perceptron.cpp";

void put(const fs::path& file, const std::string& text) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
}

struct Entry {
  std::string path, text;
  unsigned type = AE_IFREG;
  std::string link = {};
  bool hard = false;
};

fs::path pack(const fs::path& file, const std::vector<Entry>& entries, bool zip = false) {
  archive* out = archive_write_new();
  if (zip) archive_write_set_format_zip(out);
  else archive_write_set_format_pax_restricted(out), archive_write_add_filter_gzip(out);
  fs::create_directories(file.parent_path());
  archive_write_open_filename(out, file.c_str());
  for (const Entry& each : entries) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, each.path.c_str());
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_filetype(entry, each.type);
    archive_entry_set_size(entry, la_int64_t(each.text.size()));
    if (!each.link.empty())
      each.hard ? archive_entry_set_hardlink(entry, each.link.c_str())
                : archive_entry_set_symlink(entry, each.link.c_str());
    archive_write_header(out, entry);
    archive_write_data(out, each.text.data(), each.text.size());
    archive_entry_free(entry);
  }
  archive_write_free(out);
  return file;
}

}  // namespace

#define MAKE                                                             \
  [](const fs::path& folder, [[maybe_unused]] const std::string& honest, \
     [[maybe_unused]] const Places& places) -> fs::path

std::vector<Parcel> parcels() {
  return {{"an honest folder", MAKE{put(folder / place, honest);
  return folder;
}
, {passed}, 100
}  // namespace grader
, {"a symbolic link to our answer", MAKE{fs::create_directories((folder / place).parent_path());
fs::create_symlink(places.solution, folder / place);
return folder;
}
, { forbidden }
}
, {"a folder that is a symbolic link", MAKE{fs::create_directories(folder / "exercises");
fs::create_directory_symlink(places.solution.parent_path(), folder / "exercises/01-perceptron");
return folder;
}
, { forbidden }
}
, {"exercises is a symbolic link", MAKE{fs::create_directories(folder);
fs::create_directory_symlink(places.solution.parent_path().parent_path(), folder / "exercises");
return folder;
}
, {}, 0, true
}
, {"a hard link", MAKE{put(folder / "other.cpp", honest);
put(folder / place, "");
fs::remove(folder / place);
fs::create_hard_link(folder / "other.cpp", folder / place);
return folder;
}
, { forbidden }
}
, {"a FIFO", MAKE{put(folder / place, "");
fs::remove(folder / place);
mkfifo((folder / place).c_str(), 0644);
return folder;
}
, { forbidden }
}
, {"a device", MAKE{put(folder / place, "");
fs::remove(folder / place);
if (mknod((folder / place).c_str(), S_IFCHR | 0644, 0x105) != 0) mkfifo((folder / place).c_str(), 0644);
return folder;
}
, { forbidden }
}
, {"a folder in the place of the file", MAKE{fs::create_directories(folder / place);
return folder;
}
, { forbidden }
}
, {"a file of 5 MB", MAKE{put(folder / place, honest + std::string(5 << 20, ' '));
return folder;
}
, { forbidden }
}
, {"a sparse file of 1 TB", MAKE{put(folder / place, honest);
[[maybe_unused]] const int r = truncate((folder / place).c_str(), off_t(1) << 40);
return folder;
}
, { forbidden }
}
, {"a binary file", MAKE{put(folder / place, std::string("\x7f") + "ELF" + std::string(100, '\0'));
return folder;
}
, { forbidden }
}
, {"a file that is no UTF-8", MAKE{put(folder / place, honest + "// \xff\xfe\n");
return folder;
}
, { forbidden }
}
, {"an empty file", MAKE{put(folder / place, "");
return folder;
}
, { not_compiling }
}
, {"no file", MAKE{fs::create_directories(folder / "exercises");
return folder;
}
, { not_written }
}
, {"nothing at all", MAKE{fs::create_directories(folder);
return folder;
}
, {}, 0, true
}
, {"build files, scripts and a second source that leaves", MAKE{put(folder / place, honest);
put(folder / "CMakeLists.txt", "message(FATAL_ERROR owned)");
put(folder / "exercises/CMakeLists.txt", "execute_process(COMMAND touch /tmp/left-behind)");
put(folder / "exercises/01-perceptron/zz.cpp", "#include <unistd.h>\nstatic int x = (_exit(0), 1);");
put(folder / "nn/perceptron.hpp", "#error owned");
put(folder / "exercises/01-perceptron/armadillo", "#error owned");
put(folder / "lessons/01-perceptron/lesson.json", "{}");
return folder;
}
, {passed}, 100
}
, {"odd names beside it", MAKE{put(folder / place, honest);
for (const char* name : {"new\nline.cpp", "-fplugin=x.so", "$(touch left-behind)", "\x1b[2J", "a b;c"})
  put(folder / "exercises/01-perceptron" / name, "x");
return folder;
}
, {passed}, 100
}
, {"one folder inside", MAKE{put(folder / "handed-in" / place, honest);
return folder;
}
, {passed}, 100
}
, {"two folders inside", MAKE{put(folder / "a" / place, honest);
put(folder / "b" / place, honest);
return folder;
}
, {}, 0, true
}
, {"a tar.gz", MAKE{return pack(folder / "s.tar.gz", {{place, honest}});
}
, {passed}, 100
}
, {"a zip with a folder on top", MAKE{return pack(folder / "s.zip", {{std::string("name/") + place, honest}}, true);
}
, {passed}, 100
}
, {"a tar with ./ before its names", MAKE{return pack(folder / "s.tar.gz", {{std::string("./") + place, honest}});
}
, {passed}, 100
}
, {"an archive with a path that climbs",
   MAKE{return pack(folder / "s.tar.gz", {{std::string("../") + place, honest},
                                          {"../../../../tmp/left-behind", "x"},
                                          {"x/../" + std::string(place), honest}});
}
, { not_written }
}
, {"an archive with absolute paths",
   MAKE{return pack(folder / "s.tar.gz", {{"/" + std::string(place), honest}, {"/tmp/left-behind", "x"}});
}
, { not_written }
}
, {"an archive with a symbolic link",
   MAKE{return pack(folder / "s.tar.gz", {{place, "", AE_IFLNK, places.solution.string()}});
}
, { forbidden }
}
, {"an archive with a linked folder, then a file through it",
   MAKE{return pack(folder / "s.tar.gz", {{"exercises/01-perceptron", "", AE_IFLNK, "/tmp"}, {place, honest}});
}
, {passed}, 100
}
, {"an archive with a hard link", MAKE{return pack(folder / "s.tar.gz", {{place, "", AE_IFREG, "/etc/passwd", true}});
}
, { forbidden }
}
, {"an archive with a device", MAKE{return pack(folder / "s.tar.gz", {{place, "", AE_IFCHR}});
}
, { forbidden }
}
, {"an archive with a FIFO", MAKE{return pack(folder / "s.tar.gz", {{place, "", AE_IFIFO}});
}
, { forbidden }
}
, {"an archive that holds the file twice",
   MAKE{return pack(folder / "s.tar.gz", {{place, honest}, {place, "int x = ;"}});
}
, { forbidden }
}
, {"a bomb: 300 MB of zeros in a tar.gz",
   MAKE{return pack(folder / "s.tar.gz", {{place, honest}, {"zeros", std::string(300 << 20, '\0')}});
}
, { forbidden }
}
, {"a bomb in a zip, in the place of the file",
   MAKE{return pack(folder / "s.zip", {{place, std::string(100 << 20, ' ')}}, true);
}
, { forbidden }
}
, {"an archive of 20,000 files", MAKE{std::vector<Entry> many(20000, Entry{"x", ""});
many.push_back({place, honest});
return pack(folder / "s.tar.gz", many);
}
, { forbidden }
}
, {"a truncated archive",
   MAKE{const fs::path file = pack(folder / "s.tar.gz", {{"first", std::string(1000, 'x')}, {place, honest}});
fs::resize_file(file, fs::file_size(file) / 2);
return file;
}
, { forbidden }
}
, {"rubbish named .zip", MAKE{put(folder / "s.zip", std::string(5000, 'r') + "\x01\xff");
return folder / "s.zip";
}
, { forbidden }
}
, {"an empty file named .tar", MAKE{put(folder / "s.tar", "");
return folder / "s.tar";
}
, { forbidden }
}
,
}
;
}

}  // namespace grader
