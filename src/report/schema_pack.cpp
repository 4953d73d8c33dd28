// What rule packs hold: vocabulary, policies, defines, calendars, rules.

#include "model/keys.hpp"
#include "report/schema.hpp"
#include "report/schema_parts.hpp"
#include "rule/keys.hpp"
#include "rule/language.hpp"
#include "time/conventions.hpp"

namespace antinomy::report {

namespace schema {
namespace {

using rule::Packs;

// Of a field, of a parameter: the language's own types and those of the packs are offered; a pack
// that is being written may have others.
Json type_name(const Packs& packs) {
    auto known = text::names_of(model::type_words());
    for (auto& name : packs.vocabulary().names()) known.push_back(std::move(name));
    return any_of({words(known), text()});
}

Json vocabulary(const Packs& packs) {
    const auto name = type_name(packs);
    Json field = mapping(model::field_keys(), {{"type", name},
                                               {"list", name},
                                               {"nested", name},
                                               {"words", list(text())},
                                               {"lasts", list(text())}});
    field["anyOf"] = Json::array();
    for (const char* key : {"type", "list", "nested", "words"})
        field["anyOf"].push_back({{"required", {key}}});
    const auto fields = by_name(any_of({name, list(text()), field}));
    return by_name(mapping(model::type_keys(), {{"moment", any_of({text(), pair_of(text())})},
                                                {"fields", fields},
                                                {"always", list(text())}}));
}

Json day() {
    return {{"type", "string"}, {"pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}};
}

Json citations() {
    const auto citation =
        mapping(rule::citation_keys(), {{"status", words(rule::statuses())}}, {"cite"});
    return list(any_of({text(), citation}));
}

Json policies() {
    const auto with_about = [](const Json& value) {
        Json one = mapping(rule::policy_keys(), {{"value", value}}, {"value"});
        one["properties"].erase("values");
        return any_of({value, std::move(one)});
    };
    const auto number = any_of({whole_number(), term()});
    Json on_days =
        mapping(rule::dated_keys(),
                {{"from", day()}, {"to", day()}, {"value", number}, {"basis", citations()}},
                {"value", "basis"});
    Json dated =
        mapping(rule::policy_keys(), {{"values", list(std::move(on_days), 1)}}, {"values"});
    dated["properties"].erase("value");
    auto any = with_about(number);
    any["anyOf"].push_back(std::move(dated));
    Json out{{"type", "object"}, {"additionalProperties", std::move(any)}};
    for (const char* own : {"approximate_slack", "southern_seasons"})
        out["properties"][own] = with_about(whole_number());
    for (const auto& convention : time::kConventionTable)
        out["properties"][convention.name] = with_about(policy(convention.name));
    return out;
}

Json pack_head() {
    const Json base = any_of({text(), mapping(rule::extends_keys(), {}, {"pack"})});
    return mapping(rule::pack_keys(), {{"extends", list(base)}, {"verified_on", day()}}, {"id"});
}

// Rules of the packs in use are offered; a pack that is being written may extend others.
Json overrides(const Packs& packs) {
    auto known = text::names_of(rule::severities());
    known.emplace_back("off");
    const Json severity = words(known);
    Json one =
        any_of({severity, mapping(rule::override_keys(), {{"severity", severity}}, {"severity"})});
    Json out{{"type", "object"}, {"properties", Json::object()}, {"additionalProperties", one}};
    for (const auto& r : packs.rules()) out["properties"][r.id] = described(one, r.title);
    return out;
}

Json defines(const Packs& packs) {
    Json one = mapping(rule::define_keys(),
                       {{"given", by_name(type_name(packs))},
                        {"cases", list(mapping(rule::define_case_keys(), {}, {"when", "is"}), 1)}});
    one["oneOf"] = {{{"required", {"is"}}}, {{"required", {"cases"}}}};
    return by_name(std::move(one));
}

Json calendars() {
    const auto year = Json{{"type", {"integer", "string"}}, {"pattern", "^[0-9]+$"}};
    const auto days = list(any_of({text(), mapping(model::holiday_keys(), {}, {"day"})}));
    return by_name(mapping(model::calendar_keys(),
                           {{"years", pair_of(year)},
                            {"free", list(text())},
                            {"holidays", days},
                            {"worked", days},
                            {"moved_on", yes_no()},
                            {"basis", list(mapping(model::source_keys()))}},
                           {"years", "free"}));
}

Json group_exception(const Packs& packs) {
    return mapping(rule::group_exception_keys(),
                   {{"to", any_of({text(), list(text(), 1)})},
                    {"given", by_name(type_name(packs))},
                    {"unless", reference("exceptions")}},
                   {"to", "when"});
}

Json example(const Packs& packs) {
    const Json file{{"type", "object"},
                    {"properties", case_properties(packs, true)},
                    {"additionalProperties", false}};
    const auto expected = mapping(
        rule::expected_keys(), {{"verdict", words(model::verdicts())}, {"accounts", list(text())}});
    return mapping(rule::example_keys(), {{"case", file}, {"expect", list(expected)}},
                   {"name", "case", "expect"});
}

Json between() {
    Json named = mapping(rule::between_keys(),
                         {{"accounts", pair_of(text())}, {"sources", pair_of(text())}});
    named["minProperties"] = 1;
    named["maxProperties"] = 1;
    return any_of({pair_of(text()), std::move(named)});
}

Json rule_schema() {
    // Two of a list have two names: "a, b".
    Json bindings = by_name(text());
    const std::string name = bindings["propertyNames"]["pattern"];
    const auto one = name.substr(1, name.size() - 2);
    bindings["propertyNames"]["pattern"] = "^" + one + "( *, *" + one + ")?$";
    bindings["minProperties"] = 1;
    return mapping(
        rule::rule_keys(),
        {{"kind", words(rule::kinds())},
         {"severity", words(rule::severities())},
         {"about", words(rule::abouts())},
         {"reaches", words(rule::reaches())},
         {"presumption", yes_no()},
         {"mandatory", yes_no()},
         {"aliases", any_of({text(), list(text())})},
         {"group", any_of({text(), list(text())})},
         {"over", list(any_of({text(), mapping(rule::over_keys(), {{"by", words(rule::ranks())}},
                                               {"rule"})}))},
         {"between", between()},
         {"for", std::move(bindings)},
         {"among",
          mapping(rule::among_keys(), {{"alike", list(text(), 1)}, {"at_least", whole_number()}},
                  {"name", "alike", "value"})},
         {"unless", reference("exceptions")},
         {"basis", citations()},
         {"tests", list(reference("example"))},
         {"survives", list(mapping(rule::survivor_keys(), {}, {"change", "because"}))}},
        {"id", "for", "require", "message"});
}

// One text, or one for each language.
void add_languages(Json& schema) {
    if (!schema.is_structured()) return;
    for (auto& part : schema) add_languages(part);
    if (!schema.is_object() || !schema.contains("properties")) return;
    for (auto& [name, value] : schema["properties"].items()) {
        if (!rule::has_languages(name) || value.value("type", Json()) != text()["type"]) continue;
        Json each{{"type", "object"},
                  {"propertyNames", {{"pattern", "^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$"}}},
                  {"additionalProperties", text()},
                  {"required", {"en"}}};
        value = described(any_of({text(), std::move(each)}), value["description"]);
    }
}

}  // namespace
}  // namespace schema

void print_pack_schema(std::ostream& out, const rule::Packs& packs) {
    using namespace schema;
    auto s = head("A rule pack of Antinomy");
    const auto file = mapping(rule::top_keys(),
                              {{"pack", pack_head()},
                               {"vocabulary", vocabulary(packs)},
                               {"policies", policies()},
                               {"define", defines(packs)},
                               {"calendars", calendars()},
                               {"override", overrides(packs)},
                               {"exceptions", list(group_exception(packs))},
                               {"rules", list(rule_schema())}},
                              {"pack"});
    s.update(file);
    for (const char* part : {"pack", "policies", "override", "exceptions", "rules"})
        add_languages(s["properties"][part]);
    s["$defs"] = definitions(packs);
    s["$defs"]["example"] = example(packs);
    s["$defs"]["exceptions"] =
        list(mapping(rule::exception_keys(), {{"unless", reference("exceptions")}}, {"when"}));
    add_languages(s["$defs"]["exceptions"]);
    print(out, s);
}

}  // namespace antinomy::report
