// Lesson 6: all gradients in one pass. They are compared with gradients worked out by hand, with loops that follow the
// definitions, and with our own numerical gradient.
#include "contracts/backprop.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <ctime>

#include "autograder/tests/support/expect.hpp"
#include "autograder/tests/support/microscope.hpp"
#include "nn/activations.hpp"
#include "nn/losses.hpp"
#include "nn/multilayer.hpp"
#include "nn/support/activate.hpp"
#include "nn/support/toys.hpp"

namespace nn {

static const Lens numerically{.tolerance = {1e-6, 1e-6}};  // against a numerical gradient

/// Like check, with a gradient under the microscope.
template <auto Function, class Result, class... Args>
static void check_gradients(const Result& expected, const Lens& lens, const Args&... args) {
  const GradientParts wanted = gradient_parts(expected);
  judge_call<Function>(
      Arguments<Function>(args...),
      [&](const auto& result) { return microscope(wanted, gradient_parts(result), lens); }, parts_of(expected),
      lens.tolerance);
}

// The definitions, one number after the other.

static const auto plain_phi = oracle<real>("phi", [](Activation phi, real z) -> real {
  switch (phi) {
    case Activation::identity: return z;
    case Activation::step: return z > 0;
    case Activation::sign: return z > 0 ? 1 : z < 0 ? -1 : 0;
    case Activation::sigmoid: return 1 / (1 + std::exp(-z));
    case Activation::tanh: return std::tanh(z);
    case Activation::relu: return z > 0 ? z : 0;
    case Activation::leaky_relu: return z > 0 ? z : leaky_relu_alpha * z;
    case Activation::elu: return z > 0 ? z : elu_alpha * (std::exp(z) - 1);
    case Activation::hard_tanh: return z > 1 ? 1 : z < -1 ? -1 : z;
    case Activation::softmax: break;
  }
  return arma::datum::nan;
});

static const auto plain_slope = oracle<real>("slope", [](Activation phi, real z) -> real {
  switch (phi) {
    case Activation::identity: return 1;
    case Activation::step:
    case Activation::sign: return 0;
    case Activation::sigmoid: return 1 / (2 + std::exp(z) + std::exp(-z));
    case Activation::tanh: return 1 / (std::cosh(z) * std::cosh(z));
    case Activation::relu: return z > 0 ? 1 : 0;
    case Activation::leaky_relu: return z > 0 ? 1 : leaky_relu_alpha;
    case Activation::elu: return z > 0 ? 1 : elu_alpha * std::exp(z);
    case Activation::hard_tanh: return z > -1 && z < 1 ? 1 : 0;
    case Activation::softmax: break;
  }
  return arma::datum::nan;
});

static const auto plain_activate = oracle<mat>("activation", [](Activation phi, const mat& Z) {
  mat A = Z;
  for (uword j = 0; j < Z.n_cols; ++j) {
    real sum = 0;
    for (uword i = 0; i < Z.n_rows; ++i) sum += std::exp(Z(i, j));
    for (uword i = 0; i < Z.n_rows; ++i)
      A(i, j) = phi == Activation::softmax ? std::exp(Z(i, j)) / sum : plain_phi(phi, Z(i, j));
  }
  return A;
});

/// dZ from dA: entry by entry, and for softmax by da_k / dz_i = a_k ([k = i] - a_i).
static const auto plain_backward = oracle<mat>("activation_backward", [](Activation phi, const mat& Z, const mat& dA) {
  const mat A = plain_activate(phi, Z);
  mat dZ(size(Z), arma::fill::zeros);
  for (uword j = 0; j < Z.n_cols; ++j)
    for (uword i = 0; i < Z.n_rows; ++i) {
      if (phi != Activation::softmax) dZ(i, j) = dA(i, j) * plain_slope(phi, Z(i, j));
      for (uword k = 0; phi == Activation::softmax && k < Z.n_rows; ++k)
        dZ(i, j) += dA(k, j) * A(k, j) * ((k == i ? 1 : 0) - A(i, j));
    }
  return dZ;
});

static const auto plain_sums = oracle<mat>("sums", [](const Layer& layer, const mat& X) {
  mat Z(layer.W.n_rows, X.n_cols);
  for (uword j = 0; j < X.n_cols; ++j)
    for (uword i = 0; i < layer.W.n_rows; ++i) {
      Z(i, j) = layer.b(i);
      for (uword k = 0; k < layer.W.n_cols; ++k) Z(i, j) += layer.W(i, k) * X(k, j);
    }
  return Z;
});

static const auto plain_trace = oracle<Trace>("forward_trace", [](const Network& network, mat X) {
  Trace trace;
  for (const Layer& layer : network) {
    trace.Z.push_back(plain_sums(layer, X));
    X = plain_activate(layer.activation, trace.Z.back());
    trace.A.push_back(X);
  }
  return trace;
});

static const auto plain_loss = oracle<real>("loss", [](Loss loss, const mat& Y, const mat& T) {
  real sum = 0;
  for (uword i = 0; i < Y.n_elem; ++i) switch (loss) {
      case Loss::squared: sum += (Y(i) - T(i)) * (Y(i) - T(i)) / 2; break;
      case Loss::cross_entropy: sum -= T(i) == 0 ? 0 : T(i) * std::log(Y(i)); break;
      case Loss::binary_cross_entropy:
        sum -= T(i) == 0 ? 0 : T(i) * std::log(Y(i));
        sum -= T(i) == 1 ? 0 : (1 - T(i)) * std::log(1 - Y(i));
        break;
    }
  return sum / real(Y.n_cols);
});

/// Loss and gradients from nothing but the values of the loss.
static const auto numerical =
    oracle<Gradients>("gradients", [](Network network, const mat& X, const mat& T, Loss loss) -> Gradients {
      const auto value = [&] { return plain_loss(loss, forward(network, X), T); };
      Gradients g;
      g.loss = value();
      for (Layer& layer : network) {
        const mat W = layer.W, b = layer.b;
        g.dW.push_back(numerical_gradient([&](const mat& moved) { return layer.W = moved, value(); }, W, 1e-5));
        layer.W = W;
        g.db.push_back(numerical_gradient([&](const mat& moved) { return layer.b = moved, value(); }, b, 1e-5));
        layer.b = b;
      }
      return g;
    });

// Random problems.

/// No weighted sum lies within 1e-3 of a kink, and no output is so certain that rounding eats its loss.
struct Problem {
  Network network;
  mat X, T;
  Loss loss;
};

static real distance_to_kink(Activation phi, real z) {
  switch (phi) {
    case Activation::step:
    case Activation::sign:
    case Activation::relu:
    case Activation::leaky_relu:
    case Activation::elu: return std::abs(z);
    case Activation::hard_tanh: return std::min(std::abs(z - 1), std::abs(z + 1));
    default: return arma::datum::inf;
  }
}

static bool smooth(const Problem& p) {
  const Trace trace = plain_trace(p.network, p.X);
  for (uword l = 0; l < p.network.size(); ++l)
    for (const real z : trace.Z[l])
      if (distance_to_kink(p.network[l].activation, z) < 1e-3) return false;
  return abs(trace.Z.back()).max() < 6;
}

static const Activation hidden_activations[]{Activation::identity,   Activation::sigmoid, Activation::tanh,
                                             Activation::relu,       Activation::elu,     Activation::hard_tanh,
                                             Activation::leaky_relu, Activation::softmax};

static Problem random_problem(uword depth, Loss loss, Rng& rng) {
  Problem p;
  p.loss = loss;
  do {
    p.network.clear();
    const uword samples = 1 + rng.below(5);
    uword inputs = 1 + rng.below(4);
    p.X = random_normal(inputs, samples, rng);
    for (uword l = 0; l < depth; ++l) {
      const uword units = 1 + rng.below(5) + (l + 1 == depth && loss == Loss::cross_entropy);
      Activation phi = hidden_activations[rng.below(std::size(hidden_activations))];
      if (l + 1 == depth && loss == Loss::cross_entropy) phi = Activation::softmax;
      if (l + 1 == depth && loss == Loss::binary_cross_entropy) phi = Activation::sigmoid;
      const mat W = random_normal(units, inputs, rng) / std::sqrt(real(inputs));
      p.network.push_back({W, random_normal(units, 1, rng) / 2, phi});
      inputs = units;
    }
    p.T = random_uniform(inputs, samples, 0, 1, rng);
    if (loss == Loss::cross_entropy)
      for (uword j = 0; j < samples; ++j) p.T.col(j) /= accu(p.T.col(j));
    if (loss == Loss::squared) p.T = 4 * p.T - 2;
  } while (!smooth(p));
  return p;
}

static const Loss all_losses[]{Loss::squared, Loss::cross_entropy, Loss::binary_cross_entropy};

static Lens lens_for(const Problem& p) { return {{1e-6, 1e-6}, p.X.n_cols, p.T.n_rows}; }

// 6.1

TEST_CASE("a sum hands its slope to both inputs", "[06][6.1]") {
  for (const real d : {1.0, 0.25, -3.0, 0.0, 17.5}) check<add_backward>({d, d}, d);
}

static const auto plain_product = oracle<Slopes>("product", [](real x, real y, real d) {
  return Slopes{d * y, d * x};
});

TEST_CASE("a product hands each input the slope times the other", "[06][6.1]") {
  check<multiply_backward>({3, 2}, 2.0, 3.0, 1.0);
  check<multiply_backward>({-10, 4}, -2.0, 5.0, -2.0);
  check<multiply_backward>({0, 3.5}, 7.0, 0.0, 0.5);
  Rng rng = seeded(61);
  for (int k = 0; k < 5; ++k) {
    const real x = rng.normal(), y = rng.normal(), d = rng.normal();
    check<multiply_backward>(plain_product(x, y, d), x, y, d);
  }
}

TEST_CASE("(x + y) z at (1, 2, 3) has the slopes 3, 3, 3", "[06][6.1]") {
  check<multiply_backward>({3, 3}, 1.0 + 2.0, 3.0, 1.0);  // u = x + y and z
  check<add_backward>({3, 3}, 3.0);                       // x and y
  const auto f = [](const mat& x) { return (x(0) + x(1)) * x(2); };
  const mat slopes = numerical_gradient(f, mat(vec{-1, 4, 0.5}), 1e-3);
  check<multiply_backward>({slopes(0), slopes(2)}, -1.0 + 4.0, 0.5, 1.0);
  check<add_backward>({slopes(0), slopes(1)}, 0.5);
}

// 6.2

TEST_CASE("a dense layer of 2 units and 3 inputs, backward by hand", "[06][6.2]") {
  const mat W{{1, 2, 3}, {4, 5, 6}}, X{{1, 0}, {2, -1}, {3, 5}}, dZ{{1, 2}, {-1, 0.5}};
  const DenseGradients by_hand{{{1, 0, 13}, {-1, -2.5, -0.5}}, {3, -0.5}, {{-3, 4}, {-3, 6.5}, {-3, 9}}};
  check_gradients<dense_backward>(by_hand, {.samples = 2}, W, X, dZ);
}

TEST_CASE("one sample and one unit, backward by hand", "[06][6.2]") {
  check_gradients<dense_backward>(DenseGradients{{{1.5, -2}}, {0.5}, mat(vec{1, 2.5})}, {}, mat{{2, 5}},
                                  mat(vec{3, -4}), mat(vec{0.5}));
}

static const auto plain_dense_backward =
    oracle<DenseGradients>("dense_backward", [](const mat& W, const mat& X, const mat& dZ) {
      const uword m = W.n_rows, d = W.n_cols, n = X.n_cols;
      DenseGradients all{mat(m, d, arma::fill::zeros), vec(m, arma::fill::zeros), mat(d, n, arma::fill::zeros)};
      for (uword j = 0; j < n; ++j)
        for (uword i = 0; i < m; ++i) {
          all.db(i) += dZ(i, j);
          for (uword k = 0; k < d; ++k) all.dW(i, k) += dZ(i, j) * X(k, j), all.dX(k, j) += dZ(i, j) * W(i, k);
        }
      return all;
    });

TEST_CASE("every weight, bias and input gets the slope of a sum over all it touches", "[06][6.2]") {
  Rng rng = seeded(62);
  const uword shapes[][3]{{3, 2, 4}, {2, 5, 3}, {1, 4, 2}, {4, 1, 5}, {3, 3, 3}, {2, 3, 1}};
  for (const auto& [m, d, n] : shapes) {
    const mat W = random_normal(m, d, rng), X = random_normal(d, n, rng), dZ = random_normal(m, n, rng);
    check_gradients<dense_backward>(plain_dense_backward(W, X, dZ), {.samples = n, .outputs = m}, W, X, dZ);
  }
}

TEST_CASE("they are the numerical gradients of a loss behind the layer", "[06][6.2]") {
  Rng rng = seeded(620);
  for (const uword n : {1, 4}) {
    const Layer layer{random_normal(2, 3, rng), random_normal(2, 1, rng), Activation::identity};
    const mat X = random_normal(3, n, rng), C = random_normal(2, n, rng);
    const auto loss = [&](const mat& W, const vec& b, const mat& inputs) { return accu(C % sin(dense(W, b, inputs))); };
    const auto along_W = [&](const mat& W) { return loss(W, layer.b, X); };
    const auto along_b = [&](const mat& b) { return loss(layer.W, b, X); };
    const auto along_X = [&](const mat& moved) { return loss(layer.W, layer.b, moved); };
    const DenseGradients expected{numerical_gradient(along_W, layer.W, 1e-5),
                                  numerical_gradient(along_b, layer.b, 1e-5), numerical_gradient(along_X, X, 1e-5)};
    const mat dZ = C % cos(dense(layer.W, layer.b, X));
    check_gradients<dense_backward>(expected, {.tolerance = {1e-6, 1e-6}, .samples = n}, layer.W, X, dZ);
  }
}

TEST_CASE("dense_backward turns away what does not fit W", "[06][6.2]") {
  const auto ones = [](uword rows, uword columns) { return mat(rows, columns, arma::fill::ones); };
  for (const uword rows : {1, 2, 4}) rejects<dense_backward>(ones(2, 3), ones(rows, 4), ones(2, 4));
  for (const uword rows : {1, 3, 4}) rejects<dense_backward>(ones(2, 3), ones(3, 4), ones(rows, 4));
  for (const uword samples : {0, 1, 3, 5}) rejects<dense_backward>(ones(2, 3), ones(3, 4), ones(2, samples));
}

// 6.3

static const Activation all_activations[]{
    Activation::identity, Activation::step,       Activation::sign, Activation::sigmoid,   Activation::tanh,
    Activation::relu,     Activation::leaky_relu, Activation::elu,  Activation::hard_tanh, Activation::softmax};

TEST_CASE("back through each activation, by hand", "[06][6.3]") {
  const mat Z{{-2, 0.5}, {3, -0.25}}, dA{{10, 20}, {30, 40}};
  const auto back = [&](Activation phi, const mat& expected) {
    check_gradients<activation_backward>(expected, Lens{}, phi, Z, plain_activate(phi, Z), dA);
  };
  back(Activation::identity, dA);
  back(Activation::relu, {{0, 20}, {30, 0}});
  back(Activation::leaky_relu, {{0.1, 20}, {30, 0.4}});
  back(Activation::hard_tanh, {{0, 20}, {0, 40}});
  back(Activation::elu, {{1.3533528323661270, 20}, {30, 31.152031322856195}});
  back(Activation::sigmoid, {{1.0499358540350652, 4.70007424403189}, {1.35529979192736, 9.845363309503934}});
  back(Activation::tanh, {{0.70650824853164426, 15.728954659318548}, {0.29598111496320634, 37.60059395225512}});
  back(Activation::step, {{0, 0}, {0, 0}});
  back(Activation::sign, {{0, 0}, {0, 0}});
}

TEST_CASE("back through softmax every output matters, by hand", "[06][6.3]") {
  const mat A{{0.5, 0.1}, {0.25, 0.6}, {0.25, 0.3}}, Z = log(A), dA{{4, 0}, {0, 0}, {-8, 10}};
  check_gradients<activation_backward>(mat{{2, -0.3}, {0, -1.8}, {-2, 2.1}}, Lens{}, Activation::softmax, Z, A, dA);
}

TEST_CASE("back through any activation of any shape, as the definitions say", "[06][6.3]") {
  Rng rng = seeded(63);
  const std::pair<uword, uword> shapes[]{{3, 2}, {2, 5}, {1, 3}, {4, 1}};
  for (const auto& [rows, columns] : shapes)
    for (const Activation phi : all_activations) {
      const mat Z = 2 * random_normal(rows, columns, rng), dA = random_normal(rows, columns, rng);
      check_gradients<activation_backward>(plain_backward(phi, Z, dA), Lens{}, phi, Z, plain_activate(phi, Z), dA);
    }
}

TEST_CASE("it is the numerical gradient of a loss behind the activation", "[06][6.3]") {
  Rng rng = seeded(630);
  for (const Activation phi : all_activations) {
    mat Z = 2 * random_normal(3, 2, rng);
    for (real& z : Z)
      while (distance_to_kink(phi, z) < 1e-3) z = 2 * rng.normal();
    const mat C = random_normal(3, 2, rng);
    const mat expected = numerical_gradient([&](const mat& moved) { return accu(C % activate(phi, moved)); }, Z, 1e-5);
    check_gradients<activation_backward>(expected, numerically, phi, Z, plain_activate(phi, Z), C);
  }
}

TEST_CASE("at a kink the slope is that of lesson 3", "[06][6.3]") {
  const auto back = [&](Activation phi, const mat& Z, const mat& expected) {
    check_gradients<activation_backward>(expected, Lens{}, phi, Z, plain_activate(phi, Z), mat(size(Z)).fill(100));
  };
  back(Activation::relu, {{0, 1, -1}}, {{0, 100, 0}});
  back(Activation::leaky_relu, {{0, 1, -1}}, {{1, 100, 1}});
  back(Activation::hard_tanh, {{-1, 1, 0}}, {{0, 0, 100}});
}

TEST_CASE("activation_backward turns away matrices of different shapes", "[06][6.3]") {
  const mat Z(3, 2, arma::fill::ones);
  for (const Activation phi : {Activation::identity, Activation::sigmoid, Activation::relu, Activation::softmax})
    for (const mat& odd : {mat(2, 3), mat(3, 1), mat(1, 2), mat(6, 1), mat(1, 1), mat()}) {
      rejects<activation_backward>(phi, Z, Z, odd);
      rejects<activation_backward>(phi, Z, odd, Z);
      rejects<activation_backward>(phi, odd, Z, Z);
    }
}

// 6.4

/// The three layers of the slides.
static Network slides_network() {
  return {{{{0.1, 0.2}, {0.3, 0.4}, {0.5, 0.6}}, {0.1, 0.2, 0.3}, Activation::sigmoid},
          {{{0.1, 0.2, 0.3}, {0.4, 0.5, 0.6}}, {0.1, 0.2}, Activation::sigmoid},
          {{{0.1, 0.2}, {0.3, 0.4}}, {0.1, 0.2}, Activation::identity}};
}

TEST_CASE("every sum and every output of the slides' three layers is kept", "[06][6.4]") {
  const mat A0 = vec{0.574442516811659, 0.6681877721681662, 0.7502601055951177},
            A1 = vec{0.6262493703990729, 0.7710106968556123}, Y = vec{0.3168270764110298, 0.6962790898619668};
  const Trace expected{{vec{0.3, 0.7, 1.1}, vec{0.5161598377933345, 1.2140269561658172}, Y}, {A0, A1, Y}};
  check<forward_trace>(expected, slides_network(), mat(vec{1, 0.5}), Trace{});
}

TEST_CASE("a trace of ReLU and identity, by hand", "[06][6.4]") {
  const Network network{{{{1, -1}, {2, 1}}, {0, -3}, Activation::relu}, {{{3, -1}}, {1}, Activation::identity}};
  const Trace by_hand{{{{1, -2}, {2, 2}}, {{2, -1}}}, {{{1, 0}, {2, 2}}, {{2, -1}}}};
  check<forward_trace>(by_hand, network, mat{{2, 1}, {1, 3}}, Trace{});
}

TEST_CASE("a trace of any depth and any activations", "[06][6.4]") {
  Rng rng = seeded(64);
  for (uword depth = 1; depth <= 4; ++depth)
    for (const Loss loss : all_losses) {
      const Problem p = random_problem(depth, loss, rng);
      check<forward_trace>(plain_trace(p.network, p.X), p.network, p.X, Trace{});
    }
  for (const Activation phi : all_activations) {
    const Network network{{random_normal(3, 2, rng), random_normal(3, 1, rng), phi}};
    const mat X = random_normal(2, 4, rng);
    check<forward_trace>(plain_trace(network, X), network, X, Trace{});
  }
}

TEST_CASE("nothing of an earlier trace is left", "[06][6.4]") {
  Rng rng = seeded(640);
  for (const uword depth : {1, 2, 3}) {
    const Problem p = random_problem(depth, Loss::squared, rng);
    const Trace right = plain_trace(p.network, p.X);
    check<forward_trace>(right, p.network, p.X, right);
    for (const uword earlier : {1, 2, 4}) {
      const Problem other = random_problem(earlier, Loss::squared, rng);
      check<forward_trace>(right, p.network, p.X, plain_trace(other.network, other.X));
    }
  }
}

TEST_CASE("no layers leave no trace", "[06][6.4]") {
  check<forward_trace>({}, Network{}, mat{{1, 2}, {3, 4}}, Trace{});
}

TEST_CASE("forward_trace turns away layers that do not fit", "[06][6.4]") {
  Rng rng = seeded(641);
  const auto layer = [&](uword m, uword d, uword biases) {
    return Layer{random_normal(m, d, rng), random_normal(biases, 1, rng), Activation::tanh};
  };
  for (const uword rows : {1, 3}) rejects<forward_trace>(Network{layer(3, 2, 3)}, random_normal(rows, 4, rng), Trace{});
  const mat X = random_normal(2, 4, rng);
  for (const uword d : {1, 2, 4}) rejects<forward_trace>(Network{layer(3, 2, 3), layer(2, d, 2)}, X, Trace{});
  for (const uword biases : {0, 1, 2, 4}) rejects<forward_trace>(Network{layer(3, 2, biases)}, X, Trace{});
}

// 6.5

TEST_CASE("the error of a hidden layer, by hand", "[06][6.5]") {
  check_gradients<hidden_delta>(mat(vec{1.25, -0.16}), Lens{}, mat{{1, 2}, {-3, 5}}, mat(vec{2, -1}),
                                mat(vec{0.5, 0.2}));
}

static const auto plain_delta = oracle<mat>("hidden_delta", [](const mat& W, const mat& delta, const mat& A) {
  mat all(size(A));
  for (uword s = 0; s < A.n_cols; ++s)
    for (uword j = 0; j < A.n_rows; ++j) {
      real sum = 0;
      for (uword k = 0; k < W.n_rows; ++k) sum += delta(k, s) * W(k, j);
      all(j, s) = sum * A(j, s) * (1 - A(j, s));
    }
  return all;
});

TEST_CASE("each hidden unit answers for all the units above it", "[06][6.5]") {
  Rng rng = seeded(65);
  const uword shapes[][3]{{3, 2, 4}, {2, 5, 3}, {1, 4, 2}, {4, 1, 3}, {3, 3, 2}, {2, 3, 1}};
  for (const auto& [above, m, n] : shapes) {
    const mat W = random_normal(above, m, rng), delta = random_normal(above, n, rng),
              A = random_uniform(m, n, 0, 1, rng);
    check_gradients<hidden_delta>(plain_delta(W, delta, A), {.samples = n, .outputs = above}, W, delta, A);
  }
}

TEST_CASE("hidden_delta is the numerical gradient along the hidden sums", "[06][6.5]") {
  Rng rng = seeded(650);
  const mat W = random_normal(2, 3, rng), C = random_normal(2, 4, rng), Z = random_normal(3, 4, rng);
  const auto loss = [&](const mat& moved) { return accu(C % mat(W * activate(Activation::sigmoid, moved))); };
  check_gradients<hidden_delta>(numerical_gradient(loss, Z, 1e-5), numerically, W, C,
                                plain_activate(Activation::sigmoid, Z));
}

TEST_CASE("a unit at 0 or 1 learns nothing", "[06][6.5]") {
  check_gradients<hidden_delta>(mat{{0, 0, 0.5}}, Lens{}, mat(vec{2, -1}), mat{{1, 2, 3}, {4, 5, 4}}, mat{{0, 1, 0.5}});
}

TEST_CASE("hidden_delta turns away what does not fit", "[06][6.5]") {
  const auto ones = [](uword rows, uword columns) { return mat(rows, columns, arma::fill::ones); };
  for (const uword rows : {1, 3, 4}) rejects<hidden_delta>(ones(2, 3), ones(rows, 4), ones(3, 4));
  for (const uword rows : {1, 2, 4}) rejects<hidden_delta>(ones(2, 3), ones(2, 4), ones(rows, 4));
  for (const uword samples : {0, 1, 3, 5}) rejects<hidden_delta>(ones(2, 3), ones(2, 4), ones(3, samples));
}

// 6.6  loss_value

TEST_CASE("the three losses of the slides' digit, outputs 0.1 ... 0.6 ... for a 2", "[06][6.6]") {
  const mat Y = vec{0.1, 0.05, 0.6, 0, 0.05, 0.1, 0, 0.1, 0, 0}, T = vec{0, 0, 1, 0, 0, 0, 0, 0, 0, 0};
  check<loss_value>(0.0975, Loss::squared, Y, T);
  check<loss_value>(0.51082562376599072, Loss::cross_entropy, Y, T);
  check<loss_value>(0.9294937595145709, Loss::binary_cross_entropy, Y, T);
}

TEST_CASE("each loss is a mean over the samples", "[06][6.6]") {
  Rng rng = seeded(66);
  const std::pair<uword, uword> shapes[]{{2, 3}, {3, 1}, {1, 4}, {4, 5}};
  for (const auto& [k, n] : shapes)
    for (const Loss loss : all_losses) {
      const mat Y = random_uniform(k, n, real(0.1), real(0.9), rng), T = random_uniform(k, n, 0, 1, rng);
      check<loss_value>(plain_loss(loss, Y, T), loss, Y, T);
    }
}

TEST_CASE("loss_value turns away outputs and targets that do not fit", "[06][6.6]") {
  for (const Loss loss : all_losses) {
    for (const mat& T : {mat(2, 3), mat(3, 1), mat(2, 2), mat()})
      rejects<loss_value>(loss, mat(3, 2).fill(0.5), mat(T + 0.5));
    rejects<loss_value>(loss, mat(3, 0), mat(3, 0));
  }
}

// 6.6  backward_deltas

/// E's recursion: the delta of a unit from the deltas of those it feeds.
static const auto plain_deltas =
    oracle<std::vector<mat>>("deltas", [](const Network& network, const Trace& trace, const mat& T, Loss loss) {
      std::vector<mat> deltas(network.size());
      for (uword l = network.size(); l-- > 0;) {
        mat dA(size(trace.A[l]), arma::fill::zeros);
        for (uword s = 0; s < dA.n_cols; ++s)
          for (uword r = 0; r < dA.n_rows; ++r) {
            if (l + 1 == network.size()) dA(r, s) = (trace.A[l](r, s) - T(r, s)) / real(T.n_cols);
            for (uword h = 0; l + 1 < network.size() && h < network[l + 1].W.n_rows; ++h)
              dA(r, s) += network[l + 1].W(h, r) * deltas[l + 1](h, s);
          }
        const bool cancels = l + 1 == network.size() && loss != Loss::squared;
        deltas[l] = cancels ? dA : plain_backward(network[l].activation, trace.Z[l], dA);
      }
      return deltas;
    });

TEST_CASE("deltas of a small ReLU network, by hand", "[06][6.6]") {
  const Network network{{{{1, -1}, {2, 1}}, {0, -3}, Activation::relu}, {{{3, -1}}, {1}, Activation::identity}};
  const Trace trace{{{{1, -2}, {2, 2}}, {{2, -1}}}, {{{1, 0}, {2, 2}}, {{2, -1}}}};
  check_gradients<backward_deltas>(std::vector<mat>{{{3, 0}, {-1, -1.5}}, {{1, 1.5}}}, {.samples = 2}, network, trace,
                                   mat{{0, -4}}, Loss::squared, std::vector<mat>{});
}

TEST_CASE("for both cross-entropies the output's activation cancels", "[06][6.6]") {
  const Network softmax_unit{{{{1, 2}, {0, 1}}, {0, 0}, Activation::softmax}},
      sigmoid_unit{{{{1, 2}, {0, 1}}, {0, 0}, Activation::sigmoid}};
  const mat A{{0.25, 0.5, 0.1, 0.75}, {0.75, 0.5, 0.9, 0.25}}, T{{1, 0, 0, 1}, {0, 1, 1, 0}};
  const std::vector<mat> by_hand{{{-0.1875, 0.125, 0.025, -0.0625}, {0.1875, -0.125, -0.025, 0.0625}}};
  check_gradients<backward_deltas>(by_hand, {.samples = 4}, softmax_unit, Trace{{mat(log(A))}, {A}}, T,
                                   Loss::cross_entropy, std::vector<mat>{});
  check_gradients<backward_deltas>(by_hand, {.samples = 4}, sigmoid_unit, Trace{{mat(log(A / (1 - A)))}, {A}}, T,
                                   Loss::binary_cross_entropy, std::vector<mat>{});
}

TEST_CASE("each delta follows from those above it, layer by layer", "[06][6.6]") {
  Rng rng = seeded(660);
  for (int round = 0; round < 3; ++round)
    for (uword depth = 1; depth <= 4; ++depth)
      for (const Loss loss : all_losses) {
        const Problem p = random_problem(depth, loss, rng);
        const Trace trace = plain_trace(p.network, p.X);
        const std::vector<mat> expected = plain_deltas(p.network, trace, p.T, loss);
        const Lens lens{{}, p.X.n_cols, p.T.n_rows};
        check_gradients<backward_deltas>(expected, lens, p.network, trace, p.T, loss, std::vector<mat>{});
      }
}

TEST_CASE("nothing of earlier deltas is left", "[06][6.6]") {
  Rng rng = seeded(661);
  for (const uword depth : {1, 2, 3}) {
    const Problem p = random_problem(depth, Loss::cross_entropy, rng);
    const Trace trace = plain_trace(p.network, p.X);
    const std::vector<mat> right = plain_deltas(p.network, trace, p.T, p.loss);
    for (const std::vector<mat>& earlier :
         {right, std::vector<mat>{mat{{7, 8, 9}}}, std::vector<mat>(5, mat(2, 2, arma::fill::ones))})
      check_gradients<backward_deltas>(right, Lens{}, p.network, trace, p.T, p.loss, earlier);
  }
}

TEST_CASE("backward_deltas turns away targets and losses that do not go with the network", "[06][6.6]") {
  Rng rng = seeded(662);
  const auto reject = [](const Problem& p, const mat& T, Loss loss) {
    rejects<backward_deltas>(p.network, plain_trace(p.network, p.X), T, loss, std::vector<mat>{});
  };
  for (const Loss loss : all_losses) {
    Problem p = random_problem(2, loss, rng);
    reject(p, mat(p.T.n_rows + 1, p.T.n_cols, arma::fill::ones), loss);
    reject(p, mat(p.T.n_rows, p.T.n_cols + 1, arma::fill::ones), loss);
    reject(p, mat(), loss);
    p.network.back().activation = Activation::tanh;
    if (loss != Loss::squared) reject(p, p.T, loss);
    p.network.back().activation = loss == Loss::cross_entropy ? Activation::sigmoid : Activation::softmax;
    if (loss != Loss::squared) reject(p, p.T, loss);
    rejects<backward_deltas>(Network{}, Trace{}, mat(2, 3, arma::fill::ones), loss, std::vector<mat>{});
  }
}

// 6.6  backprop

TEST_CASE("gradients of a small ReLU network, by hand", "[06][6.6]") {
  const Network network{{{{1, -1}, {2, 1}}, {0, -3}, Activation::relu}, {{{3, -1}}, {1}, Activation::identity}};
  const Gradients by_hand{3.25, {{{6, 3}, {-3.5, -5.5}}, {{1, 5}}}, {{3, -2.5}, {2.5}}};
  check_gradients<backprop>(by_hand, {.samples = 2}, network, mat{{2, 1}, {1, 3}}, mat{{0, -4}}, Loss::squared);
}

TEST_CASE("gradients known to twelve digits, with each loss", "[06][6.6]") {
  const Network two{{{{0.15, 0.2}, {0.25, 0.3}}, {0.35, 0.35}, Activation::sigmoid},
                    {{{0.4, 0.45}, {0.5, 0.55}}, {0.6, 0.6}, Activation::sigmoid}};
  check_gradients<backprop>(Gradients{0.29837110876000,
                                      {{{0.000438567734474, 0.000877135468949}, {0.000497712735261, 0.000995425470522}},
                                       {{0.0821670405642, 0.0826676278475}, {-0.0226025404775, -0.022740242216}}},
                                      {{0.00877135468949, 0.00995425470522}, {0.138498561629, -0.0380982365166}}},
                            {.outputs = 2}, two, mat(vec{0.05, 0.1}), mat(vec{0.01, 0.99}), Loss::squared);
  check_gradients<backprop>(
      Gradients{
          1.47703281996473,
          {{{-0.00814918342374, 0.0108802748785},
            {-0.0106644868727, 0.014242291187},
            {-0.0121519186473, 0.0162922719271}},
           {{0.0208249989103, 0.0228651155758, 0.0246981465075}, {0.0156045011563, 0.0171357394077, 0.0185113999452}},
           {{-0.429240190958, -0.530677245576}, {0.438724713167, 0.542376731615}}},
          {{0.00306696651905, 0.00401641409486, 0.0046242547908},
           {0.0329194453007, 0.0246733097058},
           {-0.68253877251, 0.697654456022}}},
      {.samples = 2, .outputs = 2}, slides_network(), mat{{1, -2}, {0.5, 3}}, mat{{0, 2}, {1, -1}}, Loss::squared);
  const Network classes{{{{0.5, -1}, {1.5, 0.25}}, {0.1, -0.2}, Activation::tanh},
                        {{{1, -0.5}, {-2, 0.75}, {0.25, 1}}, {0, 0.3, -0.1}, Activation::softmax}};
  check_gradients<backprop>(
      Gradients{
          1.06127310581259,
          {{{0.242905227725, -0.0282687305915}, {0.0726117533, -0.153744640746}},
           {{-0.149456542667, -0.05431355952}, {-0.117599641271, -0.259052256626}, {0.267056183938, 0.313365816146}}},
          {{-0.291805175475, 0.164198721937}, {-0.0602520970131, 0.231306477094, -0.171054380081}}},
      {.samples = 3, .outputs = 3}, classes, mat{{1, -1, 0.25}, {2, 0.5, -0.75}}, mat{{0, 0, 1}, {1, 0, 0}, {0, 1, 0}},
      Loss::cross_entropy);
  const Network yes_no{{{{0.5, -1}, {1.5, 0.25}, {-0.75, 1}}, {0.1, -0.2, 0.4}, Activation::sigmoid},
                       {{{1, -0.5, 2}, {-2, 0.75, 0.5}}, {0.2, 0.3}, Activation::sigmoid}};
  check_gradients<backprop>(
      Gradients{
          1.07531623762398,
          {{{-0.205367953334, -0.216826324271},
            {0.0571205980088, 0.0664257330825},
            {0.0322677379424, -0.00952078628492}},
           {{-0.0320164825905, -0.0788437376881, -0.114310943365}, {0.00910240585775, 0.273786529733, 0.122349009832}}},
          {{-0.0502402874165, 0.0188682276607, -0.0269772717934}, {-0.136264349592, 0.14584612599}}},
      {.samples = 2, .outputs = 2}, yes_no, mat{{1, -1}, {2, 0.5}}, mat{{1, 1}, {0, 1}}, Loss::binary_cross_entropy);
}

TEST_CASE("a weight reached along two paths gets the sum of both", "[06][6.6]") {
  for (const real v2 : {0.0, -0.75, 2.0}) {  // 0 cuts the second path
    const real x = 1.5, w = 0.8, u1 = 0.5, u2 = -1.25, v1 = 1.75, t = 0.25;
    const real y = 1 / (1 + std::exp(-w * x)), p = std::tanh(u1 * y), q = std::tanh(u2 * y), o = v1 * p + v2 * q;
    const real path1 = v1 * (1 - p * p) * u1, path2 = v2 * (1 - q * q) * u2, slope = y * (1 - y), e = o - t;
    const Network network{{mat(vec{w}), {0}, Activation::sigmoid},
                          {mat(vec{u1, u2}), {0, 0}, Activation::tanh},
                          {{{v1, v2}}, {0}, Activation::identity}};
    const real d1 = e * v1 * (1 - p * p), d2 = e * v2 * (1 - q * q), dz = e * (path1 + path2) * slope;
    check_gradients<backprop>(
        Gradients{e * e / 2, {mat(vec{dz * x}), mat(vec{d1 * y, d2 * y}), {{e * p, e * q}}}, {{dz}, {d1, d2}, {e}}},
        Lens{}, network, mat(vec{x}), mat(vec{t}), Loss::squared);
  }
}

/// Of the loss of one output for one sample: over all paths from a unit to the output the sum of the products of
/// weights and slopes along each.
static const auto over_all_paths =
    oracle<Gradients>("paths", [](const Network& network, const mat& X, const mat& T) -> Gradients {
      const Trace trace = plain_trace(network, X);
      const std::function<real(uword, uword)> from = [&](uword l, uword j) {
        const real slope = plain_slope(network[l].activation, trace.Z[l](j, 0));
        if (l + 1 == network.size()) return slope;
        real sum = 0;
        for (uword k = 0; k < network[l + 1].W.n_rows; ++k) sum += from(l + 1, k) * network[l + 1].W(k, j) * slope;
        return sum;
      };
      const real error = trace.A.back()(0) - T(0);
      Gradients g{error * error / 2, {}, {}};
      for (uword l = 0; l < network.size(); ++l) {
        const mat& input = l == 0 ? X : trace.A[l - 1];
        g.dW.push_back(mat(size(network[l].W)));
        g.db.push_back(vec(network[l].b.n_elem));
        for (uword j = 0; j < g.db[l].n_elem; ++j) {
          g.db[l](j) = error * from(l, j);
          for (uword i = 0; i < input.n_rows; ++i) g.dW[l](j, i) = g.db[l](j) * input(i);
        }
      }
      return g;
    });

TEST_CASE("every gradient is the sum over all paths to the output", "[06][6.6]") {
  Rng rng = seeded(663);
  for (int round = 0; round < 3; ++round) {
    Problem p;
    const uword units[]{2, 3, 4, 3, 1};
    const Activation activations[]{Activation::tanh, Activation::sigmoid, Activation::elu, Activation::identity};
    for (uword l = 0; l < 4; ++l)
      p.network.push_back(
          {random_normal(units[l + 1], units[l], rng), random_normal(units[l + 1], 1, rng), activations[l]});
    p.X = random_normal(2, 1, rng), p.T = random_normal(1, 1, rng);
    check_gradients<backprop>(over_all_paths(p.network, p.X, p.T), Lens{}, p.network, p.X, p.T, Loss::squared);
  }
}

TEST_CASE("backprop is the numerical gradient of any network, within 1e-6", "[06][6.6]") {
  for (std::uint64_t k = 0; k < 4; ++k) {
    Rng rng = seeded(6600 + k);
    for (uword depth = 1; depth <= 4; ++depth)
      for (const Loss loss : all_losses) {
        const Problem p = random_problem(depth, loss, rng);
        check_gradients<backprop>(numerical(p.network, p.X, p.T, loss), lens_for(p), p.network, p.X, p.T, loss);
      }
  }
}

TEST_CASE("below a layer of steps or signs nothing can be learned", "[06][6.6]") {
  Rng rng = seeded(664);
  for (const Activation flat : {Activation::step, Activation::sign}) {
    Problem p = random_problem(3, Loss::squared, rng);
    do p = random_problem(3, Loss::squared, rng), p.network[1].activation = flat;
    while (!smooth(p));
    check_gradients<backprop>(numerical(p.network, p.X, p.T, p.loss), lens_for(p), p.network, p.X, p.T, p.loss);
  }
}

/// Seconds of this thread's own time.
static double cpu_time() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return double(now.tv_sec) + 1e-9 * double(now.tv_nsec);
}

