// Puts one known mistake (active_mistake()) in the place of our body. The program defines every contract function of a
// lesson as a call of `interposed`, and is linked with our bodies as a shared library: the next definition in line is
// ours.
#pragma once

#include <dlfcn.h>

#include <stdexcept>
#include <utility>

#include "autograder/mistakes/catalogue.hpp"

namespace nn {

/// The definition of Function that this program's own one hides: that of the shared library of our bodies.
template <auto Function>
auto hidden_definition() {
  Dl_info info{};
  if (!dladdr(reinterpret_cast<void*>(Function), &info) || !info.dli_sname)
    throw std::runtime_error("interpose: the program exports no symbols");
  void* ours = dlsym(RTLD_NEXT, info.dli_sname);
  if (!ours) throw std::runtime_error(std::string("interpose: no other definition of ") + info.dli_sname);
  return reinterpret_cast<decltype(Function)>(ours);
}

template <auto Function, class... Args>
decltype(auto) interposed(Args&&... args) {
  static const auto body = [] {
    auto active = hidden_definition<Function>();
    for (const Mistake& mistake : MistakesOf<Function>::all()) {
      note_call(mistake.known);
      if (mistake.known.key() == active_mistake()) active = MistakesOf<Function>::body(mistake);
    }
    return active;
  }();
  return body(std::forward<Args>(args)...);
}

}  // namespace nn

/// One contract function, as autograder/contracts writes it.
#define CONTRACT(name, parameters, arguments, ...) \
  __VA_ARGS__ name parameters { return interposed<static_cast<__VA_ARGS__(*) parameters>(&::nn::name)> arguments; }
