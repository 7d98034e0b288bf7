// Client stub: each contract function asks a worker process, which holds the student's code.
//
// A generated file defines each function of a lesson's header as a call of Remote (CONTRACT below, lines from
// autograder/contracts). An exception of the student's comes back as type and message; a callback (the f of a
// numerical gradient) is called back over the same pipe; a worker that ends, talks rubbish or too much ends the test
// program with one of the exit codes of `Ending`: that task is lost, and no test goes on with a value that nobody
// computed.
#pragma once

#include <functional>
#include <tuple>

#include "autograder/remote/signature.hpp"

namespace nn::detail {

/// Exit codes of a test program whose worker failed it.
enum class Ending : int { gone = 60, rubbish = 61, too_much = 62, out_of_memory = 63, no_worker = 64 };

/// Answers one callback: reads its arguments, returns its result.
using Answer = std::function<std::string(ByteReader& arguments)>;

/// Asks the worker and returns the bytes of its result; throws what the student's function threw. `key` names the
/// overload.
std::string ask_worker(const char* function, const std::string& key, const std::string& arguments,
                       const std::vector<Answer>& callbacks);
/// The worker's bytes made no sense.
[[noreturn]] void end_because(Ending ending, const std::string& why);

template <class T>
struct IsCallback : std::false_type {};
template <class R, class... Args>
struct IsCallback<std::function<R(Args...)>> : std::true_type {
  static Answer answer(const std::function<R(Args...)>& f) {
    return [&f](ByteReader& in) {
      std::tuple<std::decay_t<Args>...> values;
      std::apply([&](auto&... v) { in(v...); }, values);
      in.finish();
      std::string bytes;
      ByteWriter out(bytes);
      std::apply(
          [&](auto&... v) {
            write_outcome<R, Args...>(
                out, [&]() -> R { return f(v...); }, v...);
          },
          values);
      return bytes;
    };
  }
};

template <class T>
void write_argument(ByteWriter& out, std::vector<Answer>& callbacks, const T& value) {
  if constexpr (IsCallback<T>::value) {
    out(bool(value));
    callbacks.push_back(value ? IsCallback<T>::answer(value) : Answer{});
  } else {
    out(value);
  }
}

template <class Pointer>
struct Remote;
template <class R, class... Params>
struct Remote<R (*)(Params...)> {
  const char* name;

  template <class... Args>
  R operator()(Args&... args) const {
    std::string arguments;
    std::vector<Answer> callbacks;
    ByteWriter out(arguments);
    (write_argument(out, callbacks, args), ...);
    const std::string reply = ask_worker(name, key_of<R (*)(Params...)>(name), arguments, callbacks);
    try {
      return read_outcome<R, Params...>(ByteReader(reply), args...);
    } catch (const MalformedMessage& e) {
      end_because(Ending::rubbish, e.what());
    }
  }
};

}  // namespace nn::detail

#define CONTRACT(name, parameters, arguments, ...) \
  __VA_ARGS__ name parameters { return detail::Remote<__VA_ARGS__(*) parameters>{#name} arguments; }
