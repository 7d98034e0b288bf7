// What lesson 2 shows and claims, checked: the code blocks of its README.md are cut from here, its numbers repeated.
#include "nn/multilayer.hpp"

#include "lessons/examples.hpp"
#include "nn/support/toys.hpp"

namespace nn {
namespace {

/// Every input of n bits, one a column; column i holds the binary digits of i, the first the most significant.
mat all_inputs(uword n) {
  mat X(n, uword(1) << n);
  for (uword i = 0; i < X.n_cols; ++i)
    for (uword j = 0; j < n; ++j) X(j, i) = (i >> (n - 1 - j)) & 1;
  return X;
}

/// How many truth tables of n inputs some neuron computes, by trying all small whole weights and every threshold
/// between sums.
uword tables_of_one_neuron(uword n) {
  const mat X = all_inputs(n);
  std::vector<bool> found(uword(1) << X.n_cols);
  uword candidates = 1;
  for (uword i = 0; i < n; ++i) candidates *= 5;
  for (uword code = 0; code < candidates; ++code) {
    Perceptron neuron{vec(n), 0};
    for (uword i = 0, rest = code; i < n; ++i, rest /= 5) neuron.w(i) = real(rest % 5) - 2;
    for (neuron.b = -6.5; neuron.b < 7; ++neuron.b) {
      uword table = 0;
      for (uword i = 0; i < X.n_cols; ++i) table = 2 * table + uword(fire(neuron, X.col(i)));
      found[table] = true;
    }
  }
  return uword(std::count(found.begin(), found.end(), true));
}

TEST_CASE("one neuron computes 14 of the 16 gates of two inputs and 104 of the 256 of three", "[02][lesson]") {
  CHECK(tables_of_one_neuron(2) == 14);
  CHECK(tables_of_one_neuron(3) == 104);
}

TEST_CASE("no neuron does better on XOR than one row wrong", "[02][lesson]") {
  const ToyData table = xor_table();
  uword fewest = 4, most = 0;
  for (real degrees = 0.5; degrees < 360; ++degrees)
    for (real distance = -2.005; distance < 2; distance += 0.01) {
      const real angle = degrees * arma::datum::pi / 180;
      uword wrong = 0;
      for (uword i = 0; i < 4; ++i)
        wrong += fire({{std::cos(angle), std::sin(angle)}, -distance}, table.X.col(i)) != table.labels(i);
      fewest = std::min(fewest, wrong);
      most = std::max(most, wrong);
    }
  CHECK(fewest == 1);
  CHECK(most == 3);
}

TEST_CASE("gates feed gates", "[02][lesson]") {
  // [compose]
  const auto only_second = [](real x1, real x2) {
    real s1 = fire(not_gate(), {x1});
    real s2 = fire(or_gate(), {x1, x2});
    return fire(and_gate(), {s1, s2});
  };
  CHECK(only_second(0, 1) == 1);
  CHECK(only_second(1, 1) == 0);
  // [/compose]
  CHECK(only_second(0, 0) == 0);
  CHECK(only_second(1, 0) == 0);
}

TEST_CASE("XOR through NAND, OR and AND, row by row", "[02][lesson]") {
  const mat table = {{0, 0, 1, 0, 0}, {0, 1, 1, 1, 1}, {1, 0, 1, 1, 1}, {1, 1, 0, 1, 0}};  // x1 x2 s1 s2 y
  for (uword i = 0; i < 4; ++i) {
    const real x1 = table(i, 0), x2 = table(i, 1);
    CHECK(fire(nand_gate(), {x1, x2}) == table(i, 2));
    CHECK(fire(or_gate(), {x1, x2}) == table(i, 3));
    CHECK(fire(and_gate(), {table(i, 2), table(i, 3)}) == table(i, 4));
    CHECK(xor_gate(x1, x2) == table(i, 4));
  }
}

TEST_CASE("NAND and AND swapped make XOR upside down, or a plain AND", "[02][lesson]") {
  for (real x1 : {0, 1})
    for (real x2 : {0, 1}) {
      const real s1 = fire(nand_gate(), {x1, x2}), s2 = fire(or_gate(), {x1, x2});
      CHECK(fire(nand_gate(), {s1, s2}) == 1 - xor_gate(x1, x2));
      CHECK(fire(and_gate(), {1 - s1, s2}) == fire(and_gate(), {x1, x2}));
    }
}

TEST_CASE("the sign that lecture 12 prints is wrong at (1, 1)", "[02][lesson]") {
  const Perceptron printed{{1, 1, 2}, -0.5};
  CHECK(dot(printed.w, vec{1, 1, 1}) + printed.b == 3.5);
  CHECK(fire(printed, {1, 1, 1}) == 1);
  for (const vec& x : {vec{0, 0, 0}, vec{0, 1, 0}, vec{1, 0, 0}, vec{1, 1, 1}})
    CHECK(fire(xor_by_feature(), x) == (x(0) != x(1)));
}

TEST_CASE("with -1 for 0 the product alone tells the classes apart (exercise 1.11.5)", "[02][lesson]") {
  CHECK(fire({{1}, 0}, {(-1) * (-1)}) == 1);
  CHECK(fire({{1}, 0}, {1 * 1}) == 1);
  CHECK(fire({{1}, 0}, {1 * (-1)}) == 0);
  CHECK(fire({{1}, 0}, {(-1) * 1}) == 0);
}

TEST_CASE("OR minus AND, row by row", "[02][lesson]") {
  const rowvec either = {0, 1, 1, 1}, both = {0, 0, 0, 1};
  CHECK(equal(either - both - 0.5, mat{{-0.5, 0.5, 0.5, -0.5}}));
  CHECK(xor_or_minus_and(0, 1) == 1);
  CHECK(xor_or_minus_and(1, 1) == 0);
}

TEST_CASE("the slides' layer, transposed", "[02][lesson]") {
  // [dense]
  mat W = {{1, 2},   // the weights of unit 1: 3 units, 2 inputs
           {3, 4},   // of unit 2
           {5, 6}};  // of unit 3
  vec b = {10, 20, 30};
  mat X = {{1, 0},   // x1
           {2, 1}};  // x2: 2 samples, (1, 2) and (0, 1)
  mat Z = dense(W, b, X);
  CHECK(size(Z) == arma::size(3, 2));
  CHECK(Z(2, 0) == 47);  // unit 3, sample 1:  5 * 1 + 6 * 2 + 30
  // [/dense]
  CHECK(equal(Z, {{15, 12}, {31, 24}, {47, 36}}));
  CHECK(equal(dense(W, vec(3, arma::fill::zeros), vec{1, 2}), vec{5, 11, 17}));
  CHECK(equal(rowvec{1, 2} * mat{{1, 3, 5}, {2, 4, 6}}, rowvec{5, 11, 17}));  // as the slides print it
}

TEST_CASE("the product of the slides", "[02][lesson]") {
  // [product]
  mat A = {{1, 2}, {3, 4}};
  mat B = {{5, 6}, {7, 8}};
  CHECK(equal(A * B, {{19, 22}, {43, 50}}));  // rows times columns: 19 is 1 * 5 + 2 * 7
  CHECK(equal(A % B, {{5, 12}, {21, 32}}));   // entry by entry: 5 is 1 * 5
  // [/product]
}

TEST_CASE("a column can be added to every column", "[02][lesson]") {
  // [each_col]
  mat M = {{1, 2, 3}, {4, 5, 6}};
  M.each_col() -= vec{1, 4};
  CHECK(equal(M, {{0, 1, 2}, {0, 1, 2}}));
  // [/each_col]
}

TEST_CASE("two layers make a bump", "[02][lesson]") {
  // [bump]
  Layer above = {vec{1, 1}, {-1, -2}, Activation::step};  // s1: x > 1,  s2: x > 2
  Layer between = {{{1, -1}}, {-0.5}, Activation::step};  // y: s1 and not s2
  mat y = forward_steps({above, between}, {{0.5, 1.5, 2.5}});
  CHECK(equal(y, {{0, 1, 0}}));
  // [/bump]
}

TEST_CASE("the fold of the textbook's figure 1.14", "[02][lesson]") {
  // [fold]
  mat X = {{1, 0, -1},  // x1
           {1, 1, 1}};  // x2: the points (1, 1), (0, 1), (-1, 1)
  mat Z = dense({{1, 0}, {-1, 0}}, {0, 0}, X);
  mat H = max(Z, 0 * Z);  // the larger of z and 0, entry by entry
  mat O = dense({{1, 1}}, {0}, H);
  CHECK(equal(H, {{1, 0, 0}, {0, 0, 1}}));
  CHECK(equal(O, {{1, 0, 1}}));
  // [/fold]
}

TEST_CASE("XOR by two ReLU units needs no bias", "[02][lesson]") {
  for (const Layer& layer : xor_relu_network()) CHECK(abs(layer.b).max() == 0);
}

TEST_CASE("a unit that recognises 101", "[02][lesson]") {
  const mat X = all_inputs(3);
  CHECK(equal(rowvec{1, -1, 1} * X, rowvec{0, 1, -1, 0, 1, 2, 0, 1}));
  Perceptron unit{{1, -1, 1}, -1.5};
  for (uword i = 0; i < 8; ++i) CHECK(fire(unit, X.col(i)) == (i == 5));
}

TEST_CASE("parity of five inputs costs sixteen recognisers", "[02][lesson]") {
  const mat X = all_inputs(5);
  uvec parity(32);
  for (uword i = 0; i < 32; ++i) parity(i) = uword(accu(X.col(i))) % 2;
  CHECK(accu(parity) == 16);
  CHECK(equal(forward_steps(boolean_network(parity), X), arma::conv_to<rowvec>::from(parity)));
  const uvec never(32, arma::fill::zeros);  // no row to recognise
  CHECK(equal(forward_steps(boolean_network(never), X), mat(1, 32, arma::fill::zeros)));
}

TEST_CASE("parity of n inputs with n hidden units", "[02][lesson]") {
  for (uword n = 1; n <= 6; ++n) {
    Layer counts{mat(n, n), vec(n), Activation::step}, odd{mat(1, n), {-0.5}, Activation::step};
    for (uword k = 1; k <= n; ++k) {
      const Perceptron neuron = at_least(k, n);
      counts.W.row(k - 1) = neuron.w.t();
      counts.b(k - 1) = neuron.b;
      odd.W(0, k - 1) = k % 2 == 1 ? 1 : -1;
    }
    const mat X = all_inputs(n);
    const mat said = forward_steps({counts, odd}, X);
    for (uword i = 0; i < X.n_cols; ++i) CHECK(said(0, i) == uword(accu(X.col(i))) % 2);
  }
}

TEST_CASE("counting the numbers of a network", "[02][lesson]") {
  const Layer hidden{mat(30, 784), vec(30)}, output{mat(10, 30), vec(10)};
  CHECK(hidden.W.n_elem + hidden.b.n_elem + output.W.n_elem + output.b.n_elem == 23860);
  uvec nand(1024, arma::fill::ones);
  nand(1023) = 0;
  CHECK(accu(nand) == 1023);
  Perceptron one{-vec(10, arma::fill::ones), 9.5};
  const mat X = all_inputs(10);
  for (uword i = 0; i < 1024; ++i) REQUIRE(fire(one, X.col(i)) == nand(i));
}

TEST_CASE("two layers with nothing between them are one", "[02][lesson]") {
  // [collapse]
  Layer first{{{1, 2}, {0, 1}, {1, 0}}, {1, 0, -1}, Activation::identity};  // 2 inputs, 3 units
  Layer second{{{1, 0, 2}}, {0.5}, Activation::identity};                   // 3 inputs, 1 unit
  Layer one = collapse({first, second});
  CHECK(equal(one.W, {{3, 2}}));
  CHECK(one.b(0) == -0.5);
  // [/collapse]
  const vec x = {1, 1};
  const mat z = dense(first.W, first.b, x);
  CHECK(equal(z, vec{4, 1, 0}));
  CHECK(dense(second.W, second.b, z).eval()(0) == 4.5);
  CHECK(dense(one.W, one.b, x).eval()(0) == 4.5);
  CHECK(dot(first.W.row(0), x.t()) == 3);
}

TEST_CASE("what one neuron cannot learn from the inputs it learns from the hidden units", "[02][lesson]") {
  // [relearn]
  mat X = {{0, 0, 1, 1}, {0, 1, 0, 1}};
  mat H = forward_steps({xor_network()[0]}, X);  // the outputs of the hidden layer
  Rng rng(1);
  CHECK(learn(H, {0, 1, 1, 0}, 1, 100, rng).converged);
  // [/relearn]
}

TEST_CASE("a half adder", "[02][lesson]") {
  for (real x1 : {0, 1})
    for (real x2 : {0, 1}) CHECK(2 * fire(and_gate(), {x1, x2}) + xor_gate(x1, x2) == x1 + x2);
}

}  // namespace
}  // namespace nn
