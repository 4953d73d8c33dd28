#pragma once
// What pandoc leaves as it is in a document: A4 and its margins, pages that are numbered, styles
// for a report, lines between the rows of tables, rows that no page divides, quotes in their own
// language. ISO/IEC 29500 (WordprocessingML) and ISO/IEC 26300 (OpenDocument).

#include <string>

namespace antinomy::page {

// `format`: "docx" or "odt". A document that is not as pandoc 2 and 3 write them stays as it is,
// but for the day of its files.
[[nodiscard]] std::string finished(const std::string& format, const std::string& document);

}  // namespace antinomy::page
