// Links that lead nowhere, headings that are not there, and code that is not what is compiled are found.
#include <catch2/catch_test_macros.hpp>

#include "base/process.hpp"
#include "tools/course/tests/toy_project.hpp"

using namespace course;

namespace {

/// What check_documents() says of a repository whose only document is this page, and of its playground's parts.
Findings of_page(const std::string& page, const std::string& widgets = "{}") {
  const ToyProject toy;
  REQUIRE(capture({{"git", "init", "-q"}, toy.root, {}, 20.0}).ok());
  fs::remove_all(toy.root / "lessons");
  fs::remove(toy.root / "README.md");
  write_file(toy.root / (widgets == "{}" ? "docs/page.md" : "docs/README.md"), page);
  write_file(toy.root / "tools/play/page/widgets.json", widgets);
  write_file(toy.root / "docs/other.md", "# The other page\n\n<a id=\"by-hand\"></a>\n");
  write_file(toy.root / "code.cpp", "  // [half]\n  int half = 1;\n\n  half /= 2;\n  // [/half]\n");
  return check_documents({toy.root, {}});
}

const std::string cut = "<!-- cut: code.cpp half -->\n```cpp\nint half = 1;\n\nhalf /= 2;\n```\n";

}  // namespace

TEST_CASE("links and code that are as they should be are accepted") {
  const Findings found = of_page(
      "[a](other.md) [b](other.md#the-other-page) [c](other.md#by-hand) [d](#me) [e](https://example.org/nowhere)\n"
      "`[code](nowhere.md)`\n\n# Me\n\n```text\n[f](nowhere.md)\n```\n\n<img src=\"other.md\">\n\n" +
      cut);
  CHECK(found.problems.empty());
  CHECK(found.checked >= 6);
}

TEST_CASE("a link that leads nowhere is found, in markdown and in HTML") {
  CHECK(only_problem(of_page("[a](nowhere.md)\n"), "docs/page.md: the link nowhere.md leads nowhere"));
  CHECK(only_problem(of_page("![a](../no.svg)\n"), "the link ../no.svg leads nowhere"));
  CHECK(only_problem(of_page("<img src=\"no.png\">\n"), "the link no.png leads nowhere"));
  CHECK(only_problem(of_page("<a href=\"no.html\">a</a>\n"), "the link no.html leads nowhere"));
}

TEST_CASE("a heading that is not there is found") {
  CHECK(only_problem(of_page("[a](#nobody)\n"), "no heading answers the link #nobody"));
  CHECK(only_problem(of_page("[a](other.md#nobody)\n"), "no heading answers the link other.md#nobody"));
  CHECK(only_problem(of_page("```text\n# Nobody\n```\n\n[a](#nobody)\n"), "no heading answers"));
}

TEST_CASE("shown code that is not what is compiled is found") {
  CHECK(only_problem(of_page("<!-- cut: code.cpp half -->\n```cpp\nint half = 2;\n\nhalf /= 2;\n```\n"),
                     "the code shown as 'half' is not what code.cpp says"));
  CHECK(only_problem(of_page("<!-- cut: code.cpp third -->\n```cpp\nint half = 1;\n```\n"),
                     "code.cpp has no snippet // [third] ... // [/third]"));
  CHECK(only_problem(of_page("<!-- cut: gone.cpp half -->\n```cpp\nint half = 1;\n```\n"), "gone.cpp has no snippet"));
  CHECK(only_problem(of_page("<!-- cut: code.cpp half -->\n\nText between.\n"),
                     "marks '<!-- cut: file name -->', but only 0"));
}

TEST_CASE("a part of the playground that does not exist, and one that is shown nowhere, are found") {
  const std::string widgets = R"({"gate": {}})", shown = "A text.\n<!-- play: gate -->\n";
  CHECK(of_page(shown + "One names it as `<!-- play: NAME -->`.\n", widgets).problems.empty());
  CHECK(only_problem(of_page(shown + "<!-- play: nobody -->\n", widgets), "there is no widget 'nobody'"));
  CHECK(only_problem(of_page("A text.\n", widgets), "no text shows the widget 'gate'"));
}
