#pragma once
// What one written date means by itself: the days it can be, whether it is doubtful or about, its
// canonical spelling. Of an expression relative to other points ("5 days before ban"), the days
// that follow from the dates given for these points; a point without a date is an error that names
// it. No case is known here.
//
// A way of counting that is left open (`both`) is taken each way throughout the expression and the
// dates of its points, and the days are all that come out.
//
// Where the search for the days does not end within its budget, that is an error too, never a
// guess.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/ast.hpp"
#include "time/calendar.hpp"
#include "time/stated.hpp"

namespace antinomy::time {

struct NamedDate {
    std::string name;  // as expressions have it: "ban", "asia-plus-en.published"
    std::string date;  // an EDTF date, or relative to others
};

struct Meaning {
    std::string input;
    bool valid = false;
    std::string error;  // why not
    std::string help;
    std::string canonical;
    std::optional<int> level;  // of EDTF; none: relative
    std::string kind;          // "day", "month", "interval", ... ; "relative"
    DaySet days;  // the day is one of these; of a period, from its start's to its end's
    std::optional<StatedPeriod> period;  // where a period was asked for
    bool uncertain = false;
    bool approximate = false;
    std::vector<std::string> anchors;  // names that it is relative to
    grammar::Edtf written;             // if not relative
    // Policies that are left open (`both`) and on which the days turn: they are those of every way.
    std::vector<std::string> open;
};

// `period`: as in a period field (both ends), which no relative expression can be.
[[nodiscard]] Meaning meaning_of(std::string_view text, const std::vector<NamedDate>& anchors,
                                 const Conventions&, bool period = false);

}  // namespace antinomy::time
