// What lesson 6 shows and claims, checked: the code blocks of its README.md are cut from here, its numbers repeated.
#include "nn/backprop.hpp"

#include <cmath>

#include "lessons/examples.hpp"
#include "nn/activations.hpp"
#include "nn/losses.hpp"
#include "nn/support/toys.hpp"

namespace nn {
namespace {

rowvec answers(const ToyData& data) { return arma::conv_to<rowvec>::from(data.labels); }

TEST_CASE("f = (x + y) z, node by node", "[06][lesson]") {
  // [nodes]
  Slopes product = multiply_backward(3, 3, 1);  // u = 3, z = 3, and f moves as f does: 1
  Slopes sum = add_backward(product.dx);        // what the product says of u is the slope above the sum
  CHECK(sum.dx == 3);                           // df/dx
  CHECK(sum.dy == 3);                           // df/dy
  CHECK(product.dy == 3);                       // df/dz
  // [/nodes]
  const Slopes other = multiply_backward(3, 4, 1);  // z = 4
  CHECK(add_backward(other.dx).dx == 4);
  CHECK(add_backward(other.dx).dy == 4);
  CHECK(other.dy == 3);
}

TEST_CASE("slopes along a path multiply, slopes of two paths add", "[06][lesson]") {
  CHECK_THAT(derivative([](real x) { return 3 * (2 * x); }, 1, 1e-5), WithinAbs(6, 1e-8));
  const Slopes square = multiply_backward(5, 5, 1);
  CHECK(square.dx + square.dy == 10);  // x times x at 5: the slope of x^2 is 2 x
}

TEST_CASE("a weight reached along two paths", "[06][lesson]") {
  // [paths]
  real above = multiply_backward(2, 4, 5).dy;   // u = 2 h, here with h = 4: the slope of y along u is 5
  real below = multiply_backward(-3, 4, 7).dy;  // v = -3 h: along v it is 7
  CHECK(above == 10);
  CHECK(below == -21);
  CHECK(above + below == -11);  // dy/dh
  // [/paths]
  Network network = {{vec{2}, {0}, Activation::identity},           // h = w x,  and w = 2
                     {vec{2, -3}, {0, 10}, Activation::relu},       // u = relu(2 h),  v = relu(10 - 3 h)
                     {rowvec{5, 7}, {0}, Activation::identity}};    // y = 5 u + 7 v
  Gradients g = backprop(network, vec{1}, vec{47}, Loss::squared);  // y = 48, so y - t = 1
  CHECK(g.dW[0](0) == -11);                                         // 5 * 2 + 7 * (-3)
  CHECK(g.loss == 0.5);
}

TEST_CASE("a dense layer backwards, two samples", "[06][lesson]") {
  // [dense]
  mat W = {{1, 2}, {3, 4}, {5, 6}};    // 3 units, 2 inputs
  mat X = {{1, 0}, {2, 1}};            // 2 samples
  mat dZ = {{1, 0}, {0, 2}, {-1, 1}};  // what the rest of the network says of Z
  DenseGradients g = dense_backward(W, X, dZ);
  CHECK(equal(g.dW, {{1, 2}, {0, 2}, {-1, -1}}));
  CHECK(equal(g.db, vec{1, 2, 0}));
  CHECK(equal(g.dX, {{-4, 11}, {-4, 14}}));
  // [/dense]
  CHECK(-1 * 1 + 1 * 0 == -1);  // dW(3, 1): both samples add
  CHECK(-1 * 2 + 1 * 1 == -1);
  CHECK(1 * 1 + 3 * 0 + 5 * -1 == -4);  // dX(1, 1)
}

TEST_CASE("softmax backwards: every output feels every input", "[06][lesson]") {
  const vec p = {0.2, 0.3, 0.5};
  const mat J = diagmat(p) - p * p.t();
  CHECK(equal(J, {{0.16, -0.06, -0.10}, {-0.06, 0.21, -0.15}, {-0.10, -0.15, 0.25}}));
  const vec z = arma::log(p);
  for (uword i = 0; i < 3; ++i)
    CHECK(equal(numerical_gradient([&](const mat& Z) { return softmax(Z)(i); }, z, 1e-5), J.col(i), 9));
  // [softmax]
  vec p_now = {0.2, 0.3, 0.5}, t = {0, 1, 0};
  mat dP = cross_entropy_gradient(p_now, t);  // 0, -1 / 0.3, 0
  mat dZ = activation_backward(Activation::softmax, log(p_now), p_now, dP);
  CHECK(equal(dZ, vec{0.2, -0.7, 0.5}));  // p - t
  // [/softmax]
  CHECK(equal(dP, vec{0, -3.333, 0}, 3));
  CHECK(equal(dP + 1, vec{1, -2.333, 1}, 3));  // s = -1
  CHECK(equal(J * dP, dZ));
}

TEST_CASE("the network to follow with a pencil", "[06][lesson]") {
  // [pencil]
  mat W1 = {{1, 1}, {2, -1}, {-1, 1}};
  mat W2 = {{1, -2, 3}};
  Network network = {{W1, {0, 1, -2}, Activation::relu}, {W2, {1}, Activation::identity}};
  Gradients g = backprop(network, vec{1, 2}, vec{4}, Loss::squared);
  CHECK(g.loss == 2);
  CHECK(equal(g.dW[1], {{-6, -2, 0}}));
  CHECK(equal(g.dW[0], {{-2, -4}, {4, 8}, {0, 0}}));
  CHECK(equal(g.db[0], vec{-2, 4, 0}));
  // [/pencil]
  CHECK(equal(g.db[1], vec{-2}));
  const Trace trace = forward_trace(network, vec{1, 2});
  CHECK(equal(trace.Z[0], vec{3, 1, -1}));
  CHECK(equal(trace.A[0], vec{3, 1, 0}));
  CHECK(equal(trace.A[1], vec{2}));
  CHECK(equal(W2.t() * vec{-2}, vec{-2, 4, -6}));
  CHECK(equal(dense_backward(W1, vec{1, 2}, vec{-2, 4, 0}).dX, vec{6, -6}));

  Network nudged = network;  // the weight of slope 8, moved by 0.01
  nudged[0].W(1, 1) += 0.01;
  CHECK_THAT(forward(nudged, vec{1, 2})(0), WithinAbs(1.96, 1e-12));
  CHECK_THAT(loss_value(Loss::squared, forward(nudged, vec{1, 2}), vec{4}), WithinAbs(2.0808, 1e-12));
  CHECK_THAT(2.0808 - g.loss, WithinAbs(0.0808, 1e-12));
  CHECK_THAT(g.dW[0](1, 1) * 0.01, WithinAbs(0.08, 1e-12));

  const Network after = sgd_step(network, g, 0.01);
  CHECK_THAT(forward(after, vec{1, 2})(0), WithinAbs(2.8224, 1e-12));
  CHECK_THAT(loss_value(Loss::squared, forward(after, vec{1, 2}), vec{4}), WithinAbs(0.693, 5e-4));
}

TEST_CASE("the delta of a hidden layer by hand", "[06][lesson]") {
  // [delta]
  mat W_above = {{1, 2, 3}, {4, 5, 6}};  // 2 units above, 3 hidden units
  mat delta = hidden_delta(W_above, vec{0.1, -0.2}, vec{0.5, 0.8, 0.9});
  CHECK(equal(delta, vec{-0.175, -0.128, -0.081}));
  // [/delta]
  CHECK_THAT(0.1 * 1 - 0.2 * 4, WithinAbs(-0.7, 1e-12));
  CHECK_THAT(-0.7 * 0.5 * (1 - 0.5), WithinAbs(-0.175, 1e-12));
}

TEST_CASE("measured and computed gradients agree", "[06][lesson]") {
  Rng rng(1);
  Network network = {{random_normal(5, 4, rng), vec(5, arma::fill::zeros), Activation::tanh},
                     {random_normal(3, 5, rng), vec(3, arma::fill::zeros), Activation::softmax}};
  const mat X = random_normal(4, 6, rng);
  const mat T = one_hot({0, 1, 2, 2, 1, 0}, 3);
  // [check]
  auto loss = [&](const mat& W) {
    network[0].W = W;
    return backprop(network, X, T, Loss::cross_entropy).loss;
  };
  auto slope = [&](const mat& W) {
    network[0].W = W;
    return backprop(network, X, T, Loss::cross_entropy).dW[0];
  };
  CHECK(check_gradient(loss, slope, network[0].W).error < 1e-6);
  // [/check]
}

TEST_CASE("what one gradient costs", "[06][lesson]") {
  CHECK(784 * 100 + 100 + 100 * 10 + 10 == 79510);
  CHECK(2 * 79510 == 159020);
  CHECK(3072 * (20 + 1) + 10 * (3072 + 1) == 95242);  // the largest network of the figure
  const double forward_products = 784 * 100 + 100 * 10, backward_products = forward_products + 100 * 10;
  CHECK_THAT(backward_products / forward_products, WithinAbs(1.01, 5e-3));
  CHECK(std::pow(100, 4) * 10 == 1e9);

  uword evaluations = 0;  // as in the figure of costs: each number is moved up and down
  (void)numerical_gradient([&](const mat& W) { return ++evaluations, accu(W); }, mat(3, 4, arma::fill::ones), 1e-5);
  CHECK(evaluations == 2 * 12);
}

TEST_CASE("the derivative of exercise 1.11.10, all weights 1, at (0, 0)", "[06][lesson]") {
  const auto s = [](real z) { return 1 / (1 + std::exp(-z)); };
  const auto o = [&](real x1) {
    const real h = s(x1) + std::tanh(x1);  // x2 = 0
    return std::max(real(0), s(h) + std::tanh(h));
  };
  CHECK_THAT(derivative(o, 0, 1e-5), WithinAbs(1.2768, 5e-5));
  const real g1 = s(0.5), g2 = std::tanh(0.5);
  CHECK_THAT(g1 * (1 - g1), WithinAbs(0.2350, 5e-5));
  CHECK_THAT(1 - g2 * g2, WithinAbs(0.7864, 5e-5));
  CHECK_THAT((g1 * (1 - g1) + (1 - g2 * g2)) * (0.25 + 1), WithinAbs(1.2768, 5e-5));
}

/// 2 inputs, `units` hidden ones, one sigmoid; normal weights, no biases.
Network start(uword units, Activation phi, Rng& rng) {
  const mat W1 = random_normal(units, 2, rng), W2 = random_normal(1, units, rng);
  return {{W1, vec(units, arma::fill::zeros), phi}, {W2, vec{0}, Activation::sigmoid}};
}

Trained train_xor(Network network, real rate, uword steps) {
  const ToyData gate = xor_table();
  return train_full_batch(std::move(network), gate.X, answers(gate), Loss::binary_cross_entropy, rate, steps);
}

mat xor_outputs(const Network& network) { return forward(network, xor_table().X); }

bool solves_xor(const Network& network) { return all((xor_outputs(network) > 0.5) == (answers(xor_table()) > 0.5)); }

TEST_CASE("XOR learned", "[06][lesson]") {
  const ToyData gate = xor_table();
  const mat X = gate.X;
  const mat T = answers(gate);
  // [train]
  Rng rng(11);
  mat W1 = random_normal(2, 2, rng);
  mat W2 = random_normal(1, 2, rng);
  Network network = {{W1, {0, 0}, Activation::sigmoid}, {W2, {0}, Activation::sigmoid}};
  Trained xor_net = train_full_batch(network, X, T, Loss::binary_cross_entropy, 1, 1000);
  CHECK(equal(forward(xor_net.network, X), {{0.02, 0.99, 0.99, 0.01}}, 2));
  // [/train]
  const vec& losses = xor_net.losses;
  CHECK_THAT(losses(0), WithinAbs(0.84, 5e-3));
  CHECK_THAT(losses(1000), WithinAbs(0.014, 5e-4));
  const auto& [hidden, b1, phi1] = xor_net.network[0];
  CHECK(equal(hidden, {{6.7, 6.7}, {4.6, 4.6}}, 1));
  CHECK(equal(b1, vec{-3.0, -7.1}, 1));
  CHECK(equal(xor_net.network[1].W, {{10.0, -10.9}}, 1));
  CHECK(equal(xor_net.network[1].b, vec{-4.6}, 1));
}

TEST_CASE("XOR that waits, and XOR that is stuck", "[06][lesson]") {
  Rng waits(1), stuck(6);
  const Trained late = train_xor(start(2, Activation::sigmoid, waits), 1, 1000);
  CHECK_THAT(late.losses(300), WithinAbs(std::log(2), 5e-3));
  CHECK(late.losses(1000) < 0.1);
  const Trained never = train_xor(start(2, Activation::sigmoid, stuck), 1, 20000);
  CHECK_THAT(never.losses(20000), WithinAbs(std::log(2) / 2, 5e-4));
  CHECK(equal(xor_outputs(never.network), {{0, 0.5, 1, 0.5}}, 2));
  CHECK_THAT(std::log(2), WithinAbs(0.693, 5e-4));
  CHECK_THAT(std::log(2) / 2, WithinAbs(0.347, 5e-4));
  CHECK_THAT(never.losses(20000), WithinAbs(0.35, 5e-3));
}

TEST_CASE("XOR from twenty starts", "[06][lesson]") {
  const auto solved = [](uword units, Activation phi, real rate, uword steps) {
    uword count = 0;
    for (int seed = 1; seed <= 20; ++seed) {
      Rng rng(seed);
      count += solves_xor(train_xor(start(units, phi, rng), rate, steps).network);
    }
    return count;
  };
  CHECK(solved(2, Activation::sigmoid, 1, 2000) == 13);
  CHECK(solved(4, Activation::sigmoid, 1, 1000) == 20);
  CHECK(solved(4, Activation::tanh, 1, 1000) == 19);
  CHECK(solved(4, Activation::relu, 1, 1000) == 10);
  CHECK(solved(4, Activation::tanh, 10, 1000) == 0);
}

TEST_CASE("XOR at four rates: steps until the loss is below 0.1", "[06][lesson]") {
  const auto median_steps = [](real rate) {
    vec steps(20);
    for (uword seed = 1; seed <= 20; ++seed) {
      Rng rng(seed);
      const uvec below = find(train_xor(start(4, Activation::tanh, rng), rate, 1000).losses < 0.1, 1);
      steps(seed - 1) = below.empty() ? 1001 : below(0);
    }
    return arma::median(steps);
  };
  CHECK(median_steps(0.01) == 1001);
  CHECK_THAT(median_steps(0.1), WithinAbs(580, 5));
  CHECK_THAT(median_steps(1), WithinAbs(60, 1));
  CHECK_THAT(median_steps(5), WithinAbs(25, 1));
  CHECK(median_steps(10) == 1001);
}

TEST_CASE("one layer on XOR answers one half", "[06][lesson]") {
  Rng rng(1);
  const Trained one = train_xor({{random_normal(1, 2, rng), vec{0}, Activation::sigmoid}}, 1, 1000);
  CHECK(equal(xor_outputs(one.network), {{0.5, 0.5, 0.5, 0.5}}, 6));
  CHECK_THAT(one.losses(1000), WithinAbs(std::log(2), 1e-6));
}

TEST_CASE("a start at zero never moves on XOR", "[06][lesson]") {
  const Network zero = {{mat(4, 2, arma::fill::zeros), vec(4, arma::fill::zeros), Activation::sigmoid},
                        {mat(1, 4, arma::fill::zeros), vec{0}, Activation::sigmoid}};
  const Trained trained = train_xor(zero, 1, 1000);
  CHECK(trained.losses(1000) == trained.losses(0));
  CHECK(abs(trained.network[0].W).max() == 0);
}

TEST_CASE("circles with one, two and three hidden units", "[06][lesson]") {
  const auto median_percent = [](uword units) {
    vec right(5);
    for (uword seed = 1; seed <= 5; ++seed) {
      Rng rng(seed);
      const ToyData data = circles(200, 0.1, rng), fresh = circles(1000, 0.1, rng);
      const Trained trained = train_full_batch(start(units, Activation::tanh, rng), data.X, answers(data),
                                               Loss::binary_cross_entropy, 0.5, 1000);
      right(seed - 1) = 100 * mean(arma::conv_to<vec>::from(
                                  ((forward(trained.network, fresh.X) > 0.5) == (answers(fresh) > 0.5)).eval().t()));
    }
    return arma::median(right);
  };
  CHECK_THAT(median_percent(1), WithinAbs(63, 1));
  CHECK_THAT(median_percent(2), WithinAbs(78, 1));
  CHECK_THAT(median_percent(3), WithinAbs(97, 1));
}

}  // namespace
}  // namespace nn
