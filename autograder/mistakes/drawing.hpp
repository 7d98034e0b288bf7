// How the next symbol of a text is drawn from its logits (lessons 12 and 18), with what may go wrong there.
#pragma once

#include "nn/activations.hpp"
#include "nn/support/random.hpp"

namespace nn {

struct Drawing {
  bool after = false, warmer = false, lukewarm = false, likeliest = false, turned = false;
};

inline uword drawn(const mat& logits, real temperature, Rng& rng, Drawing quirk) {
  vec p = quirk.after      ? mat(softmax(logits) / temperature)
          : quirk.warmer   ? softmax(logits * temperature)
          : quirk.lukewarm ? softmax(logits)
                           : softmax(logits / temperature);
  if (quirk.likeliest) return p.index_max();
  if (quirk.turned) p = reverse(p).eval();
  const real number = rng.uniform();
  uword symbol = 0;
  for (real sum = p(0); symbol + 1 < p.n_elem && sum <= number;) sum += p(++symbol);
  return quirk.turned ? p.n_elem - 1 - symbol : symbol;
}

}  // namespace nn
