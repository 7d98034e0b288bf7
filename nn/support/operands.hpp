// Whether a node of a graph can be computed from the values that it reads.
#pragma once

#include <array>
#include <optional>
#include <stdexcept>
#include <string>

#include "nn/graph.hpp"
#include "nn/support/shape.hpp"

namespace nn {

/// "matmul".
inline const char* name_of(Op op) {
  constexpr std::array names = {
      "input",         "parameter",           "add", "multiply", "matmul", "scale", "activate", "sum", "squared",
      "cross_entropy", "binary_cross_entropy"};
  return std::size_t(op) < names.size() ? names[std::size_t(op)] : "an op of another lesson";
}

/// How many inputs a node with this op has.
inline uword inputs_of(Op op) {
  switch (op) {
    case Op::input:
    case Op::parameter: return 0;
    case Op::scale:
    case Op::activate:
    case Op::sum: return 1;
    default: return 2;
  }
}

/// Whether B is one column that serves all columns of A.
inline bool serves_all_columns(const mat& B, const mat& A) {
  return B.n_cols == 1 && A.n_cols != 1 && B.n_rows == A.n_rows;
}

namespace detail {

/// "node 3 is 4 x 7".
inline std::string shape_of(const Node& node, const Values& values, uword which) {
  const mat& value = values[node.inputs[which]];
  return "node " + std::to_string(node.inputs[which]) + " is " + std::to_string(value.n_rows) + " x " +
         std::to_string(value.n_cols);
}

/// What keeps the node from being computed; nothing: an empty string.
inline std::string complaint(const Node& node, const Values& values) {
  if (node.op > Op::binary_cross_entropy) return "lesson 11 has no such op";
  if (node.inputs.size() != inputs_of(node.op))
    return "it reads " + std::to_string(node.inputs.size()) + " nodes, expected " + std::to_string(inputs_of(node.op));
  for (const uword input : node.inputs)
    if (input >= values.size())
      return "there is no node " + std::to_string(input) + ", the last one is " + std::to_string(values.size() - 1);
  if (node.inputs.size() < 2) return "";
  const mat &A = values[node.inputs[0]], &B = values[node.inputs[1]];
  const bool loss = node.op == Op::squared || node.op == Op::cross_entropy || node.op == Op::binary_cross_entropy;
  if (node.op == Op::matmul) {
    if (A.n_cols == B.n_rows) return "";
    return "node " + std::to_string(node.inputs[0]) + " has " + std::to_string(A.n_cols) + " columns, node " +
           std::to_string(node.inputs[1]) + " has " + std::to_string(B.n_rows) + " rows";
  }
  if (loss && A.empty()) return shape_of(node, values, 0) + ": there is no sample";
  if (size(A) == size(B) || (!loss && serves_all_columns(B, A))) return "";
  return shape_of(node, values, 0) + ", " + shape_of(node, values, 1) + "; expected " + std::to_string(A.n_rows) +
         " x " + std::to_string(A.n_cols) +
         (loss ? std::string() : ", or the one column " + std::to_string(A.n_rows) + " x 1");
}

}  // namespace detail

/// Throws std::invalid_argument unless the node has as many inputs as its op takes, `values` holds them, and their
/// shapes fit, as in `evaluate: node 7 (matmul of 3 and 5): node 3 has 100 columns, node 5 has 99 rows`.
///   number  which node it is, if that is known
inline void require_operands(const Node& node, const Values& values, std::string_view function,
                             std::optional<uword> number = {}) {
  const std::string complaint = detail::complaint(node, values);
  if (complaint.empty()) return;
  std::string who = name_of(node.op);
  for (std::size_t k = 0; k < node.inputs.size(); ++k)
    who += (k == 0 ? " of " : " and ") + std::to_string(node.inputs[k]);
  if (number) who = "node " + std::to_string(*number) + " (" + who + ")";
  throw std::invalid_argument(std::string(function) + ": " + who + ": " + complaint);
}

}  // namespace nn
