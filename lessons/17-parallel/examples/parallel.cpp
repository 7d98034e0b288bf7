#include "nn/parallel.hpp"
