#include "tools/train/digits.hpp"

#include <fmt/format.h>

#include <map>
#include <stdexcept>

#include "nn/support/data_dir.hpp"
#include "nn/support/idx.hpp"

namespace trainer {
namespace fs = std::filesystem;

std::string thousands(unsigned long long number) {
  return number < 1000 ? fmt::format("{}", number) : fmt::format("{},{:03}", thousands(number / 1000), number % 1000);
}

fs::path fetched_mnist() {
  try {
    const fs::path folder = nn::data_dir("mnist");
    return fs::exists(folder / "train-images-idx3-ubyte") ? folder : fs::path();
  } catch (const std::runtime_error&) {  // there is no home to fetch into
    return {};
  }
}

Digits read_digits(const fs::path& folder) {
  const fs::path from = folder.empty() ? fs::path(NN_SAMPLE) : folder;
  Digits all{nn::read_dataset(from, nn::Part::train), nn::read_dataset(from, nn::Part::test), "", folder.empty()};
  const auto& [train, test, title, sample] = all;
  if (train.rows != test.rows || train.cols != test.cols)
    throw std::runtime_error(
        fmt::format("{}: the training images are {} x {}, expected the size of the test images, {} x {}; name a folder "
                    "that holds one data set",
                    from.string(), train.rows, train.cols, test.rows, test.cols));
  const std::string counts = fmt::format("{} training and {} test images of {} x {}", thousands(train.size()),
                                         thousands(test.size()), train.rows, train.cols);
  if (sample) all.title = fmt::format("the embedded sample, {}: a sample, not MNIST's test set", counts);
  else all.title = fmt::format("{}, {}", folder == fetched_mnist() ? "MNIST" : folder.string(), counts);
  return all;
}

const Digits& digits(const fs::path& folder) {
  static std::map<fs::path, Digits> read;
  const auto known = read.find(folder);
  return known != read.end() ? known->second : read.emplace(folder, read_digits(folder)).first->second;
}

}  // namespace trainer
