#pragma once
// The fixed words of conditions: relations as they are written, Allen's words, units. The grammar,
// the canonical spelling and "did you mean" all read these tables.
#include <array>
#include <string_view>

#include "grammar/ast.hpp"

namespace antinomy::grammar {

struct Phrase {
    std::string_view words;
    ExprKind kind;
    std::string_view text = {};  // of ExprKind::compare; of a second sense of a relation
    TimeWord relation = TimeWord::before;
};

inline constexpr std::array<Phrase, 21> relations = {{
    {"=", ExprKind::compare, "="},
    {"!=", ExprKind::compare, "!="},
    {"<", ExprKind::compare, "<"},
    {"<=", ExprKind::compare, "<="},
    {">", ExprKind::compare, ">"},
    {">=", ExprKind::compare, ">="},
    {"more than", ExprKind::compare, ">"},
    {"less than", ExprKind::compare, "<"},
    {"in", ExprKind::compare, "in"},
    {"not in", ExprKind::compare, "not in"},
    {"matches", ExprKind::compare, "matches"},
    {"before", ExprKind::relation, {}, TimeWord::before},
    {"after", ExprKind::relation, {}, TimeWord::after},
    {"not before", ExprKind::relation, {}, TimeWord::not_before},
    {"not after", ExprKind::relation, {}, TimeWord::not_after},
    {"same day as", ExprKind::relation, {}, TimeWord::same_day},
    {"not same day as", ExprKind::relation, {}, TimeWord::not_same_day},
    {"within", ExprKind::relation, {}, TimeWord::within},
    {"overlaps", ExprKind::relation, {}, TimeWord::overlaps},
    {"contains", ExprKind::relation, "contains", TimeWord::within},
    {"agrees with", ExprKind::relation, {}, TimeWord::agrees},
}};

inline constexpr std::array<Phrase, 2> bounds = {
    {{"at least", ExprKind::compare, ">="}, {"at most", ExprKind::compare, "<="}}};

inline constexpr std::array<std::string_view, 13> allen_words = {
    "before", "meets",  "overlaps",      "starts",     "during",   "finishes",   "equals",
    "after",  "met-by", "overlapped-by", "started-by", "contains", "finished-by"};

inline constexpr std::array<std::string_view, 6> units = {"day",  "week",        "month",
                                                          "year", "working day", "hour"};

[[nodiscard]] constexpr std::string_view first_word(const Phrase& phrase) {
    return phrase.words.substr(0, phrase.words.find(' '));
}

}  // namespace antinomy::grammar
