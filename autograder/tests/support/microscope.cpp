#include "autograder/tests/support/microscope.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace nn {

namespace {

/// One part under the lens.
struct View {
  const GradientPart& expected;
  const arma::mat& found;
  std::vector<uword> wrong;  ///< entries, column by column

  uword entries() const { return expected.value.n_elem; }
  bool right() const { return wrong.empty(); }
  bool all_wrong() const { return wrong.size() == entries(); }
};

/// How many tolerances two numbers are apart: at most 1 where they agree, infinite for what is not a number.
double distance(double expected, double found, Tolerance t) {
  if (expected == found) return 0;
  const double apart = std::abs(found - expected) / (t.absolute + t.relative * std::abs(expected));
  return std::isnan(apart) ? std::numeric_limits<double>::infinity() : apart;
}

std::string in_layer(const GradientPart& part) { return part.layer ? fmt::format("layer {}, ", *part.layer) : ""; }

std::string title(const GradientPart& part) {
  return part.layer ? fmt::format("{} of layer {}", part.name, *part.layer) : part.name;
}

std::string place(const GradientPart& part, uword i) {
  const arma::mat& m = part.value;
  if (part.name == "loss") return "the loss";
  if (part.name == "db") return fmt::format("{}entry {} of db", in_layer(part), i);
  return fmt::format("{}row {}, column {} of {}", in_layer(part), i % m.n_rows, i / m.n_rows, part.name);
}

std::string number(double x) { return std::isnan(x) ? "not a number" : fmt::format("{:.7g}", x); }

const GradientPart* counterpart(const GradientParts& parts, const GradientPart& of) {
  const auto it = std::find_if(parts.begin(), parts.end(),
                               [&](const GradientPart& p) { return p.name == of.name && p.layer == of.layer; });
  return it == parts.end() ? nullptr : &*it;
}

std::optional<std::string> misfit(const GradientParts& expected, const GradientParts& found, Tolerance tolerance) {
  for (const GradientPart& part : expected) {
    const GradientPart* other = counterpart(found, part);
    const arma::mat& e = part.value;
    if (!other) return title(part) + " is missing";
    const arma::mat& f = other->value;
    if (arma::size(e) == arma::size(f)) continue;
    std::string text = fmt::format("{} should have been {} x {}, but it was {} x {}", title(part), e.n_rows, e.n_cols,
                                   f.n_rows, f.n_cols);
    if (e.n_rows != f.n_cols || e.n_cols != f.n_rows) return text;
    const arma::mat turned = f.t();
    for (uword i = 0; i < e.n_elem; ++i)
      if (!(distance(e(i), turned(i), tolerance) <= 1)) return text + ": the shape of its transpose";
    return text + ": it is the transpose of what it should be";
  }
  for (const GradientPart& part : found)
    if (!counterpart(expected, part)) return fmt::format("there is a {}, but there is no such layer", title(part));
  return {};
}

/// found / expected, where that is the same for all wrong entries.
std::optional<double> common_factor(const std::vector<const View*>& views, Tolerance tolerance) {
  double largest = 0, factor = 0;
  for (const View* view : views)
    for (const uword i : view->wrong)
      if (const double e = view->expected.value(i); std::abs(e) > std::abs(largest))
        largest = e, factor = view->found(i) / e;
  if (largest == 0 || !std::isfinite(factor)) return {};
  for (const View* view : views)
    for (const uword i : view->wrong) {
      const double scale = std::max(1.0, std::abs(factor));
      if (!(distance(factor * view->expected.value(i), view->found(i),
                     {scale * tolerance.absolute, 2 * tolerance.relative}) <= 1))
        return {};
    }
  return factor;
}

/// Two entries are off by one factor soon enough by chance.
bool telling(double factor, std::size_t entries) {
  return entries > 2 || (entries == 2 && (std::abs(factor) < 1e-7 || std::abs(factor + 1) < 1e-7));
}

std::string explain_factor(double c, const Lens& lens) {
  const auto is = [&](double value) { return std::abs(c - value) <= 1e-4 * std::abs(value); };
  if (std::abs(c) < 1e-7) return "is 0";
  if (is(-1)) return "has the wrong sign";
  std::string text = fmt::format("is {:.5g} times what it should be", c);
  const std::pair<uword, const char*> sizes[]{{lens.samples, "the number of samples"},
                                              {lens.outputs, "the number of outputs"}};
  for (const auto& [size, name] : sizes) {
    const double n = double(size);
    if (size < 2) continue;
    if (is(n) || is(-n)) return text + fmt::format(": {} is {}", size, name);
    if (is(1 / n) || is(-1 / n)) return text + fmt::format(": 1/{}, and {} is {}", size, size, name);
  }
  if (is(2) || is(0.5)) text += ": a factor of 2 is lost or counted twice";
  return text;
}

/// Which parts and which layers are wrong, where that says something.
std::vector<std::string> where(const std::vector<View>& views) {
  std::set<std::string> wrong_names, names;
  std::set<uword> wrong_layers, layers;
  for (const View& view : views) {
    const auto& [name, layer, value] = view.expected;
    if (name == "loss") continue;
    names.insert(name);
    if (layer) layers.insert(*layer);
    if (view.right()) continue;
    wrong_names.insert(name);
    if (layer) wrong_layers.insert(*layer);
  }
  if (wrong_names.empty()) return {"all gradients are right, only the loss is wrong"};
  std::vector<std::string> clues;
  if (wrong_names.size() == 1 && names.size() > 1)
    clues.push_back(fmt::format("only {} is wrong", *wrong_names.begin()));
  if (wrong_layers.empty() || wrong_layers.size() == layers.size()) return clues;
  const uword last = *layers.rbegin(), first_wrong = *wrong_layers.begin(), last_wrong = *wrong_layers.rbegin();
  if (first_wrong == last) clues.push_back("only the last layer is wrong");
  else if (first_wrong == 0 && last_wrong + 1 == wrong_layers.size())
    clues.push_back(fmt::format(
        "{} right, {} wrong: the error enters on the way back from layer {} to layer {}",
        last_wrong + 1 == last ? "the last layer is" : fmt::format("layers {} to {} are", last_wrong + 1, last),
        last_wrong == 0 ? "layer 0 is" : "all before are", last_wrong + 1, last_wrong));
  else if (wrong_layers.size() == 1) clues.push_back(fmt::format("only layer {} is wrong", first_wrong));
  return clues;
}

bool is_transpose(const View& view, Tolerance tolerance) {
  const arma::mat& e = view.expected.value;
  if (e.n_rows != e.n_cols || e.n_rows < 2) return false;
  const arma::mat turned = view.found.t();
  for (uword i = 0; i < e.n_elem; ++i)
    if (!(distance(e(i), turned(i), tolerance) <= 1)) return false;
  return true;
}

/// Rows and columns of # (wrong) and . (right); in a large matrix one sign stands for a block.
std::string map_of(const View& view) {
  const arma::mat& e = view.expected.value;
  const uword down = (e.n_rows + 11) / 12, across = (e.n_cols + 35) / 36;
  std::vector<std::string> lines((e.n_rows + down - 1) / down, std::string((e.n_cols + across - 1) / across, '.'));
  for (const uword i : view.wrong) lines[i % e.n_rows / down][i / e.n_rows / across] = '#';
  std::string text = title(view.expected) + " (# wrong, . right";
  if (down * across > 1) text += fmt::format("; {} x {} entries a sign", down, across);
  text += "):";
  for (const std::string& line : lines) {
    text += "\n   ";
    for (const char c : line) text += std::string(" ") + c;
  }
  return text;
}

std::string state(const View& view) {
  const arma::mat& e = view.expected.value;
  const std::string wrong = view.right()          ? "right"
                            : view.entries() == 1 ? "wrong"
                            : view.all_wrong()    ? "all wrong"
                                                  : fmt::format("{} of {} wrong", view.wrong.size(), view.entries());
  return view.expected.name == "loss" ? "loss: " + wrong
                                      : fmt::format("{} {} x {}: {}", view.expected.name, e.n_rows, e.n_cols, wrong);
}

/// One line a layer, the parts below each other.
std::string overview(const std::vector<View>& views) {
  std::vector<std::pair<std::string, std::vector<std::string>>> lines;
  for (const View& view : views) {
    const std::string head = view.expected.layer ? fmt::format("layer {}", *view.expected.layer) : "";
    auto it = std::find_if(lines.begin(), lines.end(), [&](const auto& line) { return line.first == head; });
    if (it == lines.end()) it = lines.insert(lines.end(), {head, {}});
    it->second.push_back(state(view));
  }
  std::size_t width = 0;
  for (const auto& [head, states] : lines)
    if (states.size() > 1) width = std::max(width, states[0].size());
  std::string text;
  for (const auto& [head, states] : lines) {
    text += "\n  " + head;
    for (std::size_t i = 0; i < states.size(); ++i)
      text += (head.empty() && i == 0 ? "" : "   ") +
              (i + 1 < states.size() && i == 0 ? fmt::format("{:{}}", states[i], width) : states[i]);
  }
  return text;
}

}  // namespace

