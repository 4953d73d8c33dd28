#include "lint/lint.hpp"

#include <algorithm>

#include "lint/read_alone.hpp"
#include "rule/literals.hpp"
#include "rule/spell.hpp"

namespace antinomy::lint {

using rule::Exception;
using rule::Op;
using rule::Rule;
using rule::Term;

namespace {

Term negation(Term t) {
    Term out;
    out.op = Op::negate;
    out.children.push_back(std::move(t));
    return out;
}

Term conjunction(std::vector<Term> parts) {
    if (parts.size() == 1) return std::move(parts.front());
    Term out;
    out.op = Op::all;
    out.children = std::move(parts);
    return out;
}

Exception exception(Term when) {
    Exception out;
    out.when.term = std::move(when);
    return out;
}

// Excuses wherever the condition does not hold as one of an exception.
Exception must(Term condition) {
    Term always;
    always.op = Op::boolean;
    always.number = 1;
    auto out = exception(std::move(always));
    out.unless.push_back(exception(std::move(condition)));
    return out;
}

bool is_asked(const Term& t) {
    return t.type.kind == rule::Kind::condition && t.op != Op::negate && t.op != Op::boolean &&
           t.op != Op::cases;
}

// What has come before a condition, inside one quantifier or outside of all.
struct Frame {
    const Term* quantifier = nullptr;
    std::vector<Term> before{};
};
using Frames = std::vector<Frame>;

// The condition of some item, with what comes before it: all that is asked outside comes first.
std::vector<Term> inside(const Frames& frames, Term t) {
    for (std::size_t i = frames.size(); i-- > 0;) {
        auto parts = frames[i].before;
        parts.push_back(std::move(t));
        if (frames[i].quantifier == nullptr) return parts;
        Term some;
        some.op = Op::some;
        some.binding = frames[i].quantifier->binding;
        some.text = frames[i].quantifier->text;
        some.days = frames[i].quantifier->days;
        some.children = {frames[i].quantifier->children[0], conjunction(std::move(parts))};
        t = std::move(some);
    }
    return {std::move(t)};
}

std::string too_many(const Extent& e) {
    return "there are more than " + std::to_string(e.records == 0 ? kCases : kMore) + " cases of " +
           std::to_string(e.records + 1) + (e.records == 0 ? " record" : " records") + " a type";
}

struct Question {
    const Term* term = nullptr;
    text::Span span;
    std::string section;
    Goal yes;
    Goal no;
    bool first = true;  // nothing comes before it
};

class RuleLint {
public:
    RuleLint(const rule::Packs& packs, const Rule& r, Linted& out)
        : packs_(packs), rule_(r), search_(packs), out_(out), where_(conjuncts(r.where)) {
        needed_ = std::min(kRecords, most_of_one_type(r));
        examples_ = search_.examples(r);
    }

    // The smallest case in which the rule finds something, for what looks at several rules.
    std::optional<Found> run() {
        auto alone = read_alone(packs_, rule_);
        fire();
        for (auto& r : alone.remarks) {
            if (fires_) show(r, *fires_, "the rule finds something here");
            out_.remarks.push_back(std::move(r));
        }
        if (rule_.among) return std::nullopt;
        told_ = std::move(alone.told);
        exceptions(rule_.unless, {});
        if (rule_.where) ask(*rule_.where, rule_.where->term, "where", {Frame{}});
        ask(rule_.require, rule_.require.term, "require", {Frame{}});
        return std::move(fires_);
    }

private:
    // ---------------------------------------------------------------- the rule

    void fire() {
        if (rule_.among) {
            Remark r;
            r.span = rule_.span;
            open(r, "it compares a data set, and a made-up case is none");
            return;
        }
        const auto goal = goal_of(rule_, where_, true, rule_.unless);
        Extent extent;
        fires_ = find(goal, extent);
        if (fires_) {
            search_.shrink(goal, *fires_);
            return;
        }
        Remark r;
        r.code = "never-fires";
        r.span = rule_.span;
        r.text = "the rule never finds anything";
        r.help = "ask of `where`, `require` and `unless` what they have in common";
        auto applies = goal_of(rule_, where_, false, {});
        claim(std::move(r), extent, reads_of(packs_, rule_), applies,
              "the rule applies here, and finds nothing");
    }

