// The mask by comparing numbers of rows and columns; looking back token by token; all heads under one another, with one
// product for the way back.
#include <cmath>
#include <stdexcept>

#include "nn/support/transformer.hpp"

namespace nn {

mat causal_mask(uword T) {
  mat M = arma::trimatl(mat(T, T, arma::fill::ones));
  M.diag().zeros();
  M.transform([](real later) { return later > 0 ? -arma::Datum<real>::inf : real(0); });
  return M;
}

mat attend(const mat& Q, const mat& K, const mat& V, const mat& M) {
  if (K.n_rows != Q.n_rows || V.n_cols != K.n_cols || M.n_rows != K.n_cols || M.n_cols != Q.n_cols)
    throw std::invalid_argument("attend: the shapes do not meet");
  mat found(V.n_rows, Q.n_cols);
  const real narrow = std::pow(real(Q.n_rows), real(-0.5));
  for (uword t = 0; t < Q.n_cols; ++t) {
    const vec scores = K.t() * Q.col(t) * narrow + M.col(t);
    found.col(t) = V * soft_columns(scores);
  }
  return found;
}

mat self_attention(const std::vector<Head>& heads, const mat& U, const mat& M) {
  if (heads.empty()) throw std::invalid_argument("self_attention: no head");
  mat found, back;
  for (const auto& [Q, K, V, O] : heads) {
    for (const mat* asks : {&Q, &K, &V})
      if (size(*asks) != size(Q) || asks->n_cols != U.n_rows) throw std::invalid_argument("self_attention: a head");
    if (O.n_rows != U.n_rows || O.n_cols != Q.n_rows) throw std::invalid_argument("self_attention: O of a head");
    const mat one = attend(Q * U, K * U, V * U, M);
    found = found.is_empty() ? one : mat(join_cols(found, one));
    back = back.is_empty() ? O : mat(join_rows(back, O));
  }
  return back * found;
}

mat positions(uword d, uword longest, real base) {
  if (d % 2 == 1 || !(base > 0)) throw std::invalid_argument("positions: d or base");
  mat P(d, longest);
  real turns = 1;
  for (uword i = 0; 2 * i < d; ++i, turns = std::pow(base, -real(2 * i) / real(d))) {
    const rowvec angles = turns * arma::regspace<rowvec>(0, real(longest)).head(longest);
    P.row(2 * i) = sin(angles);
    P.row(2 * i + 1) = cos(angles);
  }
  return P;
}

mat read_all(const Transformer& net, const uvec& tokens) {
  require_transformer(net, "read_all");
  if (tokens.is_empty() || tokens.n_elem > net.P.n_cols) throw std::invalid_argument("read_all: how many tokens?");
  mat h(net.E.n_rows, tokens.n_elem);
  for (uword t = 0; t < tokens.n_elem; ++t) {
    if (tokens(t) >= net.E.n_cols) throw std::invalid_argument("read_all: no such symbol");
    h.col(t) = net.E.col(tokens(t)) + net.P.col(t);
  }
  for (const Block& block : net.blocks) {
    h = h + self_attention(block.heads, normalise_columns(h), causal_mask(tokens.n_elem));
    mat Z = block.W1 * normalise_columns(h);
    Z.each_col() += block.b1;
    mat more = block.W2 * clamp(Z, real(0), arma::Datum<real>::inf);
    more.each_col() += block.b2;
    h = h + more;
  }
  return (normalise_columns(h).t() * net.E).t();
}

}  // namespace nn
