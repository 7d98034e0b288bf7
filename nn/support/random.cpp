// The same numbers on every platform: only integers and what IEEE 754 rounds exactly (+ - * / sqrt), no log or cos of
// the system's library, and no product that a compiler could fuse with a sum (a fused multiply-add rounds once less).
// The build must leave IEEE arithmetic alone for this file: no -ffast-math, and -ffp-contract=off.
#include "nn/support/random.hpp"

#include <cfloat>
#include <cmath>
#include <limits>
#include <string>

#include "nn/support/shape.hpp"

#ifdef __FAST_MATH__
#error "random.cpp is compiled with -ffast-math, expected IEEE arithmetic: remove the flag for this file"
#endif
static_assert(FLT_EVAL_METHOD == 0,
              "random.cpp needs doubles rounded to 64 bits: on 32-bit x86 add -msse2 -mfpmath=sse");
static_assert(std::numeric_limits<double>::is_iec559 && std::numeric_limits<double>::digits == 53);

namespace nn {
namespace {

/// a * b, rounded here and now.
double times(double a, double b) {
  volatile double product = a * b;
  return product;
}

/// The natural logarithm for 0 < x < 1, to a relative error below 1e-15: x = m 2^e with sqrt(1/2) <= m < sqrt(2), and
/// log m = 2 atanh(t) = 2 (t + t^3/3 + t^5/5 + ...) with t = (m-1) / (m+1).
double natural_log(double x) {
  constexpr double ln2_high = 0x1.62e42feep-1;       // 32 bits, so that its product with e is exact
  constexpr double ln2_low = 0x1.a39ef35793c76p-33;  // log 2 - ln2_high
  int e = 0;
  double m = std::frexp(x, &e);
  if (m < 0x1.6a09e667f3bcdp-1) {
    m *= 2;
    --e;
  }
  const double t = (m - 1) / (m + 1);
  const double t2 = times(t, t);  // at most 0.0295: t2^12 is below the last digit
  double tail = 0;                // t^2/3 + t^4/5 + ... + t^24/25
  for (int k = 25; k >= 3; k -= 2) tail = times(tail + 1.0 / k, t2);
  return times(e, ln2_high) + (2 * t + (times(2 * t, tail) + times(e, ln2_low)));
}

/// [low, high) from 53 random bits; the last step back keeps `high` out where rounding would let it in.
real scale(double unit, real low, real high) {
  const real x = static_cast<real>(low + times(static_cast<double>(high) - low, unit));
  return x < high || low == high ? x : std::nextafter(high, low);
}

void require_interval(real low, real high, const std::string& function) {
  require(std::isfinite(low) && std::isfinite(high) && low <= high && std::isfinite(high - low), function,
          "the interval is [" + std::to_string(low) + ", " + std::to_string(high) +
              "), expected low <= high, both finite and not so far apart that high - low overflows");
}

}  // namespace

Rng::result_type Rng::operator()() {
  std::uint64_t z = (state += 0x9e3779b97f4a7c15u);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

real Rng::uniform() {
  constexpr int digits = std::numeric_limits<real>::digits;  // as many bits as fit: rounding could reach 1
  constexpr real unit = real{1} / (std::uint64_t{1} << digits);
  return static_cast<real>((*this)() >> (64 - digits)) * unit;
}

real Rng::uniform(real low, real high) {
  require_interval(low, high, "uniform");
  return scale(static_cast<double>((*this)() >> 11) * 0x1p-53, low, high);
}

/// Marsaglia's polar method: for (u, v) uniform in the unit disc, s = u^2 + v^2, u sqrt(-2 log(s) / s) is normal.
real Rng::normal() {
  for (;;) {
    const double u = static_cast<double>(static_cast<std::int64_t>((*this)()) >> 10) * 0x1p-53;  // [-1, 1)
    const double v = static_cast<double>(static_cast<std::int64_t>((*this)()) >> 10) * 0x1p-53;
    const double s = times(u, u) + times(v, v);
    if (s > 0 && s < 1) return static_cast<real>(times(u, std::sqrt(-2 * natural_log(s) / s)));
  }
}

uword Rng::below(uword n) {
  require(n > 0, "below", "n is 0, expected at least 1: there is no number in 0 ... -1");
  const std::uint64_t uneven =
      -static_cast<std::uint64_t>(n) % n;  // 2^64 mod n: so many draws would favour small numbers
  for (;;) {
    const std::uint64_t bits = (*this)();
    if (bits >= uneven) return static_cast<uword>(bits % n);
  }
}

mat random_normal(uword rows, uword cols, Rng& rng) {
  mat X(rows, cols);
  for (real& x : X) x = rng.normal();
  return X;
}

mat random_uniform(uword rows, uword cols, real low, real high, Rng& rng) {
  require_interval(low, high, "random_uniform");
  mat X(rows, cols);
  for (real& x : X) x = rng.uniform(low, high);
  return X;
}

uvec random_permutation(uword n, Rng& rng) {
  uvec order(n);
  for (uword i = 0; i < n; ++i) order(i) = i;
  for (uword left = n; left > 1; --left) std::swap(order(left - 1), order(rng.below(left)));
  return order;
}

}  // namespace nn
