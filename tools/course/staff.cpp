#include "tools/course/staff.hpp"

#include <fmt/format.h>
#include <unistd.h>

namespace course {

void require_whole_course(const Project& project, const std::string& command) {
  if (!fs::exists(project.root / "tools/staff"))
    throw UsageError(
        fmt::format("./course {} needs the whole course; this repository holds a student's part of it", command));
}

// Becomes the program that stands beside this one.
static int become(const std::string& name, const std::string& command, std::vector<std::string> arguments) {
  const std::string program = fs::read_symlink("/proc/self/exe").replace_filename(name).string();
  arguments.insert(arguments.begin(), program);
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  execv(program.c_str(), argv.data());
  throw EnvironmentError(fmt::format("{} is not there; `./course {}` builds it", program, command));
}

int run_staff(const Project& project, const std::string& command, std::vector<std::string> arguments) {
  require_whole_course(project, command);
  arguments.insert(arguments.begin(), command);
  return become("staff", command, std::move(arguments));
}

int run_play(const Project& project, const std::vector<std::string>& arguments) {
  require_whole_course(project, "play");
  return become("play", "play", arguments);
}

}  // namespace course
