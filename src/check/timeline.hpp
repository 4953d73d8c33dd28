#pragma once
// The network of one view, or of two views joined (`between`): its points, and which statement of
// the case each constraint comes from. Semantics.md 3.1 and 6.2.
//
// In a join a point is doubled if the two views hold different values for it (or for what it is
// relative to).

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "model/view.hpp"
#include "time/expression.hpp"
#include "time/network.hpp"

namespace antinomy::check {

// Where a statement of the network stands.
struct Origin {
    enum class Kind { value, order, always, rule, scratch } kind = Kind::value;
    model::AssertionId assertion;  // value
    std::size_t order = 0;         // order: index into Case::orders
    model::RecordId record;        // always
    std::size_t always_line = 0;   // always: of the record's type
    std::string rule;              // rule: id
    std::string text;              // rule: what it requires
    text::Span span;               // rule
};

class Timeline {
public:
    Timeline(const model::Vocabulary&, const model::Case&, std::vector<model::View>,
             const model::Selection&, bool double_all = false);

    [[nodiscard]] const model::Case& file() const { return case_; }
    [[nodiscard]] const model::Vocabulary& vocabulary() const { return vocabulary_; }
    [[nodiscard]] const std::vector<model::View>& views() const { return views_; }
    [[nodiscard]] const model::View& view(int side) const {
        return views_[side > 0 && views_.size() > 1 ? 1u : 0u];
    }
    [[nodiscard]] const model::Selection& selection() const { return selection_; }
    [[nodiscard]] const time::Network& network() const { return network_; }
    [[nodiscard]] time::Network& network() { return network_; }
    [[nodiscard]] const std::vector<Origin>& origins() const { return origins_; }
    time::StatementId add_rule(std::string rule, std::string text, text::Span span);

    // The point of a date field (part 1: a period's end); none where nothing is known of it at all.
    [[nodiscard]] std::optional<time::PointId> point(int side, model::RecordId, std::uint32_t field,
                                                     std::uint32_t part = 0) const;
    // Does somebody date it (an absolute or relative value), beyond order lines?
    [[nodiscard]] bool dated(time::PointId p) const { return dated_[p.value]; }
    // Seconds since 1970-01-01T00:00Z of a point with one clock time.
    [[nodiscard]] std::optional<std::int64_t> instant(time::PointId p) const {
        return instants_[p.value];
    }
    // The record and field a point was made for.
    struct PointOf {
        model::RecordId record;
        std::uint32_t field = 0;
        std::uint32_t part = 0;
        int side = 0;
    };
    [[nodiscard]] const PointOf& made_for(time::PointId p) const { return made_for_[p.value]; }
    [[nodiscard]] std::string path(time::PointId) const;
    // Of two views joined: do both hold the same of the field, so that it has one point?
    [[nodiscard]] bool shared(model::RecordId, std::uint32_t field) const;
    // The field that stands in for a missing one ("end: else start"), or the field itself.
    [[nodiscard]] std::uint32_t effective_field(int side, model::RecordId,
                                                std::uint32_t field) const;

    // All statements; those without doubt.
    [[nodiscard]] time::Enabled all() const {
        return time::Enabled(network_.statement_count(), true);
    }
    [[nodiscard]] time::Enabled undoubted() const;
    [[nodiscard]] bool has_doubt() const;
    // `?`, or a source marked as weak: nothing is certain on it alone.
    [[nodiscard]] bool doubtful(const model::Assertion&) const;
    // Undisputed: by nobody in particular.
    [[nodiscard]] bool undisputed(time::StatementId) const;

    // The days a value can mean, its anchor dated as in this network.
    [[nodiscard]] time::DaySet days_of(int side, const model::Assertion&) const;

private:
    void build();
    time::PointId make_point(int side, model::RecordId, std::uint32_t field, std::uint32_t part);
    time::PointId helper_point(std::string name);  // of no record
    void keep_up();                                // with points that were added to the network
    void add_slot(int side, model::RecordId, std::uint32_t field);
    // Is all that a value is relative to there, in this view? Else it is a gap (semantics 2.1).
    [[nodiscard]] bool says_something(int side, const model::Assertion&) const;
    // The point has this value; as arms of a choice.
    void state(int side, time::PointId, const model::Assertion&, time::StatementId);
    std::vector<time::Arm> arms(int side, time::PointId, const model::Assertion&,
                                time::StatementId);
    // What the names in a value stand for, in this view.
    time::AnchorOf anchors(int side);
    time::StatementId statement(Origin, time::Statement);
    std::uint64_t key(int side, model::RecordId, std::uint32_t field, std::uint32_t part) const;

    const model::Vocabulary& vocabulary_;
    const model::Case& case_;
    std::vector<model::View> views_;
    model::Selection selection_;
    bool double_all_;
    time::Network network_;
    std::vector<Origin> origins_;
    std::unordered_map<std::uint64_t, time::PointId> points_;
    std::vector<bool> dated_;
    std::vector<std::optional<std::int64_t>> instants_;
    std::vector<PointOf> made_for_;
};

// The differences that an order relation between two moments (first day, last day each) stands for.
struct Moment {
    time::PointId first;
    time::PointId last;
};
[[nodiscard]] std::vector<time::Difference> order_differences(const grammar::OrderRelation&,
                                                              Moment a, Moment b);

}  // namespace antinomy::check
