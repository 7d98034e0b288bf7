// The page of drawn digits: a trained network, the student's or ours, reads what is drawn.
import { centred, shrunk, side, strokes } from "./digits.mjs";
import { colour, fitted, heat } from "./draw.mjs";
import { openTransport } from "./host.mjs";
import { followTheme } from "./theme.mjs";
import { frameHeight } from "./widget.mjs";

const $ = (id) => document.getElementById(id);
const size = $("pad").width, pen = size / 12, loudest = 6;
const ink = $("pad").getContext("2d", { willReadFrequently: true });
const transport = openTransport(onBuild, (there) => { if (!there) $("built").textContent = "the server does not answer; ./course play starts it"; });
const state = { drawn: [], network: null, seen: null, outputs: null, kept: [], build: 0, busy: false, again: false };
const percent = (share) => `${(100 * share).toFixed(1)}\u00a0%`;

function trouble(text) {
  $("trouble").textContent = text ?? "";
  $("trouble").hidden = !text;
}

function canvas(label, px) {
  const made = Object.assign(document.createElement("canvas"), { ariaLabel: label, role: "img" });
  made.style.cssText = `width:${px}px;height:${px}px`;
  return made;
}

// A picture of 28 x 28 numbers, -1 to 1, row by row from above.
function picture(on, pixels) {
  const { context, width } = fitted(on), turned = Float32Array.from(pixels, (_, i) => pixels[(side - 1 - Math.floor(i / side)) * side + (i % side)]);
  heat(context, turned, side, 0, 0, width, width, false);
}

function drawPad() {
  ink.clearRect(0, 0, size, size);
  Object.assign(ink, { lineWidth: pen, lineCap: "round", lineJoin: "round", strokeStyle: colour("ink") });
  for (const [first, ...rest] of state.drawn) {
    ink.beginPath();
    ink.moveTo(...first);
    if (rest.length === 0) ink.lineTo(first[0] + 0.1, first[1]);
    for (const at of rest) ink.lineTo(...at);
    ink.stroke();
  }
}

function drawAnswer() {
  const answer = state.outputs?.at(-1), classes = answer?.length ?? 10;
  if ($("bars").children.length !== classes)
    $("bars").replaceChildren(...Array.from({ length: classes }, () => Object.assign(document.createElement("li"), { innerHTML: "<i></i><span></span>" })));
  Array.from($("bars").children, (bar, k) => {
    bar.firstChild.style.width = answer ? `${100 * Math.max(0, Math.min(1, answer[k]))}%` : "0";
    bar.lastChild.textContent = answer ? percent(answer[k]) : "";
  });
  picture($("seen"), state.seen ?? new Float32Array(side * side));
  const first = state.outputs?.[0] ?? [], loud = Array.from(first.keys()).sort((a, b) => first[b] - first[a]).slice(0, loudest);
  $("loudest").replaceChildren(...(state.outputs?.length > 1 ? loud : []).map((unit) => {
    const figure = document.createElement("figure"), on = canvas(`weights of unit ${unit + 1}`, 84), weights = state.network.first(unit);
    figure.append(on, Object.assign(document.createElement("figcaption"), { textContent: `unit ${unit + 1}: ${first[unit].toFixed(2)}` }));
    queueMicrotask(() => picture(on, weights.map((w) => w / state.network.largest)));
    return figure;
  }));
  $("keep").disabled = !answer;
}

function say() {
  const answer = state.outputs?.at(-1);
  if (!answer) return ($("says").textContent = state.network ? "Draw a digit, from 0 to 9." : "");
  const [best, next] = Array.from(answer.keys()).sort((a, b) => answer[b] - answer[a]);
  $("says").textContent = `A ${best}, sure to ${percent(answer[best])}; else a ${next} (${percent(answer[next])}).`;
}

// The trained network goes to the engine once, and again where the engine was begun anew.
async function load() {
  const file = await fetch("network.nn");
  if (!file.ok) throw new Error(transport.live ? "There is no trained network of yours yet: ./course capstone trains one and saves it." : "This book was built without a trained network.");
  const { head, numbers } = await transport.ask("load page=digit", new Uint8Array(await file.arrayBuffer()));
  if (head.error) throw new Error(head.error);
  const [inputs, units] = head.units;
  if (inputs !== side * side) throw new Error(`The trained network takes ${inputs} inputs, expected ${side * side}: one of 28 x 28 pixels.`);
  let largest = 0;
  for (let i = 0; i < units * inputs; ++i) largest = Math.max(largest, Math.abs(numbers[i]));
  state.network = { largest, first: (unit) => numbers.slice(unit * inputs, (unit + 1) * inputs) };
}

