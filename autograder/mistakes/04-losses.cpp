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

MISTAKE(
    mean_squared_error, "4.1", "no-mean",
    "you add the samples up; a loss is their mean, or it would grow with their number",
    (const mat& Y, const mat& T)->real {
      fit(Y, T);
      return accu(square(Y - T)) / 2;
    })
MISTAKE(
    mean_squared_error, "4.1", "no-half", "you lost the 1/2 of the formula; it is there so that the gradient has no 2",
    (const mat& Y, const mat& T)->real {
      fit(Y, T);
      return accu(square(Y - T)) / Y.n_cols;
    })
MISTAKE(
    mean_squared_error, "4.1", "mean-over-entries",
    "you divide by the number of entries; the mean is over samples, the classes of a sample are summed",
    (const mat& Y, const mat& T)->real {
      fit(Y, T);
      return accu(square(Y - T)) / (2 * Y.n_elem);
    })
MISTAKE(
    mean_squared_error, "4.1", "mean-of-squares",
    "you take the mean of all squares; sum them within a sample, halve, and only then average over the samples",
    (const mat& Y, const mat& T)->real {
      fit(Y, T);
      return accu(square(Y - T)) / Y.n_elem;
    })
MISTAKE(
    mean_squared_error, "4.1", "mean-over-rows", "you divide by the number of rows; the samples are the columns",
    (const mat& Y, const mat& T)->real {
      fit(Y, T);
      return accu(square(Y - T)) / (2 * Y.n_rows);
    })
MISTAKE(
    mean_squared_error, "4.1", "divided-twice", "you divide by the number of samples twice; once is a mean",
    (const mat& Y, const mat& T)->real {
      fit(Y, T);
      return accu(square(Y - T)) / (2 * Y.n_cols * Y.n_cols);
    })
MISTAKE(
    mean_squared_error, "4.1", "absolute", "you add up sizes of errors, not their squares",
    (const mat& Y, const mat& T)->real {
      fit(Y, T);
      return accu(abs(Y - T)) / (2 * Y.n_cols);
    })
MISTAKE(
    mean_squared_error, "4.1", "root", "you take a root at the end; the mean squared error stays squared",
    (const mat& Y, const mat& T)->real {
      fit(Y, T);
      return std::sqrt(accu(square(Y - T)) / (2 * Y.n_cols));
    })
MISTAKE(
    mean_squared_error, "4.1", "sum-then-square",
    "you add the errors first and square the sum; errors of both signs then cancel",
    (const mat& Y, const mat& T)->real {
      fit(Y, T);
      return std::pow(accu(Y - T), 2) / (2 * Y.n_cols);
    })
MISTAKE(
    mean_squared_error, "4.1", "unchecked",
    "you do not ask whether the shapes agree and whether there is a sample at all; nn/support/shape.hpp helps",
    (const mat& Y, const mat& T)->real { return accu(square(Y - T)) / (2 * Y.n_cols); })

MISTAKE(
    classification_error, "4.2", "accuracy",
    "you return the fraction that is right; an error is the fraction that is wrong",
    (const mat& Y, const mat& T)->real {
      fit(Y, T);
      return real(accu(predict(Y) == predict(T))) / Y.n_cols;
    })
MISTAKE(
    classification_error, "4.2", "count", "you return how many are wrong, not which fraction",
    (const mat& Y, const mat& T)->real {
      fit(Y, T);
      return accu(predict(Y) != predict(T));
    })
MISTAKE(
    classification_error, "4.2", "whole-numbers",
    "you divide whole numbers, and 1 / 3 of those is 0: make one a real first", (const mat& Y, const mat& T)->real {
      fit(Y, T);
      return accu(predict(Y) != predict(T)) / Y.n_cols;
    })
MISTAKE(
    classification_error, "4.2", "rows", "you compare rows; a sample is a column", (const mat& Y, const mat& T)->real {
      fit(Y, T);
      return real(accu(predict(Y.t()) != predict(T.t()))) / Y.n_rows;
    })
MISTAKE(
    classification_error, "4.2", "entries",
    "you count entries that differ; an output need not equal its target to be right, only its largest entry counts",
    (const mat& Y, const mat& T)->real {
      fit(Y, T);
      return real(accu(Y != T)) / Y.n_elem;
    })
MISTAKE(
    classification_error, "4.2", "rounded",
    "you ask whether outputs are above 1/2; the largest entry of a column decides, however small it is",
    (const mat& Y, const mat& T)->real {
      fit(Y, T);
      return accu(max(abs(step(Y - 0.5) - T), 0)) / Y.n_cols;
    })
MISTAKE(
    classification_error, "4.2", "last-of-equals", "of equal outputs you take the last; the first counts",
    (const mat& Y, const mat& T)->real {
      fit(Y, T);
      return real(accu(predict(flipud(Y)) != predict(flipud(T)))) / Y.n_cols;
    })
MISTAKE(
    classification_error, "4.2", "over-rows", "you divide by the number of rows; the samples are the columns",
    (const mat& Y, const mat& T)->real {
      fit(Y, T);
      return real(accu(predict(Y) != predict(T))) / Y.n_rows;
    })
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

