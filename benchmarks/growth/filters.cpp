// One epoch of a network with filters (10.9), by the size of the images, the filters, what each sees, and the batch.
#include <fmt/format.h>

#include <cmath>
#include <memory>

#include "benchmarks/growth/curve.hpp"
#include "nn/convolution.hpp"

namespace growth {
namespace {

/// Filters over grey images of noise, pooled by two, read by a layer of ten.
struct Filtering {
  nn::Rng rng{1};
  nn::Dataset data;
  nn::uvec indices;
  nn::ConvState state;

  Filtering(nn::uword n, nn::uword side, nn::uword filters, nn::uword size)
      : data{nn::bytes(side * side, n), nn::uvec(n), side, side, 10}, indices(arma::regspace<nn::uvec>(0, n - 1)) {
    data.images.imbue([&] { return std::uint8_t(rng()); });
    for (nn::uword j = 0; j < n; ++j) data.labels(j) = j % 10;
    const nn::Window window{.rows = side, .cols = side, .size = size, .pool = 2};
    state.network = {{nn::he_init(filters, window.patch(), nn::Activation::relu, rng)},
                     {window},
                     {nn::he_init(10, nn::next_window(window, filters).pixels(), nn::Activation::softmax, rng)}};
  }
};

/// An epoch over n images of side x side, in batches of `batch`.
std::function<void()> epoch(nn::uword n, nn::uword side, nn::uword filters, nn::uword size, nn::uword batch) {
  return [t = std::make_shared<Filtering>(n, side, filters, size), batch] {
    nn::Recipe recipe;
    recipe.options.rate = nn::real(0.001);
    t->state.step = 0;
    const std::vector<nn::uvec> batches = nn::shuffled_batches(t->indices, batch, t->rng);
    t->state = nn::conv_epoch(std::move(t->state), t->data, batches, recipe, batches.size(), t->rng);
  };
}

}  // namespace

std::vector<Curve> filter_curves(const Effort& effort) {
  const nn::uword some = effort.quick ? 50 : 200;

  Curve places{
      "filters-places", fmt::format("An epoch of {} images, 8 filters of 5 x 5", some), "places", "seconds",
      {{1, 0.5, 256}},
  };
  for (const double side : doubling(8, effort.up_to(128, 64))) places.sizes.push_back(side * side);
  measure(places, effort, [&](double n) { return epoch(some, nn::uword(std::sqrt(n) + 4.5), 8, 5, 50); });

  Curve filters{
      "filters-count", fmt::format("An epoch of {} images of 28 x 28, filters of 5 x 5", some),
      "filters",       "seconds",
      {{1, 0.5, 16}},  doubling(2, effort.up_to(128, 64)),
  };
  measure(filters, effort, [&](double m) { return epoch(some, 28, nn::uword(m), 5, 50); });

  Curve sees{
      "filters-size", fmt::format("An epoch of {} images, 8 filters at 24 x 24 places", some),
      "numbers",      "seconds",
      {{1, 0.5, 49}}, {},
  };
  for (const double size : {3, 5, 7, 9, 11, 13, 15}) sees.sizes.push_back(size * size);
  measure(sees, effort, [&](double numbers) {
    const auto size = nn::uword(std::sqrt(numbers) + 0.5);
    return epoch(some, 23 + size, 8, size, 50);
  });

  Curve batch{
      "filters-batch",
      fmt::format("An epoch of {} images of 28 x 28, 8 filters of 5 x 5", 4 * some),
      "batch",
      "seconds",
      {{0, 0.5, 8, 128}},
      doubling(1, 128),
  };
  measure(batch, effort, [&](double size) { return epoch(4 * some, 28, 8, 5, nn::uword(size)); });
  return {places, filters, sees, batch};
}

}  // namespace growth
