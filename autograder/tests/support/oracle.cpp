#include "autograder/tests/support/oracle.hpp"

#include <catch2/interfaces/catch_interfaces_capture.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <stdexcept>
#include <vector>

namespace nn {

namespace {

constexpr const char *write_to = "NN_ORACLE_WRITE", *compare_with = "NN_ORACLE_COMPARE";

/// What an oracle said in a test: "name: numbers" below "= test".
struct Lines {
  std::vector<std::string> all;
  std::size_t told = 0, told_again = 0;
};
using LinesOfFile = std::map<std::pair<std::string, std::string>, Lines>;  // by test and oracle

std::map<std::string, LinesOfFile>& files() {
  static std::map<std::string, LinesOfFile> read;
  return read;
}

/// The test that runs once more.
std::optional<std::string> test_again;

LinesOfFile& lines_of(const std::string& file) {
  auto& read = files();
  const auto known = read.find(file);
  if (known != read.end()) return known->second;
  std::ifstream in(file);
  if (!in) throw std::runtime_error(file + " cannot be read; it holds what these tests expect");
  LinesOfFile& lines = read[file];
  std::string test;
  for (std::string line; std::getline(in, line);) {
    const auto colon = line.find(": ");
    if (line.rfind("= ", 0) == 0) test = line.substr(2);
    else if (colon != std::string::npos) lines[{test, line.substr(0, colon)}].all.push_back(line.substr(colon + 2));
  }
  return lines;
}

std::string running_test() { return test_again ? *test_again : Catch::getResultCapture().getCurrentTestName(); }

std::string next_line(const std::string& name, const std::string& file) {
  Lines& lines = lines_of(file)[{running_test(), name}];
  std::size_t& told = test_again ? lines.told_again : lines.told;
  if (told == lines.all.size())
    throw std::runtime_error(fmt::format("{} holds no more of '{}' for this test", file, name));
  return lines.all[told++];
}

/// Another compiler or C library may round otherwise.
bool same_numbers(const std::string& a, const std::string& b) {
  const char *at = a.c_str(), *other = b.c_str();
  for (;;) {
    char *end = nullptr, *other_end = nullptr;
    const double x = std::strtod(at, &end), y = std::strtod(other, &other_end);
    if (end == at || other_end == other) return end == at && other_end == other;
    if (!(x == y || std::abs(x - y) <= 1e-7 * (1 + std::abs(x)) || (std::isnan(x) && std::isnan(y)))) return false;
    at = end, other = other_end;
  }
}

}  // namespace

bool detail::oracles_are_kept() {
  if (Looking::depth > 0)
    throw std::logic_error("an oracle is asked about what a student's code does: that call cannot be kept");
  if (test_again) return false;
  static const bool kept = std::getenv(write_to) || std::getenv(compare_with);
  return kept;
}

void detail::oracle_said(const std::string& name, const std::string& numbers) {
  if (const char* file = std::getenv(compare_with)) {
    if (!same_numbers(next_line(name, file), numbers))
      throw std::runtime_error(
          fmt::format("{} holds other numbers of '{}'; the target oracle_values writes it anew", file, name));
    return;
  }
  static std::ofstream out(std::getenv(write_to));
  static std::string test;
  if (const std::string now = running_test(); now != test) out << "= " << (test = now) << '\n';
  out << name << ": " << numbers << '\n';
  if (!out.flush()) throw std::runtime_error(fmt::format("{} cannot be written", std::getenv(write_to)));
}

std::string detail::oracle_line(const std::string& name, const char* file) {
  const std::filesystem::path tests = file;
  const char* seed = std::getenv("NN_TEST_SEED");
  if (seed && std::strtoull(seed, nullptr, 0) != 0)
    throw std::runtime_error("NN_TEST_SEED is set, but the values of these tests are kept for seed 0 alone; unset it");
  return next_line(name, (tests.parent_path() / "values" / tests.stem()).string() + ".txt");
}

OraclesAgain::OraclesAgain(const std::string& test) {
  test_again = test;
  for (auto& [file, lines] : files())
    for (auto& [key, of_one] : lines) of_one.told_again = 0;
}

OraclesAgain::~OraclesAgain() { test_again.reset(); }

std::string oracle_values_left() {
  const char* file = std::getenv(compare_with);
  if (!file) return "";
  for (const auto& [key, lines] : lines_of(file))
    if (const std::size_t left = lines.all.size() - lines.told; left > 0)
      return fmt::format("{} holds {} more of '{}' in '{}'; the target oracle_values writes it anew", file, left,
                         key.second, key.first);
  return "";
}

}  // namespace nn
