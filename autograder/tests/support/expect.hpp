// How the tests speak: call a contract function, compare, and say what is wrong in a student's words.
//
//   check<softmax>(expected, Z);                                      the result, entry by entry
//   check<sigmoid>(expected, {1e-6}, Z);                              with another Tolerance
//   holds<softmax>("columns sum to one", [](const mat& P) { ... }, Z) a property of the result
//   rejects<fire>(neuron, x);                                         std::invalid_argument, and nothing else
//
// Each failure is compared with the catalogue of known mistakes: one whose outputs agree with every failure of the run
// is named.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <exception>
#include <string>

#include "autograder/mistakes/catalogue.hpp"
#include "autograder/tests/support/values.hpp"
#include "nn/support/todo.hpp"

namespace nn {

/// A generator for a test: the same numbers for the same k, and others when the grader sets NN_TEST_SEED.
Rng seeded(std::uint64_t k);

/// Fails the current test, after it has told the reporter which known mistakes behave the same. Used by the templates below.
void report_failure(const std::string& function, const std::string& text, const Parts& arguments,
                    const std::vector<Known>& alike);
/// Counts an assertion that held.
void report_success();

/// "softmax".
template <auto Function>
std::string name_of() {
  return std::string(ArgumentsOf<Function>::function_name);
}

template <auto Function, class... Args>
auto call(Args... args) {  // by value: a callee that changes its arguments changes a copy
  return Function(args...);
}

/// Named as in the header.
template <auto Function, class... Args>
Parts parts_of_arguments(const Args&... args) {
  Parts parts;
  [[maybe_unused]] std::size_t i = 0;
  (add_parts(parts, ArgumentsOf<Function>::name(i++), args), ...);
  return parts;
}

/// What a call came to: a result, or what it threw.
template <class Result>
struct Behaviour {
  std::optional<Result> result;
  bool refused = false;  ///< std::invalid_argument was thrown
  std::string thrown;    ///< what any other exception said
};

/// `run()` observed; what is not written yet is thrown on.
template <class Result, class Run>
Behaviour<Result> behaviour_of(Run run) {
  Behaviour<Result> behaviour;
  try {
    behaviour.result.emplace(run());
  } catch (const not_implemented&) {
    throw;
  } catch (const std::invalid_argument& e) {
    behaviour.refused = true;
    behaviour.thrown = e.what();
  } catch (const std::exception& e) {
    behaviour.thrown = e.what();
  }
  return behaviour;
}

/// The known mistakes of Function whose behaviour on these arguments satisfies `alike`.
template <auto Function, class Alike, class... Args>
std::vector<Known> mistakes_like(Alike alike, const Args&... args) {
  std::vector<Known> found;
  for (const auto& mistake : MistakesOf<Function>::all()) {
    const auto on_copies = [&](Args... copies) { return mistake.body(copies...); };
    try {
      const auto behaviour =
          behaviour_of<typename SignatureOf<decltype(Function)>::result>([&] { return on_copies(args...); });
      if (alike(behaviour)) found.push_back(mistake.known);
    } catch (const not_implemented&) {  // it asked a function that the student has not written: nothing can be said
    }
  }
  return found;
}

/// Runs `judge` (result -> std::optional<std::string> complaint) on Function(args...).
template <auto Function, class Judge, class... Args>
void judge_call(Judge judge, const Args&... args) {
  using Result = typename SignatureOf<decltype(Function)>::result;
  const auto own = behaviour_of<Result>([&] { return call<Function>(args...); });
  if (!own.result) {
    report_failure(name_of<Function>(), "it threw an exception: " + own.thrown, parts_of_arguments<Function>(args...),
                   mistakes_like<Function>([](const Behaviour<Result>& other) { return !other.result; }, args...));
    return;
  }
  const std::optional<std::string> complaint = judge(*own.result);
  if (!complaint) return report_success();
  const Parts found = parts_of(*own.result);
  const auto alike = [&](const Behaviour<Result>& other) {
    return other.result && same(found, parts_of(*other.result)) && judge(*other.result);
  };
  report_failure(name_of<Function>(), *complaint, parts_of_arguments<Function>(args...),
                 mistakes_like<Function>(alike, args...));
}

/// Function(args...) must equal `expected`, within `tolerance`.
template <auto Function, class... Args>
void check(const typename SignatureOf<decltype(Function)>::result& expected, Tolerance tolerance, const Args&... args) {
  const Parts wanted = parts_of(expected);
  judge_call<Function>([&](const auto& result) { return difference(wanted, parts_of(result), tolerance); }, args...);
}

template <auto Function, class... Args>
requires(!std::is_same_v<std::tuple_element_t<0, std::tuple<Args..., int>>, Tolerance>) void check(
    const typename SignatureOf<decltype(Function)>::result& expected, const Args&... args) {
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
  using Result = typename SignatureOf<decltype(Function)>::result;
  const auto own = behaviour_of<Result>([&] { return call<Function>(args...); });
  if (own.refused) return report_success();
  const std::string what = own.result ? "nothing was thrown" : "it threw something else: " + own.thrown;
  const auto alike = [&](const Behaviour<Result>& other) {
    return !other.refused && other.result.has_value() == own.result.has_value();
  };
  report_failure(name_of<Function>(), "these arguments do not fit: expected std::invalid_argument, but " + what,
                 parts_of_arguments<Function>(args...), mistakes_like<Function>(alike, args...));
}

}  // namespace nn
