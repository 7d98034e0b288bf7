#include "nn/support/ranks.hpp"

#include <catch2/catch_test_macros.hpp>
#include <string>

using namespace nn;

namespace {

/// Why the ranks stopped, or "".
std::string stopped(Ranks& ranks, const std::function<void(uword)>& body) {
  try {
    ranks.run(body);
  } catch (const RanksStopped& why) {
    return why.what();
  }
  return "";
}

}  // namespace

TEST_CASE("a message goes from one rank to another, in order", "[ranks]") {
  for (const Delivery delivery : {Delivery::at_once, Delivery::on_receipt}) {
    Ranks ranks(2, delivery);
    vec got;
    ranks.run([&](uword r) {
      if (r == 0) {
        const auto receive = ranks.receive(0);
        const vec first = receive(1), second = receive(1);
        got = join_cols(first, second);
      } else {
        const auto send = ranks.send(1);
        send(0, {1, 2});
        send(0, {3});
      }
    });
    CHECK(arma::approx_equal(got, vec{1, 2, 3}, "absdiff", 0));
    CHECK(arma::all(ranks.messages() == uvec{0, 2}));
    CHECK(arma::all(ranks.numbers() == uvec{0, 3}));
    CHECK(ranks.time() == 2);
  }
}

TEST_CASE("two that send first are fine with short messages, and wait for ever with long ones", "[ranks]") {
  for (const Delivery delivery : {Delivery::at_once, Delivery::on_receipt}) {
    Ranks ranks(2, delivery);
    const std::string why = stopped(ranks, [&](uword r) {
      ranks.send(r)(1 - r, {real(r)});
      (void)ranks.receive(r)(1 - r);
    });
    CHECK(why == (delivery == Delivery::at_once
                      ? ""
                      : "nobody can go on: rank 0 waits until 1 receives, rank 1 waits until 0 receives. A send may "
                        "wait until it is received"));
  }
}

TEST_CASE("an exchange never waits for itself", "[ranks]") {
  for (const Delivery delivery : {Delivery::at_once, Delivery::on_receipt})
    for (const uword p : {2, 3, 8}) {
      Ranks ranks(p, delivery);
      vec got(p);
      ranks.run([&](uword r) { got(r) = ranks.exchange(r)((r + 1) % p, {real(r)}, (r + p - 1) % p)(0); });
      for (uword r = 0; r < p; ++r) CHECK(got(r) == real((r + p - 1) % p));
      CHECK(ranks.time() == 1);
    }
}

TEST_CASE("what takes how long", "[ranks]") {
  Ranks ranks(3);
  ranks.alpha = 2, ranks.beta = 0.5;
  ranks.run([&](uword r) {
    if (r == 0) ranks.send(0)(1, {1, 2, 3, 4});
    if (r == 1) ranks.send(1)(2, ranks.receive(1)(0));
    if (r == 2) (void)ranks.receive(2)(1);
  });
  CHECK(ranks.time() == 8);
  REQUIRE(ranks.events().size() == 4);
  CHECK(ranks.events().back().begin == 0);
  CHECK(ranks.events().back().work == 4);
  CHECK(ranks.events().back().end == 8);
}

TEST_CASE("a sum waits for all ranks", "[ranks]") {
  Ranks ranks(3);
  std::vector<vec> sums(3);
  ranks.run([&](uword r) { sums[r] = ranks.all_reduce(r)({real(r), 1}); });
  for (const vec& sum : sums) CHECK(arma::approx_equal(sum, vec{3, 3}, "absdiff", 0));
  CHECK(arma::all(ranks.sums() == uvec{1, 1, 1}));

  Ranks lazy(3), uneven(2);
  CHECK(stopped(lazy, [&](uword r) {
          if (r != 1) (void)lazy.all_reduce(r)({1});
        }) == "nobody can go on: rank 0 waits for all in sum 1, rank 1 has finished, rank 2 waits for all in sum 1");
  CHECK(stopped(uneven, [&](uword r) { (void)uneven.all_reduce(r)(vec(r + 1)); }) ==
        "in sum 1 rank 0 brings 1 numbers, and rank 1 2");
}

TEST_CASE("what is no message is said in words", "[ranks]") {
  const auto why = [](uword p, const auto& body) {
    Ranks ranks(p);
    return stopped(ranks, [&](uword r) { body(ranks, r); });
  };
  CHECK(why(2, [](Ranks& ranks, uword r) { ranks.send(r)(r, {1}); }) == "rank 0 sends to itself");
  CHECK(why(2, [](Ranks& ranks, uword r) { (void)ranks.receive(r)(5); }) ==
        "rank 0 receives from rank 5, and the last one is 1");
  CHECK(why(2, [](Ranks& ranks, uword r) {
          if (r == 0) ranks.send(0)(1, {1});
        }) == "nobody receives what rank 0 sends to 1");
  CHECK(why(2, [](Ranks& ranks, uword r) {
          while (r == 0) ranks.send(0)(1, {1});
        }) == "rank 0 has made 10000 calls, and goes on and on");
  CHECK(why(2, [](Ranks& ranks, uword r) {
          try {
            (void)ranks.receive(r)(1 - r);
          } catch (...) {}
        }) == "rank 0 caught an exception that was not its own, and went on");
}

TEST_CASE("who does something else when it is run again is told so", "[ranks]") {
  Ranks ranks(2);
  real times = 0;
  CHECK(stopped(ranks, [&](uword r) {
          if (r == 1) return ranks.send(1)(0, {1});
          ranks.send(0)(1, {++times});
          (void)ranks.receive(0)(1);
        }) == "rank 0, run again, does not do the same again: keep nothing in static or global variables");
}

TEST_CASE("what a rank throws comes out", "[ranks]") {
  Ranks ranks(2);
  CHECK_THROWS_AS(ranks.run([](uword) { throw std::domain_error("mine"); }), std::domain_error);
}
