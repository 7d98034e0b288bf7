// Lesson 18, looking back: one head, several, and the whole network.
#include <cmath>

#include "nn/activations.hpp"
#include "nn/multilayer.hpp"
#include "nn/support/todo.hpp"
#include "nn/support/transformer.hpp"

namespace nn {

mat causal_mask(uword T) {
  //> 18.3
  mat M(T, T, arma::fill::zeros);
  for (uword t = 0; t < T; ++t)
    for (uword s = t + 1; s < T; ++s) M(s, t) = -arma::datum::inf;
  return M;
  //<
}

mat attend(const mat& Q, const mat& K, const mat& V, const mat& M) {
  //> 18.3
  require_shape(K.n_rows, Q.n_rows, "attend", "K", "rows", "rows of Q");
  require_shape(V.n_cols, K.n_cols, "attend", "V", "columns", "columns of K");
  require_shape(M.n_rows, K.n_cols, "attend", "M", "rows", "columns of K");
  require_shape(M.n_cols, Q.n_cols, "attend", "M", "columns", "columns of Q");
  const mat S = K.t() * Q / std::sqrt(real(Q.n_rows)) + M;  // S x T: row s is asked, column t asks
  return V * soft_columns(S);
  //<
}

mat self_attention(const std::vector<Head>& heads, const mat& U, const mat& M) {
  //> 18.4
  require_heads(heads, U.n_rows, "self_attention");
  mat sum(size(U), arma::fill::zeros);
  for (const auto& [Q, K, V, O] : heads) sum += O * attend(Q * U, K * U, V * U, M);
  return sum;
  //<
}

mat positions(uword d, uword longest, real base) {
  //> 18.5
  require(d % 2 == 0, "positions", "d is " + std::to_string(d) + ", expected an even number");
  require(base > 0, "positions", "base is " + std::to_string(base) + ", expected more than 0");
  mat P(d, longest);
  for (uword t = 0; t < longest; ++t)
    for (uword row = 0; row < d; row += 2) {
      const real angle = real(t) * std::pow(base, -real(row) / real(d));
      P(row, t) = std::sin(angle);
      P(row + 1, t) = std::cos(angle);
    }
  return P;
  //<
}

mat read_all(const Transformer& net, const uvec& tokens) {
  //> 18.5
  require_transformer(net, "read_all");
  const uword T = tokens.n_elem;
  require(T > 0, "read_all", "no token, expected at least one");
  require(T <= net.P.n_cols, "read_all", std::to_string(T) + " tokens, " + std::to_string(net.P.n_cols) + " places");
  require_token(net, tokens.max(), "read_all");
  const mat M = causal_mask(T);
  mat h = net.E.cols(tokens) + net.P.head_cols(T);  // d x T
  for (const auto& [heads, W1, b1, W2, b2] : net.blocks) {
    h += self_attention(heads, normalise_columns(h), M);
    h += dense(W2, b2, relu(dense(W1, b1, normalise_columns(h))));
  }
  return net.E.t() * normalise_columns(h);
  //<
}

}  // namespace nn
