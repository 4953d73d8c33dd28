#pragma once
// Tables: CSV as RFC 4180 has it, with any separator, and TSV. Split into rows here, rows into
// cells where they are checked.
//
// A quote opens only at the begin of a cell; within, two of them are one, and line breaks are text.
// Lines end with LF or CRLF. What is wrong with a row is that row's flaw, and reading goes on at
// the line after its first one: a quote that is not closed costs one row, not the file. A row with
// another number of cells than the header is flawed too. The header may be missing (`columns`).
//
// Our own, and small, for the libraries that Debian 12 has (libcsv, libfccp) tell neither where a
// cell stands nor that a quote is astray.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/record.hpp"
#include "data/stream.hpp"
#include "text/document.hpp"

namespace antinomy::data {

struct TableForm {
    char separator = ',';
    bool quotes = true;                // TSV in its plain form has none
    bool header = true;                // the first row names the columns
    std::uint32_t skip = 0;            // lines before the header (or the first row)
    std::vector<std::string> columns;  // where there is no header
    // Columns that the map asks for, and that may be missing.
    std::vector<std::string> optional;
};

class Rows {
public:
    Rows(Stream& stream, TableForm form) : window_(stream), form_(std::move(form)) {}
    // The next row that is not blank. The header is read before the first; if it cannot be, that is
    // a flaw of the first record (bad-header), and there are no others.
    bool next(Raw&);
    // Known after the first `next`.
    [[nodiscard]] const std::vector<std::string>& columns() const { return form_.columns; }

private:
    bool row(Raw&, std::size_t cells);
    bool skip_line();

    Window window_;
    TableForm form_;
    text::Position place_;
    std::uint64_t offset_ = 0;
    std::uint64_t records_ = 0;
    bool begun_ = false;
    bool over_ = false;
};

// The cells of a row, in order; `flaw` as above, nothing then. Spans include the quotes.
[[nodiscard]] std::optional<std::vector<text::Node>> read_cells(std::string_view row, text::FileId,
                                                                const TableForm&,
                                                                std::optional<Flaw>&);
// The same as a mapping from columns to cells.
[[nodiscard]] std::optional<text::Node> read_row(std::string_view row, text::FileId,
                                                 const TableForm&,
                                                 const std::vector<std::string>& columns,
                                                 std::optional<Flaw>&);

}  // namespace antinomy::data
