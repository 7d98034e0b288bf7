// The one way in which the course complains about shapes.
#pragma once

#include <string_view>

namespace nn {

/// Throws std::invalid_argument, as in `dense: X has 100 rows, expected 784 (columns of W)`.
///   found, expected  the two sizes that must agree        what  whose size was found, as in "X has 100 rows" without
///   the number: require_shape(X.n_rows, W.n_cols, "dense", "X", "rows", "columns of W");
void require_shape(unsigned long long found, unsigned long long expected, std::string_view function,
                   std::string_view argument, std::string_view unit, std::string_view source);

/// Throws std::invalid_argument unless A has the shape of B, as in `cross_entropy: T has 3 rows, expected 4 (rows of
/// P)`.
void require_same_shape(unsigned long long rows_a, unsigned long long cols_a, unsigned long long rows_b,
                        unsigned long long cols_b, std::string_view function, std::string_view name_a,
                        std::string_view name_b);

template <class A, class B>
void require_same_shape(const A& a, const B& b, std::string_view function, std::string_view name_a,
                        std::string_view name_b) {
  require_same_shape(a.n_rows, a.n_cols, b.n_rows, b.n_cols, function, name_a, name_b);
}

/// Throws std::invalid_argument("function: message") unless `holds`.
void require(bool holds, std::string_view function, std::string_view message);

}  // namespace nn
