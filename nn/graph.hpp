// Lesson 11: any computation, node by node, and its slopes in one sweep back. The description holds no number, and the
// numbers stand beside it.
//
//   forward:   value of a node = op(values of its inputs)                        [basics, "computational graph"]
//   backward:  dL/dA = sum over the users of A of (dL/duser) (duser/dA)          [basics, "local derivatives";
//                                                                                 textbook, section 1.3, eq. 1.26]
//   A  first input, B  second input of a node     m  rows, usually units     N  columns, usually samples
//   L  the number whose slopes are wanted         T  targets, as many rows and columns as A     . entry by entry
//
//   Graph f = {{Op::parameter}, {Op::parameter}, {Op::add, {0, 1}}, {Op::multiply, {2, 1}}};   // (a + b) b
//   Values values = evaluate(f, {mat{2}, mat{3}, {}, {}});                                 // 2, 3, 5, 15
//   Values slopes = backward(f, values, 3);                                                    // 3, 8, 3, 1
#pragma once

#include "nn/backprop.hpp"
#include "nn/support/random.hpp"

namespace nn {

/// What a node does. The three losses are means over the columns; the last two take logits.
enum class Op {
  input,                 ///< a leaf: data, which nobody wants the slope of
  parameter,             ///< a leaf that learns
  add,                   ///< A + B; B may be one column, m x 1 beside m x N, and then serves every sample
  multiply,              ///< A . B; B may be one column, too
  matmul,                ///< the product of matrices, A B
  scale,                 ///< factor A
  activate,              ///< phi(A)
  sum,                   ///< of all entries, 1 x 1
  squared,               ///< 1/N sum of 1/2 (a - t)^2, 1 x 1
  cross_entropy,         ///< 1/N sum of -t log p with P = softmax(A), for columns of T of any sum; 1 x 1
  binary_cross_entropy,  ///< 1/N sum of -(t log p + (1 - t) log(1 - p)) with P = sigmoid(A), finite for any A; 1 x 1
};

/// One step of a computation.
struct Node {
  Op op = Op::input;
  std::vector<uword> inputs = {};                ///< numbers of nodes: none for a leaf, else A or A and B
  Activation activation = Activation::identity;  ///< phi, of activate alone
  real factor = 1;                               ///< of scale alone
};

/// What is computed, without a number. A node's number is its place.
using Graph = std::vector<Node>;
/// One matrix a node. Leaves are put in, the rest is computed. Slopes have this form, too.
using Values = std::vector<mat>;

/// 11.1  What a node computes from the `values` of its inputs; a leaf returns `reuse`. Hand in an earlier result as
/// `reuse`, and its memory is used again; else nothing of it counts. [basics, "computational graph"]
/// Throws std::invalid_argument when the node has another number of inputs than its op takes, or they do not fit it:
/// require_operands (nn/support/operands.hpp) does that for you.
[[nodiscard]] mat node_forward(const Node& node, const Values& values, mat reuse = {});

/// 11.2  The slope of L along input number `which` of a node (0 or 1), in the shape of that input. `value` is what
/// node_forward gave, `gradient` the slope of L along it. A column beside m x N moved every sample: its slope is their
/// sum. cross_entropy: (P . s - T) / N, where s holds the sum of T's column, times the slope above; losses have a slope
/// along T as well: squared -(A - T) / N, cross_entropy -log P / N, binary_cross_entropy -A / N. `reuse` as in 11.1.
/// [basics, "local derivatives"; textbook, eq. 1.26]
/// Throws std::invalid_argument as node_forward does, when `which` is none of its inputs (a leaf has none), or the
/// gradient has another shape than the value.
[[nodiscard]] mat node_backward(const Node& node, uword which, const Values& values, const mat& value,
                                const mat& gradient, mat reuse = {});

/// 11.3  All nodes of a graph, each after its inputs, whatever their numbers. [textbook, section 1.5.3]
/// Throws std::invalid_argument when an input is no node of the graph, and when nodes wait for each other in a circle.
[[nodiscard]] uvec order(const Graph& graph);

/// 11.4  The value of every node. `values` holds the leaves; what else is in it is memory to be used again.
/// Throws std::invalid_argument when there is not one matrix a node, and as order and node_forward do; then it names
/// the node, its inputs and their shapes.
[[nodiscard]] Values evaluate(const Graph& graph, Values values);

/// 11.5  For each node 1 if it is a parameter or computed from one, else 0. Throws std::invalid_argument as order does.
[[nodiscard]] uvec learns(const Graph& graph);
/// 11.5  dL/dV in the shape of V for every node V that learns and that `output` is computed from (itself included),
/// empty for all others. L is the value of `output`; `values` are those that evaluate gave. Where a value is used more
/// than once, its slopes add up, and each node is visited once. Hand in earlier slopes as `reuse`, and their memory is
/// used again; nothing else of them counts. [textbook, section 1.3 and eq. 1.26; basics, "backprop on a graph"]
/// Throws std::invalid_argument when there is not one value a node, `output` is no node or not 1 x 1, and as order and
/// node_backward do.
[[nodiscard]] Values backward(const Graph& graph, const Values& values, uword output, Values reuse = {});

/// A graph that learns: what training it takes.
struct Model {
  Graph graph;
  Values values;         ///< one a node: those of the parameters are there, the others are still empty
  uvec parameters;       ///< in the order in which they were made
  uvec inputs, targets;  ///< leaves that each batch is put into
  uvec outputs;          ///< what it says
  uword loss = 0;        ///< what shall become small, 1 x 1
};

/// 11.6  A network of lesson 3 under a loss of lesson 6 as a graph. Parameters W0, b0, W1, b1 ...; one input, one
/// target. The output is that of the last layer, but its sums, the logits, where the loss has their softmax or sigmoid
/// in it. Throws std::invalid_argument when there are no layers, or the last activation does not go with the loss.
[[nodiscard]] Model network_graph(const Network& network, Loss loss);
/// 11.6  One step downhill: each of the `parameters` less rate times its slope; all other values as they were.
/// Throws std::invalid_argument when there is not one gradient a value, a parameter is no node, or its gradient has
/// another shape.
[[nodiscard]] Values step_down(Values values, const Values& gradients, const uvec& parameters, real rate);

/// 11.7  d inputs, h = phi(W x + b) of m units, then `blocks` times h <- h + phi(W h + b) / blocks, then k logits
/// V h + c under cross_entropy. Parameters W b of each in turn, then V c: random_normal divided by the root of the
/// number of columns, layer by layer, and zeros. [textbook, section 1.5.3.1; He and others, 2016]
[[nodiscard]] Model residual_graph(uword d, uword m, uword blocks, uword k, Activation phi, Rng& rng);

/// 11.8  y = w1 x1 + w2 x2 + v (x1 . x2) + c under `squared`. Two inputs x1 and x2 and a target, 1 x N each; parameters
/// w1, w2, v, c, 1 x 1, normal in this order. [textbook, section 1.5.3.2; basics, "XOR by x1 x2"]
[[nodiscard]] Model product_graph(Rng& rng);

}  // namespace nn
