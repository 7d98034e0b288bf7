// grader_intake: work in every shape in which people hand it in, taken in and nothing more. Each must be found, with a
// word where it stood in the wrong place, or refused with what was found. Without an argument; the kit is the build's.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/stat.h>
#include <unistd.h>

#include <clocale>
#include <fstream>
#include <functional>
#include <set>
#include <sstream>

#include "autograder/grader/batch/submissions.hpp"
#include "autograder/grader/intake.hpp"
#include "autograder/grader/kit.hpp"
#include "autograder/grader/sha256.hpp"
#include "autograder/grader/tests/packing.hpp"
#include "base/process.hpp"

using namespace grader;

namespace {

const std::string first = "01-perceptron/perceptron.cpp", second = "02-multilayer/multilayer.cpp";
const std::string work =
    "#include \"nn/perceptron.hpp\"\n\nnamespace nn {\n\nreal step(real a) {\n  return a > 0;\n}\n\n}\n";
const std::string blanks = "#" + std::string(400 << 10, ' ') + "include \"nn/perceptron.hpp\"\n";
const std::string other_work = "#include \"nn/multilayer.hpp\"\nint two;\n";
const std::string stub =
    "#include \"nn/perceptron.hpp\"\n\nnamespace nn {\n\nreal step(real a) {\n  todo(\"1.1 step\");\n}\n\n}\n";

std::string utf16(const std::string& text, bool big_endian, bool mark) {
  std::string out = !mark ? "" : big_endian ? "\xfe\xff" : "\xff\xfe";
  for (const char c : text) out += big_endian ? std::string{'\0', c} : std::string{c, '\0'};
  return out;
}

struct Shape {
  std::string name;
  std::function<std::vector<fs::path>(const fs::path&)> make;  ///< what is handed in, made in this folder
  std::string note;                                            ///< must stand in a note; "-": no note at all
  std::string refused;                                         ///< instead: it is none, for a reason that says this
  std::string text = work;                                     ///< is taken, or what begins with it
};

std::function<std::vector<fs::path>(const fs::path&)> files(const std::vector<Entry>& entries) {
  return [entries](const fs::path& in) {
    for (const Entry& each : entries) put(in / each.path, each.text);
    return std::vector<fs::path>{in};
  };
}

std::function<std::vector<fs::path>(const fs::path&)> packed(const std::string& file, const std::string& format,
                                                             const std::vector<Entry>& entries) {
  return [=](const fs::path& in) { return std::vector<fs::path>{pack(in / file, entries, format)}; };
}

std::string bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

const char* const elsewhere = "should stand at exercises/";

std::vector<Shape> shapes() {
  const std::vector<Entry> right = {{"exercises/" + first, work}};
  std::vector<Shape> all = {
      {"as asked", files(right), "-", ""},
      {"one folder above", files({{"hw/exercises/" + first, work}}), "-", ""},
      {"two folders above", files({{"hw/mine/exercises/" + first, work}}), elsewhere, ""},
      {"no exercises", files({{first, work}}), elsewhere, ""},
      {"Exercises", files({{"Exercises/" + first, work}}), elsewhere, ""},
      {"flat", files({{"perceptron.cpp", work}}), elsewhere, ""},
      {"a capital in the file's name", files({{"Perceptron.CPP", work}}), elsewhere, ""},
      {"a second download", files({{"perceptron (1).cpp", work}}), elsewhere, ""},
      {"with an ending that Windows hides", files({{"perceptron.cpp.txt", work}}), elsewhere, ""},
      {"by a name of the student's", files({{"ada.cpp", work}}), elsewhere, ""},
      {"a loose file",
       [](const fs::path& in) {
         put(in / "perceptron.cpp", work);
         return std::vector{in / "perceptron.cpp"};
       },
       elsewhere, ""},
      {"loose files of one person",
       [](const fs::path& in) {
         put(in / "lovelaceada_12_34_perceptron.cpp", work);
         put(in / "lovelaceada_12_35_notes.pdf", "%PDF");
         return std::vector{in / "lovelaceada_12_34_perceptron.cpp", in / "lovelaceada_12_35_notes.pdf"};
       },
       elsewhere, ""},
      {"two folders, one with work", files({{"old/readme.txt", "x"}, {"hw/exercises/" + first, work}}), "-", ""},
      {"the stub, and the answer in a second download",
       files({{"exercises/" + first, stub}, {"exercises/01-perceptron/perceptron (1).cpp", work}}), elsewhere, ""},
      {"the stub, and the answer under another name",
       files({{"exercises/" + first, stub}, {"exercises/01-perceptron/homework.cpp", work}}), elsewhere, ""},
      {"an answer, and another as a copy",
       files({{"exercises/" + first, work}, {"exercises/01-perceptron/perceptron - Copy.cpp", work + "// old\n"}}),
       "perceptron - Copy.cpp was left aside, since exercises/01-perceptron/perceptron.cpp was taken", ""},
      {"one file of two", files({{"exercises/" + first, work}, {"exercises/07-training/batches.cpp", "int x;\n"}}),
       "exercises/07-training/training.cpp was not handed in; its tasks count as not written", ""},
      {"the answer to another lesson", files({{"exercises/" + first, other_work}}),
       "includes nn/multilayer.hpp, and not nn/perceptron.hpp: is it the answer to lesson 02?", "", other_work},
      {"400 KB of blanks in an include", files({{"exercises/" + first, blanks}, {"homework.cpp", blanks}}), "-", "",
       blanks},
      {"30 folders deep",
       [](const fs::path& in) {
         fs::path deep = in;
         for (int i = 0; i < 30; ++i) deep /= "x";
         put(deep / "exercises" / first, work);
         return std::vector{in};
       },
       elsewhere, ""},
      {"two folders, one as it came", files({{"a/exercises/" + first, stub}, {"b/exercises/" + first, work}}), "-", ""},
      {"two folders that say the same", files({{"a/exercises/" + first, work}, {"b/exercises/" + first, work}}), "-",
       ""},
      {"two folders, two answers", files({{"a/exercises/" + first, work}, {"b/exercises/" + first, work + "//\n"}}), "",
       "two submissions in one"},
      {"two folders, different lessons", files({{"a/exercises/" + first, work}, {"b/exercises/" + second, other_work}}),
       "-", ""},
      {"a repository with our answers and builds",
       files({{"exercises/" + first, work},
              {"solutions/" + first, "ours"},
              {"build/x/" + first, "made"},
              {".git/" + first, "old"},
              {"exercises/kept/" + first, "old"},
              {"lessons/01-perceptron/examples/perceptron.cpp", "ours"}}),
       "-", ""},
      {"a folder called solutions", files({{"solutions/" + first, work}}), elsewhere, ""},
      {"from a Mac",
       packed("s.zip", "zip",
              {{"hw/exercises/" + first, work},
               {"__MACOSX/hw/exercises/01-perceptron/._perceptron.cpp", std::string("\0\5\x16\7", 4)},
               {"__MACOSX/hw/exercises/" + first, "x"}}),
       "-", ""},
      {"from Windows, with backslashes",
       packed("s.zip", "zip", {{"hw\\exercises\\01-perceptron\\perceptron.cpp", work}}), "-", ""},
      {"a folder that is not ASCII",
       packed("s.zip", "zip",
              {{"\xc3\x9c"
                "bung \xe6\x96\x87/exercises/" +
                    first,
                work}}),
       "-", ""},
      {"the same in a tar",
       packed("s.tar.gz", "tar.gz",
              {{"\xc3\x9c"
                "bung \xe6\x96\x87/exercises/" +
                    first,
                work}}),
       "-", ""},
      {"a name that is not UTF-8",
       packed("s.tar", "tar",
              {{"\xdc"
                "bung/exercises/" +
                    first,
                work}}),
       "-", ""},
      {"a zip in a zip",
       [right](const fs::path& in) {
         const std::string inner = bytes_of(pack(in / "inner.zip", right, "zip"));
         return std::vector{pack(in / "outer.zip", {{"homework.zip", inner}}, "zip")};
       },
       "-", ""},
      {"an archive in a folder",
       [right](const fs::path& in) {
         pack(in / "f/hw.tar.gz", right);
         return std::vector{in / "f"};
       },
       "-", ""},
      {"an archive with the wrong ending", packed("s.zip", "tar.gz", right), "-", ""},
      {"a working folder with its build",
       packed("s.tar.gz", "tar.gz",
              [&] {
                std::vector<Entry> many(8000, Entry{"hw/build/some.o", "x"});
                for (int i = 0; i < 500; ++i) many.push_back({fmt::format("hw/build/{}/{}", i, first), "made"});
                many.push_back({"hw/build/program", std::string(80 << 20, 'x')});
                many.push_back({"hw/exercises/" + first, work});
                return many;
              }()),
       "-", ""},
      {"hard links in an archive",
       packed("s.tar.gz", "tar.gz",
              {{"monday/exercises/" + first, work},
               {"tuesday/exercises/" + first, "", AE_IFREG, "monday/exercises/" + first, true}}),
       "-", ""},
      {"a hard-linked snapshot",
       [](const fs::path& in) {
         put(in / "kept.cpp", work);
         fs::create_directories((in / "hw/exercises" / first).parent_path());
         fs::create_hard_link(in / "kept.cpp", in / "hw/exercises" / first);
         return std::vector{in / "hw"};
       },
       "-", ""},
      {"a link to a file beside it",
       [](const fs::path& in) {
         put(in / "exercises/real/perceptron.cpp", work);
         fs::create_directories((in / "exercises" / first).parent_path());
         fs::create_symlink("../real/perceptron.cpp", in / "exercises" / first);
         return std::vector{in};
       },
       elsewhere, ""},
      {"Latin-1",
       files({{"exercises/" + first, work + "// gr\xfc\xdf"
                                            "e\n"}}),
       "was Windows-1252 and was converted", ""},
      {"nothing", files({{"notes.txt", "x"}}), "", "found: notes.txt"},
      {"a document",
       [](const fs::path& in) {
         put(in / "a.pdf", "%PDF");
         return std::vector{in / "a.pdf"};
       },
       "", "it is no archive that can be read"},
      {"rubbish called zip",
       [](const fs::path& in) {
         put(in / "a/s.zip", std::string(9999, 'r'));
         return std::vector{in / "a"};
       },
       "", "s.zip: it is no archive that can be read"},
      {"an empty folder", files({}), "", "it is empty"},
  };
  // a student's trials beside what is not begun: not begun it stays
  all.push_back({"the stub, and two programs that call it",
                 files({{"exercises/" + first, stub}, {"a.cpp", work + "int a;\n"}, {"b.cpp", work + "int b;\n"}}), "-",
                 ""});
  all.back().text = stub;
  for (const bool big : {false, true})
    for (const bool mark : {false, true})
      all.push_back({fmt::format("UTF-16{}{}", big ? " big-endian" : "", mark ? " with its mark" : ""),
                     files({{"exercises/" + first, utf16(work, big, mark)}}), "was UTF-16 and was converted", ""});
  for (const char* format : {"tar", "tar.gz", "tar.xz", "tar.bz2", "tar.zst", "zip", "7z", "rar"})
    all.push_back({fmt::format("{}", format), packed(fmt::format("s.{}", format), format, right), "-", ""});
  return all;
}

int wrong = 0, checks = 0;
void expect(bool holds, const std::string& what) {
  ++checks;
  if (!holds) ++wrong, fmt::print("NOT SO: {}\n", what);
}

void check_shapes(const base::Project& project, const Sandbox& sandbox, const fs::path& unpack,
                  const fs::path& folder) {
  int number = 0;
  for (const Shape& shape : shapes()) {
    const fs::path in = folder / fmt::format("shape-{}", number++);
    fs::create_directories(in);
    try {
      const Submission taken = take_in(shape.make(in), project, sandbox, unpack);
      const Source& source = taken.sources.at(first);
      const std::string notes = fmt::format("{}", fmt::join(taken.notes, "; "));
      expect(shape.refused.empty(), fmt::format("{}: it was taken in", shape.name));
      expect(source.refused.empty() && !source.missing && source.text.starts_with(shape.text),
             fmt::format("{}: the work is found, with notes: {}", shape.name, notes));
      expect(shape.note == "-" ? notes.empty() : notes.find(shape.note) != std::string::npos,
             fmt::format("{}: notes '{}' say '{}'", shape.name, notes, shape.note));
      expect(taken.sources.at("03-activations/activations.cpp").missing, shape.name + ": what is not there is missing");
    } catch (const std::runtime_error& e) {
      expect(!shape.refused.empty() && std::string(e.what()).find(shape.refused) != std::string::npos,
             fmt::format("{}: {}", shape.name, e.what()));
    }
  }
}

/// A student's clone of this repository: only what is theirs is an answer. Into each folder of ours go files of an
/// answer's name, into the root one of the student's.
void check_repository(const base::Project& project, const Sandbox& sandbox, const fs::path& unpack,
                      const fs::path& folder) {
  const std::string unwritten = "09-optimisers/rules.cpp";
  const fs::path clone = folder / "clone";
  std::vector<Entry> entries = {{"perceptron (1).cpp", work}, {"exercises/" + unwritten, stub}};
  std::set<std::string> folders;
  std::istringstream listed(base::capture({{"git", "ls-files"}, NN_ROOT}).output);
  for (std::string path; std::getline(listed, path);) {
    const fs::path above = fs::path(path).parent_path();
    if (path.starts_with(".") || path.starts_with("exercises/") || above.empty()) continue;
    if (path.ends_with(".cpp") || path.ends_with("/lesson.json"))
      entries.push_back({path, base::read_file(fs::path(NN_ROOT) / path)});
    if (folders.insert(above.string()).second)
      for (const char* name : {"compile_rules.cpp", "rules.cpp", "networks.cpp", "multilayer.cpp"})
        if (const fs::path file = above / name; !fs::exists(NN_ROOT / file)) entries.push_back({file, work + "//\n"});
  }
  expect(folders.contains("autograder/alternatives/01-perceptron") && folders.contains("tools/course"),
         "the repository's folders are known");
  for (const Entry& each : entries) put(clone / each.path, each.text);
  expect(layout_of(clone, named_files(project)).kind == Layout::one, "a clone is one submission");
  std::vector<Entry> packed;
  for (const Entry& each : entries) packed.push_back({"nn/" + each.path, each.text});
  for (const fs::path& each : {clone, pack(folder / "clone.tar.gz", packed)}) {
    const Submission taken = take_in({each}, project, sandbox, unpack);
    for (const auto& [name, source] : taken.sources)
      expect(source.text == (name == first       ? work
                             : name == unwritten ? stub
                                                 : "") &&
                 source.missing == (name != first && name != unwritten),
             fmt::format("{}: {} is the student's or missing: {}", each.string(), name, fmt::join(taken.notes, "; ")));
  }
  fs::remove_all(clone / "exercises");
  fs::remove(clone / "perceptron (1).cpp");
  bool nothing = false;
  try {
    take_in({clone}, project, sandbox, unpack);
  } catch (const NothingFound&) {
    nothing = true;
  }
  expect(nothing, "a clone without exercises holds no answer");
}

/// What is as it should be is taken without a word.
void check_our_answers(const base::Project& project, const Sandbox& sandbox, const fs::path& unpack,
                       const fs::path& folder) {
  for (const char* ours : {"solutions", "autograder/alternatives", "autograder/other_alternatives"}) {
    fs::create_directories(folder / ours);
    fs::copy(fs::path(NN_ROOT) / ours, folder / ours / "exercises", fs::copy_options::recursive);
    const Submission taken = take_in({folder / ours}, project, sandbox, unpack);
    const std::string notes = fmt::format("{}", fmt::join(taken.notes, "; "));
    expect(notes.empty() || (ours != std::string("solutions") && notes.find(" includes ") == std::string::npos),
           fmt::format("{} is taken without a note: {}", ours, notes));
  }
}

/// Content goes by the hash that ./course submit gives it: of a line "SHA-256  path" for each file that is there.
void check_content() {
  Submission submission;
  submission.sources[first].text = work;
  submission.sources[second].missing = true;
  expect(submission.content_hash() == hexadecimal(sha256(hexadecimal(sha256(work)) + "  " + first + "\n")),
         "content is called as at home");
}

/// Entries of a class folder: paths that end in a slash are folders, ending in .zip archives; what the class must come
/// to.
struct Class {
  std::string name;
  std::vector<std::string> entries;
  Layout::Kind kind;
  std::vector<std::string> students, aside;
};

const std::vector<Class> classes = {
    {"folders", {"ada/exercises/" + first, "ben/exercises/" + first}, Layout::several, {"ada", "ben"}, {}},
    {"one of them with nothing",
     {"ada/exercises/" + first, "ben/exercises/" + first, "cem/x.txt"},
     Layout::several,
     {"ada", "ben", "cem"},
     {}},
    {"archives of all kinds",
     {"a.ZIP", "b.7z", "c.rar", "d.tar.xz", "e.tar.bz2", "f.Tgz", "roster.csv"},
     Layout::several,
     {"a", "b", "c", "d", "e", "f"},
     {"roster.csv"}},
    {"loose files and documents",
     {"ada/" + first, "ben/" + first, "cem.cpp", "dan.pdf", "notes.txt"},
     Layout::several,
     {"ada", "ben", "cem", "dan.pdf"},
     {"notes.txt"}},
    {"Canvas",
     {"lovelaceada_12345_67890_hw.zip", "turingalan_LATE_12346_67891_perceptron.cpp",
      "turingalan_LATE_12346_67892_losses.cpp", "hoppergrace_12_3_notes.txt"},
     Layout::several,
     {"hoppergrace", "lovelaceada", "turingalan"},
     {}},
    {"Canvas, unpacked", {"lovelaceada_12345_67890_exercises/" + first}, Layout::several, {"lovelaceada"}, {}},
    {"Moodle",
     {"Ada Lovelace_657717_assignsubmission_file_/hw.zip", "Alan Turing_657718_assignsubmission_file_/perceptron.cpp"},
     Layout::several,
     {"Ada Lovelace", "Alan Turing"},
     {}},
    {"Moodle without folders",
     {"Ada Lovelace_657717_assignsubmission_file_perceptron.cpp",
      "Ada Lovelace_657717_assignsubmission_file_losses.cpp"},
     Layout::several,
     {"Ada Lovelace"},
     {}},
    {"Gradescope",
     {"submission_111/" + first, "submission_222/" + first, "submission_metadata.yml"},
     Layout::several,
     {"submission_111", "submission_222"},
     {"submission_metadata.yml"}},
    {"flat files of one", {"perceptron.cpp", "losses.cpp"}, Layout::one, {}, {}},
    {"flat files of many",
     {"ada_perceptron.cpp", "ben_perceptron.cpp"},
     Layout::several,
     {"ada_perceptron", "ben_perceptron"},
     {}},
    {"names that hide",
     {"ada/" + first, "ben/" + first, ".cem/" + first, ".dan.zip", "._eve.zip", ".git/x"},
     Layout::several,
     {"ada", "ben"},
     {".cem", ".dan.zip"}},
    {"names that differ in what cannot be shown",
     {"a b/" + first, "a\nb/" + first},
     Layout::several,
     {"a b", "a b (2)"},
     {}},
    {"one submission", {"exercises/" + first, "notes/x.txt"}, Layout::one, {}, {}},
    {"one from a Mac", {"hw/exercises/" + first, "__MACOSX/hw/exercises/" + first}, Layout::one, {}, {}},
    {"one beside notes", {"hw/exercises/" + first, "notes/x.txt"}, Layout::unclear, {}, {}},
    {"exercises in a class", {"exercises/" + first, "ada/" + first, "ben/" + first}, Layout::unclear, {}, {}},
};

void check_classes(const NamedFiles& named, const fs::path& folder) {
  int number = 0;
  for (const Class& each : classes) {
    const fs::path in = folder / fmt::format("class-{}", number++);
    for (const std::string& entry : each.entries) put(in / entry, entry.ends_with(".yml") ? "{}\n" : work);
    put(in / "graded/journal.tsv", "");
    fs::create_directories(in / "graded/results");
    put(in / ".hidden", "");
    const Layout layout = layout_of(in, named);
    expect(layout.kind == each.kind,
           fmt::format("{}: it is taken for {} ({})", each.name, int(layout.kind), layout.why));
    if (each.kind != Layout::several) continue;
    const ClassFolder read = read_class(in, named);
    std::vector<std::string> students;
    for (const SubmittedWork& student : read.handed) students.push_back(student.name);
    expect(students == each.students, fmt::format("{}: students {}", each.name, fmt::join(students, ", ")));
    expect(read.aside == each.aside, fmt::format("{}: left aside {}", each.name, fmt::join(read.aside, ", ")));
  }
  const fs::path in = folder / "links";
  put(in / "ada/exercises" / first, work);
  fs::create_directory_symlink("ada", in / "mallory");
  fs::create_symlink("of itself", in / "of itself");
  expect(layout_of(in, named).kind == Layout::one, "a link to itself is no work of anybody's");
  const ClassFolder read = read_class(in, named);
  expect(read.handed.size() == 3 && read.handed[0].problem.empty() &&
             read.handed[1].problem.find("symbolic link") != std::string::npos,
         "a linked folder has a row, and is not followed");
}

}  // namespace

int main() try {
  std::setlocale(LC_CTYPE, "C.UTF-8");  // to pack names with; the unpacking program starts in a locale of its own
  umask(022);
  const WorkFolder folder;
  const Kit kit = reachable(Kit::load(NN_KIT), folder);
  for (const Level level : {Level::bubblewrap, Level::landlock}) {
    check_shapes(kit.project, Sandbox(level), kit.unpack(), folder.make(name_of(level)));
  }
  check_repository(kit.project, Sandbox::strongest(), kit.unpack(), folder.make("repository"));
  check_our_answers(kit.project, Sandbox::strongest(), kit.unpack(), folder.make("ours"));
  check_content();
  check_classes(named_files(kit.project), folder.path());
  fmt::print("{} checks, {} do not hold\n", checks, wrong);
  return wrong == 0 && checks > 100 ? 0 : 1;
} catch (const std::exception& e) {
  fmt::print(stderr, "{}\n", e.what());
  return 3;
}
