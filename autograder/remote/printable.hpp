// Text that strangers wrote, made fit for a report: valid UTF-8, no control characters but newline and tab, of bounded
// length.
#pragma once

#include <string>
#include <string_view>

namespace nn::detail {

/// `text` with every byte that could do harm shown as \xNN, cut after about `most` bytes.
std::string printable(std::string_view text, std::size_t most);
/// The length of the valid UTF-8 character at the start of `text`, 0 when there is none.
std::size_t utf8_length(std::string_view text);

}  // namespace nn::detail
