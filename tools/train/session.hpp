// One run of the trainer: data, network, training, judgement, files.
#pragma once

#include "tools/train/settings.hpp"

namespace trainer {

/// Returns the exit code. Throws Unusable for what is not the code's fault, anything else where the contracts' bodies
/// fail.
int run(const Settings& settings);

/// Data, weights or the output folder cannot be used: exit code 3.
struct Unusable : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace trainer
