// What new text costs a network on its way, and what it writes meanwhile, as ./course capstone 12 --record losses and
// --record samples wrote it down with our solutions.
#include "lessons/12-sequences/figures/recorded.hpp"
#include "nn/support/sentences.hpp"

namespace {

const nn::Figure text("text", [](nn::FigureData& figure) {
  const auto losses = nn::recorded("losses.csv"), samples = nn::recorded("samples.csv");
  nn::copy_numbers(figure.table("losses", losses[0]), losses);
  figure.table("entropy", {"entropy"}).row(nn::sentence_entropy());
  nn::FigureTable& written = figure.table("samples", {"pieces", "text"});
  for (std::size_t i = 1; i < samples.size(); ++i) written.row(std::stoi(samples[i][0]), samples[i][1]);
});

}  // namespace
