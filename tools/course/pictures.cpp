#include "tools/course/pictures.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace course {

void list_pictures(const Project& project, const fs::path& folder) {
  std::vector<std::string> pictures;
  if (fs::exists(folder))
    for (const auto& entry : fs::directory_iterator(folder))
      if (entry.path().extension() == ".svg") pictures.push_back(fs::relative(entry.path(), project.root).string());
  std::sort(pictures.begin(), pictures.end());
  if (!pictures.empty()) fmt::print("The pictures, to open in a browser:\n");
  for (const std::string& picture : pictures) fmt::print("  {}\n", picture);
}

}  // namespace course
