#include "tools/play/session.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <limits>
#include <stdexcept>

#include "nn/activations.hpp"
#include "nn/losses.hpp"
#include "nn/multilayer.hpp"
#include "nn/support/todo.hpp"
#include "nn/support/weights.hpp"
#include "nn/training.hpp"

namespace play {

using namespace nn;

static constexpr std::array activation_names = {"identity", "step",       "sign", "sigmoid",   "tanh",
                                                "relu",     "leaky_relu", "elu",  "hard_tanh", "softmax"};

static std::string all_of(const std::string& first, const auto& names) {
  std::string text = first;
  for (const auto& name : names) text += (text == first ? "" : ", ") + std::string(name);
  return text;
}

Activation activation_called(const Words& words, const std::string& key, const std::string& name) {
  const auto it = std::find(activation_names.begin(), activation_names.end(), name);
  if (it == activation_names.end()) words.refuse(key, all_of("one of ", activation_names));
  return static_cast<Activation>(it - activation_names.begin());
}

std::string name_of(Activation activation) { return activation_names[std::size_t(activation)]; }

std::vector<float> floats(std::string_view bytes) {
  if (bytes.size() % sizeof(float) != 0) throw std::invalid_argument("the bytes are no whole float32 numbers");
  std::vector<float> numbers(bytes.size() / sizeof(float));
  std::memcpy(numbers.data(), bytes.data(), bytes.size());
  return numbers;
}

rowvec numbers_of(const Words& words, std::string_view bytes) {
  const rowvec numbers = arma::conv_to<rowvec>::from(floats(bytes));
  if (numbers.empty()) throw std::invalid_argument(words.verb() + ": expected numbers, found none");
  return numbers;
}

void append(std::vector<float>& numbers, const mat& M) {
  for (uword i = 0; i < M.n_rows; ++i)
    for (uword j = 0; j < M.n_cols; ++j) numbers.push_back(float(M(i, j)));
}

static ToyData own_points(const std::vector<float>& triples, uword classes) {
  if (triples.empty() || triples.size() % 3 != 0)
    throw std::invalid_argument("data: expected x, y and the class of each point, and at least one point");
  const uword n = triples.size() / 3;
  ToyData data{mat(2, n), uvec(n), classes};
  for (uword i = 0; i < n; ++i) {
    data.X(0, i) = triples[3 * i];
    data.X(1, i) = triples[3 * i + 1];
    if (!(triples[3 * i + 2] >= 0 && triples[3 * i + 2] < float(classes)))
      throw std::invalid_argument("data: a point's class is to be below " + std::to_string(classes));
    data.labels(i) = uword(triples[3 * i + 2]);
  }
  if (!data.X.is_finite()) throw std::invalid_argument("data: a coordinate is not a number");
  return data;
}

// data set= n= noise= seed= classes=: train and test points; replies x and y of all, then their classes.
Reply Session::data(const Words& words, std::string_view bytes) {
  const std::string set = words.text("set", "moons");
  const uword classes = words.whole("classes", 2, 2, 6), n = words.whole("n", 500, classes, 5000);
  const real noise = real(words.number("noise", 0.1, 0, 10));
  Rng rng(words.whole("seed", 1, 0, 1'000'000));
  const std::map<std::string, std::function<ToyData()>> sets = {
      {"and", and_table},
      {"nand", nand_table},
      {"or", or_table},
      {"gate", xor_table},
      {"xor", [&] { return xor_points(n, noise, rng); }},
      {"circles", [&] { return circles(n, noise, rng); }},
      {"moons", [&] { return moons(n, noise, rng); }},
      {"spiral", [&] { return spiral(n, classes, noise, rng); }},
      {"blobs", [&] { return blobs(n, classes, noise, rng); }},
      {"own", [&] { return own_points(floats(bytes), classes); }}};
  const auto it = sets.find(set);
  if (it == sets.end()) words.refuse("set", "and, nand, or, gate, xor, circles, moons, spiral, blobs or own");
  ToyData drawn = it->second();
  const bool endless = drawn.size() == n && set != "own";
  test = endless ? it->second() : ToyData{};
  train = std::move(drawn);
  network.clear();
  Reply reply{Head()
                  .add("train", double(train.size()))
                  .add("test", double(test.size()))
                  .add("classes", double(train.classes))
                  .text(),
              {}};
  for (const ToyData* some : {&train, &test}) {
    append(reply.numbers, some->X);
    for (const uword label : some->labels) reply.numbers.push_back(float(label));
  }
  return reply;
}

void Session::require_network(const Words& words) const {
  if (network.empty()) throw Missing(words.verb(), "network");
}

Network Session::begun(const std::vector<Layer>& shapes, const std::string& how, std::uint64_t seed) {
  Rng rng(seed);
  Network made;
  for (const Layer& shape : shapes) {
    const auto [m, d, phi] = std::tuple(shape.W.n_rows, shape.W.n_cols, shape.activation);
    if (how == "he") made.push_back(he_init(m, d, phi, rng));
    else if (how == "xavier") made.push_back(xavier_init(m, d, phi, rng));
    else if (how == "zero") made.push_back({mat(m, d, arma::fill::zeros), vec(m, arma::fill::zeros), phi});
    else if (how == "small") made.push_back({real(0.1) * random_normal(m, d, rng), vec(m, arma::fill::zeros), phi});
    else made.push_back({random_normal(m, d, rng), random_normal(m, 1, rng), phi});
  }
  rng_ = rng;
  return made;
}

// network layers=8,8 act=tanh[,relu] out= loss= init=he|xavier|normal|small|zero seed= by=: trained as lesson `by` does
Reply Session::start(const Words& words, std::string_view) {
  if (train.size() == 0) throw Missing("network", "data");
  const auto sizes = words.list("layers"), acts = words.list("act");
  if (sizes.size() > 8) words.refuse("layers", "at most 8 layers");
  if (acts.size() > 1 && acts.size() != sizes.size()) words.refuse("act", "one activation, or one for each layer");
  const uword outputs = train.classes == 2 ? 1 : train.classes;
  const Activation out = activation_called(words, "out", words.text("out", outputs == 1 ? "sigmoid" : "softmax"));
  const std::map<std::string, Loss> losses = {{"squared", Loss::squared},
                                              {"cross_entropy", Loss::cross_entropy},
                                              {"binary_cross_entropy", Loss::binary_cross_entropy}};
  const std::string fitting = out == Activation::sigmoid && outputs == 1 ? "binary_cross_entropy"
                              : out == Activation::softmax               ? "cross_entropy"
                                                                         : "squared";
  const auto goal = losses.find(words.text("loss", fitting));
  if (goal == losses.end()) words.refuse("loss", "squared, cross_entropy or binary_cross_entropy");
  std::vector<Layer> shapes;
  uword d = 2;
  for (std::size_t l = 0; l < sizes.size(); ++l) {
    const Words one("network layers=" + sizes[l]);
    const uword m = one.whole("layers", 0, 1, 64);
    const std::string name = acts.empty() ? "tanh" : acts[acts.size() == 1 ? 0 : l];
    shapes.push_back({mat(m, d), {}, activation_called(words, "act", name)});
    d = m;
  }
  shapes.push_back({mat(outputs, d), {}, out});
  const std::string how = words.text("init", "xavier");
  if (how != "he" && how != "xavier" && how != "normal" && how != "small" && how != "zero")
    words.refuse("init", "he, xavier, normal, small or zero");
  const std::uint64_t seed = words.whole("seed", 1, 0, 1'000'000);
  lacks.clear();
  init = how;
  try {
    network = begun(shapes, how, seed);
  } catch (const not_implemented& e) {  // lessons 3 to 6 want a network too
    lacks.push_back(e.task());
    network = begun(shapes, init = "normal", seed);
  }
  loss = goal->second;
  step = epoch = next_batch_ = batch_size_ = 0;
  lesson = int(words.whole("by", 7, 5, 7));
  if (lesson == 5) loss = Loss::squared;
  T_.reset();
  batches_.clear();
  return weights(words, {});
}

// load: a network as save_network writes it; pictures over the plane want two inputs, `at` takes any number.
Reply Session::load(const Words& words, std::string_view bytes) {
  network = network_from_bytes(bytes, "the weights");
  step = epoch = 0;
  return weights(words, {});
}

// put: the weights from the bytes, in the order of `weights`, and step=
Reply Session::put(const Words& words, std::string_view bytes) {
  const std::vector<float> given = floats(bytes);
  std::size_t count = 0;
  for (const Layer& layer : network) count += layer.W.n_elem + layer.b.n_elem;
  if (given.size() != count || count == 0)
    throw std::invalid_argument("put: " + std::to_string(given.size()) + " weights came, expected " +
                                std::to_string(count));
  auto from = given.begin();
  for (Layer& layer : network) {
    for (uword i = 0; i < layer.W.n_rows; ++i)
      for (uword j = 0; j < layer.W.n_cols; ++j) layer.W(i, j) = *from++;
    for (real& b : layer.b) b = *from++;
  }
  step = words.whole("step", 0, 0, 1'000'000'000);
  return weights(words, {});
}

mat Session::targets(const ToyData& some) const {
  if (network.back().W.n_rows > 1) return one_hot(some.labels, some.classes);
  return arma::conv_to<mat>::from(some.labels.t());
}

Score Session::score(const ToyData& some) const {
  const mat Y = forward(network, some.X);
  const mat T = targets(some);
  const double value = loss == Loss::squared         ? mean_squared_error(Y, T)
                       : loss == Loss::cross_entropy ? cross_entropy(Y, T)
                                                     : binary_cross_entropy(Y, T);
  if (Y.n_rows > 1) return {value, classification_error(Y, T)};
  const uword errors = arma::accu((Y > real(0.5)) != (T > real(0.5)));
  return {value, double(errors) / double(Y.n_cols)};
}

Network Session::after_a_batch(double rate, double decay, uword size) {
  if (next_batch_ == batches_.size() || size != batch_size_) {
    batches_ = shuffled_batches(arma::regspace<uvec>(0, train.size() - 1), size, rng_);
    batch_size_ = size;
    next_batch_ = 0;
    ++epoch;
  }
  const uvec& batch = batches_[next_batch_];
  const mat X = train.X.cols(batch), T = T_.cols(batch);
  trace_ = forward_trace(network, X, std::move(trace_));
  deltas_ = backward_deltas(network, trace_, T, loss, std::move(deltas_));
  Network moved = decay > 0 ? decay_weights(network, real(rate), real(decay)) : network;
  moved = descend(std::move(moved), X, trace_, deltas_, real(rate));
  ++next_batch_;
  return moved;
}

// With the best that is written: mini-batches and `descend` of lesson 7, else all points and `backprop` of lesson 6,
// else the numerical gradient of lesson 5.
Network Session::after_a_step(const Words& words) {
  const double rate = words.number("rate", 0.1, 0, 1e6), decay = words.number("decay", 0, 0, 10);
  for (;;) try {
      if (lesson == 7) return after_a_batch(rate, decay, words.whole("batch", 10, 1, 5000));
      if (lesson == 6) return sgd_step(network, backprop(network, train.X, T_, loss), real(rate));
      return train_numerically(network, train.X, T_, real(rate), 1).network;
    } catch (const not_implemented& e) {
      if (lesson == 5) throw;
      lacks.push_back(e.task());
      if (--lesson == 5) loss = Loss::squared;  // what lesson 5 trains with
      epoch = 0;
    }
}

// Whether float32 can hold it, in which the page gets it.
static bool is_finite(const mat& M) {
  return M.is_finite() && arma::abs(M).max() < real(std::numeric_limits<float>::max());
}

static bool is_finite(const Network& network) {
  return std::all_of(network.begin(), network.end(),
                     [](const Layer& layer) { return is_finite(layer.W) && is_finite(layer.b); });
}

// step n= batch= rate= decay= ms=: n steps, fewer when that takes longer than ms. A step after which a weight is no
// number is not taken: "broke" says which one that was.
Reply Session::train_on(const Words& words, std::string_view) {
  require_network(words);
  const uword n = words.whole("n", 1, 0, 1'000'000);
  const double most = words.number("ms", 250, 1, 2000);
  if (T_.is_empty()) T_ = targets(train);
  const auto begun = std::chrono::steady_clock::now();
  const auto spent = [&] {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count();
  };
  bool broke = false;
  for (uword i = 0; i < n && !broke && (i == 0 || spent() < most); ++i) {
    Network moved = after_a_step(words);
    if ((broke = !is_finite(moved))) break;
    network = std::move(moved);
    ++step;
  }
  Head head;
  head.add("step", double(step))
      .add("epoch", double(lesson == 7 ? epoch : step))
      .add("lesson", lesson)
      .add("lacks", lacks);
  const Score on_train = score(train);
  head.add("loss", on_train.loss).add("wrong", on_train.wrong);
  if (test.size() > 0) {
    const Score on_test = score(test);
    head.add("test_loss", on_test.loss).add("test_wrong", on_test.wrong);
  }
  if (broke) head.add("broke", double(step + 1));
  return {head.text(), {}};
}

}  // namespace play
