// What lesson 9 shows and claims, checked: the code blocks of its README.md are cut from here, its numbers repeated.
#include "nn/optimisers.hpp"

#include <cmath>
#include <filesystem>

#include "lessons/09-optimisers/capstone/deep.hpp"
#include "lessons/examples.hpp"

namespace nn {
namespace {

namespace fs = std::filesystem;

/// The slope of x^2/20 + y^2.
vec valley(const mat& x) { return {x(0) / 10, 2 * x(1)}; }

TEST_CASE("momentum with a pencil", "[09][lesson]") {
  // [momentum]
  Moved ball{vec{-7, 2}, {}};  // an empty memory: it stands still
  for (int step = 0; step < 3; ++step) {
    vec slope = {ball.x(0) / 10, 2 * ball.x(1)};  // of x^2/20 + y^2
    ball = momentum_step(ball.x, slope, ball.memory, 0.1, 0.9);
  }
  CHECK(equal(ball.x, vec{-6.610653, 0.124}));
  // [/momentum]
  Moved one = momentum_step(vec{-7, 2}, vec{-0.7, 4}, {}, 0.1, 0.9);
  CHECK(equal(one.memory.m, vec{0.07, -0.4}));
  CHECK(equal(one.x, vec{-6.93, 1.6}));
  CHECK(equal(valley(one.x), vec{-0.693, 3.2}));
  one = momentum_step(one.x, valley(one.x), one.memory, 0.1, 0.9);
  CHECK(equal(one.memory.m, vec{0.1323, -0.68}));
  CHECK(equal(one.x, vec{-6.7977, 0.92}));
  Moved ahead = nesterov_step(vec{-7, 2}, vec{-0.7, 4}, {}, 0.1, 0.9);
  CHECK(equal(ahead.x, vec{-6.867, 1.24}));
  CHECK(equal(ahead.x - 0.9 * ahead.memory.m, vec{-6.93, 1.6}));
}

TEST_CASE("Adam's first step is the rate", "[09][lesson]") {
  // [adam]
  for (real steep : {0.001, 1.0, 1000.0}) {
    Moved first = adam_step(vec{-7, 2}, steep * vec{-0.7, 4}, {}, 0.5, 0.9, 0.999, 0);
    CHECK(equal(first.x, vec{-6.5, 1.5}));  // half a step each way, however steep it is
  }
  // [/adam]
  CHECK(equal(rmsprop_step(vec{-7, 2}, vec{-0.7, 4}, {}, 0.5, 0.9, 1e-8).x, vec{-5.41886, 0.41886}, 5));
  const Moved mean = adam_step(vec{0}, vec{1}, {}, 0.5, 0.9, 0.999, 0);
  CHECK_THAT(double(mean.memory.m(0)), WithinAbs(0.1, 1e-12));
  CHECK_THAT(double(mean.memory.v(0)), WithinAbs(0.001, 1e-12));
}

TEST_CASE("what Adam forgets", "[09][lesson]") {
  Moved now{vec{-7, 2}, {}};
  double worst = 0;
  int first = 0;
  for (int step = 1; step <= 20000; ++step) {
    now = adam_step(now.x, valley(now.x), now.memory, 0.1, 0.9, 0.999, 1e-8);
    if (first == 0 && norm(now.x) < 1e-3) first = step;
    if (step > 2000) worst = std::max(worst, double(norm(now.x)));
  }
  CHECK(first == 164);
  CHECK_THAT(worst, WithinAbs(0.1, 0.005));  // thrown out again
}

TEST_CASE("a saddle", "[09][lesson]") {
  const auto steps = [](real mu) {
    Moved now{vec{1, 0.001}, {}};
    int n = 0;
    while (std::abs(now.x(1)) <= 1)
      now = momentum_step(now.x, vec{2 * now.x(0), -2 * now.x(1)}, now.memory, 0.1, mu), ++n;
    return n;
  };
  CHECK(steps(0) == 38);
  CHECK(steps(0.9) == 19);
}

TEST_CASE("rates and limits", "[09][lesson]") {
  // [schedule]
  Schedule schedule{Decay::cosine, 2};  // two steps of warm-up
  CHECK(std::abs(scheduled_rate(schedule, 0.2, 0, 6) - 0.1) < 1e-12);
  CHECK(std::abs(scheduled_rate(schedule, 0.2, 1, 6) - 0.2) < 1e-12);
  CHECK(std::abs(scheduled_rate(schedule, 0.2, 4, 6) - 0.1) < 1e-12);  // half of the way down
  CHECK(std::abs(scheduled_rate(schedule, 0.2, 6, 6)) < 1e-12);
  // [/schedule]
  // [clip]
  Gradients steep;
  steep.dW = {{{3, 0}, {0, 4}}}, steep.db = {vec{12}};
  CHECK(gradient_norm(steep) == 13);
  Gradients shorter = clip(steep, 6.5);
  CHECK(equal(shorter.dW[0], {{1.5, 0}, {0, 2}}));
  CHECK(equal(shorter.db[0], vec{6}));
  // [/clip]
}

TEST_CASE("many factors", "[09][lesson]") {
  // factors 3 or 0.1 with equal chance
  CHECK_THAT((3 + 0.1) / 2, WithinAbs(1.55, 1e-12));
  CHECK_THAT((std::log(3) + std::log(0.1)) / 2, WithinAbs(-0.602, 0.0005));
  CHECK_THAT(std::pow(1.55, 20), WithinAbs(6407, 1));
  CHECK_THAT(std::pow(3, 10) * std::pow(0.1, 10), WithinAbs(5.9e-6, 0.05e-6));
  double below = 0, ways = 1;  // how often is a product of 20 below 1?
  for (int threes = 0; threes <= 20; ++threes) {
    if (threes * std::log(3) + (20 - threes) * std::log(0.1) < 0) below += ways / std::pow(2, 20);
    ways *= double(20 - threes) / (threes + 1);
  }
  CHECK_THAT(100 * below, WithinAbs(94, 0.5));
  CHECK(std::pow(0.5, 20) < 1e-6);
}

TEST_CASE("rows to mean 0 and deviation 1", "[09][lesson]") {
  // [standardise]
  mat X = {{1, 2, 3}, {5, 5, 5}};
  Scaling scaling = scaling_of(X);  // of the training data, for all data
  CHECK(equal(standardise(X, scaling), {{-1.2247, 0, 1.2247}, {0, 0, 0}}, 4));
  // [/standardise]
}

TEST_CASE("batch normalisation with a pencil", "[09][lesson]") {
  // [batch_norm]
  mat Z = {{1, 3, 5, -1}};  // a unit, four samples: mean 2, variance 5
  Normalised norm = batch_norm(Z, vec{2}, vec{1}, 0);
  CHECK(equal(norm.mean, vec{2}));
  CHECK(equal(norm.variance, vec{5}));
  CHECK(equal(norm.H, rowvec{-1, 1, 3, -3} / std::sqrt(5)));
  CHECK(equal(norm.Y, 2 * norm.H + 1));
  NormGradients g = batch_norm_backward(norm, vec{2}, {{1, 0, 2, -1}}, 0);
  CHECK(std::abs(accu(g.dZ)) < 1e-12);           // moving all z alike changes nothing
  CHECK(std::abs(accu(g.dZ % norm.H)) < 1e-12);  // nor does stretching them
  // [/batch_norm]
  CHECK(equal(g.dZ, {{0.805, -0.805, 0.268, -0.268}}, 3));
  CHECK(equal(mat{{0.9, 0, 1.8, -0.9}}, 2 / std::sqrt(5) * mat{{1, 0, 2, -1}}, 1));
  // [fold]
  Layer layer = {{{1, 2}, {0, -1}}, vec{1, 0}, Activation::sigmoid};
  Layer folded = fold_norm(layer, vec{2, 0.5}, vec{1, -1}, vec{2, 3}, vec{4, 0.25}, 0);
  CHECK(equal(folded.W, layer.W));  // 2 / sqrt(4) = 1 and 0.5 / sqrt(0.25) = 1
  CHECK(equal(folded.b, vec{0, -4}));
  // [/fold]
}

TEST_CASE("what the capstone folds is what it trained", "[09][lesson]") {
  Rng rng(1);
  DeepNetwork deep = with_norms(deep_layers(4, 5, 2, 3, Activation::sigmoid, rng));
  const Batch batch{random_normal(4, 8, rng), mat(3, 8, arma::fill::zeros)};
  Batch labelled = batch;
  labelled.T.row(1).ones();
  deep = normalised_step(deep, labelled, Loss::cross_entropy, 0.1);
  mat A = batch.X;
  for (uword l = 0; l < 2; ++l)
    A = sigmoid(
        batch_norm(dense(deep.network[l].W, deep.network[l].b, A), deep.gamma[l], deep.beta[l], norm_epsilon).Y);
  CHECK(equal(forward(folded(deep, batch.X), batch.X), softmax(dense(deep.network[2].W, deep.network[2].b, A)), 10));
}

TEST_CASE("two steps to the bottom", "[09][lesson]") {
  // [conjugate]
  auto slope = [](const vec& x) { return vec{x(0) / 10, 2 * x(1)}; };
  mat path = conjugate_gradient(slope, {-7, 2}, 2, 1e-8);
  CHECK(equal(path.col(1), vec{-6.6398, -0.0581}, 4));
  CHECK(equal(path.col(2), vec{0, 0}, 6));
  // [/conjugate]
  const mat straight = gradient_descent(slope, {-7, 2}, 0.9, 200);
  uword steps = 200;
  while (steps > 0 && norm(straight.col(steps - 1)) < 1e-3) --steps;
  CHECK(steps == 94);
}

TEST_CASE("an epoch with a rule", "[09][lesson]") {
  Dataset data;
  data.images = bytes(784, 40, arma::fill::zeros);
  data.labels = uvec(40);
  for (uword j = 0; j < 40; ++j) data.images.col(j).rows(100 + 10 * j, 109 + 10 * j).fill(255), data.labels(j) = j % 10;
  data.rows = data.cols = 28, data.classes = 10;
  Rng rng(1);
  Network network = {he_init(100, 784, Activation::relu, rng), he_init(10, 100, Activation::softmax, rng)};
  // [epoch]
  Recipe recipe;
  recipe.options.rate = 0.001;
  recipe.method.rule = Rule::adam;
  recipe.schedule = {Decay::cosine, 2};
  Progressed now{{network, {}}, 0, 0};
  for (int epoch = 0; epoch < 3; ++epoch) {
    std::vector<uvec> batches = shuffled_batches(arma::regspace<uvec>(0, 39), 10, rng);
    now = optimised_epoch(now, data, batches, recipe, 3 * batches.size(), rng);
  }
  CHECK(now.step == 12);  // four batches in each of three epochs
  // [/epoch]
  CHECK(std::isfinite(now.running_loss));
  CHECK(equal(flatten(unflatten(network, flatten(network))), flatten(network)));
}

/// The committed numbers of a race: least and most of the seeds after the last epoch.
std::pair<real, real> ended(const std::string& rule) {
  return {column_of("race-" + rule + ".csv", "least").back(), column_of("race-" + rule + ".csv", "most").back()};
}

TEST_CASE("what the captions say", "[09][lesson]") {
  const std::filesystem::path lesson = lesson_of(__FILE__);
  for (const char* rule : {"descent", "momentum", "nesterov", "rmsprop", "adam"}) {
    const auto [least, most] = ended(rule);
    CHECK(least > 98);
    CHECK(least < ended("descent").second + 0.02);  // the spreads overlap, or nearly so
    CHECK(column_of("walks-" + std::string(rule) + ".csv", "height").n_elem == 41);
  }
  CHECK_THAT(double(ended("descent").first), WithinAbs(98.03, 0.001));
  CHECK_THAT(double(ended("descent").second), WithinAbs(98.25, 0.001));
  CHECK_THAT(double(ended("adam").first), WithinAbs(98.26, 0.001));
  CHECK_THAT(double(ended("adam").second), WithinAbs(98.46, 0.001));
  CHECK(fs::exists(lesson / "capstone/race.csv"));

  const vec rate = column_of("dead.csv", "rate"), dead = column_of("dead.csv", "dead"),
            relu = column_of("dead.csv", "relu"), leaky = column_of("dead.csv", "leaky_relu"),
            elu = column_of("dead.csv", "elu");
  CHECK(rate(3) == 1.5);
  CHECK(dead(3) == 89);
  CHECK_THAT(double(relu(3)), WithinAbs(30.1, 0.05));
  CHECK_THAT(double(leaky(3)), WithinAbs(74.9, 0.05));
  CHECK(arma::all(elu.tail(3) <= relu.tail(3)));
  CHECK(elu(3) < 12);

  const vec normalised = column_of("ten_layers.csv", "normalised");
  CHECK_THAT(double(normalised(1)), WithinAbs(85.4, 0.05));
  CHECK_THAT(double(normalised(3)), WithinAbs(91.7, 0.05));
  CHECK_THAT(double(normalised(3)), WithinAbs(92, 0.5));
  CHECK(column_of("ten_layers.csv", "plain").max() < 12);

  const auto at_end = [](const char* walk) { return double(column_of("conjugate.csv", walk).back()); };
  CHECK(column_of("conjugate.csv", "slopes").back() > 590);
  CHECK_THAT(at_end("conjugate"), WithinAbs(0.041, 0.0005));
  CHECK_THAT(at_end("momentum"), WithinAbs(0.069, 0.0005));
  CHECK_THAT(at_end("adam"), WithinAbs(0.068, 0.0005));
  CHECK_THAT(at_end("descent"), WithinAbs(0.1, 0.005));
  CHECK(column_of("conjugate.csv", "conjugate").n_elem * 5 == 600);

  const auto logarithm = [](const char* activation, const char* start) {
    return double(column_of("slopes-" + std::string(activation) + ".csv", start).back());
  };
  for (const char* activation : {"sigmoid", "tanh", "relu"}) CHECK(logarithm(activation, "tiny") < -18);
  CHECK(std::abs(logarithm("tanh", "xavier")) < 0.5);
  CHECK(std::abs(logarithm("relu", "he")) < 0.2);
  CHECK(std::abs(logarithm("sigmoid", "one")) < 0.5);
  CHECK(logarithm("relu", "one") > 15);
}

}  // namespace
}  // namespace nn
