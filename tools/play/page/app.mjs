// The page: a run, its controls, its pictures.
import { Controls } from "./controls.mjs";
import { className, colour, curves, point, fitted } from "./draw.mjs";
import { NetworkView } from "./network.mjs";
import { drawHidden, drawPlane, drawSlopes, planePoint } from "./plane.mjs";
import { Run } from "./run.mjs";
import { defaults, fromWords, toWords } from "./settings.mjs";
import { addTables } from "./tables.mjs";
import { addTasks } from "./tasks.mjs";
import { followTheme } from "./theme.mjs";
import { svgOf, vectorCanvas } from "./vector.mjs";
import { showWidget } from "./widget.mjs";
import { openTransport } from "./host.mjs";

const $ = (id) => document.getElementById(id);
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const percent = (share) => `${(100 * share).toFixed(1)}\u00a0%`;

const state = { running: false, earlier: [], before: null, measured: 0, seconds: 0, step: 0, build: 0, next: null };
const transport = openTransport(onBuild, onLink);
const run = new Run(transport);
const network = new NetworkView($("network"), (text) => { if ($("chosen").textContent !== text) $("chosen").textContent = text; });
const controls = new Controls($("controls"), onSettings);
const shownLayer = () => Number($("hiddenlayer").value || 0), fillTables = addTables(run, shownLayer);

function say(text) { $("says").textContent = text; }

function trouble(error) {
  const next = state.next ? ` The next to write: ${state.next.task}, in ${state.next.file}.` : "";
  $("trouble").textContent = error ? error.message + (error.task ? `.${next}` : "") : "";
  $("trouble").hidden = !error;
}

// On the canvases of the page, or on what stands in for them.
function drawOn(canvas) {
  drawPlane(canvas("plane"), run, $("showtest").checked);
  drawHidden(canvas("hidden"), run, shownLayer());
  drawSlopes(canvas("slopes"), run);
  const of = (history, key) => history.map((score) => [score.step, score[key]]);
  const series = [
    ...state.earlier.map((history) => ({ points: of(history, "loss"), ink: colour("line"), width: 1.5 })),
    ...(state.before ? [{ points: of(state.before, "loss"), ink: colour("quiet"), dash: [6, 4] }] : []),
    { points: of(run.history, "test_loss"), ink: colour("plus"), dash: [2, 3] },
    { points: of(run.history, "loss"), ink: colour("accent"), width: 2.5 }];
  curves(canvas("loss"), series, { log: $("log").checked, empty: "no loss yet" });
}

function draw() {
  network.draw(run);
  network.say();
  drawOn($);
  if (!state.running) fillTables();
}

function sayScore() {
  const s = run.score;
  if (!s) return;
  if (run.broke) return say(`The weights left the numbers at step ${run.broke}: the rate is too large. The picture is the last one before.`);
  const by = { 7: "", 6: " Trained by lesson 6: all points at each step.", 5: " Trained by lesson 5, numerically: see how slow." }[s.lesson];
  const test = s.test_loss === undefined ? "" : `, new points ${s.test_loss?.toPrecision(4)}`;
  const wrong = percent(s.wrong) + (s.test_wrong === undefined ? "" : `, new points ${percent(s.test_wrong)}`);
  say(`step ${s.step}, epoch ${s.epoch}: loss ${s.loss?.toPrecision(4)}${test}; wrong ${wrong}.${by}`);
  $("plane").ariaLabel = `the output over the plane; wrong ${wrong}`;
}

function setRunning(running) {
  state.running = running;
  $("run").textContent = running ? "Pause" : "Run";
  $("step").disabled = running;
  $("says").ariaLive = $("chosen").ariaLive = running ? "off" : "polite";  // sixty sentences a second are read by nobody
}

let last = Promise.resolve(), waiting = 0;

// One piece of work after another. What goes wrong stops the run and is told; the page goes on.
function guarded(work) {
  ++waiting;
  return (last = last.then(() => tried(work)).finally(() => --waiting));
}

async function tried(work) {
  try {
    await work();
    trouble(null);
    sayScore();
    return true;
  } catch (error) {
    setRunning(false);
    trouble(error);
    return false;
  } finally {
    draw();
  }
}

async function begin() {
  setRunning(false);
  keepRun();
  state.before = null;
  state.seconds = state.step = 0;
  const begun = await guarded(() => run.begin(controls.settings));
  const layers = controls.settings.layers.length;
  $("hiddenlayer").replaceChildren(...Array.from({ length: layers }, (_, l) => new Option(String(l + 1), l)));
  if (begun) await guarded(() => run.measureSlopes());
  legend();
}

// A run that was trained goes to the table and, in grey, under the loss of the next.
function keepRun() {
  const s = run.score;
  if (!s || s.step === 0) return;
  state.earlier = [...state.earlier.slice(-4), run.history];
  const row = $("runs").tBodies[0].insertRow(0);
  const cells = [run.name, s.step, s.loss?.toPrecision(4), s.test_loss?.toPrecision(4) ?? "", s.test_wrong === undefined ? percent(s.wrong) : percent(s.test_wrong), state.seconds.toFixed(1)];
  for (const cell of cells) row.insertCell().textContent = cell;
}

