// Lesson 7: small heaps of data, many times over. Where chance is at work, what is judged is what every order of the
// draws must give.
#include "contracts/training.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <set>
#include <tuple>

#include "autograder/tests/support/expect.hpp"
#include "nn/activations.hpp"

namespace nn {

using Watch = std::function<bool(const Progress&)>;

/// n images of d random pixels. Labels follow the brightest of the first pixels, but for every fifth one.
static Dataset random_data(uword n, uword d, uword classes, Rng& rng) {
  Dataset data{bytes(d, n), uvec(n), d, 1, classes};
  for (auto& pixel : data.images) pixel = std::uint8_t(rng.below(256));
  for (uword j = 0; j < n; ++j)
    data.labels(j) = j % 5 == 4 ? rng.below(classes) : index_max(data.images.col(j).head(std::min(d, classes)));
  return data;
}

static Layer random_layer(uword m, uword d, Activation activation, Rng& rng) {
  return {random_normal(m, d, rng), real(0.5) * random_normal(m, 1, rng), activation};
}

static const auto plain_batch = oracle<Batch>("gather", [](const Dataset& data, const uvec& indices) {
  Batch batch{mat(data.images.n_rows, indices.n_elem), mat(data.classes, indices.n_elem, arma::fill::zeros)};
  for (uword j = 0; j < indices.n_elem; ++j) {
    for (uword i = 0; i < data.images.n_rows; ++i) batch.X(i, j) = data.images(i, indices(j)) / real(255);
    batch.T(data.labels(indices(j)), j) = 1;
  }
  return batch;
});

/// One input, one linear unit: w x + b.
static Network line(real w, real b) { return {{mat(1, 1).fill(w), vec{b}, Activation::identity}}; }

/// An epoch by the whole gradients of lesson 6 and eq. 1.33, entry by entry.
static const auto plain_epoch =
    oracle<Epoch>("epoch",
                  [](Network network, const Dataset& data, const std::vector<uvec>& batches, const Options& options,
                     std::optional<real> Q) -> Epoch {
                    for (const uvec& indices : batches) {
                      const Batch batch = plain_batch(data, indices);
                      const Gradients g = backprop(network, batch.X, batch.T, options.loss);
                      for (uword l = 0; l < network.size(); ++l) {
                        mat& W = network[l].W;
                        for (uword i = 0; i < W.n_elem; ++i)
                          W(i) = W(i) - options.rate * options.weight_decay * W(i) - options.rate * g.dW[l](i);
                        for (uword i = 0; i < W.n_rows; ++i) network[l].b(i) -= options.rate * g.db[l](i);
                      }
                      Q = Q ? *Q + options.eta * (g.loss - *Q) : g.loss;
                    }
                    return {network, *Q};
                  });

// 7.1

TEST_CASE("bytes become numbers from 0 to 1", "[07][7.1]") {
  check<scale_pixels>({{0, 0.2, 1}, {0.6, 0.8, 0.4}}, bytes{{0, 51, 255}, {153, 204, 102}});
  check<scale_pixels>(vec{0.2, 0.4}, bytes(arma::Col<std::uint8_t>{51, 102}));
  bytes all(64, 4);
  mat expected(64, 4);
  for (uword i = 0; i < 256; ++i) all(i) = std::uint8_t(i), expected(i) = real(i) / 255;
  check<scale_pixels>(expected, all);
  check<scale_pixels>(mat(3, 0), bytes(3, 0));
}

TEST_CASE("a batch holds the chosen images and their labels", "[07][7.1]") {
  const Dataset data{{{0, 51, 102}, {255, 204, 153}}, {2, 0, 1}, 2, 1, 4};
  check<gather>({{{0.4, 0}, {0.6, 1}}, {{0, 0}, {1, 0}, {0, 1}, {0, 0}}}, data, uvec{2, 0}, Batch{});
  check<gather>({vec{0.2, 0.8}, vec{1, 0, 0, 0}}, data, uvec{1}, Batch{});
  check<gather>({mat(2, 0), mat(4, 0)}, data, uvec(), Batch{});
}

TEST_CASE("images and labels stay together, whatever was in the batch before", "[07][7.1]") {
  Rng rng = seeded(71);
  for (const uword n : {1, 2, 9}) {
    const Dataset data = random_data(n, 6, 4, rng);
    for (const uword size : {1, 3, 12}) {
      uvec indices(size);
      for (uword& i : indices) i = rng.below(n);
      const Batch expected = plain_batch(data, indices);
      check<gather>(expected, data, indices, Batch{});
      check<gather>(expected, data, indices, Batch{mat(6, size, arma::fill::ones), mat(4, size, arma::fill::ones)});
      check<gather>(expected, data, indices, Batch{mat(7, 5).fill(arma::datum::nan), mat(2, 9).fill(arma::datum::nan)});
    }
  }
}

TEST_CASE("an index that is no sample is an error", "[07][7.1]") {
  Rng rng = seeded(72);
  const Dataset data = random_data(5, 3, 2, rng);
  for (const uvec& indices : {uvec{5}, uvec{0, 4, 5}, uvec{6, 0}, uvec{0, 1000, 1}, uvec{uword(-1)}}) {
    rejects<gather>(data, indices, Batch{});
    rejects<gather>(data, indices, plain_batch(data, uvec{3, 1}));
  }
}

// 7.2

/// How often the numbers below n are among the entries of `all`.
static uvec occurrences(uword n, const std::vector<uvec>& all, uword& strangers) {
  uvec counts(n, arma::fill::zeros);
  for (const uvec& some : all)
    for (const uword i : some)
      if (i < n) ++counts(i);
      else ++strangers;
  return counts;
}

TEST_CASE("a split is two parts that share nothing and miss nothing", "[07][7.2]") {
  struct Case {
    uword n;
    real fraction;
    uword held_out;
  };
  Rng rng = seeded(73);
  for (const auto& [n, fraction, held_out] :
       {Case{10, 0.2, 2}, Case{10, 0.29, 3}, Case{10, 0.12, 1}, Case{3, 0.3, 1}, Case{1, 0, 0}, Case{1, 0.4, 0},
        Case{2, 0.6, 1}, Case{5, 0, 0}, Case{50, 0.98, 49}, Case{200, 0.9, 180}, Case{1000, 0.1667, 167}}) {
    const Rng start = rng;
    rng();
    const auto parts = [](double train, double out, double strangers, double repeated, double missing) {
      return named<double>({{"the number of training samples", train},
                            {"the number of held-out samples", out},
                            {"the number of indices that are no sample", strangers},
                            {"the number of samples that are in it twice", repeated},
                            {"the number of samples in neither part", missing}});
    };
    Parts arguments = parts_of(n, "n");
    add_parts(arguments, "fraction", fraction);
    const auto counted = [&, n = n, fraction = fraction](const auto& f) {
      Rng own = start;
      const Split s = f(n, fraction, own);
      uword strangers = 0;
      const uvec counts = occurrences(n, {s.train, s.held_out}, strangers);
      return parts(double(s.train.n_elem), double(s.held_out.n_elem), double(strangers), double(accu(counts > 1)),
                   double(accu(counts == 0)));
    };
    shows<split>(parts(double(n - held_out), double(held_out), 0, 0, 0), {}, arguments, counted);
  }
}

TEST_CASE("who is held out is left to chance", "[07][7.2]") {
  const auto parts = [](bool block, bool again, bool next, bool other) {
    return named<double>({{"held out in one row (1: yes)", block},
                          {"the same split from the same seed (1: yes)", again},
                          {"the same split when drawn again (1: yes)", next},
                          {"the same split from another seed (1: yes)", other}});
  };
  shows<split>(parts(false, true, false, false), {}, {number("n", 60), number("fraction", 0.25)}, [&](const auto& f) {
    Rng one = seeded(74), same_seed = seeded(74), other = seeded(75);
    const auto held_out = [&](Rng& rng) -> uvec { return sort(f(60, real(0.25), rng).held_out); };
    const uvec first = held_out(one), again = held_out(same_seed), next = held_out(one), third = held_out(other);
    const bool block = !first.empty() && first.back() - first.front() + 1 == first.n_elem;
    return parts(block, arma::approx_equal(first, again, "absdiff", 0), arma::approx_equal(first, next, "absdiff", 0),
                 arma::approx_equal(first, third, "absdiff", 0));
  });
  const arma::mat fair = arma::mat(8, 1).fill(150);  // standard deviation 10.6
  shows<split>({{"times held out in 600 splits", fair}}, {75, 0}, {number("n", 8), number("fraction", 0.25)},
               [&](const auto& f) {
                 Rng rng = seeded(76);
                 uvec counts(8, arma::fill::zeros);
                 uword strangers = 0;
                 for (int k = 0; k < 600; ++k) counts += occurrences(8, {f(8, real(0.25), rng).held_out}, strangers);
                 return parts_of(counts, "times held out in 600 splits");
               });
}

TEST_CASE("a split that cannot be is an error", "[07][7.2]") {
  const std::vector<std::pair<uword, real>> unfit{{10, real(-0.3)}, {10, 1},        {10, 1.5}, {10, arma::datum::nan},
                                                  {10, real(0.97)}, {1, real(0.6)}, {0, 0}};
  for (const auto& [n, fraction] : unfit) rejects<split>(n, fraction, Rng(1));
}

// 7.3

/// n different numbers in no order.
static uvec scattered(uword n) {
  uvec indices(n);
  for (uword i = 0; i < n; ++i) indices(i) = 5 + 3 * (i * 7 % 101);
  return indices;
}

TEST_CASE("every index is in exactly one batch, and only the last batch is short", "[07][7.3]") {
  Rng rng = seeded(77);
  for (const uword n : {0, 1, 2, 3, 7, 10, 60, 101})
    for (const uword size : {1, 2, 3, 7, 10, 20, 100, 101, 500}) {
      const uvec indices = scattered(n);
      std::vector<double> sizes(n / size, double(size));
      if (n % size > 0) sizes.push_back(double(n % size));
      const auto parts = [](const std::vector<double>& each, double strangers, double repeated, double missing) {
        Parts all{number("the number of batches", double(each.size())),
                  {"the sizes of the batches", arma::mat(arma::vec(each))}};
        return all.insert(all.end(), {number("the number of entries that are no index", strangers),
                                      number("the number of indices met twice", repeated),
                                      number("the number of indices in no batch", missing)}),
               all;
      };
      const Rng start = rng;
      rng();
      Parts arguments = parts_of(indices, "indices");
      add_parts(arguments, "size", size);
      shows<shuffled_batches>(parts(sizes, 0, 0, 0), {}, arguments, [&](const auto& f) {
        Rng own = start;
        const std::vector<uvec> batches = f(indices, size, own);
        std::vector<double> each;
        for (const uvec& batch : batches) each.push_back(double(batch.n_elem));
        uword strangers = 0;
        const uvec counts = occurrences(400, batches, strangers), wanted = occurrences(400, {indices}, strangers);
        return parts(each, double(strangers) + accu(counts % (wanted == 0)), accu(counts > 1), accu(counts < wanted));
      });
    }
}

TEST_CASE("the order is left to chance, in every epoch anew", "[07][7.3]") {
  const auto parts = [](double blocks, bool as_given, bool again, bool next, bool other) {
    return named<double>({{"the number of batches that are a piece of the input", blocks},
                          {"the order of the input (1: yes)", as_given},
                          {"the same batches from the same seed (1: yes)", again},
                          {"the same batches in the next epoch (1: yes)", next},
                          {"the same batches from another seed (1: yes)", other}});
  };
  const uvec indices = scattered(60);
  Parts arguments = parts_of(indices, "indices");
  arguments.push_back(number("size", 10));
  shows<shuffled_batches>(parts(0, false, true, false, false), {}, arguments, [&](const auto& f) {
    Rng one = seeded(78), same_seed = seeded(78), other = seeded(79);
    const auto order = [&](Rng& rng) {
      std::vector<uword> all;
      for (const uvec& batch : f(indices, 10, rng)) all.insert(all.end(), batch.begin(), batch.end());
      return all;
    };
    const auto first = order(one), again = order(same_seed), next = order(one), third = order(other);
    double blocks = 0;
    for (uword start = 0; start + 10 <= first.size(); start += 10) {
      const std::set<uword> batch(first.begin() + start, first.begin() + start + 10);
      for (uword from = 0; from + 10 <= 60; ++from)
        blocks += batch == std::set<uword>(indices.begin() + from, indices.begin() + from + 10);
    }
    return parts(blocks, first == arma::conv_to<std::vector<uword>>::from(indices), first == again, first == next,
                 first == third);
  });
  const arma::mat fair = arma::mat(6, 1).fill(100);  // standard deviation 9.1
  shows<shuffled_batches>({{"times first of all in 600 epochs", fair}}, {65, 0}, {number("size", 4)},
                          [&](const auto& f) {
                            Rng rng = seeded(80);
                            uvec counts(6, arma::fill::zeros);
                            for (int k = 0; k < 600; ++k) ++counts(f(arma::regspace<uvec>(0, 5), 4, rng).at(0)(0));
                            return parts_of(counts, "times first of all in 600 epochs");
                          });
}

TEST_CASE("a batch of nothing is an error", "[07][7.3]") { rejects<shuffled_batches>(uvec{3, 1, 2}, uword(0), Rng(1)); }

// 7.4

/// What the variance of W does with four times as many inputs, or units, in words; empty when that is what it should.
template <auto Init>
static std::string growth_words(Activation activation, double (*fan)(double m, double d), std::uint64_t seed) {
  const auto variance = [&](uword m, uword d) {
    Rng rng = seeded(seed);
    const mat W = Init(m, d, activation, rng).W;
    return W.empty() ? 0 : double(arma::var(arma::vectorise(W)));
  };
  const auto shown = [](double ratio, int digits) {
    if (std::abs(ratio - 1) < 0.1) return std::string("stay as it is");
    return ratio > 1 ? fmt::format("become {:.0f} times as large", ratio)
                     : fmt::format("become {:.{}g} times as large", ratio, digits);
  };
  const double before = variance(120, 120);
  std::string text;
  for (const auto& [what, m, d] : {std::tuple{"inputs", 120, 480}, {"units", 480, 120}}) {
    const double found = variance(uword(m), uword(d)) / before, wanted = fan(120, 120) / fan(m, d);
    if (!std::isfinite(found) || found == 0 || std::abs(found / wanted - 1) < 0.2) continue;
    text += fmt::format("{}with 4 times as many {} the variance of W should {}, but yours would {}",
                        text.empty() ? "" : "; ", what, shown(wanted, 2), shown(found, 1));
  }
  return text;
}

/// m x d weights that should have the variance 2 / fan(m, d).
template <auto Init>
static void check_start(uword m, uword d, Activation activation, const char* fan_name, double (*fan)(double, double),
                        std::uint64_t seed) {
  const std::string variance = std::string("the variance of W times ") + fan_name;
  const auto parts = [&](const Layer& layer, const arma::vec& figures) {
    Parts all = parts_of(arma::mat(layer.b), "b");
    add_parts(all, "rows of W", double(layer.W.n_rows));
    add_parts(all, "columns of W", double(layer.W.n_cols));
    add_parts(all, "activation", layer.activation);
    const char* const names[] = {"the mean of W over its deviation",
                                 variance.c_str(),
                                 "the fourth moment of W over that of N(0, 1)",
                                 "the number of equal neighbours in W",
                                 "the same W when drawn again (1: yes)",
                                 "the same W from the same seed (1: yes)",
                                 "the same W from another seed (1: yes)"};
    for (uword i = 0; i < figures.n_elem; ++i) add_parts(all, names[i], figures(i));
    return all;
  };
  const Layer wanted{mat(m, d), vec(m, arma::fill::zeros), activation};
  Parts arguments = parts_of(m, "m");
  add_parts(arguments, "d", d);
  const Parts expected = parts(wanted, {0, 2, 1, 0, 0, 1, 0});
  const auto drawn = [&](const auto& f) {
    Rng rng = seeded(seed);
    const Layer layer = f(m, d, activation, rng);
    const mat& W = layer.W;
    if (W.empty()) return parts(layer, {});
    const double n = double(W.n_elem), mean = arma::accu(W) / n;
    double second = 0, fourth = 0, neighbours = 0;
    const real* const w = W.memptr();
    for (uword k = 0; k < W.n_elem; ++k) {
      const double off = (w[k] - mean) * (w[k] - mean);
      second += off / n;
      fourth += off * off / n;
      neighbours += double(k % W.n_rows > 0 && w[k] == w[k - 1]) + double(k >= W.n_rows && w[k] == w[k - W.n_rows]);
    }
    const bool flat = !(second > 0);
    Rng one = seeded(seed), same_seed = seeded(seed), other_seed = seeded(seed + 100);
    const mat first = f(3, 4, activation, one).W;  // a few weights show where they come from
    const auto equals_first = [&](Rng& from) {
      const mat other = f(3, 4, activation, from).W;
      return double(size(first) == size(other) && approx_equal(first, other, "absdiff", 0));
    };
    return parts(layer,
                 {flat ? 0 : mean / std::sqrt(second), second * fan(m, d), flat ? 0 : fourth / (3 * second * second),
                  neighbours, equals_first(one), equals_first(same_seed), equals_first(other_seed)});
  };
  const Tolerance tolerance{0.12, 0};
  examine<Init>(
      {.arguments = arguments, .expected = expected, .tolerance = tolerance},
      [&](const auto& f) {
        return seen([&] { return drawn(f); },
                    [&](const Parts& found) { return difference(expected, found, tolerance); });
      },
      [&](Check& failed) {
        try {
          failed.extra = growth_words<Init>(activation, fan, seed);
        } catch (const std::exception&) {  // of other sizes it makes nothing
        }
      });
}

static double inputs(double, double d) { return d; }
static double inputs_and_units(double m, double d) { return d + m; }

TEST_CASE("He's start has the variance 2/d", "[07][7.4]") {
  check_start<he_init>(240, 90, Activation::relu, "d", inputs, 741);
  check_start<he_init>(75, 300, Activation::leaky_relu, "d", inputs, 742);
  check_start<he_init>(230, 100, Activation::softmax, "d", inputs, 743);
}

TEST_CASE("Xavier's start has the variance 2/(d + m)", "[07][7.4]") {
  check_start<xavier_init>(240, 90, Activation::tanh, "(d + m)", inputs_and_units, 744);
  check_start<xavier_init>(75, 300, Activation::sigmoid, "(d + m)", inputs_and_units, 745);
  check_start<xavier_init>(230, 100, Activation::identity, "(d + m)", inputs_and_units, 746);
}

TEST_CASE("one unit with one input is a layer, too", "[07][7.4]") {
  const auto one = [](const Layer& layer) {
    return size(layer.W) == arma::SizeMat(1, 1) && std::isfinite(layer.W(0)) && layer.W(0) != 0 &&
           layer.b.n_elem == 1 && layer.b(0) == 0;
  };
  holds<he_init>("W is 1 x 1 and not 0, b is 0", one, uword(1), uword(1), Activation::relu, Rng(5));
  holds<xavier_init>("W is 1 x 1 and not 0, b is 0", one, uword(1), uword(1), Activation::tanh, Rng(5));
}

// 7.5

static const std::vector<std::pair<Network, Loss>>& networks() {
  static const auto all = [] {
    Rng rng = seeded(750);
    using enum Activation;
    return std::vector<std::pair<Network, Loss>>{
        {{random_layer(3, 5, softmax, rng)}, Loss::cross_entropy},
        {{random_layer(4, 5, relu, rng), random_layer(3, 4, softmax, rng)}, Loss::cross_entropy},
        {{random_layer(5, 5, tanh, rng), random_layer(5, 5, sigmoid, rng), random_layer(3, 5, identity, rng)},
         Loss::squared},
        {{random_layer(2, 5, leaky_relu, rng), random_layer(3, 2, sigmoid, rng)}, Loss::binary_cross_entropy}};
  }();
  return all;
}

TEST_CASE("a step of one neuron, by hand", "[07][7.5]") {
  const Network before{{{{2, -1}}, {0.5}, Activation::identity}}, after{{{{1.7, -1.15}}, {0.35}, Activation::identity}};
  const Trace trace{{mat{{3, 0}}}, {mat{{3, 0}}}};
  check<descend>(after, before, mat{{1, -2}, {1, 1}}, trace, std::vector<mat>{{{2, -0.5}}}, real(0.1));
  check<descend>(before, before, mat{{1, -2}, {1, 1}}, trace, std::vector<mat>{{{2, -0.5}}}, real(0));
}

static const auto plain_descent = oracle<Network>(
    "descend", [](Network network, const mat& X, const Trace& trace, const std::vector<mat>& deltas, real rate) {
      for (uword l = 0; l < network.size(); ++l) {
        const mat& input = l == 0 ? X : trace.A[l - 1];
        for (uword n = 0; n < X.n_cols; ++n)
          for (uword j = 0; j < deltas[l].n_rows; ++j) {
            for (uword i = 0; i < input.n_rows; ++i) network[l].W(j, i) -= rate * deltas[l](j, n) * input(i, n);
            network[l].b(j) -= rate * deltas[l](j, n);
          }
      }
      return network;
    });

TEST_CASE("every layer goes down along its delta times its input", "[07][7.5]") {
  Rng rng = seeded(751);
  for (const auto& [network, loss] : networks())
    for (const uword N : {1, 2, 7}) {
      const mat X = random_normal(5, N, rng);
      const Trace trace = forward_trace(network, X);
      std::vector<mat> deltas;
      for (const Layer& layer : network) deltas.push_back(random_normal(layer.W.n_rows, N, rng));
      check<descend>(plain_descent(network, X, trace, deltas, real(0.3)), network, X, trace, deltas, real(0.3));
    }
}

TEST_CASE("the deltas of lesson 6 lead where its gradients lead", "[07][7.5]") {
  Rng rng = seeded(752);
  for (const auto& [network, loss] : networks()) {
    const Batch batch = plain_batch(random_data(6, 5, 3, rng), uvec{0, 1, 2, 3, 4, 5});
    const Trace trace = forward_trace(network, batch.X);
    check<descend>(sgd_step(network, backprop(network, batch.X, batch.T, loss), real(0.7)), network, batch.X, trace,
                   backward_deltas(network, trace, batch.T, loss), real(0.7));
  }
}

TEST_CASE("an epoch of two samples, by hand", "[07][7.5]") {
  const Dataset data{bytes{{255, 51}}, {0, 0}, 1, 1, 1};
  const Network start = line(0.5, 0);
  Options options{.loss = Loss::squared, .rate = 0.5, .weight_decay = 0, .eta = 0.1};
  const std::vector<uvec> one_by_one{{0}, {1}}, other_way{{1}, {0}}, at_once{{0, 1}};
  check<train_epoch>({line(0.81, 0.55), 0.1305}, start, data, one_by_one, options, std::optional<real>());
  check<train_epoch>({line(0.81, 0.55), 0.83925}, start, data, one_by_one, options, std::optional<real>(1));
  check<train_epoch>({line(0.57, 0.43), 0.36458}, start, data, other_way, options, std::optional<real>());
  check<train_epoch>({line(0.67, 0.35), 0.265}, start, data, at_once, options, std::optional<real>());
  options.weight_decay = 0.2;
  check<train_epoch>({line(0.691, 0.555), 0.131105}, start, data, one_by_one, options, std::optional<real>());
}

TEST_CASE("an epoch is a step for every batch", "[07][7.5]") {
  Rng rng = seeded(753);
  const Dataset data = random_data(23, 5, 3, rng);
  const std::vector<std::vector<uvec>> orders{
      {{4, 1, 22, 7}, {0, 9, 3, 12}, {20, 5}}, {{13}}, {{2, 18, 6, 11, 21, 8}, {14, 10, 19}, {17, 16, 15}, {1}}};
  for (const auto& [network, loss] : networks())
    for (const auto& batches : orders)
      for (const real decay : {real(0), real(0.1)}) {
        const Options options{.loss = loss, .rate = real(0.2), .weight_decay = decay, .eta = real(0.3)};
        for (const std::optional<real> Q : {std::optional<real>(), std::optional<real>(1.5)})
          check<train_epoch>(plain_epoch(network, data, batches, options, Q), network, data, batches, options, Q);
      }
}

TEST_CASE("an epoch without batches is an error", "[07][7.5]") {
  Rng rng = seeded(754);
  const Dataset data = random_data(4, 5, 3, rng);
  rejects<train_epoch>(networks()[0].first, data, std::vector<uvec>(), Options{}, std::optional<real>());
  rejects<train_epoch>(networks()[1].first, data, std::vector<uvec>(), Options{}, std::optional<real>(2));
}

// 7.6

/// The label that a network of one linear layer gives to each sample.
static const auto plain_labels = oracle<uvec>("labels", [](const Layer& layer, const Dataset& data) {
  uvec labels(data.size());
  for (uword j = 0; j < data.size(); ++j) {
    vec z = layer.b;
    for (uword i = 0; i < layer.W.n_rows; ++i)
      for (uword k = 0; k < layer.W.n_cols; ++k) z(i) += layer.W(i, k) * data.images(k, j) / 255;
    labels(j) = z.index_max();
  }
  return labels;
});

TEST_CASE("accuracy is the fraction of right answers", "[07][7.6]") {
  const Network brightest{{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}, {0, 0, 0}, Activation::softmax}};
  const Dataset data{{{200, 10, 30, 90, 7}, {100, 20, 60, 80, 8}, {50, 90, 40, 70, 9}}, {0, 2, 2, 1, 2}, 3, 1, 3};
  check<accuracy>(real(0.6), brightest, data, uvec{0, 1, 2, 3, 4});
  check<accuracy>(real(1), brightest, data, uvec{4, 0});
  check<accuracy>(real(0), brightest, data, uvec{3});
  check<accuracy>(real(2) / 3, brightest, data, uvec{4, 2, 1});
}

