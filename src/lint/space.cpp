#include "lint/space.hpp"

#include <algorithm>
#include <cmath>

#include "time/calendar.hpp"

namespace antinomy::lint {

using model::FieldKind;
using model::TypeId;
using text::Node;

namespace {

const time::Civil kDay{2020, 3, 10};  // the first day of made-up cases
constexpr const char* kMonth = "2020-03";
constexpr std::size_t kDays = 14;   // values of one date, absent and open ones apart
constexpr std::size_t kOthers = 8;  // of one number or text
constexpr int kDeepest = 3;         // records inside records
constexpr std::size_t kSlots = 60;

class Maker {
public:
    Maker(const rule::Packs& packs, const rule::Rule& r, const std::vector<Reads>& stages,
          int records)
        : vocabulary_(packs.vocabulary()), stages_(stages), all_(stages.back()), records_(records) {
        out_.between = r.between;
        out_.sides = r.sides;
        out_.vocabulary = &vocabulary_;
        for (const auto t : all_.fails)
            if (std::find(out_.fails.begin(), out_.fails.end(), t) == out_.fails.end())
                out_.fails.push_back(t);
    }

    Space make() {
        for (const auto t : needed()) add_slots(t);
        choose_days();
        std::vector<bool> asked(out_.slots.size(), false);
        out_.existence.assign(out_.slots.size(), SIZE_MAX);
        std::vector<Key> known;
        for (const auto& stage : stages_) {
            if (!stage.fails.empty() && !findings_asked_) add_findings();
            for (std::size_t s = 0; s < out_.slots.size(); ++s)
                if (!asked[s] && is_asked(stage, out_.slots[s].type)) ask(s, asked);
            for (const auto& k : stage.keys) {
                if (std::find(known.begin(), known.end(), k) != known.end()) continue;
                known.push_back(k);
                add_cells(k);
            }
            out_.ends.push_back(out_.cells.size());
        }
        return std::move(out_);
    }

private:
    // The types of which there must be records, in the vocabulary's order; also those around them.
    std::vector<TypeId> needed() {
        auto types = all_.types;
        for (std::size_t i = 0; i < types.size(); ++i) {
            if (!vocabulary_.type(types[i]).plural.empty()) continue;
            for (std::uint32_t n = 0; n < vocabulary_.types().size(); ++n)
                for (const auto& f : vocabulary_.types()[n].fields)
                    if (f.kind == FieldKind::nested && f.target == types[i] &&
                        std::find(types.begin(), types.end(), TypeId{n}) == types.end() &&
                        !has_parent(types[i], types))
                        types.push_back(TypeId{n});
        }
        std::sort(types.begin(), types.end(), [](TypeId a, TypeId b) { return a.value < b.value; });
        needed_ = types;
        return types;
    }

    bool has_parent(TypeId inner, const std::vector<TypeId>& types) const {
        return std::any_of(types.begin(), types.end(), [&](TypeId t) {
            const auto& fields = vocabulary_.type(t).fields;
            return std::any_of(fields.begin(), fields.end(), [&](const model::Field& f) {
                return f.kind == FieldKind::nested && f.target == inner;
            });
        });
    }

    void add_slots(TypeId t) {
        const auto& type = vocabulary_.type(t);
        if (type.plural.empty()) return;
        int before = -1;
        for (int n = 1; n <= records_; ++n) {
            Slot s{t, type.name + std::to_string(n), {}, -1, 0, before};
            s.path = type.plural + "." + s.id;
            before = static_cast<int>(out_.slots.size());
            add_slot(s, 1);
        }
    }

    void add_slot(const Slot& slot, int depth) {
        if (out_.slots.size() >= kSlots) return;
        const auto at = static_cast<int>(out_.slots.size());
        out_.slots.push_back(slot);
        const auto& type = vocabulary_.type(slot.type);
        for (std::uint32_t f = 0; f < type.fields.size(); ++f) {
            const auto& field = type.fields[f];
            if (field.kind != FieldKind::nested || depth == kDeepest ||
                std::find(needed_.begin(), needed_.end(), field.target) == needed_.end())
                continue;
            int before = -1;
            for (int n = 1; n <= records_; ++n) {
                Slot s{field.target,
                       vocabulary_.type(field.target).name + std::to_string(n),
                       {},
                       at,
                       f,
                       before};
                s.path = slot.path + "." + field.name + "." + s.id;
                before = static_cast<int>(out_.slots.size());
                add_slot(s, depth + 1);
            }
        }
    }

