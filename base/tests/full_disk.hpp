// A disk that fills up while a file is written.
#pragma once

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <exception>
#include <string>

namespace base::test {

/// What `write` throws in a process whose files cannot grow beyond 1000 bytes: its writes succeed up to there. "" if it
/// throws nothing.
template <class Write>
std::string error_on_a_full_disk(const Write& write) {
  int report[2];
  if (pipe(report) != 0) return "no pipe";
  const pid_t child = fork();
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{1000, 1000};
    setrlimit(RLIMIT_FSIZE, &limit);
    std::string text;
    try {
      write();
    } catch (const std::exception& error) {
      text = error.what();
    }
    _exit(::write(report[1], text.data(), text.size()) == ssize_t(text.size()) ? 0 : 1);
  }
  close(report[1]);
  std::string text;
  char buffer[1024];
  for (ssize_t n; (n = read(report[0], buffer, sizeof buffer)) > 0;) text.append(buffer, std::size_t(n));
  close(report[0]);
  waitpid(child, nullptr, 0);
  return text;
}

}  // namespace base::test
