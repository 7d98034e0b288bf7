// How well the most important units of 100 read digits, and as many that were alone from the start.
#include "lessons/15-structure/figures/recorded.hpp"

namespace {

const nn::Figure small("small", [](nn::FigureData& data) { nn::show_recorded(data, "units.csv"); });

}  // namespace
