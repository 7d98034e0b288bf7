// One sum of 30 digits, read by a cell that learned from 8: the carry, and the hidden unit that follows it best.
#include <cmath>

#include "lessons/12-sequences/capstone/tasks.hpp"
#include "tools/figures/figure.hpp"

namespace nn {
namespace {

const Figure adding("adder", [](FigureData& figure) {
  Rng rng(1);
  const Recurrent net = adder(400, rng);
  const Sequence many = sums(30, 100, rng);
  const std::vector<mat> states = read(net, many.x).states;
  const uword T = states.size(), m = net.V.n_cols;
  mat carry(T, 100), unit(T, 100);  // the carry into the next digit
  for (uword n = 0; n < 100; ++n)
    for (uword t = 0, held = 0; t < T; ++t) {
      held = (uword(many.x[t](0, n)) + uword(many.x[t](1, n)) + held) / 2;
      carry(t, n) = real(held);
    }
  uword chosen = 0;
  real best = 0, sign = 1;
  for (uword i = 0; i < m; ++i) {
    for (uword t = 0; t < T; ++t) unit.row(t) = states[t].row(i);
    const mat along = cor(vec(vectorise(unit)), vec(vectorise(carry)));
    if (std::abs(along(0)) > best) best = std::abs(along(0)), sign = along(0) < 0 ? -1 : 1, chosen = i;
  }
  FigureTable& table = figure.table({"digit", "a", "b", "sum", "said", "carry", "unit"});
  const Outputs said = read(net, many.x);
  for (uword t = 0; t < T; ++t)
    table.row(int(t), many.x[t](0, 0), many.x[t](1, 0), many.t[t](0, 0), int(said.logits[t](0, 0) > 0), carry(t, 0),
              sign * said.states[t](chosen, 0));
});

}  // namespace
}  // namespace nn
