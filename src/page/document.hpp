#pragma once
// The report of one case as a document for a word processor (Office Open XML, OpenDocument), to be
// edited and filed. The text is that of the page; pandoc makes the document of it, where it is
// installed. It is started without a shell, with the text on its standard input, which names no
// file and no address that pandoc would fetch.
//
// The picture of the timeline is a metafile, which every word processor draws. Same page, same
// bytes: the day that a document bears is that of SOURCE_DATE_EPOCH, else 1980-01-01.

#include <string>

#include "report/formats.hpp"
#include "report/report.hpp"
#include "text/diagnostic.hpp"

namespace antinomy::page {

// False: an error says why, and the way out. `format`: "docx" or "odt".
[[nodiscard]] bool make_document(const std::string& format, const report::Report&,
                                 std::string& bytes, text::Diagnostics&);

// The rows of the table of formats.
[[nodiscard]] report::Format docx_format();
[[nodiscard]] report::Format odt_format();

}  // namespace antinomy::page
