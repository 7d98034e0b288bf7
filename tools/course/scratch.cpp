// ./course try: a scratch program on the student's own functions, built and run again on every save.
#include <fmt/format.h>
#include <poll.h>

#include <cstring>
#include <regex>

#include "base/terminal.hpp"
#include "tools/course/commands.hpp"
#include "tools/course/compile_errors.hpp"
#include "tools/course/file_watch.hpp"
#include "tools/course/pictures.hpp"
#include "tools/course/trees.hpp"

namespace course {

namespace {

std::string template_of(const Project& project) {
  std::string text =
      "// A place to play. `./course try` builds and runs this, on every save again; plot() draws a picture.\n"
      "// The functions are yours, from exercises/; one that is not written yet says so.\n"
      "#include <iostream>\n\n#include \"nn/support/plot.hpp\"\n";
  for (const Lesson& lesson : project.lessons) text += fmt::format("#include \"{}\"\n", lesson.header);
  return text +
         "\nint main() {\n  using namespace nn;\n  const vec x = arma::linspace<vec>(-3, 3, 200);\n"
         "  plot(x, arma::square(x), \"square\");\n  std::cout << \"the largest is \" << arma::square(x).max() << "
         "'\\n';\n}\n";
}

// Before the student's file, which has main().
constexpr const char* says_what_was_thrown = R"(#include <cstdio>
#include <cstdlib>
#include <exception>
static const auto before = std::set_terminate([] {
  std::fflush(nullptr);
  try {
    if (std::current_exception()) throw;
    std::fputs("It called std::terminate.\n", stderr);
  } catch (const std::exception& e) {
    std::fprintf(stderr, "It threw an exception: %s\n", e.what());
  } catch (...) {
    std::fputs("It threw something that is no std::exception.\n", stderr);
  }
  std::_Exit(1);
});
)";

// The file itself, and all that it may call.
std::vector<fs::path> watched(const Project& project, const fs::path& file) {
  std::vector<fs::path> files = {file};
  for (const Lesson& lesson : project.lessons)
    for (const std::string& name : lesson.files) files.push_back(project.exercise(lesson, name));
  return files;
}

// An error in an exercise is explained; of the scratch program's, the first is shown with the compiler's own lines.
std::string first_error(const Project& project, const std::string& output) {
  if (const std::string text = explained_build(project, output); text != output) return text;
  static const std::regex error(R"([^\n]*(: (fatal )?error: |undefined reference)[^\n]*\n([^\n]*\|[^\n]*\n)*)");
  std::smatch found;
  return std::regex_search(output, found, error) ? found.str() : output;
}

void draw(const Project& project, const fs::path& folder) {
  const fs::path scripts = folder / "scripts";
  fs::remove_all(scripts);
  const std::string script = read_file(project.root / "tools/figures/try.gp");
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".csv") names.push_back(entry.path().stem().string());
  if (names.empty()) return;
  for (const std::string& name : names) {
    std::string text = script;
    for (auto at = text.find("NAME.csv"); at != std::string::npos; at = text.find("NAME.csv", at + name.size()))
      text.replace(at, 4, name);
    write_file(scripts / (name + ".gp"), text);
  }
  const Outcome drawn =
      capture({{(project.root / "tools/figures/draw.sh").string(), folder.string(), scripts.string(), "-"},
               project.root,
               {},
               120.0});
  if (!drawn.output.empty()) fmt::print("{}", drawn.output);
  list_pictures(project, folder);
}

int build_and_run(const Project& project, const Tree& tree) {
  const Outcome built = tree.build_with_progress({"try"});
  if (!built.ok()) return fmt::print("It does not compile:\n{}\n", first_error(project, built.output)), failed;
  const fs::path folder = project.root / "build/try";
  fs::remove_all(folder);
  fs::create_directories(folder);
  const Outcome ran = pass_through({{tree.program("try").string()}, folder});
  if (ran.signal != 0) fmt::print("It was ended by signal {}: {}.\n", ran.signal, strsignal(ran.signal));
  draw(project, folder);
  return ran.ok() ? passed : failed;
}

}  // namespace

int run_try(const Project& project, const std::string& name) {
  const fs::path file = name.empty() ? project.root / "scratch/try.cpp" : fs::absolute(name);
  if (!fs::exists(file)) {
    if (!name.empty())
      throw UsageError(fmt::format("{} is not there; `./course try` alone begins one in scratch/", file.string()));
    write_file(file, template_of(project));
    fmt::print("scratch/try.cpp is new: a program to change as you like.\n");
  }
  const Tree tree = configured(project, "student");
  const std::string includes = fmt::format("{}#include \"{}\"\n", says_what_was_thrown, file.string());
  if (const fs::path source = tree.folder / "try.cpp"; !fs::exists(source) || read_file(source) != includes)
    write_file(source, includes);
  if (!Terminal::out().tty) return build_and_run(project, tree);
  FileWatch files(watched(project, file), false);
  while (true) {
    build_and_run(project, tree);
    fmt::print("\n{}\n", ink(Ink::dim, "waiting for a save; Ctrl-C ends it"));
    std::fflush(stdout);
    do {
      pollfd ready = {files.descriptor(), POLLIN, 0};
      ::poll(&ready, 1, files.patience());
    } while (!files.changed());
  }
}

}  // namespace course
