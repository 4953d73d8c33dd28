#pragma once
// A case checked against rules: views made, timelines built, rules judged in each view and between
// views, findings with their proofs. Values in, values out; nothing is kept from one case to the
// next.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "check/finding.hpp"
#include "check/groups.hpp"
#include "model/view.hpp"
#include "rule/pack.hpp"

namespace antinomy::check {

// How a condition came out, wherever it was asked (`test --coverage`).
struct Seen {
    bool yes = false;
    bool no = false;
    bool open = false;  // unknown, a gap, or so on some of the days that are left
};
using SeenTerms = std::map<const rule::Term*, Seen>;

struct Options {
    std::vector<std::string> rules;  // ids to run (those they read run too, silently); empty: all
    std::vector<std::string> accounts;  // views to judge; empty: all
    std::optional<std::vector<std::string>>
        sources;                // only what these state (and what has no source)
    bool resolve = true;        // compute what would change each finding
    bool infer = true;          // report dates that follow
    std::string trace;          // a rule whose every instance is to be explained
    SeenTerms* seen = nullptr;  // if set: gets how each condition of the rules came out
    // Rules of which a screen knows that nothing is to be told (screen.hpp): left out. Not together
    // with `resolve`, which judges all of them anew.
    std::vector<const rule::Rule*> settled;
    // The day that it is, for suppressions that end; none: none has ended.
    std::optional<time::Day> today;
    // What rules with `among:` compare with; none: the case alone is the data set.
    const GroupSource* groups = nullptr;
};

// Why a rule said what it said of one binding in one view (`explain RULE`).
struct Explained {
    std::string at;
    std::vector<std::pair<std::string, std::string>> bindings;
    std::string account;
    std::string
        status;  // certain | possible | satisfied | not applicable | gap | excepted | undecided
    std::string note;  // "on a doubtful date", "`records` is not stated"
    struct Line {
        std::string section;  // where | require | unless
        std::string written;
        std::string values;
        std::string outcome;
    };
    std::vector<Line> lines;
};

struct Checked {
    CaseResult result;
    std::vector<Explained> explained;
    // Rules that were applicable to something, by id.
    struct Applied {
        std::string rule;
        bool passed = false;  // wherever it was: what it requires holds, or an exception does
    };
    std::vector<Applied> applied;
    // Of a case checked briefly: the titles that its findings may have in their words, by the
    // places of their texts; an invalid one: of a record that has none.
    std::vector<text::Span> titles;
};

// Gives what rules with `among:` compare of a case. First of all cases of a data set, then each is
// checked with what was gathered.
void gather(const rule::Packs&, const model::Case&, const Options&, const Gather&);

// The rules that are judged: those asked for, those whose findings they read, and all that say what
// is fact, which narrows what the others are judged by.
[[nodiscard]] std::vector<const rule::Rule*> judged_rules(const rule::Packs&, const Options&);

[[nodiscard]] Checked check_case(const rule::Packs&, const model::Case&, const Options&);

// What rules come to of a small case: no proofs, no wording.
struct Verdicts {
    struct One {
        const rule::Rule* rule = nullptr;
        std::string at;
        std::string status;  // as in Explained, without "excepted"
        bool told = true;    // else it rests, between accounts, on nothing that each side says
    };
    bool stands = true;      // the dates of each view fit together
    bool undecided = false;  // something was too much work
    std::vector<One> each;   // binding by binding, view by view
};
// Judges these rules alone, which the packs need not hold: made up, or changed. The packs give the
// vocabulary. A rule that reads findings reads those of these rules.
[[nodiscard]] Verdicts verdicts(const rule::Packs&, const model::Case&,
                                const std::vector<const rule::Rule*>&);

}  // namespace antinomy::check
