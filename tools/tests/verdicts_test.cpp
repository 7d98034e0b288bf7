// For each kind of verdict what a student reads, word for word.
#include <catch2/catch_test_macros.hpp>

#include "tools/course/rehearsal.hpp"

using namespace course;

namespace {

struct Sample {
  std::string name, task, function, body;
  std::vector<std::string> reads;  // lines, in this order
};

// Lesson 3, whose first file the bodies go to.
const Sample samples[] = {
    {"passed", "3.2", "sigmoid", "  return 1 / (1 + exp(-Z));", {"  + 3.2  sigmoid"}},
    {"not written", "3.2", "", "", {"  . 3.2  sigmoid                          not written yet"}},
    {"wrong",
     "3.2",
     "sigmoid",
     "  return 1 / (1 + exp(Z));",
     {"  x 3.2  sigmoid                          wrong", "should have been", "but it was", "Known mistake: "}},
    {"wrong shape",
     "3.2",
     "sigmoid",
     "  return mat(Z.n_cols + 1, Z.n_rows, arma::fill::zeros);",
     {"wrong shape", "should have been", " x ", "but it was"}},
    {"not a number",
     "3.2",
     "sigmoid",
     "  Z = exp(Z) / (1 + exp(Z));\n  Z.fill(arma::datum::nan);\n  return Z;",
     {"not a number", "but it was not a number"}},
    {"crashed",
     "3.2",
     "sigmoid",
     "  double* volatile p = nullptr;\n  *p = 1;\n  return Z;",
     {"crashed", "exercises/03-activations/activations.cpp:", "it followed a null pointer"}},
    {"timed out",
     "3.2",
     "sigmoid",
     "  for (volatile bool on = true; on;) {\n  }\n  return Z;",
     {"timed out", "a loop that never ends?"}},
    {"an exception of Armadillo",
     "3.2",
     "sigmoid",
     "  return Z * Z;",
     {"wrong", "exercises/03-activations/activations.cpp:",
      "it threw an exception: matrix multiplication: incompatible", "A * B is the matrix product"}},
    {"does not compile",
     "3.2",
     "sigmoid",
     "  return 1 / (1 + exp(-Z))",
     {"exercises/03-activations/activations.cpp:", "expected ';'", "A semicolon is missing"}},
};

}  // namespace

TEST_CASE("each verdict is told for what it is") {
  const Rehearsal student(NN_ROOT);
  for (const Sample& sample : samples) {
    student.reset("3");
    if (!sample.function.empty()) student.write("3", sample.function, sample.body);
    const Outcome outcome = student.course({"run", sample.task});
    CAPTURE(sample.name, outcome.output);
    CHECK(outcome.exit_code == (sample.name == "passed" ? passed : failed));
    std::size_t at = 0;
    for (const std::string& line : sample.reads) {
      CAPTURE(line);
      at = outcome.output.find(line, at);
      REQUIRE(at != std::string::npos);
    }
    CHECK(outcome.output.find('\033') == std::string::npos);  // no colour where there is no terminal
    for (std::size_t begin = 0, end; (end = outcome.output.find('\n', begin)) != std::string::npos; begin = end + 1)
      if (outcome.output.compare(begin, 4, "    ") != 0) CHECK(end - begin <= 80);
  }
}

TEST_CASE("what is asked for wrongly is answered with what there is") {
  const Rehearsal student(NN_ROOT);
  const std::pair<std::vector<std::string>, std::string> wrong[] = {
      {{"run", "9"}, "no lesson 9; there are 01-perceptron"},
      {{"run", "3.99"}, "no task 3.99; lesson 03-activations has 3.1"},
      {{"hint", "x"}, "no lesson x"},
      {{"diff", "3"}, "does not pass yet"},
      {{"no-such-command"}, "no-such-command"},
  };
  for (const auto& [arguments, says] : wrong) {
    const Outcome outcome = student.course(arguments);
    CAPTURE(arguments[0], outcome.output);
    CHECK(outcome.exit_code == usage);
    CHECK(outcome.output.find(says) != std::string::npos);
  }
}

TEST_CASE("hints come one at a time and never the code") {
  const Rehearsal student(NN_ROOT);
  const Project project = student.project();
  const Task& task = project.task("3.6");
  REQUIRE(task.hints.size() == 3);
  for (int i = 0; i < 4; ++i) {
    const std::string output = student.course({"hint", "3.6"}).output;
    CHECK(output.find("hint " + std::to_string(std::min(i + 1, 3)) + " of 3") != std::string::npos);
  }
}

TEST_CASE("a damaged progress file is kept aside and what passes is found again") {
  const Rehearsal student(NN_ROOT);
  student.solve("1");
  REQUIRE(student.course({"run", "1"}).exit_code == passed);
  const fs::path file = student.root() / ".progress.json";
  const std::string whole = read_file(file);
  write_file(file, whole.substr(0, whole.size() / 2));
  const Outcome outcome = student.course({}, 1200);
  CAPTURE(outcome.output);
  CHECK(outcome.exit_code == passed);
  CHECK(outcome.output.find("it is kept as .progress.json.damaged") != std::string::npos);
  CHECK(read_file(student.root() / ".progress.json.damaged") == whole.substr(0, whole.size() / 2));
  CHECK(outcome.output.find("6 of  6 tasks") != std::string::npos);
}

TEST_CASE("reset keeps the old file and says where") {
  const Rehearsal student(NN_ROOT);
  const std::string stub = read_file(student.exercise("2"));
  student.write("2", "xor_gate", "  return x1 != x2;");
  const std::string mine = read_file(student.exercise("2"));
  const std::string output = student.course({"reset", "2"}).output;
  CHECK(read_file(student.exercise("2")) == stub);
  const auto at = output.find("exercises/02-multilayer/kept/");
  REQUIRE(at != std::string::npos);
  CHECK(read_file(student.root() / output.substr(at, output.find('\n', at) - at)) == mine);
}
