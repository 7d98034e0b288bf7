// A batch is unrolled as it comes, the stream once for all of its pieces; both hand their slopes to one small Adam that
// works on the model's values in place.
#include <stdexcept>

#include "nn/activations.hpp"
#include "nn/losses.hpp"
#include "nn/sequences.hpp"
#include "nn/support/recurrent.hpp"

namespace nn {
namespace {

struct Adam {
  real rate, most;
  std::vector<Memory> memory = {};

  void step(Model& model) {
    model.values = evaluate(model.graph, std::move(model.values));
    const Values slopes = clip_slopes(backward(model.graph, model.values, model.loss), model.parameters, most);
    memory.resize(model.parameters.n_elem);
    for (uword i = 0; i < memory.size(); ++i) {
      const uword p = model.parameters(i);
      Moved moved = take_step({.rule = Rule::adam}, rate, model.values[p], slopes[p], memory[i]);
      model.values[p] = moved.x;
      memory[i] = moved.memory;
    }
  }
};

}  // namespace

Recurrent train_sequences(Recurrent net, const std::vector<Sequence>& batches, Loss loss, real rate, real most) {
  Adam adam{rate, most};
  for (const Sequence& batch : batches) {
    if (batch.x.size() != batch.t.size()) throw std::invalid_argument("train_sequences: one target for each step");
    std::vector<uword> judged;
    for (uword t = 0; t < batch.t.size(); ++t)
      if (!batch.t[t].empty()) judged.push_back(t);
    if (judged.empty()) throw std::invalid_argument("train_sequences: a batch in which no step is judged");
    Model model = unroll(net, batch.x.size(), uvec(judged), loss).model;
    model.values[model.inputs(0)] = mat(net.V.n_cols, batch.x[0].n_cols, arma::fill::zeros);
    for (uword t = 0; t < batch.x.size(); ++t) model.values[model.inputs(t + 1)] = batch.x[t];
    for (uword i = 0; i < judged.size(); ++i) model.values[model.targets(i)] = batch.t[judged[i]];
    adam.step(model);
    net = with_parameters(net, model);
  }
  return net;
}

Recurrent train_stream(Recurrent net, const std::vector<uvec>& streams, uword back, real rate, real most) {
  if (streams.empty()) throw std::invalid_argument("train_stream: no stream");
  if (back == 0) throw std::invalid_argument("train_stream: pieces of no step");
  require_recurrent(net, "train_stream");
  const uword d = net.gates[0].W.n_cols, N = streams.size(), length = streams[0].n_elem;
  if (net.V.n_rows != d) throw std::invalid_argument("train_stream: it must say what it reads");
  for (const uvec& stream : streams)
    if (stream.n_elem != length) throw std::invalid_argument("train_stream: streams of different lengths");
  if (length <= back) throw std::invalid_argument("train_stream: shorter than one piece and the symbol after it");
  Unrolled unrolled = unroll(net, back, arma::regspace<uvec>(0, back - 1), Loss::cross_entropy);
  Model& model = unrolled.model;
  Adam adam{rate, most};
  const auto symbols_at = [&](uword t) {
    uvec now(N);
    for (uword n = 0; n < N; ++n) now(n) = streams[n](t);
    return one_hot(now, d);
  };
  mat h(net.V.n_cols, N, arma::fill::zeros);
  for (uword begin = 0; begin + back < length; begin += back) {
    model.values[model.inputs(0)] = h;
    for (uword t = 0; t < back; ++t) {
      model.values[model.inputs(t + 1)] = symbols_at(begin + t);
      model.values[model.targets(t)] = symbols_at(begin + t + 1);
    }
    adam.step(model);
    h = model.values[unrolled.states(back)];
  }
  return with_parameters(net, model);
}

uvec write(const Recurrent& net, uword first, uword length, real temperature, Rng& rng) {
  if (!(temperature > 0)) throw std::invalid_argument("write: a temperature is above 0");
  require_recurrent(net, "write");
  const uword d = net.gates[0].W.n_cols;
  if (first >= d) throw std::invalid_argument("write: it cannot read the first symbol");
  if (net.V.n_rows != d) throw std::invalid_argument("write: it must say what it reads");
  mat h(net.V.n_cols, 1, arma::fill::zeros);
  uvec text(length);
  uword last = first;
  for (uword& symbol : text) {
    const Outputs said = run(net, {one_hot({last}, d)}, h);
    h = said.states[0];
    const vec p = softmax(said.logits[0] / temperature);
    const real u = rng.uniform();
    symbol = 0;
    for (real total = p(0); symbol + 1 < d && !(total > u); total += p(symbol)) ++symbol;
    last = symbol;
  }
  return text;
}

}  // namespace nn
