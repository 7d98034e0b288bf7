// Accuracy of a network, computed from its predictions and the labels, independently of its own loss.
#pragma once

#include "nn/support/dataset.hpp"
#include "nn/types.hpp"
#include "tools/figures/figure.hpp"

namespace trainer {

struct Judgement {
  nn::uvec predicted;   ///< N: the class that each image was taken for
  nn::vec sureness;     ///< N: the probability that the network gave that class
  nn::vec truth;        ///< N: the probability that it gave the right one
  double loss = 0;      ///< cross-entropy, mean over the samples
  double accuracy = 0;  ///< counted here, from `predicted` and the labels
};

/// The network over all images of the data, in heaps. Throws std::runtime_error where its answers have the wrong shape.
Judgement judge(const nn::Network& network, const nn::Dataset& data);

/// FIGURE.csv: truth, taken_for, count.
void fill_confusion(nn::FigureData& figure, const nn::Dataset& data, const Judgement& judgement);

/// FIGURE.csv: the first-layer weights of the first `tiles` units as pictures, `across` in a row, pixel row by pixel
/// row; each unit in per cent of its own largest weight.
void fill_weights(nn::FigureData& figure, const nn::Dataset& data, const nn::Network& network, nn::uword tiles = 18,
                  nn::uword across = 6);

/// FIGURE.csv: the images that were most surely taken for something else, as above; FIGURE-list.csv: their labels.
void fill_mistakes(nn::FigureData& figure, const nn::Dataset& data, const Judgement& judgement, nn::uword tiles = 18,
                   nn::uword across = 6);

}  // namespace trainer
