// The repository as the commands see it: its root, its lessons, their tasks (lessons/*/lesson.json).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/files.hpp"

namespace base {

struct Task {
  std::string id;     ///< "3.6"
  std::string title;  ///< "softmax"
  std::vector<std::string> functions;
  int points = 0, minutes = 0, seconds = 0;
  std::vector<std::string> hints;

  std::string name() const { return id + " " + title; }
  /// The CTest name, "03.6 softmax": of two digits, so that `ctest -R 03.6` matches neither 13.6 nor another number.
  std::string test_name() const { return (id.find('.') == 1 ? "0" : "") + name(); }
  std::string test_id() const { return test_name().substr(0, test_name().find(' ')); }  ///< "03.6"
};

/// The program that a lesson ends in, made of the student's bodies of the lesson and of all that it requires.
struct Capstone {
  std::string program;  ///< the folder of its sources
  std::string says;     ///< what it does, as in "`./course capstone` {says}"
  bool mnist = false;   ///< takes --data and --sample; MNIST is fetched before it runs
  bool best = false;    ///< takes --best, and `./course demo --best` is this one: the highest accuracy in the course
  bool draws = false;   ///< takes --out DIR and --figures, and the lesson's figures are drawn from what it writes there
  std::vector<std::vector<std::string>> promises;  ///< with each of these arguments our solutions must succeed
};

struct Lesson {
  std::string number;  ///< "03"
  std::string name;    ///< "03-activations"
  std::string part;    ///< "I"
  std::string title, question, header;
  std::string built;  ///< what a student has when all its tasks pass, and how it fits
  std::vector<std::string> files;
  int minutes = 0;
  std::vector<std::string> requires_lessons;  ///< by name; what those require in turn is not repeated
  std::optional<Capstone> capstone;
  std::vector<Task> tasks;

  int points() const;
  int plain_number() const { return std::stoi(number); }  ///< 3
};

struct Project {
  fs::path root;
  std::vector<Lesson> lessons;

  /// Reads every lessons/*/lesson.json. Throws EnvironmentError when there is none or one is malformed, with its path,
  /// and when what they require of each other cannot be.
  static Project load(const fs::path& root);

  /// By "3", "03" or "03-activations"; throws UsageError that lists what there is.
  const Lesson& lesson(const std::string& name) const;
  /// By "3.6" or "03.6"; throws UsageError that lists what there is.
  const Task& task(const std::string& id) const;
  const Lesson& lesson_of_task(const std::string& id) const;

  /// What a lesson stands on: all that it requires, and what those require, in the order of their numbers.
  std::vector<const Lesson*> required_by(const Lesson& lesson) const;
  /// The lesson with a capstone: that of the number, or the first one. Throws UsageError that lists what there is.
  const Lesson& capstone(const std::string& number = "") const;
  /// "Part I: From NAND to MNIST", as lessons/parts.json has it; "" while all lessons belong to one part.
  std::string part_title(const Lesson& lesson) const;
  /// The same where the lesson is the first one of its part, else "".
  std::string part_begins(const Lesson& lesson) const;
  /// "lessons 1 to 7", or "lessons 1 to 7, 14"
  std::string range() const;

  fs::path solution(const Lesson& lesson, const std::string& file) const {
    return root / "solutions" / lesson.name / file;
  }
  fs::path exercise(const Lesson& lesson, const std::string& file) const {
    return root / "exercises" / lesson.name / file;
  }
  std::vector<fs::path> exercises(const Lesson& lesson) const {
    std::vector<fs::path> files;
    for (const std::string& file : lesson.files) files.push_back(exercise(lesson, file));
    return files;
  }
};

}  // namespace base
