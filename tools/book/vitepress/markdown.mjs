// What GitHub-flavoured Markdown of this repository means in the book. The stage and the generator read it through the same rules,
// so that what the stage has checked is what the pages show.
import path from "node:path/posix";
import katex from "katex";
import formulaSyntax from "@vscode/markdown-it-katex";

// The anchor that code hosts give a heading; tools/course/documents.cpp checks links by the same rule.
export function slug(heading) {
  return heading.toLowerCase().replace(/[^\p{L}\p{N}\p{M} _-]/gu, "").replaceAll(" ", "-");
}

export const isElsewhere = (href) => /^([a-z][a-z0-9+.-]*:|\/\/)/i.test(href);

// Splits a link into the path from the repository's root that it leads to, and its anchor. A link "/x" means the root, as on a code host.
export function resolve(source, href) {
  const [, whole, anchor] = href.match(/^([^?#]*)[^#]*(.*)$/);
  const file = decodeURIComponent(whole);
  if (!file) return { file: source, anchor };
  const joined = file.startsWith("/") ? path.normalize(file.slice(1)) : path.normalize(path.join(path.dirname(source), file));
  return { file: joined.replace(/\/$/, "") || ".", anchor };
}

export function formula(tex, displayMode) {
  return katex.renderToString(tex, { displayMode, throwOnError: true, strict: "ignore" });
}

const cutMark = /^<!-- cut: (\S+) (\S+) -->\s*$/;
const playMark = /^<!-- play: (\S+)(?: (\S+))? -->\s*$/;
const chooseMark = /^<!-- choose: (.*) -->\s*$/, answer = /^<details><summary>(.*)<\/summary>\s*$/;
const attribute = /(<[a-z][^>]*?\s(?:src|href|srcset)=")([^"]*)(")/gi;

// "<!-- choose: one | *two | three -->" before a folded answer: the choices, the right one with a star. Or what is wrong with it.
function choices(tokens, i) {
  const marked = tokens[i].type === "html_block" && tokens[i].content.match(chooseMark);
  if (!marked) return null;
  const all = marked[1].split("|").map((choice) => choice.trim()), right = all.filter((choice) => choice.startsWith("*"));
  const question = tokens[i + 1]?.type === "html_block" && tokens[i + 1].content.match(answer);
  if (all.length < 2 || right.length !== 1) return { problem: `${all.length} choices, ${right.length} with a star; expected two or more, and one star` };
  if (new Set(all.map((choice) => choice.replace("*", ""))).size < all.length || all.some((choice) => choice === "" || choice === "*"))
    return { problem: "the same choice twice, or an empty one" };
  if (!question) return { problem: "no folded answer follows, <details><summary>1. The question</summary>" };
  return { question: question[1], all: all.map((choice) => ({ text: choice.replace(/^\*/, ""), right: choice.startsWith("*") })) };
}

// Everything in a page that leads somewhere, and every formula and every question with choices: [{kind, target, line}].
export function references(md, text) {
  const found = [];
  const visit = (tokens, line) => {
    for (const [i, token] of tokens.entries()) {
      const at = token.map ? token.map[0] + 1 : line, quiz = choices(tokens, i);
      if (quiz) found.push({ kind: "quiz", target: quiz.problem, line: at });
      if (token.type === "link_open") found.push({ kind: "link", target: token.attrGet("href"), line: at });
      if (token.type === "image") found.push({ kind: "picture", target: token.attrGet("src"), line: at });
      if (token.type.startsWith("html_"))
        for (const [, before, target] of token.content.matchAll(attribute))
          found.push({ kind: /href="$/i.test(before) ? "link" : /^<source/i.test(before) ? "alternative" : "picture", target, line: at });
      if (token.type.startsWith("math_")) found.push({ kind: "formula", target: token.content, display: token.type !== "math_inline", line: at });
      const cut = token.type === "html_block" && token.content.match(cutMark);
      if (cut) found.push({ kind: "cut", target: cut[1], line: at });
      const play = token.type === "html_block" && token.content.match(playMark);
      if (play) found.push({ kind: "play", target: play[1], line: at });
      if (token.children) visit(token.children, at);
    }
  };
  visit(md.parse(text, {}), 1);
  return found;
}

// Where a token of a page leads in the book: pages by a relative path, other files by a path from the book's root.
function translate(book, page, href) {
  if (!href || isElsewhere(href)) return href;
  const source = book.sources[page] ?? page;
  const { file, anchor } = resolve(source, href);
  if (book.pages[file] === page) return anchor || href;
  if (book.pages[file]) {
    const relative = path.relative(path.dirname(page), book.pages[file]);
    return (relative.startsWith(".") ? relative : `./${relative}`) + anchor;
  }
  return `/${file}`;
}

function translateLinks(book, page, tokens) {
  for (const token of tokens) {
    if (token.type === "link_open") token.attrSet("href", translate(book, page, token.attrGet("href")));
    if (token.type.startsWith("html_"))
      token.content = token.content.replace(attribute, (whole, before, target, after) => {
        if (!/href="$/i.test(before)) return isElsewhere(target) || target.startsWith(".") ? whole : `${before}./${target}${after}`;
        return before + translate(book, page, target).replace(/(^|\/)index\.md(?=#|$)/, "$1").replace(/\.md(?=#|$)/, ".html") + after;
      });
    if (token.children) translateLinks(book, page, token.children);
  }
}

const visible = (token) => (token?.children ?? []).filter((child) => child.type !== "text" || child.content);

function isPicture(tokens, i) {
  const children = visible(tokens[i + 1]);
  return tokens[i]?.type === "paragraph_open" && children.length === 1 && children[0].type === "image";
}

// A paragraph that is emphasised from its first word to its last.
function isCaption(tokens, i) {
  const children = visible(tokens[i + 1]);
  if (tokens[i]?.type !== "paragraph_open" || children[0]?.type !== "em_open") return false;
  return children.findIndex((child) => child.type === "em_close" && child.level === children[0].level) === children.length - 1;
}

function retag(open, close, name) {
  Object.assign(open, { type: `${name}_open`, tag: name });
  Object.assign(close, { type: `${name}_close`, tag: name });
}

function makeFigures(tokens) {
  for (let i = 0; i + 5 < tokens.length; ++i) {
    if (!isPicture(tokens, i) || !isCaption(tokens, i + 3)) continue;
    const caption = tokens[i + 4];
    caption.children = visible(caption).slice(1, -1);
    const [open, close, captionOpen, captionClose] = [tokens[i], tokens[i + 5], tokens[i + 3], tokens[i + 2]];
    retag(open, close, "figure");
    retag(captionOpen, captionClose, "figcaption");
    tokens.splice(i + 2, 3, captionOpen, caption, captionClose);
  }
}

// "> **Task 3.2 · ..." is a card that a link can lead to, #task-3.2.
function markTasks(tokens) {
  let quote = null;
  tokens.forEach((token, i) => {
    if (token.type === "blockquote_open") quote = token;
    if (token.type === "blockquote_close") quote = null;
    const task = quote && token.type === "inline" && token.content.match(/^\*\*Task (\d+\.\d+)/);
    if (!task) return;
    quote.attrSet("class", "task");
    tokens[i - 1].attrSet("id", `task-${task[1]}`);
  });
}

// Shown code says which file it is cut from, seen from the page, and leads there.
function markCuts(state, source) {
  const { tokens } = state;
  for (let i = 0; i < tokens.length; ++i) {
    const cut = tokens[i].type === "html_block" && tokens[i].content.match(cutMark);
    if (!cut || tokens[i + 1]?.type !== "fence") continue;
    const line = new state.Token("inline", "", 0);
    const name = cut[1].replace(`${path.dirname(source)}/`, "");
    state.md.inline.parse(`[\`${name}\`](/${cut[1]})`, state.md, state.env, (line.children = []));
    const open = new state.Token("paragraph_open", "p", 1), close = new state.Token("paragraph_close", "p", -1);
    open.attrSet("class", "cut");
    tokens.splice(i, 1, open, line, close);
  }
}

// "<!-- play: NAME key=value&... -->" is a part of the playground (tools/play/page/widgets.json), where it is live.
function markPlays(tokens, live) {
  for (const token of tokens) {
    const play = token.type === "html_block" && token.content.match(playMark);
    if (!play) continue;
    token.content = live[play[1]] ? `<Play name="${play[1]}" page="${live[play[1]].page ?? "index.html"}" words="${play[2] ?? ""}" />\n`
      : `<p class="not-live">Live, on your own code: <code>./course play</code></p>\n`;
  }
}

// A question with choices: the choices, then its folded answer; how many are right stands before the next heading.
function markQuizzes(state) {
  const { tokens } = state;
  const html = (content) => Object.assign(new state.Token("html_block", "", 0), { content: `${content}\n` });
  let last = -1;
  for (let i = 0; i < tokens.length; ++i) {
    const quiz = choices(tokens, i);
    if (!quiz?.all) continue;
    const labels = quiz.all.map(({ text, right }) => `<label${right ? ' class="right"' : ""}><input type="radio" name="quiz-${i}">${text}` +
      `<span class="verdict">${right ? "✓ right" : "✗ not so"}</span></label>`);
    tokens[i].content = `<fieldset class="quiz"><legend>${quiz.question}</legend>\n${labels.join("\n")}\n`;
    tokens[i + 1].content = "<details><summary>Answer</summary>\n";
    last = tokens.findIndex((token, j) => j > i && token.type === "html_block" && token.content.trim() === "</details>");
    tokens[last].content += "</fieldset>\n";
  }
  if (last >= 0) tokens.splice(last + 1, 0, html('<p class="score" role="status"></p>'));
}

// A table without a heading is written with an empty one.
function dropEmptyHeads(tokens) {
  for (let i = 0; i < tokens.length; ++i) {
    if (tokens[i].type !== "thead_open") continue;
    const end = tokens.findIndex((token, j) => j > i && token.type === "thead_close");
    if (tokens.slice(i, end).every((token) => token.type !== "inline" || !token.content)) tokens.splice(i, end - i + 1);
  }
}

// Code by indentation gets the same box as code between fences.
function fenceCode(tokens) {
  for (const token of tokens) if (token.type === "code_block") Object.assign(token, { type: "fence", tag: "code", info: "text", markup: "```" });
}

// Formulas, and text that only looks like an address, as a code host has them.
export function asOnCodeHosts(md) {
  md.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
  md.use(formulaSyntax.default ?? formulaSyntax);
  const render = (display) => (tokens, i, options, env) => {
    if (env.formulasAsText) return md.utils.escapeHtml(tokens[i].content.replace(/[\\{}^_&]/g, " "));
    const tag = display ? "div" : "span";  // v-pre: braces in a formula are not the template's
    return `<${tag} class="formula" v-pre>${formula(tokens[i].content, display)}</${tag}>`;
  };
  md.renderer.rules.math_inline = render(false);
  for (const name of ["math_block", "math_inline_block", "math_inline_bare_block"]) md.renderer.rules[name] = render(true);
}

export function asInTheBook(md, book) {
  asOnCodeHosts(md);
  for (const name of ["text", "code_inline"]) {  // braces in a text are not the template's
    const rule = md.renderer.rules[name];
    md.renderer.rules[name] = (tokens, i, options, env, self) => rule(tokens, i, options, env, self).replaceAll("{{", "&#123;&#123;");
  }
  md.renderer.rules.softbreak = () => " ";  // the template drops a line's end between two elements
  md.core.ruler.push("book", (state) => {
    markCuts(state, book.sources[state.env.relativePath] ?? "");
    makeFigures(state.tokens);
    markPlays(state.tokens, book.live);
    markQuizzes(state);
    markTasks(state.tokens);
    fenceCode(state.tokens);
    dropEmptyHeads(state.tokens);
    translateLinks(book, state.env.relativePath, state.tokens);
  });
}
