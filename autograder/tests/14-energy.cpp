// Lesson 14: memories and dreams. Golden values are from NumPy: for the machine of 3 visible and 2 hidden units all
// states were enumerated, for one turn of contrastive divergence all draws. The rest is compared with the definitions,
// written out entry by entry.
#include "contracts/energy.hpp"

#include <cmath>

#include "autograder/tests/support/expect.hpp"
#include "nn/training.hpp"

namespace nn {

static const Tolerance printed{1e-11, 1e-11};  // golden values of twelve digits

static mat random_signs(uword n, uword p, Rng& rng) {
  mat P(n, p);
  for (real& entry : P) entry = rng.below(2) ? 1 : -1;
  return P;
}

/// Symmetric, nothing on the diagonal.
static mat random_weights(uword n, Rng& rng) {
  const mat half = random_normal(n, n, rng);
  mat W = half + half.t();
  W.diag().zeros();
  return W;
}

// 14.1

static const mat two_patterns = mat{{1, 1, -1, -1, 1}, {1, -1, 1, -1, 1}}.t();

TEST_CASE("two patterns of five units: their weights", "[14][14.1]") {
  check<store>(mat{{0, 0, 0, -.4, .4}, {0, 0, -.4, 0, 0}, {0, -.4, 0, 0, 0}, {-.4, 0, 0, 0, -.4}, {.4, 0, 0, -.4, 0}},
               two_patterns);
}

TEST_CASE("two patterns of five units: their energies", "[14][14.1]") {
  const mat W = {{0, 0, 0, -.4, .4}, {0, 0, -.4, 0, 0}, {0, -.4, 0, 0, 0}, {-.4, 0, 0, 0, -.4}, {.4, 0, 0, -.4, 0}};
  check<energy>(-1.6, W, vec(two_patterns.col(0)));
  check<energy>(-1.6, W, vec(two_patterns.col(1)));
  check<energy>(0.8, W, vec(5, arma::fill::ones));
  check<energy>(0, W, vec{-1, 1, -1, -1, 1});
}

static const auto plain_energy = oracle<real>("energy", [](const mat& W, const vec& s) {
  real E = 0;
  for (uword i = 0; i < s.n_elem; ++i)
    for (uword j = 0; j < s.n_elem; ++j) E -= s(i) * W(i, j) * s(j) / 2;
  return E;
});

TEST_CASE("the energy of any state under any weights", "[14][14.1]") {
  Rng rng = seeded(1401);
  for (const uword n : {1, 2, 7, 30}) {
    const mat W = random_weights(n, rng), any = random_normal(n, n, rng);
    const vec s = random_signs(n, 1, rng);
    check<energy>(plain_energy(W, s), W, s);
    check<energy>(plain_energy(W, s), W, vec(-s));  // a state and its negative lie equally deep
    check<energy>(plain_energy(any, s), any, s);
  }
}

static const auto plain_store = oracle<mat>("store", [](const mat& P) {
  mat W(P.n_rows, P.n_rows, arma::fill::zeros);
  for (uword i = 0; i < P.n_rows; ++i)
    for (uword j = 0; j < P.n_rows; ++j)
      for (uword k = 0; k < P.n_cols && i != j; ++k) W(i, j) += P(i, k) * P(j, k) / real(P.n_rows);
  return W;
});

TEST_CASE("any number of patterns, of any number of units", "[14][14.1]") {
  Rng rng = seeded(1402);
  for (const auto& [n, p] : {std::pair<uword, uword>{4, 7}, {9, 2}, {6, 6}, {1, 3}, {5, 1}, {3, 0}}) {
    const mat P = random_signs(n, p, rng);
    check<store>(plain_store(P), P);
  }
}

TEST_CASE("what is no pattern, or does not fit, is an error", "[14][14.1]") {
  const mat W(3, 3, arma::fill::zeros);
  rejects<energy>(W, vec{1, -1});
  rejects<energy>(mat(3, 2, arma::fill::zeros), vec{1, -1});
  rejects<energy>(mat(2, 3, arma::fill::zeros), vec{1, -1, 1});
  for (const double no_sign : {0.0, 0.5, 2.0, arma::datum::nan}) {
    rejects<energy>(W, vec{1, real(no_sign), -1});
    rejects<store>(mat{{1, -1}, {1, real(no_sign)}});
  }
}

// 14.2

/// Onto what the patterns span: by an orthonormal basis, built pattern by pattern.
static const auto plain_projection = oracle<mat>("store_projection", [](const mat& P) {
  mat W(P.n_rows, P.n_rows, arma::fill::zeros);
  std::vector<vec> basis;
  for (uword k = 0; k < P.n_cols; ++k) {
    vec rest = P.col(k);
    for (int twice = 0; twice < 2; ++twice)
      for (const vec& q : basis) rest -= dot(q, rest) * q;
    if (norm(rest) < 1e-6) continue;
    basis.push_back(rest / norm(rest));
    W += basis.back() * basis.back().t();
  }
  W.diag().zeros();
  return W;
});

TEST_CASE("three patterns that are alike", "[14][14.2]") {
  // two share three of four units, and the third is the first one's negative: they span a plane
  check<store_projection>(mat{{0, 1, 1, 0}, {1, 0, 1, 0}, {1, 1, 0, 0}, {0, 0, 0, 0}} / 3,
                          mat{{1, 1, -1}, {1, 1, -1}, {1, 1, -1}, {1, -1, -1}});
}

TEST_CASE("the projection onto any patterns, equal ones and more than there are units", "[14][14.2]") {
  Rng rng = seeded(1403);
  for (const auto& [n, p] : {std::pair<uword, uword>{6, 2}, {12, 5}, {8, 1}, {5, 9}, {1, 1}}) {
    mat P = random_signs(n, p, rng);
    check<store_projection>(plain_projection(P), P);
    P = join_rows(P, P.col(0));
    check<store_projection>(plain_projection(P), P);
  }
}

TEST_CASE("no patterns, or what is none, is an error for the projection", "[14][14.2]") {
  rejects<store_projection>(mat());
  rejects<store_projection>(mat(4, 0));
  rejects<store_projection>(mat{{1, 0}, {1, 1}, {0, 1}});
  rejects<store_projection>(mat{{1, -1}, {1, real(arma::datum::nan)}});
}

// 14.3

static const auto plain_recall = oracle<vec>("recall", [](const mat& W, vec s, Rng rng, uword sweeps) {
  while (sweeps-- > 0) {
    const vec before = s;
    for (const uword i : random_permutation(s.n_elem, rng)) {
      real sum = 0;
      for (uword j = 0; j < s.n_elem; ++j) sum += W(i, j) * s(j);
      if (sum != 0) s(i) = sum > 0 ? 1 : -1;
    }
    if (arma::all(s == before)) break;
  }
  return s;
});

TEST_CASE("unit after unit, in a new order for each sweep", "[14][14.3]") {
  for (std::uint64_t seed = 1410; seed < 1420; ++seed) {
    Rng rng = seeded(seed);
    const mat W = random_weights(24, rng);
    const vec s = random_signs(24, 1, rng);
    for (const uword sweeps : {0, 1, 2, 3, 50}) check<recall>(plain_recall(W, s, rng, sweeps), W, s, rng, sweeps);
  }
}

TEST_CASE("two units that repel each other come to rest, one way or the other", "[14][14.3]") {
  const mat W = {{0, -1}, {-1, 0}};
  for (std::uint64_t seed = 1420; seed < 1432; ++seed) {
    const vec s = {1, 1};
    check<recall>(plain_recall(W, s, seeded(seed), 20), W, s, seeded(seed), uword(20));
  }
  check<recall>(vec{-1, 1}, W, vec{-1, 1}, seeded(1432), uword(20));
}

TEST_CASE("where the sum is 0 a unit stays", "[14][14.3]") {
  Rng rng = seeded(1433);
  const vec s = random_signs(9, 1, rng);
  check<recall>(s, mat(9, 9, arma::fill::zeros), s, rng, uword(5));
  const mat W = {
      {0, 1, 1, 0}, {1, 0, 0, 0}, {1, 0, 0, 0}, {0, 0, 0, 0}};  // the second and third unit pull at the first
  for (const vec& state : {vec{1, 1, 1, -1}, vec{-1, -1, -1, 1}}) check<recall>(state, W, state, rng, uword(5));
}

TEST_CASE("any two patterns are remembered, and so are their negatives", "[14][14.3]") {
  Rng rng = seeded(1434);
  for (int k = 0; k < 5; ++k) {
    const mat P = random_signs(32, 2, rng);
    mat W = P * P.t() / 32;
    W.diag().zeros();
    for (const vec& x : {vec(P.col(0)), vec(P.col(1)), vec(-P.col(0))}) check<recall>(x, W, x, rng, uword(10));
  }
}

TEST_CASE("it rests when nothing has changed in a sweep", "[14][14.3]") {
  const auto next_number = [](double value) { return Parts{number("the next number of rng after the recall", value)}; };
  for (const std::uint64_t seed : {1435, 1436}) {
    Rng rng = seeded(seed);
    const mat P = random_signs(32, 1, rng), W = P * P.t() / 32 - arma::eye<mat>(32, 32) / 32;
    Rng after_one = rng;
    (void)random_permutation(32, after_one);
    shows<recall>(next_number(after_one.uniform()), {}, parts_of(mat(P.t()), "s, which is the pattern of W"),
                  [&](const auto& f) {
                    Rng mine = rng;
                    (void)f(W, P.col(0), mine, 30);
                    return next_number(mine.uniform());
                  });
  }
}

TEST_CASE("the energy never rises", "[14][14.3]") {
  for (const std::uint64_t seed : {1437, 1438, 1439}) {
    Rng rng = seeded(seed);
    const mat W = random_weights(20, rng);
    const vec s = random_signs(20, 1, rng);
    const real before = dot(s, W * s);
    holds<recall>(
        "-1/2 s'W s is not larger than before", [&](const vec& now) { return dot(now, W * now) >= before - 1e-9; }, W,
        s, rng, uword(1));
  }
}

TEST_CASE("states that do not fit the weights are errors", "[14][14.3]") {
  const mat W(3, 3, arma::fill::zeros);
  rejects<recall>(W, vec{1, -1}, seeded(1440), uword(3));
  rejects<recall>(mat(3, 2, arma::fill::zeros), vec{1, -1}, seeded(1440), uword(3));
  rejects<recall>(W, vec{1, 0, 1}, seeded(1440), uword(3));
  rejects<recall>(W, vec{1, real(arma::datum::nan), 1}, seeded(1440), uword(3));
}

// 14.4

/// With n a power of two all sums are exact, in any order.
static const auto plain_remembered = oracle<real>("remembered", [](uword n, uword p, real flipped, Rng rng) {
  mat P(n, p);
  for (real& entry : P) entry = rng.uniform() < real(0.5) ? -1 : 1;
  const mat W = plain_store(P);
  real overlap = 0;
  for (uword k = 0; k < p; ++k) {
    vec s = P.col(k);
    const uvec order = random_permutation(n, rng);
    for (uword i = 0; i < uword(std::lround(double(flipped) * double(n))); ++i) s(order(i)) = -s(order(i));
    for (int sweep = 0; sweep < 100; ++sweep) {
      const vec before = s;
      for (const uword i : random_permutation(n, rng))
        if (const real sum = accu(W.row(i).t() % s); sum != 0) s(i) = sum > 0 ? 1 : -1;
      if (arma::all(s == before)) break;
    }
    overlap += accu(s % P.col(k)) / real(n);
  }
  return overlap / real(p);
});

TEST_CASE("few patterns and many, whole ones and damaged ones", "[14][14.4]") {
  for (std::uint64_t seed = 1441; seed < 1444; ++seed)
    for (const auto& [n, p, flipped] : {std::tuple<uword, uword, double>{32, 1, 0.25},
                                        {64, 4, 0.1},
                                        {64, 16, 0.1},
                                        {32, 12, 0},
                                        {32, 12, 0.3},
                                        {16, 5, 1},
                                        {1, 1, 0}})
      check<remembered>(plain_remembered(n, p, real(flipped), seeded(seed)), n, p, real(flipped), seeded(seed));
}

TEST_CASE("a few patterns come back from a tenth of turned signs, many do not", "[14][14.4]") {
  holds<remembered>(
      "5 patterns of 128 units overlap by more than 0.97 in the mean", [](real overlap) { return overlap > 0.97; },
      uword(128), uword(5), real(0.1), seeded(1444));
  holds<remembered>(
      "64 patterns of 128 units overlap by less than 0.7 in the mean",
      [](real overlap) { return overlap < 0.7 && overlap > 0; }, uword(128), uword(64), real(0.1), seeded(1445));
}

TEST_CASE("nothing to remember, or a share that is none, is an error", "[14][14.4]") {
  rejects<remembered>(uword(0), uword(3), real(0.1), seeded(1446));
  rejects<remembered>(uword(8), uword(0), real(0.1), seeded(1446));
  for (const double share : {-0.1, 1.1, arma::datum::nan})
    rejects<remembered>(uword(8), uword(2), real(share), seeded(1446));
}

// 14.5

/// Three visible and two hidden units.
static const Rbm golden = {{{2, -1.2, .8}, {-1.6, .4, 2.4}}, {.1, -.2, 0}, {-.1, .3}};
static const mat golden_data = {{1, 1, 0}, {0, 1, 0}, {1, 0, 1}};

static Rbm random_rbm(uword d, uword m, Rng& rng) {
  return {random_normal(m, d, rng), random_normal(d, 1, rng), random_normal(m, 1, rng)};
}

static mat random_states(uword d, uword N, Rng& rng) {
  mat V(d, N);
  for (real& v : V) v = real(rng.below(2));
  return V;
}

static const auto plain_layer = oracle<mat>("layer", [](const mat& W, const vec& bias, const mat& below) {
  mat P(W.n_rows, below.n_cols);
  for (uword n = 0; n < P.n_cols; ++n)
    for (uword j = 0; j < P.n_rows; ++j) {
      real sum = bias(j);
      for (uword i = 0; i < W.n_cols; ++i) sum += W(j, i) * below(i, n);
      P(j, n) = 1 / (1 + std::exp(-sum));
    }
  return P;
});

TEST_CASE("a small machine, up and down", "[14][14.5]") {
  check<hidden>(mat(vec{0.9370266439430035, 0.7502601055951177}), golden, mat(vec{1, 0, 1}));
  check<visible>(mat(vec{0.8909031788043871, 0.19781611144141825, 0.6899744811276125}), golden, mat(vec{1, 0}));
}

TEST_CASE("machines of any shape, up and down", "[14][14.5]") {
  Rng rng = seeded(1450);
  for (const auto& [d, m, N] : {std::array<uword, 3>{4, 4, 3}, {5, 2, 4}, {2, 6, 1}, {1, 1, 2}, {3, 2, 0}}) {
    const Rbm r = random_rbm(d, m, rng);
    const mat V = random_states(d, N, rng), H = random_states(m, N, rng), grey = random_uniform(d, N, 0, 1, rng);
    check<hidden>(plain_layer(r.W, r.c, V), r, V);
    check<hidden>(plain_layer(r.W, r.c, grey), r, grey);
    check<visible>(plain_layer(mat(r.W.t()), r.b, H), r, H);
  }
}

TEST_CASE("probabilities far out are 0 and 1", "[14][14.5]") {
  const Rbm r = {{{1000, 0}, {0, -1000}}, {0, 0}, {0, 0}};
  check<hidden>(mat(vec{1, 0}), {0, 0}, r, mat(vec{1, 1}));
  check<visible>(mat(vec{1, 0}), {0, 0}, r, mat(vec{1, 1}));
}

static const auto plain_draw = oracle<mat>("draw", [](mat P, Rng rng) {
  for (uword column = 0; column < P.n_cols; ++column)
    for (uword row = 0; row < P.n_rows; ++row) P(row, column) = rng.uniform() < P(row, column) ? 1 : 0;
  return P;
});

TEST_CASE("each entry is drawn for itself, column by column", "[14][14.5]") {
  for (const std::uint64_t seed : {1451, 1452, 1453}) {
    Rng rng = seeded(seed);
    for (const auto& [rows, cols] : {std::pair<uword, uword>{7, 5}, {1, 9}, {9, 1}, {3, 0}}) {
      const mat P = random_uniform(rows, cols, 0, 1, rng);
      check<draw>(plain_draw(P, rng), P, rng);
    }
  }
}

TEST_CASE("what is certain is drawn as it is", "[14][14.5]") {
  const mat P = {{0, 1, 1}, {1, 0, 1}};
  for (const std::uint64_t seed : {1454, 1455}) check<draw>(P, P, seeded(seed));
}

TEST_CASE("a unit of 0.6 fires six times in ten", "[14][14.5]") {
  holds<draw>(
      "of 10000 entries 5800 to 6200 are 1", [](const mat& drawn) { return std::abs(accu(drawn) - 6000) <= 200; },
      mat(mat(100, 100, arma::fill::ones) * real(0.6)), seeded(1456));
}

TEST_CASE("what does not fit the machine is an error", "[14][14.5]") {
  rejects<hidden>(golden, mat(2, 1, arma::fill::ones));
  rejects<visible>(golden, mat(3, 1, arma::fill::ones));
  Rbm other = golden;
  other.c = vec{1, 2, 3};
  rejects<hidden>(other, golden_data);
  other = golden;
  other.b = vec{1, 2};
  rejects<visible>(other, mat(2, 1, arma::fill::ones));
}

// 14.6

TEST_CASE("the free energies of all states of a small machine", "[14][14.6]") {
  check<free_energy>(rowvec{-1.498751904542, -3.868229610662, -1.144194502718, -3.418140952119, -2.380395212116,
                            -4.252378886892, -1.344339923618, -3.302826555966},
                     printed, golden,
                     mat{{0, 0, 0, 0, 1, 1, 1, 1}, {0, 0, 1, 1, 0, 0, 1, 1}, {0, 1, 0, 1, 0, 1, 0, 1}});
}

/// All states of n units, a column each.
static mat all_states(uword n) {
  mat S(n, uword(1) << n);
  for (uword k = 0; k < S.n_cols; ++k)
    for (uword i = 0; i < n; ++i) S(i, k) = real(k >> (n - 1 - i) & 1);
  return S;
}

/// By the definition: every state of the hidden units, one by one.
static const auto plain_free_energy = oracle<rowvec>("free_energy", [](const Rbm& r, const mat& V) {
  rowvec F(V.n_cols);
  const mat states = all_states(r.c.n_elem);
  for (uword n = 0; n < V.n_cols; ++n) {
    real sum = 0;
    for (uword k = 0; k < states.n_cols; ++k)
      sum += std::exp(dot(r.b, V.col(n)) + dot(r.c, states.col(k)) + dot(states.col(k), r.W * V.col(n)));
    F(n) = -std::log(sum);
  }
  return F;
});

TEST_CASE("the free energy sums over all hidden states", "[14][14.6]") {
  Rng rng = seeded(1460);
  for (const auto& [d, m, N] : {std::array<uword, 3>{3, 3, 4}, {6, 2, 3}, {2, 5, 2}, {1, 1, 1}, {4, 2, 0}}) {
    const Rbm r = random_rbm(d, m, rng);
    const mat V = random_states(d, N, rng);
    check<free_energy>(plain_free_energy(r, V), r, V);
  }
}

TEST_CASE("the free energy is finite where exp is not", "[14][14.6]") {
  const Rbm r = {{{1000, 0}, {0, -1000}}, {3, 5}, {0, 0}};
  check<free_energy>(rowvec{-2 * std::log(real(2)), -1003 - std::log(real(2)), -5 - std::log(real(2)), -1008}, r,
                     mat{{0, 1, 0, 1}, {0, 0, 1, 1}});
}

TEST_CASE("states that do not fit the machine have no free energy", "[14][14.6]") {
  rejects<free_energy>(golden, mat(2, 1, arma::fill::ones));
  Rbm other = golden;
  other.b = vec{1, 2};
  rejects<free_energy>(other, golden_data);
  other = golden;
  other.c = vec{1};
  rejects<free_energy>(other, golden_data);
}

// 14.7

TEST_CASE("a machine begins with small weights and the logits of the means", "[14][14.7]") {
  Rng rng = seeded(1470);
  const mat V = {{1, 1, 1, 0}, {0, 0, 0, 0}, {1, 1, 1, 1}, {.5, .5, .25, .75}, {0, 0, 1, 0}};
  for (const uword m : {1, 3, 8}) {
    Rng copy = rng;
    const Rbm expected = {random_normal(m, 5, copy) / 100,
                          {std::log(real(3)), -std::log(real(99)), std::log(real(99)), 0, -std::log(real(3))},
                          vec(m, arma::fill::zeros)};
    check<start_rbm>(expected, V, m, rng);
  }
  rejects<start_rbm>(mat(4, 0), uword(2), rng);
}

static Rbm weighted(Rbm sum, real by, const Rbm& more) {
  sum.W += by * more.W, sum.b += by * more.b, sum.c += by * more.c;
  return sum;
}

/// The mean of 40 answers of f for the golden machine, each the mean of 100 turns.
template <class F>
static Rbm mean_slope(const F& f, uword k, Rng rng) {
  Rbm mean = {mat(2, 3, arma::fill::zeros), vec(3, arma::fill::zeros), vec(2, arma::fill::zeros)};
  for (int call = 0; call < 40; ++call)
    mean = weighted(std::move(mean), 1 / real(40), f(golden, repmat(golden_data, 1, 100), k, rng));
  return mean;
}

// five standard errors of 4000 slopes
static const Tolerance by_chance{0.02, 0};

TEST_CASE("the mean of one turn is that over all draws", "[14][14.7]") {
  const Rbm exact = {
      {{-0.01105417558, 0.04017454854, -0.11263122940}, {-0.06803866165, -0.15647162350, -0.14597015299}},
      {0.05245231144, 0.02322223428, -0.17782624110},
      {0.00453758118, -0.10411893524}};
  shows<contrastive_divergence>(
      parts_of(exact, "the mean of 4000 slopes"), by_chance, parts_of(golden, "r"),
      [&](const auto& f) { return parts_of(mean_slope(f, 1, seeded(1471)), "the mean of 4000 slopes"); });
}

TEST_CASE("the mean of many turns is the slope of log p", "[14][14.7]") {
  const Rbm slope = {{{0.03004466859, 0.03602636770, -0.12913256736}, {-0.04921378392, -0.17944687290, -0.18970869184}},
                     {0.10073706620, 0.00683193173, -0.22095754304},
                     {0.01906372800, -0.13421288972}};
  shows<contrastive_divergence>(
      parts_of(slope, "the mean of 4000 slopes"), by_chance, parts_of(golden, "r"),
      [&](const auto& f) { return parts_of(mean_slope(f, 10, seeded(1472)), "the mean of 4000 slopes"); });
}

/// Sample by sample; draws as the contract says, and tells the rng that is left.
static const auto plain_slope = oracle<std::pair<Rbm, Rng>>("contrastive_divergence", [](const Rbm& r, const mat& V,
                                                                                         uword k, Rng rng) {
  const auto drawn = [&](mat P) {
    for (real& p : P) p = rng.uniform() < p ? 1 : 0;
    return P;
  };
  const auto layer = [](const mat& W, const vec& bias, const mat& below) {
    mat P(W.n_rows, below.n_cols);
    for (uword n = 0; n < P.n_cols; ++n) P.col(n) = 1 / (1 + exp(-(W * below.col(n) + bias)));
    return P;
  };
  const mat H = layer(r.W, r.c, V);
  mat V1, H1 = H;
  for (uword turn = 0; turn < k; ++turn) {
    const mat up = drawn(H1);
    V1 = drawn(layer(r.W.t(), r.b, up));
    H1 = layer(r.W, r.c, V1);
  }
  Rbm slope = {mat(size(r.W), arma::fill::zeros), vec(size(r.b), arma::fill::zeros), vec(size(r.c), arma::fill::zeros)};
  for (uword n = 0; n < V.n_cols; ++n)
    slope = weighted(std::move(slope), 1 / real(V.n_cols),
                     {H.col(n) * V.col(n).t() - H1.col(n) * V1.col(n).t(), V.col(n) - V1.col(n), H.col(n) - H1.col(n)});
  return std::pair(slope, rng);
});

TEST_CASE("any machine, any batch, any number of turns", "[14][14.7]") {
  for (const std::uint64_t seed : {1473, 1474}) {
    Rng rng = seeded(seed);
    for (const auto& [d, m, N, k] :
         {std::array<uword, 4>{4, 4, 3, 1}, {6, 3, 5, 1}, {3, 7, 4, 2}, {5, 2, 1, 6}, {1, 1, 2, 3}}) {
      const Rbm r = random_rbm(d, m, rng);
      const mat V = random_states(d, N, rng), grey = random_uniform(d, N, 0, 1, rng);
      check<contrastive_divergence>(plain_slope(r, V, k, rng).first, r, V, k, rng);
      check<contrastive_divergence>(plain_slope(r, grey, k, rng).first, r, grey, k, rng);
    }
  }
}

static const auto plain_training =
    oracle<Rbm>("train_rbm", [](Rbm r, const mat& V, uword k, uword epochs, uword size, real rate, Rng rng) {
      for (uword epoch = 0; epoch < epochs; ++epoch)
        for (const uvec& batch : shuffled_batches(arma::regspace<uvec>(0, V.n_cols - 1), size, rng)) {
          const auto turned = plain_slope(r, V.cols(batch), k, rng);
          r = weighted(std::move(r), rate, turned.first);
          rng = turned.second;
        }
      return r;
    });

TEST_CASE("a training is a step uphill after each batch", "[14][14.7]") {
  for (const std::uint64_t seed : {1475, 1476}) {
    Rng rng = seeded(seed);
    const Rbm r = random_rbm(5, 3, rng);
    const mat V = random_states(5, 11, rng);
    for (const auto& [k, epochs, size] : {std::array<uword, 3>{1, 0, 4}, {1, 1, 11}, {1, 1, 4}, {2, 3, 4}, {1, 2, 50}})
      check<train_rbm>(plain_training(r, V, k, epochs, size, real(0.1), rng), r, V, k, epochs, size, real(0.1), rng);
  }
}

TEST_CASE("what it learns from becomes more likely", "[14][14.7]") {
  const auto mean_log_p = [](const Rbm& r) -> real {  // exact: all eight states
    const auto log_share = [&](const mat& V) -> rowvec {
      rowvec shares = r.b.t() * V;
      for (uword n = 0; n < V.n_cols; ++n) shares(n) += accu(log1p(exp(r.c + r.W * V.col(n))));
      return shares;
    };
    return mean(log_share(golden_data)) - std::log(accu(exp(log_share(all_states(3)))));
  };
  for (const std::uint64_t seed : {1477, 1478}) {
    Rng rng = seeded(seed);
    const Rbm r = {random_normal(2, 3, rng) / 100, vec(3, arma::fill::zeros), vec(2, arma::fill::zeros)};
    const mat V = repmat(golden_data, 1, 10);
    holds<train_rbm>(
        fmt::format("log p of the data rises from {:.2f} to more than -1.8", mean_log_p(r)),
        [&](const Rbm& learnt) { return r.W.n_elem == learnt.W.n_elem && mean_log_p(learnt) > -1.8; }, r, V, uword(5),
        uword(300), uword(30), real(0.2), rng);
  }
}

TEST_CASE("no data, no turns, and what does not fit are errors", "[14][14.7]") {
  Rng rng = seeded(1479);
  rejects<contrastive_divergence>(golden, golden_data, uword(0), rng);
  rejects<contrastive_divergence>(golden, mat(3, 0), uword(1), rng);
  rejects<contrastive_divergence>(golden, mat(2, 3, arma::fill::ones), uword(1), rng);
  Rbm other = golden;
  other.b = vec{1, 2};
  rejects<contrastive_divergence>(other, golden_data, uword(1), rng);
  rejects<train_rbm>(golden, mat(3, 0), uword(1), uword(1), uword(2), real(0.1), rng);
  rejects<train_rbm>(golden, golden_data, uword(1), uword(1), uword(0), real(0.1), rng);
  rejects<train_rbm>(golden, golden_data, uword(0), uword(1), uword(2), real(0.1), rng);
  rejects<train_rbm>(golden, mat(2, 3, arma::fill::ones), uword(1), uword(1), uword(2), real(0.1), rng);
}

// 14.8

static const auto plain_stack = oracle<std::vector<Rbm>>(
    "stack", [](mat V, const std::vector<uword>& sizes, uword epochs, uword size, real rate, Rng rng) {
      std::vector<Rbm> machines;
      for (const uword m : sizes) {
        Rbm r = {random_normal(m, V.n_rows, rng) / 100, vec(V.n_rows), vec(m, arma::fill::zeros)};
        for (uword i = 0; i < V.n_rows; ++i) {
          const real p = std::min(std::max(accu(V.row(i)) / real(V.n_cols), real(0.01)), real(0.99));
          r.b(i) = std::log(p / (1 - p));
        }
        for (uword epoch = 0; epoch < epochs; ++epoch)
          for (const uvec& batch : shuffled_batches(arma::regspace<uvec>(0, V.n_cols - 1), size, rng)) {
            const auto turned = plain_slope(r, V.cols(batch), 1, rng);
            r = weighted(std::move(r), rate, turned.first);
            rng = turned.second;
          }
        mat H(m, V.n_cols);
        for (uword n = 0; n < V.n_cols; ++n) H.col(n) = 1 / (1 + exp(-(r.W * V.col(n) + r.c)));
        machines.push_back(std::move(r));
        V = std::move(H);
      }
      return machines;
    });

TEST_CASE("machine upon machine", "[14][14.8]") {
  for (const std::uint64_t seed : {1480, 1481}) {
    Rng rng = seeded(seed);
    const mat V = random_states(5, 12, rng);
    for (const std::vector<uword>& sizes : {std::vector<uword>{4}, {5, 5}, {4, 3, 6}, {}})
      for (const uword epochs : {0, 2})
        check<stack>(plain_stack(V, sizes, epochs, 5, real(0.5), rng), V, sizes, epochs, uword(5), real(0.5), rng);
  }
}

TEST_CASE("a network begins where the machines ended", "[14][14.8]") {
  for (const std::uint64_t seed : {1482, 1483}) {
    Rng rng = seeded(seed);
    const Rbm low = random_rbm(5, 4, rng), high = random_rbm(4, 4, rng), top = random_rbm(4, 2, rng);
    const auto layer = [](const Rbm& r) { return Layer{r.W, r.c, Activation::sigmoid}; };
    for (const std::vector<Rbm>& machines : {std::vector<Rbm>{low}, {low, high}, {low, high, top}}) {
      Network expected;
      for (const Rbm& r : machines) expected.push_back(layer(r));
      Rng copy = rng;
      expected.push_back(xavier_init(3, machines.back().c.n_elem, Activation::softmax, copy));
      check<pretrained>(expected, machines, uword(3), rng);
    }
  }
}

TEST_CASE("no data, no machines, and machines that do not fit are errors", "[14][14.8]") {
  Rng rng = seeded(1484);
  rejects<stack>(mat(5, 0), std::vector<uword>{3}, uword(1), uword(2), real(0.1), rng);
  rejects<stack>(mat(5, 4, arma::fill::ones), std::vector<uword>{3}, uword(1), uword(0), real(0.1), rng);
  rejects<pretrained>(std::vector<Rbm>{}, uword(3), rng);
  rejects<pretrained>(std::vector<Rbm>{random_rbm(5, 4, rng), random_rbm(3, 2, rng)}, uword(3), rng);
}

}  // namespace nn
