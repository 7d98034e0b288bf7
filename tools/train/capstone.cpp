#include "tools/train/capstone.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <exception>

#include "base/kept_memory.hpp"
#include "nn/support/todo.hpp"
#include "tools/threads/threads.hpp"

namespace trainer {

namespace {

template <class Value>
CLI::Option* option(CLI::App& app, const std::string& name, Value& value, const std::string& about,
                    const std::string& unit) {
  CLI::Option* added = app.add_option(name, value, about)->option_text(unit);
  return about.empty() ? added->group("") : added;
}

}  // namespace

void Options::flag(const std::string& name, bool& set, const std::string& about, const std::string& excludes) {
  CLI::Option* added = app_.add_flag(name, set, about);
  if (about.empty()) added->group("");
  if (!excludes.empty()) added->excludes(app_.get_option(excludes));
}

void Options::number(const std::string& name, nn::uword& value, const std::string& about, const std::string& unit,
                     nn::uword least, nn::uword most) {
  option(app_, name, value, about, unit)->check(CLI::Range(least, most));
}

void Options::number(const std::string& name, double& value, const std::string& about, const std::string& unit) {
  option(app_, name, value, about, unit);
}

void Options::word(const std::string& name, std::string& value, const std::string& about,
                   std::initializer_list<const char*> among, const std::string& unit) {
  option(app_, name, value, about, unit)->check(CLI::IsMember(std::vector<std::string>(among.begin(), among.end())));
}

void Options::folder(const std::string& name, std::filesystem::path& value) { option(app_, name, value, "", "DIR"); }

int capstone(int argc, char** argv, const CapstoneName& name, CapstoneSettings& settings,
             const std::function<void(Options&)>& more, const std::function<double()>& accuracy) {
  CLI::App app(name.about, "capstone " + name.number);
  if (name.data) {
    app.add_option("--data", settings.data, "folder of the data set to use")->option_text("DIR");
    app.add_flag("--sample", settings.sample, "use the sample alone");
  }
  Options own(app);
  more(own);
  app.add_flag("--quiet", settings.quiet, "one training of each kind, and its result alone");
  app.add_option("--seed", settings.seed, "what chance begins with")->option_text("N");
  app.add_option("--require", settings.require, "fail below this accuracy, in per cent")->option_text("P");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  nn::set_threads(1);
  base::keep_memory();
  try {
    if (accuracy() >= settings.require - 1e-4) return 0;  // 0.991f is a little less than 99.1 %
    fmt::print(stderr, "{:.2f} % were asked for\n", settings.require);
  } catch (const nn::not_implemented& unwritten) {
    fmt::print(stderr, "{}\n", unwritten.what());
  } catch (const std::exception& error) {
    fmt::print(stderr, "the training failed: {}\n", error.what());
  }
  return 1;
}

}  // namespace trainer
