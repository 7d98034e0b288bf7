#include "autograder/tests/support/values.hpp"

#include <fmt/format.h>

#include <cctype>

namespace nn {

std::string Part::shown(double number, int digits) const {
  if (std::isnan(number)) return "not a number";
  return text ? text(number) : fmt::format("{:.{}g}", number, digits);
}

namespace detail {

std::string joined(const std::string& name, const std::string& part) {
  return name.empty() || part.empty() ? name + part : name + " " + part;
}

std::string numbered(std::string_view type, std::size_t number) {
  std::string text;
  type.remove_prefix(type.rfind(':') + 1);  // of a type within another; rfind() + 1 is 0 when there is none
  for (const char c : type) {
    if (std::isupper(c) && !text.empty()) text += ' ';
    text += char(std::tolower(c));
  }
  return fmt::format("{} {}", text, number);
}

}  // namespace detail

static bool close(double a, double b, Tolerance t) {
  if (a == b) return true;                                                              // equal infinities too
  return std::isfinite(b) && std::abs(a - b) <= t.absolute + t.relative * std::abs(b);  // false for not-a-number
}

static std::string place(const Part& part, arma::uword i) {
  const std::string of = part.name.empty() ? "" : " of " + part.name;
  if (part.value.n_elem == 1) return part.name.empty() ? "the result" : part.name;
  if (part.value.n_cols == 1) return fmt::format("entry {}{}", i, of);
  return fmt::format("entry ({}, {}){}", i % part.value.n_rows, i / part.value.n_rows, of);
}

std::optional<std::string> difference(const Parts& expected, const Parts& found, Tolerance tolerance) {
  for (std::size_t p = 0; p < expected.size() && p < found.size(); ++p) {
    const arma::mat &e = expected[p].value, &f = found[p].value;
    const std::string name = expected[p].name.empty() ? "the result" : expected[p].name;
    if (expected[p].name != found[p].name) break;
    if (arma::size(e) != arma::size(f))
      return fmt::format("{} should have been {} x {}, but it was {} x {}", name, e.n_rows, e.n_cols, f.n_rows,
                         f.n_cols);
    arma::uword wrong = 0, first = 0;
    for (arma::uword i = e.n_elem; i-- > 0;)
      if (!close(f(i), e(i), tolerance)) ++wrong, first = i;
    if (wrong == 0) continue;
    const std::string wanted = expected[p].shown(e(first), 7), was = expected[p].shown(f(first), 7);
    std::string text = fmt::format("{} should have been {}, but it was {}", place(expected[p], first), wanted, was);
    if (wanted == was) text += fmt::format(" (off by {:.3g})", f(first) - e(first));
    if (e.n_elem > 1) text += fmt::format("\n  {} of {} entries differ ({} x {})", wrong, e.n_elem, e.n_rows, e.n_cols);
    return text;
  }
  if (expected.size() != found.size())
    return fmt::format("the result should have had {} parts, but it had {}", expected.size(), found.size());
  for (std::size_t p = 0; p < expected.size(); ++p)
    if (expected[p].name != found[p].name)
      return fmt::format("the result should have had {}, but it had {}", expected[p].name, found[p].name);
  return {};
}

bool same(const Parts& a, const Parts& b, Tolerance tolerance) {
  if (a.size() != b.size()) return false;
  for (std::size_t p = 0; p < a.size(); ++p) {
    if (a[p].name != b[p].name || arma::size(a[p].value) != arma::size(b[p].value)) return false;
    for (arma::uword i = 0; i < a[p].value.n_elem; ++i) {
      const double x = a[p].value(i), y = b[p].value(i);
      if (!close(x, y, tolerance) && !(std::isnan(x) && std::isnan(y))) return false;
    }
  }
  return true;
}

std::string describe(const Part& part) {
  const arma::mat& m = part.value;
  if (m.n_elem == 1) return fmt::format("{} = {}", part.name, part.shown(m(0), 6));
  if (part.name.ends_with('"')) return part.name;  // a string
  std::string text = fmt::format("{} is {} x {}", part.name, m.n_rows, m.n_cols);
  if (m.n_elem == 0 || m.n_elem > 24) return text;
  text += ": [";
  for (arma::uword i = 0; i < m.n_rows; ++i)
    for (arma::uword j = 0; j < m.n_cols; ++j)
      text += fmt::format("{}{:.4g}", j > 0 ? " " : i > 0 ? "; " : "", m(i, j));
  return text + "]";
}

}  // namespace nn
