// page_test.mjs ROOT CHROMIUM NETWORK ENGINE [FOLDER]: the pages on `./course play --ours`, with ENGINE if it is not empty, and FOLDER,
// those on WebAssembly.
import { spawn, execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { openPage, startBrowser } from "./browser.mjs";
import { expect, finish, test } from "./results.mjs";
import { serve } from "./serve.mjs";

const [root, program, trained, engine, folder] = process.argv.slice(2);

// The address of a server of our own, and the end of it.
function play() {
  const server = spawn(path.join(root, "course"), ["play", "--ours", ...(engine ? ["--engine", engine] : []), "--port", "18500", "--network", trained], { stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((found, failed) => {
    let said = "";
    server.stdout.on("data", (text) => {
      said += text;
      const address = said.match(/http:\/\/127\.0\.0\.1(:\d+\/#token=\w+)/);
      if (address) found({ address: `http://localhost${address[1]}`, server, stop: () => server.kill("SIGINT") });
    });
    server.on("exit", (code) => failed(new Error(`./course play ended with ${code}: ${said}`)));
  });
}

const ready = (page) => page.waitForSelector("body[data-ready]", { timeout: 30000 });
const step = (page) => page.evaluate(() => Number(document.querySelector("#says").textContent.match(/^step (\d+)/)?.[1] ?? -1));
const text = (page, id) => page.textContent(`#${id}`);
const until = (page, body, argument) => page.waitForFunction(body, argument, { timeout: 60000 });
const said = (page, pattern) => until(page, (p) => new RegExp(p).test(document.querySelector("#says").textContent), pattern);

// In a page: where each word on a canvas stands, until the canvas is cleared.
function noteWords() {
  const own = CanvasRenderingContext2D.prototype, { clearRect, fillText } = own;
  globalThis.written = new Map();
  own.clearRect = function (...area) {
    written.set(this.canvas, []);
    clearRect.apply(this, area);
  };
  own.fillText = function (text, x, y) {
    const size = this.measureText(text), turn = this.getTransform(), ratio = this.canvas.width / this.canvas.clientWidth;
    const corners = [-size.actualBoundingBoxLeft, size.actualBoundingBoxRight].flatMap((dx) => [-size.actualBoundingBoxAscent, size.actualBoundingBoxDescent]
      .map((dy) => turn.transformPoint({ x: x + dx, y: y + dy })));
    const [xs, ys] = [corners.map((one) => one.x / ratio), corners.map((one) => one.y / ratio)];
    if (text) written.get(this.canvas)?.push({ text, left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys), turned: turn.b !== 0 });
    fillText.call(this, text, x, y);
  };
}

// Words that a picture's edge cuts or that lie over each other, and what is wider than a lesson's place for it.
const crowded = (page) => page.evaluate(() => {
  const problems = [], wide = document.documentElement.scrollWidth;
  if (wide > innerWidth) problems.push(`it is ${wide} px wide in ${innerWidth}`);
  for (const [canvas, words] of written)
    for (const [i, one] of words.entries()) {
      if (one.left < -1 || one.top < -1 || one.right > canvas.clientWidth + 1 || one.bottom > canvas.clientHeight + 1) problems.push(`"${one.text}" is cut off`);
      for (const other of words.slice(0, one.turned ? 0 : i))
        if (!other.turned && Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1 && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 1)
          problems.push(`"${one.text}" lies over "${other.text}"`);
    }
  return problems;
});
const phone = 270;  // what a page of the book leaves of 320 px

async function opened(context, address, settings = "", options = {}) {
  const page = await openPage(context, options);
  await page.addInitScript(noteWords);
  if (!options.reduced) await page.emulateMedia({ reducedMotion: "no-preference", colorScheme: options.dark ? "dark" : "light" });
  await page.goto(address + (settings && (address.includes("#") ? "&" : "#") + settings));
  await ready(page);
  return page;
}

// How many pixels of a canvas are near each of the colours, and how many colours there are.
const inks = (page, id, colours) => page.evaluate(([id, colours]) => {
  const canvas = document.getElementById(id), { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const near = colours.map(() => 0), all = new Set();
  for (let i = 0; i < data.length; i += 4) {
    all.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
    colours.forEach((colour, k) => {
      const rgb = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
      if (rgb.every((v, c) => Math.abs(v - data[i + c]) < 40)) ++near[k];
    });
  }
  return { near, all: all.size };
}, [id, colours]);
const [orange, blue, green] = ["#E69F00", "#0072B2", "#009E73"];

async function tests(host, context, address) {
  const in_a_page = (name, settings, options, body) => test(`${name} (${host})`, async () => {
    const page = await opened(context, address, settings, options);
    try {
      return [...((await body(page)) ?? []), ...page.trouble];
    } finally {
      await page.close();
    }
  });

  await in_a_page("it learns by keyboard, and every picture shows something", "", {}, async (page) => {
    const first = await step(page);
    await page.keyboard.press("Space");
    await said(page, "^step [0-9]{3,}");
    await page.keyboard.press("Space");
    await until(page, () => document.querySelector("#run").textContent === "Run");
    await page.waitForTimeout(500);
    const before = await step(page);
    await page.keyboard.press(".");
    await said(page, `^step ${before + 1},`);
    await page.focus("#network");
    await page.keyboard.press("ArrowDown");
    const chosen = await text(page, "chosen"), plane = await inks(page, "plane", [orange, blue]);
    const problems = [...expect(first === 0, `it begins at step ${first}`),
      ...expect(/^layer 1, unit 2: tanh\(.*dW: .*db: /.test(chosen), `the chosen neuron is "${chosen}"`),
      ...expect(plane.near.every((count) => count > 2000), `the plane has ${plane.near} orange and blue pixels`)];
    for (const id of ["network", "loss", "hidden", "slopes"]) problems.push(...expect((await inks(page, id, [])).all > 20, `${id} is blank`));
    return problems;
  });

  await in_a_page("the numbers are those of every build", "set=circles&n=200&noise=0.1&seed=2&layers=4&act=tanh&init=xavier&batch=20&rate=0.2&stop=300", {}, async (page) => {
    await page.selectOption("#speed", "100");
    await page.click("#run");
    await said(page, "^step 300,");
    const golden = JSON.parse(fs.readFileSync(new URL("golden.json", import.meta.url))).at(-1), s = await text(page, "says");
    return expect(s.includes(`loss ${golden.loss.toPrecision(4)}, new points ${golden.test_loss.toPrecision(4)}`), `${s}, expected ${golden.loss} and ${golden.test_loss}`);
  });

  await in_a_page("three classes, dark, at 320 px", "set=spiral&classes=3&noise=0.02&layers=16&act=relu&init=he", { width: 320, dark: true }, async (page) => {
    await page.click("#run");
    await said(page, "^step [0-9]{3,}");
    await page.click("#run");
    const plane = await inks(page, "plane", [orange, blue, green]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    return [...expect(plane.near.every((count) => count > 300), `the plane has ${plane.near} pixels of the three colours`),
      ...expect(wide <= 320, `the page is ${wide} px wide`)];
  });

  await in_a_page("own points are those shown, at first; by click and by paste come others", "set=circles&n=50", {}, async (page) => {
    await page.selectOption("select[name=set]", "own");
    await said(page, "^step 0, epoch 0: loss [0-9.]+; wrong");  // there are no new ones
    await page.click("#step");
    await said(page, "^step 1,");
    await page.locator("#plane").click({ position: { x: 100, y: 100 } });
    await until(page, () => document.querySelector("select[name=set]").value === "own" && /^step 0/.test(document.querySelector("#says").textContent));
    await page.evaluate(() => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text", "0,0,0\n1\t1\t1\n0.5 0.2 2\n");
      document.dispatchEvent(new ClipboardEvent("paste", { clipboardData }));
    });
    await until(page, () => document.querySelectorAll("#legend > span").length === 3);
    return expect((await text(page, "trouble")) === "", await text(page, "trouble"));
  });

  await in_a_page("weights that leave the numbers are told, with the step", "layers=4&act=relu&out=identity&rate=100", {}, async (page) => {
    await page.click("#run");
    await said(page, "^The weights left the numbers at step [0-9]+: the rate is too large");
    return expect((await inks(page, "plane", [orange, blue])).all > 20, "the last picture is gone");
  });

  await in_a_page("a run is saved and loaded again", "", {}, async (page) => {
    for (let i = 0; i < 3; ++i) {
      await page.click("#step");
      await said(page, `^step ${i + 1},`);
    }
    const before = await text(page, "says");
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("#save")]);
    const file = await download.path();
    await page.selectOption("select[name=set]", "xor");
    await said(page, "^step 0,");
    await page.setInputFiles("#load", file);
    await said(page, "^step 3,");
    const after = await text(page, "says"), loss = (s) => Number(s.match(/loss ([\d.]+)/)[1]);
    return expect(Math.abs(loss(before) - loss(after)) < 1e-3, `${before} became ${after}`);
  });

  await in_a_page("pictures are saved as SVG", "set=circles&layers=4", {}, async (page) => {
    await page.click("#step");
    await said(page, "^step 1,");
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("#svg")]);
    const drawing = fs.readFileSync(await download.path(), "utf8");
    const { error, shapes, words, colours } = await page.evaluate(async (drawing) => {
      const parsed = new DOMParser().parseFromString(drawing, "image/svg+xml"), image = new Image();
      image.src = `data:image/svg+xml,${encodeURIComponent(drawing)}`;
      await image.decode();
      const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height }), context = canvas.getContext("2d");
      context.drawImage(image, 0, 0);
      const all = new Set(new Uint32Array(context.getImageData(0, 0, canvas.width, canvas.height).data.buffer));
      return { error: parsed.querySelector("parsererror")?.textContent ?? "", colours: all.size, words: [...parsed.querySelectorAll("text")].map((one) => one.textContent),
        shapes: Object.fromEntries(["path", "rect", "image"].map((tag) => [tag, parsed.querySelectorAll(tag).length])) };
    }, drawing);
    return [...expect(error === "", error), ...expect(shapes.path > 300 && shapes.rect > 7 && shapes.image >= 8, `it has ${JSON.stringify(shapes)}`),
      ...expect(colours > 1000, `as a picture it has ${colours} colours`),
      ...expect(["Network", "Output", "Loss", "Hidden space", "Slopes", "x1", "layer 1", "step 1"].every((word) => words.includes(word)), `its words are ${words}`)];
  });

  await in_a_page("each picture is a table, too", "set=xor&n=100&layers=3", { width: 320 }, async (page) => {
    const rows = async (id) => {
      const table = page.locator(`section:has(#${id}) details.table`);
      if (!(await table.evaluate((one) => one.open))) await table.locator("summary").click();
      await until(page, (id) => document.querySelector(`section:has(#${id}) details.table tr`), id);
      return table.locator("tr").evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.textContent)));
    };
    const first = await rows("network"), problems = [];
    await page.click("#step");
    await said(page, "^step 1,");
    const all = {};
    for (const id of ["network", "plane", "loss", "hidden", "slopes"]) all[id] = await rows(id);
    const lengths = Object.fromEntries(Object.entries(all).map(([id, list]) => [id, list.length]));
    problems.push(...expect(JSON.stringify(lengths) === JSON.stringify({ network: 5, plane: 101, loss: 3, hidden: 101, slopes: 3 }), `rows: ${JSON.stringify(lengths)}`),
      ...expect(JSON.stringify(first) !== JSON.stringify(all.network), "the open table is not of the last step"),
      ...expect(all.network[1][0] === "layer 1, unit 1" && all.network[1][2].split(", ").length === 2, `the first unit is ${all.network[1]}`),
      ...expect(all.plane[1].length === 4 && all.plane[1].every((cell) => Number.isFinite(Number(cell)) && cell !== ""), `the first point is ${all.plane[1]}`),
      ...expect(Number(all.slopes[1][1]) > 0, `the slopes are ${all.slopes}`));
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    return [...problems, ...expect(wide <= 320, `the page is ${wide} px wide`)];
  });

  await in_a_page("with reduced motion nothing hurries", "", { reduced: true }, async (page) => {
    const first = await step(page);
    await page.click("#run");
    await page.waitForTimeout(1200);
    await page.click("#run");
    const pictures = (await step(page)) / 10;
    return [...expect(first === 0, "it began by itself"), ...expect(pictures >= 1 && pictures <= 6, `${pictures} pictures in 1.2 s`)];
  });

  const answers = [{ wrong: 50 }, { units: 3 }, { first: "relu" }, { largest: 4, smallest: 0.1 }];
  await in_a_page("the four questions are checked", "", {}, async (page) => {
    const problems = [];
    for (const [i, answer] of answers.entries()) {
      const question = page.locator("#tasks details").nth(i), verdict = question.locator("[role=status]");
      await question.locator("summary").click();
      for (const [name, value] of Object.entries(answer)) {
        const field = question.locator(`[name=${name}]`);
        await (typeof value === "string" ? field.selectOption(value) : field.fill(String(value)));
      }
      await question.getByText("Check", { exact: true }).click();
      await until(page, (i) => document.querySelectorAll("#tasks details")[i].querySelector("[role=status]").dataset.right, i);
      problems.push(...expect((await verdict.textContent()).startsWith("Right."), await verdict.textContent()));
      if (i > 0) continue;
      await question.locator("[name=wrong]").fill("5");
      await question.getByText("Check", { exact: true }).click();
      await until(page, () => document.querySelector("#tasks details [role=status]").dataset.right === "false");
    }
    return problems;
  });
}

