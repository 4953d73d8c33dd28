#include "grammar/time.hpp"

#include <algorithm>
#include <array>
#include <boost/spirit/home/x3.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "grammar/edtf.hpp"
#include "grammar/misspelt.hpp"
#include "grammar/names.hpp"
#include "grammar/words.hpp"

namespace antinomy::grammar {
namespace {

namespace x3 = boost::spirit::x3;
using Iterator = const char*;

constexpr std::size_t longest_expression = 1024;  // bytes
constexpr std::size_t longest_line = 4096;        // bytes
constexpr std::size_t longest_count = 9;          // digits
constexpr std::int64_t most_days = 999'999'999;
constexpr std::size_t most_links = 8;  // of a chain
constexpr int oldest = 999;            // years

// No record is called by one of these, nor by the name of a month.
constexpr std::array<std::string_view, 24> keywords{
    "before", "after", "not",   "on",  "same", "between", "and",   "of",
    "at",     "least", "most",  "day", "days", "week",    "weeks", "month",
    "months", "year",  "years", "as",  "last", "this",    "next",  "or"};

// ---------------------------------------------------------------- what the grammars fill in

// A word decides each choice and nothing is taken back, so actions write into one sheet.
struct Sheet {
    std::string_view text;
    Bound bound = Bound::exactly;
    std::int64_t count = 0;
    std::int64_t least = 0;  // of an age, the first of two counts
    Unit unit = Unit::day;
    bool after = false;
    bool negated = false;
    bool or_on = false;
    int shift = 0;
    int month = 1;
    int weekday = 1;
    // The expression and those it hangs on, outermost first, each without its anchor yet.
    std::uint32_t begin = 0;  // of the one whose words are being read
    std::vector<TimeExpression> open;
    bool first_of_two = false;  // `between`: its first anchor is there
    OrderLine line;
    std::optional<SyntaxError> refusal;  // a reason better than "expected ..."
};
struct SheetTag;

template <class Context>
Sheet& sheet(const Context& ctx) {
    return x3::get<SheetTag>(ctx).get();
}
template <class Context>
Range matched(const Context& ctx) {
    const char* begin = sheet(ctx).text.data();
    return {static_cast<std::uint32_t>(x3::_attr(ctx).begin() - begin),
            static_cast<std::uint32_t>(x3::_attr(ctx).end() - begin)};
}
template <class Context>
void refuse(const Context& ctx, SyntaxError error) {
    sheet(ctx).refusal = std::move(error);
    x3::_pass(ctx) = false;
}

// ---------------------------------------------------------------- anchors

std::uint32_t size_of(std::string_view text) {
    return static_cast<std::uint32_t>(text.size());
}
std::string_view part_of(std::string_view text, Range range) {
    return text.substr(range.begin, range.end - range.begin);
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool is_keyword(std::string_view word) {
    return std::find(keywords.begin(), keywords.end(), word) != keywords.end();
}
bool is_month(std::string_view word) {
    return std::find(month_names.begin(), month_names.end(), word) != month_names.end();
}
bool contains(std::string_view set, char c) {
    return set.find(c) != std::string_view::npos;
}

// A date, or so near to one that no record should be called so: 2014-9-29, 29.09.2014, 1950S2,
// Y17E7. A name may begin with a digit if it goes on in letters.
bool looks_like_date(std::string_view token) {
    if (!contains("0123456789XY-?~%", token[0])) return false;
    if (std::holds_alternative<EdtfDate>(parse_edtf_date(token))) return true;
    const std::size_t begin = std::min(token.find_first_not_of("?~%-Y"), token.size());
    const bool long_year = contains(token.substr(0, begin), 'Y');
    if (begin == token.size() || !is_digit(token[begin])) return false;
    std::size_t letters = 0;
    std::size_t powers = 0;
    for (std::size_t i = begin; i < token.size(); ++i) {
        const char c = token[i];
        const bool clock =
            c == 'T' && is_digit(token[i - 1]) && i + 1 < token.size() && is_digit(token[i + 1]);
        if (c == 'S' || c == 'E') {
            ++powers;
        } else if (!clock && !is_digit(c) && !contains("X-+:./?~%", c)) {
            ++letters;
        }
    }
    if (token.find(':') != std::string_view::npos) return letters <= 1;  // Z
    if (letters > 0 || powers > 1) return false;
    if (powers == 1) return is_digit(token.back());
    return !long_year || token.size() > 5;
}

std::optional<SyntaxError> read_name(std::string_view text, Range range, PointName& name) {
    const std::string_view token = part_of(text, range);
    name.range = range;
    std::size_t begin = 0;
    while (true) {
        const std::size_t end = std::min(token.find('.', begin), token.size());
        const auto at = [&](std::size_t i) { return range.begin + static_cast<std::uint32_t>(i); };
        if (begin == end) {
            return SyntaxError{
                {at(begin), std::min(at(begin) + 1, range.end)}, "expected a part of the name", ""};
        }
        if (token[begin] == '-') {
            return SyntaxError{
                {at(begin), at(begin + 1)}, "a part of a name does not begin with `-`", ""};
        }
        for (std::size_t i = begin; i < end;) {
            const std::size_t length = name_character(token, i);
            if (length == 0) {
                std::size_t next = i + 1;
                while (next < end && (static_cast<unsigned char>(token[next]) & 0xC0U) == 0x80U) {
                    ++next;
                }
                return SyntaxError{
                    {at(i), at(next)}, "a name is made of letters, digits, `-` and `_`", ""};
            }
            i += length;
        }
        name.parts.emplace_back(token.substr(begin, end - begin));
        if (name.parts.size() == 1 && (is_keyword(name.parts[0]) || is_month(name.parts[0]))) {
            return SyntaxError{{at(begin), at(end)},
                               "`" + name.parts[0] + "` is a word of the language and not a name",
                               is_month(name.parts[0]) ? "write a month as 2014-11" : ""};
        }
        if (end == token.size()) return {};
        begin = end + 1;
    }
}

void move(Range& range, std::uint32_t by) {
    range.begin += by;
    range.end += by;
}
void move(EdtfDate& date, std::uint32_t by) {
    move(date.range, by);
}
void move(EdtfInterval& interval, std::uint32_t by) {
    move(interval.range, by);
    for (EdtfEnd* end : {&interval.start, &interval.end}) {
        if (end->kind == EdtfEnd::Kind::day) move(end->date, by);
    }
}
void move(EdtfSet& set, std::uint32_t by) {
    move(set.range, by);
    for (EdtfSetItem& item : set.items) {
        if (item.first) move(*item.first, by);
        if (item.last) move(*item.last, by);
    }
}

std::optional<SyntaxError> read_anchor(std::string_view text, Range range, Anchor& anchor) {
    const std::string_view token = part_of(text, range);
    if (contains("[{", token[0])) {
        return SyntaxError{{range.begin, range.begin + 1}, "expected a name or a date", ""};
    }
    if (looks_like_date(token)) {
        auto parsed = parse_edtf_date(token);
        if (auto* error = std::get_if<SyntaxError>(&parsed)) {
            move(error->range, range.begin);
            return *error;
        }
        auto& date = std::get<EdtfDate>(parsed);
        move(date, range.begin);
        anchor = std::move(date);
        return {};
    }
    PointName name;
    if (auto error = read_name(text, range, name)) return error;
    anchor = std::move(name);
    return {};
}

// ---------------------------------------------------------------- chains

constexpr std::array<std::string_view, 8> unit_names{"days",   "day",   "weeks", "week",
                                                     "months", "month", "years", "year"};

// The next word, and the text behind it.
std::string_view next_word(std::string_view& text) {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    const auto end = std::min(text.find_first_of(" \t\n\r"), text.size());
    const auto word = text.substr(0, end);
    text.remove_prefix(end);
    return word;
}

// Where an anchor is expected: do these words begin an expression? What may be a name is one unless
// the word behind it says otherwise: a record may be called `Thursday` or `май`.
bool begins_link(std::string_view text) {
    const auto first = next_word(text);
    const auto second = next_word(text);
    if (first.empty()) return false;
    const auto is = [](std::string_view word, auto... words) { return ((word == words) || ...); };
    if (first.find_first_not_of("0123456789") == std::string_view::npos) {
        if (second == "working" || second == "business") return true;
        return !second.empty() && second != "and" && !nearest_word(second, unit_names).empty();
    }
    if (first == "at") return is(second, "least", "most");
    if (is(first, "last", "this", "next", "same"))
        return is(second, "week", "month", "year") || !nearest_word(second, unit_names).empty();
    if (first == "the") return weekday_called(second).has_value();
    if (weekday_called(first)) return is(second, "before", "after", "on", "of");
    return month_called(first) && second == "of";
}

// ---------------------------------------------------------------- actions

// The anchor of an expression: of `between` the one that is still missing.
void hang(decltype(TimeExpression::value)& value, Anchor anchor, bool second) {
    std::visit(
        [&](auto& v) {
            using T = std::decay_t<decltype(v)>;
            if constexpr (std::is_same_v<T, Between>)
                (second ? v.last : v.first) = std::move(anchor);
            else if constexpr (!std::is_same_v<T, Edtf>)
                v.anchor = std::move(anchor);
        },
        value);
}

// A name or a date ends a chain: each link becomes the anchor of the one before it.
const auto set_anchor = [](auto& ctx) {
    Sheet& s = sheet(ctx);
    const Range range = matched(ctx);
    Anchor anchor;
    if (auto error = read_anchor(s.text, range, anchor)) {
        refuse(ctx, *std::move(error));
        return;
    }
    while (s.open.size() > 1) {
        TimeExpression link = std::move(s.open.back());
        s.open.pop_back();
        link.range.end = range.end;
        hang(link.value, std::move(anchor), false);
        anchor = Chained{std::make_shared<const TimeExpression>(std::move(link))};
    }
    hang(s.open.front().value, std::move(anchor), s.first_of_two);
    s.first_of_two = std::holds_alternative<Between>(s.open.front().value);
};
const auto set_count = [](auto& ctx) {
    const Range range = matched(ctx);
    if (range.end - range.begin > longest_count) {
        refuse(ctx, {range, "a count is at most 999999999", ""});
        return;
    }
    std::int64_t count = 0;
    for (const char c : part_of(sheet(ctx).text, range)) count = count * 10 + (c - '0');
    sheet(ctx).count = count;
};
const auto set_working = [](auto& ctx) { sheet(ctx).unit = Unit::working_day; };
const auto set_unit = [](auto& ctx) { sheet(ctx).unit = x3::_attr(ctx); };
const auto set_after = [](auto& ctx) { sheet(ctx).after = x3::_attr(ctx); };
const auto set_negated = [](auto& ctx) { sheet(ctx).negated = true; };
const auto set_bound = [](auto& ctx) { sheet(ctx).bound = x3::_attr(ctx); };
const auto set_shift = [](auto& ctx) { sheet(ctx).shift = x3::_attr(ctx); };
const auto set_month = [](auto& ctx) { sheet(ctx).month = x3::_attr(ctx); };

const auto set_weekday = [](auto& ctx) { sheet(ctx).weekday = x3::_attr(ctx); };
const auto set_or_on = [](auto& ctx) { sheet(ctx).or_on = true; };
const auto set_least = [](auto& ctx) { sheet(ctx).least = sheet(ctx).count; };
const auto set_age = [](auto& ctx) {
    const Range range = matched(ctx);
    if (range.end - range.begin > 3) {
        refuse(ctx, {range, "an age is at most " + std::to_string(oldest) + " years", ""});
        return;
    }
    std::int64_t count = 0;
    for (const char c : part_of(sheet(ctx).text, range)) count = count * 10 + (c - '0');
    sheet(ctx).count = count;
};
const auto set_most = [](auto& ctx) {
    if (sheet(ctx).count >= sheet(ctx).least) return;
    refuse(ctx, {matched(ctx), "the second age is lower than the first",
                 "write the lower age first, as in `aged 28 to 30 on ban`"});
};

const auto begin_words = [](auto& ctx) {
    Sheet& s = sheet(ctx);
    auto at = static_cast<std::size_t>(&*x3::_where(ctx).begin() - s.text.data());
    while (at < s.text.size() && is_blank(s.text[at])) ++at;
    s.begin = static_cast<std::uint32_t>(at);
    s.bound = Bound::exactly;
    s.or_on = s.negated = false;
};
// The words of an expression are read; its anchor follows.
template <class Context, class Value>
void open(const Context& ctx, Value value) {
    Sheet& s = sheet(ctx);
    if (s.open.size() >= most_links) {
        refuse(ctx, {{s.begin, size_of(s.text)},
                     "a chain of expressions has at most " + std::to_string(most_links) + " links",
                     "give a record the date in between, and go on from that"});
        return;
    }
    s.open.push_back({{s.begin, s.begin}, std::move(value)});
}
const auto open_offset = [](auto& ctx) {
    Sheet& s = sheet(ctx);
    open(ctx, Offset{s.bound, s.count, s.unit, s.after, {}});
};
const auto open_one_sided = [](auto& ctx) {
    Sheet& s = sheet(ctx);
    const Side side = s.negated ? (s.after ? Side::not_after : Side::not_before)
                                : (s.after ? Side::after : Side::before);
    open(ctx, OneSided{side, {}});
};
const auto open_same_day = [](auto& ctx) { open(ctx, OneSided{Side::same_day, {}}); };
const auto open_between = [](auto& ctx) { open(ctx, Between{}); };
const auto open_month_of = [](auto& ctx) { open(ctx, MonthOf{sheet(ctx).month, {}}); };
const auto open_unit_of = [](auto& ctx) {
    open(ctx, UnitOf{sheet(ctx).shift, sheet(ctx).unit, {}});
};
const auto open_same_unit = [](auto& ctx) { open(ctx, UnitOf{0, sheet(ctx).unit, {}}); };
const auto open_weekday_near = [](auto& ctx) {
    Sheet& s = sheet(ctx);
    open(ctx, WeekdayNear{s.weekday, s.after, s.or_on, {}});
};
const auto open_weekday_of = [](auto& ctx) {
    open(ctx, WeekdayOf{sheet(ctx).weekday, sheet(ctx).shift, {}});
};
const auto open_aged = [](auto& ctx) {
    Sheet& s = sheet(ctx);
    open(ctx, Aged{static_cast<int>(s.least), static_cast<int>(s.count), {}});
};
// A chain goes on here, if these words begin an expression that may be an anchor.
const auto check_link = [](auto& ctx) {
    Sheet& s = sheet(ctx);
    x3::_pass(ctx) = begins_link(
        s.text.substr(static_cast<std::size_t>(&*x3::_where(ctx).begin() - s.text.data())));
};

const auto begin_relation = [](auto& ctx) {
    sheet(ctx).negated = false;
    sheet(ctx).bound = Bound::exactly;
};
const auto add_point = [](auto& ctx) {
    Sheet& s = sheet(ctx);
    if (looks_like_date(part_of(s.text, matched(ctx)))) {
        refuse(ctx, {matched(ctx), "a date cannot stand in an order line",
                     "give an event that date, and put the event in the line"});
        return;
    }
    PointName name;
    if (auto error = read_name(s.text, matched(ctx), name)) {
        refuse(ctx, *std::move(error));
        return;
    }
    s.line.points.push_back(std::move(name));
};
const auto check_distance_unit = [](auto& ctx) {
    const Unit unit = sheet(ctx).unit;
    if (unit == Unit::week && sheet(ctx).count > most_days / 7) {
        refuse(ctx, {matched(ctx), "a distance is at most 999999999 days", ""});
    }
    if (unit == Unit::day || unit == Unit::week) return;
    refuse(ctx, {matched(ctx), "months and years differ in length, and an order line counts days",
                 "write a number of days or weeks"});
};
const auto add_side = [](auto& ctx) {
    using Kind = OrderRelation::Kind;
    Sheet& s = sheet(ctx);
    OrderRelation relation;
    relation.kind = s.negated ? (s.after ? Kind::not_after : Kind::not_before)
                              : (s.after ? Kind::after : Kind::before);
    s.line.relations.push_back(relation);
};
const auto add_same_day = [](auto& ctx) {
    OrderRelation relation;
    relation.kind = OrderRelation::Kind::same_day;
    sheet(ctx).line.relations.push_back(relation);
};
const auto add_distance = [](auto& ctx) {
    Sheet& s = sheet(ctx);
    OrderRelation relation;
    relation.kind = OrderRelation::Kind::distance;
    relation.bound = s.bound;
    relation.days = s.unit == Unit::week ? s.count * 7 : s.count;
    relation.after = s.after;
    s.line.relations.push_back(relation);
};

// ---------------------------------------------------------------- grammar

namespace form {

// A slot's name is what the message says after "expected"; its words are what may stand there.
template <class Definition>
auto expected(const char* name, const Definition& definition) {
    return x3::rule<Definition, x3::unused_type>{name} = definition;
}

const auto blank = x3::char_(" \t\n\r");
const auto word_end = &blank | x3::eoi;
template <class Words>
auto whole_word(const Words& words) {
    return x3::lexeme[words >> x3::omit[word_end]];
}
auto word(const char* text) {
    return whole_word(x3::lit(text));
}

const x3::symbols<Unit> unit_words{{{"day", Unit::day},
                                    {"days", Unit::day},
                                    {"week", Unit::week},
                                    {"weeks", Unit::week},
                                    {"month", Unit::month},
                                    {"months", Unit::month},
                                    {"year", Unit::year},
                                    {"years", Unit::year}},
                                   "units"};
const x3::symbols<Unit> calendar_words{
    {{"week", Unit::week}, {"month", Unit::month}, {"year", Unit::year}}, "calendar units"};
const x3::symbols<bool> side_words{{{"before", false}, {"after", true}}, "sides"};
const x3::symbols<Bound> bound_words{{{"least", Bound::at_least}, {"most", Bound::at_most}},
                                     "bounds"};
const x3::symbols<int> shift_words{{{"last", -1}, {"this", 0}, {"next", 1}}, "shifts"};
const x3::symbols<int> week_words{{{"last", -1}, {"this", 0}, {"same", 0}, {"next", 1}}, "weeks"};
// In every language that there is, with a small or a capital first letter as in the file.
const x3::symbols<int> month_words = [] {
    x3::symbols<int> words;
    for (const auto& word : all_months()) words.add(word.text, word.number);
    return words;
}();
const x3::symbols<int> weekday_words = [] {
    x3::symbols<int> words;
    for (const auto& word : all_weekdays()) words.add(word.text, word.number);
    return words;
}();

const auto text = x3::lexeme[x3::raw[+(x3::char_ - blank)]];
const auto side = whole_word(side_words)[set_after];
const auto digits = x3::raw[+x3::char_('0', '9')];

const auto leaf = expected("a name or a date", text[set_anchor]);
const auto side_slot = expected("`before` or `after`", side);
const auto bound_slot = expected("`least` or `most`", whole_word(bound_words)[set_bound]);
const auto working_day =
    word("working") >
    expected("`days`",
             x3::omit[whole_word(x3::lit("days") | x3::lit("day"))]) > x3::eps[set_working];
const auto unit_slot = expected("`days`, `working days`, `weeks`, `months` or `years`",
                                working_day | whole_word(unit_words)[set_unit]);
const auto calendar_slot =
    expected("`week`, `month` or `year`", whole_word(calendar_words)[set_unit]);
const auto and_slot = expected("`and`", word("and"));
const auto of_slot = expected("`of`", word("of"));
const auto as_slot = expected("`as`", word("as"));
const auto day_slot = expected("`day`", word("day"));
const auto count_end = expected("a blank after the count", word_end);
const auto counted = x3::lexeme[digits[set_count] > count_end];
const auto count_slot = expected("a count", counted);
const auto text_end = expected("the end of the expression", x3::eoi);

// An expectation names what follows `>`: a slot, never a sequence that begins with one.
template <class Count>
auto offset(const Count& count) {
    return count > unit_slot > side_slot > x3::eps[open_offset];
}
const auto weekday_slot = expected("a day of the week", whole_word(weekday_words)[set_weekday]);
const auto shift_slot = expected("`last`, `this` or `next`", whole_word(week_words)[set_shift]);
const auto week_slot = expected("`week`", word("week"));
const auto or_slot = expected("`or`", word("or"));
const auto weekday_place =
    expected("`before`, `after`, `on or before`, `on or after` or `of`",
             (side >> x3::eps[open_weekday_near]) |
                 (word("on")[set_or_on] > or_slot > side_slot > x3::eps[open_weekday_near]) |
                 (word("of") > shift_slot > week_slot > of_slot > x3::eps[open_weekday_of]));
const auto unit_of =
    whole_word(shift_words)[set_shift] > calendar_slot > of_slot > x3::eps[open_unit_of];
const auto same_unit = whole_word(calendar_words)[set_unit] > of_slot > x3::eps[open_same_unit];
const auto month_of = whole_word(month_words)[set_month] > of_slot > x3::eps[open_month_of];
const auto weekday = (word("the") > weekday_slot > weekday_place) |
                     (whole_word(weekday_words)[set_weekday] > weekday_place);
const auto number_of_days = offset(word("at") > bound_slot > count_slot) | offset(counted);

// What may be the anchor of another expression: it gives a day, or a few to choose from.
const auto same_link = expected("`week of`, `month of` or `year of`", same_unit);
const auto link = x3::eps[check_link] >> x3::eps[begin_words] >>
                  (number_of_days | unit_of | month_of | weekday | (word("same") > same_link));
const auto anchor = x3::eps > *link > leaf;

const auto same = expected("`day as`, `week of`, `month of` or `year of`",
                           (word("day") > as_slot > x3::eps[open_same_day]) | same_unit);
const auto age_count = x3::lexeme[x3::raw[+x3::char_('0', '9')][set_age] > count_end];
const auto age_slot = expected("an age in years", age_count);
const auto to_or_on =
    expected("`on` or `to`",
             (word("to") > expected("an age in years", x3::lexeme[x3::raw[age_count][set_most]]) >
              expected("`on`", word("on"))) |
                 word("on"));
const auto start = expected(
    "a date or an expression such as `10 days after ban`, `not before ban` or `January of ban`",
    number_of_days | (side > x3::eps[open_one_sided]) |
        (word("not")[set_negated] > side_slot > x3::eps[open_one_sided]) |
        (word("on") > x3::eps[open_same_day]) |
        (word("between") > x3::eps[open_between] > anchor > and_slot) | (word("same") > same) |
        unit_of | month_of | weekday |
        (word("aged") > age_slot > x3::eps[set_least] > to_or_on > x3::eps[open_aged]));
const auto expression = x3::eps[begin_words] > start > anchor > text_end;

const auto point = expected("a name", text[add_point]);
const auto distance_unit =
    expected("`days` or `weeks`",
             x3::lexeme[x3::raw[whole_word(unit_words)[set_unit]][check_distance_unit]]);
template <class Count>
auto distance(const Count& count) {
    return count > distance_unit > side_slot > x3::eps[add_distance];
}
const auto relation = x3::eps[begin_relation] >>
                      ((side >> x3::eps[add_side]) |
                       (word("not")[set_negated] > side_slot > x3::eps[add_side]) |
                       (word("same") > day_slot > as_slot > x3::eps[add_same_day]) |
                       distance(word("at") > bound_slot > count_slot) | distance(counted));
const auto relation_slot = expected(
    "`before`, `after`, `not before`, `not after`, `same day as`, or a distance such as "
    "`at least 10 days before`",
    relation);
const auto line_end = expected("a relation or the end of the line", x3::eoi);
const auto line = x3::eps > point > relation_slot > point > *(relation > point) > line_end;

}  // namespace form

// ---------------------------------------------------------------- errors

constexpr std::array<std::string_view, 12> first_words{
    "before", "after", "not", "on", "same", "between", "at", "last", "this", "next", "aged", "the"};
constexpr std::array<std::string_view, 4> place_words{"before", "after", "on", "of"};
constexpr std::array<std::string_view, 3> shift_names{"last", "this", "next"};
constexpr std::array<std::string_view, 5> relation_words{"before", "after", "not", "same", "at"};
constexpr std::array<std::string_view, 4> calendar_names{"week", "month", "year", "day"};

// The words that may stand where the named slot was expected.
std::span<const std::string_view> words_of(std::string_view slot) {
    static constexpr std::array<std::string_view, 8> single{"and",  "of", "as", "least",
                                                            "most", "or", "to", "on"};
    const std::span<const std::string_view> singles(single);
    if (slot == form::start.name) return first_words;
    if (slot == form::relation_slot.name || slot == form::line_end.name) return relation_words;
    if (slot == form::side_slot.name) return std::span(first_words).first(2);
    if (slot == form::unit_slot.name) return unit_names;
    if (slot == form::distance_unit.name) return std::span(unit_names).first(4);
    if (slot == form::calendar_slot.name) return std::span(calendar_names).first(3);
    if (slot == form::same.name) return calendar_names;
    if (slot == form::day_slot.name) return std::span(calendar_names).last(1);
    if (slot == form::and_slot.name) return singles.subspan(0, 1);
    if (slot == form::of_slot.name) return singles.subspan(1, 1);
    if (slot == form::as_slot.name) return singles.subspan(2, 1);
    if (slot == form::bound_slot.name) return singles.subspan(3, 2);
    if (slot == form::or_slot.name) return singles.subspan(5, 1);
    if (slot == form::to_or_on.name) return singles.subspan(6, 2);
    if (slot == form::weekday_place.name) return place_words;
    if (slot == form::shift_slot.name) return shift_names;
    if (slot == form::week_slot.name) return std::span(calendar_names).first(1);
    if (slot == form::same_link.name) return std::span(calendar_names).first(3);
    if (slot == form::weekday_slot.name) return weekday_names;
    return {};
}

struct Synonym {
    std::string_view word;
    std::string_view help;
};
constexpr std::array<Synonym, 17> synonyms{{
    {"since", "write `not before`"},
    {"from", "write `not before`"},
    {"until", "write `not after`"},
    {"till", "write `not after`"},
    {"by", "write `not after`"},
    {"within", "write `at most` and a count, as in `at most 10 days after ban`"},
    {"more", "write `at least` and a count, as in `at least 10 days after ban`"},
    {"less", "write `at most` and a count, as in `at most 10 days after ban`"},
    {"earlier", "write `before`"},
    {"later", "write `after`"},
    {"prior", "write `before`"},
    {"in", "leave out `in`"},
    {"a", "write 1"},
    {"an", "write 1"},
    {"previous", "write `last`"},
    {"age", "write `aged`, as in `aged 28 on ban`"},
    {"born", "write an age as `aged 28 on ban`; a day of birth is a date"},
}};
constexpr std::array<std::string_view, 10> number_names{"one", "two",   "three", "four", "five",
                                                        "six", "seven", "eight", "nine", "ten"};

std::string help_for(std::string_view word, std::string_view slot) {
    const bool relation = slot == form::relation_slot.name || slot == form::line_end.name;
    if (slot == form::start.name || slot == form::count_slot.name || relation) {
        for (const Synonym& s : synonyms) {
            if (word == s.word) return std::string(s.help);
        }
        for (std::size_t i = 0; i < number_names.size(); ++i) {
            if (word == number_names[i]) return "write " + std::to_string(i + 1);
        }
    }
    if (slot == form::count_end.name) return "part the count and the unit with a blank";
    std::string_view near = nearest_word(word, words_of(slot));
    if (near.empty() && slot == form::start.name) near = nearest_word(word, month_names);
    if (near.empty() && slot == form::start.name) near = nearest_word(word, weekday_names);
    if (slot == form::unit_slot.name && (word == "business" || word == "weekdays"))
        return "write `working days`, which the calendar of the case counts";
    if (!near.empty() && near != word) return "did you mean `" + std::string(near) + "`?";
    return "";
}

SyntaxError explain(std::string_view text, std::size_t at, const std::string& which) {
    while (at < text.size() && is_blank(text[at])) ++at;
    std::size_t end = at;
    while (end < text.size() && !is_blank(text[end])) ++end;
    SyntaxError error{{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)},
                      "expected " + which,
                      help_for(text.substr(at, end - at), which)};
    if (which == form::text_end.name || which == form::line_end.name) {
        error.range.end = size_of(text);
        while (error.range.end > at && is_blank(text[error.range.end - 1])) --error.range.end;
    }
    return error;
}

template <class Grammar>
std::optional<SyntaxError> read(std::string_view text, const Grammar& grammar, Sheet& into) {
    into.text = text;
    Iterator at = text.data();
    const Iterator end = at + text.size();
    try {
        x3::phrase_parse(at, end, x3::with<SheetTag>(std::ref(into))[grammar], form::blank);
        return into.refusal;
    } catch (const x3::expectation_failure<Iterator>& failure) {
        if (into.refusal) return into.refusal;
        return explain(text, static_cast<std::size_t>(failure.where() - text.data()),
                       failure.which());
    }
}

// Without the blanks around it.
Range trimmed(std::string_view text) {
    std::size_t begin = 0;
    std::size_t end = text.size();
    while (begin < end && is_blank(text[begin])) ++begin;
    while (end > begin && is_blank(text[end - 1])) --end;
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

std::optional<SyntaxError> unfit(std::string_view text, std::size_t limit, const char* what) {
    const Range range = trimmed(text);
    if (range.begin == range.end) {
        return SyntaxError{
            {0, size_of(text)}, std::string("expected ") + what + ", but the text is empty", ""};
    }
    if (text.size() <= limit) return {};
    return SyntaxError{{static_cast<std::uint32_t>(limit), size_of(text)},
                       std::string(what) + " is at most " + std::to_string(limit) + " bytes long",
                       ""};
}

// No expression in words begins like this; `10 days` and `10days` begin with a count.
bool begins_as_date(std::string_view text) {
    if (contains("-/.[{?~%", text[0])) return true;
    if (text[0] == 'X' || text[0] == 'Y')
        return text.size() > 1 && contains("0123456789X-", text[1]);
    if (!is_digit(text[0])) return false;
    const std::size_t end = std::min(text.find_first_not_of("0123456789"), text.size());
    if (end == text.size()) return true;
    if (is_blank(text[end])) return false;
    std::size_t word = end;
    while (word < text.size() && text[word] >= 'a' && text[word] <= 'z') ++word;
    return nearest_word(text.substr(end, word - end), unit_names).empty();
}

}  // namespace

Parsed<TimeExpression> parse_time(std::string_view text) {
    if (auto error = unfit(text, longest_expression, "a time expression")) return *std::move(error);
    const Range range = trimmed(text);
    const std::string_view inner = part_of(text, range);
    if (begins_as_date(inner) || misspelt_date(inner)) {
        auto parsed = parse_edtf(inner);
        if (auto* error = std::get_if<SyntaxError>(&parsed)) {
            move(error->range, range.begin);
            return *std::move(error);
        }
        auto& edtf = std::get<Edtf>(parsed);
        std::visit([&](auto& value) { move(value, range.begin); }, edtf);
        return TimeExpression{range, std::move(edtf)};
    }
    Sheet into;
    if (auto error = read(text, form::expression, into)) {
        // A name alone: "ban" for "on ban".
        PointName name;
        if (error->help.empty() && error->range == range && !read_name(text, range, name)) {
            error->help = "write `on " + std::string(inner) + "` for the day of a record";
        }
        return *std::move(error);
    }
    into.open.front().range = range;
    return std::move(into.open.front());
}

Parsed<OrderLine> parse_order(std::string_view text) {
    if (auto error = unfit(text, longest_line, "an order line")) return *std::move(error);
    Sheet into;
    if (auto error = read(text, form::line, into)) return *std::move(error);
    into.line.range = trimmed(text);
    return std::move(into.line);
}

}  // namespace antinomy::grammar
