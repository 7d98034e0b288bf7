// What lesson 5 shows and claims, checked: the code blocks of its README.md are cut from here, its numbers repeated.
#include "nn/numerical_gradient.hpp"
#include "lessons/examples.hpp"

#include "nn/activations.hpp"
#include "nn/losses.hpp"
#include "nn/support/random.hpp"
#include "nn/support/toys.hpp"

namespace nn {
namespace {

bool close(real a, real b, int digits) { return equal(vec{a}, vec{b}, digits); }

real cube_of(real x) { return x * x * x; }
real valley_at(const mat& p) { return p(0) * p(0) / 20 + p(1) * p(1); }

rowvec answers(const ToyData& gate) { return arma::conv_to<rowvec>::from(gate.labels); }

TEST_CASE("the slope of x^3 at 2, measured", "[05][lesson]") {
  // [derivative]
  auto cube = [](real x) { return x * x * x; };
  CHECK(close(derivative(cube, 2, 0.1), 12.01, 12));
  CHECK(close(derivative(cube, 2, 0.01), 12.0001, 11));
  // [/derivative]
  CHECK(close(cube(2.1), 9.261, 12));
  CHECK(close(cube(1.9), 6.859, 12));
  CHECK(close(9.261 - 6.859, 2.402, 12));
  CHECK(close(2.402 / 0.2, 12.01, 12));
  CHECK(close((cube(2.1) - cube(2)) / 0.1, 12.61, 12));
  CHECK(close((cube(2.01) - cube(2)) / 0.01, 12.0601, 11));
  CHECK(1 / 2 == 0);
}

TEST_CASE("the picture of the chords", "[05][lesson]") {
  CHECK(close(derivative(cube_of, 1, 0.6), 3.36, 12));
  CHECK(close((cube_of(1.6) - cube_of(1)) / 0.6, 5.16, 12));
}

TEST_CASE("one slope an entry", "[05][lesson]") {
  // [gradient]
  auto valley = [](const mat& p) { return p(0) * p(0) / 20 + p(1) * p(1); };
  mat G = numerical_gradient(valley, vec{-7, 2}, 1e-5);
  CHECK(equal(G, vec{-0.7, 4}, 6));
  // [/gradient]
  CHECK(close((valley(vec{-6.9, 2}) - valley(vec{-7.1, 2})) / 0.2, -0.7, 12));
  CHECK(close(valley(vec{-6.9, 2}), 6.3805, 12));
  CHECK(close(6.3805 - 6.5205, -0.14, 12));
  CHECK(close(valley(vec{-7.1, 2}), 6.5205, 12));
  const vec down = -vec{-0.7, 4}, bottom = {7, -2};
  CHECK(close(std::acos(dot(down, bottom) / norm(down) / norm(bottom)) * 180 / arma::datum::pi, 64, 0));
}

TEST_CASE("the slope of the network of exercise 1.11.9 (exercise 1.11.10)", "[05][lesson]") {
  const auto out = [](real x1, real x2) {
    const auto s = [](real z) { return 1 / (1 + std::exp(-z)); };
    const real h = s(x1 + x2) + std::tanh(x1 + x2);
    return std::max(real(0), s(h) + std::tanh(h));
  };
  CHECK(close(out(0, 0), 1.0846, 4));
  CHECK(close(derivative([&](real x1) { return out(x1, 0); }, 0, 1e-5), 1.2768, 4));
  const real s = 1 / (1 + std::exp(-0.5)), t = std::tanh(0.5);
  CHECK(close((0.25 + 1) * (s * (1 - s) + 1 - t * t), 1.2768, 4));
}

TEST_CASE("the best delta", "[05][lesson]") {
  // [best]
  auto cube = [](real x) { return x * x * x; };
  auto slope = [](real x) { return 3 * x * x; };
  CHECK(relative_error(best_delta(cube, slope, 2), 1e-5) < 1e-9);
  // [/best]
  CHECK(relative_error(best_delta(cube, slope, 1.7), 1e-5) < 1e-9);  // the figure's
  CHECK(close(std::cbrt(std::numeric_limits<double>::epsilon()), 6e-6, 6));
  const auto error = [&](real delta) { return std::abs(derivative(cube, 1.7, delta) - slope(1.7)); };
  CHECK(close(error(0.1), 0.01, 10));
  CHECK(close(error(0.001), 1e-6, 10));
  CHECK(error(1e-5) < 2e-10);
  CHECK((error(1e-13) > 0.005 && error(1e-13) < 0.02));
}

TEST_CASE("how far apart two numbers are", "[05][lesson]") {
  // [relative]
  CHECK(relative_error(0.001, 0.002) == 0.5);
  CHECK(close(relative_error(1000.001, 1000.002), 1e-6, 9));
  CHECK(relative_error(3, -3) == 2);
  CHECK(relative_error(0, 0) == 0);
  // [/relative]
  CHECK(close(std::abs(0.001 - 0.002), std::abs(1000.001 - 1000.002), 9));
}

TEST_CASE("a gradient checked, and a wrong one found", "[05][lesson]") {
  // [check]
  mat Z = {{0.5, -1, 2, 0.1},  // 3 logits, 4 samples
           {1.5, 0.3, -2, 0.7},
           {-0.4, 0.8, 1, 0.2}};
  mat T = one_hot({2, 0, 1, 1}, 3);
  auto loss = [&](const mat& A) { return softmax_cross_entropy(A, T); };
  auto right = [&](const mat& A) { return softmax_cross_entropy_gradient(A, T); };
  auto wrong = [&](const mat& A) -> mat { return softmax(A) - T; };  // the mean forgotten
  CHECK(check_gradient(loss, right, Z).error < 1e-7);
  CHECK(close(check_gradient(loss, wrong, Z).error, 0.75, 6));
  // [/check]
  CHECK(check_gradient(loss, right, Z).error < 1e-8);
  const auto doubled = [&](const mat& A) -> mat { return 2 * right(A); };
  const auto turned = [&](const mat& A) -> mat { return -right(A); };
  const auto none = [&](const mat& A) -> mat { return 0 * right(A); };
  CHECK(close(check_gradient(loss, doubled, Z).error, 0.5, 6));
  CHECK(close(check_gradient(loss, turned, Z).error, 2, 6));
  CHECK(check_gradient(loss, none, Z).error == 1);
}

TEST_CASE("at a kink the measured slope is the mean of both sides", "[05][lesson]") {
  const auto bent = [](const mat& z) -> real { return relu(z)(0); };
  CHECK(close(numerical_gradient(bent, vec{0}, 1e-5)(0), 0.5, 9));
  CHECK(relu_derivative(vec{0})(0) == 0);
  CHECK(check_gradient(
            bent, [](const mat& z) { return relu_derivative(z); }, vec{0})
            .error == 1);
}

TEST_CASE("downhill on x squared", "[05][lesson]") {
  // [descent]
  auto slope = [](const vec& x) -> vec { return 2 * x; };  // of x^2
  CHECK(equal(gradient_descent(slope, vec{1}, 0.1, 3), {{1, 0.8, 0.64, 0.512}}));
  CHECK(equal(gradient_descent(slope, vec{1}, 0.9, 3), {{1, -0.8, 0.64, -0.512}}));
  CHECK(equal(gradient_descent(slope, vec{1}, 1.05, 3), {{1, -1.1, 1.21, -1.331}}));
  // [/descent]
  CHECK(equal(gradient_descent(slope, vec{1}, 0.5, 2), {{1, 0, 0}}));
  CHECK(equal(gradient_descent(slope, vec{1}, 1, 2), {{1, -1, 1}}));
}

TEST_CASE("thirty steps in the valley", "[05][lesson]") {
  const auto gradient = [](const vec& p) -> vec { return numerical_gradient(valley_at, p, 1e-5); };
  const auto end = [&](real rate) -> vec { return gradient_descent(gradient, {-7, 2}, rate, 30).col(30); };
  for (real rate : {0.01, 0.9, 1.05})
    CHECK(equal(end(rate), vec{-7 * std::pow(1 - rate / 10, 30), 2 * std::pow(1 - 2 * rate, 30)}, 5));
  CHECK(equal(end(0.01), vec{-6.79, 1.09}, 2));
  CHECK(equal(end(0.9), vec{-0.41, 0.00}, 2));
  CHECK(close(end(1.05)(1), 34.9, 1));
  for (real rate : {0.01, 0.9, 1.05}) CHECK(std::abs(1 - rate / 10) < 1);
  CHECK(close(1 - 0.01 / 10, 0.999, 12));
  CHECK(close(1 - 2 * 0.01, 0.98, 12));
  CHECK(close(1 - 0.9 / 10, 0.91, 12));
  CHECK(close(1 - 2 * 0.9, -0.8, 12));
  CHECK(close(1 - 1.05 / 10, 0.895, 12));
  CHECK(close(1 - 2 * 1.05, -1.1, 12));
}

TEST_CASE("where you end depends on where you start", "[05][lesson]") {
  const auto f = [](const mat& x) { return std::pow(x(0), 4) - 2 * x(0) * x(0) + 0.3 * x(0); };
  const auto slope = [&](const vec& x) -> vec { return numerical_gradient(f, x, 1e-5); };
  const vec right = gradient_descent(slope, vec{1}, 0.05, 200).col(200),
            left = gradient_descent(slope, vec{-1}, 0.05, 200).col(200);
  CHECK(close(right(0), 0.960, 3));
  CHECK(close(f(right), -0.706, 3));
  CHECK(close(left(0), -1.036, 3));
  CHECK(close(f(left), -1.305, 3));

  const auto saddle = [](const vec& p) -> vec { return {2 * p(0), -2 * p(1)}; };  // of x^2 - y^2
  CHECK(norm(gradient_descent(saddle, {1, 0}, 0.1, 200).col(200)) < 1e-9);
  CHECK(std::abs(gradient_descent(saddle, {1, 1e-6}, 0.1, 200)(1, 200)) > 1e6);
}

TEST_CASE("a step by hand and a NAND from the loss alone", "[05][lesson]") {
  // [nand]
  mat X = {{0, 0, 1, 1}, {0, 1, 0, 1}};
  mat T = {{1, 1, 1, 0}};
  Network neuron = {{mat(1, 2, arma::fill::zeros), {0}, Activation::sigmoid}};
  Trained nand = train_numerically(neuron, X, T, 4, 1000);
  CHECK(nand.losses(0) == 0.125);
  CHECK(close(nand.losses(1), 0.111, 3));
  CHECK(nand.losses(1000) < 0.002);
  CHECK(equal(round(forward(nand.network, X)), T));
  // [/nand]
  const auto loss = [&](real w1, real b) {
    return mean_squared_error(forward({{mat{{w1, 0}}, {b}, Activation::sigmoid}}, X), T);
  };
  CHECK(close(sigmoid(vec{0.1})(0), 0.525, 3));
  CHECK(close(sigmoid(vec{-0.1})(0), 0.475, 3));
  CHECK(close(loss(0, 0.1), 0.1191, 4));
  CHECK(close(loss(0, -0.1), 0.1316, 4));
  CHECK(close((3 * 0.475 * 0.475 + 0.525 * 0.525) / 8, 0.1191, 4));
  CHECK(close((3 * 0.525 * 0.525 + 0.475 * 0.475) / 8, 0.1316, 4));
  CHECK(close((0.1191 - 0.1316) / 0.2, -0.0625, 12));
  CHECK(close(derivative([&](real b) { return loss(0, b); }, 0, 1e-5), -0.0625, 9));
  CHECK(close(derivative([&](real w1) { return loss(w1, 0); }, 0, 0.1), 0, 12));
  const Trained once = train_numerically(neuron, X, T, 4, 1);
  CHECK(close(once.network[0].b(0), 0.25, 9));
  CHECK(abs(once.network[0].W).max() < 1e-9);
  CHECK(equal(nand.network[0].W, {{-5.5, -5.5}}, 1));
  CHECK(close(nand.network[0].b(0), 8.3, 1));
  CHECK(close(nand.losses(1000), 0.0013, 4));

  CHECK(close(train_numerically(neuron, X, T, 0.01, 1000).losses(1000), 0.101, 3));
  const Trained leapt = train_numerically(neuron, X, T, 1000, 10);
  CHECK(close(leapt.network[0].b(0), 62.5, 3));
  CHECK(close(leapt.losses(10), 0.125, 6));
}

TEST_CASE("XOR from the loss alone, from twenty starts", "[05][lesson]") {
  const ToyData gate = xor_table();
  const auto learned = [&](std::uint64_t seed, uword steps) {
    Rng rng(seed);
    const mat W1 = random_uniform(2, 2, -1, 1, rng), b1 = random_uniform(2, 1, -1, 1, rng);
    const Network network = {{W1, b1, Activation::sigmoid},
                             {random_uniform(1, 2, -1, 1, rng), {0}, Activation::sigmoid}};
    return train_numerically(network, gate.X, answers(gate), 4, steps);
  };
  uword successes = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) successes += learned(seed, 2000).losses(2000) < 0.01;
  CHECK(successes == 15);
  const Trained first = learned(1, 1000), other = learned(3, 1000);  // the two of the figure
  CHECK(first.losses(1000) < 0.0025);
  CHECK(close(other.losses(1000), 0.064, 3));
  INFO(forward(other.network, gate.X));
  const mat stuck = abs(forward(other.network, gate.X) - 0.5);
  CHECK(accu(stuck < 0.1) == 2);  // two answers near one half ...
  CHECK(accu(stuck > 0.4) == 2);  // ... and two right
  CHECK(0.5 * (2 * 0.25) / 4 == 0.0625);
  Rng rng(1);
  const Network neuron = {{random_uniform(1, 2, -1, 1, rng), {0}, Activation::sigmoid}};
  const Trained one = train_numerically(neuron, gate.X, answers(gate), 4, 1000);
  CHECK(close(one.losses(1000), 0.125, 6));
  CHECK(equal(forward(one.network, gate.X), mat(1, 4).fill(0.5), 3));
}

TEST_CASE("what a digit reader would cost", "[05][lesson]") {
  const real weights = 784 * 100 + 100 * 10, parameters = weights + 100 + 10;
  CHECK(weights == 79400);
  CHECK(parameters == 79510);
  CHECK(2 * parameters == 159020);
  const real multiplications = 2 * parameters * weights;
  CHECK(close(multiplications / 1e9, 12.6, 1));
  CHECK(close(multiplications / 1e9 * 60000 / (24 * 3600), 8.8, 1));
  uword evaluations = 0;
  (void)numerical_gradient([&](const mat&) { return real(++evaluations); }, vec(9, arma::fill::zeros), 1e-5);
  CHECK(evaluations == 18);
}

TEST_CASE("a sum in place of a mean needs a smaller rate", "[05][lesson]") {
  const auto mean_slope = [](const vec& x) -> vec { return 2 * x; };
  const auto sum_slope = [](const vec& x) -> vec { return 100 * 2 * x; };
  CHECK(equal(gradient_descent(mean_slope, vec{1}, 0.1, 5), gradient_descent(sum_slope, vec{1}, 0.001, 5)));
}

}  // namespace
}  // namespace nn
