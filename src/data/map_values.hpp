#pragma once
// Values of a map read and typed: paths, constants, how what a path leads to is written, who says
// it. What is wrong for the kind of field is told with its place.

#include "data/keys.hpp"
#include "data/map_reading.hpp"
#include "model/vocabulary.hpp"

namespace antinomy::data {

[[nodiscard]] inline bool is_date(model::FieldKind k) {
    return k == model::FieldKind::day || k == model::FieldKind::period;
}
[[nodiscard]] inline bool is_number(model::FieldKind k) {
    return k == model::FieldKind::integer || k == model::FieldKind::number;
}

class ValueReading : protected MapReading {
protected:
    ValueReading(Map& map, text::Diagnostics& diagnostics) : MapReading(diagnostics), map_(map) {}

    void number(Path& p, std::size_t part) {
        p.slot = map_.paths.size();
        map_.paths.push_back({p.written, p.span, part});
    }
    [[nodiscard]] const Writing& defaults() const { return map_.parts[part_].writing; }

    std::optional<Path> counted_path(const text::Node& n) {
        auto p = path(n);
        if (p) number(*p, part_);
        if (p) any_path_ = true;
        return p;
    }

    // A scalar that is a constant, or a path.
    std::optional<Value> plain(const text::Node& n) {
        Value out;
        out.span = n.span;
        out.writing = defaults();
        if (n.is_scalar() && looks_like_path(n.text)) {
            out.path = counted_path(n);
            if (!out.path) return std::nullopt;
        } else {
            out.constant = &n;
        }
        return out;
    }

    // A constant, a path, or a path with what its words mean.
    std::optional<Value> meta(const text::Node& n) {
        if (!n.is_mapping()) {
            auto v = plain(n);
            if (v) single(*v, n);
            return v;
        }
        static const std::vector<std::string> known{"path", "words", "nulls"};
        Value out;
        out.span = n.span;
        out.writing = defaults();
        for (const auto& [key, v] : n.entries) {
            if (key.text == "path")
                out.path = counted_path(v);
            else if (key.text == "nulls")
                writing(key, v, out.writing);
            else if (key.text == "words")
                read_words(v, out.writing, [](const text::Node&) { return true; });
            else
                unknown_key(key, "a value of this kind", known);
        }
        if (n.find("path") == nullptr)
            error(n.span, "missing-key", "nothing says where this comes from",
                  "write `{path: $.said_by, words: {...}}`, or a constant");
        if (!out.path) return std::nullopt;
        single(out, *n.find("path"));
        return out;
    }

    // `good`: may a word of the data mean this? It complains itself.
    template <class Good>
    void read_words(const text::Node& n, Writing& out, const Good& good) {
        if (!n.is_mapping()) {
            wrong(n, "what each word means", "write `words: {Freispruch: acquittal}`");
            return;
        }
        for (const auto& [from, to] : n.entries) {
            const auto meaning = scalar(to, "a word");
            if (meaning && good(to)) out.words.emplace_back(from.text, *meaning);
        }
    }

    void single(const Value& v, const text::Node& n) {
        if (v.path && v.path->many())
            error(n.span, "wrong-kind",
                  text::join("`", n.text, "` leads to many values, and one is wanted"),
                  "name one item, as in [0]");
    }
    // What parts two texts.
    std::string sign_of(const text::Node& n) {
        const auto s = scalar(n, "what parts the items");
        if (s && s->empty())
            error(n.span, "wrong-type", "nothing cannot part items", "write `split: \",\"`");
        return s.value_or("");
    }

