#include "autograder/tests/support/values.hpp"

#include <fmt/format.h>

namespace nn {

static std::string joined(const std::string& name, const char* part) { return name.empty() ? part : name + " " + part; }

template <class... Values>
static void add_all(Parts& parts, const std::string& name, const std::pair<const char*, Values>&... values) {
  (add_parts(parts, joined(name, values.first), values.second), ...);
}

#define PART(member) \
  std::pair<const char*, decltype(v.member)> { #member, v.member }

void add_parts(Parts& parts, const std::string& name, const arma::mat& value) { parts.push_back({name, value}); }
void add_parts(Parts& parts, const std::string& name, const arma::fmat& value) {
  parts.push_back({name, arma::conv_to<arma::mat>::from(value)});
}
void add_parts(Parts& parts, const std::string& name, const arma::umat& value) {
  parts.push_back({name, arma::conv_to<arma::mat>::from(value)});
}
void add_parts(Parts& parts, const std::string& name, const bytes& value) {
  parts.push_back({name, arma::conv_to<arma::mat>::from(value)});
}
void add_parts(Parts& parts, const std::string& name, double value) {
  parts.push_back({name, arma::mat(1, 1).fill(value)});
}
void add_parts(Parts& parts, const std::string& name, Activation value) { add_parts(parts, name, double(int(value))); }
void add_parts(Parts& parts, const std::string& name, Loss value) { add_parts(parts, name, double(int(value))); }
void add_parts(Parts&, const std::string&, const Rng&) {}  // its state says nothing to a reader
void add_parts(Parts& parts, const std::string& name, const Perceptron& v) { add_all(parts, name, PART(w), PART(b)); }
void add_parts(Parts& parts, const std::string& name, const Learned& v) {
  add_all(parts, name, PART(neuron), PART(epochs), PART(converged), PART(history));
}
void add_parts(Parts& parts, const std::string& name, const Layer& v) {
  add_all(parts, name, PART(W), PART(b), PART(activation));
}
void add_parts(Parts& parts, const std::string& name, const GradientCheck& v) {
  add_all(parts, name, PART(row), PART(col), PART(error), PART(analytic), PART(numerical));
}
void add_parts(Parts& parts, const std::string& name, const Trained& v) {
  add_all(parts, name, PART(losses), PART(network));
}
void add_parts(Parts& parts, const std::string& name, const Slopes& v) { add_all(parts, name, PART(dx), PART(dy)); }
void add_parts(Parts& parts, const std::string& name, const DenseGradients& v) {
  add_all(parts, name, PART(dW), PART(db), PART(dX));
}
void add_parts(Parts& parts, const std::string& name, const Trace& v) { add_all(parts, name, PART(Z), PART(A)); }
void add_parts(Parts& parts, const std::string& name, const Gradients& v) {
  add_all(parts, name, PART(loss), PART(dW), PART(db));
}
void add_parts(Parts& parts, const std::string& name, const Dataset& v) {
  add_all(parts, name, PART(images), PART(labels), PART(classes));
}
void add_parts(Parts& parts, const std::string& name, const Batch& v) { add_all(parts, name, PART(X), PART(T)); }
void add_parts(Parts& parts, const std::string& name, const Split& v) {
  add_all(parts, name, PART(train), PART(held_out));
}
void add_parts(Parts& parts, const std::string& name, const Options& v) {
  add_all(parts, name, PART(loss), PART(epochs), PART(batch_size), PART(rate), PART(weight_decay), PART(eta),
          PART(patience));
}
void add_parts(Parts& parts, const std::string& name, const Epoch& v) {
  add_all(parts, name, PART(running_loss), PART(network));
}
void add_parts(Parts& parts, const std::string& name, const Progress& v) {
  add_all(parts, name, PART(epoch), PART(running_loss), PART(train_accuracy), PART(held_out_accuracy));
}
void add_parts(Parts& parts, const std::string& name, const Run& v) {
  add_all(parts, name, PART(best_epoch), PART(history), PART(network));
}

static bool close(double a, double b, Tolerance t) {
  if (a == b) return true;                                                              // equal infinities too
  return std::isfinite(b) && std::abs(a - b) <= t.absolute + t.relative * std::abs(b);  // false for not-a-number
}

static std::string name_of_activation(double value) {
  static const char* const names[] = {"identity", "step",       "sign", "sigmoid",   "tanh",
                                      "relu",     "leaky_relu", "elu",  "hard_tanh", "softmax"};
  return value >= 0 && value < 10 ? names[int(value)] : "no activation";
}

static std::string place(const Part& part, arma::uword i) {
  const std::string of = part.name.empty() ? "" : " of " + part.name;
  if (part.value.n_elem == 1) return part.name.empty() ? "the result" : part.name;
  if (part.value.n_cols == 1) return fmt::format("entry {}{}", i, of);
  return fmt::format("entry ({}, {}){}", i % part.value.n_rows, i / part.value.n_rows, of);
}

std::optional<std::string> difference(const Parts& expected, const Parts& found, Tolerance tolerance) {
  for (std::size_t p = 0; p < expected.size() && p < found.size(); ++p) {
    const arma::mat &e = expected[p].value, &f = found[p].value;
    const std::string name = expected[p].name.empty() ? "the result" : expected[p].name;
    if (expected[p].name != found[p].name) break;
    if (arma::size(e) != arma::size(f))
      return fmt::format("{} should have been {} x {}, but it was {} x {}", name, e.n_rows, e.n_cols, f.n_rows,
                         f.n_cols);
    arma::uword wrong = 0, first = 0;
    for (arma::uword i = e.n_elem; i-- > 0;)
      if (!close(f(i), e(i), tolerance)) ++wrong, first = i;
    if (wrong == 0) continue;
    const bool number = !std::isnan(f(first));
    const bool activation = expected[p].name.ends_with("activation");
    const auto shown = [&](double value) {
      return activation ? name_of_activation(value) : fmt::format("{:.7g}", value);
    };
    std::string text = fmt::format("{} should have been {}, but it was {}", place(expected[p], first), shown(e(first)),
                                   number ? shown(f(first)) : "not a number");
    if (number && fmt::format("{:.7g}", e(first)) == fmt::format("{:.7g}", f(first)))
      text += fmt::format(" (off by {:.3g})", f(first) - e(first));
    if (e.n_elem > 1) text += fmt::format("\n  {} of {} entries differ ({} x {})", wrong, e.n_elem, e.n_rows, e.n_cols);
    return text;
  }
  if (expected.size() != found.size())
    return fmt::format("the result should have had {} parts, but it had {}", expected.size(), found.size());
  for (std::size_t p = 0; p < expected.size(); ++p)
    if (expected[p].name != found[p].name)
      return fmt::format("the result should have had {}, but it had {}", expected[p].name, found[p].name);
  return {};
}

bool same(const Parts& a, const Parts& b, Tolerance tolerance) {
  if (a.size() != b.size()) return false;
  for (std::size_t p = 0; p < a.size(); ++p) {
    if (a[p].name != b[p].name || arma::size(a[p].value) != arma::size(b[p].value)) return false;
    for (arma::uword i = 0; i < a[p].value.n_elem; ++i) {
      const double x = a[p].value(i), y = b[p].value(i);
      if (!close(x, y, tolerance) && !(std::isnan(x) && std::isnan(y))) return false;
    }
  }
  return true;
}

std::string describe(const Part& part) {
  const arma::mat& m = part.value;
  if (m.n_elem == 1) return fmt::format("{} = {:.6g}", part.name, m(0));
  std::string text = fmt::format("{} is {} x {}", part.name, m.n_rows, m.n_cols);
  if (m.n_elem == 0 || m.n_elem > 24) return text;
  text += ": [";
  for (arma::uword i = 0; i < m.n_rows; ++i)
    for (arma::uword j = 0; j < m.n_cols; ++j)
      text += fmt::format("{}{:.4g}", j > 0 ? " " : i > 0 ? "; " : "", m(i, j));
  return text + "]";
}

}  // namespace nn
