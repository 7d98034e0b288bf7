// Lesson 12: steps, whole sequences, the graph of all steps, and a step of training, of cells that read 32 sequences of
// 32 symbols side by side.
#include "nn/sequences.hpp"

#include "benchmarks/contracts/bench.hpp"
#include "nn/support/recurrent.hpp"

namespace nn {
namespace {

constexpr uword symbols = 32, side_by_side = 32;

const Sizes units = {{"units", {16, 64}}};
const Sizes units_and_steps = {{"units", {48}}, {"steps", {10, 40}}};

Recurrent net_of(Cell cell, uword m) {
  Rng rng(1);
  return cell == Cell::plain ? plain_cell(symbols, m, symbols, rng) : gated_cell(symbols, m, symbols, 1, rng);
}

std::vector<mat> steps_of(uword T) { return std::vector<mat>(T, some_targets(symbols, side_by_side)); }

/// The graph of so many steps, with a batch in it.
struct Setting {
  Unrolled unrolled;
  Values values, slopes;
};

Setting setting(const benchmark::State& state) {
  const uword m = size(state), T = size(state, 1);
  Setting s{unroll(net_of(Cell::gated, m), T, arma::regspace<uvec>(0, T - 1), Loss::cross_entropy), {}, {}};
  const Model& model = s.unrolled.model;
  s.values = model.values;
  s.values[model.inputs(0)] = mat(m, side_by_side, arma::fill::zeros);
  for (uword t = 0; t < T; ++t)
    s.values[model.inputs(t + 1)] = s.values[model.targets(t)] = some_targets(symbols, side_by_side);
  s.values = evaluate(model.graph, std::move(s.values));
  s.slopes = backward(model.graph, s.values, model.loss);
  return s;
}

const Benchmarks cells([] {
  measure("12.1 step_plain", units, [](benchmark::State& state) {
    per_second(state, "symbols", double(side_by_side));
    return [net = net_of(Cell::plain, size(state)), h = mat(size(state), side_by_side, arma::fill::zeros),
            x = some_targets(symbols, side_by_side)] { return step_plain(net.gates[0], h, x); };
  });
  measure("12.5 step_gated", units, [](benchmark::State& state) {
    per_second(state, "symbols", double(side_by_side));
    return [net = net_of(Cell::gated, size(state)), h = mat(size(state), side_by_side, arma::fill::zeros),
            x = some_targets(symbols, side_by_side)] { return step_gated(net.gates, h, x); };
  });
  for (const auto& [name, cell] : {std::pair<const char*, Cell>{"plain", Cell::plain}, {"gated", Cell::gated}})
    measure(std::string("12.2 run ") + name, units_and_steps, [cell = cell](benchmark::State& state) {
      per_second(state, "symbols", double(side_by_side * size(state, 1)));
      return [net = net_of(cell, size(state)), x = steps_of(size(state, 1)),
              h = mat(size(state), side_by_side, arma::fill::zeros)] { return run(net, x, h); };
    });
});

const Benchmarks through_time([] {
  measure("12.3 unroll", units_and_steps, [](benchmark::State& state) {
    return [net = net_of(Cell::gated, size(state)), T = size(state, 1)] {
      return unroll(net, T, arma::regspace<uvec>(0, T - 1), Loss::cross_entropy);
    };
  });
  measure("12.4 slopes_through_time", units_and_steps, [](benchmark::State& state) {
    per_second(state, "symbols", double(side_by_side * size(state, 1)));
    return [s = setting(state)] { return slopes_through_time(s.unrolled, s.values); };
  });
  measure("12.4 clip_slopes", units_and_steps, [](benchmark::State& state) {
    return [s = setting(state)]() mutable -> Values& {
      return s.slopes = clip_slopes(std::move(s.slopes), s.unrolled.model.parameters, real(1e-3));
    };
  });
});

const Benchmarks learning([] {
  measure("12.6 train_sequences", units_and_steps, [](benchmark::State& state) {
    per_second(state, "symbols", double(side_by_side * size(state, 1)));
    const std::vector<mat> x = steps_of(size(state, 1));
    return [net = net_of(Cell::gated, size(state)), batches = std::vector<Sequence>{{x, x}}] {
      return train_sequences(net, batches, Loss::cross_entropy, real(0.001), 1);
    };
  });
  measure("12.7 train_stream", units_and_steps, [](benchmark::State& state) {
    const uword back = size(state, 1), length = 5 * back + 1;
    per_second(state, "symbols", double(side_by_side * 5 * back));
    std::vector<uvec> streams(side_by_side, uvec(length));
    Rng rng(1);
    for (uvec& stream : streams)
      for (uword& symbol : stream) symbol = rng.below(symbols);
    return [net = net_of(Cell::gated, size(state)), streams, back] {
      return train_stream(net, streams, back, real(0.001), 1);
    };
  });
  measure("12.8 write", units, [](benchmark::State& state) {
    per_second(state, "symbols", 100);
    return [net = net_of(Cell::gated, size(state))] {
      Rng rng(1);
      return write(net, 0, 100, 1, rng);
    };
  });
});

}  // namespace
}  // namespace nn
