#include "tools/train/session.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <nlohmann/json.hpp>

#include "nn/support/csv.hpp"
#include "nn/support/output_file.hpp"
#include "nn/support/weights.hpp"
#include "tools/blas_kernel/kernel.hpp"
#include "tools/threads/threads.hpp"
#include "tools/train/digits.hpp"
#include "tools/train/interrupt.hpp"
#include "tools/train/judge.hpp"
#include "tools/train/reference.hpp"
#include "tools/train/screen.hpp"
#include "tools/train/whose.hpp"

namespace trainer {
namespace fs = std::filesystem;
namespace {

/// Runs what depends on files and folders alone.
template <typename Work>
auto usable(const Work& work) {
  try {
    return work();
  } catch (const std::runtime_error& error) {  // filesystem_error is one of them
    throw Unusable(error.what());
  }
}

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return double(usage.ru_maxrss) * 1024 / 1e6;
}

/// Of this process, all its threads: what other programs do to the clock on the wall does not count.
double cpu_seconds() { return double(std::clock()) / CLOCKS_PER_SEC; }

nn::uword parameters(const nn::Network& network) {
  nn::uword all = 0;
  for (const nn::Layer& layer : network) all += layer.W.n_elem + layer.b.n_elem;
  return all;
}

void introduce(const Settings& s, const Digits& digits, const nn::Network& network, const nn::Split& parts) {
  if (s.quiet) return;
  fmt::print("From NAND to MNIST, with {}\n\n", whose);
  say("data", digits.title);
  if (s.fallback) say("", "MNIST itself is not here: `./course data mnist` fetches it.");
  say("network", fmt::format("{}, {}softmax with cross-entropy: {} numbers to learn, {}", shape_of(network),
                             network.size() > 1 ? "ReLU, " : "", thousands(parameters(network)),
                             sizeof(nn::real) == 4 ? "float" : "double"));
  const std::string decay =
      s.options.weight_decay > 0 ? fmt::format(", decay {:g}", double(s.options.weight_decay)) : "";
  const std::string held_out = parts.held_out.empty()
                                   ? "nothing held out"
                                   : thousands(parts.held_out.n_elem) + " images held out to choose the best epoch";
  say("training", fmt::format("at most {} epochs, batches of {}, rate {:g}{}, {}, seed {}, {} thread{}",
                              s.options.epochs, s.options.batch_size, double(s.options.rate), decay, held_out, s.seed,
                              s.threads, s.threads > 1 ? "s" : ""));
  say("products", nn::blas_kernel_line());
}

/// What a training leaves, and how long it took.
struct Trained {
  nn::Run run;
  nn::uword epochs = 0;
  double seconds = 0, cpu = 0;
};

Trained train(const Settings& s, const Digits& digits) {
  nn::Rng rng(s.seed);
  const nn::Split parts = nn::split(digits.train.size(), nn::real(s.held_out), rng);
  nn::Network network = reference_network(digits.train, s.hidden, rng);
  auto history = usable([&] {
    std::error_code error;
    fs::create_directories(s.out, error);
    if (!fs::is_directory(s.out))
      throw Unusable(
          fmt::format("{}: expected a folder to write to, but it cannot be made ({}); name another one with --out",
                      s.out.string(), error.message()));
    return nn::CsvLog(s.out / "history.csv",
                      {"epoch", "running_loss", "train_accuracy", "held_out_accuracy", "seconds"});
  });
  introduce(s, digits, network, parts);
  Trained result;
  Screen screen(s.options.epochs, !parts.held_out.empty(), s.quiet);
  const Interruptible interruptible;
  const Clock::time_point begin = Clock::now();
  const double cpu_begin = cpu_seconds();
  double before = 0;
  const auto watch = [&](const nn::Progress& now) {
    const double seconds = seconds_since(begin);
    history.row(now.epoch, now.running_loss, now.train_accuracy, now.held_out_accuracy, seconds - before);
    screen.epoch(now, seconds - before);
    before = seconds;
    ++result.epochs;
    return interrupted == 0;
  };
  result.run = nn::train(std::move(network), digits.train, parts, s.options, rng, watch);
  result.seconds = seconds_since(begin);
  result.cpu = cpu_seconds() - cpu_begin;
  return result;
}

/// The tables of the figures that show this network, and its weights. Returns false where the training has diverged:
/// what cannot be loaded again is not saved.
bool save(const Settings& s, const Digits& digits, const nn::Network& network, const Judgement& judgement) {
  const auto keep = [&](const char* name, const std::function<void(nn::FigureData&)>& fill) {
    const nn::FigureResult result = usable([&] { return nn::make_figure(name, fill, s.out); });
    if (!result.note.empty()) fmt::print(stderr, "{}: {}\n", name, result.note);
  };
  keep("confusion", [&](nn::FigureData& figure) { fill_confusion(figure, digits.test, judgement); });
  keep("weights", [&](nn::FigureData& figure) { fill_weights(figure, digits.test, network); });
  keep("mistakes", [&](nn::FigureData& figure) { fill_mistakes(figure, digits.test, judgement); });
  return usable([&] {
    try {
      nn::save_network(s.out / "network.nn", network);
      return true;
    } catch (const std::invalid_argument& error) {
      fmt::print(stderr, "{}\n", error.what());
      fs::remove(s.out / "network.nn");  // that of an earlier run
      return false;
    }
  });
}

/// The experiments of lesson 7's other figures, on the same data.
int experiments(const Settings& s) {
  int failed = 0;
  for (const auto& [name, fill] : nn::figures()) {
    if (name == "confusion" || name == "weights" || name == "mistakes") continue;
    const Clock::time_point begin = Clock::now();
    const nn::FigureResult result =
        usable([&, &name = name, &fill = fill] { return nn::make_figure(name, fill, s.out, s.data); });
    if (!s.quiet) say("figure", fmt::format("{}.csv, in {:.1f} s", name, seconds_since(begin)));
    if (!result.made) failed = 1, fmt::print(stderr, "{}: {}\n", name, result.note);
  }
  return failed;
}

void write_json(const Settings& s, const Digits& digits, const nn::Network& network, const Judgement& judgement,
                double load_seconds, const Trained* trained) {
  nlohmann::json result = {{"code", whose},
                           {"data", digits.title},
                           {"sample", digits.sample},
                           {"network", shape_of(network)},
                           {"element", sizeof(nn::real) == 4 ? "float" : "double"},
                           {"test_images", digits.test.size()},
                           {"test_accuracy", judgement.accuracy},
                           {"test_loss", judgement.loss},
                           {"load_seconds", load_seconds},
                           {"peak_megabytes", peak_megabytes()}};
  if (trained)
    result.update({{"epochs", trained->epochs},
                   {"best_epoch", trained->run.best_epoch},
                   {"seconds", trained->seconds},
                   {"seconds_per_epoch", trained->seconds / std::max<double>(1, double(trained->epochs))},
                   {"cpu_seconds_per_epoch", trained->cpu / std::max<double>(1, double(trained->epochs))},
                   {"batch_size", s.options.batch_size},
                   {"rate", std::stod(fmt::format("{:g}", double(s.options.rate)))},
                   {"seed", s.seed},
                   {"threads", nn::threads()},
                   {"blas_kernel", nn::blas_kernel().name},
                   {"interrupted", interrupted != 0}});
  usable([&] { nn::write_file(s.json, result.dump() + "\n"); });
}

}  // namespace

