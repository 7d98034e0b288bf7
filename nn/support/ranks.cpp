#include "nn/support/ranks.hpp"

#include <algorithm>
#include <cstring>

namespace nn {

namespace {

/// Ends a run that must wait. No std::exception: nobody but Ranks should catch it.
struct Blocked {};

constexpr uword most_calls = 10000;

bool same_bits(const vec& a, const vec& b) {
  return a.n_elem == b.n_elem && (a.empty() || std::memcmp(a.memptr(), b.memptr(), a.n_elem * sizeof(real)) == 0);
}

std::string name(uword rank) { return "rank " + std::to_string(rank); }

}  // namespace

Ranks::Ranks(uword count, Delivery delivery) : delivery_(delivery), ranks_(count) {}

std::function<void(uword, const vec&)> Ranks::send(uword rank) {
  return [this, rank](uword to, const vec& message) {
    Call asked{.kind = Kind::send, .to = to, .message = message};
    (void)call(rank, std::move(asked));
  };
}

std::function<vec(uword)> Ranks::receive(uword rank) {
  return [this, rank](uword from) {
    Call asked{.kind = Kind::receive, .from = from};
    return call(rank, std::move(asked));
  };
}

std::function<vec(uword, const vec&, uword)> Ranks::exchange(uword rank) {
  return [this, rank](uword to, const vec& message, uword from) {
    Call asked{.kind = Kind::exchange, .to = to, .from = from, .message = message};
    return call(rank, std::move(asked));
  };
}

std::function<vec(const vec&)> Ranks::all_reduce(uword rank) {
  return [this, rank](const vec& mine) {
    Call asked{.kind = Kind::all_reduce, .message = mine};
    return call(rank, std::move(asked));
  };
}

void Ranks::stop(const std::string& why) {
  if (stopped_.empty()) stopped_ = why;
  throw RanksStopped(stopped_);
}

void Ranks::check(uword rank, const Call& asked) {
  const auto other = [&](uword to, const char* does) {
    if (to == rank) stop(name(rank) + " " + does + " itself");
    if (to >= ranks_.size())
      stop(name(rank) + " " + does + " rank " + std::to_string(to) + ", and the last one is " +
           std::to_string(ranks_.size() - 1));
  };
  if (asked.kind == Kind::send || asked.kind == Kind::exchange) other(asked.to, "sends to");
  if (asked.kind == Kind::receive || asked.kind == Kind::exchange) other(asked.from, "receives from");
  if (ranks_[rank].log.size() >= most_calls)
    stop(name(rank) + " has made " + std::to_string(most_calls) + " calls, and goes on and on");
}

vec Ranks::call(uword rank, Call asked) {
  Rank& own = ranks_[rank];
  if (own.blocked) throw Blocked();
  check(rank, asked);
  if (own.at < own.log.size()) {
    const Call& was = own.log[own.at++];
    if (was.kind != asked.kind || was.to != asked.to || was.from != asked.from ||
        !same_bits(was.message, asked.message))
      stop(name(rank) + ", run again, does not do the same again: keep nothing in static or global variables");
    return was.answer;
  }
  asked.begin = asked.end = own.clock;
  own.waits = std::move(asked);
  advance(rank);
  if (own.waits) {
    own.blocked = true;
    throw Blocked();
  }
  return own.log[own.at++].answer;
}

/// The sending half: the message goes on its way, and is there for the other side; whether it is done.
bool Ranks::hand_over(uword rank, Call& call) {
  Way& way = ways_[{rank, call.to}];
  if (!call.handed) {
    call.handed = true, call.number = way.handed++;
    way.parcels.push_back({call.message, call.begin});
    ++ranks_[rank].messages, ranks_[rank].numbers += call.message.n_elem;
  }
  double end = call.begin + cost(call.message);
  if (delivery_ == Delivery::on_receipt) {
    if (way.taken.size() <= call.number) return false;
    end = std::max(end, way.taken[call.number]);
  }
  call.end = std::max(call.end, end);
  if (call.kind == Kind::send)
    events_.push_back({rank, call.message.n_elem, call.begin, end - cost(call.message), end, true});
  return true;
}

bool Ranks::take(uword rank, Call& call) {
  if (call.received) return true;
  Way& way = ways_[{call.from, rank}];
  if (way.parcels.empty()) return false;
  const double work = std::max(call.begin, way.parcels.front().sent);
  call.answer = std::move(way.parcels.front().message);
  call.end = std::max(call.end, work + cost(call.answer));
  call.received = true;
  way.parcels.pop_front();
  way.taken.push_back(work + cost(call.answer));
  events_.push_back({rank, call.answer.n_elem, call.begin, work, work + cost(call.answer), false});
  return true;
}

bool Ranks::add_up(uword rank, Call& call) {
  if (!call.handed) {
    call.handed = true, call.number = ranks_[rank].sums++;
    if (sums_.size() <= call.number) sums_.resize(call.number + 1), there_.resize(call.number + 1);
    sums_[call.number].resize(ranks_.size()), there_[call.number].resize(ranks_.size());
    sums_[call.number][rank] = call.message, there_[call.number][rank] = true;
  }
  const std::vector<vec>& all = sums_[call.number];
  for (uword r = 0; r < ranks_.size(); ++r) {
    if (!there_[call.number][r]) return false;
    if (all[r].n_elem != all[0].n_elem)
      stop("in sum " + std::to_string(call.number + 1) + " rank 0 brings " + std::to_string(all[0].n_elem) +
           " numbers, and " + name(r) + " " + std::to_string(all[r].n_elem));
  }
  call.answer = all[0];
  for (uword r = 1; r < ranks_.size(); ++r) call.answer += all[r];
  return true;
}

/// Does of the call that a rank waits in what can be done by now; whether that was anything.
bool Ranks::advance(uword rank) {
  Rank& own = ranks_[rank];
  Call& call = *own.waits;
  const bool handed = call.handed, received = call.received;
  bool ended = true;
  if (call.kind == Kind::all_reduce) ended = add_up(rank, call);
  if (call.kind == Kind::receive || call.kind == Kind::exchange) ended = take(rank, call);
  if (call.kind == Kind::send || call.kind == Kind::exchange) ended = hand_over(rank, call) && ended;
  if (call.kind == Kind::exchange && !call.received) ended = false;
  if (!ended) return call.handed != handed || call.received != received;
  own.clock = call.end;
  own.log.push_back(std::move(call));
  own.waits.reset();
  return true;
}

/// One run of a rank's function, to its end or until it must wait.
bool Ranks::run_once(uword rank, const std::function<void(uword)>& body) {
  Rank& own = ranks_[rank];
  own.at = 0, own.blocked = false;
  bool ended = false;
  try {
    body(rank);
    ended = true;
  } catch (const Blocked&) {}
  if (!stopped_.empty()) stop(stopped_);
  if (own.blocked && ended) stop(name(rank) + " caught an exception that was not its own, and went on");
  if (ended && own.at != own.log.size())
    stop(name(rank) + ", run again, does not do the same again: keep nothing in static or global variables");
  return ended;
}

void Ranks::run(const std::function<void(uword)>& body) {
  for (bool moved = true, left = true; left;) {
    if (!moved) stop("nobody can go on: " + who_waits());
    moved = left = false;
    for (uword r = 0; r < ranks_.size(); ++r) {
      Rank& own = ranks_[r];
      if (own.done) continue;
      left = true;
      if (own.waits) moved = advance(r) || moved;
      if (own.waits) continue;
      own.done = run_once(r, body);
      moved = true;
    }
  }
  for (const auto& [who, way] : ways_)
    if (!way.parcels.empty())
      stop("nobody receives what rank " + std::to_string(who.first) + " sends to " + std::to_string(who.second));
}

std::string Ranks::who_waits() const {
  std::string text;
  bool sending = false;
  for (uword r = 0; r < ranks_.size(); ++r) {
    if (r == 4 && ranks_.size() > 5)
      return text + ", and so on" + (sending ? ". A send may wait until it is received" : "");
    text += (r == 0 ? "" : ", ") + name(r);
    if (ranks_[r].done) text += " has finished";
    else if (const Call& call = *ranks_[r].waits; call.kind == Kind::all_reduce)
      text += " waits for all in sum " + std::to_string(call.number + 1);
    else if (call.kind == Kind::receive || (call.kind == Kind::exchange && !call.received))
      text += " waits for a message from " + std::to_string(call.from);
    else text += " waits until " + std::to_string(call.to) + " receives", sending = true;
  }
  return text + (sending ? ". A send may wait until it is received" : "");
}

static uvec each(const auto& ranks, auto member) {
  uvec values(ranks.size());
  for (uword r = 0; r < values.n_elem; ++r) values(r) = ranks[r].*member;
  return values;
}

uvec Ranks::messages() const { return each(ranks_, &Rank::messages); }
uvec Ranks::numbers() const { return each(ranks_, &Rank::numbers); }
uvec Ranks::sums() const { return each(ranks_, &Rank::sums); }

double Ranks::time() const {
  double last = 0;
  for (const Rank& rank : ranks_) last = std::max(last, rank.clock);
  return last;
}

}  // namespace nn
