// Attacks on the conversation between a worker and the tests: rubbish, forged answers, callbacks that were not lent.
// And the making of an attacked file.
#include "autograder/grader/tests/corpus.hpp"

namespace grader {

using enum Verdict;

/// A worker of the attacker's own, before main: it reads each question and does `reply` with h (its header) and body.
static std::string impostor(const std::string& reply) {
  return R"(
struct H { unsigned magic, kind; unsigned long long id, size; };
static void take(void* to, size_t n) {
  for (char* p = (char*)to; n > 0;) { auto k = read(100, p, n); if (k <= 0) _exit(0); p += k; n -= size_t(k); }
}
static void say(unsigned kind, unsigned long long id, const std::string& body) {
  H h{0x4e4e5250, kind, id, body.size()};
  std::string all((const char*)&h, sizeof h);
  all += body;
  if (write(101, all.data(), all.size()) < 0) _exit(1);
}
__attribute__((constructor)) static void serve_alone() {
  for (;;) { H h; take(&h, sizeof h); std::string body(h.size, 0); take(body.data(), body.size()); )" +
         reply + " }\n}\n";
}

std::vector<Attack> pipe_attacks() {
  const std::string nothing = " return {};", one = "std::string one(8, 0); one[6] = char(0xf0); one[7] = 0x3f; ";
  std::vector<Attack> all = {
      // the pipe to the tests
      {"rubbish on the pipe",
       "",
       "for (int i = 0; i < 9; ++i) write(101, \"rubbishrubbishrubbish\", 21);" + nothing,
       {crashed}},
      {"a forged answer",
       "",
       "unsigned long long h[3] = {0x44e4e5250ull, 0, 0}; write(101, h, 24);" + nothing,
       {crashed}},
      {"a message of 2^60 bytes",
       "",
       "unsigned long long h[3] = {0x44e4e5250ull, 0, 1ull << 60}; write(101, h, 24);" + nothing,
       {too_much_output}},
      {"half a message",
       "",
       "unsigned long long h[3] = {0x44e4e5250ull, 0, 100}; write(101, h, 24); pause();" + nothing,
       {timed_out}},
      {"the pipe closed", "", "close(101);" + nothing, {crashed}},
      {"every descriptor closed",
       "",
       "for (int i = 0; i < 256; ++i) close(i); pause();" + nothing,
       {timed_out, crashed}},
      {"the next question stolen", "", "char b[99]; read(100, b, 99);" + nothing, {timed_out, crashed}},
      {"forged events on stdout",
       "",
       "std::puts(\"{\\\"event\\\":\\\"begin\\\",\\\"tags\\\":\\\"[01][1.6]\\\"}\\n{\\\"event\\\":\\\"end\\\","
       "\\\"checks\\\":99}\"); std::fflush(stdout); _exit(0);",
       {crashed}},
      {"an answer before any question",
       "__attribute__((constructor)) static void early() { for (int i = 0; i < 99; ++i) write(101, "
       "\"PRNN\\4\\0\\0\\0\", 8); }",
       "", gone_wrong, Score::none},
  };
  all.push_back({"answers slowly, a byte a second", "", "for (;;) sleep(1), write(101, \"P\", 1);", {timed_out}});
  const auto impostors = [&](const std::string& name, const std::string& reply, std::set<Verdict> expected) {
    all.push_back({name, impostor(reply), "", std::move(expected), Score::none});
  };
  impostors("answers every question with 1", one + "say(4, h.id, one);", gone_wrong);
  impostors("answers every question twice", one + "say(4, h.id, one); say(4, h.id, one);", gone_wrong);
  impostors("answers the next question too", one + "say(4, h.id, one); say(4, h.id + 1, one);", gone_wrong);
  impostors("answers another question", one + "say(4, h.id + 1, one);", {crashed});
  impostors("answers a question with that question", "say(h.kind, h.id, body);", {crashed});
  impostors("a message of no known kind", "say(77, h.id, body);", {crashed});
  impostors("a message with another beginning", "h.magic = 1; h.size = 0; write(101, &h, sizeof h);", {crashed});
  impostors("an empty answer", "say(4, h.id, \"\");", {crashed});
  impostors("an answer that is too long", "say(4, h.id, std::string(999, 0));", {crashed});
  impostors("a matrix of 2^60 entries",
            "unsigned long long size[9] = {1ull << 60, 1, 1ull << 60}; say(4, h.id, {(char*)size, 72});", {crashed});
  impostors("an exception of no known kind", "say(5, h.id, std::string(1, 99) + std::string(16, 0));", {crashed});
  impostors("an exception that nobody threw", "say(5, h.id, std::string(1, 5) + std::string(16, 0));", {crashed});
  impostors("every question refused as if it were wrong", "say(5, h.id, std::string(1, 1) + std::string(16, 0));",
            {wrong});
  impostors("not written, in the words of another task",
            "std::string text = \"7.8 train\"; unsigned long long n = text.size(); say(5, h.id, std::string(1, 2) + "
            "std::string((char*)&n, 8) + text + std::string(8, 0));",
            {wrong, not_written});
  impostors("calls back without end", "for (;;) say(6, h.id, std::string(4, 0));", {crashed});
  // a function that was lent one to call
  const auto callbacks = [&](const std::string& name, const std::string& globals, const std::string& body,
                             std::set<Verdict> expected) {
    all.push_back({name, globals, body, std::move(expected), Score::others, gradient_descent});
  };
  const std::string kept = "static std::function<nn::vec(const nn::vec&)> kept;";
  callbacks("calls what it was lent without end", "", "for (;;) gradient(x0);", {timed_out});
  callbacks("keeps what it was lent and calls it later", kept,
            "if (kept) kept(x0); kept = gradient; return mat(x0.n_elem, steps + 1);", gone_wrong);
  callbacks(
      "calls what it was lent from another thread", "",
      "for (int i = 0; i < 4; ++i) std::thread([gradient, x0] { for (;;) gradient(x0); }).detach(); usleep(100000); "
      "return mat(x0.n_elem, steps + 1);",
      gone_wrong);
  callbacks("lends something of another shape", "", "return gradient(vec(1000, arma::fill::zeros));", gone_wrong);
  callbacks("lends 100 MB", "", "return gradient(vec(13000000, arma::fill::zeros));", gone_wrong);
  callbacks("calls a function that it was not lent", "",
            "unsigned long long h[3] = {0x64e4e5250ull, 0, 4}; write(101, h, 24); write(101, \"\\7\\0\\0\\0\", 4); "
            "return {};",
            {crashed});
  callbacks("a callback's answer of its own", "",
            "unsigned long long h[3] = {0x24e4e5250ull, 0, 0}; write(101, h, 24); return {};", {crashed});
  callbacks("leaves in the middle of a callback", "",
            "std::thread([] { usleep(1000); _exit(0); }).detach(); for (;;) gradient(x0);", {crashed});
  callbacks("swallows every exception of what it was lent", "",
            "for (uword i = 0; i < steps; ++i) try { gradient(x0); } catch (...) {} "
            "return mat(x0.n_elem, steps + 1);",
            {wrong});
  // values that our own tests must live with
  const auto values = [&](const std::string& name, const Target& target, const std::string& body) {
    all.push_back({name, "", body, gone_wrong, Score::any, target});
  };
  values("an empty matrix to the function whose gradient is checked", check_gradient, "return {f(mat()), 0, 0, 0, 0};");
  values("a trained network of 70,000 layers", train_full_batch,
         "if (steps != 400) return {}; return {Network(70000, network.at(0)), vec(steps + 1)};");
  values("a history of 1,900,000 epochs", train,
         "Run run; run.network = network; run.history.resize(1900000); return run;");
  return all;
}

static void replace_all(std::string& text, const std::string& what, const std::string& with) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size())
    text.replace(at, what.size(), with);
}