    std::optional<Assertion> read_assertion(const model::Field& field, const text::Node& n) {
        Assertion out;
        if (!n.is_mapping()) {
            auto v = plain(n);
            if (!v) return std::nullopt;
            if (n.is_sequence())
                for (const auto& i : n.items)
                    if (i.is_scalar() && looks_like_path(i.text))
                        error(i.span, "wrong-kind", "a path stands among the constants of a list",
                              "write one path that leads to the list");
            out.value = std::move(*v);
            check(field, out.value, n);
            return out;
        }
        static const auto metas = text::names_of(meta_keys());
        static const auto own = text::names_of(value_keys());
        auto& value = out.value;
        value.span = n.span;
        value.writing = defaults();
        century(n, value.writing);
        std::vector<const text::Node*> given;
        for (const auto& [key, v] : n.entries) {
            if (listed(metas, key.text)) {
                if (auto m = meta(v)) out.meta.emplace_back(key.text, std::move(*m));
            } else if (key.text == "path") {
                value.path = counted_path(v);
            } else if (key.text == "value") {
                value.constant = &v;
            } else if (key.text == "from" || key.text == "to") {
                (key.text == "from" ? value.path : value.until) = counted_path(v);
            } else if (key.text == "as_of") {
                out.as_of = plain(v);
                if (out.as_of) single(*out.as_of, v);
            } else if (!listed(own, key.text)) {
                auto known = own;
                known.insert(known.end(), metas.begin(), metas.end());
                unknown_key(key, "a value", known);
            } else {
                given.push_back(&key);
                read_option(field, key, v, value);
            }
        }
        const bool has_path = n.find("path") != nullptr;
        const bool has_value = n.find("value") != nullptr;
        // Of a day, `to` is the other end of `between`.
        const bool window = has_path && field.kind == model::FieldKind::day;
        const int ways =
            (has_path ? 1 : 0) + (has_value ? 1 : 0) +
            (n.find("from") != nullptr || (n.find("to") != nullptr && !window) ? 1 : 0);
        if (ways != 1) {
            error(n.span, ways == 0 ? "missing-key" : "wrong-kind",
                  ways == 0 ? text::join("nothing says where `", field.name, "` comes from")
                            : text::join("`", field.name, "` comes from one place only"),
                  "write one of `path:`, `value:`, or `from:` and `to:`");
            return std::nullopt;
        }
        if (n.find("path") == nullptr && n.find("value") == nullptr) {
            if (field.kind != model::FieldKind::period) {
                error(n.span, "wrong-kind",
                      text::join("`from` and `to` make a period, and `", field.name, "` is ",
                                 model::describe(field)),
                      "write `path:`");
                return std::nullopt;
            }
            if (n.find("from") == nullptr || n.find("to") == nullptr) {
                error(n.span, "missing-key", "a period has a begin and an end",
                      "add the other of `from:` and `to:`; one that the data do not state is open");
                return std::nullopt;
            }
            if (!value.path || !value.until) return std::nullopt;  // that was told
        } else if (n.find("path") != nullptr && !value.path) {
            return std::nullopt;
        }
        if (out.as_of) {
            out.as_of->writing = value.writing;
            if (value.pending.empty())
                error(n.find_entry("as_of")->key.span, "missing-key",
                      "`as_of` is of a date that has not come, and no word says so",
                      "add `pending: {open: appeal}` with the words of the data");
        }
        if (value.constant != nullptr && !given.empty())
            error(given.front()->span, "wrong-kind",
                  text::join("`", given.front()->text, "` is for what comes from the data"),
                  "leave it out; a constant is written as in a case");
        check(field, value, n);
        return out;
    }

