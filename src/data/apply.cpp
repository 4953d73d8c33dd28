#include "data/apply.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <utility>

#include "data/convert.hpp"
#include "data/said.hpp"
#include "text/join.hpp"

namespace antinomy::data {

using model::FieldKind;
using text::Entry;
using text::join;
using text::Node;
using text::NodeKind;
using text::Span;

namespace {

constexpr auto kNoDatum = static_cast<std::size_t>(-1);

// One record that a template makes of one record of the data.
struct Instance {
    const RecordMap* map = nullptr;
    const std::vector<char>* kept = nullptr;  // by field: is it made? null: all are
    std::size_t datum = kNoDatum;             // none: it is constant
    const Node* root = nullptr;               // the record of the data; null: there are no data
    const Node* item = nullptr;
    std::size_t index = 0;  // of `each` within the record of the data, from 1
    std::string name;
    Span place;
    bool named = false;  // by the data
    bool left_out = false;
    bool broken = false;  // of a record that cannot be read
};

// Those that are one record, for the data name them alike.
using Same = std::vector<const Instance*>;

class Application {
public:
    Application(const Map& map, const model::Vocabulary& vocabulary, const std::vector<Datum>* data,
                text::Diagnostics& diagnostics, std::vector<char>* found,
                const Applier::Fields* kept)
        : map_(map),
          vocabulary_(vocabulary),
          data_(data),
          diagnostics_(&diagnostics),
          found_(found),
          kept_(kept),
          convert_(diagnostics) {}

    Node run(const std::string& id) {
        const Node* first = data_ == nullptr || data_->empty() ? nullptr : data_->front().tree;
        Node out = mapping_at(first == nullptr ? map_.span : first->span);
        std::size_t number = 0;
        tops_.reserve(map_.lists.size());
        for (const auto& [key, records] : map_.lists) {
            tops_.emplace_back();
            for (const auto& r : records) {
                const auto* kept = kept_ == nullptr ? nullptr : &(*kept_)[number++];
                if (kept == nullptr || !kept->empty()) all_instances(r, kept, tops_.back());
            }
        }
        note_broken();
        put(out, "case", here(first), case_block(id));
        accounts(out, here(first));
        for (std::size_t i = 0; i < map_.lists.size(); ++i) {
            auto list = records(tops_[i], out.span);
            if (!list.entries.empty())
                put(out, map_.lists[i].first->text, here(first), std::move(list));
        }
        return out;
    }

private:
    [[nodiscard]] Span here(const Node* n) const { return n == nullptr ? map_.span : place_of(*n); }

    // What is wrong with a record that cannot be read has been told.
    struct Quiet {
        Quiet(Application& of, bool quiet) : of_(of), tell_(of.diagnostics_) {
            if (quiet) of_.tell(told_);
        }
        ~Quiet() { of_.tell(*tell_); }
        Quiet(const Quiet&) = delete;
        Quiet& operator=(const Quiet&) = delete;
        Application& of_;
        text::Diagnostics* tell_;
        text::Diagnostics told_;
    };
    void tell(text::Diagnostics& diagnostics) {
        diagnostics_ = &diagnostics;
        convert_.tell(diagnostics);
    }

    void error(Span at, std::string code, std::string message, std::string help) {
        diagnostics_->error(at, std::move(code), std::move(message), std::move(help));
    }

    // Where a path leads, without what is spelt as nothing. `wrong`, if given, is set instead of an
    // error told.
    std::vector<const Node*> lead(const Path& path, const Writing& writing, const Node* root,
                                  const Node* item, bool* wrong = nullptr) {
        std::vector<const Node*> out;
        if (root == nullptr) return out;
        std::optional<Astray> astray;
        const bool met = follow(path, *root, *item, out, astray);
        if (astray) {
            if (wrong != nullptr)
                *wrong = true;
            else
                error(here(astray->node), "path-astray", astray->message,
                      "the map asks for it: correct the path, or the record");
            return {};
        }
        if (met && found_ != nullptr) (*found_)[path.slot] = 1;
        const auto nothing = [&](const Node* n) { return is_nothing(*n, writing); };
        out.erase(std::remove_if(out.begin(), out.end(), nothing), out.end());
        return out;
    }
    std::vector<const Node*> lead(const Path& path, const Writing& writing, const Instance& made) {
        return lead(path, writing, made.root, made.item);
    }

    // ---- which records there are

