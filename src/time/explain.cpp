// Smallest contradictions (implicit hitting sets: Ignatiev, Previti, Liffiton, Marques-Silva 2015)
// and all of them with the sets that avoid them (in the manner of MARCO: Liffiton et al. 2016).
//
// Within an explanation a one-of counts only while all its arms' statements are there: a proof that
// left an arm out would prove nothing. So fewer statements never say more, and minimal sets and
// their complements are dual.

#include <algorithm>
#include <optional>
#include <utility>

#include "time/network.hpp"
#include "time/proof.hpp"
#include "time/search.hpp"

namespace antinomy::time {
namespace {

using Ids = std::vector<std::uint32_t>;  // ascending

Enabled complete(const Network& network, Enabled on) {
    on.resize(network.statement_count(), true);
    return on;
}

// ---------------------------------------------------------------- what a set of statements says

class Tester {
public:
    Tester(const Network& network, const Enabled& whole, const Formula& assumption)
        : network_(network), whole_(whole), assumption_(assumption) {
        links_.resize(network.statement_count());
        days_.resize(network.statement_count());
        calendar_.resize(network.statement_count());
        groups_.resize(network.statement_count());
        for (const auto& link : network.links()) links_[link.because.value].push_back(&link);
        for (const auto& c : network.day_choices()) days_[c.because.value].push_back(&c);
        for (const auto& c : network.calendar_choices()) calendar_[c.because.value].push_back(&c);
        for (const auto& arms : network.one_ofs()) {
            for (const Arm& arm : arms) {
                auto& of = groups_[arm.because.value];
                if (of.empty() || of.back() != &arms) of.push_back(&arms);
            }
        }
    }

    // What could not be decided counts as standing: nothing is called a contradiction that was not
    // shown to be one.
    bool stands(const Enabled& on) {
        ++tests_;
        Search search(network_, on, &whole_);
        Fit fit = search.fits(assumption_);
        if (fit == Fit::undecided) undecided_ = true;
        if (fit == Fit::no) used_ = search.used();
        if (fit == Fit::yes) dating_ = search.dating();
        witnessed_ = fit == Fit::yes;
        return fit != Fit::no;
    }
    // After `stands` said no: statements that suffice for it.
    [[nodiscard]] const Bits& used() const { return used_; }

    // Takes out what can go, from the highest id down, of those that `may_go`; the rest still
    // cannot stand.
    void shrink(Enabled& on, const Enabled& may_go) {
        for (std::uint32_t s = static_cast<std::uint32_t>(on.size()); s-- > 0;) {
            if (!on[s] || !may_go[s]) continue;
            on[s] = false;
            if (stands(on)) {
                on[s] = true;
                continue;
            }
            for (std::uint32_t other = 0; other < s; ++other)
                if (on[other] && may_go[other] && !used_.test(other)) on[other] = false;
        }
    }

    // Adds what can be added, of those that `may_come`, lower ids first.
    void grow(Enabled& on, const Enabled& may_come) {
        add_met_of(on, may_come);
        for (std::uint32_t s = 0; s < on.size(); ++s) {
            if (on[s] || !may_come[s]) continue;
            on[s] = true;
            if (stands(on))
                add_met_of(on, may_come);
            else
                on[s] = false;
        }
    }

    [[nodiscard]] std::size_t tests() const { return tests_; }
    [[nodiscard]] bool undecided() const { return undecided_; }

private:
    void add_met_of(Enabled& on, const Enabled& may_come) const {
        if (!witnessed_) return;
        for (std::uint32_t s = 0; s < on.size(); ++s)
            if (!on[s] && may_come[s] && met(s, on)) on[s] = true;
    }
    [[nodiscard]] Day day(PointId p) const { return Day{dating_[p.value]}; }
    [[nodiscard]] bool meets(const Difference& d) const {
        return d.most >= kNoBound || dating_[d.to.value] - dating_[d.from.value] <= d.most;
    }
    // Does the last dating meet all that s says, with what is on?
    [[nodiscard]] bool met(std::uint32_t s, const Enabled& on) const {
        for (const auto* link : links_[s])
            if (!meets(link->difference)) return false;
        for (const auto* c : days_[s])
            if (!c->days.contains(day(c->point))) return false;
        for (const auto* c : calendar_[s])
            if (!holds(c->relation, day(c->point), day(c->anchor))) return false;
        for (const auto* arms : groups_[s]) {
            bool counts = true;
            bool one = false;
            for (const Arm& arm : *arms) {
                std::uint32_t of = arm.because.value;
                if (!whole_[of]) continue;
                if (!on[of] && of != s) counts = false;
                one = one || std::all_of(arm.differences.begin(), arm.differences.end(),
                                         [&](const Difference& d) { return meets(d); });
            }
            if (counts && !one) return false;
        }
        return true;
    }

