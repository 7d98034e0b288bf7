// What ./course reads: one JSON object a line, written at once, so that a crash loses nothing of what came before.
//
//   {"event":"begin","test":"softmax columns sum to one","tags":"[03][3.6]"}
//   {"event":"failure","text":"softmax: entry ...","size":6,"thrown_at":[4660,...]}     size: numbers in the arguments;
//   thrown_at only when an exception was the reason
//   {"event":"not written","task":"3.6 softmax"}
//   {"event":"end","checks":12,"seconds":0.001}
//   {"event":"mistake","key":"3.6/rows","says":"..."}
//   {"event":"clue","task":"3.6","says":"..."}            what the failed checks have in common
#include <fmt/format.h>

#include <catch2/catch_test_case_info.hpp>
#include <catch2/reporters/catch_reporter_registrars.hpp>
#include <catch2/reporters/catch_reporter_streaming_base.hpp>
#include <chrono>
#include <ostream>

#include "autograder/tests/support/evidence.hpp"
#include "autograder/tests/support/report.hpp"
#include "base/quote.hpp"

namespace nn {

using base::json_quoted;

class EventsReporter : public Catch::StreamingReporterBase {
 public:
  explicit EventsReporter(Catch::ReporterConfig&& config) : StreamingReporterBase(std::move(config)) {
    m_preferences.shouldReportAllAssertions = true;  // beside a listener, only failures are reported otherwise
  }
  static std::string getDescription() { return "One JSON object a line, for ./course"; }

  void testCaseStarting(const Catch::TestCaseInfo& info) override {
    StreamingReporterBase::testCaseStarting(info);
    begun_ = std::chrono::steady_clock::now();
    say(fmt::format(R"({{"event":"begin","test":{},"tags":{}}})", json_quoted(info.name),
                    json_quoted(info.tagsAsString())));
  }

  void assertionEnded(const Catch::AssertionStats& stats) override {
    if (looking_back()) return;
    const auto& result = stats.assertionResult;
    ++checks_;
    if (result.isOk()) return;
    std::string text(result.getMessage());
    if (text.rfind(not_written_prefix, 0) == 0)
      return say(fmt::format(R"({{"event":"not written","task":{}}})",
                             json_quoted(text.substr(std::string(not_written_prefix).size()))));
    if (result.hasExpression()) text = result.getExpressionInMacro() + (text.empty() ? "" : "\n" + text);
    if (result.hasExpandedExpression()) text += "\nwith  " + result.getExpandedExpression();
    std::string thrown;
    if (text.find("threw") != std::string::npos)
      for (const std::size_t offset : kept_throw()) thrown += (thrown.empty() ? "" : ",") + std::to_string(offset);
    say(fmt::format(R"({{"event":"failure","text":{},"size":{},"thrown_at":[{}]}})", json_quoted(text),
                    size_of_failure(), thrown));
  }

  void fatalErrorEncountered(Catch::StringRef error) override {
    say(fmt::format(R"({{"event":"crash","text":{}}})", json_quoted(std::string(error))));
  }

  void testCaseEnded(const Catch::TestCaseStats& stats) override {
    StreamingReporterBase::testCaseEnded(stats);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun_).count();
    say(fmt::format(R"({{"event":"end","checks":{},"seconds":{:.4f}}})", checks_, seconds));
    checks_ = 0;
  }

  void testRunEnded(const Catch::TestRunStats&) override {
    for (const Finding& finding : findings()) {
      for (const Known& known : finding.mistakes)
        say(fmt::format(R"({{"event":"mistake","key":{},"says":{}}})", json_quoted(known.key()),
                        json_quoted(known.says)));
      for (const std::string& clue : finding.clues)
        say(fmt::format(R"({{"event":"clue","task":{},"says":{}}})", json_quoted(finding.task), json_quoted(clue)));
    }
  }

 private:
  void say(const std::string& line) { m_stream << line << '\n' << std::flush; }

  std::chrono::steady_clock::time_point begun_;
  int checks_ = 0;
};

CATCH_REGISTER_REPORTER("events", EventsReporter)

}  // namespace nn
