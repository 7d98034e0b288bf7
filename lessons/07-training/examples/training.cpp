// What lesson 7 shows and claims, checked: the code blocks of its README.md are cut from here, its numbers repeated.
#include "nn/training.hpp"

#include <cmath>
#include <filesystem>

#include "lessons/examples.hpp"
#include "nn/activations.hpp"
#include "nn/support/idx.hpp"

namespace nn {
namespace {

namespace fs = std::filesystem;

const fs::path lesson = fs::path(__FILE__).parent_path().parent_path(),
               sample = lesson.parent_path().parent_path() / "datasets/mnist-sample";

uvec indices_of(const Dataset& data) { return arma::regspace<uvec>(0, data.size() - 1); }

const Dataset& training_digits() {
  static const Dataset data = read_dataset(sample, Part::train);
  return data;
}

const Dataset& test_digits() {
  static const Dataset data = read_dataset(sample, Part::test);
  return data;
}

Network reader(Rng& rng) {
  return {he_init(100, 784, Activation::relu, rng), he_init(10, 100, Activation::softmax, rng)};
}

Options reader_options() {
  Options options;
  options.batch_size = 32;
  options.rate = 0.2;
  return options;
}

real test_accuracy(const Network& network) { return accuracy(network, test_digits(), indices_of(test_digits())); }

TEST_CASE("bytes become columns", "[07][lesson]") {
  // [gather]
  Dataset data;
  data.images = {{0, 255, 51},  // 3 images of 2 pixels, one a column
                 {102, 0, 255}};
  data.labels = {2, 0, 1};
  data.rows = 1, data.cols = 2, data.classes = 3;
  Batch batch = gather(data, {2, 0});  // the third image, then the first
  CHECK(equal(batch.X, {{0.2, 0}, {1, 0.4}}));
  CHECK(equal(batch.T, {{0, 0}, {1, 0}, {0, 1}}));
  // [/gather]
  CHECK(equal(scale_pixels(data.images), {{0, 1, 0.2}, {0.4, 0, 1}}));
}

TEST_CASE("the sample", "[07][lesson]") {
  CHECK(training_digits().size() == 5000);
  CHECK(test_digits().size() == 1000);
  CHECK(training_digits().images.n_rows == 784);
  CHECK(784 == 28 * 28);
  const uvec counts = arma::hist(test_digits().labels, arma::regspace<uvec>(0, 9));
  CHECK(all(counts == 100));
}

TEST_CASE("two heaps", "[07][lesson]") {
  // [split]
  Rng rng(1);
  Split parts = split(10, 0.2, rng);
  CHECK(parts.train.n_elem == 8);
  CHECK(parts.held_out.n_elem == 2);
  // [/split]
  CHECK(equal(arma::conv_to<mat>::from(sort(join_cols(parts.train, parts.held_out))), arma::regspace<vec>(0, 9)));
}

TEST_CASE("batches, the last one short", "[07][lesson]") {
  // [batches]
  Rng rng(1);
  std::vector<uvec> batches = shuffled_batches({3, 1, 4, 15, 9, 2, 6}, 3, rng);
  CHECK(batches.size() == 3);
  CHECK(batches[0].n_elem == 3);
  CHECK(batches[2].n_elem == 1);  // what is left of seven
  // [/batches]
  CHECK(std::ceil(55000 / 32.0) == 1719);
  CHECK(55000 - 1718 * 32 == 24);
  CHECK(55000 + 5000 == 60000);
  CHECK(784 * 100 + 100 + 100 * 10 + 10 == 79510);
  CHECK(std::ceil(5000 / 32.0) == 157);
}

TEST_CASE("the slope of a batch scatters as one over the root of its size", "[07][lesson]") {
  Rng rng(1);
  const Network network = reader(rng);
  const Dataset& data = training_digits();
  const auto slope = [&](const uvec& indices) {
    const Batch batch = gather(data, indices);
    return backprop(network, batch.X, batch.T, Loss::cross_entropy).dW[1];
  };
  const mat truth = slope(indices_of(data));
  const auto scatter = [&](uword size) {
    real sum = 0;
    const std::vector<uvec> batches = shuffled_batches(indices_of(data), size, rng);
    for (uword i = 0; i < 60; ++i) sum += accu(square(slope(batches[i]) - truth));
    return std::sqrt(sum / 60);
  };
  CHECK_THAT(scatter(8) / scatter(32), WithinAbs(2, 0.3));
}

TEST_CASE("how large the first weights should be", "[07][lesson]") {
  // [init]
  Rng rng(1);
  Layer layer = he_init(100, 784, Activation::relu, rng);
  CHECK(std::abs(stddev(vectorise(layer.W)) - std::sqrt(2.0 / 784)) < 0.001);
  CHECK(abs(layer.b).max() == 0);
  // [/init]
  CHECK_THAT(std::sqrt(2.0 / 784), WithinAbs(0.0505, 5e-5));

  const auto after_ten_layers = [](real variance) {  // the mean square of z in the tenth layer of 100 ReLU units
    Rng dice(1);
    mat A = random_normal(100, 500, dice), Z;
    for (int l = 0; l < 10; ++l) {
      Z = std::sqrt(variance) * random_normal(100, 100, dice) * A;
      A = relu(Z);
    }
    return mean(vectorise(square(Z)));
  };
  CHECK_THAT(std::log10(after_ten_layers(1)), WithinAbs(17.5, 0.5));
  CHECK_THAT(after_ten_layers(1.0 / 100), WithinAbs(0.003, 5e-4));
  CHECK_THAT(after_ten_layers(2.0 / 100), WithinAbs(3.2, 0.05));
}

TEST_CASE("a start at zero reads one in ten for ever", "[07][lesson]") {
  Rng rng(1);
  Network zero = reader(rng);
  for (Layer& layer : zero) layer.W.zeros();
  const Epoch epoch =
      train_epoch(zero, training_digits(), shuffled_batches(indices_of(training_digits()), 32, rng), reader_options());
  CHECK(test_accuracy(epoch.network) == 0.1);
  CHECK(abs(epoch.network[0].W).max() == 0);
}

TEST_CASE("weights fade", "[07][lesson]") {
  // [decay]
  Network network = {{mat{2}, {1}, Activation::identity}};
  network = decay_weights(network, 0.5, 0.1);  // rate 0.5, lambda 0.1
  CHECK(network[0].W(0) == 1.9);
  CHECK(network[0].b(0) == 1);
  // [/decay]
  CHECK_THAT(1 - 0.2 * 0.005, WithinAbs(0.999, 1e-12));
  CHECK_THAT(std::pow(0.999, 157), WithinAbs(0.855, 5e-4));

  Rng rng(1);  // the weights of a pixel that is blank in every image only fade
  const Network start = reader(rng);
  CHECK(max(training_digits().images.row(0)) == 0);
  Options options = reader_options();
  options.weight_decay = 0.005;
  const Epoch epoch =
      train_epoch(start, training_digits(), shuffled_batches(indices_of(training_digits()), 32, rng), options);
  CHECK_THAT(norm(epoch.network[0].W.col(0)) / norm(start[0].W.col(0)), WithinAbs(0.855, 5e-4));
}

TEST_CASE("an epoch to follow with a pencil", "[07][lesson]") {
  // [epoch]
  Dataset data;
  data.images = {{255, 51}};  // 2 images of one pixel, 1 and 0.2
  data.labels = {0, 0};
  data.rows = data.cols = data.classes = 1;
  Network start = {{mat{0.5}, {0}, Activation::identity}};
  Options options;
  options.loss = Loss::squared;
  options.rate = 0.5;
  options.weight_decay = 0.2;
  options.eta = 0.1;
  Epoch epoch = train_epoch(start, data, {{0}, {1}}, options);  // two batches of one
  CHECK(equal(epoch.network[0].W, vec{0.691}));
  CHECK(equal(epoch.network[0].b, vec{0.555}));
  CHECK(std::abs(epoch.running_loss - 0.131105) < 1e-12);
  // [/epoch]
  const Epoch first = train_epoch(start, data, {{0}}, options);
  CHECK(equal(first.network[0].W, vec{0.70}));
  CHECK(equal(first.network[0].b, vec{0.25}));
  CHECK_THAT(first.running_loss, WithinAbs(0.125, 1e-12));
  CHECK_THAT(0.70 * 0.2 + 0.25, WithinAbs(0.39, 1e-12));
  CHECK_THAT(0.9 * 0.5, WithinAbs(0.45, 1e-12));
  CHECK_THAT(0.9 * 0.70, WithinAbs(0.63, 1e-12));
  CHECK_THAT(0.5 * 0.61 * 0.61, WithinAbs(0.18605, 1e-12));
  CHECK_THAT(0.9 * 0.125 + 0.1 * 0.18605, WithinAbs(0.131105, 1e-12));
  CHECK_THAT(std::pow(0.99, 100), WithinAbs(0.366, 5e-4));
}

TEST_CASE("who is taken for whom", "[07][lesson]") {
  // [confusion]
  arma::umat counts = confusion_matrix({0, 1, 2, 2}, {0, 2, 2, 2}, 3);  // truth, then what was said
  CHECK(counts(2, 2) == 2);
  CHECK(counts(1, 2) == 1);  // a one taken for a two
  CHECK(counts(2, 1) == 0);
  // [/confusion]
  CHECK(accu(counts) == 4);
  CHECK(arma::trace(counts) == 3);
}

TEST_CASE("patience", "[07][lesson]") {
  const vec held_out = {0.84, 0.88, 0.90, 0.89, 0.90, 0.88, 0.91};
  uword best = 0, epoch = 0;  // counted from 1
  while (epoch < held_out.n_elem) {
    ++epoch;
    if (best == 0 || held_out(epoch - 1) > held_out(best - 1)) best = epoch;
    if (epoch - best >= 3) break;
  }
  CHECK(best == 3);
  CHECK(epoch == 6);
}

TEST_CASE("reading the sample", "[07][lesson]") {
  const Dataset& digits = training_digits();
  const Dataset& test = test_digits();
  // [train]
  Rng rng(1);
  Split parts = split(digits.size(), 0.05, rng);
  Network start = {he_init(100, 784, Activation::relu, rng), he_init(10, 100, Activation::softmax, rng)};
  Options options;
  options.epochs = 10;
  options.batch_size = 32;
  options.rate = 0.2;
  Run run = train(start, digits, parts, options, rng);
  CHECK(run.history.size() == 10);
  CHECK(accuracy(run.network, test, arma::regspace<uvec>(0, 999)) > 0.92);
  // [/train]
  CHECK(test_accuracy(run.network) < 0.95);
}

TEST_CASE("images in order of their class: the loss falls and nothing is learned", "[07][lesson]") {
  const Dataset& digits = training_digits();
  const uvec order = arma::stable_sort_index(digits.labels);
  const Dataset sorted{digits.images.cols(order), digits.labels(order), digits.rows, digits.cols, digits.classes};
  std::vector<uvec> batches;
  for (uword i = 0; i < sorted.size(); i += 32)
    batches.push_back(indices_of(sorted).subvec(i, std::min<uword>(i + 32, sorted.size()) - 1));
  Rng rng(1);
  Network network = reader(rng);
  std::optional<real> running_loss;
  for (int e = 0; e < 3; ++e) {
    const Epoch epoch = train_epoch(network, sorted, batches, reader_options(), running_loss);
    network = epoch.network;
    running_loss = epoch.running_loss;
  }
  CHECK_THAT(*running_loss, WithinAbs(0.37, 0.03));
  CHECK_THAT(test_accuracy(network), WithinAbs(0.10, 0.02));
  const Batch all = gather(test_digits(), indices_of(test_digits()));
  const uvec said = predict(forward(network, all.X));
  CHECK(accu(said == 9) > 950);
}

TEST_CASE("labels shuffled apart from images: guessing", "[07][lesson]") {
  Rng rng(1);
  Dataset apart = training_digits();
  apart.labels = apart.labels(random_permutation(apart.size(), rng));
  Network network = reader(rng);
  network = train_epoch(network, apart, shuffled_batches(indices_of(apart), 32, rng), reader_options()).network;
  CHECK_THAT(test_accuracy(network), WithinAbs(0.1, 0.04));
}

TEST_CASE("a rate of 2 kills the hidden units", "[07][lesson]") {
  Rng rng(1);
  Options options = reader_options();
  options.batch_size = 50;
  options.rate = 2;
  const Network dead =
      train_epoch(reader(rng), training_digits(), shuffled_batches(indices_of(training_digits()), 50, rng), options)
          .network;
  const Trace trace = forward_trace(dead, gather(training_digits(), indices_of(training_digits())).X);
  CHECK(uvec(find(max(trace.A[0], 1) == 0)).n_elem > 80);
}

TEST_CASE("one layer reads the sample, too", "[07][lesson]") {
  Rng rng(1);
  Network network = {he_init(10, 784, Activation::softmax, rng)};
  for (int e = 0; e < 5; ++e)
    network = train_epoch(network, training_digits(), shuffled_batches(indices_of(training_digits()), 32, rng),
                          reader_options())
                  .network;
  CHECK_THAT(test_accuracy(network), WithinAbs(0.89, 0.02));
}

TEST_CASE("what the lesson says of its figures", "[07][lesson]") {
  const auto last = [](const std::string& file, const std::string& name) {
    const vec values = column_of(file, name);
    return values(values.n_elem - 1);
  };
  CHECK_THAT(column_of("rates-small.csv", "loss")(0), WithinAbs(2.4, 0.05));
  CHECK_THAT(last("rates-small.csv", "loss"), WithinAbs(1.7, 0.05));
  CHECK_THAT(last("rates-right.csv", "loss"), WithinAbs(0.16, 0.02));
  CHECK(last("rates-large.csv", "loss") > 1.9);
  CHECK_THAT(std::log(10), WithinAbs(2.303, 5e-4));
  CHECK_THAT(std::log(10), WithinAbs(2.3, 5e-3));

  const auto epochs_to = [](const std::string& file, real loss) {
    const vec losses = column_of(file, "loss"), epochs = column_of(file, "epoch");
    const uvec below = find(losses < loss, 1);
    REQUIRE(!below.empty());
    return epochs(below(0));
  };
  CHECK(epochs_to("methods-gradient_descent.csv", 0.5) > 20);
  CHECK(epochs_to("methods-mini_batches.csv", 0.5) <= 0.6);
  CHECK(epochs_to("methods-single_images.csv", 0.5) <= 0.4);

  CHECK(last("learning.csv", "train_percent") > 99.9);
  CHECK_THAT(last("learning.csv", "test_percent"), WithinAbs(95, 0.7));
  CHECK(last("learning.csv", "train_loss") < 0.02);
  CHECK_THAT(last("learning.csv", "test_loss"), WithinAbs(0.18, 0.01));
  CHECK_THAT(column_of("learning.csv", "test_loss")(9), WithinAbs(0.18, 0.01));

  const vec truth = column_of("confusion.csv", "truth"), taken = column_of("confusion.csv", "taken_for"),
            count = column_of("confusion.csv", "count");
  const auto taken_for = [&](real i, real j) { return accu(count(find(truth == i && taken == j))); };
  const vec mistakes = count(find(truth != taken));
  const vec darkest = sort(mistakes, "descend");
  for (const real digit : {3, 4, 5}) {
    CHECK(taken_for(digit, 8) > darkest(3));  // the three commonest mistakes
    CHECK(taken_for(8, digit) <= 1);
  }
  CHECK(taken_for(0, 1) + taken_for(1, 0) == 0);
}

}  // namespace
}  // namespace nn