std::optional<std::string> microscope(const GradientParts& expected, const GradientParts& found, const Lens& lens) {
  if (auto text = misfit(expected, found, lens.tolerance)) return text;
  std::vector<View> views;
  const View* worst = nullptr;
  uword worst_entry = 0, wrong = 0;
  double largest = 1;
  views.reserve(expected.size());
  for (const GradientPart& part : expected) {
    const View& view = views.emplace_back(View{part, counterpart(found, part)->value, {}});
    for (uword i = 0; i < part.value.n_elem; ++i) {
      const double d = distance(part.value(i), view.found(i), lens.tolerance);
      if (d <= 1) continue;
      views.back().wrong.push_back(i);
      ++wrong;
      if (d > largest) largest = d, worst = &view, worst_entry = i;
    }
  }
  if (!worst) return {};

  std::string text = fmt::format("{} should have been {}, but it was {}", place(worst->expected, worst_entry),
                                 number(worst->expected.value(worst_entry)), number(worst->found(worst_entry)));
  if (wrong > 1) text += fmt::format(": the worst of {} wrong entries", wrong);
  if (expected.size() > 1 || worst->entries() > 1) text += overview(views);
  for (const std::string& clue : where(views)) text += "\n  " + clue;

  std::vector<const View*> failed;
  for (const View& view : views)
    if (!view.right()) failed.push_back(&view);
  const auto factor = common_factor(failed, lens.tolerance);
  if (factor && telling(*factor, wrong)) text += "\n  every wrong entry " + explain_factor(*factor, lens);
  for (const View* view : failed) {
    const auto own = factor ? std::nullopt : common_factor({view}, lens.tolerance);
    if (is_transpose(*view, lens.tolerance))
      text += fmt::format("\n  {} is the transpose of what it should be", title(view->expected));
    else if (own && telling(*own, view->wrong.size()))
      text += fmt::format("\n  {}: every wrong entry {}", title(view->expected), explain_factor(*own, lens));
  }
  if (!worst->all_wrong()) text += "\n  " + map_of(*worst);
  return text;
}

}  // namespace nn
