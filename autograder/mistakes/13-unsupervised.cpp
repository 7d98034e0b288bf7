// Known mistakes of lesson 13. They stand on lessons 1 to 9 and on this file alone: what a student wrote for one task
// of the lesson must not change the mistakes of another.
#include <algorithm>
#include <cmath>

#include "autograder/mistakes/catalogue.hpp"
#include "nn/activations.hpp"
#include "nn/support/shape.hpp"
#include "nn/unsupervised.hpp"

namespace nn {

static const real infinity = arma::Datum<real>::inf;

// 13.1

/// k x N, rounded below 0 now and then.
static mat products(const mat& C, const mat& X) {
  require_shape(X.n_rows, C.n_rows, "distances", "X", "rows", "rows of C");
  mat D = -2 * C.t() * X;
  D.each_col() += sum(square(C), 0).t();
  D.each_row() += sum(square(X), 0);
  return D;
}
static mat ways(const mat& C, const mat& X) { return clamp(products(C, X), real(0), infinity); }

MISTAKE(
    distances, "13.1", "below-zero",
    "a squared distance of a little less than 0: rounding went below, and its root would be not-a-number",
    (const mat& C, const mat& X)->mat { return products(C, X); })
MISTAKE(
    distances, "13.1", "rows", "you measure between coordinates, not between samples: a column is a sample",
    (const mat& C, const mat& X)->mat {
      require_shape(X.n_rows, C.n_rows, "distances", "X", "rows", "rows of C");
      const uword common = std::min(C.n_cols, X.n_cols);
      return ways(C.head_cols(common).t(), X.head_cols(common).t());
    })
MISTAKE(
    distances, "13.1", "root", "these are distances; squared ones were asked for",
    (const mat& C, const mat& X)->mat { return sqrt(ways(C, X)); })
MISTAKE(
    distances, "13.1", "on-its-side", "your table has a row for each sample; it has a row for each centre",
    (const mat& C, const mat& X)->mat { return ways(C, X).t(); })
MISTAKE(
    distances, "13.1", "product-once", "(c - x)^2 is c^2 - 2 c x + x^2: you take the product off once, not twice",
    (const mat& C, const mat& X)->mat {
      require_shape(X.n_rows, C.n_rows, "distances", "X", "rows", "rows of C");
      mat D = -C.t() * X;
      D.each_col() += sum(square(C), 0).t();
      D.each_row() += sum(square(X), 0);
      return clamp(D, 0, arma::datum::inf);
    })
MISTAKE(
    distances, "13.1", "no-product", "you add up the squares of both, but twice their product is missing",
    (const mat& C, const mat& X)->mat {
      require_shape(X.n_rows, C.n_rows, "distances", "X", "rows", "rows of C");
      mat D(C.n_cols, X.n_cols, arma::fill::zeros);
      D.each_col() += sum(square(C), 0).t();
      D.each_row() += sum(square(X), 0);
      return D;
    })

static void require_centres(const mat& C, const mat& X) {
  require(C.n_cols > 0, "nearest", "no centre");
  require_shape(X.n_rows, C.n_rows, "nearest", "X", "rows", "rows of C");
}
static uvec winners(const mat& C, const mat& X) {
  require_centres(C, X);
  return index_min(ways(C, X), 0).t();
}

#define NEAREST_MISTAKE(id, says, ...)                                \
  MISTAKE(                                                            \
      nearest, "13.1", id, says, (const mat& C, const mat& X)->uvec { \
        require_centres(C, X);                                        \
        return __VA_ARGS__;                                           \
      })

NEAREST_MISTAKE("farthest", "you found the centre that is farthest away", index_max(ways(C, X), 0).t())
NEAREST_MISTAKE("value", "you return the smallest distance itself; which centre has it is asked: index_min finds that",
                arma::conv_to<uvec>::from(min(ways(C, X), 0)))
NEAREST_MISTAKE("last-of-equals", "of equally near centres the first should win; with you it is the last",
                C.n_cols - 1 - index_min(flipud(ways(C, X)), 0).t())
NEAREST_MISTAKE("sample-of-a-centre", "you found a sample for each centre; each sample looks for its centre",
                X.empty() ? uvec() : uvec(index_min(ways(C, X), 1)))

// 13.2

struct Moving {
  bool all = false, flees = false, at_once = false, jumps = false, adds = false, no_brackets = false;
};

static mat moved(mat C, const mat& X, const uvec& order, real rate, Moving quirk) {
  require_centres(C, X);
  for (const uword n : order) require(n < X.n_cols, "compete", "no such sample");
  const mat start = C;
  for (const uword n : order) {
    const uword winner = winners(quirk.at_once ? start : C, X.col(n))(0);
    for (uword j = 0; j < C.n_cols; ++j) {
      if (j != winner && !quirk.all) continue;
      const vec way = quirk.adds || quirk.no_brackets ? vec(X.col(n)) : vec(X.col(n) - C.col(j));
      if (quirk.no_brackets) C.col(j).zeros();
      C.col(j) += (quirk.flees ? -rate : quirk.jumps && rate > 0 ? 1 : rate) * way;
    }
  }
  return C;
}

#define MOVE_MISTAKE(id, says, ...)                                                         \
  MISTAKE(                                                                                  \
      compete, "13.2", id, says, (mat C, const mat& X, const uvec& order, real rate)->mat { \
        return moved(std::move(C), X, order, rate, Moving{__VA_ARGS__});                    \
      })

MOVE_MISTAKE("all-move", "your losers move, too: with one winner a sample there is competition, with all there is none",
             .all = true)
MOVE_MISTAKE("flees", "your winner runs away from its sample: the way leads from the centre to the sample",
             .flees = true)
MOVE_MISTAKE("at-once", "you found all winners before anyone moved; each sample looks at where the centres are now",
             .at_once = true)
MOVE_MISTAKE("jumps", "your winner jumps onto its sample, whatever the rate", .jumps = true)
MOVE_MISTAKE("no-brackets", "brackets are missing: rate * (x - c), not rate * x - c", .no_brackets = true)
MOVE_MISTAKE("adds-the-sample", "you add rate times the sample; it is the way to the sample that counts", .adds = true)

// 13.3

struct Averaging {
  bool divides_by_none = false, to_origin = false, too_soon = false, short_J = false, total = false, goes_on = false,
       late_J = false, rooted = false;
};

static Clusters averaged(const mat& X, mat C, uword steps, Averaging quirk) {
  require_centres(C, X);
  require(X.n_cols > 0, "k_means", "no sample");
  std::vector<real> J;
  uvec before;
  for (uword step = 0;; ++step) {
    const mat D = ways(C, X);
    const uvec label = index_min(D, 0).t();
    const bool ends = step == steps || (step > 0 && !quirk.goes_on && all(label == before));
    if (!ends || !quirk.short_J) {
      const rowvec off = min(D, 0);
      J.push_back(quirk.total ? accu(off) : quirk.rooted ? mean(sqrt(off)) : mean(off));
    }
    if (ends) return {C, J};
    if (quirk.too_soon) {  // each sample pulls its centre at once: a running mean
      uvec won(C.n_cols, arma::fill::zeros);
      for (uword n = 0; n < X.n_cols; ++n) {
        const uword winner = winners(C, X.col(n))(0);
        C.col(winner) += (X.col(n) - C.col(winner)) / real(++won(winner));
      }
    } else {
      for (uword j = 0; j < C.n_cols; ++j) {
        const uvec own = find(label == j);
        if (!own.empty()) C.col(j) = mean(X.cols(own), 1);
        else if (quirk.divides_by_none) C.col(j).fill(arma::Datum<real>::nan);
        else if (quirk.to_origin) C.col(j).zeros();
      }
    }
    before = label;
  }
}

#define AVERAGE_MISTAKE(id, says, ...)                                          \
  MISTAKE(                                                                      \
      k_means, "13.3", id, says, (const mat& X, mat C, uword steps)->Clusters { \
        return averaged(X, std::move(C), steps, Averaging{__VA_ARGS__});        \
      })

AVERAGE_MISTAKE("not-a-centre",
                "a centre that won nothing is not a number any more: what is the mean of no samples? It should stay",
                .divides_by_none = true)
AVERAGE_MISTAKE("to-the-origin", "a centre without samples jumped to 0, where perhaps no sample is; it should stay",
                .to_origin = true)
AVERAGE_MISTAKE("moved-too-soon", "your centres move while samples are still being assigned: assign all, then move",
                .too_soon = true)
AVERAGE_MISTAKE("one-step-short", "your J misses the state after the last step", .short_J = true)
AVERAGE_MISTAKE("sum-for-mean", "your J is the sum over the samples; it should be their mean", .total = true)
AVERAGE_MISTAKE("J-of-roots", "your J is the mean distance; it should be that of the squared distances, without a root",
                .rooted = true)
AVERAGE_MISTAKE("goes-on", "you go on when no sample has changed its centre: your J repeats its last entry",
                .goes_on = true)

// 13.4

static mat to_others(const mat& C) {
  require(C.n_cols > 1, "rbf_width", "too few centres");
  mat D = ways(C, C);
  D.diag().fill(infinity);
  return D;
}

MISTAKE(
    rbf_width, "13.4", "own-neighbour", "each of your centres is its own nearest neighbour, so the width is 0",
    (const mat& C)->real {
      to_others(C);
      return std::sqrt(mean(min(ways(C, C), 0)));
    })
#define WIDTH_MISTAKE(id, says, ...) \
  MISTAKE(                           \
      rbf_width, "13.4", id, says, (const mat& C)->real { return __VA_ARGS__; })

WIDTH_MISTAKE("all-neighbours", "you take the mean over all other centres; only the nearest one counts",
              std::sqrt(accu(ways(C, C)) / real(to_others(C).n_elem - C.n_cols)))
WIDTH_MISTAKE("squared-width", "this is the squared width: the root is missing", mean(min(to_others(C), 0)))
WIDTH_MISTAKE("mean-of-roots", "you take the mean of the distances; it is the root of their mean square",
              mean(sqrt(min(to_others(C), 0))))

static mat bumps(const mat& D, real by, real width) {
  require(width > 0, "rbf", "no width");
  return exp(-D / by);
}

#define BUMP_MISTAKE(id, says, ...) \
  MISTAKE(                          \
      rbf, "13.4", id, says, (const mat& C, real width, const mat& X)->mat { return __VA_ARGS__; })

BUMP_MISTAKE("width-once", "your bumps have another width: the width is squared in the exponent",
             bumps(ways(C, X), 2 * width, width))
BUMP_MISTAKE("no-half", "your bumps are narrower than asked for: the exponent divides by 2 width^2",
             bumps(ways(C, X), width* width, width))
BUMP_MISTAKE("not-squared", "you take the distance itself; a bump falls with its square",
             bumps(sqrt(ways(C, X)), 2 * width * width, width))
BUMP_MISTAKE("grows", "your bumps are pits: with the distance the answer grows",
             bumps(-ways(C, X), 2 * width * width, width))

static real heads(uword tosses, uword most, real of) {
  real sum = 0, chance = std::pow(real(0.5), real(tosses));
  for (uword i = 0; i <= tosses && i < most; ++i) sum += chance, chance *= real(tosses - i) / real(i + 1);
  return sum * of;
}

#define SHARE_MISTAKE(id, says, ...)                                \
  MISTAKE(                                                          \
      separable_share, "13.4", id, says, (uword n, uword d)->real { \
        require(n > 0 && d > 0, "separable_share", "none");         \
        return __VA_ARGS__;                                         \
      })

SHARE_MISTAKE("one-too-many", "you add one binomial too many: i goes from 0 to d - 1", heads(n - 1, d + 1, 1))
SHARE_MISTAKE("n-for-n-less-1", "the binomials are of n - 1, not of n", heads(n, d, 1))
SHARE_MISTAKE("one-side", "each cut gives two labellings, for either side may be the 1: you count half of them",
              heads(n - 1, d, real(0.5)))

// 13.5

struct Fitting {
  bool shrinks_bias = false, bias_plus = false, down = false, no_bias = false, by_samples = false, no_ridge = false;
};

static Layer fitted(const mat& Phi, const mat& T, real ridge, Fitting quirk) {
  require_shape(T.n_cols, Phi.n_cols, "rbf_fit", "T", "columns", "columns of Phi");
  require(Phi.n_cols > 0 && ridge >= 0, "rbf_fit", "nothing");
  if (quirk.by_samples) ridge *= real(Phi.n_cols);
  if (quirk.no_ridge) ridge = 0;
  mat A(Phi.n_rows + 1, Phi.n_cols, arma::fill::ones);
  A.head_rows(Phi.n_rows) = Phi;
  if (quirk.no_bias) A.tail_rows(1).zeros();
  mat S = A * A.t();
  S.diag() += ridge;
  if (!quirk.shrinks_bias) S(Phi.n_rows, Phi.n_rows) = quirk.no_bias ? 1 : real(Phi.n_cols);
  const mat all = solve(S, A * T.t());  // (k + 1) x m
  const mat W = all.head_rows(Phi.n_rows);
  vec b = all.tail_rows(1).t();
  if (quirk.bias_plus) b += 2 * W.t() * vec(mean(Phi, 1));
  return {quirk.down ? W : mat(W.t()), b, Activation::identity};
}

#define FIT_MISTAKE(id, says, ...) \
  MISTAKE(                         \
      rbf_fit, "13.5", id, says,   \
      (const mat& Phi, const mat& T, real ridge)->Layer { return fitted(Phi, T, ridge, Fitting{__VA_ARGS__}); })

FIT_MISTAKE("bias-shrunk",
            "with a large ridge your answers shrink to 0, not to the mean of the targets: spare the bias",
            .shrinks_bias = true)
FIT_MISTAKE("bias-plus", "you add W times the mean of Phi to the mean of T; it is taken off, so that both means meet",
            .bias_plus = true)
FIT_MISTAKE("classes-down", "your W lies on its side: it has a row for each row of T", .down = true)
FIT_MISTAKE("no-bias", "your layer has no bias: at Phi = 0 it can only say 0", .no_bias = true)
FIT_MISTAKE("ridge-a-sample", "your ridge grows with the samples: it stands once beside the sum over all of them",
            .by_samples = true)
FIT_MISTAKE("no-ridge", "the ridge changes nothing with you", .no_ridge = true)

// 13.6

struct Directing {
  bool not_centred = false, smallest = false, stretched = false, of_kept = false, roots = false;
};

static Components directions(const mat& X, uword k, Directing quirk) {
  require(k > 0 && k <= std::min(X.n_rows, X.n_cols), "principal_components", "k");
  const vec middle = mean(X, 1);
  mat U, V;
  vec s;
  svd_econ(U, s, V, quirk.not_centred ? X : mat(X.each_col() - middle));
  if (quirk.smallest) U = mat(fliplr(U)), s = vec(reverse(s));
  const vec part = quirk.roots ? s : vec(square(s));
  const real whole = quirk.of_kept ? sum(part.head(k)) : sum(part);
  U = U.head_cols(k).eval();
  if (quirk.stretched) U.each_row() %= s.head(k).t();
  return {middle, U, whole > 0 ? vec(part.head(k) / whole) : vec(k, arma::fill::zeros)};
}

#define DIRECTION_MISTAKE(id, says, ...)      \
  MISTAKE(                                    \
      principal_components, "13.6", id, says, \
      (const mat& X, uword k)->Components { return directions(X, k, Directing{__VA_ARGS__}); })

DIRECTION_MISTAKE("not-centred", "your first direction points at the mean: what was to be taken off first?",
                  .not_centred = true)
DIRECTION_MISTAKE("smallest-first", "your directions hold the least: eig_sym sorts from below", .smallest = true)
DIRECTION_MISTAKE("stretched", "columns of U have length 1; yours carry the singular values", .stretched = true)
DIRECTION_MISTAKE("share-of-kept",
                  "your shares always add up to 1: they are parts of the whole variance, not of the kept",
                  .of_kept = true)
DIRECTION_MISTAKE("share-of-roots", "your shares are of singular values; variances are their squares", .roots = true)

struct Rebuilding {
  bool no_mean = false, off_twice = false, not_taken = false, of_these = false, kept_only = false;
};

static mat rebuilt(const Components& components, const mat& X, Rebuilding quirk) {
  const auto& [learned, U, share] = components;
  require_shape(X.n_rows, U.n_rows, "reconstruct", "X", "rows", "rows of U");
  const vec middle = quirk.of_these ? vec(mean(X, 1)) : learned;
  const mat kept = U.t() * (quirk.not_taken ? X : mat(X.each_col() - middle));
  if (quirk.kept_only) return kept;
  mat Y = U * kept;
  if (quirk.off_twice) Y.each_col() -= middle;
  else if (!quirk.no_mean) Y.each_col() += middle;
  return Y;
}

#define REBUILD_MISTAKE(id, says, ...) \
  MISTAKE(                             \
      reconstruct, "13.6", id, says,   \
      (const Components& components, const mat& X)->mat { return rebuilt(components, X, Rebuilding{__VA_ARGS__}); })

REBUILD_MISTAKE("mean-lost", "every rebuilt sample lacks the same thing: put the mean back", .no_mean = true)
REBUILD_MISTAKE("mean-off-twice", "you take the mean off a second time; in the end it is put back", .off_twice = true)
REBUILD_MISTAKE("mean-not-taken", "you add the mean that you never took off", .not_taken = true)
REBUILD_MISTAKE("learned-from-test", "you took the mean of these samples; components.mean is the one that was learned",
                .of_these = true)
REBUILD_MISTAKE("only-kept", "these are the k numbers that are kept; go on to what they stand for", .kept_only = true)

// 13.7

struct Layering {
  bool bent = false, any_size = false, no_output = false, he = false, last_of_equals = false;
};

static Network layered(const std::vector<uword>& sizes, Activation hidden, Activation output, Rng& rng,
                       Layering quirk) {
  require(sizes.size() >= 3 && sizes.front() == sizes.back(), "autoencoder", "sizes");
  require(std::count(sizes.begin(), sizes.end(), uword(0)) == 0, "autoencoder", "a size is 0");
  const uword last = sizes.size() - 1;
  uword code = quirk.any_size ? 0 : 1;
  for (uword l = 1; l < (quirk.any_size ? last + 1 : last); ++l)
    if (quirk.last_of_equals ? sizes[l] <= sizes[code] : sizes[l] < sizes[code]) code = l;
  Network network;
  for (uword l = 1; l <= last; ++l) {
    const Activation activation = l == code && !quirk.bent ? Activation::identity
                                  : l == last              ? (quirk.no_output ? hidden : output)
                                                           : hidden;
    network.push_back((l == code || l == last) && !quirk.he ? xavier_init(sizes[l], sizes[l - 1], activation, rng)
                                                            : he_init(sizes[l], sizes[l - 1], activation, rng));
  }
  return network;
}

#define LAYER_MISTAKE(id, says, ...)                                                               \
  MISTAKE(                                                                                         \
      autoencoder, "13.7", id, says,                                                               \
      (const std::vector<uword>& sizes, Activation hidden, Activation output, Rng& rng)->Network { \
        return layered(sizes, hidden, output, rng, Layering{__VA_ARGS__});                         \
      })

LAYER_MISTAKE("bent-code", "your code goes through the hidden activation; the narrow layer was to be linear",
              .bent = true)
LAYER_MISTAKE("input-counts", "you count the input among the layers: the code is the narrowest hidden layer",
              .any_size = true)
LAYER_MISTAKE("no-output", "your last layer has the activation of the hidden ones", .no_output = true)
LAYER_MISTAKE("he-everywhere",
              "your code and output begin with He's weights: they are no ReLU, so Xavier's were asked for", .he = true)
LAYER_MISTAKE("last-of-equals", "of equally narrow layers the first should be the code; with you it is the last",
              .last_of_equals = true)

/// The layers first ... last - 1.
static mat passed(const Network& network, uword first, uword last, const mat& X) {
  return forward(Network(network.begin() + arma::sword(first), network.begin() + arma::sword(last)), X);
}

#define PART_MISTAKE(function, id, says, ...)                                               \
  MISTAKE(                                                                                  \
      function, "13.7", id, says, (const Network& network, uword code, const mat& X)->mat { \
        require(code <= network.size(), "encode", "layers");                                \
        const uword layers = network.size();                                                \
        return __VA_ARGS__;                                                                 \
      })

PART_MISTAKE(encode, "one-short",
             "your encoder stops before the code: it is the first `code` layers, that one included",
             passed(network, 0, code > 0 ? code - 1 : code + 0 * layers, X))
PART_MISTAKE(encode, "one-further", "your encoder goes a layer too far: the code comes out of layer `code`",
             passed(network, 0, std::min(code + 1, layers), X))
PART_MISTAKE(encode, "all-the-way", "your encoder is the whole network", passed(network, 0, layers, X))
PART_MISTAKE(decode, "one-early", "your decoder begins with the layer that made the code",
             passed(network, code > 0 ? code - 1 : code, layers, X))
PART_MISTAKE(decode, "one-late", "your decoder leaves out the first layer after the code",
             passed(network, std::min(code + 1, layers), layers, X))
PART_MISTAKE(decode, "twice-squashed", "your picture goes through the sigmoid twice: the last layer has done it",
             code == layers ? X : sigmoid(passed(network, code, layers, X)))

// 13.8

struct Soiling {
  bool others = false, adds = false, zeros = false, one_draw = false;
};

static mat soiled(mat X, real share, Rng& rng, Soiling quirk = {}) {
  require(share >= 0 && share <= 1, "corrupt", "share");
  for (real& x : X) {
    const real draw = rng.uniform();
    if ((draw < share) == quirk.others) continue;
    const real noise = quirk.zeros ? 0 : quirk.one_draw ? draw : rng.uniform();
    x = quirk.adds ? x + noise : noise;
  }
  return X;
}

#define SOIL_MISTAKE(id, says, ...) \
  MISTAKE(                          \
      corrupt, "13.8", id, says,    \
      (mat X, real share, Rng & rng)->mat { return soiled(std::move(X), share, rng, Soiling{__VA_ARGS__}); })

SOIL_MISTAKE("keeps-the-share", "you keep the share that was to become noise", .others = true)
SOIL_MISTAKE("adds", "you add noise to what was there; it should take its place", .adds = true)
SOIL_MISTAKE("black", "your noise is always 0; it should be drawn anew, between 0 and 1", .zeros = true)
SOIL_MISTAKE("one-draw", "your noise is the number that decided: always below the share. Draw once more",
             .one_draw = true)

struct Teaching {
  bool noisy_target = false, exchanged = false, same_noise = false, no_noise = false, forgets = false,
       one_order = false, descent = false, squared = false;
};

static Network taught(Network network, const mat& X, real noise, uword epochs, uword size, real rate, Rng& rng,
                      Teaching quirk) {
  require(!network.empty(), "train_autoencoder", "no layers");
  Method method;
  if (!quirk.descent) method.rule = Rule::adam;
  const Loss loss =
      network.back().activation == Activation::sigmoid && !quirk.squared ? Loss::binary_cross_entropy : Loss::squared;
  const uvec all = arma::linspace<uvec>(0, X.n_cols - 1, X.n_cols);
  std::vector<Memory> memory;
  std::vector<uvec> batches;
  const mat once = quirk.same_noise ? soiled(X, noise, rng) : mat();
  for (uword epoch = 0; epoch < epochs; ++epoch) {
    if (epoch == 0 || !quirk.one_order) batches = shuffled_batches(all, size, rng);
    for (const uvec& batch : batches) {
      const mat clean = X.cols(batch);
      const mat seen = quirk.same_noise ? mat(once.cols(batch)) : quirk.no_noise ? clean : soiled(clean, noise, rng);
      if (quirk.forgets) memory.clear();
      Optimised next = optimise(
          std::move(network),
          backprop(network, quirk.exchanged ? clean : seen, quirk.noisy_target || quirk.exchanged ? seen : clean, loss),
          std::move(memory), method, rate);
      network = std::move(next.network), memory = std::move(next.memory);
    }
  }
  return network;
}

#define TEACH_MISTAKE(id, says, ...)                                                                        \
  MISTAKE(                                                                                                  \
      train_autoencoder, "13.8", id, says,                                                                  \
      (Network network, const mat& X, real noise, uword epochs, uword size, real rate, Rng& rng)->Network { \
        return taught(std::move(network), X, noise, epochs, size, rate, rng, Teaching{__VA_ARGS__});        \
      })

TEACH_MISTAKE("judged-by-noise", "your network is asked for its own noisy input: copying would be perfect",
              .noisy_target = true)
TEACH_MISTAKE("exchanged", "your network reads the clean samples and is judged by the noisy ones: exchange them",
              .exchanged = true)
TEACH_MISTAKE("same-noise", "your noise is drawn once for all epochs: the network learns the specks by heart",
              .same_noise = true)
TEACH_MISTAKE("no-noise", "your network never sees noise: corrupt what it reads", .no_noise = true)
TEACH_MISTAKE("forgets", "each step of yours begins with an empty memory: Adam goes on from the last one",
              .forgets = true)
TEACH_MISTAKE("one-order", "your batches are the same in every epoch: shuffle anew", .one_order = true)
TEACH_MISTAKE("descent", "your steps are plain descent: set the method's rule to Adam", .descent = true)
TEACH_MISTAKE("squared", "behind a sigmoid your loss is the squared error; binary cross-entropy was asked for",
              .squared = true)

}  // namespace nn