TEST_CASE("accuracy counts the chosen samples only, however many", "[07][7.6]") {
  Rng rng = seeded(76);
  const Layer layer = random_layer(3, 2, Activation::identity, rng);
  const Dataset data = random_data(2100, 2, 3, rng);
  const uvec labels = plain_labels(layer, data);
  for (const uword n : {1, 2, 99, 128, 499, 500, 501, 1000, 1203, 2047}) {
    const uvec indices = random_permutation(data.size(), rng).head(n);
    real right = 0;
    for (const uword i : indices) right += labels(i) == data.labels(i);
    check<accuracy>(right / real(n), Network{layer}, data, indices);
  }
}

TEST_CASE("accuracy of a network with hidden layers", "[07][7.6]") {
  Rng rng = seeded(761);
  const Dataset data = random_data(40, 5, 3, rng);
  for (const auto& [network, loss] : networks()) {
    const uvec indices = random_permutation(40, rng).head(25),
               answers = predict(forward(network, plain_batch(data, indices).X));
    real right = 0;
    for (uword j = 0; j < 25; ++j) right += answers(j) == data.labels(indices(j));
    check<accuracy>(right / 25, network, data, indices);
  }
}

TEST_CASE("accuracy of no samples is an error", "[07][7.6]") {
  Rng rng = seeded(762);
  rejects<accuracy>(networks()[0].first, random_data(4, 5, 3, rng), uvec());
}

