#include "grammar/edtf.hpp"

#include <algorithm>
#include <boost/spirit/home/x3.hpp>
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "grammar/misspelt.hpp"

namespace antinomy::grammar {
namespace {

namespace x3 = boost::spirit::x3;
using Iterator = const char*;

// ---------------------------------------------------------------- what the grammar fills in

// The grammar never takes back what it has read (each choice is made by the next character), so
// its actions may write straight into one sheet.
struct Sheet {
    Iterator begin = nullptr;
    EdtfDate date;  // the one being read
    std::optional<ClockTime> clock;
    int sign = 1;  // of the offset from UTC
    EdtfEnd start;
    std::optional<EdtfEnd> end;  // present: an interval
    EdtfSet set;
    std::optional<EdtfDate> first;       // of the set's item being read
    std::optional<SyntaxError> refusal;  // a reason better than "expected ..."

    [[nodiscard]] std::uint32_t offset(Iterator at) const {
        return static_cast<std::uint32_t>(at - begin);
    }
};
struct SheetTag;

template <class Context>
Sheet& sheet(const Context& ctx) {
    return x3::get<SheetTag>(ctx).get();
}
template <class Context>
std::string matched(const Context& ctx) {
    return std::string(x3::_attr(ctx).begin(), x3::_attr(ctx).end());
}
template <class Context>
void refuse(const Context& ctx, std::string message, std::string help) {
    Sheet& s = sheet(ctx);
    const auto& range = x3::_attr(ctx);
    s.refusal = SyntaxError{
        {s.offset(range.begin()), s.offset(range.end())}, std::move(message), std::move(help)};
    x3::_pass(ctx) = false;
}

// Does some number from 1 to `most` fit the two figures?
bool can_be(const std::string& figures, int most) {
    for (int n = 1; n <= most; ++n) {
        const char tens = static_cast<char>('0' + n / 10);
        const char ones = static_cast<char>('0' + n % 10);
        if ((figures[0] == 'X' || figures[0] == tens) &&
            (figures[1] == 'X' || figures[1] == ones)) {
            return true;
        }
    }
    return false;
}
bool has_unspecified(const std::string& figures) {
    return figures.find('X') != std::string::npos;
}
int number(const std::string& figures) {
    return (figures[0] - '0') * 10 + (figures[1] - '0');
}
bool is_season(const std::string& month) {
    return !has_unspecified(month) && number(month) >= 21 && number(month) <= 41;
}
bool has_unspecified(const EdtfDate& date) {
    return has_unspecified(date.year) || has_unspecified(date.month) || has_unspecified(date.day);
}

// ---------------------------------------------------------------- actions

const auto begin_date = [](auto& ctx) {
    Sheet& s = sheet(ctx);
    s.date = EdtfDate{};
    s.date.range.begin = s.offset(x3::_where(ctx).begin());
};
const auto end_date = [](auto& ctx) {
    Sheet& s = sheet(ctx);
    s.date.range.end = s.offset(x3::_where(ctx).begin());
};
void qualify(Qualifier& part, char mark) {
    if (mark != '~') part.uncertain = true;
    if (mark != '?') part.approximate = true;
}
// Before a part, a mark is of that part only; behind it, of all from the year to it.
template <std::size_t part>
const auto qualify_one =
    [](auto& ctx) { qualify(sheet(ctx).date.qualifiers[part], x3::_attr(ctx)); };
template <std::size_t part>
const auto qualify_to = [](auto& ctx) {
    for (std::size_t i = 0; i <= part; ++i) qualify(sheet(ctx).date.qualifiers[i], x3::_attr(ctx));
};
const auto set_negative = [](auto& ctx) { sheet(ctx).date.negative = true; };
const auto set_year = [](auto& ctx) {
    EdtfDate& date = sheet(ctx).date;
    date.year = matched(ctx);
    if (date.negative && date.year == "0000") {
        refuse(ctx, "there is no year -0000", "write 0000 for the year before 0001");
    }
};
const auto set_long_year = [](auto& ctx) {
    sheet(ctx).date.long_year = true;
    sheet(ctx).date.year = matched(ctx);
};
// Also where a number has so many digits that it is certainly too large.
const auto set_exponent = [](auto& ctx) {
    const std::string digits = matched(ctx);
    sheet(ctx).date.exponent = digits.size() > 2 ? 99 : std::stoi(digits);
};
const auto set_significant = [](auto& ctx) {
    const std::string digits = matched(ctx);
    sheet(ctx).date.significant = digits.size() > 2 ? 99 : std::stoi(digits);
};
const auto end_year = [](auto& ctx) {
    const EdtfDate& date = sheet(ctx).date;
    if (date.long_year && date.exponent == 0 && date.year.size() < 5) {
        // Y1701XXXX: somebody else knows better.
        const auto end = x3::_attr(ctx).end();
        const bool masked = end != x3::_where(ctx).end() && *end == 'X';
        refuse(ctx, "expected five digits or more, the first of them not 0",
               masked ? std::string()
                      : "write " + std::string(date.negative ? "-" : "") +
                            std::string(4 - date.year.size(), '0') + date.year +
                            (date.significant != 0 ? "S" + std::to_string(date.significant) : "") +
                            ": Y stands before years of five digits or more");
        return;
    }
    if (date.long_year && (year_of(date) > year_limit || year_of(date) < -year_limit)) {
        refuse(ctx, "years go from -1000000000 to 1000000000", "");
        return;
    }
    if (date.significant == 0) return;
    if (has_unspecified(date.year)) {
        refuse(ctx, "a year has either X or a number of significant digits", "");
        return;
    }
    const std::int64_t year = std::abs(year_of(date));
    const auto digits = year == 0 ? 0 : std::to_string(year).size();
    if (static_cast<std::size_t>(date.significant) > digits) {
        refuse(ctx,
               "the year has only " + std::to_string(digits) +
                   " digits that can be significant: leading zeros are none",
               "");
    }
};
// Y170000002 and 1950S2 are years and nothing else.
const auto may_have_month = [](auto& ctx) {
    x3::_pass(ctx) = !sheet(ctx).date.long_year && sheet(ctx).date.significant == 0;
};
const auto set_month = [](auto& ctx) {
    const std::string month = matched(ctx);
    sheet(ctx).date.month = month;
    if (!can_be(month, 12) && !is_season(month)) x3::_pass(ctx) = false;
};
const auto before_day = [](auto& ctx) {
    if (is_season(sheet(ctx).date.month)) {
        refuse(ctx, "a season or division of the year (21 to 41) has no day", "");
    }
};
const auto set_day = [](auto& ctx) {
    sheet(ctx).date.day = matched(ctx);
    if (!can_be(sheet(ctx).date.day, 31)) x3::_pass(ctx) = false;
};
const auto before_clock = [](auto& ctx) {
    sheet(ctx).clock = ClockTime{};
    if (has_unspecified(sheet(ctx).date)) {
        refuse(ctx, "a time of day needs a date without X", "");
    }
};
const auto set_hour = [](auto& ctx) {
    const int hour = number(matched(ctx));
    sheet(ctx).clock->hour = hour;
    if (hour == 24) {
        refuse(ctx, "expected an hour from 00 to 23", "write T00:00:00 of the next day");
    } else if (hour > 24) {
        x3::_pass(ctx) = false;
    }
};
const auto set_minute = [](auto& ctx) {
    sheet(ctx).clock->minute = number(matched(ctx));
    if (sheet(ctx).clock->minute > 59) x3::_pass(ctx) = false;
};
const auto set_second = [](auto& ctx) {
    sheet(ctx).clock->second = number(matched(ctx));
    if (sheet(ctx).clock->second > 59) x3::_pass(ctx) = false;
};
const auto set_utc = [](auto& ctx) { sheet(ctx).clock->offset_minutes = 0; };
const auto set_offset_sign = [](auto& ctx) { sheet(ctx).sign = x3::_attr(ctx) == '-' ? -1 : 1; };
const auto set_offset_hours = [](auto& ctx) {
    const int hours = number(matched(ctx));
    sheet(ctx).clock->offset_minutes = hours * 60;
    if (hours > 14) x3::_pass(ctx) = false;
};
const auto set_offset_minutes = [](auto& ctx) {
    const int minutes = number(matched(ctx));
    int& offset = *sheet(ctx).clock->offset_minutes;
    offset += minutes;
    if (minutes > 59 || offset > 14 * 60) x3::_pass(ctx) = false;
};
const auto end_offset = [](auto& ctx) {
    int& offset = *sheet(ctx).clock->offset_minutes;
    if (offset == 0 && sheet(ctx).sign < 0) {
        refuse(ctx, "there is no offset -00:00",
               "write Z for UTC, or leave the offset out if it is not known");
    }
    offset *= sheet(ctx).sign;
};
const auto end_clock = [](auto& ctx) { sheet(ctx).date.clock = sheet(ctx).clock; };

const auto start_unknown = [](auto& ctx) { sheet(ctx).start = {EdtfEnd::Kind::unknown, {}}; };
const auto start_open = [](auto& ctx) { sheet(ctx).start = {EdtfEnd::Kind::open, {}}; };
const auto start_day = [](auto& ctx) { sheet(ctx).start = {EdtfEnd::Kind::day, sheet(ctx).date}; };
const auto end_unknown = [](auto& ctx) { sheet(ctx).end = EdtfEnd{EdtfEnd::Kind::unknown, {}}; };
const auto end_open = [](auto& ctx) { sheet(ctx).end = EdtfEnd{EdtfEnd::Kind::open, {}}; };
const auto end_day = [](auto& ctx) {
    sheet(ctx).end = EdtfEnd{EdtfEnd::Kind::day, sheet(ctx).date};
};

const auto set_all = [](auto& ctx) { sheet(ctx).set.all = true; };
const auto item_day = [](auto& ctx) {
    sheet(ctx).set.items.push_back({sheet(ctx).date, sheet(ctx).date});
};
const auto item_first = [](auto& ctx) { sheet(ctx).first = sheet(ctx).date; };
const auto item_range = [](auto& ctx) {
    sheet(ctx).set.items.push_back({sheet(ctx).first, sheet(ctx).date});
};
const auto item_from = [](auto& ctx) { sheet(ctx).set.items.push_back({sheet(ctx).first, {}}); };
const auto item_until = [](auto& ctx) { sheet(ctx).set.items.push_back({{}, sheet(ctx).date}); };

// ---------------------------------------------------------------- grammar

namespace form {

// A rule's name is what the message says after "expected".
template <class Definition>
auto expected(const char* name, const Definition& definition) {
    return x3::rule<Definition, x3::unused_type>{name} = definition;
}

const auto digit = x3::char_('0', '9');
const auto figure = digit | x3::char_('X');
const auto two_figures = x3::raw[figure >> figure >> !figure];
const auto two_digits = x3::raw[digit >> digit >> !digit];
template <std::size_t part>
const auto mark_before = -x3::char_("?~%")[qualify_one<part>];
template <std::size_t part>
const auto mark_behind = -x3::char_("?~%")[qualify_to<part>];

const auto positive = x3::raw[x3::char_('1', '9') >> *digit];
const auto exponent = expected("an exponent from 1 to 9", positive[set_exponent]);
const auto significant = expected("how many digits are significant", positive[set_significant]);
const auto year = expected("a year of four digits",
                           x3::raw[figure >> figure >> figure >> figure >> !figure][set_year]);
const auto long_year =
    expected("digits of a year, the first of them not 0", positive[set_long_year]);
const auto any_year =
    x3::raw[((x3::lit('Y') > -x3::lit('-')[set_negative] > long_year > -('E' > exponent)) |
             (-x3::lit('-')[set_negative] > year)) > -('S' > significant)][end_year];
const auto month = expected("a month from 01 to 12, or a season or division from 21 to 41",
                            two_figures[set_month]);
const auto day = expected("a day from 01 to 31", two_figures[set_day]);

const auto hour = expected("an hour from 00 to 23", two_digits[set_hour]);
const auto minute = expected("a minute from 00 to 59", two_digits[set_minute]);
const auto second = expected("a second from 00 to 59", two_digits[set_second]);
const auto offset_hours = expected("an offset of at most 14 hours", two_digits[set_offset_hours]);
const auto offset_minutes =
    expected("minutes of an offset of at most 14:00", two_digits[set_offset_minutes]);
const auto hour_colon = expected("`:` and the minute", x3::lit(':'));
const auto minute_colon = expected("`:` and the second", x3::lit(':'));
const auto offset =
    expected("Z or an offset",
             x3::lit('Z')[set_utc] | x3::raw[x3::char_("+-")[set_offset_sign] > offset_hours >
                                             -(':' > offset_minutes)][end_offset]);
const auto clock = x3::raw[x3::lit('T')][before_clock] > hour > hour_colon > minute > minute_colon >
                   second > -offset > x3::eps[end_clock] > mark_behind<2>;

const auto from_day =
    x3::raw[x3::lit('-')][before_day] > mark_before<2> > day > mark_behind<2> > -clock;
const auto from_month = '-' > mark_before<1> > month > mark_behind<1> > -from_day;
const auto date =
    expected("a date", x3::eps[begin_date] >> (mark_before<0> > any_year > mark_behind<0> >
                                               -(x3::eps[may_have_month] >> from_month)) >>
                           x3::eps[end_date]);

const auto text_end = expected("the end of the date", x3::eoi);
const auto slash = expected("`/`", x3::lit('/'));
const auto interval_end =
    expected("a date, `..` or nothing",
             x3::lit("..")[end_open] | x3::eoi[end_unknown] | (date >> x3::eps[end_day]));
const auto lone = (x3::lit('/')[start_unknown] > interval_end) |
                  (x3::lit("..")[start_open] > slash > interval_end) |
                  (date >> x3::eps[start_day] > -('/' > interval_end));

const auto item_end = &x3::char_(",]}") | &x3::eoi;
const auto item =
    expected("a date or a range of dates",
             (x3::lit("..") > date > x3::eps[item_until]) |
                 (date >> ((x3::lit("..")[item_first] >
                            ((item_end >> x3::eps[item_from]) | (date >> x3::eps[item_range]))) |
                           x3::eps[item_day])));
const auto items = item > *(',' > *x3::lit(' ') > item);
const auto one_of_end = expected("`,` or `]`", x3::lit(']'));
const auto all_of_end = expected("`,` or `}`", x3::lit('}'));
const auto set = ('[' > items > one_of_end) | (x3::lit('{')[set_all] > items > all_of_end);

const auto whole = (set | lone) > text_end;
const auto whole_date = date > text_end;

}  // namespace form

// ---------------------------------------------------------------- errors

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// The piece of an interval or set that the offset lies in.
Range piece_around(std::string_view text, std::size_t at) {
    const auto parts = [&](std::size_t i) {
        return std::string_view("/,[]{}").find(text[i]) != std::string_view::npos ||
               (text[i] == '.' &&
                ((i > 0 && text[i - 1] == '.') || (i + 1 < text.size() && text[i + 1] == '.')));
    };
    std::size_t begin = std::min(at, text.size());
    std::size_t end = begin;
    while (begin > 0 && !parts(begin - 1)) --begin;
    while (end < text.size() && !parts(end)) ++end;
    while (begin < end && text[begin] == ' ') ++begin;
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

// The word, number or character that stands where something else was expected.
Range token_at(std::string_view text, std::size_t at) {
    const auto wordy = [&](std::size_t i) {
        return is_digit(text[i]) || is_letter(text[i]) ||
               static_cast<unsigned char>(text[i]) >= 0x80;
    };
    std::size_t end = at;
    while (end < text.size() && wordy(end)) ++end;
    if (end == at && end < text.size()) ++end;
    return {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)};
}

std::uint32_t size_of(std::string_view text) {
    return static_cast<std::uint32_t>(text.size());
}

SyntaxError explain(std::string_view text, std::size_t at, const std::string& which) {
    SyntaxError error{token_at(text, at), "expected " + which, ""};
    if (which == form::text_end.name) error.range.end = size_of(text);
    const auto use = [&](const Misspelling& m, Range range) {
        error.help = m.help;
        if (m.message.empty()) return;
        error.message = m.message;
        error.range = range;
    };
    if (const auto m = misspelt_date(text)) {
        use(*m, {0, size_of(text)});
        return error;
    }
    const Range piece = piece_around(text, at);
    const std::string_view part = text.substr(piece.begin, piece.end - piece.begin);
    if (const auto m = misspelt_date(part); m && part.size() < text.size()) {
        use(*m, piece);
        return error;
    }
    const std::string_view rest = text.substr(at);
    if (rest == "open") error.help = "write `..` for an open end";
    if (rest == "unknown") error.help = "leave an unknown end empty";
    if (which == form::text_end.name && rest.starts_with("..")) {
        error.help = "put a range in brackets, or write `/` between start and end";
    }
    if ((which == form::one_of_end.name || which == form::all_of_end.name) &&
        rest.starts_with("/")) {
        error.help = "a range inside brackets is written with `..`";
    }
    constexpr std::string_view qualifiers = "?~%";
    if (at > 0 && at < text.size() && qualifiers.find(text[at]) != std::string_view::npos &&
        qualifiers.find(text[at - 1]) != std::string_view::npos) {
        error.help = text[at] == text[at - 1] ? "once is enough" : "write % for both ? and ~";
    }
    if (which == form::text_end.name && rest.starts_with("-") && part.size() > rest.size() &&
        part.find_first_of("YS") < part.size() - rest.size()) {
        error.help = "a year with Y or S stands without a month";
    }
    if (which == form::text_end.name && rest.starts_with("T")) {
        error.help = "a time of day needs year, month and day before it";
    }
    if (which == form::text_end.name && rest.size() > 1 && (rest[0] == '.' || rest[0] == ',') &&
        is_digit(rest[1]) && text.find(':') != std::string_view::npos) {
        error.help = "leave out the fractions of a second";
    }
    return error;
}

// ---------------------------------------------------------------- what the grammar lets pass

std::optional<SyntaxError> flaw(const EdtfInterval& interval) {
    if (interval.start.kind == EdtfEnd::Kind::day || interval.end.kind == EdtfEnd::Kind::day) {
        return {};
    }
    return SyntaxError{interval.range, "an interval needs a date at one end at least", ""};
}

template <class Grammar>
std::optional<SyntaxError> read(std::string_view text, const Grammar& grammar, Sheet& into) {
    if (text.empty()) return SyntaxError{{0, 0}, "expected a date, but the text is empty", ""};
    if (text.size() > longest_edtf) {
        return SyntaxError{{static_cast<std::uint32_t>(longest_edtf), size_of(text)},
                           "a date is at most 200 bytes long",
                           ""};
    }
    into.begin = text.data();
    Iterator at = text.data();
    try {
        if (x3::parse(at, at + text.size(), x3::with<SheetTag>(std::ref(into))[grammar])) return {};
    } catch (const x3::expectation_failure<Iterator>& failure) {
        if (!into.refusal) return explain(text, into.offset(failure.where()), failure.which());
    }
    if (!into.refusal) return explain(text, into.offset(at), "a date");
    if (into.refusal->help.empty()) {
        if (const auto m = misspelt_date(text)) into.refusal->help = m->help;
    }
    return into.refusal;
}

// `2014`, `2014-11`, `2014-11-05`: what nearly all data have, read without the grammar, which reads
// it likewise (tests/grammar compares both).
bool read_plain(std::string_view text, EdtfDate& out) {
    const auto size = text.size();
    if (size != 4 && size != 7 && size != 10) return false;
    const auto digits = [&](std::size_t from, std::size_t to) {
        for (auto i = from; i < to; ++i)
            if (!is_digit(text[i])) return false;
        return true;
    };
    const auto pair = [&](std::size_t at) { return (text[at] - '0') * 10 + text[at + 1] - '0'; };
    if (!digits(0, 4)) return false;
    if (size > 4 && (text[4] != '-' || !digits(5, 7) || pair(5) < 1 || pair(5) > 12)) return false;
    if (size > 7 && (text[7] != '-' || !digits(8, 10) || pair(8) < 1 || pair(8) > 31)) return false;
    out.range = {0, size_of(text)};
    out.year.assign(text.substr(0, 4));
    if (size > 4) out.month.assign(text.substr(5, 2));
    if (size > 7) out.day.assign(text.substr(8, 2));
    return true;
}

}  // namespace

Parsed<Edtf> parse_edtf(std::string_view text) {
    if (EdtfDate plain; read_plain(text, plain)) return Edtf{std::move(plain)};
    Sheet into;
    if (auto error = read(text, form::whole, into)) return *std::move(error);
    const Range all{0, size_of(text)};
    if (!into.set.items.empty()) {
        into.set.range = all;
        return Edtf{std::move(into.set)};
    }
    if (into.end) {
        EdtfInterval interval{all, std::move(into.start), *std::move(into.end)};
        if (auto error = flaw(interval)) return *std::move(error);
        return Edtf{std::move(interval)};
    }
    return Edtf{std::move(into.start.date)};
}

Parsed<EdtfDate> parse_edtf_date(std::string_view text) {
    Sheet into;
    if (auto error = read(text, form::whole_date, into)) return *std::move(error);
    return std::move(into.date);
}

}  // namespace antinomy::grammar
