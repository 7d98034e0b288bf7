// Three things to look back for: a place in a list, who does what in a sentence, and what was read already. What the
// capstone and the figures share. It calls the contracts alone, so it is made of whose bodies it is linked with.
#pragma once

#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "nn/losses.hpp"
#include "nn/support/recurrent.hpp"
#include "nn/support/sentences.hpp"
#include "nn/support/transformer.hpp"

namespace nn {

/// Copying: 16 different symbols out of 20, then 9 of them again, from a place that nobody announces. The last 8 can be
/// known: what followed the symbol just read when it stood there before?
struct Copying {
  static constexpr uword symbols = 20, shown = 16, answers = 8, tokens = shown + answers;
};

inline Tokens copies(uword N, Rng& rng) {
  Tokens batch{arma::umat(Copying::tokens, N), arma::umat(Copying::tokens, N)};
  for (uword n = 0; n < N; ++n) {
    const uvec shown = random_permutation(Copying::symbols, rng).head(Copying::shown);
    const uword from = rng.below(Copying::shown - Copying::answers);
    const uvec all = join_cols(shown, shown.subvec(from, from + Copying::answers));
    batch.read.col(n) = all.head(Copying::tokens);
    batch.say.col(n) = all.tail(Copying::tokens);
    batch.say.col(n).head(Copying::shown).fill(Copying::symbols);
  }
  return batch;
}

/// Lessons in two parts: the rate of the last quarter or third is so many times slower.
struct Plan {
  uword batches, fast;
  real slower;
  real rate = real(0.005);
};

/// The network after the first `done` batches of a plan, each made by `batch(rng)`.
template <class Net, class Make, class Train>
Net taught(Net net, uword done, const Plan& plan, Rng& rng, Make batch, Train train) {
  std::vector<decltype(batch(rng))> fast, slow;
  for (uword i = 0; i < plan.batches; ++i) {
    auto made = batch(rng);
    if (i < done) (i < plan.fast ? fast : slow).push_back(std::move(made));
  }
  if (!fast.empty()) net = train(std::move(net), fast, plan.rate);
  if (!slow.empty()) net = train(std::move(net), slow, plan.rate / plan.slower);
  return net;
}

inline Transformer taught_tokens(Transformer net, uword done, const Plan& plan, Rng& rng,
                                 Tokens (*batch)(uword, Rng&)) {
  return taught(
      std::move(net), done, plan, rng, [&](Rng& r) { return batch(16, r); },
      [](Transformer start, const std::vector<Tokens>& batches, real rate) {
        return train_tokens(std::move(start), batches, rate, 1);
      });
}

constexpr Plan copying_plan{3000, 2250, 5};

/// Two heads of 16 rows in each of so many blocks, after `done` batches of 16 sequences.
inline Transformer copier(uword blocks, uword done, Rng& rng) {
  Transformer net = transformer(Copying::symbols, real(0.6) * positions(32, Copying::tokens, 100), blocks, 2, 64, rng);
  return taught_tokens(std::move(net), done, copying_plan, rng, copies);
}

/// One-hot columns; of what is no symbol a column of zeros.
inline mat columns_of(const arma::umat& symbols, uword k) {
  mat X(k, symbols.n_elem, arma::fill::zeros);
  for (uword i = 0; i < symbols.n_elem; ++i)
    if (symbols(i) < k) X(symbols(i), i) = 1;
  return X;
}

/// The same lessons for a network of lesson 12.
inline Sequence as_sequence(const Tokens& batch, uword k) {
  Sequence sequence;
  for (uword t = 0; t < batch.read.n_rows; ++t) {
    sequence.x.push_back(columns_of(batch.read.row(t), k));
    const mat answer = columns_of(batch.say.row(t), k);
    sequence.t.push_back(accu(answer) > 0 ? answer : mat());
  }
  return sequence;
}

/// A gated cell of 64 units, which has about as many numbers as two blocks.
inline Recurrent copying_cell(uword done, Rng& rng) {
  constexpr uword k = Copying::symbols;
  return taught(
      gated_cell(k, 64, k, 1, rng), done, copying_plan, rng, [](Rng& r) { return as_sequence(copies(16, r), k); },
      [](Recurrent start, const std::vector<Sequence>& batches, real rate) {
        return train_sequences(std::move(start), batches, Loss::cross_entropy, rate, 1);
      });
}

/// The share of the judged tokens that are said; `logits(n)` are those of sequence n.
template <class Logits>
double share_said(const Tokens& batch, uword k, Logits logits) {
  uword right = 0, all = 0;
  for (uword n = 0; n < batch.read.n_cols; ++n) {
    const mat Y = logits(n);
    for (uword t = 0; t < batch.read.n_rows; ++t)
      if (batch.say(t, n) < k) ++all, right += Y.col(t).index_max() == batch.say(t, n);
  }
  return double(right) / double(all);
}

inline double share_copied(const Transformer& net, const Tokens& batch) {
  return share_said(batch, Copying::symbols, [&](uword n) { return read_all(net, uvec(batch.read.col(n))); });
}

inline double share_copied(const Recurrent& net, const Tokens& batch) {
  constexpr uword k = Copying::symbols;
  return share_said(batch, k, [&](uword n) {
    std::vector<mat> x;
    for (const uword token : uvec(batch.read.col(n))) x.push_back(one_hot({token}, k));
    const std::vector<mat> said = run(net, x, mat(net.V.n_cols, 1, arma::fill::zeros)).logits;
    mat Y(k, said.size());
    for (uword t = 0; t < said.size(); ++t) Y.col(t) = said[t];
    return Y;
  });
}

/// Text: pieces of 48 letters of lesson 12's language, each beginning with a sentence.
constexpr uword letters = 48;
constexpr Plan text_plan{1000, 667, 10};

inline Tokens windows(uword N, Rng& rng) {
  Tokens batch{arma::umat(letters, N), arma::umat(letters, N)};
  for (uword n = 0; n < N; ++n) {
    const uvec text = sentences(letters + 1, rng);
    batch.read.col(n) = text.head(letters);
    batch.say.col(n) = text.tail(letters);
  }
  return batch;
}

/// To begin with: two heads of 16 rows in each of so many blocks.
inline Transformer reader(uword blocks, Rng& rng) {
  return transformer(Sentences::symbols.size(), positions(32, letters, 100), blocks, 2, 64, rng);
}

inline Transformer taught_text(Transformer net, uword done, Rng& rng) {
  return taught_tokens(std::move(net), done, text_plan, rng, windows);
}

/// The mean of -log p of what should be said, in nats.
inline double surprise(const Transformer& net, const Tokens& batch) {
  double total = 0;
  for (uword n = 0; n < batch.read.n_cols; ++n)
    total += double(
        softmax_cross_entropy(read_all(net, uvec(batch.read.col(n))), columns_of(batch.say.col(n), net.E.n_cols)));
  return total / double(batch.read.n_cols);
}

/// The same of the best reader that there can be: it knows all 216 sentences, and how likely each is.
inline double least_surprise(const Tokens& batch) {
  std::map<std::string, double> likely;  // how likely a sentence is to begin so
  const auto add = [&](const std::string& text, double probability) {
    for (std::size_t end = 0; end <= text.size(); ++end) likely[text.substr(0, end)] += probability;
  };
  const auto noun = [](uword i) { return "the " + std::string(Sentences::nouns[i / 2]) + (i % 2 ? "s" : ""); };
  for (uword i = 0; i < 8; ++i)
    for (uword v = 0; v < 3; ++v) {
      const std::string verb = " " + std::string(Sentences::verbs[v]) + (i % 2 ? ". " : "s. ");
      add(noun(i) + verb, 1 / 48.0);
      for (uword j = 0; j < 8; ++j) add(noun(i) + " near " + noun(j) + verb, 1 / 384.0);
    }
  double total = 0;
  for (uword n = 0; n < batch.read.n_cols; ++n) {
    std::string text = text_of({batch.read(0, n)});
    for (uword t = 0; t < batch.read.n_rows; ++t) {
      const double before = likely.at(text);
      text += text_of({batch.say(t, n)});
      total -= std::log(likely.at(text) / before);
      if (text.ends_with(". ")) text.clear();
    }
  }
  return total / double(batch.read.n_elem);
}

/// The first sentence of each of so many written texts, judged.
inline Written first_sentences(const Transformer& net, uword count, Rng& rng, std::string* shown = nullptr) {
  std::string all = ". ";
  for (uword i = 0; i < count; ++i) {
    const uvec prompt = {symbol_of('t')};
    const std::string text = "t" + text_of(go_on(net, prompt, letters, 1, rng));
    const std::size_t end = text.find(". ");
    all += end == text.npos ? text + ". " : text.substr(0, end + 2);
  }
  if (shown) *shown = all.substr(2, 110);
  return judge(all);
}

/// What go_on writes, without a cache: everything is read anew for each symbol.
inline uvec go_on_slowly(const Transformer& net, const uvec& prompt, uword length, Rng& rng) {
  std::vector<uword> text(prompt.begin(), prompt.end());
  for (uword i = 0; i < length; ++i) {
    const mat said = read_all(net, uvec(text));
    const vec reached = cumsum(soft_columns(said.tail_cols(1)));
    const real drawn = rng.uniform();
    uword symbol = 0;
    while (symbol + 1 < reached.n_elem && reached(symbol) <= drawn) ++symbol;
    text.push_back(symbol);
  }
  return uvec(text).tail(length);
}

/// The weights of looking back over some tokens: block by block, head by head, T x T each.
inline std::vector<mat> maps_of(const Transformer& net, const uvec& tokens) {
  const auto [model, maps] = attention_graph(net, 1);
  Values values = model.values;
  values[model.inputs(0)] = causal_mask(tokens.n_elem);
  values[model.inputs(1)] = columns_of(tokens, net.E.n_cols);
  values[model.inputs(2)] = arma::eye<mat>(net.P.n_cols, tokens.n_elem);
  values[model.targets(0)] = mat(net.E.n_cols, tokens.n_elem, arma::fill::zeros);
  values = evaluate_columns(model.graph, std::move(values));
  std::vector<mat> all;
  for (const uword map : maps) all.push_back(values[map]);
  return all;
}

}  // namespace nn
