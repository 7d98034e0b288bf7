// One rank of a simulated cluster: SimGrid runs hundreds of them in one process, takes the time that their samples cost
// from this machine, and that of their messages from a model of the network.
//   smpirun -np 64 ... capstone_17_simulated.so ring|tree|mpi
#include <mpi.h>

#include <cstdio>

#include "lessons/17-parallel/capstone/wire.hpp"
#include "nn/training.hpp"

namespace {

constexpr nn::uword batch = 1024, steps = 3;

void simulate(const many::Wire& wire, const std::string& reduce) {
  nn::Rng rng(1);
  nn::Network network = {nn::he_init(100, 784, nn::Activation::relu, rng),
                         nn::he_init(10, 100, nn::Activation::softmax, rng)};
  const nn::Range mine = nn::shard(batch, wire.rank, wire.ranks);
  const nn::uword n = mine.end - mine.begin;
  const nn::mat X = nn::random_uniform(784, n, 0, 1, rng);
  nn::mat T(10, n, arma::fill::zeros);
  for (nn::uword i = 0; i < n; ++i) T(rng.below(10), i) = 1;
  const nn::AllReduce sum = many::all_reduce(wire, reduce);
  MPI_Barrier(MPI_COMM_WORLD);
  const double start = MPI_Wtime();
  for (nn::uword step = 0; step < steps; ++step)
    network = nn::parallel_step(std::move(network), X, T, nn::Loss::cross_entropy, nn::real(0.1), batch, sum).network;
  MPI_Barrier(MPI_COMM_WORLD);
  if (wire.rank == 0) std::printf("%g\n", (MPI_Wtime() - start) / steps);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string reduce = argc > 1 ? argv[1] : "ring";
  many::run_mpi([&](const many::Wire& wire) { simulate(wire, reduce); });
  return 0;
}
