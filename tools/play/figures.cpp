#include "tools/play/figures.hpp"

#include <cmath>

#include "nn/activations.hpp"
#include "nn/backprop.hpp"
#include "nn/losses.hpp"
#include "nn/multilayer.hpp"
#include "nn/support/activate.hpp"
#include "tools/play/session.hpp"

namespace play {

using namespace nn;

static const mat corners = {{0, 0, 1, 1}, {0, 1, 0, 1}};  // of a truth table of two inputs, in its order

// grid x grid points of a square, row by row from below, and then the corners.
static mat square(uword grid, real low, real high) {
  const vec along = arma::linspace<vec>(low, high, grid);
  mat X(2, grid * grid);
  for (uword i = 0; i < X.n_cols; ++i) X(0, i) = along(i % grid), X(1, i) = along(i / grid);
  return join_rows(X, corners);
}

Reply neuron(const Words& words, std::string_view) {
  const auto number = [&](const char* key) { return real(words.number(key, 1, -1e6, 1e6)); };
  const Perceptron neuron = with_threshold({number("w1"), number("w2")}, number("theta"));
  const mat X = square(words.whole("grid", 40, 2, 200), real(-0.5), real(1.5));
  rowvec fires(X.n_cols);
  for (uword i = 0; i < X.n_cols; ++i) fires(i) = fire(neuron, X.col(i));
  Reply reply{Head().add("bias", double(neuron.b)).text(), {}};
  append(reply.numbers, fires);
  return reply;
}

Reply fold(const Words& words, std::string_view) {
  const mat X = square(words.whole("grid", 17, 2, 200), 0, 1);
  const Network network = xor_relu_network();
  const mat H = relu(dense(network.at(0).W, network.at(0).b, X));
  Reply reply{Head().add("points", double(X.n_cols)).text(), {}};
  append(reply.numbers, H);
  append(reply.numbers, dense(network.at(1).W, network.at(1).b, H));
  return reply;
}

Reply boolean(const Words& words, std::string_view) {
  const std::string table = words.text("table", "0110");
  uvec wanted(table.size());
  for (uword i = 0; i < table.size(); ++i) {
    if (table[i] != '0' && table[i] != '1') words.refuse("table", "zeros and ones");
    wanted(i) = uword(table[i] - '0');
  }
  if (table.size() > 16) words.refuse("table", "at most 16 answers");
  const Network made = boolean_network(wanted);
  mat rows(made.at(0).W.n_cols, wanted.size());
  for (uword i = 0; i < rows.n_cols; ++i)
    for (uword j = 0; j < rows.n_rows; ++j) rows(j, i) = real(i >> (rows.n_rows - 1 - j) & 1);
  std::vector<double> units = {double(rows.n_rows)}, answers;
  Reply reply;
  for (const Layer& layer : made) {
    units.push_back(double(layer.W.n_rows));
    append(reply.numbers, layer.W);
    append(reply.numbers, layer.b.t());
  }
  for (const real answer : forward_steps(made, rows)) answers.push_back(double(answer));
  reply.head = Head().add("units", units).add("answers", answers).text();
  return reply;
}

static mat slope_of(Activation phi, const mat& Z, const mat& A) {
  switch (phi) {
    case Activation::sigmoid: return sigmoid_derivative(A);
    case Activation::tanh: return tanh_derivative(A);
    case Activation::relu: return relu_derivative(Z);
    case Activation::leaky_relu: return leaky_relu_derivative(Z, leaky_relu_alpha);
    case Activation::elu: return elu_derivative(Z, elu_alpha);
    case Activation::hard_tanh: return hard_tanh_derivative(Z);
    case Activation::identity: return mat(size(Z), arma::fill::ones);
    default: return mat(size(Z), arma::fill::zeros);  // step and sign
  }
}

Reply activation(const Words& words, std::string_view bytes) {
  const Activation phi = activation_called(words, "act", words.text("act", "sigmoid"));
  const rowvec z = numbers_of(words, bytes);
  const mat A = activate(phi, z);
  Reply reply{Head().text(), {}};
  append(reply.numbers, A);
  append(reply.numbers, slope_of(phi, z, A));
  return reply;
}

Reply probabilities(const Words& words, std::string_view bytes) {
  Reply reply{Head().text(), {}};
  append(reply.numbers, softmax(numbers_of(words, bytes).t()).t());
  return reply;
}

Reply margins(const Words& words, std::string_view bytes) {
  const rowvec z = numbers_of(words, bytes), y = {1};
  mat losses(4, z.n_elem), slopes(4, z.n_elem);
  for (uword i = 0; i < z.n_elem; ++i) {
    const rowvec one = {z(i)};
    losses.col(i) = vec{mean_squared_error(one, y), perceptron_criterion(one, y), hinge(one, y), logistic_loss(one, y)};
    slopes.col(i) = vec{mean_squared_error_gradient(one, y)(0), perceptron_criterion_gradient(one, y)(0),
                        hinge_gradient(one, y)(0), logistic_loss_gradient(one, y)(0)};
  }
  Reply reply{Head().text(), {}};
  append(reply.numbers, losses);
  append(reply.numbers, slopes);
  return reply;
}

vec valley_slope(const vec& p) { return {p(0) / 10, 2 * p(1)}; }

Reply valley(const Words& words, std::string_view) {
  const vec start = {real(words.number("x", -7, -100, 100)), real(words.number("y", 2, -100, 100))};
  const mat path =
      gradient_descent(valley_slope, start, real(words.number("rate", 0.1, 0, 10)), words.whole("steps", 30, 0, 1000));
  Reply reply{Head().add("points", double(path.n_cols)).text(), {}};
  append(reply.numbers, path);
  return reply;
}

Reply differences(const Words& words, std::string_view) {
  const real x = real(words.number("x", 1.7, -100, 100));
  const auto cube = [](real at) { return at * at * at; };
  std::vector<double> slopes, errors;
  double delta = 1;
  for (int k = 1; k <= 12; ++k) {
    slopes.push_back(double(derivative(cube, x, real(delta /= 10))));
    errors.push_back(std::abs(slopes.back() - double(3 * x * x)));
  }
  return {Head().add("slopes", slopes).add("errors", errors).text(), {}};
}

Reply product(const Words& words, std::string_view) {
  const auto number = [&](const char* key) { return real(words.number(key, 1, -1e6, 1e6)); };
  const real x = number("x"), y = number("y"), z = number("z"), u = x + y;
  const Slopes product = multiply_backward(u, z, 1), sum = add_backward(product.dx);
  return {Head()
              .add("u", double(u))
              .add("f", double(u * z))
              .add("du", double(product.dx))
              .add("dz", double(product.dy))
              .add("dx", double(sum.dx))
              .add("dy", double(sum.dy))
              .text(),
          {}};
}

}  // namespace play
