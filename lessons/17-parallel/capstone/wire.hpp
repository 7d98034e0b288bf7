// What a rank speaks through, whoever carries the messages.
#pragma once

#include <functional>
#include <string>

#include "nn/parallel.hpp"

namespace many {

struct Wire {
  nn::uword rank = 0, ranks = 1;
  nn::Send send;
  nn::Receive receive;
  nn::Exchange exchange;
  nn::AllReduce sum;  ///< its own all-reduce, where it has one
};

/// The student's ring or tree over a wire; a star, in which rank 0 adds up for all; or the wire's own way.
inline nn::AllReduce all_reduce(const Wire& wire, const std::string& reduce) {
  if (reduce == "ring")
    return [&wire](const nn::vec& mine) { return nn::ring_all_reduce(mine, wire.rank, wire.ranks, wire.exchange); };
  if (reduce == "tree")
    return [&wire](const nn::vec& mine) {
      return nn::tree_all_reduce(mine, wire.rank, wire.ranks, wire.send, wire.receive);
    };
  if (reduce == "star")
    return [&wire](nn::vec mine) {
      if (wire.rank > 0) return wire.send(0, mine), wire.receive(0);
      for (nn::uword r = 1; r < wire.ranks; ++r) mine += wire.receive(r);
      for (nn::uword r = 1; r < wire.ranks; ++r) wire.send(r, mine);
      return mine;
    };
  return wire.sum;
}

/// Runs `body` on so many processes of this machine, joined by sockets; whether all ended well.
bool run_processes(nn::uword ranks, const std::function<void(const Wire&)>& body);

#ifdef NN_MPI
/// Runs `body` as one of the ranks that mpirun started.
void run_mpi(const std::function<void(const Wire&)>& body);
#endif

}  // namespace many