// A pen draws each digit at four places of the pad; which are misread when they are centred, and when merely shrunk.
async function drawnAndRead(page) {
  const box = await page.locator("#pad").boundingBox(), strokes = await page.evaluate(async () => (await import("./digits.mjs")).strokes);
  const done = (n) => until(page, (n) => Number(document.body.dataset.read) >= n, n);
  const readAgain = () => page.evaluate(() => { document.getElementById("centre").dispatchEvent(new Event("change")); return Number(document.body.dataset.read); });
  const misread = { centred: [], shrunk: [] };
  for (const [left, top, size] of [[0.14, 0.14, 0.72], [0.04, 0.05, 0.45], [0.5, 0.45, 0.5], [0.3, 0.05, 0.6]])
    for (const [digit, pen] of strokes.entries()) {
      await page.click("#clear");
      for (const stroke of pen) {
        const points = stroke.map(([x, y]) => [box.x + box.width * (left + size * x), box.y + box.height * (top + size * y)]);
        await page.mouse.move(...points[0]);
        await page.mouse.down();
        for (const point of points.slice(1)) await page.mouse.move(...point);
        await page.mouse.up();
      }
      for (const [how, centred] of [["centred", true], ["shrunk", false]]) {
        await page.setChecked("#centre", centred);
        await done(1 + (await readAgain()));
        const says = await text(page, "says");
        if (!says.startsWith(`A ${digit},`)) misread[how].push(`${digit}: ${says}`);
      }
    }
  return misread;
}

