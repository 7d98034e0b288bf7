#include "autograder/mistakes/catalogue.hpp"
#include "nn/parallel.hpp"
