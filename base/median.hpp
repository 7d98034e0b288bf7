// The value in the middle.
#pragma once

#include <algorithm>
#include <limits>
#include <vector>

namespace base {

/// The mean of the two in the middle where there is no single one; NaN of nothing.
template <class Number>
double median(std::vector<Number> values) {
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  std::sort(values.begin(), values.end());
  const std::size_t n = values.size();
  return (double(values[(n - 1) / 2]) + double(values[n / 2])) / 2;
}

}  // namespace base
