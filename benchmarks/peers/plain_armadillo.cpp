// The program that one writes first: Armadillo expressions, one column an image, a matrix for every intermediate
// result.
#include "benchmarks/peers/task.hpp"
#include "nn/support/idx.hpp"
#include "nn/support/random.hpp"

using R = nn::real;
using Mat = arma::Mat<R>;
using Vec = arma::Col<R>;

static Mat one_hot(const nn::uvec& labels) {
  Mat T(10, labels.n_elem, arma::fill::zeros);
  for (nn::uword i = 0; i < labels.n_elem; ++i) T(labels(i), i) = 1;
  return T;
}

static Mat relu(const Mat& Z) { return clamp(Z, R(0), std::numeric_limits<R>::max()); }

static Mat softmax(Mat Z) {
  Z.each_row() -= max(Z, 0);
  Z = exp(Z);
  Z.each_row() /= sum(Z, 0);
  return Z;
}

int main(int argc, char** argv) {
  const peers::Task task = peers::task(argc, argv);
  Mat X, T, X_test;
  nn::uvec labels;
  {
    const nn::Dataset train = nn::read_dataset(task.data, nn::Part::train),
                      test = nn::read_dataset(task.data, nn::Part::test);
    X = arma::conv_to<Mat>::from(train.images) / 255;
    X_test = arma::conv_to<Mat>::from(test.images) / 255;
    T = one_hot(train.labels);
    labels = test.labels;
  }
  const nn::uword h = nn::uword(task.hidden);
  const R rate = R(peers::rate);
  nn::Rng rng(1);
  Mat W1 = nn::random_normal(h, X.n_rows, rng) * std::sqrt(R(2) / X.n_rows),
      W2 = nn::random_normal(10, h, rng) * std::sqrt(R(2) / h);
  Vec b1(h, arma::fill::zeros), b2(10, arma::fill::zeros);
  peers::Readings readings;
  for (int e = 0; e < task.epochs; ++e)
    readings.time([&] {
      const nn::uvec order = nn::random_permutation(X.n_cols, rng);
      for (nn::uword s = 0; s + peers::batch <= X.n_cols; s += peers::batch) {
        const nn::uvec chosen = order.subvec(s, s + peers::batch - 1);
        const Mat x = X.cols(chosen), t = T.cols(chosen);
        Mat z1 = W1 * x;
        z1.each_col() += b1;
        const Mat a1 = relu(z1);
        Mat z2 = W2 * a1;
        z2.each_col() += b2;
        const Mat d2 = (softmax(z2) - t) / R(peers::batch);
        const Mat d1 = (W2.t() * d2) % arma::conv_to<Mat>::from(z1 > 0);
        W2 -= rate * (d2 * a1.t());
        b2 -= rate * sum(d2, 1);
        W1 -= rate * (d1 * x.t());
        b1 -= rate * sum(d1, 1);
      }
    });
  Mat z1 = W1 * X_test;
  z1.each_col() += b1;
  Mat z2 = W2 * relu(z1);
  z2.each_col() += b2;
  readings.print(arma::accu(arma::index_max(z2, 0).t() == labels) / double(labels.n_elem));
}
