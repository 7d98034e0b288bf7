// What every wrong entry is: a factor, another function of what it should be, an entry of an argument.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>

#include "autograder/tests/support/views.hpp"

namespace nn {

namespace {

/// The first argument that is a matrix of samples, and what its sides are called in a sentence.
const Part* matrix_argument(const Miss& miss) {
  for (const Part& part : miss.arguments)
    if (part.value.n_elem > 1) return &part;
  return nullptr;
}

std::string number(double x) { return fmt::format("{:.5g}", x); }

const std::string as_it_should = "what it should be";

template <class Holds>
bool every_wrong(const Views& views, Holds holds) {
  for (const View& view : views)
    for (const uword i : view.wrong)
      if (!holds(view, i)) return false;
  return true;
}

// Factors.

struct Size {
  std::string words;
  std::function<double(const Miss&)> of;
};

/// What a factor may be made of: numbers among the arguments, and their sizes.
std::vector<Size> sizes(const Views& views) {
  std::vector<Size> all;
  for (const Part& part : views[0].miss->arguments)
    if (part.value.n_elem == 1)
      all.push_back({part.name, [name = part.name](const Miss& miss) {
                       for (const Part& own : miss.arguments)
                         if (own.name == name && own.value.n_elem == 1) return own.value(0);
                       return arma::datum::nan;
                     }});
  const Part* matrix = nullptr;
  for (std::size_t k = 0; !matrix && k < views.size(); ++k) matrix = matrix_argument(*views[k].miss);
  if (!matrix) return all;
  const auto side = [name = matrix->name](bool columns) {  // of one column, too
    return [name, columns](const Miss& miss) {
      for (const Part& own : miss.arguments)
        if (own.name == name) return double(columns ? own.value.n_cols : own.value.n_rows);
      return 0.0;
    };
  };
  const auto rows = side(false), columns = side(true);
  const std::string of = " of " + matrix->name;
  all.push_back({"the number of columns" + of, columns});
  all.push_back({"the number of rows" + of, rows});
  all.push_back({"the number of entries" + of, [=](const Miss& m) { return rows(m) * columns(m); }});
  all.push_back({"the square of the number of columns" + of, [=](const Miss& m) { return columns(m) * columns(m); }});
  return all;
}

/// Numbers that are hardly larger than what they may be off by show no factor: any would do. Half of them must be.
bool is_factor(const Views& views, const std::function<double(const Miss&)>& factor) {
  std::size_t large = 0, all = 0;
  const bool equals = every_wrong(views, [&](const View& view, uword i) {
    const double c = factor(*view.miss), off = std::max(1.0, std::abs(c)) * view.miss->tolerance.absolute;
    const Tolerance t{off, 2 * std::max(view.miss->tolerance.relative, 1e-9)};
    ++all;
    large += std::abs(view.found(i)) > 100 * off;
    return std::isfinite(c) && equal(view.found(i), c * view.expected(i), t);
  });
  return equals && 2 * large >= all;
}

}  // namespace

std::string factor_words(const Views& views, const std::string& of) {
  double largest = 0, constant = 0;
  for (const View& view : views)
    for (const uword i : view.wrong)
      if (const double e = view.expected(i); std::isfinite(view.found(i)) && std::abs(e) > largest)
        largest = std::abs(e), constant = view.found(i) / e;
  if (largest == 0 || !std::isfinite(constant) || std::abs(constant) < 1e-7) return "";
  const auto is = [&](double value) { return std::abs(constant - value) <= 1e-6 * std::abs(value); };
  const auto all = sizes(views);
  std::size_t wrong = 0;
  for (const View& view : views) wrong += view.wrong.size();
  const bool many = wrong > 4 || of == as_it_should;  // of thousands of formulas some fits a few numbers by chance
  const bool same = is_factor(views, [&](const Miss&) { return constant; });
  if (same && is(-1)) return "-1 times " + of;
  // A factor that changes with the arguments says more than the number that it happens to be.
  for (const Size& size : all) {
    std::set<double> seen;
    for (const View& view : views) seen.insert(size.of(*view.miss));
    if (seen.size() < 2 || !many) continue;
    for (const double numeral : {1.0, -1.0, 2.0, -2.0, 0.5, -0.5}) {
      const std::string sign = numeral == 1 ? "" : numeral == -1 ? "minus " : number(numeral) + " times ";
      if (is_factor(views, [&](const Miss& miss) { return numeral * size.of(miss); }))
        return fmt::format("{}{} times {}", sign, size.words, of);
      if (!seen.count(0) && is_factor(views, [&](const Miss& miss) { return numeral / size.of(miss); }))
        return fmt::format("{}1/({}) times {}", sign, size.words, of);
    }
  }
  if (!same) return "";
  std::string text = number(constant) + " times " + of;
  if (is(1 / std::log(10.0))) return text + " (1 / log 10)";
  if (is(1 / std::log(2.0))) return text + " (1 / log 2)";
  if (!is(std::round(constant)) && std::abs(constant) < 0.99 && is(1 / std::round(1 / constant)))
    text = fmt::format("1/{:g} times {}", std::round(1 / constant), of);
  for (const Size& size : all) {
    const double n = size.of(*views[0].miss);
    const bool whole = std::abs(n) > 1 && n == std::round(n) && size.words.find("number") != std::string::npos;
    if (whole && (is(n) || is(1 / n)) &&
        std::all_of(views.begin(), views.end(), [&](const View& v) { return size.of(*v.miss) == n; }))
      return text + fmt::format(" ({:g} is {})", n, size.words);
  }
  return text;
}

namespace {

// Entry by entry.

struct Transform {
  const char* words;
  double (*of)(double);
};

const Transform transforms[] = {
    {"what it should be, cut to a whole number", [](double e) { return std::trunc(e); }},
    {"what it should be, rounded to a whole number", [](double e) { return std::round(e); }},
    {"what it should be, rounded down to a whole number", [](double e) { return std::floor(e); }},
    {"what it should be, rounded up to a whole number", [](double e) { return std::ceil(e); }},
    {"1 minus what it should be", [](double e) { return 1 - e; }},
    {"what it should be, plus 1", [](double e) { return e + 1; }},
    {"what it should be, minus 1", [](double e) { return e - 1; }},
    {"1 divided by what it should be", [](double e) { return 1 / e; }},
    {"the square of what it should be", [](double e) { return e * e; }},
    {"the square root of what it should be", [](double e) { return std::sqrt(e); }},
    {"what it should be without its sign", [](double e) { return std::abs(e); }},
    {"exp of what it should be", [](double e) { return std::exp(e); }},
    {"log of what it should be", [](double e) { return std::log(e); }},
};

struct Mix {
  const char* words;  ///< {} is the argument's name
  double (*of)(double e, double a);
};

const Mix mixes[] = {
    {"the entry of {0} at its place: nothing was done there", [](double, double a) { return a; }},
    {"the entry of {0} at its place with the other sign", [](double, double a) { return -a; }},
    {"what it should be times the entry of {0}", [](double e, double a) { return e * a; }},
    {"what it should be divided by the entry of {0}", [](double e, double a) { return e / a; }},
    {"what it should be plus the entry of {0}", [](double e, double a) { return e + a; }},
    {"what it should be minus the entry of {0}", [](double e, double a) { return e - a; }},
};

struct Squash {
  const char* name;
  arma::mat (*of)(const arma::mat&);
};

const Squash squashes[] = {
    {"sigmoid", [](const arma::mat& m) -> arma::mat { return 1 / (1 + arma::exp(-m)); }},
    {"tanh", [](const arma::mat& m) -> arma::mat { return arma::tanh(m); }},
    {"softmax",
     [](const arma::mat& m) -> arma::mat {
       arma::mat e = arma::exp(m.each_row() - arma::rowvec(arma::max(m, 0)));
       e.each_row() /= arma::rowvec(arma::sum(e, 0));
       return e;
     }},
};

bool float_precision(const Views& views) {
  bool rounded = false;
  for (const View& view : views)
    for (uword i = 0; i < view.found.n_elem; ++i) {
      const double e = view.expected(i), f = view.found(i);
      if (double(float(f)) != f || std::abs(f - e) > 1e-5 * std::abs(e) + 1e-12) return false;
      rounded = rounded || double(float(e)) != e;
    }
  return rounded;
}

/// What -ftrivial-auto-var-init=pattern puts where nothing was assigned, and its nearest relatives.
bool unset(double x) {
  return std::isfinite(x) && (std::abs(x) > 1e290 || std::abs(std::abs(x) - 1.694739530317379e38) < 1e32);
}

/// One number in the place of another, three times at least.
std::string constant_words(const Views& views) {
  std::set<double> found;
  std::size_t count = 0;
  for (const View& view : views)
    for (const uword i : view.wrong) found.insert(view.found(i)), ++count;
  return count > 2 && found.size() == 1 ? fmt::format("is {}", number(*found.begin())) : "";
}

/// A function between what is there and what should be: one too many, or one that is missing. It needs no argument, so
/// that it is found in the midst of a long chain, too.
std::string squashed_words(const Views& views) {
  std::set<double> different, answers;
  every_wrong(views, [&](const View& v, uword i) {
    if (v.expected(i) != std::round(v.expected(i))) different.insert(v.expected(i)), answers.insert(v.found(i));
    return true;
  });
  if (different.size() < 3 || answers.size() < 3) return "";
  for (const Squash& squash : squashes) {
    const auto fits = [&](bool too_many) {
      return std::all_of(views.begin(), views.end(), [&](const View& v) {
        if (v.expected.empty() || !v.expected.is_finite() || !v.found.is_finite()) return v.wrong.empty();
        const arma::mat made = squash.of(too_many ? v.expected : v.found);
        const arma::mat& is = too_many ? v.found : v.expected;
        return std::all_of(v.wrong.begin(), v.wrong.end(),  // more closely than a figure of chance is asked for
                           [&](uword i) {
                             return equal(made(i), is(i), {1e-6, 1e-6});
                           });
      });
    };
    if (fits(true)) return fmt::format("is {}(what it should be)", squash.name);
    if (fits(false)) return fmt::format("would be right after {}: is that missing?", squash.name);
  }
  return "";
}

/// "is ...", said of every wrong entry.
std::string simple_words(const Views& views, Formulas formulas) {
  if (every_wrong(views, [](const View& v, uword i) { return unset(v.found(i)) && !unset(v.expected(i)); }))
    return "is a number that was never set (a variable needs a first value, a matrix its zeros)";
  if (every_wrong(views, [](const View& v, uword i) { return std::isnan(v.found(i)); })) return "is not a number";
  if (every_wrong(views, [](const View& v, uword i) { return std::isinf(v.found(i)); })) return "is infinite";
  if (views[0].text) {  // names, not numbers
    const double found = views[0].wrong.empty() ? 0 : views[0].found(views[0].wrong[0]);
    const bool all = every_wrong(views, [&](const View& v, uword i) { return v.text && v.found(i) == found; });
    return all ? "is " + views[0].text(found) : "";
  }
  const bool many = telling(views);
  if (many && every_wrong(views, [](const View& v, uword i) { return v.found(i) == 0; }))
    return every_wrong(views, [](const View& v, uword i) { return std::abs(v.expected(i)) < 1; })
               ? "is 0, which is what it should be cut to a whole number"
               : "is 0";
  if (many && every_wrong(views, [](const View& v, uword i) { return std::abs(v.found(i)) < 1e-300; }))
    return "is next to 0";
  for (const std::string& name : argument_names(views)) {  // whatever was wanted, even if that is the same everywhere
    std::set<double> found;
    const bool same = every_wrong(views, [&](const View& v, uword i) {
      found.insert(v.found(i));
      return beside(v, i, name) == std::optional(v.found(i));
    });
    if (same && found.size() > 2) return fmt::format(fmt::runtime(std::string("is ") + mixes[0].words), name);
  }
  if (!many) return constant_words(views);
  for (const Size& size : sizes(views)) {
    std::set<double> values;
    const bool is = every_wrong(views, [&](const View& v, uword i) {
      values.insert(size.of(*v.miss));
      return v.found(i) == size.of(*v.miss);
    });
    if (is && values.size() > 1) return "is " + size.words;
  }
  const auto signs = [](const View& v, uword i) { return std::abs(v.found(i)) == 1 && std::abs(v.expected(i)) == 1; };
  if (every_wrong(views, signs)) return "";  // a wrong sign is the other of the two, which says nothing
  if (float_precision(views)) return "is right to the 7 digits of a float: something is computed or kept in float";
  if (const std::string factor = factor_words(views, as_it_should); !factor.empty())
    return (factor.starts_with("-1 times") ? "has the wrong sign: it is " : "is ") + factor;
  const auto bit = [](double x) { return x == 0 || x == 1; };
  const bool bits = std::all_of(views.begin(), views.end(),
                                [&](const View& v) { return std::all_of(v.expected.begin(), v.expected.end(), bit); });
  std::set<double> found;
  every_wrong(views, [&](const View& v, uword i) { return found.insert(v.found(i)), true; });
  for (const Transform& g : transforms) {
    if (found.size() == 1 && std::string_view(g.words).ends_with("whole number")) continue;  // a 1 rounds 0.1 by chance
    if (every_wrong(views,
                    [&](const View& v, uword i) { return equal(v.found(i), g.of(v.expected(i)), v.miss->tolerance); }))
      if (!bits || !every_wrong(views, [&](const View& v, uword i) { return bit(v.found(i)); }))
        return std::string("is ") + g.words;  // a wrong 0 or 1 is the other of the two, which says nothing
  }
  for (const std::string& name : argument_names(views)) {
    std::set<double> different;
    every_wrong(views, [&](const View& v, uword i) { return different.insert(beside(v, i, name).value_or(0)), true; });
    if (different.size() < 2) continue;  // a number that is always the same explains nothing
    for (const Mix& mix : mixes)
      if (every_wrong(views, [&](const View& v, uword i) {
            const auto a = beside(v, i, name);
            return a && std::isfinite(v.found(i)) && equal(v.found(i), mix.of(v.expected(i), *a), v.miss->tolerance);
          }))
        return "is " + fmt::format(fmt::runtime(mix.words), name);
  }
  if (const std::string formula = formula_words(views, formulas); !formula.empty()) return "is " + formula;
  if (const std::string words = squashed_words(views); !words.empty()) return words;
  double first = 0, offset = 0;
  for (const View& view : views)
    if (!view.wrong.empty()) first = view.found(view.wrong[0]), offset = first - view.expected(view.wrong[0]);
  if (every_wrong(views, [&](const View& v, uword i) { return v.found(i) == first; }))
    return fmt::format("is {}", number(first));
  if (std::abs(offset) > 1e-6 && every_wrong(views, [&](const View& v, uword i) {
        return equal(v.found(i), v.expected(i) + offset, {v.miss->tolerance.absolute * 10, 1e-9});
      }))
    return fmt::format("is what it should be {} {}", offset > 0 ? "plus" : "minus", number(std::abs(offset)));
  if (bits && every_wrong(views, [&](const View& v, uword i) { return !bit(v.found(i)); })) return "is neither 0 nor 1";
  return "";
}

/// The entries on one side of 0 of an argument.
Views where(const Views& views, const std::string& name, int sign) {
  Views some;
  for (const View& view : views) {
    View part = view;
    std::erase_if(part.wrong, [&](uword i) {
      const auto a = beside(view, i, name);
      return !a || (*a > 0) - (*a < 0) != sign;
    });
    if (!part.wrong.empty()) some.push_back(part);
  }
  return some;
}

}  // namespace

std::string entry_words(const Views& views, Formulas formulas) {
  if (views.empty()) return "";
  if (const std::string words = simple_words(views, formulas); !words.empty()) return words;
  for (const std::string& name : argument_names(views)) {  // two branches, each with a mistake of its own
    if (!every_wrong(views, [&](const View& v, uword i) { return beside(v, i, name).value_or(0) != 0; })) continue;
    const Views below = where(views, name, -1), above = where(views, name, 1);
    if (below.empty() || above.empty()) continue;
    const std::string left = simple_words(below, formulas), right = simple_words(above, formulas);
    if (!left.empty() && !right.empty())
      return fmt::format("{} where {} is below 0, and {} where it is above 0", left, name, right);
  }
  return "";
}

}  // namespace nn
