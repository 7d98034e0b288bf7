#include "tools/train/settings.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <thread>

#include "tools/threads/threads.hpp"
#include "tools/train/digits.hpp"

namespace trainer {
namespace {

constexpr const char* footer =
    "Without --data and --sample: MNIST where `./course data mnist` has put it, else the embedded sample.\n"
    "Exit code: 0 done; 1 accuracy below --require, or code that fails or is not written yet; 2 usage;\n"
    "3 data, weights or output folder cannot be used; 130 stopped by Ctrl-C, what was learned is kept.";

std::vector<nn::uword> widths(const std::string& text) {
  if (text == "none") return {};
  std::vector<nn::uword> all;
  for (const std::string& word : CLI::detail::split(text, ',')) {
    nn::uword width = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), width);
    if (error != std::errc() || end != word.data() + word.size() || width == 0 || width > 100000)
      throw CLI::ValidationError("--hidden", "found \"" + text + "\", expected widths as in 100 or 128,64, or none");
    all.push_back(width);
  }
  return all;
}

}  // namespace

std::optional<Settings> parse(int argc, char** argv, int& code) {
  Settings s;
  CLI::App app("Trains a network on handwritten digits, and says how well it reads those that it never saw.");
  app.footer(footer);
  app.get_formatter()->column_width(26);
  std::string hidden = "100";
  bool sample = false;
  double rate = s.options.rate, decay = s.options.weight_decay;
  const auto from = [](auto low, auto high) { return CLI::Range(low, high).description(""); };
  const auto counts = from(1, 1000000);
  auto* data = app.add_option("--data", s.data, "folder of a data set in IDX form, raw or .gz")->type_name("DIR");
  app.add_flag("--sample", sample, "the small sample that comes with the course");
  app.add_option("--hidden", hidden, "units of the hidden layers: 100, or 128,64, or none")
      ->type_name("N,..")
      ->capture_default_str();
  app.add_option("--epochs", s.options.epochs, "passes over the data")
      ->check(counts)
      ->type_name("N")
      ->capture_default_str();
  app.add_option("--batch", s.options.batch_size, "samples in a batch")
      ->check(counts)
      ->type_name("N")
      ->capture_default_str();
  app.add_option("--rate", rate, "learning rate")
      ->check(from(1e-9, 1e9))
      ->type_name("X")
      ->default_str(fmt::format("{:g}", rate));
  app.add_option("--decay", decay, "weight decay")
      ->check(from(0.0, 1.0))
      ->type_name("X")
      ->default_str(fmt::format("{:g}", decay));
  app.add_option("--held-out", s.held_out, "fraction of the training images to choose the best epoch by")
      ->check(from(0.0, 0.9))
      ->type_name("X")
      ->default_str(fmt::format("{:.4f}", s.held_out));
  app.add_option("--patience", s.options.patience, "stop after N epochs without a better one; 0: never")
      ->check(from(0, 1000000))
      ->type_name("N")
      ->capture_default_str();
  app.add_option("--seed", s.seed, "the same seed, the same weights")->type_name("N")->capture_default_str();
  auto* threads = app.add_option("--threads", s.threads, "N for each matrix product that is large enough to gain")
                      ->check(from(1, 1024))
                      ->type_name("N");
  app.add_option("--out", s.out, "folder for weights, history and tables")->type_name("DIR")->capture_default_str();
  app.add_option("--load", s.load, "do not train: judge the weights in FILE")->type_name("FILE");
  app.add_option("--require", s.require, "exit with 1 below X per cent on the test set")
      ->check(from(0.0, 100.0))
      ->type_name("X");
  app.add_option("--json", s.json, "write the result to FILE as well")->type_name("FILE");
  app.add_flag("--figures", s.figures, "make the experiments for the other figures of lesson 7, too");
  app.add_flag("--quiet", s.quiet, "only the result");
  try {
    app.parse(argc, argv);
    s.hidden = widths(hidden);
    if (sample && !data->empty()) throw CLI::ExcludesError("--sample", "--data");
  } catch (const CLI::ParseError& error) {
    code = app.exit(error) == 0 ? 0 : 2;
    return {};
  }
  s.options.rate = nn::real(rate);
  s.options.weight_decay = nn::real(decay);
  if (threads->empty()) s.threads = std::clamp(int(std::thread::hardware_concurrency()), 1, 4);
  if (!sample && data->empty()) {
    s.data = fetched_mnist();
    s.fallback = s.data.empty();
  }
  return s;
}

std::string shape_of(const nn::Network& network) {
  std::string text = network.empty() ? "" : std::to_string(network.front().W.n_cols);
  for (const nn::Layer& layer : network) text += "-" + std::to_string(layer.W.n_rows);
  return text;
}

}  // namespace trainer
