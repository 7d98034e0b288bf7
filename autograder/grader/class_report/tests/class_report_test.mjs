// class_report_test.mjs CHROMIUM FOLDER...: class.html of each folder as an instructor meets it, opened from the disk in a
// real browser, on a phone and at a desk; its numbers are those of the gradebook.csv beside it. Then the same page with
// faults put in, to see that each is found.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { openPage, startBrowser, visit } from "./browser.mjs";
import { problemsOfLook } from "./page_checks.mjs";
import { expect, finish, test } from "./results.mjs";

const [program, ...folders] = process.argv.slice(2);
const { context, stop } = await startBrowser(program);
const plain = (text) => text.replace(/\s+/g, " ").trim();
const widths = { phone: 375, desk: 1280 };

// RFC 4180, as the gradebook is written: every row as an object by the header's names.
function rowsOf(csv) {
  const rows = [[]];
  for (const [, quoted, bare, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1).push(quoted?.replaceAll('""', '"') ?? bare);
    if (end !== ",") rows.push([]);
  }
  const [header, ...others] = rows.filter((row) => row.length > 1);
  return others.map((row) => Object.fromEntries(row.map((cell, i) => [header[i], cell])));
}

async function open(file, width) {
  const page = await openPage(context, { width });
  page.on("dialog", (dialog) => {
    page.trouble.push(`a text of a student's opened a dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  await visit(page, pathToFileURL(file).href);
  return page;
}

const looks = async (page) => [...(await page.evaluate(problemsOfLook, false)), ...page.trouble];

// What a student wrote is text: no element of the page comes of it.
const foreign = async (page) =>
  (await page.locator("script, img, iframe, object, embed, link, form, [onerror], [onclick], [onload], a:not([href^='#'])").all()).length
    ? ["the page has an element that it never writes itself"] : [];

async function agrees(page, gradebook) {
  const graded = gradebook.filter((row) => row.status === "graded"), problems = [];
  const facts = (await page.locator(".facts li").allTextContents()).map(plain);
  problems.push(...expect(facts[0] === `${gradebook.length} submissions`, `it says "${facts[0]}", the gradebook has ${gradebook.length}`));
  const scores = graded.map((row) => Number(row.score)), mean = scores.reduce((a, b) => a + b, 0) / scores.length;
  problems.push(...expect(facts[1].startsWith(`${mean.toFixed(1)} mean`), `it says "${facts[1]}", the gradebook's mean is ${mean}`));
  const alarm = await page.locator(".alarm li").count();
  problems.push(...expect(alarm === gradebook.length - graded.length, `${alarm} are said to be not graded, expected ${gradebook.length - graded.length}`));
  const rows = await page.locator("tr[id]").evaluateAll((all) =>
    all.map((row) => [(row.querySelector("summary") ?? row.cells[0]).textContent, row.cells[1].textContent]));
  const said = new Map(rows.map(([name, points]) => [plain(name), points]));
  for (const row of gradebook) {
    const found = said.get(plain(row.student)), expected = row.status === "graded" ? row.score : "not graded";
    problems.push(...expect(found === expected, `${plain(row.student).slice(0, 40)}: ${found} points, the gradebook has ${expected}`));
  }
  return [...problems, ...expect(rows.length === gradebook.length, `${rows.length} rows of students, expected ${gradebook.length}`)];
}

async function charts(page, gradebook) {
  const graded = gradebook.filter((row) => row.status === "graded").length;
  const { bars, axis } = await page.locator(".histogram").evaluate((svg) => ({
    bars: [...svg.querySelectorAll("rect")].map((rect) => ({ height: rect.getBoundingClientRect().height, count: Number(rect.nextElementSibling.textContent) })),
    axis: [...svg.querySelectorAll("text")].filter((text) => text.textContent).map((text) => (({ left, right, top, bottom }) => ({ left, right, top, bottom, words: text.textContent }))(text.getBoundingClientRect())),
  }));
  const problems = expect(bars.reduce((sum, bar) => sum + bar.count, 0) === graded, `the histogram counts ${bars.map((bar) => bar.count)}, expected ${graded} in all`);
  const most = bars.reduce((a, b) => (a.count > b.count ? a : b));
  for (const bar of bars) problems.push(...expect(Math.abs(bar.height / most.height - bar.count / most.count) < 0.02, `a bar of ${bar.count} is ${bar.height} px high, one of ${most.count} ${most.height} px`));
  for (const one of axis)
    for (const other of axis)
      if (one !== other && one.left < other.right && other.left < one.right && one.top < other.bottom - 3 && other.top < one.bottom - 3) problems.push(`"${one.words}" and "${other.words}" overlap`);
  const tasks = await page.locator(".task").evaluateAll((all) => all.map((task) => ({
    name: task.querySelector("span").textContent,
    words: task.querySelector("title").textContent,
    filled: [...task.querySelectorAll("rect")].reduce((sum, rect) => sum + rect.getBoundingClientRect().width, 0) / task.querySelector("svg").getBoundingClientRect().width,
    percent: parseInt(task.querySelector("b").textContent),
  })));
  problems.push(...expect(tasks.length > 0, "no bar for any task"));
  for (const { name, words, filled, percent } of tasks) {
    const had = gradebook.filter((row) => row.status === "graded" && row[name] !== ""), passed = had.filter((row) => Number(row[name]) > 0).length;
    const counted = words.split(", ").reduce((sum, one) => sum + parseInt(one), 0), saidPassed = Number(/^(\d+) passed/.exec(words)?.[1] ?? 0);
    problems.push(...expect(Math.abs(filled - 1) < 0.01, `the bar of "${words}" fills ${(100 * filled).toFixed(0)} %`));
    problems.push(...expect(counted === had.length && saidPassed === passed && percent === Math.round((100 * passed) / had.length),
      `${name}: ${percent} % beside "${words}", the gradebook has ${passed} of ${had.length}`));
  }
  return problems;
}

// Every link leads to a student's row, which is then in sight and marked.
async function follows(page) {
  const links = await page.locator("a[href^='#']").all(), problems = [];
  for (const link of links) {
    await link.scrollIntoViewIfNeeded();
    const name = plain(await link.textContent());
    await link.click({ timeout: 5000 });
    const found = await page.evaluate(() => {
      const row = document.querySelector(":target"), box = row?.getBoundingClientRect();
      return row && { name: (row.querySelector("summary") ?? row.cells[0]).textContent, seen: box.top >= -1 && box.top < innerHeight, ground: getComputedStyle(row).backgroundColor };
    });
    problems.push(...expect(found && plain(found.name) === name && found.seen && found.ground !== "rgba(0, 0, 0, 0)", `the link of "${name.slice(0, 40)}" leads to ${JSON.stringify(found)}`));
  }
  return { problems, followed: links.length };
}

async function unfolds(page) {
  const answers = await page.locator("details").all(), problems = [], some = [...answers.slice(0, 10), ...answers.slice(-10)];
  for (const answer of some) {
    const folded = await answer.evaluate((one) => one.getBoundingClientRect().height);
    await answer.locator("summary").click({ timeout: 5000 });
    const unfolded = await answer.evaluate((one) => one.getBoundingClientRect().height);
    await answer.locator("summary").click({ timeout: 5000 });
    if (!(unfolded > folded)) problems.push(`"${plain(await answer.textContent()).slice(0, 40)}" does not unfold`);
  }
  return [...problems, ...expect(some.length > 0, "nothing can be unfolded")];
}

async function prints(page) {
  await page.emulateMedia({ media: "print" });
  const problems = await page.evaluate(() => [
    ...[...document.querySelectorAll("details")].filter((one) => one.getBoundingClientRect().height <= one.querySelector("summary").getBoundingClientRect().height + 1)
      .map((one) => `printed folded: "${one.textContent.slice(0, 40)}"`),
    ...(document.documentElement.scrollWidth > innerWidth ? ["the paper is too narrow"] : []),
  ]);
  const pdf = (await page.pdf({ format: "A4", printBackground: false })).toString("latin1");
  await page.emulateMedia({ media: "screen" });
  return [...problems, ...expect(pdf.startsWith("%PDF") && /\/Type\s*\/Page\b/.test(pdf), "no PDF, or one without pages")];
}

const everything = async (page, gradebook) =>
  [...(await looks(page)), ...(await foreign(page)), ...(await agrees(page, gradebook)), ...(await charts(page, gradebook))];

for (const folder of folders) {
  const file = path.join(folder, "class.html"), gradebook = rowsOf(fs.readFileSync(path.join(folder, "gradebook.csv"), "utf8"));
  for (const [device, width] of Object.entries(widths)) {
    const name = `${path.basename(folder)}, ${device}`, page = await open(file, width);
    await test(`${name}: it looks right, and its numbers are the gradebook's`, () => everything(page, gradebook));
    await test(`${name}: links lead to the student's row`, async () => {
      const { problems, followed } = await follows(page);
      return [...problems, ...expect(followed > 0, "it has no links")];
    });
    await test(`${name}: folded lines unfold, and the look holds`, async () => {
      const problems = await unfolds(page);
      await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
      problems.push(...(await looks(page)));
      await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = false)));
      return problems;
    });
    await test(`${name}: it prints, nothing folded`, () => prints(page));
    await page.close();
  }
}

