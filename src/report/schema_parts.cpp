#include "report/schema_parts.hpp"

#include <algorithm>
#include <ostream>

#include "report/json_parts.hpp"
#include "time/conventions.hpp"

namespace antinomy::report::schema {

namespace {

// Signs that names may not have, as the letters of any script need not be listed.
constexpr const char* kName =
    "^[^\\u0000-/:-@\\[-\\^`{-\\u007f][^\\u0000-,./:-@\\[-\\^`{-\\u007f]*$";
constexpr std::int64_t kLargest = 1'000'000;
constexpr std::size_t kLine = 110;

// What YAML 1.1 makes of the word, beside the word itself.
void add_word(Json& list, const std::string& word) {
    list.push_back(word);
    const Json truth = word == "yes" || word == "true" || word == "on";
    if (truth.get<bool>() || word == "no" || word == "false" || word == "off")
        if (std::find(list.begin(), list.end(), truth) == list.end()) list.push_back(truth);
}

// Of a fragment of an address: what is not plain ASCII by its bytes.
std::string encoded(const std::string& name) {
    static constexpr const char* kHex = "0123456789ABCDEF";
    std::string out;
    for (const char c : name) {
        const auto u = static_cast<unsigned char>(c);
        if (u < 0x80 && c != '%') {
            out += c;
        } else {
            out += '%';
            out += kHex[u >> 4];
            out += kHex[u & 15];
        }
    }
    return out;
}

void print(std::ostream& out, const Json& j, std::size_t indent) {
    const auto line = json_text(j, -1);
    if (!j.is_structured() || indent + line.size() <= kLine) {
        out << line;
        return;
    }
    const bool mapping = j.is_object();
    out << (mapping ? '{' : '[');
    const char* comma = "\n";
    for (const auto& [key, value] : j.items()) {
        const auto name = mapping ? json_text(key, -1) + ": " : std::string();
        out << comma << std::string(indent + 1, ' ') << name;
        print(out, value, indent + 1);
        comma = ",\n";
    }
    out << '\n' << std::string(indent, ' ') << (mapping ? '}' : ']');
}

}  // namespace

Json text() {
    return {{"type", {"string", "number", "boolean"}}};
}

Json yes_no() {
    Json list = Json::array();
    for (const char* w : {"yes", "no", "true", "false"}) add_word(list, w);
    return {{"enum", std::move(list)}};
}

Json words(const std::vector<std::string>& all) {
    Json list = Json::array();
    for (const auto& w : all) add_word(list, w);
    return {{"enum", std::move(list)}};
}

Json words(const text::Keys& keys) {
    Json all = Json::array();
    Json about = Json::array();
    for (const auto& k : keys) {
        add_word(all, k.name);
        while (about.size() < all.size()) about.push_back(k.about);
    }
    // `enumDescriptions` is no keyword of the standard: editors show it beside each word.
    return {{"enum", std::move(all)}, {"enumDescriptions", std::move(about)}};
}

Json list(Json items, int least) {
    Json out{{"type", "array"}, {"items", std::move(items)}};
    if (least > 0) out["minItems"] = least;
    return out;
}

Json pair_of(Json items) {
    Json out = list(std::move(items), 2);
    out["maxItems"] = 2;
    return out;
}

Json by_name(Json value) {
    return {{"type", "object"},
            {"propertyNames", {{"pattern", kName}}},
            {"additionalProperties", std::move(value)}};
}

Json any_of(std::vector<Json> all) {
    Json list = Json::array();
    for (auto& s : all) list.push_back(std::move(s));
    return {{"anyOf", std::move(list)}};
}

Json whole_number() {
    return {{"type", {"integer", "string"}},
            {"minimum", 0},
            {"maximum", kLargest},
            {"pattern", "^[0-9]+$"}};
}

Json term() {
    return {{"type", "string"},
            {"pattern", "^[0-9]+ +((working +)?days?|hours?|minutes?|weeks?|months?|years?)$"}};
}

Json reference(const std::string& definition) {
    return {{"$ref", "#/$defs/" + encoded(definition)}};
}

Json described(Json schema, const std::string& about) {
    schema["description"] = about;
    return schema;
}

Json mapping(const text::Keys& keys, const Given& given, const std::vector<std::string>& required) {
    Json properties = Json::object();
    for (const auto& k : keys) {
        const auto it = given.find(k.name);
        properties[k.name] = described(it == given.end() ? text() : it->second, k.about);
    }
    Json out{
        {"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
    if (!required.empty()) out["required"] = required;
    return out;
}

Json policy(const std::string& name) {
    const auto convention = time::convention_of(name);
    if (!convention) return whole_number();
    const auto& of = time::kConventionTable[*convention];
    return described(words(std::vector<std::string>{of.words[0], of.words[1], "unset", "both"}),
                     of.about);
}

void print(std::ostream& out, const Json& schema) {
    print(out, schema, 0);
    out << '\n';
}

Json head(const std::string& title) {
    return {{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", title}};
}

}  // namespace antinomy::report::schema
