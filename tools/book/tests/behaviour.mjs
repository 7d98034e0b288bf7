// What a reader does with the book: search, walk through it, switch the light, unfold, print, open it from the disk.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { openPage, settled, visit } from "./browser.mjs";
import { expect, test } from "./results.mjs";

const heading = () => document.querySelector(".vp-doc h1")?.textContent.replace(/[\u200b\s]+$/u, "") ?? "";
const isDark = () => document.documentElement.classList.contains("dark");

async function search({ context, address }) {
  const page = await openPage(context);
  await visit(page, `${address}/`);
  await settled(page);
  await page.keyboard.press("Control+k");
  await page.fill("#localsearch-input", "softmax");
  const results = page.locator(".VPLocalSearchBox .result");
  await results.first().waitFor({ timeout: 10000 });
  const first = await results.first().textContent();
  await results.first().click();
  await page.waitForURL(/\.html|lessons/);
  await settled(page);
  const text = await page.locator(".vp-doc").textContent();
  const problems = [
    ...expect(/softmax/i.test(first), `the first result is "${first.trim()}"`),
    ...expect(/softmax/i.test(text), `${page.url()} does not speak of softmax`),
    ...expect(page.url().includes("/lessons/"), `the first result leads to ${page.url()}, expected a lesson`),
    ...page.trouble,
  ];
  await page.close();
  return problems;
}

// Follows next from the first page to the last: it must pass every lesson in order, and previous lead back each time.
async function walks({ context, address, book }) {
  const page = await openPage(context), problems = [], passed = [];
  const linkOf = (selector) => page.evaluate((selector) => document.querySelector(`.pager-link.${selector}`)?.href ?? null, selector);
  await visit(page, `${address}/`);
  await settled(page);
  problems.push(...expect((await linkOf("prev")) === null, "something is before the first page"));
  for (let steps = 0; steps < 100; ++steps) {
    passed.push(await page.evaluate(heading));
    if (!(await linkOf("next"))) break;
    const left = await page.evaluate(() => location.origin + location.pathname);
    await page.evaluate(() => document.querySelector(".pager-link.next").click());
    await page.waitForFunction(`(${heading})() !== ${JSON.stringify(passed.at(-1))}`);
    await settled(page);
    const back = await linkOf("prev");
    problems.push(...expect(back === left, `previous on "${await page.evaluate(heading)}" leads to ${back}, expected ${left}`));
  }
  const numbers = passed.map((title) => title.match(/^Lesson (\d+)/)?.[1]).filter(Boolean).map(Number), expected = book.lessons.map((lesson) => lesson.number);
  problems.push(...expect(String(numbers) === String(expected), `passed the lessons ${numbers}, expected ${expected}`), ...page.trouble);
  await page.close();
  return problems;
}

async function switchesLight({ context, address }) {
  const page = await openPage(context);
  await visit(page, `${address}/`);
  await settled(page);
  const before = await page.evaluate(isDark);
  await page.locator(".VPNavBarAppearance .VPSwitchAppearance").click();
  const after = await page.evaluate(isDark);
  await page.reload();
  const kept = await page.evaluate(isDark);
  await page.evaluate(() => localStorage.clear());
  await page.close();
  return [...expect(!before && after, "the switch does not make the page dark"), ...expect(kept, "the choice is forgotten on the next visit")];
}

async function menuOnPhone({ context, address, book }) {
  const page = await openPage(context, { width: 390 });
  await visit(page, `${address}/`);
  await settled(page);
  await page.locator(".VPLocalNav .menu").click();
  const problems = [];
  for (const lesson of book.lessons) {
    const link = page.locator(".VPSidebar.open a", { hasText: lesson.title }).first();
    await link.waitFor({ state: "visible", timeout: 5000 }).catch(() => problems.push(`the menu does not name "${lesson.title}"`));
    if (await link.count()) problems.push(...expect((await link.textContent()).includes(`${lesson.minutes} min`), `the menu does not say the minutes of "${lesson.title}"`));
  }
  await page.locator(".VPSidebar.open a", { hasText: book.lessons[0].title }).click();
  await page.waitForURL(/lessons/);
  await page.close();
  return problems;
}

// Runs in the page: every answer is folded, and unfolds.
const unfold = () => {
  const problems = [], answers = [...document.querySelectorAll(".vp-doc details")];
  for (const [i, answer] of answers.entries()) {
    const words = answer.querySelector(":scope > :not(summary)");
    if (words.checkVisibility()) problems.push(`answer ${i + 1} is not folded`);
    answer.querySelector("summary").click();
    if (!words.checkVisibility()) problems.push(`answer ${i + 1} does not unfold`);
  }
  return answers.length ? problems : ["no answer is folded"];
};

