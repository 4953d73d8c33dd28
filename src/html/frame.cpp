#include "html/frame.hpp"

namespace antinomy::html {
namespace {

// Contrast: text 7:1 and more, lines of controls 3:1, in both colour schemes.
constexpr Literal kStyle = R"(
:root {
  color-scheme: light dark;
  --back: #fff; --soft: #f4f3ef; --text: #1c1b19; --dim: #4a4843; --line: #8a877f; --hair: #d9d6cd;
  --link: #0b4a8f; --error: #8f1d14; --warning: #6f4300; --review: #174a7c; --info: #3d4a3a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --back: #171614; --soft: #22211e; --text: #ebe8e1; --dim: #c2beb4; --line: #8b877d; --hair: #3b3934;
    --link: #9ccaff; --error: #ffb3a8; --warning: #f5c66b; --review: #a9cdf5; --info: #c3d3bd;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; background: var(--back); color: var(--text);
  font: 1.0625rem/1.55 Charter, "Bitstream Charter", "Source Serif 4", Cambria, Georgia, serif;
}
body > header, main, body > footer { max-width: 68rem; margin: 0 auto; padding: 0 1.25rem; }
body > header { padding-top: .75rem;  }
body > header, body > footer, nav, dl.facts, table, .tag, .note, h3, h4 {
  font-family: system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
body > header p { margin: 0; font-weight: 600; }
header nav { padding-bottom: .4rem; border-bottom: 1px solid var(--hair); }
header nav ul { list-style: none; margin: .25rem 0 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0 1.25rem; }
header nav a { display: inline-block; padding: .25rem 0; min-height: 1.75rem; }
header nav a[aria-current] { color: var(--text); font-weight: 600; text-decoration: none; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: .5rem; padding: .5rem 1rem; background: var(--back); z-index: 1; }
a { color: var(--link); text-underline-offset: .28em; }
a:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
main { padding-top: 1.25rem; padding-bottom: 2.5rem; }
main:focus { outline: none; }
h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; overflow-wrap: anywhere; }
h1 { font-size: 1.75rem; margin: .25rem 0 .5rem; }
h2 { font-size: 1.3rem; margin: 2.25rem 0 .5rem; padding-top: .5rem; border-top: 1px solid var(--hair); }
h3 { font-size: 1rem; margin: 1.5rem 0 .4rem; }
h4 { font-size: .9rem; margin: .75rem 0 .25rem; color: var(--dim); }
p, ul, ol, dl { margin: .5rem 0; max-width: 44rem; }
li { margin: .25rem 0; overflow-wrap: anywhere; }
p, dd, td, th { overflow-wrap: anywhere; }
ul, ol { padding-left: 1.4rem; }
nav.crumb { font-size: .9rem; }
nav.crumb p { margin: 0; }
.lead, .dim { color: var(--dim); }
.lead { margin-top: 0; }
.said { border-left: 3px solid var(--line); padding-left: 1rem; }
code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .9em; }
code { overflow-wrap: anywhere; }
pre, .scroll { overflow-x: auto; }
pre { margin: .5rem 0; padding: .75rem 1rem; background: var(--soft); border: 1px solid var(--hair); line-height: 1.45; tab-size: 4; font-size: .85rem; }
pre.wrap { white-space: pre-wrap; overflow-wrap: anywhere; max-width: 44rem; }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1.25rem; font-size: .95rem; }
dl.facts dt { color: var(--dim); }
dl.facts dd { margin: 0; }
.tag { display: inline-block; border: 1px solid currentColor; border-radius: .2rem; padding: 0 .4rem; font-size: .85rem; font-weight: 600; white-space: nowrap; }
.error { color: var(--error); } .warning, .unverified { color: var(--warning); }
.review { color: var(--review); } .info { color: var(--info); } .quiet { color: var(--dim); }
ul.rules { list-style: none; padding: 0; max-width: none; }
ul.rules > li { margin: .6rem 0; }
ul.rules .dim { display: block; font-size: .9rem; }
section.example { border-top: 1px solid var(--hair); padding-top: .25rem; margin-top: 1rem; }
.pair { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0 1.5rem; }
@media (min-width: 60rem) { .pair { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); } }
.answer { font-size: .95rem; }
.answer ul { font-size: .95em; }
table { border-collapse: collapse; font-size: .92rem; width: 100%; }
caption { text-align: left; color: var(--dim); padding-bottom: .4rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--hair); }
td code { overflow-wrap: normal; }
body > footer { border-top: 1px solid var(--hair); padding-top: .75rem; padding-bottom: 1.5rem; font-size: .85rem; color: var(--dim); }
@media (max-width: 40rem) {
  dl.facts { grid-template-columns: 1fr; gap: 0; }
  dl.facts dd { margin-bottom: .5rem; }
  h1 { font-size: 1.45rem; }
  pre { padding: .6rem .7rem; }
}
@page { size: A4; margin: 18mm; }
@media print {
  :root {
    color-scheme: light;
    --back: #fff; --soft: #fff; --text: #000; --dim: #333; --line: #777; --hair: #bbb; --link: #000;
    --error: #000; --warning: #000; --review: #000; --info: #000;
  }
  body { font-size: 10.5pt; }
  body > header nav, .skip { display: none; }
  body > header, main, body > footer { max-width: none; padding-left: 0; padding-right: 0; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; }
  h1, h2, h3, h4 { break-after: avoid; }
  section.example .answer, li, tr, dd { break-inside: avoid; }
  thead { display: table-header-group; }
}
)";

