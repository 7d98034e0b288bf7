#include "tools/play/engine.hpp"

#include <algorithm>
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

template <auto Answer>
Reply alone(Session&, const Words& words, std::string_view bytes) {
  return Answer(words, bytes);
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
                          {"slopes", "", of_page<&Session::slopes>},
                          {"neuron", "w1 w2 theta grid", alone<neuron>},
                          {"fold", "grid", alone<fold>},
                          {"boolean", "table", alone<boolean>},
                          {"activation", "act", alone<activation>},
                          {"probabilities", "", alone<probabilities>},
                          {"margins", "", alone<margins>},
                          {"valley", "x y rate steps", alone<valley>},
                          {"differences", "x", alone<differences>},
                          {"product", "x y z", alone<product>},
                          {"distort", "degrees shear stretch elastic seed", alone<distort>},
                          {"walk", "rule rate momentum steps", alone<walk>},
                          {"smooth", "noise sigma seed", alone<smooth>},
                          {"compute", "nodes", alone<compute>},
                          {"cluster", "k steps seed", alone<cluster>},
                          {"remember", "kept shown turned sweeps seed", alone<remember>},
                          {"grow", "set units seed grid", alone<grow>},
                          {"echo", "keep weight steps", alone<echo>}};

constexpr std::size_t most_sessions = 16;

Reply error(const std::string& text) { return {Head().add("error", text).text(), {}}; }

}  // namespace

Engine::Engine() = default;
Engine::Engine(Engine&&) noexcept = default;
Engine::~Engine() = default;

Reply Engine::ask(std::string_view request, std::string_view bytes) try {
  const Words words(request);
  const auto verb =
      std::find_if(std::begin(verbs), std::end(verbs), [&](const Verb& v) { return words.verb() == v.name; });
  if (verb == std::end(verbs)) throw std::invalid_argument("there is no verb \"" + words.verb() + "\"");
  words.require_only(verb->keys);
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
