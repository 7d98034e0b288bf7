// Where fetched data sets are kept.
#pragma once

#include <filesystem>
#include <string>

namespace nn {

/// The folder into which `./course data NAME` (datasets/fetch.sh) puts the data set NAME: $NAND2MNIST_DATA/NAME if that
/// variable is set, else $XDG_CACHE_HOME/nand2mnist/NAME, else $HOME/.cache/nand2mnist/NAME. It need not exist.
/// Throws std::runtime_error if none of the three variables is set.
std::filesystem::path data_dir(const std::string& name);

}  // namespace nn
