// course_grade: what ./course grade starts. Exit codes: 0 graded; 1 a student's work of a class is unclear; 2 usage; 3
// the grader or the machine failed, and nothing was scored.
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <ctime>
#include <fstream>
#include <iostream>
#include <random>

#include "autograder/grader/batch/batch.hpp"
#include "autograder/grader/formats/formats.hpp"
#include "autograder/grader/grade.hpp"
#include "autograder/grader/gradescope/upload.hpp"
#include "autograder/grader/intake.hpp"
#include "autograder/grader/pack_kit.hpp"
#include "autograder/grader/policy.hpp"
#include "autograder/grader/report.hpp"
#include "autograder/grader/selftest.hpp"

namespace {

using namespace grader;

struct Options {
  std::string submission, out, json, kit = NN_KIT, sandbox = "strongest", secret_file;
  std::vector<std::string> lessons, formats, outputs;
  std::uint64_t seed = 0;
  int jobs = 2, grace_minutes = 0;
  std::string submitted, due, regrade, keep = "latest";
  LatePolicy policy;
  bool published = false;
  bool selftest = false;
  std::string gradescope_zip, pack_kit, hidden;
  ClassOptions of_class;
};

Sandbox sandbox_of(const std::string& name) {
  if (name == "bubblewrap") return Sandbox(Level::bubblewrap);
  if (name == "landlock") return Sandbox(Level::landlock);
  return Sandbox::strongest();
}

/// From a file or NN_GRADER_SECRET; without either one of this run's own, and the seed in the report is what a regrade
/// needs.
std::string secret(const Options& options) {
  if (!options.secret_file.empty()) return base::read_file(options.secret_file);
  if (const char* given = std::getenv("NN_GRADER_SECRET")) return given;
  std::random_device random;
  return fmt::format("{:08x}{:08x}{:08x}{:08x}", random(), random(), random(), random());
}

/// The number 3, 03 or 03-activations as "03".
std::vector<std::string> numbers(const Kit& kit, const std::vector<std::string>& names) {
  std::vector<std::string> all;
  for (const std::string& name : names) all.push_back(kit.project.lesson(name).number);
  return all;
}

/// The time of a regrade is that of the work, not of the regrade.
void apply_policy(Report& report, const Options& options) {
  LatePolicy policy = options.policy;
  policy.grace = 60 * options.grace_minutes;
  std::optional<Time> submitted;
  if (!options.due.empty()) policy.due = parse_time(options.due);
  if (!options.regrade.empty()) {
    const Earlier earlier = read_earlier(options.regrade);
    submitted = earlier.submitted;
    if (options.keep == "best") report.best_before = earlier.score;
  }
  if (!options.submitted.empty()) submitted = parse_time(options.submitted);
  if (policy.due && !submitted) throw base::UsageError("--due needs --submitted, or a --regrade report that holds it");
  report.late = lateness(policy, submitted);
}

/// In each format that was asked for, so that nobody reads an older result.
void say_not_graded(const Options& options, const std::string& why) try {
  if (options.formats.empty() || options.submission.empty() || options.of_class.of_class) return;
  Report report;
  report.submission = fs::path(options.submission).filename().string();
  report.notes = {why};
  write(report, report, wanted(options.formats, options.outputs));
} catch (const std::exception& e) {
  fmt::print(stderr, "course: {}\n", e.what());
}

ClassOptions class_options(const Kit& kit, const Options& options) {
  ClassOptions all = options.of_class;
  all.out = options.out;
  all.lessons = numbers(kit, options.lessons);
  all.formats = options.formats;
  all.kit = options.kit;
  all.sandbox = options.sandbox;
  all.root = NN_ROOT;
  all.jobs = options.jobs;
  all.published = options.published;
  all.keep_best = options.keep == "best";
  all.policy = options.policy;
  all.policy.grace = 60 * options.grace_minutes;
  if (!options.due.empty()) all.policy.due = parse_time(options.due);
  if (!options.secret_file.empty() || std::getenv("NN_GRADER_SECRET")) all.secret = secret(options);
  return all;
}

/// Before anything can fail: nobody shall read the result of another grading for this one's.
void remove_older_results(const Options& options) {
  std::error_code ignored;
  for (const std::string& output : options.outputs)
    if (output != "-") fs::remove(output, ignored);
  if (!options.json.empty()) fs::remove(options.json, ignored);
  if (!options.out.empty())
    for (const char* name : {"report.json", "report.txt"}) fs::remove(fs::path(options.out) / name, ignored);
}

/// What the folder is, where nobody said; asks on a terminal.
bool is_class(const std::string& folder, const base::Project& project) {
  const Layout layout = layout_of(folder, named_files(project));
  if (layout.kind != Layout::unclear) return layout.kind == Layout::several;
  if (isatty(STDIN_FILENO) && isatty(STDERR_FILENO)) {
    fmt::print(stderr, "{}: {}.\nIs this one submission (s) or a class, a folder for each student (c)? ", folder,
               layout.why);
    std::string answer;
    std::getline(std::cin, answer);
    if (answer == "s" || answer == "c") return answer == "c";
  }
  throw base::UsageError(
      fmt::format("{0} may be one submission or a class: {1}. Say which:\n"
                  "  ./course grade {0} --single    one submission\n"
                  "  ./course grade {0} --class     a folder, archive or file for each student",
                  folder, layout.why));
}

/// With --single a student gets an answer whatever they handed in, and it is for them to hand in again.
Submission take_single(const Options& options, const Kit& kit, const Sandbox& sandbox) {
  Submission submission;
  std::string why;
  try {
    return take_in({options.submission}, kit.project, sandbox, kit.unpack());
  } catch (const NothingFound& e) {
    why = e.what();
  } catch (const TwoSubmissions& e) {
    why = e.what();
  }
  if (!options.of_class.single) throw base::UsageError(fmt::format("{}: {}", options.submission, why));
  submission = empty_submission(kit.project, why);
  submission.name = fs::path(options.submission).filename().string();
  return submission;
}

int run(Options& options) {
  if (!options.submission.empty()) remove_older_results(options);
  if (!options.submission.empty() && !options.of_class.single && !options.of_class.of_class)
    options.of_class.of_class = is_class(options.submission, base::Project::load(options.kit));
  const bool of_class = options.of_class.of_class;
  if (of_class && (!options.submitted.empty() || !options.regrade.empty()))
    throw base::UsageError("--submitted and --regrade are for one submission; a class has --times FILE");
  if (of_class && !options.outputs.empty())
    throw base::UsageError(
        fmt::format("{0} looks like a class, a folder of submissions, and --output is for one submission.\n"
                    "  a class: ./course grade {0} --class --out FOLDER\n"
                    "  one submission: ./course grade {0} --single --format NAME --output FILE",
                    options.submission));
  if (!of_class && (!options.due.empty() || !options.regrade.empty())) {  // before minutes of work, not after
    Report nothing;
    apply_policy(nothing, options);
  }
  const mode_t mask = umask(022);  // a job's user reads what we prepare for it; the working folder keeps others out
  if (!options.gradescope_zip.empty()) {
    const bool given = !options.secret_file.empty() || std::getenv("NN_GRADER_SECRET");
    const Kit kit = Kit::load(options.kit);
    write_gradescope_zip(NN_ROOT, options.gradescope_zip,
                         {given ? secret(options) : "", numbers(kit, options.lessons), options.hidden});
    return base::passed;
  }
  if (!options.pack_kit.empty()) {
    const Kit kit = Kit::load(options.kit);
    pack_kit(kit, numbers(kit, options.lessons), options.pack_kit);
    return base::passed;
  }
  const Sandbox sandbox = sandbox_of(options.sandbox);
  const WorkFolder work;
  const Kit kit = reachable(Kit::load(options.kit), work);
  if (!options.hidden.empty() && kit.hidden.empty())
    throw base::UsageError("this grader was built without hidden tests; `./course grade --hidden DIR` builds them in");
  if (options.selftest)
    return selftest(kit, sandbox, work, NN_ROOT, numbers(kit, options.lessons)) ? base::passed : base::failed;
  if (options.submission.empty())
    throw base::UsageError(
        "which submission? ./course grade SUBMISSION, a folder or an archive that holds exercises/NN-*/*.cpp");

  if (of_class) return grade_class(kit, sandbox, work, options.submission, class_options(kit, options));
  const std::vector<Wanted> outputs =
      options.formats.empty() ? std::vector<Wanted>{{&format("text"), "-"}} : wanted(options.formats, options.outputs);
  const Submission submission = take_single(options, kit, sandbox);
  Order order;
  order.jobs = options.jobs;
  order.lessons = numbers(kit, options.lessons);
  order.seed = options.seed ? options.seed : seed_of(secret(options), submission.content_hash());
  Report report = grade(kit, sandbox, submission, order, work.make("submission"));
  apply_policy(report, options);
  umask(mask);
  const bool due_passed = !options.due.empty() && parse_time(options.due) < std::time(nullptr);
  const Report for_student = seen_by_student(report, due_passed, options.published);
  write(report, for_student, outputs);
  if (!options.json.empty()) base::write_file(options.json, as_json(report));
  if (!options.out.empty()) {
    fs::create_directories(options.out);
    base::write_file(fs::path(options.out) / "report.json", as_json(report));
    base::write_file(fs::path(options.out) / "report.txt", as_text(for_student));
  }
  return report.infrastructure_failed() ? base::environment : base::passed;
}

}  // namespace

