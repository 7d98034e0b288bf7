#include "tools/staff/promise_runner.hpp"

#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <thread>

#include "base/clock.hpp"
#include "base/terminal.hpp"
#include "tools/staff/fingerprint.hpp"

namespace course {

namespace {

double seconds(const timeval& time) { return double(time.tv_sec) + double(time.tv_usec) * 1e-6; }

std::string minutes(double s) { return fmt::format("{}:{:02}", int(s) / 60, int(s) % 60); }

struct Running {
  const Promise* promise;
  Clock::time_point begun;
};

struct Cost {
  std::string name;
  double wall, cpu;
};

class Runner {
 public:
  Runner(const Project& project, const PromiseOptions& options)
      : options_(options),
        folder_(project.root / "build/promises"),
        passed_(folder_ / "passed.json"),
        project_(project) {
    if (options.remember) fingerprints_.emplace(project);
  }

  int run(const std::vector<Promise>& promises) {
    std::vector<const Promise*> waiting;
    for (const Promise& promise : promises) waiting.push_back(&promise);
    while (!waiting.empty() || !running_.empty()) {
      const auto next = std::find_if(waiting.begin(), waiting.end(), [&](const Promise* p) { return may_start(*p); });
      if (next != waiting.end() && int(running_.size()) < options_.lanes) {
        const Promise& promise = **next;
        waiting.erase(next);
        if (unchanged(promise)) skip(promise);
        else start(promise);
      } else if (!running_.empty()) {
        finish_one();
      } else {
        throw std::logic_error(waiting[0]->name + " waits for a promise that is not there");
      }
    }
    return summary();
  }

 private:
  fs::path report(pid_t child) const { return folder_ / fmt::format("{}.json", child); }

  bool may_start(const Promise& promise) const {
    const bool ready = std::all_of(promise.after.begin(), promise.after.end(),
                                   [&](const std::string& name) { return finished_.count(name) != 0; });
    const bool free = std::none_of(running_.begin(), running_.end(), [&](const auto& other) {
      const auto& busy = other.second.promise->busy;
      return std::find_first_of(busy.begin(), busy.end(), promise.busy.begin(), promise.busy.end()) != busy.end();
    });
    return ready && free;
  }

  bool unchanged(const Promise& promise) const {
    return options_.remember && !options_.again && !promise.always &&
           passed_.holds(promise.name, fingerprints_->without(promise.apart));
  }

  void skip(const Promise& promise) {
    fmt::print("{} {:<52} unchanged, passed before\n", tick(), promise.name);
    finished_.insert(promise.name);
    ++held_, ++skipped_;
  }

  void start(const Promise& promise) {
    if (options_.remember) passed_.remember(promise.name, "");  // until it has passed again
    std::fflush(nullptr);
    const pid_t parent = getpid(), child = fork();
    if (child < 0) throw EnvironmentError("cannot start another process for: " + promise.name);
    if (child == 0) {
      prctl(PR_SET_PDEATHSIG, SIGTERM);
      if (getppid() != parent) _exit(environment);
      if (!promise.longest) nice(3);  // a third of a core where two want it
      Findings found;
      try {
        promise.look(found);
      } catch (const std::exception& e) {
        found.expect(false, e.what());
      }
      std::fflush(nullptr);
      const nlohmann::json result{{"checked", found.checked}, {"problems", found.problems}, {"notes", found.notes}};
      write_file(report(getpid()), result.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
      _exit(0);
    }
    running_[child] = {&promise, Clock::now()};
  }

  void finish_one() {
    int status = 0;
    rusage used{};
    pid_t child;
    do child = wait4(-1, &status, 0, &used);
    while (child < 0 ? errno == EINTR : running_.count(child) == 0);
    if (child < 0) throw EnvironmentError("lost sight of the promises that were running");
    const Running ended = running_.extract(child).mapped();
    Findings found;
    if (fs::exists(report(child))) {
      const auto result = nlohmann::json::parse(read_file(report(child)));
      found = {result.at("checked"), result.at("problems"), result.at("notes")};
      fs::remove(report(child));
    } else {
      found.expect(false, WIFSIGNALED(status) ? fmt::format("ended by signal {}", WTERMSIG(status))
                                              : fmt::format("ended with exit code {}", WEXITSTATUS(status)));
    }
    if (found.checked == 0) found.expect(false, "there was nothing to check");
    finish(*ended.promise, found,
           {ended.promise->name, seconds_since(ended.begun), seconds(used.ru_utime) + seconds(used.ru_stime)});
  }

  void finish(const Promise& promise, const Findings& found, const Cost& cost) {
    const bool held = found.problems.empty();
    fmt::print("{} {:<52} {:>6} checks {:>7.1f} s\n", held ? tick() : cross(), promise.name, found.checked, cost.wall);
    for (const std::string& note : found.notes) fmt::print("    {}\n", note);
    for (const std::string& problem : found.problems) fmt::print("    {}\n", problem);
    std::fflush(stdout);
    if (held && options_.remember && !promise.always) {  // unless somebody wrote meanwhile
      const std::string fingerprint = Fingerprints(project_).without(promise.apart);
      if (fingerprint == fingerprints_->without(promise.apart)) passed_.remember(promise.name, fingerprint);
    }
    ++(held ? held_ : broken_);
    finished_.insert(promise.name);
    costs_.push_back(cost);
  }

  int summary() const {
    const double wall = seconds_since(begun_);
    double cpu = 0;
    for (const Cost& cost : costs_) cpu += cost.cpu;
    const unsigned cores = std::max(1u, std::thread::hardware_concurrency());
    if (options_.times && !costs_.empty()) {
      fmt::print("\n{:<54} {:>8} {:>8}\n", "what each cost, in seconds", "wall", "CPU");
      for (const Cost& cost : costs_) fmt::print("{:<54} {:>8.1f} {:>8.1f}\n", cost.name, cost.wall, cost.cpu);
    }
    fmt::print("\n{} passed, {} failed", held_, broken_);
    if (skipped_) fmt::print("; {} of them unchanged since they passed (--again runs them all)", skipped_);
    fmt::print("\n{} min, of which {} cores worked {:.0f} % ({} min of CPU)\n", minutes(wall), cores,
               100 * cpu / (wall * cores), minutes(cpu));
    return broken_ == 0 && held_ > 0 ? passed : failed;
  }

  const PromiseOptions options_;
  const fs::path folder_;
  PassedBefore passed_;
  const Project& project_;
  std::optional<Fingerprints> fingerprints_;
  const Clock::time_point begun_ = Clock::now();
  std::map<pid_t, Running> running_;
  std::set<std::string> finished_;
  std::vector<Cost> costs_;
  int held_ = 0, broken_ = 0, skipped_ = 0;
};

}  // namespace

int keep_promises(const Project& project, const std::vector<Promise>& promises, const PromiseOptions& options) {
  return Runner(project, options).run(promises);
}

}  // namespace course