MISTAKE(
    one_hot, "4.3", "rows", "your samples are rows; here each label gets a column, as tall as there are classes",
    (const uvec& labels, uword classes)->mat { return one_hot_of(labels, classes, 0, 1).t(); })
MISTAKE(
    one_hot, "4.3", "from-one", "you count the classes from 1; label 0 is the first row",
    (const uvec& labels, uword classes)->mat {
      one_hot_of(labels, classes, 0, 1);
      mat T(classes, labels.n_elem, arma::fill::zeros);
      for (uword j = 0; j < labels.n_elem; ++j) T(labels(j) - 1, j) = 1;
      return T;
    })
MISTAKE(
    one_hot, "4.3", "inverted", "one is hot, the others are 0: yours is the other way round",
    (const uvec& labels, uword classes)->mat { return one_hot_of(labels, classes, 1, 0); })
MISTAKE(
    one_hot, "4.3", "plus-minus", "your other entries are -1; the targets of a class are 0 and 1",
    (const uvec& labels, uword classes)->mat { return one_hot_of(labels, classes, -1, 1); })
MISTAKE(
    one_hot, "4.3", "label-written", "you write the label itself into its row; what belongs there is a 1",
    (const uvec& labels, uword classes)->mat {
      return one_hot_of(labels, classes, 0, 1).eval().each_row() % arma::conv_to<rowvec>::from(labels);
    })
MISTAKE(
    one_hot, "4.3", "size-from-labels",
    "you take the number of rows from the largest label; some classes may not occur, `classes` says how many there are",
    (const uvec& labels, uword classes)->mat {
      return mat(one_hot_of(labels, classes, 0, 1).head_rows(labels.empty() ? 0 : labels.max() + 1));
    })
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

MISTAKE(
    cross_entropy, "4.4", "unprotected",
    "your log meets a 0, and 0 times infinity is no number: keep p away from 0 first",
    (const mat& P, const mat& T)->real {
      fit(P, T);
      return -accu(T % log(P)) / P.n_cols;
    })
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
MISTAKE(
    cross_entropy, "4.4", "sign",
    "your loss is below 0: log of a probability is negative, the formula has a minus in front",
    (const mat& P, const mat& T)->real {
      fit(P, T);
      return accu(T % log_of(P)) / P.n_cols;
    })
MISTAKE(
    cross_entropy, "4.4", "log10", "you take the logarithm to base 10; log is the natural one here",
    (const mat& P, const mat& T)->real {
      fit(P, T);
      return -accu(T % log_of(P)) / std::log(10.0) / P.n_cols;
    })
MISTAKE(
    cross_entropy, "4.4", "log2", "you count in bits; log is the natural logarithm here",
    (const mat& P, const mat& T)->real {
      fit(P, T);
      return -accu(T % log_of(P)) / std::log(2.0) / P.n_cols;
    })
MISTAKE(
    cross_entropy, "4.4", "no-mean", "you add the samples up; a loss is their mean",
    (const mat& P, const mat& T)->real {
      fit(P, T);
      return -accu(T % log_of(P));
    })
MISTAKE(
    cross_entropy, "4.4", "mean-over-entries",
    "you take the mean over the classes too; they are summed, only the samples are averaged",
    (const mat& P, const mat& T)->real {
      fit(P, T);
      return -accu(T % log_of(P)) / P.n_elem;
    })
MISTAKE(
    cross_entropy, "4.4", "divided-twice", "you divide by the number of samples twice; once is a mean",
    (const mat& P, const mat& T)->real {
      fit(P, T);
      return -accu(T % log_of(P)) / (P.n_cols * P.n_cols);
    })
MISTAKE(
    cross_entropy, "4.4", "no-targets", "you sum over all classes alike; t says which class counts",
    (const mat& P, const mat& T)->real {
      fit(P, T);
      return -accu(log_of(P)) / P.n_cols;
    })
MISTAKE(
    cross_entropy, "4.4", "swapped", "you swapped p and t: the logarithm is taken of what the network says",
    (const mat& P, const mat& T)->real {
      fit(P, T);
      return -accu(P % log_of(T)) / P.n_cols;
    })
MISTAKE(
    cross_entropy, "4.4", "binary",
    "you add the term with 1 - p; that is the binary cross-entropy, here one class in each column counts",
    (const mat& P, const mat& T)->real {
      fit(P, T);
      return -accu(T % log_of(P) + (1 - T) % log_of(1 - P)) / P.n_cols;
    })
MISTAKE(
    cross_entropy, "4.4", "unchecked",
    "you do not ask whether the shapes agree and whether there is a sample at all; nn/support/shape.hpp helps",
    (const mat& P, const mat& T)->real { return -accu(T % log_of(P)) / P.n_cols; })

MISTAKE(
    binary_cross_entropy, "4.5", "unprotected",
    "your log meets a 0, and 0 times infinity is no number: keep p away from 0 and from 1",
    (const mat& P, const mat& T)->real {
      fit(P, T);
      return -accu(T % log(P) + (1 - T) % log(1 - P)) / P.n_cols;
    })