TEST_CASE("a confusion matrix has a row for each class, a column for each answer", "[07][7.6]") {
  check<confusion_matrix>(arma::umat{{1, 0, 0, 0}, {0, 1, 1, 1}, {0, 1, 3, 0}, {0, 0, 0, 0}},
                          uvec{0, 1, 2, 2, 1, 2, 1, 2}, uvec{0, 2, 2, 1, 1, 2, 3, 2}, uword(4));
  check<confusion_matrix>(arma::umat{{0, 2}, {1, 0}}, uvec{0, 1, 0}, uvec{1, 0, 1}, uword(2));
  check<confusion_matrix>(arma::umat(3, 3, arma::fill::zeros), uvec(), uvec(), uword(3));
}

static const auto plain_confusion =
    oracle<arma::umat>("confusion", [](const uvec& labels, const uvec& predicted, uword classes) {
      arma::umat counts(classes, classes, arma::fill::zeros);
      for (uword j = 0; j < labels.n_elem; ++j) counts(labels(j), predicted(j)) += 1;
      return counts;
    });

TEST_CASE("a confusion matrix counts every sample once", "[07][7.6]") {
  Rng rng = seeded(763);
  for (const uword classes : {1, 2, 5, 10}) {
    uvec labels(200), predicted(200);
    for (uword j = 0; j < 200; ++j) {
      labels(j) = rng.below(classes);
      predicted(j) = rng.below(3) == 0 ? rng.below(classes) : labels(j);
    }
    check<confusion_matrix>(plain_confusion(labels, predicted, classes), labels, predicted, classes);
  }
}

