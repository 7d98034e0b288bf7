#include "tools/play/figures.hpp"

#include <cmath>
#include <stdexcept>
#include <vector>

#include "nn/activations.hpp"
#include "nn/backprop.hpp"
#include "nn/losses.hpp"
#include "nn/multilayer.hpp"
#include "nn/support/activate.hpp"
#include "nn/support/image.hpp"

namespace play {

using namespace nn;

static std::vector<Figure>& registry() {
  static std::vector<Figure> all;
  return all;
}

Figure::Figure(const char* verb, const char* words, Answer gives) : name(verb), keys(words), answer(gives) {
  registry().push_back(*this);
}

std::span<const Figure> figures() { return registry(); }

mat square_image(const Words& words, std::string_view bytes) {
  const rowvec pixels = numbers_of(words, bytes);
  const uword side = uword(std::lround(std::sqrt(double(pixels.n_elem))));
  if (side * side != pixels.n_elem) throw std::invalid_argument(words.verb() + ": expected a square image");
  return to_image(pixels.t(), side, side);
}

static const mat corners = {{0, 0, 1, 1}, {0, 1, 0, 1}};  // of a truth table of two inputs, in its order

// grid x grid points of a square, row by row from below, and then the corners.
static mat square(uword grid, real low, real high) {
  const vec along = arma::linspace<vec>(low, high, grid);
  mat X(2, grid * grid);
  for (uword i = 0; i < X.n_cols; ++i) X(0, i) = along(i % grid), X(1, i) = along(i / grid);
  return join_rows(X, corners);
}

/// w1= w2= theta= grid=: 1 where this neuron fires, over -0.5 ... 1.5, and at the corners 00, 01, 10, 11.
static Reply neuron(const Words& words, std::string_view) {
  const auto number = [&](const char* key) { return real(words.number(key, 1, -1e6, 1e6)); };
  const Perceptron neuron = with_threshold({number("w1"), number("w2")}, number("theta"));
  const mat X = square(words.whole("grid", 40, 2, 200), real(-0.5), real(1.5));
  rowvec fires(X.n_cols);
  for (uword i = 0; i < X.n_cols; ++i) fires(i) = fire(neuron, X.col(i));
  Reply reply{Head().add("bias", double(neuron.b)).text(), {}};
  append(reply.numbers, fires);
  return reply;
}

/// grid=: where the hidden ReLU units of task 2.7 send the square 0 ... 1 and its corners, and the output there.
static Reply fold(const Words& words, std::string_view) {
  const mat X = square(words.whole("grid", 17, 2, 200), 0, 1);
  const Network network = xor_relu_network();
  const mat H = relu(dense(network.at(0).W, network.at(0).b, X));
  Reply reply{Head().add("points", double(X.n_cols)).text(), {}};
  append(reply.numbers, H);
  append(reply.numbers, dense(network.at(1).W, network.at(1).b, H));
  return reply;
}

/// table=0110: the network of task 2.8 as in `weights`, and in the head its answer to each row.
static Reply boolean(const Words& words, std::string_view) {
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

/// act=, and sums as bytes: the outputs, and their slopes; of step and sign, which have none, zeros.
static Reply activation(const Words& words, std::string_view bytes) {
  const Activation phi = activation_called(words, "act", words.text("act", "sigmoid"));
  const rowvec z = numbers_of(words, bytes);
  const mat A = activate(phi, z);
  Reply reply{Head().text(), {}};
  append(reply.numbers, A);
  append(reply.numbers, slope_of(phi, z, A));
  return reply;
}

/// Logits as bytes: their softmax.
static Reply probabilities(const Words& words, std::string_view bytes) {
  Reply reply{Head().text(), {}};
  append(reply.numbers, softmax(numbers_of(words, bytes).t()).t());
  return reply;
}

/// Margins as bytes: what each costs by squared error, perceptron criterion, hinge and logistic loss; then the slopes.
static Reply margins(const Words& words, std::string_view bytes) {
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

/// x= y= rate= steps=: the way down x^2 / 20 + y^2 from there.
static Reply valley(const Words& words, std::string_view) {
  const vec start = {real(words.number("x", -7, -100, 100)), real(words.number("y", 2, -100, 100))};
  const mat path =
      gradient_descent(valley_slope, start, real(words.number("rate", 0.1, 0, 10)), words.whole("steps", 30, 0, 1000));
  Reply reply{Head().add("points", double(path.n_cols)).text(), {}};
  append(reply.numbers, path);
  return reply;
}

/// x=: in the head the slope of x^3 there by central differences, for delta = 0.1, 0.01, ... 10^-12, and its errors.
static Reply differences(const Words& words, std::string_view) {
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

/// x= y= z=: in the head f = (x + y) z, and the slopes on the way back.
static Reply product(const Words& words, std::string_view) {
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

static const Figure of_part_one[] = {{"neuron", "w1 w2 theta grid", neuron}, {"fold", "grid", fold},
                                     {"boolean", "table", boolean},          {"activation", "act", activation},
                                     {"probabilities", "", probabilities},   {"margins", "", margins},
                                     {"valley", "x y rate steps", valley},   {"differences", "x", differences},
                                     {"product", "x y z", product}};

}  // namespace play