MISTAKE(
    binary_cross_entropy, "4.5", "half-protected", "you keep p away from 0 but not from 1, where 1 - p is 0",
    (const mat& P, const mat& T)->real {
      fit(P, T);
      return -accu(T % log_of(P) + (1 - T) % log(1 - P)) / P.n_cols;
    })
MISTAKE(
    binary_cross_entropy, "4.5", "one-term", "you only count the entries whose target is 1; a 0 can be missed as well",
    (const mat& P, const mat& T)->real {
      fit(P, T);
      return -accu(T % log_of(P)) / P.n_cols;
    })
MISTAKE(
    binary_cross_entropy, "4.5", "difference",
    "your minus reaches one term only; both terms count what is wrong, and they add up",
    (const mat& P, const mat& T)->real {
      fit(P, T);
      return -accu(T % log_of(P) - (1 - T) % log_of(1 - P)) / P.n_cols;
    })
MISTAKE(
    binary_cross_entropy, "4.5", "crossed", "you crossed the terms: p goes with t, 1 - p with 1 - t",
    (const mat& P, const mat& T)->real {
      fit(P, T);
      return -accu(T % log_of(1 - P) + (1 - T) % log_of(P)) / P.n_cols;
    })
MISTAKE(
    binary_cross_entropy, "4.5", "sign", "your loss is below 0: the minus in front belongs to both terms",
    (const mat& P, const mat& T)->real {
      fit(P, T);
      return accu(T % log_of(P) + (1 - T) % log_of(1 - P)) / P.n_cols;
    })
MISTAKE(
    binary_cross_entropy, "4.5", "log10", "you take the logarithm to base 10; log is the natural one here",
    (const mat& P, const mat& T)->real {
      fit(P, T);
      return -accu(T % log_of(P) + (1 - T) % log_of(1 - P)) / std::log(10.0) / P.n_cols;
    })
MISTAKE(
    binary_cross_entropy, "4.5", "no-mean", "you add the samples up; a loss is their mean",
    (const mat& P, const mat& T)->real {
      fit(P, T);
      return -accu(T % log_of(P) + (1 - T) % log_of(1 - P));
    })
MISTAKE(
    binary_cross_entropy, "4.5", "mean-over-entries",
    "you divide by the number of entries; the mean is over samples, the rows of a sample are summed",
    (const mat& P, const mat& T)->real {
      fit(P, T);
      return -accu(T % log_of(P) + (1 - T) % log_of(1 - P)) / P.n_elem;
    })
MISTAKE(
    binary_cross_entropy, "4.5", "unchecked",
    "you do not ask whether the shapes agree and whether there is a sample at all; nn/support/shape.hpp helps",
    (const mat& P, const mat& T)->real { return -accu(T % log_of(P) + (1 - T) % log_of(1 - P)) / P.n_cols; })

MISTAKE(
    softmax_cross_entropy, "4.6", "through-probabilities",
    "you go through softmax, where exp(-2000) is 0 and log has nothing left to work on; stay with the logits",
    (const mat& Z, const mat& T)->real {
      fit(Z, T);
      return -accu(T % log_of(softmax(Z))) / Z.n_cols;
    })
MISTAKE(
    softmax_cross_entropy, "4.6", "log-of-zero",
    "you take the log of a softmax that is 0 far down; the logarithm of the sum can be had without it",
    (const mat& Z, const mat& T)->real {
      fit(Z, T);
      return -accu(T % log(softmax(Z))) / Z.n_cols;
    })
MISTAKE(
    softmax_cross_entropy, "4.6", "overflow",
    "exp of your logits overflows; take the largest entry of each column off first, and add it again outside the log",
    (const mat& Z, const mat& T)->real {
      fit(Z, T);
      return -accu(T % (Z.each_row() - log(sum(exp(Z), 0)))) / Z.n_cols;
    })
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
    softmax_cross_entropy, "4.6", "maximum-lost",
    "you take the largest entry off inside the log, but never add it again", (const mat& Z, const mat& T)->real {
      fit(Z, T);
      return -accu(T % (Z.each_row() - log(sum(exp(Z.each_row() - max(Z, 0)), 0)))) / Z.n_cols;
    })
MISTAKE(
    softmax_cross_entropy, "4.6", "no-sum",
    "you forgot the log of the sum: what a class gets depends on all logits of its column",
    (const mat& Z, const mat& T)->real {
      fit(Z, T);
      return -accu(T % Z) / Z.n_cols;
    })
MISTAKE(
    softmax_cross_entropy, "4.6", "rows", "your log-sum runs along the rows; a sample is a column",
    (const mat& Z, const mat& T)->real {
      fit(Z, T);
      return -accu(T % log_softmax(Z.t()).t()) / Z.n_cols;
    })
MISTAKE(
    softmax_cross_entropy, "4.6", "no-softmax",
    "you treat the logits as if they were probabilities already; softmax is part of this loss",
    (const mat& Z, const mat& T)->real {
      fit(Z, T);
      return -accu(T % log_of(Z)) / Z.n_cols;
    })
