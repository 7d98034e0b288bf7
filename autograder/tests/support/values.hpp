// Every value that a contract takes or returns, as a list of named matrices: what comparing and printing need.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "nn/backprop.hpp"
#include "nn/multilayer.hpp"
#include "nn/training.hpp"

namespace nn {

/// One part of a value, as in {"layer 1 W", 3 x 2}. Numbers are 1 x 1; the name of a plain matrix or number is empty.
struct Part {
  std::string name;
  arma::mat value;
};
using Parts = std::vector<Part>;

/// How far apart equal numbers may be: |a - b| <= absolute + relative |b|.
struct Tolerance {
  double absolute = 1e-9, relative = 1e-9;
};

void add_parts(Parts& parts, const std::string& name, const arma::mat& value);
void add_parts(Parts& parts, const std::string& name, const arma::fmat& value);
void add_parts(Parts& parts, const std::string& name, const arma::umat& value);
void add_parts(Parts& parts, const std::string& name, const bytes& value);
void add_parts(Parts& parts, const std::string& name, double value);
void add_parts(Parts& parts, const std::string& name, Activation value);
void add_parts(Parts& parts, const std::string& name, Loss value);
void add_parts(Parts& parts, const std::string& name, const Perceptron& value);
void add_parts(Parts& parts, const std::string& name, const Learned& value);
void add_parts(Parts& parts, const std::string& name, const Layer& value);
void add_parts(Parts& parts, const std::string& name, const GradientCheck& value);
void add_parts(Parts& parts, const std::string& name, const Trained& value);
void add_parts(Parts& parts, const std::string& name, const Slopes& value);
void add_parts(Parts& parts, const std::string& name, const DenseGradients& value);
void add_parts(Parts& parts, const std::string& name, const Trace& value);
void add_parts(Parts& parts, const std::string& name, const Gradients& value);
void add_parts(Parts& parts, const std::string& name, const Dataset& value);
void add_parts(Parts& parts, const std::string& name, const Batch& value);
void add_parts(Parts& parts, const std::string& name, const Split& value);
void add_parts(Parts& parts, const std::string& name, const Options& value);
void add_parts(Parts& parts, const std::string& name, const Epoch& value);
void add_parts(Parts& parts, const std::string& name, const Progress& value);
void add_parts(Parts& parts, const std::string& name, const Run& value);
void add_parts(Parts& parts, const std::string& name, const Rng& value);

template <class T>
void add_parts(Parts& parts, const std::string& name, const std::optional<T>& value) {
  if (value) add_parts(parts, name, *value);
}

template <class T>
void add_parts(Parts& parts, const std::string& name, const std::vector<T>& values) {
  const char* const item = std::is_same_v<T, Layer> ? "layer " : "item ";
  add_parts(parts, name.empty() ? "count" : name + " count", double(values.size()));
  for (std::size_t i = 0; i < values.size(); ++i)
    add_parts(parts, (name.empty() ? "" : name + " ") + item + std::to_string(i), values[i]);
}

template <class Signature>
void add_parts(Parts&, const std::string&, const std::function<Signature>&) {}  // a callback cannot be shown

template <class T>
Parts parts_of(const T& value, const std::string& name = "") {
  Parts parts;
  add_parts(parts, name, value);
  return parts;
}

/// What is wrong with `found`, in words: its shape first, then entries that are not numbers, then the first entry that differs.
/// Nothing when the two agree.
std::optional<std::string> difference(const Parts& expected, const Parts& found, Tolerance tolerance);

/// Whether two values agree, not-a-number against not-a-number included.
bool same(const Parts& a, const Parts& b, Tolerance tolerance = {});

/// "Z is 2 x 3: [1 2 3; 4 5 6]", the entries only of small matrices.
std::string describe(const Part& part);

}  // namespace nn
