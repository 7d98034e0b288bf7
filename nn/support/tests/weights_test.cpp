#include "nn/support/weights.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <limits>
#include <string>

#include "nn/support/random.hpp"
#include "nn/support/tests/files.hpp"
#include "nn/support/tests/weights_file.hpp"

using namespace nn;
using namespace nn::test;
using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::MessageMatches;

namespace {

bool same(const Network& a, const Network& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (!arma::approx_equal(a[i].W, b[i].W, "absdiff", 0) || !arma::approx_equal(a[i].b, b[i].b, "absdiff", 0) ||
        a[i].activation != b[i].activation)
      return false;
  return true;
}

Network random_network(const std::vector<uword>& sizes, std::uint64_t seed) {
  Rng rng(seed);
  Network network;
  for (std::size_t i = 1; i < sizes.size(); ++i)
    network.push_back({random_normal(sizes[i], sizes[i - 1], rng), random_normal(sizes[i], 1, rng),
                       static_cast<Activation>(rng.below(10))});
  return network;
}

}  // namespace

TEST_CASE("a network is loaded bit for bit as it was saved", "[support][weights]") {
  const TempDir dir;
  for (const std::vector<uword>& sizes : {std::vector<uword>{1, 1}, {2, 3, 1}, {5, 4, 3, 2}, {784, 100, 10}})
    for (const std::uint64_t seed : {1, 2, 3}) {
      const Network network = random_network(sizes, seed);
      save_network(dir / "a.nn", network);
      CHECK(same(load_network(dir / "a.nn"), network));
    }
  const real smallest = std::numeric_limits<real>::denorm_min(), largest = std::numeric_limits<real>::max();
  const Network extreme = {{mat{{smallest, -largest, real(-0.0)}}, vec{real(0.1)}, Activation::tanh}};
  save_network(dir / "a.nn", extreme);
  CHECK(same(load_network(dir / "a.nn"), extreme));
  CHECK(std::signbit(load_network(dir / "a.nn")[0].W(0, 2)));
}

TEST_CASE("every activation has its number in the file, for good", "[support][weights]") {
  const TempDir dir;
  const std::vector<Activation> numbered = {
      Activation::identity, Activation::step,       Activation::sign, Activation::sigmoid,   Activation::tanh,
      Activation::relu,     Activation::leaky_relu, Activation::elu,  Activation::hard_tanh, Activation::softmax};
  for (std::size_t i = 0; i < numbered.size(); ++i) {
    save_network(dir / "a.nn", {{mat(1, 1), vec(1), numbered[i]}});
    CHECK(read(dir / "a.nn")[28] == static_cast<char>(i));
    CHECK(load_network(dir / "a.nn")[0].activation == numbered[i]);
  }
}

TEST_CASE("the file is byte for byte what the format says", "[support][weights]") {
  const TempDir dir;
  save_network(dir / "a.nn", {{mat{{1, 2, 3}, {4, 5, 6}}, vec{7, 8}, Activation::relu}});
  const std::string expected = sizeof(real) == 8 ? weights_file<double>({{2, 3, 5}}, {1, 4, 2, 5, 3, 6, 7, 8})
                                                 : weights_file<float>({{2, 3, 5}}, {1, 4, 2, 5, 3, 6, 7, 8});
  CHECK(read(dir / "a.nn") == expected);
}

TEST_CASE("floats load into doubles and doubles into floats", "[support][weights]") {
  const TempDir dir;
  write(dir / "float.nn", weights_file<float>({{1, 2, 3}}, {0.1f, -2.5f, 1e30f}));
  write(dir / "double.nn", weights_file<double>({{1, 2, 3}}, {0.1, -2.5, 1e30}));
  const Layer floats = load_network(dir / "float.nn")[0], doubles = load_network(dir / "double.nn")[0];
  CHECK((floats.W(0) == 0.1f && floats.W(1) == -2.5f && floats.b(0) == 1e30f));
  CHECK((doubles.W(0) == real(0.1) && doubles.W(1) == real(-2.5) && doubles.b(0) == real(1e30)));
  CHECK(floats.activation == Activation::sigmoid);
}

TEST_CASE("what could not be loaded again is not saved, and the old file stays", "[support][weights]") {
  const TempDir dir;
  write(dir / "a.nn", "old");
  const auto refused = [&](const Network& network, const std::string& why) {
    INFO(why);
    CHECK_THROWS_MATCHES(save_network(dir / "a.nn", network), std::invalid_argument,
                         MessageMatches(ContainsSubstring("save_network: ") && ContainsSubstring(why)));
  };
  Network network = random_network({4, 3, 2}, 1);
  refused({}, "no layers");
  refused({{mat(0, 3), vec(), Activation::relu}}, "layer 1 of 1: W is 0 x 3");
  refused({{mat(3, 0), vec(3), Activation::relu}}, "W is 3 x 0");
  refused({network[0], network[0]}, "layer 2 of 2: W has 4 columns, expected 3 (units of the layer before)");
  refused({{mat(3, 2), vec(2), Activation::relu}}, "layer 1 of 1: b has 2 entries, expected 3 (rows of W)");
  refused({{mat(1, 1), vec(1), static_cast<Activation>(77)}}, "activation 77");
  network[1].b(1) = std::numeric_limits<real>::quiet_NaN();
  refused(network, "layer 2 of 2: a weight is NaN or infinite");
  network[1].b(1) = -std::numeric_limits<real>::infinity();
  refused(network, "a weight is NaN or infinite");
  CHECK(read(dir / "a.nn") == "old");
  CHECK_THAT(error_of([&] {
               save_network(dir / "none/a.nn", random_network({1, 1}, 1));
             }),
             ContainsSubstring("there is no folder"));
}
