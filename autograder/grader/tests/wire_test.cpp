// The reader of what a stranger writes (autograder/remote/bytes.hpp): every value comes back as it went, and rubbish is
// refused without harm. Run it in a build with sanitizers too.
#include <fmt/format.h>
#include <sys/resource.h>

#include <map>
#include <random>

#include "autograder/remote/values.hpp"
#include "contracts/multilayer.hpp"
#include "contracts/training.hpp"

namespace nn::detail {

static int failures = 0;

template <class T>
static std::string written(const T& value) {
  std::string bytes;
  ByteWriter{bytes}(value);
  return bytes;
}

/// Reads `bytes` as a T; true when it was one, false when it was refused.
template <class T>
static bool readable(const std::string& bytes) {
  try {
    T value{};
    ByteReader in(bytes);
    in(value);
    in.finish();
    return true;
  } catch (const MalformedMessage&) {
    return false;
  } catch (const std::exception& e) {
    ++failures;
    fmt::print("NOT SO: rubbish was answered with another exception: {}\n", e.what());
    return false;
  }
}

template <class T>
static void prove(const char* name, const T& value, std::mt19937_64& random) {
  const std::string bytes = written(value);
  T again{};
  ByteReader in(bytes);
  in(again);
  in.finish();
  if (written(again) != bytes) ++failures, fmt::print("NOT SO: {} came back as something else\n", name);

  int refused = 0;
  constexpr int rounds = 20000;
  for (int round = 0; round < rounds; ++round) {
    std::string damaged = bytes;
    const int changes = 1 + int(random() % 4);
    for (int i = 0; i < changes && !damaged.empty(); ++i) switch (random() % 5) {
        case 0: damaged[random() % damaged.size()] = char(random()); break;
        case 1: damaged[random() % damaged.size()] = char(0xff); break;
        case 2: damaged.resize(random() % damaged.size()); break;
        case 3: damaged.insert(random() % damaged.size(), std::string(random() % 20, char(random()))); break;
        default: {  // a length of any size
          const std::uint64_t length = random() >> (random() % 64);
          if (damaged.size() >= 8) std::memcpy(damaged.data() + random() % (damaged.size() - 7), &length, 8);
        }
      }
    refused += !readable<T>(damaged);
  }
  for (std::size_t size = 0; size < bytes.size(); ++size)
    if (readable<T>(bytes.substr(0, size)))
      ++failures, fmt::print("NOT SO: {} was read from its first {} bytes\n", name, size);
  for (const char surplus : {'\0', '\1', '\xff'})
    if (readable<T>(bytes + surplus)) ++failures, fmt::print("NOT SO: {} was read with a byte left over\n", name);
  fmt::print("{}: {} bytes, {} of {} damaged messages refused\n", name, bytes.size(), refused, rounds);
}

static void refuses(const char* what, const std::string& bytes, bool (*read)(const std::string&)) {
  if (read(bytes)) ++failures, fmt::print("NOT SO: {} was taken\n", what);
}

static std::string words(std::initializer_list<std::uint64_t> values) {
  std::string bytes;
  for (const std::uint64_t value : values) bytes += written(value);
  return bytes;
}

static int run() {
#ifndef __SANITIZE_ADDRESS__  // which reserves terabytes for itself
  const rlimit memory{std::size_t{1} << 30, std::size_t{1} << 30};
  setrlimit(RLIMIT_AS, &memory);  // memory taken on trust shows
#endif
  std::mt19937_64 random(1);
  const mat A(2, 3, arma::fill::randu);
  const vec b(2, arma::fill::randu);
  const Network network = {{A, b, Activation::relu}, {A.t(), vec(3, arma::fill::ones), Activation::softmax}};
  prove("real", real(0.5), random);
  prove("mat", A, random);
  prove("empty mat", mat(), random);
  prove("Learned", Learned{{b, 1}, 2, true, {{b, 1}, {b, 2}}}, random);
  prove("Network", network, random);
  prove("Trained", Trained{network, b}, random);
  prove("Gradients", Gradients{1, {A, A}, {b}}, random);
  prove("Trace", Trace{{A, A}, {A}}, random);
  prove("batches", std::vector<uvec>{{1, 2, 3}, {}}, random);
  prove("optional", std::optional<real>(2), random);
  prove("Dataset", Dataset{bytes(4, 3, arma::fill::ones), {0, 1, 0}, 2, 2, 2}, random);
  prove("Options", Options{}, random);
  prove("Run", Run{network, 1, {{1, 0.5, 0.5, 0.5}}}, random);
  prove("Rng", Rng(7), random);
  prove("pair", std::pair<Network, uword>{network, 3}, random);
  prove("tuple", std::tuple<mat, bool, rowvec>{A, true, {1, 2}}, random);
  prove("array", std::array<vec, 2>{b, b}, random);
  prove("map", std::map<std::string, real>{{"momentum", 0.9}, {"rate", 0.1}}, random);
  prove("truth values", std::vector<bool>{true, false, true}, random);

  constexpr std::uint64_t huge = std::uint64_t{1} << 60;
  refuses("a matrix of 2^60 x 0", words({huge, 0}), readable<mat>);
  refuses("a matrix of 2^32 x 2^32", words({huge >> 28, huge >> 28, 0}), readable<mat>);
  refuses("a matrix of 2^23 x 2^23", words({1 << 23, 1 << 23, 0}), readable<mat>);
  refuses("a vector of two columns", words({1, 2, 0, 0}), readable<vec>);
  refuses("a row of two rows", words({2, 1, 0, 0}), readable<rowvec>);
  refuses("a list of 2^60", words({huge, 0}), readable<std::vector<mat>>);
  refuses("a text of 2^60", words({huge}), readable<std::string>);
  refuses("a list that needs more memory than a message may", words({3'000'000}) + std::string(48'000'000, '\0'),
          readable<std::vector<mat>>);
  refuses("a truth value of 7", std::string(1, '\7'), readable<bool>);
  refuses("a map with one key twice", words({2}) + written(std::pair{1, 2}) + written(std::pair{1, 3}),
          readable<std::map<int, int>>);
  fmt::print("{}\n", failures == 0 ? "all as it must be" : "NOT as it must be");
  return failures == 0 ? 0 : 1;
}

}  // namespace nn::detail

int main() { return nn::detail::run(); }
