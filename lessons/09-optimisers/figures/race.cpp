// The race of the rules on MNIST, as ./course capstone 9 --race wrote it down with our solutions: five seeds, of which
// the worst, the middle and the best are shown. It takes minutes, so these numbers are not made anew.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "nn/types.hpp"
#include "tools/figures/figure.hpp"

namespace {

const nn::Figure race("race", [](nn::FigureData& data) {
  const std::filesystem::path recorded =
      std::filesystem::path(__FILE__).parent_path().parent_path() / "capstone/race.csv";
  std::ifstream file(recorded);
  std::map<std::string, std::map<int, std::vector<double>>> percents;  // of each rule after each epoch
  std::vector<std::string> order;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::replace(line.begin(), line.end(), ',', ' ');
    std::istringstream cells(line);
    std::string rule;
    double rate = 0, percent = 0, seconds = 0;
    int seed = 0, epoch = 0;
    if (!(cells >> rule >> rate >> seed >> epoch >> percent >> seconds))
      throw std::runtime_error("capstone/race.csv: cannot read the line " + line);
    if (order.empty() || order.back() != rule) order.push_back(rule);
    percents[rule][epoch].push_back(percent);
  }
  if (order.empty()) throw std::runtime_error("capstone/race.csv holds no race");
  for (const std::string& rule : order) {
    nn::FigureTable& table = data.table(rule, {"epoch", "least", "middle", "most"});
    for (auto& [epoch, of_seeds] : percents[rule]) {
      std::sort(of_seeds.begin(), of_seeds.end());
      table.row(epoch, of_seeds.front(), of_seeds[of_seeds.size() / 2], of_seeds.back());
    }
  }
});

}  // namespace
