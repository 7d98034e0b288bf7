#include "nn/support/idx.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cstdlib>
#include <stdexcept>
#include <string>

#include "nn/support/data_dir.hpp"
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

// Two images of 2 x 3 pixels and three labels, byte by byte as the format's description has it.
const std::string images_file =
    "\0\0\x08\x03\0\0\0\x02\0\0\0\x02\0\0\0\x03"s + "\x01\x02\x03\x04\x05\x06" + "\x11\x12\x13\x14\x15\xff";
const std::string labels_file = "\0\0\x08\x01\0\0\0\x03\x07\0\x09"s;
const bytes pixels = {{1, 17}, {2, 18}, {3, 19}, {4, 20}, {5, 21}, {6, 255}};

template <typename A, typename B>
bool same(const A& a, const B& b) {
  return a.n_rows == b.n_rows && a.n_cols == b.n_cols && arma::accu(a != b) == 0;
}

/// The file of 60,000 images of 28 x 28; the packed one in many members, because packing 47 MB at once takes long.
std::string many_images(bool packed) {
  const std::string header = "\0\0\x08\x03\0\0\xea\x60\0\0\0\x1c\0\0\0\x1c"s;
  std::string thousand(784 * 1000, '\0'), content = packed ? gzip(header) : header;
  Rng rng(1);
  for (char& pixel : thousand) pixel = static_cast<char>(rng() >> 56);
  if (packed) thousand = gzip(thousand);
  for (int i = 0; i < 60; ++i) content += thousand;
  return content;
}

}  // namespace

TEST_CASE("An image can be announced, and one that is not there as well: nothing changes", "[support][dataset]") {
  const Dataset data{pixels, {7, 0}, 2, 3, 10};
  for (const uword i : {uword(0), uword(1), uword(2), ~uword(0)}) data.announce(i);
  CHECK(same(data.images, pixels));
}

TEST_CASE("images and labels are read as they stand in the file", "[support][idx]") {
  const TempDir dir;
  write(dir / "images", images_file);
  write(dir / "labels", labels_file);
  const Images images = read_idx_images(dir / "images");
  CHECK(images.rows == 2);
  CHECK(images.cols == 3);
  CHECK(same(images.pixels, pixels));
  CHECK(same(read_idx_labels(dir / "labels"), uvec{7, 0, 9}));
}

TEST_CASE("gzip is told by its content, not by its name", "[support][idx]") {
  const TempDir dir;
  write(dir / "packed", gzip(images_file));
  write(dir / "raw.gz", images_file);
  write(dir / "labels.gz", gzip(labels_file));
  CHECK(same(read_idx_images(dir / "packed").pixels, pixels));
  CHECK(same(read_idx_images(dir / "raw.gz").pixels, pixels));
  CHECK(same(read_idx_labels(dir / "labels.gz"), uvec{7, 0, 9}));
}

TEST_CASE("gzip in several members is one file", "[support][idx]") {
  const TempDir dir;
  write(dir / "a.gz", gzip(images_file.substr(0, 5)) + gzip("") + gzip(images_file.substr(5)));
  CHECK(same(read_idx_images(dir / "a.gz").pixels, pixels));
}

TEST_CASE("what is written is read back, raw and gzip", "[support][idx]") {
  const TempDir dir;
  for (const std::string suffix : {"", ".gz"}) {
    write_idx_images(dir / ("images" + suffix), {pixels, 2, 3});
    write_idx_labels(dir / ("labels" + suffix), {7, 0, 9});
    CHECK(same(read_idx_images(dir / ("images" + suffix)).pixels, pixels));
    CHECK(same(read_idx_labels(dir / ("labels" + suffix)), uvec{7, 0, 9}));
  }
  CHECK(read(dir / "images") == images_file);
  CHECK(read(dir / "labels") == labels_file);
  CHECK(read(dir / "labels.gz").substr(0, 8) == "\x1f\x8b\x08\0\0\0\0\0"s);  // no name, no time
}

TEST_CASE("what the format cannot hold is not written", "[support][idx]") {
  const TempDir dir;
  CHECK_THROWS_AS(write_idx_images(dir / "a", {bytes(6, 0), 2, 3}), std::invalid_argument);
  CHECK_THROWS_AS(write_idx_images(dir / "a", {bytes(7, 1), 2, 3}), std::invalid_argument);
  CHECK_THROWS_AS(write_idx_labels(dir / "a", {}), std::invalid_argument);
  CHECK_THROWS_AS(write_idx_labels(dir / "a", {256}), std::invalid_argument);
  CHECK_FALSE(std::filesystem::exists(dir / "a"));
}

TEST_CASE("a data set is found under every name that it is known by", "[support][idx]") {
  for (const std::string joint : {"-", "."})
    for (const std::string suffix : {"", ".gz"}) {
      const TempDir dir;
      write_idx_images(dir / ("t10k-images" + joint + "idx3-ubyte" + suffix), {pixels, 2, 3});
      write_idx_labels(dir / ("t10k-labels" + joint + "idx1-ubyte" + suffix), {7, 9});
      const Dataset data = read_dataset(dir.path(), Part::test);
      CHECK((data.size() == 2 && data.rows == 2 && data.cols == 3 && data.classes == 10));
      CHECK(same(data.images, pixels));
      CHECK(same(data.labels, uvec{7, 9}));
      CHECK_THAT(error_of([&] { read_dataset(dir.path(), Part::train); }),
                 StartsWith(dir.path().string() + ": has no train-images-idx3-ubyte, expected it (or "));
    }
}

