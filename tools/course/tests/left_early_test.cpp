// A student's code that ends the program, in whatever way, has not passed: neither in ./course run nor in plain ctest.
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>

#include "tools/staff/rehearsal.hpp"

using namespace course;

namespace {

const std::string left = "your code ended the program (exit, with code ";

// One body of task 3.2 for all the ways to leave, so that it is built once.
const std::string top = R"(#include <pthread.h>
#include <unistd.h>
#include <cstdlib>
#include <iostream>
#include <string>
#include <thread>
static const char* env = std::getenv("LEAVE");
static const std::string way = env ? env : "";
static const int in_an_initialiser = way == "initialiser" ? (std::exit(0), 1) : 0;
static const int threw = [] { return way == "initialiser throws" ? throw 1 : 0; }();
static struct Destructor {
  ~Destructor() {
    if (way == "destructor") _exit(0);
  }
} destructor;
)";
const std::string body = R"(  if (way == "exit") std::exit(0);
  if (way == "exit 42") std::exit(42);
  if (way == "_exit") _exit(0);
  if (way == "quick_exit") std::quick_exit(0);
  if (way == "prints") std::cout << "sizes", std::exit(0);
  if (way == "thread exits") pthread_exit(nullptr);
  if (way == "exit in a thread") std::thread([] { std::exit(0); }).join();
  if (way == "another program") execl("/bin/true", "true", nullptr);
  if (way == "abort") std::abort();
  if (way == "destructor") return Z;
  return 1 / (1 + exp(-Z));)";

struct Way {
  std::string name, says;
};

const Way ways[] = {{"exit", left + "0)"},
                    {"exit 42", left + "42)"},
                    {"_exit", left + "0)"},
                    {"quick_exit", left + "0)"},
                    {"prints", left + "0)"},
                    {"thread exits", "crashed"},
                    {"exit in a thread", left + "0)"},
                    {"another program", left + "0)"},
                    {"initialiser", left + "0)"},
                    {"initialiser throws", "crashed"},
                    {"destructor", "wrong"},
                    {"abort", "crashed"}};

}  // namespace

TEST_CASE("to leave the program is not to pass") {
  const Rehearsal student(NN_ROOT);
  student.write("3", "sigmoid", body);
  std::string text = read_file(student.exercise("3"));
  write_file(student.exercise("3"), text.insert(text.find("\nnamespace nn"), top));
  unsetenv("LEAVE");
  const Outcome honest = student.course({"run", "3.2"});
  CAPTURE(honest.output);
  REQUIRE(honest.exit_code == passed);
  REQUIRE(student.ctest({"-R", "^03.2 "}).exit_code == 0);
  for (const Way& way : ways) {
    setenv("LEAVE", way.name.c_str(), 1);
    const Outcome run = student.course({"run", "3.2"}), ctest = student.ctest({"-R", "^03.2 "});
    unsetenv("LEAVE");
    CAPTURE(way.name, run.output, ctest.output);
    CHECK(run.exit_code == failed);
    CHECK(run.output.find(way.says) != std::string::npos);
    CHECK(ctest.exit_code != 0);
    if (way.says.starts_with(left)) CHECK(ctest.output.find(way.says) != std::string::npos);
  }
}

TEST_CASE("whoever leaves the program costs no other task its verdict") {
  const Rehearsal student(NN_ROOT);
  student.solve("3");
  std::string text = read_file(student.exercise("3"));
  const auto body_of_relu = text.find("{\n", text.find("mat relu("));
  REQUIRE(body_of_relu != std::string::npos);
  write_file(student.exercise("3"), "#include <cstdlib>\n" + text.insert(body_of_relu + 2, "  std::exit(0);\n"));
  const Outcome run = student.course({"run", "3"});
  CAPTURE(run.output);
  CHECK(run.exit_code == failed);
  for (const char* line : {"+ 3.1 ", "+ 3.2 ", "+ 3.3 ", "x 3.4 ", "+ 3.5 ", "+ 3.6 ", "x 3.7 ", "+ 3.8 "})
    CHECK(run.output.find(line) != std::string::npos);
  CHECK(run.output.find("ReLU and its kin                 crashed\n      " + left) != std::string::npos);
}
