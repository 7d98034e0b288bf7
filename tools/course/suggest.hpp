// For a word that was misspelt: the nearest of those that exist.
#pragma once

#include <string>
#include <vector>

namespace course {

/// The word of `words` that differs from `word` in the fewest letters (a swap of two neighbours counts once); "" when
/// even that one differs in more than a third of its letters, at least one.
std::string nearest(const std::string& word, const std::vector<std::string>& words);

}  // namespace course
