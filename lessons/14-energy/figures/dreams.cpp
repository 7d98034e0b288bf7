// Eight dreams that begin in noise, of a machine that learned with one turn a step and of one that learned with five:
// the probabilities of the pixels after some turns.
#include "lessons/14-energy/figures/pictures.hpp"

namespace {

const nn::Figure dreams("dreams", [](nn::FigureData& figure) {
  nn::Rng rng(2);
  const nn::mat noise = nn::draw(nn::mat(784, 8, arma::fill::value(nn::real(0.13))), rng);
  nn::paste(figure, "noise", noise, 28, 10);
  for (const int k : {1, 5}) {
    const nn::Rbm machine = nn::digits_machine(figure, nn::uword(k));
    nn::mat V = noise, grey;
    int turn = 0;
    for (const int shown : {1, 10, 1000}) {
      for (; turn < shown; ++turn) {
        grey = nn::visible(machine, nn::draw(nn::hidden(machine, V), rng));
        V = nn::draw(grey, rng);
      }
      nn::paste(figure, ("k" + std::to_string(k) + "-" + std::to_string(shown)).c_str(), grey, 28, 10);
    }
  }
});

}  // namespace
