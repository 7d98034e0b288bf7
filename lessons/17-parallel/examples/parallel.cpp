// What lesson 17 shows and claims, checked: the code blocks of its README.md are cut from here, its numbers repeated.
#include "nn/parallel.hpp"

#include "lessons/examples.hpp"
#include "nn/support/ranks.hpp"

namespace nn {
namespace {

TEST_CASE("fair shares", "[17][lesson]") {
  // [shard]
  Range third = shard(10, 2, 4);  // of 0 ... 9 on four ranks: 0 1 2, 3 4 5, 6 7, 8 9
  CHECK(third.begin == 6);
  CHECK(third.end == 8);  // one behind the last
  // [/shard]
}

TEST_CASE("gradients as a message", "[17][lesson]") {
  // [pack]
  Network network = {{{{1, 2}}, {3}, Activation::identity}};  // two weights and a bias
  Gradients g = {0.5, {mat{{10, 20}}}, {vec{30}}};
  CHECK(equal(pack(g), vec{0.5, 10, 20, 30}));
  CHECK(equal(unpack({0.5, 10, 20, 30}, network).dW[0], mat{{10, 20}}));
  // [/pack]
}

TEST_CASE("a mean of means", "[17][lesson]") {
  // [combine]
  Gradients three = {1, {mat{{2, 4}}}, {vec{4}}};  // a mean over three samples
  Gradients one = {5, {mat{{6, 8}}}, {vec{12}}};   // and the slope of one
  CHECK(equal(combine({three, one}, {3, 1}).dW[0], mat{{3, 5}}));
  // [/combine]
  CHECK(equal((3 * 2 + 1 * 6) / 4.0, 3));
  CHECK(equal((2 + 6) / 2.0, 4));
}

TEST_CASE("who waits for whom", "[17][lesson]") {
  // [deadlock]
  Ranks ranks(2, Delivery::on_receipt);  // a send waits until it is received, as with long messages
  std::string why;
  try {
    ranks.run([&](uword r) {
      ranks.send(r)(1 - r, {1, 2, 3});     // to the other one
      vec came = ranks.receive(r)(1 - r);  // neither of them comes this far
    });
  } catch (const RanksStopped& stopped) {
    why = stopped.what();
  }
  CHECK(why ==
        "nobody can go on: rank 0 waits until 1 receives, rank 1 waits until 0 receives. "
        "A send may wait until it is received");
  // [/deadlock]
}

TEST_CASE("a ring of three", "[17][lesson]") {
  // [ring]
  mat numbers = {{1, 10, 100}, {2, 20, 200}, {3, 30, 300}};  // a column is what a rank brings
  mat sums(3, 3);
  Ranks ranks(3);
  ranks.run([&](uword r) { sums.col(r) = ring_all_reduce(numbers.col(r), r, 3, ranks.exchange(r)); });
  CHECK(equal(sums, mat{{111, 111, 111}, {222, 222, 222}, {333, 333, 333}}));
  CHECK(arma::all(ranks.messages() == uvec{4, 4, 4}));  // of one number each
  // [/ring]
}

TEST_CASE("what goes round in a ring of three", "[17][lesson]") {
  const mat numbers = {{1, 10, 100}, {2, 20, 200}, {3, 30, 300}};
  mat sent(4, 3);
  Ranks ranks(3);
  ranks.run([&](uword r) {
    uword step = 0;
    const auto exchange = ranks.exchange(r);
    (void)ring_all_reduce(numbers.col(r), r, 3, [&](uword to, const vec& message, uword from) {
      sent(step++, r) = message(0);
      return exchange(to, message, from);
    });
  });
  CHECK(equal(sent, mat{{1, 20, 300}, {303, 11, 220}, {222, 333, 111}, {111, 222, 333}}));
  CHECK(2 * (64 - 1) == 126);
}

TEST_CASE("a tree of five", "[17][lesson]") {
  // [tree]
  vec sums(5);
  Ranks ranks(5);
  ranks.run([&](uword r) { sums(r) = tree_all_reduce({real(r)}, r, 5, ranks.send(r), ranks.receive(r))(0); });
  CHECK(equal(sums, vec{10, 10, 10, 10, 10}));
  CHECK(accu(ranks.messages()) == 8);
  CHECK(ranks.time() == 6);  // three rounds up, three down
  // [/tree]
}

TEST_CASE("one step of three ranks", "[17][lesson]") {
  // [step]
  Rng rng(1);
  Network start = {he_init(4, 2, Activation::relu, rng), xavier_init(1, 4, Activation::identity, rng)};
  mat X = random_normal(2, 7, rng), T = random_normal(1, 7, rng);
  std::vector<Step> steps(3);
  Ranks ranks(3);
  ranks.run([&](uword r) {
    Range mine = shard(7, r, 3);
    steps[r] = parallel_step(start, X.cols(mine.begin, mine.end - 1), T.cols(mine.begin, mine.end - 1), Loss::squared,
                             0.1, 7, ranks.all_reduce(r));
  });
  Network one = sgd_step(start, backprop(start, X, T, Loss::squared), 0.1);
  CHECK(equal(steps[2].network[0].W, one[0].W));
  // [/step]
  CHECK_THROWS(mat(X.cols(7, 6)));
  CHECK(mat(X.head_cols(0)).n_rows == 2);
  CHECK(0.1 + 0.2 != 0.3);
  CHECK((0.1 + 0.2) + 0.3 != 0.1 + (0.2 + 0.3));
}

TEST_CASE("what it costs", "[17][lesson]") {
  // [cost]
  Link link = fit_link({0, 100000}, {5e-5, 6.9e-4});  // two messages, and what they took
  CHECK(equal(link.alpha * 1e6, 50, 6));              // microseconds a message
  CHECK(equal(link.beta * 1e9, 6.4, 6));              // nanoseconds a number
  CHECK(equal(1e3 * ring_seconds(8, 79510, link), 1.5905, 4));
  CHECK(equal(1e3 * tree_seconds(8, 79510, link), 3.3532, 4));
  CHECK(best_ranks(256, 1024, 4e-5, 79510, link) == 19);
  // [/cost]
  const auto step = [&](uword p) {
    return 1e3 * (std::ceil(1024.0 / double(p)) * 4e-5 + double(ring_seconds(p, 79510, link)));
  };
  CHECK(equal(step(1), 40.96, 2));
  CHECK(equal(step(19), 4.92, 2));
  CHECK(equal(step(256), 26.7, 1));
  CHECK(equal(1024 * 4e-5 * 1e3, 40.96));
  CHECK(equal(14 * (50 + 0.0064 * 79510 / 8), 1590.5, 0));
  CHECK(equal(6 * (50 + 0.0064 * 79510), 3353.2, 1));
  CHECK(equal(14 * 0.05, 0.7));
  CHECK(equal(1e3 * ring_seconds(256, 79510, link), 26.51, 2));
  CHECK(equal(1e3 * tree_seconds(256, 79510, link), 8.94, 2));
}

TEST_CASE("fewer messages", "[17][lesson]") {
  // [local]
  Rng rng(1);
  Network start = {xavier_init(1, 2, Activation::identity, rng)};
  Batch first = {mat{{1, 2}, {2, 0}}, mat{{3, 1}}}, second = {mat{{0, 2}, {1, 1}}, mat{{1, 2}}};
  std::vector<Batch> mine = {first, second, first};
  Ranks ranks(2);
  std::vector<Network> ends(2);
  ranks.run([&](uword r) { ends[r] = local_steps(start, mine, Loss::squared, 0.1, 2, ranks.all_reduce(r), 2); });
  CHECK(arma::all(ranks.sums() == uvec{2, 2}));  // after the second batch, and after the last
  // [/local]
  CHECK(equal(ends[0][0].W, ends[1][0].W));
}

TEST_CASE("smaller messages", "[17][lesson]") {
  // [top]
  Compressed sent = top_k({1, -5, 2, 0.5}, {0, 1, 0.6, 3}, 2);  // the sum is 1, -4, 2.6, 3.5
  CHECK(arma::all(sent.at == uvec{1, 3}));
  CHECK(equal(sent.values, vec{-4, 3.5}));
  CHECK(equal(sent.residual, vec{1, 0, 2.6, 0}));
  // [/top]
}

real at(const std::string& file, const std::string& key, const std::string& column, real value) {
  const vec keys = column_of(file, key), values = column_of(file, column);
  return values(uvec(find(keys == value))(0));
}

TEST_CASE("what the captions say", "[17][lesson]") {
  CHECK(column_of("ring_and_tree-ring.csv", "end").max() == 12);
  CHECK(column_of("ring_and_tree-tree.csv", "end").max() == 20);
  Ranks short_ring(4), short_tree(4);  // one number alone
  short_ring.beta = short_tree.beta = 0.5;
  short_ring.run([&](uword r) { (void)ring_all_reduce(vec{1}, r, 4, short_ring.exchange(r)); });
  short_tree.run([&](uword r) { (void)tree_all_reduce(vec{1}, r, 4, short_tree.send(r), short_tree.receive(r)); });
  CHECK(short_tree.time() < short_ring.time());
  const vec ring = column_of("more_ranks-played.csv", "ring"), tree = column_of("more_ranks-played.csv", "tree");
  for (uword i = 0; i < ring.n_elem; ++i) {
    const real p = column_of("more_ranks-played.csv", "ranks")(i);
    if (p > 32) continue;
    CHECK(std::abs(ring(i) - at("more_ranks.csv", "ranks", "ring", p)) < 1e-4);
    CHECK(std::abs(tree(i) - at("more_ranks.csv", "ranks", "tree", p)) < 1e-4);
  }
  CHECK(column_of("more_ranks-best.csv", "ranks")(0) == 19);
  CHECK(equal(at("meetings-alike.csv", "every", "middle", 1), 88.5));
  CHECK(equal(at("meetings-alike.csv", "every", "middle", 100), 88.2));
  CHECK(equal(at("meetings-sorted.csv", "every", "middle", 100), 35.8));
  const auto loss = [](const char* column, real step) { return at("few_numbers.csv", "step", column, step); };
  CHECK(equal(loss("all", 100), 0.50, 2));
  CHECK(equal(loss("kept", 100), 0.52, 2));
  CHECK(equal(loss("lost", 100), 1.12, 2));
  CHECK(equal(loss("all", 200), 0.44, 2));
  CHECK(equal(loss("kept", 200), 0.44, 2));
  CHECK(equal(loss("lost", 200), 0.78, 2));
  CHECK((784 * 30 + 30 + 30 * 10 + 10 + 1) / 100 == 238);
}

TEST_CASE("what the capstone measured", "[17][lesson]") {
  CHECK(seeds("seed").n_elem == 5);
  CHECK(seeds("apart").max() <= 1e-6);
  CHECK(equal(seeds("mnist").min(), 97.47));
  CHECK(equal(seeds("mnist").max(), 97.67));
  CHECK(equal(seeds("sample").min(), 92.1));
  CHECK(equal(seeds("sample").max(), 93.1));
  const auto hosts = [](const char* column) { return column_of("../../capstone/simulated.csv", column); };
  CHECK(abs(hosts("ring") / hosts("ring_formula") - 1).max() < 0.03);
  CHECK(abs(hosts("tree") / hosts("tree_formula") - 1).max() < 0.03);
  CHECK(hosts("hosts")(hosts("ring").index_min()) == 16);
  CHECK(equal(hosts("ring").min(), 4.62));
  CHECK(equal(hosts("ring")(8), 27.22));
}

}  // namespace
}  // namespace nn
