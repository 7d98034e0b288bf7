// What answers commonly say to Armadillo. Compiled into the precompiled header of the quick compiler, so that these
// templates are instantiated once and not in every file of every student. Nothing calls it, and it answers no task.
#include <algorithm>
#include <armadillo>
#include <cmath>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nn::detail {

#ifdef NN_FLOAT
using M = arma::fmat;
#else
using M = arma::mat;
#endif
using R = M::elem_type;
using V = arma::Col<R>;

inline M common_matrices(const M& A, const M& B, const V& b, R s, const arma::uvec& chosen) {
  M C = A * B, D = A * B + C, E = A;
  C = A.t() * B, C = A * B.t(), C = A * B, C = A.t(), C = s * A.t() * B, C = s * A * B.t(), C = s * (A * B.t());
  C += A * B, C += s * A * B.t(), C -= s * A * B.t(), C -= s * (A * B.t());
  C = A + B, C = A - B, C = A % B, C = A / B, C = -A, C = s * A, C = A / s, C = A + s, C = s - A, C = (A - B) / s;
  C += A, C -= A, C %= A, C /= A, C += s * A, C -= s * A, C *= s, C /= s;
  C = exp(A), C = exp(-A), C = log(A), C = sqrt(A), C = square(A), C = abs(A), C = tanh(A), C = sign(A), C = pow(A, 2);
  C = 1 / (1 + exp(-A)), C = A % (1 - A), C = 1 - square(A), C = B % A % (1 - A), C %= A % (1 - A), C = clamp(A, s, s);
  C = (A.t() * B) % A % (1 - A), C = square(A - B), C = A % log(B), C = arma::conv_to<M>::from(A > s);
  C.each_col() += b, C.each_col() = b, C.each_row() -= sum(A, 0), C.each_row() -= max(A, 0), C.each_row() /= sum(A, 0);
  C.zeros(), C.ones(), C.fill(s), C.set_size(1, 1), C.zeros(1, 1), C = M(1, 1, arma::fill::zeros);
  C = arma::zeros<M>(1, 1), C = arma::ones<M>(1, 1), C = repmat(b, 1, 2), C = diagmat(b), C = A.cols(chosen);
  C = join_cols(A, B), C = join_rows(A, B), C = A.cols(0, 1), C.col(0) = b, C.row(0) = b.t(), C.col(0) = A.col(0);
  C.transform([](R x) { return x; }), C.for_each([](R& x) { x += 1; });
  return size(A) == size(B) ? M(C + D) : M(C - E);
}

inline V common_vectors(const M& A, const V& b, const V& c, R s, const arma::uvec& chosen) {
  V d = A * b, e = A * b + c;
  d += s * b, d -= s * b, d += b, d -= b, d = b + c, d = b - c, d = b % c, d = s * b, d = -s * b, d = b / s,
                                          d = sum(A, 1);
  d = A.col(0), d = mean(A, 1), d = exp(b), d = b.elem(chosen), d = arma::zeros<V>(1), d = V(1, arma::fill::zeros);
  e(0) += dot(b, c) + accu(A) + accu(b) + sum(b) + mean(b) + norm(b) + max(b) + A.max() + b.max() + b.index_max();
  e(0) += accu(A % A) + accu(square(A)) + accu(A % log(A)) + arma::as_scalar(b.t() * c) + accu(A != A) + A.is_finite();
  return d + e;
}

inline arma::uvec common_indices(const M& A, const arma::uvec& u, const arma::urowvec& r) {
  arma::uvec v = arma::regspace<arma::uvec>(0, 1), w = u(v);
  v = u.head(1), v = u.tail(1), v = u.subvec(0, 1), v = index_max(A, 0).t(), v = find(u == 1), v = u.elem(w);
  w(0) = accu(u == v) + accu(r == r) + sum(u) + max(u);
  return w;
}

// What lessons 8 to 18 ask for beside.
inline M common_tools(const M& A, const M& B, const V& b, R s, arma::uvec& u, arma::umat& T) {
  M C = pinv(A) * B, D = A * pinv(B), U, W;
  V d = solve(A, b), values;
  C = solve(A * B.t() + C, A * B.t()).t(), C = solve(A, B), svd_econ(U, values, W, A), eig_sym(values, U, A);
  u = arma::uvec(stable_sort_index(A.col(0))), u = arma::uvec(stable_sort_index(d)), u = arma::uvec(sort_index(d));
  u = arma::uvec(stable_sort_index(vectorise(A))), u = arma::uvec(stable_sort_index(A)), u = sort(u), d = sort(b);
  T.resize(1, 1), T.row(0) = u.t(), T.col(0) = u, u = index_min(A, 0).t(), C = reshape(A, 1, 1), C.resize(1, 1);
  C = clamp(A, 0, s) + log1p(exp(-abs(A))), C = -b.t() * A - sum(log1p(exp(A)), 0), C = A.each_col() - mean(A, 1);
  C.each_col() += sum(square(A), 0).t(), C = A.t() * B / s + C, d = square(b), d = 1 / b, C = A / B, C = s / A;
  d = join_cols(b, vectorise(A), b), d = 1 - b, C.row(0) = (1 - A.row(0)) / s, C = max(A, B), C = exp(A - B);
  return C + D;
}

template <class T>
inline void common_vector(T value) {
  std::vector<T> all, others = {value}, some(1);
  all.push_back(value), all.push_back(std::move(value)), all.resize(2), all.insert(all.begin(), value), all.reserve(3);
  all = others, all = std::move(others), some = {all.front(), all.back(), all[0]};
  for (const T& each : all) some.emplace_back(each);
  if (all.empty() || some.size() > 1) some.clear();
}

inline std::string common_words(const M& A, const V& b, const arma::uvec& u, const std::string& name,
                                const std::function<M(const M&)>& f, std::optional<R> r) {
  common_vector(A), common_vector(b), common_vector(u), common_vector(u(0)), common_vector(b(0));
  common_vector(std::vector<M>{A}), common_vector(std::vector<arma::uword>{u(0)});
  arma::umat C(1, 1, arma::fill::zeros), D = arma::zeros<arma::umat>(1, 1);
  C(0, 0) += 1, D = C;
  const std::string_view view = name;
  std::string text = name + ": " + std::to_string(A.n_rows) + " x " + std::to_string(b(0)) + std::to_string(1) + name;
  if (f(A).is_empty() || !r || *r > 0 || view.empty()) throw std::invalid_argument("a " + text);
  return text;
}

}  // namespace nn::detail
