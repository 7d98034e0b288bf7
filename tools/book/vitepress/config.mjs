import fs from "node:fs";
import path from "node:path";
import { fromDisk } from "./from_disk.mjs";
import { asInTheBook, slug } from "./markdown.mjs";

const work = process.cwd();
const base = process.env.NAND2MNIST_BOOK_BASE || "/";
const book = JSON.parse(fs.readFileSync(path.join(work, "book.json"), "utf8"));
// The playground's widgets, live where tools/play/wasm.sh has built the engine (where Emscripten is here), and where the
// file is there that a widget needs.
const play = (file) => path.join(work, "pages/public/play", file), built = (file) => fs.existsSync(play(file));
const widgets = built("engine.wasm") ? Object.entries(JSON.parse(fs.readFileSync(play("widgets.json"), "utf8"))) : [];
book.live = Object.fromEntries(widgets.filter(([, widget]) => !widget.file || built(widget.file)));

const address = (source) => "/" + book.pages[source].replace(/(^|\/)index\.md$/, "$1").replace(/\.md$/, ".html");

const entry = (lesson) => ({
  text: `<span class="number">${lesson.number}</span><span>${lesson.title}</span><span class="minutes">${lesson.minutes} min</span>`,
  docFooterText: `${lesson.number}. ${lesson.title} · ${lesson.minutes} min`,
  link: address(lesson.source),
});

// One group of the sidebar for each part of the course that has lessons; while there is one, it is called by what it holds.
const parts = [...new Set(book.lessons.map((lesson) => lesson.part))].map((part, _, all) => {
  const lessons = book.lessons.filter((lesson) => lesson.part === part);
  const hours = Math.round(lessons.reduce((sum, lesson) => sum + lesson.minutes, 0) / 60);
  const title = all.length === 1 ? "Lessons" : `${part} ${book.parts[part]}`;
  return { text: `${title} <span class="minutes">${hours} hours</span>`, items: lessons.map(entry) };
});

// VitePress 1.6.4 marks the place in the outline up to 100 ms after a scroll, even when the reader has left for a page without one.
const outlineMayBeGone = {
  name: "outline-may-be-gone",
  enforce: "pre",
  transform(code, id) {
    if (!id.includes("theme-default/composables/outline.js")) return undefined;
    const guarded = code.replace("function activateLink(hash) {", "$& if (!container.value || !marker.value) return;");
    if (guarded === code) this.error("outline.js has changed: is outlineMayBeGone still needed?");
    return guarded;
  },
};

// The search reads every page once more: what was coloured for the page is kept.
const coloured = new Map();
function colourOnce(md) {
  const { highlight } = md.options;
  md.options.highlight = (...code) => {
    const key = JSON.stringify(code);
    if (!coloured.has(key)) coloured.set(key, highlight(...code));
    return coloured.get(key);
  };
}

export default {
  lang: "en",
  title: book.title,
  description: "Build a neural network from nothing, in C++: from one neuron that computes NAND to a network that reads handwritten digits.",
  base,
  srcDir: "pages",
  outDir: path.join(work, "new"),
  cacheDir: path.join(work, "cache"),
  head: [["link", { rel: "icon", href: `${base}icon.svg`, type: "image/svg+xml" }]],
  markdown: {
    theme: { light: "github-light-high-contrast", dark: "github-dark-default" },
    attrs: { disable: true },  // braces after a word are braces
    anchor: { slugify: slug },
    config: (md) => {
      colourOnce(md);
      asInTheBook(md, book);
    },
  },
  vite: {
    plugins: [outlineMayBeGone],
    publicDir: path.join(work, "pages/public"),
    build: { assetsInlineLimit: 0, chunkSizeWarningLimit: 4000 },
    experimental: { renderBuiltUrl: (name, { hostType }) => (hostType === "css" ? { relative: true } : undefined) },
  },
  transformHtml(html, file, { page }) {
    const up = "../".repeat(page.split("/").length - 1) || "./";
    // Not the logo and the icon: they stay when the reader goes on to a page at another depth.
    const rooted = new RegExp(`(<(?:link|script|img|source)\\b[^>]*?\\s(?:href|src|srcset)=")${base}(?=assets/|vp-icons\\.css)`, "g");
    return html.replace(rooted, `$1${up}`).replace("</body>", () => `<script>(${fromDisk})(${JSON.stringify(base)}, ${JSON.stringify(up)})</script></body>`);
  },
  themeConfig: {
    logo: "/icon.svg",
    outline: [2, 3],
    externalLinkIcon: true,
    sidebar: [
      { items: [{ text: "Start here", link: "/", docFooterText: book.title }] },
      ...parts,
      { text: "Beside the lessons", items: book.documents.map(({ source, title }) => ({ text: title, link: address(source) })) },
      {
        text: "Contracts",
        collapsed: true,
        items: book.contracts.map((source) => ({ text: path.basename(source), link: address(source) })),
      },
    ],
    search: {
      provider: "local",
      options: {
        _render: (text, env, md) => md.render(text, Object.assign(env, { formulasAsText: true })),
        miniSearch: { searchOptions: { boostDocument: (id) => (id.includes("lessons/") && !/\.[ch]pp/.test(id) ? 3 : 1) } },
      },
    },
  },
};
