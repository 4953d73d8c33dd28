#include "check/screen.hpp"

#include <algorithm>

#include "check/screen_conditions.hpp"
#include "check/screen_program.hpp"

namespace antinomy::check {

using rule::Op;

namespace {

// A case of more records than that is no record of a data set, and is not gone through in pairs.
constexpr std::size_t kRecords = 400;

class Look {
public:
    Look(const ScreenProgram& p, Sketch& s, Screen::Tally& t)
        : p_(p), s_(s), tally_(t), ask_(p, s, t), bindings_(t.bindings) {}

    bool quiet(std::vector<const rule::Rule*>* settled) {
        if (s_.records.size() > kRecords || !ask_.stand()) {
            ++tally_.unfit;
            return false;
        }
        tally_.told.clear();
        tally_.missing.clear();
        tally_.missing_to_where.clear();
        tally_.applies.assign(p_.rules.size(), 0);
        tally_.lacks.assign(p_.rules.size(), 0);
        tally_.open.assign(p_.rules.size(), 0);
        bool open = false;
        for (const auto& r : p_.rules) {
            rule_ = &r;
            bindings_.assign(std::max(r.variables, r.bindings.size()), Sketch::kNone);
            if (!r.closer && (r.single ? one_by_one() : enumerate(0, Comes::surely_yes))) continue;
            open = true;
            tally_.open[r.number] = 1;
            ++tally_.opened[r.number];
            // What a rule of fact may require narrows days for all others.
            if (settled == nullptr || r.fact) return false;
            static_cast<void>(ask_.was_free());
            ask_.forget(0);
            tally_.missing_to_where.clear();
        }
        // What a rule of fact requires of days that nobody states narrows them: two such
        // requirements may not go together.
        if (free_facts_ > (open ? 0 : 1)) return false;
        for (const auto& r : p_.rules) {
            // Gaps of a case that is checked are told one by one, facts that hold of something may
            // be part of proofs, and what one rule finds others may ask for.
            if (open && (tally_.open[r.number] != 0 || tally_.lacks[r.number] != 0 ||
                         r.rule->reads_findings || (r.fact && tally_.applies[r.number] != 0)))
                continue;
            if (open) settled->push_back(r.rule);
            tally_.applied[r.number] += tally_.applies[r.number];
            if (tally_.applies[r.number] != 0 && tally_.lacks[r.number] == 0)
                ++tally_.passed[r.number];
        }
        if (open) {
            settled->insert(settled->end(), p_.idle.begin(), p_.idle.end());
            return false;
        }
        auto& told = tally_.told;
        std::sort(told.begin(), told.end());
        tally_.gaps +=
            static_cast<std::uint64_t>(std::unique(told.begin(), told.end()) - told.begin());
        return true;
    }

private:
    // Of a rule that is about single records of a type, without `where`.
    bool one_by_one() {
        const auto& r = *rule_;
        for (const auto item : s_.of_type[r.bindings.front().source.type.value]) {
            bindings_.front() = item;
            if (!ask_.spend() || !judge(Comes::surely_yes)) return false;
        }
        return true;
    }

    // False: look closer.
    bool enumerate(std::size_t at, Comes scope) {
        const auto& r = *rule_;
        if (!ask_.spend()) return false;
        if (at == r.bindings.size()) return judge(scope);
        const auto& b = r.bindings[at];
        const auto before = tally_.missing.size();
        std::vector<std::uint32_t>* own = nullptr;
        const std::vector<std::uint32_t>* items = nullptr;
        std::vector<std::uint32_t> found;
        bool gap = false;
        std::uint32_t single = Sketch::kNone;
        if (b.source.op == Op::records) {
            items = &s_.of_type[b.source.type.value];
        } else if (auto one = ask_.straight(b.source, gap)) {
            single = *one;
        } else if (!gap) {
            bool open = false;
            if (!ask_.walk(b.source, found, open, gap)) return false;
            own = &found;
            items = own;
        }
        const auto with_bound = tally_.missing.size();
        const auto one = [&](std::uint32_t item) {
            if (b.beside >= 0 && item <= bindings_[static_cast<std::size_t>(b.beside)]) return true;
            bindings_[at] = item;
            auto here = scope;
            for (const auto& [part, needs] : r.where) {
                if (needs != at + 1) continue;
                here = both(here, ask_.asserted(part));
                if (is_no(here)) break;
            }
            // Kept apart: of a conjunction that is settled nothing that is missing matters.
            auto& kept = tally_.missing_to_where;
            const auto had = kept.size();
            kept.insert(kept.end(),
                        tally_.missing.begin() + static_cast<std::ptrdiff_t>(with_bound),
                        tally_.missing.end());
            ask_.forget(with_bound);
            const bool good = is_no(here) || enumerate(at + 1, here);
            kept.resize(had);
            return good;
        };
        bool good = true;
        bool any = false;
        if (single != Sketch::kNone) {
            any = true;
            good = one(single);
        } else if (items != nullptr) {
            for (const auto item : *items) {
                any = true;
                good = one(item);
                if (!good) break;
            }
        }
        bindings_[at] = Sketch::kNone;
        if (good && !any && gap) good = judge_unbound();
        ask_.forget(before);
        return good;
    }

    bool judge(Comes scope) {
        const auto& r = *rule_;
        // Most bindings end here.
        if (!r.plain.empty() && is_yes(scope) && ask_.plainly(r.plain)) {
            tally_.applies[r.number] = 1;
            return true;
        }
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
        tally_.applies[r.number] = 1;
        if (v == Comes::gap) {
            tally_.lacks[r.number] = 1;
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
        for (const auto& [part, unused] : r.where) {
            static_cast<void>(unused);
            scope = both(scope, ask_.asserted(part));
        }
        ask_.forget(start);
        if (is_no(scope)) return true;
        if (scope == Comes::closer || !r.unless.empty()) return false;
        tally_.applies[r.number] = 1;
        tally_.lacks[r.number] = 1;
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
    ScreenConditions ask_;
    std::vector<std::uint32_t>& bindings_;
    const ScreenRule* rule_ = nullptr;
    int free_facts_ = 0;
};

}  // namespace
Screen::Screen(const rule::Packs& packs, const Options& options, const model::Case& frame)
    : program_(std::make_unique<const ScreenProgram>(compile_screen(packs, options, frame))) {}
Screen::~Screen() = default;

std::uint32_t Screen::slot(model::TypeId type, std::size_t field) const {
    const auto& slots = program_->types[type.value].slots;
    const auto it = slots.find(field);
    return it == slots.end() ? Sketch::kNone : it->second;
}

std::size_t Screen::size(model::TypeId type) const {
    return program_->types[type.value].slots.size();
}

const std::vector<std::string>& Screen::rules() const {
    return program_->ids;
}

bool Screen::quiet(Sketch& sketch, Tally& tally, std::vector<const rule::Rule*>* settled) const {
    if (settled != nullptr) settled->clear();
    tally.applied.resize(program_->rules.size());
    tally.passed.resize(program_->rules.size());
    tally.opened.resize(program_->rules.size());
    return Look(*program_, sketch, tally).quiet(settled);
}

}  // namespace antinomy::check
