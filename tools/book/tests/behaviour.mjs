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

// Follows next from the first page, then previous from the last: both must pass every lesson in order.
async function walk(page, start, selector, lessons) {
  const passed = [];
  await visit(page, start);
  await settled(page);
  for (let steps = 0; steps < 100; ++steps) {
    passed.push(await page.evaluate(heading));
    const link = page.locator(`.pager-link.${selector}`);
    if (!(await link.count())) break;
    await link.click();
    await page.waitForFunction(`(${heading})() !== ${JSON.stringify(passed.at(-1))}`);
    await settled(page);
  }
  const numbers = passed.map((title) => title.match(/^Lesson (\d+)/)?.[1]).filter(Boolean).map(Number);
  const expected = selector === "next" ? lessons : [...lessons].reverse();
  return { problems: expect(String(numbers) === String(expected), `passed the lessons ${numbers}, expected ${expected}`), last: page.url() };
}

async function walks({ context, address, book }) {
  const page = await openPage(context), lessons = book.lessons.map((lesson) => lesson.number);
  const there = await walk(page, `${address}/`, "next", lessons);
  const back = await walk(page, there.last, "prev", lessons);
  const problems = [...there.problems, ...back.problems, ...expect(new URL(back.last).pathname === "/", `the walk back ends at ${back.last}`), ...page.trouble];
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

async function unfolds({ context, address, book, fileOf }) {
  const page = await openPage(context);
  const problems = [];
  let folded = 0;
  for (const lesson of book.lessons) {
    await visit(page, `${address}/${fileOf(book.pages[lesson.source])}`);
    await settled(page);
    const answers = page.locator(".vp-doc details");
    const count = await answers.count();
    folded += count;
    for (let i = 0; i < count; ++i) {
      const answer = answers.nth(i), words = answer.locator(":scope > :not(summary)").first();
      if (await words.isVisible()) problems.push(`${lesson.source}: answer ${i + 1} is not folded`);
      await answer.locator("summary").click();
      if (!(await words.isVisible())) problems.push(`${lesson.source}: answer ${i + 1} does not unfold`);
    }
  }
  await page.close();
  return [...problems, ...expect(folded > 0, "no lesson has a folded answer")];
}

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

async function prints({ context, address, book, fileOf }) {
  const problems = [];
  for (const dark of [false, true]) {
    const page = await openPage(context, { dark, width: 760 });
    for (const lesson of book.lessons) {
      await visit(page, `${address}/${fileOf(book.pages[lesson.source])}`);
      await settled(page);
      await page.emulateMedia({ media: "print", colorScheme: dark ? "dark" : "light" });
      await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
      problems.push(...(await page.evaluate(printed)).map((one) => `${lesson.source}: ${one}`));
      await page.evaluate(() => dispatchEvent(new Event("afterprint")));
      const pdf = (await page.pdf({ format: "A4" })).toString("latin1"), sheets = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
      problems.push(...expect(pdf.startsWith("%PDF") && sheets > 0, `${lesson.source}: no PDF, or one without pages`));
      await page.emulateMedia({ media: "screen" });
    }
    await page.close();
  }
  return problems;
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
      ...expect(found.letters, `${name}: the formulas' letters are missing`));
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

// Every wrong choice says so, the right one too, and the last line counts; by the keyboard as well, and from the disk, where no script runs.
async function quizzes({ context, address, book, folder, fileOf }) {
  const problems = [];
  let asked = 0;
  for (const place of [address, `file://${folder}`])
    for (const { source } of book.lessons) {
      const page = await openPage(context, { width: 390 }), file = fileOf(book.pages[source]);
      await visit(page, `${place}/${file}`);
      if (place === address) await settled(page);
      const questions = page.locator("fieldset.quiz"), count = await questions.count();
      const shown = (question) => question.locator(".verdict:visible").allTextContents();
      problems.push(...expect(count === book.quizzes[book.pages[source]] && count > 0, `${source}: ${count} questions with choices`));
      for (let i = 0; i < count; ++i) {
        const question = questions.nth(i);
        problems.push(...expect((await shown(question)).length === 0, `${source}: question ${i + 1} is answered already`));
        await question.locator("label:not(.right)").first().click();
        problems.push(...expect((await shown(question)).join() === "✗ not so", `${source}: a wrong choice of question ${i + 1} is not called wrong`));
        await question.locator(".right input").focus();
        await page.keyboard.press("Space");
        problems.push(...expect((await shown(question)).join() === "✓ right", `${source}: the right choice of question ${i + 1} is not called right`));
        asked++;
      }
      const { nodes } = await (await context.newCDPSession(page)).send("Accessibility.getFullAXTree");  // counters of CSS stand nowhere else
      problems.push(...expect(nodes.map((node) => node.name?.value ?? "").join("").includes(`${count} of ${count} right`), `${source}: what is right is not counted`));
      await page.close();
    }
  return [...problems, ...expect(asked > 0, "no question has choices")];
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

export async function behaviour(all) {
  await test("search finds softmax", () => search(all));
  await test("next and previous walk all lessons in order", () => walks(all));
  await test("the light can be switched, and stays", () => switchesLight(all));
  await test("the menu on a phone lists the lessons with their minutes", () => menuOnPhone(all));
  await test("answers are folded, and unfold", () => unfolds(all));
  await test("a choice says whether it is right", () => quizzes(all));
  await test("lessons print: white paper, dark letters, nothing cut off, answers open", () => prints(all));
  await test("the book reads from the disk", () => fromDisk(all));
  await test("a part of the playground is live", () => plays(all));
  await test("a digit can be drawn where a network is there", () => readsDigits(all));
}
