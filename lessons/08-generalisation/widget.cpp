// A digit, distorted.
#include "nn/generalisation.hpp"
#include "tools/play/figures.hpp"

namespace play {

using namespace nn;

/// degrees= shear= stretch= elastic= seed=, and a square image as bytes: the image distorted so.
static Reply distort(const Words& words, std::string_view bytes) {
  const mat image = square_image(words, bytes);
  const uword side = image.n_rows;
  const auto number = [&](const char* key, double most) { return real(words.number(key, 0, -most, most)); };
  Affine affine{.degrees = number("degrees", 180), .shear = number("shear", 2)};
  affine.stretch_rows = affine.stretch_cols = real(words.number("stretch", 1, 0.1, 10));
  Field from = affine_field(side, side, affine);
  Rng rng(words.whole("seed", 1, 0, 1'000'000));
  if (const real elastic = number("elastic", 20); elastic != 0) {
    const Field by = elastic_field(side, side, elastic, 5, rng);
    from.row += by.row, from.col += by.col;
  }
  Reply reply{Head().text(), {}};
  append(reply.numbers, warp(image, from));
  return reply;
}

static const Figure distort_figure("distort", "degrees shear stretch elastic seed", distort);

}  // namespace play
