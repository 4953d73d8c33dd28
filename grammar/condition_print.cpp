#include <algorithm>
#include <array>
#include <charconv>

#include "grammar/condition.hpp"
#include "grammar/edtf.hpp"
#include "grammar/phrase.hpp"

namespace antinomy::grammar {
namespace {

using std::string;
using std::string_view;

// How tightly a node binds, loosest first.
enum class Level { joined_by_or, joined_by_and, negated, related, added, multiplied, bare };

Level level(const Expr& expr) {
    switch (expr.kind) {
        case ExprKind::any_of:
            return Level::joined_by_or;
        case ExprKind::all_of:
            return Level::joined_by_and;
        case ExprKind::negation:
        case ExprKind::quantifier:
            return Level::negated;
        case ExprKind::compare:
        case ExprKind::relation:
            return Level::related;
        case ExprKind::sum:
        case ExprKind::stretch:
            return Level::added;
        case ExprKind::product:
            return Level::multiplied;
        default:
            return Level::bare;
    }
}

string print_number(double number) {
    std::array<char, 400> buffer;  // 1e308 has 309 digits
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number,
                                   std::chars_format::fixed);
    return {buffer.data(), end.ptr};
}

string print_duration(const Expr& expr) {
    return std::to_string(expr.count) + ' ' + string(units[static_cast<std::size_t>(expr.unit)]) +
           (expr.count == 1 ? "" : "s");
}

string relation_text(const Expr& expr) {
    if (expr.kind == ExprKind::compare) return expr.text;
    if (expr.relation == TimeWord::allen) return "allen " + expr.allen;
    if (expr.relation == TimeWord::distance) {
        const string bound = expr.bound == Bound::at_least  ? "at least "
                             : expr.bound == Bound::at_most ? "at most "
                                                            : "exactly ";
        return bound + print_duration(expr) + (expr.after ? " after" : " before");
    }
    if (expr.relation == TimeWord::within && expr.text == "near")
        return "within " + print_duration(expr) + " of";
    const auto* phrase = std::find_if(relations.begin(), relations.end(), [&](const Phrase& p) {
        return p.kind == ExprKind::relation && p.relation == expr.relation && p.text == expr.text;
    });
    return string(phrase->words);
}

void write(string& out, const Expr& expr, Level least);

void write_joined(string& out, const Expr& expr, string_view between, Level least) {
    for (std::size_t i = 0; i < expr.children.size(); ++i) {
        if (i > 0) out += between;
        write(out, expr.children[i], least);
    }
}

void write_relation(string& out, const Expr& expr, string_view words) {
    write(out, expr.children[0], Level::added);
    out.append(" ").append(words).append(" ");
    write(out, expr.children[1], Level::added);
}

void write_bare(string& out, const Expr& expr) {
    switch (expr.kind) {
        case ExprKind::any_of:
            return write_joined(out, expr, " or ", Level::joined_by_and);
        case ExprKind::all_of:
            return write_joined(out, expr, " and ", Level::negated);
        case ExprKind::negation: {
            const Expr& body = expr.children[0];
            if (body.kind == ExprKind::compare && body.text == "in") {
                return write_relation(out, body, "not in");
            }
            out += "not ";
            return write(out, body, Level::negated);
        }
        case ExprKind::quantifier:
            out += expr.text + (expr.days ? " day " : " ") + expr.name + " in ";
            write(out, expr.children[0], Level::added);
            out += " satisfies (";
            write(out, expr.children[1], Level::joined_by_or);
            out += ')';
            return;
        case ExprKind::compare:
        case ExprKind::relation:
            return write_relation(out, expr, relation_text(expr));
        case ExprKind::sum:
            write(out, expr.children[0], Level::added);
            out += ' ' + expr.text + ' ';
            return write(out, expr.children[1], Level::multiplied);
        case ExprKind::product:
            write(out, expr.children[0], Level::multiplied);
            out += " times ";
            return write(out, expr.children[1], Level::bare);
        case ExprKind::stretch:
            out += "from ";
            write(out, expr.children[0], Level::added);
            out += " to ";
            return write(out, expr.children[1], Level::added);
        case ExprKind::call:
            out += expr.text + '(';
            write_joined(out, expr, ", ", Level::joined_by_or);
            out += ')';
            return;
        case ExprKind::path:
            for (std::size_t i = 0; i < expr.parts.size(); ++i) {
                out += (i > 0 ? "." : "") + expr.parts[i];
            }
            if (!expr.sided.empty()) out += " according to " + expr.sided;
            return;
        case ExprKind::number:
            out += print_number(expr.number);
            return;
        case ExprKind::duration:
            out += print_duration(expr);
            return;
        case ExprKind::day:
            out += print(expr.date);
            return;
        case ExprKind::string: {
            const char quote = expr.text.find('\'') == string::npos ? '\'' : '"';
            out += quote + expr.text + quote;
            return;
        }
        case ExprKind::boolean:
            out += expr.text;
            return;
    }
}

void write(string& out, const Expr& expr, Level least) {
    const bool brackets = level(expr) < least;
    if (brackets) out += '(';
    write_bare(out, expr);
    if (brackets) out += ')';
}

}  // namespace

string print(const Expr& expr) {
    string out;
    write(out, expr, Level::joined_by_or);
    return out;
}

}  // namespace antinomy::grammar
