// What may be printed where: colour, cursor tricks and UTF-8 only on a terminal that wants them.
#pragma once

#include <string>

namespace base {

struct Terminal {
  bool tty = false;     ///< stdout is a terminal
  bool colour = false;  ///< a terminal, and neither NO_COLOR nor TERM=dumb says no
  bool utf8 = false;    ///< the locale speaks UTF-8
  int width = 80;

  static const Terminal& out();
};

enum class Ink { plain, green, red, yellow, dim, bold };

/// The text in that colour, or as it is where there is no colour.
std::string ink(Ink colour, const std::string& text);

/// Marks of a verdict: a tick, a cross, a dot; plain ASCII where there is no UTF-8.
std::string tick();
std::string cross();
std::string dot();

/// As much of the text as stands in `width` columns.
std::string cut_to_width(const std::string& text, int width);

/// The text broken between words so that no line is longer than `width`, each line after `indent` spaces.
std::string wrapped(const std::string& text, int indent, int width = 0);

}  // namespace base
