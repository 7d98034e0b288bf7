// A check that cannot fail says nothing: a page with every fault must be told each of them.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { serve } from "../serve.mjs";
import { openPage, settled, visit } from "./browser.mjs";
import { problemsOfLook, problemsOfPage } from "./page_checks.mjs";
import { expect, test } from "./results.mjs";

const bad = `<!doctype html><html><meta charset="utf-8"><link rel="icon" href="data:,"><body><div class="vp-doc">
<h1>One</h1><h1>Two</h1><p>A formula $x$ as it was typed</p><p>**stars**</p><p><em>no</em><strong>space</strong></p>
<p style="width: 2000px">wide</p><div style="overflow-x: auto"><p id="scrolled" style="width: 2000px">wide, but scrolls</p></div>
<span class="formula"><span class="katex katex-error">\\frac</span></span>
<img src="nowhere.svg" alt="gone"><img src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/%3E" alt="">
<p style="color: #bbb">faint</p></div>
<script>console.error("a complaint"); throw new Error("a mistake")</script></body></html>`;

const expected = ["2 headings", "a formula is in error", "formulas are rendered", "letters have not been loaded", "nowhere.svg is not shown", "no words for",
  "'$' is left over", "'**' is left over", "have run together", "the page is 20", "in a window of 390", "contrast of", "expected dark", "console: a complaint", "script: a mistake", "request failed"];

export async function sins(context) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "book-sins-"));
  fs.writeFileSync(path.join(folder, "index.html"), bad);
  fs.writeFileSync(path.join(folder, "404.html"), "not here");
  const { server, address } = await serve(folder, 0);
  const page = await openPage(context, { width: 390 });
  await visit(page, `${address}/`);
  await settled(page);
  const found = [...(await page.evaluate(problemsOfPage, { formulas: 7, pictures: 2 })), ...(await page.evaluate(problemsOfLook, true)), ...page.trouble];
  for (const sin of expected) await test(`a page with this fault fails: ${sin}`, () => expect(found.some((one) => one.includes(sin)), `not found among: ${found.join("; ")}`));
  await test("what scrolls in its own box is no fault", () => expect(!found.some((one) => one.includes("but scrolls")), found.join("; ")));
  await page.close();
  server.close();
  fs.rmSync(folder, { recursive: true, force: true });
}
