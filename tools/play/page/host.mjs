// Where the page's engine is: with a token in the address behind the server of ./course play, else in a worker.
import { serverTransport, workerTransport } from "./transports.mjs";

export function openTransport(onBuild, onLink) {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (token) return serverTransport(token, onBuild, onLink);
  document.getElementById("built").textContent = "our solutions, in your browser; ./course play runs your own code";
  return workerTransport(() => new Worker(new URL("worker.mjs", import.meta.url), { type: "module" }));
}
