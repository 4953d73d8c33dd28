#include <charconv>

#include "data/keys.hpp"
#include "data/map_reading.hpp"
#include "model/keys.hpp"

namespace antinomy::data {

using text::join;
using text::Node;

namespace {

class Head : MapReading {
public:
    using MapReading::MapReading;

    Map read(const Node& root, text::FileId file) {
        Map out;
        out.file = file;
        out.span = root.span;
        const auto* entry = root.find_entry("map");
        if (entry == nullptr) {
            error(root.entries.empty() ? root.span : root.entries.front().key.span, "not-a-map",
                  "this file is no map: it has no `map:`",
                  "begin it with `map: {id: ..., reads: ...}`");
            return out;
        }
        out.span = entry->key.span;
        if (!entry->value.is_mapping()) {
            wrong(entry->value, "the keys of a map", "write `map: {id: courts, reads: json}`");
            return out;
        }
        static const auto known = text::names_of(map_keys());
        Form form;
        Part whole;
        const Node* parts = nullptr;
        const Node* one_case = nullptr;
        const Node* key_node = nullptr;
        century(entry->value, whole.writing);
        for (const auto& [key, value] : entry->value.entries) {
            if (key.text == "id") {
                const auto id = scalar(value, "an id");
                if (id && !model::good_id(*id))
                    error(value.span, "bad-name", join("`", *id, "` is no id"), model::kNameHelp);
                if (id) out.id = *id;
            } else if (key.text == "title") {
                if (auto s = scalar(value, "a title")) out.title = *s;
            } else if (key.text == "one_case") {
                one_case = &value;
            } else if (key.text == "parts") {
                parts = &value;
            } else if (key.text == "packs") {
                if (!value.is_sequence()) wrong(value, "a list of rule packs", "write [pack.yaml]");
                for (const auto& i : value.items)
                    if (auto s = scalar(i, "a file")) {
                        out.packs.push_back(*s);
                        out.pack_spans.push_back(i.span);
                    }
            } else if (key.text == "shipped") {
                if (const auto b = yes_or_no(value)) out.shipped = *b;
            } else if (key.text == "key") {
                key_node = &value;
                whole.key = key_paths(value);
            } else if (key.text != "limits" && !form.take(key, value) &&
                       !writing(key, value, whole.writing)) {
                unknown_key(key, "`map`", known);
            }
        }
        if (out.id.empty() && entry->value.find("id") == nullptr)
            error(entry->key.span, "missing-key", "the map has no `id`", "add `id:` under `map:`");
        if (one_case != nullptr) read_per(*one_case, out);
        whole.span = entry->key.span;
        if (parts == nullptr) {
            read_form(entry->key.span, "map", form, whole);
            out.parts.push_back(std::move(whole));
        } else {
            form.misplaced([&](const Node& key) {
                error(key.span, "wrong-kind",
                      join("`", key.text, "` is another for each of `parts`"),
                      "say it in each of them");
            });
            read_parts(*parts, whole, out);
        }
        check_keys(*entry, key_node, out);
        return out;
    }

private:
    // What says in which form data are; read when all of it is known.
    struct Form {
        const Node* reads = nullptr;
        const Node* table = nullptr;
        const Node* records = nullptr;
        const Node* files = nullptr;
        std::vector<const Node*> keys;
        bool take(const Node& key, const Node& value) {
            for (const auto& [name, to] :
                 {std::pair{"reads", &reads}, std::pair{"table", &table},
                  std::pair{"records", &records}, std::pair{"files", &files}}) {
                if (key.text != name) continue;
                *to = &value;
                keys.push_back(&key);
                return true;
            }
            return false;
        }
        template <class Say>
        void misplaced(const Say& say) const {
            for (const auto* key : keys) say(*key);
        }
    };

    void read_per(const Node& n, Map& out) {
        static const auto words = text::names_of(cases_of());
        const auto word = scalar(n, "record, file or key");
        if (!word) return;
        if (!listed(words, *word)) {
            error(n.span, "unknown-word", join("`", *word, "` does not say what becomes one case"),
                  "write record, file or key");
            return;
        }
        out.per = *word == "key" ? Per::key : *word == "file" ? Per::file : Per::record;
    }

