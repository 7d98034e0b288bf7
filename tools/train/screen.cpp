#include "tools/train/screen.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/terminal.hpp"

namespace trainer {
namespace {

constexpr int label_width = 10, bar_width = 30;

std::string duration(double seconds) {
  const long whole = std::lround(std::ceil(seconds));
  return whole < 120 ? fmt::format("{} s", whole) : fmt::format("{} min {} s", whole / 60, whole % 60);
}

std::string per_cent(double fraction) {
  return std::isfinite(fraction) ? fmt::format("{:.2f} %", 100 * fraction) : "nan";
}

}  // namespace

Screen::Screen(nn::uword epochs, bool judged, bool quiet) : epochs_(epochs), judged_(judged), quiet_(quiet) {
  if (quiet_) return;
  fmt::print("\nepoch   running loss   train accuracy{}   seconds\n", judged_ ? "   held-out accuracy" : "");
  std::fflush(stdout);
  if (base::can_draw_over()) ticker_ = std::thread([this] { tick(); });
}

Screen::~Screen() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
    bar_.clear();
  }
  wake_.notify_all();
  if (ticker_.joinable()) ticker_.join();
}

void Screen::epoch(const nn::Progress& progress, double seconds) {
  const std::lock_guard lock(mutex_);
  ++done_;
  epoch_start_ = Clock::now();
  if (quiet_) return;
  bar_.clear();
  const std::string held_out = judged_ ? fmt::format("   {:>17}", per_cent(progress.held_out_accuracy)) : "";
  fmt::print("{:>5}   {:>12.4f}   {:>14}{}   {:>7.2f}\n", progress.epoch, double(progress.running_loss),
             per_cent(progress.train_accuracy), held_out, seconds);
  if (ticker_.joinable() && done_ < epochs_) draw_bar();
  std::fflush(stdout);
}

/// Batches are the student's business, so that time alone tells how far an epoch has come: the first one has only its
/// seconds.
void Screen::draw_bar() {
  const double elapsed = seconds_since(start_), in_epoch = seconds_since(epoch_start_);
  const double each = done_ > 0 ? (elapsed - in_epoch) / double(done_) : 0;
  const double epochs = double(done_) + (each > 0 ? std::min(0.99, in_epoch / each) : 0);
  const double fraction = epochs / double(epochs_);
  const int full = int(fraction * bar_width);
  const std::string left =
      each > 0 ? "about " + duration(std::max(0.0, each * (double(epochs_) - epochs))) + " left" : duration(elapsed);
  std::string bar;
  for (int i = 0; i < bar_width; ++i)
    bar += base::Terminal::out().utf8 ? (i < full ? "█" : "░") : (i < full ? "#" : ".");
  bar_.show(fmt::format("{} epoch {} of {}, {}", bar, std::min(done_ + 1, epochs_), epochs_, left));
}

void Screen::tick() {
  std::unique_lock lock(mutex_);
  while (!stop_) {
    wake_.wait_for(lock, std::chrono::milliseconds(200));
    if (!stop_) draw_bar();
  }
}

void say(const std::string& label, const std::string& text) {
  const std::string lines = base::wrapped(text, label_width, 80);
  fmt::print("{:<{}}{}\n", label, label_width, lines.substr(std::min<std::size_t>(lines.size(), label_width)));
}

void say_result(const std::string& text) {
  fmt::print("{}\n", base::ink(base::Ink::bold, text));
  std::fflush(stdout);
}

}  // namespace trainer
