// Lesson 10's network written by hand: buffers made once, patches copied row by row, pooling, bias and ReLU in one
// pass, the slopes of the places that lost never computed, Adam in one pass. Compiled with -ffast-math.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/kept_memory.hpp"
#include "benchmarks/peers/blas.hpp"
#include "benchmarks/peers/task.hpp"
#include "nn/support/idx.hpp"
#include "nn/support/random.hpp"

using R = nn::real;
using Numbers = std::vector<R>;

namespace {

constexpr int N = peers::filter_batch, size = 5;

Numbers numbers(int n) { return Numbers(std::size_t(n)); }

/// W, b and all that Adam keeps of them; the bias is the last column of W.
struct Parameters {
  int rows, cols;
  Numbers w, dw, m, v;

  Parameters(int units, int inputs, nn::Rng& rng)
      : rows(units), cols(inputs), w(numbers(units * (inputs + 1))), dw(w), m(w), v(w) {
    const nn::mat W = nn::random_normal(nn::uword(units), nn::uword(inputs), rng) * std::sqrt(R(2) / R(inputs));
    std::copy(W.begin(), W.end(), w.begin());
  }
  R* bias() { return w.data() + rows * cols; }
  R* bias_slope() { return dw.data() + rows * cols; }

  void step(int t) {
    const R b1 = R(0.9), b2 = R(0.999), root = std::sqrt(1 - std::pow(b2, R(t)));
    const R rate = R(peers::filter_rate) * root / (1 - std::pow(b1, R(t))), epsilon = R(1e-8) * root;
    for (std::size_t i = 0; i < w.size(); ++i) {
      m[i] = b1 * m[i] + (1 - b1) * dw[i];
      v[i] = b2 * v[i] + (1 - b2) * dw[i] * dw[i];
      w[i] -= rate * m[i] / (std::sqrt(v[i]) + epsilon);
    }
  }

  /// dW = D X', db = the row sums of D.
  void slopes(const R* D, const R* X, int n) {
    peers::gemm(false, true, rows, cols, n, 1, D, X, 0, dw.data());
    std::fill(bias_slope(), bias_slope() + rows, R(0));
    for (int j = 0; j < n; ++j)
      for (int i = 0; i < rows; ++i) bias_slope()[i] += D[j * rows + i];
  }
};

/// A layer of filters with pooling by two, for a whole batch.
struct Filters {
  int side, channels, places, patch;
  Parameters p;
  Numbers P, Z, A, dP;
  std::vector<int> winner;

  Filters(int image_side, int image_channels, int filters, nn::Rng& rng)
      : side(image_side),
        channels(image_channels),
        places(side - size + 1),
        patch(size * size * channels),
        p(filters, patch, rng),
        P(numbers(patch * places * places * N)),
        Z(numbers(filters * places * places * N)),
        A(numbers(int(Z.size()) / 4)),
        winner(A.size()) {}

  void unfold(const R* X, int n) {
    const int row = size * channels;
    R* to = P.data();
    for (int image = 0; image < n; ++image)
      for (int r = 0; r < places; ++r)
        for (int c = 0; c < places; ++c)
          for (int i = 0; i < size; ++i, to += row) {
            const R* from = X + ((image * side + r + i) * side + c) * channels;
            for (int k = 0; k < row; ++k) to[k] = from[k];
          }
  }

  void fold(R* X) {
    dP.resize(P.size());
    peers::gemm(true, false, patch, places * places * N, p.rows, 1, p.w.data(), Z.data(), 0, dP.data());
    std::fill(X, X + side * side * channels * N, R(0));
    const int row = size * channels;
    const R* from = dP.data();
    for (int image = 0; image < N; ++image)
      for (int r = 0; r < places; ++r)
        for (int c = 0; c < places; ++c)
          for (int i = 0; i < size; ++i, from += row) {
            R* to = X + ((image * side + r + i) * side + c) * channels;
            for (int k = 0; k < row; ++k) to[k] += from[k];
          }
  }

  const R* forward(const R* X, int n) {
    unfold(X, n);
    peers::gemm(false, false, p.rows, places * places * n, patch, 1, p.w.data(), P.data(), 0, Z.data());
    const int f = p.rows;
    int to = 0;
    for (int row = 0; row < places * n; row += 2)
      for (int c = 0; c < places; c += 2, to += f) {
        const int a = (row * places + c) * f;
        const int corners[] = {a, a + f, a + places * f, a + places * f + f};
        for (int i = 0; i < f; ++i) {
          int best = corners[0] + i;
          for (const int corner : corners) best = Z[std::size_t(corner + i)] > Z[std::size_t(best)] ? corner + i : best;
          winner[std::size_t(to + i)] = best;
          A[std::size_t(to + i)] = std::max(Z[std::size_t(best)] + p.bias()[i], R(0));
        }
      }
    return A.data();
  }

