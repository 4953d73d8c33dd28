#include "rule/skeleton.hpp"

#include <algorithm>
#include <optional>

#include "rule/compile.hpp"
#include "text/nearest.hpp"

namespace antinomy::rule {
namespace {

using model::Field;
using model::FieldKind;
using model::Type;
using model::TypeId;
using model::Vocabulary;

// The days of the examples, ten apart in one month: the month alone may be either side.
constexpr const char* kEarly = "2014-11-10";
constexpr const char* kMiddle = "2014-11-20";
constexpr const char* kLate = "2014-11-30";
constexpr const char* kMonth = "2014-11";
constexpr const char* kFarEnd = "2024-12-31";  // of a period whose start is compared
constexpr int kDeepest = 8;

// A record of the examples.
struct Sample {
    std::string id;
    std::vector<std::pair<std::string, std::string>> values;  // field, text
    std::vector<std::pair<std::string, Sample>> inside;       // nested field, record
};

// One binding of the skeleton.
struct Slot {
    std::string name;
    TypeId type;
    int from = -1;                // the earlier binding whose field leads here
    const Field* link = nullptr;  // that field
};

// A value that the rule compares.
struct Point {
    std::size_t slot = 0;
    const Field* field = nullptr;
    [[nodiscard]] bool period() const { return field->kind == FieldKind::period; }
};

// What the rule asks, and the values that make it so.
struct Question {
    std::string require;
    std::string message;
    std::vector<Point> points;        // of which values are stated
    std::vector<std::string> broken;  // values of the points: it does not hold
    std::vector<std::string> kept;    // it holds
    std::vector<std::string> open;    // a month in place of a day; none: no date
    bool missing_is_gap = true;
};

bool kebab_case(const std::string& id) {
    bool after_hyphen = true;
    for (const char c : id) {
        const bool letter = c >= 'a' && c <= 'z';
        const bool digit = c >= '0' && c <= '9';
        if (c == '-' ? after_hyphen : !letter && !digit) return false;
        after_hyphen = c == '-';
    }
    return !after_hyphen && !(id[0] >= '0' && id[0] <= '9');
}

class Skeleton {
public:
    Skeleton(const Packs& packs, const SkeletonWish& wish)
        : packs_(packs), wish_(wish), vocabulary_(packs.vocabulary()) {}

    std::variant<std::string, SkeletonProblem> write() {
        if (!good_id() || !bind() || !ask()) return problem_;
        return head() + rule() + examples();
    }

private:
    bool fail(std::string message, std::string help) {
        problem_ = {std::move(message), std::move(help)};
        return false;
    }

    bool good_id() {
        const auto& id = wish_.id;
        if (!kebab_case(id))
            return fail("`" + id + "` is no id of a rule in kebab case",
                        "write small letters, digits and single hyphens, a letter first: "
                        "`notice-after-deadline`");
        const auto known = packs_.ids();
        if (std::find(known.begin(), known.end(), id) != known.end())
            return fail("a rule `" + id + "` is there already",
                        "choose another id; `antinomy rules` lists all");
        return true;
    }

    // ---------------------------------------------------------------- bindings

    bool bind() {
        for (const auto& [name, type] : wish_.bindings)
            if (!good_binding(name, type)) return false;
        if (slots_.empty()) bind_default();
        return !slots_.empty() || fail("no pack has a type of records", "add a vocabulary");
    }

    bool good_binding(const std::string& name, const std::string& type) {
        if (!is_name(name))
            return fail("`" + name + "` is no name of a binding",
                        "use letters, digits, `-` and `_`, a letter first, and no word of the "
                        "language");
        for (const auto& s : slots_)
            if (s.name == name)
                return fail("`" + name + "` is bound twice", "give each binding its own name");
        if (vocabulary_.find(name).valid() || name == "field")
            return fail("`" + name + "` is the name of a type", "give the binding another name");
        for (const auto& t : vocabulary_.types())
            for (const auto& f : t.fields)
                if (std::find(f.words.begin(), f.words.end(), name) != f.words.end())
                    return fail("`" + name + "` is a word of `" + t.name + "." + f.name + "`",
                                "give the binding another name");
        const auto id = vocabulary_.find(type);
        if (!id.valid())
            return fail("no pack has a type `" + type + "`",
                        text::did_you_mean(type, vocabulary_.names()));
        add_slot(name, id);
        return true;
    }

