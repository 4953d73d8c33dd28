#include "data/sketch_plan.hpp"

#include <algorithm>

#include "data/apply.hpp"
#include "model/builder.hpp"

namespace antinomy::data {

using check::Sketch;
using model::FieldKind;
using model::TypeId;

namespace {

constexpr std::uint32_t kNone = Sketch::kNone;

class Planner {
public:
    Planner(SketchPlan::Parts& out, const Map& map, const rule::Packs& packs)
        : out_(out), map_(map), packs_(packs), vocabulary_(packs.vocabulary()) {}

    void plan(const check::Options& options) {
        out_.map = &map_;
        out_.types = vocabulary_.types().size();
        if (map_.per != Per::record) return refuse("cases of several records");
        if (map_.parts.size() > 1) return refuse("several kinds of files");
        if (!map_.accounts.empty() || !map_.data_accounts.empty()) return refuse("accounts");
        text::Diagnostics problems;
        const auto root = Applier(map_, vocabulary_).without_data();
        out_.frame = model::build_case(vocabulary_, {{root.span.file, &root, true, false}},
                                       problems, packs_.policies(), packs_.terms());
        // The constants of the map alone may lack what the data bring; then they say nothing.
        if (problems.has_errors()) return refuse("constants that do not stand alone");
        for (const auto& zone : out_.frame.zones)
            if (zone.kind == time::Zone::Kind::unknown) return refuse("an unknown zone");
        if (out_.frame.zones.size() > 1) return refuse("several zones");
        out_.screen = std::make_unique<check::Screen>(packs_, options, out_.frame);
        for (const auto& [key, records] : map_.lists)
            for (const auto& r : records) names_.push_back(&r);
        plan_records();
        if (!out_.why_not.empty()) return;
        // Once more without the values that no rule reads of such records.
        std::vector<check::Screen::Shape> shapes;
        for (const auto& t : out_.templates) shapes.push_back(shape(t));
        out_.screen->know(shapes);
        out_.root = {};
        out_.splits.clear();
        out_.templates.clear();
        plan_records();
    }

private:
    void plan_records() {
        for (const auto& [key, value] : map_.case_block) {
            if (!value.path) continue;
            if (key->text != "id" && key->text != "title")
                return refuse("`" + key->text + "` of the case from the data");
            auto lead = this->lead(*value.path, false, key->text == "id");
            if (!lead) return;
            (key->text == "id" ? out_.id : out_.title) = lead;
            out_.case_nulls = value.writing.nulls;
        }
        for (const auto* r : names_) {
            record(*r);
            if (!out_.why_not.empty()) return;
        }
        // `term` of every item and a record `term-1` have one name.
        for (const auto* r : names_)
            for (const auto* o : names_)
                if (r != o && o->each && r->type == o->type && r->name.rfind(o->name + "-", 0) == 0)
                    return refuse("names that may meet");
    }

    void refuse(const std::string& what) {
        if (out_.why_not.empty()) out_.why_not = what;
    }

    // A number for a path in its place. `content`: what it leads to is read, if it is a text.
    std::optional<Lead> lead(const Path& path, bool of_item, bool content) {
        Lead out;
        out.of_item = of_item && !path.from_root;
        out.slot = path.slot;
        auto& place = out.of_item ? out_.splits[split_].place : out_.root;
        std::uint32_t at = 0;
        if (path.steps.empty() && !out.of_item) {
            refuse("the record itself as a value");
            return std::nullopt;
        }
        for (const auto& step : path.steps) {
            if (step.kind != Path::Step::Kind::name) {
                refuse("`" + path.written + "`");
                return std::nullopt;
            }
            auto& node = place.names[at];
            const auto known = std::find_if(node.children.begin(), node.children.end(),
                                            [&](const auto& c) { return c.first == step.name; });
            if (known != node.children.end()) {
                at = known->second;
                continue;
            }
            const auto next = static_cast<std::uint32_t>(place.names.size());
            node.children.emplace_back(step.name, next);
            node.lengths |= std::uint64_t{1} << (step.name.size() % 64);
            place.names.emplace_back();
            at = next;
        }
        auto& end = place.names[at];
        if (end.path == kNone) end.path = place.paths++;
        end.content = end.content || content;
        out.number = end.path;
        last_ = at;
        return out;
    }

