#include "check/screen.hpp"

#include <algorithm>
#include <utility>

#include "check/screen_conditions.hpp"
#include "check/screen_program.hpp"
#include "check/screen_shapes.hpp"

namespace antinomy::check {

using rule::Op;

namespace {

// A case of more records than that is no record of a data set, and is not gone through in pairs.
constexpr std::size_t kRecords = 400;

class Look {
public:
    Look(const ScreenProgram& p, Sketch& s, Screen::Tally& t, const Screen::Telling* telling,
         bool gaps_alone)
        : p_(p),
          s_(s),
          tally_(t),
          telling_(telling),
          gaps_alone_(gaps_alone),
          ask_(p, s, t),
          bindings_(t.bindings) {}

    bool quiet(std::vector<const rule::Rule*>* settled) {
        if (s_.records.size() > kRecords || !ask_.stand()) {
            ++tally_.unfit;
            return false;
        }
        tally_.told.clear();
        tally_.missing.clear();
        tally_.missing_to_where.clear();
        for (const auto number : tally_.touched) tally_.came[number] = 0;
        tally_.touched.clear();
        tally_.anywhere = false;
        tally_.open_at.clear();
        tally_.lacks.clear();
        for (const auto& r : s_.records) {
            types_ |= screen_bit(r.type.value);
            shapes_ |= screen_bit(r.shape);
        }
        see_what_is_stated();
        bool open = false;
        const rule::Rule* left = nullptr;  // to the engine, whatever its other choices come to
        const rule::Rule* last_open = nullptr;
        const auto* needs = p_.needs.data();
        for (const auto& r : p_.rules) {
            if (binds_nothing(*needs++)) continue;
            rule_ = &r;
            if (r.rule == left) continue;
            by_item_ = r.alone && settled != nullptr;
            left_some_ = false;
            const bool through = !r.closer && (r.single ? one_by_one() : enumerate_all());
            if (through && !left_some_) continue;
            if (!through) {
                left = r.rule;
                tally_.anywhere = tally_.anywhere || by_item_;
            }
            open = true;
            come(kOpen);
            if (std::exchange(last_open, r.rule) != r.rule) ++tally_.opened[r.number];
            // What a rule of fact may require narrows days for all others.
            if (settled == nullptr || gaps_alone_ || r.fact) return false;
            static_cast<void>(ask_.was_free());
            ask_.forget(0);
            tally_.missing_to_where.clear();
        }
        // What a rule of fact requires of days that nobody states narrows them: two such
        // requirements may not go together.
        open = open || gaps_open_;
        if (free_facts_ > (open ? 0 : 1) || (open && settled == nullptr)) return false;
        if (open)
            settle(*settled);
        else
            for (const auto number : tally_.touched) count(number);
        auto& told = tally_.told;
        std::sort(told.begin(), told.end());
        told.erase(std::unique(told.begin(), told.end()), told.end());
        // Gaps of the rules that are left to the engine it tells itself.
        for (const auto& t : told) {
            const auto number = std::get<0>(t);
            if ((tally_.came[number] & kOpen) != 0)
                tally_.lacks.push_back(t);
            else
                ++tally_.gaps[number];
        }
        return !open;
    }

private:
    static constexpr auto kApplies = Screen::Tally::kApplies;
    static constexpr auto kLacks = Screen::Tally::kLacks;
    static constexpr auto kOpen = Screen::Tally::kOpen;

