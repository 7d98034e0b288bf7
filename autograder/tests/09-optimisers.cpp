// Lesson 9: steps, rates, slopes on their way back. Golden values are from NumPy and PyTorch.
#include "contracts/optimisers.hpp"

#include <algorithm>
#include <cmath>

#include "autograder/tests/support/drawn.hpp"
#include "autograder/tests/support/expect.hpp"
#include "nn/activations.hpp"
#include "nn/losses.hpp"

namespace nn {

static const Tolerance printed{1e-9, 1e-9};  // golden values of ten digits

/// The slope of x^2/20 + y^2.
static mat valley(const mat& x) { return vec{x(0) / 10, 2 * x(1)}; }

/// Three steps down the valley from (-7, 2): each is checked from the places and memories that are right, so that one
/// wrong step is told as one.
template <auto Rule, class... Numbers>
static void walks(const std::vector<vec>& places, const std::vector<Memory>& memories, Numbers... numbers) {
  for (std::size_t k = 0; k + 1 < places.size(); ++k)
    check<Rule>(Moved{places[k + 1], memories[k + 1]}, printed, mat(places[k]), valley(places[k]), memories[k],
                numbers...);
}

/// One step of any rule, entry by entry.
static const auto plain_adam = oracle<Moved>(
    "adam_step", [](mat x, const mat& g, Memory memory, real rate, real beta1, real beta2, real epsilon) -> Moved {
      if (memory.m.empty()) memory.m.zeros(size(x));
      if (memory.v.empty()) memory.v.zeros(size(x));
      ++memory.t;
      for (uword i = 0; i < x.n_elem; ++i) {
        memory.m(i) = beta1 * memory.m(i) + (1 - beta1) * g(i);
        memory.v(i) = beta2 * memory.v(i) + (1 - beta2) * g(i) * g(i);
        const double m = memory.m(i) / (1 - std::pow(beta1, double(memory.t))),
                     v = memory.v(i) / (1 - std::pow(beta2, double(memory.t)));
        x(i) -= real(rate * m / (std::sqrt(v) + epsilon));
      }
      return {x, memory};
    });

static const auto plain_step =
    oracle<Moved>("take_step", [](const Method& a, real rate, const mat& x, const mat& g, Memory memory) -> Moved {
      if (a.rule == Rule::adam) return plain_adam(x, g, memory, rate, a.beta1, a.beta2, a.epsilon);
      if (a.rule == Rule::descent) return {x - rate * g, memory};
      ++memory.t;
      if (a.rule == Rule::rmsprop) {
        if (memory.v.empty()) memory.v.zeros(size(x));
        memory.v = a.rho * memory.v + (1 - a.rho) * square(g);
        return {x - rate * g / (sqrt(memory.v) + a.epsilon), memory};
      }
      if (memory.m.empty()) memory.m.zeros(size(x));
      memory.m = a.momentum * memory.m - rate * g;
      return {a.rule == Rule::momentum ? mat(x + memory.m) : mat(x + a.momentum * memory.m - rate * g), memory};
    });

/// Three steps from (-7, 2).
static const auto plain_walk =
    oracle<std::pair<std::vector<vec>, std::vector<Memory>>>("walk", [](const Method& method, real rate) {
      std::vector<vec> places = {{-7, 2}};
      std::vector<Memory> memories(1);
      for (int k = 0; k < 3; ++k) {
        const Moved next = plain_step(method, rate, places.back(), valley(places.back()), memories.back());
        places.push_back(next.x);
        memories.push_back(next.memory);
      }
      return std::pair(places, memories);
    });

// 9.1

TEST_CASE("momentum down a valley", "[09][9.1]") {
  const auto [places, memories] = plain_walk(Method{Rule::momentum}, real(0.1));
  REQUIRE(approx_equal(places[3], vec{-6.610653, 0.124}, "absdiff", 1e-12));
  walks<momentum_step>(places, memories, real(0.1), real(0.9));
}

TEST_CASE("Nesterov looks ahead", "[09][9.1]") {
  const auto [places, memories] = plain_walk(Method{Rule::nesterov}, real(0.1));
  REQUIRE(approx_equal(places[3], vec{-6.446257587, -0.216704}, "absdiff", 1e-9));
  walks<nesterov_step>(places, memories, real(0.1), real(0.9));
}

TEST_CASE("a step moves a matrix of any shape, and without mu it is plain descent", "[09][9.1]") {
  Rng rng = seeded(901);
  for (const auto& [rows, cols] : {std::pair<uword, uword>{1, 1}, {3, 2}, {2, 5}}) {
    const mat x = random_normal(rows, cols, rng), g = random_normal(rows, cols, rng),
              m = random_normal(rows, cols, rng);
    const Memory before{m, {}, 4};
    check<momentum_step>(plain_step(Method{Rule::momentum, real(0.8)}, real(0.3), x, g, before), x, g, before,
                         real(0.3), real(0.8));
    check<nesterov_step>(plain_step(Method{Rule::nesterov, real(0.8)}, real(0.3), x, g, before), x, g, before,
                         real(0.3), real(0.8));
    check<momentum_step>(Moved{x - real(0.3) * g, {-real(0.3) * g, {}, 1}}, x, g, Memory{}, real(0.3), real(0));
    check<nesterov_step>(Moved{x - real(0.3) * g, {-real(0.3) * g, {}, 1}}, x, g, Memory{}, real(0.3), real(0));
  }
}

TEST_CASE("under a constant slope momentum walks ever faster, up to a limit", "[09][9.1]") {
  const auto last = [](const auto& step) {
    Moved moved{mat(1, 1, arma::fill::zeros), {}};
    real before = 0;
    for (int k = 0; k < 200; ++k)
      before = moved.x(0), moved = step(moved.x, mat(1, 1, arma::fill::ones), moved.memory, real(0.1), real(0.9));
    return Parts{number("the 200th step", moved.x(0) - before)};
  };
  shows<momentum_step>({number("the 200th step", -1)}, {1e-6, 0}, {number("rate", 0.1), number("mu", 0.9)}, last);
  shows<nesterov_step>({number("the 200th step", -1)}, {1e-6, 0}, {number("rate", 0.1), number("mu", 0.9)}, last);
}

TEST_CASE("slopes and memories that do not fit are errors", "[09][9.1]") {
  const mat x(2, 3, arma::fill::ones), other(3, 2, arma::fill::ones);
  rejects<momentum_step>(x, other, Memory{}, real(0.1), real(0.9));
  rejects<momentum_step>(x, x, Memory{other, {}, 1}, real(0.1), real(0.9));
  rejects<nesterov_step>(x, other, Memory{}, real(0.1), real(0.9));
  rejects<nesterov_step>(x, x, Memory{other, {}, 1}, real(0.1), real(0.9));
}

// 9.2

TEST_CASE("RMSProp walks less where it is steep", "[09][9.2]") {
  const auto [places, memories] = plain_walk(Method{Rule::rmsprop}, real(0.5));
  REQUIRE(approx_equal(places[3], vec{-3.6642060123, 0.0111571441}, "absdiff", 1e-9));
  walks<rmsprop_step>(places, memories, real(0.5), real(0.9), real(1e-8));
}

TEST_CASE("RMSProp's memory is of squares, and epsilon stands beside the root", "[09][9.2]") {
  Rng rng = seeded(902);
  const mat x = random_normal(3, 2, rng), g = random_normal(3, 2, rng), v = square(random_normal(3, 2, rng));
  const Method method{.rule = Rule::rmsprop, .rho = real(0.7), .epsilon = real(0.1)};
  check<rmsprop_step>(plain_step(method, real(0.2), x, g, Memory{{}, v, 8}), x, g, Memory{{}, v, 8}, real(0.2),
                      real(0.7), real(0.1));
  check<rmsprop_step>(Moved{mat(1, 1, arma::fill::ones), {{}, mat(1, 1, arma::fill::zeros), 1}},
                      mat(1, 1, arma::fill::ones), mat(1, 1, arma::fill::zeros), Memory{}, real(0.5), real(0.9),
                      real(1e-8));
  rejects<rmsprop_step>(x, mat(2, 3, arma::fill::ones), Memory{}, real(0.1), real(0.9), real(1e-8));
  rejects<rmsprop_step>(x, g, Memory{{}, mat(2, 3, arma::fill::ones), 1}, real(0.1), real(0.9), real(1e-8));
}

// 9.3

TEST_CASE("Adam down a valley", "[09][9.3]") {
  const auto [places, memories] = plain_walk(Method{Rule::adam}, real(0.5));
  REQUIRE(approx_equal(places[3], vec{-5.5049501450, 0.5369748288}, "absdiff", 1e-9));
  walks<adam_step>(places, memories, real(0.5), real(0.9), real(0.999), real(1e-8));
}

TEST_CASE("Adam with a memory of any age", "[09][9.3]") {
  Rng rng = seeded(903);
  for (const uword t : {0, 1, 7, 400}) {
    const mat x = random_normal(2, 3, rng), g = random_normal(2, 3, rng);
    const Memory before{random_normal(2, 3, rng), square(random_normal(2, 3, rng)), t};
    check<adam_step>(plain_adam(x, g, before, real(0.01), real(0.8), real(0.99), real(1e-3)), x, g, before, real(0.01),
                     real(0.8), real(0.99), real(1e-3));
  }
}

TEST_CASE("Adam's first step is the rate, whatever the slope's size", "[09][9.3]") {
  const mat x(1, 3, arma::fill::zeros);
  for (const real size : {real(1e-3), real(1), real(1000)}) {
    const mat g = size * mat{{1, -2, 5}};
    check<adam_step>(plain_adam(x, g, Memory{}, real(0.1), real(0.9), real(0.999), 0), x, g, Memory{}, real(0.1),
                     real(0.9), real(0.999), real(0));
  }
  rejects<adam_step>(x, mat(3, 1, arma::fill::ones), Memory{}, real(0.1), real(0.9), real(0.999), real(1e-8));
  rejects<adam_step>(x, x, Memory{mat(3, 1, arma::fill::ones), x, 1}, real(0.1), real(0.9), real(0.999), real(1e-8));
  rejects<adam_step>(x, x, Memory{x, mat(3, 1, arma::fill::ones), 1}, real(0.1), real(0.9), real(0.999), real(1e-8));
}

// 9.4

static const Rule rules[] = {Rule::descent, Rule::momentum, Rule::nesterov, Rule::rmsprop, Rule::adam};

TEST_CASE("each rule with its own numbers", "[09][9.4]") {
  Rng rng = seeded(904);
  for (const Rule rule : rules) {
    const Method method{rule, real(0.7), real(0.8), real(0.85), real(0.95), real(1e-3)};
    const mat x = random_normal(3, 2, rng), g = random_normal(3, 2, rng);
    const Memory old{random_normal(3, 2, rng), square(random_normal(3, 2, rng)), 3};
    check<take_step>(plain_step(method, real(0.2), x, g, Memory{}), method, real(0.2), x, g, Memory{});
    check<take_step>(plain_step(method, real(0.2), x, g, old), method, real(0.2), x, g, old);
    rejects<take_step>(method, real(0.2), x, mat(2, 3, arma::fill::ones), Memory{});
  }
}

static const auto plain_optimise = oracle<Optimised>(
    "optimise",
    [](const Network& network, const Gradients& g, const std::vector<Memory>& memory, const Method& method, real rate) {
      Optimised next{network, memory};
      if (next.memory.empty()) next.memory.resize(2 * network.size());
      for (uword l = 0; l < network.size(); ++l) {
        Moved W = plain_step(method, rate, network[l].W, g.dW[l], next.memory[2 * l]),
              b = plain_step(method, rate, network[l].b, g.db[l], next.memory[2 * l + 1]);
        next.network[l].W = W.x, next.network[l].b = b.x;
        next.memory[2 * l] = W.memory, next.memory[2 * l + 1] = b.memory;
      }
      return next;
    });

TEST_CASE("every weight and every bias moves, each with its own memory", "[09][9.4]") {
  Rng rng = seeded(905);
  for (const Rule rule : rules) {
    const Method method{rule, real(0.7), real(0.8), real(0.85), real(0.95), real(1e-3)};
    Network network = random_network({3, 4, 2}, Activation::tanh, Activation::softmax, rng);
    std::vector<Memory> memory;
    for (int step = 0; step < 3; ++step) {
      const Gradients g = random_gradients(network, rng);
      const Optimised next = plain_optimise(network, g, memory, method, real(0.1));
      check<optimise>(next, network, g, memory, method, real(0.1));
      network = next.network, memory = next.memory;
    }
    const Gradients g = random_gradients(network, rng), other = random_gradients({network[0]}, rng);
    rejects<optimise>(network, g, std::vector<Memory>(3), method, real(0.1));
    rejects<optimise>(network, g, std::vector<Memory>(2), method, real(0.1));
    rejects<optimise>(network, other, std::vector<Memory>(), method, real(0.1));
  }
}

// 9.5

TEST_CASE("rates over steps", "[09][9.5]") {
  const auto at = [](const Schedule& schedule, uword steps, const std::vector<real>& wanted) {
    for (uword step = 0; step < wanted.size(); ++step)
      check<scheduled_rate>(wanted[step], printed, schedule, real(0.2), step, steps);
  };
  at({Decay::cosine, 0}, 4, {0.2, 0.17071067811865, 0.1, 0.02928932188135, 0});
  at({Decay::cosine, 2}, 6, {0.1, 0.2, 0.2, 0.17071067811865, 0.1, 0.02928932188135, 0});
  at({Decay::linear, 0}, 4, {0.2, 0.15, 0.1, 0.05, 0});
  at({Decay::linear, 4}, 6, {0.05, 0.1, 0.15, 0.2, 0.2, 0.1, 0});
  at({Decay::constant, 0}, 3, {0.2, 0.2, 0.2, 0.2});
  at({Decay::constant, 2}, 3, {0.1, 0.2, 0.2, 0.2});
  rejects<scheduled_rate>(Schedule{Decay::linear, 0}, real(0.2), uword(5), uword(4));
  rejects<scheduled_rate>(Schedule{Decay::linear, 4}, real(0.2), uword(1), uword(4));
  rejects<scheduled_rate>(Schedule{}, real(0.2), uword(0), uword(0));
}

TEST_CASE("one norm for all slopes, and one factor", "[09][9.5]") {
  const Gradients g{2, {{{3, 0}, {0, 4}}}, {vec{12}}};
  check<gradient_norm>(13, g);
  check<gradient_norm>(0, Gradients{});
  check<clip>(Gradients{2, {{{1.5, 0}, {0, 2}}}, {vec{6}}}, g, real(6.5));
  check<clip>(g, g, real(13));
  check<clip>(g, g, real(20));
  Rng rng = seeded(906);
  const Network network = random_network({3, 5, 2}, Activation::relu, Activation::softmax, rng);
  for (const real limit : {real(0.01), real(2), real(1e6)}) {
    const Gradients some = random_gradients(network, rng);
    double squares = 0;
    for (uword l = 0; l < 2; ++l) squares += accu(square(some.dW[l])) + accu(square(some.db[l]));
    check<gradient_norm>(real(std::sqrt(squares)), some);
    Gradients expected = some;
    if (std::sqrt(squares) > limit)
      for (uword l = 0; l < 2; ++l)
        expected.dW[l] *= limit / std::sqrt(squares), expected.db[l] *= limit / std::sqrt(squares);
    check<clip>(expected, some, limit);
  }
  for (const double limit : {0.0, -1.0, arma::datum::nan}) rejects<clip>(g, real(limit));
}

// 9.6

TEST_CASE("how steep each layer is", "[09][9.6]") {
  Rng rng = seeded(907);
  for (const auto& [loss, output] :
       {std::pair{Loss::cross_entropy, Activation::softmax}, std::pair{Loss::squared, Activation::identity}}) {
    const Network network = random_network({3, 5, 4, 2}, Activation::sigmoid, output, rng);
    const mat X = random_normal(3, 6, rng), T = random_targets(2, 6, rng);
    const std::vector<mat> dZ = backward_deltas(network, forward_trace(network, X), T, loss);
    vec norms(3);
    for (uword l = 0; l < 3; ++l) norms(l) = std::sqrt(accu(square(dZ[l])));
    check<slope_norms>(norms, network, X, T, loss);
  }
  rejects<slope_norms>(Network{}, mat(3, 1, arma::fill::ones), mat(3, 1, arma::fill::ones), Loss::squared);
}

TEST_CASE("units that no sample wakes", "[09][9.6]") {
  const mat X = {{1, 2, 3}, {0, -1, -2}};
  Network network = {{{{1, 0}, {-1, 0}, {0, 1}, {0, -1}, {1, 1}}, vec{0, 0, 0, -1, -5}, Activation::relu},
                     {mat(2, 5, arma::fill::ones), vec{-10, 3}, Activation::relu},
                     {mat(3, 2, arma::fill::zeros), vec(3, arma::fill::zeros), Activation::softmax}};
  check<dead_units>(uvec{3, 1, 0}, network, X);  // -x1; x2, 0 at most; x1 + x2 - 5; -x2 - 1 wakes once
  network[0].activation = Activation::leaky_relu;
  check<dead_units>(uvec{0, 1, 0}, network, X);
  network[1].activation = Activation::sigmoid;
  check<dead_units>(uvec{0, 0, 0}, network, X);
}

TEST_CASE("rows to mean 0 and deviation 1, and a row that never varies to 0", "[09][9.6]") {
  const mat X = {{1, 2, 3}, {5, 5, 5}};
  check<scaling_of>(Scaling{vec{2, 5}, vec{std::sqrt(2.0 / 3), 0}}, X);
  check<standardise>({{-1.2247448714, 0, 1.2247448714}, {0, 0, 0}}, Tolerance{1e-9, 1e-9}, X,
                     Scaling{vec{2, 5}, vec{std::sqrt(2.0 / 3), 0}});
  check<standardise>({{4, 7}}, mat{{9, 15}}, Scaling{vec{1}, vec{2}});  // new data, the old scaling
  Rng rng = seeded(908);
  const mat data = 3 * random_normal(4, 9, rng) + 2;
  Scaling scaling{vec(4), vec(4)};
  for (uword i = 0; i < 4; ++i) {
    scaling.mean(i) = accu(data.row(i)) / 9;
    scaling.deviation(i) = std::sqrt(accu(square(data.row(i) - scaling.mean(i))) / 9);
  }
  check<scaling_of>(scaling, data);
  check<scaling_of>(Scaling{vec{7}, vec{0}}, mat(vec{7}));
  rejects<scaling_of>(mat(3, 0));
  rejects<standardise>(X, Scaling{vec{1}, vec{1}});
  rejects<standardise>(X, Scaling{vec{1, 2}, vec{1}});
}

// 9.7

static const mat four = {{1, 3, 5, -1}, {2, 2, 0, 8}};

static const auto plain_norm =
    oracle<Normalised>("batch_norm", [](const mat& Z, const vec& gamma, const vec& beta, real epsilon) {
      Normalised n{mat(size(Z)), mat(size(Z)), vec(Z.n_rows), vec(Z.n_rows)};
      for (uword i = 0; i < Z.n_rows; ++i) {
        n.mean(i) = accu(Z.row(i)) / Z.n_cols;
        n.variance(i) = accu(square(Z.row(i) - n.mean(i))) / Z.n_cols;
        for (uword j = 0; j < Z.n_cols; ++j) {
          n.H(i, j) = (Z(i, j) - n.mean(i)) / std::sqrt(n.variance(i) + epsilon);
          n.Y(i, j) = gamma(i) * n.H(i, j) + beta(i);
        }
      }
      return n;
    });

TEST_CASE("every row to its own mean and variance", "[09][9.7]") {
  const vec gamma = {2, 0.5}, beta = {1, -1};
  const Normalised golden = plain_norm(four, gamma, beta, real(1e-5));
  REQUIRE(std::abs(golden.Y(0, 0) - 0.1055737034) < 1e-9);
  check<batch_norm>(golden, four, gamma, beta, real(1e-5));
  Rng rng = seeded(909);
  for (const auto& [m, n] : {std::pair<uword, uword>{1, 1}, {3, 5}, {5, 2}}) {
    const mat Z = random_normal(m, n, rng) + 2;
    const vec g = random_normal(m, 1, rng), b = random_normal(m, 1, rng);
    check<batch_norm>(plain_norm(Z, g, b, real(0.1)), Z, g, b, real(0.1));
  }
  check<batch_norm>(Normalised{{{3, 3}}, {{0, 0}}, vec{4}, vec{0}}, mat{{4, 4}}, vec{2}, vec{3}, real(1e-5));
  rejects<batch_norm>(four, vec{1}, vec{1, 1}, real(1e-5));
  rejects<batch_norm>(four, vec{1, 1}, vec{1, 1, 1}, real(1e-5));
  rejects<batch_norm>(mat(2, 0), vec{1, 1}, vec{1, 1}, real(1e-5));
}

static const auto slopes_of_norm = oracle<NormGradients>(
    "batch_norm_backward", [](const mat& Z, const vec& g, const vec& b, const mat& dS, real epsilon) -> NormGradients {
      const auto loss = [&](const mat& z, const vec& gs, const vec& bs) {
        return accu(plain_norm(z, gs, bs, epsilon).Y % dS);
      };
      return NormGradients{numerical_gradient([&](const mat& z) { return loss(z, g, b); }, Z, real(1e-5)),
                           numerical_gradient([&](const mat& x) { return loss(Z, x, b); }, g, real(1e-5)),
                           numerical_gradient([&](const mat& x) { return loss(Z, g, x); }, b, real(1e-5))};
    });

TEST_CASE("backward through a mean and a variance that move", "[09][9.7]") {
  const vec gamma = {2, 0.5}, beta = {1, -1};
  const mat dY = {{1, 0, 2, -1}, {0.5, 1, 0, -2}};
  check<batch_norm_backward>(NormGradients{{{0.8049829514, -0.8049829514, 0.2683300356, -0.2683300356},
                                            {0.0509259568, 0.1342592438, -0.1388886343, -0.0462965664}},
                                           vec{3.5777051863, -3.8333312037},
                                           vec{2, -0.5}},
                             printed, plain_norm(four, gamma, beta, real(1e-5)), gamma, dY, real(1e-5));
  Rng rng = seeded(910);
  for (const auto& [m, n] : {std::pair<uword, uword>{2, 3}, {4, 6}, {3, 1}}) {
    const mat Z = random_normal(m, n, rng), dS = random_normal(m, n, rng);
    const vec g = random_normal(m, 1, rng), b = random_normal(m, 1, rng);
    const real epsilon = real(0.01);
    const Normalised normalised = plain_norm(Z, g, b, epsilon);
    check<batch_norm_backward>(slopes_of_norm(Z, g, b, dS, epsilon), Tolerance{1e-7, 1e-6}, normalised, g, dS, epsilon);
  }
  rejects<batch_norm_backward>(plain_norm(four, gamma, beta, 0), gamma, mat(2, 3, arma::fill::ones), real(0));
  rejects<batch_norm_backward>(plain_norm(four, gamma, beta, 0), vec{1}, dY, real(0));
}

static const auto plain_fold = oracle<Layer>(
    "fold_norm", [](Layer layer, const vec& g, const vec& b, const vec& mean, const vec& v, real epsilon) {
      for (uword i = 0; i < g.n_elem; ++i) {
        const real s = g(i) / std::sqrt(v(i) + epsilon);
        layer.W.row(i) *= s;
        layer.b(i) = s * (layer.b(i) - mean(i)) + b(i);
      }
      return layer;
    });

TEST_CASE("a trained layer with batch norm is a plain layer again", "[09][9.7]") {
  const Layer layer{{{1, 2}, {0, -1}}, vec{1, 0}, Activation::relu};
  check<fold_norm>(Layer{layer.W, vec{0, -4}, Activation::relu}, layer, vec{2, 0.5}, vec{1, -1}, vec{2, 3},
                   vec{4, 0.25}, real(0));
  Rng rng = seeded(911);
  for (const uword m : {1, 4}) {
    const Layer some{random_normal(m, 3, rng), random_normal(m, 1, rng), Activation::tanh};
    const vec g = random_normal(m, 1, rng), b = random_normal(m, 1, rng), mean = random_normal(m, 1, rng),
              v = square(random_normal(m, 1, rng));
    check<fold_norm>(plain_fold(some, g, b, mean, v, real(0.05)), some, g, b, mean, v, real(0.05));
    rejects<fold_norm>(some, vec(m + 1, arma::fill::ones), b, mean, v, real(0));
    rejects<fold_norm>(some, g, b, mean, vec(m + 1, arma::fill::ones), real(0));
  }
}

// 9.8

TEST_CASE("a line is walked to its bottom", "[09][9.8]") {
  struct Case {
    const char* name;
    std::function<real(real)> slope;
    real first;
  };
  const Case cases[] = {{"(t - 3)^2", [](real t) { return 2 * (t - 3); }, 1},
                        {"(t - 3)^2, a first step far beyond", [](real t) { return 2 * (t - 3); }, 500},
                        {"(t - 3)^2, a tiny first step", [](real t) { return 2 * (t - 3); }, real(1e-6)},
                        {"t^4 - 8 t", [](real t) { return 4 * t * t * t - 8; }, real(0.1)},
                        {"exp(-t) + t/10", [](real t) { return -std::exp(-t) + real(0.1); }, 1}};
  for (const Case& each : cases)
    for (const real tolerance : {real(0.5), real(0.1), real(1e-6)}) {
      const auto& slope = each.slope;
      Parts arguments{{std::string("f(t) = ") + each.name, {}}};
      add_parts(arguments, "first", each.first);
      add_parts(arguments, "tolerance", tolerance);
      const auto parts = [](bool forward, bool flat) {
        return named<double>({{"t is above 0 (1: yes)", forward},
                              {"the slope at t is at most tolerance times that at 0 (1: yes)", flat}});
      };
      shows<line_search>(parts(true, true), {}, arguments, [&](const auto& f) {
        const real t = f(slope, each.first, tolerance);
        return parts(t > 0, std::abs(slope(t)) <= tolerance * std::abs(slope(0)) * (1 + 1e-9));
      });
    }
  const std::function<real(real)> falls = [](real t) { return t - 1; }, rises = [](real t) { return t + 1; },
                                  flat = [](real) { return real(0); };
  rejects<line_search>(rises, real(1), real(0.1));
  rejects<line_search>(flat, real(1), real(0.1));
  rejects<line_search>(falls, real(0), real(0.1));
  rejects<line_search>(falls, real(-1), real(0.1));
  for (const double tolerance : {0.0, 1.0, 1.5, arma::datum::nan})
    rejects<line_search>(falls, real(1), real(tolerance));
}

TEST_CASE("n steps for a quadratic of n numbers", "[09][9.8]") {
  const std::function<vec(const vec&)> slope = [](const vec& x) { return vec{x(0) / 10, 2 * x(1)}; };
  check<conjugate_gradient>({{-7, -6.6398327561, 0}, {2, -0.0580985366, 0}}, Tolerance{1e-6, 1e-6}, slope, vec{-7, 2},
                            uword(2), real(1e-8));
  const mat A = {{4, 1, 0}, {1, 3, 1}, {0, 1, 2}};
  const vec b = {1, 2, 3};
  const std::function<vec(const vec&)> three = [&](const vec& x) -> vec { return A * x - b; };
  check<conjugate_gradient>(
      {{0, 0.28, 0.0492307692, 2 / 9.0}, {0, 0.56, 0.3292307692, 1 / 9.0}, {0, 0.84, 1.3015384615, 13 / 9.0}},
      Tolerance{1e-6, 1e-6}, three, vec{0, 0, 0}, uword(3), real(1e-8));
  check<conjugate_gradient>(mat(vec{3, 4}), slope, vec{3, 4}, uword(0), real(0.1));
  check<conjugate_gradient>(mat(2, 4, arma::fill::zeros), slope, vec{0, 0}, uword(3), real(0.1));  // it is there
}

TEST_CASE("the walk never rises, even where it bends", "[09][9.8]") {
  const auto f = [](const vec& x) { return std::pow(1 - x(0), 2) + 5 * std::pow(x(1) - x(0) * x(0), 2); };
  const std::function<vec(const vec&)> slope = [](const vec& x) {
    return vec{-2 * (1 - x(0)) - 20 * x(0) * (x(1) - x(0) * x(0)), 10 * (x(1) - x(0) * x(0))};
  };
  const vec start = {-1.2, 1};
  holds<conjugate_gradient>(
      "11 columns, each of them no higher than the one before, and the last near (1, 1)",
      [&](const mat& path) {
        if (path.n_rows != 2 || path.n_cols != 11) return false;
        for (uword t = 1; t < path.n_cols; ++t)
          if (f(path.col(t)) > f(path.col(t - 1)) + 1e-12) return false;
        return f(path.col(10)) < 1e-4;
      },
      slope, start, uword(10), real(0.01));  // more would be rounding alone
}

// 9.9

TEST_CASE("a network as one column, and back", "[09][9.9]") {
  const Network network = {{{{1, 2}, {3, 4}, {5, 6}}, vec{7, 8, 9}, Activation::tanh},
                           {{{10, 11, 12}}, vec{13}, Activation::identity}};
  const vec column = {1, 3, 5, 2, 4, 6, 7, 8, 9, 10, 11, 12, 13};
  check<flatten>(column, network);
  check<flatten>(vec(), Network{});
  check<unflatten>(network,
                   Network{{{mat(3, 2, arma::fill::zeros), vec(3, arma::fill::ones), Activation::tanh},
                            {mat(1, 3, arma::fill::ones), vec{0}, Activation::identity}}},
                   column);
  rejects<unflatten>(network, vec(12, arma::fill::ones));
  rejects<unflatten>(network, vec(14, arma::fill::ones));
}

TEST_CASE("the slopes of all weights from the deltas", "[09][9.9]") {
  Rng rng = seeded(912);
  for (const auto& sizes : {std::vector<uword>{3, 4, 2}, {5, 2}, {2, 3, 3, 4}}) {
    const Network network = random_network(sizes, Activation::relu, Activation::softmax, rng);
    const mat X = random_normal(sizes[0], 7, rng), T = random_targets(sizes.back(), 7, rng);
    const Trace trace = forward_trace(network, X);
    Gradients expected = backprop(network, X, T, Loss::cross_entropy);
    expected.loss = 0;
    check<gradients_of>(expected, X, trace, backward_deltas(network, trace, T, Loss::cross_entropy));
  }
}

/// By hand, from lessons 6 to 8 and the plain steps above; without dropout or distortion.
static const auto plain_epoch =
    oracle<Progressed>("epoch", [](Progressed from, const Dataset& data, const std::vector<uvec>& batches,
                                   const Recipe& recipe, const std::vector<real>& rates) {
      auto& [network, memory] = from.now;
      if (memory.empty()) memory.resize(2 * network.size());
      for (std::size_t k = 0; k < batches.size(); ++k) {
        const Batch batch = gather(data, batches[k]);
        Gradients g = backprop(network, batch.X, batch.T, recipe.options.loss);
        if (recipe.clip > 0) {
          double squares = 0;
          for (std::size_t l = 0; l < network.size(); ++l) squares += accu(square(g.dW[l])) + accu(square(g.db[l]));
          if (const real norm = real(std::sqrt(squares)); norm > recipe.clip)
            for (std::size_t l = 0; l < network.size(); ++l)
              g.dW[l] *= recipe.clip / norm, g.db[l] *= recipe.clip / norm;
        }
        for (std::size_t l = 0; l < network.size(); ++l) {
          const mat faded = network[l].W * (1 - rates[k] * recipe.options.weight_decay);
          Moved W = plain_step(recipe.method, rates[k], faded, g.dW[l], memory[2 * l]),
                b = plain_step(recipe.method, rates[k], network[l].b, g.db[l], memory[2 * l + 1]);
          network[l].W = W.x, network[l].b = b.x;
          memory[2 * l] = W.memory, memory[2 * l + 1] = b.memory;
        }
        from.running_loss =
            from.step == 0 ? g.loss : (1 - recipe.options.eta) * from.running_loss + recipe.options.eta * g.loss;
        ++from.step;
      }
      return from;
    });

TEST_CASE("an epoch with a rule, a schedule, a limit and decay", "[09][9.9]") {
  Rng rng = seeded(913);
  const Dataset data = random_data(14, 3, 3, 3, rng);
  const std::vector<uvec> batches{{0, 1, 2, 3}, {4, 5, 6}, {7, 8, 9, 10, 11}};
  for (const Rule rule : rules)
    for (const bool later : {false, true}) {
      Recipe recipe;
      recipe.options.rate = real(0.1), recipe.options.weight_decay = real(0.05), recipe.options.eta = real(0.2);
      recipe.method.rule = rule;
      recipe.schedule = {Decay::linear, 2};
      recipe.clip = rule == Rule::momentum ? real(0.3) : 0;
      Progressed from{{random_network({9, 4, 3}, Activation::tanh, Activation::softmax, rng), {}}, 0, 0};
      std::vector<real> rates = {real(0.05), real(0.1), real(0.1)};  // of 8 steps
      if (later) {
        from = plain_epoch(from, data, batches, recipe, rates);
        rates = {real(0.1) * 5 / 6, real(0.1) * 4 / 6, real(0.1) * 3 / 6};
      }
      check<optimised_epoch>(plain_epoch(from, data, batches, recipe, rates), from, data, batches, recipe, uword(8),
                             seeded(914));
    }
}

TEST_CASE("with plain descent and nothing else it is the epoch of lesson 7", "[09][9.9]") {
  Rng rng = seeded(915);
  const Dataset data = random_data(20, 4, 2, 3, rng);
  const Network network = random_network({8, 5, 3}, Activation::relu, Activation::softmax, rng);
  Recipe recipe;
  recipe.options.rate = real(0.2);
  const std::vector<uvec> batches = shuffled_batches(arma::regspace<uvec>(0, 19), 6, rng);
  const Epoch epoch = train_epoch(network, data, batches, recipe.options);
  check<optimised_epoch>(Progressed{{epoch.network, std::vector<Memory>(4)}, batches.size(), epoch.running_loss},
                         Progressed{{network, {}}, 0, 0}, data, batches, recipe, uword(100), seeded(916));
}

TEST_CASE("regularisation works in this epoch, too", "[09][9.9]") {
  Rng rng = seeded(917);
  const Dataset data = random_data(6, 3, 3, 2, rng);
  const Network network = random_network({9, 30, 2}, Activation::tanh, Activation::softmax, rng);
  const std::vector<uvec> batches{{0, 1}, {2, 3}};
  const auto parts = [](double dropped, bool distorted, bool again) {
    return named<double>({{"the hidden units that learned with every unit left out", dropped},
                          {"the same weights with distorted images as without (1: yes)", distorted},
                          {"the same network from the same seed (1: yes)", again}});
  };
  shows<optimised_epoch>(parts(0, false, true), {}, {}, [&](const auto& f) {
    const auto trained = [&](const Regularisation& regularisation) {
      Recipe recipe;
      recipe.regularisation = regularisation;
      Rng own = seeded(918);
      return f(Progressed{{network, {}}, 0, 0}, data, batches, recipe, uword(2), own).now.network;
    };
    const Network silent = trained({real(1e-12), {}}), plain = trained({}), moved = trained({1, Distortion{}}),
                  again = trained({1, Distortion{}});
    return parts(double(accu(any(silent[0].W != network[0].W, 1))), approx_equal(plain[0].W, moved[0].W, "absdiff", 0),
                 approx_equal(moved[0].W, again[0].W, "absdiff", 0));
  });
  Recipe recipe;
  rejects<optimised_epoch>(Progressed{{network, {}}, 0, 0}, data, std::vector<uvec>{}, recipe, uword(2), seeded(1));
  rejects<optimised_epoch>(Progressed{{network, {}}, 2, 0}, data, std::vector<uvec>{{0}, {1}}, recipe, uword(1),
                           seeded(1));
}

}  // namespace nn
