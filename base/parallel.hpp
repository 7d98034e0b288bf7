// Independent pieces of work on a few threads.
#pragma once

#include <atomic>
#include <exception>
#include <thread>
#include <vector>

namespace base {

/// `work(0)` ... `work(count - 1)`, `jobs` at a time; then what the first one that failed threw.
template <class Work>
void in_parallel(int jobs, std::size_t count, const Work& work) {
  std::atomic<std::size_t> next{0};
  std::vector<std::exception_ptr> failed(count);
  const auto take = [&] {
    for (std::size_t i = 0; (i = next++) < count;) try {
        work(i);
      } catch (...) {
        failed[i] = std::current_exception();
      }
  };
  std::vector<std::thread> others;  // joined before anything that they use goes
  for (int j = 1; j < jobs; ++j) others.emplace_back(take);
  take();
  for (std::thread& other : others) other.join();
  for (const std::exception_ptr& error : failed)
    if (error) std::rethrow_exception(error);
}

}  // namespace base
