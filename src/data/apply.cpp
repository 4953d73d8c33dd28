#include "data/apply.hpp"

#include <algorithm>

#include "grammar/edtf.hpp"
#include "model/case.hpp"
#include "text/join.hpp"
#include "text/nearest.hpp"
#include "text/utf8.hpp"

namespace antinomy::data {

using model::FieldKind;
using text::Entry;
using text::join;
using text::Node;
using text::NodeKind;
using text::Span;

namespace {

std::string_view trimmed(std::string_view s) {
    const auto first = s.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return s.substr(first, s.find_last_not_of(" \t\r\n") - first + 1);
}

bool digits(std::string_view s) {
    return !s.empty() && s.find_first_not_of("0123456789") == std::string_view::npos;
}

Node scalar(std::string text, Span span) {
    Node out;
    out.kind = NodeKind::scalar;
    out.text = std::move(text);
    out.span = span;
    return out;
}

// A text that stands for another one of the data: every part of it has the place of the whole.
Node in_place_of(std::string text, const Node& n) {
    Node out = scalar(std::move(text), n.span);
    out.style = n.style;
    const auto size = static_cast<std::uint32_t>(out.text.size());
    for (std::uint32_t i = 0; i < size; ++i)
        out.pieces.push_back(
            {i, i + 1 < size || n.span.end == n.span.begin ? n.span.begin : n.span.end - 1});
    return out;
}

void put(Node& mapping, const std::string& key, Span span, Node value) {
    Entry entry;
    entry.key = scalar(key, span);
    entry.value = std::move(value);
    mapping.entries.push_back(std::move(entry));
}

Node mapping_at(Span span) {
    Node out;
    out.kind = NodeKind::mapping;
    out.span = span;
    return out;
}

std::string formats_words(const std::vector<DateFormat>& formats) {
    std::string out;
    for (const auto& f : formats) out += (out.empty() ? "`" : ", `") + f.written + "`";
    return out;
}

// One record that a template makes.
struct Instance {
    const RecordMap* map = nullptr;
    const Node* item = nullptr;
    std::size_t index = 0;  // of `each`, from 1
    std::string name;
    Span place;
    bool left_out = false;
};

class Application {
public:
    Application(const Map& map, const model::Vocabulary& vocabulary, const Node* record,
                text::Diagnostics& diagnostics, std::vector<char>* found)
        : map_(map),
          vocabulary_(vocabulary),
          root_(record),
          diagnostics_(diagnostics),
          found_(found) {}

    Node run(const std::string& id) {
        Node out = mapping_at(root_ == nullptr ? map_.span : root_->span);
        for (const auto& [key, records] : map_.lists) {
            tops_.emplace_back();
            for (const auto& r : records) instances(r, root_, tops_.back());
        }
        put(out, "case", here(root_), case_block(id));
        if (map_.accounts != nullptr) out.entries.push_back(*map_.accounts);
        for (std::size_t i = 0; i < map_.lists.size(); ++i) {
            Node list = mapping_at(out.span);
            for (const auto& made : tops_[i])
                if (!made.left_out) put(list, made.name, made.place, record(made));
            if (!list.entries.empty())
                put(out, map_.lists[i].first->text, here(root_), std::move(list));
        }
        return out;
    }

private:
    [[nodiscard]] Span here(const Node* n) const {
        if (n == nullptr) return map_.span;
        Span out = n->span;
        // A whole record or item is pointed to by its begin.
        if (!n->is_scalar()) out.end = std::min(out.end, out.begin + 1);
        return out;
    }

    void error(Span at, std::string code, std::string message, std::string help) {
        diagnostics_.error(at, std::move(code), std::move(message), std::move(help));
    }

