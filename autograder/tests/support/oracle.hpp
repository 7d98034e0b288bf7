// What a function must come to, worked out by the tests in another way. That other way is an answer, too: so the
// repository that students get has nothing in its place (base/oracles.hpp), and its tests read what it came to from
// values/NN-name.txt instead, which holds the results of each oracle in each test, in the order of the calls.
//
//   static const auto plain_dense = oracle<mat>("dense", [](const mat& W, const vec& b, const mat& X) { ... });
//   check<dense>(plain_dense(W, b, X), W, b, X);
//
// Not for what a student returned: only calls that every run makes can be kept.
#pragma once

#include <fmt/format.h>

#include <cstdlib>
#include <string>

#include "autograder/tests/support/values.hpp"

namespace nn {

namespace detail {

/// While one is there, an oracle that is asked by another one keeps nothing.
struct OracleCall {
  OracleCall() { ++depth; }
  ~OracleCall() { --depth; }
  static inline int depth = 0;
};

/// While one is there a student's code is looked at.
struct Looking {
  Looking() { ++depth; }
  ~Looking() { --depth; }
  static inline int depth = 0;
};

/// The result as a line of numbers, from an outermost oracle: written down, or compared with what the file holds, where
/// NN_ORACLE_WRITE or NN_ORACLE_COMPARE names one.
void oracle_said(const std::string& name, const std::string& numbers);

/// The next line of this oracle in the running test.
std::string oracle_line(const std::string& name, const char* file);

bool oracles_are_kept();

template <class T>
void write_numbers(std::string& line, const T& value) {
  const auto all = [&](const auto& items) {
    for (const auto& item : items) write_numbers(line, item);
  };
  if constexpr (std::is_same_v<T, Rng>) {
    write_numbers(line, value.state);
  } else if constexpr (std::is_enum_v<T>) {
    write_numbers(line, int(value));
  } else if constexpr (std::is_arithmetic_v<T>) {
    line += fmt::format("{} ", std::conditional_t<std::is_same_v<T, bool>, int, T>(value));
  } else if constexpr (HasFields<T>) {
    Fields<T>::each(value, [&](std::string_view, const auto& member) { write_numbers(line, member); });
  } else if constexpr (Matrix<T>) {
    write_numbers(line, value.n_rows), write_numbers(line, value.n_cols), all(value);
  } else if constexpr (requires(T & items) { items.resize(1); }) {
    write_numbers(line, value.size()), all(value);
  } else {
    std::apply([&](const auto&... item) { (write_numbers(line, item), ...); }, value);
  }
}

template <class T>
void read_numbers(const char*& at, T& value) {
  const auto all = [&](auto& items) {
    for (auto& item : items) read_numbers(at, item);
  };
  if constexpr (std::is_same_v<T, Rng>) {
    read_numbers(at, value.state);
  } else if constexpr (std::is_enum_v<T>) {
    int number = 0;
    read_numbers(at, number), value = T(number);
  } else if constexpr (std::is_arithmetic_v<T>) {
    char* end = nullptr;
    if constexpr (std::is_floating_point_v<T>) value = T(std::strtod(at, &end));
    else value = T(std::strtoull(at, &end, 10));
    at = end;
  } else if constexpr (HasFields<T>) {
    Fields<T>::each(value, [&](std::string_view, auto& member) { read_numbers(at, member); });
  } else if constexpr (Matrix<T>) {
    uword rows = 0, cols = 0;
    read_numbers(at, rows), read_numbers(at, cols), value.set_size(rows, cols), all(value);
  } else if constexpr (requires(T & items) { items.resize(1); }) {
    std::size_t count = 0;
    read_numbers(at, count), value.resize(count), all(value);
  } else {
    std::apply([&](auto&... item) { (read_numbers(at, item), ...); }, value);
  }
}

}  // namespace detail

/// A function that answers as `body` does.
template <class Result, class Body>
auto oracle(const char* name, Body body) {
  return [name, body](const auto&... args) -> Result {
    Result result = [&]() -> Result {
      const detail::OracleCall call;
      return body(args...);
    }();
    if (detail::OracleCall::depth == 0 && detail::oracles_are_kept()) {
      std::string line;
      detail::write_numbers(line, result);
      detail::oracle_said(name, line);
    }
    return result;
  };
}

/// A function that answers as its body once did, in the same test.
template <class Result>
auto oracle(const char* name, const char* file = __builtin_FILE()) {
  return [name, file](const auto&...) -> Result {
    const std::string line = detail::oracle_line(name, file);
    const char* at = line.c_str();
    Result result{};
    detail::read_numbers(at, result);
    return result;
  };
}

/// While one is there, a test that has begun runs once more: its oracles answer from their first line on, and what they
/// say is not kept.
class OraclesAgain {
 public:
  explicit OraclesAgain(const std::string& test);
  ~OraclesAgain();
  OraclesAgain(const OraclesAgain&) = delete;
};

/// What NN_ORACLE_COMPARE holds beyond what the oracles of this run said; empty when that is nothing.
std::string oracle_values_left();

}  // namespace nn
