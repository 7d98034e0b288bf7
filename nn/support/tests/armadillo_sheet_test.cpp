// docs/armadillo.md: every expression of its Armadillo column is compiled here and is what the row says.
#include <catch2/catch_test_macros.hpp>
#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>

#include "nn/types.hpp"

using namespace nn;

namespace {

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

template <typename T>
bool same(const arma::Base<real, T>& found, const mat& wanted) {
  const mat A = found.get_ref();
  return A.n_rows == wanted.n_rows && A.n_cols == wanted.n_cols && approx_equal(A, wanted, "absdiff", 1e-6);
}

bool same_whole(const uvec& found, const uvec& wanted) { return found.n_elem == wanted.n_elem && all(found == wanted); }

const mat B = {{5, 6, 7}, {8, 9, 10}}, C = {{1, 0}, {0, 1}, {1, 1}};
const vec w = {1, 2};
const uword N = 3, i = 1, j = 2;

}  // namespace

TEST_CASE("the sheet's ways to make and measure a matrix") {
  const mat A = {{1, 2, 3}, {-4, 5, 6}};
  CHECK(same(mat{{1, 2}, {3, 4}}, mat{{1, 2}, {3, 4}}));
  CHECK(accu(abs(mat(2, 3, arma::fill::zeros))) == 0);
  CHECK(accu(mat(2, 3, arma::fill::ones)) == 6);
  CHECK(trace(mat(3, 3, arma::fill::eye)) == 3);
  CHECK(arma::linspace(0, 1, N)(1) == 0.5);
  CHECK(same_whole(arma::regspace<uvec>(0, N - 1), {0, 1, 2}));
  CHECK(A.n_rows == 2);
  CHECK(A.n_cols == 3);
  CHECK(A.n_elem == 6);
  CHECK_FALSE(A.is_empty());
}

TEST_CASE("the sheet's entries, rows and columns") {
  const mat A = {{1, 2, 3}, {-4, 5, 6}};
  const vec v = {7, 8};
  const uvec order = {2, 0, 1};
  CHECK(A(i, j) == 6);
  CHECK(v(i) == 8);
  CHECK(same(A.col(j), vec{3, 6}));
  CHECK(same(A.row(i), mat{{-4, 5, 6}}));
  CHECK(same(A.cols(uvec{0, 2}), mat{{1, 3}, {-4, 6}}));
  CHECK(same(A.head_rows(2), A));
  CHECK(same(A.t(), mat{{1, -4}, {2, 5}, {3, 6}}));
  CHECK(same(vectorise(A), vec{1, -4, 2, 5, 3, 6}));
  CHECK(same(join_rows(A, B), mat{{1, 2, 3, 5, 6, 7}, {-4, 5, 6, 8, 9, 10}}));
  CHECK(same(join_cols(A, B), mat{{1, 2, 3}, {-4, 5, 6}, {5, 6, 7}, {8, 9, 10}}));
  CHECK(same(A.cols(order), mat{{3, 1, 2}, {6, -4, 5}}));
}

TEST_CASE("the sheet's arithmetic") {
  mat A = {{1, 2, 3}, {-4, 5, 6}};
  const vec v = {3, 4};
  CHECK(same(A * C, mat{{4, 5}, {2, 11}}));
  CHECK(same(A % B, mat{{5, 12, 21}, {-32, 45, 60}}));
  CHECK(same(B / B, mat(2, 3, arma::fill::ones)));
  CHECK(same((A / B).eval().row(0), mat{{real(1) / 5, real(2) / 6, real(3) / 7}}));
  CHECK(dot(v, w) == 11);
  CHECK(same(exp(A).eval().row(0), mat{{std::exp(real(1)), std::exp(real(2)), std::exp(real(3))}}));
  CHECK(same(square(A), mat{{1, 4, 9}, {16, 25, 36}}));
  CHECK(same(clamp(A, 0, 1), mat{{1, 1, 1}, {0, 1, 1}}));
  A.each_col() += v;
  CHECK(same(A, mat{{4, 5, 6}, {0, 9, 10}}));
  A.each_row() /= sum(A, 0);
  CHECK(same(sum(A, 0), mat(1, 3, arma::fill::ones)));
  A = {{1, -2}, {-3, 4}};
  A.transform([](real z) { return z > 0 ? z : 0; });
  CHECK(same(A, mat{{1, 0}, {0, 4}}));
}

TEST_CASE("the sheet's sums and searches") {
  const mat A = {{1, 2, 3}, {-4, 5, 6}};
  const vec v = {-1, 4};
  CHECK(accu(A) == 13);
  CHECK(same(sum(A, 0), mat{{-3, 7, 9}}));
  CHECK(same(sum(A, 1), vec{6, 7}));
  CHECK(same(mean(A, 0), mat{{-1.5, 3.5, 4.5}}));
  CHECK(same(max(A, 0), mat{{1, 5, 6}}));
  CHECK(A.max() == 6);
  CHECK(v.index_max() == 1);
  CHECK(same_whole(index_max(A, 0).t(), {0, 1, 1}));
  CHECK(same_whole(find(v > 0), {1}));
  CHECK(find(v > 0).eval().n_elem == 1);
  CHECK(same(arma::conv_to<mat>::from(A > 0), mat{{1, 1, 1}, {0, 1, 1}}));
  CHECK(as_scalar(v.t() * w) == 7);
  CHECK(approx_equal(A, A, "absdiff", 1e-9));
  CHECK_FALSE(approx_equal(A, B, "absdiff", 1e-9));
  CHECK(A.is_finite());
}

TEST_CASE("every expression of the sheet stands in this file") {
  const std::string sheet = text_of(NN_SHEET), here = text_of(__FILE__);
  const std::regex row(R"re(\n\|[^|\n]*\| `([^`]+)` \|)re");
  int rows = 0;
  for (std::sregex_iterator it(sheet.begin(), sheet.end(), row), end; it != end; ++it, ++rows) {
    CAPTURE((*it)[1].str());
    CHECK(here.find((*it)[1].str()) != std::string::npos);
  }
  CHECK(rows > 40);
}
