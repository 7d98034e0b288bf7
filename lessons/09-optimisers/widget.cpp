// How each rule walks down a valley.
#include <map>

#include "nn/optimisers.hpp"
#include "tools/play/figures.hpp"

namespace play {

using namespace nn;

/// rule= rate= momentum= steps=: the walk of a rule of lesson 9 down x^2 / 20 + y^2, from (-7, 2).
static Reply walk(const Words& words, std::string_view) {
  const std::map<std::string, Rule> rules = {{"descent", Rule::descent},
                                             {"momentum", Rule::momentum},
                                             {"nesterov", Rule::nesterov},
                                             {"rmsprop", Rule::rmsprop},
                                             {"adam", Rule::adam}};
  const auto it = rules.find(words.text("rule", "momentum"));
  if (it == rules.end()) words.refuse("rule", "descent, momentum, nesterov, rmsprop or adam");
  const Method method{.rule = it->second, .momentum = real(words.number("momentum", 0.9, 0, 1))};
  const real rate = real(words.number("rate", 0.1, 0, 10));
  mat path(2, words.whole("steps", 60, 0, 1000) + 1);
  Moved now{vec{-7, 2}, {}};
  for (uword t = 0; t < path.n_cols; ++t) {
    path.col(t) = now.x;
    const vec slope = valley_slope(now.x);
    now = take_step(method, rate, std::move(now.x), slope, std::move(now.memory));
  }
  Reply reply{Head().add("points", double(path.n_cols)).text(), {}};
  append(reply.numbers, path);
  return reply;
}

static const Figure walk_figure("walk", "rule rate momentum steps", walk);

}  // namespace play
