#include "base/terminal.hpp"

#include <langinfo.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <clocale>
#include <cstdlib>
#include <cstring>
#include <sstream>

namespace base {

const Terminal& Terminal::out() {
  static Terminal terminal = [] {
    Terminal t;
    std::setlocale(LC_CTYPE, "");
    t.utf8 = std::strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
    t.tty = isatty(STDOUT_FILENO);
    const char *no_color = std::getenv("NO_COLOR"), *term = std::getenv("TERM");
    t.colour = t.tty && !(no_color && *no_color) && term && std::strcmp(term, "dumb") != 0;
    return t;
  }();
  winsize size{};  // asked anew each time: a window is resized
  if (terminal.tty && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) terminal.width = size.ws_col;
  return terminal;
}

std::string ink(Ink colour, const std::string& text) {
  if (!Terminal::out().colour || colour == Ink::plain) return text;
  static constexpr const char* codes[] = {"0", "32", "31", "33", "2", "1"};
  return std::string("\033[") + codes[int(colour)] + "m" + text + "\033[0m";
}

std::string tick() { return ink(Ink::green, Terminal::out().utf8 ? "✓" : "+"); }
std::string cross() { return ink(Ink::red, Terminal::out().utf8 ? "✗" : "x"); }
std::string dot() { return ink(Ink::dim, Terminal::out().utf8 ? "·" : "."); }

static std::size_t columns(std::string_view text) {
  return std::size_t(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

std::string cut_to_width(const std::string& text, int width) {
  std::size_t end = 0;
  for (int left = width; end < text.size(); ++end)
    if ((text[end] & 0xc0) != 0x80 && left-- <= 0) break;
  return text.substr(0, end);
}

std::string wrapped(const std::string& text, int indent, int width) {
  if (width <= 0) width = std::clamp(Terminal::out().width, 40, 100);
  const std::string margin(std::size_t(indent), ' ');
  std::string result, line = margin;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    const bool first = line.size() == margin.size();
    if (!first && int(columns(line) + 1 + columns(word)) > width) {
      result += line + "\n";
      line = margin + word;
    } else {
      line += (first ? "" : " ") + word;
    }
  }
  return result + line;
}

}  // namespace base
