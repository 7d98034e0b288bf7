// Lesson 5: the slope of anything, without knowing what is inside, and a walk downhill.
//
//   f'(x) ~ (f(x + delta) - f(x - delta)) / (2 delta)          [slides, "numerical differentiation"]
//   x <- x - rate grad f(x)                                     [slides, "gradient descent"; basics]
//
//   f  a function of a number or of a matrix     X  where the slope is wanted, any shape
//   delta  how far to step to either side        rate  the learning rate (eta)
//
//   mat G = numerical_gradient([](const mat& X) { return accu(X % X); }, X, 1e-5);   // 2 X
//   mat path = gradient_descent([](const vec& x) -> vec { return 2 * x; }, {1, 1}, 0.1, 50);
#pragma once

#include <functional>

#include "nn/types.hpp"

namespace nn {

/// 5.1  (f(x + delta) - f(x - delta)) / (2 delta). Throws std::invalid_argument unless delta > 0.
[[nodiscard]] real derivative(const std::function<real(real)>& f, real x, real delta);

/// 5.2  The same for each entry of X in turn, all others held still: entry (i, j) of the result, which has the shape of
/// X, is the slope of f along X(i, j). X is your own copy. Throws std::invalid_argument unless delta > 0.
[[nodiscard]] mat numerical_gradient(const std::function<real(const mat&)>& f, mat X, real delta);

/// 5.3  |a - b| / max(|a|, |b|), and 0 for 0 against 0: how far apart two numbers are, whatever their size.
[[nodiscard]] real relative_error(real a, real b);

/// 5.4  Follow the gradient downhill from x0 (d entries): d x (steps + 1), column 0 is x0, column t + 1 is column t -
/// rate * gradient there. Throws std::invalid_argument when the gradient has another size than x0.
[[nodiscard]] mat gradient_descent(const std::function<vec(const vec&)>& gradient, const vec& x0, real rate,
                                   uword steps);

/// 5.5  The delta at which `derivative(f, x, delta)` is nearest to df(x), out of 10^-1, 10^-2, ..., 10^-12. Too large,
/// and the formula is rough; too small, and rounding eats the difference: the best is near eps^(1/3). A delta whose
/// slope is not a number is never the best. [slides, drawbacks of numerical differentiation]
[[nodiscard]] real best_delta(const std::function<real(real)>& f, const std::function<real(real)>& df, real x);

/// The entry where two gradients differ most.
struct GradientCheck {
  real error = 0;          ///< relative_error(analytic, numerical) there; the largest of all entries
  uword row = 0, col = 0;  ///< where
  real analytic = 0;       ///< df(X) at (row, col)
  real numerical = 0;      ///< the numerical gradient at (row, col)
};

/// 5.6  Compares df(X) with the numerical gradient of f at X (delta = 1e-5) and returns the worst entry; the first,
/// column by column, of equal ones. An entry where either is not a number has an error of infinity.
/// Throws std::invalid_argument when df(X) has another shape than X, or X is empty.
[[nodiscard]] GradientCheck check_gradient(const std::function<real(const mat&)>& f,
                                           const std::function<mat(const mat&)>& df, const mat& X);

/// A network after training, and its loss before the first step and after each one.
struct Trained {
  Network network;
  vec losses;  ///< steps + 1 entries
};

/// 5.7  Trains by gradient descent with no derivative of anything known: in each step the numerical gradient (delta =
/// 1e-5) of mean_squared_error(forward(network, X), T) along every weight and every bias, all at the same network, then
/// W <- W - rate dW, b <- b - rate db. X is d x N, T is k x N. [slides, "numerical differentiation"]
/// Throws std::invalid_argument when X or T does not fit the network, or there is no sample.
[[nodiscard]] Trained train_numerically(Network network, const mat& X, const mat& T, real rate, uword steps);

}  // namespace nn