int run(const Settings& s) {
  nn::set_threads(s.threads);
  const Clock::time_point begin = Clock::now();
  const Digits& digits = usable([&]() -> const Digits* { return &trainer::digits(s.data); })[0];
  const double load_seconds = seconds_since(begin);

  std::optional<Trained> trained;
  nn::Network network;
  if (s.load.empty()) {
    trained = train(s, digits);
    network = trained->run.network;
  } else {
    network = usable([&] { return nn::load_network(s.load); });
    if (network.front().W.n_cols != digits.test.images.n_rows || network.back().W.n_rows != digits.test.classes)
      throw Unusable(fmt::format("{} holds a network {}, expected {} inputs and {} outputs for this data",
                                 s.load.string(), shape_of(network), digits.test.images.n_rows, digits.test.classes));
    if (!s.quiet) say("network", fmt::format("{}, from {}", shape_of(network), s.load.string()));
    if (!s.quiet) say("data", digits.title);
  }

  const Judgement judgement = judge(network, digits.test);
  if (!s.quiet) fmt::print("\n");
  if (trained && interrupted)
    fmt::print("stopped by Ctrl-C after epoch {} of {}: what was learned is kept\n", trained->epochs, s.options.epochs);
  if (trained && !s.quiet)
    fmt::print("{:.2f} s for {} epochs; epoch {} was kept\n", trained->seconds, trained->epochs,
               trained->run.best_epoch);
  say_result(fmt::format("{}: {:.2f} % of {} images right, loss {:.4f}",
                         digits.sample ? "the sample's test images" : "test set", 100 * judgement.accuracy,
                         thousands(digits.test.size()), judgement.loss));
  int code = 0;
  if (trained) {
    const bool saved = save(s, digits, network, judgement);
    if (!saved) code = 1;
    if (!s.quiet)
      say("saved",
          fmt::format("{}: {}history.csv, and the tables of the figures", s.out.string(), saved ? "network.nn, " : ""));
  }
  if (!s.json.empty()) write_json(s, digits, network, judgement, load_seconds, trained ? &*trained : nullptr);
  if (s.require && !(100 * judgement.accuracy >= *s.require)) {
    fmt::print(stderr, "expected at least {:g} % (--require), found {:.2f} %\n", *s.require, 100 * judgement.accuracy);
    code = 1;
  }
  if (trained && interrupted) return 130;
  if (s.figures) code = std::max(code, experiments(s));
  return code;
}

}  // namespace trainer
