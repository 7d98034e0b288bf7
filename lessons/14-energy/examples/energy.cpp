// What lesson 14 shows and claims, checked: the code blocks of its README.md are cut from here, its numbers repeated.
#include "nn/energy.hpp"
#include "lessons/examples.hpp"

#include <cmath>

namespace nn {
namespace {

TEST_CASE("two patterns of five units", "[14][lesson]") {
  // [store]
  mat P = mat{{1, 1, -1, -1, 1}, {1, -1, 1, -1, 1}}.t();  // a column is a pattern
  mat W = store(P);
  CHECK(equal(W.row(0), rowvec{0, 0, 0, -0.4, 0.4}));
  CHECK(equal(energy(W, P.col(0)), -1.6));
  CHECK(equal(energy(W, P.col(1)), -1.6));
  CHECK(equal(energy(W, vec{1, 1, 1, 1, 1}), 0.8));  // a state that nobody stored lies higher
  // [/store]
}

TEST_CASE("patterns that are alike", "[14][lesson]") {
  // [projection]
  mat alike = {{1, 1, 1, 1, 1, 1, -1, -1}, {1, 1, 1, 1, 1, -1, 1, -1}, {1, 1, 1, 1, 1, -1, -1, 1}};
  mat P = alike.t();
  Rng rng(1);
  for (uword k = 0; k < 3; ++k) {
    CHECK(equal(recall(store_projection(P), P.col(k), rng, 10), P.col(k)));
    CHECK(equal(recall(store(P), P.col(k), rng, 10), vec{1, 1, 1, 1, 1, -1, -1, -1}));  // Hebb's rule: all the same
  }
  // [/projection]
}

TEST_CASE("two units that repel each other", "[14][lesson]") {
  // [recall]
  mat repel = {{0, -1}, {-1, 0}};
  Rng rng(1);
  vec s = recall(repel, {1, 1}, rng, 10);
  CHECK(s(0) == -s(1));  // one of them has given in; chance said which
  // [/recall]
}

TEST_CASE("few patterns and many", "[14][lesson]") {
  // [remembered]
  Rng rng(1);
  CHECK(remembered(200, 10, 0.1, rng) > 0.99);
  CHECK(remembered(200, 60, 0.1, rng) < 0.5);
  // [/remembered]
}

TEST_CASE("a machine of three and two units", "[14][lesson]") {
  // [machine]
  Rbm r{{{2, -1.2, 0.8}, {-1.6, 0.4, 2.4}}, {0.1, -0.2, 0}, {-0.1, 0.3}};
  CHECK(equal(hidden(r, vec{1, 0, 1}), vec{0.9370, 0.7503}, 4));
  CHECK(equal(visible(r, vec{1, 0}), vec{0.8909, 0.1978, 0.6900}, 4));
  // [/machine]
  CHECK(equal(r.W(0, 0) + r.W(0, 2) + r.c(0), 2.7));
  // [free]
  mat all = {{0, 0, 0, 0, 1, 1, 1, 1}, {0, 0, 1, 1, 0, 0, 1, 1}, {0, 1, 0, 1, 0, 1, 0, 1}};  // what it can see
  rowvec F = free_energy(r, all);
  rowvec p = exp(-F) / accu(exp(-F));
  CHECK(equal(F(5), -4.2524, 4));
  CHECK(equal(p(5), 0.3547, 4));  // (1, 0, 1) is what it sees most often
  CHECK(F.index_min() == 5);
  // [/free]
  // [likelihood]
  auto log_p = [&](const Rbm& machine, const mat& V) {
    return mean(-free_energy(machine, V)) - std::log(accu(exp(-free_energy(machine, all))));
  };
  mat days = {{1, 1, 0}, {0, 1, 0}, {1, 0, 1}};
  CHECK(equal(log_p(r, days), -2.1338, 4));
  Rng rng(1);
  Rbm taught = train_rbm(r, days, 10, 500, 3, 0.1, rng);
  CHECK(log_p(taught, days) > -1.5);
  // [/likelihood]
}

TEST_CASE("machine upon machine", "[14][lesson]") {
  Rng rng(1);
  const mat V = draw(mat(8, 50, arma::fill::value(real(0.5))), rng);
  // [stack]
  std::vector<Rbm> machines = stack(V, {6, 4}, 5, 10, 0.1, rng);  // V is 8 x 50
  Network network = pretrained(machines, 3, rng);
  CHECK(size(network[1].W) == size(mat(4, 6)));
  CHECK(equal(network[1].b, machines[1].c));
  CHECK(network[2].activation == Activation::softmax);
  // [/stack]
}

TEST_CASE("what the captions say", "[14][lesson]") {
  const vec load = column_of("capacity.csv", "load"), overlap = column_of("capacity.csv", "n500");
  CHECK_THAT(double(overlap(3)), WithinAbs(0.997, 0.0005));
  CHECK(load(3) == 0.10);
  CHECK_THAT(double(overlap(8)), WithinAbs(0.43, 0.005));
  CHECK(load(8) == 0.20);
  CHECK(column_of("capacity.csv", "n100")(8) > overlap(8));

  const vec energies = column_of("recall-energy.csv", "energy");
  CHECK_THAT(double(energies(0)), WithinAbs(-37, 0.5));
  CHECK_THAT(double(energies(1)), WithinAbs(-319, 0.5));
  CHECK_THAT(double(energies(5)), WithinAbs(-367, 0.5));
  CHECK(energies(5) == column_of("recall-energy.csv", "stored")(0));
  CHECK(energies.is_sorted("descend"));

  const auto after = [](const char* start, uword epochs) { return column_of("pretraining.csv", start)(epochs - 1); };
  CHECK(after("random_most", 20) < 30);
  CHECK_THAT(double(after("pretrained", 1)), WithinAbs(64, 0.5));
  CHECK_THAT(double(after("relu", 1)), WithinAbs(52, 0.5));
  CHECK_THAT(double(after("random_least", 60)), WithinAbs(70, 0.5));
  CHECK_THAT(double(after("random_most", 60)), WithinAbs(73, 0.5));
  CHECK_THAT(double(after("pretrained_least", 60)), WithinAbs(88, 0.5));
  CHECK_THAT(double(after("pretrained_most", 60)), WithinAbs(90, 0.5));
  CHECK_THAT(double(after("relu_least", 60)), WithinAbs(85, 0.5));
  CHECK_THAT(double(after("relu_most", 60)), WithinAbs(86, 0.5));
}

/// What ./course capstone 14 said, as our solutions ran it once.
TEST_CASE("what the capstone measured, over five seeds", "[14][lesson]") {
  CHECK(seeds("at_10").n_elem == 5);
  lies_between(seeds("at_10"), 99.6, 99.7);
  lies_between(seeds("at_20"), 5.2, 7.8);
  lies_between(seeds("of_three"), 0, 1);
  lies_between(seeds("pixel_error"), 0.0196, 0.0200);
  lies_between(seeds("mean_image"), 0.0687, 0.0687);
  lies_between(seeds("random"), 10.0, 18.8);
  lies_between(seeds("pretrained"), 85.0, 88.8);
  CHECK(seeds("seconds").max() < 5);
  CHECK(std::lround(0.138 * 784) == 108);
}

}  // namespace
}  // namespace nn
