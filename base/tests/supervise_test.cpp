#include "base/supervise.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <ctime>

#include "base/clock.hpp"

using namespace base;

namespace {

void compute(double seconds) {
  const std::clock_t end = std::clock() + std::clock_t(seconds * CLOCKS_PER_SEC);
  while (std::clock() < end) {}
}

// How a child ends that may compute for half a second, under a supervisor of its own.
template <class Child>
End end_of(Child child) {
  const pid_t parent = getpid(), supervisor = fork();
  if (supervisor == 0) {
    const SupervisorSignals signals;
    const pid_t self = getpid(), supervised = fork();
    if (supervised == 0) {
      signals.become_child(self);
      child();
      _exit(0);
    }
    _exit(int(supervise(supervised, parent, {.seconds = 60, .cpu_seconds = 0.5}).how));
  }
  int status = 0;
  waitpid(supervisor, &status, 0);
  return End(WEXITSTATUS(status));
}

}  // namespace

TEST_CASE("a child that computes longer than it may is ended") {
  CHECK(end_of([] { compute(30); }) == End::timed_out);
}

TEST_CASE("a child that takes long on the wall and computes little ends by itself") {
  CHECK(end_of([] {
          for (int i = 0; i < 10; ++i) compute(0.02), usleep(200'000);
        }) == End::by_itself);
}

TEST_CASE("a child that only waits is ended soon") {
  const auto begun = Clock::now();
  CHECK(end_of([] { pause(); }) == End::timed_out);
  CHECK(seconds_since(begun) < 20);
}
