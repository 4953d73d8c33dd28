#include "page/style.hpp"

namespace antinomy::page {

// Contrast as in the frame: text 7:1 and more in both colour schemes. A colour never says what no
// word says; on paper there are none.
html::Html style() {
    return html::markup(R"(
:root { --mark: #ffe9a8; --certain: #8f1d14; --possible: #6f4300; --open: #3d4a5c; }
@media (prefers-color-scheme: dark) {
  :root { --mark: #5a4500; --certain: #ffb3a8; --possible: #f5c66b; --open: #b9c7da; }
}
main > h1 { font-size: 1.9rem; }
.preamble { border: 1px solid var(--line); padding: .6rem 1rem; background: var(--soft); }
nav.contents ul { list-style: none; padding: 0; columns: 3 15rem; max-width: none; font-size: .95rem; }
nav.contents li { margin: 0; break-inside: avoid; }
nav.contents a { display: inline-block; padding: .2rem 0; min-height: 1.5rem; }
nav.contents h2 { font-size: 1rem; margin: 1.25rem 0 0; border: 0; padding: 0; }
section.finding { border-top: 2px solid var(--line); margin-top: 2rem; padding-top: .25rem; }
section.finding h3 { font-size: 1.15rem; margin: .75rem 0 .4rem; }
p.verdict { font-family: system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; font-size: .95rem; }
p.verdict .tag { white-space: normal; }
.tag.certain { color: var(--certain); border-width: 2px; }
.tag.possible { color: var(--possible); border-style: dashed; }
p.said { font-size: 1.08rem; }
p.given { font-style: italic; }
.whose, .also { color: var(--dim); font-size: .92em; }
.also { display: block; font-weight: 400; }
.quote { display: block; }
q { quotes: "\201C" "\201D" "\2018" "\2019"; }
p.foot { font-size: .85rem; color: var(--dim); overflow-wrap: anywhere; }
p.state { border: 1px dashed var(--line); padding: .3rem .75rem; }
p.place { margin: .75rem 0 0; font-size: .9rem; }
ol.chain { padding-left: 1.8rem; }
ol.chain li { margin: .45rem 0; }
mark { background: var(--mark); color: inherit; font-weight: 600; }
pre.excerpt { max-width: none; }
pre.excerpt .label { color: var(--dim); }
pre.excerpt .label::before { content: "\2514\2500 "; }
th[scope="row"] { font-weight: 600; }
thead th { border-bottom: 2px solid var(--line); }
table.matrix { min-width: 40rem; }
table.matrix td, table.matrix th { border: 1px solid var(--line); padding: .45rem .6rem; }
table.glance { min-width: 44rem; }
table.wide { min-width: 46rem; }
table.cases th[scope="row"] { min-width: 9rem; }
td p { margin: .15rem 0; }
.cell.certain { color: var(--certain); text-decoration: underline; text-decoration-thickness: 2px; text-underline-offset: .2em; }
.cell.possible { color: var(--possible); }
.cell.open, .cell.none { color: var(--open); font-weight: 400; }
td, th, td p, td li, th p { overflow-wrap: break-word; }
time, a[href^="#source-"], a[href^="#finding-"] { white-space: nowrap; }
table.glance a { white-space: normal; }
td code, th code { overflow-wrap: break-word; }
td code.hash { overflow-wrap: anywhere; }
.scroll caption { max-width: min(56rem, calc(100vw - 2.75rem)); }
details { margin: .6rem 0; max-width: none; }
summary { cursor: pointer; padding: .25rem 0; font-family: system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; font-size: .95rem; }
summary:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
dl.facts { max-width: none; }
dl.terms dt { font-weight: 600; margin-top: .5rem; }
dl.terms dd { margin: 0 0 0 1.25rem; }
bdi.point { font-style: italic; }
@page { @bottom-right { content: counter(page) " / " counter(pages); font: 9pt sans-serif; } }
@media print {
  :root { --mark: #eee; --certain: #000; --possible: #000; --open: #000; }
  nav.contents { display: none; }
  html { font-size: 10pt; }
  body { font-size: 1rem; line-height: 1.4; }
  main { padding-bottom: 0; }
  main > p:last-child { break-inside: avoid; margin-bottom: 0; padding-bottom: 12mm; }
  body > footer { margin-top: -11mm; padding-bottom: 0; break-inside: avoid; }
  body > footer p { margin: 0; }
  dl.terms { columns: 2; column-gap: 8mm; }
  dl.terms dt { margin: 0; }
  dl.terms dd { margin-bottom: .4rem; }
  p, ul, ol, dl { max-width: none; margin: .35rem 0; }
  p.said { font-size: 10.5pt; break-inside: avoid; }
  p:has(+ ul) { break-after: avoid; }
  main > h1 { font-size: 18pt; }
  h2 { margin-top: 1.4rem; }
  h4 { margin: .5rem 0 .15rem; }
  details::details-content { content-visibility: visible; block-size: auto; }
  details:not([open]) > *:not(summary) { display: revert; }
  summary { list-style: none; font-weight: 600; break-after: avoid; }
  details.log { display: none; }
  .scroll { overflow: visible; }
  .scroll caption { max-width: none; }
  td, th[scope="row"] { overflow-wrap: break-word; }
  td.day { white-space: nowrap; }
  table.matrix, table.glance, table.wide { min-width: 0; }
  table { font-size: 9pt; }
  th, td { padding: .2rem .5rem .2rem 0; }
  pre { padding: .3rem .5rem; font-size: 8pt; line-height: 1.3; }
  pre.excerpt, p.verdict, h1, h2, h3, h4 { break-inside: avoid; }
  p.place { break-after: avoid; }
  caption { break-after: avoid; break-inside: avoid; }
  :is(h2, h3) + p:not(:has(+ :is(h2, h3, section))), thead { break-after: avoid; }
  tbody > tr:first-child { break-before: avoid; }
  .scroll:has(> table:not(.matrix)):not(:has(tbody > tr:nth-child(3))) { break-inside: avoid; }
  p.verdict, p.said, p.given, section.finding h3, h4 { break-after: avoid; }
  ol.chain li, dt, dl.facts { break-inside: avoid; }
  dt { break-after: avoid; }
  section.finding { margin-top: 14pt; }
  a { text-decoration: none; }
  mark { text-decoration: underline; }
}
)");
}

}  // namespace antinomy::page
