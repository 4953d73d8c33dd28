#pragma once
// What a terminal may be sent, and how wide and how coloured.
//
// Case files, rule packs, file names and the messages of parsers are untrusted: every string that
// came from one passes `sanitize` (or `wrap`, `one_line`, which call it) before it is printed, and
// only `paint` writes escape sequences. After that a byte of the case can move no cursor, set no
// title, reverse no line. Text in any script stays as it is, in the ASCII form too: that form is
// about the drawing.
//
// Colour (no-color.org): `always` and `never` first; else NO_COLOR, not empty: off; else
// FORCE_COLOR or CLICOLOR_FORCE, not empty: on; else on if the stream is a terminal and TERM is
// not `dumb`. NO_COLOR beats FORCE_COLOR: who asks for none gets none.
//
// Widths are terminal cells by grapheme cluster (text::display_width).

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace antinomy::report {

struct Style {
    bool color = false;
    bool unicode = true;  // false: the drawing in ASCII, same columns
    int width = 80;       // cells
};

enum class ColorWhen { automatic, always, never };

// A variable of the environment, or null.
using Environment = std::function<const char*(const char*)>;

// Style of a stream: `descriptor` 1 or 2; COLUMNS, else the terminal's width, else 80 (at least 40,
// at most 200); unicode if the locale says UTF-8 and `ascii` is not asked for.
[[nodiscard]] Style style_of(int descriptor, ColorWhen, bool ascii);
// The same with all that it depends on as arguments. `terminal_width` 0: not known.
[[nodiscard]] Style style_from(bool is_terminal, int terminal_width, ColorWhen, bool ascii,
                               const Environment&);

// Controls (C0, DEL, C1), bidirectional and invisible format characters, line separators and bytes
// that are not UTF-8, each shown by its number: \x1b, \u202e. All else unchanged; so twice is once.
[[nodiscard]] std::string sanitize(std::string_view);
// The same, with every run of white space as one space.
[[nodiscard]] std::string one_line(std::string_view);

// A grapheme cluster as it will be shown.
struct Cluster {
    std::size_t begin = 0;  // bytes of the text it came from
    std::size_t end = 0;
    std::string shown;  // sanitized
    int width = 0;      // cells
};
// A tab is shown as spaces up to the next multiple of `tab` cells.
[[nodiscard]] std::vector<Cluster> clusters(std::string_view, int tab = 4);

// Lines of at most `width` cells (the first: `first_width`), broken at white space and between wide
// characters; a longer word stays whole on a line of its own. Sanitized. Never empty.
[[nodiscard]] std::vector<std::string> wrap(std::string_view, int width, int first_width = -1);
// At most `width` cells, the end replaced by "..."; a "(...)" at the end is kept. Sanitized.
[[nodiscard]] std::string shorten(std::string_view, int width);

enum class Tone {
    plain,
    strong,
    faint,
    frame,  // gutters, arrows
    error,
    warning,
    review,
    info,
    account_1,  // hues of accounts: account_1 .. account_4, then again
    account_2,
    account_3,
    account_4,
};
// Sanitized text with the tone's colour around it, if there is colour.
[[nodiscard]] std::string paint(Tone, std::string_view safe, const Style&);

[[nodiscard]] int cells(std::string_view safe);  // display_width as a signed number
[[nodiscard]] std::string spaces(int n);         // none if n is negative

}  // namespace antinomy::report
