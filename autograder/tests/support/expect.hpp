// How the tests speak: call a contract function, compare, and say what is wrong in a student's words.
//
//   check<softmax>(expected, Z);                                      the result, entry by entry
//   check<sigmoid>(expected, {1e-6}, Z);                              with another Tolerance
//   holds<softmax>("columns sum to one", [](const mat& P) { ... }, Z) a property of the result
//   rejects<fire>(neuron, x);                                         std::invalid_argument, and nothing else
//
// When one fails, each check of the function is compared with the catalogue of known mistakes (evidence.hpp): one that
// behaves the same in all of them is named.
#pragma once

#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>
#include <exception>
#include <string>
#include <tuple>
#include <typeinfo>

#include "autograder/mistakes/catalogue.hpp"
#include "autograder/tests/support/evidence.hpp"
#include "autograder/tests/support/oracle.hpp"
#include "autograder/tests/support/report.hpp"
#include "autograder/tests/support/values.hpp"
#include "nn/support/todo.hpp"

namespace nn {

/// A generator for a test: the same numbers for the same k, and others when the grader sets NN_TEST_SEED.
Rng seeded(std::uint64_t k);

/// "softmax".
template <auto Function>
std::string name_of() {
  return std::string(ArgumentsOf<Function>::function_name);
}

/// "Z": how an argument of Function is called in the header.
template <auto Function>
std::string name_of_argument(std::size_t i) {
  return std::string(ArgumentsOf<Function>::name(i));
}

template <auto Function, class... Args>
Parts parts_of_arguments(const Args&... args) {
  Parts parts;
  [[maybe_unused]] std::size_t i = 0;
  (add_parts(parts, name_of_argument<Function>(i++), args), ...);
  return parts;
}

template <class T>
struct IsCallback : std::false_type {};
template <class Signature>
struct IsCallback<std::function<Signature>> : std::true_type {};

/// `run()` observed, and judged by `judge` (result -> std::optional<std::string> complaint). What is not written yet is
/// thrown on.
template <class Run, class Judge>
Seen seen(Run run, Judge judge) {
  const detail::Looking looking;
  Seen seen;
  try {
    const auto result = run();
    if constexpr (std::is_same_v<std::decay_t<decltype(result)>, Parts>) seen.result = result;
    else seen.result = parts_of(result);
    seen.complaint = judge(result).value_or("");
  } catch (const not_implemented&) {
    throw;
  } catch (const std::invalid_argument& e) {
    seen.refused = true;
    seen.thrown = e.what();
  } catch (const std::exception& e) {
    seen.thrown = e.what();
  }
  if (seen.refused || !seen.thrown.empty()) seen.result.reset();  // the judge itself may have choked on it
  if (!seen.result) seen.complaint = "it threw an exception: " + seen.thrown;
  return seen;
}

/// One check of Function: `look(body)` is what is seen of a body, be it the student's or that of a known mistake.
/// `probe(check)` may find out more about a failed call.
template <auto Function, class Look, class Probe>
void examine(Check check, Look look, Probe probe) {
  check.function = name_of<Function>();
  check.signature = typeid(Function).name();
  const Seen own = looking_back() ? Seen{} : look(Function);
  if (!own.complaint.empty()) {
    keep_throw();
    if (own.result) probe(check);
  }
  std::vector<Suspect> suspects;
  for (const Mistake& mistake : MistakesOf<Function>::all())
    suspects.push_back({&mistake.known, [&] {
                          try {
                            return look(MistakesOf<Function>::body(mistake));
                          } catch (const not_implemented&) {  // it asked what the student has not written
                            Seen nothing;
                            nothing.unknown = true;
                            return nothing;
                          }
                        }});
  settle(
      std::move(check), own, [&] { return look(Function); }, suspects);
}

template <auto Function, class Look>
void examine(Check check, Look look) {
  examine<Function>(std::move(check), look, [](Check&) {});
}

/// Two arguments of one type and size that have changed places give what was asked for: which ones, in words.
template <auto Function, std::size_t I, std::size_t J, class Tuple>
void try_exchanged(const Check& check, Tuple arguments, std::string& words) {
  if constexpr (J < std::tuple_size_v<Tuple>) {
    using A = std::tuple_element_t<I, Tuple>;
    if constexpr (std::is_same_v<A, std::tuple_element_t<J, Tuple>> && !IsCallback<A>::value) {
      const Parts first = parts_of(std::get<I>(arguments)), second = parts_of(std::get<J>(arguments));
      std::swap(std::get<I>(arguments), std::get<J>(arguments));
      if (words.empty() && same_shapes(first, second)) {
        const Seen other = seen([&] { return std::apply([](auto... a) { return Function(a...); }, arguments); },
                                [](const auto&) { return std::optional<std::string>(); });
        if (other.result && same(*other.result, *check.expected, check.tolerance))
          words = fmt::format("it is right when {} and {} change places: does it take one for the other?",
                              name_of_argument<Function>(I), name_of_argument<Function>(J));
      }
      std::swap(std::get<I>(arguments), std::get<J>(arguments));
    }
    try_exchanged<Function, I, J + 1>(check, std::move(arguments), words);
  } else if constexpr (I + 2 < std::tuple_size_v<Tuple>) {
    try_exchanged<Function, I + 1, I + 2>(check, std::move(arguments), words);
  }
}

/// Runs `judge` (result -> std::optional<std::string> complaint) on Function(args...). `expected`: what it must be,
/// where that is known.
template <auto Function, class Judge, class... Args>
void judge_call(Judge judge, const std::optional<Parts>& expected, Tolerance tolerance, const Args&... args) {
  const Parts lent = parts_of_arguments<Function>(args...);
  Check check{.arguments = lent, .expected = expected, .tolerance = tolerance};
  const auto look = [&](const auto& body) {
    std::string changed;
    const auto on_copies = [&](Args... copies) {
      const auto result = body(copies...);
      changed = changed_argument(lent, parts_of_arguments<Function>(copies...));
      return result;
    };
    Seen own = seen([&] { return on_copies(args...); }, judge);
    if (own.complaint.empty()) own.complaint = changed;
    return own;
  };
  examine<Function>(std::move(check), look, [&](Check& failed) {
    if constexpr (sizeof...(Args) > 1)
      if (failed.expected) try_exchanged<Function, 0, 1>(failed, std::tuple<Args...>(args...), failed.extra);
  });
}

template <auto Function, class Judge, class... Args>
void judge_call(Judge judge, const Args&... args) {
  judge_call<Function>(judge, std::optional<Parts>(), Tolerance{}, args...);
}

template <class Pointer>
struct ResultOf;
template <class Result, class... Args>
struct ResultOf<Result (*)(Args...)> {
  using type = Result;
};

/// Function(args...) must equal `expected`, within `tolerance`.
template <auto Function, class... Args>
void check(const typename ResultOf<decltype(Function)>::type& expected, Tolerance tolerance, const Args&... args) {
  const Parts wanted = parts_of(expected);
  judge_call<Function>([&](const auto& result) { return difference(wanted, parts_of(result), tolerance); },
                       std::optional(wanted), tolerance, args...);
}

template <auto Function, class... Args>
requires(!std::is_same_v<std::tuple_element_t<0, std::tuple<Args..., int>>, Tolerance>) void check(
    const typename ResultOf<decltype(Function)>::type& expected, const Args&... args) {
  check<Function>(expected, Tolerance{}, args...);
}

/// `property(result)` must be true; `sentence` says what was expected, as in "columns sum to one".
template <auto Function, class Property, class... Args>
void holds(const std::string& sentence, Property property, const Args&... args) {
  judge_call<Function>(
      [&](const auto& result) -> std::optional<std::string> {
        if (property(result)) return {};
        std::string text = "expected: " + sentence;
        for (const Part& part : parts_of(result, "the result")) text += "\n  " + describe(part);
        return text;
      },
      args...);
}

/// Function(args...) must throw std::invalid_argument.
template <auto Function, class... Args>
void rejects(const Args&... args) {
  examine<Function>({.asks = Asks::refusal, .arguments = parts_of_arguments<Function>(args...)}, [&](const auto& body) {
    Seen own = seen([&] { return [&](Args... copies) { return body(copies...); }(args...); },
                    [](const auto&) { return std::optional<std::string>(); });
    own.complaint.clear();
    if (!own.refused)
      own.complaint = "these arguments do not fit: expected std::invalid_argument, but " +
                      (own.result ? "nothing was thrown" : "it threw something else: " + own.thrown);
    return own;
  });
}

/// What `ask(f)` sees of f must be `expected`, part by part: the names of the parts say what was looked at.
template <auto Function, class Ask>
void shows(const Parts& expected, Tolerance tolerance, const Parts& arguments, Ask ask) {
  Check check{.arguments = arguments, .expected = expected, .tolerance = tolerance};
  examine<Function>(std::move(check), [&](const auto& body) {
    return seen([&] { return ask(body); }, [&](const Parts& found) { return difference(expected, found, tolerance); });
  });
}

inline Part number(const std::string& name, double value) { return {name, arma::mat(1, 1).fill(value)}; }

/// {"what was looked at", value} for each.
template <class T>
Parts named(std::initializer_list<std::pair<const char*, T>> values) {
  Parts parts;
  for (const auto& [name, value] : values) add_parts(parts, name, value);
  return parts;
}

}  // namespace nn
