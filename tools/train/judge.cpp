#include "tools/train/judge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "nn/activations.hpp"
#include "nn/training.hpp"

namespace trainer {
namespace {

using nn::mat;
using nn::uvec;
using nn::uword;

void expect(uword found, uword expected, const char* what) {
  if (found != expected) throw std::runtime_error(fmt::format("{}: expected {}, found {}", what, expected, found));
}

/// Pictures of rows x cols side by side: `pixel(t, i, j)` is the entry in row i and column j of tile t.
template <typename Pixel>
void mosaic(nn::FigureTable& table, uword tiles, uword across, uword rows, uword cols, const Pixel& pixel) {
  for (uword top = 0; top < tiles; top += across)
    for (uword i = 0; i < rows; ++i) {
      std::vector<double> line;
      for (uword t = top; t < top + across; ++t)
        for (uword j = 0; j < cols; ++j) line.push_back(t < tiles ? pixel(t, i, j) : 0);
      table.row(line);
    }
}

std::vector<std::string> columns_of(uword n) {
  std::vector<std::string> names;
  for (uword j = 1; j <= n; ++j) names.push_back(fmt::format("x{}", j));
  return names;
}

}  // namespace

Judgement judge(const nn::Network& network, const nn::Dataset& data) {
  const uword n = data.size();
  Judgement all{uvec(n), nn::vec(n), nn::vec(n), 0, 0};
  nn::Batch batch;
  uword right = 0;
  for (uword first = 0; first < n; first += 500) {
    const uvec heap = arma::regspace<uvec>(first, std::min<uword>(first + 500, n) - 1);
    batch = nn::gather(data, heap, std::move(batch));
    const mat P = nn::forward(network, batch.X);
    expect(P.n_rows, data.classes, "forward: rows of the network's output");
    expect(P.n_cols, heap.n_elem, "forward: columns of the network's output");
    const uvec predicted = nn::predict(P);
    expect(predicted.n_elem, heap.n_elem, "predict: labels");
    for (uword j = 0; j < heap.n_elem; ++j) {
      if (predicted(j) >= data.classes)
        throw std::runtime_error(fmt::format("predict: label {} is no class", predicted(j)));
      all.predicted(first + j) = predicted(j);
      all.sureness(first + j) = P(predicted(j), j);
      all.truth(first + j) = P(data.labels(first + j), j);
      right += predicted(j) == data.labels(first + j);
    }
    all.loss += double(nn::loss_value(nn::Loss::cross_entropy, P, batch.T)) * double(heap.n_elem) / double(n);
  }
  all.accuracy = double(right) / double(n);
  return all;
}

void fill_confusion(nn::FigureData& figure, const nn::Dataset& data, const Judgement& judgement) {
  const arma::umat counts = nn::confusion_matrix(data.labels, judgement.predicted, data.classes);
  nn::FigureTable& table = figure.table({"truth", "taken_for", "count"});
  for (uword i = 0; i < counts.n_rows; ++i)
    for (uword j = 0; j < counts.n_cols; ++j) table.row(i, j, counts(i, j));
}

void fill_weights(nn::FigureData& figure, const nn::Dataset& data, const nn::Network& network, uword tiles,
                  uword across) {
  const mat& W = network.at(0).W;
  expect(W.n_cols, data.rows * data.cols, "first layer: columns of W");
  const uword units = std::min(tiles, W.n_rows);
  const nn::vec largest = arma::max(arma::abs(W), 1);
  const auto weight = [&](uword t, uword i, uword j) {
    return t < units && largest(t) > 0 ? std::round(100.0 * W(t, i * data.cols + j) / largest(t)) : 0.0;
  };
  mosaic(figure.table(columns_of(across * data.cols)), tiles, across, data.rows, data.cols, weight);
}

void fill_mistakes(nn::FigureData& figure, const nn::Dataset& data, const Judgement& judgement, uword tiles,
                   uword across) {
  const uvec wrong = arma::find(judgement.predicted != data.labels);
  nn::vec sureness = judgement.sureness(wrong);
  sureness.replace(arma::datum::nan, 0);  // cannot be sorted
  const uvec order = wrong(arma::stable_sort_index(sureness, "descend"));
  const uword shown = std::min(tiles, order.n_elem);
  const auto pixel = [&](uword t, uword i, uword j) {
    return t < shown ? double(data.images(i * data.cols + j, order(t))) : 0.0;
  };
  mosaic(figure.table(columns_of(across * data.cols)), tiles, across, data.rows, data.cols, pixel);
  nn::FigureTable& list = figure.table("list", {"column", "row", "truth", "taken_for", "sure_percent", "image"});
  for (uword t = 0; t < tiles; ++t) {
    const uword column = t % across, row = t / across;
    if (t >= shown) list.row(column, row, "", "", "", "");
    else
      list.row(column, row, data.labels(order(t)), judgement.predicted(order(t)),
               std::round(100.0 * judgement.sureness(order(t))), order(t));
  }
}

}  // namespace trainer