extern "C" void __asan_init() __attribute__((weak));

/// A line of /proc/self/status in bytes, as in "VmHWM".
static double memory(const std::string& name) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.rfind(name + ":", 0) == 0) return 1024 * std::stod(line.substr(name.size() + 1));
  return 0;
}

TEST_CASE("accuracy works through the samples in heaps, without a copy of the data", "[07][7.6]") {
  if (__asan_init) return;  // it keeps memory that was given back
  Rng rng = seeded(768);
  const uword d = 200, n = 30000;
  const Dataset data = random_data(n, d, 2, rng);
  const Network network{random_layer(2, d, Activation::softmax, rng)};
  const uvec indices = arma::regspace<uvec>(0, n - 1);
  const double copy = double(d * n * sizeof(real));
  if (!(std::ofstream("/proc/self/clear_refs") << 5 << std::flush)) return;  // no system that tells the peak
  examine<accuracy>({.arguments = {number("samples", double(n)), number("pixels", double(d))}, .costly = true},
                    [&](const auto& body) {
                      std::ofstream("/proc/self/clear_refs") << 5 << std::flush;
                      const double before = memory("VmRSS");
                      return seen(
                          [&] { return body(network, data, indices); },
                          [&](real) -> std::optional<std::string> {
                            const double taken = memory("VmHWM") - before;
                            if (taken < copy / 2) return {};
                            return fmt::format(
                                "it should work through the samples in heaps, but it took {:.0f} MB at once, and a "
                                "copy of all the data as numbers is {:.0f} MB",
                                taken / 1e6, copy / 1e6);
                          });
                    });
}

