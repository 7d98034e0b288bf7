// How well a network reads digits after a share of its weights has gone, before and after what is left has learned on.
#include "lessons/15-structure/figures/recorded.hpp"

namespace {

const nn::Figure pruned("pruned", [](nn::FigureData& data) { nn::show_recorded(data, "shares.csv"); });

}  // namespace
