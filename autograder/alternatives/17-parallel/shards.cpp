// Lesson 17, shards: who works on what, and how the parts become one gradient.
#include <algorithm>

#include "nn/parallel.hpp"
#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"

namespace nn {

Range shard(uword n, uword rank, uword ranks) {
  //> 17.1
  require(rank < ranks, "shard",
          "there is no rank " + std::to_string(rank) + " among " + std::to_string(ranks) + " ranks");
  const auto begin = [&](uword r) { return r * (n / ranks) + std::min(r, n % ranks); };
  return {begin(rank), begin(rank + 1)};
  //<
}

vec pack(const Gradients& gradients) {
  //> 17.2
  vec message = {gradients.loss};
  for (uword l = 0; l < gradients.dW.size(); ++l)
    message = join_cols(join_cols(message, vectorise(gradients.dW[l])), gradients.db[l]);
  return message;
  //<
}

Gradients unpack(const vec& message, const Network& like) {
  //> 17.2
  uword expected = 1;
  for (const Layer& layer : like) expected += layer.W.n_elem + layer.b.n_elem;
  require_shape(message.n_elem, expected, "unpack", "message", "entries", "1 + weights and biases of like");
  Gradients gradients;
  gradients.loss = message(0);
  const real* next = message.memptr() + 1;
  for (const Layer& layer : like) {
    gradients.dW.emplace_back(next, layer.W.n_rows, layer.W.n_cols);
    next += layer.W.n_elem;
    gradients.db.emplace_back(next, layer.b.n_elem);
    next += layer.b.n_elem;
  }
  return gradients;
  //<
}

//- two parts of one network
static void require_alike(const Gradients& part, const Gradients& first) {
  require_shape(part.dW.size(), first.dW.size(), "combine", "a part", "layers", "those of the first part");
  require_shape(part.db.size(), first.dW.size(), "combine", "a part", "biases", "layers of the first part");
  for (uword l = 0; l < part.dW.size(); ++l) {
    require_same_shape(part.dW[l], first.dW[l], "combine", "dW of a part", "that of the first part");
    require_same_shape(part.db[l], first.db[l], "combine", "db of a part", "that of the first part");
  }
}
//<

Gradients combine(const std::vector<Gradients>& parts, const uvec& sizes) {
  //> 17.3
  require_shape(sizes.n_elem, parts.size(), "combine", "sizes", "entries", "parts");
  const uvec there = find(sizes > 0);
  require(!there.empty(), "combine", "no part has a sample");
  Gradients whole = parts[there(0)];
  whole.loss = 0;
  for (uword l = 0; l < whole.dW.size(); ++l) whole.dW[l].zeros(), whole.db[l].zeros();
  for (const uword r : there) {
    require_alike(parts[r], whole);
    const real share = real(sizes(r)) / real(accu(sizes));  // n_r / N
    whole.loss += share * parts[r].loss;
    for (uword l = 0; l < whole.dW.size(); ++l) {
      whole.dW[l] += share * parts[r].dW[l];
      whole.db[l] += share * parts[r].db[l];
    }
  }
  return whole;
  //<
}

}  // namespace nn
