// Lesson 4: how wrong the network is. What is expected is counted by hand, summed up entry by entry, or measured as a
// slope.
#include "contracts/losses.hpp"

#include <array>
#include <cmath>

#include "autograder/tests/support/expect.hpp"

namespace nn {

static constexpr std::array<uword, 2> shapes[] = {{3, 1}, {2, 5}, {4, 3}, {5, 2}};

static const Tolerance guarded{1e-5, 1e-5};   // what keeping log away from 0 may cost elsewhere
static const Tolerance measured{1e-6, 1e-6};  // what rounding leaves of a measured slope

static const mat slide_outputs(vec{0.1, 0.05, 0.6, 0, 0.05, 0.1, 0, 0.1, 0, 0}),
    slide_target(vec{0, 0, 1, 0, 0, 0, 0, 0, 0, 0});

// The table of the slides: a pig, a dog and a cat, as two models see them, one column each.
static const mat model_1{{0.3, 0.3, 0.1}, {0.3, 0.4, 0.2}, {0.4, 0.3, 0.7}},
    model_2{{0.1, 0.1, 0.3}, {0.2, 0.7, 0.4}, {0.7, 0.2, 0.3}};
static const mat animals{{0, 0, 1}, {0, 1, 0}, {1, 0, 0}};

/// Columns of positive numbers that sum to 1, none of them tiny.
static mat random_shares(uword k, uword N, Rng& rng) {
  mat P = random_uniform(k, N, 0.2, 1, rng);
  for (uword n = 0; n < N; ++n) P.col(n) /= accu(P.col(n));
  return P;
}

/// A one at a random row of each column.
static mat random_classes(uword k, uword N, Rng& rng) {
  mat T(k, N, arma::fill::zeros);
  for (uword n = 0; n < N; ++n) T(rng.below(k), n) = 1;
  return T;
}

/// One label of -1 or 1 for each entry.
static rowvec random_signs(uword N, Rng& rng) {
  rowvec y(N);
  for (real& label : y) label = rng.below(2) == 0 ? -1 : 1;
  return y;
}

/// 1/N sum of f(x, t) over all entries, N the number of columns.
static const auto mean_of = oracle<real>("mean", [](const mat& X, const mat& T, auto f) {
  real sum = 0;
  for (uword i = 0; i < X.n_elem; ++i) sum += f(X(i), T(i));
  return sum / X.n_cols;
});

/// The slope of `loss` in each entry of X, by a small step to both sides.
static const auto slopes = oracle<mat>("slopes", [](mat X, auto loss) {
  mat G(arma::size(X));
  for (uword i = 0; i < X.n_elem; ++i) {
    const real x = X(i);
    X(i) = x + 1e-5;
    const real above = loss(X);
    X(i) = x - 1e-5;
    G(i) = (above - loss(X)) / 2e-5;
    X(i) = x;
  }
  return G;
});

/// Function turns away two arguments that differ in shape, or are empty.
template <auto Function>
static void rejects_misfits() {
  const mat A(3, 2, arma::fill::value(0.5));
  for (const auto& [k, N] : {std::array<uword, 2>{2, 3}, {3, 1}, {3, 3}, {2, 2}, {1, 2}, {6, 1}, {0, 0}}) {
    const mat B(k, N, arma::fill::value(0.5));
    rejects<Function>(A, B);
    rejects<Function>(B, A);
  }
  rejects<Function>(mat(), mat());
  rejects<Function>(mat(3, 0), mat(3, 0));
}

template <auto Function>
static void rejects_rows_that_misfit() {
  const rowvec z{1, -2, 3}, y{1, -1, 1};
  for (const uword N : {0, 1, 2, 4}) {
    rejects<Function>(z, rowvec(N, arma::fill::ones));
    rejects<Function>(rowvec(N, arma::fill::ones), y);
  }
  rejects<Function>(rowvec(), rowvec());
}

// 4.1

static const auto squared = oracle<real>("squared", [](real y, real t) { return (y - t) * (y - t) / 2; });

TEST_CASE("mean squared error gives the numbers of the slides", "[04][4.1]") {
  check<mean_squared_error>(0.0975, slide_outputs, slide_target);
}

TEST_CASE("the slides' two models: 0.403 and 0.17, where the slides print 0.38 and 0.08", "[04][4.1]") {
  check<mean_squared_error>(1.21 / 3, model_1, animals);
  check<mean_squared_error>(0.17, model_2, animals);
}

TEST_CASE("mean squared error counted by hand", "[04][4.1]") {
  check<mean_squared_error>(2.0, mat{{1, 2}}, mat{{3, 0}});
  check<mean_squared_error>(4.0, mat(vec{1, -2, 0.5}), mat(vec{-1, 0, 0.5}));
  check<mean_squared_error>(0.0, model_1, model_1);
}

TEST_CASE("mean squared error is a mean over the samples, for any shape", "[04][4.1]") {
  for (std::uint64_t k = 0; k < 3; ++k) {
    Rng rng = seeded(410 + k);
    for (const auto& [m, N] : shapes) {
      const mat Y = random_normal(m, N, rng), T = random_normal(m, N, rng);
      check<mean_squared_error>(mean_of(Y, T, squared), Y, T);
    }
  }
}

TEST_CASE("mean squared error turns away what does not fit", "[04][4.1]") { rejects_misfits<mean_squared_error>(); }

// 4.2

TEST_CASE("the slides' two models are wrong equally often", "[04][4.2]") {
  check<classification_error>(1 / 3.0, model_1, animals);
  check<classification_error>(1 / 3.0, model_2, animals);
  check<classification_error>(0.0, slide_outputs, slide_target);
}

TEST_CASE("classification error is the fraction of wrong columns", "[04][4.2]") {
  const mat Y{{-3, 0.1, 5, 2}, {-1, 0.2, 4, 0}, {-2, 0.3, 4.5, 1}};
  check<classification_error>(0.25, Y, mat{{0, 0, 0, 1}, {1, 0, 1, 0}, {0, 1, 0, 0}});
  check<classification_error>(0.75, Y, mat{{1, 0, 1, 0}, {0, 1, 0, 0}, {0, 0, 0, 1}});
  check<classification_error>(1.0, Y, mat{{0, 1, 0, 0}, {0, 0, 0, 1}, {1, 0, 1, 0}});
  check<classification_error>(1.0, mat(vec{0.2, 0.5, 0.3}), mat(vec{0, 0, 1}));
}

TEST_CASE("of equal outputs the first counts", "[04][4.2]") {
  check<classification_error>(0.2, mat{{0.4, 1, 0, 2, 0}, {0.4, 3, 0, 1, 1}, {0.2, 3, 0, 2, 0}},
                              mat{{1, 0, 1, 0, 0}, {0, 1, 0, 0, 1}, {0, 0, 0, 1, 0}});
}

static const auto plain_error = oracle<real>("classification error", [](const mat& Y, const mat& T) {
  uword wrong = 0;
  for (uword n = 0; n < Y.n_cols; ++n) {
    uword best = 0;
    for (uword j = 1; j < Y.n_rows; ++j) best = Y(j, n) > Y(best, n) ? j : best;
    wrong += T(best, n) != 1;
  }
  return real(wrong) / Y.n_cols;
});

TEST_CASE("classification error counts any number of columns", "[04][4.2]") {
  for (std::uint64_t k = 0; k < 3; ++k) {
    Rng rng = seeded(420 + k);
    for (const auto& [m, N] : {std::array<uword, 2>{2, 9}, {3, 7}, {10, 20}, {5, 5}}) {
      const mat Y = random_normal(m, N, rng), T = random_classes(m, N, rng);
      check<classification_error>(plain_error(Y, T), Y, T);
    }
  }
}

TEST_CASE("classification error turns away what does not fit", "[04][4.2]") { rejects_misfits<classification_error>(); }

// 4.3

TEST_CASE("one_hot puts a one into each column", "[04][4.3]") {
  check<one_hot>({{0, 1, 0, 0, 0}, {0, 0, 0, 0, 1}, {1, 0, 0, 1, 0}, {0, 0, 1, 0, 0}}, uvec{2, 0, 3, 2, 1}, uword(4));
  check<one_hot>(slide_target, uvec{2}, uword(10));
  check<one_hot>(mat{{1, 1}}, uvec{0, 0}, uword(1));
  check<one_hot>({{0, 0, 0}, {1, 1, 1}, {0, 0, 0}}, uvec{1, 1, 1}, uword(3));
}

TEST_CASE("one_hot of no labels has no columns", "[04][4.3]") { check<one_hot>(mat(3, 0), uvec(), uword(3)); }

static const auto plain_one_hot = oracle<mat>("one_hot", [](const uvec& labels, uword classes) {
  mat T(classes, labels.n_elem);
  for (uword n = 0; n < T.n_cols; ++n)
    for (uword j = 0; j < classes; ++j) T(j, n) = labels(n) == j;
  return T;
});

TEST_CASE("one_hot for any number of labels and classes", "[04][4.3]") {
  for (std::uint64_t k = 0; k < 3; ++k) {
    Rng rng = seeded(430 + k);
    for (const auto& [classes, N] : {std::array<uword, 2>{2, 6}, {10, 4}, {3, 3}, {7, 1}}) {
      uvec labels(N);
      for (uword& label : labels) label = rng.below(classes);
      check<one_hot>(plain_one_hot(labels, classes), labels, classes);
    }
  }
}

TEST_CASE("a label that is no class is an error", "[04][4.3]") {
  rejects<one_hot>(uvec{0, 3}, uword(3));
  rejects<one_hot>(uvec{7, 1, 0}, uword(3));
  rejects<one_hot>(uvec{0}, uword(0));
}

// 4.4

static const auto surprise = oracle<real>("surprise", [](real p, real t) { return t == 0 ? 0 : -t * std::log(p); });

TEST_CASE("cross-entropy gives the numbers of the slides", "[04][4.4]") {
  check<cross_entropy>(0.5108256237659907, guarded, slide_outputs, slide_target);
  check<cross_entropy>(1.378388852247452, guarded, model_1, animals);
  check<cross_entropy>(0.63910756406780025, guarded, model_2, animals);
}

TEST_CASE("cross-entropy is a mean over the samples, for any shape", "[04][4.4]") {
  for (std::uint64_t k = 0; k < 3; ++k) {
    Rng rng = seeded(440 + k);
    for (const auto& [m, N] : shapes) {
      const mat P = random_shares(m, N, rng), T = random_classes(m, N, rng);
      check<cross_entropy>(mean_of(P, T, surprise), guarded, P, T);
    }
  }
}

TEST_CASE("cross-entropy weighs classes that share a target", "[04][4.4]") {
  check<cross_entropy>(1.5 * std::log(2.0), guarded, mat(vec{0.25, 0.5, 0.25}), mat(vec{0.25, 0.5, 0.25}));
  Rng rng = seeded(443);
  const mat P = random_shares(4, 3, rng), T = random_shares(4, 3, rng);
  check<cross_entropy>(mean_of(P, T, surprise), guarded, P, T);
}

static const auto large = [](real E) { return std::isfinite(E) && E > 7; };  // above -log(0.001), and yet a number

TEST_CASE("cross-entropy is finite at p = 0", "[04][4.4]") {
  check<cross_entropy>(0.0, guarded, mat{{0, 1}, {1, 0}}, mat{{0, 1}, {1, 0}});
  check<cross_entropy>(std::log(4.0) / 2, guarded, mat{{0, 1}, {0.75, 0}, {0.25, 0}}, mat{{0, 1}, {0, 0}, {1, 0}});
  holds<cross_entropy>("certain and wrong is a large number, not infinity", large, mat{{1, 0}, {0, 1}},
                       mat{{0, 1}, {1, 0}});
  holds<cross_entropy>("certain and wrong is a large number, not infinity", large, mat(vec{0, 0, 1}),
                       mat(vec{1, 0, 0}));
}

TEST_CASE("cross-entropy turns away what does not fit", "[04][4.4]") { rejects_misfits<cross_entropy>(); }

// 4.5

static const auto surprise_of_two =
    oracle<real>("surprise of two", [](real p, real t) { return surprise(p, t) + surprise(1 - p, 1 - t); });

TEST_CASE("binary cross-entropy counted by hand", "[04][4.5]") {
  check<binary_cross_entropy>(std::log(4.0), guarded, mat(vec{0.25}), mat(vec{1}));
  check<binary_cross_entropy>(std::log(4.0), guarded, mat(vec{0.75}), mat(vec{0}));
  check<binary_cross_entropy>(std::log(40.0) / 3, guarded, mat{{0.5, 0.8, 0.25}}, mat{{1, 0, 1}});
  check<binary_cross_entropy>(std::log(10.0), guarded, mat(vec{0.4, 0.5, 0.5}), mat(vec{1, 0, 1}));
}

TEST_CASE("binary cross-entropy is a mean over the samples, for any shape", "[04][4.5]") {
  for (std::uint64_t k = 0; k < 3; ++k) {
    Rng rng = seeded(450 + k);
    for (const auto& [m, N] : {std::array<uword, 2>{1, 6}, {3, 1}, {2, 5}, {4, 3}}) {
      const mat P = random_uniform(m, N, 0.1, 0.9, rng), T = random_uniform(m, N, 0, 1, rng);
      check<binary_cross_entropy>(mean_of(P, arma::round(T), surprise_of_two), guarded, P, mat(arma::round(T)));
      check<binary_cross_entropy>(mean_of(P, T, surprise_of_two), guarded, P, T);
    }
  }
}

TEST_CASE("binary cross-entropy is finite where p is 0 or 1", "[04][4.5]") {
  check<binary_cross_entropy>(0.0, guarded, mat{{0, 1, 1}, {1, 0, 0}}, mat{{0, 1, 1}, {1, 0, 0}});
  for (const real p : {0, 1})
    holds<binary_cross_entropy>("certain and wrong is a large number, not infinity", large, mat{{p, 1 - p}},
                                mat(1, 2).fill(1 - p));
}

TEST_CASE("binary cross-entropy turns away what does not fit", "[04][4.5]") { rejects_misfits<binary_cross_entropy>(); }

// 4.6

/// 1/N sum over columns of sum_k t_k log(sum_j exp(z_j - z_k)): softmax and its logarithm in one, for moderate entries.
static const auto plain_softmax_cross_entropy = oracle<real>("softmax cross-entropy", [](const mat& Z, const mat& T) {
  real total = 0;
  for (uword n = 0; n < Z.n_cols; ++n)
    for (uword k = 0; k < Z.n_rows; ++k) {
      real sum = 0;
      for (uword j = 0; j < Z.n_rows; ++j) sum += std::exp(Z(j, n) - Z(k, n));
      total += T(k, n) * std::log(sum);
    }
  return total / Z.n_cols;
});

TEST_CASE("softmax cross-entropy counted by hand", "[04][4.6]") {
  check<softmax_cross_entropy>(std::log(3.0), mat(vec{7, 7, 7}), mat(vec{0, 1, 0}));
  check<softmax_cross_entropy>(1.4076059644443804, mat(vec{1, 2, 3}), mat(vec{0, 1, 0}));
  check<softmax_cross_entropy>(std::log(20.0 / 3) / 2, mat{{std::log(3.0), 0}, {0, std::log(2.0)}, {0, std::log(5.0)}},
                               mat{{1, 0}, {0, 1}, {0, 0}});
}

TEST_CASE("softmax cross-entropy is a mean over the samples, for any shape", "[04][4.6]") {
  for (std::uint64_t k = 0; k < 3; ++k) {
    Rng rng = seeded(460 + k);
    for (const auto& [m, N] : shapes) {
      const mat Z = 2 * random_normal(m, N, rng), T = random_classes(m, N, rng), shares = random_shares(m, N, rng);
      check<softmax_cross_entropy>(plain_softmax_cross_entropy(Z, T), Z, T);
      check<softmax_cross_entropy>(plain_softmax_cross_entropy(Z, shares), Z, shares);
    }
  }
}

TEST_CASE("softmax cross-entropy is exact for entries of 1000 and -1000", "[04][4.6]") {
  check<softmax_cross_entropy>(2000.0, mat(vec{1000, -1000, 0}), mat(vec{0, 1, 0}));
  check<softmax_cross_entropy>(0.0, mat(vec{1000, -1000, 0}), mat(vec{1, 0, 0}));
  check<softmax_cross_entropy>(std::log(2.0), mat(vec{-1000, -1000}), mat(vec{0, 1}));
  check<softmax_cross_entropy>(800.0, mat(vec{0, -800}), mat(vec{0, 1}));
  check<softmax_cross_entropy>(std::log(2.0), mat{{400, -400}, {400, -400}}, mat{{1, 0}, {0, 1}});
  check<softmax_cross_entropy>((1000 + std::log(2.0)) / 3, mat{{1000, -1000, 0}, {1000, -3000, -1000}},
                               mat{{1, 1, 0}, {0, 0, 1}});
}

TEST_CASE("softmax cross-entropy turns away what does not fit", "[04][4.6]") {
  rejects_misfits<softmax_cross_entropy>();
}

static const auto logistic_of = oracle<real>("logistic", [](real z, real y) { return std::log(1 + std::exp(-y * z)); });

TEST_CASE("logistic loss counted by hand", "[04][4.6]") {
  check<logistic_loss>(std::log(2.0), rowvec{0}, rowvec{-1});
  check<logistic_loss>(std::log(4.0 / 3), rowvec{std::log(3.0)}, rowvec{1});
  check<logistic_loss>(std::log(40.0 / 3) / 4, rowvec{0, std::log(3.0), std::log(3.0), -std::log(4.0)},
                       rowvec{1, -1, 1, -1});
}

TEST_CASE("logistic loss is a mean over the samples", "[04][4.6]") {
  for (std::uint64_t k = 0; k < 3; ++k) {
    Rng rng = seeded(465 + k);
    for (const uword N : {1, 2, 7}) {
      const rowvec z = 2 * random_normal(1, N, rng), y = random_signs(N, rng);
      check<logistic_loss>(mean_of(z, y, logistic_of), z, y);
    }
  }
}

TEST_CASE("logistic loss is exact at 1000 and -1000", "[04][4.6]") {
  check<logistic_loss>(1000.0, rowvec{-1000}, rowvec{1});
  check<logistic_loss>(0.0, rowvec{-1000, 1000}, rowvec{-1, 1});
  check<logistic_loss>((1750 + std::log(2.0)) / 4, rowvec{1000, -750, 0, 800}, rowvec{-1, 1, 1, 1});
}

TEST_CASE("logistic loss turns away what does not fit", "[04][4.6]") { rejects_rows_that_misfit<logistic_loss>(); }

// 4.7

static const rowvec scores{2, 0.5, -0.25, -3, 1, 0}, labels{1, 1, 1, -1, -1, -1};  // margins 2, 0.5, -0.25, 3, -1, 0

static const auto hinge_of = oracle<real>("hinge of", [](real z, real y) { return std::max<real>(0, 1 - y * z); });
static const auto criterion_of = oracle<real>("criterion of", [](real z, real y) { return std::max<real>(0, -y * z); });

template <auto Function, class Term>
static void is_mean_of(std::uint64_t seed, Term f) {
  for (std::uint64_t k = 0; k < 3; ++k) {
    Rng rng = seeded(seed + k);
    for (const uword N : {1, 4, 9}) {
      const rowvec z = 2 * random_normal(1, N, rng), y = random_signs(N, rng);
      check<Function>(mean_of(z, y, f), z, y);
    }
  }
}

TEST_CASE("hinge asks for a margin of 1", "[04][4.7]") {
  check<hinge>(4.75 / 6, scores, labels);
  check<hinge>(0.0, rowvec{1, -1, 40}, rowvec{1, -1, 1});
  check<hinge>(0.25, rowvec{5, 0.5}, rowvec{1, 1});
  check<hinge>(1001.0, rowvec{1000}, rowvec{-1});
  is_mean_of<hinge>(470, hinge_of);
}

TEST_CASE("hinge turns away what does not fit", "[04][4.7]") { rejects_rows_that_misfit<hinge>(); }

TEST_CASE("the perceptron criterion is content with the right side", "[04][4.7]") {
  check<perceptron_criterion>(1.25 / 6, scores, labels);
  check<perceptron_criterion>(0.0, rowvec{0.1, -0.2, 0}, rowvec{1, -1, 1});
  check<perceptron_criterion>(1000.0, rowvec{1000}, rowvec{-1});
  is_mean_of<perceptron_criterion>(475, criterion_of);
}

TEST_CASE("the perceptron criterion turns away what does not fit", "[04][4.7]") {
  rejects_rows_that_misfit<perceptron_criterion>();
}

// 4.8

/// Function is the slope of 1/N sum of `f` over the entries of random arguments that `draw` gives for a shape.
template <auto Function, class Term, class Draw>
static void is_slope_of(std::uint64_t seed, Tolerance tolerance, Term f, Draw draw) {
  for (std::uint64_t k = 0; k < 3; ++k) {
    Rng rng = seeded(seed + k);
    for (const auto& [m, N] : shapes) {
      const auto [X, T] = draw(m, N, rng);
      const auto& target = T;
      check<Function>(slopes(X, [&](const mat& moved) { return mean_of(moved, target, f); }), tolerance, X, T);
    }
  }
}

TEST_CASE("the gradient of mean squared error", "[04][4.8]") {
  check<mean_squared_error_gradient>({{0.5, 0}, {1, 2}, {-0.25, -1}}, mat{{1, 2}, {3, 5}, {0, -1}},
                                     mat{{0, 2}, {1, 1}, {0.5, 1}});
  is_slope_of<mean_squared_error_gradient>(4800, measured, squared, [](uword m, uword N, Rng& rng) {
    const mat Y = random_normal(m, N, rng);
    return std::pair(Y, random_normal(m, N, rng));
  });
  rejects_misfits<mean_squared_error_gradient>();
}

TEST_CASE("the gradient of cross-entropy", "[04][4.8]") {
  check<cross_entropy_gradient>({{-1, 0}, {0, 0}, {0, -2}}, guarded, mat{{0.5, 0.1}, {0.3, 0.65}, {0.2, 0.25}},
                                mat{{1, 0}, {0, 0}, {0, 1}});
  const auto draw = [](uword m, uword N, Rng& rng) {
    const mat P = random_shares(m, N, rng);
    return std::pair(P, rng.below(2) == 0 ? random_classes(m, N, rng) : random_shares(m, N, rng));
  };
  is_slope_of<cross_entropy_gradient>(4810, guarded, surprise, draw);
  rejects_misfits<cross_entropy_gradient>();
}

TEST_CASE("the gradient of cross-entropy is finite at p = 0", "[04][4.8]") {
  check<cross_entropy_gradient>({{0, -0.5}, {-0.5, 0}}, guarded, mat{{0, 1}, {1, 0}}, mat{{0, 1}, {1, 0}});
  holds<cross_entropy_gradient>(
      "finite, 0 where t is 0, and steep downwards where t is 1",
      [](const mat& G) {
        return size(G) == size(mat(2, 2)) && G.is_finite() && G(0, 0) < -100 && G(1, 0) == 0 && G(0, 1) == 0 &&
               G(1, 1) < -100;
      },
      mat{{0, 1}, {1, 0}}, mat{{1, 0}, {0, 1}});
}

TEST_CASE("the gradient of binary cross-entropy", "[04][4.8]") {
  check<binary_cross_entropy_gradient>({{-1, 1.25}, {2.5, -2}}, guarded, mat{{0.5, 0.6}, {0.8, 0.25}},
                                       mat{{1, 0}, {0, 1}});
  is_slope_of<binary_cross_entropy_gradient>(4820, guarded, surprise_of_two, [](uword m, uword N, Rng& rng) {
    const mat P = random_uniform(m, N, 0.15, 0.85, rng), T = random_uniform(m, N, 0, 1, rng);
    return std::pair(P, rng.below(2) == 0 ? T : mat(arma::round(T)));
  });
  rejects_misfits<binary_cross_entropy_gradient>();
}

TEST_CASE("the gradient of binary cross-entropy is finite where p is 0 or 1", "[04][4.8]") {
  check<binary_cross_entropy_gradient>({{0.5, -0.5}}, guarded, mat{{0, 1}}, mat{{0, 1}});
  holds<binary_cross_entropy_gradient>(
      "finite, steep downwards where t is 1 and upwards where t is 0",
      [](const mat& G) { return size(G) == size(mat(1, 2)) && G.is_finite() && G(0) < -100 && G(1) > 100; },
      mat{{0, 1}}, mat{{1, 0}});
}

TEST_CASE("the gradient of softmax cross-entropy", "[04][4.8]") {
  check<softmax_cross_entropy_gradient>({{0.125, 0.3}, {-0.25, 0.1}, {0.125, -0.4}},
                                        mat{{0, std::log(3.0)}, {std::log(2.0), 0}, {0, 0}},
                                        mat{{0, 0}, {1, 0}, {0, 1}});
  for (std::uint64_t k = 0; k < 3; ++k) {
    Rng rng = seeded(4830 + k);
    for (const auto& [m, N] : shapes) {
      const mat Z = random_normal(m, N, rng), T = k == 0 ? random_shares(m, N, rng) : random_classes(m, N, rng);
      check<softmax_cross_entropy_gradient>(
          slopes(Z, [&](const mat& moved) { return plain_softmax_cross_entropy(moved, T); }), measured, Z, T);
    }
  }
  check<softmax_cross_entropy_gradient>({{0.5, 0}, {-0.5, 0}}, mat{{1000, -1000}, {-1000, 1000}}, mat{{0, 0}, {1, 1}});
  rejects_misfits<softmax_cross_entropy_gradient>();
}

/// Random scores and labels; no margin stands within 0.01 of a kink.
static std::pair<rowvec, rowvec> random_scores(uword m, uword N, Rng& rng) {
  rowvec z = 2 * random_normal(1, m * N, rng), y = random_signs(m * N, rng);
  for (real& score : z)
    for (const real kink : {-1, 0, 1})
      if (std::abs(score - kink) < 0.01) score = kink + 0.02;
  return {z, y};
}

TEST_CASE("the gradient of logistic loss", "[04][4.8]") {
  check<logistic_loss_gradient>({-0.125, 0.1875, -0.0625, -0.1875},
                                rowvec{0, std::log(3.0), std::log(3.0), -std::log(3.0)}, rowvec{1, -1, 1, 1});
  is_slope_of<logistic_loss_gradient>(4840, measured, logistic_of, random_scores);
  check<logistic_loss_gradient>({-0.25, 0, 0.25, 0}, rowvec{-1000, 1000, 1000, -1000}, rowvec{1, 1, -1, -1});
  rejects_rows_that_misfit<logistic_loss_gradient>();
}

TEST_CASE("the gradient of hinge, 0 at its kink", "[04][4.8]") {
  check<hinge_gradient>(rowvec{0, -1, -1, 0, 1, 1} / 6, scores, labels);
  check<hinge_gradient>({0, 0, -0.2, 0.2, 0}, rowvec{1, -1, -1, 1, 2}, rowvec{1, -1, 1, -1, 1});
  is_slope_of<hinge_gradient>(4850, measured, hinge_of, random_scores);
  rejects_rows_that_misfit<hinge_gradient>();
}

TEST_CASE("the gradient of the perceptron criterion, 0 at its kink", "[04][4.8]") {
  check<perceptron_criterion_gradient>(rowvec{0, 0, -1, 0, 1, 0} / 6, scores, labels);
  check<perceptron_criterion_gradient>({0, 0, -0.25, 0.25}, rowvec{0, 0, -0.5, 7}, rowvec{1, -1, 1, -1});
  is_slope_of<perceptron_criterion_gradient>(4860, measured, criterion_of, random_scores);
  rejects_rows_that_misfit<perceptron_criterion_gradient>();
}

}  // namespace nn
