#include "tools/threads/crew.hpp"

#include <chrono>

namespace nn {

using Clock = std::chrono::steady_clock;

Crew::Crew(int helpers) {
  for (int i = 0; i < helpers; ++i) helpers_.emplace_back([this] { help(); });
}

Crew::~Crew() {
  over_ = true;
  ++calls_;
  calls_.notify_all();
  for (std::thread& helper : helpers_) helper.join();
}

void Crew::run(int parts, const std::function<void(int)>& part) {
  part_ = &part;
  to_finish_ = parts;
  to_take_ = parts;  // last: who takes a part sees all of the above
  ++calls_;
  calls_.notify_all();
  take_parts();
  while (to_finish_ > 0) std::this_thread::yield();
}

void Crew::take_parts() {
  for (int left; (left = to_take_--) > 0;) {
    (*part_)(left - 1);
    --to_finish_;
  }
}

void Crew::help() {
  for (int seen = 0; !over_;) {
    take_parts();
    const Clock::time_point until = Clock::now() + std::chrono::milliseconds(1);
    while (calls_ == seen && Clock::now() < until) std::this_thread::yield();
    calls_.wait(seen);
    seen = calls_;
  }
}

}  // namespace nn
