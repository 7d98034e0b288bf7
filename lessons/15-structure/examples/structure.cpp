// What lesson 15 shows and claims, checked: the code blocks of its README.md are cut from here, its numbers repeated.
#include "nn/structure.hpp"
#include "lessons/examples.hpp"

#include "nn/activations.hpp"

namespace nn {
namespace {

TEST_CASE("a network of six weights", "[15][lesson]") {
  // [masks]
  Network network = {{{{0.1, -0.5}, {0.3, 0.2}}, {0, 0}, Activation::relu},
                     {mat{{-0.6, 0.4}}, {0}, Activation::identity}};
  std::vector<mat> all = magnitude_masks(network, 0.5, true);
  CHECK(equal(all[0], {{0, 1}, {0, 0}}));
  CHECK(equal(all[1], {{1, 1}}));
  std::vector<mat> each = magnitude_masks(network, 0.5, false);
  CHECK(equal(each[0], {{0, 1}, {1, 0}}));
  CHECK(equal(each[1], {{1, 0}}));
  // [/masks]
  // [share]
  CHECK(zero_share(masked(network, all)) == 0.5);
  // [/share]
}

TEST_CASE("what is 0 stays 0", "[15][lesson]") {
  Rng rng(1);
  Dataset data{bytes(6, 40), uvec(40), 6, 1, 2};
  for (auto& pixel : data.images) pixel = std::uint8_t(rng.below(256));
  for (uword n = 0; n < 40; ++n) data.labels(n) = data.images(0, n) > 127;
  Network network = {he_init(5, 6, Activation::relu, rng), he_init(2, 5, Activation::softmax, rng)};
  // [retrain]
  std::vector<mat> masks = magnitude_masks(network, 0.75, true);
  std::vector<uvec> batches = shuffled_batches(arma::regspace<uvec>(0, data.size() - 1), 8, rng);
  network = retrain(network, masks, data, batches, Options());
  CHECK(accu(abs(network[0].W) % (1 - masks[0])) == 0);
  // [/retrain]
}

TEST_CASE("two units", "[15][lesson]") {
  // [units]
  Network network = {{{{3, 4}, {0, 1}}, {1, 2}, Activation::relu}, {mat{{2, -3}}, {0}, Activation::identity}};
  CHECK(equal(importance(network, 0), vec{10, 3}));
  Network one = remove_units(network, 0, {0});
  CHECK(equal(one[0].W, {{3, 4}}));
  CHECK(equal(one[0].b, vec{1}));
  CHECK(equal(one[1].W, vec{2}));
  // [/units]
}

TEST_CASE("four losses", "[15][lesson]") {
  // [settled]
  CHECK(!settled({4, 2, 1, 1}, 2, 0.5));  // from 3 to 1
  CHECK(settled({4, 2, 2, 2}, 2, 0.5));   // from 3 to 2: less than half of it
  CHECK(!settled({4, 2, 2}, 2, 0.5));     // two windows are not full
  // [/settled]
}

TEST_CASE("xor, from one unit", "[15][lesson]") {
  Rng rng(1);
  // [unit]
  mat X = {{0, 0, 1, 1}, {0, 1, 0, 1}}, T = {{0, 1, 1, 0}};
  Network network = {xavier_init(1, 2, Activation::tanh, rng), xavier_init(1, 1, Activation::sigmoid, rng)};
  mat wrong = T - forward(network, X);
  Network wider = add_unit(network, candidate(X, wrong, 8, 100, 1, rng), {0});
  CHECK(wider[0].b.n_elem == 2);
  CHECK(equal(forward(wider, X), forward(network, X)));  // it listens, and does not speak yet
  // [/unit]
  // [grow]
  Grown grown = grow(network, X, T, 10, 100, 0.01, 1, rng);
  CHECK(equal(round(forward(grown.network, X)), T));
  CHECK(grown.network[0].b.n_elem == 1 + grown.added.n_elem);
  CHECK(grown.added.n_elem >= 1);  // one unit draws one fence; XOR needs two
  // [/grow]
}

/// The number in `column` where `key` is `at`.
double where(const char* file, const char* key, double at, const char* column) {
  const uvec rows = find(abs(column_of(file, key) - real(at)) < real(1e-6));
  REQUIRE(rows.n_elem == 1);
  return double(column_of(file, column)(rows(0)));
}

TEST_CASE("what the captions say", "[15][lesson]") {
  const auto at_90 = [](const char* rule) { return where("pruned.csv", "share", 90, rule); };
  CHECK_THAT(at_90("everywhere"), WithinAbs(90.4, 1e-6));
  CHECK_THAT(at_90("everywhere_after"), WithinAbs(93.8, 1e-6));
  CHECK_THAT(where("pruned.csv", "share", 0, "everywhere_after"), WithinAbs(94.6, 1e-6));
  CHECK_THAT(at_90("each_layer"), WithinAbs(70.8, 1e-6));
  CHECK_THAT(at_90("each_layer_after"), WithinAbs(91.9, 1e-6));
  CHECK_THAT(at_90("chance"), WithinAbs(15.7, 1e-6));
  CHECK_THAT(at_90("chance_after"), WithinAbs(84.4, 1e-6));

  CHECK_THAT(where("small.csv", "units", 30, "kept_after"), WithinAbs(93.2, 1e-6));
  CHECK_THAT(where("small.csv", "units", 30, "from_start"), WithinAbs(93.7, 1e-6));
  for (const double units : {15, 20, 30, 50, 70, 100})
    CHECK_THAT(where("small.csv", "units", units, "kept_after") - where("small.csv", "units", units, "from_start"),
               WithinAbs(0, 0.65));

  CHECK(column_of("growing-added.csv", "step")(3) == 7934);
  CHECK(column_of("growing-added.csv", "units")(3) == 5);
  CHECK(column_of("growing-added.csv", "units").n_elem == 4);
  CHECK(column_of("growing-losses.csv", "step").max() == 10800);  // every twentieth is shown
  CHECK(784 * 100 / (100 * 10) == 78);
}

/// What ./course capstone 15 --mnist said, as our solutions ran it once.
TEST_CASE("what all of MNIST measured, with one seed", "[15][lesson]") {
  const vec before = column_of("../../capstone/mnist.csv", "before"),
            after = column_of("../../capstone/mnist.csv", "after");
  CHECK_THAT(double(before(0)), WithinAbs(97.8, 1e-6));
  CHECK_THAT(double(after(1)), WithinAbs(97.6, 1e-6));
  const double kept_and_small[][2] = {{97.6, 97.2}, {97.0, 96.9}, {95.6, 95.7}, {93.0, 93.7}};
  for (uword i = 0; i < 4; ++i)
    for (uword j = 0; j < 2; ++j) CHECK_THAT(double(after(4 + 2 * i + j)), WithinAbs(kept_and_small[i][j], 1e-6));
}

/// What ./course capstone 15 said, as our solutions ran it once.
TEST_CASE("what the capstone measured, over five seeds", "[15][lesson]") {
  CHECK(seeds("dense").n_elem == 5);
  lies_between(seeds("dense"), 93.7, 94.5);
  lies_between(seeds("all_90"), 88.7, 91.1);
  lies_between(seeds("all_90_after"), 93.5, 94.3);
  lies_between(seeds("all_95_after"), 92.0, 93.2);
  lies_between(seeds("all_99_after"), 82.0, 84.2);
  lies_between(seeds("each_90"), 62.6, 78.8);
  lies_between(seeds("each_90_after"), 91.4, 92.4);
  lies_between(seeds("chance_90"), 13.3, 19.9);
  lies_between(seeds("chance_90_after"), 82.5, 85.5);
  lies_between(seeds("kept_30"), 78.4, 85.5);
  lies_between(seeds("kept_30_after"), 92.5, 93.7);
  lies_between(seeds("small_30"), 93.0, 94.5);
  lies_between(seeds("kept_10"), 37.2, 49.7);
  lies_between(seeds("kept_10_after"), 86.6, 90.6);
  lies_between(seeds("small_10"), 78.7, 90.9);
  lies_between(seeds("circles_units"), 3, 3);
  lies_between(seeds("circles"), 93.6, 99.7);
  lies_between(seeds("moons_units"), 2, 4);
  lies_between(seeds("moons"), 97.8, 99.8);
  lies_between(seeds("spirals_units"), 4, 5);
  lies_between(seeds("spirals"), 97.6, 99.8);
  lies_between(seeds("spirals_by_chance"), 4, 6);
  CHECK(seeds("seconds").max() < 2);
}

}  // namespace
}  // namespace nn
