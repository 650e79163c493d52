// Looks at every page in a folder with a real browser: node check.mjs FOLDER CHROMIUM
// Prints what it found as one JSON document; screenshots go beside the pages.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [folder, executablePath] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
// Colours don't depend on the width, so each is looked at in one of the two.
const LOOKS = [
  { name: "wide", viewport: { width: 1280, height: 900 }, colorScheme: "light" },
  { name: "phone-dark", viewport: { width: 390, height: 844 }, colorScheme: "dark" },
];
const HIGHEST_SCREENSHOT = 3_500;

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
const seen = [];
for (const look of LOOKS) {
  const context = await browser.newContext({ ...look, reducedMotion: "reduce" });
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".html")).sort()) {
    seen.push(await check(context, look, file));
  }
  await context.close();
}
await browser.close();
console.log(JSON.stringify(seen));

async function check(context, look, file) {
  const page = await context.newPage();
  const url = pathToFileURL(resolve(folder, file)).href;
  const requests = [];
  const complaints = [];
  page.on("request", (request) => request.url() !== url && requests.push(request.url()));
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("dialog", (dialog) => {
    complaints.push("a dialog: " + dialog.message());
    dialog.dismiss();
  });
  await page.goto(url, { waitUntil: "load" });
  const facts = await page.evaluate(() => ({
    title: document.title,
    heading: document.querySelector(".verdict").innerText.trim(),
    lead: document.querySelector(".lead").innerText.trim(),
    steps: [...document.querySelectorAll(".next > p, .next > ol > li")].map((step) => step.innerText.trim()),
    links: [...document.querySelectorAll("a")].map((link) => link.getAttribute("href")),
    scripts: document.scripts.length,
    tooWide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    bars: [...document.querySelectorAll("svg[role=img]")].map((bar) => bar.getAttribute("aria-label")),
    text: document.body.innerText.length,
  }));
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  const found = await search(page);
  await page.setViewportSize({ width: look.viewport.width, height: Math.min(height, HIGHEST_SCREENSHOT) });
  await page.screenshot({ path: join(folder, file.replace(".html", `.${look.name}.png`)) });
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => {
    // A thousand rows are alike: twenty of them tell as much.
    document.querySelectorAll("#rows tbody tr:nth-child(n+21)").forEach((row) => row.remove());
    const result = await axe.run(document, { resultTypes: ["violations"] });
    return result.violations.map((violation) => violation.id + ": " + violation.help + " " + violation.nodes.slice(0, 2).map((node) => node.html).join(" "));
  });
  await page.close();
  return { file, look: look.name, requests, complaints, violations, found, ...facts };
}

// Types into the search field, where there is one, counts the rows that are left, and empties it again.
async function search(page) {
  const field = page.locator("#search");
  if ((await field.count()) === 0) {
    return null;
  }
  const rows = () => page.evaluate(() => [...document.querySelectorAll("#rows tbody tr")].filter((row) => row.offsetParent).length);
  const before = await rows();
  const place = await page.evaluate(() => document.querySelector("#rows tbody tr:last-child td").innerText.trim());
  await field.fill(place);
  const after = await rows();
  const status = await page.locator("#found").innerText();
  await field.fill("");
  return { before, after, status };
}
