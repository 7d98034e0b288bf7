// The formulas of the contract as matrix products, head after head into one sum; the mask is made where it is needed.
#include <cmath>
#include <stdexcept>

#include "nn/activations.hpp"
#include "nn/multilayer.hpp"
#include "nn/support/transformer.hpp"

namespace nn {

mat causal_mask(uword T) {
  mat M(T, T, arma::fill::zeros);
  for (uword s = 0; s < T; ++s)
    for (uword t = 0; t < s; ++t) M(s, t) = -arma::Datum<real>::inf;
  return M;
}

mat attend(const mat& Q, const mat& K, const mat& V, const mat& M) {
  if (Q.n_rows != K.n_rows) throw std::invalid_argument("a query that meets keys of another length");
  if (V.n_cols != K.n_cols) throw std::invalid_argument("a value for each key");
  if (M.n_rows != K.n_cols || M.n_cols != Q.n_cols) throw std::invalid_argument("a mask for other tokens");
  const mat scores = K.t() * Q / std::sqrt(real(Q.n_rows)) + M;
  return V * soft_columns(scores);
}

mat self_attention(const std::vector<Head>& heads, const mat& U, const mat& M) {
  require_heads(heads, U.n_rows, "looking back");
  mat sum(U.n_rows, U.n_cols, arma::fill::zeros);
  for (const Head& head : heads) sum += head.O * attend(head.Q * U, head.K * U, head.V * U, M);
  return sum;
}

mat positions(uword d, uword longest, real base) {
  if (d % 2 != 0) throw std::invalid_argument("a sine without its cosine");
  if (!(base > 0)) throw std::invalid_argument("a base is above 0");
  mat P(d, longest);
  for (uword i = 0; 2 * i < d; ++i)
    for (uword t = 0; t < longest; ++t) {
      const double angle = double(t) * std::pow(double(base), -2.0 * double(i) / double(d));
      P(2 * i, t) = real(std::sin(angle));
      P(2 * i + 1, t) = real(std::cos(angle));
    }
  return P;
}

mat read_all(const Transformer& net, const uvec& tokens) {
  require_transformer(net, "reading");
  const uword T = tokens.n_elem;
  if (T == 0) throw std::invalid_argument("nothing to read");
  if (T > net.P.n_cols) throw std::invalid_argument("a text of more tokens than the network has places");
  for (const uword token : tokens) require_token(net, token, "reading");
  mat h = net.E.cols(tokens) + net.P.head_cols(T);
  for (const Block& block : net.blocks) {
    h += self_attention(block.heads, normalise_columns(h), causal_mask(T));
    h += dense(block.W2, block.b2, relu(dense(block.W1, block.b1, normalise_columns(h))));
  }
  return net.E.t() * normalise_columns(h);
}

}  // namespace nn
