#include "tools/course/completion.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/quote.hpp"

namespace course {

// The words that may follow a command.
static std::string arguments_of(const std::string& command, const std::string& lessons, const std::string& tasks,
                                const std::string& capstones) {
  if (command == "capstone") return capstones;
  if (command == "run") return "all " + lessons + " " + tasks;
  if (command == "diff" || command == "reset") return lessons + " " + tasks;
  if (command == "hint") return tasks;
  if (command == "watch" || command == "plot") return lessons;
  if (command == "data") return "mnist";
  if (command == "completion") return "bash zsh fish";
  return "";
}

int run_completion(const Project& project, const std::string& shell,
                   const std::vector<std::pair<std::string, std::string>>& commands) {
  std::string lessons, tasks, capstones, names;
  for (const Lesson& lesson : project.lessons) {
    lessons += (lessons.empty() ? "" : " ") + std::to_string(lesson.plain_number());
    if (lesson.capstone) capstones += (capstones.empty() ? "" : " ") + std::to_string(lesson.plain_number());
    for (const Task& task : lesson.tasks) tasks += (tasks.empty() ? "" : " ") + task.id;
  }
  for (const auto& [name, description] : commands) names += (names.empty() ? "" : " ") + name;

  if (shell == "bash" || shell == "zsh") {
    if (shell == "zsh") fmt::print("autoload -U +X bashcompinit && bashcompinit\n");
    fmt::print(
        "_course() {{\n  local words=\"\"\n  if [ \"$COMP_CWORD\" -eq 1 ]; then words=\"{}\"; else case "
        "\"${{COMP_WORDS[1]}}\" in\n",
        names);
    for (const auto& [name, description] : commands)
      if (const std::string words = arguments_of(name, lessons, tasks, capstones); !words.empty())
        fmt::print("    {}) words=\"{}\" ;;\n", name, words);
    fmt::print(
        "  esac; fi\n  COMPREPLY=($(compgen -W \"$words\" -- \"${{COMP_WORDS[COMP_CWORD]}}\"))\n}}\ncomplete -F "
        "_course course ./course\n");
    return passed;
  }
  if (shell == "fish") {
    for (const auto& [name, description] : commands) {
      fmt::print("complete -c course -f -n __fish_use_subcommand -a {} -d {}\n", name,
                 fish_quoted(description.substr(0, description.find(':'))));
      if (const std::string words = arguments_of(name, lessons, tasks, capstones); !words.empty())
        fmt::print("complete -c course -f -n '__fish_seen_subcommand_from {}' -a '{}'\n", name, words);
    }
    return passed;
  }
  throw UsageError(fmt::format("no completion for {}; there are bash, zsh, fish", shell));
}

}  // namespace course
