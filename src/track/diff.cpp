#include "track/diff.hpp"

#include <algorithm>
#include <deque>
#include <set>
#include <tuple>

namespace antinomy::track {

namespace {

std::string joined(const std::vector<std::string>& list) {
    std::string out;
    for (const auto& x : list) out += (out.empty() ? "" : ", ") + x;
    return out;
}

constexpr std::size_t kElsewhere = 6;  // statements that are named where none of its own differs

// What one list has and the other has not; what the same account says from the same source under
// the same path is one statement that changed. Both lists are sorted.
std::vector<StatementChange> changes(const std::vector<Statement>& before,
                                     const std::vector<Statement>& after) {
    std::vector<Statement> gone;
    std::vector<Statement> come;
    std::set_difference(before.begin(), before.end(), after.begin(), after.end(),
                        std::back_inserter(gone));
    std::set_difference(after.begin(), after.end(), before.begin(), before.end(),
                        std::back_inserter(come));
    std::vector<StatementChange> out;
    std::vector<bool> taken(come.size(), false);
    // From the same source first; then the same account's from another source.
    for (const bool same_source : {true, false}) {
        using Who = std::tuple<std::string, std::string, std::string>;
        const auto who = [&](const Statement& s) {
            return Who{s.path, s.account, same_source ? s.source : std::string()};
        };
        std::map<Who, std::deque<std::size_t>> free;  // of those that came, in their order
        for (std::size_t i = 0; i < come.size(); ++i)
            if (!taken[i]) free[who(come[i])].push_back(i);
        for (auto& g : gone) {
            if (g.path.empty() || g.path == "order") continue;
            const auto it = free.find(who(g));
            if (it == free.end() || it->second.empty()) continue;
            const auto i = it->second.front();
            it->second.pop_front();
            taken[i] = true;
            out.push_back({StatementChange::Kind::changed, g, come[i]});
            g.path.clear();
        }
    }
    for (auto& g : gone)
        if (!g.path.empty()) out.push_back({StatementChange::Kind::removed, std::move(g), {}});
    for (std::size_t i = 0; i < come.size(); ++i)
        if (!taken[i]) out.push_back({StatementChange::Kind::added, {}, std::move(come[i])});
    std::sort(out.begin(), out.end(), [](const StatementChange& a, const StatementChange& b) {
        const auto& x = a.after.path.empty() ? a.before : a.after;
        const auto& y = b.after.path.empty() ? b.before : b.after;
        return std::tie(x, a.kind) < std::tie(y, b.kind);
    });
    return out;
}

// In a proof a statement is doubtful by its source, too.
bool said_alike(const Statement& a, const Statement& b) {
    return std::tie(a.path, a.account, a.source, a.value, a.state) ==
           std::tie(b.path, b.account, b.source, b.value, b.state);
}

class Comparison {
public:
    Comparison(const Checked& before, const Checked& after) {
        diff_.before = &before;
        diff_.after = &after;
    }

    Diff run() {
        const auto& before = *diff_.before;
        const auto& after = *diff_.after;
        std::set<std::string> ids;
        for (const auto* side : {&before, &after})
            for (const auto& [id, list] : side->statements) ids.insert(id);
        for (const auto& id : ids) {
            if (!has(before, id) || !has(after, id)) continue;
            // What one report names and the other does not may be stated in both.
            auto list = changes(before.statements.at(id), after.statements.at(id));
            if (!before.whole || !after.whole)
                list.erase(std::remove_if(list.begin(), list.end(),
                                          [](const StatementChange& c) {
                                              return c.kind != StatementChange::Kind::changed;
                                          }),
                           list.end());
            if (!list.empty()) diff_.statements[id] = std::move(list);
        }
        pair();
        return std::move(diff_);
    }

private:
    using Key = std::pair<std::string, std::string>;  // case, fingerprint

    static bool has(const Checked& side, const std::string& id) {
        return std::find(side.cases.begin(), side.cases.end(), id) != side.cases.end();
    }

