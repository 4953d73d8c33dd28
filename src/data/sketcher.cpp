#include "data/sketcher.hpp"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <deque>
#include <optional>
#include <unordered_map>

#include "data/apply.hpp"
#include "data/convert.hpp"
#include "data/json.hpp"
#include "grammar/duration.hpp"
#include "model/builder.hpp"
#include "model/case.hpp"
#include "text/join.hpp"

namespace antinomy::data {

using check::Sketch;
using model::FieldKind;
using model::TypeId;

namespace {

constexpr std::uint32_t kNone = Sketch::kNone;

bool digit(char c) {
    return c >= '0' && c <= '9';
}

// ---------------------------------------------------------------- records as they are read

// An element of a record: of a JSON text, or of a tree. Kinds that matter here; a number that is no
// whole one is `other`, for its text is not kept.
enum class Shape { absent, nothing, text, whole, truth, list, mapping, other };

class JsonElement {
public:
    JsonElement() = default;
    explicit JsonElement(simdjson::dom::element e) : e_(e) {}
    [[nodiscard]] Shape shape() const {
        using Type = simdjson::dom::element_type;
        switch (e_.type()) {
            case Type::OBJECT:
                return Shape::mapping;
            case Type::ARRAY:
                return Shape::list;
            case Type::STRING:
                return Shape::text;
            case Type::INT64:
                return Shape::whole;
            case Type::BOOL:
                return Shape::truth;
            case Type::NULL_VALUE:
                return Shape::nothing;
            default:
                return Shape::other;
        }
    }
    [[nodiscard]] std::string_view text() const { return e_.get_string().value_unsafe(); }
    [[nodiscard]] std::int64_t whole() const { return e_.get_int64().value_unsafe(); }
    [[nodiscard]] bool truth() const { return e_.get_bool().value_unsafe(); }
    template <class Do>
    bool entries(const Do& each) const {
        const simdjson::dom::object all = e_.get_object().value_unsafe();
        for (const auto field : all)
            if (!each(field.key, JsonElement(field.value))) return false;
        return true;
    }
    template <class Do>
    bool items(const Do& each) const {
        const simdjson::dom::array all = e_.get_array().value_unsafe();
        for (const auto item : all)
            if (!each(JsonElement(item))) return false;
        return true;
    }
    static constexpr bool kWellFormed = false;  // keys may stand twice

private:
    simdjson::dom::element e_;
};

class TreeElement {
public:
    TreeElement() = default;
    explicit TreeElement(const text::Node& n) : n_(&n) {}
    [[nodiscard]] Shape shape() const {
        switch (n_->kind) {
            case text::NodeKind::null:
                return Shape::nothing;
            case text::NodeKind::scalar:
                return Shape::text;
            case text::NodeKind::sequence:
                return Shape::list;
            case text::NodeKind::mapping:
                return Shape::mapping;
        }
        return Shape::other;
    }
    [[nodiscard]] std::string_view text() const { return n_->text; }
    [[nodiscard]] std::int64_t whole() const { return 0; }
    [[nodiscard]] bool truth() const { return false; }
    template <class Do>
    bool entries(const Do& each) const {
        for (const auto& e : n_->entries)
            if (!each(std::string_view(e.key.text), TreeElement(e.value))) return false;
        return true;
    }
    template <class Do>
    bool items(const Do& each) const {
        for (const auto& i : n_->items)
            if (!each(TreeElement(i))) return false;
        return true;
    }
    static constexpr bool kWellFormed = true;

private:
    const text::Node* n_ = nullptr;
};

// An element with what is asked of it again and again.
template <class Element>
struct Seen {
    Element e{};
    Shape shape = Shape::absent;
    std::string_view text{};  // of a text

