// Opens pages in Chromium and says what is wrong with them, a line each.
//
//   node browser.mjs MODULES CHROMIUM [--shots FOLDER] PAGE... [--quick PAGE...]
//
// Of every page: with scripts off, does it say the same; with scripts on, is anything loaded beside
// it, is anything run, does the console say anything; axe-core at WCAG 2.2 AA, light, dark and at
// 390 px; no sideways scrolling of the page at 390 and 320 px, of it and of any part at 1280 px, and nothing wider than the sheet on A4
// paper; no date and, but in code and addresses, no word torn in two by the end of a line; in the
// timeline no text on another or on a mark, none outside, no line through one. With --shots FOLDER pictures are
// taken (1280 and 390 px, light and dark) and an A4 PDF is printed. Pages after --quick are not looked
// at in the dark and at 390 px.
import { createRequire } from "node:module";
import { mkdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, chromium, ...rest] = process.argv.slice(2);
let shots = "";
if (rest[0] === "--shots") {
  shots = rest[1];
  rest.splice(0, 2);
  mkdirSync(shots, { recursive: true });
}
const require = createRequire(join(modules, "node_modules", "x.js"));
const puppeteer = require("puppeteer-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const faults = [];
const browser = await puppeteer.launch({
  executablePath: chromium,
  headless: true,
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
});

// What is to be seen of a page as it is laid out now; runs in the page.
function seen() {
  const found = [];
  const range = document.createRange();
  const lines = (node, at, length) => {
    range.setStart(node, at);
    range.setEnd(node, at + length);
    return new Set([...range.getClientRects()].filter((r) => r.width > 0.5).map((r) => Math.round(r.top))).size;
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = texts.nextNode()); ) {
    if (node.parentElement.closest("svg, style, .skip")) continue;
    // Not part of a name: ziyoyev-2016-11.
    for (const m of node.data.matchAll(/(?<![\p{L}\d_-])[\dX]{4}-[\dX]{2}(-[\dX]{2})?(?![\p{L}\d_-])/gu))
      if (lines(node, m.index, m[0].length) > 1) found.push(`${m[0]} is torn in two`);
    // A word that is longer than a column may have to be; none of these is.
    if (node.parentElement.closest("code, pre")) continue;
    for (const m of node.data.matchAll(/\p{L}{2,16}/gu))
      if (lines(node, m.index, m[0].length) > 1) found.push(`the word ${m[0]} is torn in two`);
  }
  for (const picture of document.querySelectorAll("svg.lanes:not(.sample)")) {
    const frame = picture.getBoundingClientRect();
    if (frame.width < 1) continue; // one that is drawn sheet by sheet
    const unit = frame.width / 920; // of the drawing
    const boxes = (what) => [...picture.querySelectorAll(what)].map((element) => ({ element, box: element.getBoundingClientRect() }));
    const all = boxes("text");
    const over = (a, b) =>
      Math.min(a.right, b.right) - Math.max(a.left, b.left) > unit &&
      Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3 * unit;
    const before = (a, b) => a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING;
    const grounds = boxes(".ground, .lane-head");
    all.forEach(({ element, box }, i) => {
      const says = `"${element.textContent}"`;
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1)
        found.push(`${says} leaves the picture`);
      for (const other of all.slice(i + 1)) if (over(box, other.box)) found.push(`${says} lies on "${other.element.textContent}"`);
      if (element.closest("a")) return;
      for (const mark of boxes(".day, .window, .bar, .head, .badge, .dot"))
        if (over(box, mark.box)) found.push(`${says} lies on a mark`);
      for (const line of boxes(".grid, .cut-edge, .cut-mark, .join")) {
        const l = line.box;
        if (l.right <= box.left + unit || l.left >= box.right - unit) continue;
        if (Math.min(l.bottom, box.bottom) - Math.max(l.top, box.top) <= 2 * unit) continue;
        const hidden = grounds.some(
          (g) => before(line.element, g.element) && before(g.element, element) && g.box.left <= l.left && g.box.right >= l.right &&
            g.box.top <= box.top + 3 * unit && g.box.bottom >= box.bottom - 3 * unit);
        if (!hidden) found.push(`a line goes through ${says}`);
      }
    });
  }
  return [...new Set(found)];
}

