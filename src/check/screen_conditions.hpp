#pragma once
// Conditions of rules on a sketch: how they come out by the windows of single values, and what is
// missing to them. Of this folder alone; the promises are those of screen.hpp.

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "check/screen_program.hpp"

namespace antinomy::check {

// How a condition comes out. `closer`: on some days so, on others not, or beyond a screen. What is
// about time is settled by the network only, in the engine, and so it tells what is missing to the
// other parts of a condition; what is settled without it tells nothing of them (`surely`).
enum class Comes : std::uint8_t { surely_no, no, gap, closer, yes, surely_yes };

inline bool is_no(Comes c) {
    return c == Comes::no || c == Comes::surely_no;
}
inline bool is_yes(Comes c) {
    return c == Comes::yes || c == Comes::surely_yes;
}
inline bool surely(Comes c) {
    return c == Comes::surely_no || c == Comes::surely_yes;
}
inline Comes truth(bool b) {
    return b ? Comes::surely_yes : Comes::surely_no;
}
inline Comes by_days(Comes c) {
    return c == Comes::surely_yes ? Comes::yes : c == Comes::surely_no ? Comes::no : c;
}
inline Comes inverse(Comes c) {
    switch (c) {
        case Comes::surely_no:
            return Comes::surely_yes;
        case Comes::no:
            return Comes::yes;
        case Comes::yes:
            return Comes::no;
        case Comes::surely_yes:
            return Comes::surely_no;
        default:
            return c;
    }
}
// Of a conjunction so far and its next part; likewise of an alternative.
inline Comes both(Comes a, Comes b) {
    if (a == Comes::surely_no || b == Comes::surely_no) return Comes::surely_no;
    if (a == Comes::no || b == Comes::no) return Comes::no;
    if (a == Comes::closer || b == Comes::closer) return Comes::closer;
    if (a == Comes::gap || b == Comes::gap) return Comes::gap;
    return surely(a) && surely(b) ? Comes::surely_yes : Comes::yes;
}
inline Comes either(Comes a, Comes b) {
    return inverse(both(inverse(a), inverse(b)));
}

struct Point {
    std::int64_t low = 0;
    std::int64_t high = 0;
    std::int64_t offset = 0;            // that is in both
    const Sketch::Value* of = nullptr;  // none: a constant, or moved by months
    std::uint32_t part = 0;
    bool free = false;  // not stated
    std::uint32_t record = Sketch::kNone;
    std::uint32_t field = 0;

    [[nodiscard]] bool same(const Point& o) const {
        return of != nullptr && of == o.of && part == o.part;
    }
};

struct Moment {
    bool gap = false;
    bool closer = false;
    bool untold = false;   // it is stated, and on no day that could be told
    bool by_days = false;  // as of a number; of days all is settled by days
    Point first;
    Point last;
    [[nodiscard]] bool single() const {
        return first.same(last) || (first.of == nullptr && last.of == nullptr &&
                                    first.low == last.low && first.high == last.high);
    }
};

struct Number {
    bool gap = false;
    bool closer = false;
    bool untold = false;   // as of a moment
    bool by_days = false;  // which of several cases it is of, only days say
    double low = 0;
    double high = 0;
    std::int64_t months = 0;
    bool by_clock = false;
    std::string_view text{};
    std::uint32_t record = Sketch::kNone;

    [[nodiscard]] Amount amount() const { return {months, low, high, by_clock}; }
};

inline Number missing() {
    Number n;
    n.gap = true;
    return n;
}
inline Number beyond() {
    Number n;
    n.closer = true;
    return n;
}
inline Number plain(double low, double high) {
    Number n;
    n.low = low;
    n.high = high;
    return n;
}

inline std::int64_t moved(std::int64_t day, std::int64_t by) {
    return day <= -Sketch::kOpen || day >= Sketch::kOpen ? day : day + by;
}

// One sketch under one program. Bindings are set by who asks.
class ScreenConditions {
public:
    ScreenConditions(const ScreenProgram& p, Sketch& s, Screen::Tally& t)
        : p_(p), s_(s), tally_(t), bindings_(t.bindings) {}

    // Do the dates fit together? Draws their windows in. No: not so, or not told.
    bool stand();
    // A condition, or its denial.
    Comes condition(const ScreenNode&, bool negated);
    // As `condition`, where a "no" settles all that is asked.
    Comes part_of_whole(const ScreenNode& n, bool negated) {
        whole_ = true;
        const auto out = condition(n, negated);
        whole_ = false;
        return out;
    }
    // As `condition`, where what nobody lists is no fact (`where`, `unless`).
    Comes asserted(const ScreenNode& n) {
        asserted_ = true;
        const auto out = condition(n, false);
        asserted_ = false;
        return out;
    }

    // Does one of the ways hold, whatever the days are? False does not say that it does not.
    bool plainly(const ScreenWays& ways) {
        for (const auto& way : ways)
            if (plainly(way)) return true;
        return false;
    }
    // Likewise: do all of them?
    bool plainly(const std::vector<ScreenPlain>& all) {
        for (const auto& p : all)
            if (!plainly(p)) return false;
        return true;
    }

