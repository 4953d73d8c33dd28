#include "model/vocabulary.hpp"

#include <algorithm>
#include <set>

#include "grammar/time.hpp"
#include "model/keys.hpp"
#include "text/nearest.hpp"

namespace antinomy::model {

namespace {

const std::vector<std::string> kTypeKeys = text::names_of(type_keys());
const std::vector<std::string> kFieldKeys = text::names_of(field_keys());

std::optional<FieldKind> builtin(std::string_view word) {
    if (word == "date") return FieldKind::day;
    if (word == "period") return FieldKind::period;
    if (word == "duration") return FieldKind::duration;
    if (word == "int") return FieldKind::integer;
    if (word == "number") return FieldKind::number;
    if (word == "bool") return FieldKind::boolean;
    if (word == "text") return FieldKind::text;
    return std::nullopt;
}

bool is_name(std::string_view s) {
    if (s.empty()) return false;
    for (std::size_t i = 0; i < s.size(); ++i) {
        const char c = s[i];
        const auto u = static_cast<unsigned char>(c);
        const bool letter =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || u >= 0x80 || c == '_';
        const bool digit = (c >= '0' && c <= '9') || c == '-';
        if (!letter && !(digit && i > 0)) return false;
    }
    return true;
}

// Text of a scalar; else an error and nothing.
std::string scalar(const text::Node& node, std::string_view what, text::Diagnostics& diagnostics) {
    if (node.is_scalar()) return node.text;
    diagnostics.error(node.span, "wrong-type",
                      "expected " + std::string(what) + ", found " + std::string(kind_word(node)),
                      "write " + std::string(what) + " as one text");
    return {};
}

std::vector<std::string> read_words(const text::Node& node, text::Diagnostics& diagnostics) {
    std::vector<std::string> words;
    if (!node.is_sequence()) {
        diagnostics.error(node.span, "wrong-type",
                          "expected a list of words, found " + std::string(kind_word(node)),
                          "write [word, word]");
        return words;
    }
    for (const auto& item : node.items) {
        if (!item.is_scalar()) {
            diagnostics.error(item.span, "wrong-type",
                              "expected a word, found " + std::string(kind_word(item)),
                              "write one word an item");
            continue;
        }
        if (!is_name(item.text))
            diagnostics.error(item.span, "bad-name", "`" + item.text + "` is no word",
                              "use letters, digits, `-` and `_`, a letter first");
        words.push_back(item.text);
    }
    return words;
}

void set_type(Field& field, const text::Node& node, text::Diagnostics& diagnostics) {
    if (!node.is_scalar()) {
        diagnostics.error(node.span, "wrong-type",
                          "expected the name of a type, found " + std::string(kind_word(node)),
                          "write date, period, duration, int, number, bool, text or a record type");
        return;
    }
    field.type_span = node.span;
    if (const auto kind = builtin(node.text)) {
        field.kind = *kind;
    } else {
        field.kind = FieldKind::reference;
        field.target_name = node.text;
    }
}

Field read_field(const text::Entry& entry, text::Diagnostics& diagnostics) {
    Field field;
    field.name = entry.key.text;
    field.span = entry.key.span;
    if (!is_name(field.name)) {
        diagnostics.error(entry.key.span, "bad-name", "`" + field.name + "` is no name of a field",
                          "use letters, digits, `-` and `_`, a letter first");
    }
    const auto& node = entry.value;
    if (node.is_sequence()) {
        field.kind = FieldKind::word;
        field.words = read_words(node, diagnostics);
        return field;
    }
    if (!node.is_mapping()) {
        set_type(field, node, diagnostics);
        return field;
    }
    const auto before = diagnostics.error_count();
    bool typed = false;
    const text::Node* lasts = nullptr;
    for (const auto& [key, value] : node.entries) {
        typed = typed || (key.text != "lasts" && key.text != "else");
        if (key.text == "type") {
            set_type(field, value, diagnostics);
        } else if (key.text == "list") {
            set_type(field, value, diagnostics);
            field.list = true;
            if (value.is_scalar() && field.kind != FieldKind::reference &&
                field.kind != FieldKind::text) {
                diagnostics.error(value.span, "not-supported",
                                  "a list of " + value.text + " is not supported yet",
                                  "use a list of text or of records");
            }
        } else if (key.text == "nested") {
            set_type(field, value, diagnostics);
            field.kind = FieldKind::nested;
            field.list = true;
            if (field.target_name.empty() && value.is_scalar()) field.target_name = value.text;
        } else if (key.text == "words") {
            field.kind = FieldKind::word;
            field.words = read_words(value, diagnostics);
        } else if (key.text == "lasts") {
            field.lasts = read_words(value, diagnostics);
            lasts = &value;
        } else if (key.text == "else") {
            field.otherwise = scalar(value, "the name of a field", diagnostics);
            field.otherwise_span = value.span;
        } else {
            diagnostics.error(key.span, "unknown-key", "a field has no key `" + key.text + "`",
                              text::did_you_mean(key.text, kFieldKeys));
        }
    }
    if (!typed && diagnostics.error_count() == before)
        diagnostics.error(entry.key.span, "missing-key", "field `" + field.name + "` has no type",
                          "add `type:`, `list:`, `nested:` or `words:`");
    if (lasts != nullptr)
        for (const auto& item : lasts->items)
            if (item.is_scalar() && !field.words.empty() &&
                std::find(field.words.begin(), field.words.end(), item.text) == field.words.end())
                diagnostics.error(item.span, "unknown-word",
                                  "`lasts` names `" + item.text + "`, which is not among the words",
                                  text::did_you_mean(item.text, field.words));
    return field;
}

// A line over fields of the type. That they exist is checked when all are read.
void read_always(Type& type, const text::Node& node, text::Diagnostics& diagnostics) {
    const auto line = scalar(node, "a line such as `start not after end`", diagnostics);
    if (!node.is_scalar()) return;
    const auto parsed = grammar::parse_order(line);
    if (const auto* e = std::get_if<grammar::SyntaxError>(&parsed)) {
        diagnostics.error(node.inside(e->range.begin, e->range.end), "bad-order", e->message,
                          e->help.empty() ? "write `start not after end`" : e->help);
        return;
    }
    AlwaysLine always{line, node.span, std::get<grammar::OrderLine>(parsed), {}};
    for (const auto& p : always.order.points)
        always.fields.emplace_back(p.parts.front(), node.inside(p.range.begin, p.range.end));
    type.always.push_back(std::move(always));
}

}  // namespace

const Field* Type::field(std::string_view wanted) const {
    for (const auto& f : fields)
        if (f.name == wanted) return &f;
    return nullptr;
}

std::size_t Type::field_index(std::string_view wanted) const {
    for (std::size_t i = 0; i < fields.size(); ++i)
        if (fields[i].name == wanted) return i;
    return SIZE_MAX;
}

void Vocabulary::read(const text::Node& node, text::Diagnostics& diagnostics) {
    if (!node.is_mapping()) {
        diagnostics.error(node.span, "wrong-type",
                          "expected types by name, found " + std::string(kind_word(node)),
                          "write `vocabulary:` as a mapping of type names");
        return;
    }
    for (const auto& [key, value] : node.entries) {
        Type type;
        type.name = key.text;
        type.span = key.span;
        if (!is_name(type.name)) {
            diagnostics.error(key.span, "bad-name", "`" + type.name + "` is no name of a type",
                              "use letters, digits, `-` and `_`, a letter first");
        }
        if (builtin(type.name) || type.name == "field") {
            diagnostics.error(key.span, "reserved-name",
                              "`" + type.name + "` is a type of the language itself",
                              "choose another name");
            continue;
        }
        if (const auto other = find(type.name); other.valid()) {
            auto& d = diagnostics.error(key.span, "defined-twice",
                                        "type `" + type.name + "` is defined twice",
                                        "rename one, or leave it to the pack that has it");
            d.related.push_back({types_[other.value].span, "first defined here"});
            continue;
        }
        if (!value.is_mapping()) {
            diagnostics.error(
                value.span, "wrong-type",
                "expected a type with `fields`, found " + std::string(kind_word(value)),
                "write `" + type.name + ": {plural: ..., fields: {...}}`");
            continue;
        }
        for (const auto& [part, content] : value.entries) {
            if (part.text == "plural") {
                type.plural = scalar(content, "the key for a list of these", diagnostics);
                type.plural_span = content.span;
                check_plural(type, diagnostics);
            } else if (part.text == "title") {
                type.title_field = scalar(content, "the name of a field", diagnostics);
                type.title_span = content.span;
            } else if (part.text == "moment") {
                if (content.is_scalar()) {
                    type.first_moment = type.last_moment = content.text;
                    type.first_span = type.last_span = content.span;
                } else if (content.is_sequence() && content.items.size() == 2) {
                    type.first_moment = content.items[0].text;
                    type.last_moment = content.items[1].text;
                    type.first_span = content.items[0].span;
                    type.last_span = content.items[1].span;
                } else {
                    diagnostics.error(content.span, "wrong-type",
                                      "`moment` is one date field or two",
                                      "write `moment: pronounced` or `moment: [start, end]`");
                }
            } else if (part.text == "fields") {
                if (!content.is_mapping()) {
                    diagnostics.error(
                        content.span, "wrong-type",
                        "expected fields by name, found " + std::string(kind_word(content)),
                        "write `fields: {name: text}`");
                    continue;
                }
                for (const auto& entry : content.entries)
                    type.fields.push_back(read_field(entry, diagnostics));
            } else if (part.text == "always") {
                if (!content.is_sequence()) {
                    diagnostics.error(
                        content.span, "wrong-type",
                        "expected a list of lines, found " + std::string(kind_word(content)),
                        "write `always: [start not after end]`");
                    continue;
                }
                for (const auto& item : content.items) read_always(type, item, diagnostics);
            } else {
                diagnostics.error(part.span, "unknown-key", "a type has no key `" + part.text + "`",
                                  text::did_you_mean(part.text, kTypeKeys));
            }
        }
        types_.push_back(std::move(type));
    }
}

void Vocabulary::finish(text::Diagnostics& diagnostics) {
    std::set<std::string> nested;
    for (auto& type : types_) {
        for (auto& field : type.fields) {
            if (field.target_name.empty()) continue;
            field.target = find(field.target_name);
            if (!field.target.valid()) {
                auto known = names();
                // What is nested is a record.
                if (field.kind != FieldKind::nested)
                    for (const char* b :
                         {"date", "period", "duration", "int", "number", "bool", "text"})
                        known.emplace_back(b);
                diagnostics.error(field.type_span, "unknown-type",
                                  "field `" + type.name + "." + field.name +
                                      "` has the unknown type `" + field.target_name + "`",
                                  text::did_you_mean(field.target_name, known));
                field.kind = FieldKind::text;
                continue;
            }
            if (field.kind == FieldKind::nested) nested.insert(field.target_name);
        }
        const auto check_field = [&](std::string& name, const text::Span& span,
                                     std::string_view what, bool date_only) {
            if (name.empty()) return true;
            const auto* f = type.field(name);
            std::vector<std::string> known;
            for (const auto& g : type.fields)
                if (!date_only || g.kind == FieldKind::day || g.kind == FieldKind::period)
                    known.push_back(g.name);
            if (f == nullptr) {
                diagnostics.error(span, "unknown-field",
                                  std::string(what) + " of type `" + type.name +
                                      "` names the unknown field `" + name + "`",
                                  text::did_you_mean(name, known));
            } else if (date_only && f->kind != FieldKind::day && f->kind != FieldKind::period) {
                diagnostics.error(span, "wrong-type",
                                  std::string(what) + " of type `" + type.name +
                                      "` must be a date field, `" + name + "` is " + describe(*f),
                                  text::did_you_mean(name, known));
            } else {
                return true;
            }
            name.clear();
            return false;
        };
        check_field(type.title_field, type.title_span, "`title`", false);
        const bool one = type.first_moment == type.last_moment;
        bool good = check_field(type.first_moment, type.first_span, "`moment`", true);
        if (!one) good = check_field(type.last_moment, type.last_span, "`moment`", true) && good;
        if (!good) type.first_moment = type.last_moment = {};
        for (auto& field : type.fields)
            check_field(field.otherwise, field.otherwise_span, "`else` of `" + field.name + "`",
                        true);
        std::erase_if(type.always, [&](AlwaysLine& line) {
            bool sound = true;
            for (auto& [name, span] : line.fields)
                sound = check_field(name, span, "`always`", true) && sound;
            return !sound;
        });
    }
    for (auto& type : types_) {
        if (nested.count(type.name) != 0) type.nested = type.plural.empty();
        if (type.plural.empty() && !type.nested && !type.plural_span.valid()) {
            diagnostics.error(type.span, "missing-key", "type `" + type.name + "` has no `plural`",
                              "add `plural:`, the key under which a case file lists these records");
        }
    }
}

// The key of a section of case files: a name, and nobody else's.
void Vocabulary::check_plural(const Type& type, text::Diagnostics& diagnostics) const {
    static const std::vector<std::string> taken{"case",  "include",    "accounts", "identity",
                                                "order", "expect",     "suppress", "pack",
                                                "rules", "vocabulary", "define",   "policies"};
    const auto& plural = type.plural;
    if (plural.empty()) return;
    if (!is_name(plural))
        diagnostics.error(type.plural_span, "bad-name", "`" + plural + "` is no key",
                          "use letters, digits, `-` and `_`, a letter first");
    if (std::find(taken.begin(), taken.end(), plural) != taken.end())
        diagnostics.error(type.plural_span, "reserved-name",
                          "`" + plural + "` is a key of files itself", "choose another plural");
    if (const auto other = find_plural(plural); other.valid()) {
        auto& d = diagnostics.error(
            type.plural_span, "defined-twice",
            "the plural `" + plural + "` is that of type `" + this->type(other).name + "` already",
            "choose another");
        d.related.push_back({this->type(other).plural_span, "first defined here"});
    }
}

TypeId Vocabulary::find(std::string_view name) const {
    for (std::size_t i = 0; i < types_.size(); ++i)
        if (types_[i].name == name) return {static_cast<std::uint32_t>(i)};
    return {};
}

TypeId Vocabulary::find_plural(std::string_view plural) const {
    for (std::size_t i = 0; i < types_.size(); ++i)
        if (!types_[i].plural.empty() && types_[i].plural == plural)
            return {static_cast<std::uint32_t>(i)};
    return {};
}

std::vector<std::string> Vocabulary::names() const {
    std::vector<std::string> out;
    for (const auto& t : types_) out.push_back(t.name);
    return out;
}

std::vector<std::string> Vocabulary::plurals() const {
    std::vector<std::string> out;
    for (const auto& t : types_)
        if (!t.plural.empty()) out.push_back(t.plural);
    return out;
}

bool good_id(std::string_view id) {
    if (id.empty() || id.front() == '-') return false;
    for (const char c : id) {
        const auto u = static_cast<unsigned char>(c);
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
              c == '-' || c == '_' || u >= 0x80))
            return false;
    }
    return true;
}

std::string describe(const Field& field) {
    std::string out;
    switch (field.kind) {
        case FieldKind::day:
            out = "date";
            break;
        case FieldKind::period:
            out = "period";
            break;
        case FieldKind::duration:
            out = "duration";
            break;
        case FieldKind::integer:
            out = "whole number";
            break;
        case FieldKind::number:
            out = "number";
            break;
        case FieldKind::boolean:
            out = "yes or no";
            return field.list ? "a list of yes or no" : out;
        case FieldKind::text:
            out = "text";
            return field.list ? "a list of texts" : out;
        case FieldKind::word: {
            out = "one of ";
            for (std::size_t i = 0; i < field.words.size(); ++i) {
                if (i == 12)
                    return out + " and " + std::to_string(field.words.size() - i) + " more";
                out += (i == 0 ? "" : ", ") + field.words[i];
            }
            return out;
        }
        case FieldKind::reference:
            return field.list ? "a list of references to " + field.target_name + " records"
                              : "a reference to a record of type " + field.target_name;
        case FieldKind::nested:
            return "records of type " + field.target_name + " by name";
    }
    return "a " + out;
}

}  // namespace antinomy::model
