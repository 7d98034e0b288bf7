// Object files that are not to be linked but to be compiled, by a linker that has a compiler for a plugin.
#include <fmt/format.h>

#include <set>
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

/// The functions of nn that an archive asks others for, or those that it has.
std::set<std::string> functions_of(const fs::path& archive, bool asked_for) {
  std::istringstream lines(run_here({"nm", "-g", archive.string()}));
  std::set<std::string> names;
  for (std::string line; std::getline(lines, line);)
    if (const auto at = line.find(" _ZN2nn"); at != std::string::npos)
      if ((line.find(" U ") != std::string::npos) == asked_for) names.insert(line.substr(at + 1));
  return names;
}

/// What lesson 1's worker needs of an answer.
std::set<std::string> functions_of_an_answer(const fs::path& kit) {
  const fs::path worker = kit / "workers/libworker_01.a";
  std::set<std::string> names = functions_of(worker, true);
  for (const fs::path& ours : {worker, kit / "workers/libnn_support.a"})
    for (const std::string& name : functions_of(ours, false)) names.erase(name);
  return names;
}

}  // namespace

fs::path object_for_the_linker(const std::string& compiler, const fs::path& kit, const fs::path& scratch,
                               const std::string& assembly) {
  fs::create_directories(scratch);
  std::string text = fmt::format("asm(\".pushsection .rodata\\n{}\\n.popsection\");\n", assembly);
  int count = 0;
  for (const std::string& name : functions_of_an_answer(kit))
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
