// The other end of remote.hpp: reads calls, runs the student's function, writes what came of it. Linked with a
// student's code and run in the sandbox; whatever goes wrong in here is for the other end to notice.
#pragma once

#include <functional>
#include <map>
#include <tuple>

#include "autograder/remote/frame.hpp"
#include "autograder/remote/signature.hpp"

namespace nn::detail {

/// Reads arguments, calls a function, returns the bytes of the result.
using Served = std::function<std::string(ByteReader& arguments, std::uint64_t call)>;
/// By key (signature.hpp).
std::map<std::string, Served>& served();

/// Asks the tests for the value of callback number `which` of call number `call`.
std::string call_back(std::uint64_t call, std::uint32_t which, const std::string& arguments);

template <class T>
struct Argument {
  static void read(ByteReader& in, T& value, std::uint32_t&, std::uint64_t) { in(value); }
};
template <class R, class... Args>
struct Argument<std::function<R(Args...)>> {
  static void read(ByteReader& in, std::function<R(Args...)>& f, std::uint32_t& callbacks, std::uint64_t call) {
    bool there = false;
    in(there);
    const std::uint32_t which = callbacks++;
    if (!there) return;
    f = [which, call](Args... args) {
      std::string bytes;
      ByteWriter out(bytes);
      (out(args), ...);
      const std::string reply = call_back(call, which, bytes);
      return read_outcome<R, Args...>(ByteReader(reply), args...);
    };
  }
};

template <class R, class... Params>
bool serve(const char* name, R (*function)(Params...)) {
  const auto answer = [function](ByteReader& in, std::uint64_t call) {
    std::tuple<std::decay_t<Params>...> values;
    std::uint32_t callbacks = 0;
    std::apply([&](auto&... v) { (Argument<std::decay_t<decltype(v)>>::read(in, v, callbacks, call), ...); }, values);
    std::string bytes;
    ByteWriter out(bytes);
    std::apply(
        [&](auto&... v) {
          write_outcome<R, Params...>(
              out, [&]() -> R { return function(static_cast<Params&&>(v)...); }, v...);
        },
        values);
    return bytes;
  };
  return served().emplace(key_of<R (*)(Params...)>(name), answer).second;
}

}  // namespace nn::detail

#define NN_JOINED_(a, b) a##b
#define NN_JOINED(a, b) NN_JOINED_(a, b)
#define CONTRACT(name, parameters, arguments, ...)                        \
  [[maybe_unused]] static const bool NN_JOINED(is_served_, __COUNTER__) = \
      detail::serve(#name, static_cast<__VA_ARGS__(*) parameters>(&name));
