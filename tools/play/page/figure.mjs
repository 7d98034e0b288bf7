// The page of the lessons' small figures: sliders, one picture, and a sentence that says what it shows.
import { fitted } from "./draw.mjs";
import { figures } from "./figures.mjs";
import { openTransport } from "./host.mjs";
import { followTheme } from "./theme.mjs";
import { frameHeight, widgets } from "./widget.mjs";

const $ = (id) => document.getElementById(id);
const words = new URLSearchParams(location.hash.slice(1));
const titles = await widgets();
const state = { name: words.get("widget") ?? words.get("figure") ?? Object.keys(figures)[0], values: {}, answer: null, build: 0, busy: false, again: false };
const figure = () => figures[state.name];
// In a lesson of part I the page loads the smaller engine, which knows the figures of part I alone.
const transport = openTransport(onBuild, (there) => { if (!there) $("built").textContent = "the server does not answer; ./course play starts it"; },
  !words.has("widget") || figure()?.further);

// Throws what the engine says; a task that is not written is named in it.
async function ask(request, floats) {
  const [verb, ...rest] = request.split(" ");
  const { head, numbers } = await transport.ask([verb, "page=figure", ...rest].join(" "), floats && Float32Array.from(floats));
  if (head.error) throw new Error(head.error + (head.task ? "." : ""));
  return { head, numbers };
}

function draw() {
  const { context, width, height } = fitted($("picture"));
  if (state.answer) figure().draw(context, width, height, state.answer, state.values);
}

// Asks for the newest values; what is moved meanwhile is asked after it.
async function show() {
  if (state.busy) return void (state.again = true);
  state.busy = true;
  do {
    state.again = false;
    const { values } = state, waiting = setTimeout(() => { $("says").textContent = "The engine computes."; }, 300);
    try {
      state.answer = await figure().ask(ask, values);
      $("trouble").hidden = true;
      $("says").textContent = figure().says(state.answer, values);
    } catch (error) {
      state.answer = null;
      $("trouble").textContent = error.message;
      $("trouble").hidden = false;
      $("says").textContent = "";
    } finally {
      clearTimeout(waiting);
    }
    $("picture").ariaLabel = $("says").textContent;
    draw();
  } while (state.again);
  state.busy = false;
  document.body.dataset.ready = "yes";
  document.body.dataset.shown = String(Number(document.body.dataset.shown ?? 0) + 1);
}

function field({ name, label, low, high, step, value, choices, text }) {
  const place = document.createElement("label"), shown = document.createElement("output");
  let input;
  if (choices) {
    input = document.createElement("select");
    for (const choice of choices) input.add(new Option(choice, choice, false, choice === value));
  } else if (text) input = Object.assign(document.createElement("input"), { type: "text", size: 24, spellcheck: false, autocomplete: "off", value });
  else input = Object.assign(document.createElement("input"), { type: "range", min: low, max: high, step, value });
  input.name = name;
  const words = choices || text;
  const take = () => {
    state.values = { ...state.values, [name]: words ? input.value : Number(input.value) };
    if (!words) shown.textContent = input.value.replace("-", "−");
    show();
  };
  input.addEventListener("input", take);
  state.values[name] = words ? value : Number(value);
  if (!words) shown.textContent = String(value).replace("-", "−");
  place.append(`${label} `, input, " ", shown);
  return place;
}

function begin(name) {
  Object.assign(state, { name, values: {}, answer: null });
  $("picture").classList.toggle("pair", Boolean(figure().pair));  // two images beside each other: no higher than they are
  $("sliders").replaceChildren(...figure().sliders.map(field));
  document.querySelector("h1").textContent = titles[name].title;
  return show();
}

function onBuild(told) {
  $("built").textContent = `${told.whose}, built ${told.at}${told.error ? " (the last save is not in it)" : ""}`;
  const newer = told.build > state.build && state.build > 0;
  state.build = told.build;
  if (newer) show();
}

if (!figure()) throw new Error(`there is no figure "${state.name}"`);
if (words.has("widget")) {
  document.body.classList.add("widget");
  frameHeight(state.name);
}
if (words.get("token")) $("other").hash = `token=${words.get("token")}`;
$("which").append(...Object.keys(figures).map((name) => new Option(titles[name].title, name, false, name === state.name)));
$("which").addEventListener("change", () => begin($("which").value));
$("sliders").addEventListener("submit", (event) => event.preventDefault());
followTheme(draw);
new ResizeObserver(draw).observe($("picture"));
await begin(state.name);
