// What lesson 10 shows and claims, checked: the code blocks of its README.md are cut from here, its numbers repeated.
#include "nn/convolution.hpp"
#include "lessons/examples.hpp"

#include "lessons/10-convolution/capstone/learn.hpp"

namespace nn {
namespace {

TEST_CASE("the two slides", "[10][lesson]") {
  // [slide]
  vec x = {1, 2, 4, 7, 11}, k = {1, 2, 5};
  CHECK(equal(correlate(x, k), vec{25, 45, 73}));
  CHECK(equal(convolve(x, k), vec{1, 4, 13, 25, 45, 57, 55}));
  CHECK(equal(convolve({0, 1, 0}, k), vec{0, 1, 2, 5, 0}));   // an impulse shows the kernel
  CHECK(equal(correlate({0, 0, 1, 0, 0}, k), vec{5, 2, 1}));  // or its mirror image
  // [/slide]
}

TEST_CASE("places and weights", "[10][lesson]") {
  // [count]
  Window w{.rows = 28, .cols = 28, .size = 5, .pool = 2};
  CHECK(places_along(28, 5, 1, 0) == 24);
  Counts counts = count_weights(w, 8);
  CHECK(counts.dense == 3'617'280);
  CHECK(counts.local == 119'808);
  CHECK(counts.shared == 208);  // 8 filters of 25 weights and a bias
  // [/count]
}

TEST_CASE("windows", "[10][lesson]") {
  // [unfold]
  Window small{.rows = 3, .cols = 3, .size = 2};
  vec image = {1, 2, 3, 4, 5, 6, 7, 8, 9};             // row by row
  CHECK(equal(unfold(small, image), mat{{1, 2, 4, 5},  // the upper left number of each place
                                        {2, 3, 5, 6},
                                        {4, 5, 7, 8},
                                        {5, 6, 8, 9}}));  // the lower right one
  // [/unfold]
  // [fold]
  CHECK(equal(fold(small, unfold(small, image)), vec{1, 4, 3, 8, 20, 12, 7, 16, 9}));  // 5 was seen by four places
  // [/fold]
  // [layer]
  mat diagonal = {{1, 0, 0, -1}};
  CHECK(equal(conv_forward(small, diagonal, {0}, image), mat{{-4, -4, -4, -4}}));
  DenseGradients g = conv_backward(small, diagonal, image, mat{{1, 0, 2, -1}});
  CHECK(equal(g.dW, mat{{4, 6, 10, 12}}));
  CHECK(equal(g.db, vec{2}));
  CHECK(equal(g.dX, vec{1, 0, 0, 2, -2, 0, 0, -2, 1}));
  // [/layer]
}

TEST_CASE("the largest of four", "[10][lesson]") {
  // [pool]
  Window four{.rows = 4, .cols = 4, .size = 1, .pool = 2};
  rowvec said = {1, 5, 2, 0, 3, 4, 2, 2, -1, -2, -3, -1, -4, -2, -7, -8};  // one filter, sixteen places
  Pooled pooled = max_pool(four, said);
  CHECK(equal(pooled.Z, rowvec{5, 2, -1, -1}));
  // [/pool]
}

TEST_CASE("the capstone's network has less than half of lesson 7's numbers", "[10][lesson]") {
  Dataset data;
  data.rows = data.cols = 28, data.classes = 10;
  Rng rng(1);
  const ConvNetwork network = digits_network(data, rng);
  CHECK(parameters(network.filters) + parameters(network.classifier) == 37'610);
  const Network dense = {he_init(100, 784, Activation::relu, rng), he_init(10, 100, Activation::softmax, rng)};
  CHECK(parameters(dense) == 79'510);
}

TEST_CASE("what the captions say", "[10][lesson]") {
  const vec sigma = column_of("blur-errors.csv", "sigma"), error = column_of("blur-errors.csv", "middle");
  CHECK_THAT(double(error(0)), WithinAbs(0.30, 0.005));
  CHECK_THAT(double(error.min()), WithinAbs(0.14, 0.005));
  CHECK(sigma(error.index_min()) == 0.8);
  CHECK(sigma(column_of("blur-errors.csv", "little").index_min()) < 0.8);
  CHECK(sigma(column_of("blur-errors.csv", "much").index_min()) > 0.8);

  const vec moved[] = {column_of("moved.csv", "dense"), column_of("moved.csv", "filters"),
                       column_of("moved.csv", "distorted")};
  CHECK_THAT(double(moved[0](0)), WithinAbs(98.2, 0.05));
  CHECK_THAT(double(moved[0](4)), WithinAbs(39, 0.5));
  CHECK_THAT(double(moved[1](4)), WithinAbs(72, 0.5));
  CHECK_THAT(double(moved[2](4)), WithinAbs(97, 0.5));
  CHECK_THAT(double(moved[2](8)), WithinAbs(42, 0.5));

  // of ./course capstone 10, as our solutions ran it once
  const auto range = [](const char* file, double lowest, double highest, double seconds) {
    const vec percent = column_of(file, "percent");
    CHECK(percent.n_elem == 5);
    CHECK_THAT(double(percent.min()), WithinAbs(lowest, 0.001));
    CHECK_THAT(double(percent.max()), WithinAbs(highest, 0.001));
    CHECK_THAT(double(mean(column_of(file, "seconds"))), WithinAbs(seconds, 1));
  };
  range("../../capstone/seeds.csv", 99.14, 99.29, 17);
  range("../../capstone/distorted.csv", 99.35, 99.49, 69);
  const vec best = column_of("../../capstone/best.csv", "percent"),
            so_far = column_of("../../capstone/best.csv", "seconds");
  CHECK(equal(best, vec{99.36, 99.49, 99.51, 99.53, 99.57}));
  CHECK((so_far(0) == 52 && so_far(4) == 276));
}

}  // namespace
}  // namespace nn
