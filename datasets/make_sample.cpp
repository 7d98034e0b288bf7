// Makes the embedded sample out of the full MNIST: make_sample FROM TO, as in
//   make_sample ~/.cache/nand2mnist/mnist datasets/mnist-sample
//
// Of every digit it draws 500 training and 100 test images, without replacement and with a fixed seed, and keeps them
// in the order in which they stand in MNIST. Drawn, not cut from the front: the first half of MNIST's test set was
// written by census clerks and is easier to read than the second, by high-school pupils.
#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "nn/support/idx.hpp"
#include "nn/support/random.hpp"

namespace {

/// The places of `each` samples of every class, in rising order.
nn::uvec balanced(const nn::Dataset& data, nn::uword each, nn::Rng& rng) {
  std::vector<nn::uword> left(data.classes, each), chosen;
  for (const nn::uword i : nn::random_permutation(data.size(), rng))
    if (left[data.labels(i)] > 0) {
      --left[data.labels(i)];
      chosen.push_back(i);
    }
  for (nn::uword label = 0; label < data.classes; ++label)
    if (left[label] > 0)
      throw std::runtime_error("make_sample: class " + std::to_string(label) + " has " +
                               std::to_string(each - left[label]) + " samples, expected at least " +
                               std::to_string(each) + "; take fewer, or another data set");
  return arma::sort(nn::uvec(chosen));
}

void make(const std::filesystem::path& from, const std::filesystem::path& to) {
  nn::Rng rng(28);
  std::filesystem::create_directories(to);
  for (const auto& [part, each, start] : {std::tuple{nn::Part::train, 500, "train"}, {nn::Part::test, 100, "t10k"}}) {
    const nn::Dataset data = nn::read_dataset(from, part);
    const nn::uvec chosen = balanced(data, static_cast<nn::uword>(each), rng);
    nn::write_idx_images(to / (std::string(start) + "-images-idx3-ubyte.gz"),
                         {data.images.cols(chosen), data.rows, data.cols});
    nn::write_idx_labels(to / (std::string(start) + "-labels-idx1-ubyte.gz"), data.labels.elem(chosen));
    std::printf("%s: %llu of %llu samples\n", start, static_cast<unsigned long long>(chosen.n_elem),
                static_cast<unsigned long long>(data.size()));
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr,
                 "usage: make_sample FROM TO, where FROM is the folder of the full MNIST (./course data mnist)\n");
    return 2;
  }
  try {
    make(argv[1], argv[2]);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
