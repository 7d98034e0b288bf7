// Curves for ./course try: what a scratch program plots, the command draws as SVG.
#pragma once

#include <string>
#include <vector>

#include "nn/types.hpp"

namespace nn {

/// One curve for each row of `y` over the N numbers of `x`; a column of N numbers is one curve, too. Writes NAME.csv
/// into the current folder; ./course try draws NAME.svg from it. `labels` name the curves in the legend. Throws
/// std::invalid_argument where the shapes do not fit.
void plot(const vec& x, const mat& y, const std::string& name = "plot", std::vector<std::string> labels = {});

}  // namespace nn
