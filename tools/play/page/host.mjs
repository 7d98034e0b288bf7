// Where the page's engine is: with a token in the address behind the server of ./course play, else in a worker, whose
// text is in a page that is read from the disk (from_disk.mjs). With `further` the engine knows the small figures of
// part II.
import { serverTransport, workerTransport } from "./transports.mjs";

export function openTransport(onBuild, onLink, further = false) {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (token) return serverTransport(token, onBuild, onLink);
  document.getElementById("built").textContent = "our solutions, in your browser; ./course\u00a0play runs your own code";
  const { inlined } = globalThis;
  return workerTransport(() => inlined ? new Worker(URL.createObjectURL(new Blob([inlined.worker], { type: "text/javascript" })))
    : new Worker(new URL(`worker.mjs${further ? "#further" : ""}`, import.meta.url), { type: "module" }));
}
