// Lesson 14, memory: patterns are valleys, and a damaged one rolls down into its own.
#include <cmath>

#include "nn/energy.hpp"
#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"

namespace nn {

//- patterns and states are of -1 and 1
static void require_signs(const mat& S, std::string_view function, std::string_view name) {
  const bool signs = all(vectorise(abs(S)) == 1);
  require(signs, function, std::string(name) + " has an entry that is neither -1 nor 1");
}

static void require_state(const mat& W, const vec& s, std::string_view function) {
  require_shape(W.n_rows, W.n_cols, function, "W", "rows", "columns of W");
  require_shape(s.n_elem, W.n_cols, function, "s", "entries", "columns of W");
  require_signs(s, function, "s");
}
//<

real energy(const mat& W, const vec& s) {
  //> 14.1
  require_state(W, s, "energy");
  return -dot(s, W * s) / 2;
  //<
}

mat store(const mat& P) {
  //> 14.1
  require_signs(P, "store", "P");
  mat W = P * P.t() / P.n_rows;
  W.diag().zeros();
  return W;
  //<
}

mat store_projection(const mat& P) {
  //> 14.2
  require(!P.empty(), "store_projection", "P is empty, expected at least one pattern");
  require_signs(P, "store_projection", "P");
  mat W = P * pinv(P);
  W.diag().zeros();
  return W;
  //<
}

vec recall(const mat& W, vec s, Rng& rng, uword sweeps) {
  //> 14.3
  require_state(W, s, "recall");
  bool changed = true;
  for (uword sweep = 0; sweep < sweeps && changed; ++sweep) {
    changed = false;
    for (const uword i : random_permutation(s.n_elem, rng)) {
      const real sum = dot(W.col(i), s);  // W is symmetric: a column lies in one piece, and equals the row
      const real sign = sum > 0 ? 1 : sum < 0 ? -1 : s(i);
      changed |= sign != s(i);
      s(i) = sign;
    }
  }
  return s;
  //<
}

real remembered(uword n, uword p, real flipped, Rng& rng) {
  //> 14.4
  require(n > 0 && p > 0, "remembered", "no units or no patterns, expected at least one of each");
  require(0 <= flipped && flipped <= 1, "remembered",
          "flipped is " + std::to_string(flipped) + ", expected 0 <= flipped <= 1");
  mat P(n, p);
  for (real& entry : P) entry = rng.uniform() < real(0.5) ? -1 : 1;
  const mat W = store(P);
  const uword turned = uword(std::lround(flipped * real(n)));
  real overlap = 0;
  for (uword k = 0; k < p; ++k) {
    vec s = P.col(k);
    s(random_permutation(n, rng).head(turned)) *= -1;
    overlap += dot(recall(W, s, rng, 100), P.col(k)) / real(n);
  }
  return overlap / real(p);
  //<
}

}  // namespace nn
