// What the templates of expect.hpp and the reporters tell each other beside Catch2's own assertions.
#pragma once

#include <string>
#include <vector>

#include "autograder/mistakes/catalogue.hpp"

namespace nn {

/// The known mistakes that behaved like the student's code in every failure reported so far, by function.
std::vector<Known> recognised_mistakes();

/// How the message of nn::not_implemented begins.
inline constexpr const char* not_written_prefix = "not written yet: ";

/// Whether nothing failed but what is not written yet; set when the run ends.
bool& only_not_written();

/// Where in this program the last exception was thrown from, innermost first: offsets that addr2line understands.
std::vector<std::size_t> last_throw();

}  // namespace nn
