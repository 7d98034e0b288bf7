#include "autograder/grader/run_task.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <nlohmann/json.hpp>
#include <sstream>

#include "autograder/remote/frame.hpp"
#include "autograder/remote/printable.hpp"
#include "autograder/remote/remote.hpp"
#include "autograder/sandbox/descriptors.hpp"
#include "tools/blas_kernel/kernel.hpp"

namespace grader {

namespace {

using nn::detail::Ending;
using nn::detail::printable;

constexpr std::size_t shown_failures = 3;
/// What our tests may compute for a task: all but what a student sends takes them a tenth of it.
double seconds_of_tests(const base::Task& task) { return std::min(120, 12 * task.seconds); }
constexpr double longest_wait = 3;  // in which neither it nor the tests compute; honest code waits for nothing

/// What the tests said (autograder/tests/support/events.cpp), in the task's report.
struct Said {
  int begun = 0, ended = 0, not_written = 0, failures = 0;
  bool garbled = false;
  std::string of_the_worker;
};

Said read_events(const std::string& output, TaskReport& report) {
  Said said;
  std::istringstream lines(output);
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("{\"event\":", 0) != 0) continue;
    const nlohmann::json event = nlohmann::json::parse(line, nullptr, false);
    if (event.is_discarded()) {
      said.garbled = true;
      continue;
    }
    const std::string kind = event.value("event", "");
    if (kind == "begin") ++said.begun;
    if (kind == "end") ++said.ended, report.checks += event.value("checks", 0);
    if (kind == "worker") said.of_the_worker = printable(event.value("text", ""), 400);
    if (kind == "mistake" && event.value("key", "").rfind(report.id + "/", 0) == 0 && report.mistake.empty())
      report.mistake = event.value("says", "");
    if (kind == "not written") {
      ++said.not_written;
      const std::string task = printable(event.value("task", ""), 100);
      if (task.rfind(report.id + " ", 0) != 0 && report.failures.empty())
        report.failures.push_back("it calls " + task + ", which is not written yet");
    }
    if (kind == "failure" || kind == "crash") {
      ++said.failures;
      if (report.failures.size() < shown_failures) report.failures.push_back(printable(event.value("text", ""), 1500));
    }
  }
  report.failed_checks = said.failures + said.not_written;
  return said;
}

struct Judgement {
  Verdict verdict;
  std::string reason;
};

const Judgement out_of_memory = {Verdict::out_of_memory, "it asked for more memory than there is"};

/// Why there was no answer, from how the worker ended.
Judgement of_an_ended_worker(const JobResult& worker, const base::Task& task) {
  switch (worker.how) {
    case End::exited:
      return {Verdict::crashed, worker.exit_code == 0
                                    ? "it left the program instead of returning a value"
                                    : fmt::format("it left the program with exit code {} instead of returning a value",
                                                  worker.exit_code)};
    case End::signalled: {
      const char* name = sigdescr_np(worker.signal);
      if (worker.signal == SIGABRT && worker.output.find("'std::bad_alloc'") != std::string::npos) return out_of_memory;
      const char* hint = worker.signal == SIGSEGV
                             ? "; an index out of range, a recursion without end, or more than 8 MB "
                               "of variables in functions?"
                             : "";
      return {Verdict::crashed,
              fmt::format("it crashed: {} (signal {}){}", name ? name : "unknown", worker.signal, hint)};
    }
    case End::cpu_limit:
      return {Verdict::timed_out, fmt::format("it computed for more than {} s; a loop that never ends?", task.seconds)};
    case End::idle_limit: return {Verdict::timed_out, "it did not return; does it wait for something?"};
    case End::wall_limit:
      return {Verdict::timed_out,
              fmt::format("it did not end in {:.0f} s by the clock on the wall, of which it computed for {:.1f}",
                          worker.seconds, worker.cpu_seconds)};
    case End::killed: return {Verdict::infrastructure, "the program was killed: is there too little memory?"};
    case End::output_limit:
      return {Verdict::too_much_output, fmt::format("it printed more than {} KB", Limits{}.output >> 10)};
    case End::file_limit: return {Verdict::forbidden, "it wrote to a file"};
    case End::forbidden:
      return {Verdict::forbidden,
              "it asked the system for something that no exercise needs (a process, a connection, a file, ...)"};
    case End::infrastructure: return {Verdict::infrastructure, "the sandbox failed: " + printable(worker.output, 300)};
  }
  return {Verdict::infrastructure, ""};
}

