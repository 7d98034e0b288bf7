#include "autograder/tests/support/expect.hpp"

#include <cstdlib>

namespace nn {

Rng seeded(std::uint64_t k) {
  const char* secret = std::getenv("NN_TEST_SEED");
  Rng rng(k + (secret ? std::strtoull(secret, nullptr, 0) * 0x9e3779b97f4a7c15u : 0));
  return Rng(rng());
}

}  // namespace nn
