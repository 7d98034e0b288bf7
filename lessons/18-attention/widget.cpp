// Where each head of a transformer looks.
#include <algorithm>

#include "lessons/18-attention/capstone/tasks.hpp"
#include "nn/attention.hpp"
#include "tools/play/figures.hpp"

namespace play {

using namespace nn;

// The words of lesson 12's language. All after the third are of one thing and of many in turn, nouns and then verbs.
static const std::vector<std::string>& language() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> words = {".", "the", "near"};
    for (const std::string_view noun : Sentences::nouns)
      for (const char* end : {"", "s"}) words.push_back(std::string(noun) + end);
    for (const std::string_view verb : Sentences::verbs)
      for (const char* end : {"s", ""}) words.push_back(std::string(verb) + end);
    return words;
  }();
  return all;
}

// The numbers of words that stand between spaces; that of a strange one is the number of all words.
static uvec word_numbers(const std::string& text) {
  const std::vector<std::string>& all = language();
  std::vector<uword> numbers;
  for (const std::string& word : pieces(text, ' '))
    numbers.push_back(uword(std::find(all.begin(), all.end(), word) - all.begin()));
  return uvec(numbers);
}

static constexpr uword most_words = 14;

// 16 texts, each of which begins with a sentence.
static Tokens pages(Rng& rng) {
  Tokens batch{arma::umat(most_words, 16), arma::umat(most_words, 16)};
  for (uword n = 0; n < 16; ++n) {
    std::string text;
    while (word_numbers(text).n_elem <= most_words) {
      text += sentence(rng);
      text.replace(text.size() - 2, 2, " . ");
    }
    batch.read.col(n) = word_numbers(text).head(most_words);
    batch.say.col(n) = word_numbers(text).subvec(1, most_words);
  }
  return batch;
}

// A network that has read so many times 50 batches. All are kept: what is asked for next is mostly the same, or more.
static const Transformer& word_reader(uword fifties) {
  static std::vector<Transformer> after;
  if (after.empty()) {
    Rng rng(1);
    after.push_back(transformer(language().size(), positions(16, most_words, 100), 2, 2, 32, rng));
  }
  while (after.size() <= fifties) {
    Rng rng(after.size());
    std::vector<Tokens> batches;
    while (batches.size() < 50) batches.push_back(pages(rng));
    after.push_back(train_tokens(after.back(), batches, real(0.01), 1));
  }
  return after[fifties];
}

// The graph of a network over texts, and all that it computes.
static std::pair<Attending, Values> read_with(const Transformer& net, const Tokens& texts, bool masked) {
  const uword T = texts.read.n_rows;
  Attending attending = attention_graph(net, texts.read.n_cols);
  const Model& model = attending.model;
  Values values = model.values;
  values[model.inputs(0)] = masked ? causal_mask(T) : mat(T, T, arma::fill::zeros);
  for (uword n = 0; n < texts.read.n_cols; ++n) {
    values[model.inputs(2 * n + 1)] = columns_of(texts.read.col(n), net.E.n_cols);
    values[model.inputs(2 * n + 2)] = arma::eye<mat>(net.P.n_cols, T);
    values[model.targets(n)] = columns_of(texts.say.col(n), net.E.n_cols);
  }
  values = evaluate_columns(model.graph, std::move(values));
  return {std::move(attending), std::move(values)};
}

// Nothing that is said of them is judged.
static Tokens unjudged(const arma::umat& texts) {
  return {texts, arma::umat(texts.n_rows, texts.n_cols).fill(language().size())};
}

// What new text costs a network, in nats a word.
static double price(const Transformer& net, bool masked) {
  Rng rng(1'000'000);
  const auto [attending, values] = read_with(net, pages(rng), masked);
  return double(values[attending.model.loss](0));
}

// After how many beginnings with a misleading noun, out of all 32, the likeliest word is a verb that agrees with the
// first noun.
static uword agreeing(const Transformer& net, bool masked) {
  const uword cat = word_numbers("cat")(0), sleeps = word_numbers("sleeps")(0);
  arma::umat texts(5, 32);
  uword n = 0;
  for (uword i = 0; i < 8; ++i)
    for (uword j = 1 - i % 2; j < 8; j += 2) {
      texts.col(n) = word_numbers("the cat near the cat");
      texts(1, n) += i, texts(4, n++) += j;
    }
  const auto [attending, values] = read_with(net, unjudged(texts), masked);
  uword agree = 0;
  for (n = 0; n < texts.n_cols; ++n) {
    const uword said = values[attending.model.outputs(n)].col(4).index_max();
    agree += said >= sleeps && (said - sleeps) % 2 == (texts(1, n) - cat) % 2;
  }
  return agree;
}

/// batches= text= head= off=: a network of lesson 18 reads words of lesson 12's language, as in
/// text=the_kings_near_the_dog, after so many batches, in fifties. Where head 0 to 3 looks, row by row: each column is
/// a word that asks. Then how likely each word of the language is to come next, a column for each word read. In the
/// head the words of the language, what new text costs, and how many of 32 verbs agree over a misleading noun.
/// off=positions, mask or head0 to head3: all this without that, though it was there in learning; `whole` is the price
/// with it.
static Reply attention(const Words& words, std::string_view) {
  std::string written = words.text("text", "the_kings_near_the_dog");
  std::replace(written.begin(), written.end(), '_', ' ');
  const uvec text = word_numbers(written);
  if (text.empty() || text.max() >= language().size())
    words.refuse("text", "words of cat dog king queen, sleep run sit, with and without s; the, near and a point");
  if (text.n_elem > most_words) words.refuse("text", std::to_string(most_words) + " words at most");
  const uword head = words.whole("head", 0, 0, 3);
  const Transformer& whole = word_reader(words.whole("batches", 300, 0, 400) / 50);
  Transformer net = whole;
  const std::string off = words.text("off", "nothing");
  const bool masked = off != "mask";
  if (off == "positions") net.P.zeros();
  else if (off.size() == 5 && off.starts_with("head") && off[4] >= '0' && off[4] < '4')
    net.blocks[uword(off[4] - '0') / 2].heads[uword(off[4] - '0') % 2].O.zeros();
  else if (masked && off != "nothing") words.refuse("off", "nothing, positions, mask or head0 to head3");

  const auto [attending, values] = read_with(net, unjudged(text), masked);
  Reply reply{Head()
                  .add("price", price(net, masked))
                  .add("whole", price(whole, true))
                  .add("agree", double(agreeing(net, masked)))
                  .add("words", language())
                  .text(),
              {}};
  append(reply.numbers, values[attending.maps(head)]);
  append(reply.numbers, soft_columns(values[attending.model.outputs(0)]));
  return reply;
}

static const Figure attention_figure("attention", "batches text head off", attention);

}  // namespace play
