#include "grammar/condition_error.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "grammar/phrase.hpp"
#include "grammar/words.hpp"

namespace antinomy::grammar {
namespace {

using std::string;
using std::string_view;
using Kind = Token::Kind;
using At = std::vector<Token>::const_iterator;

// The words in backquotes of an "expected ..." text.
std::vector<string_view> quoted_words(string_view text) {
    std::vector<string_view> words;
    for (auto at = text.find('`'); at != string_view::npos; at = text.find('`', at)) {
        const auto end = text.find('`', at + 1);
        words.push_back(text.substr(at + 1, end - at - 1));
        at = end + 1;
    }
    return words;
}

std::vector<string_view> words_after_a_value(const Entry& entry) {
    std::vector<string_view> words = {"according"};
    if (&entry != &as_condition) return words;
    words.insert(words.end(), {"and", "or", "satisfies", "at", "allen", "exactly", "times"});
    for (const auto& phrase : relations) words.push_back(first_word(phrase));
    return words;
}

constexpr std::array<string_view, 10> unit_words = {"days", "weeks", "months", "years", "hours",
                                                    "day",  "week",  "month",  "year",  "hour"};

string did_you_mean(string_view word, std::span<const string_view> words) {
    const auto near = nearest_word(word, words);
    return near.empty() ? string() : "did you mean " + shown(near) + "?";
}

// Whether the tokens before `at` already are a relation or a quantifier, which another relation
// would chain to.
bool follows_relation(At begin, At at) {
    int depth = 0;
    while (at != begin) {
        --at;
        if (is_word(*at, ")")) ++depth;
        if (is_word(*at, "(") && depth-- == 0) return false;
        if (depth > 0) continue;
        if (is_word(*at, "satisfies")) return true;
        for (const auto* word : {"and", "or", ","}) {
            if (is_word(*at, word)) return false;
        }
        const bool after_dot = at != begin && is_word(*std::prev(at), ".");
        if (begins_relation(*at) && !after_dot) return true;
    }
    return false;
}

// A token that can't follow the complete value or relation before it.
SyntaxError explain_rest(const Tokens& tokens, At at, string_view expected, const Entry& entry) {
    if (at->kind == Kind::end) {
        return {tokens.open_brackets.back(), "this bracket is not closed",
                "add ) where it ends; YAML cuts a plain text at ` #` and `: `"};
    }
    if (is_word(*at, ")")) return {at->range, "this bracket closes nothing", "take it out"};
    if (is_word(*at, ",")) {
        return {at->range, "a comma stands only between the arguments of a call",
                "write `and` or `or` between conditions"};
    }
    // `10 dayz`: the number is complete by itself, the slip comes after it.
    const At number = at->kind == Kind::number ? at : std::prev(at);
    const At unit = std::next(number);
    if (number->kind == Kind::number && unit->kind == Kind::word) {
        if (auto help = did_you_mean(unit->text, unit_words); !help.empty()) {
            return {unit->range, "expected `hours`, `days`, `weeks`, `months` or `years`", help};
        }
    }
    if (&entry == &as_condition && begins_relation(*at)) {
        return {at->range, "a quantifier is no value to compare", "put the quantifier in brackets"};
    }
    string next(entry.next);
    if (&entry == &as_condition && follows_relation(tokens.list.begin(), at)) {
        next = "`and` or `or`";
    }
    if (expected == "`)`") {
        if (const auto last = next.rfind(" or "); last != string::npos) next.replace(last, 4, ", ");
        next += " or `)`";
    }
    string help;
    if (at->kind == Kind::word && !is_reserved(at->text)) {
        help = did_you_mean(at->text, words_after_a_value(entry));
    } else if (is_word(*at, "(")) {
        help = "only a plain name takes arguments";
    } else if (is_word(*at, ".")) {
        help = shown(std::prev(at)->text) + " is a word of the language and no name";
    }
    if (&entry == &as_value && begins_relation(*at)) {
        help = "a message shows values; a comparison goes in brackets";
    }
    return {at->range, "expected " + next, help};
}

}  // namespace

SyntaxError explain(const Tokens& tokens, At at, string_view expected, const Entry& entry) {
    const At begin = tokens.list.begin();
    if (tokens.error && at->kind == Kind::end) return *tokens.error;
    if (at == begin && at->kind == Kind::end) {
        return {{0, at->range.end}, "the " + string(entry.noun) + " is empty", ""};
    }
    if (expected == chained) {
        const bool distance = at - begin > 2 && std::prev(at, 2)->kind == Kind::number &&
                              (is_word(*at, "before") || is_word(*at, "after"));
        return {at->range, "relations do not chain",
                distance ? "a distance has `at least`, `at most` or `exactly` before its number"
                         : "write the second one in full after `and`: a < b and b < c"};
    }
    if (expected == "the end" || (expected == "`)`" && !is_word(*at, ")"))) {
        return explain_rest(tokens, at, expected, entry);
    }
    if (at->kind == Kind::end) {
        const Token& last = *std::prev(at);
        return {last.range, "expected " + string(expected) + " after " + shown(last.text),
                "the text ends here; YAML cuts a plain text at ` #` and `: `"};
    }
    SyntaxError error{at->range, "expected " + string(expected), ""};
    if (is_word(*at, "some") || is_word(*at, "every")) {
        error.help = "put the quantifier in brackets";
    } else if (is_word(*at, "not") && expected == "an expression") {
        error.help = "`not` stands before a whole condition: not (a = b)";
    } else if (at->kind == Kind::word && is_reserved(at->text)) {
        error.help = shown(at->text) + " is a word of the language and no name";
    }
    if (at->kind == Kind::word) {
        if (auto near = did_you_mean(at->text, quoted_words(expected)); !near.empty()) {
            error.help = std::move(near);
        }
    }
    return error;
}

bool begins_relation(const Token& token) {
    const auto begins = [&](const Phrase& phrase) { return is_word(token, first_word(phrase)); };
    return std::any_of(relations.begin(), relations.end(), begins) || is_word(token, "at") ||
           is_word(token, "exactly") || is_word(token, "allen");
}

}  // namespace antinomy::grammar