TEST_CASE("backprop costs a few forward passes, however many weights there are", "[06][6.6]") {
  Rng rng = seeded(665);
  Network network;
  for (int l = 0; l < 10; ++l)
    network.push_back(
        {random_normal(24, 24, rng) / 5, random_normal(24, 1, rng), l < 9 ? Activation::tanh : Activation::softmax});
  const mat X = random_normal(24, 1, rng), T = one_hot(uvec{7}, 24);
  std::vector<double> passes;  // in plain loops, the slowest way that a correct answer may choose
  volatile real heard = 0;
  for (int i = 0; i < 9; ++i) {
    const double begin = cpu_time();
    for (const Layer& layer : network)
      for (uword k = 0; k < layer.W.n_elem; ++k) heard = heard + layer.W(k) * X(k / layer.W.n_rows);
    for (uword k = 0; k < 10 * 24; ++k) heard = heard + std::tanh(X(k % 24));
    passes.push_back(cpu_time() - begin);
  }
  std::nth_element(passes.begin(), passes.begin() + 4, passes.end());

  // A right answer costs one to six passes, a numerical gradient of 6000 numbers thousands. The clock on the wall also
  // sees what is computed in another process; on a busy machine the fastest of several tries tells the truth.
  const auto expensive = [&](auto body) {
    for (int i = 0; i < 8; ++i) {
      const auto begin = std::chrono::steady_clock::now();
      body(network, X, T, Loss::cross_entropy);
      const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
      if (taken.count() < 300 * passes[4]) return false;
    }
    return true;
  };
  Check check{.arguments = parts_of(X, "X"), .costly = true};
  examine<backprop>(std::move(check), [&](const auto& body) {
    Seen own;
    own.result = Parts{};
    if (expensive(body))
      own.complaint =
          "for 6000 weights and biases it took longer than 300 forward passes; it should cost a few, however many "
          "there are";
    return own;
  });
}

