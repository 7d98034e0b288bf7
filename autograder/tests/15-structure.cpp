// Lesson 15: networks that become smaller, and networks that become larger. Golden values are by hand; the rest is
// compared with the definitions, written out entry by entry.
#include "contracts/structure.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "autograder/tests/support/expect.hpp"
#include "nn/activations.hpp"
#include "nn/support/toys.hpp"

namespace nn {

/// sizes[0] inputs, then layers of sizes[1], sizes[2], ...; no bias is 0.
static Network random_network(const std::vector<uword>& sizes, Activation hidden, Activation output, Rng& rng) {
  Network network;
  for (std::size_t l = 1; l < sizes.size(); ++l) {
    const mat W = random_normal(sizes[l], sizes[l - 1], rng);
    network.push_back({W, random_uniform(sizes[l], 1, real(0.01), 1, rng), l + 1 < sizes.size() ? hidden : output});
  }
  return network;
}

static mat one(double weight) { return mat(1, 1).fill(real(weight)); }

static std::vector<mat> random_masks(const Network& network, Rng& rng) {
  std::vector<mat> masks;
  for (const Layer& layer : network) {
    mat mask(size(layer.W));
    for (real& entry : mask) entry = real(rng.below(2));
    mask(0) = 0, mask(mask.n_elem - 1) = 1;
    masks.push_back(mask);
  }
  return masks;
}

static const Network golden = {{{{.1, -.5}, {.3, .2}}, {.05, -.15}, Activation::tanh},
                               {mat{{-.6, .4}}, {.01}, Activation::identity}};

// 15.1

TEST_CASE("half of six weights go, over all layers or in each", "[15][15.1]") {
  check<magnitude_masks>({{{0, 1}, {0, 0}}, {{1, 1}}}, golden, real(0.5), true);
  check<magnitude_masks>({{{0, 1}, {1, 0}}, {{1, 0}}}, golden, real(0.5), false);
}

/// The smallest one that is still there goes, so many times.
static const auto plain_masks = oracle<std::vector<mat>>(
    "magnitude_masks", [](const Network& network, real share, bool everywhere) -> std::vector<mat> {
      std::vector<mat> masks;
      for (const Layer& layer : network) masks.push_back(mat(size(layer.W), arma::fill::ones));
      const auto thin = [&](uword from, uword to) {
        uword n = 0;
        for (uword l = from; l < to; ++l) n += masks[l].n_elem;
        for (uword gone = uword(std::floor(double(share) * double(n))); gone-- > 0;) {
          real* smallest = nullptr;
          real least = 0;
          for (uword l = from; l < to; ++l)
            for (uword i = 0; i < masks[l].n_elem; ++i)
              if (masks[l](i) == 1 && (!smallest || std::abs(network[l].W(i)) < least))
                smallest = &masks[l](i), least = std::abs(network[l].W(i));
          *smallest = 0;
        }
      };
      if (everywhere) thin(0, network.size());
      else
        for (uword l = 0; l < network.size(); ++l) thin(l, l + 1);
      return masks;
    });

TEST_CASE("any share of any network", "[15][15.1]") {
  Rng rng = seeded(1501);
  for (const std::vector<uword>& sizes : {std::vector<uword>{3, 5}, {4, 6, 3}, {2, 3, 4, 2}}) {
    Network network = random_network(sizes, Activation::relu, Activation::softmax, rng);
    network[0].W *= 3;  // its weights are larger than the others'
    for (const double share : {0.0, 0.03, 0.17, 0.36, 0.61, 0.83, 0.97, 1.0})
      for (const bool everywhere : {true, false})
        check<magnitude_masks>(plain_masks(network, real(share), everywhere), network, real(share), everywhere);
  }
}

TEST_CASE("of equal weights the earlier ones go, and no more than asked for", "[15][15.1]") {
  const Network equal = {{{{2, -2, 2}, {-2, 2, 2}}, {1, 1}, Activation::relu},
                         {{{2, 1}, {-1, -2}}, {1, 1}, Activation::identity}};
  check<magnitude_masks>({{{0, 0, 1}, {0, 1, 1}}, {{1, 0}, {0, 1}}}, equal, real(0.5), true);
  check<magnitude_masks>({{{0, 0, 1}, {0, 1, 1}}, {{1, 0}, {0, 1}}}, equal, real(0.5), false);
  check<magnitude_masks>({{{1, 1, 1}, {1, 1, 1}}, {{1, 0}, {0, 1}}}, equal, real(0.25), true);
  check<magnitude_masks>({{{0, 1, 1}, {1, 1, 1}}, {{1, 1}, {0, 1}}}, equal, real(0.25), false);
}

TEST_CASE("a share is one of 0 to 1", "[15][15.1]") {
  for (const double share : {-0.25, 1.25, double(arma::datum::nan)})
    for (const bool everywhere : {true, false}) rejects<magnitude_masks>(golden, real(share), everywhere);
}

static const auto plain_masked =
    oracle<Network>("masked", [](Network network, const std::vector<mat>& masks) -> Network {
      for (uword l = 0; l < network.size(); ++l)
        for (uword i = 0; i < masks[l].n_elem; ++i)
          if (masks[l](i) == 0) network[l].W(i) = 0;
      return network;
    });

TEST_CASE("a mask takes weights away and nothing else", "[15][15.1]") {
  check<masked>({{{{0, -.5}, {0, 0}}, {.05, -.15}, Activation::tanh}, {mat{{-.6, .4}}, {.01}, Activation::identity}},
                golden, std::vector<mat>{{{0, 1}, {0, 0}}, {{1, 1}}});
  Rng rng = seeded(1502);
  for (const std::vector<uword>& sizes : {std::vector<uword>{4, 3}, {3, 6, 2}, {2, 2, 2, 2}}) {
    const Network network = random_network(sizes, Activation::sigmoid, Activation::softmax, rng);
    const std::vector<mat> masks = random_masks(network, rng);
    check<masked>(plain_masked(network, masks), network, masks);
  }
}

TEST_CASE("masks that do not fit are an error", "[15][15.1]") {
  const mat ones(2, 2, arma::fill::ones);
  rejects<masked>(golden, std::vector<mat>{ones});
  rejects<masked>(golden, std::vector<mat>{ones, mat{{1, 1}}, ones});
  rejects<masked>(golden, std::vector<mat>{ones, mat(2, 1, arma::fill::ones)});
  rejects<masked>(golden, std::vector<mat>{mat(2, 3, arma::fill::ones), mat{{1, 1}}});
}

// 15.2

static Dataset random_data(uword n, uword d, uword classes, Rng& rng) {
  Dataset data{bytes(d, n), uvec(n), d, 1, classes};
  for (auto& pixel : data.images) pixel = std::uint8_t(rng.below(256));
  for (uword& label : data.labels) label = rng.below(classes);
  return data;
}

/// By whole gradients, entry by entry.
static const auto plain_retrain =
    oracle<Network>("retrain",
                    [](Network network, const std::vector<mat>& masks, const Dataset& data,
                       const std::vector<uvec>& batches, const Options& options) -> Network {
                      const auto clear = [&] {
                        for (uword l = 0; l < network.size(); ++l)
                          for (uword i = 0; i < masks[l].n_elem; ++i)
                            if (masks[l](i) == 0) network[l].W(i) = 0;
                      };
                      clear();
                      for (const uvec& batch : batches) {
                        mat X(data.images.n_rows, batch.n_elem), T(data.classes, batch.n_elem, arma::fill::zeros);
                        for (uword j = 0; j < batch.n_elem; ++j) {
                          for (uword i = 0; i < X.n_rows; ++i) X(i, j) = real(data.images(i, batch(j))) / 255;
                          T(data.labels(batch(j)), j) = 1;
                        }
                        const Gradients g = backprop(network, X, T, options.loss);
                        for (uword l = 0; l < network.size(); ++l) {
                          network[l].W -= options.rate * (options.weight_decay * network[l].W + g.dW[l]);
                          network[l].b -= options.rate * g.db[l];
                        }
                        clear();
                      }
                      return network;
                    });

/// n samples in batches of `size`, in their order.
static std::vector<uvec> in_order(uword n, uword size) {
  std::vector<uvec> batches;
  for (uword first = 0; first < n; first += size)
    batches.push_back(arma::regspace<uvec>(first, std::min(first + size, n) - 1));
  return batches;
}

TEST_CASE("every step begins and ends with the masked weights at 0", "[15][15.2]") {
  Rng rng = seeded(1503);
  for (const auto& [sizes, size] :
       {std::pair<std::vector<uword>, uword>{{5, 3}, 4}, {{4, 6, 3}, 3}, {{6, 4, 5, 3}, 5}}) {
    const Network network = random_network(sizes, Activation::tanh, Activation::softmax, rng);
    const std::vector<mat> masks = random_masks(network, rng);
    const Dataset data = random_data(12, sizes[0], 3, rng);
    Options options;
    options.rate = real(0.3);
    for (const double decay : {0.0, 0.2}) {
      options.weight_decay = real(decay);
      check<retrain>(plain_retrain(network, masks, data, in_order(12, size), options), network, masks, data,
                     in_order(12, size), options);
      check<retrain>(plain_retrain(network, masks, data, in_order(12, 12), options), network, masks, data,
                     in_order(12, 12), options);
    }
  }
}

TEST_CASE("another loss, and batches as they come", "[15][15.2]") {
  Rng rng = seeded(1504);
  const Network network = random_network({4, 5, 2}, Activation::relu, Activation::identity, rng);
  const std::vector<mat> masks = random_masks(network, rng);
  const Dataset data = random_data(8, 4, 2, rng);
  Options options;
  options.loss = Loss::squared, options.rate = real(0.05);
  const std::vector<uvec> batches = {{7, 2, 5}, {0, 0}, {1, 3, 4, 6}};
  check<retrain>(plain_retrain(network, masks, data, batches, options), network, masks, data, batches, options);
}

TEST_CASE("without batches a network is masked", "[15][15.2]") {
  Rng rng = seeded(1505);
  const Network network = random_network({4, 5, 3}, Activation::tanh, Activation::softmax, rng);
  const std::vector<mat> masks = random_masks(network, rng);
  check<retrain>(plain_masked(network, masks), network, masks, random_data(5, 4, 3, rng), std::vector<uvec>{},
                 Options{});
}

TEST_CASE("after training every masked weight is exactly 0, and every other one has moved", "[15][15.2]") {
  Rng rng = seeded(1506);
  const Network network = random_network({6, 8, 4}, Activation::sigmoid, Activation::softmax, rng);
  const std::vector<mat> masks = random_masks(network, rng);
  const Dataset data = random_data(30, 6, 4, rng);
  const std::vector<uvec> batches = in_order(30, 5);
  holds<retrain>(
      "0 where the mask is 0",
      [&](const Network& trained) {
        bool zero = trained.size() == masks.size();
        for (uword l = 0; zero && l < masks.size(); ++l)
          zero = size(trained[l].W) == size(masks[l]) && accu(abs(trained[l].W) % (1 - masks[l])) == 0;
        return zero;
      },
      network, masks, data, batches, Options{});
}

TEST_CASE("masks and data that do not fit the network are errors", "[15][15.2]") {
  Rng rng = seeded(1507);
  const Network network = random_network({4, 3}, Activation::tanh, Activation::softmax, rng);
  const Dataset data = random_data(6, 4, 3, rng);
  const std::vector<mat> masks = random_masks(network, rng);
  rejects<retrain>(network, std::vector<mat>{}, data, in_order(6, 3), Options{});
  rejects<retrain>(network, std::vector<mat>{mat(4, 3, arma::fill::ones)}, data, in_order(6, 3), Options{});
  rejects<retrain>(network, masks, data, std::vector<uvec>{{0, 6}}, Options{});
  rejects<retrain>(network, masks, random_data(6, 5, 3, rng), in_order(6, 3), Options{});
}

// 15.3

TEST_CASE("a unit matters by what it hears and by who listens", "[15][15.3]") {
  const Network network = {{{{3, 4}, {0, 1}}, {7, -9}, Activation::relu}, {mat{{2, -3}}, {5}, Activation::identity}};
  check<importance>(vec{10, 3}, network, uword(0));
}

static const auto plain_importance = oracle<vec>("importance", [](const Network& network, uword layer) -> vec {
  const mat &W = network[layer].W, &next = network[layer + 1].W;
  vec all(W.n_rows);
  for (uword j = 0; j < W.n_rows; ++j) {
    real in = 0, out = 0;
    for (uword i = 0; i < W.n_cols; ++i) in += W(j, i) * W(j, i);
    for (uword i = 0; i < next.n_rows; ++i) out += next(i, j) * next(i, j);
    all(j) = std::sqrt(in) * std::sqrt(out);
  }
  return all;
});

TEST_CASE("the importance of the units of any hidden layer", "[15][15.3]") {
  Rng rng = seeded(1508);
  const Network network = random_network({3, 5, 4, 6, 2}, Activation::tanh, Activation::softmax, rng);
  for (const uword layer : {0, 1, 2}) check<importance>(plain_importance(network, layer), network, layer);
  Network unheard = network;
  unheard[1].W.col(2).zeros();
  check<importance>(plain_importance(unheard, 0), unheard, uword(0));
}

static const auto plain_removal =
    oracle<Network>("remove_units", [](const Network& network, uword layer, const uvec& kept) -> Network {
      Network smaller = network;
      Layer &own = smaller[layer], &next = smaller[layer + 1];
      own.W.set_size(kept.n_elem, own.W.n_cols), own.b.set_size(kept.n_elem);
      next.W.set_size(next.W.n_rows, kept.n_elem);
      for (uword j = 0; j < kept.n_elem; ++j) {
        own.b(j) = network[layer].b(kept(j));
        for (uword i = 0; i < own.W.n_cols; ++i) own.W(j, i) = network[layer].W(kept(j), i);
        for (uword i = 0; i < next.W.n_rows; ++i) next.W(i, j) = network[layer + 1].W(i, kept(j));
      }
      return smaller;
    });

TEST_CASE("units go with all that belongs to them", "[15][15.3]") {
  check<remove_units>({{mat{{.3, .2}}, {-.15}, Activation::tanh}, {one(.4), {.01}, Activation::identity}}, golden,
                      uword(0), uvec{1});
  check<remove_units>(golden, golden, uword(0), uvec{0, 1});
  check<remove_units>(
      {{{{.3, .2}, {.1, -.5}}, {-.15, .05}, Activation::tanh}, {mat{{.4, -.6}}, {.01}, Activation::identity}}, golden,
      uword(0), uvec{1, 0});
  Rng rng = seeded(1509);
  const Network network = random_network({3, 5, 4, 6, 2}, Activation::tanh, Activation::softmax, rng);
  for (const auto& [layer, kept] :
       {std::pair<uword, uvec>{0, {0, 2, 3}}, {0, {4, 1}}, {1, {3, 0, 2}}, {2, {5}}, {2, {1, 0, 5, 4, 3}}, {1, {}}})
    check<remove_units>(plain_removal(network, layer, kept), network, layer, kept);
}

TEST_CASE("a unit that nobody listens to can go unnoticed", "[15][15.3]") {
  Rng rng = seeded(1510);
  Network network = random_network({3, 5, 2}, Activation::tanh, Activation::softmax, rng);
  network[1].W.col(3).zeros();
  const mat X = random_normal(3, 4, rng), Y = forward(network, X);
  shows<remove_units>(parts_of(Y, "what the network says"), {}, parts_of(network, "network"), [&](const auto& f) {
    return parts_of(forward(f(network, 0, uvec{0, 1, 2, 4}), X), "what the network says");
  });
}

TEST_CASE("the last layer stays, and so does a unit that is named twice", "[15][15.3]") {
  Rng rng = seeded(1511);
  Network network = random_network({3, 5, 4}, Activation::tanh, Activation::softmax, rng);
  rejects<importance>(network, uword(1));
  rejects<importance>(network, uword(2));
  rejects<importance>(Network{}, uword(0));
  rejects<remove_units>(network, uword(1), uvec{0, 1});
  rejects<remove_units>(network, uword(7), uvec{0});
  rejects<remove_units>(Network{}, uword(0), uvec{});
  rejects<remove_units>(network, uword(0), uvec{0, 5});
  rejects<remove_units>(network, uword(0), uvec{1, 3, 1});
  network[1].W = mat(4, 6, arma::fill::ones);
  rejects<importance>(network, uword(0));
  rejects<remove_units>(network, uword(0), uvec{0, 1});
}

// 15.4

TEST_CASE("the share of zeros is that of all weights together", "[15][15.4]") {
  const Network network = {{{{0, 2, 0}, {1, 0, 3}}, {0, 4}, Activation::relu},
                           {mat{{1, 1}}, {0}, Activation::identity}};
  check<zero_share>(real(0.375), network);
  check<zero_share>(0, golden);
  const real minus_zero = real(-0.0);
  const Network tiny = {{mat{{minus_zero, real(1e-30)}}, {1}, Activation::relu}};
  check<zero_share>(real(0.5), tiny);
  const Network nothing = {{mat(3, 4, arma::fill::zeros), {1, 1, 1}, Activation::relu}};
  check<zero_share>(1, nothing);
}

TEST_CASE("any weights, some of them 0", "[15][15.4]") {
  Rng rng = seeded(1512);
  for (const std::vector<uword>& sizes : {std::vector<uword>{7, 3}, {4, 9, 2}, {2, 3, 5, 3}}) {
    Network network = random_network(sizes, Activation::relu, Activation::softmax, rng);
    uword zeros = 0, weights = 0;
    for (Layer& layer : network) {
      const uword some = 1 + rng.below(layer.W.n_elem - 1);
      for (uword i = 0; i < some; ++i) layer.W(i) = 0;
      zeros += some, weights += layer.W.n_elem;
    }
    check<zero_share>(real(zeros) / real(weights), network);
  }
}

TEST_CASE("no weights have no share", "[15][15.4]") {
  rejects<zero_share>(Network{});
  const Network biases = {{mat(0, 3), vec(), Activation::tanh}, {mat(2, 0), {1, 0}, Activation::identity}};
  rejects<zero_share>(biases);
}

// 15.5

TEST_CASE("four losses, two windows", "[15][15.5]") {
  check<settled>(false, vec{4, 2, 1, 1}, uword(2), real(0.5));
  check<settled>(true, vec{4, 2, 2, 2}, uword(2), real(0.5));
  check<settled>(false, vec{4, 4, 2, 2}, uword(2), real(0.5));  // exactly half
}

TEST_CASE("two windows must be full, and what was before them does not count", "[15][15.5]") {
  check<settled>(false, vec{}, uword(1), real(0.5));
  check<settled>(false, vec{1}, uword(1), real(0.5));
  check<settled>(true, vec{1, 1}, uword(1), real(0.5));
  check<settled>(false, vec{1, 1, 1}, uword(2), real(0.5));
  check<settled>(true, vec{1, 1, 1, 1}, uword(2), real(0.5));
  check<settled>(false, vec{1, 1, 1, 1, 1}, uword(3), real(0.5));
  check<settled>(true, vec{100, 50, 10, 1, 1, 1, 1}, uword(2), real(0.5));
  check<settled>(false, vec{1, 1, 1, 1, 1, 8, 8, 1, 1}, uword(2), real(0.5));
}

TEST_CASE("one step up or down decides nothing", "[15][15.5]") {
  check<settled>(false, vec{8, 8, 8, 2, 2, 3}, uword(3), real(0.25));  // the last step rose
  check<settled>(true, vec{4, 4, 4, 4, 4, 3}, uword(3), real(0.25));   // the last step fell by a quarter
  check<settled>(true, vec{1, 9, 1, 9, 1, 8}, uword(2), real(0.25));
}

TEST_CASE("losses that rise have settled, or are no numbers", "[15][15.5]") {
  check<settled>(true, vec{1, 1, 2, 2}, uword(2), real(0.25));
  check<settled>(true, vec{1, 2, 3, 4, 5, 6}, uword(3), real(0.25));
  check<settled>(true, vec{1, 1, arma::datum::nan, arma::datum::nan}, uword(2), real(0.25));
  check<settled>(true, vec{64, 64, 63, 63}, uword(2), real(0.25));
  check<settled>(false, vec{64, 64, 63, 63}, uword(2), real(0.0078125));
}

static const auto plain_settled = oracle<bool>("settled", [](const vec& losses, uword window, real least) -> bool {
  if (losses.n_elem < 2 * window) return false;
  real now = 0, before = 0;
  for (uword i = 1; i <= window; ++i) {
    now += losses(losses.n_elem - i) / real(window);
    before += losses(losses.n_elem - window - i) / real(window);
  }
  return now / before > 1 - least;
});

TEST_CASE("losses of any length, noisy and falling", "[15][15.5]") {
  Rng rng = seeded(1513);
  for (const uword n : {5, 12, 40})
    for (const uword window : {1, 3, 6})
      for (const double speed : {0.01, 0.05, 0.3}) {
        vec losses(n);
        for (uword i = 0; i < n; ++i) losses(i) = (2 + rng.uniform()) * std::exp(-real(speed) * real(i));
        check<settled>(plain_settled(losses, window, real(0.2)), losses, window, real(0.2));
      }
}

TEST_CASE("a window of nothing is an error", "[15][15.5]") { rejects<settled>(vec{1, 1}, uword(0), real(0.1)); }

// 15.6

/// Each try entry by entry: sum over outputs of the size of the covariance, and its slope by the chain rule.
static const auto plain_candidate = oracle<Layer>(
    "candidate", [](const mat& X, const mat& residual, uword tries, uword steps, real rate, Rng rng) -> Layer {
      const uword N = X.n_cols;
      Layer best;
      real largest = -1;
      while (tries-- > 0) {
        vec w(X.n_rows);
        for (real& entry : w) entry = rng.normal();
        real b = rng.normal();
        const auto said = [&](uword n) { return std::tanh(dot(w, X.col(n)) + b); };
        const auto covariance = [&](uword k) {
          real mean_a = 0, mean_r = 0, sum = 0;
          for (uword n = 0; n < N; ++n) mean_a += said(n) / real(N), mean_r += residual(k, n) / real(N);
          for (uword n = 0; n < N; ++n) sum += (said(n) - mean_a) * (residual(k, n) - mean_r) / real(N);
          return std::pair(sum, mean_r);
        };
        for (uword step = 0; step < steps; ++step) {
          vec dw(w.n_elem, arma::fill::zeros);
          real db = 0;
          for (uword k = 0; k < residual.n_rows; ++k) {
            const auto [c, mean_r] = covariance(k);
            for (uword n = 0; n < N; ++n) {
              const real a = said(n);
              const real dz = (c > 0 ? 1 : c < 0 ? -1 : 0) * (residual(k, n) - mean_r) / real(N) * (1 - a * a);
              dw += dz * X.col(n), db += dz;
            }
          }
          w += rate * dw, b += rate * db;
        }
        real S = 0;
        for (uword k = 0; k < residual.n_rows; ++k) S += std::abs(covariance(k).first);
        if (S > largest) largest = S, best = {mat(w.t()), vec(1).fill(b), Activation::tanh};
      }
      return best;
    });

TEST_CASE("units that climb, and the best of them", "[15][15.6]") {
  for (const std::uint64_t seed : {1514, 1515}) {
    Rng rng = seeded(seed);
    for (const auto& [d, k, N, tries, steps] : {std::array<uword, 5>{2, 1, 9, 1, 0},
                                                {2, 1, 9, 1, 1},
                                                {3, 2, 12, 1, 8},
                                                {2, 1, 10, 4, 6},
                                                {4, 3, 15, 6, 5},
                                                {1, 2, 6, 3, 0}}) {
      const mat X = random_normal(d, N, rng);
      const mat residual = random_normal(k, N, rng) + 1;
      check<candidate>(plain_candidate(X, residual, tries, steps, real(0.5), rng), X, residual, tries, steps, real(0.5),
                       rng);
    }
  }
}

TEST_CASE("a unit that opposes the error is as good as one that follows it", "[15][15.6]") {
  for (const std::uint64_t seed : {1516, 1517}) {
    Rng rng = seeded(seed);
    const mat X = random_normal(2, 10, rng), residual = random_normal(1, 10, rng);
    const Layer expected = plain_candidate(X, residual, 6, 20, real(0.5), rng);
    check<candidate>(expected, X, residual, uword(6), uword(20), real(0.5), rng);
    check<candidate>(expected, X, mat(-residual), uword(6), uword(20), real(0.5), rng);
    check<candidate>(expected, X, mat(residual + 3), uword(6), uword(20), real(0.5),
                     rng);  // a constant is a bias' work
  }
}

TEST_CASE("a unit finds the fence that is missing", "[15][15.6]") {
  Rng rng = seeded(1518);
  const mat X = random_uniform(2, 100, -2, 2, rng);
  const mat residual = arma::conv_to<mat>::from(X.row(0) + X.row(1) > 1) - real(0.25);
  holds<candidate>(
      "it is on one side where the residual is high and on the other where it is low, for 9 of 10 samples",
      [&](const Layer& unit) {
        if (size(unit.W) != size(mat(1, 2)) || unit.b.n_elem != 1 || unit.activation != Activation::tanh) return false;
        const mat a = forward({unit}, X);
        const real agree = accu((a > 0) == (residual > 0)) / real(100);
        return std::max(agree, 1 - agree) >= real(0.9);
      },
      X, residual, uword(4), uword(200), real(1), rng);
}

TEST_CASE("no samples, no tries, and residuals of other samples are errors", "[15][15.6]") {
  Rng rng = seeded(1519);
  const mat X = random_normal(2, 5, rng);
  rejects<candidate>(X, random_normal(1, 4, rng), uword(2), uword(3), real(0.1), rng);
  rejects<candidate>(X, random_normal(1, 5, rng), uword(0), uword(3), real(0.1), rng);
  rejects<candidate>(mat(2, 0), mat(1, 0), uword(2), uword(3), real(0.1), rng);
}

static const auto plain_addition =
    oracle<Network>("add_unit", [](const Network& network, const Layer& unit, const vec& out) -> Network {
      Network wider = network;
      wider[0].W = join_cols(network[0].W, unit.W);
      wider[0].b = join_cols(network[0].b, unit.b);
      wider[1].W = join_rows(network[1].W, out);
      return wider;
    });

TEST_CASE("one unit more", "[15][15.6]") {
  check<add_unit>({{{{.1, -.5}, {.3, .2}, {5, 6}}, {.05, -.15, 7}, Activation::tanh},
                   {mat{{-.6, .4, 8}}, {.01}, Activation::identity}},
                  golden, Layer{mat{{5, 6}}, {7}, Activation::tanh}, vec{8});
  const Network none = {{mat(0, 2), vec(), Activation::tanh}, {mat(2, 0), {3, 4}, Activation::sigmoid}};
  check<add_unit>({{mat{{5, 6}}, {7}, Activation::tanh}, {mat(vec{8, 9}), {3, 4}, Activation::sigmoid}}, none,
                  Layer{mat{{5, 6}}, {7}, Activation::tanh}, vec{8, 9});
  Rng rng = seeded(1520);
  const Network network = random_network({3, 4, 2, 3}, Activation::relu, Activation::softmax, rng);
  const Layer unit = {random_normal(1, 3, rng), random_normal(1, 1, rng), Activation::relu};
  const vec out = random_normal(2, 1, rng);
  check<add_unit>(plain_addition(network, unit, out), network, unit, out);
}

TEST_CASE("a unit that only listens changes nothing, and can go again", "[15][15.6]") {
  Rng rng = seeded(1521);
  const Network network = random_network({3, 4, 2}, Activation::tanh, Activation::softmax, rng);
  const Layer unit = {random_normal(1, 3, rng), random_normal(1, 1, rng), Activation::tanh};
  const mat X = random_normal(3, 5, rng), Y = forward(network, X);
  shows<add_unit>(parts_of(Y, "what the network says"), {}, parts_of(network, "network"), [&](const auto& f) {
    return parts_of(forward(f(network, unit, vec(2, arma::fill::zeros)), X), "what the network says");
  });
}

TEST_CASE("a unit that does not fit is an error", "[15][15.6]") {
  const Layer unit = {mat{{5, 6}}, {7}, Activation::tanh};
  rejects<add_unit>(Network{}, unit, vec{});
  rejects<add_unit>(Network{golden[0]}, unit, vec{1});
  rejects<add_unit>(golden, unit, vec{1, 2});
  rejects<add_unit>(golden, Layer{mat{{5, 6, 7}}, {7}, Activation::tanh}, vec{1});
  rejects<add_unit>(golden, Layer{mat{{5, 6}, {7, 8}}, {7, 8}, Activation::tanh}, vec{1});
  rejects<add_unit>(golden, Layer{mat{{5, 6}}, {7, 8}, Activation::tanh}, vec{1});
  rejects<add_unit>(golden, Layer{mat{{5, 6}}, {7}, Activation::relu}, vec{1});
}

// 15.7

static Network small_network(uword d, uword m, uword k, Activation output, Rng& rng) {
  return random_network({d, m, k}, Activation::tanh, output, rng);
}

/// Step by step; a new unit is what the oracle of 15.6 says.
static const auto plain_growth = oracle<Grown>(
    "grow",
    [](Network network, const mat& X, const mat& T, uword most, uword window, real least, real rate, Rng rng) -> Grown {
      const Activation output = network.back().activation;
      const Loss loss = output == Activation::sigmoid   ? Loss::binary_cross_entropy
                        : output == Activation::softmax ? Loss::cross_entropy
                                                        : Loss::squared;
      std::vector<real> losses;
      std::vector<uword> added;
      for (uword since = 0;; ++since) {
        const mat Y = forward(network, X);
        losses.push_back(loss_value(loss, Y, T));
        bool wrong = false;
        for (uword i = 0; i < Y.n_elem; ++i) wrong |= std::abs(T(i) - Y(i)) >= real(0.5);
        if (!wrong) break;
        bool rest = false;
        if (since + 1 >= 2 * window) {
          real now = 0, before = 0;
          for (uword i = 1; i <= window; ++i)
            now += losses[losses.size() - i], before += losses[losses.size() - window - i];
          rest = now / before > 1 - least;
        }
        if (rest && network[0].W.n_rows >= most) break;
        if (rest) {
          // the oracle of 15.6 takes its rng by value: what it drew is drawn once more
          const Layer unit = plain_candidate(X, mat(T - Y), uword(8), uword(100), rate, rng);
          for (uword drawn = 0; drawn < 8 * (X.n_rows + 1); ++drawn) (void)rng.normal();
          network[0].W = join_cols(network[0].W, unit.W);
          network[0].b = join_cols(network[0].b, unit.b);
          network[1].W = join_rows(network[1].W, vec(network[1].W.n_rows, arma::fill::zeros));
          added.push_back(losses.size() - 1);
          since = 0;
        }
        const Gradients g = backprop(network, X, T, loss);
        for (uword l = 0; l < network.size(); ++l) {
          network[l].W -= rate * g.dW[l];
          network[l].b -= rate * g.db[l];
        }
      }
      return {network, vec(losses), uvec(added)};
    });

// each step goes on from the rounding of all before it
static const Tolerance grown_up{1e-6, 1e-6};

/// Two classes that no straight line parts: inside and outside a circle.
static std::pair<mat, mat> ring(uword n, Rng& rng) {
  const mat X = random_uniform(2, n, -2, 2, rng);
  return {X, arma::conv_to<mat>::from(sum(square(X), 0) < 1.5)};
}

TEST_CASE("a network grows as far as it must, or may", "[15][15.7]") {
  for (const std::uint64_t seed : {1522, 1523}) {
    Rng rng = seeded(seed);
    const auto [X, T] = ring(30, rng);
    const Network small = small_network(2, 1, 1, Activation::sigmoid, rng);
    for (const uword most : {1, 3})
      check<grow>(plain_growth(small, X, T, most, 4, real(0.1), real(0.5), rng), grown_up, small, X, T, most, uword(4),
                  real(0.1), real(0.5), rng);
  }
}

TEST_CASE("the first of several hidden layers grows", "[15][15.7]") {
  for (const std::uint64_t seed : {1524, 1525}) {
    Rng rng = seeded(seed);
    const auto [X, T] = ring(25, rng);
    const Network small = random_network({2, 1, 3, 1}, Activation::tanh, Activation::sigmoid, rng);
    check<grow>(plain_growth(small, X, T, 2, 3, real(0.05), real(0.5), rng), grown_up, small, X, T, uword(2), uword(3),
                real(0.05), real(0.5), rng);
  }
}

TEST_CASE("several outputs, and each its own loss", "[15][15.7]") {
  for (const Activation output : {Activation::softmax, Activation::identity, Activation::sigmoid}) {
    Rng rng = seeded(1526 + std::uint64_t(output));
    const mat X = random_normal(2, 12, rng);
    mat T(3, 12, arma::fill::zeros);
    for (uword n = 0; n < 12; ++n) T(n % 3, n) = 1;
    const Network small = small_network(2, 2, 3, output, rng);
    check<grow>(plain_growth(small, X, T, 4, 4, real(0.05), real(0.1), rng), grown_up, small, X, T, uword(4), uword(4),
                real(0.05), real(0.1), rng);
  }
}

TEST_CASE("where no error is left nothing is to be done", "[15][15.7]") {
  const Network right = {{one(5), {0}, Activation::tanh}, {one(3), {0}, Activation::sigmoid}};
  const mat X = {{-1, -2, 1, 2}}, T = {{0, 0, 1, 1}};
  Rng rng = seeded(1540);
  const real loss = loss_value(Loss::binary_cross_entropy, forward(right, X), T);
  check<grow>({right, {loss}, {}}, right, X, T, uword(5), uword(1), real(0.5), real(1), rng);
}

TEST_CASE("a network that is large already gets no unit", "[15][15.7]") {
  Rng rng = seeded(1541);
  const auto [X, T] = ring(30, rng);
  const Network small = small_network(2, 3, 1, Activation::sigmoid, rng);
  for (const uword most : {0, 2, 3})
    holds<grow>(
        "no unit is added, and a loss for each of at least 7 steps",
        [](const Grown& grown) {
          return grown.added.empty() && grown.network[0].b.n_elem == 3 && grown.losses.n_elem >= 8;
        },
        small, X, mat(1 - T), most, uword(4), real(0.5), real(0.01), rng);
}

TEST_CASE("what it has learned stays when a unit comes", "[15][15.7]") {
  Rng rng = seeded(1542);
  const auto [X, T] = ring(60, rng);
  const Network small = small_network(2, 1, 1, Activation::sigmoid, rng);
  holds<grow>(
      "the loss never rises by more than 0.05 from one step to the next, and 2 units or more come in",
      [](const Grown& grown) { return grown.added.n_elem >= 2 && vec(diff(grown.losses)).max() < real(0.05); }, small,
      X, T, uword(4), uword(15), real(0.02), real(0.5), rng);
}

TEST_CASE("growth needs a share to wait for, and data that fit", "[15][15.7]") {
  Rng rng = seeded(1544);
  const auto [X, T] = ring(10, rng);
  const Network small = small_network(2, 1, 1, Activation::sigmoid, rng);
  for (const double least : {0.0, -0.5, double(arma::datum::nan)})
    rejects<grow>(small, X, mat(1 - T), uword(2), uword(3), real(least), real(0.1), rng);
  rejects<grow>(Network{}, X, T, uword(2), uword(3), real(0.1), real(0.1), rng);
  rejects<grow>(small, X, mat(T.head_cols(9)), uword(2), uword(3), real(0.1), real(0.1), rng);
  rejects<grow>(small, mat(3, 10, arma::fill::ones), T, uword(2), uword(3), real(0.1), real(0.1), rng);
  rejects<grow>(small, mat(2, 0), mat(1, 0), uword(2), uword(3), real(0.1), real(0.1), rng);
}

}  // namespace nn
