// Lesson 12: cells, whole sequences, the graph of all steps, training through time, writing. Golden values are from
// PyTorch, or by hand; the rest is worked out step by step, slopes by the formulas of each cell.
#include "contracts/sequences.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "autograder/tests/support/expect.hpp"

namespace nn {

static const Tolerance trained{1e-7, 1e-7};  // Adam divides by small numbers

static mat zeros(uword rows, uword cols) { return mat(rows, cols, arma::fill::zeros); }

static Gate random_gate(uword d, uword m, Rng& rng) {
  mat W = random_normal(m, d, rng);
  mat U = random_normal(m, m, rng);
  return {std::move(W), std::move(U), random_normal(m, 1, rng)};
}

static Recurrent random_net(Cell cell, uword d, uword m, uword k, Rng& rng) {
  Recurrent net;
  net.cell = cell;
  for (int g = 0; g < (cell == Cell::plain ? 1 : 3); ++g) net.gates.push_back(random_gate(d, m, rng));
  net.V = random_normal(k, m, rng);
  net.c = random_normal(k, 1, rng);
  return net;
}

static std::vector<mat> random_steps(uword T, uword d, uword N, Rng& rng) {
  std::vector<mat> x;
  for (uword t = 0; t < T; ++t) x.push_back(random_normal(d, N, rng));
  return x;
}

static mat random_answers(uword k, uword N, Loss loss, Rng& rng) {
  mat T = random_normal(k, N, rng);
  if (loss == Loss::squared) return T;
  T = zeros(k, N);
  for (uword n = 0; n < N; ++n) {
    if (loss == Loss::cross_entropy) T(rng.below(k), n) = 1;
    else
      for (uword r = 0; r < k; ++r) T(r, n) = real(rng.below(2));
  }
  return T;
}

/// d, m, k, N and T of questions that tell them apart, and that do not.
struct Sizes {
  uword d, m, k, N, T;
};
static const std::vector<Sizes> sizes_of_questions = {
    {2, 3, 4, 5, 3}, {4, 2, 1, 3, 6}, {3, 3, 3, 3, 4}, {1, 5, 2, 1, 2}, {5, 1, 3, 2, 1}};

// PyTorch 1.13: golden_torch.py
static const std::vector<mat> golden_x = {{{1, 0.5}}, {{-1, 2}}, {{0.5, -0.5}}};
static const std::vector<mat> golden_t = {{{1, 0}}, {{0, 1}}, {{1, 1}}};
static Recurrent golden_plain() {
  return {Cell::plain, {{vec{0.5, -0.3}, {{0.2, -0.4}, {0.6, 0.1}}, {0.1, 0}}}, {{0.7, -0.5}}, {0.2}};
}
static Recurrent golden_gated() {
  Recurrent net{Cell::gated, {}, {{0.7, -0.5}}, {0.2}};
  for (int g = 0; g < 3; ++g)
    net.gates.push_back({vec{0.1, 0.2} * real(g + 1), mat{{0.1, -0.2}, {0.3, 0.05}} * real(g == 1 ? -1 : 1),
                         vec{0.01, -0.02} * real(g)});
  return net;
}

static const Tolerance printed{1e-10, 1e-10};  // golden values of eleven digits

// What everything below is compared with: each number by its formula.

/// The next states of N sequences, one number at a time; `gates` has one gate or three.
static const auto next_states = oracle<mat>("step", [](const std::vector<Gate>& gates, const mat& h, const mat& x) {
  mat next(size(h));
  const auto sum = [&](const Gate& gate, const vec& state, uword i, uword n) {
    real s = gate.b(i);
    for (uword j = 0; j < x.n_rows; ++j) s += gate.W(i, j) * x(j, n);
    for (uword j = 0; j < state.n_elem; ++j) s += gate.U(i, j) * state(j);
    return s;
  };
  const auto sigma = [](real s) { return 1 / (1 + std::exp(-s)); };
  for (uword n = 0; n < h.n_cols; ++n) {
    const vec old = h.col(n);
    vec seen = old;
    if (gates.size() == 3)
      for (uword i = 0; i < h.n_rows; ++i) seen(i) = sigma(sum(gates[1], old, i, n)) * old(i);
    for (uword i = 0; i < h.n_rows; ++i) {
      const real fresh = std::tanh(sum(gates.back(), seen, i, n));
      const real kept = gates.size() == 3 ? sigma(sum(gates[0], old, i, n)) : 0;
      next(i, n) = kept * old(i) + (1 - kept) * fresh;
    }
  }
  return next;
});

static const auto plain_reading = oracle<std::vector<mat>>(
    "reading", [](const Recurrent& net, const std::vector<mat>& x, mat h) {  // h_1, y_1, h_2, y_2 ...
      std::vector<mat> said;
      for (const mat& now : x) {
        said.push_back(h = next_states(net.gates, h, now));
        mat y = net.V * h;
        for (uword n = 0; n < y.n_cols; ++n) y.col(n) += net.c;
        said.push_back(y);
      }
      return said;
    });

static Parts reading_parts(const std::vector<mat>& said) {
  Parts parts = {number("states", double(said.size()) / 2), number("logits", double(said.size()) / 2)};
  for (uword i = 0; i < said.size(); ++i)
    add_parts(parts, fmt::format("{} after step {}", i % 2 ? "the logits" : "the state", i / 2 + 1), said[i]);
  return parts;
}
static Parts reading_parts(const Outputs& said) {
  Parts parts = {number("states", double(said.states.size())), number("logits", double(said.logits.size()))};
  for (uword t = 0; t < std::max(said.states.size(), said.logits.size()); ++t) {
    if (t < said.states.size()) add_parts(parts, fmt::format("the state after step {}", t + 1), said.states[t]);
    if (t < said.logits.size()) add_parts(parts, fmt::format("the logits after step {}", t + 1), said.logits[t]);
  }
  return parts;
}

static void reads(const std::vector<mat>& expected, const Recurrent& net, const std::vector<mat>& x, const mat& h,
                  Tolerance tolerance = {}) {
  Parts arguments;
  add_parts(arguments, "net", net), add_parts(arguments, "x", x), add_parts(arguments, "h", h);
  shows<run>(reading_parts(expected), tolerance, arguments, [&](const auto& f) { return reading_parts(f(net, x, h)); });
}

/// Slopes of the mean loss along W, U, b of each gate, V, c and h_0; first the loss itself. Empty targets are not
/// judged.
static const auto slopes_of = oracle<std::vector<mat>>(
    "slopes", [](const Recurrent& net, const std::vector<mat>& x, const std::vector<mat>& t, const mat& h0, Loss loss) {
      const auto sigma = [](const mat& S) { return mat(1 / (1 + exp(-S))); };
      const auto sum = [](const Gate& gate, const mat& h, const mat& now) {
        return mat(gate.W * now + gate.U * h + repmat(gate.b, 1, now.n_cols));
      };
      const uword T = x.size();
      const real judged = real(std::count_if(t.begin(), t.end(), [](const mat& answer) { return !answer.empty(); }));
      std::vector<mat> h = {h0}, slopes = {zeros(1, 1)};
      for (const mat& now : x) h.push_back(next_states(net.gates, h.back(), now));
      for (const Gate& gate : net.gates)
        for (const mat& of : {gate.W, gate.U, mat(gate.b)}) slopes.push_back(zeros(of.n_rows, of.n_cols));
      mat dV = zeros(net.V.n_rows, net.V.n_cols), dc = zeros(net.c.n_elem, 1), dh = zeros(h0.n_rows, h0.n_cols);
      const auto add = [&](uword gate, const mat& dZ, const mat& now, const mat& state) {
        slopes[1 + 3 * gate] += dZ * now.t();
        slopes[2 + 3 * gate] += dZ * state.t();
        slopes[3 + 3 * gate] += arma::sum(dZ, 1);
        return mat(net.gates[gate].U.t() * dZ);
      };
      for (uword step = T; step-- > 0;) {
        const mat &old = h[step], &now = x[step];
        if (!t[step].empty()) {
          const mat Y = net.V * h[step + 1] + repmat(net.c, 1, old.n_cols), &A = t[step];
          const real share = judged * real(Y.n_cols);
          mat P = Y;
          if (loss == Loss::binary_cross_entropy) P = sigma(Y);
          if (loss == Loss::cross_entropy)
            for (uword n = 0; n < Y.n_cols; ++n) P.col(n) = exp(Y.col(n)) / accu(exp(Y.col(n)));
          slopes[0](0) += (loss == Loss::squared         ? accu(square(Y - A)) / 2
                           : loss == Loss::cross_entropy ? -accu(A % log(P))
                                                         : -accu(A % log(P) + (1 - A) % log(1 - P))) /
                          share;
          const mat dY = (P - A) / share;
          dV += dY * h[step + 1].t(), dc += arma::sum(dY, 1), dh += net.V.t() * dY;
        }
        if (net.gates.size() == 1) {
          dh = add(0, dh % (1 - square(h[step + 1])), now, old);
          continue;
        }
        const mat z = sigma(sum(net.gates[0], old, now)), r = sigma(sum(net.gates[1], old, now)),
                  fresh = arma::tanh(sum(net.gates[2], r % old, now));
        const mat through = add(2, dh % (1 - z) % (1 - square(fresh)), now, r % old);
        dh = mat(dh % z + through % r + add(0, dh % (old - fresh) % z % (1 - z), now, old) +
                 add(1, through % old % r % (1 - r), now, old));
      }
      for (const mat& of : {dV, dc, dh}) slopes.push_back(of);
      return slopes;
    });

static std::vector<mat> numbers_of(const Recurrent& net) {
  std::vector<mat> all;
  for (const Gate& gate : net.gates) all.push_back(gate.W), all.push_back(gate.U), all.push_back(gate.b);
  all.push_back(net.V), all.push_back(net.c);
  return all;
}

// 12.1

TEST_CASE("one unit by hand", "[12][12.1]") {
  const Gate gate{{{2, -1}}, mat{3}, {0.5}};
  check<step_plain>(mat{std::tanh(real(2 - 2 + 3 * 0.5 + 0.5))}, gate, mat{0.5}, vec{1, 2});
  check<step_plain>(mat{0}, Gate{mat{1}, mat{1}, {0}}, mat{2}, mat{-2});
}

TEST_CASE("any cell, any number of sequences, one step", "[12][12.1]") {
  Rng rng = seeded(1201);
  for (const auto& [d, m, k, N, T] : sizes_of_questions) {
    const Gate gate = random_gate(d, m, rng);
    const mat h = random_normal(m, N, rng), x = random_normal(d, N, rng);
    check<step_plain>(next_states(std::vector<Gate>{gate}, h, x), gate, h, x);
  }
}

TEST_CASE("what does not fit the gate is an error", "[12][12.1]") {
  Rng rng = seeded(1202);
  const Gate gate = random_gate(2, 3, rng);
  rejects<step_plain>(gate, zeros(3, 4), zeros(3, 4));
  rejects<step_plain>(gate, zeros(2, 4), zeros(2, 4));
  rejects<step_plain>(gate, zeros(3, 1), zeros(2, 4));
  Gate other = gate;
  other.b = vec(2, arma::fill::zeros);
  rejects<step_plain>(other, zeros(3, 4), zeros(2, 4));
  other = gate, other.U = zeros(3, 2);
  rejects<step_plain>(other, zeros(3, 4), zeros(2, 4));
}

// 12.2

TEST_CASE("three steps, as PyTorch has them", "[12][12.2]") {
  shows<run>(Parts{number("states", 3),
                   number("logits", 3),
                   {"the state after step 3", {{0.10194286773, 0.17300198217}, {-0.19867121676, 0.54825798573}}}},
             printed, {}, [](const auto& f) {
               const Parts parts = reading_parts(f(golden_plain(), golden_x, zeros(2, 2)));
               return parts.size() == 8 ? Parts{parts[0], parts[1], parts[6]} : parts;
             });
}

TEST_CASE("any sequence, step by step", "[12][12.2]") {
  Rng rng = seeded(1203);
  for (const auto& [d, m, k, N, T] : sizes_of_questions) {
    const Recurrent net = random_net(Cell::plain, d, m, k, rng);
    const std::vector<mat> x = random_steps(T, d, N, rng);
    const mat h = random_normal(m, N, rng);
    reads(plain_reading(net, x, h), net, x, h);
    reads({}, net, {}, h);
  }
}

TEST_CASE("one may stop, and read on from the last state", "[12][12.2]") {
  Rng rng = seeded(1204);
  const Recurrent net = random_net(Cell::plain, 2, 4, 3, rng);
  const std::vector<mat> x = random_steps(7, 2, 2, rng), first(x.begin(), x.begin() + 3), rest(x.begin() + 3, x.end());
  const mat h = random_normal(4, 2, rng);
  shows<run>(reading_parts(plain_reading(net, x, h)), {}, {}, [&](const auto& f) {
    Outputs said = f(net, first, h);
    if (said.states.empty()) return reading_parts(said);
    const Outputs more = f(net, rest, said.states.back());
    said.states.insert(said.states.end(), more.states.begin(), more.states.end());
    said.logits.insert(said.logits.end(), more.logits.begin(), more.logits.end());
    return reading_parts(said);
  });
}

TEST_CASE("sequences do not hear each other", "[12][12.2]") {
  Rng rng = seeded(1205);
  const Recurrent net = random_net(Cell::plain, 3, 2, 2, rng);
  std::vector<mat> x = random_steps(4, 3, 3, rng);
  mat h = random_normal(2, 3, rng);
  std::vector<mat> expected = plain_reading(net, x, h);
  const uvec turned = {2, 0, 1};
  for (std::vector<mat>* all : {&x, &expected})
    for (mat& each : *all) each = mat(each.cols(turned));
  reads(expected, net, x, mat(h.cols(turned)));
}

TEST_CASE("a network that is not whole does not read", "[12][12.2]") {
  Rng rng = seeded(1206);
  const Recurrent net = random_net(Cell::plain, 2, 3, 2, rng);
  const std::vector<mat> x = random_steps(2, 2, 4, rng);
  Recurrent other = net;
  other.gates.clear();
  rejects<run>(other, x, zeros(3, 4));
  other = net, other.gates.push_back(net.gates[0]);
  rejects<run>(other, x, zeros(3, 4));
  other = net, other.cell = Cell::gated;
  rejects<run>(other, x, zeros(3, 4));
  other = net, other.V = zeros(2, 4);
  rejects<run>(other, x, zeros(3, 4));
  other = net, other.c = vec(3, arma::fill::zeros);
  rejects<run>(other, x, zeros(3, 4));
  rejects<run>(net, x, zeros(2, 4));
  rejects<run>(net, x, zeros(3, 3));
  rejects<run>(net, random_steps(2, 3, 4, rng), zeros(3, 4));
}

// 12.3

/// What a student's graph of all steps holds, and says once its leaves are in. With sizes that are not those of the
/// question nothing more is looked at.
static Parts unrolled_parts(const Unrolled& u, const Recurrent& net, const std::vector<mat>& x,
                            const std::vector<mat>& answers, const mat& h0, bool slopes) {
  const Model& model = u.model;
  const auto is_parameter = [](const Node& node) { return node.op == Op::parameter; };
  Parts parts = {number("parameters", double(model.parameters.n_elem)),
                 number("parameter nodes", double(std::count_if(model.graph.begin(), model.graph.end(), is_parameter))),
                 number("inputs", double(model.inputs.n_elem)),
                 number("targets", double(model.targets.n_elem)),
                 number("outputs", double(model.outputs.n_elem)),
                 number("states", double(u.states.n_elem)),
                 number("values less nodes", double(model.values.size()) - double(model.graph.size()))};
  const std::vector<double> sizes = {double(numbers_of(net).size()),
                                     double(numbers_of(net).size() + 1),
                                     double(x.size() + 1),
                                     double(answers.size()),
                                     double(answers.size()),
                                     double(x.size() + 1),
                                     0};
  for (uword i = 0; i < sizes.size(); ++i)
    if (parts[i].value(0) != sizes[i]) return parts;
  Values values = model.values;
  const auto at = [&](uword node) -> mat& {
    if (node >= values.size()) throw std::runtime_error(fmt::format("the graph has no node {}", node));
    return values[node];
  };
  for (uword p = 0; p < model.parameters.n_elem; ++p)
    add_parts(parts, fmt::format("parameter {}", p), at(model.parameters(p)));
  at(model.inputs(0)) = h0;
  for (uword t = 0; t < x.size(); ++t) at(model.inputs(t + 1)) = x[t];
  for (uword j = 0; j < answers.size(); ++j) at(model.targets(j)) = answers[j];
  values = evaluate(model.graph, std::move(values));
  if (!slopes) {
    for (uword t = 0; t <= x.size(); ++t) add_parts(parts, fmt::format("state {}", t), at(u.states(t)));
    for (uword j = 0; j < answers.size(); ++j) add_parts(parts, fmt::format("output {}", j), at(model.outputs(j)));
    add_parts(parts, "the loss", at(model.loss));
  } else {
    const Values all = backward(model.graph, values, model.loss);
    for (uword p = 0; p < model.parameters.n_elem; ++p)
      add_parts(parts, fmt::format("the slope along parameter {}", p), all[model.parameters(p)]);
    add_parts(parts, "the slope along h_0", all[u.states(0)]);
  }
  return parts;
}

static Parts unrolled_sizes(const Recurrent& net, uword steps, uword judged) {
  const std::vector<mat> own = numbers_of(net);
  Parts parts = {number("parameters", double(own.size())),
                 number("parameter nodes", double(own.size() + 1)),
                 number("inputs", double(steps + 1)),
                 number("targets", double(judged)),
                 number("outputs", double(judged)),
                 number("states", double(steps + 1)),
                 number("values less nodes", 0)};
  for (uword p = 0; p < own.size(); ++p) add_parts(parts, fmt::format("parameter {}", p), own[p]);
  return parts;
}

/// Every node of the graph of `net` over x, judged by `answers`, against formulas: values, then slopes.
static void unrolls(const Recurrent& net, const std::vector<mat>& x, const uvec& judged,
                    const std::vector<mat>& answers, const mat& h0, Loss loss) {
  const std::vector<mat> said = plain_reading(net, x, h0);
  std::vector<mat> by_step(x.size());
  for (uword j = 0; j < judged.n_elem; ++j) by_step[judged(j)] = answers[j];
  const std::vector<mat> slopes = slopes_of(net, x, by_step, h0, loss);
  Parts values = unrolled_sizes(net, x.size(), judged.n_elem), uphill = values;
  add_parts(values, "state 0", h0);
  for (uword t = 1; t <= x.size(); ++t) add_parts(values, fmt::format("state {}", t), said[2 * t - 2]);
  for (uword j = 0; j < judged.n_elem; ++j) add_parts(values, fmt::format("output {}", j), said[2 * judged(j) + 1]);
  add_parts(values, "the loss", slopes[0]);
  const uword own = numbers_of(net).size();
  for (uword p = 0; p < own; ++p) add_parts(uphill, fmt::format("the slope along parameter {}", p), slopes[p + 1]);
  add_parts(uphill, "the slope along h_0", slopes[own + 1]);
  Parts arguments;
  add_parts(arguments, "net", net), add_parts(arguments, "steps", x.size()), add_parts(arguments, "judged", judged);
  add_parts(arguments, "loss", loss);
  for (const bool slope : {false, true})
    shows<unroll>(slope ? uphill : values, {}, arguments, [&, slope](const auto& f) {
      return unrolled_parts(f(net, x.size(), judged, loss), net, x, answers, h0, slope);
    });
}

static void unrolls_any(Cell cell, Rng& rng) {
  for (const auto& [d, m, k, N, T] : sizes_of_questions) {
    const Recurrent net = random_net(cell, d, m, k, rng);
    const std::vector<mat> x = random_steps(T, d, N, rng);
    const mat h0 = random_normal(m, N, rng);
    const uvec all = arma::regspace<uvec>(0, T - 1), last = {T - 1}, some = T > 2 ? uvec{2, 0} : uvec{0};
    for (const Loss loss : {Loss::squared, Loss::cross_entropy, Loss::binary_cross_entropy})
      for (const uvec& judged : {all, last, some}) {
        std::vector<mat> answers;
        for (uword j = 0; j < judged.n_elem; ++j) answers.push_back(random_answers(k, N, loss, rng));
        unrolls(net, x, judged, answers, h0, loss);
      }
  }
}

TEST_CASE("three steps as a graph, as PyTorch has them", "[12][12.3]") {
  Parts expected = unrolled_sizes(golden_plain(), 3, 3);
  add_parts(expected, "the slope along parameter 0", mat(vec{-0.05291718, 0.07350239}));
  add_parts(expected, "the slope along parameter 1", mat{{-0.00798244, -0.02017135}, {0.02580351, 0.00352461}});
  add_parts(expected, "the slope along parameter 2", mat(vec{0.01277031, 0.04777237}));
  add_parts(expected, "the slope along parameter 3", mat{{-0.06657332, 0.02719405}});
  add_parts(expected, "the slope along parameter 4", mat{-0.06962092});
  shows<unroll>(expected, Tolerance{1e-8, 0}, {}, [](const auto& f) {
    Parts parts = unrolled_parts(f(golden_plain(), 3, {0, 1, 2}, Loss::binary_cross_entropy), golden_plain(), golden_x,
                                 golden_t, zeros(2, 2), true);
    if (parts.back().name == "the slope along h_0") parts.pop_back();
    return parts;
  });
  shows<unroll>({number("the loss", 0.5820135169617596)}, {}, {}, [](const auto& f) {
    return Parts{unrolled_parts(f(golden_plain(), 3, {0, 1, 2}, Loss::binary_cross_entropy), golden_plain(), golden_x,
                                golden_t, zeros(2, 2), false)
                     .back()};
  });
}

TEST_CASE("any plain cell as a graph, judged here and there", "[12][12.3]") {
  Rng rng = seeded(1207);
  unrolls_any(Cell::plain, rng);
}

TEST_CASE("one step from the state 0 is a network of lesson 6", "[12][12.3]") {
  Rng rng = seeded(1226);
  const Recurrent net = random_net(Cell::plain, 3, 4, 2, rng);
  const mat X = random_normal(3, 5, rng), T = random_answers(2, 5, Loss::cross_entropy, rng);
  const Network layers = {{net.gates[0].W, net.gates[0].b, Activation::tanh}, {net.V, net.c, Activation::softmax}};
  const Gradients slopes = backprop(layers, X, T, Loss::cross_entropy);
  Parts expected = unrolled_sizes(net, 1, 1);
  const std::vector<mat> along = {slopes.dW[0], zeros(4, 4), slopes.db[0], slopes.dW[1], slopes.db[1]};
  for (uword p = 0; p < along.size(); ++p)
    add_parts(expected, fmt::format("the slope along parameter {}", p), along[p]);
  shows<unroll>(expected, {}, {}, [&](const auto& f) {
    Parts parts = unrolled_parts(f(net, 1, {0}, Loss::cross_entropy), net, {X}, {T}, zeros(4, 5), true);
    if (parts.back().name == "the slope along h_0") parts.pop_back();
    return parts;
  });
}

TEST_CASE("no step, no judgement, and what is not whole", "[12][12.3]") {
  Rng rng = seeded(1208);
  const Recurrent net = random_net(Cell::plain, 2, 3, 2, rng);
  rejects<unroll>(net, uword(0), uvec{}, Loss::squared);
  rejects<unroll>(net, uword(3), uvec{}, Loss::squared);
  rejects<unroll>(net, uword(3), uvec{0, 3}, Loss::squared);
  Recurrent other = net;
  other.gates.clear();
  rejects<unroll>(other, uword(3), uvec{0}, Loss::squared);
  other = net, other.V = zeros(2, 2);
  rejects<unroll>(other, uword(3), uvec{0}, Loss::squared);
  other = net, other.gates[0].b = vec{1};
  rejects<unroll>(other, uword(3), uvec{0}, Loss::squared);
}

// 12.4

static Node node(Op op, std::vector<uword> inputs = {}, Activation activation = Activation::identity, real factor = 1) {
  return {op, std::move(inputs), activation, factor};
}

/// h <- tanh(u h), so many times; judged by its sum.
static std::pair<Unrolled, Values> squeezed(real u, uword times) {
  Unrolled unrolled;
  Graph& graph = unrolled.model.graph;
  graph = {node(Op::input), node(Op::parameter)};
  Values values = {mat{u}, mat{0.5}};
  std::vector<uword> states = {1};
  for (uword t = 0; t < times; ++t) {
    graph.push_back(node(Op::multiply, {states.back(), 0}));
    values.push_back(u * values[states.back()]);
    graph.push_back(node(Op::activate, {graph.size() - 1}, Activation::tanh));
    values.push_back(arma::tanh(values.back()));
    states.push_back(graph.size() - 1);
  }
  graph.push_back(node(Op::sum, {states.back()}));
  values.push_back(values.back());
  unrolled.model.loss = graph.size() - 1;
  unrolled.states = states;
  return {unrolled, values};
}

TEST_CASE("one number, squeezed twenty times", "[12][12.4]") {
  for (const auto& [u, first] : {std::pair<real, real>{0.5, 8.788025e-7}, {1, 0.1072740}, {1.5, 5.454690e-8}}) {
    const auto& [unrolled, values] = squeezed(u, 20);
    vec expected(21, arma::fill::ones);
    for (uword t = 20; t-- > 0;) {
      const real squeeze = values[unrolled.states(t + 1)](0);
      expected(t) = expected(t + 1) * u * (1 - squeeze * squeeze);
    }
    CHECK(std::abs(expected(0) / first - 1) < 1e-6);
    check<slopes_through_time>(expected, Tolerance{1e-18, 1e-9}, unrolled, values);
  }
}

/// h <- A h for T steps under the squared loss of steps in `judged` together; the slope along each h.
static const auto norms_of =
    oracle<vec>("norms", [](const mat& A, const mat& h0, const uvec& judged, const mat& target, uword T) {
      std::vector<mat> h = {h0};
      for (uword t = 0; t < T; ++t) h.push_back(A * h[t]);
      vec norms(T + 1, arma::fill::zeros);
      mat slope(size(h0), arma::fill::zeros);
      for (uword t = T + 1; t-- > 0;) {
        slope = A.t() * slope;
        for (const uword j : judged)
          if (j == t) slope += (h[t] - target) / real(h0.n_cols);
        norms(t) = std::sqrt(accu(slope % slope));
      }
      return norms;
    });

TEST_CASE("states of many numbers; the last ones are not judged", "[12][12.4]") {
  Rng rng = seeded(1209);
  for (const auto& [m, N, T, judged] :
       {std::tuple<uword, uword, uword, uvec>{3, 4, 5, {5}}, {2, 1, 4, {2}}, {4, 3, 6, {3, 5}}, {1, 2, 1, {1}}}) {
    const mat A = random_normal(m, m, rng), h0 = random_normal(m, N, rng), target = random_normal(m, N, rng);
    // the states stand in the graph from the last to the first
    Unrolled u;
    Graph& graph = u.model.graph;
    u.states = arma::regspace<uvec>(T, -1, 0);
    for (uword i = 0; i < T; ++i) graph.push_back(node(Op::matmul, {T + 1, i + 1}));
    graph.push_back(node(Op::parameter));  // h_0
    graph.push_back(node(Op::input));      // A
    graph.push_back(node(Op::input));      // target
    uword loss = 0;
    for (uword j = 0; j < judged.n_elem; ++j) {
      graph.push_back(node(Op::squared, {u.states(judged(j)), T + 2}));
      if (j > 0) graph.push_back(node(Op::add, {loss, graph.size() - 1}));
      loss = graph.size() - 1;
    }
    u.model.loss = loss;
    Values values(graph.size());
    values[T] = h0, values[T + 1] = A, values[T + 2] = target;
    values = evaluate(graph, values);
    check<slopes_through_time>(norms_of(A, h0, judged, target, T), u, values);
  }
}

TEST_CASE("no values, no slopes through time", "[12][12.4]") {
  const auto& [unrolled, values] = squeezed(1, 3);
  rejects<slopes_through_time>(unrolled, Values{});
  Unrolled other = unrolled;
  other.model.loss = 100;
  rejects<slopes_through_time>(other, values);
}

TEST_CASE("one factor for all that is too long", "[12][12.4]") {
  check<clip_slopes>(Values{mat{0.6}, mat{0.8}}, Values{mat{3}, mat{4}}, uvec{0, 1}, real(1));
  check<clip_slopes>(Values{mat{3}, mat{4}}, Values{mat{3}, mat{4}}, uvec{0, 1}, real(5));
  check<clip_slopes>(Values{mat{3}, mat{4}}, Values{mat{3}, mat{4}}, uvec{0, 1}, real(6));
  check<clip_slopes>(Values{mat{{0.5, -1}}, mat{7}, mat(vec{1, 0})}, Values{mat{{1, -2}}, mat{7}, mat(vec{2, 0})},
                     uvec{2, 0}, real(1.5));
  check<clip_slopes>(Values{mat{3}, mat{4}, mat{2}}, Values{mat{3}, mat{4}, mat{4}}, uvec{2}, real(2));
  check<clip_slopes>(Values{mat{0}, mat(), mat{2}}, Values{mat{0}, mat(), mat{4}}, uvec{0, 1, 2}, real(2));
}

TEST_CASE("clipped slopes keep their direction", "[12][12.4]") {
  Rng rng = seeded(1210);
  for (const real most : {real(0.1), real(2), real(1000)}) {
    const Values slopes = {random_normal(3, 4, rng), random_normal(2, 2, rng), 10 * random_normal(5, 1, rng)};
    const real norm = std::sqrt(accu(square(slopes[0])) + accu(square(slopes[2])));
    const real by = std::min(real(1), most / norm);
    check<clip_slopes>(Values{by * slopes[0], slopes[1], by * slopes[2]}, slopes, uvec{0, 2}, most);
  }
}

TEST_CASE("a length is more than 0, and a parameter is a node", "[12][12.4]") {
  rejects<clip_slopes>(Values{mat{3}}, uvec{0}, real(0));
  rejects<clip_slopes>(Values{mat{3}}, uvec{0}, real(-1));
  rejects<clip_slopes>(Values{mat{3}}, uvec{0, 1}, real(1));
}

// 12.5

TEST_CASE("a step with gates, as PyTorch has it", "[12][12.5]") {
  check<step_gated>(mat(vec{0.492948989104, 0.135677122520}), printed, golden_gated().gates, mat(vec{0.5, -0.25}),
                    mat{1.5});
}

TEST_CASE("any three gates, any number of sequences", "[12][12.5]") {
  Rng rng = seeded(1211);
  for (const auto& [d, m, k, N, T] : sizes_of_questions) {
    const std::vector<Gate> gates = random_net(Cell::gated, d, m, k, rng).gates;
    const mat h = random_normal(m, N, rng), x = random_normal(d, N, rng);
    check<step_gated>(next_states(gates, h, x), gates, h, x);
  }
}

TEST_CASE("a gate that is shut keeps the state, one that is open lets go", "[12][12.5]") {
  Rng rng = seeded(1212);
  std::vector<Gate> gates = random_net(Cell::gated, 2, 3, 1, rng).gates;
  const mat h = random_normal(3, 4, rng), x = random_normal(2, 4, rng);
  gates[0].b.fill(1000);
  check<step_gated>(h, gates, h, x);
  gates[0].b.fill(-1000);
  gates[1].b.fill(-1000);  // r is 0: the candidate sees x alone
  check<step_gated>(mat(arma::tanh(gates[2].W * x + repmat(gates[2].b, 1, 4))), gates, h, x);
}

TEST_CASE("three gates, and all of them fit", "[12][12.5]") {
  Rng rng = seeded(1213);
  const std::vector<Gate> gates = random_net(Cell::gated, 2, 3, 1, rng).gates;
  const mat h = zeros(3, 4), x = zeros(2, 4);
  rejects<step_gated>(std::vector<Gate>{}, h, x);
  rejects<step_gated>(std::vector<Gate>{gates[0]}, h, x);
  rejects<step_gated>(std::vector<Gate>{gates[0], gates[1], gates[2], gates[2]}, h, x);
  rejects<step_gated>(gates, zeros(3, 3), x);
  rejects<step_gated>(gates, zeros(2, 4), x);
  rejects<step_gated>(gates, h, zeros(3, 4));
}

TEST_CASE("reading with gates", "[12][12.5]") {
  Rng rng = seeded(1214);
  for (const auto& [d, m, k, N, T] : sizes_of_questions) {
    const Recurrent net = random_net(Cell::gated, d, m, k, rng);
    const std::vector<mat> x = random_steps(T, d, N, rng);
    const mat h = random_normal(m, N, rng);
    reads(plain_reading(net, x, h), net, x, h);
  }
  Recurrent other = random_net(Cell::gated, 2, 3, 2, rng);
  other.gates.pop_back();
  rejects<run>(other, random_steps(2, 2, 1, rng), zeros(3, 1));
}

TEST_CASE("gates as a graph, as PyTorch has them", "[12][12.5]") {
  Parts expected = unrolled_sizes(golden_gated(), 3, 3);
  const std::vector<mat> slopes = {
      vec{0.019871070724916493, -0.02324991054784037},
      {{-0.0006350759591598532, -0.0009436790941476808}, {0.0006199058120116758, 0.0009266371130205336}},
      vec{0.012348076263837413, -0.015040187331962437},
      vec{-8.831941878565373e-05, 7.067097499113752e-05},
      {{5.122443421665812e-05, 7.32932817082085e-05}, {0.00017452545254912968, 0.0002535366680972436}},
      vec{8.699041202121094e-05, 0.0002458498336916012},
      vec{-0.07614828958200523, 0.030353228675582315},
      {{-0.0027021675180666158, -0.0022774856658040444}, {0.001453930807393918, 0.0008897248658834819}},
      vec{-0.06134822990662662, 0.03627442358861669},
      {{-0.04095544144202444, -0.059366724808464506}},
      mat{-0.11427802671753398}};
  for (uword p = 0; p < slopes.size(); ++p)
    add_parts(expected, fmt::format("the slope along parameter {}", p), slopes[p]);
  shows<unroll>(expected, Tolerance{1e-12, 1e-10}, {}, [](const auto& f) {
    Parts parts = unrolled_parts(f(golden_gated(), 3, {0, 1, 2}, Loss::binary_cross_entropy), golden_gated(), golden_x,
                                 golden_t, zeros(2, 2), true);
    if (parts.back().name == "the slope along h_0") parts.pop_back();
    return parts;
  });
  shows<unroll>({number("the loss", 0.6657753203373128)}, {}, {}, [](const auto& f) {
    return Parts{unrolled_parts(f(golden_gated(), 3, {0, 1, 2}, Loss::binary_cross_entropy), golden_gated(), golden_x,
                                golden_t, zeros(2, 2), false)
                     .back()};
  });
}

TEST_CASE("any gated cell as a graph, judged here and there", "[12][12.5]") {
  Rng rng = seeded(1215);
  unrolls_any(Cell::gated, rng);
}

// 12.6

/// The numbers of a network after a step of Adam for each piece, with slopes that are clipped together. The state goes
/// on from piece to piece, or begins anew.
static const auto learnt = oracle<std::vector<mat>>(
    "learnt", [](Recurrent net, const std::vector<Sequence>& pieces, bool goes_on, Loss loss, real rate, real most) {
      std::vector<mat> numbers = numbers_of(net), first = numbers, second = numbers;
      for (uword p = 0; p < numbers.size(); ++p) first[p].zeros(), second[p].zeros();
      mat h;
      real share1 = 1, share2 = 1;
      for (const Sequence& piece : pieces) {
        if (!goes_on || h.empty()) h = zeros(net.V.n_cols, piece.x[0].n_cols);
        const std::vector<mat> slopes = slopes_of(net, piece.x, piece.t, h, loss);
        for (const mat& x : piece.x) h = next_states(net.gates, h, x);
        double squares = 0;
        for (uword p = 0; p < numbers.size(); ++p) squares += double(accu(square(slopes[p + 1])));
        const real by = std::sqrt(squares) > double(most) ? real(double(most) / std::sqrt(squares)) : 1;
        share1 *= real(0.9), share2 *= real(0.999);
        for (uword p = 0; p < numbers.size(); ++p)
          for (uword i = 0; i < numbers[p].n_elem; ++i) {
            const real g = by * slopes[p + 1](i);
            first[p](i) += real(0.1) * (g - first[p](i));
            second[p](i) += real(0.001) * (g * g - second[p](i));
            numbers[p](i) -= rate * first[p](i) / (1 - share1) / (std::sqrt(second[p](i) / (1 - share2)) + real(1e-8));
          }
        uword p = 0;
        for (Gate& gate : net.gates) gate.W = numbers[p], gate.U = numbers[p + 1], gate.b = numbers[p + 2], p += 3;
        net.V = numbers[p], net.c = numbers[p + 1];
      }
      return numbers;
    });

static Parts net_parts(const std::vector<mat>& numbers) {
  Parts parts;
  for (uword p = 0; p < numbers.size(); ++p) add_parts(parts, fmt::format("parameter {}", p), numbers[p]);
  return parts;
}

static Sequence random_batch(const Sizes& sizes, uword T, bool last_only, Loss loss, Rng& rng) {
  Sequence batch;
  batch.x = random_steps(T, sizes.d, sizes.N, rng);
  for (uword t = 0; t < T; ++t)
    batch.t.push_back(last_only && t + 1 < T ? mat() : random_answers(sizes.k, sizes.N, loss, rng));
  return batch;
}

TEST_CASE("one step a batch, of any length, judged here and there", "[12][12.6]") {
  Rng rng = seeded(1216);
  for (const Sizes& sizes : sizes_of_questions)
    for (const Cell cell : {Cell::plain, Cell::gated})
      for (const real most : {real(0.1), real(1000)}) {
        const Recurrent net = random_net(cell, sizes.d, sizes.m, sizes.k, rng);
        const Loss loss = sizes.k == 1 ? Loss::binary_cross_entropy : most > 1 ? Loss::squared : Loss::cross_entropy;
        std::vector<Sequence> batches;
        for (const auto& [T, last_only] : {std::pair<uword, bool>{sizes.T, false}, {4, true}, {2, false}, {5, false}})
          batches.push_back(random_batch(sizes, T, last_only, loss, rng));
        batches[1].t[1] = random_answers(sizes.k, sizes.N, loss, rng);
        Parts arguments;
        add_parts(arguments, "net", net), add_parts(arguments, "batches", batches), add_parts(arguments, "loss", loss);
        for (const uword count : {1, 4}) {
          const std::vector<Sequence> some(batches.begin(), batches.begin() + count);
          shows<train_sequences>(
              net_parts(learnt(net, some, false, loss, real(0.05), most)), trained, arguments,
              [&](const auto& f) { return net_parts(numbers_of(f(net, some, loss, real(0.05), most))); });
        }
      }
}

TEST_CASE("without a batch nothing is learnt", "[12][12.6]") {
  Rng rng = seeded(1217);
  const Recurrent net = random_net(Cell::plain, 2, 3, 2, rng);
  check<train_sequences>(net, net, std::vector<Sequence>{}, Loss::squared, real(0.1), real(1));
}

TEST_CASE("a target or nothing for each step, and one at least", "[12][12.6]") {
  Rng rng = seeded(1219);
  const Recurrent net = random_net(Cell::plain, 2, 3, 2, rng);
  const Sizes sizes{2, 3, 2, 4, 3};
  const Sequence good = random_batch(sizes, 3, false, Loss::squared, rng);
  Sequence bad = good;
  bad.t.pop_back();
  rejects<train_sequences>(net, std::vector<Sequence>{good, bad}, Loss::squared, real(0.1), real(1));
  bad = good, bad.t = std::vector<mat>(3);
  rejects<train_sequences>(net, std::vector<Sequence>{bad}, Loss::squared, real(0.1), real(1));
  bad = good, bad.x[1] = zeros(3, 4);
  rejects<train_sequences>(net, std::vector<Sequence>{bad}, Loss::squared, real(0.1), real(1));
  bad = good, bad.t[1] = zeros(1, 4);
  rejects<train_sequences>(net, std::vector<Sequence>{bad}, Loss::squared, real(0.1), real(1));
  rejects<train_sequences>(net, std::vector<Sequence>{Sequence{}}, Loss::squared, real(0.1), real(1));
  rejects<train_sequences>(net, std::vector<Sequence>{good}, Loss::squared, real(0.1), real(0));
  Recurrent other = net;
  other.cell = Cell::gated;
  rejects<train_sequences>(other, std::vector<Sequence>{good}, Loss::squared, real(0.1), real(1));
}

// 12.7

static const auto after_streams = oracle<std::vector<mat>>(
    "streams", [](const Recurrent& net, const std::vector<uvec>& streams, uword back, real rate, real most) {
      const auto symbols = [&](uword t) {
        mat X = zeros(net.V.n_rows, streams.size());
        for (uword n = 0; n < streams.size(); ++n) X(streams[n](t), n) = 1;
        return X;
      };
      std::vector<Sequence> pieces;
      for (uword piece = 0; (piece + 1) * back + 1 <= streams[0].n_elem; ++piece) {
        pieces.emplace_back();
        for (uword t = piece * back; t < (piece + 1) * back; ++t)
          pieces.back().x.push_back(symbols(t)), pieces.back().t.push_back(symbols(t + 1));
      }
      return learnt(net, pieces, true, Loss::cross_entropy, rate, most);
    });

static std::vector<uvec> random_streams(uword count, uword length, uword d, Rng& rng) {
  std::vector<uvec> streams;
  for (uword n = 0; n < count; ++n) {
    uvec stream(length);
    for (uword& symbol : stream) symbol = rng.below(d);
    streams.push_back(stream);
  }
  return streams;
}

TEST_CASE("streams in pieces, and the state goes on", "[12][12.7]") {
  Rng rng = seeded(1220);
  for (const Cell cell : {Cell::plain, Cell::gated})
    for (const auto& [d, m, N, back, length] : {std::tuple<uword, uword, uword, uword, uword>{3, 4, 2, 3, 10},
                                                {4, 3, 3, 4, 15},
                                                {2, 2, 1, 1, 6},
                                                {5, 3, 2, 2, 3},
                                                {3, 2, 4, 5, 26}})
      for (const real most : {real(0.1), real(1000)}) {
        const Recurrent net = random_net(cell, d, m, d, rng);
        const std::vector<uvec> streams = random_streams(N, length, d, rng);
        Parts arguments;
        add_parts(arguments, "net", net), add_parts(arguments, "streams", streams), add_parts(arguments, "back", back);
        shows<train_stream>(
            net_parts(after_streams(net, streams, back, real(0.05), most)), trained, arguments,
            [&, back = back](const auto& f) { return net_parts(numbers_of(f(net, streams, back, real(0.05), most))); });
      }
}

TEST_CASE("streams that do not fit are errors", "[12][12.7]") {
  Rng rng = seeded(1221);
  const Recurrent net = random_net(Cell::plain, 3, 2, 3, rng);
  const std::vector<uvec> streams = random_streams(2, 7, 3, rng);
  rejects<train_stream>(net, std::vector<uvec>{}, uword(3), real(0.1), real(1));
  rejects<train_stream>(net, streams, uword(0), real(0.1), real(1));
  rejects<train_stream>(net, streams, uword(7), real(0.1), real(1));
  rejects<train_stream>(net, std::vector<uvec>{streams[0], streams[1].head(6)}, uword(3), real(0.1), real(1));
  std::vector<uvec> strange = streams;
  strange[1](2) = 3;
  rejects<train_stream>(net, strange, uword(3), real(0.1), real(1));
  rejects<train_stream>(net, streams, uword(3), real(0.1), real(0));
  rejects<train_stream>(random_net(Cell::plain, 3, 2, 4, rng), streams, uword(3), real(0.1), real(1));
}

// 12.8

/// What is written, and how much of chance is used.
static const auto text_of =
    oracle<uvec>("text", [](uword first, uword length, const Recurrent& net, Rng rng, real temperature) {
      uvec text(length);
      vec x(net.V.n_rows, arma::fill::zeros);
      x(first) = 1;
      mat h = zeros(net.V.n_cols, 1);
      for (uword& symbol : text) {
        h = next_states(net.gates, h, x);
        const vec logits = (net.V * h + net.c) / temperature, share = exp(logits - logits.max());
        real left = rng.uniform() * accu(share);
        for (symbol = 0; symbol + 1 < share.n_elem && left >= share(symbol); ++symbol) left -= share(symbol);
        x.zeros();
        x(symbol) = 1;
      }
      return text;
    });

TEST_CASE("one time in ten at temperature one half", "[12][12.8]") {
  Recurrent net{Cell::plain, {{zeros(1, 2), zeros(1, 1), {0}}}, zeros(2, 1), {0, std::log(real(3))}};
  for (const std::uint64_t seed : {1222, 1223}) {
    const Rng start = seeded(seed);
    Rng rng = start;
    uvec expected(60);
    for (uword& symbol : expected) symbol = rng.uniform() < real(0.1) ? 0 : 1;
    Rng own = start;
    check<write>(expected, net, uword(0), uword(60), real(0.5), own);
  }
}

TEST_CASE("any network, cold and hot", "[12][12.8]") {
  Rng rng = seeded(1224);
  for (const Cell cell : {Cell::plain, Cell::gated})
    for (const auto& [d, m, length] : {std::array<uword, 3>{4, 3, 40}, {2, 5, 30}, {7, 2, 40}, {3, 3, 0}, {1, 2, 3}})
      for (const real temperature : {real(1), real(0.3), real(3), real(0.001)}) {
        const Recurrent net = random_net(cell, d, m, d, rng);
        const uword first = rng.below(d);
        check<write>(text_of(first, length, net, rng, temperature), net, first, length, temperature, rng);
        rng();
      }
}

TEST_CASE("no warmth, no symbol, no language", "[12][12.8]") {
  Rng rng = seeded(1225);
  const Recurrent net = random_net(Cell::gated, 3, 2, 3, rng);
  rejects<write>(net, uword(0), uword(5), real(0), rng);
  rejects<write>(net, uword(0), uword(5), real(-1), rng);
  rejects<write>(net, uword(3), uword(5), real(1), rng);
  rejects<write>(net, uword(3), uword(0), real(1), rng);
  rejects<write>(random_net(Cell::gated, 3, 2, 4, rng), uword(0), uword(5), real(1), rng);
  Recurrent other = net;
  other.gates.pop_back();
  rejects<write>(other, uword(0), uword(5), real(1), rng);
}

}  // namespace nn
