// The catalogue of known mistakes. Each entry is one small body and one sentence that makes a student see it.
//
//   MISTAKE(softmax, "3.6", "whole-matrix",
//           "your softmax divides by the sum over the whole matrix; each column is a sample of its own",
//           (mat Z) -> mat { Z = exp(Z - Z.max()); return Z / accu(Z); })
//
// The entries serve twice. A student's outputs that equal a mistake's outputs are answered with its sentence; and each
// entry, put in the place of our body, must fail its task's tests and be named (autograder/mistakes/prove.cpp).
#pragma once

#include <string>
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

/// Any function, of whatever signature.
using AnyFunction = void (*)();

struct Mistake {
  Known known;
  AnyFunction body;
};

/// Those of one contract function.
std::vector<Mistake>& mistakes_of(AnyFunction function);
bool add_mistake(AnyFunction function, Known known, AnyFunction body);

/// The mistakes of one contract function. Their bodies are plain functions of its signature, and are kept as functions
/// of any: templates for each would cost g++ a second a lesson.
template <auto Function>
struct MistakesOf {
  using Body = decltype(Function);

  static const std::vector<Mistake>& all() { return mistakes_of(reinterpret_cast<AnyFunction>(Function)); }
  static Body body(const Mistake& mistake) { return reinterpret_cast<Body>(mistake.body); }
  static bool add(const char* task, const char* id, const char* says, Body body) {
    return add_mistake(reinterpret_cast<AnyFunction>(Function), {task, id, says}, reinterpret_cast<AnyFunction>(body));
  }
};

}  // namespace nn

#define NN_CONCAT_(a, b) a##b
#define NN_CONCAT(a, b) NN_CONCAT_(a, b)

/// `function` may be a cast where a name is overloaded; the rest is parameter list, result type and body, with the
/// contract's own types.
#define MISTAKE(function, task, id, says, ...)                          \
  [[maybe_unused]] static const bool NN_CONCAT(mistake_, __COUNTER__) = \
      ::nn::MistakesOf<function>::add(task, id, says, [] __VA_ARGS__);
