// The demo and the capstone: one program, on the contracts of nn/*.hpp alone. `train` is linked with our solutions,
// `capstone_07` with yours.
#include <fmt/format.h>

#include <exception>

#include "nn/support/todo.hpp"
#include "tools/train/session.hpp"
#include "tools/train/whose.hpp"

int main(int argc, char** argv) {
  int code = 0;
  const auto settings = trainer::parse(argc, argv, code);
  if (!settings) return code;
  try {
    return trainer::run(*settings);
  } catch (const nn::not_implemented& unwritten) {
    fmt::print(stderr, "{}\n", unwritten.what());
    return 1;
  } catch (const trainer::Unusable& problem) {
    fmt::print(stderr, "train: {}\n", problem.what());
    return 3;
  } catch (const std::bad_alloc&) {
    fmt::print(stderr, "train: out of memory\n");
    return 3;
  } catch (const std::exception& error) {
    fmt::print(stderr, "the training failed ({}): {}\n", trainer::whose, error.what());
    return 1;
  } catch (...) {
    fmt::print(stderr, "the training failed ({}): it threw something that is no std::exception\n", trainer::whose);
    return 1;
  }
}