async function advance(n) {
  const begun = performance.now();
  await run.advance(n);
  await run.refresh();
  if (begun - state.measured > 250) {
    await run.measureSlopes();
    state.measured = performance.now();
  }
  state.seconds += (performance.now() - begun) / 1000;
}

async function loop() {
  const { stop } = controls.settings;
  const ok = await guarded(() => advance(Math.max(1, Math.min(Number($("speed").value), stop - run.score.step))));
  const done = run.broke || run.score?.step >= stop || run.score?.loss < 1e-4;
  if (!ok || done) {
    setRunning(false);
    if (ok) await guarded(() => run.measureSlopes());
  }
  if (!state.running) return;
  if (calm.matches) setTimeout(loop, 250);
  else requestAnimationFrame(loop);
}

async function toggle() {
  if (state.running) {
    setRunning(false);
    await guarded(() => run.measureSlopes());
    return;
  }
  if (!run.score && !run.lost) await begin();
  if (run.score && run.score.step >= controls.settings.stop) controls.set({ stop: run.score.step + 1000 }, false);
  if (!run.score) return;
  setRunning(true);
  loop();
}

// Points as the user may add to them: x, y, class.
const shownPoints = () => (run.data ? Array.from(run.data.train.x, (x, i) => [x, run.data.train.y[i], run.data.train.labels[i]]) : []);

function onSettings(settings, anew) {
  remember(settings);
  if (settings.set === "own" && run.own.length === 0) run.own = shownPoints();
  if (anew) begin();
  else run.settings = settings;
}

function remember(settings) {
  if (document.body.classList.contains("widget")) return;
  const words = new URLSearchParams(toWords(settings)), token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (token) words.set("token", token);
  history.replaceState(null, "", `#${words}`);
}

// A new build: the same settings, seed and steps again, the old curve beside the new.
async function onBuild(told) {
  state.next = told.next;
  $("broken").hidden = !told.error;
  $("broken").querySelector("pre").textContent = told.error;
  $("built").textContent = `${told.whose}, built ${told.at}${told.error ? " (the last save is not in it)" : ""}`;
  const newer = told.build > state.build, first = state.build === 0;
  state.build = told.build;
  if (!newer || first) return;
  const again = state.running, step = (state.step = run.score?.step ?? state.step);  // kept through code that ends or hangs
  setRunning(false);
  if (run.history.length) state.before = run.history;
  run.settings ??= controls.settings;
  await guarded(async () => {
    await run.replay(step);
    await run.measureSlopes();
  });
  legend();
  if (again && run.score) toggle();
}

function onLink(there) {
  if (!there) $("built").textContent = "the server does not answer; ./course play starts it";
}

function legend() {
  const classes = run.data?.classes ?? 2;
  $("legend").replaceChildren(...Array.from({ length: classes }, (_, k) => {
    const item = document.createElement("span"), canvas = document.createElement("canvas");
    canvas.style.cssText = "display:inline-block;width:18px;height:18px;vertical-align:middle";
    item.append(canvas, ` class ${k}`);
    queueMicrotask(() => point(fitted(canvas).context, 9, 9, k, false, 5));
    return item;
  }));
  const chosen = $("brush").value || "1";
  $("brush").replaceChildren(...Array.from({ length: classes }, (_, k) => new Option(`class ${k} (${className(k)})`, k, false, String(k) === chosen)));
  const key = (ink, style, text) => {
    const item = document.createElement("span"), line = document.createElement("i");
    line.className = "key";
    line.style.borderTop = `3px ${style} ${ink}`;
    item.append(line, text);
    return item;
  };
  $("lines").replaceChildren(key(colour("accent"), "solid", "training"), key(colour("plus"), "dotted", "new points"),
    ...(state.before ? [key(colour("quiet"), "dashed", "before your save")] : []));
}

function addPoint(event) {
  const at = planePoint($("plane"), run, event.offsetX, event.offsetY);
  if (!at) return;
  if (controls.settings.set !== "own") run.own = shownPoints();
  run.own.push([...at, Number($("brush").value)]);
  controls.set({ set: "own", classes: Math.max(2, run.data?.classes ?? 2) });
}

// Rows of x, y, class from a spreadsheet or a CSV.
function paste(event) {
  if (event.target.matches?.("input, textarea")) return;
  const rows = event.clipboardData.getData("text").split(/\r?\n/).map((line) => line.split(/[\s,;]+/).filter(Boolean).map(Number))
    .filter((row) => row.length === 3 && row.every(Number.isFinite) && Number.isInteger(row[2]) && row[2] >= 0 && row[2] < 6);
  if (rows.length < 2) return say("Pasted text wants two rows of x, y, class at least; the class is 0 to 5.");
  run.own = rows.slice(0, 5000);
  controls.set({ set: "own", classes: Math.max(2, ...rows.map((row) => row[2] + 1)) });
}