    // Where a path leads, without what is spelt as nothing. `wrong`, if given, is set instead of an
    // error told.
    std::vector<const Node*> lead(const Path& path, const Writing& writing, const Node* item,
                                  bool* wrong = nullptr) {
        std::vector<const Node*> out;
        if (root_ == nullptr) return out;
        std::optional<Astray> astray;
        const bool met = follow(path, *root_, *item, out, astray);
        if (astray) {
            if (wrong != nullptr)
                *wrong = true;
            else
                error(here(astray->node), "path-astray", astray->message,
                      "the map asks for it: correct the path, or the record");
            return {};
        }
        if (met && found_ != nullptr) (*found_)[path.slot] = 1;
        const auto nothing = [&](const Node* n) { return is_null(*n, writing); };
        out.erase(std::remove_if(out.begin(), out.end(), nothing), out.end());
        return out;
    }
    static bool is_null(const Node& n, const Writing& writing) {
        if (!n.is_scalar()) return n.is_null();
        const auto t = trimmed(n.text);
        if (t.empty()) return true;
        return std::any_of(writing.nulls.begin(), writing.nulls.end(),
                           [&](const std::string& s) { return trimmed(s) == t; });
    }

    // ---- which records there are

    void instances(const RecordMap& r, const Node* item, std::vector<Instance>& out) {
        if (!r.each) {
            Instance made{&r, item, 0, r.name, here(item), false};
            name(made);
            made.left_out = root_ != nullptr && says_nothing(r, item);
            out.push_back(std::move(made));
            return;
        }
        if (root_ == nullptr) {
            out.push_back({&r, nullptr, 1, r.name + "-1", r.span, false});
            return;
        }
        std::vector<const Node*> items;
        for (const auto* n : lead(*r.each, {}, item)) {
            if (r.each->many()) {
                items.push_back(n);
            } else if (n->is_sequence()) {
                for (const auto& i : n->items) items.push_back(&i);
            } else {
                error(here(n), "wrong-type",
                      join("`each: ", r.each->written, "` asks for a list, found ", kind_word(*n)),
                      "correct the map, or the record");
            }
        }
        for (std::size_t i = 0; i < items.size(); ++i) {
            if (items[i]->is_null()) continue;
            Instance made{
                &r,   items[i], i + 1, join(r.name, "-", std::to_string(i + 1)), here(items[i]),
                false};
            name(made);
            out.push_back(std::move(made));
        }
    }

    void name(Instance& made) {
        if (!made.map->named || root_ == nullptr) return;
        const auto& v = *made.map->named;
        for (const auto* n : lead(*v.path, v.writing, made.item)) {
            made.place = here(n);
            if (n->is_scalar()) made.name = name_from(n->text);
            if (!n->is_scalar() || made.name.empty())
                error(here(n), "no-name",
                      join("`", v.path->written, "` gives no name to a record, found ",
                           n->is_scalar() ? join("`", n->text, "`") : std::string(kind_word(*n))),
                      "name records by a path that leads to a text with letters or digits");
        }
    }

    // Has it paths, and does none of them lead to anything? What is required, or wrong, is to be
    // told, so the record is not left out for it.
    bool says_nothing(const RecordMap& r, const Node* item) {
        bool any = false;
        return !says(r, item, any) && any;
    }
    bool says(const RecordMap& r, const Node* item, bool& any) {
        const auto leads = [&](const Path& p, const Writing& w) {
            any = true;
            bool wrong = w.required;
            return !lead(p, w, item, &wrong).empty() || wrong;
        };
        if (r.named && leads(*r.named->path, r.named->writing)) return true;
        for (const auto& f : r.fields) {
            for (const auto& a : f.assertions) {
                if (a.value.path && leads(*a.value.path, a.value.writing)) return true;
                if (a.value.until && leads(*a.value.until, a.value.writing)) return true;
            }
            for (const auto& n : f.nested) {
                if (n.each ? leads(*n.each, {}) : says(n, item, any)) return true;
            }
        }
        return false;
    }

    // ---- what is in them

    Node case_block(const std::string& id) {
        Node out = mapping_at(map_.span);
        bool named = false;
        for (const auto& [key, value] : map_.case_block) {
            const bool is_id = key->text == "id";
            if (value.constant != nullptr) {
                put(out, key->text, key->span, *value.constant);
                named = named || is_id;
                continue;
            }
            for (const auto* n : lead(*value.path, value.writing, root_)) {
                Node text = *n;
                if (is_id && n->is_scalar()) {
                    text = in_place_of(name_from(n->text), *n);
                    if (text.text.empty())
                        error(here(n), "no-name",
                              join("`", value.path->written, "` gives no id to the case, found `",
                                   n->text, "`"),
                              "an id needs letters or digits");
                }
                put(out, key->text, here(n), std::move(text));
                named = named || is_id;
            }
        }
        if (!named) put(out, "id", here(root_), scalar(id, here(root_)));
        return out;
    }

