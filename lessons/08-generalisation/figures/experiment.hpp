// What lesson 8's figures share: few images to learn from, so that knowing by heart is easy, and many to judge by.
#pragma once

#include "lessons/07-training/figures/experiment.hpp"
#include "nn/generalisation.hpp"
#include "tools/train/digits.hpp"

namespace trainer {

struct FewImages {
  nn::Dataset train, test;
  nn::uvec all, judged;  ///< the indices of each
};

inline FewImages few_images(const std::filesystem::path& dataset, nn::uword n) {
  const auto& [train, test, title, sample] = digits(dataset);
  FewImages few{first(train, n), first(test, 1000), {}, {}};
  few.all = all(few.train), few.judged = all(few.test);
  return few;
}

inline nn::Options gentle_options() {
  nn::Options options = reference_options();
  options.batch_size = 25;
  options.rate = nn::real(0.1);
  options.weight_decay = 0;
  return options;
}

}  // namespace trainer
