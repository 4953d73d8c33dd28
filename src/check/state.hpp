#pragma once
// What one check of one case holds while it runs: views, their contexts, the outcome of every
// instance. Inside of this folder; run.hpp is what others call.

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "check/evaluate.hpp"
#include "check/run.hpp"

namespace antinomy::check {

// One way a view can stand: an answer to every open identity, and (where the view as a whole cannot
// stand) one maximal set of its statements.
struct Context {
    std::unique_ptr<Timeline> timeline;
    model::World world;  // which answer to the open identities
    time::Enabled kept;
    bool restricted = false;  // `kept` leaves something out
    std::unique_ptr<Evaluator> evaluator;
    // F+: the timeline with what fact rules require (semantics 3.2).
    std::unique_ptr<Timeline> plus;
    std::unique_ptr<time::Solver> plus_solver;
    time::Enabled plus_enabled;
    std::vector<std::size_t> certain_facts;  // outcomes of fact rules that are certain here
};

struct Outcome {
    const rule::Rule* rule = nullptr;
    Instance instance;
    std::string key;  // rule and records
    Status status = Status::satisfied;
    std::vector<std::pair<std::size_t, Evaluator::Judged>> judged;  // context and verdict there
    std::size_t decisive = 0;                                       // index into `judged`
    bool unbound = false;
    bool owned = false;     // of `between`: each side owns something that was compared
    bool excepted = false;  // satisfied because an exception holds
    // Wherever it is a finding, its records are those of another finding of the same rule.
    bool told_by_other = false;
    std::vector<Given> given;
    std::string condition;  // certain if this holds
    std::vector<Turn> turns_on;

    [[nodiscard]] std::size_t context() const { return judged[decisive].first; }
    [[nodiscard]] const Evaluator::Judged& verdict() const { return judged[decisive].second; }
    [[nodiscard]] model::RecordId at() const {
        return instance.records[static_cast<std::size_t>(rule->at)];
    }
    [[nodiscard]] bool is_finding() const {
        return status == Status::certain || status == Status::possible;
    }
};

// A way of counting that nobody ruled out, and by which the dates of a view contradict one another
// while they can stand by another way.
struct RefutedWay {
    time::Choices choices;
    std::vector<Context> contexts;
    time::Conflicts conflicts;
};

struct ViewState {
    model::AccountId account;   // invalid: a case without accounts
    model::AccountId other;     // of `between`: the second side
    bool every_source = false;  // all statements beside one another
    std::vector<Context> contexts;
    bool stands = true;
    bool conflict_on_doubt = false;  // only doubtful statements make it impossible
    time::Conflicts conflicts;       // of the first context's timeline, if it doesn't stand
    std::vector<RefutedWay> refuted;
    std::vector<Outcome> outcomes;
    std::map<std::string, std::size_t> by_key;
    std::multimap<model::RecordId, std::size_t> by_record;  // by the record they are about

