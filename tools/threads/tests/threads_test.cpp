// Products come out right on any number of threads, whoever asks for them.
#include "tools/threads/threads.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <armadillo>
#include <array>
#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <chrono>
#include <ctime>
#include <limits>
#include <stdexcept>
#include <thread>
#include <vector>

#include "tools/threads/products.hpp"

extern "C" void dgemm_(const char*, const char*, const int*, const int*, const int*, const double*, const double*,
                       const int*, const double*, const int*, const double*, double*, const int*, std::size_t,
                       std::size_t);

using arma::Mat;
using arma::uword;

namespace {

struct Shape {
  uword m, n, k;
};

// Wide, tall, as in a training step, and such that no cut is even; large enough that two, three and five threads get a
// part. The last three are long enough to be computed in pieces.
constexpr std::array<Shape, 9> shapes = {{{100, 100, 784},
                                          {801, 99, 783},
                                          {803, 787, 101},
                                          {10, 2001, 333},
                                          {2003, 11, 337},
                                          {640, 7, 1000},
                                          {8, 4999, 25},
                                          {4999, 25, 8},
                                          {8, 25, 4999}}};

template <class R>
Mat<R> random(uword rows, uword columns) {
  return Mat<R>(rows, columns, arma::fill::randn);
}

/// Rounding apart: each entry of the products here is a sum of so many products of numbers around 1.
template <class R>
bool same(const Mat<R>& A, const Mat<R>& B, uword terms) {
  return arma::approx_equal(A, B, "absdiff", 10 * R(terms) * std::numeric_limits<R>::epsilon());
}

}  // namespace

TEMPLATE_TEST_CASE("a product is the same on any number of threads", "", float, double) {
  arma::arma_rng::set_seed(1);
  for (const auto& [m, n, k] : shapes) {
    CAPTURE(m, n, k);
    const Mat<TestType> A = random<TestType>(m, k), At = A.t(), B = random<TestType>(k, n), Bt = B.t();
    const Mat<TestType> C = random<TestType>(m, n);
    const auto all = [&] {
      std::vector<Mat<TestType>> results(6, C);
      results[0] = A * B;
      results[1] = At.t() * B;
      results[2] = A * Bt.t();
      results[3] = At.t() * Bt.t();
      results[4] += TestType(-0.5) * A * Bt.t();
      results[5] -= At.t() * B;
      return results;
    };
    Mat<TestType> AB(m, n);  // a matrix times a vector is another function of the BLAS
    for (uword j = 0; j < n; ++j) AB.col(j) = A * B.col(j);
    const std::array<Mat<TestType>, 6> expected = {AB, AB, AB, AB, C - TestType(0.5) * AB, C - AB};
    for (const int threads : {1, 2, 3, 5, 64})
      for (const double at_once : {0.0, 1e5}) {
        CAPTURE(threads, at_once);
        REQUIRE(nn::set_threads(threads));
        nn::cut_products(threads, at_once);
        const auto found = all(), again = all();
        for (std::size_t i = 0; i < found.size(); ++i) {
          CAPTURE(i);
          CHECK(same(found[i], expected[i], k));
          CHECK(arma::all(arma::vectorise(again[i] == found[i])));
        }
      }
  }
}

TEST_CASE("a product without rows, columns or terms comes to an end, and one without terms is beta C") {
  for (const double at_once : {0.0, 1e5}) {
    REQUIRE(nn::set_threads(1));
    nn::cut_products(1, at_once);
    const double a = 0, b = 0, alpha = 1, beta = 2;
    double c = 3;
    const int one = 1;
    for (const int size : {0, 1}) {
      const int none = 0;
      dgemm_("N", "N", &size, &size, &none, &alpha, &a, &one, &b, &one, &beta, &c, &one, 1, 1);
      CHECK(c == (size == 0 ? 3 : 6));
    }
  }
}

TEST_CASE("large products are done by several threads, small ones by the one that asks") {
  // The processor's time of this process, beyond that of this thread, as a share of the latter.
  const auto of_others = [](uword size, int times) {
    const arma::mat A = random<double>(size, size), B = random<double>(size, size);
    const auto seconds = [](clockid_t clock) {
      timespec now{};
      clock_gettime(clock, &now);
      return double(now.tv_sec) + 1e-9 * double(now.tv_nsec);
    };
    std::this_thread::sleep_for(std::chrono::milliseconds(20));  // helpers that have just begun fall asleep
    const double process = seconds(CLOCK_PROCESS_CPUTIME_ID), thread = seconds(CLOCK_THREAD_CPUTIME_ID);
    arma::mat C(size, size, arma::fill::zeros);
    for (int i = 0; i < times; ++i) C += A * B;
    CHECK(C.is_finite());
    const double here = seconds(CLOCK_THREAD_CPUTIME_ID) - thread;
    return (seconds(CLOCK_PROCESS_CPUTIME_ID) - process - here) / here;
  };
  REQUIRE(nn::set_threads(1));
  CHECK(of_others(600, 20) < 0.05);
  REQUIRE(nn::set_threads(3));
  double most = 0;
  for (int i = 0; i < 20 && most < 0.3; ++i)
    most = std::max(most, of_others(600, 20));  // where cores are busy, once is enough
  CHECK(most > 0.3);
  CHECK(of_others(60, 20000) < 0.05);
}

TEST_CASE("several threads may multiply at once") {
  REQUIRE(nn::set_threads(2));
  const arma::mat A = random<double>(300, 300), expected = A * A;
  std::array<int, 4> wrong{};
  std::vector<std::thread> others;
  for (int& mine : wrong)
    others.emplace_back([&] {
      for (int i = 0; i < 50; ++i) mine += !same<double>(A * A, expected, A.n_cols);
    });
  for (std::thread& other : others) other.join();
  CHECK(wrong == std::array<int, 4>{});
}

TEST_CASE("a child process without the helpers multiplies alone") {
  REQUIRE(nn::set_threads(2));
  const arma::mat A = random<double>(300, 300), expected = A * A;
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) _exit(same<double>(A * A, expected, A.n_cols) ? 0 : 1);
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK(status == 0);
}

TEST_CASE("threads() says what was set; what is no number of threads is refused") {
  REQUIRE(nn::set_threads(3));
  CHECK(nn::threads() == 3);
  CHECK_THROWS_MATCHES(nn::set_threads(0), std::invalid_argument,
                       Catch::Matchers::Message("set_threads: 0, expected 1 to 1024"));
  CHECK_THROWS_AS(nn::set_threads(1025), std::invalid_argument);
  CHECK(nn::threads() == 3);
}
