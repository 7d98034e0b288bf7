// What every open page is told: whether the student's code is built, and the first error if not.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>

namespace play {

/// Only the newest state counts: a browser that sleeps is told that one when it wakes, and nothing piles up.
class State {
 public:
  void set(const std::string& json) {
    const std::lock_guard lock(mutex_);
    json_ = json;
    ++version_;
    changed_.notify_all();
  }
  void close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    changed_.notify_all();
  }
  bool closed() {
    const std::lock_guard lock(mutex_);
    return closed_;
  }
  /// The state, once it is another than that of `version`, or after a second; "" when nothing is new.
  std::string next(unsigned long& version) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::seconds(1), [&] { return closed_ || version_ != version; });
    if (version_ == version) return "";
    version = version_;
    return json_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::string json_;
  unsigned long version_ = 0;
  bool closed_ = false;
};

}  // namespace play
