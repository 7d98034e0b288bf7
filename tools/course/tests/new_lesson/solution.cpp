#include "nn/probe.hpp"
#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"

namespace nn {

Walk walk2(const std::function<real(const vec&, Path)>& height, vec from, Path path, uword steps) {
  //> 99.1
  require(!from.empty(), "walk2", "from has no entries");
  Walk walk{{}, steps};
  for (uword i = 0; i < steps; ++i) {
    from += (path == Path::curved ? -1 : 1) * height(from, path);
    walk.stops.push_back({from, path, {}});
  }
  return walk;
  //<
}

real length(const Walk& walk) {
  //> 99.1
  real sum = 0;
  for (uword i = 1; i < walk.stops.size(); ++i) sum += length(walk.stops[i - 1], walk.stops[i]);
  return sum;
  //<
}

real length(const Stop& a, const Stop& b) {
  //> 99.1
  return norm(a.place - b.place);
  //<
}

std::pair<Stop, real> farthest(const Walk& walk, const std::map<std::string, real>& weights) {
  //> 99.1
  std::pair<Stop, real> most;
  for (const Stop& stop : walk.stops) {
    const auto weight = weights.find(stop.path == Path::curved ? "curved" : "straight");
    const real far = norm(stop.place) * (weight == weights.end() ? 1 : weight->second);
    if (far > most.second) most = {stop, far};
  }
  return most;
  //<
}

Stop drifted(Stop stop, Rng& rng) {
  //> 99.1
  stop.place += vec(random_normal(stop.place.n_elem, 1, rng));
  return stop;
  //<
}

}  // namespace nn
