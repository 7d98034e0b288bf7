// Ranks that work together without a network, a thread or a clock: each rank's function is run from its beginning again
// and again. What it sent and received before is answered from a log; the first call that cannot be answered yet ends
// the run, and the next rank has its turn. So everything happens in a fixed order, and where nobody can go on, that is
// said in words instead of waiting for ever.
//
//   Ranks ranks(3);
//   std::vector<vec> sums(3);
//   ranks.run([&](uword r) { sums[r] = ring_all_reduce(numbers[r], r, 3, ranks.exchange(r)); });
//
// The functions must do the same each time they are run: nothing static, nothing global, no chance from outside.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "nn/types.hpp"

namespace nn {

/// When a send ends. MPI may do either: the first with short messages, the second with long ones.
enum class Delivery {
  at_once,     ///< as soon as the message is handed over
  on_receipt,  ///< when the other side has received it
};

/// Why the ranks cannot go on: "nobody can go on: rank 0 waits for a message from 1, ...".
struct RanksStopped : std::runtime_error {
  using runtime_error::runtime_error;
};

class Ranks {
 public:
  explicit Ranks(uword count, Delivery delivery = Delivery::at_once);

  std::function<void(uword to, const vec& message)> send(uword rank);
  std::function<vec(uword from)> receive(uword rank);
  std::function<vec(uword to, const vec& message, uword from)> exchange(uword rank);
  /// A sum over all ranks, in the order of the ranks.
  std::function<vec(const vec& mine)> all_reduce(uword rank);

  /// Runs body(0), body(1), ... to their ends, each as often as it takes. Throws RanksStopped, or what a body throws.
  void run(const std::function<void(uword rank)>& body);

  /// A message of n numbers takes alpha + beta n units of time, for both sides. Set them before run().
  double alpha = 1, beta = 0;

  /// What one rank did with one message: from `begin` it waited for the other side, from `work` to `end` it was busy.
  struct Event {
    uword rank = 0, numbers = 0;
    double begin = 0, work = 0, end = 0;
    bool sends = false;  ///< else it received, or did both
  };
  const std::vector<Event>& events() const { return events_; }
  uvec messages() const;  ///< that each rank has sent
  uvec numbers() const;   ///< in these messages
  uvec sums() const;      ///< how often each rank has called all_reduce
  double time() const;    ///< when the last rank was done

 private:
  enum class Kind { send, receive, exchange, all_reduce };
  struct Call {
    Kind kind = Kind::send;
    uword to = 0, from = 0;
    vec message, answer;
    bool handed = false, received = false;  ///< its halves, as far as they are done
    uword number = 0;                       ///< of the message on its way from here to there, or of the sum
    double begin = 0, end = 0;              ///< when it began, and when its halves have ended
  };
  struct Rank {
    std::vector<Call> log;
    std::optional<Call> waits;
    uword at = 0;  ///< in the log
    bool blocked = false, done = false;
    uword messages = 0, numbers = 0, sums = 0;
    double clock = 0;
  };
  /// From one rank to another.
  struct Way {
    struct Parcel {
      vec message;
      double sent = 0;
    };
    std::deque<Parcel> parcels;
    uword handed = 0;           ///< so many were handed over
    std::vector<double> taken;  ///< when each was received
  };

  vec call(uword rank, Call asked);
  void check(uword rank, const Call& asked);
  bool advance(uword rank);
  bool hand_over(uword rank, Call& call);
  bool take(uword rank, Call& call);
  bool add_up(uword rank, Call& call);
  bool run_once(uword rank, const std::function<void(uword)>& body);
  double cost(const vec& message) const { return alpha + beta * double(message.n_elem); }
  [[noreturn]] void stop(const std::string& why);
  std::string who_waits() const;

  Delivery delivery_;
  std::vector<Rank> ranks_;
  std::map<std::pair<uword, uword>, Way> ways_;
  std::vector<std::vector<vec>> sums_;  ///< what was handed in for each sum, by rank
  std::vector<std::vector<bool>> there_;
  std::vector<Event> events_;
  std::string stopped_;
};

}  // namespace nn