TEST_CASE("a data set needs labels, and one for each image", "[support][idx]") {
  const TempDir dir;
  write(dir / "train-images-idx3-ubyte", images_file);
  CHECK_THAT(error_of([&] { read_dataset(dir.path(), Part::train); }),
             ContainsSubstring("has no train-labels-idx1-ubyte"));
  write(dir / "train-labels-idx1-ubyte", labels_file);
  CHECK_THAT(error_of([&] { read_dataset(dir.path(), Part::train); }),
             ContainsSubstring("has 2 images, but train-labels-idx1-ubyte beside it has 3 labels"));
}

TEST_CASE("a folder that is none is named", "[support][idx]") {
  const TempDir dir;
  write(dir / "file", "");
  CHECK_THAT(error_of([&] { read_dataset(dir / "nowhere", Part::train); }),
             StartsWith((dir / "nowhere").string() + ": there is no such folder"));
  CHECK_THAT(error_of([&] { read_dataset(dir / "file", Part::train); }), ContainsSubstring("is not a folder"));
}

TEST_CASE("labels have to be below the number of classes", "[support][idx]") {
  const TempDir dir;
  write(dir / "labels", labels_file);
  CHECK_THAT(error_of([&] { read_idx_labels(dir / "labels", 9); }),
             ContainsSubstring("label 2 (counted from 0) is 9, expected 0 ... 8"));
  CHECK_THROWS_AS(read_idx_labels(dir / "labels", 0), std::invalid_argument);
}

TEST_CASE("60,000 images fit into 120 MB while they are loaded, raw and gzip", "[support][idx]") {
  if (!memory_can_be_measured()) SKIP("memory is measured on Linux without sanitizers only");
  const TempDir dir;
  write_idx_labels(dir / "train-labels-idx1-ubyte", uvec(60000));
  for (const bool packed : {false, true}) {
    INFO((packed ? "gzip" : "raw"));
    write(dir / "train-images-idx3-ubyte", many_images(packed));
    const int growth = growth_mb("VmHWM:", [&] {
      if (read_dataset(dir.path(), Part::train).size() != 60000) throw std::logic_error("not all images were read");
    });
    CHECK(growth >= 44);  // the pixels themselves
    CHECK(growth < 60);   // leaves as much again to the program and its libraries
  }
}

TEST_CASE("the embedded sample is balanced and complete", "[support][idx]") {
  const std::filesystem::path sample = NN_DATASETS "/mnist-sample";
  for (const auto& [part, each] : {std::pair<Part, uword>{Part::train, 500}, {Part::test, 100}}) {
    const Dataset data = read_dataset(sample, part);
    CHECK((data.size() == 10 * each && data.rows == 28 && data.cols == 28));
    for (uword label = 0; label < 10; ++label) CHECK(arma::accu(data.labels == label) == each);
    for (uword i = 0; i < data.size(); ++i) REQUIRE(data.images.col(i).max() > 0);
  }
}

TEST_CASE("MNIST itself is read, where it was fetched", "[support][idx]") {
  std::filesystem::path mnist;
  try {
    mnist = data_dir("mnist");
  } catch (const std::runtime_error&) {}
  if (!std::filesystem::exists(mnist / "t10k-labels-idx1-ubyte")) SKIP("./course data mnist has not fetched it");
  const Dataset train = read_dataset(mnist, Part::train), test = read_dataset(mnist, Part::test);
  REQUIRE((train.size() == 60000 && train.rows == 28 && train.cols == 28));
  REQUIRE(test.size() == 10000);
  CHECK(same(train.labels.head(10), uvec{5, 0, 4, 1, 9, 2, 1, 3, 1, 4}));
  CHECK(same(test.labels.head(10), uvec{7, 2, 1, 0, 4, 1, 4, 9, 5, 9}));
  CHECK(arma::accu(arma::conv_to<arma::mat>::from(train.images)) == 1567298545);
}

TEST_CASE("fetched data are looked for where the fetch puts them", "[support][idx]") {
  const auto get = [](const char* name) { return std::getenv(name) ? std::string(std::getenv(name)) : std::string(); };
  const std::string data = get("NAND2MNIST_DATA"), cache = get("XDG_CACHE_HOME"), home = get("HOME");
  setenv("NAND2MNIST_DATA", "/a b", 1);
  setenv("XDG_CACHE_HOME", "/cache", 1);
  setenv("HOME", "/home/ada", 1);
  CHECK(data_dir("mnist") == "/a b/mnist");
  setenv("NAND2MNIST_DATA", "", 1);
  CHECK(data_dir("mnist") == "/cache/nand2mnist/mnist");
  unsetenv("XDG_CACHE_HOME");
  CHECK(data_dir("mnist") == "/home/ada/.cache/nand2mnist/mnist");
  unsetenv("HOME");
  CHECK_THROWS_AS(data_dir("mnist"), std::runtime_error);
  for (const auto& [name, value] : {std::pair{"NAND2MNIST_DATA", data}, {"XDG_CACHE_HOME", cache}, {"HOME", home}})
    value.empty() ? unsetenv(name) : setenv(name, value.c_str(), 1);
}
