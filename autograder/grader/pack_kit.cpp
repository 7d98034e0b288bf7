#include "autograder/grader/pack_kit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace grader {

namespace {

using json = nlohmann::ordered_json;

constexpr const char* start_script = R"sh(#!/bin/sh
# Grades a submission with what lies beside: ./grade SUBMISSION --single ...
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
exec "$here/course_grade" --kit "$here/kit" "$@"
)sh";

bool is_among(const std::vector<std::string>& lessons, const std::string& number) {
  return std::count(lessons.begin(), lessons.end(), number) > 0;
}

/// The tests of a lesson run on our answers to those that it requires, so these lie in its worker.
void require_independent(const Kit& kit, const std::vector<std::string>& lessons) {
  if (lessons.empty()) throw base::UsageError("--pack-kit needs --lesson N: a kit is for the lessons that it grades");
  for (const std::string& number : lessons)
    for (const base::Lesson* needed : kit.project.required_by(kit.project.lesson(number)))
      if (is_among(lessons, needed->number))
        throw base::UsageError(
            fmt::format("one kit cannot grade lessons {} and {}: the tests of {} run on our answer to {}, compiled "
                        "into it; pack a kit for each",
                        needed->number, number, number, needed->number));
}

void bring(const fs::path& file, const fs::path& to) {
  fs::create_directories(to.parent_path());
  fs::copy(file, to, fs::copy_options::recursive);
}

}  // namespace

void pack_kit(const Kit& kit, const std::vector<std::string>& lessons, const fs::path& folder) {
  require_independent(kit, lessons);
  if (fs::exists(folder))
    throw base::UsageError(fmt::format("{} is there already; give a folder that is not", folder.string()));
  const fs::path packed = folder / "kit";
  for (const char* part : {"include", "precompiled", "compiler.txt", "linker.txt", "quick_compiler.txt"})
    if (fs::exists(kit.root / part)) bring(kit.root / part, packed / part);
  std::vector<fs::path> files = {kit.unpack(), kit.support()};
  if (!kit.quick_compiler.empty()) files.push_back(kit.quick_object());
  json hidden = json::array();
  for (const std::string& number : lessons) {
    const base::Lesson& lesson = kit.project.lesson(number);
    kit.require(lesson);
    files.insert(files.end(), {kit.worker(lesson), kit.tests(lesson)});
    for (const std::string& file : lesson.files) files.push_back(kit.root / "stubs" / lesson.name / file);
    const fs::path manifest = fs::path("lessons") / lesson.name / "lesson.json";
    json entry = json::parse(base::read_file(kit.root / manifest));
    entry["requires"] = json::array();
    for (json& task : entry.at("tasks")) task["hints"] = json::array();
    base::write_file(packed / manifest, entry.dump(1) + "\n");
    if (!kit.hidden.contains(number)) continue;
    files.push_back(kit.hidden_tests(lesson));
    for (const json& each : json::parse(base::read_file(kit.root / "hidden.json")))
      if (each.at("lesson") == number) hidden.push_back(each);
  }
  for (const fs::path& file : files) bring(file, packed / file.lexically_relative(kit.root));
  bring(kit.root / "lessons/parts.json", packed / "lessons/parts.json");
  if (!hidden.empty()) base::write_file(packed / "hidden.json", hidden.dump(1) + "\n");
  bring(fs::read_symlink("/proc/self/exe"), folder / "course_grade");
  base::write_file(folder / "grade", start_script);
  fs::permissions(folder / "grade", fs::perms(0755));
  fmt::print("{0}: {0}/grade SUBMISSION grades {1} where this compiler and these libraries are installed\n",
             folder.string(), Kit::load(packed).project.range());
}

}  // namespace grader
