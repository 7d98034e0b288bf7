// Every number that a lesson prints stands in a program that is run.
#pragma once

#include <set>
#include <string>

#include "tools/staff/promises.hpp"

namespace course {

/// The numbers of a lesson's prose that a reader could doubt: those with a decimal point, and those above 20. Not those
/// of code, links, tasks, equations, exercises and sections, not years, and not what stands in the part about the
/// sources. 79 510 and 9.5 \cdot 10^{-7} are one number each.
std::set<double> printed_numbers(const std::string& readme);

/// The numbers in the code of a C++ program, without its comments.
std::set<double> numbers_of_code(const std::string& source);

/// Each printed number stands in the lesson's examples, which are tests, or in the program of one of its figures; as it
/// is, or as a hundredth where a lesson says per cent. The minutes of the lesson and of its cards are those of
/// lesson.json.
void check_numbers(const Lesson& lesson, const std::string& readme, const std::string& programs, Findings& found);

/// All lessons, and the front page's table of them.
Findings check_numbers(const Project& project);

}  // namespace course
