// What the programs of this folder share: the task, the clocks and the line that each of them prints.
//
//   PROGRAM DATA HIDDEN EPOCHS     784-HIDDEN-10, ReLU, softmax with cross-entropy, batches of 100, rate 0.1, plain SGD
//   conv_PROGRAM DATA HIDDEN EPOCHS     28 x 28 -> 8 filters of 5 x 5, pool 2 -> 16 of 5 x 5, pool 2 -> HIDDEN -> 10,
//                                       ReLU, softmax with cross-entropy, batches of 50, Adam at 0.001
//
// Threads come from OPENBLAS_NUM_THREADS. An epoch is shuffling, gathering, forward, backward and update; reading the
// data and the final test are not part of it.
#pragma once

#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <vector>

namespace peers {

constexpr int batch = 100;
constexpr double rate = 0.1;
constexpr int filter_batch = 50;
constexpr double filter_rate = 1e-3;

struct Task {
  std::filesystem::path data;
  int hidden, epochs;
};

inline Task task(int argc, char** argv) {
  if (argc != 4 || std::atoi(argv[2]) < 1 || std::atoi(argv[3]) < 1) {
    std::fprintf(stderr, "usage: %s DATA HIDDEN EPOCHS   (a folder of IDX files, two numbers from 1)\n", argv[0]);
    std::exit(2);
  }
  return {argv[1], std::atoi(argv[2]), std::atoi(argv[3])};
}

/// The clock on the wall, and the time that the processor gave us.
class Readings {
 public:
  template <class Epoch>
  void time(const Epoch& epoch) {
    const auto wall = std::chrono::steady_clock::now();
    const double cpu = cpu_seconds();
    epoch();
    cpu_.push_back(cpu_seconds() - cpu);
    wall_.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - wall).count());
  }

  /// One line of JSON. `accuracy` on the test set, 0 ... 1; below 0 where nothing is learned.
  void print(double accuracy) const {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    std::printf("{\"wall\": ");
    list(wall_);
    std::printf(", \"cpu\": ");
    list(cpu_);
    std::printf(", \"accuracy\": %.4f, \"peak_megabytes\": %.1f}\n", accuracy, double(usage.ru_maxrss) * 1024 / 1e6);
  }

 private:
  static double cpu_seconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return double(now.tv_sec) + 1e-9 * double(now.tv_nsec);
  }
  static void list(const std::vector<double>& values) {
    for (std::size_t i = 0; i < values.size(); ++i) std::printf("%s%.6f", i ? ", " : "[", values[i]);
    std::printf("]");
  }
  std::vector<double> wall_, cpu_;
};

}  // namespace peers
