#include "data/sketcher.hpp"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <deque>
#include <optional>
#include <unordered_map>

#include "data/convert.hpp"
#include "data/elements.hpp"
#include "data/json.hpp"
#include "data/sketch_plan.hpp"
#include "grammar/duration.hpp"
#include "model/builder.hpp"
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

// ---------------------------------------------------------------- values

// `2014-11-05`: the day, or false; the first eight bytes at once, each a digit or a dash.
bool whole_date(const Months& months, std::string_view s, std::int64_t& day) {
    constexpr std::uint64_t kPattern = 0x2D30302D30303030;  // "0000-00-", the first byte lowest
    constexpr std::uint64_t kBeyond = 0x7F76767F76767676;   // makes what is no digit 128 or more
    constexpr std::uint64_t kTop = 0x8080808080808080;
    static_assert(std::endian::native == std::endian::little);
    std::uint64_t head = 0;
    std::memcpy(&head, s.data(), sizeof head);
    head ^= kPattern;
    const auto tens = static_cast<unsigned>(s[8]) - '0';
    const auto ones = static_cast<unsigned>(s[9]) - '0';
    if ((((head & ~kTop) + kBeyond) | head) & kTop || tens > 9 || ones > 9) return false;
    const auto at = [&](unsigned i) { return static_cast<int>(head >> (8 * i) & 15u); };
    const int year = at(0) * 1000 + at(1) * 100 + at(2) * 10 + at(3);
    const int month = at(5) * 10 + at(6);
    const auto of_month = static_cast<std::int64_t>(tens * 10 + ones);
    std::int64_t first = 0;
    std::int64_t next = 0;
    if (month < 1 || month > 12 || !months.find(year, month, first, next)) return false;
    day = first + of_month - 1;
    return of_month >= 1 && day < next;
}

// `2014`, `2014-11`, `2014-11-05`: the days, or false. What else the language of dates has, and
// other years, are left to it.
bool plain_date(const Months& months, std::string_view s, std::int64_t& low, std::int64_t& high) {
    const auto size = s.size();
    if (size == 10) {
        if (!whole_date(months, s, low)) return false;
        high = low;
        return true;
    }
    if (size != 4 && size != 7) return false;
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
    return true;
}

// A key of a mapping, and its first bytes, by which most others differ.
struct Key {
    std::string_view text;
    std::uint64_t begin = 0;
};

// The keys of mappings at one place as they came last: records of a data set have them in one
// order, and keys that come in that order are told at a glance, and stand once.
struct Order {
    struct Expected {
        std::string key;
        std::uint64_t begin = 0;
        std::uint32_t name = kNone;   // index of its names
        std::uint32_t found = kNone;  // the number of the one path that ends here
        bool plain = false;           // and there is nothing else to it

        [[nodiscard]] bool is(std::string_view other, std::uint64_t other_begin) const {
            return key.size() == other.size() && begin == other_begin &&
                   (key.size() <= sizeof begin ||
                    std::memcmp(key.data() + sizeof begin, other.data() + sizeof begin,
                                key.size() - sizeof begin) == 0);
        }
    };
    std::vector<Expected> keys;
    unsigned astray = 0;  // mappings of another order since
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
    simdjson::dom::document read;
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
    std::optional<bool> minus_zero;          // likewise: it has a `-0`; once somebody asked
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
        record_ = root_.data();
        w_.keys.clear();
        w_.sketch.clear(p_.types);
        w_.made.clear();
        w_.names.clear();
        if (!go_through(record, p_.root, w_.orders.front(), 0, root_.data(), 1)) return false;
        if (!case_block()) return false;
        items_.resize(p_.splits.size());
        for (std::size_t i = 0; i < p_.splits.size(); ++i)
            if (!split(i)) return false;
        // Which records there are, then what they say: one may refer to another.
        w_.records.resize(p_.templates.size());
        auto* ids = w_.records.data();
        for (const auto& plan : p_.templates) {
            ids->clear();
            if (plan.each == kNone) {
                const bool there = !plan.has_paths || says_something(plan);
                ids->push_back(there ? w_.sketch.add(plan.type, plan.size) : kNone);
                if (there && !name(plan)) return false;
            } else {
                std::size_t i = 0;
                for (const auto whole : w_.whole[plan.each]) {
                    ids->push_back(whole != 0 ? w_.sketch.add(plan.type, plan.size) : kNone);
                    go_to(plan, i++);
                    if (whole != 0 && !name(plan)) return false;
                }
            }
            ++ids;
        }
        ids = w_.records.data();
        for (const auto& plan : p_.templates) {
            std::size_t i = 0;
            for (const auto id : *ids++) {
                go_to(plan, i);
                if (id != kNone && !fill(plan, i, id)) return false;
                ++i;
            }
        }
        return !odd_;
    }

