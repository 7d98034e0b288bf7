// Another complete answer.
// Good here: the sum of a neuron is spelled out, so nothing of Armadillo has to be known.
// Good in ours: with_threshold makes every gate readable as the threshold that it is, and dot() cannot lose an
// index.
#include "nn/perceptron.hpp"

#include <algorithm>
#include <numeric>

#include "nn/support/shape.hpp"

namespace nn {

real step(real a) {
  if (a <= 0) return 0;
  return 1;
}

real fire(const Perceptron& neuron, const vec& x) {
  if (x.n_elem != neuron.w.n_elem) throw std::invalid_argument("fire: x does not fit w");
  real sum = neuron.b;
  for (uword i = 0; i < x.n_elem; ++i) sum += x(i) * neuron.w(i);
  return sum > 0;
}

Perceptron with_threshold(const vec& w, real theta) {
  Perceptron neuron;
  neuron.w = w;
  neuron.b -= theta;
  return neuron;
}

Perceptron and_gate() {
  return {{1, 1}, -1};  // the sum is exactly 0 for a single input: silent
}

Perceptron nand_gate() { return {{-3, -4}, 5}; }

Perceptron or_gate() { return {{7, 0.001}, 0}; }

Perceptron not_gate() { return {{-20}, 20}; }

Perceptron at_least(uword k, uword n) {
  Perceptron neuron{vec(n), k > n ? real(-arma::datum::inf) : 1};
  for (real& weight : neuron.w) weight = 2;
  for (uword i = 0; i < k; ++i) neuron.b -= 2;
  return neuron;
}

Learned learn(const mat& X, const rowvec& y, real rate, uword max_epochs, Rng& rng) {
  if (X.n_cols == 0 || X.n_cols != y.n_elem) throw std::invalid_argument("learn: X and y do not fit");
  if (!(rate > 0)) throw std::invalid_argument("learn: the rate must be above 0");
  const mat inputs = join_cols(mat(1, X.n_cols, arma::fill::ones), X);  // the bias is the weight of a 1
  vec weights(inputs.n_rows, arma::fill::zeros);
  std::vector<uword> order(X.n_cols);
  std::iota(order.begin(), order.end(), 0);
  std::vector<Perceptron> history;
  bool clean = false;
  for (uword epoch = 0; epoch < max_epochs && !clean; ++epoch) {
    clean = true;
    std::shuffle(order.begin(), order.end(), rng);
    for (const uword i : order) {
      const bool fires = dot(weights, inputs.col(i)) > 0;
      if (fires && y(i) == 0) weights -= rate * inputs.col(i), clean = false;
      if (!fires && y(i) == 1) weights += rate * inputs.col(i), clean = false;
    }
    history.push_back({weights.tail(X.n_rows), weights(0)});
  }
  return {{weights.tail(X.n_rows), weights(0)}, history.size(), clean, history};
}

}  // namespace nn
