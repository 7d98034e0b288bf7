// Tasks 3.1 and 3.2: the step, and the smooth curve that takes its place.
#include "nn/activations.hpp"
#include "tools/figures/figure.hpp"

namespace nn {
namespace {

const Figure step_sigmoid("step_sigmoid", [](FigureData& data) {
  FigureTable& table = data.table({"z", "step", "sigmoid", "steep"});
  const mat Z = arma::regspace<rowvec>(-120, 120) / 20;  // -6 ... 6, and exactly 0 in the middle
  const mat hard = step(Z), soft = sigmoid(Z), steep = sigmoid(5 * Z);
  for (uword i = 0; i < Z.n_elem; ++i) table.row(Z(i), hard(i), soft(i), steep(i));
});

}  // namespace
}  // namespace nn
