// Lesson 5: slopes without knowing what is inside, and a walk downhill. Slopes are compared with those that calculus
// gives.
#include "contracts/numerical_gradient.hpp"

#include <cmath>
#include <limits>

#include "autograder/tests/support/expect.hpp"
#include "nn/activations.hpp"
#include "nn/losses.hpp"
#include "nn/support/toys.hpp"

namespace nn {

using Curve = std::function<real(real)>;          // a function of a number
using Surface = std::function<real(const mat&)>;  // a function of a matrix
using Slope = std::function<mat(const mat&)>;     // its gradient
using Downhill = std::function<vec(const vec&)>;  // the gradient that a walk follows

static const Tolerance slopes{1e-7, 1e-7};  // what rounding leaves of a slope at delta = 1e-5

// 5.1

TEST_CASE("the central difference of a parabola is its slope, however large delta", "[05][5.1]") {
  const Curve parabola = [](real x) { return 3 * x * x - 2 * x + 1; };
  for (const real delta : {2.0, 0.5, 0.25, 1.0 / 1024}) {
    check<derivative>(10, parabola, 2.0, delta);
    check<derivative>(-2, parabola, 0.0, delta);
    check<derivative>(-11, parabola, -1.5, delta);
  }
}

TEST_CASE("of a cubic it is the slope and delta squared", "[05][5.1]") {
  const Curve cubic = [](real x) { return x * x * x; };
  check<derivative>(3.25, cubic, 1.0, 0.5);
  check<derivative>(16, cubic, -2.0, 2.0);
  check<derivative>(0.0625, cubic, 0.0, 0.25);
}

TEST_CASE("a line has one slope and a constant none", "[05][5.1]") {
  for (const real delta : {1.0, 0.125, 1e-3}) {
    check<derivative>(-1.75, Curve([](real x) { return 4 - 1.75 * x; }), 0.5, delta);
    check<derivative>(0, Curve([](real) { return real(42); }), 7.0, delta);
  }
}

TEST_CASE("a small delta gives the slopes that calculus gives", "[05][5.1]") {
  Rng rng = seeded(51);
  for (int k = 0; k < 10; ++k) {
    const real x = rng.uniform(real(0.25), 3);
    check<derivative>(std::cos(x), slopes, Curve([](real u) { return std::sin(u); }), x, 1e-5);
    check<derivative>(std::exp(x), slopes, Curve([](real u) { return std::exp(u); }), x, 1e-5);
    check<derivative>(-1 / (x * x), slopes, Curve([](real u) { return 1 / u; }), x, 1e-5);
  }
}

TEST_CASE("both sides of x count the same", "[05][5.1]") {
  check<derivative>(0, Curve([](real x) { return std::abs(x); }), 0.0, 0.01);
  check<derivative>(0.5, Curve([](real x) { return x > 0 ? x : 0; }), 0.0, 0.01);
  check<derivative>(1.5, Curve([](real x) { return x > 1 ? 3 * x : 3; }), 1.0, 0.25);
}

TEST_CASE("derivative turns away a delta that is not above 0", "[05][5.1]") {
  for (const real delta : {0.0, -1e-5, std::nan("")})
    rejects<derivative>(Curve([](real x) { return x * x; }), 1.0, delta);
}

// 5.2

/// sum_i c_i x_i^2 + the product of all entries, and its gradient.
static Surface bowl(const mat& C) {
  return [C](const mat& X) {
    real sum = 0, product = 1;
    for (uword i = 0; i < C.n_elem; ++i) sum += C.at(i) * X.at(i) * X.at(i), product *= X.at(i);
    return sum + product;
  };
}

static mat bowl_slope(const mat& C, const mat& X) {
  mat G(arma::size(X));
  for (uword i = 0; i < X.n_elem; ++i) {
    G(i) = 2 * C(i) * X(i);
    real others = 1;
    for (uword j = 0; j < X.n_elem; ++j)
      if (j != i) others *= X(j);
    G(i) += others;
  }
  return G;
}

TEST_CASE("the gradient of known surfaces", "[05][5.2]") {
  check<numerical_gradient>({{2, 4, 6}, {8, 10, 12}}, slopes, Surface([](const mat& X) { return accu(X % X); }),
                            mat{{1, 2, 3}, {4, 5, 6}}, 1e-5);
  check<numerical_gradient>({{0.3, -4}}, slopes, Surface([](const mat& X) { return X(0) * X(0) / 20 + X(1) * X(1); }),
                            mat{{3, -2}}, 1e-5);
  check<numerical_gradient>(vec{5, 3, 0}, slopes, Surface([](const mat& X) { return X(0) * X(1) - 7; }),
                            mat(vec{3, 5, 9}), 1e-5);
  check<numerical_gradient>(vec{-0.5}, slopes, Surface([](const mat& X) { return 1 / X(0); }), mat(vec{std::sqrt(2.0)}),
                            1e-5);
}

TEST_CASE("each entry has a slope of its own while the others hold still", "[05][5.2]") {
  Rng rng = seeded(52);
  const std::pair<uword, uword> shapes[]{{3, 2}, {2, 5}, {1, 4}, {5, 1}, {1, 1}, {3, 3}};
  for (const auto& [rows, columns] : shapes) {
    const mat C = random_uniform(rows, columns, -2, 2, rng), X = random_uniform(rows, columns, real(0.5), 2, rng);
    check<numerical_gradient>(bowl_slope(C, X), {1e-6, 1e-6}, bowl(C), X, 1e-5);
  }
}

TEST_CASE("with a large delta it is the central difference of each entry", "[05][5.2]") {
  const Surface cubes = [](const mat& X) { return accu(X % X % X); };
  check<numerical_gradient>({{3.25, 12.25, 0.25}, {27.25, 3.25, 0.25}}, cubes, mat{{1, 2, 0}, {-3, -1, 0}}, 0.5);
  const Surface product = [](const mat& X) { return X(0, 0) * X(0, 1) * X(1, 0) * X(1, 1); };
  check<numerical_gradient>({{60, 40}, {30, 24}}, product, mat{{2, 3}, {4, 5}}, 1.0);
}

TEST_CASE("f is asked about matrices of the shape of X", "[05][5.2]") {
  const Surface picky = [](const mat& X) {
    return X.n_rows == 2 && X.n_cols == 3 ? X(0, 2) + 10 * X(1, 0) : arma::datum::nan;
  };
  check<numerical_gradient>({{0, 0, 1}, {10, 0, 0}}, picky, mat{{1, 2, 3}, {4, 5, 6}}, 0.125);
}

TEST_CASE("no entries have no slopes", "[05][5.2]") {
  const Surface constant = [](const mat&) { return real(1); };
  check<numerical_gradient>(mat(0, 3), constant, mat(0, 3), 1e-5);
}

TEST_CASE("numerical_gradient turns away a delta that is not above 0", "[05][5.2]") {
  for (const real delta : {0.0, -1e-5, std::nan("")})
    rejects<numerical_gradient>(Surface([](const mat& X) { return accu(X); }), mat{{1, 2}, {3, 4}, {5, 6}}, delta);
}

// 5.3

TEST_CASE("relative error of known pairs", "[05][5.3]") {
  check<relative_error>(0.5, 1.0, 2.0);
  check<relative_error>(0.2, 5.0, 4.0);
  check<relative_error>(0.75, -1.0, -4.0);
  check<relative_error>(0, 3.5, 3.5);
  check<relative_error>(0, -7.0, -7.0);
}

TEST_CASE("zero is as far from any number as can be of one sign", "[05][5.3]") {
  for (const real a : {0.25, 3.0, -0.5, -8.0}) {
    check<relative_error>(1, a, 0.0);
    check<relative_error>(1, 0.0, a);
    check<relative_error>(2, a, -a);
  }
  check<relative_error>(1.25, -1.0, 4.0);
}

TEST_CASE("zero against zero is no error", "[05][5.3]") {
  check<relative_error>(0, 0.0, 0.0);
  check<relative_error>(0, real(-0.0), 0.0);
}

TEST_CASE("the size of the two does not matter", "[05][5.3]") {
  for (const real scale : {1e-200, 1e-12, 1e-5, 1e6, 1e200}) {
    check<relative_error>(0.4, 3 * scale, 5 * scale);
    check<relative_error>(1.6, -3 * scale, 5 * scale);
    check<relative_error>(0.5, -2 * scale, -1 * scale);
  }
}

TEST_CASE("the order of the two does not matter", "[05][5.3]") {
  Rng rng = seeded(53);
  for (int k = 0; k < 10; ++k) {
    const real small = rng.uniform(real(0.1), 1), large = rng.uniform(1, 9);
    check<relative_error>((large - small) / large, small, large);
    check<relative_error>((large - small) / large, large, small);
    check<relative_error>((large + small) / large, -large, small);
  }
}

// 5.4

/// Of x^2 / 20 + y^2, the long valley of the slides.
static const Downhill valley = [](const vec& x) { return vec{x(0) / 10, 2 * x(1)}; };

TEST_CASE("in the valley x^2 / 20 + y^2 each step shrinks or stretches x and y by a factor", "[05][5.4]") {
  for (const real rate : {0.01, 0.5, 0.9, 1.05}) {  // crawls, walks, zig-zags, flies apart
    mat path(2, 21);
    for (uword t = 0; t <= 20; ++t)
      path.col(t) = vec{-7 * std::pow(1 - rate / 10, real(t)), 2 * std::pow(1 - 2 * rate, real(t))};
    check<gradient_descent>(path, valley, vec{-7, 2}, rate, 20);
  }
}

TEST_CASE("two steps by hand", "[05][5.4]") {
  const Downhill saddle = [](const vec& x) { return vec{2 * x(1), 2 * x(0), -x(2) * x(2)}; };
  check<gradient_descent>({{1, 2, 3.25}, {-2, -2.5, -3.5}, {4, 8, 24}}, saddle, vec{1, -2, 4}, 0.25, 2);
}

TEST_CASE("no step leaves the start alone", "[05][5.4]") {
  check<gradient_descent>(vec{3, -4}, valley, vec{3, -4}, 0.5, 0);
}

/// Seven steps of 0.3.
static const auto plain_descent = oracle<mat>("path", [](const Downhill& gradient, const vec& x0) {
  mat path(x0.n_elem, 8);
  path.col(0) = x0;
  for (uword t = 1; t < 8; ++t)
    for (uword i = 0; i < x0.n_elem; ++i) path(i, t) = path(i, t - 1) - real(0.3) * gradient(path.col(t - 1))(i);
  return path;
});

TEST_CASE("every column follows from the one before", "[05][5.4]") {
  Rng rng = seeded(54);
  for (const uword d : {1, 2, 5}) {
    const mat S = random_normal(d, d, rng);
    const vec x0 = random_normal(d, 1, rng);
    const Downhill gradient = [S](const vec& x) {
      vec g(x.n_elem);
      for (uword i = 0; i < x.n_elem; ++i) {
        g(i) = std::sin(x(i));
        for (uword j = 0; j < x.n_elem; ++j) g(i) += S(i, j) * x(j) / 4;
      }
      return g;
    };
    check<gradient_descent>(plain_descent(gradient, x0), gradient, x0, 0.3, 7);
  }
}

TEST_CASE("a gradient of another size is an error", "[05][5.4]") {
  for (const uword size : {0, 1, 3}) {
    const Downhill odd = [size](const vec&) { return vec(size, arma::fill::ones); };
    rejects<gradient_descent>(odd, vec{1, 2}, 0.1, 3);
  }
}

// 5.5

/// A curve through 0 whose difference over delta = 10^-k, central and to the right, is known for each k.
static Curve tailored(const vec& central, const vec& right) {
  return [central, right](real h) {
    const real decade = h == 0 ? 1 : std::round(-std::log10(std::abs(h)));
    if (!(decade >= 1 && decade <= real(central.n_elem))) return real(0);
    const uword k = uword(decade) - 1;
    return central(k) * h + (right(k) - central(k)) * std::abs(h);
  };
}

TEST_CASE("the best delta is that of the smallest error, wherever it lies", "[05][5.5]") {
  for (uword best = 1; best <= 12; ++best) {
    vec central(12), right(12);
    for (uword k = 1; k <= 12; ++k) {
      const real bump = k % 3 == 0 && k != best ? real(0.05) : 0;  // the error may rise and fall again
      const real error = real(0.02) * real(k > best ? k - best : best - k) + real(0.001) + bump;
      central(k - 1) = 3 + ((k % 2 == 0) ? error : -error);
      right(k - 1) = 3 + real(0.5) + real(0.03) * real((k + 5) % 12);
    }
    check<best_delta>(std::pow(real(10), -real(best)), Tolerance{0, 1e-6}, tailored(central, right),
                      Curve([](real) { return real(3); }), 0.0);
  }
}

TEST_CASE("for smooth curves it lies between rounding and truncation", "[05][5.5]") {
  const auto between = [](real delta) { return delta > 0.9e-7 && delta < 1.1e-3; };
  const auto judge = [&](const Curve& f, const Curve& df, real x) {
    holds<best_delta>("a delta from 1e-7 to 1e-3, where the error is smallest", between, f, df, x);
  };
  const Curve e = [](real x) { return std::exp(x); }, s = [](real x) { return std::sin(x); };
  judge(e, e, 1);
  judge(e, e, 2.3);
  judge(s, Curve([](real x) { return std::cos(x); }), 0.7);
  judge(Curve([](real x) { return x * x * x * x; }), Curve([](real x) { return 4 * x * x * x; }), 1.7);
}

TEST_CASE("a delta that leaves where f is a number is never the best", "[05][5.5]") {
  holds<best_delta>(
      "a delta that stays inside the logarithm's domain", [](real delta) { return delta > 0 && delta < 0.002; },
      Curve([](real x) { return x > 0 ? std::log(x) : arma::datum::nan; }), Curve([](real x) { return 1 / x; }), 0.05);
}

// 5.6

TEST_CASE("a right gradient has next to no error", "[05][5.6]") {
  Rng rng = seeded(56);
  const std::pair<uword, uword> shapes[]{{3, 2}, {1, 4}, {4, 1}, {2, 3}};
  for (const auto& [rows, columns] : shapes) {
    const mat C = random_uniform(rows, columns, 1, 2, rng), X = random_uniform(rows, columns, real(0.5), 2, rng);
    holds<check_gradient>(
        "an error below 1e-6, at an entry of X",
        [rows = rows, columns = columns](const GradientCheck& worst) {
          return worst.error >= 0 && worst.error < 1e-6 && worst.row < rows && worst.col < columns;
        },
        bowl(C), Slope([C](const mat& A) { return bowl_slope(C, A); }), X);
  }
}

TEST_CASE("one wrong entry is found, with both values", "[05][5.6]") {
  Rng rng = seeded(560);
  const std::pair<uword, uword> shapes[]{{3, 2}, {2, 4}, {1, 5}, {4, 1}};
  for (const auto& [rows, columns] : shapes)
    for (uword i = 0; i < rows * columns; ++i) {
      const mat C = random_uniform(rows, columns, 1, 2, rng), X = random_uniform(rows, columns, real(0.5), 2, rng);
      const real right = bowl_slope(C, X)(i), wrong = right * (i % 2 == 0 ? real(0.75) : real(1.5));
      const Slope slope = [C, i, wrong](const mat& A) {
        mat G = bowl_slope(C, A);
        G(i) = wrong;
        return G;
      };
      check<check_gradient>({i % 2 == 0 ? 0.25 : 1 / real(3), i % rows, i / rows, wrong, right}, Tolerance{1e-6, 1e-6},
                            bowl(C), slope, X);
    }
}

TEST_CASE("the error is relative: small slopes count as much as large ones", "[05][5.6]") {
  const Surface f = [](const mat& X) { return 1000 * X(0, 0) + X(0, 1) * X(0, 1) / 8 - X(1, 0) + 40 * X(1, 1); };
  const Slope half = [](const mat& X) { return mat{{1100, X(0, 1) / 8}, {-1.25, 50}}; };
  const Slope sign = [](const mat& X) { return mat{{1100, X(0, 1) / 8}, {1, 50}}; };
  const mat X{{1, 2}, {3, 4}};
  check<check_gradient>({0.5, 0, 1, 0.25, 0.5}, Tolerance{1e-6, 1e-6}, f, half, X);
  check<check_gradient>({2, 1, 0, 1, -1}, Tolerance{1e-6, 1e-6}, f, sign, X);
}

TEST_CASE("slopes of zero on both sides agree", "[05][5.6]") {
  const Surface f = [](const mat& X) { return 3 * X(1) * X(1); };
  const Slope slope = [](const mat& X) { return mat(vec{0, 8 * X(1), 0}); };
  check<check_gradient>({0.25, 1, 0, 24, 18}, Tolerance{1e-6, 1e-6}, f, slope, mat(vec{1, 3, 7}));
}

TEST_CASE("of equal errors the first counts, column by column", "[05][5.6]") {
  const Surface f = [](const mat& X) { return 2 * X(1, 0) * X(1, 0) + 8 * X(0, 1) + X(1, 2) + 9 * X(0, 2); };
  const Slope flat = [](const mat& X) { return mat(X.n_rows, X.n_cols, arma::fill::zeros); };
  check<check_gradient>({1, 1, 0, 0, 12}, Tolerance{1e-6, 1e-6}, f, flat, mat{{1, 2, 5}, {3, 4, 6}});
}

/// Of c x^3 at 0 the central difference is c delta^2: it tells which delta was taken.
TEST_CASE("the numerical gradient is taken with delta = 1e-5", "[05][5.6]") {
  const Surface cubic = [](const mat& X) { return real(4e10) * X(0) * X(0) * X(0); };
  check<check_gradient>({0.75, 0, 0, 1, 4}, Tolerance{1e-6, 1e-6}, cubic,
                        Slope([](const mat&) { return mat(1, 1).fill(1); }), mat(1, 1).fill(0));
}

TEST_CASE("not-a-number is an error of infinity", "[05][5.6]") {
  const auto at = [](uword row, uword col) {
    return [row, col](const GradientCheck& worst) {
      return std::isinf(worst.error) && worst.row == row && worst.col == col;
    };
  };
  const mat X{{1, 2, 3}, {4, 5, 6}};
  const Surface f = [](const mat& A) { return accu(A % A); };
  for (uword i = 0; i < X.n_elem; ++i) {
    const Slope slope = [i](const mat& A) {
      mat G = 2 * A;
      G(0, 0) = -100;
      G(i) = arma::datum::nan;
      return G;
    };
    holds<check_gradient>("an error of infinity at the entry of df(X) that is not a number", at(i % 2, i / 2), f, slope,
                          X);
  }
  const Slope two = [](const mat&) { return mat{{2, 4, arma::datum::nan}, {8, arma::datum::nan, 12}}; };
  holds<check_gradient>("an error of infinity at the first entry that is not a number", at(1, 1), f, two, X);
  const Surface broken = [](const mat& A) { return A(0, 2) == 3 ? accu(A % A) : arma::datum::nan; };
  holds<check_gradient>("an error of infinity where the numerical gradient is not a number", at(0, 2), broken,
                        Slope([](const mat& A) -> mat { return 2 * A; }), X);
}

TEST_CASE("a gradient of another shape is an error", "[05][5.6]") {
  const Surface f = [](const mat& A) { return accu(A % A); };
  for (const mat& G : {mat(3, 2), mat(2, 2), mat(1, 3), mat(6, 1), mat(1, 1), mat()})
    rejects<check_gradient>(f, Slope([G](const mat&) -> mat { return G + 1; }), mat{{1, 2, 3}, {4, 5, 6}});
  rejects<check_gradient>(f, Slope([](const mat& A) -> mat { return 2 * A; }), mat());
  rejects<check_gradient>(f, Slope([](const mat& A) -> mat { return 2 * A; }), mat(0, 3));
}

// 5.7

/// Of small weights: training with large ones would diverge and make every rounding error large, too.
static Network random_network(const std::vector<uword>& units, const std::vector<Activation>& activations, Rng& rng) {
  Network network;
  for (uword l = 0; l < activations.size(); ++l)
    network.push_back({random_uniform(units[l + 1], units[l], -1, 1, rng), random_uniform(units[l + 1], 1, -1, 1, rng),
                       activations[l]});
  return network;
}

/// What `steps` steps make of a network, each a step along the slopes of calculus.
static const auto walked = oracle<Trained>(
    "walk", [](Network network, const mat& X, const mat& T, real rate, uword steps, auto slopes_of) -> Trained {
      vec losses(steps + 1);
      for (uword t = 0; t <= steps; ++t) {
        losses(t) = mean_squared_error(forward(network, X), T);
        if (t == steps) break;
        const Network slope = slopes_of(network, X, T);
        for (uword l = 0; l < network.size(); ++l) network[l].W -= rate * slope[l].W, network[l].b -= rate * slope[l].b;
      }
      return {network, losses};
    });

/// Of layers that bend nothing: the loss is a parabola in each number, and its central difference is exactly this.
static const auto slopes_of_lines =
    oracle<Network>("slopes", [](Network network, const mat& X, const mat& T) -> Network {
      mat above = (forward(network, X) - T) / real(X.n_cols);
      for (uword l = network.size(); l-- > 0;) {
        const mat below = l == 0 ? X : forward(Network(network.begin(), network.begin() + long(l)), X);
        network[l].b = sum(above, 1);
        above = [&, now = above] {
          const mat passed = network[l].W.t() * now;
          network[l].W = now * below.t();
          return passed;
        }();
      }
      return network;
    });

/// Of units one after the other, w and b each a single number, with tanh or sigmoid: by the chain rule.
static const auto slopes_of_a_chain = oracle<Network>("slopes", [](const Network& network, const mat& X, const mat& T) {
  Network all = network;
  for (Layer& layer : all) layer.W.zeros(), layer.b.zeros();
  for (uword j = 0; j < X.n_cols; ++j) {
    std::vector<real> a{X(0, j)};
    for (const Layer& layer : network) {
      const real z = layer.W(0) * a.back() + layer.b(0);
      a.push_back(layer.activation == Activation::tanh ? std::tanh(z) : 1 / (1 + std::exp(-z)));
    }
    real slope = (a.back() - T(0, j)) / real(X.n_cols);
    for (uword l = network.size(); l-- > 0;) {
      const real y = a[l + 1];
      slope *= network[l].activation == Activation::tanh ? 1 - y * y : y * (1 - y);
      all[l].W(0) += slope * a[l], all[l].b(0) += slope;
      slope *= network[l].W(0);
    }
  }
  return all;
});

TEST_CASE("one step of a single linear unit, by hand", "[05][5.7]") {
  const Network before{{{{2, -1}}, {0.5}, Activation::identity}};
  const mat X{{1, 3}, {2, 0}}, T{{-0.5, 4.5}};  // outputs 0.5 and 6.5: errors 1 and 2
  const Network after{{{{2 - 0.35, -1 - 0.1}}, {0.5 - 0.15}, Activation::identity}};  // dW = (3.5, 1), db = 1.5
  check<train_numerically>({after, {1.25, 0.1825}}, slopes, before, X, T, 0.1, 1);
}

TEST_CASE("every weight and every bias walks downhill from the same network", "[05][5.7]") {
  Rng rng = seeded(57);
  const Activation line = Activation::identity;
  const Network deep = random_network({2, 3, 2}, {line, line}, rng), wide = random_network({3, 2}, {line}, rng),
                narrow = random_network({1, 2, 1, 2}, {line, line, line}, rng);
  for (const Network& network : {deep, wide, narrow}) {
    const mat X = random_uniform(network.front().W.n_cols, 4, -2, 2, rng),
              T = random_uniform(network.back().W.n_rows, 4, -2, 2, rng);
    check<train_numerically>(walked(network, X, T, real(0.1), 3, slopes_of_lines), slopes, network, X, T, 0.1, 3);
  }
}

TEST_CASE("through what bends, too", "[05][5.7]") {
  Rng rng = seeded(573);
  const Network chain = random_network({1, 1, 1, 1}, {Activation::tanh, Activation::sigmoid, Activation::tanh}, rng);
  const mat X = random_normal(1, 5, rng), T = random_normal(1, 5, rng);
  check<train_numerically>(walked(chain, X, T, real(0.3), 3, slopes_of_a_chain), slopes, chain, X, T, 0.3, 3);
}

/// Inputs of 1e5 make a step of 1e-5 in w one of 1 in z, where tanh is bent: the slope tells which delta was taken.
TEST_CASE("each slope is taken with delta = 1e-5", "[05][5.7]") {
  const mat X = mat(1, 1).fill(1e5), T = mat(1, 1).fill(0.5);
  const auto loss = [](real z) { return (std::tanh(z) - real(0.5)) * (std::tanh(z) - real(0.5)) / 2; };
  const auto far = [&](const Network& now, const mat&, const mat&) {
    const real z = now[0].W(0) * real(1e5) + now[0].b(0);
    Network slope = now;
    slope[0].W.fill((loss(z + 1) - loss(z - 1)) / real(2e-5));
    slope[0].b.fill((loss(z + real(1e-5)) - loss(z - real(1e-5))) / real(2e-5));
    return slope;
  };
  const Network sharp{{mat(1, 1).fill(2e-6), {0}, Activation::tanh}};
  check<train_numerically>(walked(sharp, X, T, real(1e-12), 2, far), slopes, sharp, X, T, real(1e-12), 2);
}

TEST_CASE("without a step the network stays as it is", "[05][5.7]") {
  Rng rng = seeded(570);
  const Network network = random_network({2, 3, 1}, {Activation::relu, Activation::sigmoid}, rng);
  const ToyData table = or_table();
  const rowvec T{0, 1, 1, 1};
  check<train_numerically>({network, vec{mean_squared_error(forward(network, table.X), T)}}, network, table.X, T, 1.0,
                           0);
}

TEST_CASE("a single neuron learns AND, OR and NAND with no derivative known", "[05][5.7]") {
  const mat X = and_table().X;
  for (const rowvec& T : {rowvec{0, 0, 0, 1}, rowvec{0, 1, 1, 1}, rowvec{1, 1, 1, 0}}) {
    Rng rng = seeded(uword(571 + accu(T)));
    const Network start{{random_uniform(1, 2, -1, 1, rng), random_uniform(1, 1, -1, 1, rng), Activation::sigmoid}};
    holds<train_numerically>(
        "after 120 steps a smaller loss and the right answer to all four inputs",
        [&](const Trained& trained) {
          const mat Y = forward(trained.network, X);
          if (Y.n_elem != 4) return false;
          for (uword j = 0; j < 4; ++j)
            if (!((Y(j) > 0.5) == (T(j) == 1))) return false;
          return trained.losses.n_elem == 121 && trained.losses(120) < trained.losses(0);
        },
        start, X, T, 4.0, 120);
  }
}

TEST_CASE("samples and targets that do not fit the network are an error", "[05][5.7]") {
  Rng rng = seeded(572);
  const Network network = random_network({2, 3, 1}, {Activation::tanh, Activation::sigmoid}, rng);
  for (const uword steps : {0, 2}) {
    rejects<train_numerically>(network, mat(3, 4, arma::fill::ones), mat(1, 4, arma::fill::ones), 0.1, steps);
    rejects<train_numerically>(network, mat(1, 4, arma::fill::ones), mat(1, 4, arma::fill::ones), 0.1, steps);
    rejects<train_numerically>(network, mat(2, 4, arma::fill::ones), mat(2, 4, arma::fill::ones), 0.1, steps);
    rejects<train_numerically>(network, mat(2, 4, arma::fill::ones), mat(1, 3, arma::fill::ones), 0.1, steps);
    rejects<train_numerically>(network, mat(2, 0), mat(1, 0), 0.1, steps);
  }
}

}  // namespace nn
