// Rules made into what a screen runs: every name looked up once, constants worked out.
#include <re2/re2.h>

#include <algorithm>
#include <functional>

#include "check/evaluate.hpp"
#include "check/screen_program.hpp"

namespace antinomy::check {

namespace {

using model::FieldKind;
using model::TypeId;
using rule::Kind;
using rule::Op;
using rule::Term;

bool is_date(FieldKind k) {
    return k == FieldKind::day || k == FieldKind::period;
}

class Compiler {
public:
    Compiler(const rule::Packs& packs, const Options& options, const model::Case& frame)
        : vocabulary_(packs.vocabulary()), packs_(packs), options_(options), frame_(frame) {
        out_.types.resize(vocabulary_.types().size());
        out_.choices = frame.choices;
    }

    ScreenProgram run() {
        for (std::uint32_t t = 0; t < out_.types.size(); ++t) compile_type(TypeId{t});
        for (const auto* r : judged_rules(packs_, options_)) compile_rule(*r);
        return std::move(out_);
    }

private:
    std::uint32_t slot(TypeId type, std::size_t field) {
        auto& slots = out_.types[type.value].slots;
        return slots.try_emplace(field, static_cast<std::uint32_t>(slots.size())).first->second;
    }

    int date(TypeId type_id, std::size_t field, std::uint32_t part) {
        const auto& type = vocabulary_.type(type_id);
        ScreenDate d;
        d.type = type_id;
        d.slot = slot(type_id, field);
        d.field = static_cast<std::uint32_t>(field);
        d.part = part;
        if (const auto& other = type.fields[field].otherwise; !other.empty()) {
            const auto index = type.field_index(other);
            d.other_slot = slot(type_id, index);
            d.other_field = static_cast<std::uint32_t>(index);
            for (std::size_t k = 0; k < type.fields.size(); ++k)
                if (!type.fields[k].lasts.empty())
                    d.lasts.emplace_back(slot(type_id, k), type.fields[k].lasts);
        }
        out_.dates.push_back(std::move(d));
        return static_cast<int>(out_.dates.size() - 1);
    }

    // ---- types

    void compile_type(TypeId id) {
        const auto& type = vocabulary_.type(id);
        auto& out = out_.types[id.value];
        for (std::size_t f = 0; f < type.fields.size(); ++f)
            if (type.fields[f].kind == FieldKind::period) out.periods.push_back(slot(id, f));
        for (const auto& line : type.always) {
            ScreenLine made;
            bool good = line.order.points.size() >= 2;
            std::vector<std::pair<std::size_t, std::size_t>> moments;  // first, last
            for (const auto& name : line.order.points) {
                const auto f =
                    name.parts.size() == 1 ? type.field_index(name.parts.front()) : SIZE_MAX;
                if (f == SIZE_MAX || !is_date(type.fields[f].kind)) {
                    good = false;
                    break;
                }
                const bool period = type.fields[f].kind == FieldKind::period;
                moments.emplace_back(made.dates.size(), made.dates.size() + (period ? 1 : 0));
                made.dates.push_back(static_cast<std::size_t>(date(id, f, 0)));
                if (period) made.dates.push_back(static_cast<std::size_t>(date(id, f, 1)));
            }
            for (std::size_t n = 0; good && n + 1 < moments.size(); ++n) {
                using Relation = grammar::OrderRelation::Kind;
                const auto& a = moments[n];
                const auto& b = moments[n + 1];
                switch (line.order.relations[n].kind) {
                    case Relation::before:
                        made.links.push_back({a.second, b.first, 1});
                        break;
                    case Relation::after:
                        made.links.push_back({b.second, a.first, 1});
                        break;
                    case Relation::not_after:  // the last of b is not before the first of a
                        made.links.push_back({a.first, b.second, 0});
                        break;
                    case Relation::not_before:
                        made.links.push_back({b.first, a.second, 0});
                        break;
                    default:
                        good = false;
                }
            }
            if (good)
                out.lines.push_back(std::move(made));
            else
                out.closer = true;
        }
    }

    // ---- terms

    // Types of records by variable, while a rule is compiled.
    using Types = std::vector<TypeId>;

    static ScreenNode closer(const Term& t) {
        ScreenNode n;
        n.op = t.op;
        n.kind = t.type.kind;
        n.closer = true;
        return n;
    }