    // Of a list of the case: of every record of the data that has them.
    void all_instances(const RecordMap& r, const std::vector<char>* kept,
                       std::vector<Instance>& out) {
        if (data_ == nullptr) {
            Instance made;
            made.map = &r;
            made.index = 1;
            made.name = r.each || numbered(r) ? r.name + "-1" : r.name;
            made.place = r.span;
            out.push_back(std::move(made));
            return;
        }
        std::size_t count = 0;
        for (std::size_t i = 0; i < data_->size(); ++i) {
            const auto& datum = (*data_)[i];
            if (!r.constant && datum.part != r.part) continue;
            Instance at;
            at.map = &r;
            at.kept = kept;
            at.root = at.item = datum.tree;
            at.datum = r.constant && map_.per != Per::record ? kNoDatum : i;
            at.broken = datum.broken && !r.constant;
            const Quiet quiet(*this, at.broken);
            instances(r, at, count, numbered(r), out);
            if (r.constant) return;
        }
    }
    // Has it a number behind its name for there may be several?
    [[nodiscard]] bool numbered(const RecordMap& r) const {
        return map_.per != Per::record && !r.constant;
    }

    // Of one record of the data, or one record within another; `count` goes on from those before.
    void instances(const RecordMap& r, const Instance& at, std::size_t& count, bool number,
                   std::vector<Instance>& out) {
        Instance made = at;
        made.map = &r;
        made.named = false;
        made.left_out = false;
        if (!r.each) {
            ++count;
            made.name = number ? join(r.name, "-", std::to_string(count)) : r.name;
            made.place = here(at.item);
            name(made);
            made.left_out = at.root != nullptr && says_nothing(r, at);
            out.push_back(std::move(made));
            return;
        }
        std::vector<const Node*> items;
        for (const auto* n : lead(*r.each, {}, at)) {
            if (!r.each_split.empty() && n->is_scalar()) {
                for (const auto part : parts_of(n->text, r.each_split)) {
                    if (part.empty()) continue;
                    parts_.push_back(in_place_of(std::string(part), *n));
                    items.push_back(&parts_.back());
                }
            } else if (r.each->many()) {
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
            ++count;
            if (items[i]->is_null()) continue;
            auto one = made;
            one.item = items[i];
            one.index = i + 1;
            one.name = join(r.name, "-", std::to_string(count));
            one.place = here(items[i]);
            name(one);
            out.push_back(std::move(one));
        }
    }

    void name(Instance& made) {
        if (!made.map->named || made.root == nullptr) return;
        const auto& v = *made.map->named;
        for (const auto* n : lead(*v.path, v.writing, made)) {
            made.place = here(n);
            made.named = true;
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
    bool says_nothing(const RecordMap& r, const Instance& at) {
        bool any = false;
        return !says(r, at, any) && any;
    }
    bool says(const RecordMap& r, const Instance& at, bool& any) {
        const auto leads = [&](const Path& p, const Writing& w) {
            any = true;
            bool wrong = w.required;
            return !lead(p, w, at.root, at.item, &wrong).empty() || wrong;
        };
        if (r.named && leads(*r.named->path, r.named->writing)) return true;
        for (const auto& f : r.fields) {
            for (const auto& a : f.assertions) {
                if (a.value.path && leads(*a.value.path, a.value.writing)) return true;
                if (a.value.until && leads(*a.value.until, a.value.writing)) return true;
            }
            for (const auto& n : f.nested) {
                if (n.each ? leads(*n.each, {}) : says(n, at, any)) return true;
            }
        }
        return false;
    }

    // Names that only records have which cannot be read: a reference to one is not stated.
    void note_broken() {
        bool any = false;
        for (const auto& list : tops_)
            for (const auto& made : list) any = any || made.broken;
        if (!any) return;
        for (const auto& list : tops_)
            for (const auto& made : list)
                if (made.broken) broken_.emplace(made.map->type.value, made.name);
        for (const auto& list : tops_)
            for (const auto& made : list)
                if (!made.broken && !made.left_out)
                    broken_.erase({made.map->type.value, made.name});
        convert_.leave_out(
            [this](model::TypeId type, const std::string& name) { return is_broken(type, name); });
    }
    [[nodiscard]] bool is_broken(model::TypeId type, const std::string& name) const {
        return !broken_.empty() && broken_.count({type.value, name}) != 0;
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
            } else if (auto text = case_value(*key, value)) {
                const auto span = text->span;
                put(out, key->text, span, std::move(*text));
                named = named || is_id;
            }
        }
        if (!named) {
            const auto place =
                here(data_ == nullptr || data_->empty() ? nullptr : data_->front().tree);
            put(out, "id", place, scalar_at(id, place));
        }
        return out;
    }

    // What the records of a case say of it: the first that says anything. Where dates depend on it,
    // they must agree.
    std::optional<Node> case_value(const Node& key, const Value& value) {
        std::optional<Node> out;
        if (data_ == nullptr) return out;
        for (const auto& datum : *data_) {
            if (datum.part != map_.case_part || datum.broken) continue;
            for (const auto* n : lead(*value.path, value.writing, datum.tree, datum.tree)) {
                if (out) {
                    if ((key.text == "timezone" || key.text == "forum") && !alike(*n, *out))
                        error(here(n), "rival-values",
                              join("one case has several values of `", key.text, "`: `", n->text,
                                   "`, and `", out->text, "` before"),
                              "correct one of the records, or make cases of what has one `" +
                                  key.text + "`");
                    continue;
                }
                out = *n;
                out->span = here(n);
                if (key.text != "id" || !n->is_scalar()) continue;
                out = in_place_of(name_from(n->text), *n);
                if (out->text.empty())
                    error(here(n), "no-name",
                          join("`", value.path->written, "` gives no id to the case, found `",
                               n->text, "`"),
                          "an id needs letters or digits");
            }
        }
        return out;
    }

    void accounts(Node& out, Span place) {
        if (map_.accounts.empty() && map_.data_accounts.empty()) return;
        Node list = mapping_at(map_.accounts.empty() ? map_.data_accounts.front().key->span
                                                     : map_.accounts.front().key.span);
        list.entries = map_.accounts;
        const auto add = [&](const AccountMap& a, std::string name, Span at, const Instance& made) {
            if (list.find(name) != nullptr) return;
            Node account = mapping_at(at);
            for (const auto& [key, value] : a.entries)
                if (auto n = meta(key->text, value, made))
                    put(account, key->text, key->span, std::move(*n));
            put(list, name, at, std::move(account));
        };
        for (const auto& a : map_.data_accounts) {
            if (data_ == nullptr) {
                add(a, a.key->text, a.key->span, {});
                continue;
            }
            for (const auto& datum : *data_) {
                if (datum.part != a.part) continue;
                Instance made;
                made.root = made.item = datum.tree;
                const Quiet quiet(*this, datum.broken);
                for (const auto* n : said(a.named, made)) {
                    auto name = account_name(*n, a.named);
                    if (!name.empty()) add(a, std::move(name), here(n), made);
                }
            }
        }
        put(out, "accounts", place, std::move(list));
    }
    std::vector<const Node*> said(const Value& v, const Instance& made) {
        bool wrong = false;  // that is told where the name is used
        return lead(*v.path, v.writing, made.root, made.item, &wrong);
    }
    static std::string account_name(const Node& n, const Value& v) {
        if (!n.is_scalar()) return {};
        for (const auto& [from, to] : v.writing.words)
            if (trimmed(from) == trimmed(n.text)) return to;
        return v.writing.words.empty() ? name_from(n.text) : std::string();
    }

    // The records of a list, those that the data name alike put together.
    Node records(const std::vector<Instance>& all, Span place) {
        std::vector<Same> together;
        std::map<std::string_view, std::size_t> by_name;
        for (const auto& made : all) {
            if (made.left_out || made.broken) continue;
            if (made.named) {
                const auto [it, added] = by_name.emplace(made.name, together.size());
                if (!added) {
                    auto& same = together[it->second];
                    // Twice in one list of one record is a slip, which will be told.
                    const bool slip = std::any_of(same.begin(), same.end(), [&](const auto* other) {
                        return other->map == made.map && other->datum == made.datum;
                    });
                    if (!slip) {
                        same.push_back(&made);
                        continue;
                    }
                }
            }
            together.push_back({&made});
        }
        Node out = mapping_at(place);
        out.entries.reserve(together.size());
        for (const auto& same : together)
            put(out, same.front()->name, same.front()->place, record(same));
        return out;
    }

    struct Field {
        const model::Field* field = nullptr;
        Span span;
        bool several = false;
        std::vector<Said> said;
        std::vector<Instance> within;
    };

    Node record(const Same& same) {
        Node out = mapping_at(same.front()->place);
        const bool one = same.size() == 1;
        std::vector<Field> fields;
        const auto& map = *same.front()->map;
        fields.reserve(map.fields.size());
        out.entries.reserve(map.fields.size() + map.meta.size());
        for (const auto* made : same) {
            std::vector<std::pair<std::string, Node>> own;  // by, source ... of the record
            std::vector<Span> own_spans;
            for (const auto& [key, value] : made->map->meta)
                if (auto n = meta(key, value, *made)) {
                    // Of several records each field keeps what its own one says of it.
                    if (one) {
                        put(out, key, value.span, std::move(*n));
                        continue;
                    }
                    own.emplace_back(key, std::move(*n));
                    own_spans.push_back(value.span);
                }
            for (std::size_t n = 0; n < made->map->fields.size(); ++n) {
                if (made->kept != nullptr && (*made->kept)[n] == 0) continue;
                const auto& f = made->map->fields[n];
                auto it = std::find_if(fields.begin(), fields.end(),
                                       [&](const Field& x) { return x.field == f.field; });
                if (it == fields.end())
                    it = fields.insert(it, {f.field, f.span, f.several, {}, {}});
                if (f.field->kind == FieldKind::nested) {
                    within(f, *made, !one, it->within);
                    continue;
                }
                for (const auto& a : f.assertions) {
                    if (a.value.first && !it->said.empty()) continue;
                    if (auto said = assertion(*f.field, a, *made)) {
                        for (std::size_t i = 0; i < own.size(); ++i) {
                            const auto& key = own[i].first;
                            const bool has =
                                std::any_of(said->meta.begin(), said->meta.end(),
                                            [&](const auto& m) { return m.first == key; });
                            if (has) continue;
                            said->meta.push_back(own[i]);
                            said->meta_spans.push_back(own_spans[i]);
                        }
                        add_said(it->said, std::move(*said), !one, f.field->list);
                    }
                }
            }
        }
        for (auto& f : fields) {
            if (f.field->kind == FieldKind::nested) {
                auto list = records(f.within, same.front()->place);
                if (!list.entries.empty())
                    put(out, f.field->name, same.front()->place, std::move(list));
            } else if (!f.said.empty()) {
                put(out, f.field->name, f.span, field_node(std::move(f.said), f.several));
            }
        }
        return out;
    }

    // Records within a record; of one that several records of the data make, numbered through.
    void within(const FieldMap& f, const Instance& made, bool number, std::vector<Instance>& out) {
        for (const auto& n : f.nested) {
            std::size_t count = 0;
            for (const auto& other : out) count += other.map == &n ? 1 : 0;
            if (n.constant && count > 0) continue;
            auto at = made;
            at.kept = nullptr;
            instances(n, at, count, number && !n.constant, out);
        }
    }

    std::optional<Said> assertion(const model::Field& field, const Assertion& a,
                                  const Instance& made) {
        auto n = value(field, a.value, made);
        if (!n) return std::nullopt;
        Said out;
        out.value = std::move(*n);
        if (out.value.is_mapping() && a.as_of) {
            auto as_of = value(field, *a.as_of, made);
            const auto span = a.as_of->span;
            if (as_of) put(out.value, "as_of", span, std::move(*as_of));
        }
        for (const auto& [key, v] : a.meta)
            if (auto m = meta(key, v, made)) {
                out.meta.emplace_back(key, std::move(*m));
                out.meta_spans.push_back(v.span);
            }
        return out;
    }

    std::optional<Node> meta(const std::string& key, const Value& v, const Instance& made) {
        const auto type = key == "source"    ? vocabulary_.find("source")
                          : key == "speaker" ? vocabulary_.find("person")
                                             : model::TypeId{};
        if (v.constant != nullptr)
            return type.valid() ? reference(type, *v.constant, made) : *v.constant;
        for (const auto* n : lead(*v.path, v.writing, made)) {
            if (!v.writing.words.empty()) return convert_.word(key, v.writing, *n);
            if (n->is_scalar() && (type.valid() || key == "by")) {
                auto name = name_from(n->text);
                if (type.valid() && is_broken(type, name)) return std::nullopt;
                return in_place_of(std::move(name), *n);
            }
            return *n;
        }
        return std::nullopt;
    }

    // A constant name of a record that is made of the data: of the one that the same record of the
    // data has made, and the same item of it; or else of the only one that the case has.
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
        bool known = false;
        for (const auto& [key, records] : map_.lists)
            for (const auto& r : records)
                known = known || (r.type == type && r.name == n.text && !r.constant);
        const Instance* found = nullptr;
        for (const auto& list : tops_)
            for (const auto& other : list) {
                if (!(other.map->type == type) || other.map->name != n.text) continue;
                const bool same_part = made.map != nullptr && made.map->part == other.map->part;
                if (!other.map->constant && same_part) {
                    if (other.datum != made.datum) continue;
                    if (other.map->each && other.index != std::max<std::size_t>(made.index, 1))
                        continue;
                } else if (other.left_out || other.broken) {
                    continue;
                } else if (found != nullptr && found->name != other.name) {
                    error(made.place, "several-meant",
                          join("there are several `", n.text, "` in this case: `", found->name,
                               "`, `", other.name, "`"),
                          "refer to one by a path to its name (`named:`)");
                    return std::nullopt;
                }
                found = &other;
            }
        if (found == nullptr) return known ? std::nullopt : std::optional<Node>(n);
        if (found->left_out || found->broken) return std::nullopt;
        Node out = n;
        out.text = found->name;
        out.pieces.clear();
        return out;
    }

