#pragma once
// One rule instance in one view: the condition grounded to a formula over the timeline, and its
// verdict.
//
// Grounding walks the typed term with the instance's records in hand. What is not about time
// becomes true, false, unknown (an open list, rival values, doubt) or gap (the fact isn't there);
// what is about time becomes differences for the network, so that all dated conditions of a rule
// are decided together (semantics.md 4).

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "check/groups.hpp"
#include "check/timeline.hpp"
#include "rule/pack.hpp"

namespace re2 {
class RE2;
}

namespace antinomy::check {

// Do two values of one field say the same?
[[nodiscard]] bool same_value(const model::Value&, const model::Value&);
// Is some of its days only about so (`~`), and widened by the policy `approximate_slack`?
[[nodiscard]] inline bool is_approximate(const model::Value& v) {
    return v.day.approximate || v.period.start.approximate || v.period.end.approximate;
}
// When a period was, as it is stated (time/words.hpp). Empty: that turns on other dates.
[[nodiscard]] std::string period_words(const model::Value&);

struct Ground {
    enum class Kind { yes, no, unknown, gap, leaf, all, any } kind = Kind::yes;
    time::Difference leaf;
    std::vector<Ground> parts;
    std::string why{};   // of unknown: a word (see Assumed) ...
    std::string what{};  // ... and what it is about

    // How many parts it has, itself one of them.
    [[nodiscard]] std::int64_t size() const;
    static Ground of(Kind k) { return {k, {}, {}}; }
    static Ground unknown(std::string why, std::string what) {
        return {Kind::unknown, {}, {}, std::move(why), std::move(what)};
    }
    // The unknowns in it.
    void open(std::vector<std::pair<std::string, std::string>>& out) const;
    static Ground truth(bool b) { return of(b ? Kind::yes : Kind::no); }
    static Ground difference(time::Difference d) { return {Kind::leaf, d, {}}; }
    static Ground all_of(std::vector<Ground>);
    static Ground any_of(std::vector<Ground>);
    // Of values of which one is right, and it is not known which: so if it is so of each; perhaps
    // so if of one. At least one.
    static Ground of_rivals(std::vector<Ground> each, const std::string& what,
                            const char* why = "rival-values");
    // Each of them given by its alternatives, of which one is so.
    template <class Rival>
    static Ground of_rivals(std::map<Rival, std::vector<Ground>>& each, const std::string& what,
                            const char* why = "rival-values") {
        std::vector<Ground> all;
        for (auto& [rival, alternatives] : each) all.push_back(any_of(std::move(alternatives)));
        return of_rivals(std::move(all), what, why);
    }
    // Kleene negation; gap and unknown stay what they are.
    [[nodiscard]] Ground negated() const;
    [[nodiscard]] Ground without_gaps(bool as) const;
    [[nodiscard]] time::Formula formula(bool unknown_as, bool gap_as) const;
};

enum class Status { certain, possible, gap, satisfied, not_applicable, undecided };
[[nodiscard]] std::string_view word(Status);

// What was read on the way: the ground for accounts, premises and gaps.
struct Reading {
    model::AssertionId assertion;
    int side = 0;
    bool operator==(const Reading&) const = default;
    bool operator<(const Reading& o) const {
        return std::tie(assertion, side) < std::tie(o.assertion, o.side);
    }
};
struct Reads {
    std::set<Reading> values;  // not dates
    std::set<Reading> stated;  // windows taken as stated
    std::set<Reading> dates;
    std::set<std::pair<model::RecordId, int>>
        records;                     // records that an account brought in, and where
    std::set<std::uint32_t> points;  // points of the timeline
    std::set<std::uint32_t> zones;   // points that were compared with some of another zone
    std::set<std::string> gaps;      // paths of what is not there
    std::set<std::string> fails;     // keys of instances that `fails` read
    // Values of dated policies: the policy, and which of its values.
    std::set<std::pair<std::string, std::size_t>> values_of_law;

