// course_grade: what ./course grade starts. Exit codes: 0 graded; 2 usage; 3 the grader or the machine failed, and
// nothing was scored.
#include <fmt/format.h>
#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <fstream>
#include <random>

#include "autograder/grader/grade.hpp"
#include "autograder/grader/report.hpp"
#include "autograder/grader/selftest.hpp"

namespace {

using namespace grader;

struct Options {
  std::string submission, out, json, kit = NN_KIT, sandbox = "strongest", secret_file;
  std::vector<std::string> lessons;
  std::uint64_t seed = 0;
  int jobs = 2;
  bool selftest = false;
};

Sandbox sandbox_of(const std::string& name) {
  if (name == "bubblewrap") return Sandbox(Level::bubblewrap);
  if (name == "landlock") return Sandbox(Level::landlock);
  return Sandbox::strongest();
}

/// From a file or NN_GRADER_SECRET; without either one of this run's own, and the seed in the report is what a regrade needs.
std::string secret(const Options& options) {
  if (!options.secret_file.empty()) return course::read_file(options.secret_file);
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

int run(const Options& options) {
  const mode_t mask = umask(022);  // a job's user reads what we prepare for it; the working folder keeps others out
  const Sandbox sandbox = sandbox_of(options.sandbox);
  const WorkFolder work;
  const Kit kit = reachable(Kit::load(options.kit), work);
  if (options.selftest)
    return selftest(kit, sandbox, work, NN_ROOT, numbers(kit, options.lessons)) ? course::passed : course::failed;
  if (options.submission.empty())
    throw course::UsageError(
        "which submission? ./course grade SUBMISSION, a folder or an archive that holds exercises/NN-*/*.cpp");

  const Submission submission = take_in(options.submission, kit.project, sandbox, kit.unpack());
  Order order;
  order.jobs = options.jobs;
  order.lessons = numbers(kit, options.lessons);
  order.seed = options.seed ? options.seed : seed_of(secret(options), submission.content_hash());
  const Report report = grade(kit, sandbox, submission, order, work.make("submission"));
  fmt::print("{}", as_text(report));
  umask(mask);
  if (!options.json.empty()) course::write_file(options.json, as_json(report));
  if (!options.out.empty()) {
    fs::create_directories(options.out);
    course::write_file(fs::path(options.out) / "report.json", as_json(report));
    course::write_file(fs::path(options.out) / "report.txt", as_text(report));
  }
  return report.infrastructure_failed() ? course::environment : course::passed;
}

}  // namespace

int main(int argc, char* argv[]) {
  Options options;
  CLI::App app("Grades a submission: its code runs in a sandbox, the verdict is reached outside.", "./course grade");
  app.add_option("submission", options.submission, "a folder, tar, tar.gz or zip that holds exercises/NN-*/*.cpp");
  app.add_option("--out", options.out, "write report.json and report.txt into this folder");
  app.add_option("--json", options.json, "write the report as JSON");
  app.add_option("--seed", options.seed, "the seed of an earlier report, for a regrade")->check(CLI::PositiveNumber);
  app.add_option("--secret", options.secret_file, "the file whose content seeds come from (or NN_GRADER_SECRET)");
  app.add_option("--sandbox", options.sandbox, "bubblewrap, landlock, or the strongest there is")
      ->check(CLI::IsMember({"bubblewrap", "landlock", "strongest"}));
  app.add_option("--lesson", options.lessons, "only this lesson; may be given again");
  app.add_option("--jobs", options.jobs, "lessons at a time")->check(CLI::Range(1, 64));
  app.add_option("--kit", options.kit, "what the build made for the grader");
  app.add_flag("--selftest", options.selftest,
               "grade our own answers, the stubs, the alternatives and the known mistakes");
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) std::signal(signal, [](int) { interrupted = true; });
  try {
    app.parse(argc, argv);
    return run(options);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? course::passed : course::usage;
  } catch (const course::UsageError& e) {
    fmt::print(stderr, "course: {}\n", e.what());
    return course::usage;
  } catch (const std::exception& e) {
    fmt::print(stderr, "course: {}\nNothing was graded.\n", e.what());
    return course::environment;
  }
}
