// The main of every test program: Catch2, with a reporter that speaks to a student unless another is asked for.
#include <catch2/catch_session.hpp>
#include <catch2/catch_translate_exception.hpp>
#include <iostream>

#include "autograder/tests/support/oracle.hpp"
#include "autograder/tests/support/report.hpp"
#include "autograder/tests/support/supervised.hpp"
#include "base/fresh_memory.hpp"
#include "base/test_exit.hpp"
#include "nn/support/todo.hpp"

CATCH_TRANSLATE_EXCEPTION(const nn::not_implemented& e) { return e.what(); }

static int run(int argc, char* argv[]) {
  if (argc == 2 && std::string(argv[1]) == "--known-mistakes") {
    for (const nn::Known& known : nn::known_mistakes()) std::cout << known.key() << '\n';
    return base::tests_passed;
  }
  Catch::Session session;
  if (const int error = session.applyCommandLine(argc, argv)) return error;
  if (session.configData().reporterSpecifications.empty())
    session.configData().reporterSpecifications.push_back({"course", {}, {}, {}});
  const int result = session.run();
  if (nn::only_not_written()) return base::tests_not_written;
  if (const std::string left = nn::oracle_values_left(); !left.empty()) {
    std::cerr << left << '\n';
    return base::tests_failed;
  }
  return result == 0 ? base::tests_passed : base::tests_failed;  // Catch2 3.4 returns how many checks failed
}

int main(int argc, char* argv[]) {
  base::fill_fresh_memory();
  const int result = run(argc, argv);
  std::cout << std::flush;
  nn::last_check_made(result);
  return result;
}
