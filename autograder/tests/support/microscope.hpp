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

namespace detail {

template <class T>
void add_gradient_parts(GradientParts& parts, const std::string& name, const T& value) {
  if constexpr (std::is_arithmetic_v<T>) {
    parts.push_back({name, {}, arma::mat(1, 1).fill(double(value))});
  } else if constexpr (Matrix<T>) {
    parts.push_back({name, {}, arma::conv_to<arma::mat>::from(value)});
  } else if constexpr (HasFields<T>) {
    const auto add_members = [&](bool numbers) {
      Fields<T>::each(value, [&]<class Member>(std::string_view member, const Member& of) {
        if (std::is_arithmetic_v<Member> == numbers) add_gradient_parts(parts, joined(name, std::string(member)), of);
      });
    };
    add_members(false);
    add_members(true);
  } else {  // one matrix a layer
    arma::uword layer = 0;
    for (const auto& of : value) parts.push_back({name, layer++, arma::conv_to<arma::mat>::from(of)});
  }
}

}  // namespace detail

/// Of the gradients of a network, a layer, a filter: each member is a part, numbers as the loss come last. A plain
/// matrix, or one a layer, is dZ.
template <class T>
GradientParts gradient_parts(const T& gradients) {
  GradientParts parts;
  detail::add_gradient_parts(parts, HasFields<T> ? "" : "dZ", gradients);
  return parts;
}

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
