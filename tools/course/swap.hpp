// ./course capstone --swap: the same training with our body in place of each of the student's lessons in turn.
#pragma once

#include <cmath>

#include "tools/course/trees.hpp"

namespace course {

/// One training: which lesson was ours, and what came of it.
struct SwapRun {
  std::string lesson;           ///< "01" ... "07"; "" where all was the student's, "all" where all was ours
  std::string title;            ///< as the table's first column says it
  std::string problem;          ///< why it did not end well; "" where it did
  double accuracy = 0;          ///< on the test set, 0 ... 1
  double per_epoch = INFINITY;  ///< CPU seconds, which other programs disturb least
  double loss = 0;              ///< on the test set
};

/// What the runs say of each lesson, a sentence each: which one costs accuracy, which one time, which one stops the
/// training. The first run is all the student's, the last one all ours. A difference counts from `points` percentage
/// points of accuracy, or a quarter of the time of an epoch.
std::vector<std::string> read_swap(const std::vector<SwapRun>& runs, double points = 0.3);

/// The runs as a table of at most 80 columns.
std::string swap_table(const std::vector<SwapRun>& runs);

/// Trains with these arguments of the trainer, once for each lesson that the capstone's lesson stands on; the tree is
/// that of the trainer. Returns the exit code.
int run_swap(const Project& project, const Tree& tree, const Lesson& capstone,
             const std::vector<std::string>& arguments);

}  // namespace course
