// Files that are not as they should be: each yields one clear std::runtime_error, whatever is wrong, and costs no
// memory.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <string>
#include <vector>

#include "nn/support/idx.hpp"
#include "nn/support/output_file.hpp"
#include "nn/support/random.hpp"
#include "nn/support/tests/files.hpp"
#include "nn/support/tests/memory.hpp"

using namespace nn;
using namespace nn::test;
using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::StartsWith;
using namespace std::string_literals;

namespace {

const std::string header = "\0\0\x08\x03\0\0\0\x02\0\0\0\x02\0\0\0\x03"s;
const std::string good = header + "abcdefABCDEF";

/// The error for a file of these bytes; the path at its start is checked here.
std::string images_error(const std::string& content) {
  const TempDir dir;
  write(dir / "images", content);
  const std::string error = error_of([&] { read_idx_images(dir / "images"); });
  if (error == "no error") return error;
  const std::string path = (dir / "images").string() + ": ";
  REQUIRE_THAT(error, StartsWith(path));
  return error.substr(path.size());
}

std::string labels_error(const std::string& content) {
  const TempDir dir;
  write(dir / "labels", content);
  return error_of([&] { read_idx_labels(dir / "labels"); });
}

/// Headers, alone and with a little content, that claim from 822 MB to more than 2^64 bytes of images.
std::vector<std::string> absurd_claims() {
  const std::string n28 = "\0\0\0\x1c"s, most = "\xff\xff\xff\xff";
  std::vector<std::string> claims;
  for (const std::string& sizes : {most + most + most, "\x80\0\0\0"s + n28 + n28, "\0\x10\0\0"s + n28 + n28,
                                   "\0\0\0\x01"s + most + most, "\0\0\0\x01\0\x01\0\0\0\0\x40\0"s})
    for (const std::size_t content : {0, 100000}) claims.push_back("\0\0\x08\x03"s + sizes + std::string(content, 'x'));
  return claims;
}

}  // namespace

TEST_CASE("the file of these tests is fine as long as it is whole", "[support][idx]") {
  CHECK(images_error(good) == "no error");
  CHECK(images_error(gzip(good)) == "no error");
}

TEST_CASE("a file that is not there, or not a file, is named", "[support][idx]") {
  const TempDir dir;
  CHECK_THAT(error_of([&] { read_idx_images(dir / "none"); }), ContainsSubstring("there is no such file"));
  CHECK_THAT(error_of([&] { read_idx_images(dir.path()); }), ContainsSubstring("is a folder, expected a file"));
  CHECK_THAT(error_of([&] { read_idx_images(""); }), ContainsSubstring("there is no such file"));
  if (std::filesystem::exists("/dev/zero"))
    CHECK_THAT(error_of([&] { read_idx_images("/dev/zero"); }), ContainsSubstring("is not a regular file"));
}

TEST_CASE("every length that a file can be cut to is an error", "[support][idx]") {
  for (std::size_t length = 0; length < good.size(); ++length) {
    INFO("cut to " << length << " bytes");
    const std::string expected =
        length < 16 ? "expected the 16 of a header" : "expected 28 (its header promises 2 x 2 x 3";
    CHECK_THAT(images_error(good.substr(0, length)),
               ContainsSubstring(std::to_string(length) + " bytes") && ContainsSubstring(expected));
    CHECK_THAT(images_error(gzip(good.substr(0, length))), ContainsSubstring(expected));
  }
  for (std::size_t length = 0; length < 11; ++length)
    CHECK(labels_error("\0\0\x08\x01\0\0\0\x03\x07\0\x09"s.substr(0, length)) != "no error");
}

TEST_CASE("every length that a gzip file can be cut to is an error", "[support][idx]") {
  const std::string packed = gzip(good);
  for (std::size_t length = 0; length < packed.size(); ++length) {
    INFO("cut to " << length << " bytes");
    CHECK_THAT(images_error(packed.substr(0, length)),
               ContainsSubstring(length < 2 ? "expected the 16 of a header" : "the gzip data end too early"));
  }
}

TEST_CASE("bytes that follow the content are an error", "[support][idx]") {
  CHECK_THAT(images_error(good + "x"), ContainsSubstring("has 29 bytes, more than the expected 28"));
  CHECK_THAT(images_error(gzip(good + "x")), ContainsSubstring("has more than the expected 28"));
  CHECK_THAT(images_error(gzip(good) + gzip("x")), ContainsSubstring("has more than the expected 28"));
  CHECK_THAT(images_error(gzip(good) + "x"), ContainsSubstring("bytes that are not gzip follow"));
  CHECK_THAT(images_error(gzip(good) + "\0"s), ContainsSubstring("bytes that are not gzip follow"));
  CHECK_THAT(images_error(gzip(good) + "\x1f"), ContainsSubstring("the gzip data end too early"));
  CHECK_THAT(images_error(gzip(good) + "\x1fx"), ContainsSubstring("the gzip data are corrupt"));
}

