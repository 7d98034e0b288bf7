// XOR in two layers: what every wire carries for the four inputs 00, 01, 10, 11.
#include "nn/multilayer.hpp"
#include "nn/support/toys.hpp"
#include "tools/figures/figure.hpp"

namespace nn {
namespace {

const Figure layers("layers", [](FigureData& data) {
  const Network network = xor_network();
  const ToyData table = xor_table();
  FigureTable& wires = data.table({"wire", "00", "01", "10", "11"});
  const auto carries = [&](const char* wire, const rowvec& answers) {
    wires.row(wire, answers(0), answers(1), answers(2), answers(3));
  };
  const mat hidden = forward_steps({network.at(0)}, table.X);
  carries("x_1", table.X.row(0));
  carries("x_2", table.X.row(1));
  carries("s_1", hidden.row(0));
  carries("s_2", hidden.row(1));
  carries("y", forward_steps(network, table.X).eval().row(0));
});

}  // namespace
}  // namespace nn
