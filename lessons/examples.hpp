// What the lessons' examples check with: the code blocks of each README.md are cut from them, its numbers repeated.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>
#include <filesystem>
#include <string>

#include "nn/types.hpp"
#include "tools/figures/committed.hpp"

namespace nn {

using Catch::Matchers::WithinAbs;

/// Equal to so many digits after the point.
inline bool equal(const mat& A, const mat& B, int digits = 12) {
  return size(A) == size(B) && approx_equal(A, B, "absdiff", 0.5000001 * std::pow(10, -digits));
}

inline bool equal(real a, real b, int digits = 12) { return equal(mat(1, 1).fill(a), mat(1, 1).fill(b), digits); }

/// lessons/NN-name, for `file` in lessons/NN-name/examples: lesson_of(__FILE__).
inline std::filesystem::path lesson_of(const char* file) {
  return std::filesystem::path(file).parent_path().parent_path();
}

/// A column of the table figures/data/`file` of the lesson whose example asks.
inline vec column_of(const std::string& file, const std::string& name, const char* asks = __builtin_FILE()) {
  return committed_column(lesson_of(asks), file, name);
}

/// A column of what the lesson's capstone said with several seeds.
inline vec seeds(const std::string& name, const char* asks = __builtin_FILE()) {
  return column_of("../../capstone/seeds.csv", name, asks);
}

/// The least and the largest of them, as they stand in the lesson.
inline void lies_between(const vec& values, double least, double most) {
  CHECK_THAT(double(values.min()), WithinAbs(least, 1e-6));
  CHECK_THAT(double(values.max()), WithinAbs(most, 1e-6));
}

}  // namespace nn