  /// From the slope of A; Z becomes that of Z.
  void backward(const R* dA) {
    std::fill(Z.begin(), Z.end(), R(0));
    for (std::size_t i = 0; i < A.size(); ++i) Z[std::size_t(winner[i])] = A[i] > 0 ? dA[i] : 0;
    p.slopes(Z.data(), P.data(), places * places * N);
  }
};

struct Network {
  Filters first, second;
  Parameters hidden, output;
  Numbers X, A, Y, dA, dX, dFirst;
  int t = 0;

  Network(int units, nn::Rng& rng)
      : first(28, 1, 8, rng),
        second(12, 8, 16, rng),
        hidden(units, 256, rng),
        output(10, units, rng),
        X(numbers(784 * N)),
        A(numbers(units * N)),
        Y(numbers(10 * N)),
        dA(A),
        dX(numbers(256 * N)),
        dFirst(numbers(12 * 12 * 8 * N)) {}

  void load(int column, const std::uint8_t* image) {
    for (int i = 0; i < 784; ++i) X[std::size_t(column * 784 + i)] = R(image[i]) * R(1 / 255.0);
  }

  static void dense(Parameters& p, const R* in, R* out, int n) {
    for (int j = 0; j < n; ++j) std::memcpy(out + j * p.rows, p.bias(), std::size_t(p.rows) * sizeof(R));
    peers::gemm(false, false, p.rows, n, p.cols, 1, p.w.data(), in, 1, out);
  }

  void forward(int n) {
    dense(hidden, second.forward(first.forward(X.data(), n), n), A.data(), n);
    for (R& a : A) a = std::max(a, R(0));
    dense(output, A.data(), Y.data(), n);
  }

  void learn(const std::vector<int>& labels) {
    for (int j = 0; j < N; ++j) {  // Y becomes (softmax(Y) - T) / N
      R* y = Y.data() + j * 10;
      const R top = *std::max_element(y, y + 10);
      R sum = 0;
      for (int c = 0; c < 10; ++c) sum += y[c] = std::exp(y[c] - top);
      for (int c = 0; c < 10; ++c) y[c] = (y[c] / sum - R(c == labels[std::size_t(j)])) / N;
    }
    peers::gemm(true, false, hidden.rows, N, 10, 1, output.w.data(), Y.data(), 0, dA.data());
    for (std::size_t i = 0; i < A.size(); ++i) dA[i] = A[i] > 0 ? dA[i] : 0;
    output.slopes(Y.data(), A.data(), N);
    hidden.slopes(dA.data(), second.A.data(), N);
    peers::gemm(true, false, 256, N, hidden.rows, 1, hidden.w.data(), dA.data(), 0, dX.data());
    second.backward(dX.data());
    second.fold(dFirst.data());
    first.backward(dFirst.data());
    ++t;
    for (Parameters* each : {&first.p, &second.p, &hidden, &output}) each->step(t);
  }
};

}  // namespace

int main(int argc, char** argv) {
  const peers::Task task = peers::task(argc, argv);
  base::keep_memory();  // for its large pages, as the others
  const nn::Dataset train = nn::read_dataset(task.data, nn::Part::train),
                    test = nn::read_dataset(task.data, nn::Part::test);
  nn::Rng rng(1);
  Network network(task.hidden, rng);
  std::vector<int> labels(N);
  peers::Readings readings;
  for (int e = 0; e < task.epochs; ++e)
    readings.time([&] {
      const nn::uvec order = nn::random_permutation(train.size(), rng);
      for (nn::uword s = 0; s + N <= train.size(); s += N) {
        for (int j = 0; j < N; ++j) {
          const nn::uword i = order(s + nn::uword(j));
          network.load(j, train.images.colptr(i));
          labels[std::size_t(j)] = int(train.labels(i));
        }
        network.forward(N);
        network.learn(labels);
      }
    });
  int right = 0;
  for (nn::uword s = 0; s + N <= test.size(); s += N) {
    for (int j = 0; j < N; ++j) network.load(j, test.images.colptr(s + nn::uword(j)));
    network.forward(N);
    for (int j = 0; j < N; ++j) {
      const R* y = network.Y.data() + j * 10;
      right += nn::uword(std::max_element(y, y + 10) - y) == test.labels(s + nn::uword(j));
    }
  }
  readings.print(right / double(test.size()));
}