    void add(Outcome o) {
        by_key[o.key] = outcomes.size();
        by_record.emplace(o.at(), outcomes.size());
        outcomes.push_back(std::move(o));
    }
    // Drops what `wanted` does not want.
    template <class Wanted>
    void keep(Wanted wanted) {
        auto all = std::move(outcomes);
        outcomes.clear();
        by_key.clear();
        by_record.clear();
        for (auto& o : all)
            if (wanted(o)) add(std::move(o));
    }
};

// The views of a case, with the rules judged in them: stratum by stratum, fact before law.
struct Judgement {
    std::vector<ViewState> views;
    std::vector<ViewState> pairs;
    std::vector<Undecided> undecided;
    std::vector<Finding> joint;
    std::int64_t steps = 0;  // that it took
};

// `fails(x)`: the worst error about x in this view, of rules of a lower stratum.
class ViewLookup : public FindingLookup {
public:
    ViewLookup(const ViewState& view, int stratum) : view_(view), stratum_(stratum) {}
    [[nodiscard]] Ground::Kind fails(model::RecordId, const std::string& mode,
                                     std::set<std::string>& keys) const override;

private:
    const ViewState& view_;
    int stratum_;
};

// Which sources count (`--sources`).
[[nodiscard]] model::Selection selection_of(const model::Vocabulary&, const model::Case&,
                                            const Options&);

// Less than everything, for questions that need less. Nothing set: everything.
struct Scope {
    // Judge only these accounts' views, and the pairs in which one of them takes part.
    const std::set<model::AccountId>* accounts = nullptr;
    // Statuses only: whose word an outcome is given, and on what condition, is left out.
    bool statuses = false;
    // Between accounts, keep also what does not rest on something that each side says itself.
    bool unowned = false;
};

[[nodiscard]] Judgement judge_case(const rule::Packs&, const model::Case&, const Options&,
                                   const std::vector<const rule::Rule*>& rules,
                                   const Scope& scope = {});

// What rules with `among:` gather of a case.
void gather_case(const rule::Packs&, const model::Case&, const Options&,
                 const std::vector<const rule::Rule*>& rules, const Gather&);

// ---------------------------------------------------------------- present.cpp

// A finding of an outcome that holds in these views, the proof from the first.
struct Holding {
    ViewState* view;
    const Outcome* outcome;
};
// What is said of it on the account of one view; `values`: the same without whose words they are,
// equal where two views say the same.
struct SaidOf {
    std::string message;
    std::string values;
};
[[nodiscard]] SaidOf said_of(const Holding&);
// What of it: all; what a line tells; that and the dates by which findings are put in order.
enum class Wanted { all, line, ordered };
[[nodiscard]] Finding present(const model::Case&, const rule::Packs&, const std::vector<Holding>&,
                              std::size_t all_views, Wanted wanted = Wanted::all);
[[nodiscard]] Fact fact_of(const Timeline&, time::StatementId, int side, time::Solver*);
[[nodiscard]] Fact fact_of(const Timeline&, const Reading&);
// What the file has beside an assertion that others are not known to have answered.
[[nodiscard]] Others others_of(const model::Case&, const model::Selection&,
                               const model::Assertion&);
// What a finding of this outcome is at: a record, or a field of it; empty if nothing is bound.
[[nodiscard]] std::string place_of(const model::Case&, const model::Vocabulary&, const Outcome&);
[[nodiscard]] std::string account_name(const model::Case&, model::AccountId);
[[nodiscard]] std::string hash16(const std::string&);
// Facts, requirements and steps of a core into a proof; `own` names what the assumption stands for.
void fill_proof(Proof&, const Timeline&, const time::Core&, const std::optional<Requirement>& own,
                time::Solver&);
void add_places(Finding&);
// Whose words about time a certain outcome's proofs take: of dates and of orders, in each way that
// its view can stand. Nobody's: what is undisputed is enough.
[[nodiscard]] std::set<model::AccountId> dated_by(const ViewState&, const Outcome&);

// ---------------------------------------------------------------- standing.cpp

// Where something was found, so that it can be looked at again (Standing, Supposed).
// `on`: the statements that count, if not those that the context keeps.
[[nodiscard]] Standing standing_of(const ViewState&, const Context&,
                                   const time::Enabled* on = nullptr);
// Who holds an assertion, and in which of the ways that their views can stand. No accounts: it is
// nobody's in particular. No timeline: nobody holds it.
struct Holders {
    std::vector<std::string> accounts;
    std::vector<Standing> holds;
    const Timeline* timeline = nullptr;  // of the first
};
[[nodiscard]] Holders holders_of(const model::Case&, const std::vector<ViewState>&,
                                 model::AssertionId);
[[nodiscard]] std::string point_name(const Timeline&, time::PointId);
[[nodiscard]] bool all_named(const Supposed&);
[[nodiscard]] Supposed supposed_of(const Timeline&, const time::Formula&);
// Do the statements of a core count in another context too (`firm`: without doubtful ones)?
[[nodiscard]] bool serves(const time::Core&, const Timeline&, const Context&, bool firm);
// The steps of a core by the names of their points; what goes over points without a name becomes
// one step. `index`: where a statement stands among facts and requirements.
[[nodiscard]] std::vector<Step> steps_of(const Timeline&, const std::vector<time::Step>&,
                                         const std::map<std::uint32_t, std::size_t>& index);
// The statements that tie points to these, and those to others.
[[nodiscard]] time::Enabled statements_near(const Timeline&, const time::Enabled&,
                                            const std::set<std::uint32_t>& points);
// Days of a dating for all points that hang together with these.
[[nodiscard]] std::vector<std::pair<std::string, time::Day>> hanging_together(
    const Timeline&, const time::Enabled&, const std::set<std::uint32_t>& points,
    const std::vector<time::Day>& dating);
[[nodiscard]] std::vector<MadeOf> made_of(const ViewState&, const Outcome&);

void add_rows(Finding&, const Timeline&);
void add_sources_note(Finding&, const model::Case&, const model::Vocabulary&);

// The one value of the field at its `switch_path` that makes an exception so, as written: "no" of
// `e.same_item = no`. Nothing: no value does it alone.
[[nodiscard]] std::optional<std::string> value_asked(const rule::Exception&,
                                                     const ExceptionLooked&);

// ---------------------------------------------------------------- contrary.cpp

// Works out which values that the file has, and a finding does not rest on, would take it away or
// make it less than certain: each is put in the place of what the finding's views hold, and those
// views are judged again. What that does not decide is not told. Not for findings between accounts
// or sources, which are about rival values, nor for rules with `among:`, which read other cases.
class Contraries {
public:
    Contraries(const rule::Packs&, const model::Case&, const Options&,
               const std::vector<const rule::Rule*>&);
    void find(Finding&, const std::vector<Holding>&);
    // What becomes of it if these assertions, of one date, were this day. Nothing: it stands as it
    // does, or that is not decided.
    [[nodiscard]] std::optional<Contrary::Then> on_day(const Finding&, const std::vector<Holding>&,
                                                       const std::vector<model::AssertionId>&,
                                                       time::Day);
    // Of later findings nothing was worked out.
    [[nodiscard]] bool spent() const { return budget_ <= 0; }

private:
    struct Field {
        model::RecordId record;
        std::uint32_t index = 0;
        friend auto operator<=>(const Field&, const Field&) = default;
    };
    struct Candidate;

