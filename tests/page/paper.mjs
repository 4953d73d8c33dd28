// Prints pages on A4, and says of each what paper.py looks for, a line of JSON each.
//
//   node paper.mjs MODULES CHROMIUM FOLDER PAGE...
//
// FOLDER/PAGE.pdf, and {name, wide, said, leads, heads, axis, legend}: what scrolls sideways on a screen (the page at 1280,
// 390 and 320 px; a part of it at 1280), the sentences of findings, and what is nothing without what
// follows it: headings, captions, verdicts, what ends in a colon; heads of tables;
// the names on the timeline's axis, and what stands first below the picture.
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, chromium, folder, ...pages] = process.argv.slice(2);
const puppeteer = createRequire(join(modules, "node_modules", "x.js"))("puppeteer-core");
const browser = await puppeteer.launch({
  executablePath: chromium,
  headless: true,
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
});
const page = await browser.newPage();
for (const path of pages) {
  const name = basename(path, ".html");
  await page.setViewport({ width: 1280, height: 900 });
  await page.goto(pathToFileURL(path).href, { waitUntil: "load" });
  const told = await page.evaluate(() => ({
    wide: [...document.querySelectorAll(".scroll, pre")]
      .filter((e) => e.scrollWidth > e.clientWidth + 1)
      .map((e) => `${e.getAttribute("aria-label") ?? "an excerpt"} is ${e.scrollWidth - e.clientWidth} px too wide at 1280 px`),
    said: [...document.querySelectorAll("p.said")].map((e) => e.textContent),
    leads: [...document.querySelectorAll("h1, h2, h3, h4, summary, caption, p")]
      .filter((e) => e.matches("p.place, p.verdict") || e.tagName !== "P" || e.textContent.trimEnd().endsWith(":"))
      .filter((e) => !e.closest("details.log, nav"))
      .map((e) => e.textContent),
    axis: [...document.querySelectorAll("#lanes-axis text")].map((e) => e.textContent).join(" "),
    legend: document.querySelector("ul.legend li")?.textContent ?? "",
    heads: [...document.querySelectorAll("thead")].map((e) => [...e.querySelectorAll("th")].map((h) => h.textContent).join(" ")),
  }));
  for (const width of [1280, 390, 320]) {
    await page.setViewport({ width, height: 900 });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (over > 0) told.wide.push(`the page is ${over} px too wide at ${width} px`);
  }
  await page.pdf({ path: join(folder, `${name}.pdf`), preferCSSPageSize: true, printBackground: false });
  console.log(JSON.stringify({ name, ...told }));
}
await browser.close();