    const Network& network_;
    const Enabled& whole_;
    const Formula& assumption_;
    std::vector<std::vector<const Network::Link*>> links_;
    std::vector<std::vector<const Network::DayChoice*>> days_;
    std::vector<std::vector<const Network::CalendarChoice*>> calendar_;
    std::vector<std::vector<const std::vector<Arm>*>> groups_;
    Bits used_;
    std::vector<std::int64_t> dating_;
    bool witnessed_ = false;
    bool undecided_ = false;
    std::size_t tests_ = 0;
};

// ---------------------------------------------------------------- smallest hitting sets

// Of the smallest sets that share an element with every one of `family`, the first in
// lexicographic order. Elements are tried in ascending order, so the first found is it.
class HittingSet {
public:
    explicit HittingSet(const std::vector<Ids>& family) {
        for (const Ids& set : family)
            if (set.size() == 1) forced_.push_back(set.front());
        std::sort(forced_.begin(), forced_.end());
        forced_.erase(std::unique(forced_.begin(), forced_.end()), forced_.end());
        for (const Ids& set : family) {
            if (std::any_of(set.begin(), set.end(), [&](std::uint32_t e) {
                    return std::binary_search(forced_.begin(), forced_.end(), e);
                }))
                continue;
            family_.push_back(&set);
            universe_.insert(universe_.end(), set.begin(), set.end());
        }
        std::sort(universe_.begin(), universe_.end());
        universe_.erase(std::unique(universe_.begin(), universe_.end()), universe_.end());
    }
    // Nothing: too much work.
    std::optional<Ids> find(std::size_t at_least) {
        std::size_t size = at_least > forced_.size() ? at_least - forced_.size() : 0;
        for (; size <= std::min(universe_.size(), kMaxDepth); ++size) {
            taken_.clear();
            if (search(family_, 0, size)) {
                Ids all;
                std::merge(forced_.begin(), forced_.end(), taken_.begin(), taken_.end(),
                           std::back_inserter(all));
                return all;
            }
            if (work_ > kMaxWork) break;
        }
        return std::nullopt;
    }

private:
    static constexpr std::size_t kMaxWork = 4'000'000;
    static constexpr std::size_t kMaxDepth = 64;

    // Recursion is as deep as the set is large: kMaxDepth. `from`: the first element not yet tried.
    bool search(const std::vector<const Ids*>& open, std::size_t from, std::size_t left) {
        if (open.empty()) return true;
        if (left == 0) return false;
        // Sets that share nothing need an element each.
        Ids seen;
        std::size_t apart = 0;
        std::uint32_t latest = UINT32_MAX;  // without an element up to it some set is missed
        for (const Ids* set : open) {
            work_ += set->size() + seen.size();
            latest = std::min(latest, set->back());
            bool shares = std::any_of(set->begin(), set->end(), [&](std::uint32_t e) {
                return std::find(seen.begin(), seen.end(), e) != seen.end();
            });
            if (shares) continue;
            if (++apart > left) return false;
            seen.insert(seen.end(), set->begin(), set->end());
        }
        for (std::size_t i = from; i < universe_.size() && universe_[i] <= latest; ++i) {
            if (work_ > kMaxWork) return false;
            std::vector<const Ids*> rest;
            for (const Ids* set : open)
                if (!std::binary_search(set->begin(), set->end(), universe_[i]))
                    rest.push_back(set);
            work_ += open.size();
            if (rest.size() == open.size()) continue;
            taken_.push_back(universe_[i]);
            if (search(rest, i + 1, left - 1)) return true;
            taken_.pop_back();
        }
        return false;
    }