    void pair() {
        std::map<Key, std::vector<const Told*>> old;
        std::map<Key, std::vector<const Told*>> now;
        for (const auto& f : diff_.before->findings) old[{f.case_id, f.fingerprint}].push_back(&f);
        for (const auto& f : diff_.after->findings) now[{f.case_id, f.fingerprint}].push_back(&f);
        // A certain finding and a possible one, of other accounts, may share a fingerprint.
        for (auto* side : {&old, &now})
            for (auto& [key, list] : *side)
                std::stable_sort(list.begin(), list.end(),
                                 [](auto* a, auto* b) { return a->verdict < b->verdict; });
        // In the order of the newer report, then of the older one.
        std::set<Key> done;
        for (const auto* side : {diff_.after, diff_.before})
            for (const auto& f : side->findings) {
                const Key key{f.case_id, f.fingerprint};
                if (!done.insert(key).second) continue;
                const auto& a = old[key];
                const auto& b = now[key];
                const auto both = std::min(a.size(), b.size());
                for (std::size_t i = 0; i < both; ++i) compare(*a[i], *b[i]);
                for (std::size_t i = both; i < b.size(); ++i)
                    diff_.fresh.push_back(alone(nullptr, b[i]));
                for (std::size_t i = both; i < a.size(); ++i)
                    diff_.gone.push_back(alone(a[i], nullptr));
            }
    }

    Difference alone(const Told* before, const Told* after) const {
        Difference d;
        d.before = before;
        d.after = after;
        const auto& told = d.told();
        d.case_only_here = !has(before == nullptr ? *diff_.before : *diff_.after, told.case_id);
        if (!d.case_only_here) explain(d);
        return d;
    }

    void compare(const Told& a, const Told& b) {
        Difference d;
        d.before = &a;
        d.after = &b;
        const auto note = [&](const char* what, const std::string& x, const std::string& y) {
            if (x != y) d.otherwise.push_back({what, x, y});
        };
        note("verdict", a.verdict, b.verdict);
        note("severity", a.severity, b.severity);
        note("accounts", joined(a.accounts), joined(b.accounts));
        note("given", joined(a.given), joined(b.given));
        note("suppressed", a.suppressed ? "yes" : "no", b.suppressed ? "yes" : "no");
        if (d.otherwise.empty() && a.facts == b.facts) {
            ++diff_.same;
            return;
        }
        explain(d);
        if (a.facts != b.facts) {
            const auto own = changes(a.facts, b.facts);
            d.otherwise.push_back({"facts", "", ""});
            // Those that the finding came to rest on, or no longer does, though they are stated in
            // both: that is told by the two proofs alone.
            for (const auto& c : own)
                if (std::none_of(d.statements.begin(), d.statements.end(),
                                 [&](const StatementChange& x) {
                                     return said_alike(x.before, c.before) &&
                                            said_alike(x.after, c.after);
                                 }) &&
                    c.kind == StatementChange::Kind::changed)
                    d.statements.push_back(c);
        }
        diff_.otherwise.push_back(std::move(d));
    }

    void explain(Difference& d) const {
        const auto it = diff_.statements.find(d.told().case_id);
        if (it == diff_.statements.end()) return;
        const auto& all = it->second;
        // An order line has no place but its text.
        const auto name = [](const Statement& s) {
            return s.path == "order" ? "order\n" + s.value : s.path;
        };
        const auto [known, fresh] = by_name_.try_emplace(it->first);
        if (fresh)
            for (std::size_t i = 0; i < all.size(); ++i)
                known
                    ->second[name(all[i].kind == StatementChange::Kind::removed ? all[i].before
                                                                                : all[i].after)]
                    .push_back(i);
        std::set<std::string> names;
        for (const auto* t : {d.before, d.after}) {
            if (t == nullptr) continue;
            for (const auto& s : t->facts) names.insert(name(s));
            names.insert(t->asked.begin(), t->asked.end());
        }
        std::set<std::size_t> own;
        for (const auto& n : names)
            if (const auto at = known->second.find(n); at != known->second.end())
                own.insert(at->second.begin(), at->second.end());
        for (const auto i : own) d.statements.push_back(all[i]);
        if (!own.empty()) return;
        const auto few = std::min(all.size(), kElsewhere);
        d.elsewhere.assign(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(few));
        d.more_elsewhere = all.size() - few;
    }

    Diff diff_;
    // By case: which of its changes are of a path, or of an order line.
    mutable std::map<std::string, std::map<std::string, std::vector<std::size_t>>> by_name_;
};

}  // namespace

Diff compare(const Checked& before, const Checked& after) {
    return Comparison(before, after).run();
}

}  // namespace antinomy::track
