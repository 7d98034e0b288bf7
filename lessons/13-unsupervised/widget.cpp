// k-means, step by step.
#include "nn/support/toys.hpp"
#include "nn/unsupervised.hpp"
#include "tools/play/figures.hpp"

namespace play {

using namespace nn;

// The first k points are the centres at first.
/// k= steps= seed=: 200 points in four clouds, the number of the nearest centre of each, and the centres after so many
/// steps of k-means; in the head the mean squared distances.
static Reply cluster(const Words& words, std::string_view) {
  Rng rng(words.whole("seed", 1, 0, 1'000'000));
  const mat X = blobs(200, 4, real(0.3), rng).X;
  const Clusters found = k_means(X, X.head_cols(words.whole("k", 4, 1, 6)), words.whole("steps", 0, 0, 100));
  const uvec near = nearest(found.C, X);
  Reply reply{Head()
                  .add("centres", double(found.C.n_cols))
                  .add("J", std::vector<double>(found.J.begin(), found.J.end()))
                  .text(),
              {}};
  append(reply.numbers, X);
  append(reply.numbers, arma::conv_to<rowvec>::from(near));
  append(reply.numbers, found.C);
  return reply;
}

static const Figure cluster_figure("cluster", "k steps seed", cluster);

}  // namespace play
