#include "data/map.hpp"

#include "data/apply.hpp"
#include "data/keys.hpp"
#include "data/map_reading.hpp"
#include "model/case.hpp"
#include "model/keys.hpp"
#include "rule/keys.hpp"

namespace antinomy::data {

using model::FieldKind;
using text::join;
using text::Node;

namespace {

constexpr const char* kTests = "tests";

bool is_date(FieldKind k) {
    return k == FieldKind::day || k == FieldKind::period;
}
bool is_number(FieldKind k) {
    return k == FieldKind::integer || k == FieldKind::number;
}

class Body : MapReading {
public:
    Body(Map& map, const rule::Packs& packs, text::Diagnostics& diagnostics)
        : MapReading(diagnostics), map_(map), packs_(packs), vocabulary_(packs.vocabulary()) {}

    bool read(const Node& root) {
        const auto before = diagnostics_.error_count();
        if (const auto* block = root.find("map"); block != nullptr && block->is_mapping()) {
            // Complaints about these were made when the head was read.
            text::Diagnostics told;
            Body quiet(map_, packs_, told);
            for (const auto& [key, value] : block->entries) quiet.writing(key, value, defaults_);
            if (const auto* limits = block->find("limits"))
                map_.limits = read_limits(*limits, packs_, diagnostics_);
        }
        // The pack that a map may bring in its own file was read before.
        static const auto of_pack = text::names_of(rule::top_keys());
        for (const auto& [key, value] : root.entries) {
            if (key.text == "map" || listed(of_pack, key.text)) continue;
            if (key.text == "case")
                read_case(value);
            else if (key.text == "accounts")
                map_.accounts = root.find_entry("accounts");
            else if (key.text == kTests)
                read_tests(value);
            else
                read_list(key, value);
        }
        if (map_.lists.empty() && diagnostics_.error_count() == before)
            error(
                map_.span, "missing-key", "the map makes no records",
                "add a list of the vocabulary, as in a case: `events: {hearing: {start: $.date}}`");
        if (diagnostics_.error_count() == before) check_references();
        // What is constant is typed as in a case: one is made of the map alone, without data.
        if (diagnostics_.error_count() == before) {
            const auto made = Applier(map_, vocabulary_).without_data();
            static_cast<void>(model::build_case(vocabulary_, {{map_.file, &made, true, false}},
                                                diagnostics_, packs_.policies(), packs_.terms()));
        }
        return diagnostics_.error_count() == before;
    }

private:
    void number(Path& p) {
        p.slot = map_.paths.size();
        map_.paths.emplace_back(p.written, p.span);
    }

    std::optional<Path> counted_path(const Node& n) {
        auto p = path(n);
        if (p) number(*p);
        return p;
    }

    // A scalar that is a constant, or a path.
    std::optional<Value> plain(const Node& n) {
        Value out;
        out.span = n.span;
        out.writing = defaults_;
        if (n.is_scalar() && looks_like_path(n.text)) {
            out.path = counted_path(n);
            if (!out.path) return std::nullopt;
        } else {
            out.constant = &n;
        }
        return out;
    }

    void read_case(const Node& n) {
        if (!n.is_mapping()) {
            wrong(n, "the keys of a case", "write `case: {id: $.id}`");
            return;
        }
        for (const auto& [key, value] : n.entries) {
            if (key.text == "packs" || key.text == "variant_of") {
                error(key.span, "misplaced-key",
                      join("`", key.text, "` has no effect on a record of data"),
                      key.text == "packs" ? "name packs under `map:`" : "take it out");
                continue;
            }
            auto v = plain(value);
            if (!v) continue;
            if (v->path && key.text != "id" && key.text != "title" && key.text != "forum" &&
                key.text != "timezone") {
                error(value.span, "wrong-kind", join("`", key.text, "` is no single text"),
                      "write a constant; `id`, `title`, `forum` and `timezone` may be paths");
                continue;
            }
            single(*v, value);
            map_.case_block.emplace_back(&key, std::move(*v));
        }
    }

