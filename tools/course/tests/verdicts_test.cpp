// For each kind of verdict what a student reads, word for word.
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <thread>

#include "tools/course/progress.hpp"
#include "tools/staff/rehearsal.hpp"

using namespace course;

namespace {

struct Sample {
  std::string name, body, reads;
};

// Task 3.2, sigmoid: the body that stands in the stub's place, and what is read between the heading and what to do
// next.
const Sample samples[] = {
    {"passed", "  return 1 / (1 + exp(-Z));",
     R"(  + 3.2  sigmoid                          20 checks
)"},
    {"not written", "",
     R"(  . 3.2  sigmoid                          not written yet
)"},
    {"wrong", "  return 1 / (1 + exp(Z));",
     R"(  x 3.2  sigmoid                          wrong
      Not so: sigmoid follows its formula for any shape
      sigmoid: the result should have been 0.003728711, but it was 0.9962713
        Z = -5.58796
      19 of 20 checks failed; all of them: ./course run 3.2 --all
      Known mistake: your sigmoid falls where it should rise: look at the sign
      of z inside exp.
)"},
    {"wrong shape", "  return mat(Z.n_cols + 1, Z.n_rows, arma::fill::zeros);",
     R"(  x 3.2  sigmoid                          wrong shape
      Not so: sigmoid follows its formula for any shape
      sigmoid: the result should have been 1 x 1, but it was 2 x 1
        Z = -5.58796
      20 of 20 checks failed; all of them: ./course run 3.2 --all
      Nor: sigmoid at known points
      Nor: sigmoid is exactly 0 and 1 far out
      Nor: sigmoid of -z is 1 minus sigmoid of z
)"},
    {"a wrong shape where numbers are wrong, too", "  Z = 1 / (1 + exp(Z));\n  return Z.n_cols > 1 ? mat(Z.t()) : Z;",
     R"(  x 3.2  sigmoid                          wrong shape
      Not so: sigmoid follows its formula for any shape
      sigmoid: the result should have been 1 x 4, but it was 4 x 1
        Z is 1 x 4: [-1.831 0.2977 -4.87 1.968]
      20 of 20 checks failed; all of them: ./course run 3.2 --all
      sigmoid: a known mistake gives the same in 8 of the 20 failed checks: your
      sigmoid falls where it should rise: look at the sign of z inside exp. It
      does not explain the others.
      sigmoid: the result has rows and columns changed round in its shape in 11
      of the 20 failed checks.
      sigmoid: every wrong entry is 1 minus what it should be in 8 of the 20
      failed checks.
)"},
    {"not a number", "  Z = exp(Z) / (1 + exp(Z));\n  Z.fill(arma::datum::nan);\n  return Z;",
     R"(  x 3.2  sigmoid                          not a number
      Not so: sigmoid follows its formula for any shape
      sigmoid: the result should have been 0.003728711, but it was not a number
        Z = -5.58796
      20 of 20 checks failed; all of them: ./course run 3.2 --all
      sigmoid: every wrong entry is not a number in 19 of the 20 failed checks.
)"},
    {"crashed", "  double* volatile p = nullptr;\n  *p = 1;\n  return Z;",
     R"(  x 3.2  sigmoid                          crashed
      exercises/03-activations/activations.cpp:27
      it followed a null pointer, or a reference to nothing
)"},
    {"timed out", "  for (volatile bool on = true; on;) {\n  }\n  return Z;",
     R"(  x 3.2  sigmoid                          timed out
      it was stopped after 10 s; a loop that never ends?
)"},
    {"an exception of Armadillo", "  return Z * Z;",
     R"(  x 3.2  sigmoid                          wrong
      exercises/03-activations/activations.cpp:26
      Not so: sigmoid at known points
      sigmoid: it threw an exception: matrix multiplication: incompatible matrix
      dimensions: 2x3 and 2x3
        Z is 2 x 3: [0 1 2; -3 0.5 10]
      A * B is the matrix product: A needs as many columns (3) as B has rows
      (2). Transpose one of them with .t()? Entry by entry is A % B.
      20 of 20 checks failed; all of them: ./course run 3.2 --all
      Nor: sigmoid follows its formula for any shape
      Nor: sigmoid is exactly 0 and 1 far out
      Nor: sigmoid of -z is 1 minus sigmoid of z
)"},
    {"wrong, and the compiler knew", "  clamp(Z, 0, 1);\n  return Z;",
     R"(  x 3.2  sigmoid                          wrong
      Not so: sigmoid follows its formula for any shape
      sigmoid: the result should have been 0.003728711, but it was -5.587957
        Z = -5.58796
      20 of 20 checks failed; all of them: ./course run 3.2 --all
      sigmoid: every wrong entry is the entry of Z at its place: nothing was
      done there in 19 of the 20 failed checks.

  exercises/03-activations/activations.cpp:26:17: the compiler warns: the result
  of clamp(...) is not used
        clamp(Z, 0, 1);
                      ^
  clamp changes none of its arguments, it returns a new value: put `Z = ` or
  `return` in front.
)"},
    {"does not compile", "  return 1 / (1 + exp(-Z))",
     R"(  exercises/03-activations/activations.cpp:26:27: expected ';' before '}' token
        return 1 / (1 + exp(-Z))
                                ^
  A semicolon is missing at the end of this line or the one before it.

)"},
};

}  // namespace

