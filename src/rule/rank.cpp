// `over:`: one partial order of rules. Where a rule applies, the rules below it do not stand: its
// `where`, asked of what the two have in common, becomes an exception of each of them. So an
// override is decided with all else: certain where it is certain, possible where it is possible.

#include <algorithm>
#include <functional>

#include "rule/pack.hpp"
#include "rule/reading.hpp"
#include "text/nearest.hpp"

namespace antinomy::rule {
namespace {

// The terms of one rule with the variables of another.
class Moved {
public:
    Moved(const Rule& upper, const Rule& lower)
        : upper_(upper), lower_(lower), next_(static_cast<int>(lower.variable_count)) {}

    // What stands in the way; empty: nothing.
    std::string join() {
        bool shared = false;
        for (const auto& b : upper_.bindings) {
            const auto same = std::find_if(lower_.bindings.begin(), lower_.bindings.end(),
                                           [&](const Binding& x) { return x.name == b.name; });
            if (same == lower_.bindings.end()) {
                if (b.type.kind == Kind::field)
                    return "`" + b.name + "` is every field, and the other rule has none";
                index_.push_back(next_++);
                continue;
            }
            if (same->type.kind != b.type.kind || same->type.record != b.type.record)
                return "`" + b.name + "` is of another type there";
            shared = true;
            index_.push_back(static_cast<int>(same - lower_.bindings.begin()));
        }
        quantified_ = next_ - static_cast<int>(upper_.bindings.size());
        next_ += static_cast<int>(upper_.variable_count - upper_.bindings.size());
        return shared ? "" : "they have no binding of one name in common";
    }

    [[nodiscard]] int variables() const { return next_; }

    // Some records of the upper rule's own, and `where` of them and of the common ones.
    Term applies() {
        Term out;
        if (upper_.where) {
            out = moved(upper_.where->term);
        } else {
            out.op = Op::boolean;
            out.number = 1;
            out.written = "yes";
        }
        for (auto i = upper_.bindings.size(); i-- > 0;) {
            const auto& b = upper_.bindings[i];
            const bool own = index_[i] >= static_cast<int>(lower_.variable_count);
            if (!own && b.source.op == Op::records) continue;
            if (!own && b.type.kind == Kind::field) continue;
            Term outer;
            outer.range = out.range;
            if (own) {
                outer.op = Op::some;
                outer.text = b.name;
                outer.binding = index_[i];
                outer.written =
                    "some " + b.name + " in " + b.written + " satisfies (" + out.written + ")";
                outer.children = {moved(b.source), std::move(out)};
            } else {
                Term item;
                item.op = Op::path;
                item.binding = index_[i];
                item.type = b.type;
                item.written = b.name;
                Term there;
                there.op = b.source.type.list ? Op::in : Op::compare;
                there.text = b.source.type.list ? "" : "=";
                there.written = b.name + (b.source.type.list ? " in " : " = ") + b.written;
                there.children = {std::move(item), moved(b.source)};
                outer.op = Op::all;
                outer.written = there.written + " and " + out.written;
                outer.children = {std::move(there), std::move(out)};
            }
            out = std::move(outer);
        }
        return out;
    }

private:
    Term moved(Term t) const {
        const auto bindings = static_cast<int>(upper_.bindings.size());
        if (t.binding >= 0)
            t.binding = t.binding < bindings ? index_[static_cast<std::size_t>(t.binding)]
                                             : t.binding + quantified_;
        for (auto& child : t.children) child = moved(std::move(child));
        return t;
    }

