// The words about wrong results: each is said where it is true, and not where it only nearly is.
#include "autograder/tests/support/relations.hpp"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <ctime>

namespace nn {

using arma::mat;

namespace {

const mat E{{0.5, -1.25, 2.75}, {3.5, 0.125, -4.5}}, Z{{1, -2, 3}, {-4, 5, -6}};

Miss miss(const mat& expected, const mat& found, const mat& argument = Z, Tolerance tolerance = {}) {
  return {{{"", expected}}, {{"", found}}, {{"Z", argument}}, tolerance};
}

std::string all(const std::vector<Miss>& misses, const std::vector<Parts>& passed = {}, std::size_t failed = 0) {
  std::string text;
  for (const std::string& sentence : relations(misses, passed, failed).sentences) text += sentence + "\n";
  return text;
}

std::string of(const mat& found, const mat& expected = E) { return all({miss(expected, found)}); }

bool says(const std::string& text, const std::string& words) {
  UNSCOPED_INFO(text);
  return text.find(words) != std::string::npos;
}

/// One entry that the relation does not explain.
mat spoilt(mat found) {
  found(1, 1) = 0.0625;
  return found;
}

}  // namespace

TEST_CASE("what every wrong entry is, is said where it is true of all and only there") {
  const std::pair<mat, std::string> samples[] = {
      {2 * E, "every wrong entry is 2 times what it should be"},
      {E / 7, "is 1/7 times"},
      {-E, "has the wrong sign"},
      {E / std::log(2.0), "(1 / log 2)"},
      {mat(2, 3, arma::fill::zeros), "every wrong entry is 0\n"},
      {arma::trunc(E), "cut to a whole number"},
      {1 - E, "is 1 minus what it should be"},
      {E + 1, "is what it should be, plus 1"},
      {1 / E, "is 1 divided by what it should be"},
      {E % E, "is the square of what it should be"},
      {arma::exp(E), "is exp of what it should be"},
      {E + 0.375, "is what it should be plus 0.375"},
      {E % Z, "is what it should be times the entry of Z"},
      {E - Z, "is what it should be minus the entry of Z"},
      {Z, "is the entry of Z at its place: nothing was done there"},
      {mat(2, 3).fill(0.3), "every wrong entry is 0.3\n"},
      {mat(2, 3).fill(arma::datum::nan), "every wrong entry is not a number"},
      {mat(2, 3).fill(arma::datum::inf), "every wrong entry is infinite"},
  };
  for (const auto& [found, words] : samples) {
    CHECK(says(of(found), words));
    CHECK_FALSE(says(of(spoilt(found)), words));
  }
}

TEST_CASE("a formula of the arguments is said where every wrong entry is one") {
  const mat Y{{0.9, 0.2, 0.7}, {0.4, 0.6, 0.3}}, T{{1, 0.5, 0.25}, {0.125, 0.75, 2}}, e = Y % T + 5;
  const auto with = [&](const mat& found) {
    Miss one = miss(e, found);
    one.arguments = {{"Y", Y}, {"T", T}};
    return all({one});
  };
  const std::pair<mat, std::string> samples[] = {
      {Y - T, "every wrong entry is Y - T\n"},
      {T - Y, "every wrong entry is -1 times (Y - T)"},
      {(Y - T) / 3, "every wrong entry is 1/3 times (Y - T)"},
      {1 / (1 + arma::exp(Y - 1)), "every wrong entry is sigmoid(1 - Y)"},
      {Y % (1 - Y), "every wrong entry is Y * (1 - Y)"},
      {e % (1 - Y), "every wrong entry is (what it should be) * (1 - Y)"},
  };
  for (const auto& [found, words] : samples) {
    CHECK(says(with(found), words));
    CHECK_FALSE(says(with(spoilt(found)), words));
  }
}

TEST_CASE("a formula of a matrix product") {
  const mat W{{1, 2}, {-3, 5}, {0.5, -1}}, d{{2, 1}, {-1, 0.25}, {4, 3}}, e = W.t() * d + 1, s = W.t() * d;
  Miss one = miss(e, s % (1 - s));
  one.arguments = {{"W", W}, {"d", d}};
  CHECK(says(all({one}), "every wrong entry is (W.t() * d) * (1 - (W.t() * d))"));
  one.found[0].value(0) += 1;
  CHECK_FALSE(says(all({one}), "W.t()"));
}

TEST_CASE("many arguments take no time") {
  std::vector<Miss> misses(60, miss(E, E % E + Z));
  for (Miss& one : misses)
    for (int k = 0; k < 30; ++k) one.arguments.push_back({"layer " + std::to_string(k) + " W", E + k});
  const std::clock_t begun = std::clock();
  all(misses);
  CHECK(double(std::clock() - begun) / CLOCKS_PER_SEC < 2);
}

TEST_CASE("a squashing that is missing, or one too many, is told without an argument") {
  const mat exp = arma::exp(E);
  const std::pair<std::string, mat> squashed[] = {
      {"sigmoid", exp / (1 + exp)}, {"tanh", arma::tanh(E)}, {"softmax", exp.each_row() / arma::rowvec(sum(exp))}};
  for (const auto& [name, made] : squashed) {
    Miss missing = miss(made, E), twice = miss(E, made);
    for (int k = 0; k < 9; ++k) missing.arguments.push_back({"W" + std::to_string(k), mat(1, 1)});
    twice.arguments = missing.arguments;
    CHECK(says(all({missing}), "every wrong entry would be right after " + name + ": is that missing?"));
    CHECK(says(all({twice}), "every wrong entry is " + name + "(what it should be)"));
    missing.found[0].value(0) += 0.5, twice.found[0].value(0) += 0.5;
    CHECK_FALSE(says(all({missing, twice}), name));
  }
}

TEST_CASE("a wrong enum is told by its name") {
  Miss one = miss(E, E);
  const auto name = [](double x) { return std::string(x == 0 ? "identity" : "relu"); };
  one.expected.push_back({"activation", mat(1, 1).fill(1), name});
  one.found.push_back({"activation", mat(1, 1).fill(0), name});
  CHECK(says(all({one}), "only activation is wrong"));
  CHECK(says(all({one}), "activation is identity"));
}

TEST_CASE("one number of two matrices") {
  std::vector<Miss> misses;
  for (int k = 1; k < 5; ++k) {
    const mat Y = arma::linspace(0, k, 4), T = arma::square(arma::linspace(-1, 1, 4));
    misses.push_back(
        {{{"", mat(1, 1).fill(k)}}, {{"", mat(1, 1).fill(2 * arma::accu(Y - T))}}, {{"Y", Y}, {"T", T}}, {}});
  }
  CHECK(says(all(misses), "the result is 2 times (the sum of (Y - T)) in all 4 failed checks"));
  misses[2].found[0].value += 0.01;
  CHECK_FALSE(says(all(misses), "the sum of"));
}

TEST_CASE("a loss that folds the wrong number at 0, one of a single score among them") {
  std::vector<Miss> misses;
  for (uword n = 1; n < 6; ++n) {
    const mat z = mat{{0.25, -1.5, 0.5, -2, 3}}.head_cols(n), y = mat{{1, -1, 1, -1, 1}}.head_cols(n);
    const double found = arma::accu(arma::clamp(y - z, 0, 100)) / double(n);
    misses.push_back({{{"", mat(1, 1).fill(9 + n)}}, {{"", mat(1, 1).fill(found)}}, {{"z", z}, {"y", y}}, {}});
  }
  CHECK(says(all(misses), "1/(the number of columns of z) times (the sum of max(0, -(z - y)))"));
  misses[2].found[0].value += 0.01;
  CHECK_FALSE(says(all(misses), "the sum of"));
}

TEST_CASE("an argument that is 0, or always the same, explains nothing") {
  std::vector<Miss> misses;
  for (const double e : {0.5, 1.5, 3.0, 4.5}) {
    misses.push_back({{{"", mat(1, 1).fill(e)}}, {{"", mat(1, 1).fill(e * e + 0.1)}}, {{"patience", mat(1, 1)}}, {}});
    misses.back().arguments[0].value.fill(0);
  }
  CHECK_FALSE(says(all(misses), "patience"));
  for (Miss& one : misses) one.arguments[0].value.fill(7), one.found[0].value.fill(7);
  CHECK_FALSE(says(all(misses), "patience"));
}

TEST_CASE("numbers as small as what they may be off by show no factor") {
  std::vector<Miss> misses;
  for (const double e : {2e-3, 2.1e-3, 1.9e-3, 2.2e-3})
    misses.push_back({{{"", mat(1, 1).fill(e)}}, {{"", mat(1, 1).fill(7e-5 * e)}}, {{"m", mat(1, 1).fill(1 / e)}}, {}});
  CHECK(says(all(misses), "7e-05 times what it should be"));
  for (Miss& one : misses) one.tolerance = {0.1, 0.02}, one.expected[0].value += 2, one.found[0].value += 0.07;
  CHECK_FALSE(says(all(misses), "times"));
}

TEST_CASE("a sum of two terms with factors of their own") {
  const mat W{{1, 2}, {-3, 0.5}}, X{{1, 4, -2}, {0.25, -1, 3}}, b = arma::vec{0.5, -2};
  Miss one = miss(W * X + arma::repmat(b, 1, 3), 2 * W * X - arma::repmat(b, 1, 3));
  one.arguments = {{"W", W}, {"b", b}, {"X", X}};
  CHECK(says(all({one}), "is -b + 2 * (W * X)"));
  one.found[0].value(0, 0) += 0.1;
  CHECK_FALSE(says(all({one}), "2 * (W * X)"));
}

TEST_CASE("where nothing was done") {
  const mat Z{{-1, -2, 3}, {-4, 5, -6}};
  Miss one = miss(arma::clamp(Z, 0, 10), Z);
  one.arguments = {{"Z", Z}};
  CHECK(says(all({one}), "is the entry of Z at its place: nothing was done there"));
  CHECK(relations({one}).all_explained);  // the wrong entries differ, though all should have been 0
}

TEST_CASE("a formula that is nested deeper") {
  const auto sigmoid = [](const mat& m) -> mat { return 1 / (1 + arma::exp(-m)); };
  Miss one = miss(E, sigmoid(1 - sigmoid(E)));
  one.arguments = {{"A", E}};
  CHECK(says(all({one}), "is sigmoid(1 - sigmoid(A))"));
}

TEST_CASE("a formula of an argument that is doubled, and half of two exponentials") {
  Miss one = miss(E % E + 1, 1 / (1 + arma::exp(-2 * E)));
  one.arguments = {{"A", E}};
  CHECK(says(all({one}), "is sigmoid(2 * A)"));
  one.found[0].value = (arma::exp(E) - arma::exp(-E)) / 2;
  CHECK(says(all({one}), "is 1/2 times (exp(A) - exp(-A))"));
}

TEST_CASE("a norm that is not squared") {
  std::vector<Miss> misses;
  for (int k = 1; k < 5; ++k) {
    const mat Y = arma::linspace(0, k, 4), T = arma::square(arma::linspace(-1, 1, 4));
    misses.push_back(
        {{{"", mat(1, 1).fill(k)}}, {{"", mat(1, 1).fill(arma::norm(Y - T) / 2)}}, {{"Y", Y}, {"T", T}}, {}});
  }
  CHECK(says(all(misses), "the result is 1/2 times (the root of the sum of the squares of (Y - T)) in all 4"));
}

TEST_CASE("a number beside a matrix, and a product less a square") {
  Miss one = miss(E % E + 1, E + 0.25);
  one.arguments = {{"Z", E}, {"alpha", mat{0.25}}};
  CHECK(says(all({one}), "is Z + alpha"));
  const mat A = arma::sin(E);
  one.found[0].value = E % A - E % E;
  one.arguments = {{"Z", E}, {"A", A}};
  CHECK(says(all({one}), "is -1 times ((Z - A) * Z)"));
}

TEST_CASE("a number that comes before its matrix, which begins as one entry") {
  std::vector<Miss> misses;
  for (const uword n : {1, 1, 1, 1, 1, 1, 3}) {
    const double alpha = 0.25 + double(misses.size());
    const mat X = arma::cos(alpha + arma::linspace(1, double(n), n));
    misses.push_back(miss(X % X + 7, alpha - arma::square(X)));
    misses.back().arguments = {{"alpha", mat{alpha}}, {"X", X}};
  }
  CHECK(says(all(misses), "is -1 times ((X squared) - alpha) in all 7"));
}

TEST_CASE("1 less a mean") {
  std::vector<Miss> misses;
  for (uword n = 1; n < 6; ++n) {
    const mat z = mat{{0.25, -1.5, 0.5, -2, 3}}.head_cols(n), y = mat{{1, 1, 2, -1, -1}}.head_cols(n);
    const double found = 1 - arma::accu(arma::clamp(y % z, 0, 100)) / double(n);
    misses.push_back({{{"", mat(1, 1).fill(9 + n)}}, {{"", mat(1, 1).fill(found)}}, {{"z", z}, {"y", y}}, {}});
  }
  CHECK(says(all(misses), "is 1 - (1/(the number of columns of z) times (the sum of max(0, z * y)))"));
}

TEST_CASE("three numbers are no evidence of a formula with a factor") {
  std::vector<Miss> misses;
  for (const auto& [x, delta] : {std::pair{1.0, 0.3}, {-2.0, 1.1}, {3.0, -0.7}, {4.0, 0.6}, {-5.0, 0.2}}) {
    misses.push_back(miss(mat{3 * x * x + delta}, mat{2 * x * (1 - delta + x)}));
    misses.back().arguments = {{"x", mat{x}}, {"delta", mat{delta}}};
  }
  CHECK(says(all(misses), "2 times x times ((1 - delta) + x)"));
  misses.resize(3);
  CHECK_FALSE(says(all(misses), "delta"));
}

TEST_CASE("one answer to all is no rounding and no softmax") {
  std::vector<Miss> misses;
  for (const double e : {0.1, 0.01, 0.25, 0.5}) misses.push_back(miss(mat{e}, mat{1}));
  CHECK_FALSE(says(all(misses), "rounded"));
  CHECK_FALSE(says(all(misses), "softmax"));
}

TEST_CASE("columns with a factor each") {
  const mat S{{0.1, 0.5}, {0.2, 0.25}, {0.7, 0.25}};
  mat found = S;
  found.col(0) *= 3, found.col(1) *= 1.5;
  CHECK(says(of(found, S), "the result has each column right but for a factor of its own"));
  CHECK(says(of(found.t(), S.t()), "the result has each row right but for a factor of its own"));
  found(0, 0) *= 1.01;
  CHECK_FALSE(says(of(found, S), "of its own"));
  mat moved = E;
  moved.row(0) += 3, moved.row(1) -= 1.5;
  CHECK(says(of(moved), "the result has each row right but for a number of its own that is added"));
  CHECK(says(of(moved.t(), E.t()), "the result has each column right but for a number of its own that is added"));
  CHECK_FALSE(says(of(spoilt(moved)), "of its own"));
}

TEST_CASE("a factor that is another one in each check") {
  std::vector<Miss> misses;
  for (const double factor : {1.25, 3.5, 0.75}) misses.push_back(miss(E, factor * E));
  CHECK(
      says(all(misses), "the result is right but for one factor, the same for all its entries in all 3 failed checks"));
  CHECK_FALSE(says(all(misses), "of its own"));
  for (Miss& one : misses) one.found[0].value.col(0) *= 2;
  CHECK(says(all(misses), "has each column right but for a factor of its own in all 3"));
}

TEST_CASE("most checks have one factor, and the others a guard") {
  std::vector<Miss> misses;
  for (const double e : {0.5, 1.5, 3.0, 4.5}) misses.push_back(miss(mat{e}, mat{-2 * e}, mat{1 / e}));
  misses.push_back(miss(mat{708.4}, mat{-27.6}, mat{1e9}));
  CHECK(says(all(misses), "the result is -2 times what it should be in 4 of the 5 failed checks"));
  misses[4].expected[0].value = mat{7.4}, misses[4].found[0].value = mat{-2.6};
  CHECK_FALSE(says(all(misses), "is -2 times"));
}

TEST_CASE("a factor that is not exact is called so") {
  std::vector<Miss> misses;
  for (const double e : {0.5, 1.5, 3.0, 4.5}) misses.push_back(miss(mat{e}, mat{e / 2 + 1e-4 * e * e}));
  CHECK(says(all(misses), "the result is about 0.5 times what it should be in all 4 failed checks"));
  misses[0].found[0].value += 1, misses[1].found[0].value -= 1;
  CHECK_FALSE(says(all(misses), "about"));
}

TEST_CASE("several single numbers as arguments take no time") {
  std::vector<Miss> misses;
  for (int k = 0; k < 34; ++k) {
    misses.push_back(miss(mat{1 + std::sin(k)}, mat{2 + std::cos(3 * k)}, mat{1.5 + k % 5}));
    for (const char* name : {"n", "alpha", "beta"})
      misses.back().arguments.push_back({name, mat(1, 1).fill(name[0] + std::sin(k + name[0]))});
  }
  const std::clock_t begun = std::clock();
  all(misses);
  CHECK(double(std::clock() - begun) / CLOCKS_PER_SEC < 3);
}

TEST_CASE("matrices whose products fit, too, take no time") {
  std::vector<Miss> misses;
  for (int k = 0; k < 20; ++k) {
    const mat A = arma::sin(mat(4, 4, arma::fill::value(k)) + arma::reshape(arma::linspace(0, 3, 16), 4, 4));
    misses.push_back(miss(arma::cos(A), arma::sin(7 * A), arma::log(A % A + 1)));
    misses.back().arguments.push_back({"A", A});
    misses.back().arguments.push_back({"alpha", mat{0.25 + k}});
  }
  const std::clock_t begun = std::clock();
  all(misses);
  CHECK(double(std::clock() - begun) / CLOCKS_PER_SEC < 3);
}

TEST_CASE("one number in the place of another") {
  const mat zeros(3, 2, arma::fill::zeros);
  CHECK(says(of(zeros + 1, zeros), "every wrong entry is 1\n"));
  CHECK_FALSE(relations({miss(zeros, zeros + 1)}).all_explained);  // a known mistake says more
  CHECK(relations({miss(E, 2 * E)}).all_explained);
  CHECK_FALSE(says(of(zeros + mat{{1, 1}, {1, 1}, {1, 2}}, zeros), "every wrong entry is"));
}

TEST_CASE("an argument in the place of the result") {
  std::vector<Miss> misses;
  for (const double alpha : {0.25, 0.75}) {
    misses.push_back(miss(E, mat(2, 3).fill(alpha)));
    misses.back().arguments.push_back({"alpha", mat(1, 1).fill(alpha)});
  }
  CHECK(says(all(misses), "every wrong entry is alpha in all 2 failed checks"));
  misses[0].found[0].value(1) += 1;
  CHECK_FALSE(says(all(misses), "every wrong entry is alpha"));
}

TEST_CASE("the items of a part are called by its name") {
  Miss one;
  one.expected = one.found = {{"dW count", mat{2}}, {"dW item 0", E}, {"dW item 1", Z}, {"db item 0", mat{{1, 2, 3}}}};
  one.found[1].value = 2 * E;
  CHECK(says(all({one}), "only dW is wrong"));
  CHECK(says(all({one}), "every wrong entry of dW is 2 times what it should be"));
  Miss alone{
      {{"count", mat{2}}, {"item 0", E}, {"item 1", E}}, {{"count", mat{2}}, {"item 0", E}, {"item 1", -E}}, {}, {}};
  CHECK(says(all({alone}), "every wrong entry of item 1 has the wrong sign"));
}

TEST_CASE("a sum with a function of one argument") {
  std::vector<Miss> misses;
  for (int k = 1; k < 5; ++k) {
    const mat P = arma::linspace(0.1, 0.2 * k, 4), T = arma::square(arma::linspace(-1, 1, 4));
    misses.push_back(miss(mat{double(k)}, mat{-arma::accu(T % arma::log(1 - P))}));
    misses.back().arguments = {{"P", P}, {"T", T}};
  }
  CHECK(says(all(misses), "the result is -1 times (the sum of (T * (log(1 - P)))) in all 4"));
  for (Miss& one : misses)
    one.found[0].value = arma::accu(arma::square(one.arguments[0].value) - arma::square(one.arguments[1].value));
  CHECK(says(all(misses), "the result is the sum of ((P squared) - (T squared)) in all 4"));
}

TEST_CASE("numbers that mean different things are not put into one sentence") {
  Miss one = miss(mat{0}, mat{3}), two = miss(mat{1}, mat{0.5});
  one.expected[0].name = one.found[0].name = "the number of entries that are not 0";
  two.expected[0].name = two.found[0].name = "the mean";
  CHECK_FALSE(says(all({one, one, two, two}), "neither 0 nor 1"));
}

TEST_CASE("what is said of one part says in how many checks that is wrong") {
  const auto step = [](const mat& W, double loss) {
    return Miss{{{"dW", E}, {"loss", mat{2}}}, {{"dW", W}, {"loss", mat{loss}}}, {}, {}};
  };
  std::vector<Miss> misses(3, step(spoilt(E + Z), 2));
  misses.push_back(step(spoilt(E + Z), arma::datum::inf));
  CHECK_FALSE(says(all(misses), "infinite"));  // once in four
  misses[0] = misses[3];
  CHECK(says(all(misses), "loss is infinite in 2 of the 4 failed checks\n"));
}

TEST_CASE("a number that was never set") {
  const double pattern = -5.3140105e303;
  CHECK(says(of(E + pattern), "every wrong entry is a number that was never set"));
  CHECK_FALSE(says(of(E + 1e30), "never set"));
}

TEST_CASE("a float is told by its digits") {
  const mat exact{{0.1, 0.2, 0.3}, {1.0 / 3, 0.7, 0.9}},
      rounded = arma::conv_to<mat>::from(arma::conv_to<arma::fmat>::from(exact));
  CHECK(says(of(rounded, exact), "7 digits of a float"));
  CHECK_FALSE(says(of(exact * (1 + 1e-7), exact), "float"));
}

TEST_CASE("two wrong entries make no factor") {
  mat found = E;
  found(0) *= 2, found(1) *= 2;
  CHECK_FALSE(says(of(found), "times"));
}

TEST_CASE("a factor that follows the arguments is said by their names") {
  std::vector<Miss> misses;
  for (const arma::uword n : {2, 3, 5}) {
    const mat e = arma::reshape(arma::linspace(1, 2, 2 * n), 2, n);
    misses.push_back(miss(e, double(n) * e, mat(4, n, arma::fill::ones)));
    misses.back().arguments.push_back({"rate", mat(1, 1).fill(0.3 * double(n))});
  }
  CHECK(says(all(misses), "is the number of columns of Z times what it should be in all 3 failed checks"));
  for (Miss& one : misses) one.found[0].value = -one.expected[0].value / (2 * double(one.arguments[0].value.n_cols));
  CHECK(says(all(misses), "is -0.5 times 1/(the number of columns of Z) times what it should be"));
  for (Miss& one : misses) one.found[0].value = one.expected[0].value * one.arguments[1].value(0);
  CHECK(says(all(misses), "is rate times what it should be"));
  misses[0].found[0].value *= 1.01;
  CHECK_FALSE(says(all(misses), "rate times what it should be in all"));
}

TEST_CASE("a matrix as a whole") {
  const mat S{{1, 2, 3}, {4, 5, 6}, {7, 8, 10}};
  const std::pair<mat, std::string> samples[] = {
      {S.t(), "is the transpose of what it should be"},
      {arma::fliplr(S), "has its columns in reverse order"},
      {arma::flipud(S), "has its rows in reverse order"},
      {arma::shift(S, 1, 1), "has its columns one place too late"},
      {arma::shift(S, -1, 0), "has its rows one place too early"},
      {arma::reshape(S.t(), 3, 3), "is the transpose"},
      {mat{{1, 2, 3}, {4, 5, 10}, {7, 8, 6}}, "holds the right numbers, but at other places"},
      {arma::repmat(S.col(0), 1, 3), "has the same numbers in every column"},
  };
  for (const auto& [found, words] : samples) {
    CHECK(says(of(found, S), words));
    mat other = found;
    other(0, 0) += 0.4, other(2, 1) -= 0.7, other(1, 2) += 0.2;
    CHECK_FALSE(says(of(other, S), words));
  }
}

TEST_CASE("a result of another shape") {
  CHECK(says(of(E.t()), "is the transpose of what it should be"));
  CHECK(says(of(E.head_cols(2)), "has one column too few; the entries that both have are right"));
  CHECK(says(of(arma::join_cols(E, E.row(0))), "has one row too many"));
  CHECK_FALSE(says(of(E.head_cols(2) + 1), "are right"));
  CHECK(says(of(mat()), "the result is empty"));
  CHECK(says(all({{{{"dW", E}, {"dX", E}}, {{"dW", E}, {"dX", mat()}}, {}, {}}}), "dX is empty\n"));
  CHECK(says(all({miss(mat(5, 5), Z)}), "is Z as it was: nothing was done"));
}

TEST_CASE("where the wrong entries are") {
  mat found = E;
  for (arma::uword i = 0; i < E.n_elem; ++i)
    if (Z(i) < 0) found(i) = 9 + double(i);
  CHECK(says(of(found), "wrong exactly where Z is below 0"));
  found(0) = 77;
  CHECK_FALSE(says(of(found), "exactly where Z is below 0"));
  found = E;
  found.col(2) = arma::vec{17, 19};
  CHECK(says(of(found), "in the last column"));
  found = E;
  found.row(1) = arma::rowvec{7, 9, 12};
  CHECK(says(of(found), "in the last row"));
}

TEST_CASE("a range of an argument, and its place beside a number among them") {
  mat found = E;
  found(0) = 7, found(4) = 9;  // where Z is 1 and 3
  CHECK(says(of(found), "wrong exactly where Z is between 1 and 3"));
  found(5) = 8;
  CHECK_FALSE(says(of(found), "between"));
  Miss one = miss(E, E);
  one.arguments.push_back({"limit", mat(1, 1).fill(2)});
  for (const arma::uword i : {0, 1, 2, 5}) one.found[0].value(i) = 20 + double(i);
  CHECK(says(all({one}), "wrong exactly where Z is below limit"));
  one.arguments[1].value(0) = 1;
  CHECK_FALSE(says(all({one}), "limit"));
}

TEST_CASE("branches with a mistake each") {
  mat found = E;
  for (arma::uword i = 0; i < E.n_elem; ++i) found(i) = Z(i) < 0 ? 0 : 2.5 * E(i);
  CHECK(says(of(found), "is 0 where Z is below 0, and is 2.5 times what it should be where it is above 0"));
  CHECK_FALSE(says(of(spoilt(found)), "where Z is below 0, and"));
}

TEST_CASE("which checks fail is told by their arguments") {
  const Miss wide = miss(E, E + Z % Z / 8), other = miss(2 * E, 2 * E + Z % Z / 8);
  const std::vector<Parts> narrow{{{"Z", mat(2, 1).fill(7)}}, {{"Z", mat(5, 1).fill(-7)}}};
  CHECK(says(all({wide, other}, narrow),
             "wrong in every check where Z has more than 1 column(s), and right in all 2 others"));
  std::vector<Parts> mixed = narrow;
  mixed.push_back({{"Z", Z}});
  CHECK_FALSE(says(all({wide, other}, mixed), "in every check where"));
  mixed.push_back({{"Z", mat(2, 1).fill(arma::datum::nan)}});  // as in memory that is used again
  CHECK_FALSE(says(all({wide, other}, mixed), "in every check where"));
}

TEST_CASE("of many arguments one tells few checks apart by chance") {
  std::vector<Miss> misses(2, miss(E, E + Z % Z / 8));
  std::vector<Parts> passed(5, {{"Z", mat(2, 1).fill(7)}});
  CHECK(says(all(misses, passed), "in every check where Z has more than 1 column(s)"));
  for (int k = 0; k < 20; ++k) {
    for (Miss& one : misses) one.arguments.push_back({"node " + std::to_string(k), Z});
    for (Parts& parts : passed) parts.push_back({"node " + std::to_string(k), Z});
  }
  CHECK_FALSE(says(all(misses, passed), "in every check where"));
}

TEST_CASE("what is said of some checks says of how many") {
  CHECK(says(all({miss(E, 2 * E), miss(2 * E, 4 * E)}, {}, 5), "in 2 of the 5 failed checks"));
  CHECK(says(all({miss(E, 2 * E), miss(2 * E, 4 * E)}), "in all 2 failed checks"));
}

TEST_CASE("what fewer than a third of the failed checks have in common is not said") {
  const mat columns = E * arma::diagmat(arma::vec{3, 1.5, 2}), late = arma::join_rows(E.col(2), E.head_cols(2));
  const std::pair<mat, std::string> samples[] = {
      {2 * E, "2 times"}, {late, "one place too late"}, {columns, "a factor of its own"}, {E.head_cols(2), "too few"}};
  for (const auto& [found, words] : samples) {
    CHECK(says(all({miss(E, found)}, {}, 3), words));
    CHECK(all({miss(E, found)}, {}, 4).empty());
  }
  Miss moved = miss(E + Z, Z - E);
  moved.expected[0].name = moved.found[0].name = "W", moved.arguments[0].name = "network layer 0 W";
  CHECK(says(all({moved}, {}, 3), "what is added to W has the wrong sign"));
  CHECK(all({moved}, {}, 4).empty());
}

TEST_CASE("transposes, square or not, are counted together") {
  const mat square{{1, 2, 3}, {4, 5, 6}, {7, 8, 10}};
  const std::string text = all({miss(E, E.t()), miss(square, square.t()), miss(2 * E, 2 * E.t())});
  CHECK(text == "the result is the transpose of what it should be in all 3 failed checks\n");
  std::vector<Miss> few(4, miss(E, E.t()));
  few.push_back(miss(square, square.t()));
  CHECK(all(few) == "the result is the transpose of what it should be in all 5 failed checks\n");
}

TEST_CASE("one or two numbers have no order, and are no argument as it was") {
  const mat two{{1.5, 4}};
  CHECK_FALSE(says(of(arma::fliplr(two), two), "reverse"));
  CHECK(says(all({miss(two, arma::fliplr(two)), miss(2 * two, 2 * arma::fliplr(two))}), "reverse"));
  CHECK_FALSE(says(all({miss(mat(), mat{1}, mat{1})}), "as it was"));
}

TEST_CASE("what is added to an argument") {
  Miss step;
  step.arguments = {{"network layer 0 W", Z}, {"rate", mat(1, 1).fill(0.25)}};
  step.expected = {{"layer 0 W", Z - 0.25 * E}, {"layer 0 b", mat{{1, 2, 3}}}};
  step.found = {{"layer 0 W", Z + 0.25 * E}, {"layer 0 b", mat{{1, 2, 3}}}};
  CHECK(says(all({step}), "\nwhat is added to W has the wrong sign"));
  Miss half = step;
  half.found[0].value.col(0) = half.expected[0].value.col(0);
  CHECK(says(all({half}), "where it is wrong, what is added to W has the wrong sign"));
  step.found[0].value(1, 1) += 1;
  CHECK_FALSE(says(all({step}), "what is added"));
}

TEST_CASE("answers that should be 0 or 1") {
  const mat wanted{{0, 1, 1}, {1, 0, 0}};
  CHECK(says(of(wanted + mat{{0.25, -0.5, 0.125}, {0.5, -0.25, 0}}, wanted), "every wrong entry is neither 0 nor 1\n"));
  CHECK_FALSE(says(of(mat{{1, 0, 0}, {1, 0, 0}}, wanted), "every wrong entry"));
  CHECK(says(of(1 - E), "every wrong entry is 1 minus what it should be\n"));
}

TEST_CASE("of answers that should be -1 or 1 the sign says nothing") {
  const mat signs{{1, -1, 1, -1}, {-1, 1, 1, 1}};
  CHECK_FALSE(says(all({miss(signs, -signs, mat(1, 1))}), "sign"));
}

TEST_CASE("from where on a sequence is wrong") {
  const mat path{{1, 2, 3, 4}, {5, 6, 7, 9}};
  mat late = path;
  late.tail_cols(2) += mat{{0.5, 0.3}, {0, 0.7}};
  CHECK(says(of(late, path), "the first 2 columns are right, all after them are wrong\n"));
  CHECK_FALSE(says(of(late, path), "it is wrong"));
  mat losses = late.row(0).t();
  CHECK(says(of(losses, path.row(0).t()), "the first 2 entries are right, all after them are wrong\n"));
  late.col(3) = path.col(3);
  CHECK_FALSE(says(of(late, path), "the first"));
  mat short_one = path.head_cols(2);
  short_one(1, 0) += 0.25;  // wrong from the beginning: not so in every check
  CHECK_FALSE(says(all({miss(path, path + mat{{0, 0, 0.5, 0.3}, {0, 0, 0, 0.7}}), miss(path.head_cols(2), short_one)}),
                   "the first"));
}

TEST_CASE("no miss, no words") { CHECK(relations({}).sentences.empty()); }

}  // namespace nn
