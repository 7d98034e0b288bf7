// What both ends of a call take from its signature: its key, its result, and the arguments that travel back.
#pragma once

#include <string>
#include <type_traits>
#include <typeinfo>

#include "autograder/remote/values.hpp"

namespace nn::detail {

/// How a call names its function: overloads differ in their types.
template <class Pointer>
std::string key_of(const char* function) {
  return std::string(function) + " " + typeid(Pointer).name();
}

/// Whether the callee may change what it is handed, as an Rng&.
template <class Parameter>
inline constexpr bool travels_back =
    std::is_lvalue_reference_v<Parameter> && !std::is_const_v<std::remove_reference_t<Parameter>>;

/// Writes the result of `call()`, then each argument that travels back.
template <class Result, class... Parameters, class Call>
void write_outcome(ByteWriter& out, Call call, const std::decay_t<Parameters>&... arguments) {
  if constexpr (std::is_void_v<Result>) call();
  else out(call());
  [[maybe_unused]] const auto back = [&]<class Parameter>(std::type_identity<Parameter>, const auto& argument) {
    if constexpr (travels_back<Parameter>) out(argument);
  };
  (back(std::type_identity<Parameters>{}, arguments), ...);
}

/// Reads what write_outcome wrote, and nothing may be left over.
template <class Result, class... Parameters>
Result read_outcome(ByteReader in, auto&... arguments) {
  [[maybe_unused]] const auto back = [&]<class Parameter>(std::type_identity<Parameter>, auto& argument) {
    if constexpr (travels_back<Parameter>) in(argument);
  };
  if constexpr (std::is_void_v<Result>) {
    (back(std::type_identity<Parameters>{}, arguments), ...);
    in.finish();
  } else {
    Result result{};
    in(result);
    (back(std::type_identity<Parameters>{}, arguments), ...);
    in.finish();
    return result;
  }
}

}  // namespace nn::detail
