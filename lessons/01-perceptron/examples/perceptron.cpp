// What lesson 1 shows and claims, checked: the code blocks of its README.md are cut from here, its numbers repeated.
#include "nn/perceptron.hpp"

#include "lessons/examples.hpp"
#include "nn/support/toys.hpp"

namespace nn {
namespace {

rowvec answers(const ToyData& gate) { return arma::conv_to<rowvec>::from(gate.labels); }

/// w . x + b, what the neuron compares with 0.
real weighted_sum(const Perceptron& neuron, const vec& x) { return dot(neuron.w, x) + neuron.b; }

TEST_CASE("the dot product by hand", "[01][lesson]") {
  // [dot]
  vec w = {2, -1, 3};
  vec x = {1, 4, 2};
  CHECK(dot(w, x) == 4);  // 2 * 1 + (-1) * 4 + 3 * 2
  // [/dot]
}

TEST_CASE("the alarm rings when the door is open and nobody is home", "[01][lesson]") {
  // [alarm]
  Perceptron alarm{{1, -1}, -0.5};
  CHECK(fire(alarm, {0, 0}) == 0);
  CHECK(fire(alarm, {0, 1}) == 0);
  CHECK(fire(alarm, {1, 0}) == 1);
  CHECK(fire(alarm, {1, 1}) == 0);
  // [/alarm]
  CHECK(weighted_sum(alarm, {0, 0}) == -0.5);
  CHECK(weighted_sum(alarm, {0, 1}) == -1.5);
  CHECK(weighted_sum(alarm, {1, 0}) == 0.5);
  CHECK(weighted_sum(alarm, {1, 1}) == -0.5);
  CHECK(fire({{1, -1}, 0}, {1, 1}) == 0);    // at exactly 0 it stays silent ...
  CHECK(fire({{1, -1}, 0.1}, {1, 1}) == 1);  // ... and just above it fires
}

TEST_CASE("a bias of -0.1 is easily met, one of -20 hardly", "[01][lesson]") {
  CHECK(fire({{1, 1}, -0.1}, {0, 0.2}) == 1);
  CHECK(fire({{1, 1}, -20}, {1, 1}) == 0);
}

TEST_CASE("a vote with a threshold", "[01][lesson]") {
  // [vote]
  Perceptron board = with_threshold({3, 2, 2}, 4);  // the chair has three votes, each member two
  CHECK(board.b == -4);
  CHECK(fire(board, {1, 0, 1}) == 1);  // 5 votes are more than 4
  CHECK(fire(board, {0, 1, 1}) == 0);  // 4 are not
  // [/vote]
}

TEST_CASE("two points on the alarm's line and the direction it fires in", "[01][lesson]") {
  const Perceptron alarm{{1, -1}, -0.5};
  CHECK(weighted_sum(alarm, {0.5, 0}) == 0);
  CHECK(weighted_sum(alarm, {1.5, 1}) == 0);
  CHECK(dot(alarm.w, vec{1.5, 1} - vec{0.5, 0}) == 0);  // w stands upright on the line
}

TEST_CASE("the three printed sets of AND parameters all work, two of them only with >", "[01][lesson]") {
  const ToyData gate = and_table();
  for (const Perceptron& neuron :
       {with_threshold({0.5, 0.5}, 0.7), with_threshold({0.5, 0.5}, 0.8), with_threshold({1, 1}, 1)})
    for (uword i = 0; i < 4; ++i) CHECK(fire(neuron, gate.X.col(i)) == gate.labels(i));
  CHECK(weighted_sum(with_threshold({1, 1}, 1), {1, 0}) == 0);  // with >= this one would fire
}

TEST_CASE("a silent gate cannot be told from a wrong threshold by one row", "[01][lesson]") {
  CHECK(fire(with_threshold({0.5, 0.5}, 0.4), {1, 0}) == 1);  // the OR of the slides, table ...
  CHECK(fire({{0.5, 0.5}, -0.2}, {1, 0}) == 1);               // ... and code
  CHECK(fire(with_threshold({0.5, 0.5}, 0.4), {0, 0}) == 0);
  CHECK(fire({{0.5, 0.5}, -0.2}, {0, 0}) == 0);
}

TEST_CASE("at least two of three is the majority", "[01][lesson]") {
  // [majority]
  Perceptron majority = at_least(2, 3);
  CHECK(fire(majority, {1, 0, 1}) == 1);
  CHECK(fire(majority, {0, 1, 0}) == 0);
  // [/majority]
}

TEST_CASE("NAND is learned in four passes", "[01][lesson]") {
  // [learn]
  mat X = {{0, 0, 1, 1},   // x1
           {0, 1, 0, 1}};  // x2: one column is one sample
  rowvec y = {1, 1, 1, 0};
  Rng rng(4);
  Learned nand = learn(X, y, 1, 100, rng);
  CHECK(nand.converged);
  CHECK(nand.epochs == 4);
  CHECK(nand.history.size() == 4);
  // [/learn]
  CHECK(nand.neuron.w(0) == -1);
  CHECK(nand.neuron.w(1) == -1);
  CHECK(nand.neuron.b == 2);

  // The table of the lesson: for every mistake the sample, the sum, the answer, and the neuron after it.
  struct Mistake {
    uword pass;
    vec x;
    real sum, said;
    vec w;
    real b;
  };
  const std::vector<Mistake> table = {{1, {0, 0}, 0, 0, {0, 0}, 1},   {1, {1, 1}, 1, 1, {-1, -1}, 0},
                                      {1, {0, 1}, -1, 0, {-1, 0}, 1}, {1, {1, 0}, 0, 0, {0, 0}, 2},
                                      {2, {1, 1}, 2, 1, {-1, -1}, 1}, {2, {0, 1}, 0, 0, {-1, 0}, 2},
                                      {3, {1, 1}, 1, 1, {-2, -1}, 1}, {3, {1, 0}, -1, 0, {-1, -1}, 2}};
  Rng again(4);
  Perceptron neuron{{0, 0}, 0};
  uword row = 0;
  for (uword pass = 1; pass <= 4; ++pass) {
    for (uword i : random_permutation(4, again)) {
      const vec x = X.col(i);
      if (fire(neuron, x) == y(i)) continue;
      REQUIRE(row < table.size());
      const Mistake& expected = table[row++];
      CHECK(expected.pass == pass);
      CHECK(approx_equal(expected.x, x, "absdiff", 0));
      CHECK(expected.sum == weighted_sum(neuron, x));
      CHECK(expected.said == fire(neuron, x));
      neuron = {expected.w, expected.b};
    }
    CHECK(approx_equal(neuron.w, nand.history[pass - 1].w, "absdiff", 0));
    CHECK(neuron.b == nand.history[pass - 1].b);
  }
  CHECK(row == 8);
  CHECK(weighted_sum(neuron, {0, 0}) == 2);
  CHECK(weighted_sum(neuron, {0, 1}) == 1);
  CHECK(weighted_sum(neuron, {1, 0}) == 1);
  CHECK(weighted_sum(neuron, {1, 1}) == 0);
}

TEST_CASE("one step raises the sum of its sample by rate (x . x + 1)", "[01][lesson]") {
  Rng rng(1);
  const Learned step = learn(mat(2, 1, arma::fill::ones), rowvec{1}, 1, 1, rng);
  CHECK(weighted_sum(step.neuron, {1, 1}) == 3);
}

TEST_CASE("XOR is never learned: the neuron walks in circles", "[01][lesson]") {
  const ToyData gate = xor_table();
  const mat& X = gate.X;
  // [xor]
  rowvec y = {0, 1, 1, 0};
  Rng rng(1);
  Learned stuck = learn(X, y, 1, 1000, rng);
  CHECK(!stuck.converged);
  CHECK(stuck.epochs == 1000);
  // [/xor]
  for (const Perceptron& neuron : stuck.history) {
    CHECK(abs(neuron.w).max() <= 2);
    CHECK(std::abs(neuron.b) <= 2);
    uword wrong = 0;
    for (uword i = 0; i < 4; ++i) wrong += fire(neuron, gate.X.col(i)) != gate.labels(i);
    CHECK(wrong >= 1);
  }
  Rng same(1);  // textbook, exercise 1.11.4: the same with -1 for 0
  CHECK(!learn(2 * gate.X - 1, answers(gate), 1, 1000, same).converged);
}

/// Textbook, exercise 1.11.11: 20 points of the unit square, labelled by x1 > x2, and 1000 new ones. The share of the
/// new ones that are told right after learning with the given margin: 0 is Rosenblatt's rule, 1 learns from every
/// answer that was not clear by 1.
real score(std::uint64_t seed, real margin) {
  Rng rng(seed);
  const mat X = random_uniform(2, 20, 0, 1, rng), fresh = random_uniform(2, 1000, 0, 1, rng);
  const rowvec y = arma::conv_to<rowvec>::from(X.row(0) > X.row(1));
  Perceptron neuron{{0, 0}, 0};
  if (margin == 0) {
    neuron = learn(X, y, 1, 1000, rng).neuron;
  } else {
    for (int pass = 0; pass < 1000; ++pass)
      for (uword i : random_permutation(20, rng)) {
        const real side = 2 * y(i) - 1;
        if (side * weighted_sum(neuron, X.col(i)) >= margin) continue;
        neuron.w += real(0.1) * side * X.col(i);
        neuron.b += real(0.1) * side;
      }
  }
  uword right = 0;
  for (uword i = 0; i < fresh.n_cols; ++i) right += fire(neuron, fresh.col(i)) == (fresh(0, i) > fresh(1, i));
  return real(right) / fresh.n_cols;
}

TEST_CASE("twenty points teach a neuron about 95 percent of the square", "[01][lesson]") {
  vec plain(100), careful(100);
  for (uword seed = 0; seed < 100; ++seed) {
    plain(seed) = score(seed + 1, 0);
    careful(seed) = score(seed + 1, 1);
  }
  INFO("plain " << mean(plain) << " +- " << stddev(plain) << ", careful " << mean(careful) << " +- "
                << stddev(careful));
  CHECK_THAT(mean(plain), WithinAbs(0.95, 0.005));
  CHECK_THAT(plain.min(), WithinAbs(0.79, 0.005));
  CHECK_THAT(mean(careful), WithinAbs(0.95, 0.005));
  CHECK_THAT(stddev(plain), WithinAbs(0.05, 0.005));
  CHECK_THAT(stddev(careful), WithinAbs(0.04, 0.005));
}

TEST_CASE("the figure of learning: wrong answers after each pass", "[01][lesson]") {
  Rng rng(55);
  const mat X = random_uniform(2, 20, 0, 1, rng);
  const rowvec y = arma::conv_to<rowvec>::from(X.row(0) > X.row(1));
  const Learned learned = learn(X, y, 1, 100, rng);
  const std::vector<uword> expected = {9, 10, 2, 4, 2, 0, 0};
  REQUIRE(learned.history.size() == expected.size());
  for (uword pass = 0; pass < expected.size(); ++pass) {
    uword wrong = 0;
    for (uword i = 0; i < X.n_cols; ++i) wrong += fire(learned.history[pass], X.col(i)) != y(i);
    CHECK(wrong == expected[pass]);
  }
}

TEST_CASE("the moving figure of learning: wrong answers before the first pass and after each", "[01][lesson]") {
  Rng rng(47);
  const mat X = random_uniform(2, 40, 0, 1, rng);
  const rowvec y = arma::conv_to<rowvec>::from(X.row(0) > X.row(1));
  CHECK(accu(y) == 18);  // the untaught neuron is silent
  const Learned learned = learn(X, y, 1, 100, rng);
  const std::vector<uword> expected = {11, 11, 4, 13, 8, 8, 4, 4, 0, 0};
  REQUIRE(learned.history.size() == expected.size());
  for (uword pass = 0; pass < expected.size(); ++pass) {
    uword wrong = 0;
    for (uword i = 0; i < X.n_cols; ++i) wrong += fire(learned.history[pass], X.col(i)) != y(i);
    CHECK(wrong == expected[pass]);
  }
}

TEST_CASE("the rate only scales the neuron, but 0.1 is not exact", "[01][lesson]") {
  const ToyData gate = nand_table();
  const auto passes = [&](real rate) {
    Rng rng(9);
    return learn(gate.X, answers(gate), rate, 100, rng).epochs;
  };
  CHECK(passes(1) == 10);
  CHECK(passes(0.5) == 10);
  CHECK(passes(0.1) == 8);
  CHECK(0.1 + 0.2 - 0.3 > 0);
}

TEST_CASE("without a bias a neuron is silent where all inputs are 0", "[01][lesson]") {
  CHECK(fire({{5, -7}, 0}, {0, 0}) == 0);
}

TEST_CASE("three NANDs make OR, one makes NOT", "[01][lesson]") {
  const auto nand = [](real x1, real x2) { return fire(nand_gate(), {x1, x2}); };
  for (real x1 : {0, 1}) {
    CHECK(nand(x1, x1) == fire(not_gate(), {x1}));
    for (real x2 : {0, 1}) CHECK(nand(nand(x1, x1), nand(x2, x2)) == fire(or_gate(), {x1, x2}));
  }
}

}  // namespace
}  // namespace nn