    Seen() = default;
    explicit Seen(const Element& element) : e(element), shape(element.shape()) {
        if (shape == Shape::text) text = element.text();
    }
    [[nodiscard]] bool scalar() const {
        return shape == Shape::text || shape == Shape::truth || shape == Shape::whole;
    }
};

// ---------------------------------------------------------------- the plan

// Paths that begin alike, as a tree of names: a record is gone through once.
struct Names {
    std::vector<std::pair<std::string, std::uint32_t>> children;  // name, index
    std::uint64_t lengths = 0;         // bit n: there is a child of n bytes (n modulo 64)
    std::vector<std::uint32_t> found;  // numbers of paths that end here
    bool each = false;                 // the list here is split into records
};

// Where paths begin: the record, or an item of a list that is split.
struct Place {
    std::vector<Names> names{1};
    std::uint32_t paths = 0;
};

// First days of months, for the years that most data are of.
class Months {
public:
    Months() {
        for (std::size_t i = 0; i < first_.size(); ++i)
            first_[i] =
                time::to_day({kFrom + static_cast<int>(i / 12), static_cast<int>(i % 12) + 1, 1})
                    .value;
    }
    // The month's first day, and that of the next month, which is of the same years.
    [[nodiscard]] bool find(int year, int month, std::int64_t& first, std::int64_t& next) const {
        if (year < kFrom || year >= kFrom + kYears) return false;
        const auto at = static_cast<std::size_t>((year - kFrom) * 12 + month - 1);
        first = first_[at];
        next = first_[at + 1];
        return true;
    }

private:
    static constexpr int kFrom = 1800;
    static constexpr int kYears = 400;
    std::array<std::int64_t, kYears * 12 + 1> first_{};
};

// A path as a number among those of its place.
struct Lead {
    std::uint32_t number = kNone;
    bool of_item = false;
    std::size_t slot = 0;  // of the map
};

struct FieldPlan {
    const model::Field* field = nullptr;
    std::uint32_t slot = kNone;  // in the sketch; kNone: no rule reads it
    const Writing* writing = nullptr;
    std::optional<Lead> from;
    std::optional<Lead> until;
    std::optional<Sketch::Value> constant;
    std::vector<std::string_view> constant_texts;
    std::vector<std::uint32_t> targets;  // templates that a constant refers to
    bool closed = false;
    bool form_only = false;  // any scalar will do, and nothing comes of it
    // What one of the unit is, of durations that are numbers.
    std::int64_t unit_months = 0;
    std::int64_t unit_seconds = 0;
};

struct Template {
    TypeId type;
    std::uint32_t each = kNone;  // of `splits`
    std::optional<Lead> named;
    const Writing* naming = nullptr;
    bool has_paths = false;
    std::vector<FieldPlan> fields;
};

// A list that is split into records.
struct Split {
    Lead list;
    std::string written;
    std::vector<std::size_t> slots;  // of the map: one for each time that it is named
    std::size_t level = 0;           // how deep its items lie
    Place place;                     // paths of its items
};

}  // namespace

struct SketchPlan::Parts {
    const Map* map = nullptr;
    std::string why_not;
    model::Case frame;
    std::unique_ptr<check::Screen> screen;
    std::size_t types = 0;
    Place root;
    std::vector<Split> splits;
    std::vector<Template> templates;
    std::optional<Lead> id;
    std::optional<Lead> title;
    std::vector<std::string> case_nulls;
    Months months;
};

namespace {

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
        for (const auto& [key, value] : map_.case_block) {
            if (!value.path) continue;
            if (key->text != "id" && key->text != "title")
                return refuse("`" + key->text + "` of the case from the data");
            auto lead = this->lead(*value.path, false);
            if (!lead) return;
            (key->text == "id" ? out_.id : out_.title) = lead;
            out_.case_nulls = value.writing.nulls;
        }
        for (const auto& [key, records] : map_.lists)
            for (const auto& r : records) names_.push_back(&r);
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

private:
    void refuse(const std::string& what) {
        if (out_.why_not.empty()) out_.why_not = what;
    }

    // A number for a path in its place.
    std::optional<Lead> lead(const Path& path, bool of_item) {
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
        out.number = place.paths++;
        place.names[at].found.push_back(out.number);
        last_ = at;
        return out;
    }

