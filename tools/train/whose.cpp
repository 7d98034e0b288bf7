#include "tools/train/session.hpp"

const char* const trainer::whose = NN_WHOSE;