TEST_CASE("each verdict is told for what it is") {
  const Rehearsal student(NN_ROOT);
  const std::string title = "Lesson 3  Activations and the forward pass   ",
                    next =
                        "\nNext: 3.1 step, sign, identity (about 5 min, 5 points)\n"
                        "  exercises/03-activations/activations.cpp  contract: nn/activations.hpp\n"
                        "  ./course hint 3.1\n";
  for (const Sample& sample : samples) {
    student.reset("3");
    if (!sample.body.empty()) student.write("3", "sigmoid", sample.body);
    const Outcome outcome = student.course({"run", "3.2"});
    const bool pass = sample.name == "passed";
    CAPTURE(sample.name);
    CHECK(outcome.exit_code == (pass ? passed : failed));
    CHECK(outcome.output == title + (pass ? "10" : "0") + " of 100 points\n\n" + sample.reads +
                                (sample.name == "does not compile" ? "" : next));
    for (std::size_t begin = 0, end; (end = outcome.output.find('\n', begin)) != std::string::npos; begin = end + 1)
      CHECK(end - begin <= 80);
    if (sample.name == "wrong, and the compiler knew") {
      const Outcome plain = student.ctest({"-R", "^03.2 "});
      INFO(plain.output);
      CHECK(plain.output.find(": warning: ignoring return value of ") != std::string::npos);
    }
  }
}

