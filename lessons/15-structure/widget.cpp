// A network that grows.
#include "nn/activations.hpp"
#include "nn/structure.hpp"
#include "nn/support/toys.hpp"
#include "nn/training.hpp"
#include "tools/play/figures.hpp"

namespace play {

using namespace nn;

static ToyData points_called(const Words& words, Rng& rng) {
  const std::string set = words.text("set", "circles");
  if (set == "circles") return circles(200, real(0.08), rng);
  if (set == "moons") return moons(200, real(0.08), rng);
  if (set != "spirals") words.refuse("set", "circles, moons or spirals");
  return spiral(200, 2, 0, rng);
}

/// set=circles|moons|spirals units= seed=: a network of one hidden unit grows to so many units at most on 200 points.
/// What it says at grid x grid points of a square about (0, 0), row by row from below, -1 to 1; the points, and their
/// labels; in the head the units and steps, how many points are on the wrong side, and half of the square's side.
static Reply grow(const Words& words, std::string_view) {
  Rng rng(words.whole("seed", 1, 0, 1'000'000));
  const ToyData data = points_called(words, rng);
  const mat T = arma::conv_to<mat>::from(data.labels.t());
  Network start = {xavier_init(1, 2, Activation::tanh, rng)};
  start.push_back(xavier_init(1, 1, Activation::sigmoid, rng));
  const Grown grown = nn::grow(start, data.X, T, words.whole("units", 1, 1, 6), 100, real(0.01), 1, rng);

  const uword side = words.whole("grid", 40, 2, 200);
  const real far = real(1.1) * abs(data.X).max();
  const vec along = arma::linspace<vec>(-far, far, side);
  mat plane(2, side * side);
  for (uword i = 0; i < plane.n_cols; ++i) plane(0, i) = along(i % side), plane(1, i) = along(i / side);
  const mat Y = forward(grown.network, data.X);
  Reply reply{Head()
                  .add("units", double(grown.network[0].b.n_elem))
                  .add("steps", double(grown.losses.n_elem - 1))
                  .add("wrong", double(accu(abs(T - Y) >= real(0.5))))
                  .add("far", double(far))
                  .text(),
              {}};
  append(reply.numbers, 2 * forward(grown.network, plane) - 1);
  append(reply.numbers, data.X);
  append(reply.numbers, T);
  return reply;
}

static const Figure grow_figure("grow", "set units seed grid", grow);

}  // namespace play
