// Known mistakes of lesson 12. They stand on lessons 1 to 11 and on this file alone: what a student wrote for one task
// of the lesson must not change the mistakes of another. Those of 12.2 and 12.3 show with plain cells: gates are 12.5.
#include <cmath>
#include <optional>

#include "autograder/mistakes/catalogue.hpp"
#include "autograder/mistakes/drawing.hpp"
#include "nn/activations.hpp"
#include "nn/losses.hpp"
#include "nn/multilayer.hpp"
#include "nn/support/recurrent.hpp"
#include "nn/support/term.hpp"

namespace nn {

// 12.1

static mat affine(const Gate& gate, const mat& h, const mat& x) {
  return gate.W * x + gate.U * h + repmat(gate.b, 1, x.n_cols);
}

#define STEP_MISTAKE(id, says, ...)                                                       \
  MISTAKE(                                                                                \
      step_plain, "12.1", id, says, (const Gate& gate, const mat& h, const mat& x)->mat { \
        require_step(gate, h, x, "step_plain");                                           \
        return __VA_ARGS__;                                                               \
      })

STEP_MISTAKE("x-and-h-swapped", "W and U have changed places: which of them has d columns?",
             tanh(gate.W* h + gate.U * x + repmat(gate.b, 1, x.n_cols)))
STEP_MISTAKE("no-state", "your step does not depend on h: nothing is remembered",
             tanh(gate.W* x + repmat(gate.b, 1, x.n_cols)))
STEP_MISTAKE("no-bias", "your step has no b", tanh(gate.W* x + gate.U * h))
STEP_MISTAKE("sums", "your state is the bare sum, and can grow without end: tanh is missing", affine(gate, h, x))
STEP_MISTAKE("sigmoid", "your state is never below 0: the plain cell takes tanh", sigmoid(affine(gate, h, x)))
STEP_MISTAKE("added-outside", "your old state is added behind tanh; U h belongs into the sum",
             mat(tanh(gate.W* x + repmat(gate.b, 1, x.n_cols)) + gate.U * h))

// 12.2

static mat stepped(const Recurrent& net, const mat& h, const mat& x) {
  if (net.cell == Cell::plain) return tanh(affine(net.gates[0], h, x));
  const mat z = sigmoid(affine(net.gates[0], h, x)), r = sigmoid(affine(net.gates[1], h, x));
  const mat n = tanh(affine(net.gates[2], r % h, x));
  return (1 - z) % n + z % h;
}

struct Reading {
  bool restarted = false, from_zero = false, squashed = false, no_c = false, before = false, backwards = false,
       last_only = false, states_as_logits = false, plain_only = false;
};

static Outputs read(const Recurrent& net, std::vector<mat> x, mat h, Reading quirk) {
  require_recurrent(net, "run");
  for (const mat& now : x) require_step(net.gates[0], h, now, "run");
  if (net.cell == Cell::gated) quirk = {.plain_only = quirk.plain_only};
  const Recurrent cell = quirk.plain_only ? Recurrent{Cell::plain, {net.gates[0]}, net.V, net.c} : net;
  if (quirk.backwards) std::reverse(x.begin(), x.end());
  if (quirk.from_zero) h.zeros();
  const mat start = h;
  Outputs said;
  for (const mat& now : x) {
    const mat old = h;
    h = stepped(cell, quirk.restarted ? start : h, now);
    const mat& seen = quirk.before ? old : h;
    mat y = quirk.states_as_logits ? seen : dense(net.V, quirk.no_c ? vec(0 * net.c) : net.c, seen);
    if (quirk.squashed) y = sigmoid(y);
    said.states.push_back(h);
    said.logits.push_back(y);
  }
  if (quirk.last_only && x.size() > 1) said.logits = {said.logits.back()};
  return said;
}

#define RUN_MISTAKE(task, id, says, ...)                                                       \
  MISTAKE(                                                                                     \
      run, task, id, says, (const Recurrent& net, const std::vector<mat>& x, mat h)->Outputs { \
        return read(net, x, h, Reading{__VA_ARGS__});                                          \
      })

RUN_MISTAKE("12.2", "h-restarted", "your answer to step 3 does not depend on step 1: each step begins at the start",
            .restarted = true)
RUN_MISTAKE("12.2", "from-zero", "you begin at 0, whatever state was handed in", .from_zero = true)
RUN_MISTAKE("12.2", "squashed-logits", "your logits went through an activation, and the loss will do it again",
            .squashed = true)
RUN_MISTAKE("12.2", "no-c", "your logits lack c", .no_c = true)
RUN_MISTAKE("12.2", "one-late", "what you say after a step comes from the state before it", .before = true)
RUN_MISTAKE("12.2", "backwards", "you read from the end", .backwards = true)
RUN_MISTAKE("12.2", "last-only", "only the last step is answered: there are logits after each", .last_only = true)
RUN_MISTAKE("12.2", "states-as-logits", "you say the state itself: V and c make logits of it", .states_as_logits = true)

// 12.3

struct Writing {
  bool new_weights = false, last_only = false, summed = false, h0_parameter = false, h0_data = false, early = false,
       squashed = false, outputs_first = false, no_h0_state = false, short_graph = false, chopped = false,
       plain_only = false, z_swapped = false, reset_lost = false;
};

static Unrolled written(const Recurrent& net, uword steps, const uvec& judged, Loss loss, Writing quirk = {}) {
  require_recurrent(net, "unroll");
  require(steps > 0 && !judged.empty() && judged.max() < steps, "unroll", "steps");
  if (net.cell == Cell::gated)
    quirk = {.plain_only = quirk.plain_only, .z_swapped = quirk.z_swapped, .reset_lost = quirk.reset_lost};
  Unrolled u;
  Model& model = u.model;
  struct Terms {
    Term W, U, b;
    Term sum(Term h, Term x) const { return W * x + U * h + b; }
  };
  std::vector<Terms> gates;
  std::optional<Term> V, c;
  const auto outputs = [&] {
    V = parameter(model, net.V);
    c = parameter(model, net.c);
  };
  const auto weights = [&] {
    gates.clear();
    for (const Gate& gate : net.gates) {
      const Term W = parameter(model, gate.W);
      const Term U = parameter(model, gate.U);
      const Term b = parameter(model, gate.b);
      gates.push_back({W, U, b});
    }
  };
  if (quirk.outputs_first) outputs();
  weights();
  if (!quirk.outputs_first) outputs();
  const Term h0 = quirk.h0_data ? input(model.graph) : parameter(model.graph);
  detail::listed(model.inputs, h0);
  if (quirk.h0_parameter) detail::listed(model.parameters, h0);
  std::vector<Term> h = {h0};
  for (uword t = 0; t < (quirk.short_graph ? judged.max() + 1 : steps); ++t) {
    const Term x = input(model);
    if (quirk.new_weights && t > 0) weights();
    const Term old = quirk.chopped ? h0 : h.back();
    if (gates.size() == 1 || quirk.plain_only) {
      h.push_back(tanh(gates[0].sum(old, x)));
      continue;
    }
    const Term z = activate(Activation::sigmoid, gates[0].sum(old, x));
    const Term r = activate(Activation::sigmoid, gates[1].sum(old, x));
    const Term n = tanh(gates[2].sum(quirk.reset_lost ? old : r % old, x));
    h.push_back(quirk.z_swapped ? old + z % (n - old) : n + z % (old - n));
  }
  for (uword t = quirk.no_h0_state ? 1 : 0; t < h.size(); ++t) detail::listed(u.states, h[t]);
  std::optional<Term> sum;
  uvec said;
  for (uword j = 0; j < judged.n_elem; ++j) {
    Term y = *V * h[judged(j) + (quirk.early ? 0 : 1)] + *c;
    if (quirk.squashed) y = activate(loss == Loss::cross_entropy ? Activation::softmax : Activation::sigmoid, y);
    const Term one = loss_of(loss, y, target(model));
    detail::listed(said, y);
    sum = sum && !quirk.last_only ? *sum + one : one;
  }
  finish(model, *sum, quirk.summed || quirk.last_only ? *sum : (1 / real(judged.n_elem)) * *sum);
  model.outputs = said;
  return u;
}

#define UNROLL_MISTAKE(task, id, says, ...)                                                                  \
  MISTAKE(                                                                                                   \
      unroll, task, id, says, (const Recurrent& net, uword steps, const uvec& judged, Loss loss)->Unrolled { \
        return written(net, steps, judged, loss, Writing{__VA_ARGS__});                                      \
      })

UNROLL_MISTAKE("12.3", "new-weights",
               "each step of your graph has weights of its own; one cell reads the whole sequence", .new_weights = true)
UNROLL_MISTAKE("12.3", "last-only", "only the last judged step counts in your loss", .last_only = true)
UNROLL_MISTAKE("12.3", "summed", "your loss grows with the length of the sequence: it is a mean over the judged steps",
               .summed = true)
UNROLL_MISTAKE("12.3", "h0-trained", "h_0 stands among your parameters, so training would move it; it is an input",
               .h0_parameter = true)
UNROLL_MISTAKE("12.3", "h0-data",
               "no slope reaches your h_0: its node has to be a parameter, though no training moves it",
               .h0_data = true)
UNROLL_MISTAKE("12.3", "one-early", "you judge the state before the step: judged step 0 is what is said after x_1",
               .early = true)
UNROLL_MISTAKE("12.3", "squashed", "your logits go through an activation, and the loss does it again", .squashed = true)
UNROLL_MISTAKE("12.3", "outputs-first", "V and c stand before the gates in your parameters; they come last",
               .outputs_first = true)
UNROLL_MISTAKE("12.3", "h0-no-state", "your states begin with h_1; h_0 is the first of them", .no_h0_state = true)
UNROLL_MISTAKE("12.3", "stops-early",
               "your graph ends with the last judged step; it has as many steps as were asked for", .short_graph = true)
UNROLL_MISTAKE("12.3", "h-restarted", "every step of your graph reads h_0; each reads the state before it",
               .chopped = true)

// 12.4

#define SLOPES_MISTAKE(id, says, ...)                                                         \
  MISTAKE(                                                                                    \
      slopes_through_time, "12.4", id, says, (const Unrolled& u, const Values& values)->vec { \
        const Values slopes = backward(u.model.graph, values, u.model.loss);                  \
        vec norms(u.states.n_elem);                                                           \
        for (uword t = 0; t < norms.n_elem; ++t) {                                            \
          const mat& slope = slopes[u.states(t)];                                             \
          norms(t) = __VA_ARGS__;                                                             \
        }                                                                                     \
        return norms;                                                                         \
      })

SLOPES_MISTAKE("no-root", "you return squares of norms: the root is missing", accu(square(slope)))
SLOPES_MISTAKE("states", "you measure the states; asked for is what the loss hears of them",
               slope.empty() ? real(0) : std::sqrt(accu(square(values[u.states(t)]))))
SLOPES_MISTAKE("largest-entry", "you return the largest entry of each slope; all of them count",
               slope.empty() ? real(0) : real(abs(slope).max()))
SLOPES_MISTAKE(
    "norm-of-a-matrix",
    "norm() of a matrix is its largest stretch, not the root of the sum of squares; that is norm(M, \"fro\")",
    slope.empty() ? real(0) : real(norm(slope)))
SLOPES_MISTAKE("added-up", "slopes of different signs cancel in your sum: square them first", std::abs(accu(slope)))
MISTAKE(
    slopes_through_time, "12.4", "from-the-end", "your slopes run from T to 0; the first one is that of h_0",
    (const Unrolled& u, const Values& values)->vec {
      const Values slopes = backward(u.model.graph, values, u.model.loss);
      vec norms(u.states.n_elem);
      for (uword t = 0; t < norms.n_elem; ++t)
        norms(norms.n_elem - 1 - t) = std::sqrt(accu(square(slopes[u.states(t)])));
      return norms;
    })
MISTAKE(
    slopes_through_time, "12.4", "by-node-number",
    "your slopes come in the order of the graph; `states` says which is which",
    (const Unrolled& u, const Values& values)->vec {
      const Values slopes = backward(u.model.graph, values, u.model.loss);
      const uvec states = sort(u.states);
      vec norms(states.n_elem);
      for (uword t = 0; t < norms.n_elem; ++t) norms(t) = std::sqrt(accu(square(slopes[states(t)])));
      return norms;
    })

enum class Clip { common, each, entries, always, all, to_one, squares, stretches, per_parameter };

static Values clipped(Values slopes, const uvec& parameters, real most, Clip how) {
  require(most > 0, "clip_slopes", "most");
  real squares = 0;
  for (const uword p : parameters) {
    require(p < slopes.size(), "clip_slopes", "no such node");
    squares += accu(square(slopes[p]));
  }
  if (how == Clip::all) {
    squares = 0;
    for (const mat& slope : slopes) squares += accu(square(slope));
  }
  if (how == Clip::stretches) {
    squares = 0;
    for (const uword p : parameters) squares += slopes[p].empty() ? 0 : std::pow(arma::norm(slopes[p]), 2);
  }
  const real norm = how == Clip::squares ? squares : std::sqrt(squares);
  for (const uword p : parameters) {
    const real own = std::sqrt(accu(square(slopes[p])));
    if (how == Clip::each && own > most) slopes[p] *= most / own;
    else if (how == Clip::entries) slopes[p] = clamp(slopes[p], -most, most);
    else if (how == Clip::to_one && norm > most) slopes[p] /= norm;
    else if (how == Clip::always && norm > 0) slopes[p] *= most / norm;
    else if (how == Clip::per_parameter && norm > most) slopes[p] *= most / norm / real(parameters.n_elem);
    else if ((how == Clip::common || how == Clip::squares || how == Clip::stretches) && norm > most)
      slopes[p] *= most / norm;
  }
  if (how == Clip::all && norm > most)
    for (mat& slope : slopes) slope *= most / norm;
  return slopes;
}

#define CLIP_MISTAKE(id, says, how)  \
  MISTAKE(                           \
      clip_slopes, "12.4", id, says, \
      (Values slopes, const uvec& parameters, real most)->Values { return clipped(slopes, parameters, most, how); })

CLIP_MISTAKE("each-by-itself", "every matrix is shortened by itself, so the step points elsewhere", Clip::each)
CLIP_MISTAKE("entries-cut", "you cut entries; the direction changes", Clip::entries)
CLIP_MISTAKE("always-scaled", "short slopes are made longer: leave them when they are not above `most`", Clip::always)
CLIP_MISTAKE("all-nodes", "slopes of states count in your norm; only those of the parameters do", Clip::all)
CLIP_MISTAKE("to-one", "you shorten to the length 1, whatever `most` is", Clip::to_one)
CLIP_MISTAKE("clip-norm-of-a-matrix",
             "norm() of a matrix is its largest stretch, not the root of the sum of squares; that is norm(M, \"fro\")",
             Clip::stretches)
CLIP_MISTAKE("squared-norm", "you compare the square of the norm: the root is missing", Clip::squares)

// 12.5

struct Gating {
  bool swapped = false, outside = false, sigmoid = false, old_lost = false, exchanged = false, everywhere = false,
       no_reset = false, half = false;
};

static mat gated(std::vector<Gate> gates, const mat& h, const mat& x, Gating quirk) {
  require_shape(gates.size(), 3, "step_gated", "the cell", "gates", "3");
  for (const Gate& gate : gates) require_step(gate, h, x, "step_gated");
  if (quirk.exchanged) std::swap(gates[0], gates[1]);
  const Gate& last = gates[2];
  const mat r = sigmoid(affine(gates[1], h, x)), z = sigmoid(affine(gates[0], quirk.everywhere ? mat(r % h) : h, x));
  const mat sum = quirk.outside ? mat(last.W * x + r % (last.U * h) + repmat(last.b, 1, x.n_cols))
                                : affine(last, quirk.no_reset ? h : mat(r % h), x);
  const mat n = quirk.sigmoid ? sigmoid(sum) : tanh(sum);
  if (quirk.old_lost) return (1 - z) % n;
  if (quirk.half) return n + z % h;
  return quirk.swapped ? mat(z % n + (1 - z) % h) : mat((1 - z) % n + z % h);
}

#define GATE_MISTAKE(id, says, ...)                                                                     \
  MISTAKE(                                                                                              \
      step_gated, "12.5", id, says, (const std::vector<Gate>& gates, const mat& h, const mat& x)->mat { \
        return gated(gates, h, x, Gating{__VA_ARGS__});                                                 \
      })

GATE_MISTAKE("z-swapped", "with z near 1 your cell forgets; with which z should it keep?", .swapped = true)
GATE_MISTAKE("reset-outside", "r meets U h after the product: a cell that exists, not this one", .outside = true)
GATE_MISTAKE("sigmoid-candidate", "your candidate is never below 0: it goes through tanh", .sigmoid = true)
GATE_MISTAKE("old-lost", "what the cell held is gone after one step, whatever z says", .old_lost = true)
GATE_MISTAKE("gates-exchanged", "update and reset have changed places: the update gate is the first", .exchanged = true)
GATE_MISTAKE("reset-in-z", "your update gate sees r . h; only the candidate does", .everywhere = true)
GATE_MISTAKE("no-reset", "your candidate sees all of h: r says how much of it", .no_reset = true)
GATE_MISTAKE("all-of-n", "the candidate comes in full on top of what is kept: its share is 1 - z", .half = true)
RUN_MISTAKE("12.5", "plain-in-run", "run takes one gate and tanh for a cell of three gates: look at net.cell",
            .plain_only = true)
UNROLL_MISTAKE("12.5", "plain-in-graph", "your graph has a plain cell in it; the network's has three gates",
               .plain_only = true)
UNROLL_MISTAKE("12.5", "z-swapped-in-graph", "in your graph z near 1 forgets; it should keep", .z_swapped = true)
UNROLL_MISTAKE("12.5", "reset-lost-in-graph", "in your graph the candidate sees all of h: r is not used",
               .reset_lost = true)

// 12.6

struct Learning {
  bool leaks = false, forgets = false, descent = false, unclipped = false, summed = false, uphill = false,
       first_weights = false, each = false, one_memory = false;
};

/// Moves a network batch by batch.
class Mover {
 public:
  Mover(real rate, real most, Learning quirk) : rate_(rate), most_(most), quirk_(quirk) {}

