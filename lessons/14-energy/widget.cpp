// A memory of digits.
#include "nn/energy.hpp"
#include "tools/play/figures.hpp"

namespace play {

using namespace nn;

// 1 for ink and -1 for paper.
static mat signs_of(const mat& V) { return sign(V - real(0.5)) + arma::conv_to<mat>::from(V == real(0.5)); }

/// kept= shown= turned= sweeps= seed=, and images as bytes, one for each kept: the image `shown` with a share of its
/// pixels turned, and what a Hopfield network that keeps them all makes of it; in the head its overlap with the image.
static Reply remember(const Words& words, std::string_view bytes) {
  const uword kept = words.whole("kept", 2, 1, 10), shown = words.whole("shown", 0, 0, kept - 1);
  const rowvec pixels = numbers_of(words, bytes);
  if (pixels.n_elem % kept != 0)
    throw std::invalid_argument("remember: expected images of one size, one for each kept");
  const mat P = signs_of(reshape(pixels, pixels.n_elem / kept, kept));
  Rng rng(words.whole("seed", 1, 0, 1'000'000));
  vec damaged = P.col(shown);
  const uvec turned = random_permutation(damaged.n_elem, rng);
  damaged(turned.head(uword(words.number("turned", 0.2, 0, 1) * double(damaged.n_elem)))) *= -1;
  const vec found = recall(store(P), damaged, rng, words.whole("sweeps", 10, 0, 100));
  Reply reply{Head().add("overlap", double(dot(found, P.col(shown))) / double(found.n_elem)).text(), {}};
  append(reply.numbers, damaged.t());
  append(reply.numbers, found.t());
  return reply;
}

static const Figure remember_figure("remember", "kept shown turned sweeps seed", remember);

}  // namespace play