    std::vector<const Ids*> family_;
    Ids forced_;  // each the only element of a set
    Ids universe_;
    Ids taken_;
    std::size_t work_ = 0;
};

}  // namespace

std::optional<Core> smallest_core(const Network& network, const Enabled& enabled,
                                  const Formula& assumption, std::size_t exact_limit) {
    const Enabled whole = complete(network, enabled);
    Tester tester(network, whole, assumption);
    if (tester.stands(whole)) return std::nullopt;
    const std::size_t n = whole.size();
    Enabled counted(n, false);
    Enabled free(n, false);
    for (std::uint32_t s = 0; s < n; ++s) {
        if (!whole[s]) continue;
        bool counts = network.statement(StatementId{s}).counted;
        counted[s] = counts;
        free[s] = !counts;
    }

    // Nothing removable: a bound, and the answer where the exact search would take too long.
    Enabled minimal(n, false);
    for (std::uint32_t s = 0; s < n; ++s)
        minimal[s] = whole[s] && (free[s] || tester.used().test(s));
    tester.shrink(minimal, counted);
    std::size_t bound = 0;
    for (std::uint32_t s = 0; s < n; ++s) bound += minimal[s] && counted[s] ? 1 : 0;

    std::vector<Ids> corrections;
    Ids matter;
    // Without a statement that every contradiction needs the rest stands.
    for (std::uint32_t s = 0; s < n; ++s) {
        if (!minimal[s] || !counted[s]) continue;
        Enabled rest = whole;
        rest[s] = false;
        if (!tester.stands(rest)) continue;
        corrections.push_back({s});
        matter.push_back(s);
    }
    Enabled core = minimal;
    bool exact = false;
    std::size_t size = 0;
    for (;;) {
        HittingSet search(corrections);
        auto hit = search.find(size);
        if (!hit) break;
        size = hit->size();
        Enabled on = free;
        for (std::uint32_t s : *hit) on[s] = true;
        if (!tester.stands(on)) {
            core = on;
            exact = true;
            break;
        }
        if (size > bound) break;  // cannot be, unless a test was undecided
        tester.grow(on, counted);
        Ids correction;
        for (std::uint32_t s = 0; s < n; ++s)
            if (counted[s] && !on[s]) correction.push_back(s);
        if (correction.empty()) break;
        Ids both;
        std::set_union(matter.begin(), matter.end(), correction.begin(), correction.end(),
                       std::back_inserter(both));
        matter = std::move(both);
        corrections.push_back(std::move(correction));
        if (tester.tests() > (matter.size() <= exact_limit ? 50'000U : 1'000U)) break;
    }

    const bool sure = exact && !tester.undecided();

    // What is not counted is not free of charge either: no more of it than is needed.
    tester.stands(core);
    for (std::uint32_t s = 0; s < n; ++s)
        if (core[s] && free[s] && !tester.used().test(s)) core[s] = false;
    tester.shrink(core, free);

    Core out;
    out.smallest = sure;
    for (std::uint32_t s = 0; s < n; ++s)
        if (core[s]) out.statements.push_back(StatementId{s});
    prove(network, whole, assumption, out);
    return out;
}

// ---------------------------------------------------------------- all conflicts

namespace {

struct Explored {
    std::vector<Ids> conflicts;    // of the droppable statements
    std::vector<Ids> corrections;  // what a maximal standing set leaves out
    bool more_conflicts = false;
    bool more_corrections = false;
};

// Finds a set of droppable statements to leave out that breaks all known conflicts, is no superset
// of a known correction, and loses none if an element is kept that is not needed.
class Unexplored {
public:
    Unexplored(const Explored& explored, std::size_t n) : explored_(explored), out_(n, false) {}

    std::optional<Ids> find() {
        if (!search()) return std::nullopt;
        Ids out;
        for (std::uint32_t s = 0; s < out_.size(); ++s)
            if (out_[s]) out.push_back(s);
        return out;
    }
    [[nodiscard]] bool gave_up() const { return work_ > kMaxWork; }

private:
    static constexpr std::size_t kMaxWork = 4'000'000;