TEST_CASE("backprop turns away what does not fit", "[06][6.6]") {
  Rng rng = seeded(666);
  for (const Loss loss : all_losses) {
    Problem p = random_problem(2, loss, rng);
    rejects<backprop>(p.network, mat(p.X.n_rows + 1, p.X.n_cols, arma::fill::ones), p.T, loss);
    rejects<backprop>(p.network, p.X, mat(p.T.n_rows + 1, p.T.n_cols, arma::fill::ones), loss);
    rejects<backprop>(p.network, p.X, mat(p.T.n_rows, p.T.n_cols + 1, arma::fill::ones), loss);
    rejects<backprop>(p.network, mat(p.X.n_rows, 0), mat(p.T.n_rows, 0), loss);
    rejects<backprop>(Network{}, p.X, p.T, loss);
    rejects<backprop>(Network{}, p.X, p.X, loss);
    p.network.back().activation = Activation::relu;
    if (loss != Loss::squared) rejects<backprop>(p.network, p.X, p.T, loss);
  }
}

// 6.7

TEST_CASE("one step downhill, by hand", "[06][6.7]") {
  const Network before{{{{1, 2, 3}, {4, 5, 6}}, {7, 8}, Activation::tanh}, {{{-1, 0.5}}, {2}, Activation::softmax}};
  const Gradients g{9, {{{10, 0, -2}, {4, 6, 8}}, {{-4, 1}}}, {{2, -4}, {6}}};
  const Network after{{{{-1.5, 2, 3.5}, {3, 3.5, 4}}, {6.5, 9}, Activation::tanh},
                      {{{0, 0.25}}, {0.5}, Activation::softmax}};
  check<sgd_step>(after, before, g, 0.25);
}

