// Two of the four maps of a network that has learnt to copy, as ./course capstone 18 --record maps wrote them down with
// our solutions: of the first block the head that looks most at the token before, of the second the one that looks most
// at what followed the same symbol earlier.
#include <algorithm>

#include "lessons/12-sequences/figures/recorded.hpp"

namespace {

using Lines = std::vector<std::vector<std::string>>;

/// The weights of one head on the cells that `wanted` names.
template <class Wanted>
double weight_on(const Lines& lines, std::size_t head, Wanted wanted) {
  double sum = 0;
  for (std::size_t i = 1; i < lines.size(); ++i)
    if (wanted(lines[i])) sum += std::stod(lines[i][head]);
  return sum;
}

const nn::Figure induction("induction", [](nn::FigureData& figure) {
  const Lines lines = nn::recorded("../../18-attention/capstone/maps.csv");
  const auto number = [](const std::string& cell) { return std::stoi(cell); };
  int tokens = 0;
  std::vector<int> token(1000);
  for (std::size_t i = 1; i < lines.size(); ++i) {
    token.at(std::size_t(number(lines[i][0]))) = number(lines[i][2]);
    tokens = std::max(tokens, number(lines[i][0]) + 1);
  }
  const auto before = [&](const auto& line) { return number(line[1]) + 1 == number(line[0]); };
  const auto after_same = [&](const auto& line) {
    const int asks = number(line[0]), asked = number(line[1]);
    return asked > 0 && asked < asks && token.at(std::size_t(asked - 1)) == token.at(std::size_t(asks));
  };
  const std::size_t first = weight_on(lines, 4, before) > weight_on(lines, 5, before) ? 4 : 5,
                    second = weight_on(lines, 6, after_same) > weight_on(lines, 7, after_same) ? 6 : 7;
  nn::FigureTable& table = figure.table("maps", {"asks", "asked", "first", "second"});
  for (std::size_t i = 1; i < lines.size(); ++i)
    table.row(number(lines[i][0]), number(lines[i][1]), std::stod(lines[i][first]), std::stod(lines[i][second]));
  nn::FigureTable& shares = figure.table("shares", {"before", "after_same"});
  const double answers = 8;
  shares.row(weight_on(lines, first, before) / (tokens - 1), weight_on(lines, second, after_same) / answers);
});

}  // namespace
