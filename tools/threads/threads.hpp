// How many threads Armadillo's products of matrices use: code that says `W * X` stays as it is.
#pragma once

namespace nn {

/// What set_threads was told last. Before that, and where products do not pass here, what OpenBLAS says of its own
/// threads; 0 where Armadillo stands on another BLAS.
int threads();

/// From now on a product large enough to gain by it is cut into at most `n` parts (1 <= n <= 1024, else
/// std::invalid_argument), and the BLAS does each of them on one thread. The same n gives the same bits, if one thread
/// asks; another n may round otherwise. Not while a product is computed.
///
/// Returns false where products do not pass here (another BLAS, or a system that binds names more narrowly than ELF
/// does): then OpenBLAS, if it is there, uses n threads of its own.
bool set_threads(int n);

}  // namespace nn
