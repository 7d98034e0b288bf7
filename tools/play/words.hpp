// What is asked and answered: words key=value in, a line of JSON out.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace play {

/// "step n=10 rate=0.1": a verb and its words. What is asked for and absent is the default; what cannot be meant throws
/// std::invalid_argument, as in `step: n is "ten", expected a whole number from 1 to 100000`.
class Words {
 public:
  explicit Words(std::string_view request);

  const std::string& verb() const { return verb_; }
  /// Throws unless each word is one of `keys`, separated by spaces, or "page".
  void require_only(std::string_view keys) const;
  bool has(const std::string& key) const { return words_.count(key) > 0; }
  std::string text(const std::string& key, const std::string& absent) const;
  double number(const std::string& key, double absent, double low, double high) const;
  unsigned long long whole(const std::string& key, unsigned long long absent, unsigned long long low,
                           unsigned long long high) const;
  std::vector<std::string> list(const std::string& key) const;  ///< "8,8"; empty for an absent or empty word

  [[noreturn]] void refuse(const std::string& key, const std::string& expected) const;

 private:
  std::string verb_;
  std::map<std::string, std::string> words_;
};

/// What stands between `between`.
std::vector<std::string> pieces(const std::string& text, char between);

/// {"step":10,"loss":0.31}; a number that is none is null.
class Head {
 public:
  Head& add(const std::string& key, double value);
  Head& add(const std::string& key, const std::string& value);
  Head& add(const std::string& key, const std::vector<double>& values);
  Head& add(const std::string& key, const std::vector<std::string>& values);
  std::string text() const { return "{" + members_ + "}"; }

 private:
  Head& raw(const std::string& key, const std::string& json);
  std::string members_;
};

}  // namespace play
