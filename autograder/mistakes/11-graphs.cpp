// Known mistakes of lesson 11. They stand on lessons 1 to 6 and on this file alone: what a student wrote for one task
// of the lesson must not change the mistakes of another.
#include <cmath>

#include "autograder/mistakes/catalogue.hpp"
#include "nn/losses.hpp"
#include "nn/support/activate.hpp"
#include "nn/support/operands.hpp"
#include "nn/support/term.hpp"

namespace nn {

// 11.1

struct Forward {
  bool first_sample = false, no_factor = false, total = false, whole_square = false, probabilities = false,
       overflows = false, empty_leaf = false;
};

static mat worked_out(const Node& node, const Values& values, mat reuse, Forward quirk = {}) {
  require_operands(node, values, "node_forward");
  if (node.inputs.empty()) return quirk.empty_leaf ? mat() : reuse;
  const mat &A = values[node.inputs.front()], &B = values[node.inputs.back()];
  const bool one_column = node.inputs.size() == 2 && serves_all_columns(B, A);
  mat wide = one_column ? repmat(B, 1, A.n_cols) : B;
  if (one_column && quirk.first_sample && node.op == Op::add) wide.tail_cols(A.n_cols - 1).zeros();
  if (one_column && quirk.first_sample && node.op == Op::multiply) wide.tail_cols(A.n_cols - 1).ones();
  real loss = 0;
  switch (node.op) {
    case Op::add: return A + wide;
    case Op::multiply: return A % wide;
    case Op::matmul: return A * B;
    case Op::scale: return quirk.no_factor ? A : mat(node.factor * A);
    case Op::activate: return activate(node.activation, A);
    case Op::sum: return mat(1, 1).fill(accu(A));
    case Op::squared: loss = mean_squared_error(A, B) * (quirk.whole_square ? 2 : 1); break;
    case Op::cross_entropy:
      loss = quirk.probabilities ? -accu(B % log(A)) / real(A.n_cols) : softmax_cross_entropy(A, B);
      break;
    default: {
      const mat S = quirk.probabilities ? A : sigmoid(A);
      loss = (quirk.probabilities || quirk.overflows ? -accu(B % log(S) + (1 - B) % log(1 - S))
                                                     : accu(relu(A) + log1p(exp(-abs(A))) - A % B)) /
             real(A.n_cols);
    }
  }
  return mat(1, 1).fill(quirk.total ? loss * real(A.n_cols) : loss);
}

#define FORWARD_MISTAKE(id, says, ...)                                                           \
  MISTAKE(                                                                                       \
      node_forward, "11.1", id, says, (const Node& node, const Values& values, mat reuse)->mat { \
        return worked_out(node, values, std::move(reuse), Forward{__VA_ARGS__});                 \
      })

FORWARD_MISTAKE("first-sample", "your one column serves the first sample only; it serves all of them",
                .first_sample = true)
FORWARD_MISTAKE("factor-lost", "your scale hands on A as it is: it has a factor", .no_factor = true)
FORWARD_MISTAKE("total", "your losses grow with the number of samples: they are means over the columns", .total = true)
FORWARD_MISTAKE("whole-square", "your squared loss is twice as large: lesson 4 halves the square", .whole_square = true)
FORWARD_MISTAKE("takes-probabilities",
                "your cross-entropies take A for probabilities; logits come in, so softmax or sigmoid is theirs to do",
                .probabilities = true)
FORWARD_MISTAKE("overflows", "far out your binary loss is no number: log(1 + e^a) is max(0, a) + log(1 + e^-|a|)",
                .overflows = true)
FORWARD_MISTAKE("empty-leaf", "your leaves are empty: a leaf keeps what was put in, which comes as `reuse`",
                .empty_leaf = true)

// 11.2

struct Backward {
  bool not_summed = false, averaged = false, own_factor = false, wrong_side = false, applied_again = false,
       no_factor = false, sums_to_one = false, twice_n = false, above_is_one = false;
};

static mat logarithm_of_softmax(mat Z) {
  Z.each_row() -= max(Z, 0);
  Z.each_row() -= log(sum(exp(Z), 0));
  return Z;
}

static mat told(const Node& node, uword which, const Values& values, const mat& value, const mat& G,
                Backward quirk = {}) {
  require_operands(node, values, "node_backward");
  require(which < node.inputs.size(), "node_backward", "no such input");
  require_same_shape(G, value, "node_backward", "the gradient", "the value");
  const mat &A = values[node.inputs.front()], &B = values[node.inputs.back()];
  const bool first = which == 0, one_column = node.inputs.size() == 2 && serves_all_columns(B, A);
  const mat wide = one_column ? repmat(B, 1, A.n_cols) : B;
  const auto gathered = [&](const mat& slopes) -> mat {
    if (first || !one_column || quirk.not_summed) return slopes;
    return quirk.averaged ? mat(mean(slopes, 1)) : mat(sum(slopes, 1));
  };
  const real n = real(A.n_cols), per_sample = (quirk.above_is_one ? 1 : G(0)) / (quirk.twice_n ? n * n : n);
  switch (node.op) {
    case Op::add: return gathered(G);
    case Op::multiply: return gathered(G % (first == quirk.own_factor ? A : wide));
    case Op::matmul:
      if (quirk.wrong_side) return first ? mat(B.t() * G) : mat(G * A.t());
      return first ? mat(G * B.t()) : mat(A.t() * G);
    case Op::scale: return quirk.no_factor ? G : mat(node.factor * G);
    case Op::activate:
      return activation_backward(node.activation, quirk.applied_again ? value : A,
                                 quirk.applied_again ? activate(node.activation, value) : value, G);
    case Op::sum: return mat(size(A), arma::fill::value(G(0)));
    case Op::squared: return (first ? per_sample : -per_sample) * (A - B);
    case Op::cross_entropy: {
      if (!first) return -per_sample * logarithm_of_softmax(A);
      const mat P = softmax(A);
      return quirk.sums_to_one ? mat(per_sample * (P - B)) : mat(per_sample * (P.each_row() % sum(B, 0) - B));
    }
    default: return first ? mat(per_sample * (sigmoid(A) - B)) : mat(-per_sample * A);
  }
}

#define BACKWARD_MISTAKE(id, says, ...)                                                                        \
  MISTAKE(                                                                                                     \
      node_backward, "11.2", id, says,                                                                         \
      (const Node& node, uword which, const Values& values, const mat& value, const mat& gradient, mat)->mat { \
        return told(node, which, values, value, gradient, Backward{__VA_ARGS__});                              \
      })

BACKWARD_MISTAKE("not-summed", "the slope of the column is as wide as the batch; a slope has the shape of its value",
                 .not_summed = true)
BACKWARD_MISTAKE("averaged", "your column's slope is a mean over samples; did the loss not take the mean already?",
                 .averaged = true)
BACKWARD_MISTAKE("own-factor",
                 "each factor of your product gets itself back; which of the two says how far the result moves?",
                 .own_factor = true)
BACKWARD_MISTAKE(
    "wrong-side",
    "shapes meet only when they happen to be square: write the shapes of slope and factor under each other",
    .wrong_side = true)
BACKWARD_MISTAKE("applied-again",
                 "you take the activation of an output; the slope wants the sums and the output as they are",
                 .applied_again = true)
BACKWARD_MISTAKE("factor-lost", "a node that multiplies by c moves c times as far; your slope does not know c",
                 .no_factor = true)
BACKWARD_MISTAKE("sums-to-one", "right for one-hot targets only; what if a column of T sums to 3?", .sums_to_one = true)
BACKWARD_MISTAKE("twice-n", "everything behind the loss is too small by the number of samples", .twice_n = true)
BACKWARD_MISTAKE("above-is-one", "your losses take the slope above them for 1; what if the loss is one term of a sum?",
                 .above_is_one = true)

// 11.3

struct Ordering {
  bool users_first = false, leaves_out = false, by_number = false;
};

static uvec in_order(const Graph& graph, Ordering quirk = {}) {
  const uword n = graph.size();
  for (const Node& node : graph)
    for (const uword input : node.inputs) require(input < n, "order", "no such node");
  std::vector<uword> ordered;
  std::vector<bool> there(n, false);
  for (bool more = true; more;) {
    more = false;
    for (uword i = 0; i < n; ++i) {
      bool ready = !there[i];
      for (const uword input : graph[i].inputs) ready = ready && there[input];
      if (!ready) continue;
      ordered.push_back(i);
      there[i] = more = true;
    }
  }
  require(quirk.leaves_out || ordered.size() == n, "order", "a circle");
  if (quirk.by_number) return n == 0 ? uvec() : arma::regspace<uvec>(0, n - 1);
  const uvec result(ordered);
  return quirk.users_first ? uvec(reverse(result)) : result;
}

#define ORDER_MISTAKE(id, says, ...) \
  MISTAKE(                           \
      order, "11.3", id, says, (const Graph& graph)->uvec { return in_order(graph, {__VA_ARGS__}); })

ORDER_MISTAKE("user-first", "a node comes before what it reads: your order is that of the way back",
              .users_first = true)
ORDER_MISTAKE("cycle-ignored", "two nodes wait for each other; your list quietly leaves them out", .leaves_out = true)
ORDER_MISTAKE("by-number", "right while every node has a higher number than what it reads; nobody promised that",
              .by_number = true)

// 11.4

struct Evaluating {
  bool by_number = false, stale = false, no_memory = false;
};

static Values all_worked_out(const Graph& graph, Values values, Evaluating quirk) {
  require_shape(values.size(), graph.size(), "evaluate", "values", "entries", "nodes of the graph");
  for (const uword i : in_order(graph, {.by_number = quirk.by_number})) {
    if (quirk.stale && !values[i].empty()) continue;
    values[i] = worked_out(graph[i], values, quirk.no_memory ? mat() : values[i]);
  }
  return values;
}

#define EVALUATE_MISTAKE(id, says, ...) \
  MISTAKE(                              \
      evaluate, "11.4", id, says,       \
      (const Graph& graph, Values values)->Values { return all_worked_out(graph, values, {__VA_ARGS__}); })

EVALUATE_MISTAKE(
    "by-number",
    "right while every node has a higher number than what it reads; nobody promised that: go by your order",
    .by_number = true)
EVALUATE_MISTAKE("stale", "what stood in a computed node's place is taken for its value; it is memory, no more",
                 .stale = true)
EVALUATE_MISTAKE("leaves-lost", "your leaves come out empty: hand node_forward what stands in the node's place",
                 .no_memory = true)

// 11.5

struct Learning {
  bool computed = true, data = false;
};

static uvec who_learns(const Graph& graph, Learning how = {}) {
  uvec learns(graph.size(), arma::fill::zeros);
  for (const uword i : in_order(graph)) {
    learns(i) = graph[i].op == Op::parameter || (how.data && graph[i].op == Op::input);
    for (const uword input : graph[i].inputs) learns(i) = learns(i) || (how.computed && learns(input));
  }
  return learns;
}

MISTAKE(
    learns, "11.5", "parameters-only", "what is computed from a parameter must hear slopes, too, or none come through",
    (const Graph& graph)->uvec { return who_learns(graph, {.computed = false}); })
MISTAKE(
    learns, "11.5", "data-learn", "with you data learn as well; only parameters do, and what is computed from them",
    (const Graph& graph)->uvec { return who_learns(graph, {.data = true}); })

struct Sweeping {
  bool assigned = false, early = false, kept = false, added = false, only_leaves = false, data = false,
       seed_zero = false;
};

/// From the output on, each node when it is first heard of: before others that read it may have spoken.
static uvec as_first_heard(const Graph& graph, uword output) {
  std::vector<uword> found = {output};
  for (std::size_t k = 0; k < found.size(); ++k)
    for (const uword input : graph[found[k]].inputs)
      if (std::find(found.begin(), found.end(), input) == found.end()) found.push_back(input);
  return uvec(found);
}

static Values swept(const Graph& graph, const Values& values, uword output, Values slopes, Sweeping quirk) {
  require_shape(values.size(), graph.size(), "backward", "values", "entries", "nodes of the graph");
  require(output < graph.size() && values[output].n_elem == 1, "backward", "the output");
  const uvec forward = in_order(graph), learning = who_learns(graph, {.computed = true, .data = quirk.data});
  if (!quirk.kept && !quirk.added) slopes.clear();
  slopes.resize(graph.size());
  uvec heard(graph.size(), arma::fill::zeros);
  const auto hear = [&](uword node, const mat& slope) {
    const bool earlier = (quirk.kept && size(slopes[node]) == size(slope)) || (quirk.added && !slopes[node].empty());
    const bool adds = !quirk.assigned && (heard(node) || earlier);
    slopes[node] = adds ? mat(slopes[node] + slope) : slope;
    heard(node) = 1;
  };
  if (quirk.added && learning(output)) slopes[output].reset();
  if (learning(output)) hear(output, mat(1, 1).fill(quirk.seed_zero ? 0 : 1));
  for (const uword i : quirk.early ? as_first_heard(graph, output) : uvec(reverse(forward)))
    for (uword which = 0; (heard(i) || (quirk.added && !slopes[i].empty())) && which < graph[i].inputs.size();
         ++which) {
      const uword input = graph[i].inputs[which];
      const bool passes = learning(input) && (!quirk.only_leaves || graph[input].inputs.empty());
      if (passes) hear(input, told(graph[i], which, values, values[i], slopes[i]));
    }
  return slopes;
}

#define SWEEP_MISTAKE(id, says, ...)                                                                               \
  MISTAKE(                                                                                                         \
      backward, "11.5", id, says, (const Graph& graph, const Values& values, uword output, Values reuse)->Values { \
        return swept(graph, values, output, std::move(reuse), Sweeping{__VA_ARGS__});                              \
      })

SWEEP_MISTAKE("assigned",
              "a value that is used twice hears only its last user in your gradients; both moved the result",
              .assigned = true)
SWEEP_MISTAKE("sent-early",
              "right where each value has one user; where two paths meet again, you pass a slope on before all users "
              "have spoken",
              .early = true)
SWEEP_MISTAKE("kept", "the second call answers more than the first: what is left from the call before?", .kept = true)
SWEEP_MISTAKE("added-to-earlier",
              "you add to the slopes that were handed in: nothing of `reuse` counts, only its memory is used again",
              .added = true)
SWEEP_MISTAKE("stops-at-values",
              "what is computed gets no slope in your sweep, so what lies behind it cannot hear either",
              .only_leaves = true)
SWEEP_MISTAKE("data-too",
              "you computed the slope of the data: nobody learns from it, and for images it costs as much as the rest",
              .data = true)
SWEEP_MISTAKE("seed-zero", "all slopes are 0: how far does the output move when the output moves?", .seed_zero = true)

// 11.6

struct Writing {
  bool activated_logits = false, no_activation = false, sums_under_squared = false, no_bias = false;
};

static Model written(const Network& network, Loss loss, Writing quirk) {
  require(!network.empty(), "network_graph", "no layers");
  const Activation output = network.back().activation;
  require(loss == Loss::squared || output == (loss == Loss::cross_entropy ? Activation::softmax : Activation::sigmoid),
          "network_graph", "the last activation");
  Model model;
  Term h = input(model);
  for (const Layer& layer : network) {
    const bool last = &layer == &network.back();
    const Term W = parameter(model, layer.W);
    const Term b = parameter(model, layer.b);
    h = quirk.no_bias ? W * h : W * h + b;
    const bool logits = last && (loss != Loss::squared ? !quirk.activated_logits : quirk.sums_under_squared);
    if (!logits && (last || !quirk.no_activation)) h = activate(layer.activation, h);
  }
  const Term t = target(model);
  const Op op = loss == Loss::squared         ? Op::squared
                : loss == Loss::cross_entropy ? Op::cross_entropy
                                              : Op::binary_cross_entropy;
  finish(model, h, loss_of(op, h, t));
  return model;
}

#define WRITE_MISTAKE(id, says, ...)   \
  MISTAKE(                             \
      network_graph, "11.6", id, says, \
      (const Network& network, Loss loss)->Model { return written(network, loss, Writing{__VA_ARGS__}); })

WRITE_MISTAKE("other-logits", "softmax is in your graph and in its loss", .activated_logits = true)
WRITE_MISTAKE("no-activation", "your hidden layers are straight lines: their activation is missing",
              .no_activation = true)
WRITE_MISTAKE("sums-under-squared", "under the squared loss the last layer has its activation; you hand on its sums",
              .sums_under_squared = true)
WRITE_MISTAKE("no-bias", "your biases are there, and nobody adds them", .no_bias = true)

static Values stepped(Values values, const Values& gradients, const uvec& parameters, real by, bool everybody = false) {
  require_shape(gradients.size(), values.size(), "step_down", "gradients", "entries", "values");
  for (const uword p : parameters) {
    require(p < values.size(), "step_down", "no such node");
    require_same_shape(gradients[p], values[p], "step_down", "the gradient", "the value");
    if (!everybody) values[p] += by * gradients[p];
  }
  for (uword i = 0; everybody && i < values.size(); ++i)
    if (!gradients[i].empty()) values[i] += by * gradients[i];
  return values;
}

MISTAKE(
    step_down, "11.6", "uphill", "your step goes uphill: against the slope is down",
    (Values values, const Values& gradients, const uvec& parameters, real rate)->Values {
      return stepped(std::move(values), gradients, parameters, rate);
    })
MISTAKE(
    step_down, "11.6", "everybody", "everything with a slope moves; only parameters may, the rest is computed anew",
    (Values values, const Values& gradients, const uvec& parameters, real rate)->Values {
      return stepped(std::move(values), gradients, parameters, -rate, true);
    })

// 11.7

struct Blocks {
  bool skips = true, divides = true, shared = false, inside = false, variance = false;
};

static Model stacked(uword d, uword m, uword blocks, uword k, Activation phi, Rng& rng, Blocks quirk) {
  Model model;
  const auto drawn = [&](uword rows, uword columns) -> mat {
    return random_normal(rows, columns, rng) / (quirk.variance ? real(columns) : std::sqrt(real(columns)));
  };
  const auto layer = [&](uword rows, Term x, uword columns) {
    const Term W = parameter(model, drawn(rows, columns));
    const Term b = parameter(model, mat(rows, 1, arma::fill::zeros));
    return W * x + b;
  };
  const Term x = input(model);
  Term h = activate(phi, layer(m, x, d));
  std::optional<Term> W, b;
  for (uword block = 0; block < blocks; ++block) {
    if (!W || !quirk.shared) {
      W = parameter(model, drawn(m, m));
      b = parameter(model, mat(m, 1, arma::fill::zeros));
    }
    const Term z = *W * h + *b;
    Term more = activate(phi, quirk.inside ? h + z : z);
    if (quirk.divides) more = (1 / real(blocks)) * more;
    h = quirk.skips && !quirk.inside ? h + more : more;
  }
  const Term y = layer(k, h, m);
  const Term t = target(model);
  finish(model, y, loss_of(Op::cross_entropy, y, t));
  return model;
}

#define BLOCK_MISTAKE(id, says, ...)                                                                                  \
  MISTAKE(                                                                                                            \
      residual_graph, "11.7", id, says, (uword d, uword m, uword blocks, uword k, Activation phi, Rng & rng)->Model { \
        return stacked(d, m, blocks, k, phi, rng, Blocks{__VA_ARGS__});                                               \
      })

BLOCK_MISTAKE("skip-cut", "with 50 blocks your first block hears nothing: which wire carries the slope past a block?",
              .skips = false)
BLOCK_MISTAKE("not-divided", "each of your blocks adds in full: with 50 of them h grows far beyond where it began",
              .divides = false)
BLOCK_MISTAKE("shared", "all your blocks share one W and one b; each has its own", .shared = true)
BLOCK_MISTAKE("around-the-sums", "your skip ends before the activation: h goes around the whole block", .inside = true)
BLOCK_MISTAKE("by-the-columns", "your weights are too small: divide by the root of the number of columns",
              .variance = true)

// 11.8

struct Unit {
  bool product = true, constant = true, squares = false;
};

static Model unit(Rng& rng, Unit quirk) {
  Model model;
  const Term x1 = input(model);
  const Term x2 = input(model);
  const Term t = target(model);
  const auto weight = [&] { return parameter(model, random_normal(1, 1, rng)); };
  const Term w1 = weight();
  const Term w2 = weight();
  const Term v = weight();
  const Term c = weight();
  const Term both = !quirk.product ? x1 + x2 : quirk.squares ? x1 % x1 : x1 % x2;
  Term y = w1 * x1 + w2 * x2 + v * both;
  if (quirk.constant) y = y + c;
  finish(model, y, loss_of(Op::squared, y, t));
  return model;
}

#define PRODUCT_MISTAKE(id, says, ...) \
  MISTAKE(                             \
      product_graph, "11.8", id, says, (Rng & rng)->Model { return unit(rng, {__VA_ARGS__}); })

PRODUCT_MISTAKE("sum-for-product", "your unit adds x1 and x2 once more; no line fences XOR, it must multiply",
                .product = false)
PRODUCT_MISTAKE("no-constant", "your c is there, and nobody adds it", .constant = false)
PRODUCT_MISTAKE("square-for-product", "your unit multiplies x1 by itself; x2 is the other factor", .squares = true)

}  // namespace nn
