// A shard from a quotient and a remainder, a message number by number, and a mean into which each part is added with
// its weight as it comes.
#include <algorithm>
#include <stdexcept>

#include "nn/parallel.hpp"

namespace nn {

Range shard(uword n, uword rank, uword ranks) {
  if (rank >= ranks) throw std::invalid_argument("a rank that is not among the ranks");
  const uword each = n / ranks, longer = n % ranks;
  const uword begin = rank * each + std::min(rank, longer);
  return {begin, begin + each + (rank < longer ? 1 : 0)};
}

vec pack(const Gradients& gradients) {
  std::vector<real> numbers = {gradients.loss};
  for (uword l = 0; l < gradients.dW.size(); ++l) {
    numbers.insert(numbers.end(), gradients.dW[l].begin(), gradients.dW[l].end());
    numbers.insert(numbers.end(), gradients.db[l].begin(), gradients.db[l].end());
  }
  return vec(numbers);
}

Gradients unpack(const vec& message, const Network& like) {
  uword expected = 1;
  for (const Layer& layer : like) expected += layer.W.n_elem + layer.b.n_elem;
  if (message.n_elem != expected) throw std::invalid_argument("a message of another network");
  Gradients gradients;
  gradients.loss = message(0);
  uword at = 1;
  for (const Layer& layer : like) {
    mat dW(layer.W.n_rows, layer.W.n_cols);
    for (real& number : dW) number = message(at++);
    vec db(layer.b.n_elem);
    for (real& number : db) number = message(at++);
    gradients.dW.push_back(dW);
    gradients.db.push_back(db);
  }
  return gradients;
}

Gradients combine(const std::vector<Gradients>& parts, const uvec& sizes) {
  if (sizes.n_elem != parts.size()) throw std::invalid_argument("combine: a size for each part");
  const uword N = arma::accu(sizes);
  if (N == 0) throw std::invalid_argument("combine: no part has a sample");
  Gradients sum;
  bool first = true;
  for (uword r = 0; r < parts.size(); ++r) {
    if (sizes(r) == 0) continue;
    const real share = real(sizes(r)) / real(N);
    const Gradients& part = parts[r];
    if (first) {
      sum = part;
      sum.loss *= share;
      for (mat& dW : sum.dW) dW *= share;
      for (vec& db : sum.db) db *= share;
      first = false;
      continue;
    }
    if (part.dW.size() != sum.dW.size() || part.db.size() != sum.db.size())
      throw std::invalid_argument("combine: parts of networks of different depth");
    sum.loss += share * part.loss;
    for (uword l = 0; l < part.dW.size(); ++l) {
      if (size(part.dW[l]) != size(sum.dW[l]) || size(part.db[l]) != size(sum.db[l]))
        throw std::invalid_argument("combine: parts of different shapes");
      sum.dW[l] += share * part.dW[l];
      sum.db[l] += share * part.db[l];
    }
  }
  return sum;
}

}  // namespace nn