    // A binding that an earlier one refers to is what that reference leads to: else every record
    // would be held against every other.
    void add_slot(const std::string& name, TypeId type) {
        Slot slot{name, type, -1, nullptr};
        // To one record rather than to one of a list.
        for (const bool list : {false, true})
            for (std::size_t i = 0; i < slots_.size() && slot.link == nullptr; ++i)
                for (const auto& f : vocabulary_.type(slots_[i].type).fields)
                    if (slot.link == nullptr && f.target == type &&
                        (f.list || f.kind == FieldKind::nested) == list &&
                        (f.kind == FieldKind::reference || f.kind == FieldKind::nested) &&
                        !taken(i, f)) {
                        slot.from = static_cast<int>(i);
                        slot.link = &f;
                    }
        slots_.push_back(std::move(slot));
    }

    // Does an earlier binding follow this reference of the same record? It leads to one record.
    [[nodiscard]] bool taken(std::size_t from, const Field& f) const {
        return !f.list && f.kind == FieldKind::reference &&
               std::any_of(slots_.begin(), slots_.end(), [&](const Slot& s) {
                   return s.from == static_cast<int>(from) && s.link == &f;
               });
    }

    // A decision, where there are such; else the first type with a date. (Of an exhibit and what it
    // records, a judgment and its trial the library has facts, by which a month is narrowed.)
    void bind_default() {
        const auto decision = vocabulary_.find("decision");
        if (decision.valid()) return add_slot("d", decision);
        for (const auto& t : vocabulary_.types())
            if (slots_.empty() && !t.nested && !dates_of(vocabulary_.find(t.name)).empty())
                add_slot("x", vocabulary_.find(t.name));
        if (slots_.empty() && !vocabulary_.types().empty()) add_slot("x", TypeId{0});
    }

    // ---------------------------------------------------------------- what is asked

    // The moment of a record first. A field that another stands in for is never missing.
    std::vector<const Field*> dates_of(TypeId id) const {
        const auto& type = vocabulary_.type(id);
        std::vector<const Field*> out;
        for (const auto& f : type.fields)
            if ((f.kind == FieldKind::day || f.kind == FieldKind::period) && f.otherwise.empty())
                out.push_back(&f);
        std::stable_partition(out.begin(), out.end(),
                              [&](const Field* f) { return f->name == type.first_moment; });
        return out;
    }

    // Does what holds by meaning tie the two? Then nothing can violate an order of them, and one
    // bounds the other where it is missing.
    static bool tied(const Type& type, const Field& a, const Field& b) {
        std::vector<std::string> reached{a.name};
        for (std::size_t i = 0; i < reached.size(); ++i)
            for (const auto& line : type.always) {
                const auto has = [&](const std::string& name) {
                    return std::any_of(line.fields.begin(), line.fields.end(),
                                       [&](const auto& f) { return f.first == name; });
                };
                if (!has(reached[i])) continue;
                for (const auto& [name, span] : line.fields)
                    if (std::find(reached.begin(), reached.end(), name) == reached.end())
                        reached.push_back(name);
            }
        return std::find(reached.begin(), reached.end(), b.name) != reached.end();
    }

    // Two records of one type that nothing links are held against each other both ways: one field
    // of the one and another of the other, so that only one way is dated.
    bool comparable(const Point& a, const Point& b) const {
        const auto& one = slots_[a.slot];
        const auto& other = slots_[b.slot];
        if (a.slot == b.slot)
            return a.field != b.field && !tied(vocabulary_.type(one.type), *a.field, *b.field);
        return one.type != other.type || other.link != nullptr || a.field != b.field;
    }

    bool ask() {
        std::vector<Point> dates;
        for (std::size_t i = 0; i < slots_.size(); ++i)
            for (const auto* f : dates_of(slots_[i].type)) dates.push_back({i, f});
        for (const bool one_record : {false, true})
            for (std::size_t i = 0; i < dates.size(); ++i)
                for (std::size_t j = i + 1; j < dates.size(); ++j)
                    if ((dates[i].slot == dates[j].slot) == one_record &&
                        comparable(dates[i], dates[j])) {
                        // In one record the later field is as a rule the later day.
                        one_record ? ask_order(dates[j], dates[i]) : ask_order(dates[i], dates[j]);
                        return true;
                    }
        if (!dates.empty()) return ask_day(dates.front());
        for (const auto& f : vocabulary_.type(slots_[0].type).fields)
            if (ask_value({0, &f})) return true;
        return fail("a record of type `" + vocabulary_.type(slots_[0].type).name +
                        "` has no field that a skeleton can compare",
                    "bind a type with a date first");
    }

    std::string path(const Point& p) const {
        return slots_[p.slot].name + "." + p.field->name + (p.period() ? ".start" : "");
    }
    static std::string day(const Point& p, const char* d) {
        return p.period() ? std::string(d) + "/" + kFarEnd : d;
    }
    std::string named(const Point& p) const { return "{" + slots_[p.slot].name + "}"; }

