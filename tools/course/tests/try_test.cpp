// ./course try: a scratch program on a student's own functions.
#include <catch2/catch_test_macros.hpp>

#include "tools/staff/rehearsal.hpp"

using namespace course;

TEST_CASE("a scratch program runs on the student's own functions, and what it plots is drawn") {
  const Rehearsal student(NN_ROOT);
  const fs::path root = student.project().root, scratch = root / "scratch/try.cpp";
  fs::remove(scratch);
  student.reset("03");
  const auto tries = [&] { return student.course({"try"}, 600.0); };
  const auto says = [](const Outcome& outcome, const std::string& text) {
    INFO(outcome.output);
    CHECK(outcome.output.find(text) != std::string::npos);
  };
  Outcome first = tries();
  CHECK(first.exit_code == passed);
  says(first, "scratch/try.cpp is new");
  says(first, "the largest is 9\n");
  says(first, "build/try/square.svg\n");
  CHECK(read_file(root / "build/try/square.svg").find("<svg") != std::string::npos);

  const std::string begin = "#include \"nn/activations.hpp\"\n#include <iostream>\nint main() {\n";
  write_file(scratch, begin + "  std::cout << nn::sigmoid(nn::vec{0, 100})[1];\n}\n");
  Outcome unwritten = tries();
  CHECK(unwritten.exit_code == failed);
  says(unwritten, "It threw an exception: not written yet: 3.2 sigmoid\n");
  student.solve("03");
  Outcome written = tries();
  CHECK(written.exit_code == passed);
  says(written, "1");
  CHECK(written.output.find("pictures") == std::string::npos);

  student.reset("03");  // so that an exercise is compiled beside it
  write_file(scratch, begin + "  nn::vec x = ;\n}\n");
  Outcome broken = tries();
  CHECK(broken.exit_code == failed);
  says(broken, "scratch/try.cpp:4:15: error: ");
  CHECK(broken.output.find("-Wextra") == std::string::npos);
  CHECK(student.course({"try", "nowhere.cpp"}, 60.0).exit_code == usage);
}
