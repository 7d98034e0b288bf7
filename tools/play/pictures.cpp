// What the page shows of a network: nothing here changes it.
#include "nn/activations.hpp"
#include "nn/multilayer.hpp"
#include "tools/play/session.hpp"

namespace play {

using namespace nn;

Reply Session::layers(const std::vector<mat>& outputs) const {
  Reply reply;
  std::vector<double> units;
  for (const mat& A : outputs) {
    units.push_back(double(A.n_rows));
    append(reply.numbers, A);
  }
  reply.head = Head().add("units", units).add("points", double(outputs.at(0).n_cols)).text();
  return reply;
}

static std::vector<mat> outputs_of(const Network& network, mat A) {
  std::vector<mat> outputs;
  for (const Layer& layer : network) outputs.push_back(A = forward({layer}, A));
  return outputs;
}

// look grid= x0= x1= y0= y1=: the output of every unit over the plane, row by row from below.
Reply Session::look(const Words& words, std::string_view) {
  require_network(words);
  const uword grid = words.whole("grid", 40, 2, 200);
  const double x0 = words.number("x0", -1.5, -1e6, 1e6), x1 = words.number("x1", 1.5, -1e6, 1e6);
  const double y0 = words.number("y0", -1.5, -1e6, 1e6), y1 = words.number("y1", 1.5, -1e6, 1e6);
  mat X(2, grid * grid);
  for (uword i = 0; i < grid * grid; ++i) {
    X(0, i) = real(x0 + (x1 - x0) * double(i % grid) / double(grid - 1));
    X(1, i) = real(y0 + (y1 - y0) * double(i / grid) / double(grid - 1));
  }
  return layers(outputs_of(network, std::move(X)));
}

// points: the output of every unit at every training point.
Reply Session::points(const Words& words, std::string_view) {
  require_network(words);
  return layers(outputs_of(network, train.X));
}

// at x= y=, or with the inputs as bytes: of one point, layer by layer, the sums z and then the outputs a.
Reply Session::at(const Words& words, std::string_view bytes) {
  require_network(words);
  mat A = vec{real(words.number("x", 0, -1e6, 1e6)), real(words.number("y", 0, -1e6, 1e6))};
  if (!bytes.empty()) A = arma::conv_to<mat>::from(floats(bytes));
  std::vector<mat> both;
  for (const Layer& layer : network) {
    both.push_back(dense(layer.W, layer.b, A));
    both.push_back(A = forward({layer}, A));
  }
  return layers(both);
}

// weights: layer by layer W, row by row, and b.
Reply Session::weights(const Words& words, std::string_view) {
  require_network(words);
  Reply reply;
  std::vector<double> units = {double(network[0].W.n_cols)};
  std::vector<std::string> names;
  for (const Layer& layer : network) {
    units.push_back(double(layer.W.n_rows));
    names.push_back(name_of(layer.activation));
    append(reply.numbers, layer.W);
    append(reply.numbers, layer.b.t());
  }
  reply.head = Head().add("units", units).add("act", names).add("init", init).add("lacks", lacks).text();
  return reply;
}

// slopes: dW and db in the order of `weights`, over all training points.
Reply Session::slopes(const Words& words, std::string_view) {
  require_network(words);
  const Gradients g = backprop(network, train.X, targets(train), loss);
  Reply reply{Head().add("loss", g.loss).text(), {}};
  for (std::size_t l = 0; l < g.dW.size(); ++l) {
    append(reply.numbers, g.dW[l]);
    append(reply.numbers, g.db[l].t());
  }
  return reply;
}

}  // namespace play
