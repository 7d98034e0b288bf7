// What lesson 13 shows and claims, checked: the code blocks of its README.md are cut from here, its numbers repeated.
#include "nn/unsupervised.hpp"

#include <cmath>
#include <filesystem>

#include "lessons/13-unsupervised/capstone/learn.hpp"
#include "lessons/examples.hpp"
#include "nn/losses.hpp"
#include "nn/support/idx.hpp"
#include "nn/support/toys.hpp"

namespace nn {
namespace {

namespace fs = std::filesystem;

const std::filesystem::path lesson = lesson_of(__FILE__);

TEST_CASE("near, and nearer", "[13][lesson]") {
  // [near]
  mat C = {{0, 3}, {0, 4}};        // two centres, (0, 0) and (3, 4)
  mat X = {{0, 1, 3}, {0, 1, 1}};  // three samples
  CHECK(equal(distances(C, X), mat{{0, 2, 10}, {25, 13, 9}}));
  CHECK(all(nearest(C, X) == uvec{0, 0, 1}));
  // [/near]
}

TEST_CASE("the winner learns", "[13][lesson]") {
  // [compete]
  mat C = {{0, 4}, {0, 0}}, X = {{1, 3, 5}, {1, 0, 2}};
  CHECK(equal(compete(C, X, {0}, 0.5), mat{{0.5, 4}, {0.5, 0}}));
  CHECK(equal(compete(C, X, {0, 1, 2}, 0.5), mat{{0.5, 4.25}, {0.5, 1}}));
  // [/compete]
  uword found = 0;  // of four clouds, each by a centre of its own, from 40 starts
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    Rng rng(seed);
    const ToyData clouds = blobs(160, 4, real(0.15), rng);
    mat W = real(0.1) * random_normal(2, 4, rng);
    uvec order(240);
    for (uword& n : order) n = rng.below(clouds.size());
    W = compete(std::move(W), clouds.X, order, real(0.08));
    const mat D = distances(mat{{1, 0, -1, 0}, {0, 1, 0, -1}}, W);
    const uvec of = arma::index_min(D, 0).t();
    found += uvec(unique(of)).n_elem == 4;
  }
  CHECK(found >= 30);
  CHECK(found < 40);
}

TEST_CASE("five points, two centres", "[13][lesson]") {
  // [kmeans]
  mat X = {{0, 0, 4, 4, 5}, {0, 1, 0, 1, 0.5}};
  Clusters clusters = k_means(X, mat{{0, 0}, {0, 1}}, 10);  // they begin at (0, 0) and (0, 1)
  CHECK(equal(clusters.C, mat{{13.0 / 3, 0}, {0.5, 0.5}}));
  CHECK(equal(5 * clusters.J, vec{57.25, 15.83, 1.67}, 2));  // two steps were enough
  // [/kmeans]
  CHECK(equal(k_means(X, mat{{0, 0}, {0, 1}}, 1).C, mat{{3, 2}, {1.0 / 6, 1}}));
}

TEST_CASE("bumps and their width", "[13][lesson]") {
  // [width]
  mat C = {{0, 3, 3}, {0, 4, 5}};
  CHECK(std::abs(rbf_width(C) - 3) < 1e-9);                      // to the nearest other one: 25, 1 and 1, on average 9
  CHECK(equal(rbf(C, 3, C.col(0)), exp(-vec{0, 25, 34} / 18)));  // 1 on its own centre
  // [/width]
}

TEST_CASE("XOR from two bumps, and Cover's share", "[13][lesson]") {
  // [bumps]
  ToyData gate = xor_table();
  mat C = {{0, 1}, {0, 1}};  // bumps on (0, 0) and (1, 1)
  mat Phi = rbf(C, 1, gate.X);
  Layer layer = rbf_fit(Phi, rowvec{0, 1, 1, 0}, 0);
  CHECK(equal(forward({layer}, Phi), rowvec{0, 1, 1, 0}));
  // [/bumps]
  CHECK_THAT(double(rbf(mat(1, 1, arma::fill::zeros), 1, mat(1, 1, arma::fill::ones))(0)), WithinAbs(0.61, 0.005));
  // [cover]
  CHECK(separable_share(4, 3) == 0.875);  // four points of the plane: all but XOR and its opposite
  CHECK(separable_share(6, 3) == 0.5);
  CHECK(separable_share(20, 10) == 0.5);
  CHECK(separable_share(3, 3) == 1);
  // [/cover]
}

TEST_CASE("a line by least squares", "[13][lesson]") {
  // [fit]
  Layer line = rbf_fit(rowvec{0, 1, 2}, rowvec{1, 2, 4}, 0);
  CHECK(equal(line.W, vec{1.5}));
  CHECK(equal(line.b, vec{7.0 / 3 - 1.5}));
  CHECK(equal(rbf_fit(rowvec{0, 1, 2}, rowvec{1, 2, 4}, 2).W, vec{0.75}));
  // [/fit]
}

TEST_CASE("a few bumps part what no line can", "[13][lesson]") {
  const auto right = [](const ToyData& learned, const ToyData& asked, uword k, Rng& rng) {
    return 100 *
           share_right(read(learn_bumps(learned.X, one_hot(learned.labels, 2), k, 10, rng), asked.X), asked.labels);
  };
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    Rng rng(seed);
    const ToyData rings = circles(400, real(0.1), rng), more_rings = circles(400, real(0.1), rng);
    CHECK(right(rings, more_rings, 4, rng) >= 98);
    const ToyData arms = spiral(400, 2, real(0.03), rng), more_arms = spiral(400, 2, real(0.03), rng);
    CHECK(right(arms, more_arms, 4, rng) <= 65);
    CHECK(right(arms, more_arms, 20, rng) >= 96);
  }
}