    void single(const Value& v, const Node& n) {
        if (v.path && v.path->many())
            error(n.span, "wrong-kind",
                  join("`", n.text, "` leads to many values, and one is wanted"),
                  "name one item, as in [0]");
    }

    void read_list(const Node& key, const Node& value) {
        const auto type = vocabulary_.find_plural(key.text);
        if (!type.valid()) {
            auto known = vocabulary_.plurals();
            for (const auto* k : {"map", "case", "accounts", kTests}) known.emplace_back(k);
            const auto singular = vocabulary_.find(key.text);
            error(key.span, "unknown-type",
                  join("no pack of this map has a list of records `", key.text, "`"),
                  singular.valid() && !vocabulary_.type(singular).plural.empty()
                      ? join("write `", vocabulary_.type(singular).plural, "`")
                      : text::did_you_mean(key.text, known));
            return;
        }
        if (!value.is_mapping()) {
            wrong(value, join(key.text, " by name"), join("write `", key.text, ": {name: {...}}`"));
            return;
        }
        std::vector<RecordMap> records;
        for (const auto& entry : value.entries) records.push_back(read_record(type, entry));
        map_.lists.emplace_back(&key, std::move(records));
    }

    RecordMap read_record(model::TypeId type_id, const text::Entry& entry) {
        RecordMap out;
        out.type = type_id;
        out.name = entry.key.text;
        out.span = entry.key.span;
        const auto& type = vocabulary_.type(type_id);
        if (!model::good_id(out.name))
            error(entry.key.span, "bad-name", join("`", out.name, "` is no name of a record"),
                  model::kNameHelp);
        if (!entry.value.is_mapping()) {
            if (!entry.value.is_null())
                wrong(entry.value, join("the fields of type ", type.name),
                      join("write `", out.name, ": {...}`"));
            return out;
        }
        static const auto metas =
            std::vector<std::string>{"by", "source", "speaker", "quote", "state"};
        for (const auto& [key, value] : entry.value.entries) {
            const auto* field = type.field(key.text);
            if (field != nullptr) {
                out.fields.push_back(read_field(*field, key, value));
            } else if (key.text == "each") {
                out.each = counted_path(value);
            } else if (key.text == "named") {
                auto v = plain(value);
                if (v && !v->path)
                    error(value.span, "wrong-kind", "`named` is a path to the name",
                          "write `named: .id`; the key of the record is its constant name");
                else if (v)
                    out.named = std::move(v);
                if (out.named) single(*out.named, value);
            } else if (listed(metas, key.text)) {
                if (auto v = plain(value)) {
                    single(*v, value);
                    out.meta.emplace_back(key.text, std::move(*v));
                }
            } else {
                std::vector<std::string> known;
                for (const auto& f : type.fields) known.push_back(f.name);
                for (const auto& k : metas) known.push_back(k);
                for (const auto& k : template_keys()) known.emplace_back(k.name);
                error(key.span, "unknown-field",
                      join("type ", type.name, " has no field `", key.text, "`"),
                      text::did_you_mean(key.text, known));
            }
        }
        return out;
    }

    FieldMap read_field(const model::Field& field, const Node& key, const Node& n) {
        FieldMap out;
        out.field = &field;
        out.span = key.span;
        if (field.kind == FieldKind::nested) {
            if (!n.is_mapping()) {
                wrong(n, model::describe(field), join("write `", key.text, ": {name: {...}}`"));
                return out;
            }
            for (const auto& entry : n.entries)
                out.nested.push_back(read_record(field.target, entry));
            return out;
        }
        if (n.is_null()) {
            error(key.span, "missing-value", join("`", key.text, "` has no value"),
                  "write a path or a constant, or leave the line out");
            return out;
        }
        const bool list = n.is_sequence() && !n.items.empty() && n.items.front().is_mapping();
        if (list) {
            out.several = true;
            for (const auto& item : n.items)
                if (auto a = read_assertion(field, item)) out.assertions.push_back(std::move(*a));
        } else if (auto a = read_assertion(field, n)) {
            out.assertions.push_back(std::move(*a));
        }
        return out;
    }

