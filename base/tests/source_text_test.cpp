#include "base/source_text.hpp"

#include <catch2/catch_test_macros.hpp>

TEST_CASE("source text of older encodings is converted, and it is said which") {
  const auto of = [](const std::string& bytes) { return base::as_utf8(bytes); };
  CHECK((of("int x; // \xc3\xbc").was.empty() && of("int x; // \xc3\xbc").text == "int x; // \xc3\xbc"));
  CHECK((of("").was.empty() && of("").text.empty()));
  CHECK((of("// \xfc \x80\n").was == "Windows-1252" && of("// \xfc \x80\n").text == "// \xc3\xbc \xe2\x82\xac\n"));
  CHECK(of("// \x81\n").was == "Windows-1252");  // which leaves this byte out; Latin-1 does not
  const std::string le("\xff\xfei\0;\0", 6), be("\0i\0;", 4),
      elf("\x7f"
          "ELF\0\0\0\0",
          8);
  CHECK((of(le).was == "UTF-16" && of(le).text == "i;"));
  CHECK((of(be).was == "UTF-16" && of(be).text == "i;"));
  CHECK((of(elf).was.empty() && of(elf).text == elf));
}
