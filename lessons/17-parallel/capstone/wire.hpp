// What a rank speaks through, whoever carries the messages.
#pragma once

#include <functional>

#include "nn/parallel.hpp"

namespace many {

struct Wire {
  nn::uword rank = 0, ranks = 1;
  nn::Send send;
  nn::Receive receive;
  nn::Exchange exchange;
  nn::AllReduce sum;  ///< its own all-reduce, where it has one
};

/// Runs `body` on so many processes of this machine, joined by sockets; whether all ended well.
bool run_processes(nn::uword ranks, const std::function<void(const Wire&)>& body);

#ifdef NN_MPI
/// Runs `body` as one of the ranks that mpirun started.
void run_mpi(const std::function<void(const Wire&)>& body);
#endif

}  // namespace many
