// Lesson 16: learning from a score alone. A table of what actions are worth, a network that draws its actions, one that
// tells their worth, and two networks that learn from each other.
//
//   return:      R_t = r_t + gamma R_(t+1)                                [training slides, "kinds of training"]
//   Q-learning:  Q(s, a) <- Q(s, a) + rate (r + gamma max over b of Q(s', b) - Q(s, a))       [Watkins, 1989]
//   REINFORCE:   make -1/N sum of A log pi(a|s) smaller                                       [Williams, 1992]
//   rivals:      d = BCE(D(x), 1) + BCE(D(G(z)), 0),   g = BCE(D(G(z)), 1)                    [Goodfellow, 2014]
//
//   s  state, s' the next one     a  action     r  reward     d  numbers of a state     k  actions     N  turns
//   pi  the policy: a network whose softmax says how likely each action is     A  advantage: how much better than usual
//   BCE  binary cross-entropy from logits (lesson 11)     z  noise     x  a true point
//   G  generator, which makes points of noise             D  discriminator, which tells true ones from made ones
//
//   Game game = catch_game();                                                     // nn/support/games.hpp
//   Network q = {he_init(32, inputs_of(game), Activation::relu, rng), xavier_init(3, 32, Activation::identity, rng)};
//   Played played = learn_q(game, q, {.games = 1000}, rng);
#pragma once

#include "nn/graph.hpp"
#include "nn/optimisers.hpp"
#include "nn/support/games.hpp"