    static bool is_asked(const Reads& stage, TypeId t) {
        return std::find(stage.types.begin(), stage.types.end(), t) != stage.types.end();
    }

    // Is there this record? After those that it stands in or follows.
    void ask(std::size_t slot, std::vector<bool>& asked) {
        const auto& s = out_.slots[slot];
        for (const int other : {s.parent, s.before})
            if (other >= 0 && !asked[static_cast<std::size_t>(other)])
                ask(static_cast<std::size_t>(other), asked);
        asked[slot] = true;
        out_.existence[slot] = out_.cells.size();
        Cell c;
        c.about = Cell::About::record;
        c.slot = slot;
        c.values.resize(2);
        c.values[1].absent = true;
        out_.cells.push_back(std::move(c));
    }

    void add_findings() {
        findings_asked_ = true;
        Cell c;
        c.about = Cell::About::findings;
        c.values.resize(2);
        c.values[1].absent = true;
        out_.cells.push_back(std::move(c));
    }

    void add_cells(const Key& k) {
        if (vocabulary_.type(k.type).fields[k.field].kind == FieldKind::nested) return;
        for (std::size_t s = 0; s < out_.slots.size(); ++s) {
            if (out_.slots[s].type != k.type) continue;
            Cell c;
            c.slot = s;
            c.key = k;
            c.values = values(k, s);
            c.values.emplace_back().absent = true;
            c.rather_none = !vocabulary_.type(k.type).fields[k.field].otherwise.empty();
            out_.cells.push_back(std::move(c));
        }
    }

    // ---------------------------------------------------------------- values

    // Days that lie as the rule may ask: on one day, a day apart, as far as a term goes, and a day
    // less or more.
    void choose_days() {
        const auto first = time::to_day(kDay);
        const auto add = [&](std::int64_t day) {
            if (days_.size() < kDays && std::find(days_.begin(), days_.end(), day) == days_.end())
                days_.push_back(day);
        };
        for (const auto d : all_.days)
            for (const int n : {0, -1, 1}) add(d + n);
        if (days_.empty()) add(first.value);
        const auto base = days_.front();
        add(base + 1);
        const auto around = [&](std::int64_t day) {
            for (const int n : {0, -1, 1})
                if (day + n >= base) add(day + n);
        };
        for (const auto d : all_.distances)
            if (d > 0) around(base + d);
        for (const auto m : all_.months)
            around(time::add_months({base}, m, time::MonthEnd::clamp).value);
        for (const auto y : all_.years)
            around(time::add_months({base}, 12 * y, time::MonthEnd::clamp).value);
        const auto dates = std::count_if(all_.keys.begin(), all_.keys.end(), [&](const Key& k) {
            const auto kind = vocabulary_.type(k.type).fields[k.field].kind;
            return kind == FieldKind::day || kind == FieldKind::period;
        });
        for (std::int64_t n = 2; n < dates && n < kDates; ++n) add(base + n);
    }

    static Value scalar(std::string text, int dates = 0) {
        Value v;
        v.text = std::move(text);
        v.dates = dates;
        return v;
    }

    std::vector<Value> values(const Key& k, std::size_t slot) const {
        const auto& f = vocabulary_.type(k.type).fields[k.field];
        std::vector<Value> out;
        switch (f.kind) {
            case FieldKind::day:
                return dates(k, slot);
            case FieldKind::period:
                for (std::size_t a = 0; a < days_.size() && out.size() < kDays; ++a)
                    for (std::size_t b = 0; b < days_.size() && out.size() < kDays; ++b)
                        if (days_[a] <= days_[b])
                            out.push_back(scalar(time::to_string(time::Day{days_[a]}) + "/" +
                                                     time::to_string(time::Day{days_[b]}),
                                                 2));
                return out;
            case FieldKind::duration:
                for (const auto& n : numbers(true)) out.push_back(scalar(n + " days"));
                return out;
            case FieldKind::integer:
            case FieldKind::number:
                for (const auto& n : numbers(false)) out.push_back(scalar(n));
                return out;
            case FieldKind::boolean:
                return {scalar("yes"), scalar("no")};
            case FieldKind::text:
                return texts(f.list);
            case FieldKind::word:
                return words(f);
            case FieldKind::reference:
                return references(f);
            case FieldKind::nested:
                return out;
        }
        return out;
    }

