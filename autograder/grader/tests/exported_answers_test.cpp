// grader_exported_answers: what students get of a lesson's tests (./course export) answers none of its tasks. Each
// function there, and in the code that every export holds, that takes and returns what a function of the lesson does is
// put into the stub in its place, with what it needs, and graded; as are our own tests, in which such functions do
// stand, so that the search is known to find.
//
//   grader_exported_answers KIT REPOSITORY [LESSON]
#include <fmt/format.h>

#include <algorithm>
#include <regex>

#include "autograder/grader/grade.hpp"
#include "autograder/grader/tests/tally.hpp"
#include "base/oracles.hpp"
#include "base/stubs.hpp"

namespace grader {

namespace {

struct Function {
  std::string name, result, parameters;  ///< the parameters as they are written
  std::vector<std::string> types, names;
};

/// "const std::vector<mat>& masks" to "std::vector<mat>" and "masks".
void add_parameter(Function& function, std::string text) {
  text = std::regex_replace(text, std::regex(R"(\s*=.*$|\bconst\b|\bnn::|&)"), "");
  text = std::regex_replace(text, std::regex(R"(\s+)"), " ");
  std::smatch found;
  const bool named = std::regex_match(text, found, std::regex(R"( *(.*[\w>]) +(\w+) *)"));
  function.types.push_back(named ? found[1].str() : text);
  function.names.push_back(named ? found[2].str() : "");
}

Function function_of(const std::string& name, const std::string& result, const std::string& parameters) {
  Function function{name, result, parameters, {}, {}};
  std::string one;
  int depth = 0;
  for (const char c : parameters + ",") {
    depth += c == '<' || c == '(' || c == '{' ? 1 : c == '>' || c == ')' || c == '}' ? -1 : 0;
    if (c == ',' && depth == 0) add_parameter(function, one), one.clear();
    else one += c;
  }
  return function;
}

/// No templates.
std::vector<Function> all_of(const std::string& text, const std::regex& pattern) {
  std::vector<Function> all;
  for (std::sregex_iterator it(text.begin(), text.end(), pattern), end; it != end; ++it)
    if (it->position() == 0 || text[std::size_t(it->position()) - 1] != '>')
      all.push_back(function_of((*it)[2], (*it)[1], (*it)[3]));
  return all;
}

/// Functions at file scope, and oracles that still have one.
std::vector<Function> functions_in(const std::string& tests) {
  std::vector<Function> all =
      all_of(tests, std::regex(R"re((?:^|\n)(?:static |inline )+([\w:<>, ]+?) (\w+)\(([^;{}()]*)\) \{)re"));
  const std::regex oracle(
      R"re((?:^|\n)static const auto (\w+) =\s+oracle<([^;(]*)>\(\s*"[^"]*",\s*\[\]\(([^;{}()]*)\))re");
  for (std::sregex_iterator it(tests.begin(), tests.end(), oracle), end; it != end; ++it)
    all.push_back(function_of((*it)[1], (*it)[2], (*it)[3]));
  return all;
}

std::vector<Function> functions_asked_for(const std::string& stub) {
  return all_of(stub, std::regex(R"re(\n([\w:<>, ]+?) (\w+)\(([^;{}]*?)\) \{\n  todo\()re"));
}

/// The calls of `answer` that have its types: with all arguments of `asked`, or all but one.
std::vector<std::string> calls(const Function& answer, const Function& asked) {
  std::vector<std::string> found;
  if (answer.result != asked.result || answer.types.empty()) return found;
  for (std::size_t without = 0; without <= asked.types.size(); ++without) {
    std::vector<std::string> types = asked.types, names = asked.names;
    if (without < types.size()) {
      types.erase(types.begin() + std::ptrdiff_t(without));
      names.erase(names.begin() + std::ptrdiff_t(without));
    }
    if (types != answer.types) continue;
    std::string arguments;
    for (const std::string& name : names) arguments += (arguments.empty() ? "" : ", ") + name;
    found.push_back(fmt::format("{}({})", answer.name, arguments));
  }
  return found;
}

/// What stands at file scope, in pieces; no tests, no comments.
std::vector<std::string> pieces_of(std::string tests) {
  static const std::regex comment("(^|\n) *//[^\n]*");
  tests.resize(std::min(tests.size(), tests.rfind("\n}  // namespace nn")));
  tests = std::regex_replace(tests, comment, "");
  std::vector<std::string> pieces;
  std::size_t at = tests.find("namespace nn {\n");
  for (at = tests.find("\n\n", at); at != std::string::npos;) {
    const std::size_t begin = at + 2;
    do at = tests.find("\n\n", at + 2);
    while (at != std::string::npos && (tests[at + 2] == ' ' || tests[at + 2] == '}'));
    const std::string piece = tests.substr(begin, at == std::string::npos ? at : at - begin);
    const bool code = std::regex_search(piece, std::regex(R"((?:^|\n)(static|template|inline|struct|using) )"));
    if (code && piece.find("TEST_CASE(") == std::string::npos) pieces.push_back(piece);
  }
  return pieces;
}

bool says(const std::string& text, const std::string& name) {
  const auto of_a_word = [&](std::size_t at) {
    return at < text.size() && (std::isalnum(text[at]) || text[at] == '_');
  };
  for (std::size_t at = 0; (at = text.find(name, at)) != std::string::npos; at += name.size())
    if (!of_a_word(at - 1) && !of_a_word(at + name.size())) return true;
  return false;
}

std::string defined_in(const std::string& piece) {
  std::smatch found;
  const std::regex name(
      R"((?:^|\n)(?:static|template <[^\n]*>\nstatic|inline|struct|using)\b[^\n]*?\b(\w+)(?=\(| = | =\n| \{|\{|\[))");
  return std::regex_search(piece, found, name) ? found[1].str() : "";
}

/// The function, and what it stands on.
std::string cut_out(const std::vector<std::string>& pieces, const std::string& name) {
  std::vector<bool> in(pieces.size());
  std::string all = name;
  for (bool more = true; more;) {
    more = false;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      const std::string defined = defined_in(pieces[i]);
      if (in[i] || defined.empty() || !says(all, defined)) continue;
      in[i] = more = true;
      all += pieces[i];
    }
  }
  std::string out;
  for (std::size_t i = 0; i < pieces.size(); ++i)
    if (in[i]) out += pieces[i] + "\n\n";
  return out;
}

constexpr const char* instead_of_the_tests = R"(
template <class Result, class Body>
auto oracle(const char*, Body body) {
  return body;
}
template <class Result>
auto oracle(const char*) {
  return [](const auto&...) { return Result{}; };
}
)";

/// What students have: tests and sources, which can be copied, or a header of nn/, which can be included.
struct Source {
  std::string text, header = {};
};

struct Answer {
  std::string function, call, code, header;
};

struct Found {
  std::vector<std::string> tasks;  ///< that are answered
  std::size_t answers = 0;
};

/// What only accepts too much is one line from an answer.
bool answers_it(const TaskReport& task) {
  return task.verdict == Verdict::passed ||
         (!task.failures.empty() && std::all_of(task.failures.begin(), task.failures.end(), [](const auto& failure) {
           return failure.find("these arguments do not fit") != std::string::npos;
         }));
}

/// Everything that could be an answer in these texts of tests, graded.
Found answered_by(const Kit& kit, const Sandbox& sandbox, const WorkFolder& work, const base::Lesson& lesson,
                  const fs::path& root, const std::vector<Source>& sources, const std::string& name) {
  std::map<std::string, std::vector<Answer>> answers;
  std::map<std::string, std::string> stubs;
  std::size_t most = 0;
  Found found;
  for (const std::string& file : lesson.files) {
    const std::string path = lesson.name + "/" + file;
    stubs[path] = base::stub_of({root, {lesson}}, lesson, file).text;
    const std::vector<Function> all_asked = functions_asked_for(stubs[path]);
    for (const auto& [text, header] : sources)
      for (const Function& one : functions_in(text))
        for (const Function& asked : all_asked)
          for (const std::string& call : calls(one, asked)) {
            auto& those = answers[asked.name + "(" + asked.parameters];
            those.push_back({asked.name, call, header.empty() ? cut_out(pieces_of(text), one.name) : "", header});
            most = std::max(most, those.size());
            ++found.answers;
          }
  }
  Kit asked = kit;  // of the tasks only that have an answer
  for (base::Lesson& one : asked.project.lessons)
    if (one.number == lesson.number)
      std::erase_if(one.tasks, [&](const base::Task& task) {
        return std::none_of(answers.begin(), answers.end(), [&](const auto& answer) {
          return std::count(task.functions.begin(), task.functions.end(), answer.second.at(0).function) > 0;
        });
      });
  for (std::size_t k = 0; k < most; ++k) {
    Submission submission;
    for (auto [path, text] : stubs) {
      std::string code, headers;
      for (const auto& [signature, those] : answers) {
        const Answer& answer = those[k % those.size()];
        const auto at = text.find(" " + signature + ") {\n");
        if (at == std::string::npos) continue;
        const auto body = text.find("{\n", at) + 2;
        text.replace(body, text.find("\n}\n", body) - body, "  return " + answer.call + ";");
        if (!answer.header.empty())
          headers +=
              "#include \"" + answer.header + "\"\nnamespace nn {\nnamespace detail {}\nusing namespace detail;\n}\n";
        std::string fresh;
        for (const std::string& piece : pieces_of("namespace nn {\n\n" + answer.code))
          if (code.find(piece) == std::string::npos) fresh += piece + "\n\n";
        code += fresh;
      }
      text.insert(text.find("namespace nn {\n") + 15, instead_of_the_tests + code);
      text = "#include <algorithm>\n#include <array>\n#include <cmath>\n" + headers + text;
      submission.sources[path].text = text;
    }
    Order order;
    order.seed = 20260101;
    order.lessons = {lesson.number};
    order.second_opinion = false;
    const Report report = grade(asked, sandbox, submission, order, work.make(fmt::format("{}-{}", name, k)));
    for (const TaskReport& task : report.lessons.at(0).tasks)
      if (answers_it(task)) found.tasks.push_back(task.id);
    if (!report.lessons[0].compiler.empty())
      expect(false, lesson.name + ": what may be an answer is cut out so that it compiles", report.lessons[0].compiler);
  }
  return found;
}

/// What every export holds beside its lessons.
std::vector<Source> shared_code(const fs::path& root) {
  std::vector<fs::path> files;
  for (const char* folder : {"autograder/tests/support", "nn/support", "tools/figures", "tools/threads"})
    for (const auto& entry : fs::directory_iterator(root / folder))
      if (entry.path().extension() == ".cpp" || entry.path().extension() == ".hpp") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<Source> sources;
  for (const fs::path& file : files) {
    const std::string path = file.lexically_relative(root).string();
    const bool included = path.rfind("nn/", 0) == 0 && file.extension() == ".hpp";
    sources.push_back({base::read_file(file), included ? path : ""});
  }
  return sources;
}

int run(const fs::path& kit_folder, const fs::path& root, const std::string& only) {
  const WorkFolder work;
  const Kit kit = reachable(Kit::load(kit_folder), work);
  const Sandbox sandbox = Sandbox::strongest();
  std::size_t searched = 0;
  const auto tests_of = [&](const base::Lesson& lesson) {
    return base::read_file(root / "autograder/tests" / (lesson.name + ".cpp"));
  };
  std::vector<Source> exported = shared_code(root);
  expect(exported.size() > 20, "the code beside the lessons is searched, too",
         fmt::format("{} files", exported.size()));
  for (const base::Lesson& lesson : kit.project.lessons) {
    exported.push_back({base::without_oracles(tests_of(lesson))});
    if (!only.empty() && lesson.number != only) continue;
    ++searched;
    const Found found = answered_by(kit, sandbox, work, lesson, root, exported, lesson.number);
    expect(found.tasks.empty(),
           fmt::format("{}: none of {} functions that may be an answer is one", lesson.name, found.answers),
           fmt::format("{}", fmt::join(found.tasks, " ")));
  }
  const base::Lesson& second = kit.project.lessons.at(1);
  const Found ours = answered_by(kit, sandbox, work, second, root, {{tests_of(second)}}, "ours");
  expect(ours.tasks == std::vector<std::string>{"2.4", "2.5"}, "our own tests of lesson 2 answer two tasks",
         fmt::format("of {} functions: {}", ours.answers, fmt::join(ours.tasks, " ")));
  fmt::print("{} of {} as they must be; exported answers\n", right, right + wrong);
  return wrong == 0 && searched > 0 ? 0 : 1;
}

}  // namespace

}  // namespace grader

int main(int argc, char* argv[]) {
  if (argc < 3) return fmt::print(stderr, "grader_exported_answers KIT REPOSITORY [LESSON]\n"), 2;
  try {
    return grader::run(argv[1], argv[2], argc > 3 ? argv[3] : "");
  } catch (const std::exception& e) {
    fmt::print(stderr, "{}\n", e.what());
    return 3;
  }
}
