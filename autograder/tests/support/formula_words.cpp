// Which formula of the arguments every wrong entry is: "2 times (Y - T)", "sigmoid(1 - A)".
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>
#include <utility>

#include "autograder/tests/support/views.hpp"

namespace nn {

namespace {

using Values = std::vector<arma::mat>;  // one matrix a view

struct Term {
  std::string words;
  Values values;
};
using Terms = std::vector<Term>;

arma::mat sigmoid_of(const arma::mat& m) { return 1 / (1 + arma::exp(-m)); }

arma::mat softmax_of(const arma::mat& m) {
  arma::mat e = arma::exp(m - m.max());
  e.each_row() /= arma::rowvec(arma::sum(e, 0));
  return e;
}

struct Unary {
  const char* words;  // {} is what it is applied to
  arma::mat (*of)(const arma::mat&);
};

const Unary unaries[] = {
    {"1 - {}", [](const arma::mat& m) -> arma::mat { return 1 - m; }},
    {"{0} squared", [](const arma::mat& m) -> arma::mat { return m % m; }},
    {"1 / {}", [](const arma::mat& m) -> arma::mat { return 1 / m; }},
    {"abs({})", [](const arma::mat& m) -> arma::mat { return arma::abs(m); }},
    {"sqrt({})", [](const arma::mat& m) -> arma::mat { return arma::sqrt(m); }},
    {"exp({})", [](const arma::mat& m) -> arma::mat { return arma::exp(m); }},
    {"exp(-{})", [](const arma::mat& m) -> arma::mat { return arma::exp(-m); }},
    {"2 * {}", [](const arma::mat& m) -> arma::mat { return 2 * m; }},
    {"{} / 2", [](const arma::mat& m) -> arma::mat { return m / 2; }},
    {"exp({0}) - exp(-{0})", [](const arma::mat& m) -> arma::mat { return arma::exp(m) - arma::exp(-m); }},
    {"log({})", [](const arma::mat& m) -> arma::mat { return arma::log(m); }},
    {"tanh({})", [](const arma::mat& m) -> arma::mat { return arma::tanh(m); }},
    {"sigmoid({})", sigmoid_of},
    {"softmax({})", softmax_of},
    {"{0} * (1 - {0})", [](const arma::mat& m) -> arma::mat { return m % (1 - m); }},
    {"1 - {0} squared", [](const arma::mat& m) -> arma::mat { return 1 - m % m; }},
};

struct Binary {
  const char* words;
  arma::mat (*of)(const arma::mat&, const arma::mat&);
  bool both_ways;
};

const Binary binaries[] = {
    {"{} - {}", [](const arma::mat& a, const arma::mat& b) -> arma::mat { return a - b; }, false},
    {"{} + {}", [](const arma::mat& a, const arma::mat& b) -> arma::mat { return a + b; }, false},
    {"{} * {}", [](const arma::mat& a, const arma::mat& b) -> arma::mat { return a % b; }, false},
    {"{} / {}", [](const arma::mat& a, const arma::mat& b) -> arma::mat { return a / b; }, true},
};

bool plain(const std::string& words) { return words.find_first_of(" ") == std::string::npos; }

std::string bracketed(const std::string& words) { return plain(words) ? words : "(" + words + ")"; }

Term apply(const Unary& unary, const Term& term) {
  Term result;
  const std::string_view form = unary.words;
  const bool call = form.ends_with("({})");
  result.words = fmt::format(fmt::runtime(form), call ? term.words : bracketed(term.words));
  for (const arma::mat& m : term.values) result.values.push_back(unary.of(m));
  return result;
}

Term apply(const Binary& binary, const Term& a, const Term& b) {
  Term result{fmt::format(fmt::runtime(binary.words), bracketed(a.words), bracketed(b.words)), {}};
  for (std::size_t k = 0; k < a.values.size(); ++k) result.values.push_back(binary.of(a.values[k], b.values[k]));
  return result;
}

Terms wrapped(const Term& term) {
  Terms all;
  for (const Unary& unary : unaries) all.push_back(apply(unary, term));
  return all;
}

void combine(const Term& a, const Term& b, Terms& into) {
  for (const Binary& binary : binaries) {
    into.push_back(apply(binary, a, b));
    if (binary.both_ways) into.push_back(apply(binary, b, a));
  }
}

/// The arguments that have a matrix in each view, which `fits` it.
template <class Fits>
Terms arguments_that(const Views& views, Fits fits) {
  Terms all;
  for (const std::string& name : argument_names(views)) {
    Term term{name, {}};
    for (const View& view : views)
      for (const Part& part : view.miss->arguments)
        if (part.name == name && !part.text && fits(view, part.value)) term.values.push_back(part.value);
    if (term.values.size() == views.size()) all.push_back(std::move(term));
  }
  return all;
}

/// Matrix products of two arguments that have the shape of the result.
Terms products(const Views& views) {
  const Terms all = arguments_that(views, [](const View&, const arma::mat& m) { return m.n_elem > 0; });
  Terms fitting;
  for (const Term& a : all)
    for (const Term& b : all)
      for (const auto& [words, left, right] :
           {std::tuple{"{} * {}", false, false}, std::tuple{"{}.t() * {}", true, false},
            std::tuple{"{} * {}.t()", false, true}}) {
        if (&a == &b) continue;
        Term product{fmt::format(fmt::runtime(words), a.words, b.words), {}};
        for (std::size_t k = 0; k < views.size(); ++k) {
          const arma::mat l = left ? arma::mat(a.values[k].t()) : a.values[k];
          const arma::mat r = right ? arma::mat(b.values[k].t()) : b.values[k];
          if (l.n_elem == 1 && r.n_elem == 1) break;  // the product entry by entry says the same
          if (l.n_cols != r.n_rows || l.n_rows != views[k].expected.n_rows || r.n_cols != views[k].expected.n_cols)
            break;
          product.values.push_back(l * r);
        }
        if (product.values.size() == views.size()) fitting.push_back(std::move(product));
      }
  return fitting;
}

/// The arguments of the result's shape, and the numbers, which stand beside every entry.
Terms arguments_beside(const Views& views) {
  Terms all = arguments_that(views, [](const View& v, const arma::mat& m) {
    return m.n_elem == 1 || arma::size(m) == arma::size(v.expected);
  });
  for (Term& term : all)
    for (std::size_t k = 0; k < views.size(); ++k)
      if (term.values[k].n_elem == 1) {
        const double value = term.values[k](0);
        term.values[k] = arma::mat(arma::size(views[k].expected)).fill(value);
      }
  return all;
}

/// Candidates whose entries stand where those of the result stand, the simple ones first.
Terms entrywise(const Views& views) {
  Terms leaves = arguments_beside(views);
  for (Term& product : products(views)) leaves.push_back(std::move(product));
  Terms all = leaves;
  std::vector<Terms> once;
  for (const Term& leaf : leaves) {
    once.push_back(wrapped(leaf));
    all.insert(all.end(), once.back().begin(), once.back().end());
  }
  Term wanted{"what it should be", {}};
  for (const View& view : views) wanted.values.push_back(view.expected);
  for (const Unary& unary : unaries) all.push_back(apply(unary, wanted));
  for (std::size_t a = 0; a < leaves.size(); ++a) {
    for (std::size_t b = a + 1; b < leaves.size(); ++b) combine(leaves[a], leaves[b], all);
    for (const Term& other : once[a])  // a changed sign is no "minus 2 * W"
      if (!other.words.starts_with("2 * ")) combine(wanted, other, all);
  }
  for (std::size_t a = 0; a < leaves.size(); ++a)
    for (std::size_t b = 0; b < leaves.size(); ++b)
      for (const Term& one : once[a]) combine(one, leaves[b], all);
  for (const Terms& terms : once)
    for (const Term& term : terms)
      for (const Unary& unary : unaries) all.push_back(apply(unary, term));
  return all;
}

/// "2 * (W * X) - b": two terms with small factors, be it a column that stands beside every column of the result.
std::string sum_words(const Views& views) {
  Terms terms = arguments_that(views, [](const View& v, const arma::mat& m) {
    return m.n_rows == v.expected.n_rows && (m.n_cols == v.expected.n_cols || m.n_cols == 1);
  });
  for (Term& product : products(views)) terms.push_back(std::move(product));
  std::size_t count = 0;
  for (const View& view : views) count += view.wrong.size();
  if (count < 4 || terms.size() > 8) return "";
  arma::vec found(count), off(count);
  arma::mat A(count, terms.size());
  std::size_t row = 0;
  for (std::size_t k = 0; k < views.size(); ++k)
    for (const uword i : views[k].wrong) {
      found(row) = views[k].found(i);
      off(row) = views[k].miss->tolerance.absolute + 1e-7 * std::abs(found(row));
      for (std::size_t t = 0; t < terms.size(); ++t)
        A(row, t) = terms[t].values[k](terms[t].values[k].n_cols == 1 ? i % views[k].expected.n_rows : i);
      ++row;
    }
  if (!A.is_finite() || !found.is_finite() || arma::max(arma::abs(found)) < 1e3 * off.max()) return "";
  const auto with_factor = [](double factor, const std::string& words) {
    return std::abs(factor) == 1 ? bracketed(words) : fmt::format("{:g} * {}", std::abs(factor), bracketed(words));
  };
  for (std::size_t a = 0; a < terms.size(); ++a)
    for (std::size_t b = a + 1; b < terms.size(); ++b) {
      arma::vec factors;
      if (!arma::solve(factors, A.cols(arma::uvec{a, b}), found, arma::solve_opts::no_approx)) continue;
      factors = arma::round(2 * factors) / 2;
      if (factors(0) == 0 || factors(1) == 0 || arma::abs(factors).max() > 4) continue;
      if (arma::any(arma::abs(A.col(a) * factors(0) + A.col(b) * factors(1) - found) > off)) continue;
      return fmt::format("{}{} {} {}", factors(0) < 0 ? "-" : "", with_factor(factors(0), terms[a].words),
                         factors(1) < 0 ? '-' : '+', with_factor(factors(1), terms[b].words));
    }
  return "";
}

/// Candidates for a result that is one number: sums over all entries of an argument, or of two.
Terms summed(const Views& views) {
  Terms leaves = arguments_that(views, [](const View&, const arma::mat& m) { return m.n_elem > 0; });
  std::erase_if(leaves, [](const Term& leaf) {  // a number, as a rate is, has no sum
    return std::all_of(leaf.values.begin(), leaf.values.end(), [](const arma::mat& m) { return m.n_elem == 1; });
  });
  Terms all = leaves;
  for (std::size_t a = 0; a < leaves.size(); ++a)
    for (std::size_t b = a + 1; b < leaves.size(); ++b) {
      bool fit = true;
      for (std::size_t k = 0; k < views.size(); ++k)
        fit = fit && arma::size(leaves[a].values[k]) == arma::size(leaves[b].values[k]);
      if (!fit) continue;
      combine(leaves[a], leaves[b], all);
      for (const auto& [one, other] : {std::pair{a, b}, std::pair{b, a}}) {
        for (const Unary& unary : unaries) {
          combine(leaves[one], apply(unary, leaves[other]), all);
          combine(leaves[one], apply(unary, apply(unaries[0], leaves[other])), all);  // T * log(1 - P)
          if (one == a) combine(apply(unary, leaves[one]), apply(unary, leaves[other]), all);
        }
      }
    }
  Terms sums;
  for (const Term& term : all) {
    Term sum{"the sum of " + bracketed(term.words), {}},
        length{"the root of the sum of the squares of " + bracketed(term.words), {}},
        squares{"the sum of the squares of " + bracketed(term.words), {}},
        sizes{"the sum of the absolute values of " + bracketed(term.words), {}},
        above{"the sum of max(0, " + term.words + ")", {}},
        below{"the sum of max(0, -" + bracketed(term.words) + ")", {}};
    for (const arma::mat& m : term.values) {
      sum.values.push_back(arma::mat(1, 1).fill(arma::accu(m)));
      length.values.push_back(arma::mat(1, 1).fill(arma::norm(arma::vectorise(m))));
      squares.values.push_back(arma::mat(1, 1).fill(arma::accu(m % m)));
      sizes.values.push_back(arma::mat(1, 1).fill(arma::accu(arma::abs(m))));
      above.values.push_back(arma::mat(1, 1).fill(arma::accu(arma::clamp(m, 0, arma::datum::inf))));
      below.values.push_back(arma::mat(1, 1).fill(-arma::accu(arma::clamp(m, -arma::datum::inf, 0))));
    }
    for (Term* one : {&sum, &squares, &sizes, &length, &above, &below}) sums.push_back(std::move(*one));
  }
  return sums;
}

/// The words for found = term, or found = a factor times the term, in every wrong entry.
std::string matched(const Views& views, const Term& term) {
  Views as_wanted;
  std::set<double> different;
  bool equals = true;
  for (std::size_t k = 0; k < views.size(); ++k) {
    const View& view = views[k];
    const arma::mat& values = term.values[k];
    double ratio = 0;
    for (const uword i : view.wrong) {
      const double value = values(i), found = view.found(i);
      if (!std::isfinite(value) || !std::isfinite(found) || (value == 0) != (found == 0)) return "";
      equals = equals && equal(found, value, view.miss->tolerance);
      if (value == 0) continue;
      different.insert(std::abs(value));
      if (ratio == 0) ratio = found / value;
      if (std::abs(found - ratio * value) > 1e-5 * std::abs(found)) return "";
    }
    as_wanted.push_back({view.miss, view.name, values, view.found, view.wrong});
  }
  if (different.size() < 3) return "";
  return equals ? term.words : factor_words(as_wanted, bracketed(term.words));
}

/// The first views that have some six different wrong numbers: what explains all explains these.
Views first_few(const Views& views) {
  Views few;
  std::set<double> different;
  for (const View& view : views) {
    if (different.size() < 6) few.push_back(view);
    for (const uword i : view.wrong) different.insert(std::abs(view.found(i)));
  }
  return few;
}

/// The words of the first of the candidates that explains all. There are thousands, so they are tried on a few views.
template <class Build>
std::string first_match(const Views& views, const Build& build) {
  const Views few = first_few(views);
  const Terms some = build(few);
  Terms all;
  for (std::size_t k = 0; k < some.size(); ++k) {
    if (matched(few, some[k]).empty()) continue;
    if (all.empty()) all = build(views);
    if (all.size() != some.size()) break;  // an argument fits these only
    if (const std::string words = matched(views, all[k]); !words.empty()) return words;
  }
  if (all.size() == some.size()) return "";
  for (const Term& term : all)
    if (const std::string words = matched(views, term); !words.empty()) return words;
  return "";
}

/// A formula that is nested deeper. There are thousands, so they are tried on the first few wrong entries.
std::string nested_words(const Views& views) {
  const Views few = first_few(views);
  constexpr std::size_t most = 5;  // a student waits
  const bool with_products = arguments_beside(views).size() + products(views).size() <= most;
  const auto leaves_of = [&](const Views& chosen) {
    Terms all = arguments_beside(chosen);
    for (Term& product : with_products ? products(chosen) : Terms()) all.push_back(std::move(product));
    return all;
  };
  const Terms some = leaves_of(few), all = leaves_of(views);
  if (some.size() != all.size() || some.size() > most) return "";
  const auto found = [&](auto build) {
    const bool likely = !matched(few, build(some)).empty();
    return likely ? matched(views, build(all)) : std::string();
  };
  for (std::size_t a = 0; a < some.size(); ++a)
    for (std::size_t b = a + 1; b < some.size(); ++b)
      for (std::size_t c = 0; c < some.size(); ++c)
        for (const Binary& inner : binaries)
          for (const Binary& outer : binaries)
            for (std::size_t u = 0; u <= std::size(unaries); ++u)
              if (const std::string words = found([&](const Terms& leaves) {  // A * B - A squared
                    const Term pair = apply(inner, leaves[a], leaves[b]);
                    return apply(outer, pair, u == 0 ? leaves[c] : apply(unaries[u - 1], leaves[c]));
                  });
                  !words.empty())
                return words;
  for (std::size_t a = 0; a < some.size(); ++a)
    for (const Unary& first : unaries)
      for (const Unary& second : unaries) {
        const auto twice = [&](const Terms& leaves) { return apply(second, apply(first, leaves[a])); };
        for (const Unary& third : unaries)
          if (const std::string words = found([&](const Terms& leaves) { return apply(third, twice(leaves)); });
              !words.empty())
            return words;
        for (std::size_t b = 0; b < some.size(); ++b)
          for (const Binary& binary : binaries)
            if (const std::string words =
                    found([&](const Terms& leaves) { return apply(binary, twice(leaves), leaves[b]); });
                !words.empty())
              return words;
      }
  return "";
}

}  // namespace

std::string formula_words(const Views& views, Formulas formulas) {
  constexpr std::size_t most_arguments = 8;  // whole networks and data sets have too many pairs
  constexpr uword most_entries = 20'000;
  if (!telling(views) || argument_names(views).size() > most_arguments) return "";
  bool single = true;
  uword entries = 0;
  for (const View& view : views) {
    single = single && view.expected.n_elem == 1;
    entries += view.expected.n_elem;
    for (const Part& part : view.miss->arguments) entries += part.value.n_elem;
  }
  if (entries > most_entries) return "";
  std::set<double> found;
  for (const View& view : views)
    for (const uword i : view.wrong) found.insert(view.found(i));
  if (found.size() < 2) return "";  // a constant is better called by its value
  if (const std::string words = first_match(views, entrywise); !words.empty()) return words;
  if (single) {
    if (const std::string words = first_match(views, summed); !words.empty()) return words;
    std::vector<arma::mat> rests;
    for (const View& view : views) rests.push_back(1 - view.found);
    Views rest;
    for (std::size_t k = 0; k < views.size(); ++k)
      rest.push_back({views[k].miss, views[k].name, views[k].expected, rests[k], views[k].wrong});
    if (const std::string words = first_match(rest, summed); !words.empty()) return "1 - " + bracketed(words);
  }
  if (const std::string words = sum_words(views); !words.empty()) return words;
  if (formulas == Formulas::nested && !single && entries <= 300)
    if (const std::string words = nested_words(views); !words.empty()) return words;
  return "";
}

}  // namespace nn
