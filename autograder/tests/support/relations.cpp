#include "autograder/tests/support/relations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "autograder/tests/support/views.hpp"

namespace nn {

namespace {

/// The parts of all misses, apart: those with wrong entries, and the misses whose result has another shape.
struct Sorted {
  Views wrong;
  std::vector<Views> by_miss;
  std::set<std::string> kinds, wrong_kinds;
  std::vector<const Miss*> misshapen;
};

Sorted sort(const std::vector<Miss>& misses) {
  Sorted all;
  for (const Miss& miss : misses) {
    bool agree = false;
    const Views views = views_of(miss, agree);
    if (!agree) {
      all.misshapen.push_back(&miss);
      continue;
    }
    all.by_miss.emplace_back();
    for (const View& view : views) {
      all.kinds.insert(kind_of(view.name));
      if (view.wrong.empty()) continue;
      all.wrong_kinds.insert(kind_of(view.name));
      all.by_miss.back().push_back(view);
      all.wrong.push_back(view);
    }
  }
  return all;
}

Views of_kind(const Views& views, const std::string& kind) {
  Views own;
  for (const View& view : views)
    if (kind_of(view.name) == kind) own.push_back(view);
  return own;
}

std::string subject(const Views& views, const std::string& kind) {
  const bool single = std::all_of(views.begin(), views.end(), [](const View& v) { return v.expected.n_elem == 1; });
  const std::string every = single ? "" : "every wrong entry of ", whole = single ? "the result" : "every wrong entry";
  return kind.empty() ? whole : every + kind;
}

/// What changed instead of what it became: of results that continue an argument, as a network after a step does.
std::vector<Miss> changes(const std::vector<Miss>& misses) {
  std::vector<Miss> moved;
  for (const Miss& miss : misses) {
    Miss change{{}, {}, miss.arguments, {2 * miss.tolerance.absolute + 1e-12, 1e-6}};
    for (std::size_t p = 0; p < std::min(miss.expected.size(), miss.found.size()); ++p) {
      const Part &e = miss.expected[p], &f = miss.found[p];
      for (const Part& argument : miss.arguments) {
        const bool continued =
            !e.name.empty() && argument.name.size() > e.name.size() && argument.name.ends_with(" " + e.name);
        if (!continued || e.name.ends_with("activation") || arma::size(argument.value) != arma::size(e.value) ||
            arma::size(f.value) != arma::size(e.value))
          continue;
        change.expected.push_back({e.name, e.value - argument.value});
        change.found.push_back({f.name, f.value - argument.value});
      }
    }
    if (!change.expected.empty()) moved.push_back(std::move(change));
  }
  return moved.size() == misses.size() ? moved : std::vector<Miss>{};
}

/// The misses without those in which exp overflows, or a guard against log(0) speaks.
std::vector<Miss> calm(const std::vector<Miss>& misses) {
  const auto small = [](const Parts& parts) {
    return std::all_of(parts.begin(), parts.end(), [](const Part& part) {
      return part.value.is_finite() && (part.value.empty() || arma::abs(part.value).max() < 20);
    });
  };
  std::vector<Miss> some;
  for (const Miss& miss : misses)
    if (small(miss.expected) && small(miss.found)) some.push_back(miss);
  return some;
}

/// The number that is nearly found / expected in most checks, and in how many.
std::pair<double, std::size_t> rough_factor(const Sorted& all) {
  std::vector<double> ratios;
  bool whole = true;
  for (const View& view : all.wrong)
    for (const uword i : view.wrong) {
      whole = whole && view.found(i) == std::round(view.found(i)) && view.expected(i) == std::round(view.expected(i));
      const double off = 10 * view.miss->tolerance.absolute;
      if (view.text || !std::isfinite(view.found(i)) || std::abs(view.found(i)) < off || view.expected(i) == 0)
        continue;
      ratios.push_back(view.found(i) / view.expected(i));
    }
  if (ratios.size() < 3 || whole) return {};
  std::sort(ratios.begin(), ratios.end());
  const double middle = ratios[ratios.size() / 2];
  if (std::abs(middle) < 1e-3 || std::abs(middle - 1) < 0.1) return {};
  const auto near = [&](const View& v) {
    return std::all_of(v.wrong.begin(), v.wrong.end(), [&](uword i) {
      return std::abs(v.found(i) - middle * v.expected(i)) <= 0.02 * std::abs(middle * v.expected(i));
    });
  };
  return {middle, std::size_t(std::count_if(all.by_miss.begin(), all.by_miss.end(), [&](const Views& own) {
            return !own.empty() && std::all_of(own.begin(), own.end(), near);
          }))};
}

/// In how many checks some words hold, and of how many numbers.
struct Vote {
  std::string words = {};
  std::size_t checks = 0, numbers = 0;
};
using Votes = std::map<std::string, Vote>;

Vote most(const Votes& votes) {
  Vote best;
  for (const auto& [words, vote] : votes)
    if (!words.empty() && vote.checks > best.checks) best = {words, vote.checks, vote.numbers};
  return best;
}

std::size_t wrong_numbers(const Views& views) {
  std::size_t count = 0;
  for (const View& view : views) count += view.wrong.size();
  return count;
}

/// "the first 2 entries of losses are right, all after them are wrong", where that is so in every check; of a matrix
/// its columns.
std::string onset(const Views& views) {
  std::set<uword> first;
  std::set<std::string> names, things;
  bool telling = false;
  for (const View& view : views) {
    const bool matrix = view.expected.n_cols > 1;
    const uword size = matrix ? view.expected.n_cols : view.expected.n_elem;
    std::set<uword> places;
    for (const uword i : view.wrong) places.insert(matrix ? i / view.expected.n_rows : i);
    if (places.size() + *places.begin() != size) return "";
    first.insert(*places.begin());
    names.insert(view.name);
    things.insert(matrix ? "columns" : "entries");
    telling = telling || (size > 2 && (!matrix || places.size() > 1));
  }
  if (!telling || first.size() != 1 || *first.begin() == 0 || names.size() != 1 || things.size() != 1) return "";
  const std::string of = names.begin()->empty() ? "" : " of " + *names.begin();
  if (*first.begin() == 1)
    return fmt::format("the first {}{} is right, all after it are wrong",
                       *things.begin() == "columns" ? "column" : "entry", of);
  return fmt::format("the first {} {}{} are right, all after them are wrong", *first.begin(), *things.begin(), of);
}

}  // namespace

/// Whether the wrong numbers differ: what they are is then no chance, even where all should have been the same.
static bool varied(const Views& views) {
  std::set<double> found;
  for (const View& view : views)
    for (const uword i : view.wrong) found.insert(view.found(i));
  return found.size() >= 3;
}

std::optional<std::string> common_factor(const std::vector<Miss>& misses, const std::string& of) {
  const Sorted all = sort(misses);
  if (!all.misshapen.empty() || !telling(all.wrong)) return {};
  const std::string words = factor_words(all.wrong, of);
  return words.empty() ? std::nullopt : std::optional(words);
}

Relations relations(const std::vector<Miss>& misses, const std::vector<Parts>& passed, std::size_t failed) {
  Relations all_said;
  std::vector<std::string>& said = all_said.sentences;
  if (misses.empty()) return all_said;
  failed = std::max(failed, misses.size());
  const auto in = [&](std::size_t n) {
    if (failed == 1) return std::string();
    return n == failed ? fmt::format(" in all {} failed checks", n)
                       : fmt::format(" in {} of the {} failed checks", n, failed);
  };
  // What a few of many failed checks have in common is chance.
  const auto enough = [&](std::size_t n) { return n > 0 && 3 * n >= std::min(failed, kept_misses); };
  Sorted all = sort(misses);
  const std::size_t shaped = misses.size() - all.misshapen.size();
  const bool all_shaped = all.misshapen.empty() && enough(shaped);
  if (!enough(shaped)) all.wrong.clear(), all.wrong_kinds.clear();

  Votes votes;
  for (const Miss* miss : all.misshapen) ++votes[shape_words(*miss)].checks;
  const Vote shape = most(votes);
  if (enough(shape.checks)) said.push_back(shape.words + in(shape.checks));

  if (!all.wrong.empty() && all.kinds.size() > 1 && all.wrong_kinds.size() == 1 && all_shaped)
    said.push_back(fmt::format("only {} is wrong{}", *all.wrong_kinds.begin(), in(shaped)));

  // What every wrong entry is: of all, of each kind of part, of the changes, of a matrix as a whole, of most checks.
  const std::string only = all.kinds.size() > 1 && all.wrong_kinds.size() == 1 ? *all.wrong_kinds.begin() : "";
  bool told = false;
  const auto tell = [&](const std::string& sentence) { said.push_back(sentence), told = true; };
  const bool facts =
      all.wrong_kinds.size() > 1 && std::any_of(all.wrong_kinds.begin(), all.wrong_kinds.end(),
                                                [](const auto& kind) { return kind.starts_with("the "); });
  if (const std::string words = facts ? "" : entry_words(all.wrong); !words.empty())  // of numbers that mean the same
    tell(fmt::format("{} {}{}", subject(all.wrong, only), words, in(shaped))),
        all_said.all_explained = shaped == failed && (telling(all.wrong) || varied(all.wrong));
  if (!told && all.wrong_kinds.size() > 1)
    for (const std::string& kind : all.wrong_kinds) {
      const Views own = of_kind(all.wrong, kind);
      std::set<const Miss*> checks;
      for (const View& view : own) checks.insert(view.miss);
      const std::string words = enough(checks.size()) ? entry_words(own) : "";
      if (!words.empty()) tell(fmt::format("{} {}{}", subject(own, kind), words, in(checks.size())));
    }
  if (!told && all_shaped) {
    const std::vector<Miss> moved = changes(misses);
    const Sorted steps = sort(moved);
    for (const std::string& kind : steps.wrong_kinds) {
      const Views own = of_kind(steps.wrong, kind);
      const std::string words = telling(own) ? entry_words(own) : "";
      const bool others = std::any_of(moved.begin(), moved.end(), [&](const Miss& miss) {
        for (std::size_t p = 0; p < miss.expected.size(); ++p) {
          const arma::mat &e = miss.expected[p].value, &f = miss.found[p].value;
          for (uword i = 0; kind_of(miss.expected[p].name) == kind && i < e.n_elem; ++i)
            if (e(i) != 0 && equal(f(i), e(i), miss.tolerance)) return true;
        }
        return false;
      });
      if (!words.empty())
        tell(fmt::format("{}what is added to {} {}", others ? "where it is wrong, " : "", kind, words));
    }
  }
  if (!told) {
    votes.clear();
    for (const Views& of_one : all.by_miss) {
      std::map<std::string, std::size_t> own;
      for (const View& view : of_one)
        if (const std::string words = arrangement_words(view); !words.empty())
          own[(view.name.empty() ? "the result" : kind_of(view.name)) + " " + words] += view.expected.n_elem;
      for (const auto& [words, numbers] : own) ++votes[words].checks, votes[words].numbers += numbers;
    }
    if (const auto same = votes.find(shape.words); same != votes.end()) {  // as of a square that is a transpose, too
      same->second.checks += shape.checks;
      std::erase(said, shape.words + in(shape.checks));
    }
    if (const Vote form = most(votes); enough(form.checks) && form.numbers > 2) tell(form.words + in(form.checks));
  }
  if (!told && shaped > 2) {
    votes.clear();
    for (const Views& of_one : all.by_miss)
      if (!of_one.empty()) {
        Vote& vote = votes[entry_words(of_one, Formulas::simple)];
        ++vote.checks, vote.numbers += wrong_numbers(of_one);
      }
    if (const Vote own = most(votes); own.checks >= 2 && enough(own.checks) && own.numbers > 2)
      tell(fmt::format("{} {}{}", subject(all.wrong, ""), own.words, in(own.checks)));
  }
  if (!told && all_shaped && !facts)
    if (const std::vector<Miss> some = calm(misses); some.size() < shaped && some.size() > 2 && enough(some.size()))
      if (const Sorted sorted = sort(some); telling(sorted.wrong))
        if (const std::string words = entry_words(sorted.wrong); !words.empty())
          tell(fmt::format("{} {}{}", subject(sorted.wrong, only), words, in(some.size())));
  if (!told && !facts)
    if (const auto [factor, count] = rough_factor(all); count > 2 && 3 * count >= 2 * shaped && enough(count))
      tell(fmt::format("{} is about {:.2g} times what it should be{}", subject(all.wrong, only), factor, in(count)));
  bool began = false;  // which says where, too
  for (const std::string& kind : all.wrong_kinds)
    if (const std::string words = onset(of_kind(all.wrong, kind)); !words.empty())
      tell(words + in(shaped)), began = true;
  if (all_shaped && !began)
    if (const std::string words = place_words(all.wrong); !words.empty()) tell(fmt::format("it is wrong {}", words));
  if (const std::string words = condition_words(misses, passed); !words.empty()) tell(words);
  if (!told && telling(all.wrong)) {
    const auto every = [&](int sign) {
      return std::all_of(all.wrong.begin(), all.wrong.end(), [&](const View& v) {
        return std::all_of(v.wrong.begin(), v.wrong.end(),
                           [&](uword i) { return sign * (v.found(i) - v.expected(i)) > 0; });
      });
    };
    if (every(1)) tell(fmt::format("{} is too large{}", subject(all.wrong, ""), in(shaped)));
    if (every(-1)) tell(fmt::format("{} is too small{}", subject(all.wrong, ""), in(shaped)));
  }
  if (said.size() > 3) said.resize(3);
  return all_said;
}

}  // namespace nn
