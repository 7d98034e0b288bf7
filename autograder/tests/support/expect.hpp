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

/// A function that its caller keeps: std::function would cost g++ ten functions for each lambda.
template <class Signature>
class FunctionRef;
template <class Result, class... Args>
class FunctionRef<Result(Args...)> {
 public:
  template <class F>
  FunctionRef(const F& function)
      : function_(&function), call_([](const void* kept, Args... args) -> Result {
          return (*static_cast<const F*>(kept))(std::forward<Args>(args)...);
        }) {}
  Result operator()(Args... args) const { return call_(function_, std::forward<Args>(args)...); }

 private:
  const void* function_;
  Result (*call_)(const void*, Args...);
};

/// What `run` leaves when it throws nothing; else what it threw. What is not written yet is thrown on.
Seen observed(FunctionRef<void(Seen&)> run);

/// That of a call that is to be refused: whatever it came to, anything but std::invalid_argument is a complaint.
Seen refusal(Seen seen);

/// One check of a contract function: `look(body)` is what is seen of a body, be it the student's or that of a known
/// mistake. Counts a success, or a failure with its message; `probe(check)` may find out more about a failed call.
void examine(Check check, AnyFunction function, FunctionRef<Seen(AnyFunction)> look, FunctionRef<void(Check&)> probe);

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

template <class Function>
struct CallOf;
template <class R, class... Parameters>
struct CallOf<R (*)(Parameters...)> {
  using Result = R;
  using Arguments = std::tuple<std::decay_t<Parameters>...>;  ///< copies: a call may change what it is given
};

template <auto Function>
using ResultOf = typename CallOf<decltype(Function)>::Result;
template <auto Function>
using Arguments = typename CallOf<decltype(Function)>::Arguments;

template <auto Function>
auto call_with(decltype(Function) body, Arguments<Function> copies) {
  return std::apply(body, copies);
}

template <auto Function>
Parts parts_of_arguments(const Arguments<Function>& arguments) {
  Parts parts;
  [[maybe_unused]] std::size_t i = 0;
  std::apply([&](const auto&... of) { (add_parts(parts, name_of_argument<Function>(i++), of), ...); }, arguments);
  return parts;
}

inline constexpr auto no_complaint = [](const auto&) -> std::optional<std::string> { return {}; };

template <class T>
struct IsCallback : std::false_type {};
template <class Signature>
struct IsCallback<std::function<Signature>> : std::true_type {};

/// `run()` observed, and judged by `judge` (result -> std::optional<std::string> complaint). What is not written yet is
/// thrown on.
template <class Run, class Judge>
Seen seen(const Run& run, const Judge& judge) {
  return observed([&](Seen& own) {
    const auto result = run();
    if constexpr (std::is_same_v<std::decay_t<decltype(result)>, Parts>) own.result = result;
    else own.result = parts_of(result);
    own.complaint = judge(result).value_or("");
  });
}

/// One check of Function: `look(body)` is what is seen of a body, be it the student's or that of a known mistake.
/// `probe(check)` may find out more about a failed call.
template <auto Function, class Look>
void examine(
    Check check, const Look& look, FunctionRef<void(Check&)> probe = [](Check&) {}) {
  check.function = name_of<Function>();
  check.signature = typeid(Function).name();
  examine(
      std::move(check), reinterpret_cast<AnyFunction>(Function),
      [&](AnyFunction body) -> Seen { return look(reinterpret_cast<decltype(Function)>(body)); }, probe);
}

