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
        const Node* reads = nullptr;
        const Node* table = nullptr;
        const Node* records = nullptr;
        Writing checked;
        for (const auto& [key, value] : entry->value.entries) {
            if (key.text == "id") {
                const auto id = scalar(value, "an id");
                if (id && !model::good_id(*id))
                    error(value.span, "bad-name", join("`", *id, "` is no id"), model::kNameHelp);
                if (id) out.id = *id;
            } else if (key.text == "title") {
                if (auto s = scalar(value, "a title")) out.title = *s;
            } else if (key.text == "reads") {
                reads = &value;
            } else if (key.text == "table") {
                table = &value;
            } else if (key.text == "records") {
                records = &value;
            } else if (key.text == "packs") {
                if (!value.is_sequence()) wrong(value, "a list of rule packs", "write [pack.yaml]");
                for (const auto& i : value.items)
                    if (auto s = scalar(i, "a file")) {
                        out.packs.push_back(*s);
                        out.pack_spans.push_back(i.span);
                    }
            } else if (key.text == "shipped") {
                if (const auto b = yes_or_no(value)) out.shipped = *b;
            } else if (key.text != "limits" && !writing(key, value, checked)) {
                unknown_key(key, "`map`", known);
            }
        }
        if (out.id.empty() && entry->value.find("id") == nullptr)
            error(entry->key.span, "missing-key", "the map has no `id`", "add `id:` under `map:`");
        read_form(*entry, reads, table, out);
        if (records != nullptr) read_records(*records, out);
        return out;
    }

private:
    void read_form(const text::Entry& entry, const Node* reads, const Node* table, Map& out) {
        static const auto words = text::names_of(formats());
        if (reads == nullptr) {
            error(entry.key.span, "missing-key", "the map does not say in which form the data are",
                  "add `reads:` under `map:`: json, jsonl, csv, tsv or yaml");
            return;
        }
        const auto form = scalar(*reads, "a form of data");
        if (!form) return;
        if (!listed(words, *form)) {
            error(reads->span, "unknown-word", join("`", *form, "` is no form of data"),
                  text::did_you_mean(*form, words));
            return;
        }
        out.reads = *form == "json"    ? Reads::json
                    : *form == "jsonl" ? Reads::jsonl
                    : *form == "yaml"  ? Reads::yaml
                                       : Reads::table;
        out.suffixes = {"." + *form};
        if (*form == "jsonl") out.suffixes.emplace_back(".ndjson");
        if (*form == "yaml") out.suffixes.emplace_back(".yml");
        if (*form == "tsv") {
            out.suffixes.emplace_back(".tab");
            out.table.separator = '\t';
        }
        if (table == nullptr) return;
        if (out.reads != Reads::table) {
            error(table->span, "wrong-kind",
                  join("`table` is for csv and tsv, and this map reads ", *form), "leave it out");
            return;
        }
        read_table(*table, out.table);
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

    void read_records(const Node& n, Map& out) {
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
