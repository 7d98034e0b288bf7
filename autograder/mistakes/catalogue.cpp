#include "autograder/mistakes/catalogue.hpp"

#include <cstdlib>
#include <fstream>
#include <map>

namespace nn {

std::vector<Known>& known_mistakes() {
  static std::vector<Known> all;
  return all;
}

std::vector<Mistake>& mistakes_of(AnyFunction function) {
  static std::map<AnyFunction, std::vector<Mistake>> all;
  return all[function];
}

bool add_mistake(AnyFunction function, Known known, AnyFunction body) {
  known_mistakes().push_back(known);
  mistakes_of(function).push_back({std::move(known), body});
  return true;
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