    Node record(const Instance& made) {
        Node out = mapping_at(made.place);
        for (const auto& [key, value] : made.map->meta)
            if (auto n = meta(key, value, made)) put(out, key, value.span, std::move(*n));
        for (const auto& f : made.map->fields) {
            if (f.field->kind == FieldKind::nested) {
                std::vector<Instance> children;
                for (const auto& n : f.nested) instances(n, made.item, children);
                Node list = mapping_at(made.place);
                for (const auto& child : children)
                    if (!child.left_out) put(list, child.name, child.place, record(child));
                if (!list.entries.empty()) put(out, f.field->name, made.place, std::move(list));
                continue;
            }
            std::vector<Node> said;
            for (const auto& a : f.assertions)
                if (auto n = assertion(*f.field, a, made, f.several)) said.push_back(std::move(*n));
            if (said.empty()) continue;
            if (f.several) {
                Node all;
                all.kind = NodeKind::sequence;
                all.span = said.front().span;
                all.items = std::move(said);
                put(out, f.field->name, f.span, std::move(all));
            } else {
                put(out, f.field->name, f.span, std::move(said.front()));
            }
        }
        return out;
    }

    std::optional<Node> assertion(const model::Field& field, const Assertion& a,
                                  const Instance& made, bool several) {
        auto n = value(field, a.value, made);
        if (!n || (a.meta.empty() && !several)) return n;
        Node out = mapping_at(n->span);
        const auto span = n->span;
        put(out, "value", span, std::move(*n));
        for (const auto& [key, v] : a.meta)
            if (auto m = meta(key, v, made)) put(out, key, v.span, std::move(*m));
        return out;
    }

    std::optional<Node> meta(const std::string& key, const Value& v, const Instance& made) {
        const auto type = key == "source"    ? vocabulary_.find("source")
                          : key == "speaker" ? vocabulary_.find("person")
                                             : model::TypeId{};
        if (v.constant != nullptr)
            return type.valid() ? reference(type, *v.constant, made) : *v.constant;
        for (const auto* n : lead(*v.path, v.writing, made.item)) {
            if (n->is_scalar() && (type.valid() || key == "by"))
                return in_place_of(name_from(n->text), *n);
            return *n;
        }
        return std::nullopt;
    }

    // A constant name of a record: of the one that the same item has made, if it is one of many.
    std::optional<Node> reference(model::TypeId type, const Node& n, const Instance& made) {
        if (n.is_sequence()) {
            Node out = n;
            out.items.clear();
            for (const auto& i : n.items)
                if (auto r = reference(type, i, made)) out.items.push_back(std::move(*r));
            if (out.items.empty() && !n.items.empty()) return std::nullopt;
            return out;
        }
        if (!n.is_scalar()) return n;
        for (const auto& list : tops_)
            for (const auto& other : list) {
                if (!(other.map->type == type) || other.map->name != n.text) continue;
                if (other.map->each && other.index != std::max<std::size_t>(made.index, 1))
                    continue;
                if (other.left_out) return std::nullopt;
                Node out = n;
                out.text = other.name;
                out.pieces.clear();
                return out;
            }
        return n;
    }

    std::optional<Node> value(const model::Field& field, const Value& v, const Instance& made) {
        if (v.constant != nullptr)
            return field.kind == FieldKind::reference ? reference(field.target, *v.constant, made)
                                                      : *v.constant;
        if (root_ == nullptr) return std::nullopt;
        const auto nodes = lead(*v.path, v.writing, made.item);
        if (v.until) return period(field, v, nodes, lead(*v.until, v.writing, made.item));
        if (nodes.empty()) {
            if (v.writing.required)
                error(made.place, "value-missing",
                      join("`", field.name, "` is required, and `", v.path->written,
                           "` leads to nothing"),
                      "add it to the record, or take `required` out of the map");
            return std::nullopt;
        }
        if (field.list) return list(field, v, nodes);
        return single(field, v, *nodes.front());
    }

