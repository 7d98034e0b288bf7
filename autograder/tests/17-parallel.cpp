// Lesson 17: shards, messages, sums that go round, and what they cost. There is no network: the ranks are played by
// nn/support/ranks.hpp, one after another, and where they wait for each other for ever it says who waits for whom.
// Golden values are by hand; the rest is compared with sums, with lesson 6 over the whole batch, and with definitions.
#include "contracts/parallel.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "autograder/tests/support/answers.hpp"
#include "autograder/tests/support/drawn.hpp"
#include "nn/support/ranks.hpp"

namespace nn {

// 17.1

TEST_CASE("ten samples on four ranks, three on four", "[17][17.1]") {
  check<shard>(Range{0, 3}, uword(10), uword(0), uword(4));
  check<shard>(Range{3, 6}, uword(10), uword(1), uword(4));
  check<shard>(Range{6, 8}, uword(10), uword(2), uword(4));
  check<shard>(Range{8, 10}, uword(10), uword(3), uword(4));
  check<shard>(Range{3, 3}, uword(3), uword(3), uword(4));
}

TEST_CASE("every sample belongs to one rank, and nobody has two more than another", "[17][17.1]") {
  for (const uword ranks : {1, 2, 3, 4, 7, 8, 16, 40})
    for (const uword n : {0, 1, 2, 5, 8, 29, 40, 1000}) {
      const auto complaint = [&](const std::vector<Range>& parts) -> std::string {
        for (uword r = 0; r < ranks; ++r) {
          const auto [begin, end] = parts[r];
          if (begin > end) return fmt::format("rank {} ends at {}, before its begin at {}", r, end, begin);
          if (begin != (r == 0 ? 0 : parts[r - 1].end))
            return fmt::format("rank {} begins at {}, and the one before it ends at {}", r, begin,
                               r == 0 ? 0 : parts[r - 1].end);
          if (end - begin > parts[0].end || end - begin + 1 < parts[0].end ||
              (r > 0 && end - begin > begin - parts[r - 1].begin))
            return fmt::format("rank {} has {} samples, and rank 0 has {}", r, end - begin, parts[0].end);
        }
        return parts.back().end == n ? "" : fmt::format("the last rank ends at {}, not at {}", parts.back().end, n);
      };
      Check check{.arguments = {number("n", double(n)), number("ranks", double(ranks))}};
      examine<shard>(check, [&](const auto& f) {
        std::vector<Range> parts;
        return seen(
            [&] {
              parts.clear();
              for (uword r = 0; r < ranks; ++r) parts.push_back(f(n, r, ranks));
              return parts_of(parts);
            },
            [&](const Parts&) -> std::optional<std::string> {
              const std::string text = complaint(parts);
              return text.empty() ? std::nullopt : std::optional(text);
            });
      });
    }
}

TEST_CASE("a rank that is not there is an error", "[17][17.1]") {
  rejects<shard>(uword(10), uword(4), uword(4));
  rejects<shard>(uword(10), uword(0), uword(0));
}

// 17.2

static Gradients some_gradients(const Network& like, Rng& rng) {
  const real loss = rng.uniform();
  Gradients g = random_gradients(like, rng);
  g.loss = loss;
  return g;
}

static const Network two_layers = {{{{1, 2}, {3, 4}, {5, 6}}, {7, 8, 9}, Activation::relu},
                                   {{{1, 1, 1}}, {0}, Activation::sigmoid}};
static const Gradients two_slopes = {real(0.5), {{{1, 4}, {2, 5}, {3, 6}}, {{10, 11, 12}}}, {{7, 8, 9}, {13}}};

TEST_CASE("a message of two layers", "[17][17.2]") {
  const vec message = {0.5, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13};
  check<pack>(message, two_slopes);
  check<unpack>(two_slopes, message, two_layers);
}

static const auto plain_message = oracle<vec>("pack", [](const Gradients& g) {
  std::vector<real> all = {g.loss};
  for (uword l = 0; l < g.dW.size(); ++l) {
    all.insert(all.end(), g.dW[l].begin(), g.dW[l].end());
    all.insert(all.end(), g.db[l].begin(), g.db[l].end());
  }
  return vec(all);
});

TEST_CASE("any gradients there and back", "[17][17.2]") {
  for (const std::uint64_t seed : {1701, 1702}) {
    Rng rng = seeded(seed);
    for (const auto& [d, units] : {std::pair<uword, std::vector<uword>>{3, {2}}, {2, {4, 3}}, {1, {1, 5, 2}}}) {
      const Network like = scaled_network(d, units, Activation::identity, rng);
      const Gradients g = some_gradients(like, rng);
      check<pack>(plain_message(g), g);
      check<unpack>(g, plain_message(g), like);
    }
    const Gradients nothing = {real(0.25), {}, {}};
    check<pack>(vec{0.25}, nothing);
    check<unpack>(nothing, vec{0.25}, Network{});
  }
}

TEST_CASE("a message that is too short or too long is an error", "[17][17.2]") {
  for (const uword length : {0, 1, 13, 15}) rejects<unpack>(vec(length, arma::fill::ones), two_layers);
}

// 17.3

static Gradients one_number(real loss, real dW, real db) { return {loss, {mat(1, 1).fill(dW)}, {vec{db}}}; }

TEST_CASE("three samples weigh three times as much as one", "[17][17.3]") {
  check<combine>(one_number(2, 3, 6), std::vector<Gradients>{one_number(1, 2, 4), one_number(5, 6, 12)}, uvec{3, 1});
}

TEST_CASE("parts of a batch make the gradient of the batch", "[17][17.3]") {
  for (const std::uint64_t seed : {1710, 1711}) {
    Rng rng = seeded(seed);
    for (const auto& [ranks, N] : {std::pair<uword, uword>{3, 7}, {2, 8}, {4, 9}, {1, 3}}) {
      const Network network = scaled_network(3, {4, 2}, Activation::identity, rng);
      const mat X = random_normal(3, N, rng), T = random_normal(2, N, rng);
      std::vector<Gradients> parts;
      uvec sizes(ranks);
      for (uword r = 0, begin = 0; r < ranks; ++r) {
        sizes(r) = r + 1 < ranks ? 1 + rng.below(N - begin - (ranks - r - 1)) : N - begin;
        parts.push_back(
            backprop(network, X.cols(begin, begin + sizes(r) - 1), T.cols(begin, begin + sizes(r) - 1), Loss::squared));
        begin += sizes(r);
      }
      check<combine>(backprop(network, X, T, Loss::squared), parts, sizes);
    }
  }
}

TEST_CASE("a part without samples may be anything", "[17][17.3]") {
  const real nothing = arma::datum::nan;
  for (const uword empty : {0, 1, 2}) {
    std::vector<Gradients> parts = {one_number(1, 2, 4), one_number(5, 6, 12)};
    uvec sizes = {1, 3};
    parts.insert(parts.begin() + empty, empty == 1 ? Gradients{} : one_number(nothing, nothing, nothing));
    sizes.insert_rows(empty, 1);
    check<combine>(one_number(4, 5, 10), parts, sizes);
  }
}

TEST_CASE("parts that do not fit are errors", "[17][17.3]") {
  const Gradients one = one_number(1, 2, 3);
  Gradients wide = one, two = one, long_b = one;
  wide.dW[0] = mat{{1, 2}};
  two.dW.push_back(one.dW[0]), two.db.push_back(one.db[0]);
  long_b.db[0] = vec{1, 2};
  rejects<combine>(std::vector<Gradients>{one, one}, uvec{1});
  rejects<combine>(std::vector<Gradients>{one, one}, uvec{0, 0});
  rejects<combine>(std::vector<Gradients>{}, uvec{});
  for (const Gradients& other : {wide, two, long_b}) {
    rejects<combine>(std::vector<Gradients>{one, other}, uvec{1, 1});
    rejects<combine>(std::vector<Gradients>{other, one}, uvec{1, 1});
  }
}

// 17.4 and 17.5

static const char* words(Delivery delivery) {
  return delivery == Delivery::at_once ? "a send ends at once" : "a send waits until it is received";
}

/// Runs the ranks of a student's function; where they stop, that is what is wrong with it.
static void run_ranks(Ranks& ranks, const std::function<void(uword)>& body) {
  try {
    ranks.run(body);
  } catch (const RanksStopped& why) {
    throw Unfit{why.what()};
  }
}

/// What ask(f) sees of f must be `expected`; ranks that stopped are a result, too, and a wrong one.
template <auto Function, class Ask>
static void plays(const Parts& expected, Tolerance tolerance, const Parts& arguments, Ask ask) {
  Check check{.arguments = arguments, .expected = expected, .tolerance = tolerance};
  examine<Function>(std::move(check), [&](const auto& f) {
    try {
      return seen([&] { return ask(f); }, [&](const Parts& found) { return difference(expected, found, tolerance); });
    } catch (const Unfit& stopped) {
      Seen seen;
      seen.result = Parts{{stopped.says, {}}};
      seen.complaint = stopped.says;
      return seen;
    }
  });
}

/// n numbers of each of p ranks: column r is what rank r brings.
static mat brought(uword n, uword p, Rng& rng) { return random_normal(n, p, rng); }

/// Where there are no numbers, there is no place for a column to begin at.
static vec own(const mat& all, uword rank) { return all.empty() ? vec() : vec(all.col(rank)); }

static arma::mat columns_of(const std::vector<vec>& sums) {
  arma::mat all(sums.empty() ? 0 : sums[0].n_elem, sums.size());
  for (uword r = 0; r < sums.size(); ++r) {
    if (sums[r].n_elem != all.n_rows)
      throw Unfit{fmt::format("rank {} ends with {} numbers, and rank 0 with {}", r, sums[r].n_elem, all.n_rows)};
    if (!sums[r].empty()) all.col(r) = arma::conv_to<arma::vec>::from(sums[r]);
  }
  return all;
}

/// How many ranks hold other bits than rank 0.
static Part others(const std::vector<vec>& sums) {
  double count = 0;
  for (const vec& sum : sums)
    count += !sum.empty() && std::memcmp(sum.memptr(), sums[0].memptr(), sum.n_elem * sizeof(real)) != 0;
  return number("ranks whose sum differs from rank 0's in its last bits", count);
}

static Part each_rank(const char* name, const uvec& values) {
  return {name, arma::conv_to<arma::mat>::from(values).eval()};
}

static Parts setting(uword p, uword n, Delivery delivery) {
  return {number("ranks", double(p)), number("numbers", double(n)), {words(delivery), {}}};
}

/// What each rank should hold, one rank a column.
static Part all_hold(const mat& mine) {
  return {"the ranks' sums, a column each", arma::conv_to<arma::mat>::from(mat(repmat(sum(mine, 1), 1, mine.n_cols)))};
}

template <class F>
static Parts ring_of(const F& f, const mat& mine, Delivery delivery) {
  Ranks ranks(mine.n_cols, delivery);
  std::vector<vec> sums(mine.n_cols);
  run_ranks(ranks, [&](uword r) { sums[r] = f(own(mine, r), r, mine.n_cols, ranks.exchange(r)); });
  Part held = all_hold(mine);
  held.value = columns_of(sums);
  return {held, each_rank("messages that each rank sends", ranks.messages()),
          each_rank("numbers that each rank sends", ranks.numbers()), others(sums)};
}

/// How many numbers each rank sends round the ring: all chunks but the next one, then all but the one after it.
static const auto ring_numbers = oracle<uvec>("ring_all_reduce", [](uword n, uword p) {
  uvec sent(p);
  const auto length = [&](uword c) { return n / p + (c % p < n % p ? 1 : 0); };
  for (uword r = 0; r < p; ++r) sent(r) = p == 1 ? 0 : 2 * n - length(r + 1) - length(r + 2);
  return sent;
});

TEST_CASE("three ranks, three numbers, by pencil", "[17][17.4]") {
  const mat mine = {{1, 10, 100}, {2, 20, 200}, {3, 30, 300}};
  for (const Delivery delivery : {Delivery::at_once, Delivery::on_receipt})
    plays<ring_all_reduce>({all_hold(mine), each_rank("messages that each rank sends", {4, 4, 4}),
                            each_rank("numbers that each rank sends", {4, 4, 4}),
                            number("ranks whose sum differs from rank 0's in its last bits", 0)},
                           {}, setting(3, 3, delivery), [&](const auto& f) { return ring_of(f, mine, delivery); });
}

TEST_CASE("the first messages of a ring of three", "[17][17.4]") {
  const mat mine = {{1, 10, 100}, {2, 20, 200}, {3, 30, 300}};
  Parts expected;
  const double sent[4][3] = {{1, 20, 300}, {303, 11, 220}, {222, 333, 111}, {111, 222, 333}};
  for (uword s = 0; s < 4; ++s)
    for (uword r = 0; r < 3; ++r)
      expected.push_back(number(fmt::format("message {} of rank {}", s + 1, r), sent[s][r]));
  plays<ring_all_reduce>(expected, {}, setting(3, 3, Delivery::at_once), [&](const auto& f) {
    Ranks ranks(3);
    std::vector<std::vector<vec>> said(3);
    run_ranks(ranks, [&](uword r) {
      said[r].clear();
      const auto exchange = ranks.exchange(r);
      (void)f(own(mine, r), r, 3, [&](uword to, const vec& message, uword from) {
        said[r].push_back(message);
        return exchange(to, message, from);
      });
    });
    Parts parts;
    for (uword s = 0; s < 4; ++s)
      for (uword r = 0; r < 3; ++r) {
        if (said[r].size() != 4 || said[r][s].n_elem != 1)
          throw Unfit{fmt::format("rank {} should have sent 4 messages of one number", r)};
        parts.push_back(number(fmt::format("message {} of rank {}", s + 1, r), double(said[r][s](0))));
      }
    return parts;
  });
}

TEST_CASE("any number of ranks in a ring, any number of numbers", "[17][17.4]") {
  Rng rng = seeded(1720);
  for (const uword p : {1, 2, 3, 4, 5, 8})
    for (const uword n : {0, 1, 3, 8, 29}) {
      const Delivery delivery = (p + n) % 2 ? Delivery::at_once : Delivery::on_receipt;
      const mat mine = brought(n, p, rng);
      plays<ring_all_reduce>({all_hold(mine), each_rank("messages that each rank sends", uvec(p).fill(2 * (p - 1))),
                              each_rank("numbers that each rank sends", ring_numbers(n, p)),
                              number("ranks whose sum differs from rank 0's in its last bits", 0)},
                             {}, setting(p, n, delivery), [&](const auto& f) { return ring_of(f, mine, delivery); });
    }
}

TEST_CASE("a rank that is none of the ring is an error", "[17][17.4]") {
  for (const uword p : {0, 2})
    rejects<ring_all_reduce>(vec{1, 2}, p, p, Exchange([](uword, const vec& message, uword) { return message; }));
}

template <class F>
static Parts tree_of(const F& f, const mat& mine, Delivery delivery) {
  Ranks ranks(mine.n_cols, delivery);
  std::vector<vec> sums(mine.n_cols);
  run_ranks(ranks, [&](uword r) { sums[r] = f(own(mine, r), r, mine.n_cols, ranks.send(r), ranks.receive(r)); });
  Part held = all_hold(mine);
  held.value = columns_of(sums);
  return {held, number("messages in all", double(accu(ranks.messages()))),
          number("numbers in all", double(accu(ranks.numbers()))),
          number("messages one after another, from the first to the last", ranks.time()), others(sums)};
}

static const auto tree_depth =
    oracle<uword>("tree_all_reduce", [](uword p) { return 2 * uword(std::ceil(std::log2(double(p)) - 1e-9)); });

static Parts tree_expected(const mat& mine) {
  const uword p = mine.n_cols;
  return {all_hold(mine), number("messages in all", 2.0 * double(p - 1)),
          number("numbers in all", 2.0 * double(p - 1) * double(mine.n_rows)),
          number("messages one after another, from the first to the last", double(tree_depth(p))),
          number("ranks whose sum differs from rank 0's in its last bits", 0)};
}

TEST_CASE("a tree of five", "[17][17.5]") {
  const mat mine = {{1, 10, 100, 1000, 10000}, {2, 20, 200, 2000, 20000}};
  for (const Delivery delivery : {Delivery::at_once, Delivery::on_receipt})
    plays<tree_all_reduce>(tree_expected(mine), {}, setting(5, 2, delivery),
                           [&](const auto& f) { return tree_of(f, mine, delivery); });
}

TEST_CASE("any number of ranks in a tree, any number of numbers", "[17][17.5]") {
  Rng rng = seeded(1730);
  for (const uword p : {1, 2, 3, 4, 5, 6, 7, 8, 13, 16})
    for (const uword n : {0, 1, 8, 29}) {
      const Delivery delivery = (p + n) % 2 ? Delivery::at_once : Delivery::on_receipt;
      const mat mine = brought(n, p, rng);
      plays<tree_all_reduce>(tree_expected(mine), {}, setting(p, n, delivery),
                             [&](const auto& f) { return tree_of(f, mine, delivery); });
    }
}

TEST_CASE("who sends to whom in a tree of six", "[17][17.5]") {
  plays<tree_all_reduce>(named<uvec>({{"rank 0 sends to", {4, 2, 1}},
                                      {"rank 1 sends to", {0}},
                                      {"rank 2 sends to", {0, 3}},
                                      {"rank 3 sends to", {2}},
                                      {"rank 4 sends to", {0, 5}},
                                      {"rank 5 sends to", {4}}}),
                         {}, setting(6, 1, Delivery::on_receipt), [&](const auto& f) {
                           Ranks ranks(6, Delivery::on_receipt);
                           std::vector<std::vector<uword>> to_whom(6);
                           run_ranks(ranks, [&](uword r) {
                             to_whom[r].clear();
                             const auto send = ranks.send(r);
                             (void)f(
                                 vec{1}, r, 6,
                                 [&](uword to, const vec& message) {
                                   to_whom[r].push_back(to);
                                   send(to, message);
                                 },
                                 ranks.receive(r));
                           });
                           Parts parts;
                           for (uword r = 0; r < 6; ++r)
                             add_parts(parts, fmt::format("rank {} sends to", r), uvec(to_whom[r]));
                           return parts;
                         });
}

TEST_CASE("a rank that is none of the tree is an error", "[17][17.5]") {
  for (const uword p : {0, 2})
    rejects<tree_all_reduce>(vec{1, 2}, p, p, Send([](uword, const vec&) {}), Receive([](uword) { return vec{1, 2}; }));
}

// 17.6

/// The samples of a batch, rank by rank: `sizes` of them.
static std::vector<Batch> dealt(const mat& X, const mat& T, const std::vector<uword>& sizes) {
  std::vector<Batch> parts;
  uword begin = 0;
  for (const uword size : sizes) {
    if (size == 0) parts.push_back({mat(X.n_rows, 0), mat(T.n_rows, 0)});
    else parts.push_back({X.cols(begin, begin + size - 1), T.cols(begin, begin + size - 1)});
    begin += size;
  }
  return parts;
}

static Parts named_step(const Network& network, real loss, uword rank) {
  Parts parts = {number(fmt::format("the loss that rank {} tells", rank), double(loss))};
  add_parts(parts, fmt::format("rank {}", rank), network);
  return parts;
}

static void append(Parts& parts, Parts more) { parts.insert(parts.end(), more.begin(), more.end()); }

TEST_CASE("many ranks make the step that one would make", "[17][17.6]") {
  for (const std::uint64_t seed : {1740, 1741}) {
    Rng rng = seeded(seed);
    for (const auto& sizes : std::vector<std::vector<uword>>{{3, 2, 2}, {4}, {1, 1, 0, 0, 0}, {0, 5}, {4, 4, 4, 4}}) {
      for (const Loss loss : {Loss::squared, Loss::cross_entropy}) {
        const uword N = accu(uvec(sizes)), p = sizes.size();
        const Network network =
            scaled_network(3, {4, 3}, loss == Loss::squared ? Activation::identity : Activation::softmax, rng);
        const mat X = random_normal(3, N, rng);
        mat T = random_normal(3, N, rng);
        if (loss == Loss::cross_entropy) T = normalise(exp(T), 1, 0);
        const std::vector<Batch> parts = dealt(X, T, sizes);
        const Gradients whole = backprop(network, X, T, loss);
        const Network stepped = sgd_step(network, whole, real(0.3));
        Parts expected = {each_rank("sums that each rank asks for", uvec(p, arma::fill::ones))};
        for (const uword r : {uword(0), p - 1}) append(expected, named_step(stepped, whole.loss, r));
        plays<parallel_step>(expected, {}, {{"samples of each rank", arma::conv_to<arma::mat>::from(uvec(sizes))}},
                             [&](const auto& f) {
                               Ranks ranks(p);
                               std::vector<Step> steps(p);
                               run_ranks(ranks, [&](uword r) {
                                 steps[r] = f(network, parts[r].X, parts[r].T, loss, real(0.3), N, ranks.all_reduce(r));
                               });
                               Parts found = {each_rank("sums that each rank asks for", ranks.sums())};
                               for (const uword r : {uword(0), p - 1})
                                 append(found, named_step(steps[r].network, steps[r].loss, r));
                               return found;
                             });
      }
    }
  }
}

TEST_CASE("twenty steps of three ranks, and of one", "[17][17.6]") {
  Rng rng = seeded(1745);
  const Network start = scaled_network(2, {5, 1}, Activation::sigmoid, rng);
  const mat X = random_normal(2, 7, rng);
  const mat T = arma::conv_to<mat>::from(X.row(0) % X.row(1) > 0);
  const std::vector<Batch> parts = dealt(X, T, {3, 2, 2});
  Network one = start;
  for (int i = 0; i < 20; ++i) one = sgd_step(one, backprop(one, X, T, Loss::binary_cross_entropy), real(0.5));
  Parts expected;
  add_parts(expected, "after 20 steps rank 1", one);
  plays<parallel_step>(expected, {}, {number("ranks", 3)}, [&](const auto& f) {
    Ranks ranks(3);
    std::vector<Network> networks(3);
    run_ranks(ranks, [&](uword r) {
      networks[r] = start;
      for (int i = 0; i < 20; ++i)
        networks[r] =
            f(networks[r], parts[r].X, parts[r].T, Loss::binary_cross_entropy, real(0.5), uword(7), ranks.all_reduce(r))
                .network;
    });
    Parts found;
    add_parts(found, "after 20 steps rank 1", networks[1]);
    return found;
  });
}

TEST_CASE("a step of samples that do not fit is an error", "[17][17.6]") {
  Rng rng = seeded(1746);
  const Network network = scaled_network(3, {2}, Activation::identity, rng);
  const mat X(3, 4, arma::fill::ones), T(2, 4, arma::fill::ones);
  const AllReduce same = [](const vec& v) { return v; };
  rejects<parallel_step>(network, X, T, Loss::squared, real(0.1), uword(3), same);
  rejects<parallel_step>(network, mat(3, 0), mat(2, 0), Loss::squared, real(0.1), uword(0), same);
  rejects<parallel_step>(network, X, mat(2, 3, arma::fill::ones), Loss::squared, real(0.1), uword(4), same);
  rejects<parallel_step>(network, mat(2, 4, arma::fill::ones), T, Loss::squared, real(0.1), uword(4), same);
}

// 17.7

static const Tolerance timed{1e-15, 1e-7};

TEST_CASE("two messages give their link back", "[17][17.7]") {
  check<fit_link>(Link{real(5e-5), real(6.4e-9)}, timed, vec{0, 100000}, vec{5e-5, 6.9e-4});
}

static const auto plain_fit = oracle<Link>("fit_link", [](const vec& numbers, const vec& seconds) {
  mat A(numbers.n_elem, 2);
  A.col(0) = 1 / seconds, A.col(1) = numbers / seconds;
  const vec found = solve(A, vec(numbers.n_elem, arma::fill::ones));
  return Link{found(0), found(1)};
});

TEST_CASE("a link from times that tremble", "[17][17.7]") {
  for (const std::uint64_t seed : {1750, 1751, 1752}) {
    Rng rng = seeded(seed);
    const vec numbers = {1, 10, 100, 1000, 1000, 10000, 100000};
    vec seconds = real(2e-5) + real(3e-9) * numbers;
    for (real& t : seconds) t *= 1 + rng.normal() * real(0.05);
    check<fit_link>(plain_fit(numbers, seconds), timed, numbers, seconds);
  }
}

TEST_CASE("times from which no link can be had are errors", "[17][17.7]") {
  rejects<fit_link>(vec{1, 2}, vec{1});
  rejects<fit_link>(vec{}, vec{});
  rejects<fit_link>(vec{5}, vec{1});
  rejects<fit_link>(vec{5, 5, 5}, vec{1, 2, 3});
  rejects<fit_link>(vec{1, 2}, vec{0, 1});
  rejects<fit_link>(vec{1, 2}, vec{1, -1});
}

static const Link ten_gigabit = {real(5e-5), real(6.4e-9)};

TEST_CASE("ring and tree for 79 510 numbers", "[17][17.7]") {
  const Tolerance printed{1e-12, 1e-4};
  for (const auto& [p, ring, tree] : {std::tuple<uword, double, double>{1, 0, 0},
                                      {2, 0.0006089, 0.0011177},
                                      {8, 0.0015905, 0.0033532},
                                      {64, 0.0073018, 0.0067064},
                                      {256, 0.0265138, 0.0089418}}) {
    check<ring_seconds>(real(ring), printed, p, uword(79510), ten_gigabit);
    check<tree_seconds>(real(tree), printed, p, uword(79510), ten_gigabit);
  }
}

static const auto plain_ring = oracle<real>("ring_seconds", [](uword p, uword n, const Link& link) {
  real time = 0;
  for (uword s = 0; s < 2 * (p - 1); ++s) time += link.alpha + link.beta * real(n) / real(p);
  return time;
});

static const auto plain_tree = oracle<real>("tree_seconds", [](uword p, uword n, const Link& link) {
  real time = 0;
  for (uword reached = 1; reached < p; reached *= 2) time += 2 * (link.alpha + link.beta * real(n));
  return time;
});

TEST_CASE("any ring, any tree, any link", "[17][17.7]") {
  Rng rng = seeded(1755);
  for (const uword p : {1, 2, 3, 4, 5, 7, 9, 16, 33, 100})
    for (const uword n : {0, 1, 1000, 100001}) {
      const Link link = {rng.uniform(), rng.uniform() / 100};
      check<ring_seconds>(plain_ring(p, n, link), p, n, link);
      check<tree_seconds>(plain_tree(p, n, link), p, n, link);
    }
  rejects<ring_seconds>(uword(0), uword(5), ten_gigabit);
  rejects<tree_seconds>(uword(0), uword(5), ten_gigabit);
}

static const auto plain_best =
    oracle<uword>("best_ranks", [](uword most, uword batch, real per_sample, uword n, const Link& link) {
      uword best = 0;
      real least = 0;
      for (uword p = most; p >= 1; --p) {
        uword largest = 0;
        for (uword i = 0; i < batch; i += p) ++largest;
        const real time = real(largest) * per_sample + plain_ring(p, n, link);
        if (best == 0 || time <= least) best = p, least = time;
      }
      return best;
    });

TEST_CASE("nineteen of 256 machines", "[17][17.7]") {
  check<best_ranks>(uword(19), uword(256), uword(1024), real(4e-5), uword(79510), ten_gigabit);
}

TEST_CASE("how many ranks pay", "[17][17.7]") {
  Rng rng = seeded(1760);
  for (const uword most : {1, 2, 7, 64})
    for (const uword batch : {1, 8, 100, 1000})
      for (const double alpha : {1e-6, 1e-3, 0.1}) {
        const Link link = {real(alpha), real(alpha / 1e4)};
        const real per_sample = real(0.001) * (1 + rng.uniform());
        check<best_ranks>(plain_best(most, batch, per_sample, uword(1000), link), most, batch, per_sample, uword(1000),
                          link);
      }
  check<best_ranks>(uword(5), uword(9), uword(5), real(1), uword(10), Link{0, 0});
  check<best_ranks>(uword(3), uword(4), uword(5), real(1), uword(10), Link{0, 0});
  rejects<best_ranks>(uword(0), uword(5), real(1), uword(10), ten_gigabit);
}

// 17.8

TEST_CASE("a quarter of one network and three of another", "[17][17.8]") {
  const Network a = {{{{4, 8}}, {12}, Activation::tanh}}, b = {{{{8, 0}}, {16}, Activation::tanh}};
  check<average>(Network{{{{7, 2}}, {15}, Activation::tanh}}, std::vector<Network>{a, b}, vec{0.25, 0.75});
  check<average>(a, std::vector<Network>{a}, vec{1});
}

/// The mean of networks of one shape.
static const auto plain_average =
    oracle<Network>("average", [](const std::vector<Network>& networks, const vec& weights) {
      Network mean = networks[0];
      for (uword l = 0; l < mean.size(); ++l) {
        mean[l].W.zeros(), mean[l].b.zeros();
        for (uword i = networks.size(); i-- > 0;)
          mean[l].W += weights(i) * networks[i][l].W, mean[l].b += weights(i) * networks[i][l].b;
      }
      return mean;
    });

TEST_CASE("any networks, any weights", "[17][17.8]") {
  Rng rng = seeded(1770);
  for (const uword count : {2, 3, 5}) {
    std::vector<Network> networks;
    vec weights(count);
    for (uword i = 0; i < count; ++i) {
      networks.push_back(scaled_network(3, {2, 4}, Activation::softmax, rng));
      weights(i) = rng.uniform(real(0.1), 1);
    }
    weights /= accu(weights);
    check<average>(plain_average(networks, weights), networks, weights);
  }
}

TEST_CASE("networks that have no mean are errors", "[17][17.8]") {
  Rng rng = seeded(1771);
  const Network one = scaled_network(3, {2, 4}, Activation::identity, rng);
  rejects<average>(std::vector<Network>{}, vec{});
  rejects<average>(std::vector<Network>{one, one}, vec{1});
  Network long_b = one;
  long_b[1].b.ones(5);
  for (const Network& other : {scaled_network(3, {2}, Activation::identity, rng),
                               scaled_network(3, {3, 4}, Activation::identity, rng), long_b})
    rejects<average>(std::vector<Network>{one, other}, vec{0.5, 0.5});
}

static const auto plain_local = oracle<Network>(
    "local_steps", [](const Network& start, const std::vector<std::vector<Batch>>& ranks, real rate, uword every) {
      const uword p = ranks.size(), steps = ranks[0].size();
      std::vector<Network> now(p, start);
      for (uword i = 0; i < steps; ++i) {
        for (uword r = 0; r < p; ++r)
          now[r] = sgd_step(now[r], backprop(now[r], ranks[r][i].X, ranks[r][i].T, Loss::squared), rate);
        if (i + 1 == steps || i % every == every - 1) now.assign(p, plain_average(now, vec(p).fill(1 / real(p))));
      }
      return now[0];
    });

TEST_CASE("steps of one's own, then a meeting", "[17][17.8]") {
  for (const std::uint64_t seed : {1772, 1773}) {
    Rng rng = seeded(seed);
    for (const auto& [p, steps, every, meetings] :
         {std::array<uword, 4>{2, 3, 1, 3}, {3, 5, 2, 3}, {2, 6, 3, 2}, {4, 2, 7, 1}, {1, 4, 2, 2}, {2, 0, 1, 0}}) {
      const Network start = scaled_network(2, {3, 1}, Activation::identity, rng);
      std::vector<std::vector<Batch>> batches(p);
      for (uword r = 0; r < p; ++r)
        for (uword i = 0; i < steps; ++i) batches[r].push_back({random_normal(2, 3, rng), random_normal(1, 3, rng)});
      Parts expected = {each_rank("meetings of each rank", uvec(p).fill(meetings))};
      const Network mean = plain_local(start, batches, real(0.1), every);
      for (uword r = 0; r < p; ++r) add_parts(expected, fmt::format("rank {}", r), mean);
      plays<local_steps>(
          expected, {},
          {number("ranks", double(p)), number("batches of each", double(steps)), number("every", double(every))},
          [&, p = p, every = every](const auto& f) {
            Ranks ranks(p);
            std::vector<Network> networks(p);
            run_ranks(ranks, [&](uword r) {
              networks[r] = f(start, batches[r], Loss::squared, real(0.1), every, ranks.all_reduce(r), p);
            });
            Parts found = {each_rank("meetings of each rank", ranks.sums())};
            for (uword r = 0; r < p; ++r) add_parts(found, fmt::format("rank {}", r), networks[r]);
            return found;
          });
    }
  }
}

TEST_CASE("never to meet, and no ranks, are errors", "[17][17.8]") {
  Rng rng = seeded(1774);
  const Network network = scaled_network(2, {1}, Activation::identity, rng);
  const std::vector<Batch> one = {{mat(2, 1, arma::fill::ones), mat(1, 1, arma::fill::ones)}};
  const AllReduce same = [](const vec& v) { return v; };
  rejects<local_steps>(network, one, Loss::squared, real(0.1), uword(0), same, uword(1));
  rejects<local_steps>(network, one, Loss::squared, real(0.1), uword(1), same, uword(0));
}

// 17.9

TEST_CASE("the two largest of four", "[17][17.9]") {
  check<top_k>(Compressed{{1, 3}, {-4, 3.5}, {1, 0, 2.6, 0}}, vec{1, -5, 2, 0.5}, vec{0, 1, 0.6, 3}, uword(2));
}

static const auto plain_top = oracle<Compressed>("top_k", [](const vec& gradient, const vec& residual, uword k) {
  Compressed sent;
  sent.residual = gradient + residual;
  std::vector<std::pair<real, uword>> order;
  for (uword i = 0; i < gradient.n_elem; ++i) order.emplace_back(-std::abs(sent.residual(i)), i);
  std::sort(order.begin(), order.end());
  std::vector<uword> at;
  for (uword i = 0; i < k; ++i) at.push_back(order[i].second);
  std::sort(at.begin(), at.end());
  sent.at = uvec(at), sent.values.set_size(k);
  for (uword i = 0; i < k; ++i) sent.values(i) = std::exchange(sent.residual(at[i]), 0);
  return sent;
});

TEST_CASE("any gradient, any rest, any k", "[17][17.9]") {
  for (const std::uint64_t seed : {1780, 1781}) {
    Rng rng = seeded(seed);
    for (const uword n : {1, 4, 9, 20})
      for (const uword k : {uword(0), uword(1), n / 2, n}) {
        const vec gradient = random_normal(n, 1, rng), residual = random_normal(n, 1, rng);
        check<top_k>(plain_top(gradient, residual, k), gradient, residual, k);
      }
  }
}

TEST_CASE("of equal ones the first are sent", "[17][17.9]") {
  check<top_k>(Compressed{{0, 2}, {-2, 2}, {0, 1, 0, -2, 2}}, vec{-2, 1, 2, -2, 2}, vec(5, arma::fill::zeros),
               uword(2));
}

TEST_CASE("over many rounds nothing is lost", "[17][17.9]") {
  Rng rng = seeded(1785);
  const mat gradients = arma::round(8 * random_normal(6, 50, rng));
  Parts expected = {{"all that was sent, and what is left", arma::conv_to<arma::mat>::from(vec(sum(gradients, 1)))}};
  shows<top_k>(expected, {}, {number("rounds", 50)}, [&](const auto& f) {
    vec all(6, arma::fill::zeros), rest = all;
    for (uword i = 0; i < 50; ++i) {
      const Compressed sent = f(gradients.col(i), rest, 2);
      for (uword j = 0; j < sent.at.n_elem; ++j) all(sent.at(j)) += sent.values(j);
      rest = sent.residual;
    }
    return Parts{{"all that was sent, and what is left", arma::conv_to<arma::mat>::from(vec(all + rest))}};
  });
}

TEST_CASE("more than there is cannot be sent", "[17][17.9]") {
  rejects<top_k>(vec{1, 2}, vec{1, 2, 3}, uword(1));
  rejects<top_k>(vec{1, 2}, vec{1, 2}, uword(3));
}

}  // namespace nn