    ScreenNode node(const Term& t, Types& types) {
        ScreenNode n;
        n.op = t.op;
        n.kind = t.type.kind;
        n.binding = t.binding;
        n.text = t.text;
        n.number = t.number;
        n.count = t.count;
        n.unit = t.unit;
        n.bound = t.bound;
        n.word = t.word;
        n.after = t.after;
        n.term = rule::is_term(t);
        if (t.side >= 0 || (t.days && t.op != Op::path)) return closer(t);
        switch (t.op) {
            case Op::path:
                return path(t, n, types);
            case Op::records:
                n.type = TypeId{static_cast<std::uint32_t>(t.count)};
                n.complete = frame_.is_complete(vocabulary_.type(n.type).plural);
                return n;
            case Op::some:
            case Op::every:
            case Op::no: {
                n.children.push_back(node(t.children[0], types));
                const auto variable = static_cast<std::size_t>(t.binding);
                if (types.size() <= variable) types.resize(variable + 1);
                types[variable] = t.children[0].type.record;
                n.children.push_back(node(t.children[1], types));
                if (n.children[0].closer) return closer(t);
                return n;
            }
            case Op::policy:
            case Op::dated:
                return policy(t, n);
            case Op::duration:
                length({t.count, t.unit, {}}, n);
                return n;
            case Op::day:
            case Op::number:
            case Op::text:
            case Op::word:
            case Op::boolean:
                return n;
            case Op::matches: {
                re2::RE2::Options options(re2::RE2::Quiet);
                options.set_max_mem(1 << 20);
                n.pattern = std::make_shared<const re2::RE2>(t.text, options);
                break;
            }
            // Of a sketch nothing is relative.
            case Op::relative:
            case Op::anchored:
            case Op::elided:
                n.op = Op::boolean;
                n.kind = Kind::condition;
                n.number = 0;
                return n;
            case Op::all:
            case Op::any:
            case Op::negate:
            case Op::compare:
            case Op::in:
            case Op::relation:
            case Op::known:
            case Op::pending:
            case Op::doubtful:
            case Op::certainly:
            case Op::possibly:
            case Op::fails:
            case Op::same:
            case Op::age:
            case Op::width:
            case Op::width_up_to:
            case Op::earliest:
            case Op::latest:
            case Op::count:
            case Op::deadline:
            case Op::flips:
            case Op::sum:
            case Op::product:
            case Op::stretch:
            case Op::total:
            case Op::cases:
                break;
            default:
                return closer(t);
        }
        if (t.op == Op::relation &&
            (t.word == grammar::TimeWord::allen || t.word == grammar::TimeWord::agrees))
            return closer(t);
        for (const auto& c : t.children) n.children.push_back(node(c, types));
        return n;
    }

    ScreenNode path(const Term& t, ScreenNode n, const Types& types) {
        const auto at = static_cast<std::size_t>(t.binding);
        if (t.days || !t.all_the_way.empty() || t.binding < 0 || at >= types.size() ||
            !types[at].valid())
            return closer(t);
        auto type_id = types[at];
        for (std::size_t i = 0; i < t.steps.size(); ++i) {
            const auto& field = vocabulary_.type(type_id).fields[t.steps[i]];
            if (field.kind == FieldKind::reference || field.kind == FieldKind::nested) {
                n.steps.push_back({type_id, slot(type_id, t.steps[i]), t.steps[i],
                                   field.list || field.kind == FieldKind::nested});
                type_id = field.target;
                continue;
            }
            n.owner = type_id;
            n.slot = slot(type_id, t.steps[i]);
            n.field = t.steps[i];
            n.field_kind = field.kind;
            n.field_list = field.list;
            if (!is_date(field.kind)) return n;
            const bool period = field.kind == FieldKind::period;
            n.first = date(type_id, n.field, period && t.part == 1 ? 1 : 0);
            n.last = date(type_id, n.field, period && t.part != 0 ? 1 : 0);
            return n;
        }
        n.to_record = true;
        const auto& type = vocabulary_.type(type_id);
        if (!type.first_moment.empty()) {
            const auto f = type.field_index(type.first_moment);
            const auto l = type.field_index(type.last_moment);
            n.first =
                date(type_id, f, type.fields[f].kind == FieldKind::period && t.part == 1 ? 1 : 0);
            n.last =
                date(type_id, l, type.fields[l].kind == FieldKind::period && t.part != 0 ? 1 : 0);
        }
        return n;
    }

    void length(const model::PolicyValue& v, ScreenNode& n) const {
        using grammar::Unit;
        const auto unit = v.unit.value_or(Unit::day);
        n.op = Op::duration;
        n.number = static_cast<double>(v.count);
        if (unit == Unit::working_day)
            (frame_.conventions.working_days ? n.closer : n.untold) = true;
        const auto amount = Evaluator::amount_of(v);
        n.months = amount.months;
        n.seconds = static_cast<std::int64_t>(amount.low);
        n.by_clock = amount.by_clock;
    }

