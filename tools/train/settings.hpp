// What the trainer was asked to do.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "nn/training.hpp"
#include "tools/train/reference.hpp"

namespace trainer {

struct Settings {
  std::filesystem::path data;          ///< empty: the embedded sample
  bool fallback = false;               ///< the sample, because MNIST was not fetched and nothing else was asked for
  std::vector<nn::uword> hidden{100};  ///< units of each hidden layer; none: one layer, straight from pixels to classes
  nn::Options options = reference_options();
  double held_out = reference_held_out;
  std::uint64_t seed = 1;
  int threads = 1;
  std::filesystem::path out = "build/demo", load, json;
  std::optional<double> require;  ///< per cent
  bool figures = false, quiet = false;
};

/// From the command line. Returns nothing where the program is to end with `code` (0 after --help, 2 for wrong usage),
/// all said.
std::optional<Settings> parse(int argc, char** argv, int& code);

/// "784-100-10"
std::string shape_of(const nn::Network& network);

}  // namespace trainer
