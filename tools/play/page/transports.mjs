// How the page reaches its engine: the server of ./course play, or WebAssembly in a worker. Both are an object with
// ask(request, floats) -> {head, numbers}; trouble of the engine itself is {head: {error, lost: true}}.

const encoder = new TextEncoder(), decoder = new TextDecoder();

// A 32-bit size, low byte first, the text, the bytes: as tools/play/server/server.cpp reads it.
function packed(text, floats) {
  const words = encoder.encode(text), bytes = floats ? new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength) : [];
  const frame = new Uint8Array(4 + words.length + bytes.length);
  new DataView(frame.buffer).setUint32(0, words.length, true);
  frame.set(words, 4);
  frame.set(bytes, 4 + words.length);
  return frame;
}

function unpacked(buffer) {
  const size = new DataView(buffer).getUint32(0, true);
  return { head: JSON.parse(decoder.decode(new Uint8Array(buffer, 4, size))), numbers: new Float32Array(buffer.slice(4 + size)) };
}

// `onState` is told of builds; `onLink` whether the server is there.
export function serverTransport(token, onState, onLink) {
  const events = new EventSource(`events?token=${token}`);
  events.addEventListener("state", (event) => onState(JSON.parse(event.data)));
  events.onopen = () => onLink(true);
  events.onerror = () => onLink(false);
  return {
    live: true,
    async ask(request, floats) {
      try {
        const response = await fetch("ask", { method: "POST", headers: { "X-Token": token }, body: packed(request, floats) });
        if (response.ok) return unpacked(await response.arrayBuffer());
        return { head: { error: (await response.text()).trim(), lost: true }, numbers: [] };
      } catch {
        return { head: { error: "the server of ./course play does not answer; was it ended?", lost: true }, numbers: [] };
      }
    },
  };
}

const patience = 5000;  // milliseconds for an answer

// `start` makes a Worker that answers {id, head, numbers} to {id, request, floats}.
export function workerTransport(start) {
  let worker, waiting = new Map(), next = 0;
  const lose = (error) => {
    worker?.terminate();
    worker = null;
    for (const { resolve, timer } of waiting.values()) {
      clearTimeout(timer);
      resolve({ head: { error, lost: true }, numbers: [] });
    }
    waiting = new Map();
  };
  const begin = () => {
    worker = start();
    worker.onmessage = ({ data }) => {
      const asked = waiting.get(data.id);
      if (!asked) return;
      clearTimeout(asked.timer);
      waiting.delete(data.id);
      asked.resolve({ head: JSON.parse(data.head), numbers: data.numbers });
    };
    worker.onerror = (event) => lose(`the engine ended: ${event.message}`);
  };
  return {
    live: false,
    ask(request, floats) {
      if (!worker) begin();
      return new Promise((resolve) => {
        const id = next++;
        const timer = setTimeout(() => lose("no answer within 5 s"), patience);
        waiting.set(id, { resolve, timer });
        worker.postMessage({ id, request, floats });
      });
    },
  };
}
