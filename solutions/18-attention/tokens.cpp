// Lesson 18, learning: a network as a graph, trained batch by batch.
#include <cmath>
#include <optional>

#include "nn/losses.hpp"
#include "nn/support/todo.hpp"
#include "nn/support/transformer.hpp"

namespace nn {

//- the parameter nodes of a network, and one sequence read with them
struct HeadTerms {
  Term Q, K, V, O;
};
struct BlockTerms {
  std::vector<HeadTerms> heads;
  Term W1, b1, W2, b2;
};

static BlockTerms parameters(Model& model, const Block& block) {
  std::vector<HeadTerms> heads;
  for (const Head& head : block.heads) {
    const Term Q = parameter(model, head.Q);
    const Term K = parameter(model, head.K);
    const Term V = parameter(model, head.V);
    heads.push_back({Q, K, V, parameter(model, head.O)});
  }
  const Term W1 = parameter(model, block.W1);
  const Term b1 = parameter(model, block.b1);
  const Term W2 = parameter(model, block.W2);
  return {std::move(heads), W1, b1, W2, parameter(model, block.b2)};
}

static Term through(const BlockTerms& block, Term h, Term mask, real root, uvec& maps) {
  const Term u = by_columns(ColumnOp::normalise, h);
  for (const auto& [Q, K, V, O] : block.heads) {
    const Term scores = (1 / root) * (transpose(K * u) * (Q * u));
    const Term weights = detail::listed(maps, by_columns(ColumnOp::softmax, scores + mask));
    h = h + O * ((V * u) * weights);
  }
  return h +
         (block.W2 * activate(Activation::relu, block.W1 * by_columns(ColumnOp::normalise, h) + block.b1) + block.b2);
}
//<

Attending attention_graph(const Transformer& net, uword sequences) {
  //> 18.6
  require_transformer(net, "attention_graph");
  require(sequences > 0, "attention_graph", "no sequence, expected at least one");
  Attending attending;
  Model& model = attending.model;
  const Term E = parameter(model, net.E);
  const Term P = parameter(model, net.P);
  std::vector<BlockTerms> blocks;
  for (const Block& block : net.blocks) blocks.push_back(parameters(model, block));
  const Term spoken = transpose(E), mask = input(model);

  std::optional<Term> sum;
  uvec outputs;
  for (uword n = 0; n < sequences; ++n) {
    const Term x = input(model);
    const Term s = input(model);
    Term h = E * x + P * s;
    for (uword b = 0; b < blocks.size(); ++b)
      h = through(blocks[b], h, mask, std::sqrt(real(net.blocks[b].heads[0].Q.n_rows)), attending.maps);
    const Term y = detail::listed(outputs, spoken * by_columns(ColumnOp::normalise, h));
    const Term one = loss_of(Op::cross_entropy, y, target(model));
    sum = sum ? *sum + one : one;
  }
  finish(model, *sum, (1 / real(sequences)) * *sum);
  model.outputs = outputs;
  return attending;
  //<
}

//- one-hot columns, and a column of zeros for what is not below k
static mat one_hot_or_none(const arma::ucolvec& symbols, uword k) {
  mat X(k, symbols.n_elem, arma::fill::zeros);
  for (uword t = 0; t < symbols.n_elem; ++t)
    if (symbols(t) < k) X(symbols(t), t) = 1;
  return X;
}
//<

Transformer train_tokens(Transformer net, const std::vector<Tokens>& batches, real rate, real most) {
  //> 18.7
  require_transformer(net, "train_tokens");
  const uword k = net.E.n_cols;
  Attending now;
  Values slopes;
  std::vector<Memory> memory;
  for (const auto& [read, say] : batches) {
    const uword T = read.n_rows, N = read.n_cols;
    require_same_shape(say, read, "train_tokens", "say", "read");
    require(!read.empty(), "train_tokens", "a batch is empty");
    require(T <= net.P.n_cols, "train_tokens", "a batch is longer than there are places");
    require_token(net, read.max(), "train_tokens");
    require(say.max() <= k, "train_tokens", "there is no symbol to say " + std::to_string(say.max()));
    if (now.model.targets.n_elem != N) now = attention_graph(net, N), slopes.clear();
    Model& model = now.model;
    model.values[model.inputs(0)] = causal_mask(T);
    for (uword n = 0; n < N; ++n) {
      model.values[model.inputs(2 * n + 1)] = one_hot(read.col(n), k);
      model.values[model.inputs(2 * n + 2)] = arma::eye<mat>(net.P.n_cols, T);
      model.values[model.targets(n)] = one_hot_or_none(say.col(n), k);
    }
    model.values = evaluate_columns(model.graph, std::move(model.values));
    slopes = backward_columns(model.graph, model.values, model.loss, std::move(slopes));
    slopes = clip_slopes(std::move(slopes), model.parameters, most);
    memory.resize(model.parameters.n_elem);
    for (uword i = 0; i < memory.size(); ++i) {
      mat& x = model.values[model.parameters(i)];
      auto [after, remembered] =
          take_step({.rule = Rule::adam}, rate, std::move(x), slopes[model.parameters(i)], std::move(memory[i]));
      x = std::move(after), memory[i] = std::move(remembered);
    }
    net = with_parameters(std::move(net), model);
  }
  return net;
  //<
}

}  // namespace nn
