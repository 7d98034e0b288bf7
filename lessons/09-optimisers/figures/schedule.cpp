// Three schedules over 100 steps, each with a warm-up of ten.
#include "nn/optimisers.hpp"
#include "tools/figures/figure.hpp"

namespace {

const nn::Figure schedule("schedule", [](nn::FigureData& data) {
  nn::FigureTable& table = data.table({"step", "constant", "linear", "cosine"});
  const auto rate = [](nn::Decay decay, nn::uword step) {
    return double(nn::scheduled_rate({decay, 10}, nn::real(0.2), step, 100));
  };
  for (nn::uword step = 0; step <= 100; ++step)
    table.row(step, rate(nn::Decay::constant, step), rate(nn::Decay::linear, step), rate(nn::Decay::cosine, step));
});

}  // namespace
