// What a student's file is compiled on top of: the headers that every contract includes, read once. Classes that every
// answer uses are compiled once too, in instances.cpp, instead of after every save.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"
#include "nn/types.hpp"

extern template class arma::Mat<nn::real>;
extern template class arma::Col<nn::real>;
extern template class arma::Row<nn::real>;
extern template class arma::Mat<nn::uword>;
extern template class arma::Col<nn::uword>;
extern template class std::vector<nn::mat>;
extern template class std::vector<nn::vec>;
extern template class std::vector<nn::uvec>;
extern template class std::vector<nn::Layer>;
