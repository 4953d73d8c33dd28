// What case files hold: records as the vocabulary has them, assertions, and the lists beside.

#include "model/keys.hpp"
#include "report/schema.hpp"
#include "report/schema_parts.hpp"

namespace antinomy::report {

namespace schema {
namespace {

using model::Field;
using model::FieldKind;
using model::Type;
using rule::Packs;

bool dated(const Field& f) {
    return f.kind == FieldKind::day || f.kind == FieldKind::period;
}

std::string definition_of(const Type& type) {
    return "record-" + type.name;
}

// One value, without who says so.
Json plain_value(const Field& f) {
    Json one = text();
    switch (f.kind) {
        case FieldKind::day:
        case FieldKind::period:
            one = {{"type", {"string", "integer"}}};
            break;
        case FieldKind::duration:
            one = {{"type", {"integer", "string"}},
                   {"pattern",
                    "^[0-9]+$|^([0-9]+ (year|month|week|day|hour|minute)s?)"
                    "( [0-9]+ (year|month|week|day|hour|minute)s?)*$"}};
            break;
        case FieldKind::integer:
            one = {{"type", {"integer", "string"}}, {"pattern", "^-?[0-9]+$"}};
            break;
        case FieldKind::number:
            one = {{"type", {"number", "string"}}, {"pattern", "^-?[0-9]+([.][0-9]+)?$"}};
            break;
        case FieldKind::boolean:
            one = yes_no();
            break;
        case FieldKind::word:
            one = words(f.words);
            break;
        default:
            break;
    }
    return f.list ? list(std::move(one)) : one;
}

// With a value, or (`pending`) of a date that has not come.
Json assertion(const Field& f, bool pending = false) {
    text::Keys keys;
    for (const auto& k : model::assertion_keys()) {
        const std::string name = k.name;
        if (name == "closed" && !f.list) continue;
        if ((name == "calendar" || name == "zone") && !dated(f)) continue;
        if (name == "value" && pending) continue;
        if ((name == "pending" || name == "as_of") && !pending) continue;
        keys.push_back(k);
    }
    Json properties{{"state", reference("state")},
                    {"closed", yes_no()},
                    {"calendar", words(model::calendars())}};
    if (pending)
        properties["as_of"] = plain_value(f);
    else
        properties["value"] = plain_value(f);
    return mapping(keys, properties, {pending ? "pending" : "value"});
}

// What kind of field it is: those of one kind share a definition.
std::string definition_of(const Field& f) {
    switch (f.kind) {
        case FieldKind::day:
        case FieldKind::period:
            return "date";
        case FieldKind::duration:
            return "duration";
        case FieldKind::integer:
            return "whole-number";
        case FieldKind::number:
            return "number";
        case FieldKind::boolean:
            return "yes-or-no";
        case FieldKind::text:
        case FieldKind::reference:
            return f.list ? "list" : "text";
        default:
            return {};
    }
}

// A plain value, an assertion, or a list of assertions.
Json field_values(const Field& f) {
    if (!dated(f)) return any_of({plain_value(f), assertion(f), list(assertion(f), 1)});
    const auto either = any_of({assertion(f), assertion(f, true)});
    return any_of({plain_value(f), either, list(either, 1)});
}

Json field(const model::Vocabulary& vocabulary, const Field& f) {
    const auto about = model::describe(f);
    if (f.kind == FieldKind::nested) {
        if (!f.target.valid()) return described(Json::object(), about);
        return described(by_name(reference(definition_of(vocabulary.type(f.target)))), about);
    }
    const auto name = definition_of(f);
    return described(name.empty() ? field_values(f) : reference("field-" + name), about);
}

Json record(const model::Vocabulary& vocabulary, const Type& type) {
    // A field of the name of a key that all records have is the field.
    text::Keys keys;
    for (const auto& k : model::record_keys())
        if (type.field(k.name) == nullptr) keys.push_back(k);
    Json out = mapping(keys, {{"state", reference("state")}});
    Json properties = Json::object();
    for (const auto& f : type.fields) properties[f.name] = field(vocabulary, f);
    properties.update(out["properties"]);
    out["properties"] = std::move(properties);
    out["type"] = {"object", "null"};
    return out;
}

Json rule_ids(const Packs& packs) {
    auto ids = packs.ids();
    for (const auto& r : packs.off()) ids.push_back(r.id);
    for (const auto& [alias, id] : packs.aliases()) ids.push_back(alias);
    return words(ids);
}

Json case_block(const Packs& packs, bool example) {
    text::Keys keys;
    for (const auto& k : model::case_keys())
        if (!example || std::string(k.name) != "packs") keys.push_back(k);
    Json policies = Json::object();
    for (const auto& [name, value] : packs.policies()) policies[name] = policy(name);
    for (const auto& [name, policy] : packs.terms())
        policies[name] = policy.term ? term() : whole_number();
    Given given{{"complete", list(words(packs.vocabulary().plurals()))},
                {"policies",
                 {{"type", "object"}, {"properties", policies}, {"additionalProperties", false}}},
                {"packs", list(text())},
                {"forum", {{"oneOf", {text(), list(text())}}}}};
    if (const auto names = packs.vocabulary().calendars().names(); !names.empty())
        given["working_days"] = words(names);
    return mapping(keys, given,
                   example ? std::vector<std::string>{} : std::vector<std::string>{"id"});
}

Json accounts() {
    Json one =
        mapping(model::account_keys(), {{"role", words(model::roles())}, {"adopts", list(text())}});
    one["type"] = {"object", "null"};
    return by_name(std::move(one));
}

// The key of the list says of which type the two are.
Json identity(const Packs& packs) {
    Json out = mapping(model::identity_keys(), {{"value", words(model::answers())}}, {"value"});
    for (const auto& plural : packs.vocabulary().plurals())
        out["properties"][plural] = pair_of(text());
    out["minProperties"] = 2;
    return out;
}

// Every mapping of a case file may keep something to itself (src/redact).
void add_private(Json& schema) {
    if (!schema.is_structured()) return;
    for (auto& part : schema) add_private(part);
    if (!schema.is_object() || !schema.contains("properties") ||
        !schema.contains("additionalProperties") || schema["additionalProperties"] != false)
        return;
    auto& properties = schema["properties"];
    if (properties.contains("private")) return;
    properties["private"] =
        described(any_of({text(), list(text())}),
                  "what no report shows and no rule reads: a note, the names of keys beside it, or "
                  "in a statement `yes`");
}

}  // namespace

Json case_properties(const Packs& packs, bool example) {
    const auto& vocabulary = packs.vocabulary();
    text::Keys keys;
    for (const auto& k : model::file_keys()) {
        const std::string name = k.name;
        if (!example || (name != "include" && name != "expect")) keys.push_back(k);
    }
    const Given given{
        {"case", case_block(packs, example)},
        {"include", list(text())},
        {"accounts", accounts()},
        {"order", list(any_of({text(), mapping(model::order_keys(), {}, {"value"})}))},
        {"identity", list(identity(packs))},
        {"expect", list(mapping(model::expect_keys(),
                                {{"rule", rule_ids(packs)},
                                 {"accounts", list(text())},
                                 {"verdict", words(model::verdicts())},
                                 {"sources", list(text())}},
                                {"rule"}))},
        {"suppress",
         list(
             mapping(model::suppress_keys(),
                     {{"rule", rule_ids(packs)},
                      {"accounts", list(text())},
                      {"verdict", words(model::silenced_verdicts())},
                      {"fingerprint", {{"type", "string"}, {"pattern", "^[0-9a-f]{6,16}$"}}},
                      {"until", {{"type", "string"}, {"pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}}}},
                     {"rule", "reason"}))}};
    Json out = mapping(keys, given)["properties"];
    for (const auto& type : vocabulary.types())
        if (!type.plural.empty())
            out[type.plural] = described(by_name(reference(definition_of(type))),
                                         "records of type " + type.name + ", by name");
    return out;
}

Json definitions(const Packs& packs) {
    Json out{{"state", words(model::states())}};
    for (const auto& type : packs.vocabulary().types())
        for (const auto& f : type.fields)
            if (const auto name = definition_of(f); !name.empty() && !out.contains("field-" + name))
                out["field-" + name] = field_values(f);
    for (const auto& type : packs.vocabulary().types())
        out[definition_of(type)] = record(packs.vocabulary(), type);
    return out;
}

}  // namespace schema

void print_case_schema(std::ostream& out, const rule::Packs& packs) {
    auto s = schema::head("A case file of Antinomy, or a part that one includes");
    s["type"] = "object";
    s["properties"] = schema::case_properties(packs, false);
    s["$defs"] = schema::definitions(packs);
    for (auto* part : {&s["properties"]["case"], &s["properties"]["accounts"], &s["$defs"]})
        schema::add_private(*part);
    s["additionalProperties"] = false;
    // Not below: of the lists beside, none has it.
    schema::Json whole{{"properties", schema::Json::object()}, {"additionalProperties", false}};
    schema::add_private(whole);
    s["properties"].update(whole["properties"]);
    schema::print(out, s);
}

}  // namespace antinomy::report