    [[nodiscard]] std::vector<Field> fields_of(const Finding&, const std::vector<Holding>&) const;
    [[nodiscard]] std::vector<Candidate> candidates(const Field&,
                                                    const std::vector<Holding>&) const;
    [[nodiscard]] std::vector<Candidate> stated_by(model::AccountId, const Finding&,
                                                   const std::vector<Holding>&) const;
    // What becomes of the finding with these values.
    [[nodiscard]] std::optional<Contrary::Then> suppose(const Finding&, const std::vector<Holding>&,
                                                        const std::vector<const Candidate*>&);
    void put(const Candidate&);
    void put_back(const Candidate&);
    void open(model::RecordId);
    [[nodiscard]] std::set<model::AssertionId> held_by(const std::vector<Holding>&,
                                                       const Field&) const;
    void note_who_says(Finding&, const std::vector<Holding>&, std::size_t exception) const;
    // What becomes of it with `scratch_` as it is; `leading`: fields in which other records are
    // supposed.
    [[nodiscard]] std::optional<Contrary::Then> judge_again(const Finding&,
                                                            const std::vector<Holding>&,
                                                            const std::set<Field>& leading);

    const rule::Packs& packs_;
    const model::Case& case_;
    const std::vector<const rule::Rule*>& rules_;
    const Options& options_;
    std::optional<Options> again_;  // those by which an attempt is judged
    model::Selection selection_;
    std::optional<model::Case> scratch_;  // the case, with the values of one attempt
    std::set<model::RecordId> opened_;    // of that attempt
    std::int64_t budget_ = 100'000;       // as of the Resolver
};

// ---------------------------------------------------------------- resolve.cpp

// A date that is known to the day.
void put_on(model::Value&, time::Day);

// Works out what would change findings by judging the changed case again: only the views that a
// change touches, and only the rules that decide (the finding's own, and those whose errors a
// change could bring about). Judging costs as many units as it has outcomes; when the budget of the
// case is spent, later findings get no resolutions and `spent()` says so.
class Resolver {
public:
    // `judged`: the case as it is, by the same rules.
    Resolver(const rule::Packs&, const model::Case&, const Options&,
             const std::vector<const rule::Rule*>&, const Judgement& judged);
    // Of a finding that holds in these views; days are told as `contraries` finds them.
    void resolve(Finding&, const std::vector<Holding>&, Contraries& contraries);
    [[nodiscard]] bool spent() const { return budget_ <= 0; }

private:
    struct Candidate;
    // Keys of what is certain, by view: "defence/", or of a pair "defence/prosecution".
    using Certain = std::map<std::string, std::set<std::string>>;

