// How a command ends: what was thrown becomes a line on standard error and the exit code of its kind.
#pragma once

#include <iostream>

#include "base/errors.hpp"

namespace course {

template <class Command>
int ended(const Command& command) {
  int code = failed;
  try {
    return command();
  } catch (const UsageError& e) {
    code = usage, std::cerr << "course: " << e.what() << '\n';
  } catch (const EnvironmentError& e) {
    code = environment, std::cerr << "course: " << e.what() << '\n';
  } catch (const std::exception& e) {
    std::cerr << "course: " << e.what() << '\n';
  }
  return code;
}

}  // namespace course
