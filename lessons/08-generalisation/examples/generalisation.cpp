// What lesson 8 shows and claims, checked: the code blocks of its README.md are cut from here, its numbers repeated.
#include "nn/generalisation.hpp"

#include <cmath>
#include <filesystem>

#include "lessons/examples.hpp"
#include "nn/activations.hpp"

namespace nn {
namespace {

TEST_CASE("how much chance moves an accuracy", "[08][lesson]") {
  CHECK_THAT(100 * std::sqrt(0.95 * 0.05 / 1000), WithinAbs(0.7, 0.05));  // one standard deviation
  CHECK_THAT(std::pow(1 - 1 / 1000.0, 1000), WithinAbs(0.37, 0.005));     // what a bootstrap misses
}

TEST_CASE("how many numbers a network has", "[08][lesson]") {
  Rng rng(1);
  // [parameters]
  Network small = {he_init(100, 784, Activation::relu, rng), he_init(10, 100, Activation::softmax, rng)};
  CHECK(parameters(small) == 79510);  // 784 * 100 + 100 + 100 * 10 + 10
  // [/parameters]
}

TEST_CASE("bias and variance with a pencil", "[08][lesson]") {
  // [bias_variance]
  mat predictions = {{1, 2, 4, 7},   // what the first training says at four points
                     {3, 2, 5, 5},   // the second
                     {2, 5, 0, 6}};  // the third
  rowvec truth = {2, 2, 2, 6};
  BiasVariance parts = bias_variance(predictions, truth);
  CHECK(std::abs(parts.bias2 - 0.5) < 1e-12);
  CHECK(std::abs(parts.variance - 2) < 1e-12);
  // [/bias_variance]
  CHECK_THAT(double(accu(square(predictions.each_row() - truth))) / 12, WithinAbs(2.5, 1e-12));
}

TEST_CASE("four samples, five weights", "[08][lesson]") {
  const mat X = {{1, 2, 3, 4}, {1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}}, T = 2 * X.row(0);
  const auto learned = [&](real l2, real l1) {
    Network network = {{mat(1, 5, arma::fill::zeros), vec{0}, Activation::identity}};
    for (int step = 0; step < 20000; ++step) {
      const mat dW = (network[0].W * X - T) * X.t() / X.n_cols;
      network = decay_weights(network, 0.05, l2);
      network[0].W -= 0.05 * dW;
      network = shrink_weights(network, 0.05, l1);
    }
    return network[0].W;
  };
  CHECK(equal(learned(0, 0), rowvec{60, 2, 4, 6, 8} / 31, 6));
  CHECK(equal(learned(0, 0), {{1.935, 0.065, 0.129, 0.194, 0.258}}, 3));
  CHECK(equal(learned(0.1, 0), {{1.911, 0.064, 0.127, 0.191, 0.255}}, 3));
  CHECK(equal(learned(0.1, 0), {{1.91083, 0.06369, 0.12739, 0.19108, 0.25478}}, 5));
  const mat sparse = learned(0, 0.3);
  CHECK(equal(sparse, {{1.96, 0, 0, 0, 0}}, 6));
  CHECK(accu(sparse != 0) == 1);
  // [shrink]
  Network network = {{{{2, -0.3}, {-1.5, 0.05}}, vec{1, 1}, Activation::relu}};
  network = shrink_weights(network, 0.5, 0.2);  // every weight 0.1 towards 0
  CHECK(equal(network[0].W, {{1.9, -0.2}, {-1.4, 0}}));
  CHECK(equal(network[0].b, vec{1, 1}));
  // [/shrink]
}

TEST_CASE("dropout with a pencil", "[08][lesson]") {
  Rng rng(1);
  // [mask]
  mat mask = dropout_mask(100, 50, 0.8, rng);  // 100 units, 50 samples
  CHECK(abs(mask - 1.25).min() < 1e-12);       // 1.25 or 0
  CHECK(std::abs(accu(mask) / 5000 - 1) < 0.05);
  // [/mask]
  // [dropout]
  Network network = {{{{1, 1}, {2, -1}, {-1, 1}}, vec{0, 1, -2}, Activation::relu},
                     {{{1, -2, 3}}, vec{1}, Activation::identity}};
  Dropped pass;
  pass.masks = {vec{2, 0, 2}};  // the second unit is left out, the others speak twice as loud
  pass.trace.Z = {vec{3, 1, -1}, vec{7}};
  pass.trace.A = {vec{6, 0, 0}, vec{7}};
  std::vector<mat> dZ = dropout_deltas(network, pass, vec{4}, Loss::squared, 0.5);
  CHECK(equal(dZ[1], vec{3}));
  CHECK(equal(dZ[0], vec{6, 0, 0}));
  // [/dropout]
}

TEST_CASE("half a pixel", "[08][lesson]") {
  // [between]
  mat image = {{1, 2, 0}, {3, 4, 8}, {5, 6, 7}};
  CHECK(between(image, 1, 2) == 8);
  CHECK(between(image, 0.25, 0.5) == 2);  // 0.75 * (1 + 2) / 2 + 0.25 * (3 + 4) / 2
  CHECK(between(image, -0.5, 0) == 0.5);  // half of the edge, half of nothing
  // [/between]
  // [warp]
  Affine quarter;
  quarter.degrees = 90;
  mat turned = warp(image, affine_field(3, 3, quarter));
  CHECK(equal(turned, {{0, 8, 7}, {2, 4, 6}, {1, 3, 5}}));
  // [/warp]
}

TEST_CASE("a batch that nobody has seen", "[08][lesson]") {
  Dataset data;
  data.images = bytes(784, 3, arma::fill::zeros);
  data.images.rows(390, 400).fill(255);
  data.labels = {7, 1, 7}, data.rows = data.cols = 28, data.classes = 10;
  Rng rng(1);
  // [distorted]
  Batch batch = gather_distorted(data, {0, 0, 2}, Distortion{}, rng);
  CHECK(!equal(batch.X.col(0), batch.X.col(1)));  // the same image twice, and two pictures
  CHECK(batch.T(7, 1) == 1);                      // it is still a 7
  // [/distorted]
}

TEST_CASE("heads and bags", "[08][lesson]") {
  Rng rng(1);
  // [bootstrap]
  uvec bag = bootstrap(arma::regspace<uvec>(0, 999), rng);
  CHECK(bag.n_elem == 1000);
  CHECK(uvec(unique(bag)).n_elem < 680);  // about a third is missing
  // [/bootstrap]
  const mat A = {{0.6, 0.1}, {0.3, 0.5}, {0.1, 0.4}}, B = {{0.2, 0.3}, {0.7, 0.3}, {0.1, 0.4}},
            C = {{0.5, 0.2}, {0.2, 0.2}, {0.3, 0.6}};
  const auto head = [](const mat& outputs) { return Network{{outputs, vec(3, arma::fill::zeros)}}; };
  const mat mean = average_output({head(A), head(B), head(C)}, arma::eye<mat>(2, 2));
  CHECK(equal(mean, {{0.43333, 0.2}, {0.4, 0.33333}, {0.16667, 0.46667}}, 5));
  CHECK(equal(arma::conv_to<mat>::from(predict(mean)), vec{0, 2}));
}

TEST_CASE("an epoch with everything", "[08][lesson]") {
  Dataset data;
  data.images = bytes(784, 40, arma::fill::zeros);
  data.labels = uvec(40);
  for (uword j = 0; j < 40; ++j) data.images.col(j).rows(100 + 10 * j, 109 + 10 * j).fill(255), data.labels(j) = j % 10;
  data.rows = data.cols = 28, data.classes = 10;
  Rng rng(1);
  Network network = {he_init(100, 784, Activation::relu, rng), he_init(10, 100, Activation::softmax, rng)};
  Options options;
  // [epoch]
  Regularisation both;
  both.keep = 0.8;
  both.distortion = Distortion{};
  std::vector<uvec> batches = shuffled_batches(arma::regspace<uvec>(0, 39), 10, rng);
  Epoch epoch = regularised_epoch(network, data, batches, options, both, rng);
  CHECK(epoch.network.size() == 2);  // a plain network again: `forward` knows of no dropout
  // [/epoch]
  CHECK(std::isfinite(epoch.running_loss));
}

TEST_CASE("what the captions say", "[08][lesson]") {
  const vec sum = column_of("bias_variance.csv", "sum"), own = column_of("bias_variance.csv", "training_error");
  CHECK(sum.index_min() == 3);
  CHECK(sum(9) > 5);
  for (uword degree = 1; degree < 10; ++degree) CHECK(own(degree) < own(degree - 1));
  const vec plain = column_of("gap-plain.csv", "test_loss"), drop = column_of("gap-dropout.csv", "test_loss"),
            distorted = column_of("gap-distorted.csv", "test_loss");
  CHECK(plain.index_min() < plain.n_elem / 2 + 1);
  CHECK(plain(20) > plain.min());
  CHECK_THAT(plain(20), WithinAbs(0.48, 0.005));
  CHECK_THAT(drop(20), WithinAbs(0.42, 0.005));
  CHECK_THAT(distorted(20), WithinAbs(0.33, 0.005));
  CHECK(column_of("gap-plain.csv", "train_loss")(20) < 0.02);
  CHECK_THAT(column_of("gap-distorted.csv", "train_loss")(20), WithinAbs(0.23, 0.005));
  const vec together = column_of("heads.csv", "together"), each = column_of("heads.csv", "each");
  CHECK_THAT(together(0), WithinAbs(0.47, 0.005));
  CHECK_THAT(together(7), WithinAbs(0.44, 0.005));
  CHECK(arma::all(together.tail(7) < each.tail(7)));
  CHECK(column_of("heads.csv", "bagged")(7) > together(7));
  const vec units = column_of("width.csv", "units"), others = column_of("width.csv", "test_percent"),
            learned = column_of("width.csv", "train_percent");
  CHECK(units.front() == 3);
  CHECK(units.back() == 300);
  CHECK(learned.tail(units.n_elem - 1).min() > 99);
  CHECK(others.max() - others.back() < 0.5);
  const vec zero = column_of("weights-numbers.csv", "zero_percent");
  CHECK_THAT(zero(2), WithinAbs(29, 0.5));
  CHECK(zero(0) == 0);
}

}  // namespace
}  // namespace nn
