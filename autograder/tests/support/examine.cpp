// One check: what is seen of the student's body, and of those of the known mistakes in its place.
#include <exception>
#include <stdexcept>

#include "autograder/tests/support/expect.hpp"

namespace nn {

Seen observed(FunctionRef<void(Seen&)> run) {
  const detail::Looking looking;
  Seen seen;
  try {
    run(seen);
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

Seen refusal(Seen seen) {
  seen.complaint.clear();
  if (!seen.refused)
    seen.complaint = "these arguments do not fit: expected std::invalid_argument, but " +
                     (seen.result ? "nothing was thrown" : "it threw something else: " + seen.thrown);
  return seen;
}

void examine(Check check, AnyFunction function, FunctionRef<Seen(AnyFunction)> look, FunctionRef<void(Check&)> probe) {
  const Seen own = looking_back() ? Seen{} : look(function);
  if (!own.complaint.empty()) {
    keep_throw();
    if (own.result) probe(check);
  }
  std::vector<Suspect> suspects;
  for (const Mistake& mistake : mistakes_of(function))
    suspects.push_back({&mistake.known, [&] {
                          try {
                            return look(mistake.body);
                          } catch (const not_implemented&) {  // it asked what the student has not written
                            Seen nothing;
                            nothing.unknown = true;
                            return nothing;
                          }
                        }});
  settle(
      std::move(check), own, [&] { return look(function); }, suspects);
}

}  // namespace nn
