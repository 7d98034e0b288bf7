#include "nn/support/data_dir.hpp"

#include <cstdlib>
#include <stdexcept>

namespace nn {

std::filesystem::path data_dir(const std::string& name) {
  const auto variable = [](const char* key) {
    const char* value = std::getenv(key);
    return std::filesystem::path(value ? value : "");
  };
  if (const auto data = variable("NAND2MNIST_DATA"); !data.empty()) return data / name;
  if (const auto cache = variable("XDG_CACHE_HOME"); !cache.empty()) return cache / "nand2mnist" / name;
  if (const auto home = variable("HOME"); !home.empty()) return home / ".cache" / "nand2mnist" / name;
  throw std::runtime_error(
      "data_dir: none of NAND2MNIST_DATA, XDG_CACHE_HOME and HOME is set, expected one of them to say "
      "where data sets are kept; set NAND2MNIST_DATA to a folder");
}

}  // namespace nn
