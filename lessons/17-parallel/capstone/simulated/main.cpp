// One rank of a simulated cluster: SimGrid runs hundreds of them in one process, and takes the time of their messages
// from a model of the network. The time of their samples is given, so that a busy machine simulates the same seconds.
//   smpirun -np 64 ... capstone_17_simulated.so ring|tree|mpi    the seconds of a step
//   smpirun -np 2 ... capstone_17_simulated.so link              numbers in a message, and its seconds
#include <smpi/smpi.h>

#include <cstdio>

#include "lessons/17-parallel/capstone/simulated/cluster.hpp"
#include "lessons/17-parallel/capstone/wire.hpp"
#include "nn/training.hpp"

namespace {

using many::cluster::batch, many::cluster::per_sample;

void simulate(const many::Wire& wire, const std::string& reduce) {
  nn::Rng rng(1);
  nn::Network network(2);
  network[0] = nn::he_init(100, 784, nn::Activation::relu, rng);
  network[1] = nn::he_init(10, 100, nn::Activation::softmax, rng);
  const nn::Range mine = nn::shard(batch, wire.rank, wire.ranks);
  const nn::uword n = mine.end - mine.begin;
  const nn::mat X = nn::random_uniform(784, n, 0, 1, rng);
  nn::mat T(10, n, arma::fill::zeros);
  for (nn::uword i = 0; i < n; ++i) T(rng.below(10), i) = 1;
  const nn::AllReduce sum = many::all_reduce(wire, reduce);
  MPI_Barrier(MPI_COMM_WORLD);
  const double start = MPI_Wtime();  // by a clock that all share
  smpi_execute(per_sample * double(n));
  network = nn::parallel_step(std::move(network), X, T, nn::Loss::cross_entropy, nn::real(0.1), batch, sum).network;
  const double own[2] = {start, MPI_Wtime()};
  double last[2] = {0, 0};
  MPI_Allreduce(own, last, 2, MPI_DOUBLE, MPI_MAX, MPI_COMM_WORLD);
  if (wire.rank == 0) std::printf("%g\n", last[1] - last[0]);
}

void measure(const many::Wire& wire) {
  constexpr int times = 10;
  for (const nn::uword numbers : many::cluster::lengths) {
    MPI_Barrier(MPI_COMM_WORLD);
    const double start = MPI_Wtime();
    for (int i = 0; i < times; ++i) {
      if (wire.rank == 0) wire.send(1, nn::vec(numbers, arma::fill::zeros));
      const nn::vec came = wire.receive(1 - wire.rank);
      if (wire.rank == 1) wire.send(0, came);
    }
    if (wire.rank == 0) std::printf("%d %g\n", int(numbers), (MPI_Wtime() - start) / (2 * times));
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::string what = argc > 1 ? argv[1] : "ring";
  many::run_mpi([&](const many::Wire& wire) {
    if (what == "link") measure(wire);
    else simulate(wire, what);
  });
  return 0;
}
