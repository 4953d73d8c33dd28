#include "check/screen_glance.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace antinomy::check {

using model::FieldKind;
using rule::Kind;
using rule::Op;

namespace {

// More ways than that are not looked at one by one.
constexpr std::size_t kWays = 8;

class Glance {
public:
    explicit Glance(const ScreenProgram& p) : p_(p) {}

    [[nodiscard]] ScreenTest test(const ScreenNode& n, std::size_t needs) const {
        auto out = test_of(n);
        out.needs = static_cast<std::uint32_t>(needs);
        if (out.is == ScreenTest::Is::more) {
            out.fails = ways(n, true);
            // What is missing on the way to a value that is not known is of interest.
            const auto* inner = &n;
            while (inner->op == Op::negate) inner = &inner->children[0];
            if (inner->op != Op::known) out.holds = sure_ways(n);
        }
        return out;
    }

    // If a part of `where` does not hold in this way: of which record that is bound last it would.
    [[nodiscard]] static std::optional<ScreenRule::Binding::One> only_one(
        const std::vector<ScreenPlain>& fails, int last) {
        const auto itself = [&](const ScreenPlain::Side& s) {
            return s.binding == last && s.steps.empty();
        };
        const auto before = [&](const ScreenPlain::Side& s) {
            return s.binding < last &&
                   std::all_of(s.shifts.begin(), s.shifts.end(), [&](const auto& shift) {
                       return std::all_of(shift.begin(), shift.end(),
                                          [&](const auto& t) { return t.binding < last; });
                   });
        };
        std::optional<ScreenRule::Binding::One> out;
        std::vector<ScreenPlain> rest;
        for (const auto& p : fails) {
            const auto* const from = p.is != Is::others  ? nullptr
                                     : itself(p.later)   ? &p.earlier
                                     : itself(p.earlier) ? &p.later
                                                         : nullptr;
            if (!out && from != nullptr && from->binding >= 0 && before(*from))
                out.emplace().from = *from;
            else if (before(p.earlier) && before(p.later))
                rest.push_back(p);
            else
                return std::nullopt;
        }
        if (out) out->rest = std::move(rest);
        return out;
    }

    // Ways in which a condition, or its denial, holds on all days. There may be others.
    [[nodiscard]] ScreenWays ways(const ScreenNode& n, bool negated) const {
        if (n.closer) return {};
        switch (n.op) {
            case Op::relation:
                return one(order(n, negated));
            case Op::boolean:
                if ((n.number != 0) == negated) return {};
                return {{}};
            case Op::known:
                return one(known(n.children[0], negated));
            case Op::compare:
                return one(compare(n, negated));
            case Op::negate:
                return ways(n.children[0], !negated);
            case Op::certainly:
            case Op::possibly:
                return ways(n.children[0], negated);
            case Op::all:
            case Op::any:
                return (n.op == Op::all) != negated ? together(n, negated) : either_of(n, negated);
            default:
                return {};
        }
    }

private:
    using Is = ScreenPlain::Is;

    // Is a condition that comes out settled without the network?
    static bool whatever_the_days(const ScreenNode& n) {
        switch (n.op) {
            case Op::certainly:
            case Op::possibly:
            case Op::known:
            case Op::boolean:
                return true;
            case Op::compare:
                return n.children[0].op == Op::path;
            case Op::all:
            case Op::any:
            case Op::negate:
                return std::all_of(n.children.begin(), n.children.end(), whatever_the_days);
            default:
                return false;
        }
    }

    // Ways in which a condition holds whatever the days are: of alternatives those that have some.
    [[nodiscard]] ScreenWays sure_ways(const ScreenNode& n) const {
        if (n.closer) return {};
        if (whatever_the_days(n)) return ways(n, false);
        ScreenWays out;
        if (n.op == Op::any)
            for (const auto& c : n.children)
                for (auto& way : sure_ways(c))
                    if (out.size() < kWays) out.push_back(std::move(way));
        return out;
    }

    static ScreenWays one(std::optional<ScreenPlain> p) {
        if (!p) return {};
        return {{std::move(*p)}};
    }
    static bool record(const ScreenNode& n, ScreenPlain::Side& out) {
        if (!straight(n) || !n.to_record) return false;
        out.binding = n.binding;
        out.steps = n.steps;
        out.slot = Sketch::kNone;
        return true;
    }
    static bool value(const ScreenNode& n, ScreenPlain::Side& out) {
        if (!straight(n) || n.to_record) return false;
        out.binding = n.binding;
        out.steps = n.steps;
        out.slot = n.slot;
        return true;
    }
    [[nodiscard]] static std::optional<ScreenPlain> known(const ScreenNode& n, bool negated) {
        ScreenPlain p;
        p.is = negated ? Is::not_stated : Is::stated;
        if (!record(n, p.earlier) && !value(n, p.earlier)) return std::nullopt;
        return p;
    }
    [[nodiscard]] static std::optional<ScreenPlain> compare(const ScreenNode& n, bool negated) {
        const auto& a = n.children[0];
        const auto& b = n.children[1];
        const bool equal = (n.text == "=") != negated;
        ScreenPlain p;
        if (record(a, p.earlier) && record(b, p.later)) {
            p.is = equal ? Is::same : Is::others;
            return p;
        }
        if (b.closer || b.gap) return std::nullopt;
        if (value(a, p.earlier) && (b.op == Op::word || b.op == Op::text) && !a.field_list &&
            (a.field_kind == FieldKind::word || a.field_kind == FieldKind::text)) {
            p.is = equal ? Is::word : Is::other_word;
            p.text = b.text;
            return p;
        }
        // A day that may be told more closely than its width, too.
        const bool width = a.op == Op::width || a.op == Op::width_up_to;
        if (width && !a.closer && !negated && n.text == "<=" && b.op == Op::number &&
            value(a.children[0], p.earlier) && a.children[0].field_kind == FieldKind::day &&
            !a.children[0].field_list && b.number >= 0 && b.number < 1e9) {
            p.is = Is::narrow;
            p.days = static_cast<std::int64_t>(b.number);
            return p;
        }
        return std::nullopt;
    }

