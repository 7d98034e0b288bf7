#include "tools/course/staff.hpp"

#include <fmt/format.h>
#include <unistd.h>

namespace course {

void require_whole_course(const Project& project, const std::string& command) {
  if (!fs::exists(project.root / "tools/staff"))
    throw UsageError(
        fmt::format("./course {} needs the whole course; this repository holds a student's part of it", command));
}

int run_staff(const Project& project, const std::string& command, std::vector<std::string> arguments) {
  require_whole_course(project, command);
  const std::string program = fs::read_symlink("/proc/self/exe").replace_filename("staff").string();  // beside this one
  arguments.insert(arguments.begin(), {program, command});
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  execv(program.c_str(), argv.data());
  throw EnvironmentError(fmt::format("{} is not there; `./course {}` builds it", program, command));
}

}  // namespace course
