// What wrong results have in common, in words that are true of the numbers: "every wrong entry is 2 times what it
// should be", "wrong only where Z is below 0", "it is the transpose of what it should be".
//
//   relations({{expected, found, arguments, tolerance}, ...}, passed)
//
// A sentence is said of all failed checks, or it says of how many; never of fewer than a third of them, and never of
// one or two numbers alone.
#pragma once

#include <string>
#include <vector>

#include "autograder/tests/support/values.hpp"

namespace nn {

/// So many failed checks are kept to be compared.
constexpr std::size_t kept_misses = 60;

/// A failed check: what was wanted, what came instead, and what the function was called with.
struct Miss {
  Parts expected, found, arguments;
  Tolerance tolerance;
};

struct Relations {
  std::vector<std::string> sentences;  ///< at most three
  bool all_explained = false;          ///< one of them says what every wrong entry of every failed check is
};

/// `passed`: the arguments of checks that held; `failed`: how many checks failed in all, those among them whose numbers
/// are not known.
Relations relations(const std::vector<Miss>& misses, const std::vector<Parts>& passed = {}, std::size_t failed = 0);

/// "2 times <of>", where found = factor * expected in every wrong entry of every check. The factor is a number, or one
/// made of the arguments and their sizes. Nothing when there is none.
std::optional<std::string> common_factor(const std::vector<Miss>& misses, const std::string& of);

}  // namespace nn