  void step(Model& model) {
    model.values = evaluate(model.graph, std::move(model.values));
    Values slopes = backward(model.graph, model.values, model.loss);
    if (!quirk_.unclipped)
      slopes = clipped(std::move(slopes), model.parameters, most_, quirk_.each ? Clip::each : Clip::common);
    if (quirk_.forgets) memory_.clear();
    memory_.resize(model.parameters.n_elem);
    for (uword i = 0; i < model.parameters.n_elem; ++i) {
      const uword p = model.parameters(i);
      const Method method{.rule = quirk_.descent ? Rule::descent : Rule::adam};
      Moved moved = take_step(method, quirk_.uphill ? -rate_ : rate_, model.values[p], slopes[p], memory_[i]);
      model.values[p] = moved.x;
      memory_[i] = moved.memory;
    }
  }

 private:
  real rate_, most_;
  Learning quirk_;
  std::vector<Memory> memory_;
};

static Recurrent learnt(Recurrent net, const std::vector<Sequence>& batches, Loss loss, real rate, real most,
                        Learning quirk) {
  require_recurrent(net, "train_sequences");
  require(most > 0, "train_sequences", "most");
  Mover mover(rate, most, quirk);
  mat last;
  for (const Sequence& batch : batches) {
    require(batch.x.size() == batch.t.size(), "train_sequences", "targets");
    std::vector<uword> judged;
    for (uword t = 0; t < batch.t.size(); ++t)
      if (!batch.t[t].empty()) judged.push_back(t);
    auto [model, states] = written(net, batch.x.size(), judged, loss, {});
    if (quirk.summed && !model.graph.empty()) model.graph[model.loss].factor = 1;
    const uword N = batch.x[0].n_cols;
    mat h(net.V.n_cols, N, arma::fill::zeros);
    if (quirk.leaks && last.n_cols == N) h = last;
    model.values[model.inputs(0)] = h;
    for (uword t = 0; t < batch.x.size(); ++t) model.values[model.inputs(t + 1)] = batch.x[t];
    for (uword j = 0; j < judged.size(); ++j) model.values[model.targets(j)] = batch.t[judged[j]];
    mover.step(model);
    last = model.values[states(batch.x.size())];
    net = with_parameters(std::move(net), model);
  }
  return net;
}

#define LEARN_MISTAKE(id, says, ...)                                                                      \
  MISTAKE(                                                                                                \
      train_sequences, "12.6", id, says,                                                                  \
      (Recurrent net, const std::vector<Sequence>& batches, Loss loss, real rate, real most)->Recurrent { \
        return learnt(std::move(net), batches, loss, rate, most, Learning{__VA_ARGS__});                  \
      })

LEARN_MISTAKE("state-leaks", "the first answer depends on the sequences of the batch before: begin at 0", .leaks = true)
LEARN_MISTAKE("forgets", "each step of yours begins with an empty memory: Adam goes on from the last one",
              .forgets = true)
LEARN_MISTAKE("descent", "your steps are plain descent: set the method's rule to Adam", .descent = true)
LEARN_MISTAKE("not-clipped", "your slopes are not clipped to `most`", .unclipped = true)
LEARN_MISTAKE("clipped-apart", "you clip every matrix by itself: one factor serves all of them", .each = true)
LEARN_MISTAKE("summed", "batches with many judged steps count more in yours: the loss is a mean over them",
              .summed = true)
LEARN_MISTAKE("uphill", "your steps go uphill: the loss grows", .uphill = true)

// 12.7

struct Streaming {
  bool same = false, backwards = false, dropped = false, grows = false, overlap = false, gap = false, after = false,
       last_only = false, tail = false;
  Learning learning = {};
};

static Recurrent streamed(Recurrent net, const std::vector<uvec>& streams, uword back, real rate, real most,
                          Streaming quirk) {
  require_recurrent(net, "train_stream");
  const uword d = net.gates[0].W.n_cols;
  require(net.V.n_rows == d && !streams.empty() && back > 0 && streams[0].n_elem > back && most > 0, "train_stream",
          "arguments");
  const uword length = streams[0].n_elem;
  for (const uvec& stream : streams) require(stream.n_elem == length && stream.max() < d, "train_stream", "streams");
  const auto symbols = [&](uword t) {
    uvec labels(streams.size());
    for (uword n = 0; n < streams.size(); ++n) labels(n) = streams[n](t);
    return one_hot(labels, d);
  };
  Mover mover(rate, most, quirk.learning);
  const mat start(net.V.n_cols, streams.size(), arma::fill::zeros);
  mat h = start;
  const uword stride = quirk.overlap ? std::max<uword>(1, back - 1) : quirk.gap ? back + 1 : back;
  for (uword begin = 0; begin + (quirk.tail ? 1 : back) < length; begin += stride) {
    const uword own = std::min(back, length - 1 - begin), from = quirk.grows ? 0 : begin, steps = begin + own - from;
    uvec judged = arma::regspace<uvec>(begin - from, steps - 1);
    if (quirk.last_only) judged = {steps - 1};
    auto [model, states] = written(net, steps, judged, Loss::cross_entropy, {});
    model.values[model.inputs(0)] = quirk.dropped || quirk.grows ? start : h;
    for (uword t = 0; t < steps; ++t) model.values[model.inputs(t + 1)] = symbols(from + t);
    for (uword j = 0; j < judged.n_elem; ++j) {
      const uword at = from + judged(j);
      model.values[model.targets(j)] = symbols(quirk.same ? at : quirk.backwards ? (at > 0 ? at - 1 : 0) : at + 1);
    }
    mover.step(model);
    if (quirk.after) model.values = evaluate(model.graph, std::move(model.values));
    h = model.values[states(steps)];
    net = with_parameters(std::move(net), model);
  }
  return net;
}

#define STREAM_MISTAKE(id, says, ...)                                                                  \
  MISTAKE(                                                                                             \
      train_stream, "12.7", id, says,                                                                  \
      (Recurrent net, const std::vector<uvec>& streams, uword back, real rate, real most)->Recurrent { \
        return streamed(std::move(net), streams, back, rate, most, Streaming{__VA_ARGS__});            \
      })

STREAM_MISTAKE("off-by-one", "your network learns to repeat what it just read: compare x and t of one step",
               .same = true)
STREAM_MISTAKE("backwards", "your target stands before its input", .backwards = true)
STREAM_MISTAKE("state-dropped", "each piece of the text begins without memory", .dropped = true)
STREAM_MISTAKE("graph-grows", "each piece takes longer than the one before: how far back do your slopes reach?",
               .grows = true)
STREAM_MISTAKE("pieces-overlap", "your pieces overlap: each begins where the last one ended", .overlap = true)
STREAM_MISTAKE("symbol-lost", "between two pieces one symbol is never read: the last target is the next input",
               .gap = true)
STREAM_MISTAKE("state-after-step", "the state that goes on was computed anew, with the weights after the step",
               .after = true)
STREAM_MISTAKE("last-only", "only the last step of each piece is judged; all of them are", .last_only = true)
STREAM_MISTAKE("short-piece", "what is left at the end is too short for a piece, and you learn from it", .tail = true)
STREAM_MISTAKE("forgets", "each piece of yours begins with an empty memory of Adam: it goes on from the last one",
               .learning = {.forgets = true})
STREAM_MISTAKE("not-clipped", "your slopes are not clipped to `most`", .learning = {.unclipped = true})

// 12.8

struct Speaking {
  Drawing drawing = {};
  bool same_input = false, no_state = false, first_too = false;
};

static uvec spoken(const Recurrent& net, uword first, uword length, real temperature, Rng& rng, Speaking quirk) {
  require_recurrent(net, "write");
  const uword d = net.gates[0].W.n_cols;
  require(net.V.n_rows == d && temperature > 0 && first < d, "write", "arguments");
  uvec text(length);
  mat h(net.V.n_cols, 1, arma::fill::zeros);
  uword read = first;
  for (uword i = 0; i < length; ++i) {
    if (quirk.no_state) h.zeros();
    h = stepped(net, h, one_hot({read}, d));
    text(i) = drawn(dense(net.V, net.c, h), temperature, rng, quirk.drawing);
    if (!quirk.same_input) read = text(i);
  }
  if (quirk.first_too && length > 0) {
    const uvec before = text;
    text(0) = first;
    for (uword i = 1; i < length; ++i) text(i) = before(i - 1);
  }
  return text;
}

#define WRITE_MISTAKE(id, says, ...)                                                                                 \
  MISTAKE(                                                                                                           \
      write, "12.8", id, says, (const Recurrent& net, uword first, uword length, real temperature, Rng& rng)->uvec { \
        return spoken(net, first, length, temperature, rng, Speaking{__VA_ARGS__});                                  \
      })

WRITE_MISTAKE("temperature-after",
              "a colder text is not more certain in yours: is it logits or probabilities that are divided?",
              .drawing = {.after = true})
WRITE_MISTAKE("likeliest", "your text runs in a circle: nothing is drawn", .drawing = {.likeliest = true})
WRITE_MISTAKE("not-fed-back", "each symbol is written as if `first` came before it", .same_input = true)
WRITE_MISTAKE("state-lost", "your text remembers nothing but its last symbol: the state goes on", .no_state = true)
WRITE_MISTAKE("first-too", "your text begins with `first`, which was read and not written", .first_too = true)
WRITE_MISTAKE("upside-down", "a colder text is less certain in yours: divide by the temperature",
              .drawing = {.warmer = true})
WRITE_MISTAKE("no-temperature", "your text is the same at any temperature", .drawing = {.lukewarm = true})
WRITE_MISTAKE("from-the-end", "you add up the probabilities from the last symbol on; the contract begins at the first",
              .drawing = {.turned = true})

}  // namespace nn
