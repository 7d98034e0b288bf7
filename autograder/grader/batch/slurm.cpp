// A class on a cluster: a job array in which each task grades one shard, and a job after it that merges.
#include <fmt/format.h>

#include "autograder/grader/batch/batch.hpp"
#include "base/process.hpp"
#include "base/quote.hpp"

namespace grader {

namespace {

using base::shell_quoted;

std::string submit(const fs::path& folder, const std::vector<std::string>& arguments) {
  std::vector<std::string> argv = {"sbatch", "--parsable", "--chdir=" + folder.string()};
  argv.insert(argv.end(), arguments.begin(), arguments.end());
  const base::Outcome outcome = base::capture({argv});
  if (!outcome.ok()) throw Unavailable("sbatch refused the job:\n" + outcome.output);
  return outcome.output.substr(0, outcome.output.find_first_of(";\n"));
}

}  // namespace

int submit_to_slurm(const fs::path& folder, std::size_t submissions, const fs::path& out, const ClassOptions& options) {
  if (!base::capture({{"sh", "-c", "command -v sbatch"}}).ok())
    throw Unavailable("--engine slurm needs sbatch, which is not here; --shard I/N and --merge do the same by hand");
  for (const std::string& option : options.sbatch)
    if (!option.starts_with("--") || option.find_first_of("\r\n") != std::string::npos)
      throw base::UsageError(fmt::format(
          "--sbatch {}: expected an option of sbatch with its value, as in --sbatch=--time=2:00:00", option));
  const std::size_t tasks = (submissions + std::size_t(options.pack) - 1) / std::size_t(options.pack);
  std::string command =
      fmt::format("unset NN_GRADER_SECRET\nexec {} {} --class --out {} --title {} --kit {} --sandbox {}",
                  shell_quoted(fs::read_symlink("/proc/self/exe").string()), shell_quoted(folder.string()),
                  shell_quoted(out.string()), shell_quoted(options.title), shell_quoted(options.kit), options.sandbox);
  for (const std::string& lesson : options.lessons) command += " --lesson " + lesson;
  for (const std::string& format : options.formats) command += " --format " + format;
  std::string scoring = options.published ? " --published" : "";
  for (const auto& [option, file] : {std::pair{"--times", options.times}, {"--late-ledger", options.ledger}})
    if (!file.empty()) scoring += fmt::format(" {} {}", option, shell_quoted(fs::absolute(file).string()));
  if (options.keep_best) scoring += " --keep best";
  if (!options.roster.empty()) command += " --roster " + shell_quoted(fs::absolute(options.roster).string());
  if (options.policy.due)
    scoring += fmt::format(" --due {} --grace {} --penalty {} --most-penalty {} --late-days {}",
                           base::utc_text(*options.policy.due), options.policy.grace / 60, options.policy.penalty,
                           options.policy.most, options.policy.free_days);
  const fs::path scripts = out / "slurm";
  std::string head = "#!/bin/sh\n#SBATCH --cpus-per-task=1\n";  // the secret is in the folder
  for (const std::string& option : options.sbatch) head += "#SBATCH " + option + "\n";
  base::write_file(
      scripts / "grade.sh",
      fmt::format("{}#SBATCH --job-name=course-grade\n#SBATCH --array=1-{}\n#SBATCH --output=grade-%a.log\n{} "
                  "--jobs 1 --shard \"$SLURM_ARRAY_TASK_ID/{}\"\n",
                  head, tasks, command, tasks));
  base::write_file(scripts / "merge.sh",
                   fmt::format("{}#SBATCH --job-name=course-merge\n#SBATCH --output=merge.log\n{} --merge{}\n", head,
                               command, scoring));
  const std::string array = submit(scripts, {(scripts / "grade.sh").string()});
  fmt::print("job {}: {} submissions in {} tasks\n", array, submissions, tasks);
  std::fflush(stdout);
  std::vector<std::string> merge = {"--dependency=afterany:" + array, (scripts / "merge.sh").string()};
  if (!options.wait) {
    fmt::print(
        "job {}: gradebook, feedback and report afterwards, in {}\n`squeue` shows both; the log will be {}/merge.log\n",
        submit(scripts, merge), out.string(), scripts.string());
    return base::passed;
  }
  merge.insert(merge.begin(), {"sbatch", "--wait", "--chdir=" + scripts.string()});
  const base::Outcome merged = base::capture({merge});
  fmt::print("{}", base::read_file(scripts / "merge.log"));
  return merged.exit_code;
}

}  // namespace grader
