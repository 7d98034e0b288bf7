#include "autograder/grader/intake.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <set>

#include "autograder/grader/found_wire.hpp"
#include "autograder/grader/sha256.hpp"
#include "autograder/remote/printable.hpp"
#include "autograder/sandbox/descriptors.hpp"
#include "base/source_text.hpp"

namespace grader {

std::string Submission::content_hash() const {
  std::string all;  // as ./course submit hashes it at home
  for (const auto& [path, source] : sources)
    if (!source.missing)
      all += fmt::format("{}  {}\n", source.refused.empty() ? hexadecimal(sha256(source.text)) : source.refused, path);
  return hexadecimal(sha256(all));
}

bool Submission::holds_nothing() const {
  return std::all_of(sources.begin(), sources.end(), [](const auto& each) { return each.second.missing; });
}

NamedFiles named_files(const base::Project& project) {
  NamedFiles all;
  for (const base::Lesson& lesson : project.lessons)
    for (const std::string& file : lesson.files) all.push_back(lesson.name + "/" + file);
  return all;
}

namespace {

constexpr int deepest_folder = 48;
constexpr std::size_t most_files = 500'000, most_archives = 20;

const char* kind_of(mode_t mode) {
  if (S_ISLNK(mode)) return "a symbolic link";
  if (S_ISDIR(mode)) return "a folder";
  if (S_ISFIFO(mode)) return "a pipe";
  if (S_ISSOCK(mode)) return "a socket";
  if (S_ISBLK(mode) || S_ISCHR(mode)) return "a device";
  return "no regular file";
}

Descriptor open_file(int folder, const char* name) {
  return Descriptor(openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
}

/// A file with a second name may be anybody's, and readable to us alone: it is taken when it belongs to whom its folder
/// belongs to.
bool is_somebody_elses(int folder, const struct stat& file) {
  struct stat above {};
  return file.st_nlink != 1 && (fstat(folder, &above) != 0 || above.st_uid != file.st_uid);
}

Source read_source(int folder, const char* name) {
  struct stat info {};
  if (fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) != 0) return {"", "it cannot be read"};
  if (!S_ISREG(info.st_mode)) return {"", fmt::format("it is {}; hand in the file itself", kind_of(info.st_mode))};
  const Descriptor file = open_file(folder, name);
  if (file.get() < 0 || fstat(file.get(), &info) != 0) return {"", "it cannot be read"};
  if (!S_ISREG(info.st_mode)) return {"", "it is not a regular file"};
  if (is_somebody_elses(folder, info))
    return {"", "it is a second name (a hard link) of another's file; hand in a copy"};
  Source source;
  if (std::size_t(info.st_size) > largest_source)
    return {"", fmt::format("it is larger than {} KB", largest_source >> 10)};
  char buffer[1 << 16];
  for (ssize_t n = 0; (n = read(file.get(), buffer, sizeof buffer)) > 0 && source.text.size() <= largest_source;)
    source.text.append(buffer, std::size_t(n));
  return source;
}

/// One entry of a folder that is being walked.
struct Entry {
  int folder;  ///< open
  std::string name, path;
  mode_t mode;
};

/// Everything below the folder, itself not included, until `visit` returns false for an entry; folders for which it
/// does are not entered.
template <class Visit>
void walk(const Descriptor& folder, const std::string& path, int depth, std::size_t& seen, const Visit& visit) {
  const std::unique_ptr<DIR, int (*)(DIR*)> entries(fdopendir(dup(folder.get())), closedir);
  std::vector<std::string> names;
  while (const dirent* entry = entries ? readdir(entries.get()) : nullptr)
    if (const std::string name = entry->d_name; name != "." && name != ".." && ++seen < most_files)
      names.push_back(name);
  std::sort(names.begin(), names.end());
  for (const std::string& name : names) {
    struct stat info {};
    if (fstatat(folder.get(), name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0) continue;
    const std::string below = path + name;
    if (!visit(Entry{folder.get(), name, below, info.st_mode}) || !S_ISDIR(info.st_mode) || depth == 0) continue;
    const Descriptor inner(openat(folder.get(), name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (inner.get() >= 0) walk(inner, below + "/", depth - 1, seen, visit);
  }
}

class Intake {
 public:
  Intake(const NamedFiles& named, const Sandbox& sandbox, const fs::path& unpack_program)
      : named_(named), sandbox_(sandbox), unpack_program_(unpack_program) {}

  Found found;

  /// `alone`: it is all that was handed in.
  void take(const fs::path& path, bool alone) {
    struct stat info {};
    if (stat(path.c_str(), &info) != 0)
      throw base::UsageError(fmt::format("{}: {}", path.string(), std::strerror(errno)));
    if (!S_ISDIR(info.st_mode) && !S_ISREG(info.st_mode))
      throw base::UsageError(
          fmt::format("{} is {}, expected a folder, an archive or a .cpp file", path.string(), kind_of(info.st_mode)));
    const Descriptor given(open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    if (given.get() < 0)
      throw base::UsageError(fmt::format("{} cannot be opened: {}", path.string(), std::strerror(errno)));
    if (S_ISDIR(info.st_mode)) return take_folder(given, alone ? "" : path.filename().string() + "/");
    const std::string name = path.filename();
    const Descriptor parent(open(path.has_parent_path() ? path.parent_path().c_str() : ".", O_PATH | O_CLOEXEC));
    if (is_candidate(name, named_)) found.add(name, read_source(parent.get(), name.c_str()));
    else if (alone || !without_archive_ending(name).empty()) unpack(given, alone ? "" : name + "/");
    else found.add_other(name);
  }

 private:
  void take_folder(const Descriptor& folder, const std::string& before) {
    std::size_t seen = 0;
    walk(folder, before, deepest_folder, seen, [&](const Entry& entry) {
      const bool candidate = is_candidate(entry.path, named_);
      if (candidate) {
        found.add(entry.path, read_source(entry.folder, entry.name.c_str()));
        return false;
      }
      if (S_ISDIR(entry.mode)) return true;
      if (!S_ISREG(entry.mode))
        for (const std::string& lost : expected_behind(entry.path, named_))
          found.add(lost, {"", fmt::format("its folder is {}; hand in the folder itself", kind_of(entry.mode))});
      if (S_ISREG(entry.mode) && !without_archive_ending(entry.name).empty()) unpack_inner(entry);
      else found.add_other(entry.path);
      return false;
    });
    if (seen >= most_files) found.troubles.push_back(fmt::format("more than {} files: not all were looked at", seen));
  }

  void unpack_inner(const Entry& entry) {
    struct stat info {};
    const Descriptor file = open_file(entry.folder, entry.name.c_str());
    if (file.get() < 0 || fstat(file.get(), &info) != 0 || is_somebody_elses(entry.folder, info))
      return found.add_other(entry.path);
    const std::size_t folder = entry.path.size() - entry.name.size();
    const bool of_a_build = folder > 0 && is_below_no_work(entry.path.substr(0, folder - 1));
    if (of_a_build || ++archives_ > most_archives) return found.add_other(entry.path);
    unpack(file, entry.path + "/");
  }

  static bool is_below_no_work(const std::string& folders) {
    const fs::path path = folders;
    return std::any_of(path.begin(), path.end(), [](const fs::path& part) { return holds_no_work(part.string()); });
  }

  void unpack(const Descriptor& file, const std::string& before) {
    Job job = unpack_job(unpack_program_);
    job.argv.insert(job.argv.end(), named_.begin(), named_.end());
    job.descriptors = {{file.get(), 0}};
    const JobResult ended = sandbox_.start(job).wait();
    if (ended.how == End::infrastructure || ended.how == End::killed || ended.how == End::wall_limit)
      throw Unavailable("the archive could not be unpacked: " + ended.output);
    std::string why = "it could not be unpacked: it is broken, or made to be";
    if (ended.how == End::cpu_limit || ended.how == End::output_limit) why = "it does not stop unpacking";
    Found inside;
    if (ended.ok()) try {
        inside = from_bytes(ended.output);
        why.clear();
      } catch (const nn::detail::MalformedMessage&) {
        inside = {};
      }
    const std::string name = before.empty() ? "the archive" : before.substr(0, before.size() - 1);
    if (!why.empty()) inside.troubles.push_back(why);
    for (const std::string& trouble : inside.troubles)
      found.troubles.push_back(nn::detail::printable(name + ": " + trouble, 300));
    for (Candidate& each : inside.candidates) found.add(before + each.path, std::move(each.source));
    for (const std::string& other : inside.others) found.add_other(before + other);
    for (const std::string& where : inside.repositories) found.add_repository(before + where);
    found.files += inside.files - std::min(inside.files, inside.candidates.size() + inside.others.size());
  }

  const NamedFiles& named_;
  const Sandbox& sandbox_;
  const fs::path unpack_program_;
  std::size_t archives_ = 0;
};

/// Some files of a lesson without the others: these count as the stubs that they were.
void note_missing_files(const base::Project& project, Submission& submission) {
  for (const base::Lesson& lesson : project.lessons) {
    std::vector<std::string> missing;
    for (const std::string& file : lesson.files)
      if (submission.sources.at(lesson.name + "/" + file).missing) missing.push_back(file);
    if (missing.size() < lesson.files.size())
      for (const std::string& file : missing)
        submission.notes.push_back(
            fmt::format("exercises/{}/{} was not handed in; its tasks count as not written", lesson.name, file));
  }
}

/// Without a word an answer to another lesson is a list of what the linker misses. Only a lesson of one file has all of
/// its contract in one header.
void note_other_lessons(const base::Project& project, Submission& submission) {
  for (const base::Lesson& lesson : project.lessons) {
    if (lesson.files.size() != 1) continue;
    const std::string path = lesson.name + "/" + lesson.files[0];
    const std::vector<std::string> included = contracts_in(submission.sources.at(path).text);
    const std::set<std::string> headers(included.begin(), included.end());
    if (headers.contains(lesson.header)) continue;
    for (const base::Lesson& other : project.lessons)
      if (headers.contains(other.header))
        submission.notes.push_back(fmt::format("exercises/{} includes {}, and not {}: is it the answer to lesson {}?",
                                               path, other.header, lesson.header, other.number));
  }
}

/// Text as UTF-8, or refused; what was done is noted.
void read_as_text(const std::string& path, Source& source, std::vector<std::string>& notes) {
  if (source.text.size() > largest_source)
    source.refused = fmt::format("it is larger than {} KB", largest_source >> 10);
  const base::SourceText read = base::as_utf8(source.text);
  if (read.text.find('\0') != std::string::npos) source.refused = "it is a binary file, not text";
  source.text = source.refused.empty() ? read.text : "";
  source.refused = nn::detail::printable(source.refused, 300);
  if (source.refused.empty() && !read.was.empty())
    notes.push_back(fmt::format("exercises/{} was {} and was converted; save it as UTF-8", path, read.was));
}

}  // namespace

Job unpack_job(const fs::path& unpack_program) {
  Job job;
  job.argv = {"./" + unpack_program.filename().string()};
  job.base = unpack_program.parent_path();
  job.shown = {unpack_program};
  job.limits.cpu_seconds = 60;  // a whole working folder with its build, packed by bzip2
  job.limits.wall_seconds = 600;
  job.limits.memory = std::size_t{768} << 20;
  job.limits.output = std::size_t{32} << 20;
  return job;
}

Submission empty_submission(const base::Project& project, const std::string& why) {
  Submission nothing{"", {}, {why}};
  for (const std::string& name : named_files(project)) nothing.sources[name].missing = true;
  return nothing;
}

Submission take_in(const std::vector<fs::path>& submitted, const base::Project& project, const Sandbox& sandbox,
                   const fs::path& unpack_program) {
  const NamedFiles named = named_files(project);
  Intake intake(named, sandbox, unpack_program);
  for (const fs::path& path : submitted) intake.take(path, submitted.size() == 1);
  intake.found.leave_ours_aside();
  for (Candidate& each : intake.found.candidates) each.path = nn::detail::printable(each.path, 300);
  for (std::string& other : intake.found.others) other = nn::detail::printable(other, 100);
  Submission submission;
  std::error_code ignored;
  const fs::path whole = fs::weakly_canonical(submitted.at(0), ignored);
  submission.name =
      nn::detail::printable((whole.has_filename() ? whole : whole.parent_path()).filename().string(), 100);
  submission.sources = choose(intake.found, named, submission.notes);
  for (auto& [name, source] : submission.sources) read_as_text(name, source, submission.notes);
  note_missing_files(project, submission);
  note_other_lessons(project, submission);
  for (const auto& [name, source] : submission.sources)
    if (!source.refused.empty())
      submission.notes.push_back(fmt::format("exercises/{} was refused: {}", name, source.refused));
  return submission;
}

bool may_hold_work(const fs::path& folder, const NamedFiles& named) {
  const Descriptor given(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  std::size_t seen = 0;
  bool found = false;
  if (given.get() >= 0)
    walk(given, "", 5, seen, [&](const Entry& entry) {
      if (found || (S_ISDIR(entry.mode) && holds_no_work(entry.name))) return false;
      found = !S_ISDIR(entry.mode) && (!without_archive_ending(entry.name).empty() ||
                                       (is_candidate(entry.path, named) && has_a_graded_name(entry.path, named)));
      return !found;
    });
  return found;
}

}  // namespace grader
