#include "autograder/grader/intake.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>

#include "autograder/grader/sha256.hpp"
#include "autograder/remote/bytes.hpp"
#include "autograder/remote/printable.hpp"
#include "autograder/sandbox/descriptors.hpp"

namespace grader {

std::string Submission::content_hash() const {
  std::string all;
  for (const auto& [path, source] : sources)
    all += fmt::format("{}\n{} {} {}\n{}", path, source.missing, source.refused, source.text.size(), source.text);
  return hexadecimal(sha256(all));
}

std::string objection(const std::string& text) {
  if (text.size() > largest_source) return fmt::format("it is larger than {} KB", largest_source >> 10);
  if (text.find('\0') != std::string::npos) return "it is a binary file, not text";
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t length = nn::detail::utf8_length(rest);
    if (length == 0) return fmt::format("byte {} is not UTF-8 text: save the file as UTF-8", text.size() - rest.size());
    rest.remove_prefix(length);
  }
  return "";
}

namespace {

Descriptor open_folder(int parent, const char* name) {
  return Descriptor(openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
}

const char* kind_of(mode_t mode) {
  if (S_ISLNK(mode)) return "a symbolic link";
  if (S_ISDIR(mode)) return "a folder";
  if (S_ISFIFO(mode)) return "a pipe";
  if (S_ISSOCK(mode)) return "a socket";
  if (S_ISBLK(mode) || S_ISCHR(mode)) return "a device";
  return "no regular file";
}

Source read_source(int folder, const char* name) {
  struct stat info {};
  if (fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) != 0)
    return errno == ENOENT ? Source{"", "", true} : Source{"", "it cannot be read", false};
  if (!S_ISREG(info.st_mode))
    return {"", fmt::format("it is {}; hand in the file itself", kind_of(info.st_mode)), false};
  const Descriptor file(openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  if (file.get() < 0 || fstat(file.get(), &info) != 0) return {"", "it cannot be read", false};
  if (!S_ISREG(info.st_mode)) return {"", "it is not a regular file", false};
  if (info.st_nlink != 1) return {"", "it has a second name (a hard link); hand in a copy", false};
  if (std::size_t(info.st_size) > largest_source) return {"", objection(std::string(largest_source + 1, ' ')), false};
  Source source;
  char buffer[1 << 16];
  for (ssize_t n = 0; (n = read(file.get(), buffer, sizeof buffer)) > 0 && source.text.size() <= largest_source;)
    source.text.append(buffer, std::size_t(n));
  source.refused = objection(source.text);
  if (!source.refused.empty()) source.text.clear();
  return source;
}

/// The folder that holds "exercises": the one given, or the only one inside of it.
Descriptor folder_with_exercises(const fs::path& path) {
  Descriptor given(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (given.get() < 0)
    throw course::UsageError(fmt::format("{} cannot be opened: {}", path.string(), std::strerror(errno)));
  if (open_folder(given.get(), "exercises").get() >= 0) return given;
  const std::unique_ptr<DIR, int (*)(DIR*)> entries(fdopendir(dup(given.get())), closedir);
  std::string only;
  int seen = 0;
  while (const dirent* entry = entries ? readdir(entries.get()) : nullptr) {
    const std::string name = entry->d_name;
    if (name == "." || name == ".." || ++seen > 1000) continue;
    const Descriptor inner = open_folder(given.get(), name.c_str());
    if (inner.get() < 0 || open_folder(inner.get(), "exercises").get() < 0) continue;
    if (!only.empty()) throw course::UsageError(fmt::format("{} holds more than one submission", path.string()));
    only = name;
  }
  if (only.empty()) throw course::UsageError(fmt::format("{} holds no folder named exercises", path.string()));
  return open_folder(given.get(), only.c_str());
}

void from_folder(Submission& submission, const fs::path& path, const course::Project& project) {
  const Descriptor root = folder_with_exercises(path), exercises = open_folder(root.get(), "exercises");
  for (const course::Lesson& lesson : project.lessons) {
    struct stat info {};
    const bool there = fstatat(exercises.get(), lesson.name.c_str(), &info, AT_SYMLINK_NOFOLLOW) == 0;
    const Descriptor folder = open_folder(exercises.get(), lesson.name.c_str());
    for (const std::string& file : lesson.files) {
      Source& source = submission.sources[lesson.name + "/" + file];
      if (folder.get() >= 0) source = read_source(folder.get(), file.c_str());
      else if (!there) source.missing = true;
      else source.refused = fmt::format("its folder is {}", kind_of(info.st_mode));
    }
  }
}

void from_archive(Submission& submission, Descriptor file, const Sandbox& sandbox, const fs::path& unpack_program) {
  Job job = unpack_job(unpack_program);
  for (const auto& [path, source] : submission.sources) job.argv.push_back(path);
  job.descriptors = {{file.get(), 0}};
  const Ended ended = sandbox.start(job).wait();
  if (ended.how == End::infrastructure || ended.how == End::killed || ended.how == End::wall_limit)
    throw Unavailable("the archive could not be unpacked: " + ended.output);
  std::string why = "it could not be unpacked: it is broken, or made to be";
  if (ended.how == End::cpu_limit || ended.how == End::output_limit) why = "it does not stop unpacking";
  std::map<std::string, Source> found;
  if (ended.ok()) try {
      nn::detail::ByteReader in(ended.output);
      std::uint32_t count = 0;
      in(why, count);
      for (std::uint32_t i = 0; i < count; ++i) {
        std::string path;
        Source source;
        in(path, source.text, source.refused);
        found[path] = source;
      }
      in.finish();
    } catch (const nn::detail::Malformed&) {
      why = "it could not be unpacked";
    }
  why = nn::detail::printable(why, 300);
  if (!why.empty()) submission.notes.push_back("the archive: " + why);
  for (auto& [path, source] : submission.sources) {
    const auto it = found.find(path);
    if (!why.empty()) source.refused = "the archive was refused: " + why;
    else if (it == found.end()) source.missing = true;
    else
      source.refused =
          nn::detail::printable(!it->second.refused.empty() ? it->second.refused : objection(it->second.text), 300);
    if (source.refused.empty() && !source.missing) source.text = it->second.text;
  }
}

}  // namespace

Job unpack_job(const fs::path& unpack_program) {
  Job job;
  job.argv = {"./" + unpack_program.filename().string()};
  job.base = unpack_program.parent_path();
  job.shown = {unpack_program};
  job.limits.cpu_seconds = 10;
  job.limits.wall_seconds = 300;
  job.limits.memory = std::size_t{512} << 20;
  job.limits.output = std::size_t{32} << 20;
  return job;
}

Submission take_in(const fs::path& path, const course::Project& project, const Sandbox& sandbox,
                   const fs::path& unpack_program) {
  Submission submission;
  std::error_code ignored;
  const fs::path whole = fs::weakly_canonical(path, ignored);
  submission.name =
      nn::detail::printable((whole.has_filename() ? whole : whole.parent_path()).filename().string(), 100);
  for (const course::Lesson& lesson : project.lessons)
    for (const std::string& file : lesson.files) submission.sources[lesson.name + "/" + file];
  struct stat info {};
  if (stat(path.c_str(), &info) != 0)
    throw course::UsageError(fmt::format("{}: {}", path.string(), std::strerror(errno)));
  if (S_ISDIR(info.st_mode)) {
    from_folder(submission, path, project);
  } else if (S_ISREG(info.st_mode)) {
    Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0)
      throw course::UsageError(fmt::format("{} cannot be read: {}", path.string(), std::strerror(errno)));
    from_archive(submission, std::move(file), sandbox, unpack_program);
  } else {
    throw course::UsageError(
        fmt::format("{} is {}, expected a folder or an archive", path.string(), kind_of(info.st_mode)));
  }
  for (const auto& [name, source] : submission.sources)
    if (!source.refused.empty())
      submission.notes.push_back(fmt::format("exercises/{} was refused: {}", name, source.refused));
  return submission;
}

}  // namespace grader