MISTAKE(
    softmax_cross_entropy, "4.6", "softmax-sign",
    "your softmax cross-entropy is below 0: the formula has a minus in front", (const mat& Z, const mat& T)->real {
      fit(Z, T);
      return accu(T % log_softmax(Z)) / Z.n_cols;
    })
MISTAKE(
    softmax_cross_entropy, "4.6", "softmax-no-mean", "you add the samples up; a loss is their mean",
    (const mat& Z, const mat& T)->real {
      fit(Z, T);
      return -accu(T % log_softmax(Z));
    })
MISTAKE(
    softmax_cross_entropy, "4.6", "softmax-mean-over-entries",
    "you take the mean over the classes too; they are summed, only the samples are averaged",
    (const mat& Z, const mat& T)->real {
      fit(Z, T);
      return -accu(T % log_softmax(Z)) / Z.n_elem;
    })
MISTAKE(
    softmax_cross_entropy, "4.6", "softmax-unchecked",
    "you do not ask whether the shapes agree and whether there is a sample at all; nn/support/shape.hpp helps",
    (const mat& Z, const mat& T)->real { return -accu(T % log_softmax(Z)) / Z.n_cols; })
MISTAKE(
    logistic_loss, "4.6", "logistic-overflow",
    "your exp overflows where the score is far on the wrong side; there the loss is -y z, and a rest that hardly "
    "counts",
    (const rowvec& z, const rowvec& y)->real {
      fit(z, y);
      return accu(log(1 + exp(-y % z))) / z.n_elem;
    })
MISTAKE(
    logistic_loss, "4.6", "logistic-cut-off",
    "you cut y z off to save exp; far on the wrong side the loss keeps growing",
    (const rowvec& z, const rowvec& y)->real {
      fit(z, y);
      return accu(log(1 + exp(clamp(-y % z, -30, 30)))) / z.n_elem;
    })
MISTAKE(
    logistic_loss, "4.6", "logistic-sign", "you punish what is right: y z is above 0 there, look at the sign in exp",
    (const rowvec& z, const rowvec& y)->real {
      fit(z, y);
      return accu(log_one_plus_exp(y % z)) / z.n_elem;
    })
MISTAKE(
    logistic_loss, "4.6", "logistic-no-label", "your logistic loss never looks at the labels",
    (const rowvec& z, const rowvec& y)->real {
      fit(z, y);
      return accu(log_one_plus_exp(-z)) / z.n_elem;
    })
MISTAKE(
    logistic_loss, "4.6", "logistic-zero-one", "you read the labels as 0 and 1; here they are -1 and 1",
    (const rowvec& z, const rowvec& y)->real {
      fit(z, y);
      return accu(y % log_one_plus_exp(-z) + (1 - y) % log_one_plus_exp(z)) / z.n_elem;
    })
MISTAKE(
    logistic_loss, "4.6", "logistic-corner", "you drop the log: near y z = 0 it is what makes the curve smooth",
    (const rowvec& z, const rowvec& y)->real {
      fit(z, y);
      return accu(positive(-y % z)) / z.n_elem;
    })
MISTAKE(
    logistic_loss, "4.6", "logistic-no-mean", "you add the samples up; a loss is their mean",
    (const rowvec& z, const rowvec& y)->real {
      fit(z, y);
      return accu(log_one_plus_exp(-y % z));
    })
MISTAKE(
    logistic_loss, "4.6", "logistic-log2", "you count in bits; log is the natural logarithm here",
    (const rowvec& z, const rowvec& y)->real {
      fit(z, y);
      return accu(log_one_plus_exp(-y % z)) / std::log(2.0) / z.n_elem;
    })
MISTAKE(
    logistic_loss, "4.6", "logistic-unchecked",
    "you do not ask whether there is a label for each score, and a score at all; nn/support/shape.hpp helps",
    (const rowvec& z, const rowvec& y)->real { return accu(log_one_plus_exp(-y % z)) / z.n_elem; })

MISTAKE(
    hinge, "4.7", "hinge-no-margin", "your hinge is content with the right side; it asks for a margin of 1",
    (const rowvec& z, const rowvec& y)->real {
      fit(z, y);
      return accu(positive(-y % z)) / z.n_elem;
    })
MISTAKE(
    hinge, "4.7", "hinge-sign", "your hinge punishes what is right: y z is above 0 there",
    (const rowvec& z, const rowvec& y)->real {
      fit(z, y);
      return accu(positive(1 + y % z)) / z.n_elem;
    })
MISTAKE(
    hinge, "4.7", "hinge-no-max", "your hinge goes below 0 for margins beyond 1: there is nothing to win there",
    (const rowvec& z, const rowvec& y)->real {
      fit(z, y);
      return accu(1 - y % z) / z.n_elem;
    })
MISTAKE(
    hinge, "4.7", "hinge-max-of-mean", "you take the mean first and cut it at 0; each sample is cut by itself",
    (const rowvec& z, const rowvec& y)->real {
      fit(z, y);
      return std::max<real>(0, accu(1 - y % z) / z.n_elem);
    })
