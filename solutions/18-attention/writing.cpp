// Lesson 18, writing on from what was read: token by token, with keys and values kept.
#include "nn/activations.hpp"
#include "nn/multilayer.hpp"
#include "nn/support/todo.hpp"
#include "nn/support/transformer.hpp"

namespace nn {

//- whether the cache was filled by this network, or by none
static void require_cache(const Transformer& net, const Cache& cache) {
  const auto fits = [&](const std::vector<std::vector<mat>>& all) {
    bool good = all.size() == net.blocks.size();
    for (uword b = 0; good && b < all.size(); ++b) {
      good = all[b].size() == net.blocks[b].heads.size();
      for (uword h = 0; good && h < all[b].size(); ++h)
        good = all[b][h].n_rows == net.blocks[b].heads[h].Q.n_rows && all[b][h].n_cols == cache.length;
    }
    return good;
  };
  require(fits(cache.keys) && fits(cache.values), "read_one", "the cache is another network's");
  require(cache.length < net.P.n_cols, "read_one", "the cache is full: " + std::to_string(cache.length) + " tokens");
}

static Cache empty_cache(const Transformer& net) {
  Cache cache;
  for (const Block& block : net.blocks) {
    cache.keys.emplace_back();
    for (const Head& head : block.heads) cache.keys.back().push_back(mat(head.Q.n_rows, 0));
  }
  cache.values = cache.keys;
  return cache;
}
//<

Said read_one(const Transformer& net, Cache cache, uword token) {
  //> 18.8
  require_transformer(net, "read_one");
  require_token(net, token, "read_one");
  if (cache.keys.empty() && cache.values.empty() && cache.length == 0) cache = empty_cache(net);
  require_cache(net, cache);
  mat h = net.E.col(token) + net.P.col(cache.length);
  const mat all(++cache.length, 1, arma::fill::zeros);  // it may look everywhere
  for (uword b = 0; b < net.blocks.size(); ++b) {
    const auto& [heads, W1, b1, W2, b2] = net.blocks[b];
    const mat u = normalise_columns(h);
    for (uword i = 0; i < heads.size(); ++i) {
      mat &K = cache.keys[b][i], &V = cache.values[b][i];
      K.insert_cols(K.n_cols, mat(heads[i].K * u));
      V.insert_cols(V.n_cols, mat(heads[i].V * u));
      h += heads[i].O * attend(heads[i].Q * u, K, V, all);
    }
    h += dense(W2, b2, relu(dense(W1, b1, normalise_columns(h))));
  }
  return {net.E.t() * normalise_columns(h), std::move(cache)};
  //<
}

uvec go_on(const Transformer& net, const uvec& prompt, uword length, real temperature, Rng& rng) {
  //> 18.8
  require_transformer(net, "go_on");
  require(!prompt.empty(), "go_on", "the prompt is empty");
  for (const uword token : prompt) require_token(net, token, "go_on");
  require(prompt.n_elem + length <= net.P.n_cols + 1, "go_on",
          std::to_string(prompt.n_elem) + " tokens and " + std::to_string(length) + " more, but only " +
              std::to_string(net.P.n_cols) + " places");
  require(temperature > 0, "go_on", "temperature is " + std::to_string(temperature) + ", expected more than 0");
  Said said;
  for (uword t = 0; length > 0 && t < prompt.n_elem; ++t) said = read_one(net, std::move(said.cache), prompt(t));
  uvec text(length);
  for (uword i = 0; i < length; ++i) {
    if (i > 0) said = read_one(net, std::move(said.cache), text(i - 1));
    const vec reached = cumsum(soft_columns(said.logits / temperature));
    const real drawn = rng.uniform();
    uword symbol = 0;
    while (symbol + 1 < reached.n_elem && reached(symbol) <= drawn) ++symbol;
    text(i) = symbol;
  }
  return text;
  //<
}

}  // namespace nn
