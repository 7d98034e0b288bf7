// Four ranks add up eight numbers: who waits, and who works, in a ring and in a tree.
#include "nn/parallel.hpp"
#include "nn/support/ranks.hpp"
#include "tools/figures/figure.hpp"

namespace nn {
namespace {

using Body = std::function<void(Ranks&, uword rank, const vec& mine)>;

void add_events(FigureTable& table, const Body& body) {
  constexpr uword p = 4, n = 8;
  Ranks ranks(p);
  ranks.beta = 0.5;
  ranks.run([&](uword r) { body(ranks, r, vec(n).fill(real(r))); });
  for (const Ranks::Event& e : ranks.events())
    table.row(int(e.rank), e.begin, e.work, e.end, e.sends ? 1 : 0, int(e.numbers));
}

const std::vector<std::string> columns = {"rank", "begin", "work", "end", "sends", "numbers"};

const Figure ring_and_tree("ring_and_tree", [](FigureData& figure) {
  add_events(figure.table("ring", columns),
             [](Ranks& ranks, uword r, const vec& mine) { (void)ring_all_reduce(mine, r, 4, ranks.exchange(r)); });
  add_events(figure.table("tree", columns), [](Ranks& ranks, uword r, const vec& mine) {
    (void)tree_all_reduce(mine, r, 4, ranks.send(r), ranks.receive(r));
  });
});

}  // namespace
}  // namespace nn
