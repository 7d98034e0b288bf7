// Known mistakes of lesson 3.
#include <cmath>

#include "autograder/mistakes/catalogue.hpp"
#include "nn/activations.hpp"
#include "nn/multilayer.hpp"
#include "nn/support/activate.hpp"
#include "nn/support/shape.hpp"

namespace nn {

static constexpr auto step_of = static_cast<mat (*)(mat)>(step);

// Nothing here calls a function of this lesson: in a student's program that would be the student's own.

/// f of every entry.
template <class Curve>
static mat each(mat Z, Curve f) {
  for (real& z : Z) z = f(z);
  return Z;
}

static mat logistic(const mat& Z) { return 1 / (1 + exp(-Z)); }

static mat applied(Activation phi, mat Z) {
  switch (phi) {
    case Activation::identity: return Z;
    case Activation::step: return each(Z, [](real z) { return real(z > 0); });
    case Activation::sign: return arma::sign(Z);
    case Activation::sigmoid: return logistic(Z);
    case Activation::tanh: return arma::tanh(Z);
    case Activation::relu: return each(Z, [](real z) { return z > 0 ? z : 0; });
    case Activation::leaky_relu: return each(Z, [](real z) { return z > 0 ? z : leaky_relu_alpha * z; });
    case Activation::elu: return each(Z, [](real z) { return z > 0 ? z : elu_alpha * std::expm1(z); });
    case Activation::hard_tanh: return clamp(Z, -1, 1);
    case Activation::softmax:
      Z.each_row() -= max(Z, 0);
      Z = exp(Z);
      Z.each_row() /= sum(Z, 0);
      return Z;
  }
  return Z;
}

#define ENTRY_MISTAKE(function, task, id, says, ...) \
  MISTAKE(                                           \
      function, task, id, says, (mat Z)->mat { return each(Z, [](real z) -> real { return __VA_ARGS__; }); })

ENTRY_MISTAKE(step_of, "3.1", "step-at-zero", "your step fires at 0; it fires above 0 only", real(z >= 0))
ENTRY_MISTAKE(step_of, "3.1", "step-as-sign",
              "your step answers -1 on the left; step answers 0 or 1, it is sign that goes below 0", z > 0 ? 1 : -1)
ENTRY_MISTAKE(step_of, "3.1", "step-upside-down",
              "your step fires where the sum is below 0: look on which side of > the zero stands", real(z < 0))
ENTRY_MISTAKE(step_of, "3.1", "step-keeps-z",
              "your step lets z through where it is above 0; a neuron that fires says 1, however large the sum",
              z > 0 ? z : 0)
ENTRY_MISTAKE(sign, "3.1", "sign-of-zero-up", "your sign of 0 is 1; at 0 itself it is 0", z >= 0 ? 1 : -1)
ENTRY_MISTAKE(sign, "3.1", "sign-of-zero-down", "your sign of 0 is -1; at 0 itself it is 0", z > 0 ? 1 : -1)
ENTRY_MISTAKE(sign, "3.1", "sign-as-step",
              "your sign answers 0 for what is below 0: that is step; sign has three answers", real(z > 0))
ENTRY_MISTAKE(sign, "3.1", "sign-upside-down", "your sign is upside down: what is above 0 has the sign 1",
              real((z < 0) - (z > 0)))
#define MATRIX_MISTAKE(function, task, id, says, ...) \
  MISTAKE(                                            \
      function, task, id, says, (mat Z)->mat { return __VA_ARGS__; })

MATRIX_MISTAKE(identity, "3.1", "identity-matrix",
               "you return the identity matrix; the identity function returns what it is given",
               mat(Z.n_rows, Z.n_cols, arma::fill::eye))
MATRIX_MISTAKE(identity, "3.1", "ones", "you return ones; 1 is the slope of the identity, its value is z itself",
               mat(Z.n_rows, Z.n_cols, arma::fill::ones))

MATRIX_MISTAKE(
    sigmoid, "3.2", "overflow",
    "your sigmoid divides infinity by infinity: exp of 1000 is beyond every double; in which form does that do no "
    "harm?",
    exp(Z) / (1 + exp(Z)))
MATRIX_MISTAKE(
    sigmoid, "3.2", "overflow-left",
    "your sigmoid falls to the right, and is no number far on the left: look at the sign of z in exp, above and below",
    exp(-Z) / (1 + exp(-Z)))
MATRIX_MISTAKE(sigmoid, "3.2", "mirrored", "your sigmoid falls where it should rise: look at the sign of z inside exp",
               1 / (1 + exp(Z)))
MATRIX_MISTAKE(sigmoid, "3.2", "brackets",
               "your sigmoid divides by 1 and then adds exp(-z): the whole sum 1 + exp(-z) stands under the line",
               1 / 1 + exp(-Z))
MATRIX_MISTAKE(sigmoid, "3.2", "minus", "your sigmoid has 1 - exp(-z) under the line; that is 0 at z = 0",
               1 / (1 - exp(-Z)))
MATRIX_MISTAKE(sigmoid, "3.2", "tanh", "your sigmoid runs from -1 to 1: that is tanh; a sigmoid stays between 0 and 1",
               arma::tanh(Z))
MATRIX_MISTAKE(sigmoid, "3.2", "cut-off",
               "your sigmoid cuts its input off at a few tens; far out the answer is exactly 0 or 1",
               1 / (1 + exp(-clamp(Z, -20, 20))))

MATRIX_MISTAKE(tanh, "3.3", "not-twice-as-steep",
               "your tanh is twice as tall but not twice as steep: the sigmoid is asked about 2 z", 2 * logistic(Z) - 1)
MATRIX_MISTAKE(tanh, "3.3", "not-twice-as-tall",
               "your tanh runs from -1 to 0: the sigmoid has to be doubled before 1 is taken off", logistic(2 * Z) - 1)
MATRIX_MISTAKE(tanh, "3.3", "not-lowered",
               "your tanh runs from 0 to 2: something has to be taken off, so that tanh of 0 is 0", 2 * logistic(2 * Z))
MATRIX_MISTAKE(tanh, "3.3", "brackets",
               "your tanh takes 1 off inside the sigmoid; it comes off after the doubling, outside",
               2 * logistic(2 * Z - 1))
MATRIX_MISTAKE(tanh, "3.3", "overflow",
               "your tanh divides infinity by infinity far out; the way through the sigmoid does not",
               (exp(Z) - exp(-Z)) / (exp(Z) + exp(-Z)))

ENTRY_MISTAKE(relu, "3.4", "relu-min", "your relu keeps the left side and cuts the right: max and min are swapped",
              z < 0 ? z : 0)
MATRIX_MISTAKE(relu, "3.4", "relu-abs", "your relu folds the left side up; it should lie flat at 0", abs(Z))
ENTRY_MISTAKE(relu, "3.4", "relu-step", "your relu answers 1 for what is above 0; it lets z itself through",
              real(z > 0))
ENTRY_MISTAKE(relu, "3.4", "relu-leaks", "your relu leaks: nothing at all passes below 0",
              z > 0 ? z : leaky_relu_alpha * z)
#define ALPHA_MISTAKE(function, task, id, says, ...) \
  MISTAKE(                                           \
      function, task, id, says,                      \
      (mat Z, [[maybe_unused]] real alpha)->mat { return each(Z, [=](real z) -> real { return __VA_ARGS__; }); })

ALPHA_MISTAKE(leaky_relu, "3.4", "leak-sides", "your leak is on the right: alpha belongs to what is below 0",
              z > 0 ? alpha * z : z)
ALPHA_MISTAKE(leaky_relu, "3.4", "leak-constant",
              "your leaky_relu answers alpha itself on the left; it is a slope, times z", z > 0 ? z : alpha)
ALPHA_MISTAKE(leaky_relu, "3.4", "leak-own-alpha",
              "your leaky_relu always leaks the same; use the alpha that it is given", z > 0 ? z : leaky_relu_alpha * z)
ALPHA_MISTAKE(leaky_relu, "3.4", "leak-rises", "your leak goes up to the left: alpha z is below 0 where z is",
              z > 0 ? z : -alpha * z)
ALPHA_MISTAKE(elu, "3.4", "elu-no-minus-one", "your elu jumps at 0: something is missing beside exp(z)",
              z > 0 ? z : alpha * std::exp(z))
ALPHA_MISTAKE(elu, "3.4", "elu-brackets", "your elu takes 1 off after multiplying by alpha; it comes off exp(z) first",
              z > 0 ? z : alpha * std::exp(z) - 1)
ALPHA_MISTAKE(elu, "3.4", "elu-alpha-inside", "your elu has alpha inside exp; it stands in front of the bracket",
              z > 0 ? z : std::exp(alpha * z) - 1)
ALPHA_MISTAKE(elu, "3.4", "elu-own-alpha", "your elu always goes down to -1; use the alpha that it is given",
              z > 0 ? z : std::exp(z) - 1)
MISTAKE(
    elu, "3.4", "elu-zero-times-infinity",
    "your elu computes exp(z) on the right too, where it overflows: 0 times infinity is no number",
    (mat Z, real alpha)->mat {
      const mat right = each(Z, [](real z) { return real(z > 0); });
      return right % Z + (1 - right) % (alpha * (exp(Z) - 1));
    })
MATRIX_MISTAKE(hard_tanh, "3.4", "hard-tanh-from-zero", "your hard_tanh stops at 0; its lower end is -1",
               clamp(Z, 0, 1))
MATRIX_MISTAKE(hard_tanh, "3.4", "hard-tanh-soft",
               "yours is the smooth tanh; the hard one is z itself between -1 and 1", arma::tanh(Z))
ENTRY_MISTAKE(hard_tanh, "3.4", "hard-tanh-one-end", "your hard_tanh is cut on the right only; it has a lower end too",
              z < 1 ? z : 1)
ENTRY_MISTAKE(hard_tanh, "3.4", "hard-tanh-sign", "your hard_tanh knows only its two ends; between them it is z itself",
              z > 0 ? 1 : -1)

#define SLOPE_MISTAKE(function, id, says, ...) \
  MISTAKE(                                     \
      function, "3.5", id, says, (mat A)->mat { return __VA_ARGS__; })

SLOPE_MISTAKE(sigmoid_derivative, "sigmoid-twice",
              "you take the sigmoid of what is the sigmoid's output already: the argument is a, not z",
              logistic(A) % (1 - logistic(A)))
SLOPE_MISTAKE(sigmoid_derivative, "sigmoid-matrix-product",
              "you multiply whole matrices with *; entry by entry it is %", A*(1 - A))
SLOPE_MISTAKE(sigmoid_derivative, "sigmoid-as-tanh", "you took the slope of tanh for that of the sigmoid",
              1 - square(A))
SLOPE_MISTAKE(sigmoid_derivative, "sigmoid-half", "you return 1 - a: a factor is missing", 1 - A)
SLOPE_MISTAKE(sigmoid_derivative, "sigmoid-plus",
              "your slope of the sigmoid does not fade towards a = 1: look at the sign in the bracket", A % (1 + A))
SLOPE_MISTAKE(tanh_derivative, "tanh-twice",
              "you take the tanh of what is tanh's output already: the argument is a, not z", 1 - square(arma::tanh(A)))
SLOPE_MISTAKE(tanh_derivative, "tanh-matrix-product",
              "you multiply whole matrices with *; a square of every entry is % or square()", 1 - A * A)
SLOPE_MISTAKE(tanh_derivative, "tanh-as-sigmoid", "you took the slope of the sigmoid for that of tanh", A % (1 - A))
SLOPE_MISTAKE(tanh_derivative, "tanh-not-squared",
              "you forgot the square: your slope of tanh is not the same for a and -a", 1 - A)
SLOPE_MISTAKE(tanh_derivative, "tanh-square-of-difference", "you square 1 - a; only a is squared", square(1 - A))
ENTRY_MISTAKE(relu_derivative, "3.5", "relu-at-zero", "your slope of relu at 0 is 1; the contract takes 0 there",
              real(z >= 0))
ENTRY_MISTAKE(relu_derivative, "3.5", "relu-itself", "you return relu itself; its slope is 0 or 1", z > 0 ? z : 0)
ENTRY_MISTAKE(relu_derivative, "3.5", "relu-down", "your slope of relu is -1 on the left; relu lies flat there",
              real((z > 0) - (z < 0)))
ENTRY_MISTAKE(relu_derivative, "3.5", "relu-half",
              "your slope of relu at 0 is 1/2, between the two sides; the contract takes 0 there",
              z > 0   ? 1
              : z < 0 ? 0
                      : 0.5)
ALPHA_MISTAKE(leaky_relu_derivative, "3.5", "leaky-at-zero",
              "your slope of leaky_relu at 0 is 1; the contract counts 0 to the left side", z >= 0 ? 1 : alpha)
ALPHA_MISTAKE(leaky_relu_derivative, "3.5", "leaky-itself",
              "you multiply by z; that is leaky_relu itself, its slope is the factor alone", z > 0 ? 1 : alpha * z)
ALPHA_MISTAKE(leaky_relu_derivative, "3.5", "leaky-flat",
              "your slope of leaky_relu is 0 on the left: that is relu, nothing leaks", real(z > 0))
ALPHA_MISTAKE(leaky_relu_derivative, "3.5", "leaky-sides",
              "your slope of leaky_relu is alpha on the right; alpha belongs to the left", z > 0 ? alpha : 1)
ALPHA_MISTAKE(elu_derivative, "3.5", "elu-at-zero",
              "your slope of elu at 0 is 1; the contract counts 0 to the left side", z >= 0 ? 1 : alpha * std::exp(z))
ALPHA_MISTAKE(elu_derivative, "3.5", "elu-itself", "you kept the - 1 of elu on the left; a constant has no slope",
              z > 0 ? 1 : alpha * (std::exp(z) - 1))
ALPHA_MISTAKE(elu_derivative, "3.5", "elu-no-alpha", "you forgot alpha: it scales the slope as it scales elu",
              z > 0 ? 1 : std::exp(z))
ALPHA_MISTAKE(elu_derivative, "3.5", "elu-as-leaky",
              "your slope of elu is alpha all over the left; elu bends, so its slope fades", z > 0 ? 1 : alpha)
MISTAKE(
    elu_derivative, "3.5", "elu-zero-times-infinity",
    "your slope of elu computes exp(z) on the right too, where it overflows: 0 times infinity is no number",
    (mat Z, real alpha)->mat {
      const mat right = each(Z, [](real z) { return real(z > 0); });
      return right + (1 - right) % (alpha * exp(Z));
    })
ENTRY_MISTAKE(hard_tanh_derivative, "3.5", "hard-tanh-at-the-ends",
              "your slope of hard_tanh is 1 at -1 and 1 as well; the contract takes 0 at both corners",
              real(-1 <= z && z <= 1))
MATRIX_MISTAKE(hard_tanh_derivative, "3.5", "hard-tanh-as-tanh",
               "you took the slope of the smooth tanh; the hard one has slope 1 or 0", 1 - square(Z))
ENTRY_MISTAKE(hard_tanh_derivative, "3.5", "hard-tanh-one-end",
              "your slope of hard_tanh is 0 on the right only; it is flat below -1 too", real(z < 1))
ENTRY_MISTAKE(hard_tanh_derivative, "3.5", "hard-tanh-from-zero",
              "your slope of hard_tanh is 0 between -1 and 0; it rises there already", real(0 < z && z < 1))

MISTAKE(
    softmax, "3.6", "overflow",
    "your softmax is not a number for large entries, where exp overflows; what may be taken off a column without "
    "changing the result?",
    (mat Z)->mat {
      Z = exp(Z);
      Z.each_row() /= sum(Z, 0);
      return Z;
    })
MISTAKE(
    softmax, "3.6", "whole-matrix",
    "your softmax divides by the sum over the whole matrix; each column is a sample of its own", (mat Z)->mat {
      Z = exp(Z - Z.max());
      return Z / accu(Z);
    })
MISTAKE(
    softmax, "3.6", "rows", "your softmax makes the rows sum to one; each column is a sample of its own", (mat Z)->mat {
      Z = exp(Z - Z.max());
      Z.each_col() /= sum(Z, 1);
      return Z;
    })
MISTAKE(
    softmax, "3.6", "rows-in-the-end",
    "you take each column's largest entry off, but then divide rows by their sums: each column is a sample of its own",
    (mat Z)->mat {
      Z.each_row() -= max(Z, 0);
      Z = exp(Z);
      Z.each_col() /= sum(Z, 1);
      return Z;
    })
MISTAKE(
    softmax, "3.6", "maximum-of-rows",
    "you take each row's largest entry off; only one number for the whole column leaves its shares as they are",
    (mat Z)->mat {
      Z.each_col() -= max(Z, 1);
      Z = exp(Z);
      Z.each_row() /= sum(Z, 0);
      return Z;
    })
MISTAKE(
    softmax, "3.6", "sum-changes",
    "your column's sum changes while you divide by it: take the sum once, before the first division", (mat Z)->mat {
      for (uword j = 0; j < Z.n_cols; ++j) {
        Z.col(j) = exp(Z.col(j) - Z.col(j).max());
        for (uword i = 0; i < Z.n_rows; ++i) Z(i, j) /= accu(Z.col(j));
      }
      return Z;
    })
MISTAKE(
    softmax, "3.6", "one-maximum",
    "you take the largest entry of the whole matrix off every column; a column far below it is left with exp = 0 "
    "everywhere",
    (mat Z)->mat {
      Z = exp(Z - Z.max());
      Z.each_row() /= sum(Z, 0);
      return Z;
    })
MISTAKE(
    softmax, "3.6", "no-exp",
    "your softmax divides the entries themselves by their sum; exp comes first, and makes them positive", (mat Z)->mat {
      Z.each_row() /= sum(Z, 0);
      return Z;
    })
MISTAKE(
    softmax, "3.6", "not-divided", "your columns do not sum to 1: divide by the sum of the column", (mat Z)->mat {
      Z.each_row() -= max(Z, 0);
      return exp(Z);
    })
MISTAKE(
    softmax, "3.6", "sigmoid", "you take the sigmoid of every entry alone; in softmax the entries of a column compete",
    (mat Z)->mat { return logistic(Z); })
MISTAKE(
    softmax, "3.6", "falling", "your softmax gives the smallest entry the largest share: look at the sign inside exp",
    (mat Z)->mat {
      Z.each_row() -= min(Z, 0);
      Z = exp(-Z);
      Z.each_row() /= sum(Z, 0);
      return Z;
    })
MISTAKE(
    softmax, "3.6", "logarithm", "you return the logarithm of softmax; probabilities are not below 0", (mat Z)->mat {
      Z.each_row() -= max(Z, 0);
      Z.each_row() -= log(sum(exp(Z), 0));
      return Z;
    })

MISTAKE(
    forward, "3.7", "no-bias", "your layers forget their biases", (const Network& network, const mat& X)->mat {
      mat A = X;
      for (const Layer& layer : network)
        (void)dense(layer.W, layer.b, A), A = applied(layer.activation, layer.W * A);  // refuses what does not fit
      return A;
    })
#define FORWARD_MISTAKE(id, says, ...)                                        \
  MISTAKE(                                                                    \
      forward, "3.7", id, says, (const Network& network, const mat& X)->mat { \
        mat A = X;                                                            \
        for (const Layer& layer : network) A = __VA_ARGS__;                   \
        return A;                                                             \
      })

FORWARD_MISTAKE("no-activation", "you never apply the activation: without it all layers are one",
                dense(layer.W, layer.b, A))
FORWARD_MISTAKE("last-not-activated", "your last layer has no activation; it applies the one it names like all others",
                applied(&layer == &network.back() ? Activation::identity : layer.activation,
                        dense(layer.W, layer.b, A)))
FORWARD_MISTAKE("always-sigmoid", "every layer of yours is a sigmoid; each layer says itself what it is",
                logistic(dense(layer.W, layer.b, A)))
FORWARD_MISTAKE("first-activation", "every layer of yours has the first one's activation; each layer names its own",
                applied(network[0].activation, dense(layer.W, layer.b, A)))
FORWARD_MISTAKE("sigmoid-but-last",
                "your hidden layers are always sigmoids, as in the slides' example; each layer says itself what it is",
                applied(&layer == &network.back() ? layer.activation : Activation::sigmoid, dense(layer.W, layer.b, A)))
MISTAKE(
    forward, "3.7", "steps", "your layers still answer with steps, as in lesson 2; each layer names its activation",
    (const Network& network, const mat& X)->mat { return forward_steps(network, X); })
FORWARD_MISTAKE("activation-first",
                "you apply a layer's activation to its inputs; it belongs to its sums, after the weights and the bias",
                dense(layer.W, layer.b, applied(layer.activation, A)))
MISTAKE(
    forward, "3.7", "first-layer-only", "you return after the first layer; the others have to see its output too",
    (const Network& network, const mat& X)->mat {
      if (network.empty()) return X;
      (void)forward_steps(network, X);
      return applied(network[0].activation, dense(network[0].W, network[0].b, X));
    })
FORWARD_MISTAKE("bias-behind", "you add the bias behind the activation; it is part of the sum that goes in",
                applied(layer.activation, dense(layer.W, vec(size(layer.b), arma::fill::zeros), A)) +
                    repmat(layer.b, 1, A.n_cols))
FORWARD_MISTAKE("x-to-every-layer",
                "you hand X to every layer; only the first reads X, each other one reads the output before it",
                applied(layer.activation, dense(layer.W, layer.b, X)))
MISTAKE(
    forward, "3.7", "empty-network", "a network without layers changes nothing: it returns X",
    (const Network& network, const mat& X)->mat {
      mat A;
      for (std::size_t l = 0; l < network.size(); ++l)
        A = applied(network[l].activation, dense(network[l].W, network[l].b, l == 0 ? X : A));
      return A;
    })
MISTAKE(
    forward, "3.7", "unchecked",
    "you multiply without asking whether the shapes fit; dense of lesson 2 asks, and says what does not fit",
    (const Network& network, const mat& X)->mat {
      mat A = X;
      for (const Layer& layer : network) {
        mat Z = layer.W * A;
        Z.each_col() += layer.b;
        A = applied(layer.activation, Z);
      }
      return A;
    })

static void require_rows(const mat& Y) { require(Y.n_rows > 0, "predict", "Y has no rows"); }

#define PREDICT_MISTAKE(id, says, ...)                 \
  MISTAKE(                                             \
      predict, "3.8", id, says, (const mat& Y)->uvec { \
        require_rows(Y);                               \
        return __VA_ARGS__;                            \
      })

PREDICT_MISTAKE("rows", "you look along the rows; a sample is a column, and it gets one label", index_max(Y, 1))
PREDICT_MISTAKE("smallest", "you return the row of the smallest entry", index_min(Y, 0).t())
PREDICT_MISTAKE("value", "you return the largest entry itself; its row is the label: index_max finds that",
                arma::conv_to<uvec>::from(max(Y, 0)))
PREDICT_MISTAKE("last-of-equals", "of equal entries you take the last; the first counts: look at > and >=",
                Y.n_rows - 1 - index_max(flipud(Y), 0).t())
PREDICT_MISTAKE("from-one", "you count the rows from 1; the first row is class 0", index_max(Y, 0).t() + 1)
MISTAKE(
    predict, "3.8", "from-zero-only",
    "you begin with 0 as the largest so far; entries may all be negative, begin with the column's first",
    (const mat& Y)->uvec {
      require_rows(Y);
      uvec labels(Y.n_cols, arma::fill::zeros);
      for (uword n = 0; n < Y.n_cols; ++n) {
        real largest = 0;
        for (uword j = 0; j < Y.n_rows; ++j)
          if (Y(j, n) > largest) largest = Y(j, n), labels(n) = j;
      }
      return labels;
    })
PREDICT_MISTAKE("size", "you compare sizes without their signs; -3 is less than 1", index_max(abs(Y), 0).t())
PREDICT_MISTAKE("whole-matrix", "you search the whole matrix for one largest entry; every column has its own",
                uvec(Y.n_cols).fill(Y.index_max() % Y.n_rows))
PREDICT_MISTAKE("not-turned", "the labels of all columns come as a row, and a uvec is a column: turn it",
                index_max(Y, 0))
MISTAKE(
    predict, "3.8", "no-rows", "a matrix without rows has no largest entry: that is an error, and you must say so",
    (const mat& Y)->uvec { return Y.n_rows == 0 ? uvec(Y.n_cols, arma::fill::zeros) : uvec(index_max(Y, 0).t()); })
MISTAKE(
    predict, "3.8", "unchecked",
    "you ask for the largest entry before you know that there is one; no rows is an error of its own kind",
    (const mat& Y)->uvec {
      if (Y.n_rows == 0) throw std::logic_error("index_max(): object has no elements");
      return index_max(Y, 0).t();
    })

}  // namespace nn
