// The engine as WebAssembly, away from the page's own thread: answers {id, head, numbers} to {id, request, floats}.
// Its address says which engine: with #further the larger one.
const engine = (location.hash === "#further" ? import("./further.js") : import("./engine.js")).then(({ default: create }) => create());
const encoder = new TextEncoder();

function stored(module, bytes) {
  const at = module._malloc(Math.max(1, bytes.length));
  module.HEAPU8.set(bytes, at);
  return at;
}

onmessage = async ({ data: { id, request, floats } }) => {
  const module = await engine, text = encoder.encode(request);
  const bytes = floats ? new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength) : new Uint8Array();
  const [a, b] = [stored(module, text), stored(module, bytes)];
  module._ask(a, text.length, b, bytes.length);
  module._free(a);
  module._free(b);
  const from = module._numbers() / 4;
  postMessage({ id, head: module.UTF8ToString(module._head()), numbers: module.HEAPF32.slice(from, from + module._count()) });
};
