#include "autograder/tests/support/evidence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch_test_case_info.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/interfaces/catch_interfaces_registry_hub.hpp>
#include <catch2/interfaces/catch_interfaces_testcase.hpp>
#include <catch2/reporters/catch_reporter_event_listener.hpp>
#include <catch2/reporters/catch_reporter_registrars.hpp>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "autograder/tests/support/oracle.hpp"
#include "autograder/tests/support/relations.hpp"
#include "autograder/tests/support/report.hpp"
#include "autograder/tests/support/views.hpp"

namespace nn {

namespace {

constexpr std::size_t kept_passes = 400;

/// How a known mistake has stood up so far.
struct Standing {
  const Known* known = nullptr;
  std::size_t hits[2] = {0, 0};               ///< failed checks of a value, of a refusal, in which it is the same
  bool contradicted[2] = {false, false};      ///< it behaved otherwise
  std::size_t misled = 0;                     ///< checks in which it fails where the student's code holds
  std::size_t lacks_check = 0;                ///< the same, of refusals
  std::size_t exact = 0;                      ///< hits in checks whose value is known
  std::vector<std::optional<Parts>> results;  ///< its results where the student's were wrong, beside Evidence::misses
};

/// All that is known of one function in one task.
struct Evidence {
  std::vector<Standing> standings;
  std::vector<Miss> misses;
  std::vector<Parts> passed;
  std::size_t failed[2] = {0, 0}, held[2] = {0, 0};
  std::vector<std::size_t> held_in;  ///< the tests with checks that held before the first one failed
  std::size_t took = 0;              ///< failed checks of a refusal in which there was a result, and no other exception
  std::set<std::string> extras;
  std::size_t with_extra = 0;
  bool forgetful = false;  ///< the same call came to something else the second time
};

std::map<std::tuple<std::string, std::string, std::string>, Evidence>& all_evidence() {  // by task, name, signature
  static std::map<std::tuple<std::string, std::string, std::string>, Evidence> all;
  return all;
}

/// The task whose test is running: "3.2".
std::string current_task;

struct Test {
  Catch::TestCaseHandle itself;
  std::size_t checks;  ///< made so far
};
std::vector<Test> tests;  // in the order in which they began

/// A test runs once more, for what its checks of one function say of known mistakes.
struct LookBack {
  const Evidence* of;
  std::size_t checks;  ///< that were made when it ran first, and not yet again
};
std::optional<LookBack> look_back;

class TaskListener : public Catch::EventListenerBase {
 public:
  using EventListenerBase::EventListenerBase;
  void testCaseStarting(const Catch::TestCaseInfo& info) override {
    for (const Catch::Tag& tag : info.tags)
      if (const std::string name(tag.original); name.find('.') != std::string::npos) current_task = name;
    for (const Catch::TestCaseHandle& test : Catch::getRegistryHub().getTestCaseRegistry().getAllTests())
      if (&test.getTestCaseInfo() == &info) tests.push_back({test, 0});
  }
};

CATCH_REGISTER_LISTENER(TaskListener)

/// What an exception says up to its numbers.
std::string gist(const std::string& thrown) { return thrown.substr(0, thrown.find_first_of("0123456789")); }

/// Whether a mistake's failure is the student's. Of a property only the violation is known to be the same.
bool alike(const Check& check, const Seen& own, const Seen& other) {
  if (own.result.has_value() != other.result.has_value()) return false;
  if (!own.result) return own.refused == other.refused && (own.refused || gist(own.thrown) == gist(other.thrown));
  if (check.asks == Asks::value && !check.expected) return true;
  if (check.asks == Asks::refusal) return same(*own.result, *other.result);
  // A figure of chance may be off by a tenth of 1; two that are nearly 0 are the same only when they are closer.
  const bool chance = check.tolerance.absolute > 1e-3 && check.tolerance.absolute < 1;
  return same(*own.result, *other.result, chance ? Tolerance{0.02, 0.1} : check.tolerance);
}

/// Whether a mistake fails so often where the student's code holds that it cannot be even a part of what is wrong.
bool apart(const Standing& standing, const Evidence& evidence) { return 5 * standing.misled > evidence.failed[0]; }

void compare(Evidence& evidence, const Check& check, const Seen& own, const std::vector<Suspect>& suspects) {
  const auto side = std::size_t(check.asks);
  const bool held = own.complaint.empty(), value = !held && check.asks == Asks::value;
  const bool kept = value && check.expected && own.result, threw = value && !own.result;
  std::vector<Standing*> agreeing;
  for (std::size_t i = 0; i < suspects.size(); ++i) {
    Standing& standing = evidence.standings[i];
    if (standing.contradicted[side] && !threw && !(kept && !apart(standing, evidence))) {
      if (kept) standing.results.emplace_back();
      continue;
    }
    const Seen other = suspects[i].look();
    if (kept) standing.results.push_back(other.result);
    if (other.unknown) continue;
    if (held) {
      if (other.complaint.empty()) continue;
      standing.contradicted[side] = true;
      ++(side == 0 ? standing.misled : standing.lacks_check);
    } else if (other.complaint.empty() || !alike(check, own, other)) {
      standing.contradicted[side] = true;
    } else {
      agreeing.push_back(&standing);
    }
  }
  // What throws alike with every mistake throws in another function of the student's: it is evidence of none.
  if (threw && agreeing.size() > 1 && agreeing.size() == suspects.size()) return;
  for (Standing* standing : agreeing) {
    ++standing->hits[side];
    standing->exact += check.expected.has_value();
  }
}

/// Compares the checks that held before the first one failed. Most answers are right: of those no mistake is tried.
void compare_what_held(const Evidence& evidence) {
  for (const std::size_t k : evidence.held_in) {
    const Test test = tests[k];
    const OraclesAgain oracles(test.itself.getTestCaseInfo().name);
    look_back = {&evidence, test.checks};
    try {
      test.itself.invoke();
    } catch (...) {  // then it went no further the first time
    }
    look_back.reset();
  }
}

/// Of the entries of a miss: those that are wrong, those that a mistake makes wrong, and those that it makes so wrong.
struct Overlap {
  std::size_t wrong = 0, of_mistake = 0, matched = 0;
  bool nearly = false;      ///< but for a thousandth of what the mistake changes
  std::set<double> values;  ///< the matched ones
};

void overlap(const Miss& miss, const Parts& other, Overlap& all) {
  if (!same_shapes(other, miss.expected) || !same_shapes(miss.found, miss.expected)) {
    ++all.wrong, ++all.of_mistake;
    return;
  }
  for (std::size_t p = 0; p < other.size(); ++p) {
    const arma::mat &e = miss.expected[p].value, &f = miss.found[p].value, &m = other[p].value;
    for (arma::uword i = 0; i < e.n_elem; ++i) {
      const bool wrong = !equal(f(i), e(i), miss.tolerance), made_wrong = !equal(m(i), e(i), miss.tolerance);
      all.wrong += wrong;
      all.of_mistake += made_wrong;
      const bool exactly = equal(f(i), m(i), miss.tolerance);
      if (!wrong || !made_wrong) continue;
      if (!exactly && !(std::isfinite(m(i) - e(i)) && std::abs(f(i) - m(i)) <= 1e-3 * std::abs(m(i) - e(i)))) continue;
      all.nearly = all.nearly || !exactly;
      ++all.matched;
      all.values.insert(f(i));
    }
  }
}

/// Whether numbers that are wrong alike are so many, or so different, that this is no chance.
bool many(const Overlap& all) {
  return all.values.size() >= 3 || (all.matched >= 12 && 10 * all.matched >= 9 * all.wrong);
}

/// A mistake that is the same in a third of the failed checks or more, and holds wherever the student's code does.
std::optional<std::string> in_some_checks(const Evidence& evidence) {
  const Standing* best = nullptr;
  std::size_t most = 0;
  for (const Standing& standing : evidence.standings) {
    if (standing.misled > 0 || standing.results.size() != evidence.misses.size()) continue;
    Overlap all;
    std::size_t alike = 0;
    for (std::size_t k = 0; k < evidence.misses.size(); ++k) {
      const Miss& miss = evidence.misses[k];
      if (!standing.results[k] || !same(*standing.results[k], miss.found, miss.tolerance)) continue;
      ++alike;
      overlap(miss, *standing.results[k], all);
    }
    if (alike > most && all.values.size() >= 3) best = &standing, most = alike;  // a wrong 0 is like any other
  }
  if (!best || most < 3 || 3 * most < evidence.failed[0]) return {};
  return fmt::format("a known mistake gives the same in {} of the {} failed checks: {}. It does not explain the others",
                     most, evidence.failed[0], best->known->says);
}

/// A mistake that explains a part of what is wrong, or all of it but for a factor: one of two. Wherever it makes an
/// entry wrong, the student's must be wrong like that.
std::optional<std::string> nearest(const Evidence& evidence) {
  const bool factor_alone = common_factor(evidence.misses, "").has_value();
  const Standing* best = nullptr;
  Overlap most;
  for (const Standing& standing : evidence.standings) {
    if (apart(standing, evidence) || standing.results.size() != evidence.misses.size()) continue;
    Overlap all;
    std::vector<Miss> scaled;
    for (std::size_t k = 0; k < evidence.misses.size(); ++k) {
      const Miss& miss = evidence.misses[k];
      if (!standing.results[k]) {
        ++all.wrong;
        continue;
      }
      overlap(miss, *standing.results[k], all);
      if (!same(*standing.results[k], miss.expected, miss.tolerance))
        scaled.push_back({*standing.results[k], miss.found, miss.arguments, miss.tolerance});
    }
    if (scaled.size() == evidence.failed[0] && scaled.size() > 2 && !factor_alone)
      if (const auto factor = common_factor(scaled, "what that gives"))
        return fmt::format("two things together give these numbers. A known mistake: {}. And besides, all is {}",
                           standing.known->says, *factor);
    if (all.matched > most.matched && many(all) && 10 * all.matched >= 9 * all.of_mistake) best = &standing, most = all;
  }
  if (!best || most.matched < 4 || 2 * most.matched < most.wrong) return in_some_checks(evidence);
  const std::string rest = most.matched < most.wrong
                               ? fmt::format(". It does not explain the other {}", most.wrong - most.matched)
                               : std::string();
  return fmt::format("a known mistake {}gives {} of the {} wrong numbers: {}{}", most.nearly ? "nearly " : "",
                     most.matched, most.wrong, best->known->says, rest);
}

}  // namespace

bool looking_back() { return look_back.has_value(); }

std::string changed_argument(const Parts& before, const Parts& after) {
  for (std::size_t p = 0; p < before.size(); ++p)
    if (p >= after.size() || !same({before[p]}, {after[p]}, {0, 0}))
      return fmt::format("{} should have stayed as it was, but after the call it holds other numbers", before[p].name);
  return "";
}

bool same_shapes(const Parts& a, const Parts& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Part& x, const Part& y) {
    return kind_of(x.name) == kind_of(y.name) && arma::size(x.value) == arma::size(y.value);
  });
}

