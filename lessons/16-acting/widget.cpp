// Catch a ball, against a network.
#include <optional>

#include "lessons/16-acting/capstone/judge.hpp"
#include "nn/acting.hpp"
#include "nn/activations.hpp"
#include "tools/play/figures.hpp"

namespace play {

using namespace nn;

// A network that has played so many games. It is kept: what is asked for next is mostly another move.
static const Network& catcher(uword games, uword seed) {
  static std::optional<std::pair<uword, uword>> kept;
  static Network network;
  if (kept == std::pair(games, seed)) return network;
  Rng rng(seed);
  const Game game = catch_game();
  network = learn_q(game, player(game, Activation::identity, rng), catch_q(games), rng).network;
  kept = {games, seed};
  return network;
}

/// games= seed= ball= moves=: one game of lesson 16's catch, as far as it goes by `moves` (letters l, s and r: left,
/// stay, right), then the same game as far, played by a network that has practised so many games; 7 x 7 pixels each,
/// row by row from above. In the head the turns, the score of both, and how many of 100 other balls the network
/// catches.
static Reply catch_ball(const Words& words, std::string_view) {
  const Game game = catch_game();
  const Network& network = catcher(words.whole("games", 1500, 0, 5000), words.whole("seed", 1, 0, 1'000'000));
  Rng rng(words.whole("ball", 1, 0, 1'000'000));
  Turn yours{start(game, rng)}, its = yours;
  uword turns = 0;
  for (const char letter : words.text("moves", "")) {
    const std::size_t action = std::string_view("lsr").find(letter);
    if (action == std::string_view::npos) words.refuse("moves", "letters l (left), s (stay) and r (right)");
    if (ended(yours)) break;
    its = nn::play(game, its.state, vec(forward(network, its.state)).index_max(), turns);
    yours = nn::play(game, yours.state, action, turns++);
  }
  Reply reply{Head()
                  .add("turns", double(turns))
                  .add("yours", double(yours.reward))
                  .add("its", double(its.reward))
                  .add("catches", double(accu(judged(game, network, 100, Rng(2)) > 0)))
                  .text(),
              {}};
  append(reply.numbers, yours.state.t());
  append(reply.numbers, its.state.t());
  return reply;
}

static const Figure catch_ball_figure("catch", "games seed ball moves", catch_ball);

}  // namespace play