async function look(path, quick) {
  const url = pathToFileURL(path).href;
  const name = basename(path);
  const page = await browser.newPage();
  const fault = (what) => faults.push(`${name}: ${what}`);
  page.on("request", (r) => r.url().split("#")[0] === url || fault(`loads ${r.url()}`));
  page.on("console", (m) => fault(`console: ${m.text().slice(0, 300)}`));
  page.on("pageerror", (e) => fault(`error: ${e.message}`));
  page.on("dialog", async (d) => {
    fault(`dialog: ${d.message()}`);
    await d.dismiss();
  });
  await page.setViewport({ width: 1280, height: 900 });
  await page.setJavaScriptEnabled(false);
  await page.goto(url, { waitUntil: "load" });
  const still = await page.evaluate(() => document.body.innerText);
  await page.setJavaScriptEnabled(true);
  await page.goto(url, { waitUntil: "load" });
  if ((await page.evaluate(() => document.body.innerText)) !== still) fault("reads otherwise with scripts off");
  if (still.length < 200) fault("has no text");
  if ((await page.evaluate(() => Object.keys(window).filter((k) => k.startsWith("pwned")).length)) > 0) fault("ran a text");
  await page.evaluate(axe);
  const audit = async (where) => {
    const found = await page.evaluate(async () => {
      const r = await axe.run(document, {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        resultTypes: ["violations"],
      });
      return r.violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(" | ")}`);
    });
    for (const f of found) fault(`${where}: ${f}`);
  };
  const sideways = async (width) => {
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (over > 0) fault(`is ${over} px too wide at ${width} px`);
    if (width < 1280) return;
    // Where there is room enough no part scrolls by itself, either.
    const parts = await page.evaluate(() =>
      [...document.querySelectorAll(".scroll, pre")]
        .filter((e) => e.scrollWidth > e.clientWidth + 1)
        .map((e) => `${e.getAttribute("aria-label") ?? "an excerpt"} is ${e.scrollWidth - e.clientWidth} px too wide`),
    );
    for (const part of parts) fault(`${part} at ${width} px`);
  };
  const looks = async (where) => {
    for (const f of await page.evaluate(seen)) fault(`${where}: ${f}`);
  };
  const shot = (what) => (shots ? page.screenshot({ path: join(shots, `${name}.${what}.png`), fullPage: true }) : undefined);
  await audit("light");
  if (quick) {
    await page.close();
    return;
  }
  await sideways(1280);
  await looks("1280 px");
  await shot("1280");
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "dark" }]);
  await audit("dark");
  await shot("dark");
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "light" }]);
  await page.setViewport({ width: 390, height: 844 });
  await audit("390 px");
  await sideways(390);
  await looks("390 px");
  await shot("390");
  await page.setViewport({ width: 320, height: 844 });
  await sideways(320);
  // A sheet of A4 without its margins of 18 mm.
  await page.emulateMediaType("print");
  await page.setViewport({ width: Math.floor(((210 - 36) / 25.4) * 96), height: 986 });
  await sideways("the width of A4");
  await looks("on paper");
  await page.emulateMediaType(null);
  if (shots) await page.pdf({ path: join(shots, `${name}.pdf`), preferCSSPageSize: true, printBackground: false });
  await page.close();
}

const quick = rest.includes("--quick") ? rest.splice(rest.indexOf("--quick")).slice(1) : [];
for (const path of rest) await look(path, false);
for (const path of quick) await look(path, true);
await browser.close();
console.log(faults.length ? faults.join("\n") : `${rest.length + quick.length} pages are as they should be`);
process.exit(faults.length ? 1 : 0);
