// Wraps the BLAS gemm symbols that Armadillo calls, and splits large products across threads; small ones pass through.
//
// OpenBLAS has threads of its own, which these replace: they bring less at a network's shapes, and they wait for each
// other without letting go of their cores, which on a machine with other work makes training several times slower
// (docs/speed.md).
#pragma once

namespace nn {

/// From now on a product is cut into at most `parts`; 1: none is. One with two short sides and a long one, or a part of
/// it, is computed in pieces of `at_once` multiplications; 0: it is not. Not while a product is being computed.
void cut_products(int parts, double at_once);

/// How many products came by. None ever do where the system lets a library call its own BLAS whatever the program
/// defines.
unsigned long long products_seen();

}  // namespace nn
