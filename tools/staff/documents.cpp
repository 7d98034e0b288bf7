// Documents in step with the repository: links lead somewhere, and shown code is cut from files that are compiled.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>

#include "base/process.hpp"
#include "tools/staff/promises.hpp"

namespace course {

// The anchor that code hosts give a heading: lower case, spaces to dashes, punctuation dropped.
static std::string anchor_of(const std::string& heading) {
  std::string anchor;
  for (const char c : heading) {
    if (std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_' || static_cast<unsigned char>(c) >= 128)
      anchor += char(std::tolower(static_cast<unsigned char>(c)));
    else if (c == ' ') anchor += '-';
  }
  return anchor;
}

static std::set<std::string> anchors_of(const std::string& markdown) {
  std::set<std::string> anchors;
  std::istringstream lines(markdown);
  bool code = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("```", 0) == 0) code = !code;
    if (!code && line.rfind('#', 0) == 0)
      anchors.insert(anchor_of(line.substr(std::min(line.size(), line.find_first_not_of("# ")))));
    for (std::smatch m; std::regex_search(line, m, std::regex("<a (?:id|name)=\"([^\"]+)\""));) {
      anchors.insert(m[1]);
      line = m.suffix();
    }
  }
  return anchors;
}

// The markdown without its fenced code, in which nothing is a link.
static std::string prose_of(const std::string& markdown) {
  std::istringstream lines(markdown);
  std::string prose;
  bool code = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("```", 0) == 0) code = !code;
    if (!code) prose += std::regex_replace(line, std::regex("`[^`]*`"), "") + "\n";
  }
  return prose;
}

static void check_links(const Project& project, const fs::path& file, const std::string& markdown, Findings& found) {
  const std::string prose = prose_of(markdown), name = fs::relative(file, project.root).string();
  const std::regex link(R"re((?:\]\(|(?:src|href)=")([^)"\s]+))re");
  for (std::sregex_iterator it(prose.begin(), prose.end(), link), end; it != end; ++it) {
    const std::string target = (*it)[1];
    if (std::regex_search(target, std::regex("^(https?|mailto):"))) continue;
    const std::string path = target.substr(0, target.find('#'));
    const fs::path to = path.empty() ? file : file.parent_path() / path;
    found.expect(fs::exists(to), fmt::format("{}: the link {} leads nowhere", name, target));
    if (target.find('#') != std::string::npos && fs::is_regular_file(to))
      found.expect(anchors_of(read_file(to)).contains(target.substr(target.find('#') + 1)),
                   fmt::format("{}: no heading answers the link {}", name, target));
  }
}

// What stands between // [name] and // [/name] in a source file, its common indentation taken off.
static std::string snippet(const std::string& source, const std::string& name) {
  std::istringstream lines(source);
  std::vector<std::string> body;
  bool inside = false, closed = false;
  for (std::string line; std::getline(lines, line);) {
    const std::string text = line.substr(std::min(line.size(), line.find_first_not_of(" \t")));
    if (text == "// [/" + name + "]") closed = inside, inside = false;
    if (inside) body.push_back(line);
    if (text == "// [" + name + "]") inside = true;
  }
  if (!closed || body.empty()) return "";
  std::size_t indent = std::string::npos;
  for (const std::string& line : body)
    if (!line.empty()) indent = std::min(indent, line.find_first_not_of(' '));
  std::string result;
  for (const std::string& line : body) result += (line.empty() ? "" : line.substr(indent)) + "\n";
  return result;
}

static void check_cuts(const Project& project, const fs::path& file, const std::string& markdown, Findings& found) {
  const std::string name = fs::relative(file, project.root).string();
  const std::regex cut(R"re(<!-- cut: (\S+) (\S+) -->\s*\n```[a-z+]*\n([\s\S]*?)```)re");
  std::size_t seen = 0;
  for (std::sregex_iterator it(markdown.begin(), markdown.end(), cut), end; it != end; ++it, ++seen) {
    const std::string from = (*it)[1], which = (*it)[2], shown = (*it)[3];
    const fs::path source = project.root / from;
    const std::string actual = fs::exists(source) ? snippet(read_file(source), which) : "";
    found.expect(!actual.empty(), fmt::format("{}: {} has no snippet // [{}] ... // [/{}]", name, from, which, which));
    found.expect(actual.empty() || actual == shown,
                 fmt::format("{}: the code shown as '{}' is not what {} says; copy it from there", name, which, from));
  }
  std::size_t marks = 0;
  for (std::size_t at = 0; (at = markdown.find("<!-- cut:", at)) != std::string::npos; ++at) ++marks;
  found.expect(marks == seen,
               fmt::format("{}: {} marks '<!-- cut: file name -->', but only {} stand right before a code block", name,
                           marks, seen));
}

// A line <!-- play: NAME ... --> names a part of the playground that exists; `used` collects the names.
static void check_plays(const std::string& name, const std::string& markdown, const nlohmann::json& widgets,
                        std::set<std::string>& used, Findings& found) {
  static const std::regex mark(R"((?:^|\n)<!-- play: (\S+)( \S+)? -->)");
  for (std::sregex_iterator it(markdown.begin(), markdown.end(), mark), end; it != end; ++it) {
    used.insert((*it)[1]);
    found.expect(widgets.contains((*it)[1].str()),
                 fmt::format("{}: there is no widget '{}' in tools/play/page/widgets.json", name, (*it)[1].str()));
  }
}

Findings check_documents(const Project& project) {
  Findings found;
  const fs::path listed_widgets = project.root / "tools/play/page/widgets.json";
  const auto widgets = nlohmann::json::parse(fs::exists(listed_widgets) ? read_file(listed_widgets) : "{}");
  std::set<std::string> used;
  const Outcome listed = capture({{"git", "ls-files", "-co", "--exclude-standard", "*.md"}, project.root, {}, 20.0});
  std::istringstream files(listed.output);
  for (std::string line; std::getline(files, line);) {
    const fs::path file = project.root / line;
    if (!fs::exists(file)) continue;
    const std::string markdown = read_file(file);
    check_links(project, file, markdown, found);
    check_cuts(project, file, markdown, found);
    if (file.filename() == "README.md") check_plays(line, markdown, widgets, used, found);
  }
  for (const auto& [name, widget] : widgets.items())
    found.expect(used.contains(name), fmt::format("tools/play/page/widgets.json: no text shows the widget '{}'", name));
  return found;
}

}  // namespace course