const printed = () => {
  const hidden = (selector) => [...document.querySelectorAll(selector)].every((one) => !one.getClientRects().length);
  const doc = document.querySelector(".vp-doc"), dim = document.documentElement.classList.contains("dark");
  const light = (colour) => colour.match(/[\d.]+/g).slice(0, 3).reduce((sum, v) => sum + Number(v), 0) / 3;
  const problems = [];
  for (const selector of [".VPNav", ".VPSidebar", ".VPLocalNav", ".VPDocFooter"]) if (!hidden(selector)) problems.push(`${selector} is printed`);
  if (light(getComputedStyle(document.body).backgroundColor) < 250) problems.push("the paper is not white");
  for (const word of doc.querySelectorAll("p, li, td, h1, h2, pre code span, code"))
    if (light(getComputedStyle(word).color) > 130) problems.push(`printed too pale${dim ? " from a dark page" : ""}: "${word.textContent.slice(0, 40)}"`);
  for (const code of doc.querySelectorAll("pre")) if (code.scrollWidth > code.clientWidth + 1) problems.push(`code is cut off: "${code.textContent.slice(0, 40)}"`);
  for (const answer of doc.querySelectorAll("details:not([open])")) problems.push(`printed folded: "${answer.textContent.slice(0, 40)}"`);
  return problems;
};

async function prints(page) {
  const problems = [];
  for (const dark of [true, false]) {
    await page.emulateMedia({ media: "print", colorScheme: dark ? "dark" : "light" });
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    problems.push(...(await page.evaluate(printed)));
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  }
  const pdf = (await page.pdf({ format: "A4" })).toString("latin1"), sheets = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  await page.emulateMedia({ media: "screen" });
  return [...problems, ...expect(pdf.startsWith("%PDF") && sheets > 0, "no PDF, or one without pages")];
}

// Runs in the page: of each question that has choices, what it says before one is chosen, after a wrong one and after
// the right one.
const choose = () => [...document.querySelectorAll("fieldset.quiz")].map((question) => {
  const shown = () => [...question.querySelectorAll(".verdict")].filter((verdict) => verdict.checkVisibility()).map((verdict) => verdict.textContent);
  const before = shown();
  question.querySelector("label:not(.right)").click();
  const wrong = shown();
  question.querySelector(".right").click();
  return { before, wrong, right: shown() };
});

// Every wrong choice says so, the right one too, and the last line counts: by the style alone, as from the disk no script
// runs.
async function judgesChoices(page, questions) {
  const answers = await page.evaluate(choose), count = answers.length;
  const { nodes } = await (await page.context().newCDPSession(page)).send("Accessibility.getFullAXTree");  // counters of CSS stand nowhere else
  return [...expect(count === questions && count > 0, `${count} questions with choices, expected ${questions}`),
    ...answers.flatMap(({ before, wrong, right }, i) => [...expect(!before.length, `question ${i + 1} is answered already`),
      ...expect(wrong.join() === "✗ not so", `a wrong choice of question ${i + 1} is not called wrong`),
      ...expect(right.join() === "✓ right", `the right choice of question ${i + 1} is not called right`)]),
    ...expect(nodes.map((node) => node.name?.value ?? "").join("").includes(`${count} of ${count} right`), "what is right is not counted")];
}

async function fromDisk({ context, book, folder }) {
  const page = await openPage(context);
  const start = pathToFileURL(`${folder}/index.html`).href;
  await visit(page, start);
  const problems = [];
  for (const lesson of book.lessons) {
    await page.locator(".pager-link.next").click();
    await page.waitForLoadState("load");
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    const found = await page.evaluate(() => ({
      heading: document.querySelector("h1")?.textContent ?? "",
      pictures: [...document.querySelectorAll(".vp-doc img")].every((picture) => picture.naturalWidth > 0),
      letters: !document.querySelector(".katex") || [...document.fonts].some((font) => /KaTeX/.test(font.family) && font.status === "loaded"),
      styled: getComputedStyle(document.querySelector(".VPSidebar")).position === "fixed",
    }));
    const name = `lesson ${lesson.number}, opened from the disk`;
    problems.push(
      ...expect(found.heading.startsWith(`Lesson ${lesson.number}`), `${name}: the page is "${found.heading}"`),
      ...expect(found.styled, `${name}: its style is missing`),
      ...expect(found.pictures, `${name}: a picture is missing`),
      ...expect(found.letters, `${name}: the formulas' letters are missing`),
      ...(await judgesChoices(page, book.quizzes[book.pages[lesson.source]])).map((one) => `${name}: ${one}`));
  }
  await page.locator(".VPSidebar a", { hasText: "Start here" }).click();
  await page.waitForLoadState("load");
  problems.push(...expect(page.url() === start, `the way back leads to ${page.url()}`));
  await page.close();
  return problems;
}