let asked = false;
async function showHere(event) {
  const at = planePoint($("plane"), run, event.offsetX, event.offsetY);
  if (!at || asked || waiting || state.running || !run.shape) return;
  asked = true;
  try {
    const outputs = run.shape.units.at(-1), { numbers } = await run.ask(`at x=${at[0]} y=${at[1]}`);
    const last = Array.from(numbers.slice(-outputs), (v) => v.toFixed(3)).join(", ");
    $("here").textContent = `at (${at.map((v) => v.toFixed(2)).join(", ")}): ${last}`;
  } catch (error) {
    $("here").textContent = error.message;
  }
  asked = false;
}

function download(name, url) {
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

function saveJson() {
  const layers = run.layers?.error ? null : run.layers?.map(({ W, b }, l) => ({ W: W.map((row) => Array.from(row)), b: Array.from(b), activation: run.shape.act[l] }));
  const text = JSON.stringify({ settings: controls.settings, step: run.score?.step ?? 0, own: run.own, layers }, null, 1);
  download("network.json", URL.createObjectURL(new Blob([text], { type: "application/json" })));
}

async function loadJson(event) {
  try {
    const saved = JSON.parse(await event.target.files[0].text());
    run.own = Array.isArray(saved.own) ? saved.own : [];
    controls.show(fromWords(toWords({ ...defaults, ...saved.settings })));
    remember(controls.settings);
    await begin();
    const weights = (saved.layers ?? []).flatMap(({ W, b }) => [...W.flat(), ...b]);
    if (weights.length) await guarded(async () => {
      await run.ask(`put step=${saved.step ?? 0}`, new Float32Array(weights));
      await run.advance(0);
      await run.refresh();
    });
  } catch (error) {
    trouble(new Error(`that is no network saved from here: ${error.message}`));
  }
  event.target.value = "";
}

function savePicture() {
  const [a, b] = [$("network"), $("plane")], both = Object.assign(document.createElement("canvas"), { width: a.width + b.width, height: Math.max(a.height, b.height) });
  const context = both.getContext("2d");
  context.fillStyle = colour("paper");
  context.fillRect(0, 0, both.width, both.height);
  context.drawImage(a, 0, 0);
  context.drawImage(b, a.width, 0);
  both.toBlob((blob) => download("network.png", URL.createObjectURL(blob)));
}

// All pictures, as lines and words that scale.
function saveDrawing() {
  const drawn = Object.fromEntries(["network", "plane", "loss", "hidden", "slopes"].map((id) => [id, vectorCanvas($(id))]));
  network.draw(run, drawn.network);
  drawOn((id) => drawn[id]);
  const pictures = Object.entries(drawn).map(([id, canvas]) => [canvas, $(id).closest("section").querySelector("h2").textContent]);
  const text = svgOf(pictures, { paper: colour("paper"), ink: colour("ink") });
  download("network.svg", URL.createObjectURL(new Blob([text], { type: "image/svg+xml" })));
}

$("run").addEventListener("click", toggle);
$("step").addEventListener("click", () => run.score && guarded(async () => { await advance(1); await run.measureSlopes(); }));
$("again").addEventListener("click", begin);
$("speed").addEventListener("change", () => controls.set({ speed: Number($("speed").value) }, false));
for (const id of ["showtest", "log", "hiddenlayer"]) $(id).addEventListener("change", draw);
$("plane").addEventListener("click", addPoint);
$("plane").addEventListener("pointermove", showHere);
$("link").addEventListener("click", async () => {
  const url = `${location.href.split("#")[0]}#${toWords(controls.settings)}`;
  await navigator.clipboard.writeText(url).then(() => say("The link is copied."), () => say(url));
});
$("save").addEventListener("click", saveJson);
$("load").addEventListener("change", loadJson);
$("png").addEventListener("click", savePicture);
$("svg").addEventListener("click", saveDrawing);
document.addEventListener("paste", paste);
document.addEventListener("keydown", (event) => {
  if (event.target.matches?.("input, select, button, summary, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === " ") {
    event.preventDefault();
    toggle();
  } else if (event.key === "." && !state.running) $("step").click();
});
const token = new URLSearchParams(location.hash.slice(1)).get("token");
if (token) $("other").hash = $("small").hash = `token=${token}`;
followTheme(draw);
new ResizeObserver(draw).observe(document.querySelector("main"));

controls.show(fromWords(await showWidget(location.hash.slice(1))));
$("speed").value = String(controls.settings.speed);
addTasks($("tasks"), transport, (settings) => {
  controls.set({ ...defaults, ...settings });
  scrollTo({ top: 0, behavior: calm.matches ? "auto" : "smooth" });
});
await begin();
document.body.dataset.ready = "yes";
if (document.body.classList.contains("widget") && !calm.matches) toggle();  // it plays once when it comes into view
