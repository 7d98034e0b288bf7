#include "tools/course/swap.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/keep.hpp"
#include "base/progress_line.hpp"
#include "base/terminal.hpp"

namespace course {

namespace {

constexpr double time_share = 0.25;  // of an epoch's time: less is noise on a shared machine

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

// Builds and runs one of the programs; whatever goes wrong is a row of the table, not an end of the comparison.
SwapRun train_once(const Project& project, const Tree& tree, SwapRun run, const std::string& target,
                   std::vector<std::string> arguments) {
  const fs::path out = project.root / "build/capstone/swap" / target, result = out / "result.json";
  fs::remove(result);
  if (!tree.build({target}).ok()) return run.problem = "does not compile", run;
  arguments.insert(arguments.begin(), tree.program(target).string());
  arguments.insert(arguments.end(), {"--quiet", "--out", out.string(), "--json", result.string()});
  fs::create_directories(out);
  const Outcome outcome = capture({arguments, project.root});
  if (outcome.exit_code == 2 || outcome.exit_code == environment) {
    fmt::print(stderr, "{}", outcome.output);
    throw UsageError("the training could not be started; see ./course capstone --help");
  }
  if (outcome.signal) return run.problem = fmt::format("crashed (signal {})", outcome.signal), run;
  if (!fs::exists(result)) return run.problem = first_line(outcome.output), run;
  const auto json = nlohmann::json::parse(read_file(result));
  run.accuracy = json.at("test_accuracy");
  run.per_epoch = json.at("cpu_seconds_per_epoch");
  run.loss = json.at("test_loss").is_number() ? json.at("test_loss").get<double>() : NAN;
  return run;
}

}  // namespace

std::string swap_table(const std::vector<SwapRun>& runs) {
  std::string table =
      fmt::format("{:<44} {:>10} {:>8} {:>11}\n", "ours in place of", "test set", "loss", "CPU s/epoch");
  for (const SwapRun& run : runs)
    if (run.problem.empty())
      table +=
          fmt::format("{:<44} {:>8.2f} % {:>8.4f} {:>11.3f}\n", run.title, 100 * run.accuracy, run.loss, run.per_epoch);
    else table += fmt::format("{:<44} {}\n", run.title, wrapped(run.problem, 45, 80).substr(45));
  return table;
}

std::vector<std::string> read_swap(const std::vector<SwapRun>& runs, double points) {
  std::vector<std::string> said;
  const SwapRun &yours = runs.front(), &ours = runs.back();
  for (auto run = runs.begin() + 1; run != runs.end() - 1; ++run) {
    const std::string lesson = "lesson " + run->lesson.substr(1);
    if (!yours.problem.empty()) {
      if (run->problem.empty())
        said.push_back(fmt::format("With {} ours the training runs: what stops it is there.", lesson));
      continue;
    }
    if (!run->problem.empty()) {
      said.push_back(
          fmt::format("With {} ours the training stops, so yours and ours differ in what the other lessons "
                      "rely on: {}.",
                      lesson, run->problem));
      continue;
    }
    const double gained = 100 * (run->accuracy - yours.accuracy), saved = 1 - run->per_epoch / yours.per_epoch;
    if (gained >= points) said.push_back(fmt::format("Your {} costs {:.2f} percentage points.", lesson, gained));
    if (saved >= time_share)
      said.push_back(fmt::format("Your {} costs {:.0f} % of an epoch's time.", lesson, 100 * saved));
  }
  if (said.empty() && !yours.problem.empty())
    said.push_back("No single lesson of ours makes it run: more than one of yours stops it.");
  else if (said.empty() && 100 * (ours.accuracy - yours.accuracy) < points &&
           ours.per_epoch > (1 - time_share) * yours.per_epoch)
    said.push_back("No single lesson costs noticeable accuracy or time.");
  else if (said.empty())
    said.push_back("All ours together does better, and no lesson alone: the cost is spread over several.");
  return said;
}

int run_swap(const Project& project, const Tree& tree, const Lesson& capstone,
             const std::vector<std::string>& arguments) {
  if (std::any_of(arguments.begin(), arguments.end(), [](const std::string& a) {
        return a == "--help" || a == "-h" || a.rfind("--load", 0) == 0 || a.rfind("--json", 0) == 0 ||
               a.rfind("--out", 0) == 0 || a.rfind("--require", 0) == 0 || a == "--figures";
      }))
    throw UsageError(
        "--swap takes what says how to train (--epochs, --hidden, --rate, --seed, --sample, ...), and not "
        "--help, --load, --json, --out, --require or --figures");
  std::vector<std::pair<SwapRun, std::string>> programs{{{"", "none: all yours", ""}, "capstone_" + capstone.number}};
  std::vector<const Lesson*> lessons = project.required_by(capstone);
  lessons.push_back(&capstone);
  for (const Lesson* lesson : lessons)
    programs.push_back({{lesson->number, lesson->number + "  " + lesson->title, ""}, "train_swap_" + lesson->number});
  programs.push_back({{"all", "all: nothing yours", ""}, "train"});

  // Twice round, and the faster run of each counts: what else the machine does comes and goes.
  std::vector<SwapRun> runs;
  ProgressLine line;
  for (std::size_t i = 0; i < 2 * programs.size(); ++i) {
    const auto& [run, target] = programs[i % programs.size()];
    line.show(fmt::format("{} of {}: {}", i + 1, 2 * programs.size(), run.title));
    if (i < programs.size()) runs.push_back(train_once(project, tree, run, target, arguments));
    else if (SwapRun& first = runs[i - programs.size()]; first.problem.empty())
      first.per_epoch = std::min(first.per_epoch, train_once(project, tree, run, target, arguments).per_epoch);
  }
  line.clear();
  fmt::print("{}\n", swap_table(runs));
  for (const std::string& sentence : read_swap(runs)) fmt::print("{}\n", wrapped(sentence, 0, 80));
  return runs.front().problem.empty() ? passed : failed;
}

}  // namespace course
