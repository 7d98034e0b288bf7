// grader_failures: the same submission and seed give the same report; and when the machine or the grader fails, the
// exit code is 3, no score is written, and nothing is left behind. Runs course_grade as anybody would.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <fstream>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "autograder/grader/kit.hpp"
#include "autograder/grader/tests/tally.hpp"
#include "base/process.hpp"

namespace grader {

const char* const killed_linker = "killed_linker";  ///< a name of this program, which then kills itself

struct Graded {
  base::Outcome outcome;
  std::string json;  ///< empty when none was written
};

struct Trial {
  fs::path program, kit, folder;  ///< folder: this trial's own, with the submission and TMPDIR in it
  std::vector<std::string> arguments = {"--seed", "5", "--lesson", "1"};
  std::vector<std::pair<std::string, std::string>> environment = {};

  fs::path submission() const { return folder / "submission"; }
  fs::path temporary() const { return folder / "tmp"; }
  fs::path report() const { return folder / "report.json"; }
  std::vector<std::string> command() const {
    std::vector<std::string> all = {program.string(), submission().string(), "--kit", kit.string(),
                                    "--json",         report().string()};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return all;
  }
  Graded grade() const {
    fs::remove(report());
    fs::create_directories(temporary());
    auto variables = environment;
    variables.emplace_back("TMPDIR", temporary().string());
    const base::Outcome outcome = base::capture({command(), {}, variables, 300.0});
    return {outcome, fs::exists(report()) ? base::read_file(report()) : ""};
  }
};

/// A submission of our answers, one wrong, one that crashes, one that does not compile.
static void hand_in(const fs::path& root, const fs::path& folder) {
  const auto changed = [&](const fs::path& file, const std::string& what, const std::string& with) {
    std::string text = base::read_file(root / "solutions" / file);
    const auto at = text.find(what);
    if (at == std::string::npos) throw std::runtime_error(file.string() + " has no " + what);
    base::write_file(folder / "exercises" / file, text.replace(at, what.size(), with));
  };
  changed("01-perceptron/perceptron.cpp", "a > 0", "a >= 0");
  changed("03-activations/activations.cpp", "return", "retrun");
  changed("04-losses/losses.cpp", "  //> 4.3\n", "  *(volatile int*)8 = 1;\n");
}

static void drop_seconds(nlohmann::ordered_json& value) {
  if (value.is_object()) value.erase("seconds");
  for (auto& each : value)
    if (each.is_structured()) drop_seconds(each);
}

static std::string without_times(const std::string& json) {
  auto value = nlohmann::ordered_json::parse(json);
  drop_seconds(value);
  return value.dump(2);
}

static void same_twice(Trial trial) {
  trial.arguments = {"--seed", "5", "--jobs", "1"};
  const Graded first = trial.grade();
  trial.arguments.back() = "2";
  const Graded second = trial.grade();
  expect(first.outcome.ok() && !first.json.empty(), "a mixed submission is graded", first.outcome.output);
  expect(without_times(first.json) == without_times(second.json), "and again, byte for byte the same but for times",
         without_times(first.json) + without_times(second.json));
  const auto report = nlohmann::json::parse(first.json);
  expect(report.at("score") > 0 && report.at("score") < report.at("points"), "with some of its points", first.json);

  base::write_file(trial.folder / "secret", "a secret\n");
  trial.arguments = {"--lesson", "1", "--secret", (trial.folder / "secret").string()};
  const auto seed = [&] { return nlohmann::json::parse(trial.grade().json).at("seed").dump(); };
  const std::string of_secret = seed();
  expect(of_secret == seed(), "one secret, one content: one seed");
  base::write_file(trial.folder / "secret", "another\n");
  expect(of_secret != seed(), "another secret: another seed");
  base::write_file(trial.folder / "secret", "a secret\n");
  std::ofstream(trial.submission() / "exercises/01-perceptron/perceptron.cpp", std::ios::app) << "// changed\n";
  expect(of_secret != seed(), "another content: another seed");
  trial.arguments = {"--lesson", "1"};
  expect(seed() != seed(), "no secret: a seed of each run");
}

/// Exit code 3, no score anywhere, the working folder cleared away.
static void expect_failure(const std::string& what, const Trial& trial, const Graded& graded) {
  const bool scored = !graded.json.empty() && nlohmann::json::parse(graded.json).contains("score");
  const bool printed = graded.outcome.output.find("score:") != std::string::npos;
  expect(graded.outcome.exit_code == base::environment && !scored && !printed, what + ": exit code 3 and no score",
         fmt::format("exit code {}\n{}\n{}", graded.outcome.exit_code, graded.outcome.output, graded.json));
  expect(fs::is_empty(trial.temporary()), what + ": nothing left behind");
}

static void broken_kits(Trial trial) {
  const fs::path whole = trial.kit;
  const auto broken = [&](const std::string& what, const std::function<void(const fs::path&)>& damage) {
    trial.kit = trial.folder / "kit";
    fs::remove_all(trial.kit);
    fs::copy(whole, trial.kit, fs::copy_options::recursive | fs::copy_options::create_hard_links);
    damage(trial.kit);
    expect_failure(what, trial, trial.grade());
    fs::remove_all(trial.kit);
  };
  const auto replaced = [](const fs::path& file, const std::string& text) {  // not written into: it has two names
    const auto rights = fs::status(file).permissions();
    fs::remove(file);
    base::write_file(file, text);
    fs::permissions(file, rights);
  };
  broken("no tests", [](const fs::path& kit) { fs::remove(kit / "graded/graded_01"); });
  broken("no worker", [](const fs::path& kit) { fs::remove(kit / "workers/libworker_01.a"); });
  broken("a damaged worker",
         [&](const fs::path& kit) { replaced(kit / "workers/libworker_01.a", "!<arch>\nrubbish"); });
  broken("tests that say nothing", [&](const fs::path& kit) { replaced(kit / "graded/graded_01", "#!/bin/true\n"); });
  broken("a damaged header", [&](const fs::path& kit) { replaced(kit / "include/nn/types.hpp", "#error damaged\n"); });
  broken("no list of lessons", [](const fs::path& kit) { fs::remove_all(kit / "lessons"); });
  broken("no compiler", [&](const fs::path& kit) {
    for (const char* which : {"compiler.txt", "quick_compiler.txt"})
      replaced(kit / which, "/usr/bin/no-such-compiler\n-c\n");
  });
  broken("a compiler whose helper is killed at a student's file", [&](const fs::path& kit) {
    fs::remove(kit / "quick_compiler.txt");
    std::string command = base::read_file(kit / "compiler.txt");
    const std::string program = command.substr(0, command.find('\n'));
    replaced(kit / "compiler.txt", command.insert(program.size(), "\n-Binclude/"));
    const std::string helper = base::capture({{program, "-print-prog-name=cc1plus"}, {}, {}, 60.0}).output;
    base::write_file(kit / "include/cc1plus",
                     "#!/bin/sh\ncase \"$*\" in *perceptron.cpp*) kill -9 $$ ;; esac\nexec \"" +
                         helper.substr(0, helper.find('\n')) + "\" \"$@\"\n");
    fs::permissions(kit / "include/cc1plus", fs::perms(0755));
  });
  broken("a linker that is killed", [&](const fs::path& kit) {
    const fs::path linker = trial.folder / killed_linker;
    fs::copy_file(fs::read_symlink("/proc/self/exe"), linker);
    const std::string command = base::read_file(kit / "linker.txt");
    replaced(kit / "linker.txt", linker.string() + command.substr(command.find('\n')));
  });
  broken("nothing", [](const fs::path& kit) { fs::remove_all(kit); });
}

static void broken_machine(Trial trial) {
  trial.arguments.insert(trial.arguments.end(), {"--sandbox", "bubblewrap"});
  trial.environment = {{"PATH", "/nowhere"}};
  expect_failure("no bubblewrap", trial, trial.grade());
  trial.environment.clear();
  if (geteuid() != 0) return fmt::print("(a full disk is tried by root only)\n");
  fs::create_directories(trial.temporary());
  for (const char* size : {"size=16k", "size=100k", "size=400k"}) {
    if (mount("none", trial.temporary().c_str(), "tmpfs", 0, size) != 0) throw Unavailable("no small disk can be made");
    expect_failure(fmt::format("a full disk, {}", size), trial, trial.grade());
    umount(trial.temporary().c_str());
  }
}

/// Ends the grader in the middle by a signal; returns its exit code, or 128 and the signal.
static int end_by(const Trial& trial, int signal) {
  fs::remove(trial.report());
  fs::create_directories(trial.temporary());
  const auto words = trial.command();
  std::vector<char*> argv;
  for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  const pid_t pid = fork();
  if (pid == 0) {
    setenv("TMPDIR", trial.temporary().c_str(), 1);
    const int null = open("/dev/null", O_WRONLY);
    for (int fd : {1, 2}) dup2(null, fd);
    execv(argv[0], argv.data());
    _exit(127);
  }
  while (fs::is_empty(trial.temporary())) usleep(10'000);
  usleep(1'000'000);
  kill(pid, signal);
  int status = 0;
  waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static bool alive_in(const fs::path& folder) {
  for (const auto& entry : fs::directory_iterator("/proc")) {
    std::ifstream in(entry.path() / "cmdline");
    std::ostringstream command;
    command << in.rdbuf();  // throws nothing when the process ends meanwhile
    if (command.str().find(folder.string()) != std::string::npos && entry.path().filename() != std::to_string(getpid()))
      return true;
  }
  return false;
}

/// So that the grader is in the middle of it, however fast the machine.
static void never_ends(const Trial& trial) {
  std::ofstream(trial.submission() / "exercises/01-perceptron/perceptron.cpp", std::ios::app)
      << "\nstatic const bool stuck = [] {\n  for (volatile bool on = true; on;) {\n  }\n  return true;\n}();\n";
}

static void killed(Trial trial, const fs::path& root) {
  never_ends(trial);
  for (const int signal : {SIGTERM, SIGINT, SIGKILL}) {
    const int code = end_by(trial, signal), expected = signal == SIGKILL ? 128 + SIGKILL : int(base::environment);
    expect(code == expected && !fs::exists(trial.report()),
           fmt::format("ended by signal {}: exit code {}, no report", signal, expected), std::to_string(code));
    for (int tries = 0; tries < 50 && alive_in(trial.temporary()); ++tries) usleep(100'000);
    expect(!alive_in(trial.temporary()), fmt::format("ended by signal {}: nothing runs on", signal));
    if (signal != SIGKILL) expect(fs::is_empty(trial.temporary()), "and nothing is left behind");
  }
  for (const auto& entry : fs::directory_iterator(trial.temporary()))  // as if a minute had passed
    fs::last_write_time(entry.path(), fs::file_time_type::clock::now() - std::chrono::minutes(5));
  hand_in(root, trial.submission());
  const Graded after = trial.grade();
  expect(after.outcome.ok() && fs::is_empty(trial.temporary()), "the next grader clears away what a killed one left",
         after.outcome.output);
}

/// As the kernel does when memory ends.
static void killed_worker(Trial trial) {
  never_ends(trial);
  std::atomic<bool> over = false;
  std::thread killer([&] {
    while (!over) {
      for (const auto& entry : fs::directory_iterator("/proc")) {
        std::string program;
        std::getline(std::ifstream(entry.path() / "cmdline"), program, '\0');
        if (program.starts_with(trial.temporary().string()) && program.ends_with("/worker"))
          kill(std::atoi(entry.path().filename().c_str()), SIGKILL);
      }
      usleep(10'000);
    }
  });
  const Graded graded = trial.grade();
  over = true;
  killer.join();
  expect_failure("a program that somebody kills", trial, graded);
  expect(graded.outcome.output.find("the program was killed") != std::string::npos, "is called that",
         graded.outcome.output);
}

/// What a grader leaves that is killed in the moment in which bubblewrap starts: its inner process, which waits for
/// ever.
static void orphans(const Trial& trial) {
  int pids[2];
  if (pipe(pids) != 0) throw Unavailable("no pipe");
  const uid_t uid = OwnUid::take().get();  // taken and let go
  const pid_t parent = fork();
  if (parent == 0) {
    const pid_t orphan = fork();
    if (orphan == 0) {
      if (geteuid() == 0 && setresuid(uid, uid, uid) != 0) _exit(1);
      execl("/bin/sh", "bwrap", "-c", "kill -STOP $$", "--hostname", "grader", "--", "x", nullptr);
      _exit(1);
    }
    [[maybe_unused]] const auto written = write(pids[1], &orphan, sizeof orphan);
    _exit(0);
  }
  waitpid(parent, nullptr, 0);
  pid_t orphan = 0;
  if (read(pids[0], &orphan, sizeof orphan) != sizeof orphan) throw Unavailable("no orphan");
  for (const int fd : pids) close(fd);
  usleep(200'000);
  const auto alive = [&] {
    std::ifstream in(fmt::format("/proc/{}/stat", orphan));
    std::string line;
    return std::getline(in, line) && line.find(") Z ") == std::string::npos;
  };
  const bool there = alive();
  const Graded graded = trial.grade();
  for (int tries = 0; tries < 50 && alive(); ++tries) usleep(20'000);
  expect(there && graded.outcome.ok() && !alive(), "a grader ends what a killed one left waiting for it",
         graded.outcome.output);
  if (alive()) kill(orphan, SIGKILL);
}

/// The files of an earlier grading are gone even when this one never begins.
static void stale_results(Trial trial) {
  base::write_file(trial.report(), "an older report");
  fs::remove_all(trial.submission() / "exercises");
  fs::create_directories(trial.submission() / "something else");
  std::vector<std::string> words = trial.command();
  const fs::path output = trial.folder / "results.json";
  base::write_file(output, "an older result");
  words.insert(words.end(), {"--format", "gradescope", "--output", output.string()});
  const base::Outcome outcome = base::capture({words, {}, {}, 300.0});
  expect(outcome.exit_code == base::usage && !fs::exists(trial.report()) && !fs::exists(output),
         "without a submission no older result is left to be read", outcome.output);
}

/// One file of two: its own tasks are graded.
static void half_a_lesson(Trial trial, const fs::path& root) {
  const std::string file = "07-training/batches.cpp";
  fs::remove_all(trial.submission());
  base::write_file(trial.submission() / "exercises" / file, base::read_file(root / "solutions" / file));
  trial.arguments = {"--lesson", "7"};
  const auto report = nlohmann::json::parse(trial.grade().json);
  std::map<std::string, int> verdicts;
  for (const auto& task : report.at("lessons").at(0).at("tasks")) ++verdicts[task.at("verdict")];
  expect(verdicts["passed"] > 0 && verdicts["not written"] > 0 && verdicts.size() == 2,
         "the tasks of a file are graded without the lesson's other file", report.dump(2));
}

/// Our folders are not named in what a compiler says, the system's are.
static void words_of_the_compiler(Trial trial) {
  std::ofstream(trial.submission() / "exercises/01-perceptron/perceptron.cpp", std::ios::app)
      << "#include <vector>\nstd::vector<void> none;\n";
  const std::string json = trial.grade().json;
  expect(json.find("/usr/include/c++/") != std::string::npos && json.find("/usr/c++/") == std::string::npos,
         "what a compiler says names the system's headers", json);
}

/// What keeps our tests busy is as dear as what computes by itself: the tasks after it have a fifth of their time.
static void hurry_after_costly_tests(Trial trial, const fs::path& root) {
  const fs::path lesson = "05-numerical-gradient", whole = trial.kit;
  trial.kit = trial.folder / "kit";
  fs::copy(whole, trial.kit, fs::copy_options::recursive | fs::copy_options::create_hard_links);
  const fs::path listed = trial.kit / "lessons" / lesson / "lesson.json";
  auto document = nlohmann::json::parse(base::read_file(listed));
  auto tasks = nlohmann::json::array();
  for (const char* id : {"5.7", "5.1"})
    for (auto& task : document.at("tasks"))
      if (task.at("id") == id) task["seconds"] = 1, tasks.push_back(task);
  document["tasks"] = tasks;
  fs::remove(listed);  // it has two names
  base::write_file(listed, document.dump());
  std::string text = base::read_file(root / "solutions" / lesson / "numerical_gradient.cpp");
  for (const auto& [function, body] :
       {std::pair{"\nreal derivative(", "for (volatile bool on = true; on;) {\n}"},
        {"\nTrained train_numerically(", "return {Network(70000, network.at(0)), vec(steps + 1)};"}}) {
    const auto begin = text.find("{\n", text.find(function)) + 2;
    text.insert(begin, body + std::string("\n"));
  }
  fs::remove_all(trial.submission());
  base::write_file(trial.submission() / "exercises" / lesson / "numerical_gradient.cpp", text);
  trial.arguments = {"--lesson", "5", "--seed", "5"};
  const auto report = nlohmann::json::parse(trial.grade().json);
  std::map<std::string, std::string> reasons;
  for (const auto& task : report.at("lessons").at(0).at("tasks")) reasons[task.at("id")] = task.value("reason", "");
  expect(reasons["5.7"].ends_with("busy with it after 12 s"), "our tests compute twelve times a task's seconds",
         report.dump(2));
  expect(reasons["5.1"].ends_with("It had a fifth of its 1 s, since tasks before it ran out of theirs."),
         "what keeps them busy costs the next tasks their patience", report.dump(2));
}

static int run(const fs::path& program, const fs::path& kit, const fs::path& root) {
  const WorkFolder work;
  const fs::path beside = kit.parent_path() / fmt::format("failures-{}", getpid());  // for hard links: the kit's disk
  const Trial trial{program, kit, beside};
  const auto fresh = [&] {
    fs::remove_all(beside);
    hand_in(root, trial.submission());
    return trial;
  };
  same_twice(fresh());
  broken_kits(fresh());
  broken_machine(fresh());
  killed(fresh(), root);
  killed_worker(fresh());
  orphans(fresh());
  stale_results(fresh());
  half_a_lesson(fresh(), root);
  words_of_the_compiler(fresh());
  hurry_after_costly_tests(fresh(), root);
  fs::remove_all(beside);
  fmt::print("{} of {} as they must be; uid {}\n", right, right + wrong, geteuid());
  return wrong == 0 && right > 0 ? 0 : 1;
}

}  // namespace grader

int main(int argc, char* argv[]) {
  if (std::filesystem::path(argv[0]).filename() == grader::killed_linker) return raise(SIGKILL);
  if (argc != 4) return fmt::print(stderr, "grader_failures COURSE_GRADE KIT REPOSITORY\n"), 2;
  try {
    return grader::run(argv[1], argv[2], argv[3]);
  } catch (const std::exception& e) {
    fmt::print(stderr, "{}\n", e.what());
    return 3;
  }
}
