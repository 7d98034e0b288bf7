// What a training shows: a table that grows by a line an epoch and, on a terminal, a bar with the time left.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "base/clock.hpp"
#include "base/progress_line.hpp"
#include "nn/training.hpp"

namespace trainer {

using base::Clock, base::seconds_since;

/// The lines of the table; `judged` says whether images are held out.
class Screen {
 public:
  Screen(nn::uword epochs, bool judged, bool quiet);
  ~Screen();
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;

  /// The epoch has ended after `seconds`.
  void epoch(const nn::Progress& progress, double seconds);

 private:
  void draw_bar();
  void tick();

  nn::uword epochs_, done_ = 0;
  bool judged_, quiet_, stop_ = false;
  Clock::time_point start_ = Clock::now(), epoch_start_ = start_;
  std::mutex mutex_;
  std::condition_variable wake_;
  base::ProgressLine bar_;
  std::thread ticker_;
};

/// "label     text", the text broken at 80 columns.
void say(const std::string& label, const std::string& text);

/// A result that counts: bold on a terminal.
void say_result(const std::string& text);

}  // namespace trainer
