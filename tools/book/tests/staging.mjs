// What the stage must refuse, and what it must make of a small repository; and what build.sh says when the machine lacks something.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, test } from "./results.mjs";

const lesson = JSON.stringify({ lesson: "01", part: "I", title: "One", minutes: 5, question: "?", header: "nn/one.hpp" });
const sound = {
  "README.md": "# A book\n\n[one](lessons/01-one/README.md), [its folder](lessons/01-one), [data](data/), [terms](LICENSE)\n",
  LICENSE: "As you like.\n",
  "lessons/parts.json": '{"I": "The only part"}',
  "lessons/01-one/lesson.json": lesson,
  "lessons/01-one/README.md": "# Lesson 1. One\n\n[contract](../../nn/one.hpp)\n\n![A dot](figures/dot.svg)\n\n*A **dot**, $x_{1}$.*\n\n<img src=\"figures/dot.svg\" alt=\"A dot\">\n",
  "lessons/01-one/figures/dot.svg": "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>",
  "nn/one.hpp": "// One, with ``` in it.\nint one();\n",
  "data/two.csv": "a,b\n",
};

function stage(work, files) {
  const source = fs.mkdtempSync(path.join(os.tmpdir(), "book-source-")), out = fs.mkdtempSync(path.join(os.tmpdir(), "book-stage-"));
  for (const [name, text] of Object.entries({ ...sound, ...files })) {
    if (text === null) continue;
    fs.mkdirSync(path.dirname(path.join(source, name)), { recursive: true });
    fs.writeFileSync(path.join(source, name), text);
  }
  const { status, stderr } = spawnSync("node", [path.join(work, ".vitepress/stage.mjs"), source, out], { encoding: "utf8" });
  const book = status === 0 ? JSON.parse(fs.readFileSync(path.join(out, "book.json"), "utf8")) : null;
  const has = (file) => fs.existsSync(path.join(out, "pages", file));
  const made = ["nn/one.hpp.md", "LICENSE.md", "data/index.md", "lessons/01-one/figures/dot.svg"].filter((file) => !has(file));
  for (const folder of [source, out]) fs.rmSync(folder, { recursive: true, force: true });
  return { status, stderr, book, made };
}

const one = "lessons/01-one/README.md";
const refused = [
  ["a link that leads nowhere", { [one]: "# One\n\n[no](../no.hpp)\n" }, `${one}:3: the link ../no.hpp leads nowhere`],
  ["a link out of the repository", { [one]: "# One\n\n[no](../../../secret)\n" }, "leads nowhere"],
  ["a link into build/", { "build/x.md": "# x\n", "README.md": "# A\n\n[x](build/x.md)\n" }, "build/x.md leads nowhere"],
  ["a picture that is missing", { [one]: "# One\n\n![no](figures/no.svg)\n" }, "the picture figures/no.svg leads nowhere"],
  ["a picture from the network", { [one]: "# One\n\n![no](https://example.org/no.svg)\n" }, "comes from the network"],
  ["an HTML picture that is missing", { [one]: '# One\n\n<img src="no.png" alt="">\n' }, "the picture no.png leads nowhere"],
  ["a formula that is wrong", { [one]: "# One\n\nText.\n\n$$\\frac{1}{$$\n" }, `${one}:5: the formula`],
  ["a part of the playground that does not exist", { [one]: "# One\n\n<!-- play: nothing -->\n" }, "there is no widget nothing"],
  ["a question without a right choice", { [one]: "# One\n\n<!-- choose: a | b -->\n<details><summary>1. Which?</summary>\n\nb\n</details>\n" }, `${one}:3: a question to choose from: 2 choices, 0 with a star`],
  ["a question with a choice twice", { [one]: "# One\n\n<!-- choose: *a | a -->\n<details><summary>1. Which?</summary>\n\na\n</details>\n" }, "the same choice twice"],
  ["choices without a question", { [one]: "# One\n\n<!-- choose: *a | b -->\n\nText.\n" }, "no folded answer follows"],
  ["code cut from a file that is gone", { [one]: "# One\n\n<!-- cut: no.cpp a -->\n```cpp\nint a;\n```\n" }, "no.cpp leads nowhere"],
  ["a lesson without a text", { [one]: null, "README.md": "# A\n" }, "this lesson has no text"],
  ["a part without a title", { "lessons/parts.json": '{"II": "Another"}' }, `${one}: lessons/parts.json has no title of part I`],
  ["no lessons", { "lessons/01-one/lesson.json": null }, "there is no lesson"],
];

