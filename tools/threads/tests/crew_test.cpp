// A crew does every part once, whoever is slow, and is gone when asked to.
#include "tools/threads/crew.hpp"

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <set>

using nn::Crew;

TEST_CASE("every part is done once, in each of many calls") {
  for (const int helpers : {0, 1, 3}) {
    CAPTURE(helpers);
    Crew crew(helpers);
    int wrong = 0;
    for (int call = 0; call < 2000; ++call) {
      std::array<std::atomic<int>, 7> done{};
      const int parts = call % 8;
      crew.run(parts, [&](int i) { ++done.at(std::size_t(i)); });
      for (int i = 0; i < 7; ++i) wrong += done.at(std::size_t(i)) != (i < parts ? 1 : 0);
    }
    CHECK(wrong == 0);
  }
}

TEST_CASE("helpers help: two parts that wait for each other come to an end") {
  Crew crew(1);
  for (const int pause : {0, 5}) {  // milliseconds; after five the helper is asleep
    std::this_thread::sleep_for(std::chrono::milliseconds(pause));
    std::atomic<int> here = 0;
    std::array<std::thread::id, 2> by;
    crew.run(2, [&](int i) {
      ++here;
      while (here < 2) std::this_thread::yield();
      by.at(std::size_t(i)) = std::this_thread::get_id();
    });
    CHECK(by[0] != by[1]);
  }
}

TEST_CASE("who has time takes the next part: a slow part holds up no other") {
  Crew crew(1);
  std::atomic<int> done = 0;
  crew.run(20, [&](int i) {
    if (i == 19)  // the first one taken
      while (done < 19) std::this_thread::yield();
    ++done;
  });
  CHECK(done == 20);
}

TEST_CASE("what parts wrote is seen after the call, and what was written before it is seen by parts") {
  Crew crew(2);
  long sum = 0, expected = 0;
  for (int call = 0; call < 2000; ++call) {
    std::array<int, 3> given{call, call + 1, call + 2}, found{};
    crew.run(3, [&](int i) { found.at(std::size_t(i)) = given.at(std::size_t(i)); });
    for (const int value : found) sum += value;
    expected += 3 * call + 3;
  }
  CHECK(sum == expected);
}
