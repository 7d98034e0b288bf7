// stage.mjs REPOSITORY OUT: puts the pages of the book together in OUT/pages, and what the generator must know of them in OUT/book.json.
// The book is README.md, the lessons, docs/, and whatever they lead to: a file of code becomes a page that shows it.
// Exit codes: 0 staged; 1 a link, picture or formula is wrong, each said with its line.
import fs from "node:fs";
import path from "node:path";
import MarkdownIt from "markdown-it";
import { asOnCodeHosts, formula, isElsewhere, references, resolve } from "./markdown.mjs";

const [root, out] = process.argv.slice(2).map((folder) => path.resolve(folder));
const pagesFolder = path.join(out, "pages");
const problems = [];
const book = { pages: {}, sources: {}, lessons: [], documents: [], contracts: [], formulas: {}, pictures: {}, quizzes: {} };

const md = new MarkdownIt({ html: true, linkify: true });
asOnCodeHosts(md);

const inRepository = (file) => path.join(root, file);
const exists = (file) => fs.existsSync(inRepository(file));
const read = (file) => fs.readFileSync(inRepository(file), "utf8");
const isFolder = (file) => fs.statSync(inRepository(file)).isDirectory();
const list = (folder, options) => (exists(folder) ? fs.readdirSync(inRepository(folder), options).sort() : []);
const outside = (file) => file.startsWith("..") || /^(build|\.git|node_modules)(\/|$)/.test(file);

function write(file, content) {
  fs.mkdirSync(path.dirname(path.join(pagesFolder, file)), { recursive: true });
  fs.writeFileSync(path.join(pagesFolder, file), content);
}

function copy(file, to) {
  fs.mkdirSync(path.dirname(path.join(pagesFolder, to)), { recursive: true });
  fs.copyFileSync(inRepository(file), path.join(pagesFolder, to));
}

