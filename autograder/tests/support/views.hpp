// Wrong results, entry by entry: what the words about them (entry_words, place_words) are made from.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "autograder/tests/support/relations.hpp"

namespace nn {

using arma::uword;

/// One part of a miss that has the shape it should have, and its wrong entries.
struct View {
  const Miss* miss;
  std::string name;
  const arma::mat &expected, &found;
  std::vector<uword> wrong = {};
  std::string (*text)(double) = nullptr;  ///< of an enum: the name that belongs to its number
};
using Views = std::vector<View>;

bool equal(double a, double b, Tolerance t);
bool equal(const arma::mat& a, const arma::mat& b, Tolerance t);

/// "dW" of "layer 2 dW": what the parts of all layers are called.
std::string kind_of(const std::string& part);

/// All parts whose shapes agree, the right ones among them; `shapes_agree`: whether that is every part.
Views views_of(const Miss& miss, bool& shapes_agree);

std::vector<std::string> argument_names(const Views& views);

/// The entry of an argument at the place of an entry of the result, where the two have one shape.
std::optional<double> beside(const View& view, uword i, const std::string& argument);

/// Whether the numbers differ enough for a relation between them not to be chance: at least three wrong ones with at
/// least two different wanted values.
bool telling(const Views& views);

/// How far formulas are looked for; a nested one takes a tenth of a second.
enum class Formulas { simple, nested };

/// "is 2 times what it should be", said of every wrong entry; empty when there is nothing to be said.
std::string entry_words(const Views& views, Formulas formulas = Formulas::nested);
/// "2 times what it should be": the factor that all wrong entries are off by; `of`: by what. Or empty.
std::string factor_words(const Views& views, const std::string& of);

/// "2 times (Y - T)": a formula of the arguments that every wrong entry is; empty when none is known.
std::string formula_words(const Views& views, Formulas formulas);

/// "is the transpose of what it should be", or empty.
std::string arrangement_words(const View& view);
/// The same of a result that has another shape than it should.
std::string shape_words(const Miss& miss);
/// "exactly where Z is below 0", "only in row 0", or empty.
std::string place_words(const Views& views);
/// "it is wrong in every check where X has more than 1 column, and right in all 7 others", or empty.
std::string condition_words(const std::vector<Miss>& misses, const std::vector<Parts>& passed);

}  // namespace nn
