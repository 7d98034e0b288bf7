// What a batch has done so far, on disk, so that it can be killed at any moment and go on.
//
//   OUT/results/KEY.json   one report for each content, written whole or not at all; lessons are added to it
//   OUT/results/KEY.late   beside one that another process made and the wall clock decided: to be run once more, alone
//   OUT/failed/KEY.txt     why the grader could not grade it; goes when it can
//   OUT/journal.tsv        one line for each report: when, key, seconds, name
//   OUT/secret             what the seeds come from, for this class
#pragma once

#include <mutex>
#include <optional>

#include "autograder/grader/verdict.hpp"
#include "base/project.hpp"

namespace grader {

namespace fs = std::filesystem;

class Store {
 public:
  /// Makes the folder. `holder` is what must not run twice at once: the whole, or one shard. Throws base::UsageError
  /// when it does. `lessons` are the numbers of those that are graded now, in order.
  Store(const fs::path& out, const std::string& holder, std::vector<std::string> lessons);
  Store(const Store&) = delete;
  ~Store();

  const fs::path& path() const { return out_; }
  /// The secret of this class: the one given, which is kept, or the one that was kept, or a new one.
  std::string secret(const std::string& given) const;

  bool has(const std::string& key) const;
  /// Its lessons are those that are graded now; nothing where one of them lacks, or the report is damaged.
  std::optional<Report> get(const std::string& key) const;
  /// Those of the lessons that are still to be graded.
  std::vector<std::string> lacking(const std::string& key) const;
  /// Sees to it that the journal has a line for this report, if there is one: a kill may have come between the two.
  void complete_journal(const std::string& key);
  /// Beside what is there of other lessons.
  void put(const std::string& key, Report report, bool late);
  bool late(const std::string& key) const;
  void failed(const std::string& key, const std::string& why);
  std::string why_failed(const std::string& key) const;

 private:
  std::optional<Report> whole(const std::string& key) const;
  void write_down(const std::string& key, const Report& report);

  fs::path out_;
  std::vector<std::string> lessons_;
  int lock_ = -1;
  std::mutex journal_;
  std::string journal_before_;  ///< what it held when this began
};

}  // namespace grader
