#include <unistd.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <string>

#include "base/tests/full_disk.hpp"
#include "nn/support/input_file.hpp"
#include "nn/support/output_file.hpp"
#include "nn/support/shape.hpp"
#include "nn/support/tests/files.hpp"
#include "nn/support/todo.hpp"

using namespace nn;
using namespace nn::test;
using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::Message;

namespace {
auto entries(const TempDir& dir) {
  return std::distance(std::filesystem::directory_iterator(dir.path()), std::filesystem::directory_iterator());
}
}  // namespace

TEST_CASE("a written file replaces the old one and leaves nothing beside it", "[support][files]") {
  const TempDir dir;
  write_file(dir / "a", "old and long");
  write_file(dir / "a", "new");
  CHECK(read(dir / "a") == "new");
  CHECK(entries(dir) == 1);
}

TEST_CASE("where the disk is full the old file stays", "[support][files]") {
  const TempDir dir;
  write_file(dir / "a", "old");
  CHECK(base::test::error_on_a_full_disk([&] { write_file(dir / "a", std::string(5000, 'x')); }) ==
        (dir / "a").string() + ": cannot be written: File too large; free some space or choose another disk");
  CHECK(read(dir / "a") == "old");
  CHECK(entries(dir) == 1);
}

TEST_CASE("a file that cannot be written says why and leaves nothing behind", "[support][files]") {
  const TempDir dir;
  CHECK_THAT(error_of([&] { write_file(dir / "none/a", "x"); }),
             ContainsSubstring((dir / "none/a").string() + ": cannot be written: there is no folder " +
                               (dir / "none").string()));
  CHECK_THAT(error_of([&] { write_file(dir.path(), "x"); }), ContainsSubstring("it is a folder"));
  CHECK_THAT(error_of([&] { write_file("", "x"); }), ContainsSubstring("the name is empty"));
  if (geteuid() != 0) {
    std::filesystem::permissions(dir.path(), std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
    CHECK_THAT(error_of([&] { write_file(dir / "a", "x"); }), ContainsSubstring("Permission denied"));
    std::filesystem::permissions(dir.path(), std::filesystem::perms::owner_all);
  }
  CHECK(entries(dir) == 0);
}

TEST_CASE("a file is read in pieces of any size, raw and gzip, and again after rewind", "[support][files]") {
  const TempDir dir;
  std::string content;
  for (unsigned i = 0; i < 200000; ++i) content += static_cast<char>(i * i >> 7);
  write_file(dir / "raw", content);
  write_file(dir / "packed", gzip(content));
  for (const std::string name : {"raw", "packed"}) {
    InputFile file(dir / name);
    CHECK(file.gzip() == (name == "packed"));
    CHECK(file.size() == std::filesystem::file_size(dir / name));
    for (int round = 0; round < 2; ++round) {
      std::string found;
      for (std::size_t piece = 1;; piece = piece * 3 % 70001) {
        std::string part(piece, '\0');
        const std::size_t n = file.read(part.data(), piece);
        found += part.substr(0, n);
        if (n < piece) break;
      }
      CHECK(found == content);
      file.rewind();
    }
    CHECK(file.skip(1000) == 1000);
    CHECK(file.skip(1u << 30) == content.size() - 1000);
    CHECK(file.skip(1) == 0);
  }
}

TEST_CASE("the complaint about shapes names all that disagrees", "[support][shape]") {
  CHECK_NOTHROW(require_shape(3, 3, "dense", "X", "rows", "columns of W"));
  CHECK_THROWS_MATCHES(require_shape(100, 784, "dense", "X", "rows", "columns of W"), std::invalid_argument,
                       Message("dense: X has 100 rows, expected 784 (columns of W)"));
  CHECK_NOTHROW(require(true, "f", "no"));
  CHECK_THROWS_MATCHES(require(false, "f", "n is 0, expected 1"), std::invalid_argument,
                       Message("f: n is 0, expected 1"));
}

TEST_CASE("an unwritten task says that it is not written yet", "[support][todo]") {
  CHECK_THROWS_MATCHES(todo("3.2 sigmoid"), not_implemented, Message("not written yet: 3.2 sigmoid"));
  CHECK(not_implemented("3.2 sigmoid").task() == "3.2 sigmoid");
}
