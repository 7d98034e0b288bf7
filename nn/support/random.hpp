// Seeded random numbers that are the same on every platform (the distributions of <random> are not).
//
//   Rng rng(7);                                  // the same seed, the same numbers, everywhere
//   mat W = random_normal(3, 2, rng);            // 3 x 2, entries N(0, 1)
//   uvec order = random_permutation(10, rng);    // 0 ... 9, shuffled
//
// Pass an Rng by reference to go on where it stands; copy it to draw the same numbers twice. A float build draws the
// same random bits and so the same numbers, rounded to float. Source: Steele, Lea, Flood, "Fast splittable pseudorandom
// number generators", OOPSLA 2014 (SplitMix64).
#pragma once

#include <cstdint>

#include "nn/types.hpp"

namespace nn {

/// A small generator (SplitMix64): its whole state is one number, so it is a value like any other.
struct Rng {
  std::uint64_t state = 0;

  explicit Rng(std::uint64_t seed = 0) : state(seed) {}

  using result_type = std::uint64_t;
  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return ~result_type{0}; }
  result_type operator()();  ///< 64 random bits

  real uniform();                     ///< uniform in [0, 1)
  real uniform(real low, real high);  ///< uniform in [low, high), low if they are equal; throws std::invalid_argument
                                      ///< unless low <= high, both finite, high - low finite
  real normal();                      ///< standard normal: mean 0, variance 1
  uword below(uword n);               ///< uniform in 0 ... n-1, without bias; throws std::invalid_argument if n is 0
};

/// rows x cols entries N(0, 1), drawn column by column.
mat random_normal(uword rows, uword cols, Rng& rng);

/// rows x cols entries in [low, high), drawn column by column; throws like Rng::uniform.
mat random_uniform(uword rows, uword cols, real low, real high, Rng& rng);

/// 0 ... n-1 in random order (Fisher-Yates), each order equally likely.
uvec random_permutation(uword n, Rng& rng);

}  // namespace nn