    void read_option(const model::Field& field, const text::Node& key, const text::Node& v,
                     Value& value) {
        auto& out = value.writing;
        const auto k = field.kind;
        const auto only_for = [&](bool fits, std::string_view what) {
            if (fits) return true;
            error(key.span, "wrong-kind",
                  text::join("`", key.text, "` is for ", what, ", and `", field.name, "` is ",
                             model::describe(field)),
                  "leave it out");
            return false;
        };
        if (key.text == "dates" || key.text == "century" || key.text == "unknown") {
            if (only_for(is_date(k), "dates")) writing(key, v, out);
        } else if (key.text == "marks") {
            if (only_for(k == model::FieldKind::day, "dates of a day")) writing(key, v, out);
        } else if (key.text == "mark") {
            if (!only_for(k == model::FieldKind::day, "dates of a day")) return;
            value.mark = counted_path(v);
            if (value.mark && value.mark->many())
                error(v.span, "wrong-kind",
                      text::join("`", v.text, "` leads to many values, and one is wanted"),
                      "name one item, as in [0]");
        } else if (key.text == "pending") {
            if (only_for(is_date(k), "dates")) read_pending(v, value);
        } else if (key.text == "decimal" || key.text == "grouping") {
            if (only_for(is_number(k), "numbers")) writing(key, v, out);
        } else if (key.text == "nulls") {
            writing(key, v, out);
        } else if (key.text == "unit") {
            static const auto known = text::names_of(units());
            if (!only_for(k == model::FieldKind::duration, "durations")) return;
            const auto unit = scalar(v, "a unit");
            if (unit && !listed(known, *unit))
                error(v.span, "unknown-word", text::join("`", *unit, "` is no unit of time"),
                      text::did_you_mean(*unit, known));
            else if (unit)
                out.unit = *unit;
        } else if (key.text == "words") {
            if (!only_for(k == model::FieldKind::word || k == model::FieldKind::boolean ||
                              k == model::FieldKind::text || k == model::FieldKind::reference,
                          "words, texts, references, yes and no"))
                return;
            read_words(v, out, [&](const text::Node& to) {
                if (k == model::FieldKind::word && !listed(field.words, to.text))
                    error(to.span, "unknown-word",
                          text::join("`", to.text, "` is no word of `", field.name, "`"),
                          text::did_you_mean(to.text, field.words));
                else if (k == model::FieldKind::boolean && to.text != "yes" && to.text != "no")
                    error(to.span, "unknown-word", text::join("`", field.name, "` is yes or no"),
                          "write yes or no");
                else
                    return true;
                return false;
            });
        } else if (key.text == "split") {
            if (!only_for(field.list, "lists")) return;
            out.split = sign_of(v);
        } else if (key.text == "first_of" || key.text == "last_of") {
            if (only_for(k == model::FieldKind::day, "dates of a day"))
                (key.text == "first_of" ? value.first_of : value.last_of) = sign_of(v);
        } else if (key.text == "first") {
            if (const auto b = yes_or_no(v)) value.first = *b;
        } else if (key.text == "required") {
            if (const auto b = yes_or_no(v)) out.required = *b;
        }
    }

    // Words with what they wait for; or a list of words that say it themselves.
    void read_pending(const text::Node& n, Value& out) {
        if (n.is_sequence()) {
            for (auto& t : texts(n, "words")) out.pending.emplace_back(t, t);
            return;
        }
        if (!n.is_mapping()) {
            wrong(n, "words of the data, with what the date waits for",
                  "write `pending: {open: appeal}`, or `pending: [open]`");
            return;
        }
        for (const auto& [from, to] : n.entries)
            if (const auto what = scalar(to, "what the date waits for"))
                out.pending.emplace_back(from.text, *what);
    }

    // What the field asks of a value.
    void check(const model::Field& field, const Value& value, const text::Node& n) {
        if (!value.path) return;
        if (value.path->many() && !field.list)
            error(value.path->span, "wrong-kind",
                  text::join("`", value.path->written, "` leads to many values, and `", field.name,
                             "` is ", model::describe(field)),
                  "name one item, as in [0]; `each:` makes a record of every item");
        if (field.kind == model::FieldKind::day) check_marks(value, n);
        if (is_date(field.kind) && value.writing.dates.formats.empty())
            error(n.span, "no-format",
                  text::join("nothing says how the data write the date `", field.name, "`"),
                  "add `dates: [\"%d.%m.%Y\"]` here or under `map:`; `edtf` for 2014-09-30 and the "
                  "rest of ISO 8601-2");
    }

    void check_marks(const Value& value, const text::Node& n) {
        const auto& marks = value.writing.dates.marks;
        const bool between = std::any_of(marks.begin(), marks.end(),
                                         [](const auto& m) { return m.second == Mark::between; });
        const auto* to = n.find_entry("to");
        if (between && to == nullptr)
            error(n.span, "missing-key", "a sign says `between`, and there is one date only",
                  "add `to:` with the path to the other");
        if (to != nullptr && !(between && value.mark))
            error(to->key.span, "wrong-kind", "no sign says that the date is between two",
                  "add `mark:` with the path to the sign, and `marks: {Between: between}`");
        if (value.mark && marks.empty())
            error(n.find_entry("mark")->key.span, "missing-key", "nothing says what the signs mean",
                  "add `marks: {Before: before}`");
    }

    Map& map_;
    std::size_t part_ = 0;   // of what is being read
    bool any_path_ = false;  // in what is being read
};

}  // namespace antinomy::data
