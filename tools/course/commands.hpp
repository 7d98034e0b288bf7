// The commands behind ./course, one function each; each returns the exit code.
#pragma once

#include "base/project.hpp"

namespace course {

int run_data(const Project& project, const std::vector<std::string>& arguments);  ///< ./course data
int run_demo(const Project& project, std::vector<std::string> arguments);         ///< ./course demo [--lesson 8]
int run_capstone(const Project& project, std::vector<std::string> arguments);     ///< ./course capstone [8]
int run_book(const Project& project, const std::vector<std::string>& arguments);  ///< ./course book
int run_script(const Project& project, const std::string& command,
               std::vector<std::string> arguments);                                      ///< doctor, install
int run_plot(const Project& project, const std::string& lesson);                         ///< ./course plot 3
int run_submit(const Project& project, const std::string& lesson, const fs::path& out);  ///< ./course submit [3]
int run_list(const Project& project);                                                    ///< ./course list
int run_try(const Project& project, const std::string& file);                            ///< ./course try [FILE.cpp]

int run_status(const Project& project);                                  ///< ./course
int run_run(const Project& project, const std::string& what, bool all);  ///< ./course run [3|3.2] [--all]
int run_hint(const Project& project, const std::string& task);           ///< ./course hint [3.2]
int run_next(const Project& project);                                    ///< ./course next
int run_diff(const Project& project, const std::string& what);           ///< ./course diff 3
int run_reset(const Project& project, const std::string& what);          ///< ./course reset 3

}  // namespace course