    std::optional<Node> value(const model::Field& field, const Value& v, const Instance& made) {
        if (v.constant != nullptr)
            return field.kind == FieldKind::reference ? reference(field.target, *v.constant, made)
                                                      : *v.constant;
        if (made.root == nullptr) return std::nullopt;
        const auto nodes = lead(*v.path, v.writing, made);
        if (v.until && field.kind == FieldKind::period)
            return convert_.period(field, v, nodes, lead(*v.until, v.writing, made),
                                   here(made.root));
        if (nodes.empty()) {
            if (v.writing.required)
                error(made.place, "value-missing",
                      join("`", field.name, "` is required, and `", v.path->written,
                           "` leads to nothing"),
                      "add it to the record, or take `required` out of the map");
            return std::nullopt;
        }
        if (field.list) return convert_.list(field, v, nodes);
        if (!v.first_of.empty() || !v.last_of.empty()) {
            const auto& whole = *nodes.front();
            const auto& sign = v.first_of.empty() ? v.last_of : v.first_of;
            const auto dates =
                parts_of(whole.is_scalar() ? std::string_view(whole.text) : "", sign);
            if (dates.size() < 2 && !v.last_of.empty()) return std::nullopt;
            if (dates.size() == 2)
                return convert_.single(
                    field, v, in_place_of(std::string(dates[v.first_of.empty() ? 1 : 0]), whole));
        }
        if (!v.mark && v.pending.empty()) return convert_.single(field, v, *nodes.front());
        const auto first = [](const std::vector<const Node*>& all) {
            return all.empty() ? nullptr : all.front();
        };
        const Writing plain;
        return convert_.day(field, v, *nodes.front(),
                            v.mark ? first(lead(*v.mark, plain, made)) : nullptr,
                            v.until ? first(lead(*v.until, v.writing, made)) : nullptr);
    }