Html link(const Place& place) {
    if (place.here)
        return element("a", {{"href", place.address}, {"aria-current", "page"}}, text(place.name));
    return element("a", {{"href", place.address}}, text(place.name));
}

}  // namespace

std::string page(const Frame& f) {
    Html head = markup("<meta charset=\"utf-8\">\n") +
                block("title", text(f.title + (f.site.empty() ? "" : " - " + f.site))) +
                markup(
                    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                    "<meta http-equiv=\"Content-Security-Policy\" "
                    "content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
                    "form-action 'none'\">\n"
                    "<meta name=\"color-scheme\" content=\"light dark\">\n") +
                tag("meta", {{"name", "generator"}, {"content", f.generator}}) + markup("\n") +
                block("style", markup(kStyle) + f.style);
    Html items;
    for (const auto& place : f.navigation) items += block("li", link(place));
    Html header =
        block("p", f.home.empty() ? text(f.site) : element("a", {{"href", f.home}}, text(f.site)));
    if (!items.empty())
        header += block("nav", {{"aria-label", "Site"}}, markup("\n") + block("ul", items));
    Html body = block("a", {{"class", "skip"}, {"href", "#main"}}, text("To the text")) +
                block("header", markup("\n") + header) +
                block("main", {{"id", "main"}, {"tabindex", "-1"}}, markup("\n") + f.main) +
                block("footer", markup("\n") + f.foot);
    const Html whole =
        markup("<!DOCTYPE html>\n") + block("html", {{"lang", "en"}},
                                            markup("\n") + block("head", markup("\n") + head) +
                                                block("body", markup("\n") + body));
    return whole.string();
}

Html scroll(const std::string& name, const Html& content) {
    return block("div",
                 {{"class", "scroll"}, {"tabindex", "0"}, {"role", "group"}, {"aria-label", name}},
                 content);
}

Html prose(std::string_view written) {
    Html out;
    while (!written.empty()) {
        const auto open = written.find('`');
        const auto close = open == std::string_view::npos ? open : written.find('`', open + 1);
        if (close == std::string_view::npos) return out + text(written);
        out += text(written.substr(0, open));
        out += element("code", text(written.substr(open + 1, close - open - 1)));
        written.remove_prefix(close + 1);
    }
    return out;
}

Html formula(std::string_view text) {
    return block("pre", {{"class", "wrap"}}, element("code", lines(text)));
}

Html listing(const std::string& name, std::string_view text) {
    return block("pre", {{"tabindex", "0"}, {"role", "group"}, {"aria-label", name}},
                 element("code", lines(text)));
}

}  // namespace antinomy::html