    std::optional<Node> list(const model::Field& field, const Value& v,
                             const std::vector<const Node*>& nodes) {
        Node out;
        out.kind = NodeKind::sequence;
        out.flow = true;
        out.span = here(nodes.front());
        const auto add = [&](const Node& n) {
            if (is_null(n, v.writing)) return;
            if (v.writing.split.empty() || !n.is_scalar()) {
                if (auto item = single(field, v, n)) out.items.push_back(std::move(*item));
                return;
            }
            std::string_view rest = n.text;
            for (;;) {
                const auto at = rest.find(v.writing.split);
                Node part = in_place_of(std::string(trimmed(rest.substr(0, at))), n);
                if (!is_null(part, v.writing))
                    if (auto item = single(field, v, part)) out.items.push_back(std::move(*item));
                if (at == std::string_view::npos) break;
                rest.remove_prefix(at + v.writing.split.size());
            }
        };
        for (const auto* n : nodes) {
            if (n->is_sequence())
                for (const auto& i : n->items) add(i);
            else
                add(*n);
        }
        return out;
    }

    std::optional<Node> single(const model::Field& field, const Value& v, const Node& n) {
        if (!n.is_scalar()) {
            error(here(&n), "wrong-type",
                  join("`", field.name, "` is ", model::describe(field), ", and `", v.path->written,
                       "` leads to ", kind_word(n)),
                  "let the path of the map lead to one value");
            return std::nullopt;
        }
        const auto& w = v.writing;
        const auto text = trimmed(n.text);
        if (!w.words.empty()) {
            for (const auto& [from, to] : w.words)
                if (trimmed(from) == text) return in_place_of(to, n);
            std::vector<std::string> known;
            for (const auto& [from, to] : w.words) known.push_back(from);
            error(n.span, "unknown-word",
                  join("`", text, "` is none of the words that the map has for `", field.name, "`"),
                  text::did_you_mean(text, known));
            return std::nullopt;
        }
        switch (field.kind) {
            case FieldKind::day:
            case FieldKind::period:
                return date(field, w, n);
            case FieldKind::duration:
                return duration(field, w, n);
            case FieldKind::integer:
            case FieldKind::number:
                return number(field, w, n);
            case FieldKind::reference: {
                auto name = name_from(text);
                if (!name.empty()) return in_place_of(std::move(name), n);
                error(n.span, "no-name", join("`", n.text, "` is no name of a record"),
                      "refer to a record by a text with letters or digits");
                return std::nullopt;
            }
            case FieldKind::text:
                return n;
            default:
                return text.size() == n.text.size() ? n : in_place_of(std::string(text), n);
        }
    }

    std::optional<Node> date(const model::Field& field, const Writing& w, const Node& n) {
        const auto text = trimmed(n.text);
        for (const auto& format : w.dates)
            if (auto read = read_date(format, text)) {
                if (format.edtf() && text.size() == n.text.size()) return n;
                return in_place_of(std::move(*read), n);
            }
        std::string help = "correct the date, or name its format in the map";
        if (w.dates.size() == 1 && w.dates.front().edtf()) {
            const auto parsed = grammar::parse_edtf(text);
            if (const auto* e = std::get_if<grammar::SyntaxError>(&parsed))
                help = e->message + (e->help.empty() ? "" : "; " + e->help);
        }
        error(n.span, "unknown-format",
              join("`", field.name, "`: `", text, "` is not written as ", formats_words(w.dates)),
              std::move(help));
        return std::nullopt;
    }

