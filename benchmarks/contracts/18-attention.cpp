// Lesson 18: columns, looking back, the graph and a step of training, of 16 sequences of 19 symbols, with two heads of
// 16 rows in each of two blocks.
#include "nn/attention.hpp"

#include "benchmarks/contracts/bench.hpp"
#include "nn/support/transformer.hpp"

namespace nn {
namespace {

constexpr uword symbols = 19, side_by_side = 16, d = 32;

const Sizes tokens = {{"tokens", {16, 64, 256}}};
const Sizes few_tokens = {{"tokens", {16, 48}}};

mat drawn(uword rows, uword cols) {
  Rng rng(1);
  return random_normal(rows, cols, rng);
}

Transformer net_for(uword longest) {
  Rng rng(1);
  return transformer(symbols, positions(d, longest, 100), 2, 2, 64, rng);
}

uvec text_of(uword T) {
  uvec text(T);
  for (uword t = 0; t < T; ++t) text(t) = (7 * t + t / 5) % symbols;
  return text;
}

Tokens batch_of(uword T) {
  const uvec text = text_of(T + 1);
  return {arma::repmat(text.head(T), 1, side_by_side), arma::repmat(text.tail(T), 1, side_by_side)};
}

/// The graph of a batch, with the batch in it.
struct Setting {
  Attending attending;
  Values values, slopes;
};

Setting setting(uword T) {
  Setting s{attention_graph(net_for(T), side_by_side), {}, {}};
  const Model& model = s.attending.model;
  s.values = model.values;
  s.values[model.inputs(0)] = causal_mask(T);
  for (uword n = 0; n < side_by_side; ++n) {
    s.values[model.inputs(2 * n + 1)] = s.values[model.targets(n)] = some_targets(symbols, T);
    s.values[model.inputs(2 * n + 2)] = arma::eye<mat>(T, T);
  }
  s.values = evaluate_columns(model.graph, std::move(s.values));
  s.slopes = backward_columns(model.graph, s.values, model.loss);
  return s;
}

const Benchmarks columns([] {
  measure("18.1 soft_columns", tokens,
          [](benchmark::State& state) { return [S = drawn(size(state), size(state))] { return soft_columns(S); }; });
  measure("18.1 soft_columns_back", tokens, [](benchmark::State& state) {
    return [P = soft_columns(drawn(size(state), size(state))), G = drawn(size(state), size(state))] {
      return soft_columns_back(P, G);
    };
  });
  measure("18.2 normalise_columns", tokens,
          [](benchmark::State& state) { return [X = drawn(d, size(state))] { return normalise_columns(X); }; });
  measure("18.2 normalise_columns_back", tokens, [](benchmark::State& state) {
    return [X = drawn(d, size(state)), G = drawn(d, size(state))] { return normalise_columns_back(X, G); };
  });
});

const Benchmarks looking([] {
  measure("18.3 causal_mask", tokens,
          [](benchmark::State& state) { return [T = size(state)] { return causal_mask(T); }; });
  measure("18.3 attend", tokens, [](benchmark::State& state) {
    const mat Q = drawn(16, size(state));
    return [Q, M = causal_mask(size(state))] { return attend(Q, Q, Q, M); };
  });
  measure("18.4 self_attention", tokens, [](benchmark::State& state) {
    return [net = net_for(size(state)), U = drawn(d, size(state)), M = causal_mask(size(state))] {
      return self_attention(net.blocks[0].heads, U, M);
    };
  });
  measure("18.5 positions", tokens,
          [](benchmark::State& state) { return [T = size(state)] { return positions(d, T, 100); }; });
  measure("18.5 read_all", tokens, [](benchmark::State& state) {
    per_second(state, "symbols", double(size(state)));
    return [net = net_for(size(state)), text = text_of(size(state))] { return read_all(net, text); };
  });
});

const Benchmarks learning([] {
  measure("18.6 attention_graph", few_tokens, [](benchmark::State& state) {
    return [net = net_for(size(state))] { return attention_graph(net, side_by_side); };
  });
  measure("18.6 evaluate_columns", few_tokens, [](benchmark::State& state) {
    per_second(state, "symbols", double(side_by_side * size(state)));
    return [s = setting(size(state))]() mutable -> Values& {
      return s.values = evaluate_columns(s.attending.model.graph, std::move(s.values));
    };
  });
  measure("18.6 backward_columns", few_tokens, [](benchmark::State& state) {
    per_second(state, "symbols", double(side_by_side * size(state)));
    return [s = setting(size(state))]() mutable -> Values& {
      const Model& model = s.attending.model;
      return s.slopes = backward_columns(model.graph, s.values, model.loss, std::move(s.slopes));
    };
  });
  measure("18.7 train_tokens", few_tokens, [](benchmark::State& state) {
    per_second(state, "symbols", double(side_by_side * size(state)));
    return [net = net_for(size(state)), batches = std::vector<Tokens>{batch_of(size(state))}] {
      return train_tokens(net, batches, real(0.001), 1);
    };
  });
});

const Benchmarks writing([] {
  measure("18.8 read_one", tokens, [](benchmark::State& state) {
    const Transformer net = net_for(size(state) + 1);
    Cache cache;
    for (const uword token : text_of(size(state))) cache = read_one(net, std::move(cache), token).cache;
    return [net, cache] { return read_one(net, cache, 0); };
  });
  measure("18.8 go_on", tokens, [](benchmark::State& state) {
    per_second(state, "symbols", double(size(state)));
    return [net = net_for(size(state)), T = size(state)] {
      Rng rng(1);
      return go_on(net, {0}, T, 1, rng);
    };
  });
});

}  // namespace
}  // namespace nn
