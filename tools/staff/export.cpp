#include "tools/staff/export.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/utsname.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>

#include "base/keep.hpp"
#include "base/oracles.hpp"
#include "base/process.hpp"
#include "base/stubs.hpp"
#include "tools/staff/front_page.hpp"

namespace course {

namespace {

using json = nlohmann::ordered_json;

constexpr const char* manifest_name = ".course-export";

/// FNV-1a: enough to see that somebody changed a file.
std::string fingerprint(const std::string& text) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return fmt::format("{:016x}", hash);
}

/// Tests of our own tools, examples that only the book is cut from, the grader.
bool is_ours_alone(const std::string& path) {
  static const std::regex ours(
      "/examples/|/figures/mistakes[.]tsv$|^(base|datasets|nn|tools)/.*tests/|"
      "_test[.][a-z]+$|^cmake/nn_grader");
  return std::regex_search(path, ours);
}

std::string output_of(const std::vector<std::string>& command) {
  const Outcome outcome = capture({command, {}, {}, 600.0});
  if (!outcome.ok()) throw EnvironmentError(fmt::format("{} failed:\n{}", fmt::join(command, " "), outcome.output));
  return outcome.output;
}

/// A lesson's known mistakes as object files, for this machine and its Armadillo (nn_compiled_mistakes in
/// cmake/nn_lesson.cmake): a mistake is a right answer with one thing changed, so its source would be one too.
std::map<std::string, std::string> compiled_mistakes(const Project& project, const Lesson& lesson) {
  const char* given = std::getenv("CXX");
  const std::string compiler = given && *given ? given : "c++";
  std::string folder = (fs::temp_directory_path() / "course-mistakes-XXXXXX").string();
  if (!mkdtemp(folder.data())) throw EnvironmentError("no folder can be made for temporary files");
  const fs::path made = fs::path(folder) / "mistakes.o", version = fs::path(folder) / "version.cpp";
  std::map<std::string, std::string> all;
  try {
    write_file(version, "#include <armadillo_bits/arma_version.hpp>\n=ARMA_VERSION_MAJOR.ARMA_VERSION_MINOR\n");
    std::string armadillo = output_of({compiler, "-E", "-P", version.string()});
    armadillo.erase(0, armadillo.rfind('=') + 1);
    std::erase_if(armadillo, [](unsigned char c) { return std::isspace(c); });
    utsname machine{};
    uname(&machine);
    for (const std::string real : {"double", "float"}) {
      std::vector<std::string> command = {compiler, "-std=c++20",          "-O1",
                                          "-fPIC",  "-DARMA_WARN_LEVEL=0", "-I" + project.root.string()};
      if (real == "float") command.push_back("-DNN_FLOAT");
      for (const std::string& word :
           {std::string("-c"), (project.root / "autograder/mistakes" / (lesson.name + ".cpp")).string(),
            std::string("-o"), made.string()})
        command.push_back(word);
      output_of(command);
      output_of({"strip", "--strip-unneeded", made.string()});
      all[fmt::format("autograder/mistakes/{}.{}.armadillo-{}.{}.o", lesson.name, machine.machine, armadillo, real)] =
          read_file(made);
    }
  } catch (...) {
    fs::remove_all(folder);
    throw;
  }
  fs::remove_all(folder);
  return all;
}

/// What will stand in the exported repository: texts by path.
class Contents {
 public:
  Contents(const Project& project, std::vector<Lesson> lessons) : project_(project), lessons_(std::move(lessons)) {
    for (const char* part : {".clang-format",
                             ".devcontainer",
                             ".editorconfig",
                             ".gitignore",
                             "CMakeLists.txt",
                             "LICENSE",
                             "course",
                             "base",
                             "cmake",
                             "datasets",
                             "docs/bibliography.md",
                             "docs/reading.md",
                             "lessons/parts.json",
                             "nn",
                             "tools/CMakeLists.txt",
                             "tools/blas_kernel",
                             "tools/bootstrap",
                             "tools/course",
                             "tools/figures",
                             "tools/threads",
                             "autograder/CMakeLists.txt",
                             "autograder/contracts",
                             "autograder/tests/support",
                             "autograder/mistakes/catalogue.hpp",
                             "autograder/mistakes/catalogue.cpp"})
      add(part);
    for (const Lesson& lesson : lessons_) {
      if (lesson.capstone) add(lesson.capstone->program);
      const bool last = lesson.number == lessons_.back().number;
      add("lessons/" + lesson.name);
      const std::string tests = "autograder/tests/" + lesson.name + ".cpp";
      add(tests);
      files.at(tests) = base::without_oracles(files.at(tests));
      if (const std::string values = "autograder/tests/values/" + lesson.name + ".txt";
          fs::exists(project.root / values))
        add(values);
      if (last) files.merge(compiled_mistakes(project, lesson));
      else add("autograder/mistakes/" + lesson.name + ".cpp");
      for (const std::string& file : lesson.files) {
        exercises["exercises/" + lesson.name + "/" + file] = stub_of(project, lesson, file).text;
        if (last) files["stubs/" + lesson.name + "/" + file] = stub_of(project, lesson, file).text;
        else add("solutions/" + lesson.name + "/" + file);
      }
    }
    std::erase_if(files, [](const auto& file) { return is_ours_alone(file.first); });
    files["CMakePresets.json"] = presets();
    files["README.md"] = readme();
    for (auto& [path, text] : files)
      if (path.ends_with(".md")) text = without_dead_links(path, text);
  }

