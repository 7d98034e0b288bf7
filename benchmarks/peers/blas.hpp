// One name for the matrix product in float and in double: C = alpha A B + beta C, columns first, A and B transposed
// where asked.
#pragma once

#include <cblas.h>

namespace peers {

inline void gemm(bool ta, bool tb, int m, int n, int k, float alpha, const float* A, const float* B, float beta,
                 float* C) {
  cblas_sgemm(CblasColMajor, ta ? CblasTrans : CblasNoTrans, tb ? CblasTrans : CblasNoTrans, m, n, k, alpha, A,
              ta ? k : m, B, tb ? n : k, beta, C, m);
}

inline void gemm(bool ta, bool tb, int m, int n, int k, double alpha, const double* A, const double* B, double beta,
                 double* C) {
  cblas_dgemm(CblasColMajor, ta ? CblasTrans : CblasNoTrans, tb ? CblasTrans : CblasNoTrans, m, n, k, alpha, A,
              ta ? k : m, B, tb ? n : k, beta, C, m);
}

}  // namespace peers
