// The gradient microscope: where a wrong gradient is wrong, and how.
//
//   microscope(gradient_parts(expected), gradient_parts(found), {.tolerance = {1e-6, 1e-6}, .samples = 4})
//
//   layer 0, row 2, column 1 of dW should have been 0.0125, but it was 0.05: the worst of 8 wrong entries
//     layer 0   dW 3 x 2: all wrong   db 3 x 1: 2 of 3 wrong
//     layer 1   dW 2 x 3: right       db 2 x 1: right
//     loss: right
//     the last layer is right, layer 0 is wrong: the error enters on the way back from layer 1 to layer 0
//     every wrong entry is 4 times what it should be: 4 is the number of samples
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "autograder/tests/support/values.hpp"

namespace nn {

/// One matrix of a gradient: {"dW", 1, 2 x 3}.
struct GradientPart {
  std::string name;
  std::optional<arma::uword> layer;  ///< none where there is only one, or for the loss
  arma::mat value;
};
using GradientParts = std::vector<GradientPart>;

GradientParts gradient_parts(const Gradients& gradients);
GradientParts gradient_parts(const DenseGradients& gradients);
GradientParts gradient_parts(const std::vector<mat>& deltas);  ///< of backward_deltas
GradientParts gradient_parts(const mat& dZ);

/// How to look: numbers that agree within `tolerance`, and sizes by which a gradient may be off.
struct Lens {
  Tolerance tolerance = {};
  arma::uword samples = 0;  ///< 0: not known
  arma::uword outputs = 0;
};

/// What is wrong with `found`: the worst entry, a line for each layer, what the errors have in common, and a map of the
/// part that holds the worst entry. Nothing when the two agree; not-a-number, other shapes and missing parts never do.
std::optional<std::string> microscope(const GradientParts& expected, const GradientParts& found, const Lens& lens);

}  // namespace nn
