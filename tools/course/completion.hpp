// Shell completion, made from the commands themselves.
#pragma once

#include "base/project.hpp"

namespace course {

/// Prints the script for "bash", "zsh" or "fish"; UsageError for any other shell.
///   bash: eval "$(./course completion bash)"     zsh: the same     fish: ./course completion fish | source
int run_completion(const Project& project, const std::string& shell,
                   const std::vector<std::pair<std::string, std::string>>& commands);

}  // namespace course