async function asked(pixels) {
  for (const last of [false, true]) {
    if (!state.network) await load();
    const { head, numbers } = await transport.ask("at page=digit", pixels);
    if (!head.error) return { head, numbers };
    if (last || !(head.missing || head.lost)) throw new Error(head.error + (head.task ? "." : ""));
    state.network = null;
  }
}

// Reads the newest drawing; what is drawn meanwhile is read after it.
async function read() {
  if (state.busy) return void (state.again = true);
  state.busy = true;
  do {
    state.again = false;
    const { data } = ink.getImageData(0, 0, size, size), drawn = new Float32Array(size * size).map((_, i) => data[4 * i + 3] / 255);
    const seen = ($("centre").checked ? centred : shrunk)(drawn, size);
    try {
      if (!state.network) await load();
      const answer = seen && (await asked(seen));
      let from = 0;
      const layers = answer?.head.units.map((units) => answer.numbers.slice(from, (from += units)));
      state.seen = seen;
      state.outputs = layers?.filter((_, i) => i % 2 === 1) ?? null;  // between them stand the sums
      trouble(null);
    } catch (error) {
      state.outputs = null;
      trouble(error.message);
    }
    drawAnswer();
    say();
  } while (state.again);
  state.busy = false;
  document.body.dataset.read = String(Number(document.body.dataset.read ?? 0) + 1);
}

function show(drawn) {
  state.drawn = drawn;
  drawPad();
  return read();
}

function example(digit) {
  show(strokes[digit].map((stroke) => stroke.map(([x, y]) => [size * (0.14 + 0.72 * x), size * (0.14 + 0.72 * y)])));
}

function place(event) {
  const { left, top, width } = $("pad").getBoundingClientRect();
  return [((event.clientX - left) * size) / width, ((event.clientY - top) * size) / width];
}

function down(event) {
  if (!event.isPrimary || event.button !== 0) return;
  event.preventDefault();
  $("pad").setPointerCapture(event.pointerId);
  show([...state.drawn, [place(event)]]);
}

function move(event) {
  if (!event.isPrimary || !$("pad").hasPointerCapture(event.pointerId)) return;
  const passed = event.getCoalescedEvents?.() ?? [];
  for (const one of passed.length ? passed : [event]) state.drawn.at(-1).push(place(one));
  drawPad();
  read();
}

function keep() {
  const answer = state.outputs.at(-1), truth = Number($("truth").value), said = answer.indexOf(Math.max(...answer));
  const figure = document.createElement("figure"), on = canvas(`a ${truth}, read as ${said}`, 56), pixels = state.seen;
  figure.append(on, Object.assign(document.createElement("figcaption"), { textContent: `${truth}, read as ${said}` }));
  $("kept").append(figure);
  picture(on, pixels);
  state.kept.push([truth, ...Array.from(pixels, (v) => Math.round(255 * v))]);
  $("save").disabled = false;
}

function save() {
  const url = URL.createObjectURL(new Blob([state.kept.map((row) => row.join(",")).join("\n") + "\n"], { type: "text/csv" }));
  Object.assign(document.createElement("a"), { href: url, download: "digits.csv" }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

function onBuild(told) {
  $("built").textContent = `${told.whose}, built ${told.at}${told.error ? " (the last save is not in it)" : ""}`;
  if (told.build === state.build) return;
  const first = state.build === 0;
  state.build = told.build;
  if (!first) read();
}

$("pad").addEventListener("pointerdown", down);
$("pad").addEventListener("pointermove", move);
$("clear").addEventListener("click", () => show([]));
$("centre").addEventListener("change", read);
$("keep").addEventListener("click", keep);
$("save").addEventListener("click", save);
document.addEventListener("keydown", (event) => {
  if (event.target.matches?.("input, select") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (/^[0-9]$/.test(event.key)) example(Number(event.key));
  else if (["Delete", "Backspace", "Escape"].includes(event.key)) show([]);
});
$("truth").append(...strokes.map((_, digit) => new Option(String(digit))));
$("examples").append(...strokes.map((_, digit) => {
  const button = Object.assign(document.createElement("button"), { textContent: String(digit), ariaLabel: `draw a ${digit}` });
  button.addEventListener("click", () => example(digit));
  return button;
}));
$("other").hash = location.hash;
followTheme(() => { drawPad(); drawAnswer(); });
if (new URLSearchParams(location.hash.slice(1)).has("widget")) {
  document.body.classList.add("widget", "digit");
  frameHeight("digit");
}
await show([]);
document.body.dataset.ready = "yes";
