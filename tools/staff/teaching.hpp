// The order of teaching: no task needs what is taught later, and no formula has a letter whose shape is not told.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "tools/staff/promises.hpp"

namespace course {

/// The texts of one lesson that the checks read.
struct Taught {
  Lesson lesson;
  std::string readme;
  std::vector<std::pair<std::string, std::string>> solutions;  ///< file name and text
};

/// Every task has one card "> **Task 3.2 · ..." in its lesson. The solution of a task, and the code that the lesson
/// shows before a card, call only functions of tasks whose card stands no later. `lessons` is in the order in which
/// they are taught.
void check_order(const std::vector<Taught>& lessons, Findings& found);

/// The letters of a formula in TeX: W, b, dW, \alpha, \hat y. Indices, names of functions and e do not count.
std::set<std::string> letters_of(const std::string& tex);

/// The tables "| letter | shape | ..." of a lesson tell the shape of every letter of its displayed formulas once, and
/// of no other.
void check_letters(const std::string& name, const std::string& readme, Findings& found);

/// Of each of the "exercises 1.11.1 to 1.11.11" that the bibliography speaks of, a row of a table says in which lesson
/// it is answered.
void check_exercises(const std::string& bibliography, Findings& found);

/// All of these, for the whole repository.
Findings check_teaching(const Project& project);

}  // namespace course
