#pragma once
// A case as its files state it: records typed by the vocabulary, each field holding assertions
// (value, account, source, speaker, quote, state); order lines; identities; what is expected and
// suppressed.
//
// Nothing is judged here. Names are resolved and values typed; what is wrong with the files is in
// the diagnostics, with its place, and a fact that is missing is simply not there. Exactly: docs in
// README.md of this folder; semantics.md 1.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "grammar/ast.hpp"
#include "model/policy.hpp"
#include "model/vocabulary.hpp"
#include "text/document.hpp"
#include "time/conventions.hpp"
#include "time/duration.hpp"
#include "time/stated.hpp"
#include "time/zone.hpp"

namespace antinomy::model {

struct RecordId {
    std::uint32_t value = UINT32_MAX;
    [[nodiscard]] bool valid() const { return value != UINT32_MAX; }
    friend auto operator<=>(RecordId, RecordId) = default;
};
struct AccountId {
    std::uint32_t value = UINT32_MAX;  // invalid: nobody's in particular (plain)
    [[nodiscard]] bool valid() const { return value != UINT32_MAX; }
    friend auto operator<=>(AccountId, AccountId) = default;
};
struct AssertionId {
    std::uint32_t value = UINT32_MAX;
    [[nodiscard]] bool valid() const { return value != UINT32_MAX; }
    friend auto operator<=>(AssertionId, AssertionId) = default;
};

enum class State { plain, unchallenged, conceded, withdrawn, proposed };
[[nodiscard]] std::string_view word(State);  // "" for plain

enum class Role { party, court, other };

struct Account {
    std::string id;
    std::string title;
    Role role = Role::other;
    std::vector<AccountId> adopts;  // direct, in the order given
    text::Span span;
};

// Where a stated day stands: its zone (an index into Case::zones), and its clock time.
struct Place {
    std::uint32_t zone = 0;
    bool assumed = true;        // nobody says: it is taken to be the case's
    std::optional<int> second;  // of the day
};

struct Value {
    std::string written;                          // as in the file; lists: joined by ", "
    std::optional<grammar::TimeExpression> time;  // day and period fields
    // What a date that has not come waits for ("appeal"), of day and period fields. With the day on
    // which it had not come (`as_of`), the value is any day after that one; without, it says of no
    // day that it is not the one, and `time` is empty.
    std::string pending;
    std::uint32_t before_time = 0;  // bytes that the parsed text of `time` has before the file's
    time::StatedDay day;            // of an absolute day field
    bool absolute = false;          // `day` (or `period`) is set
    time::StatedPeriod period;
    Place place;        // of `day`, or where the period starts
    Place place_end;    // where the period ends
    double number = 0;  // integer, number
    time::Duration duration;
    bool boolean = false;
    std::vector<std::string> texts;      // text and word fields: one; lists: any number
    std::vector<RecordId> records;       // reference and nested fields
    std::vector<text::Span> item_spans;  // of the items of a list
};

struct Assertion {
    RecordId record;
    std::uint32_t field = 0;
    Value value;
    AccountId by;
    RecordId source;
    RecordId speaker;
    State state = State::plain;
    bool closed = false;  // a list with nothing left out
    std::string quote;
    bool quote_of_record = false;  // the quote stands at the record, for all that is plain in it
    text::Span span;               // of the value
};

struct Record {
    std::string id;
    std::string path;  // "events.meeting-nov", "norms.tj-cc-307-3.elements.prohibition"
    TypeId type;
    RecordId parent;  // of nested records
    AccountId by;     // exists in this account's view and its adopters'
    RecordId source;
    State state = State::plain;
    text::Span span;  // of its id
    std::uint32_t first_slot = 0;
    std::vector<std::vector<AssertionId>> fields;  // by field of the type
};

// A date field of a record, or the record's moment: the day it begins and the day it ends. `part` 1
// is the end of a period field, 0 everything else.
struct PointRef {
    RecordId record;
    std::uint32_t first = UINT32_MAX;
    std::uint32_t first_part = 0;
    std::uint32_t last = UINT32_MAX;
    std::uint32_t last_part = 0;
};

struct OrderAssertion {
    grammar::OrderLine line;
    std::string text;
    std::vector<PointRef> points;
    AccountId by;
    RecordId source;
    bool doubtful = false;
    text::Span span;
    std::size_t index = 0;  // for its path: "order[3]"
};

enum class Answer { no, yes, unknown };

struct Identity {
    RecordId a;
    RecordId b;
    Answer value = Answer::unknown;
    AccountId by;
    RecordId source;
    text::Span span;
};

struct Expectation {
    std::string rule;
    std::string at;
    std::vector<std::string> accounts;
    bool has_accounts = false;
    std::string verdict;  // certain | possible | none | gap
    std::vector<std::string> sources;
    text::Span span;
};

// A decision that findings are left out of the counts. It is for possible findings, unless it says
// that it is for certain ones too: what is decided of a finding that may be is not decided of one
// that is.
struct Suppression {
    std::string rule;
    std::string at;                     // a place or what is below it; empty: anywhere
    std::vector<std::string> accounts;  // exactly these, sorted
    bool has_accounts = false;
    bool certain = false;     // of certain findings too
    std::string fingerprint;  // or its first digits; empty: any
    std::string reason;
    std::string by;                  // whose decision it is; empty: not said
    std::optional<time::Day> until;  // the last day that it holds
    text::Span span;
};

struct Case {
    std::string id;
    std::string title;
    std::string variant_of;
    std::string file;  // display name of the main file
    text::Span span;   // of the key `case`
    text::Span id_span;
    text::Span variant_span;
    std::string forum;
    std::string timezone;
    std::vector<time::Zone> zones{1};                     // the first is the case's own
    std::vector<std::string> complete;                    // plurals, or "charges.facts"
    std::map<std::string, double, std::less<>> policies;  // numbers and ways of counting
    Policies terms;                                       // those that are terms or have dates
    std::map<std::string, text::Span, std::less<>> policy_spans;
    std::vector<std::pair<std::string, text::Span>> packs;
    time::Conventions conventions;
    time::Choices choices = time::kAllOpen;  // of conventions, by policies

