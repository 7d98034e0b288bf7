// The commands behind ./course, one function each; each returns the exit code.
#pragma once

#include "tools/course/project.hpp"

namespace course {

int run_check(const Project& project);                                                    ///< ./course check
int run_test(const Project& project);                                                     ///< ./course test
int run_stubs(const Project& project, const fs::path& folder);                            ///< ./course stubs
int run_data(const Project& project, const std::vector<std::string>& arguments);          ///< ./course data
int run_demo(const Project& project, const std::vector<std::string>& arguments);          ///< ./course demo
int run_capstone(const Project& project, const std::vector<std::string>& arguments);      ///< ./course capstone
int run_plot(const Project& project, const std::string& lesson);                          ///< ./course plot 3
int run_list(const Project& project);                                                     ///< ./course list

}  // namespace course