private:
    // Notes where the paths of a place lead. False: a key stands twice, or is asked of what has
    // none, or it is nested too deep.
    bool go_through(const Element& e, const Place& place, std::vector<Order>& orders,
                    std::uint32_t at, One* found, std::size_t level) {
        if (level > kDepth) return false;
        const auto& names = place.names[at];
        auto& order = orders[at];
        const auto first_key = w_.keys.size();
        const auto* next = order.keys.data();
        const auto* const end = next + order.keys.size();
        bool in_order = true;
        for (typename Element::Entries entry(e); entry.more(); entry.next()) {
            const auto key = entry.key();
            std::uint32_t index = kNone;
            if (in_order) {
                const auto begin = begin_of(key);
                const auto* to = next;
                while (to != end && !to->is(key, begin)) ++to;
                if (to != end) {
                    next = to + 1;
                    if (to->plain) {
                        const One one(entry.value());
                        if (to->found != kNone) found[to->found] = one;
                        if (one.holds_more() && !inspect(one.e, level + 1)) return false;
                        continue;
                    }
                    index = to->name;
                } else {
                    // From here on keys are compared with those before them.
                    in_order = false;
                    if (!Element::kWellFormed)
                        for (typename Element::Entries before(e); before.key().data() != key.data();
                             before.next())
                            w_.keys.push_back({before.key(), begin_of(before.key())});
                }
            }
            if (!in_order) {
                if (!once(key, first_key)) return false;
                index = child_of(names, key);
            }
            const One one(entry.value());
            if (index == kNone) {
                if (one.holds_more() && !inspect(one.e, level + 1)) return false;
                continue;
            }
            const auto& child = place.names[index];
            for (const auto number : child.found) found[number] = one;
            if (!child.children.empty()) {
                if (one.shape == Shape::nothing) continue;
                if (one.shape != Shape::mapping ||
                    !go_through(one.e, place, orders, index, found, level + 1))
                    return false;
            } else if (!child.each && one.holds_more() && !inspect(one.e, level + 1)) {
                return false;  // items of a list that is split are gone through when it is
            }
        }
        if (!in_order) {
            learn(e, place, names, order);
            w_.keys.resize(first_key);
        }
        return true;
    }

    static std::uint32_t child_of(const Names& names, std::string_view key) {
        if ((names.lengths >> (key.size() % 64) & 1u) != 0)
            for (const auto& [name, to] : names.children)
                if (name == key) return to;
        return kNone;
    }

    static void learn(const Element& e, const Place& place, const Names& names, Order& order) {
        constexpr unsigned kPatience = 4;
        if (!order.keys.empty() && ++order.astray < kPatience) return;
        order.astray = 0;
        order.keys.clear();
        for (typename Element::Entries entry(e); entry.more(); entry.next()) {
            const auto key = entry.key();
            Order::Expected x;
            x.key = key;
            x.begin = begin_of(key);
            x.name = child_of(names, key);
            x.plain = x.name == kNone;
            if (!x.plain) {
                const auto& child = place.names[x.name];
                if (child.found.size() == 1) x.found = child.found.front();
                x.plain = child.children.empty() && !child.each && child.found.size() == 1;
            }
            order.keys.push_back(std::move(x));
        }
    }

    static std::uint64_t begin_of(std::string_view key) {
        const auto out = Element::eight(key);
        return key.size() >= sizeof out ? out : out & ((std::uint64_t{1} << (8 * key.size())) - 1);
    }

    bool once(std::string_view key, std::size_t first) {
        if (Element::kWellFormed) return true;
        const Key k{key, begin_of(key)};
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
        for (typename Element::Entries entry(e); entry.more(); entry.next())
            if (!once(entry.key(), first_key) || !inspect(entry.value(), level + 1)) return false;
        w_.keys.resize(first_key);
        return true;
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
                   go_through(item, s.place, w_.orders[which + 1], 0, found.data() + base, s.level);
        });
    }

    // From here on paths that begin at an item begin at this one.
    void go_to(const Template& t, std::size_t item) {
        if (t.each != kNone) item_ = items_[t.each].data() + item * p_.splits[t.each].place.paths;
    }
    const One& at(const Lead& lead) const { return (lead.of_item ? item_ : record_)[lead.number]; }

    // What a path leads to, without what is spelt as nothing.
    const One* led(const Lead& lead, const std::vector<std::string>& nulls) {
        const auto& e = at(lead);
        if (e.shape == Shape::absent) return nullptr;
        met_[lead.slot] = 1;
        return nothing(e, nulls) ? nullptr : &e;
    }

    bool nothing(const One& e, const std::vector<std::string>& nulls) {
        if (e.shape == Shape::nothing) return true;
        if (e.shape == Shape::text && nulls.empty()) return trimmed(e.text).empty();
        if (!e.scalar() || nulls.empty()) return false;
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
    bool minus_zero() {
        if (!w_.minus_zero) w_.minus_zero = finds_minus_zero();
        return *w_.minus_zero;
    }
    [[nodiscard]] bool finds_minus_zero() const {
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
            const auto* e = led(*p_.id, p_.case_nulls);
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
            const auto* e = led(*p_.title, p_.case_nulls);
            if (e != nullptr && !e->scalar()) return false;
        }
        return true;
    }

    // The name of the record just added. False: it has none, or one that another has.
    bool name(const Template& t) {
        w_.names.resize(w_.sketch.records.size());
        if (!t.named) return true;
        const auto* e = led(*t.named, t.naming->nulls);
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
        bool any = t.named && led(*t.named, t.naming->nulls) != nullptr;
        for (const auto& f : t.fields) {
            if (!f.from) continue;
            any = any || led(*f.from, f.writing->nulls) != nullptr || f.writing->required;
            if (f.until) any = any || led(*f.until, f.writing->nulls) != nullptr;
        }
        return any;
    }

    bool fill(const Template& t, std::size_t item, std::uint32_t record) {
        auto* const values = w_.sketch.values.data() + w_.sketch.records[record].first;
        Sketch::Value scratch;  // of what no rule reads
        for (const auto& f : t.fields) {
            auto& v = f.slot == kNone ? scratch : values[f.slot];
            if (f.day_only) {
                const auto& e = at(*f.from);
                if (e.shape == Shape::absent) continue;
                if (e.shape == Shape::text && e.text.size() == 10 &&
                    whole_date(p_.months, e.text, v.low[0])) {
                    v.high[0] = v.low[0];
                    v.there = true;
                    v.closed = f.closed;
                    met_[f.from->slot] = 1;
                    continue;
                }
            }
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
                const auto& e = at(*f.from);
                if (e.shape == Shape::absent) continue;
                met_[f.from->slot] = 1;
                if (e.shape == Shape::list || e.shape == Shape::mapping) return false;
                continue;
            }
            const auto* from = led(*f.from, f.writing->nulls);
            const auto* until = f.until ? led(*f.until, f.writing->nulls) : nullptr;
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
                    v.lasts(n * f.unit_months, n * f.unit_seconds);
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
            v.lasts(it->second.months(), it->second.seconds(), it->second.by_clock);
            return true;
        }
        if (!f.writing->unit.empty() &&
            (text.empty() || !std::all_of(text.begin(), text.end(), digit)))
            return false;
        const auto parsed = grammar::parse_duration(
            f.writing->unit.empty() ? std::string(text) : text::join(text, " ", f.writing->unit));
        const auto* d = std::get_if<grammar::WrittenDuration>(&parsed);
        if (d == nullptr) return false;
        v.lasts(d->years * 12 + d->months,
                (d->weeks * 7 + d->days) * time::kSecondsOfDay + d->hours * 3600 + d->minutes * 60,
                d->hours != 0 || d->minutes != 0);
        if (known.size() < kKept) known.emplace(w_.key, v);
        return true;
    }

    Sketcher::Work& w_;
    const SketchPlan::Parts& p_;
    Found& root_;
    bool odd_ = false;           // something is read otherwise than it is written
    std::vector<Found>& items_;  // by split: where the paths of its items lead, item after item
    std::vector<char>& met_;
    const One* record_ = nullptr;  // where the paths of the record lead
    const One* item_ = nullptr;    // and those of the item that it is about
};

}  // namespace

