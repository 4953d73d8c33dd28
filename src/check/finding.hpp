#pragma once
// Findings: what a check says, whole and self-contained. Renderers read these and nothing else
// (beside the source map, for excerpts). Every name here is a path or an id as the case's author
// wrote it.
//
// Contract (design.md 6, semantics.md 7): one finding for one rule, bindings and verdict;
// `accounts` are all accounts in whose view it holds, empty if no account-bound assertion is among
// its facts; a certain finding has `steps` (or `cases` where branches were needed), a possible one
// two `witnesses`.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "text/diagnostic.hpp"
#include "text/source.hpp"
#include "time/calendar.hpp"

namespace antinomy::check {

enum class Severity { error, warning, review, info };
enum class Verdict { certain, possible };
enum class Relation { each, between };

[[nodiscard]] std::string_view word(Severity);
[[nodiscard]] std::string_view word(Verdict);
[[nodiscard]] std::string_view word(Relation);

struct Place {
    text::Span span;
    std::string label;    // makes sense when shown alone: "between 2014-11-01 and 2014-11-30"
    std::string account;  // whose statement it is; empty: nobody's in particular
};

// What the file has of a field beside the word of one account that others are not known to have
// answered. Ids of accounts; an empty one: nobody's in particular.
struct Others {
    std::vector<std::string> alike;      // state the same
    std::vector<std::string> otherwise;  // state something else
};
// "what the others say of it is not known", "the court states the same, the defence otherwise".
using NameOf = std::function<std::string(const std::string& account)>;
[[nodiscard]] std::string others_words(const Others&, const NameOf&);

// An assertion that the finding rests on.
struct Fact {
    std::string path;                                // "events.meeting-nov.start"
    std::string value;                               // as written
    time::Window days{time::kEver, time::kForever};  // of a date; else unbounded on both sides
    bool days_exact = true;  // false: it was too much work to tell whether fewer are left
    bool is_date = false;
    // Where `days` does not say it, the days in words: of a period ("from 2019-05-15 on, end not
    // stated"), and of a day that is in one of several stretches. Else empty.
    std::string when;
    std::string zone;     // of a date whose zone is stated: as written
    std::string account;  // empty: plain
    std::string state;    // "", "unchallenged", "conceded", "proposed"
    std::string source;
    std::string speaker;
    std::string quote;
    bool doubtful =
        false;  // `?`, or on a source of low reliability: nothing is certain on it alone
    text::Span span;
    Others others = {};  // of what is unchallenged
};

// What was supposed of points, as a formula: `to - from >= min_days`, all of, any of.
struct Supposed {
    enum class Kind { yes, no, least, all, any } kind = Kind::yes;
    std::string from;
    std::string to;
    std::int64_t min_days = 0;
    std::vector<Supposed> parts;
    friend bool operator==(const Supposed&, const Supposed&) = default;
};

struct Requirement {
    std::string rule;  // rule id, "order" or "always"
    std::string text;  // "e.published not before m.start"
    text::Span span;
    std::optional<Supposed>
        says{};  // of a rule that took part beside others: what it requires here
};

// Where a proof or a witness stands: a view, an answer to each identity that nobody settles, and
// (where the view as a whole cannot stand) which statements are left out.
struct Standing {
    std::string account;        // empty: a case without accounts
    std::string other;          // of `between`: the second side
    bool every_source = false;  // all statements beside one another
    bool doubled = false;       // two sides that cannot be joined: no point is shared
    struct Identity {
        std::size_t line = 0;  // index of the case's identity lines
        std::string a;
        std::string b;
        bool same = false;
        friend bool operator==(const Identity&, const Identity&) = default;
    };
    std::vector<Identity> identities;
    // Of conventions that nobody chose, by which word was counted; one that is not here was counted
    // either way, value by value.
    struct Counted {
        std::string convention;  // "month_end"
        std::string word;        // "overflow"
        friend bool operator==(const Counted&, const Counted&) = default;
    };
    std::vector<Counted> counted;
    struct Left {
        std::string path;
        text::Span span;
        friend bool operator==(const Left&, const Left&) = default;
    };
    std::vector<Left> without;
    friend bool operator==(const Standing&, const Standing&) = default;
};

// What a possible finding turns on beside dates, taken one way.
struct Assumed {
    std::string kind;  // open-list | rival-values | doubtful | identity | clock | range | finding |
                       // month-end | join (two sides cannot be joined) | way (another way stands)
    std::string what;  // a path, a list, or the condition as written
    friend bool operator==(const Assumed&, const Assumed&) = default;
};

// A finding of another rule that this one was made of.
struct MadeOf {
    std::string rule;
    std::string at;
    std::string account;  // in whose view; empty: no accounts
    Verdict verdict = Verdict::certain;
    friend bool operator==(const MadeOf&, const MadeOf&) = default;
};

// to - from >= min_days, because of these facts (indices into facts, then requirements).
struct Step {
    std::string from;
    std::string to;
    std::int64_t min_days = 0;
    std::vector<std::size_t> because;
};

struct ProofCase {
    std::string assume;
    std::vector<Step> steps;
    // The splits on the way to it, and of each the way taken.
    std::vector<std::pair<std::size_t, std::size_t>> path{};
};

// A dating of the points that matter; `violates` says on which side of the rule it falls.
struct Witness {
    bool violates = false;
    std::vector<std::pair<std::string, time::Day>> dates;  // path, day; sorted by day, then path
    // All points that hang together with those, by the view's statements; these among them.
    std::vector<std::pair<std::string, time::Day>> all{};
    std::vector<Standing> holds{};
    std::vector<Assumed> assumes{};
};

// One of the ways holds: because of these facts and requirements, or (none) of what was supposed,
// as far as the ways before allow.
struct ProofSplit {
    std::vector<std::size_t> because;
    std::vector<Supposed> ways;
};

// How far a proof goes: `steps` or `cases` close a circle; `statements` cannot stand together (the
// circle was not worked out, or goes over points without a name); `dates` were compared as stated;
// `values` alone decided; `witnesses` show a possible finding; `findings` are what it is made of;
// `undecided` was too much work.
struct Proof {
    std::string kind = "values";
    std::vector<Standing> holds;       // of a certain one: where it was found
    std::optional<Supposed> supposed;  // what the rule asks of the dates, and cannot be
    std::optional<std::size_t> takes;  // this fact is taken to be the right one of rival values
    std::vector<Fact> facts;           // ordered: dates that carry the arithmetic
    std::vector<Fact> premises;        // what else was read: references, enums, numbers
    std::vector<Requirement> requirements;
    std::vector<Step> steps;
    std::vector<ProofCase> cases;
    std::vector<ProofSplit> splits;
    std::vector<Witness> witnesses;  // of a possible finding: two, or two a view
    std::vector<std::string> text;   // the proof in sentences, one a line
};

// A row of the timeline.
struct TimelineRow {
    std::string label;  // title of the record, "(account)" if it differs between accounts
    std::vector<time::Window> windows;  // more than one: the day is in one of these
    bool point = true;                  // false: a bar from windows[0].first on ("in force from")
    bool inferred = false;              // bounds come from the network, not from a statement
    // What the network leaves of the windows, where that is less; empty: all of them.
    std::vector<time::Window> left = {};
    // Of a bar: the last day that it lasts, of which one is in one of these; empty: none is stated.
    std::vector<time::Window> ends = {};
};

struct Given {
    std::string path;
    std::string account;
    Others others = {};
};

struct ExceptionLooked {
    std::string when;         // "e.same_item = no"
    std::string because;      // the rule's words
    std::string state;        // "absent" | "false" | "unknown"
    std::string switch_path;  // what to assert: "evidence.video.same_item"
    bool direct = true;       // false: it leads to what the condition asks for, which is not there
    // Accounts that assert it, none of which is among the finding's: in their views it does hold.
    // Empty: nobody's in particular.
    std::vector<std::string> said_by = {};
    // Somebody states what stands at `switch_path`, and whether that makes it so was not asked.
    bool elsewhere = false;
};

struct Change {
    std::string kind;  // "exception" | "withdraw" | "move" | "flip"
    std::string path;
    std::string to;  // new value; empty for withdraw
    // Of a move that takes the finding away: a day nearer to what is stated, on which it would only
    // be possible; empty: there is none.
    std::string possible_on;
};
struct Resolution {
    std::vector<Change> changes;
    std::vector<std::string>
        blocked_by;  // fingerprint or "rule at path" of findings it would make certain
    std::string text;
    // Of a date that may be moved to several days: the one on which it would.
    std::string blocked_on = {};
};

// A value that the file has of something the finding rests on, and that is not the one it rests on:
// another account's, or one of those that sources give.
struct Rival {
    struct Word {
        std::string account;  // empty: nobody's in particular
        std::string speaker;
        std::string source;
        text::Span span;
        std::string reliability = {};  // that the file says of the source: "low", "unchecked"
    };
    std::string path;
    std::string value;       // as written
    std::string instead_of;  // what the finding rests on, as written; empty: nothing
    std::vector<Word> said;  // whose words it is; at least one
};

// What the file itself has against a finding: with these values in place of those that it rests on
// and all else as it is, judged again, it is no longer what it was. One value; or several of one
// account, where none of them does it alone.
struct Contrary {
    enum class Then { gone, cannot_tell, possible } then = Then::gone;
    std::vector<Rival> values;
};
[[nodiscard]] std::string_view word(Contrary::Then);  // gone | cannot tell | possible

// Days of one disputed or imprecise date on which the verdict turns.
struct TurningPoint {
    std::string path;
    std::string stated;     // as written
    time::DaySet certain;   // within the days that can stand
    time::DaySet possible;  // within what is not certain
    time::DaySet fine;
    time::DaySet impossible;  // days that cannot be at all are left out of the other three
};

struct Basis {
    std::string cite;
    std::string note;
    bool unverified = false;
};

// Why one account is in conflict: a block of the terminal report, an entry of
// every-account-in-conflict.
struct AccountBlock {
    std::string account;
    std::string rule;  // id of the sub-finding
    std::string message;
    Verdict verdict = Verdict::certain;
    std::vector<Given> given;
    std::vector<Place> places;
};

// What a possible verdict turns on that is no fact: a convention that nobody chose, with the
// verdict by each of its words, or the zones of days.
struct Turn {
    std::string on;  // "month_end", "zones"
    std::vector<std::pair<std::string, std::string>> readings;
    std::string text;
};

// What a baseline says of a finding. Where one is compared with, each finding is `old` (listed,
// with this verdict or a stronger one), `stronger` (listed as possible, and now certain) or
// `fresh`; without one, `none`. Old ones are marked, never dropped, and do not count for the exit
// code.
enum class Baseline { none, fresh, old, stronger };

struct Finding {
    std::string rule;
    std::string rule_title;
    std::string case_id;
    Severity severity = Severity::error;
    Verdict verdict = Verdict::certain;
    Relation relation = Relation::each;
    std::vector<std::string> accounts;
    std::vector<Given> given;
    std::string about;    // charge | proceeding | exhibit | source
    std::string reaches;  // exhibit | element | charge | record
    std::string at;       // path of the record it is about
    std::string message;
    std::string help;
    std::string burden;     // who must prove it, if the rule says
    std::string condition;  // "certain if R holds": name of a requirement; empty
    std::vector<std::pair<std::string, std::string>> bindings;
    std::vector<Place> places;  // primary first; those without an account, then grouped by account
    std::vector<AccountBlock>
        blocks;  // built-ins that fold others; else one per account in `places`
    Proof proof;
    std::vector<Proof> more_proofs;  // of views and answers where the first does not hold
    std::vector<MadeOf> made_of;
    std::vector<TimelineRow> timeline;
    std::vector<Basis> basis;
    std::vector<ExceptionLooked> exceptions;
    std::vector<Contrary> contrary;  // what takes most away first
    std::vector<Resolution> resolve;
    std::vector<TurningPoint> turning;
    std::vector<Turn> turns_on;
    std::string turning_note;               // "turns on several dates together"
    std::vector<std::string> sources_note;  // "`s1` for 3 of 4 dates: news, ..."
    std::string group;
    std::string fingerprint;  // 16 hex digits
    // What beside the rule and the case it is a finding of, for the fingerprint: relation,
    // bindings, owners. Empty: of a built-in rule, or of several findings that became one.
    std::string identity;
    std::string suppressed;        // reason, if a `suppress:` entry silences it
    std::string suppressed_by;     // whose decision that is, if the entry says
    std::string suppressed_until;  // "2027-03-01", the last day that it holds; empty: no end
    text::Span suppressed_at;      // the entry
    Baseline baseline = Baseline::none;
    bool between_sources = false;  // of Relation::between: sources, not accounts
};

// As a finding of this case: its id and its fingerprint. Only of one that has an identity.
void put_in_case(Finding&, const std::string& case_id);

// An entry of a baseline that this run found nothing for.
struct Gone {
    std::string rule;
    std::string case_id;
    std::string at;
    std::string fingerprint;
    Verdict verdict = Verdict::certain;
    std::string message;  // as it was when the baseline was written
};

struct Gap {
    std::string rule;
    std::string case_id;
    std::string at;
    std::string field;  // "records"
    std::vector<std::string> accounts;
    std::string burden;
    std::string pending;  // what the date waits for; empty: nobody says that it has not come
    text::Span span{};    // of the record `at`; none: it is no record (`case`)
};

// A date that the network narrowed or supplied.
struct Inferred {
    std::string case_id;
    std::string path;
    std::string account;  // view; empty: all views agree
    std::string stated;   // as written; empty if nothing was
    time::DaySet days;
    std::vector<std::string> from;  // labels of the statements and rules it follows from
};

// Something the checker could not finish: exit 2. Also carried as a diagnostic.
struct Undecided {
    std::string rule;
    std::string case_id;
    std::string at;
    std::string why;
};

struct CaseResult {
    std::string id;
    std::string title;
    std::string file;
    std::vector<Finding> findings;
    std::vector<Gap> gaps;
    std::vector<Inferred> inferred;
    std::vector<Undecided> undecided;
    std::vector<std::string> notes;  // "the account `x` was left out by --account"
};

struct Result {
    std::vector<CaseResult> cases;
    std::size_t variants_left_out = 0;
    std::vector<std::string> not_applicable;  // rules that applied to nothing in the whole run
    std::size_t rules = 0;
    bool baselined = false;  // a baseline was compared with: each finding has what it says of it
    std::vector<Gone> gone;
    std::vector<std::string> off;  // rules that a pack has turned off, in one case at least
};

}  // namespace antinomy::check
