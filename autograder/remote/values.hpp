// How each value of the contracts is written and read (bytes.hpp): numbers, matrices, lists of those, and the structs
// of nn/*.hpp.
#pragma once

#include <optional>
#include <vector>

#include "autograder/remote/bytes.hpp"
#include "nn/backprop.hpp"
#include "nn/multilayer.hpp"
#include "nn/training.hpp"

namespace nn::detail {

/// No side of a matrix in this course comes near. Without a bound, a matrix of 0 x 2^60 is one that nothing was sent for and a loop over
/// its columns never ends.
inline constexpr uword longest_side = uword{1} << 24;

template <class Matrix>
void read_matrix(ByteReader& in, Matrix& m, bool column, bool row) {
  std::uint64_t rows = 0, cols = 0;
  in(rows, cols);
  if (rows > longest_side || cols > longest_side) throw Malformed("a matrix with a side of millions");
  if ((column && cols != 1) || (row && rows != 1)) throw Malformed("a matrix in the place of a vector");
  constexpr std::size_t size = sizeof(typename Matrix::elem_type);
  const std::uint64_t count = rows * cols;  // below 2^48
  if (count > in.left() / size) throw Malformed("a matrix is larger than its message");
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
  for (std::uint64_t i = 0; i < count; ++i) in(list.emplace_back());
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

}  // namespace nn::detail

/// A struct as its members, in order: NN_WIRE(Layer, W, b, activation).
#define NN_WIRE(Struct, ...)                              \
  template <class Archive>                                \
  void serialize(Archive& archive, Struct& v) {           \
    const auto each = [&](auto&... m) { archive(m...); }; \
    auto& [__VA_ARGS__] = v;                              \
    each(__VA_ARGS__);                                    \
  }

namespace nn {

NN_WIRE(Rng, state)
NN_WIRE(Perceptron, w, b)
NN_WIRE(Learned, neuron, epochs, converged, history)
NN_WIRE(Layer, W, b, activation)
NN_WIRE(GradientCheck, error, row, col, analytic, numerical)
NN_WIRE(Trained, network, losses)
NN_WIRE(Slopes, dx, dy)
NN_WIRE(DenseGradients, dW, db, dX)
NN_WIRE(Trace, Z, A)
NN_WIRE(Gradients, loss, dW, db)
NN_WIRE(Dataset, images, labels, rows, cols, classes)
NN_WIRE(Batch, X, T)
NN_WIRE(Split, train, held_out)
NN_WIRE(Options, loss, epochs, batch_size, rate, weight_decay, eta, patience)
NN_WIRE(Epoch, network, running_loss)
NN_WIRE(Progress, epoch, running_loss, train_accuracy, held_out_accuracy)
NN_WIRE(Run, network, best_epoch, history)

}  // namespace nn
