// The line at the bottom of a terminal that says how far something is, drawn over again and again.
#pragma once

#include <string>

namespace base {

/// Whether a line may be drawn over: stdout is a terminal, and not one without a cursor.
bool can_draw_over();

/// Nothing is shown where no line may be drawn over. It goes when the object does.
class ProgressLine {
 public:
  ProgressLine() = default;
  ~ProgressLine() { clear(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  /// Shows the text, cut to the terminal's width, in place of what it showed before.
  void show(const std::string& text);
  /// Before anything else is printed.
  void clear();

 private:
  bool shown_ = false;
};

}  // namespace base
