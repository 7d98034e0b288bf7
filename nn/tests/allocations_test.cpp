// A warm training step asks for no memory: every allocation of our code is counted, and one more step must not cost one
// more. Armadillo takes its memory by posix_memalign, the standard library by operator new; what BLAS does for itself
// is not counted.
#include <catch2/catch_test_macros.hpp>
#include <cerrno>
#include <cstdlib>
#include <new>

#include "nn/training.hpp"

static bool counting = false;
static long allocations = 0;

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
extern "C" int posix_memalign(void** memory, std::size_t alignment, std::size_t size) {
  allocations += counting;
  *memory = std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
  return *memory ? 0 : ENOMEM;
}

void* operator new(std::size_t size) {
  allocations += counting;
  if (void* memory = std::malloc(size > 0 ? size : 1)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
#endif

namespace nn {
namespace {

template <class Run>
long allocations_of(Run run) {
  allocations = 0;
  counting = true;
  run();
  counting = false;
  return allocations;
}

Dataset some_data() {
  Rng rng(7);
  Dataset data{bytes(60, 200), uvec(200), 60, 1, 10};
  for (auto& pixel : data.images) pixel = std::uint8_t(rng.below(256));
  for (uword& label : data.labels) label = rng.below(10);
  return data;
}

Network some_network(Activation hidden, Activation output) {
  Rng rng(8);
  return {he_init(40, 60, hidden, rng), he_init(30, 40, hidden, rng), he_init(10, 30, output, rng)};
}

/// Not under a sanitizer, and not where Armadillo takes its memory elsewhere.
bool can_count() {
  return allocations_of([] { mat A(30, 30), B(7, 7); }) == 2;
}

TEST_CASE("the counter counts") {
  if (!can_count()) SKIP("allocations cannot be counted here");
  CHECK(allocations_of([] { std::vector<int> v(100); }) == 1);
  CHECK(allocations_of([] { mat A(4, 4); }) == 0);  // so small that it lives in the matrix itself
}

TEST_CASE("a warm step of each function asks for no memory") {
  if (!can_count()) SKIP("allocations cannot be counted here");
  const Dataset data = some_data();
  const uvec indices = arma::regspace<uvec>(100, 119);
  Network network = some_network(Activation::relu, Activation::softmax);
  Batch batch = gather(data, indices);
  Trace trace = forward_trace(network, batch.X);
  std::vector<mat> deltas = backward_deltas(network, trace, batch.T, Loss::cross_entropy);
  real loss = 0;
  CHECK(allocations_of([&] { batch = gather(data, indices, std::move(batch)); }) == 0);
  CHECK(allocations_of([&] { trace = forward_trace(network, batch.X, std::move(trace)); }) == 0);
  CHECK(allocations_of(
            [&] { deltas = backward_deltas(network, trace, batch.T, Loss::cross_entropy, std::move(deltas)); }) == 0);
  CHECK(allocations_of([&] { network = decay_weights(std::move(network), real(0.1), real(0.01)); }) == 0);
  CHECK(allocations_of([&] { network = descend(std::move(network), batch.X, trace, deltas, real(0.1)); }) == 0);
  CHECK(allocations_of([&] { loss = loss_value(Loss::cross_entropy, trace.A.back(), batch.T); }) == 0);
  CHECK(loss > 0);
}

TEST_CASE("a longer epoch asks for no more memory than a short one") {
  if (!can_count()) SKIP("allocations cannot be counted here");
  const Dataset data = some_data();
  const Network network = some_network(Activation::relu, Activation::softmax);
  const Options options{.rate = real(0.05), .weight_decay = real(0.001)};
  const auto epoch = [&](uword steps) {
    Rng rng(9);
    const uvec indices = random_permutation(200, rng).head(20 * steps - 7);
    const std::vector<uvec> batches = shuffled_batches(indices, 20, rng);  // the last one is short
    return allocations_of([&] { (void)train_epoch(network, data, batches, options); });
  };
  const long few = epoch(3), many = epoch(9);
  CHECK(many - few == 0);
}

}  // namespace
}  // namespace nn
