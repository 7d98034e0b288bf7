// Every value that a contract takes or returns, as a list of named matrices: what comparing and printing need.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "autograder/contracts/described.hpp"
#include "nn/support/random.hpp"
#include "nn/types.hpp"

namespace nn {

/// One part of a value, as in {"layer 1 W", 3 x 2}. Numbers are 1 x 1; the name of a plain matrix or number is empty.
struct Part {
  std::string name;
  arma::mat value;
  std::string (*text)(double number) = nullptr;  ///< of an enum: the name that belongs to its number

  /// "0.25", "relu", "not a number", with so many digits.
  std::string shown(double number, int digits) const;
};
using Parts = std::vector<Part>;

/// How far apart equal numbers may be: |a - b| <= absolute + relative |b|.
struct Tolerance {
  double absolute = 1e-9, relative = 1e-9;
};

/// Adds what `value` consists of: each matrix and each number, structs by their members, lists by their items.
template <class T>
void add_parts(Parts& parts, const std::string& name, const T& value);

namespace detail {

/// "layer 1" and "W" to "layer 1 W"; either may be empty.
std::string joined(const std::string& name, const std::string& part);
/// "conv_network" and 3 to "conv network 3".
std::string numbered(std::string_view type, std::size_t number);

template <class T>
inline constexpr bool is_function = false;
template <class Signature>
inline constexpr bool is_function<std::function<Signature>> = true;
template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

template <class T>
concept Matrix = requires(const T& m) {
  arma::conv_to<arma::mat>::from(m);
  m.n_elem;
};
template <class T>
concept TupleLike = requires {
  std::tuple_size<T>::value;
};
template <class T>
concept MapLike = requires {
  typename T::mapped_type;
};

std::string text_of_key(const auto& key) {
  if constexpr (std::is_arithmetic_v<std::decay_t<decltype(key)>>) return Part{}.shown(double(key), 7);
  else return std::string(key);
}

void add_items(Parts& parts, const std::string& name, const auto& items) {
  std::size_t i = 0;
  for (const auto& item : items) {
    using Item = std::decay_t<decltype(item)>;
    std::string_view type = "item";
    if constexpr (HasFields<Item>) type = Fields<Item>::type;
    add_parts(parts, joined(name, numbered(type, i++)), Item(item));
  }
}

}  // namespace detail

template <class T>
void add_parts(Parts& parts, const std::string& name, const T& value) {
  const auto number = [&](double x) { return arma::mat(1, 1).fill(x); };
  if constexpr (detail::is_function<T> || std::is_same_v<T, Rng>) {
    return;  // a callback cannot be shown, and the state of an Rng says nothing to a reader
  } else if constexpr (std::is_same_v<T, bool>) {
    parts.push_back({name, number(value), [](double x) -> std::string { return x == 0 ? "false" : "true"; }});
  } else if constexpr (std::is_arithmetic_v<T>) {
    parts.push_back({name, number(double(value))});
  } else if constexpr (HasNames<T>) {
    parts.push_back({name, number(double(value)), [](double x) { return enum_text(T(int(x))); }});
  } else if constexpr (detail::Matrix<T>) {
    parts.push_back({name, arma::conv_to<arma::mat>::from(value)});
  } else if constexpr (std::is_same_v<T, std::string>) {
    parts.push_back({detail::joined(name, "\"" + value + "\""), {}});
  } else if constexpr (detail::is_optional<T>) {
    if (value) add_parts(parts, name, *value);
    else parts.push_back({name, {}});
  } else if constexpr (HasFields<T>) {
    Fields<T>::each(value, [&](std::string_view member, const auto& of) {
      add_parts(parts, detail::joined(name, std::string(member)), of);
    });
  } else if constexpr (detail::MapLike<T>) {
    parts.push_back({detail::joined(name, "count"), number(double(value.size()))});
    for (const auto& [key, of] : value) add_parts(parts, detail::joined(name, detail::text_of_key(key)), of);
  } else if constexpr (requires { value.push_back(*value.begin()); }) {
    parts.push_back({detail::joined(name, "count"), number(double(value.size()))});
    detail::add_items(parts, name, value);
  } else if constexpr (requires { value.begin(); }) {  // std::array
    detail::add_items(parts, name, value);
  } else {
    static_assert(detail::TupleLike<T>,
                  "nothing is known of this type: include contracts/x.hpp instead of nn/x.hpp, or add it here and to "
                  "remote/values.hpp");
    std::apply(
        [&](const auto&... of) {
          std::size_t i = 0;
          (add_parts(parts, detail::joined(name, detail::numbered("item", i++)), of), ...);
        },
        value);
  }
}

template <class T>
Parts parts_of(const T& value, const std::string& name = "") {
  Parts parts;
  add_parts(parts, name, value);
  return parts;
}

/// What is wrong with `found`, in words: its shape first, then entries that are not numbers, then the first entry that
/// differs. Nothing when the two agree.
std::optional<std::string> difference(const Parts& expected, const Parts& found, Tolerance tolerance);

/// Whether two values agree, not-a-number against not-a-number included.
bool same(const Parts& a, const Parts& b, Tolerance tolerance = {});

/// "Z is 2 x 3: [1 2 3; 4 5 6]", the entries only of small matrices; "phi = relu".
std::string describe(const Part& part);

}  // namespace nn
