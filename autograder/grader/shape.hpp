// Which of the files that were handed in are the ones that the lessons name, wherever they stand: people pack the
// folder above, the files alone, an archive in an archive, their whole repository.
#pragma once

#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace grader {

inline constexpr std::size_t largest_source = std::size_t{512} << 10;

/// One file: its text, or why it was not taken.
struct Source {
  std::string text, refused;
  bool missing = false;  ///< simply not there
};

/// A file that may be one of those that are graded, by its path in what was handed in; "hw.zip/a.cpp" stands in an
/// archive.
struct Candidate {
  std::string path;
  Source source;
};

/// What was handed in.
struct Found {
  std::vector<Candidate> candidates;
  std::vector<std::string> others;        ///< the first few paths of everything else, to be shown
  std::vector<std::string> troubles;      ///< archives that could not be opened: "hw.zip: it is damaged"
  std::vector<std::string> repositories;  ///< where copies of the course's own repository stand: "", "hw.zip/course/"
  std::size_t files = 0, among_no_work = 0;  ///< all; candidates in builds and the like, of which a few are enough

  void add(const std::string& path, Source source);
  void add_other(const std::string& path);
  void add_repository(const std::string& where);
  /// No candidates: what stands in the repository's own folders, all but exercises/.
  void leave_ours_aside();
};
inline constexpr std::size_t most_candidates = 400;

/// The lessons' files by "03-activations/activations.cpp".
using NamedFiles = std::vector<std::string>;

/// Whether a file of this path is to be read: a source file that somebody may have written as an answer.
bool is_candidate(const std::string& path, const NamedFiles& named);
/// Whether its name alone says which answer it is.
bool has_a_graded_name(const std::string& path, const NamedFiles& named);
/// The headers of nn/ that the text includes, in order: "nn/losses.hpp".
std::vector<std::string> contracts_in(const std::string& text);
/// What stands behind something that is no folder and no file (a link) at this path: the graded files that it would
/// hold.
std::vector<std::string> expected_behind(const std::string& path, const NamedFiles& named);
/// A folder that holds no student's work: hidden ones, builds, our own parts of the repository.
bool holds_no_work(const std::string& folder);
/// A folder of the course's own repository that holds no exercises.
bool is_ours(const std::string& folder);
/// Whether the name ends as one of an archive that we open (.zip, .TGZ, ...); without_archive_ending: "" when not.
std::string without_archive_ending(const std::string& name);
/// No answer was written in it: each function still says todo(...), as in the stub.
bool is_untouched(const std::string& text);

/// Nothing in it is graded, or two different files claim to be the same answer: what() says what was found.
struct NothingFound : std::runtime_error {
  using runtime_error::runtime_error;
};
struct TwoSubmissions : std::runtime_error {
  using runtime_error::runtime_error;
};

/// The source of every named file, and in `notes` what the student should know of how it was found.
std::map<std::string, Source> choose(const Found& found, const NamedFiles& named, std::vector<std::string>& notes);

}  // namespace grader
