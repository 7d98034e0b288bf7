// One task: a worker with the student's code in the sandbox, and our tests outside of it, which ask.
#pragma once

#include "autograder/grader/kit.hpp"
#include "autograder/grader/verdict.hpp"

namespace grader {

/// What to run in the sandbox: a worker, what it must see beside itself, what it finds in its environment.
struct WorkerProgram {
  fs::path path;
  std::vector<fs::path> shown;
  std::vector<std::string> environment;
};

/// Our tests, and which of them: Catch2's words for it, as in "[1.6]" and "[01]~[1.6]".
struct Tests {
  fs::path program;
  std::string which;
};

/// The two programs as they are run in the sandbox, but for the pipes between them.
Job worker_job(const WorkerProgram& worker, int seconds);
/// Trusted, but it reads what a stranger wrote: it too can reach nothing.
Job tests_job(const Tests& tests, std::uint64_t seed);

TaskReport run_task(const Sandbox& sandbox, const Tests& tests, const base::Task& task, const WorkerProgram& worker,
                    std::uint64_t seed);

/// Whether the worker answers anything at all: a static initialiser that never ends would otherwise cost each task its
/// full time.
bool begins(const Sandbox& sandbox, const WorkerProgram& worker);

}  // namespace grader
