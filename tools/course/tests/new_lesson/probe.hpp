// Lesson 99: a contract with everything that a contract may have (for the test of ./course new).
//
//   stop_n+1 = stop_n + direction h(stop_n)
//
//   mat Y = walk2(height, from).stops[0].place;
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "nn/support/random.hpp"
#include "nn/types.hpp"

namespace nn {

enum class Path { straight, curved };

/// Where somebody stands.
struct Stop {
  vec place;
  Path path = Path::straight;
  std::optional<real> until;
};

/// Several of those.
struct Walk {
  std::vector<Stop> stops;
  uword steps2 = 0;
};

/// 99.1  `steps` stops from `from`; each place is the one before plus its height, on a curved path minus.
/// Throws std::invalid_argument when there is no place.
Walk walk2(const std::function<real(const vec&, Path)>& height, vec from, Path path = Path::curved,
           uword steps = uword(2 + 1));
/// 99.1  The sum of the distances from stop to stop.
real length(const Walk& walk);
/// 99.1  The distance of two stops.
real length(const Stop& a, const Stop& b);
/// 99.1  The stop that is farthest from 0, and its distance times the weight of its path, by name: 1 where there is
/// none.
std::pair<Stop, real> farthest(const Walk&, const std::map<std::string, real>& weights = {});
/// 99.1  The stop moved by one normal number an entry.
Stop drifted(Stop stop, Rng& rng);

}  // namespace nn
