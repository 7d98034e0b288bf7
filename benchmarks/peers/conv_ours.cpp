// The solution of lesson 10, by its contracts alone; threads as the trainer takes them, memory as its capstone does.
#include <algorithm>

#include "base/kept_memory.hpp"
#include "benchmarks/peers/task.hpp"
#include "lessons/10-convolution/capstone/learn.hpp"
#include "nn/support/idx.hpp"
#include "tools/threads/threads.hpp"

int main(int argc, char** argv) {
  const peers::Task task = peers::task(argc, argv);
  const nn::Dataset train = nn::read_dataset(task.data, nn::Part::train),
                    test = nn::read_dataset(task.data, nn::Part::test);
  const auto all = [](const nn::Dataset& data) { return arma::regspace<nn::uvec>(0, data.size() - 1); };
  base::keep_memory();
  nn::set_threads(std::max(1, nn::threads()));
  nn::Rng rng(1);
  nn::ConvState state{nn::digits_network(train, rng, nn::uword(task.hidden)), {}, {}, 0, 0};
  nn::Recipe recipe;
  recipe.options.rate = nn::real(peers::filter_rate);
  recipe.method.rule = nn::Rule::adam;
  peers::Readings readings;
  for (int e = 0; e < task.epochs; ++e)
    readings.time([&] {
      const auto batches = nn::shuffled_batches(all(train), peers::filter_batch, rng);
      state = nn::conv_epoch(std::move(state), train, batches, recipe, 1'000'000, rng);
    });
  readings.print(nn::conv_accuracy(state.network, test, all(test)));
}
