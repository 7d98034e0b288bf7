#pragma once

namespace trainer {

/// Whose functions this program is made of, as in "our solutions". Each program defines it.
extern const char* const whose;

}  // namespace trainer
