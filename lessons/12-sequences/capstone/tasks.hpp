// Three things to remember: a carry, a symbol that came long ago, and who does what in a sentence. What the capstone
// and the figures share. It calls the contracts alone, so it is made of whose bodies it is linked with.
#pragma once

#include <algorithm>

#include "nn/losses.hpp"
#include "nn/sequences.hpp"
#include "nn/support/recurrent.hpp"
#include "nn/support/sentences.hpp"

namespace nn {

/// N sums of two numbers of so many binary digits, the lowest first; one step more for the last carry.
inline Sequence sums(uword digits, uword N, Rng& rng) {
  Sequence batch;
  uvec carry(N, arma::fill::zeros);
  for (uword t = 0; t <= digits; ++t) {
    mat x(2, N, arma::fill::zeros), sum(1, N);
    for (uword n = 0; n < N; ++n) {
      for (uword row = 0; row < 2 && t < digits; ++row) x(row, n) = real(rng.below(2));
      const uword total = uword(x(0, n)) + uword(x(1, n)) + carry(n);
      sum(n) = real(total % 2);
      carry(n) = total / 2;
    }
    batch.x.push_back(x);
    batch.t.push_back(sum);
  }
  return batch;
}

/// N sequences of T symbols out of `classes`, all drawn; after the last one the first is asked for.
inline Sequence first_of(uword T, uword classes, uword N, Rng& rng) {
  Sequence batch;
  for (uword t = 0; t < T; ++t) {
    uvec symbols(N);
    for (uword& symbol : symbols) symbol = rng.below(classes);
    batch.x.push_back(one_hot(symbols, classes));
    batch.t.push_back(t + 1 == T ? batch.x[0] : mat());
  }
  return batch;
}

inline Outputs read(const Recurrent& net, const std::vector<mat>& x) {
  return run(net, x, mat(net.V.n_cols, x[0].n_cols, arma::fill::zeros));
}

/// The share of the sums of which every digit is right.
inline real right_sums(const Recurrent& net, const Sequence& batch) {
  const Outputs said = read(net, batch.x);
  uvec right(batch.x[0].n_cols, arma::fill::ones);
  for (uword t = 0; t < batch.t.size(); ++t)
    for (uword n = 0; n < right.n_elem; ++n) right(n) &= (said.logits[t](0, n) > 0) == (batch.t[t](0, n) == 1);
  return real(accu(right)) / real(right.n_elem);
}

/// The share of the sequences whose first symbol is said at the end.
inline real right_firsts(const Recurrent& net, const Sequence& batch) {
  return 1 - classification_error(read(net, batch.x).logits.back(), batch.t.back());
}

/// How much the next letter surprises the network, in nats: the mean over `streams`. The first 50 letters of each are
/// read and not judged: a network that has learned from streams has seen the state 0 once.
inline real surprise(const Recurrent& net, const std::vector<uvec>& streams) {
  const uword d = net.V.n_rows, steps = streams[0].n_elem - 1, unjudged = 50;
  mat h(net.V.n_cols, streams.size(), arma::fill::zeros);
  real total = 0;
  for (uword t = 0; t < steps; ++t) {
    uvec now(streams.size()), next(streams.size());
    for (uword n = 0; n < streams.size(); ++n) now(n) = streams[n](t), next(n) = streams[n](t + 1);
    const Outputs said = run(net, {one_hot(now, d)}, h);
    if (t >= unjudged) total += softmax_cross_entropy(said.logits[0], one_hot(next, d)) / real(steps - unjudged);
    h = said.states[0];
  }
  return total;
}

/// So many streams of sentences, long enough for so many pieces of `back` letters.
inline std::vector<uvec> streams_of_sentences(uword count, uword pieces, uword back, Rng& rng) {
  std::vector<uvec> streams;
  for (uword n = 0; n < count; ++n) streams.push_back(sentences(pieces * back + 1, rng));
  return streams;
}

/// A plain cell of 16 units after so many batches of 32 sums of 8 digits.
inline Recurrent adder(uword batches, Rng& rng) {
  Recurrent net = plain_cell(2, 16, 1, rng);
  std::vector<Sequence> lessons;
  for (uword batch = 0; batch < batches; ++batch) lessons.push_back(sums(8, 32, rng));
  return train_sequences(std::move(net), lessons, Loss::binary_cross_entropy, real(0.01), 1);
}

/// A cell after so many batches of 32 sequences of T symbols out of 4, whose first one it shall remember.
inline Recurrent rememberer(Recurrent net, uword T, uword batches, Rng& rng) {
  std::vector<Sequence> lessons;
  for (uword batch = 0; batch < batches; ++batch) lessons.push_back(first_of(T, 4, 32, rng));
  return train_sequences(std::move(net), lessons, Loss::cross_entropy, real(0.01), 1);
}

/// A gated cell of 48 units on its way through so many pieces of 30 letters, 32 streams side by side, as it is after
/// the first `done` of them. After two thirds of the way the rate falls to a fifth.
inline Recurrent writer(uword done, uword pieces, Rng& rng) {
  const uword d = Sentences::symbols.size(), back = 30, first = std::min(done, pieces * 2 / 3);
  Recurrent net = gated_cell(d, 48, d, 1, rng);
  const std::vector<uvec> fast = streams_of_sentences(32, pieces * 2 / 3, back, rng);
  const std::vector<uvec> slow = streams_of_sentences(32, pieces - pieces * 2 / 3, back, rng);
  const auto learn = [&](std::vector<uvec> streams, uword count, real rate) {
    for (uvec& stream : streams) stream = uvec(stream.head(count * back + 1));
    if (count > 0) net = train_stream(std::move(net), streams, back, rate, 1);
  };
  learn(fast, first, real(0.01));
  learn(slow, done - first, real(0.002));
  return net;
}

}  // namespace nn
