// Chromium with a new, empty profile for each run, and pages that remember what went wrong on them.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { chromium } from "playwright-core";

export async function startBrowser(program) {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), "book-test-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: program,
    headless: true,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync"],
  });
  const stop = async () => {
    await context.close();
    fs.rmSync(profile, { recursive: true, force: true });
  };
  return { context, stop };
}

// A page whose `trouble` fills with console errors, failed requests, and requests that leave this machine.
export async function openPage(context, { width = 1280, dark = false } = {}) {
  const page = await context.newPage();
  page.trouble = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) page.trouble.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => page.trouble.push(`script: ${error.message}`));
  page.on("requestfailed", (request) => {
    const why = request.failure()?.errorText;
    if (why !== "net::ERR_ABORTED") page.trouble.push(`request failed: ${request.url()} (${why})`);  // aborted: the reader had left already
  });
  page.on("response", (response) => {
    if (response.status() >= 400) page.trouble.push(`request failed: ${response.url()} (${response.status()})`);
  });
  page.on("request", (request) => {
    if (!/^(http:\/\/localhost[:/]|data:|blob:|file:)/.test(request.url())) page.trouble.push(`request to the network: ${request.url()}`);
  });
  await inColour(page, dark);
  await page.setViewportSize({ width, height: 900 });
  return page;
}

// Light or dark, as the reader's system would have it, and nothing fades from one to the other.
export async function inColour(page, dark) {
  await page.emulateMedia({ colorScheme: dark ? "dark" : "light", reducedMotion: "reduce" });
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => {
    for (const fading of document.getAnimations()) fading.finish();
    requestAnimationFrame(done);
  })));
}

export async function visit(page, address) {
  await page.goto(address, { waitUntil: "load" });
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}

// The page's program has taken over from its text, and its pictures are there or have failed.
export async function settled(page) {
  await page.waitForFunction(() => {
    const app = document.querySelector("#app");
    return (!app || app.__vue_app__) && [...document.images].every((picture) => picture.complete);
  });
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}
