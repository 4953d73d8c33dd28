#pragma once
// The network of one view, or of two views joined (`between`): its points, and which statement of
// the case each constraint comes from. Semantics.md 3.1 and 6.2.
//
// In a join a point is doubled if the two views hold different values for it (or for what it is
// relative to).

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/view.hpp"
#include "time/expression.hpp"
#include "time/network.hpp"
#include "time/zone.hpp"

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

struct PlacedMoment;

// Does anybody mark a source so (`reliability`)? Each of the words will do; no source: no.
[[nodiscard]] bool is_marked(const model::Case&, const model::Vocabulary&, model::RecordId source,
                             std::initializer_list<std::string_view> words);
// Is it of low reliability, so that nothing is certain on it alone?
[[nodiscard]] inline bool is_weak(const model::Case& c, const model::Vocabulary& vocabulary,
                                  model::RecordId source) {
    return is_marked(c, vocabulary, source, {"low"});
}

class Timeline {
public:
    Timeline(const model::Vocabulary&, const model::Case&, std::vector<model::View>,
             const model::Selection&, bool double_all = false,
             const time::Choices* choices = nullptr);

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
    [[nodiscard]] bool dates(int side, const model::PointRef& ref) const {
        const auto p = point(side, ref.record, ref.first, ref.first_part);
        return p && dated(*p);
    }
    // Conventions that are chosen, by policy or for this way of counting.
    [[nodiscard]] const time::Choices& choices() const { return choices_; }
    // Days by which what is only about a day may lie off it.
    [[nodiscard]] int slack() const { return conventions_.approximate_slack; }
    // The days that a value can mean, as days of another value's zone.
    [[nodiscard]] time::DaySet days_beside(int side, const model::Assertion&, int other,
                                           const model::Assertion&) const;
    // Can two clock times be one instant, each in its zone? Nothing: not both are clock times.
    [[nodiscard]] std::optional<bool> one_instant(int side, const model::Assertion&, int other,
                                                  const model::Assertion&) const;
    // Its zone and clock time (zones.hpp).
    [[nodiscard]] const time::Placed& place(time::PointId p) const { return placed_[p.value]; }
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
    // Does some of rival values stand alone in `firm`, another being left out of it? What follows
    // from `firm` is then certain only if it follows from `full` too.
    [[nodiscard]] bool left_alone(const time::Enabled& firm, const time::Enabled& full) const;
    [[nodiscard]] bool has_doubt() const;
    // `?`, or a source marked as weak: nothing is certain on it alone.
    [[nodiscard]] bool doubtful(const model::Assertion&) const;
    // Is it a source of low reliability?
    [[nodiscard]] bool weak(model::RecordId source) const;
    // Undisputed: by nobody in particular.
    [[nodiscard]] bool undisputed(time::StatementId) const;

    // The days a value can mean, its anchor dated as in this network.
    // `exact` (if given): false where it was too much work, and they may be fewer.
    [[nodiscard]] time::DaySet days_of(int side, const model::Assertion&,
                                       bool* exact = nullptr) const;

private:
    void find_weak_sources();
    void build();
    time::PointId make_point(int side, model::RecordId, std::uint32_t field, std::uint32_t part);
    time::PointId helper_point(std::string name);  // of no record
    void keep_up();                                // with points that were added to the network
    PlacedMoment moment(int side, const model::PointRef&);
    void add_slot(int side, model::RecordId, std::uint32_t field);
    // Is all that a value is relative to there, in this view? Else it is a gap (semantics 2.1).
    [[nodiscard]] bool says_something(int side, const model::Assertion&) const;
    // The point has this value; as arms of a choice.
    void state(int side, time::PointId, const model::Assertion&, time::StatementId);
    std::vector<time::Arm> arms(int side, time::PointId, const model::Assertion&,
                                time::StatementId);
    // What the names in a value stand for, in this view.
    time::AnchorOf anchors(int side, const model::Assertion&, time::StatementId);
    time::StatementId statement(Origin, time::Statement);
    // zones.cpp: the zone that a value stands in, by an index into the case's.
    struct Standing {
        std::uint32_t zone = 0;
        bool assumed = true;
        std::uint32_t who = UINT32_MAX;  // the value that says so
    };
    [[nodiscard]] Standing standing_of(int side, const model::Assertion&, std::uint32_t part) const;
    [[nodiscard]] time::Placed placed(Standing, time::Window days) const;
    // A point stands in the zone of its first value.
    [[nodiscard]] time::Placed place_of(const PointOf&) const;
    // How many days a value may lie off in the zone that its point stands in.
    [[nodiscard]] time::Shift into_zone_of(time::PointId, const model::Assertion&) const;
    std::uint64_t key(int side, model::RecordId, std::uint32_t field, std::uint32_t part) const;

    const model::Vocabulary& vocabulary_;
    const model::Case& case_;
    std::vector<model::View> views_;
    model::Selection selection_;
    bool double_all_;
    time::Choices choices_;
    time::Conventions conventions_;
    time::Network network_;
    std::vector<Origin> origins_;
    std::unordered_map<std::uint64_t, time::PointId> points_;
    std::vector<bool> dated_;
    std::vector<time::Placed> placed_;
    std::vector<PointOf> made_for_;
    std::vector<model::RecordId> weak_;  // sources of low reliability, in order
};

}  // namespace antinomy::check
