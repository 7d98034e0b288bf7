// Known mistakes of lesson 1.
#include <functional>

#include "autograder/mistakes/catalogue.hpp"
#include "nn/perceptron.hpp"
#include "nn/support/shape.hpp"

namespace nn {

// A catalogue never calls functions of its own lesson: in a student's program they are the student's.
static real fires(const Perceptron& neuron, const vec& x) { return dot(neuron.w, x) + neuron.b > 0 ? 1 : 0; }

#define STEP_MISTAKE(id, says, ...) \
  MISTAKE(                          \
      step, "1.1", id, says, (real a)->real { return __VA_ARGS__; })

STEP_MISTAKE("fires-at-zero", "your step fires at exactly 0; the contract asks for a > 0, and 0 is not above 0", a >= 0)
STEP_MISTAKE("upside-down", "your step is upside down: it fires where a is not above 0", a <= 0)
STEP_MISTAKE("half", "your step waits for more than 1/2; it should fire for every a above 0, however small", a > 0.5)
STEP_MISTAKE("sign", "your step answers -1 where it should be silent; silent is 0", a > 0 ? 1 : a < 0 ? -1 : 0)
STEP_MISTAKE("passes-a-on", "your step hands a itself on when a is above 0; a neuron that fires answers 1, always",
             a > 0 ? a : 0)

/// The sum that a body of `fire` starts from, sizes checked.
static real weighted(const Perceptron& neuron, const vec& x) {
  require_shape(x.n_elem, neuron.w.n_elem, "fire", "x", "entries", "weights");
  return dot(neuron.w, x);
}

#define FIRE_MISTAKE(id, says, ...) \
  MISTAKE(                          \
      fire, "1.2", id, says, (const Perceptron& neuron, const vec& x)->real { return __VA_ARGS__; })

FIRE_MISTAKE("no-bias", "your neuron forgets its bias: with all inputs 0 it can never fire", weighted(neuron, x) > 0)
FIRE_MISTAKE("bias-sign", "your neuron subtracts its bias, as if it were a threshold; the bias is added",
             weighted(neuron, x) - neuron.b > 0)
FIRE_MISTAKE("fires-at-zero", "your neuron fires when the sum is exactly 0; it should fire only above 0",
             weighted(neuron, x) + neuron.b >= 0)
FIRE_MISTAKE("no-step", "your neuron answers the weighted sum itself; the step turns it into 0 or 1",
             weighted(neuron, x) + neuron.b)
FIRE_MISTAKE("bias-per-input", "your neuron adds its bias once for every input; it has one bias, added once",
             weighted(neuron, x) + neuron.b * real(x.n_elem) > 0)
FIRE_MISTAKE("last-input-left-out", "your neuron never looks at its last input: how far does the loop go?",
             weighted(neuron, x) - (x.empty() ? 0 : neuron.w.back() * x.back()) + neuron.b > 0)
MISTAKE(
    fire, "1.2", "sizes-unchecked",
    "your neuron answers although x and w differ in size; it should refuse, not weigh the part they share",
    (const Perceptron& neuron, const vec& x)->real {
      real sum = neuron.b;
      for (uword i = 0; i < std::min(x.n_elem, neuron.w.n_elem); ++i) sum += neuron.w(i) * x(i);
      return sum > 0;
    })

#define THRESHOLD_MISTAKE(id, says, ...) \
  MISTAKE(                               \
      with_threshold, "1.3", id, says,   \
      (const vec& w, [[maybe_unused]] real theta)->Perceptron { return __VA_ARGS__; })

THRESHOLD_MISTAKE(
    "same-sign",
    "you take theta itself for the bias: what the sum must exceed stands on the other side of the inequality",
    {w, theta})
THRESHOLD_MISTAKE("theta-lost", "your neuron has lost theta: its bias is 0, whatever the threshold", {w, 0})
THRESHOLD_MISTAKE("theta-per-weight",
                  "you take theta from every weight; the weights stay as they are, only the bias knows the threshold",
                  {w - theta, 0})
THRESHOLD_MISTAKE("weights-turned",
                  "you turn the weights around as well; only theta changes its sign when it becomes a bias",
                  {-w, -theta})
THRESHOLD_MISTAKE("divided",
                  "you divide by theta to have a threshold of 1; that turns the inequality around where theta is "
                  "negative, and there is no dividing by 0: put theta on the other side, as -theta",
                  {w / theta, -1})
THRESHOLD_MISTAKE("theta-as-weight",
                  "you put the bias among the weights; the neuron keeps it apart, and w keeps its size",
                  {join_cols(vec{-theta}, w), 0})

#define GATE_MISTAKE(function, id, says, ...) \
  MISTAKE(                                    \
      function, "1.4", id, says, ()->Perceptron { return __VA_ARGS__; })

GATE_MISTAKE(and_gate, "and-always", "your AND always fires: a high threshold is a bias well below 0",
             {{0.5, 0.5}, 0.7})
GATE_MISTAKE(and_gate, "and-never",
             "your AND never fires: the two weights together must exceed the threshold, reaching it is not enough",
             {{0.5, 0.5}, -1})
GATE_MISTAKE(and_gate, "and-is-or", "your AND is an OR: a single weight is already more than the threshold",
             {{0.5, 0.5}, -0.4})
GATE_MISTAKE(and_gate, "and-is-nand", "your AND is a NAND: it is silent exactly where it should fire",
             {{-0.5, -0.5}, 0.7})
GATE_MISTAKE(nand_gate, "nand-never",
             "your NAND never fires: you turned the weights around, but the bias has to turn around with them",
             {{-0.5, -0.5}, -0.7})
GATE_MISTAKE(nand_gate, "nand-is-nor",
             "your NAND is a NOR: one input of 1 silences it, though the bias should outweigh any single weight",
             {{-1, -1}, 1})
GATE_MISTAKE(nand_gate, "nand-is-and", "your NAND is an AND: it fires exactly where it should be silent",
             {{0.5, 0.5}, -0.7})
GATE_MISTAKE(nand_gate, "nand-always", "your NAND always fires: the two weights together do not outweigh the bias",
             {{-0.5, -0.5}, 1.5})
GATE_MISTAKE(or_gate, "or-is-and", "your OR is an AND: one weight alone must exceed the threshold, and yours does not",
             {{0.5, 0.5}, -0.5})
GATE_MISTAKE(or_gate, "or-always",
             "your OR always fires: with both inputs 0 only the bias is left, and yours is above 0", {{0.5, 0.5}, 0.4})
GATE_MISTAKE(or_gate, "or-never", "your OR never fires: even both weights together do not exceed the threshold",
             {{0.5, 0.5}, -1})
GATE_MISTAKE(not_gate, "not-copies", "your NOT copies its input: the weight should pull the sum down, not up",
             {{1}, -0.5})
GATE_MISTAKE(not_gate, "not-never",
             "your NOT never fires: with the input 0 only the bias is left, and it must be above 0", {{-1}, 0})
GATE_MISTAKE(not_gate, "not-always", "your NOT always fires: an input of 1 must bring the sum down to 0 or below",
             {{-0.5}, 0.75})

static vec ones(uword n) { return vec(n, arma::fill::ones); }

#define AT_LEAST_MISTAKE(id, says, ...) \
  MISTAKE(                              \
      at_least, "1.5", id, says,        \
      ([[maybe_unused]] uword k, [[maybe_unused]] uword n)->Perceptron { return __VA_ARGS__; })

AT_LEAST_MISTAKE("more-than-k", "your neuron wants more than k ones; k of them should be enough", {ones(n), -real(k)})
AT_LEAST_MISTAKE("n-minus-k", "your neuron waits for n - k ones; k of them should be enough",
                 {ones(n), real(k) - real(n) + real(0.5)})
AT_LEAST_MISTAKE("k-minus-one-of-0",
                 "for k = 0 your neuron never fires: k is unsigned, and k - 1 is then a huge number instead of -1",
                 {ones(n), -real(k - 1)})
AT_LEAST_MISTAKE("minus-unsigned",
                 "k has no sign (uword), and -k is a huge number instead of a negative one: write -real(k)",
                 {ones(n), real(-k) + real(0.5)})
AT_LEAST_MISTAKE("at-most", "your neuron fires when at most k inputs are 1; more ones should help it, not hinder",
                 {-ones(n), real(k) + real(0.5)})
AT_LEAST_MISTAKE("bias-sign", "the more ones you ask for, the easier your neuron fires: look at the bias's sign",
                 {ones(n), real(k) - real(0.5)})
AT_LEAST_MISTAKE("any", "your neuron is an OR of all inputs: its threshold does not depend on k", {ones(n), -0.5})
AT_LEAST_MISTAKE("all", "your neuron is an AND of all inputs: its threshold does not depend on k",
                 {ones(n), real(0.5) - real(n)})
AT_LEAST_MISTAKE("k-weights", "your neuron has k weights; it listens to n inputs, k is only how many of them must be 1",
                 {ones(k), real(0.5) - real(k)})
AT_LEAST_MISTAKE("integer-division", "your weights are all 0: 1 / n divides integers, and for n > 1 the result is 0",
                 {vec(n).fill(real(1 / n)), (real(0.5) - real(k)) / real(n)})

/// The loop around every body of `learn`: `order` gives the samples of a pass, `move` answers a mistake.
static Learned passes(const mat& X, const rowvec& y, real rate, uword max_epochs, const std::function<uvec()>& order,
                      const std::function<void(Perceptron&, const vec&, real error)>& move) {
  require_shape(y.n_elem, X.n_cols, "learn", "y", "entries", "columns of X");
  require(X.n_cols > 0 && rate > 0, "learn", "no samples, or no rate above 0");
  Learned result;
  result.neuron.w.zeros(X.n_rows);
  while (!result.converged && result.epochs < max_epochs) {
    result.converged = true;
    for (const uword i : order()) {
      const real error = y(i) - fires(result.neuron, X.col(i));
      if (error == 0) continue;
      move(result.neuron, X.col(i), error);
      result.converged = false;
    }
    ++result.epochs;
    result.history.push_back(result.neuron);
  }
  return result;
}

/// A mistake in how the neuron moves.
static Learned moves(const mat& X, const rowvec& y, real rate, uword max_epochs, Rng& rng,
                     const std::function<void(Perceptron&, const vec&, real error)>& move) {
  return passes(
      X, y, rate, max_epochs, [&] { return random_permutation(X.n_cols, rng); }, move);
}

/// Rosenblatt's rule itself, for mistakes elsewhere.
static std::function<void(Perceptron&, const vec&, real)> rule(real rate) {
  return [rate](Perceptron& neuron, const vec& x, real error) {
    neuron.w += rate * error * x;
    neuron.b += rate * error;
  };
}

#define LEARN_MISTAKE(id, says, ...) \
  MISTAKE(                           \
      learn, "1.6", id, says,        \
      (const mat& X, const rowvec& y, real rate, uword max_epochs, [[maybe_unused]] Rng& rng)->Learned __VA_ARGS__)

LEARN_MISTAKE("no-sign",
              "every mistake moves your neuron towards the sample; after a false alarm it has to move away from it", {
                return moves(X, y, rate, max_epochs, rng, [rate](Perceptron& neuron, const vec& x, real) {
                  neuron.w += rate * x;
                  neuron.b += rate;
                });
              })
LEARN_MISTAKE(
    "weights-only-grow",
    "your weights take the whole input at every mistake; after a false alarm it is to be taken off: the error "
    "belongs into their step, as into that of the bias",
    {
      return moves(X, y, rate, max_epochs, rng, [rate](Perceptron& neuron, const vec& x, real error) {
        neuron.w += rate * x;
        neuron.b += rate * error;
      });
    })
LEARN_MISTAKE("bias-stays",
              "your neuron learns its weights only; the bias learns too, as the weight of an input that is always 1", {
                return moves(X, y, rate, max_epochs, rng,
                             [rate](Perceptron& neuron, const vec& x, real error) { neuron.w += rate * error * x; });
              })
LEARN_MISTAKE("labels-of-two-signs",
              "you take the labels for -1 and 1, so that a false alarm corrects nothing; here the other label is 0", {
                passes(
                    X, y, rate, 0, [] { return uvec(); }, rule(rate));  // complains
                Learned result;
                result.neuron.w.zeros(X.n_rows);
                while (!result.converged && result.epochs < max_epochs) {
                  result.converged = true;
                  for (const uword i : random_permutation(X.n_cols, rng)) {
                    if (y(i) == 0 || fires(result.neuron, X.col(i)) == 1) continue;
                    rule(rate)(result.neuron, X.col(i), 1);
                    result.converged = false;
                  }
                  ++result.epochs;
                  result.history.push_back(result.neuron);
                }
                return result;
              })
LEARN_MISTAKE("backwards", "your neuron moves the wrong way: after a mistake it is further from the answer than before",
              { return moves(X, y, rate, max_epochs, rng, rule(-rate)); })
LEARN_MISTAKE("rate-ignored", "your neuron moves by the whole error, whatever the rate",
              { return moves(X, y, rate, max_epochs, rng, rule(1)); })
LEARN_MISTAKE("bias-backwards", "your weights move the right way, your bias the wrong one: it moves by the same error",
              {
                return moves(X, y, rate, max_epochs, rng, [rate](Perceptron& neuron, const vec& x, real error) {
                  neuron.w += rate * error * x;
                  neuron.b -= rate * error;
                });
              })
LEARN_MISTAKE("bias-without-rate", "the rate scales your weights but not your bias; both move by it", {
  return moves(X, y, rate, max_epochs, rng, [rate](Perceptron& neuron, const vec& x, real error) {
    neuron.w += rate * error * x;
    neuron.b += error;
  });
})
LEARN_MISTAKE("bias-for-each-weight",
              "your bias moves once for every weight; it moves once for every mistake: put it behind that loop", {
                return moves(X, y, rate, max_epochs, rng, [rate](Perceptron& neuron, const vec& x, real error) {
                  neuron.w += rate * error * x;
                  neuron.b += rate * error * real(x.n_elem);
                });
              })
LEARN_MISTAKE("without-x",
              "every weight of yours moves by the same step; each should move by its own input's share of it", {
                return moves(X, y, rate, max_epochs, rng, [rate](Perceptron& neuron, const vec&, real error) {
                  neuron.w += rate * error;
                  neuron.b += rate * error;
                });
              })
LEARN_MISTAKE("clean-pass-not-counted",
              "you do not count the pass that finds no mistake; it is a pass, and ends the history", {
                Learned result = moves(X, y, rate, max_epochs, rng, rule(rate));
                if (!result.converged) return result;
                --result.epochs;
                result.history.pop_back();
                return result;
              })
LEARN_MISTAKE(
    "end-of-pass",
    "you collect the corrections and make them at the end of the pass; make each one at once, before the next sample", {
      Perceptron next{vec(X.n_rows, arma::fill::zeros), 0};
      Learned result;
      result.neuron = next;
      passes(
          X, y, rate, 1, [&] { return random_permutation(X.n_cols, rng); }, rule(rate));  // complains
      while (!result.converged && result.epochs < max_epochs) {
        result.converged = true;
        for (uword i = 0; i < X.n_cols; ++i) {
          const real error = y(i) - fires(result.neuron, X.col(i));
          rule(rate)(next, X.col(i), error);
          result.converged = result.converged && error == 0;
        }
        ++result.epochs;
        result.neuron = next;
        result.history.push_back(next);
      }
      return result;
    })
LEARN_MISTAKE("same-order",
              "every pass of yours takes the samples in the order in which they stand; shuffle them with rng", {
                return passes(
                    X, y, rate, max_epochs, [&] { return arma::regspace<uvec>(0, X.n_cols - 1); }, rule(rate));
              })
LEARN_MISTAKE(
    "drawn-again",
    "you draw each sample anew, so that a pass meets some twice and others not at all; a pass visits each one once", {
      const auto drawn = [&] {
        uvec order(X.n_cols);
        for (uword& i : order) i = rng.below(X.n_cols);
        return order;
      };
      return passes(X, y, rate, max_epochs, drawn, rule(rate));
    })
LEARN_MISTAKE("one-sample-a-pass", "your pass ends after one sample; a pass visits every one of them once", {
  const auto first = [&] { return uvec(random_permutation(X.n_cols, rng).head(1)); };
  return passes(X, y, rate, max_epochs, first, rule(rate));
})
LEARN_MISTAKE("always-converged",
              "you report convergence whenever the passes end; it needs a last pass without a mistake", {
                Learned result = moves(X, y, rate, max_epochs, rng, rule(rate));
                result.converged = true;
                return result;
              })
LEARN_MISTAKE("clean-pass-uncounted",
              "you do not count the last pass, the one without a mistake; it was made, so it is an epoch", {
                Learned result = moves(X, y, rate, max_epochs, rng, rule(rate));
                if (result.converged) result.history.pop_back(), --result.epochs;
                return result;
              })
LEARN_MISTAKE("history-before", "your history holds the neuron before each pass; it should hold the neuron after it", {
  Learned result = moves(X, y, rate, max_epochs, rng, rule(rate));
  if (result.history.empty()) return result;
  result.history.insert(result.history.begin(), Perceptron{vec(X.n_rows, arma::fill::zeros), 0});
  result.history.pop_back();
  return result;
})
LEARN_MISTAKE("history-of-moves", "your history holds a neuron for every correction; it should hold one for every pass",
              {
                std::vector<Perceptron> history;
                Learned result = moves(X, y, rate, max_epochs, rng, [&](Perceptron& neuron, const vec& x, real error) {
                  rule(rate)(neuron, x, error);
                  history.push_back(neuron);
                });
                result.history = history;
                return result;
              })
LEARN_MISTAKE("never-stops", "your passes go on after one without a mistake; then nothing is left to learn", {
  Learned result = moves(X, y, rate, max_epochs, rng, rule(rate));
  result.history.resize(max_epochs, result.neuron);
  result.epochs = max_epochs;
  return result;
})
LEARN_MISTAKE("flag-stays", "after one mistake you never call it converged: begin every pass anew with no mistake met",
              {
                Learned result = moves(X, y, rate, max_epochs, rng, rule(rate));
                if (result.converged && result.epochs == 1) return result;
                result.converged = false;
                result.history.resize(max_epochs, result.neuron);
                result.epochs = max_epochs;
                return result;
              })
LEARN_MISTAKE("rate-unchecked", "you accept a rate that is not above 0 (not-a-number is not above 0 either)", {
  const real valid = rate > 0 ? rate : 1;
  return moves(X, y, valid, max_epochs, rng, rule(rate));
})
LEARN_MISTAKE("no-samples-accepted", "you learn from no samples at all, and call that converged", {
  if (X.n_cols == 0 && y.n_elem == 0 && rate > 0) return Learned{{vec(X.n_rows, arma::fill::zeros), 0}, 1, true, {}};
  return moves(X, y, rate, max_epochs, rng, rule(rate));
})

}  // namespace nn