    [[nodiscard]] ScreenWays either_of(const ScreenNode& n, bool negated) const {
        ScreenWays out;
        for (const auto& c : n.children)
            for (auto& way : ways(c, negated))
                if (out.size() < kWays) out.push_back(std::move(way));
        return out;
    }
    [[nodiscard]] ScreenWays together(const ScreenNode& n, bool negated) const {
        ScreenWays out{{}};
        for (const auto& c : n.children) {
            const auto more = ways(c, negated);
            if (more.empty() || out.size() * more.size() > kWays) return {};
            ScreenWays both;
            for (const auto& a : out)
                for (const auto& b : more) {
                    both.push_back(a);
                    both.back().insert(both.back().end(), b.begin(), b.end());
                }
            out = std::move(both);
        }
        return out;
    }

    // Along references that are no lists.
    [[nodiscard]] static bool straight(const ScreenNode& path) {
        return path.op == Op::path && !path.closer && path.binding >= 0 &&
               std::none_of(path.steps.begin(), path.steps.end(),
                            [](const auto& step) { return step.list; });
    }
    // Does a moment begin and end with one field?
    [[nodiscard]] bool one_day(const ScreenNode& path) const {
        const auto& first = p_.dates[static_cast<std::size_t>(path.first)];
        const auto& last = p_.dates[static_cast<std::size_t>(path.last)];
        return first.slot == last.slot && first.part == last.part;
    }
    // A day as a plain requirement has it. False: it is not so plain.
    [[nodiscard]] bool side(const ScreenNode& n, bool last, ScreenPlain::Side& out) const {
        if (n.closer) return false;
        if (n.op == Op::path) {
            if (!straight(n) || n.first < 0) return false;
            const auto& d = p_.dates[static_cast<std::size_t>(last ? n.last : n.first)];
            out.binding = n.binding;
            out.steps = n.steps;
            out.slot = d.slot;
            out.part = d.part;
            return true;
        }
        if (n.op != Op::sum || !side(n.children[0], last, out)) return false;
        ScreenPlain::Shift shift;
        if (!term(n.children[1], n.text == "-" ? -1 : 1, shift)) return false;
        // By months only a day is moved, not a time with a begin and an end.
        const auto* path = &n.children[0];
        while (path->op == Op::sum) path = &path->children[0];
        const bool by_days = std::all_of(shift.begin(), shift.end(), [](const auto& t) {
            return t.months == 0 && t.binding < 0;
        });
        if (!by_days && !one_day(*path)) return false;
        out.shifts.push_back(std::move(shift));
        return true;
    }

    // A length of time as the sum of plain ones.
    [[nodiscard]] static bool term(const ScreenNode& n, std::int64_t sign,
                                   ScreenPlain::Shift& out) {
        if (n.closer || n.gap || n.kind != Kind::duration) return false;
        if (n.op == Op::sum)
            return term(n.children[0], sign, out) &&
                   term(n.children[1], n.text == "-" ? -sign : sign, out);
        ScreenPlain::Term t;
        t.sign = sign;
        if (n.op == Op::duration && !n.by_clock && !n.untold) {
            t.months = n.months;
            t.days = n.seconds / time::kSecondsOfDay;
        } else if (straight(n) && !n.to_record && !n.field_list &&
                   n.field_kind == FieldKind::duration) {
            t.binding = n.binding;
            t.steps = n.steps;
            t.slot = n.slot;
        } else {
            return false;
        }
        out.push_back(std::move(t));
        return true;
    }

