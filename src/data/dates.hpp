#pragma once
// Formats of dates, named one by one in a map: what `%d.%m.%Y` takes, as strptime (POSIX) has it,
// becomes a date of the project's language; `edtf` takes what that language writes itself
// (ISO 8601-2, no dates relative to others).
//
// Nothing is guessed: a format without a year, with two digits for it where the map does not name
// the first of the hundred years that they mean, or with letters that are not known is an error of
// the map; so are two formats that would read one text as different dates.
//
// What stands for a digit that nobody knows (`08/??/1999`), and signs before or behind a date
// (`<06/15/97`, `c. 1950`), are named in the map too, with their meaning.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
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

// What a sign beside a date says of it. A date with `before` or `after` is one of the language's
// own expressions: `before 1997-06-15`.
enum class Mark { exact, about, doubtful, before, after, not_before, not_after, between, nothing };
[[nodiscard]] std::string_view word(Mark);
[[nodiscard]] std::optional<Mark> mark_called(std::string_view word);

// How the dates of a field are written.
struct Dates {
    std::vector<DateFormat> formats;
    int century = 0;      // the first of the hundred years of `%y`; 0: not said
    char unknown = '\0';  // stands for a digit that is not known
    std::vector<std::pair<std::string, Mark>> marks;
};

struct FormatProblem {
    std::string message;
    std::string help;
};
// `century`: is it known?
[[nodiscard]] std::optional<DateFormat> read_format(std::string_view, FormatProblem&,
                                                    bool century = false);

// A text that both read, and differently; nothing: none was found among the days of twelve years,
// with and without leading zeros.
[[nodiscard]] std::optional<std::string> both_read(const DateFormat&, const DateFormat&);

// The date in the language of the project, or nothing if the text is not of that format. Of the
// calendar nothing is checked but that months are 1 to 12 and days 1 to 31.
[[nodiscard]] std::optional<std::string> read_date(const DateFormat&, std::string_view,
                                                   int century = 0, char unknown = '\0');
// The same by the first of the formats that reads it, with its signs. Of a date that a sign beside
// it calls `between` or `nothing` that is for the caller, and `mark` says so; a sign that stands
// elsewhere in the data goes in by it.
[[nodiscard]] std::optional<std::string> read_date(const Dates&, std::string_view, Mark& mark);

}  // namespace antinomy::data
