#include "tools/staff/front_page.hpp"

#include <fmt/format.h>

namespace course {

std::string lesson_table(const Project& project) {
  const std::string head = "| lesson | question | minutes |\n|---|---|---|\n";
  std::string table = project.part_title(project.lessons.front()).empty() ? head : "";
  for (const Lesson& lesson : project.lessons) {
    if (const std::string part = project.part_begins(lesson); !part.empty())
      table += fmt::format("{}### {}\n\n{}", table.empty() ? "" : "\n", part, head);
    table += fmt::format("| [{} {}](lessons/{}/README.md) | {} | {} |\n", lesson.plain_number(), lesson.title,
                         lesson.name, lesson.question, lesson.minutes);
  }
  return table;
}

std::string with_lesson_table(const std::string& markdown, const std::string& table) {
  const std::string open = "<!-- lessons -->\n", close = "<!-- /lessons -->\n";
  const auto begin = markdown.find(open), end = markdown.find(close);
  if (begin == std::string::npos || end == std::string::npos || end < begin)
    throw std::runtime_error("README.md: expected a line <!-- lessons --> and, after it, a line <!-- /lessons -->");
  return markdown.substr(0, begin + open.size()) + "\n" + table + "\n" + markdown.substr(end);
}

}  // namespace course