MISTAKE(
    hinge, "4.7", "hinge-no-label", "your hinge never looks at the labels", (const rowvec& z, const rowvec& y)->real {
      fit(z, y);
      return accu(positive(1 - z)) / z.n_elem;
    })
MISTAKE(
    hinge, "4.7", "hinge-difference",
    "you take y - z for the margin; the margin is the product y z, and it may be too large without harm",
    (const rowvec& z, const rowvec& y)->real {
      fit(z, y);
      return accu(abs(y - z)) / z.n_elem;
    })
MISTAKE(
    hinge, "4.7", "hinge-squared", "you square what is missing; the hinge is straight",
    (const rowvec& z, const rowvec& y)->real {
      fit(z, y);
      return accu(square(positive(1 - y % z))) / z.n_elem;
    })
MISTAKE(
    hinge, "4.7", "hinge-count", "you count the samples within the margin; the hinge says how far each falls short",
    (const rowvec& z, const rowvec& y)->real {
      fit(z, y);
      return accu(above_zero(1 - y % z)) / z.n_elem;
    })
MISTAKE(
    hinge, "4.7", "hinge-no-mean", "you add the samples up; a loss is their mean",
    (const rowvec& z, const rowvec& y)->real {
      fit(z, y);
      return accu(positive(1 - y % z));
    })
MISTAKE(
    hinge, "4.7", "hinge-mean-of-wrong", "you average over the samples that fall short; the mean is over all of them",
    (const rowvec& z, const rowvec& y)->real {
      fit(z, y);
      return accu(positive(1 - y % z)) / std::max<real>(1, accu(above_zero(1 - y % z)));
    })
MISTAKE(
    hinge, "4.7", "hinge-unchecked",
    "you do not ask whether there is a label for each score, and a score at all; nn/support/shape.hpp helps",
    (const rowvec& z, const rowvec& y)->real { return accu(positive(1 - y % z)) / z.n_elem; })
MISTAKE(
    perceptron_criterion, "4.7", "perceptron-margin",
    "you ask for a margin: that is the hinge; the perceptron criterion is content with the right side",
    (const rowvec& z, const rowvec& y)->real {
      fit(z, y);
      return accu(positive(1 - y % z)) / z.n_elem;
    })
MISTAKE(
    perceptron_criterion, "4.7", "perceptron-sign", "you punish what is right: y z is above 0 there",
    (const rowvec& z, const rowvec& y)->real {
      fit(z, y);
      return accu(positive(y % z)) / z.n_elem;
    })
MISTAKE(
    perceptron_criterion, "4.7", "perceptron-no-max",
    "your criterion goes below 0 where the side is right: there is nothing to win there",
    (const rowvec& z, const rowvec& y)->real {
      fit(z, y);
      return -accu(y % z) / z.n_elem;
    })
MISTAKE(
    perceptron_criterion, "4.7", "perceptron-absolute", "you count right sides like wrong ones: abs is not max",
    (const rowvec& z, const rowvec& y)->real {
      fit(z, y);
      return accu(abs(y % z)) / z.n_elem;
    })
MISTAKE(
    perceptron_criterion, "4.7", "perceptron-count",
    "you count the wrong samples; the criterion says how far each is on the wrong side",
    (const rowvec& z, const rowvec& y)->real {
      fit(z, y);
      return accu(above_zero(-y % z)) / z.n_elem;
    })
MISTAKE(
    perceptron_criterion, "4.7", "perceptron-no-mean", "you add the samples up; a loss is their mean",
    (const rowvec& z, const rowvec& y)->real {
      fit(z, y);
      return accu(positive(-y % z));
    })
MISTAKE(
    perceptron_criterion, "4.7", "perceptron-mean-of-wrong",
    "you average over the wrong samples; the mean is over all of them", (const rowvec& z, const rowvec& y)->real {
      fit(z, y);
      return accu(positive(-y % z)) / std::max<real>(1, accu(above_zero(-y % z)));
    })
MISTAKE(
    perceptron_criterion, "4.7", "perceptron-unchecked",
    "you do not ask whether there is a label for each score, and a score at all; nn/support/shape.hpp helps",
    (const rowvec& z, const rowvec& y)->real { return accu(positive(-y % z)) / z.n_elem; })

MISTAKE(
    mean_squared_error_gradient, "4.8", "mse-no-mean",
    "your gradient of the squared error is not averaged: the loss has a 1/N, so its gradient has it too",
    (const mat& Y, const mat& T)->mat {
      fit(Y, T);
      return Y - T;
    })
MISTAKE(
    mean_squared_error_gradient, "4.8", "mse-twice",
    "your gradient is twice too large: the 1/2 of the loss is there to meet the 2 of the square",
    (const mat& Y, const mat& T)->mat {
      fit(Y, T);
      return 2 * (Y - T) / Y.n_cols;
    })
