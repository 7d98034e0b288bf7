#include "autograder/grader/gradescope/upload.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <memory>
#include <random>
#include <vector>

#include "base/project.hpp"

namespace grader {

namespace fs = std::filesystem;

namespace {

/// What the grader is built from.
constexpr const char* parts[] = {"CMakeLists.txt",
                                 "CMakePresets.json",
                                 "LICENSE",
                                 "autograder",
                                 "base",
                                 "cmake",
                                 "course",
                                 "datasets",
                                 "lessons",
                                 "nn",
                                 "solutions",
                                 "tools/blas_kernel",
                                 "tools/bootstrap",
                                 "tools/course",
                                 "tools/figures",
                                 "tools/staff",
                                 "tools/threads",
                                 "tools/train",
                                 "tools/CMakeLists.txt"};

class Zip {
 public:
  explicit Zip(const fs::path& file) : file_(file), archive_(archive_write_new(), archive_write_free) {
    require(archive_write_set_format_zip(archive_.get()));
    require(archive_write_open_filename(archive_.get(), file.c_str()));
  }

  void add(const std::string& name, const std::string& text, mode_t mode) {
    const std::unique_ptr<archive_entry, void (*)(archive_entry*)> entry(archive_entry_new(), archive_entry_free);
    archive_entry_set_pathname(entry.get(), name.c_str());
    archive_entry_set_size(entry.get(), la_int64_t(text.size()));
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), mode);
    require(archive_write_header(archive_.get(), entry.get()));
    if (archive_write_data(archive_.get(), text.data(), text.size()) != la_ssize_t(text.size())) require(ARCHIVE_FATAL);
  }

  void close() { require(archive_write_close(archive_.get())); }

 private:
  void require(int status) const {
    if (status != ARCHIVE_OK)
      throw base::EnvironmentError(
          fmt::format("{} cannot be written: {}", file_.string(), archive_error_string(archive_.get())));
  }

  fs::path file_;
  std::unique_ptr<archive, int (*)(archive*)> archive_;
};

mode_t mode_of(const fs::path& file) {
  struct stat info {};
  return stat(file.c_str(), &info) == 0 && (info.st_mode & S_IXUSR) ? 0755 : 0644;
}

std::vector<fs::path> files_below(const fs::path& root) {
  std::vector<fs::path> all;
  for (const char* part : parts) {
    const fs::path path = root / part;
    if (!fs::exists(path)) throw base::EnvironmentError(fmt::format("{} is missing", path.string()));
    if (fs::is_regular_file(path)) all.push_back(path);
    else
      for (const auto& entry : fs::recursive_directory_iterator(path))
        if (entry.is_regular_file() && entry.path().extension() != ".svg" && entry.path().extension() != ".pdf")
          all.push_back(entry.path());
  }
  std::sort(all.begin(), all.end());
  return all;
}

std::string new_secret() {
  std::random_device random;
  std::string text;
  for (int i = 0; i < 8; ++i) text += fmt::format("{:08x}", random());
  return text;
}

}  // namespace

void write_gradescope_zip(const fs::path& root, const fs::path& zip, const Assignment& assignment) {
  const fs::path ours = root / "autograder/grader/gradescope", beside = zip.string() + ".new";
  Zip archive(beside);
  for (const char* name : {"setup.sh", "run_autograder"}) archive.add(name, base::read_file(ours / name), 0755);
  archive.add("secret", assignment.secret.empty() ? new_secret() : assignment.secret, 0600);
  std::string options;
  for (const std::string& lesson : assignment.lessons) options += "--lesson " + lesson + "\n";
  archive.add("grade_options", options, 0644);
  if (!assignment.hidden.empty())
    for (const auto& entry : fs::directory_iterator(assignment.hidden))
      if (entry.is_regular_file())
        archive.add("hidden/" + entry.path().filename().string(), base::read_file(entry.path()), 0600);
  for (const fs::path& file : files_below(root))
    archive.add(fs::relative(file, root).string(), base::read_file(file), mode_of(file));
  archive.close();
  fs::rename(beside, zip);
  fmt::print("{}: upload it in Gradescope under Configure Autograder, base image Ubuntu 24.04 or newer\n",
             zip.string());
}

}  // namespace grader
