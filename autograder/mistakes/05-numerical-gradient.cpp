// Known mistakes of lesson 5.
#include <cmath>
#include <limits>

#include "autograder/mistakes/catalogue.hpp"
#include "nn/activations.hpp"
#include "nn/losses.hpp"
#include "nn/numerical_gradient.hpp"
#include "nn/support/shape.hpp"

namespace nn {

using Curve = std::function<real(real)>;
using Surface = std::function<real(const mat&)>;

static void require_delta(real delta) { require(delta > 0, "delta", "not above 0"); }

#define DERIVATIVE_MISTAKE(id, says, ...)                                                                         \
  MISTAKE(                                                                                                        \
      derivative, "5.1", id, says, ([[maybe_unused]] const Curve& f, [[maybe_unused]] real x, real delta)->real { \
        require_delta(delta);                                                                                     \
        return __VA_ARGS__;                                                                                       \
      })

DERIVATIVE_MISTAKE("forward", "you step to the right only; the central difference looks at both sides of x",
                   (f(x + delta) - f(x)) / delta)
DERIVATIVE_MISTAKE("backward", "you step to the left only; the central difference looks at both sides of x",
                   (f(x) - f(x - delta)) / delta)
DERIVATIVE_MISTAKE("one-delta", "your slope is twice too steep: how far apart are x - delta and x + delta?",
                   (f(x + delta) - f(x - delta)) / delta)
DERIVATIVE_MISTAKE("precedence", "a / 2 * delta is (a / 2) times delta; what you divide by needs parentheses",
                   (f(x + delta) - f(x - delta)) / 2 * delta)
DERIVATIVE_MISTAKE("integer-division",
                   "your slope is 0 everywhere: 1 / 2 of two integers is 0 in C++, 1.0 / 2 is a half", 0)
DERIVATIVE_MISTAKE("sign", "your slope has the wrong sign: where f grows, f(x + delta) is the larger of the two",
                   (f(x - delta) - f(x + delta)) / (2 * delta))
DERIVATIVE_MISTAKE("half-step", "you step by delta / 2 to either side but divide by 2 delta",
                   (f(x + delta / 2) - f(x - delta / 2)) / (2 * delta))
DERIVATIVE_MISTAKE("own-delta", "you step by a delta of your own; how far to step is said by the caller",
                   (f(x + real(1e-6)) - f(x - real(1e-6))) / real(2e-6))
MISTAKE(
    derivative, "5.1", "delta-unchecked",
    "your derivative takes any delta; at 0, below it, or not a number it should refuse",
    (const Curve& f, real x, real delta)->real { return (f(x + delta) - f(x - delta)) / (2 * delta); })

/// Calls slope(X, i) for each entry i; slope leaves X as it found it, or not.
template <class EntrySlope>
static mat each_entry(mat X, real delta, EntrySlope slope) {
  require_delta(delta);
  mat G(arma::size(X));
  for (uword i = 0; i < X.n_elem; ++i) G(i) = slope(X, i);
  return G;
}

static real central(const Surface& f, mat& X, uword i, real delta) {
  const real x = X(i);
  X(i) = x + delta;
  const real above = f(X);
  X(i) = x - delta;
  const real below = f(X);
  X(i) = x;
  return (above - below) / (2 * delta);
}

MISTAKE(
    numerical_gradient, "5.2", "left-changed",
    "you leave each entry at x - delta; put it back before you move on to the next",
    (const Surface& f, mat X, real delta)->mat {
      return each_entry(X, delta, [&](mat& A, uword i) {
        const real x = A(i), slope = central(f, A, i, delta);
        A(i) = x - delta;
        return slope;
      });
    })
MISTAKE(
    numerical_gradient, "5.2", "left-moved",
    "you leave each entry at x + delta; put it back before you move on to the next",
    (const Surface& f, mat X, real delta)->mat {
      return each_entry(X, delta, [&](mat& A, uword i) {
        const real x = A(i), slope = central(f, A, i, delta);
        A(i) = x + delta;
        return slope;
      });
    })
MISTAKE(
    numerical_gradient, "5.2", "forward", "you step upwards only; the central difference moves each entry both ways",
    (const Surface& f, mat X, real delta)->mat {
      return each_entry(X, delta, [&](mat& A, uword i) {
        const real x = A(i), here = f(A);
        A(i) = x + delta;
        const real slope = (f(A) - here) / delta;
        A(i) = x;
        return slope;
      });
    })
MISTAKE(
    numerical_gradient, "5.2", "one-delta",
    "your slopes are twice too steep: how far apart are x - delta and x + delta?",
    (const Surface& f, mat X, real delta)->mat {
      return each_entry(X, delta, [&](mat& A, uword i) { return 2 * central(f, A, i, delta); });
    })
MISTAKE(
    numerical_gradient, "5.2", "all-at-once",
    "you move all entries at once, so every slope is the same; move one, hold the others still",
    (const Surface& f, mat X, real delta)->mat {
      return each_entry(X, delta, [&](mat& A, uword) -> real { return (f(A + delta) - f(A - delta)) / (2 * delta); });
    })
MISTAKE(
    numerical_gradient, "5.2", "flattened",
    "your gradient is one long column; it should have the shape of X, a slope for each entry in its place",
    (const Surface& f, mat X, real delta)->mat {
      return vectorise(each_entry(X, delta, [&](mat& A, uword i) { return central(f, A, i, delta); }));
    })
MISTAKE(
    numerical_gradient, "5.2", "row-by-row",
    "your slopes land in the wrong places: Armadillo counts the entries of a matrix column by column",
    (const Surface& f, mat X, real delta)->mat {
      const mat G = each_entry(X, delta, [&](mat& A, uword i) { return central(f, A, i, delta); });
      mat wrong(arma::size(X));
      for (uword i = 0; i < X.n_rows; ++i)
        for (uword j = 0; j < X.n_cols; ++j) wrong(i, j) = G(i * X.n_cols + j);
      return wrong;
    })
MISTAKE(
    numerical_gradient, "5.2", "first-column",
    "only the first column has slopes: a loop over n_rows alone does not reach the other columns",
    (const Surface& f, mat X, real delta)->mat {
      return each_entry(X, delta, [&](mat& A, uword i) { return i < A.n_rows ? central(f, A, i, delta) : 0; });
    })
MISTAKE(
    numerical_gradient, "5.2", "delta-unchecked",
    "your gradient takes any delta; at 0, below it, or not a number it should refuse",
    (const Surface& f, mat X, real delta)->mat {
      mat G(arma::size(X));
      for (uword i = 0; i < X.n_elem; ++i) G(i) = central(f, X, i, delta);
      return G;
    })

#define RELATIVE_MISTAKE(id, says, ...) \
  MISTAKE(                              \
      relative_error, "5.3", id, says, (real a, real b)->real { return __VA_ARGS__; })

RELATIVE_MISTAKE("absolute",
                 "you return the difference itself; how much it matters depends on the size of the two numbers",
                 std::abs(a - b))
RELATIVE_MISTAKE("zero-by-zero", "for 0 against 0 you divide 0 by 0; two zeros do not differ at all",
                 std::abs(a - b) / std::max(std::abs(a), std::abs(b)))
RELATIVE_MISTAKE("by-the-second",
                 "you divide by the second number alone; the larger of the two counts, whichever it is",
                 a == b ? 0 : std::abs(a - b) / std::abs(b))
RELATIVE_MISTAKE("by-the-sum", "you divide by the sum of the two sizes; the contract divides by the larger one",
                 a == b ? 0 : std::abs(a - b) / (std::abs(a) + std::abs(b)))
RELATIVE_MISTAKE("by-the-smaller", "you divide by the smaller of the two; the contract divides by the larger one",
                 a == b ? 0 : std::abs(a - b) / std::min(std::abs(a), std::abs(b)))
RELATIVE_MISTAKE("signed-sizes", "you compare the numbers, not their sizes: of -4 and 1 the larger in size is -4",
                 a == b ? 0 : std::abs(a - b) / std::max(a, b))
RELATIVE_MISTAKE("negative", "your error can be negative; the difference needs its absolute value too",
                 a == b ? 0 : (a - b) / std::max(std::abs(a), std::abs(b)))
RELATIVE_MISTAKE("padded",
                 "the small number that you add to the denominator hides the error of numbers as small as itself",
                 std::abs(a - b) / (std::max(std::abs(a), std::abs(b)) + 1e-8))

using Downhill = std::function<vec(const vec&)>;

/// Column t + 1 = next(column t, the gradient there).
template <class Next>
static mat walk(const Downhill& gradient, const vec& x0, uword steps, Next next) {
  mat path(x0.n_elem, steps + 1);
  path.col(0) = x0;
  for (uword t = 0; t < steps; ++t) {
    const vec g = gradient(path.col(t));
    require_shape(g.n_elem, x0.n_elem, "gradient_descent", "the gradient", "entries", "entries of x0");
    path.col(t + 1) = next(vec(path.col(t)), g);
  }
  return path;
}

#define DESCENT_MISTAKE(id, says, ...)                                                                \
  MISTAKE(                                                                                            \
      gradient_descent, "5.4", id, says,                                                              \
      (const Downhill& gradient, const vec& x0, [[maybe_unused]] real rate, uword steps)->mat {       \
        return walk(gradient, x0, steps,                                                              \
                    [&]([[maybe_unused]] const vec& x, const vec& g) -> vec { return __VA_ARGS__; }); \
      })

DESCENT_MISTAKE("ascent", "you walk uphill: the gradient points to where the function grows", x + rate * g)
MISTAKE(
    gradient_descent, "5.4", "gradient-of-the-start",
    "you ask for the gradient once, at x0; it changes with every step",
    (const Downhill& gradient, const vec& x0, real rate, uword steps)->mat {
      return walk([&](const vec&) { return gradient(x0); }, x0, steps,
                  [&](const vec& x, const vec& g) -> vec { return x - rate * g; });
    })
DESCENT_MISTAKE("from-the-start",
                "each of your columns is one step away from x0; each should be one step away from the column before",
                x0 - rate * g)
DESCENT_MISTAKE(
    "the-step-alone",
    "your columns hold the steps alone; a step is added to the column before it, and that is the next place", -rate* g)
MISTAKE(
    gradient_descent, "5.4", "no-start", "your path begins after the first step; its column 0 is x0 itself",
    (const Downhill& gradient, const vec& x0, real rate, uword steps)->mat {
      return walk(gradient, x0, steps, [&](const vec& x, const vec& g) -> vec { return x - rate * g; })
          .eval()
          .tail_cols(steps);
    })
MISTAKE(
    gradient_descent, "5.4", "one-ahead", "your column 0 is already one step away from x0; it should be x0 itself",
    (const Downhill& gradient, const vec& x0, real rate, uword steps)->mat {
      return walk(gradient, x0, steps + 1, [&](const vec& x, const vec& g) -> vec { return x - rate * g; })
          .eval()
          .tail_cols(steps + 1);
    })
MISTAKE(
    gradient_descent, "5.4", "last-only",
    "you return where the walk ends; the whole path is asked for, one column a step",
    (const Downhill& gradient, const vec& x0, real rate, uword steps)->mat {
      return walk(gradient, x0, steps, [&](const vec& x, const vec& g) -> vec { return x - rate * g; })
          .eval()
          .tail_cols(1);
    })
DESCENT_MISTAKE("no-rate", "your steps are as long as the gradient; the rate should scale them", x - g)
DESCENT_MISTAKE("unit-length", "all your steps are equally long; a flat slope should mean a short step",
                x - rate * normalise(g))
MISTAKE(
    gradient_descent, "5.4", "sizes-unchecked",
    "your walk goes on although the gradient and x0 differ in size; it should refuse",
    (const Downhill& gradient, const vec& x0, real rate, uword steps)->mat {
      mat path(x0.n_elem, steps + 1);
      path.col(0) = x0;
      for (uword t = 0; t < steps; ++t) {
        path.col(t + 1) = path.col(t);
        const vec g = gradient(path.col(t));
        for (uword i = 0; i < std::min(g.n_elem, x0.n_elem); ++i) path(i, t + 1) -= rate * g(i);
      }
      return path;
    })

/// The delta of 10^-first ... 10^-last with the least error(delta).
template <class Error>
static real least(int first, int last, Error error) {
  real best = 0, least_error = std::numeric_limits<real>::infinity();
  for (int k = first; k <= last; ++k) {
    const real delta = std::pow(real(10), -k), e = error(delta);
    if (e < least_error) best = delta, least_error = e;
  }
  return best;
}

static real central(const Curve& f, real x, real delta) { return (f(x + delta) - f(x - delta)) / (2 * delta); }

MISTAKE(
    best_delta, "5.5", "smallest",
    "you take the smallest delta; below some size rounding eats the difference, so each has to be tried",
    (const Curve&, const Curve&, real)->real { return 1e-12; })
#define LEAST_MISTAKE(id, says, ...)                                                 \
  MISTAKE(                                                                           \
      best_delta, "5.5", id, says, (const Curve& f, const Curve& df, real x)->real { \
        return least(1, 12, [&](real delta) { return __VA_ARGS__; });                \
      })

LEAST_MISTAKE("largest-error", "you keep the delta of the largest error; the best one has the smallest",
              -std::abs(central(f, x, delta) - df(x)))
LEAST_MISTAKE("signed-error", "an error below 0 looks small to you; how far off a slope is has no sign",
              central(f, x, delta) - df(x))
LEAST_MISTAKE("forward",
              "you judge the one-sided difference; the best delta for `derivative`, the central one, is asked for",
              std::abs((f(x + delta) - f(x)) / delta - df(x)))
MISTAKE(
    best_delta, "5.5", "returns-the-error", "you return the smallest error; the delta that belongs to it is asked for",
    (const Curve& f, const Curve& df, real x)->real {
      const auto error = [&](real delta) { return std::abs(central(f, x, delta) - df(x)); };
      return error(least(1, 12, error));
    })
MISTAKE(
    best_delta, "5.5", "powers-of-two", "you try the powers of 2; those of 10 are asked for",
    (const Curve& f, const Curve& df, real x)->real {
      real best = 0, least_error = arma::datum::inf;
      for (real delta = 0.5; delta > 1e-4; delta /= 2)
        if (const real e = std::abs(central(f, x, delta) - df(x)); e < least_error) best = delta, least_error = e;
      return best;
    })
MISTAKE(
    best_delta, "5.5", "stops-early",
    "you stop trying before 10^-12; sometimes the best delta is smaller than you think",
    (const Curve& f, const Curve& df, real x)->real {
      return least(1, 8, [&](real delta) { return std::abs(central(f, x, delta) - df(x)); });
    })
MISTAKE(
    best_delta, "5.5", "eleven", "your loop ends one before 10^-12, which is one of the twelve to try",
    (const Curve& f, const Curve& df, real x)->real {
      return least(1, 11, [&](real delta) { return std::abs(central(f, x, delta) - df(x)); });
    })
MISTAKE(
    best_delta, "5.5", "starts-late", "you begin with 10^-2; 10^-1 is one of the twelve to try",
    (const Curve& f, const Curve& df, real x)->real {
      return least(2, 12, [&](real delta) { return std::abs(central(f, x, delta) - df(x)); });
    })
MISTAKE(
    best_delta, "5.5", "first-rise", "you stop when the error first grows; it may fall again, so try all twelve",
    (const Curve& f, const Curve& df, real x)->real {
      const auto error = [&](real delta) { return std::abs(central(f, x, delta) - df(x)); };
      int k = 1;
      while (k < 12 && !(error(std::pow(real(10), -k - 1)) >= error(std::pow(real(10), -k)))) ++k;
      return std::pow(real(10), -k);
    })
MISTAKE(
    best_delta, "5.5", "not-a-number",
    "nothing is smaller than not-a-number: an error that is none must not become your best so far",
    (const Curve& f, const Curve& df, real x)->real {
      real best = 0.1, least_error = std::abs(central(f, x, best) - df(x));
      for (int k = 2; k <= 12; ++k) {
        const real delta = std::pow(real(10), -k), e = std::abs(central(f, x, delta) - df(x));
        if (e < least_error) best = delta, least_error = e;
      }
      return best;
    })

using Slope = std::function<mat(const mat&)>;

static real error_of(real a, real b) {
  const real e = a == b ? 0 : std::abs(a - b) / std::max(std::abs(a), std::abs(b));
  return std::isnan(e) ? std::numeric_limits<real>::infinity() : e;
}

/// The entry with the largest error(analytic, numerical); shapes are checked when `strict`.
template <class Error>
static GradientCheck worst_of(const Surface& f, const Slope& df, mat X, Error error, bool last = false,
                              real delta = 1e-5) {
  const mat G = df(X);
  require_same_shape(G, X, "check_gradient", "df(X)", "X");
  require(!X.empty(), "check_gradient", "X is empty");
  GradientCheck worst;
  worst.error = -std::numeric_limits<real>::infinity();
  for (uword i = 0; i < X.n_elem; ++i) {
    const real n = central(f, X, i, delta), e = error(G(i), n);
    if (e > worst.error || (last && e == worst.error)) worst = {e, i % X.n_rows, i / X.n_rows, G(i), n};
  }
  return worst;
}

MISTAKE(
    check_gradient, "5.6", "absolute",
    "you compare differences, not relative errors: a large slope hides the wrong small one",
    (const Surface& f, const Slope& df, const mat& X)->GradientCheck {
      return worst_of(f, df, X, [](real a, real n) {
        const real e = std::abs(a - n);
        return std::isnan(e) ? arma::datum::inf : e;
      });
    })
MISTAKE(
    check_gradient, "5.6", "worst-by-difference",
    "your worst entry is that of the largest difference; the largest relative error decides: small slopes count, too",
    (const Surface& f, const Slope& df, const mat& X)->GradientCheck {
      GradientCheck worst = worst_of(f, df, X, [](real a, real n) {
        const real e = std::abs(a - n);
        return std::isnan(e) ? arma::datum::inf : e;
      });
      worst.error = error_of(worst.analytic, worst.numerical);
      return worst;
    })
MISTAKE(
    check_gradient, "5.6", "swapped-values", "`analytic` and `numerical` have changed places in your result",
    (const Surface& f, const Slope& df, const mat& X)->GradientCheck {
      GradientCheck worst = worst_of(f, df, X, error_of);
      std::swap(worst.analytic, worst.numerical);
      return worst;
    })
MISTAKE(
    check_gradient, "5.6", "swapped-place", "row and column have changed places in your result",
    (const Surface& f, const Slope& df, const mat& X)->GradientCheck {
      GradientCheck worst = worst_of(f, df, X, error_of);
      std::swap(worst.row, worst.col);
      return worst;
    })
MISTAKE(
    check_gradient, "5.6", "smallest-error", "you return the entry that agrees best; the worst one is asked for",
    (const Surface& f, const Slope& df, const mat& X)->GradientCheck {
      GradientCheck best = worst_of(f, df, X, [](real a, real n) { return -error_of(a, n); });
      best.error = -best.error;
      return best;
    })
MISTAKE(
    check_gradient, "5.6", "last-of-equals",
    "of equal errors you return the last; the first is asked for, so compare with > and not with >=",
    (const Surface& f, const Slope& df, const mat& X)->GradientCheck { return worst_of(f, df, X, error_of, true); })
MISTAKE(
    check_gradient, "5.6", "row-by-row",
    "of equal errors you return the first row by row; column by column is asked for",
    (const Surface& f, const Slope& df, const mat& X)->GradientCheck {
      GradientCheck worst = worst_of([&](const mat& B) -> real { return f(B.t()); },
                                     [&](const mat& B) -> mat { return df(B.t()).t(); }, X.t(), error_of);
      std::swap(worst.row, worst.col);
      return worst;
    })
MISTAKE(
    check_gradient, "5.6", "nan-slips-through",
    "not-a-number is greater than nothing, so your comparison never picks it; it is the worst of all",
    (const Surface& f, const Slope& df, const mat& X)->GradientCheck {
      return worst_of(f, df, X,
                      [](real a, real n) { return a == n ? 0 : std::abs(a - n) / std::max(std::abs(a), std::abs(n)); });
    })
MISTAKE(
    check_gradient, "5.6", "forward", "your numerical slopes are one-sided; use those of numerical_gradient",
    (const Surface& f, const Slope& df, const mat& X)->GradientCheck {
      const real here = f(X);
      GradientCheck worst;
      worst.error = -1;
      const mat G = df(X);
      require_same_shape(G, X, "check_gradient", "df(X)", "X");
      require(!X.empty(), "check_gradient", "X is empty");
      mat A = X;
      for (uword i = 0; i < X.n_elem; ++i) {
        A(i) = X(i) + real(1e-5);
        const real n = (f(A) - here) / real(1e-5), e = error_of(G(i), n);
        A(i) = X(i);
        if (e > worst.error) worst = {e, i % X.n_rows, i / X.n_rows, G(i), n};
      }
      return worst;
    })
MISTAKE(
    check_gradient, "5.6", "shapes-unchecked",
    "your check goes on although df(X) has another shape than X; it should refuse",
    (const Surface& f, const Slope& df, const mat& X)->GradientCheck {
      const mat G = df(X);
      GradientCheck worst;
      mat A = X;
      for (uword i = 0; i < std::min(G.n_elem, X.n_elem); ++i) {
        const real n = central(f, A, i, 1e-5), e = error_of(G(i), n);
        if (e > worst.error) worst = {e, i % X.n_rows, i / X.n_rows, G(i), n};
      }
      return worst;
    })

/// What every step wants to make smaller.
static real loss_of(const Network& network, const mat& X, const mat& T) {
  return mean_squared_error(forward(network, X), T);
}

/// dL/dp for the number p that `entry` picks out of a network, where L is what is `measured`.
template <class Entry>
static real slope_along(Network network, const mat& X, const mat& T, Entry entry,
                        real (*measured)(const Network&, const mat&, const mat&) = loss_of) {
  const real delta = 1e-5;
  real& p = entry(network);
  const real here = p;
  p = here + delta;
  const real above = measured(network, X, T);
  p = here - delta;
  return (above - measured(network, X, T)) / (2 * delta);
}

/// What a step moves, and by which slopes.
struct Habits {
  bool biases = true, first_layers = true;
  real direction = -1;
  bool one_by_one = false, layer_by_layer = false, weights_first = false, biases_ascend = false;
  real (*measured)(const Network&, const mat&, const mat&) = loss_of;
};

static Network step_of(const Network& network, const mat& X, const mat& T, real rate, const Habits& habits) {
  Network next = network;
  for (uword l = habits.first_layers ? 0 : network.size() - 1; l < network.size(); ++l) {
    Network before = next;  // its slopes count, where the layers do not all move at once
    const auto move = [&](auto entry, real direction) {
      const Network& at = habits.one_by_one ? next : habits.layer_by_layer || habits.weights_first ? before : network;
      entry(next) += direction * rate * slope_along(at, X, T, entry, habits.measured);
    };
    for (uword i = 0; i < network[l].W.n_elem; ++i)
      move([&](Network& n) -> real& { return n[l].W(i); }, habits.direction);
    if (habits.weights_first) before = next;
    for (uword i = 0; habits.biases && i < network[l].b.n_elem; ++i)
      move([&](Network& n) -> real& { return n[l].b(i); }, habits.biases_ascend ? 1 : habits.direction);
  }
  return next;
}

static Trained trained_by(Network network, const mat& X, const mat& T, real rate, uword steps, const Habits& habits) {
  Trained result{network, vec(steps + 1)};
  result.losses(0) = loss_of(network, X, T);
  for (uword t = 1; t <= steps; ++t) {
    result.network = step_of(result.network, X, T, rate, habits);
    result.losses(t) = loss_of(result.network, X, T);
  }
  return result;
}

#define TRAIN_MISTAKE(id, says, ...)                                                   \
  MISTAKE(                                                                             \
      train_numerically, "5.7", id, says,                                              \
      (Network network, const mat& X, const mat& T, real rate, uword steps)->Trained { \
        return trained_by(network, X, T, rate, steps, {__VA_ARGS__});                  \
      })

TRAIN_MISTAKE("no-biases", "your biases never move; they are trained as the weights are", .biases = false)
TRAIN_MISTAKE("biases-ascend", "your weights go down, your biases up: both go against their slopes",
              .biases_ascend = true)
TRAIN_MISTAKE("ascent", "your loss grows: a step goes against the gradient, not along it", .direction = 1)
MISTAKE(
    train_numerically, "5.7", "output", "you follow the slopes of the network's output; what should fall is its loss",
    (Network network, const mat& X, const mat& T, real rate, uword steps)->Trained {
      const auto output = [](const Network& n, const mat& x, const mat&) -> real { return accu(forward(n, x)); };
      return trained_by(network, X, T, rate, steps, {.measured = output});
    })
TRAIN_MISTAKE("last-layer", "only your last layer learns; every layer has slopes of its own", .first_layers = false)
TRAIN_MISTAKE("one-by-one",
              "you move each weight before the next slope is measured; all slopes belong to the same network",
              .one_by_one = true)
TRAIN_MISTAKE("layer-by-layer",
              "you move a layer before the slopes of the next are measured; all slopes belong to the same network",
              .layer_by_layer = true)
TRAIN_MISTAKE(
    "weights-first",
    "you move the weights before the slopes of the biases are measured; all slopes belong to the same network",
    .weights_first = true)
MISTAKE(
    train_numerically, "5.7", "never-moved",
    "your network comes back as it went in; the steps must be taken on the network that you return",
    (Network network, const mat& X, const mat& T, real rate, uword steps)->Trained {
      return {network, trained_by(network, X, T, rate, steps, {}).losses};
    })
MISTAKE(
    train_numerically, "5.7", "loss-of-a-copy",
    "your loss never changes: the network whose loss is measured must be the one whose weights move; a lambda that "
    "begins with [=] keeps a copy",
    (Network network, const mat& X, const mat& T, [[maybe_unused]] real rate, uword steps)->Trained {
      return {network, trained_by(network, X, T, 0, steps, {}).losses};
    })
MISTAKE(
    train_numerically, "5.7", "losses-too-late",
    "your losses begin after the first step; losses(0) is the loss before it",
    (Network network, const mat& X, const mat& T, real rate, uword steps)->Trained {
      const Trained right = trained_by(network, X, T, rate, steps, {});
      return {right.network, right.losses.tail(steps)};
    })
MISTAKE(
    train_numerically, "5.7", "losses-too-early",
    "the loss after the last step is missing: there is one more loss than there are steps",
    (Network network, const mat& X, const mat& T, real rate, uword steps)->Trained {
      const Trained right = trained_by(network, X, T, rate, steps, {});
      return {right.network, right.losses.head(steps)};
    })

}  // namespace nn
