// What 40 of 64 hidden units look for, after 1000 digits.
#include "lessons/14-energy/figures/pictures.hpp"

namespace {

const nn::Figure receptive("receptive", [](nn::FigureData& figure) {
  const nn::mat W = nn::digits_machine(figure, 1).W.t();
  for (int row = 0; row < 4; ++row)
    nn::paste(figure, std::string{"abcd"[row]}.c_str(), W.cols(10 * row, 10 * row + 9), 28, 10);
});

}  // namespace
