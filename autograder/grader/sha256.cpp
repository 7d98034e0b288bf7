#include "autograder/grader/sha256.hpp"

#include <openssl/evp.h>

#include <stdexcept>

namespace grader {

std::array<std::uint8_t, 32> sha256(std::string_view data) {
  std::array<std::uint8_t, 32> digest{};
  if (EVP_Digest(data.data(), data.size(), digest.data(), nullptr, EVP_sha256(), nullptr) != 1)
    throw std::runtime_error("OpenSSL computes no SHA-256 here; is it restricted by a policy?");
  return digest;
}

std::string hexadecimal(const std::array<std::uint8_t, 32>& digest) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : digest) (text += digits[byte >> 4]) += digits[byte & 15];
  return text;
}

}  // namespace grader