    const Rule& upper_;
    const Rule& lower_;
    std::vector<int> index_;  // of the lower rule, by the upper one's bindings
    int quantified_ = 0;      // to be added to the upper one's further variables
    int next_;
};

void findings_read(const Term& t, std::vector<model::TypeId>& out) {
    if (t.op == Op::fails) out.push_back(t.children.front().type.record);
    for (const auto& child : t.children) findings_read(child, out);
}

// Empty: done; else what stands in the way.
std::string put_above(const Rule& upper, Rule& lower, const std::string& by) {
    Moved moved(upper, lower);
    if (auto why = moved.join(); !why.empty()) return why;
    Exception x;
    x.rule = upper.id;
    x.because = "rule `" + upper.id + "` ranks above this one" + (by.empty() ? "" : ", " + by);
    x.when.term = moved.applies();
    x.when.written = upper.where ? upper.where->written : "yes";
    x.when.span = upper.where ? upper.where->span : upper.span;
    x.when.node = upper.where ? upper.where->node : nullptr;
    lower.variable_count = static_cast<std::size_t>(moved.variables());
    if (upper.where) {
        std::vector<model::TypeId> read;
        findings_read(upper.where->term, read);
        lower.reads_findings = lower.reads_findings || !read.empty();
        lower.reads_findings_of.insert(lower.reads_findings_of.end(), read.begin(), read.end());
    }
    lower.unless.push_back(std::move(x));
    return {};
}

}  // namespace

void Packs::rank_rules(text::Diagnostics& diagnostics) {
    const auto written = written_rules();
    const auto n = rules_.size();
    struct Below {
        std::size_t rule;
        const Over* over;
    };
    std::vector<std::vector<Below>> direct(n);
    for (std::size_t i = 0; i < n; ++i)
        for (const auto& o : rules_[i].over) {
            const auto* lower = find(o.rule);
            if (lower == nullptr) {
                if (listed(builtin_rules(), o.rule))
                    diagnostics.error(o.span, "no-rank",
                                      "`" + o.rule + "` is built in: no rule ranks above it",
                                      "take it out of `over`");
                else if (written.count(o.rule) == 0)
                    diagnostics.error(o.span, "unknown-rule",
                                      "`over` names the unknown rule `" + o.rule + "`",
                                      text::did_you_mean(o.rule, ids()));
                continue;
            }
            const auto& upper = rules_[i];
            const auto mine = source_of(upper.pack);
            const auto theirs = source_of(lower->pack);
            if (mine != theirs && !above(mine, theirs))
                diagnostics.error(o.span, "not-extended",
                                  "rule `" + upper.id + "` ranks above `" + lower->id +
                                      "` of pack `" + lower->pack + "`, which pack `" + upper.pack +
                                      "` does not extend",
                                  "write `extends: [" + lower->pack + "]` under `pack:`");
            else if (upper.kind != lower->kind)
                diagnostics.error(o.span, "no-rank",
                                  "rule `" + upper.id + "` and rule `" + lower->id +
                                      "` are of two kinds, fact and law: neither ranks above the "
                                      "other",
                                  "write an exception into `" + lower->id + "` instead");
            else if (upper.between != Between::none || lower->between != Between::none)
                diagnostics.error(o.span, "no-rank",
                                  "rule `" +
                                      (upper.between != Between::none ? upper.id : lower->id) +
                                      "` compares two sides: it has no rank",
                                  "write an exception into `" + lower->id + "` instead");
            else
                direct[i].push_back({static_cast<std::size_t>(lower - rules_.data()), &o});
        }
    // A circle has no order: it is shown, and its last link left out.
    std::vector<int> state(n, 0);
    std::vector<std::size_t> path;
    const std::function<void(std::size_t)> visit = [&](std::size_t i) {
        state[i] = 1;
        path.push_back(i);
        for (auto it = direct[i].begin(); it != direct[i].end();) {
            if (state[it->rule] == 0) visit(it->rule);
            if (state[it->rule] != 1) {
                ++it;
                continue;
            }
            std::string circle;
            for (auto p = std::find(path.begin(), path.end(), it->rule); p != path.end(); ++p)
                circle += "`" + rules_[*p].id + "` over ";
            diagnostics.error(it->over->span, "rank-circle",
                              "rules rank above one another in a circle: " + circle + "`" +
                                  rules_[it->rule].id + "`",
                              "take out one `over`");
            it = direct[i].erase(it);
        }
        path.pop_back();
        state[i] = 2;
    };
    for (std::size_t i = 0; i < n; ++i)
        if (state[i] == 0) visit(i);
    // What ranks above a rule ranks above all below that one, too.
    for (std::size_t i = 0; i < n; ++i) {
        std::set<std::size_t> done{i};
        auto next = direct[i];
        for (std::size_t k = 0; k < next.size(); ++k) {
            const auto below = next[k];
            if (!done.insert(below.rule).second) continue;
            auto& lower = rules_[below.rule];
            const bool of_own = std::any_of(direct[i].begin(), direct[i].end(),
                                            [&](const Below& b) { return b.rule == below.rule; });
            if (lower.mandatory && lower.pack != rules_[i].pack) {
                auto& d = diagnostics.error(
                    below.over->span, "mandatory",
                    "rule `" + lower.id + "` is mandatory: no rule of another pack ranks above it",
                    "take it out of `over`, or `mandatory` off the rule");
                d.related.push_back({lower.span, "the rule"});
                continue;
            }
            // What is asleep finds nothing that could be outranked. (What has `over` is awake.)
            const auto why = lower.bindings.empty()
                                 ? ""
                                 : put_above(rules_[i], lower, of_own ? below.over->by : "");
            if (!why.empty() && of_own) {
                auto& d = diagnostics.error(
                    below.over->span, "no-rank",
                    "where `" + rules_[i].id + "` applies cannot be asked in `" + lower.id +
                        "`: " + why,
                    "give what both rules speak of the same name and type in both");
                d.related.push_back({lower.span, "the rule that ranks lower"});
            }
            for (const auto& b : direct[below.rule]) next.push_back({b.rule, below.over});
        }
    }
}

}  // namespace antinomy::rule
