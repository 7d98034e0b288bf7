// Whether the kernel in use computes right, and how fast. Some releases of OpenBLAS have kernels that crash or compute
// wrong on some CPUs, so this runs in a process of its own.
#pragma once

#include <optional>
#include <string>

#include "tools/blas_kernel/openblas.hpp"

namespace nn::detail {

/// Compares what Armadillo calls (products of many shapes, transposed or not, sums, norms) with plain loops, in float
/// and in double. Returns the name of the first function that is wrong.
std::optional<std::string> first_wrong(const OpenBlas& blas);

/// Seconds for some products of the sizes that training has, the best of several runs.
double seconds_for_products(const OpenBlas& blas);

}  // namespace nn::detail
