#include "autograder/tests/support/views.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace nn {

bool equal(double a, double b, Tolerance t) {
  return a == b || (std::isnan(a) && std::isnan(b)) ||
         (std::isfinite(b) && std::abs(a - b) <= t.absolute + t.relative * std::abs(b));
}

bool equal(const arma::mat& a, const arma::mat& b, Tolerance t) {
  return arma::size(a) == arma::size(b) &&
         std::equal(a.begin(), a.end(), b.begin(), [&](double x, double y) { return equal(x, y, t); });
}

std::string kind_of(const std::string& part) {
  const auto space = part.rfind(' ');
  if (space == std::string::npos || part.starts_with("the ")) return part;  // "the variance of W" is what was asked
  const std::string last = part.substr(space + 1);
  if (last.find_first_not_of("0123456789") != std::string::npos) return last.starts_with("(") ? part : last;
  const auto item = part.rfind(" item ");  // "dW item 3"
  return item != std::string::npos && item + 5 == space ? kind_of(part.substr(0, item)) : part;
}

Views views_of(const Miss& miss, bool& shapes_agree) {
  Views views;
  shapes_agree = miss.expected.size() == miss.found.size();
  for (std::size_t p = 0; p < std::min(miss.expected.size(), miss.found.size()); ++p) {
    const Part &e = miss.expected[p], &f = miss.found[p];
    if (e.name != f.name || arma::size(e.value) != arma::size(f.value)) {
      shapes_agree = false;
      continue;
    }
    View view{&miss, e.name, e.value, f.value, {}, e.text};
    for (uword i = 0; i < e.value.n_elem; ++i)
      if (!equal(f.value(i), e.value(i), miss.tolerance)) view.wrong.push_back(i);
    views.push_back(std::move(view));
  }
  return views;
}

std::vector<std::string> argument_names(const Views& views) {
  std::vector<std::string> names;
  if (!views.empty())
    for (const Part& part : views[0].miss->arguments) names.push_back(part.name);
  return names;
}

std::optional<double> beside(const View& view, uword i, const std::string& argument) {
  for (const Part& part : view.miss->arguments)
    if (part.name == argument && !part.text && arma::size(part.value) == arma::size(view.expected))
      return part.value(i);
  return {};
}

bool telling(const Views& views) {
  std::set<double> values;
  std::size_t count = 0;
  for (const View& view : views)
    for (const uword i : view.wrong) values.insert(view.expected(i)), ++count;
  return count >= 3 && values.size() >= 2;
}

}  // namespace nn