static const auto plain_step = oracle<Network>("sgd_step", [](Network network, const Gradients& g, real rate) {
  for (uword l = 0; l < network.size(); ++l) {
    for (uword i = 0; i < network[l].W.n_elem; ++i) network[l].W(i) -= rate * g.dW[l](i);
    for (uword i = 0; i < network[l].b.n_elem; ++i) network[l].b(i) -= rate * g.db[l](i);
  }
  return network;
});

TEST_CASE("every entry of every layer moves by rate times its gradient", "[06][6.7]") {
  Rng rng = seeded(67);
  for (uword depth = 1; depth <= 3; ++depth)
    for (const real rate : {0.0, 0.01, 0.7, 3.0}) {
      const Network before = random_problem(depth, Loss::squared, rng).network;
      Gradients g;
      for (const Layer& layer : before) {
        g.dW.push_back(random_normal(layer.W.n_rows, layer.W.n_cols, rng));
        g.db.push_back(random_normal(layer.b.n_elem, 1, rng));
      }
      check<sgd_step>(plain_step(before, g, rate), before, g, rate);
    }
}

TEST_CASE("sgd_step turns away gradients of another network", "[06][6.7]") {
  Rng rng = seeded(670);
  const Network network{{random_normal(3, 2, rng), random_normal(3, 1, rng), Activation::tanh},
                        {random_normal(2, 3, rng), random_normal(2, 1, rng), Activation::sigmoid}};
  const Gradients right{1,
                        {mat(3, 2, arma::fill::ones), mat(2, 3, arma::fill::ones)},
                        {vec(3, arma::fill::ones), vec(2, arma::fill::ones)}};
  const auto reject = [&](auto spoil) {
    Gradients g = right;
    spoil(g);
    rejects<sgd_step>(network, g, 0.5);
  };
  reject([](Gradients& g) { g.dW.pop_back(), g.db.pop_back(); });
  reject([](Gradients& g) { g.dW.push_back(g.dW[0]), g.db.push_back(g.db[0]); });
  reject([](Gradients& g) { g.db.pop_back(); });
  reject([](Gradients& g) { g = {}; });
  reject([](Gradients& g) { std::swap(g.dW[0], g.dW[1]); });
  reject([](Gradients& g) { g.dW[1] = mat(2, 2, arma::fill::ones); });
  reject([](Gradients& g) { g.dW[0] = mat(1, 1, arma::fill::ones); });
  reject([](Gradients& g) { g.db[0] = vec(2, arma::fill::ones); });
  reject([](Gradients& g) { g.db[1] = vec(1, arma::fill::ones); });
  reject([](Gradients& g) { g.db[1] = vec(); });
}

