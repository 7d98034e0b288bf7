// How cost grows: a gradient with the parameters, an epoch with width, depth, batch and samples, one of filters with
// what they do, loading with the data. Writes one CSV a curve and slopes.csv; benchmarks/growth/run.sh also draws them.
// Exit code: 0 every slope is as expected; 1 one is not; 2 usage; 3 a folder or file cannot be used; 130 stopped by
// Ctrl-C.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <exception>

#include "base/kept_memory.hpp"
#include "benchmarks/growth/curve.hpp"
#include "nn/support/csv.hpp"
#include "tools/threads/threads.hpp"

namespace fs = std::filesystem;
using namespace growth;

namespace {

int run(const fs::path& folder, const Effort& effort, const std::string& only, const fs::path& self) {
  fs::create_directories(folder);
  nn::set_threads(1);
  base::keep_memory();  // what grows is then the arithmetic alone
  nn::CsvLog slopes(folder / (only.empty() ? "slopes.csv" : "slopes-" + only + ".csv"),
                    {"curve", "from", "to", "slope", "expected", "allowed"});
  bool as_expected = true;
  const auto answer = [&](const std::string& question, auto curves) {
    if (!only.empty() && only != question) return;
    for (const Curve& curve : curves()) {
      as_expected = report(curve, folder) && as_expected;
      for (const Law& law : curve.laws)
        slopes.row(curve.file, law.from, law.to, curve.slope(law), law.slope, law.allowed);
    }
  };
  answer("gradient", [&] { return gradient_curves(effort); });
  answer("epoch", [&] { return epoch_curves(effort); });
  answer("filters", [&] { return filter_curves(effort); });
  answer("loading", [&] { return loading_curves(effort, self); });
  if (!as_expected)
    fmt::print(stderr, "bench_growth: a cost does not grow as expected; see the lines that end in NO\n");
  return as_expected ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("How the cost of a gradient, of an epoch and of loading grows, in CPU seconds of one core.");
  std::string out, only;
  Effort effort;
  app.add_option("--out", out, "folder for the CSV files")->type_name("DIR")->required();
  app.add_option("--only", only, "one question: gradient, epoch, filters or loading")
      ->type_name("NAME")
      ->check(CLI::IsMember({"gradient", "epoch", "filters", "loading"}).description(""));
  app.add_flag("--quick", effort.quick, "fewer and smaller sizes: seconds instead of a minute");
  try {
    if (argc == 3 && std::string(argv[1]) == "--load") return load_and_report(argv[2]);
    app.parse(argc, argv);
    std::signal(SIGINT, [](int) { stopped = 1; });
    std::error_code none;
    fs::path self = fs::read_symlink("/proc/self/exe", none);
    if (none) self = fs::absolute(argv[0]);
    return run(out, effort, only, self);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  } catch (const Stopped&) {
    return 130;
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_growth: {}\n", error.what());
    return 3;
  }
}
