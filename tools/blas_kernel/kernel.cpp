#include "tools/blas_kernel/kernel.hpp"

#include <fcntl.h>
#include <signal.h>
#include <strings.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <limits>

#include "tools/blas_kernel/memory.hpp"
#include "tools/blas_kernel/openblas.hpp"
#include "tools/blas_kernel/proof.hpp"

namespace nn {

namespace {

using detail::OpenBlas;

constexpr const char* coretype = "OPENBLAS_CORETYPE";
/// What OpenBLAS picked by itself, once we have considered it. It tells our OPENBLAS_CORETYPE, which names another
/// kernel, from the user's. Tests set both to the same kernel: then OPENBLAS_CORETYPE stands for OpenBLAS's own choice.
constexpr const char* own_choice = "NAND2MNIST_OPENBLAS_CHOSE";
/// Instead of a kernel: there was nothing to choose, or the user chose.
constexpr const char* considered = "-";
/// Set for the process that proves a kernel.
constexpr const char* proving = "NAND2MNIST_PROVE_BLAS_KERNEL";

std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  return value ? value : "";
}

bool same(const std::string& a, const std::string& b) { return strcasecmp(a.c_str(), b.c_str()) == 0; }

std::string this_program() {
  std::string path(4096, '\0');
  const ssize_t length = readlink("/proc/self/exe", path.data(), path.size());
  path.resize(length > 0 ? std::size_t(length) : 0);
  return access(path.c_str(), X_OK) == 0 ? path
                                         : "/proc/self/exe";  // the second also where the file was replaced meanwhile
}

/// In the process that proves: prints "kernel seconds", or "kernel wrong function".
[[noreturn]] void prove(const OpenBlas& blas) {
  if (const auto wrong = detail::first_wrong(blas)) std::printf("%s wrong %s\n", blas.kernel.c_str(), wrong->c_str());
  else std::printf("%s %.9f\n", blas.kernel.c_str(), detail::seconds_for_products(blas));
  std::fflush(stdout);
  _exit(0);
}

struct Proof {
  double seconds =
      std::numeric_limits<double>::infinity();  ///< stays infinite where the kernel is wrong, crashes or is not there
  std::string shown;                            ///< "Haswell 0.5 ms", "SkylakeX crashes"
};

/// Lets this program, with another kernel, prove that kernel. An empty one stands for OpenBLAS's own choice.
Proof proof_of(const std::string& kernel, const std::string& own) {
  const std::string name = kernel.empty() ? own : kernel, program = this_program();
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return {};
  const pid_t parent = getpid(), child = fork();
  if (child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(1);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    signal(SIGALRM, SIG_DFL);
    alarm(20);  // a kernel that never comes back
    dup2(ends[1], STDOUT_FILENO);
    if (const int nowhere = open("/dev/null", O_RDWR); nowhere >= 0) {
      dup2(nowhere, STDIN_FILENO);
      dup2(nowhere, STDERR_FILENO);
    }
    setenv(proving, "1", 1);
    setenv("OPENBLAS_NUM_THREADS", "1", 1);
    if (!kernel.empty()) setenv(coretype, kernel.c_str(), 1);
    char name_of_us[] = "prove-blas-kernel";
    char* arguments[] = {name_of_us, nullptr};
    execv(program.c_str(), arguments);
    _exit(127);
  }
  close(ends[1]);
  std::string text;
  char buffer[256];
  for (ssize_t got; child > 0 && ((got = read(ends[0], buffer, sizeof buffer)) > 0 || (got < 0 && errno == EINTR));)
    if (got > 0) text.append(buffer, std::size_t(got));
  close(ends[0]);
  int status = 0;
  while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) {}
  if (child < 0 || !WIFEXITED(status)) return {.shown = name + (child < 0 ? " not started" : " crashes")};
  char found[64] = "", number[64] = "";
  if (std::sscanf(text.c_str(), "%63s %63s", found, number) != 2 || !same(found, name))
    return {.shown = name + " not in this build"};
  if (same(number, "wrong")) return {.shown = name + " computes wrong"};
  const double seconds = std::atof(number);
  std::snprintf(buffer, sizeof buffer, "%s %.2f ms", name.c_str(), 1000 * seconds);
  return {seconds > 0 ? seconds : std::numeric_limits<double>::infinity(), buffer};
}

