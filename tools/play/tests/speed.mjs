// speed.mjs ROOT CHROMIUM COPY FOLDER [ROUNDS]: how fast the playground is, in `./course play` on COPY, a student's repository, and in FOLDER, on
// WebAssembly: rounds of both, one after the other. COPY's exercises are edited. Exit code 1: a bound does not hold.
import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { openPage, startBrowser } from "./browser.mjs";
import { serve } from "./serve.mjs";

const [root, program, copy, folder, rounds = "5"] = process.argv.slice(2);
const median = (all) => [...all].sort((a, b) => a - b)[all.length >> 1], load = () => os.loadavg()[0].toFixed(1);

let built = 0;  // when a build last ended
const server = spawn(path.join(root, "build/tools/bin/play"), ["--port", "18600"], { env: { ...process.env, NAND2MNIST_ROOT: copy }, stdio: ["ignore", "pipe", "inherit"] });
const native = await new Promise((found, failed) => {
  let said = "";
  server.stdout.on("data", (text) => {
    if (/ built\n/.test(text)) built = Date.now();
    const address = (said += text).match(/http:\/\/127\.0\.0\.1(:\d+\/#token=\w+)/);
    if (address) found(`http://localhost${address[1]}&`);
  });
  server.on("exit", (code) => failed(new Error(`./course play ended with ${code}: ${said}`)));
});
const book = await serve(folder, 0), hosts = { native, WebAssembly: `${book.address}/index.html#` };
const { context, stop } = await startBrowser(program);

async function opened(address) {
  const page = await openPage(context);
  await page.emulateMedia({ reducedMotion: "no-preference", colorScheme: "light" });
  await page.addInitScript(() => {  // since the page was asked for
    const seen = new MutationObserver(() => { if (document.body?.dataset.ready) window.readyAfter ??= performance.now(); });
    seen.observe(document, { subtree: true, childList: true, attributes: true });
  });
  await page.goto(`${address}n=500`);
  await page.waitForFunction(() => window.readyAfter);
  return page;
}

// Frames of the browser and pictures of the network in a second, while it trains ten steps a picture.
const pictures = (page) => page.evaluate(async () => {
  const step = () => Number(document.querySelector("#says").textContent.match(/^step (\d+)/)[1]);
  document.querySelector("#run").click();
  await new Promise((done) => setTimeout(done, 1000));
  let frames = 0;
  const begun = performance.now(), from = step();
  await new Promise((done) => {
    const count = (now) => (now - begun < 4000 ? (++frames, requestAnimationFrame(count)) : done());
    requestAnimationFrame(count);
  });
  const seconds = (performance.now() - begun) / 1000, to = step();
  document.querySelector("#run").click();
  return { frames: frames / seconds, pictures: (to - from) / 10 / seconds };
});

// Steps a second of batches of ten, 2-8-8-1 on 500 points.
const train = ["data set=moons n=500 noise=0.15 seed=1", "network layers=8,8 act=tanh,tanh init=xavier seed=1", "step n=1000000 batch=10 rate=0.1 ms=2000"];
const steps = (page) => page.evaluate(async (train) => {
  const transport = (await import("./host.mjs")).openTransport(() => {}, () => {});
  let last;
  for (const request of train) last = await transport.ask(request.replace(" ", " page=speed "));
  return last.head.step / 2;
}, train);
function stepsOfProcess() {  // our solutions, compiled for speed
  const frame = (text) => Buffer.concat([Buffer.from(Uint32Array.of(text.length, 0).buffer), Buffer.from(text)]);
  const said = execFileSync(path.join(root, "build/play-native/bin/play_engine_ours"), { input: Buffer.concat(train.map(frame)), env: { ...process.env, OPENBLAS_NUM_THREADS: "1" } });
  return Number(said.toString("latin1").match(/"step":(\d+)/g).at(-1).slice(7)) / 2;
}

const exercise = path.join(copy, "exercises/03-activations/activations.cpp"), text = fs.readFileSync(exercise, "utf8");
async function save(page, round) {  // from the end of the build to the new curve beside the old
  const known = built;
  fs.writeFileSync(exercise, text.replace("mat tanh(mat Z) {\n", (start) => `${start}  [[maybe_unused]] const int edited = ${round};\n`));
  await page.waitForFunction(() => document.querySelector("#lines").textContent.includes("before your save"), null, { timeout: 120000 });
  if (built === known) throw new Error("a new curve before the build's end");
  return Date.now() - built;
}

const all = {};
const note = (name, value) => (all[name] ??= []).push(value);
for (let round = 0; round < Number(rounds); ++round) {
  for (const [name, address] of Object.entries(hosts)) {
    const page = await opened(address), { frames, pictures: drawn } = await pictures(page);
    note(`${name}: ready, ms`, await page.evaluate(() => window.readyAfter));
    note(`${name}: frames a second`, frames);
    note(`${name}: pictures a second`, drawn);
    note(`${name}: steps a second`, await steps(page));
    if (name === "native") note("native: build's end to new curve, ms", await save(page, round));
    await page.close();
  }
  note("native, -O2: steps a second", stepsOfProcess());
  console.log(`round ${round + 1} of ${rounds}, load ${load()}`);
}
for (const other of ["native", "native, -O2"])
  all[`WebAssembly / ${other}`] = all["WebAssembly: steps a second"].map((one, i) => one / all[`${other}: steps a second`][i]);
for (const [name, values] of Object.entries(all)) console.log(`${name.padEnd(40)} ${median(values).toPrecision(4).padStart(9)}   (${values.map((one) => one.toPrecision(3)).join(", ")})`);
fs.writeFileSync(exercise, text);
server.removeAllListeners("exit");
server.kill("SIGINT");
book.server.close();
await stop();
const bounds = { "native: ready, ms": [0, 500], "WebAssembly: ready, ms": [0, 500], "native: frames a second": [55], "WebAssembly: frames a second": [55],
  "native: build's end to new curve, ms": [0, 300], "WebAssembly / native": [0.5] };
for (const [name, [low, high = Infinity]] of Object.entries(bounds))
  if (!(median(all[name]) >= low && median(all[name]) <= high)) console.log(`FAILED ${name}: ${median(all[name])}`), process.exitCode = 1;