    std::vector<Value> dates(const Key& k, std::size_t slot) const {
        std::vector<Value> out;
        for (const auto d : days_) out.push_back(scalar(time::to_string(time::Day{d}), 1));
        if (all_.how_known) {
            out.push_back(scalar(kMonth, 1));
            for (const auto n : all_.numbers)
                for (const double more : {0.0, 1.0})
                    if (n + more > 1 && n + more < 4000)
                        out.push_back(scalar(
                            time::to_string(time::Day{days_[0]}) + "/" +
                                time::to_string(
                                    time::Day{days_[0] + static_cast<std::int64_t>(n + more) - 1}),
                            1));
        }
        if (all_.elided) out.push_back(scalar("XXXX-03-10", 1));
        if (all_.relative) {
            // Of another date: one that is read as well, of the first record that has it.
            for (std::size_t s = 0; s < out_.slots.size(); ++s)
                for (const auto& other : all_.keys) {
                    const auto& t = vocabulary_.type(other.type);
                    if (out_.slots[s].type != other.type || t.plural.empty() ||
                        t.fields[other.field].kind != FieldKind::day ||
                        (s == slot && other.field == k.field))
                        continue;
                    Value v = scalar(
                        "1 day after " + out_.slots[s].path + "." + t.fields[other.field].name, 1);
                    v.records = {s};
                    out.push_back(std::move(v));
                    return out;
                }
        }
        return out;
    }

    std::vector<std::string> numbers(bool whole) const {
        std::vector<std::string> out;
        const auto add = [&](double n) {
            const auto text = std::to_string(std::llround(n));
            if (n < 0 || n > 1e6 || (whole && n != std::floor(n)) || out.size() >= kOthers ||
                std::find(out.begin(), out.end(), text) != out.end())
                return;
            out.push_back(text);
        };
        for (const auto n : all_.numbers)
            for (const int m : {0, 1, -1}) add(std::floor(n) + m);
        for (const auto n : all_.distances)
            if (whole)
                for (const int m : {0, 1, -1}) add(static_cast<double>(n + m));
        for (const int n : {1, 2, 0}) add(n);
        return out;
    }

    std::vector<Value> texts(bool list) const {
        auto known = all_.texts;
        std::vector<std::string> plain(known.begin(), known.end());
        if (plain.size() > kOthers) plain.resize(kOthers);
        // Others, of which no constant is one.
        for (const char* other : {"one", "two"})
            if (known.count(other) == 0) plain.emplace_back(other);
        std::vector<Value> out;
        for (auto& t : plain) {
            out.push_back(scalar(std::move(t)));
            out.back().list = list;
        }
        return out;
    }

    std::vector<Value> words(const model::Field& f) const {
        std::vector<std::string> named;
        for (const auto& [field, words] : all_.words)
            for (const auto& w : words)
                if (std::find(f.words.begin(), f.words.end(), w) != f.words.end() &&
                    std::find(named.begin(), named.end(), w) == named.end())
                    named.push_back(w);
        // The rule may compare two fields: words that they share, and two that it does not name.
        for (const auto& k : all_.keys) {
            const auto& other = vocabulary_.type(k.type).fields[k.field];
            std::size_t shared = 0;
            for (const auto& w : other.words)
                if (&other != &f && shared < 2 &&
                    std::find(f.words.begin(), f.words.end(), w) != f.words.end() && ++shared > 0 &&
                    std::find(named.begin(), named.end(), w) == named.end())
                    named.push_back(w);
        }
        std::size_t others = 0;
        for (const auto& w : f.words)
            if (others < 2 && std::find(named.begin(), named.end(), w) == named.end()) {
                named.push_back(w);
                ++others;
            }
        std::vector<Value> out;
        for (auto& w : named) out.push_back(scalar(std::move(w)));
        return out;
    }