Judgement judge(const TaskReport& report, const Said& said, const JobResult& tests, const JobResult& worker,
                const base::Task& task) {
  // Our tests take whatever honest code returns; what they choke on came from the student.
  switch (tests.how) {
    case End::exited: break;
    case End::output_limit: return {Verdict::too_much_output, "what came back fills more than 8 MB when it is shown"};
    case End::cpu_limit:
      return {Verdict::timed_out, fmt::format("what came back is so large that the tests were still busy with it after "
                                              "{} s",
                                              seconds_of_tests(task))};
    case End::signalled:
      if (said.begun > 0)
        return {
            Verdict::crashed,
            fmt::format(
                "what came back, or what a function of the tests was called with, cannot be computed with (signal {})",
                tests.signal)};
      [[fallthrough]];
    default:
      return {Verdict::infrastructure, fmt::format("the tests did not end as they should (signal {})", tests.signal)};
  }
  if (said.of_the_worker.empty() && tests.exit_code != 0 && said.failures + said.not_written > 0)
    return {said.failures > 0 ? Verdict::wrong : Verdict::not_written, ""};  // Catch2 may exit with how many failed
  switch (Ending(tests.exit_code)) {
    case Ending::gone: return of_an_ended_worker(worker, task);
    case Ending::rubbish:
      return {Verdict::crashed, "what came back was no answer (" + said.of_the_worker + "); is memory overwritten?"};
    case Ending::too_much:
      return {Verdict::too_much_output, "what came back was too large (" + said.of_the_worker + ")"};
    case Ending::out_of_memory: return out_of_memory;
    case Ending::no_worker: return {Verdict::infrastructure, said.of_the_worker};
  }
  if (said.garbled || said.begun == 0 || said.begun != said.ended)
    return {Verdict::infrastructure, "the tests said nothing that could be understood"};
  if (tests.exit_code == 0 && said.failures == 0 && said.not_written == 0 && report.checks > 0)
    return {Verdict::passed, ""};
  if (said.failures > 0) return {Verdict::wrong, ""};
  if (said.not_written > 0) return {Verdict::not_written, ""};
  return {Verdict::infrastructure,
          fmt::format("the tests made {} checks and ended with exit code {}", report.checks, tests.exit_code)};
}

}  // namespace

/// In the sandbox nobody looks for the best kernel: it is the one that was chosen for us.
static std::vector<std::string> blas_environment() {
  std::vector<std::string> all = nn::blas_kernel_environment();
  all.push_back("OPENBLAS_NUM_THREADS=1");
  return all;
}

Job worker_job(const WorkerProgram& program, int seconds) {
  Job job;
  job.argv = {program.path.string()};
  job.shown = program.shown;
  job.shown.push_back(program.path);
  job.environment = program.environment;
  for (const std::string& variable : blas_environment()) job.environment.push_back(variable);
  job.limits.cpu_seconds = seconds;
  job.limits.wall_seconds = 30 * seconds + 60;  // what it computes and waits has limits of its own
  return job;
}

Job tests_job(const Tests& tests, std::uint64_t seed) {
  Job job;
  job.argv = {"./" + tests.program.filename().string(), tests.which, "-r", "events"};
  job.base = tests.program.parent_path();
  job.shown = {tests.program};
  job.environment = {fmt::format("NN_WORKER={},{}", nn::detail::worker_requests, nn::detail::worker_replies),
                     fmt::format("NN_TEST_SEED={}", seed)};
  for (const std::string& variable : blas_environment()) job.environment.push_back(variable);
  job.limits.memory = std::size_t{3} << 29;
  job.limits.output = std::size_t{8} << 20;
  return job;
}

