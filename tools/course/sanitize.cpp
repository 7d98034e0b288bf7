#include "tools/course/sanitize.hpp"

#include <fmt/format.h>

#include <csignal>
#include <regex>

namespace course {

static std::string name_of_signal(int signal) {
  switch (signal) {
    case SIGSEGV: return "it read or wrote memory that is not its own (SIGSEGV)";
    case SIGABRT: return "it was aborted (SIGABRT), as by an assertion or an exception that nobody caught";
    case SIGFPE: return "it divided an integer by zero (SIGFPE)";
    case SIGBUS: return "it used memory in a way the machine cannot (SIGBUS)";
    case SIGILL: return "it ran into an instruction that does not exist (SIGILL); a function without return?";
    case SIGKILL: return "it was killed; out of memory?";
    default: return fmt::format("signal {} ended it", signal);
  }
}

// The sanitizers' names of errors, in a student's words.
static std::string in_words(const std::string& report) {
  static const std::pair<const char*, const char*> known[] = {
      {"Assertion '__n < this->size()' failed",
       "an index lies outside its vector; one that counts down past 0 is huge, since it is unsigned"},
      {"stack-overflow", "it called itself without end, until the stack was full"},
      {"heap-buffer-overflow", "it went past the end of an array or matrix"},
      {"stack-buffer-overflow", "it went past the end of a local array"},
      {"container-overflow", "it went past the end of a vector"},
      {"heap-use-after-free", "it used memory that had been given back"},
      {"stack-use-after", "it used a local variable that was gone"},
      {"attempting double-free", "it gave the same memory back twice"},
      {"division by zero", "it divided an integer by zero"},
      {"signed integer overflow", "an integer grew past what an int can hold"},
      {"out of bounds", "an index lies outside its array"},
      {"reached the end of a value-returning function", "the function ended without return"},
      {"execution reached an unreachable program point", "the function ended without return"},
      {"SEGV on unknown address 0x0000000000", "it followed a null pointer, or a reference to nothing"},
  };
  for (const auto& [sign, sentence] : known)
    if (report.find(sign) != std::string::npos) return sentence;
  return "";
}

namespace {

struct Found {
  std::string words;  // what the sanitizers object to, or empty
  std::string place;  // the student's line
};

Found run_sanitized(const Project& project, const Tree& tree, const Lesson& lesson, const std::string& id) {
  Found found;
  if (!tree.build_with_progress({"sanitized_" + lesson.number}).ok()) return found;
  const Outcome run =
      capture({{tree.program("sanitized_" + lesson.number).string(), fmt::format("[{}]", id), "-r", "events"},
               project.root,
               {{"OPENBLAS_NUM_THREADS", "1"},
                {"ASAN_OPTIONS",
                 "detect_leaks=0:handle_segv=2:allow_user_segv_handler=0:handle_abort=2:handle_sigfpe=2:detect_stack_"
                 "use_after_return=1"},
                {"UBSAN_OPTIONS", "print_stacktrace=1"}},
               project.task(id).seconds * 6.0,
               4 << 20});
  found.words = in_words(run.output);
  const std::string own =
      "(" + std::regex_replace((project.root / "exercises").string(), std::regex(R"([.^$|()\[\]{}*+?\\])"), R"(\$&)") +
      R"(/[^:\s]+:\d+))";
  if (std::smatch m; std::regex_search(run.output, m, std::regex(own))) {
    const std::string place = m[1];
    found.place =
        fs::relative(place.substr(0, place.rfind(':')), project.root).string() + place.substr(place.rfind(':'));
  }
  return found;
}

}  // namespace

void explain_crash(const Project& project, const Tree& tree, const Lesson& lesson, const std::string& id, int signal,
                   TaskResult& task) {
  const Found found = run_sanitized(project, tree, lesson, id);
  if (!found.place.empty()) task.place = found.place;
  std::erase_if(task.failures,
                [](const std::string& failure) { return failure.rfind("SIG", 0) == 0; });  // the bare signal
  task.failures.insert(task.failures.begin(), found.words.empty() ? name_of_signal(signal) : found.words);
}

void explain_unchecked(const Project& project, const Tree& tree, const Lesson& lesson, const std::string& id,
                       TaskResult& task) {
  const Found found = run_sanitized(project, tree, lesson, id);
  if (found.words.empty()) return;
  task.place = found.place;
  task.clues.insert(task.clues.begin(), found.words +
                                            ". Armadillo's .at() does not look at its indices: write Z(i, j), "
                                            "which says where one lies outside");
}

}  // namespace course
