#include "check/needs.hpp"

#include <algorithm>
#include <string>

namespace antinomy::check {

using model::FieldKind;
using model::TypeId;
using rule::Op;
using rule::Term;

namespace {

class Reading {
public:
    Reading(const model::Vocabulary& vocabulary, Needs& out) : vocabulary_(vocabulary), out_(out) {
        out_.fields.resize(vocabulary.types().size());
        out_.all.resize(vocabulary.types().size());
        out_.titles.resize(vocabulary.types().size());
    }

    void rule(const rule::Rule& r) {
        if (r.between != rule::Between::none || r.among) {
            out_.everything = true;
            return;
        }
        for (std::size_t i = 0; i < r.bindings.size(); ++i) {
            const auto& b = r.bindings[i];
            if (b.type.kind != rule::Kind::record || b.side >= 0) out_.everything = true;
            if (b.source.op != Op::records) term(b.source);
            variable(i, b.type.record);
            records(b.type.record);
        }
        if (r.where) term(r.where->term);
        term(r.require.term);
        for (const auto& x : r.unless) exception(x);
        for (const auto* message : {&r.message, &r.possible})
            for (const auto& piece : *message) {
                if (piece.term) term(*piece.term);
                if (piece.second) term(*piece.second);
            }
    }

    void all_of(TypeId type) {
        if (!type.valid()) return;
        out_.fields[type.value].assign(vocabulary_.type(type).fields.size() + 1, 1);
        out_.all[type.value] = 1;
        out_.titles[type.value] = 1;
    }

private:
    void records(TypeId type) {
        if (!type.valid() || !out_.fields[type.value].empty()) return;
        const auto& t = vocabulary_.type(type);
        auto& fields = out_.fields[type.value];
        // One more than there are: a type without fields has records, too.
        fields.resize(t.fields.size() + 1);
        for (std::size_t i = 0; i < t.fields.size(); ++i) {
            const auto& f = t.fields[i];
            fields[i] = f.kind == FieldKind::day || f.kind == FieldKind::period ||
                        !f.lasts.empty() || f.name == t.title_field;
        }
        for (const auto& line : t.always)
            for (const auto& point : line.order.points) names(type, point.parts);
    }

    void variable(std::size_t index, TypeId type) {
        if (variables_.size() <= index) variables_.resize(index + 1);
        variables_[index] = type;
    }

    // Names of fields, each of what the one before leads to.
    void names(TypeId type, const std::vector<std::string>& parts) {
        for (const auto& part : parts) {
            const auto index =
                type.valid() ? vocabulary_.type(type).field_index(part) : std::size_t{SIZE_MAX};
            if (index == SIZE_MAX) {
                out_.everything = true;
                return;
            }
            type = step(type, index);
        }
    }

    // The type that a field leads to; none: it is no reference.
    TypeId step(TypeId type, std::size_t index) {
        records(type);
        out_.fields[type.value][index] = 1;
        const auto& field = vocabulary_.type(type).fields[index];
        if (field.name == vocabulary_.type(type).title_field) out_.titles[type.value] = 1;
        const auto target = field.target;
        records(target);
        return target;
    }

    void exception(const rule::Exception& x) {
        term(x.when.term);
        for (const auto& inner : x.unless) exception(inner);
    }

    // The type of the records that a term stands for, if it does.
    TypeId term(const Term& t) {
        if (t.side >= 0) out_.everything = true;
        switch (t.op) {
            case Op::path:
                return path(t);
            case Op::records: {
                const TypeId type{static_cast<std::uint32_t>(t.count)};
                records(type);
                if (type.valid()) out_.all[type.value] = 1;
                return type;
            }
            case Op::some:
            case Op::every:
            case Op::no: {
                const auto type = term(t.children[0]);
                if (t.binding >= 0)
                    variable(static_cast<std::size_t>(t.binding), t.days ? TypeId{} : type);
                term(t.children[1]);
                return {};
            }
            case Op::on_day: {
                const auto type = term(t.children[0]);
                term(t.children[1]);
                return type;
            }
            case Op::travel:
                for (const auto& place : t.children) all_of(term(place));
                return {};
            case Op::relative:
            case Op::anchored:
            case Op::elided:
            case Op::years:
            case Op::peers:
                out_.everything = true;
                return {};
            default:
                for (const auto& c : t.children) term(c);
                return {};
        }
    }

    TypeId path(const Term& t) {
        const auto at = static_cast<std::size_t>(t.binding);
        if (t.binding < 0 || at >= variables_.size()) {
            out_.everything = true;
            return {};
        }
        auto type = variables_[at];
        if (t.days) return {};
        if (!type.valid()) {
            out_.everything = true;
            return {};
        }
        records(type);
        for (const auto index : t.steps) {
            if (!type.valid()) {
                out_.everything = true;
                return {};
            }
            type = step(type, index);
        }
        return type;
    }

    const model::Vocabulary& vocabulary_;
    Needs& out_;
    std::vector<TypeId> variables_;
};

}  // namespace

void Needs::add(const Needs& o) {
    everything = everything || o.everything;
    fields.resize(std::max(fields.size(), o.fields.size()));
    all.resize(fields.size());
    titles.resize(fields.size());
    for (std::size_t t = 0; t < o.all.size(); ++t) all[t] |= o.all[t];
    for (std::size_t t = 0; t < o.titles.size(); ++t) titles[t] |= o.titles[t];
    for (std::size_t t = 0; t < o.fields.size(); ++t) {
        fields[t].resize(std::max(fields[t].size(), o.fields[t].size()));
        for (std::size_t i = 0; i < o.fields[t].size(); ++i) fields[t][i] |= o.fields[t][i];
    }
}

Needs needs_of(const rule::Packs& packs, const rule::Rule& r) {
    Needs out;
    Reading reading(packs.vocabulary(), out);
    reading.rule(r);
    reading.all_of(packs.vocabulary().find("source"));
    return out;
}

}  // namespace antinomy::check
