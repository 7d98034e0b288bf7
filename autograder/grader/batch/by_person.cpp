#include <fmt/format.h>

#include "autograder/grader/batch/batch.hpp"
#include "autograder/grader/batch/table.hpp"
#include "autograder/grader/formats/escape.hpp"
#include "autograder/remote/printable.hpp"

namespace grader {

/// The row of whoever is named so in a file that a person wrote; throws base::UsageError.
std::size_t row_named(const std::string& who, const std::vector<Row>& rows, const Roster& roster, const Table& table,
                      const base::CsvRow& line) {
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (rows[i].name == who || "'" + rows[i].name == who) return i;  // as a gradebook writes it for a spreadsheet
  const auto enrolled = roster.find(who);
  for (std::size_t i = 0; enrolled && i < rows.size(); ++i)
    if (rows[i].enrolled == enrolled) return i;
  throw base::UsageError(
      table.at(line, fmt::format("'{}' is not in this class; expected a name of the gradebook or, with "
                                 "--roster, an id, login or e-mail",
                                 who)));
}

std::map<std::size_t, Time> read_times(const std::string& file, const std::vector<Row>& rows, const Roster& roster) {
  std::map<std::size_t, Time> all;
  if (file.empty()) return all;
  Table table(file);
  int who = table.column({"student", "name", "id", "login", "github", "email"});
  int when = table.column({"submitted", "time", "submission time", "submitted at"});
  if (who < 0 || when < 0) {  // no header: all lines are "student,time"
    table.rows.insert(table.rows.begin(), {1, table.header});
    who = 0, when = 1;
  }
  for (const base::CsvRow& row : table.rows) {
    const std::string time = table.cell(row, when);
    const std::size_t index = row_named(table.cell(row, who), rows, roster, table, row);
    try {
      if (!time.empty()) all[index] = parse_time(time);
    } catch (const base::UsageError& e) {
      throw base::UsageError(table.at(row, e.what()));
    }
  }
  return all;
}

std::map<std::size_t, ByHand> read_by_hand(const fs::path& file, const std::vector<Row>& rows, const Roster& roster) {
  std::map<std::size_t, ByHand> all;
  if (!fs::exists(file)) {
    base::write_file(file, "student,score,reason,comment\r\n");
    return all;
  }
  const Table table(file);
  const int who = table.column({"student"}), score = table.column({"score"}), reason = table.column({"reason"}),
            comment = table.column({"comment"});
  if (who < 0 || score < 0 || reason < 0)
    throw base::UsageError(
        fmt::format("{}: expected the first line to be student,score,reason,comment", file.string()));
  for (const base::CsvRow& row : table.rows) {
    ByHand& each = all[row_named(table.cell(row, who), rows, roster, table, row)];
    const std::string points = table.cell(row, score);
    each.reason = nn::detail::printable(table.cell(row, reason), 1000);
    each.comment = nn::detail::printable(table.cell(row, comment), 5000);
    if (points.empty()) continue;
    if (points.size() > 6 || points.find_first_not_of("0123456789") != std::string::npos)
      throw base::UsageError(table.at(row, fmt::format("score '{}': expected whole points, or nothing", points)));
    if (each.reason.empty())
      throw base::UsageError(table.at(row, "a score by hand needs a reason, which the student reads"));
    each.score = std::stoi(points);
  }
  return all;
}

LateLedger::LateLedger(const std::string& file, const std::string& assignment) : file_(file), assignment_(assignment) {
  if (file.empty() || !fs::exists(file)) return;
  const Table table(file);
  const int who = table.column({"student"}), what = table.column({"assignment"}), days = table.column({"days"});
  if (who < 0 || what < 0 || days < 0)
    throw base::UsageError(fmt::format("{}: expected the first line to be student,assignment,days", file));
  for (const base::CsvRow& row : table.rows) {
    const std::string number = table.cell(row, days);
    if (number.empty() || number.size() > 4 || number.find_first_not_of("0123456789") != std::string::npos)
      throw base::UsageError(table.at(row, fmt::format("days '{}': expected a number", number)));
    if (table.cell(row, what) != assignment)
      others_.push_back({table.cell(row, who), table.cell(row, what), std::stoi(number)});
  }
}

std::string LateLedger::key_of(const Row& row) { return row.person.id.empty() ? row.name : row.person.id; }

int LateLedger::used_elsewhere(const Row& row) const {
  int days = 0;
  for (const Used& each : others_)
    if (each.student == key_of(row)) days += each.days;
  return days;
}

void LateLedger::take(const Row& row, int days) {
  if (days > 0) here_.push_back({key_of(row), assignment_, days});
}

void LateLedger::write() const {
  if (file_.empty()) return;
  std::string text = "student,assignment,days\r\n";
  for (const auto* list : {&others_, &here_})
    for (const Used& each : *list)
      text += fmt::format("{},{},{}\r\n", csv(each.student), csv(each.assignment), each.days);
  base::write_file(file_, text);
}

}  // namespace grader