    std::vector<Value> references(const model::Field& f) const {
        std::vector<Value> out;
        Value all;
        all.list = true;
        for (std::size_t s = 0; s < out_.slots.size(); ++s) {
            if (out_.slots[s].type != f.target) continue;
            Value v;
            v.list = f.list;
            v.records = {s};
            out.push_back(v);
            all.records.push_back(s);
        }
        if (f.list && all.records.size() > 1) out.push_back(std::move(all));
        return out;
    }

    const model::Vocabulary& vocabulary_;
    const std::vector<Reads>& stages_;
    const Reads& all_;
    int records_;
    Space out_;
    std::vector<TypeId> needed_;
    std::vector<std::int64_t> days_;
    bool findings_asked_ = false;
};

// ---------------------------------------------------------------- written

Node scalar(std::string text) {
    Node n;
    n.kind = text::NodeKind::scalar;
    const bool plain =
        !text.empty() && text.find_first_of(",[]{}:#'\"&*!|>%@\\ ") == std::string::npos;
    n.style = plain || text.find("day") != std::string::npos ? text::ScalarStyle::plain
                                                             : text::ScalarStyle::double_quoted;
    n.text = std::move(text);
    return n;
}

Node collection(text::NodeKind kind) {
    Node n;
    n.kind = kind;
    n.flow = true;
    return n;
}

Node& child(Node& mapping, const std::string& key, Node value) {
    mapping.entries.push_back({scalar(key), std::move(value)});
    return mapping.entries.back().value;
}

std::string flow(const Node& n) {
    std::string out;
    switch (n.kind) {
        case text::NodeKind::null:
            return "";
        case text::NodeKind::scalar:
            if (n.style != text::ScalarStyle::double_quoted) return n.text;
            for (const char c : n.text)
                out += c == '"' || c == '\\' ? std::string{'\\', c} : std::string{c};
            return "\"" + out + "\"";
        case text::NodeKind::sequence:
            for (const auto& i : n.items) out += (out.empty() ? "" : ", ") + flow(i);
            return "[" + out + "]";
        case text::NodeKind::mapping:
            for (const auto& e : n.entries)
                out += (out.empty() ? "" : ", ") + e.key.text + ": " + flow(e.value);
            return "{" + out + "}";
    }
    return out;
}

}  // namespace

Choice Space::nothing() const {
    Choice out;
    for (const auto& c : cells) out.push_back(c.values.size() - 1);
    return out;
}

bool Space::exists(const Choice& choice, std::size_t slot) const {
    return existence[slot] != SIZE_MAX && choice[existence[slot]] == 0;
}

bool Space::findings(const Choice& choice) const {
    for (std::size_t i = 0; i < cells.size(); ++i)
        if (cells[i].about == Cell::About::findings) return choice[i] == 0;
    return false;
}

bool Space::fits(const Choice& choice, std::size_t cell, std::size_t value) const {
    const auto& c = cells[cell];
    const auto& v = c.values[value];
    if (v.absent || c.about == Cell::About::findings) return true;
    const auto& s = slots[c.slot];
    if (c.about == Cell::About::record)
        return (s.parent < 0 || exists(choice, static_cast<std::size_t>(s.parent))) &&
               (s.before < 0 || exists(choice, static_cast<std::size_t>(s.before)));
    if (!exists(choice, c.slot)) return false;
    for (const auto r : v.records)
        if (!exists(choice, r)) return false;
    if (v.dates == 0) return true;
    int dates = v.dates;
    for (std::size_t i = 0; i < cells.size(); ++i)
        if (i != cell) dates += cells[i].values[choice[i]].dates;
    return dates <= kDates;
}

Node Space::written(const Choice& choice) const {
    Node root = collection(text::NodeKind::mapping);
    root.flow = false;
    if (between == rule::Between::accounts) {
        auto& accounts = child(root, "accounts", collection(text::NodeKind::mapping));
        for (const auto& s : sides)
            child(child(accounts, s, collection(text::NodeKind::mapping)), "role", scalar("party"));
    }
    std::vector<Node> records(slots.size(), collection(text::NodeKind::mapping));
    // What several sides say of one field stands together.
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const auto& c = cells[i];
        const auto& v = c.values[choice[i]];
        if (c.about != Cell::About::field || v.absent) continue;
        Node value;
        if (v.list || (!v.records.empty() && v.text.empty())) {
            Node list = collection(text::NodeKind::sequence);
            for (const auto r : v.records) {
                // A record inside another is named with that one.
                const bool inner = slots[r].parent >= 0;
                list.items.push_back(scalar(
                    inner ? slots[static_cast<std::size_t>(slots[r].parent)].id + "." + slots[r].id
                          : slots[r].id));
            }
            if (v.records.empty()) list.items.push_back(scalar(v.text));
            value = v.list ? std::move(list) : std::move(list.items.front());
        } else {
            value = scalar(v.text);
        }
        const auto& field = vocabulary->type(c.key.type).fields[c.key.field];
        auto& record = records[c.slot];
        if (c.key.side < 0 || between == rule::Between::none) {
            child(record, field.name, std::move(value));
            continue;
        }
        Node said = collection(text::NodeKind::mapping);
        child(said, "value", std::move(value));
        child(said, between == rule::Between::accounts ? "by" : "source",
              scalar(sides[static_cast<std::size_t>(c.key.side)]));
        const auto there =
            std::find_if(record.entries.begin(), record.entries.end(),
                         [&](const text::Entry& e) { return e.key.text == field.name; });
        if (there == record.entries.end()) {
            child(record, field.name, std::move(said));
        } else {
            Node list = collection(text::NodeKind::sequence);
            if (there->value.is_sequence() && !there->value.items.empty() &&
                there->value.items.front().is_mapping()) {
                list = std::move(there->value);
            } else if (there->value.is_mapping()) {
                list.items.push_back(std::move(there->value));
            } else {
                Node plain = collection(text::NodeKind::mapping);
                child(plain, "value", std::move(there->value));
                list.items.push_back(std::move(plain));
            }
            list.items.push_back(std::move(said));
            there->value = std::move(list);
        }
    }
    if (between == rule::Between::sources) {
        auto& sources = child(root, "sources", collection(text::NodeKind::mapping));
        for (const auto& s : sides) child(sources, s, collection(text::NodeKind::mapping));
    }
    // The innermost first, into what holds them.
    for (std::size_t i = slots.size(); i-- > 0;) {
        const auto& s = slots[i];
        if (s.parent < 0 || !exists(choice, i)) continue;
        auto& parent = records[static_cast<std::size_t>(s.parent)];
        const auto& field =
            vocabulary->type(slots[static_cast<std::size_t>(s.parent)].type).fields[s.parent_field];
        const auto there =
            std::find_if(parent.entries.begin(), parent.entries.end(),
                         [&](const text::Entry& e) { return e.key.text == field.name; });
        auto& inside = there == parent.entries.end()
                           ? child(parent, field.name, collection(text::NodeKind::mapping))
                           : there->value;
        inside.entries.insert(inside.entries.begin(), {scalar(s.id), std::move(records[i])});
    }
    for (std::size_t i = 0; i < slots.size(); ++i) {
        const auto& s = slots[i];
        if (s.parent >= 0 || !exists(choice, i)) continue;
        const auto& plural = vocabulary->type(s.type).plural;
        const auto there = std::find_if(root.entries.begin(), root.entries.end(),
                                        [&](const text::Entry& e) { return e.key.text == plural; });
        auto& list = there == root.entries.end()
                         ? child(root, plural, collection(text::NodeKind::mapping))
                         : there->value;
        child(list, s.id, std::move(records[i]));
    }
    return root;
}

Space space_of(const rule::Packs& packs, const rule::Rule& r, const std::vector<Reads>& stages,
               int records) {
    return Maker(packs, r, stages, records).make();
}

std::vector<std::string> lines_of(const Node& root) {
    std::vector<std::string> out;
    for (const auto& e : root.entries) out.push_back(e.key.text + ": " + flow(e.value));
    return out;
}

}  // namespace antinomy::lint
