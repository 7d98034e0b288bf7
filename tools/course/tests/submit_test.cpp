#include "tools/course/submit.hpp"

#include <catch2/catch_test_macros.hpp>

#include "base/process.hpp"
#include "tools/course/tests/toy_project.hpp"

using namespace course;

TEST_CASE("what is handed in are the lesson's files as UTF-8, named by their content") {
  const ToyProject toy;
  const Project project = toy.load();
  const Lesson& lesson = project.lessons.at(0);
  const std::string path = lesson.name + "/" + lesson.files.at(0);
  write_file(toy.root / "exercises" / path, "// \xfc\n");
  write_file(toy.root / "exercises" / lesson.name / "notes.txt", "mine");
  const fs::path archive = toy.root / "work.zip";
  const Packed packed = pack(project, {&lesson}, archive);
  CHECK(packed.paths == std::vector{path});
  CHECK(packed.manifest == "cbb57c1cf55b511974855ccb4cb7b2cd780b048d23a3de5cc4ac5f2d5e32d390  " + path + "\n");
  const Outcome listed = capture({{"cmake", "-E", "tar", "tf", archive.string()}, toy.root, {}, 60.0});
  CHECK(listed.output == "exercises/" + path + "\n");

  const Outcome of_manifest = capture({{"cmake", "-E", "sha256sum", "build/submission/manifest"}, toy.root, {}, 60.0});
  CHECK(of_manifest.output.starts_with(packed.content + " "));

  write_file(toy.root / "exercises" / path, "#include \"nn/toy.hpp\"\n# include \"mine.hpp\"\n");
  CHECK_NOTHROW(pack(project, {&lesson}, archive));
  write_file(toy.root / "exercises" / lesson.name / "mine.hpp", "");
  CHECK_THROWS_AS(pack(project, {&lesson}, archive), UsageError);  // it compiles here alone
  fs::remove(toy.root / "exercises" / path);
  CHECK_THROWS_AS(pack(project, {&lesson}, archive), UsageError);
}