TEST_CASE("labels that do not fit a confusion matrix are an error", "[07][7.6]") {
  rejects<confusion_matrix>(uvec{0, 1, 2}, uvec{0, 1}, uword(3));
  rejects<confusion_matrix>(uvec{0}, uvec{0, 1}, uword(3));
  rejects<confusion_matrix>(uvec(), uvec{0}, uword(3));
  rejects<confusion_matrix>(uvec{0, 3, 1}, uvec{0, 1, 1}, uword(3));
  rejects<confusion_matrix>(uvec{0, 1}, uvec{0, 17}, uword(3));
  rejects<confusion_matrix>(uvec{0}, uvec{0}, uword(0));
}

// 7.7

static const auto plain_decay = oracle<Network>("decay_weights", [](Network network, real rate, real lambda) {
  for (Layer& layer : network)
    for (real& w : layer.W) w -= rate * lambda * w;
  return network;
});

TEST_CASE("weight decay draws every weight towards zero and leaves the biases", "[07][7.7]") {
  check<decay_weights>(
      {{{{0.9, -1.8}, {3.6, 0}}, {1, -2}, Activation::relu}, {{{4.5, 0.45}}, {7}, Activation::sigmoid}},
      Network{{{{1, -2}, {4, 0}}, {1, -2}, Activation::relu}, {{{5, 0.5}}, {7}, Activation::sigmoid}}, real(0.5),
      real(0.2));
  for (const auto& [network, loss] : networks())
    for (const auto& [rate, lambda] :
         {std::pair<real, real>{0.1, 0.01}, {2, 0.3}, {0.5, 2}, {0.25, 4}, {0.3, 0}, {0, 0.3}}) {
      check<decay_weights>(plain_decay(network, rate, lambda), network, rate, lambda);
    }
  check<decay_weights>({}, Network(), real(0.1), real(0.1));
}

