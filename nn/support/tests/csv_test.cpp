#include "nn/support/csv.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <stdexcept>
#include <string>

#include "nn/support/random.hpp"
#include "nn/support/tests/files.hpp"

using namespace nn;
using namespace nn::test;
using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::Message;
using Catch::Matchers::MessageMatches;

TEST_CASE("a log holds its columns and its rows", "[support][csv]") {
  const TempDir dir;
  CsvLog log(dir / "history.csv", {"epoch", "loss", "optimiser"});
  log.row(1, 0.25, "sgd");
  log.row({2u, 0.1f, std::string("momentum")});
  CHECK(log.rows() == 2);
  CHECK(read(dir / "history.csv") == "epoch,loss,optimiser\n1,0.25,sgd\n2,0.1,momentum\n");
}

TEST_CASE("a row is in the file as soon as it is logged", "[support][csv]") {
  const TempDir dir;
  CsvLog log(dir / "a.csv", {"x"});
  CHECK(read(dir / "a.csv") == "x\n");
  log.row(true);
  CHECK(read(dir / "a.csv") == "x\n1\n");
  log.row(-5LL);
  CHECK(read(dir / "a.csv") == "x\n1\n-5\n");
}

TEST_CASE("a log replaces the file of an earlier run", "[support][csv]") {
  const TempDir dir;
  write(dir / "a.csv", "something much longer than what comes now\n");
  CsvLog log(dir / "a.csv", {"x"});
  CHECK(read(dir / "a.csv") == "x\n");
}

TEST_CASE("text is quoted as RFC 4180 asks", "[support][csv]") {
  CHECK(CsvCell("plain text").text == "plain text");
  CHECK(CsvCell("a,b").text == "\"a,b\"");
  CHECK(CsvCell("say \"no\"").text == "\"say \"\"no\"\"\"");
  CHECK(CsvCell("two\nlines").text == "\"two\nlines\"");
  CHECK(CsvCell("\r").text == "\"\r\"");
  CHECK(CsvCell("").text == "\"\"");  // not an empty line where it is the only cell
  const TempDir dir;
  CsvLog log(dir / "a.csv", {"loss, mean", "x"});
  CHECK(read(dir / "a.csv") == "\"loss, mean\",x\n");
}

TEST_CASE("numbers are read back exactly", "[support][csv]") {
  Rng rng(1);
  for (int i = 0; i < 1000; ++i) {
    const double number = static_cast<double>(rng.normal()) * std::pow(10.0, static_cast<double>(rng.below(600)) - 300);
    REQUIRE(std::strtod(CsvCell(number).text.c_str(), nullptr) == number);
    const float small = static_cast<float>(rng.normal());
    REQUIRE(std::strtof(CsvCell(small).text.c_str(), nullptr) == small);
  }
  CHECK(CsvCell(0.1).text == "0.1");
  CHECK(CsvCell(1e300).text == "1e+300");
  CHECK(CsvCell(std::numeric_limits<double>::denorm_min()).text == "5e-324");
  CHECK(CsvCell(std::numeric_limits<double>::quiet_NaN()).text == "nan");
  CHECK(CsvCell(-std::numeric_limits<double>::infinity()).text == "-inf");
  CHECK(CsvCell(std::numeric_limits<std::uint64_t>::max()).text == "18446744073709551615");
}

TEST_CASE("a row with the wrong number of cells is refused and names both numbers", "[support][csv]") {
  const TempDir dir;
  CsvLog log(dir / "a.csv", {"epoch", "loss"});
  log.row(1, 2);
  CHECK_THROWS_MATCHES(log.row(1), std::invalid_argument,
                       Message((dir / "a.csv").string() + ": row 2 has 1 cells, expected 2 (epoch, loss)"));
  CHECK_THROWS_AS(log.row(1, 2, 3), std::invalid_argument);
  CHECK_THROWS_AS(log.row(std::vector<CsvCell>{}), std::invalid_argument);
  CHECK(read(dir / "a.csv") == "epoch,loss\n1,2\n");
}

TEST_CASE("columns need names, every name once", "[support][csv]") {
  const TempDir dir;
  CHECK_THROWS_AS(CsvLog(dir / "a.csv", {}), std::invalid_argument);
  CHECK_THROWS_AS(CsvLog(dir / "a.csv", {"x", ""}), std::invalid_argument);
  CHECK_THROWS_AS(CsvLog(dir / "a.csv", {"x", "y", "x"}), std::invalid_argument);
  CHECK_FALSE(std::filesystem::exists(dir / "a.csv"));
}

TEST_CASE("a log that cannot be written says why", "[support][csv]") {
  const TempDir dir;
  CHECK_THAT(error_of([&] { CsvLog(dir / "none/a.csv", {"x"}); }), ContainsSubstring("there is no folder"));
  CHECK_THAT(error_of([&] { CsvLog(dir.path(), {"x"}); }), ContainsSubstring("it is a folder"));
  CHECK_THAT(error_of([&] { write_csv(dir / "none/a.csv", {"x"}, mat(1, 1)); }),
             ContainsSubstring("there is no folder"));
  if (std::filesystem::exists("/dev/full"))
    CHECK_THAT(error_of([&] { CsvLog("/dev/full", {"x"}); }),
               ContainsSubstring("/dev/full: cannot be written: No space left"));
}

TEST_CASE("a whole table is written at once", "[support][csv]") {
  const TempDir dir;
  write_csv(dir / "a.csv", {"x", "y, squared"}, mat{{1, 1}, {0.5, 0.25}, {-2, 4}});
  CHECK(read(dir / "a.csv") == "x,\"y, squared\"\n1,1\n0.5,0.25\n-2,4\n");
  write_csv(dir / "a.csv", {"x"}, mat(0, 1));
  CHECK(read(dir / "a.csv") == "x\n");
  CHECK_THROWS_MATCHES(write_csv(dir / "a.csv", {"x"}, mat(3, 2)), std::invalid_argument,
                       Message("write_csv: table has 2 columns, expected 1 (names of columns)"));
  CHECK(read(dir / "a.csv") == "x\n");
}
