// The engine in a browser: page/worker.mjs calls these.
#include <cstddef>

#include "tools/play/engine.hpp"

static play::Engine engine;
static play::Reply reply;

extern "C" {
/// Asks with a text and bytes; what follows is of its answer, until the next one.
void ask(const char* text, std::size_t length, const char* bytes, std::size_t size) {
  reply = engine.ask({text, length}, {bytes, size});
}
const char* head() { return reply.head.c_str(); }
const float* numbers() { return reply.numbers.data(); }
std::size_t count() { return reply.numbers.size(); }
}
