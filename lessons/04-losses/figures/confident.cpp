// Tasks 4.1, 4.5, 4.6 and 4.8: loss and slope against the weighted sum z of a sigmoid whose answer should be 1. Each z
// is given with its mirror image, -z where the answer should be 0: a loss that forgets the mean is drawn wrong.
#include "nn/activations.hpp"
#include "nn/losses.hpp"
#include "tools/figures/figure.hpp"

namespace nn {
namespace {

const Figure confident("confident", [](FigureData& data) {
  FigureTable& table = data.table("sigmoid", {"z", "squared", "entropy", "squared_slope", "entropy_slope"});
  const rowvec T = {1, 0}, mirror = {1, -1};
  for (int i = -32; i <= 16; ++i) {
    const real z = real(i) / 4;
    const mat A = sigmoid(z * mirror), slope = sigmoid_derivative(A);
    table.row(z, mean_squared_error(A, T), binary_cross_entropy(A, T),
              dot(mirror, mat(mean_squared_error_gradient(A, T) % slope)),
              dot(mirror, mat(binary_cross_entropy_gradient(A, T) % slope)));
  }
  // The same from logits: softmax of (z, 0) is (a, 1 - a).
  FigureTable& logits = data.table("logits", {"z", "entropy", "entropy_slope"});
  const mat classes = one_hot({0, 1}, 2);
  for (int z = -8; z <= 4; ++z) {
    const mat Z = arma::join_cols(real(z) * mirror, rowvec{0, 0});
    const mat G = softmax_cross_entropy_gradient(Z, classes);
    logits.row(real(z), softmax_cross_entropy(Z, classes), dot(mirror, G.row(0)));
  }
});

}  // namespace
}  // namespace nn
