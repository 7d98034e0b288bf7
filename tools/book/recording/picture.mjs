// picture.mjs OUTPUT TIMING COLUMNS ROWS ALT: what util-linux `script` recorded, as an SVG that moves; without motion it shows how it ended.
// A pause lasts as long as it did, but 0.4 s at least and `longest` at most.
import fs from "node:fs";
import xterm from "@xterm/headless";

const [output, timing, columns, rows, alt] = process.argv.slice(2);
const longest = 2.6, atEnd = 4, cell = { width: 8.4, height: 19 }, margin = 14;
const colours = { 1: "#ff7b72", 2: "#7ee787", 3: "#e3b341", 4: "#79c0ff", 5: "#d2a8ff", 6: "#76e3ea" }, plain = "#e6edf3", dim = "#9aa4af";
const escaped = (text) => text.replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign]);

const terminal = new xterm.Terminal({ cols: Number(columns), rows: Number(rows), allowProposedApi: true, convertEol: false });
const written = (bytes) => new Promise((done) => terminal.write(bytes, done));

// One row of the screen: pieces of one look.
function row(y) {
  const line = terminal.buffer.active.getLine(terminal.buffer.active.viewportY + y), pieces = [];
  for (let x = 0; x < terminal.cols; ++x) {
    const at = line.getCell(x), text = at.getChars() || " ";
    const look = `fill="${at.isFgDefault() ? (at.isDim() ? dim : plain) : (colours[at.getFgColor() % 8] ?? plain)}"${at.isBold() ? ' font-weight="bold"' : ""}`;
    const last = pieces.at(-1);
    if (last && (last.look === look || text === " ")) last.text += text;
    else pieces.push({ x, look, text });
  }
  return pieces.flatMap(({ x, look, text }) => [...text.matchAll(/\S+( \S+)*/g)].map((words) =>  // not every program keeps several spaces
    `<text x="${(margin + (x + words.index) * cell.width).toFixed(1)}" y="${margin + 14 + y * cell.height}" ${look} textLength="${(words[0].length * cell.width).toFixed(1)}">${escaped(words[0])}</text>`)).join("");
}

const bytes = fs.readFileSync(output), frames = [];
let at = bytes.indexOf("\n") + 1;  // script's own first line
for (const line of fs.readFileSync(timing, "utf8").trim().split("\n")) {
  const [pause, count] = line.split(" ").map(Number);
  if (frames.length) frames.at(-1).seconds += pause;
  await written(bytes.subarray(at, (at += count)));
  const picture = Array.from({ length: terminal.rows }, (_, y) => row(y)).join("\n").replace(/\n+/g, "\n").trim();
  if (frames.at(-1)?.picture !== picture) frames.push({ picture, seconds: 0 });
}
const shown = frames.filter(({ picture, seconds }) => picture && seconds > 0.04);  // what stood longer than a picture of a film
if (shown.length < 2) throw new Error(`${output}: nothing moves in it`);
shown.forEach((frame) => { frame.seconds = Math.min(longest, Math.max(0.4, frame.seconds)); });
shown.at(-1).seconds = atEnd;

const total = shown.reduce((sum, frame) => sum + frame.seconds, 0), width = 2 * margin + terminal.cols * cell.width, height = 2 * margin + terminal.rows * cell.height;
let from = 0;
const moves = shown.map(({ seconds }, i) => {
  const [begin, end] = [(100 * from) / total, (100 * (from += seconds)) / total].map((percent) => percent.toFixed(2));
  const before = i ? `0%,${(begin - 0.01).toFixed(2)}%{visibility:hidden}` : "", after = i + 1 < shown.length ? `${end}%,100%{visibility:hidden}` : "";
  return `@keyframes f${i}{${before}${begin}%,${(i + 1 < shown.length ? end - 0.01 : 100).toFixed(2)}%{visibility:visible}${after}}#f${i}{animation:f${i} ${total.toFixed(1)}s step-end infinite}`;
}).join("\n");
process.stdout.write(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<title>${escaped(alt)}</title>
<style>
text{font:14px ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace}
g{visibility:hidden}
#f${shown.length - 1}{visibility:visible}
@media (prefers-reduced-motion:no-preference){
${moves}
}
</style>
<rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>
${shown.map(({ picture }, i) => `<g id="f${i}">${picture}</g>`).join("\n")}
</svg>
`);