  std::map<std::string, std::string> files, exercises;

 private:
  void add(const fs::path& part) {
    const fs::path path = project_.root / part;
    if (!fs::exists(path)) throw EnvironmentError(fmt::format("{} is missing", path.string()));
    if (fs::is_regular_file(path)) files[part.string()] = read_file(path);
    else
      for (const auto& entry : fs::recursive_directory_iterator(path))
        if (entry.is_regular_file())
          files[entry.path().lexically_relative(project_.root).string()] = read_file(entry.path());
  }

  /// Only those that can be built from what is there.
  std::string presets() const {
    json all = json::parse(read_file(project_.root / "CMakePresets.json"));
    std::set<std::string> stay = {"base", "student", "tools"};
    if (std::any_of(lessons_.begin(), lessons_.end(), [](const Lesson& l) { return l.capstone.has_value(); }))
      stay.insert("bench");
    for (const char* kind : {"configurePresets", "buildPresets", "testPresets"}) {
      json some = json::array();
      for (const auto& preset : all.at(kind))
        if (stay.count(preset.at("name"))) some.push_back(preset);
      all[kind] = some;
    }
    return all.dump(2) + "\n";
  }

  std::string readme() const {
    std::string out =
        "# From NAND to MNIST\n\nBuild a neural network from nothing, in C++.\n\n    ./course              where am I, "
        "and what is next\n"
        "    ./course watch 1      grade lesson 1 on every save\n\nRead `lessons/01-perceptron/README.md` first, and "
        "put your code where `todo(...)` stands in "
        "`exercises/`.\nNothing else in this repository needs to be changed: what is not in `exercises/` is replaced "
        "when the next lesson comes.\n\n" +
        lesson_table({project_.root, lessons_});
    return out +
           "\nMore: `./course hint 1.1` (three steps, never the code itself), `./course diff 1` (ours beside yours, "
           "once yours passes and the next lesson is out),\n"
           "`./course reset 1` (the stub again; your file is kept), `./course plot 1` (the lesson's figures, drawn "
           "from your functions), `./course doctor`\n"
           "(what is installed and what is missing).\n";
  }

  /// Links to what is not here become plain text.
  std::string without_dead_links(const std::string& path, const std::string& text) const {
    static const std::regex link(R"re(\[([^\]\n]*)\]\(([^)\s]+)\))re");
    std::string out;
    auto at = text.begin();
    for (auto it = std::sregex_iterator(text.begin(), text.end(), link); it != std::sregex_iterator(); ++it) {
      const std::string target = (*it)[2], to = target.substr(0, target.find('#'));
      const std::string where = (fs::path(path).parent_path() / to).lexically_normal().string();
      const bool leads =
          to.empty() || target.find("://") != std::string::npos || target.starts_with("mailto:") || leads_to(where);
      out.append(at, text.begin() + it->position());
      out += leads ? it->str() : (*it)[1].str();
      at = text.begin() + it->position() + it->length();
    }
    return out.append(at, text.end());
  }

