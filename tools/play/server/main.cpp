// ./course play: the student's own network in a page. Builds the engine on the bodies in exercises/, serves the page,
// and builds it again on every save.
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <ctime>
#include <nlohmann/json.hpp>

#include "base/terminal.hpp"
#include "tools/course/compile_errors.hpp"
#include "tools/course/end.hpp"
#include "tools/course/file_watch.hpp"
#include "tools/course/progress.hpp"
#include "tools/play/server/server.hpp"

namespace {

using namespace course;

volatile std::sig_atomic_t stop_asked = 0;

void ask_to_stop(int) { stop_asked = 1; }

struct Options {
  int port = 8080;
  fs::path network, engine;
  bool open = false, ours = false, poll = false;
};

std::string time_of_day() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  localtime_r(&now, &parts);
  char text[16];
  return {text, std::strftime(text, sizeof text, "%H:%M:%S", &parts)};
}

// Builds the engine and says so, on the terminal and to the pages. A page that hears of a build asks the new engine:
// the old one is ended before.
class Builds {
 public:
  Builds(const Project& project, const Options& options, play::State& state)
      : project_(project),
        ready_made_(options.engine),
        tree_(ready_made_.empty() ? configured(project, "student") : Tree{}),
        target_(options.ours ? "play_engine_ours" : "play_engine"),
        whose_(options.ours ? "our solutions" : "your code"),
        state_(state) {}

  /// `text` names what stands in the exercises: who has saved knows by it whether a build is of what was saved.
  void build(play::EngineChild& engine, const std::string& text) {
    Outcome outcome;
    if (ready_made_.empty()) outcome = tree_.build_with_progress({target_});
    else outcome.exit_code = 0;
    const std::string error = outcome.ok() ? "" : explained_build(project_, outcome.output);
    if (outcome.ok()) fmt::print("{} {}: built\n", time_of_day(), whose_);
    else fmt::print("{} It does not compile:\n{}\n", time_of_day(), error);
    std::fflush(stdout);
    if (outcome.ok()) {
      ++number_;
      engine.end();
    }
    const auto next = next_task(project_, read_progress(project_));
    nlohmann::json state = {
        {"build", number_}, {"text", text}, {"whose", whose_}, {"at", time_of_day()}, {"error", error}};
    if (next) {
      const Lesson& lesson = project_.lesson_of_task(*next);
      state["next"] = {{"task", project_.task(*next).name()},
                       {"file", "exercises/" + lesson.name + "/" + lesson.files.front()}};
    }
    state_.set(state.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  }
  fs::path program() const { return ready_made_.empty() ? tree_.program(target_) : ready_made_; }

 private:
  const Project& project_;
  fs::path ready_made_;
  Tree tree_;
  std::string target_, whose_;
  play::State& state_;
  int number_ = 0;
};

int run_play(const Project& project, const Options& options) {
  play::State state;
  Builds builds(project, options, state);
  std::vector<fs::path> exercises;
  for (const Lesson& lesson : project.lessons)
    for (const fs::path& file : project.exercises(lesson)) exercises.push_back(file);
  FileWatch files(exercises, options.poll);
  play::EngineChild engine(builds.program(), 5);
  builds.build(engine, files.fingerprint());
  struct sigaction action {};
  action.sa_handler = ask_to_stop;  // no SA_RESTART: poll() must return
  action.sa_flags = SA_RESETHAND;   // a second Ctrl-C ends us at once
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaction(signal, &action, nullptr);

  const fs::path trained = !options.network.empty()
                               ? options.network
                               : project.root / "build" / (options.ours ? "demo" : "capstone") / "network.nn";
  play::Server server(project.root / "tools/play/page", trained, engine, state);
  const int port = server.listen(options.port);
  if (port != options.port) fmt::print("port {} is in use, this is {}\n", options.port, port);
  const std::string address = fmt::format("http://127.0.0.1:{}/#token={}", port, server.token());
  fmt::print("\n  {}\n\n{}\n", ink(Ink::bold, address),
             "the address is for you alone: who has it runs your code. Every save is built anew; Ctrl-C ends it");
  std::fflush(stdout);
  std::optional<Process> browser;
  if (options.open) browser.emplace(Command{{"xdg-open", address}}, Process::Place::background);

  while (!stop_asked) {
    pollfd ready = {files.descriptor(), POLLIN, 0};
    if (::poll(&ready, 1, files.patience()) < 0 || stop_asked || !files.changed()) continue;
    do usleep(20'000);  // an editor may write more than once
    while (files.changed());
    builds.build(engine, files.fingerprint());
  }
  state.close();
  return passed;
}

}  // namespace

int main(int argc, char* argv[]) {
  CLI::App app{"your network in a page, built anew on every save", "./course play"};
  Options options;
  app.add_option("--port", options.port, "listen there, or at the next free port (8080)")->check(CLI::Range(1, 65000));
  app.add_option("--network", options.network,
                 "what reads drawn digits; without it the one that ./course capstone saved")
      ->type_name("FILE")
      ->check(CLI::ExistingFile);
  app.add_flag("--open", options.open, "open the page in a browser");
  app.add_flag("--ours", options.ours, "our solutions instead of your code");
  app.add_option("--engine", options.engine, "one that is built already, as by the project's own test; none is built")
      ->type_name("FILE")
      ->check(CLI::ExistingFile);
  app.add_flag("--poll", options.poll, "look at the files instead of waiting for file events (network mounts)");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? passed : usage;
  }
  return ended([&] {
    const char* root = std::getenv("NAND2MNIST_ROOT");
    return run_play(Project::load(root ? root : "."), options);
  });
}
