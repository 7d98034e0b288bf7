// A neuron as a picture: the alarm with the door open and nobody at home.
#include "nn/perceptron.hpp"
#include "tools/figures/figure.hpp"

namespace nn {
namespace {

const Figure picture("neuron", [](FigureData& data) {
  const Perceptron alarm{{1, -1}, -0.5};
  const vec x = {1, 0};
  FigureTable& inputs = data.table("inputs", {"name", "input", "weight_name", "weight"});
  inputs.row("x_1", x(0), "w_1", alarm.w(0));
  inputs.row("x_2", x(1), "w_2", alarm.w(1));
  inputs.row("-", real(1), "b", alarm.b);
  data.table("answer", {"a", "y"}).row(dot(alarm.w, x) + alarm.b, fire(alarm, x));
});

}  // namespace
}  // namespace nn
