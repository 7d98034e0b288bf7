// What one program writes as CSV another reads, and what people and spreadsheets write is understood.
#include "base/csv.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>

using namespace base;
using Catch::Matchers::Message;
using Cells = std::vector<std::string>;

namespace {

std::vector<Cells> cells(const std::string& text) {
  std::vector<Cells> all;
  for (const CsvRow& row : csv_rows(text)) all.push_back(row.cells);
  return all;
}

}  // namespace

TEST_CASE("cells are quoted where they must be, and doubled quotes come back as one") {
  CHECK(csv_cell("plain text") == "plain text");
  CHECK(csv_cell("") == "\"\"");
  CHECK(csv_cell("a, \"b\"") == "\"a, \"\"b\"\"\"");
  const Cells row = {"", "a", "b, c", "\"", "\"\"x\"\"", "two\nlines", "cr\r", " é "};
  CHECK(cells(csv_line(row) + csv_line({""}) + csv_line({"x"})) == std::vector<Cells>{row, {""}, {"x"}});
}

TEST_CASE("tables of people and spreadsheets are read") {
  CHECK(cells("a,b\r\n1,2\r\n") == std::vector<Cells>{{"a", "b"}, {"1", "2"}});
  CHECK(cells("\xef\xbb\xbf\"a\",b") == std::vector<Cells>{{"a", "b"}});
  CHECK(cells("\"a\"\r\n") == std::vector<Cells>{{"a"}});
  CHECK(cells("a,,\n,") == std::vector<Cells>{{"a", "", ""}, {"", ""}});
  CHECK(cells("O\"Brien,5'11\"\n") == std::vector<Cells>{{"O\"Brien", "5'11\""}});
  CHECK(cells("\n\r\n\n").empty());
  CHECK(cells("").empty());
}

TEST_CASE("a row knows its line, also after a cell of several") {
  const std::vector<CsvRow> rows = csv_rows("a\n\n\"b\nb\"\nc\n");
  REQUIRE(rows.size() == 3);
  CHECK(rows[1].line == 3);
  CHECK(rows[2].line == 5);
}

TEST_CASE("a quote that is never closed, or closed too soon, is refused with its line") {
  CHECK_THROWS_MATCHES(csv_rows("a\n\"b\nc\n"), std::runtime_error, Message("line 2: a quote is never closed"));
  CHECK_THROWS_MATCHES(csv_rows("a\n\"b\"c\n"), std::runtime_error,
                       Message("line 2: a comma must follow the closing quote"));
}
