#include "autograder/mistakes/catalogue.hpp"

#include <cstdlib>
#include <fstream>

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

void note_call(const Known& mistake) {
  static const char* const file = std::getenv("NN_CALLS");
  if (file) std::ofstream(file, std::ios::app) << mistake.key() << '\n';
}

}  // namespace nn
