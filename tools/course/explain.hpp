// A failure in a student's words, where the machine's own words are not.
#pragma once

#include <string>

namespace course {

/// The failure, with the shape rule behind an Armadillo exception said in plain words.
std::string explained(const std::string& failure);

}  // namespace course
