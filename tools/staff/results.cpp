#include "tools/staff/results.hpp"

#include <fmt/format.h>

#include <cstdlib>

namespace course {

static std::string unescaped(std::string text) {
  static const std::pair<const char*, const char*> entities[] = {
      {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "'"}, {"&amp;", "&"}};
  for (const auto& [entity, character] : entities)
    for (std::size_t at = 0; (at = text.find(entity, at)) != std::string::npos; ++at)
      text.replace(at, std::string(entity).size(), character);
  return text;
}

static std::string attribute(const std::string& tag, const std::string& name) {
  const std::string key = " " + name + "=\"";
  const auto begin = tag.find(key);
  if (begin == std::string::npos) return "";
  return unescaped(tag.substr(begin + key.size(), tag.find('"', begin + key.size()) - begin - key.size()));
}

Results test_results(const Tree& tree, const std::vector<std::string>& arguments) {
  const fs::path file = tree.folder / "results.xml";
  fs::remove(file);
  std::vector<std::string> all = {"--output-junit", file.string()};
  all.insert(all.end(), arguments.begin(), arguments.end());
  const Outcome outcome = tree.test(all);
  if (!fs::exists(file)) throw EnvironmentError("ctest wrote no results:\n" + outcome.output);
  const std::string xml = read_file(file);
  Results results;
  for (std::size_t at = 0; (at = xml.find("<testcase", at)) != std::string::npos;) {
    const auto tag_end = xml.find('>', at), end = std::min(xml.find("</testcase>", at), xml.size());
    const std::string tag = xml.substr(at, tag_end - at), body = xml.substr(tag_end, end - tag_end);
    TestResult result;
    const std::string status = attribute(tag, "status");
    result.status = status == "run" ? "passed" : status == "fail" ? "failed" : "not run";
    result.seconds = std::atof(attribute(tag, "time").c_str());
    if (const auto out = body.find("<system-out>"); out != std::string::npos)
      result.output = unescaped(body.substr(out + 12, body.find("</system-out>") - out - 12));
    if (const auto out = body.find("<failure message=\""); out != std::string::npos)
      result.output = attribute(body.substr(out), "message") + "\n" + result.output;
    results[attribute(tag, "name")] = result;
    at = end;
  }
  return results;
}

}  // namespace course
