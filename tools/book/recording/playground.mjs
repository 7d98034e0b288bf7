// playground.mjs ROOT CHROMIUM SETTINGS: the pictures of `./course play --ours` after a training with SETTINGS, as the page saves them.
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { openPage, startBrowser } from "./browser.mjs";

const [root, program, settings] = process.argv.slice(2);
const server = spawn(path.join(root, "course"), ["play", "--ours", "--port", "18550"], { stdio: ["ignore", "pipe", "inherit"] });
const address = await new Promise((found, failed) => {
  let said = "";
  server.stdout.on("data", (text) => {
    const line = (said += text).match(/http:\S+#token=\w+\n/);
    if (line) found(line[0].trim());
  });
  server.on("exit", (code) => failed(new Error(`./course play ended with ${code}: ${said}`)));
});
const { context, stop } = await startBrowser(program), page = await openPage(context, { width: 1140 });
await page.emulateMedia({ reducedMotion: "no-preference" });
await page.goto(`${address}&${settings}`);
await page.waitForSelector("body[data-ready]");
await page.click("#run");
await page.waitForFunction(() => document.querySelector("#run").textContent === "Run", null, { timeout: 300000 });
await page.waitForFunction(() => !document.querySelector("#step").disabled);
const [drawing] = await Promise.all([page.waitForEvent("download"), page.click("#svg")]);
process.stdout.write(fs.readFileSync(await drawing.path()));
await stop();
server.removeAllListeners("exit");
server.kill("SIGINT");