    void add(const Reads&);
};

// One binding of all of a rule's variables.
struct Instance {
    std::vector<model::RecordId> records;  // by variable
    std::vector<int> sides;
    // of a binding `f: field`
    model::RecordId field_record;
    std::uint32_t field = 0;
    // of `between: sources`: the two assertions compared
    model::AssertionId one;
    model::AssertionId other;
    std::set<std::size_t> unbound;  // bindings whose path leads to nothing
    std::string rival;     // the path of a binding that leads to one of several rival values ...
    std::string among;     // ... and what it is one of: equal for all of them
    bool perhaps = false;  // it is not known whether this one is the right one
    std::string doubtful;  // the path of a binding that only a weak source leads along
    Reads reads;           // of the bindings' paths

    [[nodiscard]] std::string key(const model::Case&) const;  // of records and field, not of sides
};

// "the defence", of a title with its article or without.
[[nodiscard]] std::string with_article(const std::string& name);

// Answers `fails(record)`: yes, unknown (possible), no; and what was read.
class FindingLookup {
public:
    virtual ~FindingLookup() = default;
    FindingLookup() = default;
    FindingLookup(const FindingLookup&) = delete;
    FindingLookup& operator=(const FindingLookup&) = delete;
    [[nodiscard]] virtual Ground::Kind fails(model::RecordId, const std::string& mode,
                                             std::set<std::string>& keys) const = 0;
};

// A literal of a condition as it came out, for `explain` and for the proof's text.
struct LiteralTrace {
    std::string written;
    std::string values;   // "e.published 2014-09-30, m.start 2014-11"
    std::string outcome;  // true, false, unknown, gap, possible
};

class Evaluator {
public:
    // `kept`: the statements of a set that stands, where the view as a whole cannot.
    Evaluator(const Timeline&, const std::map<std::string, double, std::less<>>& policies,
              const FindingLookup*, const time::Enabled* kept = nullptr);

    Evaluator(const Evaluator&) = delete;
    Evaluator& operator=(const Evaluator&) = delete;
    ~Evaluator();

    // All bindings of a rule's variables in this view; `budget` counts down, and at 0 the rule is
    // undecided. So it is with more than kInstances, which are all that there are then.
    static constexpr std::size_t kInstances = 100'000;
    std::vector<Instance> instances(const rule::Rule&, std::int64_t& budget);

    // What judging costs, the same on every machine: a step for each condition that is asked, each
    // few records that are looked through, kItem for an item of a quantifier, kPart for a part of
    // a large formula, kTest for a test of the network. Counts down from now on; below 0 nothing is
    // asked any more, and what was being judged is undecided. None: no bound.
    static constexpr std::int64_t kTest = 50;
    static constexpr std::int64_t kItem = 4;    // of a quantifier
    static constexpr std::int64_t kPart = 10;   // of a formula, beyond the first kSmall
    static constexpr std::int64_t kSmall = 16;  // parts
    void set_steps(std::int64_t* steps) { steps_ = steps; }

    // Sets of rivals (Instance::among) of which `where` has left some out, in the last instances.
    [[nodiscard]] const std::set<std::string>& left_out() const { return left_out_; }

    struct Judged {
        Status status = Status::satisfied;
        Ground violation;  // V, grounded; exceptions in
        Ground scope;      // `where` alone
        std::vector<std::string>
            exceptions;                  // state of each exception: absent | false | unknown | true
        bool on_doubt = false;           // satisfied, but only on a doubtful date
        bool excused = false;            // satisfied because an exception holds
        bool needs_requirement = false;  // certain on F+ only
        bool perhaps_certain = false;    // possible; whether certain was too much work
        time::Choices choices = time::kAllOpen;  // conventions that were picked for this judgement
        Reads reads;
    };
    Judged judge(const rule::Rule&, const Instance&);
    // The same by each way of counting that nobody chose and the rule asks for; one if it asks
    // none.
    std::vector<Judged> judge_each(const rule::Rule&, const Instance&);
    // Count so where nobody chose.
    void pick(const time::Choices& picked) { picked_ = picked; }

    // The condition grounded, for messages and explanations.
    Ground condition(const rule::Term&, const Instance&, Reads&, bool asserted_only);
    std::vector<LiteralTrace> trace(const rule::Term&, const Instance&);

