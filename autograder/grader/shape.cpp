#include "autograder/grader/shape.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <regex>
#include <set>
#include <tuple>

#include "base/text.hpp"

namespace grader {

namespace {

constexpr const char* archive_endings[] = {".tar.gz", ".tgz",      ".tar.xz", ".txz", ".tar.bz2", ".tbz2", ".tar.zst",
                                           ".tzst",   ".tar.lzma", ".tar",    ".zip", ".7z",      ".rar"};
constexpr const char* source_endings[] = {".cpp", ".cc", ".cxx", ".c++", ".cpp.txt"};
/// Parts of the course's repository, of builds and of machines: names beginning with a dot belong here too.
const std::set<std::string> not_work = {"__macosx", "_deps",   "autograder",   "benchmarks", "build", "cmakefiles",
                                        "kept",     "lessons", "node_modules", "solutions",  "stubs"};

/// The folders of the course's repository that hold no exercises.
const std::set<std::string> ours = {"autograder", "base",    "benchmarks", "build",     "cmake", "datasets",
                                    "docs",       "lessons", "nn",         "solutions", "stubs", "tools"};

std::vector<std::string> parts_of(const std::string& path) {
  std::vector<std::string> parts;
  for (std::size_t at = 0, slash = 0; slash != std::string::npos; at = slash + 1) {
    slash = path.find('/', at);
    parts.push_back(path.substr(at, slash - at));
  }
  return parts;
}

std::string base_name(const std::string& path) { return path.substr(path.rfind('/') + 1); }

/// "losses.cpp" of "losses (1).cpp", "losses-2.cpp" and "losses - Copy.cpp": what browsers and platforms make of a
/// second one.
std::string without_copy_mark(const std::string& name) {
  if (name.find_first_of("0123456789") == std::string::npos && name.find("copy") == std::string::npos) return name;
  static const std::regex mark(R"(( ?\(\d+\)|[-_ ]\d+|[-_ ]+copy( ?\(\d+\)| \d+)?)(\.[a-z+]+)$)");
  return std::regex_replace(name, mark, "$3");
}

bool ends_as_a_word(const std::string& text, const std::string& end) {
  return text.size() > end.size() && text.ends_with(end) &&
         std::string("_- .)").find(text[text.size() - end.size() - 1]) != std::string::npos;
}

/// How surely the path is that of the named file, 0 being what we ask for; nothing when it is not.
enum Rank { exact, other_case, lesson_folder, name_alone, like_the_name, by_include, no_match };

Rank rank_by_path(const std::string& path, const std::string& named) {
  const std::string whole = "/" + path, small = base::lower_case(whole), file = base::lower_case(base_name(named)),
                    name = base_name(small);
  if (whole.ends_with("/exercises/" + named)) return exact;
  if (small.ends_with("/exercises/" + base::lower_case(named))) return other_case;
  if (small.ends_with("/" + base::lower_case(named))) return lesson_folder;
  if (name == file) return name_alone;
  const std::string plain = without_copy_mark(name.ends_with(".cpp.txt") ? name.substr(0, name.size() - 4) : name);
  return plain == file || ends_as_a_word(plain, file) || ends_as_a_word(name, file) ? like_the_name : no_match;
}

/// A source of another name is the answer whose contract it includes first: "ada.cpp" with nn/losses.hpp is losses.cpp.
Rank rank(const Candidate& each, const std::string& named, const NamedFiles& all) {
  const Rank by_path = rank_by_path(each.path, named);
  if (by_path != no_match || has_a_graded_name(each.path, all)) return by_path;
  const std::vector<std::string> contracts = contracts_in(each.source.text);
  const std::string file = base_name(named);
  return !contracts.empty() && contracts[0] == "nn/" + file.substr(0, file.rfind('.')) + ".hpp" ? by_include : no_match;
}

bool stands_among_no_work(const std::string& path) {
  const std::vector<std::string> parts = parts_of(path);
  return std::any_of(parts.begin(), parts.end() - 1, holds_no_work);
}

/// Folders above exercises/ in the innermost archive: one is how an archive of a repository comes, more are worth a
/// word.
std::size_t folders_above(const std::string& path, const std::string& named) {
  std::vector<std::string> above = parts_of(path.substr(0, path.size() - std::string("exercises/" + named).size()));
  const auto archive = std::find_if(above.rbegin(), above.rend(),
                                    [](const std::string& part) { return !without_archive_ending(part).empty(); });
  return std::size_t(archive - above.rbegin()) - (above.back().empty() ? 1 : 0);
}

using Ranked = std::pair<Rank, const Candidate*>;

bool is_written(const Source& source) { return source.refused.empty() && !is_untouched(source.text); }

/// The best of the candidates for one named file; throws TwoSubmissions.
const Candidate* best_of(std::vector<Ranked>& all, const std::string& named, Source& twice) {
  const auto order = [](const Ranked& each) {
    const Source& source = each.second->source;
    const bool by_resemblance = each.first >= like_the_name;
    return std::make_tuple(!is_written(source), by_resemblance, !source.refused.empty(), each.first);
  };
  std::stable_sort(all.begin(), all.end(), [&](const auto& a, const auto& b) { return order(a) < order(b); });
  if (all.empty()) return nullptr;
  std::vector<const Candidate*> rivals;
  for (const auto& each : all)
    if (order(each) == order(all.front()) && each.second->source.refused.empty() &&
        std::none_of(rivals.begin(), rivals.end(),
                     [&](const Candidate* other) { return other->source.text == each.second->source.text; }))
      rivals.push_back(each.second);
  if (rivals.size() > 1) {
    if (rivals[0]->path == rivals[1]->path) return twice.refused = "the archive holds it twice", nullptr;
    const auto stub = std::find_if(all.begin(), all.end(), [](const Ranked& each) { return each.first < by_include; });
    if (all.front().first == by_include && stub != all.end()) return stub->second;  // a student's trials, no answers
    throw TwoSubmissions(
        fmt::format("two submissions in one: both {} and {} could be exercises/{}; hand in one of them",
                    rivals[0]->path, rivals[1]->path, named));
  }
  return all.front().second;
}

std::string nothing_in(const Found& found, const NamedFiles& named) {
  std::string said = "none of the files that are graded is in it";
  if (!found.troubles.empty()) said += fmt::format("; not opened: {}", fmt::join(found.troubles, ", "));
  std::vector<std::string> shown = found.others;
  for (const Candidate& each : found.candidates)
    if (shown.size() < 5) shown.push_back(each.path);
  if (shown.size() > 5) shown.resize(5);
  if (shown.empty() && found.troubles.empty()) said += "; it is empty";
  else if (!shown.empty())
    said += fmt::format("; found: {}{}", fmt::join(shown, ", "),
                        found.files > shown.size() ? fmt::format(" and {} more", found.files - shown.size()) : "");
  return said + fmt::format("; expected exercises/{} and the like", named.empty() ? "" : named.front());
}

}  // namespace

void Found::add(const std::string& path, Source source) {
  if (stands_among_no_work(path) && ++among_no_work > most_candidates / 4) return add_other(path);
  ++files;
  if (candidates.size() < most_candidates) candidates.push_back({path, std::move(source)});
}

void Found::add_other(const std::string& path) {
  ++files;
  if (others.size() < 5) others.push_back(path);
  if (!("/" + path).ends_with("/lesson.json")) return;
  const std::vector<std::string> parts = parts_of(path);
  if (const std::size_t n = parts.size(); n >= 3 && parts[n - 3] == "lessons")
    add_repository(path.substr(0, path.size() - (parts[n - 3] + "/" + parts[n - 2] + "/" + parts[n - 1]).size()));
}

void Found::add_repository(const std::string& where) {
  if (repositories.size() < most_candidates && (repositories.empty() || repositories.back() != where))
    repositories.push_back(where);
}

void Found::leave_ours_aside() {
  std::erase_if(candidates, [&](const Candidate& each) {
    return std::any_of(repositories.begin(), repositories.end(), [&](const std::string& where) {
      return each.path.starts_with(where) && is_ours(parts_of(each.path.substr(where.size())).front());
    });
  });
}

bool holds_no_work(const std::string& folder) {
  const std::string name = base::lower_case(folder);
  return name.starts_with(".") || name.starts_with("cmake-build") || not_work.contains(name);
}

bool is_ours(const std::string& folder) { return ours.contains(base::lower_case(folder)); }

std::string without_archive_ending(const std::string& name) {
  for (const std::string ending : archive_endings)
    if (name.size() > ending.size() && base::lower_case(name).ends_with(ending))
      return name.substr(0, name.size() - ending.size());
  return "";
}

bool has_a_graded_name(const std::string& path, const NamedFiles& named) {
  return std::any_of(named.begin(), named.end(),
                     [&](const std::string& each) { return rank_by_path(path, each) != no_match; });
}

bool is_candidate(const std::string& path, const NamedFiles& named) {
  const std::string name = base::lower_case(base_name(path));
  if (name.starts_with("._")) return false;  // what a Mac keeps about a file
  const bool source = std::any_of(std::begin(source_endings), std::end(source_endings),
                                  [&](const char* ending) { return name.ends_with(ending); });
  return source && (has_a_graded_name(path, named) || !stands_among_no_work(path));
}

std::vector<std::string> contracts_in(const std::string& text) {  // by hand: std::regex has a frame for each blank
  std::vector<std::string> all;
  for (std::size_t at = text.find("nn/"); at != std::string::npos; at = text.find("nn/", at + 1)) {
    const std::size_t from = at - std::min<std::size_t>(at, 100);
    std::string before = text.substr(from, at - from), header = text.substr(at, 100);
    before.erase(0, before.rfind('\n') + 1);
    std::erase_if(before, [](char c) { return c == ' ' || c == '\t'; });
    header.resize(std::min(header.size(), header.find_first_of("\">\n")));
    if ((before == "#include\"" || before == "#include<") && header.ends_with(".hpp") && header.rfind('/') == 2)
      all.push_back(header);
  }
  return all;
}

std::vector<std::string> expected_behind(const std::string& path, const NamedFiles& named) {
  std::vector<std::string> all;
  const std::string name = base::lower_case(base_name(path));
  for (const std::string& each : named)
    if (name == "exercises") all.push_back(path + "/" + each);
    else if (name == base::lower_case(parts_of(each).front())) all.push_back(path + "/" + base_name(each));
  return all;
}

bool is_untouched(const std::string& text) {
  bool any = false, opened = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string line = text.substr(at, end - at);
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
    if (opened) {
      const std::size_t word = line.find_first_not_of(" \t");
      if (word == std::string::npos || !line.substr(word).starts_with("todo(\"")) return false;
      any = true;
    }
    opened = line.ends_with("{") && !line.starts_with("namespace") && line.find_first_of(" \t/") != 0;
    at = end + 1;
  }
  return any;
}

