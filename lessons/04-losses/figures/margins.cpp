// Tasks 4.1, 4.2, 4.6 to 4.8: what one score costs against its margin y z, and the slope of that. Each margin is given
// twice, as (z, y) = (m, 1) and as (-m, -1): a loss that forgets y, or the mean, is drawn wrong.
#include "nn/losses.hpp"
#include "tools/figures/figure.hpp"

namespace nn {
namespace {

const Figure margins("margins", [](FigureData& data) {
  FigureTable& losses = data.table("losses", {"margin", "wrong", "squared", "perceptron", "hinge", "logistic"});
  FigureTable& slopes = data.table("slopes", {"margin", "squared", "perceptron", "hinge", "logistic"});
  const rowvec y = {1, -1};
  const mat silent_or_fires = {{0, 1},   // the second sample should be silent
                               {1, 0}};  // the first should fire
  for (int i = -41; i <= 59; i += 2) {   // -2.05 ... 2.95: no margin is exactly 0 or 1
    const real m = real(i) / 20;
    const rowvec z = m * y;
    const mat scores = arma::join_cols(rowvec{0, 0}, z);
    losses.row(m, classification_error(scores, silent_or_fires), mean_squared_error(z, y), perceptron_criterion(z, y),
               hinge(z, y), logistic_loss(z, y));
    slopes.row(m, dot(y, mean_squared_error_gradient(z, y)), dot(y, perceptron_criterion_gradient(z, y)),
               dot(y, hinge_gradient(z, y)), dot(y, logistic_loss_gradient(z, y)));
  }
});

}  // namespace
}  // namespace nn