    // The record at the end of references, each of which is stated; Sketch::kNone: one is not.
    std::uint32_t reached(int binding, const std::vector<ScreenNode::Step>& steps) {
        auto at = bindings_.data()[binding];
        for (const auto& step : steps) {
            if (at == Sketch::kNone) return at;
            const auto& v = value(at, step.slot);
            at = v.there ? v.record : Sketch::kNone;
        }
        return at;
    }
    // Is there a value, or where no slot is given a record?
    bool reaches(int binding, const std::vector<ScreenNode::Step>& steps, std::uint32_t slot) {
        const auto at = reached(binding, steps);
        return at != Sketch::kNone && (slot == Sketch::kNone || value(at, slot).there);
    }
    // Along references that are no lists: the record there; nothing, if one is not stated (a gap,
    // noted) or is a list.
    std::optional<std::uint32_t> straight(const ScreenNode&, bool& gap);
    // All records that a path leads to. False: look closer.
    bool walk(const ScreenNode&, std::vector<std::uint32_t>& out, bool& open, bool& gap);

    // Among what is missing: something was not looked at closely enough to tell.
    static constexpr std::uint64_t kWhoKnows = UINT64_MAX;
    // The record of what is missing.
    static std::uint32_t record_of(std::uint64_t missing) {
        return static_cast<std::uint32_t>(missing >> 34);
    }
    void note(std::uint32_t record, std::uint32_t field, std::uint32_t part = 0) {
        tally_.missing.push_back(key(record, field, part));
    }
    // What was noted as missing since.
    void forget(std::size_t size) {
        if (tally_.missing.size() != size) tally_.missing.resize(size);
    }
    // Was a day among what was missing that `always:` ties to others? Asked once.
    bool was_free() { return std::exchange(free_, false); }
    bool spend() { return --steps_ >= 0; }
    [[nodiscard]] Sketch::Value& value(std::uint32_t record, std::uint32_t slot) {
        return s_.values.data()[s_.records.data()[record].first + slot];
    }

private:
    struct Link {
        Sketch::Value* from;
        std::uint32_t from_part;
        Sketch::Value* to;
        std::uint32_t to_part;
        std::int64_t least;
    };
    static std::uint64_t key(std::uint32_t record, std::uint32_t field, std::uint32_t part) {
        return (std::uint64_t{record} << 34) | (std::uint64_t{field} << 2) | part;
    }
    // Where a date of a record stands: itself, or what stands in for it.
    std::pair<Sketch::Value*, std::uint32_t> effective(std::uint32_t record, const ScreenDate& d,
                                                       std::uint32_t* field = nullptr) {
        auto* own = &value(record, d.slot);
        if (field != nullptr) *field = d.field;
        if (own->there || d.other_slot == Sketch::kNone) return {own, d.part};
        return in_its_place(record, d, field);
    }
    std::pair<Sketch::Value*, std::uint32_t> in_its_place(std::uint32_t record, const ScreenDate&,
                                                          std::uint32_t* field);
    void link(Sketch::Value& a, std::uint32_t pa, Sketch::Value& b, std::uint32_t pb,
              std::int64_t least);

    bool items_of(const ScreenNode&, std::vector<std::uint32_t>& out, bool& open, bool& gap);
    Comes ask(const ScreenNode&, bool negated);
    Comes quantified(const ScreenNode&, bool negated);
    Comes known(const ScreenNode&);
    Comes in(const ScreenNode&, bool negated);
    Comes compare(const ScreenNode&);
    Comes relation(const ScreenNode&);
    Comes flips(const ScreenNode&);
    bool on_some_days(const ScreenNode&, bool all);
    bool on_some_days(const ScreenNode&);

    Number number(const ScreenNode&);
    Number of_path(const ScreenNode&);
    template <class Value, class Of>
    Value of_cases(const ScreenNode&, const Value& none, const Value& closer, const Of&);
    Number count(const ScreenNode& list);
    Number total(const ScreenNode&);
    Number age(const ScreenNode&);
    Number length(const ScreenNode&);

    [[nodiscard]] std::pair<std::int64_t, std::int64_t> months_later(std::int64_t low,
                                                                     std::int64_t high,
                                                                     std::int64_t months) const;
    // The value there; null: it is not stated.
    const Sketch::Value* stated(int binding, const std::vector<ScreenNode::Step>& steps,
                                std::uint32_t slot) {
        const auto at = reached(binding, steps);
        if (at == Sketch::kNone) return nullptr;
        const auto& v = value(at, slot);
        return v.there ? &v : nullptr;
    }
    bool plainly(const ScreenPlain&);
    // The earliest or latest day of a side whose own date is that. False: look closer.
    bool shifted(const ScreenPlain::Side&, const Sketch::Value&, bool latest, std::int64_t& day);
    Point point(std::uint32_t record, const ScreenDate&, bool& gap);
    Moment moment(const ScreenNode&);
    Moment later(const ScreenNode&);
    Comes at_least(const Point& x, const Point& y, std::int64_t n);
    Comes relate(const ScreenNode&, const Moment& a, const Moment& b);

    static constexpr std::int64_t kSteps = 100'000;

    const ScreenProgram& p_;
    Sketch& s_;
    Screen::Tally& tally_;
    std::vector<std::uint32_t>& bindings_;
    std::vector<Link> links_;
    bool asserted_ = false;
    bool whole_ = false;
    bool free_ = false;
    int free_leaves_ = 0;
    std::int64_t steps_ = kSteps;
};

}  // namespace antinomy::check
