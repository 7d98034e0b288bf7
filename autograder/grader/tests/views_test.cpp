// grader_views: what each step that handles a student's bytes can read, listed from inside, in each sandbox; and that
// no linker compiles. A step runs as the grader runs it, but for the program, which is this one.
//
//   grader_views KIT REPOSITORY
//   grader_views --list          (inside: which of the paths on stdin can be read, and everything below /)
#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <set>
#include <sstream>

#include "autograder/grader/compile.hpp"
#include "autograder/grader/run_task.hpp"
#include "autograder/grader/tests/corpus.hpp"
#include "autograder/grader/tests/tally.hpp"

namespace grader {

using Paths = std::set<std::string>;

namespace {

/// What belongs to no course: the system's libraries, programs and headers, and a few devices.
bool of_the_system(const std::string& path) {
  for (const char* folder : {"/usr/", "/dev/", "/etc/alternatives/", "/lib/", "/lib64/", "/bin/", "/proc/", "/sys/"})
    if (path.rfind(folder, 0) == 0) return true;
  return path == "/etc/ld.so.cache";
}

void list_readable(const std::string& path) {
  struct stat info {};
  if (lstat(path.c_str(), &info) != 0 || of_the_system(path + "/")) return;
  const Descriptor file(open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOFOLLOW));
  if (file.get() < 0) return;
  if (!S_ISDIR(info.st_mode)) return fmt::print("{}\n", path);
  DIR* const entries = opendir(path.c_str());
  while (const dirent* entry = entries ? readdir(entries) : nullptr)
    if (const std::string name = entry->d_name; name != "." && name != "..")
      list_readable((path == "/" ? path : path + "/") + name);
  if (entries) closedir(entries);
}

int list() {
  for (std::string path; std::getline(std::cin, path);) list_readable(path);
  list_readable("/");
  return 0;
}

struct Test {
  const Kit& kit;
  const Sandbox& sandbox;
  const fs::path &folder, &paths;  ///< our own, and a file that holds every path that must not be readable

  Paths seen_in(Job job) const {
    const fs::path self = fs::read_symlink("/proc/self/exe");
    job.argv = {self.string(), "--list"};
    job.shown.push_back(self);
    const Descriptor in(open(paths.c_str(), O_RDONLY | O_CLOEXEC));
    job.descriptors = {{in.get(), 0}};
    job.limits.output = std::size_t{16} << 20;
    const JobResult ended = sandbox.start(job).wait();
    if (!ended.ok()) throw Unavailable("the view cannot be listed: " + ended.output.substr(0, 300));
    Paths seen;
    std::istringstream lines(ended.output);
    for (std::string line; std::getline(lines, line);)
      if (line != self.string() && !of_the_system(line)) seen.insert(line);
    return seen;
  }

  /// `file` as it is seen there.
  std::string place(const Job& job, const fs::path& file) const {
    const fs::path inside = file.lexically_relative(job.base.value_or("/nowhere"));
    const bool moved = sandbox.level() == Level::bubblewrap && !inside.empty() && *inside.begin() != "..";
    return (moved ? "/course" / inside : file).string();
  }

