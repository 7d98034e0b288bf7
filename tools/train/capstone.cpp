#include "tools/train/capstone.hpp"

#include <fmt/format.h>

#include <exception>

#include "base/kept_memory.hpp"
#include "nn/support/todo.hpp"
#include "tools/threads/threads.hpp"

namespace trainer {

int capstone(int argc, char** argv, const CapstoneName& name, CapstoneSettings& settings,
             const std::function<void(CLI::App&)>& more, const std::function<double()>& accuracy) {
  CLI::App app(name.about, "capstone " + name.number);
  if (name.data) {
    app.add_option("--data", settings.data, "folder of the data set to use")->option_text("DIR");
    app.add_flag("--sample", settings.sample, "use the sample alone");
  }
  more(app);
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
