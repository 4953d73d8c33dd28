#include "data/map.hpp"

#include <utility>

#include "data/apply.hpp"
#include "data/keys.hpp"
#include "data/map_values.hpp"
#include "model/case.hpp"
#include "model/keys.hpp"
#include "rule/keys.hpp"

namespace antinomy::data {

using model::FieldKind;
using text::join;
using text::Node;

namespace {

constexpr const char* kTests = "tests";

class Body : ValueReading {
public:
    Body(Map& map, const rule::Packs& packs, text::Diagnostics& diagnostics)
        : ValueReading(map, diagnostics), packs_(packs), vocabulary_(packs.vocabulary()) {}

    bool read(const Node& root) {
        const auto before = diagnostics_.error_count();
        if (const auto* block = root.find("map"); block != nullptr && block->is_mapping())
            if (const auto* limits = block->find("limits"))
                map_.limits = read_limits(*limits, packs_, diagnostics_);
        for (std::size_t i = 0; i < map_.parts.size(); ++i)
            for (auto& p : map_.parts[i].key) number(p, i);
        // The pack that a map may bring in its own file was read before.
        static const auto of_pack = text::names_of(rule::top_keys());
        for (const auto& [key, value] : root.entries) {
            if (key.text == "map" || listed(of_pack, key.text)) continue;
            if (key.text == "case")
                read_case(value);
            else if (key.text == "accounts")
                read_accounts(value);
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
    void read_case(const Node& n) {
        if (!n.is_mapping()) {
            wrong(n, "the keys of a case", "write `case: {id: $.id}`");
            return;
        }
        const auto* part = n.find("part");
        read_part(part);
        any_path_ = false;
        for (const auto& [key, value] : n.entries) {
            if (&value == part) continue;
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
        map_.case_part = part_;
        if (any_path_ && part == nullptr) needs_part(n.span, "the case");
    }

    // The part that a record is made of: sets `part_`.
    void read_part(const Node* n) {
        part_ = 0;
        if (n == nullptr) return;
        const auto name = scalar(*n, "the name of a part");
        if (!name) return;
        if (!map_.in_parts) {
            error(n->span, "wrong-kind", "the map has no `parts`",
                  "leave it out, or describe the kinds of files under `map: {parts: ...}`");
            return;
        }
        std::vector<std::string> known;
        for (std::size_t i = 0; i < map_.parts.size(); ++i) {
            known.push_back(map_.parts[i].name);
            if (known.back() != *name) continue;
            part_ = i;
            return;
        }
        error(n->span, "unknown-word", join("the map has no part `", *name, "`"),
              text::did_you_mean(*name, known));
    }
    // What has paths, and does not say into what.
    void needs_part(text::Span at, const std::string& what) {
        if (map_.parts.size() > 1)
            error(at, "missing-key", join("nothing says of which part ", what, " is made"),
                  "add `part:` with one of the names under `parts:`");
    }

    // Constant ones, and those that the data name.
    void read_accounts(const Node& n) {
        if (!n.is_mapping()) {
            wrong(n, "accounts by name", "write `accounts: {prosecution: {role: party}}`");
            return;
        }
        for (const auto& entry : n.entries) {
            if (entry.value.find("named") == nullptr) {
                map_.accounts.push_back(entry);
                continue;
            }
            AccountMap account;
            account.key = &entry.key;
            const auto* part = entry.value.find("part");
            read_part(part);
            if (part == nullptr) needs_part(entry.key.span, join("`", entry.key.text, "`"));
            account.part = part_;
            for (const auto& [key, value] : entry.value.entries) {
                if (&value == part) continue;
                auto v = meta(value);
                if (!v) continue;
                if (key.text != "named") {
                    account.entries.emplace_back(&key, std::move(*v));
                } else if (v->path) {
                    account.named = std::move(*v);
                } else {
                    error(value.span, "wrong-kind", "`named` is a path to the name",
                          "write `named: $.said_by`; a constant account has its name before the "
                          "colon");
                }
            }
            if (account.named.path) map_.data_accounts.push_back(std::move(account));
        }
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
        for (const auto& entry : value.entries) {
            const auto* part = entry.value.is_mapping() ? entry.value.find("part") : nullptr;
            if (part != nullptr && vocabulary_.type(type).field("part") != nullptr) part = nullptr;
            read_part(part);
            records.push_back(read_record(type, entry));
            if (!records.back().constant && part == nullptr)
                needs_part(entry.key.span, join("`", entry.key.text, "`"));
        }
        map_.lists.emplace_back(&key, std::move(records));
    }

    RecordMap read_record(model::TypeId type_id, const text::Entry& entry) {
        RecordMap out;
        out.type = type_id;
        out.name = entry.key.text;
        out.span = entry.key.span;
        out.part = part_;
        const auto first_path = map_.paths.size();
        const bool before = std::exchange(any_path_, false);
        const auto& type = vocabulary_.type(type_id);
        if (!model::good_id(out.name))
            error(entry.key.span, "bad-name", join("`", out.name, "` is no name of a record"),
                  model::kNameHelp);
        if (!entry.value.is_mapping()) {
            if (!entry.value.is_null())
                wrong(entry.value, join("the fields of type ", type.name),
                      join("write `", out.name, ": {...}`"));
            any_path_ = before;
            return out;
        }
        static const auto metas =
            std::vector<std::string>{"by", "source", "speaker", "quote", "state"};
        for (const auto& [key, value] : entry.value.entries) {
            const auto* field = type.field(key.text);
            if (field != nullptr) {
                out.fields.push_back(read_field(*field, key, value));
            } else if (key.text == "each") {
                read_each(value, out);
            } else if (key.text == "named") {
                auto v = plain(value);
                if (v && !v->path)
                    error(value.span, "wrong-kind", "`named` is a path to the name",
                          "write `named: .id`; the key of the record is its constant name");
                else if (v)
                    out.named = std::move(v);
                if (out.named) single(*out.named, value);
            } else if (listed(metas, key.text)) {
                if (auto v = meta(value)) out.meta.emplace_back(key.text, std::move(*v));
            } else if (key.text == "part" && !nested_) {
                // That was read.
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
        if (out.each)
            for (auto i = first_path; i < map_.paths.size(); ++i)
                if (i != out.each->slot && map_.paths[i].written.front() == '.' &&
                    !map_.paths[i].list)
                    map_.paths[i].list = out.each->slot;
        out.constant = !any_path_;
        any_path_ = any_path_ || before;
        return out;
    }

    void read_each(const Node& n, RecordMap& out) {
        if (!n.is_mapping()) {
            out.each = counted_path(n);
            return;
        }
        static const std::vector<std::string> known{"path", "split"};
        for (const auto& [key, value] : n.entries) {
            if (key.text == "path")
                out.each = counted_path(value);
            else if (key.text == "split")
                out.each_split = sign_of(value);
            else
                unknown_key(key, "`each`", known);
        }
        if (n.find("path") == nullptr || n.find("split") == nullptr)
            error(n.span, "missing-key", "a list that is one text has a path, and what parts it",
                  "write `each: {path: $.persons, split: \";\"}`");
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
            const bool before = std::exchange(nested_, true);
            for (const auto& entry : n.entries)
                out.nested.push_back(read_record(field.target, entry));
            nested_ = before;
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
                const bool same_data = !r.constant && r.part == target.part;
                if (target.each &&
                    !(same_data && r.each && r.each->written == target.each->written))
                    error(n.span, "wrong-kind",
                          join("there are many `", n.text, "`: one of each `", target.each->written,
                               "`"),
                          "refer to it from a record of the same `each:`, or by a path to its "
                          "name");
                else if (map_.per != Per::record && r.constant && !target.constant)
                    error(n.span, "wrong-kind",
                          join("there may be many `", n.text,
                               "`: one of each record of the data that the case has"),
                          "refer to it from a record that is made of the data");
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
                    test.records.emplace_back(&value, 0);
                } else if (key.text == "records") {
                    read_test_records(value, test);
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
            if (item.find("record") == nullptr && item.find("records") == nullptr)
                error(item.span, "missing-key", "the test has no `record`",
                      "add `record:` with what the data have");
            else if (const auto* one = item.find("record");
                     one != nullptr && (item.find("records") != nullptr || map_.parts.size() > 1))
                error(one->span, "wrong-kind",
                      map_.parts.size() > 1 ? "the map has parts, and this is a record of none"
                                            : "a test has either `record` or `records`",
                      map_.parts.size() > 1 ? "write `records: {hearings: [{...}]}`"
                                            : "put it among the others");
            else if ((item.find("expect") != nullptr) == (item.find("refused") != nullptr))
                error(item.span, "missing-key", "a test has either `expect` or `refused`",
                      "add `expect: []` if nothing is found");
            else
                map_.tests.push_back(std::move(test));
        }
    }

    // A list of records, or of each part one.
    void read_test_records(const Node& n, MapTest& test) {
        if (map_.per == Per::record) {
            error(n.span, "wrong-kind", "each record is a case of its own here",
                  "write `record: {...}`, or `one_case: key` under `map:`");
            return;
        }
        const auto list = [&](const Node& of, std::size_t part) {
            if (!of.is_sequence()) wrong(of, "a list of records", "write `[{...}, {...}]`");
            for (const auto& i : of.items) test.records.emplace_back(&i, part);
        };
        if (!map_.in_parts) {
            list(n, 0);
            return;
        }
        if (!n.is_mapping()) {
            wrong(n, "records by part", "write `records: {hearings: [{...}]}`");
            return;
        }
        for (const auto& [key, value] : n.entries) {
            read_part(&key);
            list(value, part_);
        }
    }
    const rule::Packs& packs_;
    const model::Vocabulary& vocabulary_;
    bool nested_ = false;  // a record within one is being read
};

}  // namespace

bool read_body(Map& map, const Node& root, const rule::Packs& packs,
               text::Diagnostics& diagnostics) {
    return Body(map, packs, diagnostics).read(root);
}

}  // namespace antinomy::data