TEST_CASE("what is asked for wrongly is answered with what there is") {
  const Rehearsal student(NN_ROOT);
  const std::pair<std::vector<std::string>, std::string> wrong[] = {
      {{"run", "99"}, "no lesson 99; there are 01-perceptron"},
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

TEST_CASE("after a pass ours is shown, and one more correct answer") {
  const Rehearsal student(NN_ROOT);
  student.write("3", "sigmoid", "  return 1 / (1 + exp(-Z));");
  REQUIRE(student.course({"run", "3.2"}).exit_code == passed);
  const Outcome diff = student.course({"diff", "3.2"});
  CAPTURE(diff.output);
  CHECK(diff.exit_code == passed);
  for (const char* shown : {"solutions/03-activations/activations.cpp (ours: +)",
                            "\nautograder/alternatives/03-activations/activations.cpp\n\n  mat sigmoid(mat Z) {",
                            "\nAnother complete answer: ", "\nGood here: ", "\nGood in ours: "})
    CHECK(diff.output.find(shown) != std::string::npos);
  CHECK(diff.output.find("mat softmax(mat Z) {\n  for") == std::string::npos);
  student.write("3", "tanh", "  return 2 / (1 + exp(-2 * Z)) - 1;");
  REQUIRE(student.course({"run", "3.3"}).exit_code == passed);
  const Outcome whole = student.course({"diff", "3.3"});  // a function with a loop, to its last line
  CAPTURE(whole.output);
  CHECK(whole.output.find("\n  mat tanh(mat Z) {\n    for") != std::string::npos);
  CHECK(whole.output.find("\n    }\n    return Z;\n  }\n") != std::string::npos);
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
  student.write("3", "sigmoid", "  return 1 / (1 + exp(-Z));");
  const fs::path file = student.root() / ".progress.json", unwritten = student.root() / "build/student/bin/test_02";
  const std::string whole = read_file(file);
  write_file(file, whole.substr(0, whole.size() / 2));
  fs::remove(unwritten);
  const Outcome outcome = student.course({}, 1200);
  CAPTURE(outcome.output);
  CHECK(outcome.exit_code == passed);
  CHECK(outcome.output.find("it is kept as .progress.json.damaged") != std::string::npos);
  CHECK(read_file(student.root() / ".progress.json.damaged") == whole.substr(0, whole.size() / 2));
  CHECK(outcome.output.find("6 of  6 tasks") != std::string::npos);
  CHECK(read_progress(student.project()).passed("3.2"));
  CHECK_FALSE(fs::exists(unwritten));  // a lesson in which nothing is written is not built
}

TEST_CASE("commands that run at once lose no progress") {
  const Rehearsal student(NN_ROOT);
  const Project project = student.project();
  std::vector<std::thread> commands;
  for (int i = 0; i < 8; ++i)
    commands.emplace_back([&, i] {
      update_progress(project, [&](Progress& all) {
        all.tasks[project.lessons.at(0).tasks.at(std::size_t(i % 4)).id].hints += 1;
        usleep(20'000);
      });
    });
  for (std::thread& command : commands) command.join();
  const Progress all = read_progress(project);
  for (int i = 0; i < 4; ++i) CHECK(all.tasks.at(project.lessons.at(0).tasks.at(std::size_t(i)).id).hints == 2);
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

TEST_CASE("what is saved while it is compiled is judged the next time, by run and by ctest") {
  const Rehearsal student(NN_ROOT);
  student.reset("3");
  student.course({"run", "3.2"});  // so that nothing but the lesson's file is left to compile
  const fs::path begun =
      student.root() / "build/student/CMakeFiles/body_03.dir/exercises/03-activations/activations.cpp.o.begun";
  std::string slow;  // some seconds for the compiler
  for (const char* name : {"a", "b", "n"})
    slow += std::string("  constexpr int ") + name +
            " = [] {\n    int sum = 0;\n    for (int i = 0; i < 100; ++i)\n"
            "      for (int j = 0; j < 5000; ++j) sum += j % 3;\n    return sum;\n  }();\n";
  for (const bool by_ctest : {false, true}) {
    student.reset("3");
    student.write("3", "sigmoid", slow + "  return n / (a + b * exp(Z));");
    const auto judge = [&] {
      return by_ctest ? student.ctest({"-R", "03.2", "--output-on-failure"}) : student.course({"run", "3.2"});
    };
    bool seen = false;
    std::thread saves([&] {
      for (int i = 0; i < 3000 && !seen; ++i) usleep(10'000), seen = fs::exists(begun);
      usleep(500'000);  // the compiler has read it
      student.reset("3");
      student.write("3", "sigmoid", "  return 1 / (1 + exp(-Z));");
    });
    const Outcome first = judge();
    saves.join();
    CAPTURE(first.output);
    CHECK(seen);
    CHECK(first.output.find("sigmoid: ") != std::string::npos);  // the text that was there compiles, and is wrong
    CHECK(judge().ok());
  }
}
