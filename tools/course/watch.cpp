#include "tools/course/watch.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <csignal>

#include "base/process.hpp"
#include "base/terminal.hpp"
#include "tools/course/commands.hpp"
#include "tools/course/file_watch.hpp"
#include "tools/course/progress.hpp"

namespace course {

namespace {

volatile std::sig_atomic_t stop_asked = 0;

void ask_to_stop(int) { stop_asked = 1; }

// Keys without Enter while it lives; the terminal is given back as it was, however we leave.
class Keys {
 public:
  Keys() {
    if (!isatty(STDIN_FILENO) || tcgetattr(STDIN_FILENO, &before_) != 0) return;
    termios raw = before_;
    raw.c_lflag &= ~tcflag_t(ICANON | ECHO);
    raw.c_cc[VMIN] = 0;
    raw.c_cc[VTIME] = 0;
    active_ = tcsetattr(STDIN_FILENO, TCSANOW, &raw) == 0;
  }
  ~Keys() {
    if (active_) tcsetattr(STDIN_FILENO, TCSANOW, &before_);
  }
  Keys(const Keys&) = delete;
  Keys& operator=(const Keys&) = delete;
  bool active() const { return active_; }

 private:
  termios before_{};
  bool active_ = false;
};

// One grading in a process of its own, so that a newer save can end it.
class Grading {
 public:
  bool running() const { return process_.has_value(); }

  void start(const std::string& lesson) {
    end();
    process_.emplace(Command{{fs::read_symlink("/proc/self/exe").string(), "run", lesson}}, Process::Place::background);
  }

  /// Whether it has ended since the last call.
  bool ended() {
    if (!process_ || process_->running()) return false;
    process_.reset();
    return true;
  }

  void end() { process_.reset(); }

 private:
  std::optional<Process> process_;
};

void clear_screen() {
  if (Terminal::out().colour) fmt::print("\033[2J\033[H");
}

void print_keys(bool keys) {
  fmt::print("\n{}\n", ink(Ink::dim, keys ? "watching; h hint   n next   l list   r run again   q quit"
                                          : "watching; Ctrl-C ends it"));
  std::fflush(stdout);
}

}  // namespace

int run_watch(const Project& project, const std::string& what, bool poll_files) {
  struct sigaction action {};
  action.sa_handler = ask_to_stop;  // no SA_RESTART: poll() must return
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaction(signal, &action, nullptr);

  const auto current = [&] {
    return next_task(project, read_progress(project)).value_or(project.lessons.back().tasks.back().id);
  };
  const Lesson* lesson = what.empty() ? &project.lesson_of_task(current()) : &project.lesson(what);
  const Keys keys;
  std::optional<FileWatch> files;
  Grading grading;
  const auto begin = [&] {
    clear_screen();
    grading.start(lesson->number);
  };
  files.emplace(project.exercises(*lesson), poll_files);
  begin();
  while (!stop_asked) {
    pollfd ready[2] = {{files->descriptor(), POLLIN, 0}, {keys.active() ? STDIN_FILENO : -1, POLLIN, 0}};
    int patience = grading.running() ? 20 : files->patience();
    if (::poll(ready, 2, patience) < 0) continue;
    if (ready[1].revents & (POLLHUP | POLLERR | POLLNVAL)) break;  // the terminal is gone
    if ((ready[0].revents || files->descriptor() < 0) && files->changed()) {
      do usleep(20'000);  // an editor may write more than once
      while (files->changed());
      begin();
    }
    if (grading.ended()) {
      if (files->changed()) {  // saved while it was being graded: only the newest text counts
        begin();
        continue;
      }
      print_keys(keys.active());
    }
    char key = 0;
    if (!(ready[1].revents & POLLIN) || read(STDIN_FILENO, &key, 1) != 1) continue;
    if (key == 'q') break;
    if (key == 'r') begin();
    if (grading.running()) continue;
    fmt::print("\n");
    if (key == 'h') {
      const Progress progress = read_progress(project);
      for (const Task& task : lesson->tasks)
        if (!progress.passed(task.id)) {
          run_hint(project, task.id);
          break;
        }
      print_keys(true);
    } else if (key == 'l') {
      run_status(project);
      print_keys(true);
    } else if (key == 'n') {
      const Lesson& next = project.lesson_of_task(current());
      if (&next == lesson) {
        run_next(project);
        print_keys(true);
      } else {
        lesson = &next;
        files.emplace(project.exercises(*lesson), poll_files);
        begin();
      }
    }
  }
  grading.end();
  fmt::print("\n");
  return passed;
}

}  // namespace course
