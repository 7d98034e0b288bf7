// Lesson 18: softmax and normalisation by columns, looking back, whole networks, their graph, training, the cache.
// Golden values are from PyTorch, or by hand; the rest is worked out one number at a time, slopes by the chain rule,
// part by part.
#include "contracts/attention.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "autograder/tests/support/expect.hpp"

namespace nn {

static const Tolerance trained{1e-7, 1e-7};   // Adam divides by small numbers
static const Tolerance printed{1e-9, 1e-10};  // golden values of twelve digits
static const real never = -arma::Datum<real>::inf;

static mat zeros(uword rows, uword cols) { return mat(rows, cols, arma::fill::zeros); }

/// A network to ask about: sizes that tell its parts apart, and some that do not.
struct Sizes {
  uword k, d, longest, blocks, heads, rows, w;
};
static const std::vector<Sizes> sizes_of_questions = {
    {5, 6, 7, 2, 2, 3, 8}, {3, 4, 5, 1, 1, 4, 4}, {4, 4, 4, 2, 3, 1, 2}, {2, 3, 6, 1, 2, 5, 7}, {6, 5, 6, 0, 1, 1, 1}};

static Transformer random_net(const Sizes& sizes, Rng& rng) {
  const auto& [k, d, longest, blocks, heads, rows, w] = sizes;
  Transformer net;
  net.E = random_normal(d, k, rng);
  net.P = random_normal(d, longest, rng);
  for (uword b = 0; b < blocks; ++b) {
    Block block;
    for (uword h = 0; h < heads; ++h) {
      Head head;
      head.Q = random_normal(rows, d, rng);
      head.K = random_normal(rows, d, rng);
      head.V = random_normal(rows, d, rng);
      head.O = random_normal(d, rows, rng);
      block.heads.push_back(head);
    }
    block.W1 = random_normal(w, d, rng);
    block.b1 = random_normal(w, 1, rng);
    block.W2 = random_normal(d, w, rng);
    block.b2 = random_normal(d, 1, rng);
    net.blocks.push_back(block);
  }
  return net;
}

static uvec random_tokens(uword T, uword k, Rng& rng) {
  uvec tokens(T);
  for (uword& token : tokens) token = rng.below(k);
  return tokens;
}

static std::vector<mat> numbers_of(const Transformer& net) {
  std::vector<mat> all = {net.E, net.P};
  for (const Block& block : net.blocks) {
    for (const Head& head : block.heads) all.insert(all.end(), {head.Q, head.K, head.V, head.O});
    all.insert(all.end(), {block.W1, mat(block.b1), block.W2, mat(block.b2)});
  }
  return all;
}

static Transformer with_numbers(Transformer net, const std::vector<mat>& numbers) {
  uword next = 0;
  net.E = numbers[next++], net.P = numbers[next++];
  for (Block& block : net.blocks) {
    for (Head& head : block.heads)
      head.Q = numbers[next], head.K = numbers[next + 1], head.V = numbers[next + 2], head.O = numbers[next + 3],
      next += 4;
    block.W1 = numbers[next], block.b1 = numbers[next + 1], block.W2 = numbers[next + 2], block.b2 = numbers[next + 3],
    next += 4;
  }
  return net;
}

/// PyTorch 1.13: k 3, d 4, longest 5, two heads of 2, w 5; matrix n holds sin(1.3 i + 2.1 j + n) / 2.
static Transformer golden_net(uword blocks) {
  Transformer net;
  net.E = zeros(4, 3), net.P = zeros(4, 5);
  const Head head{zeros(2, 4), zeros(2, 4), zeros(2, 4), zeros(4, 2)};
  net.blocks.assign(blocks, {{head, head}, zeros(5, 4), vec(5), zeros(4, 5), vec(4)});
  std::vector<mat> numbers = numbers_of(net);
  for (uword n = 0; n < numbers.size(); ++n)
    for (uword i = 0; i < numbers[n].n_rows; ++i)
      for (uword j = 0; j < numbers[n].n_cols; ++j)
        numbers[n](i, j) = std::sin(real(1.3) * real(i) + real(2.1) * real(j) + real(n + 1)) / 2;
  return with_numbers(std::move(net), numbers);
}
static const uvec golden_read = {0, 2, 1, 2}, golden_say = {2, 1, 2, 0};

// What everything below is compared with: each number by its formula.

static const auto mask_of = oracle<mat>("mask", [](uword T) {
  mat M = zeros(T, T);
  for (uword asks = 0; asks < T; ++asks)
    for (uword asked = 0; asked < T; ++asked)
      if (asked > asks) M(asked, asks) = never;
  return M;
});

/// Shares of each column, one entry at a time.
static const auto shares_of = oracle<mat>("shares", [](const mat& S) {
  mat P = zeros(S.n_rows, S.n_cols);
  for (uword t = 0; t < S.n_cols; ++t)
    for (uword s = 0; s < S.n_rows; ++s) {
      if (S(s, t) == never) continue;
      real others = 0;
      for (uword u = 0; u < S.n_rows; ++u)
        if (S(u, t) != never) others += std::exp(S(u, t) - S(s, t));
      P(s, t) = 1 / others;
    }
  return P;
});

/// By the table of dP_u / dS_s.
static const auto shares_slope = oracle<mat>("shares slope", [](const mat& P, const mat& G) {
  mat slope = zeros(P.n_rows, P.n_cols);
  for (uword t = 0; t < P.n_cols; ++t)
    for (uword s = 0; s < P.n_rows; ++s)
      for (uword u = 0; u < P.n_rows; ++u) slope(s, t) += G(u, t) * P(u, t) * (real(u == s) - P(s, t));
  return slope;
});

static real spread(const vec& x) {
  real middle = 0, squares = 0;
  for (const real each : x) middle += each / real(x.n_elem);
  for (const real each : x) squares += (each - middle) * (each - middle) / real(x.n_elem);
  return std::sqrt(squares + real(0.00001));
}

static const auto even_of = oracle<mat>("even", [](const mat& X) {
  mat Y(size(X));
  for (uword t = 0; t < X.n_cols; ++t) {
    const real sigma = spread(X.col(t)), middle = accu(X.col(t)) / real(X.n_rows);
    for (uword r = 0; r < X.n_rows; ++r) Y(r, t) = (X(r, t) - middle) / sigma;
  }
  return Y;
});

/// By the table of dY_u / dX_r.
static const auto even_slope = oracle<mat>("even slope", [](const mat& X, const mat& G) {
  const mat Y = even_of(X);
  const real m = real(X.n_rows);
  mat slope = zeros(X.n_rows, X.n_cols);
  for (uword t = 0; t < X.n_cols; ++t)
    for (uword r = 0; r < X.n_rows; ++r)
      for (uword u = 0; u < X.n_rows; ++u)
        slope(r, t) += G(u, t) * (real(u == r) - 1 / m - Y(u, t) * Y(r, t) / m) / spread(X.col(t));
  return slope;
});

static const auto looked_back = oracle<mat>("looked back", [](const mat& Q, const mat& K, const mat& V, const mat& M) {
  mat scores = M, out = zeros(V.n_rows, Q.n_cols);
  for (uword t = 0; t < Q.n_cols; ++t)
    for (uword s = 0; s < K.n_cols; ++s)
      for (uword r = 0; r < Q.n_rows; ++r) scores(s, t) += Q(r, t) * K(r, s) / std::sqrt(real(Q.n_rows));
  const mat P = shares_of(scores);
  for (uword t = 0; t < Q.n_cols; ++t)
    for (uword s = 0; s < K.n_cols; ++s) out.col(t) += P(s, t) * V.col(s);
  return out;
});

static const auto all_heads = oracle<mat>("heads", [](const std::vector<Head>& heads, const mat& U, const mat& M) {
  mat out = zeros(U.n_rows, U.n_cols);
  for (const Head& head : heads) out += head.O * looked_back(head.Q * U, head.K * U, head.V * U, M);
  return out;
});

static const auto waves = oracle<mat>("waves", [](uword d, uword longest, real base) {
  mat P(d, longest);
  for (uword t = 0; t < longest; ++t)
    for (uword row = 0; row < d; ++row) {
      const double angle = double(t) / std::exp(std::log(double(base)) * double(row / 2 * 2) / double(d));
      P(row, t) = real(row % 2 ? std::cos(angle) : std::sin(angle));
    }
  return P;
});

/// Keys and values of each block and head, in turn, and at the end the logits.
static const auto reading = oracle<std::vector<mat>>("reading", [](const Transformer& net, const uvec& tokens) {
  std::vector<mat> found;
  mat h(net.E.n_rows, tokens.n_elem);
  for (uword t = 0; t < tokens.n_elem; ++t) h.col(t) = net.E.col(tokens(t)) + net.P.col(t);
  for (const Block& block : net.blocks) {
    const mat U = even_of(h);
    for (const Head& head : block.heads) found.push_back(head.K * U), found.push_back(head.V * U);
    h += all_heads(block.heads, U, mask_of(tokens.n_elem));
    mat Z = block.W1 * even_of(h) + repmat(block.b1, 1, h.n_cols);
    for (real& z : Z) z = std::max(real(0), z);
    h += block.W2 * Z + repmat(block.b2, 1, h.n_cols);
  }
  found.push_back(net.E.t() * even_of(h));
  return found;
});

static const auto logits_of =
    oracle<mat>("logits", [](const Transformer& net, const uvec& tokens) { return mat(reading(net, tokens).back()); });

/// Of one sequence: the loss, the slopes along all parameters, then the weights of each block and head, and the logits.
static const auto one_sequence =
    oracle<std::vector<mat>>("sequence", [](const Transformer& net, const uvec& read, const uvec& say) {
      const uword T = read.n_elem, k = net.E.n_cols;
      std::vector<mat> slopes = numbers_of(net), weights;
      for (mat& slope : slopes) slope.zeros();
      struct Kept {
        mat h, U, middle, R, Z;
        std::vector<mat> A;
      };
      std::vector<Kept> kept;
      mat h(net.E.n_rows, T);
      for (uword t = 0; t < T; ++t) h.col(t) = net.E.col(read(t)) + net.P.col(t);
      for (const Block& block : net.blocks) {
        Kept now;
        now.h = h, now.U = even_of(h);
        for (const Head& head : block.heads) {
          const mat scores = (head.K * now.U).t() * (head.Q * now.U) / std::sqrt(real(head.Q.n_rows)) + mask_of(T);
          now.A.push_back(shares_of(scores)), weights.push_back(now.A.back());
          h += head.O * (head.V * now.U * now.A.back());
        }
        now.middle = h, now.R = even_of(h), now.Z = block.W1 * now.R + repmat(block.b1, 1, T);
        h += block.W2 * (now.Z % (now.Z > 0)) + repmat(block.b2, 1, T);
        kept.push_back(now);
      }
      const mat last = even_of(h), Y = net.E.t() * last, P = shares_of(Y);
      mat dY = zeros(k, T);
      real loss = 0;
      for (uword t = 0; t < T; ++t)
        if (say(t) < k) {
          loss -= std::log(P(say(t), t)) / real(T);
          dY.col(t) = P.col(t) / real(T);
          dY(say(t), t) -= 1 / real(T);
        }
      slopes[0] += last * dY.t();
      mat dh = even_slope(h, net.E * dY);
      uword at = slopes.size();
      for (uword b = net.blocks.size(); b-- > 0;) {
        const Block& block = net.blocks[b];
        const Kept& was = kept[b];
        at -= 4 + 4 * block.heads.size();
        mat* dense = &slopes[at + 4 * block.heads.size()];
        const mat dZ = (block.W2.t() * dh) % (was.Z > 0);
        dense[2] += dh * (was.Z % (was.Z > 0)).t(), dense[3] += arma::sum(dh, 1);
        dense[0] += dZ * was.R.t(), dense[1] += arma::sum(dZ, 1);
        dh += even_slope(was.middle, block.W1.t() * dZ);
        mat dU = zeros(dh.n_rows, T);
        for (uword i = 0; i < block.heads.size(); ++i) {
          const auto& [Q, K, V, O] = block.heads[i];
          mat* d = &slopes[at + 4 * i];
          const mat &U = was.U, &A = was.A[i], dC = O.t() * dh;
          const mat dS = shares_slope(A, (V * U).t() * dC) / std::sqrt(real(Q.n_rows));
          const mat dQ = K * U * dS, dK = Q * U * dS.t(), dV = dC * A.t();
          d[0] += dQ * U.t(), d[1] += dK * U.t(), d[2] += dV * U.t(), d[3] += dh * (V * U * A).t();
          dU += Q.t() * dQ + K.t() * dK + V.t() * dV;
        }
        dh += even_slope(was.h, dU);
      }
      for (uword t = 0; t < T; ++t) slopes[0].col(read(t)) += dh.col(t), slopes[1].col(t) += dh.col(t);
      slopes.insert(slopes.begin(), mat(1, 1).fill(loss));
      slopes.insert(slopes.end(), weights.begin(), weights.end());
      slopes.push_back(Y);
      return slopes;
    });

/// Of a batch: the mean loss and the mean slopes.
static const auto batch_slopes = oracle<std::vector<mat>>("batch", [](const Transformer& net, const Tokens& batch) {
  std::vector<mat> mean;
  const uword N = batch.read.n_cols, count = 1 + numbers_of(net).size();
  for (uword n = 0; n < N; ++n) {
    std::vector<mat> one = one_sequence(net, uvec(batch.read.col(n)), uvec(batch.say.col(n)));
    for (uword i = 0; i < count; ++i)
      if (n == 0) mean.push_back(one[i] / real(N));
      else mean[i] += one[i] / real(N);
  }
  return mean;
});

// 18.1

TEST_CASE("two columns of scores, as PyTorch shares them out", "[18][18.1]") {
  const mat S = {{1, 0}, {2, never}, {0, 3}}, G = {{1, 2}, {0, 5}, {-1, -1}};
  const mat P = {{0.244728471055, 0.0474258731776}, {0.665240955775, 0}, {0.0900305731704, 0.952574126822}};
  check<soft_columns>(P, printed, S);
  check<soft_columns_back>(
      mat{{0.20686949103, 0.135529979193}, {-0.102911377445, 0}, {-0.103958113585, -0.135529979193}}, printed, P, G);
}

TEST_CASE("any scores, any slopes", "[18][18.1]") {
  Rng rng = seeded(1801);
  for (const auto& [m, n] : {std::pair<uword, uword>{3, 5}, {4, 4}, {1, 3}, {6, 1}, {2, 0}}) {
    const mat S = 2 * random_normal(m, n, rng), G = random_normal(m, n, rng), P = shares_of(S);
    check<soft_columns>(P, S);
    check<soft_columns_back>(shares_slope(P, G), P, G);
  }
  mat S = random_normal(4, 4, rng);
  S(1, 0) = S(2, 0) = S(3, 0) = S(0, 2) = never;
  check<soft_columns>(shares_of(S), S);
}

TEST_CASE("large scores, and one that all share", "[18][18.1]") {
  check<soft_columns>(mat{{0, 1, 0.5}, {1, 0, 0.5}}, mat{{0, 800, -900}, {800, 0, -900}});
  check<soft_columns>(mat{{0.25, 0.75}, {0.75, 0.25}},
                      mat{{1000, -1000 + std::log(real(3))}, {1000 + std::log(real(3)), -1000}});
}

TEST_CASE("a column that may look nowhere has nothing to share", "[18][18.1]") {
  rejects<soft_columns>(mat(0, 3));
  rejects<soft_columns>(mat{{0, never}, {1, never}});
  rejects<soft_columns>(mat{never});
  rejects<soft_columns>(mat{{0, 1}, {arma::Datum<real>::nan, 2}});
  rejects<soft_columns>(mat{{0, 1}, {2, arma::Datum<real>::inf}});
  rejects<soft_columns_back>(zeros(2, 3), zeros(3, 2));
  rejects<soft_columns_back>(zeros(2, 3), zeros(2, 2));
}

// 18.2

TEST_CASE("two columns, as PyTorch normalises them", "[18][18.2]") {
  const mat X = {{1, 2}, {3, 2}, {5, 8}}, G = {{1, 2}, {0, 5}, {-1, -1}};
  check<normalise_columns>(mat{{-1.224742575, -0.707106339245}, {0, -0.707106339245}, {1.224742575, 1.41421267849}},
                           printed, X);
  check<normalise_columns_back>(
      mat{{2.29638371663e-6, -0.530329091523}, {0, 0.530330417345}, {-2.29638371663e-6, -1.32582272883e-6}}, printed, X,
      G);
}

TEST_CASE("any columns, near and far, wide and narrow", "[18][18.2]") {
  Rng rng = seeded(1802);
  for (const auto& [m, n] : {std::pair<uword, uword>{3, 5}, {4, 4}, {1, 3}, {6, 1}, {5, 0}})
    for (const real width : {real(1), real(0.01), real(100)}) {
      const mat X = width * random_normal(m, n, rng) + 3, G = random_normal(m, n, rng);
      check<normalise_columns>(even_of(X), X);
      check<normalise_columns_back>(even_slope(X, G), Tolerance{1e-8, 1e-8}, X, G);
    }
  check<normalise_columns>(zeros(4, 2), mat(4, 2, arma::fill::value(7)));
}

TEST_CASE("a token without rows has no mean", "[18][18.2]") {
  rejects<normalise_columns>(mat(0, 3));
  rejects<normalise_columns_back>(mat(0, 3), mat(0, 3));
  rejects<normalise_columns_back>(zeros(3, 2), zeros(2, 3));
  rejects<normalise_columns_back>(zeros(3, 2), zeros(3, 1));
}

// 18.3

static const mat golden_Q = {{1, 0, 1}, {0, 1, 1}}, golden_K = {{1, 0, 2}, {0, 1, 1}},
                 golden_V = {{1, 2, 3}, {10, 20, 30}};

TEST_CASE("a mask of minus infinity on what comes later", "[18][18.3]") {
  check<causal_mask>(mat{{0, 0, 0}, {never, 0, 0}, {never, never, 0}}, uword(3));
  check<causal_mask>(mat{0}, uword(1));
  check<causal_mask>(mat(0, 0), uword(0));
  check<causal_mask>(mask_of(uword(6)), uword(6));
}

TEST_CASE("three tokens look back, as PyTorch has it", "[18][18.3]") {
  const mat M = mask_of(uword(3));
  check<attend>(mat{{1, 1.66976154933, 2.50926269756}, {10, 16.6976154933, 25.0926269756}}, printed, golden_Q, golden_K,
                golden_V, M);
  check<attend>(mat{{2.29197993547, 2.20333627804, 2.50926269756}, {22.9197993547, 22.0333627804, 25.0926269756}},
                printed, golden_Q, golden_K, golden_V, zeros(3, 3));
}

TEST_CASE("any number of askers and asked, any mask", "[18][18.3]") {
  Rng rng = seeded(1803);
  for (const auto& [rows, T, S, e] :
       {std::array<uword, 4>{2, 3, 5, 4}, {3, 3, 3, 3}, {1, 4, 2, 1}, {5, 1, 6, 2}, {16, 4, 4, 2}}) {
    const mat Q = random_normal(rows, T, rng), K = random_normal(rows, S, rng), V = random_normal(e, S, rng);
    mat M = random_normal(S, T, rng);
    check<attend>(looked_back(Q, K, V, M), Q, K, V, M);
    for (uword t = 0; t < T; ++t) M(rng.below(S), t) = S > 1 ? never : 0;
    check<attend>(looked_back(Q, K, V, M), Q, K, V, M);
    if (S == T)
      check<attend>(looked_back(mat(30 * Q), mat(30 * K), V, mask_of(T)), mat(30 * Q), mat(30 * K), V, mask_of(T));
  }
}

TEST_CASE("in which order keys stand does not matter", "[18][18.3]") {
  Rng rng = seeded(1804);
  const mat Q = random_normal(3, 2, rng), K = random_normal(3, 4, rng), V = random_normal(2, 4, rng),
            M = random_normal(4, 2, rng);
  const mat expected = looked_back(Q, K, V, M);
  const uvec turned = {2, 0, 3, 1};
  check<attend>(expected, Q, mat(K.cols(turned)), mat(V.cols(turned)), mat(M.rows(turned)));
}

TEST_CASE("what does not meet is an error", "[18][18.3]") {
  rejects<attend>(zeros(2, 3), zeros(3, 4), zeros(5, 4), zeros(4, 3));
  rejects<attend>(zeros(2, 3), zeros(2, 4), zeros(5, 3), zeros(4, 3));
  rejects<attend>(zeros(2, 3), zeros(2, 4), zeros(5, 4), zeros(3, 4));
  rejects<attend>(zeros(2, 3), zeros(2, 4), zeros(5, 4), zeros(4, 1));
  rejects<attend>(zeros(2, 3), zeros(2, 4), zeros(5, 4), zeros(1, 3));
  mat nowhere = zeros(2, 2);
  nowhere.col(1).fill(never);
  rejects<attend>(zeros(2, 2), zeros(2, 2), zeros(2, 2), nowhere);
}

// 18.4

TEST_CASE("two heads speak of the same token", "[18][18.4]") {
  // the first sees row 1 of each token and answers in row 2; the second sees row 2 and answers in row 1
  const mat one = {{1, 0}}, two = {{0, 1}}, nothing = {{0, 0}};
  const std::vector<Head> heads = {{nothing, nothing, one, mat(vec{0, 1})}, {nothing, nothing, two, mat(vec{10, 0})}};
  const mat U = {{1, 3}, {5, 9}}, M = mask_of(uword(2));
  check<self_attention>(mat{{50, 70}, {1, 2}}, heads, U, M);
  check<self_attention>(mat{{0, 0}, {1, 2}}, std::vector<Head>{heads[0]}, U, M);
}

TEST_CASE("any heads, any tokens", "[18][18.4]") {
  Rng rng = seeded(1805);
  for (const Sizes& sizes : sizes_of_questions) {
    if (sizes.blocks == 0) continue;
    const std::vector<Head> heads = random_net(sizes, rng).blocks[0].heads;
    for (const uword T : {1, 3, 5}) {
      const mat U = random_normal(sizes.d, T, rng);
      check<self_attention>(all_heads(heads, U, mask_of(T)), heads, U, mask_of(T));
      check<self_attention>(all_heads(heads, U, zeros(T, T)), heads, U, zeros(T, T));
    }
  }
}

TEST_CASE("heads that do not fit, and none", "[18][18.4]") {
  Rng rng = seeded(1806);
  const std::vector<Head> heads = random_net({3, 4, 5, 1, 2, 3, 2}, rng).blocks[0].heads;
  const mat U = random_normal(4, 2, rng), M = zeros(2, 2);
  rejects<self_attention>(std::vector<Head>{}, U, M);
  rejects<self_attention>(heads, random_normal(3, 2, rng), M);
  rejects<self_attention>(heads, U, zeros(3, 3));
  std::vector<Head> other = heads;
  other[1].O = zeros(3, 4);
  rejects<self_attention>(other, U, M);
  other = heads, other[0].K = zeros(2, 4);
  rejects<self_attention>(other, U, M);
}

// 18.5

TEST_CASE("places as waves", "[18][18.5]") {
  check<positions>(mat{{0, 0.841470984808, 0.909297426826},
                       {1, 0.540302305868, -0.416146836547},
                       {0, 0.099833416647, 0.198669330795},
                       {1, 0.995004165278, 0.980066577841}},
                   printed, uword(4), uword(3), real(100));
  check<positions>(waves(uword(8), uword(12), real(10000)), uword(8), uword(12), real(10000));
  check<positions>(waves(uword(2), uword(5), real(7)), uword(2), uword(5), real(7));
  check<positions>(mat(6, 0), uword(6), uword(0), real(7));
  rejects<positions>(uword(3), uword(4), real(100));
  rejects<positions>(uword(4), uword(4), real(0));
  rejects<positions>(uword(4), uword(4), real(-2));
}

TEST_CASE("a small network, as PyTorch has it", "[18][18.5]") {
  check<read_all>(mat{{1.19962598858, -1.3348306597, 1.55486186434, 1.50865179035},
                      {0.128192565111, 0.0553902105073, -0.690254344546, -0.404683202835},
                      {-1.32906102285, 1.27890359568, -0.857917430287, -1.10004631325}},
                  printed, golden_net(1), golden_read);
  check<read_all>(mat{{1.16480070929, 0.625037101876, 1.49767514257, 1.47618867659},
                      {0.169826496557, -1.19911672679, -0.372919117943, -0.317712009577},
                      {-1.33627319978, 0.585701715089, -1.12114161452, -1.15539733575}},
                  printed, golden_net(2), golden_read);
  check<read_all>(mat(vec{-0.121912168785, 1.06447084861, -0.952875753976}), printed, golden_net(1), uvec{1});
  check<read_all>(mat(vec{-0.140145952854, 1.07133572022, -0.94157337729}), printed, golden_net(2), uvec{1});
}

TEST_CASE("any network, any tokens", "[18][18.5]") {
  Rng rng = seeded(1807);
  for (const Sizes& sizes : sizes_of_questions) {
    const Transformer net = random_net(sizes, rng);
    for (const uword T : {uword(1), uword(3), sizes.longest}) {
      const uvec tokens = random_tokens(T, sizes.k, rng);
      check<read_all>(logits_of(net, tokens), net, tokens);
    }
  }
}

TEST_CASE("what comes later changes nothing of what was said", "[18][18.5]") {
  Rng rng = seeded(1808);
  const Transformer net = random_net(sizes_of_questions[0], rng);
  uvec tokens = random_tokens(6, 5, rng);
  const uword T = 6;
  holds<read_all>(
      "the logits up to token 4 are the same, bit for bit, whatever the last two tokens are",
      [&](const mat& now) {
        uvec other = tokens;
        other(4) = (other(4) + 1) % 5, other(5) = (other(5) + 2) % 5;
        const mat then = read_all(net, other);
        return now.n_cols == T && then.n_cols == T && approx_equal(now.head_cols(4), then.head_cols(4), "absdiff", 0);
      },
      net, tokens);
}

TEST_CASE("no token, too many, strange ones, and a network that is not whole", "[18][18.5]") {
  Rng rng = seeded(1809);
  const Transformer net = random_net({3, 4, 5, 2, 2, 3, 2}, rng);
  rejects<read_all>(net, uvec{});
  rejects<read_all>(net, uvec{0, 1, 2, 0, 1, 2});
  rejects<read_all>(net, uvec{0, 3});
  Transformer other = net;
  other.P = zeros(3, 5);
  rejects<read_all>(other, uvec{0});
  other = net, other.blocks[1].heads.clear();
  rejects<read_all>(other, uvec{0});
  other = net, other.blocks[0].W1 = zeros(2, 3);
  rejects<read_all>(other, uvec{0});
  other = net, other.blocks[1].b2 = vec(3);
  rejects<read_all>(other, uvec{0});
}

// 18.6

static Node node(Op op, std::vector<uword> inputs = {}) { return {op, std::move(inputs), Activation::identity, 1}; }
static Node node(ColumnOp op, uword input) { return node(Op(op), {input}); }

/// sum of (A' X) . normalise_columns(softmax(X)) with its nodes out of order: A and X learn.
static Graph mixed_graph() {
  return {node(Op::sum, {7}),           node(Op::parameter),        node(Op::parameter),
          node(ColumnOp::transpose, 1), node(Op::matmul, {3, 2}),   node(ColumnOp::softmax, 2),
          node(ColumnOp::normalise, 5), node(Op::multiply, {4, 6}), node(Op::input),
          node(ColumnOp::transpose, 8)};
}

/// The values of its nodes, then their slopes (empty: none).
static const auto mixed = oracle<std::vector<mat>>("mixed", [](const mat& A, const mat& X, const mat& data) {
  const mat product = A.t() * X, P = shares_of(X), Y = even_of(P), last = product % Y;
  const mat dY = product, dP = even_slope(P, dY);
  return std::vector<mat>{mat(1, 1).fill(accu(last)),
                          A,
                          X,
                          A.t(),
                          product,
                          P,
                          Y,
                          last,
                          data,
                          data.t(),
                          mat(1, 1).fill(1),
                          X * Y.t(),
                          A * Y + shares_slope(P, dP),
                          Y * X.t(),
                          Y,
                          dP,
                          dY,
                          mat(size(Y), arma::fill::ones),
                          mat(),
                          mat()};
});

static Parts by_node(const std::vector<mat>& values) {
  Parts parts = {number("values", double(values.size()))};
  for (uword i = 0; i < values.size(); ++i) add_parts(parts, fmt::format("node {}", i), values[i]);
  return parts;
}

TEST_CASE("lesson 11's graphs with three ops more", "[18][18.6]") {
  Rng rng = seeded(1810);
  const Graph graph = mixed_graph();
  for (const uword m : {3, 4}) {
    const mat A = random_normal(m, m, rng), X = random_normal(m, 5, rng), data = random_normal(2, 3, rng);
    const std::vector<mat> all = mixed(A, X, data);
    const Values values(all.begin(), all.begin() + 10), slopes(all.begin() + 10, all.end());
    Values leaves(10), rubbish(10);
    leaves[1] = A, leaves[2] = X, leaves[8] = data, leaves[5] = mat(2, 2, arma::fill::ones);
    rubbish[1] = mat(1, 7, arma::fill::ones), rubbish[5] = rubbish[8] = mat(2, 2, arma::fill::ones);
    shows<evaluate_columns>(by_node(values), {}, by_node(leaves),
                            [&](const auto& f) { return by_node(f(graph, leaves)); });
    for (const Values& reuse : {Values{}, rubbish})
      shows<backward_columns>(by_node(slopes), {}, by_node(values),
                              [&](const auto& f) { return by_node(f(graph, values, 0, reuse)); });
  }
}

TEST_CASE("graphs that cannot be computed", "[18][18.6]") {
  const Values two = {mat{1}, mat{1}};
  rejects<evaluate_columns>(Graph{node(Op::parameter), node(ColumnOp::softmax, 0)}, Values{mat{1}});
  rejects<evaluate_columns>(Graph{node(ColumnOp::transpose, 1), node(ColumnOp::transpose, 0)}, two);
  rejects<evaluate_columns>(Graph{node(Op::parameter), node(Op(ColumnOp::normalise), {0, 0})}, two);
  rejects<backward_columns>(Graph{node(Op::parameter), node(ColumnOp::softmax, 0)}, Values{mat{1}}, uword(1), Values{});
  rejects<backward_columns>(Graph{node(Op::parameter), node(ColumnOp::softmax, 0)}, two, uword(2), Values{});
  rejects<backward_columns>(Graph{node(Op::parameter), node(ColumnOp::softmax, 0)}, Values{mat{1, 2}, mat{1, 1}},
                            uword(1), Values{});
}

static mat one_hot_columns(const uvec& tokens, uword k) {
  mat X = zeros(k, tokens.n_elem);
  for (uword t = 0; t < tokens.n_elem; ++t)
    if (tokens(t) < k) X(tokens(t), t) = 1;
  return X;
}

/// What a student's graph holds, and says once its leaves are in. With other sizes than asked for nothing more is
/// looked at.
static Parts attending_parts(const Attending& attending, const Transformer& net, const Tokens& batch, const mat& mask,
                             bool slopes) {
  const Model& model = attending.model;
  const uword N = batch.read.n_cols, T = batch.read.n_rows, own = numbers_of(net).size();
  uword heads = 0;
  for (const Block& block : net.blocks) heads += block.heads.size();
  const auto is_parameter = [](const Node& node) { return node.op == Op::parameter; };
  Parts parts = {number("parameters", double(model.parameters.n_elem)),
                 number("parameter nodes", double(std::count_if(model.graph.begin(), model.graph.end(), is_parameter))),
                 number("inputs", double(model.inputs.n_elem)),
                 number("targets", double(model.targets.n_elem)),
                 number("outputs", double(model.outputs.n_elem)),
                 number("maps", double(attending.maps.n_elem)),
                 number("values less nodes", double(model.values.size()) - double(model.graph.size()))};
  const std::vector<uword> sizes = {own, own, 1 + 2 * N, N, N, heads * N, 0};
  for (uword i = 0; i < sizes.size(); ++i)
    if (parts[i].value(0) != double(sizes[i])) return parts;
  Values values = model.values;
  const auto at = [&](uword node) -> mat& {
    if (node >= values.size()) throw std::runtime_error(fmt::format("the graph has no node {}", node));
    return values[node];
  };
  for (uword p = 0; p < own; ++p) add_parts(parts, fmt::format("parameter {}", p), at(model.parameters(p)));
  at(model.inputs(0)) = mask;
  for (uword n = 0; n < N; ++n) {
    at(model.inputs(2 * n + 1)) = one_hot_columns(batch.read.col(n), net.E.n_cols);
    at(model.inputs(2 * n + 2)) = arma::eye<mat>(net.P.n_cols, T);
    at(model.targets(n)) = one_hot_columns(batch.say.col(n), net.E.n_cols);
  }
  values = evaluate_columns(model.graph, std::move(values));
  if (slopes) {
    const Values all = backward_columns(model.graph, values, model.loss, {});
    for (uword p = 0; p < own; ++p)
      add_parts(parts, fmt::format("the slope along parameter {}", p), all.at(model.parameters(p)));
  } else {
    for (uword m = 0; m < attending.maps.n_elem; ++m) add_parts(parts, fmt::format("map {}", m), at(attending.maps(m)));
    for (uword n = 0; n < N; ++n) add_parts(parts, fmt::format("output {}", n), at(model.outputs(n)));
    add_parts(parts, "the loss", at(model.loss));
  }
  return parts;
}

/// The same by formulas.
static Parts attending_parts(const Transformer& net, const Tokens& batch, bool slopes) {
  const uword N = batch.read.n_cols;
  const std::vector<mat> own = numbers_of(net);
  uword heads = 0;
  for (const Block& block : net.blocks) heads += block.heads.size();
  Parts parts = {number("parameters", double(own.size())),
                 number("parameter nodes", double(own.size())),
                 number("inputs", double(1 + 2 * N)),
                 number("targets", double(N)),
                 number("outputs", double(N)),
                 number("maps", double(heads * N)),
                 number("values less nodes", 0)};
  for (uword p = 0; p < own.size(); ++p) add_parts(parts, fmt::format("parameter {}", p), own[p]);
  const std::vector<mat> means = batch_slopes(net, batch);
  if (slopes) {
    for (uword p = 0; p < own.size(); ++p)
      add_parts(parts, fmt::format("the slope along parameter {}", p), means[p + 1]);
    return parts;
  }
  std::vector<mat> said;
  uword map = 0;
  for (uword n = 0; n < N; ++n) {
    const std::vector<mat> one = one_sequence(net, uvec(batch.read.col(n)), uvec(batch.say.col(n)));
    for (uword m = own.size() + 1; m + 1 < one.size(); ++m) add_parts(parts, fmt::format("map {}", map++), one[m]);
    said.push_back(one.back());
  }
  for (uword n = 0; n < N; ++n) add_parts(parts, fmt::format("output {}", n), said[n]);
  add_parts(parts, "the loss", means[0]);
  return parts;
}

static Tokens random_batch(uword T, uword N, uword k, Rng& rng) {
  Tokens batch{arma::umat(T, N), arma::umat(T, N)};
  for (uword n = 0; n < N; ++n) {
    batch.read.col(n) = random_tokens(T, k, rng);
    batch.say.col(n) = random_tokens(T, k + 1, rng);
  }
  batch.say(0, 0) = rng.below(k);  // one at least is judged
  return batch;
}

TEST_CASE("a small network as a graph, as PyTorch has it", "[18][18.6]") {
  const Tokens batch{arma::umat(golden_read), arma::umat(golden_say)};
  for (const uword blocks : {1, 2}) {
    const Transformer net = golden_net(blocks);
    const arma::mat dE = blocks == 1 ? arma::mat{{0.258967713268, 0.00956052186266, -0.700775171445},
                                                 {0.422452380123, 1.04736976349, 0.540162932159},
                                                 {-0.233302716258, -4.55848231803, -0.176139049696},
                                                 {-0.448117377133, 3.50155203268, 0.336751288983}}
                                     : arma::mat{{0.297363750087, 0.442721487089, -0.557031397995},
                                                 {0.421991590175, -0.394121579297, 0.495215468764},
                                                 {-0.245237356072, -0.806571714421, -0.286907373387},
                                                 {-0.47411798419, 0.757971806628, 0.348723302618}};
    const arma::mat dQ = blocks == 1
                             ? arma::mat{{0.00679413909792, -0.00498307973955, -0.00641192473528, 0.00460086537691},
                                         {-0.00132361760045, -0.00117511170158, 0.000796274185018, 0.00170245511701}}
                             : arma::mat{{0.0191462376195, 0.0020526667742, -0.0146723225631, -0.00652658183067},
                                         {-0.00239940184089, -0.00136561504664, 0.0016048152232, 0.00216020166434}};
    const arma::vec first = blocks == 1 ? arma::vec{-0.143291826249, 0.239346875646, 0.0454186707574, -0.141473720154}
                                        : arma::vec{-0.092659103143, 0.166045475432, 0.0084572115939, -0.081843583883};
    const Parts expected = {number("the loss", blocks == 1 ? 1.80214757760583 : 2.12193867932164),
                            {"the slope along E", dE},
                            {"the slope along place 0", first},
                            {"the slope along place 4", arma::mat(4, 1, arma::fill::zeros)},
                            {"the slope along Q of the first head", dQ},
                            number("all slopes together, without signs", blocks == 1 ? 32.5328402169 : 14.8622239564)};
    const mat mask = mask_of(batch.read.n_rows);
    shows<attention_graph>(expected, printed, {}, [&](const auto& f) {
      const Attending attending = f(net, 1);
      const Parts values = attending_parts(attending, net, batch, mask, false);
      if (values.size() < 8) return values;
      const Parts all = attending_parts(attending, net, batch, mask, true);
      const uword own = numbers_of(net).size();
      double together = 0;
      for (uword p = 0; p < own; ++p) together += accu(abs(all[7 + own + p].value));
      const auto& slope = [&](uword p) { return all[7 + own + p].value; };
      return Parts{{"the loss", values.back().value},
                   {"the slope along E", slope(0)},
                   {"the slope along place 0", slope(1).head_cols(1)},
                   {"the slope along place 4", slope(1).tail_cols(1)},
                   {"the slope along Q of the first head", slope(2)},
                   number("all slopes together, without signs", together)};
    });
  }
}

TEST_CASE("any network as a graph, one sequence or several, judged here and there", "[18][18.6]") {
  Rng rng = seeded(1811);
  for (const Sizes& sizes : sizes_of_questions) {
    const Transformer net = random_net(sizes, rng);
    for (const auto& [T, N] : {std::pair<uword, uword>{1, 1}, {4, 2}, {sizes.longest, 3}}) {
      const Tokens batch = random_batch(std::min(T, sizes.longest), N, sizes.k, rng);
      Parts arguments;
      add_parts(arguments, "net", net), add_parts(arguments, "sequences", N);
      const mat mask = mask_of(batch.read.n_rows);
      for (const bool slopes : {false, true})
        shows<attention_graph>(
            attending_parts(net, batch, slopes), Tolerance{1e-8, 1e-8}, arguments,
            [&, N = N, slopes](const auto& f) { return attending_parts(f(net, N), net, batch, mask, slopes); });
    }
  }
}

TEST_CASE("no sequence, no graph", "[18][18.6]") {
  Rng rng = seeded(1812);
  const Transformer net = random_net({3, 4, 5, 1, 2, 3, 2}, rng);
  rejects<attention_graph>(net, uword(0));
  Transformer other = net;
  other.blocks[0].b1 = vec(3);
  rejects<attention_graph>(other, uword(1));
}

// 18.7

/// The numbers of a network after a step of Adam for each batch, with slopes that are clipped together.
static const auto learnt = oracle<std::vector<mat>>(
    "learnt", [](const Transformer& net, const std::vector<Tokens>& batches, real rate, real most) {
      std::vector<mat> numbers = numbers_of(net), first = numbers, second = numbers;
      for (uword p = 0; p < numbers.size(); ++p) first[p].zeros(), second[p].zeros();
      real share1 = 1, share2 = 1;
      for (const Tokens& batch : batches) {
        const std::vector<mat> slopes = batch_slopes(with_numbers(net, numbers), batch);
        double squares = 0;
        for (uword p = 0; p < numbers.size(); ++p) squares += double(accu(square(slopes[p + 1])));
        const real by = std::sqrt(squares) > double(most) ? real(double(most) / std::sqrt(squares)) : 1;
        share1 *= real(0.9), share2 *= real(0.999);
        for (uword p = 0; p < numbers.size(); ++p)
          for (uword i = 0; i < numbers[p].n_elem; ++i) {
            const real g = by * slopes[p + 1](i);
            first[p](i) += real(0.1) * (g - first[p](i));
            second[p](i) += real(0.001) * (g * g - second[p](i));
            numbers[p](i) -= rate * first[p](i) / (1 - share1) / (std::sqrt(second[p](i) / (1 - share2)) + real(1e-8));
          }
      }
      return numbers;
    });

static Parts net_parts(const std::vector<mat>& numbers) {
  Parts parts;
  for (uword p = 0; p < numbers.size(); ++p) add_parts(parts, fmt::format("parameter {}", p), numbers[p]);
  return parts;
}

static void trains(const Transformer& net, const std::vector<Tokens>& batches, real rate, real most) {
  Parts arguments;
  add_parts(arguments, "net", net), add_parts(arguments, "batches", batches);
  add_parts(arguments, "rate", rate), add_parts(arguments, "most", most);
  shows<train_tokens>(net_parts(learnt(net, batches, rate, most)), trained, arguments,
                      [&](const auto& f) { return net_parts(numbers_of(f(net, batches, rate, most))); });
}

TEST_CASE("one step a batch, of any shape, judged here and there", "[18][18.7]") {
  Rng rng = seeded(1813);
  for (const Sizes& sizes : sizes_of_questions)
    for (const real most : {real(0.1), real(1000)}) {
      const Transformer net = random_net(sizes, rng);
      std::vector<Tokens> batches;
      for (const auto& [T, N] : {std::pair<uword, uword>{4, 2}, {3, 2}, {2, 1}, {4, 3}})
        batches.push_back(random_batch(T, N, sizes.k, rng));
      trains(net, {batches[0]}, real(0.05), most);
      trains(net, batches, real(0.05), most);
    }
}

TEST_CASE("a batch where nothing is judged is a step, too", "[18][18.7]") {
  Rng rng = seeded(1814);
  const Sizes sizes = sizes_of_questions[0];
  const Transformer net = random_net(sizes, rng);
  Tokens nothing = random_batch(3, 2, sizes.k, rng);
  const Tokens something = random_batch(3, 2, sizes.k, rng);
  nothing.say.fill(sizes.k);
  trains(net, {nothing}, real(0.05), 1);
  trains(net, {nothing, something}, real(0.05), 1);
  trains(net, {something, nothing}, real(0.05), 1);
}

TEST_CASE("without a batch nothing is learnt", "[18][18.7]") {
  Rng rng = seeded(1815);
  const Transformer net = random_net(sizes_of_questions[0], rng);
  check<train_tokens>(net, net, std::vector<Tokens>{}, real(0.1), real(1));
}

TEST_CASE("batches that do not fit are errors", "[18][18.7]") {
  Rng rng = seeded(1816);
  const Transformer net = random_net({3, 4, 5, 1, 2, 3, 2}, rng);
  const Tokens good = random_batch(4, 2, 3, rng);
  Tokens bad = good;
  bad.say = good.say.head_rows(3);
  rejects<train_tokens>(net, std::vector<Tokens>{good, bad}, real(0.1), real(1));
  bad = good, bad.read(1, 1) = 3;
  rejects<train_tokens>(net, std::vector<Tokens>{bad}, real(0.1), real(1));
  bad = good, bad.say(1, 1) = 4;
  rejects<train_tokens>(net, std::vector<Tokens>{bad}, real(0.1), real(1));
  rejects<train_tokens>(net, std::vector<Tokens>{random_batch(6, 2, 3, rng)}, real(0.1), real(1));
  rejects<train_tokens>(net, std::vector<Tokens>{Tokens{}}, real(0.1), real(1));
  rejects<train_tokens>(net, std::vector<Tokens>{good}, real(0.1), real(0));
  Transformer other = net;
  other.blocks[0].heads.clear();
  rejects<train_tokens>(other, std::vector<Tokens>{good}, real(0.1), real(1));
}

// 18.8

/// Keys and values by block and head, the length, and the logits of the last token.
static Parts said_parts(const Said& said) {
  Parts parts = {number("blocks with keys", double(said.cache.keys.size())),
                 number("blocks with values", double(said.cache.values.size()))};
  for (uword b = 0; b < std::min(said.cache.keys.size(), said.cache.values.size()); ++b) {
    add_parts(parts, fmt::format("keys of block {}", b), said.cache.keys[b]);
    add_parts(parts, fmt::format("values of block {}", b), said.cache.values[b]);
  }
  parts.push_back(number("length", double(said.cache.length)));
  add_parts(parts, "logits", said.logits);
  return parts;
}
static Said said_of(const std::vector<mat>& found, const Transformer& net, uword length) {
  Said said;
  uword next = 0;
  for (const Block& block : net.blocks) {
    said.cache.keys.emplace_back(), said.cache.values.emplace_back();
    for (uword h = 0; h < block.heads.size(); ++h, next += 2)
      said.cache.keys.back().push_back(found[next]), said.cache.values.back().push_back(found[next + 1]);
  }
  said.cache.length = length;
  said.logits = found.back().col(length - 1);
  return said;
}

TEST_CASE("token by token as all at once", "[18][18.8]") {
  Rng rng = seeded(1817);
  for (const Sizes& sizes : sizes_of_questions) {
    const Transformer net = random_net(sizes, rng);
    const uvec tokens = random_tokens(sizes.longest, sizes.k, rng);
    Cache cache;
    for (uword t = 0; t < tokens.n_elem; ++t) {
      const Said expected = said_of(reading(net, uvec(tokens.head(t + 1))), net, t + 1);
      Parts arguments;
      add_parts(arguments, "net", net), add_parts(arguments, "cache", cache), add_parts(arguments, "token", tokens(t));
      shows<read_one>(said_parts(expected), Tolerance{1e-8, 1e-8}, arguments,
                      [&](const auto& f) { return said_parts(f(net, cache, tokens(t))); });
      cache = expected.cache;
    }
    rejects<read_one>(net, cache, uword(0));  // it is full
  }
}

TEST_CASE("a token alone, as PyTorch has it", "[18][18.8]") {
  for (const uword blocks : {1, 2}) {
    const vec logits = blocks == 1 ? vec{-0.121912168785, 1.06447084861, -0.952875753976}
                                   : vec{-0.140145952854, 1.07133572022, -0.94157337729};
    shows<read_one>(parts_of(logits, "logits"), printed, {},
                    [&](const auto& f) { return parts_of(vec(f(golden_net(blocks), Cache{}, 1).logits), "logits"); });
  }
}

TEST_CASE("another network's cache, and strange tokens", "[18][18.8]") {
  Rng rng = seeded(1818);
  const Transformer net = random_net({3, 4, 5, 2, 2, 3, 2}, rng);
  const Said said = said_of(reading(net, uvec{0, 1}), net, 2);
  rejects<read_one>(net, Cache{}, uword(3));
  Cache other = said.cache;
  other.length = 1;
  rejects<read_one>(net, other, uword(0));
  other = said.cache, other.keys.pop_back();
  rejects<read_one>(net, other, uword(0));
  other = said.cache, other.values[1].pop_back();
  rejects<read_one>(net, other, uword(0));
  other = said.cache, other.keys[0][1] = zeros(2, 2);
  rejects<read_one>(net, other, uword(0));
  Transformer broken = net;
  broken.blocks[0].W2 = zeros(3, 2);
  rejects<read_one>(broken, Cache{}, uword(0));
}

/// What is written, all read anew for each symbol.
static const auto text_of =
    oracle<uvec>("text", [](const Transformer& net, const uvec& prompt, uword length, real temperature, Rng rng) {
      std::vector<uword> text(prompt.begin(), prompt.end());
      for (uword i = 0; i < length; ++i) {
        const mat said = logits_of(net, uvec(text));
        const vec logits = said.col(said.n_cols - 1) / temperature, share = exp(logits - logits.max());
        real left = rng.uniform() * accu(share);
        uword symbol = 0;
        for (; symbol + 1 < share.n_elem && left >= share(symbol); ++symbol) left -= share(symbol);
        text.push_back(symbol);
      }
      return uvec(uvec(text).tail(length));
    });

TEST_CASE("any network goes on, cold and hot", "[18][18.8]") {
  Rng rng = seeded(1819);
  for (const Sizes& sizes : sizes_of_questions)
    for (const real temperature : {real(1), real(0.3), real(3), real(0.001)}) {
      Sizes longer = sizes;
      longer.longest = 30;
      const Transformer net = random_net(longer, rng);
      for (const auto& [read, length] : {std::pair<uword, uword>{1, 30}, {4, 20}, {30, 1}, {3, 0}}) {
        const uvec prompt = random_tokens(read, sizes.k, rng);
        check<go_on>(text_of(net, prompt, length, temperature, rng), net, prompt, length, temperature, rng);
        rng();
      }
    }
}

TEST_CASE("no prompt, no warmth, no place", "[18][18.8]") {
  Rng rng = seeded(1820);
  const Transformer net = random_net({3, 4, 5, 1, 2, 3, 2}, rng);
  rejects<go_on>(net, uvec{}, uword(2), real(1), rng);
  rejects<go_on>(net, uvec{0, 1}, uword(5), real(1), rng);
  rejects<go_on>(net, uvec{0, 1, 0, 1, 0, 1}, uword(1), real(1), rng);
  rejects<go_on>(net, uvec{0, 3}, uword(2), real(1), rng);
  rejects<go_on>(net, uvec{0, 1}, uword(2), real(0), rng);
  rejects<go_on>(net, uvec{0, 1}, uword(2), real(-1), rng);
  Transformer other = net;
  other.blocks[0].heads.clear();
  rejects<go_on>(other, uvec{0}, uword(2), real(1), rng);
}

}  // namespace nn
