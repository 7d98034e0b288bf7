#include "autograder/grader/batch/progress.hpp"

#include <fmt/format.h>

#include "autograder/grader/formats/escape.hpp"

namespace grader {

Progress::Progress(int done, int all) : before_(done), done_(done), all_(all) {
  if (done_ < all_) draw("");
}

void Progress::step(const std::string& what) {
  const std::scoped_lock guard(mutex_);
  ++done_;
  if (base::can_draw_over()) return draw(what);
  fmt::print("{}\n", no_commands(fmt::format("{:>5}/{} {}", done_, all_, what)));
  std::fflush(stdout);
}

void Progress::draw(const std::string& what) {
  const double minutes = base::seconds_since(begun_) / 60;
  const int filled = all_ ? 20 * done_ / all_ : 20;
  std::string line = fmt::format("[{}{}] {}/{}", std::string(std::size_t(filled), '#'),
                                 std::string(std::size_t(20 - filled), '.'), done_, all_);
  if (done_ > before_) {
    const double rate = (done_ - before_) / minutes;
    line += fmt::format("  {:.0f}/min, {:.0f} min left", rate, (all_ - done_) / rate);
  }
  if (!what.empty()) line += "  " + what;
  line_.show(line);
}

}  // namespace grader
