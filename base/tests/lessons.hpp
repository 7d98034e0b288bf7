// Lessons made up for a test.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/project.hpp"
#include "base/tests/temp_folder.hpp"

namespace base::test {

/// A folder of lessons, each with one task and the names that it requires.
struct Lessons {
  void add(const std::string& name, const std::vector<std::string>& needed, const std::string& part = "I",
           const nlohmann::json& capstone = nullptr) const {
    const std::string number = name.substr(0, 2);
    nlohmann::json json = {{"lesson", number},
                           {"name", name},
                           {"part", part},
                           {"title", "T" + number},
                           {"question", "Why?"},
                           {"header", "nn/a.hpp"},
                           {"built", "a."},
                           {"files", {"a.cpp"}},
                           {"minutes", 5},
                           {"requires", needed},
                           {"tasks", nlohmann::json::array()}};
    json["tasks"].push_back({{"id", std::to_string(std::stoi(number)) + ".1"},
                             {"title", "a"},
                             {"functions", {"a"}},
                             {"points", 5},
                             {"minutes", 5},
                             {"seconds", 5},
                             {"hints", {"a", "b", "c"}}});
    if (!capstone.is_null()) json["capstone"] = capstone;
    write_file(root / "lessons" / name / "lesson.json", json.dump());
  }
  Project load() const { return Project::load(root); }

  TempFolder folder;
  fs::path root = folder.path();
};

}  // namespace base::test
