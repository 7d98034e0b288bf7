// Lesson 2: what two layers can do that one neuron cannot. Networks built by hand are judged by what they answer, not
// by their weights.
#include "contracts/multilayer.hpp"

#include <fmt/format.h>

#include <array>

#include "autograder/tests/support/answers.hpp"

namespace nn {

static const mat xor_table{{0, 1, 1, 0}};

/// Z = W X + b, summed by hand.
static const auto plain_dense = oracle<mat>("dense", [](const mat& W, const vec& b, const mat& X) {
  mat Z(W.n_rows, X.n_cols);
  for (uword n = 0; n < X.n_cols; ++n)
    for (uword j = 0; j < W.n_rows; ++j) {
      real sum = 0;
      for (uword i = 0; i < W.n_cols; ++i) sum += W(j, i) * X(i, n);
      Z(j, n) = sum + b(j);
    }
  return Z;
});

/// The answers of a network of two layers, shapes checked; `activate` is given each layer and its weighted sums.
template <class Activate>
static mat answers(const Network& network, const mat& X, Activate activate) {
  if (network.size() != 2)
    throw Unfit(fmt::format("the network should have had 2 layers, but it had {}", network.size()));
  for (uword l = 0; l < 2; ++l) {
    const auto& [W, b, activation] = network[l];
    const uword inputs = l == 0 ? X.n_rows : network[0].W.n_rows;
    if (W.n_cols != inputs)
      throw Unfit(fmt::format("layer {}: W should have had {} columns, one for each of its inputs, but it had {}", l,
                              inputs, W.n_cols));
    if (b.n_elem != W.n_rows)
      throw Unfit(fmt::format("layer {}: b should have had {} entries, one for each row of W, but it had {}", l,
                              W.n_rows, b.n_elem));
  }
  const auto& [hidden, last] = std::tie(network[0], network[1]);
  if (last.W.n_rows != 1)
    throw Unfit(fmt::format("the last layer should have had 1 unit, but it had {}", last.W.n_rows));
  const auto unit = [&](const Layer& layer, real z) { return std::isnan(z) ? z : activate(layer.activation, z); };
  mat Y(1, X.n_cols);
  for (uword n = 0; n < X.n_cols; ++n) {
    real z = last.b(0);
    for (uword j = 0; j < hidden.b.n_elem; ++j)
      z += last.W(j) * unit(hidden, dot(hidden.W.row(j), X.col(n)) + hidden.b(j));
    Y(n) = unit(last, z);
  }
  return Y;
}

static real stepped(Activation, real z) { return z > 0; }

template <auto Xor>
static void check_xor() {
  const mat X = all_inputs(2);
  behaves<Xor>(X, xor_table, [&](auto f) {
    mat Y(1, 4);
    for (uword j = 0; j < 4; ++j) Y(j) = f(X(0, j), X(1, j));
    return Y;
  });
}

TEST_CASE("XOR of the gates has the truth table of XOR", "[02][2.1]") { check_xor<xor_gate>(); }

TEST_CASE("one neuron computes XOR when it is given x1 x2 as well", "[02][2.2]") {
  const mat X = all_inputs(2), features = join_cols(X, X.row(0) % X.row(1));
  behaves<xor_by_feature>(X, xor_table, [&](auto f) {
    const Perceptron neuron = f();
    if (neuron.w.n_elem != 3)
      throw Unfit(fmt::format("the neuron should have had 3 weights, but it had {}", neuron.w.n_elem));
    mat Y = neuron.w.t() * features + neuron.b;
    return Y.transform([](real z) { return std::isnan(z) ? z : z > 0; });
  });
}

TEST_CASE("OR minus AND has the truth table of XOR", "[02][2.3]") { check_xor<xor_or_minus_and>(); }

TEST_CASE("dense gives the numbers of the slides", "[02][2.4]") {
  const mat W{{1, 2}, {3, 4}, {5, 6}};  // the slides' W, transposed
  check<dense>(mat(vec{5, 11, 17}), W, vec{0, 0, 0}, mat(vec{1, 2}));
  check<dense>({{5.5, -2.5}, {10, -2}, {20, 4}}, W, vec{0.5, -1, 3}, mat{{1, 5}, {2, -4}});
}

TEST_CASE("dense gives each unit its weights and its bias, also when all is square", "[02][2.4]") {
  check<dense>({{11, 13, 17}, {8, 12, 15}, {-3, -4, -13}}, mat{{1, 2, 0}, {0, 1, 3}, {-2, 0, -1}}, vec{10, 2, 1},
               mat{{1, 1, 5}, {0, 1, 1}, {2, 3, 4}});
}

TEST_CASE("dense is a sum over the inputs for any shape", "[02][2.4]") {
  Rng rng = seeded(24);
  for (const auto& [m, d, N] : {std::array<uword, 3>{1, 1, 1}, {3, 2, 1}, {2, 5, 4}, {4, 1, 3}, {1, 6, 7}}) {
    const mat W = random_normal(m, d, rng), X = random_normal(d, N, rng);
    const vec b = random_normal(m, 1, rng);
    check<dense>(plain_dense(W, b, X), W, b, X);
  }
}

TEST_CASE("dense turns away what does not fit W", "[02][2.4]") {
  const mat W{{1, 2}, {3, 4}, {5, 6}}, X{{1, 2, 3, 4}, {5, 6, 7, 8}};
  const vec b{1, 2, 3};
  for (const uword d : {0, 1, 3, 4}) rejects<dense>(W, b, mat(d, 4, arma::fill::ones));
  for (const uword m : {0, 1, 2, 4}) rejects<dense>(W, vec(m, arma::fill::ones), X);
}

/// The answers of a network of steps of any depth.
static const auto plain_steps = oracle<mat>("forward_steps", [](const Network& network, const mat& X) -> mat {
  mat A = X;
  for (const Layer& layer : network) A = plain_dense(layer.W, layer.b, A).transform([](real z) { return real(z > 0); });
  return A;
});

/// Layers between the given widths, with activations that steps and collapsing have to overlook.
static Network random_network(const std::vector<uword>& widths, Rng& rng) {
  constexpr Activation any[] = {Activation::identity, Activation::relu, Activation::sigmoid, Activation::softmax};
  Network network;
  for (std::size_t l = 1; l < widths.size(); ++l)
    network.push_back(
        {random_normal(widths[l], widths[l - 1], rng), random_normal(widths[l], 1, rng), any[(l - 1) % 4]});
  return network;
}

TEST_CASE("steps follow every layer, whatever its activation says", "[02][2.5]") {
  const mat X{{2, -1, 0.5, 0}, {1, 3, 0.5, 0}};
  const Layer one{
      {{1, -1}, {0, 2}, {-1, 0}}, {0, -1, 0.25}, Activation::identity};  // z: 1 -4 0 0; 1 5 0 -1; -1.75 1.25 -0.25 0.25
  const Layer two{{{1, 1, 0}, {0, -2, 3}}, {-1, 0}, Activation::relu};   // z: 1 0 -1 -1; -2 1 0 3
  check<forward_steps>({{1, 0, 0, 0}, {1, 1, 0, 0}, {0, 1, 0, 1}}, Network{one}, X);
  check<forward_steps>({{1, 0, 0, 0}, {0, 1, 0, 1}}, Network{one, two}, X);
}

TEST_CASE("an empty network returns its inputs", "[02][2.5]") {
  const mat X{{2, -1, 0.5}, {0.25, 3, 0}};
  check<forward_steps>(X, Network{}, X);
}

TEST_CASE("networks of steps of any depth and width answer layer by layer", "[02][2.5]") {
  for (std::uint64_t k = 0; k < 6; ++k) {
    Rng rng = seeded(250 + k);
    for (const std::vector<uword>& widths : {std::vector<uword>{2, 3}, {4, 2, 5}, {1, 6, 4, 3}, {3, 3, 3, 3, 3}}) {
      const Network network = random_network(widths, rng);
      const mat X = random_normal(widths[0], 1 + k, rng);
      check<forward_steps>(plain_steps(network, X), network, X);
    }
  }
}

TEST_CASE("layers that do not fit are an error", "[02][2.5]") {
  Rng rng = seeded(25);
  const Network network = random_network({2, 4, 3}, rng);
  const mat X = random_normal(2, 5, rng);
  rejects<forward_steps>(network, random_normal(3, 5, rng));
  rejects<forward_steps>(Network{network[1], network[0]}, X);
  rejects<forward_steps>(Network{network[0], network[0]}, X);
  rejects<forward_steps>(Network{{network[0].W, network[1].b, Activation::identity}}, X);
}

TEST_CASE("two layers of steps compute XOR", "[02][2.6]") {
  const mat X = all_inputs(2);
  behaves<xor_network>(X, xor_table, [&](auto f) { return answers(f(), X, stepped); });
}

TEST_CASE("two folds compute XOR exactly", "[02][2.7]") {
  const mat X = all_inputs(2);
  behaves<xor_relu_network>(X, xor_table, [&](auto f) {
    const Network network = f();
    if (!network.empty() && network[0].activation != Activation::relu)
      throw Unfit("layer 0 should have had Activation::relu");
    if (network.size() > 1 && network[1].activation != Activation::identity)
      throw Unfit("layer 1 should have had Activation::identity");
    const mat Y =
        answers(network, X, [](Activation a, real z) { return a == Activation::relu ? std::max<real>(z, 0) : z; });
    if (network[0].W.n_rows != 2)
      throw Unfit(fmt::format("layer 0 should have had 2 units, but it had {}", network[0].W.n_rows));
    return Y;
  });
}

static void check_boolean(const uvec& table, uword n) {
  const mat X = all_inputs(n);
  behaves<boolean_network>(
      X, arma::conv_to<mat>::from(table.t()), [&](auto f) { return answers(f(table), X, stepped); },
      parts_of(table, "truth table"));
}

TEST_CASE("all Boolean functions of one, two and three inputs are networks", "[02][2.8]") {
  for (uword n = 1; n <= 3; ++n)
    for (uword number = 0; number < uword(1) << (1 << n); ++number) {
      uvec table(1 << n);
      for (uword i = 0; i < table.n_elem; ++i) table(i) = number >> i & 1;
      check_boolean(table, n);
    }
}

TEST_CASE("Boolean functions of five inputs are networks", "[02][2.8]") {
  Rng rng = seeded(28);
  for (int repeat = 0; repeat < 10; ++repeat) {
    uvec table(32);
    for (uword& answer : table) answer = rng.below(2);
    check_boolean(table, 5);
  }
  uvec parity(32, arma::fill::zeros);
  for (uword i = 0; i < 32; ++i)
    for (uword bits = i; bits > 0; bits >>= 1) parity(i) ^= bits & 1;
  check_boolean(parity, 5);
  check_boolean(uvec(32, arma::fill::zeros), 5);
  check_boolean(uvec(32, arma::fill::ones), 5);
}

TEST_CASE("what is no truth table is an error", "[02][2.8]") {
  for (const uword entries : {0, 1, 3, 5, 6, 7, 12}) rejects<boolean_network>(uvec(entries, arma::fill::ones));
  rejects<boolean_network>(uvec{0, 1, 2, 1});
  rejects<boolean_network>(uvec{7, 0});
}

/// The one layer, read off the answers to 0 and to each single input of 1.
static const auto plain_collapse = oracle<Layer>("collapse", [](const std::vector<Layer>& layers) -> Layer {
  const uword d = layers[0].W.n_cols;
  mat A = join_rows(mat(d, 1, arma::fill::zeros), mat(d, d, arma::fill::eye));
  for (const Layer& layer : layers) A = plain_dense(layer.W, layer.b, A);
  const vec b = A.col(0);
  mat W(A.n_rows, d);
  for (uword i = 0; i < d; ++i) W.col(i) = A.col(i + 1) - b;
  return {W, b, Activation::identity};
});

TEST_CASE("two layers with nothing between them are one", "[02][2.9]") {
  check<collapse>({{{11, 14}, {-2, -2}}, {-0.5, -1}, Activation::identity},
                  std::vector<Layer>{{{{1, 2}, {3, 4}, {5, 6}}, {1, 0, -1}, Activation::relu},
                                     {{{1, 0, 2}, {0, 1, -1}}, {0.5, -2}, Activation::sigmoid}});
  check<collapse>({{{2, 2}, {1, 4}}, {2, 3}, Activation::identity},
                  std::vector<Layer>{{{{1, 1}, {0, 1}}, {1, -1}, Activation::identity},
                                     {{{2, 0}, {1, 3}}, {0, 5}, Activation::identity}});
}

TEST_CASE("any number of layers is one layer", "[02][2.9]") {
  for (std::uint64_t k = 0; k < 3; ++k) {
    Rng rng = seeded(290 + k);
    for (const std::vector<uword>& widths :
         {std::vector<uword>{3, 2}, {2, 4, 3}, {5, 1, 4, 2}, {3, 3, 3, 3, 3}, {1, 2, 1}}) {
      const std::vector<Layer> layers = random_network(widths, rng);
      check<collapse>(plain_collapse(layers), layers);
    }
  }
}

TEST_CASE("no layers, or layers that do not fit, are no layer", "[02][2.9]") {
  Rng rng = seeded(29);
  const std::vector<Layer> layers = random_network({2, 4, 3}, rng);
  rejects<collapse>(std::vector<Layer>{});
  rejects<collapse>(std::vector<Layer>{layers[1], layers[0]});
  rejects<collapse>(std::vector<Layer>{layers[0], layers[1], layers[1]});
}

}  // namespace nn
