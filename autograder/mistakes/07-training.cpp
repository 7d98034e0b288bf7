// Known mistakes of lesson 7. They stand on lessons 1 to 6 and on this file alone: what a student wrote for one task of
// the lesson must not change the mistakes of another.
#include <algorithm>
#include <cmath>

#include "autograder/mistakes/catalogue.hpp"
#include "nn/activations.hpp"
#include "nn/losses.hpp"
#include "nn/support/shape.hpp"
#include "nn/training.hpp"

namespace nn {

static mat numbers(const bytes& images) { return arma::conv_to<mat>::from(images); }

#define PIXELS_MISTAKE(id, says, ...) \
  MISTAKE(                            \
      scale_pixels, "7.1", id, says, (const bytes& images)->mat { return __VA_ARGS__; })

PIXELS_MISTAKE("not-scaled", "your pixels are still 0 ... 255: the network wants numbers from 0 to 1", numbers(images))
PIXELS_MISTAKE("by-256",
               "you divide by 256: there are 256 values, but the largest of them is 255, and it should become 1",
               numbers(images) / 256)
PIXELS_MISTAKE("integer-division",
               "your pixels are all 0 or 1: you divide bytes, and bytes have no fractions; make numbers first",
               numbers(images / 255))
MISTAKE(
    scale_pixels, "7.1", "by-the-largest",
    "you divide by the brightest pixel at hand; then the same byte means another number in another batch",
    (const bytes& images)->mat {
      const mat X = numbers(images);
      return X.empty() ? X : mat(X / X.max());
    })
PIXELS_MISTAKE("centred", "your pixels run from -1 to 1; the contract asks for 0 ... 1", numbers(images) / 127.5 - 1)
PIXELS_MISTAKE("wrapped-around",
               "your pixels go wrong from 128 on: a signed byte ends at 127, so keep them unsigned until they are real",
               numbers(images).transform([](real p) { return (p < 128 ? p : p - 256) / 255; }))

static void require_indices(const Dataset& data, const uvec& indices) {
  for (const uword i : indices) require(i < data.size(), "gather", "an index is no sample");
}

/// Samples as they should be gathered.
static Batch take(const Dataset& data, const uvec& indices) {
  require_indices(data, indices);
  return {numbers(data.images.cols(indices)) / 255, one_hot(data.labels(indices), data.classes)};
}

/// Samples with images from `images` and labels from `labels`.
static Batch take(const Dataset& data, const uvec& images, const uvec& labels) {
  return {take(data, images).X, take(data, labels).T};
}

static uvec first_of(uword n) { return n == 0 ? uvec() : arma::regspace<uvec>(0, n - 1); }

#define GATHER_MISTAKE(id, says, ...)                                                     \
  MISTAKE(                                                                                \
      gather, "7.1", id, says, (const Dataset& data, const uvec& indices, Batch)->Batch { \
        require_indices(data, indices);                                                   \
        return __VA_ARGS__;                                                               \
      })

GATHER_MISTAKE("labels-stay",
               "your images are the chosen ones, but your labels are the first of the data: both must follow `indices`",
               take(data, indices, first_of(indices.n_elem)))
GATHER_MISTAKE("images-stay",
               "your labels are the chosen ones, but your images are the first of the data: both must follow `indices`",
               take(data, first_of(indices.n_elem), indices))
GATHER_MISTAKE("first-samples",
               "your batch holds the first samples of the data: column j should be sample indices(j), not sample j",
               take(data, first_of(indices.n_elem)))
MISTAKE(
    gather, "7.1", "batch-not-scaled",
    "the images of your batch are still 0 ... 255; the network should get numbers from 0 to 1",
    (const Dataset& data, const uvec& indices, Batch)->Batch {
      Batch batch = take(data, indices);
      batch.X *= 255;
      return batch;
    })
MISTAKE(
    gather, "7.1", "old-ones-stay",
    "your T keeps ones of the batch that was handed in: set it to zero before you write the new ones",
    (const Dataset& data, const uvec& indices, Batch reuse)->Batch {
      Batch batch = take(data, indices);
      if (size(reuse.T) == size(batch.T)) batch.T = arma::max(batch.T, reuse.T);
      return batch;
    })
MISTAKE(
    gather, "7.1", "classes-of-the-batch",
    "your T has as many rows as the largest label in the batch asks for; it should always have data.classes",
    (const Dataset& data, const uvec& indices, Batch)->Batch {
      Batch batch = take(data, indices);
      if (!indices.empty()) batch.T = batch.T.head_rows(data.labels(indices).max() + 1);
      return batch;
    })
MISTAKE(
    gather, "7.1", "samples-in-rows", "your batch has one row a sample; in this course one column is one sample",
    (const Dataset& data, const uvec& indices, Batch)->Batch {
      const Batch batch = take(data, indices);
      return {batch.X.t(), batch.T.t()};
    })
MISTAKE(
    gather, "7.1", "unchecked",
    "you leave it to Armadillo to find an index that is no sample; check it, and throw std::invalid_argument",
    (const Dataset& data, const uvec& indices, Batch)->Batch {
      Batch batch{mat(data.images.n_rows, indices.n_elem), mat(data.classes, indices.n_elem, arma::fill::zeros)};
      for (uword j = 0; j < indices.n_elem; ++j) {
        batch.X.col(j) = numbers(data.images.col(indices(j))) / 255;
        batch.T(data.labels(indices(j)), j) = 1;
      }
      return batch;
    })

/// How many to hold out, checked as it should be.
static uword to_hold_out(uword n, real fraction) {
  require(0 <= fraction && fraction < 1, "split", "the fraction does not fit");
  const uword held_out = uword(std::lround(fraction * real(n)));
  require(held_out < n, "split", "nothing left for training");
  return held_out;
}

static Split cut(const uvec& order, uword held_out) {
  return {order.tail(order.n_elem - held_out), order.head(held_out)};
}

MISTAKE(
    split, "7.2", "rounded-down",
    "your split rounds down: the number of held-out samples should be the nearest to fraction n",
    (uword n, real fraction, Rng& rng)->Split {
      to_hold_out(n, fraction);
      return cut(random_permutation(n, rng), uword(fraction * real(n)));
    })
MISTAKE(
    split, "7.2", "rounded-up",
    "your split rounds up: the number of held-out samples should be the nearest to fraction n",
    (uword n, real fraction, Rng& rng)->Split {
      to_hold_out(n, fraction);
      return cut(random_permutation(n, rng), uword(std::ceil(fraction * real(n) - real(1e-6))));
    })
MISTAKE(
    split, "7.2", "parts-swapped",
    "your parts have changed places: `fraction` is what is held out, the rest is for training",
    (uword n, real fraction, Rng& rng)->Split {
      const Split s = cut(random_permutation(n, rng), to_hold_out(n, fraction));
      return {s.held_out, s.train};
    })
MISTAKE(
    split, "7.2", "not-by-chance",
    "you hold out the first samples, as they stand; where the data is sorted, a whole class would be missing",
    (uword n, real fraction, Rng&)->Split { return cut(first_of(n), to_hold_out(n, fraction)); })
MISTAKE(
    split, "7.2", "trains-on-all",
    "your training part holds the held-out samples as well: then they no longer tell how new samples will do",
    (uword n, real fraction, Rng& rng)->Split {
      const uvec order = random_permutation(n, rng);
      return {order, order.head(to_hold_out(n, fraction))};
    })
MISTAKE(
    split, "7.2", "two-shuffles",
    "you shuffle twice, once for each part: what is in one part may then be in the other, too; shuffle once, then cut",
    (uword n, real fraction, Rng& rng)->Split {
      const uword held_out = to_hold_out(n, fraction);
      const uvec one = random_permutation(n, rng), two = random_permutation(n, rng);
      return {one.head(n - held_out), two.head(held_out)};
    })
MISTAKE(
    split, "7.2", "own-seed",
    "your split is the same for every seed: draw from the rng that is handed in, not from one of your own",
    (uword n, real fraction, Rng&)->Split {
      Rng own(1);
      return cut(random_permutation(n, own), to_hold_out(n, fraction));
    })
MISTAKE(
    split, "7.2", "copied-rng",
    "your split draws from a copy of rng: the original stands still, and the next draw is the same again",
    (uword n, real fraction, Rng& rng)->Split {
      Rng copy = rng;
      return cut(random_permutation(n, copy), to_hold_out(n, fraction));
    })
MISTAKE(
    split, "7.2", "unchecked",
    "your split takes any fraction: it should refuse what is not in 0 <= fraction < 1, and a split that leaves nothing",
    (uword n, real fraction, Rng& rng)->Split {
      const uword held_out = std::min(n, uword(std::max(real(0), std::round(fraction * real(n)))));
      return cut(random_permutation(n, rng), held_out);
    })
MISTAKE(
    split, "7.2", "nothing-left",
    "your split may leave no sample for training: a fraction below 1 can still round to all of them",
    (uword n, real fraction, Rng& rng)->Split {
      require(0 <= fraction && fraction < 1, "split", "the fraction does not fit");
      return cut(random_permutation(n, rng), uword(std::lround(fraction * real(n))));
    })

static void require_size(uword size) { require(size > 0, "shuffled_batches", "the size is 0"); }

static uvec shuffled(const uvec& indices, Rng& rng) { return indices(random_permutation(indices.n_elem, rng)); }

/// `order` in pieces of `size`; the last one as it is, dropped, or filled up from the start.
enum class Last { kept, dropped, filled_up };
static std::vector<uvec> pieces(const uvec& order, uword size, Last last = Last::kept) {
  require_size(size);
  std::vector<uvec> batches;
  for (uword i = 0; i < order.n_elem; i += size) {
    const uword end = std::min(i + size, order.n_elem);
    uvec batch = order.subvec(i, end - 1);
    if (last == Last::filled_up)
      for (uword k = 0; batch.n_elem < size; ++k) batch.insert_rows(batch.n_elem, uvec{order(k % order.n_elem)});
    if (batch.n_elem == size || last != Last::dropped) batches.push_back(batch);
  }
  return batches;
}

#define BATCHES_MISTAKE(id, says, ...)   \
  MISTAKE(                               \
      shuffled_batches, "7.3", id, says, \
      (const uvec& indices, uword size, [[maybe_unused]] Rng& rng)->std::vector<uvec> { return __VA_ARGS__; })

BATCHES_MISTAKE("not-shuffled",
                "your batches come in the order of the input: shuffle, or the network sees the same company every time",
                pieces(indices, size))
MISTAKE(
    shuffled_batches, "7.3", "shuffled-inside",
    "you cut first and shuffle each batch by itself: the same samples stay together; shuffle all, then cut",
    (const uvec& indices, uword size, Rng& rng)->std::vector<uvec> {
      std::vector<uvec> batches = pieces(indices, size);
      for (uvec& batch : batches) batch = shuffled(batch, rng);
      return batches;
    })
BATCHES_MISTAKE("last-dropped",
                "your last batch is missing when `size` does not divide the samples: a short batch is a batch, too",
                pieces(shuffled(indices, rng), size, Last::dropped))
BATCHES_MISTAKE("last-filled-up", "you fill the last batch up with indices that were in one before; leave it short",
                pieces(shuffled(indices, rng), size, Last::filled_up))
MISTAKE(
    shuffled_batches, "7.3", "last-read-past",
    "your last batch reads past the end of the indices when `size` does not divide them",
    (const uvec& indices, uword size, Rng& rng)->std::vector<uvec> {
      require_size(size);
      const uvec order = shuffled(indices, rng);
      std::vector<uvec> batches;
      for (uword i = 0; i < order.n_elem; i += size) batches.push_back(order.subvec(i, i + size - 1));
      return batches;
    })
MISTAKE(
    shuffled_batches, "7.3", "one-too-many",
    "your batches overlap: the last entry of one is the first of the next; subvec(a, b) takes b as well",
    (const uvec& indices, uword size, Rng& rng)->std::vector<uvec> {
      require_size(size);
      const uvec order = shuffled(indices, rng);
      std::vector<uvec> batches;
      for (uword i = 0; i < order.n_elem; i += size)
        batches.push_back(order.subvec(i, std::min(i + size, order.n_elem - 1)));
      return batches;
    })
BATCHES_MISTAKE("positions", "your batches hold positions 0 ... n-1: use them to look the entries of `indices` up",
                pieces(random_permutation(indices.n_elem, rng), size))
MISTAKE(
    shuffled_batches, "7.3", "with-replacement",
    "you draw each entry anew: some come twice, others never; shuffle them instead",
    (const uvec& indices, uword size, Rng& rng)->std::vector<uvec> {
      uvec order = indices;
      for (uword& i : order) i = indices(rng.below(indices.n_elem));
      return pieces(order, size);
    })
MISTAKE(
    shuffled_batches, "7.3", "own-seed",
    "your batches are the same for every seed and in every epoch: draw from the rng that is handed in",
    (const uvec& indices, uword size, Rng&)->std::vector<uvec> {
      Rng own(1);
      return pieces(shuffled(indices, own), size);
    })
MISTAKE(
    shuffled_batches, "7.3", "copied-rng",
    "you draw from a copy of rng: the original stands still, and the next epoch has the same batches",
    (const uvec& indices, uword size, Rng& rng)->std::vector<uvec> {
      Rng copy = rng;
      return pieces(shuffled(indices, copy), size);
    })
BATCHES_MISTAKE("unchecked", "a batch size of 0 gets through: there is no way to cut anything into batches of nothing",
                size == 0 ? std::vector<uvec>() : pieces(shuffled(indices, rng), size))

/// W ~ N(0, variance) and b = 0.
static Layer start(uword m, uword d, double variance, Activation activation, Rng& rng) {
  return {real(std::sqrt(variance)) * random_normal(m, d, rng), vec(m, arma::fill::zeros), activation};
}

#define INIT_MISTAKE(function, id, says, ...)                                                  \
  MISTAKE(                                                                                     \
      function, "7.4", id, says, (uword m, uword d, Activation activation, Rng & rng)->Layer { \
        return start(m, d, __VA_ARGS__, activation, rng);                                      \
      })

INIT_MISTAKE(he_init, "zeros",
             "all your weights are 0: then all units of a layer do the same for ever; only chance can make them differ",
             0)
INIT_MISTAKE(he_init, "no-root",
             "you multiply by the variance 2/d; what stretches a normal number is the root of the variance",
             4.0 / double(d * d))
INIT_MISTAKE(he_init, "by-units",
             "you divide by the number of units; what sums up in a unit is its inputs: divide by d", 2.0 / double(m))
INIT_MISTAKE(he_init, "two-lost", "your variance is 1/d; ReLU silences half of the units, which the 2 makes up for",
             1.0 / double(d))
INIT_MISTAKE(he_init, "unscaled",
             "your weights are plain N(0, 1): with many inputs the sums become huge; scale by the root of 2/d", 1)
INIT_MISTAKE(he_init, "is-xavier", "your he_init has Xavier's variance 2/(d + m); He's looks at the inputs alone",
             2.0 / double(d + m))
MISTAKE(
    he_init, "7.4", "uniform",
    "your weights have the right variance, but they are uniform; the contract asks for normal ones",
    (uword m, uword d, Activation activation, Rng& rng)->Layer {
      const real limit = std::sqrt(real(6) / real(d));
      return {random_uniform(m, d, -limit, limit, rng), vec(m, arma::fill::zeros), activation};
    })
MISTAKE(
    he_init, "7.4", "random-bias",
    "your biases are random, too; they start at 0, the weights already make the units differ",
    (uword m, uword d, Activation activation, Rng& rng)->Layer {
      Layer layer = start(m, d, 2.0 / double(d), activation, rng);
      layer.b = layer.W.col(0);
      return layer;
    })
MISTAKE(
    he_init, "7.4", "activation-lost", "your layer has lost its activation: hand it on into the Layer",
    (uword m, uword d, Activation, Rng& rng)->Layer { return start(m, d, 2.0 / double(d), Activation{}, rng); })
MISTAKE(
    he_init, "7.4", "same-units",
    "all your units start with the same weights: then they stay the same for ever; draw all of W at random",
    (uword m, uword d, Activation activation, Rng& rng)->Layer {
      const Layer one = start(1, d, 2.0 / double(d), activation, rng);
      return {repmat(one.W, m, 1), vec(m, arma::fill::zeros), activation};
    })
MISTAKE(
    he_init, "7.4", "own-seed",
    "your start is the same for every seed and every layer: draw from the rng that is handed in",
    (uword m, uword d, Activation activation, Rng&)->Layer {
      Rng own(1);
      return start(m, d, 2.0 / double(d), activation, own);
    })
MISTAKE(
    he_init, "7.4", "copied-rng",
    "you draw from a copy of rng: the original stands still, and the next layer gets the same numbers",
    (uword m, uword d, Activation activation, Rng& rng)->Layer {
      Rng copy = rng;
      return start(m, d, 2.0 / double(d), activation, copy);
    })
MISTAKE(
    he_init, "7.4", "turned", "your W is d x m: a unit is a row, so m rows and d columns",
    (uword m, uword d, Activation activation, Rng& rng)->Layer {
      return {real(std::sqrt(2.0 / double(d))) * random_normal(d, m, rng), vec(m, arma::fill::zeros), activation};
    })
INIT_MISTAKE(xavier_init, "xavier-zeros",
             "all your weights are 0: then all units of a layer do the same for ever; only chance can make them differ",
             0)
INIT_MISTAKE(xavier_init, "xavier-no-root",
             "you multiply by the variance 2/(d + m); what stretches a normal number is the root of the variance",
             4.0 / double((d + m) * (d + m)))
INIT_MISTAKE(xavier_init, "xavier-is-he",
             "your xavier_init has He's variance 2/d; Xavier's looks at both sides of the layer, d and m",
             2.0 / double(d))
INIT_MISTAKE(xavier_init, "one-over-inputs", "your variance is 1/d: that is Xavier's only where d and m are equal",
             1.0 / double(d))
INIT_MISTAKE(xavier_init, "xavier-two-lost",
             "your variance is 1/(d + m): the mean of d and m is half their sum, so a 2 is missing",
             1.0 / double(d + m))
MISTAKE(
    xavier_init, "7.4", "xavier-copied-rng",
    "you draw from a copy of rng: the original stands still, and the next layer gets the same numbers",
    (uword m, uword d, Activation activation, Rng& rng)->Layer {
      Rng copy = rng;
      return start(m, d, 2.0 / double(d + m), activation, copy);
    })
MISTAKE(
    xavier_init, "7.4", "xavier-uniform",
    "your weights have the right variance, but they are uniform; the contract asks for normal ones",
    (uword m, uword d, Activation activation, Rng& rng)->Layer {
      const real limit = std::sqrt(real(6) / real(d + m));
      return {random_uniform(m, d, -limit, limit, rng), vec(m, arma::fill::zeros), activation};
    })

/// descend, with `sign` times the rate for W and b.
static Network walk(Network network, const mat& X, const Trace& trace, const std::vector<mat>& deltas, real rate_W,
                    real rate_b) {
  for (uword l = 0; l < network.size(); ++l) {
    const mat& input = l == 0 ? X : trace.A[l - 1];
    network[l].W -= rate_W * deltas[l] * input.t();
    network[l].b -= rate_b * sum(deltas[l], 1);
  }
  return network;
}

#define DESCEND_MISTAKE(id, says, ...)                                                                                \
  MISTAKE(                                                                                                            \
      descend, "7.5", id, says,                                                                                       \
      (Network network, const mat& X, const Trace& trace, const std::vector<mat>& deltas, [[maybe_unused]] real rate) \
          ->Network { return walk(network, X, trace, deltas, __VA_ARGS__); })

DESCEND_MISTAKE("ascends", "your step goes uphill: it adds the gradient, and the loss grows", -rate, -rate)
DESCEND_MISTAKE("mean-twice",
                "your step divides by the number of samples again: the deltas already carry the 1/N of the loss",
                rate / real(X.n_cols), rate / real(X.n_cols))
DESCEND_MISTAKE("no-rate", "your step leaves the rate out: every step has full length", 1, 1)
DESCEND_MISTAKE("biases-frozen", "your biases never learn: they go down as the weights do, with an input of 1", rate, 0)
DESCEND_MISTAKE(
    "bias-mean",
    "your biases follow the mean of the deltas over the samples; the 1/N is in the deltas already: take the sum", rate,
    rate / real(X.n_cols))
MISTAKE(
    descend, "7.5", "own-output",
    "you multiply a layer's delta with its own output; its input is what the layer below hands up",
    (Network network, const mat&, const Trace& trace, const std::vector<mat>& deltas, real rate)->Network {
      for (uword l = 0; l < network.size(); ++l) {
        network[l].W -= rate * deltas[l] * trace.A[l].t();
        network[l].b -= rate * sum(deltas[l], 1);
      }
      return network;
    })
MISTAKE(
    descend, "7.5", "before-activation",
    "you take the weighted sums Z of the layer below for the input; what it hands up is A",
    (Network network, const mat& X, const Trace& trace, const std::vector<mat>& deltas, real rate)->Network {
      const Trace sums{trace.Z, trace.Z};
      return walk(network, X, sums, deltas, rate, rate);
    })
MISTAKE(
    descend, "7.5", "last-layer-only", "only your last layer learns: every layer has a delta, and every layer steps",
    (Network network, const mat& X, const Trace& trace, const std::vector<mat>& deltas, real rate)->Network {
      Network all = walk(network, X, trace, deltas, rate, rate);
      if (!network.empty()) network.back() = all.back();
      return network;
    })

/// What may go wrong in an epoch, and in a training of epochs.
struct Quirks {
  enum class Q { forgets, restarts, mean, from_zero, swapped, by_rate, after_step } running = Q::forgets;
  enum class Decay { with_step, none, before, after, biases_too } decay = Decay::with_step;
  enum class Labels { follow, stay } labels = Labels::follow;
  bool sum_gradient = false, last_batch = true, same_weights = false;
  enum class Best { first, last_of_equal, at_the_end, by_training } best = Best::first;
  enum class Patience { kept, ignored, one_more, in_all } patience = Patience::kept;
  enum class Order { anew, never, once, own_seed, clock } order = Order::anew;
  bool watched = true, trains_on_held_out = false, trains_on_all = false, judged_by_all = false, starts_over = false,
       from_zero = false;
};

static real value_of(const Network& network, const Batch& batch, Loss loss) {
  return loss_value(loss, forward(network, batch.X), batch.T);
}

static Epoch epoch_with(const Quirks& quirks, Network network, const Dataset& data, const std::vector<uvec>& batches,
                        const Options& options, std::optional<real> running) {
  require(!batches.empty(), "train_epoch", "no batches");
  if (quirks.running == Quirks::Q::restarts || quirks.running == Quirks::Q::mean) running.reset();
  if (quirks.running == Quirks::Q::from_zero && !running) running = real(0);
  const Network first = network;
  const real eta = quirks.running == Quirks::Q::swapped   ? 1 - options.eta
                   : quirks.running == Quirks::Q::by_rate ? options.rate
                                                          : options.eta;
  const auto decay = [&](bool biases) {
    for (Layer& layer : network) {
      layer.W *= 1 - options.rate * options.weight_decay;
      if (biases) layer.b *= 1 - options.rate * options.weight_decay;
    }
  };
  real sum_of_losses = 0;
  for (std::size_t k = 0; k < batches.size() - (quirks.last_batch ? 0 : 1); ++k) {
    const uvec& indices = batches[k];
    const Batch batch =
        quirks.labels == Quirks::Labels::follow ? take(data, indices) : take(data, indices, sort(indices));
    if (quirks.decay == Quirks::Decay::before) decay(false);
    const Gradients g = backprop(quirks.same_weights ? first : network, batch.X, batch.T, options.loss);
    if (quirks.decay == Quirks::Decay::with_step) decay(false);
    if (quirks.decay == Quirks::Decay::biases_too) decay(true);
    network = sgd_step(network, g, options.rate * (quirks.sum_gradient ? real(indices.n_elem) : 1));
    if (quirks.decay == Quirks::Decay::after) decay(false);
    const real loss = quirks.running == Quirks::Q::after_step ? value_of(network, batch, options.loss) : g.loss;
    sum_of_losses += loss;
    running = running ? (1 - eta) * *running + eta * loss : loss;
  }
  if (quirks.running == Quirks::Q::mean) running = sum_of_losses / real(batches.size());
  return {network, running.value_or(0)};
}

#define EPOCH_MISTAKE(id, says, ...)                                                                   \
  MISTAKE(                                                                                             \
      train_epoch, "7.5", id, says,                                                                    \
      (Network network, const Dataset& data, const std::vector<uvec>& batches, const Options& options, \
       std::optional<real> Q)                                                                          \
          ->Epoch { return epoch_with(__VA_ARGS__, network, data, batches, options, Q); })

EPOCH_MISTAKE("last-batch-skipped", "your epoch leaves out its last batch", Quirks{.last_batch = false})
EPOCH_MISTAKE("gradient-summed",
              "your steps grow with the batch: the gradient should be the mean over its samples, not the sum",
              Quirks{.sum_gradient = true})
EPOCH_MISTAKE("no-decay", "your epoch forgets the weight decay: every step also draws the weights towards 0",
              Quirks{.decay = Quirks::Decay::none})
EPOCH_MISTAKE("decay-before",
              "you decay the weights before the forward pass: the gradient should be that of the weights as they were",
              Quirks{.decay = Quirks::Decay::before})
EPOCH_MISTAKE("decay-after",
              "you decay the weights after the step, and the step with them: it is the old weights that shrink",
              Quirks{.decay = Quirks::Decay::after})
EPOCH_MISTAKE("biases-decay", "your biases decay as well; only the weights should",
              Quirks{.decay = Quirks::Decay::biases_too})
EPOCH_MISTAKE("old-gradients",
              "all your batches take the gradient of the weights before the epoch; each should see the step before it",
              Quirks{.same_weights = true})
EPOCH_MISTAKE("labels-sorted",
              "your images and labels go different ways: sort or shuffle the indices, never one of the two alone",
              Quirks{.labels = Quirks::Labels::stay})
EPOCH_MISTAKE("loss-restarts",
              "your running loss starts anew in every epoch; it should go on from the one that is handed in",
              Quirks{.running = Quirks::Q::restarts})
EPOCH_MISTAKE("loss-mean",
              "you return the mean of the losses; the running loss forgets old ones: Q <- (1 - eta) Q + eta loss",
              Quirks{.running = Quirks::Q::mean})
EPOCH_MISTAKE("loss-from-zero",
              "your running loss starts at 0 and looks too good for long; start it at the first batch's loss",
              Quirks{.running = Quirks::Q::from_zero})
EPOCH_MISTAKE("eta-swapped",
              "eta and 1 - eta have changed places: the new loss should count little, eta, the old estimate the rest",
              Quirks{.running = Quirks::Q::swapped})
EPOCH_MISTAKE("rate-for-eta",
              "your running loss forgets at the learning rate; how much a new loss counts is `options.eta`",
              Quirks{.running = Quirks::Q::by_rate})
EPOCH_MISTAKE(
    "loss-after-step",
    "you measure the loss after the step; the forward pass before it has it already, and is what Q is made of",
    Quirks{.running = Quirks::Q::after_step})
MISTAKE(
    train_epoch, "7.5", "unchecked",
    "your epoch accepts an empty list of batches: without one there is no loss that it could return",
    (Network network, const Dataset& data, const std::vector<uvec>& batches, const Options& options,
     std::optional<real> Q)
        ->Epoch {
          return batches.empty() ? Epoch{network, Q.value_or(0)} : epoch_with({}, network, data, batches, options, Q);
        })

/// How many samples the network gets right.
static real right_of(const Network& network, const Dataset& data, const uvec& indices) {
  return real(accu(predict(forward(network, take(data, indices).X)) == data.labels(indices)));
}

static void require_samples(const uvec& indices) { require(!indices.empty(), "accuracy", "no samples"); }

#define ACCURACY_MISTAKE(id, says, ...)                                                                     \
  MISTAKE(                                                                                                  \
      accuracy, "7.6", id, says, (const Network& network, const Dataset& data, const uvec& indices)->real { \
        require_samples(indices);                                                                           \
        return __VA_ARGS__;                                                                                 \
      })

ACCURACY_MISTAKE("all-samples", "you judge by all the data; only the samples in `indices` count",
                 right_of(network, data, first_of(data.size())) / real(data.size()))
ACCURACY_MISTAKE("of-all", "you divide by the size of the data; divide by the number of samples that you looked at",
                 right_of(network, data, indices) / real(data.size()))
ACCURACY_MISTAKE("error-rate", "you return the fraction of wrong answers; accuracy is that of the right ones",
                 1 - right_of(network, data, indices) / real(indices.n_elem))
ACCURACY_MISTAKE("integer-division",
                 "your accuracy is 0 or 1, never between: you divide whole numbers; make one of them real first",
                 right_of(network, data, indices) == real(indices.n_elem) ? 1 : 0)
ACCURACY_MISTAKE("per-cent", "your accuracy is in per cent; the contract asks for a fraction from 0 to 1",
                 100 * right_of(network, data, indices) / real(indices.n_elem))
ACCURACY_MISTAKE("labels-stay", "you compare with the first labels of the data; answer j belongs to sample indices(j)",
                 real(accu(predict(forward(network, take(data, indices).X)) == data.labels.head(indices.n_elem))) /
                     real(indices.n_elem))
ACCURACY_MISTAKE("indices-for-labels",
                 "you compare with the indices themselves; the label of sample i is data.labels(i)",
                 real(accu(predict(forward(network, take(data, indices).X)) == indices)) / real(indices.n_elem))
// The mean over heaps of the accuracy in each, and the last heap alone, for the sizes that people choose.
static real mean_of_heaps(const Network& network, const Dataset& data, const uvec& indices, uword size) {
  real sum = 0;
  uword heaps = 0;
  for (uword i = 0; i < indices.n_elem; i += size, ++heaps) {
    const uvec some = indices.subvec(i, std::min(i + size, indices.n_elem) - 1);
    sum += right_of(network, data, some) / real(some.n_elem);
  }
  return sum / real(heaps);
}
static real last_heap(const Network& network, const Dataset& data, const uvec& indices, uword size) {
  const uword last = (indices.n_elem - 1) / size * size;
  return right_of(network, data, indices.tail(indices.n_elem - last)) / real(indices.n_elem);
}
#define MEAN_OF_HEAPS(size)                                                                                        \
  ACCURACY_MISTAKE("mean-of-heaps-" #size,                                                                         \
                   "you take the mean of the heaps' accuracies; the last heap may be shorter and counts as much: " \
                   "count the right answers of all, and divide once",                                              \
                   mean_of_heaps(network, data, indices, size))
#define LAST_HEAP(size)                                                                                      \
  ACCURACY_MISTAKE("last-heap-" #size,                                                                       \
                   "only the right answers of your last heap count: add up those of all, the sum begins at " \
                   "0 before the loop",                                                                      \
                   last_heap(network, data, indices, size))
MEAN_OF_HEAPS(10)
MEAN_OF_HEAPS(32)
MEAN_OF_HEAPS(50)
MEAN_OF_HEAPS(64)
MEAN_OF_HEAPS(100)
MEAN_OF_HEAPS(128)
MEAN_OF_HEAPS(256)
MEAN_OF_HEAPS(500)
MEAN_OF_HEAPS(1000)
LAST_HEAP(100)
LAST_HEAP(500)
LAST_HEAP(1000)

ACCURACY_MISTAKE("count", "you return how many answers are right; divide by how many there are",
                 right_of(network, data, indices))
MISTAKE(
    accuracy, "7.6", "unchecked", "without samples your accuracy is 0/0, not a number; refuse instead",
    (const Network& network, const Dataset& data, const uvec& indices)->real {
      return indices.empty() ? arma::datum::nan : right_of(network, data, indices) / real(indices.n_elem);
    })

static void require_labels(const uvec& labels, const uvec& predicted, uword classes) {
  require(labels.n_elem == predicted.n_elem, "confusion_matrix", "the sizes differ");
  for (const uvec* some : {&labels, &predicted})
    for (const uword label : *some) require(label < classes, "confusion_matrix", "a label is no class");
}

static arma::umat counted(const uvec& labels, const uvec& predicted, uword classes) {
  arma::umat counts(classes, classes, arma::fill::zeros);
  for (uword j = 0; j < labels.n_elem; ++j) ++counts(labels(j), predicted(j));
  return counts;
}

MISTAKE(
    confusion_matrix, "7.6", "transposed",
    "rows and columns have changed places: the row is the true class, the column what it was taken for",
    (const uvec& labels, const uvec& predicted, uword classes)->arma::umat {
      require_labels(labels, predicted, classes);
      return counted(predicted, labels, classes);
    })
MISTAKE(
    confusion_matrix, "7.6", "errors-only", "you count the mistakes only; right answers belong on the diagonal",
    (const uvec& labels, const uvec& predicted, uword classes)->arma::umat {
      require_labels(labels, predicted, classes);
      arma::umat counts = counted(predicted, labels, classes).t();
      counts.diag().zeros();
      return counts;
    })
MISTAKE(
    confusion_matrix, "7.6", "once-each", "you mark which pairs occur; count how often they do",
    (const uvec& labels, const uvec& predicted, uword classes)->arma::umat {
      require_labels(labels, predicted, classes);
      arma::umat counts = counted(labels, predicted, classes);
      counts.transform([](uword count) { return std::min<uword>(count, 1); });
      return counts;
    })
MISTAKE(
    confusion_matrix, "7.6", "one-sample-short", "you leave out the last sample",
    (const uvec& labels, const uvec& predicted, uword classes)->arma::umat {
      require_labels(labels, predicted, classes);
      if (labels.empty()) return counted(labels, predicted, classes);
      return counted(labels.head(labels.n_elem - 1), predicted.head(labels.n_elem - 1), classes);
    })
MISTAKE(
    confusion_matrix, "7.6", "classes-met",
    "your matrix has rows for the classes that occur; it should have one for each of `classes`",
    (const uvec& labels, const uvec& predicted, uword classes)->arma::umat {
      require_labels(labels, predicted, classes);
      return counted(labels, predicted, labels.empty() ? 0 : std::max(labels.max(), predicted.max()) + 1);
    })
MISTAKE(
    confusion_matrix, "7.6", "sizes-unchecked",
    "you pair up labels and answers although there are more of one; refuse instead",
    (const uvec& labels, const uvec& predicted, uword classes)->arma::umat {
      const uword n = std::min(labels.n_elem, predicted.n_elem);
      require_labels(labels.head(n), predicted.head(n), classes);
      return counted(labels.head(n), predicted.head(n), classes);
    })
MISTAKE(
    confusion_matrix, "7.6", "labels-unchecked",
    "you leave it to Armadillo to find a label that is no class; check it, and throw std::invalid_argument",
    (const uvec& labels, const uvec& predicted, uword classes)->arma::umat {
      require(labels.n_elem == predicted.n_elem, "confusion_matrix", "the sizes differ");
      return counted(labels, predicted, classes);
    })

#define DECAY_MISTAKE(id, says, ...)                                                                        \
  MISTAKE(                                                                                                  \
      decay_weights, "7.7", id, says, (Network network, [[maybe_unused]] real rate, real lambda)->Network { \
        for (Layer & layer : network) __VA_ARGS__;                                                          \
        return network;                                                                                     \
      })

DECAY_MISTAKE("biases-too", "your biases decay as well; only the weights should", layer.W *= 1 - rate * lambda,
              layer.b *= 1 - rate * lambda)
DECAY_MISTAKE("no-rate", "your decay forgets the rate: the factor is 1 - rate lambda", layer.W *= 1 - lambda)
DECAY_MISTAKE("grows", "your weights grow: the factor should be a little below 1", layer.W *= 1 + rate * lambda)
DECAY_MISTAKE("subtracts", "you take rate lambda from every weight: negative ones then grow; multiply instead",
              layer.W -= rate * lambda)
DECAY_MISTAKE("by-the-sign",
              "every weight loses the same, rate lambda; eq. 1.33 takes more from large weights than from small ones",
              layer.W -= rate * lambda * arma::sign(layer.W))
DECAY_MISTAKE("only-what-is-lost", "you return what should be taken away, rate lambda W; return what is left",
              layer.W *= rate * lambda)
MISTAKE(
    decay_weights, "7.7", "copies", "your loop changes copies of the layers: take each one by reference, `Layer&`",
    (Network network, real, real)->Network { return network; })
MISTAKE(
    decay_weights, "7.7", "first-layer-only", "only your first layer decays: the factor is for every layer",
    (Network network, real rate, real lambda)->Network {
      if (!network.empty()) network.front().W *= 1 - rate * lambda;
      return network;
    })

static Run train_with(const Quirks& quirks, Network network, const Dataset& data, const Split& parts,
                      const Options& options, Rng& rng, const std::function<bool(const Progress&)>& watch) {
  static Rng clock(1);  // goes on between calls, as time does
  Rng own(1);
  Rng& chance = quirks.order == Quirks::Order::own_seed ? own : quirks.order == Quirks::Order::clock ? clock : rng;
  const uvec samples = quirks.trains_on_all        ? first_of(data.size())
                       : quirks.trains_on_held_out ? uvec(join_cols(parts.train, parts.held_out))
                                                   : parts.train;
  const uvec sample =
      quirks.judged_by_all ? parts.train : uvec(parts.train.head(std::min<uword>(parts.train.n_elem, 10000)));
  const auto fraction = [&](const uvec& indices) { return right_of(network, data, indices) / real(indices.n_elem); };
  const bool judged = !parts.held_out.empty();
  const Network start = network;
  Run run{network, 0, {}};
  std::vector<uvec> batches;
  std::optional<real> loss;
  real highest = quirks.from_zero ? 1 : -1;
  uword worse = 0;
  for (uword e = 1; e <= options.epochs; ++e) {
    if (quirks.order == Quirks::Order::never) batches = pieces(samples, options.batch_size);
    else if (quirks.order != Quirks::Order::once || e == 1)
      batches = pieces(shuffled(samples, chance), options.batch_size);
    Epoch epoch = epoch_with(quirks, quirks.starts_over ? start : network, data, batches, options, loss);
    network = epoch.network;
    loss = epoch.running_loss;
    run.history.push_back({e, *loss, fraction(sample), judged ? fraction(parts.held_out) : 0});
    const real now = quirks.best == Quirks::Best::by_training ? run.history.back().train_accuracy
                                                              : run.history.back().held_out_accuracy;
    if (!judged || now > highest || (now == highest && quirks.best == Quirks::Best::last_of_equal)) {
      run.best_epoch = e;
      run.network = network;
      highest = now;
    } else {
      ++worse;
    }
    if (quirks.watched && watch && !watch(run.history.back())) break;
    const uword waited = quirks.patience == Quirks::Patience::in_all ? worse : e - run.best_epoch;
    const uword patience = options.patience + (quirks.patience == Quirks::Patience::one_more ? 1 : 0);
    if (judged && options.patience > 0 && quirks.patience != Quirks::Patience::ignored && waited >= patience) break;
  }
  if (quirks.best == Quirks::Best::at_the_end) run.network = network;
  return run;
}

#define TRAIN_MISTAKE(id, says, ...)                                                               \
  MISTAKE(                                                                                         \
      train, "7.8", id, says,                                                                      \
      (Network network, const Dataset& data, const Split& parts, const Options& options, Rng& rng, \
       const std::function<bool(const Progress&)>& watch)                                          \
          ->Run { return train_with(__VA_ARGS__, network, data, parts, options, rng, watch); })

TRAIN_MISTAKE("last-network", "you return the network of the last epoch; keep a copy of the best one, and return that",
              Quirks{.best = Quirks::Best::at_the_end})
TRAIN_MISTAKE("last-of-equal",
              "of two epochs that are equally good you keep the later one; the first counts: only better is better",
              Quirks{.best = Quirks::Best::last_of_equal})
TRAIN_MISTAKE(
    "by-training",
    "you choose the best epoch by the training samples; the network has seen those: choose by the held-out ones",
    Quirks{.best = Quirks::Best::by_training})
TRAIN_MISTAKE("no-patience",
              "your training never stops early: after options.patience epochs without a better one it should",
              Quirks{.patience = Quirks::Patience::ignored})
TRAIN_MISTAKE("one-epoch-late",
              "your training stops one epoch late: with patience 1 a single epoch without a better result ends it",
              Quirks{.patience = Quirks::Patience::one_more})
TRAIN_MISTAKE(
    "patience-in-all",
    "you count all epochs without a better result; a better one should start the count anew: they must be in a row",
    Quirks{.patience = Quirks::Patience::in_all})
TRAIN_MISTAKE("not-shuffled",
              "every epoch of yours takes the samples in the order that was given; shuffle them, in every epoch anew",
              Quirks{.order = Quirks::Order::never})
TRAIN_MISTAKE("shuffled-once", "you shuffle once and then repeat that order; make new batches in every epoch",
              Quirks{.order = Quirks::Order::once})
TRAIN_MISTAKE("own-seed", "your training goes the same way for every seed: draw from the rng that is handed in",
              Quirks{.order = Quirks::Order::own_seed})
TRAIN_MISTAKE("no-seed",
              "the same seed gives other weights: something draws from elsewhere than the rng that is handed in, or "
              "goes on between calls",
              Quirks{.order = Quirks::Order::clock})
TRAIN_MISTAKE("unwatched", "you never ask `watch`: call it after each epoch, and stop when it returns false",
              Quirks{.watched = false})
TRAIN_MISTAKE("trains-on-held-out",
              "you train on the held-out samples, too: then they no longer tell how the network does on new ones",
              Quirks{.trains_on_held_out = true})
TRAIN_MISTAKE("trains-on-all", "you train on all the data; only the samples of parts.train may teach",
              Quirks{.trains_on_all = true})
TRAIN_MISTAKE("starts-over",
              "every epoch of yours starts from the first weights again: go on with what the epoch before has learned",
              Quirks{.starts_over = true})
TRAIN_MISTAKE("loss-restarts", "your running loss starts anew in every epoch: hand the last one on to train_epoch",
              Quirks{.running = Quirks::Q::restarts})
TRAIN_MISTAKE(
    "judged-by-all",
    "your training accuracy is taken over all training samples; the first 10,000 are enough, and an epoch stays fast",
    Quirks{.judged_by_all = true})
TRAIN_MISTAKE("never-better",
              "no epoch of yours counts as better: the accuracy to beat must start below anything that can come",
              Quirks{.from_zero = true})

}  // namespace nn