    std::optional<Node> period(const model::Field& field, const Value& v,
                               const std::vector<const Node*>& from,
                               const std::vector<const Node*>& to) {
        if (from.empty() && to.empty()) {
            if (v.writing.required)
                error(here(root_), "value-missing",
                      join("`", field.name, "` is required, and neither `", v.path->written,
                           "` nor `", v.until->written, "` leads to anything"),
                      "add it to the record, or take `required` out of the map");
            return std::nullopt;
        }
        std::string text;
        Span span;
        for (const auto* side : {&from, &to}) {
            if (side == &to) text += "/";
            if (side->empty()) {
                if (side == &from) text += "..";
                continue;
            }
            auto one = single(field, v, *side->front());
            if (!one) return std::nullopt;
            if (!span.valid()) span = one->span;
            text += one->text;
        }
        if (to.empty()) text += "..";
        Node out = scalar(std::move(text), span);
        return in_place_of(out.text, out);
    }

    std::optional<Node> duration(const model::Field& field, const Writing& w, const Node& n) {
        if (w.unit.empty()) return n;
        const auto text = trimmed(n.text);
        if (digits(text)) return in_place_of(join(text, " ", w.unit), n);
        error(n.span, "bad-number",
              join("`", field.name, "` is a number of ", w.unit, ", found `", text, "`"),
              "write a whole number; one with its unit needs a map without `unit`");
        return std::nullopt;
    }

    std::optional<Node> number(const model::Field& field, const Writing& w, const Node& n) {
        const auto text = trimmed(n.text);
        if (w.decimal == '.' && w.grouping == '\0')
            return text.size() == n.text.size() ? n : in_place_of(std::string(text), n);
        const auto at = text.find(w.decimal);
        const auto whole = text.substr(0, at);
        bool good = at == std::string_view::npos || digits(text.substr(at + 1));
        std::string plain;
        std::size_t run = 0;  // digits since the last sign
        bool grouped = false;
        for (std::size_t i = 0; i < whole.size() && good; ++i) {
            const char c = whole[i];
            if (c == w.grouping && w.grouping != '\0') {
                good = grouped ? run == 3 : run >= 1 && run <= 3;
                grouped = true;
                run = 0;
            } else if ((c >= '0' && c <= '9') || (c == '-' && i == 0)) {
                plain.push_back(c);
                run += c == '-' ? 0 : 1;
            } else {
                good = false;
            }
        }
        good = good && run > 0 && (!grouped || run == 3);
        if (!good) {
            error(n.span, "bad-number",
                  join("`", field.name, "`: `", text, "` is no number with `",
                       std::string_view(&w.decimal, 1), "` before the fraction",
                       w.grouping == '\0' ? std::string()
                                          : join(" and `", std::string_view(&w.grouping, 1),
                                                 "` between groups of three")),
                  "correct the number, or `decimal` and `grouping` of the map");
            return std::nullopt;
        }
        if (at != std::string_view::npos) plain += join(".", text.substr(at + 1));
        return in_place_of(std::move(plain), n);
    }

    const Map& map_;
    const model::Vocabulary& vocabulary_;
    const Node* root_;
    text::Diagnostics& diagnostics_;
    std::vector<char>* found_;
    std::vector<std::vector<Instance>> tops_;  // as map_.lists
};

}  // namespace

std::string name_from(std::string_view text) {
    std::string out;
    bool any = false;
    text = trimmed(text);
    for (std::size_t i = 0; i < text.size();) {
        const auto point = text::decode_utf8(text, i);
        const auto one = text.substr(i, point.length);
        i += point.length;
        // As the second character, for a `-` may not be the first.
        if (point.valid && model::good_id(join("a", one))) {
            out += out.empty() && one == "-" ? std::string_view("_") : one;
            any = any || (one != "-" && one != "_");
        } else if (!out.empty() && out.back() != '-') {
            out += "-";
        }
    }
    while (!out.empty() && out.back() == '-') out.pop_back();
    return any ? out : std::string();
}

Node Applier::apply(const Node& record, const std::string& id, text::Diagnostics& diagnostics,
                    std::vector<char>* found) const {
    return Application(map_, vocabulary_, &record, diagnostics, found).run(id);
}

Node Applier::without_data() const {
    text::Diagnostics none;
    return Application(map_, vocabulary_, nullptr, none, nullptr).run("map");
}

}  // namespace antinomy::data
