// Lesson 12: networks that read step by step, and carry a state from each step to the next. Slopes through time are
// those of lesson 11, on a graph with one layer a step.
//
//   plain cell:  h' = tanh(W x + U h + b)                                            [textbook, 1.6.4, eq. 1.36]
//   gated cell:  z = sigmoid(Wz x + Uz h + bz),  r = sigmoid(Wr x + Ur h + br),
//                n = tanh(Wn x + Un (r . h) + bn),  h' = (1 - z) . n + z . h         [Cho and others, 2014]
//   output:      y = V h' + c, logits
//
//   d  numbers read at a step     m  units     k  outputs     T  steps     N  sequences side by side, one column each
//   x  a step of all sequences, d x N     h  their states, m x N     . entry by entry
//
//   Recurrent net = plain_cell(2, 16, 1, rng);                       // nn/support/recurrent.hpp
//   net = train_sequences(net, batches, Loss::binary_cross_entropy, 0.01, 1);
//   Outputs said = run(net, x, mat(16, x[0].n_cols, arma::fill::zeros));
#pragma once

#include "nn/graph.hpp"
#include "nn/optimisers.hpp"

namespace nn {

/// The weights of W x + U h + b.
struct Gate {
  mat W;  ///< m x d: of what is read
  mat U;  ///< m x m: of the state
  vec b;  ///< m
};

/// How a state becomes the next one.
enum class Cell { plain, gated };

/// A network that reads sequences.
struct Recurrent {
  Cell cell = Cell::plain;
  std::vector<Gate> gates;  ///< plain: one; gated: update z, reset r, candidate n
  mat V;                    ///< k x m
  vec c;                    ///< k
};

/// 12.1  The state after one step of the plain cell, m x N: tanh(W x + U h + b). [textbook, eq. 1.36]
/// Throws std::invalid_argument when x or h does not fit the gate, or they differ in columns: require_step
/// (nn/support/recurrent.hpp) does that for you.
[[nodiscard]] mat step_plain(const Gate& gate, const mat& h, const mat& x);

/// What a network says while it reads.
struct Outputs {
  std::vector<mat> states;  ///< h_1 ... h_T, m x N each
  std::vector<mat> logits;  ///< V h_t + c after each step, k x N each
};
/// 12.2  Reads x_1 ... x_T, each d x N, from the state h (m x N) on: the same weights at each step, whatever T is.
/// Without a step there is no output. [textbook, 1.6.4, eq. 1.37]
/// Throws std::invalid_argument when the network has another number of gates than its cell takes, V or c does not fit
/// (require_recurrent does that for you), and as step_plain and step_gated do.
[[nodiscard]] Outputs run(const Recurrent& net, const std::vector<mat>& x, mat h);

/// A network that is written out for so many steps.
struct Unrolled {
  Model model;  ///< inputs h_0, x_1 ... x_T; targets and outputs one for each judged step
  uvec states;  ///< the nodes of h_0 ... h_T
};
/// 12.3  The network as a graph of T = `steps` steps. Each weight is one parameter node that all steps read, in the
/// order W, U, b for each gate, then V, c; their values are those of `net`. h_0 is a parameter node as well, so that
/// slopes reach it, but stands among the model's inputs and not among its `parameters`; its value is left empty, as
/// those of the x are. `judged` holds steps, 0 for x_1 ... T-1 for x_T: each has a target, and logits as its output.
/// The loss is the mean over the judged steps of `loss`, which takes logits (for Loss::squared they are the answer).
/// [textbook, 1.6.4, Fig. 1.17 b]
/// Throws std::invalid_argument when there is no step or none is judged, a judged step is not below `steps`, and when
/// the network is not whole, as run does.
[[nodiscard]] Unrolled unroll(const Recurrent& net, uword steps, const uvec& judged, Loss loss);

/// 12.4  How much the loss hears of each state: the root of the sum of squares of dL/dh_t, for t = 0 ... T; 0 where the
/// loss does not depend on it. `values` are those that evaluate gave. [textbook, 1.4.2]
/// Throws std::invalid_argument as backward does.
[[nodiscard]] vec slopes_through_time(const Unrolled& unrolled, const Values& values);
/// 12.4  The slopes, those of the `parameters` all shrunk by one factor to the common norm `most` when theirs is above
/// it: the root of the sum of all their squares. All others as they were. [textbook, 1.6.4]
/// Throws std::invalid_argument unless most > 0, and when a parameter is no node.
[[nodiscard]] Values clip_slopes(Values slopes, const uvec& parameters, real most);

/// 12.5  The state after one step of the gated cell, m x N. `gates` are update z, reset r, candidate n, as above: where
/// z is 1 the cell keeps what it holds (some books exchange z and 1 - z), and r meets h before the product with U.
/// run and unroll take this cell, too. [Cho and others, 2014; textbook, 1.5.3.2, "forgetting"]
/// Throws std::invalid_argument unless there are three gates, and as step_plain does.
[[nodiscard]] mat step_gated(const std::vector<Gate>& gates, const mat& h, const mat& x);

/// What N sequences of T steps show, and what should be said.
struct Sequence {
  std::vector<mat> x;  ///< T steps, d x N each
  std::vector<mat> t;  ///< T targets, k x N each; an empty one is not judged
};
/// 12.6  One step of Adam (9.3, its numbers those of Method) for each batch in turn: from the state 0, the slopes of
/// the mean loss over the judged steps, clipped to `most` (12.4). Batches may differ in length.
/// Throws std::invalid_argument when a batch has not one target a step or no judged step, and as its parts do.
[[nodiscard]] Recurrent train_sequences(Recurrent net, const std::vector<Sequence>& batches, Loss loss, real rate,
                                        real most);

/// 12.7  N streams of symbols 0 ... d-1 side by side, in pieces of `back` steps: the network reads symbols one-hot and
/// learns, by cross_entropy, to say the next one. One clipped step of Adam a piece, as in 12.6. The first piece begins
/// with the state 0, each other one with the last state of the piece before, as it was before that piece's step: a
/// number, through which no slope goes. What is left at the end, too short for a piece, is not used.
/// [textbook, 1.6.4]
/// Throws std::invalid_argument when there is no stream, they differ in length or are too short for one piece, back is
/// 0, a symbol is not below d, or the network has not as many outputs as inputs; and as its parts do.
[[nodiscard]] Recurrent train_stream(Recurrent net, const std::vector<uvec>& streams, uword back, real rate, real most);

/// 12.8  Writes `length` symbols: from the state 0 it reads `first`, draws a symbol from softmax(logits / temperature),
/// reads that, and so on. `first` itself is not among them. Each symbol takes one rng.uniform() and is the first whose
/// probability, together with those of all before it, is above that number; the last one, should rounding leave none.
/// Throws std::invalid_argument unless temperature > 0 and first < d, when the network has not as many outputs as
/// inputs, and as run does.
[[nodiscard]] uvec write(const Recurrent& net, uword first, uword length, real temperature, Rng& rng);

}  // namespace nn
