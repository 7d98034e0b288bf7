// New keys and values in matrices that are made one column longer; scores of one token as a dot product each.
#include <cmath>
#include <stdexcept>

#include "nn/support/transformer.hpp"

namespace nn {

namespace {

mat longer(const mat& all, const vec& last) {
  mat more(last.n_elem, all.n_cols + 1);
  for (uword t = 0; t < all.n_cols; ++t) more.col(t) = all.col(t);
  more.col(all.n_cols) = last;
  return more;
}

void refuse_another(const Cache& cache, const Transformer& net) {
  for (const auto* lists : {&cache.keys, &cache.values}) {
    if (lists->size() != net.blocks.size()) throw std::invalid_argument("read_one: blocks of the cache");
    for (uword b = 0; b < lists->size(); ++b) {
      if ((*lists)[b].size() != net.blocks[b].heads.size()) throw std::invalid_argument("read_one: heads of the cache");
      for (uword i = 0; i < (*lists)[b].size(); ++i)
        if ((*lists)[b][i].n_cols != cache.length || (*lists)[b][i].n_rows != net.blocks[b].heads[i].Q.n_rows)
          throw std::invalid_argument("read_one: the cache has another shape");
    }
  }
}

}  // namespace

Said read_one(const Transformer& net, Cache cache, uword token) {
  require_transformer(net, "read_one");
  if (cache.length == 0 && cache.keys.empty() && cache.values.empty()) {
    for (const Block& block : net.blocks) cache.keys.push_back(std::vector<mat>(block.heads.size()));
    for (uword b = 0; b < net.blocks.size(); ++b)
      for (uword i = 0; i < cache.keys[b].size(); ++i) cache.keys[b][i].set_size(net.blocks[b].heads[i].Q.n_rows, 0);
    cache.values = cache.keys;
  }
  refuse_another(cache, net);
  if (token >= net.E.n_cols || cache.length >= net.P.n_cols) throw std::invalid_argument("read_one: token or place");
  vec h = net.E.col(token) + net.P.col(cache.length);
  for (uword b = 0; b < net.blocks.size(); ++b) {
    const Block& block = net.blocks[b];
    const vec u = normalise_columns(h);
    vec heard(h.n_elem, arma::fill::zeros);
    for (uword i = 0; i < block.heads.size(); ++i) {
      const auto& [Q, K, V, O] = block.heads[i];
      const mat& keys = cache.keys[b][i] = longer(cache.keys[b][i], K * u);
      const mat& values = cache.values[b][i] = longer(cache.values[b][i], V * u);
      const vec q = Q * u;
      vec scores(keys.n_cols);
      for (uword s = 0; s < scores.n_elem; ++s) scores(s) = dot(keys.col(s), q) / std::sqrt(real(q.n_elem));
      heard += O * (values * soft_columns(scores));
    }
    h += heard;
    h += block.W2 * clamp(vec(block.W1 * vec(normalise_columns(h)) + block.b1), real(0), arma::Datum<real>::inf) +
         block.b2;
  }
  ++cache.length;
  return {vec(net.E.t() * vec(normalise_columns(h))), cache};
}

uvec go_on(const Transformer& net, const uvec& prompt, uword length, real temperature, Rng& rng) {
  require_transformer(net, "go_on");
  if (prompt.is_empty() || !(temperature > 0) || prompt.n_elem + length > net.P.n_cols + 1)
    throw std::invalid_argument("go_on: prompt, length or temperature");
  for (const uword token : prompt)
    if (token >= net.E.n_cols) throw std::invalid_argument("go_on: no such symbol");
  std::vector<uword> text(prompt.begin(), prompt.end());
  Cache cache;
  for (uword next = 0; text.size() < prompt.n_elem + length; ++next) {
    Said said = read_one(net, std::move(cache), text[next]);
    cache = std::move(said.cache);
    if (next + 1 < prompt.n_elem) continue;
    const vec p = soft_columns(said.logits / temperature);
    const real drawn = rng.uniform();
    real sum = 0;
    uword symbol = p.n_elem - 1;
    for (uword s = 0; s < p.n_elem; ++s)
      if ((sum += p(s)) > drawn) {
        symbol = s;
        break;
      }
    text.push_back(symbol);
  }
  return uvec(text).tail(length);
}

}  // namespace nn
