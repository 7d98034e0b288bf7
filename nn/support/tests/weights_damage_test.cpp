// Files of weights that are not as they should be: each yields one clear std::runtime_error and costs no memory.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <limits>
#include <string>

#include "nn/support/output_file.hpp"
#include "nn/support/random.hpp"
#include "nn/support/tests/files.hpp"
#include "nn/support/tests/memory.hpp"
#include "nn/support/tests/weights_file.hpp"
#include "nn/support/weights.hpp"

using namespace nn;
using namespace nn::test;
using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::StartsWith;

namespace {

const std::string good = weights_file<double>({{2, 1, 5}, {1, 2, 3}}, {1, 2, 3, 4, 5, 6, 7});

std::string load_error(const std::string& content) {
  const TempDir dir;
  write(dir / "a.nn", content);
  const std::string error = error_of([&] { load_network(dir / "a.nn"); });
  if (error != "no error") REQUIRE_THAT(error, StartsWith((dir / "a.nn").string() + ": "));
  return error;
}

/// The good file with a 32-bit number replaced and the checksum made right again.
std::string with(std::size_t offset, std::uint32_t number) {
  std::string text = good.substr(0, good.size() - 4);
  return with_crc(text.replace(offset, 4, u32(number)));
}

}  // namespace

TEST_CASE("the weights of these tests are fine as long as they are whole", "[support][weights]") {
  CHECK(load_error(good) == "no error");
}

TEST_CASE("weights that are not there are named", "[support][weights]") {
  const TempDir dir;
  CHECK_THAT(error_of([&] { load_network(dir / "none"); }), ContainsSubstring("there is no such file"));
  CHECK_THAT(error_of([&] { load_network(dir.path()); }), ContainsSubstring("is a folder"));
}

TEST_CASE("every length that weights can be cut to is an error", "[support][weights]") {
  for (std::size_t length = 0; length < good.size(); ++length) {
    INFO("cut to " << length << " bytes");
    CHECK_THAT(load_error(good.substr(0, length)), ContainsSubstring("expected"));
  }
  CHECK_THAT(load_error(good.substr(0, 60)), ContainsSubstring("the file is cut short"));
  CHECK_THAT(load_error(good + "x"), ContainsSubstring("something follows the weights"));
}

TEST_CASE("every flipped bit of weights is an error", "[support][weights]") {
  for (std::size_t at = 0; at < good.size(); ++at)
    for (int bit = 0; bit < 8; ++bit) {
      INFO("bit " << bit << " of byte " << at);
      std::string content = good;
      content[at] = static_cast<char>(content[at] ^ 1 << bit);
      REQUIRE(load_error(content) != "no error");
    }
}

TEST_CASE("each wrong field of weights has its own complaint", "[support][weights]") {
  CHECK_THAT(load_error("not weights, but a text that is long enough"),
             ContainsSubstring("does not start with \"nnweight\""));
  CHECK_THAT(load_error(gzip(good)), ContainsSubstring("is gzip"));
  CHECK_THAT(load_error(with(8, 2)), ContainsSubstring("is of version 2 of the format, expected 1"));
  CHECK_THAT(load_error(with(12, 16)), ContainsSubstring("a weight has 16 bytes, expected 4 (float) or 8 (double)"));
  CHECK_THAT(load_error(with(12, 4)), ContainsSubstring("something follows the weights"));
  CHECK_THAT(load_error(with(16, 0)), ContainsSubstring("holds no layers"));
  CHECK_THAT(load_error(with(20, 0)), ContainsSubstring("layer 1 of 2 is 0 x 1, expected at least 1 x 1"));
  CHECK_THAT(load_error(with(24, 0)), ContainsSubstring("layer 1 of 2 is 2 x 0"));
  CHECK_THAT(load_error(with(28, 10)),
             ContainsSubstring("layer 1 of 2 has the unknown activation 10, expected 0 ... 9"));
  CHECK_THAT(load_error(with(36, 3)),
             ContainsSubstring("layer 2 of 2 takes 3 inputs, expected 2 (units of the layer before)"));
  CHECK_THAT(load_error(with(good.size() - 8, 0x12345678) + "x"), ContainsSubstring("something follows the weights"));
}

TEST_CASE("weights that are no numbers are an error, whatever the checksum says", "[support][weights]") {
  const double nan = std::numeric_limits<double>::quiet_NaN(), inf = std::numeric_limits<double>::infinity();
  for (const double weight : {nan, inf, -inf})
    CHECK_THAT(load_error(weights_file<double>({{1, 1, 0}, {1, 1, 0}}, {1, 2, weight, 3})),
               ContainsSubstring("layer 2 of 2 has a weight that is NaN, infinite or too large"));
  const std::string huge = load_error(weights_file<double>({{1, 1, 0}}, {1e300, 0}));
  CHECK((huge == "no error") == (sizeof(real) == 8));
}

TEST_CASE("layers that the file does not have are an error, and nothing is allocated for them", "[support][weights]") {
  constexpr std::uint32_t all = 0xffffffff;
  const std::string start = good.substr(0, 16) + u32(1);
  const std::string layers = with(16, all), inputs = with(24, 1u << 28);
  CHECK_THAT(load_error(layers), ContainsSubstring("for the 4294967295 layers that it claims"));
  CHECK_THAT(load_error(inputs), ContainsSubstring("layer 1 of 2 claims 536870914 weights"));
  const TempDir dir;
  for (const std::string& content : {layers, inputs, with_crc(start + u32(all) + u32(all) + u32(0)),
                                     with_crc(start + u32(1u << 31) + u32((1u << 30) - 1) + u32(0))}) {
    CHECK(load_error(content) != "no error");
    if (!memory_can_be_measured()) continue;
    write(dir / "a.nn", content);
    CHECK(growth_mb("VmPeak:", [&] { load_network(dir / "a.nn"); }) < 8);
  }
}

TEST_CASE("random damage to weights yields an error, never anything else", "[support][weights]") {
  Rng rng(1);
  for (int round = 0; round < 1000; ++round) {
    std::string text = good.substr(0, good.size() - 4);
    for (uword damage = 1 + rng.below(3); damage > 0; --damage)
      text[8 + rng.below(text.size() - 8)] = static_cast<char>(rng.below(256));
    load_error(with_crc(text));  // even a right checksum lets nothing through but an error or a sound network
    load_error(text.substr(0, rng.below(text.size() + 1)));
  }
}
