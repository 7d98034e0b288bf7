// Writes what the tests, the grader and the catalogue of mistakes need to know of the contracts:
//
//   contracts ROOT OUT 03=nn/activations.hpp=sigmoid,softmax ...
//
//   OUT/03.inc            CONTRACT(sigmoid, (mat Z), (Z), mat) for each function that the header declares
//   OUT/activations.hpp   nn/activations.hpp, and what is known of it: members of structs, names of enums and of
//   arguments;
//                         the same for each header of nn/ that it includes
//   OUT/contracts.d       the headers that were read, for the build
//
// What a header declares must be exactly the functions that its lesson.json names; else the difference is printed.
#include <algorithm>
#include <cstdio>

#include "autograder/contracts/header.hpp"

namespace contracts {

namespace {

/// "03=nn/activations.hpp=sigmoid,softmax"
struct Lesson {
  std::string number, header;
  std::vector<std::string> functions;
};

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0, end = 0; end != text.npos; begin = end + 1) {
    end = text.find(at, begin);
    parts.push_back(text.substr(begin, end == text.npos ? end : end - begin));
  }
  return parts;
}

std::string read_file(const std::string& path) {
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (!file) throw std::runtime_error(path + ": cannot be read");
  std::string text;
  char buffer[1 << 14];
  while (const std::size_t n = std::fread(buffer, 1, sizeof buffer, file)) text.append(buffer, n);
  std::fclose(file);
  return text;
}

/// What has not changed is not touched, so that nothing is compiled again for it.
void write_file(const std::string& path, const std::string& text) {
  if (std::FILE* old = std::fopen(path.c_str(), "rb")) {
    std::fclose(old);
    if (read_file(path) == text) return;
  }
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (!file) throw std::runtime_error(path + ": cannot be written");
  const bool written = std::fwrite(text.data(), 1, text.size(), file) == text.size();
  if (std::fclose(file) != 0 || !written) throw std::runtime_error(path + ": cannot be written");
}

template <class Items, class Text>
std::string joined(const Items& items, const char* separator, Text text) {
  std::string all;
  for (const auto& item : items) all += (all.empty() ? "" : separator) + text(item);
  return all;
}
std::string joined(const std::vector<std::string>& items) {
  return joined(items, ", ", [](const std::string& item) { return item; });
}

std::string contract(const Function& f) {
  const std::string declared = joined(f.parameters, ", ", [](const Parameter& p) { return p.type + " " + p.name; });
  const std::string names = joined(f.parameters, ", ", [](const Parameter& p) { return p.name; });
  return "CONTRACT(" + f.name + ", (" + declared + "), (" + names + "), " + f.result + ")\n";
}

std::string described(const Struct& s) {
  if (s.members.empty()) return "NN_NO_FIELDS(" + s.name + ")\n";
  return "NN_FIELDS(" + s.name + ", " + joined(s.members) + ")\n";
}

std::string described(const Enum& e) {
  return "NN_NAMES(" + e.name + ", " +
         joined(e.names, ", ", [&](const std::string& n) { return "{" + e.name + "::" + n + ", \"" + n + "\"}"; }) +
         ")\n";
}

/// Throws when the header declares other functions than the lesson's tasks name.
void compare(const Lesson& lesson, const Header& header) {
  std::vector<std::string> declared, undeclared, unnamed;
  for (const Function& f : header.functions) declared.push_back(f.name);
  const auto has = [](const std::vector<std::string>& all, const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
  };
  for (const std::string& name : lesson.functions)
    if (!has(declared, name) && !has(undeclared, name)) undeclared.push_back(name);
  for (const std::string& name : declared)
    if (!has(lesson.functions, name) && !has(unnamed, name)) unnamed.push_back(name);
  std::string difference;
  if (!undeclared.empty())
    difference += "\n  lesson.json names, but the header does not declare: " + joined(undeclared);
  if (!unnamed.empty()) difference += "\n  the header declares, but lesson.json names in no task: " + joined(unnamed);
  if (!difference.empty())
    throw std::runtime_error(lesson.header + " and the functions in lesson " + lesson.number +
                             "'s lesson.json differ:" + difference);
}

class Writer {
 public:
  Writer(std::string root, std::string out, std::vector<Lesson> lessons)
      : root_(std::move(root)), out_(std::move(out)), lessons_(std::move(lessons)) {}

  void run() {
    for (const Lesson& lesson : lessons_) describe(lesson.header);
    std::string dependencies = "contracts/contracts.d:";
    for (const std::string& path : described_) dependencies += " " + escaped(root_ + "/" + path);
    write_file(out_ + "/contracts.d", dependencies + "\n");
  }

 private:
  /// What stands in the header, after what stands in those of nn/ that it includes.
  void describe(const std::string& path) {
    if (std::find(described_.begin(), described_.end(), path) != described_.end()) return;
    described_.push_back(path);
    const Header header = parse(path);
    std::string text = "// Made from " + path + " by autograder/contracts.\n#pragma once\n\n#include \"" + path +
                       "\"\n#include \"autograder/contracts/described.hpp\"\n";
    for (const std::string& included : header.includes) {
      if (included.rfind("nn/", 0) != 0) continue;
      describe(included);
      text += "#include \"contracts/" + included.substr(3) + "\"\n";
    }
    text += "\nnamespace nn {\n";
    for (const Enum& e : header.enums) text += described(e);
    for (const Struct& s : header.structs) text += described(s);
    for (const Lesson& lesson : lessons_) {
      if (lesson.header != path) continue;
      write_contracts(lesson, header);
      text += "#define CONTRACT NN_ARGUMENTS\n#include \"contracts/" + lesson.number + ".inc\"\n#undef CONTRACT\n";
    }
    write_file(out_ + "/" + path.substr(3), text + "}  // namespace nn\n");
  }

  void write_contracts(const Lesson& lesson, const Header& header) const {
    compare(lesson, header);
    std::string lines = "// Made from " + lesson.header + ".\n";
    for (const Function& f : header.functions) lines += contract(f);
    write_file(out_ + "/" + lesson.number + ".inc", lines);
  }

  Header parse(const std::string& path) const {
    try {
      return parse_header(read_file(root_ + "/" + path));
    } catch (const ParseError& e) {
      throw std::runtime_error(path + ":" + e.what());
    }
  }

  static std::string escaped(const std::string& path) {
    std::string text;
    for (const char c : path) {
      if (c == ' ' || c == '#') text += '\\';
      if (c == '$') text += '$';
      text += c;
    }
    return text;
  }

  std::string root_, out_;
  std::vector<Lesson> lessons_;
  std::vector<std::string> described_;
};

}  // namespace

}  // namespace contracts

int main(int argc, char** argv) {
  try {
    if (argc < 4) throw std::runtime_error("usage: contracts ROOT OUT NUMBER=HEADER=FUNCTION,... ...");
    std::vector<contracts::Lesson> lessons;
    for (int i = 3; i < argc; ++i) {
      const auto parts = contracts::split(argv[i], '=');
      if (parts.size() != 3 || parts[1].rfind("nn/", 0) != 0)
        throw std::runtime_error(std::string(argv[i]) + ": expected NUMBER=nn/HEADER=FUNCTION,...");
      lessons.push_back({parts[0], parts[1], contracts::split(parts[2], ',')});
    }
    contracts::Writer(argv[1], argv[2], lessons).run();
  } catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return 1;
  }
}
