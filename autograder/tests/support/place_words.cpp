// Where results are wrong: in which entries, in which checks, and as a whole.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>

#include "autograder/tests/support/views.hpp"

namespace nn {

static arma::vec sorted(const arma::mat& m) { return arma::sort(arma::vectorise(m)); }

std::string arrangement_words(const View& view) {
  const arma::mat &e = view.expected, &f = view.found;
  const Tolerance t = view.miss->tolerance;
  if (e.n_elem < 2 || !f.is_finite() || !e.is_finite()) return "";
  if (e.n_rows == e.n_cols && equal(f, e.t(), t)) return "is the transpose of what it should be";
  if (equal(f, arma::fliplr(e), t))
    return e.n_rows == 1 ? "has its entries in reverse order" : "has its columns in reverse order";
  if (equal(f, arma::flipud(e), t))
    return e.n_cols == 1 ? "has its entries in reverse order" : "has its rows in reverse order";
  const auto shifted = [&](const arma::mat& from, const arma::mat& to) {  // entries of `to` one place late
    return from.n_cols > 2 && equal(to.tail_cols(to.n_cols - 1), from.head_cols(from.n_cols - 1), t);
  };
  const char* const along = e.n_rows == 1 ? "entries" : "columns";
  if (shifted(e, f)) return fmt::format("has its {} one place too late", along);
  if (shifted(f, e)) return fmt::format("has its {} one place too early", along);
  if (shifted(e.t(), f.t())) return fmt::format("has its {} one place too late", e.n_cols == 1 ? "entries" : "rows");
  if (shifted(f.t(), e.t())) return fmt::format("has its {} one place too early", e.n_cols == 1 ? "entries" : "rows");
  if (e.n_elem > 2 && !equal(sorted(e), arma::vec(e.n_elem).fill(e(0)), t) && equal(sorted(f), sorted(e), t) &&
      arma::vec(arma::unique(e)).n_elem > 2)
    return "holds the right numbers, but at other places";
  const auto columns_equal = [&](const arma::mat& m) {
    for (uword j = 1; j < m.n_cols; ++j)
      if (!equal(arma::mat(m.col(j)), arma::mat(m.col(0)), t)) return false;
    return m.n_cols > 1;
  };
  if (e.n_rows > 1 && e.n_cols > 1) {
    if (columns_equal(f) && !columns_equal(e)) return "has the same numbers in every column";
    if (columns_equal(f.t()) && !columns_equal(e.t())) return "has the same numbers in every row";
  }
  bool common = true;  // one factor for all columns
  const auto proportional = [&](const arma::mat& from, const arma::mat& to) {
    uword agree = 0;  // entries that have their column's factor, beside the one that shows it
    double first = arma::datum::nan;
    for (uword j = 0; j < from.n_cols; ++j) {
      const uword largest = arma::abs(arma::vec(from.col(j))).index_max();
      const double factor = to(largest, j) / from(largest, j);
      if (!std::isfinite(factor) || factor == 0) return false;
      if (j == 0) first = factor;
      common = common && equal(factor, first, {0, 1e-9});
      for (uword i = 0; i < from.n_rows; ++i) {
        if (!equal(to(i, j), factor * from(i, j), {0, 1e-9})) return false;
        agree += i != largest && from(i, j) != 0;
      }
    }
    return agree > 1;
  };
  const std::string one = "is right but for one factor, the same for all its entries";
  if (proportional(e, f)) return common ? one : "has each column right but for a factor of its own";
  common = true;
  if (proportional(e.t(), f.t())) return common ? one : "has each row right but for a factor of its own";
  const auto moved = [&](const arma::mat& by) {
    uword agree = 0;  // entries that are off as the first of their row
    const double nearly = 1e-9 * std::max(arma::abs(e).max(), arma::abs(f).max());
    for (uword j = 1; j < by.n_cols; ++j)
      for (uword i = 0; i < by.n_rows; ++i) {
        if (!equal(by(i, j), by(i, 0), {nearly, 0})) return false;
        agree += std::abs(by(i, 0)) > nearly;
      }
    return agree > 1;
  };
  if (moved(f - e)) return "has each row right but for a number of its own that is added";
  if (moved(f.t() - e.t())) return "has each column right but for a number of its own that is added";
  return "";
}

/// The shape instead: of the transpose, of an argument, one row or column too many.
static std::string form_words(const Miss& miss, std::size_t p) {
  const arma::mat &e = miss.expected[p].value, &f = miss.found[p].value;
  if (equal(f, arma::mat(e.t()), miss.tolerance)) return "is the transpose of what it should be";
  if (f.n_elem == 0) return "is empty";
  for (const Part& argument : miss.arguments)
    if (f.n_elem > 2 && equal(f, argument.value, {0, 0})) return "is " + argument.name + " as it was: nothing was done";
  const uword r = std::min(e.n_rows, f.n_rows), c = std::min(e.n_cols, f.n_cols);
  const bool corner =
      r > 0 && c > 0 &&
      equal(arma::mat(f.submat(0, 0, r - 1, c - 1)), arma::mat(e.submat(0, 0, r - 1, c - 1)), miss.tolerance);
  const std::string rest = corner ? "; the entries that both have are right" : "";
  if (f.n_cols == e.n_cols && f.n_rows + 1 == e.n_rows) return "has one row too few" + rest;
  if (f.n_cols == e.n_cols && f.n_rows == e.n_rows + 1) return "has one row too many" + rest;
  if (f.n_rows == e.n_rows && f.n_cols + 1 == e.n_cols) return "has one column too few" + rest;
  if (f.n_rows == e.n_rows && f.n_cols == e.n_cols + 1) return "has one column too many" + rest;
  if (f.n_rows == e.n_cols && f.n_cols == e.n_rows) return "has rows and columns changed round in its shape";
  return "";
}

std::string shape_words(const Miss& miss) {
  for (std::size_t p = 0; p < std::min(miss.expected.size(), miss.found.size()); ++p) {
    const std::string& name = miss.expected[p].name;
    if (name != miss.found[p].name || arma::size(miss.expected[p].value) == arma::size(miss.found[p].value)) continue;
    const std::string words = form_words(miss, p);
    return words.empty() ? "" : (name.empty() ? "the result" : kind_of(name)) + " " + words;
  }
  return "";
}

namespace {

// Where the wrong entries are.

struct Region {
  std::string words;
  std::function<std::optional<bool>(const View&, uword)> holds;  ///< nothing: cannot be asked
};

/// "X is between 0.25 and 0.5", where every wrong entry has its argument there and no right one has.
std::string range_words(const Views& views, const std::string& name) {
  double low = arma::datum::inf, high = -arma::datum::inf;
  for (const View& view : views)
    for (const uword i : view.wrong) {
      const auto a = beside(view, i, name);
      if (!a) return "";
      low = std::min(low, *a), high = std::max(high, *a);
    }
  std::size_t below = 0, above = 0;
  for (const View& view : views) {
    std::size_t w = 0;
    for (uword i = 0; i < view.expected.n_elem; ++i) {
      if (w < view.wrong.size() && view.wrong[w] == i) {
        ++w;
        continue;
      }
      const auto a = beside(view, i, name);
      if (!a || (*a >= low && *a <= high)) return "";
      ++(*a < low ? below : above);
    }
  }
  if (below + above < 3) return "";
  if (above == 0) return fmt::format("{} is {:.4g} or more", name, low);
  if (below == 0) return fmt::format("{} is {:.4g} or less", name, high);
  return low == high ? fmt::format("{} is {:.4g}", name, low)
                     : fmt::format("{} is between {:.4g} and {:.4g}", name, low, high);
}

}  // namespace

std::string place_words(const Views& views) {
  std::size_t right = 0, wrong = 0;
  for (const View& view : views) right += view.expected.n_elem - view.wrong.size(), wrong += view.wrong.size();
  if (right < 2 || wrong < 2) return "";
  std::vector<Region> regions;
  for (const std::string& name : argument_names(views)) {
    const auto when = [&](const char* words, bool (*is)(double)) {
      regions.push_back(
          {fmt::format("where {} is {}", name, words), [name, is](const View& v, uword i) -> std::optional<bool> {
             const auto a = beside(v, i, name);
             if (!a) return {};
             return is(*a);
           }});
    };
    when("below 0", [](double a) { return a < 0; });
    when("above 0", [](double a) { return a > 0; });
    when("exactly 0", [](double a) { return a == 0; });
    when("exactly 1", [](double a) { return a == 1; });
    when("0 or below", [](double a) { return a <= 0; });
    when("0 or above", [](double a) { return a >= 0; });
    when("not 0", [](double a) { return a != 0; });
    when("between 0 and 1", [](double a) { return a > 0 && a < 1; });
    when("between -1 and 1", [](double a) { return a > -1 && a < 1; });
    when("above 1 or below -1", [](double a) { return a > 1 || a < -1; });
  }
  for (const std::string& name : argument_names(views))
    for (const Part& number : views[0].miss->arguments)
      if (number.value.n_elem == 1 && number.name != name && !number.text)
        for (const int side : {-1, 0, 1})
          regions.push_back({fmt::format("where {} {} {}", name,
                                         side < 0   ? "is below"
                                         : side > 0 ? "is above"
                                                    : "equals",
                                         number.name),
                             [name, side, other = number.name](const View& v, uword i) -> std::optional<bool> {
                               const auto a = beside(v, i, name);
                               for (const Part& part : v.miss->arguments)
                                 if (a && part.name == other && part.value.n_elem == 1)
                                   return (*a > part.value(0)) - (*a < part.value(0)) == side;
                               return {};
                             }});
  const auto at = [&](const char* words, bool (*is)(const arma::mat&, uword row, uword col)) {
    regions.push_back({words, [is](const View& v, uword i) -> std::optional<bool> {
                         if (v.expected.n_elem < 2) return {};
                         return is(v.expected, i % v.expected.n_rows, i / v.expected.n_rows);
                       }});
  };
  const bool single_rows = std::all_of(views.begin(), views.end(),
                                       [](const View& v) { return v.expected.n_cols == 1 || v.expected.n_rows == 1; });
  at(single_rows ? "in the first entry" : "in row 0, column 0",
     [](const arma::mat&, uword r, uword c) { return r == 0 && c == 0; });
  at(single_rows ? "in the last entry" : "in the last row and column",
     [](const arma::mat& m, uword r, uword c) { return r + 1 == m.n_rows && c + 1 == m.n_cols; });
  at(single_rows ? "after the first entry" : "outside row 0, column 0",
     [](const arma::mat&, uword r, uword c) { return r > 0 || c > 0; });
  if (!single_rows) {
    at("in column 0", [](const arma::mat&, uword, uword c) { return c == 0; });
    at("in the last column", [](const arma::mat& m, uword, uword c) { return c + 1 == m.n_cols; });
    at("in row 0", [](const arma::mat&, uword r, uword) { return r == 0; });
    at("in the last row", [](const arma::mat& m, uword r, uword) { return r + 1 == m.n_rows; });
    at("after column 0", [](const arma::mat&, uword, uword c) { return c > 0; });
    at("below row 0", [](const arma::mat&, uword r, uword) { return r > 0; });
    at("on the diagonal", [](const arma::mat&, uword r, uword c) { return r == c; });
    at("off the diagonal", [](const arma::mat&, uword r, uword c) { return r != c; });
    at("outside the largest square block", [](const arma::mat& m, uword r, uword c) {
      const uword n = std::min(m.n_rows, m.n_cols);
      return r >= n || c >= n;
    });
  }
  const auto wanted = [&](const char* words, bool (*is)(double)) {
    regions.push_back({words, [is](const View& v, uword i) -> std::optional<bool> { return is(v.expected(i)); }});
  };
  wanted("where it should have been below 0", [](double e) { return e < 0; });
  wanted("where it should have been above 0", [](double e) { return e > 0; });
  wanted("where it should have been 0", [](double e) { return e == 0; });

  std::string some;
  for (const Region& region : regions) {
    std::size_t in = 0, right_in = 0;
    bool known = true;
    for (const View& view : views) {
      std::size_t w = 0;
      for (uword i = 0; known && i < view.expected.n_elem; ++i) {
        const auto inside = region.holds(view, i);
        if (!inside) known = false;
        else if (w < view.wrong.size() && view.wrong[w] == i) ++w, in += *inside;
        else right_in += *inside;
      }
    }
    if (!known || in < wrong || right_in == right) continue;
    if (right_in == 0) return "exactly " + region.words;
    if (some.empty() && 2 * right_in <= right) some = "only " + region.words;
  }
  for (const std::string& name : argument_names(views))
    if (const std::string range = range_words(views, name); !range.empty()) return "exactly where " + range;
  return some;
}

// The arguments of all failed checks against those of all that held.

namespace {

struct Measure {
  const char* words;  ///< {0}: the argument, {1}: the number
  std::optional<double> (*of)(const arma::mat&);
};

const Measure at_most[] = {
    {"{0} has more than {1:g} column(s)", [](const arma::mat& m) { return std::optional(double(m.n_cols)); }},
    {"{0} has more than {1:g} row(s)", [](const arma::mat& m) { return std::optional(double(m.n_rows)); }},
    {"{0} has more rows than columns, or fewer",
     [](const arma::mat& m) { return std::optional(double(m.n_rows != m.n_cols)); }},
    {"{0} holds a 0", [](const arma::mat& m) { return std::optional(double(arma::any(arma::vectorise(m) == 0))); }},
    {"{0} holds a number below 0",
     [](const arma::mat& m) { return std::optional(double(arma::any(arma::vectorise(m) < 0))); }},
    {"{0} holds a number that is not whole",
     [](const arma::mat& m) { return std::optional(double(arma::any(arma::vectorise(m != arma::round(m))))); }},
    {"{0} holds a number twice",
     [](const arma::mat& m) {  // Armadillo's unique() throws where it finds NaN
       return m.has_nan() ? std::nullopt : std::optional(double(arma::mat(arma::unique(m)).n_elem < m.n_elem));
     }},
    {"{0} holds a number above {1:g}",
     [](const arma::mat& m) { return m.is_finite() && !m.empty() ? std::optional(m.max()) : std::nullopt; }},
    {"{0} holds a number below {1:g}",
     [](const arma::mat& m) { return m.is_finite() && !m.empty() ? std::optional(-m.min()) : std::nullopt; }},
};

const arma::mat* value_of(const Parts& parts, const std::string& name) {
  for (const Part& part : parts)
    if (part.name == name) return &part.value;
  return nullptr;
}

/// An argument whose few values in failed checks never occur in one that held.
std::string choice_words(const Part& argument, const std::vector<Miss>& misses, const std::vector<Parts>& passed) {
  std::set<double> wrong, right;
  for (const Miss& miss : misses) {
    const arma::mat* m = value_of(miss.arguments, argument.name);
    if (!m || m->n_elem != 1) return "";
    wrong.insert((*m)(0));
  }
  for (const Parts& parts : passed) {
    const arma::mat* m = value_of(parts, argument.name);
    if (!m || m->n_elem != 1) return "";
    right.insert((*m)(0));
  }
  const bool apart = std::none_of(wrong.begin(), wrong.end(), [&](double x) { return right.count(x) > 0; });
  const bool kinds =
      argument.text || std::all_of(wrong.begin(), wrong.end(), [](double x) { return x == std::round(x); });
  if (wrong.size() > 3 || right.size() < 2 || !apart || !kinds) return "";
  std::string values;
  for (const double x : wrong) {
    Part one = argument;  // which knows the name of an enum's number
    one.value = arma::mat(1, 1).fill(x);
    const std::string shown = describe(one);
    values += (values.empty() ? "" : " or ") + shown.substr(shown.find("= ") + 2);
  }
  return fmt::format("{} is {}", argument.name, values);
}

}  // namespace

std::string condition_words(const std::vector<Miss>& misses, const std::vector<Parts>& passed) {
  if (misses.size() < 2 || passed.size() < 2) return "";
  double splits = 1;  // in so many ways these checks fall into two such groups: of many arguments one does it by chance
  for (std::size_t k = 1; k <= misses.size(); ++k) splits *= double(passed.size() + k) / double(k);
  if (splits < 2 * double(misses[0].arguments.size())) return "";
  const auto said = [&](const std::string& when) {
    return fmt::format("it is wrong in every check where {}, and right in all {} others", when, passed.size());
  };
  for (const Part& argument : misses[0].arguments)
    if (const std::string choice = choice_words(argument, misses, passed); !choice.empty()) return said(choice);
  for (const Measure& measure : at_most)
    for (const Part& argument : misses[0].arguments) {
      double least = arma::datum::inf, most = -arma::datum::inf;
      bool known = true;
      for (const Miss& miss : misses) {
        const arma::mat* m = value_of(miss.arguments, argument.name);
        const auto x = m ? measure.of(*m) : std::nullopt;
        known = known && x;
        if (x) least = std::min(least, *x);
      }
      for (const Parts& parts : passed) {
        const arma::mat* m = value_of(parts, argument.name);
        const auto x = m ? measure.of(*m) : std::nullopt;
        known = known && x;
        if (x) most = std::max(most, *x);
      }
      if (known && least > most) {
        const bool below = std::string(measure.words).find("below {1") != std::string::npos;
        return said(fmt::format(fmt::runtime(measure.words), argument.name, below ? -most : most));
      }
    }
  return "";
}

}  // namespace nn
