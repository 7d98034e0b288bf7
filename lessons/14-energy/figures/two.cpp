// Three digits; what Hebb's rule makes of them where the first two are stored, and where all three are.
#include "lessons/14-energy/figures/pictures.hpp"

namespace {

const nn::Figure two("two", [](nn::FigureData& figure) {
  const nn::Dataset& train = trainer::digits(figure.dataset()).train;
  nn::Rng rng(5);
  const nn::mat P = nn::as_signs(train, nn::some_of_each(train, 1, rng)).eval().cols(arma::uvec{3, 4, 9});
  nn::paste(figure, "stored", P, train.rows, 1);
  for (const auto& [part, count] : {std::pair<const char*, nn::uword>{"two", 2}, {"three", 3}}) {
    const nn::mat W = nn::store(P.head_cols(count));
    nn::mat back(P.n_rows, 3, arma::fill::value(-1));
    for (nn::uword k = 0; k < count; ++k) back.col(k) = nn::recall(W, P.col(k), rng, 100);
    nn::paste(figure, part, back, train.rows, 1);
  }
});

}  // namespace
