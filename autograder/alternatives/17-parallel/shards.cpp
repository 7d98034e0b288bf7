// By counting, copying and dividing at the end.
#include <stdexcept>

#include "nn/parallel.hpp"
namespace nn {
Range shard(uword n, uword rank, uword ranks) {
  if (rank >= ranks) throw std::invalid_argument("no such rank");
  Range part;
  for (uword r = 0; r <= rank; ++r) {
    part.begin = part.end;
    part.end += (n - part.end + ranks - r - 1) / (ranks - r);  // a fair share of what is left, rounded up
  }
  return part;
}
vec pack(const Gradients& g) {
  uword length = 1;
  for (uword l = 0; l < g.dW.size(); ++l) length += g.dW[l].n_elem + g.db[l].n_elem;
  vec message(length);
  real* out = message.memptr();
  *out++ = g.loss;
  for (uword l = 0; l < g.dW.size(); ++l) {
    for (const real x : g.dW[l]) *out++ = x;
    for (const real x : g.db[l]) *out++ = x;
  }
  return message;
}
Gradients unpack(const vec& message, const Network& like) {
  Gradients g;
  uword at = 1;
  const auto take = [&](uword rows, uword cols) {
    if (at + rows * cols > message.n_elem) throw std::invalid_argument("too short");
    mat M(rows, cols);
    for (uword i = 0; i < M.n_elem; ++i) M(i) = message(at + i);
    at += M.n_elem;
    return M;
  };
  for (const Layer& layer : like) {
    g.dW.push_back(take(layer.W.n_rows, layer.W.n_cols));
    g.db.push_back(take(layer.b.n_elem, 1));
  }
  if (at != message.n_elem) throw std::invalid_argument("not of this length");
  g.loss = message(0);
  return g;
}
Gradients combine(const std::vector<Gradients>& parts, const uvec& sizes) {
  if (parts.size() != sizes.n_elem) throw std::invalid_argument("parts and sizes");
  Gradients sum;
  real N = 0;
  for (uword r = 0; r < parts.size(); ++r) {
    const real n = real(sizes(r));
    if (sizes(r) == 0) continue;
    Gradients part = parts[r];
    part.loss *= n;
    for (mat& dW : part.dW) dW *= n;
    for (vec& db : part.db) db *= n;
    if (N == 0) {
      sum = part;
    } else {
      if (sum.dW.size() != part.dW.size() || sum.db.size() != part.db.size()) throw std::invalid_argument("layers");
      sum.loss += part.loss;
      for (uword l = 0; l < sum.dW.size(); ++l) {
        if (size(sum.dW[l]) != size(part.dW[l]) || size(sum.db[l]) != size(part.db[l]))
          throw std::invalid_argument("shapes");
        sum.dW[l] += part.dW[l], sum.db[l] += part.db[l];
      }
    }
    N += n;
  }
  if (N == 0) throw std::invalid_argument("no samples");
  sum.loss /= N;
  for (mat& dW : sum.dW) dW /= N;
  for (vec& db : sum.db) db /= N;
  return sum;
}
}  // namespace nn
