#include "autograder/grader/batch/store.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <random>

#include "autograder/grader/formats/formats.hpp"
#include "autograder/grader/report.hpp"
#include "base/clock.hpp"

namespace grader {

Store::Store(const fs::path& out, const std::string& holder, std::vector<std::string> lessons)
    : out_(fs::absolute(out).lexically_normal()), lessons_(std::move(lessons)) {
  std::error_code error;
  const bool there = fs::exists(out_, error);
  for (const char* folder : {"results", "failed"}) {
    fs::create_directories(out_ / folder, error);
    if (error)
      throw base::EnvironmentError(fmt::format("{} cannot be made: {}", (out_ / folder).string(), error.message()));
  }
  if (!there && chmod(out_.c_str(), 0700) != 0)  // grades are nobody else's business
    throw base::EnvironmentError(fmt::format("{}: {}", out_.string(), std::strerror(errno)));
  lock_ = open((out_ / (".lock-" + holder)).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock_ < 0)
    throw base::EnvironmentError(fmt::format("cannot write into {}: {}", out_.string(), std::strerror(errno)));
  if (flock(lock_, LOCK_EX | LOCK_NB) != 0) {
    close(lock_);
    throw base::UsageError(
        fmt::format("another course_grade is at work in {}; wait for it, or give another --out", out_.string()));
  }
  if (fs::exists(out_ / "journal.tsv", error)) journal_before_ = base::read_file(out_ / "journal.tsv");
}

Store::~Store() { close(lock_); }

std::string Store::secret(const std::string& given) const {
  const fs::path file = out_ / "secret";
  std::string text = given;
  if (text.empty() && fs::exists(file)) return base::read_file(file);
  if (text.empty()) {
    std::random_device random;
    for (int i = 0; i < 8; ++i) text += fmt::format("{:08x}", random());
  }
  const mode_t mask = umask(077);
  base::write_file(file, text);
  umask(mask);
  return text;
}

bool Store::has(const std::string& key) const { return get(key).has_value(); }

std::optional<Report> Store::whole(const std::string& key) const try {
  const fs::path file = out_ / "results" / (key + ".json");
  if (!fs::exists(file)) return {};
  return read_report(base::read_file(file));
} catch (const std::exception&) {
  return {};
}

static const LessonReport* find(const Report& report, const std::string& lesson) {
  const auto it = std::ranges::find(report.lessons, lesson, &LessonReport::number);
  return it == report.lessons.end() ? nullptr : &*it;
}

std::vector<std::string> Store::lacking(const std::string& key) const {
  const std::optional<Report> report = whole(key);
  std::vector<std::string> all = lessons_;
  if (report) std::erase_if(all, [&](const std::string& lesson) { return find(*report, lesson) != nullptr; });
  return all;
}

std::optional<Report> Store::get(const std::string& key) const {
  std::optional<Report> report = whole(key);
  if (!report || !lacking(key).empty()) return {};
  std::erase_if(report->lessons, [&](const LessonReport& lesson) {
    return std::ranges::find(lessons_, lesson.number) == lessons_.end();
  });
  return report;
}

void Store::put(const std::string& key, Report report, bool late) {
  if (const std::optional<Report> before = whole(key))
    for (const LessonReport& lesson : before->lessons)
      if (!find(report, lesson.number)) report.lessons.push_back(lesson);
  std::ranges::sort(report.lessons, {}, &LessonReport::number);
  if (late) base::write_file(out_ / "results" / (key + ".late"), "");
  base::write_file(out_ / "results" / (key + ".json"), as_json(report));
  std::error_code ignored;
  if (!late) fs::remove(out_ / "results" / (key + ".late"), ignored);
  fs::remove(out_ / "failed" / (key + ".txt"), ignored);
  write_down(key, report);
}

void Store::write_down(const std::string& key, const Report& report) {
  const std::string line =
      fmt::format("{}\t{}\t{:.2f}\t{}\n", base::utc_text(std::time(nullptr)), key, report.seconds, report.submission);
  const std::scoped_lock guard(journal_);
  const int journal = open((out_ / "journal.tsv").c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  if (journal < 0 || ::write(journal, line.data(), line.size()) != ssize_t(line.size()))
    fmt::print(stderr, "journal.tsv cannot be written\n");
  if (journal >= 0) close(journal);
}

void Store::complete_journal(const std::string& key) {
  if (journal_before_.find("\t" + key + "\t") != std::string::npos) return;
  if (const std::optional<Report> report = whole(key)) write_down(key, *report);
}

bool Store::late(const std::string& key) const { return fs::exists(out_ / "results" / (key + ".late")); }

void Store::failed(const std::string& key, const std::string& why) {
  base::write_file(out_ / "failed" / (key + ".txt"), why);
}

std::string Store::why_failed(const std::string& key) const try {
  return base::read_file(out_ / "failed" / (key + ".txt"));
} catch (const base::EnvironmentError&) {
  return "it was not graded yet";
}

}  // namespace grader
