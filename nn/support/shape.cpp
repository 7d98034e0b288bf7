#include "nn/support/shape.hpp"

#include <stdexcept>
#include <string>

namespace nn {

void require_shape(unsigned long long found, unsigned long long expected, std::string_view function,
                   std::string_view argument, std::string_view unit, std::string_view source) {
  if (found == expected) return;
  std::string message(function);
  message.append(": ").append(argument).append(" has ").append(std::to_string(found)).append(" ").append(unit);
  message.append(", expected ").append(std::to_string(expected)).append(" (").append(source).append(")");
  throw std::invalid_argument(message);
}

void require_same_shape(unsigned long long rows_a, unsigned long long cols_a, unsigned long long rows_b,
                        unsigned long long cols_b, std::string_view function, std::string_view name_a,
                        std::string_view name_b) {
  if (rows_a == rows_b && cols_a == cols_b) return;  // in a warm step not even a message is made
  require_shape(rows_a, rows_b, function, name_a, "rows", std::string("rows of ").append(name_b));
  require_shape(cols_a, cols_b, function, name_a, "columns", std::string("columns of ").append(name_b));
}

void require(bool holds, std::string_view function, std::string_view message) {
  if (!holds) throw std::invalid_argument(std::string(function).append(": ").append(message));
}

}  // namespace nn
