// How well three networks read test images that are moved to the right, as ./course capstone 10 --shifts wrote it down
// with our solutions. It takes minutes, so these numbers are not made anew.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "nn/types.hpp"
#include "tools/figures/figure.hpp"

namespace {

const nn::Figure moved("moved", [](nn::FigureData& data) {
  const std::filesystem::path recorded =
      std::filesystem::path(__FILE__).parent_path().parent_path() / "capstone/moved.csv";
  std::ifstream file(recorded);
  nn::FigureTable& table = data.table({"pixels", "dense", "filters", "distorted"});
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::replace(line.begin(), line.end(), ',', ' ');
    std::istringstream cells(line);
    double pixels = 0, dense = 0, filters = 0, distorted = 0;
    if (!(cells >> pixels >> dense >> filters >> distorted))
      throw std::runtime_error("capstone/moved.csv: cannot read the line " + line);
    table.row(pixels, dense, filters, distorted);
  }
  if (table.numbers() == 0) throw std::runtime_error("capstone/moved.csv holds no numbers");
});

}  // namespace
