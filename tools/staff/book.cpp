#include "tools/staff/book.hpp"

#include <fmt/format.h>

#include <regex>

#include "base/process.hpp"

namespace course {

// Runs a script of tools/ after what it needs has been installed; the first group of `counted` in what it says is
// how much it looked at.
static void run_script(const Project& project, const std::string& script, const std::vector<std::string>& needs,
                       double seconds, const std::string& counted, Findings& found,
                       const std::vector<std::string>& arguments = {}) {
  std::vector<std::string> install = {(project.root / "course").string(), "install"};
  install.insert(install.end(), needs.begin(), needs.end());
  const Outcome installed = capture({install, project.root, {}, 900.0});
  found.expect(installed.ok(), fmt::format("tools/{} lacks what it needs:\n{}", script, installed.output));
  if (!installed.ok()) return;
  Command run{{"sh", (project.root / "tools" / script).string()}, project.root, {}, seconds};
  run.argv.insert(run.argv.end(), arguments.begin(), arguments.end());
  const Outcome outcome = capture(run);
  std::smatch count;
  const bool counts = std::regex_search(outcome.output, count, std::regex(counted));
  if (counts) found.checked += std::stoi(count[1]);
  found.expect(outcome.ok() && counts, outcome.timed_out ? fmt::format("tools/{} had not ended after {} s:\n{}", script,
                                                                       seconds, outcome.output)
                                                         : outcome.output);
}

// The limits leave room for Emscripten, which compiles its own libraries the first time, beside two other promises.
void check_book(const Project& project, Findings& found) {
  run_script(project, "book/tests/book_test.sh", {"chromium", "npm", "hunspell", "hunspell-en"}, 1800,
             "([1-9][0-9]*) passed, 0 failed", found);
}

void check_playground(const Project& project, const fs::path& network, const fs::path& engine, Findings& found) {
  run_script(project, "play/tests/page_test.sh", {"chromium", "npm"}, 1800, "([1-9][0-9]*) passed, 0 failed", found,
             {network.string(), engine.string()});
}

void check_spelling(const Project& project, Findings& found) {
  run_script(project, "book/spelling.sh", {"hunspell", "hunspell-en"}, 120, "spelling: ([1-9][0-9]*) files, 0 unknown",
             found);
}

}  // namespace course
