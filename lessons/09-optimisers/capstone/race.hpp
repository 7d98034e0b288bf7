// The race of the rules: the same network, four epochs, a rate that falls to 0. Each rule gets the best rate that was
// found for it on held-out images, and is then run from five seeds.
#pragma once

#include "tools/train/digits.hpp"

namespace race {

/// Prints a line of CSV for each epoch: rule, rate, seed, epoch, per cent of the test images, seconds so far. What was
/// tried to find the rates goes to stderr.
void run(const trainer::Digits& digits, nn::uword seeds);

}  // namespace race