TEST_CASE("directions", "[13][lesson]") {
  // [components]
  mat X = {{11, 12, 13, 14}, {4, 3, 2, 1}};  // all on one line
  Components components = principal_components(X, 1);
  CHECK(equal(components.mean, vec{12.5, 2.5}));
  CHECK(equal(components.share, vec{1}));          // one direction holds it all
  CHECK(equal(reconstruct(components, X), X, 9));  // so one number each is enough
  // [/components]
  const Components moved = principal_components(X + 5, 1);
  CHECK(equal(moved.mean, components.mean + 5));
  CHECK(equal(moved.U * moved.U.t(), components.U * components.U.t(), 9));
}

TEST_CASE("no network with a straight middle beats the components", "[13][lesson]") {
  Rng rng(1);
  mat X = random_normal(5, 60, rng);
  for (uword i = 0; i < 5; ++i) X.row(i) *= std::pow(real(0.6), real(i));
  const double best = pixel_error(reconstruct(principal_components(X, 2), X), X);
  Network network = autoencoder({5, 2, 5}, Activation::identity, Activation::identity, rng);
  network = train_autoencoder(std::move(network), X, 0, 600, 10, real(0.01), rng);
  const double learned = pixel_error(forward(network, X), X);
  CHECK(learned > 0.9999 * best);
  CHECK(learned < 1.05 * best);
}

TEST_CASE("a network around a narrow middle", "[13][lesson]") {
  // [code]
  Rng rng(1);
  Network network = autoencoder({784, 128, 32, 128, 784}, Activation::relu, Activation::sigmoid, rng);
  CHECK(network[1].activation == Activation::identity);  // the code
  vec picture = random_uniform(784, 1, 0, 1, rng);
  vec h = encode(network, 2, picture);  // what the first two layers say: 32 numbers
  CHECK(equal(decode(network, 2, h), forward(network, picture)));
  // [/code]
  CHECK(h.n_elem == 32);
}

TEST_CASE("noise through 32 components", "[13][lesson]") {
  const fs::path sample = lesson.parent_path().parent_path() / "datasets/mnist-sample";
  const mat X = scale_pixels(read_dataset(sample, Part::train).images),
            seen = scale_pixels(read_dataset(sample, Part::test).images);
  const Components components = principal_components(X, 32);
  Rng rng(1);
  const mat noisy = seen + real(0.3) * random_normal(seen.n_rows, seen.n_cols, rng);
  CHECK_THAT(pixel_error(reconstruct(components, seen), seen), WithinAbs(0.0172, 0.00005));
  CHECK_THAT(pixel_error(noisy, seen), WithinAbs(0.090, 0.0005));
  CHECK_THAT(pixel_error(reconstruct(components, noisy), seen), WithinAbs(0.021, 0.0005));
}

TEST_CASE("what the captions say", "[13][lesson]") {
  const vec ratio = column_of("cover-perceptrons.csv", "ratio"),
            learned = column_of("cover-perceptrons.csv", "learned");
  CHECK(learned(arma::index_min(abs(ratio - 1))) == 1);
  CHECK_THAT(double(learned(arma::index_min(abs(ratio - 2)))), WithinAbs(0.5, 0.05));

  const vec x = column_of("winners-walks.csv", "x4"), y = column_of("winners-walks.csv", "y4");
  CHECK(x.max() == x.min());  // the fifth centre never moves
  CHECK(y.max() == y.min());

  CHECK_THAT(double(column_of("rebuilt-errors.csv", "components")(0)), WithinAbs(0.038, 0.0005));
  CHECK_THAT(double(column_of("rebuilt-errors.csv", "code")(0)), WithinAbs(0.031, 0.0005));

  // of ./course capstone 13 --sample, as our solutions ran it once
  const vec code = seeds("code"), cleaned = seeds("cleaned"), noisy = seeds("noisy"), percent = seeds("percent");
  CHECK(code.n_elem == 5);
  for (const real part : seeds("components")) CHECK_THAT(double(part), WithinAbs(0.0172, 1e-9));
  CHECK_THAT(double(mean(noisy)), WithinAbs(0.094, 0.0005));
  lies_between(code, 0.0115, 0.0118);
  lies_between(cleaned, 0.0187, 0.0193);
  lies_between(percent, 93.3, 94.3);
  CHECK(seeds("seconds").max() <= 7);
}

}  // namespace
}  // namespace nn
