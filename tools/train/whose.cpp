#include "tools/train/whose.hpp"

const char* const trainer::whose = NN_WHOSE;