function languageOf(file, text) {
  const name = path.basename(file);
  if (name === "CMakeLists.txt") return "cmake";
  if (/^#!.*sh\b/.test(text)) return "sh";
  const known = { hpp: "cpp", cpp: "cpp", sh: "sh", cmake: "cmake", json: "json", gp: "gnuplot", mjs: "js", css: "css", csv: "csv", py: "python" };
  return known[path.extname(name).slice(1)] ?? "text";
}

const aside = "prev: false\nnext: false\n";  // outside the order of reading

function codePage(file, text) {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = "`".repeat(longest + 1);
  const lesson = book.lessons.find((one) => one.header === file);
  const what = lesson ? `The contract of [lesson ${lesson.number}](/${lesson.source}).` : "A file of the repository.";
  return `---\n${lesson ? "" : aside}aside: false\npageClass: code-page\n---\n\n# ${file}\n\n${what}\n\n${fence}${languageOf(file, text)}:line-numbers\n${text}\n${fence}\n`;
}

function folderPage(folder) {
  const entries = list(folder).filter((name) => !name.startsWith(".")).map((name) => path.join(folder, name));
  const lines = entries.map((entry) => `- [${path.basename(entry)}${isFolder(entry) ? "/" : ""}](/${entry})`);
  return `---\n${aside}aside: false\n---\n\n# ${folder}/\n\n${lines.join("\n")}\n`;
}

const isText = (file) => !fs.readFileSync(inRepository(file)).subarray(0, 8000).includes(0);
const isPicture = (file) => /\.(svg|png|gif|jpe?g|webp|avif|mp4|webm)$/i.test(file);

const widgetsFile = "tools/play/page/widgets.json", widgets = exists(widgetsFile) ? JSON.parse(read(widgetsFile)) : {};
const queue = [];

// Makes a file or folder part of the book, once; its page, if it gets one, is read for further links.
function include(file) {
  if (book.pages[file]) return;
  if (isFolder(file)) {
    const readme = path.join(file, "README.md");
    if (exists(readme)) include(readme);
    const page = exists(readme) ? book.pages[readme] : path.join(file, "index.md");
    book.pages[file] = page;
    if (!exists(readme)) queue.push({ file, page, text: folderPage(file), made: true });
  } else if (file.endsWith(".md")) {
    const page = /(^|\/)README\.md$/.test(file) ? file.replace(/README\.md$/, "index.md") : file;
    book.pages[file] = page;
    queue.push({ file, page, text: read(file) });
  } else if (isPicture(file) || !isText(file)) {
    copy(file, path.join("public", file));
  } else {
    book.pages[file] = `${file}.md`;
    queue.push({ file, page: `${file}.md`, text: codePage(file, read(file)), made: true });
  }
}

function follow(page, reference) {
  const { kind, target, line } = reference, shown = kind === "picture" || kind === "alternative";
  const problem = (what) => problems.push(`${page.file}:${line}: ${what}`);
  if (kind === "formula") {
    try {
      formula(target, reference.display);
    } catch (error) {
      problem(`the formula ${target.trim()} is wrong: ${error.message}`);
    }
    return;
  }
  if (kind === "quiz") {
    if (target) problem(`a question to choose from: ${target}`);
    return;
  }
  if (kind === "play") {
    if (!(target in widgets)) problem(`there is no widget ${target} in ${widgetsFile}`);
    return;
  }
  if (isElsewhere(target)) {
    if (shown && !target.startsWith("data:")) problem(`the picture ${target} comes from the network; the book must do without`);
    return;
  }
  const { file } = kind === "cut" ? { file: target } : resolve(page.file, target);
  if (outside(file) || !exists(file)) return problem(`the ${shown ? "picture" : "link"} ${target} leads nowhere`);
  if (shown) copy(file, path.join(path.dirname(page.page), path.relative(path.dirname(page.file), file)));
  else include(file);
}

fs.rmSync(pagesFolder, { recursive: true, force: true });
for (const name of list("lessons").filter((one) => exists(`lessons/${one}/lesson.json`))) {
  const source = `lessons/${name}/README.md`, about = JSON.parse(read(`lessons/${name}/lesson.json`));
  if (!exists(source)) problems.push(`${source}: this lesson has no text`);
  book.lessons.push({ source, part: about.part, number: Number(about.lesson), title: about.title, minutes: about.minutes, question: about.question, header: about.header });
}
book.parts = exists("lessons/parts.json") ? JSON.parse(read("lessons/parts.json")) : {};
for (const { source, part } of book.lessons) if (!(part in book.parts)) problems.push(`${source}: lessons/parts.json has no title of part ${part}`);
if (!book.lessons.length) problems.push("lessons/: there is no lesson");

const documents = ["CONTRIBUTING.md", "CHANGELOG.md"].filter(exists);
const docs = list("docs", { recursive: true }).filter((name) => name.endsWith(".md")).map((name) => `docs/${name}`);
for (const file of ["README.md", ...book.lessons.map((lesson) => lesson.source), ...docs, ...documents]) if (exists(file)) include(file);
for (const { header } of book.lessons) if (header && exists(header)) include(header);

for (let page; (page = queue.shift());) {
  const found = references(md, page.text);
  for (const reference of found) follow(page, reference);
  write(page.page, page.text);
  book.sources[page.page] = page.file;
  book.formulas[page.page] = found.filter((one) => one.kind === "formula").length;
  book.quizzes[page.page] = found.filter((one) => one.kind === "quiz").length;
  book.pictures[page.page] = found.filter((one) => one.kind === "picture").length;
}

const heading = (file) => read(file).match(/^# (.+)$/m)?.[1] ?? path.basename(file, ".md");
book.title = exists("README.md") ? heading("README.md") : "The book";
book.documents = [...docs, ...documents].map((source) => ({ source, title: heading(source) }));
book.contracts = book.lessons.map((lesson) => lesson.header).filter((header) => header && book.pages[header]);
fs.writeFileSync(path.join(out, "book.json"), JSON.stringify(book, null, 1));

for (const problem of problems) console.error(problem);
console.log(`${Object.keys(book.sources).length} pages, ${problems.length} problems`);
process.exit(problems.length ? 1 : 0);
