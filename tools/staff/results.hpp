// The results of a ctest run, read from the JUnit file that ctest itself writes.
#pragma once

#include <map>

#include "tools/course/trees.hpp"

namespace course {

struct TestResult {
  std::string status;  ///< "passed", "failed" or "not run"
  std::string output;
  double seconds = 0;
};

/// By CTest name. Throws EnvironmentError when ctest wrote no results.
using Results = std::map<std::string, TestResult>;

/// Runs ctest with these arguments in the tree and returns the results of every test that was selected.
Results test_results(const Tree& tree, const std::vector<std::string>& arguments);

}  // namespace course