// 6.8

/// The same walk with numerical gradients.
static const auto walk = oracle<Trained>(
    "train_full_batch", [](Network network, const mat& X, const mat& T, Loss loss, real rate, uword steps) -> Trained {
      vec losses(steps + 1);
      for (uword t = 0; t <= steps; ++t) {
        const Gradients g = numerical(network, X, T, loss);
        losses(t) = g.loss;
        for (uword l = 0; t < steps && l < network.size(); ++l)
          network[l].W -= rate * g.dW[l], network[l].b -= rate * g.db[l];
      }
      return {network, losses};
    });

TEST_CASE("one step of a single linear unit, by hand", "[06][6.8]") {
  const Network before{{{{2, -1}}, {0.5}, Activation::identity}}, after{{{{1.65, -1.1}}, {0.35}, Activation::identity}};
  check<train_full_batch>({after, {1.25, 0.1825}}, before, mat{{1, 3}, {2, 0}}, mat{{-0.5, 4.5}}, Loss::squared, 0.1,
                          1);
}

TEST_CASE("it walks where train_numerically walks, with every loss", "[06][6.8]") {
  Rng rng = seeded(68);
  const Activation last[]{Activation::tanh, Activation::softmax, Activation::sigmoid};
  for (const Loss loss : all_losses)
    for (const uword n : {1, 4}) {
      // Of small weights: large ones make the rounding errors of each step grow in the next.
      const Network network{{random_uniform(3, 2, -1, 1, rng), random_uniform(3, 1, -1, 1, rng), Activation::tanh},
                            {random_uniform(2, 3, -1, 1, rng), random_uniform(2, 1, -1, 1, rng), last[int(loss)]}};
      const mat X = random_uniform(2, n, -2, 2, rng), T = one_hot(uvec(n, arma::fill::ones), 2);
      check<train_full_batch>(walk(network, X, T, loss, 0.4, 5), {1e-7, 1e-7}, network, X, T, loss, 0.4, 5);
    }
}

