// Lesson 11: nodes, their order, values and slopes of whole graphs, networks written as graphs. Golden values are from
// NumPy and PyTorch, or by hand; the rest is worked out one number at a time, slopes by moving a number a little.
#include "contracts/graph.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "autograder/tests/support/drawn.hpp"
#include "autograder/tests/support/expect.hpp"

namespace nn {

static const Tolerance printed{1e-9, 1e-9};  // golden values of ten digits
static const Tolerance numerically{1e-5, 1e-5};

static Node node(Op op, std::vector<uword> inputs = {}, Activation activation = Activation::identity, real factor = 1) {
  return {op, std::move(inputs), activation, factor};
}
static Node leaf() { return node(Op::input); }
static Node weight() { return node(Op::parameter); }

static real phi_at(Activation phi, real z) {
  switch (phi) {
    case Activation::identity: return z;
    case Activation::step: return z > 0;
    case Activation::sign: return real(z > 0) - real(z < 0);
    case Activation::sigmoid: return 1 / (1 + std::exp(-z));
    case Activation::tanh: return std::tanh(z);
    case Activation::relu: return std::max(real(0), z);
    case Activation::leaky_relu: return z > 0 ? z : z / 100;
    case Activation::elu: return z > 0 ? z : std::expm1(z);
    case Activation::hard_tanh: return std::clamp<real>(z, -1, 1);
    default: return arma::datum::nan;
  }
}

namespace {

/// What a graph says, one number at a time, each node when it is asked for.
class Reading {
 public:
  Reading(const Graph& graph, Values leaves) : graph_(graph), values_(std::move(leaves)), state_(graph.size(), 0) {
    values_.resize(graph.size());
  }
  void hold(uword node, mat value) { values_[node] = std::move(value), state_[node] = 2; }
  const mat& operator()(uword node) {
    if (node >= graph_.size()) throw std::runtime_error(fmt::format("the graph has no node {}", node));
    if (state_[node] == 1) throw std::runtime_error(fmt::format("node {} waits for itself", node));
    if (state_[node] == 0) state_[node] = 1, values_[node] = worked_out(graph_[node], values_[node]), state_[node] = 2;
    return values_[node];
  }

  /// How far entry `entry` of node `from` moves L, where L is the sum of `above` . node `to`.
  static real moved_by(const Graph& graph, const Values& leaves, uword from, uword entry, uword to, const mat& above) {
    mat value = Reading(graph, leaves)(from);
    const auto at = [&](real moved) {
      Reading reading(graph, leaves);
      mat other = value;
      other(entry) += moved;
      reading.hold(from, other);
      return accu(above % reading(to));
    };
    return (at(1e-5) - at(-1e-5)) / 2e-5;
  }

 private:
  mat worked_out(const Node& node, const mat& held) {
    if (node.op == Op::input || node.op == Op::parameter) return held;
    const auto fits = [&](bool does) {
      if (!does) throw std::runtime_error("shapes in the graph do not fit");
    };
    fits(!node.inputs.empty());
    const mat A = (*this)(node.inputs.front()), B = (*this)(node.inputs.back());
    const auto beside = [&](uword r, uword c) { return B(r, B.n_cols == 1 ? 0 : c); };
    const auto entries = [&](uword rows, uword cols, auto entry) {
      mat result(rows, cols);
      for (uword r = 0; r < rows; ++r)
        for (uword c = 0; c < cols; ++c) result(r, c) = entry(r, c);
      return result;
    };
    real total = 0;
    switch (node.op) {
      case Op::add:
      case Op::multiply:
        fits(A.n_rows == B.n_rows && (B.n_cols == 1 || B.n_cols == A.n_cols));
        return entries(A.n_rows, A.n_cols, [&](uword r, uword c) {
          return node.op == Op::add ? A(r, c) + beside(r, c) : A(r, c) * beside(r, c);
        });
      case Op::matmul:
        fits(A.n_cols == B.n_rows);
        return entries(A.n_rows, B.n_cols, [&](uword r, uword c) {
          real sum = 0;
          for (uword k = 0; k < A.n_cols; ++k) sum += A(r, k) * B(k, c);
          return sum;
        });
      case Op::scale: return entries(A.n_rows, A.n_cols, [&](uword r, uword c) { return node.factor * A(r, c); });
      case Op::activate:
        return entries(A.n_rows, A.n_cols, [&](uword r, uword c) -> real {
          if (node.activation != Activation::softmax) return phi_at(node.activation, A(r, c));
          real sum = 0;
          for (uword k = 0; k < A.n_rows; ++k) sum += std::exp(A(k, c) - A(r, c));
          return 1 / sum;
        });
      case Op::sum:
        for (const real a : A) total += a;
        break;
      default: {
        fits(size(A) == size(B) && !A.empty());
        for (uword c = 0; c < A.n_cols; ++c)
          for (uword r = 0; r < A.n_rows; ++r) {
            const real a = A(r, c), t = B(r, c);
            real others = 0;
            for (uword k = 0; k < A.n_rows; ++k) others += std::exp(A(k, c) - a);
            total += node.op == Op::squared         ? (a - t) * (a - t) / 2
                     : node.op == Op::cross_entropy ? t * std::log(others)
                                                    : std::log(1 + std::exp(-a)) + (1 - t) * a;
          }
        total /= real(A.n_cols);
      }
    }
    return mat(1, 1).fill(total);
  }

