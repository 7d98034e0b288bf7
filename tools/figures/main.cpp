// The program of one lesson's figures: figures_NN OUTDIR [--only NAME] [--data DIR], or figures_NN --list.
// It writes the CSV files of each figure into OUTDIR; tools/figures/draw.sh makes pictures of them.
// Exit code: 0 all figures have their numbers; 1 one does not, or has some that are NaN; 2 usage; 3 OUTDIR cannot be
// written.
#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>
#include <vector>

#include "tools/figures/figure.hpp"
#include "tools/threads/threads.hpp"

namespace {

int usage(const std::string& problem) {
  std::fprintf(stderr, "figures: %s\nusage: figures_NN OUTDIR [--only NAME] [--data DIR]   or   figures_NN --list\n",
               problem.c_str());
  return 2;
}

int make(const std::vector<std::string>& names, const std::filesystem::path& folder,
         const std::filesystem::path& dataset) {
  int failed = 0;
  for (const std::string& name : names) {
    const nn::FigureResult result = nn::make_figure(name, nn::figures().at(name), folder, dataset);
    if (result.note.empty()) continue;
    std::fprintf(stderr, "%s: %s\n", name.c_str(), result.note.c_str());
    failed = 1;
  }
  return failed;
}

}  // namespace

int main(int argc, char** argv) {
  std::string folder, dataset;
  std::vector<std::string> names;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    const bool valued = argument == "--only" || argument == "--data";
    if (valued && i + 1 == argc) return usage(argument + " needs a value");
    if (argument == "--list") {
      for (const auto& [name, fill] : nn::figures()) std::puts(name.c_str());
      return 0;
    } else if (argument == "--only") {
      names.push_back(argv[++i]);
      if (!nn::figures().contains(names.back()))
        return usage("there is no figure " + names.back() + "; --list shows all");
    } else if (argument == "--data") {
      dataset = argv[++i];
    } else if (argument.starts_with("-") || !folder.empty()) {
      return usage("unexpected argument " + argument);
    } else {
      folder = argument;
    }
  }
  if (folder.empty()) return usage("OUTDIR is missing");
  if (nn::figures().empty()) return usage("this program holds no figures");
  if (names.empty())
    for (const auto& [name, fill] : nn::figures()) names.push_back(name);
  nn::set_threads(1);
  try {
    std::filesystem::create_directories(folder);
    return make(names, folder, dataset);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "figures: %s\n", error.what());
    return 3;
  }
}
