#include <algorithm>
#include <array>

#include "data/draft.hpp"
#include "data/draft_text.hpp"
#include "text/join.hpp"

namespace antinomy::data {

using text::join;
using text::Node;

namespace {

constexpr std::size_t kTestKeys = 40;  // of a mapping of the record in the test
constexpr std::size_t kTestItems = 3;  // likewise, of a list
constexpr std::size_t kTestDepth = 8;
constexpr std::size_t kTestText = 200;  // characters
constexpr std::size_t kTestKey = 200;   // bytes
constexpr std::size_t kComment = 78;    // characters of a line that is a comment

std::string number(std::uint64_t n) {
    return std::to_string(n);
}

std::size_t width(std::string_view s) {
    return static_cast<std::size_t>(
        std::count_if(s.begin(), s.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

class Writer {
public:
    Writer(const Draft& draft, const DraftHead& head, std::vector<std::string>& open)
        : draft_(draft), head_(head), open_(open) {}

    std::string run() {
        settle();
        head();
        cases();
        for (const auto& r : draft_.records) record(r);
        if (!head_.pack.empty()) unmet();
        if (draft_.left_out > 0)
            doubt("", "",
                  join(number(draft_.left_out), " more paths: the draft has the first 400"));
        if (head_.pack.empty()) vocabulary();
        tests();
        return std::move(out_);
    }

private:
    void line(std::string_view text) {
        out_ += text;
        out_ += '\n';
    }
    // A comment, over several lines if need be.
    void comment(std::string_view indent, std::string_view mark, std::string_view text) {
        std::string row = join(indent, mark);
        const std::string next = join(indent, "#", std::string(mark.size() - 1, ' '));
        bool any = false;
        while (!text.empty()) {
            const auto end = std::min(text.find(' '), text.size());
            const auto word = text.substr(0, end);
            if (any && width(row) + width(word) > kComment) {
                while (row.back() == ' ') row.pop_back();
                line(row);
                row = next;
            }
            row += join(word, " ");
            any = true;
            text.remove_prefix(std::min(end + 1, text.size()));
        }
        while (row.back() == ' ') row.pop_back();
        line(row);
    }
    // What is left open: at its place, and in the list.
    void doubt(std::string_view indent, const std::string& path, const std::string& words) {
        comment(indent, "# ? ", words);
        open_.push_back(path.empty() ? words : join(path, ": ", words));
    }

    // Formats and spellings that all fields have in common.
    void settle() {
        std::vector<std::uint64_t> counts(tried_formats().size());
        for (const auto& r : draft_.records)
            for (const auto& l : r.lines) {
                if (l.name.empty()) continue;
                for (const auto& f : l.reckoned.formats) counts[f.index] += f.count;
                for (const auto& n : l.reckoned.nulls)
                    if (std::find(nulls_.begin(), nulls_.end(), n) == nulls_.end())
                        nulls_.push_back(n);
            }
        std::vector<std::size_t> order;
        for (std::size_t i = 0; i < counts.size(); ++i)
            if (counts[i] > 0) order.push_back(i);
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return counts[a] > counts[b]; });
        for (const auto i : order) {
            const auto& all = tried_formats();
            if (std::none_of(formats_.begin(), formats_.end(),
                             [&](std::size_t j) { return both_read(all[j], all[i]).has_value(); }))
                formats_.push_back(i);
        }
        // A spelling that other texts have may mean something there; a sign alone does not.
        for (const auto& r : draft_.records)
            for (const auto& l : r.lines) {
                if (l.name.empty() || (l.reckoned.kind != ValueKind::text && !l.list)) continue;
                const auto means = [&](const std::string& n) {
                    if (bare(n).empty()) return false;
                    return l.shape->texts.nothing.count(n) != 0 ||
                           (l.shape->item && l.shape->item->texts.nothing.count(n) != 0);
                };
                nulls_.erase(std::remove_if(nulls_.begin(), nulls_.end(), means), nulls_.end());
            }
    }

    static std::string list_of(const std::vector<std::string>& texts) {
        std::string out = "[";
        for (const auto& t : texts) out += join(out.size() == 1 ? "" : ", ", yaml_text(t));
        return out + "]";
    }
    static std::string formats_list(const std::vector<std::size_t>& formats) {
        std::vector<std::string> written;
        for (const auto i : formats) written.push_back(tried_formats()[i].written);
        return list_of(written);
    }

    void head() {
        comment("", "# ",
                join("A map drafted from ", head_.source,
                     ", to be edited. Behind each path stand "
                     "the kind of its values, in how many records there is one, and an example. "
                     "What could not be told begins with `# ?`."));
        for (const auto& f : head_.flaws) doubt("", "", f);
        line("map:");
        line(join("  id: ", yaml_text(head_.id)));
        for (const auto& n : head_.form.notes) comment("  ", "# ", n);
        for (const auto& d : head_.form.doubts) doubt("  ", "", d);
        line(join("  reads: ", head_.form.reads));
        table();
        if (!head_.form.records.empty()) {
            std::string path = "$";
            for (const auto& k : head_.form.records) path += step_of(k).value_or("");
            line(join("  records: ", yaml_text(path)));
        }
        if (head_.pack.empty()) {
            comment("  ", "# ",
                    "The packs that come with Antinomy are left out; the vocabulary "
                    "stands below.");
            line("  shipped: no");
        } else {
            if (head_.pack_outside)
                doubt(
                    "  ", "",
                    "the pack lies outside this folder: save the map in a folder that holds both, "
                    "and write where the pack is from there");
            else
                comment("  ", "# ", "Relative to this file.");
            line(join("  packs: [", yaml_text(head_.pack), "]"));
            if (!head_.shipped) line("  shipped: no");
        }
        if (!nulls_.empty()) line(join("  nulls: ", list_of(nulls_)));
        if (!formats_.empty()) line(join("  dates: ", formats_list(formats_)));
    }

    void table() {
        const auto& t = head_.form.table;
        std::vector<std::string> parts;
        if (head_.form.reads == "csv" && t.separator != ',')
            parts.push_back(join("separator: \"", std::string_view(&t.separator, 1), "\""));
        if (!t.quotes) parts.emplace_back("quotes: no");
        if (t.skip > 0) parts.push_back(join("skip: ", number(t.skip)));
        if (!t.header) parts.push_back(join("header: no, columns: ", list_of(t.columns)));
        if (parts.empty()) return;
        std::string all;
        for (const auto& p : parts) all += (all.empty() ? "" : ", ") + p;
        line(join("  table: {", all, "}"));
    }

    void cases() {
        line("");
        if (draft_.case_id.empty()) {
            if (draft_.case_title.empty()) {
                comment("", "# ",
                        "No path has a different text in each record, so records are "
                        "named by their number.");
                return;
            }
            line("case:");
            comment("  ", "# ",
                    "No path has a different text in each record, so records are named "
                    "by their number.");
        } else {
            line("case:");
            line(join("  id: ", yaml_text(draft_.case_id),
                      head_.records > 1
                          ? join("  # different in each of ", number(head_.records), " records")
                          : std::string()));
        }
        if (!draft_.case_title.empty()) line(join("  title: ", yaml_text(draft_.case_title)));
    }

    // What follows the path of a field: "{path: $.a, dates: [...]}", or the path alone.
    std::string value_of(const DraftLine& l) const {
        std::string more;
        const auto& r = l.reckoned;
        std::vector<std::size_t> own;
        bool common = true;
        for (const auto& f : r.formats) {
            own.push_back(f.index);
            common =
                common && std::find(formats_.begin(), formats_.end(), f.index) != formats_.end();
        }
        if (!own.empty() && !common) more += join(", dates: ", formats_list(own));
        const bool nulls = std::all_of(r.nulls.begin(), r.nulls.end(), [&](const auto& n) {
            return std::find(nulls_.begin(), nulls_.end(), n) != nulls_.end();
        });
        if (!nulls) more += join(", nulls: ", list_of(r.nulls));
        const auto sign = [](char c) { return join("\"", std::string_view(&c, 1), "\""); };
        if (r.decimal != '.') more += join(", decimal: ", sign(r.decimal));
        if (r.grouping != '\0') more += join(", grouping: ", sign(r.grouping));
        if (!l.words.empty()) more += join(", words: ", l.words);
        return more.empty() ? yaml_text(l.path) : join("{path: ", yaml_text(l.path), more, "}");
    }

    // "date in 940 of 1000; `02.11.2013`; %d.%m.%Y 900, %m/%Y 40".
    static std::string about(const DraftLine& l, std::uint64_t all) {
        const auto& s = *l.shape;
        const auto& r = l.reckoned;
        const auto& t = l.list && s.item ? s.item->texts : s.texts;
        std::uint64_t have = l.list ? s.met : t.values;
        if (r.kind == ValueKind::text && !l.list)
            for (const auto& [text, n] : t.nothing) have += n;
        std::string out = l.list ? "list of texts" : std::string(word(r.kind));
        out += have == all ? join(" in all ", number(all))
                           : join(" in ", number(have), " of ", number(all));
        if (r.formats.size() == 1 && r.formats[0].count == t.values) {
            out += join(" by `", tried_formats()[r.formats[0].index].written, "`");
        } else {
            for (std::size_t i = 0; i < r.formats.size(); ++i)
                out += join(i == 0 ? "; " : ", ", "`", tried_formats()[r.formats[i].index].written,
                            "` ", number(r.formats[i].count));
        }
        if (!t.example.empty()) out += join("; ", shown(t.example, 30));
        for (std::size_t i = 0; i < r.nulls.size(); ++i)
            out += join(i == 0 ? "; nothing: " : ", ", shown(r.nulls[i]), " ",
                        number(t.nothing.at(r.nulls[i])));
        if (r.kind == ValueKind::text)
            for (auto it = t.nothing.begin(); it != t.nothing.end(); ++it)
                out += join(it == t.nothing.begin() ? "; perhaps nothing: " : ", ",
                            shown(it->first), " ", number(it->second));
        if (r.kind == ValueKind::text && t.few && t.different.size() > 1 &&
            t.different.size() <= 6 && t.values > 3 * t.different.size()) {
            std::vector<std::pair<std::uint64_t, std::string>> sorted;
            for (const auto& [text, n] : t.different) sorted.emplace_back(n, text);
            std::stable_sort(sorted.begin(), sorted.end(),
                             [](const auto& a, const auto& b) { return a.first > b.first; });
            out += join("; ", number(sorted.size()), " different:");
            for (const auto& [n, text] : sorted) out += join(" ", shown(text, 20), " ", number(n));
        }
        return out;
    }

    void record(const DraftRecord& r) {
        line("");
        if (!r.drafted) {
            comment("", "# ? ",
                    join("The vocabulary has no type for the ",
                         r.each.empty() ? std::string("records") : join("items of `", r.each, "`"),
                         ". Their paths:"));
            open_.push_back(join(r.each.empty() ? "$" : r.each,
                                 ": no type of the vocabulary has fields for it"));
            for (const auto& l : r.lines)
                comment("", "#   ",
                        join(one_safe_line(l.path, 100), ": ",
                             l.why.empty() ? about(l, r.all) : l.why));
            return;
        }
        line(join(yaml_text(r.plural), ":"));
        const bool any = !r.each.empty() || !r.parent.empty() ||
                         std::any_of(r.lines.begin(), r.lines.end(),
                                     [](const DraftLine& l) { return !l.name.empty(); });
        line(join("  ", yaml_text(r.type), any ? ":" : ": {}"));
        if (!r.each.empty())
            line(join("    each: ", yaml_text(r.each), "  # ", number(r.all),
                      r.all == 1 ? " item" : " items"));
        if (!r.parent.empty())
            line(join("    ", yaml_text(r.parent), ": ", yaml_text(draft_.records.front().type)));
        std::size_t widest = 0;
        std::vector<std::string> written;
        for (const auto& l : r.lines) {
            written.push_back(l.name.empty() ? std::string()
                                             : join("    ", yaml_text(l.name), ": ", value_of(l)));
            if (width(written.back()) <= 48) widest = std::max(widest, width(written.back()));
        }
        for (std::size_t i = 0; i < r.lines.size(); ++i) {
            const auto& l = r.lines[i];
            const auto path = one_safe_line(l.path, 100);
            // Of an item, where the list is.
            auto from = l.path[0] == '$' ? std::string() : one_safe_line(r.each, 100);
            if (!from.empty() && from.back() != ']') from += "[*]";
            if (l.name.empty()) {
                if (l.reckoned.doubts.empty())
                    comment("    ", "# ", join(path, ": ", l.why));
                else
                    doubt("    ", join("`", from, path, "`"), l.why);
                continue;
            }
            for (const auto& d : l.reckoned.doubts) doubt("    ", join("`", from, path, "`"), d);
            auto row = written[i];
            const auto now = width(row);
            row += std::string(now < widest ? widest - now + 2 : 2, ' ');
            line(row + "# " + about(l, r.all));
        }
        for (const auto& u : r.unmet) doubt("    ", "", u);
    }

    void unmet() {
        std::string all;
        for (const auto& t : draft_.unmet_types) all += join(all.empty() ? "" : ", ", t);
        if (all.empty()) return;
        line("");
        comment("", "# ", join("Types of the vocabulary that no path went into: ", all, "."));
    }

    void vocabulary() {
        line("");
        comment("", "# ",
                "What the records are, by what their paths hold. Rules speak of these "
                "types and fields by name; rename them as you like, here and above.");
        line(join("pack: {id: ", yaml_text(head_.id),
                  ", title: ", yaml_text(join("Drafted from ", cut(head_.source, 120))), "}"));
        line("vocabulary:");
        for (const auto& r : draft_.records) {
            line(join("  ", yaml_text(r.type), ":"));
            line(join("    plural: ", yaml_text(r.plural)));
            if (!r.title.empty()) line(join("    title: ", yaml_text(r.title)));
            std::string fields;
            if (!r.parent.empty())
                fields += join("      ", yaml_text(r.parent), ": ",
                               yaml_text(draft_.records.front().type), "\n");
            for (const auto& l : r.lines)
                if (!l.name.empty())
                    fields += join("      ", yaml_text(l.name), ": ",
                                   l.list ? "{list: text}" : word(l.reckoned.kind), "\n");
            line(fields.empty() ? "    fields: {}" : "    fields:");
            out_ += fields;
        }
        rule();
    }

    // A rule over two dates of one record, to begin with: what must hold, nobody but the editor
    // knows.
    void rule() {
        for (const auto& r : draft_.records) {
            std::vector<std::string> dates;
            for (const auto& l : r.lines)
                if (!l.name.empty() && l.reckoned.kind == ValueKind::date) dates.push_back(l.name);
            if (dates.size() < 2) continue;
            const auto& a = dates[0];
            const auto& b = dates[1];
            const auto fields = [&](const char* first, const char* second) {
                return join("{", yaml_text(r.plural), ": {x: {", yaml_text(a), ": ", first, ", ",
                            yaml_text(b), ": ", second, "}}}");
            };
            line("");
            comment("", "# ", "A rule to begin with. Take the `#` away, and say what must hold:");
            line("# rules:");
            line("#   - id: in-order");
            line(join("#     title: ", yaml_text(join(b, " before ", a))));
            line("#     kind: fact");
            line("#     severity: error");
            line("#     about: record");
            line("#     reaches: record");
            line(join("#     for: {x: ", yaml_text(r.type), "}"));
            line(join("#     require: x.", a, " not after x.", b));
            line(join("#     message: \"{x}: {x.", a, "} is after {x.", b, "}\""));
            line("#     basis: [{cite: say what it rests on}]");
            line("#     tests:");
            line(join("#       - {name: after, case: ", fields("2001-01-02", "2001-01-01"),
                      ", expect: [{at: ", r.plural, ".x, verdict: certain}]}"));
            line(join("#       - {name: in order, case: ", fields("2001-01-01", "2001-01-02"),
                      ", expect: []}"));
            return;
        }
    }

    // ---- the test

    void tests() {
        if (head_.first == nullptr) return;
        line("");
        line("tests:");
        line("  - name: the first record");
        std::string record;
        shortened_ = false;
        node(*head_.first, 6, record);
        line(record.empty() ? "    record: {}" : "    record:");
        out_ += record;
        if (shortened_) comment("    ", "# ", "Long texts and lists of the record are cut here.");
        comment("    ", "# ", "Fill in what is to be found in this record; [] is nothing.");
        line("    expect: []");
    }

    void node(const Node& n, std::size_t indent, std::string& out) {
        const std::string blank(indent, ' ');
        std::size_t count = 0;
        for (const auto& [key, value] : n.entries) {
            // A table may have a column twice.
            if (value.is_null() || key.text.empty() || n.find(key.text) != &value) continue;
            if (count == kTestKeys || key.text.size() > kTestKey) {
                shortened_ = true;
                continue;
            }
            std::string inner;
            if (!below(value, indent, inner)) continue;
            ++count;
            out += join(blank, yaml_text(key.text), ":", inner);
        }
    }
    // What stands behind a key or a dash, with its line break; false: nothing.
    bool below(const Node& value, std::size_t indent, std::string& out) {
        if (value.is_scalar()) {
            const auto text = cut(value.text, kTestText);
            shortened_ = shortened_ || text.size() < value.text.size();
            out = join(" ", yaml_text(text), "\n");
            return true;
        }
        if (indent > 6 + 2 * kTestDepth) {
            shortened_ = true;
            return false;
        }
        if (value.is_mapping()) {
            std::string inner;
            node(value, indent + 2, inner);
            if (inner.empty()) return false;
            out = join("\n", inner);
            return true;
        }
        std::string items;
        for (std::size_t i = 0; i < value.items.size(); ++i) {
            const auto& item = value.items[i];
            if (i == kTestItems) {
                shortened_ = true;
                break;
            }
            std::string inner;
            if (item.is_mapping()) {
                node(item, indent + 4, inner);
                if (inner.empty()) continue;
                // The first key stands behind the dash.
                inner.replace(indent + 2, 1, "-");
                items += inner;
            } else if (item.is_scalar()) {
                below(item, indent, inner);
                items += join(std::string(indent + 2, ' '), "-", inner);
            } else {
                shortened_ = true;
            }
        }
        if (items.empty()) return false;
        out = join("\n", items);
        return true;
    }

    const Draft& draft_;
    const DraftHead& head_;
    std::vector<std::string>& open_;
    std::string out_;
    std::vector<std::string> nulls_;
    std::vector<std::size_t> formats_;
    bool shortened_ = false;
};

}  // namespace

std::string write_draft(const Draft& draft, const DraftHead& head, std::vector<std::string>& open) {
    return Writer(draft, head, open).run();
}

}  // namespace antinomy::data
