// Which images to learn from, and what to call them.
#pragma once

#include <filesystem>
#include <string>

#include "nn/support/dataset.hpp"

namespace trainer {

struct Digits {
  nn::Dataset train, test;
  std::string title;    ///< as in "MNIST, 60,000 training and 10,000 test images of 28 x 28"
  bool sample = false;  ///< the embedded one: its accuracy is not MNIST's
};

/// The data set in `folder`; the embedded sample where that is empty. Throws std::runtime_error as read_dataset does,
/// and where the images of the two parts differ in size.
Digits read_digits(const std::filesystem::path& folder);

/// The folder of the fetched MNIST, or nothing where it has not been fetched.
std::filesystem::path fetched_mnist();

/// As read_digits, but read once and kept: the figures and the trainer share one copy.
const Digits& digits(const std::filesystem::path& folder);

/// 60000 as "60,000".
std::string thousands(unsigned long long number);

}  // namespace trainer
