// Object files that are not to be linked but to be compiled, by a linker that has a compiler for a plugin.
#include <fmt/format.h>

#include <sstream>

#include "autograder/grader/object_file.hpp"
#include "autograder/grader/tests/corpus.hpp"
#include "base/process.hpp"

namespace grader {

namespace {

std::string run_here(const std::vector<std::string>& command) {
  const base::Outcome outcome = base::capture({command, {}, {}, 60.0});
  if (!outcome.ok()) throw Unavailable(fmt::format("{}: {}", command[0], outcome.output));
  return outcome.output;
}

std::string octal(const std::string& bytes) {
  std::string text;
  for (const unsigned char c : bytes)
    text +=
        c >= 32 && c < 127 && c != '"' && c != '\\' && c != '?' ? std::string(1, char(c)) : fmt::format("\\{:03o}", c);
  return text;
}

}  // namespace

fs::path object_for_the_linker(const std::string& compiler, const fs::path& kit, const fs::path& scratch,
                               const std::string& assembly) {
  fs::create_directories(scratch);
  std::string text = fmt::format("asm(\".pushsection .rodata\\n{}\\n.popsection\");\n", assembly);
  std::istringstream symbols(
      run_here({"nm", "-g", "--defined-only", (kit / "reference/01-perceptron.cpp.o").string()}));
  int count = 0;
  for (std::string address, kind, name; symbols >> address >> kind >> name;)
    if (kind == "T" && name.rfind("_ZN2nn", 0) == 0)
      text += fmt::format("extern \"C\" int f{0}() asm(\"{1}\");\nint f{0}() {{ return 0; }}\n", count++, name);
  if (count == 0) throw Unavailable("lesson 1 defines no functions");
  base::write_file(scratch / "sections.cpp", text);
  const fs::path object = scratch / "sections.o";
  run_here({compiler, "-O1", "-flto", "-c", (scratch / "sections.cpp").string(), "-o", object.string()});
  return object;
}

std::string source_for_the_linker(const fs::path& kit, const fs::path& scratch, const std::string& assembly) {
  std::string text = "asm(R\"~~(\n";
  int count = 0;
  for (const Section& section : sections_of(object_for_the_linker("g++", kit, scratch, assembly))) {
    if (section.name.rfind(".gnu.lto_", 0) != 0) continue;
    text += fmt::format(".section {},\"e\",@progbits\n", section.name);
    for (std::size_t at = 0; at < section.bytes.size(); at += 500)
      text += fmt::format(".ascii \"{}\"\n", octal(section.bytes.substr(at, 500)));
    ++count;
  }
  if (count == 0) throw Unavailable("g++ -flto makes no sections for the linker here");
  return text + ".comm __gnu_lto_slim,1,1\n.text\n)~~\");\n";
}

}  // namespace grader
