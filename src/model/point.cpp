// Where a name in the language of time leads.

#include <algorithm>

#include "model/case.hpp"
#include "text/nearest.hpp"

namespace antinomy::model {

namespace {

std::vector<std::string> dates_of(const Type& type) {
    std::vector<std::string> names;
    for (const auto& f : type.fields)
        if (f.kind == FieldKind::day || f.kind == FieldKind::period) names.push_back(f.name);
    return names;
}

// "name one of its dates: start, end"
std::string help_dates(const Type& type) {
    const auto dates = dates_of(type);
    if (dates.empty()) return "a record of this type has no date";
    std::string help = "name one of its dates: ";
    for (std::size_t i = 0; i < dates.size(); ++i) help += (i == 0 ? "" : ", ") + dates[i];
    return help;
}

class Resolver {
public:
    Resolver(const Vocabulary& vocabulary, const Case& file, const grammar::PointName& name,
             PointProblem* problem)
        : vocabulary_(vocabulary), file_(file), name_(name), problem_(problem) {}

    std::optional<PointRef> field(RecordId r, std::size_t at) {
        const auto& parts = name_.parts;
        const auto& type = vocabulary_.type(file_.record(r).type);
        const auto index = type.field_index(parts[at]);
        if (index == SIZE_MAX) {
            const auto dates = dates_of(type);
            return fail("unknown-reference",
                        "a record of type " + type.name + " has no field `" + parts[at] + "`",
                        dates.empty() ? help_dates(type) : text::did_you_mean(parts[at], dates),
                        at);
        }
        const auto& f = type.fields[index];
        const auto i = static_cast<std::uint32_t>(index);
        const auto after = parts.size() - at - 1;
        if (f.kind == FieldKind::day && after == 0) return PointRef{r, i, 0, i, 0};
        if (f.kind == FieldKind::period) {
            if (after == 0) return PointRef{r, i, 0, i, 1};
            if (after == 1 && parts[at + 1] == "start") return PointRef{r, i, 0, i, 0};
            if (after == 1 && parts[at + 1] == "end") return PointRef{r, i, 1, i, 1};
            return fail("unknown-reference",
                        "`" + f.name + "` is a period and has no `" + parts[at + 1] + "`",
                        "write " + f.name + ".start or " + f.name + ".end", at + 1);
        }
        if (f.kind == FieldKind::day)
            return fail("unknown-reference",
                        "`" + f.name + "` is a date and has no `" + parts[at + 1] + "`",
                        "end the name after `" + f.name + "`", at + 1);
        return fail("wrong-type", "`" + f.name + "` is " + describe(f) + ", expected a date",
                    help_dates(type), at);
    }

    std::optional<PointRef> moment(RecordId r, std::size_t at) {
        const auto& type = vocabulary_.type(file_.record(r).type);
        const auto first = type.field_index(type.first_moment);
        const auto last = type.field_index(type.last_moment);
        if (first == SIZE_MAX || last == SIZE_MAX)
            return fail("wrong-type",
                        "`" + name_.parts[at] + "` is a record of type " + type.name +
                            " and stands for no day by itself",
                        help_dates(type), at);
        return PointRef{r, static_cast<std::uint32_t>(first), 0, static_cast<std::uint32_t>(last),
                        type.fields[last].kind == FieldKind::period ? 1u : 0u};
    }

    // Several types may have a record of that name: those that stand for a day (or have the field)
    // count. Invalid: the reason was given.
    RecordId record_of(const std::string& id) {
        const auto it = file_.by_id.find(id);
        if (it == file_.by_id.end() || it->second.empty()) {
            std::vector<std::string> known;
            for (const auto& r : file_.records)
                if (!vocabulary_.type(r.type).first_moment.empty()) known.push_back(r.id);
            fail("unknown-reference", "no record `" + id + "`", text::did_you_mean(id, known), 0);
            return {};
        }
        std::vector<RecordId> fit;
        for (const auto c : it->second) {
            const auto& t = vocabulary_.type(file_.record(c).type);
            if (name_.parts.size() == 1 ? !t.first_moment.empty()
                                        : t.field(name_.parts[1]) != nullptr)
                fit.push_back(c);
        }
        if (fit.size() > 1) {
            const auto& a = file_.record(fit[0]).path;
            const auto& b = file_.record(fit[1]).path;
            fail("ambiguous-name", "`" + id + "` may be " + a + " or " + b,
                 "write `" + a + "` or `" + b + "`", 0);
            return {};
        }
        return fit.empty() ? it->second.front() : fit.front();
    }

    RecordId record_in(TypeId type, const std::string& id) {
        const auto r = file_.find_in(type, id);
        if (!r.valid()) {
            std::vector<std::string> known;
            for (const auto& record : file_.records)
                if (record.type == type) known.push_back(record.id);
            fail("unknown-reference", "no " + vocabulary_.type(type).name + " `" + id + "`",
                 text::did_you_mean(id, known), 1);
        }
        return r;
    }

private:
    std::nullopt_t fail(std::string code, std::string why, std::string help, std::size_t part) {
        if (problem_ != nullptr)
            *problem_ = {std::move(code), std::move(why), std::move(help), part};
        return std::nullopt;
    }

    const Vocabulary& vocabulary_;
    const Case& file_;
    const grammar::PointName& name_;
    PointProblem* problem_;
};

}  // namespace

grammar::Range PointProblem::range(const grammar::PointName& name) const {
    // No blanks stand in a name: its parts lie side by side, a dot between them.
    auto begin = name.range.begin;
    for (std::size_t i = 0; i < part; ++i)
        begin += static_cast<std::uint32_t>(name.parts[i].size() + 1);
    return {begin, begin + static_cast<std::uint32_t>(name.parts[part].size())};
}

std::optional<PointRef> resolve_point(const Vocabulary& vocabulary, const Case& file,
                                      const grammar::PointName& name, RecordId context,
                                      PointProblem* problem) {
    Resolver resolver(vocabulary, file, name, problem);
    if (context.valid()) return resolver.field(context, 0);
    const auto type = name.parts.size() > 1 ? vocabulary.find_plural(name.parts[0]) : TypeId{};
    const std::size_t at = type.valid() ? 1 : 0;
    const auto r =
        type.valid() ? resolver.record_in(type, name.parts[1]) : resolver.record_of(name.parts[0]);
    if (!r.valid()) return std::nullopt;
    if (at + 1 == name.parts.size()) return resolver.moment(r, at);
    return resolver.field(r, at + 1);
}

}  // namespace antinomy::model