int main(int argc, char* argv[]) {
  Options options;
  CLI::App app("Grades a submission: its code runs in a sandbox, the verdict is reached outside.", "./course grade");
  app.add_option("submission", options.submission,
                 "a folder or an archive (tar, zip, 7z, rar) that holds exercises/NN-*/*.cpp, or a folder of those");
  app.add_option("--out", options.out, "write report.json and report.txt into this folder");
  app.add_option("--json", options.json, "write the report as JSON");
  app.add_option("--format", options.formats,
                 "text, json, gradescope, classroom50, prairielearn, junit, markdown, html or csv; may be given again")
      ->allow_extra_args(false);
  app.add_option("--output", options.outputs, "where it goes, one for each --format; - is standard output")
      ->allow_extra_args(false);
  app.add_option("--seed", options.seed, "the seed of an earlier report, for a regrade")->check(CLI::PositiveNumber);
  app.add_option("--secret", options.secret_file, "the file whose content seeds come from (or NN_GRADER_SECRET)");
  app.add_option("--sandbox", options.sandbox, "bubblewrap, landlock, or the strongest there is")
      ->check(CLI::IsMember({"bubblewrap", "landlock", "strongest"}));
  app.add_option("--lesson", options.lessons, "only this lesson; may be given again")->allow_extra_args(false);
  app.add_option("--jobs", options.jobs, "lessons at a time")->check(CLI::Range(1, 64));
  app.add_option("--submitted", options.submitted, "when it was handed in, as in 2026-11-21T23:59:00+01:00");
  app.add_option("--due", options.due, "when it was due");
  app.add_option("--grace", options.grace_minutes, "minutes after that that cost nothing")
      ->check(CLI::NonNegativeNumber);
  app.add_option("--penalty", options.policy.penalty, "percent of the points for each day late")
      ->check(CLI::Range(0, 100));
  app.add_option("--most-penalty", options.policy.most, "percent at most")->check(CLI::Range(0, 100));
  app.add_option("--late-days", options.policy.free_days, "days late without penalty")->check(CLI::NonNegativeNumber);
  app.add_option("--regrade", options.regrade, "the report.json of an earlier grading: its time of handing in counts");
  app.add_option("--keep", options.keep, "of a regrade: latest or best")->check(CLI::IsMember({"latest", "best"}));
  app.add_flag("--published", options.published, "report.txt may tell of tests that are hidden until publication");
  app.add_option("--kit", options.kit, "what the build made for the grader");
  app.add_flag("--selftest", options.selftest,
               "grade our own answers, the stubs, the alternatives and the known mistakes");
  app.add_option("--hidden", options.hidden, "a folder of hidden tests, which ./course grade builds into the grader");
  app.add_option("--gradescope-zip", options.gradescope_zip,
                 "only make the zip that is uploaded to Gradescope; --lesson and --hidden as it shall grade");
  app.add_option("--pack-kit", options.pack_kit,
                 "only make a folder that grades the lessons given by --lesson and holds no answer to them");
  add_class_options(app, options.of_class);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) std::signal(signal, [](int) { interrupted = true; });
  try {
    app.parse(argc, argv);
    return run(options);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? base::passed : base::usage;
  } catch (const base::UsageError& e) {
    fmt::print(stderr, "course: {}\n", e.what());
    return base::usage;
  } catch (const std::exception& e) {
    fmt::print(stderr, "course: {}\nNothing was graded.\n", e.what());
    say_not_graded(options, e.what());
    return base::environment;
  }
}
