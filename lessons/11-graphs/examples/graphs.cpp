// What lesson 11 shows and claims, checked: the code blocks of its README.md are cut from here, its numbers repeated.
#include <catch2/matchers/catch_matchers_exception.hpp>

#include "lessons/11-graphs/capstone/learn.hpp"
#include "lessons/examples.hpp"
#include "nn/support/term.hpp"

namespace nn {
namespace {

using Catch::Matchers::Message;

TEST_CASE("a graph and its numbers", "[11][lesson]") {
  // [graph]
  Graph f = {
      {Op::parameter},         // 0: x
      {Op::parameter},         // 1: y
      {Op::parameter},         // 2: z
      {Op::multiply, {0, 1}},  // 3: x y
      {Op::add, {3, 2}},       // 4: x y + z
      {Op::add, {0, 1}},       // 5: x + y
      {Op::multiply, {4, 5}},  // 6: f
  };
  Values values = {mat{2}, mat{-3}, mat{4}, {}, {}, {}, {}};
  // [/graph]
  // [forward]
  values = evaluate(f, values);
  CHECK(values[3](0) == -6);
  CHECK(values[6](0) == 2);
  // [/forward]
  // [backward]
  Values slopes = backward(f, values, 6);
  CHECK(slopes[0](0) == 1);
  CHECK(slopes[1](0) == -4);
  CHECK(slopes[2](0) == -1);
  // [/backward]
}

TEST_CASE("a node", "[11][lesson]") {
  // [column]
  Values values = {{{1, 2, 3}, {4, 5, 6}}, vec{10, 20}};
  Node add = {Op::add, {0, 1}};
  mat sum = node_forward(add, values);
  CHECK(equal(sum, mat{{11, 12, 13}, {24, 25, 26}}));
  mat above = {{1, 2, -1}, {0, 5, 1}};
  CHECK(equal(node_backward(add, 0, values, sum, above), above));
  CHECK(equal(node_backward(add, 1, values, sum, above), vec{2, 6}));
  // [/column]
}

TEST_CASE("whatever the numbers", "[11][lesson]") {
  // [order]
  Graph backwards = {{Op::multiply, {1, 2}}, {Op::add, {2, 2}}, {Op::parameter}};
  CHECK(order(backwards)(0) == 2);
  CHECK(order(backwards)(2) == 0);
  // [/order]
}

TEST_CASE("forty doublings", "[11][lesson]") {
  // [doublings]
  Graph graph;
  Term x = parameter(graph);
  for (int k = 0; k < 40; ++k) x = x + x;
  Values values(graph.size());
  values[0] = {1};
  values = evaluate(graph, values);
  CHECK(backward(graph, values, x.node)[0](0) == 1'099'511'627'776);  // 2^40, at once
  // [/doublings]
}

TEST_CASE("a shape that does not fit", "[11][lesson]") {
  // [error]
  Graph graph;
  Term W = parameter(graph);
  Term X = input(graph);
  Term Z = W * X;
  Values values = {mat(10, 100), mat(99, 5), {}};
  CHECK_THROWS_WITH(evaluate(graph, values),
                    "evaluate: node 2 (matmul of 0 and 1): node 0 has 100 columns, node 1 has 99 rows");
  // [/error]
  CHECK(Z.node == 2);
}

TEST_CASE("other complaints name what is wrong", "[11][lesson]") {
  const Values values = {mat(4, 7), mat(3, 7), mat(4, 0)};
  CHECK_THROWS_WITH(node_forward({Op::add, {0, 1}}, values),
                    "node_forward: add of 0 and 1: node 0 is 4 x 7, node 1 is 3 x 7; expected 4 x 7, or the one column "
                    "4 x 1");
  CHECK_THROWS_WITH(node_forward({Op::squared, {0, 1}}, values),
                    "node_forward: squared of 0 and 1: node 0 is 4 x 7, node 1 is 3 x 7; expected 4 x 7");
  CHECK_THROWS_WITH(node_forward({Op::squared, {2, 2}}, values),
                    "node_forward: squared of 2 and 2: node 2 is 4 x 0: there is no sample");
  CHECK_THROWS_WITH(node_forward({Op::add, {0}}, values), "node_forward: add of 0: it reads 1 nodes, expected 2");
  CHECK_THROWS_WITH(node_forward({Op::sum, {5}}, values),
                    "node_forward: sum of 5: there is no node 5, the last one is 2");
  CHECK_THROWS_WITH(order({{Op::scale, {1}}}), "order: node 0 reads node 1, but the last one is 0");
  CHECK_THROWS_WITH(order({{Op::scale, {1}}, {Op::scale, {0}}}),
                    "order: nodes wait for each other in a circle: node 0 is on it, or behind it");
}

TEST_CASE("lesson 6 as a graph", "[11][lesson]") {
  Rng rng(1);
  Network network = {{random_normal(30, 20, rng) / 5, random_normal(30, 1, rng), Activation::relu},
                     {random_normal(10, 30, rng) / 5, random_normal(10, 1, rng), Activation::softmax}};
  const mat X = random_normal(20, 32, rng);
  mat T(10, 32, arma::fill::zeros);
  for (uword n = 0; n < 32; ++n) T(rng.below(10), n) = 1;
  const real rate = real(0.1);
  const Gradients expected = backprop(network, X, T, Loss::cross_entropy);

  // [train]
  Model model = network_graph(network, Loss::cross_entropy);
  Values values = model.values, slopes;
  values[model.inputs(0)] = X;
  values[model.targets(0)] = T;

  values = evaluate(model.graph, std::move(values));
  slopes = backward(model.graph, values, model.loss, std::move(slopes));
  values = step_down(std::move(values), slopes, model.parameters, rate);
  // [/train]
  CHECK_THAT(double(values[model.loss](0)), WithinAbs(double(expected.loss), 1e-14));
  for (uword l = 0; l < 2; ++l) {
    CHECK(equal(slopes[model.parameters(2 * l)], expected.dW[l], 14));
    CHECK(equal(slopes[model.parameters(2 * l + 1)], expected.db[l], 14));
  }
  const Network stepped = sgd_step(network, expected, rate);
  CHECK(equal(values[model.parameters(0)], stepped[0].W, 14));
}

TEST_CASE("the product unit learns XOR from every start", "[11][lesson]") {
  const mat x1 = {{0, 0, 1, 1}}, x2 = {{0, 1, 0, 1}}, t = {{0, 1, 1, 0}};
  for (const std::uint64_t seed : arma::regspace<uvec>(1, 20)) {
    Rng rng(seed);
    // [xor]
    Model unit = product_graph(rng);
    Values values = unit.values, slopes;
    values[unit.inputs(0)] = x1, values[unit.inputs(1)] = x2, values[unit.targets(0)] = t;
    for (int k = 0; k < 2000; ++k) {
      values = evaluate(unit.graph, std::move(values));
      slopes = backward(unit.graph, values, unit.loss, std::move(slopes));
      values = step_down(std::move(values), slopes, unit.parameters, 1);
    }
    CHECK(equal(values[unit.outputs(0)], t, 9));
    // [/xor]
    const real learned[] = {1, 1, -2, 0};
    for (uword p = 0; p < 4; ++p) CHECK(equal(values[unit.parameters(p)], mat{learned[p]}, 9));
  }
}

/// The error that sums and products with squared, so never negative, weights end with on XOR.
real sum_product_error(const mat& L, std::uint64_t seed) {
  Rng rng(seed);
  Model model;
  const Term leaves = input(model);
  const Term t = target(model);
  const Term A = parameter(model, random_uniform(2, L.n_rows, 0, 1, rng));
  const Term B = parameter(model, random_uniform(2, L.n_rows, 0, 1, rng));
  const Term c = parameter(model, random_uniform(1, 2, 0, 1, rng));
  const Term products = ((A % A) * leaves) % ((B % B) * leaves);
  const Term y = (c % c) * products;
  finish(model, y, loss_of(Op::squared, y, t));
  Values values = model.values, slopes;
  values[leaves.node] = L, values[t.node] = mat{{0, 1, 1, 0}};
  for (int k = 0; k < 4000; ++k) {
    values = evaluate(model.graph, std::move(values));
    slopes = backward(model.graph, values, model.loss, std::move(slopes));
    values = step_down(std::move(values), slopes, model.parameters, real(0.5));
  }
  return values[model.loss](0);
}

TEST_CASE("sums and products of x alone only rise", "[11][lesson]") {
  const mat x1 = {{0, 0, 1, 1}}, x2 = {{0, 1, 0, 1}};
  int both = 0, alone = 0;
  for (const std::uint64_t seed : arma::regspace<uvec>(1, 5)) {
    both += sum_product_error(join_cols(join_cols(x1, 1 - x1), join_cols(x2, 1 - x2)), seed) < 1e-3;
    const real error = sum_product_error(join_cols(x1, x2), seed);
    alone += error < 0.16;
  }
  CHECK(both == 5);
  CHECK(alone == 0);
}

TEST_CASE("what the captions say", "[11][lesson]") {
  const vec over_wires = column_of("graph-f_wires.csv", "slope"),
            in_block = column_of("graph-block_wires.csv", "slope"),
            of_block = column_of("graph-block_nodes.csv", "slope");
  CHECK(over_wires(0) == 3);
  CHECK(over_wires(4) == -2);
  CHECK_THAT(double(in_block(1)), WithinAbs(0.366, 0.001));
  CHECK_THAT(double(of_block(0)), WithinAbs(1.37, 0.005));
  const vec chain = column_of("residual-sigmoid.csv", "chain"), around = column_of("residual-sigmoid.csv", "residual"),
            tanh_chain = column_of("residual-tanh.csv", "chain");
  for (uword start = 0; start < 5; ++start) {
    CHECK_THAT(double(chain(50 * start)), WithinAbs(-31, 1));
    CHECK(around(50 * start) > -0.4);
    CHECK(around(50 * start) < 0.1);
  }
  CHECK(std::pow(10, tanh_chain.min()) > 0.2);
  CHECK(std::pow(10, tanh_chain.max()) < 2.5);

  const vec q = column_of("memory.csv", "q"), held = column_of("memory.csv", "thousands");
  CHECK(q(held.index_min()) == 10);
  CHECK_THAT(double(held.back() / held.min()), WithinAbs(18, 0.5));

  // of ./course capstone 11, as our solutions ran it once
  CHECK(seeds("around").n_elem == 5);
  lies_between(seeds("around"), 88.7, 89.9);
  lies_between(seeds("chain"), 10.0, 16.7);
  CHECK(seeds("seconds").max() < 2);
}

}  // namespace
}  // namespace nn
