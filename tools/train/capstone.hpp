// The main() of the capstones of part II: options that all have, errors that all end with.
//
//   int main(int argc, char** argv) {
//     Mine mine;
//     return trainer::capstone(argc, argv, {"10", "Learns filters, and reads digits with them."}, mine,
//                              [&](trainer::Options& own) { own.flag("--best", mine.best, "..."); }, accuracy);
//   }
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <ctime>
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <string>

#include "tools/train/digits.hpp"

namespace CLI {
class App;
}

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

/// What one capstone takes beside the options of all. `unit` is what --help calls the value; an option that says
/// nothing of itself is not shown there. CLI11 stands behind it, which costs five seconds wherever it is included.
class Options {
 public:
  explicit Options(CLI::App& app) : app_(app) {}

  /// `excludes`: the flag that may not be given with it.
  void flag(const std::string& name, bool& set, const std::string& about = "", const std::string& excludes = "");
  /// A value outside [least, most] is a usage error.
  void number(const std::string& name, nn::uword& value, const std::string& about = "", const std::string& unit = "N",
              nn::uword least = 0, nn::uword most = 1'000'000'000);
  void number(const std::string& name, double& value, const std::string& about, const std::string& unit);
  /// A word that is not `among` them is a usage error.
  void word(const std::string& name, std::string& value, const std::string& about,
            std::initializer_list<const char*> among, const std::string& unit = "WHAT");
  void folder(const std::string& name, std::filesystem::path& value);

 private:
  CLI::App& app_;
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
             const std::function<void(Options&)>& more, const std::function<double()>& accuracy);

}  // namespace trainer
