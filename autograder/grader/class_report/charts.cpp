// Charts as inline SVG. Widths are in percent, so that text keeps its size on a phone; fills differ in pattern, not
// only in colour.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "autograder/grader/class_report/class_report.hpp"
#include "autograder/grader/formats/escape.hpp"

namespace grader {

namespace {

struct Kind {
  const char *name, *fill;
  std::vector<Verdict> verdicts;
};

const std::array<Kind, 5>& kinds() {
  static const std::array<Kind, 5> all = {
      Kind{"passed", "#1f5f7f", {Verdict::passed}},
      Kind{"wrong", "url(#hatch)", {Verdict::wrong}},
      Kind{"not written", "#e9ecef", {Verdict::not_written}},
      Kind{"not compiling", "url(#cross)", {Verdict::not_compiling}},
      Kind{
          "stopped",
          "#222",
          {Verdict::crashed, Verdict::timed_out, Verdict::out_of_memory, Verdict::too_much_output, Verdict::forbidden}},
  };
  return all;
}

int count(const Statistics::OfTask& task, const Kind& kind) {
  int sum = 0;
  for (const Verdict verdict : kind.verdicts)
    if (const auto it = task.verdicts.find(verdict); it != task.verdicts.end()) sum += it->second;
  return sum;
}

std::string legend() {
  std::string out =
      "<svg width=\"0\" height=\"0\" aria-hidden=\"true\" style=\"position:absolute\"><defs><pattern id=\"hatch\" "
      "width=\"6\" height=\"6\" "
      "patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect width=\"6\" height=\"6\" "
      "fill=\"#f3d9a4\"/><rect width=\"2.5\" "
      "height=\"6\" fill=\"#a8660f\"/></pattern><pattern id=\"cross\" width=\"6\" height=\"6\" "
      "patternUnits=\"userSpaceOnUse\"><rect width=\"6\" "
      "height=\"6\" fill=\"#fff\"/><path d=\"M0 0L6 6M6 0L0 6\" stroke=\"#8c2f39\" "
      "stroke-width=\"1.3\"/></pattern></defs></svg>\n<p class=\"legend\">";
  for (const Kind& kind : kinds())
    out += fmt::format(
        "<span><svg width=\"16\" height=\"12\" aria-hidden=\"true\"><rect width=\"100%\" height=\"100%\" fill=\"{}\" "
        "stroke=\"#555\"/></svg> {}</span> ",
        kind.fill, kind.name);
  return out + "</p>\n";
}

}  // namespace

std::string histogram(const std::vector<int>& scores, int points) {
  std::array<int, 10> bins{};
  for (const int score : scores) ++bins[std::size_t(points ? std::min(9, 10 * score / points) : 0)];
  const int most = std::max(1, *std::max_element(bins.begin(), bins.end()));
  std::string out =
      "<svg class=\"histogram\" width=\"100%\" height=\"190\" role=\"img\" aria-label=\"How many have which part of "
      "the points\">\n";
  for (std::size_t i = 0; i < bins.size(); ++i) {
    const double height = 140.0 * bins[i] / most;
    out += fmt::format(
        "<rect x=\"{}%\" y=\"{:.1f}\" width=\"9%\" height=\"{:.1f}\" fill=\"#1f5f7f\"/>"
        "<text x=\"{}%\" y=\"{:.1f}\" text-anchor=\"middle\">{}</text>\n",
        10 * double(i) + 0.5, 160 - height, height, 10 * i + 5, 155 - height, bins[i] ? std::to_string(bins[i]) : "");
  }
  out += "<line x1=\"0\" x2=\"100%\" y1=\"160\" y2=\"160\" stroke=\"#555\"/>\n";
  for (int i = 0; i <= 10; i += 2)
    out += fmt::format("<text x=\"{}%\" y=\"178\" text-anchor=\"{}\">{} %</text>\n", 10 * i,
                       i == 0    ? "start"
                       : i == 10 ? "end"
                                 : "middle",
                       10 * i);
  return out + "</svg>\n";
}

std::string verdict_bars(const std::vector<Statistics::OfTask>& tasks) {
  std::string out = legend(), lesson;
  for (const Statistics::OfTask& task : tasks) {
    if (task.lesson != lesson) out += fmt::format("<h3>{}</h3>\n", markup(lesson = task.lesson));
    int all = 0;
    for (const auto& [verdict, number] : task.verdicts) all += number;
    std::string bars, said;
    double at = 0;
    for (const Kind& kind : kinds()) {
      const int here = count(task, kind);
      if (!here) continue;
      const double width = 100.0 * here / all;
      bars += fmt::format(
          "<rect x=\"{:.2f}%\" width=\"{:.2f}%\" height=\"100%\" fill=\"{}\" stroke=\"#555\" stroke-width=\"0.5\"/>",
          at, width, kind.fill);
      said += fmt::format("{}{} {}", said.empty() ? "" : ", ", here, kind.name);
      at += width;
    }
    const int passed = count(task, kinds()[0]);
    out += fmt::format(
        "<div class=\"task\"><span>{} {}</span><b>{:.0f} %</b><svg width=\"100%\" height=\"16\" role=\"img\" "
        "aria-label=\"{}\">"
        "<title>{}</title>{}</svg></div>\n",
        markup(task.id), markup(task.title), all ? 100.0 * passed / all : 0.0, said, said, bars);
  }
  return out;
}

const char* const page_style = R"(
:root { color-scheme: light; }
* { box-sizing: border-box; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
body { font: 16px/1.45 system-ui, "DejaVu Sans", sans-serif; color: #1c1c1c; background: #fff;
  max-width: 60rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0.3rem 0; }
h2 { font-size: 1.2rem; margin: 2rem 0 0.5rem; border-bottom: 1px solid #bbb; }
h3 { font-size: 1rem; margin: 1rem 0 0.2rem; }
h1, td, li, summary { overflow-wrap: anywhere; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(7.5rem, 1fr)); gap: 0.5rem;
  padding: 0; list-style: none; }
.facts li { border: 1px solid #ccc; border-radius: 4px; padding: 0.4rem 0.6rem; }
.facts b { display: block; font-size: 1.4rem; }
.alarm { border: 2px solid #8c2f39; padding: 0.5rem 0.8rem; border-radius: 4px; }
.histogram text { font-size: 12px; fill: #1c1c1c; }
.legend span { white-space: nowrap; margin-right: 0.8rem; font-size: 0.9rem; } .legend svg { vertical-align: -1px; }
.task { display: grid; grid-template-columns: 1fr auto; gap: 0 0.6rem; margin: 0.35rem 0;
  break-inside: avoid; }
.task svg { grid-column: 1 / -1; }
table { border-collapse: collapse; width: 100%; font-size: 0.92rem; }
th, td { text-align: left; vertical-align: top; padding: 0.25rem 0.5rem 0.25rem 0;
  border-bottom: 1px solid #ddd; }
th { font-weight: 600; } td.n, th.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: 0.82rem; background: #f5f5f5;
  padding: 0.5rem; margin: 0.3rem 0; }
details { margin: 0.2rem 0; } td details { margin: 0; } summary { cursor: pointer; } tr { break-inside: avoid; }
:target { background: #fff3c4; }
@media (min-width: 45rem) { .task { grid-template-columns: 16rem 1fr 3.5rem; align-items: center; }
  .task svg { grid-column: 2; grid-row: 1; } .task b { grid-column: 3; text-align: right; } }
@media print { body { max-width: none; padding: 0; font-size: 10pt; } a { color: inherit;
  text-decoration: none; } h2, h3 { break-after: avoid; } details::details-content {
  content-visibility: visible; } }
)";

}  // namespace grader
