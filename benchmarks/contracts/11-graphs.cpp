// Lesson 11: nodes and graphs; and a step of training, as a graph and as lesson 6 does it. Networks are 784-units-10.
#include "nn/graph.hpp"

#include "benchmarks/contracts/bench.hpp"

namespace nn {
namespace {

/// A model with a batch in it, halfway through a step.
struct Setting {
  Model model;
  Values values, slopes;
  mat X, T;
};

Setting ready(Model model, uword n) {
  Rng rng(1);
  Setting s{std::move(model), {}, {}, random_uniform(784, n, 0, 1, rng), some_targets(10, n)};
  s.values = s.model.values;
  s.values[s.model.inputs(0)] = s.X, s.values[s.model.targets(0)] = s.T;
  s.values = evaluate(s.model.graph, std::move(s.values));
  s.slopes = backward(s.model.graph, s.values, s.model.loss);
  return s;
}

Setting setting(benchmark::State& state) {
  per_second(state, "samples", double(size(state, 1)));
  return ready(network_graph(digit_network(size(state)), Loss::cross_entropy), size(state, 1));
}

const Benchmarks nodes([] {
  for (const auto& [name, op] : {std::pair<const char*, Op>{"add", Op::add}, {"matmul", Op::matmul}}) {
    const auto made = [op = op](const benchmark::State& state) {
      Rng rng(1);
      const uword m = size(state), n = size(state, 1);
      Values values = {random_normal(m, m, rng), random_normal(m, n, rng), random_normal(m, 1, rng)};
      return std::pair(op == Op::add ? Node{op, {1, 2}} : Node{op, {0, 1}}, values);
    };
    measure(std::string("11.1 node_forward ") + name, layer_sizes, [made](benchmark::State& state) {
      return [given = made(state), value = mat()]() mutable -> mat& {
        return value = node_forward(given.first, given.second, std::move(value));
      };
    });
    measure(std::string("11.2 node_backward ") + name, layer_sizes, [made](benchmark::State& state) {
      const auto given = made(state);
      return [given, value = node_forward(given.first, given.second), slope = mat()]() mutable -> mat& {
        return slope = node_backward(given.first, 1, given.second, value, value, std::move(slope));
      };
    });
  }
});

const Benchmarks graphs([] {
  const Sizes blocks = {{"blocks", {2, 50}}};
  const auto residual = [](const benchmark::State& state) {
    Rng rng(1);
    return residual_graph(784, 32, size(state), 10, Activation::tanh, rng);
  };
  measure("11.3 order", blocks,
          [=](benchmark::State& state) { return [graph = residual(state).graph] { return order(graph); }; });
  measure("11.4 evaluate", layer_sizes, [](benchmark::State& state) {
    return
        [s = setting(state)]() mutable -> Values& { return s.values = evaluate(s.model.graph, std::move(s.values)); };
  });
  measure("11.5 learns", blocks,
          [=](benchmark::State& state) { return [graph = residual(state).graph] { return learns(graph); }; });
  measure("11.5 backward", layer_sizes, [](benchmark::State& state) {
    return [s = setting(state)]() mutable -> Values& {
      return s.slopes = backward(s.model.graph, s.values, s.model.loss, std::move(s.slopes));
    };
  });
  measure("11.6 network_graph", {{"units", {30, 100}}}, [](benchmark::State& state) {
    return [network = digit_network(size(state))] { return network_graph(network, Loss::cross_entropy); };
  });
  measure("11.7 residual_graph", blocks,
          [=](benchmark::State& state) { return [&state, residual] { return residual(state); }; });
  measure("11.8 product_graph", no_sizes,
          [](benchmark::State&) { return [rng = Rng(1)]() mutable { return product_graph(rng); }; });
});

/// The whole of a training step, the batch in its place: what the graph costs beside lesson 6.
const Benchmarks steps([] {
  const Sizes sizes = {{"units", {30, 100}}, {"batch", {32, 100}}};
  measure("11.6 step_down whole step as a graph", sizes, [](benchmark::State& state) {
    return [s = setting(state)]() mutable -> Values& {
      s.values = evaluate(s.model.graph, std::move(s.values));
      s.slopes = backward(s.model.graph, s.values, s.model.loss, std::move(s.slopes));
      return s.values = step_down(std::move(s.values), s.slopes, s.model.parameters, real(1e-3));
    };
  });
  measure("11.6 step_down whole step of lesson 6", sizes, [](benchmark::State& state) {
    return [s = setting(state), network = digit_network(size(state))]() mutable -> Network& {
      const Gradients gradients = backprop(network, s.X, s.T, Loss::cross_entropy);
      return network = sgd_step(std::move(network), gradients, real(1e-3));
    };
  });
});

}  // namespace
}  // namespace nn