    // A policy has one value here, unless it has dates.
    ScreenNode policy(const Term& t, ScreenNode n) {
        const bool number = t.type.kind != Kind::duration;
        const auto term = frame_.terms.find(t.text);
        if (term == frame_.terms.end()) {
            const auto it = frame_.policies.find(t.text);
            if (it == frame_.policies.end()) {
                n.gap = true;
                return n;
            }
            if (!number) {
                // As a term a policy is looked for among the terms alone, unless a day is named.
                if (t.op == Op::policy)
                    n.gap = true;
                else
                    length({static_cast<std::int64_t>(it->second), {}, {}}, n);
                return n;
            }
            n.op = Op::number;
            n.number = t.op == Op::dated
                           ? static_cast<double>(static_cast<std::int64_t>(it->second))
                           : it->second;
            return n;
        }
        const auto& values = term->second.values;
        if (t.op == Op::dated && (values.size() != 1 || !(values.front().days == time::Window{})))
            return closer(t);
        if (t.op == Op::policy && number) {
            // A number is looked for among the numbers.
            n.gap = frame_.policies.find(t.text) == frame_.policies.end();
            n.op = Op::number;
            if (!n.gap) n.number = frame_.policies.find(t.text)->second;
            return n;
        }
        length(values.front(), n);
        if (number) {
            n.op = Op::number;
            n.closer = false;
        }
        return n;
    }

    // ---- rules

    // The highest binding that a condition needs, -1 if none.
    static int highest(const Term& t, int bindings) {
        const bool quantifier = t.op == Op::some || t.op == Op::every || t.op == Op::no;
        int n = t.op == Op::path ? t.binding : -1;
        if (quantifier || n >= bindings) n = -1;
        for (const auto& c : t.children) n = std::max(n, highest(c, bindings));
        return n;
    }

    ScreenException exception(const rule::Exception& x, Types& types) {
        ScreenException out;
        out.when = node(x.when.term, types);
        for (const auto& inner : x.unless) out.unless.push_back(exception(inner, types));
        return out;
    }

    void compile_rule(const rule::Rule& r) {
        // Between accounts and between sources there is nothing in a case of one view.
        if (r.between != rule::Between::none) {
            out_.idle.push_back(&r);
            return;
        }
        const bool asked =
            options_.rules.empty() ||
            std::find(options_.rules.begin(), options_.rules.end(), r.id) != options_.rules.end();
        // Not asked for: nobody hears what it comes to.
        if (r.among && !asked && r.kind == rule::RuleKind::law) return;
        ScreenRule out;
        out.rule = &r;
        out.number = static_cast<std::uint32_t>(out_.ids.size());
        out.fact = r.kind == rule::RuleKind::fact;
        out.asked = asked;
        out.at = r.at;
        Types types;
        for (const auto& b : r.bindings) {
            ScreenRule::Binding made;
            if (b.type.kind == Kind::field || b.side >= 0) {
                out.closer = true;
            } else {
                made.source = node(b.source, types);
                made.beside = b.beside;
                out.closer = out.closer || made.source.closer ||
                             (made.source.op != Op::records && made.source.op != Op::path);
            }
            types.push_back(b.type.record);
            out.bindings.push_back(std::move(made));
        }
        out.alone = !out.closer && !out.fact && !r.reads_findings && !r.among;
        const auto count = static_cast<int>(r.bindings.size());
        if (r.where) {
            const auto& w = r.where->term;
            out.where_is_all = w.op == Op::all;
            const auto add = [&](const Term& t) {
                out.where.emplace_back(
                    node(t, types), static_cast<std::size_t>(std::max(0, highest(t, count)) + 1));
            };
            if (out.where_is_all)
                for (const auto& c : w.children) add(c);
            else
                add(w);
        }
        // What is never so rules the rule out, whatever it is bound to.
        for (const auto& [part, unused] : out.where) {
            static_cast<void>(unused);
            if (part.op == Op::boolean && part.number == 0 && !part.closer) {
                out_.idle.push_back(&r);
                return;
            }
        }
        out.require = node(r.require.term, types);
        for (const auto& x : r.unless) out.unless.push_back(exception(x, types));
        out.variables = types.size();
        out_.variables = std::max({out_.variables, out.variables, out.bindings.size()});
        out_.ids.push_back(r.id);
        out_.rules.push_back(std::move(out));
    }

    const model::Vocabulary& vocabulary_;
    const rule::Packs& packs_;
    const Options& options_;
    const model::Case& frame_;
    ScreenProgram out_;
};

}  // namespace

ScreenProgram compile_screen(const rule::Packs& packs, const Options& options,
                             const model::Case& frame) {
    return Compiler(packs, options, frame).run();
}

}  // namespace antinomy::check
