#include "check/run.hpp"

#include <algorithm>
#include <set>

#include "check/brief.hpp"
#include "check/state.hpp"
#include "check/suppress.hpp"
#include "check/weigh.hpp"
#include "rule/builtin.hpp"

namespace antinomy::check {

namespace {

// Of one rule in a case: who gets more reads none of them, and each takes a proof.
// With very many of all rules, each further rule tells a few.
constexpr std::size_t kFindings = 1'000;
constexpr std::size_t kAllFindings = 10'000;
constexpr std::size_t kFewFindings = 10;

// Sources in pairs: one finding for one field, with every value that takes part.
std::vector<Finding>::iterator rival_of(std::vector<Finding>& among, const Finding& f) {
    return std::find_if(among.begin(), among.end(), [&](const Finding& x) {
        return x.relation == Relation::between && x.rule == f.rule && x.at == f.at &&
               x.verdict == f.verdict && x.between_sources && f.between_sources;
    });
}

void merge_rivals(std::vector<Finding>& findings) {
    std::vector<Finding> out;
    for (auto& f : findings) {
        const auto same = rival_of(out, f);
        if (same == out.end()) {
            out.push_back(std::move(f));
            continue;
        }
        for (auto& p : f.places)
            if (std::none_of(same->places.begin(), same->places.end(),
                             [&](const Place& x) { return x.span == p.span; })) {
                same->message += ", and " + p.label;
                same->places.push_back(std::move(p));
            }
        for (const auto list : {&Proof::facts, &Proof::premises})
            for (auto& x : f.proof.*list)
                if (std::none_of((same->proof.*list).begin(), (same->proof.*list).end(),
                                 [&](const Fact& y) { return y.span == x.span; }))
                    (same->proof.*list).push_back(std::move(x));
        for (auto& line : f.proof.text)
            if (std::find(same->proof.text.begin(), same->proof.text.end(), line) ==
                same->proof.text.end())
                same->proof.text.push_back(std::move(line));
        same->fingerprint = std::min(same->fingerprint, f.fingerprint);
        same->identity.clear();
    }
    findings = std::move(out);
}

// What the date of a gap waits for, where the view says that it has not come.
std::string pending_of(const rule::Packs& packs, const model::Case& c, const ViewState& v,
                       const std::string& path) {
    auto whole = path;
    for (int part = 0; part < 2; ++part) {
        const auto dot = whole.rfind('.');
        if (dot == std::string::npos) return {};
        const auto record = c.by_path.find(whole.substr(0, dot));
        if (record != c.by_path.end() && !v.contexts.empty()) {
            const auto field = packs.vocabulary()
                                   .type(c.record(record->second).type)
                                   .field_index(whole.substr(dot + 1));
            if (field == SIZE_MAX) return {};
            const auto& timeline = *v.contexts.front().timeline;
            for (int side = 0; side < (v.other.valid() ? 2 : 1); ++side)
                for (const auto id :
                     timeline.view(side).held(c, record->second, static_cast<std::uint32_t>(field)))
                    if (!c.assertion(id).value.pending.empty())
                        return c.assertion(id).value.pending;
            return {};
        }
        whole.resize(dot);  // `force.start`: an end of a period
    }
    return {};
}

void add_gaps(const rule::Packs& packs, const model::Case& c, const Judgement& j,
              const Options& options, bool alone, std::vector<Gap>& out) {
    struct Found {
        Gap gap;
        std::set<std::string> accounts;
        std::size_t views = 0;
    };
    std::map<std::string, Found> found;
    for (const auto* list : {&j.views, &j.pairs})
        for (const auto& v : *list)
            for (const auto& o : v.outcomes) {
                if (o.status != Status::gap) continue;
                if (!options.rules.empty() && std::find(options.rules.begin(), options.rules.end(),
                                                        o.rule->id) == options.rules.end())
                    continue;
                if (v.other.valid() && o.unbound) continue;
                for (const auto& path : o.verdict().reads.gaps) {
                    // A case that is checked alone has nothing to be compared with; that is no
                    // fact which somebody could find out.
                    if (alone && o.rule->among && path.ends_with("." + o.rule->among->name))
                        continue;
                    // About what the rule is about; where that is itself not bound, about the
                    // record that lacks the field.
                    const auto dot = path.rfind('.');
                    const auto at = o.at().valid() ? c.record(o.at()).path : path.substr(0, dot);
                    auto& f = found[o.rule->id + "|" + at + "|" + path];
                    f.gap.rule = o.rule->id;
                    f.gap.case_id = c.id;
                    f.gap.at = at;
                    if (const auto of = c.by_path.find(at); of != c.by_path.end())
                        f.gap.span = c.record(of->second).span;
                    f.gap.field = path.substr(0, dot) == at ? path.substr(dot + 1) : path;
                    f.gap.burden = o.rule->burden;
                    if (f.gap.pending.empty()) f.gap.pending = pending_of(packs, c, v, path);
                    if (v.account.valid()) f.accounts.insert(account_name(c, v.account));
                    if (v.other.valid()) f.accounts.insert(account_name(c, v.other));
                    ++f.views;
                }
            }
    for (auto& [key, f] : found) {
        if (f.views < j.views.size()) f.gap.accounts.assign(f.accounts.begin(), f.accounts.end());
        out.push_back(std::move(f.gap));
    }
}

void explain(const rule::Packs& packs, const model::Case& c, Judgement& j, const std::string& rule,
             std::vector<Explained>& out) {
    for (auto* list : {&j.views, &j.pairs})
        for (auto& v : *list)
            for (const auto& o : v.outcomes) {
                if (o.rule->id != rule) continue;
                Explained e;
                e.at = o.at().valid() ? c.record(o.at()).path : "";
                e.account = account_name(c, v.account);
                if (v.other.valid()) e.account += " and " + account_name(c, v.other);
                for (std::size_t i = 0; i < o.rule->bindings.size(); ++i) {
                    const auto& binding = o.rule->bindings[i];
                    const auto r = o.instance.records[i];
                    std::string path = r.valid() ? c.record(r).path : "(not stated)";
                    if (binding.type.kind == rule::Kind::field && r.valid())
                        path +=
                            "." +
                            packs.vocabulary().type(c.record(r).type).fields[o.instance.field].name;
                    e.bindings.emplace_back(binding.name, std::move(path));
                }
                e.status = o.excepted ? "excepted" : std::string(word(o.status));
                for (const auto& g : o.verdict().reads.gaps)
                    if (o.status == Status::gap) {
                        e.note += (e.note.empty() ? "not stated: " : ", ") + g;
                        if (const auto waits = pending_of(packs, c, v, g); !waits.empty())
                            e.note += " (pending: " + waits + ")";
                    }
                if (o.status == Status::satisfied && o.verdict().on_doubt)
                    e.note = "on a doubtful date";
                if (!o.condition.empty()) e.note = "certain if " + o.condition;
                if (!o.unbound) {
                    auto& evaluator = *v.contexts[o.context()].evaluator;
                    const ViewLookup lookup(v, o.rule->stratum);
                    evaluator.set_lookup(&lookup);
                    evaluator.pick(o.verdict().choices);
                    if (o.rule->where)
                        for (auto& l : evaluator.trace(o.rule->where->term, o.instance))
                            e.lines.push_back({"where", l.written, l.values, l.outcome});
                    for (auto& l : evaluator.trace(o.rule->require.term, o.instance))
                        e.lines.push_back({"require", l.written, l.values, l.outcome});
                    for (std::size_t i = 0;
                         i < o.rule->unless.size() && i < o.verdict().exceptions.size(); ++i)
                        e.lines.push_back({"unless", o.rule->unless[i].when.written, "",
                                           o.verdict().exceptions[i]});
                    // By another way of counting it may come out otherwise.
                    for (const auto& [k, unused] : o.judged) {
                        static_cast<void>(unused);
                        if (o.turns_on.empty() || k == o.context()) continue;
                        auto& other = *v.contexts[k].evaluator;
                        other.set_lookup(&lookup);
                        const auto lines = other.trace(o.rule->require.term, o.instance);
                        for (auto& l : e.lines)
                            for (const auto& x : lines)
                                if (l.section == "require" && l.written == x.written &&
                                    l.outcome != x.outcome)
                                    l.outcome = "possible";
                        other.set_lookup(nullptr);
                    }
                    evaluator.set_lookup(nullptr);
                    evaluator.pick(time::kAllOpen);
                }
                out.push_back(std::move(e));
            }
}

// Of a part of a check nobody can say what a suppression would have silenced in the whole.
Suppressing suppressing(const model::Case& c, const Options& options, const CaseResult& result) {
    Suppressing out;
    out.today = options.today;
    const auto in = [](const std::vector<std::string>& list, const std::string& id) {
        return std::find(list.begin(), list.end(), id) != list.end();
    };
    for (const auto& s : c.suppressions) {
        const bool whole =
            options.accounts.empty() && !options.sources &&
            (options.rules.empty() || in(options.rules, s.rule)) &&
            std::none_of(result.undecided.begin(), result.undecided.end(),
                         [&](const Undecided& u) { return u.rule.empty() || u.rule == s.rule; });
        out.whole.push_back(whole);
    }
    return out;
}

}  // namespace

std::vector<const rule::Rule*> judged_rules(const rule::Packs& packs, const Options& options) {
    std::vector<const rule::Rule*> out;
    int top = -1;
    const auto asked = [&](const rule::Rule& r) {
        return options.rules.empty() ||
               std::find(options.rules.begin(), options.rules.end(), r.id) != options.rules.end();
    };
    bool every = options.rules.empty();
    for (const auto& b : rule::builtin_rules())
        every = every ||
                std::find(options.rules.begin(), options.rules.end(), b) != options.rules.end();
    for (const auto& r : packs.rules())
        if (asked(r) && r.reads_findings) top = std::max(top, r.stratum);
    for (const auto& r : packs.rules())
        // One that binds nothing is asleep: nothing is there that it could find (rule/parses.hpp).
        if (!r.bindings.empty() &&
            (every || asked(r) || r.stratum < top || r.kind == rule::RuleKind::fact))
            out.push_back(&r);
    return out;
}

void gather(const rule::Packs& packs, const model::Case& c, const Options& options,
            const Gather& out) {
    std::vector<const rule::Rule*> rules;
    // Views cost as much as judging does: none for a case that has nothing to compare.
    const auto has = [&](model::TypeId type) {
        return std::any_of(c.records.begin(), c.records.end(),
                           [&](const model::Record& r) { return r.type == type; });
    };
    for (const auto* r : judged_rules(packs, options)) {
        const auto& first = r->bindings.front();
        if (r->among && (first.source.op != rule::Op::records || has(first.type.record)))
            rules.push_back(r);
    }
    if (!rules.empty()) gather_case(packs, c, options, rules, out);
}

namespace {

using Holdings = std::vector<Holding>;

// Will a dating be found that shows what is possible, and one of the contrary? Where that was
// decided when it was judged, yes.
bool surely_shown(const Holdings& holdings) {
    return std::all_of(holdings.begin(), holdings.end(), [](const Holding& h) {
        const auto& judged = h.outcome->judged;
        return h.outcome->status == Status::certain ||
               std::any_of(judged.begin(), judged.end(), [](const auto& j) {
                   return j.second.status == Status::possible && !j.second.perhaps_certain;
               });
    });
}

// What must be worked out of findings that are told in a line: of those that their severities and
// verdicts put in order, no dates.
std::vector<Wanted> told_in_lines(const std::map<std::string, Holdings>& merged, bool dated) {
    std::map<std::pair<rule::Severity, Status>, std::size_t> alike;
    for (const auto& [key, h] : merged)
        ++alike[{h.front().outcome->rule->severity, h.front().outcome->status}];
    std::vector<Wanted> out;
    for (const auto& [key, h] : merged) {
        const auto& o = *h.front().outcome;
        const bool plain = o.rule->between == rule::Between::none && surely_shown(h);
        const bool ordered = dated || alike[{o.rule->severity, o.status}] > 1;
        out.push_back(!plain ? Wanted::all : ordered ? Wanted::ordered : Wanted::line);
    }
    return out;
}

// The days on which it turns, of those dates of which all its views say the same: another account
// may have other dates beside this one, and then other days decide.
void keep_common_turns(Finding& f, const Holdings& holdings) {
    for (std::size_t i = 1; i < holdings.size() && !f.turning.empty(); ++i) {
        Finding other;
        other.verdict = f.verdict;
        add_turning_points(other, *holdings[i].view, *holdings[i].outcome);
        const auto differs = [&](TurningPoint& t) {
            for (const auto& x : other.turning) {
                if (x.path != t.path) continue;
                if (x.certain != t.certain || x.possible != t.possible || x.fine != t.fine)
                    return true;
                for (std::size_t at = 0; at < x.stated.size();) {
                    const auto end = std::min(x.stated.find(" or ", at), x.stated.size());
                    const auto one = x.stated.substr(at, end - at);
                    if ((" or " + t.stated + " or ").find(" or " + one + " or ") ==
                        std::string::npos)
                        t.stated += " or " + one;
                    at = end + 4;
                }
            }
            return false;
        };
        f.turning.erase(std::remove_if(f.turning.begin(), f.turning.end(), differs),
                        f.turning.end());
    }
}

enum class How { whole, briefly, briefly_dated };

Checked checked(const rule::Packs& packs, const model::Case& c, const Options& options,
                const Groups* alone, const std::vector<const rule::Rule*>& rules, How how) {
    const bool briefly = how != How::whole;
    Checked out;
    auto& result = out.result;
    result.id = c.id;
    result.title = c.title;
    result.file = c.file;
    auto judgement = judge_case(packs, c, options, rules);
    result.undecided = judgement.undecided;
    const auto wanted = [&](const std::string& id) {
        return options.rules.empty() ||
               std::find(options.rules.begin(), options.rules.end(), id) != options.rules.end();
    };

    // ---- equal outcomes of several views are one finding
    std::map<std::string, Holdings> merged;
    for (auto* list : {&judgement.views, &judgement.pairs})
        for (auto& v : *list)
            for (auto& o : v.outcomes)
                if (o.is_finding() && !o.told_by_other && !o.rule->presumption &&
                    wanted(o.rule->id))
                    merged[o.key + "|" + std::string(word(o.status))].push_back({&v, &o});
    Resolver resolver(packs, c, options, rules, judgement);
    Contraries contraries(packs, c, options, rules);
    std::vector<Finding> builtin;
    const auto find_builtin = [&] {
        add_contradictions(packs, c, options, judgement, builtin, resolver, contraries);
        add_every_account(packs, c, judgement, builtin);
        add_quote_differences(packs, c, judgement, builtin);
        add_uncovered(c, judgement, builtin);
    };
    std::vector<Wanted> lines;
    if (briefly) find_builtin();
    if (briefly && builtin.empty()) lines = told_in_lines(merged, how == How::briefly_dated);
    std::size_t at = 0;
    struct Told {
        std::size_t most;
        std::size_t found = 0;
    };
    std::map<const rule::Rule*, Told> told;
    for (const auto& [key, holdings] : merged) {
        const auto of_it = lines.empty() ? Wanted::all : lines[at++];
        const bool many = result.findings.size() >= kAllFindings;
        auto& of_rule =
            told.try_emplace(holdings.front().outcome->rule, Told{many ? kFewFindings : kFindings})
                .first->second;
        if (++of_rule.found > of_rule.most) continue;
        auto f = present(c, packs, holdings, judgement.views.size(), of_it);
        // A finding that no dating shows, for want of work, is told, and so is that.
        const auto unshown = [](const Witness& w) {
            return std::any_of(w.assumes.begin(), w.assumes.end(),
                               [](const Assumed& a) { return a.kind == "undecided"; });
        };
        const auto said = [&](const Undecided& u) { return u.rule == f.rule && u.at == f.at; };
        if (std::any_of(f.proof.witnesses.begin(), f.proof.witnesses.end(), unshown) &&
            std::none_of(result.undecided.begin(), result.undecided.end(), said))
            result.undecided.push_back(
                {f.rule, c.id, f.at,
                 "possible; no dating that shows it was found within the limit of " +
                     std::to_string(time::Solver::kTests) + " tests"});
        // What is merged into an earlier finding is told with that one's.
        if (options.resolve && rival_of(result.findings, f) == result.findings.end()) {
            add_turning_points(f, *holdings.front().view, *holdings.front().outcome);
            keep_common_turns(f, holdings);
            resolver.resolve(f, holdings, contraries);
            contraries.find(f, holdings);
        }
        result.findings.push_back(std::move(f));
    }
    for (const auto* r : rules)
        if (const auto it = told.find(r); it != told.end() && it->second.found > it->second.most)
            result.undecided.push_back({r->id, c.id, "",
                                        "the rule has " + std::to_string(it->second.found) +
                                            " findings, of which " +
                                            std::to_string(it->second.most) + " are told"});
    merge_rivals(result.findings);
    if (!briefly) find_builtin();
    const auto tell_builtin = [&](std::vector<Finding> found) {
        for (auto& f : found) {
            if (!wanted(f.rule)) continue;
            f.severity = static_cast<Severity>(rule::find_builtin(f.rule)->severity);
            result.findings.push_back(std::move(f));
        }
    };
    tell_builtin(std::move(builtin));
    if (resolver.spent())
        result.notes.emplace_back(
            "what would change a finding was worked out for the first findings only: the case has "
            "too many");
    if (contraries.spent())
        result.notes.emplace_back(
            "whether the file has values on which a finding would not stand was looked for at the "
            "first findings only: the case has too many");
    if (options.infer) add_inferred(c, judgement, result.inferred);
    add_gaps(packs, c, judgement, options, alone != nullptr && options.groups == alone,
             result.gaps);
    tell_builtin(suppress(result.findings, c, suppressing(c, options, result)));
    sort_findings(result.findings);
    if (!briefly) group_findings(result.findings);
    if (!options.trace.empty()) explain(packs, c, judgement, options.trace, out.explained);
    std::map<std::string, bool> passed;
    for (const auto* list : {&judgement.views, &judgement.pairs})
        for (const auto& v : *list)
            for (const auto& o : v.outcomes) {
                if (o.status == Status::not_applicable) continue;
                auto& all = passed.emplace(o.rule->id, true).first->second;
                all = all && o.status == Status::satisfied;
            }
    for (const auto& [rule, all] : passed) out.applied.push_back({rule, all});
    if (!briefly) return out;
    for (const auto* list : {&judgement.views, &judgement.pairs})
        for (const auto& v : *list)
            for (const auto& context : v.contexts) {
                const auto& said = context.evaluator->titles_said();
                out.titles.insert(out.titles.end(), said.begin(), said.end());
            }
    return out;
}

// The case as a data set of its own.
const Groups* gather_alone(const rule::Packs& packs, const model::Case& c, const Options& options,
                           Groups& out) {
    gather(packs, c, options,
           [&](const auto& rule, const auto& key, const auto& amount, bool sure) {
               out.add(rule, key, amount, sure);
           });
    return &out;
}

}  // namespace

Checked check_case(const rule::Packs& packs, const model::Case& c, const Options& asked) {
    auto options = asked;
    Groups alone;
    if (options.groups == nullptr) options.groups = gather_alone(packs, c, options, alone);
    auto rules = judged_rules(packs, options);
    if (!options.settled.empty())
        rules.erase(std::remove_if(rules.begin(), rules.end(),
                                   [&](const rule::Rule* r) {
                                       return std::find(options.settled.begin(),
                                                        options.settled.end(),
                                                        r) != options.settled.end();
                                   }),
                    rules.end());
    return checked(packs, c, options, &alone, rules, How::whole);
}

Checked check_briefly(const rule::Packs& packs, const model::Case& c, const Options& asked,
                      const std::vector<const rule::Rule*>& rules, bool dated) {
    const auto how = dated ? How::briefly_dated : How::briefly;
    if (std::none_of(rules.begin(), rules.end(), [](const auto* r) { return r->among; }))
        return checked(packs, c, asked, nullptr, rules, how);
    auto options = asked;
    Groups alone;
    if (options.groups == nullptr) options.groups = gather_alone(packs, c, options, alone);
    return checked(packs, c, options, &alone, rules, how);
}

Verdicts verdicts(const rule::Packs& packs, const model::Case& c,
                  const std::vector<const rule::Rule*>& rules) {
    Scope scope;
    scope.statuses = true;
    scope.unowned = true;
    const Options options;
    const auto judgement = judge_case(packs, c, options, rules, scope);
    Verdicts out;
    out.undecided = !judgement.undecided.empty();
    for (const auto* list : {&judgement.views, &judgement.pairs})
        for (const auto& v : *list) {
            out.stands = out.stands && v.stands;
            for (const auto& o : v.outcomes)
                if (!o.unbound)
                    out.each.push_back({o.rule, o.at().valid() ? c.record(o.at()).path : "",
                                        std::string(word(o.status)), !v.other.valid() || o.owned});
        }
    return out;
}

}  // namespace antinomy::check