    [[nodiscard]] static Certain certain_of(const model::Case&, const Judgement&);
    [[nodiscard]] std::vector<Candidate> candidates(const Finding&, const Outcome&) const;
    void tell_days(const Finding&, const std::vector<Holding>&, Contraries&, Candidate&) const;
    bool attempt(Finding&, const Outcome&, const std::vector<const Candidate*>&);
    [[nodiscard]] bool apply(model::Case&, const Candidate&) const;
    void put_back(const std::vector<const Candidate*>&);
    [[nodiscard]] std::set<model::AccountId> touched(const std::vector<const Candidate*>&);
    [[nodiscard]] Certain certain_after(const std::set<model::AccountId>&,
                                        const std::vector<const rule::Rule*>&);

    const rule::Packs& packs_;
    const model::Case& case_;
    Options options_;
    // Rules whose certain findings stand in the way of a change, and what these read.
    std::vector<const rule::Rule*> errors_;
    Certain before_;                               // of the case as it is
    std::vector<std::vector<model::View>> views_;  // of the case as it is, by account and world
    std::map<std::string, Certain> after_;         // of `errors_`, by the changes made
    std::optional<model::Case> scratch_;           // the case, with the changes of one attempt
    std::int64_t budget_ = 100'000;
};

// ---------------------------------------------------------------- builtin.cpp

// A rival value that no dating of the rest can keep, and why.
struct RefutedValue {
    model::AssertionId assertion;
    time::Core core;
};
[[nodiscard]] std::vector<RefutedValue> refuted_values(const Context&);
// What a conflict of a refuted way of counting turns on; nothing: it is one by every way.
[[nodiscard]] std::vector<Turn> turns_of(const model::Case&, const ViewState&, const RefutedWay&,
                                         const std::vector<time::StatementId>& conflict);
// Is it a conflict of a way that comes earlier in the view's list, too?
[[nodiscard]] bool told_by_earlier_way(const ViewState&, const RefutedWay&,
                                       const std::vector<time::StatementId>& conflict);
void add_contradictions(const rule::Packs&, const model::Case&, const Options&, Judgement&,
                        std::vector<Finding>&, Resolver&, Contraries&);
void add_every_account(const rule::Packs&, const model::Case&, Judgement&, std::vector<Finding>&);
void add_inferred(const model::Case&, Judgement&, std::vector<Inferred>&);

// ---------------------------------------------------------------- quotes.cpp

void add_quote_differences(const rule::Packs&, const model::Case&, const Judgement&,
                           std::vector<Finding>&);

// ---------------------------------------------------------------- uncovered.cpp

void add_uncovered(const model::Case&, Judgement&, std::vector<Finding>&);

// ---------------------------------------------------------------- resolve.cpp

void add_turning_points(Finding&, ViewState&, const Outcome&);

}  // namespace antinomy::check
