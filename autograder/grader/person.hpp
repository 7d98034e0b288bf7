// Somebody of a class, as a roster has them and as gradebooks name them.
#pragma once

#include <string>

namespace grader {

struct Person {
  std::string name, id, login, email;
  std::string canvas_id, moodle_id;  ///< the platforms' own numbers: Canvas's ID, Moodle's participant
  std::string section;
};

}  // namespace grader
