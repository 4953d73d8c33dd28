// Where a name in the language of time leads.

#include "model/case.hpp"

namespace antinomy::model {

std::optional<PointRef> resolve_point(const Vocabulary& vocabulary, const Case& file,
                                      const grammar::PointName& name, RecordId context,
                                      std::string* why) {
    const auto field_point = [&](RecordId r, const Type& type,
                                 std::size_t at) -> std::optional<PointRef> {
        const auto index = type.field_index(name.parts[at]);
        if (index == SIZE_MAX) {
            std::vector<std::string> known;
            for (const auto& f : type.fields)
                if (f.kind == FieldKind::day || f.kind == FieldKind::period)
                    known.push_back(f.name);
            if (why != nullptr)
                *why = "a record of type " + type.name + " has no field `" + name.parts[at] + "` (dates: " +
                       (known.empty() ? "none" : [&] {
                           std::string s;
                           for (const auto& k : known) s += (s.empty() ? "" : ", ") + k;
                           return s;
                       }()) + ")";
            return std::nullopt;
        }
        const auto& field = type.fields[index];
        const auto i = static_cast<std::uint32_t>(index);
        if (field.kind == FieldKind::day && at + 1 == name.parts.size())
            return PointRef{r, i, 0, i, 0};
        if (field.kind == FieldKind::period) {
            if (at + 1 == name.parts.size()) return PointRef{r, i, 0, i, 1};
            if (at + 2 == name.parts.size() && name.parts[at + 1] == "start")
                return PointRef{r, i, 0, i, 0};
            if (at + 2 == name.parts.size() && name.parts[at + 1] == "end")
                return PointRef{r, i, 1, i, 1};
        }
        if (why != nullptr)
            *why = "`" + name.parts[at] + "` of a " + type.name + " is " + describe(field) +
                   ", expected a date";
        return std::nullopt;
    };
    if (context.valid()) return field_point(context, vocabulary.type(file.record(context).type), 0);
    const auto moment = [&](RecordId r) -> std::optional<PointRef> {
        const auto& type = vocabulary.type(file.record(r).type);
        if (type.first_moment.empty()) {
            if (why != nullptr)
                *why = "a record of type " + type.name +
                       " stands for no day by itself: name one of its dates";
            return std::nullopt;
        }
        const auto f = static_cast<std::uint32_t>(type.field_index(type.first_moment));
        const auto l = static_cast<std::uint32_t>(type.field_index(type.last_moment));
        return PointRef{r, f, 0, l, type.fields[l].kind == FieldKind::period ? 1u : 0u};
    };
    std::size_t at = 0;
    TypeId type;
    if (name.parts.size() > 1) {
        type = vocabulary.find_plural(name.parts[0]);
        if (type.valid()) at = 1;
    }
    RecordId r;
    if (type.valid()) {
        r = file.find_in(type, name.parts[at]);
    } else {
        const auto it = file.by_id.find(name.parts[0]);
        if (it != file.by_id.end()) {
            // Several types may have a record of that name: those that stand for a day (or have the
            // field) count.
            std::vector<RecordId> fit;
            for (const auto c : it->second) {
                const auto& t = vocabulary.type(file.record(c).type);
                if (name.parts.size() == 1 ? !t.first_moment.empty()
                                           : t.field(name.parts[1]) != nullptr)
                    fit.push_back(c);
            }
            if (fit.size() > 1) {
                if (why != nullptr)
                    *why = "`" + name.parts[0] + "` may be " + file.record(fit[0]).path + " or " +
                           file.record(fit[1]).path + ": write it out";
                return std::nullopt;
            }
            r = fit.empty() ? it->second.front() : fit.front();
        }
    }
    if (!r.valid()) {
        if (why != nullptr) *why = "no record `" + name.parts[at] + "`";
        return std::nullopt;
    }
    if (at + 1 == name.parts.size()) return moment(r);
    return field_point(r, vocabulary.type(file.record(r).type), at + 1);
}

}  // namespace antinomy::model