async function digits(host, context, address) {
  const page = await opened(context, address.replace(/(index\.html)?(#|$)/, "digit.html$2"));
  await test(`a pen draws forty digits, and they are read (${host})`, async () => {
    const { centred, shrunk } = await drawnAndRead(page);
    return [...expect(centred.length <= 2, `misread: ${centred}`), ...expect(shrunk.length >= 10, `merely shrunk only ${shrunk.length} were misread`), ...page.trouble];
  });
  await test(`digits by keyboard, what the network saw, and what it misread (${host})`, async () => {
    await page.check("#centre");
    await page.keyboard.press("Delete");
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press("7");
    await said(page, "^A 7, sure to [0-9.]+\\s%; else a [0-9] ");
    const seen = await inks(page, "seen", [blue]), pictures = await page.locator("#loudest canvas").count();
    await page.selectOption("#truth", "1");
    await page.click("#keep");
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("#save")]);
    const row = fs.readFileSync(await download.path(), "utf8").trim().split(",").map(Number);
    await page.keyboard.press("Delete");
    await said(page, "^Draw a digit");
    const problems = [...expect(seen.near[0] > 200, `what it sees has ${seen.near} blue pixels`), ...expect(pictures === 6, `${pictures} hidden units`),
      ...expect(row.length === 785 && row[0] === 1 && Math.max(...row) > 200, `the row saved is ${row}`),
      ...expect((await text(page, "kept")) === "1, read as 7", await text(page, "kept"))];
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      problems.push(...(await crowded(page)));
    }
    const widget = await opened(context, address.replace(/(index\.html)?(#|$)/, "digit.html$2"), "widget=digit", { width: phone });
    problems.push(...(await crowded(widget)), ...widget.trouble);
    await widget.close();
    return [...problems, ...page.trouble];
  });
  await page.close();
}

// What the lessons show of the page.
async function widgets(context, address) {
  for (const [name, { title, show, page: other = "index.html" }] of Object.entries(JSON.parse(fs.readFileSync(path.join(root, "tools/play/page/widgets.json")))))
    if (other === "index.html") await test(`the widget ${name}`, async () => {
      const page = await opened(context, address, `widget=${name}`, { width: phone });
      await said(page, "^step [0-9]{2,}");  // it plays by itself
      const shown = await page.locator("section:visible").count(), sections = ["network", "plane", "loss", "hidden", "slopes"].filter((one) => show.includes(one));
      const problems = [...(await crowded(page)), ...expect((await page.textContent("h1")) === title, `it is called ${await page.textContent("h1")}`), ...page.trouble,
        ...expect(shown === sections.length, `it shows ${shown} sections, expected ${sections}`)];
      await page.close();
      return problems;
    });
}

// What each small figure says at these places of its sliders; the numbers are those of the lessons.
const small = {
  line: [[{}, "It fires (blue) where 0.5 x1 + 1 x2 > 0.4: 2 of 4 rows of AND are right."], [{ theta: 1.2 }, "1.2: 4 of 4 rows of AND are right. That is the gate."]],
  fold: [[{ share: 1 }, "the unit on top of them says 0, 1, 1, 0 for 00, 01, 10, 11."]],
  table: [[{}, "the network answers 0, 1, 1, 0 to 00, 01, 10, 11: 4 of 4 right."], [{ row1: "0", row2: "0" }, "0 hidden units; the network answers 0, 0, 0, 0"]],
  curves: [[{}, "sigmoid(1) = 0.731, and its slope there (dashed) is 0.197."], [{ act: "relu", z: -1 }, "relu(−1) = 0, and its slope there (dashed) is 0."]],
  softmax: [[{}, "= 0.0900, 0.2447, 0.6652, which sum to 1.0000."], [{ all: 1000 }, "softmax(1001, 1002, 1003) = 0.0900, 0.2447, 0.6652"]],
  margin: [[{}, "At a margin of −1: squared 2 (slope −2), perceptron 1 (slope −1), hinge 2 (slope −1), logistic 1.31 (slope −0.731)."]],
  valley: [[{ rate: 1.05 }, "It climbs: the rate is too large."], [{ rate: 0.5, y: 0 }, "From a height of 2.45 with a rate of 0.5. After 30 steps it is at a height of 0.113."]],
  delta: [[{ power: -5 }, "The slope of x³ at 1.7 is 8.67; with delta = 10^−5 it is measured as 8.67: off by 1.1e−10."]],
  distort: [[{ degrees: 0, shear: 0, elastic: 0 }, "A 2, turned by 0 degrees, sheared by 0, 1 times as large, bent by up to 0 pixels"]],
  walk: [[{}, "momentum with a rate of 0.1 and a momentum of 0.9: from"], [{ rule: "descent" }, "descent with a rate of 0.1: from a height of 6.45 to 0.733 after 60 steps."]],
  smooth: [[{ noise: 0 }, "With noise each pixel is off by 0, under a bell of width 0.8"], [{ noise: 0.3 }, "the noise goes before the strokes do."], [{ sigma: 0.1 }, "so narrow a bell changes nothing."]],
  build: [[{}, "f = (x + y) * z + tanh(x) = 9.76; its slope is 3.42 along x, 3 along y, 3 along z."], [{ f: "x*x - 2*y" }, "f = x*x - 2*y = −3; its slope is 2 along x, −2 along y."]],
  cluster: [[{ steps: 10 }, "4 centres after 10 steps: the mean squared distance is "]],
  remember: [[{ kept: 1, turned: 0.3 }, "It keeps the digit 0 and is shown 0 with 30\u00a0% of the pixels turned; what it recalls agrees with 100.0\u00a0% of them."]],
  grow: [[{ units: 1 }, "1 unit after "], [{ units: 4 }, "no point is on the wrong side."]],
  echo: [[{}, "With a bias of 3 the gated cell still holds 0.15 of it"], [{ weight: 0 }, "with U = 0 the plain one 0;"]],
  catch: [[{}, "Type six letters, one for each row that the ball falls"], [{ games: 1500, moves: "rs" }, "The ball has 4 rows to fall. After 1500 games the network catches 100 of 100 other balls."],
    [{ moves: "ssssss" }, ", the network caught it. Clear the letters and take another ball."]],
  attention: [[{}, "of its attention to “kings”, number 2; "], [{}, " nats a word, and 32 of 32 verbs agree over a noun that misleads."], [{ text: "the dog" }, "of its attention to “"],
    [{ off: "positions" }, "Without positions new text costs "]],
  graph: [[{}, "f = (1 + 2) · 3 = 9, and its slope along itself is 1."], [{ back: 2 }, "which passes the slope on: 3 for x and 3 for y."]],
};

async function smallFigures(host, context, address) {
  const page = (name, options) => opened(context, address.replace(/(index\.html)?(#|$)/, "figure.html$2"), `widget=${name}`, options);
  for (const [name, cases] of Object.entries(small))
    await test(`the figure ${name} (${host})`, async () => {
      const one = await page(name, { width: phone, dark: name.length % 2 === 0 }), problems = [];
      for (const [values, wanted] of cases) {
        for (const [field, value] of Object.entries(values)) {
          const input = one.locator(`[name=${field}]`);
          if (typeof value === "string" && (await input.evaluate((one) => one.tagName)) === "SELECT") await input.selectOption(value);
          else await input.fill(String(value));
        }
        await until(one, (wanted) => document.querySelector("#says").textContent.includes(wanted), wanted)
          .catch(async () => problems.push(`it says "${await text(one, "says")}", expected "${wanted}"`));
        problems.push(...(await crowded(one)));
      }
      const first = one.locator("#sliders input[type=range], #sliders select").first(), before = await first.inputValue();
      await first.focus();
      await one.keyboard.press(await first.evaluate((input) => (input.tagName === "SELECT" ? "ArrowDown" : input.value === input.max ? "ArrowLeft" : "ArrowRight")));
      problems.push(...expect((await first.inputValue()) !== before, "the arrow keys do not move its first slider"));
      for (const slider of await one.locator("#sliders input[type=range]").all())
        for (const end of ["min", "max"]) {
          const shown = await one.evaluate(() => document.body.dataset.shown), [label, value] = [await slider.getAttribute("name"), await slider.getAttribute(end)];
          await slider.fill(value);
          await until(one, (shown) => document.body.dataset.shown !== shown, shown);
          const s = await text(one, "says");
          problems.push(...[...expect(s !== "" && !/NaN|Infinity|undefined/.test(s), `it says "${s}"`), ...(await crowded(one))].map((problem) => `${label}=${value}: ${problem}`));
        }
      problems.push(...expect((await inks(one, "picture", [])).all > 10, "its picture is blank"), ...one.trouble);
      await one.close();
      return problems;
    });
}

const { context, stop } = await startBrowser(program);
const native = await play();
await tests("server", context, native.address);
await digits("server", context, native.address);
await smallFigures("server", context, native.address);

await test("an engine that is killed is begun anew, at the same step", async () => {
  const page = await opened(context, native.address);
  await page.click("#step");
  await said(page, "^step 1,");
  const before = await text(page, "says");
  for (const pid of execFileSync("pgrep", ["-f", "bin/play_engine_ours$"]).toString().trim().split("\n"))
    if (fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").startsWith(root)) process.kill(Number(pid), "SIGKILL");
  await page.click("#step");
  await until(page, () => /your code ended the program: signal 9/.test(document.querySelector("#trouble").textContent));
  await page.click("#step");
  await said(page, "^step 2,");
  const problems = [...expect(!(await page.isVisible("#trouble")), await text(page, "trouble")), ...expect(before.startsWith("step 1,"), before)];
  await page.close();
  return problems;
});
await test("a wrong token is refused", async () => {
  const page = await openPage(context);
  await page.goto(native.address.replace(/token=\w{8}/, "token=00000000"));
  await until(page, () => /the token is wrong/.test(document.querySelector("#trouble").textContent));
  await page.close();
});
await widgets(context, native.address);
native.server.removeAllListeners("exit");
native.stop();

if (folder) {
  const { server, address } = await serve(folder, 0);
  await tests("WebAssembly", context, `${address}/index.html`);
  await digits("WebAssembly", context, `${address}/index.html`);
  await smallFigures("WebAssembly", context, `${address}/index.html`);
  await test("the playground weighs at most 200 KB", async () => {
    const files = ["index.html", "style.css", "app.mjs", "worker.mjs", "engine.js", "engine.wasm"];  // and what these import
    for (const file of files)
      for (const [, name] of file.endsWith(".mjs") && file !== "worker.mjs" ? fs.readFileSync(path.join(folder, file), "utf8").matchAll(/from "\.\/([a-z]+\.mjs)"/g) : [])
        if (!files.includes(name)) files.push(name);
    const sizes = files.map((file) => gzipSync(fs.readFileSync(path.join(folder, file))).length), all = sizes.reduce((a, b) => a + b);
    return [...expect(files.length > 15, `it is ${files}`), ...expect(all <= 200 * 1024, `with gzip it has ${all} bytes: ${files.map((file, i) => `${file} ${sizes[i]}`)}`)];
  });
  await test("the golden trainings on WebAssembly", async () => {
    const golden = JSON.parse(fs.readFileSync(new URL("golden.json", import.meta.url))), page = await opened(context, `${address}/index.html`);
    const found = await page.evaluate(async (golden) => {
      const { workerTransport } = await import("./transports.mjs"), transport = workerTransport(() => new Worker("worker.mjs", { type: "module" }));
      const last = [];
      for (const { ask } of golden) for (const request of ask) last[golden.findIndex((one) => one.ask === ask)] = (await transport.ask(request)).head;
      return last;
    }, golden);
    await page.close();
    const near = (a, b) => Math.abs(a - b) <= 1e-8 * Math.abs(b);
    return golden.flatMap((one, i) => ["step", "loss", "test_loss", "wrong", "test_wrong"].flatMap((key) =>
      expect(near(found[i][key], one[key]), `training ${i + 1}: ${key} is ${found[i][key]}, expected ${one[key]}`)));
  });
  await test("the pages read from the disk", async () => {
    const disk = pathToFileURL(path.join(folder, "disk.html")).href, page = await opened(context, disk, "set=circles&n=200&noise=0.1&seed=2&layers=4&act=tanh&init=xavier&batch=20&rate=0.2&stop=300");
    await page.selectOption("#speed", "100");
    await page.click("#run");
    await said(page, "^step 300,");
    const golden = JSON.parse(fs.readFileSync(new URL("golden.json", import.meta.url))).at(-1), s = await text(page, "says");
    await page.click("#small");
    await ready(page);
    await page.selectOption("#which", "graph");
    await until(page, () => document.querySelector("#says").textContent.startsWith("f = (1 + 2) · 3 = 9"));
    const problems = [...expect(s.includes(`loss ${golden.loss.toPrecision(4)},`), `${s}, expected ${golden.loss}`), ...page.trouble];
    await page.close();
    return problems;
  });
  server.close();
} else console.log("Emscripten is not here: the page was not tested on WebAssembly");
await stop();
process.exitCode = finish();