    void record(const RecordMap& r) {
        Template t;
        t.type = r.type;
        t.size = out_.screen->size(r.type);
        if (r.each) {
            if (r.each->many() || !r.each_split.empty()) return refuse("`" + r.each->written + "`");
            const auto known =
                std::find_if(out_.splits.begin(), out_.splits.end(),
                             [&](const Split& s) { return s.written == r.each->written; });
            t.each = static_cast<std::uint32_t>(known - out_.splits.begin());
            if (known == out_.splits.end()) {
                Split s;
                const auto list = lead(*r.each, false, false);
                if (!list) return;
                out_.root.names[last_].each = true;
                out_.root.names[last_].splits.push_back(t.each);
                s.list = *list;
                s.written = r.each->written;
                s.level = r.each->steps.size() + 2;
                out_.splits.push_back(std::move(s));
            }
            out_.splits[t.each].slots.push_back(r.each->slot);
            split_ = t.each;
        }
        if (r.named) {
            // One template a type: names from the data may not meet those that the map makes.
            if (std::count_if(names_.begin(), names_.end(),
                              [&](const RecordMap* o) { return o->type == r.type; }) > 1)
                return refuse("names from the data beside others");
            t.named = lead(*r.named->path, t.each != kNone, true);
            t.naming = &r.named->writing;
            t.has_paths = true;
        }
        if (!weak_or_silent(r.meta, r)) return refuse("words about whole records");
        for (const auto& f : r.fields) {
            field(t, r, f);
            if (!out_.why_not.empty()) return;
        }
        for (const auto& f : t.fields) t.fills.push_back(fill(f));
        out_.templates.push_back(std::move(t));
    }

    static Fill fill(const FieldPlan& f) {
        Fill out;
        out.slot = f.slot;
        out.closed = f.closed;
        if (f.from) {
            out.has_path = true;
            out.no_nulls = f.writing->nulls.empty();
            out.of_item = f.from->of_item;
            out.path = f.from->number;
            out.met = f.from->slot;
            out.how = f.day_only ? Fill::How::day : f.form_only ? Fill::How::form : Fill::How::any;
        } else if (f.constant) {
            out.how = f.field->list ? Fill::How::any : Fill::How::constant;
        } else if (f.targets.size() == 1 && !f.field->list) {
            out.how = Fill::How::refer;
            out.target = f.targets.front();
        }
        return out;
    }

    // What is the same of all records of a template.
    static check::Screen::Shape shape(const Template& t) {
        using Is = check::Screen::Shape::Value::Is;
        check::Screen::Shape out;
        out.type = t.type;
        out.one = t.each == kNone;
        out.values.resize(t.size);
        for (const auto& f : t.fields) {
            if (f.slot == kNone) continue;
            auto& v = out.values[f.slot];
            v.is = Is::any;
            if (f.constant && f.field->kind == FieldKind::word && !f.field->list) {
                v.is = Is::word;
                v.word = f.constant->text;
            } else if (f.field->kind == FieldKind::reference && !f.field->list &&
                       f.targets.size() == 1) {
                v.is = Is::record;
                v.shape = f.targets.front();
            }
        }
        return out;
    }

    // Of what is said about a value only a firm source changes nothing.
    bool weak_or_silent(const std::vector<std::pair<std::string, Value>>& meta, const RecordMap&) {
        return std::all_of(meta.begin(), meta.end(), [&](const auto& m) {
            return m.first == "source" && m.second.constant != nullptr && !weak_sources();
        });
    }
    bool weak_sources() const {
        const auto type = vocabulary_.find("source");
        if (!type.valid()) return false;
        for (const auto* r : names_) {
            if (!(r->type == type)) continue;
            for (const auto& f : r->fields)
                if (f.field->name == "reliability") return true;
        }
        return false;
    }

    void field(Template& t, const RecordMap& r, const FieldMap& f) {
        FieldPlan plan;
        plan.field = f.field;
        if (f.field->kind == FieldKind::nested) return refuse("records within records");
        if (f.assertions.size() != 1) return refuse("several values of one field");
        const auto& type = vocabulary_.type(r.type);
        plan.slot = out_.screen->slot(r.type, type.field_index(f.field->name));
        const auto& a = f.assertions.front();
        for (const auto& [key, value] : a.meta) {
            if (key == "closed" && value.constant != nullptr && value.constant->is_scalar()) {
                plan.closed = model::truth(value.constant->text).value_or(false);
            } else if (key != "source" || value.constant == nullptr || weak_sources()) {
                return refuse("`" + key + "` of a value");
            }
        }
        plan.writing = &a.value.writing;
        if (a.value.constant != nullptr) return constant(t, r, std::move(plan), *a.value.constant);
        t.has_paths = true;
        if (f.field->kind == FieldKind::reference &&
            std::none_of(names_.begin(), names_.end(), [&](const RecordMap* o) {
                return o->type == f.field->target && o->named;
            }))
            return refuse("references to names that the map makes");
        if (f.field->list && !a.value.writing.split.empty()) return refuse("lists in one text");
        if ((f.field->kind == FieldKind::number || f.field->kind == FieldKind::integer) &&
            (a.value.writing.decimal != '.' || a.value.writing.grouping != '\0'))
            return refuse("numbers with signs of their own");
        const bool more = a.value.mark || !a.value.pending.empty() || !a.value.first_of.empty() ||
                          !a.value.last_of.empty();
        if (more || (a.value.until && f.field->kind == FieldKind::day))
            return refuse("dates with more than a format");
        plan.form_only = f.field->kind == FieldKind::text && !f.field->list && plan.slot == kNone &&
                         plan.writing->words.empty() && !plan.writing->required;
        const auto& unit = plan.writing->unit;
        if (unit == "months" || unit == "years") plan.unit_months = unit == "years" ? 12 : 1;
        if (unit == "days" || unit == "weeks")
            plan.unit_seconds = (unit == "weeks" ? 7 : 1) * time::kSecondsOfDay;
        plan.from = lead(*a.value.path, t.each != kNone, !plan.form_only);
        if (a.value.until) plan.until = lead(*a.value.until, t.each != kNone, true);
        plan.day_only = f.field->kind == FieldKind::day && !f.field->list && !plan.until &&
                        !plan.writing->required && plan.writing->nulls.empty() &&
                        !plan.writing->dates.formats.empty() &&
                        plan.writing->dates.formats.front().edtf();
        t.fields.push_back(std::move(plan));
    }

