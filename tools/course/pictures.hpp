// The pictures that a command has drawn.
#pragma once

#include "base/project.hpp"

namespace course {

/// Prints the paths of the folder's .svg files, to be opened in a browser; nothing where there are none.
void list_pictures(const Project& project, const fs::path& folder);

}  // namespace course
