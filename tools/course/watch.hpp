// ./course watch: grades a lesson on every save, until the student leaves.
#pragma once

#include "base/project.hpp"

namespace course {

/// `what` is a lesson, or empty for the one that is next. `poll` looks at the files four times a second instead of
/// waiting for file events; network mounts, where events do not come, are polled anyway.
int run_watch(const Project& project, const std::string& what, bool poll);

}  // namespace course