/// A worker that runs, with these ends of its pipes.
static Running start_worker(const Sandbox& sandbox, Job job, const Pipe& requests, const Pipe& replies) {
  job.descriptors = {{requests.read.get(), nn::detail::worker_requests},
                     {replies.write.get(), nn::detail::worker_replies}};
  return sandbox.start(job);
}

bool begins(const Sandbox& sandbox, const WorkerProgram& program) {
  Pipe requests = make_pipe(), replies = make_pipe();
  Running worker = start_worker(sandbox, worker_job(program, 5), requests, replies);
  replies.write.close();
  IdleClock idle;
  std::string question;
  nn::detail::ByteWriter{question}(std::string(), std::string());
  nn::detail::send(requests.write.get(),
                   {nn::detail::Kind::call, 0, question});  // small: the pipe takes it; we hold its other end too
  for (;;) {
    const bool ended = worker.poll();
    pollfd ready{replies.read.get(), POLLIN, 0};
    poll(&ready, 1, 20);
    if (ready.revents & POLLIN) return true;
    if (ended || idle.over(longest_wait, {&worker})) return false;
  }
}

TaskReport run_task(const Sandbox& sandbox, const Tests& tests_of_it, const base::Task& task,
                    const WorkerProgram& program, std::uint64_t seed) {
  TaskReport report;
  report.id = task.id;
  report.title = task.title;
  report.points = task.points;

  Pipe requests = make_pipe(), replies = make_pipe();
  const Job job = worker_job(program, task.seconds);
  Running worker = start_worker(sandbox, job, requests, replies);

  Job asking = tests_job(tests_of_it, seed);
  asking.descriptors = {{requests.write.get(), nn::detail::worker_requests},
                        {replies.read.get(), nn::detail::worker_replies}};
  asking.limits.cpu_seconds = seconds_of_tests(task);
  asking.limits.wall_seconds = job.limits.wall_seconds + 600;
  Running tests = sandbox.start(asking);
  for (Descriptor* mine : {&requests.read, &requests.write, &replies.read, &replies.write}) mine->close();

  IdleClock idle;
  bool worker_ended = false;
  while (!tests.poll()) {
    worker_ended = worker_ended || worker.poll();
    if (!worker_ended && idle.over(longest_wait, {&worker, &tests})) worker.end_because(End::idle_limit);
    pollfd ready[2] = {{tests.descriptor(), POLLIN, 0}, {worker_ended ? -1 : worker.descriptor(), POLLIN, 0}};
    poll(ready, 2, ready[0].fd >= 0 ? 20 : 1);
  }
  if (tests.ended().how == End::exited && tests.ended().exit_code == int(Ending::gone))
    while (!worker.poll()) {  // it answers no more, but has not ended
      if (idle.over(longest_wait, {&worker})) worker.end_because(End::idle_limit);
      usleep(1000);
    }
  worker.stop();

  const Said said = read_events(tests.ended().output, report);
  const Judgement judgement = judge(report, said, tests.ended(), worker.ended(), task);
  const End worker_end = worker.ended().how;
  report.late = judgement.verdict == Verdict::infrastructure || worker_end == End::wall_limit ||
                worker_end == End::idle_limit || tests.ended().how == End::wall_limit;
  report.costly = judgement.verdict != Verdict::passed && tests.ended().cpu_seconds > seconds_of_tests(task) / 2;
  report.verdict = judgement.verdict;
  report.reason = judgement.reason;
  if (report.verdict == Verdict::passed) report.mistake.clear();
  report.seconds = tests.ended().seconds;
  return report;
}

}  // namespace grader
