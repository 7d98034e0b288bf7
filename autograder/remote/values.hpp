// How each value of the contracts is written and read (bytes.hpp): numbers, matrices, what the standard library makes
// of those, and the structs of nn/*.hpp, member by member.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "autograder/contracts/described.hpp"
#include "autograder/remote/bytes.hpp"
#include "nn/types.hpp"

namespace nn::detail {

/// No side of a matrix in this course comes near. Without a bound, a matrix of 0 x 2^60 is one that nothing was sent
/// for and a loop over its columns never ends.
inline constexpr uword longest_side = uword{1} << 24;

template <class Matrix>
void read_matrix(ByteReader& in, Matrix& m, bool column, bool row) {
  std::uint64_t rows = 0, cols = 0;
  in(rows, cols);
  if (rows > longest_side || cols > longest_side) throw MalformedMessage("a matrix with a side of millions");
  if ((column && cols != 1) || (row && rows != 1)) throw MalformedMessage("a matrix in the place of a vector");
  constexpr std::size_t size = sizeof(typename Matrix::elem_type);
  const std::uint64_t count = rows * cols;  // below 2^48
  if (count > in.left() / size) throw MalformedMessage("a matrix is larger than its message");
  in.reserve(count, size);
  m.set_size(rows, cols);
  if (count > 0) std::memcpy(m.memptr(), in.take(count * size), count * size);
}

template <class T>
void CEREAL_SAVE_FUNCTION_NAME(ByteWriter& out, const arma::Mat<T>& m) {
  out(std::uint64_t{m.n_rows}, std::uint64_t{m.n_cols});
  out.write(m.memptr(), m.n_elem * sizeof(T));
}
template <class T>
void CEREAL_LOAD_FUNCTION_NAME(ByteReader& in, arma::Mat<T>& m) {
  read_matrix(in, m, false, false);
}
template <class T>
void CEREAL_LOAD_FUNCTION_NAME(ByteReader& in, arma::Col<T>& v) {
  read_matrix(in, v, true, false);
}
template <class T>
void CEREAL_LOAD_FUNCTION_NAME(ByteReader& in, arma::Row<T>& v) {
  read_matrix(in, v, false, true);
}

template <class T>
void CEREAL_SAVE_FUNCTION_NAME(ByteWriter& out, const std::vector<T>& list) {
  out(std::uint64_t{list.size()});
  for (const T& item : list) out(item);
}
template <class T>
void CEREAL_LOAD_FUNCTION_NAME(ByteReader& in, std::vector<T>& list) {
  std::uint64_t count = 0;
  in(count);
  in.reserve(count, sizeof(T));
  list.clear();
  list.reserve(count);
  for (std::uint64_t i = 0; i < count; ++i) {
    T item{};
    in(item);
    list.push_back(std::move(item));
  }
}

template <class T, std::size_t N>
void CEREAL_SERIALIZE_FUNCTION_NAME(auto& archive, std::array<T, N>& items) {
  for (T& item : items) archive(item);
}
template <class A, class B>
void CEREAL_SERIALIZE_FUNCTION_NAME(auto& archive, std::pair<A, B>& both) {
  archive(both.first, both.second);
}
template <class... Items>
void CEREAL_SERIALIZE_FUNCTION_NAME(auto& archive, std::tuple<Items...>& items) {
  std::apply([&](auto&... item) { archive(item...); }, items);
}

template <class Key, class T>
void CEREAL_SAVE_FUNCTION_NAME(ByteWriter& out, const std::map<Key, T>& map) {
  out(std::uint64_t{map.size()});
  for (const auto& [key, value] : map) out(key, value);
}
template <class Key, class T>
void CEREAL_LOAD_FUNCTION_NAME(ByteReader& in, std::map<Key, T>& map) {
  std::uint64_t count = 0;
  in(count);
  in.reserve(count, sizeof(std::pair<const Key, T>));
  map.clear();
  for (std::uint64_t i = 0; i < count; ++i) {
    Key key{};
    in(key);
    if (!map.empty() && !(map.rbegin()->first < key)) throw MalformedMessage("the keys of a map are out of order");
    in(map.emplace_hint(map.end(), std::move(key), T{})->second);
  }
}

template <class T>
void CEREAL_SAVE_FUNCTION_NAME(ByteWriter& out, const std::optional<T>& value) {
  out(value.has_value());
  if (value) out(*value);
}
template <class T>
void CEREAL_LOAD_FUNCTION_NAME(ByteReader& in, std::optional<T>& value) {
  bool there = false;
  in(there);
  value.reset();
  if (there) in(value.emplace());
}

template <class Archive, HasFields Struct>
void CEREAL_SERIALIZE_FUNCTION_NAME(Archive& archive, Struct& value) {
  Fields<Struct>::each(value, [&](std::string_view, auto& member) { archive(member); });
}

}  // namespace nn::detail
