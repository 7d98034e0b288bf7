// Loading a data set from IDX files, raw and gzip: CPU time, and by how much the memory in use grows. Each load has a
// process of its own.
#include <fmt/format.h>
#include <stdlib.h>
#include <sys/resource.h>

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "base/process.hpp"
#include "benchmarks/growth/curve.hpp"
#include "nn/support/idx.hpp"
#include "nn/support/tests/memory.hpp"

namespace growth {
namespace fs = std::filesystem;
namespace {

/// A folder for this run alone, gone when the run is over.
struct TemporaryFolder {
  fs::path path;

  TemporaryFolder() {
    std::string name = (fs::temp_directory_path() / "growth-XXXXXX").string();
    if (!mkdtemp(name.data())) throw std::runtime_error(name + ": this folder cannot be made; is TMPDIR writable?");
    path = name;
  }
  ~TemporaryFolder() {
    std::error_code error;
    fs::remove_all(path, error);
  }
};

/// The images of the sample that comes with the course, again and again: they pack as images do.
void write(const fs::path& folder, const nn::Dataset& sample, nn::uword n, const std::string& ending) {
  const nn::uvec chosen =
      arma::regspace<nn::uvec>(0, n - 1) - sample.size() * nn::uvec(arma::regspace<nn::uvec>(0, n - 1) / sample.size());
  fs::create_directories(folder);
  nn::write_idx_images(folder / ("train-images-idx3-ubyte" + ending),
                       {sample.images.cols(chosen), sample.rows, sample.cols});
  nn::write_idx_labels(folder / ("train-labels-idx1-ubyte" + ending), sample.labels(chosen));
}

struct Load {
  double seconds = 0, peak_megabytes = 0;
};

Load load(const fs::path& self, const fs::path& dataset) {
  stop_if_asked();
  const base::Outcome outcome =
      base::capture({{self.string(), "--load", dataset.string()}, {}, {{"OPENBLAS_NUM_THREADS", "1"}}, 60.0});
  Load result;
  std::istringstream said(outcome.output);
  if (!outcome.ok() || !(said >> result.seconds >> result.peak_megabytes))
    throw std::runtime_error(
        fmt::format("loading {} ended with {}: {}", dataset.string(), outcome.exit_code, outcome.output));
  return result;
}

double peak_megabytes() {
  if (const long kb = nn::test::memory("VmHWM:"); kb > 0) return double(kb) * 1024 / 1e6;
  rusage usage{};  // on Linux this would count what the parent held before it became this program
  getrusage(RUSAGE_SELF, &usage);
  return double(usage.ru_maxrss) * 1024 / 1e6;
}

}  // namespace

int load_and_report(const fs::path& dataset) {
  double seconds = 0;
  nn::Dataset data;
  if (!dataset.empty()) {
    const double start = cpu_seconds();
    data = nn::read_dataset(dataset, nn::Part::train);
    seconds = cpu_seconds() - start;
  }
  fmt::print("{} {}\n", seconds, peak_megabytes());
  return 0;
}

std::vector<Curve> loading_curves(const Effort& effort, const fs::path& self) {
  const nn::Dataset sample = nn::read_dataset(NN_SAMPLE, nn::Part::train);
  const TemporaryFolder folder;
  double nothing = std::numeric_limits<double>::infinity();
  for (int round = 0; round < effort.rounds(); ++round) nothing = std::min(nothing, load(self, {}).peak_megabytes);

  std::vector<Curve> curves;
  for (const std::string form : {"raw", "gzip"}) {
    const bool small = effort.quick && form == "gzip";  // packing takes longer than all that is measured
    const std::vector<double> counts = doubling(1000, small ? 8000 : 64000);
    const double from = small ? 1.5 : 6;
    Curve time{
        "loading-" + form, "Loading " + form + " IDX files, by size unpacked", "megabytes", "seconds", {{1, 0.5, 1.5}}};
    Curve memory{"memory-" + form,
                 fmt::format("Peak memory to load {} IDX files, beyond {:.0f} MB without data", form, nothing),
                 "megabytes",
                 "peak_mb",
                 {{1, 0.3, from}}};
    for (const double n : counts) {
      stop_if_asked();
      write(folder.path / fmt::format("{}-{}", form, n), sample, nn::uword(n), form == "gzip" ? ".gz" : "");
      time.sizes.push_back(n * double(sample.images.n_rows) / 1e6);
    }
    memory.sizes = time.sizes;
    time.values.assign(counts.size(), std::numeric_limits<double>::infinity());
    memory.values = time.values;
    for (int round = 0; round < effort.rounds(); ++round)
      for (std::size_t i = 0; i < counts.size(); ++i) {
        const Load one = load(self, folder.path / fmt::format("{}-{}", form, counts[i]));
        time.values[i] = std::min(time.values[i], one.seconds);
        memory.values[i] = std::min(memory.values[i], one.peak_megabytes - nothing);
      }
    curves.push_back(time);
    curves.push_back(memory);
  }
  return curves;
}

}  // namespace growth
