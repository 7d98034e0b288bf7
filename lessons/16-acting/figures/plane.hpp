// What two rivals come to in the plane: made points, and how true the discriminator finds each place.
#pragma once

#include <cmath>
#include <string>

#include "lessons/16-acting/capstone/judge.hpp"
#include "tools/figures/figure.hpp"

namespace nn {

/// D at each column of X, as a probability.
inline rowvec believed(const Rivals& r, const mat& X) {
  Values values = r.model.values;
  values[r.noise] = mat(values[r.generator(0)].n_cols, X.n_cols, arma::fill::zeros);
  values[r.model.inputs(1)] = X;
  values[r.model.targets(0)].ones(1, X.n_cols);
  values[r.model.targets(1)].zeros(1, X.n_cols);
  return sigmoid(evaluate(r.model.graph, std::move(values))[r.model.outputs(0)]);
}

inline void draw_rivals(FigureData& figure, const std::string& part, const Rivals& r, Rng& rng) {
  FigureTable& made = figure.table(part + "-made", {"x", "y"});
  const mat points = made_points(r, 300, rng);
  for (uword i = 0; i < points.n_cols; ++i) made.row(double(points(0, i)), double(points(1, i)));
  FigureTable& plane = figure.table(part + "-plane", {"x", "y", "true"});
  constexpr int side = 24;
  mat X(2, (side + 1) * (side + 1));
  for (int i = 0; i <= side; ++i)
    for (int j = 0; j <= side; ++j)
      X.col(uword(i * (side + 1) + j)) = vec{real(-1.5 + 3.0 * i / side), real(-1.5 + 3.0 * j / side)};
  const rowvec D = believed(r, X);
  for (uword i = 0; i < X.n_cols; ++i)
    plane.row(double(X(0, i)), double(X(1, i)), std::round(double(D(i)) * 1000) / 1000);
}

}  // namespace nn
