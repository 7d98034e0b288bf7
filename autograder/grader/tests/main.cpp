// grader_corpus: grades every hostile or broken submission of the corpus and compares with what each must come to.
// Nothing may be left behind, and no canary may stand in any report.
//
//   grader_corpus [--only TEXT] [--every N] [--as root|user] [--sandbox bubblewrap|landlock]
//                 [--tools quick|course] [--jobs 2]
//
// Without --as, --sandbox and --tools root grades all as root with the quick compiler and linker, and parts of the rest
// (see rounds_of_root); a user grades all as that user. `--tools course`: as where there is no Clang and no mold.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <grp.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <map>
#include <mutex>

#include "autograder/grader/intake.hpp"
#include "autograder/grader/report.hpp"
#include "autograder/grader/tests/corpus.hpp"
#include "autograder/grader/tests/listener.hpp"
#include "base/parallel.hpp"

namespace grader {

const std::string canary = "CANARY-7d1f";

struct Case {
  std::string name;
  std::function<fs::path(const fs::path&)> make;
  Target target;
  std::set<Verdict> expected;
  Score score;
  std::uint64_t seed = 11;
  bool no_submission = false;
  bool of_values = false;  ///< it asks nothing of the system: the sandbox decides nothing
};

static void plant(const fs::path& path, int mode = 0644) {
  std::ofstream(path) << canary << '\n';
  [[maybe_unused]] const int changed = chmod(path.c_str(), mode_t(mode));
}

/// Processes of jobs' users, or (without users of their own) programs in a working folder, that are still alive.
static std::vector<std::string> processes_left() {
  const std::vector<uid_t> uids = OwnUid::taken();
  std::vector<std::string> left;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    struct stat info {};
    const std::string name = entry.path().filename();
    if (name.find_first_not_of("0123456789") != std::string::npos || stat(entry.path().c_str(), &info) != 0) continue;
    std::string command, status;
    std::getline(std::ifstream(entry.path() / "cmdline"), command, '\0');
    std::getline(std::ifstream(entry.path() / "stat"), status);
    const bool zombie =
        status.find(") Z ") != std::string::npos;  // dead, and waiting for the machine's first process to notice
    const bool ours = geteuid() == 0 ? std::count(uids.begin(), uids.end(), info.st_uid) > 0
                                     : info.st_uid == geteuid() && command.find("course-grade-") != std::string::npos;
    if (ours && !zombie) left.push_back(fmt::format("{} {}", name, command));
  }
  return left;
}

static std::size_t mounts() {
  std::ifstream in("/proc/self/mounts");
  std::size_t count = 0;
  for (std::string line; std::getline(in, line);) ++count;
  return count;
}

struct Options {
  std::string only, sandbox = "bubblewrap", kit = NN_KIT, root = NN_ROOT, as, tools = "quick";
  int jobs = 2, every = 1, first = 0;
  bool values = true;  ///< with the cases that no sandbox decides
};

/// The kit of a machine without the quick compiler and the quick linker.
static void take_quick_tools_away(Kit& kit) {
  kit.quick_compiler.clear();
  if (fs::exists(kit.root / "second_linker.txt")) kit.linker = command_of(kit.root / "second_linker.txt");
}

/// With the target's task and one other of its lesson, another in each case: what is honest keeps its points.
static Kit with_two_tasks(Kit kit, const Target& target, std::size_t number) {
  for (base::Lesson& lesson : kit.project.lessons) {
    if (lesson.name != target.lesson) continue;
    std::vector<base::Task> others = lesson.tasks;
    std::erase_if(others, [&](const base::Task& task) { return task.id == target.task; });
    const std::string other = others.at(number % others.size()).id;
    std::erase_if(lesson.tasks, [&](const base::Task& task) { return task.id != target.task && task.id != other; });
  }
  return kit;
}

const fs::path in_etc = "/etc/course-canary";

/// For good, and the working folder with us.
static void become_a_user(const WorkFolder& work) {
  static const OwnUid own = OwnUid::take();
  const uid_t uid = own.get();
  const auto give = [&](const fs::path& path) {
    if (lchown(path.c_str(), uid, uid) != 0) throw Unavailable(path.string() + " cannot be given away");
  };
  setenv("HOME", work.make("home").c_str(), 1);
  give(work.path().parent_path());
  give(work.path());
  for (const auto& entry : fs::recursive_directory_iterator(work.path())) give(entry.path());
  if (setgroups(0, nullptr) != 0 || setresgid(uid, uid, uid) != 0 || setresuid(uid, uid, uid) != 0)
    throw Unavailable("root cannot become a user");
}