    // One path, or a list of them.
    std::vector<Path> key_paths(const Node& n) {
        std::vector<Path> out;
        const auto add = [&](const Node& i) {
            auto p = path(i);
            if (p && p->many())
                error(i.span, "wrong-kind",
                      join("`", i.text, "` leads to many values, and one is wanted"),
                      "name one item, as in [0]");
            else if (p)
                out.push_back(std::move(*p));
        };
        if (!n.is_sequence()) {
            add(n);
            return out;
        }
        for (const auto& i : n.items) add(i);
        if (n.items.empty()) wrong(n, "a path, or several", "write `key: $.case_id`");
        return out;
    }

    void read_parts(const Node& n, const Part& defaults, Map& out) {
        out.in_parts = true;
        if (!n.is_mapping() || n.entries.empty()) {
            wrong(n, "kinds of files by name",
                  "write `parts: {hearings: {reads: csv, files: \"hearings*.csv\"}}`");
            out.parts.push_back(defaults);
            return;
        }
        static const auto known = text::names_of(part_keys());
        for (const auto& entry : n.entries) {
            Part part = defaults;
            part.name = entry.key.text;
            part.span = entry.key.span;
            if (!model::good_id(part.name))
                error(entry.key.span, "bad-name", join("`", part.name, "` is no name of a part"),
                      model::kNameHelp);
            if (!entry.value.is_mapping()) {
                wrong(entry.value, "the keys of a part", "write `{reads: csv}`");
                out.parts.push_back(std::move(part));
                continue;
            }
            Form form;
            century(entry.value, part.writing);
            for (const auto& [key, value] : entry.value.entries) {
                if (key.text == "key")
                    part.key = key_paths(value);
                else if (!form.take(key, value) && !writing(key, value, part.writing))
                    unknown_key(key, join("part `", part.name, "`"), known);
            }
            read_form(entry.key.span, join("part `", part.name, "`"), form, part);
            out.parts.push_back(std::move(part));
        }
    }

    // Whether there is a key is said twice, and must be said alike.
    void check_keys(const text::Entry& entry, const Node* key_node, const Map& out) {
        if (out.per == Per::key) {
            for (const auto& p : out.parts) {
                if (!p.key.empty() || key_node != nullptr) continue;
                error(p.name.empty() ? entry.key.span : p.span, "missing-key",
                      p.name.empty()
                          ? std::string("nothing says what records of one case have in common")
                          : join("nothing says to which case a record of `", p.name, "` belongs"),
                      "add `key: $.case_id`");
            }
            return;
        }
        const auto complain = [&](const Node& key) {
            error(key.span, "wrong-kind", "a `key` puts records together, and here it does not",
                  "say `one_case: key` as well, or leave it out");
        };
        if (key_node != nullptr) complain(entry.value.find_entry("key")->key);
        const auto* parts = entry.value.find("parts");
        if (parts == nullptr || !parts->is_mapping()) return;
        for (const auto& p : parts->entries)
            if (const auto* key = p.value.find_entry("key")) complain(key->key);
    }

