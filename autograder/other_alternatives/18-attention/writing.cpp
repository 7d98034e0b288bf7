// A new cache is filled with empty matrices first, so that it is checked like any other; keys and values are joined to
// what is there, and attend takes the one query.
#include <stdexcept>

#include "nn/activations.hpp"
#include "nn/multilayer.hpp"
#include "nn/support/transformer.hpp"

namespace nn {
namespace {

void check_cache(const Transformer& net, const Cache& cache) {
  const std::invalid_argument other("the cache is another network's");
  if (cache.keys.size() != net.blocks.size() || cache.values.size() != net.blocks.size()) throw other;
  for (uword b = 0; b < net.blocks.size(); ++b) {
    const std::vector<Head>& heads = net.blocks[b].heads;
    if (cache.keys[b].size() != heads.size() || cache.values[b].size() != heads.size()) throw other;
    for (uword i = 0; i < heads.size(); ++i)
      for (const mat* kept : {&cache.keys[b][i], &cache.values[b][i]})
        if (kept->n_rows != heads[i].Q.n_rows || kept->n_cols != cache.length) throw other;
  }
}

}  // namespace

Said read_one(const Transformer& net, Cache cache, uword token) {
  require_transformer(net, "reading on");
  require_token(net, token, "reading on");
  if (cache.length >= net.P.n_cols) throw std::invalid_argument("the cache is full");
  if (cache.length == 0 && cache.keys.empty() && cache.values.empty()) {
    for (const Block& block : net.blocks) {
      std::vector<mat> nothing;
      for (const Head& head : block.heads) nothing.push_back(mat(head.Q.n_rows, 0));
      cache.keys.push_back(nothing);
      cache.values.push_back(nothing);
    }
  }
  check_cache(net, cache);
  mat h = net.E.col(token) + net.P.col(cache.length);
  for (uword b = 0; b < net.blocks.size(); ++b) {
    const Block& block = net.blocks[b];
    const mat u = normalise_columns(h);
    for (uword i = 0; i < block.heads.size(); ++i) {
      const Head& head = block.heads[i];
      mat& K = cache.keys[b][i];
      mat& V = cache.values[b][i];
      K = arma::join_rows(K, head.K * u);
      V = arma::join_rows(V, head.V * u);
      h += head.O * attend(head.Q * u, K, V, mat(K.n_cols, 1, arma::fill::zeros));
    }
    h += dense(block.W2, block.b2, relu(dense(block.W1, block.b1, normalise_columns(h))));
  }
  ++cache.length;
  return {net.E.t() * normalise_columns(h), cache};
}

uvec go_on(const Transformer& net, const uvec& prompt, uword length, real temperature, Rng& rng) {
  require_transformer(net, "going on");
  if (prompt.empty()) throw std::invalid_argument("going on from nothing");
  for (const uword token : prompt) require_token(net, token, "going on");
  if (prompt.n_elem + length > net.P.n_cols + 1) throw std::invalid_argument("more text than places");
  if (!(temperature > 0)) throw std::invalid_argument("a temperature is above 0");
  Said said;
  for (const uword token : prompt) said = read_one(net, std::move(said.cache), token);
  uvec text(length);
  for (uword i = 0; i < length; ++i) {
    const vec p = softmax(said.logits / temperature);
    const real u = rng.uniform();
    uword symbol = 0;
    for (real sum = p(0); symbol + 1 < p.n_elem && !(sum > u); sum += p(symbol)) ++symbol;
    text(i) = symbol;
    if (i + 1 < length) said = read_one(net, std::move(said.cache), symbol);
  }
  return text;
}

}  // namespace nn
