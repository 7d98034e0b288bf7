#include "tools/play/words.hpp"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <stdexcept>

namespace play {

static std::string shown(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.9g", value);
  return text;
}

Words::Words(std::string_view request) {
  std::istringstream in{std::string(request)};
  in >> verb_;
  for (std::string word; in >> word;) {
    const auto at = word.find('=');
    if (at == std::string::npos || at == 0)
      throw std::invalid_argument(verb_ + ": \"" + word + "\" is no word key=value");
    words_[word.substr(0, at)] = word.substr(at + 1);
  }
}

void Words::require_only(std::string_view keys) const {
  const std::string known = " page " + std::string(keys) + " ";
  for (const auto& [key, value] : words_)
    if (known.find(" " + key + " ") == std::string::npos)
      throw std::invalid_argument(verb_ + ": there is no word \"" + key + "\", expected of: " + std::string(keys));
}

void Words::refuse(const std::string& key, const std::string& expected) const {
  throw std::invalid_argument(verb_ + ": " + key + " is \"" + text(key, "") + "\", expected " + expected);
}

std::string Words::text(const std::string& key, const std::string& absent) const {
  const auto it = words_.find(key);
  return it == words_.end() ? absent : it->second;
}

double Words::number(const std::string& key, double absent, double low, double high) const {
  if (!has(key)) return absent;
  const std::string value = text(key, "");
  char* end = nullptr;
  const double number = std::strtod(value.c_str(), &end);
  if (value.empty() || *end != 0 || !(number >= low && number <= high))
    refuse(key, "a number from " + shown(low) + " to " + shown(high));
  return number;
}

unsigned long long Words::whole(const std::string& key, unsigned long long absent, unsigned long long low,
                                unsigned long long high) const {
  const double value = number(key, double(absent), double(low), double(high));
  if (value != std::floor(value)) refuse(key, "a whole number");
  return static_cast<unsigned long long>(value);
}

std::vector<std::string> Words::list(const std::string& key) const { return pieces(text(key, ""), ','); }

std::vector<std::string> pieces(const std::string& text, char between) {
  std::vector<std::string> all;
  std::istringstream in(text);
  for (std::string piece; std::getline(in, piece, between);) all.push_back(piece);
  return all;
}

static std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') (out += '\\') += c;
    else if (static_cast<unsigned char>(c) >= 0x20) out += c;
    else out += c == '\n' ? "\\n" : " ";
  }
  return out + '"';
}

template <class Items, class Json>
static std::string array(const Items& items, Json json) {
  std::string out;
  for (const auto& item : items) (out += out.empty() ? "" : ",") += json(item);
  return "[" + out + "]";
}

static std::string number_or_null(double value) { return std::isfinite(value) ? shown(value) : "null"; }

Head& Head::raw(const std::string& key, const std::string& json) {
  (members_ += members_.empty() ? "" : ",") += quoted(key) + ":" + json;
  return *this;
}
Head& Head::add(const std::string& key, double value) { return raw(key, number_or_null(value)); }
Head& Head::add(const std::string& key, const std::string& value) { return raw(key, quoted(value)); }
Head& Head::add(const std::string& key, const std::vector<double>& v) { return raw(key, array(v, number_or_null)); }
Head& Head::add(const std::string& key, const std::vector<std::string>& v) { return raw(key, array(v, quoted)); }

}  // namespace play