    // Of each shape three sets of bits: values that a record of it states, values that one does not
    // state, words that one has.
    void see_what_is_stated() {
        tally_.stated.assign(3 * p_.stated.size(), 0);
        for (const auto& r : s_.records) {
            const auto& of = p_.stated[r.shape];
            std::uint64_t stated = of.always;
            std::uint64_t unstated = of.never;
            std::uint64_t words = of.words;
            const auto* const values = s_.values.data() + r.first;
            for (const auto slot : of.open) {
                const auto& v = values[slot];
                (v.there ? stated : unstated) |= screen_bit(slot);
                if (v.there && !v.text.empty()) words |= screen_word(slot, v.text);
            }
            auto* const of_shape = tally_.stated.data() + std::size_t{3} * r.shape;
            of_shape[0] |= stated;
            of_shape[1] |= unstated;
            of_shape[2] |= words;
        }
    }
    [[nodiscard]] bool binds_nothing(const ScreenProgram::Needs& needs) const {
        if ((needs.types & ~types_) != 0 || (needs.shapes & ~shapes_) != 0) return true;
        const auto* known = p_.known.data() + needs.first;
        for (std::uint32_t i = 0; i < needs.count; ++i, ++known) {
            const auto* const of_shape = tally_.stated.data() + std::size_t{3} * known->shape;
            if (known->lacks) {
                if ((of_shape[1] & known->value) == 0) return true;
                continue;
            }
            if (known->word == 0 ? (of_shape[0] & known->value) == 0
                                 : (of_shape[2] & known->word) == 0 &&
                                       (known->stated || (of_shape[1] & known->value) == 0))
                return true;
        }
        return false;
    }
    // A list of the record itself that is not stated.
    [[nodiscard]] bool nobody_is_listed(const ScreenNode& path) {
        if (path.steps.size() != 1 || !path.steps.front().list) return false;
        const auto from = bindings_[static_cast<std::size_t>(path.binding)];
        return from != Sketch::kNone && !ask_.value(from, path.steps.front().slot).there;
    }
    // A part of `where` for what is bound last, `item`.
    Comes part(std::size_t which, std::uint32_t item) {
        using Is = ScreenTest::Is;
        const auto& t = rule_->tests.data()[which];
        switch (t.is) {
            case Is::known:
                return truth(ask_.value(item, t.slot).there);
            case Is::unknown:
                return truth(!ask_.value(item, t.slot).there);
            case Is::reached: {
                // What is missing on the way is of interest only where something else follows.
                const auto& path = rule_->where[which].first.children[0];
                return truth(ask_.reaches(path.binding, path.steps, path.slot));
            }
            case Is::word:
            case Is::other_word: {
                const auto& v = ask_.value(item, t.slot);
                if (v.there) return truth((v.text == t.text) == (t.is == Is::word));
                ask_.note(item, t.field);
                return Comes::gap;
            }
            case Is::more:
                break;
        }
        // For the record that it names it mostly holds.
        if (t.names && ask_.plainly(t.holds)) return Comes::surely_yes;
        if (ask_.plainly(t.fails)) return Comes::surely_no;
        if (!t.names && ask_.plainly(t.holds)) return Comes::surely_yes;
        return ask_.asserted(rule_->where[which].first);
    }

    void come(unsigned char to) {
        auto& came = tally_.came.data()[rule_->number];
        if (came == 0) tally_.touched.push_back(rule_->number);
        came = static_cast<unsigned char>(came | to);
    }
    // A rule that is settled.
    void count(std::uint32_t number) {
        const auto came = tally_.came[number];
        if ((came & kApplies) == 0) return;
        ++tally_.applied[number];
        if ((came & kLacks) == 0) ++tally_.passed[number];
    }
    // Of records that are there.
    [[nodiscard]] bool asks_for_findings(const rule::Rule& r) const {
        return r.reads_findings &&
               (r.reads_findings_of.empty() ||
                std::any_of(r.reads_findings_of.begin(), r.reads_findings_of.end(),
                            [&](model::TypeId type) { return !s_.of_type[type.value].empty(); }));
    }
    // Where some rules are open: those that are settled all the same; the others are open, too.
    void settle(std::vector<const rule::Rule*>& settled) {
        const rule::Rule* last = nullptr;
        for (const auto& r : p_.rules) {
            if (std::exchange(last, r.rule) == r.rule) continue;  // another choice of shapes
            // What a rule of fact requires of days that nobody states narrows them, and what one
            // rule finds others may ask for.
            const auto came = tally_.came[r.number];
            if ((came & kOpen) != 0 || asks_for_findings(*r.rule) ||
                (r.fact && (came & kLacks) != 0)) {
                rule_ = &r;
                come(kOpen);
                continue;
            }
            settled.push_back(r.rule);
            count(r.number);
        }
        settled.insert(settled.end(), p_.idle.begin(), p_.idle.end());
    }

    [[nodiscard]] const std::vector<std::uint32_t>& records_of(const ScreenRule::Binding& b) const {
        return b.shape == Sketch::kNone ? s_.of_type[b.source.type.value] : s_.of_shape[b.shape];
    }

    // Of a rule that is about single records of a type. False: look closer.
    bool one_by_one() {
        const auto before = tally_.missing.size();
        for (const auto item : records_of(rule_->bindings.front()))
            if (!bind(0, item, Comes::surely_yes, before)) return false;
        return true;
    }

    bool enumerate_all() {
        std::fill(bindings_.begin(), bindings_.end(), Sketch::kNone);
        return enumerate(0, Comes::surely_yes);
    }