TEST_CASE("no step leaves the network alone and gives its loss", "[06][6.8]") {
  Rng rng = seeded(680);
  for (const Loss loss : all_losses) {
    const Problem p = random_problem(2, loss, rng);
    check<train_full_batch>({p.network, {plain_loss(loss, plain_trace(p.network, p.X).A.back(), p.T)}}, p.network, p.X,
                            p.T, loss, 0.5, 0);
  }
}

TEST_CASE("XOR is learned to zero errors from any start", "[06][6.8]") {
  const mat X = xor_table().X, T{{0, 1, 1, 0}};
  for (std::uint64_t k = 0; k < 3; ++k) {
    Rng rng = seeded(681 + k);
    const Network start{{random_normal(16, 2, rng), random_normal(16, 1, rng), Activation::tanh},
                        {random_normal(1, 16, rng), random_normal(1, 1, rng), Activation::sigmoid}};
    holds<train_full_batch>(
        "after 400 steps the right answer to all four inputs, and a smaller loss",
        [&](const Trained& trained) {
          const mat Y = forward(trained.network, X);
          if (Y.n_elem != 4) return false;
          for (uword j = 0; j < 4; ++j)
            if (!((Y(j) > 0.5) == (T(j) == 1))) return false;
          return trained.losses.n_elem == 401 && trained.losses(400) < trained.losses(0);
        },
        start, X, T, Loss::binary_cross_entropy, 1.0, 400);
  }
}

TEST_CASE("train_full_batch turns away samples and targets that do not fit", "[06][6.8]") {
  Rng rng = seeded(682);
  for (const Loss loss : all_losses) {
    const Problem p = random_problem(2, loss, rng);
    rejects<train_full_batch>(p.network, mat(p.X.n_rows + 1, p.X.n_cols, arma::fill::ones), p.T, loss, 0.1, 2);
    rejects<train_full_batch>(p.network, p.X, mat(p.T.n_rows + 1, p.T.n_cols, arma::fill::ones), loss, 0.1, 2);
    rejects<train_full_batch>(p.network, p.X, mat(p.T.n_rows, p.T.n_cols + 1, arma::fill::ones), loss, 0.1, 2);
    rejects<train_full_batch>(p.network, mat(p.X.n_rows, 0), mat(p.T.n_rows, 0), loss, 0.1, 2);
  }
}

}  // namespace nn