    const Map& map_;
    const model::Vocabulary& vocabulary_;
    const std::vector<Datum>* data_;
    text::Diagnostics* diagnostics_;
    std::vector<char>* found_;
    const Applier::Fields* kept_;
    Converter convert_;
    std::deque<Node> parts_;                   // items of lists that are one text
    std::vector<std::vector<Instance>> tops_;  // as map_.lists
    std::set<std::pair<std::uint32_t, std::string>> broken_;
};

}  // namespace

Node Applier::apply(const std::vector<Datum>& data, const std::string& id,
                    text::Diagnostics& diagnostics, std::vector<char>* found,
                    const Fields* kept) const {
    return Application(map_, vocabulary_, &data, diagnostics, found, kept).run(id);
}

std::optional<Applier::Names> Applier::names(const Node* id, const Node* title,
                                             const std::string& otherwise) const {
    Names out;
    for (const auto& [key, value] : map_.case_block) {
        const bool is_id = key->text == "id";
        if (!is_id && key->text != "title") continue;
        const Node* text = value.constant;
        if (text == nullptr) text = is_id ? id : title;
        if (text == nullptr) continue;
        if (!text->is_scalar()) return std::nullopt;
        if (value.constant == nullptr && is_nothing(*text, value.writing)) continue;
        auto& to = is_id ? out.id : out.title;
        to = is_id && value.constant == nullptr ? name_from(text->text) : text->text;
        if (is_id && to.empty()) return std::nullopt;
    }
    if (out.id.empty()) out.id = otherwise;
    return out;
}

Node Applier::without_data() const {
    text::Diagnostics none;
    return Application(map_, vocabulary_, nullptr, none, nullptr, nullptr).run("map");
}

}  // namespace antinomy::data
