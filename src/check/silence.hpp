#pragma once
// What the silence of rules rests on: a rule that has met nothing against it, and would find
// something if one source were left out, or if it were counted the other way where lawful practice
// differs and a policy has chosen.
//
// Promises: each is judged anew, none guessed; a gap that opens is told of weak sources only. Told
// is the silence of errors and warnings on the case: not of remarks, nor of what is asked of
// sources. Views, not pairs. Doesn't do: numbers that policies set (which are no way of counting),
// and two sources together. What was too much work is not told, and `whole` is then false.

#include <string>
#include <vector>

#include "check/run.hpp"

namespace antinomy::check {

struct Silence {
    enum class On { source, policy } on = On::source;
    std::string what;       // the id of a source; the name of a policy
    std::string value;      // of a policy: the word by which it is silent
    std::string otherwise;  // of a policy: the other word; of a source: `gap`, or empty
    std::string rule;
    std::string rule_title;
    std::string at;                     // path of the record
    std::vector<std::string> accounts;  // in whose views; empty: in all
    Verdict then = Verdict::possible;   // the weaker one where views differ; of a `gap` nothing
};

struct Silences {
    std::vector<Silence> list;  // sources as the case has them, then policies; by rule and place
    bool whole = true;
};

// Of the options: rules, accounts, sources and groups.
[[nodiscard]] Silences silences_of(const rule::Packs&, const model::Case&, const Options&);

}  // namespace antinomy::check