    // False: look closer.
    bool enumerate(std::size_t at, Comes scope) {
        const auto& r = *rule_;
        if (!ask_.spend()) return false;
        if (at == r.bindings.size()) return settle_or_leave(scope);
        const auto& b = r.bindings.data()[at];
        const auto before = tally_.missing.size();
        bool good = true;
        const auto one = b.one.empty() ? Sketch::kNone : only_one(b);
        if (one != Sketch::kNone) {
            const auto& record = s_.records[one];
            if (b.shape == Sketch::kNone ? record.type == b.source.type : record.shape == b.shape)
                good = bind(at, one, scope, before);
        } else if (b.source.op == Op::records) {
            for (const auto item : records_of(b)) {
                good = bind(at, item, scope, before);
                if (!good) break;
            }
        } else {
            good = follow(at, scope);
        }
        bindings_.data()[at] = Sketch::kNone;
        ask_.forget(before);
        return good;
    }

    // The only record for which `where` may hold; kNone: there is no telling.
    [[nodiscard]] std::uint32_t only_one(const ScreenRule::Binding& b) {
        for (const auto& one : b.one) {
            const auto record = ask_.reached(one.from.binding, one.from.steps);
            if (record != Sketch::kNone && ask_.plainly(one.rest)) return record;
        }
        return Sketch::kNone;
    }

    // Records that a path leads to. False: look closer.
    bool follow(std::size_t at, Comes scope) {
        const auto& path = rule_->bindings.data()[at].source;
        if (nobody_is_listed(path)) return true;
        bool gap = false;
        if (const auto one = ask_.straight(path, gap))
            return bind(at, *one, scope, tally_.missing.size());
        if (!gap) {
            std::vector<std::uint32_t> found;
            bool open = false;
            if (!ask_.walk(path, found, open, gap)) return false;
            const auto with_bound = tally_.missing.size();
            for (const auto item : found)
                if (!bind(at, item, scope, with_bound)) return false;
            if (!found.empty()) return true;
        }
        bindings_[at] = Sketch::kNone;
        return !gap || judge_unbound();
    }

    // One record more. `with_bound`: what was missing before is its size.
    bool bind(std::size_t at, std::uint32_t item, Comes scope, std::size_t with_bound) {
        const auto& r = *rule_;
        const auto beside = r.bindings.data()[at].beside;
        if (beside >= 0 && item <= bindings_[static_cast<std::size_t>(beside)]) return true;
        bindings_.data()[at] = item;
        auto here = scope;
        const auto* const from = r.tests_from.data() + at + 1;
        for (auto i = from[0]; i < from[1]; ++i) {
            const auto comes = part(i, item);
            if (comes == Comes::surely_yes) continue;  // as most do, and it changes nothing
            here = both(here, comes);
            if (!is_no(here)) continue;
            ask_.forget(with_bound);
            return true;
        }
        const bool last = at + 1 == r.bindings.size();
        // Most bindings end here.
        if (last && here != Comes::closer && !r.plain.empty() && ask_.plainly(r.plain)) {
            come(kApplies);
            ask_.forget(with_bound);
            return true;
        }
        if (tally_.missing.size() == with_bound) return enumerate(at + 1, here);
        // Kept apart: of a conjunction that is settled nothing that is missing matters.
        auto& kept = tally_.missing_to_where;
        const auto had = kept.size();
        kept.insert(kept.end(), tally_.missing.begin() + static_cast<std::ptrdiff_t>(with_bound),
                    tally_.missing.end());
        ask_.forget(with_bound);
        const bool good = enumerate(at + 1, here);
        kept.resize(had);
        return good;
    }

    // What is bound is settled, or it alone is for the engine. False: look closer.
    bool settle_or_leave(Comes scope) {
        const auto start = tally_.missing.size();
        if (judge(scope)) return true;
        if (!by_item_) return false;
        leave();
        static_cast<void>(ask_.was_free());
        ask_.forget(start);
        return true;
    }
    void leave() {
        name_bound();
        left_some_ = true;
    }
    void name_bound() {
        for (std::size_t i = 0; i < rule_->bindings.size(); ++i)
            if (bindings_[i] != Sketch::kNone) tally_.open_at.push_back(bindings_[i]);
    }

    bool judge(Comes scope) {
        const auto& r = *rule_;
        const auto start = tally_.missing.size();
        const auto& of_where = tally_.missing_to_where;
        if (!(r.where_is_all && surely(scope)))
            tally_.missing.insert(tally_.missing.end(), of_where.begin(), of_where.end());
        auto v = both(scope, ask_.part_of_whole(r.require, true));
        if (!is_no(v))
            for (const auto& x : r.unless) {
                const auto here = tally_.missing.size();
                v = both(v, inverse(exception(x)));
                ask_.forget(here);
                if (is_no(v)) break;
            }
        if (is_yes(v) || v == Comes::closer || scope == Comes::closer) return false;
        come(kApplies);
        if (v == Comes::gap) {
            come(kLacks);
            if (!tell()) return false;
        }
        static_cast<void>(ask_.was_free());
        ask_.forget(start);
        return true;
    }

