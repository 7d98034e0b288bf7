#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <random>

#include "autograder/remote/frame.hpp"
#include "autograder/remote/printable.hpp"
#include "autograder/remote/remote.hpp"
#include "base/quote.hpp"
#include "nn/support/todo.hpp"

namespace nn::detail {

void end_because(Ending ending, const std::string& why) {
  std::cout << std::flush;
  fmt::print("{{\"event\":\"worker\",\"text\":{}}}\n", base::json_quoted(printable(why, 400)));
  std::fflush(stdout);
  _exit(int(ending));
}

namespace {

/// The pipes to the worker, as the grader hands them over.
struct Worker {
  int requests = -1, replies = -1;
  std::uint64_t next = 0;

  Worker() {
    const char* both = std::getenv("NN_WORKER");
    if (!both || std::sscanf(both, "%d,%d", &requests, &replies) != 2 || fcntl(requests, F_GETFD) < 0 ||
        fcntl(replies, F_GETFD) < 0)
      end_because(Ending::no_worker, "NN_WORKER names no open pipes: this program is started by the grader");
    std::signal(SIGPIPE, SIG_IGN);
    std::random_device random;
    next = std::uint64_t(random()) << 32;
  }
};

Worker& worker() {
  static Worker one;
  return one;
}

[[noreturn]] void throw_again(const std::string& body, const std::vector<std::exception_ptr>& callbacks) {
  std::uint8_t kind = 0;
  std::string text;
  std::uint64_t which = 0;
  ByteReader in(body);
  in(kind, text, which);
  in.finish();
  text = printable(text, 2000);
  switch (Thrown(kind)) {
    case Thrown::invalid_argument: throw std::invalid_argument(text);
    case Thrown::not_implemented: throw not_implemented(text);
    case Thrown::out_of_memory: end_because(Ending::out_of_memory, text);
    case Thrown::callback:
      if (which < callbacks.size()) std::rethrow_exception(callbacks[which]);
      throw MalformedMessage("it passes on an exception that nobody threw");
    case Thrown::exception: throw std::runtime_error(text);
    case Thrown::unknown: throw std::runtime_error("something that is no std::exception");
  }
  throw MalformedMessage("an exception of no known kind");
}

/// Calls one of our callbacks for the worker; what it throws is kept, for the student's function may pass it on.
Frame answer(const Frame& frame, const std::vector<Answer>& callbacks, std::vector<std::exception_ptr>& thrown) {
  std::uint32_t which = 0;
  ByteReader in(frame.body);
  in(which);
  if (which >= callbacks.size() || !callbacks[which])
    throw MalformedMessage("it calls back a function that it was not given");
  Frame reply{Kind::callback_threw, frame.id, {}};
  const auto failed = [&](Thrown kind, const std::string& text) {
    ByteWriter{reply.body}(std::uint8_t(kind), text, std::uint64_t{thrown.size()});
    thrown.push_back(std::current_exception());
  };
  try {
    reply.body = callbacks[which](in);
    reply.kind = Kind::callback_result;
  } catch (const MalformedMessage&) {
    throw;
  } catch (const not_implemented& e) {
    failed(Thrown::not_implemented, e.task());
  } catch (const std::invalid_argument& e) {
    failed(Thrown::invalid_argument, e.what());
  } catch (const std::exception& e) {
    failed(Thrown::exception, e.what());
  } catch (...) {
    failed(Thrown::unknown, "");
  }
  return reply;
}

}  // namespace

std::string ask_worker(const char* function, const std::string& key, const std::string& arguments,
                       const std::vector<Answer>& callbacks) {
  Worker& w = worker();
  const std::uint64_t id = w.next++;
  std::vector<std::exception_ptr> thrown;
  std::string refused;  // the student's exception, thrown outside of the try block that watches over the pipe
  try {
    Frame call{Kind::call, id, {}};
    ByteWriter{call.body}(key, arguments);
    send(w.requests, call);
    for (;;) {
      Frame frame = receive(w.replies);
      if (frame.id != id) throw MalformedMessage("it answers a call that was not made");
      if (frame.kind == Kind::result) return std::move(frame.body);
      if (frame.kind == Kind::callback) {
        send(w.requests, answer(frame, callbacks, thrown));
        continue;
      }
      if (frame.kind != Kind::threw) throw MalformedMessage("it asks instead of answering");
      refused = std::move(frame.body);
      break;
    }
  } catch (const PeerClosed& e) {
    end_because(Ending::gone, fmt::format("{}: {}", function, e.what()));
  } catch (const MessageTooLarge& e) {
    end_because(Ending::too_much, fmt::format("{}: {}", function, e.what()));
  } catch (const MalformedMessage& e) {
    end_because(Ending::rubbish, fmt::format("{}: {}", function, e.what()));
  }
  try {
    throw_again(refused, thrown);
  } catch (const MalformedMessage& e) {
    end_because(Ending::rubbish, fmt::format("{}: {}", function, e.what()));
  }
}

}  // namespace nn::detail