    std::optional<Assertion> read_assertion(const model::Field& field, const Node& n) {
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
        value.writing = defaults_;
        std::vector<const Node*> given;
        for (const auto& [key, v] : n.entries) {
            if (listed(metas, key.text)) {
                if (auto m = plain(v)) {
                    single(*m, v);
                    out.meta.emplace_back(key.text, std::move(*m));
                }
            } else if (key.text == "path") {
                value.path = counted_path(v);
            } else if (key.text == "value") {
                value.constant = &v;
            } else if (key.text == "from" || key.text == "to") {
                (key.text == "from" ? value.path : value.until) = counted_path(v);
            } else if (!listed(own, key.text)) {
                auto known = own;
                known.insert(known.end(), metas.begin(), metas.end());
                unknown_key(key, "a value", known);
            } else {
                given.push_back(&key);
                read_option(field, key, v, value.writing);
            }
        }
        const int ways = (n.find("path") != nullptr ? 1 : 0) +
                         (n.find("value") != nullptr ? 1 : 0) +
                         (n.find("from") != nullptr || n.find("to") != nullptr ? 1 : 0);
        if (ways != 1) {
            error(n.span, ways == 0 ? "missing-key" : "wrong-kind",
                  ways == 0 ? join("nothing says where `", field.name, "` comes from")
                            : join("`", field.name, "` comes from one place only"),
                  "write one of `path:`, `value:`, or `from:` and `to:`");
            return std::nullopt;
        }
        if (n.find("path") == nullptr && n.find("value") == nullptr) {
            if (field.kind != FieldKind::period) {
                error(n.span, "wrong-kind",
                      join("`from` and `to` make a period, and `", field.name, "` is ",
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
        if (value.constant != nullptr && !given.empty())
            error(given.front()->span, "wrong-kind",
                  join("`", given.front()->text, "` is for what comes from the data"),
                  "leave it out; a constant is written as in a case");
        check(field, value, n);
        return out;
    }

    void read_option(const model::Field& field, const Node& key, const Node& v, Writing& out) {
        const auto k = field.kind;
        const auto only_for = [&](bool fits, std::string_view what) {
            if (fits) return true;
            error(key.span, "wrong-kind",
                  join("`", key.text, "` is for ", what, ", and `", field.name, "` is ",
                       model::describe(field)),
                  "leave it out");
            return false;
        };
        if (key.text == "dates") {
            if (only_for(is_date(k), "dates")) writing(key, v, out);
        } else if (key.text == "decimal" || key.text == "grouping") {
            if (only_for(is_number(k), "numbers")) writing(key, v, out);
        } else if (key.text == "nulls") {
            writing(key, v, out);
        } else if (key.text == "unit") {
            static const auto known = text::names_of(units());
            if (!only_for(k == FieldKind::duration, "durations")) return;
            const auto unit = scalar(v, "a unit");
            if (unit && !listed(known, *unit))
                error(v.span, "unknown-word", join("`", *unit, "` is no unit of time"),
                      text::did_you_mean(*unit, known));
            else if (unit)
                out.unit = *unit;
        } else if (key.text == "words") {
            if (!only_for(k == FieldKind::word || k == FieldKind::boolean || k == FieldKind::text ||
                              k == FieldKind::reference,
                          "words, texts, references, yes and no"))
                return;
            if (!v.is_mapping()) {
                wrong(v, "what each word means", "write `words: {Freispruch: acquittal}`");
                return;
            }
            for (const auto& [from, to] : v.entries) {
                const auto meaning = scalar(to, "a word");
                if (!meaning) continue;
                if (k == FieldKind::word && !listed(field.words, *meaning))
                    error(to.span, "unknown-word",
                          join("`", *meaning, "` is no word of `", field.name, "`"),
                          text::did_you_mean(*meaning, field.words));
                else if (k == FieldKind::boolean && *meaning != "yes" && *meaning != "no")
                    error(to.span, "unknown-word", join("`", field.name, "` is yes or no"),
                          "write yes or no");
                else
                    out.words.emplace_back(from.text, *meaning);
            }
        } else if (key.text == "split") {
            if (!only_for(field.list, "lists")) return;
            const auto s = scalar(v, "what parts the items");
            if (s && s->empty())
                error(v.span, "wrong-type", "nothing cannot part items", "write `split: \",\"`");
            else if (s)
                out.split = *s;
        } else if (key.text == "required") {
            if (const auto b = yes_or_no(v)) out.required = *b;
        }
    }

    // What the field asks of a value.
    void check(const model::Field& field, const Value& value, const Node& n) {
        if (!value.path) return;
        if (value.path->many() && !field.list)
            error(value.path->span, "wrong-kind",
                  join("`", value.path->written, "` leads to many values, and `", field.name,
                       "` is ", model::describe(field)),
                  "name one item, as in [0]; `each:` makes a record of every item");
        if (is_date(field.kind) && value.writing.dates.empty())
            error(n.span, "no-format",
                  join("nothing says how the data write the date `", field.name, "`"),
                  "add `dates: [\"%d.%m.%Y\"]` here or under `map:`; `edtf` for 2014-09-30 and the "
                  "rest of ISO 8601-2");
    }

    // A constant that refers to a record of an `each:` means that of the same item, so it must be
    // of the same list.
    void check_references() {
        for (const auto& [key, records] : map_.lists)
            for (const auto& r : records) check_references(r);
    }
    void check_references(const RecordMap& r) {
        for (const auto& f : r.fields) {
            for (const auto& n : f.nested) check_references(n);
            if (f.field->kind != FieldKind::reference) continue;
            for (const auto& a : f.assertions) {
                if (a.value.constant == nullptr) continue;
                const auto& n = *a.value.constant;
                if (n.is_scalar()) check_reference(r, *f.field, n);
                for (const auto& i : n.items)
                    if (i.is_scalar()) check_reference(r, *f.field, i);
            }
        }
    }
    void check_reference(const RecordMap& r, const model::Field& field, const Node& n) {
        for (const auto& [key, records] : map_.lists)
            for (const auto& target : records) {
                if (!(target.type == field.target) || target.name != n.text) continue;
                if (!target.each || (r.each && r.each->written == target.each->written)) continue;
                error(
                    n.span, "wrong-kind",
                    join("there are many `", n.text, "`: one of each `", target.each->written, "`"),
                    "refer to it from a record of the same `each:`, or by a path to its name");
            }
    }

    void read_tests(const Node& n) {
        if (!n.is_sequence()) {
            wrong(n, "a list of tests", "write `- {record: {...}, expect: []}`");
            return;
        }
        static const auto known = text::names_of(test_keys());
        for (const auto& item : n.items) {
            if (!item.is_mapping()) {
                wrong(item, "the keys of a test", "write `- {record: {...}, expect: []}`");
                continue;
            }
            MapTest test;
            test.span = item.span;
            for (const auto& [key, value] : item.entries) {
                if (key.text == "name") {
                    if (auto s = scalar(value, "a name")) test.name = *s;
                } else if (key.text == "record") {
                    test.record = &value;
                } else if (key.text == "expect") {
                    if (value.is_sequence())
                        test.expect = &value;
                    else
                        wrong(value, "a list of what is found", "write `[]` for nothing");
                } else if (key.text == "refused") {
                    if (auto s = scalar(value, "the code of an error")) test.refused = *s;
                } else {
                    unknown_key(key, "a test", known);
                }
            }
            if (test.record == nullptr)
                error(item.span, "missing-key", "the test has no `record`",
                      "add `record:` with what the data have");
            else if ((item.find("expect") != nullptr) == (item.find("refused") != nullptr))
                error(item.span, "missing-key", "a test has either `expect` or `refused`",
                      "add `expect: []` if nothing is found");
            else
                map_.tests.push_back(std::move(test));
        }
    }

    Map& map_;
    const rule::Packs& packs_;
    const model::Vocabulary& vocabulary_;
    Writing defaults_;
};
}  // namespace

bool read_body(Map& map, const Node& root, const rule::Packs& packs,
               text::Diagnostics& diagnostics) {
    return Body(map, packs, diagnostics).read(root);
}

}  // namespace antinomy::data