void settle(Check check, const Seen& own, const std::function<Seen()>& again, const std::vector<Suspect>& suspects) {
  if (look_back && look_back->checks == 0) return;
  Evidence& evidence = all_evidence()[{current_task, check.function, check.signature}];
  if (evidence.standings.empty())
    for (const Suspect& suspect : suspects) evidence.standings.emplace_back().known = suspect.known;
  if (look_back) {
    --look_back->checks;
    if (&evidence == look_back->of && !check.costly) compare(evidence, check, own, suspects);
    return;
  }
  const auto side = std::size_t(check.asks);
  const bool held = own.complaint.empty();
  const bool failed_before = evidence.failed[0] + evidence.failed[1] > 0;
  Parts given = check.arguments;
  given.insert(given.end(), check.inputs.begin(), check.inputs.end());
  ++(held ? evidence.held : evidence.failed)[side];
  evidence.took += !held && check.asks == Asks::refusal && own.result;
  if (held && check.asks == Asks::value && evidence.passed.size() <= kept_passes) evidence.passed.push_back(given);
  if (!held && check.asks == Asks::value) {
    if (check.expected && own.result && evidence.misses.size() < kept_misses)
      evidence.misses.push_back({*check.expected, *own.result, given, check.tolerance});
    if (!check.extra.empty()) evidence.extras.insert(check.extra), ++evidence.with_extra;
    if (evidence.failed[0] == 1 && own.result && !check.costly)
      if (const Seen second = again(); second.result && !same(*second.result, *own.result)) evidence.forgetful = true;
  }
  if (held) {
    SUCCEED();
    if (failed_before && !check.costly) compare(evidence, check, own, suspects);
    if (!failed_before && !check.costly && (evidence.held_in.empty() || evidence.held_in.back() + 1 != tests.size()))
      evidence.held_in.push_back(tests.size() - 1);
    ++tests.back().checks;
    return;
  }
  std::string message = check.function + ": " + own.complaint;
  size_of_failure() = check.asks == Asks::refusal ? 1'000'000 : 0;  // a wrong value says more
  for (const Part& part : check.arguments) {
    message += "\n  " + describe(part);
    size_of_failure() += part.value.n_elem;
  }
  FAIL_CHECK(message);
  size_of_failure() = 0;
  if (!failed_before && !suspects.empty()) compare_what_held(evidence);
  if (evidence.misses.size() < kept_misses) compare(evidence, check, own, suspects);
  ++tests.back().checks;
}

