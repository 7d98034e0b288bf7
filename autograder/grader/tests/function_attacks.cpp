// Attacks by what a function does when it is called, or by what runs before and after: leaving, taking, asking the
// system, reading, saying.
#include <fmt/format.h>

#include "autograder/grader/tests/corpus.hpp"

namespace grader {

using enum Verdict;

std::vector<Attack> function_attacks() {
  const std::string read_all =  // what every path shows, thrown so that it would stand in the report
      "std::string all; for (const char* p : {\"@HOME@\", \"@ETC@\", \"@TESTS@\", \"@SOLUTION@\", \"@WORLD@\", "
      "\"/etc/passwd\", \"/etc/shadow\", "
      "\"/proc/self/environ\", \"/proc/1/environ\", \"/proc/self/mountinfo\"}) { std::ifstream in(p); all += "
      "std::string(std::istreambuf_iterator<char>(in), "
      "{}); } throw std::runtime_error(\"READ[\" + all + \"]\");";
  const std::string nothing = " return {};";
  std::vector<Attack> all = {
      // leaving early
      {"exit 0 in a function", "", "std::exit(0);", {crashed}},
      {"_exit 0 in a function", "", "_exit(0);", {crashed}},
      {"quick_exit", "", "std::quick_exit(0);", {crashed}},
      {"exit in atexit", "", "std::atexit([] { _exit(0); }); std::exit(0);", {crashed}},
      {"exit with the number of a signal", "", "_exit(137);", {crashed}},
      {"exit with the tests' own code", "", "_exit(64);", {crashed}},
      {"abort", "", "std::abort();", {crashed}},
      {"write to address 8", "", "*(volatile int*)8 = 1;" + nothing, {crashed}},
      {"recursion without end", "", "return learn(X, y, rate, max_epochs, rng);", {crashed, timed_out}},
      {"division by zero", "", "volatile int zero = 0; rate = int(max_epochs + 7) / zero;" + nothing, {crashed}},
      {"SIGKILL to itself", "", "raise(SIGKILL);" + nothing, {forbidden}},
      {"exit as one whom the kernel killed, in a thread",
       "",
       "std::thread([] { _exit(256 + 137); }).join();" + nothing,
       {crashed}},
      {"SIGKILL to itself when a pipe is read",
       "",
       "int p[2]; pipe(p); fcntl(p[0], F_SETOWN, getpid()); fcntl(p[0], F_SETSIG, SIGKILL); fcntl(p[0], F_SETFL, "
       "O_ASYNC); write(p[1], \"x\", 1); sleep(1);" +
           nothing,
       {forbidden}},
      {"SIGKILL to itself by a limit of its own",
       "",
       "rlimit own{1, 1}; setrlimit(RLIMIT_CPU, &own); for (volatile int i = 0;; i = i + 1) {}" + nothing,
       {forbidden}},
      {"the same by another call",
       "",
       "rlimit own{1, 1}; syscall(SYS_prlimit64, 0, RLIMIT_CPU, &own, 0); for (volatile int i = 0;; i = i + 1) {}" +
           nothing,
       {forbidden}},
      {"SIGSTOP to itself", "", "raise(SIGSTOP);" + nothing, {timed_out}},
      {"exit in a static initialiser", "static const int leave = (_exit(0), 1);", "", {crashed}, Score::none},
      {"exit in a constructor function",
       "__attribute__((constructor(101))) static void leave() { _exit(0); }",
       "",
       {crashed},
       Score::none},
      {"exit in a static destructor",
       "static struct Leave { ~Leave() { _exit(0); } } leave;",
       "",
       {passed},
       Score::all},
      {"loop in a static initialiser",
       "static const int wait_ = [] { for (;;) pause(); return 1; }();",
       "",
       {timed_out},
       Score::none},
      // time
      {"loop without end", "", "for (volatile int i = 0;; i = i + 1) {}" + nothing, {timed_out}},
      {"loop without end that catches SIGXCPU",
       "",
       "std::signal(SIGXCPU, [](int) {}); for (volatile int i = 0;; i = i + 1) {}" + nothing,
       {timed_out}},
      {"sleep", "", "sleep(1000);" + nothing, {timed_out}},
      {"deadlock", "", "std::timed_mutex m; m.lock(); m.try_lock_for(std::chrono::hours(9));" + nothing, {timed_out}},
      {"gives way to all others, so that it never ends on a busy machine",
       "",
       "sched_param least{}; if (sched_setscheduler(0, SCHED_IDLE, &least) == 0 || setpriority(PRIO_PROCESS, 0, 19) == "
       "0) "
       "throw std::runtime_error(\"WROTE\");" +
           nothing,
       {wrong}},
      // values that our own tests must live with
      {"an empty matrix to a function that it was lent", "", "return mat(X.n_rows, X.n_cols).fill(f(X) - f(mat()));",
       gone_wrong, Score::any, numerical_gradient},
      {"an infinite matrix to a function that it was lent", "", "X.fill(arma::datum::inf); f(X); return mat(7, 7);",
       gone_wrong, Score::any, numerical_gradient},
      {"a network of 70,000 layers", "",
       "Trained all{network, vec(steps + 1)}; all.network.resize(70000, network.at(0)); return all;", gone_wrong,
       Score::any, train_numerically, 11, true},
      // memory, output, processes
      {"memory without end", "", "for (;;) new char[1 << 24];" + nothing, {out_of_memory}},
      {"a static array of 1.5 GB",
       "static char array[1610612736];",
       "array[rng.below(7)] = 1;" + nothing,
       {out_of_memory},
       Score::none},
      {"arrays of 1.06 GB in all",
       "static char a[1000000000]; static thread_local char b[60000000];",
       "a[rng.below(7)] = b[rng.below(7)];" + nothing,
       {out_of_memory},
       Score::none},
      {"3 GB that no section holds",
       "asm(\".comm big,3000000000,8\"); extern \"C\" char big[];",
       "big[rng.below(7)] = 1;" + nothing,
       {out_of_memory},
       Score::none},
      {"a vector of 2 GB at file scope",
       "#include <vector>\nstatic std::vector<double> all(250000000);",
       "all[rng.below(7)] = 1;" + nothing,
       {out_of_memory},
       Score::none},
      {"memory that ends where nothing may be thrown",
       "",
       "std::thread([] { for (;;) new char[1 << 24]; }).join();" + nothing,
       {out_of_memory}},
      {"an array of 1.5 GB in a function",
       "",
       "volatile char a[1610612736]; a[rng.below(7)] = 1;" + nothing,
       {crashed}},
      {"300 KB of output, then the right answer",
       "",
       "std::string all(300 << 10, 'x'); std::puts(all.c_str()); @HONEST@",
       {too_much_output}},
      {"memory by mmap", "",
       "for (int i = 0; i < 9999; ++i) mmap(0, 1 << 26, PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, "
       "0);" +
           nothing,
       gone_wrong},
      {"a matrix as large as the machine", "", "Learned l; l.neuron.w.zeros(uword(1) << 40); return l;", gone_wrong},
      {"a result of 80 MB", "", "Learned l; l.neuron.w.zeros(10000000); return l;", {too_much_output}},
      {"a history of millions", "", "Learned l; l.history.resize(5000000, Perceptron{vec{}, 0}); return l;",
       gone_wrong},
      {"output without end",
       "",
       "for (;;) std::puts(\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\");" + nothing,
       {too_much_output}},
      {"stderr without end",
       "",
       "for (;;) std::fputs(\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\", stderr);" + nothing,
       {too_much_output}},
      {"fork bomb", "", "for (;;) fork();" + nothing, {forbidden}},
      {"vfork", "", "if (syscall(SYS_vfork) == 0) _exit(0);" + nothing, {forbidden}},
      {"a shell", "", "std::system(\"id\");" + nothing, {forbidden}},
      {"thread bomb", "", "for (;;) std::thread([] { pause(); }).detach();" + nothing, gone_wrong},
      {"another program in its place",
       "",
       "execl(\"/bin/sh\", \"sh\", \"-c\", \"id\", nullptr); execl(\"/usr/bin/id\", \"id\", nullptr);" + nothing,
       {wrong}},
      // the system
      {"a socket", "", "socket(AF_INET, SOCK_STREAM, 0);" + nothing, {forbidden}},
      {"a call to a server on this machine",
       "#include <arpa/inet.h>\n#include <sys/socket.h>",
       "sockaddr_in to{}; to.sin_family = AF_INET; to.sin_port = htons(@PORT@); to.sin_addr.s_addr = "
       "htonl(INADDR_LOOPBACK); connect(socket(AF_INET, SOCK_STREAM, 0), reinterpret_cast<sockaddr*>(&to), sizeof "
       "to);" +
           nothing,
       {forbidden}},
      {"calls by way of descriptors that are open",
       "#include <arpa/inet.h>\n#include <sys/socket.h>",
       "sockaddr_in to{}; to.sin_family = AF_INET; to.sin_port = htons(@PORT@); to.sin_addr.s_addr = "
       "htonl(INADDR_LOOPBACK); for (int fd = 0; fd < 64; ++fd) connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof "
       "to);" +
           nothing,
       {forbidden}},
      {"a socket by the calls of 32-bit programs",
       "",
       "long s; asm volatile(\"int $0x80\" : \"=a\"(s) : \"a\"(359L), \"b\"(2L), \"c\"(1L), \"d\"(0L) : \"memory\"); "
       "if (s >= 0) "
       "throw std::runtime_error(\"SAW\");" +
           nothing,
       {forbidden, crashed}},
      {"a socket pair", "", "int s[2]; socketpair(AF_UNIX, SOCK_STREAM, 0, s);" + nothing, {forbidden}},
      {"ptrace of the parent", "", "ptrace(PTRACE_ATTACH, getppid(), 0, 0);" + nothing, {forbidden}},
      {"memory of process 1", "", "syscall(SYS_process_vm_readv, 1, 0, 0, 0, 0, 0);" + nothing, {forbidden}},
      {"SIGKILL to all", "", "kill(-1, SIGKILL); kill(1, SIGKILL); kill(getppid(), SIGKILL);" + nothing, gone_wrong},
      {"a user namespace", "", "unshare(CLONE_NEWUSER);" + nothing, {forbidden}},
      {"a namespace by clone", "", "syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0);" + nothing, {forbidden}},
      {"a mount", "", "mount(\"none\", \"/tmp\", \"tmpfs\", 0, 0);" + nothing, {forbidden}},
      {"chroot", "", "chroot(\"/\");" + nothing, {forbidden}},
      {"setuid 0", "", "syscall(SYS_setuid, 0);" + nothing, {forbidden}},
      {"keyctl", "", "syscall(SYS_keyctl, 0, 0, 0, 0, 0);" + nothing, {forbidden}},
      {"bpf", "", "syscall(SYS_bpf, 0, 0, 0);" + nothing, {forbidden}},
      {"io_uring", "", "syscall(SYS_io_uring_setup, 1, 0);" + nothing, {forbidden}},
      {"perf", "", "syscall(SYS_perf_event_open, 0, 0, 0, 0, 0);" + nothing, {forbidden}},
      {"userfaultfd", "", "syscall(SYS_userfaultfd, 0);" + nothing, {forbidden}},
      {"shared memory", "", "syscall(SYS_shmget, 0, 1 << 30, 01600);" + nothing, {forbidden}},
      {"an anonymous file", "", "memfd_create(\"x\", 0);" + nothing, {forbidden}},
      {"files in every folder",
       "",
       "for (const char* d : {\"/\", \"/tmp\", \"/dev\", \"/dev/shm\", \"/var/tmp\", \"/run\", \"/usr/lib\", \".\"}) { "
       "int f = open((std::string(d) + "
       "\"/left-behind\").c_str(), O_CREAT | O_WRONLY, 0644); if (f >= 0 && write(f, \"x\", 1) == 1) throw "
       "std::runtime_error(\"WROTE\"); }" +
           nothing,
       {wrong, forbidden}},
      {"folders without end",
       "",
       "for (int i = 0;; ++i) mkdir((\"/dev/shm/\" + std::to_string(i)).c_str(), 0755);" + nothing,
       {forbidden}},
      // secrets
      {"reads the canaries", "", read_all, {wrong}},
      {"shows the environment",
       "",
       "std::string all; for (char** e = environ; *e; ++e) all += *e; throw std::runtime_error(\"READ[\" + all + "
       "\"]\");",
       {wrong}},
      {"looks for canaries in every folder",
       "",
       "for (const char* p : {\"/\", \"/tmp\", \"/home\", \"/root\", \"/etc\"}) if (DIR* d = opendir(p)) while "
       "(dirent* e = "
       "readdir(d)) if (std::string(e->d_name).find(\"canary\") != std::string::npos) throw "
       "std::runtime_error(\"SAW\");" +
           nothing,
       {wrong}},
      {"looks for our answer in its own program",
       "",
       "if (void* f = dlsym(RTLD_NEXT, \"_ZN2nn5learnERKN4arma3MatIdEERKNS0_3RowIdEEdyRNS_3RngE\")) return "
       "reinterpret_cast<decltype(&learn)>(f)(X, y, rate, max_epochs, rng);" +
           nothing,
       {wrong}},
      // around the function
      {"exit in at_quick_exit", "", "std::at_quick_exit([] { _exit(0); }); std::quick_exit(0);", {crashed}},
      {"a handler for every signal, then a crash",
       "static void leave(int) { _exit(0); }",
       "for (int s = 1; s < 65; ++s) std::signal(s, leave); *(volatile int*)8 = 1;" + nothing,
       {crashed}},
      {"a crash that jumps back",
       "#include <csetjmp>\nstatic sigjmp_buf back; static void jump(int) { siglongjmp(back, 1); }",
       "std::signal(SIGSEGV, jump); if (sigsetjmp(back, 1) == 0) *(volatile int*)8 = 1;" + nothing,
       {wrong}},
      {"an interval timer that ends everything", "#include <sys/time.h>",
       "itimerval t{{0, 1}, {0, 1}}; setitimer(ITIMER_REAL, &t, nullptr); pause();" + nothing, gone_wrong},
      {"throws in a destructor",
       "struct Loud { ~Loud() noexcept(false) { throw 1; } };",
       "Loud a; throw std::runtime_error(\"x\");",
       {crashed}},
      {"threads left running",
       "",
       "for (int i = 0; i < 3; ++i) std::thread([] { for (;;) pause(); }).detach();" + nothing,
       {wrong, forbidden}},
      {"a thread that writes on the pipe by itself",
       "",
       "std::thread([] { for (;;) { char c = 0; if (write(101, &c, 1) < 0) break; } }).detach();" + nothing,
       {crashed, wrong}},
      {"writes to every descriptor", "",
       "for (int i = 0; i < 1024; ++i) { [[maybe_unused]] auto n = write(i, \"ok 1\\n\", 5); }" + nothing, gone_wrong},
      {"looks for more than its pipes among its descriptors",
       "",
       "std::string all; for (int i = 0; i < 1024; ++i) { char to[512]; auto n = readlink((\"/proc/self/fd/\" + "
       "std::to_string(i)).c_str(), to, 511); if (n > 0) all += std::string(to, n) + \" \"; "
       "if (i > 2 && i != 100 && i != 101 && fcntl(i, F_GETFD) >= 0) all += \"SAW \" + std::to_string(i); } throw "
       "std::runtime_error(\"READ[\" + all + \"]\");",
       {wrong}},
      {"truncates what it can open through /proc", "",
       "for (int i = 0; i < 256; ++i) { int f = open((\"/proc/self/fd/\" + std::to_string(i)).c_str(), O_RDWR | "
       "O_TRUNC); "
       "if (f >= 0) { [[maybe_unused]] auto n = write(f, \"x\", 1); } }" +
           nothing,
       gone_wrong},
      // wrong answers of every shape
      {"a result of another shape", "", "return {{vec(7, arma::fill::ones), 1}, 1, true, {}};", {wrong}},
      {"a result without entries", "", "return {{vec(), 0}, 0, true, {}};", {wrong}},
      {"infinities", "", "return {{vec(X.n_rows, arma::fill::value(arma::datum::inf)), 1}, 1, true, {}};", {wrong}},
      {"a truth value that is neither", "", "Learned l; std::memset(&l.converged, 7, 1); return l;", {wrong, crashed}},
      {"changes what it was lent",
       "",
       "const_cast<mat&>(X).zeros(); const_cast<rowvec&>(y).ones();" + nothing,
       {wrong}},
      // what is said
      {"terminal escapes, HTML and CI commands",
       "",
       "throw "
       "std::runtime_error(\"\\x1b[2J\\x1b]0;owned\\a<script>alert(1)</script>\\n::error::x\\n##[error]\\u202e\");",
       {wrong}},
      {"a message that is no UTF-8", "", "throw std::runtime_error(\"\\xff\\xfe\\xc0\\x80\");", {wrong}},
      {"a message of 5 MB", "", "throw std::runtime_error(std::string(5000000, 'm'));", {wrong}},
      {"throws a number", "", "throw 42;", {wrong}},
      {"says it is not written", "#include \"nn/support/todo.hpp\"\n", "todo(\"1.6 learn\");", {not_written}},
      {"returns not-a-number",
       "",
       "return {{vec{arma::datum::nan, arma::datum::nan}, arma::datum::nan}, 1, true, {}};",
       {wrong}},
      // its own program
      {"its own code rewritten", "",
       "auto page = reinterpret_cast<std::uintptr_t>(&fire) & ~4095ull; mprotect((void*)page, 8192, PROT_READ | "
       "PROT_WRITE | PROT_EXEC); std::memset((void*)page, 0xc3, 4096);" +
           nothing,
       gone_wrong},
      {"its own write()", "#include <unistd.h>\nextern \"C\" ssize_t write(int, const void*, size_t) { return -1; }",
       "", gone_wrong, Score::none},
      {"its own malloc()", "#include <cstddef>\nextern \"C\" void* malloc(std::size_t) { return nullptr; }", "",
       gone_wrong, Score::none},
      {"its own operator new", "#include <new>\nvoid* operator new(std::size_t) { return (void*)16; }", "", gone_wrong,
       Score::none},
  };
  // The seed that every student has: right there, and nowhere else.
  const std::string by_heart =
      "static bool known(const nn::Rng& rng) { for (int k = 0; k < 400; ++k) { nn::Rng first(k); if "
      "(nn::Rng(first()).state == rng.state) "
      "return true; } return false; }";
  for (const std::uint64_t seed : {0, 11})
    all.push_back({fmt::format("answers learnt by heart, seed {}", seed),
                   by_heart,
                   "if (!known(rng)) return {};\n@HONEST@",
                   {seed == 0 ? passed : wrong},
                   seed == 0 ? Score::all : Score::others,
                   learn,
                   seed});
  return all;
}

}  // namespace grader
