// What a student reads under ctest: what was expected, what was found, and which known mistake it is.
#include <catch2/catch_test_case_info.hpp>
#include <catch2/reporters/catch_reporter_registrars.hpp>
#include <catch2/reporters/catch_reporter_streaming_base.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include "autograder/tests/support/evidence.hpp"
#include "autograder/tests/support/report.hpp"

namespace nn {

bool& only_not_written() {
  static bool value = false;
  return value;
}

/// What the compiler warned of when it last compiled the judged files (cmake/compile_as_begun.sh): ctest shows what a
/// build that succeeds has said only with -V.
static void print_warnings(std::ostream& out) {
  const char* const objects = std::getenv("NN_WARNINGS");
  std::error_code error;
  if (!objects) return;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(objects, error))
    if (entry.path().extension() == ".warnings") out << std::ifstream(entry.path()).rdbuf();
}

class CourseReporter : public Catch::StreamingReporterBase {
 public:
  explicit CourseReporter(Catch::ReporterConfig&& config) : StreamingReporterBase(std::move(config)) {
    m_preferences.shouldReportAllAssertions = true;  // beside a listener, only failures are reported otherwise
  }
  static std::string getDescription() {
    return "What a student reads: what was expected, what was found, and which known mistake it is";
  }

  void assertionEnded(const Catch::AssertionStats& stats) override {
    if (looking_back()) return;
    const auto& result = stats.assertionResult;
    ++checks_;
    if (result.isOk()) return;
    const std::string message(result.getMessage());
    if (message.rfind(not_written_prefix, 0) == 0) {
      not_written_.insert(message);
      return;
    }
    if (++failures_ > shown_failures) return;
    if (currentTestCaseInfo && currentTestCaseInfo->name != last_shown_)
      m_stream << "not so: " << currentTestCaseInfo->name << '\n';
    if (currentTestCaseInfo) last_shown_ = currentTestCaseInfo->name;
    m_stream << "  ";
    if (message.empty() || result.hasExpression()) {
      if (result.hasExpression()) m_stream << result.getExpressionInMacro();
      if (result.hasExpandedExpression()) m_stream << "\n  with  " << result.getExpandedExpression();
      if (!message.empty()) m_stream << '\n';
    }
    for (const char c : message) m_stream << c << (c == '\n' ? "  " : "");
    m_stream << '\n';
    for (const auto& info : stats.infoMessages)
      if (info.type == Catch::ResultWas::Info) m_stream << "  " << info.message << '\n';
    m_stream << std::flush;
  }

  void fatalErrorEncountered(Catch::StringRef error) override {
    m_stream << "crashed: " << error << '\n';
    if (currentTestCaseInfo) m_stream << "  in: " << currentTestCaseInfo->name << '\n';
    m_stream << std::flush;
  }

  void testRunEnded(const Catch::TestRunStats& stats) override {
    if (failures_ > shown_failures) m_stream << "... and " << failures_ - shown_failures << " more failed checks\n";
    for (const Finding& finding : findings()) {
      for (const Known& known : finding.mistakes)
        m_stream << "known mistake " << known.key() << ": " << known.says << '\n';
      for (const std::string& clue : finding.clues) m_stream << clue << '\n';
    }
    for (const std::string& task : not_written_) m_stream << task << '\n';
    only_not_written() = failures_ == 0 && !not_written_.empty();
    if (failures_ > 0) print_warnings(m_stream);
    if (stats.totals.testCases.total() > 0 && stats.totals.testCases.allPassed())
      m_stream << "passed: " << checks_ << " checks\n";
    m_stream << std::flush;
  }

 private:
  static constexpr int shown_failures = 3;
  int failures_ = 0, checks_ = 0;
  std::string last_shown_;
  std::set<std::string> not_written_;
};

CATCH_REGISTER_REPORTER("course", CourseReporter)

}  // namespace nn
