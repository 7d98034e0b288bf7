// Test digits by two numbers: the first two principal components, and a code of two units.
#include "lessons/13-unsupervised/figures/pictures.hpp"

namespace {

const nn::Figure codes("codes", [](nn::FigureData& figure) {
  const trainer::Learning images = trainer::learning_images(figure.dataset(), 2000);
  nn::Rng rng(1);
  const nn::Components components = nn::principal_components(images.X, 2);
  const nn::Network network = trainer::quick_code(images.X, 2, rng);
  nn::mat shown = images.seen.head_cols(250);
  const nn::mat H = nn::encode(network, 2, shown);
  shown.each_col() -= components.mean;
  const nn::mat P = components.U.t() * shown;
  nn::FigureTable& table = figure.table({"digit", "first", "second", "code1", "code2"});
  for (nn::uword n = 0; n < H.n_cols; ++n)
    table.row(images.labels(n), double(P(0, n)), double(P(1, n)), double(H(0, n)), double(H(1, n)));
});

}  // namespace
