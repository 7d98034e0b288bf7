// Known mistakes of lesson 4.
#include <limits>

#include "autograder/mistakes/catalogue.hpp"
#include "nn/activations.hpp"
#include "nn/losses.hpp"
#include "nn/support/shape.hpp"

namespace nn {

/// What our bodies check. A mistake named "unchecked" is one that does not.
static void fit(const mat& A, const mat& B) {
  require_same_shape(B, A, "loss", "the second argument", "the first");
  require(!A.empty(), "loss", "no samples");
}

/// log, kept away from 0.
static mat log_of(const mat& P) { return log(clamp(P, std::numeric_limits<real>::min(), 1)); }
static mat inverse(const mat& P) { return 1 / clamp(P, std::numeric_limits<real>::min(), 1); }

/// z_k - log sum_j exp z_j.
static mat log_softmax(const mat& Z) {
  mat S = Z.each_row() - max(Z, 0);
  S.each_row() -= log(sum(exp(S), 0));
  return S;
}

static rowvec positive(const rowvec& m) { return (m + abs(m)) / 2; }
static rowvec log_one_plus_exp(const rowvec& m) { return positive(m) + log1p(exp(-abs(m))); }
static rowvec above_zero(const rowvec& m) { return step(mat(m)); }

#define SQUARED_MISTAKE(id, says, ...)                                          \
  MISTAKE(                                                                      \
      mean_squared_error, "4.1", id, says, (const mat& Y, const mat& T)->real { \
        fit(Y, T);                                                              \
        return __VA_ARGS__;                                                     \
      })

SQUARED_MISTAKE("no-mean", "you add the samples up; a loss is their mean, or it would grow with their number",
                accu(square(Y - T)) / 2)
SQUARED_MISTAKE("no-half", "you lost the 1/2 of the formula; it is there so that the gradient has no 2",
                accu(square(Y - T)) / Y.n_cols)
SQUARED_MISTAKE("mean-over-entries",
                "you divide by the number of entries; the mean is over samples, the classes of a sample are summed",
                accu(square(Y - T)) / (2 * Y.n_elem))
SQUARED_MISTAKE(
    "mean-of-squares",
    "you take the mean of all squares; sum them within a sample, halve, and only then average over the samples",
    accu(square(Y - T)) / Y.n_elem)
SQUARED_MISTAKE("mean-over-rows", "you divide by the number of rows; the samples are the columns",
                accu(square(Y - T)) / (2 * Y.n_rows))
SQUARED_MISTAKE("divided-twice", "you divide by the number of samples twice; once is a mean",
                accu(square(Y - T)) / (2 * Y.n_cols * Y.n_cols))
SQUARED_MISTAKE("absolute", "you add up sizes of errors, not their squares", accu(abs(Y - T)) / (2 * Y.n_cols))
SQUARED_MISTAKE("root", "you take a root at the end; the mean squared error stays squared",
                std::sqrt(accu(square(Y - T)) / (2 * Y.n_cols)))
SQUARED_MISTAKE("sum-then-square", "you add the errors first and square the sum; errors of both signs then cancel",
                std::pow(accu(Y - T), 2) / (2 * Y.n_cols))
SQUARED_MISTAKE(
    "norm-of-a-matrix",
    "norm() of a matrix is its largest stretch, not the root of the sum of squares; that is norm(M, \"fro\")",
    std::pow(norm(Y - T), 2) / (2 * Y.n_cols))
MISTAKE(
    mean_squared_error, "4.1", "unchecked",
    "you do not ask whether the shapes agree and whether there is a sample at all; nn/support/shape.hpp helps",
    (const mat& Y, const mat& T)->real { return accu(square(Y - T)) / (2 * Y.n_cols); })

#define ERROR_MISTAKE(id, says, ...)                                              \
  MISTAKE(                                                                        \
      classification_error, "4.2", id, says, (const mat& Y, const mat& T)->real { \
        fit(Y, T);                                                                \
        return __VA_ARGS__;                                                       \
      })

ERROR_MISTAKE("accuracy", "you return the fraction that is right; an error is the fraction that is wrong",
              real(accu(predict(Y) == predict(T))) / Y.n_cols)
ERROR_MISTAKE("count", "you return how many are wrong, not which fraction", accu(predict(Y) != predict(T)))
ERROR_MISTAKE("whole-numbers", "you divide whole numbers, and 1 / 3 of those is 0: make one a real first",
              accu(predict(Y) != predict(T)) / Y.n_cols)
ERROR_MISTAKE("rows", "you compare rows; a sample is a column", real(accu(predict(Y.t()) != predict(T.t()))) / Y.n_rows)
ERROR_MISTAKE(
    "entries",
    "you count entries that differ; an output need not equal its target to be right, only its largest entry counts",
    real(accu(Y != T)) / Y.n_elem)
ERROR_MISTAKE("rounded",
              "you ask whether outputs are above 1/2; the largest entry of a column decides, however small it is",
              accu(max(abs(step(Y - 0.5) - T), 0)) / Y.n_cols)
ERROR_MISTAKE(
    "rounded-entries",
    "you round the outputs and count entries that differ; the largest entry of a column decides, once a sample",
    real(accu(round(Y) != T)) / Y.n_cols)
ERROR_MISTAKE("last-of-equals", "of equal outputs you take the last; the first counts",
              real(accu(predict(flipud(Y)) != predict(flipud(T)))) / Y.n_cols)
ERROR_MISTAKE("over-rows", "you divide by the number of rows; the samples are the columns",
              real(accu(predict(Y) != predict(T))) / Y.n_rows)
MISTAKE(
    classification_error, "4.2", "unchecked",
    "you do not ask whether the shapes agree and whether there is a sample at all; nn/support/shape.hpp helps",
    (const mat& Y, const mat& T)->real { return real(accu(predict(Y) != predict(T))) / Y.n_cols; })

static mat one_hot_of(const uvec& labels, uword classes, real cold, real hot) {
  mat T(classes, labels.n_elem, arma::fill::value(cold));
  for (uword j = 0; j < labels.n_elem; ++j) {
    require(labels(j) < classes, "one_hot", "no such class");
    T(labels(j), j) = hot;
  }
  return T;
}

#define ONE_HOT_MISTAKE(id, says, ...) \
  MISTAKE(                             \
      one_hot, "4.3", id, says, (const uvec& labels, uword classes)->mat { return __VA_ARGS__; })

ONE_HOT_MISTAKE("rows", "your samples are rows; here each label gets a column, as tall as there are classes",
                one_hot_of(labels, classes, 0, 1).t())
MISTAKE(
    one_hot, "4.3", "from-one", "you count the classes from 1; label 0 is the first row",
    (const uvec& labels, uword classes)->mat {
      one_hot_of(labels, classes, 0, 1);
      mat T(classes, labels.n_elem, arma::fill::zeros);
      for (uword j = 0; j < labels.n_elem; ++j) T(labels(j) - 1, j) = 1;
      return T;
    })
ONE_HOT_MISTAKE("inverted", "one is hot, the others are 0: yours is the other way round",
                one_hot_of(labels, classes, 1, 0))
ONE_HOT_MISTAKE("plus-minus", "your other entries are -1; the targets of a class are 0 and 1",
                one_hot_of(labels, classes, -1, 1))
ONE_HOT_MISTAKE("label-written", "you write the label itself into its row; what belongs there is a 1",
                one_hot_of(labels, classes, 0, 1).eval().each_row() % arma::conv_to<rowvec>::from(labels))
ONE_HOT_MISTAKE(
    "size-from-labels",
    "you take the number of rows from the largest label; some classes may not occur, `classes` says how many there are",
    mat(one_hot_of(labels, classes, 0, 1).head_rows(labels.empty() ? 0 : labels.max() + 1)))
MISTAKE(
    one_hot, "4.3", "skipped", "a label that is no class goes unnoticed; check it, and say which one is wrong",
    (const uvec& labels, uword classes)->mat {
      mat T(classes, labels.n_elem, arma::fill::zeros);
      for (uword j = 0; j < labels.n_elem; ++j)
        if (labels(j) < classes) T(labels(j), j) = 1;
      return T;
    })
MISTAKE(
    one_hot, "4.3", "unchecked",
    "you write before you ask whether the label is a class; check it, and say which one is wrong",
    (const uvec& labels, uword classes)->mat {
      mat T(classes, labels.n_elem, arma::fill::zeros);
      for (uword j = 0; j < labels.n_elem; ++j) T(labels(j), j) = 1;
      return T;
    })

#define ENTROPY_MISTAKE(id, says, ...)                                     \
  MISTAKE(                                                                 \
      cross_entropy, "4.4", id, says, (const mat& P, const mat& T)->real { \
        fit(P, T);                                                         \
        return __VA_ARGS__;                                                \
      })

ENTROPY_MISTAKE("unprotected", "your log meets a 0, and 0 times infinity is no number: keep p away from 0 first",
                -accu(T % log(P)) / P.n_cols)
MISTAKE(
    cross_entropy, "4.4", "infinite", "your loss is infinite where the true class got p = 0: keep p away from 0 first",
    (const mat& P, const mat& T)->real {
      fit(P, T);
      const uvec i = find(T > 0);
      return -accu(T(i) % log(P(i))) / P.n_cols;
    })
MISTAKE(
    cross_entropy, "4.4", "zero-skipped",
    "you leave out the samples whose class got p = 0: the worst answers of all then cost nothing",
    (const mat& P, const mat& T)->real {
      fit(P, T);
      const uvec i = find(P > 0);
      return -accu(T(i) % log(P(i))) / P.n_cols;
    })
ENTROPY_MISTAKE("sign", "your loss is below 0: log of a probability is negative, the formula has a minus in front",
                accu(T % log_of(P)) / P.n_cols)
ENTROPY_MISTAKE("log10", "you take the logarithm to base 10; log is the natural one here",
                -accu(T % log_of(P)) / std::log(10.0) / P.n_cols)
ENTROPY_MISTAKE("log2", "you count in bits; log is the natural logarithm here",
                -accu(T % log_of(P)) / std::log(2.0) / P.n_cols)
ENTROPY_MISTAKE("no-mean", "you add the samples up; a loss is their mean", -accu(T % log_of(P)))
ENTROPY_MISTAKE("mean-over-entries",
                "you take the mean over the classes too; they are summed, only the samples are averaged",
                -accu(T % log_of(P)) / P.n_elem)
ENTROPY_MISTAKE("divided-twice", "you divide by the number of samples twice; once is a mean",
                -accu(T % log_of(P)) / (P.n_cols * P.n_cols))
ENTROPY_MISTAKE("no-targets", "you sum over all classes alike; t says which class counts", -accu(log_of(P)) / P.n_cols)
ENTROPY_MISTAKE("swapped", "you swapped p and t: the logarithm is taken of what the network says",
                -accu(P % log_of(T)) / P.n_cols)
ENTROPY_MISTAKE("binary",
                "you add the term with 1 - p; that is the binary cross-entropy, here one class in each column counts",
                -accu(T % log_of(P) + (1 - T) % log_of(1 - P)) / P.n_cols)
MISTAKE(
    cross_entropy, "4.4", "unchecked",
    "you do not ask whether the shapes agree and whether there is a sample at all; nn/support/shape.hpp helps",
    (const mat& P, const mat& T)->real { return -accu(T % log_of(P)) / P.n_cols; })

#define BINARY_MISTAKE(id, says, ...)                                             \
  MISTAKE(                                                                        \
      binary_cross_entropy, "4.5", id, says, (const mat& P, const mat& T)->real { \
        fit(P, T);                                                                \
        return __VA_ARGS__;                                                       \
      })

BINARY_MISTAKE("unprotected", "your log meets a 0, and 0 times infinity is no number: keep p away from 0 and from 1",
               -accu(T % log(P) + (1 - T) % log(1 - P)) / P.n_cols)
BINARY_MISTAKE("half-protected", "you keep p away from 0 but not from 1, where 1 - p is 0",
               -accu(T % log_of(P) + (1 - T) % log(1 - P)) / P.n_cols)
BINARY_MISTAKE("one-term", "you only count the entries whose target is 1; a 0 can be missed as well",
               -accu(T % log_of(P)) / P.n_cols)
BINARY_MISTAKE("difference", "your minus reaches one term only; both terms count what is wrong, and they add up",
               -accu(T % log_of(P) - (1 - T) % log_of(1 - P)) / P.n_cols)
BINARY_MISTAKE("crossed", "you crossed the terms: p goes with t, 1 - p with 1 - t",
               -accu(T % log_of(1 - P) + (1 - T) % log_of(P)) / P.n_cols)
BINARY_MISTAKE("one-logarithm", "both of your terms have log(p): where t is 0, log(1 - p) is meant",
               -accu(log_of(P)) / P.n_cols)
BINARY_MISTAKE("one-minus-log", "you wrote 1 - log(p); the term of a 0 is log(1 - p)",
               -accu(T % log_of(P) + (1 - T) % (1 - log_of(P))) / P.n_cols)
BINARY_MISTAKE("sign", "your loss is below 0: the minus in front belongs to both terms",
               accu(T % log_of(P) + (1 - T) % log_of(1 - P)) / P.n_cols)
BINARY_MISTAKE("log10", "you take the logarithm to base 10; log is the natural one here",
               -accu(T % log_of(P) + (1 - T) % log_of(1 - P)) / std::log(10.0) / P.n_cols)
BINARY_MISTAKE("no-mean", "you add the samples up; a loss is their mean",
               -accu(T % log_of(P) + (1 - T) % log_of(1 - P)))
BINARY_MISTAKE("mean-over-entries",
               "you divide by the number of entries; the mean is over samples, the rows of a sample are summed",
               -accu(T % log_of(P) + (1 - T) % log_of(1 - P)) / P.n_elem)
MISTAKE(
    binary_cross_entropy, "4.5", "unchecked",
    "you do not ask whether the shapes agree and whether there is a sample at all; nn/support/shape.hpp helps",
    (const mat& P, const mat& T)->real { return -accu(T % log_of(P) + (1 - T) % log_of(1 - P)) / P.n_cols; })

#define SOFTMAX_MISTAKE(id, says, ...)                                             \
  MISTAKE(                                                                         \
      softmax_cross_entropy, "4.6", id, says, (const mat& Z, const mat& T)->real { \
        fit(Z, T);                                                                 \
        return __VA_ARGS__;                                                        \
      })

SOFTMAX_MISTAKE(
    "through-probabilities",
    "you go through softmax, where exp(-2000) is 0 and log has nothing left to work on; stay with the logits",
    -accu(T % log_of(softmax(Z))) / Z.n_cols)
SOFTMAX_MISTAKE(
    "softmax-twice",
    "you apply softmax twice: after the first they are probabilities, and the second makes them nearly equal",
    -accu(T % log(softmax(softmax(Z)))) / Z.n_cols)
SOFTMAX_MISTAKE("log-of-zero",
                "you take the log of a softmax that is 0 far down; the logarithm of the sum can be had without it",
                -accu(T % log(softmax(Z))) / Z.n_cols)
SOFTMAX_MISTAKE(
    "overflow",
    "exp of your logits overflows; take the largest entry of each column off first, and add it again outside the log",
    -accu(T % (Z.each_row() - log(sum(exp(Z), 0)))) / Z.n_cols)
MISTAKE(
    softmax_cross_entropy, "4.6", "one-maximum",
    "you take the largest entry of the whole matrix off every column; a column far below it is left with log 0",
    (const mat& Z, const mat& T)->real {
      fit(Z, T);
      mat S = Z - Z.max();
      S.each_row() -= log(sum(exp(S), 0));
      return -accu(T % S) / Z.n_cols;
    })
MISTAKE(
    softmax_cross_entropy, "4.6", "no-log",
    "you take off the sum of the exponentials itself; it is its logarithm that is to be taken off",
    (const mat& Z, const mat& T)->real {
      fit(Z, T);
      mat S = Z.each_row() - max(Z, 0);
      S.each_row() -= sum(exp(S), 0);
      return -accu(T % S) / Z.n_cols;
    })
SOFTMAX_MISTAKE("maximum-lost", "you take the largest entry off inside the log, but never add it again",
                -accu(T % (Z.each_row() - log(sum(exp(Z.each_row() - max(Z, 0)), 0)))) / Z.n_cols)
SOFTMAX_MISTAKE("no-sum", "you forgot the log of the sum: what a class gets depends on all logits of its column",
                -accu(T % Z) / Z.n_cols)
SOFTMAX_MISTAKE("rows", "your log-sum runs along the rows; a sample is a column",
                -accu(T % log_softmax(Z.t()).t()) / Z.n_cols)
SOFTMAX_MISTAKE("no-softmax",
                "you treat the logits as if they were probabilities already; softmax is part of this loss",
                -accu(T % log_of(Z)) / Z.n_cols)
SOFTMAX_MISTAKE("softmax-sign", "your softmax cross-entropy is below 0: the formula has a minus in front",
                accu(T % log_softmax(Z)) / Z.n_cols)
SOFTMAX_MISTAKE("softmax-no-mean", "you add the samples up; a loss is their mean", -accu(T % log_softmax(Z)))
SOFTMAX_MISTAKE("softmax-mean-over-entries",
                "you take the mean over the classes too; they are summed, only the samples are averaged",
                -accu(T % log_softmax(Z)) / Z.n_elem)
MISTAKE(
    softmax_cross_entropy, "4.6", "softmax-unchecked",
    "you do not ask whether the shapes agree and whether there is a sample at all; nn/support/shape.hpp helps",
    (const mat& Z, const mat& T)->real { return -accu(T % log_softmax(Z)) / Z.n_cols; })
#define LOGISTIC_MISTAKE(id, says, ...)                                          \
  MISTAKE(                                                                       \
      logistic_loss, "4.6", id, says, (const rowvec& z, const rowvec& y)->real { \
        fit(z, y);                                                               \
        return __VA_ARGS__;                                                      \
      })

LOGISTIC_MISTAKE(
    "logistic-overflow",
    "your exp overflows where the score is far on the wrong side; there the loss is -y z, and a rest that hardly "
    "counts",
    accu(log(1 + exp(-y % z))) / z.n_elem)
LOGISTIC_MISTAKE("logistic-cut-off", "you cut y z off to save exp; far on the wrong side the loss keeps growing",
                 accu(log(1 + exp(clamp(-y % z, -30, 30)))) / z.n_elem)
LOGISTIC_MISTAKE("logistic-sign", "you punish what is right: y z is above 0 there, look at the sign in exp",
                 accu(log_one_plus_exp(y % z)) / z.n_elem)
LOGISTIC_MISTAKE("logistic-no-label", "your logistic loss never looks at the labels",
                 accu(log_one_plus_exp(-z)) / z.n_elem)
LOGISTIC_MISTAKE("logistic-zero-one", "you read the labels as 0 and 1; here they are -1 and 1",
                 accu(y % log_one_plus_exp(-z) + (1 - y) % log_one_plus_exp(z)) / z.n_elem)
LOGISTIC_MISTAKE("logistic-corner", "you drop the log: near y z = 0 it is what makes the curve smooth",
                 accu(positive(-y % z)) / z.n_elem)
LOGISTIC_MISTAKE("logistic-no-mean", "you add the samples up; a loss is their mean", accu(log_one_plus_exp(-y % z)))
LOGISTIC_MISTAKE("logistic-log2", "you count in bits; log is the natural logarithm here",
                 accu(log_one_plus_exp(-y % z)) / std::log(2.0) / z.n_elem)
MISTAKE(
    logistic_loss, "4.6", "logistic-unchecked",
    "you do not ask whether there is a label for each score, and a score at all; nn/support/shape.hpp helps",
    (const rowvec& z, const rowvec& y)->real { return accu(log_one_plus_exp(-y % z)) / z.n_elem; })

#define HINGE_MISTAKE(id, says, ...)                                     \
  MISTAKE(                                                               \
      hinge, "4.7", id, says, (const rowvec& z, const rowvec& y)->real { \
        fit(z, y);                                                       \
        return __VA_ARGS__;                                              \
      })

HINGE_MISTAKE("hinge-no-margin", "your hinge is content with the right side; it asks for a margin of 1",
              accu(positive(-y % z)) / z.n_elem)
HINGE_MISTAKE("hinge-sign", "your hinge punishes what is right: y z is above 0 there",
              accu(positive(1 + y % z)) / z.n_elem)
HINGE_MISTAKE("hinge-no-max", "your hinge goes below 0 for margins beyond 1: there is nothing to win there",
              accu(1 - y % z) / z.n_elem)
HINGE_MISTAKE("hinge-max-of-mean", "you take the mean first and cut it at 0; each sample is cut by itself",
              std::max<real>(0, accu(1 - y % z) / z.n_elem))
HINGE_MISTAKE("hinge-no-label", "your hinge never looks at the labels", accu(positive(1 - z)) / z.n_elem)
HINGE_MISTAKE("hinge-difference",
              "you take y - z for the margin; the margin is the product y z, and it may be too large without harm",
              accu(abs(y - z)) / z.n_elem)
HINGE_MISTAKE("hinge-squared", "you square what is missing; the hinge is straight",
              accu(square(positive(1 - y % z))) / z.n_elem)
HINGE_MISTAKE("hinge-count", "you count the samples within the margin; the hinge says how far each falls short",
              accu(above_zero(1 - y % z)) / z.n_elem)
HINGE_MISTAKE("hinge-no-mean", "you add the samples up; a loss is their mean", accu(positive(1 - y % z)))
HINGE_MISTAKE("hinge-mean-of-wrong", "you average over the samples that fall short; the mean is over all of them",
              accu(positive(1 - y % z)) / std::max<real>(1, accu(above_zero(1 - y % z))))
MISTAKE(
    hinge, "4.7", "hinge-unchecked",
    "you do not ask whether there is a label for each score, and a score at all; nn/support/shape.hpp helps",
    (const rowvec& z, const rowvec& y)->real { return accu(positive(1 - y % z)) / z.n_elem; })
#define CRITERION_MISTAKE(id, says, ...)                                                \
  MISTAKE(                                                                              \
      perceptron_criterion, "4.7", id, says, (const rowvec& z, const rowvec& y)->real { \
        fit(z, y);                                                                      \
        return __VA_ARGS__;                                                             \
      })

CRITERION_MISTAKE("perceptron-margin",
                  "you ask for a margin: that is the hinge; the perceptron criterion is content with the right side",
                  accu(positive(1 - y % z)) / z.n_elem)
CRITERION_MISTAKE("perceptron-sign", "you punish what is right: y z is above 0 there", accu(positive(y % z)) / z.n_elem)
CRITERION_MISTAKE("perceptron-no-max",
                  "your criterion goes below 0 where the side is right: there is nothing to win there",
                  -accu(y % z) / z.n_elem)
CRITERION_MISTAKE("perceptron-absolute", "you count right sides like wrong ones: abs is not max",
                  accu(abs(y % z)) / z.n_elem)
CRITERION_MISTAKE("perceptron-count",
                  "you count the wrong samples; the criterion says how far each is on the wrong side",
                  accu(above_zero(-y % z)) / z.n_elem)
CRITERION_MISTAKE("perceptron-no-mean", "you add the samples up; a loss is their mean", accu(positive(-y % z)))
CRITERION_MISTAKE("perceptron-mean-of-wrong", "you average over the wrong samples; the mean is over all of them",
                  accu(positive(-y % z)) / std::max<real>(1, accu(above_zero(-y % z))))
MISTAKE(
    perceptron_criterion, "4.7", "perceptron-unchecked",
    "you do not ask whether there is a label for each score, and a score at all; nn/support/shape.hpp helps",
    (const rowvec& z, const rowvec& y)->real { return accu(positive(-y % z)) / z.n_elem; })

#define SQUARED_SLOPE_MISTAKE(id, says, ...)                                            \
  MISTAKE(                                                                              \
      mean_squared_error_gradient, "4.8", id, says, (const mat& Y, const mat& T)->mat { \
        fit(Y, T);                                                                      \
        return __VA_ARGS__;                                                             \
      })

SQUARED_SLOPE_MISTAKE(
    "mse-no-mean", "your gradient of the squared error is not averaged: the loss has a 1/N, so its gradient has it too",
    Y - T)
SQUARED_SLOPE_MISTAKE("mse-twice",
                      "your gradient is twice too large: the 1/2 of the loss is there to meet the 2 of the square",
                      2 * (Y - T) / Y.n_cols)
SQUARED_SLOPE_MISTAKE("mse-half", "your gradient is half too small: the square brings a 2 that meets the 1/2",
                      (Y - T) / (2 * Y.n_cols))
SQUARED_SLOPE_MISTAKE("mse-sign", "your gradient points the wrong way: where y is too large the loss grows with y",
                      (T - Y) / Y.n_cols)
SQUARED_SLOPE_MISTAKE("mse-entries", "you divide by the number of entries; the mean is over the samples",
                      (Y - T) / Y.n_elem)
SQUARED_SLOPE_MISTAKE("mse-divided-twice", "you divide by the number of samples twice", (Y - T) / (Y.n_cols * Y.n_cols))
MISTAKE(
    mean_squared_error_gradient, "4.8", "mse-unchecked",
    "you do not ask whether the shapes agree and whether there is a sample at all; nn/support/shape.hpp helps",
    (const mat& Y, const mat& T)->mat { return (Y - T) / Y.n_cols; })

#define ENTROPY_SLOPE_MISTAKE(id, says, ...)                                       \
  MISTAKE(                                                                         \
      cross_entropy_gradient, "4.8", id, says, (const mat& P, const mat& T)->mat { \
        fit(P, T);                                                                 \
        return __VA_ARGS__;                                                        \
      })

ENTROPY_SLOPE_MISTAKE("ce-unprotected", "you divide by p = 0: keep it away from 0 as in the loss", -T / P / P.n_cols)
ENTROPY_SLOPE_MISTAKE("ce-no-mean",
                      "your gradient of cross-entropy is not averaged: the loss has a 1/N, so its gradient has it too",
                      -T % inverse(P))
ENTROPY_SLOPE_MISTAKE("ce-sign", "your gradient points the wrong way: the more p, the less loss",
                      T % inverse(P) / P.n_cols)
ENTROPY_SLOPE_MISTAKE("ce-logits",
                      "P - T is the gradient with respect to the logits; here it is asked with respect to p",
                      (P - T) / P.n_cols)
ENTROPY_SLOPE_MISTAKE("ce-no-targets", "your gradient forgets t: classes that are not meant have no part in the loss",
                      -inverse(P) / P.n_cols)
ENTROPY_SLOPE_MISTAKE("ce-entries", "you divide by the number of entries; the mean is over the samples",
                      -T % inverse(P) / P.n_elem)
ENTROPY_SLOPE_MISTAKE("ce-loss-itself", "you return the terms of the loss; the slope of log p is another function of p",
                      -T % log_of(P) / P.n_cols)
MISTAKE(
    cross_entropy_gradient, "4.8", "ce-unchecked",
    "you do not ask whether the shapes agree and whether there is a sample at all; nn/support/shape.hpp helps",
    (const mat& P, const mat& T)->mat { return -T % inverse(P) / P.n_cols; })

#define BINARY_SLOPE_MISTAKE(id, says, ...)                                               \
  MISTAKE(                                                                                \
      binary_cross_entropy_gradient, "4.8", id, says, (const mat& P, const mat& T)->mat { \
        fit(P, T);                                                                        \
        return __VA_ARGS__;                                                               \
      })

BINARY_SLOPE_MISTAKE("binary-unprotected", "you divide by 0 where p is 0 or 1: keep it away from both as in the loss",
                     ((1 - T) / (1 - P) - T / P) / P.n_cols)
BINARY_SLOPE_MISTAKE("binary-inner-minus",
                     "the slope of log(1 - p) has a minus from inside: your second term has the wrong sign",
                     -((1 - T) % inverse(1 - P) + T % inverse(P)) / P.n_cols)
BINARY_SLOPE_MISTAKE("binary-one-term", "you only count the entries whose target is 1; the loss has two terms",
                     -T % inverse(P) / P.n_cols)
BINARY_SLOPE_MISTAKE("binary-logits", "p - t is the gradient before the sigmoid; here it is asked with respect to p",
                     (P - T) / P.n_cols)
BINARY_SLOPE_MISTAKE("binary-sign", "your gradient points the wrong way: where t is 1, more p is less loss",
                     (T % inverse(P) - (1 - T) % inverse(1 - P)) / P.n_cols)
BINARY_SLOPE_MISTAKE(
    "binary-no-mean",
    "your gradient of binary cross-entropy is not averaged: the loss has a 1/N, so its gradient has it too",
    (1 - T) % inverse(1 - P) - T % inverse(P))
MISTAKE(
    binary_cross_entropy_gradient, "4.8", "binary-unchecked",
    "you do not ask whether the shapes agree and whether there is a sample at all; nn/support/shape.hpp helps",
    (const mat& P, const mat& T)->mat { return ((1 - T) % inverse(1 - P) - T % inverse(P)) / P.n_cols; })

#define SOFTMAX_SLOPE_MISTAKE(id, says, ...)                                               \
  MISTAKE(                                                                                 \
      softmax_cross_entropy_gradient, "4.8", id, says, (const mat& Z, const mat& T)->mat { \
        fit(Z, T);                                                                         \
        return __VA_ARGS__;                                                                \
      })

SOFTMAX_SLOPE_MISTAKE(
    "softmax-no-mean",
    "your gradient of softmax cross-entropy is not averaged: the loss has a 1/N, so its gradient has it too",
    softmax(Z) - T)
SOFTMAX_SLOPE_MISTAKE("softmax-divided-twice", "you divide by the number of samples twice",
                      (softmax(Z) - T) / (Z.n_cols * Z.n_cols))
SOFTMAX_SLOPE_MISTAKE("softmax-sign",
                      "your gradient points the wrong way: the true class has to be pulled up, so its slope is below 0",
                      (T - softmax(Z)) / Z.n_cols)
SOFTMAX_SLOPE_MISTAKE("softmax-of-probabilities",
                      "your first argument is logits; they have to go through softmax before T is taken off",
                      (Z - T) / Z.n_cols)
SOFTMAX_SLOPE_MISTAKE("softmax-twice", "you take the softmax of a softmax; once is enough",
                      (softmax(softmax(Z)) - T) / Z.n_cols)
SOFTMAX_SLOPE_MISTAKE("softmax-half-way",
                      "you stopped at the gradient with respect to p; the way back through softmax is missing",
                      -T % inverse(softmax(Z)) / Z.n_cols)
SOFTMAX_SLOPE_MISTAKE("softmax-rows", "your softmax runs along the rows; a sample is a column",
                      (softmax(Z.t()).t() - T) / Z.n_cols)
SOFTMAX_SLOPE_MISTAKE("softmax-entries", "you divide by the number of entries; the mean is over the samples",
                      (softmax(Z) - T) / Z.n_elem)
MISTAKE(
    softmax_cross_entropy_gradient, "4.8", "softmax-unchecked",
    "you do not ask whether the shapes agree and whether there is a sample at all; nn/support/shape.hpp helps",
    (const mat& Z, const mat& T)->mat { return (softmax(Z) - T) / Z.n_cols; })

#define LOGISTIC_SLOPE_MISTAKE(id, says, ...)                                               \
  MISTAKE(                                                                                  \
      logistic_loss_gradient, "4.8", id, says, (const rowvec& z, const rowvec& y)->rowvec { \
        fit(z, y);                                                                          \
        return __VA_ARGS__;                                                                 \
      })

LOGISTIC_SLOPE_MISTAKE("logistic-overflow",
                       "you divide infinity by infinity far on the wrong side; sigmoid of lesson 3 does not",
                       -y % exp(-y % z) / (1 + exp(-y % z)) / z.n_elem)
LOGISTIC_SLOPE_MISTAKE("logistic-no-label",
                       "the factor y is missing in front: the slope is with respect to z, not to y z",
                       -sigmoid(-y % z) / z.n_elem)
LOGISTIC_SLOPE_MISTAKE("logistic-sign", "your gradient points the wrong way: where y is 1, more z is less loss",
                       y % sigmoid(-y % z) / z.n_elem)
LOGISTIC_SLOPE_MISTAKE(
    "logistic-other-side",
    "your slope is steep where the answer is right and flat where it is wrong: look at the sign in the sigmoid",
    -y % sigmoid(y % z) / z.n_elem)
LOGISTIC_SLOPE_MISTAKE("logistic-zero-one", "sigmoid(z) - y is for labels 0 and 1; here they are -1 and 1",
                       (sigmoid(z) - y) / z.n_elem)
LOGISTIC_SLOPE_MISTAKE("logistic-no-mean",
                       "your gradient of logistic loss is not averaged: the loss has a 1/N, so its gradient has it too",
                       -y % sigmoid(-y % z))
MISTAKE(
    logistic_loss_gradient, "4.8", "logistic-unchecked",
    "you do not ask whether there is a label for each score, and a score at all; nn/support/shape.hpp helps",
    (const rowvec& z, const rowvec& y)->rowvec { return -y % sigmoid(-y % z) / z.n_elem; })

#define HINGE_SLOPE_MISTAKE(id, says, ...)                                          \
  MISTAKE(                                                                          \
      hinge_gradient, "4.8", id, says, (const rowvec& z, const rowvec& y)->rowvec { \
        fit(z, y);                                                                  \
        return __VA_ARGS__;                                                         \
      })

HINGE_SLOPE_MISTAKE("hinge-at-the-kink", "your slope of hinge at y z = 1 is not 0; the contract takes 0 at the kink",
                    -y % (1 - above_zero(y % z - 1)) / z.n_elem)
HINGE_SLOPE_MISTAKE("hinge-no-margin",
                    "your hinge pulls at wrong samples only; it pulls at all whose margin is below 1",
                    -y % above_zero(-y % z) / z.n_elem)
HINGE_SLOPE_MISTAKE("hinge-everywhere",
                    "your hinge pulls at every sample; where the margin is above 1 the loss is flat", -y / z.n_elem)
HINGE_SLOPE_MISTAKE("hinge-turned",
                    "your hinge pulls where the margin is above 1 and lets the others be: the comparison is turned",
                    -y % above_zero(y % z - 1) / z.n_elem)
HINGE_SLOPE_MISTAKE("hinge-sign", "your gradient points the wrong way: where y is 1, more z is less loss",
                    y % above_zero(1 - y % z) / z.n_elem)
HINGE_SLOPE_MISTAKE("hinge-no-label", "the factor y is missing: the slope is with respect to z, not to y z",
                    -above_zero(1 - y % z) / z.n_elem)
HINGE_SLOPE_MISTAKE("hinge-times-z", "the slope in z has no z left in it; y z has the slope y",
                    -y % z % above_zero(1 - y % z) / z.n_elem)
HINGE_SLOPE_MISTAKE("hinge-no-mean",
                    "your gradient of hinge is not averaged: the loss has a 1/N, so its gradient has it too",
                    -y % above_zero(1 - y % z))
MISTAKE(
    hinge_gradient, "4.8", "hinge-unchecked",
    "you do not ask whether there is a label for each score, and a score at all; nn/support/shape.hpp helps",
    (const rowvec& z, const rowvec& y)->rowvec { return -y % above_zero(1 - y % z) / z.n_elem; })

#define CRITERION_SLOPE_MISTAKE(id, says, ...)                                                     \
  MISTAKE(                                                                                         \
      perceptron_criterion_gradient, "4.8", id, says, (const rowvec& z, const rowvec& y)->rowvec { \
        fit(z, y);                                                                                 \
        return __VA_ARGS__;                                                                        \
      })

CRITERION_SLOPE_MISTAKE("perceptron-at-the-kink",
                        "your slope of the perceptron criterion at y z = 0 is not 0; the contract takes 0 at the kink",
                        -y % (1 - above_zero(y % z)) / z.n_elem)
CRITERION_SLOPE_MISTAKE("perceptron-margin",
                        "you ask for a margin: that is the hinge; the perceptron criterion leaves right samples alone",
                        -y % above_zero(1 - y % z) / z.n_elem)
CRITERION_SLOPE_MISTAKE("perceptron-everywhere",
                        "your criterion pulls at every sample; where the side is right the loss is flat", -y / z.n_elem)
CRITERION_SLOPE_MISTAKE(
    "perceptron-turned",
    "your criterion pulls where the side is right and lets the wrong ones be: the comparison is turned",
    -y % above_zero(y % z) / z.n_elem)
CRITERION_SLOPE_MISTAKE("perceptron-sign", "your gradient points the wrong way: where y is 1, more z is less loss",
                        y % above_zero(-y % z) / z.n_elem)
CRITERION_SLOPE_MISTAKE("perceptron-times-z", "the slope in z has no z left in it; y z has the slope y",
                        -y % z % above_zero(-y % z) / z.n_elem)
CRITERION_SLOPE_MISTAKE(
    "perceptron-no-mean",
    "your gradient of the criterion is not averaged: the loss has a 1/N, so its gradient has it too",
    -y % above_zero(-y % z))
MISTAKE(
    perceptron_criterion_gradient, "4.8", "perceptron-unchecked",
    "you do not ask whether there is a label for each score, and a score at all; nn/support/shape.hpp helps",
    (const rowvec& z, const rowvec& y)->rowvec { return -y % above_zero(-y % z) / z.n_elem; })

}  // namespace nn