  const Graph& graph_;
  Values values_;
  std::vector<int> state_;  ///< 0: not yet, 1: being worked out, 2: there
};

}  // namespace

static const auto all_values = oracle<Values>("values", [](const Graph& graph, const Values& leaves) {
  Reading reading(graph, leaves);
  Values values;
  for (uword i = 0; i < graph.size(); ++i) values.push_back(reading(i));
  return values;
});

/// Slopes of node `to` along all that learns and leads to it.
static const auto measured = oracle<Values>("slopes", [](const Graph& graph, const Values& leaves, uword to) {
  const auto any_below = [&](auto self, uword i, auto wanted) -> bool {
    return wanted(i) || std::any_of(graph[i].inputs.begin(), graph[i].inputs.end(),
                                    [&](uword input) { return self(self, input, wanted); });
  };
  Values slopes(graph.size());
  for (uword i = 0; i < graph.size(); ++i) {
    if (!any_below(any_below, i, [&](uword k) { return graph[k].op == Op::parameter; })) continue;
    if (!any_below(any_below, to, [&](uword k) { return k == i; })) continue;
    slopes[i] = Reading(graph, leaves)(i);
    for (uword e = 0; e < slopes[i].n_elem; ++e)
      slopes[i](e) = Reading::moved_by(graph, leaves, i, e, to, mat(1, 1).fill(1));
  }
  return slopes;
});

/// What one node says of its inputs.
static const auto value_of_node = oracle<mat>("node", [](const Node& node, const Values& values) {
  Graph graph(values.size(), leaf());
  graph.push_back(node);
  return mat(Reading(graph, values)(values.size()));
});

static const auto slope_of_node =
    oracle<mat>("slope", [](const Node& node, uword which, const Values& values, const mat& above) {
      Graph graph;
      Node alone = node;  // an input that is read twice is moved in one place only
      Values leaves;
      for (uword k = 0; k < node.inputs.size(); ++k) {
        alone.inputs[k] = k, graph.push_back(leaf()), leaves.push_back(values[node.inputs[k]]);
      }
      graph.push_back(alone);
      mat slope = leaves[which];
      for (uword e = 0; e < slope.n_elem; ++e)
        slope(e) = Reading::moved_by(graph, leaves, which, e, graph.size() - 1, above);
      return slope;
    });

/// The same graph with its nodes in another order: node i becomes place(i).
static Graph renumbered(const Graph& graph, const uvec& place) {
  Graph other(graph.size());
  for (uword i = 0; i < graph.size(); ++i) {
    Node moved = graph[i];
    for (uword& input : moved.inputs) input = place(input);
    other[place(i)] = moved;
  }
  return other;
}
static Values renumbered(const Values& values, const uvec& place) {
  Values other(values.size());
  for (uword i = 0; i < values.size(); ++i) other[place(i)] = values[i];
  return other;
}

/// "node 3 (add of 0 and 1)", as a failure names it.
static std::string name_of_node(const Graph& graph, uword i) {
  std::string name = fmt::format("node {}", i);
  if (i >= graph.size()) return name;
  name += " (" + enum_text(graph[i].op);
  for (uword k = 0; k < graph[i].inputs.size(); ++k)
    name += fmt::format("{}{}", k ? " and " : " of ", graph[i].inputs[k]);
  return name + ")";
}

static Parts by_node(const Graph& graph, const Values& values) {
  Parts parts;
  for (uword i = 0; i < values.size(); ++i) add_parts(parts, name_of_node(graph, i), values[i]);
  return parts;
}

static void values_are(const Values& expected, const Graph& graph, const Values& leaves) {
  shows<evaluate>(by_node(graph, expected), {}, by_node(graph, leaves),
                  [&](const auto& f) { return by_node(graph, f(graph, leaves)); });
}

static void slopes_are(const Values& expected, const Graph& graph, const Values& values, uword output,
                       const Values& reuse = {}, Tolerance tolerance = {}) {
  Parts arguments = by_node(graph, values);
  add_parts(arguments, "output", output);
  for (uword i = 0; i < reuse.size(); ++i) add_parts(arguments, fmt::format("reuse {}", i), reuse[i]);
  shows<backward>(by_node(graph, expected), tolerance, arguments,
                  [&](const auto& f) { return by_node(graph, f(graph, values, output, reuse)); });
}

// 11.1

TEST_CASE("what each op computes", "[11][11.1]") {
  const mat A = {{1, -2, 3}, {4, 5, -6}}, B = {{2, 0.5, -1}, {3, -2, 4}}, column = vec{10, -1};
  const mat W = {{1, 2}, {0, -1}, {3, 1}};
  const Values values = {A, B, column, W, mat(vec{5, 7})};
  check<node_forward>(mat{{3, -1.5, 2}, {7, 3, -2}}, node(Op::add, {0, 1}), values, mat());
  check<node_forward>(mat{{11, 8, 13}, {3, 4, -7}}, node(Op::add, {0, 2}), values, mat());
  check<node_forward>(mat(vec{15, 6}), node(Op::add, {2, 4}), values, mat());
  check<node_forward>(mat{{2, -1, -3}, {12, -10, -24}}, node(Op::multiply, {0, 1}), values, mat());
  check<node_forward>(mat{{10, -20, 30}, {-4, -5, 6}}, node(Op::multiply, {0, 2}), values, mat());
  check<node_forward>(mat{{9, 8, -9}, {-4, -5, 6}, {7, -1, 3}}, node(Op::matmul, {3, 0}), values, mat());
  check<node_forward>(mat{{-0.5, 1, -1.5}, {-2, -2.5, 3}}, node(Op::scale, {0}, {}, -0.5), values, mat());
  check<node_forward>(mat{{1, 0, 3}, {4, 5, 0}}, node(Op::activate, {0}, Activation::relu), values, mat());
  check<node_forward>(mat{5}, node(Op::sum, {0}), values, mat());
  check<node_forward>(mat{{1, 4, 9}, {16, 25, 36}}, node(Op::multiply, {0, 0}), values, mat());
}

TEST_CASE("losses are means over the samples", "[11][11.1]") {
  const mat A = {{1, 2}, {3, 4}}, T = {{0, 0}, {1, 0}};
  check<node_forward>(mat{6.25}, node(Op::squared, {0, 1}), Values{A, T}, mat());
  const mat logits = {{0, 0}, {std::log(real(3)), 0}};
  check<node_forward>(mat{std::log(real(2)) - std::log(real(0.75)) / 2 + std::log(real(2)) / 2},
                      node(Op::cross_entropy, {0, 1}), Values{logits, mat{{0, 1}, {1, 2}}}, mat());
  check<node_forward>(mat{(std::log(real(4)) + 3 * std::log(real(2))) / 2}, node(Op::binary_cross_entropy, {0, 1}),
                      Values{logits, mat{{0, 1}, {0, 0}}}, mat());
}

TEST_CASE("losses stay finite far out", "[11][11.1]") {
  const mat far = {{1000, -1000}, {-1000, 1000}};
  check<node_forward>(mat{1000}, node(Op::cross_entropy, {0, 1}), Values{far, mat{{0, 0}, {1, 1}}}, mat());
  check<node_forward>(mat{0}, node(Op::cross_entropy, {0, 1}), Values{far, mat{{1, 0}, {0, 1}}}, mat());
  check<node_forward>(mat{1000}, node(Op::binary_cross_entropy, {0, 1}), Values{far, mat{{0, 1}, {0, 1}}}, mat());
}

TEST_CASE("every op on any shape, every activation", "[11][11.1]") {
  Rng rng = seeded(1101);
  for (const auto& [m, n] : {std::pair<uword, uword>{3, 5}, {4, 1}, {1, 6}}) {
    const Values values = {random_normal(m, n, rng), random_normal(m, n, rng), random_normal(m, 1, rng),
                           random_normal(2, m, rng)};
    for (const Op op : {Op::add, Op::multiply})
      for (const uword other : {0, 1, 2})
        check<node_forward>(value_of_node(node(op, {0, other}), values), node(op, {0, other}), values, mat());
    check<node_forward>(value_of_node(node(Op::matmul, {3, 1}), values), node(Op::matmul, {3, 1}), values, mat());
    for (const Op op : {Op::squared, Op::cross_entropy, Op::binary_cross_entropy})
      check<node_forward>(value_of_node(node(op, {1, 0}), values), node(op, {1, 0}), values, mat());
    for (int phi = 0; phi <= int(Activation::softmax); ++phi) {
      const Node activate = node(Op::activate, {1}, Activation(phi));
      check<node_forward>(value_of_node(activate, values), activate, values, mat());
    }
  }
}

TEST_CASE("a leaf is what was put in, and of other memory nothing counts", "[11][11.1]") {
  const mat held = {{1, 2, 3}}, rubbish(5, 4, arma::fill::value(arma::datum::nan));
  const Values values = {mat{{2, 3}}, mat{{-1, 4}}};
  check<node_forward>(held, leaf(), values, held);
  check<node_forward>(held, weight(), values, held);
  for (const Op op : {Op::add, Op::multiply, Op::squared, Op::cross_entropy, Op::binary_cross_entropy})
    check<node_forward>(value_of_node(node(op, {0, 1}), values), node(op, {0, 1}), values, rubbish);
  check<node_forward>(mat{5}, node(Op::sum, {0}), values, rubbish);
  check<node_forward>(mat{{6, 9}}, node(Op::scale, {0}, {}, 3), values, rubbish);
}

TEST_CASE("what does not fit a node is an error", "[11][11.1]") {
  const Values values = {mat(2, 3, arma::fill::ones), mat(3, 2, arma::fill::ones), mat(2, 1, arma::fill::ones),
                         mat(2, 0)};
  for (const Op op : {Op::add, Op::multiply, Op::squared, Op::cross_entropy, Op::binary_cross_entropy})
    rejects<node_forward>(node(op, {0, 1}), values, mat());
  rejects<node_forward>(node(Op::add, {2, 0}), values, mat());  // only the second may be one column
  rejects<node_forward>(node(Op::multiply, {1, 2}), values, mat());
  rejects<node_forward>(node(Op::squared, {0, 2}), values, mat());
  rejects<node_forward>(node(Op::cross_entropy, {3, 3}), values, mat());
  rejects<node_forward>(node(Op::matmul, {0, 0}), values, mat());
  rejects<node_forward>(node(Op::add, {0}), values, mat());
  rejects<node_forward>(node(Op::sum, {0, 0}), values, mat());
  rejects<node_forward>(node(Op::activate), values, mat());
  rejects<node_forward>(node(Op::parameter, {0}), values, mat());
  rejects<node_forward>(node(Op::add, {0, 4}), values, mat());
}

// 11.2

static void tells(const std::vector<mat>& expected, const Node& node, const Values& values, const mat& value,
                  const mat& above, Tolerance tolerance = {}) {
  for (uword which = 0; which < expected.size(); ++which)
    check<node_backward>(expected[which], tolerance, node, which, values, value, above, mat());
}

TEST_CASE("sums hand on, factors exchange", "[11][11.2]") {
  const mat A = {{1, -2, 3}, {4, 5, -6}}, B = {{2, 0.5, -1}, {3, -2, 4}}, G = {{1, 2, -1}, {0.5, -3, 2}};
  tells({G, G}, node(Op::add, {0, 1}), {A, B}, A + B, G);
  tells({G % B, G % A}, node(Op::multiply, {0, 1}), {A, B}, A % B, G);
  tells({G % A, G % A}, node(Op::multiply, {0, 0}), {A}, A % A, G);
  tells({-4 * G}, node(Op::scale, {0}, {}, -4), {A}, -4 * A, G);
  tells({mat{{7, 7, 7}, {7, 7, 7}}}, node(Op::sum, {0}), {A}, mat{5}, mat{7});
}

TEST_CASE("one column for all samples hears the sum of them", "[11][11.2]") {
  const mat A = {{1, -2, 3}, {4, 5, -6}}, b = vec{10, -1}, G = {{1, 2, -1}, {0.5, -3, 2}};
  tells({G, mat(vec{2, -0.5})}, node(Op::add, {0, 1}), {A, b}, mat{{11, 8, 13}, {3, 4, -7}}, G);
  tells({mat{{10, 20, -10}, {-0.5, 3, -2}}, mat(vec{-6, -25})}, node(Op::multiply, {0, 1}), {A, b},
        mat{{10, -20, 30}, {-4, -5, 6}}, G);
  tells({mat(vec{3, 4}), mat(vec{3, 4})}, node(Op::add, {0, 1}), {mat(vec{1, 2}), b}, mat(vec{11, 1}), mat(vec{3, 4}));
}

TEST_CASE("a product of matrices hands each factor the other one, turned", "[11][11.2]") {
  const mat W = {{1, 2, -1}, {0, 3, 1}}, X = {{1, 0}, {2, -1}, {4, 5}}, G = {{1, -2}, {3, 0.5}};
  tells({mat{{1, 4, -6}, {3, 5.5, 14.5}}, mat{{1, -2}, {11, -2.5}, {2, 2.5}}}, node(Op::matmul, {0, 1}), {W, X}, W * X,
        G);
}

TEST_CASE("square matrices fit on either side, and only one is right", "[11][11.2]") {
  const mat W = {{1, 2}, {0, 3}}, X = {{1, 0}, {2, -1}}, G = {{1, -2}, {3, 0.5}};
  tells({mat{{1, 4}, {3, 5.5}}, mat{{1, -2}, {11, -2.5}}}, node(Op::matmul, {0, 1}), {W, X}, W * X, G);
}

TEST_CASE("losses: what was said less what was asked, over the samples, times the slope above", "[11][11.2]") {
  const mat A = {{1, 2}, {3, 4}}, T = {{0, 0}, {1, 0}};
  tells({mat{{1.5, 3}, {3, 6}}, mat{{-1.5, -3}, {-3, -6}}}, node(Op::squared, {0, 1}), {A, T}, mat{6.25}, mat{3});
  const real l = std::log(real(3));
  const mat logits = {{0, 0}, {l, 0}}, shares = {{0, 1}, {1, 2}};  // P = 1/4 1/2; 3/4 1/2
  tells({mat{{0.25, 0.5}, {-0.25, -0.5}},
         mat{{std::log(real(4)), std::log(real(2))}, {std::log(real(4)) - l, std::log(real(2))}}},
        node(Op::cross_entropy, {0, 1}), {logits, shares}, mat{1}, mat{2});
  tells({mat{{0.5, -0.5}, {0.75, 0.5}}, mat{{0, 0}, {-l, 0}}}, node(Op::binary_cross_entropy, {0, 1}),
        {logits, mat{{0, 1}, {0, 0}}}, mat{1}, mat{2});
}

TEST_CASE("slopes of losses stay finite far out", "[11][11.2]") {
  const mat far = {{1000, -1000}, {-1000, 1000}}, T = {{0, 0}, {1, 1}};
  tells({mat{{0.5, 0}, {-0.5, 0}}, mat{{0, 1000}, {1000, 0}}}, node(Op::cross_entropy, {0, 1}), {far, T}, mat{1000},
        mat{1});
  tells({mat{{0.5, 0}, {-0.5, 0}}, mat{{-500, 500}, {500, -500}}}, node(Op::binary_cross_entropy, {0, 1}), {far, T},
        mat{1000}, mat{1});
}

TEST_CASE("every op and every activation, along each input, as one measures it", "[11][11.2]") {
  Rng rng = seeded(1102);
  for (const auto& [m, n] : {std::pair<uword, uword>{3, 5}, {4, 1}}) {
    const Values values = {random_normal(m, n, rng), random_normal(m, n, rng), random_normal(m, 1, rng),
                           random_normal(2, m, rng)};
    std::vector<Node> nodes = {node(Op::matmul, {3, 0}), node(Op::scale, {0}, {}, -1.5), node(Op::sum, {1})};
    for (const Op op : {Op::add, Op::multiply})
      for (const uword other : {0, 1, 2}) nodes.push_back(node(op, {0, other}));
    for (const Op op : {Op::squared, Op::cross_entropy, Op::binary_cross_entropy}) nodes.push_back(node(op, {0, 1}));
    for (const Activation phi : {Activation::identity, Activation::sigmoid, Activation::tanh, Activation::softmax})
      nodes.push_back(node(Op::activate, {1}, phi));
    for (const Node& each : nodes) {
      const mat value = value_of_node(each, values), above = random_normal(value.n_rows, value.n_cols, rng);
      for (uword which = 0; which < each.inputs.size(); ++which)
        check<node_backward>(slope_of_node(each, which, values, above), numerically, each, which, values, value, above,
                             mat());
    }
  }
}

TEST_CASE("activations with a corner, off the corner", "[11][11.2]") {
  const mat Z = {{-2, -0.5, 0.5}, {3, 0.25, -4}}, G = {{1, -2, 3}, {4, -5, 6}};
  for (const Activation phi : {Activation::step, Activation::sign, Activation::relu, Activation::leaky_relu,
                               Activation::elu, Activation::hard_tanh}) {
    const Node each = node(Op::activate, {0}, phi);
    check<node_backward>(slope_of_node(each, uword(0), Values{Z}, G), numerically, each, uword(0), Values{Z},
                         value_of_node(each, Values{Z}), G, mat());
  }
}

TEST_CASE("of the memory that a slope is put into nothing counts", "[11][11.2]") {
  const mat A = {{1, 2}}, B = {{3, 5}}, rubbish(4, 3, arma::fill::value(arma::datum::nan));
  for (const Op op : {Op::add, Op::multiply, Op::squared, Op::cross_entropy, Op::binary_cross_entropy}) {
    const mat value = value_of_node(node(op, {0, 1}), Values{A, B}), above(size(value), arma::fill::value(2));
    check<node_backward>(slope_of_node(node(op, {0, 1}), uword(0), Values{A, B}, above), numerically, node(op, {0, 1}),
                         uword(0), Values{A, B}, value, above, rubbish);
  }
  check<node_backward>(mat{{2, 2}}, node(Op::sum, {0}), uword(0), Values{A}, mat{3}, mat{2}, rubbish);
}

TEST_CASE("a slope that no node has is an error", "[11][11.2]") {
  const Values values = {mat(2, 3, arma::fill::ones), mat(2, 3, arma::fill::ones), mat(3, 2, arma::fill::ones)};
  const mat value(2, 3, arma::fill::ones);
  rejects<node_backward>(leaf(), uword(0), values, value, value, mat());
  rejects<node_backward>(weight(), uword(0), values, value, value, mat());
  rejects<node_backward>(node(Op::add, {0, 1}), uword(2), values, value, value, mat());
  rejects<node_backward>(node(Op::scale, {0}), uword(1), values, value, value, mat());
  rejects<node_backward>(node(Op::add, {0, 2}), uword(0), values, value, value, mat());
  rejects<node_backward>(node(Op::add, {0}), uword(0), values, value, value, mat());
  rejects<node_backward>(node(Op::add, {0, 1}), uword(0), values, value, mat(3, 2, arma::fill::ones), mat());
  rejects<node_backward>(node(Op::sum, {0}), uword(0), values, mat{6}, value, mat());
}

// 11.3

/// Each node once, and after what it reads.
static void is_ordered(const Graph& graph) {
  const auto wrong = [graph](const uvec& order) -> std::optional<std::string> {
    std::vector<bool> there(graph.size(), false);
    for (const uword i : order) {
      if (i >= graph.size()) return fmt::format("node {} is none of the graph's {} nodes", i, graph.size());
      if (there[i]) return fmt::format("node {} comes twice", i);
      for (const uword input : graph[i].inputs)
        if (!there[input]) return fmt::format("node {} comes before node {}, which it reads", i, input);
      there[i] = true;
    }
    if (order.n_elem != graph.size())
      return fmt::format("{} nodes are in your order, the graph has {}", order.n_elem, graph.size());
    return {};
  };
  Parts arguments;
  for (uword i = 0; i < graph.size(); ++i) add_parts(arguments, "", name_of_node(graph, i));
  examine<order>({.arguments = arguments}, [&](const auto& f) { return seen([&] { return f(graph); }, wrong); });
}

/// 0 to 8: a square with a tail, and two leaves that nobody reads.
static Graph square_with_tail() {
  return {leaf(),
          weight(),
          node(Op::add, {0, 1}),
          node(Op::multiply, {0, 1}),
          node(Op::matmul, {2, 3}),
          node(Op::scale, {4}),
          leaf(),
          node(Op::add, {5, 2}),
          weight()};
}

TEST_CASE("each node comes after its inputs", "[11][11.3]") {
  check<order>(uvec{0, 1, 2}, Graph{leaf(), node(Op::scale, {0}), node(Op::scale, {1})});
  check<order>(uvec{2, 1, 0}, Graph{node(Op::scale, {1}), node(Op::scale, {2}), leaf()});
  check<order>(uvec{}, Graph{});
  is_ordered(square_with_tail());
  is_ordered({node(Op::add, {3, 3}), leaf(), leaf(), weight()});
}

TEST_CASE("whatever their numbers", "[11][11.3]") {
  Rng rng = seeded(1103);
  for (int k = 0; k < 20; ++k)
    is_ordered(renumbered(square_with_tail(), random_permutation(square_with_tail().size(), rng)));
}

TEST_CASE("long ways, and ways that part and meet forty times", "[11][11.3]") {
  Graph chain = {weight()}, doublings = {weight()};
  for (uword k = 0; k < 500; ++k) chain.push_back(node(Op::scale, {k}));
  for (uword k = 0; k < 40; ++k) doublings.push_back(node(Op::add, {k, k}));
  is_ordered(renumbered(chain, arma::regspace<uvec>(500, -1, 0)));
  is_ordered(doublings);
}

TEST_CASE("nodes that wait for each other, or for none, are errors", "[11][11.3]") {
  rejects<order>(Graph{leaf(), node(Op::add, {0, 2}), node(Op::scale, {1})});
  rejects<order>(Graph{node(Op::scale, {0})});
  rejects<order>(Graph{leaf(), node(Op::scale, {2}), node(Op::scale, {3}), node(Op::add, {1, 0}), leaf()});
  rejects<order>(Graph{leaf(), node(Op::scale, {2})});
  rejects<order>(Graph{leaf(), node(Op::add, {0, 7})});
}

// 11.4 and 11.5

/// (x + y) z
static Graph sum_times() { return {weight(), weight(), weight(), node(Op::add, {0, 1}), node(Op::multiply, {3, 2})}; }
/// (x y + z) (x + y)
static Graph diamond() {
  return {weight(),
          weight(),
          weight(),
          node(Op::multiply, {0, 1}),
          node(Op::add, {3, 2}),
          node(Op::add, {0, 1}),
          node(Op::multiply, {4, 5})};
}
static Values numbers(std::initializer_list<real> leaves, uword nodes) {
  Values values(nodes);
  uword i = 0;
  for (const real x : leaves) values[i++] = mat(1, 1).fill(x);
  return values;
}

namespace {

struct Drawn {
  Graph graph;
  Values leaves;
};

}  // namespace

/// Some fifteen nodes of every op, 3 x 4 and their columns; parameters and data, values that are read twice; the last
/// node is a loss.
static Drawn random_graph(Rng& rng) {
  Drawn drawn;
  const auto add = [&](Node node, mat value = {}) {
    drawn.graph.push_back(std::move(node));
    drawn.leaves.push_back(std::move(value));
    return drawn.graph.size() - 1;
  };
  std::vector<uword> wide, columns, square;
  for (int k = 0; k < 2; ++k) {
    wide.push_back(add(k ? weight() : leaf(), random_normal(3, 4, rng) / 2));
    columns.push_back(add(k ? leaf() : weight(), random_normal(3, 1, rng) / 2));
    square.push_back(add(k ? leaf() : weight(), random_normal(3, 3, rng) / 2));
  }
  const auto any = [&](const std::vector<uword>& list) { return list[rng.below(list.size())]; };
  const std::vector<Activation> smooth = {Activation::identity, Activation::sigmoid, Activation::tanh,
                                          Activation::softmax};
  for (int k = 0; k < 8; ++k) switch (rng.below(7)) {
      case 0: wide.push_back(add(node(Op::add, {any(wide), any(wide)}))); break;
      case 1: wide.push_back(add(node(Op::add, {any(wide), any(columns)}))); break;
      case 2: wide.push_back(add(node(Op::multiply, {any(wide), any(rng.below(2) ? wide : columns)}))); break;
      case 3: wide.push_back(add(node(Op::matmul, {any(square), any(wide)}))); break;
      case 4: wide.push_back(add(node(Op::scale, {any(wide)}, {}, rng.uniform(-1, 1)))); break;
      case 5: wide.push_back(add(node(Op::activate, {any(wide)}, smooth[rng.below(4)]))); break;
      case 6: columns.push_back(add(node(Op::matmul, {any(square), any(columns)}))); break;
    }
  const uword last = wide.back();
  switch (rng.below(4)) {
    case 0: add(node(Op::sum, {last})); break;
    case 1: add(node(Op::squared, {last, any(wide)})); break;
    case 2: add(node(Op::cross_entropy, {last, add(leaf(), random_uniform(3, 4, 0, 1, rng))})); break;
    case 3: add(node(Op::binary_cross_entropy, {last, add(leaf(), random_uniform(3, 4, 0, 1, rng))})); break;
  }
  return drawn;
}

TEST_CASE("small graphs, forward", "[11][11.4]") {
  values_are(numbers({1, 2, 3, 3, 9}, 5), sum_times(), numbers({1, 2, 3}, 5));
  values_are(
      numbers({2, -3, 4, 3, -1, -3}, 6),
      Graph{weight(), weight(), weight(), node(Op::add, {4, 2}), node(Op::add, {0, 1}), node(Op::scale, {3}, {}, -1)},
      numbers({2, -3, 4}, 6));
  values_are(numbers({2, -3, 4, -6, -2, -1, 2}, 7), diamond(), numbers({2, -3, 4}, 7));
  values_are(numbers({5, 25}, 2), Graph{weight(), node(Op::multiply, {0, 0})}, numbers({5}, 2));
  values_are(Values{}, Graph{}, Values{});
  values_are({mat{{1, 2}}, mat{3}}, {leaf(), weight()}, {mat{{1, 2}}, mat{3}});
}

TEST_CASE("any graph in any numbering, forward", "[11][11.4]") {
  Rng rng = seeded(1104);
  for (int k = 0; k < 20; ++k) {
    const Drawn drawn = random_graph(rng);
    const uvec place = random_permutation(drawn.graph.size(), rng);
    const Graph graph = renumbered(drawn.graph, place);
    values_are(all_values(graph, renumbered(drawn.leaves, place)), graph, renumbered(drawn.leaves, place));
  }
}

TEST_CASE("what stood in a computed node's place does not count", "[11][11.4]") {
  Values values = numbers({1, 2, 3}, 5);
  values[3] = mat{100}, values[4] = mat(4, 2, arma::fill::value(arma::datum::nan));
  values_are(numbers({1, 2, 3, 3, 9}, 5), sum_times(), values);
}

TEST_CASE("values that do not fit the graph are errors", "[11][11.4]") {
  rejects<evaluate>(sum_times(), numbers({1, 2, 3}, 4));
  rejects<evaluate>(sum_times(), numbers({1, 2, 3}, 6));
  Values values = numbers({1, 2, 3}, 5);
  values[1] = mat(2, 1, arma::fill::ones);
  rejects<evaluate>(sum_times(), values);
  rejects<evaluate>(Graph{leaf(), node(Op::add, {0, 2}), node(Op::scale, {1})}, numbers({1}, 3));
  rejects<evaluate>(Graph{leaf(), node(Op::add, {0})}, numbers({1}, 2));
}

TEST_CASE("who learns", "[11][11.5]") {
  check<learns>(uvec{1, 0, 1, 0, 1, 0}, Graph{weight(), leaf(), node(Op::add, {0, 1}), node(Op::multiply, {1, 1}),
                                              node(Op::add, {3, 2}), node(Op::scale, {3})});
  check<learns>(uvec{1, 1, 0, 1}, Graph{node(Op::scale, {3}), node(Op::add, {2, 0}), leaf(), weight()});
  check<learns>(uvec{}, Graph{});
  rejects<learns>(Graph{leaf(), node(Op::add, {0, 2}), node(Op::scale, {1})});
}

TEST_CASE("small graphs, backward", "[11][11.5]") {
  slopes_are(numbers({3, 3, 3, 3, 1}, 5), sum_times(), numbers({1, 2, 3, 3, 9}, 5), 4);
  slopes_are(numbers({4, 4, 3, 4, 1}, 5), sum_times(), numbers({1, 2, 4, 3, 12}, 5), 4);
  slopes_are(numbers({1, -4, -1, -1, -1, -2, 1}, 7), diamond(), numbers({2, -3, 4, -6, -2, -1, 2}, 7), 6);
  slopes_are(numbers({10, 1}, 2), Graph{weight(), node(Op::multiply, {0, 0})}, numbers({5, 25}, 2), 1);
}

TEST_CASE("a way around, short beside one node or more", "[11][11.5]") {
  for (const uword length : {1, 2, 3, 5})
    for (const bool around_first : {true, false}) {  // h = 2 x, and h + 3 (3 (... h))
      Graph graph = {weight(), node(Op::scale, {0}, Activation::identity, 2)};
      Values values = {mat{5}, mat{10}};
      for (uword k = 0; k < length; ++k) {
        graph.push_back(node(Op::scale, {graph.size() - 1}, Activation::identity, 3));
        values.push_back(3 * values.back());
      }
      const uword last = graph.size() - 1;
      graph.push_back(node(Op::add, around_first ? std::vector<uword>{1, last} : std::vector<uword>{last, 1}));
      values.push_back(values[1] + values[last]);
      Values slopes(graph.size(), mat{1});
      for (uword k = last; k-- > 2;) slopes[k] = 3 * slopes[k + 1];
      slopes[1] = 3 * slopes[2] + 1;
      slopes[0] = 2 * slopes[1];
      slopes_are(slopes, graph, values, last + 1);
    }
}

TEST_CASE("forty doublings at once", "[11][11.5]") {
  Graph graph = {weight()};
  Values values = {mat{1}}, expected = {mat{real(1ull << 40)}};
  for (uword k = 0; k < 40; ++k) {
    graph.push_back(node(Op::add, {k, k}));
    values.push_back(2 * values.back());
    expected.push_back(expected.back() / 2);
  }
  slopes_are(expected, graph, values, 40, {}, {0, 0});
}

/// y = V (h2 + x) under squared; h2 = tanh(W h1 + b), h1 = tanh(W x + b): W and b are used twice, x goes around both.
static Graph shared_and_skipped() {
  return {weight(),
          weight(),
          weight(),
          leaf(),
          leaf(),
          node(Op::matmul, {0, 3}),
          node(Op::add, {5, 1}),
          node(Op::activate, {6}, Activation::tanh),
          node(Op::matmul, {0, 7}),
          node(Op::add, {8, 1}),
          node(Op::activate, {9}, Activation::tanh),
          node(Op::add, {10, 3}),
          node(Op::matmul, {2, 11}),
          node(Op::squared, {12, 4})};
}

/// The slopes along some nodes, and which nodes have none.
template <class F>
static Parts slopes_along(const F& f, const Graph& graph, const Values& values, uword output,
                          const std::vector<std::pair<const char*, uword>>& wanted) {
  const Values slopes = f(graph, values, output, Values{});
  Parts parts = {number("entries of the result", double(slopes.size()))};
  if (slopes.size() == graph.size())
    for (const auto& [name, node] : wanted) add_parts(parts, name, slopes[node]);
  return parts;
}

TEST_CASE("shared weights and a skip, as PyTorch has them", "[11][11.5]") {
  Values leaves(14);
  leaves[0] = {{0.1, -0.2}, {0.3, 0.4}}, leaves[1] = mat(vec{0.05, -0.1}), leaves[2] = {{0.5, -0.6}};
  leaves[3] = {{1, 0, -1}, {2, 1, 0.5}}, leaves[4] = {{1, 0, -0.5}};
  const Values values = all_values(shared_and_skipped(), leaves);
  REQUIRE(std::abs(values[13](0) - 0.6268693263294981) < 1e-14);
  shows<backward>(
      Parts{number("entries of the result", 14),
            {"dW", {{0.16045686283170646, -0.0794219640331682}, {-0.037618648846213104, 0.5462655463337014}}},
            {"db", arma::vec{-0.31868896779986533, 0.6672889348757306}},
            {"dV", {{-0.4914117675990121, -1.512453523885394}}},
            {"the slope of the data", {}}},
      Tolerance{1e-12, 1e-12}, {}, [&](const auto& f) {
        return slopes_along(f, shared_and_skipped(), values, 13,
                            {{"dW", 0}, {"db", 1}, {"dV", 2}, {"the slope of the data", 3}});
      });
}

/// c^2 ((A^2 L) . (B^2 L)) under squared: sums and products with weights that are never below 0.
TEST_CASE("a network of sums and products, as PyTorch has it", "[11][11.5]") {
  const Graph graph = {weight(),
                       weight(),
                       weight(),
                       leaf(),
                       leaf(),
                       node(Op::multiply, {0, 0}),
                       node(Op::multiply, {1, 1}),
                       node(Op::multiply, {2, 2}),
                       node(Op::matmul, {5, 3}),
                       node(Op::matmul, {6, 3}),
                       node(Op::multiply, {8, 9}),
                       node(Op::matmul, {7, 10}),
                       node(Op::squared, {11, 4})};
  Values leaves(13);
  leaves[0] = {{0.5, 1, 0.2, 0.3}, {0.1, 0.4, 0.6, 0.8}}, leaves[1] = {{0.3, 0.2, 0.9, 0.1}, {0.7, 0.5, 0.2, 0.6}};
  leaves[2] = {{0.5, 0.8}};
  leaves[3] = {{0, 0, 1, 1}, {1, 1, 0, 0}, {0, 1, 0, 1}, {1, 0, 1, 0}}, leaves[4] = {{0, 1, 1, 0}};
  const Values values = all_values(graph, leaves);
  REQUIRE(approx_equal(values[11], mat{{0.325945, 0.317512, 0.3621, 0.190754}}, "absdiff", 1e-9));
  shows<backward>(Parts{number("entries of the result", 13),
                        {"dA",
                         {{0.006743037500000003, -0.07047719375, -0.010210905000000001, -0.0017809781249999994},
                          {-0.014115692159999997, 0.00011583104000000289, -0.0185898048, -0.08790746879999996}}},
                        {"dc", {{-0.13936429887500001, -0.10355636839999996}}}},
                  Tolerance{1e-12, 1e-12}, {}, [&](const auto& f) {
                    return slopes_along(f, graph, values, 12, {{"dA", 0}, {"dc", 2}});
                  });
}

TEST_CASE("random graphs, in any numbering, as one measures them", "[11][11.5]") {
  Rng rng = seeded(1105);
  for (int k = 0; k < 20; ++k) {
    const Drawn drawn = random_graph(rng);
    const uvec place = random_permutation(drawn.graph.size(), rng);
    const uword output = drawn.graph.size() - 1;
    const Values slopes = measured(drawn.graph, drawn.leaves, output);
    const Values values = all_values(drawn.graph, drawn.leaves);
    slopes_are(slopes, drawn.graph, values, output, {}, numerically);
    slopes_are(renumbered(slopes, place), renumbered(drawn.graph, place), renumbered(values, place), place(output), {},
               numerically);
  }
}

TEST_CASE("an output within the graph: what lies beyond it hears nothing", "[11][11.5]") {
  const Graph graph = {weight(), leaf(), node(Op::multiply, {0, 1}), node(Op::sum, {2}), node(Op::scale, {3}, {}, 5),
                       weight()};
  Values values(6), expected(6);
  values[0] = {{1, 2}}, values[1] = {{3, 4}}, values[5] = mat{1};
  values = {values[0], values[1], mat{{3, 8}}, mat{11}, mat{55}, values[5]};
  expected[0] = {{3, 4}}, expected[2] = {{1, 1}}, expected[3] = mat{1};
  slopes_are(expected, graph, values, 3);
  expected[0] = {{15, 20}}, expected[2] = {{5, 5}}, expected[3] = mat{5}, expected[4] = mat{1};
  slopes_are(expected, graph, values, 4);
}

TEST_CASE("nothing that learns, nothing to say", "[11][11.5]") {
  slopes_are(Values(2), Graph{leaf(), node(Op::scale, {0})}, numbers({1, 1}, 2), 1);
}

TEST_CASE("of earlier slopes nothing counts", "[11][11.5]") {
  const Values expected = numbers({1, -4, -1, -1, -1, -2, 1}, 7);
  const Values values = numbers({2, -3, 4, -6, -2, -1, 2}, 7);
  slopes_are(expected, diamond(), values, 6, expected);
  slopes_are(expected, diamond(), values, 6, Values(7, mat(3, 2, arma::fill::value(arma::datum::nan))));
  slopes_are(expected, diamond(), values, 6, Values(9, mat{4}));
  slopes_are(Values{mat{2}, mat{1}, mat()}, Graph{weight(), node(Op::scale, {0}, {}, 2), weight()},
             numbers({3, 6, 1}, 3), uword(1), numbers({1, 1, 1}, 3));
}

TEST_CASE("no slope of what is no number, or no node", "[11][11.5]") {
  const Graph graph = {weight(), node(Op::scale, {0}), node(Op::sum, {1})};
  const Values values = {mat{{1, 2}}, mat{{1, 2}}, mat{3}};
  rejects<backward>(graph, values, uword(1), Values{});
  rejects<backward>(graph, values, uword(3), Values{});
  rejects<backward>(graph, Values{mat{{1, 2}}, mat{{1, 2}}}, uword(2), Values{});
  rejects<backward>(graph, Values(3), uword(2), Values{});
}

// 11.6

/// What a model says once these leaves are in: the sizes first, so that the rest can be looked at.
static Parts said_by(const Model& model, const std::vector<mat>& inputs, const mat& T,
                     const std::vector<mat>& parameters = {}) {
  Parts parts = {number("parameters", double(model.parameters.n_elem)), number("inputs", double(model.inputs.n_elem)),
                 number("targets", double(model.targets.n_elem)), number("outputs", double(model.outputs.n_elem)),
                 number("values less nodes", double(model.values.size()) - double(model.graph.size()))};
  if (parts[1].value(0) != double(inputs.size()) || parts[2].value(0) != 1 || parts[3].value(0) != 1 ||
      parts[4].value(0) != 0)
    return parts;
  Values values = model.values;
  const auto at = [&](uword node, Op op) -> mat& {
    if (node >= values.size()) throw std::runtime_error(fmt::format("the graph has no node {}", node));
    if (model.graph[node].op != op) throw std::runtime_error(fmt::format("node {} is no such leaf", node));
    return values[node];
  };
  for (uword p = 0; p < model.parameters.n_elem; ++p) {
    mat& value = at(model.parameters(p), Op::parameter);
    parts.push_back({fmt::format("parameter {}", p), arma::conv_to<arma::mat>::from(value)});
    if (p < parameters.size()) value = parameters[p];
  }
  for (uword i = 0; i < inputs.size(); ++i) at(model.inputs(i), Op::input) = inputs[i];
  at(model.targets(0), Op::input) = T;
  Reading reading(model.graph, values);
  add_parts(parts, "the output", mat(reading(model.outputs(0))));
  add_parts(parts, "the loss", mat(reading(model.loss)));
  return parts;
}

static Parts should_say(const std::vector<mat>& parameters, uword inputs, const mat& output, real loss) {
  Parts parts = {number("parameters", double(parameters.size())), number("inputs", double(inputs)),
                 number("targets", 1), number("outputs", 1), number("values less nodes", 0)};
  for (uword p = 0; p < parameters.size(); ++p)
    parts.push_back({fmt::format("parameter {}", p), arma::conv_to<arma::mat>::from(parameters[p])});
  add_parts(parts, "the output", output);
  add_parts(parts, "the loss", mat(1, 1).fill(loss));
  return parts;
}

static std::vector<mat> numbers_of(const Network& network) {
  std::vector<mat> all;
  for (const Layer& layer : network) all.push_back(layer.W), all.push_back(layer.b);
  return all;
}

/// Sums of the last layer, its activation, and the loss of it.
static const auto plain_pass =
    oracle<std::tuple<mat, mat, real>>("pass", [](const Network& network, const mat& X, const mat& T, Loss loss) {
      mat Z, A = X;
      for (const Layer& layer : network) {
        Z = layer.W * A;
        for (uword i = 0; i < Z.n_elem; ++i) Z(i) += layer.b(i % Z.n_rows);
        A = Z;
        if (layer.activation != Activation::softmax) A.transform([&](real z) { return phi_at(layer.activation, z); });
        else
          for (uword n = 0; n < A.n_cols; ++n) A.col(n) = exp(Z.col(n)) / accu(exp(Z.col(n)));
      }
      real total = 0;
      for (uword n = 0; n < A.n_cols; ++n)
        for (uword r = 0; r < A.n_rows; ++r) {
          const real z = Z(r, n), t = T(r, n);
          total += loss == Loss::squared         ? (A(r, n) - t) * (A(r, n) - t) / 2
                   : loss == Loss::cross_entropy ? t * std::log(accu(exp(Z.col(n) - z)))
                                                 : std::log(1 + std::exp(-z)) + (1 - t) * z;
        }
      return std::tuple(Z, A, total / real(T.n_cols));
    });

TEST_CASE("lesson 6's networks say the same as graphs", "[11][11.6]") {
  Rng rng = seeded(1106);
  const auto layer = [&](uword m, uword d, Activation phi) {
    return Layer{random_normal(m, d, rng), random_normal(m, 1, rng), phi};
  };
  for (const auto& [network, loss] : std::vector<std::pair<Network, Loss>>{
           {{layer(3, 2, Activation::tanh), layer(4, 3, Activation::softmax)}, Loss::cross_entropy},
           {{layer(4, 2, Activation::softmax)}, Loss::cross_entropy},
           {{layer(5, 2, Activation::relu), layer(3, 5, Activation::elu), layer(4, 3, Activation::sigmoid)},
            Loss::binary_cross_entropy},
           {{layer(3, 2, Activation::sigmoid), layer(4, 3, Activation::tanh)}, Loss::squared},
           {{layer(3, 2, Activation::hard_tanh), layer(4, 3, Activation::identity)}, Loss::squared},
           {{layer(3, 2, Activation::softmax), layer(4, 3, Activation::softmax)}, Loss::squared}}) {
    const mat X = random_normal(2, 5, rng), T = random_targets(4, 5, rng);
    const auto [Z, A, value] = plain_pass(network, X, T, loss);
    Parts arguments;
    add_parts(arguments, "network", network), add_parts(arguments, "loss", loss);
    shows<network_graph>(
        should_say(numbers_of(network), 1, loss == Loss::squared ? A : Z, value), {}, arguments,
        [network = network, loss = loss, X, T](const auto& f) { return said_by(f(network, loss), {X}, T); });
  }
}

TEST_CASE("networks and losses that do not go together are errors", "[11][11.6]") {
  const Layer tanh{mat(2, 2, arma::fill::ones), vec(2, arma::fill::ones), Activation::tanh};
  rejects<network_graph>(Network{}, Loss::squared);
  rejects<network_graph>(Network{tanh}, Loss::cross_entropy);
  rejects<network_graph>(Network{tanh}, Loss::binary_cross_entropy);
}

TEST_CASE("parameters step down, and nothing else moves", "[11][11.6]") {
  const Values values = {mat{{1, 2}}, mat{3}, mat(vec{4, 5}), mat{6}},
               slopes = {mat{{10, -20}}, mat{7}, mat(vec{30, 40}), mat()};
  check<step_down>(Values{mat{{0, 4}}, mat{3}, mat(vec{1, 1}), mat{6}}, values, slopes, uvec{2, 0}, real(0.1));
  check<step_down>(values, values, slopes, uvec{}, real(0.1));
  rejects<step_down>(values, Values{mat{{10, -20}}, mat{7}, mat(vec{30, 40})}, uvec{0}, real(0.1));
  rejects<step_down>(values, slopes, uvec{3}, real(0.1));
  rejects<step_down>(values, Values(4, mat{1}), uvec{0}, real(0.1));
  rejects<step_down>(values, slopes, uvec{4}, real(0.1));
}

// 11.7

/// The parameters in their order, then logits and loss for X, T.
static const auto plain_residual = oracle<std::vector<mat>>(
    "residual", [](uword d, uword m, uword blocks, uword k, Activation phi, Rng rng, const mat& X, const mat& T) {
      std::vector<mat> said;
      const auto layer = [&](uword rows, const mat& H) {
        said.push_back(random_normal(rows, H.n_rows, rng) / std::sqrt(real(H.n_rows)));
        said.push_back(mat(rows, 1, arma::fill::zeros));
        return mat(said[said.size() - 2] * H);
      };
      const auto active = [&](mat Z) { return Z.transform([&](real z) { return phi_at(phi, z); }), Z; };
      mat H = active(layer(m, X));
      for (uword block = 0; block < blocks; ++block) {
        const mat more = active(layer(m, H)) / real(blocks);
        H = H + more;
      }
      (void)d;
      const mat Z = layer(k, H);
      real loss = 0;
      for (uword n = 0; n < Z.n_cols; ++n)
        for (uword r = 0; r < k; ++r) loss += T(r, n) * (std::log(accu(exp(Z.col(n)))) - Z(r, n)) / real(Z.n_cols);
      said.push_back(Z);
      said.push_back(mat(1, 1).fill(loss));
      return said;
    });

TEST_CASE("blocks with a way around each", "[11][11.7]") {
  Rng rng = seeded(1107);
  for (const auto& [d, m, blocks, k, phi] :
       {std::tuple<uword, uword, uword, uword, Activation>{5, 3, 1, 2, Activation::tanh},
        {4, 6, 3, 3, Activation::sigmoid},
        {3, 2, 0, 4, Activation::tanh},
        {2, 5, 7, 3, Activation::relu}}) {
    const mat X = random_normal(d, 4, rng), T = random_targets(k, 4, rng);
    const Rng start = seeded(1108 + blocks);
    std::vector<mat> expected = plain_residual(d, m, blocks, k, phi, start, X, T);
    const real loss = expected.back()(0);
    expected.pop_back();
    const mat logits = expected.back();
    expected.pop_back();
    const Parts arguments = {
        number("d", double(d)),
        number("m", double(m)),
        number("blocks", double(blocks)),
        number("k", double(k)),
        {"phi", arma::mat(1, 1).fill(double(phi)), [](double x) { return enum_text(Activation(int(x))); }}};
    shows<residual_graph>(should_say(expected, 1, logits, loss), {}, arguments,
                          [d = d, m = m, blocks = blocks, k = k, phi = phi, X, T, start](const auto& f) {
                            Rng own = start;
                            return said_by(f(d, m, blocks, k, phi, own), {X}, T);
                          });
  }
}

// 11.8

TEST_CASE("a sum with a product in it", "[11][11.8]") {
  for (const std::uint64_t seed : {1109, 1110}) {
    const Rng start = seeded(seed);
    Rng rng = start;
    std::vector<mat> drawn;
    for (int p = 0; p < 4; ++p) drawn.push_back(random_normal(1, 1, rng));
    const mat x1 = random_normal(1, 5, rng), x2 = random_normal(1, 5, rng), T = random_normal(1, 5, rng);
    const mat y = drawn[0](0) * x1 + drawn[1](0) * x2 + drawn[2](0) * (x1 % x2) + drawn[3](0);
    shows<product_graph>(should_say(drawn, 2, y, accu(square(y - T)) / 10), {}, {}, [=](const auto& f) {
      Rng own = start;
      return said_by(f(own), {x1, x2}, T);
    });
  }
}

TEST_CASE("XOR in one unit, once its weights are right", "[11][11.8]") {
  const mat x1 = {{0, 0, 1, 1}}, x2 = {{0, 1, 0, 1}}, T = {{0, 1, 1, 0}};
  shows<product_graph>({{"the output", {{0, 1, 1, 0}}}, number("the loss", 0)}, {}, {}, [=](const auto& f) {
    Rng own = seeded(1111);
    Parts parts = said_by(f(own), {x1, x2}, T, {mat{1}, mat{1}, mat{-2}, mat{0}});
    return Parts(parts.end() - 2, parts.end());
  });
}

}  // namespace nn
