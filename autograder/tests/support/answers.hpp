// Judging what a student built (a neuron, a network, a rule) by its answers, not by its weights.
#pragma once

#include <fmt/format.h>

#include "autograder/tests/support/expect.hpp"

namespace nn {

/// Thrown by an `ask` that finds nothing it could ask.
struct Unfit {
  explicit Unfit(std::string text) : says(std::move(text)) {}
  std::string says;
};

/// The questions as an argument of the answers, of which the words about wrong ones can speak.
inline Parts asked_about(const mat& X) {
  if (X.n_rows == 1) return {{"the input", arma::conv_to<arma::mat>::from(X)}};
  return {{"the sum of the inputs", arma::conv_to<arma::mat>::from(arma::sum(X, 0))}};
}

/// `ask(f)` asks f, or what f builds, about each column of X; its answers, one column each, must be `expected`.
template <auto Function, class Ask>
void behaves(const mat& X, const mat& expected, Ask ask, const Parts& arguments = {}) {
  const auto complaint = [&](const mat& Y) -> std::optional<std::string> {
    if (size(Y) != size(expected))
      return fmt::format("the answers should have been {} x {}, but they were {} x {}", expected.n_rows,
                         expected.n_cols, Y.n_rows, Y.n_cols);
    std::string text;
    uword wrong = 0;
    for (uword j = X.n_cols; j-- > 0;)
      for (uword i = Y.n_rows; i-- > 0;) {
        if (std::abs(Y(i, j) - expected(i, j)) <= 1e-9) continue;
        ++wrong;
        std::string inputs;
        for (const double x : X.col(j)) inputs += fmt::format("{}{:.6g}", inputs.empty() ? "" : ", ", x);
        text = fmt::format("for ({}) the answer should have been {:.6g}, but it was {}", inputs, expected(i, j),
                           std::isnan(Y(i, j)) ? "not a number" : fmt::format("{:.6g}", Y(i, j)));
      }
    if (wrong == 0) return {};
    if (wrong > 1) text += fmt::format("\n  {} of {} answers are wrong", wrong, expected.n_elem);
    return text;
  };
  Check check{.arguments = arguments, .inputs = asked_about(X), .expected = parts_of(expected)};
  examine<Function>(std::move(check), [&](const auto& body) {
    try {
      return seen([&] { return mat(ask(body)); }, complaint);
    } catch (const Unfit& e) {
      Seen unfit;
      unfit.result = Parts{{e.says, {}}};
      unfit.complaint = e.says;
      return unfit;
    }
  });
}

/// Every input of n zeros and ones as a column, in counting order: 00, 01, 10, 11.
inline mat all_inputs(uword n) {
  mat X(n, uword(1) << n);
  for (uword j = 0; j < X.n_cols; ++j)
    for (uword i = 0; i < n; ++i) X(i, j) = real(j >> (n - 1 - i) & 1);
  return X;
}

}  // namespace nn
