// What new text costs against the processor's time, for a gated cell, one block and two, as ./course capstone 18
// --record compute wrote it down with our solutions.
#include "lessons/12-sequences/figures/recorded.hpp"
#include "nn/support/sentences.hpp"

namespace {

const nn::Figure compute("compute", [](nn::FigureData& figure) {
  const auto lines = nn::recorded("../../18-attention/capstone/compute.csv");
  nn::copy_numbers(figure.table("losses", lines[0]), lines);
  figure.table("entropy", {"entropy"}).row(nn::sentence_entropy());
});

}  // namespace
