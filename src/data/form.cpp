#include "data/form.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "data/json.hpp"
#include "data/path.hpp"
#include "data/survey.hpp"
#include "text/join.hpp"

namespace antinomy::data {

using text::join;

namespace {

constexpr std::size_t kRows = 200;     // that are looked at for what parts the cells
constexpr std::size_t kHeadRows = 10;  // among which the header is looked for
constexpr std::string_view kMark = "\xEF\xBB\xBF";

// ".csv" of "a/b.csv.gz".
std::string suffix_of(std::string name) {
    for (const std::string_view packed : {".gz", ".zst"})
        if (name.size() > packed.size() &&
            name.compare(name.size() - packed.size(), packed.size(), packed) == 0)
            name.resize(name.size() - packed.size());
    const auto slash = name.find_last_of('/');
    const auto dot = name.find_last_of('.');
    if (dot == std::string::npos || (slash != std::string::npos && dot < slash)) return {};
    auto out = name.substr(dot);
    for (auto& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

std::vector<std::string_view> lines_of(std::string_view s, std::size_t most) {
    std::vector<std::string_view> out;
    while (!s.empty() && out.size() < most) {
        const auto end = s.find('\n');
        auto line = s.substr(0, end);
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        if (line.find_first_not_of(" \t") != std::string_view::npos) out.push_back(line);
        if (end == std::string_view::npos) break;
        s.remove_prefix(end + 1);
    }
    return out;
}

// ---- JSON

bool is_object(std::string_view line) {
    JsonReader reader;
    std::optional<Flaw> flaw;
    const auto tree = reader.read(line, {}, flaw);
    return tree && tree->is_mapping();
}

// The lists of mappings that keys lead to, in as much of a JSON text as there is.
class JsonLists {
public:
    explicit JsonLists(std::string_view s) : s_(s) {}
    std::vector<ListPlace> find() {
        while (at_ < s_.size()) step();
        std::stable_sort(out_.begin(), out_.end(),
                         [](const auto& a, const auto& b) { return a.items > b.items; });
        out_.erase(
            std::remove_if(out_.begin(), out_.end(), [](const auto& p) { return p.items == 0; }),
            out_.end());
        return std::move(out_);
    }

private:
    struct Level {
        bool list = false;
        std::string key;        // of a mapping: the one at hand
        std::size_t place = 0;  // of a list: which of `out_`, from 1; 0: it does not count
    };

    void step() {
        const char c = s_[at_];
        if (c == '"') {
            string();
        } else if (c == '{' || c == '[') {
            if (c == '{' && !levels_.empty() && levels_.back().place > 0)
                ++out_[levels_.back().place - 1].items;
            Level level;
            level.list = c == '[';
            if (level.list && !levels_.empty()) level.place = place();
            levels_.push_back(std::move(level));
            ++at_;
        } else {
            if ((c == '}' || c == ']') && !levels_.empty()) levels_.pop_back();
            ++at_;
        }
    }
    void string() {
        const auto begin = ++at_;
        bool escaped = false;
        while (at_ < s_.size() && s_[at_] != '"') {
            escaped = escaped || s_[at_] == '\\';
            at_ += s_[at_] == '\\' ? 2 : 1;
        }
        if (at_ >= s_.size()) return;
        const auto text = s_.substr(begin, at_ - begin);
        ++at_;
        const auto next = s_.find_first_not_of(" \t\r\n", at_);
        if (levels_.empty() || levels_.back().list || next == std::string_view::npos ||
            s_[next] != ':')
            return;
        // A key with escapes is not looked into.
        levels_.back().key = escaped ? std::string() : std::string(text);
    }
    std::size_t place() {
        ListPlace found;
        for (const auto& level : levels_) {
            if (level.list || level.key.empty()) return 0;
            found.keys.push_back(level.key);
        }
        out_.push_back(std::move(found));
        return out_.size();
    }

    std::string_view s_;
    std::size_t at_ = 0;
    std::vector<Level> levels_;
    std::vector<ListPlace> out_;
};

void lists_of_tree(const text::Node& n, std::vector<std::string>& keys,
                   std::vector<ListPlace>& out) {
    for (const auto& [key, value] : n.entries) {
        keys.push_back(key.text);
        if (value.is_mapping()) lists_of_tree(value, keys, out);
        if (value.is_sequence()) {
            const auto items = static_cast<std::size_t>(
                std::count_if(value.items.begin(), value.items.end(),
                              [](const text::Node& i) { return i.is_mapping(); }));
            if (items > 0) out.push_back({keys, items});
        }
        keys.pop_back();
    }
}

// ---- tables

struct Parted {
    char separator = ',';
    bool quotes = true;
    std::vector<std::vector<std::string>> rows;
    std::vector<std::uint32_t> lines;  // on which they begin
    std::size_t cells = 1;             // of most rows
    std::size_t fit = 0;               // rows with so many
    std::size_t all = 0;               // with those that cannot be read
    bool stray = false;                // a quote stands within a cell that does not begin with one
    // Of two ways the better one: more rows that fit, then more cells.
    [[nodiscard]] bool better_than(const Parted& other) const {
        const auto mine = fit * other.all;
        const auto its = other.fit * all;
        return mine != its ? mine > its : cells > other.cells;
    }
};

Parted part(std::string_view head, char separator, bool quotes) {
    Parted out;
    out.separator = separator;
    out.quotes = quotes;
    TableForm form;
    form.separator = separator;
    form.quotes = quotes;
    form.header = false;
    Stream stream("", std::string(head));
    Rows rows(stream, form);
    Raw raw;
    std::vector<std::pair<std::size_t, std::size_t>> counts;  // cells, rows
    while (out.all < kRows && rows.next(raw)) {
        ++out.all;
        std::optional<Flaw> flaw = raw.flaw;
        out.stray = out.stray || (flaw && flaw->code == "stray-quote");
        const auto cells = flaw ? std::nullopt : read_cells(raw.bytes, {}, form, flaw);
        if (!cells) continue;
        out.rows.emplace_back();
        out.lines.push_back(raw.begin.line);
        for (const auto& c : *cells) out.rows.back().push_back(c.text);
        const auto it = std::find_if(counts.begin(), counts.end(),
                                     [&](const auto& c) { return c.first == cells->size(); });
        if (it == counts.end())
            counts.emplace_back(cells->size(), 1);
        else
            ++it->second;
    }
    for (const auto& [cells, n] : counts)
        if (cells > 1 && n > out.fit) {
            out.cells = cells;
            out.fit = n;
        }
    return out;
}

struct HeadCells {
    std::size_t empty = 0;
    std::size_t values = 0;  // dates, numbers
    bool twice = false;
};
HeadCells look_at(const std::vector<std::string>& row) {
    HeadCells out;
    std::set<std::string> met;
    Texts texts;
    for (const auto& cell : row) {
        text::Node n;
        n.kind = text::NodeKind::scalar;
        n.text = cell;
        texts.add(n);
        if (cell.find_first_not_of(" \t") == std::string::npos)
            ++out.empty;
        else
            out.twice = !met.insert(cell).second || out.twice;
    }
    // A year may name a column.
    out.values = static_cast<std::size_t>(texts.whole - texts.years + texts.point + texts.comma +
                                          texts.all_dates());
    return out;
}

void read_header(const Parted& parted, Form& out) {
    std::size_t first = parted.rows.size();
    for (std::size_t i = 0; i < parted.rows.size() && i < kHeadRows; ++i) {
        const auto& row = parted.rows[i];
        if (row.size() != parted.cells) continue;
        if (first == parted.rows.size()) first = i;
        const auto seen = look_at(row);
        // A header may lack the name of the first column (numbers of rows), and of the last one
        // where each line ends with what parts cells.
        const bool first_lacks = seen.empty == 1 && row.front().empty();
        const bool last_lacks =
            seen.empty == 1 && row.back().empty() &&
            std::all_of(parted.rows.begin(), parted.rows.end(), [&](const auto& other) {
                return other.size() != parted.cells || other.back().empty();
            });
        if ((seen.empty > 0 && !first_lacks && !last_lacks) || seen.twice || seen.values > 0)
            continue;
        out.table.skip = parted.lines[i] - 1;
        if (out.table.skip > 0)
            out.doubts.push_back(
                join("line ", std::to_string(parted.lines[i]),
                     " is taken for the header, and what stands before it is left out (`skip`)"));
        return;
    }
    if (first == parted.rows.size()) return;
    const auto seen = look_at(parted.rows[first]);
    if (seen.values == 0) {
        out.table.skip = parted.lines[first] - 1;
        return;  // a poor header; its columns are looked at one by one
    }
    out.table.header = false;
    for (std::size_t i = 0; i < parted.cells; ++i)
        out.table.columns.push_back(join("column_", std::to_string(i + 1)));
    out.doubts.emplace_back(
        "the first row has dates or numbers, so it is taken for a record and the columns are "
        "numbered (`header: no`)");
}

std::string shown(char separator) {
    return separator == '\t' ? std::string("a tab")
                             : join("`", std::string_view(&separator, 1), "`");
}

void read_table(std::string_view head, const std::string& suffix, Form& out) {
    static constexpr std::array<char, 4> kSigns{',', ';', '\t', '|'};
    std::vector<Parted> ways;
    for (const char sign : kSigns) {
        auto quoted = part(head, sign, true);
        // Quotes are text only where they cannot be anything else.
        if (quoted.stray) {
            auto plain = part(head, sign, false);
            if (plain.fit > quoted.fit + quoted.all / 20) quoted = std::move(plain);
        }
        ways.push_back(std::move(quoted));
    }
    const bool tabs = suffix == ".tsv" || suffix == ".tab";
    const Parted* best = &ways[tabs ? 2 : 0];
    for (const auto& w : ways)
        if (w.better_than(*best)) best = &w;
    out.table.separator = best->separator;
    out.table.quotes = best->quotes;
    out.reads = best->separator == '\t' ? "tsv" : "csv";
    if (!best->quotes)
        out.doubts.emplace_back(
            "quotes stand within cells, so they are taken for text (`quotes: no`)");
    if (best->fit == 0) {
        out.doubts.emplace_back("nothing parts the rows into cells: there is one column");
    } else {
        for (const auto& w : ways)
            if (&w != best && w.cells > 1 && w.fit * best->all >= best->fit * w.all)
                out.doubts.push_back(join(shown(w.separator), " would part the rows as evenly as ",
                                          shown(best->separator), " does"));
    }
    read_header(*best, out);
}

// ---- YAML

bool yaml_like(const std::vector<std::string_view>& lines) {
    std::size_t keys = 0;
    std::size_t all = 0;
    for (auto line : lines) {
        if (line[0] == '#') continue;
        if (line.substr(0, 3) == "---") return true;
        ++all;
        const auto from = line.find_first_not_of(" -");
        if (from == std::string_view::npos) continue;
        const auto colon = line.find(':', from);
        if (line.substr(0, 2) == "- " ||
            (colon != std::string_view::npos &&
             (colon + 1 == line.size() || line[colon + 1] == ' ') &&
             line.substr(from, colon - from).find_first_of(",;\t|") == std::string_view::npos))
            ++keys;
    }
    return all > 0 && keys * 3 >= all * 2;
}

}  // namespace

std::vector<ListPlace> lists_in(const text::Node& root) {
    std::vector<ListPlace> out;
    std::vector<std::string> keys;
    lists_of_tree(root, keys, out);
    std::stable_sort(out.begin(), out.end(),
                     [](const auto& a, const auto& b) { return a.items > b.items; });
    return out;
}

void choose_list(Form& form, const std::vector<ListPlace>& places) {
    const auto path = [](const ListPlace& p) {
        std::string out = "$";
        for (const auto& k : p.keys) out += step_to(k);
        return out;
    };
    if (places.empty()) return;
    form.records = places.front().keys;
    std::string others;
    for (std::size_t i = 1; i < places.size() && i < 4; ++i)
        others += join(i == 1 ? "; other lists are " : ", ", "`", path(places[i]), "`");
    form.doubts.push_back(join("the longest list of mappings, `", path(places.front()),
                               "`, is taken for the list of records; if the whole file is one "
                               "record, take `records` out",
                               others));
}

Form form_of(std::string_view head, bool whole, const std::string& name) {
    Form out;
    if (head.substr(0, kMark.size()) == kMark) head.remove_prefix(kMark.size());
    const auto suffix = suffix_of(name);
    // A line that the head cuts off says nothing.
    auto lines_whole = head;
    if (!whole)
        if (const auto last = head.rfind('\n'); last != std::string_view::npos)
            lines_whole = head.substr(0, last + 1);
    const auto lines = lines_of(lines_whole, 50);
    const auto first = head.find_first_not_of(" \t\r\n");
    const char begins = first == std::string_view::npos ? '\0' : head[first];
    const bool yaml = suffix == ".yaml" || suffix == ".yml";
    const bool json_lines = suffix == ".jsonl" || suffix == ".ndjson";
    const bool table = suffix == ".csv" || suffix == ".tsv" || suffix == ".tab";

    const auto objects = static_cast<std::size_t>(
        std::count_if(lines.begin(), lines.end(), [](std::string_view line) {
            return line.find_first_not_of(" \t") == line.find('{') && is_object(line);
        }));
    if (json_lines || (!yaml && objects > 1 && objects * 2 > lines.size())) {
        out.reads = "jsonl";
        return out;
    }
    if (!yaml && !table && (begins == '{' || begins == '[')) {
        out.reads = "json";
        if (begins == '{') choose_list(out, JsonLists(head).find());
        return out;
    }
    if (yaml || (!table && yaml_like(lines))) {
        out.reads = "yaml";
        return out;
    }
    read_table(lines_whole, suffix, out);
    return out;
}

}  // namespace antinomy::data
