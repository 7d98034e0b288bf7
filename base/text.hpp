// Small things about text.
#pragma once

#include <string>

namespace base {

/// With a to z for A to Z, whatever the locale; all other characters stay.
inline std::string lower_case(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = char(c - 'A' + 'a');
  return text;
}

}  // namespace base
