// Judging what a student built (a neuron, a network, a rule) by its answers, not by its weights.
#pragma once

#include <fmt/format.h>

#include "autograder/tests/support/expect.hpp"

namespace nn {

/// Thrown by an `ask` that finds nothing it could ask.
struct Unfit : std::runtime_error {
  using runtime_error::runtime_error;
};

/// `ask(f)` asks f, or what f builds, about each column of X; its answers, one column each, must be `expected`.
/// A known mistake is named when all its answers are those that were found.
template <auto Function, class Ask>
void behaves(const mat& X, const mat& expected, Ask ask, const Parts& arguments = {}) {
  const auto seen = [&](auto f) -> Parts {
    try {
      return parts_of(mat(ask(f)));
    } catch (const not_implemented&) {
      throw;
    } catch (const Unfit& e) {
      return {{e.what(), {}}};
    } catch (const std::exception& e) {
      return {{std::string("it threw an exception: ") + e.what(), {}}};
    }
  };
  const Parts found = seen(Function);
  const mat& Y = found[0].value;
  std::string complaint = found[0].name;
  if (complaint.empty() && size(Y) != size(expected))
    complaint = fmt::format("the answers should have been {} x {}, but they were {} x {}", expected.n_rows,
                            expected.n_cols, Y.n_rows, Y.n_cols);
  uword wrong = 0;
  if (complaint.empty())
    for (uword j = X.n_cols; j-- > 0;)
      for (uword i = Y.n_rows; i-- > 0;) {
        if (std::abs(Y(i, j) - expected(i, j)) <= 1e-9) continue;
        ++wrong;
        std::string inputs;
        for (const double x : X.col(j)) inputs += fmt::format("{}{:.6g}", inputs.empty() ? "" : ", ", x);
        complaint = fmt::format("for ({}) the answer should have been {:.6g}, but it was {}", inputs, expected(i, j),
                                std::isnan(Y(i, j)) ? "not a number" : fmt::format("{:.6g}", Y(i, j)));
      }
  if (complaint.empty()) return report_success();
  if (wrong > 1) complaint += fmt::format("\n  {} of {} answers are wrong", wrong, expected.n_elem);
  std::vector<Known> alike;
  for (const auto& mistake : MistakesOf<Function>::all())
    if (same(found, seen(mistake.body))) alike.push_back(mistake.known);
  report_failure(name_of<Function>(), complaint, arguments, alike);
}

/// Every input of n zeros and ones as a column, in counting order: 00, 01, 10, 11.
inline mat all_inputs(uword n) {
  mat X(n, uword(1) << n);
  for (uword j = 0; j < X.n_cols; ++j)
    for (uword i = 0; i < n; ++i) X(i, j) = real(j >> (n - 1 - i) & 1);
  return X;
}

}  // namespace nn
