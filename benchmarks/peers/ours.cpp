// The solutions of this course, by their contracts alone; threads as the trainer takes them.
#include <algorithm>

#include "benchmarks/peers/task.hpp"
#include "nn/support/idx.hpp"
#include "nn/training.hpp"
#include "tools/threads/threads.hpp"

int main(int argc, char** argv) {
  const peers::Task task = peers::task(argc, argv);
  const nn::Dataset train = nn::read_dataset(task.data, nn::Part::train),
                    test = nn::read_dataset(task.data, nn::Part::test);
  const auto all = [](const nn::Dataset& data) { return arma::regspace<nn::uvec>(0, data.size() - 1); };
  const nn::uvec indices = all(train);
  nn::Rng rng(1);
  const nn::uword hidden = nn::uword(task.hidden);
  nn::set_threads(std::max(1, nn::threads()));
  nn::Network network = {nn::he_init(hidden, train.images.n_rows, nn::Activation::relu, rng),
                         nn::he_init(train.classes, hidden, nn::Activation::softmax, rng)};
  nn::Options options;
  options.batch_size = peers::batch;
  options.rate = nn::real(peers::rate);
  std::optional<nn::real> running_loss;
  peers::Readings readings;
  for (int e = 0; e < task.epochs; ++e)
    readings.time([&] {
      auto [trained, loss] = nn::train_epoch(std::move(network), train,
                                             nn::shuffled_batches(indices, peers::batch, rng), options, running_loss);
      network = std::move(trained);
      running_loss = loss;
    });
  readings.print(nn::accuracy(network, test, all(test)));
}
