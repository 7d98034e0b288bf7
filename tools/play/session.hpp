// One page's data, network and training.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "nn/backprop.hpp"
#include "nn/support/toys.hpp"
#include "tools/play/engine.hpp"
#include "tools/play/words.hpp"

namespace play {

/// What comes first is missing: a page whose engine was begun anew asks for it again.
struct Missing : std::invalid_argument {
  Missing(const std::string& verb, const std::string& thing)
      : std::invalid_argument(verb + ": there is no " + thing + " yet, ask for " + thing + " first"), what_is(thing) {}
  std::string what_is;
};

/// How well a network does on some points.
struct Score {
  double loss = 0, wrong = 0;
};

struct Session {
  nn::ToyData train, test;  ///< test has no points for a truth table and for points of the user's own
  nn::Network network;
  nn::Loss loss = nn::Loss::binary_cross_entropy;
  std::string init;                ///< how the network began
  std::vector<std::string> lacks;  ///< tasks that are not written and were done without
  int lesson = 7;                  ///< it trains with what that lesson teaches
  unsigned long long step = 0, epoch = 0, used = 0;

  // the verbs
  Reply data(const Words& words, std::string_view bytes);
  Reply start(const Words& words, std::string_view bytes);
  Reply load(const Words& words, std::string_view bytes);
  Reply put(const Words& words, std::string_view bytes);
  Reply train_on(const Words& words, std::string_view bytes);
  Reply look(const Words& words, std::string_view bytes);
  Reply at(const Words& words, std::string_view bytes);
  Reply points(const Words& words, std::string_view bytes);
  Reply weights(const Words& words, std::string_view bytes);
  Reply slopes(const Words& words, std::string_view bytes);

 private:
  void require_network(const Words& words) const;
  nn::Network begun(const std::vector<nn::Layer>& shapes, const std::string& how, std::uint64_t seed);
  nn::mat targets(const nn::ToyData& data) const;
  Score score(const nn::ToyData& data) const;
  nn::Network after_a_step(const Words& words);
  nn::Network after_a_batch(double rate, double decay, nn::uword size);
  Reply layers(const std::vector<nn::mat>& outputs) const;

  nn::mat T_;                      ///< the targets of `train` for this network
  nn::Rng rng_;                    ///< what the batches are drawn with
  std::vector<nn::uvec> batches_;  ///< those of the present epoch
  std::size_t next_batch_ = 0;
  nn::uword batch_size_ = 0;
  nn::Trace trace_;
  std::vector<nn::mat> deltas_;
};

/// Throws std::invalid_argument that lists them for a name that is none of nn::Activation.
nn::Activation activation_called(const Words& words, const std::string& key, const std::string& name);
std::string name_of(nn::Activation activation);
/// The float32 numbers that bytes are; throws std::invalid_argument for a part of one.
std::vector<float> floats(std::string_view bytes);
/// The same as a row; throws std::invalid_argument when there are none.
nn::rowvec numbers_of(const Words& words, std::string_view bytes);
/// The entries of M, row by row.
void append(std::vector<float>& numbers, const nn::mat& M);

}  // namespace play
