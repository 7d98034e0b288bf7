// Lesson 3: smooth neurons, and the pass through a whole network. What is expected comes from tables and from the
// printed formulas, entry by entry.
#include "contracts/activations.hpp"

#include <array>
#include <cmath>

#include "autograder/tests/support/expect.hpp"

namespace nn {

static constexpr auto step_of = static_cast<mat (*)(mat)>(step);  // the step of lesson 1 has the same name

static constexpr std::array<uword, 2> shapes[] = {{1, 1}, {3, 2}, {2, 5}, {1, 4}, {6, 1}};
static const mat far{{-1000, 1000, -800}, {750, -1e300, 1e300}};
static const Tolerance exact{0, 0};

/// f of every entry.
template <class Curve>
static mat each(mat Z, Curve f) {
  for (real& z : Z) z = f(z);
  return Z;
}

/// Function is `f` of every entry of matrices of many shapes, with entries on both sides of 0.
template <auto Function, class Curve, class... Slope>
static void follows(std::uint64_t seed, Curve f, Slope... alpha) {
  for (std::uint64_t k = 0; k < 3; ++k) {
    Rng rng = seeded(10 * seed + k);
    for (const auto& [m, N] : shapes) {
      const mat Z = 3 * random_normal(m, N, rng);
      check<Function>(each(Z, f), Z, alpha...);
    }
  }
}

/// Z beside -Z, for symmetries.
static mat mirrored(std::uint64_t seed) {
  Rng rng = seeded(seed);
  const mat Z = 4 * random_normal(3, 4, rng);
  return join_rows(Z, -Z);
}

static bool near(const mat& A, const mat& B) {
  return !A.empty() && size(A) == size(B) && mat(A - B).is_finite() && abs(A - B).max() < 1e-12;
}

static const auto logistic = oracle<real>("sigmoid", [](real z) { return 1 / (1 + std::exp(-z)); });

// 3.1

TEST_CASE("step is 1 above 0 and 0 elsewhere", "[03][3.1]") {
  check<step_of>({{0, 0, 1}, {0, 1, 1}}, mat{{-2, 0, 3}, {-0.0, 1e-300, 0.5}});
  follows<step_of>(310, oracle<real>("step", [](real z) { return real(z > 0); }));
}

TEST_CASE("sign is -1, 0 or 1", "[03][3.1]") {
  check<sign>({{-1, 0, 1}, {0, 1, -1}}, mat{{-2, 0, 3}, {-0.0, 1e-300, -0.5}});
  follows<sign>(311, oracle<real>("sign", [](real z) { return real((z > 0) - (z < 0)); }));
}

TEST_CASE("identity changes nothing", "[03][3.1]") {
  check<identity>({{-2, 0, 3}, {1000, -0.25, -1e6}}, mat{{-2, 0, 3}, {1000, -0.25, -1e6}});
  follows<identity>(312, oracle<real>("identity", [](real z) { return z; }));
}

// 3.2

TEST_CASE("sigmoid at known points", "[03][3.2]") {
  check<sigmoid>(
      {{0.5, 0.7310585786300049, 0.8807970779778824}, {0.04742587317756679, 0.6224593312018546, 0.9999546021312976}},
      mat{{0, 1, 2}, {-3, 0.5, 10}});
  check<sigmoid>(vec{0.75, 0.1}, mat(vec{std::log(3.0), -std::log(9.0)}));
}

TEST_CASE("sigmoid follows its formula for any shape", "[03][3.2]") { follows<sigmoid>(320, logistic); }

TEST_CASE("sigmoid is exactly 0 and 1 far out", "[03][3.2]") {
  check<sigmoid>({{0, 1, 0}, {1, 0, 1}}, exact, far);
  check<sigmoid>(vec{1, 0}, exact, mat(vec{1000, -1000}));
}

TEST_CASE("sigmoid of -z is 1 minus sigmoid of z", "[03][3.2]") {
  holds<sigmoid>(
      "what z and -z become has the sum 1",
      [](const mat& A) { return near(A.head_cols(A.n_cols / 2), 1 - A.tail_cols(A.n_cols / 2)); }, mirrored(321));
}

// 3.3

TEST_CASE("tanh at known points", "[03][3.3]") {
  check<tanh>({{0, 0.7615941559557649, 0.9640275800758169}, {-0.9950547536867305, 0.46211715726000976, 0.8}},
              mat{{0, 1, 2}, {-3, 0.5, std::log(3.0)}});
}

TEST_CASE("tanh is that of the mathematicians for any shape", "[03][3.3]") {
  follows<tanh>(330, oracle<real>("tanh", [](real z) { return std::tanh(z); }));
}

TEST_CASE("tanh is exactly -1 and 1 far out", "[03][3.3]") { check<tanh>({{-1, 1, -1}, {1, -1, 1}}, exact, far); }

TEST_CASE("tanh is odd", "[03][3.3]") {
  holds<tanh>(
      "what z and -z become has the sum 0",
      [](const mat& A) { return near(A.head_cols(A.n_cols / 2), -A.tail_cols(A.n_cols / 2)); }, mirrored(331));
}

// 3.4

static const mat bends{{-2, -0.5, 0, 1.5}, {3, -1, 1, -1000}, {0.75, 2, -0.25, 1000}};

TEST_CASE("relu keeps what is above 0", "[03][3.4]") {
  check<relu>({{0, 0, 0, 1.5}, {3, 0, 1, 0}, {0.75, 2, 0, 1000}}, bends);
  follows<relu>(340, oracle<real>("relu", [](real z) { return z > 0 ? z : 0; }));
}

TEST_CASE("leaky_relu lets a part of the left through", "[03][3.4]") {
  check<leaky_relu>({{-0.2, -0.05, 0, 1.5}, {3, -0.1, 1, -100}, {0.75, 2, -0.025, 1000}}, bends, 0.1);
  for (const real alpha : {0.0, 0.01, 0.3, 1.0})
    follows<leaky_relu>(341, oracle<real>("leaky_relu", [alpha](real z) { return z > 0 ? z : alpha * z; }), alpha);
}

TEST_CASE("elu bends towards -alpha", "[03][3.4]") {
  check<elu>({{-0.8646647167633873, -0.3934693402873666, 0, 1.5},
              {3, -0.6321205588285577, 1, -1},
              {0.75, 2, -0.22119921692859515, 1000}},
             bends, 1.0);
  check<elu>({{-0.25, -0.5}, {0, 2}}, mat{{-std::log(2.0), -1000}, {0, 2}}, 0.5);
  for (const real alpha : {0.0, 0.25, 1.0})
    follows<elu>(342, oracle<real>("elu", [alpha](real z) { return z > 0 ? z : alpha * (std::exp(z) - 1); }), alpha);
}

TEST_CASE("hard_tanh stays between -1 and 1", "[03][3.4]") {
  check<hard_tanh>({{-1, -0.5, 0, 1}, {1, -1, 1, -1}, {0.75, 1, -0.25, 1}}, bends);
  follows<hard_tanh>(343, oracle<real>("hard_tanh", [](real z) { return z < -1 ? -1 : z > 1 ? 1 : z; }));
}

// 3.5

/// The slope of a curve by a small step to both sides.
template <class Curve>
static mat slopes(const mat& Z, Curve f) {
  return each(Z, [f](real z) {
    const real above = f(z + 1e-5);
    return (above - f(z - 1e-5)) / 2e-5;
  });
}

static const Tolerance measured{1e-7, 1e-7};  // what rounding leaves of a measured slope
static const mat off_kinks{{-3, -0.4, 0.3}, {1.7, -1.25, 0.8}};

TEST_CASE("the slope of the sigmoid, from its output", "[03][3.5]") {
  check<sigmoid_derivative>({{0.25, 0.1966119332414819}, {0.1049935854035065, 0.09}, {0.16, 0}},
                            mat{{0.5, 0.7310585786300049}, {0.8807970779778824, 0.1}, {0.2, 1}});
  const mat A = each(off_kinks, logistic);
  check<sigmoid_derivative>(slopes(off_kinks, logistic), measured, A);
  Rng rng = seeded(350);
  for (const auto& [m, N] : shapes) {
    const mat outputs = random_uniform(m, N, 0, 1, rng);
    check<sigmoid_derivative>(each(outputs, oracle<real>("slope", [](real a) { return a - a * a; })), outputs);
  }
}

TEST_CASE("the slope of tanh, from its output", "[03][3.5]") {
  const auto curve = oracle<real>("tanh", [](real z) { return std::tanh(z); });
  check<tanh_derivative>({{1, 0.75, 0}, {0.19, 0.36, 0}}, mat{{0, 0.5, -1}, {0.9, -0.8, 1}});
  const mat A = each(off_kinks, curve);
  check<tanh_derivative>(slopes(off_kinks, curve), measured, A);
  Rng rng = seeded(351);
  for (const auto& [m, N] : shapes) {
    const mat outputs = random_uniform(m, N, -1, 1, rng);
    check<tanh_derivative>(each(outputs, oracle<real>("slope", [](real a) { return (1 - a) * (1 + a); })), outputs);
  }
}

TEST_CASE("the slope of sigmoid is at most 1/4 and that of tanh at most 1, both at 0", "[03][3.5]") {
  const mat Z = arma::regspace<rowvec>(-4, 0.25, 4);
  const auto steepest_at_0 = [](real slope) {
    return [slope](const mat& S) {
      return S.n_elem == 33 && S.is_finite() && S.index_max() == 16 && std::abs(S.max() - slope) < 1e-12 && S.min() > 0;
    };
  };
  holds<sigmoid_derivative>("the largest slope is 1/4, in the middle", steepest_at_0(0.25), each(Z, logistic));
  holds<tanh_derivative>("the largest slope is 1, in the middle", steepest_at_0(1), mat(arma::tanh(Z)));
}

TEST_CASE("the slope of relu is 0 or 1, and 0 at 0", "[03][3.5]") {
  check<relu_derivative>({{0, 0, 0, 1}, {1, 0, 1, 0}, {1, 1, 0, 1}}, bends);
  follows<relu_derivative>(352, oracle<real>("relu_derivative", [](real z) { return real(z > 0); }));
}

TEST_CASE("the slope of leaky_relu is alpha up to 0, and 1 above", "[03][3.5]") {
  check<leaky_relu_derivative>({{0.1, 0.1, 0.1, 1}, {1, 0.1, 1, 0.1}, {1, 1, 0.1, 1}}, bends, 0.1);
  for (const real alpha : {0.0, 0.01, 0.3})
    follows<leaky_relu_derivative>(
        353, oracle<real>("leaky_relu_derivative", [alpha](real z) { return z > 0 ? 1 : alpha; }), alpha);
}

TEST_CASE("the slope of elu fades to the left", "[03][3.5]") {
  const auto curve = oracle<real>("elu", [](real z) { return z > 0 ? z : 0.4 * (std::exp(z) - 1); });
  check<elu_derivative>({{0.25, 0.125}, {0.5, 1}, {0, 1}}, mat{{-std::log(2.0), -std::log(4.0)}, {0, 2}, {-1000, 1000}},
                        0.5);
  check<elu_derivative>(slopes(off_kinks, curve), measured, off_kinks, 0.4);
  for (const real alpha : {0.25, 0.7, 1.0})
    follows<elu_derivative>(
        354, oracle<real>("elu_derivative", [alpha](real z) { return z > 0 ? 1 : alpha * std::exp(z); }), alpha);
}

TEST_CASE("the slope of hard_tanh is 1 between -1 and 1 only", "[03][3.5]") {
  check<hard_tanh_derivative>({{0, 1, 1, 0}, {0, 0, 0, 0}, {1, 0, 1, 0}}, bends);
  follows<hard_tanh_derivative>(355,
                                oracle<real>("hard_tanh_derivative", [](real z) { return real(std::abs(z) < 1); }));
}

// 3.6

/// 1 / sum_k exp(z_k - z_j) in each column: softmax with its fraction reduced by exp(z_j).
static const auto plain_softmax = oracle<mat>("softmax", [](const mat& Z) {
  mat P(arma::size(Z));
  for (uword n = 0; n < Z.n_cols; ++n)
    for (uword j = 0; j < Z.n_rows; ++j) {
      real sum = 0;
      for (uword k = 0; k < Z.n_rows; ++k) sum += std::exp(Z(k, n) - Z(j, n));
      P(j, n) = 1 / sum;
    }
  return P;
});

TEST_CASE("softmax of known columns", "[03][3.6]") {
  check<softmax>({{0.09003057317038046, 0.25, 0.03911257327068745},
                  {0.24472847105479764, 0.5, 0.17529039214003669},
                  {0.6652409557748219, 0.25, 0.7855970345892759}},
                 mat{{1, 0, -1}, {2, std::log(2.0), 0.5}, {3, 0, 2}});
  check<softmax>({{0.8, 0.2}, {0.2, 0.8}}, mat{{std::log(4.0), -1}, {0, std::log(4.0) - 1}});
}

TEST_CASE("softmax compares the entries of one column, whatever the shape", "[03][3.6]") {
  for (std::uint64_t k = 0; k < 3; ++k) {
    Rng rng = seeded(360 + k);
    for (const auto& [m, N] : shapes) {
      const mat Z = 2 * random_normal(m, N, rng);
      check<softmax>(plain_softmax(Z), Z);
    }
  }
}

TEST_CASE("softmax columns sum to one", "[03][3.6]") {
  Rng rng = seeded(363);
  for (const uword N : {1, 2, 7})
    holds<softmax>(
        "every column is positive and sums to 1",
        [](const mat& P) {
          return P.n_rows == 4 && P.n_cols > 0 && P.min() > 0 && near(sum(P, 0), mat(1, P.n_cols, arma::fill::ones));
        },
        mat(3 * random_normal(4, N, rng)));
}

TEST_CASE("softmax does not see what is added to a whole column", "[03][3.6]") {
  Rng rng = seeded(364);
  for (const real shift : {5.0, -300.0, 900.0}) {
    const mat Z = random_normal(3, 2, rng);
    holds<softmax>(
        "the first columns and the same columns shifted give the same",
        [](const mat& P) { return size(P) == size(mat(3, 4)) && near(P.head_cols(2), P.tail_cols(2)); },
        mat(join_rows(Z, Z + shift)));
  }
}

TEST_CASE("softmax is exact for entries of 1000 and -1000", "[03][3.6]") {
  check<softmax>({{0, 0.5, 0.25}, {0, 0, 0.25}, {0, 0, 0.25}, {1, 0.5, 0.25}},
                 mat{{-1000, 1000, -1000}, {0, -1000, -1000}, {-1, 0, -1000}, {1000, 1000, -1000}});
  check<softmax>({{0.75, 0.2}, {0.25, 0.8}}, mat{{1000 + std::log(3.0), -1000}, {1000, std::log(4.0) - 1000}});
}

// 3.7

/// phi of every column, in the words of its formula; the slopes on the left are those of nn/support/activate.hpp.
static const auto plain_activation = oracle<mat>("activation", [](Activation phi, const mat& Z) -> mat {
  switch (phi) {
    case Activation::identity: return Z;
    case Activation::step: return each(Z, [](real z) { return real(z > 0); });
    case Activation::sign: return each(Z, [](real z) { return real((z > 0) - (z < 0)); });
    case Activation::sigmoid: return each(Z, logistic);
    case Activation::tanh: return each(Z, [](real z) { return std::tanh(z); });
    case Activation::relu: return each(Z, [](real z) { return z > 0 ? z : 0; });
    case Activation::leaky_relu: return each(Z, [](real z) { return z > 0 ? z : 0.01 * z; });
    case Activation::elu: return each(Z, [](real z) { return z > 0 ? z : std::exp(z) - 1; });
    case Activation::hard_tanh: return each(Z, [](real z) { return z < -1 ? -1 : z > 1 ? 1 : z; });
    case Activation::softmax: return plain_softmax(Z);
  }
  return {};
});

/// What every unit answers, summed by hand.
static const auto plain_forward = oracle<mat>("forward", [](const Network& network, mat A) {
  for (const Layer& layer : network) {
    mat Z(layer.W.n_rows, A.n_cols);
    for (uword n = 0; n < A.n_cols; ++n)
      for (uword j = 0; j < Z.n_rows; ++j) {
        Z(j, n) = layer.b(j);
        for (uword i = 0; i < A.n_rows; ++i) Z(j, n) += layer.W(j, i) * A(i, n);
      }
    A = plain_activation(layer.activation, Z);
  }
  return A;
});

static Network random_network(const std::vector<uword>& widths, const std::vector<Activation>& activations, Rng& rng) {
  Network network;
  for (std::size_t l = 0; l + 1 < widths.size(); ++l)
    network.push_back({random_normal(widths[l + 1], widths[l], rng), random_normal(widths[l + 1], 1, rng),
                       activations[l % activations.size()]});
  return network;
}

TEST_CASE("the three layers of the slides", "[03][3.7]") {
  const Network network{{{{0.1, 0.2}, {0.3, 0.4}, {0.5, 0.6}}, {0.1, 0.2, 0.3}, Activation::sigmoid},
                        {{{0.1, 0.2, 0.3}, {0.4, 0.5, 0.6}}, {0.1, 0.2}, Activation::sigmoid},
                        {{{0.1, 0.2}, {0.3, 0.4}}, {0.1, 0.2}, Activation::identity}};
  const mat x(vec{1, 0.5});
  check<forward>(vec{0.5744425168116589, 0.6681877721681661, 0.7502601055951176}, Network{network[0]}, x);
  check<forward>(vec{0.6262493703990729, 0.7710106968556123}, Network{network[0], network[1]}, x);
  check<forward>(vec{0.316827076411029747, 0.6962790898619668}, network, x);
}

TEST_CASE("forward sends many samples at once through linear and bent layers", "[03][3.7]") {
  const Layer linear{{{1, -1}, {0, 2}, {-1, 0}}, {0, -1, 0.25}, Activation::identity},
      bent{{{1, 1, 0}, {0, -2, 3}}, {-1, 0}, Activation::relu};
  const mat X{{2, -1, 0.5, 0}, {1, 3, 0.5, 0}};
  check<forward>({{1, -4, 0, 0}, {1, 5, 0, -1}, {-1.75, 1.25, -0.25, 0.25}}, Network{linear}, X);
  check<forward>({{1, 0, 0, 0}, {0, 0, 0, 2.75}}, Network{linear, bent}, X);
}

TEST_CASE("an empty network returns its inputs", "[03][3.7]") {
  const mat X{{2, -1, 0.5}, {0.25, 3, 0}};
  check<forward>(X, Network{}, X);
}

TEST_CASE("networks of any depth and width answer layer by layer", "[03][3.7]") {
  for (std::uint64_t k = 0; k < 3; ++k) {
    Rng rng = seeded(370 + k);
    for (const std::vector<uword>& widths : {std::vector<uword>{2, 3}, {4, 2, 5}, {3, 6, 1, 4}, {2, 2, 2, 2, 2}}) {
      const Network network =
          random_network(widths, {Activation::sigmoid, Activation::relu, Activation::identity}, rng);
      const mat X = random_normal(widths[0], 1 + 2 * k, rng);
      check<forward>(plain_forward(network, X), network, X);
    }
  }
}

TEST_CASE("each layer has the activation that it names", "[03][3.7]") {
  Rng rng = seeded(375);
  for (const Activation phi :
       {Activation::identity, Activation::step, Activation::sign, Activation::sigmoid, Activation::tanh,
        Activation::relu, Activation::leaky_relu, Activation::elu, Activation::hard_tanh, Activation::softmax}) {
    const Network network = random_network({2, 5, 4}, {Activation::identity, phi}, rng);
    const mat X = random_normal(2, 3, rng);
    check<forward>(plain_forward(network, X), network, X);
  }
}

TEST_CASE("forward turns away layers that do not fit", "[03][3.7]") {
  Rng rng = seeded(376);
  const Network network = random_network({2, 4, 3}, {Activation::relu, Activation::identity}, rng);
  const mat X = random_normal(2, 5, rng);
  for (const uword d : {1, 3}) rejects<forward>(network, mat(d, 5, arma::fill::ones));
  rejects<forward>(Network{network[1], network[0]}, X);
  rejects<forward>(Network{network[0], network[0]}, X);
  rejects<forward>(Network{network[0], {network[1].W, network[0].b, Activation::identity}}, X);
}

// 3.8

TEST_CASE("predict finds the row of the largest entry of each column", "[03][3.8]") {
  check<predict>(uvec{2, 0, 1, 0}, mat{{0.1, 0.6, -3, 0.4}, {0.2, 0.3, -1, 0.3}, {0.7, 0.1, -2, 0.3}});
  check<predict>(uvec{3}, mat(vec{-5, -2, -9, -1, -3}));
  check<predict>(uvec{0, 0, 0}, mat{{3, -1, 0}});
}

TEST_CASE("of equal entries predict takes the first", "[03][3.8]") {
  check<predict>(uvec{1, 0, 0}, mat{{0, 2, 7}, {5, 1, 7}, {5, 2, 7}, {3, 2, 7}});
}

static const auto plain_labels = oracle<uvec>("labels", [](const mat& Y) {
  uvec labels(Y.n_cols, arma::fill::zeros);
  for (uword n = 0; n < Y.n_cols; ++n)
    for (uword j = 1; j < Y.n_rows; ++j)
      if (Y(j, n) > Y(labels(n), n)) labels(n) = j;
  return labels;
});

TEST_CASE("predict answers for every sample", "[03][3.8]") {
  for (std::uint64_t k = 0; k < 3; ++k) {
    Rng rng = seeded(380 + k);
    for (const auto& [m, N] : {std::array<uword, 2>{10, 1}, {3, 8}, {2, 2}, {5, 3}, {4, 20}}) {
      const mat Y = 10 * random_normal(m, N, rng);
      check<predict>(plain_labels(Y), Y);
    }
  }
}

TEST_CASE("without rows there is nothing to predict", "[03][3.8]") {
  rejects<predict>(mat());
  rejects<predict>(mat(0, 3));
}

}  // namespace nn