    std::vector<Account> accounts;
    std::vector<Record> records;
    std::vector<Assertion> assertions;
    std::vector<OrderAssertion> orders;
    std::vector<Identity> identities;
    std::vector<Expectation> expectations;
    std::vector<Suppression> suppressions;
    std::uint32_t slot_count = 0;

    [[nodiscard]] const Record& record(RecordId r) const { return records[r.value]; }
    [[nodiscard]] const Assertion& assertion(AssertionId a) const { return assertions[a.value]; }
    [[nodiscard]] AccountId find_account(std::string_view id) const;
    // By "plural.id", "plural.id.field.id", or a bare id (within a type, or anywhere if unique).
    [[nodiscard]] RecordId find(std::string_view path) const;
    [[nodiscard]] RecordId find_in(TypeId, std::string_view id) const;
    [[nodiscard]] bool is_complete(std::string_view list) const;
    // own and adopted accounts, depth first, own first
    [[nodiscard]] std::vector<AccountId> adopted(AccountId) const;

    std::unordered_map<std::string, RecordId> by_path;
    std::unordered_map<std::string, std::vector<RecordId>> by_id;
};

// One parsed file that takes part in a case.
struct Part {
    text::FileId file;
    const text::Node* root = nullptr;
    bool main = false;
    bool embedded = false;  // an example inside a rule pack: its `case:` needs no id
};

// Builds a case of its files (the one with `case:` first). Returns a case even where there were
// errors, of what could be read; whether it may be judged is for the caller
// (`diagnostics.error_count()` before and after).
[[nodiscard]] Case build_case(const Vocabulary&, const std::vector<Part>&, text::Diagnostics&,
                              const std::map<std::string, double, std::less<>>& default_policies,
                              const Policies& default_terms = {});

// Why a name leads nowhere, and which of its parts is to blame.
struct PointProblem {
    std::string code = "unknown-reference";
    std::string why;
    std::string help;
    std::size_t part = 0;
    [[nodiscard]] grammar::Range range(const grammar::PointName&) const;  // of that part
};

// Where a path of the language of time leads: a record's moment, or one of its date fields.
[[nodiscard]] std::optional<PointRef> resolve_point(const Vocabulary&, const Case&,
                                                    const grammar::PointName&, RecordId context,
                                                    PointProblem* problem);

// Is `at` of an expectation or a suppression a place of the case: a record, one of its fields, an
// account, an order line?
[[nodiscard]] bool has_place(const Vocabulary&, const Case&, const std::string& at);
// A help text for one that is not.
[[nodiscard]] std::string near_places(const Case&, const std::string& at);

// Keys of a case file that are not types.
[[nodiscard]] const std::vector<std::string>& reserved_keys();

}  // namespace antinomy::model
