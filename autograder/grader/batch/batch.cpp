#include "autograder/grader/batch/batch.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <map>
#include <thread>

#include "autograder/grader/batch/changes.hpp"
#include "autograder/grader/batch/progress.hpp"
#include "autograder/grader/batch/store.hpp"
#include "autograder/grader/formats/escape.hpp"
#include "autograder/grader/grade.hpp"
#include "autograder/grader/sha256.hpp"

namespace grader {

void add_class_options(CLI::App& app, ClassOptions& o) {
  auto* one = app.add_flag("--single", o.single, "this is one submission, whatever is in it: it always gets a report");
  app.add_flag("--class", o.of_class, "the folder is a class, even if it looks like one submission")->excludes(one);
  app.add_option("--title", o.title, "a class: the assignment's name in gradebooks");
  app.add_option("--times", o.times, "a class: a file with lines \"student,time of handing in\", for --due");
  app.add_option("--roster", o.roster,
                 "a class: a file with a line for each person: name,id,email,login,extension,partner");
  app.add_option("--late-ledger", o.ledger, "a class: a file of the late days used so far, which --late-days are for");
  app.add_option("--shard", o.shard, "a class: grade only part I of N, as in 2/8; --merge comes last")
      ->type_name("I/N");
  app.add_flag("--merge", o.merge, "a class: make the gradebook of what the shards graded");
  app.add_option("--engine", o.engine, "a class: local, or slurm for a job array")
      ->check(CLI::IsMember({"local", "slurm"}));
  app.add_option("--pack", o.pack, "slurm: submissions a task")->check(CLI::Range(1, 1000));
  app.add_flag("--wait", o.wait, "slurm: wait for the end");
  app.add_option("--sbatch", o.sbatch,
                 "slurm: an option of both jobs, as in --sbatch=--account=cs101; may be given again")
      ->allow_extra_args(false);
}

Shard Shard::parse(const std::string& text) {
  if (text.empty()) return {};
  Shard shard;
  const char *begin = text.data(), *end = begin + text.size();
  const auto first = std::from_chars(begin, end, shard.part);
  const bool slash = first.ec == std::errc() && first.ptr != end && *first.ptr == '/';
  const auto second = slash ? std::from_chars(first.ptr + 1, end, shard.parts) : first;
  if (!slash || second.ec != std::errc() || second.ptr != end || shard.part < 1 || shard.part > shard.parts)
    throw base::UsageError(fmt::format("--shard {}: expected I/N with I from 1 to N, as in 2/8", text));
  --shard.part;
  return shard;
}

std::string fingerprint(const fs::path& kit) {
  std::vector<std::string> all;
  for (const char* part : {"graded", "workers", "compiler.txt", "linker.txt", "quick_compiler.txt", "hidden.json"}) {
    if (!fs::exists(kit / part)) continue;
    std::vector<fs::path> files = {kit / part};
    if (fs::is_directory(kit / part)) files = {fs::directory_iterator(kit / part), {}};
    for (const fs::path& file : files)
      all.push_back(fmt::format("{} {} {}", file.filename().string(), fs::file_size(file),
                                fs::last_write_time(file).time_since_epoch().count()));
  }
  std::sort(all.begin(), all.end());
  std::string text;
  for (const std::string& line : all) text += line + "\n";
  return hexadecimal(sha256(text));
}

namespace {

/// What became of one student's work before it is graded.
struct Taken {
  std::string key;  ///< of its content, under which it is graded once; empty for what cannot be graded
  std::vector<std::string> notes;
  std::string why;       ///< it cannot
  bool unclear = false;  ///< a person must look at it; otherwise the reason is ours
  bool nothing = false;  ///< that is graded was found in it
};

class Batch {
 public:
  Batch(const Kit& kit, const Sandbox& sandbox, const WorkFolder& work, Store& store, const ClassOptions& options)
      : kit_(kit),
        sandbox_(sandbox),
        work_(work),
        store_(store),
        options_(options),
        secret_(store.secret(options.secret)) {
    settings_ = fingerprint(options.kit) + name_of(sandbox.level());
  }

  /// Each submission as it is taken in, in order.
  std::vector<Taken> take_all(const std::vector<SubmittedWork>& handed) {
    std::vector<Taken> all;
    for (const SubmittedWork& each : handed) {
      if (interrupted) throw Unavailable("stopped");
      Taken& taken = all.emplace_back();
      try {
        const Submission submission = take(each);
        taken = {key(submission), submission.notes, "", false, submission.holds_nothing()};
      } catch (const TwoSubmissions& e) {
        taken = {"", {}, e.what(), true, false};
      } catch (const base::UsageError& e) {  // no file, no folder, or closed to us: an instructor must look
        taken = {"", {}, e.what(), true, false};
      } catch (const Unavailable& e) {
        taken = {"", {}, e.what(), false, false};
      }
    }
    return all;
  }