// 7.8

/// The accuracy, and by how little a prediction was decided.
static const auto plain_accuracy = oracle<std::pair<real, real>>(
    "accuracy", [](const Network& network, const Dataset& data, const uvec& indices) -> std::pair<real, real> {
      real margin = 1;
      const mat Y = forward(network, plain_batch(data, indices).X);
      real right = 0;
      for (uword j = 0; j < indices.n_elem; ++j) {
        vec y = Y.col(j);
        const uword label = y.index_max();
        const real highest = y(label);
        right += label == data.labels(indices(j));
        y(label) = -arma::datum::inf;
        margin = std::min(margin, highest - y.max());
      }
      return {right / real(indices.n_elem), margin};
    });

/// A training whose one batch is all of parts.train: no order of the samples can change it. And by how little a
/// prediction was decided.
static const auto plain_train = oracle<std::pair<Run, real>>(
    "train",
    [](Network network, const Dataset& data, const Split& parts, const Options& options) -> std::pair<Run, real> {
      Run run{network, 0, {}};
      real margin = 1;
      const auto accuracy = [&](const uvec& indices) {
        const auto [value, decided_by] = plain_accuracy(network, data, indices);
        margin = std::min(margin, decided_by);
        return value;
      };
      std::optional<real> Q;
      const uvec judged_by = parts.train.n_elem > 10000 ? uvec(parts.train.head(10000)) : parts.train;
      for (uword e = 1; e <= options.epochs; ++e) {
        const Epoch epoch = plain_epoch(network, data, std::vector<uvec>{parts.train}, options, Q);
        network = epoch.network;
        Q = epoch.running_loss;
        Progress now{e, *Q, accuracy(judged_by), 0};
        if (!parts.held_out.empty()) now.held_out_accuracy = accuracy(parts.held_out);
        if (parts.held_out.empty() || e == 1 ||
            now.held_out_accuracy > run.history[run.best_epoch - 1].held_out_accuracy)
          run.network = network, run.best_epoch = e;
        run.history.push_back(now);
        if (!parts.held_out.empty() && options.patience > 0 && e - run.best_epoch >= options.patience) break;
      }
      return {run, margin};
    });

static const Tolerance trained{1e-7, 1e-6};  // rounding grows from step to step

TEST_CASE("two epochs of two samples, by hand", "[07][7.8]") {
  const Dataset data{bytes{{255, 51}}, {0, 0}, 1, 1, 1};
  const Network start = line(0.5, 0);
  Options options{.loss = Loss::squared, .epochs = 1, .batch_size = 2, .rate = 0.5, .eta = 0.25};
  const Split all{{0, 1}, {}};
  check<train>({line(0.67, 0.35), 1, {{1, 0.265, 1, 0}}}, start, data, all, options, Rng(1), Watch());
  options.epochs = 2;
  check<train>({line(0.6908, 0.474), 2, {{1, 0.265, 1, 0}, {2, 0.215416, 1, 0}}}, start, data, all, options, Rng(1),
               Watch());
  options.epochs = 0;
  check<train>({start, 0, {}}, start, data, all, options, Rng(1), Watch());
}

/// Noisy data, a network, and what training does to it. In `parts` the last samples of the data are in neither part.
struct Scene {
  Network network;
  Dataset data;
  Split parts;
  Options options;
};

