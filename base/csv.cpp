#include "base/csv.hpp"

#include <algorithm>
#include <stdexcept>

namespace base {

std::string csv_cell(std::string_view text) {
  if (!text.empty() && text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string cell = "\"";
  for (const char c : text) (cell += c) += c == '"' ? "\"" : "";
  return cell + '"';
}

std::string csv_line(const std::vector<std::string>& cells) {
  std::string line;
  for (const std::string& cell : cells) (line += line.empty() ? "" : ",") += csv_cell(cell);
  return line + '\n';
}

char csv_separator(std::string_view text) {
  const std::string_view first = text.substr(0, text.find('\n')), all = ",;\t";
  const auto times = [&](char c) { return std::count(first.begin(), first.end(), c); };
  return *std::max_element(all.begin(), all.end(), [&](char a, char b) { return times(a) < times(b); });
}

std::vector<CsvRow> csv_rows(std::string_view text, char separator) {
  std::vector<CsvRow> rows;
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);  // the mark that spreadsheets begin with
  const std::string ends = {separator, '\n'};
  int line = 1;
  const auto fail = [](int where, const std::string& what) {
    throw std::runtime_error("line " + std::to_string(where) + ": " + what);
  };
  // Takes one cell off the text, and leaves what ended it there.
  const auto cell = [&] {
    std::string found;
    if (text.empty() || text[0] != '"') {
      const auto end = std::min(text.find_first_of(ends), text.size());
      found = text.substr(0, end);
      text.remove_prefix(end);
      if (found.ends_with('\r') && !text.starts_with(separator)) found.pop_back();
      return found;
    }
    const int begun = line;
    for (text.remove_prefix(1); !text.empty(); text.remove_prefix(1)) {
      if (text.starts_with("\"\"")) text.remove_prefix(1);
      else if (text[0] == '"') break;
      line += text[0] == '\n';
      found += text[0];
    }
    if (text.empty()) fail(begun, "a quote is never closed");
    text.remove_prefix(text.starts_with("\"\r\n") ? 2 : 1);
    if (!text.empty() && text[0] != separator && text[0] != '\n') fail(line, "a comma must follow the closing quote");
    return found;
  };
  for (; !text.empty(); ++line) {
    if (text[0] != '\n' && !text.starts_with("\r\n")) {
      rows.push_back({line, {cell()}});
      while (text.starts_with(separator)) {
        text.remove_prefix(1);
        rows.back().cells.push_back(cell());
      }
    }
    text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
  }
  return rows;
}

}  // namespace base