MISTAKE(
    mean_squared_error_gradient, "4.8", "mse-half",
    "your gradient is half too small: the square brings a 2 that meets the 1/2", (const mat& Y, const mat& T)->mat {
      fit(Y, T);
      return (Y - T) / (2 * Y.n_cols);
    })
MISTAKE(
    mean_squared_error_gradient, "4.8", "mse-sign",
    "your gradient points the wrong way: where y is too large the loss grows with y",
    (const mat& Y, const mat& T)->mat {
      fit(Y, T);
      return (T - Y) / Y.n_cols;
    })
MISTAKE(
    mean_squared_error_gradient, "4.8", "mse-entries",
    "you divide by the number of entries; the mean is over the samples", (const mat& Y, const mat& T)->mat {
      fit(Y, T);
      return (Y - T) / Y.n_elem;
    })
MISTAKE(
    mean_squared_error_gradient, "4.8", "mse-divided-twice", "you divide by the number of samples twice",
    (const mat& Y, const mat& T)->mat {
      fit(Y, T);
      return (Y - T) / (Y.n_cols * Y.n_cols);
    })
MISTAKE(
    mean_squared_error_gradient, "4.8", "mse-unchecked",
    "you do not ask whether the shapes agree and whether there is a sample at all; nn/support/shape.hpp helps",
    (const mat& Y, const mat& T)->mat { return (Y - T) / Y.n_cols; })

MISTAKE(
    cross_entropy_gradient, "4.8", "ce-unprotected", "you divide by p = 0: keep it away from 0 as in the loss",
    (const mat& P, const mat& T)->mat {
      fit(P, T);
      return -T / P / P.n_cols;
    })
MISTAKE(
    cross_entropy_gradient, "4.8", "ce-no-mean",
    "your gradient of cross-entropy is not averaged: the loss has a 1/N, so its gradient has it too",
    (const mat& P, const mat& T)->mat {
      fit(P, T);
      return -T % inverse(P);
    })
MISTAKE(
    cross_entropy_gradient, "4.8", "ce-sign", "your gradient points the wrong way: the more p, the less loss",
    (const mat& P, const mat& T)->mat {
      fit(P, T);
      return T % inverse(P) / P.n_cols;
    })
MISTAKE(
    cross_entropy_gradient, "4.8", "ce-logits",
    "P - T is the gradient with respect to the logits; here it is asked with respect to p",
    (const mat& P, const mat& T)->mat {
      fit(P, T);
      return (P - T) / P.n_cols;
    })
MISTAKE(
    cross_entropy_gradient, "4.8", "ce-no-targets",
    "your gradient forgets t: classes that are not meant have no part in the loss", (const mat& P, const mat& T)->mat {
      fit(P, T);
      return -inverse(P) / P.n_cols;
    })
MISTAKE(
    cross_entropy_gradient, "4.8", "ce-entries", "you divide by the number of entries; the mean is over the samples",
    (const mat& P, const mat& T)->mat {
      fit(P, T);
      return -T % inverse(P) / P.n_elem;
    })
MISTAKE(
    cross_entropy_gradient, "4.8", "ce-loss-itself",
    "you return the terms of the loss; the slope of log p is another function of p", (const mat& P, const mat& T)->mat {
      fit(P, T);
      return -T % log_of(P) / P.n_cols;
    })
MISTAKE(
    cross_entropy_gradient, "4.8", "ce-unchecked",
    "you do not ask whether the shapes agree and whether there is a sample at all; nn/support/shape.hpp helps",
    (const mat& P, const mat& T)->mat { return -T % inverse(P) / P.n_cols; })

MISTAKE(
    binary_cross_entropy_gradient, "4.8", "binary-unprotected",
    "you divide by 0 where p is 0 or 1: keep it away from both as in the loss", (const mat& P, const mat& T)->mat {
      fit(P, T);
      return ((1 - T) / (1 - P) - T / P) / P.n_cols;
    })
MISTAKE(
    binary_cross_entropy_gradient, "4.8", "binary-inner-minus",
    "the slope of log(1 - p) has a minus from inside: your second term has the wrong sign",
    (const mat& P, const mat& T)->mat {
      fit(P, T);
      return -((1 - T) % inverse(1 - P) + T % inverse(P)) / P.n_cols;
    })
MISTAKE(
    binary_cross_entropy_gradient, "4.8", "binary-one-term",
    "you only count the entries whose target is 1; the loss has two terms", (const mat& P, const mat& T)->mat {
      fit(P, T);
      return -T % inverse(P) / P.n_cols;
    })
MISTAKE(
    binary_cross_entropy_gradient, "4.8", "binary-logits",
    "p - t is the gradient before the sigmoid; here it is asked with respect to p", (const mat& P, const mat& T)->mat {
      fit(P, T);
      return (P - T) / P.n_cols;
    })
MISTAKE(
    binary_cross_entropy_gradient, "4.8", "binary-sign",
    "your gradient points the wrong way: where t is 1, more p is less loss", (const mat& P, const mat& T)->mat {
      fit(P, T);
      return (T % inverse(P) - (1 - T) % inverse(1 - P)) / P.n_cols;
    })
