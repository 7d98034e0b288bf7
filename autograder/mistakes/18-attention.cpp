// Known mistakes of lesson 18. They stand on lessons 1 to 12 and on this file alone: what a student wrote for one task
// of the lesson must not change the mistakes of another.
#include <cmath>
#include <optional>

#include "autograder/mistakes/catalogue.hpp"
#include "autograder/mistakes/drawing.hpp"
#include "nn/activations.hpp"
#include "nn/losses.hpp"
#include "nn/multilayer.hpp"
#include "nn/support/transformer.hpp"

namespace nn {

static const real never = -arma::Datum<real>::inf;

// 18.1

enum class Sharing { right, rows, rows_in_the_end, sum_changes, overflow, all, exp_only, common_max, nowhere };

static mat shared(const mat& S, Sharing how = Sharing::right) {
  require(S.n_rows > 0 && !S.has_nan(), "soft_columns", "S");
  for (uword t = 0; t < S.n_cols; ++t)
    require((S.col(t).max() > never || how == Sharing::nowhere) && S.col(t).max() < -never, "soft_columns",
            "column " + std::to_string(t));
  if (how == Sharing::overflow) {
    mat P = exp(S);
    P.each_row() /= sum(P, 0);
    return P;
  }
  if (how == Sharing::rows) return softmax(S.t()).t();
  if (how == Sharing::sum_changes) {
    mat P = exp(S - repmat(max(S, 0), S.n_rows, 1));
    for (uword t = 0; t < P.n_cols; ++t)
      for (uword s = 0; s < P.n_rows; ++s) P(s, t) /= accu(P.col(t));
    return P;
  }
  if (how == Sharing::rows_in_the_end && !S.empty()) {
    mat P = exp(S - repmat(max(S, 0), S.n_rows, 1));
    P.each_col() /= sum(P, 1);
    return P;
  }
  if (how == Sharing::all && !S.empty()) return exp(S - S.max()) / accu(exp(S - S.max()));
  if (how == Sharing::common_max && !S.empty()) {
    mat P = exp(S - S.max());
    P.each_row() /= sum(P, 0);
    return P;
  }
  if (how == Sharing::exp_only && !S.empty()) return exp(S - repmat(max(S, 0), S.n_rows, 1));
  return softmax(S);
}

#define SHARE_MISTAKE(id, says, how) \
  MISTAKE(                           \
      soft_columns, "18.1", id, says, (const mat& S)->mat { return shared(S, how); })

SHARE_MISTAKE("along-rows",
              "your rows sum to 1, your columns do not: who shares out attention, the asker or the asked?",
              Sharing::rows)
SHARE_MISTAKE("rows-in-the-end",
              "you take each column's highest off, but then divide rows by their sums; each column's entries share 1",
              Sharing::rows_in_the_end)
SHARE_MISTAKE("sum-changes",
              "your column's sum changes while you divide by it: take the sum once, before the first division",
              Sharing::sum_changes)
SHARE_MISTAKE("overflow", "scores of 800 give NaN: take the highest of each column off first", Sharing::overflow)
SHARE_MISTAKE("whole-matrix", "all your entries together sum to 1; each column does", Sharing::all)
SHARE_MISTAKE("exp-only", "your columns do not sum to 1: exp alone shares nothing out", Sharing::exp_only)
SHARE_MISTAKE("common-highest",
              "you take the highest score of all off; in a column far below it nothing is left to divide",
              Sharing::common_max)
SHARE_MISTAKE("nowhere", "a column that may look nowhere gives NaN; refuse it", Sharing::nowhere)

#define SHARE_BACK_MISTAKE(id, says, ...)                                      \
  MISTAKE(                                                                     \
      soft_columns_back, "18.1", id, says, (const mat& P, const mat& G)->mat { \
        require_same_shape(G, P, "soft_columns_back", "G", "P");               \
        return __VA_ARGS__;                                                    \
      })

SHARE_BACK_MISTAKE("own-entry", "your slope knows P(1 - P) only: if one weight grows, what do the others do?",
                   mat(P % (1 - P) % G))
SHARE_BACK_MISTAKE("slopes-unweighted",
                   "you take off the sum of the slopes; each slope counts by its weight in P there",
                   mat(P % (G.each_row() - sum(G, 0))))
SHARE_BACK_MISTAKE("rows-back", "on your way back rows are summed; the weights of a column share 1",
                   mat(P % (G - repmat(sum(P % G, 1), 1, G.n_cols))))
SHARE_BACK_MISTAKE("no-sum", "your slope is P . G: a weight cannot grow unless others shrink", mat(P % G))
SHARE_BACK_MISTAKE("sum-added", "you add the weighted mean of G; it is taken off",
                   mat(P % (G + repmat(sum(P % G, 0), G.n_rows, 1))))
SHARE_BACK_MISTAKE("plain-mean", "you take the plain mean of G off; it is weighted by P",
                   mat(P % (G - repmat(sum(G, 0) / real(G.n_rows), G.n_rows, 1))))

// 18.2

static rowvec means(const mat& X) { return sum(X, 0) / real(X.n_rows); }
static mat down(const rowvec& row, const mat& like) { return repmat(row, like.n_rows, 1); }
static rowvec sigmas(const mat& X) { return sqrt(means(square(X - down(means(X), X))) + real(1e-5)); }

enum class Evening { right, tokens, less_one, uncentred, variance, sum, outside, no_epsilon };

static mat even(const mat& X, Evening how = Evening::right) {
  require(X.n_rows > 0, "normalise_columns", "X has no rows");
  if (how == Evening::tokens) return X.n_cols == 0 ? X : mat(even(mat(X.t())).t());
  const mat centred = X - down(means(X), X);
  const rowvec variance = means(square(centred));
  const real epsilon = real(1e-5);
  rowvec by = sqrt(variance + epsilon);
  if (how == Evening::less_one) by = sqrt(sum(square(centred), 0) / std::max(real(1), real(X.n_rows) - 1) + epsilon);
  if (how == Evening::variance) by = variance + epsilon;
  if (how == Evening::sum) by = sqrt(sum(square(centred), 0) + epsilon);
  if (how == Evening::outside) by = sqrt(variance) + epsilon;
  if (how == Evening::no_epsilon) by = sqrt(variance);
  return (how == Evening::uncentred ? X : centred) / down(by, X);
}

#define EVEN_MISTAKE(id, says, how) \
  MISTAKE(                          \
      normalise_columns, "18.2", id, says, (const mat& X)->mat { return even(X, how); })

EVEN_MISTAKE("across-tokens", "your normalisation mixes tokens: change the last one, and the first moves",
             Evening::tokens)
EVEN_MISTAKE("n-minus-1",
             "your variance divides by one less than there are rows: of 1, 3, 5 the last becomes 1, not 1.2247",
             Evening::less_one)
EVEN_MISTAKE("not-centred", "your columns have another mean than 0", Evening::uncentred)
EVEN_MISTAKE("by-variance", "you divide by the variance: its root is missing", Evening::variance)
EVEN_MISTAKE("sum-for-mean", "you divide by the root of the sum of squares; the variance is their mean", Evening::sum)
EVEN_MISTAKE("epsilon-outside", "your epsilon is added to the root; it stands inside, beside the variance",
             Evening::outside)
EVEN_MISTAKE("no-epsilon", "a column of equal numbers gives NaN: what keeps the root above 0?", Evening::no_epsilon)

#define EVEN_BACK_MISTAKE(id, says, ...)                                                                         \
  MISTAKE(                                                                                                       \
      normalise_columns_back, "18.2", id, says, (const mat& X, const mat& G)->mat {                              \
        require(X.n_rows > 0, "normalise_columns_back", "X has no rows");                                        \
        require_same_shape(G, X, "normalise_columns_back", "G", "X");                                            \
        const mat Y = even(X), S = down(sigmas(X), X), g = down(means(G), G), along = Y % down(means(G % Y), G); \
        return __VA_ARGS__;                                                                                      \
      })

static mat even_back(const mat& X, const mat& G) {
  const mat Y = even(X);
  return (G - down(means(G), G) - Y % down(means(G % Y), G)) / down(sigmas(X), X);
}

EVEN_BACK_MISTAKE("mean-forgotten", "your slope is G / sigma: mean and variance depend on x, too", mat(G / S))
EVEN_BACK_MISTAKE("variance-forgotten", "your slope forgets that the variance moves with every x", mat((G - g) / S))
EVEN_BACK_MISTAKE("only-variance", "your slopes of a column do not sum to 0: the mean moves with every x",
                  mat((G - along) / S))
EVEN_BACK_MISTAKE("not-divided", "your slope does not depend on how far the numbers scatter: a division is missing",
                  mat(G - g - along))
EVEN_BACK_MISTAKE("tokens-back", "on your way back tokens are mixed: the means go down the columns",
                  G.n_cols == 0 ? G : mat(even_back(mat(X.t()), mat(G.t())).t()))

// 18.3

static mat mask(uword T) {
  mat M(T, T, arma::fill::zeros);
  for (uword t = 0; t < T; ++t)
    for (uword s = t + 1; s < T; ++s) M(s, t) = never;
  return M;
}

MISTAKE(
    causal_mask, "18.3", "future",
    "token 2 already knows token 3: your minus infinities stand on the other side of the diagonal",
    (uword T)->mat { return mask(T).t(); })
MISTAKE(
    causal_mask, "18.3", "mask-of-thousands",
    "a score of 20000 climbs over your -10000: what number can nothing climb over?", (uword T)->mat {
      mat M = mask(T);
      M.replace(never, real(-10000));
      return M;
    })
MISTAKE(
    causal_mask, "18.3", "diagonal-masked", "the first token may look nowhere, not even at itself: NaN",
    (uword T)->mat {
      mat M = mask(T);
      M.diag().fill(never);
      return M;
    })
MISTAKE(
    causal_mask, "18.3", "zero-as-mask",
    "a score times 0 is 0, and exp(0) is 1: a forbidden token still gets its share; add, and add minus infinity",
    (uword T)->mat {
      mat M(T, T, arma::fill::ones);
      for (uword t = 0; t < T; ++t)
        for (uword s = t + 1; s < T; ++s) M(s, t) = 0;
      return M;
    })

enum class Look { right, no_root, by_d, by_tokens, turned, rows, unmasked, after, divided, keys, width };

static mat looked(const mat& Q, const mat& K, const mat& V, const mat& M, Look how = Look::right, uword width = 0) {
  require_shape(K.n_rows, Q.n_rows, "attend", "K", "rows", "");
  require_shape(V.n_cols, K.n_cols, "attend", "V", "columns", "");
  require_same_shape(M.n_rows, M.n_cols, K.n_cols, Q.n_cols, "attend", "M", "the scores");
  real root = std::sqrt(real(how == Look::width ? width : Q.n_rows));
  if (how == Look::no_root) root = 1;
  if (how == Look::by_d) root = real(Q.n_rows);
  if (how == Look::by_tokens) root = std::sqrt(real(Q.n_cols));
  mat S = K.t() * Q / root;
  if (how == Look::turned) S = Q.t() * K / root;
  if (how == Look::after) {
    (void)shared(S + M);  // it refuses what has nowhere to look
    return V * (softmax(S) % exp(M));
  }
  if (how == Look::divided) S += M / root;
  else if (how == Look::unmasked) (void)shared(S + M);
  else S += M;
  const mat P = shared(S, how == Look::rows ? Sharing::rows : Sharing::right);
  return (how == Look::keys ? K : V) * P;
}

#define LOOK_MISTAKE(id, says, how) \
  MISTAKE(                          \
      attend, "18.3", id, says,     \
      (const mat& Q, const mat& K, const mat& V, const mat& M)->mat { return looked(Q, K, V, M, how); })

LOOK_MISTAKE(
    "no-root",
    "the wider your heads, the harder the choice: with d_h = 64 the weights are near 0 and 1 before anything is "
    "learnt",
    Look::no_root)
LOOK_MISTAKE("by-d", "you divide by d_h; sums of d_h products grow like its root", Look::by_d)
LOOK_MISTAKE("by-tokens", "you divide by the root of the number of tokens; a score is a sum of d_h products",
             Look::by_tokens)
LOOK_MISTAKE("keys-asked", "Q and K have changed places; the mask looks the wrong way now", Look::turned)
LOOK_MISTAKE("rows-shared", "each key shares itself out among those that ask; the asker shares its attention out",
             Look::rows)
LOOK_MISTAKE("unmasked", "your M is not used: what is forbidden is looked at all the same", Look::unmasked)
LOOK_MISTAKE("mask-after", "your weights are masked after the softmax and no longer sum to 1", Look::after)
LOOK_MISTAKE("mask-divided", "your mask is divided by the root; only the scores are", Look::divided)
LOOK_MISTAKE("keys-handed-over", "you hand over keys; the weights mix the values", Look::keys)

// 18.4

enum class Joining { right, one_o, scrambled, width, mean, last, unmasked, keys_from_q, turned };

static mat joined_heads(const std::vector<Head>& heads, const mat& U, const mat& M, Joining how = Joining::right) {
  require_heads(heads, U.n_rows, "self_attention");
  const uword T = U.n_cols;
  require_same_shape(M.n_rows, M.n_cols, T, T, "self_attention", "M", "the scores");
  mat out(size(U), arma::fill::zeros), beside;
  for (const Head& head : heads) {
    const mat Q = (how == Joining::turned ? head.K : head.Q) * U,
              K = (how == Joining::keys_from_q || how == Joining::turned ? head.Q : head.K) * U,
              found = looked(Q, K, head.V * U, how == Joining::unmasked ? mat(T, T, arma::fill::zeros) : M,
                             how == Joining::width ? Look::width : Look::right, U.n_rows);
    beside = beside.empty() ? found : mat(join_rows(beside, found));
    if (how == Joining::last) out.zeros();
    out += (how == Joining::one_o ? heads[0].O : head.O) * found;
  }
  if (how == Joining::mean) out /= real(heads.size());
  if (how == Joining::scrambled && heads.size() > 1) {  // one head behind the other, cut anew into tokens
    mat O = heads[0].O;
    for (uword h = 1; h < heads.size(); ++h) O = join_rows(O, heads[h].O);
    out = O * reshape(beside, beside.n_rows * heads.size(), T);
  }
  return out;
}

#define HEADS_MISTAKE(id, says, how)    \
  MISTAKE(                              \
      self_attention, "18.4", id, says, \
      (const std::vector<Head>& heads, const mat& U, const mat& M)->mat { return joined_heads(heads, U, M, how); })

HEADS_MISTAKE("heads-scrambled", "right with one head; with two, numbers of token 1 end up in token 2",
              Joining::scrambled)
HEADS_MISTAKE("keys-asked-in-a-head", "Q and K have changed places in your heads: Q asks, K is asked", Joining::turned)
HEADS_MISTAKE("one-o", "each head has its own way back; yours all take the first", Joining::one_o)
HEADS_MISTAKE("whole-width",
              "you divide by the root of d, the rows of a token; the product runs over the d_h rows of one head",
              Joining::width)
HEADS_MISTAKE("mean-of-heads", "more heads say less in yours: it is a sum and no mean", Joining::mean)
HEADS_MISTAKE("last-head", "only your last head is heard", Joining::last)
HEADS_MISTAKE("heads-unmasked", "your heads see what comes later: hand M on", Joining::unmasked)
HEADS_MISTAKE("keys-from-q", "what is offered is computed with Q in yours; it has a matrix of its own, K",
              Joining::keys_from_q)

// 18.5

struct Waving {
  bool from_1 = false, halves = false, each_row = false, rising = false, swapped = false, half = false, twice = false;
};

static mat wave(uword d, uword longest, real base, Waving quirk = {}) {
  require(d % 2 == 0 && base > 0, "positions", "d or base");
  mat P(d, longest);
  for (uword t = 0; t < longest; ++t)
    for (uword row = 0; row < d; ++row) {
      const uword pair = quirk.halves ? row % (d / 2) : row / 2;
      const bool sine = quirk.halves ? row < d / 2 : (row % 2 == 0) != quirk.swapped;
      const real power = real(quirk.each_row ? row : quirk.half ? pair : quirk.twice ? 4 * pair : 2 * pair) / real(d);
      const real angle = real(t + quirk.from_1) * std::pow(base, quirk.rising ? power : -power);
      P(row, t) = sine ? std::sin(angle) : std::cos(angle);
    }
  return P;
}

#define WAVE_MISTAKE(id, says, ...) \
  MISTAKE(                          \
      positions, "18.5", id, says,  \
      (uword d, uword longest, real base)->mat { return wave(d, longest, base, Waving{__VA_ARGS__}); })

WAVE_MISTAKE("from-1", "your first token sits at place 1; count from 0", .from_1 = true)
WAVE_MISTAKE("halves", "your sines fill the upper half and your cosines the lower; they take turns, row by row",
             .halves = true)
WAVE_MISTAKE("each-row", "each of your rows has a wave of its own; a sine and its cosine share one", .each_row = true)
WAVE_MISTAKE("half-the-exponent", "your exponents are half of what they should be: pair i has 2i / d", .half = true)
WAVE_MISTAKE("twice-the-exponent", "your exponents are twice what they should be: rows 2i and 2i + 1 have 2i / d",
             .twice = true)
WAVE_MISTAKE("rising", "your waves get shorter from row to row: a sign is missing in the exponent", .rising = true)
WAVE_MISTAKE("cosine-first", "your even rows are cosines; they are sines", .swapped = true)

struct Reading {
  bool raw_keys = false, no_places = false, places_again = false, cut = false, raw_end = false, raw = false,
       after = false, future = false, no_relu = false, late = false, no_b1 = false, parallel = false,
       first_block = false;
};

static mat read(const Transformer& net, const uvec& tokens, Reading quirk = {}) {
  require_transformer(net, "read_all");
  const uword T = tokens.n_elem, longest = net.P.n_cols;
  require(T > 0 && T <= longest, "read_all", "tokens");
  for (const uword token : tokens) require_token(net, token, "read_all");
  const mat M = quirk.future ? mat(T, T, arma::fill::zeros) : mask(T);
  mat h(net.E.n_rows, T), places(net.E.n_rows, T);
  for (uword t = 0; t < T; ++t) {
    h.col(t) = net.E.col(tokens(t));
    places.col(t) = net.P.col(quirk.late ? (t + 1) % longest : t);
  }
  if (!quirk.no_places) h += places;
  for (uword b = 0; b < net.blocks.size(); ++b) {
    const Block& block = net.blocks[quirk.first_block ? 0 : b];
    if (quirk.places_again && b > 0) h += places;
    const mat before = h, U = quirk.raw || quirk.after ? h : even(h);
    mat found;
    if (quirk.raw_keys) {
      found = mat(size(U), arma::fill::zeros);
      for (const auto& [Q, K, V, O] : block.heads) found += O * looked(Q * U, K * h, V * h, M);
    } else {
      found = joined_heads(block.heads, U, M);
    }
    h = quirk.cut ? found : mat(h + found);
    if (quirk.after) h = even(h);
    const mat seen = quirk.parallel ? before : h, R = quirk.raw || quirk.after ? seen : even(seen);
    mat Z = dense(block.W1, quirk.no_b1 ? vec(0 * block.b1) : block.b1, R);
    if (!quirk.no_relu) Z = relu(Z);
    h += dense(block.W2, block.b2, Z);
    if (quirk.after) h = even(h);
  }
  return net.E.t() * (quirk.raw_end ? h : even(h));
}

#define READ_MISTAKE(id, says, ...) \
  MISTAKE(                          \
      read_all, "18.5", id, says,   \
      (const Transformer& net, const uvec& tokens)->mat { return read(net, tokens, Reading{__VA_ARGS__}); })

READ_MISTAKE("two-readings", "Q sees h normalised, K and V as it is: a question in one language, keys in another",
             .raw_keys = true)
READ_MISTAKE("no-positions", "with one block, 'a b c' and 'b a c' end in the same logits", .no_places = true)
READ_MISTAKE("positions-each-block", "P is added in every block; h carries it already", .places_again = true)
READ_MISTAKE("stream-cut",
             "without 'h +' your block hands on only what its heads found; the token itself should still be there",
             .cut = true)
READ_MISTAKE("last-not-normalised", "your logits come from h itself: they grow with every block", .raw_end = true)
READ_MISTAKE("not-normalised", "your blocks read h as it is; they read it normalised", .raw = true)
READ_MISTAKE("normalised-after",
             "you normalise what each half has added; here each half reads h normalised, and h stays", .after = true)
READ_MISTAKE("whole-text-seen", "your first token knows the last one: the causal mask is missing", .future = true)
READ_MISTAKE("no-relu", "your two layers of a block are one: what stands between them?", .no_relu = true)
READ_MISTAKE("place-late", "your first token sits at place 1, so the longest text no longer fits", .late = true)
READ_MISTAKE("no-b1", "your blocks forget b1", .no_b1 = true)
READ_MISTAKE("side-by-side", "the second half of your block reads what came in; it reads what the first half has made",
             .parallel = true)
READ_MISTAKE("first-block", "each of your blocks has the numbers of the first", .first_block = true)

// 18.6

struct Sweeping {
  bool transpose = false, rows = false, tokens = false, overwritten = false, from_input = false, from_value = false,
       untouched = false;
};

static const mat& only_input(const Node& node, const Values& values) {
  require(node.inputs.size() == 1 && node.inputs[0] < values.size(), "columns", "inputs");
  return values[node.inputs[0]];
}

static Values forward(const Graph& graph, Values values, Sweeping quirk = {}) {
  require(values.size() == graph.size(), "evaluate_columns", "values");
  for (const uword i : order(graph)) {
    const Node& node = graph[i];
    if (!is_column_op(node.op)) {
      values[i] = node_forward(node, values, std::move(values[i]));
      continue;
    }
    const mat& A = only_input(node, values);
    if (node.op == Op(ColumnOp::transpose)) values[i] = quirk.transpose ? A : mat(A.t());
    else if (node.op == Op(ColumnOp::softmax)) values[i] = shared(A, quirk.rows ? Sharing::rows : Sharing::right);
    else values[i] = even(A, quirk.tokens ? Evening::tokens : Evening::right);
  }
  return values;
}

static Values slopes_of(const Graph& graph, const Values& values, uword output, Sweeping quirk = {}) {
  require(values.size() == graph.size() && output < graph.size() && values[output].n_elem == 1, "backward_columns",
          "output");
  const uvec ordered = order(graph), learning = learns(graph);
  Values slopes(graph.size());
  if (learning(output)) slopes[output].ones(1, 1);
  for (uword n = ordered.n_elem; n-- > 0;) {
    const uword i = ordered(n);
    const Node& node = graph[i];
    if (slopes[i].empty()) continue;
    const mat G = slopes[i];
    for (uword which = 0; which < node.inputs.size(); ++which) {
      const uword input = node.inputs[which];
      if (!learning(input)) continue;
      mat slope;
      if (!is_column_op(node.op)) slope = node_backward(node, which, values, values[i], G);
      else if (node.op == Op(ColumnOp::transpose)) slope = quirk.transpose ? G : mat(G.t());
      else if (quirk.untouched) slope = G;
      else if (node.op == Op(ColumnOp::softmax)) {
        const mat& P = quirk.from_input ? values[input] : values[i];
        slope = P % (G - down(sum(P % G, 0), G));
      } else {
        slope = even_back(quirk.from_value ? values[i] : values[input], G);
      }
      slopes[input] = slopes[input].empty() || quirk.overwritten ? slope : mat(slopes[input] + slope);
    }
  }
  return slopes;
}

#define FORWARD_MISTAKE(id, says, ...)                                                  \
  MISTAKE(                                                                              \
      evaluate_columns, "18.6", id, says, (const Graph& graph, Values values)->Values { \
        return forward(graph, std::move(values), Sweeping{__VA_ARGS__});                \
      })
#define BACKWARD_MISTAKE(id, says, ...)                                                                 \
  MISTAKE(                                                                                              \
      backward_columns, "18.6", id, says,                                                               \
      (const Graph& graph, const Values& values, uword output, [[maybe_unused]] Values reuse)->Values { \
        return slopes_of(graph, values, output, Sweeping{__VA_ARGS__});                                 \
      })

FORWARD_MISTAKE("not-turned", "your transpose changes nothing: rows become columns", .transpose = true)
FORWARD_MISTAKE("softmax-by-rows", "the softmax in your graph goes along the rows", .rows = true)
FORWARD_MISTAKE("normalise-by-rows", "the normalisation in your graph mixes columns", .tokens = true)
BACKWARD_MISTAKE("not-turned-back", "the slope of a transpose is the slope above it, turned back", .transpose = true)
BACKWARD_MISTAKE("softmax-of-scores", "the slope of your softmax is made of the scores; it takes the weights",
                 .from_input = true)
BACKWARD_MISTAKE("normalised-twice", "the slope of your normalisation is made of what came out; it takes what went in",
                 .from_value = true)
BACKWARD_MISTAKE("overwritten", "where a node is read twice, the slopes of both readers add up", .overwritten = true)
BACKWARD_MISTAKE("handed-through", "softmax and normalisation hand the slope through in yours, as if they did nothing",
                 .untouched = true)

struct Writing {
  bool no_mask = false, not_tied = false, new_weights = false, summed = false, last_only = false, no_root = false,
       keys_first = false, squashed = false, no_places = false, cut = false, scores = false;
};

static Attending written(const Transformer& net, uword sequences, Writing quirk = {}) {
  require_transformer(net, "attention_graph");
  require(sequences > 0, "attention_graph", "sequences");
  Attending attending;
  Model& model = attending.model;
  struct Heads {
    Term Q, K, V, O;
  };
  struct Blocks {
    std::vector<Heads> heads;
    Term W1, b1, W2, b2;
  };
  std::optional<Term> E, P, said;
  std::vector<Blocks> blocks;
  const auto weights = [&] {
    E = parameter(model, net.E);
    P = parameter(model, net.P);
    blocks.clear();
    for (const Block& block : net.blocks) {
      std::vector<Heads> heads;
      for (const Head& head : block.heads) {
        const Term first = parameter(model, quirk.keys_first ? head.K : head.Q);
        const Term second = parameter(model, quirk.keys_first ? head.Q : head.K);
        const Term V = parameter(model, head.V);
        const Term O = parameter(model, head.O);
        heads.push_back(quirk.keys_first ? Heads{second, first, V, O} : Heads{first, second, V, O});
      }
      const Term W1 = parameter(model, block.W1);
      const Term b1 = parameter(model, block.b1);
      const Term W2 = parameter(model, block.W2);
      const Term b2 = parameter(model, block.b2);
      blocks.push_back({heads, W1, b1, W2, b2});
    }
    said = transpose(quirk.not_tied ? parameter(model, net.E) : *E);
  };
  weights();
  const Term M = input(model);
  std::optional<Term> total;
  uvec outputs;
  for (uword n = 0; n < sequences; ++n) {
    if (quirk.new_weights && n > 0) weights();
    const Term x = input(model);
    const Term s = input(model);
    Term h = quirk.no_places ? *E * x + real(0) * (*P * s) : *E * x + *P * s;
    for (uword b = 0; b < blocks.size(); ++b) {
      const auto& [heads, W1, b1, W2, b2] = blocks[b];
      const Term u = by_columns(ColumnOp::normalise, h);
      std::optional<Term> found;
      for (const auto& [Q, K, V, O] : heads) {
        const real root = quirk.no_root ? 1 : std::sqrt(real(net.blocks[b].heads[0].Q.n_rows));
        const Term scores = (1 / root) * (transpose(K * u) * (Q * u));
        const Term masked = scores + (quirk.no_mask ? real(0) * scores : M),
                   map = by_columns(ColumnOp::softmax, masked);
        detail::listed(attending.maps, quirk.scores ? scores : map);
        const Term one = O * ((V * u) * map);
        found = found ? *found + one : one;
      }
      h = quirk.cut ? *found : h + *found;
      h = h + (W2 * activate(Activation::relu, W1 * by_columns(ColumnOp::normalise, h) + b1) + b2);
    }
    Term y = *said * by_columns(ColumnOp::normalise, h);
    if (quirk.squashed) y = by_columns(ColumnOp::softmax, y);
    detail::listed(outputs, y);
    const Term one = loss_of(Op::cross_entropy, y, target(model));
    total = total && !quirk.last_only ? *total + one : one;
  }
  finish(model, *total, quirk.summed || quirk.last_only ? *total : (1 / real(sequences)) * *total);
  model.outputs = outputs;
  return attending;
}

#define GRAPH_MISTAKE(id, says, ...)     \
  MISTAKE(                               \
      attention_graph, "18.6", id, says, \
      (const Transformer& net, uword sequences)->Attending { return written(net, sequences, Writing{__VA_ARGS__}); })

GRAPH_MISTAKE(
    "no-mask",
    "the loss falls below the entropy of the text; nobody predicts that well, somebody reads ahead: the mask is "
    "not added",
    .no_mask = true)
GRAPH_MISTAKE("e-not-tied", "E has two nodes: its slope from reading and its slope from saying should be one sum",
              .not_tied = true)
GRAPH_MISTAKE("new-weights", "each of your sequences has weights of its own", .new_weights = true)
GRAPH_MISTAKE("summed", "your loss grows with the number of sequences: it is their mean", .summed = true)
GRAPH_MISTAKE("last-sequence", "only the last sequence counts in your loss", .last_only = true)
GRAPH_MISTAKE("no-root-in-graph", "the scores in your graph are not divided by the root of d_h", .no_root = true)
GRAPH_MISTAKE("keys-first", "K stands before Q in your parameters", .keys_first = true)
GRAPH_MISTAKE("squashed", "your logits go through a softmax, and the loss does it again", .squashed = true)
GRAPH_MISTAKE("no-places-in-graph", "your graph forgets where a token stands: P times s is missing", .no_places = true)
GRAPH_MISTAKE("cut-in-graph", "in your graph a block hands on only what its heads found; h itself is lost", .cut = true)
GRAPH_MISTAKE("maps-of-scores", "your maps are scores; they are the weights, after mask and softmax", .scores = true)

// 18.7

struct Learning {
  bool itself = false, pulls = false, forgets = false, descent = false, unclipped = false, each = false, uphill = false,
       unmasked = false, skips = false, per_shape = false, judged_only = false;
};

static Transformer learnt(Transformer net, const std::vector<Tokens>& batches, real rate, real most, Learning quirk) {
  require_transformer(net, "train_tokens");
  require(most > 0 || batches.empty(), "train_tokens", "most");
  const uword k = net.E.n_cols, longest = net.P.n_cols;
  std::vector<Memory> memory;
  uword last = 0;
  for (const auto& [shown, say] : batches) {
    const uword T = shown.n_rows, N = shown.n_cols;
    require(size(shown) == size(say) && !shown.empty() && T <= longest, "train_tokens", "a batch");
    require(shown.max() < k && say.max() <= k, "train_tokens", "a symbol");
    Model model = written(net, N).model;
    model.values[model.inputs(0)] = quirk.unmasked ? mat(T, T, arma::fill::zeros) : mask(T);
    uword judged = 0;
    for (uword n = 0; n < N; ++n) {
      mat x(k, T, arma::fill::zeros), t = x;
      uword here = 0;
      for (uword i = 0; i < T; ++i) {
        x(shown(i, n), i) = 1;
        const uword wanted = quirk.itself && say(i, n) < k ? shown(i, n) : say(i, n);
        if (wanted < k) t(wanted, i) = 1, ++here;
        else if (quirk.pulls) t.col(i).fill(1 / real(k));
      }
      if (quirk.judged_only && here > 0) t *= real(T) / real(here);
      judged += here;
      model.values[model.inputs(2 * n + 1)] = x;
      model.values[model.inputs(2 * n + 2)] = arma::eye<mat>(longest, T);
      model.values[model.targets(n)] = t;
    }
    if (quirk.skips && judged == 0) continue;
    model.values = forward(model.graph, std::move(model.values));
    Values slopes = slopes_of(model.graph, model.values, model.loss);
    const auto norm_of = [&](const uvec& parameters) {
      real squares = 0;
      for (const uword p : parameters) squares += accu(square(slopes[p]));
      return std::sqrt(squares);
    };
    const real norm = norm_of(model.parameters);
    for (const uword p : model.parameters) {
      const real own = quirk.each ? norm_of(uvec{p}) : norm;
      if (own > most && !quirk.unclipped) slopes[p] *= most / own;
    }
    if (quirk.forgets || (quirk.per_shape && N != last)) memory.clear();
    last = N;
    memory.resize(model.parameters.n_elem);
    for (uword i = 0; i < memory.size(); ++i) {
      const uword p = model.parameters(i);
      const Method method{.rule = quirk.descent ? Rule::descent : Rule::adam};
      Moved moved = take_step(method, quirk.uphill ? -rate : rate, model.values[p], slopes[p], memory[i]);
      model.values[p] = moved.x;
      memory[i] = moved.memory;
    }
    net = with_parameters(std::move(net), model);
  }
  return net;
}

#define LEARN_MISTAKE(id, says, ...)                                                             \
  MISTAKE(                                                                                       \
      train_tokens, "18.7", id, says,                                                            \
      (Transformer net, const std::vector<Tokens>& batches, real rate, real most)->Transformer { \
        return learnt(std::move(net), batches, rate, most, Learning{__VA_ARGS__});               \
      })

LEARN_MISTAKE("says-itself", "the target is the token just read: loss 0, and the text repeats one letter",
              .itself = true)
LEARN_MISTAKE("unjudged-judged", "tokens marked as not judged still pull: their column of the target is 0",
              .pulls = true)
LEARN_MISTAKE("forgets", "each step of yours begins with an empty memory: Adam goes on from the last one",
              .forgets = true)
LEARN_MISTAKE("memory-per-shape", "a batch of another shape begins with an empty memory; Adam's goes on",
              .per_shape = true)
LEARN_MISTAKE("descent", "your steps are plain descent: set the method's rule to Adam", .descent = true)
LEARN_MISTAKE("not-clipped", "your slopes are not clipped to `most`", .unclipped = true)
LEARN_MISTAKE("clipped-apart", "you clip every matrix by itself: one factor serves all of them", .each = true)
LEARN_MISTAKE("uphill", "your steps go uphill: the loss grows", .uphill = true)
LEARN_MISTAKE("trained-unmasked", "while it learns your network reads ahead: the mask among the inputs is 0",
              .unmasked = true)
LEARN_MISTAKE("skipped", "a batch where nothing is judged is a step of Adam, too; you leave it out", .skips = true)
LEARN_MISTAKE("judged-mean", "your loss is a mean over the judged tokens alone; cross_entropy's is over all columns",
              .judged_only = true)

// 18.8

struct Caching {
  bool late = false, place_0 = false, shared = false, same_length = false, keys_twice = false, raw = false,
       last_only = false, place_late = false;
};

static Said said_next(const Transformer& net, Cache cache, uword token, Caching quirk = {}) {
  require_transformer(net, "read_one");
  require_token(net, token, "read_one");
  if (cache.keys.empty() && cache.values.empty() && cache.length == 0) {
    for (const Block& block : net.blocks) {
      cache.keys.emplace_back();
      for (const Head& head : block.heads) cache.keys.back().push_back(mat(head.Q.n_rows, 0));
    }
    cache.values = cache.keys;
  }
  const uword length = cache.length, longest = net.P.n_cols;
  require(length < longest && cache.keys.size() == net.blocks.size() && cache.values.size() == net.blocks.size(),
          "read_one", "the cache");
  const uword kept = quirk.last_only ? std::min<uword>(length, 1) : length;
  for (uword b = 0; b < net.blocks.size(); ++b) {
    const auto& heads = net.blocks[b].heads;
    require(cache.keys[b].size() == heads.size() && cache.values[b].size() == heads.size(), "read_one", "the cache");
    for (uword i = 0; i < heads.size(); ++i)
      for (const mat& all : {cache.keys[b][i], cache.values[b][i]})
        require(all.n_rows == heads[i].Q.n_rows && (all.n_cols == length || all.n_cols == kept), "read_one",
                "the cache");
  }
  const uword place = quirk.place_0 ? 0 : quirk.place_late ? (length + 1) % longest : length;
  mat h = net.E.col(token) + net.P.col(place);
  for (uword b = 0; b < net.blocks.size(); ++b) {
    const Block& block = net.blocks[b];
    const mat u = even(h);
    mat found(size(h), arma::fill::zeros);
    for (uword i = 0; i < block.heads.size(); ++i) {
      const auto& [Q, K, V, O] = block.heads[i];
      const uword from = quirk.shared ? 0 : b;
      const mat seen = quirk.raw ? h : u, key = K * seen, value = (quirk.keys_twice ? K : V) * seen;
      const mat &old_keys = cache.keys[from][i], &old_values = cache.values[from][i];
      mat keys = old_keys.n_cols == 0 || quirk.last_only ? key : mat(join_rows(old_keys, key));
      mat values = old_values.n_cols == 0 || quirk.last_only ? value : mat(join_rows(old_values, value));
      if (quirk.late && length > 0)
        found += O * looked(Q * u, old_keys, old_values, mat(old_keys.n_cols, 1, arma::fill::zeros));
      else if (!quirk.late) found += O * looked(Q * u, keys, values, mat(keys.n_cols, 1, arma::fill::zeros));
      cache.keys[b][i] = keys;
      cache.values[b][i] = values;
    }
    h += found;
    h += dense(block.W2, block.b2, relu(dense(block.W1, block.b1, even(h))));
  }
  if (!quirk.same_length) ++cache.length;
  return {net.E.t() * even(h), cache};
}

#define CACHE_MISTAKE(id, says, ...)                                                         \
  MISTAKE(                                                                                   \
      read_one, "18.8", id, says, (const Transformer& net, Cache cache, uword token)->Said { \
        return said_next(net, std::move(cache), token, Caching{__VA_ARGS__});                \
      })

CACHE_MISTAKE("cache-late", "your new token does not see itself: its own key joins after it has asked", .late = true)
CACHE_MISTAKE("place-0", "every token that is read from the cache on sits at place 0", .place_0 = true)
CACHE_MISTAKE("one-place-on", "your token sits one place too far: the first one is at place 0", .place_late = true)
CACHE_MISTAKE("shared-cache", "all your blocks read the cache of the first", .shared = true)
CACHE_MISTAKE("length-kept", "your cache does not grow: length stays as it was", .same_length = true)
CACHE_MISTAKE("keys-twice", "your cache keeps keys where values belong", .keys_twice = true)
CACHE_MISTAKE("raw-keys", "your keys and values are made of h as it is; all read it normalised", .raw = true)
CACHE_MISTAKE("last-only", "your cache holds the last token alone", .last_only = true)

struct Speaking {
  Drawing drawing = {};
  bool same_input = false, prompt_too = false, last_only = false;
};

static uvec spoken(const Transformer& net, const uvec& prompt, uword length, real temperature, Rng& rng,
                   Speaking quirk) {
  require_transformer(net, "go_on");
  const uword k = net.E.n_cols;
  require(!prompt.empty() && prompt.max() < k && prompt.n_elem + length <= net.P.n_cols + 1 && temperature > 0, "go_on",
          "arguments");
  uvec text(length);
  Said said;
  for (uword t = quirk.last_only ? prompt.n_elem - 1 : 0; length > 0 && t < prompt.n_elem; ++t)
    said = said_next(net, said.cache, prompt(t));
  for (uword i = 0; i < length; ++i) {
    if (i > 0) said = said_next(net, said.cache, quirk.same_input ? prompt(prompt.n_elem - 1) : text(i - 1));
    text(i) = drawn(said.logits, temperature, rng, quirk.drawing);
  }
  return quirk.prompt_too && length > 0 ? uvec(join_cols(prompt, text)) : text;
}

#define SPEAK_MISTAKE(id, says, ...)                                                                 \
  MISTAKE(                                                                                           \
      go_on, "18.8", id, says,                                                                       \
      (const Transformer& net, const uvec& prompt, uword length, real temperature, Rng& rng)->uvec { \
        return spoken(net, prompt, length, temperature, rng, Speaking{__VA_ARGS__});                 \
      })

SPEAK_MISTAKE("temperature-after",
              "a colder text is not more certain in yours: is it logits or probabilities that are divided?",
              .drawing = {.after = true})
SPEAK_MISTAKE("likeliest", "your text runs in a circle: nothing is drawn", .drawing = {.likeliest = true})
SPEAK_MISTAKE("not-fed-back", "what is written is not read: the prompt's last token is, again and again",
              .same_input = true)
SPEAK_MISTAKE("prompt-too", "your text begins with the prompt, which was read and not written", .prompt_too = true)
SPEAK_MISTAKE("upside-down", "a colder text is less certain in yours: divide by the temperature",
              .drawing = {.warmer = true})
SPEAK_MISTAKE("no-temperature", "your text is the same at any temperature", .drawing = {.lukewarm = true})
SPEAK_MISTAKE("prompt-forgotten", "of the prompt you read the last token alone", .last_only = true)
SPEAK_MISTAKE("from-the-end", "you add up the probabilities from the last symbol on; the contract begins at the first",
              .drawing = {.turned = true})

}  // namespace nn
