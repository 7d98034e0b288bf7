// What lesson 3 shows and claims, checked: the code blocks of its README.md are cut from here, its numbers repeated.
#include "nn/activations.hpp"
#include "lessons/examples.hpp"

#include <functional>

namespace nn {
namespace {

mat number(real z) { return mat(1, 1).fill(z); }
real value(const mat& A) { return arma::as_scalar(A); }

TEST_CASE("a function of every entry", "[03][lesson]") {
  // [transform]
  mat Z = {{-1, 2}, {3, -4}};
  Z.transform([](real z) { return z * z; });
  CHECK(Z(1, 1) == 16);
  // [/transform]
}

TEST_CASE("the sigmoid at known points", "[03][lesson]") {
  // [sigmoid]
  mat A = sigmoid({{-2, -1, 0, 1, 2}});
  CHECK(equal(A, {{0.119, 0.269, 0.5, 0.731, 0.881}}, 3));
  CHECK(sigmoid({{-1000, 1000}})(1) == 1);
  // [/sigmoid]
  CHECK_THAT(std::exp(-1.0), WithinAbs(0.368, 5e-4));
  CHECK_THAT(1 / 1.368, WithinAbs(0.731, 5e-4));
  CHECK_THAT(value(sigmoid(number(2))), WithinAbs(0.8808, 5e-5));
  CHECK(value(sigmoid(number(-1000))) == 0);
  CHECK(std::isinf(std::exp(1000.0)));
  CHECK(std::isnan(std::exp(1000.0) / (1 + std::exp(1000.0))));
}

TEST_CASE("tanh is a sigmoid, stretched", "[03][lesson]") {
  // [tanh]
  CHECK(equal(tanh(vec{0.5}), vec{0.4621}, 4));  // 2 * 0.7311 - 1, and sigmoid(1) is 0.7311
  // [/tanh]
  CHECK(equal(tanh(vec{0.5}), 2 * sigmoid(vec{1}) - 1, 15));
  CHECK(equal(sigmoid(vec{1}), vec{0.7311}, 4));
  CHECK_THAT(2 * 0.7311 - 1, WithinAbs(0.4621, 2e-4));
  for (real z : {0.3, 1.0, 4.0}) CHECK_THAT(value(tanh(number(z))), WithinAbs(std::tanh(z), 1e-15));
}

TEST_CASE("the symmetries of exercise 1.11.2", "[03][lesson]") {
  const mat Z = arma::linspace<rowvec>(-5, 5, 101);
  CHECK(equal(sigmoid(-Z), 1 - sigmoid(Z), 14));
  CHECK(equal(tanh(-Z), -tanh(Z), 14));
  CHECK(equal(hard_tanh(-Z), -hard_tanh(Z), 14));
}

TEST_CASE("the table of bent functions", "[03][lesson]") {
  const mat Z = {{-2, -0.5, 0, 1.5}};
  CHECK(equal(relu(Z), {{0, 0, 0, 1.5}}, 12));
  CHECK(equal(leaky_relu(Z, 0.1), {{-0.2, -0.05, 0, 1.5}}, 12));
  CHECK(equal(elu(Z, 1), {{-0.865, -0.393, 0, 1.5}}, 3));
  CHECK(equal(hard_tanh(Z), {{-1, -0.5, 0, 1}}, 12));
  CHECK(std::exp(-1e-17) - 1 == 0);
  CHECK(std::expm1(-1e-17) == -1e-17);
}

TEST_CASE("the slope of the sigmoid at 1, measured and computed", "[03][lesson]") {
  // [slope]
  mat A = sigmoid(vec{1});
  mat A_next = sigmoid(vec{1.001});
  CHECK(equal((A_next - A) / 0.001, vec{0.197}, 3));
  CHECK(equal(sigmoid_derivative(A), vec{0.197}, 3));  // 0.731 * (1 - 0.731)
  // [/slope]
  CHECK_THAT(0.731 * (1 - 0.731), WithinAbs(0.197, 5e-4));
}

TEST_CASE("the steepest point of each curve (exercises 1.11.7 and 1.11.8)", "[03][lesson]") {
  const mat Z = arma::linspace<rowvec>(-4, 4, 801);
  const mat soft = sigmoid_derivative(sigmoid(Z)), twice = tanh_derivative(tanh(Z));
  CHECK_THAT(soft.max(), WithinAbs(0.25, 1e-12));
  CHECK_THAT(twice.max(), WithinAbs(1, 1e-12));
  CHECK(soft.index_max() == 400);
  CHECK(twice.index_max() == 400);
  for (real a : {0.1, 0.5, 0.8}) CHECK_THAT(a * (1 - a), WithinAbs(0.25 - (a - 0.5) * (a - 0.5), 1e-15));
  CHECK_THAT(value(sigmoid_derivative(sigmoid(sigmoid(number(0))))), WithinAbs(0.235, 5e-4));
}

TEST_CASE("what this course takes at the corners", "[03][lesson]") {
  CHECK(value(relu_derivative(number(0))) == 0);
  CHECK(value(hard_tanh_derivative(number(1))) == 0);
  CHECK(value(hard_tanh_derivative(number(-1))) == 0);
  CHECK(value(sign(number(0))) == 0);
}

TEST_CASE("slopes multiplied over twenty layers", "[03][lesson]") {
  const auto product = [](Activation phi, const std::function<real(real)>& slope, real z) {
    Network chain;
    real all = 1;
    for (int depth = 0; depth < 20; ++depth) {
      all *= slope(value(forward(chain, number(z))));
      chain.push_back({number(1), vec{0}, phi});
    }
    return all;
  };
  const real soft = product(
      Activation::sigmoid, [](real z) { return value(sigmoid_derivative(sigmoid(number(z)))); }, 1);
  CHECK((8e-14 < soft && soft < 1e-13));
  CHECK_THAT(product(
                 Activation::tanh, [](real z) { return value(tanh_derivative(tanh(number(z)))); }, 1),
             WithinAbs(0.016, 5e-4));
  const auto bent = [](real z) { return value(relu_derivative(number(z))); };
  CHECK(product(Activation::relu, bent, 1) == 1);
  CHECK(product(Activation::relu, bent, -1) == 0);
  CHECK_THAT(std::pow(0.25, 10), WithinAbs(9.5e-7, 5e-9));
}

TEST_CASE("softmax by hand", "[03][lesson]") {
  // [softmax]
  mat P = softmax(vec{1, 2, 3});
  CHECK(equal(P, vec{0.0900, 0.2447, 0.6652}, 4));
  CHECK(equal(softmax(vec{-2, -1, 0}), P, 15));  // all less by 3: nothing changes
  CHECK(softmax(vec{0, 1000}).is_finite());
  // [/softmax]
  const vec e = exp(vec{1, 2, 3});
  CHECK(equal(e, vec{2.718, 7.389, 20.086}, 3));
  CHECK_THAT(accu(e), WithinAbs(30.193, 5e-4));
  CHECK_THAT(2.718 / 30.193, WithinAbs(0.0900, 5e-5));
  CHECK(equal(exp(vec{-2, -1, 0}), vec{0.135, 0.368, 1}, 3));
  CHECK(std::isnan(std::exp(1000.0) / (std::exp(1000.0) + 1)));
  CHECK(std::isinf(std::exp(710.0)));
  CHECK(std::isfinite(std::exp(709.0)));
}

TEST_CASE("each column by itself", "[03][lesson]") {
  const mat Z = {{1, 0}, {2, 0}, {3, 0}};
  CHECK(equal(sum(softmax(Z), 0), mat{{1, 1}}, 12));
  CHECK(equal(softmax(Z).eval().col(1), vec(3).fill(1.0 / 3), 12));
}

TEST_CASE("softmax of two is a sigmoid of the difference", "[03][lesson]") {
  CHECK_THAT(softmax(vec{1, 0})(0), WithinAbs(value(sigmoid(number(1))), 1e-15));
  CHECK_THAT(softmax(vec{5, 3})(0), WithinAbs(value(sigmoid(number(2))), 1e-15));
}

TEST_CASE("the three-layer network of the slides", "[03][lesson]") {
  // [forward]
  mat W1 = {{0.1, 0.2}, {0.3, 0.4}, {0.5, 0.6}};  // 2 inputs, 3 units
  mat W2 = {{0.1, 0.2, 0.3}, {0.4, 0.5, 0.6}};    // 3 inputs, 2 units
  mat W3 = {{0.1, 0.2}, {0.3, 0.4}};              // 2 inputs, 2 units
  Network network = {{W1, {0.1, 0.2, 0.3}, Activation::sigmoid},
                     {W2, {0.1, 0.2}, Activation::sigmoid},
                     {W3, {0.1, 0.2}, Activation::identity}};
  mat Y = forward(network, vec{1, 0.5});
  CHECK(equal(Y, vec{0.31682708, 0.69627909}, 8));
  // [/forward]
  const Network one(network.begin(), network.begin() + 1), two(network.begin(), network.begin() + 2);
  CHECK(equal(network[0].W * vec{1, 0.5} + network[0].b, vec{0.3, 0.7, 1.1}, 12));
  const mat A1 = forward(one, vec{1, 0.5}), A2 = forward(two, vec{1, 0.5});
  CHECK(equal(A1, vec{0.5744, 0.6682, 0.7503}, 4));
  CHECK(equal(network[1].W * A1 + network[1].b, vec{0.5162, 1.2140}, 4));
  CHECK(equal(A2, vec{0.6262, 0.7710}, 4));
  CHECK(equal(network[2].W * A2 + network[2].b, vec{0.3168, 0.6963}, 4));
  CHECK_THAT(0.1 * 0.5744 + 0.2 * 0.6682 + 0.3 * 0.7503 + 0.1, WithinAbs(0.5162, 5e-5));
  CHECK_THAT(0.1 * 0.6262 + 0.2 * 0.7710 + 0.1, WithinAbs(0.3168, 5e-5));
  CHECK(forward(network, mat(2, 7, arma::fill::zeros)).n_cols == 7);
}

TEST_CASE("the row of the largest entry", "[03][lesson]") {
  // [predict]
  mat Y = {{0.1, 0.6},   // class 0: 2 samples
           {0.2, 0.3},   // class 1
           {0.7, 0.1}};  // class 2
  uvec labels = predict(Y);
  CHECK(labels(0) == 2);
  CHECK(labels(1) == 0);
  // [/predict]
  const mat Z = {{-3, 8}, {0.5, 7}, {2, -1}};
  CHECK(all(predict(Z) == predict(softmax(Z))));
}

TEST_CASE("the network of exercise 1.11.9 with all weights 1", "[03][lesson]") {
  const real h1 = value(sigmoid(number(0))), h2 = value(tanh(number(0)));
  const real g1 = value(sigmoid(number(h1 + h2))), g2 = value(tanh(number(h1 + h2)));
  CHECK(h1 == 0.5);
  CHECK(h2 == 0);
  CHECK_THAT(g1, WithinAbs(0.6225, 5e-5));
  CHECK_THAT(g2, WithinAbs(0.4621, 5e-5));
  CHECK_THAT(value(relu(number(g1 + g2))), WithinAbs(1.0846, 5e-5));
}

TEST_CASE("a sigmoid with large weights is a step", "[03][lesson]") {
  CHECK(value(sigmoid(number(100 * 0.1))) > 0.9999);
  CHECK(value(sigmoid(number(100 * -0.1))) < 0.0001);
  CHECK(value(sigmoid(number(0.05))) > 0.5);
}

}  // namespace
}  // namespace nn
