#pragma once
// The report as HTML: one file for each case, which loads nothing, runs nothing and reads with
// scripts off; of several cases a folder with an index.
//
// Promises: the same report gives the same bytes; every text of a case, a pack or a path comes out
// as text (html/html.hpp); what is folded on a screen is open on paper; WCAG 2.2 AA (html/frame.hpp
// has what that asks of the frame). Left out: nothing of a finding; of premises, questions and
// excerpts what their own headers say.

#include <string>
#include <vector>

#include "report/formats.hpp"
#include "report/report.hpp"

namespace antinomy::page {

// The page of one case; `home` is the address of the index, empty: there is none. Needs
// Report::chronologies and Report::sheets.
[[nodiscard]] std::string case_page(const report::Report&, std::size_t case_index,
                                    const std::string& home = {});
// Of several cases what they come to, and links to their pages.
[[nodiscard]] std::string index_page(const report::Report&);
// "index.html" and a page a case; names are safe in a file system and in an address, and none
// differs from another in case alone.
[[nodiscard]] std::vector<report::Page> pages(const report::Report&);
// The page without its frame and style, with a metafile as the picture of the timeline, and with
// structure for what the style says: what a document is made of.
[[nodiscard]] std::string document_text(const report::Report&, std::size_t case_index);
// The page of the case. Several need a folder (`pages`); of several, or none, this is the index.
void print_page(std::ostream&, const report::Report&);

// The row of the table of formats.
[[nodiscard]] report::Format html_format();

}  // namespace antinomy::page
