// Text that strangers wrote, for each medium that it is put into. Every function takes text that is printable already.
#pragma once

#include <string>
#include <string_view>

namespace grader {

/// For HTML and XML, between tags and between quotes.
std::string markup(std::string_view text);
/// One line of Markdown in which no character means anything but itself.
std::string markdown(std::string_view text);
/// A cell of a CSV file, quoted; what a spreadsheet would take for a formula is marked as text.
std::string csv(std::string_view text);
/// Lines that no CI system takes for one of its commands ("::set-output", "##[group]", "##vso[").
std::string no_commands(std::string_view text);
/// The same for a JSON document, which stays the same document.
std::string no_commands_in_json(std::string_view text);
/// At most about `most` bytes, cut between characters, with a word about the cut.
std::string shortened(std::string_view text, std::size_t most);

}  // namespace grader
