// Without unrolling in one: a graph of a single step, whose slopes are carried from step to step by hand; Adam by its
// formula.
#include <cmath>
#include <stdexcept>

#include "nn/activations.hpp"
#include "nn/sequences.hpp"
#include "nn/support/recurrent.hpp"

namespace nn {

namespace {

/// All numbers of a network in one column, moved together.
class Numbers {
 public:
  explicit Numbers(const Recurrent& net) {
    each(net, [&](const auto& of) { all_ = join_cols(all_, vectorise(of)); });
    m_ = v_ = 0 * all_;
  }
  void move(vec slope, real rate, real most) {
    if (!(most > 0)) throw std::invalid_argument("most");
    const real length = norm(slope);
    if (length > most) slope *= most / length;
    ++t_;
    m_ = real(0.9) * m_ + real(0.1) * slope;
    v_ = real(0.999) * v_ + real(0.001) * square(slope);
    all_ -= rate * (m_ / (1 - std::pow(real(0.9), t_))) / (sqrt(v_ / (1 - std::pow(real(0.999), t_))) + real(1e-8));
  }
  Recurrent in(Recurrent net) const {
    uword next = 0;
    each(net, [&](auto& of) {
      for (real& entry : of) entry = all_(next++);
    });
    return net;
  }
  template <class Net, class Do>
  static void each(Net& net, Do act) {
    for (auto& gate : net.gates) act(gate.W), act(gate.U), act(gate.b);
    act(net.V), act(net.c);
  }

 private:
  vec all_, m_, v_;
  real t_ = 0;
};

vec joined(const Values& slopes, const uvec& parameters, const Values& values) {
  vec all;
  for (const uword p : parameters)
    all = join_cols(all, slopes[p].is_empty() ? vec(values[p].n_elem, arma::fill::zeros) : vec(vectorise(slopes[p])));
  return all;
}

/// The slope of the mean loss over the steps with a target, and the last state.
std::pair<vec, mat> slope_of(const Recurrent& net, const std::vector<mat>& x, const std::vector<mat>& t, const mat& h0,
                             Loss loss) {
  real judged = 0;
  for (const mat& answer : t) judged += !answer.empty();
  if (x.empty() || judged == 0) throw std::invalid_argument("nothing to learn");
  const std::vector<mat> states = run(net, x, h0).states;
  const Unrolled one = unroll(net, 1, {0}, loss);
  const Model& model = one.model;
  vec total;
  mat behind(size(h0), arma::fill::zeros);  // the slope along the state after the step, from all later ones
  for (uword step = x.size(); step-- > 0;) {
    const mat& old = step == 0 ? h0 : states[step - 1];
    Values values = model.values;
    values[model.inputs(0)] = old, values[model.inputs(1)] = x[step];
    values[model.targets(0)] = t[step].empty() ? mat(net.V.n_rows, old.n_cols, arma::fill::zeros) : t[step];
    Graph graph = model.graph;
    // L = share of this step's loss + sum of (behind . h)
    graph.push_back({Op::scale, {model.loss}, {}, t[step].empty() ? real(0) : 1 / judged});
    graph.push_back({Op::input}), graph.push_back({Op::multiply, {one.states(1), graph.size() - 1}});
    graph.push_back({Op::sum, {graph.size() - 1}});
    graph.push_back({Op::add, {graph.size() - 4, graph.size() - 1}});
    values.resize(graph.size());
    values[graph.size() - 4] = behind;
    values = evaluate(graph, values);
    const Values slopes = backward(graph, values, graph.size() - 1);
    const vec own = joined(slopes, model.parameters, values);
    total = total.empty() ? own : vec(total + own);
    behind = slopes[one.states(0)];
  }
  return {total, states.back()};
}

}  // namespace

Recurrent train_sequences(Recurrent net, const std::vector<Sequence>& batches, Loss loss, real rate, real most) {
  require_recurrent(net, "train_sequences");
  Numbers numbers(net);
  for (const Sequence& batch : batches) {
    if (batch.x.size() != batch.t.size() || batch.x.empty()) throw std::invalid_argument("a target for each step");
    const mat start(net.V.n_cols, batch.x[0].n_cols, arma::fill::zeros);
    numbers.move(slope_of(net, batch.x, batch.t, start, loss).first, rate, most);
    net = numbers.in(net);
  }
  return net;
}

Recurrent train_stream(Recurrent net, const std::vector<uvec>& streams, uword back, real rate, real most) {
  require_recurrent(net, "train_stream");
  const uword d = net.gates[0].W.n_cols;
  if (net.V.n_rows != d || streams.empty() || back == 0 || streams[0].n_elem <= back)
    throw std::invalid_argument("network or streams");
  std::vector<mat> symbols(streams[0].n_elem, mat(d, streams.size(), arma::fill::zeros));
  for (uword n = 0; n < streams.size(); ++n) {
    if (streams[n].n_elem != symbols.size()) throw std::invalid_argument("streams differ in length");
    for (uword t = 0; t < symbols.size(); ++t) {
      if (streams[n](t) >= d) throw std::invalid_argument("no such symbol");
      symbols[t](streams[n](t), n) = 1;
    }
  }
  Numbers numbers(net);
  mat h(net.V.n_cols, streams.size(), arma::fill::zeros);
  for (auto piece = symbols.begin(); symbols.end() - piece > std::ptrdiff_t(back); piece += std::ptrdiff_t(back)) {
    const std::vector<mat> x(piece, piece + std::ptrdiff_t(back)), t(piece + 1, piece + std::ptrdiff_t(back) + 1);
    const auto [slope, last] = slope_of(net, x, t, h, Loss::cross_entropy);
    numbers.move(slope, rate, most);
    net = numbers.in(net);
    h = last;
  }
  return net;
}

uvec write(const Recurrent& net, uword first, uword length, real temperature, Rng& rng) {
  require_recurrent(net, "write");
  const uword d = net.gates[0].W.n_cols;
  if (net.V.n_rows != d || !(temperature > 0) || first >= d) throw std::invalid_argument("write");
  std::vector<uword> text = {first};
  mat h(net.V.n_cols, 1, arma::fill::zeros);
  while (text.size() <= length) {
    vec x(d, arma::fill::zeros);
    x(text.back()) = 1;
    h = net.cell == Cell::plain ? step_plain(net.gates[0], h, x) : step_gated(net.gates, h, x);
    const vec p = softmax((net.V * h + net.c) / temperature);
    const real drawn = rng.uniform();
    real sum = 0;
    uword symbol = d - 1;
    for (uword s = 0; s < d; ++s) {
      sum += p(s);
      if (sum > drawn) {
        symbol = s;
        break;
      }
    }
    text.push_back(symbol);
  }
  return uvec(text).tail(length);
}

}  // namespace nn