TEST_CASE("a wrong magic number is shown with what it may mean", "[support][idx]") {
  const auto with_magic = [](const std::string& magic) { return magic + good.substr(4); };
  CHECK_THAT(
      images_error(with_magic("\0\0\x08\x01"s)),
      StartsWith("starts with the magic number 0x00000801, expected 0x00000803 (images); this is a file of labels"));
  CHECK_THAT(labels_error(good),
             ContainsSubstring("0x00000803, expected 0x00000801 (labels); this is a file of images"));
  CHECK_THAT(images_error(with_magic("\x03\x08\0\0"s)), ContainsSubstring("in reverse order"));
  CHECK_THAT(images_error(with_magic("\0\0\x08\x04"s)), ContainsSubstring("it has 4 dimensions, expected 3"));
  CHECK_THAT(images_error(with_magic("\0\0\x0d\x03"s)), ContainsSubstring("its elements are not bytes"));
  CHECK_THAT(images_error("<html>404 not found</html>"), ContainsSubstring("this is not an IDX file: fetch it again"));
  CHECK_THAT(images_error(gzip("<html>404 not found</html>")), ContainsSubstring("this is not an IDX file"));
}

TEST_CASE("a size of zero is an error", "[support][idx]") {
  for (const std::size_t at : {7, 11, 15}) {
    std::string content = header;
    content[at] = '\0';
    CHECK_THAT(images_error(content), ContainsSubstring("expected no size to be 0"));
    CHECK_THAT(images_error(gzip(content)), ContainsSubstring("expected no size to be 0"));
  }
  CHECK_THAT(labels_error("\0\0\x08\x01\0\0\0\0"s), ContainsSubstring("expected no size to be 0"));
}

TEST_CASE("sizes that the file does not have are an error", "[support][idx]") {
  for (const std::string& claim : absurd_claims()) {
    CHECK(images_error(claim) != "no error");
    CHECK(images_error(gzip(claim)) != "no error");
  }
  CHECK(labels_error("\0\0\x08\x01\xff\xff\xff\xff"s) != "no error");
  CHECK_THAT(images_error(absurd_claims()[0]),
             ContainsSubstring("4294967295 x 4294967295 x 4294967295 images, more than any file can hold"));
}

TEST_CASE("nothing is allocated for sizes that the file does not have", "[support][idx]") {
  if (!memory_can_be_measured()) SKIP("memory is measured on Linux without sanitizers only");
  const TempDir dir;
  for (const std::string& claim : absurd_claims())
    for (const std::string& content : {claim, gzip(claim)}) {
      write(dir / "images", content);
      CHECK(growth_mb("VmPeak:", [&] { read_idx_images(dir / "images"); }) < 8);
    }
  write(dir / "labels", "\0\0\x08\x01\xff\xff\xff\xff"s);
  CHECK(growth_mb("VmPeak:", [&] { read_idx_labels(dir / "labels"); }) < 8);
}

TEST_CASE("a gzip bomb is unpacked no further than its header promises", "[support][idx]") {
  const TempDir dir;
  const std::string bomb = gzip(good + std::string(64u << 20, '\0'));
  CHECK_THAT(images_error(bomb), ContainsSubstring("has more than the expected 28 bytes"));
  if (!memory_can_be_measured()) return;
  write(dir / "images", bomb);
  CHECK(growth_mb("VmPeak:", [&] { read_idx_images(dir / "images"); }) < 8);
}

TEST_CASE("every flipped bit of a header is an error, of a pixel that pixel", "[support][idx]") {
  const TempDir dir;
  for (std::size_t at = 0; at < good.size(); ++at)
    for (int bit = 0; bit < 8; ++bit) {
      INFO("bit " << bit << " of byte " << at);
      std::string content = good;
      content[at] = static_cast<char>(content[at] ^ 1 << bit);
      if (at < header.size()) {
        REQUIRE(images_error(content) != "no error");
        REQUIRE(images_error(gzip(content)) != "no error");
      } else {
        write(dir / "images", content);
        REQUIRE(read_idx_images(dir / "images").pixels(at - header.size()) == static_cast<std::uint8_t>(content[at]));
      }
    }
}

TEST_CASE("a flipped bit of a gzip file is an error or changes nothing", "[support][idx]") {
  const TempDir dir;
  const std::string packed = gzip(good);
  int errors = 0, flips = 0;
  for (std::size_t at = 0; at < packed.size(); ++at)
    for (int bit = 0; bit < 8; ++bit, ++flips) {
      INFO("bit " << bit << " of byte " << at);
      std::string content = packed;
      content[at] = static_cast<char>(content[at] ^ 1 << bit);
      write(dir / "images", content);
      try {
        const Images images = read_idx_images(dir / "images");
        REQUIRE(std::string(images.pixels.begin(), images.pixels.end()) == good.substr(header.size()));
      } catch (const std::runtime_error&) {
        ++errors;
      }
    }
  CHECK(errors > flips * 7 / 10);  // the rest are the time and the system in the gzip header
}

TEST_CASE("random damage yields an error or data, never anything else", "[support][idx]") {
  const TempDir dir;
  Rng rng(1);
  for (const std::string& start : {good, gzip(good), gzip(good) + gzip("")})
    for (int round = 0; round < 500; ++round) {
      std::string content = start;
      for (uword damage = 1 + rng.below(4); damage > 0; --damage) {
        const uword at = rng.below(content.size());
        switch (rng.below(3)) {
          case 0: content[at] = static_cast<char>(rng.below(256)); break;
          case 1: content.erase(at, 1 + rng.below(3)); break;
          default: content.insert(at, 1 + rng.below(3), static_cast<char>(rng.below(256)));
        }
        if (content.empty()) content += 'x';
      }
      write(dir / "images", content);
      const std::string error = error_of([&] { read_idx_images(dir / "images"); });  // another exception fails the test
      if (error != "no error") REQUIRE_THAT(error, StartsWith((dir / "images").string() + ": "));
    }
}
