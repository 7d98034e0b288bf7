// Numbers of a first layer of eight 5 x 5 filters, against the side of the image: all connections, local ones, shared.
#include "nn/convolution.hpp"
#include "tools/figures/figure.hpp"

namespace {

const nn::Figure weights("weights", [](nn::FigureData& figure) {
  nn::FigureTable& table = figure.table({"side", "dense", "local", "shared"});
  for (const nn::uword side : {8, 12, 16, 20, 28, 40, 56, 80, 112, 160, 224}) {
    nn::Window window;
    window.rows = window.cols = side;
    const nn::Counts counts = nn::count_weights(window, 8);
    table.row(side, counts.dense, counts.local, counts.shared);
  }
});

}  // namespace
