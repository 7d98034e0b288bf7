// Lesson 11, one node: what it computes, and what it tells each of its inputs.
#include "nn/graph.hpp"
#include "nn/losses.hpp"
#include "nn/support/activate.hpp"
#include "nn/support/operands.hpp"
#include "nn/support/todo.hpp"

namespace nn {

mat node_forward(const Node& node, const Values& values, mat reuse) {
  //> 11.1
  require_operands(node, values, "node_forward");
  if (node.inputs.empty()) return reuse;
  const mat &A = values[node.inputs.front()], &B = values[node.inputs.back()];  // of one input both
  switch (node.op) {
    case Op::input:
    case Op::parameter: break;
    case Op::add:
      reuse = A;
      if (serves_all_columns(B, A)) reuse.each_col() += B.col(0);
      else reuse += B;
      break;
    case Op::multiply:
      reuse = A;
      if (serves_all_columns(B, A)) reuse.each_col() %= B.col(0);
      else reuse %= B;
      break;
    case Op::matmul: reuse = A * B; break;
    case Op::scale: reuse = node.factor * A; break;
    case Op::activate:
      reuse = A;
      reuse = activate(node.activation, std::move(reuse));
      break;
    case Op::sum: reuse = accu(A); break;
    case Op::squared: reuse = mean_squared_error(A, B); break;
    case Op::cross_entropy: reuse = softmax_cross_entropy(A, B); break;
    case Op::binary_cross_entropy:  // log(1 + e^a) = max(0, a) + log(1 + e^-|a|)
      reuse = accu(relu(A) + log1p(exp(-abs(A))) - A % B) / A.n_cols;
      break;
  }
  return reuse;
  //<
}

//- the logarithm of softmax, finite for entries of any size
static mat log_softmax(mat Z) {
  Z.each_row() -= max(Z, 0);
  Z.each_row() -= log(sum(exp(Z), 0));
  return Z;
}
//<

mat node_backward(const Node& node, uword which, const Values& values, const mat& value, const mat& gradient,
                  mat reuse) {
  //> 11.2
  require_operands(node, values, "node_backward");
  require(which < node.inputs.size(), "node_backward",
          "there is no input " + std::to_string(which) + " of " + std::to_string(node.inputs.size()));
  require_same_shape(gradient, value, "node_backward", "the gradient", "the value");
  const mat &A = values[node.inputs.front()], &B = values[node.inputs.back()];
  const bool first = which == 0, summed = !first && serves_all_columns(B, A);
  const real mean = gradient(0) / A.n_cols;  // of a loss
  switch (node.op) {
    case Op::input:
    case Op::parameter: break;
    case Op::add:
      if (summed) reuse = sum(gradient, 1);
      else reuse = gradient;
      break;
    case Op::multiply:
      if (summed) reuse = sum(gradient % A, 1);
      else if (first && serves_all_columns(B, A)) reuse = gradient.each_col() % B.col(0);
      else reuse = gradient % (first ? B : A);
      break;
    case Op::matmul:
      if (first) reuse = gradient * B.t();
      else reuse = A.t() * gradient;
      break;
    case Op::scale: reuse = node.factor * gradient; break;
    case Op::activate:
      reuse = gradient;
      reuse = activation_backward(node.activation, A, value, std::move(reuse));
      break;
    case Op::sum: reuse.set_size(size(A)), reuse.fill(gradient(0)); break;
    case Op::squared: reuse = (first ? mean : -mean) * (A - B); break;
    case Op::cross_entropy: {
      const mat P = softmax(A);
      if (first) reuse = mean * (P.each_row() % sum(B, 0) - B);
      else reuse = -mean * log_softmax(A);
      break;
    }
    case Op::binary_cross_entropy:
      if (first) reuse = mean * (sigmoid(A) - B);
      else reuse = -mean * A;
      break;
  }
  return reuse;
  //<
}

}  // namespace nn