    void read_form(text::Span at, const std::string& what, const Form& form, Part& out) {
        static const auto words = text::names_of(formats());
        if (form.reads == nullptr) {
            error(at, "missing-key",
                  what == "map" ? std::string("the map does not say in which form the data are")
                                : join(what, " does not say in which form its data are"),
                  what == "map" ? "add `reads:` under `map:`: json, jsonl, csv, tsv or yaml"
                                : "add `reads:`: json, jsonl, csv, tsv or yaml");
            return;
        }
        const auto word = scalar(*form.reads, "a form of data");
        if (!word) return;
        if (!listed(words, *word)) {
            error(form.reads->span, "unknown-word", join("`", *word, "` is no form of data"),
                  text::did_you_mean(*word, words));
            return;
        }
        out.reads = *word == "json"    ? Reads::json
                    : *word == "jsonl" ? Reads::jsonl
                    : *word == "yaml"  ? Reads::yaml
                                       : Reads::table;
        out.suffixes = {"." + *word};
        if (*word == "jsonl") out.suffixes.emplace_back(".ndjson");
        if (*word == "yaml") out.suffixes.emplace_back(".yml");
        if (*word == "tsv") {
            out.suffixes.emplace_back(".tab");
            out.table.separator = '\t';
        }
        if (form.files != nullptr) read_files(*form.files, out);
        if (form.records != nullptr) read_records(*form.records, out);
        if (form.table == nullptr) return;
        if (out.reads != Reads::table) {
            error(form.table->span, "wrong-kind",
                  join("`table` is for csv and tsv, and this ", what == "map" ? "map" : "part",
                       " reads ", *word),
                  "leave it out");
            return;
        }
        read_table(*form.table, out.table);
    }

    void read_files(const Node& n, Part& out) {
        const auto pattern = scalar(n, "a pattern of names");
        if (!pattern) return;
        if (pattern->empty() || pattern->find('/') != std::string::npos) {
            error(n.span, "wrong-type", "`files` is a pattern of names, without folders",
                  "write `files: \"hearings*.csv\"`; `*` stands for any characters, `?` for one");
            return;
        }
        out.files = *pattern;
    }

    void read_table(const Node& n, TableForm& out) {
        if (!n.is_mapping()) {
            wrong(n, "how a table is written", "write `table: {separator: \";\"}`");
            return;
        }
        static const auto known = text::names_of(table_keys());
        for (const auto& [key, value] : n.entries) {
            if (key.text == "separator") {
                const auto c = sign(value, "`separator`");
                if (c && (*c == '"' || *c == '\n' || *c == '\r'))
                    error(value.span, "wrong-type", "a quote or a line break cannot part cells",
                          "write `separator: \";\"` or the like");
                else if (c)
                    out.separator = *c;
            } else if (key.text == "quotes") {
                if (const auto b = yes_or_no(value)) out.quotes = *b;
            } else if (key.text == "header") {
                if (const auto b = yes_or_no(value)) out.header = *b;
            } else if (key.text == "optional") {
                out.optional = texts(value, "columns");
            } else if (key.text == "columns") {
                out.columns = texts(value, "columns");
            } else if (key.text == "skip") {
                const auto s = value.is_scalar() ? std::string_view(value.text) : "";
                const auto [p, ec] = std::from_chars(s.data(), s.data() + s.size(), out.skip);
                if (s.empty() || ec != std::errc() || p != s.data() + s.size())
                    wrong(value, "a number of lines", "write digits");
            } else {
                unknown_key(key, "`table`", known);
            }
        }
        if (out.header && !out.columns.empty())
            error(n.span, "wrong-kind", "the header names the columns, and `columns` does",
                  "say `header: no`, or leave `columns` out");
        if (!out.header && out.columns.empty())
            error(n.span, "missing-key", "without a header nobody knows the columns",
                  "add `columns: [...]`");
    }

    void read_records(const Node& n, Part& out) {
        if (out.reads == Reads::table || out.reads == Reads::jsonl) {
            error(n.span, "wrong-kind",
                  join("`records` is for json and yaml; ",
                       out.reads == Reads::table ? "a row" : "a line", " is a record already"),
                  "leave it out; a list within a record is split by `each:`");
            return;
        }
        auto p = path(n);
        if (!p) return;
        bool names = p->from_root;
        for (const auto& s : p->steps) names = names && s.kind == Path::Step::Kind::name;
        if (!names) {
            error(n.span, "bad-path", "`records` is a path of names from the root",
                  "write `$.officials`");
            return;
        }
        out.records = std::move(p);
    }
};
}  // namespace

Map read_head(const Node& root, text::FileId file, text::Diagnostics& diagnostics) {
    return Head(diagnostics).read(root, file);
}

}  // namespace antinomy::data
