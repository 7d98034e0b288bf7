// Another complete answer: copies instead of one matrix that is moved and put back, sorting instead of searching.
// Good here: nothing has to be put back, so nothing can be forgotten.
// Good in ours: one matrix is moved and restored, and none is copied for every number in it.
#include "nn/numerical_gradient.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "nn/activations.hpp"
#include "nn/losses.hpp"
#include "nn/support/shape.hpp"

namespace nn {

real derivative(const std::function<real(real)>& f, real x, real delta) {
  if (!(delta > 0)) throw std::invalid_argument("derivative: delta must be above 0");
  const real right = (f(x + delta) - f(x)) / delta, left = (f(x) - f(x - delta)) / delta;
  return left / 2 + right / 2;
}

mat numerical_gradient(const std::function<real(const mat&)>& f, mat X, real delta) {
  if (!(delta > 0)) throw std::invalid_argument("numerical_gradient: delta must be above 0");
  mat G = X;
  for (uword row = 0; row < X.n_rows; ++row)
    for (uword col = 0; col < X.n_cols; ++col) {
      mat above = X, below = X;
      above(row, col) += delta;
      below(row, col) -= delta;
      G(row, col) = (f(above) - f(below)) / delta / 2;
    }
  return G;
}

real relative_error(real a, real b) {
  const real size = std::fmax(std::fabs(a), std::fabs(b));
  if (size == 0) return 0;
  return std::fabs(a / size - b / size);
}

mat gradient_descent(const std::function<vec(const vec&)>& gradient, const vec& x0, real rate, uword steps) {
  mat path = x0;
  for (vec x = x0; path.n_cols <= steps; path.insert_cols(path.n_cols, x)) {
    const vec g = gradient(x);
    if (g.n_elem != x.n_elem) throw std::invalid_argument("gradient_descent: the gradient does not fit x0");
    for (uword i = 0; i < x.n_elem; ++i) x(i) += -rate * g(i);
  }
  return path;
}

real best_delta(const std::function<real(real)>& f, const std::function<real(real)>& df, real x) {
  std::map<real, real> by_error;
  real delta = 1;
  for (int k = 0; k < 12; ++k) {
    delta /= 10;
    const real error = std::fabs((f(x + delta) - f(x - delta)) / 2 / delta - df(x));
    if (!std::isnan(error)) by_error.emplace(error, delta);
  }
  return by_error.begin()->second;
}

GradientCheck check_gradient(const std::function<real(const mat&)>& f, const std::function<mat(const mat&)>& df,
                             const mat& X) {
  const mat G = df(X);
  if (X.is_empty() || size(G) != size(X)) throw std::invalid_argument("check_gradient: df(X) does not fit X");
  const mat N = numerical_gradient(f, X, 1e-5);
  mat errors = abs(G - N) / arma::max(abs(G), abs(N));
  errors.elem(find(G == N)).zeros();
  errors.replace(arma::datum::nan, arma::datum::inf);
  const uword i = errors.index_max();
  return {errors(i), i % X.n_rows, i / X.n_rows, G(i), N(i)};
}

Trained train_numerically(Network network, const mat& X, const mat& T, real rate, uword steps) {
  std::vector<real> losses{mean_squared_error(forward(network, X), T)};
  while (losses.size() <= steps) {
    std::vector<real*> numbers;  // every weight and every bias
    for (Layer& layer : network) {
      for (real& w : layer.W) numbers.push_back(&w);
      for (real& b : layer.b) numbers.push_back(&b);
    }
    std::vector<real> slopes;
    for (real* p : numbers)
      slopes.push_back(derivative(
          [&](real moved) {
            const real before = std::exchange(*p, moved);
            const real loss = mean_squared_error(forward(network, X), T);
            *p = before;
            return loss;
          },
          *p, 1e-5));
    for (uword i = 0; i < numbers.size(); ++i) *numbers[i] -= rate * slopes[i];
    losses.push_back(mean_squared_error(forward(network, X), T));
  }
  return {network, vec(losses)};
}

}  // namespace nn
