// What lesson 18 shows and claims, checked: the code blocks of its README.md are cut from here, its numbers repeated.
#include "lessons/18-attention/capstone/tasks.hpp"
#include "lessons/examples.hpp"
#include "nn/activations.hpp"

namespace nn {
namespace {

const real infinity = arma::Datum<real>::inf;

TEST_CASE("columns", "[18][lesson]") {
  // [share]
  mat S = {{0, 0}, {std::log(3.0), -infinity}};  // two tokens ask, one column each
  mat P = soft_columns(S);
  CHECK(equal(P, {{0.25, 1}, {0.75, 0}}));  // minus infinity: nothing, exactly
  mat back = soft_columns_back(P, {{1, 5}, {0, 7}});
  CHECK(equal(back, {{0.1875, 0}, {-0.1875, 0}}));  // what one weight wins, the others lose
  // [/share]
  // [normalise]
  mat Y = normalise_columns({{1, 2}, {3, 2}, {5, 2}});
  CHECK(equal(Y, {{-1.2247, 0}, {0, 0}, {1.2247, 0}}, 4));
  // [/normalise]
}

TEST_CASE("one look back", "[18][lesson]") {
  // [look]
  mat K = {{0, 1, 0}, {0, 0, 1}};  // three tokens offer
  mat V = {{8, 4, 0}, {0, 8, 8}};
  mat q = std::sqrt(2.0) * vec{std::log(2.0), std::log(5.0)};  // one token asks
  CHECK(equal(attend(q, K, V, mat{0, 0, 0}.t()), vec{2, 7}));  // as 1 : 2 : 5
  mat later = mat{0, 0, -infinity}.t();
  CHECK(equal(attend(q, K, V, later), vec{16 / 3.0, 16 / 3.0}));  // as 1 : 2, and nothing of the third
  // [/look]
  // [mask]
  CHECK(arma::all(vectorise(causal_mask(3) == mat{{0, 0, 0}, {-infinity, 0, 0}, {-infinity, -infinity, 0}})));
  // [/mask]
}

TEST_CASE("how large scores are", "[18][lesson]") {
  Rng rng(1);
  const mat Q = random_normal(64, 2000, rng), K = random_normal(64, 2000, rng);
  const rowvec scores = sum(Q % K, 0);
  CHECK_THAT(double(arma::stddev(scores)), WithinAbs(8, 0.4));
}

TEST_CASE("two heads", "[18][lesson]") {
  // [heads]
  mat nothing = {{0, 0}};                                   // scores of 0: the mean of all that may be seen
  Head first{nothing, nothing, {{1, 0}}, mat{0, 1}.t()};    // hands on row 1, into row 2
  Head second{nothing, nothing, {{0, 1}}, mat{10, 0}.t()};  // hands on row 2, ten times, into row 1
  mat U = {{1, 3}, {5, 9}};
  CHECK(equal(self_attention({first, second}, U, causal_mask(2)), {{50, 70}, {1, 2}}));
  // [/heads]
}

TEST_CASE("places and the whole", "[18][lesson]") {
  // [positions]
  mat P = positions(4, 3, 100);
  CHECK(equal(P, {{0, 0.8415, 0.9093}, {1, 0.5403, -0.4161}, {0, 0.0998, 0.1987}, {1, 0.9950, 0.9801}}, 4));
  // [/positions]
  // [whole]
  Rng rng(1);
  Transformer net = transformer(3, positions(4, 6, 100), 2, 2, 8, rng);  // 3 symbols, two blocks of two heads
  mat said = read_all(net, {0, 1, 2, 0});
  mat other = read_all(net, {0, 1, 2, 1});  // another last token
  CHECK(approx_equal(said.head_cols(3), other.head_cols(3), "absdiff", 0));
  CHECK(!equal(said.tail_cols(1), other.tail_cols(1), 3));
  // [/whole]
  // [graph]
  Attending two = attention_graph(net, 2);  // two sequences, one set of weights
  Model& model = two.model;
  CHECK(model.parameters.n_elem == 2 + 2 * (2 * 4 + 4));
  Values values = model.values;
  values[model.inputs(0)] = causal_mask(4);
  uvec sequence = {0, 1, 2, 0};
  for (uword n = 0; n < 2; ++n) {
    values[model.inputs(2 * n + 1)] = one_hot(sequence, 3);
    values[model.inputs(2 * n + 2)] = arma::eye<mat>(6, 4);  // the first 4 of 6 places
    values[model.targets(n)] = one_hot(uvec{1, 2, 0, 1}, 3);
  }
  values = evaluate_columns(model.graph, values);
  CHECK(equal(values[model.outputs(1)], said));
  CHECK(equal(sum(values[two.maps(0)], 0), {{1, 1, 1, 1}}));
  Values slopes = backward_columns(model.graph, values, model.loss);
  CHECK(slopes[model.parameters(0)].n_cols == 3);  // along E, from reading and from saying
  // [/graph]
  // [train]
  std::vector<Tokens> batches(300, {arma::umat(sequence), arma::umat(uvec{1, 2, 0, 1})});  // a b c a: say b c a b
  net = train_tokens(net, batches, 0.01, 1);
  CHECK(softmax(read_all(net, {0, 1}))(2, 1) > 0.9);  // after a b comes c
  // [/train]
  // [cache]
  Said last = read_one(net, {}, 0);
  last = read_one(net, last.cache, 1);
  CHECK(equal(last.logits, read_all(net, {0, 1}).col(1)));
  CHECK(last.cache.length == 2);
  uvec text = go_on(net, {0, 1}, 3, 0.1, rng);
  CHECK(arma::all(text == uvec{2, 0, 1}));
  // [/cache]
}

TEST_CASE("what order is without places", "[18][lesson]") {
  for (const uword blocks : {1, 2}) {
    Rng rng(1);
    Transformer net = transformer(3, positions(6, 6, 100), blocks, 2, 8, rng);
    net.P.zeros();
    const bool same = equal(read_all(net, {0, 1, 2}).tail_cols(1), read_all(net, {1, 0, 2}).tail_cols(1), 9);
    CHECK(same == (blocks == 1));
  }
}

TEST_CASE("a network to begin with, and its numbers", "[18][lesson]") {
  Rng rng(1), copy(1);
  const Transformer net = transformer(20, positions(32, 24, 100), 2, 2, 64, rng);
  CHECK(equal(net.E, random_normal(32, 20, copy) / std::sqrt(real(32))));
  CHECK(equal(net.blocks[0].heads[0].Q, random_normal(16, 32, copy) / std::sqrt(real(32))));
  uword numbers = 0, one = 0;
  for_each_parameter(net, [&](const auto& each) { numbers += each.n_elem; });
  const Transformer shallow = transformer(20, positions(32, 24, 100), 1, 2, 64, rng);
  for_each_parameter(shallow, [&](const auto& each) { one += each.n_elem; });
  CHECK(numbers == 17984);
  CHECK(one == 9696);
  CHECK(3 * (64 * 20 + 64 * 64 + 64) + 64 * 20 + 20 == 17620);
  const Transformer back =
      with_parameters(transformer(20, positions(32, 24, 50), 2, 2, 64, rng), attention_graph(net, 1).model);
  CHECK(equal(back.P, net.P));
  CHECK(equal(back.blocks[1].W2, net.blocks[1].W2));
}

TEST_CASE("sequences to copy", "[18][lesson]") {
  Rng rng(1);
  CHECK(equal(copier(2, 0, rng).P, real(0.6) * positions(32, 24, 100) / std::sqrt(real(32))));
  const Tokens batch = copies(50, rng);
  for (uword n = 0; n < 50; ++n) {
    const uvec read = batch.read.col(n), say = batch.say.col(n);
    CHECK(uvec(arma::unique(read.head(16))).n_elem == 16);
    CHECK(arma::all(say.head(16) == 20));
    for (uword t = 16; t < 24; ++t) {
      const uvec earlier = arma::find(read.head(16) == read(t));
      CHECK(earlier.n_elem == 1);
      CHECK(say(t) == read(earlier(0) + 1));
    }
  }
}

TEST_CASE("the best reader", "[18][lesson]") {
  Rng rng(1);
  CHECK_THAT(least_surprise(windows(2000, rng)), WithinAbs(0.2185, 0.001));
}

/// What ./course capstone 18 said, as our solutions ran it once.
TEST_CASE("what the capstone measured, over five seeds", "[18][lesson]") {
  CHECK(seeds("two").n_elem == 5);
  lies_between(seeds("two"), 99.9, 100);
  lies_between(seeds("one"), 14.7, 33.8);
  lies_between(seeds("gated"), 33.3, 36.1);
  lies_between(seeds("loss"), 0.2199, 0.2225);
  lies_between(seeds("entropy"), 0.2169, 0.2192);
  CHECK(accu(seeds("sentences")) == 1500);
  CHECK(accu(seeds("right")) == 1431);
  CHECK(accu(seeds("misled")) == 327);
  CHECK(accu(seeds("agreed")) == 327);
  CHECK(arma::min(vec(seeds("without") / seeds("with"))) > 100);
  CHECK_THAT(double(seeds("two_seconds").max()), WithinAbs(11.1, 0.05));
  CHECK_THAT(double(seeds("text_seconds").max()), WithinAbs(6.6, 0.05));
}

TEST_CASE("what the figures show", "[18][lesson]") {
  CHECK_THAT(double(column_of("induction-shares.csv", "before")(0)), WithinAbs(0.60, 0.005));
  CHECK_THAT(double(column_of("induction-shares.csv", "after_same")(0)), WithinAbs(0.995, 0.0005));
  const vec third = column_of("agreement.csv", "third");
  CHECK(third.index_max() == std::string("the kings").size() - 1);
  CHECK_THAT(double(third.max()), WithinAbs(0.90, 0.005));
  CHECK(column_of("root.csv", "with").max() < 1 / 3.0);
  CHECK(column_of("root.csv", "without").max() > 0.9);
  const vec gated = column_of("compute-losses.csv", "gated"), two = column_of("compute-losses.csv", "two");
  CHECK(gated(gated.n_elem - 1) < two(two.n_elem - 1));
  CHECK(arma::max(abs(vec(
            column_of("compute-losses.csv", "gated_seconds") / column_of("compute-losses.csv", "two_seconds") - 1))) <
        0.2);
  const vec blocks = column_of("grok.csv", "blocks");
  for (const char* seed : {"one", "two", "three", "four", "five"}) {
    const vec share = column_of("grok.csv", seed);
    for (uword i = 0; i < blocks.n_elem; ++i)
      if (blocks(i) == 1) CHECK(share(i) < 0.5);
  }
}

}  // namespace
}  // namespace nn
