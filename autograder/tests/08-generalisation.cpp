// Lesson 8: what holds on new samples. Where chance is at work, what is judged is what every order of the draws must
// give.
#include "contracts/generalisation.hpp"

#include <algorithm>
#include <cmath>

#include "autograder/tests/support/drawn.hpp"
#include "autograder/tests/support/expect.hpp"
#include "nn/activations.hpp"
#include "nn/losses.hpp"
#include "nn/multilayer.hpp"
#include "nn/support/activate.hpp"
#include "nn/support/image.hpp"

namespace nn {

static const Parts nothing_given;

static bool equal(const mat& A, const mat& B) { return size(A) == size(B) && approx_equal(A, B, "absdiff", 0); }

// 8.1

/// Sample by sample.
static const auto plain_score =
    oracle<Score>("score", [](const Network& network, const Dataset& data, const uvec& indices, Loss loss) {
      Score sum;
      for (const uword i : indices) {
        mat x(data.images.n_rows, 1), t(data.classes, 1, arma::fill::zeros);
        for (uword p = 0; p < x.n_elem; ++p) x(p) = data.images(p, i) / real(255);
        t(data.labels(i)) = 1;
        const mat y = forward(network, x);
        sum.loss += loss_value(loss, y, t) / indices.n_elem;
        sum.accuracy += real(y.index_max() == data.labels(i)) / indices.n_elem;
      }
      return sum;
    });

TEST_CASE("every sample counts the same, however the heaps fall", "[08][8.1]") {
  Rng rng = seeded(801);
  const Dataset data = random_data(1300, 2, 2, 3, rng);
  for (const auto& [loss, output] :
       {std::pair{Loss::cross_entropy, Activation::softmax}, std::pair{Loss::squared, Activation::identity},
        std::pair{Loss::binary_cross_entropy, Activation::sigmoid}}) {
    const Network network = random_network({4, 5, 3}, Activation::tanh, output, rng);
    const std::vector<uword> sizes = loss == Loss::cross_entropy ? std::vector<uword>{1, 2, 499, 500, 600, 1000, 1203}
                                                                 : std::vector<uword>{1, 7, 501};
    for (const uword n : sizes) {
      uvec indices(n);
      for (uword& i : indices) i = rng.below(data.size());
      check<score>(plain_score(network, data, indices, loss), network, data, indices, loss);
    }
  }
}

TEST_CASE("a network that knows two samples of three by heart", "[08][8.1]") {
  const Dataset data{{{255, 0, 0}, {0, 255, 0}}, {0, 1, 1}, 2, 1, 2};
  const Network network = {{{{2, 0}, {0, 2}}, vec{1, 0}, Activation::identity}};  // (3, 0), (1, 2), (1, 0)
  check<score>({2, 1}, network, data, uvec{0}, Loss::squared);
  check<score>({real(2 + 1 + 1) / 3, real(2) / 3}, network, data, uvec{0, 1, 2}, Loss::squared);
}

TEST_CASE("nothing to judge by is an error", "[08][8.1]") {
  Rng rng = seeded(802);
  const Dataset data = random_data(6, 2, 2, 3, rng);
  const Network network = random_network({4, 3}, Activation::relu, Activation::softmax, rng);
  rejects<score>(network, data, uvec(), Loss::cross_entropy);
  rejects<score>(network, data, uvec{2, 6}, Loss::cross_entropy);
  rejects<score>(random_network({5, 3}, Activation::relu, Activation::softmax, rng), data, uvec{1},
                 Loss::cross_entropy);
}

TEST_CASE("a network's numbers are its weights and its biases", "[08][8.1]") {
  const auto sized = [](const std::vector<uword>& sizes) {
    Network network;
    for (std::size_t l = 1; l < sizes.size(); ++l)
      network.push_back({mat(sizes[l], sizes[l - 1], arma::fill::zeros), vec(sizes[l], arma::fill::zeros)});
    return network;
  };
  check<parameters>(0, Network{});
  check<parameters>(4, sized({3, 1}));
  check<parameters>(8, sized({3, 2}));
  check<parameters>(26, sized({4, 3, 2, 1}));
  check<parameters>(79510, sized({784, 100, 10}));
  check<parameters>(2060, sized({40, 30, 20, 10}));
}

// 8.2

TEST_CASE("what is off, and what scatters", "[08][8.2]") {
  check<bias_variance>({0.5, 2}, mat{{1, 2, 4, 7}, {3, 2, 5, 5}, {2, 5, 0, 6}}, rowvec{2, 2, 2, 6});
  check<bias_variance>({0, 1}, mat{{1, 4}, {3, 2}}, rowvec{2, 3});          // right in the mean
  check<bias_variance>({4, 0}, mat{{3, 1}, {3, 1}, {3, 1}}, rowvec{1, 3});  // always the same, always wrong
  check<bias_variance>({real(6.5), 0}, mat{{1, 4}}, rowvec{3, 1});          // one training does not scatter
  check<bias_variance>({1, 4}, mat(vec{0, 4, 0, 4}), rowvec{1});            // one point
}

static const auto plain_bias_variance =
    oracle<BiasVariance>("bias_variance", [](const mat& predictions, const rowvec& truth) {
      const uword trainings = predictions.n_rows, points = predictions.n_cols;
      real bias2 = 0, variance = 0;
      for (uword j = 0; j < points; ++j) {
        real mean = 0;
        for (uword r = 0; r < trainings; ++r) mean += predictions(r, j) / trainings;
        bias2 += std::pow(mean - truth(j), 2) / points;
        for (uword r = 0; r < trainings; ++r) variance += std::pow(predictions(r, j) - mean, 2) / (trainings * points);
      }
      return BiasVariance{bias2, variance};
    });

TEST_CASE("both together are the mean squared error", "[08][8.2]") {
  Rng rng = seeded(803);
  for (const auto& [trainings, points] : {std::pair<uword, uword>{2, 5}, {7, 3}, {30, 11}}) {
    const mat predictions = 2 * random_normal(trainings, points, rng) + 1;
    const rowvec truth = random_normal(1, points, rng);
    check<bias_variance>(plain_bias_variance(predictions, truth), predictions, truth);
    real error = 0;
    for (uword j = 0; j < points; ++j)
      for (uword r = 0; r < trainings; ++r)
        error += std::pow(predictions(r, j) - truth(j), 2) / real(trainings * points);
    holds<bias_variance>(
        "bias2 + variance is the mean squared error",
        [&](const BiasVariance& b) { return std::abs(b.bias2 + b.variance - error) < 1e-9 * error; }, predictions,
        truth);
  }
}

TEST_CASE("predictions that nothing can be said of are an error", "[08][8.2]") {
  rejects<bias_variance>(mat(3, 4, arma::fill::ones), rowvec(3, arma::fill::ones));
  rejects<bias_variance>(mat(3, 4, arma::fill::ones), rowvec(5, arma::fill::ones));
  rejects<bias_variance>(mat(3, 4, arma::fill::ones), rowvec());
  rejects<bias_variance>(mat(0, 4), rowvec(4, arma::fill::ones));
  rejects<bias_variance>(mat(3, 0), rowvec());
}

// 8.3

TEST_CASE("the penalty is half of lambda times the squares of the weights", "[08][8.3]") {
  const mat W = {{2, -0.3}, {-1.5, 0.05}};
  check<l2_penalty>(0.317125, Network{{W, vec{7, -9}, Activation::relu}}, real(0.1));
  check<l2_penalty>(3.17125, Network{{W, vec{0, 0}, Activation::relu}}, real(1));
  check<l2_penalty>(0, Network{{W, vec{1, 1}, Activation::relu}}, real(0));
  check<l2_penalty>(0, Network{}, real(2));
  check<l2_penalty>(real(0.25) * (9 + 16 + 4 + 25),
                    Network{{{{3, -4}}, vec{5}, Activation::tanh}, {vec{2, -5}, vec{1, 3}, Activation::identity}},
                    real(0.5));
}

TEST_CASE("weight decay is a step down the slope of the penalty", "[08][8.3]") {
  Rng rng = seeded(804);
  const Network network = random_network({3, 4, 2}, Activation::tanh, Activation::identity, rng);
  const real lambda = real(0.7), h = real(1e-4);
  mat slopes(1, 20), wanted(1, 20);
  uword i = 0;
  for (const Layer& layer : network)
    for (const real w : layer.W) wanted(i++) = lambda * w;
  shows<l2_penalty>({{"its slope along each weight", arma::mat(wanted)}}, {1e-7, 1e-7}, parts_of(lambda, "lambda"),
                    [&](const auto& f) {
                      mat slope(1, 20);
                      uword k = 0;
                      for (std::size_t l = 0; l < network.size(); ++l)
                        for (uword w = 0; w < network[l].W.n_elem; ++w) {
                          Network up = network, down = network;
                          up[l].W(w) += h, down[l].W(w) -= h;
                          slope(k++) = (f(up, lambda) - f(down, lambda)) / (2 * h);
                        }
                      return parts_of(slope, "its slope along each weight");
                    });
}

TEST_CASE("weights shrink by one step and stop at 0", "[08][8.3]") {
  const auto layer = [](const mat& W) { return Network{{W, vec{3, -0.01}, Activation::relu}}; };
  check<shrink_weights>(layer({{1.9, -0.2}, {-1.4, 0}}), layer({{2, -0.3}, {-1.5, 0.05}}), real(0.5), real(0.2));
  check<shrink_weights>(layer({{0, 0}, {0, 0}}), layer({{0.1, -0.3}, {0, 0.5}}), real(1), real(0.5));
  check<shrink_weights>(layer({{0.25, -4}, {0, 1}}), layer({{0.25, -4}, {0, 1}}), real(0.5), real(0));
  check<shrink_weights>(Network{}, Network{}, real(1), real(1));
  Rng rng = seeded(805);
  const Network network = random_network({4, 3, 5}, Activation::relu, Activation::softmax, rng);
  for (const real step : {real(0.05), real(0.6), real(5)}) {
    Network expected = network;
    for (Layer& l : expected)
      for (real& w : l.W) w = w > step ? w - step : w < -step ? w + step : 0;
    check<shrink_weights>(expected, network, step / 2, real(2));
  }
}

// 8.4

static double stray_entries(const mat& mask, real keep) {
  return double(
      std::count_if(mask.begin(), mask.end(), [&](real m) { return m != 0 && std::abs(m * keep - 1) > 1e-6; }));
}

static double share_kept(const mat& mask) { return double(accu(mask != 0)) / double(mask.n_elem); }

TEST_CASE("a mask lets through a share of the entries, and makes them louder", "[08][8.4]") {
  Rng seeds = seeded(806);
  for (const real keep : {real(0.1), real(0.5), real(0.8)}) {
    const auto parts = [](const std::array<double, 6>& values) {
      const char* const names[] = {"the rows",
                                   "the columns",
                                   "the number of entries that are neither 0 nor 1/keep",
                                   "the mean of the entries",
                                   "the number of columns equal to the first",
                                   "the number of rows equal to the first"};
      Parts all;
      for (std::size_t i = 0; i < values.size(); ++i) all.push_back(number(names[i], values[i]));
      return all;
    };
    const Rng start = seeded(seeds());
    Parts arguments = named<double>({{"rows", 80}, {"cols", 90}, {"keep", keep}});
    shows<dropout_mask>(parts({80, 90, 0, 1, 1, 1}), {5 * std::sqrt((1 / keep - 1) / 7200.0), 0}, arguments,
                        [&](const auto& f) {
                          Rng rng = start;
                          const mat mask = f(80, 90, keep, rng);
                          double columns = 0, rows = 0;
                          for (uword j = 0; j < mask.n_cols; ++j) columns += equal(mask.col(j), mask.col(0));
                          for (uword i = 0; i < mask.n_rows; ++i) rows += equal(mask.row(i), mask.row(0));
                          return parts({double(mask.n_rows), double(mask.n_cols), stray_entries(mask, keep),
                                        mask.empty() ? 0 : double(accu(mask)) / double(mask.n_elem), columns, rows});
                        });
  }
}

TEST_CASE("a mask is drawn anew each time", "[08][8.4]") {
  const auto parts = [](bool again, bool next, bool other) {
    return named<double>({{"the same mask from the same seed (1: yes)", again},
                          {"the same mask when drawn again (1: yes)", next},
                          {"the same mask from another seed (1: yes)", other}});
  };
  shows<dropout_mask>(parts(true, false, false), {}, named<double>({{"rows", 7}, {"cols", 9}, {"keep", 0.5}}),
                      [&](const auto& f) {
                        Rng one = seeded(807), same_seed = seeded(807), other = seeded(808);
                        const mat first = f(7, 9, real(0.5), one), again = f(7, 9, real(0.5), same_seed),
                                  next = f(7, 9, real(0.5), one), third = f(7, 9, real(0.5), other);
                        return parts(equal(first, again), equal(first, next), equal(first, third));
                      });
}

TEST_CASE("a mask that keeps everything is all ones", "[08][8.4]") {
  check<dropout_mask>(mat(3, 4, arma::fill::ones), uword(3), uword(4), real(1), seeded(809));
  check<dropout_mask>(mat(1, 1, arma::fill::ones), uword(1), uword(1), real(1), seeded(810));
  check<dropout_mask>(mat(2, 0), uword(2), uword(0), real(0.5), seeded(811));
  for (const double keep : {0.0, -0.5, 1.2, arma::datum::nan})
    rejects<dropout_mask>(uword(2), uword(3), real(keep), seeded(812));
}

// 8.5

/// How far a pass is from what its own masks say: largest differences, all of which should be 0.
static Parts faults(const Network& network, const mat& X, const Dropped& dropped, real keep) {
  Parts parts{number("the number of masks", double(dropped.masks.size())),
              number("the number of layers in the trace", double(dropped.trace.A.size()))};
  if (dropped.masks.size() + 1 != network.size() || dropped.trace.A.size() != network.size() ||
      dropped.trace.Z.size() != network.size())
    return parts;
  const auto gap = [](const mat& A, const mat& B) {
    return size(A) == size(B) ? A.empty() ? 0.0 : double(abs(A - B).max()) : arma::datum::nan;
  };
  for (std::size_t l = 0; l < network.size(); ++l) {
    const auto& [Z, A] = dropped.trace;
    const std::string layer = " of layer " + std::to_string(l);
    parts.push_back(number("Z" + layer + ": its distance from W times what the layer below let through",
                           gap(Z[l], dense(network[l].W, network[l].b, l == 0 ? X : A[l - 1]))));
    const mat whole = activate(network[l].activation, Z[l]);
    if (l + 1 == network.size()) {
      parts.push_back(number("A" + layer + ": its distance from phi(Z), the output being whole", gap(A[l], whole)));
      continue;
    }
    const mat& mask = dropped.masks[l];
    parts.push_back(number("A" + layer + ": its distance from phi(Z) times the mask",
                           size(mask) == size(whole) ? gap(A[l], whole % mask) : arma::datum::nan));
    parts.push_back(number("the entries of mask " + std::to_string(l) + " that are neither 0 nor 1/keep",
                           stray_entries(mask, keep)));
  }
  return parts;
}

static Parts no_faults(const Network& network) {
  Parts parts = faults(network, {}, {}, 1);
  const mat X(network.empty() ? 0 : network[0].W.n_cols, 1, arma::fill::zeros);
  Dropped whole{forward_trace(network, X), {}};
  for (std::size_t l = 0; l + 1 < network.size(); ++l)
    whole.masks.push_back(mat(network[l].W.n_rows, 1, arma::fill::ones));
  return faults(network, X, whole, 1);
}

TEST_CASE("every hidden layer goes through a mask of its own, and the next layer sees what is left", "[08][8.5]") {
  Rng rng = seeded(813);
  for (const auto& sizes : {std::vector<uword>{3, 6, 2}, {2, 5, 7, 3}, {4, 4, 4, 4, 1}, {3, 2}})
    for (const real keep : {real(0.3), real(0.75)}) {
      const Network network = random_network(sizes, Activation::sigmoid, Activation::identity, rng);
      const mat X = random_normal(sizes[0], 8, rng);
      const Rng start = seeded(rng());
      Parts arguments = parts_of(network, "network");
      add_parts(arguments, "X", X);
      add_parts(arguments, "keep", keep);
      shows<dropout_trace>(no_faults(network), {}, arguments, [&](const auto& f) {
        Rng own = start;
        return faults(network, X, f(network, X, keep, own), keep);
      });
    }
}

TEST_CASE("who is left out is left to chance, unit by unit, sample by sample", "[08][8.5]") {
  Rng rng = seeded(814);
  const Network network = random_network({3, 40, 40, 2}, Activation::tanh, Activation::softmax, rng);
  const mat X = random_normal(3, 50, rng);
  const auto parts = [](double first, double second, bool same_masks, bool columns, bool again, bool next) {
    return named<double>({{"the share of layer 0 that is kept", first},
                          {"the share of layer 1 that is kept", second},
                          {"the same mask for both layers (1: yes)", same_masks},
                          {"the same units for all samples (1: yes)", columns},
                          {"the same masks from the same seed (1: yes)", again},
                          {"the same masks when drawn again (1: yes)", next}});
  };
  shows<dropout_trace>(
      parts(0.6, 0.6, false, false, true, false), {0.06, 0}, parts_of(real(0.6), "keep"), [&](const auto& f) {
        Rng one = seeded(815), same_seed = seeded(815);
        const Dropped first = f(network, X, real(0.6), one), again = f(network, X, real(0.6), same_seed),
                      next = f(network, X, real(0.6), one);
        const mat& mask = first.masks.at(0);
        return parts(share_kept(mask), share_kept(first.masks.at(1)), equal(mask, first.masks.at(1)),
                     equal(mask, mat(repmat(mask.col(0), 1, mask.n_cols))), equal(mask, again.masks.at(0)),
                     equal(mask, next.masks.at(0)));
      });
}

static const auto undropped = oracle<Dropped>("plain pass", [](const Network& network, const mat& X) {
  Dropped whole{forward_trace(network, X), {}};
  for (std::size_t l = 0; l + 1 < network.size(); ++l)
    whole.masks.emplace_back(size(whole.trace.A[l]), arma::fill::ones);
  return whole;
});

TEST_CASE("a pass that keeps everything is the plain pass", "[08][8.5]") {
  Rng rng = seeded(816);
  for (const auto& sizes : {std::vector<uword>{3, 6, 2}, {2, 5, 7, 3}, {4, 3}}) {
    const Network network = random_network(sizes, Activation::relu, Activation::softmax, rng);
    const mat X = random_normal(sizes[0], 5, rng);
    check<dropout_trace>(undropped(network, X), network, X, real(1), seeded(817));
  }
  check<dropout_trace>(Dropped{}, Network{}, mat(3, 2, arma::fill::ones), real(0.5), seeded(818));
}

TEST_CASE("a linear network is right in the mean, whoever is left out", "[08][8.5]") {
  Rng rng = seeded(819);
  const Network network = random_network({2, 6, 1}, Activation::identity, Activation::identity, rng);
  const vec x = {1, -0.5};
  const double wanted = forward(network, x)(0);
  const mat hidden = dense(network[0].W, network[0].b, x);
  double variance = 0;  // of one output: each unit is 0 or twice as loud
  for (uword i = 0; i < 6; ++i) variance += std::pow(network[1].W(i) * hidden(i), 2);
  const arma::uword passes = 4000;
  shows<dropout_trace>({number("the mean output of 4000 passes", wanted)}, {5 * std::sqrt(variance / passes), 0},
                       parts_of(network, "network"), [&](const auto& f) {
                         Rng own = seeded(820);
                         const mat X = repmat(x, 1, passes);
                         const mat Y = f(network, X, real(0.5), own).trace.A.back();
                         return Parts{number("the mean output of 4000 passes", accu(Y) / double(Y.n_elem))};
                       });
}

TEST_CASE("a pass that cannot be is an error", "[08][8.5]") {
  Rng rng = seeded(821);
  Network network = random_network({3, 4, 2}, Activation::relu, Activation::softmax, rng);
  const mat X = random_normal(3, 5, rng);
  rejects<dropout_trace>(network, random_normal(2, 5, rng), real(0.5), seeded(1));
  for (const double keep : {0.0, -1.0, 1.5, arma::datum::nan})
    rejects<dropout_trace>(network, X, real(keep), seeded(1));
  network[1].b = vec(3, arma::fill::zeros);
  rejects<dropout_trace>(network, X, real(0.5), seeded(1));
}

/// A pass with these masks.
static const auto passed_through =
    oracle<Dropped>("pass", [](const Network& network, const mat& X, const std::vector<mat>& masks) {
      Dropped dropped{{}, masks};
      for (std::size_t l = 0; l < network.size(); ++l) {
        dropped.trace.Z.push_back(dense(network[l].W, network[l].b, l == 0 ? X : dropped.trace.A[l - 1]));
        dropped.trace.A.push_back(activate(network[l].activation, dropped.trace.Z[l]));
        if (l < masks.size()) dropped.trace.A[l] %= masks[l];
      }
      return dropped;
    });

static std::vector<mat> random_masks(const Network& network, uword n, real keep, Rng& rng) {
  std::vector<mat> masks;
  for (std::size_t l = 0; l + 1 < network.size(); ++l) {
    masks.emplace_back(network[l].W.n_rows, n);
    for (real& m : masks.back()) m = rng.uniform() < keep ? 1 / keep : 0;
  }
  return masks;
}

TEST_CASE("the way back goes through the same doors, with a pencil", "[08][8.5]") {
  Network network = {{{{1, 1}, {2, -1}, {-1, 1}}, vec{0, 1, -2}, Activation::relu},
                     {{{1, -2, 3}}, vec{1}, Activation::identity}};
  const mat X = vec{1, 2}, T = vec{4}, mask = vec{2, 0, 2};
  check<dropout_deltas>({vec{6, 0, 0}, vec{3}}, network, passed_through(network, X, std::vector<mat>{mask}), T,
                        Loss::squared, real(0.5));
  network[0].activation = Activation::sigmoid;
  check<dropout_deltas>({vec{0.0468750114, 0, 0.6120098295}, vec{0.5187967819}}, Tolerance{1e-9, 1e-9}, network,
                        passed_through(network, X, std::vector<mat>{mask}), T, Loss::squared, real(0.5));
}

/// Of three layers; for the squared loss the last one is tanh.
static const auto plain_deltas =
    oracle<std::vector<mat>>("deltas", [](const Network& network, const Dropped& dropped, const mat& T, Loss loss) {
      std::vector<mat> deltas(3);
      const auto& [Z, A] = dropped.trace;
      deltas[2] = (A[2] - T) / T.n_cols;
      if (loss == Loss::squared) deltas[2] %= 1 - square(A[2]);
      for (const uword l : {1, 0})
        deltas[l] = activation_backward(network[l].activation, Z[l], activate(network[l].activation, Z[l]),
                                        (network[l + 1].W.t() * deltas[l + 1]) % dropped.masks[l]);
      return deltas;
    });

TEST_CASE("the way back has the slopes of the loss, with the masks held", "[08][8.5]") {
  Rng rng = seeded(822);
  for (const Activation hidden : {Activation::sigmoid, Activation::tanh, Activation::relu, Activation::elu,
                                  Activation::leaky_relu, Activation::identity, Activation::hard_tanh})
    for (const auto& [loss, output] :
         {std::pair{Loss::cross_entropy, Activation::softmax}, std::pair{Loss::squared, Activation::tanh},
          std::pair{Loss::binary_cross_entropy, Activation::sigmoid}}) {
      const Network network = random_network({3, 5, 4, 2}, hidden, output, rng);
      const real keep = real(0.7);
      const uword n = 6;
      const mat X = random_normal(3, n, rng), T = random_targets(2, n, rng);
      const Dropped dropped = passed_through(network, X, random_masks(network, n, keep, rng));
      check<dropout_deltas>(plain_deltas(network, dropped, T, loss), network, dropped, T, loss, keep);
    }
}

TEST_CASE("the way back without a mask is the plain one", "[08][8.5]") {
  Rng rng = seeded(823);
  for (const auto& sizes : {std::vector<uword>{3, 6, 2}, {2, 5, 7, 3}, {4, 3}}) {
    const Network network = random_network(sizes, Activation::sigmoid, Activation::softmax, rng);
    const mat X = random_normal(sizes[0], 5, rng), T = random_targets(sizes.back(), 5, rng);
    const Dropped whole = undropped(network, X);
    check<dropout_deltas>(backward_deltas(network, whole.trace, T, Loss::cross_entropy), network, whole, T,
                          Loss::cross_entropy, real(1));
  }
}

TEST_CASE("a way back that does not fit is an error", "[08][8.5]") {
  Rng rng = seeded(824);
  Network network = random_network({3, 4, 2}, Activation::tanh, Activation::softmax, rng);
  const mat X = random_normal(3, 5, rng), T = random_targets(2, 5, rng);
  const Dropped whole = undropped(network, X);
  const real keep = 1;
  rejects<dropout_deltas>(network, whole, random_targets(2, 4, rng), Loss::cross_entropy, keep);
  rejects<dropout_deltas>(network, whole, random_targets(3, 5, rng), Loss::cross_entropy, keep);
  rejects<dropout_deltas>(network, whole, T, Loss::binary_cross_entropy, keep);
  rejects<dropout_deltas>(network, Dropped{whole.trace, {}}, T, Loss::cross_entropy, keep);
  rejects<dropout_deltas>(network, Dropped{whole.trace, {whole.masks[0], mat(2, 5, arma::fill::ones)}}, T,
                          Loss::cross_entropy, keep);
  rejects<dropout_deltas>(Network{}, Dropped{}, T, Loss::squared, keep);
  network[0].activation = Activation::softmax;
  rejects<dropout_deltas>(network, undropped(network, X), T, Loss::cross_entropy, keep);
}

// 8.6

static const mat letter = {{1, 2, 0}, {3, 4, 8}, {5, 6, 7}};

/// Pixel by pixel: outside is 0.
static const auto plain_between = oracle<real>("between", [](const mat& image, real row, real col) {
  const auto pixel = [&](long r, long c) {
    return r >= 0 && c >= 0 && r < long(image.n_rows) && c < long(image.n_cols) ? image(uword(r), uword(c)) : 0;
  };
  real sum = 0;
  for (long r = -1; r <= long(image.n_rows); ++r)
    for (long c = -1; c <= long(image.n_cols); ++c)
      sum +=
          pixel(r, c) * std::max<real>(0, 1 - std::abs(row - real(r))) * std::max<real>(0, 1 - std::abs(col - real(c)));
  return sum;
});

TEST_CASE("between four pixels", "[08][8.6]") {
  const auto at = [&](real row, real col, real expected) { check<between>(expected, letter, row, col); };
  at(0.25, 0.5, 2), at(-0.5, 0, 0.5), at(1, 2, 8), at(2.5, 2.5, 1.75), at(1.75, 1.2, 5.85), at(-1, 0, 0);
  at(2, -0.25, 3.75), at(0, 0, 1), at(2, 2, 7), at(2, 0, 5), at(-0.999, 1, real(0.002));
  at(-1.5, 1, 0), at(1, 3.2, 0), at(-7, -9, 0), at(40, 1, 0), at(1.5, 3, 0), at(3, 1, 0);
}

TEST_CASE("a place between pixels, in images of any shape", "[08][8.6]") {
  Rng rng = seeded(825);
  for (const auto& [rows, cols] : {std::pair<uword, uword>{1, 1}, {2, 5}, {6, 3}, {1, 4}, {4, 1}}) {
    const mat image = random_uniform(rows, cols, 0, 1, rng);
    for (int k = 0; k < 12; ++k) {
      const real row = rng.uniform(-2, real(rows) + 1), col = rng.uniform(-2, real(cols) + 1);
      check<between>(plain_between(image, row, col), image, row, col);
    }
  }
}

/// As the contract says it, pixel by pixel.
static const auto plain_field = oracle<Field>("affine_field", [](uword rows, uword cols, const Affine& a) {
  Field from{mat(rows, cols), mat(rows, cols)};
  const double angle = a.degrees * std::acos(-1.0) / 180, r0 = (double(rows) - 1) / 2, c0 = (double(cols) - 1) / 2;
  for (uword r = 0; r < rows; ++r)
    for (uword c = 0; c < cols; ++c) {
      const double y = (double(r) - r0 - a.down) * a.stretch_rows,
                   x = (double(c) - c0 - a.right) * a.stretch_cols + a.shear * (double(r) - r0);
      from.row(r, c) = real(r0 + y * std::cos(angle) + x * std::sin(angle));
      from.col(r, c) = real(c0 - y * std::sin(angle) + x * std::cos(angle));
    }
  return from;
});

static const auto plain_warp = oracle<mat>("warp", [](const mat& image, const Field& from) {
  mat warped(size(from.row));
  for (uword i = 0; i < warped.n_elem; ++i) warped(i) = plain_between(image, from.row(i), from.col(i));
  return warped;
});

TEST_CASE("a field says where each pixel looks", "[08][8.6]") {
  const Affine turned{.degrees = 90}, down{.down = 1}, right{.right = 0.5}, large{.stretch_rows = 2, .stretch_cols = 2};
  check<warp>({{0, 8, 7}, {2, 4, 6}, {1, 3, 5}}, letter, plain_field(3, 3, turned));
  check<warp>({{0, 0, 0}, {1, 2, 0}, {3, 4, 8}}, letter, plain_field(3, 3, down));
  check<warp>({{0.5, 1.5, 1}, {1.5, 3.5, 6}, {2.5, 5.5, 6.5}}, letter, plain_field(3, 3, right));
  check<warp>({{0, 0, 0}, {0, 4, 0}, {0, 0, 0}}, letter, plain_field(3, 3, large));
  check<warp>(letter, letter, plain_field(3, 3, Affine{}));
  check<warp>({{8, 1}}, letter, Field{{{1, 0}}, {{2, 0}}});  // a field of another shape than the image
  Rng rng = seeded(826);
  const mat image = random_uniform(5, 7, 0, 1, rng);
  const Field from{random_uniform(4, 3, -1, 6, rng), random_uniform(4, 3, -1, 8, rng)};
  check<warp>(plain_warp(image, from), image, from);
  rejects<warp>(image, Field{mat(3, 3, arma::fill::zeros), mat(3, 2, arma::fill::zeros)});
  rejects<warp>(image, Field{mat(2, 3, arma::fill::zeros), mat(3, 2, arma::fill::zeros)});
}

TEST_CASE("an affine field, one change at a time and all together", "[08][8.6]") {
  const std::vector<Affine> changes = {
      {},
      {.degrees = 90},
      {.degrees = -30},
      {.down = 1.5},
      {.right = -2},
      {.stretch_rows = 2},
      {.stretch_cols = 0.5},
      {.shear = 0.3},
      {.degrees = 20, .shear = 0.5},
      {.down = 1, .stretch_rows = 1.5},
      {.degrees = 40, .down = 1, .right = 2, .stretch_rows = 1.2, .stretch_cols = 0.8, .shear = -0.4}};
  for (const auto& [rows, cols] : {std::pair<uword, uword>{3, 3}, {4, 6}, {1, 5}, {5, 2}})
    for (const Affine& change : changes) check<affine_field>(plain_field(rows, cols, change), rows, cols, change);
}

// 8.7

TEST_CASE("a field bends smoothly, with one grid for rows and one for columns", "[08][8.7]") {
  Rng seeds = seeded(827);
  for (const uword grid : {2, 3, 5}) {
    const uword rows = 3 * (grid - 1) + 1, cols = 2 * (grid - 1) + 1;
    const auto parts = [](const std::array<double, 8>& values) {
      const char* const names[] = {"the rows",
                                   "the columns",
                                   "the entries beyond -pixels ... pixels",
                                   "the distance from straight lines between the points of the grid",
                                   "the same displacement for rows and columns (1: yes)",
                                   "the same field from the same seed (1: yes)",
                                   "the same field when drawn again (1: yes)",
                                   "the entries that are all alike (1: yes)"};
      Parts all;
      for (std::size_t i = 0; i < values.size(); ++i) all.push_back(number(names[i], values[i]));
      return all;
    };
    const Rng start = seeded(seeds());
    Parts arguments = named<double>({{"rows", rows}, {"cols", cols}, {"pixels", 1.5}, {"grid", grid}});
    shows<elastic_field>(
        parts({double(rows), double(cols), 0, 0, 0, 1, 0, 0}), {1e-9, 0}, arguments, [&](const auto& f) {
          Rng one = start, same_seed = start;
          const Field by = f(rows, cols, real(1.5), grid, one), again = f(rows, cols, real(1.5), grid, same_seed),
                      next = f(rows, cols, real(1.5), grid, one);
          if (by.row.n_rows != rows || by.row.n_cols != cols || size(by.row) != size(by.col))
            return parts({double(by.row.n_rows), double(by.row.n_cols), 0, 0, 0, 0, 0, 0});
          double beyond = 0, bent = 0;
          for (const mat* m : {&by.row, &by.col}) {
            beyond += double(accu(abs(*m) > 1.5));
            for (uword r = 0; r < rows; ++r)  // points of the grid lie 3 rows and 2 columns apart
              for (uword c = 0; c < cols; ++c) {
                const uword t = r % 3, above = r - t;
                const double straight_down =
                    t == 0 ? (*m)(r, c) : ((3 - real(t)) * (*m)(above, c) + real(t) * (*m)(above + 3, c)) / 3;
                const double straight_along = c % 2 == 0 ? (*m)(r, c) : ((*m)(r, c - 1) + (*m)(r, c + 1)) / 2;
                bent = std::max({bent, std::abs((*m)(r, c) - straight_down), std::abs((*m)(r, c) - straight_along)});
              }
          }
          return parts({double(rows), double(cols), beyond, bent, double(equal(by.row, by.col)),
                        double(equal(by.row, again.row) && equal(by.col, again.col)), double(equal(by.row, next.row)),
                        double(by.row.max() == by.row.min())});
        });
  }
}

TEST_CASE("displacements are spread evenly", "[08][8.7]") {
  const auto parts = [](double mean, double square) {
    return named<double>({{"the mean of the displacements at the corners, over pixels", mean},
                          {"the mean of their squares, over pixels^2", square}});
  };
  shows<elastic_field>(parts(0, 1.0 / 3), {0.06, 0}, named<double>({{"pixels", 2}, {"grid", 2}}), [&](const auto& f) {
    Rng rng = seeded(828);
    double sum = 0, squares = 0;
    for (int k = 0; k < 500; ++k) {
      const Field by = f(3, 3, real(2), 2, rng);
      for (const uword i : {0, 2, 6, 8})
        for (const mat* m : {&by.row, &by.col}) sum += (*m)(i) / 2, squares += std::pow((*m)(i) / 2, 2);
    }
    return parts(sum / 4000, squares / 4000);
  });
  check<elastic_field>(Field{mat(4, 5, arma::fill::zeros), mat(4, 5, arma::fill::zeros)}, uword(4), uword(5), real(0),
                       uword(3), seeded(829));
  for (const uword grid : {0, 1}) rejects<elastic_field>(uword(4), uword(4), real(1), grid, seeded(1));
  for (const double pixels : {-1.0, arma::datum::nan})
    rejects<elastic_field>(uword(4), uword(4), real(pixels), uword(3), seeded(1));
}

static const Distortion still{.shift = 0, .degrees = 0, .stretch = 0, .shear = 0, .elastic = 0};

TEST_CASE("nothing distorted is gather, bit for bit", "[08][8.7]") {
  Rng rng = seeded(830);
  const Dataset data = random_data(9, 6, 4, 3, rng), digits = random_data(3, 28, 28, 10, rng);
  for (const uvec& indices : {uvec{4}, uvec{8, 0, 3, 3}, uvec()})
    check<gather_distorted>(gather(data, indices), Tolerance{0, 0}, data, indices, still, seeded(831));
  check<gather_distorted>(gather(digits, {2, 0}), Tolerance{0, 0}, digits, uvec{2, 0}, still, seeded(832));
}

/// A soft spot of ink, and where the middle of an image's ink lies.
static Dataset spot(uword rows, uword cols, double row, double col) {
  Dataset data{bytes(rows * cols, 1), {0}, rows, cols, 1};
  for (uword r = 0; r < rows; ++r)
    for (uword c = 0; c < cols; ++c)
      data.images(r * cols + c, 0) =
          std::uint8_t(255 * std::exp(-(std::pow(double(r) - row, 2) + std::pow(double(c) - col, 2)) / 4));
  return data;
}

static std::pair<double, double> middle_of_ink(const mat& image) {
  const double ink = accu(image);
  double row = 0, col = 0;
  for (uword r = 0; r < image.n_rows; ++r)
    for (uword c = 0; c < image.n_cols; ++c) row += r * image(r, c) / ink, col += c * image(r, c) / ink;
  return {row, col};
}

TEST_CASE("each number distorts in its own way, and each image in a way of its own", "[08][8.7]") {
  struct Case {
    const char* name;
    double most;
    Distortion distortion;
    uword rows, cols;    ///< of the image
    double row, col;     ///< the spot
    double down, right;  ///< how far its middle scatters, as a standard deviation
    double mean;         ///< its mean way where it scatters: a stretched image has it at 1/s of the way from the middle
    uword images;        ///< as many as make that certain to 0.05
  };
  const double third = 1 / std::sqrt(3.0);
  const auto only = [](auto set) {
    Distortion d = still;
    set(d);
    return d;
  };
  const Case cases[] = {
      {"shift, all else 0", 1.5, only([](Distortion& d) { d.shift = real(1.5); }), 13, 13, 6, 6, 1.5 * third,
       1.5 * third, 0, 300},
      {"degrees, all else 0", 12, only([](Distortion& d) { d.degrees = 12; }), 13, 21, 6, 16, 0.72, 0.04, 0, 210},
      {"stretch of a spot below the middle, all else 0", 0.2, only([](Distortion& d) { d.stretch = real(0.2); }), 21,
       13, 16, 6, 0.73, 0, 0.08, 215},
      {"stretch of a spot in a corner, all else 0", 0.2, only([](Distortion& d) { d.stretch = real(0.2); }), 21, 21, 15,
       15, 0.6, 0.6, 0.07, 150},
      {"shear, all else 0", 0.2, only([](Distortion& d) { d.shear = real(0.2); }), 21, 13, 16, 6, 0, 6 * 0.2 * third, 0,
       190},
      {"elastic, all else 0", 2, only([](Distortion& d) { d.elastic = 2; }), 21, 21, 10, 10, 0.57, 0.57, 0, 130},
  };
  for (const Case& each : cases) {
    const Dataset data = spot(each.rows, each.cols, each.row, each.col);
    const auto parts = [](const std::array<double, 6>& values) {
      const char* const names[] = {"the mean way down of the ink, in pixels",
                                   "the mean way right",
                                   "how far the ways down scatter (standard deviation)",
                                   "how far the ways right scatter",
                                   "how much the two go together (correlation), if more than by half",
                                   "the number of images equal to the first"};
      Parts all;
      for (std::size_t i = 0; i < values.size(); ++i) all.push_back(number(names[i], values[i]));
      return all;
    };
    const Parts arguments = {number(each.name, each.most)};
    shows<gather_distorted>(
        parts({each.down > 0 ? each.mean : 0, each.right > 0 ? each.mean : 0, each.down, each.right, 0, 1}), {0.22, 0},
        arguments, [&](const auto& f) {
          Rng rng = seeded(833);
          const Batch batch = f(data, uvec(each.images, arma::fill::zeros), each.distortion, rng);
          arma::vec down(batch.X.n_cols), right(batch.X.n_cols);
          double alike = 0;
          for (uword j = 0; j < batch.X.n_cols; ++j) {
            const auto [row, col] = middle_of_ink(to_image(batch.X.col(j), each.rows, each.cols));
            down(j) = row - each.row, right(j) = col - each.col;
            alike += equal(batch.X.col(j), batch.X.col(0));
          }
          const bool moves = stddev(down) > 0.2 && stddev(right) > 0.2;
          const double together = moves ? arma::as_scalar(arma::cor(down, right)) : 0;
          return parts(
              {mean(down), mean(right), stddev(down), stddev(right), std::abs(together) > 0.5 ? together : 0, alike});
        });
  }
}

TEST_CASE("distorted images keep their labels, their range and nearly all their ink", "[08][8.7]") {
  Rng rng = seeded(834);
  Dataset data = random_data(40, 20, 20, 4, rng);
  for (uword i = 0; i < data.size(); ++i)  // ink in the middle only
    for (uword r = 0; r < 20; ++r)
      for (uword c = 0; c < 20; ++c)
        if (std::hypot(double(r) - 9.5, double(c) - 9.5) > 6) data.images(r * 20 + c, i) = 0;
  const uvec indices = arma::regspace<uvec>(0, 39);
  const Batch plain = gather(data, indices);
  const auto parts = [&](const mat& T, double below, double above, double ink, bool again, bool next) {
    Parts all = parts_of(T, "T");
    for (const Part& part : named<double>({{"the pixels below 0", below},
                                           {"the pixels above 1", above},
                                           {"the ink that is left, over what there was", ink},
                                           {"the same batch from the same seed (1: yes)", again},
                                           {"the same batch when drawn again (1: yes)", next}}))
      all.push_back(part);
    return all;
  };
  shows<gather_distorted>(parts(plain.T, 0, 0, 1.03, true, false), {0.16, 0}, nothing_given, [&](const auto& f) {
    Rng one = seeded(835), same_seed = seeded(835);
    const Batch batch = f(data, indices, Distortion{}, one), again = f(data, indices, Distortion{}, same_seed),
                next = f(data, indices, Distortion{}, one);
    return parts(batch.T, accu(batch.X < 0), accu(batch.X > 1 + 1e-6), accu(batch.X) / accu(plain.X),
                 equal(batch.X, again.X), equal(batch.X, next.X));
  });
  rejects<gather_distorted>(data, uvec{3, 40}, Distortion{}, seeded(1));
  rejects<gather_distorted>(data, uvec{3}, Distortion{.grid = 1}, seeded(1));
}

// 8.8

TEST_CASE("a bootstrap draws each one from all", "[08][8.8]") {
  uvec indices(100);
  for (uword i = 0; i < 100; ++i) indices(i) = 3 * i + 7;
  const auto parts = [](const std::array<double, 6>& values) {
    const char* const names[] = {"the number of entries",
                                 "the entries that are no index",
                                 "the share of the indices that is drawn at all, in the mean of 200",
                                 "the least that an index was drawn in 200, over its mean",
                                 "the same draw from the same seed (1: yes)",
                                 "the same draw the next time (1: yes)"};
    Parts all;
    for (std::size_t i = 0; i < values.size(); ++i) all.push_back(number(names[i], values[i]));
    return all;
  };
  shows<bootstrap>(parts({100, 0, 1 - std::pow(0.99, 100), 0.8, 1, 0}), {0.02 + 0.15, 0}, parts_of(indices, "indices"),
                   [&](const auto& f) {
                     Rng one = seeded(836), same_seed = seeded(836);
                     const uvec first = f(indices, one), again = f(indices, same_seed), next = f(indices, one);
                     double strangers = 0, distinct = 0;
                     arma::vec counts(307, arma::fill::zeros);
                     for (int k = 0; k < 200; ++k) {
                       const uvec drawn = f(indices, one);
                       distinct += double(uvec(unique(drawn)).n_elem) / 100 / 200;
                       for (const uword i : drawn)
                         if (i < 307 && i % 3 == 1 && i >= 7) counts(i) += 1;
                         else ++strangers;
                     }
                     double least = 1e9;
                     for (const uword i : indices) least = std::min(least, counts(i) / 200);
                     const auto same = [](const uvec& a, const uvec& b) { return approx_equal(a, b, "absdiff", 0); };
                     return parts({double(first.n_elem), strangers, distinct, least, double(same(first, again)),
                                   double(same(first, next))});
                   });
  check<bootstrap>(uvec(), uvec(), seeded(837));
  check<bootstrap>(uvec{6}, uvec{6}, seeded(838));
  check<bootstrap>(uvec{4, 4, 4}, uvec{4, 4, 4}, seeded(839));
}

TEST_CASE("a bootstrap leaves a third out", "[08][8.8]") {
  const double distinct = 1 - std::pow(1 - 1 / 50.0, 50);
  const uvec indices = arma::regspace<uvec>(0, 49);
  shows<bootstrap>({number("the share that is drawn at all, in the mean of 1000", distinct)}, {0.008, 0},
                   parts_of(indices, "indices"), [&](const auto& f) {
                     Rng rng = seeded(840);
                     double share = 0;
                     for (int k = 0; k < 1000; ++k) share += double(uvec(unique(f(indices, rng))).n_elem) / 50 / 1000;
                     return Parts{number("the share that is drawn at all, in the mean of 1000", share)};
                   });
}

/// A network that answers column j of `outputs` to column j of the identity.
static Network answering(const mat& outputs) {
  return {{outputs, vec(outputs.n_rows, arma::fill::zeros), Activation::identity}};
}

static const auto plain_average = oracle<mat>("average_output", [](const std::vector<Network>& networks, const mat& X) {
  mat sum(2, X.n_cols, arma::fill::zeros);
  for (const Network& network : networks) sum += forward(network, X);
  return mat(sum / real(networks.size()));
});

TEST_CASE("many heads answer with the mean of their outputs", "[08][8.8]") {
  const mat A = {{0.6, 0.1}, {0.3, 0.5}, {0.1, 0.4}}, B = {{0.2, 0.3}, {0.7, 0.3}, {0.1, 0.4}},
            C = {{0.5, 0.2}, {0.2, 0.2}, {0.3, 0.6}}, X = arma::eye<mat>(2, 2);
  check<average_output>({{1.3 / 3, 0.2}, {0.4, 1.0 / 3}, {0.5 / 3, 1.4 / 3}},
                        std::vector<Network>{answering(A), answering(B), answering(C)}, X);
  check<average_output>(A, std::vector<Network>{answering(A)}, X);
  Rng rng = seeded(841);
  for (const uword heads : {2, 5}) {
    std::vector<Network> networks;
    const mat inputs = random_normal(3, 4, rng);
    for (uword i = 0; i < heads; ++i)  // of any inner shape
      networks.push_back(random_network({3, i + 2, 2}, Activation::relu, Activation::softmax, rng));
    check<average_output>(plain_average(networks, inputs), networks, inputs);
  }
}

TEST_CASE("the mean of many heads is never worse than their mean", "[08][8.8]") {
  Rng rng = seeded(842);
  for (int k = 0; k < 3; ++k) {
    const mat truth = random_normal(2, 6, rng), X = arma::eye<mat>(6, 6);
    std::vector<Network> networks;
    double errors = 0;
    for (uword i = 0; i < 4; ++i) {
      const mat outputs = truth + random_normal(2, 6, rng);
      networks.push_back(answering(outputs));
      errors += accu(square(outputs - truth)) / 4;
    }
    holds<average_output>(
        "its squared error is at most the mean of theirs",
        [&](const mat& Y) { return size(Y) == size(truth) && accu(square(Y - truth)) <= errors * (1 + 1e-9); },
        networks, X);
  }
}

TEST_CASE("heads that cannot be averaged are an error", "[08][8.8]") {
  const mat X = arma::eye<mat>(2, 2), ones(3, 2, arma::fill::ones);
  rejects<average_output>(std::vector<Network>{}, X);
  rejects<average_output>(std::vector<Network>{answering(ones), answering(mat(2, 2, arma::fill::ones))}, X);
  rejects<average_output>(std::vector<Network>{answering(ones), answering(mat(3, 3, arma::fill::ones))}, X);
}

// 8.9

static Options some_options() {
  Options options;
  options.rate = real(0.3);
  options.weight_decay = real(0.02);
  options.eta = real(0.1);
  return options;
}

TEST_CASE("with nothing switched on it is the epoch of lesson 7, bit for bit", "[08][8.9]") {
  Rng rng = seeded(843);
  const Dataset data = random_data(23, 4, 5, 3, rng);
  for (const auto& sizes : {std::vector<uword>{20, 6, 3}, {20, 5, 4, 3}, {20, 3}}) {
    const Network network = random_network(sizes, Activation::relu, Activation::softmax, rng);
    const std::vector<uvec> batches = shuffled_batches(arma::regspace<uvec>(0, 22), 5, rng);
    const std::optional<real> from = sizes.size() == 3 ? std::optional<real>(2) : std::nullopt;
    const Epoch expected = train_epoch(network, data, batches, some_options(), from);
    check<regularised_epoch>(expected, Tolerance{0, 0}, network, data, batches, some_options(), Regularisation{},
                             seeded(844), from);
    check<regularised_epoch>(expected, Tolerance{0, 0}, network, data, batches, some_options(),
                             Regularisation{1, still}, seeded(845), from);
  }
}

TEST_CASE("with every hidden unit left out only the last biases learn", "[08][8.9]") {
  Rng rng = seeded(846);
  const Dataset data = random_data(4, 3, 3, 2, rng);
  const Network network = random_network({9, 5, 2}, Activation::tanh, Activation::softmax, rng);
  const Options options = some_options();
  Network expected = network;
  real running = 0;
  for (const uword j : {2, 0, 3}) {
    const mat Y = softmax(mat(expected[1].b)), T = one_hot({data.labels(j)}, 2);
    const real loss = cross_entropy(Y, T);
    running = j == 2 ? loss : (1 - options.eta) * running + options.eta * loss;
    for (Layer& layer : expected) layer.W *= 1 - options.rate * options.weight_decay;
    expected[1].b -= options.rate * (Y - T);
  }
  check<regularised_epoch>(Epoch{expected, running}, network, data, std::vector<uvec>{{2}, {0}, {3}}, options,
                           Regularisation{real(1e-12), {}}, seeded(847), std::optional<real>());
}

TEST_CASE("a unit that was left out learns nothing from that sample", "[08][8.9]") {
  Rng rng = seeded(848);
  const Dataset data = random_data(1, 2, 2, 2, rng);
  Network network = random_network({4, 200, 2}, Activation::sigmoid, Activation::softmax, rng);
  network[1].W /= 30;  // so that the network is never sure: then nothing would be learned at all
  Options options;
  options.rate = real(0.1);
  const auto parts = [](double below, double above, double apart, bool again, bool next) {
    return named<double>({{"the share of units whose incoming weights stayed", below},
                          {"the share of units whose outgoing weights stayed", above},
                          {"the units with one kind that stayed and one that moved", apart},
                          {"the same network from the same seed (1: yes)", again},
                          {"the same network when drawn again (1: yes)", next}});
  };
  shows<regularised_epoch>(
      parts(0.3, 0.3, 0, true, false), {0.165, 0}, parts_of(real(0.7), "keep"), [&](const auto& f) {
        Rng one = seeded(849), same_seed = seeded(849);
        const Regularisation dropout{real(0.7), {}};
        const std::vector<uvec> once{{0}};
        const Network first = f(network, data, once, options, dropout, one, {}).network,
                      again = f(network, data, once, options, dropout, same_seed, {}).network,
                      next = f(network, data, once, options, dropout, one, {}).network;
        double below = 0, above = 0, apart = 0;
        for (uword i = 0; i < 200; ++i) {
          const bool in = equal(first[0].W.row(i), network[0].W.row(i)),
                     out = equal(first[1].W.col(i), network[1].W.col(i));
          below += in / 200.0, above += out / 200.0, apart += in != out;
        }
        return parts(below, above, apart, equal(first[1].W, again[1].W), equal(first[1].W, next[1].W));
      });
}

TEST_CASE("each batch meets images that were moved", "[08][8.9]") {
  const uword n = 9;  // all ink, so a shift by a pixel at most changes the outermost pixels alone
  const Dataset data{bytes(n * n, 1, arma::fill::ones) * std::uint8_t(255), {0}, n, n, 1};
  Network network = {{mat(1, n * n, arma::fill::zeros), vec{0}, Activation::identity}};
  network[0].W(n * 4 + 4) = real(0.5);
  Options options;
  options.loss = Loss::squared;
  options.rate = real(0.01);
  Distortion moved = still;
  moved.shift = 1;
  const std::vector<uvec> batches{{0}};
  const Network plain = train_epoch(network, data, batches, options).network;
  const auto parts = [](double middle, bool edge, bool again, bool next) {
    return named<double>({{"the weight of a pixel in the middle", middle},
                          {"the weights at the edge as without distortion (1: yes)", edge},
                          {"the same network from the same seed (1: yes)", again},
                          {"the same network when drawn again (1: yes)", next}});
  };
  shows<regularised_epoch>(
      parts(plain[0].W(n * 3 + 3), false, true, false), {1e-9, 1e-9}, nothing_given, [&](const auto& f) {
        Rng one = seeded(850), same_seed = seeded(850);
        const Regularisation distorted{1, moved};
        const Network first = f(network, data, batches, options, distorted, one, {}).network,
                      again = f(network, data, batches, options, distorted, same_seed, {}).network,
                      next = f(network, data, batches, options, distorted, one, {}).network;
        return parts(first[0].W(n * 3 + 3), equal(first[0].W.head_cols(n), plain[0].W.head_cols(n)),
                     equal(first[0].W, again[0].W), equal(first[0].W, next[0].W));
      });
}

TEST_CASE("an epoch that cannot be is an error", "[08][8.9]") {
  Rng rng = seeded(851);
  const Dataset data = random_data(6, 3, 3, 2, rng);
  const Network network = random_network({9, 4, 2}, Activation::relu, Activation::softmax, rng);
  const std::vector<uvec> batches{{0, 1}, {2}};
  const auto refuses = [&](const std::vector<uvec>& some, const Regularisation& regularisation) {
    rejects<regularised_epoch>(network, data, some, some_options(), regularisation, seeded(1), std::optional<real>());
  };
  refuses({}, {});
  refuses({{0, 6}}, {});
  for (const double keep : {0.0, -0.1, 1.01, arma::datum::nan}) refuses(batches, {real(keep), {}});
  refuses(batches, {1, Distortion{.grid = 1}});
}

}  // namespace nn
