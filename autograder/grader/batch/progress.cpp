#include "autograder/grader/batch/progress.hpp"

#include <fmt/format.h>

#include "autograder/grader/formats/escape.hpp"
#include "tools/course/terminal.hpp"

namespace grader {

Progress::Progress(int done, int all) : before_(done), done_(done), all_(all), bar_(course::Terminal::out().tty) {
  if (bar_ && done_ < all_) draw("");
}

Progress::~Progress() {
  if (bar_) fmt::print("\r\033[K");
  std::fflush(stdout);
}

void Progress::step(const std::string& what) {
  const std::scoped_lock guard(mutex_);
  ++done_;
  if (bar_) draw(what);
  else fmt::print("{}\n", no_commands(fmt::format("{:>5}/{} {}", done_, all_, what)));
  std::fflush(stdout);
}

void Progress::draw(const std::string& what) {
  const double minutes = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun_).count() / 60;
  const int width = std::max(40, course::Terminal::out().width), filled = all_ ? 20 * done_ / all_ : 20;
  std::string line = fmt::format("[{}{}] {}/{}", std::string(std::size_t(filled), '#'),
                                 std::string(std::size_t(20 - filled), '.'), done_, all_);
  if (done_ > before_) {
    const double rate = (done_ - before_) / minutes;
    line += fmt::format("  {:.0f}/min, {:.0f} min left", rate, (all_ - done_) / rate);
  }
  if (!what.empty()) line += "  " + what;
  fmt::print("\r\033[K{}", shortened(line, std::size_t(width - 7)));
  std::fflush(stdout);
}

}  // namespace grader
