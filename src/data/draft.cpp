#include "data/draft.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include "data/draft_text.hpp"
#include "text/join.hpp"

namespace antinomy::data {

using text::join;

namespace {

constexpr std::size_t kByName = 5;   // mappings of one kind that are taken for records by name
constexpr std::size_t kPaths = 400;  // that a draft has; nobody edits more

bool one_of(std::string_view word, const std::vector<std::string_view>& words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

// Of `terms` and `term`, `term` and `terms`; of `jury`, `jury` and `juries`.
std::pair<std::string, std::string> numbers_of(std::string_view key) {
    const auto name = type_name(key);
    const auto n = name.size();
    if (n > 4 && name.compare(n - 3, 3, "ies") == 0)
        return {type_name(name.substr(0, n - 3) + "y"), name};
    if (n > 3 && name[n - 1] == 's' && name[n - 2] != 's')
        return {type_name(name.substr(0, n - 1)), name};
    if (n > 1 && name[n - 1] == 'y' &&
        std::string_view("aeiou").find(name[n - 2]) == std::string_view::npos)
        return {name, type_name(name.substr(0, n - 1) + "ies")};
    return {name, name.back() == '_' ? name + "list" : name + "s"};
}

// Are the keys names of records, each a mapping with the keys of the others? Lists of records are
// written so as well, and a map has no path to all of them.
bool records_by_name(const Shape& shape) {
    if (shape.children.size() < kByName) return false;
    const auto& first = *shape.children.front();
    return std::all_of(shape.children.begin(), shape.children.end(), [&](const auto& child) {
        const bool mapping = child->mappings > 0 && child->mappings == child->met;
        return mapping && !child->children.empty() &&
               std::all_of(child->children.begin(), child->children.end(),
                           [&](const auto& key) { return first.by_key.count(key->key) != 0; });
    });
}

class Drafting {
public:
    Drafting(const std::string& id, bool json) : id_(id), json_(json) {}

    // `name`: what the records are called.
    Draft run(const Shape& root, const std::string& name) {
        begin(name, "", "$", root);
        collect(root, "$", 0);
        name_case(root);
        return std::move(out_);
    }

private:
    // `star`: from the record to all items.
    void begin(std::string_view key, std::string each, std::string star, const Shape& shape) {
        auto [type, plural] = numbers_of(key);
        // What cannot be called as its list is, is called as the map.
        if (type.back() == '_' && out_.records.empty()) std::tie(type, plural) = numbers_of(id_);
        // `dates` are no `date`, which is a word of the language: of a court, `court_date`.
        if (type.back() == '_' && !out_.records.empty())
            type = type_name(join(out_.records.front().type, "_", type.substr(0, type.size() - 1)));
        while (!types_.insert(type).second) type += "_";
        while (!types_.insert(plural + " ").second) plural += "_";
        DraftRecord r;
        r.type = std::move(type);
        r.plural = std::move(plural);
        r.each = std::move(each);
        r.all = shape.met;
        fields_.emplace_back();
        stars_.push_back(std::move(star));
        if (!r.each.empty()) {
            r.parent = "of";
            fields_.back().insert("of");
        }
        out_.records.push_back(std::move(r));
    }

    // The keys of a mapping, to which `path` leads.
    void collect(const Shape& shape, const std::string& path, std::size_t record) {
        if (records_by_name(shape)) {
            DraftLine line;
            line.shape = &shape;
            line.path = path;
            line.why = join(std::to_string(shape.children.size()),
                            " keys with mappings of one kind, such as ",
                            shown(shape.children.front()->key),
                            ": these look like records by name, and a map reads lists; write them "
                            "as a list (jq: `to_entries | map({id: .key} + .value)`)");
            line.reckoned.doubts.push_back(line.why);
            out_.records[record].lines.push_back(std::move(line));
            return;
        }
        for (const auto& child : shape.children) {
            if (++paths_ > kPaths) {
                ++out_.left_out;
                continue;
            }
            DraftLine line;
            line.shape = child.get();
            const auto step = step_of(child->key);
            if (!step) {
                line.path = join(path, "[...]");
                line.why = join("the key ", shown(child->key),
                                " has quotes of both kinds, and no path can name it");
                line.reckoned.doubts.push_back(line.why);
                out_.records[record].lines.push_back(std::move(line));
                continue;
            }
            // `.name`, and `.['a name']`, from the item at hand.
            line.path =
                path == "." ? ((*step)[0] == '.' ? *step : join(".", *step)) : join(path, *step);
            one(std::move(line), record);
        }
    }

    void one(DraftLine line, std::size_t record) {
        const auto& s = *line.shape;
        const bool texts = s.texts.values + s.texts.blank > 0 || !s.texts.nothing.empty();
        const int forms = (texts ? 1 : 0) + (s.mappings > 0 ? 1 : 0) + (s.lists > 0 ? 1 : 0);
        const auto leave_out = [&](std::string why, bool open) {
            line.why = std::move(why);
            if (open) line.reckoned.doubts.push_back(line.why);
            out_.records[record].lines.push_back(std::move(line));
        };
        if (forms == 0) return leave_out("no value anywhere", false);
        if (forms == 1 && s.mappings > 0) {
            if (s.children.empty()) return leave_out("mappings without a key", false);
            collect(s, line.path, record);
            if (s.left_out > 0) {
                DraftLine more;
                more.shape = &s;
                more.path = line.path;
                more.why = join(std::to_string(s.left_out),
                                " values of further keys: there are too many to list");
                more.reckoned.doubts.push_back(more.why);
                out_.records[record].lines.push_back(std::move(more));
            }
            return;
        }
        if (s.lists > 0) return list(std::move(line), record, texts);
        if (forms > 1)
            return leave_out(
                join("a text in ", std::to_string(s.met - s.mappings - s.lists), ", a mapping in ",
                     std::to_string(s.mappings), ": no one path reads both"),
                true);
        line.reckoned = reckon(s.texts, json_);
        if (line.reckoned.kind == ValueKind::nothing) return leave_out("no value anywhere", false);
        line.name = unused(record, s);
        out_.records[record].lines.push_back(std::move(line));
    }

    void list(DraftLine line, std::size_t record, bool texts) {
        const auto& s = *line.shape;
        const auto& item = *s.item;
        const bool plain = item.texts.values + item.texts.blank > 0 || !item.texts.nothing.empty();
        const auto leave_out = [&](std::string why, bool open) {
            line.why = std::move(why);
            if (open) line.reckoned.doubts.push_back(line.why);
            out_.records[record].lines.push_back(std::move(line));
        };
        if (item.met == 0 && !texts && s.mappings == 0)
            return leave_out("lists without an item", false);
        if (s.mappings > 0 || (texts && item.mappings > 0) || item.lists > 0 ||
            (plain && item.mappings > 0))
            return leave_out(
                "lists, texts, mappings or lists of lists by turns: no one path "
                "reads them all",
                true);
        if (item.mappings == 0) {
            line.list = true;
            line.reckoned = Reckoned{};
            const auto items = reckon(item.texts, json_);
            if (items.kind == ValueKind::date)
                line.reckoned.doubts.push_back(
                    "a list of dates: the vocabulary has lists of texts, and `each:` makes a "
                    "record of each of its items, with the date at `.`");
            line.name = unused(record, s);
            out_.records[record].lines.push_back(std::move(line));
            return;
        }
        const auto from = out_.records[record].each;
        const auto star = join(from.empty() ? line.path : from_record(record, line.path), "[*]");
        begin(s.key, from.empty() ? line.path : star, star, item);
        const auto made = out_.records.size() - 1;
        if (!from.empty()) {
            DraftLine note;
            note.shape = &item;
            note.path = star;
            note.why = join("of which `", from, "` each of these is, is not kept");
            out_.records[made].lines.push_back(std::move(note));
        }
        collect(item, ".", made);
    }

    // A path of an item, from the record itself.
    [[nodiscard]] std::string from_record(std::size_t record, const std::string& path) const {
        return join(stars_[record], path[1] == '[' ? path.substr(1) : path);
    }

    std::string unused(std::size_t record, const Shape& s) {
        auto& taken = fields_[record];
        auto name = field_name(s.key);
        if (taken.count(name) != 0 && s.above != nullptr && !s.above->key.empty())
            name = field_name(join(s.above->key, "_", s.key));
        const auto base = name;
        for (int i = 2; !taken.insert(name).second; ++i) name = join(base, "_", std::to_string(i));
        return name;
    }

    // The path whose values name the records, and the one for titles.
    void name_case(const Shape& root) {
        const DraftLine* id = nullptr;
        bool by_name = false;
        auto& first = out_.records.front();
        for (const auto& line : first.lines) {
            if (line.name.empty() || line.list) continue;
            const auto kind = line.reckoned.kind;
            const auto& t = line.shape->texts;
            const auto key = bare(line.shape->key);
            if (kind == ValueKind::text && first.title.empty() &&
                one_of(key, {"name", "title", "label", "fullname", "casename"})) {
                first.title = line.name;
                out_.case_title = line.path;
            }
            const bool unique = (kind == ValueKind::text || kind == ValueKind::whole) &&
                                t.each_once && t.values == root.met && t.nameless == 0 &&
                                t.example.size() <= 60;
            if (!unique) continue;
            const bool named = one_of(key, {"id", "uid", "uuid", "key", "identifier", "number",
                                            "no", "nr", "file", "docket", "docketnumber",
                                            "casenumber", "caseid", "recordid", "aktenzeichen"});
            if (root.met < 2 && !named) continue;
            if (id == nullptr || (named && !by_name)) {
                id = &line;
                by_name = named;
            }
        }
        if (id != nullptr) {
            out_.case_id = id->path;
            if (first.title.empty()) first.title = id->name;
        }
        for (auto& r : out_.records)
            for (const auto& line : r.lines)
                if (r.title.empty() && !line.name.empty() && !line.list &&
                    line.reckoned.kind == ValueKind::text &&
                    one_of(bare(line.shape->key), {"name", "title", "label", "type", "kind"}))
                    r.title = line.name;
    }

    const std::string& id_;
    bool json_;
    Draft out_;
    std::size_t paths_ = 0;
    std::set<std::string> types_;
    std::vector<std::set<std::string>> fields_;  // by record
    std::vector<std::string> stars_;             // by record: to all its items
};

}  // namespace

Draft draft_of(const Shape& root, const std::string& id, const std::string& name, bool json) {
    return Drafting(id, json).run(root, name);
}

}  // namespace antinomy::data