  void expect_view(const std::string& step, const Job& job, const std::vector<fs::path>& files) const {
    Paths expected;
    for (const fs::path& file : files)
      if (!of_the_system(file)) expected.insert(place(job, file));
    const Paths seen = seen_in(job);
    std::vector<std::string> more, less;
    std::ranges::set_difference(seen, expected, std::back_inserter(more));
    std::ranges::set_difference(expected, seen, std::back_inserter(less));
    expect(
        more.empty() && less.empty() && !seen.empty(),
        fmt::format("{}: to {} are shown {} files, those that it needs", name_of(sandbox.level()), step, seen.size()),
        fmt::format("  too many: {}\n  missing: {}", fmt::join(more, " "), fmt::join(less, " ")));
    const bool by_a_student = step == "compile" || step == "link" || step == "link quickly";
    for (const fs::path& file : files)
      if (by_a_student && sandbox.level() == Level::bubblewrap && !of_the_system(file) && file.extension() != ".hpp")
        expect(base::read_file(file).find(kit.root.parent_path().string()) == std::string::npos,
               fmt::format("{} does not say where the grader is", file.filename().string()));
  }
};

std::vector<fs::path> files_below(const fs::path& folder) {
  std::vector<fs::path> all;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (!entry.is_directory()) all.push_back(entry.path());
  return all;
}

void views(const Test& t) {
  const base::Lesson& lesson = t.kit.project.lesson("1");
  const fs::path source = t.folder / "source/perceptron.cpp", object = t.folder / "objects/perceptron.cpp.o",
                 program = t.folder / "program/worker", worker = t.folder / "worker";
  std::vector<fs::path> needed = files_below(t.kit.headers());
  for (const fs::path& file : files_below(t.kit.precompiled())) needed.push_back(file);
  const auto is_header = [](const fs::path& file) { return Paths{".hpp", ".gch", ".pch"}.count(file.extension()); };
  expect(std::ranges::all_of(needed, is_header), "the compiler's part of the kit holds headers alone");
  needed.push_back(source);
  for (const bool quickly : {false, true}) {
    if (quickly && t.kit.quick_compiler.empty()) continue;
    t.expect_view(quickly ? "compile quickly" : "compile", compile_job(t.kit, source, object, quickly), needed);
    const Job link = link_job(t.kit, lesson, {source}, program, quickly);
    std::vector<fs::path> linked = {source, t.kit.worker(lesson), t.kit.support(), t.kit.linker[0]};
    if (quickly) linked.push_back(t.kit.quick_object());
    t.expect_view(quickly ? "link quickly" : "link", link, linked);
  }
  t.expect_view("run a worker", worker_job({worker, {}, {}}, 5), {worker});
  t.expect_view("run the tests", tests_job({t.kit.tests(lesson), "[1.1]"}, 1), {t.kit.tests(lesson)});
  t.expect_view("unpack an archive", unpack_job(t.kit.unpack()), {t.kit.unpack()});
}

/// Given directly what the grader refuses to hand on: LTO sections of GCC, and bitcode of Clang.
void no_second_compiler(const Test& t, Kit kit, const std::string& linker) {
  const std::string marker = "COMPILED BY THE LINKER";
  for (const char* compiler : {"g++", "clang++"}) {
    if (compiler == std::string("clang++") && kit.quick_compiler.empty()) continue;
    const fs::path program = t.folder / "program/worker";
    fs::remove(program);
    const fs::path object =
        object_for_the_linker(compiler, kit.root, t.folder / "lto", fmt::format(".ascii \\\"{}\\\"", marker));
    const JobResult ended = t.sandbox.start(link_job(kit, kit.project.lesson("1"), {object}, program, false)).wait();
    const bool compiled = fs::exists(program) && base::read_file(program).find(marker) != std::string::npos;
    expect(!ended.ok() && !compiled && ended.how != End::infrastructure,
           fmt::format("{}: {} does not compile what {} -flto made", name_of(t.sandbox.level()), linker, compiler),
           ended.output.substr(0, 500));
  }
}

int run(const fs::path& kit_folder, const fs::path& root) {
  umask(022);
  const WorkFolder work;
  const Kit kit = reachable(Kit::load(kit_folder), work);
  for (const Level level : {Level::bubblewrap, Level::landlock}) {
    const Sandbox sandbox(level);
    const fs::path folder = work.make(name_of(level)), paths = work.path() / "paths";
    for (const char* each : {"source", "objects", "program"}) fs::create_directories(folder / each);
    base::write_file(folder / "source/perceptron.cpp", "int x;\n");
    base::write_file(folder / "worker", "no program\n");
    std::string all = "/etc/passwd\n" + root.string() + "\n" + kit.root.string() + "\n" + work.path().string() + "\n";
    for (const fs::path& ours : {root / "solutions", root / "autograder", root / "nn", kit.root, work.path()})
      for (const auto& entry : fs::recursive_directory_iterator(ours)) all += entry.path().string() + "\n";
    base::write_file(paths, all);
    const Test test{kit, sandbox, folder, paths};
    views(test);
    for (const char* file : {"linker.txt", "second_linker.txt"}) {
      if (!fs::exists(kit.root / file)) continue;
      Kit with = kit;
      with.linker = command_of(kit.root / file);
      no_second_compiler(test, with, fs::path(with.linker[0]).filename().string());
    }
  }
  fmt::print("{} of {} as they must be; uid {}\n", right, right + wrong, geteuid());
  return wrong == 0 && right > 0 ? 0 : 1;
}

}  // namespace
}  // namespace grader

int main(int argc, char* argv[]) {
  if (argc == 2 && argv[1] == std::string("--list")) return grader::list();
  if (argc != 3) return fmt::print(stderr, "grader_views KIT REPOSITORY\n"), 2;
  try {
    return grader::run(argv[1], argv[2]);
  } catch (const std::exception& e) {
    fmt::print(stderr, "{}\n", e.what());
    return 3;
  }
}
