// Small two-dimensional classification data sets, for examples and figures.
//
//   Rng rng(1);
//   ToyData data = moons(200, 0.1, rng);   // data.X is 2 x 200, data.labels 0 or 1
//
// Legend: n points; `noise` is the standard deviation of the normal number added to each coordinate, 0 for none.
// Sample i is of class i mod k, so the classes differ in size by one at most and every batch of k holds them all.
// Points on curves take sin and cos from the system's library: their last digits may differ between platforms.
// All throw std::invalid_argument for fewer points than classes and for noise that is negative, infinite or NaN.
#pragma once

#include "nn/support/random.hpp"
#include "nn/types.hpp"

namespace nn {

/// N labelled points of the plane.
struct ToyData {
  mat X;        ///< 2 x N: one column is one point
  uvec labels;  ///< N, each 0 ... classes-1
  uword classes = 2;

  uword size() const { return X.n_cols; }
};

/// The truth table of a gate: X has the columns (0,0), (0,1), (1,0), (1,1), the labels are what the gate answers.
ToyData and_table();
ToyData nand_table();
ToyData or_table();
ToyData xor_table();

/// Points around the four corners of the unit square; the class is the XOR of the corner's coordinates.
ToyData xor_points(uword n, real noise, Rng& rng);

/// Class 0 on the circle of radius 1, class 1 on the one of radius `inner` (0 < inner < 1) inside it.
ToyData circles(uword n, real noise, Rng& rng, real inner = real(0.5));

/// Two interleaved half circles of radius 1: class 0 the upper half about (0, 0), class 1 the lower half about (1,
/// 1/2).
ToyData moons(uword n, real noise, Rng& rng);

/// `arms` spiral arms, one a class, from the centre to radius 1 in `turns` turns (> 0).
ToyData spiral(uword n, uword arms, real noise, Rng& rng, real turns = 1);

/// `classes` round clouds; their centres stand at equal distances on the unit circle, the first one at (1, 0).
ToyData blobs(uword n, uword classes, real noise, Rng& rng);

}  // namespace nn
