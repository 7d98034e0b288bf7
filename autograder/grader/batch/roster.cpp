#include "autograder/grader/batch/roster.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "autograder/grader/batch/table.hpp"
#include "autograder/remote/printable.hpp"
#include "base/files.hpp"
#include "base/text.hpp"

namespace grader {

namespace {

/// What we look for, and how the platforms' own lists call it.
struct Column {
  std::string Person::*member;
  std::vector<std::string> names;
};
const Column columns[] = {
    {&Person::name, {"name", "student", "full name", "display name"}},
    {&Person::id, {"sis user id", "sid", "student id", "id number", "matriculation", "id"}},
    {&Person::login, {"login", "github", "github username", "username", "sis login id"}},
    {&Person::email, {"email", "e-mail", "email address", "mail"}},
    {&Person::canvas_id, {"canvas id"}},
    {&Person::moodle_id, {"moodle id", "participant"}},
    {&Person::section, {"section", "group name"}},
};

/// The words of a name, without what platforms leave out of it.
std::vector<std::string> words_of(const std::string& name) {
  std::vector<std::string> words(1);
  for (const char c : base::lower_case(name))
    if (std::isalnum(static_cast<unsigned char>(c)) || c < 0) words.back() += c;
    else if (!words.back().empty()) words.emplace_back();
  if (words.back().empty()) words.pop_back();
  return words;
}

std::string joined(const std::vector<std::string>& words) {
  std::string all;
  for (const std::string& word : words) all += word;
  return all;
}

/// "Ada Lovelace", "Lovelace, Ada" and Canvas's "lovelaceada" are one name.
bool same_name(const std::string& a, const std::string& b) {
  std::vector<std::string> words = words_of(a);
  const std::string wanted = joined(words_of(b));
  if (wanted.empty()) return false;
  for (std::size_t i = 0; i < words.size(); ++i, std::rotate(words.begin(), words.begin() + 1, words.end()))
    if (joined(words) == wanted) return true;
  return false;
}

/// "hw1-ada", "hw1-ada-main" and "hw1-ada-master" are ada's repository.
bool is_repository_of(const std::string& entry, const std::string& login) {
  if (login.empty()) return false;
  std::string name = base::lower_case(entry);
  for (const std::string branch : {"-main", "-master", "-submissions"})
    if (name.ends_with(branch)) name.erase(name.size() - branch.size());
  return name.size() > login.size() && name.ends_with("-" + base::lower_case(login));
}

bool goes_by(const Person& person, const std::string& who) {
  const std::string small = base::lower_case(who);
  if (small.empty()) return false;
  for (const std::string* each : {&person.id, &person.login, &person.email, &person.canvas_id, &person.moodle_id})
    if (base::lower_case(*each) == small) return true;
  return same_name(person.name, who) ||
         (!person.email.empty() && base::lower_case(person.email.substr(0, person.email.find('@'))) == small);
}

/// The only one of the people for whom this holds.
template <class Holds>
std::optional<std::size_t> only(const std::vector<Enrolled>& people, const Holds& holds) {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < people.size(); ++i) {
    if (!holds(people[i].person)) continue;
    if (found) return {};
    found = i;
  }
  return found;
}

/// The number that gradebooks go back by.
void take_number(Person& person, const ExportName& from) {
  if (from.platform == "Canvas" && person.canvas_id.empty()) person.canvas_id = from.id;
  if (from.platform == "Moodle" && person.moodle_id.empty()) person.moodle_id = from.id;
}

std::vector<std::string> listed(const std::string& text) {
  std::vector<std::string> all;
  std::istringstream in(text);
  for (std::string each; std::getline(in, each, ';');)
    if (each.find_first_not_of(' ') != std::string::npos) all.push_back(each.substr(each.find_first_not_of(' ')));
  return all;
}

}  // namespace

std::optional<Time> Enrolled::due(std::optional<Time> of_all) const {
  if (extension.empty() || !of_all) return of_all;
  if (extension.find('T') != std::string::npos) return parse_time(extension);
  return *of_all + std::stoi(extension) * 24 * 3600;
}

Roster Roster::read(const std::string& file) {
  Roster roster;
  if (file.empty()) return roster;
  const Table table(file);
  if (table.column({"name", "student", "full name"}) < 0 && table.column({"first name"}) < 0)
    throw base::UsageError(fmt::format(
        "{}: expected a first line such as name,id,email,login,extension,partner; only the name must be there", file));
  const bool of_canvas = table.column({"sis login id"}) >= 0;  // its ID is its own, not the university's
  const int extension = table.column({"extension", "due"}), partner = table.column({"partner", "partners"});
  const int first = table.column({"first name"}), last = table.column({"last name", "surname"});
  for (const base::CsvRow& row : table.rows) {
    Enrolled each;
    for (const Column& column : columns) each.person.*column.member = table.cell(row, table.column(column.names));
    if (first >= 0 && each.person.name.empty())
      each.person.name = table.cell(row, first) + (last >= 0 ? " " + table.cell(row, last) : "");
    if (of_canvas) each.person.canvas_id = table.cell(row, table.column({"id"}));
    each.person.name = nn::detail::printable(each.person.name, 100);
    if (each.person.name.empty() || each.person.name.starts_with("Points Possible")) continue;  // Canvas's second line
    each.extension = table.cell(row, extension);
    each.partner = table.cell(row, partner);
    if (!each.extension.empty() && each.extension.find('T') == std::string::npos &&
        (each.extension.size() > 3 || each.extension.find_first_not_of("0123456789") != std::string::npos))
      throw base::UsageError(table.at(row, fmt::format("extension '{}': expected days, as in 2, or a time, as in "
                                                       "2026-06-03T12:00:00Z",
                                                       each.extension)));
    if (each.extension.find('T') != std::string::npos) parse_time(each.extension);
    roster.people.push_back(each);
  }
  for (const Enrolled& each : roster.people)
    for (const std::string& who : listed(each.partner))
      if (!roster.find(who))
        throw base::UsageError(
            fmt::format("{}: the partner of {}, '{}', is not in it, or more than one", file, each.person.name, who));
  if (roster.people.empty())
    throw base::UsageError(fmt::format("{}: expected a line for each student, found none", file));
  return roster;
}

