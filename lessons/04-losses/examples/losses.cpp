// What lesson 4 shows and claims, checked: the code blocks of its README.md are cut from here, its numbers repeated.
#include "nn/losses.hpp"
#include "lessons/examples.hpp"

#include "nn/activations.hpp"
#include "nn/perceptron.hpp"
#include "nn/support/toys.hpp"

namespace nn {
namespace {

bool close(real a, real b, int digits) { return equal(vec{a}, vec{b}, digits); }

const mat pig_dog_cat = {{0, 0, 1}, {0, 1, 0}, {1, 0, 0}};
const mat model_1 = {{0.3, 0.3, 0.1}, {0.3, 0.4, 0.2}, {0.4, 0.3, 0.7}};
const mat model_2 = {{0.1, 0.1, 0.3}, {0.2, 0.7, 0.4}, {0.7, 0.2, 0.3}};

TEST_CASE("the digit of the pencil example", "[04][lesson]") {
  const vec y = {0.1, 0.05, 0.6, 0, 0.05, 0.1, 0, 0.1, 0, 0};
  const mat t = one_hot({2}, 10);
  CHECK(equal(square(y - t), vec{0.01, 0.0025, 0.16, 0, 0.0025, 0.01, 0, 0.01, 0, 0}));
  CHECK(close(accu(square(y - t)), 0.195, 12));
  CHECK(close(mean_squared_error(y, t), 0.0975, 12));
  CHECK(close(cross_entropy(y, t), 0.511, 3));
}

TEST_CASE("squared errors of the two models", "[04][lesson]") {
  // [squares]
  mat Y = {{0.3, 0.3, 0.1},   // cat: 3 samples, the pictures of a pig, a dog and a cat
           {0.3, 0.4, 0.2},   // dog
           {0.4, 0.3, 0.7}};  // pig
  mat T = {{0, 0, 1}, {0, 1, 0}, {1, 0, 0}};
  CHECK(close(mean_squared_error(Y, T), 0.403, 3));
  // [/squares]
  const vec one = {0.27, 0.27, 0.67}, two = {0.07, 0.07, 0.37};
  for (uword i = 0; i < 3; ++i) {
    CHECK(close(mean_squared_error(model_1.col(i), T.col(i)), one(i), 12));
    CHECK(close(mean_squared_error(model_2.col(i), T.col(i)), two(i), 12));
  }
  CHECK(close(0.5 * (0.09 + 0.09 + 0.36), 0.27, 12));
  CHECK(equal(square(model_1.col(0) - T.col(0)), vec{0.09, 0.09, 0.36}));
  CHECK(close(mean_squared_error(model_2, T), 0.170, 12));
  CHECK(equal(Y, model_1));
}

TEST_CASE("the printed 0.38 and 0.08 follow from no divisor", "[04][lesson]") {
  const real one = accu(square(model_1 - pig_dog_cat)), two = accu(square(model_2 - pig_dog_cat));
  CHECK(close(one, 2.42, 12));
  CHECK(close(two, 1.02, 12));
  CHECK(close(one / 0.38, 6.4, 1));
  CHECK(close(two / 0.08, 12.75, 10));
  CHECK(one / 0.375 < two / 0.085);  // rounding does not explain it
}

TEST_CASE("both models are wrong once", "[04][lesson]") {
  CHECK(close(classification_error(model_1, pig_dog_cat), real(1) / 3, 12));
  CHECK(close(classification_error(model_2, pig_dog_cat), real(1) / 3, 12));
  CHECK(predict(model_1)(2) == 2);  // the cat taken for a pig ...
  CHECK(predict(model_2)(2) == 1);  // ... and for a dog
}

TEST_CASE("labels as columns", "[04][lesson]") {
  // [one_hot]
  mat T = one_hot({2, 1, 0}, 3);  // a pig, a dog, a cat
  CHECK(equal(T, {{0, 0, 1}, {0, 1, 0}, {1, 0, 0}}));
  CHECK(equal(one_hot({1, 1}, 4), {{0, 0}, {1, 1}, {0, 0}, {0, 0}}));  // 4 classes, 2 samples
  // [/one_hot]
  CHECK_THROWS(one_hot({3}, 3));
}

TEST_CASE("surprise", "[04][lesson]") {
  CHECK(std::log(1.0) == 0);
  CHECK(close(-std::log(0.5), 0.693, 3));
  CHECK(close(-std::log(0.25), 1.386, 3));
  CHECK(close(-std::log(0.1), 2.303, 3));
  CHECK(close(-std::log(0.01), 4.605, 3));
  CHECK(std::isinf(std::log(0.0)));
  CHECK(std::isnan(0 * std::log(0.0)));
  CHECK(close(-std::log(1e-12), 27.6, 1));
}

TEST_CASE("cross-entropies of the two models", "[04][lesson]") {
  const mat& T = pig_dog_cat;
  // [entropy]
  mat P = {{0.1, 0.1, 0.3},   // cat: what model 2 says to the pig, the dog and the cat
           {0.2, 0.7, 0.4},   // dog
           {0.7, 0.2, 0.3}};  // pig
  CHECK(close(cross_entropy(P, T), 0.639, 3));
  // [/entropy]
  CHECK(equal(P, model_2));
  CHECK(close(-std::log(0.4), 0.916, 3));
  CHECK(close(-std::log(0.7), 0.357, 3));
  CHECK(close(-std::log(0.3), 1.204, 3));
  CHECK(close(cross_entropy(model_1, T), 1.378, 3));
  CHECK(close((0.916 + 0.916 + 2.303) / 3, 1.378, 3));
  CHECK(close((0.357 + 0.357 + 1.204) / 3, 0.639, 3));
  CHECK(std::isfinite(cross_entropy(vec{0, 1}, vec{1, 0})));
}

TEST_CASE("one answer between yes and no", "[04][lesson]") {
  // [binary]
  mat P = {{0.9, 0.9}};  // the network says "rain" with 0.9 on 2 days
  mat T = {{1, 0}};      // and on the second it was dry
  CHECK(close(binary_cross_entropy(P, T), 1.204, 3));
  // [/binary]
  CHECK(close(-std::log(0.9), 0.105, 3));
  CHECK(close((0.105 + 2.303) / 2, 1.204, 3));
  CHECK(close(cross_entropy(mat{{0.9, 0.9}, {0.1, 0.1}}, mat{{1, 0}, {0, 1}}), binary_cross_entropy(P, T), 12));
}

TEST_CASE("losses from logits", "[04][lesson]") {
  // [logits]
  CHECK(close(softmax_cross_entropy(vec{1, 2, 3}, vec{0, 0, 1}), 0.408, 3));
  CHECK(close(softmax_cross_entropy(vec{1, 2, 3}, vec{1, 0, 0}), 2.408, 3));
  CHECK(softmax_cross_entropy(vec{1000, 0}, vec{0, 1}) == 1000);
  // [/logits]
  CHECK(close(std::log(30.193), 3.408, 3));
  CHECK(close(softmax_cross_entropy(vec{1001, 1002, 1003}, vec{0, 0, 1}), 0.408, 3));
  const mat P = softmax(vec{1000, 0});
  CHECK(P(1) == 0);
  const real lost = cross_entropy(P, vec{0, 1});
  INFO(lost);
  CHECK((std::isfinite(lost) && lost < 800));  // whatever p is kept above, the answer is not 1000
}

TEST_CASE("the logistic loss by hand", "[04][lesson]") {
  CHECK(close(logistic_loss({2}, {1}), 0.127, 3));
  CHECK(close(logistic_loss({2}, {-1}), 2.127, 3));
  CHECK(logistic_loss({-1000}, {1}) == 1000);
  CHECK(std::isinf(std::log(1 + std::exp(1000.0))));
  for (real z : {-3.0, 0.4, 2.0}) {
    CHECK(close(logistic_loss({z}, {1}), -std::log(sigmoid(vec{z})(0)), 12));
    CHECK(close(logistic_loss({z}, {-1}), -std::log(1 - sigmoid(vec{z})(0)), 12));
    CHECK(close(logistic_loss({z}, {1}), softmax_cross_entropy(vec{z, 0}, vec{1, 0}), 12));
    CHECK(close(std::log(1 + std::exp(z)), z + std::log(1 + std::exp(-z)), 12));
  }
  CHECK(std::log(1 + std::exp(-40.0)) == 0);
  CHECK(std::log1p(std::exp(-40.0)) > 0);
}

TEST_CASE("three scores and their margins", "[04][lesson]") {
  // [margins]
  rowvec z = {2, 0.5, 1};  // the scores of 3 samples
  rowvec y = {1, 1, -1};   // their labels: the margins are 2, 0.5 and -1
  CHECK(close(perceptron_criterion(z, y), 0.333, 3));
  CHECK(close(hinge(z, y), 0.833, 3));
  CHECK(close(logistic_loss(z, y), 0.638, 3));
  // [/margins]
  CHECK(equal(y % z, rowvec{2, 0.5, -1}));
  const rowvec perceptron = {0, 0, 1}, with_margin = {0, 0.5, 2}, logistic = {0.127, 0.474, 1.313};
  for (uword i = 0; i < 3; ++i) {
    const rowvec one = {z(i)}, label = {y(i)};
    CHECK(perceptron_criterion(one, label) == perceptron(i));
    CHECK(hinge(one, label) == with_margin(i));
    CHECK(close(logistic_loss(one, label), logistic(i), 3));
  }
  CHECK(close(accu(with_margin) / 3, 0.833, 3));
}

TEST_CASE("the perceptron criterion is content with nothing, the hinge is not", "[04][lesson]") {
  const rowvec z = {0, 0, 0}, y = {1, -1, 1};
  CHECK(perceptron_criterion(z, y) == 0);
  CHECK(abs(perceptron_criterion_gradient(z, y)).max() == 0);
  CHECK(hinge(z, y) == 1);
  CHECK(abs(hinge_gradient(z, y)).min() > 0);
}

TEST_CASE("Rosenblatt's rule is a step down the perceptron criterion", "[04][lesson]") {
  const vec x = {3, -1};
  const Perceptron before{{-1, 2}, 0.5};  // x should fire: the sum is -4.5
  const real z = dot(before.w, x) + before.b;
  CHECK(z == -4.5);
  const real slope = perceptron_criterion_gradient({z}, {1})(0);
  CHECK(slope == -1);
  // Rosenblatt: w + (y - said) x with y = 1, said = 0.
  CHECK(equal(before.w - slope * x, before.w + (1 - fire(before, x)) * x));
}

TEST_CASE("slopes, measured", "[04][lesson]") {
  // [slope]
  vec p = {0.1, 0.2, 0.7};
  vec t = {1, 0, 0};
  vec moved = {0.101, 0.2, 0.7};  // a little more for the right class
  CHECK(close((cross_entropy(moved, t) - cross_entropy(p, t)) / 0.001, -9.95, 2));
  CHECK(equal(cross_entropy_gradient(p, t), vec{-10, 0, 0}));
  // [/slope]
  const real y = 0.7, target = 0.2, h = 0.01;
  const auto half_square = [&](real at) { return 0.5 * (at - target) * (at - target); };
  CHECK(close((half_square(y + h) - half_square(y)) / h, y - target + h / 2, 12));
}

TEST_CASE("softmax with cross-entropy has the slope P - T", "[04][lesson]") {
  // [softmax]
  vec Z = {1, 2, 3};
  vec T = {0, 0, 1};
  mat G = softmax_cross_entropy_gradient(Z, T);
  CHECK(equal(G, vec{0.090, 0.245, -0.335}, 3));
  // [/softmax]
  CHECK(equal(softmax(Z), vec{0.090, 0.245, 0.665}, 3));
  CHECK(close(accu(G), 0, 12));
}

TEST_CASE("a confident mistake, with both losses", "[04][lesson]") {
  const mat a = sigmoid(vec{-5}), slope = sigmoid_derivative(a), t = vec{1};
  CHECK(close(a(0), 0.0067, 4));
  CHECK(close(slope(0), 0.0066, 4));
  const real squared = accu(mean_squared_error_gradient(a, t) % slope);
  const real entropy = accu(binary_cross_entropy_gradient(a, t) % slope);
  CHECK(close(squared, -0.0066, 4));
  CHECK(close(entropy, -0.9933, 4));
  CHECK(close(entropy, a(0) - 1, 12));
  CHECK(close(entropy / squared, 150, 0));
  CHECK(close(mean_squared_error(a, t), 0.49, 2));
  CHECK(close(binary_cross_entropy(a, t), 5.01, 2));

  // How many steps of rate 1 until z is above 0.
  const auto steps = [&](mat (*gradient)(const mat&, const mat&)) {
    real z = -5;
    uword count = 0;
    for (; z <= 0; ++count) {
      const mat out = sigmoid(vec{z});
      z -= accu(gradient(out, t) % sigmoid_derivative(out));
    }
    return count;
  };
  CHECK(steps(binary_cross_entropy_gradient) == 6);
  CHECK(steps(mean_squared_error_gradient) == 168);

  real steepest = 0;  // squared error behind a sigmoid is steepest where a = 1/3
  for (real out = 0.001; out < 1; out += 0.001) steepest = std::max(steepest, (1 - out) * out * (1 - out));
  CHECK(close(steepest, 0.148, 3));
}

TEST_CASE("where a sigmoid has rounded to 1 only the logits remember", "[04][lesson]") {
  const mat a = sigmoid(vec{40}), t = vec{0};
  CHECK(a(0) == 1);
  CHECK(accu(binary_cross_entropy_gradient(a, t) % sigmoid_derivative(a)) == 0);
  CHECK(logistic_loss({40}, {-1}) == 40);
  CHECK(logistic_loss_gradient({40}, {-1})(0) == 1);
}

TEST_CASE("numbers to recognise", "[04][lesson]") {
  const mat T = one_hot({3}, 10);
  CHECK(close(cross_entropy(vec(10).fill(0.1), T), 2.303, 3));
  CHECK(close(softmax_cross_entropy(T, T), 1.461, 3));  // softmax of what was softmax already
  CHECK(close(mean_squared_error(vec(10, arma::fill::zeros), T), 0.5, 12));
  CHECK(close(mean_squared_error(vec{1, 0}, vec{0, 1}), 1, 12));  // no sample of probabilities costs more
  CHECK(close(std::log10(0.4) / std::log(0.4), 0.434, 3));
  CHECK(close(cross_entropy(vec{0.9, 0.1}, vec{0.9, 0.1}), 0.325, 3));
  CHECK(cross_entropy(vec{0.99, 0.01}, vec{0.9, 0.1}) > cross_entropy(vec{0.9, 0.1}, vec{0.9, 0.1}));
}

TEST_CASE("the textbook's 0/1 loss is 0 or 2, and its other slips", "[04][lesson]") {
  for (real y : {-1, 1})
    for (real s : {-1, 1}) CHECK((y - s) * (y - s) / 2 == (y == s ? 0 : 2));
  const real p = 0.9;  // the probability of y = 1
  CHECK(close(std::abs(real(1) / 2 - 0.5 + p), p, 12));
  CHECK(close(std::abs(real(-1) / 2 - 0.5 + p), 1 - p, 12));
  CHECK(close(std::abs(real(0) / 2 - 0.5 + p), 0.4, 12));  // "y is 0 or 1" is not meant
}

TEST_CASE("a running mean follows the mean, not the sum", "[04][lesson]") {
  real Q = 0;
  for (int i = 0; i < 1000; ++i) Q = 0.9 * Q + 0.1 * 3;
  CHECK(close(Q, 3, 6));
}

}  // namespace
}  // namespace nn
