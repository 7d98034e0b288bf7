// Known mistakes of lesson 8. They stand on lessons 1 to 7 and on this file alone: what a student wrote for one task of
// the lesson must not change the mistakes of another.
#include <algorithm>
#include <cmath>

#include "autograder/mistakes/catalogue.hpp"
#include "nn/activations.hpp"
#include "nn/generalisation.hpp"
#include "nn/losses.hpp"
#include "nn/multilayer.hpp"
#include "nn/support/activate.hpp"
#include "nn/support/image.hpp"

namespace nn {

// 8.1

/// The score of a heap.
static Score of_heap(const Network& network, const Dataset& data, const uvec& indices, Loss loss) {
  require(!indices.empty(), "score", "no samples");
  const Batch batch = gather(data, indices);
  const mat Y = forward(network, batch.X);
  return {loss_value(loss, Y, batch.T), real(accu(predict(Y) == data.labels(indices))) / indices.n_elem};
}

MISTAKE(
    score, "8.1", "mean-of-heaps",
    "your last heap is shorter and counts as much as the others: add up sums over samples, and divide once",
    (const Network& network, const Dataset& data, const uvec& indices, Loss loss)->Score {
      Score sum;
      uword heaps = 0;
      for (uword i = 0; i < std::max<uword>(indices.n_elem, 1); i += 500, ++heaps) {
        const uword rest = std::min<uword>(500, indices.n_elem - i);
        const Score one =
            of_heap(network, data, indices.empty() ? indices : uvec(indices.subvec(i, i + rest - 1)), loss);
        sum.loss += one.loss, sum.accuracy += one.accuracy;
      }
      return {sum.loss / heaps, sum.accuracy / heaps};
    })
MISTAKE(
    score, "8.1", "mean-of-losses",
    "your last heap is shorter and its loss counts as much as the others: add up sums, and divide once",
    (const Network& network, const Dataset& data, const uvec& indices, Loss loss)->Score {
      Score all = of_heap(network, data, indices, loss);
      all.loss = 0;
      const uword heaps = (indices.n_elem + 499) / 500;
      for (uword i = 0; i < indices.n_elem; i += 500)
        all.loss +=
            of_heap(network, data, indices.subvec(i, std::min(i + 500, indices.n_elem) - 1), loss).loss / real(heaps);
      return all;
    })
MISTAKE(
    score, "8.1", "first-heap", "you look at the first heap only: go on until all indices have been judged",
    (const Network& network, const Dataset& data, const uvec& indices, Loss loss)->Score {
      return of_heap(network, data, indices.head(std::min<uword>(500, indices.n_elem)), loss);
    })
MISTAKE(
    score, "8.1", "summed", "your loss is a sum over the samples; the contract asks for their mean",
    (const Network& network, const Dataset& data, const uvec& indices, Loss loss)->Score {
      const Score all = of_heap(network, data, indices, loss);
      return {all.loss * indices.n_elem, all.accuracy};
    })
MISTAKE(
    score, "8.1", "all-samples", "you judge by all the data; only the samples in `indices` count",
    (const Network& network, const Dataset& data, const uvec& indices, Loss loss)->Score {
      if (!indices.empty()) of_heap(network, data, indices, loss);
      return of_heap(network, data, indices.empty() ? indices : uvec(arma::regspace<uvec>(0, data.size() - 1)), loss);
    })
MISTAKE(
    parameters, "8.1", "no-biases", "you count the weights; each unit has a bias, which is a number to find, too",
    (const Network& network)->uword {
      uword count = 0;
      for (const Layer& layer : network) count += layer.W.n_elem;
      return count;
    })
MISTAKE(
    parameters, "8.1", "one-bias-a-layer", "you count one bias for each layer; each unit has its own",
    (const Network& network)->uword {
      uword count = 0;
      for (const Layer& layer : network) count += layer.W.n_elem + 1;
      return count;
    })

// 8.2

static void require_table(const mat& P, const rowvec& truth) {
  require(!P.empty() && truth.n_elem == P.n_cols, "bias_variance", "they do not fit");
}

#define BIAS_MISTAKE(id, says, ...)                                                       \
  MISTAKE(                                                                                \
      bias_variance, "8.2", id, says, (const mat& P, const rowvec& truth)->BiasVariance { \
        require_table(P, truth);                                                          \
        return __VA_ARGS__;                                                               \
      })

BIAS_MISTAKE("r-minus-one", "you divide by R - 1: then the two parts no longer add up to the mean squared error",
             {accu(square(mean(P, 0) - truth)) / truth.n_elem, accu(var(P, 0, 0)) / truth.n_elem})
BIAS_MISTAKE("not-squared", "you average how far the mean answers are off; each of them is to be squared",
             {accu(abs(mean(P, 0) - truth)) / truth.n_elem, accu(var(P, 1, 0)) / truth.n_elem})
BIAS_MISTAKE(
    "error-for-bias",
    "your bias2 is the whole mean squared error: take the mean over the trainings before you compare with the truth",
    {accu(square(P.each_row() - truth)) / P.n_elem, accu(var(P, 1, 0)) / truth.n_elem})
BIAS_MISTAKE(
    "along-the-points",
    "your variance is that of one training's answers at different points; each point scatters over the trainings",
    {accu(square(mean(P, 0) - truth)) / truth.n_elem, accu(var(P, 1, 1)) / P.n_rows})
BIAS_MISTAKE("deviation",
             "you take the standard deviation; the variance is its square, and only that adds up to the error",
             {accu(square(mean(P, 0) - truth)) / truth.n_elem, accu(stddev(P, 1, 0)) / truth.n_elem})
MISTAKE(
    bias_variance, "8.2", "mean-then-square",
    "you average over the points before you square: then what is too high here makes up for what is too low there",
    (const mat& P, const rowvec& truth)->BiasVariance {
      require_table(P, truth);
      const real off = arma::mean(rowvec(mean(P, 0) - truth));
      return {off * off, accu(var(P, 1, 0)) / truth.n_elem};
    })

// 8.3

/// lambda/2 times the squares of the weights, and of the biases, too.
static real penalty(const Network& network, real lambda, bool biases) {
  real squares = 0;
  for (const Layer& layer : network) squares += accu(square(layer.W)) + (biases ? accu(square(layer.b)) : 0);
  return lambda / 2 * squares;
}

/// Every weight, or all but the biases, through f.
template <class F>
static Network changed(Network network, bool biases, F f) {
  for (Layer& layer : network) {
    layer.W.transform(f);
    if (biases) layer.b.transform(f);
  }
  return network;
}

static real shrunk(real w, real step) { return std::copysign(std::max(std::abs(w) - step, real(0)), w); }

MISTAKE(
    l2_penalty, "8.3", "penalises-biases", "a bias only moves a threshold; leave it out of the penalty",
    (const Network& network, real lambda)->real { return penalty(network, lambda, true); })
MISTAKE(
    l2_penalty, "8.3", "no-half",
    "your penalty is twice the contract's: with lambda/2 its slope is lambda W, the decay of 7.7",
    (const Network& network, real lambda)->real { return 2 * penalty(network, lambda, false); })
MISTAKE(
    l2_penalty, "8.3", "absolute", "you sum the sizes of the weights, which is L1; L2 sums their squares",
    (const Network& network, real lambda)->real {
      real sum = 0;
      for (const Layer& layer : network) sum += accu(abs(layer.W));
      return lambda / 2 * sum;
    })
MISTAKE(
    l2_penalty, "8.3", "norm-of-a-matrix",
    "norm() of a matrix is its largest stretch, not the root of the sum of squares; that is norm(M, \"fro\")",
    (const Network& network, real lambda)->real {
      real squares = 0;
      for (const Layer& layer : network) squares += std::pow(norm(layer.W), 2);
      return lambda / 2 * squares;
    })
#define SHRINK_MISTAKE(id, says, ...)                                                                        \
  MISTAKE(                                                                                                   \
      shrink_weights, "8.3", id, says, (Network network, [[maybe_unused]] real rate, real lambda)->Network { \
        return changed(network, false, [&](real w) { return __VA_ARGS__; });                                 \
      })

SHRINK_MISTAKE("overshoots",
               "a small weight of yours jumps over zero and comes out on the other side: it should stop at 0",
               w - rate * lambda * real((w > 0) - (w < 0)))
MISTAKE(
    shrink_weights, "8.3", "shrinks-biases", "a bias only moves a threshold; leave it as it is",
    (Network network, real rate, real lambda)->Network {
      return changed(network, true, [&](real w) { return shrunk(w, rate * lambda); });
    })
SHRINK_MISTAKE("forgets-the-rate", "your step is lambda; it should be rate times lambda", shrunk(w, lambda))
MISTAKE(
    shrink_weights, "8.3", "decays",
    "you multiply each weight by 1 - rate lambda, which is 7.7; here each loses the same amount, and stops at 0",
    (Network network, real rate, real lambda)->Network { return decay_weights(network, rate, lambda); })
SHRINK_MISTAKE("negative-to-zero", "all your negative weights are 0: shrink the size of a weight and keep its sign",
               std::max(w - rate * lambda, real(0)))

// 8.4

static void require_keep(real keep) { require(0 < keep && keep <= 1, "dropout_mask", "keep"); }

/// Entries that are `kept` with probability `chance`, else 0.
static mat coins(uword rows, uword cols, real chance, real kept, Rng& rng) {
  mat mask(rows, cols);
  for (real& entry : mask) entry = rng.uniform() < chance ? kept : 0;
  return mask;
}

#define MASK_MISTAKE(id, says, ...)                                                        \
  MISTAKE(                                                                                 \
      dropout_mask, "8.4", id, says, (uword rows, uword cols, real keep, Rng & rng)->mat { \
        require_keep(keep);                                                                \
        return __VA_ARGS__;                                                                \
      })

MASK_MISTAKE("keep-for-drop", "with keep = 0.8 you keep a fifth: the number says how likely a unit stays",
             coins(rows, cols, 1 - keep, 1 / keep, rng))
MASK_MISTAKE(
    "not-scaled",
    "your kept units are 1: then a layer's sums shrink when units leave, and nothing makes up for it at test time",
    coins(rows, cols, keep, 1, rng))
MASK_MISTAKE("times-keep",
             "fewer units are left, and you make each of them weaker still: divide by keep, do not multiply",
             coins(rows, cols, keep, keep, rng))
MASK_MISTAKE("scaled-by-dropped",
             "you divide by the share that leaves; what stays is made louder by dividing by keep, the share that stays",
             coins(rows, cols, keep, keep < 1 ? 1 / (1 - keep) : 1, rng))
MASK_MISTAKE("one-mask-for-all", "all your columns lose the same units: each sample should lose its own",
             repmat(coins(rows, 1, keep, 1 / keep, rng), 1, cols))
MASK_MISTAKE("whole-columns", "you silence whole columns, all units of a sample; every entry is to be drawn for itself",
             repmat(coins(1, cols, keep, 1 / keep, rng), rows, 1))
MISTAKE(
    dropout_mask, "8.4", "unchecked", "your mask takes any keep: refuse 0, more than 1, and what is not a number",
    (uword rows, uword cols, real keep, Rng& rng)->mat { return coins(rows, cols, keep, 1 / keep, rng); })

// 8.5

/// How a pass there may go wrong.
struct There {
  bool masks_z = false, drops_output = false, next_sees_all = false, one_mask = false, not_masked = false;
};

static Dropped there(const Network& network, const mat& X, real keep, Rng& rng, There quirk) {
  require_keep(keep);
  Dropped dropped;
  auto& [Z, A] = dropped.trace;
  mat input = X;
  for (std::size_t l = 0; l < network.size(); ++l) {
    const bool last = l + 1 == network.size();
    Z.push_back(dense(network[l].W, network[l].b, input));
    A.push_back(activate(network[l].activation, Z[l]));
    const mat whole = A[l];
    if (!last || quirk.drops_output) {
      mat mask = coins(whole.n_rows, whole.n_cols, keep, 1 / keep, rng);
      if (quirk.one_mask && l > 0 && size(dropped.masks[0]) == size(mask)) mask = dropped.masks[0];
      if (quirk.masks_z) A[l] = activate(network[l].activation, Z[l] % mask);
      else if (!quirk.not_masked) A[l] %= mask;
      if (!last) dropped.masks.push_back(mask);
    }
    input = quirk.next_sees_all ? whole : A[l];
  }
  return dropped;
}

#define THERE_MISTAKE(id, says, ...)                                                                         \
  MISTAKE(                                                                                                   \
      dropout_trace, "8.5", id, says, (const Network& network, const mat& X, real keep, Rng& rng)->Dropped { \
        return there(network, X, keep, rng, There{__VA_ARGS__});                                             \
      })

THERE_MISTAKE("masks-z", "a dropped sigmoid of yours still says 1/2: drop what a unit says, not what it hears",
              .masks_z = true)
THERE_MISTAKE("drops-output", "your output loses units too: nobody is left to say the answer", .drops_output = true)
THERE_MISTAKE("next-sees-all",
              "your masked output is kept, but the next layer gets the whole one: it should see what is left",
              .next_sees_all = true)
THERE_MISTAKE("one-mask", "all your layers lose the same units: draw a mask for each layer", .one_mask = true)
THERE_MISTAKE("not-masked", "you draw masks, but A is as it was without them: multiply A by its mask",
              .not_masked = true)

/// How the way back may go wrong.
struct Back {
  bool no_mask = false, what_is_left = false, dropped_slope = false, divided = false, sums = false;
};

static std::vector<mat> back(const Network& network, const Dropped& dropped, const mat& T, Loss loss, real keep,
                             Back quirk) {
  require(!network.empty() && dropped.masks.size() + 1 == network.size(), "dropout_deltas", "they do not fit");
  for (std::size_t l = 0; l + 1 < network.size(); ++l)
    require(network[l].activation != Activation::softmax, "dropout_deltas", "softmax");
  const auto& [Z, A] = dropped.trace;
  const std::size_t last = network.size() - 1;
  std::vector<mat> dZ(network.size());
  dZ[last] = backward_deltas({network[last]}, {{Z[last]}, {A[last]}}, T, loss)[0];
  if (quirk.sums) dZ[last] *= real(T.n_cols);
  for (std::size_t l = last; l-- > 0;) {
    mat dA = network[l + 1].W.t() * dZ[l + 1];
    if (!quirk.no_mask) dA %= dropped.masks[l];
    if (quirk.divided) dA *= keep;
    const Activation phi = network[l].activation;
    dZ[l] = activation_backward(phi, Z[l],
                                quirk.what_is_left    ? mat(keep * A[l])
                                : quirk.dropped_slope ? A[l]
                                                      : activate(phi, Z[l]),
                                std::move(dA));
  }
  return dZ;
}

#define BACK_MISTAKE(id, says, ...)                                                                            \
  MISTAKE(                                                                                                     \
      dropout_deltas, "8.5", id, says,                                                                         \
      (const Network& network, const Dropped& dropped, const mat& T, Loss loss, real keep)->std::vector<mat> { \
        return back(network, dropped, T, loss, keep, Back{__VA_ARGS__});                                       \
      })

BACK_MISTAKE("no-mask-back", "a unit that was silent on the way there still learns on the way back", .no_mask = true)
BACK_MISTAKE("no-mask-but-slope",
             "on the way back your masks are missing: they stand there as on the way there, 1/keep with them",
             .no_mask = true, .what_is_left = true)
BACK_MISTAKE("slope-at-dropped",
             "right for ReLU, wrong for sigmoid: at which output do you take the slope, the unit's own or what was "
             "left of it?",
             .dropped_slope = true)
BACK_MISTAKE("ones-for-masks",
             "on the way back you let the slope through as it is; on the way there the output was made 1/keep as large",
             .divided = true)
BACK_MISTAKE("summed", "your deltas are N times too large: the mean over the samples comes in at the output",
             .sums = true)

// 8.6

/// The pixel at a whole place, and 0 outside.
static real at(const mat& image, real r, real c) {
  return r >= 0 && c >= 0 && r < real(image.n_rows) && c < real(image.n_cols) ? image(uword(r), uword(c)) : 0;
}

static real blend(const mat& image, real above, real left, real down, real right) {
  return (1 - down) * ((1 - right) * at(image, above, left) + right * at(image, above, left + 1)) +
         down * ((1 - right) * at(image, above + 1, left) + right * at(image, above + 1, left + 1));
}

static real look(const mat& image, real row, real col) {
  const real above = std::floor(row), left = std::floor(col);
  return blend(image, above, left, row - above, col - left);
}

MISTAKE(
    between, "8.6", "truncates",
    "just outside the upper or left edge you round towards zero, which is inside: round down, with std::floor",
    (const mat& image, real row, real col)->real {
      const real above = std::trunc(row), left = std::trunc(col);
      return blend(image, above, left, std::abs(row - above), std::abs(col - left));
    })
MISTAKE(
    between, "8.6", "truncates-with-sign",
    "just outside the upper or left edge your cast rounds towards zero, which is inside: round down, with std::floor",
    (const mat& image, real row, real col)->real {
      const real above = std::trunc(row), left = std::trunc(col);
      return blend(image, above, left, row - above, col - left);
    })
#define BETWEEN_MISTAKE(id, says, ...) \
  MISTAKE(                             \
      between, "8.6", id, says, (const mat& image, real row, real col)->real { return __VA_ARGS__; })

BETWEEN_MISTAKE("nearest", "you show the nearest pixel; half-way between two it should be half of each",
                at(image, std::round(row), std::round(col)))
BETWEEN_MISTAKE("upper-left", "you show the pixel above and to the left; what is left over says how to mix four",
                at(image, std::floor(row), std::floor(col)))
BETWEEN_MISTAKE("row-and-column-exchanged", "you take the row for the column: image(row, column)",
                look(image, col, row))
MISTAKE(
    between, "8.6", "weights-exchanged",
    "your weights have changed places: a place near the upper pixel should see more of the upper one",
    (const mat& image, real row, real col)->real {
      const real above = std::floor(row), left = std::floor(col);
      return blend(image, above, left, 1 - (row - above), 1 - (col - left));
    })
MISTAKE(
    between, "8.6", "rows-exchanged",
    "the weights of your two rows have changed places: near the row above, the row above should count most",
    (const mat& image, real row, real col)->real {
      const real above = std::floor(row), left = std::floor(col);
      return blend(image, above, left, 1 - (row - above), col - left);
    })
MISTAKE(
    between, "8.6", "columns-exchanged",
    "the weights of your two columns have changed places: near the column to the left, that one should count most",
    (const mat& image, real row, real col)->real {
      const real above = std::floor(row), left = std::floor(col);
      return blend(image, above, left, row - above, 1 - (col - left));
    })
MISTAKE(
    between, "8.6", "parts-exchanged",
    "what is left of the row goes with the pixel to the right, and what is left of the column with the one below",
    (const mat& image, real row, real col)->real {
      const real above = std::floor(row), left = std::floor(col);
      return blend(image, above, left, col - left, row - above);
    })
BETWEEN_MISTAKE("edge-goes-on", "beyond the edge you show the edge again; outside is 0",
                look(image, std::clamp(row, real(0), real(image.n_rows) - 1),
                     std::clamp(col, real(0), real(image.n_cols) - 1)))
MISTAKE(
    between, "8.6", "edge-cut-off", "half a pixel beyond the edge is half of the edge; you show 0 at once",
    (const mat& image, real row, real col)->real {
      const bool inside = row >= 0 && col >= 0 && row <= real(image.n_rows) - 1 && col <= real(image.n_cols) - 1;
      return inside ? look(image, row, col) : 0;
    })

static void require_field(const Field& from) { require_same_shape(from.row, from.col, "warp", "row", "col"); }

MISTAKE(
    warp, "8.6", "holes",
    "your picture has holes: you ask where each old pixel goes; ask where each new pixel comes from",
    (const mat& image, const Field& from)->mat {
      require_field(from);
      mat out(size(from.row), arma::fill::zeros);
      for (uword c = 0; c < std::min(image.n_cols, out.n_cols); ++c)
        for (uword r = 0; r < std::min(image.n_rows, out.n_rows); ++r) {
          const real row = std::round(from.row(r, c)), col = std::round(from.col(r, c));
          if (row >= 0 && col >= 0 && row < real(out.n_rows) && col < real(out.n_cols))
            out(uword(row), uword(col)) = image(r, c);
        }
      return out;
    })
MISTAKE(
    warp, "8.6", "shape-of-the-image", "your result has the shape of the image; it should have that of the field",
    (const mat& image, const Field& from)->mat {
      require_field(from);
      mat out(size(image), arma::fill::zeros);
      for (uword i = 0; i < std::min(out.n_elem, from.row.n_elem); ++i) out(i) = look(image, from.row(i), from.col(i));
      return out;
    })
MISTAKE(
    warp, "8.6", "sideways", "your picture lies on its side: from.row is the row, from.col the column",
    (const mat& image, const Field& from)->mat {
      require_field(from);
      mat out(size(from.row));
      for (uword i = 0; i < out.n_elem; ++i) out(i) = look(image, from.col(i), from.row(i));
      return out;
    })
MISTAKE(
    warp, "8.6", "nearest-pixel", "you show the nearest pixel; ask `between`, which mixes four",
    (const mat& image, const Field& from)->mat {
      require_field(from);
      mat out(size(from.row));
      for (uword i = 0; i < out.n_elem; ++i) out(i) = at(image, std::round(from.row(i)), std::round(from.col(i)));
      return out;
    })

/// How a field may go wrong.
struct Turn {
  bool corner = false, radians = false, clockwise = false, one_sine = false, moved_after = false, shear_up = false,
       divides = false, whole_middle = false;
};

static Field turned(uword rows, uword cols, const Affine& a, Turn quirk) {
  const real angle = a.degrees * (quirk.radians ? 1 : real(arma::datum::pi) / 180) * (quirk.clockwise ? -1 : 1);
  real r0 = quirk.corner ? 0 : (real(rows) - 1) / 2, c0 = quirk.corner ? 0 : (real(cols) - 1) / 2;
  if (quirk.whole_middle) r0 = std::floor(r0), c0 = std::floor(c0);
  Field from{mat(rows, cols), mat(rows, cols)};
  for (uword c = 0; c < cols; ++c)
    for (uword r = 0; r < rows; ++r) {
      const real down = quirk.moved_after ? 0 : a.down, right = quirk.moved_after ? 0 : a.right;
      const real tall = quirk.divides ? 1 / a.stretch_rows : a.stretch_rows,
                 wide = quirk.divides ? 1 / a.stretch_cols : a.stretch_cols;
      const real y = (r - r0 - down) * tall + (quirk.shear_up ? a.shear * (c - c0) : 0);
      const real x = (c - c0 - right) * wide + (quirk.shear_up ? 0 : a.shear * (r - r0));
      from.row(r, c) =
          r0 + y * std::cos(angle) + (quirk.one_sine ? -1 : 1) * x * std::sin(angle) + (quirk.moved_after ? a.down : 0);
      from.col(r, c) = c0 - y * std::sin(angle) + x * std::cos(angle) + (quirk.moved_after ? a.right : 0);
    }
  return from;
}

#define TURN_MISTAKE(id, says, ...)  \
  MISTAKE(                           \
      affine_field, "8.6", id, says, \
      (uword rows, uword cols, const Affine& affine)->Field { return turned(rows, cols, affine, Turn{__VA_ARGS__}); })

TURN_MISTAKE("about-the-corner", "your digits turn about the corner: measure r and c from the middle", .corner = true)
TURN_MISTAKE(
    "whole-middle",
    "rows and cols are whole numbers, and (rows - 1) / 2 is rounded down: the middle may lie between two pixels",
    .whole_middle = true)
TURN_MISTAKE("degrees-as-radians",
             "15 degrees turn your digit by more than two full turns: std::cos wants radians, degrees times pi / 180",
             .radians = true)
TURN_MISTAKE("clockwise", "your field turns the other way round: both sines have the wrong sign", .clockwise = true)
TURN_MISTAKE("one-sine",
             "your field squeezes the digit where it should turn it: one of the two sines has the wrong sign",
             .one_sine = true)
TURN_MISTAKE("moves-the-other-way",
             "your digit moves up when it should move down: a pixel that looks one row up shows what was above it",
             .moved_after = true)
TURN_MISTAKE("shear-exchanged", "your shear moves columns up; it should move rows to the side", .shear_up = true)
TURN_MISTAKE("stretch-divided",
             "you divide by the stretch: pixel (r, c) looks at the stretched distance, so the picture gets smaller",
             .divides = true)

// 8.7

static mat enlarged(const mat& small, uword rows, uword cols) {
  mat large(rows, cols);
  for (uword c = 0; c < cols; ++c)
    for (uword r = 0; r < rows; ++r)
      large(r, c) = look(small, rows > 1 ? real(r * (small.n_rows - 1)) / real(rows - 1) : 0,
                         cols > 1 ? real(c * (small.n_cols - 1)) / real(cols - 1) : 0);
  return large;
}

static void require_bend(real pixels, uword grid) {
  require(grid >= 2 && pixels >= 0, "elastic_field", "grid or pixels");
}

static Field bent(uword rows, uword cols, real pixels, uword grid, Rng& rng) {
  require_bend(pixels, grid);
  const mat down = random_uniform(grid, grid, -pixels, pixels, rng),
            right = random_uniform(grid, grid, -pixels, pixels, rng);
  return {enlarged(down, rows, cols), enlarged(right, rows, cols)};
}

MISTAKE(
    elastic_field, "8.7", "same-up-and-across",
    "your elastic moves only along the diagonal: rows and columns need a grid each",
    (uword rows, uword cols, real pixels, uword grid, Rng& rng)->Field {
      const mat row = bent(rows, cols, pixels, grid, rng).row;
      return {row, row};
    })
MISTAKE(
    elastic_field, "8.7", "down-and-right-only", "your pixels move down and right only: draw from -pixels to pixels",
    (uword rows, uword cols, real pixels, uword grid, Rng& rng)->Field {
      Field by = bent(rows, cols, pixels, grid, rng);
      by.row = (by.row + pixels) / 2, by.col = (by.col + pixels) / 2;
      return by;
    })
MISTAKE(
    elastic_field, "8.7", "noise",
    "each of your pixels moves for itself, which tears the picture: draw a small grid and enlarge it",
    (uword rows, uword cols, real pixels, uword grid, Rng& rng)->Field {
      require_bend(pixels, grid);
      const mat down = random_uniform(rows, cols, -pixels, pixels, rng);
      return {down, random_uniform(rows, cols, -pixels, pixels, rng)};
    })
MISTAKE(
    elastic_field, "8.7", "corner-beyond-corner",
    "your field fades out at the lower and right edge: the last row of the grid belongs on the last row of the image, "
    "so the step is (grid - 1)/(rows - 1)",
    (uword rows, uword cols, real pixels, uword grid, Rng& rng)->Field {
      require_bend(pixels, grid);
      const mat down = random_uniform(grid, grid, -pixels, pixels, rng),
                right = random_uniform(grid, grid, -pixels, pixels, rng);
      Field by{mat(rows, cols), mat(rows, cols)};
      for (uword c = 0; c < cols; ++c)
        for (uword r = 0; r < rows; ++r) {
          const real y = real(r * grid) / real(rows), x = real(c * grid) / real(cols);
          by.row(r, c) = look(down, y, x), by.col(r, c) = look(right, y, x);
        }
      return by;
    })

/// How a batch of distorted images may go wrong.
struct Torn {
  bool one_field = false, sideways = false, never = false, one_shift = false, one_stretch = false, one_way = false;
};

static Batch torn(const Dataset& data, const uvec& indices, const Distortion& d, Rng& rng, Torn quirk) {
  require_bend(d.elastic, d.grid);
  Batch batch = gather(data, indices);
  Field from;
  for (uword j = 0; j < batch.X.n_cols && !quirk.never; ++j) {
    if (j == 0 || !quirk.one_field) {
      const auto around = [&](real middle, real most) {
        return rng.uniform(quirk.one_way ? middle : middle - most, middle + most);
      };
      Affine a;
      a.degrees = around(0, d.degrees), a.down = around(0, d.shift), a.right = around(0, d.shift);
      a.stretch_rows = around(1, d.stretch), a.stretch_cols = around(1, d.stretch), a.shear = around(0, d.shear);
      if (quirk.one_shift) a.right = a.down;
      if (quirk.one_stretch) a.stretch_cols = a.stretch_rows;
      from = turned(data.rows, data.cols, a, {});
      const Field by = bent(data.rows, data.cols, d.elastic, d.grid, rng);
      from.row += by.row, from.col += by.col;
    }
    const mat image = quirk.sideways ? mat(reshape(vec(batch.X.col(j)), data.rows, data.cols))
                                     : to_image(batch.X.col(j), data.rows, data.cols);
    mat out(data.rows, data.cols);
    for (uword i = 0; i < out.n_elem; ++i) out(i) = look(image, from.row(i), from.col(i));
    batch.X.col(j) = quirk.sideways ? vec(vectorise(out)) : to_column(out);
  }
  return batch;
}

#define TORN_MISTAKE(id, says, ...)                                                               \
  MISTAKE(                                                                                        \
      gather_distorted, "8.7", id, says,                                                          \
      (const Dataset& data, const uvec& indices, const Distortion& distortion, Rng& rng)->Batch { \
        return torn(data, indices, distortion, rng, Torn{__VA_ARGS__});                           \
      })

TORN_MISTAKE("one-field-for-all", "every image of the batch is bent the same way: draw inside the loop",
             .one_field = true)
TORN_MISTAKE("transposed", "your digits lie on their sides: pixels go row by row, Armadillo's columns do not",
             .sideways = true)
TORN_MISTAKE("never", "your images are as they were: each is to be warped", .never = true)
TORN_MISTAKE("one-shift", "your images move along the diagonal only: draw down and right apart", .one_shift = true)
TORN_MISTAKE("one-stretch", "you stretch rows and columns alike: draw one number for each", .one_stretch = true)
TORN_MISTAKE("one-way", "you distort in one direction only: draw from -most to most", .one_way = true)

// 8.8

MISTAKE(
    bootstrap, "8.8", "without-replacement",
    "your bootstrap has every sample once: then all bags are the same heap; put each one back before you draw again",
    (const uvec& indices, Rng& rng)->uvec { return indices(random_permutation(indices.n_elem, rng)); })
MISTAKE(
    bootstrap, "8.8", "positions", "you return positions; look them up in `indices`",
    (const uvec& indices, Rng& rng)->uvec {
      uvec drawn(indices.n_elem);
      for (uword& i : drawn) i = rng.below(indices.n_elem);
      return drawn;
    })
MISTAKE(
    bootstrap, "8.8", "a-third-dropped",
    "your bootstrap has each sample at most once and is too short: draw as many as there are, doubles and all",
    (const uvec& indices, Rng& rng)->uvec {
      if (indices.empty()) return indices;
      uvec drawn(indices.n_elem);
      for (uword& i : drawn) i = indices(rng.below(indices.n_elem));
      return unique(drawn);
    })
MISTAKE(
    bootstrap, "8.8", "never-the-last", "your last index never comes: below(n) draws from 0 ... n-1",
    (const uvec& indices, Rng& rng)->uvec {
      uvec drawn(indices.n_elem);
      for (uword& i : drawn) i = indices(rng.below(std::max<uword>(indices.n_elem, 2) - 1));
      return drawn;
    })

static mat sum_of_outputs(const std::vector<Network>& networks, const mat& X) {
  require(!networks.empty(), "average_output", "no network");
  mat sum = forward(networks[0], X);
  for (std::size_t i = 1; i < networks.size(); ++i) {
    const mat Y = forward(networks[i], X);
    require_same_shape(Y, sum, "average_output", "an output", "the first");
    sum += Y;
  }
  return sum;
}

MISTAKE(
    average_output, "8.8", "sum-for-mean", "your columns sum to the number of networks: divide by it",
    (const std::vector<Network>& networks, const mat& X)->mat { return sum_of_outputs(networks, X); })
MISTAKE(
    average_output, "8.8", "vote",
    "you count votes: a network that is nearly sure and one that guesses then count the same; average the outputs",
    (const std::vector<Network>& networks, const mat& X)->mat {
      mat votes = sum_of_outputs(networks, X) * 0;
      for (const Network& network : networks) {
        const uvec said = predict(forward(network, X));
        for (uword j = 0; j < said.n_elem; ++j) votes(said(j), j) += 1;
      }
      return votes / real(networks.size());
    })
MISTAKE(
    average_output, "8.8", "first-only", "you ask the first network only",
    (const std::vector<Network>& networks, const mat& X)->mat {
      sum_of_outputs(networks, X);
      return forward(networks[0], X);
    })
MISTAKE(
    average_output, "8.8", "running-mean",
    "you average the mean so far with the next output: then the last network counts half",
    (const std::vector<Network>& networks, const mat& X)->mat {
      sum_of_outputs(networks, X);
      mat mean = forward(networks[0], X);
      for (std::size_t i = 1; i < networks.size(); ++i) mean = (mean + forward(networks[i], X)) / 2;
      return mean;
    })

// 8.9

/// How an epoch may go wrong.
struct Spoilt {
  bool no_dropout = false, no_distortion = false, plain_back = false, no_decay = false, restarts = false;
};

static Epoch spoilt(Network network, const Dataset& data, const std::vector<uvec>& batches, const Options& options,
                    const Regularisation& regularisation, Rng& rng, std::optional<real> Q, Spoilt quirk) {
  require(!batches.empty(), "regularised_epoch", "no batches");
  require_keep(regularisation.keep);
  if (quirk.restarts) Q.reset();
  for (const uvec& indices : batches) {
    const auto& distortion = regularisation.distortion;
    if (distortion) require_bend(distortion->elastic, distortion->grid);
    const Batch batch =
        distortion && !quirk.no_distortion ? torn(data, indices, *distortion, rng, {}) : gather(data, indices);
    const real keep = quirk.no_dropout ? 1 : regularisation.keep;
    const bool drops = keep != 1;
    const Dropped pass = drops ? there(network, batch.X, keep, rng, {}) : Dropped{forward_trace(network, batch.X), {}};
    const std::vector<mat> deltas = drops && !quirk.plain_back
                                        ? back(network, pass, batch.T, options.loss, keep, {})
                                        : backward_deltas(network, pass.trace, batch.T, options.loss);
    if (!quirk.no_decay) network = decay_weights(std::move(network), options.rate, options.weight_decay);
    network = descend(std::move(network), batch.X, pass.trace, deltas, options.rate);
    const real loss = loss_value(options.loss, pass.trace.A.back(), batch.T);
    Q = Q ? (1 - options.eta) * *Q + options.eta * loss : loss;
  }
  return {network, *Q};
}

#define SPOILT_MISTAKE(id, says, ...)                                                                  \
  MISTAKE(                                                                                             \
      regularised_epoch, "8.9", id, says,                                                              \
      (Network network, const Dataset& data, const std::vector<uvec>& batches, const Options& options, \
       const Regularisation& regularisation, Rng& rng, std::optional<real> Q)                          \
          ->Epoch { return spoilt(network, data, batches, options, regularisation, rng, Q, Spoilt{__VA_ARGS__}); })

SPOILT_MISTAKE("no-dropout", "keep changes nothing in your epoch: go through dropout_trace where it is not 1",
               .no_dropout = true)
SPOILT_MISTAKE("no-distortion", "your images are as they were: take gather_distorted where a distortion is given",
               .no_distortion = true)
SPOILT_MISTAKE("plain-back",
               "your pass there loses units and the way back does not know it: dropout_trace wants dropout_deltas",
               .plain_back = true)
SPOILT_MISTAKE("no-decay", "your weights do not fade: decay_weights belongs into this epoch as into that of 7.5",
               .no_decay = true)
SPOILT_MISTAKE("loss-restarts",
               "your running loss starts anew in every epoch; it should go on from the one that is handed in",
               .restarts = true)

}  // namespace nn
