#include "autograder/mistakes/catalogue.hpp"

#include <cstdlib>

namespace nn {

std::vector<Known>& known_mistakes() {
  static std::vector<Known> all;
  return all;
}

const std::string& active_mistake() {
  static const std::string key = [] {
    const char* value = std::getenv("NN_MISTAKE");
    return std::string(value ? value : "");
  }();
  return key;
}

}  // namespace nn
