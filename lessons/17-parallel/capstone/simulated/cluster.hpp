// What the simulated ranks do, and the capstone knows of it.
#pragma once

namespace many::cluster {

constexpr unsigned batch = 1024;     ///< samples in a step, of all ranks together
constexpr double per_sample = 4e-5;  ///< seconds
constexpr unsigned numbers =
    79510 + 1;  ///< in a message: the weights and biases of 784, 100 and 10 units, and the loss
constexpr unsigned lengths[] = {0, 300, 1000, 5000, 20000, 80000};  ///< of the messages that measure the link

}  // namespace many::cluster
