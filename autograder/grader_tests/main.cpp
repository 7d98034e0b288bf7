// grader_corpus: grades every hostile or broken submission of the corpus and compares with what each must come to.
// Nothing may be left behind, and no canary may stand in any report.
//
//   grader_corpus [--only TEXT] [--sandbox bubblewrap|landlock] [--jobs 2]
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <mutex>
#include <random>
#include <thread>

#include "autograder/grader/intake.hpp"
#include "autograder/grader/report.hpp"
#include "autograder/grader_tests/corpus.hpp"

namespace grader {

namespace {

const std::string canary = "CANARY-7d1f";

struct Case {
  std::string name;
  std::function<fs::path(const fs::path&)> make;
  std::set<Verdict> expected;
  int score;
  bool no_submission;
};

void plant(const fs::path& path, int mode = 0644) {
  std::ofstream(path) << canary << '\n';
  [[maybe_unused]] const int changed = chmod(path.c_str(), mode_t(mode));
}

/// Processes of jobs' users, or (without users of their own) bubblewrap and workers that are still there.
std::vector<std::string> processes_left() {
  std::vector<std::string> left;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    struct stat info {};
    const std::string name = entry.path().filename();
    if (name.find_first_not_of("0123456789") != std::string::npos || stat(entry.path().c_str(), &info) != 0) continue;
    std::string command;
    std::getline(std::ifstream(entry.path() / "cmdline"), command, '\0');
    const bool ours = geteuid() == 0 ? info.st_uid >= 1'000'000 + unsigned(getpid() % 100'000) * 64 &&
                                           info.st_uid < 1'000'064 + unsigned(getpid() % 100'000) * 64
                                     : info.st_uid == geteuid() && command.find("course-grade-") != std::string::npos;
    if (ours) left.push_back(name + " " + command);
  }
  return left;
}

std::size_t mounts() {
  std::ifstream in("/proc/self/mounts");
  std::size_t count = 0;
  for (std::string line; std::getline(in, line);) ++count;
  return count;
}

struct Options {
  std::string only, sandbox = "bubblewrap", kit = NN_KIT, root = NN_ROOT;
  int jobs = 2;
};

int run(const Options& options) {
  const Sandbox sandbox(options.sandbox == "landlock" ? Level::landlock : Level::bubblewrap);
  const std::size_t mounts_before = mounts();
  int wrong = 0, right = 0;
  {
    umask(022);
    const WorkFolder work;
    const Kit kit = reachable(Kit::load(options.kit), work);
    const fs::path root = options.root;
    const std::string honest = course::read_file(root / "solutions/01-perceptron/perceptron.cpp");

    Places places{fs::path(std::getenv("HOME") ? std::getenv("HOME") : "/root") / ".course-canary",
                  "/etc/course-canary", work.path() / "tests-canary.cpp",
                  root / "solutions/01-perceptron/perceptron.cpp", fs::temp_directory_path() / ".course-canary"};
    if (geteuid() != 0) places.etc = "/etc/hostname";
    else plant(places.etc);
    for (const fs::path& path : {places.home, places.tests, places.world}) plant(path);
    setenv("NN_CANARY", canary.c_str(), 1);
    setenv("NN_GRADER_SECRET", canary.c_str(), 1);

    std::vector<Case> cases;
    for (const Attack& attack : code_attacks())
      cases.push_back({attack.name,
                       [&places, &honest, attack](const fs::path& folder) {
                         const fs::path file = folder / "exercises/01-perceptron/perceptron.cpp";
                         fs::create_directories(file.parent_path());
                         std::ofstream(file, std::ios::binary) << attacked(honest, attack, places);
                         return folder;
                       },
                       attack.expected, attack.score, false});
    for (const Parcel& parcel : parcels())
      cases.push_back(
          {parcel.name,
           [&places, &honest, parcel](const fs::path& folder) { return parcel.make(folder, honest, places); },
           parcel.expected, parcel.score, parcel.no_submission});
    std::erase_if(cases, [&](const Case& each) { return each.name.find(options.only) == std::string::npos; });

    std::mutex print;
    std::atomic<std::size_t> next{0};
    const auto judge = [&](const Case& each, std::size_t number) {
      std::string complaint, shown;
      double seconds = 0;
      try {
        const Submission submission =
            take_in(each.make(work.path() / fmt::format("in-{}", number)), kit.project, sandbox, kit.unpack());
        Order order;
        order.seed = 11;
        order.jobs = 1;
        order.lessons = {"01"};
        const Report report = grade(kit, sandbox, submission, order, work.make(fmt::format("job-{}", number)));
        const TaskReport& task = report.lessons.at(0).tasks.back();
        seconds = report.seconds;
        shown = fmt::format("{}, {} points", words(task.verdict), report.score());
        if (each.no_submission) complaint = "it was taken in";
        else if (!each.expected.count(task.verdict)) complaint = "another verdict was expected";
        else if (each.score >= 0 ? report.score() != each.score : report.score() == report.points())
          complaint = fmt::format("{} points were expected", each.score);
        const std::string all = as_text(report) + as_json(report);
        if (all.find(canary) != std::string::npos || all.find("WROTE") != std::string::npos)
          complaint = "it read or wrote what it must not";
        if (all.find("Learned result;") != std::string::npos) complaint = "it read our answer";
        for (const char c : all)
          if (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t')
            complaint = "the report holds a control character";
        if (!complaint.empty()) shown += "\n" + as_text(report);
      } catch (const course::UsageError& e) {
        shown = fmt::format("no submission: {}", e.what());
        if (!each.no_submission) complaint = "it was refused as a whole";
      } catch (const std::exception& e) {
        complaint = fmt::format("the grader failed: {}", e.what());
      }
      const std::lock_guard lock(print);
      ++(complaint.empty() ? right : wrong);
      fmt::print("{} {}: {} ({:.1f} s){}\n", complaint.empty() ? "ok    " : "NOT SO", each.name, shown, seconds,
                 complaint.empty() ? "" : "\n       " + complaint);
      std::fflush(stdout);
    };
    std::vector<std::thread> pool;
    for (int j = 0; j < options.jobs; ++j)
      pool.emplace_back([&] {
        for (std::size_t i = 0; (i = next++) < cases.size();) judge(cases[i], i);
      });
    for (std::thread& thread : pool) thread.join();
    for (const fs::path& path : {places.home, places.tests, places.world}) fs::remove(path);
    if (geteuid() == 0) fs::remove(places.etc);
  }
  const auto left = [&](bool bad, const std::string& what) {
    if (bad) ++wrong, fmt::print("NOT SO left behind: {}\n", what);
  };
  left(mounts() != mounts_before, "mounts");
  usleep(300'000);
  left(!processes_left().empty(), fmt::format("processes {}", fmt::join(processes_left(), ", ")));
  for (const char* path :
       {"/tmp/left-behind", "/dev/shm/left-behind", "/dev/shm/0", "/left-behind", "/var/tmp/left-behind"})
    left(fs::exists(path), path);
  fmt::print("{} of {} as they must be; sandbox: {}; uid {}\n", right, right + wrong, sandbox.description(), geteuid());
  return wrong == 0 && right > 0 ? 0 : 1;
}

}  // namespace

}  // namespace grader

int main(int argc, char* argv[]) {
  grader::Options options;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string name = argv[i];
    if (name == "--only") options.only = argv[i + 1];
    if (name == "--sandbox") options.sandbox = argv[i + 1];
    if (name == "--jobs") options.jobs = std::atoi(argv[i + 1]);
    if (name == "--kit") options.kit = argv[i + 1];
  }
  try {
    return grader::run(options);
  } catch (const std::exception& e) {
    fmt::print(stderr, "{}\n", e.what());
    return 3;
  }
}
