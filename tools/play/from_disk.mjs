// from_disk.mjs FOLDER PACKAGES: disk.html and disk-figure.html in FOLDER, where wasm.sh has put the pages. Each is one
// file that a browser reads from the disk, where modules do not load: scripts, the engine with its WebAssembly and its
// worker are in the page. PACKAGES is a node_modules that holds esbuild.
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const [folder, packages] = process.argv.slice(2);
const { build } = createRequire(path.join(path.resolve(packages), "x.js"))("esbuild");

async function bundled(file, here, plugins = []) {
  const { outputFiles } = await build({ entryPoints: [path.join(folder, file)], bundle: true, write: false, minify: true, format: "esm",
    target: "es2022", charset: "utf8", loader: { ".wasm": "binary" }, logLevel: "error", define: { "import.meta.url": here }, plugins });
  return outputFiles[0].text;
}

// For both engines the larger one. It is given its WebAssembly, and asks where that would be all the same.
const engine = `import create from "./further.js"; import wasmBinary from "./further.wasm";
  export default () => create({ wasmBinary, locateFile: (name) => name });`;
const withEngine = { name: "engine", setup({ onResolve, onLoad }) {
  onResolve({ filter: /^\.\/(engine|further)\.js$/, namespace: "file" }, () => ({ path: "engine", namespace: "inlined" }));
  onLoad({ filter: /^/, namespace: "inlined" }, () => ({ contents: engine, resolveDir: path.resolve(folder) }));
} };
// Inside a page's script no text may end it.
const text = (value) => JSON.stringify(value).replace(/<\//g, "<\\/");
const inlined = `globalThis.inlined = { worker: ${text(await bundled("worker.mjs", "self.location.href", [withEngine]))}, ` +
  `widgets: ${fs.readFileSync(path.join(folder, "widgets.json"), "utf8")} };`;

for (const [page, made, script] of [["index.html", "disk.html", "app.mjs"], ["figure.html", "disk-figure.html", "figure.mjs"]]) {
  const html = fs.readFileSync(path.join(folder, page), "utf8"), module = `<script type="module" src="${script}"></script>\n`;
  if (!html.includes(module)) throw new Error(`${page} has no ${module}`);
  const own = (await bundled(script, "document.baseURI")).replace(/<\/script/g, "<\\/script");
  const alone = html.replace(module, "").replaceAll('href="index.html"', 'href="disk.html"').replaceAll('href="figure.html"', 'href="disk-figure.html"')
    .replace(/<a id="other" href="digit.html">.*?<\/a> · /, "");
  fs.writeFileSync(path.join(folder, made), alone.replace("</body>", () => `<script>${inlined}\n(async () => {${own}})();</script>\n</body>`));
}