    // That one day is at least so many days after another, as all these relations say, or deny.
    [[nodiscard]] std::optional<ScreenPlain> order(const ScreenNode& n, bool negated) const {
        using grammar::TimeWord;
        if (n.unit == grammar::Unit::hour) return std::nullopt;
        const auto& a = n.children[0];
        const auto& b = n.children[1];
        // At least `least` days from the last of `from` to the first of `to`.
        const auto* from = &a;
        const auto* to = &b;
        std::int64_t least = 1;
        bool denied = negated;
        switch (n.word) {
            case TimeWord::before:
                break;
            case TimeWord::after:
                std::swap(from, to);
                break;
            case TimeWord::not_before:
                denied = !negated;
                break;
            case TimeWord::not_after:
                std::swap(from, to);
                denied = !negated;
                break;
            case TimeWord::distance:
                if (n.bound != grammar::Bound::at_least ||
                    (n.unit != grammar::Unit::day && n.unit != grammar::Unit::week))
                    return std::nullopt;
                if (n.after) std::swap(from, to);
                least = n.unit == grammar::Unit::week ? 7 * n.count : n.count;
                break;
            default:
                return std::nullopt;
        }
        ScreenPlain p;
        if (denied ? !side(*to, false, p.earlier) || !side(*from, true, p.later)
                   : !side(*from, true, p.earlier) || !side(*to, false, p.later))
            return std::nullopt;
        p.days = denied ? 1 - least : least;
        p.days += days_of(p.earlier);
        p.days -= days_of(p.later);
        return p;
    }

    // So many days that a side is moved by, whatever the record says; they are taken off it.
    [[nodiscard]] static std::int64_t days_of(ScreenPlain::Side& side) {
        std::int64_t days = 0;
        for (const auto& shift : side.shifts)
            for (const auto& t : shift) {
                if (t.months != 0 || t.binding >= 0) return 0;
                days += t.sign * t.days;
            }
        side.shifts.clear();
        return days;
    }

    [[nodiscard]] static ScreenTest test_of(const ScreenNode& n) {
        using Is = ScreenTest::Is;
        ScreenTest out;
        if (n.closer) return out;
        const auto value = [](const ScreenNode& path) {
            return straight(path) && path.steps.empty() && !path.to_record;
        };
        if (n.op == Op::negate) {
            out = test_of(n.children[0]);
            out.is = out.is == Is::known ? Is::unknown : Is::more;
        } else if (n.op == Op::known && value(n.children[0])) {
            out.is = Is::known;
            out.slot = n.children[0].slot;
        } else if (n.op == Op::known && straight(n.children[0]) && !n.children[0].steps.empty()) {
            out.is = Is::reached;
            out.slot = n.children[0].steps.front().slot;
        } else if (n.op == Op::compare && value(n.children[0])) {
            const auto& a = n.children[0];
            const auto& b = n.children[1];
            if ((a.field_kind != FieldKind::word && a.field_kind != FieldKind::text) ||
                a.field_list || b.closer || b.gap || (b.op != Op::word && b.op != Op::text))
                return out;
            out.is = n.text == "=" ? Is::word : Is::other_word;
            out.slot = a.slot;
            out.field = a.field;
            out.text = b.text;
        }
        return out;
    }

    const ScreenProgram& p_;
};

}  // namespace

void take_glance(const ScreenProgram& program, ScreenRule& r) {
    const Glance glance(program);
    // What is told at a glance first.
    std::vector<std::pair<std::pair<ScreenNode, std::size_t>, ScreenTest>> parts;
    for (auto& p : r.where) {
        auto test = glance.test(p.first, p.second);
        parts.emplace_back(std::move(p), std::move(test));
    }
    // Of a word that no record of this shape states nothing but a gap comes; that settles least.
    const auto never_stated = [&](const ScreenTest& t) {
        if (t.is != ScreenTest::Is::word && t.is != ScreenTest::Is::other_word) return false;
        const auto shape = r.bindings[t.needs - 1].shape;
        return shape < program.stated.size() &&
               (program.stated[shape].never & screen_bit(t.slot)) != 0;
    };
    const auto order = [&](const auto& p) {
        const auto& t = p.second;
        const bool more = t.is == ScreenTest::Is::more;
        return std::make_tuple(t.needs, never_stated(t) ? 2 : !more ? 0 : t.fails.empty() ? 3 : 1);
    };
    std::stable_sort(parts.begin(), parts.end(),
                     [&](const auto& a, const auto& b) { return order(a) < order(b); });
    r.where.clear();
    r.tests.clear();
    r.tests_from.assign(r.bindings.size() + 2, 0);
    for (auto& [part, test] : parts) {
        for (auto n = test.needs + 1; n < r.tests_from.size(); ++n) ++r.tests_from[n];
        r.where.push_back(std::move(part));
        r.tests.push_back(std::move(test));
    }
    for (std::size_t at = 0; at < r.bindings.size(); ++at) {
        auto& b = r.bindings[at];
        b.one.clear();
        if (b.source.op != Op::records) continue;
        for (auto i = r.tests_from[at + 1]; i < r.tests_from[at + 2]; ++i)
            for (const auto& way : r.tests[i].fails)
                if (auto one = Glance::only_one(way, static_cast<int>(at))) {
                    b.one.push_back(std::move(*one));
                    r.tests[i].names = true;
                }
    }
    r.plain = glance.ways(r.require, false);
    r.single = r.bindings.size() == 1 && r.bindings.front().source.op == Op::records;
}

}  // namespace antinomy::check
