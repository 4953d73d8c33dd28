#include "model/case.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <set>

#include "grammar/edtf.hpp"
#include "grammar/time.hpp"
#include "model/zone.hpp"
#include "text/nearest.hpp"

namespace antinomy::model {

using text::Node;
using text::Span;

namespace {

// Metadata of a whole record or of one assertion.
const std::vector<std::string> kMetaKeys{"by", "source", "speaker", "quote", "state"};
const std::vector<std::string> kAssertionKeys{"value", "by",    "source", "speaker",
                                              "quote", "state", "closed"};
const std::vector<std::string> kCaseKeys{"id",       "title",    "forum", "timezone",
                                         "complete", "policies", "packs", "variant_of"};
const std::vector<std::string> kAccountKeys{"title", "role", "adopts"};
const std::vector<std::string> kExpectKeys{"rule", "at", "accounts", "verdict", "sources"};
const std::vector<std::string> kSuppressKeys{"rule", "at", "reason", "until"};
const std::vector<std::string> kIdentityKeys{"events", "records", "value", "by", "source"};
const std::vector<std::string> kOrderKeys{"value", "by", "source"};
const std::vector<std::string> kStates{"unchallenged", "conceded", "withdrawn", "proposed"};
// Of the design, and not built: refused by name, so that nobody believes them heeded.
const std::vector<std::string> kNotYet{"known_on", "as_known_on", "calendar",
                                       "file",     "documents",   "confidence"};

bool listed(const std::vector<std::string>& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

std::string found(const Node& n) {
    return ", found " + std::string(kind_word(n));
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

struct Meta {
    AccountId by;
    RecordId source;
    RecordId speaker;
    State state = State::plain;
    std::string quote;
};

class Builder {
public:
    Builder(const Vocabulary& vocabulary, text::Diagnostics& diagnostics)
        : vocabulary_(vocabulary), diagnostics_(diagnostics) {}

    Case build(const std::vector<Part>& parts,
               const std::map<std::string, double, std::less<>>& default_policies) {
        case_.policies = default_policies;
        for (const auto& part : parts) read_case_block(part);
        for (const auto& part : parts) read_accounts(*part.root);
        link_adoption();
        for (const auto& part : parts) collect_records(*part.root);
        case_.conventions.approximate_slack = static_cast<int>(policy("approximate_slack", 30));
        case_.conventions.leap_birthday = policy("leap_birthday_february", 0) > 0
                                              ? time::LeapBirthday::february_28
                                              : time::LeapBirthday::march_1;
        case_.conventions.southern = policy("southern_seasons", 0) > 0;
        for (auto& [record, node] : pending_) fill_record(record, *node);
        for (const auto& part : parts) read_lines(*part.root);
        check_anchors();
        check_inside_records();
        return std::move(case_);
    }

private:
    double policy(std::string_view name, double otherwise) const {
        const auto it = case_.policies.find(name);
        return it == case_.policies.end() ? otherwise : it->second;
    }

    text::Diagnostic& error(Span at, std::string code, std::string message, std::string help) {
        return diagnostics_.error(at, std::move(code), std::move(message), std::move(help));
    }

    void unknown_key(const Node& key, std::string_view what,
                     const std::vector<std::string>& known) {
        if (listed(kNotYet, key.text)) {
            error(key.span, "not-supported", "`" + key.text + "` is not supported yet",
                  "leave it out for now");
            return;
        }
        error(key.span, "unknown-key", std::string(what) + " has no key `" + key.text + "`",
              text::did_you_mean(key.text, known));
    }

    // Text of a scalar; an error and nothing otherwise.
    std::optional<std::string> scalar(const Node& n, std::string_view what) {
        if (n.is_scalar()) return n.text;
        error(n.span, "wrong-type", "expected " + std::string(what) + found(n),
              "write " + std::string(what));
        return std::nullopt;
    }

    std::vector<const Node*> scalars(const Node& n, std::string_view what) {
        std::vector<const Node*> out;
        if (!n.is_sequence()) {
            error(n.span, "wrong-type", "expected a list of " + std::string(what) + found(n),
                  "write [a, b]");
            return out;
        }
        for (const auto& item : n.items) {
            if (!item.is_scalar())
                error(item.span, "wrong-type",
                      "expected one of the " + std::string(what) + found(item),
                      "write one an item");
            else
                out.push_back(&item);
        }
        return out;
    }

    void read_case_block(const Part& part) {
        for (const auto& [key, value] : part.root->entries) {
            if (key.text != "case") continue;
            if (!part.main) {
                error(key.span, "case-in-include", "an included file has a `case:` of its own",
                      "move what is shared into a file without `case:` and include that");
                continue;
            }
            case_.span = key.span;
            if (!value.is_mapping()) {
                error(value.span, "wrong-type", "expected the keys of a case" + found(value),
                      "write `case: {id: my-case}`");
                continue;
            }
            for (const auto& [k, v] : value.entries) {
                if (k.text == "id") {
                    if (auto s = scalar(v, "an id")) {
                        case_.id = *s;
                        if (!good_id(*s))
                            error(v.span, "bad-name", "`" + *s + "` is no id",
                                  "use letters of any script, digits, `-` and `_`");
                    }
                } else if (k.text == "title") {
                    if (auto s = scalar(v, "a title")) case_.title = *s;
                } else if (k.text == "forum") {
                    if (auto s = scalar(v, "a jurisdiction")) case_.forum = *s;
                } else if (k.text == "timezone") {
                    if (auto s = scalar(v, "a time zone")) {
                        case_.timezone = *s;
                        if (!known_zone(*s))
                            error(v.span, "unknown-zone",
                                  "`" + *s + "` is no time zone of the system's database",
                                  "write a name such as Asia/Dushanbe");
                    }
                } else if (k.text == "variant_of") {
                    if (auto s = scalar(v, "the id of a case")) case_.variant_of = *s;
                } else if (k.text == "complete") {
                    for (const auto* item : scalars(v, "lists that are closed")) {
                        const auto plurals = vocabulary_.plurals();
                        if (!listed(plurals, item->text))
                            error(item->span, "unknown-list",
                                  "`complete` names `" + item->text +
                                      "`, which is no list of records",
                                  text::did_you_mean(item->text, plurals));
                        else
                            case_.complete.push_back(item->text);
                    }
                } else if (k.text == "packs") {
                    for (const auto* item : scalars(v, "rule packs"))
                        case_.packs.emplace_back(item->text, item->span);
                } else if (k.text == "policies") {
                    read_policies(v);
                } else {
                    unknown_key(k, "`case`", kCaseKeys);
                }
            }
        }
        if (part.main && !part.embedded && case_.id.empty())
            error(case_.span.valid() ? case_.span : part.root->span, "missing-key",
                  "the case has no `id`",
                  "add `id:` under `case:`; reports and fingerprints use it");
    }

    void read_policies(const Node& node) {
        if (!node.is_mapping()) {
            error(node.span, "wrong-type", "expected policies by name" + found(node),
                  "write `policies: {approximate_slack: 30}`");
            return;
        }
        for (const auto& [k, v] : node.entries) {
            if (case_.policies.find(k.text) == case_.policies.end()) {
                std::vector<std::string> known;
                for (const auto& [name, value] : case_.policies) known.push_back(name);
                error(k.span, "unknown-policy", "no rule pack knows the policy `" + k.text + "`",
                      text::did_you_mean(k.text, known));
                continue;
            }
            const auto n = whole_number(v.is_scalar() ? v.text : "");
            if (!n || *n < 0 || *n > 1'000'000) {
                error(v.span, "wrong-type",
                      "policy `" + k.text + "` is a whole number from 0 to 1000000",
                      "write a number");
                continue;
            }
            case_.policies[k.text] = static_cast<double>(*n);
            case_.policy_spans[k.text] = v.span;
        }
    }

    static std::optional<std::int64_t> whole_number(std::string_view s) {
        std::int64_t n = 0;
        if (s.empty() || (s.size() > 1 && s[0] == '0')) return std::nullopt;
        const auto [p, ec] = std::from_chars(s.data(), s.data() + s.size(), n);
        if (ec != std::errc() || p != s.data() + s.size()) return std::nullopt;
        return n;
    }

    // Digits with at most one point: no exponents, no hexadecimal, no leading zeros.
    static std::optional<double> decimal_number(std::string_view s) {
        const auto dot = s.find('.');
        const auto whole = whole_number(s.substr(0, dot));
        if (!whole || *whole > 1'000'000'000'000 || *whole < -1'000'000'000'000)
            return std::nullopt;
        double value = static_cast<double>(*whole);
        if (dot == std::string_view::npos) return value;
        double unit = 0.1;
        const auto rest = s.substr(dot + 1);
        if (rest.empty() || rest.size() > 9) return std::nullopt;
        for (const char c : rest) {
            if (c < '0' || c > '9') return std::nullopt;
            value += (s[0] == '-' ? -1 : 1) * unit * (c - '0');
            unit /= 10;
        }
        return value;
    }

    void read_accounts(const Node& root) {
        const auto* node = root.find("accounts");
        if (node == nullptr) return;
        if (!node->is_mapping()) {
            error(node->span, "wrong-type", "expected accounts by name" + found(*node),
                  "write `accounts: {prosecution: {role: party}}`");
            return;
        }
        for (const auto& [key, value] : node->entries) {
            if (const auto old = case_.find_account(key.text); old.valid()) {
                auto& d = error(key.span, "defined-twice",
                                "account `" + key.text + "` is defined twice", "keep one");
                d.related.push_back({case_.accounts[old.value].span, "first defined here"});
                continue;
            }
            Account account;
            account.id = key.text;
            account.title = key.text;
            account.span = key.span;
            if (!good_id(account.id))
                error(key.span, "bad-name", "`" + key.text + "` is no name of an account",
                      "use letters, digits, `-` and `_`");
            if (!value.is_mapping() && !value.is_null()) {
                error(value.span, "wrong-type", "expected the keys of an account" + found(value),
                      "write `{role: party}`");
            }
            for (const auto& [k, v] : value.entries) {
                if (k.text == "role") {
                    static const std::vector<std::string> roles{"party", "court", "expert",
                                                                "witness", "other"};
                    if (v.text == "party")
                        account.role = Role::party;
                    else if (v.text == "court")
                        account.role = Role::court;
                    else if (!listed(roles, v.text))
                        error(v.span, "unknown-word", "`" + v.text + "` is no role of an account",
                              text::did_you_mean(v.text, roles));
                } else if (k.text == "title") {
                    account.title = v.text;
                } else if (k.text == "adopts") {
                    for (const auto* item : scalars(v, "accounts"))
                        adoptions_.push_back({account.id, item});
                } else {
                    unknown_key(k, "an account", kAccountKeys);
                }
            }
            case_.accounts.push_back(std::move(account));
        }
    }

    void link_adoption() {
        for (const auto& [from, node] : adoptions_) {
            const auto target = account(*node);
            if (target.valid())
                case_.accounts[case_.find_account(from).value].adopts.push_back(target);
        }
        // A circle: walk from each account and look for itself.
        for (std::uint32_t i = 0; i < case_.accounts.size(); ++i) {
            std::vector<std::uint32_t> path{i};
            std::set<std::uint32_t> seen;
            std::function<bool(std::uint32_t)> walk = [&](std::uint32_t at) {
                for (const auto next : case_.accounts[at].adopts) {
                    if (next.value == i) return true;
                    if (!seen.insert(next.value).second) continue;
                    path.push_back(next.value);
                    if (walk(next.value)) return true;
                    path.pop_back();
                }
                return false;
            };
            if (walk(i)) {
                std::string chain;
                for (const auto a : path) chain += case_.accounts[a].id + " adopts ";
                chain += case_.accounts[i].id;
                error(case_.accounts[i].span, "adoption-circle",
                      "accounts adopt one another in a circle: " + chain, "take out one `adopts`");
                case_.accounts[i].adopts.clear();
            }
        }
    }

    AccountId account(const Node& node) {
        if (!node.is_scalar()) {
            error(node.span, "wrong-type", "expected an account" + found(node),
                  "write the account's name");
            return {};
        }
        const auto id = case_.find_account(node.text);
        if (!id.valid()) {
            std::vector<std::string> known;
            for (const auto& a : case_.accounts) known.push_back(a.id);
            error(
                node.span, "unknown-account", "no account `" + node.text + "`",
                known.empty() ? "add it under `accounts:`" : text::did_you_mean(node.text, known));
        }
        return id;
    }

    void collect_records(const Node& root) {
        for (const auto& [key, value] : root.entries) {
            if (listed(reserved_keys(), key.text)) continue;
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

    RecordId add_record(TypeId type_id, const std::string& prefix, RecordId parent,
                        const text::Entry& entry, int depth) {
        const auto& type = vocabulary_.type(type_id);
        Record record;
        record.id = entry.key.text;
        record.path = prefix + record.id;
        record.type = type_id;
        record.parent = parent;
        record.span = entry.key.span;
        if (!good_id(record.id))
            error(entry.key.span, "bad-name", "`" + record.id + "` is no name of a record",
                  "use letters of any script, digits, `-` and `_`");
        if (const auto it = case_.by_path.find(record.path); it != case_.by_path.end()) {
            auto& d =
                error(entry.key.span, "defined-twice", "`" + record.path + "` is defined twice",
                      "keep one; what differs between accounts goes into its fields");
            d.related.push_back({case_.record(it->second).span, "first defined here"});
            return {};
        }
        if (!entry.value.is_mapping() && !entry.value.is_null()) {
            error(entry.value.span, "wrong-type",
                  "expected the fields of a " + type.name + found(entry.value),
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
        if (entry.value.is_mapping() && depth < 8) {
            for (const auto& [key, value] : entry.value.entries) {
                const auto* field = type.field(key.text);
                if (field == nullptr || field->kind != FieldKind::nested || !field->target.valid())
                    continue;
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
    void read_meta(const Node& node, Meta& meta) {
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
                if (!value.is_scalar() || !listed(kStates, value.text)) {
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

    RecordId reference_to(std::string_view type_name, const Node& node) {
        const auto type = vocabulary_.find(type_name);
        if (!type.valid()) {
            error(node.span, "unknown-type",
                  "no pack in use has a type `" + std::string(type_name) + "`",
                  "add it to the vocabulary");
            return {};
        }
        return reference(type, node);
    }

    RecordId reference(TypeId type, const Node& node) {
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
        const auto elsewhere = case_.by_id.find(node.text);
        if (elsewhere != case_.by_id.end() && !elsewhere->second.empty()) {
            const auto& other = case_.record(elsewhere->second.front());
            auto& d = error(node.span, "wrong-type",
                            "`" + node.text + "` is a record of type " +
                                vocabulary_.type(other.type).name + ", expected one of type " +
                                vocabulary_.type(type).name,
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

    std::string short_name(const Record& r) const {
        return r.parent.valid() ? case_.record(r.parent).id + "." + r.id : r.id;
    }

    void fill_record(RecordId id, const Node& node) {
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
                if (listed(kMetaKeys, key.text)) continue;
                std::vector<std::string> known;
                for (const auto& f : type.fields) known.push_back(f.name);
                for (const auto& k : kMetaKeys) known.push_back(k);
                unknown_key(key, article(type.name), known);
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

    static std::string article(const std::string& noun) {
        return std::string("aeiou").find(noun[0]) == std::string::npos ? "a " + noun : "an " + noun;
    }

    void read_record_meta(const Node& node, const Type& type, Meta& meta) {
        // A vocabulary may have a field of the same name; then it is the field.
        Node own;
        own.kind = text::NodeKind::mapping;
        for (const auto& entry : node.entries)
            if (listed(kMetaKeys, entry.key.text) && type.field(entry.key.text) == nullptr)
                own.entries.push_back(entry);
        read_meta(own, meta);
    }

    void fill_field(RecordId id, std::uint32_t index, const Node& key, const Node& node,
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
        a.span = node.span;
        if (read_value(field, node, a.value)) push(std::move(a), &node);
    }

    void fill_assertion(RecordId id, std::uint32_t index, const Field& field, const Node& node,
                        const Meta& record_meta) {
        const auto* value = node.find("value");
        for (const auto& [k, v] : node.entries)
            if (!listed(kAssertionKeys, k.text)) unknown_key(k, "an assertion", kAssertionKeys);
        if (value == nullptr) {
            error(
                node.span, "wrong-type",
                "`" + field.name + "` is " + describe(field) + ", found a mapping without `value`",
                "write the value, or {value: ..., by: ..., source: ...}");
            return;
        }
        Meta meta = record_meta;
        meta.quote.clear();
        if (node.find("by") != nullptr) meta.state = State::plain;
        read_meta(node, meta);
        if (value->is_null()) {
            error(node.span, "missing-value", "`value` has nothing after it",
                  "write one, or leave the assertion out");
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
                error(closed->span, "wrong-type",
                      "`closed` is yes or no, found `" + closed->text + "`", "write `closed: yes`");
        }
        if (read_value(field, *value, a.value)) push(std::move(a), value);
    }

    static std::optional<bool> truth(std::string_view s) {
        if (s == "yes" || s == "true") return true;
        if (s == "no" || s == "false") return false;
        return std::nullopt;
    }

    void push(Assertion a, const Node* node) {
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
        list.push_back({static_cast<std::uint32_t>(case_.assertions.size())});
        case_.assertions.push_back(std::move(a));
    }

    std::string path_of(const Assertion& a) const {
        const auto& r = case_.record(a.record);
        return r.path + "." + vocabulary_.type(r.type).fields[a.field].name;
    }

    bool read_value(const Field& field, const Node& node, Value& value) {
        if (field.list) return read_list(field, node, value);
        if (!node.is_scalar()) {
            auto& d = error(node.span, "wrong-type",
                            "`" + field.name + "` is " + describe(field) + found(node),
                            "write a single value");
            if (node.is_sequence() &&
                (field.kind == FieldKind::day || field.kind == FieldKind::period))
                d.help = "quote an EDTF set: \"[2014-10-09, 2014-11-10]\"";
            return false;
        }
        value.written = node.text;
        switch (field.kind) {
            case FieldKind::day:
            case FieldKind::period:
                return read_time(field, node, value);
            case FieldKind::integer:
            case FieldKind::duration: {
                std::string_view s = node.text;
                if (field.kind == FieldKind::duration) {
                    for (const char* unit : {" days", " day"})
                        if (s.size() > std::string_view(unit).size() &&
                            s.substr(s.size() - std::string_view(unit).size()) == unit)
                            s = s.substr(0, s.size() - std::string_view(unit).size());
                }
                const auto n = whole_number(s);
                if (!n)
                    return wrong(field, node,
                                 field.kind == FieldKind::duration
                                     ? "write days: `30 days`"
                                     : "write digits only, without leading zeros");
                value.number = static_cast<double>(*n);
                return true;
            }
            case FieldKind::number: {
                const auto n = decimal_number(node.text);
                if (!n) return wrong(field, node, "write digits, with a point if need be");
                value.number = *n;
                return true;
            }
            case FieldKind::boolean: {
                const auto b = truth(node.text);
                if (!b) return wrong(field, node, "write yes or no");
                value.boolean = *b;
                return true;
            }
            case FieldKind::text:
                value.texts = {node.text};
                return true;
            case FieldKind::word:
                if (!listed(field.words, node.text))
                    return wrong(field, node, text::did_you_mean(node.text, field.words));
                value.texts = {node.text};
                return true;
            case FieldKind::reference: {
                const auto r = reference(field.target, node);
                if (!r.valid()) return false;
                value.records = {r};
                return true;
            }
            case FieldKind::nested:
                return false;
        }
        return false;
    }

    bool wrong(const Field& field, const Node& node, std::string help) {
        error(node.span, "wrong-type",
              "`" + field.name + "` is " + describe(field) + ", found `" + node.text + "`",
              std::move(help));
        return false;
    }

    bool read_list(const Field& field, const Node& node, Value& value) {
        if (!node.is_sequence()) {
            error(node.span, "wrong-type",
                  "`" + field.name + "` is " + describe(field) + found(node), "write [a, b]");
            return false;
        }
        bool good = true;
        for (const auto& item : node.items) {
            if (field.kind == FieldKind::reference) {
                const auto r = reference(field.target, item);
                if (!r.valid()) {
                    good = false;
                    continue;
                }
                value.records.push_back(r);
            } else {
                if (!item.is_scalar()) {
                    error(item.span, "wrong-type", "expected a text" + found(item),
                          "write one text an item");
                    good = false;
                    continue;
                }
                value.texts.push_back(item.text);
            }
            value.item_spans.push_back(item.span);
            value.written += (value.written.empty() ? "" : ", ") + item.text;
        }
        return good;
    }

    bool read_time(const Field& field, const Node& node, Value& value) {
        auto parsed = grammar::parse_time(node.text);
        if (auto* e = std::get_if<grammar::SyntaxError>(&parsed)) {
            error(node.inside(e->range.begin, e->range.end), "bad-date",
                  e->message + " in `" + node.text + "`",
                  e->help.empty() ? "write a date as 2014-09-30, 2014-11 or `10 days after ban`"
                                  : e->help);
            return false;
        }
        value.time = std::move(std::get<grammar::TimeExpression>(parsed));
        const auto* edtf = std::get_if<grammar::Edtf>(&value.time->value);
        if (edtf == nullptr) {
            if (field.kind == FieldKind::period) {
                error(node.span, "not-supported",
                      "a period relative to another point is not supported yet",
                      "use two date fields, or an absolute period");
                return false;
            }
            return true;
        }
        auto conventions = case_.conventions;
        if (!case_.timezone.empty()) {
            if (const auto* date = std::get_if<grammar::EdtfDate>(edtf);
                date != nullptr && date->clock && !date->clock->offset_minutes)
                conventions.zone_offset_minutes = zone_offset(case_.timezone, *date);
        }
        value.absolute = true;
        const auto report = [&](const time::CalendarError& e) {
            error(node.inside(e.range.begin, e.range.end), "bad-date", e.message,
                  e.help.empty() ? "write a day that exists" : e.help);
            return false;
        };
        if (field.kind == FieldKind::day) {
            auto day = time::day_of(*edtf, conventions);
            if (auto* e = std::get_if<time::CalendarError>(&day)) return report(*e);
            value.day = std::get<time::StatedDay>(day);
        } else {
            auto period = time::period_of(*edtf, conventions);
            if (auto* e = std::get_if<time::CalendarError>(&period)) return report(*e);
            value.period = std::get<time::StatedPeriod>(period);
        }
        return true;
    }

    void read_lines(const Node& root) {
        for (const auto& [key, value] : root.entries) {
            if (key.text == "order")
                read_orders(value);
            else if (key.text == "identity")
                read_identities(value);
            else if (key.text == "expect")
                read_expectations(value);
            else if (key.text == "suppress")
                read_suppressions(value);
        }
    }

    void read_orders(const Node& node) {
        if (!node.is_sequence()) {
            error(node.span, "wrong-type", "expected a list of lines" + found(node),
                  "write `order: [\"a before b\"]`");
            return;
        }
        for (const auto& item : node.items) {
            const Node* line = &item;
            OrderAssertion order;
            if (item.is_mapping()) {
                for (const auto& [k, v] : item.entries)
                    if (!listed(kOrderKeys, k.text)) unknown_key(k, "an order line", kOrderKeys);
                line = item.find("value");
                if (line == nullptr) {
                    error(item.span, "missing-key", "an order line has no `value`",
                          "write {value: a before b, by: ...}");
                    continue;
                }
                Meta meta;
                read_meta(item, meta);
                order.by = meta.by;
                order.source = meta.source;
            }
            if (!line->is_scalar()) {
                error(line->span, "wrong-type",
                      "expected a line such as `a before b`" + found(*line), "write `a before b`");
                continue;
            }
            auto parsed = grammar::parse_order(line->text);
            if (auto* e = std::get_if<grammar::SyntaxError>(&parsed)) {
                error(line->inside(e->range.begin, e->range.end), "bad-order",
                      e->message + " in `" + line->text + "`",
                      e->help.empty() ? "write `a before b`" : e->help);
                continue;
            }
            order.line = std::move(std::get<grammar::OrderLine>(parsed));
            order.text = line->text;
            order.span = line->span;
            order.index = case_.orders.size();
            bool good = true;
            for (const auto& name : order.line.points) {
                std::string why;
                const auto point = resolve_point(vocabulary_, case_, name, {}, &why);
                if (!point) {
                    error(line->inside(name.range.begin, name.range.end), "unknown-reference", why,
                          help_for_point(name));
                    good = false;
                    continue;
                }
                order.points.push_back(*point);
            }
            if (good) case_.orders.push_back(std::move(order));
        }
    }

    std::string help_for_point(const grammar::PointName& name) const {
        std::vector<std::string> known;
        for (const auto& r : case_.records)
            if (!vocabulary_.type(r.type).first_moment.empty()) known.push_back(r.id);
        return text::did_you_mean(name.parts.front(), known);
    }

    void read_identities(const Node& node) {
        if (!node.is_sequence()) {
            error(node.span, "wrong-type", "expected a list" + found(node),
                  "write `identity: [{events: [a, b], value: unknown}]`");
            return;
        }
        for (const auto& item : node.items) {
            if (!item.is_mapping()) {
                error(item.span, "wrong-type",
                      "expected {events: [a, b], value: ...}" + found(item), "write it so");
                continue;
            }
            Identity identity;
            identity.span = item.span;
            TypeId type;
            const Node* list = nullptr;
            for (const auto& [k, v] : item.entries) {
                if (k.text == "value" || k.text == "by" || k.text == "source") continue;
                const auto t = vocabulary_.find_plural(k.text);
                if (!t.valid()) {
                    auto known = vocabulary_.plurals();
                    for (const auto& key : kIdentityKeys) known.push_back(key);
                    unknown_key(k, "an identity", known);
                    continue;
                }
                type = t;
                list = &v;
            }
            Meta meta;
            read_meta(item, meta);
            identity.by = meta.by;
            identity.source = meta.source;
            if (const auto* v = item.find("value")) {
                identity.span = v->span;
                if (v->text == "yes")
                    identity.value = Answer::yes;
                else if (v->text == "no")
                    identity.value = Answer::no;
                else if (v->text != "unknown")
                    error(v->span, "unknown-word",
                          "an identity is yes, no or unknown, found `" + v->text + "`",
                          "write one of these");
            }
            if (list == nullptr || !list->is_sequence() || list->items.size() != 2) {
                error(item.span, "wrong-type", "an identity names two records of one type",
                      "write {events: [a, b], value: unknown}");
                continue;
            }
            identity.a = reference(type, list->items[0]);
            identity.b = reference(type, list->items[1]);
            if (!identity.a.valid() || !identity.b.valid()) continue;
            if (identity.a == identity.b) {
                error(list->span, "same-record", "an identity names one record twice",
                      "name two records");
                continue;
            }
            case_.identities.push_back(identity);
        }
    }

    void read_expectations(const Node& node) {
        if (!node.is_sequence()) {
            error(node.span, "wrong-type", "expected a list" + found(node),
                  "write `expect: [{rule: ..., verdict: none}]`");
            return;
        }
        for (const auto& item : node.items)
            if (auto e = read_expectation(item)) case_.expectations.push_back(std::move(*e));
    }

    std::optional<Expectation> read_expectation(const Node& item) {
        if (!item.is_mapping()) {
            error(item.span, "wrong-type",
                  "expected {rule: ..., at: ..., verdict: ...}" + found(item), "write it so");
            return std::nullopt;
        }
        Expectation e;
        e.span = item.span;
        e.verdict = "certain";
        for (const auto& [k, v] : item.entries) {
            if (k.text == "rule") {
                e.rule = v.text;
                e.span = v.span;
            } else if (k.text == "at") {
                e.at = v.text;
                if (!at_exists(v.text))
                    error(v.span, "unknown-reference",
                          "`at` names `" + v.text + "`, which is no record of this case",
                          near_paths(v.text));
            } else if (k.text == "accounts") {
                e.has_accounts = true;
                for (const auto* a : scalars(v, "accounts"))
                    if (account(*a).valid()) e.accounts.push_back(a->text);
            } else if (k.text == "verdict") {
                static const std::vector<std::string> words{"certain", "possible", "none", "gap"};
                e.verdict = v.text;
                if (!listed(words, v.text))
                    error(v.span, "unknown-word", "`" + v.text + "` is no verdict",
                          text::did_you_mean(v.text, words));
            } else if (k.text == "sources") {
                const auto type = vocabulary_.find("source");
                for (const auto* s : scalars(v, "sources"))
                    if (type.valid() && reference(type, *s).valid()) e.sources.push_back(s->text);
            } else {
                unknown_key(k, "an expectation", kExpectKeys);
            }
        }
        if (e.rule.empty()) {
            error(item.span, "missing-key", "an expectation names no rule", "add `rule:`");
            return std::nullopt;
        }
        std::sort(e.accounts.begin(), e.accounts.end());
        return e;
    }

    bool at_exists(const std::string& at) const {
        // A record, or a field of one.
        std::string path = at;
        while (!path.empty()) {
            if (case_.by_path.count(path) != 0) return true;
            const auto dot = path.rfind('.');
            if (dot == std::string::npos) break;
            path.resize(dot);
        }
        return at.rfind("order", 0) == 0 || at.rfind("accounts.", 0) == 0;
    }

    std::string near_paths(const std::string& at) const {
        std::vector<std::string> known;
        for (const auto& r : case_.records) known.push_back(r.path);
        return text::did_you_mean(at, known);
    }

    void read_suppressions(const Node& node) {
        if (!node.is_sequence()) {
            error(node.span, "wrong-type", "expected a list" + found(node),
                  "write `suppress: [{rule: ..., reason: ...}]`");
            return;
        }
        for (const auto& item : node.items) {
            if (!item.is_mapping()) {
                error(item.span, "wrong-type", "expected {rule: ..., reason: ...}" + found(item),
                      "write it so");
                continue;
            }
            Suppression s;
            s.span = item.span;
            for (const auto& [k, v] : item.entries) {
                if (k.text == "rule") {
                    s.rule = v.text;
                    s.span = v.span;
                } else if (k.text == "at") {
                    s.at = v.text;
                    if (!at_exists(v.text))
                        error(v.span, "unknown-reference",
                              "`at` names `" + v.text + "`, which is no record of this case",
                              near_paths(v.text));
                } else if (k.text == "reason") {
                    s.reason = v.text;
                } else if (k.text == "until") {
                    error(k.span, "not-supported", "`until` of a suppression is not supported yet",
                          "leave it out for now");
                } else {
                    unknown_key(k, "a suppression", kSuppressKeys);
                }
            }
            if (s.rule.empty())
                error(item.span, "missing-key", "a suppression names no rule", "add `rule:`");
            else if (s.reason.empty())
                error(s.span, "missing-key", "a suppression gives no reason", "add `reason:`");
            else
                case_.suppressions.push_back(std::move(s));
        }
    }

    // Anchors of relative values: known now that all records are.
    void check_anchors() {
        for (auto& a : case_.assertions) {
            if (!a.value.time) continue;
            std::vector<const grammar::PointName*> names;
            const auto look = [&](const grammar::Anchor& anchor) {
                if (const auto* n = std::get_if<grammar::PointName>(&anchor)) names.push_back(n);
            };
            std::visit(
                [&](const auto& v) {
                    using T = std::decay_t<decltype(v)>;
                    if constexpr (std::is_same_v<T, grammar::Between>) {
                        look(v.first);
                        look(v.last);
                    } else if constexpr (!std::is_same_v<T, grammar::Edtf>) {
                        look(v.anchor);
                    }
                },
                a.value.time->value);
            for (const auto* name : names) {
                std::string why;
                if (!resolve_point(vocabulary_, case_, *name, {}, &why)) {
                    // The range is of the scalar's text; spans of assertions are whole scalars, so
                    // point there.
                    error(a.span, "unknown-reference", why + " in `" + a.value.written + "`",
                          help_for_point(*name));
                    a.state = State::withdrawn;
                    a.value.time.reset();
                    break;
                }
            }
        }
    }

    // An end that certainly lies before its start within one account is an error of the file
    // (time.md, 9).
    void check_inside_records() {
        for (const auto& record : case_.records) {
            const auto& type = vocabulary_.type(record.type);
            for (const auto& line : type.always) {
                auto parsed = grammar::parse_order(line.text);
                const auto* order = std::get_if<grammar::OrderLine>(&parsed);
                if (order == nullptr || order->points.size() != 2) continue;
                if (order->points[0].parts.size() != 1 || order->points[1].parts.size() != 1)
                    continue;
                const auto f = type.field_index(order->points[0].parts[0]);
                const auto g = type.field_index(order->points[1].parts[0]);
                if (f == SIZE_MAX || g == SIZE_MAX) continue;
                const auto kind = order->relations[0].kind;
                for (const auto x : record.fields[f]) {
                    for (const auto y : record.fields[g]) {
                        const auto& a = case_.assertion(x);
                        const auto& b = case_.assertion(y);
                        if (a.by != b.by || a.source != b.source || !a.value.absolute ||
                            !b.value.absolute)
                            continue;
                        if (a.value.day.doubtful || b.value.day.doubtful ||
                            a.value.day.days.empty() || b.value.day.days.empty())
                            continue;
                        const auto first = a.value.day.days.hull();
                        const auto last = b.value.day.days.hull();
                        const bool bad = kind == grammar::OrderRelation::Kind::not_after
                                             ? first.first > last.last
                                         : kind == grammar::OrderRelation::Kind::before
                                             ? first.first >= last.last
                                             : false;
                        if (!bad) continue;
                        auto& d =
                            error(b.span, "end-before-start",
                                  "`" + record.path + "." + type.fields[g].name + "` (" +
                                      b.value.written + ") lies before `" + type.fields[f].name +
                                      "` (" + a.value.written + ")",
                                  "by its meaning, " + line.text + ": correct one of the two");
                        d.related.push_back({a.span, "`" + type.fields[f].name + "` stands here"});
                    }
                }
            }
        }
    }

    const Vocabulary& vocabulary_;
    text::Diagnostics& diagnostics_;
    Case case_;
    std::vector<std::pair<std::string, const Node*>> adoptions_;
    std::vector<std::pair<RecordId, const Node*>> pending_;
    std::vector<Assertion> nested_;
    bool has_by_ = false;
};

}  // namespace

std::string_view word(State state) {
    switch (state) {
        case State::plain:
            return "";
        case State::unchallenged:
            return "unchallenged";
        case State::conceded:
            return "conceded";
        case State::withdrawn:
            return "withdrawn";
        case State::proposed:
            return "proposed";
    }
    return "";
}

const std::vector<std::string>& reserved_keys() {
    static const std::vector<std::string> keys{"case",  "include", "accounts", "identity",
                                               "order", "expect",  "suppress"};
    return keys;
}

AccountId Case::find_account(std::string_view wanted) const {
    for (std::uint32_t i = 0; i < accounts.size(); ++i)
        if (accounts[i].id == wanted) return {i};
    return {};
}

RecordId Case::find(std::string_view path) const {
    if (const auto it = by_path.find(std::string(path)); it != by_path.end()) return it->second;
    if (const auto it = by_id.find(std::string(path)); it != by_id.end() && it->second.size() == 1)
        return it->second.front();
    return {};
}

RecordId Case::find_in(TypeId type, std::string_view name) const {
    if (const auto it = by_path.find(std::string(name)); it != by_path.end())
        return record(it->second).type == type ? it->second : RecordId{};
    const auto dot = name.rfind('.');
    const auto last = dot == std::string_view::npos ? name : name.substr(dot + 1);
    const auto it = by_id.find(std::string(last));
    if (it == by_id.end()) return {};
    RecordId match;
    for (const auto r : it->second) {
        const auto& rec = record(r);
        if (rec.type != type) continue;
        if (dot != std::string_view::npos &&
            (!rec.parent.valid() || record(rec.parent).id != name.substr(0, dot)))
            continue;
        if (match.valid()) return {};  // two nested records of that name: the parent must be named
        match = r;
    }
    return match;
}

bool Case::is_complete(std::string_view list) const {
    return std::find(complete.begin(), complete.end(), list) != complete.end();
}

std::vector<AccountId> Case::adopted(AccountId account) const {
    std::vector<AccountId> out;
    const std::function<void(AccountId)> walk = [&](AccountId a) {
        if (std::find(out.begin(), out.end(), a) != out.end()) return;
        out.push_back(a);
        for (const auto next : accounts[a.value].adopts) walk(next);
    };
    if (account.valid()) walk(account);
    return out;
}

std::optional<PointRef> resolve_point(const Vocabulary& vocabulary, const Case& file,
                                      const grammar::PointName& name, RecordId context,
                                      std::string* why) {
    const auto field_point = [&](RecordId r, const Type& type,
                                 std::size_t at) -> std::optional<PointRef> {
        const auto index = type.field_index(name.parts[at]);
        if (index == SIZE_MAX) {
            std::vector<std::string> known;
            for (const auto& f : type.fields)
                if (f.kind == FieldKind::day || f.kind == FieldKind::period)
                    known.push_back(f.name);
            if (why != nullptr)
                *why = "a record of type " + type.name + " has no field `" + name.parts[at] + "` (dates: " +
                       (known.empty() ? "none" : [&] {
                           std::string s;
                           for (const auto& k : known) s += (s.empty() ? "" : ", ") + k;
                           return s;
                       }()) + ")";
            return std::nullopt;
        }
        const auto& field = type.fields[index];
        const auto i = static_cast<std::uint32_t>(index);
        if (field.kind == FieldKind::day && at + 1 == name.parts.size())
            return PointRef{r, i, 0, i, 0};
        if (field.kind == FieldKind::period) {
            if (at + 1 == name.parts.size()) return PointRef{r, i, 0, i, 1};
            if (at + 2 == name.parts.size() && name.parts[at + 1] == "start")
                return PointRef{r, i, 0, i, 0};
            if (at + 2 == name.parts.size() && name.parts[at + 1] == "end")
                return PointRef{r, i, 1, i, 1};
        }
        if (why != nullptr)
            *why = "`" + name.parts[at] + "` of a " + type.name + " is " + describe(field) +
                   ", expected a date";
        return std::nullopt;
    };
    if (context.valid()) return field_point(context, vocabulary.type(file.record(context).type), 0);
    const auto moment = [&](RecordId r) -> std::optional<PointRef> {
        const auto& type = vocabulary.type(file.record(r).type);
        if (type.first_moment.empty()) {
            if (why != nullptr)
                *why = "a record of type " + type.name +
                       " stands for no day by itself: name one of its dates";
            return std::nullopt;
        }
        const auto f = static_cast<std::uint32_t>(type.field_index(type.first_moment));
        const auto l = static_cast<std::uint32_t>(type.field_index(type.last_moment));
        return PointRef{r, f, 0, l, type.fields[l].kind == FieldKind::period ? 1u : 0u};
    };
    std::size_t at = 0;
    TypeId type;
    if (name.parts.size() > 1) {
        type = vocabulary.find_plural(name.parts[0]);
        if (type.valid()) at = 1;
    }
    RecordId r;
    if (type.valid()) {
        r = file.find_in(type, name.parts[at]);
    } else {
        const auto it = file.by_id.find(name.parts[0]);
        if (it != file.by_id.end()) {
            // Several types may have a record of that name: those that stand for a day (or have the
            // field) count.
            std::vector<RecordId> fit;
            for (const auto c : it->second) {
                const auto& t = vocabulary.type(file.record(c).type);
                if (name.parts.size() == 1 ? !t.first_moment.empty()
                                           : t.field(name.parts[1]) != nullptr)
                    fit.push_back(c);
            }
            if (fit.size() > 1) {
                if (why != nullptr)
                    *why = "`" + name.parts[0] + "` may be " + file.record(fit[0]).path + " or " +
                           file.record(fit[1]).path + ": write it out";
                return std::nullopt;
            }
            r = fit.empty() ? it->second.front() : fit.front();
        }
    }
    if (!r.valid()) {
        if (why != nullptr) *why = "no record `" + name.parts[at] + "`";
        return std::nullopt;
    }
    if (at + 1 == name.parts.size()) return moment(r);
    return field_point(r, vocabulary.type(file.record(r).type), at + 1);
}

Case build_case(const Vocabulary& vocabulary, const std::vector<Part>& parts,
                text::Diagnostics& diagnostics,
                const std::map<std::string, double, std::less<>>& default_policies) {
    return Builder(vocabulary, diagnostics).build(parts, default_policies);
}

}  // namespace antinomy::model