std::optional<std::size_t> Roster::find(const std::string& who) const {
  return only(people, [&](const Person& person) { return goes_by(person, who); });
}

std::vector<std::size_t> Roster::owners(const SubmittedWork& handed) const {
  std::vector<std::size_t> all;
  const auto add = [&](std::optional<std::size_t> who) {
    if (who && !std::count(all.begin(), all.end(), *who)) all.push_back(*who);
  };
  for (const Person& member : handed.members)
    for (const std::string& by : {member.email, member.id, member.name})
      if (const auto who = find(by)) {
        add(who);
        break;
      }
  if (!all.empty()) return all;
  for (const std::string& by : {handed.from.id, handed.from.student, handed.name})
    if (const auto who = by.empty() ? std::nullopt : find(by)) return {*who};
  add(only(people, [&](const Person& person) { return is_repository_of(handed.name, person.login); }));
  return all;
}

void merge_by_person(const Roster& roster, std::vector<SubmittedWork>& handed) {
  std::vector<SubmittedWork> merged;
  std::vector<std::vector<std::size_t>> owners;
  for (const SubmittedWork& each : handed) {
    const auto mine = roster.owners(each);
    const auto same = std::find(owners.begin(), owners.end(), mine);
    if (mine.empty() || same == owners.end()) {
      merged.push_back(each);
      owners.push_back(mine);
      continue;
    }
    SubmittedWork& first = merged[std::size_t(same - owners.begin())];
    first.paths.insert(first.paths.end(), each.paths.begin(), each.paths.end());
    if (first.problem.empty()) first.problem = each.problem;
    first.from.late = first.from.late || each.from.late;
  }
  handed = merged;
}

static bool are_partners(const Roster& roster, const Row& one, const Row& other) {
  const auto names = [&](const Row& a, const Row& b) {
    const auto partners = listed(roster.people[*a.enrolled].partner);
    return std::any_of(partners.begin(), partners.end(),
                       [&](const std::string& who) { return roster.find(who) == b.enrolled; });
  };
  return one.enrolled && other.enrolled && (names(one, other) || names(other, one));
}

std::vector<Row> rows_of(const Roster& roster, const std::vector<SubmittedWork>& handed) {
  std::vector<Row> rows;
  for (std::size_t i = 0; i < roster.people.size(); ++i)
    rows.push_back({roster.people[i].person.name, roster.people[i].person, {}, i});
  for (std::size_t h = 0; h < handed.size(); ++h) {
    const auto owners = roster.owners(handed[h]);
    for (const std::size_t owner : owners) {
      rows[owner].handed = h;
      take_number(rows[owner].person, handed[h].from);
    }
    if (!owners.empty()) continue;
    Person person;
    person.name = handed[h].name;
    take_number(person, handed[h].from);
    if (handed[h].members.empty()) rows.push_back({person.name, person, h, {}});
    for (const Person& member : handed[h].members) rows.push_back({member.name, member, h, {}});
  }
  for (Row& row : rows) {  // who handed in nothing has what their partner handed in
    if (row.handed || !row.enrolled) continue;
    for (Row& other : rows) {
      if (!other.enrolled || !other.handed) continue;
      if (are_partners(roster, row, other)) row.handed = other.handed;
    }
  }
  std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.name < b.name; });
  std::set<std::string> taken;
  for (Row& row : rows) {
    for (char& c : row.name)
      if (c == '/' || c == '\n') c = ' ';  // it becomes the name of a file
    const std::string name = row.name;
    if (taken.contains(name) && !row.person.id.empty()) row.name = fmt::format("{} ({})", name, row.person.id);
    for (int i = 2; !taken.insert(row.name).second; ++i) row.name = fmt::format("{} ({})", name, i);
  }
  return rows;
}

std::set<std::pair<int, int>> works_of_partners(const Roster& roster, const std::vector<Row>& rows) {
  std::set<std::pair<int, int>> all;
  for (const Row& row : rows)
    for (const Row& other : rows)
      if (row.handed && other.handed && *row.handed < *other.handed && are_partners(roster, row, other))
        all.emplace(*row.handed, *other.handed);
  return all;
}

}  // namespace grader
