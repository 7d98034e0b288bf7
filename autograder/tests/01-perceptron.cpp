// Lesson 1: one neuron. Neurons are judged by what they answer, not by their weights: many weights compute the same
// gate.
#include "contracts/perceptron.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <numeric>

#include "autograder/tests/support/answers.hpp"

namespace nn {

static real weighted_sum(const Perceptron& neuron, const vec& x) {
  real sum = 0;
  for (uword i = 0; i < x.n_elem; ++i) sum += neuron.w(i) * x(i);
  return sum + neuron.b;
}

static mat answers(const Perceptron& neuron, const mat& X) {
  if (neuron.w.n_elem != X.n_rows)
    throw Unfit(fmt::format("the neuron should have had {} weights, but it had {}", X.n_rows, neuron.w.n_elem));
  mat Y(1, X.n_cols);
  for (uword j = 0; j < X.n_cols; ++j) {
    const real sum = weighted_sum(neuron, X.col(j));
    Y(j) = std::isnan(sum) ? sum : sum > 0;
  }
  return Y;
}

static constexpr auto step_of = static_cast<real (*)(real)>(step);  // lesson 3 has a step of matrices

static void check_step(const rowvec& A, const rowvec& expected) {
  behaves<step_of>(A, expected, [&](auto f) {
    mat Y(1, A.n_elem);
    for (uword i = 0; i < A.n_elem; ++i) Y(i) = f(A(i));
    return Y;
  });
}

TEST_CASE("step is 1 above zero and 0 elsewhere", "[01][1.1]") {
  using limits = std::numeric_limits<real>;
  check_step({-limits::infinity(), -3, -1, -0.75, -0.25, -limits::denorm_min(), real(-0.0), 0, limits::denorm_min(),
              0.25, 0.5, 0.75, 1, 4, limits::max(), limits::infinity()},
             {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1});
}

TEST_CASE("step of random numbers is 0 or 1 by their sign", "[01][1.1]") {
  Rng rng = seeded(11);
  const rowvec A = random_normal(1, 40, rng);
  rowvec expected(A.n_elem);
  for (uword i = 0; i < A.n_elem; ++i) expected(i) = A(i) > 0;
  check_step(A, expected);
}

/// One neuron, asked about each column of X.
static void check_fire(const Perceptron& neuron, const mat& X, const mat& expected) {
  behaves<fire>(
      X, expected,
      [&](auto f) {
        mat Y(1, X.n_cols);
        for (uword j = 0; j < X.n_cols; ++j) Y(j) = f(neuron, X.col(j));
        return Y;
      },
      parts_of(neuron, "neuron"));
}

TEST_CASE("a neuron fires when its weighted sum and its bias exceed zero", "[01][1.2]") {
  check_fire({{0.5, 0.5}, -0.7}, all_inputs(2), {{0, 0, 0, 1}});
  check_fire({{-1}, 0.5}, {{0, 0.25, 0.75, 1}}, {{1, 1, 0, 0}});
  check_fire({{2, -3, 0.5}, 0.25}, {{1, 1, 0, -1, 0, 0}, {1, 0.5, 0, -1, 0.5, 1}, {1, 1, 0, 0, 2, 6}},
             {{0, 1, 1, 1, 0, 1}});
}

TEST_CASE("a neuron whose sum is exactly zero is silent", "[01][1.2]") {
  check_fire({{1, 2}, -3}, {{1, 3, 0, 5, 1, 1}, {1, 0, 1.5, -1, 0.75, 1.25}}, {{0, 0, 0, 0, 0, 1}});
}

TEST_CASE("a neuron weighs any number of inputs", "[01][1.2]") {
  Rng rng = seeded(12);
  for (uword d = 1; d <= 6; ++d) {
    const Perceptron neuron{random_normal(d, 1, rng), rng.normal()};
    mat X(d, 12), expected(1, 12);
    for (uword j = 0; j < X.n_cols; ++j) {
      do X.col(j) = random_normal(d, 1, rng);
      while (std::abs(weighted_sum(neuron, X.col(j))) < 1e-6);  // where rounding could decide
      expected(j) = weighted_sum(neuron, X.col(j)) > 0;
    }
    check_fire(neuron, X, expected);
  }
}

TEST_CASE("a sample of another size is an error", "[01][1.2]") {
  const Perceptron neuron{{2, 3, 5}, -1};
  for (const uword d : {0, 1, 2, 4}) rejects<fire>(neuron, vec(d, arma::fill::ones));
  rejects<fire>(Perceptron{vec(), 1}, vec{1});
}

TEST_CASE("a threshold is a bias with the other sign", "[01][1.3]") {
  check<with_threshold>({{0.5, 0.25}, -0.7}, vec{0.5, 0.25}, 0.7);
  check<with_threshold>({{-0.5, -2}, 0.75}, vec{-0.5, -2}, -0.75);
  check<with_threshold>({{3, 0, -1, 8}, 0}, vec{3, 0, -1, 8}, 0);
  Rng rng = seeded(13);
  for (const uword d : {1, 2, 5}) {
    const vec w = random_normal(d, 1, rng);
    const real theta = rng.normal();
    check<with_threshold>({w, 0 - theta}, w, theta);
  }
}

template <auto Gate>
static void check_gate(const mat& expected) {
  const mat X = all_inputs(expected.n_elem == 2 ? 1 : 2);
  behaves<Gate>(X, expected, [&](auto f) { return answers(f(), X); });
}

TEST_CASE("AND fires for 1 and 1 only", "[01][1.4]") { check_gate<and_gate>({{0, 0, 0, 1}}); }
TEST_CASE("NAND is silent for 1 and 1 only", "[01][1.4]") { check_gate<nand_gate>({{1, 1, 1, 0}}); }
TEST_CASE("OR is silent for 0 and 0 only", "[01][1.4]") { check_gate<or_gate>({{0, 1, 1, 1}}); }
TEST_CASE("NOT turns its one input around", "[01][1.4]") { check_gate<not_gate>({{1, 0}}); }

TEST_CASE("one neuron counts to k", "[01][1.5]") {
  for (uword n = 1; n <= 6; ++n)
    for (uword k = 0; k <= n + 2; ++k) {
      const mat X = all_inputs(n);
      mat expected(1, X.n_cols);
      for (uword j = 0; j < X.n_cols; ++j) expected(j) = accu(X.col(j)) > real(k) - real(0.5);
      Parts arguments = parts_of(k, "k");
      add_parts(arguments, "n", n);
      behaves<at_least>(
          X, expected, [&](auto f) { return answers(f(k, n), X); }, arguments);
    }
}

/// What one pass over the samples, in whichever order, comes to.
struct PassesInAnyOrder {
  bool reached = false;                 ///< some order leads from `before` to `after`, with mistakes or without any
  bool on_the_way = false;              ///< some order passes by `after` before its end
  std::optional<Perceptron> w_reached;  ///< the neuron of an order that comes to the weights of `after`
  std::optional<Perceptron> b_reached;  ///< and of one that comes to its bias
};

static PassesInAnyOrder passes_from(const Perceptron& before, const Perceptron& after, bool mistakes, const mat& X,
                                    const rowvec& y, real rate) {
  PassesInAnyOrder all;
  std::vector<uword> order(X.n_cols);
  std::iota(order.begin(), order.end(), 0);
  do {
    Perceptron neuron = before;
    bool met = false;
    for (const uword i : order) {
      const real error = y(i) - (weighted_sum(neuron, X.col(i)) > 0);
      met = met || error != 0;
      for (uword k = 0; k < X.n_rows; ++k) neuron.w(k) += rate * error * X(k, i);
      neuron.b += rate * error;
      all.on_the_way = all.on_the_way || (met && i != order.back() && same(parts_of(neuron), parts_of(after)));
    }
    if (same(parts_of(neuron.w), parts_of(after.w))) all.w_reached = neuron;
    if (neuron.b == after.b) all.b_reached = neuron;
    if (met == mistakes && same(parts_of(neuron), parts_of(after))) all.reached = true;
  } while (!all.reached && std::next_permutation(order.begin(), order.end()));
  return all;
}

/// What is wrong with a result of `learn`, for data whose sums are exact in any order.
static std::optional<std::string> fault(const Learned& r, const mat& X, const rowvec& y, real rate, uword max_epochs) {
  if (r.neuron.w.n_elem != X.n_rows)
    return fmt::format("the neuron should have had {} weights, but it had {}", X.n_rows, r.neuron.w.n_elem);
  if (r.history.size() != r.epochs)
    return fmt::format("history should have held one neuron for each of the {} epochs, but it held {}", r.epochs,
                       r.history.size());
  if (r.epochs > max_epochs || (r.epochs < max_epochs && !r.converged))
    return fmt::format("of at most {} passes it made {}, converged = {}", max_epochs, r.epochs, r.converged);
  Perceptron before{vec(X.n_rows, arma::fill::zeros), 0};
  if (!same(parts_of(r.history.empty() ? before : r.history.back()), parts_of(r.neuron)))
    return "the neuron should have been the one after the last pass";
  if (r.converged)
    for (uword i = 0; i < X.n_cols; ++i)
      if (answers(r.neuron, X.col(i))(0) != y(i))
        return fmt::format("it says converged, but the neuron is wrong for sample {}", i);
  if (X.n_cols > 4) return {};  // too many orders to try
  for (uword e = 0; e < r.epochs; before = r.history[e++]) {
    const bool mistakes = !r.converged || e + 1 < r.epochs;
    const auto passes = r.history[e].w.n_elem == X.n_rows ? passes_from(before, r.history[e], mistakes, X, y, rate)
                                                          : PassesInAnyOrder();
    if (passes.reached) continue;
    std::string text =
        fmt::format("in no order of the samples does a pass {} a mistake lead from", mistakes ? "with" : "without");
    for (const Part& part : parts_of(before, "before")) text += "\n  " + describe(part);
    for (const Part& part : parts_of(r.history[e], fmt::format("history[{}]", e))) text += "\n  " + describe(part);
    if (passes.on_the_way) text += "\nA pass comes by there before its last sample.";
    else if (passes.w_reached)
      text += fmt::format("\nFor the order that leads to this w, b would be {:.6g}.", passes.w_reached->b);
    else if (passes.b_reached) {
      for (const Part& part : parts_of(passes.b_reached->w, "w"))
        text += "\nFor an order that leads to this b, " + describe(part) + ".";
    }
    return text;
  }
  return {};
}

static void check_learn(std::optional<bool> converges, const mat& X, const rowvec& y, real rate, uword max_epochs,
                        Rng rng) {
  judge_call<learn>({X, y, rate, max_epochs, rng}, [&](const Learned& r) -> std::optional<std::string> {
    if (const auto text = fault(r, X, y, rate, max_epochs)) return text;
    if (!converges || *converges == r.converged) return {};
    return fmt::format("it should have {} within {} passes", r.converged ? "found no answer" : "converged", max_epochs);
  });
}

TEST_CASE("a single sample is learned at the first mistake", "[01][1.6]") {
  const Perceptron start{{0, 0}, 0}, learned{{1, -0.5}, 0.5};
  const mat X = vec{2, -1};
  check<learn>({learned, 2, true, {learned, learned}}, X, rowvec{1}, 0.5, 9, seeded(1));
  check<learn>({learned, 2, true, {learned, learned}}, X, rowvec{1}, 0.5, 2, seeded(2));
  check<learn>({learned, 1, false, {learned}}, X, rowvec{1}, 0.5, 1, seeded(3));
  check<learn>({start, 0, false, {}}, X, rowvec{1}, 0.5, 0, seeded(4));
  check<learn>({start, 1, true, {start}}, X, rowvec{0}, 0.5, 9, seeded(5));
}

TEST_CASE("AND, OR and NAND are learned from their truth tables", "[01][1.6]") {
  for (std::uint64_t k = 0; k < 3; ++k)
    for (const rowvec& y : {rowvec{0, 0, 0, 1}, rowvec{0, 1, 1, 1}, rowvec{1, 1, 1, 0}})
      for (const real rate : {0.25, 1.0, 2.0})
        check_learn(true, all_inputs(2), y, rate, 60, seeded(k));  // 51 mistakes at most
}

TEST_CASE("XOR is never learned", "[01][1.6]") {
  for (std::uint64_t k = 0; k < 3; ++k) {
    check_learn(false, all_inputs(2), {0, 1, 1, 0}, 0.5, 40, seeded(k));
    check_learn(false, 2 * all_inputs(2) - 1, {0, 1, 1, 0}, 1, 40, seeded(k));
  }
}

TEST_CASE("every pass moves the neuron by Rosenblatt's rule", "[01][1.6]") {
  for (std::uint64_t k = 0; k < 6; ++k) {
    check_learn({}, {{1, -2, 0.5}, {3, 1, -1.5}, {-0.5, 2, 4}}, {1, 0, 1}, 0.5, 8, seeded(k));
    check_learn({}, {{-1, 2, 3, 0.25}}, {1, 0, 1, 0}, 0.25, 8, seeded(k));
    check_learn({}, {{1, -2, 2, -1.5}, {2.5, 3, -1, 1}}, {1, 0, 0, 1}, 2, 8, seeded(k));
  }
}

TEST_CASE("twenty points with x1 > x2 or not are told apart", "[01][1.6]") {
  for (std::uint64_t k = 0; k < 5; ++k) {
    Rng rng = seeded(160 + k);
    mat X(2, 20);
    rowvec y(20);
    for (uword i = 0; i < 20; ++i) {
      do X.col(i) = vec{real(rng.below(65)), real(rng.below(65))} / 64;
      while (std::abs(X(0, i) - X(1, i)) < 0.125);  // a margin of 1/8 over lengths of sqrt 3: 384 mistakes at most
      y(i) = X(0, i) > X(1, i);
    }
    check_learn(true, X, y, 0.5, 400, seeded(k));
  }
}

TEST_CASE("the order of the samples comes from rng, and from nothing else", "[01][1.6]") {
  const mat X{{1, -2, 2, -1.5, 0.5, 3}, {2.5, 3, -1, 1, -4, 0.75}};
  const rowvec y{1, 0, 0, 1, 1, 0};
  std::vector<Parts> others;
  for (std::uint64_t k = 0; k < 16; ++k) {
    Rng rng = seeded(k);
    others.push_back(parts_of(learn(X, y, 0.5, 6, rng)));
  }
  judge_call<learn>({X, y, 0.5, 6, seeded(0)}, [&](const Learned& r) -> std::optional<std::string> {
    if (!same(parts_of(r), others[0])) return "the same rng should have given the same passes, but they differed";
    for (const Parts& other : others)
      if (!same(parts_of(r), other)) return {};
    return "another rng should have given another order of the samples, but 16 of them gave the same passes";
  });
}

TEST_CASE("learn moves the rng on, so that the next to draw gets other numbers", "[01][1.6]") {
  const mat X{{1, -2, 2, -1.5}, {2.5, 3, -1, 1}};
  examine<learn>({.arguments = parts_of(X, "X")}, [&](const auto& body) {
    return seen(
        [&] {
          Rng rng = seeded(169), fresh = rng;
          body(X, rowvec{1, 0, 0, 1}, 0.5, 6, rng);
          return real(rng() != fresh());
        },
        [](real moved) -> std::optional<std::string> {
          if (moved == 1) return {};
          return "rng should have moved on, but it stands where it stood: was a copy of it drawn from?";
        });
  });
}

TEST_CASE("learn turns away what it cannot learn from", "[01][1.6]") {
  const mat X = all_inputs(2);
  for (const uword n : {0, 1, 3, 5}) rejects<learn>(X, rowvec(n, arma::fill::zeros), 0.5, 5, seeded(1));
  rejects<learn>(mat(2, 0), rowvec(), 0.5, 5, seeded(1));
  for (const real rate : {0.0, -0.5, std::nan("")}) rejects<learn>(X, rowvec{0, 0, 0, 1}, rate, 5, seeded(1));
}

}  // namespace nn
