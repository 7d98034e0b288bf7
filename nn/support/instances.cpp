// The code of the classes that precompiled.hpp only declares.
#include "nn/support/precompiled.hpp"

template class arma::Mat<nn::real>;
template class arma::Col<nn::real>;
template class arma::Row<nn::real>;
template class arma::Mat<nn::uword>;
template class arma::Col<nn::uword>;
template class std::vector<nn::mat>;
template class std::vector<nn::vec>;
template class std::vector<nn::uvec>;
template class std::vector<nn::Layer>;
