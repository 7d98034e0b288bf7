#include "tools/play/engine.hpp"

#include <algorithm>
#include <span>
#include <stdexcept>

#include "nn/support/todo.hpp"
#include "tools/play/figures.hpp"
#include "tools/play/session.hpp"

namespace play {

namespace {

template <auto Answer>
Reply of_page(Session& session, const Words& words, std::string_view bytes) {
  return (session.*Answer)(words, bytes);
}

struct Verb {
  const char *name, *keys;
  Reply (*answer)(Session&, const Words&, std::string_view);
};

constexpr Verb verbs[] = {{"data", "set n noise seed classes", of_page<&Session::data>},
                          {"network", "layers act out loss init seed by", of_page<&Session::start>},
                          {"load", "", of_page<&Session::load>},
                          {"put", "step", of_page<&Session::put>},
                          {"step", "n batch rate decay ms", of_page<&Session::train_on>},
                          {"look", "grid x0 x1 y0 y1", of_page<&Session::look>},
                          {"at", "x y", of_page<&Session::at>},
                          {"points", "", of_page<&Session::points>},
                          {"weights", "", of_page<&Session::weights>},
                          {"slopes", "", of_page<&Session::slopes>}};

/// The one of these that is asked for, or null; its keys are checked.
template <class Each>
const Each* named(std::span<const Each> all, const Words& words) {
  const auto it = std::find_if(all.begin(), all.end(), [&](const Each& each) { return words.verb() == each.name; });
  if (it == all.end()) return nullptr;
  words.require_only(it->keys);
  return &*it;
}

constexpr std::size_t most_sessions = 16;

Reply error(const std::string& text) { return {Head().add("error", text).text(), {}}; }

}  // namespace

Engine::Engine() = default;
Engine::Engine(Engine&&) noexcept = default;
Engine::~Engine() = default;

Reply Engine::ask(std::string_view request, std::string_view bytes) try {
  const Words words(request);
  if (const Figure* figure = named(figures(), words)) return figure->answer(words, bytes);
  const Verb* verb = named(std::span<const Verb>(verbs), words);
  if (!verb) throw std::invalid_argument("there is no verb \"" + words.verb() + "\"");
  std::unique_ptr<Session>& session = sessions_[words.text("page", "")];
  if (!session) session = std::make_unique<Session>();
  session->used = ++asked_;
  if (sessions_.size() > most_sessions)
    sessions_.erase(std::min_element(sessions_.begin(), sessions_.end(),
                                     [](const auto& a, const auto& b) { return a.second->used < b.second->used; }));
  return verb->answer(*session, words, bytes);
} catch (const nn::not_implemented& e) {
  return {Head().add("error", "task " + e.task() + " is not written yet").add("task", e.task()).text(), {}};
} catch (const Missing& e) {
  return {Head().add("error", e.what()).add("missing", e.what_is).text(), {}};
} catch (const std::exception& e) {
  return error(e.what());
} catch (...) {
  return error("something was thrown that is no std::exception");
}

}  // namespace play
