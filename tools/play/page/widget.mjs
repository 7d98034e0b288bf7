// In a lesson the page is small: `widget=NAME` shows what widgets.json says, and tells the lesson how high that is.

const places = { data: "#data", layers: "#structure", output: "#structure", training: "#training" };

export const widgets = async () => globalThis.inlined?.widgets ?? (await fetch(new URL("widgets.json", import.meta.url))).json();

// Tells the lesson around the page how high it is.
export function frameHeight(name) {
  if (parent !== window)
    new ResizeObserver(() => parent.postMessage({ play: name, height: document.documentElement.offsetHeight }, "*")).observe(document.body);
}

// The settings: the widget's own, and after them what the address says.
export async function showWidget(words) {
  const parts = new URLSearchParams(words), name = parts.get("widget");
  if (!name) return words;
  const widget = (await widgets())[name];
  if (!widget) throw new Error(`there is no widget "${name}" in widgets.json`);
  document.body.classList.add("widget");
  document.querySelector("h1").textContent = widget.title;
  for (const part of widget.show) document.querySelector(places[part] ?? `section:has(#${part})`).classList.add("shown");
  const narrow = document.querySelectorAll("section.shown:not(.wide)");
  if (narrow.length === 1) narrow[0].classList.add("wide");  // nothing stands beside it
  document.querySelector("#layers").hidden = document.querySelector("#more").hidden = !widget.show.includes("layers");
  document.querySelector("#output").hidden = !widget.show.includes("output");
  frameHeight(name);
  parts.delete("widget");
  return `${widget.settings}&${parts}`;
}