static Scene scene(std::uint64_t seed) {
  Rng rng = seeded(seed);
  const uvec order = random_permutation(40, rng);
  return {{random_layer(5, 4, Activation::tanh, rng), random_layer(3, 5, Activation::softmax, rng)},
          random_data(44, 4, 3, rng),
          {order.head(24), order.tail(16)},
          {.epochs = 10, .batch_size = 24, .rate = real(1.5), .weight_decay = real(0.01), .eta = real(0.2)}};
}

/// Scenes from `first` on, as many as `wanted`, in which no prediction hangs on rounding and `suits(run)`.
template <class Suits>
static std::vector<std::pair<Scene, Run>> scenes(std::uint64_t first, std::size_t wanted, Suits suits) {
  std::vector<std::pair<Scene, Run>> found;
  for (std::uint64_t seed = first; found.size() < wanted; ++seed) {
    const Scene s = scene(seed);
    const auto [run, margin] = plain_train(s.network, s.data, s.parts, s.options);
    if (margin > 1e-5 && suits(run.history, run.best_epoch)) found.emplace_back(s, run);
  }
  return found;
}

using History = std::vector<Progress>;

TEST_CASE("training returns the network of the best epoch, the first of equal ones", "[07][7.8]") {
  const auto suits = [](const History& history, uword best) {
    const auto as_good = [&](const Progress& p) { return p.held_out_accuracy == history[best - 1].held_out_accuracy; };
    return best > 1 && best < 9 && std::count_if(history.begin(), history.end(), as_good) > 1 &&
           !as_good(history.back());
  };
  for (auto [s, run] : scenes(7800, 4, suits)) {
    check<train>(run, trained, s.network, s.data, s.parts, s.options, Rng(1), Watch());
    s.options.batch_size = 1000;
    check<train>(run, trained, s.network, s.data, s.parts, s.options, Rng(2), Watch());
  }
}

TEST_CASE("training stops when patience is at its end", "[07][7.8]") {
  const auto gap = [](const History& history, uword best) { return best > 1 && history.size() - best >= 4; };
  for (auto& [s, run] : scenes(7900, 3, gap))
    for (const uword patience : {1, 2, 3, 4, 9}) {
      s.options.patience = patience;
      check<train>(plain_train(s.network, s.data, s.parts, s.options).first, trained, s.network, s.data, s.parts,
                   s.options, Rng(1), Watch());
    }
}

TEST_CASE("with nothing held out the last epoch counts", "[07][7.8]") {
  for (auto& [s, run] : scenes(8000, 2, [](const History&, uword) { return true; })) {
    s.parts.held_out.reset();
    s.options.patience = 2;
    check<train>(plain_train(s.network, s.data, s.parts, s.options).first, trained, s.network, s.data, s.parts,
                 s.options, Rng(1), Watch());
  }
}

TEST_CASE("training accuracy is taken over ten thousand samples at most", "[07][7.8]") {
  Rng rng = seeded(784);
  Dataset data = random_data(10600, 1, 2, rng);
  data.labels.head(10100) = arma::conv_to<uvec>::from(data.images.head_cols(10100).t() > 127);
  data.labels.tail(500).zeros();
  const Network network{{vec{-1, 1}, {0.5, -0.5}, Activation::softmax}};
  const Split parts{arma::regspace<uvec>(100, 10599), {}};
  const Options options{.epochs = 1, .batch_size = 20000, .rate = real(0.001)};
  check<train>(plain_train(network, data, parts, options).first, trained, network, data, parts, options, Rng(1),
               Watch());
}

TEST_CASE("watch is told of the epoch at which patience ends, too", "[07][7.8]") {
  const auto gap = [](const History& history, uword best) { return history.size() - best >= 3; };
  for (auto& [s, run] : scenes(8150, 2, gap)) {
    s.options.patience = 2;
    const auto parts = [](double untold) {
      return named<double>({{"the number of epochs in the history that watch was not told of", untold}});
    };
    shows<train>(parts(0), {}, {number("patience", 2)}, [&, &start = s](const auto& f) {
      double calls = 0;
      Rng rng(1);
      const Run found =
          f(start.network, start.data, start.parts, start.options, rng, [&](const Progress&) { return ++calls > 0; });
      return parts(double(found.history.size()) - calls);
    });
  }
}

TEST_CASE("training moves the rng on, so that a second one gets other orders", "[07][7.8]") {
  const Scene s = scene(8180);
  const auto parts = [](bool moved) { return named<double>({{"rng has moved on (1: yes)", moved}}); };
  shows<train>(parts(true), {}, {}, [&](const auto& f) {
    Rng rng = seeded(8181), fresh = rng;
    f(s.network, s.data, s.parts, s.options, rng, Watch());
    return parts(rng() != fresh());
  });
}

TEST_CASE("watch is told of every epoch and ends the training", "[07][7.8]") {
  const auto parts = [](double calls, double epochs, double told, double best) {
    return named<double>({{"the number of calls of watch", calls},
                          {"the number of epochs in the history", epochs},
                          {"the number of calls that told another epoch than the history", told},
                          {"the best epoch", best}});
  };
  for (const auto& [s, run] : scenes(8100, 2, [](const History&, uword best) { return best > 2 && best < 6; }))
    for (const uword last : {1, 2, 3, 7, 100}) {
      uword best = 1;
      for (uword e = 1; e <= std::min<uword>(last, 10); ++e)
        if (run.history[e - 1].held_out_accuracy > run.history[best - 1].held_out_accuracy) best = e;
      const double epochs = std::min<double>(double(last), 10);
      shows<train>(parts(epochs, epochs, 0, double(best)), {},
                   {number("epochs until watch returns false", double(last))}, [&, &s = s](const auto& f) {
                     History told;
                     Rng rng(1);
                     const Run found = f(s.network, s.data, s.parts, s.options, rng,
                                         [&](const Progress& p) { return told.push_back(p), p.epoch < last; });
                     double others = 0;
                     for (uword e = 0; e < std::min(told.size(), found.history.size()); ++e)
                       others += !same(parts_of(told[e]), parts_of(found.history[e]), {0, 0});
                     return parts(double(told.size()), double(found.history.size()), others, double(found.best_epoch));
                   });
    }
}

