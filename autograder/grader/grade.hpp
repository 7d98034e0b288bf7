// Grades one submission, or anything else that can be made into workers.
#pragma once

#include "autograder/grader/compile.hpp"
#include "autograder/grader/run_task.hpp"

namespace grader {

/// Every task of the lesson, run on this worker.
std::vector<TaskReport> run_lesson(const Kit& kit, const Sandbox& sandbox, const base::Lesson& lesson,
                                   const WorkerProgram& worker, std::uint64_t seed);

struct Order {
  std::uint64_t seed = 0;
  int jobs = 2;                      ///< lessons at a time
  std::vector<std::string> lessons;  ///< numbers; empty means all
  bool second_opinion = true;        ///< of the course's compiler, where the quick one's program is wrong or crashes
};

/// `folder` is this submission's own, beside those of others: what is compiled for two of them stays there for all.
Report grade(const Kit& kit, const Sandbox& sandbox, const Submission& submission, const Order& order,
             const fs::path& folder);

/// Those lessons, all of whose tasks count as not written: of who has a score by hand and no work that can be graded.
std::vector<LessonReport> without_work(const Kit& kit, const std::vector<std::string>& lessons);

/// The seed of a submission: nobody who does not know the secret can tell it, and the same content has always the same.
std::uint64_t seed_of(const std::string& secret, const std::string& content_hash);

}  // namespace grader
