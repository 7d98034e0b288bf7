// Takes in a submission: the files that the lessons name, as text, and nothing else of what was handed in.
//
// A folder is walked by descriptors, so that no link leads anywhere and nothing changes under our feet; an archive is
// unpacked by a program of its own (unpack.cpp) in the sandbox. Which file is which answer, shape.hpp decides. What is
// refused is refused with a sentence, and costs the tasks of that file only.
#pragma once

#include "autograder/grader/shape.hpp"
#include "autograder/sandbox/sandbox.hpp"
#include "base/project.hpp"

namespace grader {

struct Submission {
  std::string name;
  std::map<std::string, Source>
      sources;  ///< by "03-activations/activations.cpp"; one entry for each file of each lesson
  std::vector<std::string> notes;

  std::string content_hash() const;
  bool holds_nothing() const;  ///< that is graded
};

NamedFiles named_files(const base::Project& project);

/// The program that reads an archive, as it is run in the sandbox.
Job unpack_job(const fs::path& unpack_program);

/// One submission: a folder, an archive, a source file, or several of those. Throws NothingFound or TwoSubmissions when
/// it is not one, base::UsageError for a path that cannot be opened, Unavailable for trouble of our own.
Submission take_in(const std::vector<fs::path>& submitted, const base::Project& project, const Sandbox& sandbox,
                   const fs::path& unpack_program);
/// One in which no answer stands, for this reason.
Submission empty_submission(const base::Project& project, const std::string& why);

/// Whether a folder and what is below it hold files with the names of answers, or archives, which may.
bool may_hold_work(const fs::path& folder, const NamedFiles& named);

}  // namespace grader
