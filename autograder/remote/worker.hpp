// The other end of remote.hpp: reads calls, runs the student's function, writes what came of it. Linked with a
// student's code and run in the sandbox; whatever goes wrong in here is for the other end to notice.
#pragma once

#include <functional>
#include <map>
#include <tuple>

#include "autograder/remote/frame.hpp"
#include "autograder/remote/values.hpp"

namespace nn::detail {

/// Reads arguments, calls a function, returns the bytes of the result.
using Served = std::function<std::string(ByteReader& arguments, std::uint64_t call)>;
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
      ByteReader in_reply(reply);
      R result{};
      in_reply(result);
      return result;
    };
  }
};

template <class Param, class Value>
void write_reference(ByteWriter& out, const Value& value) {
  if constexpr (std::is_lvalue_reference_v<Param> && !std::is_const_v<std::remove_reference_t<Param>>) out(value);
}

template <class R, class... Params>
Served serve(R (*function)(Params...)) {
  return [function](ByteReader& in, std::uint64_t call) {
    std::tuple<std::decay_t<Params>...> values;
    std::uint32_t callbacks = 0;
    std::apply([&](auto&... v) { (Argument<std::decay_t<decltype(v)>>::read(in, v, callbacks, call), ...); }, values);
    std::string bytes;
    ByteWriter out(bytes);
    std::apply(
        [&](auto&... v) {
          out(function(static_cast<Params&&>(v)...));
          (write_reference<Params>(out, v), ...);
        },
        values);
    return bytes;
  };
}

}  // namespace nn::detail

#define NN_JOINED_(a, b) a##b
#define NN_JOINED(a, b) NN_JOINED_(a, b)
#define CONTRACT(result, name, parameters, arguments)                     \
  [[maybe_unused]] static const bool NN_JOINED(is_served_, __COUNTER__) = \
      detail::served().emplace(#name, detail::serve(static_cast<result(*) parameters>(name))).second;