    // A search that begins with the cases that were found before.
    std::optional<Found> find(const Goal& goal, Extent& extent) {
        for (const auto& f : known_)
            if (search_.holds_in(goal, f)) return f;
        auto out = search_.find(goal, extent);
        out_.cases += extent.cases;
        if (out) known_.push_back(*out);
        return out;
    }

    // Is there a case of it? Most questions the rule's own examples answer, at no cost; what is
    // possible in one may be so because of a doubt, which is no answer.
    bool is_so(const Goal& goal, Extent& extent) {
        return std::any_of(examples_.begin(), examples_.end(),
                           [&](const auto& c) { return search_.certain_in(goal, c); }) ||
               find(goal, extent).has_value();
    }

    void show(Remark& r, const Found& f, std::string shows) const {
        r.example = lines_of(f.space.written(f.choice));
        r.shows = std::move(shows);
        if (f.space.findings(f.choice)) r.shows += ", if other rules find errors about its records";
    }

    // Tells what no case contradicted, if enough were tried. `evidence`: a case of it is shown.
    bool claim(Remark r, const Extent& extent, const Reads& reads, const Goal& evidence,
               const std::string& shows) {
        if (!reads.unreachable.empty() || extent.records < needed_) {
            open(r, !reads.unreachable.empty()
                        ? "no value is made up for `" + *reads.unreachable.begin() + "`"
                        : too_many(extent));
            return false;
        }
        Extent more;
        if (auto f = find(evidence, more)) {
            search_.shrink(evidence, *f);
            show(r, *f, shows);
        }
        r.rule = rule_.id;
        r.searched = true;
        r.extent = extent;
        out_.remarks.push_back(std::move(r));
        return true;
    }

    void open(const Remark& r, std::string why) {
        out_.open.push_back({rule_.id, r.span, r.section,
                             r.written.empty() ? "does it ever find anything?" : r.written,
                             std::move(why)});
    }

    // ---------------------------------------------------------------- exceptions

    void exceptions(const std::vector<Exception>& list,
                    const std::vector<const Exception*>& outer) {
        for (const auto& e : list) {
            std::vector<Exception> given;
            for (const auto* o : outer) given.push_back(must(o->when.term));
            const auto without = goal_of(rule_, where_, true, given);
            given.push_back(must(e.when.term));
            const auto with = goal_of(rule_, where_, true, given);
            Extent extent;
            Extent other;
            bool never = false;
            if (!is_so(with, extent) && find(without, other)) {
                Remark r;
                r.code = "never-excepts";
                r.span = e.when.span;
                r.section = "unless";
                r.written = rule::spell(e.when.term);
                r.text = "the exception never holds where the rule would find something";
                r.help = "what it asks is excluded by `where`, or by `require` not being met";
                Reader reader(packs_, rule_);
                reader.add(e);
                never = claim(std::move(r), extent, reader.reads(), without,
                              outer.empty() ? "the rule finds something here"
                                            : "the exception around it holds here");
            }
            // If it never holds, what of it is never so says why: of several, one may be enough.
            outer_ = outer;
            if (!never || e.when.term.op == Op::all)
                ask(e.when, e.when.term, "unless", {Frame{}}, never);
            auto inner = outer;
            inner.push_back(&e);
            exceptions(e.unless, inner);
        }
    }

    // ---------------------------------------------------------------- conditions

    // Asks each condition in the term, the outer one last: what one inside it explains is not said
    // again. Was anything told?
    bool ask(const rule::Condition& c, const Term& t, const std::string& section, Frames frames,
             bool only_inside = false) {
        bool told = false;
        const auto children = [&](bool negated) {
            const auto kept = frames.back().before;
            for (const auto& child : t.children) {
                told = ask(c, child, section, frames) || told;
                frames.back().before.push_back(negated ? negation(child) : child);
            }
            frames.back().before = kept;
        };
        switch (t.op) {
            case Op::all:
                children(false);
                break;
            case Op::any:
                children(true);
                break;
            case Op::some:
            case Op::every:
            case Op::no: {
                auto deeper = frames;
                deeper.push_back({&t, {}});
                told = ask(c, t.children[1], section, deeper);
                break;
            }
            default:
                for (const auto& child : t.children) told = ask(c, child, section, frames) || told;
                break;
        }
        if (told || only_inside || !is_asked(t) || told_.count(&t) != 0) return told;
        return put(question(c, t, section, frames));
    }