MISTAKE(
    binary_cross_entropy_gradient, "4.8", "binary-no-mean",
    "your gradient of binary cross-entropy is not averaged: the loss has a 1/N, so its gradient has it too",
    (const mat& P, const mat& T)->mat {
      fit(P, T);
      return (1 - T) % inverse(1 - P) - T % inverse(P);
    })
MISTAKE(
    binary_cross_entropy_gradient, "4.8", "binary-unchecked",
    "you do not ask whether the shapes agree and whether there is a sample at all; nn/support/shape.hpp helps",
    (const mat& P, const mat& T)->mat { return ((1 - T) % inverse(1 - P) - T % inverse(P)) / P.n_cols; })

MISTAKE(
    softmax_cross_entropy_gradient, "4.8", "softmax-no-mean",
    "your gradient of softmax cross-entropy is not averaged: the loss has a 1/N, so its gradient has it too",
    (const mat& Z, const mat& T)->mat {
      fit(Z, T);
      return softmax(Z) - T;
    })
MISTAKE(
    softmax_cross_entropy_gradient, "4.8", "softmax-divided-twice", "you divide by the number of samples twice",
    (const mat& Z, const mat& T)->mat {
      fit(Z, T);
      return (softmax(Z) - T) / (Z.n_cols * Z.n_cols);
    })
MISTAKE(
    softmax_cross_entropy_gradient, "4.8", "softmax-sign",
    "your gradient points the wrong way: the true class has to be pulled up, so its slope is below 0",
    (const mat& Z, const mat& T)->mat {
      fit(Z, T);
      return (T - softmax(Z)) / Z.n_cols;
    })
MISTAKE(
    softmax_cross_entropy_gradient, "4.8", "softmax-of-probabilities",
    "your first argument is logits; they have to go through softmax before T is taken off",
    (const mat& Z, const mat& T)->mat {
      fit(Z, T);
      return (Z - T) / Z.n_cols;
    })
MISTAKE(
    softmax_cross_entropy_gradient, "4.8", "softmax-twice", "you take the softmax of a softmax; once is enough",
    (const mat& Z, const mat& T)->mat {
      fit(Z, T);
      return (softmax(softmax(Z)) - T) / Z.n_cols;
    })
MISTAKE(
    softmax_cross_entropy_gradient, "4.8", "softmax-half-way",
    "you stopped at the gradient with respect to p; the way back through softmax is missing",
    (const mat& Z, const mat& T)->mat {
      fit(Z, T);
      return -T % inverse(softmax(Z)) / Z.n_cols;
    })
MISTAKE(
    softmax_cross_entropy_gradient, "4.8", "softmax-entries",
    "you divide by the number of entries; the mean is over the samples", (const mat& Z, const mat& T)->mat {
      fit(Z, T);
      return (softmax(Z) - T) / Z.n_elem;
    })
MISTAKE(
    softmax_cross_entropy_gradient, "4.8", "softmax-unchecked",
    "you do not ask whether the shapes agree and whether there is a sample at all; nn/support/shape.hpp helps",
    (const mat& Z, const mat& T)->mat { return (softmax(Z) - T) / Z.n_cols; })

MISTAKE(
    logistic_loss_gradient, "4.8", "logistic-overflow",
    "you divide infinity by infinity far on the wrong side; sigmoid of lesson 3 does not",
    (const rowvec& z, const rowvec& y)->rowvec {
      fit(z, y);
      return -y % exp(-y % z) / (1 + exp(-y % z)) / z.n_elem;
    })
MISTAKE(
    logistic_loss_gradient, "4.8", "logistic-no-label",
    "the factor y is missing in front: the slope is with respect to z, not to y z",
    (const rowvec& z, const rowvec& y)->rowvec {
      fit(z, y);
      return -sigmoid(-y % z) / z.n_elem;
    })
MISTAKE(
    logistic_loss_gradient, "4.8", "logistic-sign",
    "your gradient points the wrong way: where y is 1, more z is less loss",
    (const rowvec& z, const rowvec& y)->rowvec {
      fit(z, y);
      return y % sigmoid(-y % z) / z.n_elem;
    })
MISTAKE(
    logistic_loss_gradient, "4.8", "logistic-other-side",
    "your slope is steep where the answer is right and flat where it is wrong: look at the sign in the sigmoid",
    (const rowvec& z, const rowvec& y)->rowvec {
      fit(z, y);
      return -y % sigmoid(y % z) / z.n_elem;
    })
MISTAKE(
    logistic_loss_gradient, "4.8", "logistic-zero-one", "sigmoid(z) - y is for labels 0 and 1; here they are -1 and 1",
    (const rowvec& z, const rowvec& y)->rowvec {
      fit(z, y);
      return (sigmoid(z) - y) / z.n_elem;
    })
MISTAKE(
    logistic_loss_gradient, "4.8", "logistic-no-mean",
    "your gradient of logistic loss is not averaged: the loss has a 1/N, so its gradient has it too",
    (const rowvec& z, const rowvec& y)->rowvec {
      fit(z, y);
      return -y % sigmoid(-y % z);
    })