// A check that cannot fail says nothing.
const faults = [
  ["a script", (html) => html.replace("<h2>", "<script>alert(1)</script><h2>"), "console:"],
  ["an element of a student's", (html) => html.replace("<h2>", "<img src='x' alt=''><h2>"), "never writes itself"],
  ["a picture from elsewhere", (html) => html.replace("<h2>", "<img src='https://example.org/x.png' alt=''><h2>"), "console:"],
  ["a student who is missing", (html) => html.replace(/<tr id="s0">.*/, ""), "rows of students"],
  ["a wrong score", (html) => html.replace(/(<tr id="s0">.*<td class="n">)\d+</, "$1 7<"), "points, the gradebook has"],
  ["a wrong count", (html) => html.replace(/<b>\d+<\/b> submissions/, "<b>1</b> submissions"), "submissions"],
  ["a bar that is too low", (html) => html.replace(/(<rect x="\d+\.?\d*%" y="[\d.]+" width="9%" height=")140/, "$170"), "px high"],
  ["a wrong percentage", (html) => html.replace(/<b>\d+ %<\/b>/, "<b>101 %</b>"), "101 % beside"],
  ["a page that is too wide", (html) => html.replace("<h2>", "<p style='width: 3000px'>wide</p><h2>"), "in a window of"],
  ["faint words", (html) => html.replace("<h2>", "<p style='color: #ccc'>faint</p><h2>"), "contrast"],
];
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "class-report-"));
const sound = fs.readFileSync(path.join(folders[0], "class.html"), "utf8"), gradebook = rowsOf(fs.readFileSync(path.join(folders[0], "gradebook.csv"), "utf8"));
for (const [name, spoil, words] of faults)
  await test(`a page with this fault fails: ${name}`, async () => {
    const file = path.join(folder, "class.html"), spoilt = spoil(sound);
    if (spoilt === sound) return ["the fault could not be put in"];
    fs.writeFileSync(file, spoilt);
    const page = await open(file, widths.desk), found = await everything(page, gradebook);
    await page.close();
    return expect(found.some((one) => one.includes(words)), `not found among: ${found.join("; ")}`);
  });
await test("a link that leads nowhere is found", async () => {
  fs.writeFileSync(path.join(folder, "class.html"), sound.replace(/<a href="#s\d+">/, '<a href="#nobody">'));
  const page = await open(path.join(folder, "class.html"), widths.desk), { problems } = await follows(page);
  await page.close();
  return expect(problems.length > 0, "it was not");
});
fs.rmSync(folder, { recursive: true, force: true });

await stop();
process.exitCode = finish();
