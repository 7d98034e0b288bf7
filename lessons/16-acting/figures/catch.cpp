// Scores of practice games, both ways to learn to catch, and one game of a network that has learned.
#include "lessons/16-acting/figures/blocks.hpp"

namespace {

const nn::Figure catching("catch", [](nn::FigureData& figure) {
  const nn::Game game = nn::catch_game();
  nn::Network last;
  nn::add_blocks(figure.table("dqn", nn::block_columns), 50, [&](nn::Rng& rng) {
    nn::Played played = nn::learn_q(game, nn::player(game, nn::Activation::identity, rng), nn::catch_q(), rng);
    last = played.network;
    return played.scores;
  });
  nn::add_blocks(figure.table("reinforce", nn::block_columns), 500, [&](nn::Rng& rng) {
    return nn::reinforce(game, nn::player(game, nn::Activation::softmax, rng), nn::catch_policy(15000), rng).scores;
  });

  std::vector<std::string> columns;
  for (nn::uword c = 0; c < 7 * game.cols; ++c) columns.push_back("x" + std::to_string(c));
  nn::FigureTable& film = figure.table("film", columns);
  nn::mat pictures(game.rows, 7 * game.cols);
  nn::Turn turn;
  turn.state = nn::vec(49, arma::fill::zeros);
  turn.state(1) = turn.state(48) = 1;  // the ball on the left, the catcher far on the right
  for (nn::uword t = 0; t < 7; ++t) {
    for (nn::uword r = 0; r < game.rows; ++r)
      for (nn::uword c = 0; c < game.cols; ++c) pictures(r, t * game.cols + c) = turn.state(r * game.cols + c);
    if (t < 6) turn = nn::play(game, turn.state, nn::vec(nn::forward(last, turn.state)).index_max(), t);
  }
  for (nn::uword r = 0; r < game.rows; ++r) {
    std::vector<double> row;
    for (nn::uword c = 0; c < pictures.n_cols; ++c) row.push_back(double(pictures(r, c)));
    film.row(row);
  }
});

}  // namespace
