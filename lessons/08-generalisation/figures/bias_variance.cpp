// Bias and variance of polynomials against their degree: 300 trainings, each on 30 points of a sine with noise.
#include "nn/generalisation.hpp"
#include "tools/figures/figure.hpp"

namespace nn {
namespace {

mat powers(const vec& x, uword degree) {
  mat P(x.n_elem, degree + 1, arma::fill::ones);
  for (uword d = 1; d <= degree; ++d) P.col(d) = P.col(d - 1) % x;
  return P;
}

const Figure bias_and_variance("bias_variance", [](FigureData& data) {
  FigureTable& table = data.table({"degree", "bias2", "variance", "sum", "training_error"});
  const uword trainings = 300;
  const auto wave = [](const vec& x) -> vec { return arma::sin(2 * real(arma::datum::pi) * x); };
  const vec places = arma::linspace<vec>(0, 1, 100);
  const rowvec truth = wave(places).t();
  for (uword degree = 0; degree <= 9; ++degree) {
    Rng rng(1);
    mat predictions(trainings, places.n_elem);
    real training_error = 0;
    for (uword r = 0; r < trainings; ++r) {
      const vec x = random_uniform(30, 1, 0, 1, rng), y = wave(x) + real(0.2) * random_normal(30, 1, rng);
      const vec c = arma::solve(powers(2 * x - 1, degree), y);
      predictions.row(r) = (powers(2 * places - 1, degree) * c).t();
      training_error += arma::mean(square(powers(2 * x - 1, degree) * c - y)) / trainings;
    }
    const BiasVariance parts = bias_variance(predictions, truth);
    table.row(degree, parts.bias2, parts.variance, parts.bias2 + parts.variance, training_error);
  }
});

}  // namespace
}  // namespace nn
