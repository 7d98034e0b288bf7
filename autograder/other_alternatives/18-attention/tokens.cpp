// The graph is written as formulas, sequence by sequence, with the weights taken one after another from their list; a
// batch makes its graph anew and takes one step of Adam, parameter by parameter.
#include <cmath>
#include <stdexcept>

#include "nn/losses.hpp"
#include "nn/support/transformer.hpp"

namespace nn {

Attending attention_graph(const Transformer& net, uword sequences) {
  require_transformer(net, "attention_graph");
  if (sequences == 0) throw std::invalid_argument("attention_graph: a graph of no sequence");
  Attending attending;
  Model& model = attending.model;
  std::vector<Term> w;
  for_each_parameter(net, [&](const auto& numbers) { w.push_back(parameter(model, numbers)); });
  const Term mask = input(model);
  std::vector<uword> maps, outputs;
  std::vector<Term> losses;
  for (uword n = 0; n < sequences; ++n) {
    const Term x = input(model);
    const Term s = input(model);
    Term h = w[0] * x + w[1] * s;
    uword next = 2;
    for (const Block& block : net.blocks) {
      const Term U = by_columns(ColumnOp::normalise, h);
      for (const Head& head : block.heads) {
        const Term Q = w[next], K = w[next + 1], V = w[next + 2], O = w[next + 3];
        next += 4;
        const real small = 1 / std::sqrt(real(head.Q.n_rows));
        const Term scores = small * (transpose(K * U) * (Q * U));
        const Term weights = by_columns(ColumnOp::softmax, scores + mask);
        maps.push_back(weights.node);
        h = h + O * (V * U * weights);
      }
      const Term W1 = w[next], b1 = w[next + 1], W2 = w[next + 2], b2 = w[next + 3];
      next += 4;
      h = h + (W2 * activate(Activation::relu, W1 * by_columns(ColumnOp::normalise, h) + b1) + b2);
    }
    const Term y = transpose(w[0]) * by_columns(ColumnOp::normalise, h);
    outputs.push_back(y.node);
    const Term t = target(model);
    losses.push_back(loss_of(Op::cross_entropy, y, t));
  }
  Term sum = losses[0];
  for (uword n = 1; n < sequences; ++n) sum = sum + losses[n];
  finish(model, sum, (1 / real(sequences)) * sum);
  model.outputs = uvec(outputs);
  attending.maps = uvec(maps);
  return attending;
}

Transformer train_tokens(Transformer net, const std::vector<Tokens>& batches, real rate, real most) {
  require_transformer(net, "train_tokens");
  const uword k = net.E.n_cols;
  Method adam;
  adam.rule = Rule::adam;
  std::vector<Memory> memory;
  for (const Tokens& batch : batches) {
    if (size(batch.read) != size(batch.say)) throw std::invalid_argument("train_tokens: something to say after each");
    if (batch.read.empty()) throw std::invalid_argument("train_tokens: a batch of nothing");
    const uword T = batch.read.n_rows, N = batch.read.n_cols;
    if (T > net.P.n_cols) throw std::invalid_argument("train_tokens: more tokens than places");
    if (batch.read.max() >= k || batch.say.max() > k) throw std::invalid_argument("train_tokens: an unknown symbol");
    Model model = attention_graph(net, N).model;
    model.values[model.inputs(0)] = causal_mask(T);
    for (uword n = 0; n < N; ++n) {
      model.values[model.inputs(2 * n + 1)] = one_hot(batch.read.col(n), k);
      model.values[model.inputs(2 * n + 2)] = arma::eye<mat>(net.P.n_cols, T);
      const mat with_unjudged = one_hot(batch.say.col(n), k + 1);
      model.values[model.targets(n)] = with_unjudged.head_rows(k);
    }
    model.values = evaluate_columns(model.graph, std::move(model.values));
    const Values slopes = clip_slopes(backward_columns(model.graph, model.values, model.loss), model.parameters, most);
    memory.resize(model.parameters.n_elem);
    for (uword i = 0; i < memory.size(); ++i) {
      const uword p = model.parameters(i);
      Moved moved = take_step(adam, rate, model.values[p], slopes[p], memory[i]);
      model.values[p] = moved.x;
      memory[i] = moved.memory;
    }
    net = with_parameters(net, model);
  }
  return net;
}

}  // namespace nn
