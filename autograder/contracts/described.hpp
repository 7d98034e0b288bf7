// What a generated contracts/x.hpp says of nn/x.hpp: the members of each struct, the names of each enum, the arguments
// of each contract function.
//
//   Fields<Layer>::each(layer, [](std::string_view name, auto& member) { ... });   // W, b, activation
//   enum_text(Activation::relu)                                                    // "relu"
//   ArgumentsOf<sigmoid>::name(0)                                                  // "Z"
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace nn {

/// The members of a struct, in the order of its definition. Defined for the structs of nn/ alone.
template <class Struct>
struct Fields;

template <class T>
concept HasFields = requires {
  Fields<T>::type;
};

/// The names of an enum, with their values.
template <class Enum>
struct Names;

template <class T>
concept HasNames = requires {
  Names<T>::all;
};

/// "relu"; for a number that has no name "Activation(77), not one of identity, step, ...".
template <HasNames Enum>
std::string enum_text(Enum value) {
  for (const auto& [each, name] : Names<Enum>::all)
    if (each == value) return name;
  std::string text = std::string(Names<Enum>::type) + "(" +
                     std::to_string(static_cast<std::underlying_type_t<Enum>>(value)) + "), not one of ";
  bool first = true;
  for (const auto& [each, name] : Names<Enum>::all) (text += first ? "" : ", ") += name, first = false;
  return text;
}

/// The names of a contract function's arguments, as its header has them. Not defined for what is no contract, nor where
/// nn/x.hpp is included instead of contracts/x.hpp.
template <auto Function>
struct ArgumentsOf;

namespace detail {

/// The first of "W, b, activation", which is taken off.
constexpr std::string_view take_name(std::string_view& names) {
  const std::size_t end = names.find(',');
  const std::string_view name = names.substr(0, end);
  names.remove_prefix(end == names.npos ? names.size() : end + 2);
  return name;
}

/// Number i of "(Z, alpha)".
constexpr std::string_view name_number(std::string_view names, std::size_t i) {
  names = names.substr(1, names.size() - 2);
  for (; i > 0; --i) take_name(names);
  return take_name(names);
}

template <class Visit, class... Members>
constexpr void visit_members(std::string_view names, Visit& visit, Members&... members) {
  (visit(take_name(names), members), ...);
}

}  // namespace detail

}  // namespace nn

// The structured binding holds only with exactly the members that the struct has.
#define NN_FIELDS(Struct, ...)                                      \
  template <>                                                       \
  struct Fields<Struct> {                                           \
    static constexpr std::string_view type = #Struct;               \
    template <class Value, class Visit>                             \
    static constexpr void each(Value& nn_value_, Visit nn_visit_) { \
      auto& [__VA_ARGS__] = nn_value_;                              \
      detail::visit_members(#__VA_ARGS__, nn_visit_, __VA_ARGS__);  \
    }                                                               \
  };

#define NN_NO_FIELDS(Struct)                          \
  template <>                                         \
  struct Fields<Struct> {                             \
    static_assert(std::is_empty_v<Struct>);           \
    static constexpr std::string_view type = #Struct; \
    template <class Value, class Visit>               \
    static constexpr void each(Value&, Visit) {}      \
  };

#define NN_NAMES(Enum, ...)                                              \
  template <>                                                            \
  struct Names<Enum> {                                                   \
    static constexpr std::string_view type = #Enum;                      \
    static constexpr std::pair<Enum, const char*> all[] = {__VA_ARGS__}; \
  };

#define NN_ARGUMENTS(function, parameters, arguments, ...)                                                       \
  template <>                                                                                                    \
  struct ArgumentsOf<static_cast<__VA_ARGS__(*) parameters>(&function)> {                                        \
    static constexpr std::string_view function_name = #function;                                                 \
    static constexpr std::string name(std::size_t i) { return std::string(detail::name_number(#arguments, i)); } \
  };
