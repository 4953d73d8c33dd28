// Records and their assertions: who says what of which field.

#include "model/builder.hpp"
#include "model/keys.hpp"
#include "text/nearest.hpp"

namespace antinomy::model {

using text::Node;
using text::Span;

namespace {

const std::vector<std::string> kAssertionKeys = text::names_of(assertion_keys());
const std::vector<std::string> kNotInExamples{"include", "expect"};
constexpr int kNestedDepth = 8;
const std::vector<std::string> kStates = text::names_of(states());

std::string article(const std::string& noun) {
    return std::string("aeiou").find(noun[0]) == std::string::npos ? "a " + noun : "an " + noun;
}

}  // namespace

void Builder::collect_records(const Node& root, bool embedded) {
    for (const auto& [key, value] : root.entries) {
        if (listed(reserved_keys(), key.text)) {
            if (embedded && listed(kNotInExamples, key.text)) misplaced_in_example(key);
            continue;
        }
        const auto type = vocabulary_.find_plural(key.text);
        if (!type.valid()) {
            if (key.text == "pack" || key.text == "rules" || key.text == "vocabulary" ||
                key.text == "define" || key.text == "policies") {
                error(key.span, "misplaced-key",
                      "`" + key.text + "` belongs to a rule pack, not to a case file",
                      "put it in a pack of its own and name that under `case: {packs: [...]}`");
                continue;
            }
            auto known = vocabulary_.plurals();
            for (const auto& k : reserved_keys()) known.push_back(k);
            const auto singular = vocabulary_.find(key.text);
            if (singular.valid() && !vocabulary_.type(singular).plural.empty()) {
                error(key.span, "unknown-key", "a case file has no key `" + key.text + "`",
                      "write `" + vocabulary_.type(singular).plural + "`");
            } else {
                unknown_key(key, "a case file", known);
            }
            continue;
        }
        if (!value.is_mapping()) {
            error(value.span, "wrong-type", "expected " + key.text + " by name" + found(value),
                  "write `" + key.text + ": {name: {...}}`");
            continue;
        }
        for (const auto& entry : value.entries) add_record(type, key.text + ".", {}, entry, 0);
    }
}

RecordId Builder::add_record(TypeId type_id, const std::string& prefix, RecordId parent,
                             const text::Entry& entry, int depth) {
    const auto& type = vocabulary_.type(type_id);
    Record record;
    record.id = entry.key.text;
    record.path = prefix + record.id;
    record.type = type_id;
    record.parent = parent;
    record.span = entry.key.span;
    if (!good_id(record.id))
        error(entry.key.span, "bad-name", "`" + record.id + "` is no name of a record", kNameHelp);
    if (const auto it = case_.by_path.find(record.path); it != case_.by_path.end()) {
        auto& d = error(entry.key.span, "defined-twice", "`" + record.path + "` is defined twice",
                        "keep one; what differs between accounts goes into its fields");
        d.related.push_back({case_.record(it->second).span, "first defined here"});
        return {};
    }
    if (!entry.value.is_mapping() && !entry.value.is_null()) {
        error(entry.value.span, "wrong-type",
              "expected the fields of " + article(type.name) + found(entry.value),
              "write `" + record.id + ": {...}`");
    }
    const RecordId id{static_cast<std::uint32_t>(case_.records.size())};
    record.first_slot = case_.slot_count;
    case_.slot_count += static_cast<std::uint32_t>(type.fields.size());
    record.fields.resize(type.fields.size());
    case_.by_path[record.path] = id;
    case_.by_id[record.id].push_back(id);
    case_.records.push_back(std::move(record));
    pending_.emplace_back(id, &entry.value);
    if (entry.value.is_mapping()) {
        for (const auto& [key, value] : entry.value.entries) {
            const auto* field = type.field(key.text);
            if (field == nullptr || field->kind != FieldKind::nested || !field->target.valid())
                continue;
            if (depth >= kNestedDepth) {
                error(key.span, "too-deep",
                      "records are nested deeper than " + std::to_string(kNestedDepth),
                      "list the deeper ones under a key of their own");
                continue;
            }
            if (!value.is_mapping()) {
                error(value.span, "wrong-type",
                      "`" + key.text + "` holds " + describe(*field) + found(value),
                      "write `" + key.text + ": {name: {...}}`");
                continue;
            }
            const auto path = case_.record(id).path + "." + key.text + ".";
            Assertion list;
            list.record = id;
            list.field = static_cast<std::uint32_t>(field - type.fields.data());
            list.span = key.span;
            list.closed = true;  // a norm's own elements are listed where the norm is
            for (const auto& child : value.entries) {
                const auto c = add_record(field->target, path, id, child, depth + 1);
                if (!c.valid()) continue;
                list.value.records.push_back(c);
                list.value.item_spans.push_back(child.key.span);
                list.value.written += (list.value.written.empty() ? "" : ", ") + child.key.text;
            }
            nested_.push_back(std::move(list));
        }
    }
    return id;
}

// by, source, speaker, quote, state of a mapping.
void Builder::read_meta(const Node& node, Meta& meta) {
    for (const auto& [key, value] : node.entries) {
        if (key.text == "by") {
            meta.by = account(value);
        } else if (key.text == "source") {
            meta.source = reference_to("source", value);
        } else if (key.text == "speaker") {
            meta.speaker = reference_to("person", value);
        } else if (key.text == "quote") {
            if (auto s = scalar(value, "a quote")) meta.quote = *s;
        } else if (key.text == "state") {
            if (!scalar(value, "a state")) continue;
            if (!listed(kStates, value.text)) {
                error(value.span, "unknown-word",
                      "`" + value.text + "` is no state of an assertion",
                      text::did_you_mean(value.text, kStates));
            } else {
                meta.state = value.text == "unchallenged" ? State::unchallenged
                             : value.text == "conceded"   ? State::conceded
                             : value.text == "withdrawn"  ? State::withdrawn
                                                          : State::proposed;
                if (meta.state != State::proposed && node.find("by") == nullptr && !has_by_)
                    error(value.span, "state-without-account",
                          "`" + value.text + "` says what an account did, and none is named",
                          "add `by:`");
            }
        }
    }
}

RecordId Builder::reference_to(std::string_view type_name, const Node& node) {
    const auto type = vocabulary_.find(type_name);
    if (!type.valid()) {
        error(node.span, "unknown-type",
              "no pack in use has a type `" + std::string(type_name) + "`",
              "add it to the vocabulary");
        return {};
    }
    return reference(type, node);
}

RecordId Builder::reference(TypeId type, const Node& node) {
    if (!node.is_scalar()) {
        error(node.span, "wrong-type",
              "expected the name of a " + vocabulary_.type(type).name + found(node),
              "write its name");
        return {};
    }
    if (const auto id = case_.find_in(type, node.text); id.valid()) return id;
    std::vector<std::string> known;
    for (const auto& r : case_.records)
        if (r.type == type) known.push_back(short_name(r));
    if (const auto several = named_alike(type, node.text); several.size() > 1) {
        std::string all;
        for (const auto& path : several) all += (all.empty() ? "`" : " or `") + path + "`";
        error(node.span, "ambiguous-name", "`" + node.text + "` may be " + all, "write " + all);
        return {};
    }
    const auto elsewhere = case_.by_id.find(node.text);
    if (elsewhere != case_.by_id.end() && !elsewhere->second.empty()) {
        const auto& other = case_.record(elsewhere->second.front());
        auto& d =
            error(node.span, "wrong-type",
                  "`" + node.text + "` is a record of type " + vocabulary_.type(other.type).name +
                      ", expected one of type " + vocabulary_.type(type).name,
                  text::did_you_mean(node.text, known));
        d.related.push_back({other.span, "defined here"});
        return {};
    }
    error(node.span, "unknown-reference",
          "no " + vocabulary_.type(type).name + " `" + node.text + "`",
          known.empty()
              ? "this case has none: add it under `" + vocabulary_.type(type).plural + ":`"
              : text::did_you_mean(node.text, known));
    return {};
}

std::vector<std::string> Builder::named_alike(TypeId type, const std::string& id) const {
    std::vector<std::string> names;
    if (const auto it = case_.by_id.find(id); it != case_.by_id.end())
        for (const auto r : it->second)
            if (case_.record(r).type == type) names.push_back(short_name(case_.record(r)));
    return names;
}

std::string Builder::short_name(const Record& r) const {
    return r.parent.valid() ? case_.record(r.parent).id + "." + r.id : r.id;
}

void Builder::fill_record(RecordId id, const Node& node) {
    if (!node.is_mapping()) return;
    const auto& type = vocabulary_.type(case_.record(id).type);
    Meta meta;
    has_by_ = false;
    read_record_meta(node, type, meta);
    auto& record = case_.records[id.value];
    record.by = meta.by;
    record.source = meta.source;
    record.state = meta.state;
    has_by_ = meta.by.valid();
    for (const auto& [key, value] : node.entries) {
        const auto index = type.field_index(key.text);
        if (index == SIZE_MAX) {
            if (listed(meta_keys(), key.text)) continue;
            std::vector<std::string> known;
            for (const auto& f : type.fields) known.push_back(f.name);
            for (const auto& k : meta_keys()) known.push_back(k);
            unknown_key(key, "a record of type " + type.name, known);
            continue;
        }
        if (type.fields[index].kind == FieldKind::nested) continue;
        fill_field(id, static_cast<std::uint32_t>(index), key, value, meta);
    }
    for (auto& list : nested_) {
        if (list.record != id) continue;
        list.by = meta.by;
        list.source = meta.source;
        push(std::move(list), nullptr);
        list.record = {};
    }
    has_by_ = false;
}

void Builder::read_record_meta(const Node& node, const Type& type, Meta& meta) {
    // A vocabulary may have a field of the same name; then it is the field.
    Node own;
    own.kind = text::NodeKind::mapping;
    for (const auto& entry : node.entries)
        if (listed(meta_keys(), entry.key.text) && type.field(entry.key.text) == nullptr)
            own.entries.push_back(entry);
    read_meta(own, meta);
}

void Builder::fill_field(RecordId id, std::uint32_t index, const Node& key, const Node& node,
                         const Meta& record_meta) {
    const auto& field = vocabulary_.type(case_.record(id).type).fields[index];
    if (node.is_null()) {
        error(key.span, "missing-value", "`" + key.text + "` has no value",
              "write one, or leave the line out: what is not known is a gap");
        return;
    }
    if (node.is_sequence() && !node.items.empty() && node.items.front().is_mapping()) {
        for (const auto& item : node.items) {
            if (!item.is_mapping()) {
                error(item.span, "wrong-type",
                      "some items of `" + key.text + "` carry `value` and this one does not",
                      "write every item as {value: ...}");
                continue;
            }
            fill_assertion(id, index, field, item, record_meta);
        }
        return;
    }
    if (node.is_mapping()) {
        fill_assertion(id, index, field, node, record_meta);
        return;
    }
    Assertion a;
    a.record = id;
    a.field = index;
    a.by = record_meta.by;
    a.source = record_meta.source;
    a.speaker = record_meta.speaker;
    a.state = record_meta.state;
    a.quote = record_meta.quote;
    a.quote_of_record = true;
    a.span = node.span;
    if (read_value(field, node, a.value) && read_places(field, nullptr, a.value))
        push(std::move(a), &node);
}

void Builder::fill_assertion(RecordId id, std::uint32_t index, const Field& field, const Node& node,
                             const Meta& record_meta) {
    const auto* pending = node.find("pending");
    const auto* value = pending != nullptr ? pending : node.find("value");
    for (const auto& [k, v] : node.entries)
        if (!listed(kAssertionKeys, k.text)) unknown_key(k, "an assertion", kAssertionKeys);
    if (const auto* both = node.find_entry("value"); pending != nullptr && both != nullptr) {
        error(both->key.span, "wrong-type",
              "`" + field.name + "` has a `value` and is `pending` as well",
              "keep one: what is pending has no day yet");
        return;
    }
    if (const auto* as_of = node.find_entry("as_of"); as_of != nullptr && pending == nullptr)
        error(as_of->key.span, "wrong-type",
              "`as_of` says on which day a date had not come, and nothing is `pending` here",
              "add `pending:`, or leave it out");
    if (value == nullptr) {
        const std::string one = field.kind == FieldKind::period
                                    ? "first and last day in one text, 2014-11-01/2014-12-15 or "
                                      "2014-11-01/.. (`..`: nobody says when it ended)"
                                : field.kind == FieldKind::day ? "the date, as 2014-09-30"
                                                               : "the value";
        error(node.span, "wrong-type",
              "`" + field.name + "` is " + describe(field) + ", found a mapping without `value`",
              "write " + one + ", or {value: ..., by: ..., source: ...}");
        return;
    }
    Meta meta = record_meta;
    meta.quote.clear();
    if (node.find("by") != nullptr) meta.state = State::plain;
    read_meta(node, meta);
    if (value->is_null()) {
        error(node.span, "missing-value",
              pending == nullptr ? "`value` has nothing after it"
                                 : "`pending` does not say what the day waits for",
              pending == nullptr ? "write one, or leave the assertion out"
                                 : "write it: `pending: appeal`");
        return;
    }
    Assertion a;
    a.record = id;
    a.field = index;
    a.by = meta.by;
    a.source = meta.source;
    a.speaker = meta.speaker;
    a.state = meta.state;
    a.quote = meta.quote;
    a.span = value->span;
    if (const auto* closed = node.find("closed")) {
        if (!field.list)
            error(closed->span, "wrong-type",
                  "`closed` is for lists, and `" + field.name + "` is " + describe(field),
                  "leave it out");
        else if (const auto b = truth(closed->text))
            a.closed = *b;
        else
            error(closed->span, "wrong-type", "`closed` is yes or no, found `" + closed->text + "`",
                  "write `closed: yes`");
    }
    auto calendar = time::Calendar::gregorian;
    if (const auto* word = node.find("calendar"); word != nullptr) {
        static const auto known = text::names_of(calendars());
        if (field.kind != FieldKind::day && field.kind != FieldKind::period) {
            error(word->span, "wrong-type",
                  "`calendar` is for dates, and `" + field.name + "` is " + describe(field),
                  "leave it out");
        } else if (!word->is_scalar() || !listed(known, word->text)) {
            error(word->span, "unknown-word",
                  "`calendar` is gregorian or julian" +
                      (word->is_scalar() ? ", found `" + word->text + "`" : found(*word)),
                  word->is_scalar() ? text::did_you_mean(word->text, known)
                                    : "write `calendar: julian`");
        } else if (word->text == "julian") {
            calendar = time::Calendar::julian;
        }
    }
    const bool good = pending != nullptr ? read_pending(field, node, a.value, calendar)
                                         : read_value(field, *value, a.value, calendar);
    // What stands at `as_of` is what names other points.
    if (const auto* as_of = node.find("as_of"); pending != nullptr && as_of != nullptr)
        value = as_of;
    if (good && read_places(field, node.find("zone"), a.value)) push(std::move(a), value);
}

void Builder::push(Assertion a, const Node* node) {
    auto& list = case_.records[a.record.value].fields[a.field];
    for (const auto other_id : list) {
        const auto& other = case_.assertion(other_id);
        if (other.by == a.by && other.source == a.source && a.state != State::conceded &&
            other.state != State::conceded) {
            auto& d = error(node != nullptr ? node->span : a.span, "said-twice",
                            (a.by.valid() ? "account `" + case_.accounts[a.by.value].id + "`"
                                          : std::string("the file")) +
                                " gives `" + path_of(a) + "` twice from " +
                                (a.source.valid() ? "one source" : "no source"),
                            "keep one, or name the source of each");
            d.related.push_back({other.span, "the other value"});
            return;
        }
    }
    const auto index = static_cast<std::uint32_t>(case_.assertions.size());
    list.push_back({index});
    if (node != nullptr) value_nodes_[index] = node;
    case_.assertions.push_back(std::move(a));
}

std::string Builder::path_of(const Assertion& a) const {
    const auto& r = case_.record(a.record);
    return r.path + "." + vocabulary_.type(r.type).fields[a.field].name;
}

}  // namespace antinomy::model
