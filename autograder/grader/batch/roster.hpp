// Who is in the class, and whose each piece of work is, by whatever name a platform gives it.
#pragma once

#include <optional>
#include <set>

#include "autograder/grader/batch/submissions.hpp"
#include "autograder/grader/person.hpp"
#include "autograder/grader/policy.hpp"

namespace grader {

/// One line of roster.csv. Its columns go by the names that Canvas, Moodle, Gradescope and GitHub give them
/// (roster.cpp).
struct Enrolled {
  Person person;
  std::string extension;  ///< "2026-06-03T12:00:00Z", or days: "2"
  std::string partner;    ///< name, id, login or e-mail of who hands in for both; several by ;

  /// The due date of this person.
  std::optional<Time> due(std::optional<Time> of_all) const;
};

class Roster {
 public:
  Roster() = default;
  /// Throws base::UsageError that says what was expected of the file.
  static Roster read(const std::string& file);

  /// By name, id, login, e-mail or the platform's number; nothing when nobody or more than one goes by that.
  std::optional<std::size_t> find(const std::string& who) const;
  /// Whose work this is.
  std::vector<std::size_t> owners(const SubmittedWork& handed) const;

  std::vector<Enrolled> people;
};

/// A row of the gradebook: a person, and what they handed in, or nothing.
struct Row {
  std::string name;  ///< no two alike
  Person person;
  std::optional<std::size_t> handed;    ///< the index
  std::optional<std::size_t> enrolled;  ///< of the roster; nothing for work that matches nobody
};

/// A row for everybody of the roster, and for all work that is nobody's there. Without a roster, one for each piece of
/// work, or for each of the people that a platform names for it.
std::vector<Row> rows_of(const Roster& roster, const std::vector<SubmittedWork>& handed);

/// Pairs of pieces of work that two partners handed in each for themselves, by index, the smaller one first.
std::set<std::pair<int, int>> works_of_partners(const Roster& roster, const std::vector<Row>& rows);

/// What a person who goes by several pieces of work handed in becomes one: `handed` is changed.
void merge_by_person(const Roster& roster, std::vector<SubmittedWork>& handed);

}  // namespace grader
