#pragma once
// Formats of dates, named one by one in a map: what `%d.%m.%Y` takes, as strptime (POSIX) has it,
// becomes a date of the project's language; `edtf` takes what that language writes itself
// (ISO 8601-2, no dates relative to others).
//
// Nothing is guessed: a format without a year, with two digits for it, or with letters that are not
// known is an error of the map; so are two formats that would read one text as different dates.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace antinomy::data {

struct DateFormat {
    // One letter of a directive and nothing else, or text that stands as it is.
    struct Piece {
        char letter = '\0';
        std::string text;
    };
    std::string written;
    std::vector<Piece> pieces;  // none: `edtf`
    [[nodiscard]] bool edtf() const { return pieces.empty(); }
};

struct FormatProblem {
    std::string message;
    std::string help;
};
[[nodiscard]] std::optional<DateFormat> read_format(std::string_view, FormatProblem&);

// A text that both read, and differently; nothing: none was found among the days of twelve years,
// with and without leading zeros.
[[nodiscard]] std::optional<std::string> both_read(const DateFormat&, const DateFormat&);

// The date in the language of the project, or nothing if the text is not of that format. Of the
// calendar nothing is checked but that months are 1 to 12 and days 1 to 31.
[[nodiscard]] std::optional<std::string> read_date(const DateFormat&, std::string_view);

}  // namespace antinomy::data