    bool search() {
        struct Choice {
            const Ids* conflict;
            std::size_t next;
        };
        std::vector<Choice> path;
        bool back = known();
        for (;;) {
            if (!back) {
                const Ids* unbroken = nullptr;
                for (const Ids& conflict : explored_.conflicts) {
                    work_ += conflict.size();
                    if (std::none_of(conflict.begin(), conflict.end(),
                                     [&](std::uint32_t s) { return out_[s]; })) {
                        unbroken = &conflict;
                        break;
                    }
                }
                if (unbroken == nullptr) return true;
                path.push_back({unbroken, 0});
            }
            // The next element at the end of the path, or one step back.
            for (;;) {
                if (path.empty() || gave_up()) return false;
                Choice& last = path.back();
                if (last.next > 0) out_[(*last.conflict)[last.next - 1]] = false;
                if (last.next < last.conflict->size()) {
                    out_[(*last.conflict)[last.next++]] = true;
                    break;
                }
                path.pop_back();
            }
            back = known();
        }
    }
    // Is all of a known correction left out?
    bool known() {
        for (const Ids& correction : explored_.corrections) {
            work_ += correction.size();
            if (std::all_of(correction.begin(), correction.end(),
                            [&](std::uint32_t s) { return out_[s]; }))
                return true;
        }
        return false;
    }