static int run(const Options& options) {
  const std::size_t mounts_before = mounts();
  const Listener listener;
  int wrong = 0, right = 0;
  std::string level;
  {
    umask(022);
    const WorkFolder work;
    Kit kit = reachable(Kit::load(options.kit), work);
    if (options.tools == "course") take_quick_tools_away(kit);
    const fs::path root = options.root, etc = geteuid() == 0 ? in_etc : "/etc/hostname";
    std::map<std::string, std::map<std::string, std::string>> honest;  // by lesson and file; read now: a user may not
    for (const Target& target : {learn, gradient_descent, train_full_batch, train})
      for (const std::string& file : kit.project.lesson(target.lesson).files)
        honest[target.lesson][file] = base::read_file(root / "solutions" / target.lesson / file);
    const std::string& honest_learn = honest.at(learn.lesson).at(learn.file);
    if (options.as == "user" && geteuid() == 0) become_a_user(work);
    const Sandbox sandbox(options.sandbox == "landlock" ? Level::landlock : Level::bubblewrap);
    level = fmt::format("{}; {}", sandbox.description(), kit.quick_compiler.empty() ? "without Clang" : "Clang first");
    Kit hurried = kit;  // for what may compute without end; none of ours needs a tenth of this
    for (base::Lesson& lesson : hurried.project.lessons)
      for (base::Task& task : lesson.tasks) task.seconds = 1;

    const char* home = std::getenv("HOME");
    Places places{fs::path(home ? home : "/root") / ".course-canary",
                  etc,
                  work.path() / "tests-canary.cpp",
                  root / "solutions" / learn.lesson / learn.file,
                  fs::temp_directory_path() / fmt::format(".course-canary-{}", getpid()),
                  kit.root,
                  listener.port()};
    for (const fs::path& path : {places.home, places.tests, places.world}) plant(path);
    setenv("NN_CANARY", canary.c_str(), 1);
    setenv("NN_GRADER_SECRET", canary.c_str(), 1);

    std::vector<Case> cases;
    for (const auto& [attacks, of_values] :
         {std::pair{function_attacks(), false}, {pipe_attacks(), true}, {build_attacks(), false}})
      for (const Attack& attack : attacks) {
        const auto& answer = honest.at(attack.target.lesson);
        cases.push_back({attack.name,
                         [&places, &answer, attack](const fs::path& folder) {
                           for (const auto& [file, text] : answer)
                             base::write_file(folder / "exercises" / attack.target.lesson / file,
                                              file == attack.target.file ? attacked(text, attack, places) : text,
                                              base::Durable::no);
                           return folder;
                         },
                         attack.target, attack.expected, attack.score, attack.seed, false, of_values || attack.costly});
      }
    for (const Upload& upload : uploads())
      cases.push_back({upload.name,
                       [&places, &honest_learn, upload](const fs::path& folder) {
                         return upload.make({folder, honest_learn, places});
                       },
                       learn, upload.expected, upload.score, 11, upload.no_submission});
    std::erase_if(cases, [&](const Case& each) {
      return each.name.find(options.only) == std::string::npos || (each.of_values && !options.values);
    });

    for (std::size_t i = 0; i < cases.size(); ++i)
      if (i % std::size_t(options.every) != std::size_t(options.first)) cases[i].name.clear();
    std::erase_if(cases, [](const Case& each) { return each.name.empty(); });

    const std::string of_our_answer = "Learned result;";  // a line that nobody else would write
    if (honest_learn.find(of_our_answer) == std::string::npos)
      throw std::runtime_error(
          fmt::format("our answer no longer holds '{}', by which it is recognised", of_our_answer));
    const auto points = [](const Case& each, const base::Project& asked) {
      const int all = asked.lesson(each.target.lesson).points();
      return each.score == Score::all ? all : each.score == Score::none ? 0 : all - asked.task(each.target.task).points;
    };
    std::mutex print;
    const auto judge = [&](const Case& each, std::size_t number) {
      std::string complaint, shown;
      double seconds = 0;
      try {
        const Submission submission =
            take_in({each.make(work.path() / fmt::format("in-{}", number))}, kit.project, sandbox, kit.unpack());
        Order order;
        order.seed = each.seed;
        order.jobs = 1;
        order.lessons = {std::string(each.target.lesson, 2)};
        order.second_opinion = number % 16 == 0;  // both compilers here and there; a round by the course's own follows
        const Kit asked = with_two_tasks(each.expected.count(Verdict::timed_out) ? hurried : kit, each.target, number);
        const Report report = grade(asked, sandbox, submission, order, work.make(fmt::format("job-{}", number)));
        const auto& tasks = report.lessons.at(0).tasks;
        const TaskReport& task = *std::find_if(tasks.begin(), tasks.end(),
                                               [&](const TaskReport& any) { return any.id == each.target.task; });
        seconds = report.seconds;
        shown = fmt::format("{}, {} points", words(task.verdict), report.score());
        if (each.no_submission) complaint = "it was taken in";
        else if (!each.expected.count(task.verdict)) complaint = "another verdict was expected";
        else if (report.infrastructure_failed()) complaint = "a student must not make the grader fail";
        else if (each.score != Score::any && report.score() != points(each, asked.project))
          complaint = fmt::format("{} points were expected", points(each, asked.project));
        const std::string all = as_text(report) + as_json(report);
        if (all.find(canary) != std::string::npos || all.find("WROTE") != std::string::npos ||
            all.find("SAW") != std::string::npos)
          complaint = "it read or wrote what it must not";
        if (all.find(kit.root.string()) != std::string::npos) complaint = "it tells where the grader is";
        if (all.find(of_our_answer) != std::string::npos) complaint = "it read our answer";
        for (const char c : all)
          if (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t')
            complaint = "the report holds a control character";
        if (!complaint.empty()) shown += "\n" + as_text(report);
      } catch (const NothingFound& e) {
        shown = fmt::format("no submission: {}", e.what());
        if (!each.no_submission) complaint = "it was refused as a whole";
      } catch (const TwoSubmissions& e) {
        shown = fmt::format("no submission: {}", e.what());
        if (!each.no_submission) complaint = "it was refused as a whole";
      } catch (const std::exception& e) {
        complaint = fmt::format("the grader failed: {}", e.what());
      }
      const std::lock_guard lock(print);
      ++(complaint.empty() ? right : wrong);
      if (complaint.empty()) fmt::print("ok     {}: {} ({:.1f} s)\n", each.name, shown, seconds);
      else fmt::print("NOT SO {}: {} ({:.1f} s); {}\n", each.name, complaint, seconds, shown);
      std::fflush(stdout);
    };
    base::in_parallel(options.jobs, cases.size(), [&](std::size_t i) { judge(cases[i], i); });
    for (const fs::path& path : {places.home, places.tests, places.world}) fs::remove(path);
  }
  const auto left = [&](bool bad, const std::string& what) {
    if (bad) ++wrong, fmt::print("NOT SO left behind: {}\n", what);
  };
  left(mounts() != mounts_before, "mounts");
  left(listener.calls() != 0, "a call to the server that listens on this machine");
  for (int tries = 0; tries < 50 && !processes_left().empty(); ++tries) usleep(100'000);
  left(!processes_left().empty(), fmt::format("processes {}", fmt::join(processes_left(), ", ")));
  for (const char* path :
       {"/tmp/left-behind", "/dev/shm/left-behind", "/dev/shm/0", "/left-behind", "/var/tmp/left-behind"})
    left(fs::exists(path), path);
  fmt::print("{} of {} as they must be; sandbox: {}; uid {}\n", right, right + wrong, level, geteuid());
  return wrong == 0 && right > 0 ? 0 : 1;
}

/// What root plants, root takes away, whatever becomes of the round.
static int run_in_a_child(const Options& options) {
  if (geteuid() == 0) plant(in_etc);
  std::fflush(stdout);
  const pid_t child = fork();
  if (child == 0) {
    int code = 3;
    try {
      code = run(options);
    } catch (const std::exception& e) {
      fmt::print(stderr, "{}\n", e.what());
    }
    std::fflush(stdout);
    _exit(code);
  }
  int status = 0;
  waitpid(child, &status, 0);
  if (geteuid() == 0) fs::remove(in_etc);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 3;
}

}  // namespace grader

/// The first goes through all cases. The others try the other sandboxes and tools, and together go once more through
/// those that ask something of the system.
static std::vector<grader::Options> rounds_of_root(const grader::Options& all) {
  std::vector<grader::Options> rounds = {all};
  const struct {
    const char *sandbox, *as, *tools;
  } weaker[] = {{"bubblewrap", "user", "course"}, {"landlock", "root", "quick"}, {"landlock", "user", "quick"}};
  const int parts = int(std::size(weaker));
  for (int i = 0; i < parts; ++i) {
    rounds.push_back(all);
    rounds.back().sandbox = weaker[i].sandbox;
    rounds.back().as = weaker[i].as;
    rounds.back().tools = weaker[i].tools;
    rounds.back().every = parts * all.every;
    rounds.back().first = i;
    rounds.back().values = false;
  }
  return rounds;
}

int main(int argc, char* argv[]) {
  grader::Options options;
  bool chosen = false;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string name = argv[i], value = argv[i + 1];
    chosen = chosen || name == "--as" || name == "--sandbox" || name == "--tools";
    if (name == "--only") options.only = value;
    else if (name == "--every") options.every = std::max(1, std::atoi(value.c_str()));
    else if (name == "--as") options.as = value;
    else if (name == "--sandbox") options.sandbox = value;
    else if (name == "--tools") options.tools = value;
    else if (name == "--jobs") options.jobs = std::atoi(value.c_str());
    else if (name == "--kit") options.kit = value;
    else return fmt::print(stderr, "{} is no option; see the top of autograder/grader/tests/main.cpp\n", name), 2;
  }
  const bool all = !chosen && geteuid() == 0;
  const std::vector<grader::Options> rounds = all ? rounds_of_root(options) : std::vector<grader::Options>{options};
  int worst = 0;
  for (const grader::Options& round : rounds) worst = std::max(worst, grader::run_in_a_child(round));
  return worst;
}