namespace nn {

/// 16.1  What each action earned, from its own reward to the end of the game: R_t = r_t + gamma R_(t+1). Without
/// rewards there is none.
[[nodiscard]] vec returns(const vec& rewards, real gamma);
/// 16.1  An action, drawn with the probabilities p: the first a with u < p(0) + ... + p(a), where u is one uniform();
/// the last one, should rounding leave the sum below u. Throws std::invalid_argument when p is empty.
[[nodiscard]] uword draw_action(const vec& p, Rng& rng);
/// 16.1  Where uniform() < epsilon any action, below(k); else the one of the largest q, the first of equal ones.
/// Throws std::invalid_argument when q is empty, and unless 0 <= epsilon <= 1.
[[nodiscard]] uword epsilon_greedy(const vec& q, real epsilon, Rng& rng);

/// 16.2  One entry of a table Q (actions x states) learns from one turn, which led from `state` by `action` to the
/// state number `next`: Q(action, state) moves by rate times what r + gamma max of Q(., next) is off it. Where the turn
/// is over there is no future, only r; where it was cut there is. [Watkins, 1989] Throws std::invalid_argument when
/// action, state or next is none of the table.
[[nodiscard]] mat q_update(mat Q, uword state, uword action, const Turn& turn, uword next, real rate, real gamma);

/// How to play and learn.
struct Play {
  uword games = 1000;        ///< to be played
  uword batch = 32;          ///< 16.5: games to a step; 16.7: turns to a step
  uword keep = 10000;        ///< turns that are remembered
  uword copy_every = 200;    ///< turns between two copies of the network
  real rate = real(0.003);   ///< the learning rate
  real gamma = real(0.95);   ///< what a reward is worth one turn later
  real epsilon = real(0.1);  ///< the share of moves that are drawn at random
};
/// 16.3  Plays how.games games on the grid, and learns from every turn by q_update. A state's number is cell_of. Begins
/// with zeros, actions x cells. Draws: start, then turn by turn an epsilon_greedy of the state's column, until the game
/// is over or cut. Counts of `how`: games, rate, gamma, epsilon.
/// Throws std::invalid_argument when the game is not the grid.
[[nodiscard]] mat learn_table(const Game& game, const Play& how, Rng& rng);

/// 16.4  The slopes of -1/N sum of A log pi(a|s) along the policy's numbers, and its value as `loss`. `states` is d x
/// N, `actions` and `advantages` have one entry a column. That is the cross-entropy of lesson 11 with advantages in the
/// places of the ones, and finite however unlikely the action was. [Williams, 1992] Throws std::invalid_argument when
/// they differ in N, N is 0, an action is no output, the states do not fit, or the last layer is not a softmax.
[[nodiscard]] Gradients policy_gradient(const Network& policy, const mat& states, const uvec& actions,
                                        const vec& advantages);

/// A network that has played.
struct Played {
  Network network;
  vec scores;  ///< the sum of the rewards, one entry a game
};
/// 16.5  Plays how.games games; the policy draws its actions. After each how.batch of them, and after the last game,
/// one step of Adam (9.4, its numbers those of Method) along policy_gradient over all their turns. The advantage of a
/// turn is its return (16.1) less the mean of these returns, divided by their standard deviation (which divides by N);
/// where the deviation is below 1e-8 they are all 0. Draws: start, then turn by turn a draw_action, until the game is
/// over or cut. Counts of `how`: games, batch, rate, gamma. [Williams, 1992] Throws std::invalid_argument when batch is
/// 0, or the policy does not fit the game.
[[nodiscard]] Played reinforce(const Game& game, Network policy, const Play& how, Rng& rng);

/// 16.6  What q should have said of `states` (d x N), k x N: its own answers, but at the action that was played
/// r + gamma max of frozen(next state); where the turn is over r alone, where it was cut with a future. [Mnih, 2015]
/// Throws std::invalid_argument when states, actions and turns differ in number, an action is no output, or states do
/// not fit the networks.
[[nodiscard]] mat q_targets(const Network& q, const Network& frozen, const mat& states, const uvec& actions,
                            const std::vector<Turn>& turns, real gamma);

/// 16.7  Plays how.games games, and learns from remembered turns. In game g = 0, 1, ... the share of guesses is
/// max(how.epsilon, 1 - 2 g / games). Each turn: an epsilon_greedy of q's answers; the turn is remembered, from
/// how.keep on in the place of the oldest; once how.batch are there, as many are drawn, below(how many there are) each,
/// and make one step of Adam along the squared loss (6.6) against q_targets; and after every how.copy_every turns,
/// counted over all games, the network is copied: the copy is `frozen`. At the start it is q itself. [Mnih, 2015]
/// Throws std::invalid_argument when batch, keep or copy_every is 0, batch is above keep, or q does not fit the game.
[[nodiscard]] Played learn_q(const Game& game, Network q, const Play& how, Rng& rng);

/// Two networks in one graph. The other fields are numbers of nodes of model.graph.
struct Rivals {
  Model model;                    ///< inputs z and x, targets ones and zeros (1 x N), outputs D(x) and D(G(z)), loss d
  uvec generator, discriminator;  ///< parameters: W and b, layer by layer
  uword noise = 0, made = 0;      ///< z (as many rows as the noise has numbers), and G(z), 2 x N
  uword d_loss = 0, g_loss = 0;   ///< 1 x 1 each
};
/// 16.8  A generator of noise - m - m - 2 units and a discriminator of 2 - m - m - 1, leaky ReLU between, sums at the
/// end: D(x) is a logit. d = BCE(D(x), 1) + BCE(D(G(z)), 0) and g = BCE(D(G(z)), 1), with the same D in all three.
/// Draws: he_init for leaky ReLU, xavier_init for the last layer of each (7.4), layer by layer, the generator first.
/// [textbook, section 1.7.3; Goodfellow and others, 2014]
[[nodiscard]] Rivals rivals(uword noise, uword m, Rng& rng);

/// 16.9  For each batch of true points (columns): noise by random_normal, as many columns, and a step of Adam for the
/// discriminator alone, along d; then new noise, and a step for the generator alone, along g. Adam's beta1 is 1/2, its
/// other numbers those of Method; each parameter has a memory of its own, empty at the start. Leaves the values of the
/// parameters; other values may be anything. Throws std::invalid_argument as its parts do.
[[nodiscard]] Rivals train_rivals(Rivals r, const std::vector<mat>& real_points, real rate, Rng& rng);

}  // namespace nn
