// Attacks on the compiler and the linker, and code that they refuse.
#include "autograder/grader/tests/corpus.hpp"

namespace grader {

using enum Verdict;

std::vector<Attack> build_attacks() {
  std::vector<Attack> all;
  const auto at_build = [&](std::string name, std::string globals, std::set<Verdict> expected,
                            Score score = Score::none) {
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
           "#include \"nn/support/random.hpp\"\nstd::uint64_t nn::Rng::operator()() { return 4; }", {not_compiling});
  at_build("a syntax error", "int x = ;", {not_compiling});
  at_build("includes /etc/passwd", "#include \"/etc/passwd\"", {not_compiling});
  at_build("includes a canary", "#include \"@WORLD@\"", {not_compiling});
  at_build("includes our answer", "#include \"@SOLUTION@\"", {not_compiling});
  at_build("includes our tests", "#include \"@TESTS@\"\n#include \"../../../autograder/tests/01-perceptron.cpp\"",
           {not_compiling});
  at_build("includes the environment", "#include \"/proc/self/environ\"", {not_compiling});
  // where something must stand: Clang takes a device for an empty file, and of the rest nothing would be wrong
  at_build("includes /dev/zero", "static_assert(\n#include \"/dev/zero\"\n);", refused);
  at_build("includes /dev/stdin and itself", "#include \"/dev/stdin\"\n#include __FILE__", refused);
  at_build("a canary by .incbin", "asm(\".section .rodata\\n.incbin \\\"@WORLD@\\\"\");", {not_compiling});
  at_build("/dev/zero by .incbin", "asm(\".incbin \\\"/dev/zero\\\"\");", refused);
  at_build("the assembler repeats without end", "asm(\".rept 2000000000\\n.quad 1\\n.endr\");", refused);
  at_build("a canary as the place of an error", "#line 1 \"@WORLD@\"\nint x = ;", {not_compiling});
  at_build("a name that reads as if the compiler had been killed",
           "#line 1 \"nowhere\"\n#include \"Killed signal terminated program cc1plus\"", {not_compiling});
  at_build(
      "the assembler says that it was killed",
      "asm(\".print \\\"g++: fatal error: Killed signal terminated program as\\ncompilation terminated.\\\"\\n.err\");",
      {not_compiling});
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
  at_build("the second definition of a function",
           "#include \"nn/perceptron.hpp\"\nnn::real nn::step(nn::real) { return 1; }", {not_compiling});
  at_build("a function with another signature", "#define step(a) step(a, int)\n", {not_compiling});
  at_build("a keyword renamed by a macro", "#define return throw\n", {not_compiling});
  at_build("the compiler's own program asked to run one", "#pragma GCC plugin(\"/tmp/x.so\")\n#error stop",
           {not_compiling});
  // stops either way: under Landlock g++ takes a question about what it may not see for an error
  at_build("a canary asked for by __has_include",
           "#if __has_include(\"@WORLD@\") || __has_include(\"@SOLUTION@\") || __has_include(\"/etc/passwd\")\n#error "
           "WROTE\n#endif\n#error stop",
           {not_compiling});
  at_build("our workers by .incbin", "asm(\".incbin \\\"@KIT@/workers/libworker_02.a\\\"\");", {not_compiling});
  at_build("code that only a linker compiles",
           "asm(\".section .llvmbc,\\\"\\\",@progbits\\n.ascii \\\"BC\\\"\\n.text\");", {not_compiling});
  at_build("libraries that only an object file names",
           "asm(\".section .deplibs,\\\"MS\\\",@progbits,1\\n.asciz \\\"crypto\\\"\\n.text\");", {not_compiling});
  at_build("an object of 1 GB without a byte in it", "asm(\".org 1000000000\");", refused);
  at_build("includes nested without end", "#include __FILE__", refused);
  at_build("brackets without end", "int x = " + std::string(300000, '('), refused);
  at_build("a line of 400 KB", "// " + std::string(400000, 'x'), {passed}, Score::all);
  at_build("a section of its own before main",
           "static void early() { _exit(0); }\n__attribute__((section(\".init_array\"), used)) static void (*entry)() "
           "= early;",
           gone_wrong);
  at_build(
      "a function that is chosen when the program is loaded",
      "extern \"C\" { static int leave() { return 0; } static int (*choose())() { _exit(0); return leave; } int odd() "
      "__attribute__((ifunc(\"_ZL6choosev\"))); } int (*use)() = odd;",
      {not_compiling, crashed});
  at_build("an error with escapes", "#error \x1b[2J\xe2\x80\xae<b>", {not_compiling});
  at_build("a byte order mark", "", {passed}, Score::all);
  all.back().name = "a byte order mark and carriage returns";
  at_build("its files compile one by one, and not as one",
           "#include \"nn/training.hpp\"\n[[gnu::weak]] nn::mat nn::scale_pixels(const bytes&) { return {}; }",
           {passed}, Score::all);
  all.back().target = train;
  for (Attack& attack : all)
    attack.costly =
        attack.name == "a macro bomb" || attack.name == "a template bomb" || attack.name == "brackets without end";
  return all;
}

}  // namespace grader
