// SHA-256 (FIPS 180-4), for the name of a submission's content and the seed that comes from it.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace grader {

std::array<std::uint8_t, 32> sha256(std::string_view data);
std::string hexadecimal(const std::array<std::uint8_t, 32>& digest);

}  // namespace grader