static_assert(kBehind >= simdjson::SIMDJSON_PADDING);

Sketcher::Sketcher(const SketchPlan& plan) : work_(std::make_unique<Work>(plan)) {}
Sketcher::~Sketcher() = default;

Sketch* Sketcher::of_json(std::string_view bytes, std::size_t behind, std::vector<char>& met) {
    auto& w = *work_;
    w.bytes = bytes;
    w.minus_zero.reset();
    auto held = bytes;
    if (behind < kBehind) {
        if (w.padded.size() < bytes.size() + kBehind) w.padded.resize(bytes.size() * 2 + kBehind);
        std::memcpy(w.padded.data(), bytes.data(), bytes.size());
        std::memset(w.padded.data() + bytes.size(), ' ', kBehind);
        held = {w.padded.data(), bytes.size()};
    }
    simdjson::dom::element e;
    if (w.parser.parse_into_document(w.read, held.data(), held.size(), false).get(e) !=
        simdjson::SUCCESS)
        return nullptr;
    Making<JsonElement> making(w, w.root, w.items, met);
    // The first word is the document's own.
    return making.make(JsonElement(w.read.tape.get(), w.read.string_buf.get(), 1)) ? &w.sketch
                                                                                   : nullptr;
}

Sketch* Sketcher::of_tree(const text::Node& record, std::vector<char>& met) {
    auto& w = *work_;
    Making<TreeElement> making(w, w.tree_root, w.tree_items, met);
    return making.make(TreeElement(record)) ? &w.sketch : nullptr;
}

}  // namespace antinomy::data
