// What the templates of expect.hpp and the reporters tell each other beside Catch2's own assertions.
#pragma once

#include <string>
#include <vector>

#include "autograder/mistakes/catalogue.hpp"

namespace nn {

/// How the message of nn::not_implemented begins.
inline constexpr const char* not_written_prefix = "not written yet: ";

/// Whether nothing failed but what is not written yet; set when the run ends.
bool& only_not_written();

/// How many numbers the arguments of the failure that is being reported hold.
std::size_t& size_of_failure();

/// Remembers where the last exception came from, for the failure that is about to be reported: known mistakes that are
/// tried before it is may throw as well.
void keep_throw();
/// Where in this program the kept exception was thrown from, innermost first: offsets that addr2line understands.
std::vector<std::size_t> kept_throw();

}  // namespace nn
