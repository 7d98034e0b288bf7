// mlpack's network on ensmallen's SGD, in float.
#define MLPACK_ENABLE_ANN_SERIALIZATION_FMAT
#include <mlpack.hpp>

#include "benchmarks/peers/task.hpp"
#include "nn/support/idx.hpp"

int main(int argc, char** argv) {
  using namespace mlpack;  // which has an nn of its own
  using M = arma::fmat;
  const peers::Task task = peers::task(argc, argv);
  M X, labels, X_test;
  ::nn::uvec truth;
  {
    const ::nn::Dataset train = ::nn::read_dataset(task.data, ::nn::Part::train),
                        test = ::nn::read_dataset(task.data, ::nn::Part::test);
    X = arma::conv_to<M>::from(train.images) / 255;
    X_test = arma::conv_to<M>::from(test.images) / 255;
    labels = arma::conv_to<M>::from(train.labels.t());
    truth = test.labels;
  }
  FFN<NegativeLogLikelihoodType<M>, GaussianInitialization, M> network{NegativeLogLikelihoodType<M>(),
                                                                       GaussianInitialization(0, 0.05)};
  network.Add<LinearType<M>>(std::size_t(task.hidden));
  network.Add<ReLUType<M>>();
  network.Add<LinearType<M>>(10);
  network.Add<LogSoftMaxType<M>>();
  peers::Readings readings;  // its loss is a sum over the batch
  for (int e = 0; e < task.epochs; ++e)
    readings.time([&] {
      ens::StandardSGD sgd(peers::rate / peers::batch, peers::batch, X.n_cols, -1e300);
      sgd.ResetPolicy() = e == 0;
      network.Train(X, labels, sgd);
    });
  M P;
  network.Predict(X_test, P);
  readings.print(arma::accu(arma::index_max(P, 0).t() == truth) / double(truth.n_elem));
}
