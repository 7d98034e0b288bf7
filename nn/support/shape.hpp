// The one way in which the course complains about shapes.
#pragma once

#include <stdexcept>
#include <string>

namespace nn {

/// Throws std::invalid_argument, as in `dense: X has 100 rows, expected 784 (columns of W)`.
///   found, expected  the two sizes that must agree        what  whose size was found, as in "X has 100 rows" without the number:
///   require_shape(X.n_rows, W.n_cols, "dense", "X", "rows", "columns of W");
inline void require_shape(unsigned long long found, unsigned long long expected, const std::string& function,
                          const std::string& argument, const std::string& unit, const std::string& source) {
  if (found != expected)
    throw std::invalid_argument(function + ": " + argument + " has " + std::to_string(found) + " " + unit +
                                ", expected " + std::to_string(expected) + " (" + source + ")");
}

/// Throws std::invalid_argument unless A has the shape of B, as in `cross_entropy: T has 3 rows, expected 4 (rows of P)`.
template <class A, class B>
void require_same_shape(const A& a, const B& b, const std::string& function, const std::string& name_a,
                        const std::string& name_b) {
  require_shape(a.n_rows, b.n_rows, function, name_a, "rows", "rows of " + name_b);
  require_shape(a.n_cols, b.n_cols, function, name_a, "columns", "columns of " + name_b);
}

/// Throws std::invalid_argument("function: message") unless `holds`.
inline void require(bool holds, const std::string& function, const std::string& message) {
  if (!holds) throw std::invalid_argument(function + ": " + message);
}

}  // namespace nn
