// The graph node by node, all leaves first, in another order of sums and products; and Adam on one long column.
#include <cmath>
#include <stdexcept>

#include "nn/support/transformer.hpp"

namespace nn {

namespace {

struct Writer {
  Model& model;

  uword put(Op op, std::vector<uword> inputs = {}, real factor = 1) {
    Node node;
    node.op = op, node.inputs = std::move(inputs), node.factor = factor;
    model.graph.push_back(node);
    return model.graph.size() - 1;
  }
  uword put(ColumnOp op, uword input) { return put(Op(op), {input}); }
  uword times(uword a, uword b) { return put(Op::matmul, {a, b}); }
  uword plus(uword a, uword b) { return put(Op::add, {a, b}); }
};

}  // namespace

Attending attention_graph(const Transformer& net, uword sequences) {
  require_transformer(net, "attention_graph");
  if (sequences == 0) throw std::invalid_argument("attention_graph: no sequence");
  Attending attending;
  Model& model = attending.model;
  Writer write{model};
  std::vector<uword> inputs = {write.put(Op::input)}, targets, outputs, maps, parameters;
  for (uword n = 0; n < sequences; ++n) {
    targets.push_back(write.put(Op::input));
    inputs.push_back(write.put(Op::input)), inputs.push_back(write.put(Op::input));
  }
  std::vector<mat> numbers;
  for_each_parameter(net, [&](const auto& each) {
    numbers.push_back(each);
    parameters.push_back(write.put(Op::parameter));
  });
  for (uword n = 0; n < sequences; ++n) {
    uword next = 2,
          h = write.plus(write.times(parameters[1], inputs[2 * n + 2]), write.times(parameters[0], inputs[2 * n + 1]));
    for (const Block& block : net.blocks) {
      const uword u = write.put(ColumnOp::normalise, h);
      for (const Head& head : block.heads) {
        const uword q = write.put(Op::scale, {write.times(parameters[next], u)}, 1 / std::sqrt(real(head.Q.n_rows)));
        const uword turned = write.times(write.put(ColumnOp::transpose, q), write.times(parameters[next + 1], u));
        maps.push_back(write.put(ColumnOp::softmax, write.plus(inputs[0], write.put(ColumnOp::transpose, turned))));
        const uword offered = write.times(write.times(parameters[next + 3], parameters[next + 2]), u);
        h = write.plus(write.times(offered, maps.back()), h);
        next += 4;
      }
      const uword Z =
          write.plus(write.times(parameters[next], write.put(ColumnOp::normalise, h)), parameters[next + 1]);
      const uword A = write.put(Op::activate, {Z});
      model.graph[A].activation = Activation::relu;
      h = write.plus(write.plus(h, write.times(parameters[next + 2], A)), parameters[next + 3]);
      next += 4;
    }
    const uword turned = write.times(write.put(ColumnOp::transpose, write.put(ColumnOp::normalise, h)), parameters[0]);
    outputs.push_back(write.put(ColumnOp::transpose, turned));
    const uword one =
        write.put(Op::scale, {write.put(Op::cross_entropy, {outputs[n], targets[n]})}, 1 / real(sequences));
    model.loss = n == 0 ? one : write.plus(model.loss, one);
  }
  model.inputs = inputs, model.targets = targets, model.outputs = outputs, model.parameters = parameters;
  attending.maps = maps;
  model.values.resize(model.graph.size());
  for (uword p = 0; p < numbers.size(); ++p) model.values[parameters[p]] = numbers[p];
  return attending;
}

Transformer train_tokens(Transformer net, const std::vector<Tokens>& batches, real rate, real most) {
  require_transformer(net, "train_tokens");
  const uword k = net.E.n_cols;
  vec first, second;
  real steps = 0;
  for (const Tokens& batch : batches) {
    if (size(batch.read) != size(batch.say) || batch.read.is_empty() || batch.read.n_rows > net.P.n_cols || !(most > 0))
      throw std::invalid_argument("train_tokens: a batch");
    const uword T = batch.read.n_rows;
    Model model = attention_graph(net, batch.read.n_cols).model;
    model.values[model.inputs(0)] = causal_mask(T);
    for (uword n = 0; n < batch.read.n_cols; ++n) {
      mat x(k, T, arma::fill::zeros), s(net.P.n_cols, T, arma::fill::zeros), wanted = x;
      for (uword t = 0; t < T; ++t) {
        if (batch.read(t, n) >= k || batch.say(t, n) > k) throw std::invalid_argument("train_tokens: a symbol");
        x(batch.read(t, n), t) = s(t, t) = 1;
        if (batch.say(t, n) != k) wanted(batch.say(t, n), t) = 1;
      }
      model.values[model.inputs(2 * n + 1)] = x, model.values[model.inputs(2 * n + 2)] = s;
      model.values[model.targets(n)] = wanted;
    }
    model.values = evaluate_columns(model.graph, model.values);
    const Values slopes = backward_columns(model.graph, model.values, model.loss);
    vec all, slope;
    for (const uword p : model.parameters) {
      all = join_cols(all, vectorise(model.values[p]));
      slope = join_cols(slope, vectorise(slopes[p]));
    }
    const real length = norm(slope);
    if (length > most) slope *= most / length;
    if (first.is_empty()) first = second = 0 * all;
    ++steps;
    first = real(0.9) * first + real(0.1) * slope;
    second = real(0.999) * second + real(0.001) * square(slope);
    all -= rate * (first / (1 - std::pow(real(0.9), steps))) /
           (sqrt(second / (1 - std::pow(real(0.999), steps))) + real(1e-8));
    uword next = 0;
    for_each_parameter(net, [&](auto& numbers) {
      for (real& each : numbers) each = all(next++);
    });
  }
  return net;
}

}  // namespace nn