std::map<std::string, Source> choose(const Found& found, const NamedFiles& named, std::vector<std::string>& notes) {
  std::map<std::string, Source> sources;
  std::vector<std::string> moved, aside;
  std::string should;
  const bool only_there = std::all_of(found.candidates.begin(), found.candidates.end(),
                                      [](const Candidate& each) { return stands_among_no_work(each.path); });
  std::size_t taken = 0;
  for (const std::string& name : named) {
    std::vector<Ranked> all;
    for (const Candidate& each : found.candidates)
      if (const Rank how = rank(each, name, named); how != no_match && (only_there || !stands_among_no_work(each.path)))
        all.emplace_back(how, &each);
    Source& source = sources[name];
    const Candidate* best = best_of(all, name, source);
    if (!best) {
      source.missing = source.refused.empty();
      taken += source.missing ? 0 : 1;
      continue;
    }
    source = best->source;
    ++taken;
    for (const auto& [how, other] : all)
      if (how < by_include && is_written(other->source) && other->source.text != source.text)
        aside.push_back(fmt::format("{} was left aside, since {} was taken", other->path, best->path));
    const Rank how = rank(*best, name, named);
    if (how != exact || folders_above(best->path, name) > 1) {
      moved.push_back(best->path);
      if (should.empty()) should = "exercises/" + name;
    }
  }
  if (taken == 0) throw NothingFound(nothing_in(found, named));
  if (!moved.empty())
    notes.push_back(moved.size() == 1
                        ? fmt::format("{} was taken; it should stand at {}", moved[0], should)
                        : fmt::format("{} files were taken from where they stood, as {}; it should stand at {}",
                                      moved.size(), moved[0], should));
  if (aside.size() > 3) aside = {aside[0], fmt::format("{} more files were left aside like that", aside.size() - 1)};
  notes.insert(notes.end(), aside.begin(), aside.end());
  for (const std::string& trouble : found.troubles) notes.push_back(trouble);
  return sources;
}

}  // namespace grader
