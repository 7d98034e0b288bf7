// A file that is replaced is the old one or the new one, whatever goes wrong.
#include "base/files.hpp"

#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <functional>
#include <iterator>

#include "base/tests/full_disk.hpp"
#include "base/tests/temp_folder.hpp"

using namespace base;
using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::MessageMatches;

namespace {

// What fsync() was called for: '-' for a file, 'd' for a folder; and what the file of the test held then.
std::string synced;
fs::path watched;
std::string held;

auto entries(const fs::path& folder) { return std::distance(fs::directory_iterator(folder), fs::directory_iterator()); }

}  // namespace

extern "C" int fsync(int fd) {  // takes the place of the C library's in this program
  struct stat info {};
  fstat(fd, &info);
  synced += S_ISDIR(info.st_mode) ? 'd' : '-';
  if (!S_ISDIR(info.st_mode) && fs::exists(watched)) held = read_file(watched);
  return int(syscall(SYS_fsync, fd));
}

TEST_CASE("a written file replaces the old one, and leaves nothing beside it") {
  const test::TempFolder folder;
  write_file(folder / "a", "old and long");
  write_file(folder / "a", std::string("new\0", 4));
  CHECK(read_file(folder / "a") == std::string("new\0", 4));
  CHECK(entries(folder.path()) == 1);
  write_file(folder / "made/on the way/b", "");
  CHECK(read_file(folder / "made/on the way/b").empty());
}

TEST_CASE("the new content is on the disk before it takes the old one's place") {
  const test::TempFolder folder;
  watched = folder / "a";
  write_file(watched, "old");
  synced = held = "";
  write_file(watched, "new");
  CHECK(synced == "-d");
  CHECK(held == "old");
  synced = "";
  write_file(watched, "scratch", Durable::no);
  CHECK(synced.empty());
}

TEST_CASE("where the disk is full the old content stays") {
  const test::TempFolder folder;
  const fs::path file = folder / "a";
  write_file(file, "old");
  CHECK(test::error_on_a_full_disk([&] { write_file(file, std::string(5000, 'x')); }) ==
        "cannot write " + file.string() + ": File too large");
  CHECK(read_file(file) == "old");
  CHECK(entries(folder.path()) == 1);
}

TEST_CASE("a file that cannot be written or read says which and why") {
  const test::TempFolder folder;
  const auto refused = [](const std::function<void()>& call, const std::string& why) {
    CHECK_THROWS_MATCHES(call(), EnvironmentError, MessageMatches(ContainsSubstring(why)));
  };
  refused([&] { read_file(folder / "none"); }, "cannot read " + (folder / "none").string() + ": No such file");
  write_file(folder / "a", "");
  refused([&] { write_file(folder / "a/b", ""); }, "cannot write " + (folder / "a/b").string() + ": ");
  refused([&] { write_file(folder.path(), ""); }, "cannot write " + folder.path().string() + ": Is a directory");
  CHECK(entries(folder.path()) == 1);
}

TEST_CASE("through a link the file is replaced, and what is no file is written to") {
  const test::TempFolder folder;
  write_file(folder / "a", "old");
  fs::create_symlink("a", folder / "link");
  write_file(folder / "link", "new");
  CHECK(fs::is_symlink(folder / "link"));
  CHECK(read_file(folder / "a") == "new");
  write_file("/dev/null", "gone");
  CHECK(fs::is_character_file("/dev/null"));
}