/// The fastest kernel that computes right: OpenBLAS's own choice, or a better one.
std::string fastest(const OpenBlas& blas, const std::vector<std::string>& better) {
  struct stat file {};
  stat(blas.file.c_str(), &file);
  const std::string key = detail::cpu_model() + ", OpenBLAS " + blas.version + ", " + std::to_string(file.st_size) +
                          " bytes of " + std::to_string(file.st_mtime) + ", picks " + blas.kernel;
  const std::string memory = detail::memory_file();
  if (const auto known = detail::remembered(memory, key)) return *known;
  const Proof own = proof_of("", blas.kernel);
  std::string best = blas.kernel, measured = own.shown;
  double seconds = own.seconds;
  for (const std::string& kernel : better) {
    const Proof proof = proof_of(kernel, blas.kernel);
    measured += ", " + proof.shown;
    if (proof.seconds < seconds) seconds = proof.seconds, best = kernel;
  }
  if (!memory.empty()) detail::remember(memory, key, best, measured);
  return best;
}

}  // namespace

void choose_blas_kernel(char** argv) {
  const OpenBlas blas = detail::loaded_openblas();
  if (!blas.handle) return;
  if (std::getenv(proving)) prove(blas);
  const std::string wanted = variable(coretype), own = variable(own_choice);
  if (!wanted.empty() && own.empty()) return;  // the user's
  if (!own.empty() && !same(wanted, own)) {
    if (wanted.empty() || detail::kernel_vectors(wanted) <= detail::cpu_vectors())
      return;            // considered by who started us
    unsetenv(coretype);  // chosen on another machine, as when a cluster's job takes the environment along
    unsetenv(own_choice);
    execv(this_program().c_str(), argv);
    return;
  }
  const std::vector<std::string> better = detail::better_kernels(blas.kernel);
  if (better.empty()) return;
  const std::string best = fastest(blas, better);
  setenv(own_choice, blas.kernel.c_str(), 1);
  if (same(best, blas.kernel)) return;
  setenv(coretype, best.c_str(), 1);
  execv(this_program().c_str(), argv);
  unsetenv(coretype);  // it cannot be started again: it goes on as it is
  unsetenv(own_choice);
}

BlasKernel blas_kernel() {
  const OpenBlas blas = detail::loaded_openblas();
  if (!blas.handle) return {};
  const std::string own = variable(own_choice);
  const bool ours =
      !own.empty() && own != considered && same(variable(coretype), blas.kernel) && !same(own, blas.kernel);
  return {"OpenBLAS " + blas.version, blas.kernel, ours ? own : ""};
}

std::string blas_kernel_line() {
  const BlasKernel in_use = blas_kernel();
  if (in_use.blas.empty()) return "a BLAS that is not OpenBLAS";
  std::string line = in_use.blas + ", kernel " + in_use.name;
  if (!in_use.instead_of.empty()) line += " instead of its own " + in_use.instead_of;
  else if (const std::string wanted = variable(coretype); !wanted.empty())
    line += " (OPENBLAS_CORETYPE=" + wanted + ")";
  return line;
}

std::vector<std::string> blas_kernel_environment() {
  const std::string own = variable(own_choice), wanted = variable(coretype);
  std::vector<std::string> all{std::string(own_choice) + "=" + (own.empty() ? considered : own)};
  if (!wanted.empty()) all.push_back(std::string(coretype) + "=" + wanted);
  return all;
}

}  // namespace nn