MISTAKE(
    logistic_loss_gradient, "4.8", "logistic-unchecked",
    "you do not ask whether there is a label for each score, and a score at all; nn/support/shape.hpp helps",
    (const rowvec& z, const rowvec& y)->rowvec { return -y % sigmoid(-y % z) / z.n_elem; })

MISTAKE(
    hinge_gradient, "4.8", "hinge-at-the-kink",
    "your slope of hinge at y z = 1 is not 0; the contract takes 0 at the kink",
    (const rowvec& z, const rowvec& y)->rowvec {
      fit(z, y);
      return -y % (1 - above_zero(y % z - 1)) / z.n_elem;
    })
MISTAKE(
    hinge_gradient, "4.8", "hinge-no-margin",
    "your hinge pulls at wrong samples only; it pulls at all whose margin is below 1",
    (const rowvec& z, const rowvec& y)->rowvec {
      fit(z, y);
      return -y % above_zero(-y % z) / z.n_elem;
    })
MISTAKE(
    hinge_gradient, "4.8", "hinge-everywhere",
    "your hinge pulls at every sample; where the margin is above 1 the loss is flat",
    (const rowvec& z, const rowvec& y)->rowvec {
      fit(z, y);
      return -y / z.n_elem;
    })
MISTAKE(
    hinge_gradient, "4.8", "hinge-sign", "your gradient points the wrong way: where y is 1, more z is less loss",
    (const rowvec& z, const rowvec& y)->rowvec {
      fit(z, y);
      return y % above_zero(1 - y % z) / z.n_elem;
    })
MISTAKE(
    hinge_gradient, "4.8", "hinge-no-label", "the factor y is missing: the slope is with respect to z, not to y z",
    (const rowvec& z, const rowvec& y)->rowvec {
      fit(z, y);
      return -above_zero(1 - y % z) / z.n_elem;
    })
MISTAKE(
    hinge_gradient, "4.8", "hinge-times-z", "the slope in z has no z left in it; y z has the slope y",
    (const rowvec& z, const rowvec& y)->rowvec {
      fit(z, y);
      return -y % z % above_zero(1 - y % z) / z.n_elem;
    })
MISTAKE(
    hinge_gradient, "4.8", "hinge-no-mean",
    "your gradient of hinge is not averaged: the loss has a 1/N, so its gradient has it too",
    (const rowvec& z, const rowvec& y)->rowvec {
      fit(z, y);
      return -y % above_zero(1 - y % z);
    })
MISTAKE(
    hinge_gradient, "4.8", "hinge-unchecked",
    "you do not ask whether there is a label for each score, and a score at all; nn/support/shape.hpp helps",
    (const rowvec& z, const rowvec& y)->rowvec { return -y % above_zero(1 - y % z) / z.n_elem; })

MISTAKE(
    perceptron_criterion_gradient, "4.8", "perceptron-at-the-kink",
    "your slope of the perceptron criterion at y z = 0 is not 0; the contract takes 0 at the kink",
    (const rowvec& z, const rowvec& y)->rowvec {
      fit(z, y);
      return -y % (1 - above_zero(y % z)) / z.n_elem;
    })
MISTAKE(
    perceptron_criterion_gradient, "4.8", "perceptron-margin",
    "you ask for a margin: that is the hinge; the perceptron criterion leaves right samples alone",
    (const rowvec& z, const rowvec& y)->rowvec {
      fit(z, y);
      return -y % above_zero(1 - y % z) / z.n_elem;
    })
MISTAKE(
    perceptron_criterion_gradient, "4.8", "perceptron-everywhere",
    "your criterion pulls at every sample; where the side is right the loss is flat",
    (const rowvec& z, const rowvec& y)->rowvec {
      fit(z, y);
      return -y / z.n_elem;
    })
MISTAKE(
    perceptron_criterion_gradient, "4.8", "perceptron-sign",
    "your gradient points the wrong way: where y is 1, more z is less loss",
    (const rowvec& z, const rowvec& y)->rowvec {
      fit(z, y);
      return y % above_zero(-y % z) / z.n_elem;
    })
MISTAKE(
    perceptron_criterion_gradient, "4.8", "perceptron-times-z",
    "the slope in z has no z left in it; y z has the slope y", (const rowvec& z, const rowvec& y)->rowvec {
      fit(z, y);
      return -y % z % above_zero(-y % z) / z.n_elem;
    })
MISTAKE(
    perceptron_criterion_gradient, "4.8", "perceptron-no-mean",
    "your gradient of the criterion is not averaged: the loss has a 1/N, so its gradient has it too",
    (const rowvec& z, const rowvec& y)->rowvec {
      fit(z, y);
      return -y % above_zero(-y % z);
    })
MISTAKE(
    perceptron_criterion_gradient, "4.8", "perceptron-unchecked",
    "you do not ask whether there is a label for each score, and a score at all; nn/support/shape.hpp helps",
    (const rowvec& z, const rowvec& y)->rowvec { return -y % above_zero(-y % z) / z.n_elem; })

}  // namespace nn
