// The capstone of lesson 12, in three parts: a plain cell adds numbers far longer than those it learned from, a gated
// cell remembers the first of 50 symbols where plain ones mostly fail, and another one writes sentences. What none of
// them has seen judges. Widths, rates, lengths and the number of batches are the first that were tried; that the first
// 50 letters of a text are not judged was settled with results in sight.
#include <array>

#include "lessons/12-sequences/capstone/tasks.hpp"
#include "tools/train/capstone.hpp"
#include "tools/train/claims.hpp"

namespace {

using namespace nn;

struct Settings : trainer::CapstoneSettings {
  uword length = 50;
  double keep = 3;
  std::string record;
};

constexpr uword symbols = 4, pieces = 1000;

void adds(const Settings& settings, trainer::Claims& claims) {
  Rng rng(settings.seed);
  Recurrent net;
  const double seconds = trainer::timed([&] { net = adder(400, rng); });
  const double right = 100 * right_sums(net, sums(30, 500, rng));
  fmt::print(
      "a plain cell of 16 units, taught sums of 8 digits: of 500 sums of 30 digits {:.1f} % have every digit "
      "right, {:.2f} s\n",
      right, seconds);
  claims.add("all of 500 sums of 30 digits, every digit", right == 100);
}

Recurrent start_of(Cell cell, double keep, Rng& rng) {
  return cell == Cell::plain ? plain_cell(symbols, 24, symbols, rng)
                             : gated_cell(symbols, 24, symbols, real(keep), rng);
}

void remembers(const Settings& settings, trainer::Claims& claims) {
  const auto share = [&](Cell cell, std::uint64_t seed) {
    Rng rng(seed);
    Recurrent net = start_of(cell, settings.keep, rng);
    const double seconds = trainer::timed([&] { net = rememberer(std::move(net), settings.length, 300, rng); });
    const double right = right_firsts(net, first_of(settings.length, symbols, 2000, rng));
    fmt::print("a {} cell of 24 units: says the first of {} symbols for {:.1f} % of 2000 sequences, {:.1f} s\n",
               cell == Cell::plain ? "plain" : "gated", settings.length, 100 * right, seconds);
    return right;
  };
  const double gated = share(Cell::gated, settings.seed);
  claims.add("the gated cell remembers the first symbol, 99.9 % or more", gated >= 0.999);
  if (settings.quiet) return;
  uword failed = 0;
  for (uword start = 0; start < 5; ++start) failed += share(Cell::plain, settings.seed + 1000 * start) < 0.999;
  fmt::print("plain cells fail from {} of 5 starts\n", failed);
}

void writes(const Settings& settings, trainer::Claims& claims) {
  Rng rng(settings.seed);
  Recurrent net;
  const double seconds = trainer::timed([&] { net = writer(pieces, pieces, rng); });
  const double loss = surprise(net, streams_of_sentences(100, 1, 1000, rng));
  fmt::print("a gated cell of 48 units: new text costs it {:.4f} nats a letter, a perfect reader {:.4f}, {:.1f} s\n",
             loss, sentence_entropy(), seconds);
  const std::string text = text_of(write(net, symbol_of(' '), 20000, 1, rng));
  const Written found = judge(text);
  fmt::print("{}\n{} of {} sentences that it writes are right; over a misleading noun {} of {} verbs agree\n",
             text.substr(0, 110), found.right, found.sentences, found.agreed, found.misled);
  claims.add("0.225 nats a letter at most", loss <= 0.225);
  claims.add("95 % of the verbs agree over a misleading noun",
             found.misled >= 50 && found.agreed >= 0.95 * found.misled);
}

double learn(const Settings& settings) {
  trainer::Claims claims;
  adds(settings, claims);
  remembers(settings, claims);
  writes(settings, claims);
  return claims.percent();
}

/// Of five starts, how many remember the first of T symbols, as CSV.
void record_reach() {
  fmt::print("T,plain,gated0,gated3\n");
  for (const uword T : {5, 10, 20, 30, 50, 80, 120}) {
    std::array<uword, 3> solved = {0, 0, 0};
    for (uword seed = 1; seed <= 5; ++seed)
      for (uword kind = 0; kind < 3; ++kind) {
        Rng rng(seed);
        Recurrent net = start_of(kind == 0 ? Cell::plain : Cell::gated, kind == 1 ? 0 : 3, rng);
        net = rememberer(std::move(net), T, 300, rng);
        solved[kind] += right_firsts(net, first_of(T, symbols, 2000, rng)) >= real(0.999);
      }
    fmt::print("{},{},{},{}\n", T, solved[0], solved[1], solved[2]);
  }
}

constexpr std::array<uword, 14> looked_at = {0, 25, 50, 75, 100, 150, 200, 300, 400, 500, 666, 700, 800, 1000};

/// The loss on new text on the way, over five seeds: the middle, the least and the most, as CSV.
void record_losses() {
  fmt::print("pieces,loss,least,most\n");
  for (const uword done : looked_at) {
    vec losses(5);
    for (uword seed = 1; seed <= 5; ++seed) {
      Rng rng(seed);
      const Recurrent net = writer(done, pieces, rng);
      losses(seed - 1) = surprise(net, streams_of_sentences(100, 1, 1000, rng));
    }
    fmt::print("{},{:.4f},{:.4f},{:.4f}\n", done, arma::median(losses), losses.min(), losses.max());
  }
}

/// What the first seed writes on the way, as CSV.
void record_samples() {
  fmt::print("pieces,text\n");
  for (const uword done : {0, 50, 200, 1000}) {
    Rng rng(1);
    const Recurrent net = writer(done, pieces, rng);
    fmt::print("{},{}\n", done, text_of(write(net, symbol_of(' '), 72, 1, rng)));
  }
}

}  // namespace

int main(int argc, char** argv) {
  Settings settings;
  return trainer::capstone(
      argc, argv, {"12", "Adds long numbers, remembers, and writes sentences.", false}, settings,
      [&](trainer::Options& own) {
        own.number("--length", settings.length, "of how many symbols the first is to be remembered", "T", 1, 1000);
        own.number("--keep", settings.keep, "the bias that the update gate begins with", "B");
        own.word("--record", settings.record, "what the figures show, as CSV, in minutes",
                 {"reach", "losses", "samples"});
      },
      [&] {
        if (settings.record.empty()) return learn(settings);
        settings.record == "reach" ? record_reach() : settings.record == "losses" ? record_losses() : record_samples();
        return 100.0;
      });
}
