#include "grammar/message.hpp"

#include <boost/spirit/home/x3.hpp>
#include <optional>

#include "grammar/condition.hpp"
#include "grammar/token.hpp"

namespace antinomy::grammar {
namespace x3 = boost::spirit::x3;
namespace {

using std::string;
using std::string_view;
using At = string_view::const_iterator;
using Slice = boost::iterator_range<At>;

// What the grammar fills: the message, or the first error of an expression in it.
struct Work {
    At begin;
    Message message;
    std::optional<SyntaxError> error;
    Range open;  // the brace of the expression at hand

    Range range(At first, At last) const {
        return {static_cast<std::uint32_t>(first - begin),
                static_cast<std::uint32_t>(last - begin)};
    }
};
struct WorkTag {};

const auto literal_text = [](auto& c) {
    auto& parts = x3::get<WorkTag>(c).get().message.parts;
    if (parts.empty() || parts.back().expr) parts.emplace_back();
    parts.back().text += x3::_attr(c);
};

void shift(Expr& expr, std::uint32_t by) {
    const auto move = [by](Range& range) { range = {range.begin + by, range.end + by}; };
    move(expr.range);
    for (auto& range : expr.part_ranges) move(range);
    if (!expr.sided.empty()) move(expr.sided_range);
    if (expr.kind == ExprKind::day) move(expr.date.range);
    for (auto& child : expr.children) shift(child, by);
}

const auto expression = [](auto& c) {
    Work& work = x3::get<WorkTag>(c).get();
    const Slice slice = x3::_attr(c);
    const Range range = work.range(slice.begin(), slice.end());
    const string_view text(&*work.begin + range.begin, range.end - range.begin);
    auto parsed = parse_value(text);
    if (auto* expr = std::get_if<Expr>(&parsed)) {
        shift(*expr, range.begin);
        work.message.parts.push_back({{}, std::move(*expr)});
        return;
    }
    auto error = std::get<SyntaxError>(std::move(parsed));
    error.range = {error.range.begin + range.begin, error.range.end + range.begin};
    if (text.find_first_not_of(" \t\r\n") == string_view::npos) {
        error = {{range.begin - 1, range.end + 1},
                 "there is no expression between these braces",
                 "write a name, as in {e.published}; for the braces themselves {{ and }}"};
    }
    work.error = std::move(error);
    x3::_pass(c) = false;
};

const auto quoted = x3::rule<struct QuotedId, x3::unused_type>() =
    ('\'' >> *(x3::char_ - x3::char_("'\n")) >> '\'') |
    ('"' >> *(x3::char_ - x3::char_("\"\n")) >> '"');
const auto slice = x3::rule<struct SliceId, Slice>() =
    x3::raw[*(quoted | x3::omit[x3::char_ - x3::char_("{}")])];
const auto one_brace = x3::rule<struct BraceId, char>() =
    ("{{" >> x3::attr('{')) | ("}}" >> x3::attr('}'));
const auto opened = [](auto& c) {
    Work& work = x3::get<WorkTag>(c).get();
    const At brace = std::prev(x3::_where(c).begin());
    work.open = work.range(brace, std::next(brace));
};
const auto message = *(one_brace[literal_text] | (x3::char_ - x3::char_("{}"))[literal_text] |
                       (x3::omit[x3::lit('{')][opened] >> (slice > '}')[expression]));

}  // namespace

Parsed<Message> parse_message(string_view text) {
    if (text.size() > max_condition_bytes) {
        return SyntaxError{{max_condition_bytes, static_cast<std::uint32_t>(text.size())},
                           "longer than 4096 bytes",
                           ""};
    }
    Work work{text.begin(), {}, {}, {}};
    At at = text.begin();
    const auto with_work = x3::with<WorkTag>(std::ref(work))[message];
    try {
        x3::parse(at, text.end(), with_work);
    } catch (const x3::expectation_failure<At>& failure) {
        if (failure.where() == text.end()) {
            return SyntaxError{work.open, "this brace is not closed",
                               "write } after the expression; for the brace itself {{"};
        }
        return SyntaxError{work.range(failure.where(), std::next(failure.where())),
                           "a brace inside an expression",
                           "write } after the expression; for the brace itself {{"};
    }
    if (work.error) return *std::move(work.error);
    if (at != text.end()) {
        return SyntaxError{work.range(at, at + 1), "this brace closes nothing",
                           "for the brace itself write }}"};
    }
    return std::move(work.message);
}

}  // namespace antinomy::grammar
