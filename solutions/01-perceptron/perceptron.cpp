#include "nn/perceptron.hpp"

#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"

namespace nn {

real step(real a) {
  //> 1.1
  return a > 0 ? 1 : 0;
  //<
}

real fire(const Perceptron& neuron, const vec& x) {
  //> 1.2
  require_shape(x.n_elem, neuron.w.n_elem, "fire", "x", "entries", "weights");
  return step(dot(neuron.w, x) + neuron.b);
  //<
}

Perceptron with_threshold(const vec& w, real theta) {
  //> 1.3
  return {w, -theta};
  //<
}

Perceptron and_gate() {
  //> 1.4
  return with_threshold({0.5, 0.5}, 0.7);
  //<
}

Perceptron nand_gate() {
  //> 1.4
  return with_threshold({-0.5, -0.5}, -0.7);
  //<
}

Perceptron or_gate() {
  //> 1.4
  return with_threshold({0.5, 0.5}, 0.4);
  //<
}

Perceptron not_gate() {
  //> 1.4
  return with_threshold({-1}, -0.5);
  //<
}

Perceptron at_least(uword k, uword n) {
  //> 1.5
  return with_threshold(vec(n, arma::fill::ones), real(k) - real(0.5));
  //<
}

Learned learn(const mat& X, const rowvec& y, real rate, uword max_epochs, Rng& rng) {
  //> 1.6
  require_shape(y.n_elem, X.n_cols, "learn", "y", "entries", "columns of X");
  require(X.n_cols > 0, "learn", "no samples to learn from");
  require(rate > 0, "learn", "the rate is " + std::to_string(rate) + ", expected more than 0");
  Learned result;
  result.neuron.w.zeros(X.n_rows);
  Perceptron& neuron = result.neuron;
  while (!result.converged && result.epochs < max_epochs) {
    result.converged = true;
    for (uword i : random_permutation(X.n_cols, rng)) {
      const real error = y(i) - fire(neuron, X.col(i));
      if (error == 0) continue;
      neuron.w += rate * error * X.col(i);
      neuron.b += rate * error;
      result.converged = false;
    }
    ++result.epochs;
    result.history.push_back(neuron);
  }
  return result;
  //<
}

}  // namespace nn
