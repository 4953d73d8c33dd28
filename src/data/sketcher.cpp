#include "data/sketcher.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstring>
#include <deque>
#include <optional>
#include <unordered_map>

#include "data/convert.hpp"
#include "data/elements.hpp"
#include "data/json_walk.hpp"
#include "data/sketch_plan.hpp"
#include "data/tree_walk.hpp"
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
constexpr std::size_t kWholeDate = 10;
bool whole_date(const Months& months, const char* s, std::int64_t& day) {
    constexpr std::uint64_t kPattern = 0x2D30302D30303030;  // "0000-00-", the first byte lowest
    constexpr std::uint64_t kBeyond = 0x7F76767F76767676;   // makes what is no digit 128 or more
    constexpr std::uint64_t kTop = 0x8080808080808080;
    static_assert(std::endian::native == std::endian::little);
    std::uint64_t head = 0;
    std::memcpy(&head, s, sizeof head);
    head ^= kPattern;
    const auto tens = static_cast<unsigned>(s[8]) - '0';
    const auto ones = static_cast<unsigned>(s[9]) - '0';
    if ((((head & ~kTop) + kBeyond) | head) & kTop || tens > 9 || ones > 9) return false;
    // Digits in pairs, each pair in the lower of its bytes: 20, 14, and the month above the dash.
    const auto pairs = head * 10 + (head >> 8u);
    const auto year = static_cast<int>((pairs & 255u) * 100 + (pairs >> 16u & 255u));
    const auto month = static_cast<int>(pairs >> 40u & 255u);
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
    if (size == kWholeDate) {
        if (!whole_date(months, s.data(), low)) return false;
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

}  // namespace

struct Sketcher::Work {
    explicit Work(const SketchPlan& plan)
        : parts(plan.parts()), json(parts), tree(parts), records(parts.templates.size()) {}

    const SketchPlan::Parts& parts;
    JsonWalk json;
    TreeWalk tree;
    bool of_tree = false;  // what is seen
    PathEnds ends;
    std::string padded;
    Sketch sketch;
    std::deque<std::string> made;  // texts that the record does not hold
    std::unordered_map<std::string, Sketch::Value> durations;
    std::string key;
    std::vector<std::string_view> names;  // of the sketch's records, where the data name them
    std::vector<std::vector<std::uint32_t>> records;  // by template: of each item, kNone: none
};

namespace {

// What names are made of; others are left to `name_from`.
constexpr auto kPlain = [] {
    std::array<bool, 256> out{};
    for (unsigned c = 0; c < out.size(); ++c)
        out[c] =
            (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
    return out;
}();

// What the paths lead to made into the sketch.
class Making {
public:
    Making(Sketcher::Work& w, std::vector<char>& met)
        : w_(w), p_(w.parts), met_(met), record_(w.ends.root.data()) {}

    bool make() {
        w_.sketch.clear(p_.types, p_.templates.size());
        w_.made.clear();
        w_.names.clear();
        if (!case_block()) return false;
        for (const auto& s : p_.splits)
            if (record_[s.list.number].shape != Shape::absent)
                for (const auto slot : s.slots) met_[slot] = 1;
        // Which records there are, then what they say: one may refer to another.
        auto* ids = w_.records.data();
        std::uint32_t shape = 0;
        for (const auto& plan : p_.templates) {
            ids->clear();
            if (plan.each == kNone) {
                const bool there = !plan.has_paths || says_something(plan);
                ids->push_back(there ? w_.sketch.add(plan.type, shape, plan.size) : kNone);
                if (there && plan.named && !name(plan)) return false;
            } else {
                std::size_t i = 0;
                for (const auto whole : w_.ends.items[plan.each].whole) {
                    const auto item = static_cast<std::uint32_t>(i);
                    ids->push_back(whole != 0 ? w_.sketch.add(plan.type, shape, plan.size, item)
                                              : kNone);
                    go_to(plan, i++);
                    if (whole != 0 && plan.named && !name(plan)) return false;
                }
            }
            ++ids;
            ++shape;
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
        return true;
    }

private:
    // From here on paths that begin at an item begin at this one.
    void go_to(const Template& t, std::size_t item) {
        if (t.each != kNone)
            item_ = w_.ends.items[t.each].seen.data() + item * p_.splits[t.each].place.paths;
    }
    const Seen& at(const Lead& lead) const { return (lead.of_item ? item_ : record_)[lead.number]; }

    template <class Do>
    bool items(const Seen& list, const Do& each) {
        return w_.of_tree ? w_.tree.items(list, each) : w_.json.items(list, each);
    }

    // What a path leads to, without what is spelt as nothing.
    const Seen* led(const Lead& lead, const std::vector<std::string>& nulls) {
        const auto& e = at(lead);
        if (e.shape == Shape::absent) return nullptr;
        met_[lead.slot] = 1;
        return nothing(e, nulls) ? nullptr : &e;
    }

    // A text that begins neither with white space nor with an escape, as most do.
    static bool surely_something(const Seen& e) {
        if (e.shape != Shape::text || e.size == 0) return false;
        const char first = *static_cast<const char*>(e.at);
        return first > ' ' && first != '\\';
    }
    bool nothing(const Seen& e, const std::vector<std::string>& nulls) {
        if (e.shape == Shape::nothing) return true;
        const bool is_text = e.shape == Shape::text;
        if (nulls.empty() && surely_something(e)) return false;
        const auto text = trimmed(e.written ? w_.json.meant(e.text()) : e.text());
        if (is_text && nulls.empty()) return text.empty();
        if (!e.scalar() || nulls.empty()) return false;
        if (text.empty()) return true;
        for (const auto& n : nulls)
            if (trimmed(n) == text) return true;
        return false;
    }

    bool case_block() {
        if (p_.id) {
            const auto* e = led(*p_.id, p_.case_nulls);
            if (e != nullptr) {
                if (!e->scalar()) return false;
                // A name needs a letter or a digit; of other scripts the whole way says.
                const auto text = e->text();
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
        const auto* e = led(*t.named, t.naming->nulls);
        if (e == nullptr || !e->scalar()) return false;
        const auto name = name_of(e->text());
        if (name.empty()) return false;
        for (const auto other : w_.sketch.of_type[t.type.value])
            if (w_.names[other] == name) return false;
        w_.names.back() = name;
        return true;
    }
    std::string_view name_of(std::string_view text) {
        text = trimmed(text);
        const bool plain = !text.empty() && text.front() != '-' && text.back() != '-' &&
                           std::all_of(text.begin(), text.end(), [](char c) {
                               return kPlain[static_cast<unsigned char>(c)];
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

    bool reference(const FieldPlan& f, const Seen& e, std::uint32_t& to) {
        if (!e.scalar()) return false;
        auto text = e.text();
        if (!translate(f, text)) return false;
        // What a word of the data means is a name as it stands.
        to = f.writing->words.empty() ? find(f.field->target, text) : named(f.field->target, text);
        return to != kNone;
    }

    // Of a record with paths that all lead to nothing there is none.
    bool says_something(const Template& t) {
        for (const auto& f : t.fills)
            if (f.has_path && f.no_nulls && surely_something((f.of_item ? item_ : record_)[f.path]))
                return true;
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
        for (const auto& here : t.fills) {
            auto& v = here.slot == kNone ? scratch_ : values[here.slot];
            const auto* e = (here.of_item ? item_ : record_) + here.path;
            switch (here.how) {
                case Fill::How::form:
                    if (e->shape == Shape::absent) continue;
                    met_[here.met] = 1;
                    if (e->holds_more()) return false;
                    continue;
                case Fill::How::day:
                    if (e->shape == Shape::absent) continue;
                    if (e->shape != Shape::nothing) {
                        if (e->shape != Shape::text || e->size != kWholeDate ||
                            !whole_date(p_.months, static_cast<const char*>(e->at), v.low[0]))
                            break;
                        v.high[0] = v.low[0];
                        v.there = true;
                        v.closed = here.closed;
                    }
                    met_[here.met] = 1;
                    continue;
                case Fill::How::constant:
                    v = *t.fields[static_cast<std::size_t>(&here - t.fills.data())].constant;
                    continue;
                case Fill::How::refer:
                    if (const auto& to = p_.templates[here.target]; to.each == kNone) {
                        v.record = w_.records[here.target].front();
                        v.there = v.record != kNone;
                        v.closed = here.closed;
                        continue;
                    }
                    break;
                case Fill::How::any:
                    break;
            }
            const auto& f = t.fields[static_cast<std::size_t>(&here - t.fills.data())];
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

    bool take(const FieldPlan& f, const Seen& e, Sketch::Value& v) {
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
                    const auto n = whole(e);
                    if (n > kMost || n < -kMost) return false;
                    v.number = static_cast<double>(n);
                    return true;
                }
                return e.shape == Shape::text && number(trimmed(e.text()), v);
            case FieldKind::boolean: {
                if (plain && e.shape == Shape::truth) {
                    v.number = e.text() == "true" ? 1 : 0;
                    return true;
                }
                auto text = e.text();
                if (!translate(f, text)) return false;
                const auto b = model::truth(plain ? trimmed(text) : text);
                v.number = b.value_or(false) ? 1 : 0;
                return b.has_value();
            }
            case FieldKind::duration: {
                constexpr std::int64_t kMost = 1'000'000;
                if (e.shape == Shape::whole && f.unit_months + f.unit_seconds > 0) {
                    const auto n = whole(e);
                    if (n > kMost || e.text().front() == '-') return false;
                    v.lasts(n * f.unit_months, n * f.unit_seconds);
                    return true;
                }
                const auto text = e.text();
                return duration(f, f.writing->unit.empty() ? text : trimmed(text), v);
            }
            case FieldKind::word: {
                auto text = e.text();
                if (!translate(f, text)) return false;
                v.text = trimmed(text);
                const auto& words = f.field->words;
                return std::find(words.begin(), words.end(), v.text) != words.end();
            }
            case FieldKind::text: {
                // Of what no rule reads only the form is of interest.
                if (f.slot == kNone && plain) return true;
                v.text = e.text();
                return translate(f, v.text);
            }
            default:
                return false;
        }
    }

    bool references(const FieldPlan& f, const Seen& e, Sketch::Value& v) {
        v.record = static_cast<std::uint32_t>(w_.sketch.listed.size());
        const auto add = [&](const Seen& one) {
            if (nothing(one, f.writing->nulls)) return true;
            w_.sketch.listed.push_back(kNone);
            return reference(f, one, w_.sketch.listed.back());
        };
        if (e.shape == Shape::list ? !items(e, add) : !add(e)) return false;
        v.count = static_cast<std::uint32_t>(w_.sketch.listed.size()) - v.record;
        return true;
    }

    bool texts(const FieldPlan& f, const Seen& e, Sketch::Value& v) {
        if (f.field->kind != FieldKind::text) return false;
        v.record = static_cast<std::uint32_t>(w_.sketch.texts.size());
        const auto add = [&](const Seen& one) {
            if (nothing(one, f.writing->nulls)) return true;
            if (!one.scalar()) return false;
            auto text = one.text();
            if (!translate(f, text)) return false;
            w_.sketch.texts.push_back(text);
            return true;
        };
        if (e.shape == Shape::list ? !items(e, add) : !add(e)) return false;
        v.count = static_cast<std::uint32_t>(w_.sketch.texts.size()) - v.record;
        return true;
    }

    static std::int64_t whole(const Seen& e) {
        const auto text = e.text();
        std::int64_t out = 0;
        std::from_chars(text.data(), text.data() + text.size(), out);
        return out;
    }

    // Digits without leading zeros; what has a point is left to the case.
    static bool number(std::string_view s, Sketch::Value& v) {
        const auto whole = s.size() <= 12 ? model::whole_number(s) : std::nullopt;
        if (whole) v.number = static_cast<double>(*whole);
        return whole.has_value();
    }

    bool day(const FieldPlan& f, const Seen& e, std::int64_t& low, std::int64_t& high) {
        if (!e.scalar()) return false;
        const auto text = trimmed(e.text());
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
    std::vector<char>& met_;
    const Seen* record_;          // where the paths of the record lead
    Sketch::Value scratch_{};     // of what no rule reads
    const Seen* item_ = nullptr;  // and those of the item that it is about
};

}  // namespace

Sketcher::Sketcher(const SketchPlan& plan) : work_(std::make_unique<Work>(plan)) {}
Sketcher::~Sketcher() = default;

Sketch* Sketcher::of_json(std::string_view bytes, std::size_t behind, std::vector<char>& met) {
    auto& w = *work_;
    auto held = bytes;
    // A walk ends at what is no part of a token.
    const auto ends = [](char c) { return c == '\n' || c == '\r' || c == ' ' || c == '\0'; };
    if (behind < kBehind || !ends(bytes.data()[bytes.size()])) {
        if (w.padded.size() < bytes.size() + kBehind) w.padded.resize(bytes.size() * 2 + kBehind);
        std::memcpy(w.padded.data(), bytes.data(), bytes.size());
        std::memset(w.padded.data() + bytes.size(), ' ', kBehind);
        held = {w.padded.data(), bytes.size()};
    }
    w.of_tree = false;
    return w.json.go(held, w.ends) && Making(w, met).make() ? &w.sketch : nullptr;
}

Sketch* Sketcher::of_tree(const text::Node& record, std::vector<char>& met) {
    auto& w = *work_;
    w.of_tree = true;
    return w.tree.go(record, w.ends) && Making(w, met).make() ? &w.sketch : nullptr;
}

}  // namespace antinomy::data
