// The main() of the capstones of part II: options that all have, errors that all end with.
//
//   int main(int argc, char** argv) {
//     Mine mine;
//     return trainer::capstone(argc, argv, {"10", "Learns filters, and reads digits with them."}, mine,
//                              [&](CLI::App& app) { app.add_flag("--distorted", mine.distorted, "..."); }, accuracy);
//   }
#pragma once

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <ctime>
#include <functional>

#include "tools/train/digits.hpp"

namespace trainer {

struct CapstoneSettings {
  std::filesystem::path data = fetched_mnist();
  bool sample = false;  ///< the sample's images alone
  bool quiet = false;   ///< one training of each kind, and its result alone
  std::uint64_t seed = 1;
  double require = 0;  ///< per cent

  const Digits& digits() const { return trainer::digits(sample ? std::filesystem::path() : data); }
};

struct CapstoneName {
  std::string number, about;
  bool data = true;  ///< takes --data and --sample
};

/// The processor's time so far.
inline double seconds() { return double(std::clock()) / CLOCKS_PER_SEC; }

/// The processor's time that `work` takes.
template <class Work>
double timed(Work work) {
  const double start = seconds();
  work();
  return seconds() - start;
}

inline nn::uvec all(const nn::Dataset& data) { return arma::regspace<nn::uvec>(0, data.size() - 1); }

/// Runs `accuracy`, which answers in per cent, on one thread, so that the sums are the same on any number of cores.
/// Exit codes: 0; 1 the training failed, a task is not written or the accuracy is below --require; 2 usage.
int capstone(int argc, char** argv, const CapstoneName& name, CapstoneSettings& settings,
             const std::function<void(CLI::App&)>& more, const std::function<double()>& accuracy);

}  // namespace trainer
