// Runs promises beside each other, prints one line for each, and what is wrong with those that do not hold.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tools/staff/promises.hpp"

namespace course {

struct Promise {
  std::string name;
  std::function<void(Findings&)> look;  ///< a look that finds nothing to check is itself a fault
  std::vector<std::string> busy = {};   ///< build trees and the like that only one promise may use at a time
  std::vector<std::string> after = {};  ///< names of promises that come first
  std::vector<std::string> apart = {};  ///< files and folders that it reads nothing of
  bool longest = false;                 ///< one of a row that takes longest: the others give way to it
  bool always = false;                  ///< never remembered: it costs nothing, or it prepares the machine
};

struct PromiseOptions {
  int lanes = 1;          ///< promises at a time
  bool remember = false;  ///< one that passed with the same files on the same machine is not run again ...
  bool again = false;     ///< ... but this time it is
  bool times = false;     ///< at the end, what each has cost
};

/// Runs all; returns passed or failed. Each has a process of its own, so that what it costs is known and a crash is its
/// own.
int keep_promises(const Project& project, const std::vector<Promise>& promises, const PromiseOptions& options);

}  // namespace course