    const Explored& explored_;
    Enabled out_;
    std::size_t work_ = 0;
};

// `fixed` stands; with `droppable` it does not.
Explored explore(Tester& tester, const Enabled& fixed, const Enabled& droppable,
                 std::size_t conflict_limit, std::size_t kept_limit) {
    constexpr std::size_t kMaxTests = 50'000;
    Explored out;
    const std::size_t n = fixed.size();
    const std::size_t first_test = tester.tests();
    for (;;) {
        if (tester.tests() - first_test > kMaxTests || out.conflicts.size() > conflict_limit ||
            out.corrections.size() > kept_limit) {
            out.more_conflicts = out.more_corrections = true;
            return out;
        }
        Unexplored unexplored(out, n);
        auto left_out = unexplored.find();
        if (!left_out) {
            out.more_conflicts = out.more_corrections = unexplored.gave_up();
            return out;
        }
        Enabled on = fixed;
        for (std::uint32_t s = 0; s < n; ++s) on[s] = on[s] || droppable[s];
        for (std::uint32_t s : *left_out) on[s] = false;
        if (tester.stands(on)) {
            tester.grow(on, droppable);
            Ids correction;
            for (std::uint32_t s = 0; s < n; ++s)
                if (droppable[s] && !on[s]) correction.push_back(s);
            if (correction.empty()) {  // an undecided test: do not turn in circles
                out.more_conflicts = out.more_corrections = true;
                return out;
            }
            out.corrections.push_back(std::move(correction));
        } else {
            for (std::uint32_t s = 0; s < n; ++s)
                if (on[s] && droppable[s] && !tester.used().test(s)) on[s] = false;
            tester.shrink(on, droppable);
            Ids conflict;
            for (std::uint32_t s = 0; s < n; ++s)
                if (droppable[s] && on[s]) conflict.push_back(s);
            out.conflicts.push_back(std::move(conflict));
        }
    }
}

// A solver reads a one-of of which some arms are left out as a choice of the others. Where that
// does not stand, the others go too; then all comes back that can. `least` is in every kept set.
Enabled as_solver_reads(const Network& network, const Enabled& whole, const Enabled& least,
                        Enabled kept) {
    bool partial = false;
    Enabled without = kept;
    for (const auto& arms : network.one_ofs()) {
        bool in = false;
        bool out = false;
        for (const Arm& arm : arms) {
            if (!whole[arm.because.value]) continue;
            (kept[arm.because.value] ? in : out) = true;
        }
        if (!in || !out) continue;
        partial = true;
        for (const Arm& arm : arms)
            if (!least[arm.because.value]) without[arm.because.value] = false;
    }
    if (!partial) return kept;
    auto stands = [&](const Enabled& on) { return Search(network, on).fits({}) != Fit::no; };
    const Enabled wanted = kept;
    if (!stands(kept)) kept = without;
    if (!stands(kept)) kept = least;
    // An arm that comes back loosens its one-of: until nothing more comes back.
    for (bool again = true; again;) {
        again = false;
        for (bool first : {true, false}) {
            for (std::uint32_t s = 0; s < kept.size(); ++s) {
                if (kept[s] || !whole[s] || wanted[s] != first) continue;
                kept[s] = true;
                if (stands(kept))
                    again = true;
                else
                    kept[s] = false;
            }
        }
    }
    return kept;
}

}  // namespace

Core show_conflict(const Network& network, const Enabled& enabled,
                   std::vector<StatementId> statements) {
    Core core;
    core.statements = std::move(statements);
    prove(network, complete(network, enabled), Formula{}, core);
    return core;
}

Conflicts find_conflicts(const Network& network, const Enabled& enabled, std::size_t limit,
                         std::size_t kept_limit) {
    const Enabled whole = complete(network, enabled);
    const std::size_t n = whole.size();
    const Formula nothing;
    Tester tester(network, whole, nothing);
    Conflicts out;
    if (tester.stands(whole)) {
        out.kept.push_back(whole);
        return out;
    }
    Enabled fixed(n, false);
    Enabled droppable(n, false);
    Enabled undoubted(n, false);
    Enabled doubted(n, false);
    for (std::uint32_t s = 0; s < n; ++s) {
        if (!whole[s]) continue;
        const Statement& statement = network.statement(StatementId{s});
        droppable[s] = statement.droppable;
        fixed[s] = !statement.droppable;
        doubted[s] = statement.droppable && statement.doubtful;
        undoubted[s] = !doubted[s];
    }
    auto ids_of = [&](const Enabled& on) {
        std::vector<StatementId> ids;
        for (std::uint32_t s = 0; s < n; ++s)
            if (on[s]) ids.push_back(StatementId{s});
        return ids;
    };
    if (!tester.stands(fixed)) {  // what belongs to every kept set contradicts itself
        Enabled on = fixed;
        tester.shrink(on, fixed);
        out.minimal.push_back(ids_of(on));
        return out;
    }

    const std::size_t conflict_limit = std::max<std::size_t>(64, 4 * limit);
    // Conflicts far apart have many maximal sets between them: to know that no conflict is missing,
    // all of these must be seen.
    Explored all = explore(tester, fixed, droppable, conflict_limit,
                           std::max<std::size_t>(1024, 4 * kept_limit));
    for (const Ids& conflict : all.conflicts) {
        Enabled on = fixed;
        for (std::uint32_t s : conflict) on[s] = true;
        tester.shrink(on, fixed);
        out.minimal.push_back(ids_of(on));
    }
    auto counted = [&](const std::vector<StatementId>& ids) {
        return std::count_if(ids.begin(), ids.end(),
                             [&](StatementId s) { return network.statement(s).counted; });
    };
    std::sort(out.minimal.begin(), out.minimal.end(), [&](const auto& a, const auto& b) {
        auto ca = counted(a);
        auto cb = counted(b);
        if (ca != cb) return ca < cb;
        return a.size() != b.size() ? a.size() < b.size() : a < b;
    });
    out.more = all.more_conflicts || out.minimal.size() > limit;
    if (out.minimal.size() > limit) out.minimal.resize(limit);

    // Where doubt alone explains the conflict, only the doubtful may go.
    Enabled least = fixed;
    Explored kept = std::move(all);
    if (undoubted != fixed && std::find(doubted.begin(), doubted.end(), true) != doubted.end() &&
        tester.stands(undoubted) && Search(network, undoubted).fits(nothing) != Fit::no) {
        least = undoubted;
        kept = explore(tester, undoubted, doubted, conflict_limit, kept_limit);
    }
    out.more_kept = kept.more_corrections || kept.corrections.size() > kept_limit;
    std::sort(kept.corrections.begin(), kept.corrections.end(), [](const Ids& a, const Ids& b) {
        return a.size() != b.size() ? a.size() < b.size() : a < b;
    });
    if (kept.corrections.size() > kept_limit) kept.corrections.resize(kept_limit);
    for (const Ids& correction : kept.corrections) {
        Enabled on = whole;
        for (std::uint32_t s : correction) on[s] = false;
        on = as_solver_reads(network, whole, least, std::move(on));
        if (std::find(out.kept.begin(), out.kept.end(), on) == out.kept.end())
            out.kept.push_back(std::move(on));
    }
    return out;
}

}  // namespace antinomy::time