    Question question(const rule::Condition& c, const Term& t, const std::string& section,
                      const Frames& frames) {
        Question q;
        q.term = &t;
        q.span = rule::place_of(c, t);
        q.section = section;
        for (const auto& f : frames) q.first = q.first && f.before.empty();
        const auto yes = inside(frames, t);
        const auto no = inside(frames, negation(t));
        if (section == "unless") {
            std::vector<Exception> given;
            for (const auto* o : outer_) given.push_back(must(o->when.term));
            auto with = given;
            with.push_back(must(conjunction(yes)));
            q.yes = goal_of(rule_, where_, true, std::move(with));
            auto before = frames.front().before;
            if (frames.size() > 1) {
                given.push_back(must(conjunction(no)));
            } else {
                if (!before.empty()) given.push_back(must(conjunction(std::move(before))));
                given.push_back(exception(t));
            }
            q.no = goal_of(rule_, where_, true, std::move(given));
            return q;
        }
        std::vector<Term> given;
        if (section == "require") given = where_;
        for (const auto* part : {&yes, &no}) {
            auto conditions = given;
            conditions.insert(conditions.end(), part->begin(), part->end());
            (part == &yes ? q.yes : q.no) = goal_of(
                section == "where" ? with_bindings_of(conditions) : rule_, conditions, false, {});
        }
        return q;
    }

    // What `where` asks of the first bindings keeps the others from being followed: `known(a.b)` is
    // no idle question because a later binding leads through `a.b`.
    Rule with_bindings_of(const std::vector<Term>& conditions) const {
        auto out = rule_;
        int last = 0;
        for (const auto& c : conditions) last = std::max(last, last_binding(c));
        out.bindings.resize(static_cast<std::size_t>(last) + 1, out.bindings.front());
        if (out.at > last) out.at = 0;
        return out;
    }

    int last_binding(const Term& t) const {
        int out = t.op == Op::path && t.binding < static_cast<int>(rule_.bindings.size())
                      ? std::max(0, t.binding)
                      : 0;
        for (const auto& c : t.children) out = std::max(out, last_binding(c));
        return out;
    }

    bool put(const Question& q) {
        Extent of_yes;
        Extent of_no;
        const bool yes = is_so(q.yes, of_yes);
        const bool no = is_so(q.no, of_no);
        // Where neither is so it is never asked, and what comes before it says why.
        if (yes == no) return false;
        // Nor is anything told where only an example gets so far: no made-up case could be
        // otherwise.
        Extent again;
        if (!find(yes ? q.yes : q.no, again)) return false;
        Remark r;
        r.code = yes ? "always-true" : "never-true";
        r.span = q.span;
        r.section = q.section;
        r.written = rule::spell(*q.term);
        std::string where;
        if (!q.first) where = ", where what comes before it leaves it open";
        if (q.section == "require") where += ", where the rule applies";
        if (q.section == "unless") where += ", where the rule would find something";
        r.text = "`" + r.written + "` is " + (yes ? "never false" : "never true") + where;
        r.help = yes ? "take it out, or ask what you meant to ask"
                     : "ask what you meant to ask, or take out what hangs on it";
        Reader reader(packs_, rule_);
        reader.add(*q.term);
        return claim(std::move(r), yes ? of_no : of_yes, reader.reads(), yes ? q.yes : q.no,
                     yes ? "it is true here" : "it is false here");
    }

    const rule::Packs& packs_;
    const Rule& rule_;
    Search search_;
    Linted& out_;
    std::vector<Term> where_;
    int needed_ = 1;
    std::optional<Found> fires_;
    std::vector<Found> known_;
    std::vector<model::Case> examples_;
    std::set<const Term*> told_;
    std::vector<const Exception*> outer_;  // of the exception that is asked
};

// ---------------------------------------------------------------- two rules

int rank(const std::string& status) {
    return status == "certain" ? 2 : status == "possible" ? 1 : 0;
}

class Pairs {
public:
    Pairs(const rule::Packs& packs, Linted& out) : packs_(packs), search_(packs), out_(out) {}

