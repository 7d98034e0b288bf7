// How much of a sequence is copied on the way, five starts of one block and of two, as ./course capstone 18 --record
// grok wrote it down with our solutions.
#include "lessons/12-sequences/figures/recorded.hpp"

namespace {

const nn::Figure grok("grok", [](nn::FigureData& figure) {
  const auto lines = nn::recorded("../../18-attention/capstone/grok.csv");
  nn::copy_numbers(figure.table(lines[0]), lines);
});

}  // namespace
