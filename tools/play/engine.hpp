// The playground's engine: trains and shows a network by calling nothing but the course's contracts (nn/*.hpp), so
// that what the page shows is what the linked bodies compute, a student's or ours.
//
//   Engine engine;
//   engine.ask("data set=moons n=500 noise=0.1 seed=1");
//   engine.ask("network layers=8,8 act=tanh init=he seed=1");
//   engine.ask("step n=10 batch=10 rate=0.1");          // {"step":10,"epoch":1,"loss":0.31,...}
//   engine.ask("look grid=40");                         // every neuron's picture over the plane, 40 x 40 each
//
// A request is a verb and words key=value; a reply is a line of JSON, the head, and an array of numbers. A task that is
// not written yet makes the head {"error":...,"task":"6.6 backprop"}, any other exception {"error":...}. Each verb
// calls as few tasks as it can, so that lesson 3 is enough for a picture. README.md lists the verbs.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace play {

struct Reply {
  std::string head;            ///< JSON
  std::vector<float> numbers;  ///< as the verb says; empty with an error
};

struct Session;

class Engine {
 public:
  Engine();
  Engine(Engine&&) noexcept;
  ~Engine();
  /// `bytes` are float32 numbers, for the verbs that take some. Never throws what the contracts throw.
  Reply ask(std::string_view request, std::string_view bytes = {});

 private:
  /// By the word page=, which each page chooses; the one that was not used for longest makes way for the 17th.
  std::map<std::string, std::unique_ptr<Session>, std::less<>> sessions_;
  unsigned long long asked_ = 0;
};

}  // namespace play
