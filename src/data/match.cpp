// Paths go into the fields of a vocabulary that is there: a field of the same name (words such as
// "date" and "of" aside) that takes values of their kind. Of the types, each list of the data gets
// the one into which most of its paths go.

#include <algorithm>
#include <array>

#include "data/draft.hpp"
#include "data/draft_text.hpp"
#include "text/join.hpp"

namespace antinomy::data {

using model::Field;
using model::FieldKind;
using text::join;

namespace {

constexpr std::size_t kOffered = 6;  // paths, for a field that none goes into

// The words of a key, without those that say nothing: "Date of birth", "birth_date": {birth}.
std::vector<std::string> words_of(std::string_view key) {
    static constexpr std::array<std::string_view, 10> kEmpty{"date", "day", "of",   "the", "on",
                                                             "at",   "is",  "text", "nr",  "no"};
    std::vector<std::string> out;
    std::string word;
    const auto end = [&] {
        if (!word.empty() && std::find(kEmpty.begin(), kEmpty.end(), word) == kEmpty.end() &&
            std::find(out.begin(), out.end(), word) == out.end())
            out.push_back(word);
        word.clear();
    };
    bool small = false;
    for (const char c : key) {
        const bool capital = c >= 'A' && c <= 'Z';
        if (capital && small) end();  // dateFiled
        small = c >= 'a' && c <= 'z';
        const auto part = bare(std::string_view(&c, 1));
        if (static_cast<unsigned char>(c) >= 0x80)
            word += c;
        else if (part.empty())
            end();
        else
            word += part;
    }
    end();
    if (out.empty()) out.push_back(bare(key));
    std::sort(out.begin(), out.end());
    return out;
}

bool alike(std::string_view key, std::string_view name) {
    return bare(key) == bare(name) || words_of(key) == words_of(name);
}

struct Fit {
    bool fits = false;
    std::string why;    // it does not
    std::string words;  // what words of the data mean
};

// Each value of the data is a word of the field, but for capitals and signs.
Fit fit_words(const Texts& t, const std::vector<std::string>& words) {
    Fit out;
    std::string known;
    for (const auto& w : words) known += join(known.empty() ? "" : ", ", w);
    std::string values;
    bool same = true;
    out.fits = t.few;
    for (const auto& [value, n] : t.different) {
        const auto it = std::find_if(words.begin(), words.end(),
                                     [&](const std::string& w) { return bare(w) == bare(value); });
        values += join(values.empty() ? "" : ", ", shown(value, 20));
        if (it == words.end()) {
            out.fits = false;
            continue;
        }
        same = same && *it == value;
        out.words += join(out.words.empty() ? "{" : ", ", yaml_text(value), ": ", yaml_text(*it));
    }
    out.words += "}";
    if (same || !out.fits) out.words.clear();
    if (!out.fits)
        out.why =
            join("its words are ", known, ", and the data have ",
                 t.few ? values : std::string("many others"), "; say what they mean under `words`");
    return out;
}

Fit fit(const DraftLine& l, const Field& f) {
    const auto kind = l.reckoned.kind;
    const auto is = [&](bool fits, std::string why) { return Fit{fits, std::move(why), {}}; };
    const auto has =
        join("the data have ", l.list ? std::string("lists of texts") : std::string(word(kind)));
    switch (f.kind) {
        case FieldKind::day:
        case FieldKind::period:
            return is(!l.list && (kind == ValueKind::date ||
                                  (kind == ValueKind::period && f.kind == FieldKind::period)),
                      has);
        case FieldKind::duration:
            if (kind == ValueKind::whole)
                return is(false, "a number alone; say what it counts: `{path: ..., unit: months}`");
            return is(!l.list && kind == ValueKind::duration, has);
        case FieldKind::integer:
            return is(!l.list && kind == ValueKind::whole, has);
        case FieldKind::number:
            return is(!l.list && (kind == ValueKind::whole || kind == ValueKind::number), has);
        case FieldKind::boolean: {
            if (!l.list && kind == ValueKind::truth) return is(true, {});
            auto out = fit_words(l.shape->texts, {"yes", "no"});
            out.fits = out.fits && !l.list;
            return out;
        }
        case FieldKind::word: {
            auto out = fit_words(l.shape->texts, f.words);
            if (l.list) out = is(false, has);
            return out;
        }
        case FieldKind::text:
            return is(!l.list || f.list, has);
        case FieldKind::reference:
            return is(false, join("it refers to records of type `", f.target_name,
                                  "`; name these by the same path (`named:`)"));
        default:
            return is(false, "it holds records of its own");
    }
}

std::size_t score(const DraftRecord& r, const model::Type& type) {
    std::size_t n = 0;
    for (const auto& l : r.lines) {
        if (l.name.empty()) continue;
        for (const auto& f : type.fields)
            if (alike(l.shape->key, f.name)) {
                n += fit(l, f).fits ? 2 : 1;
                break;
            }
    }
    return n;
}

void fill(DraftRecord& r, const model::Type& type, const model::Type* first) {
    std::vector<std::string> met;
    std::vector<std::string> told;
    for (auto& l : r.lines) {
        if (l.name.empty()) continue;
        l.name.clear();
        l.why = "no field of this name";
        std::string doubts;
        for (const auto& d : l.reckoned.doubts) doubts += join("; ", d);
        for (const auto& f : type.fields) {
            if (!alike(l.shape->key, f.name)) continue;
            auto how = fit(l, f);
            if (std::find(met.begin(), met.end(), f.name) != met.end()) {
                l.why = join("field `", f.name, "` has a path already");
                continue;
            }
            if (!how.fits) {
                l.why = join("field `", f.name, "` is ", model::describe(f), ": ", how.why, doubts);
                l.reckoned.doubts = {l.why};
                told.push_back(f.name);
                continue;
            }
            met.push_back(f.name);
            l.name = f.name;
            l.words = std::move(how.words);
            break;
        }
        if (l.name.empty() && l.why == "no field of this name") l.reckoned.doubts.clear();
    }
    r.parent.clear();
    for (const auto& f : type.fields) {
        if (!r.each.empty() && first != nullptr && f.kind == FieldKind::reference && !f.list &&
            f.target_name == first->name && r.parent.empty()) {
            r.parent = f.name;
            continue;
        }
        const auto in = [&](const std::vector<std::string>& list) {
            return std::find(list.begin(), list.end(), f.name) != list.end();
        };
        if (in(met) || in(told)) continue;
        // Paths whose values it would take; texts would be too many.
        std::string others;
        std::size_t n = 0;
        for (const auto& l : r.lines)
            if (f.kind != FieldKind::text && l.name.empty() && l.shape->texts.values > 0 &&
                fit(l, f).fits && ++n <= kOffered)
                others += join(others.empty() ? "; it would take `" : ", `",
                               one_safe_line(l.path, 60), "`");
        if (n > kOffered) others += join(" or ", std::to_string(n - kOffered), " more");
        r.unmet.push_back(
            join("No path for `", f.name, "` (", model::describe(f), ")", others, "."));
    }
}

}  // namespace

void match(Draft& draft, const model::Vocabulary& vocabulary) {
    std::vector<const model::Type*> used;
    for (auto& r : draft.records) {
        const model::Type* best = nullptr;
        std::size_t most = 0;
        for (const auto& type : vocabulary.types()) {
            if (type.plural.empty() || std::find(used.begin(), used.end(), &type) != used.end())
                continue;
            auto n = score(r, type) * 2;
            // Of equals, the one that is called as the list is.
            if (n > 0 && (bare(type.plural) == bare(r.plural) || bare(type.name) == bare(r.type)))
                ++n;
            if (n > most) {
                most = n;
                best = &type;
            }
        }
        // Where there is one type, the records are of that; which path goes where is left open.
        if (best == nullptr && &r == &draft.records.front()) {
            std::size_t tops = 0;
            for (const auto& type : vocabulary.types()) {
                if (type.plural.empty()) continue;
                ++tops;
                best = &type;
            }
            if (tops != 1) best = nullptr;
        }
        if (best == nullptr) {
            r.drafted = false;
            continue;
        }
        used.push_back(best);
        r.type = best->name;
        r.plural = best->plural;
        const bool top = draft.records.front().drafted && !r.each.empty();
        fill(r, *best, top ? used.front() : nullptr);
    }
    for (const auto& type : vocabulary.types())
        if (!type.plural.empty() && std::find(used.begin(), used.end(), &type) == used.end())
            draft.unmet_types.push_back(type.name);
}

}  // namespace antinomy::data
