// What is left of a slope at the first hidden layer, compared with the last one, as networks grow deeper: three
// activations, five starts. Hidden layers of 100 units, 100 images, as a power of ten.
#include <cmath>

#include "lessons/08-generalisation/figures/experiment.hpp"
#include "nn/optimisers.hpp"
#include "tools/train/digits.hpp"

namespace {

enum class Start { tiny, small, one, xavier, he };

nn::Layer begun(Start start, nn::uword m, nn::uword d, nn::Activation activation, nn::Rng& rng) {
  if (start == Start::xavier) return nn::xavier_init(m, d, activation, rng);
  if (start == Start::he) return nn::he_init(m, d, activation, rng);
  const double deviation = start == Start::tiny ? 0.01 : start == Start::small ? 0.1 : 1;
  return {nn::real(deviation) * nn::random_normal(m, d, rng), nn::vec(m, arma::fill::zeros), activation};
}

const nn::Figure slopes("slopes", [](nn::FigureData& figure) {
  const auto [train, test, all, judged] = trainer::few_images(figure.dataset(), 100);
  const nn::Batch batch = nn::gather(train, all);
  for (const auto& [name, activation] : {std::pair<const char*, nn::Activation>{"sigmoid", nn::Activation::sigmoid},
                                         {"tanh", nn::Activation::tanh},
                                         {"relu", nn::Activation::relu}}) {
    nn::FigureTable& table = figure.table(name, {"depth", "tiny", "small", "one", "xavier", "he"});
    for (const nn::uword depth : {2, 5, 10, 20}) {
      std::vector<double> row = {double(depth)};
      for (const Start start : {Start::tiny, Start::small, Start::one, Start::xavier, Start::he}) {
        nn::Rng rng(1);
        nn::Network network;
        for (nn::uword l = 0; l < depth; ++l)
          network.push_back(begun(start, 100, l == 0 ? batch.X.n_rows : 100, activation, rng));
        network.push_back(begun(start, batch.T.n_rows, 100, nn::Activation::softmax, rng));
        const nn::vec norms = nn::slope_norms(network, batch.X, batch.T, nn::Loss::cross_entropy);
        row.push_back(std::log10(std::max(double(norms(0)), 1e-35) / std::max(double(norms(depth - 1)), 1e-35)));
      }
      table.row(row);
    }
  }
});

}  // namespace