// A part of the playground: live in a frame where its engine was built, else a line that says how to see it.
async function plays({ context, address, book, folder, fileOf }) {
  const page = await openPage(context, { dark: true }), lesson = fileOf(book.pages["lessons/06-backprop/README.md"]);
  await visit(page, `${address}/${lesson}`);
  await settled(page);
  if (!fs.existsSync(path.join(folder, "play/engine.wasm")))
    return expect(/\.\/course play/.test(await page.textContent(".not-live")), "nothing says how to see it live");
  const problems = [];
  for (const [name, use, said] of [["graph", (frame) => frame.locator("[name=z]").fill("4"), /^f = \(1 \+ 2\) · 4 = 12/],
    ["hidden-space", (frame) => frame.locator("#step").click(), /^step 1,/]]) {
    const place = page.locator(`.play[data-widget="${name}"]`), frame = place.frameLocator("iframe");
    await place.scrollIntoViewIfNeeded();
    await frame.locator("body[data-ready]").waitFor({ timeout: 30000 });
    await use(frame);
    await frame.getByText(said).waitFor();
    const [outer, inner] = [await place.evaluate((place) => place.offsetHeight), await frame.locator("html").evaluate((html) => html.scrollHeight)];
    problems.push(...expect(Math.abs(outer - inner) < 8, `${name}: the frame is ${outer} px high and its page ${inner}`),
      ...expect((await frame.locator("html").getAttribute("data-theme")) === "dark", `${name} is light in a dark book`));
  }
  problems.push(...page.trouble);
  await page.close();
  const fromDisk = await openPage(context);  // there it is a link to a page of its own
  await visit(fromDisk, pathToFileURL(path.join(folder, lesson)).href);
  await fromDisk.locator('.play[data-widget="graph"] .disk a').click();
  await fromDisk.waitForSelector("body[data-ready]", { timeout: 30000 });
  const says = await fromDisk.textContent("#says");
  problems.push(...expect(says.startsWith("f = (1 + 2) · 3 = 9"), `from the disk, the graph says: ${says}`));
  await fromDisk.close();
  return problems;
}

async function choosesByKeyboard({ context, address, book, fileOf }) {
  const page = await openPage(context, { width: 390 });
  await visit(page, `${address}/${fileOf(book.pages[book.lessons[0].source])}`);
  await settled(page);
  const question = page.locator("fieldset.quiz").first();
  await question.locator("label:not(.right)").first().click();
  await question.locator(".right input").focus();
  await page.keyboard.press("Space");
  const said = (await question.locator(".verdict:visible").allTextContents()).join();
  await page.close();
  return expect(said === "✓ right", `it says "${said}"`);
}

// Only a trained network reads drawn digits: a book built without one says how to see it live.
async function readsDigits({ context, address, book, folder, fileOf }) {
  const page = await openPage(context);
  await visit(page, `${address}/${fileOf(book.pages["README.md"])}`);
  await settled(page);
  const can = ["engine.wasm", "network.nn"].every((file) => fs.existsSync(path.join(folder, "play", file)));
  const live = await page.locator('.play[data-widget="digit"]').count(), not = await page.locator(".not-live").count();
  const problems = can ? expect(live === 1, "there is a network, and no place to draw a digit")
    : expect(live === 0 && not > 0, "there is no network, and nothing says how to see it live");
  await page.close();
  return problems;
}

// What is asked of each lesson, whose page has been opened.
export async function behaviourOfLesson(page, source, questions) {
  await test(`${source} prints: white paper, dark letters, nothing cut off, answers open`, () => prints(page));
  await test(`${source}: answers are folded, and unfold`, () => page.evaluate(unfold));
  await test(`${source}: a choice says whether it is right`, () => judgesChoices(page, questions));
}

export async function behaviour(all) {
  await test("search finds softmax", () => search(all));
  await test("next and previous walk all lessons in order", () => walks(all));
  await test("the light can be switched, and stays", () => switchesLight(all));
  await test("the menu on a phone lists the lessons with their minutes", () => menuOnPhone(all));
  await test("a choice is made by the keyboard", () => choosesByKeyboard(all));
  await test("the book reads from the disk", () => fromDisk(all));
  await test("a part of the playground is live", () => plays(all));
  await test("a digit can be drawn where a network is there", () => readsDigits(all));
}