    // Wording of a term's value for a message: a record's title, a date as written, a number.
    std::string say(const rule::Term&, const Instance&);
    // "32 to 61 days", "10 days", "at least 3 days": bounds of b - a
    std::string say_days(const rule::Term& a, const rule::Term& b, const Instance&);
    // "10 days before", "4 days after", "on the day of", "up to 3 days before or 8 days after"
    std::string say_apart(const rule::Term& a, const rule::Term& b, const Instance&);
    // "on the word of S. Qosimov (defence), unchallenged"
    std::string say_word(const rule::Term&, const Instance&);
    // What a relative value hangs on and this view does not date: "a day that nobody states", "a
    // day that only the defence states"
    std::string say_anchor(const rule::Term&, const Instance&);

    // How long a value of a policy is; a plain number is days.
    [[nodiscard]] static Amount amount_of(const model::PolicyValue&);

    [[nodiscard]] const Timeline& timeline() const { return timeline_; }
    time::Solver& firm() { return firm_; }  // without doubtful statements
    time::Solver& full() { return full_; }
    // Is there a dating, as far as anything is certain: without doubtful statements, or with them
    // where one is a rival of what would be left?
    time::Fit fits_firmly(const time::Formula&);
    [[nodiscard]] const time::Enabled& firm_statements() const { return firm_enabled_; }
    [[nodiscard]] const time::Enabled& statements() const { return full_enabled_; }
    // F+: what `possible` of a law rule must also fit, if set.
    void set_plus(time::Solver* plus) { plus_ = plus; }
    // Words of a certain finding leave doubtful statements out, as its proof does.
    void speak_firmly(bool yes) { words_ = yes ? &firm_ : &full_; }
    // The violation of an instance with undated points left to the network instead of being gaps:
    // what fact rules require of a day that nobody states still narrows it (semantics 3.2).
    Ground violation_undated(const rule::Rule&, const Instance&);
    // Where a path of the bindings leads to nothing: a gap, unless `where` fails or an exception
    // holds of what is bound.
    Status judge_unbound(const rule::Rule&, const Instance&);
    void set_lookup(const FindingLookup* lookup) { lookup_ = lookup; }
    // What `among:` of rules compares with, gathered over the data set; must outlive the evaluator.
    void set_groups(const GroupSource* groups) { groups_ = groups; }
    // Where an instance belongs (by each of rival values), and its amount. Nothing: to no group.
    struct Belonging {
        std::vector<std::string> keys;
        Amount amount;
        bool sure = true;
    };
    std::optional<Belonging> belonging(const rule::Rule&, const Instance&);
    // Notes how each condition comes out from now on; nobody: null.
    using Watcher = std::function<void(const rule::Term&, const std::string& outcome)>;
    void set_watcher(const Watcher* watcher) { watcher_ = watcher; }

    // Where a point stands, on the days that are left for it.
    [[nodiscard]] time::Placed place(time::PointId p) { return place(PointTerm{p, 0}); }
    [[nodiscard]] std::string title(model::RecordId, int side);
    // The titles that were asked for so far, by the places of their texts; an invalid one: of a
    // record that has none.
    [[nodiscard]] const std::vector<text::Span>& titles_said() const { return titles_said_; }
    [[nodiscard]] std::vector<model::RecordId> bound(const rule::Binding&, const Instance&, Reads&,
                                                     bool* gap, bool* open);

private:
    struct Located {
        model::RecordId record;
        std::uint32_t field = UINT32_MAX;  // none: the record itself
        int side = 0;
        bool weak = false;  // only a weak source leads there: for nothing certain
    };
    struct Walk {
        std::vector<Located> ends;
        bool gap = false;  // a reference on the way isn't stated
        bool list = false;
        bool open = false;   // of a list: more may be so
        bool rival = false;  // several because sources differ
    };
    struct PointTerm {
        std::optional<time::PointId> point;
        std::int64_t offset = 0;   // days
        std::int64_t seconds = 0;  // beside them; 0: days are counted as days
    };
    struct Operand {
        Ground guard;           // yes unless a define's case, or a stretch of days
        std::size_t rival = 0;  // of those that are rivals; alternatives of one share it
        bool gap = false;
        bool unknown = false;  // there, and on no day that could be told
        bool ranged =
            false;       // one end of a range of days: right for what only comes before or after
        int beyond = 0;  // that end is open: later (1) or earlier (-1) than any day
        PointTerm first;
        PointTerm last;
    };
    struct Scalar {
        Ground guard;
        std::size_t rival = 0;  // as of an operand
        bool gap = false;
        bool unknown = false;  // not told, or doubtful
        bool weak = false;  // unknown only because weak sources alone say it: what they say is here
        double low = 0;     // of a duration: seconds
        double high = 0;
        std::int64_t months = 0;  // of a duration, beside its seconds
        bool by_clock = false;    // of a duration with hours
        std::string text;
        model::RecordId record;