  /// Grades each key once; `alone`: one after the other, with nothing beside.
  void grade_all(const std::vector<std::pair<std::string, SubmittedWork>>& todo, int before, int jobs, bool of_shard) {
    Progress progress(before, before + int(todo.size()));
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
      for (std::size_t i = 0; (i = next++) < todo.size() && !interrupted;)
        progress.step(grade_one(todo[i].first, todo[i].second, i, of_shard));
    };
    std::vector<std::thread> others;
    for (int j = 1; j < std::min<int>(jobs, int(todo.size())); ++j) others.emplace_back(work);
    work();
    for (std::thread& other : others) other.join();
  }

 private:
  /// Who handed in something in which nothing can be graded has no answers, and a note that says what was found.
  Submission take(const SubmittedWork& handed) const {
    if (!handed.problem.empty()) throw TwoSubmissions(handed.problem);
    Submission submission;
    try {
      submission = take_in(handed.paths, kit_.project, sandbox_, kit_.unpack());
    } catch (const NothingFound& e) {
      submission = empty_submission(kit_.project, e.what());
    }
    submission.name = handed.name;
    return submission;
  }

  std::string key(const Submission& submission) const {
    return hexadecimal(sha256(
        fmt::format("{} {} {}", submission.content_hash(), seed_of(secret_, submission.content_hash()), settings_)));
  }

  std::string grade_one(const std::string& expected, const SubmittedWork& handed, std::size_t number, bool of_shard) {
    const auto failed = [&](const std::string& why) {
      if (interrupted) return fmt::format("{}: stopped, to be graded again", handed.name);
      store_.failed(expected, why);
      return fmt::format("{}: NOT GRADED: {}", handed.name, why.substr(0, why.find('\n')));
    };
    const fs::path folder = work_.make(fmt::format("class-{}", number));
    try {
      const Submission submission = take(handed);
      if (key(submission) != expected)
        return failed("it was changed while the class was graded; run the same command again");
      Order order;
      order.jobs = 1;
      order.lessons = store_.late(expected) ? options_.lessons : store_.lacking(expected);
      order.seed = seed_of(secret_, submission.content_hash());
      const Report report = grade(kit_, sandbox_, submission, order, folder);
      std::error_code ignored;
      fs::remove_all(folder, ignored);
      if (report.infrastructure_failed()) return failed(reason(report));
      bool late = false;
      for (const LessonReport& lesson : report.lessons)
        for (const TaskReport& task : lesson.tasks) late = late || task.late;
      store_.put(expected, report, late && of_shard);
      const Report whole = store_.get(expected).value_or(report);
      return fmt::format("{}: {} of {} ({:.1f} s)", handed.name, whole.score(), whole.points(), report.seconds);
    } catch (const std::exception& e) {
      std::error_code ignored;
      fs::remove_all(folder, ignored);
      return failed(e.what());
    }
  }

  static std::string reason(const Report& report) {
    for (const LessonReport& lesson : report.lessons)
      for (const TaskReport& task : lesson.tasks)
        if (task.verdict == Verdict::infrastructure) return fmt::format("task {}: {}", task.id, task.reason);
    return "no lesson was graded";
  }

  const Kit& kit_;
  const Sandbox& sandbox_;
  const WorkFolder& work_;
  Store& store_;
  const ClassOptions& options_;
  std::string secret_, settings_;
};

int stopped(std::size_t done, std::size_t all, const fs::path& out) {
  fmt::print(stderr, "stopped: {} of {} are graded and kept in {}; the same command goes on from there\n", done, all,
             out.string());
  return base::environment;
}

}  // namespace

