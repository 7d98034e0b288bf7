// The capstone of lesson 18, in three parts: two blocks of heads learn to copy from a place that nobody announces,
// where one block and a gated cell do not; two blocks write sentences; and what was read once is not read again. What
// none of them has seen judges. Widths, rates and the number of batches were settled with results in sight, and so was
// how large the places begin beside the symbols.
#include <limits>

#include "lessons/18-attention/capstone/tasks.hpp"
#include "tools/train/capstone.hpp"
#include "tools/train/claims.hpp"

namespace {

using namespace nn;
using trainer::Claims;
using trainer::timed;

struct Settings : trainer::CapstoneSettings {
  uword length = 512;
  std::string record;
};

/// What a training of copying comes to, on 500 new sequences.
template <class Learn>
double copied(const std::string& who, std::uint64_t seed, Learn learn) {
  Rng rng(seed);
  double share = 0;
  const double seconds = timed([&] { share = learn(rng); });
  fmt::print("{}: {:.1f} % of the answers on 500 new sequences, {:.1f} s\n", who, 100 * share, seconds);
  return share;
}

void copies_from_anywhere(const Settings& settings, Claims& claims) {
  const auto blocks = [&](uword count) {
    return [count](Rng& rng) {
      const Transformer net = copier(count, copying_plan.batches, rng);
      return share_copied(net, copies(500, rng));
    };
  };
  const double two = copied("two blocks of two heads, 17984 numbers", settings.seed, blocks(2));
  if (!settings.quiet) {
    copied("one block of two heads, 9696 numbers", settings.seed, blocks(1));
    copied("a gated cell of 64 units, 17620 numbers", settings.seed, [](Rng& rng) {
      const Recurrent net = copying_cell(copying_plan.batches, rng);
      return share_copied(net, copies(500, rng));
    });
  }
  claims.add("two blocks copy from a place that nobody announced, 99 % or more", two >= 0.99);
}

void writes(const Settings& settings, Claims& claims) {
  Rng rng(settings.seed);
  Transformer net = reader(2, rng);
  const double seconds = timed([&] { net = taught_text(std::move(net), text_plan.batches, rng); });
  const Tokens test = windows(320, rng);
  const double loss = surprise(net, test);
  fmt::print("two blocks of two heads: new text costs them {:.4f} nats a letter, a perfect reader {:.4f}, {:.1f} s\n",
             loss, least_surprise(test), seconds);
  std::string text;
  const Written found = first_sentences(net, 300, rng, &text);
  fmt::print("{}\n{} of {} sentences that they write are right; over a misleading noun {} of {} verbs agree\n", text,
             found.right, found.sentences, found.agreed, found.misled);
  claims.add("0.226 nats a letter at most", loss <= 0.226);
  claims.add("95 % of the verbs agree over a misleading noun",
             found.misled >= 30 && double(found.agreed) >= 0.95 * double(found.misled));
}

/// Seconds with and without a cache for so many letters of an untrained network; 0 where the texts differ.
std::array<double, 2> both_ways(uword length, std::uint64_t seed) {
  Rng rng(seed);
  const Transformer net = transformer(Sentences::symbols.size(), positions(32, length, 100), 2, 2, 64, rng);
  const uvec prompt = {symbol_of('t')};
  uvec kept, anew;
  double with = std::numeric_limits<double>::infinity();  // a hundredth of a second: the best of three
  for (int again = 0; again < 3; ++again) {
    Rng draws = rng;
    with = std::min(with, timed([&] { kept = go_on(net, prompt, length, 1, draws); }));
  }
  const double without = timed([&] { anew = go_on_slowly(net, prompt, length, rng); });
  if (arma::any(kept != anew)) return {0, 0};
  return {with, without};
}

void remembers(const Settings& settings, Claims& claims) {
  const auto [with, without] = both_ways(settings.length, settings.seed);
  fmt::print("{} letters: {:.4f} s with a cache, {:.2f} s without\n", settings.length, with, without);
  claims.add("with a cache the same text as without", without > 0);
  claims.add("and 50 times as fast", without >= 50 * with && without > 0);
}

double learn(const Settings& settings) {
  Claims claims;
  copies_from_anywhere(settings, claims);
  writes(settings, claims);
  remembers(settings, claims);
  return claims.percent();
}

/// The share that is copied on the way, five seeds each of one block and two, as CSV.
void record_grok() {
  fmt::print("batches,blocks,one,two,three,four,five\n");
  for (const uword blocks : {1, 2})
    for (const uword done : {0, 400, 800, 1000, 1200, 1400, 1600, 1800, 2000, 2250, 3000}) {
      fmt::print("{},{}", done, blocks);
      for (uword seed = 1; seed <= 5; ++seed) {
        Rng rng(seed);
        const Transformer net = copier(blocks, done, rng);
        fmt::print(",{:.3f}", share_copied(net, copies(200, rng)));
      }
      fmt::print("\n");
    }
}

/// One copy of the trained network of a seed: its weights, block by block and head by head, and its tokens, as CSV.
void record_maps(std::uint64_t seed) {
  Rng rng(seed);
  const Transformer net = copier(2, copying_plan.batches, rng);
  const uvec tokens = copies(1, rng).read.col(0);
  const std::vector<mat> maps = maps_of(net, tokens);
  fmt::print("asks,asked,token,asked_token,first,second,third,fourth\n");
  for (uword t = 0; t < tokens.n_elem; ++t)
    for (uword s = 0; s < tokens.n_elem; ++s)
      fmt::print("{},{},{},{},{:.4f},{:.4f},{:.4f},{:.4f}\n", t, s, tokens(t), tokens(s), maps[0](s, t), maps[1](s, t),
                 maps[2](s, t), maps[3](s, t));
}

/// Where each letter of a sentence looks, in a network that has learnt the language, as CSV.
void record_agreement(std::uint64_t seed) {
  Rng rng(seed);
  Transformer net = reader(2, rng);
  net = taught_text(std::move(net), text_plan.batches, rng);
  const std::string text = "the kings near the dog sleep";
  uvec tokens(text.size());
  for (uword i = 0; i < text.size(); ++i) tokens(i) = symbol_of(text[i]);
  const std::vector<mat> maps = maps_of(net, tokens);
  fmt::print("place,letter,first,second,third,fourth\n");
  for (uword s = 0; s < tokens.n_elem; ++s) {
    fmt::print("{},{}", s, text[s] == ' ' ? '_' : text[s]);
    for (const mat& map : maps) fmt::print(",{:.4f}", map(s, tokens.n_elem - 1));
    fmt::print("\n");
  }
}

/// The loss of new text against the processor's time: a gated cell of lesson 12, one block and two, as CSV.
void record_compute() {
  fmt::print("done,gated_seconds,gated,one_seconds,one,two_seconds,two\n");
  for (const uword done : {50, 100, 200, 300, 400, 500, 667, 700, 800, 1000}) {
    fmt::print("{}", done);
    for (uword blocks = 0; blocks <= 2; ++blocks) {
      Rng rng(1);
      double seconds = 0, loss = 0;
      if (blocks == 0) {
        const uword k = Sentences::symbols.size();
        const auto batch = [](Rng& r) { return as_sequence(windows(16, r), Sentences::symbols.size()); };
        Recurrent cell = gated_cell(k, 64, k, 1, rng);
        seconds = timed([&] {
          cell = taught(std::move(cell), done, text_plan, rng, batch,
                        [](Recurrent start, const std::vector<Sequence>& batches, real rate) {
                          return train_sequences(std::move(start), batches, Loss::cross_entropy, rate, 1);
                        });
        });
        const Sequence test = as_sequence(windows(320, rng), k);
        const Outputs said = run(cell, test.x, mat(64, 320, arma::fill::zeros));
        for (uword t = 0; t < letters; ++t)
          loss += double(softmax_cross_entropy(said.logits[t], test.t[t])) / double(letters);
      } else {
        Transformer net = reader(blocks, rng);
        seconds = timed([&] { net = taught_text(std::move(net), done, rng); });
        loss = surprise(net, windows(320, rng));
      }
      fmt::print(",{:.2f},{:.4f}", seconds, loss);
    }
    fmt::print("\n");
  }
}

/// Seconds against length, with and without a cache, as CSV.
void record_cache() {
  fmt::print("length,with,without\n");
  for (const uword length : {16, 32, 64, 128, 256, 512}) {
    const auto [with, without] = both_ways(length, 1);
    fmt::print("{},{:.6f},{:.6f}\n", length, with, without);
  }
}

}  // namespace

int main(int argc, char** argv) {
  Settings settings;
  return trainer::capstone(
      argc, argv, {"18", "Copies from an unknown place, writes sentences, and keeps what it has read.", false},
      settings,
      [&](trainer::Options& own) {
        own.number("--length", settings.length, "letters that are written with and without a cache", "T", 1, 2048);
        own.word("--record", settings.record, "what the figures show, as CSV, in minutes",
                 {"grok", "maps", "agreement", "compute", "cache"});
      },
      [&] {
        if (settings.record.empty()) return learn(settings);
        if (settings.record == "grok") record_grok();
        else if (settings.record == "maps") record_maps(settings.seed);
        else if (settings.record == "agreement") record_agreement(settings.seed);
        else if (settings.record == "compute") record_compute();
        else record_cache();
        return 100.0;
      });
}