    // What a binding asks for is not there: a gap, unless `where` fails or something excuses.
    bool judge_unbound() {
        const auto& r = *rule_;
        const auto start = tally_.missing.size();
        auto scope = Comes::surely_yes;
        if (r.unbound)
            for (const auto& part : *r.unbound) scope = both(scope, ask_.asserted(part));
        else
            for (const auto& part : r.where) scope = both(scope, ask_.asserted(part.first));
        ask_.forget(start);
        if (is_no(scope)) return true;
        if (scope == Comes::closer || !r.unless.empty()) return false;
        come(kApplies | kLacks);
        static_cast<void>(ask_.was_free());
        return tell();
    }

    // The facts that are missing, each once for what the rule is about. False: look closer.
    bool tell() {
        const auto& r = *rule_;
        if (r.fact && ask_.was_free()) ++free_facts_;
        if (!r.asked) return true;
        if (std::find(tally_.missing.begin(), tally_.missing.end(), ScreenConditions::kWhoKnows) !=
            tally_.missing.end())
            return false;
        // It is settled, and only where it stands is for the engine to tell.
        if (telling_ != nullptr && !tally_.missing.empty() &&
            (*telling_)[r.number]->load(std::memory_order_relaxed)) {
            gaps_open_ = true;
            come(kOpen);
            if (by_item_) name_bound();
        }
        // Of several records, one of which may be left out, it is told at one.
        if (by_item_ && r.bindings.size() > 1 && !tally_.missing.empty()) tally_.anywhere = true;
        const auto at = bindings_[static_cast<std::size_t>(r.at)];
        for (const auto m : tally_.missing)
            tally_.told.push_back(
                {r.number, at != Sketch::kNone ? at : ScreenConditions::record_of(m), m});
        return true;
    }

    Comes exception(const ScreenException& x) {
        auto when = ask_.asserted(x.when);
        if (when == Comes::gap) when = Comes::no;
        for (const auto& inner : x.unless) {
            if (is_no(when)) break;
            when = both(when, inverse(exception(inner)));
        }
        return when;
    }

    const ScreenProgram& p_;
    Sketch& s_;
    Screen::Tally& tally_;
    const Screen::Telling* telling_;
    bool gaps_alone_;
    bool gaps_open_ = false;  // of some rule
    bool by_item_ = false;    // each record for itself
    bool left_some_ = false;  // of them, to the engine
    ScreenConditions ask_;
    std::vector<std::uint32_t>& bindings_;
    const ScreenRule* rule_ = nullptr;
    int free_facts_ = 0;
    std::uint64_t types_ = 0;   // that records are of, as bits
    std::uint64_t shapes_ = 0;  // likewise
};

}  // namespace
Screen::Screen(const rule::Packs& packs, const Options& options, const model::Case& frame)
    : program_(std::make_unique<ScreenProgram>(compile_screen(packs, options, frame))) {}
Screen::~Screen() = default;

void Screen::know(const std::vector<Shape>& shapes) {
    know_shapes(*program_, shapes);
}

std::uint32_t Screen::slot(model::TypeId type, std::size_t field) const {
    const auto& slots = program_->types[type.value].slots;
    const auto it = slots.find(field);
    return it == slots.end() ? Sketch::kNone : it->second;
}

std::vector<char> Screen::bound(const rule::Rule& rule) const {
    std::vector<char> out;
    for (const auto& r : program_->rules) {
        if (r.rule != &rule) continue;
        out.resize(program_->stated.size());
        for (const auto& b : r.bindings) {
            if (b.source.op == Op::path && !b.source.closer) continue;
            if (b.shape == Sketch::kNone) return {};
            out[b.shape] = 1;
        }
    }
    return out;
}

bool Screen::one_by_one(const rule::Rule& rule) const {
    bool any = false;
    for (const auto& r : program_->rules) {
        if (r.rule != &rule) continue;
        if (!r.alone) return false;
        any = true;
    }
    return any;
}

std::size_t Screen::size(model::TypeId type) const {
    return program_->types[type.value].slots.size();
}

const std::vector<std::string>& Screen::rules() const {
    return program_->ids;
}

bool Screen::quiet(Sketch& sketch, Tally& tally, std::vector<const rule::Rule*>* settled,
                   const Telling* telling, bool gaps_alone) const {
    if (settled != nullptr) settled->clear();
    tally.applied.resize(program_->ids.size());
    tally.passed.resize(program_->ids.size());
    tally.gaps.resize(program_->ids.size());
    tally.opened.resize(program_->ids.size());
    tally.came.resize(program_->ids.size());
    tally.bindings.resize(std::max(tally.bindings.size(), program_->variables));
    return Look(*program_, sketch, tally, telling, gaps_alone).quiet(settled);
}

}  // namespace antinomy::check