std::size_t& size_of_failure() {
  static std::size_t size = 0;
  return size;
}

std::vector<Finding> findings() {
  std::map<std::string, Finding> by_task;
  for (const auto& [key, evidence] : all_evidence()) {
    const auto& [task, function, signature] = key;
    if (evidence.failed[0] + evidence.failed[1] == 0) continue;
    Finding& finding = by_task[task];
    finding.task = task;
    std::vector<std::string> clues;
    bool named = false;
    for (const auto side : {std::size_t(Asks::value), std::size_t(Asks::refusal)})
      for (const Standing& standing : evidence.standings) {
        if (standing.contradicted[side] || standing.hits[side] == 0) continue;
        if (side == 0 && standing.exact == 0 && standing.lacks_check)
          continue;  // that may be all that is wrong with it
        const bool only_refusals = standing.hits[0] == 0 && (evidence.failed[0] > 0 || !standing.contradicted[0]);
        if (side == 0 || only_refusals) finding.mistakes.push_back(*standing.known), named = named || side == 0;
      }
    if (!named && evidence.failed[0] > 0) {
      if (evidence.forgetful)
        clues.push_back(
            "called again with the same arguments, it gave something else: is something kept from call to "
            "call, in a static or global variable, or read before it is set? (set_size sets nothing, zeros does)");
      std::size_t numbers = 0;  // of a few, another order of the arguments may be right by chance
      for (const Miss& miss : evidence.misses)
        for (const Part& part : miss.expected) numbers += part.value.n_elem;
      if (evidence.with_extra == evidence.failed[0] && numbers > 3)
        for (const std::string& extra : evidence.extras) clues.push_back(extra);
      const bool all_seen = evidence.passed.size() <= kept_passes && evidence.misses.size() == evidence.failed[0];
      const Relations known =
          relations(evidence.misses, all_seen ? evidence.passed : std::vector<Parts>{}, evidence.failed[0]);
      const auto half = known.all_explained ? std::nullopt : nearest(evidence);
      if (half) clues.push_back(*half);
      clues.insert(clues.end(), known.sentences.begin(), known.sentences.end());
    }
    if (evidence.took > 0 && evidence.failed[0] > 0)
      clues.push_back(fmt::format("besides, it takes arguments that do not fit, in {} of {} such checks", evidence.took,
                                  evidence.failed[1] + evidence.held[1]));
    for (const std::string& clue : clues) finding.clues.push_back(function + ": " + clue);
  }
  std::vector<Finding> all;
  for (auto& [task, finding] : by_task) all.push_back(std::move(finding));
  return all;
}

}  // namespace nn