        [[nodiscard]] Amount amount() const { return {months, low, high, by_clock}; }
        void set(const Amount& a) {
            months = a.months;
            low = a.low;
            high = a.high;
            by_clock = a.by_clock;
        }
    };
    // A policy on a day, as one alternative for each of its values that the day leaves open.
    struct OnDay {
        Ground guard;
        std::size_t rival = 0;
        bool gap = false;      // a day outside of all its dates, or nobody says which day
        bool unknown = false;  // there, and on no day that could be told
        model::PolicyValue value;
    };
    struct Context {
        const Instance* instance;
        std::vector<model::RecordId> records;
        std::vector<int> sides;
        Reads* reads;
        bool asserted_only = false;   // `where` and `unless`: what nobody lists is no fact
        bool with_proposed = false;   // what is only proposed stands in for what nobody states
        bool on_weak = false;         // a path of this condition was led by a weak source alone
        bool open_both_ways = false;  // what is doubtful is not believed where it denies, either
        std::vector<int> days;        // variables of the day quantifiers around, outermost first
        std::vector<LiteralTrace>* trace = nullptr;
    };

    bool spend(std::int64_t steps);
    [[nodiscard]] bool spent() const { return steps_ != nullptr && *steps_ < 0; }
    time::Fit counted(time::Solver&, const time::Formula&);
    const re2::RE2& pattern(const rule::Term&);
    Ground ground(const rule::Term&, Context&, bool negated);
    Ground literal(const rule::Term&, Context&, bool negated);
    Ground quantified(const rule::Term&, Context&, bool negated);
    Ground scope_of(const rule::Rule&, Context&);
    Ground some_day(const rule::Term&, Context&, bool negated);
    // Does the item's time hold the day?
    Ground lasts_over(const Located& item, const rule::Term& day, Context&);
    Operand moment(const Located&, Context&, int part = -1);
    // A relation with a point that nobody dates: what the network says, or a gap.
    Ground unless_undated(Ground, const std::vector<const PointTerm*>&, Context&);
    std::string outcome(const Ground&);  // of a literal, for `explain`
    void watch(const rule::Term&, const Ground&, bool negated);
    Ground relation(const rule::Term&, Context&, bool negated);
    Ground relate(const rule::Term&, const Operand&, const Operand&, Context&, bool negated);
    Ground flips(const rule::Term&, Context&);
    Ground compare(const rule::Term&, Context&, bool negated);
    Ground agrees(const rule::Term&, Context&, bool negated);
    time::Placed place(const PointTerm&);
    std::vector<Operand> operands(const rule::Term&, Context&);
    // A day that is no fixed distance from another, as one alternative for each stretch of days.
    using DayOf = std::function<std::optional<time::Day>(time::Day)>;
    void add_days_later(const Operand&, const DayOf&, std::vector<Operand>& out);
    // So long a term: counted in working days, or an amount.
    struct Length {
        Ground guard;
        std::size_t rival = 0;
        bool gap = false;
        bool unknown = false;
        std::optional<std::int64_t> working_days;
        Amount amount;
    };
    DayOf deadline(const Length&);
    void add_length(const Operand&, const Length&, int sign, std::vector<Operand>& out);
    std::vector<Length> lengths(const rule::Term&, Context&);
    std::optional<GroupTotals> group_of(const rule::Term& peers, Context&);
    std::optional<std::vector<std::string>> keys_of(const std::vector<const rule::Term*>& alike,
                                                    Context&);
    static void multiply(Scalar&, double low, double high);
    static Scalar one_of(std::vector<Scalar> rivals);
    std::vector<Scalar> total(const rule::Term&, Context&);
    std::vector<Scalar> travel(const rule::Term&, Context&);
    // A term: written, of a policy, of a policy on a day, or by cases.
    std::vector<OnDay> terms(const rule::Term&, Context&);
    std::vector<OnDay> on_day(const rule::Term&, Context&);
    int convention(std::size_t);
    std::vector<Scalar> scalars(const rule::Term&, Context&);
    Scalar age(const Operand& birth, const Operand& on);
    // Of a define's cases: that it is the first that holds; at the end, that none does.
    std::vector<Ground> case_guards(const rule::Term&, Context&);
    Walk walk(const rule::Term&, Context&);
    std::string say_time(const Located&, int part);
    std::string say_texts(const Located&);
    const std::vector<model::AssertionId>& held(const Located&, Context&);
    void keep_one_each(std::vector<Located>&) const;
    struct Texts {
        std::set<std::string> texts;
        std::set<std::string> perhaps;  // that only a weak source lists
        bool open = false;
    };
    std::vector<Texts> texts_of(const rule::Term&, Context&, bool* gap);
    // `gap`: whose list it is, is not stated.
    std::vector<Located> list_items(const rule::Term&, Context&, bool* open, bool* gap);
    time::Window stated(const rule::Term&, Context&, bool* gap);
    // What a relative value hangs on, as far as this view does not date it.
    [[nodiscard]] std::vector<model::PointRef> undated_anchors(const model::Assertion&,
                                                               int side) const;
    std::string describe_values(const rule::Term&, Context&);
    void note_gap(const Located&, Context&);
    bool weak(const model::Assertion&) const;
    bool weak(model::RecordId source) const;  // invalid: no source, and not weak
    // What rests on a weak source alone: it makes nothing certain, and leaves in peace what it
    // satisfies (semantics 4.3).
    static Ground doubted(Ground, const rule::Term&, const Context&);
    [[nodiscard]] std::string list_name(const rule::Term&) const;
    [[nodiscard]] Context context(const Instance&, Reads&);
    time::DistanceBounds distance(const rule::Term& a, const rule::Term& b, Context&);
    Ground exception(const rule::Exception&, Context&, std::string* state);
    // Would the instance violate the rule if it had no exceptions?
    bool needs_excuse(const rule::Rule&, const Instance&);
    const std::vector<model::AssertionId>& proposed(const Located&);
    bool prune(const rule::Rule&, const Instance&, std::size_t bound_count);
    void enumerate(const rule::Rule&, std::size_t at, Instance&, std::vector<Instance>&,
                   std::int64_t& budget);

