#pragma once
// Reads the files of a case into the model. Only for the files of this folder whose names say what
// they read (README.md); others call `build_case`.

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/case.hpp"

namespace antinomy::model {

// by, source, speaker, quote, state: of a whole record or of one assertion.
struct Meta {
    AccountId by;
    RecordId source;
    RecordId speaker;
    State state = State::plain;
    std::string quote;
};

[[nodiscard]] inline bool listed(const std::vector<std::string>& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}
// ", found a list": the end of a message.
[[nodiscard]] inline std::string found(const text::Node& n) {
    return ", found " + std::string(kind_word(n));
}
// Digits, perhaps with a minus: no leading zeros.
[[nodiscard]] std::optional<std::int64_t> whole_number(std::string_view s);
// " in `2014-13`", for messages; nothing of what is empty or long.
[[nodiscard]] std::string in_text(std::string_view written);
[[nodiscard]] std::optional<bool> truth(std::string_view s);  // yes, true, no, false
[[nodiscard]] const std::vector<std::string>& meta_keys();

// Separate stretches of days in all dates of a case. Every account's timeline holds them: 64 MB.
inline constexpr std::int64_t kWindowsOfCase = 4'000'000;

class Builder {
public:
    Builder(const Vocabulary& vocabulary, text::Diagnostics& diagnostics)
        : vocabulary_(vocabulary), diagnostics_(diagnostics) {}

    Case build(const std::vector<Part>& parts,
               const std::map<std::string, double, std::less<>>& default_policies,
               const Policies& default_terms);

private:
    using Node = text::Node;
    using Span = text::Span;

    // builder.cpp: The order in which a case is read, and what can be checked only when all of it
    // is.
    double policy(std::string_view name, double otherwise) const;
    text::Diagnostic& error(Span at, std::string code, std::string message, std::string help);
    void unknown_key(const Node& key, std::string_view what, const std::vector<std::string>& known);
    // A key of whole cases in the example of a rule.
    void misplaced_in_example(const Node& key);
    // Text of a scalar; an error and nothing otherwise.
    std::optional<std::string> scalar(const Node& n, std::string_view what);
    std::vector<const Node*> scalars(const Node& n, std::string_view what);
    // Anchors of relative values: known now that all records are. False: an error was reported.
    // `before`: bytes of the parsed text that stand before the node's.
    bool check_anchor(const grammar::Anchor& anchor, Span whole, const Node* node,
                      std::uint32_t before);
    bool check_time(const grammar::TimeExpression&, Span whole, const Node* node,
                    std::uint32_t before = 0);
    void check_anchors();
    // An end that certainly lies before its start within one account is an error of the file
    // (time.md, 9).
    void check_inside_records();

    // head.cpp: `case:` and `accounts:`.
    void read_case_block(const Part& part);
    void read_policies(const Node& node);
    void read_accounts(const Node& root);
    void link_adoption();
    AccountId account(const Node& node);

    // records.cpp: Records and their assertions: who says what of which field.
    void collect_records(const Node& root, bool embedded);
    RecordId add_record(TypeId type_id, const std::string& prefix, RecordId parent,
                        const text::Entry& entry, int depth);
    // by, source, speaker, quote, state of a mapping.
    void read_meta(const Node& node, Meta& meta);
    RecordId reference_to(std::string_view type_name, const Node& node);
    RecordId reference(TypeId type, const Node& node);
    std::vector<std::string> named_alike(TypeId type, const std::string& id) const;
    std::string short_name(const Record& r) const;
    void fill_record(RecordId id, const Node& node);
    void read_record_meta(const Node& node, const Type& type, Meta& meta);
    void fill_field(RecordId id, std::uint32_t index, const Node& key, const Node& node,
                    const Meta& record_meta);
    void fill_assertion(RecordId id, std::uint32_t index, const Field& field, const Node& node,
                        const Meta& record_meta);
    void push(Assertion a, const Node* node);
    std::string path_of(const Assertion& a) const;

    // values.cpp: Values, typed by the vocabulary.
    bool read_value(const Field& field, const Node& node, Value& value,
                    time::Calendar calendar = time::Calendar::gregorian);
    bool too_many_windows(const Node& node, const Value& value);
    bool wrong(const Field& field, const Node& node, std::string help);
    bool read_list(const Field& field, const Node& node, Value& value);
    bool read_time(const Field& field, const Node& node, Value& value, time::Calendar calendar);
    // A date that has not come: `pending` and `as_of` of an assertion.
    bool read_pending(const Field& field, const Node& assertion, Value& value,
                      time::Calendar calendar);

    // places.cpp: Zones and clock times of stated dates.
    void read_zone_of_case(const Node& node);
    std::uint32_t zone_index(time::Zone zone);
    [[nodiscard]] time::Placed placed(const Place&, time::Window days) const;
    // `zone`: the value's `zone:`, or nothing.
    bool read_places(const Field& field, const Node* zone, Value& value);

    // lines.cpp: `order:`, `identity:`, `expect:`, `suppress:`.
    void read_lines(const Node& root);   // order, identity
    void read_wishes(const Node& root);  // expect, suppress: they name places of the whole case
    void read_orders(const Node& node);
    void read_identities(const Node& node);
    // `at` of an expectation or suppression: the text, or nothing and an error.
    std::string place_of(const Node& node);
    void read_expectations(const Node& node);
    std::optional<Expectation> read_expectation(const Node& item);
    void read_suppressions(const Node& node);
    // Of a suppression; nothing and an error.
    std::optional<time::Day> last_day(const Node& node);

    const Vocabulary& vocabulary_;
    text::Diagnostics& diagnostics_;
    bool named_calendar_ = false;  // `working_days:` is there, right or wrong
    Case case_;
    std::vector<std::pair<std::string, const Node*>> adoptions_;
    std::vector<std::pair<RecordId, const Node*>> pending_;
    std::vector<Assertion> nested_;
    std::map<std::uint32_t, const Node*> value_nodes_;  // by assertion: where it was read
    bool has_by_ = false;
    std::int64_t windows_left_ = kWindowsOfCase;
};

}  // namespace antinomy::model
