#include "nn/activations.hpp"

#include "nn/multilayer.hpp"
#include "nn/support/activate.hpp"
#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"

namespace nn {

mat step(mat Z) {
  //> 3.1
  Z.transform([](real z) { return real(z > 0); });
  return Z;
  //<
}

mat sign(mat Z) {
  //> 3.1
  return arma::sign(Z);
  //<
}

mat identity(mat Z) {
  //> 3.1
  return Z;
  //<
}

mat sigmoid(mat Z) {
  //> 3.2
  return 1 / (1 + exp(-Z));  // exp(1000) is infinity, and 1 / infinity is 0
  //<
}

mat tanh(mat Z) {
  //> 3.3
  return 2 * sigmoid(2 * Z) - 1;
  //<
}

mat relu(mat Z) {
  //> 3.4
  Z.transform([](real z) { return z > 0 ? z : 0; });
  return Z;
  //<
}

mat leaky_relu(mat Z, real alpha) {
  //> 3.4
  Z.transform([alpha](real z) { return z > 0 ? z : alpha * z; });
  return Z;
  //<
}

mat elu(mat Z, real alpha) {
  //> 3.4
  Z.transform([alpha](real z) { return z > 0 ? z : alpha * std::expm1(z); });
  return Z;
  //<
}

mat hard_tanh(mat Z) {
  //> 3.4
  return clamp(Z, -1, 1);
  //<
}

mat sigmoid_derivative(mat A) {
  //> 3.5
  return A % (1 - A);
  //<
}

mat tanh_derivative(mat A) {
  //> 3.5
  return 1 - square(A);
  //<
}

mat relu_derivative(mat Z) {
  //> 3.5
  Z.transform([](real z) { return real(z > 0); });
  return Z;
  //<
}

mat leaky_relu_derivative(mat Z, real alpha) {
  //> 3.5
  Z.transform([alpha](real z) { return z > 0 ? 1 : alpha; });
  return Z;
  //<
}

mat elu_derivative(mat Z, real alpha) {
  //> 3.5
  Z.transform([alpha](real z) { return z > 0 ? 1 : alpha * std::exp(z); });
  return Z;
  //<
}

mat hard_tanh_derivative(mat Z) {
  //> 3.5
  Z.transform([](real z) { return real(-1 < z && z < 1); });
  return Z;
  //<
}

mat softmax(mat Z) {
  //> 3.6
  Z.each_col([](vec& z) {
    z = exp(z - z.max());  // the largest becomes e^0 = 1: nothing overflows
    z /= accu(z);
  });
  return Z;
  //<
}

mat forward(const Network& network, const mat& X) {
  //> 3.7
  mat A = X;
  for (const Layer& layer : network) A = activate(layer.activation, dense(layer.W, layer.b, A));
  return A;
  //<
}

uvec predict(const mat& Y) {
  //> 3.8
  require(Y.n_rows > 0, "predict", "Y has no rows, expected one a class");
  return index_max(Y, 0).t();
  //<
}

}  // namespace nn
