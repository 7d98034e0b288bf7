// What lesson 12 shows and claims, checked: the code blocks of its README.md are cut from here, its numbers repeated.
#include <cmath>

#include "lessons/12-sequences/capstone/tasks.hpp"
#include "lessons/examples.hpp"
#include "nn/activations.hpp"
#include "nn/support/term.hpp"

namespace nn {
namespace {

TEST_CASE("one unit", "[12][lesson]") {
  // [step]
  Gate gate{mat{0.8}, mat{0.9}, vec{0}};  // one unit that reads one number
  mat h1 = step_plain(gate, mat{0}, mat{1});
  CHECK(equal(h1, mat{0.6640}, 4));  // tanh(0.8)
  mat h2 = step_plain(gate, h1, mat{0});
  CHECK(equal(h2, mat{0.5354}, 4));  // nothing was read, and yet it says something
  // [/step]
  CHECK(equal(0.9 * h1(0), 0.5976, 4));
  // [run]
  Recurrent net{Cell::plain, {gate}, mat{2}, vec{-1}};
  Outputs said = run(net, {mat{1}, mat{0}, mat{0}}, mat{0});
  CHECK(equal(said.states[2], mat{0.4477}, 4));
  CHECK(equal(said.logits[2], 2 * said.states[2] - 1));
  // [/run]
  // [unroll]
  Unrolled u = unroll(net, 3, {2}, Loss::binary_cross_entropy);  // three steps, the last one is judged
  Model& model = u.model;
  CHECK(model.parameters.n_elem == 5);  // W, U, b, V, c, and not three of each
  Values values = model.values;
  values[model.inputs(0)] = mat{0};  // h_0
  values[model.inputs(1)] = mat{1};  // x_1
  values[model.inputs(2)] = mat{0};
  values[model.inputs(3)] = mat{0};
  values[model.targets(0)] = mat{1};
  values = evaluate(model.graph, values);
  CHECK(equal(values[u.states(3)], said.states[2]));
  Values slopes = backward(model.graph, values, model.loss);  // of all weights, through all steps
  // [/unroll]
  CHECK(slopes[model.parameters(0)](0) < 0);  // more W, a larger state, less loss
  // [clip]
  Values shorter = clip_slopes({mat{3}, mat{4}}, {0, 1}, 1);
  CHECK(equal(shorter[0], mat{0.6}));
  CHECK(equal(shorter[1], mat{0.8}));  // 5 long before, 1 long now, the same direction
  // [/clip]
}

TEST_CASE("one number, squeezed twenty times", "[12][lesson]") {
  const auto slope = [](real u) {
    real h = real(0.5), product = 1;
    for (int t = 0; t < 20; ++t) h = std::tanh(u * h), product *= u * (1 - h * h);
    return double(product);
  };
  CHECK_THAT(slope(0.5), WithinAbs(0.0000009, 0.00000005));
  CHECK_THAT(slope(1), WithinAbs(0.1, 0.05));
  CHECK_THAT(slope(1.5), WithinAbs(0.00000005, 0.000000005));
}

TEST_CASE("gates", "[12][lesson]") {
  // [gates]
  Gate update{mat{0}, mat{0}, vec{3}}, reset{mat{0}, mat{0}, vec{0}}, candidate{mat{1}, mat{0}, vec{0}};
  mat h = step_gated({update, reset, candidate}, mat{1}, mat{0});
  CHECK(equal(h, mat{0.9526}, 4));  // z = sigmoid(3): nothing is read, and little forgotten
  update.b = {-3};
  h = step_gated({update, reset, candidate}, mat{1}, mat{0});
  CHECK(equal(h, mat{0.0474}, 4));
  // [/gates]
  CHECK_THAT(std::pow(0.9526, 50), WithinAbs(0.09, 0.005));
  CHECK_THAT(std::pow(0.5, 50), WithinAbs(1e-15, 1.5e-16));
}

TEST_CASE("sums of two bits", "[12][lesson]") {
  // [sequences]
  Rng rng(1);
  Recurrent net = plain_cell(2, 16, 1, rng);
  std::vector<Sequence> batches;
  for (int i = 0; i < 400; ++i) batches.push_back(sums(8, 32, rng));  // 32 sums of 8 digits
  net = train_sequences(net, batches, Loss::binary_cross_entropy, 0.01, 1);
  CHECK(right_sums(net, sums(30, 500, rng)) == 1);  // 500 sums of 30 digits
  // [/sequences]
}

TEST_CASE("a text that repeats itself", "[12][lesson]") {
  // [stream]
  uvec abc(301);
  for (uword t = 0; t < 301; ++t) abc(t) = t % 3;  // a b c a b c ...
  Rng rng(1);
  Recurrent net = plain_cell(3, 8, 3, rng);
  for (int i = 0; i < 20; ++i) net = train_stream(net, {abc}, 10, 0.01, 1);
  Outputs said = run(net, {one_hot({0}, 3)}, mat(8, 1, arma::fill::zeros));
  CHECK(softmax(said.logits[0])(1) > 0.9);  // after a comes b
  // [/stream]
  CHECK(equal(arma::conv_to<mat>::from(write(net, 0, 6, 0.1, rng)), vec{1, 2, 0, 1, 2, 0}));
}

TEST_CASE("cold and warm", "[12][lesson]") {
  // [temperature]
  vec logits = {0, std::log(3.0)};
  CHECK(equal(softmax(logits), vec{0.25, 0.75}));
  CHECK(equal(softmax(logits / 0.5), vec{0.1, 0.9}));  // colder: the likely one becomes likelier
  CHECK(equal(softmax(logits / 2), vec{0.366, 0.634}, 3));
  // [/temperature]
}

TEST_CASE("attention, by hand", "[12][lesson]") {
  // [attention]
  vec query = {std::log(2.0), std::log(5.0)};
  mat keys = {{0, 1, 0}, {0, 0, 1}};    // three columns: what each place offers
  mat values = {{8, 4, 0}, {0, 8, 8}};  // and what it holds
  vec weights = softmax(keys.t() * query);
  CHECK(equal(weights, vec{1 / 8.0, 2 / 8.0, 5 / 8.0}));
  CHECK(equal(values * weights, vec{2, 7}));
  // [/attention]
}

TEST_CASE("cells to begin with", "[12][lesson]") {
  Rng rng(1), copy(1);
  const Recurrent net = gated_cell(4, 3, 2, 3, rng);
  CHECK(equal(net.gates[0].W, random_normal(3, 4, copy) / 2));
  CHECK(equal(net.gates[0].U, random_normal(3, 3, copy) / std::sqrt(real(3))));
  CHECK(net.gates.size() == 3);
  CHECK(arma::all(net.gates[0].b == 3));
  CHECK(arma::all(net.gates[2].b == 0));
  const Recurrent back = with_parameters(gated_cell(4, 3, 2, 0, rng), unroll(net, 2, {1}, Loss::squared).model);
  CHECK(equal(back.gates[0].b, net.gates[0].b));
  CHECK(equal(back.gates[2].U, net.gates[2].U));
  CHECK(equal(back.c, net.c));
}

/// Golden value from PyTorch: three steps, two sequences, weights of gate g as in the text.
TEST_CASE("the older cell, from terms", "[12][lesson]") {
  Model model;
  struct Sum {
    Term W, U, b;
    Term operator()(Term h, Term x) const { return W * x + U * h + b; }
  };
  std::vector<Sum> gates;
  for (int g = 0; g < 4; ++g) {
    const Term W = parameter(model, vec{0.1, 0.2} * real(g + 1));
    const Term U = parameter(model, mat{{0.1, -0.2}, {0.3, 0.05}} * real(g % 2 ? -1 : 1));
    const Term b = parameter(model, vec{0.01, -0.02} * real(g));
    gates.push_back({W, U, b});
  }
  const Term V = parameter(model, mat{{0.7, -0.5}});
  const Term y0 = parameter(model, mat{0.2});
  Term h = input(model), c = input(model);
  std::optional<Term> sum;
  for (int t = 0; t < 3; ++t) {
    const Term x = input(model);
    const Term f = activate(Activation::sigmoid, gates[0](h, x)), i = activate(Activation::sigmoid, gates[1](h, x)),
               o = activate(Activation::sigmoid, gates[2](h, x)), n = tanh(gates[3](h, x));
    c = f % c + i % n;
    h = o % tanh(c);
    const Term one = loss_of(Loss::binary_cross_entropy, V * h + y0, target(model));
    sum = sum ? *sum + one : one;
  }
  finish(model, h, real(1) / 3 * *sum);
  Values values = model.values;
  const std::vector<mat> leaves = {mat(2, 2, arma::fill::zeros),
                                   mat(2, 2, arma::fill::zeros),
                                   {{1, 0.5}},
                                   {{-1, 2}},
                                   {{0.5, -0.5}}},
                         answers = {{{1, 0}}, {{0, 1}}, {{1, 1}}};
  for (uword i = 0; i < 5; ++i) values[model.inputs(i)] = leaves[i];
  for (uword t = 0; t < 3; ++t) values[model.targets(t)] = answers[t];
  values = evaluate(model.graph, values);
  CHECK(equal(values[model.loss](0), 0.6677452543914143));
  CHECK_THAT(double(values[model.loss](0)), WithinAbs(0.667745, 0.0000005));
}

TEST_CASE("the language", "[12][lesson]") {
  CHECK_THAT(sentence_entropy(), WithinAbs(0.2179, 0.00005));
  CHECK_THAT((std::log(8) * 1.5 + std::log(2) + std::log(3)) / std::log(2), WithinAbs(7.08, 0.005));
  Rng rng(1);
  const std::string text = ". " + text_of(sentences(50000, rng));
  const Written found = judge(text);
  CHECK(found.sentences > 2000);
  CHECK(found.right == found.sentences);
  CHECK(found.agreed == found.misled);
  CHECK_THAT(double(found.misled) / double(found.sentences), WithinAbs(0.25, 0.05));
  CHECK_THAT(50000 / double(found.sentences), WithinAbs(22.54, 0.3));
  CHECK(judge(". the cat near the dogs run. the cats near the dog run. the cat runss. ").right == 1);
  CHECK(judge(". the cat near the dogs run. the cats near the dog run. the cat runss. ").misled == 2);
  CHECK(judge(". the cat near the dogs run. the cats near the dog run. the cat runss. ").agreed == 1);
}

TEST_CASE("what the captions say", "[12][lesson]") {
  const vec state = column_of("unrolled-steps.csv", "state"), slope = column_of("unrolled-steps.csv", "slope");
  CHECK(equal(state(3), 0.4477, 4));
  CHECK_THAT(double(slope(0) / slope(5)), WithinAbs(0.14, 0.005));

  const auto heard = [](const char* kind) { return column_of("vanishing.csv", kind)(0); };
  CHECK_THAT(double(heard("plain")), WithinAbs(8e-6, 5e-7));
  CHECK_THAT(double(heard("gated0")), WithinAbs(7e-8, 5e-9));
  CHECK_THAT(double(heard("gated3")), WithinAbs(0.03, 0.005));
  CHECK_THAT(double(heard("plain_large")), WithinAbs(0.3, 0.05));

  const vec T = column_of("reach.csv", "T"), plain = column_of("reach.csv", "plain"),
            shut = column_of("reach.csv", "gated3"), half = column_of("reach.csv", "gated0");
  CHECK(T(4) == 50);
  CHECK(T(5) == 80);
  CHECK(T(6) == 120);
  CHECK(arma::all(shut.head(6) == 5));
  CHECK(shut(6) == 1);
  CHECK(plain(4) == 1);
  CHECK(T(2) == 20);
  CHECK(accu(half.tail(5)) == 0);
  CHECK(column_of("adder.csv", "said").n_elem == 31);
  CHECK(arma::all(column_of("adder.csv", "said") == column_of("adder.csv", "sum")));
  CHECK(arma::as_scalar(cor(column_of("adder.csv", "carry"), column_of("adder.csv", "unit"))) > 0.8);
}

/// What ./course capstone 12 said, as our solutions ran it once.
TEST_CASE("what the capstone measured, over five seeds", "[12][lesson]") {
  CHECK(seeds("sums").n_elem == 5);
  lies_between(seeds("sums"), 100, 100);
  lies_between(seeds("firsts"), 100, 100);
  lies_between(seeds("plain_failed"), 4, 5);
  lies_between(seeds("loss"), 0.2185, 0.2201);
  CHECK_THAT(double(arma::min(vec(100 * seeds("right") / seeds("sentences")))), WithinAbs(98.9, 0.05));
  CHECK(accu(seeds("misled")) == 1095);
  CHECK(accu(seeds("agreed")) == 1093);
  CHECK(seeds("sums_seconds").max() < 0.5);
  CHECK(seeds("firsts_seconds").max() < 3);
  CHECK(seeds("text_seconds").max() < 15);
  CHECK_THAT(double(seeds("text_seconds").max()), WithinAbs(3.3, 0.05));
}

}  // namespace
}  // namespace nn