    const Timeline& timeline_;
    const model::Case& case_;
    const model::Vocabulary& vocabulary_;
    const std::map<std::string, double, std::less<>>& policies_;
    const FindingLookup* lookup_;
    const GroupSource* groups_ = nullptr;
    const Watcher* watcher_ = nullptr;
    time::Enabled firm_enabled_;
    time::Enabled full_enabled_;
    time::Solver full_;
    std::optional<time::Solver> doubted_;  // without the doubtful statements, if there are any
    time::Solver& firm_;                   // that, or `full_`
    bool left_alone_;                      // see Timeline
    bool undated_open_ = false;            // undated points are left to the network
    std::size_t undecided_gaps_ = 0;       // undated points of which the network could not tell
    time::Solver* words_ = &full_;
    time::Solver* plus_ = nullptr;
    bool doubt_ = false;
    std::set<std::string> left_out_;
    std::vector<text::Span> titles_said_;
    time::Choices picked_ = time::kAllOpen;
    std::array<bool, time::kConventions> asked_{};  // conventions that nobody chose
    bool restricted_ = false;                       // a view that cannot stand
    std::int64_t* steps_ = nullptr;
    std::map<const rule::Term*, std::unique_ptr<re2::RE2>> patterns_;  // compiled once
    // Per side and slot: values that are only proposed, to this account or to any.
    std::map<std::pair<int, std::uint32_t>, std::vector<model::AssertionId>> proposed_;
    bool anything_proposed_ = false;
};

}  // namespace antinomy::check
