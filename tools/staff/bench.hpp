// ./course bench: our trainer beside the programs of benchmarks/peers, interleaved, on this machine.
#pragma once

#include <string>
#include <vector>

#include "base/project.hpp"

namespace course {

/// A way of doing the training: how it is run, and what it is called.
struct Peer {
  std::string key;                ///< as in "ours", "cblas_tuned"
  std::string name;               ///< as the table says it
  std::vector<std::string> argv;  ///< the program; data, width and epochs follow, then `mode`
  std::string mode = {};
  bool learns = true;  ///< false for the matrix products alone
};

/// One network, element type and number of threads; the same programs run in every round.
struct BenchCase {
  int width = 100, threads = 1;
  std::string real = "float", lesson = "07";

  bool operator==(const BenchCase&) const = default;
  std::string name() const;  ///< as in "784-100-10, float, 1 thread"
};

/// What one program printed in one round: medians over its epochs.
struct BenchReading {
  BenchCase at;
  std::string key, name;
  int round = 0;
  double wall = 0, cpu = 0;  ///< seconds an epoch
  double accuracy = -1;      ///< on the test set; below 0 where nothing is learned
  double megabytes = 0;      ///< peak memory of the whole program
};

/// The median over the rounds of a(round) / b(round); NaN where no round has both. By the processor's time, which no
/// other program lengthens, where both have one thread; else by the clock on the wall.
double paired_ratio(const std::vector<BenchReading>& readings, const BenchCase& a_at, const std::string& a,
                    const BenchCase& b_at, const std::string& b);

/// A bound that the course sets itself, and what was measured. `found` is NaN where a program was not there.
struct BenchBound {
  std::string what;
  double found = 0, bound = 0;
  bool at_most = true;

  bool holds() const { return at_most ? found <= bound : found >= bound; }
};

std::vector<BenchBound> bench_bounds(const std::vector<BenchReading>& readings, const std::string& lesson = "07");

/// A table of at most 80 columns for one case.
std::string bench_table(const std::vector<BenchReading>& readings, const BenchCase& at);

}  // namespace course
