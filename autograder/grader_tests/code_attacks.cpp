#include "autograder/grader_tests/corpus.hpp"

namespace grader {

using enum Verdict;

static const std::set<Verdict> gone_wrong = {wrong, crashed, forbidden, out_of_memory, timed_out, too_much_output};

std::vector<Attack> code_attacks() {
  const std::string read_all =  // what every path shows, thrown so that it would stand in the report
      "std::string all; for (const char* p : {\"@HOME@\", \"@ETC@\", \"@TESTS@\", \"@SOLUTION@\", \"@WORLD@\", "
      "\"/etc/passwd\", \"/etc/shadow\", "
      "\"/proc/self/environ\", \"/proc/1/environ\", \"/proc/self/mountinfo\"}) { std::ifstream in(p); all += "
      "std::string(std::istreambuf_iterator<char>(in), "
      "{}); } throw std::runtime_error(\"READ[\" + all + \"]\");";
  const std::string posix =
      "#include <fcntl.h>\n#include <sys/mman.h>\n#include <sys/prctl.h>\n#include <sys/ptrace.h>\n#include "
      "<sys/socket.h>\n#include <sys/stat.h>\n"
      "#include <sys/syscall.h>\n#include <sys/mount.h>\n#include <sched.h>\n#include <unistd.h>\n#include "
      "<csignal>\n#include <cstdio>\n#include <cstdlib>\n"
      "#include <cstring>\n#include <fstream>\n#include <mutex>\n#include <thread>\n#include <dlfcn.h>\n#include "
      "<dirent.h>\n";
  const std::string nothing = " return {};";
  std::vector<Attack> all = {
      // leaving early
      {"exit 0 in a function", posix, "std::exit(0);", {crashed}},
      {"_exit 0 in a function", posix, "_exit(0);", {crashed}},
      {"quick_exit", posix, "std::quick_exit(0);", {crashed}},
      {"exit in atexit", posix, "std::atexit([] { _exit(0); }); std::exit(0);", {crashed}},
      {"exit with the number of a signal", posix, "_exit(137);", gone_wrong},
      {"exit with the tests' own code", posix, "_exit(64);", {crashed}},
      {"abort", posix, "std::abort();", {crashed}},
      {"write to address 8", posix, "*(volatile int*)8 = 1;" + nothing, {crashed}},
      {"recursion without end", posix, "return learn(X, y, rate, max_epochs, rng);", {crashed, timed_out}},
      {"division by zero", posix, "volatile int zero = 0; rate = int(max_epochs + 7) / zero;" + nothing, {crashed}},
      {"SIGKILL to itself", posix, "raise(SIGKILL);" + nothing, {crashed}},
      {"SIGSTOP to itself", posix, "raise(SIGSTOP);" + nothing, {timed_out}},
      {"exit in a static initialiser", posix + "static const int leave = (_exit(0), 1);", "", {crashed}, 0},
      {"exit in a constructor function",
       posix + "__attribute__((constructor(101))) static void leave() { _exit(0); }",
       "",
       {crashed},
       0},
      {"exit in a static destructor",
       posix + "static struct Leave { ~Leave() { _exit(0); } } leave;",
       "",
       {passed},
       100},
      {"loop in a static initialiser",
       posix + "static const int wait_ = [] { for (;;) pause(); return 1; }();",
       "",
       {timed_out},
       0},
      // time
      {"loop without end", posix, "for (volatile int i = 0;; i = i + 1) {}" + nothing, {timed_out}},
      {"loop without end that catches SIGXCPU",
       posix,
       "std::signal(SIGXCPU, [](int) {}); for (volatile int i = 0;; i = i + 1) {}" + nothing,
       {timed_out}},
      {"sleep", posix, "sleep(1000);" + nothing, {timed_out}},
      {"deadlock",
       posix,
       "std::timed_mutex m; m.lock(); m.try_lock_for(std::chrono::hours(9));" + nothing,
       {timed_out}},
      // memory, output, processes
      {"memory without end",
       posix,
       "std::vector<std::vector<char>> all; for (;;) all.emplace_back(1 << 24, 'x');" + nothing,
       {out_of_memory}},
      {"memory by mmap", posix,
       "for (int i = 0; i < 9999; ++i) mmap(0, 1 << 26, PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, "
       "0);" +
           nothing,
       gone_wrong},
      {"a matrix as large as the machine", posix, "Learned l; l.neuron.w.zeros(uword(1) << 40); return l;", gone_wrong},
      {"a result of 160 MB", posix, "Learned l; l.neuron.w.zeros(20000000); return l;", {too_much_output}},
      {"a history of millions", posix, "Learned l; l.history.resize(5000000, Perceptron{vec{}, 0}); return l;",
       gone_wrong},
      {"output without end",
       posix,
       "for (;;) std::puts(\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\");" + nothing,
       {too_much_output}},
      {"stderr without end",
       posix,
       "for (;;) std::fputs(\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\", stderr);" + nothing,
       {too_much_output}},
      {"fork bomb", posix, "for (;;) fork();" + nothing, {forbidden}},
      {"vfork", posix, "if (syscall(SYS_vfork) == 0) _exit(0);" + nothing, {forbidden}},
      {"a shell", posix, "std::system(\"id\");" + nothing, {forbidden}},
      {"thread bomb", posix, "for (;;) std::thread([] { pause(); }).detach();" + nothing, gone_wrong},
      {"another program in its place",
       posix,
       "execl(\"/bin/sh\", \"sh\", \"-c\", \"id\", nullptr); execl(\"/usr/bin/id\", \"id\", nullptr);" + nothing,
       {wrong}},
      // the pipe to the tests
      {"rubbish on the pipe",
       posix,
       "for (int i = 0; i < 9; ++i) write(101, \"rubbishrubbishrubbish\", 21);" + nothing,
       {crashed}},
      {"a forged answer",
       posix,
       "unsigned long long h[3] = {0x44e4e5250ull, 0, 0}; write(101, h, 24);" + nothing,
       {crashed}},
      {"a message of 2^60 bytes",
       posix,
       "unsigned long long h[3] = {0x44e4e5250ull, 0, 1ull << 60}; write(101, h, 24);" + nothing,
       {too_much_output}},
      {"half a message",
       posix,
       "unsigned long long h[3] = {0x44e4e5250ull, 0, 100}; write(101, h, 24); pause();" + nothing,
       {timed_out}},
      {"the pipe closed", posix, "close(101);" + nothing, {crashed}},
      {"every descriptor closed",
       posix,
       "for (int i = 0; i < 256; ++i) close(i); pause();" + nothing,
       {timed_out, crashed}},
      {"the next question stolen", posix, "char b[99]; read(100, b, 99);" + nothing, {timed_out, crashed}},
      {"forged events on stdout",
       posix,
       "std::puts(\"{\\\"event\\\":\\\"begin\\\",\\\"tags\\\":\\\"[01][1.6]\\\"}\\n{\\\"event\\\":\\\"end\\\","
       "\\\"checks\\\":99}\"); std::fflush(stdout); _exit(0);",
       {crashed}},
      {"an answer before any question",
       posix + "__attribute__((constructor)) static void early() { for (int i = 0; i < 99; ++i) write(101, "
               "\"PRNN\\4\\0\\0\\0\", 8); }",
       "", gone_wrong, 0},
      // the system
      {"a socket", posix, "socket(AF_INET, SOCK_STREAM, 0);" + nothing, {forbidden}},
      {"a socket pair", posix, "int s[2]; socketpair(AF_UNIX, SOCK_STREAM, 0, s);" + nothing, {forbidden}},
      {"ptrace of the parent", posix, "ptrace(PTRACE_ATTACH, getppid(), 0, 0);" + nothing, {forbidden}},
      {"memory of process 1", posix, "syscall(SYS_process_vm_readv, 1, 0, 0, 0, 0, 0);" + nothing, {forbidden}},
      {"SIGKILL to all", posix, "kill(-1, SIGKILL); kill(1, SIGKILL); kill(getppid(), SIGKILL);" + nothing, gone_wrong},
      {"a user namespace", posix, "unshare(CLONE_NEWUSER);" + nothing, {forbidden}},
      {"a namespace by clone",
       posix,
       "syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0);" + nothing,
       {forbidden}},
      {"a mount", posix, "mount(\"none\", \"/tmp\", \"tmpfs\", 0, 0);" + nothing, {forbidden}},
      {"chroot", posix, "chroot(\"/\");" + nothing, {forbidden}},
      {"setuid 0", posix, "syscall(SYS_setuid, 0);" + nothing, {forbidden}},
      {"keyctl", posix, "syscall(SYS_keyctl, 0, 0, 0, 0, 0);" + nothing, {forbidden}},
      {"bpf", posix, "syscall(SYS_bpf, 0, 0, 0);" + nothing, {forbidden}},
      {"io_uring", posix, "syscall(SYS_io_uring_setup, 1, 0);" + nothing, {forbidden}},
      {"perf", posix, "syscall(SYS_perf_event_open, 0, 0, 0, 0, 0);" + nothing, {forbidden}},
      {"userfaultfd", posix, "syscall(SYS_userfaultfd, 0);" + nothing, {forbidden}},
      {"shared memory", posix, "syscall(SYS_shmget, 0, 1 << 30, 01600);" + nothing, {forbidden}},
      {"an anonymous file", posix, "memfd_create(\"x\", 0);" + nothing, {forbidden}},
      {"files in every folder",
       posix,
       "for (const char* d : {\"/\", \"/tmp\", \"/dev\", \"/dev/shm\", \"/var/tmp\", \"/run\", \"/usr/lib\", \".\"}) { "
       "int f = open((std::string(d) + "
       "\"/left-behind\").c_str(), O_CREAT | O_WRONLY, 0644); if (f >= 0 && write(f, \"x\", 1) == 1) throw "
       "std::runtime_error(\"WROTE\"); }" +
           nothing,
       {wrong, forbidden}},
      {"folders without end",
       posix,
       "for (int i = 0;; ++i) mkdir((\"/dev/shm/\" + std::to_string(i)).c_str(), 0755);" + nothing,
       {forbidden}},
      // secrets
      {"reads the canaries", posix, read_all, {wrong}},
      {"shows the environment",
       posix,
       "std::string all; for (char** e = environ; *e; ++e) all += *e; throw std::runtime_error(\"READ[\" + all + "
       "\"]\");",
       {wrong}},
      {"lists folders",
       posix,
       "std::string all; for (const char* p : {\"/\", \"/tmp\", \"/home\", \"/root\", \"/etc\", \"/proc\", \"/work\"}) "
       "if (DIR* d = opendir(p)) while (dirent* e = readdir(d)) all += "
       "std::string(e->d_name) + \" \"; throw std::runtime_error(\"READ[\" + all + \"]\");",
       {wrong}},
      {"looks for our answer in its own program",
       posix,
       "if (void* f = dlsym(RTLD_NEXT, \"_ZN2nn5learnERKN4arma3MatIdEERKNS0_3RowIdEEdyRNS_3RngE\")) return "
       "reinterpret_cast<decltype(&learn)>(f)(X, y, rate, max_epochs, rng);" +
           nothing,
       {wrong}},
      // what is said
      {"terminal escapes, HTML and CI commands",
       posix,
       "throw "
       "std::runtime_error(\"\\x1b[2J\\x1b]0;owned\\a<script>alert(1)</script>\\n::error::x\\n##[error]\\u202e\");",
       {wrong}},
      {"a message that is no UTF-8", posix, "throw std::runtime_error(\"\\xff\\xfe\\xc0\\x80\");", {wrong}},
      {"a message of 50 MB", posix, "throw std::runtime_error(std::string(50000000, 'm'));", {wrong}},
      {"throws a number", posix, "throw 42;", {wrong}},
      {"says it is not written", posix + "#include \"nn/support/todo.hpp\"\n", "todo(\"1.6 learn\");", {not_written}},
      {"returns not-a-number",
       posix,
       "return {{vec{arma::datum::nan, arma::datum::nan}, arma::datum::nan}, 1, true, {}};",
       {wrong}},
      // its own program
      {"its own code rewritten", posix,
       "auto page = reinterpret_cast<std::uintptr_t>(&fire) & ~4095ull; mprotect((void*)page, 8192, PROT_READ | "
       "PROT_WRITE | PROT_EXEC); std::memset((void*)page, 0xc3, 4096);" +
           nothing,
       gone_wrong},
      {"its own write()", "#include <unistd.h>\nextern \"C\" ssize_t write(int, const void*, size_t) { return -1; }",
       "", gone_wrong, 0},
      {"its own malloc()", "#include <cstddef>\nextern \"C\" void* malloc(std::size_t) { return nullptr; }", "",
       gone_wrong, 0},
      {"its own operator new", "#include <new>\nvoid* operator new(std::size_t) { return (void*)16; }", "", gone_wrong,
       0},
  };
  const auto at_build = [&](std::string name, std::string globals, std::set<Verdict> expected, int score = 0) {
    all.push_back({std::move(name), std::move(globals), "", std::move(expected), score});
  };
  const std::set<Verdict> refused = {not_compiling, out_of_memory, timed_out, too_much_output};
  at_build("a main of its own", "int main() { return 0; }", {not_compiling});
  at_build("an entry point of its own", "extern \"C\" void _start() {}", {not_compiling});
  at_build("a table of functions of its own",
           "#include <map>\n#include <string>\nnamespace nn { struct Rng; namespace detail { int served_; } }\nextern "
           "\"C\" int "
           "x asm(\"_ZN2nn6detail6servedB5cxx11Ev\");\nint x = 1;",
           {not_compiling});
  at_build("a generator of its own",
           "#include \"nn/support/random.hpp\"\nstd::uint64_t nn::Rng::operator()() { return 4; }",
           {not_compiling, wrong, timed_out}, -1);
  at_build("a syntax error", "int x = ;", {not_compiling});
  at_build("includes /etc/passwd", "#include \"/etc/passwd\"", {not_compiling});
  at_build("includes a canary", "#include \"@WORLD@\"", {not_compiling});
  at_build("includes our answer", "#include \"@SOLUTION@\"", {not_compiling});
  at_build("includes our tests", "#include \"@TESTS@\"\n#include \"../../../autograder/tests/01-perceptron.cpp\"",
           {not_compiling});
  at_build("includes the environment", "#include \"/proc/self/environ\"", {not_compiling});
  at_build("includes /dev/zero", "#include \"/dev/zero\"", refused);
  at_build("includes /dev/stdin and itself", "#include \"/dev/stdin\"\n#include __FILE__", refused);
  at_build("a canary by .incbin", "asm(\".section .rodata\\n.incbin \\\"@WORLD@\\\"\");", {not_compiling});
  at_build("/dev/zero by .incbin", "asm(\".incbin \\\"/dev/zero\\\"\");", refused);
  at_build("the assembler repeats without end", "asm(\".rept 2000000000\\n.quad 1\\n.endr\");", refused);
  at_build("a canary as the place of an error", "#line 1 \"@WORLD@\"\nint x = ;", {not_compiling});
  at_build("a macro bomb",
           "#define A x,x,x,x,x,x,x,x,x,x\n#define B A,A,A,A,A,A,A,A,A,A\n#define C B,B,B,B,B,B,B,B,B,B\n#define D "
           "C,C,C,C,C,C,C,C,C,C\n#define E "
           "D,D,D,D,D,D,D,D,D,D\n#define F E,E,E,E,E,E,E,E,E,E\n#define G F,F,F,F,F,F,F,F,F,F\n#define H "
           "G,G,G,G,G,G,G,G,G,G\nint x, y[] = {H};",
           refused);
  at_build("a template bomb",
           "template <int N, class T> struct B { struct L : B<N - 1, B> {}; struct R : B<N - 1, L> {}; L l; R r; "
           "};\ntemplate <class T> struct "
           "B<0, T> { char c; };\nB<40, int> bomb;",
           refused);
  at_build("a constant that is never computed",
           "constexpr int f() { int i = 0; while (true) ++i; return i; }\nconstexpr int x = f();", refused);
  at_build("2 GB of data", "char bomb[2000000000] = {1};", refused);
  std::string warnings;
  for (int i = 0; i < 12000; ++i) warnings += "#warning w\n";
  at_build("12,000 warnings", warnings, {too_much_output});
  at_build("an error with escapes", "#error \x1b[2J\xe2\x80\xae<b>", {not_compiling});
  at_build("a byte order mark", "", {passed}, 100);
  all.back().name = "a byte order mark and carriage returns";
  return all;
}

static void replace_all(std::string& text, const std::string& what, const std::string& with) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size())
    text.replace(at, what.size(), with);
}

std::string attacked(const std::string& solution, const Attack& attack, const Places& places) {
  std::string text = attack.globals + "\n" + solution;
  const std::string start = "Learned learn(";
  if (const auto at = text.find(start); !attack.body.empty() && at != std::string::npos)
    text = text.substr(0, text.find('{', at) + 1) + "\n" + attack.body + "\n}\n}  // namespace nn\n";
  for (const auto& [what, path] : {std::pair{"@HOME@", places.home},
                                   {"@ETC@", places.etc},
                                   {"@TESTS@", places.tests},
                                   {"@SOLUTION@", places.solution},
                                   {"@WORLD@", places.world}})
    replace_all(text, what, path.string());
  if (attack.name.find("byte order mark") != std::string::npos) {
    replace_all(text, "\n", "\r\n");
    text = "\xef\xbb\xbf" + text;
  }
  return text;
}

}  // namespace grader