    void record(const RecordMap& r) {
        Template t;
        t.type = r.type;
        if (r.each) {
            if (r.each->many() || !r.each_split.empty()) return refuse("`" + r.each->written + "`");
            const auto known =
                std::find_if(out_.splits.begin(), out_.splits.end(),
                             [&](const Split& s) { return s.written == r.each->written; });
            t.each = static_cast<std::uint32_t>(known - out_.splits.begin());
            if (known == out_.splits.end()) {
                Split s;
                const auto list = lead(*r.each, false);
                if (!list) return;
                out_.root.names[last_].each = true;
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
            t.named = lead(*r.named->path, t.each != kNone);
            t.naming = &r.named->writing;
            t.has_paths = true;
        }
        if (!weak_or_silent(r.meta, r)) return refuse("words about whole records");
        for (const auto& f : r.fields) {
            field(t, r, f);
            if (!out_.why_not.empty()) return;
        }
        out_.templates.push_back(std::move(t));
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
        plan.from = lead(*a.value.path, t.each != kNone);
        if (a.value.until) plan.until = lead(*a.value.until, t.each != kNone);
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
                v.months = value.duration.months;
                v.seconds = value.duration.seconds;
                v.by_clock = value.duration.by_clock;
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

// ---------------------------------------------------------------- values

// `2014`, `2014-11`, `2014-11-05`: the days, or false. What else the language of dates has, and
// other years, are left to it.
bool plain_date(const Months& months, std::string_view s, std::int64_t& low, std::int64_t& high) {
    const auto size = s.size();
    if (size != 4 && size != 7 && size != 10) return false;
    unsigned bad = 0;
    const auto number = [&](std::size_t at, std::size_t n) {
        unsigned out = 0;
        for (auto i = at; i < at + n; ++i) {
            const auto digit = static_cast<unsigned>(s[i]) - '0';
            bad |= static_cast<unsigned>(digit > 9);
            out = out * 10 + digit;
        }
        return static_cast<int>(out);
    };
    const int year = number(0, 4);
    if (bad != 0) return false;
    if (size == 4) {
        std::int64_t next = 0;
        if (!months.find(year, 1, low, next) || !months.find(year, 12, next, high)) return false;
        --high;
        return true;
    }
    const int month = number(5, 2);
    if (bad != 0 || s[4] != '-' || month < 1 || month > 12 || !months.find(year, month, low, high))
        return false;
    --high;
    if (size == 7) return true;
    const int day = number(8, 2);
    if (bad != 0 || s[7] != '-' || day < 1 || low + day - 1 > high) return false;
    low = high = low + day - 1;
    return true;
}

}  // namespace

namespace {

// A key of a mapping, and its first bytes, by which most others differ.
struct Key {
    std::string_view text;
    std::uint64_t begin = 0;
};

// The keys of mappings at one place as they came last: records of a data set have them in one
// order, and keys that come in that order are told at a glance, and stand once.
struct Order {
    std::vector<std::pair<std::string, std::uint32_t>> keys;  // with the index of their names
    unsigned astray = 0;                                      // mappings of another order since
};

}  // namespace

struct Sketcher::Work {
    explicit Work(const SketchPlan& plan) : parts(plan.parts()) {
        root.resize(parts.root.paths);
        tree_root.resize(parts.root.paths);
        orders.emplace_back(parts.root.names.size());
        for (const auto& split : parts.splits) orders.emplace_back(split.place.names.size());
        whole.resize(parts.splits.size());
    }

    const SketchPlan::Parts& parts;
    simdjson::dom::parser parser;
    std::string padded;
    Sketch sketch;
    std::deque<std::string> made;  // texts that the record does not hold
    std::unordered_map<std::string, Sketch::Value> durations;
    std::vector<Seen<JsonElement>> root;
    std::vector<Seen<TreeElement>> tree_root;
    std::vector<std::vector<Seen<JsonElement>>> items;
    std::vector<std::vector<Seen<TreeElement>>> tree_items;
    std::vector<std::vector<Order>> orders;  // of the record, then by split; by name
    std::string_view bytes;                  // of the record, if it is JSON
    std::vector<Key> keys;
    std::vector<std::string_view> names;  // of the sketch's records, where the data name them
    std::string key;
    std::vector<std::vector<char>> whole;             // by split: is the item more than nothing?
    std::vector<std::vector<std::uint32_t>> records;  // by template: of each item, kNone: none
};

namespace {

// One record made into the sketch.
template <class Element>
class Making {
public:
    using One = Seen<Element>;
    using Found = std::vector<One>;

    Making(Sketcher::Work& w, Found& root, std::vector<Found>& items, std::vector<char>& met)
        : w_(w), p_(w.parts), root_(root), items_(items), met_(met) {}

    bool make(const Element& record) {
        if (record.shape() != Shape::mapping) return false;
        std::fill(root_.begin(), root_.end(), One());
        w_.sketch.clear(p_.types);
        w_.made.clear();
        w_.names.clear();
        if (!go_through(record, p_.root, w_.orders.front(), 0, root_, 0, 1)) return false;
        if (!case_block()) return false;
        items_.resize(p_.splits.size());
        for (std::size_t i = 0; i < p_.splits.size(); ++i)
            if (!split(i)) return false;
        // Which records there are, then what they say: one may refer to another.
        w_.records.resize(p_.templates.size());
        for (std::size_t t = 0; t < p_.templates.size(); ++t) {
            const auto& plan = p_.templates[t];
            auto& ids = w_.records[t];
            ids.clear();
            const auto size = p_.screen->size(plan.type);
            if (plan.each == kNone) {
                const bool there = !plan.has_paths || says_something(plan);
                ids.push_back(there ? w_.sketch.add(plan.type, size) : kNone);
                if (there && !name(plan, 0)) return false;
                continue;
            }
            const auto& whole = w_.whole[plan.each];
            for (std::size_t i = 0; i < whole.size(); ++i) {
                ids.push_back(whole[i] != 0 ? w_.sketch.add(plan.type, size) : kNone);
                if (whole[i] != 0 && !name(plan, i)) return false;
            }
        }
        for (std::size_t t = 0; t < p_.templates.size(); ++t) {
            const auto& plan = p_.templates[t];
            for (std::size_t i = 0; i < w_.records[t].size(); ++i)
                if (w_.records[t][i] != kNone && !fill(plan, i, w_.records[t][i])) return false;
        }
        return !odd_;
    }

private:
    // Notes where the paths of a place lead. False: a key stands twice, or is asked of what has
    // none, or it is nested too deep.
    bool go_through(const Element& e, const Place& place, std::vector<Order>& orders,
                    std::uint32_t at, Found& found, std::size_t base, std::size_t level) {
        if (level > kDepth) return false;
        const auto& names = place.names[at];
        auto& order = orders[at];
        const auto first_key = w_.keys.size();
        std::size_t next = 0;
        bool in_order = true;
        const bool good = e.entries([&](std::string_view key, const Element& value) {
            std::uint32_t index = kNone;
            if (in_order) {
                auto to = next;
                while (to < order.keys.size() && order.keys[to].first != key) ++to;
                in_order = to < order.keys.size();
                if (!in_order && !Element::kWellFormed)
                    for (auto k = first_key; k < w_.keys.size(); ++k)
                        w_.keys[k] = key_of(w_.keys[k].text);
                if (in_order) {
                    index = order.keys[to].second;
                    next = to + 1;
                    if (!Element::kWellFormed) w_.keys.push_back({key, 0});
                }
            }
            if (!in_order) {
                if (!once(key, first_key)) return false;
                index = child_of(names, key);
            }
            if (index == kNone) return inspect(value, level + 1);
            const auto& child = place.names[index];
            const One one(value);
            for (const auto number : child.found) found[base + number] = one;
            if (!child.children.empty()) {
                if (one.shape == Shape::nothing) return true;
                return one.shape == Shape::mapping &&
                       go_through(value, place, orders, index, found, base, level + 1);
            }
            // Items of a list that is split are gone through when it is.
            return child.each || (one.shape != Shape::list && one.shape != Shape::mapping) ||
                   inspect(value, level + 1);
        });
        if (good && !in_order) learn(e, names, order);
        w_.keys.resize(first_key);
        return good;
    }

    static std::uint32_t child_of(const Names& names, std::string_view key) {
        if ((names.lengths >> (key.size() % 64) & 1u) != 0)
            for (const auto& [name, to] : names.children)
                if (name == key) return to;
        return kNone;
    }

    static void learn(const Element& e, const Names& names, Order& order) {
        constexpr unsigned kPatience = 4;
        if (!order.keys.empty() && ++order.astray < kPatience) return;
        order.astray = 0;
        order.keys.clear();
        e.entries([&](std::string_view key, const Element&) {
            order.keys.emplace_back(key, child_of(names, key));
            return true;
        });
    }

    static Key key_of(std::string_view key) {
        Key k;
        k.text = key;
        std::memcpy(&k.begin, key.data(), std::min(key.size(), sizeof k.begin));
        return k;
    }

    bool once(std::string_view key, std::size_t first) {
        if (Element::kWellFormed) return true;
        const auto k = key_of(key);
        for (std::size_t i = first; i < w_.keys.size(); ++i)
            if (w_.keys[i].begin == k.begin && w_.keys[i].text == key) return false;
        w_.keys.push_back(k);
        return true;
    }

    // What no path asks for must be well-formed all the same.
    bool inspect(const Element& e, std::size_t level) {
        if (Element::kWellFormed) return true;
        if (level > kDepth) return false;
        const auto shape = e.shape();
        if (shape == Shape::list)
            return e.items([&](const Element& i) { return inspect(i, level + 1); });
        if (shape != Shape::mapping) return true;
        const auto first_key = w_.keys.size();
        const bool good = e.entries([&](std::string_view key, const Element& value) {
            return once(key, first_key) && inspect(value, level + 1);
        });
        w_.keys.resize(first_key);
        return good;
    }

    bool split(std::size_t which) {
        const auto& s = p_.splits[which];
        auto& found = items_[which];
        auto& whole = w_.whole[which];
        whole.clear();
        found.clear();
        const auto& list = root_[s.list.number];
        if (list.shape == Shape::absent) return true;
        for (const auto slot : s.slots) met_[slot] = 1;
        if (list.shape == Shape::nothing) return true;
        if (list.shape == Shape::text && trimmed(list.text).empty()) return true;
        if (list.shape != Shape::list) return false;
        const auto& top = s.place.names.front();
        return list.e.items([&](const Element& item) {
            const auto base = found.size();
            found.resize(base + s.place.paths);
            const One one(item);
            whole.push_back(one.shape == Shape::nothing ? 0 : 1);
            if (one.shape == Shape::nothing) return true;
            for (const auto number : top.found) found[base + number] = one;
            if (top.children.empty()) return inspect(item, s.level);
            return one.shape == Shape::mapping &&
                   go_through(item, s.place, w_.orders[which + 1], 0, found, base, s.level);
        });
    }

    const One& at(const Lead& lead, std::size_t which, std::size_t item) const {
        return lead.of_item ? items_[which][item * p_.splits[which].place.paths + lead.number]
                            : root_[lead.number];
    }

    // What a path leads to, without what is spelt as nothing.
    const One* led(const Lead& lead, std::size_t which, std::size_t item,
                   const std::vector<std::string>& nulls) {
        const auto& e = at(lead, which, item);
        if (e.shape == Shape::absent) return nullptr;
        met_[lead.slot] = 1;
        return nothing(e, nulls) ? nullptr : &e;
    }

    bool nothing(const One& e, const std::vector<std::string>& nulls) {
        if (e.shape == Shape::nothing) return true;
        if (!e.scalar() || (e.shape != Shape::text && nulls.empty())) return false;
        const auto text = trimmed(text_of(e));
        if (text.empty()) return true;
        for (const auto& n : nulls)
            if (trimmed(n) == text) return true;
        return false;
    }

    // A scalar as it is written.
    std::string_view text_of(const One& e) {
        if (e.shape == Shape::text) return e.text;
        if (e.shape == Shape::truth) return e.e.truth() ? "true" : "false";
        w_.made.push_back(std::to_string(e.e.whole()));
        if (e.e.whole() == 0) odd_ = odd_ || minus_zero();
        return w_.made.back();
    }

    // Is a 0 of the record written `-0`? The DOM does not tell; as a text it is another one.
    bool minus_zero() const {
        for (auto at = w_.bytes.find("-0"); at != std::string_view::npos;
             at = w_.bytes.find("-0", at + 1)) {
            const char before = at == 0 ? '\0' : w_.bytes[at - 1];
            if (before == ':' || before == '[' || before == ',' || before == ' ' ||
                before == '\t' || before == '\n' || before == '\r')
                return true;
        }
        return false;
    }

    bool case_block() {
        if (p_.id) {
            const auto* e = led(*p_.id, 0, 0, p_.case_nulls);
            if (e != nullptr) {
                if (!e->scalar()) return false;
                // A name needs a letter or a digit; of other scripts the whole way says.
                const auto text = text_of(*e);
                if (std::none_of(text.begin(), text.end(), [](char c) {
                        return digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
                    }))
                    return false;
            }
        }
        if (p_.title) {
            const auto* e = led(*p_.title, 0, 0, p_.case_nulls);
            if (e != nullptr && !e->scalar()) return false;
        }
        return true;
    }

    // The name of the record just added. False: it has none, or one that another has.
    bool name(const Template& t, std::size_t item) {
        w_.names.resize(w_.sketch.records.size());
        if (!t.named) return true;
        const auto* e = led(*t.named, t.each, item, t.naming->nulls);
        if (e == nullptr || !e->scalar()) return false;
        const auto name = name_of(text_of(*e));
        if (name.empty()) return false;
        for (const auto other : w_.sketch.of_type[t.type.value])
            if (w_.names[other] == name) return false;
        w_.names.back() = name;
        return true;
    }
    std::string_view name_of(std::string_view text) {
        text = trimmed(text);
        const bool plain =
            !text.empty() && text.front() != '-' && text.back() != '-' &&
            std::all_of(text.begin(), text.end(), [](char c) {
                return digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
            });
        if (plain) return text;
        w_.made.push_back(name_from(text));
        return w_.made.back();
    }

    // The record of that name among those of a type.
    std::uint32_t find(TypeId type, std::string_view text) {
        const auto name = name_of(text);
        return name.empty() ? kNone : named(type, name);
    }
    std::uint32_t named(TypeId type, std::string_view name) {
        for (const auto r : w_.sketch.of_type[type.value])
            if (w_.names[r] == name) return r;
        return kNone;
    }

    bool reference(const FieldPlan& f, const One& e, std::uint32_t& to) {
        if (!e.scalar()) return false;
        auto text = text_of(e);
        if (!translate(f, text)) return false;
        // What a word of the data means is a name as it stands.
        to = f.writing->words.empty() ? find(f.field->target, text) : named(f.field->target, text);
        return to != kNone;
    }

    // Of a record with paths that all lead to nothing there is none.
    bool says_something(const Template& t) {
        bool any = t.named && led(*t.named, 0, 0, t.naming->nulls) != nullptr;
        for (const auto& f : t.fields) {
            if (!f.from) continue;
            any = any || led(*f.from, 0, 0, f.writing->nulls) != nullptr || f.writing->required;
            if (f.until) any = any || led(*f.until, 0, 0, f.writing->nulls) != nullptr;
        }
        return any;
    }

    bool fill(const Template& t, std::size_t item, std::uint32_t record) {
        for (const auto& f : t.fields) {
            Sketch::Value scratch;
            auto& v = f.slot == kNone ? scratch
                                      : w_.sketch.values[w_.sketch.records[record].first + f.slot];
            if (f.constant) {
                v = *f.constant;
                if (f.field->list) {
                    v.record = static_cast<std::uint32_t>(w_.sketch.texts.size());
                    v.count = static_cast<std::uint32_t>(f.constant_texts.size());
                    w_.sketch.texts.insert(w_.sketch.texts.end(), f.constant_texts.begin(),
                                           f.constant_texts.end());
                }
                continue;
            }
            if (!f.from) {
                if (!refer(t, f, item, v)) return false;
                continue;
            }
            if (f.form_only) {
                const auto& e = at(*f.from, t.each, item);
                if (e.shape == Shape::absent) continue;
                met_[f.from->slot] = 1;
                if (e.shape == Shape::list || e.shape == Shape::mapping) return false;
                continue;
            }
            const auto* from = led(*f.from, t.each, item, f.writing->nulls);
            const auto* until = f.until ? led(*f.until, t.each, item, f.writing->nulls) : nullptr;
            if (from == nullptr && until == nullptr) {
                if (f.writing->required) return false;
                continue;
            }
            v.there = true;
            v.closed = f.closed;
            if (f.until) {
                v.low[0] = v.low[1] = -Sketch::kOpen;
                v.high[0] = v.high[1] = Sketch::kOpen;
                if (from != nullptr && !day(f, *from, v.low[0], v.high[0])) return false;
                if (until != nullptr && !day(f, *until, v.low[1], v.high[1])) return false;
            } else if (!take(f, *from, v)) {
                return false;
            }
        }
        return true;
    }

    // A constant name: of the record that the same item has made, if it is one of many.
    bool refer(const Template& t, const FieldPlan& f, std::size_t item, Sketch::Value& v) {
        const auto first = static_cast<std::uint32_t>(w_.sketch.listed.size());
        for (const auto target : f.targets) {
            const auto& ids = w_.records[target];
            const auto& plan = p_.templates[target];
            const auto index = plan.each == kNone || t.each == kNone ? 0 : item;
            if (plan.each != kNone && plan.each != t.each && t.each != kNone) return false;
            if (index >= ids.size()) return false;
            if (ids[index] == kNone) {
                // Left out, and so is what refers to it; of an item that is nothing the case has
                // the name all the same, and refuses it.
                if (plan.each != kNone) return false;
                continue;
            }
            v.there = true;
            v.closed = f.closed;
            if (f.field->list)
                w_.sketch.listed.push_back(ids[index]);
            else
                v.record = ids[index];
        }
        if (f.field->list) {
            v.record = first;
            v.count = static_cast<std::uint32_t>(w_.sketch.listed.size()) - first;
            v.there = v.count > 0;
            // An empty list of the map is stated as such: leave it to the case.
            if (f.targets.empty()) return false;
        }
        return true;
    }

    // Words of the data in those of the vocabulary. False: it is none of them.
    bool translate(const FieldPlan& f, std::string_view& text) {
        const auto& words = f.writing->words;
        if (words.empty()) return true;
        text = trimmed(text);
        for (const auto& [from, to] : words)
            if (trimmed(from) == text) {
                text = to;
                return true;
            }
        return false;
    }

    bool take(const FieldPlan& f, const One& e, Sketch::Value& v) {
        if (f.field->list)
            return f.field->kind == FieldKind::reference ? references(f, e, v) : texts(f, e, v);
        if (f.field->kind == FieldKind::reference) return reference(f, e, v.record);
        if (!e.scalar()) return false;
        const auto kind = f.field->kind;
        const bool plain = f.writing->words.empty();
        switch (kind) {
            case FieldKind::day:
                return day(f, e, v.low[0], v.high[0]);
            case FieldKind::period:
                if (!day(f, e, v.low[0], v.high[0])) return false;
                v.low[1] = v.low[0];
                v.high[1] = v.high[0];
                return true;
            case FieldKind::integer:
            case FieldKind::number:
                if (e.shape == Shape::whole) {
                    constexpr std::int64_t kMost = 1'000'000'000'000;
                    const auto n = e.e.whole();
                    if (n > kMost || n < -kMost) return false;
                    v.number = static_cast<double>(n);
                    return true;
                }
                return e.shape == Shape::text && number(trimmed(e.text), v);
            case FieldKind::boolean: {
                if (plain && e.shape == Shape::truth) {
                    v.number = e.e.truth() ? 1 : 0;
                    return true;
                }
                auto text = text_of(e);
                if (!translate(f, text)) return false;
                const auto b = model::truth(plain ? trimmed(text) : text);
                v.number = b.value_or(false) ? 1 : 0;
                return b.has_value();
            }
            case FieldKind::duration: {
                constexpr std::int64_t kMost = 1'000'000;
                if (e.shape == Shape::whole && f.unit_months + f.unit_seconds > 0) {
                    const auto n = e.e.whole();
                    if (n < 0 || n > kMost || (n == 0 && minus_zero())) return false;
                    v.months = n * f.unit_months;
                    v.seconds = n * f.unit_seconds;
                    return true;
                }
                const auto text = text_of(e);
                return duration(f, f.writing->unit.empty() ? text : trimmed(text), v);
            }
            case FieldKind::word: {
                auto text = text_of(e);
                if (!translate(f, text)) return false;
                v.text = trimmed(text);
                const auto& words = f.field->words;
                return std::find(words.begin(), words.end(), v.text) != words.end();
            }
            case FieldKind::text: {
                // Of what no rule reads only the form is of interest.
                if (f.slot == kNone && plain) return true;
                v.text = text_of(e);
                return translate(f, v.text);
            }
            default:
                return false;
        }
    }

    bool references(const FieldPlan& f, const One& e, Sketch::Value& v) {
        v.record = static_cast<std::uint32_t>(w_.sketch.listed.size());
        const auto add = [&](const One& one) {
            if (nothing(one, f.writing->nulls)) return true;
            w_.sketch.listed.push_back(kNone);
            return reference(f, one, w_.sketch.listed.back());
        };
        if (e.shape == Shape::list ? !e.e.items([&](const Element& i) { return add(One(i)); })
                                   : !add(e))
            return false;
        v.count = static_cast<std::uint32_t>(w_.sketch.listed.size()) - v.record;
        return true;
    }

    bool texts(const FieldPlan& f, const One& e, Sketch::Value& v) {
        if (f.field->kind != FieldKind::text) return false;
        v.record = static_cast<std::uint32_t>(w_.sketch.texts.size());
        const auto add = [&](const One& one) {
            if (nothing(one, f.writing->nulls)) return true;
            if (!one.scalar()) return false;
            auto text = text_of(one);
            if (!translate(f, text)) return false;
            w_.sketch.texts.push_back(text);
            return true;
        };
        if (e.shape == Shape::list ? !e.e.items([&](const Element& i) { return add(One(i)); })
                                   : !add(e))
            return false;
        v.count = static_cast<std::uint32_t>(w_.sketch.texts.size()) - v.record;
        return true;
    }

    // Digits without leading zeros; what has a point is left to the case.
    static bool number(std::string_view s, Sketch::Value& v) {
        const auto whole = s.size() <= 12 ? model::whole_number(s) : std::nullopt;
        if (whole) v.number = static_cast<double>(*whole);
        return whole.has_value();
    }

    bool day(const FieldPlan& f, const One& e, std::int64_t& low, std::int64_t& high) {
        if (!e.scalar()) return false;
        const auto text = trimmed(text_of(e));
        // Signs and open digits make of a date what is left to the case.
        const auto& dates = f.writing->dates;
        for (const auto& format : dates.formats) {
            if (format.edtf()) {
                if (plain_date(p_.months, text, low, high)) return true;
                if (read_date(format, text)) return false;  // more than a plain date
                continue;
            }
            if (const auto read = read_date(format, text, dates.century, dates.unknown))
                return plain_date(p_.months, *read, low, high);
        }
        return false;
    }

    bool duration(const FieldPlan& f, std::string_view text, Sketch::Value& v) {
        constexpr std::size_t kKept = 4096;
        auto& known = w_.durations;
        w_.key.assign(f.writing->unit);
        w_.key.push_back('\n');
        w_.key.append(text);
        if (const auto it = known.find(w_.key); it != known.end()) {
            v.months = it->second.months;
            v.seconds = it->second.seconds;
            v.by_clock = it->second.by_clock;
            return true;
        }
        if (!f.writing->unit.empty() &&
            (text.empty() || !std::all_of(text.begin(), text.end(), digit)))
            return false;
        const auto parsed = grammar::parse_duration(
            f.writing->unit.empty() ? std::string(text) : text::join(text, " ", f.writing->unit));
        const auto* d = std::get_if<grammar::WrittenDuration>(&parsed);
        if (d == nullptr) return false;
        v.months = d->years * 12 + d->months;
        v.seconds =
            (d->weeks * 7 + d->days) * time::kSecondsOfDay + d->hours * 3600 + d->minutes * 60;
        v.by_clock = d->hours != 0 || d->minutes != 0;
        if (known.size() < kKept) known.emplace(w_.key, v);
        return true;
    }

    Sketcher::Work& w_;
    const SketchPlan::Parts& p_;
    Found& root_;
    bool odd_ = false;           // something is read otherwise than it is written
    std::vector<Found>& items_;  // by split: where the paths of its items lead, item after item
    std::vector<char>& met_;
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

Sketcher::Sketcher(const SketchPlan& plan) : work_(std::make_unique<Work>(plan)) {}
Sketcher::~Sketcher() = default;

Sketch* Sketcher::of_json(std::string_view bytes, std::vector<char>& met) {
    auto& w = *work_;
    // simdjson reads a little beyond the end.
    if (w.padded.size() < bytes.size() + simdjson::SIMDJSON_PADDING)
        w.padded.resize(bytes.size() * 2 + simdjson::SIMDJSON_PADDING);
    std::memcpy(w.padded.data(), bytes.data(), bytes.size());
    std::memset(w.padded.data() + bytes.size(), ' ', simdjson::SIMDJSON_PADDING);
    simdjson::dom::element e;
    if (w.parser.parse(w.padded.data(), bytes.size(), false).get(e) != simdjson::SUCCESS)
        return nullptr;
    w.bytes = bytes;
    Making<JsonElement> making(w, w.root, w.items, met);
    return making.make(JsonElement(e)) ? &w.sketch : nullptr;
}

Sketch* Sketcher::of_tree(const text::Node& record, std::vector<char>& met) {
    auto& w = *work_;
    Making<TreeElement> making(w, w.tree_root, w.tree_items, met);
    return making.make(TreeElement(record)) ? &w.sketch : nullptr;
}

}  // namespace antinomy::data
