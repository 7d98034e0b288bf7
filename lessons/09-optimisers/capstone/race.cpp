#include "lessons/09-optimisers/capstone/race.hpp"

#include <fmt/format.h>

#include <ctime>
#include <functional>

#include "nn/optimisers.hpp"
#include "tools/train/reference.hpp"

namespace race {
namespace {

constexpr nn::uword epochs = 4, batch_size = 50;

struct Runner {
  const char* name;
  nn::Rule rule;
  double rate;  ///< where the search for the best one begins
};

const Runner runners[] = {{"descent", nn::Rule::descent, 0.2},
                          {"momentum", nn::Rule::momentum, 0.05},
                          {"nesterov", nn::Rule::nesterov, 0.05},
                          {"rmsprop", nn::Rule::rmsprop, 0.001},
                          {"adam", nn::Rule::adam, 0.001}};

double seconds() { return double(std::clock()) / CLOCKS_PER_SEC; }

/// Trains on the images `indices` and calls look(epoch, seconds of training, network) after each epoch.
void train(const Runner& runner, double rate, std::uint64_t seed, const nn::Dataset& data, const nn::uvec& indices,
           const std::function<void(nn::uword, double, const nn::Network&)>& look) {
  nn::Rng rng(seed);
  nn::Recipe recipe;
  recipe.options.rate = nn::real(rate);
  recipe.method.rule = runner.rule;
  recipe.schedule.decay = nn::Decay::linear;
  nn::Progressed now{{trainer::reference_network(data, {256, 128}, rng), {}}, 0, 0};
  double spent = 0;
  for (nn::uword epoch = 1; epoch <= epochs; ++epoch) {
    const double start = seconds();
    const std::vector<nn::uvec> batches = nn::shuffled_batches(indices, batch_size, rng);
    now = nn::optimised_epoch(std::move(now), data, batches, recipe, epochs * batches.size(), rng);
    spent += seconds() - start;
    look(epoch, spent, now.now.network);
  }
}

/// Doubles and halves the rate until the held-out images are read no better.
double best_rate(const Runner& runner, const nn::Dataset& data) {
  nn::Rng rng(1);
  const nn::Split parts = nn::split(data.size(), nn::real(trainer::reference_held_out), rng);
  const auto held_out = [&](double rate) {
    double right = 0;
    train(runner, rate, 1, data, parts.train, [&](nn::uword epoch, double, const nn::Network& network) {
      if (epoch == epochs) right = nn::accuracy(network, data, parts.held_out);
    });
    fmt::print(stderr, "{} at {:g}: {:.2f} % of {} held-out images\n", runner.name, rate, 100 * right,
               parts.held_out.n_elem);
    return right;
  };
  double best = runner.rate, right = held_out(best);
  for (const double factor : {2.0, 0.5}) {
    while (true) {
      const double next = held_out(best * factor);
      if (next <= right) break;
      best *= factor, right = next;
    }
    if (best > runner.rate) break;  // what lies below was left behind
  }
  return best;
}

}  // namespace

void run(const trainer::Digits& digits, nn::uword seeds) {
  const nn::uvec all = arma::regspace<nn::uvec>(0, digits.train.size() - 1),
                 judged = arma::regspace<nn::uvec>(0, digits.test.size() - 1);
  fmt::print("rule,rate,seed,epoch,percent,seconds\n");
  for (const Runner& runner : runners) {
    const double rate = best_rate(runner, digits.train);
    for (std::uint64_t seed = 1; seed <= seeds; ++seed)
      train(runner, rate, seed, digits.train, all, [&](nn::uword epoch, double spent, const nn::Network& network) {
        fmt::print("{},{:g},{},{},{:.2f},{:.1f}\n", runner.name, rate, seed, epoch,
                   100 * nn::accuracy(network, digits.test, judged), spent);
        std::fflush(stdout);
      });
  }
}

}  // namespace race