int grade_class(const Kit& kit, const Sandbox& sandbox, const WorkFolder& work, const fs::path& folder,
                const ClassOptions& given) {
  ClassOptions options = given;
  const fs::path whole = fs::absolute(folder / ".").lexically_normal().parent_path();
  if (options.out.empty()) options.out = whole.filename().string() + "-graded";
  if (options.title.empty()) options.title = whole.filename().string();
  if (options.lessons.empty())
    for (const base::Lesson& lesson : kit.project.lessons) options.lessons.push_back(lesson.number);
  const Shard shard = Shard::parse(options.shard);
  if (options.merge && !options.shard.empty())
    throw base::UsageError("--shard grades a part, --merge puts the parts together: give one of them");
  ClassFolder all_handed = read_class(folder, named_files(kit.project), options.out);
  std::vector<SubmittedWork>& handed = all_handed.handed;
  const Roster roster = Roster::read(options.roster);
  merge_by_person(roster, handed);
  const std::vector<Row> rows = rows_of(roster, handed);
  for (std::size_t i = rows.size(); i-- > 0;)
    if (rows[i].handed) handed[*rows[i].handed].name = rows[i].name;  // from now on; of partners the first one's
  std::map<std::size_t, Time> times = read_times(options.times, rows, roster);
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (rows[i].handed && handed[*rows[i].handed].submitted) times.emplace(i, *handed[*rows[i].handed].submitted);
  if (options.policy.due && times.empty())
    throw base::UsageError("--due for a class needs --times FILE, which says when each was handed in");
  LateLedger ledger(options.ledger, options.title);
  Store store(options.out,
              options.engine == "slurm" ? "slurm"
              : options.shard.empty()   ? "whole"
                                        : fmt::format("{}-of-{}", shard.part + 1, shard.parts),
              options.lessons);
  warn_of_lost_tests(kit, store.path());
  Batch batch(kit, sandbox, work, store, options);
  if (options.engine == "slurm") return submit_to_slurm(whole, handed.size(), store.path(), options);

  const std::vector<Taken> taken = batch.take_all(handed);
  std::map<std::string, SubmittedWork> unique;  // the same content is graded once
  for (std::size_t i = 0; i < taken.size(); ++i)
    if (!taken[i].key.empty()) unique.emplace(taken[i].key, handed[i]);
  std::vector<std::pair<std::string, SubmittedWork>> todo, again;
  std::size_t index = 0, mine = 0;
  for (const auto& [key, each] : unique) {
    if (!shard.holds(index++)) continue;
    ++mine;
    store.complete_journal(key);
    if (store.late(key) && options.shard.empty()) again.emplace_back(key, each);
    else if (!store.has(key) && !options.merge) todo.emplace_back(key, each);
  }
  std::sort(todo.begin(), todo.end(), [](const auto& a, const auto& b) { return a.second.name < b.second.name; });
  const int before = int(mine - todo.size() - again.size());
  fmt::print("{} submissions, {} different, {} graded before\nsandbox: {}\n", handed.size(), unique.size(), before,
             sandbox.description());
  if (!all_handed.aside.empty())
    fmt::print("left aside, being nobody's: {}\n", no_commands(fmt::format("{}", fmt::join(all_handed.aside, ", "))));
  std::fflush(stdout);
  batch.grade_all(todo, before, options.jobs, !options.shard.empty());
  batch.grade_all(again, int(mine - again.size()), 1, false);  // made beside others and late: what counts is made alone
  const auto done = std::size_t(std::count_if(unique.begin(), unique.end(), [&](const auto& each) {
    return store.has(each.first) && !store.late(each.first);
  }));
  if (interrupted) return stopped(done, unique.size(), store.path());
  if (!options.shard.empty()) {
    const auto lacking =
        std::count_if(todo.begin(), todo.end(), [&](const auto& each) { return !store.has(each.first); });
    if (lacking) fmt::print("{} could not be graded, see {}\n", lacking, (store.path() / "failed").string());
    return lacking ? base::environment : base::passed;
  }
  std::vector<Graded> all;
  int code = base::passed;
  const auto by_hand = read_by_hand(store.path() / "overrides.csv", rows, roster);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row& row = rows[i];
    Graded& each = all.emplace_back();
    each.unmatched = !roster.people.empty() && !row.enrolled;
    if (!row.handed) {
      each.report.missing = true;
      each.report.notes = {"nothing was handed in"};
    } else {
      const auto& [key, notes, why, unclear, nothing] = taken[*row.handed];
      each.nothing = nothing;
      if (auto report = key.empty() || store.late(key) ? std::nullopt : store.get(key)) {
        each.report = *std::move(report);
        each.report.notes = notes;
      } else {
        each.report.unclear = unclear;
        each.report.notes = {key.empty() ? why : store.why_failed(key)};
      }
      const ExportName& from = handed[*row.handed].from;
      if (from.late && !times.contains(i)) each.report.notes.push_back(from.platform + " marks it as late");
    }
    each.report.submission = row.name;
    each.report.person = row.person;
    if (const auto it = by_hand.find(i); it != by_hand.end()) each.report.by_hand = it->second;
    if (each.report.lessons.empty() && each.report.by_hand && each.report.by_hand->score) {
      each.report.lessons = without_work(kit, options.lessons);
      each.report.missing = each.report.unclear = false;
    }
    if (each.report.infrastructure_failed() && !each.report.missing)
      code = std::max<int>(code, each.report.unclear ? base::failed : base::environment);
    if (const auto it = times.find(i); it != times.end()) {
      LatePolicy policy = options.policy;
      if (row.enrolled) policy.due = roster.people[*row.enrolled].due(policy.due);
      policy.free_days = std::max(0, policy.free_days - ledger.used_elsewhere(row));
      each.report.late = lateness(policy, it->second);
      if (each.report.late) ledger.take(row, each.report.late->free_days);
    } else {
      each.no_time = options.policy.due && row.handed;
    }
  }
  ledger.write();
  const Similar similar =
      similar_groups(kit, sandbox, work, options.root, handed, options.lessons, works_of_partners(roster, rows));
  finish(all, similar, store.path(), options);
  return code;
}

}  // namespace grader
