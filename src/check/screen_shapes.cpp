#include "check/screen_shapes.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "check/screen_choice.hpp"
#include "check/screen_glance.hpp"
#include "check/screen_slots.hpp"

namespace antinomy::check {

using rule::Op;

namespace {

// A rule with more choices than that is kept as it is; likewise where too many were tried.
constexpr std::size_t kChoices = 64;
constexpr int kTried = 4096;

using Shape = Screen::Shape;
using Is = Shape::Value::Is;

class Knowing {
public:
    Knowing(ScreenProgram& p, std::vector<Shape>& shapes)
        : p_(p), shapes_(shapes), dates_(p, shapes) {}

    void run() {
        auto rules = std::move(p_.rules);
        p_.rules.clear();
        for (const auto& r : rules) choices_of(r);
        p_.stated.clear();
        for (std::uint32_t s = 0; s < shapes_.size(); ++s) p_.stated.push_back(lines_of(s));
        p_.stands = std::all_of(p_.stated.begin(), p_.stated.end(), [](const auto& of) {
            return of.lines.empty() && of.periods.empty() && !of.closer;
        });
        number_slots(p_, shapes_);
        for (std::uint32_t s = 0; s < shapes_.size(); ++s) state(shapes_[s], p_.stated[s]);
        p_.needs.clear();
        p_.known.clear();
        for (auto& r : p_.rules) {
            take_glance(p_, r);
            p_.needs.push_back(needs(r));
        }
    }

private:
    void choices_of(const ScreenRule& r) {
        rule_ = &r;
        made_.clear();
        tried_ = 0;
        bound_.assign(r.bindings.size(), {});
        chosen_ = r;
        if (!choose(0)) {
            p_.rules.push_back(r);
            return;
        }
        if (made_.empty()) p_.idle.push_back(r.rule);
        for (auto& m : made_) p_.rules.push_back(std::move(m));
    }

    // What the next binding may be of. False: too many choices.
    bool choose(std::size_t at) {
        const auto& r = *rule_;
        if (++tried_ > kTried) return false;
        ShapeChoice choice(p_, shapes_, dates_, bound_);
        if (choice.ruled_out(r, at)) return true;
        if (at == r.bindings.size()) return keep(choice);
        const auto& b = r.bindings[at];
        if (b.source.op == Op::records) {
            for (std::uint32_t s = 0; s < shapes_.size(); ++s) {
                if (!(shapes_[s].type == b.source.type)) continue;
                // Of a pair the second comes later, and so does its shape.
                if (b.beside >= 0) {
                    const auto first = bound_[static_cast<std::size_t>(b.beside)];
                    if (first.is == Bound::Is::shape &&
                        (s < first.shape || (s == first.shape && shapes_[s].one)))
                        continue;
                }
                bound_[at] = {Bound::Is::shape, s};
                chosen_.bindings[at].shape = s;
                if (!choose(at + 1)) return false;
            }
            bound_[at] = {};
            chosen_.bindings[at].shape = Sketch::kNone;
            return true;
        }
        bool perhaps_nobody = false;
        const auto to = choice.follow(b.source, perhaps_nobody);
        if (!to) return true;
        // Where nobody is bound, nobody is from here on: what `where` says of that settles it, or
        // nothing does.
        bool open = false;
        if (perhaps_nobody) {
            for (auto i = at; i < r.bindings.size(); ++i) bound_[i] = {Bound::Is::nobody, 0};
            open = !choice.ruled_out(r, r.bindings.size());
            for (auto i = at; i < r.bindings.size(); ++i) bound_[i] = {};
        }
        if (to->is == Bound::Is::nobody) return !open || keep_unbound(at);
        const auto before = made_.size();
        bound_[at] = *to;
        const bool good = choose(at + 1);
        bound_[at] = {};
        return good && (made_.size() > before || !open || keep_as_it_is());
    }

    bool keep_unbound(std::size_t at) {
        const auto& path = rule_->bindings[at].source;
        const auto& from = bound_[static_cast<std::size_t>(path.binding)];
        if (path.steps.size() == 2 && from.is == Bound::Is::shape &&
            shapes_[from.shape].values[path.steps.front().slot].is == Is::record)
            chosen_.unbound_at = at;
        const bool good = keep_as_it_is();
        chosen_.unbound_at = SIZE_MAX;
        return good;
    }

    bool keep(ShapeChoice& choice) {
        if (!keep_as_it_is()) return false;
        choice.take_out(made_.back());
        return true;
    }
    bool keep_as_it_is() {
        if (made_.size() == kChoices) return false;
        made_.push_back(chosen_);
        return true;
    }

