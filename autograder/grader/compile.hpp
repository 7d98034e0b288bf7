// From a student's files of one lesson to a worker program, both steps in the sandbox: the compiler sees our headers
// and those files, the linker sees the worker's objects and what the compiler made.
//
// Where there is a quick compiler (kit.hpp) it comes first, with a lesson's files as one translation unit, then file by
// file; if it fails, the reference compiler decides.
#pragma once

#include "autograder/grader/intake.hpp"
#include "autograder/grader/kit.hpp"
#include "autograder/grader/verdict.hpp"

namespace grader {

struct Compiled {
  fs::path worker;                    ///< the program, where there is one
  Verdict verdict = Verdict::passed;  ///< passed: there is one
  std::string reason;                 ///< one sentence
  std::string compiler;               ///< what the compiler said, printable, with the student's own paths
  double seconds = 0;
  bool quickly = false;  ///< by the quick compiler
};

/// In the order in which they are tried. `quick_together` reads headers and makes templates once for all files of a
/// lesson. Two files whose helpers share a name do not compile so: then each file is compiled alone, as students do.
enum class Compiler { quick_together, quick, of_the_course };

/// The two steps, as they are run in the sandbox: what a compiler or linker may see and do is said here alone.
/// `quickly`: by the quick compiler.
Job compile_job(const Kit& kit, const fs::path& source, const fs::path& object, bool quickly);
/// The linker itself, without the compiler's driver: one process, which sees these objects, this lesson's worker and
/// the system's libraries.
Job link_job(const Kit& kit, const base::Lesson& lesson, const std::vector<fs::path>& objects, const fs::path& program,
             bool quickly);

/// `folder` is this lesson's own; what is made stays there.
Compiled compile(const Kit& kit, const Sandbox& sandbox, const base::Lesson& lesson, const Submission& submission,
                 const fs::path& folder, Compiler first);

}  // namespace grader
