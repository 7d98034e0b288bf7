// Reports of one submission.
#pragma once

#include "autograder/grader/verdict.hpp"

namespace grader {

/// For a terminal. Everything in it is printable already.
std::string as_text(const Report& report);
/// Our schema "nand2mnist/report/v1": see docs, or the object itself. Everything that depends on the clock is in
/// members named "seconds".
std::string as_json(const Report& report);

}  // namespace grader