/// W and b of a unit with two inputs after a squared-loss step on each sample in turn; the target is always 1.
static arma::vec3 plain_unit(arma::vec3 unit, const Dataset& data, const std::array<uword, 4>& order) {
  for (const uword i : order) {
    const double x0 = data.images(0, i) / 255.0, x1 = data.images(1, i) / 255.0;
    const double delta = unit(0) * x0 + unit(1) * x1 + unit(2) - 1;
    unit(0) -= 0.25 * delta * x0, unit(1) -= 0.25 * delta * x1, unit(2) -= 0.25 * delta;
  }
  return unit;
}

TEST_CASE("every epoch takes each sample once, in an order of its own", "[07][7.8]") {
  const auto parts = [](double unexplained, bool as_given, bool same_order) {
    return named<double>({{"the number of runs that no order of the samples explains", unexplained},
                          {"all samples in the order that was given, in every run (1: yes)", as_given},
                          {"the same order in both epochs, in every run (1: yes)", same_order}});
  };
  const Dataset data{{{10, 250, 130, 60, 99}, {240, 30, 180, 200, 77}}, {0, 0, 0, 0, 0}, 2, 1, 1};
  const std::array<uword, 4> given{4, 1, 3, 0};
  const Split samples{uvec(std::vector<uword>(given.begin(), given.end())), {}};
  const Network start{{{{0.5, -1}}, {0.25}, Activation::identity}};
  const Options options{.loss = Loss::squared, .epochs = 2, .batch_size = 1, .rate = 0.25};
  shows<train>(parts(0, false, false), {}, parts_of(samples.train, "training indices"), [&](const auto& f) {
    double unexplained = 0;
    bool as_given = true, same_order = true;
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
      Rng rng = seeded(7850 + seed);
      const Run run = f(start, data, samples, options, rng, Watch());
      const Layer& layer = run.network.at(0);
      bool explained = false, explained_as_given = false, explained_same = false;
      std::array<uword, 4> first = given;
      std::sort(first.begin(), first.end());
      do {
        const arma::vec3 between = plain_unit({0.5, -1, 0.25}, data, first);
        std::array<uword, 4> second = given;
        std::sort(second.begin(), second.end());
        do {
          const arma::vec3 unit = plain_unit(between, data, second);
          if (std::abs(layer.W(0) - unit(0)) + std::abs(layer.W(1) - unit(1)) + std::abs(layer.b(0) - unit(2)) > 1e-9)
            continue;
          explained = true;
          explained_as_given |= first == given && second == given;
          explained_same |= first == second;
        } while (std::next_permutation(second.begin(), second.end()));
      } while (std::next_permutation(first.begin(), first.end()));
      unexplained += !explained;
      as_given &= explained_as_given;
      same_order &= explained_same;
    }
    return parts(unexplained, as_given, same_order);
  });
}

/// Whether two trainings went the same way, bit for bit.
static bool same_run(const Run& a, const Run& b) { return same(parts_of(a), parts_of(b), {0, 0}); }

TEST_CASE("the same seed gives the same weights, bit for bit", "[07][7.8]") {
  const auto parts = [](bool again, bool other, bool as_given) {
    return named<double>({{"the same weights from the same seed (1: yes)", again},
                          {"the same weights from another seed (1: yes)", other},
                          {"the loss of the samples in the order that was given (1: yes)", as_given}});
  };
  for (std::uint64_t seed = 8200; seed < 8203; ++seed) {
    Scene s = scene(seed);
    s.options.batch_size = 5;
    std::vector<uvec> in_order;
    for (uword i = 0; i < s.parts.train.n_elem; i += 5)
      in_order.push_back(s.parts.train.subvec(i, std::min<uword>(i + 5, s.parts.train.n_elem) - 1));
    const real loss_in_order = plain_epoch(s.network, s.data, in_order, s.options, std::optional<real>()).running_loss;
    shows<train>(parts(true, false, false), {}, {number("batch_size", 5)}, [&](const auto& f) {
      const auto run = [&](std::uint64_t k) {
        Rng rng = seeded(k);
        return Run(f(s.network, s.data, s.parts, s.options, rng, Watch()));
      };
      const Run first = run(seed), again = run(seed), other = run(seed + 100);
      return parts(same_run(first, again), same_run(first, other),
                   std::abs(first.history.at(0).running_loss - loss_in_order) < 1e-9);
    });
  }
}

TEST_CASE("what is held out, and what is in neither part, teaches nothing", "[07][7.8]") {
  const auto parts = [](double epochs, double held_out, double neither) {
    return named<double>({{"the number of epochs in the history", epochs},
                          {"the number of epochs that change with the held-out samples", held_out},
                          {"the number of epochs that change with samples in neither part", neither}});
  };
  for (std::uint64_t seed = 8300; seed < 8303; ++seed) {
    Scene s = scene(seed);
    s.options.batch_size = 7;
    shows<train>(parts(double(s.options.epochs), 0, 0), {}, {number("batch_size", 7)}, [&](const auto& f) {
      const auto history = [&](const Dataset& data) {
        Rng rng = seeded(seed);
        return f(s.network, data, s.parts, s.options, rng, Watch()).history;
      };
      Dataset other_held_out = s.data, other_rest = s.data;
      for (const uword i : s.parts.held_out) {
        other_held_out.images.col(i).zeros();
        other_held_out.labels(i) = (s.data.labels(i) + 1) % 3;
      }
      other_rest.images.tail_cols(4).fill(255);
      other_rest.labels.tail(4) = arma::uvec{0, 1, 2, 0};
      const History first = history(s.data), second = history(other_held_out), third = history(other_rest);
      double by_held_out = 0, by_rest = 0;
      for (uword e = 0; e < first.size(); ++e) {
        by_held_out += e >= second.size() || first[e].running_loss != second[e].running_loss ||
                       first[e].train_accuracy != second[e].train_accuracy;
        by_rest += e >= third.size() || !same(parts_of(first[e]), parts_of(third[e]), {0, 0});
      }
      return parts(double(first.size()), by_held_out, by_rest);
    });
  }
}

}  // namespace nn
