// Known mistakes of lesson 6.
#include <cmath>
#include <optional>

#include "autograder/mistakes/catalogue.hpp"
#include "nn/activations.hpp"
#include "nn/backprop.hpp"
#include "nn/losses.hpp"
#include "nn/multilayer.hpp"
#include "nn/support/activate.hpp"
#include "nn/support/shape.hpp"

namespace nn {

#define ADD_MISTAKE(id, says, ...) \
  MISTAKE(                         \
      add_backward, "6.1", id, says, ([[maybe_unused]] real d)->Slopes { return __VA_ARGS__; })

ADD_MISTAKE("add-forgets", "your sum answers 1 and 1; the slope from above has to come through", {1, 1})
ADD_MISTAKE("add-halves", "your sum splits the slope between its inputs; each input gets all of it", {d / 2, d / 2})
ADD_MISTAKE("add-one-input", "your sum hands its slope to x alone; y adds just as much", {d, 0})
#define MULTIPLY_MISTAKE(id, says, ...)   \
  MISTAKE(                                \
      multiply_backward, "6.1", id, says, \
      ([[maybe_unused]] real x, [[maybe_unused]] real y, [[maybe_unused]] real d)->Slopes { return __VA_ARGS__; })

MULTIPLY_MISTAKE("multiply-own", "your product gives each input its own value; its slope is the value of the other",
                 {d * x, d* y})
MULTIPLY_MISTAKE("multiply-forgets", "your product forgets the slope from above: multiply it by the local one", {y, x})
MULTIPLY_MISTAKE("multiply-like-add", "your product hands its slope on unchanged, as a sum does", {d, d})

static void require_dense(const mat& W, const mat& X, const mat& dZ) {
  require_shape(X.n_rows, W.n_cols, "dense_backward", "X", "rows", "columns of W");
  require_shape(dZ.n_rows, W.n_rows, "dense_backward", "dZ", "rows", "rows of W");
  require_shape(dZ.n_cols, X.n_cols, "dense_backward", "dZ", "columns", "columns of X");
}

static DenseGradients right_dense(const mat& W, const mat& X, const mat& dZ) {
  require_dense(W, X, dZ);
  return {dZ * X.t(), sum(dZ, 1), W.t() * dZ};
}

#define DENSE_MISTAKE(id, says, ...)                                                                 \
  MISTAKE(                                                                                           \
      dense_backward, "6.2", id, says, (const mat& W, const mat& X, const mat& dZ)->DenseGradients { \
        DenseGradients g = right_dense(W, X, dZ);                                                    \
        __VA_ARGS__;                                                                                 \
        return g;                                                                                    \
      })

DENSE_MISTAKE("dW-transposed", "your dW is X dZ', the transpose: dW has the shape of W, a row for each unit",
              g.dW = g.dW.t().eval())
DENSE_MISTAKE("db-not-summed", "your db is that of the first sample; a bias serves all samples, so its slopes add up",
              g.db = dZ.col(0))
DENSE_MISTAKE("db-columns", "you sum dZ down its columns; one bias belongs to one row, so sum along the row",
              g.db = sum(dZ, 0).t())
DENSE_MISTAKE("db-all-summed", "every entry of your db is the sum over all of dZ; each row has a sum of its own",
              g.db.fill(accu(dZ)))
DENSE_MISTAKE("db-mean", "your db is a mean over the samples; 1/N is already in dZ, so a plain sum is left to take",
              g.db /= real(dZ.n_cols))
DENSE_MISTAKE("averaged-again", "you divide by the number of samples; 1/N is already in dZ, and comes in only once",
              g.dW /= real(dZ.n_cols), g.db /= real(dZ.n_cols))
DENSE_MISTAKE("last-sample", "only the last sample counts in your dW and db: = where += belongs",
              if (X.n_cols > 0) g.dW = dZ.tail_cols(1) * X.tail_cols(1).t(), g.db = dZ.tail_cols(1))
DENSE_MISTAKE("one-path",
              "each input hears only the last unit in your dX: = where += belongs, for an input feeds every unit",
              g.dX = W.tail_rows(1).t() * dZ.tail_rows(1))
DENSE_MISTAKE("dX-transposed", "your dX lies on its side: it has the shape of X, a column for each sample",
              g.dX = g.dX.t().eval())
MISTAKE(
    dense_backward, "6.2", "no-transpose",
    "Armadillo could not multiply your matrices: which of them has to be transposed so that the inner sizes meet?",
    (const mat& W, const mat& X, const mat& dZ)->DenseGradients {
      require_dense(W, X, dZ);
      return {dZ * X, sum(dZ, 1), W * dZ};
    })
MISTAKE(
    dense_backward, "6.2", "shapes-unchecked", "your layer goes on with shapes that do not fit W; it should refuse",
    (const mat& W, const mat& X, const mat& dZ)->DenseGradients {
      DenseGradients g{mat(size(W), arma::fill::zeros), vec(W.n_rows, arma::fill::zeros),
                       mat(size(X), arma::fill::zeros)};
      for (uword j = 0; j < std::min(X.n_cols, dZ.n_cols); ++j)
        for (uword i = 0; i < std::min(W.n_rows, dZ.n_rows); ++i) {
          g.db(i) += dZ(i, j);
          for (uword k = 0; k < std::min(W.n_cols, X.n_rows); ++k)
            g.dW(i, k) += dZ(i, j) * X(k, j), g.dX(k, j) += dZ(i, j) * W(i, k);
        }
      return g;
    })

/// phi'(Z), entry by entry; ones for softmax.
static mat slope_of(Activation phi, const mat& Z, const mat& A) {
  switch (phi) {
    case Activation::step:
    case Activation::sign: return mat(size(Z), arma::fill::zeros);
    case Activation::sigmoid: return sigmoid_derivative(A);
    case Activation::tanh: return tanh_derivative(A);
    case Activation::relu: return relu_derivative(Z);
    case Activation::leaky_relu: return leaky_relu_derivative(Z, leaky_relu_alpha);
    case Activation::elu: return elu_derivative(Z, elu_alpha);
    case Activation::hard_tanh: return hard_tanh_derivative(Z);
    default: return mat(size(Z), arma::fill::ones);
  }
}

/// dZ, with another slope in the place of phi'(Z).
static mat right_back(Activation phi, const mat& Z, const mat& A, const mat& dA) {
  require_same_shape(A, Z, "activation_backward", "A", "Z");
  require_same_shape(dA, Z, "activation_backward", "dA", "Z");
  if (phi != Activation::softmax) return dA % slope_of(phi, Z, A);
  mat dZ = dA;
  dZ.each_row() -= sum(dA % A, 0);
  return dZ % A;
}

MISTAKE(
    activation_backward, "6.3", "slope-only",
    "you return the slope of the activation; what comes from above, dA, is lost",
    (Activation phi, const mat& Z, const mat& A, mat dA)->mat {
      require_same_shape(dA, Z, "activation_backward", "dA", "Z");
      return right_back(phi, Z, A, mat(size(dA), arma::fill::ones));
    })
#define ACTIVATION_MISTAKE(id, says, ...)                                                               \
  MISTAKE(                                                                                              \
      activation_backward, "6.3", id, says, (Activation phi, const mat& Z, const mat& A, mat dA)->mat { \
        mat dZ = right_back(phi, Z, A, dA);                                                             \
        __VA_ARGS__;                                                                                    \
        return dZ;                                                                                      \
      })

ACTIVATION_MISTAKE("slope-at-z", "your a (1 - a) or 1 - a^2 is taken at z; those two come from the output a",
                   if (phi == Activation::sigmoid || phi == Activation::tanh) dZ = dA % slope_of(phi, Z, Z))
ACTIVATION_MISTAKE("activated-twice",
                   "you apply the activation to A, which is its output already, before you take the slope",
                   if (phi == Activation::sigmoid || phi == Activation::tanh)
                       dZ = dA % slope_of(phi, Z, activate(phi, A)))
ACTIVATION_MISTAKE(
    "softmax-entry-by-entry",
    "you treat softmax like a sigmoid; each output depends on its whole column, so all of dA matters to each z",
    if (phi == Activation::softmax) dZ = dA % A % (1 - A))
MISTAKE(
    activation_backward, "6.3", "softmax-rows",
    "for softmax you sum along the rows; one column is one sample, so sum within each column",
    (Activation phi, const mat& Z, const mat& A, mat dA)->mat {
      mat dZ = right_back(phi, Z, A, dA);
      if (phi != Activation::softmax) return dZ;
      dZ = dA;
      dZ.each_col() -= sum(dA % A, 1);
      return dZ % A;
    })
MISTAKE(
    activation_backward, "6.3", "softmax-unchanged",
    "softmax is not the identity: its slopes cancel against those of cross-entropy, not by themselves",
    (Activation phi, const mat& Z, const mat& A, mat dA)->mat {
      return phi == Activation::softmax ? dA : right_back(phi, Z, A, dA);
    })
MISTAKE(
    activation_backward, "6.3", "step-lets-through",
    "your step and sign hand dA on; they are flat, so nothing gets through",
    (Activation phi, const mat& Z, const mat& A, mat dA)->mat {
      return phi == Activation::step || phi == Activation::sign ? dA : right_back(phi, Z, A, dA);
    })
MISTAKE(
    activation_backward, "6.3", "masked-by-dA",
    "your ReLU asks whether dA is above 0; it is z that decides what gets through",
    (Activation phi, const mat& Z, const mat& A, mat dA)->mat {
      return phi == Activation::relu ? right_back(phi, dA, A, dA) : right_back(phi, Z, A, dA);
    })
MISTAKE(
    activation_backward, "6.3", "relu-open",
    "your ReLU lets all of dA through; where z is not above 0 nothing should (A is never below 0: A >= 0 is always so)",
    (Activation phi, const mat& Z, const mat& A, mat dA)->mat {
      return right_back(phi == Activation::relu ? Activation::identity : phi, Z, A, dA);
    })
ACTIVATION_MISTAKE("relu-at-zero", "your ReLU lets dA through at exactly 0; this course takes the slope 0 there",
                   if (phi == Activation::relu) dZ.elem(find(Z == 0)) = dA.elem(find(Z == 0)))
MISTAKE(
    activation_backward, "6.3", "shapes-unchecked",
    "you go on with Z, A and dA of different shapes; different shapes should be refused",
    (Activation phi, const mat& Z, const mat& A, mat dA)->mat {
      const uword rows = std::min({Z.n_rows, A.n_rows, dA.n_rows}), columns = std::min({Z.n_cols, A.n_cols, dA.n_cols});
      const auto cut = [&](mat M) {
        M.resize(rows, columns);
        return M;
      };
      return right_back(phi, cut(Z), cut(A), cut(dA));
    })

/// Layer by layer: step(l, input) fills in trace.Z[l] and trace.A[l] and returns the input of the next.
template <class Step>
static Trace trace_by(const Network& network, mat X, Step step) {
  Trace trace{std::vector<mat>(network.size()), std::vector<mat>(network.size())};
  for (uword l = 0; l < network.size(); ++l) X = step(trace, l, X);
  return trace;
}

static Trace right_trace(const Network& network, const mat& X) {
  return trace_by(network, X, [&](Trace& trace, uword l, const mat& input) -> mat {
    trace.Z[l] = dense(network[l].W, network[l].b, input);
    return trace.A[l] = activate(network[l].activation, trace.Z[l]);
  });
}

#define TRACE_MISTAKE(id, says, ...)                                                         \
  MISTAKE(                                                                                   \
      forward_trace, "6.4", id, says, (const Network& network, const mat& X, Trace)->Trace { \
        Trace trace = right_trace(network, X);                                               \
        __VA_ARGS__;                                                                         \
        return trace;                                                                        \
      })

TRACE_MISTAKE("z-is-a", "your Z holds what comes out of the activation; keep the weighted sums before they go in",
              trace.Z = trace.A)
TRACE_MISTAKE("a-is-z", "your A holds the weighted sums; the activation is missing", trace.A = trace.Z)
MISTAKE(
    forward_trace, "6.4", "z-goes-on", "your next layer gets Z as its input; what goes on is A",
    (const Network& network, const mat& X, Trace)->Trace {
      return trace_by(network, X, [&](Trace& trace, uword l, const mat& input) -> mat {
        trace.Z[l] = dense(network[l].W, network[l].b, input);
        trace.A[l] = activate(network[l].activation, trace.Z[l]);
        return trace.Z[l];
      });
    })
TRACE_MISTAKE("begins-with-X", "your A begins with X; A[0] is the output of the first layer",
              trace.A.insert(trace.A.begin(), X))
MISTAKE(
    forward_trace, "6.4", "appended",
    "you append to the trace that is handed in; what an earlier pass left there must go",
    (const Network& network, const mat& X, Trace reuse)->Trace {
      const Trace trace = right_trace(network, X);
      reuse.Z.insert(reuse.Z.end(), trace.Z.begin(), trace.Z.end());
      reuse.A.insert(reuse.A.end(), trace.A.begin(), trace.A.end());
      return reuse;
    })
TRACE_MISTAKE("last-linear", "your last layer has lost its activation",
              if (!network.empty()) trace.A.back() = trace.Z.back())
MISTAKE(
    forward_trace, "6.4", "always-sigmoid",
    "you put every layer through the sigmoid; each layer says itself what it does",
    (const Network& network, const mat& X, Trace)->Trace {
      return trace_by(network, X, [&](Trace& trace, uword l, const mat& input) -> mat {
        trace.Z[l] = dense(network[l].W, network[l].b, input);
        return trace.A[l] = sigmoid(trace.Z[l]);
      });
    })
MISTAKE(
    forward_trace, "6.4", "bias-behind", "you add the bias behind the activation; it is part of the sum Z that goes in",
    (const Network& network, const mat& X, Trace)->Trace {
      return trace_by(network, X, [&](Trace& trace, uword l, const mat& input) -> mat {
        trace.Z[l] = dense(network[l].W, vec(size(network[l].b), arma::fill::zeros), input);
        trace.A[l] = activate(network[l].activation, trace.Z[l]);
        trace.A[l].each_col() += network[l].b;
        return trace.A[l];
      });
    })
MISTAKE(
    forward_trace, "6.4", "bias-subtracted", "you subtract the biases; they are added",
    (const Network& network, const mat& X, Trace)->Trace {
      return trace_by(network, X, [&](Trace& trace, uword l, const mat& input) -> mat {
        trace.Z[l] = dense(network[l].W, -network[l].b, input);
        return trace.A[l] = activate(network[l].activation, trace.Z[l]);
      });
    })
MISTAKE(
    forward_trace, "6.4", "no-bias", "your weighted sums have lost their biases",
    (const Network& network, const mat& X, Trace)->Trace {
      return trace_by(network, X, [&](Trace& trace, uword l, const mat& input) -> mat {
        trace.Z[l] = dense(network[l].W, vec(size(network[l].b), arma::fill::zeros), input);
        return trace.A[l] = activate(network[l].activation, trace.Z[l]);
      });
    })

static void require_hidden(const mat& W, const mat& delta, const mat& A) {
  require_shape(delta.n_rows, W.n_rows, "hidden_delta", "delta_above", "rows", "rows of W_above");
  require_shape(A.n_rows, W.n_cols, "hidden_delta", "A", "rows", "columns of W_above");
  require_shape(A.n_cols, delta.n_cols, "hidden_delta", "A", "columns", "columns of delta_above");
}

#define HIDDEN_MISTAKE(id, says, ...)                                                      \
  MISTAKE(                                                                                 \
      hidden_delta, "6.5", id, says, (const mat& W, const mat& delta, const mat& A)->mat { \
        require_hidden(W, delta, A);                                                       \
        return __VA_ARGS__;                                                                \
      })

HIDDEN_MISTAKE("no-slope", "the sum over the units above is there; how steep the sigmoid is at a is missing",
               W.t() * delta)
HIDDEN_MISTAKE("slope-of-sigmoid-of-a", "you put A through the sigmoid again; it is its output already",
               (W.t() * delta) % sigmoid_derivative(sigmoid(A)))
HIDDEN_MISTAKE("tanh-slope", "1 - a^2 is the slope of tanh; these units are sigmoids",
               (W.t() * delta) % (1 - square(A)))
HIDDEN_MISTAKE("half-a-slope", "a alone is not the slope of the sigmoid: at 1 it is as flat as at 0",
               (W.t() * delta) % A)
HIDDEN_MISTAKE("no-weights",
               "you add up the deltas above without their weights; w_kj says how much unit j had to do with unit k",
               (mat(size(W), arma::fill::ones).t() * delta) % A % (1 - A))
HIDDEN_MISTAKE("one-path", "only the last unit above reaches back: = where += belongs, for unit j feeds all of them",
               (W.tail_rows(1).t() * delta.tail_rows(1)) % A % (1 - A))
HIDDEN_MISTAKE("sign", "your deltas have the wrong sign; going back through a layer does not turn them around",
               (W.t() * delta) % A % (A - 1))
HIDDEN_MISTAKE(
    "no-transpose",
    "Armadillo could not multiply your matrices: the sum runs over the rows of W_above, so which way must it lie?",
    (W * delta) % A % (1 - A))
MISTAKE(
    hidden_delta, "6.5", "shapes-unchecked", "you go on with matrices that do not fit; they should be refused",
    (const mat& W, const mat& delta, const mat& A)->mat {
      mat result(size(A), arma::fill::zeros);
      for (uword s = 0; s < std::min(A.n_cols, delta.n_cols); ++s)
        for (uword j = 0; j < std::min(A.n_rows, W.n_cols); ++j)
          for (uword k = 0; k < std::min(W.n_rows, delta.n_rows); ++k)
            result(j, s) += delta(k, s) * W(k, j) * A(j, s) * (1 - A(j, s));
      return result;
    })

static real right_loss(Loss loss, const mat& Y, const mat& T) {
  return loss == Loss::squared         ? mean_squared_error(Y, T)
         : loss == Loss::cross_entropy ? cross_entropy(Y, T)
                                       : binary_cross_entropy(Y, T);
}

#define LOSS_MISTAKE(id, says, ...) \
  MISTAKE(                          \
      loss_value, "6.6", id, says,  \
      ([[maybe_unused]] Loss loss, const mat& Y, const mat& T)->real { return __VA_ARGS__; })

LOSS_MISTAKE("always-squared", "your loss is the squared error, whichever loss is asked for", mean_squared_error(Y, T))
LOSS_MISTAKE("binary-as-cross-entropy",
             "for binary_cross_entropy you count only where t is 1; the log(1 - y) of the others is missing",
             right_loss(loss == Loss::binary_cross_entropy ? Loss::cross_entropy : loss, Y, T))
LOSS_MISTAKE("loss-not-averaged", "your loss is a sum over the samples; it should be their mean",
             right_loss(loss, Y, T) * real(Y.n_cols))
LOSS_MISTAKE("loss-mean-of-entries",
             "your loss is a mean over all entries; it is a sum within each sample and a mean over the samples",
             right_loss(loss, Y, T) / real(Y.n_rows))
LOSS_MISTAKE("logits-expected",
             "you put Y through softmax before cross-entropy; Y is the network's output, softmax is done",
             loss == Loss::cross_entropy ? softmax_cross_entropy(Y, T) : right_loss(loss, Y, T))

/// What goes wrong on the way back.
struct Habits {
  bool output_slope_always = false, output_slope_never = false, hidden_slope = true, slope_at_z = false,
       slope_above = false;
  bool one_path = false, updated = false, own_weights = false, own_output = false, z_as_input = false,
       first_bias = false, last_sample = false;
  bool strict = true;
  real sign = 1;
  std::optional<Activation> every_hidden = {};  ///< whose slope every hidden layer gets
};

static mat habitual_back(Activation phi, const mat& Z, const mat& A, const mat& dA, const Habits& habits) {
  if (habits.slope_at_z && (phi == Activation::sigmoid || phi == Activation::tanh)) return dA % slope_of(phi, Z, Z);
  return right_back(phi, Z, A, dA);
}

static std::vector<mat> habitual_deltas(const Network& network, const Trace& trace, const mat& T, Loss loss,
                                        const Habits& habits) {
  if (habits.strict) {
    require(!network.empty(), "backward_deltas", "no layers");
    const Activation output = network.back().activation;
    require(loss != Loss::cross_entropy || output == Activation::softmax, "backward_deltas", "needs softmax");
    require(loss != Loss::binary_cross_entropy || output == Activation::sigmoid, "backward_deltas", "needs sigmoid");
  }
  std::vector<mat> dZ(network.size());
  for (uword l = network.size(); l-- > 0;) {
    const Activation phi = network[l].activation;
    if (l + 1 == network.size()) {
      dZ[l] = habits.sign * mean_squared_error_gradient(trace.A[l], T);
      const bool slope = !habits.output_slope_never && (loss == Loss::squared || habits.output_slope_always);
      if (slope) dZ[l] = habitual_back(phi, trace.Z[l], trace.A[l], dZ[l], habits);
      continue;
    }
    mat W = network[habits.own_weights ? l : l + 1].W;
    if (habits.updated) W -= dZ[l + 1] * trace.A[l].t();
    dZ[l] = habits.one_path ? mat(W.tail_rows(1).t() * dZ[l + 1].tail_rows(1)) : mat(W.t() * dZ[l + 1]);
    const Activation own = habits.every_hidden.value_or(habits.slope_above ? network[l + 1].activation : phi);
    if (habits.hidden_slope) dZ[l] = habitual_back(own, trace.Z[l], trace.A[l], dZ[l], habits);
  }
  return dZ;
}

#define DELTAS_WITH(...)                                                                                      \
  (const Network& network, const Trace& trace, const mat& T, Loss loss, std::vector<mat>)->std::vector<mat> { \
    return habitual_deltas(network, trace, T, loss, __VA_ARGS__);                                             \
  }

MISTAKE(backward_deltas, "6.6", "deltas-slope-cancels",
        "with a cross-entropy the output's slope has cancelled: (A - T) / N is dZ already, not dA",
        DELTAS_WITH({.output_slope_always = true}))
MISTAKE(backward_deltas, "6.6", "deltas-no-output-slope",
        "with the squared loss nothing cancels: (A - T) / N is dA, and the output's slope is still to come",
        DELTAS_WITH({.output_slope_never = true}))
MISTAKE(backward_deltas, "6.6", "deltas-no-hidden-slope", "your hidden deltas miss the slope of their activation",
        DELTAS_WITH({.hidden_slope = false}))
MISTAKE(backward_deltas, "6.6", "deltas-slope-at-z", "the slopes of sigmoid and tanh come from A; you take them at Z",
        DELTAS_WITH({.slope_at_z = true}))
MISTAKE(backward_deltas, "6.6", "deltas-slope-above",
        "you use the activation of the layer above; the slope at Z[l] belongs to layer l",
        DELTAS_WITH({.slope_above = true}))
MISTAKE(backward_deltas, "6.6", "deltas-own-weights",
        "you go back through the layer's own W; what comes down to layer l came up through the W of layer l + 1",
        DELTAS_WITH({.own_weights = true}))
MISTAKE(backward_deltas, "6.6", "deltas-always-sigmoid",
        "you take every hidden layer for a sigmoid; ask the layer for its activation",
        DELTAS_WITH({.every_hidden = Activation::sigmoid}))
MISTAKE(backward_deltas, "6.6", "deltas-always-relu",
        "you take every hidden layer for a ReLU; ask the layer for its activation",
        DELTAS_WITH({.every_hidden = Activation::relu}))
MISTAKE(backward_deltas, "6.6", "deltas-one-path",
        "only the last unit above reaches back: = where += belongs, for a unit feeds all of them",
        DELTAS_WITH({.one_path = true}))
MISTAKE(backward_deltas, "6.6", "deltas-sign",
        "your deltas have the wrong sign: the gradient of the loss begins with A - T", DELTAS_WITH({.sign = -1}))
MISTAKE(
    backward_deltas, "6.6", "deltas-not-averaged", "1/N is missing in your deltas: the loss is a mean over the samples",
    (const Network& network, const Trace& trace, const mat& T, Loss loss, std::vector<mat>)->std::vector<mat> {
      std::vector<mat> deltas = habitual_deltas(network, trace, T, loss, {});
      for (mat& dZ : deltas) dZ *= real(T.n_cols);
      return deltas;
    })
MISTAKE(
    backward_deltas, "6.6", "deltas-averaged-each-layer",
    "you divide by N again on every layer; it comes in once, at the output",
    (const Network& network, const Trace& trace, const mat& T, Loss loss, std::vector<mat>)->std::vector<mat> {
      std::vector<mat> deltas = habitual_deltas(network, trace, T, loss, {});
      for (uword l = 0; l < deltas.size(); ++l) deltas[l] /= std::pow(real(T.n_cols), real(deltas.size() - 1 - l));
      return deltas;
    })
MISTAKE(backward_deltas, "6.6", "deltas-any-loss",
        "a cross-entropy needs its own output: softmax or sigmoid; another one should be refused",
        DELTAS_WITH({.strict = false}))

static Gradients habitual_backprop(const Network& network, const mat& X, const mat& T, Loss loss,
                                   const Habits& habits) {
  if (habits.strict) require(!network.empty(), "backprop", "no layers");
  const Trace trace = right_trace(network, X);
  const std::vector<mat> dZ = habitual_deltas(network, trace, T, loss, habits);
  Gradients g;
  if (!network.empty()) g.loss = right_loss(loss, trace.A.back(), T);
  for (uword l = 0; l < network.size(); ++l) {
    const mat& input = l == 0 ? X : habits.z_as_input ? trace.Z[l - 1] : trace.A[l - 1];
    const uword samples = habits.last_sample ? 1 : X.n_cols;
    g.dW.push_back(dZ[l].tail_cols(samples) * (habits.own_output ? trace.A[l] : input).tail_cols(samples).t());
    g.db.push_back(habits.first_bias ? vec(dZ[l].col(0)) : vec(sum(dZ[l].tail_cols(samples), 1)));
  }
  return g;
}

#define BACKPROP_WITH(...)                                                     \
  (const Network& network, const mat& X, const mat& T, Loss loss)->Gradients { \
    return habitual_backprop(network, X, T, loss, __VA_ARGS__);                \
  }

/// The right gradients, spoiled.
template <class Spoil>
static Gradients spoiled(const Network& network, const mat& X, const mat& T, Loss loss, Spoil spoil) {
  Gradients g = habitual_backprop(network, X, T, loss, {});
  spoil(g);
  return g;
}

MISTAKE(
    backprop, "6.6", "numerical",
    "your gradients are right, but measured: two forward passes for every weight. One pass back gives them all",
    (const Network& network, const mat& X, const mat& T, Loss loss)->Gradients {
      Network moved = network;
      return spoiled(network, X, T, loss, [&](Gradients& g) {
        const auto value = [&] { return right_loss(loss, forward(moved, X), T); };
        for (uword l = 0; l < network.size(); ++l) {
          g.dW[l] = numerical_gradient([&](const mat& W) { return moved[l].W = W, value(); }, network[l].W, 1e-5);
          moved[l].W = network[l].W;
          g.db[l] = numerical_gradient([&](const mat& b) { return moved[l].b = b, value(); }, network[l].b, 1e-5);
          moved[l].b = network[l].b;
        }
      });
    })
MISTAKE(
    backprop, "6.6", "not-averaged", "1/N is missing in your gradients: the loss is a mean over the samples",
    (const Network& network, const mat& X, const mat& T, Loss loss)->Gradients {
      return spoiled(network, X, T, loss, [&](Gradients& g) {
        for (mat& dW : g.dW) dW *= real(X.n_cols);
        for (vec& db : g.db) db *= real(X.n_cols);
      });
    })
MISTAKE(
    backprop, "6.6", "averaged-twice",
    "you divide by the number of samples twice; it came in with the gradient of the loss",
    (const Network& network, const mat& X, const mat& T, Loss loss)->Gradients {
      return spoiled(network, X, T, loss, [&](Gradients& g) {
        for (mat& dW : g.dW) dW /= real(X.n_cols);
        for (vec& db : g.db) db /= real(X.n_cols);
      });
    })
MISTAKE(backprop, "6.6", "db-not-summed",
        "your db is that of the first sample; a bias serves all samples, so its slopes add up",
        BACKPROP_WITH({.first_bias = true}))
#define SPOILED_MISTAKE(id, says, ...)                                                                        \
  MISTAKE(                                                                                                    \
      backprop, "6.6", id, says, (const Network& network, const mat& X, const mat& T, Loss loss)->Gradients { \
        return spoiled(network, X, T, loss, [&](Gradients& g) { __VA_ARGS__; });                              \
      })

SPOILED_MISTAKE("db-averaged",
                "your db is a mean over the samples; 1/N is in dZ already, so a plain sum is left to take",
                for (vec& db
                     : g.db) db /= real(X.n_cols))
SPOILED_MISTAKE("transposed", "your dW is transposed: it has the shape of W, a row for each unit",
                for (mat& dW
                     : g.dW) dW = dW.t().eval())
MISTAKE(backprop, "6.6", "own-output",
        "you multiply a layer's delta by its own output; dW needs what the layer was given",
        BACKPROP_WITH({.own_output = true}))
MISTAKE(backprop, "6.6", "z-as-input", "you multiply by the sums Z of the layer below; what this layer was given is A",
        BACKPROP_WITH({.z_as_input = true}))
MISTAKE(backprop, "6.6", "last-sample", "only the last sample counts in your gradients: = where += belongs",
        BACKPROP_WITH({.last_sample = true}))
MISTAKE(backprop, "6.6", "one-path", "a weight reached along several paths gets only one of them: = where += belongs",
        BACKPROP_WITH({.one_path = true}))
MISTAKE(backprop, "6.6", "no-hidden-slope", "the slope of the hidden activations is missing on your way back",
        BACKPROP_WITH({.hidden_slope = false}))
MISTAKE(backprop, "6.6", "always-sigmoid",
        "you take every hidden layer for a sigmoid; ask the layer for its activation",
        BACKPROP_WITH({.every_hidden = Activation::sigmoid}))
MISTAKE(backprop, "6.6", "always-relu", "you take every hidden layer for a ReLU; ask the layer for its activation",
        BACKPROP_WITH({.every_hidden = Activation::relu}))
MISTAKE(backprop, "6.6", "slope-at-z", "the slopes of sigmoid and tanh come from A; you take them at Z",
        BACKPROP_WITH({.slope_at_z = true}))
MISTAKE(backprop, "6.6", "slope-cancels",
        "with a cross-entropy the output's slope has cancelled: (A - T) / N is dZ already, not dA",
        BACKPROP_WITH({.output_slope_always = true}))
MISTAKE(backprop, "6.6", "no-output-slope",
        "with the squared loss nothing cancels: (A - T) / N is dA, and the output's slope is still to come",
        BACKPROP_WITH({.output_slope_never = true}))
MISTAKE(backprop, "6.6", "updated-weights",
        "you update a layer before the error has passed back through it; all gradients belong to the old weights",
        BACKPROP_WITH({.updated = true}))
MISTAKE(backprop, "6.6", "ascent",
        "your gradients point downhill: the gradient of the loss begins with A - T, and sgd_step turns it around",
        BACKPROP_WITH({.sign = -1}))
SPOILED_MISTAKE("last-layer", "only your last layer has a gradient; the error goes on to the layers before it",
                for (uword l = 0; l + 1 < network.size(); ++l) g.dW[l].zeros(), g.db[l].zeros())
MISTAKE(
    backprop, "6.6", "back-to-front", "your gradients begin with the last layer; dW[0] belongs to the first",
    (const Network& network, const mat& X, const mat& T, Loss loss)->Gradients {
      return spoiled(network, X, T, loss, [&](Gradients& g) {
        std::reverse(g.dW.begin(), g.dW.end());
        std::reverse(g.db.begin(), g.db.end());
      });
    })
SPOILED_MISTAKE("no-loss", "the gradients are right, but the loss is missing in your result", g.loss = 0)
MISTAKE(backprop, "6.6", "any-loss",
        "a cross-entropy needs its own output, softmax or sigmoid, and backprop needs a layer; else it should refuse",
        BACKPROP_WITH({.strict = false}))

/// W and b of every layer moved by its gradients times w and b.
static Network stepped(Network network, const Gradients& g, real w, real b) {
  require_shape(g.dW.size(), network.size(), "sgd_step", "dW", "layers", "layers of the network");
  require_shape(g.db.size(), network.size(), "sgd_step", "db", "layers", "layers of the network");
  for (uword l = 0; l < network.size(); ++l) {
    require(size(g.dW[l]) == size(network[l].W) && size(g.db[l]) == size(network[l].b), "sgd_step", "other shapes");
    network[l].W += w * g.dW[l];
    network[l].b += b * g.db[l];
  }
  return network;
}

#define STEP_MISTAKE(id, says, ...)                                                                           \
  MISTAKE(                                                                                                    \
      sgd_step, "6.7", id, says, (Network network, const Gradients& g, [[maybe_unused]] real rate)->Network { \
        return stepped(network, g, __VA_ARGS__);                                                              \
      })

STEP_MISTAKE("ascent", "your step goes uphill: the gradient points to where the loss grows", rate, rate)
STEP_MISTAKE("no-biases", "your biases stay where they are; they step like the weights", -rate, 0)
STEP_MISTAKE("no-rate", "your step is as long as the gradient; the rate should scale it", -1, -1)
STEP_MISTAKE("biases-no-rate", "your biases step by the whole gradient; the rate scales them too", -rate, -1)
STEP_MISTAKE("copies",
             "your network comes back unchanged: `for (Layer layer : ...)` steps a copy, `Layer&` the layer itself", 0,
             0)
MISTAKE(
    sgd_step, "6.7", "gradient-only", "you put the step in the place of the weights; it should be taken off them",
    (Network network, const Gradients& g, real rate)->Network {
      network = stepped(network, g, 0, 0);
      for (Layer& layer : network) layer.W.zeros(), layer.b.zeros();
      return stepped(network, g, -rate, -rate);
    })
MISTAKE(
    sgd_step, "6.7", "activations-lost", "your layers come back without their activations",
    (Network network, const Gradients& g, real rate)->Network {
      network = stepped(network, g, -rate, -rate);
      for (Layer& layer : network) layer.activation = Activation::identity;
      return network;
    })
MISTAKE(
    sgd_step, "6.7", "last-layer", "only your last layer steps; every layer has gradients",
    (Network network, const Gradients& g, real rate)->Network {
      Network next = stepped(network, g, -rate, -rate);
      for (uword l = 0; l + 1 < network.size(); ++l) next[l] = network[l];
      return next;
    })
MISTAKE(
    sgd_step, "6.7", "shapes-unchecked", "you step with gradients of another network; they should be refused",
    (Network network, const Gradients& g, real rate)->Network {
      for (uword l = 0; l < std::min(network.size(), g.dW.size()); ++l)
        for (uword i = 0; i < std::min(network[l].W.n_elem, g.dW[l].n_elem); ++i) network[l].W(i) -= rate * g.dW[l](i);
      for (uword l = 0; l < std::min(network.size(), g.db.size()); ++l)
        for (uword i = 0; i < std::min(network[l].b.n_elem, g.db[l].n_elem); ++i) network[l].b(i) -= rate * g.db[l](i);
      return network;
    })

/// `steps` steps; the gradients that `gradients(network, t)` gives, and all losses.
template <class Slopes_>
static Trained trained_with(Network network, const mat& X, const mat& T, Loss loss, real rate, uword steps,
                            Slopes_ gradients) {
  vec losses(steps + 1);
  for (uword t = 0; t <= steps; ++t) {
    losses(t) = right_loss(loss, forward(network, X), T);
    if (t < steps) network = stepped(network, gradients(network, t), -rate, -rate);
  }
  return {network, losses};
}

static Trained right_training(const Network& network, const mat& X, const mat& T, Loss loss, real rate, uword steps) {
  return trained_with(network, X, T, loss, rate, steps,
                      [&](const Network& now, uword) { return habitual_backprop(now, X, T, loss, {}); });
}

#define TRAINING_MISTAKE(id, says, ...)                                                           \
  MISTAKE(                                                                                        \
      train_full_batch, "6.8", id, says,                                                          \
      (Network network, const mat& X, const mat& T, Loss loss, real rate, uword steps)->Trained { \
        const Trained right = right_training(network, X, T, loss, rate, steps);                   \
        return __VA_ARGS__;                                                                       \
      })

TRAINING_MISTAKE("never-moved", "your network comes back as it went in: keep what sgd_step returns",
                 {network, vec(steps + 1).fill(right.losses(0))})
MISTAKE(
    train_full_batch, "6.8", "one-gradient",
    "you take the gradient once and follow it all the way; it changes with every step",
    (Network network, const mat& X, const mat& T, Loss loss, real rate, uword steps)->Trained {
      const Gradients first = habitual_backprop(network, X, T, loss, {});
      return trained_with(network, X, T, loss, rate, steps, [&](const Network&, uword) { return first; });
    })
MISTAKE(
    train_full_batch, "6.8", "gradients-pile-up",
    "you add every step's gradients to those of the steps before; a step takes its own only: begin each at 0",
    (Network network, const mat& X, const mat& T, Loss loss, real rate, uword steps)->Trained {
      Gradients sum;
      return trained_with(network, X, T, loss, rate, steps, [&](const Network& now, uword t) {
        const Gradients g = habitual_backprop(now, X, T, loss, {});
        if (t == 0) return sum = g;
        for (uword l = 0; l < now.size(); ++l) sum.dW[l] += g.dW[l], sum.db[l] += g.db[l];
        return sum;
      });
    })
TRAINING_MISTAKE("losses-too-late", "your losses begin after the first step; losses(0) is the loss before it",
                 {right.network, right.losses.tail(steps)})
TRAINING_MISTAKE("last-loss-missing",
                 "the loss after the last step is missing: there is one more loss than there are steps",
                 {right.network, right.losses.head(steps)})
MISTAKE(
    train_full_batch, "6.8", "last-loss-unset",
    "your last loss was never computed: backprop gives the loss before a step, and one comes after the last",
    (Network network, const mat& X, const mat& T, Loss loss, real rate, uword steps)->Trained {
      Trained right = right_training(network, X, T, loss, rate, steps);
      right.losses(steps) = 0;
      return right;
    })
MISTAKE(
    train_full_batch, "6.8", "one-step-more", "you take one step too many",
    (Network network, const mat& X, const mat& T, Loss loss, real rate, uword steps)->Trained {
      const Trained right = right_training(network, X, T, loss, rate, steps + 1);
      return {right.network, right.losses.head(steps + 1)};
    })
MISTAKE(
    train_full_batch, "6.8", "one-sample",
    "each of your steps looks at one sample; the full batch is all samples at once",
    (Network network, const mat& X, const mat& T, Loss loss, real rate, uword steps)->Trained {
      (void)mean_squared_error(forward(network, X), T);  // refuses what does not fit
      return trained_with(network, X, T, loss, rate, steps, [&](const Network& now, uword t) {
        return habitual_backprop(now, X.col(t % X.n_cols), T.col(t % X.n_cols), loss, {});
      });
    })
MISTAKE(
    train_full_batch, "6.8", "updated-layers",
    "you step one layer before the gradients of the next are taken; all of them belong to the same network",
    (Network network, const mat& X, const mat& T, Loss loss, real rate, uword steps)->Trained {
      vec losses(steps + 1);
      for (uword t = 0; t <= steps; ++t) {
        losses(t) = right_loss(loss, forward(network, X), T);
        for (uword l = network.size(); t < steps && l-- > 0;) {
          const Gradients g = habitual_backprop(network, X, T, loss, {});
          network[l].W -= rate * g.dW[l];
          network[l].b -= rate * g.db[l];
        }
      }
      return {network, losses};
    })
MISTAKE(
    train_full_batch, "6.8", "squared-always", "you train with the squared loss, whichever loss is asked for",
    (Network network, const mat& X, const mat& T, Loss loss, real rate, uword steps)->Trained {
      return trained_with(network, X, T, loss, rate, steps,
                          [&](const Network& now, uword) { return habitual_backprop(now, X, T, Loss::squared, {}); });
    })

}  // namespace nn
