// book_test.mjs BOOK WORK TOOLS CHROMIUM: the built book in a real browser, at the width of a phone and of a desk, light and dark.
import fs from "node:fs";
import path from "node:path";
import { serve } from "../serve.mjs";
import { inColour, openPage, settled, startBrowser, visit } from "./browser.mjs";
import { linksOfPage, problemsOfLook, problemsOfPage } from "./page_checks.mjs";
import { behaviour, behaviourOfLesson } from "./behaviour.mjs";
import { expect, finish, test } from "./results.mjs";
import { sins } from "./sins.mjs";
import { staging } from "./staging.mjs";

const [folder, work, tools, program] = process.argv.slice(2);
const book = JSON.parse(fs.readFileSync(path.join(work, "book.json"), "utf8"));
const fileOf = (page) => page.replace(/\.md$/, ".html");
const pages = Object.keys(book.sources);
const { server, address } = await serve(folder, 0);
const { context, stop } = await startBrowser(program);

await test("the book has pages, and one for each lesson", () => [
  ...expect(pages.length > 0, "it has no pages"),
  ...expect(book.lessons.length > 0, "it has no lessons"),
  ...book.lessons.filter((one) => !pages.includes(book.pages[one.source])).map((one) => `${one.source} has no page`),
  ...pages.filter((page) => !fs.existsSync(path.join(folder, fileOf(page)))).map((page) => `${page} was not built`),
]);

// A page is loaded once, and looked at in both colours: as for a reader whose system turns dark.
const places = new Map(), ofLessons = new Set(book.lessons.map((lesson) => book.pages[lesson.source]));
const page = await openPage(context);
for (const name of pages) {
  page.trouble.length = 0;
  await visit(page, `${address}/${fileOf(name)}`).then(() => settled(page)).catch((error) => page.trouble.push(error.message));
  places.set(new URL(fileOf(name), address + "/").href, await page.evaluate(linksOfPage));
  let isDark = false;
  for (const [width, dark] of [[1280, false], [1280, true], [375, true], [375, false]]) {  // a new width takes longest
    await page.setViewportSize({ width, height: 900 });
    if (dark !== isDark) await inColour(page, (isDark = dark));
    const expected = { formulas: book.formulas[name], pictures: book.pictures[name] };
    await test(`${book.sources[name]} at ${width} px, ${dark ? "dark" : "light"}`, async () => [...(await page.evaluate(problemsOfPage, expected)), ...(await page.evaluate(problemsOfLook, dark)), ...page.trouble]);
  }
  if (ofLessons.has(name)) await behaviourOfLesson(page, book.sources[name], book.quizzes[name]);
}
await page.close();

await test("every link leads to a page, and to a heading on it", () => {
  const problems = [];
  let followed = 0;
  for (const [from, { links }] of places)
    for (const link of links) {
      const url = new URL(link), anchor = decodeURIComponent(url.hash.slice(1));
      url.hash = "";
      if (url.pathname.endsWith("/")) url.pathname += "index.html";
      followed++;
      const to = places.get(url.href);
      if (to && anchor && !to.ids.includes(anchor)) problems.push(`${from}: ${link} has no such heading`);
      if (!to && !fs.existsSync(path.join(folder, url.pathname))) problems.push(`${from}: ${link} leads nowhere`);
    }
  return [...problems, ...expect(followed > 0, "there is no link at all")];
});

await staging(work, tools);
await behaviour({ context, address, book, folder: path.resolve(folder), fileOf });
await sins(context);

await stop();
server.close();
process.exitCode = finish();
