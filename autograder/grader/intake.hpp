// Takes in a submission: the files that the lessons name, as text, and nothing else of what was handed in.
//
// A folder is walked by descriptors, so that no link leads anywhere and nothing changes under our feet; an archive is
// unpacked by a program of its own (unpack.cpp) in the sandbox. What is refused is refused with a sentence, and costs
// the tasks of that file only.
#pragma once

#include <map>

#include "autograder/sandbox/sandbox.hpp"
#include "tools/course/project.hpp"

namespace grader {

inline constexpr std::size_t largest_source = std::size_t{512} << 10;

/// One named file: its text, or why it was not taken.
struct Source {
  std::string text, refused;
  bool missing = false;  ///< simply not there
};

struct Submission {
  std::string name;
  std::map<std::string, Source>
      sources;  ///< by "03-activations/activations.cpp"; one entry for each file of each lesson
  std::vector<std::string> notes;

  std::string content_hash() const;
};

/// Why these bytes are no source text, or empty: size, UTF-8, no zero bytes.
std::string objection(const std::string& text);

/// The program that reads an archive, as it is run in the sandbox.
Job unpack_job(const fs::path& unpack_program);

/// Throws course::UsageError when there is nothing that could be a submission, Unavailable for trouble of our own.
Submission take_in(const fs::path& path, const course::Project& project, const Sandbox& sandbox,
                   const fs::path& unpack_program);

}  // namespace grader
