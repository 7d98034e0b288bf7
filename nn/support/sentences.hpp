// A small language of our own, endless and with an exactly known entropy: "the cats near the king sleep. "
//
//   sentence = "the " noun [" near the " noun] " " verb ". "
//
// Four nouns, each alone or many, as likely as each other. Half of all sentences have a second noun, which may mislead:
// the verb, one of three, agrees with the first.
#pragma once

#include <array>
#include <cmath>
#include <string>
#include <string_view>

#include "nn/support/random.hpp"
#include "nn/support/shape.hpp"

namespace nn {

/// What stands in the sentences of the language.
struct Sentences {
  static constexpr std::array<std::string_view, 4> nouns = {"cat", "dog", "king", "queen"};
  static constexpr std::array<std::string_view, 3> verbs = {"sleep", "run", "sit"};
  static constexpr std::string_view symbols = " .acdeghiklnopqrstu";  ///< all of its letters; a symbol is a place in it
};

/// One sentence. Draws, by `below`: the noun, whether it is many, whether there is a second one; if so, which, and
/// whether it is many; the verb.
inline std::string sentence(Rng& rng) {
  std::string text;
  const auto add_noun = [&] {
    text += "the ";
    text += Sentences::nouns[rng.below(4)];
    const bool many = rng.below(2) == 1;
    if (many) text += "s";
    return many;
  };
  const bool many = add_noun();
  if (rng.below(2) == 1) {
    text += " near ";
    add_noun();
  }
  text += " ";
  text += Sentences::verbs[rng.below(3)];
  text += many ? ". " : "s. ";
  return text;
}

/// The nats that a perfect reader is surprised by in a sentence, divided by its mean length.
inline double sentence_entropy() {
  double noun = 0, verb = 0;
  for (const std::string_view word : Sentences::nouns)
    noun += (double(word.size()) + 0.5) / 4;  // half of them are many
  for (const std::string_view word : Sentences::verbs) verb += (double(word.size()) + 0.5) / 3;
  const double length = 4 + noun + (10 + noun) / 2 + 1 + verb + 2;
  return (std::log(8) + std::log(2) + std::log(8) / 2 + std::log(3)) / length;
}

/// The number of a letter of the language. Throws std::invalid_argument when it has no such letter.
inline uword symbol_of(char letter) {
  const std::size_t place = Sentences::symbols.find(letter);
  require(place != std::string_view::npos, "symbol_of", std::string("the language has no '") + letter + "'");
  return place;
}

/// Sentence after sentence, `length` symbols.
inline uvec sentences(uword length, Rng& rng) {
  std::string text;
  while (text.size() < length) text += sentence(rng);
  uvec symbols(length);
  for (uword i = 0; i < length; ++i) symbols(i) = symbol_of(text[i]);
  return symbols;
}

inline std::string text_of(const uvec& symbols) {
  std::string text;
  for (const uword symbol : symbols) text += Sentences::symbols.at(symbol);
  return text;
}

/// What a written text got right.
struct Written {
  uword sentences = 0, right = 0;  ///< whole sentences, and how many of them are of the language
  uword misled = 0, agreed = 0;  ///< of the right ones but for the verb's form: the second noun differs in number; the
                                 ///< verb agrees with the first all the same
};

/// Judges the whole sentences of a text; what stands before the first ". " is not looked at.
inline Written judge(const std::string& text) {
  Written found;
  const auto take = [](std::string_view& rest, std::string_view word) {
    const bool there = rest.substr(0, word.size()) == word;
    if (there) rest.remove_prefix(word.size());
    return there;
  };
  const auto noun = [&](std::string_view& rest, bool& many) {
    for (const std::string_view word : Sentences::nouns)
      if (take(rest, word)) return many = take(rest, "s"), true;
    return false;
  };
  std::size_t begin = text.find(". ");
  for (std::size_t end; begin != std::string::npos && (end = text.find(". ", begin + 2)) != std::string::npos;
       begin = end) {
    std::string_view rest = std::string_view(text).substr(begin + 2, end - begin - 2);
    ++found.sentences;
    bool many = false, others = false, one = false, known = take(rest, "the ") && noun(rest, many);
    const bool second = known && take(rest, " near the ");
    if (second) known = noun(rest, others);
    known = known && take(rest, " ");
    bool verb = false;
    for (const std::string_view word : Sentences::verbs)
      if (known && !verb && take(rest, word)) verb = true;
    if (!verb) continue;
    one = take(rest, "s");
    if (!rest.empty()) continue;
    found.right += one != many;
    if (second && others != many) ++found.misled, found.agreed += one != many;
  }
  return found;
}

}  // namespace nn
