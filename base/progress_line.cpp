#include "base/progress_line.hpp"

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "base/terminal.hpp"

namespace base {

bool can_draw_over() {
  const char* term = std::getenv("TERM");
  return Terminal::out().tty && term && std::strcmp(term, "dumb") != 0;
}

void ProgressLine::show(const std::string& text) {
  if (!can_draw_over()) return;
  std::printf("\r\033[K%s", cut_to_width(text, Terminal::out().width - 1).c_str());
  std::fflush(stdout);
  shown_ = true;
}

void ProgressLine::clear() {
  if (!shown_) return;
  std::printf("\r\033[K");
  std::fflush(stdout);
  shown_ = false;
}

}  // namespace base
