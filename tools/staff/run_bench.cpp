// ./course bench, the running: which programs are here, round after round, and what is kept of it.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "base/csv.hpp"
#include "base/keep.hpp"
#include "base/median.hpp"
#include "base/progress_line.hpp"
#include "base/quote.hpp"
#include "base/terminal.hpp"
#include "tools/course/trees.hpp"
#include "tools/staff/bench.hpp"
#include "tools/staff/commands.hpp"

namespace course {

namespace {

struct Options {
  int rounds = 5, epochs = 3;
  fs::path data, out;
  std::string lesson = "07";
  std::vector<int> widths;
  bool require = false;
};

// The first Python here that can import the module; "" where there is none.
std::string python_with(const std::string& module) {
  for (const char* python : {"python3", "/usr/bin/python3"})
    if (capture({{"sh", "-c", fmt::format("command -v {0} && {0} -c 'import {1}'", python, module)}, {}, {}, 60.0})
            .ok())
      return python;
  return "";
}

std::vector<Peer> peers_here(const Project& project, const Tree& tree, const std::string& lesson,
                             const std::string& real) {
  std::vector<Peer> peers;
  const auto compiled = [&](const std::string& key, const std::string& name, const std::string& package) {
    const fs::path program = tree.program((lesson == "10" ? "peer_conv_" : "peer_") + key + "_" + real);
    if (tree.build({program.filename().string()}).ok()) peers.push_back({key, name, {program.string()}});
    else if (package.empty())
      throw std::runtime_error(program.filename().string() + " was not built; see " + tree.folder.string());
    else fmt::print("  {:<26} is not here ({})\n", name, package);
  };
  compiled("ours", "ours", "");
  compiled("products", "matrix products alone", "libopenblas-dev");
  compiled("cblas_tuned", "hand-tuned cblas", "libopenblas-dev");
  if (lesson == "07") compiled("plain_armadillo", "plain Armadillo", "");
  for (Peer& peer : peers) peer.learns = peer.key != "products";
  if (real != "float") return peers;
  const auto python = [&](const std::string& key, const std::string& name, const std::string& module,
                          const std::string& script, const std::string& mode) {
    const std::string interpreter = python_with(module);
    const fs::path file = project.root / "benchmarks/peers" / script;
    if (!interpreter.empty()) peers.push_back({key, name, {interpreter, file.string()}, mode});
    else fmt::print("  {:<26} is not here (python3-{})\n", name, module);
  };
  if (lesson == "10") {
    python("torch_tensors", "PyTorch, tensors", "torch", "torch_conv.py", "");
    return peers;
  }
  compiled("mlpack", "mlpack", "libmlpack-dev and libstb-dev, from Debian 13 on");
  python("numpy", "NumPy, written out", "numpy", "numpy_net.py", "");
  python("numpy_layers", "NumPy, layers as objects", "numpy", "numpy_layers.py", "");
  python("sklearn", "scikit-learn", "sklearn", "sklearn_net.py", "");
  python("torch_tensors", "PyTorch, tensors", "torch", "torch_net.py", "tensors");
  python("torch_loader", "PyTorch, DataLoader", "torch", "torch_net.py", "loader");
  return peers;
}

using Environment = std::vector<std::pair<std::string, std::string>>;

// Everything that stands on OpenBLAS runs on the same kernel, said in one line: else the kernels would be compared, not
// the programs.
Environment same_kernel(const Tree& tree) {
  const std::string program = tree.program("blas_kernel").string();
  if (!tree.build({"blas_kernel"}).ok())
    throw std::runtime_error("blas_kernel was not built; see " + tree.folder.string());
  fmt::print("{}", capture({{program}}).output);
  Environment environment;
  std::istringstream lines(capture({{program, "--environment"}}).output);
  for (std::string name, value; std::getline(lines, name, '=') && std::getline(lines, value);)
    environment.emplace_back(name, value);
  return environment;
}

BenchReading read(const Peer& peer, const BenchCase& at, int round, const fs::path& data, int epochs,
                  const Environment& kernel) {
  Command command{peer.argv};
  command.argv.insert(command.argv.end(), {data.string(), std::to_string(at.width), std::to_string(epochs)});
  if (!peer.mode.empty()) command.argv.push_back(peer.mode);
  const std::string threads = std::to_string(at.threads);
  command.environment = {
      {"OPENBLAS_NUM_THREADS", threads}, {"OMP_NUM_THREADS", threads}, {"OMP_WAIT_POLICY", "passive"}};
  command.environment.insert(command.environment.end(), kernel.begin(), kernel.end());
  const Outcome outcome = capture(command);
  const auto begin = outcome.output.rfind("{\"wall\"");
  if (!outcome.ok() || begin == std::string::npos)
    throw std::runtime_error(fmt::format("{} failed (code {}):\n{}", peer.name, outcome.exit_code, outcome.output));
  const auto json = nlohmann::json::parse(outcome.output.substr(begin));
  BenchReading reading{at,
                       peer.key,
                       peer.name,
                       round,
                       median(json.at("wall").get<std::vector<double>>()),
                       median(json.at("cpu").get<std::vector<double>>()),
                       json.at("accuracy"),
                       json.at("peak_megabytes")};
  if (peer.learns && !(reading.accuracy > 0.5))
    throw std::runtime_error(
        fmt::format("{} learned nothing: {:.2f} % of the test set. What is fast and wrong is not fast.", peer.name,
                    100 * reading.accuracy));
  return reading;
}

void keep(const std::vector<BenchReading>& readings, const fs::path& file) {
  std::string csv = "width,element,threads,round,program,name,seconds,cpu_seconds,test_accuracy,peak_megabytes\n";
  for (const BenchReading& r : readings)
    csv += fmt::format("{},{},{},{},{},{},{:.6f},{:.6f},{:.4f},{:.1f}\n", r.at.width, r.at.real, r.at.threads, r.round,
                       r.key, csv_cell(r.name), r.wall, r.cpu, r.accuracy, r.megabytes);
  write_file(file, csv);
}

// The medians at width 100 as a picture.
void draw(const Project& project, const std::vector<BenchReading>& readings, const fs::path& out) {
  std::vector<std::pair<double, std::string>> bars;
  for (const BenchReading& r : readings)
    if (r.at == BenchCase{100, 1, "float"} && r.round == 1) {
      std::vector<double> seconds;
      for (const BenchReading& x : readings)
        if (x.at == r.at && x.key == r.key) seconds.push_back(x.wall);
      bars.emplace_back(median(seconds), r.name);
    }
  std::sort(bars.begin(), bars.end());
  std::string csv = "program,seconds,ours\n";
  for (const auto& [seconds, name] : bars)
    csv += fmt::format("{},{:.6f},{}\n", csv_cell(name), seconds, name == "ours" ? 1 : 0);
  write_file(out / "epochs.csv", csv);
  const auto quoted = [](const fs::path& path) { return gnuplot_quoted(path.string()); };
  const Outcome drawn = capture({{"gnuplot", "-e",
                                  fmt::format("dir={}; out={}; style={}", quoted(out), quoted(out / "epochs.svg"),
                                              quoted(project.root / "tools/figures/style.gp")),
                                  (project.root / "benchmarks/peers/epochs.gp").string()}});
  if (!drawn.ok()) fmt::print("the figure was not drawn:\n{}", drawn.output);
}

int verdict(const std::vector<BenchReading>& readings, const std::string& lesson, bool require) {
  fmt::print("{}\n", ink(Ink::bold, "what the course wants of itself"));
  int missed = 0;
  for (const BenchBound& bound : bench_bounds(readings, lesson)) {
    const std::string said = fmt::format("{:<42} {:>6} {:.2f}", bound.what, bound.at_most ? "<=" : ">=", bound.bound);
    if (std::isnan(bound.found)) {
      fmt::print("{} {}   not measured\n", dot(), said);
      continue;
    }
    fmt::print("{} {}   found {:.2f}\n", bound.holds() ? tick() : cross(), said, bound.found);
    missed += !bound.holds();
  }
  return missed && require ? failed : passed;
}

}  // namespace

int run_bench(const Project& project, std::vector<std::string> arguments) {
  Options o;
  CLI::App app("Our trainer beside the peers that are here: interleaved rounds, medians, ratios.", "./course bench");
  app.add_option("--rounds", o.rounds, "how often everything runs, in turn")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  app.add_option("--epochs", o.epochs, "epochs a run; the median of them counts")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  app.add_option("--lesson", o.lesson, "whose network: 07, a hidden layer; 10, two layers of filters before it")
      ->transform(CLI::CheckedTransformer(std::map<std::string, std::string>{{"7", "07"}, {"07", "07"}, {"10", "10"}})
                      .description("07 or 10"));
  app.add_option("--widths", o.widths, "units of the hidden layer (30,100,800; with --lesson 10 128)")
      ->delimiter(',')
      ->check(CLI::Range(1, 10000));
  app.add_option("--data", o.data, "folder of raw IDX files (default: MNIST)");
  app.add_option("--out", o.out, "folder for bench.csv and the figure");
  app.add_flag("--require", o.require, "exit with 1 where a bound does not hold");
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  try {
    app.parse(reversed);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? passed : usage;
  }
  if (o.widths.empty()) o.widths = o.lesson == "10" ? std::vector{128} : std::vector{30, 100, 800};
  if (o.out.empty()) o.out = project.root / "build/bench/results" / (o.lesson == "10" ? "10" : "");
  if (o.data.empty()) {
    const Outcome fetched = capture({{(project.root / "course").string(), "data", "mnist"}, project.root, {}, 600.0});
    if (!fetched.ok())
      throw EnvironmentError("the benchmark needs MNIST, and it could not be fetched:\n" + fetched.output);
    const std::string said = fetched.output.substr(0, fetched.output.find_last_not_of('\n') + 1);
    o.data = said.substr(said.rfind('\n') + 1);
  }
  fmt::print("Building the programs ...\n");
  std::fflush(stdout);
  const Tree tree = configured(project, "bench");
  const Environment kernel = same_kernel(tree);
  const std::vector<Peer> in_float = peers_here(project, tree, o.lesson, "float");

  std::vector<std::pair<BenchCase, std::vector<Peer>>> cases;
  std::vector<Peer> on_two_threads;  // ours, last, and what stands on OpenBLAS's own threads
  for (const Peer& peer : in_float)
    if (peer.key == "ours" || (o.lesson == "07" && (peer.key == "products" || peer.key == "cblas_tuned")))
      on_two_threads.insert(on_two_threads.begin(), peer);
  for (const int width : o.widths) {  // the two of ours one after the other: what is compared is close in time
    cases.push_back({{width, 2, "float", o.lesson}, on_two_threads});
    cases.push_back({{width, 1, "float", o.lesson}, in_float});
  }
  if (o.lesson == "07") cases.push_back({{100, 1, "double"}, peers_here(project, tree, o.lesson, "double")});
  std::vector<BenchReading> readings;
  fs::create_directories(o.out);
  ProgressLine line;
  for (int round = 1; round <= o.rounds; ++round)
    for (const auto& [at, peers] : cases)
      for (const Peer& peer : peers) {
        line.show(fmt::format("round {} of {}: {}, {}", round, o.rounds, at.name(), peer.name));
        readings.push_back(read(peer, at, round, o.data, at.width > 200 ? (o.epochs + 1) / 2 : o.epochs, kernel));
        keep(readings, o.out / "bench.csv");
      }
  line.clear();
  std::stable_partition(cases.begin(), cases.end(), [](const auto& each) { return each.first.threads == 1; });
  for (const auto& [at, peers] : cases) fmt::print("\n{}", bench_table(readings, at));
  fmt::print("\nmedians of {} rounds; / ours: median of the rounds' ratios, on one thread of CPU times\n\n", o.rounds);
  if (o.lesson == "07") draw(project, readings, o.out);
  fmt::print("all readings: {}\n\n", (o.out / "bench.csv").string());
  return verdict(readings, o.lesson, o.require);
}

}  // namespace course
