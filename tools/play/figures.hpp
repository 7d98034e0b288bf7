// What the lessons' small figures ask (page/figures.mjs): one contract or two at a time, without a network of the
// page's. Numbers come row by row.
#pragma once

#include <span>
#include <string_view>

#include "tools/play/session.hpp"

namespace play {

/// Announces a verb to the engine: make one, const and global, in lessons/NN-name/widget.cpp. Those of part I are in
/// figures.cpp: the smaller engine of the book (wasm.sh) holds no others.
struct Figure {
  using Answer = Reply (*)(const Words&, std::string_view bytes);
  Figure(const char* verb, const char* words, Answer gives);

  const char *name, *keys;  ///< the verb, and the words that it takes
  Answer answer;
};

/// All that were announced.
std::span<const Figure> figures();

/// The bytes' square image. Throws std::invalid_argument where they are none.
nn::mat square_image(const Words&, std::string_view bytes);
/// The slope of x^2 / 20 + y^2.
nn::vec valley_slope(const nn::vec& p);

}  // namespace play