  bool leads_to(const std::string& where) const {
    if (files.count(where) || exercises.count(where)) return true;
    const std::string folder = where.ends_with("/") ? where : where + "/";
    const auto begins = [&](const auto& all) {
      const auto it = all.lower_bound(folder);
      return it != all.end() && it->first.starts_with(folder);
    };
    return begins(files) || begins(exercises);
  }

  const Project& project_;
  std::vector<Lesson> lessons_;
};

/// What an earlier export wrote: fingerprints by path. Throws UsageError when the folder holds something else.
std::map<std::string, std::string> earlier(const fs::path& folder) {
  if (fs::exists(folder / manifest_name)) try {
      return json::parse(read_file(folder / manifest_name)).at("files").get<std::map<std::string, std::string>>();
    } catch (const json::exception& e) {
      throw UsageError(
          fmt::format("{} is damaged ({}); export into a new folder", (folder / manifest_name).string(), e.what()));
    }
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error))
    if (entry.path().filename() != ".git")
      throw UsageError(
          fmt::format("{} holds files that no export made; expected a new or empty folder, or one of an earlier export",
                      folder.string()));
  return {};
}

void write_as(const Project& project, const fs::path& file, const std::string& path, const std::string& text) {
  write_file(file, text);
  if (fs::exists(project.root / path)) fs::permissions(file, fs::status(project.root / path).permissions());
}

}  // namespace

// "9": all lessons up to that one. "9,14": these, and all that they require.
static std::vector<Lesson> chosen(const Project& project, const std::string& through) {
  const bool up_to = through.find(',') == std::string::npos;
  std::set<std::string> wanted;
  std::istringstream names(through);
  for (std::string name; std::getline(names, name, ',');) {
    const Lesson& last = project.lesson(name);
    wanted.insert(last.number);
    for (const Lesson* lesson : project.required_by(last)) wanted.insert(lesson->number);
    for (const Lesson& lesson : project.lessons)
      if (up_to && lesson.number < last.number) wanted.insert(lesson.number);
  }
  std::vector<Lesson> all;
  for (const Lesson& lesson : project.lessons)
    if (wanted.contains(lesson.number)) all.push_back(lesson);
  return all;
}

int run_export(const Project& project, const std::string& through, const fs::path& folder) {
  const Project part{project.root, chosen(project, through)};
  const fs::path target = fs::weakly_canonical(folder), root = fs::weakly_canonical(project.root);
  if ((target.string() + "/").starts_with(root.string() + "/"))
    throw UsageError(
        fmt::format("{} lies inside the course's own repository; give a folder outside of it", folder.string()));
  const std::map<std::string, std::string> before = earlier(target);
  const Contents contents(project, part.lessons);
  json now = json::object();
  int written = 0, kept = 0;
  for (const auto& [path, text] : contents.files) {
    now[path] = fingerprint(text);
    const fs::path file = target / path;
    const bool there = fs::exists(file);
    const std::string old = there ? read_file(file) : "";
    if (there && old == text) continue;
    const auto it = before.find(path);
    if (there && (it == before.end() || it->second != fingerprint(old))) {
      fmt::print("{} was changed here; the old file is {}\n", path,
                 fs::relative(replace_keeping(file, text), target).string());
      ++kept;
    }
    write_as(project, file, path, text);
    ++written;
  }
  int new_exercises = 0;
  for (const auto& [path, text] : contents.exercises)
    if (!fs::exists(target / path)) write_file(target / path, text), ++new_exercises;
  for (const auto& [path, print] : before) {
    if (contents.files.count(path) || !fs::exists(target / path)) continue;
    if (fingerprint(read_file(target / path)) != print)
      fmt::print("{} is not of the course any more, but was changed here, and stays\n", path), ++kept;
    else fs::remove(target / path);
    for (fs::path up = fs::path(path).parent_path(); !up.empty() && fs::is_empty(target / up); up = up.parent_path())
      fs::remove(target / up);
  }
  write_file(target / manifest_name, json{{"through", part.lessons.back().number}, {"files", now}}.dump(1) + "\n");
  fmt::print("{}: {}, {} files written, {} new exercises; {} exercises were there and stay as they are\n",
             folder.string(), part.range(), written, new_exercises,
             contents.exercises.size() - std::size_t(new_exercises));
  return passed;
}

}  // namespace course
