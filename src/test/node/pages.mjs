// Opens every page of a folder in a browser: node pages.mjs FOLDER [BROWSER]
// Prints what it found as one JSON document; screenshots go beside the pages.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { launch } from "./browser.mjs";

const [folder, named] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const LOOKS = [
  { name: "wide", viewport: { width: 1280, height: 900 }, colorScheme: "light" },
  { name: "phone-dark", viewport: { width: 390, height: 844 }, colorScheme: "dark" },
];
const HIGHEST_SCREENSHOT = 3_500;

const browser = await launch(named);
const context = await browser.newContext({ reducedMotion: "reduce" });
const page = await context.newPage();
// A busy machine is no fault of a page.
page.setDefaultTimeout(600_000);
let url = "";
let requests = [];
let complaints = [];
page.on("request", (request) => request.url() !== url && requests.push(request.url()));
page.on("console", (message) => complaints.push(message.text()));
page.on("pageerror", (error) => complaints.push(String(error)));
page.on("dialog", (dialog) => {
  complaints.push("a dialog: " + dialog.message());
  dialog.dismiss();
});
const seen = [];
for (const file of readdirSync(folder).filter((name) => name.endsWith(".html")).sort()) {
  seen.push(...(await check(file)));
}
await browser.close();
console.log(JSON.stringify(seen));

// A page is loaded once, and then looked at twice: the second look is another width and other colours.
async function check(file) {
  url = pathToFileURL(resolve(folder, file)).href;
  requests = [];
  complaints = [];
  await page.emulateMedia({ colorScheme: LOOKS[0].colorScheme });
  await page.setViewportSize(LOOKS[0].viewport);
  await page.goto(url, { waitUntil: "load" });
  const found = await search(page);
  const seen = [];
  for (const look of LOOKS) {
    await page.emulateMedia({ colorScheme: look.colorScheme });
    await page.setViewportSize(look.viewport);
    const facts = await page.evaluate(() => ({
      title: document.title,
      heading: document.querySelector(".verdict").innerText.trim(),
      lead: document.querySelector(".lead").innerText.trim(),
      steps: [...document.querySelectorAll(".next > p:not(.small):not(.command), .next > ol > li")].map((step) => step.innerText.trim()),
      links: [...document.querySelectorAll("a")].map((link) => link.getAttribute("href")),
      scripts: document.scripts.length,
      tooWide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      bars: [...document.querySelectorAll("svg[role=img]")].map((bar) => bar.getAttribute("aria-label")),
      text: document.body.innerText,
      height: document.documentElement.scrollHeight,
    }));
    await page.setViewportSize({ width: look.viewport.width, height: Math.min(facts.height, HIGHEST_SCREENSHOT) });
    await page.screenshot({ path: join(folder, file.replace(".html", `.${look.name}.png`)) });
    const violations = await accessible(look);
    seen.push({ file, look: look.name, requests, complaints, violations, found, ...facts });
  }
  return seen;
}

// All rules once; in the other colours only those of colours, since nothing else depends on them.
async function accessible(look) {
  if (look === LOOKS[0]) {
    await page.evaluate(axe);
  }
  return page.evaluate(async (rules) => {
    // A thousand rows are alike: twenty of them tell as much.
    document.querySelectorAll("#rows tbody tr:nth-child(n+21)").forEach((row) => row.remove());
    const result = await axe.run(document, { resultTypes: ["violations"], ...rules });
    return result.violations.map((violation) => violation.id + ": " + violation.help + " " + violation.nodes.slice(0, 2).map((node) => node.html).join(" "));
  }, look === LOOKS[0] ? {} : { runOnly: ["color-contrast"] });
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
  await field.blur();
  return { before, after, status };
}
