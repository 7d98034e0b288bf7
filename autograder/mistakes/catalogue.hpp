// The catalogue of known mistakes. Each entry is one small body and one sentence that makes a student see it.
//
//   MISTAKE(softmax, "3.6", "whole-matrix",
//           "your softmax divides by the sum over the whole matrix; each column is a sample of its own",
//           (mat Z) -> mat { Z = exp(Z - Z.max()); return Z / accu(Z); })
//
// The entries serve twice. A student's outputs that equal a mistake's outputs are answered with its sentence; and each
// entry, put in the place of our body, must fail its task's tests and be named (autograder/mistakes/prove.cpp).
#pragma once

#include <functional>
#include <string>
#include <type_traits>
#include <vector>

namespace nn {

/// What is known of a mistake.
struct Known {
  std::string task;  ///< "3.6"
  std::string id;    ///< "whole-matrix", unique within the task
  std::string says;  ///< the sentence

  std::string key() const { return task + "/" + id; }
};

/// Every mistake of this program, in the order of the catalogue.
std::vector<Known>& known_mistakes();

/// The key of the mistake that stands in the place of our body, "" for none: environment variable NN_MISTAKE.
const std::string& active_mistake();

/// Appends the mistake's key to the file that NN_CALLS names, if it is set: a call that the mistake could change.
void note_call(const Known& mistake);

template <class Pointer>
struct SignatureOf;
template <class Result, class... Args>
struct SignatureOf<Result (*)(Args...)> {
  using type = Result(Args...);
  using result = Result;
};

/// The mistakes of one contract function.
template <auto Function>
struct MistakesOf {
  using Signature = typename SignatureOf<decltype(Function)>::type;
  struct Entry {
    Known known;
    std::function<Signature> body;
  };
  static std::vector<Entry>& all() {
    static std::vector<Entry> entries;
    return entries;
  }
  template <class Body>
  static bool add(Known known, Body body) {
    known_mistakes().push_back(known);
    all().push_back({std::move(known), checked(body)});
    return true;
  }

 private:
  template <class Body>
  static std::function<Signature> checked(Body body) {
    static_assert(std::is_same_v<typename std::function<Signature>::result_type,
                                 typename decltype(std::function(body))::result_type>,
                  "write the result type of the mistake's body, as in (mat Z) -> mat { ... }");
    return body;
  }
};

}  // namespace nn

#define NN_CONCAT_(a, b) a##b
#define NN_CONCAT(a, b) NN_CONCAT_(a, b)

/// `function` may be a cast where a name is overloaded; the rest is parameter list, result type and body.
#define MISTAKE(function, task, id, says, ...)                          \
  [[maybe_unused]] static const bool NN_CONCAT(mistake_, __COUNTER__) = \
      ::nn::MistakesOf<function>::add({task, id, says}, [] __VA_ARGS__);