/// Two arguments of one type and size that have changed places give what was asked for: which ones, in words.
template <auto Function, std::size_t I, std::size_t J>
void try_exchanged(const Check& check, Arguments<Function>& arguments, std::string& words) {
  constexpr std::size_t count = std::tuple_size_v<Arguments<Function>>;
  if constexpr (J < count) {
    using A = std::tuple_element_t<I, Arguments<Function>>;
    if constexpr (std::is_same_v<A, std::tuple_element_t<J, Arguments<Function>>> && !IsCallback<A>::value) {
      const Parts first = parts_of(std::get<I>(arguments)), second = parts_of(std::get<J>(arguments));
      std::swap(std::get<I>(arguments), std::get<J>(arguments));
      if (words.empty() && same_shapes(first, second)) {
        const Seen other = seen([&] { return call_with<Function>(Function, arguments); }, no_complaint);
        if (other.result && same(*other.result, *check.expected, check.tolerance))
          words = fmt::format("it is right when {} and {} change places: does it take one for the other?",
                              name_of_argument<Function>(I), name_of_argument<Function>(J));
      }
      std::swap(std::get<I>(arguments), std::get<J>(arguments));
    }
    try_exchanged<Function, I, J + 1>(check, arguments, words);
  } else if constexpr (I + 2 < count) {
    try_exchanged<Function, I + 1, I + 2>(check, arguments, words);
  }
}

/// Runs `judge` (result -> complaint) on Function(arguments...). `expected`: what it must be, where that is known.
template <auto Function>
void judge_call(const Arguments<Function>& arguments,
                FunctionRef<std::optional<std::string>(const ResultOf<Function>&)> judge,
                const std::optional<Parts>& expected = {}, Tolerance tolerance = {}) {
  const Parts lent = parts_of_arguments<Function>(arguments);
  Check check{.arguments = lent, .expected = expected, .tolerance = tolerance};
  const auto look = [&](decltype(Function) body) {
    std::string changed;
    const auto on_copies = [&] {
      Arguments<Function> copies = arguments;
      const auto result = std::apply(body, copies);
      changed = changed_argument(lent, parts_of_arguments<Function>(copies));
      return result;
    };
    Seen own = seen(on_copies, judge);
    if (own.complaint.empty()) own.complaint = changed;
    return own;
  };
  examine<Function>(std::move(check), look, [&](Check& failed) {
    constexpr std::size_t count = std::tuple_size_v<Arguments<Function>>;
    if constexpr (count > 1)
      if (Arguments<Function> copies = arguments; failed.expected)
        try_exchanged<Function, 0, 1>(failed, copies, failed.extra);
  });
}

template <auto Function>
void check_call(const ResultOf<Function>& expected, Tolerance tolerance, const Arguments<Function>& arguments) {
  const Parts wanted = parts_of(expected);
  judge_call<Function>(
      arguments, [&](const auto& result) { return difference(wanted, parts_of(result), tolerance); }, wanted,
      tolerance);
}

/// Function(args...) must equal `expected`, within `tolerance`.
template <auto Function, class... Args>
void check(const ResultOf<Function>& expected, Tolerance tolerance, const Args&... args) {
  check_call<Function>(expected, tolerance, Arguments<Function>(args...));
}

template <auto Function, class... Args>
requires(!std::is_same_v<std::tuple_element_t<0, std::tuple<Args..., int>>, Tolerance>) void check(
    const ResultOf<Function>& expected, const Args&... args) {
  check_call<Function>(expected, Tolerance{}, Arguments<Function>(args...));
}

/// `property(result)` must be true; `sentence` says what was expected, as in "columns sum to one".
template <auto Function, class Property, class... Args>
void holds(const std::string& sentence, const Property& property, const Args&... args) {
  judge_call<Function>(Arguments<Function>(args...), [&](const auto& result) -> std::optional<std::string> {
    if (property(result)) return {};
    std::string text = "expected: " + sentence;
    for (const Part& part : parts_of(result, "the result")) text += "\n  " + describe(part);
    return text;
  });
}

template <auto Function>
void rejects_call(const Arguments<Function>& arguments) {
  examine<Function>({.asks = Asks::refusal, .arguments = parts_of_arguments<Function>(arguments)},
                    [&](decltype(Function) body) {
                      return refusal(seen([&] { return call_with<Function>(body, arguments); }, no_complaint));
                    });
}

/// Function(args...) must throw std::invalid_argument.
template <auto Function, class... Args>
void rejects(const Args&... args) {
  rejects_call<Function>(Arguments<Function>(args...));
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