function runBuild(tools, variables) {
  const out = fs.mkdtempSync(path.join(os.tmpdir(), "book-out-"));
  const { status, stderr } = spawnSync("/bin/sh", [path.join(tools, "build.sh"), ...(variables.ARGS ?? [])],
    { encoding: "utf8", env: { ...process.env, NAND2MNIST_BOOK_OUT: out, ...variables.ENV } });
  fs.rmSync(out, { recursive: true, force: true });
  return { status, stderr };
}

// A PATH that has what a system always has, and the stand-ins given: {name: script}.
function pathWith(standIns) {
  const bin = fs.mkdtempSync(path.join(os.tmpdir(), "book-bin-"));
  for (const name of ["sh", "dirname", "sed", "awk", "cat", "cksum", "mkdir", "cp", "rm", "mv", "tail", "flock", "env"]) {
    const { stdout } = spawnSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" });
    if (stdout.trim()) fs.symlinkSync(stdout.trim(), path.join(bin, name));
  }
  for (const [name, script] of Object.entries(standIns)) fs.writeFileSync(path.join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return bin;
}

const lacking = [
  ["Node.js is missing", {}, 3, "./course install npm"],
  ["Node.js is old", { node: "echo v16.3.0" }, 3, "18 or newer; found 16.3.0"],
  ["npm is missing", { node: "echo v20.1.0" }, 3, "./course install npm"],
  ["there is no network", { node: "echo v20.1.0", npm: "echo ENOTFOUND >&2; exit 1" }, 3, "Is there a network?"],
];

function spell(tools, text) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "book-words-")), file = path.join(folder, "page.md");
  fs.writeFileSync(file, text);
  const { status, stdout } = spawnSync("sh", [path.join(tools, "spelling.sh"), file], { encoding: "utf8" });
  fs.rmSync(folder, { recursive: true, force: true });
  return { status, said: stdout.replaceAll(`${folder}/`, "") };
}

async function spelling(tools) {
  if (spell(tools, "word\n").status === 3) return console.log("skipped: the spelling check, which needs hunspell");
  await test("the spelling check finds wrong words, with their lines", () => {
    const { status, said } = spell(tools, "# Title\n\nA wrog word.\n\n- A list\n\n    with a wurd\n\nIn color.\n");
    const found = ["page.md:3: unknown word: wrog", "page.md:7: unknown word: wurd", "page.md:9: unknown word: color"];
    return [...expect(status === 1, `exit code ${status}, expected 1`), ...found.filter((one) => !said.includes(one)).map((one) => `${one}: not found in ${said}`)];
  });
  await test("the spelling check reads no code, formulas, links or addresses", () => {
    const text = "Some `kode`, $fomula$, [words](lnk.md).\n\n    kode blok\n\n```cpp\nkode\n```\n\n$$\nfomula\n$$\n<!-- komment -->\nhttps://exmple.org/kode\n";
    const { status, said } = spell(tools, text);
    return expect(status === 0, said);
  });
}

export async function staging(work, tools) {
  await test("a sound repository is staged", () => {
    const { status, stderr, book, made } = stage(work, {});
    return [
      ...expect(status === 0, stderr),
      ...expect(book?.pages["lessons/01-one"] === "lessons/01-one/index.md", "a link to a folder with a README does not lead to it"),
      ...expect(book?.formulas["lessons/01-one/index.md"] === 1, "the formula in a caption was not counted"),
      ...expect(book?.pictures["lessons/01-one/index.md"] === 2, "two pictures were not counted"),
      ...made.map((file) => `${file} was not made`),
    ];
  });
  for (const [name, files, words] of refused)
    await test(`the stage refuses ${name}`, () => {
      const { status, stderr } = stage(work, files);
      return [...expect(status === 1, `exit code ${status}, expected 1`), ...expect(stderr.includes(words), `expected "${words}", found: ${stderr}`)];
    });
  for (const [name, standIns, code, words] of lacking)
    await test(`build.sh when ${name}`, () => {
      const bin = pathWith(standIns), { status, stderr } = runBuild(tools, { ENV: { PATH: bin } });
      fs.rmSync(bin, { recursive: true, force: true });
      return [...expect(status === code, `exit code ${status}, expected ${code}`), ...expect(stderr.includes(words), `expected "${words}", found: ${stderr}`)];
    });
  await test("the lock file names no registry", () => {
    const lock = fs.readFileSync(path.join(tools, "package-lock.json"), "utf8");
    return [...expect(!/"resolved"|registry\./.test(lock), "write it with --omit-lockfile-registry-resolved"), ...expect(/"integrity"/.test(lock), "it holds no checksums")];
  });
  await spelling(tools);
  await test("build.sh with arguments that it does not know", () => expect(runBuild(tools, { ARGS: ["--what"] }).status === 2, "expected exit code 2"));
}