    // Without records of these nothing is bound, whatever comes behind them.
    [[nodiscard]] ScreenProgram::Needs needs(const ScreenRule& r) {
        ScreenProgram::Needs out;
        out.first = static_cast<std::uint32_t>(p_.known.size());
        const auto shape_of = [&](std::size_t binding) { return r.bindings[binding].shape; };
        for (std::size_t i = 0; i < r.bindings.size(); ++i) {
            const auto& source = r.bindings[i].source;
            if (source.op != Op::records) {
                // Only where a reference is missing is there anything to say of what is never
                // listed behind it.
                if (i == r.unbound_at) {
                    const auto of = shape_of(static_cast<std::size_t>(source.binding));
                    p_.known.push_back({of, screen_bit(source.steps.front().slot), 0, false, true});
                    break;
                }
                // Likewise without anybody on a list of one of them.
                if (source.op == Op::path && !source.closer && source.steps.size() == 1 &&
                    source.steps.front().list) {
                    const auto of = shape_of(static_cast<std::size_t>(source.binding));
                    if (of != Sketch::kNone)
                        p_.known.push_back(
                            {of, screen_bit(source.steps.front().slot), 0, false, false});
                }
                break;
            }
            const auto shape = shape_of(i);
            if (shape == Sketch::kNone) {
                out.types |= screen_bit(source.type.value);
                continue;
            }
            out.shapes |= screen_bit(shape);
            using Test = ScreenTest::Is;
            for (const auto& t : r.tests) {
                if (t.needs != i + 1) continue;
                const auto bit = screen_bit(t.slot);
                if (t.is == Test::known || t.is == Test::reached)
                    p_.known.push_back({shape, bit, 0, false, false});
                if (t.is != Test::word || t.text.empty()) continue;
                // What is not stated is no other word, unless it must be stated.
                const bool stated = std::any_of(r.tests.begin(), r.tests.end(), [&](const auto& o) {
                    return o.is == Test::known && o.needs == t.needs && o.slot == t.slot;
                });
                p_.known.push_back({shape, bit, screen_word(t.slot, t.text), stated, false});
            }
        }
        out.count = static_cast<std::uint32_t>(p_.known.size()) - out.first;
        return out;
    }

    // Of a shape: the periods and lines of which there may be a day.
    [[nodiscard]] ScreenProgram::Stated lines_of(std::uint32_t shape) {
        ScreenProgram::Stated out;
        const auto& s = shapes_[shape];
        const auto& type = p_.types[s.type.value];
        out.closer = type.closer;
        const auto may = [&](std::uint32_t slot) { return s.values[slot].is != Is::never; };
        for (const auto slot : type.periods)
            if (may(slot)) out.periods.push_back(slot);
        std::vector<ScreenLine> lines;
        for (auto line : type.lines) {
            for (auto& date : line.dates)
                date = static_cast<std::size_t>(dates_.of(static_cast<int>(date), shape));
            // A day that stands in for another is not before itself.
            const auto same = [&](const ScreenLine::Link& l) {
                const auto& a = p_.dates[line.dates[l.from]];
                const auto& b = p_.dates[line.dates[l.to]];
                return l.least <= 0 && a.slot == b.slot && a.part == b.part &&
                       a.other_slot == Sketch::kNone && b.other_slot == Sketch::kNone;
            };
            auto& links = line.links;
            links.erase(std::remove_if(links.begin(), links.end(), same), links.end());
            if (!links.empty()) lines.push_back(std::move(line));
        }
        // A line of which a day is stated brings in the others that it names, and so other lines.
        std::set<std::uint32_t> days;
        const auto touches = [&](std::size_t date) {
            const auto& d = p_.dates[date];
            return may(d.slot) || days.count(d.slot) != 0 ||
                   (d.other_slot != Sketch::kNone &&
                    (may(d.other_slot) || days.count(d.other_slot) != 0));
        };
        std::vector<bool> in(lines.size());
        for (bool again = true; again;) {
            again = false;
            for (std::size_t k = 0; k < lines.size(); ++k) {
                const auto& dates = lines[k].dates;
                if (in[k] || std::none_of(dates.begin(), dates.end(), touches)) continue;
                in[k] = again = true;
                for (const auto date : dates) {
                    days.insert(p_.dates[date].slot);
                    days.insert(p_.dates[date].other_slot);
                }
            }
        }
        for (std::size_t k = 0; k < lines.size(); ++k)
            if (in[k]) out.lines.push_back(std::move(lines[k]));
        return out;
    }

    static void state(const Shape& s, ScreenProgram::Stated& out) {
        for (std::uint32_t slot = 0; slot < s.values.size(); ++slot) {
            const auto& v = s.values[slot];
            if (v.is == Is::word) {
                out.always |= screen_bit(slot);
                if (!v.word.empty()) out.words |= screen_word(slot, v.word);
            } else if (v.is == Is::never) {
                out.never |= screen_bit(slot);
            } else {
                out.open.push_back(slot);
            }
        }
    }

    ScreenProgram& p_;
    std::vector<Shape>& shapes_;
    ShapeDates dates_;
    const ScreenRule* rule_ = nullptr;
    ScreenRule chosen_;
    std::vector<ScreenRule> made_;
    std::vector<Bound> bound_;
    int tried_ = 0;
};

}  // namespace

void know_shapes(ScreenProgram& program, std::vector<Shape> shapes) {
    Knowing(program, shapes).run();
}

}  // namespace antinomy::check
