// The capstone of lesson 16: a table that finds its way, two ways to learn to catch from 49 pixels, a pole that is
// balanced, and a ring that is drawn from noise. Games, rates and steps were settled on seeds 1 to 30, with results in
// sight; what is judged is played or drawn anew.
#include "lessons/16-acting/capstone/judge.hpp"
#include "tools/train/capstone.hpp"
#include "tools/train/claims.hpp"

namespace {

using namespace nn;

/// The worst error of what a cell is worth.
double worst_error(const mat& Q) {
  const Game game = grid_game();
  double worst = 0;
  for (uword cell = 0; cell < Q.n_cols; ++cell)
    if (!is_goal(game, cell) && !is_pit(game, cell) && !is_wall(game, cell))
      worst = std::max(worst, std::abs(double(Q.col(cell).max()) - grid_worth[cell]));
  return worst;
}

void grid(std::uint64_t seed, trainer::Claims& claims) {
  const double start = trainer::seconds();
  uword games = 1;
  for (; games < 400; ++games) {
    Rng rng(seed);  // the same games, and one more
    if (worst_error(learn_table(grid_game(), grid_play(games), rng)) < 1e-3) break;
  }
  fmt::print("grid: every cell's worth is exact to 0.001 after {} games, {:.2f} s\n", games,
             trainer::seconds() - start);
  claims.add("exact to 0.001 within 250 games", games <= 250);
}

void catching(std::uint64_t seed, trainer::Claims& claims) {
  const Game game = catch_game();
  Rng rng(seed);
  double start = trainer::seconds();
  const Network q = learn_q(game, player(game, Activation::identity, rng), catch_q(), rng).network;
  const double q_seconds = trainer::seconds() - start;
  const uword caught = accu(judged(game, q, 200, Rng(~seed)) > 0);
  fmt::print("\ncatch, DQN: {} of 200 balls after {} games, {:.2f} s\n", caught, catch_q().games, q_seconds);
  claims.add("200 of 200", caught == 200);

  start = trainer::seconds();
  const Network policy = reinforce(game, player(game, Activation::softmax, rng), catch_policy(), rng).network;
  const double policy_seconds = trainer::seconds() - start, score = mean(judged(game, policy, 200, Rng(~seed)));
  fmt::print("catch, REINFORCE: a mean score of {:.3f} after {} games, {:.2f} s\n", score, catch_policy().games,
             policy_seconds);
  claims.add("a score of 0.95 or more", score >= 0.95);
}

void balancing(std::uint64_t seed, bool quiet, trainer::Claims& claims) {
  const Game game = pole_game();
  Rng rng(seed);
  const double start = trainer::seconds();
  const Practised best = practise(game, pole_policy(), 20, 20, 200, rng);
  const double seconds = trainer::seconds() - start, turns = mean(judged(game, best.policy, 100, Rng(~seed)));
  fmt::print("\npole, REINFORCE: {:.1f} of 200 turns, in 100 new games, after {} games, {:.2f} s\n", turns,
             best.scores.n_elem, seconds);
  claims.add("195 of 200 turns or more", turns >= 195);
  if (quiet) return;
  const Network q = learn_q(game, player(game, Activation::identity, rng), pole_q(), rng).network;
  fmt::print("pole, DQN: {:.1f} of 200 turns after {} games; nothing is promised\n", mean(judged(game, q, 20, rng)),
             pole_q().games);
}

void ring(std::uint64_t seed, trainer::Claims& claims) {
  Rng rng(seed);
  const double start = trainer::seconds();
  Rivals r = rivals(2, 24, rng);
  r = train_rivals(std::move(r), ring_batches(8000, rng), real(0.002), rng);
  r = train_rivals(std::move(r), ring_batches(3000, rng), real(0.0002), rng);
  const double seconds = trainer::seconds() - start;
  const Ring made = on_ring(made_points(r, 2000, rng));
  fmt::print("\nring: {} of 16 sectors, {:.1f} % of the points within 4 deviations of the circle, d {:.3f}, g {:.3f}, ",
             made.sectors, 100 * made.near, r.model.values[r.d_loss](0), r.model.values[r.g_loss](0));
  fmt::print("{:.2f} s\n", seconds);
  claims.add("16 of 16, and 98 % or more", made.sectors == 16 && made.near >= 0.98);
}

double run(const trainer::CapstoneSettings& settings) {
  trainer::Claims claims;
  grid(settings.seed, claims);
  catching(settings.seed, claims);
  balancing(settings.seed, settings.quiet, claims);
  ring(settings.seed, claims);
  return claims.percent();
}

}  // namespace

int main(int argc, char** argv) {
  trainer::CapstoneSettings settings;
  return trainer::capstone(
      argc, argv, {"16", "Plays three games, and draws a ring from noise.", false}, settings, [](trainer::Options&) {},
      [&] { return run(settings); });
}
