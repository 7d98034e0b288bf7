// Lesson 13: centres, bumps, directions, codes. Golden values are by hand or from NumPy; the rest is compared with the
// definitions, written out entry by entry.
#include "contracts/unsupervised.hpp"

#include <algorithm>
#include <cmath>

#include "autograder/tests/support/drawn.hpp"
#include "autograder/tests/support/expect.hpp"
#include "nn/activations.hpp"

namespace nn {

static const Tolerance printed{1e-9, 1e-9};  // golden values of ten digits
static const Tolerance trained{1e-7, 1e-7};  // Adam divides by small numbers

/// k, d and N of questions that tell rows, columns and centres apart.
static const std::vector<std::array<uword, 3>> sizes_of_questions = {
    {3, 2, 5}, {1, 4, 3}, {4, 1, 6}, {2, 3, 1}, {5, 7, 20}};

// 13.1

static const auto plain_distances = oracle<mat>("distances", [](const mat& C, const mat& X) {
  mat D(C.n_cols, X.n_cols, arma::fill::zeros);
  for (uword n = 0; n < X.n_cols; ++n)
    for (uword j = 0; j < C.n_cols; ++j)
      for (uword i = 0; i < X.n_rows; ++i) D(j, n) += (C(i, j) - X(i, n)) * (C(i, j) - X(i, n));
  return D;
});
static const auto plain_nearest = oracle<uvec>("nearest", [](const mat& C, const mat& X) {
  const mat D = plain_distances(C, X);
  uvec labels(D.n_cols, arma::fill::zeros);
  for (uword n = 0; n < X.n_cols; ++n)
    for (uword j = 1; j < D.n_rows; ++j)
      if (D(j, n) < D(labels(n), n)) labels(n) = j;
  return labels;
});

TEST_CASE("three samples and two centres", "[13][13.1]") {
  const mat C = {{0, 3}, {0, 4}}, X = {{0, 1, 3}, {0, 1, 1}};
  check<distances>(mat{{0, 2, 10}, {25, 13, 9}}, C, X);
  check<nearest>(uvec{0, 0, 1}, C, X);
}

TEST_CASE("any number of centres, coordinates and samples", "[13][13.1]") {
  Rng rng = seeded(1301);
  for (const auto& [k, d, n] : sizes_of_questions) {
    const mat C = random_normal(d, k, rng), X = 2 * random_normal(d, n, rng);
    check<distances>(plain_distances(C, X), C, X);
    check<nearest>(plain_nearest(C, X), C, X);
  }
}

TEST_CASE("a sample on a centre has the distance 0, and none below", "[13][13.1]") {
  Rng rng = seeded(1302);
  const mat X = random_normal(7, 60, rng);
  holds<distances>(
      "every entry is 0 or more", [](const mat& D) { return D.is_finite() && !D.empty() && D.min() >= 0; }, X, X);
  check<distances>(mat{{0, 0}, {0, 0}}, mat{{0.1, 0.1}, {0.7, 0.7}}, mat{{0.1, 0.1}, {0.7, 0.7}});
}

TEST_CASE("of equally near centres the first", "[13][13.1]") {
  check<nearest>(uvec{0, 1, 1, 0}, mat{{-1, 1, 1}}, mat{{0, 1, 2, -3}});
  check<nearest>(uvec{0, 2}, mat{{0, 4, 8}, {2, 0, 2}}, mat{{2, 9}, {1, 2}});
}

TEST_CASE("no samples have no distances", "[13][13.1]") {
  check<distances>(mat(3, 0), mat(2, 3, arma::fill::ones), mat(2, 0));
  check<nearest>(uvec(), mat(2, 3, arma::fill::ones), mat(2, 0));
}

TEST_CASE("samples of other coordinates, or no centre, are errors", "[13][13.1]") {
  rejects<distances>(mat(2, 3, arma::fill::ones), mat(3, 4, arma::fill::ones));
  rejects<nearest>(mat(2, 3, arma::fill::ones), mat(3, 3, arma::fill::ones));
  rejects<nearest>(mat(2, 0), mat(2, 3, arma::fill::ones));
}

// 13.2

static const auto plain_compete = oracle<mat>("compete", [](mat C, const mat& X, const uvec& order, real rate) {
  for (const uword n : order) {
    const uword winner = plain_nearest(C, mat(X.col(n)))(0);
    for (uword i = 0; i < C.n_rows; ++i) C(i, winner) = (1 - rate) * C(i, winner) + rate * X(i, n);
  }
  return C;
});

TEST_CASE("three samples, one after another", "[13][13.2]") {
  const mat C = {{0, 4}, {0, 0}}, X = {{1, 3, 5}, {1, 0, 2}};
  check<compete>(mat{{0.5, 4}, {0.5, 0}}, C, X, uvec{0}, real(0.5));
  check<compete>(mat{{0.5, 4.25}, {0.5, 1}}, C, X, uvec{0, 1, 2}, real(0.5));
  check<compete>(mat{{0.5, 4.75}, {0.5, 1.5}}, C, X, uvec{2, 2, 0}, real(0.5));
}

TEST_CASE("the winner is looked for where the centres are now", "[13][13.2]") {
  check<compete>(mat{{6, 10}}, mat{{0, 10}}, mat{{4, 6}}, uvec{0, 1}, real(1));
  check<compete>(mat{{0, 4}}, mat{{0, 10}}, mat{{4, 6}}, uvec{1, 0}, real(1));
}

TEST_CASE("a rate of 1 goes all the way, 0 goes none, and without samples nobody moves", "[13][13.2]") {
  const mat C = {{0, 4, 9}, {0, 1, 2}}, X = {{3, 8}, {2, 2}};
  check<compete>(mat{{0, 3, 8}, {0, 2, 2}}, C, X, uvec{1, 0}, real(1));
  check<compete>(C, C, X, uvec{0, 1}, real(0));
  check<compete>(C, C, X, uvec(), real(0.5));
}

TEST_CASE("many samples in any order, some of them twice", "[13][13.2]") {
  Rng rng = seeded(1303);
  for (const auto& [k, d, n] : sizes_of_questions) {
    const mat C = random_normal(d, k, rng), X = random_normal(d, n, rng);
    uvec order(2 * n);
    for (uword& entry : order) entry = rng.below(n);
    check<compete>(plain_compete(C, X, order, real(0.3)), C, X, order, real(0.3));
  }
}

TEST_CASE("samples that do not exist or do not fit cannot win", "[13][13.2]") {
  const mat C(2, 3, arma::fill::ones), X(2, 4, arma::fill::ones);
  rejects<compete>(C, X, uvec{0, 4}, real(0.1));
  rejects<compete>(C, mat(3, 4, arma::fill::ones), uvec{0}, real(0.1));
  rejects<compete>(mat(2, 0), X, uvec{0}, real(0.1));
}

// 13.3

static const auto plain_k_means = oracle<Clusters>("k_means", [](const mat& X, mat C, uword steps) -> Clusters {
  std::vector<real> J;
  uvec before;
  for (uword made = 0;; ++made) {
    const mat D = plain_distances(C, X);
    const uvec labels = plain_nearest(C, X);
    real total = 0;
    for (uword n = 0; n < X.n_cols; ++n) total += D(labels(n), n);
    J.push_back(total / real(X.n_cols));
    if (made == steps || (made > 0 && std::equal(labels.begin(), labels.end(), before.begin()))) return {C, J};
    mat sums(size(C), arma::fill::zeros);
    uvec won(C.n_cols, arma::fill::zeros);
    for (uword n = 0; n < X.n_cols; ++n) sums.col(labels(n)) += X.col(n), ++won(labels(n));
    for (uword j = 0; j < C.n_cols; ++j)
      if (won(j) > 0) C.col(j) = sums.col(j) / real(won(j));
    before = labels;
  }
});

TEST_CASE("five points find their two clouds", "[13][13.3]") {
  const mat X = {{0, 0, 4, 4, 5}, {0, 1, 0, 1, 0.5}}, C = {{0, 0}, {0, 1}};
  const vec J = {57.25 / 5, 95.0 / 30, 5.0 / 15};
  check<k_means>(Clusters{C, J.head(1)}, X, C, uword(0));
  check<k_means>(Clusters{{{3, 2}, {1.0 / 6, 1}}, J.head(2)}, X, C, uword(1));
  check<k_means>(Clusters{{{13.0 / 3, 0}, {0.5, 0.5}}, J}, X, C, uword(2));
  check<k_means>(Clusters{{{13.0 / 3, 0}, {0.5, 0.5}}, J}, X, C, uword(50));
}

TEST_CASE("a centre that is nearest to no sample stays where it is", "[13][13.3]") {
  check<k_means>(Clusters{{{1, 10}}, {2.0 / 3, 2.0 / 3}}, mat{{0, 1, 2}}, mat{{1, 10}}, uword(5));
  check<k_means>(Clusters{{{-7, 1, 5}, {3, 2, 5}}, {3, 2}}, mat{{0, 2}, {1, 3}}, mat{{-7, 1, 5}, {3, 1, 5}}, uword(5));
  check<k_means>(Clusters{{{3, 1}}, {2, 0.5, 0}}, mat{{1, 3}}, mat{{1, 1}}, uword(5));
}

TEST_CASE("a centre on every sample, and there is nothing left to do", "[13][13.3]") {
  Rng rng = seeded(1304);
  const mat X = random_normal(3, 6, rng);
  check<k_means>(Clusters{X, vec(2, arma::fill::zeros)}, X, X, uword(4));
}

TEST_CASE("one centre goes to the mean of all", "[13][13.3]") {
  check<k_means>(Clusters{mat(vec{2, -1}), {35.0 / 3, 20.0 / 3}}, mat{{0, 1, 5}, {-2, 1, -2}},
                 mat(2, 1, arma::fill::zeros), uword(9));
}

TEST_CASE("clouds of any shape, for a few steps and to the end", "[13][13.3]") {
  Rng rng = seeded(1305);
  for (const auto& [k, d, n] : {std::array<uword, 3>{3, 2, 30}, {5, 4, 40}, {2, 1, 9}, {6, 3, 7}})
    for (const uword steps : {1, 3, 100}) {
      const mat X = random_normal(d, n, rng), C = random_normal(d, k, rng);
      check<k_means>(plain_k_means(X, C, steps), X, C, steps);
    }
}

TEST_CASE("the mean squared distance never rises", "[13][13.3]") {
  Rng rng = seeded(1306);
  for (int time = 0; time < 3; ++time) {
    const mat X = random_uniform(2, 50, 0, 1, rng), C = X.head_cols(7);
    holds<k_means>(
        "no entry of J is above the one before",
        [](const Clusters& clusters) {
          return clusters.J.n_elem > 1 && clusters.J.is_finite() && arma::diff(clusters.J).max() <= 1e-12;
        },
        X, C, uword(30));
  }
}

TEST_CASE("without samples or centres there is nothing to cluster", "[13][13.3]") {
  rejects<k_means>(mat(2, 0), mat(2, 3, arma::fill::ones), uword(5));
  rejects<k_means>(mat(2, 5, arma::fill::ones), mat(2, 0), uword(5));
  rejects<k_means>(mat(2, 5, arma::fill::ones), mat(3, 2, arma::fill::ones), uword(5));
}

// 13.4

static const auto plain_rbf_width = oracle<real>("rbf_width", [](const mat& C) -> real {
  real total = 0;
  for (uword j = 0; j < C.n_cols; ++j) {
    real least = arma::Datum<real>::inf;
    for (uword i = 0; i < C.n_cols; ++i)
      if (i != j) least = std::min(least, plain_distances(mat(C.col(i)), mat(C.col(j)))(0));
    total += least;
  }
  return std::sqrt(total / real(C.n_cols));
});

static const auto plain_rbf = oracle<mat>("rbf", [](const mat& C, real width, const mat& X) {
  mat Phi = plain_distances(C, X);
  for (real& phi : Phi) phi = std::exp(-phi / (2 * width * width));
  return Phi;
});

TEST_CASE("how wide the bumps are", "[13][13.4]") {
  check<rbf_width>(real(3), mat{{0, 3, 3}, {0, 4, 5}});  // 25, 1 and 1 to the nearest other one
  check<rbf_width>(real(5), mat{{0, 3}, {0, 4}});
  check<rbf_width>(real(0), mat{{2, 2, 2}});
  Rng rng = seeded(1307);
  for (const auto& [d, k] : {std::pair<uword, uword>{2, 5}, {4, 3}, {1, 8}}) {
    const mat C = random_normal(d, k, rng);
    check<rbf_width>(plain_rbf_width(C), C);
  }
}

TEST_CASE("bumps over the five points", "[13][13.4]") {
  const mat C = {{13.0 / 3, 0}, {0.5, 0.5}}, X = {{0, 0, 4, 4, 5}, {0, 1, 0, 1, 0.5}};
  check<rbf>(mat{{0.000073819407, 0.000073819407, 0.834806301281, 0.834806301281, 0.800737402917},
                 {0.882496902585, 0.882496902585, 0.00029604473, 0.00029604473, 0.000003726653}},
             printed, C, real(1), X);
  check<rbf>(mat{{1, std::exp(-0.5), std::exp(-2.0)}}, mat(vec{0}), real(3), mat{{0, 3, 6}});
}

TEST_CASE("bumps of any width", "[13][13.4]") {
  Rng rng = seeded(1308);
  for (const real width : {real(0.5), real(2)})
    for (const auto& [k, d, n] : sizes_of_questions) {
      const mat C = random_normal(d, k, rng), X = random_normal(d, n, rng);
      check<rbf>(plain_rbf(C, width, X), C, width, X);
    }
  check<rbf>(mat(vec{0}), mat(vec{0}), real(1), mat(vec{1000}));
  check<rbf>(mat(2, 0), mat(3, 2, arma::fill::ones), real(1), mat(3, 0));
}

TEST_CASE("bumps without a width, or for other samples, are errors", "[13][13.4]") {
  const mat C(2, 3, arma::fill::ones), X(2, 4, arma::fill::ones);
  rejects<rbf>(C, real(0), X);
  rejects<rbf>(C, real(-1), X);
  rejects<rbf>(C, real(1), mat(3, 4, arma::fill::ones));
  rejects<rbf_width>(mat(2, 1, arma::fill::ones));
  rejects<rbf_width>(mat(2, 0));
}

TEST_CASE("the share of labellings that one neuron can learn", "[13][13.4]") {
  for (const auto& [n, d, share] : {std::tuple<uword, uword, real>{4, 3, 0.875},
                                    {5, 3, 0.6875},
                                    {6, 3, 0.5},
                                    {10, 5, 0.5},
                                    {20, 10, 0.5},
                                    {200, 100, 0.5},
                                    {3, 3, 1},
                                    {2, 7, 1},
                                    {1, 1, 1},
                                    {5, 1, 0.0625},
                                    {12, 3, 67.0 / 2048}})
    check<separable_share>(share, n, d);
  rejects<separable_share>(uword(0), uword(3));
  rejects<separable_share>(uword(4), uword(0));
}

// 13.5

static const auto plain_fit = oracle<Layer>("rbf_fit", [](const mat& Phi, const mat& T, real ridge) -> Layer {
  mat A(Phi.n_rows + 1, Phi.n_cols, arma::fill::ones);  // the bias is the weight of a 1
  A.head_rows(Phi.n_rows) = Phi;
  mat S = A * A.t();
  for (uword i = 0; i < Phi.n_rows; ++i) S(i, i) += ridge;
  const mat all = solve(S, A * T.t()).t();
  return {all.head_cols(Phi.n_rows), all.col(Phi.n_rows), Activation::identity};
});

TEST_CASE("a line through three points", "[13][13.5]") {
  check<rbf_fit>(Layer{mat(vec{1.5}), {5.0 / 6}, Activation::identity}, mat{{0, 1, 2}}, mat{{1, 2, 4}}, real(0));
  check<rbf_fit>(Layer{mat(vec{0.75}), {7.0 / 3 - 0.75}, Activation::identity}, mat{{0, 1, 2}}, mat{{1, 2, 4}},
                 real(2));
  check<rbf_fit>(Layer{mat(vec{1, -1}), {2, 6}, Activation::identity}, mat{{1, 3}}, mat{{3, 5}, {5, 3}}, real(0));
}

TEST_CASE("weights that were there are found again", "[13][13.5]") {
  Rng rng = seeded(1309);
  for (const auto& [m, k, n] : {std::array<uword, 3>{1, 2, 6}, {3, 2, 9}, {2, 5, 12}}) {
    const mat Phi = random_normal(k, n, rng), W = random_normal(m, k, rng);
    const vec b = random_normal(m, 1, rng);
    mat T = W * Phi;
    T.each_col() += b;
    check<rbf_fit>(Layer{W, b, Activation::identity}, trained, Phi, T, real(0));
  }
}

TEST_CASE("least squares, with and without a ridge", "[13][13.5]") {
  Rng rng = seeded(1310);
  for (const auto& [m, k, n] : {std::array<uword, 3>{1, 3, 20}, {4, 2, 15}, {2, 6, 30}})
    for (const real ridge : {real(0), real(0.5), real(10)}) {
      const mat Phi = random_uniform(k, n, 0, 1, rng), T = random_normal(m, n, rng) + 3;
      check<rbf_fit>(plain_fit(Phi, T, ridge), trained, Phi, T, ridge);
    }
}

TEST_CASE("a large ridge leaves the mean of the targets", "[13][13.5]") {
  check<rbf_fit>(Layer{{{0, 0}}, {3}, Activation::identity}, Tolerance{1e-6, 1e-6}, mat{{1, 2, 4}, {0, 5, 1}},
                 mat{{1, 2, 6}}, real(1e9));
}

TEST_CASE("more bumps than samples: the ridge decides", "[13][13.5]") {
  Rng rng = seeded(1311);
  const mat Phi = random_uniform(6, 4, 0, 1, rng), T = random_normal(2, 4, rng);
  check<rbf_fit>(plain_fit(Phi, T, real(0.1)), trained, Phi, T, real(0.1));
}

TEST_CASE("targets for other samples, none at all, or a ridge below 0", "[13][13.5]") {
  const mat Phi(3, 5, arma::fill::ones), T(2, 5, arma::fill::ones);
  rejects<rbf_fit>(Phi, mat(2, 4, arma::fill::ones), real(1));
  rejects<rbf_fit>(Phi, mat(5, 2, arma::fill::ones), real(1));
  rejects<rbf_fit>(mat(3, 0), mat(2, 0), real(1));
  rejects<rbf_fit>(Phi, T, real(-0.5));
}

// 13.6

/// What may be asked of directions whose signs are free.
static Parts looked_at(const Components& found, const mat& X) {
  mat rest = X;
  rest.each_col() -= arma::mean(X, 1);
  rest -= found.U * (found.U.t() * rest);
  Parts parts;
  add_parts(parts, "mean", found.mean);
  add_parts(parts, "share", found.share);
  parts.push_back(number("columns of U", double(found.U.n_cols)));
  add_parts(parts, "U' U", mat(found.U.t() * found.U));
  add_parts(parts, "U U'", mat(found.U * found.U.t()));
  add_parts(parts, "what U leaves of X", rest);
  return parts;
}

/// The eigenvectors of the covariance, largest first.
static const auto plain_components =
    oracle<Components>("principal_components", [](const mat& X, uword k) -> Components {
      Components found;
      found.mean.zeros(X.n_rows);
      for (uword n = 0; n < X.n_cols; ++n) found.mean += X.col(n) / real(X.n_cols);
      mat centred = X;
      centred.each_col() -= found.mean;
      vec variance;
      mat directions;
      eig_sym(variance, directions, centred * centred.t());
      found.U = mat(fliplr(directions)).head_cols(k);
      found.share = vec(reverse(variance)).head(k) / sum(variance);
      return found;
    });

static Parts arguments_of(const mat& X, uword k) {
  Parts parts = parts_of(X, "X");
  parts.push_back(number("k", double(k)));
  return parts;
}

static void has_components(const Components& expected, const mat& X, uword k, Tolerance tolerance) {
  shows<principal_components>(looked_at(expected, X), tolerance, arguments_of(X, k),
                              [&](const auto& f) { return looked_at(f(X, k), X); });
}

static const mat five_samples = {{2, 0, -2, 0, 1}, {1, 0, -1, 0.5, 0.5}, {0, 3, 0, -3, 0.2}};

TEST_CASE("the shares of five samples, and what is left of them", "[13][13.6]") {
  const vec s = {4.262525970686, 3.302424426818, 0.238464367117};
  const vec share = square(s) / accu(square(s)), left = {1.0962872349226753, 0.005686525438444211};
  for (const uword k : {1, 2}) {
    Parts expected = parts_of(vec{0.2, 0.2, 0.04}, "mean");
    add_parts(expected, "share", vec(share.head(k)));
    expected.push_back(number("half the squared error a sample", left(k - 1)));
    shows<principal_components>(expected, printed, arguments_of(five_samples, k), [&](const auto& f) {
      const Components found = f(five_samples, k);
      Parts parts = parts_of(found.mean, "mean");
      add_parts(parts, "share", found.share);
      mat rest = five_samples;
      rest.each_col() -= vec{0.2, 0.2, 0.04};
      rest -= found.U * (found.U.t() * rest);
      parts.push_back(number("half the squared error a sample", accu(square(rest)) / 10));
      return parts;
    });
  }
}

TEST_CASE("one direction, seen with the eye", "[13][13.6]") {
  const mat X = {{11, 12, 13, 14}, {4, 3, 2, 1}};
  has_components(Components{{12.5, 2.5}, mat(vec{std::sqrt(0.5), -std::sqrt(0.5)}), {1}}, X, 1, Tolerance{1e-9, 1e-9});
}

TEST_CASE("directions of samples of any shape, far from the origin or not", "[13][13.6]") {
  Rng rng = seeded(1312);
  for (const auto& [d, n, k] : {std::array<uword, 3>{4, 9, 2}, {3, 20, 3}, {6, 4, 2}, {2, 5, 1}, {5, 30, 4}})
    for (const real away : {real(0), real(3)}) {
      mat X = random_normal(d, n, rng);
      for (uword i = 0; i < d; ++i) X.row(i) *= std::pow(real(2), real(i));
      X += away;
      has_components(plain_components(X, k), X, k, trained);
    }
}

TEST_CASE("directions of length 1, each across all others, as many as there are", "[13][13.6]") {
  Rng rng = seeded(1313);
  for (const auto& [d, n] : {std::pair<uword, uword>{6, 4}, {3, 8}, {4, 4}}) {
    const uword k = std::min(d, n);
    const mat X = random_normal(d, n, rng);
    holds<principal_components>(
        "U is d x k, and U' U is the identity",
        [k, d = d](const Components& found) {
          return found.U.n_rows == d && found.U.n_cols == k &&
                 approx_equal(found.U.t() * found.U, arma::eye<mat>(k, k), "absdiff", 1e-9);
        },
        X, k);
  }
}

TEST_CASE("samples that are all equal have a mean and share nothing", "[13][13.6]") {
  const mat X = arma::repmat(vec{1, 2, 3}, 1, 4);
  shows<principal_components>(named<mat>({{"mean", mat(vec{1, 2, 3})}, {"share", mat(vec{0, 0})}}), {},
                              arguments_of(X, 2), [&](const auto& f) {
                                const Components found = f(X, 2);
                                return named<mat>({{"mean", mat(found.mean)}, {"share", mat(found.share)}});
                              });
}

TEST_CASE("no direction, or more than there are", "[13][13.6]") {
  rejects<principal_components>(five_samples, uword(0));
  rejects<principal_components>(five_samples, uword(4));
  rejects<principal_components>(mat(6, 3, arma::fill::ones), uword(4));
  rejects<principal_components>(mat(4, 0), uword(1));
}

static const auto plain_reconstruct = oracle<mat>("reconstruct", [](const Components& components, const mat& X) {
  mat Y(size(X));
  for (uword n = 0; n < X.n_cols; ++n) {
    Y.col(n) = components.mean;
    for (uword j = 0; j < components.U.n_cols; ++j)
      Y.col(n) += components.U.col(j) * dot(components.U.col(j), X.col(n) - components.mean);
  }
  return Y;
});

TEST_CASE("what two directions keep of a sample", "[13][13.6]") {
  const Components components{{1, 2, 3}, {{1, 0}, {0, 0.6}, {0, 0.8}}, {0.5, 0.3}};
  check<reconstruct>(mat{{4, 1, 0}, {2.36, 2, 2.288}, {3.48, 3, 3.384}}, components,
                     mat{{4, 1, 0}, {3, 2, 1}, {3, 3, 4.35}});
}

TEST_CASE("new samples are rebuilt about the mean that was learned", "[13][13.6]") {
  Rng rng = seeded(1314);
  for (const auto& [d, n, k] : {std::array<uword, 3>{4, 9, 2}, {3, 20, 3}, {6, 5, 1}}) {
    const Components components = plain_components(mat(random_normal(d, 12, rng) + 2), k);
    for (const uword samples : {n, uword(1)}) {
      const mat X = random_normal(d, samples, rng);
      check<reconstruct>(plain_reconstruct(components, X), components, X);
    }
  }
}

TEST_CASE("samples of other coordinates cannot be rebuilt", "[13][13.6]") {
  const Components components{{1, 2, 3}, {{1, 0}, {0, 0.6}, {0, 0.8}}, {0.5, 0.3}};
  rejects<reconstruct>(components, mat(2, 4, arma::fill::ones));
  rejects<reconstruct>(components, mat(4, 3, arma::fill::ones));
}

// 13.7

static const auto plain_autoencoder = oracle<Network>(
    "autoencoder", [](const std::vector<uword>& sizes, Activation hidden, Activation output, Rng rng) -> Network {
      uword code = 1;
      for (uword l = 2; l + 1 < sizes.size(); ++l)
        if (sizes[l] < sizes[code]) code = l;
      Network network;
      for (uword l = 1; l < sizes.size(); ++l) {
        const bool last = l + 1 == sizes.size();
        const real variance = l == code || last ? 2 / real(sizes[l] + sizes[l - 1]) : 2 / real(sizes[l - 1]);
        network.push_back({std::sqrt(variance) * random_normal(sizes[l], sizes[l - 1], rng),
                           vec(sizes[l], arma::fill::zeros),
                           l == code ? Activation::identity
                           : last    ? output
                                     : hidden});
      }
      return network;
    });

TEST_CASE("layers of the sizes that were asked for, with a code that is straight", "[13][13.7]") {
  for (const std::uint64_t seed : {1, 2}) {
    for (const auto& sizes : std::vector<std::vector<uword>>{
             {5, 4, 2, 3, 5}, {4, 2, 4}, {6, 3, 3, 6}, {2, 5, 3, 4, 2}, {3, 2, 4, 5, 3}, {3, 5, 3}}) {
      const Rng rng = seeded(1315 + seed);
      check<autoencoder>(plain_autoencoder(sizes, Activation::relu, Activation::sigmoid, rng), sizes, Activation::relu,
                         Activation::sigmoid, rng);
      check<autoencoder>(plain_autoencoder(sizes, Activation::tanh, Activation::identity, rng), sizes, Activation::tanh,
                         Activation::identity, rng);
    }
  }
}

TEST_CASE("sizes that make no autoencoder", "[13][13.7]") {
  for (const auto& sizes : std::vector<std::vector<uword>>{{}, {4}, {4, 4}, {4, 0, 4}, {4, 2, 5}, {4, 3, 2, 3, 1}})
    rejects<autoencoder>(sizes, Activation::relu, Activation::sigmoid, seeded(1));
}

/// The layers first ... last - 1, sample by sample.
static const auto plain_pass =
    oracle<mat>("a part of a network", [](const Network& network, uword first, uword last, const mat& X) {
      mat A = X;
      for (uword l = first; l < last; ++l) {
        mat Z(network[l].W.n_rows, A.n_cols);
        for (uword n = 0; n < A.n_cols; ++n) Z.col(n) = network[l].W * A.col(n) + network[l].b;
        for (real& z : Z)
          z = network[l].activation == Activation::tanh      ? std::tanh(z)
              : network[l].activation == Activation::sigmoid ? 1 / (1 + std::exp(-z))
                                                             : z;
        A = Z;
      }
      return A;
    });

TEST_CASE("the first layers make a code, the others read it", "[13][13.7]") {
  Rng rng = seeded(1318);
  Network network = random_network({4, 5, 2, 3, 4}, Activation::tanh, Activation::sigmoid, rng);
  network[1].activation = Activation::identity;
  const mat X = random_normal(4, 6, rng);
  for (uword code = 0; code <= network.size(); ++code) {
    const mat H = plain_pass(network, 0, code, X);
    check<encode>(H, network, code, X);
    check<decode>(plain_pass(network, code, network.size(), H), network, code, H);
  }
}

TEST_CASE("more layers than there are, or samples that do not fit, are errors", "[13][13.7]") {
  Rng rng = seeded(1319);
  const Network network = random_network({4, 3, 4}, Activation::tanh, Activation::sigmoid, rng);
  rejects<encode>(network, uword(3), mat(4, 2, arma::fill::ones));
  rejects<decode>(network, uword(3), mat(4, 2, arma::fill::ones));
  rejects<encode>(network, uword(1), mat(3, 2, arma::fill::ones));
  rejects<decode>(network, uword(1), mat(4, 2, arma::fill::ones));
}

// 13.8

/// The noisy samples, and the generator as it is left.
static const auto plain_specks =
    oracle<std::tuple<mat, Rng>>("corrupt", [](mat X, real share, Rng rng) -> std::tuple<mat, Rng> {
      for (uword i = 0; i < X.n_elem; ++i)
        if (rng.uniform() < share) X(i) = rng.uniform();
      return {X, rng};
    });

TEST_CASE("some entries are noise, in the order of the draws", "[13][13.8]") {
  Rng rng = seeded(1320);
  for (const real share : {real(0), real(0.1), real(0.5), real(1)}) {
    const mat X = random_normal(5, 7, rng) + 4;
    check<corrupt>(std::get<mat>(plain_specks(X, share, rng)), X, share, rng);
  }
  check<corrupt>(mat(3, 0), mat(3, 0), real(0.5), rng);
}

TEST_CASE("as many entries as were asked for, all between 0 and 1", "[13][13.8]") {
  const mat X(100, 100, arma::fill::value(-1));
  for (const real share : {real(0.05), real(0.3), real(0.8)})
    holds<corrupt>(
        "about that share of the entries is noise between 0 and 1, the others are as they were",
        [&](const mat& Y) {
          uword hit = 0;
          for (const real y : Y) {
            if (y != -1 && !(y >= 0 && y < 1)) return false;
            hit += y != -1;
          }
          return size(Y) == size(X) && std::abs(real(hit) / 10000 - share) < real(0.03);
        },
        X, share, seeded(1321));
}

TEST_CASE("a share below 0 or above 1", "[13][13.8]") {
  rejects<corrupt>(mat(2, 2, arma::fill::ones), real(-0.1), seeded(1));
  rejects<corrupt>(mat(2, 2, arma::fill::ones), real(1.1), seeded(1));
}

static const auto plain_training = oracle<Network>(
    "train_autoencoder",
    [](Network network, const mat& X, real noise, uword epochs, uword size, real rate, Rng rng) -> Network {
      Method method;
      method.rule = Rule::adam;
      std::vector<Memory> memory;
      for (uword epoch = 0; epoch < epochs; ++epoch) {
        const uvec order = arma::regspace<uvec>(0, X.n_cols - 1);
        for (const uvec& indices : shuffled_batches(order, size, rng)) {
          const mat clean = X.cols(indices);
          const auto [seen, left] = plain_specks(clean, noise, rng);
          rng = left;
          const Loss loss =
              network.back().activation == Activation::sigmoid ? Loss::binary_cross_entropy : Loss::squared;
          Optimised next = optimise(network, backprop(network, seen, clean, loss), memory, method, rate);
          network = next.network, memory = next.memory;
        }
      }
      return network;
    });

TEST_CASE("reads the noisy samples, is judged by the clean ones", "[13][13.8]") {
  for (const Activation output : {Activation::sigmoid, Activation::identity})
    for (const real noise : {real(0), real(0.4)}) {
      Rng rng = seeded(1322);
      const Network network = random_network({4, 3, 4}, Activation::tanh, output, rng);
      const mat X = random_uniform(4, 7, 0, 1, rng);
      for (const auto& [epochs, size] : {std::pair<uword, uword>{0, 3}, {1, 7}, {1, 3}, {3, 2}})
        check<train_autoencoder>(plain_training(network, X, noise, epochs, size, real(0.01), rng), trained, network, X,
                                 noise, epochs, size, real(0.01), rng);
    }
}

TEST_CASE("two straight numbers learn what two directions hold, and no more", "[13][13.8]") {
  Rng rng = seeded(1323);
  mat X = random_normal(5, 40, rng);
  for (uword i = 0; i < 5; ++i) X.row(i) *= i < 2 ? real(1.5) - real(0.3) * real(i) : real(0.1);
  Network network = random_network({5, 2, 5}, Activation::identity, Activation::identity, rng);
  for (Layer& layer : network) layer.W /= 4;
  const real whole = accu(square(X.each_col() - arma::mean(X, 1))),
             least = whole * (1 - sum(plain_components(X, 2).share));
  holds<train_autoencoder>(
      "the squared error is at most a tenth of the variance, and not below that of the first two principal components",
      [&](const Network& learned) {
        const real error = accu(square(forward(learned, X) - X));
        return error < real(0.1) * whole && error > real(0.999) * least;
      },
      network, X, real(0), uword(600), uword(10), real(0.01), seeded(1324));
}

TEST_CASE("no layers, no batches, samples that do not fit", "[13][13.8]") {
  Rng rng = seeded(1325);
  const Network network = random_network({4, 3, 4}, Activation::tanh, Activation::sigmoid, rng);
  const mat X(4, 6, arma::fill::ones);
  rejects<train_autoencoder>(Network{}, X, real(0), uword(1), uword(2), real(0.1), rng);
  rejects<train_autoencoder>(network, mat(3, 6, arma::fill::ones), real(0), uword(1), uword(2), real(0.1), rng);
  rejects<train_autoencoder>(network, X, real(0), uword(1), uword(0), real(0.1), rng);
  rejects<train_autoencoder>(network, X, real(1.5), uword(1), uword(2), real(0.1), rng);
}

}  // namespace nn