    // Does `other` say of each record at least what `r` says? `fires`: a case of `r`.
    void compare(const Rule& r, const Found& fires, const Rule& other) {
        if (!alike(r, other) || said_.count({other.id, r.id}) != 0) return;
        const auto goal = goal_of(r, conjuncts(r.where), true, r.unless);
        const auto weaker = goal_of(other, conjuncts(other.where), true, other.unless);
        const auto differs = [&](bool findings) {
            return [&, findings](const model::Case& c, const check::Verdicts& came) {
                const auto said = search_.judge(c, weaker.stages.back(), findings);
                return std::any_of(came.each.begin(), came.each.end(), [&](const auto& v) {
                    return rank(v.status) > 0 &&
                           std::none_of(said.each.begin(), said.each.end(), [&](const auto& x) {
                               return x.at == v.at && rank(x.status) >= rank(v.status);
                           });
                });
            };
        };
        const auto c = search_.build(fires.space, fires.choice);
        const bool findings = fires.space.findings(fires.choice);
        if (!c || differs(findings)(*c, search_.judge(*c, goal.stages.back(), findings))) return;
        for (const auto& example : search_.examples(r)) {
            const auto came = search_.judge(example, goal.stages.back(), false);
            if (came.stands && differs(false)(example, came)) return;
        }
        Extent extent;
        const auto found = search_.find(goal, extent, differs(false), {&other});
        out_.cases += extent.cases;
        if (found) return;
        Remark remark;
        remark.code = "subsumed";
        remark.rule = r.id;
        remark.span = r.span;
        remark.written = other.id;
        remark.text = "wherever the rule finds something, `" + other.id +
                      "` finds as much about the same record";
        remark.help = "keep one of the two, or say in `where` what is only the one's";
        const int needed =
            std::min(kRecords, std::max(most_of_one_type(r), most_of_one_type(other)));
        auto unreachable = reads_of(packs_, r).unreachable;
        const auto more = reads_of(packs_, other);
        unreachable.insert(more.unreachable.begin(), more.unreachable.end());
        if (!more.fails.empty() || !reads_of(packs_, r).fails.empty()) unreachable.insert("fails");
        if (extent.records < needed || !unreachable.empty()) {
            out_.open.push_back({r.id, r.span, "", "does it say more than " + other.id + "?",
                                 unreachable.empty()
                                     ? too_many(extent)
                                     : "no value is made up for `" + *unreachable.begin() + "`"});
            return;
        }
        said_.insert({r.id, other.id});
        remark.example = lines_of(fires.space.written(fires.choice));
        remark.shows = "both find something here";
        remark.searched = true;
        remark.extent = extent;
        out_.remarks.push_back(std::move(remark));
    }

private:
    static bool alike(const Rule& r, const Rule& other) {
        const auto& a = r.bindings[static_cast<std::size_t>(r.at)].type;
        const auto& b = other.bindings[static_cast<std::size_t>(other.at)].type;
        return r.id != other.id && !r.among && !other.among && a.kind == rule::Kind::record &&
               b.kind == rule::Kind::record && a.record == b.record && r.between == other.between &&
               r.presumption == other.presumption && other.severity <= r.severity;
    }

    const rule::Packs& packs_;
    Search search_;
    Linted& out_;
    std::set<std::pair<std::string, std::string>> said_;
};

}  // namespace

Linted lint(const rule::Packs& packs, const std::vector<const Rule*>& rules) {
    Linted out;
    out.rules = rules.size();
    std::vector<std::optional<Found>> fires;
    for (const auto* r : rules) fires.push_back(RuleLint(packs, *r, out).run());
    Pairs pairs(packs, out);
    for (std::size_t i = 0; i < rules.size(); ++i)
        for (const auto& other : packs.rules())
            if (fires[i]) pairs.compare(*rules[i], *fires[i], other);
    std::stable_sort(out.remarks.begin(), out.remarks.end(), [&](const Remark& a, const Remark& b) {
        const auto place = [&](const Remark& r) {
            return std::find_if(rules.begin(), rules.end(),
                                [&](const Rule* x) { return x->id == r.rule; }) -
                   rules.begin();
        };
        return place(a) < place(b);
    });
    return out;
}

}  // namespace antinomy::lint
