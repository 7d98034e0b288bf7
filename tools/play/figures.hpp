// What the lessons' small figures ask (page/figures.mjs): one contract or two at a time, without a network of the
// page's. Numbers come row by row.
#pragma once

#include <span>
#include <string_view>

#include "nn/types.hpp"
#include "tools/play/engine.hpp"
#include "tools/play/words.hpp"

namespace play {

struct Figure {
  const char *name, *keys;  ///< the verb, and the words that it takes
  Reply (*answer)(const Words&, std::string_view bytes);
};

/// Those of the lessons of part I.
std::span<const Figure> figures();
/// Those of part II; none where the engine is to be small (no_further_figures.cpp).
std::span<const Figure> further_figures();

/// The slope of x^2 / 20 + y^2.
nn::vec valley_slope(const nn::vec& p);

}  // namespace play
