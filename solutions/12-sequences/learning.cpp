// Lesson 12, learning: from sequences, from streams that never end, and writing on from what was learnt.
#include "nn/activations.hpp"
#include "nn/losses.hpp"
#include "nn/sequences.hpp"
#include "nn/support/recurrent.hpp"
#include "nn/support/todo.hpp"

namespace nn {

//- one clipped step of Adam on what the model's leaves hold, and what the next one needs of it
struct Learning {
  Values slopes;
  std::vector<Memory> memory;

  void step(Model& model, real rate, real most) {
    model.values = evaluate(model.graph, std::move(model.values));
    slopes = clip_slopes(backward(model.graph, model.values, model.loss, std::move(slopes)), model.parameters, most);
    memory.resize(model.parameters.n_elem);
    for (uword i = 0; i < model.parameters.n_elem; ++i) {
      const uword p = model.parameters(i);
      auto [x, after] = take_step({.rule = Rule::adam}, rate, std::move(model.values[p]), slopes[p], memory[i]);
      model.values[p] = std::move(x);
      memory[i] = std::move(after);
    }
  }
};
//<

Recurrent train_sequences(Recurrent net, const std::vector<Sequence>& batches, Loss loss, real rate, real most) {
  //> 12.6
  require_recurrent(net, "train_sequences");
  Learning learning;
  for (const Sequence& batch : batches) {
    require_shape(batch.t.size(), batch.x.size(), "train_sequences", "a batch", "targets", "steps");
    std::vector<uword> judged;
    for (uword t = 0; t < batch.t.size(); ++t)
      if (!batch.t[t].empty()) judged.push_back(t);
    Model model = unroll(net, batch.x.size(), judged, loss).model;
    model.values[model.inputs(0)].zeros(net.V.n_cols, batch.x[0].n_cols);
    for (uword t = 0; t < batch.x.size(); ++t) model.values[model.inputs(t + 1)] = batch.x[t];
    for (uword j = 0; j < judged.size(); ++j) model.values[model.targets(j)] = batch.t[judged[j]];
    learning.step(model, rate, most);
    net = with_parameters(std::move(net), model);
  }
  return net;
  //<
}

Recurrent train_stream(Recurrent net, const std::vector<uvec>& streams, uword back, real rate, real most) {
  //> 12.7
  require_recurrent(net, "train_stream");
  const uword d = net.gates[0].W.n_cols;
  require_shape(net.V.n_rows, d, "train_stream", "V", "rows", "symbols that are read");
  require(!streams.empty(), "train_stream", "no stream, expected at least one");
  const uword length = streams[0].n_elem;
  require(back > 0 && length > back, "train_stream", "the streams are too short for one piece, or back is 0");
  arma::umat symbols(streams.size(), length);
  for (uword n = 0; n < streams.size(); ++n) {
    require_shape(streams[n].n_elem, length, "train_stream", "a stream", "symbols", "symbols of the first");
    symbols.row(n) = streams[n].t();
  }
  auto [model, states] = unroll(net, back, arma::regspace<uvec>(0, back - 1), Loss::cross_entropy);
  Learning learning;
  mat h(net.V.n_cols, streams.size(), arma::fill::zeros);
  for (uword begin = 0; begin + back < length; begin += back) {
    model.values[model.inputs(0)] = h;
    for (uword t = 0; t < back; ++t) {
      model.values[model.inputs(t + 1)] = one_hot(symbols.col(begin + t), d);
      model.values[model.targets(t)] = one_hot(symbols.col(begin + t + 1), d);
    }
    learning.step(model, rate, most);
    h = model.values[states(back)];
  }
  return with_parameters(std::move(net), model);
  //<
}

uvec write(const Recurrent& net, uword first, uword length, real temperature, Rng& rng) {
  //> 12.8
  require_recurrent(net, "write");
  const uword d = net.gates[0].W.n_cols;
  require_shape(net.V.n_rows, d, "write", "V", "rows", "symbols that are read");
  require(temperature > 0, "write", "temperature is " + std::to_string(temperature) + ", expected more than 0");
  require(first < d, "write", "there is no symbol " + std::to_string(first));
  uvec text(length);
  mat h(net.V.n_cols, 1, arma::fill::zeros);
  for (uword i = 0, symbol = first; i < length; ++i) {
    const Outputs said = run(net, {one_hot({symbol}, d)}, h);
    const vec reached = cumsum(softmax(said.logits[0] / temperature));
    const real drawn = rng.uniform();
    symbol = 0;
    while (symbol + 1 < d && reached(symbol) <= drawn) ++symbol;
    text(i) = symbol;
    h = said.states[0];
  }
  return text;
  //<
}

}  // namespace nn