    void ask_order(const Point& a, const Point& b) {
        const auto x = path(a);
        const auto y = path(b);
        question_.require = x + " not before " + y;
        question_.message = named(a) + ": {" + x + "} ({word(" + x + ")}), {days(" + x + ", " + y +
                            ")} before {" + y + "} ({word(" + y + ")})";
        question_.points = {a, b};
        question_.broken = {day(a, kEarly), day(b, kMiddle)};
        question_.kept = {day(a, kLate), day(b, kMiddle)};
        question_.open = {day(a, kMonth), day(b, kMiddle)};
    }

    bool ask_day(const Point& a) {
        const auto x = path(a);
        question_.require = x + " not before " + kMiddle;
        question_.message = named(a) + ": {" + x + "} ({word(" + x + ")}), before " + kMiddle;
        question_.points = {a};
        question_.broken = {day(a, kEarly)};
        question_.kept = {day(a, kLate)};
        question_.open = {day(a, kMonth)};
        return true;
    }

    bool ask_value(const Point& a) {
        const auto x = path(a);
        std::string bad;
        std::string good;
        std::string holds;
        switch (a.field->list ? FieldKind::nested : a.field->kind) {
            case FieldKind::boolean:
                bad = "no", good = "yes", holds = " = yes";
                break;
            case FieldKind::word:
                if (a.field->words.size() < 2) return false;
                good = a.field->words[0], bad = a.field->words[1], holds = " = " + good;
                break;
            case FieldKind::integer:
            case FieldKind::number:
                good = "12", bad = "13", holds = " <= 12";
                break;
            default:
                return false;
        }
        question_.require = x + holds;
        question_.message = named(a) + ": {" + x + "} ({word(" + x + ")})";
        question_.points = {a};
        question_.broken = {bad};
        question_.kept = {good};
        return true;
    }

    // ---------------------------------------------------------------- the examples

    // The example's records: values of the question's points; left out: a point (by its number),
    // or a link (by its binding). Nothing left out: -1.
    struct Case {
        std::vector<std::string> values;
        int without_point = -1;
        int without_link = -1;
    };

    Sample sample(std::size_t slot, const Case& c) const {
        Sample out{slots_[slot].name, {}, {}};
        for (std::size_t i = 0; i < question_.points.size(); ++i)
            if (question_.points[i].slot == slot && static_cast<int>(i) != c.without_point)
                out.values.emplace_back(question_.points[i].field->name, c.values[i]);
        for (std::size_t i = 0; i < slots_.size(); ++i) {
            const auto& s = slots_[i];
            if (s.link == nullptr || s.from != static_cast<int>(slot)) continue;
            if (s.link->kind == FieldKind::nested)
                out.inside.emplace_back(s.link->name, sample(i, c));
            else if (static_cast<int>(i) != c.without_link)
                out.values.emplace_back(s.link->name, s.link->list ? "[" + s.name + "]" : s.name);
        }
        return out;
    }

    static std::string flow(const Sample& s) {
        std::string out;
        const auto comma = [&] { return out.empty() ? "" : ", "; };
        for (const auto& [name, value] : s.values) out += comma() + name + ": " + value;
        std::string field;
        for (const auto& [name, inner] : s.inside) {
            // Records of one field stand together.
            if (name == field) {
                out.pop_back();
                out += ", " + inner.id + ": {" + flow(inner) + "}}";
            } else {
                out += comma() + name + ": {" + inner.id + ": {" + flow(inner) + "}}";
            }
            field = name;
        }
        return out;
    }

    // A record that can't stand alone gets one around it; adds to the place.
    std::optional<Sample> housed(Sample s, TypeId& type, std::string& at, int depth = 0) const {
        const auto& t = vocabulary_.type(type);
        if (!t.plural.empty()) {
            at = t.plural + "." + s.id + at;
            return s;
        }
        if (depth == kDeepest) return std::nullopt;
        for (std::size_t i = 0; i < vocabulary_.types().size(); ++i)
            for (const auto& f : vocabulary_.types()[i].fields) {
                if (f.kind != FieldKind::nested || f.target != type) continue;
                at = "." + f.name + "." + s.id + at;
                Sample around{"whole-" + s.id, {}, {}};
                around.inside.emplace_back(f.name, std::move(s));
                type = TypeId{static_cast<std::uint32_t>(i)};
                return housed(std::move(around), type, at, depth + 1);
            }
        return std::nullopt;
    }

