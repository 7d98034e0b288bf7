// What the checks of a function say together: which known mistake behaves like the student's code in all of them, and
// what the wrong results have in common.
//
// A name needs evidence. A mistake is named when it agrees with the student's code in every check of a value, those
// that held among them; whether misfits are refused is judged apart, so that a missing require_shape hides no other
// mistake.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "autograder/mistakes/catalogue.hpp"
#include "autograder/tests/support/values.hpp"

namespace nn {

/// What a call came to, and what is to be said against it.
struct Seen {
  std::optional<Parts> result;
  bool refused = false;   ///< std::invalid_argument was thrown
  std::string thrown;     ///< what an exception said
  std::string complaint;  ///< empty: the check holds
  bool unknown = false;   ///< it asked a function that is not written yet
};

enum class Asks { value, refusal };

/// A check, as it is told to a student.
struct Check {
  Asks asks = Asks::value;
  std::string function = {};
  std::string signature = {};  ///< tells apart the functions of one name
  Parts arguments = {};
  Parts inputs = {};                   ///< what the result was asked about, of which the message speaks already
  std::optional<Parts> expected = {};  ///< none where only a property is asked for
  Tolerance tolerance = {};
  bool costly = false;     ///< known mistakes are tried only when this one fails
  std::string extra = {};  ///< one more thing that was found out about the failed call
};

/// A known mistake, and what it comes to in the same check.
struct Suspect {
  const Known* known;
  std::function<Seen()> look;
};

/// Whether tests run once more, since a check failed, for what known mistakes come to in those that held before it:
/// what the student's code comes to is known, and it is not asked.
bool looking_back();

/// Counts a check: a success, or a failure with its message.
void settle(Check check, const Seen& own, const std::function<Seen()>& again, const std::vector<Suspect>& suspects);

/// What is to be said when arguments hold other numbers after a call than before it; empty when they do not.
std::string changed_argument(const Parts& before, const Parts& after);

/// Whether the parts have the same names and sizes.
bool same_shapes(const Parts& a, const Parts& b);

/// What is to be said at the end, task by task.
struct Finding {
  std::string task;
  std::vector<Known> mistakes;     ///< they behave the same in every check
  std::vector<std::string> clues;  ///< sentences that are true of the failed checks
};
std::vector<Finding> findings();

}  // namespace nn
