// Lesson 99: every kind of argument and result crosses to where the answer runs, and back.
#include "contracts/probe.hpp"

#include "autograder/tests/support/expect.hpp"

namespace nn {

static real height(const vec& place, Path path) { return path == Path::curved ? real(0.5) : place(0); }
static constexpr auto length_of = static_cast<real (*)(const Walk&)>(&length);
static constexpr auto distance = static_cast<real (*)(const Stop&, const Stop&)>(&length);

static Walk example() {
  return {{{vec{3, 4}, Path::straight, real(1)}, {vec{0, 0}, Path::curved, {}}, {vec{0, -2}, Path::curved, {}}}, 3};
}

TEST_CASE("a walk of two steps", "[99][99.1]") {
  const std::function<real(const vec&, Path)> h = height;
  check<walk2>({{{vec{2, 3}, Path::straight, {}}, {vec{4, 5}, Path::straight, {}}}, 2}, h, vec{1, 2}, Path::straight,
               uword(2));
  check<walk2>({{{vec{0.5}, Path::curved, {}}}, 1}, h, vec{1}, Path::curved, uword(1));
  rejects<walk2>(h, vec(), Path::curved, uword(1));
}

TEST_CASE("two functions of one name", "[99][99.1]") {
  const Stop far = {vec{6, 8}, Path::straight, {}}, home = example().stops[1];
  check<length_of>(7, example());
  check<length_of>(10, Walk{{far, home}, 2});
  check<distance>(5, example().stops[0], home);
  check<distance>(10, far, home);
}

TEST_CASE("the farthest stop, weighted", "[99][99.1]") {
  const std::map<std::string, real> none, heavy = {{"curved", 10}};
  check<farthest>({example().stops[0], 5}, example(), none);
  check<farthest>({example().stops[2], 20}, example(), heavy);
  check<farthest>({example().stops[0], 5}, Walk{{example().stops[2], example().stops[0]}, 2}, none);
}

TEST_CASE("the same Rng goes on", "[99][99.1]") {
  const Rng rng = seeded(1);
  Rng there = rng, again = rng;
  const Stop first = drifted({vec{0}, Path::curved, {}}, there);
  holds<drifted>(
      "moved by the first number", [&](const Stop& s) { return s.place(0) == first.place(0); },
      Stop{vec{0}, Path::curved, {}}, rng);
  random_normal(1, 1, again);
  CHECK(there.state == again.state);
}

}  // namespace nn
