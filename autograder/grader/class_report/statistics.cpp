#include <algorithm>

#include "autograder/grader/class_report/class_report.hpp"

namespace grader {

/// The line of a compiler's output that says what is wrong.
static std::string error_line(const std::string& compiler) {
  for (const char* key : {"error: ", "undefined symbol: ", "duplicate symbol: ", "undefined reference"})
    if (const auto at = compiler.find(key); at != std::string::npos) {
      const auto begin = compiler.rfind('\n', at) + 1;
      return compiler.substr(begin, compiler.find('\n', at) - begin);
    }
  return compiler.substr(0, compiler.find('\n'));
}

Statistics statistics(const std::vector<Report>& reports) {
  Statistics all;
  std::map<std::pair<std::string, std::string>, Statistics::Mistake> mistakes;
  std::map<std::string, std::size_t> index;
  for (const Report& report : reports) {
    if (report.infrastructure_failed()) {
      all.not_graded.push_back(report.submission);
      continue;
    }
    all.scores.push_back(report.score());
    all.points = std::max(all.points, report.points());
    for (const LessonReport& lesson : report.lessons) {
      all.compiling += lesson.compile_seconds;
      if (!lesson.compiler.empty())
        all.broken.push_back({lesson.number + " " + lesson.title, report.submission, error_line(lesson.compiler)});
      for (const TaskReport& task : lesson.tasks) {
        if (index.emplace(task.id, all.tasks.size()).second)
          all.tasks.push_back({task.id, task.title, lesson.number + " " + lesson.title, task.points, {}});
        ++all.tasks[index[task.id]].verdicts[task.verdict];
        all.testing += task.seconds;
        if (task.mistake.empty()) continue;
        Statistics::Mistake& mistake = mistakes[{task.id, task.mistake}];
        mistake.task = task.id + " " + task.title;
        mistake.sentence = task.mistake;
        mistake.students.push_back(report.submission);
      }
    }
  }
  std::sort(all.scores.begin(), all.scores.end());
  for (auto& [key, mistake] : mistakes) all.mistakes.push_back(std::move(mistake));
  std::stable_sort(all.mistakes.begin(), all.mistakes.end(),
                   [](const auto& a, const auto& b) { return a.students.size() > b.students.size(); });
  std::stable_sort(all.broken.begin(), all.broken.end(),
                   [](const auto& a, const auto& b) { return a.lesson < b.lesson; });
  return all;
}

}  // namespace grader
