// How long the pole stays up in the games of practice, both ways.
#include "lessons/16-acting/figures/blocks.hpp"

namespace {

const nn::Figure pole("pole", [](nn::FigureData& figure) {
  const nn::Game game = nn::pole_game();
  nn::add_blocks(figure.table("reinforce", nn::block_columns), 10, [&](nn::Rng& rng) {
    return nn::reinforce(game, nn::player(game, nn::Activation::softmax, rng), nn::pole_policy(300), rng).scores;
  });
  nn::add_blocks(figure.table("dqn", nn::block_columns), 10, [&](nn::Rng& rng) {
    return nn::learn_q(game, nn::player(game, nn::Activation::identity, rng), nn::pole_q(), rng).scores;
  });
});

}  // namespace
