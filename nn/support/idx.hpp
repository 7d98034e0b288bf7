// The IDX format of MNIST and its kin, raw or gzip.
//
//   Dataset test = read_dataset("datasets/mnist-sample", Part::test);   // test.images is 784 x 1000
//
// An IDX file is a magic number, one size per dimension, then the bytes; every number is 32 bits, the high byte first:
//   images  0x00000803, N, rows, cols, then N * rows * cols pixels, image by image, row by row: 0 background, 255 ink
//   labels  0x00000801, N, then N labels
// Source: LeCun, Cortes, Burges, "The MNIST database of handwritten digits", section "File formats".
//
// A file is believed only as far as it can prove: nothing is allocated for a size that a header claims and the file
// does not have. A file that is not as it should be throws std::runtime_error: the path, what was found, what was
// expected, what to do.
#pragma once

#include <filesystem>

#include "nn/support/dataset.hpp"
#include "nn/types.hpp"

namespace nn {

/// N images of rows x cols pixels: one column of `pixels` (d x N, d = rows * cols) is one image, its pixels row by row.
struct Images {
  bytes pixels;
  uword rows = 0, cols = 0;
};

Images read_idx_images(const std::filesystem::path& path);
uvec read_idx_labels(const std::filesystem::path& path, uword classes = 10);  ///< N, each 0 ... classes-1

enum class Part { train, test };

/// Images and labels of one part of a data set in the folder `dir`, where the files have the names that MNIST gave
/// them: train-images-idx3-ubyte and train-labels-idx1-ubyte, or t10k-... for the test part; with `.idx` for `-idx`
/// and with `.gz` at the end as well. Throws as above, and if the two files disagree in their number of samples.
Dataset read_dataset(const std::filesystem::path& dir, Part part, uword classes = 10);

/// Writes what the readers read; gzip if the name ends in .gz. Throws std::invalid_argument for what the format cannot
/// hold (no images, rows * cols that are not the rows of `pixels`, labels above 255), std::runtime_error if it cannot
/// write.
void write_idx_images(const std::filesystem::path& path, const Images& images);
void write_idx_labels(const std::filesystem::path& path, const uvec& labels);

}  // namespace nn