    // The lines of a case, and the place of the binding that findings are about.
    std::string body(const Case& c, std::string& place) const {
        std::vector<std::pair<std::string, std::string>> lists;  // plural, records
        for (std::size_t i = 0; i < slots_.size(); ++i) {
            if (slots_[i].link != nullptr && slots_[i].link->kind == FieldKind::nested) continue;
            auto type = slots_[i].type;
            std::string at;
            const auto whole = housed(sample(i, c), type, at);
            if (!whole) continue;
            if (i == 0) place = at;
            const auto& plural = vocabulary_.type(type).plural;
            auto it = std::find_if(lists.begin(), lists.end(),
                                   [&](const auto& l) { return l.first == plural; });
            if (it == lists.end()) it = lists.insert(lists.end(), {plural, {}});
            it->second += (it->second.empty() ? "" : ", ") + whole->id + ": {" + flow(*whole) + "}";
        }
        std::string out;
        for (const auto& [plural, records] : lists)
            out += "          " + plural + ": {" + records + "}\n";
        return out;
    }

    std::string example(const std::string& name, const Case& c, const std::string& verdict) const {
        std::string at;
        const auto records = body(c, at);
        return "      - name: " + name + "\n        case:\n" + records + "        expect: [" +
               (verdict.empty() ? "" : "{at: " + at + ", verdict: " + verdict + "}") + "]\n";
    }

    std::string examples() const {
        std::string out = "    tests:\n";
        out += example("it does not hold", {question_.broken}, "certain");
        out += example("it holds", {question_.kept}, "");
        if (!question_.open.empty())
            out += example("a month in place of a day", {question_.open}, "possible");
        for (std::size_t i = 0; i < question_.points.size(); ++i)
            out += example("nobody states " + path(question_.points[i]),
                           {question_.broken, static_cast<int>(i), -1}, "gap");
        for (std::size_t i = 0; i < slots_.size(); ++i)
            if (slots_[i].link != nullptr && slots_[i].link->kind == FieldKind::reference)
                out += example("nobody states " + linked(slots_[i]),
                               {question_.broken, -1, static_cast<int>(i)},
                               slots_[i].link->list ? "" : "gap");
        return out;
    }

    // ---------------------------------------------------------------- the rule

    std::string linked(const Slot& s) const {
        return slots_[static_cast<std::size_t>(s.from)].name + "." + s.link->name;
    }

    // Records of one type that nothing links: not one with itself.
    std::string scope() const {
        std::string out;
        for (std::size_t i = 0; i < slots_.size(); ++i)
            for (std::size_t j = i + 1; j < slots_.size(); ++j)
                if (slots_[i].type == slots_[j].type && slots_[j].link == nullptr)
                    out += (out.empty() ? "not same(" : " and not same(") + slots_[i].name + ", " +
                           slots_[j].name + ")";
        return out;
    }

    std::string about() const {
        const auto& type = vocabulary_.type(slots_[0].type).name;
        if (type == "charge" || type == "source") return type;
        return type == "evidence" ? "exhibit" : type == "decision" ? "proceeding" : "record";
    }

    std::string head() const {
        std::string out =
            "# A skeleton: it loads, and its examples hold (`antinomy test FILE`). Put what the "
            "rule\n"
            "# is to say in place of what stands here; the keys are explained in "
            "rules/README.md.\n";
        if (!wish_.home.empty())
            out += "# It may need types of that pack: move the rule to its `rules:`.\n";
        return out + "pack:\n  id: " + wish_.id +
               "-pack\n  title: \"The pack of one new rule\"\n\n";
    }

    std::string rule() const {
        const bool fact = wish_.kind == RuleKind::fact;
        std::string out =
            "rules:\n  - id: " + wish_.id +
            "\n    title: \"What is the matter, in one line\"\n    kind: " +
            (fact ? "fact    # what cannot be: it may date what is not dated"
                  : "law    # what must not be: it never moves a date") +
            "\n    severity: warning    # error, warning, review or info\n    about: " + about() +
            "    # charge, proceeding, exhibit, source or record\n"
            "    reaches: record    # what an error takes away: exhibit, element, "
            "charge or record\n    for:\n";
        for (const auto& s : slots_)
            out += "      " + s.name + ": " +
                   (s.link != nullptr ? linked(s) : vocabulary_.type(s.type).name) + "\n";
        if (const auto where = scope(); !where.empty()) out += "    where: " + where + "\n";
        out += "    require: " + question_.require +
               "\n    # unless:\n    #   - when: the exception, as a condition"
               "\n    #     because: the same in words\n    message: >-\n      " +
               question_.message +
               "\n    help: \"to find out: what would settle it\"\n"
               "    basis:\n      - {cite: \"the provision\", status: unverified}\n";
        return out;
    }

    const Packs& packs_;
    const SkeletonWish& wish_;
    const Vocabulary& vocabulary_;
    std::vector<Slot> slots_;
    Question question_;
    SkeletonProblem problem_;
};

}  // namespace

std::variant<std::string, SkeletonProblem> skeleton(const Packs& packs, const SkeletonWish& wish) {
    return Skeleton(packs, wish).write();
}

}  // namespace antinomy::rule
