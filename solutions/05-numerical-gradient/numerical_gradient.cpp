#include "nn/numerical_gradient.hpp"

#include <cmath>
#include <limits>

#include "nn/activations.hpp"
#include "nn/losses.hpp"
#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"

namespace nn {

real derivative(const std::function<real(real)>& f, real x, real delta) {
  //> 5.1
  require(delta > 0, "derivative", "delta is " + std::to_string(delta) + ", expected more than 0");
  return (f(x + delta) - f(x - delta)) / (2 * delta);
  //<
}

mat numerical_gradient(const std::function<real(const mat&)>& f, mat X, real delta) {
  //> 5.2
  require(delta > 0, "numerical_gradient", "delta is " + std::to_string(delta) + ", expected more than 0");
  mat G(arma::size(X));
  for (uword i = 0; i < X.n_elem; ++i) {
    const real x = X(i);
    G(i) = derivative([&](real moved) { return X(i) = moved, f(X); }, x, delta);
    X(i) = x;
  }
  return G;
  //<
}

real relative_error(real a, real b) {
  //> 5.3
  return a == b ? 0 : std::abs(a - b) / std::max(std::abs(a), std::abs(b));
  //<
}

mat gradient_descent(const std::function<vec(const vec&)>& gradient, const vec& x0, real rate, uword steps) {
  //> 5.4
  mat path(x0.n_elem, steps + 1);
  path.col(0) = x0;
  for (uword t = 0; t < steps; ++t) {
    const vec g = gradient(path.col(t));
    require_shape(g.n_elem, x0.n_elem, "gradient_descent", "the gradient", "entries", "entries of x0");
    path.col(t + 1) = path.col(t) - rate * g;
  }
  return path;
  //<
}

real best_delta(const std::function<real(real)>& f, const std::function<real(real)>& df, real x) {
  //> 5.5
  real best = 0, least = std::numeric_limits<real>::infinity();
  for (int k = 1; k <= 12; ++k) {
    const real delta = std::pow(real(10), -k), error = std::abs(derivative(f, x, delta) - df(x));
    if (error < least) best = delta, least = error;
  }
  return best;
  //<
}

GradientCheck check_gradient(const std::function<real(const mat&)>& f, const std::function<mat(const mat&)>& df,
                             const mat& X) {
  //> 5.6
  const mat analytic = df(X), numerical = numerical_gradient(f, X, real(1e-5));
  require_shape(analytic.n_rows, X.n_rows, "check_gradient", "df(X)", "rows", "rows of X");
  require_shape(analytic.n_cols, X.n_cols, "check_gradient", "df(X)", "columns", "columns of X");
  require(!X.empty(), "check_gradient", "X is empty, expected at least one entry");
  GradientCheck worst{-1};
  for (uword j = 0; j < X.n_cols; ++j)
    for (uword i = 0; i < X.n_rows; ++i) {
      real error = relative_error(analytic(i, j), numerical(i, j));
      if (std::isnan(error)) error = std::numeric_limits<real>::infinity();
      if (error > worst.error) worst = {error, i, j, analytic(i, j), numerical(i, j)};
    }
  return worst;
  //<
}

Trained train_numerically(Network network, const mat& X, const mat& T, real rate, uword steps) {
  //> 5.7
  const real delta = real(1e-5);
  const auto loss = [&] { return mean_squared_error(forward(network, X), T); };
  Trained result{{}, vec(steps + 1)};
  result.losses(0) = loss();
  for (uword t = 1; t <= steps; ++t) {
    Network next = network;
    for (uword l = 0; l < network.size(); ++l) {
      const mat W = network[l].W, b = network[l].b;
      next[l].W -= rate * numerical_gradient([&](const mat& moved) { return network[l].W = moved, loss(); }, W, delta);
      network[l].W = W;
      next[l].b -= rate * numerical_gradient([&](const mat& moved) { return network[l].b = moved, loss(); }, b, delta);
      network[l].b = b;
    }
    network = next;
    result.losses(t) = loss();
  }
  result.network = network;
  return result;
  //<
}

}  // namespace nn