    void constant(Template& t, const RecordMap& r, FieldPlan plan, const text::Node& n) {
        if (plan.field->kind == FieldKind::reference) {
            const auto target = [&](const std::string& name) {
                for (std::size_t i = 0; i < names_.size(); ++i)
                    if (names_[i]->type == plan.field->target && names_[i]->name == name)
                        return static_cast<std::uint32_t>(i);
                return kNone;
            };
            const auto add = [&](const text::Node& name) {
                const auto to = name.is_scalar() ? target(name.text) : kNone;
                if (to == kNone)
                    refuse("`" + plan.field->name + "`");
                else
                    plan.targets.push_back(to);
            };
            if (n.is_sequence())
                for (const auto& i : n.items) add(i);
            else
                add(n);
            t.fields.push_back(std::move(plan));
            return;
        }
        // As the case of the constants has it.
        const auto& list = vocabulary_.type(r.type).plural;
        const auto id = out_.frame.find(list + "." + r.name + (r.each ? "-1" : ""));
        const auto index = vocabulary_.type(r.type).field_index(plan.field->name);
        if (!id.valid() || out_.frame.record(id).fields[index].size() != 1)
            return refuse("`" + plan.field->name + "`");
        const auto& value = out_.frame.assertion(out_.frame.record(id).fields[index].front()).value;
        Sketch::Value v;
        v.there = true;
        v.closed = plan.closed;
        const auto window = [&](const time::StatedDay& day, std::size_t part) {
            if (day.days.windows().size() != 1 || day.doubtful || day.approximate ||
                day.elided_year || day.instant)
                return false;
            const auto w = day.days.hull();
            v.low[part] = bounded(w.first) ? w.first.value : -Sketch::kOpen;
            v.high[part] = bounded(w.last) ? w.last.value : Sketch::kOpen;
            return true;
        };
        switch (plan.field->kind) {
            case FieldKind::day:
                if (!value.absolute || !value.pending.empty() || !window(value.day, 0) ||
                    value.place.second)
                    return refuse("`" + plan.field->name + "`");
                break;
            case FieldKind::period:
                if (!value.absolute || !value.pending.empty() || !window(value.period.start, 0) ||
                    !window(value.period.end, 1) || value.place.second || value.place_end.second)
                    return refuse("`" + plan.field->name + "`");
                break;
            case FieldKind::duration:
                v.lasts(value.duration.months, value.duration.seconds, value.duration.by_clock);
                break;
            case FieldKind::boolean:
                v.number = value.boolean ? 1 : 0;
                break;
            default:
                v.number = value.number;
                if (plan.field->list)
                    plan.constant_texts.assign(value.texts.begin(), value.texts.end());
                else if (!value.texts.empty())
                    v.text = value.texts.front();
        }
        if (plan.slot == kNone) return;
        plan.constant = v;
        t.fields.push_back(std::move(plan));
    }

    SketchPlan::Parts& out_;
    const Map& map_;
    const rule::Packs& packs_;
    const model::Vocabulary& vocabulary_;
    std::vector<const RecordMap*> names_;
    std::uint32_t split_ = 0;
    std::uint32_t last_ = 0;
};

}  // namespace

SketchPlan::SketchPlan(const Map& map, const rule::Packs& packs, const check::Options& rules)
    : parts_(std::make_unique<Parts>()) {
    Planner(*parts_, map, packs).plan(rules);
}
SketchPlan::~SketchPlan() = default;

const std::string& SketchPlan::why_not() const {
    return parts_->why_not;
}
const check::Screen& SketchPlan::screen() const {
    return *parts_->screen;
}

}  // namespace antinomy::data
