#include "grammar/duration.hpp"

#include <array>
#include <boost/spirit/home/x3.hpp>

#include "grammar/words.hpp"

namespace antinomy::grammar {
namespace x3 = boost::spirit::x3;
namespace {

using At = std::string_view::const_iterator;
constexpr std::int64_t kLargest = 1'000'000;

struct UnitWord {
    std::string_view word;
    std::int64_t WrittenDuration::*count;
};
// The larger first: that is the order to write them in.
constexpr std::array<UnitWord, 6> kUnits = {{{"year", &WrittenDuration::years},
                                             {"month", &WrittenDuration::months},
                                             {"week", &WrittenDuration::weeks},
                                             {"day", &WrittenDuration::days},
                                             {"hour", &WrittenDuration::hours},
                                             {"minute", &WrittenDuration::minutes}}};

const auto blanks = x3::lexeme[+x3::lit(' ')];
const auto digits = x3::raw[x3::lexeme[+x3::digit]];
const auto word = x3::raw[x3::lexeme[+(x3::char_ - ' ' - x3::digit)]];

}  // namespace

Parsed<WrittenDuration> parse_duration(std::string_view text) {
    const auto range = [&](At first, At last) {
        return Range{static_cast<std::uint32_t>(first - text.begin()),
                     static_cast<std::uint32_t>(last - text.begin())};
    };
    constexpr const char* kHow = "write `30 days`, `7 years 6 months` or `3 hours`";
    WrittenDuration out;
    std::size_t next = 0;  // the first unit that may still come
    At at = text.begin();
    const At end = text.end();
    for (bool first = true; first || at != end; first = false) {
        if (!first && !x3::parse(at, end, blanks))
            return SyntaxError{range(at, end), "expected a blank before the next number", kHow};
        boost::iterator_range<At> number;
        const At begin = at;
        if (!x3::parse(at, end, digits, number))
            return SyntaxError{range(at, end), "expected a number", kHow};
        std::int64_t n = 0;
        for (const char c : number)
            if (n <= kLargest) n = n * 10 + (c - '0');
        if (n > kLargest)
            return SyntaxError{range(begin, at), "a duration has at most 1,000,000 of a unit",
                               "use a larger unit"};
        if (number.size() > 1 && number.front() == '0')
            return SyntaxError{range(begin, at), "a number begins with another digit than 0", kHow};
        if (first && at == end) {
            out.days = n;
            return out;
        }
        boost::iterator_range<At> unit;
        const At before = at;
        if (!x3::parse(at, end, blanks >> word, unit))
            return SyntaxError{range(before, end), "expected a unit after the number", kHow};
        std::string_view name(&*unit.begin(), unit.size());
        if (name.size() > 1 && name.back() == 's') name.remove_suffix(1);
        std::size_t k = 0;
        while (k < kUnits.size() && kUnits[k].word != name) ++k;
        const auto there = range(unit.begin(), unit.end());
        if (k == kUnits.size()) {
            constexpr std::array<std::string_view, 6> known = {"years", "months", "weeks",
                                                               "days",  "hours",  "minutes"};
            const auto near = nearest_word({&*unit.begin(), unit.size()}, known);
            return SyntaxError{there,
                               "expected `years`, `months`, `weeks`, `days`, `hours` or `minutes`",
                               near.empty() ? kHow : "did you mean `" + std::string(near) + "`?"};
        }
        if (k < next)
            return SyntaxError{there, "the larger unit comes first, and each at most once", kHow};
        out.*kUnits[k].count = n;
        next = k + 1;
    }
    return out;
}

}  // namespace antinomy::grammar