static const char* const headers =
    "#include <fcntl.h>\n#include <sys/mman.h>\n#include <sys/prctl.h>\n#include <sys/ptrace.h>\n#include "
    "<sys/resource.h>\n#include <sys/socket.h>\n"
    "#include <sys/stat.h>\n#include <sys/syscall.h>\n#include <sys/mount.h>\n#include <sched.h>\n#include <unistd.h>\n"
    "#include <csignal>\n#include <cstdio>\n#include <cstdlib>\n#include <cstring>\n#include <fstream>\n#include "
    "<mutex>\n"
    "#include <thread>\n#include <dlfcn.h>\n#include <dirent.h>\n#include \"nn/support/random.hpp\"\n"
    "#pragma GCC diagnostic ignored \"-Wunused-result\"\n";

std::string attacked(const std::string& solution, const Attack& attack, const Places& places) {
  std::string text = solution;
  if (!attack.body.empty()) {
    const auto start = text.find(attack.target.function), open = text.find("{\n", start),
               close = text.find("\n}\n", open);
    if (start == std::string::npos || close == std::string::npos)
      throw std::runtime_error(attack.name + ": our answer has no " + attack.target.function);
    std::string body = attack.body;
    replace_all(body, "@HONEST@", text.substr(open + 2, close - open - 2));
    text.replace(open + 2, close - open - 2, body);
  }
  text = headers + attack.globals + "\n" + text;
  for (const auto& [what, path] : {std::pair{"@HOME@", places.home},
                                   {"@ETC@", places.etc},
                                   {"@TESTS@", places.tests},
                                   {"@SOLUTION@", places.solution},
                                   {"@WORLD@", places.world},
                                   {"@KIT@", places.kit}})
    replace_all(text, what, path.string());
  replace_all(text, "@PORT@", std::to_string(places.port));
  if (attack.name.find("byte order mark") != std::string::npos) {
    replace_all(text, "\n", "\r\n");
    text = "\xef\xbb\xbf" + text;
  }
  return text;
}

}  // namespace grader
