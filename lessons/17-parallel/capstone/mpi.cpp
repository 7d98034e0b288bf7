// Ranks of MPI: the three calls of the lesson in the terms of the standard's own.
#include "lessons/17-parallel/capstone/wire.hpp"

#ifdef NN_MPI
#include <mpi.h>

namespace many {

using nn::real, nn::uword, nn::vec;

static MPI_Datatype type() { return sizeof(real) == sizeof(float) ? MPI_FLOAT : MPI_DOUBLE; }

static vec receive(uword from) {
  MPI_Status status;
  int length = 0;
  MPI_Probe(int(from), 0, MPI_COMM_WORLD, &status);
  MPI_Get_count(&status, type(), &length);
  vec message(static_cast<uword>(length));
  MPI_Recv(message.memptr(), length, type(), int(from), 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
  return message;
}

void run_mpi(const std::function<void(const Wire&)>& body) {
  MPI_Init(nullptr, nullptr);
  int rank = 0, ranks = 0;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  Wire wire;
  wire.rank = uword(rank), wire.ranks = uword(ranks);
  wire.send = [](uword to, const vec& message) {
    MPI_Send(message.memptr(), int(message.n_elem), type(), int(to), 0, MPI_COMM_WORLD);
  };
  wire.receive = receive;
  wire.exchange = [](uword to, const vec& message, uword from) {
    MPI_Request sent;
    MPI_Isend(message.memptr(), int(message.n_elem), type(), int(to), 0, MPI_COMM_WORLD, &sent);
    const vec came = receive(from);
    MPI_Wait(&sent, MPI_STATUS_IGNORE);
    return came;
  };
  wire.sum = [](const vec& mine) {
    vec sum(mine.n_elem);
    MPI_Allreduce(mine.memptr(), sum.memptr(), int(mine.n_elem), type(), MPI_SUM, MPI_COMM_WORLD);
    return sum;
  };
  body(wire);
  MPI_Finalize();
}

}  // namespace many
#endif
