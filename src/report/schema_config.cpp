#include "config/keys.hpp"
#include "report/formats.hpp"
#include "report/schema.hpp"
#include "report/schema_parts.hpp"
#include "rule/builtin.hpp"

namespace antinomy::report {

void print_config_schema(std::ostream& out, const rule::Packs& packs) {
    using namespace schema;
    // Rules of packs that this one does not know may be meant: names are offered, not required.
    Json rule = any_of({Json{{"enum", packs.ids()}}, text()});
    Json weights{{"type", "object"}, {"properties", Json::object()}};
    for (const auto& r : packs.rules())
        weights["properties"][r.id] = described(words(config::severities()), r.title);
    for (const auto& b : rule::builtins()) {
        using rule::Severity;
        std::vector<std::string> may;
        for (const auto s : {Severity::error, Severity::warning, Severity::review, Severity::info})
            if (!b.mandatory || s <= b.severity) may.emplace_back(rule::word(s));
        if (!b.mandatory && b.never_off.empty()) may.emplace_back("off");
        weights["properties"][std::string(b.id)] = described(words(may), std::string(b.title));
    }
    weights["additionalProperties"] = words(config::severities());
    Json policies{{"type", "object"}, {"properties", Json::object()}};
    for (const auto& [name, value] : packs.policies()) policies["properties"][name] = policy(name);
    for (const auto& [name, value] : packs.terms())
        policies["properties"][name] = any_of({whole_number(), term()});
    policies["additionalProperties"] = text();
    std::string names;
    for (const auto& f : formats()) names += (names.empty() ? "" : "|") + std::string(f.name);
    const Json format{{"type", "string"}, {"pattern", "^(" + names + ")(=.+)?$"}};

    auto s = head("What Antinomy checks a folder of cases with (antinomy.yaml)");
    s.update(mapping(
        config::file_keys(),
        {{"paths", list(text())},
         {"packs", list(text())},
         {"rules", mapping(config::rules_keys(), {{"only", list(rule, 1)}, {"off", list(rule)}})},
         {"severities", weights},
         {"per_path",
          list(mapping(config::per_path_keys(), {{"paths", list(text())}, {"severities", weights}},
                       {"paths", "severities"}))},
         {"policies", std::move(policies)},
         {"fail_on", words(config::thresholds())},
         {"fail_on_possible", words(config::truths())},
         {"redact", words(config::truths())},
         {"max_findings", whole_number()},
         {"baseline", text()},
         {"formats", list(format)}}));
    print(out, s);
}

}  // namespace antinomy::report
