#include "report/provenance.hpp"

#include <filesystem>
#include <nlohmann/json.hpp>

#include "report/json_parts.hpp"
#include "report/phrases.hpp"

namespace antinomy::report {

namespace {

using Json = nlohmann::ordered_json;

Json or_null(const std::string& text) {
    return text.empty() ? Json(nullptr) : Json(text);
}

Json line_or_null(std::uint32_t line) {
    return line == 0 ? Json(nullptr) : Json(line);
}

}  // namespace

std::optional<std::string> name_in_project(const Provenance& p, const std::string& name) {
    namespace fs = std::filesystem;
    if (name.empty()) return std::nullopt;
    const fs::path path(name);
    if (p.project.top.empty() && path.is_absolute()) return std::nullopt;
    auto from_top = path;
    if (!p.project.top.empty())
        from_top =
            (fs::path(p.project.here) / path).lexically_normal().lexically_relative(p.project.top);
    auto out = from_top.lexically_normal().generic_string();
    if (out.empty() || out == "." || out == ".." || out.compare(0, 3, "../") == 0)
        return std::nullopt;
    return out;
}

Json json_run(const Provenance& p) {
    Json out;
    out["antinomy_version"] = p.version;
    out["date"] = or_null(p.date);
    out["tzdata"] = or_null(p.tzdata);
    if (!p.revision.commit.empty())
        out["revision"] = {{"repository", or_null(p.revision.repository)},
                           {"commit", p.revision.commit},
                           {"branch", or_null(p.revision.branch)}};
    out["choices"] = {
        {"accounts", p.choices.accounts}, {"sources", p.choices.sources},
        {"rules", p.choices.rules},       {"variants", p.choices.variants},
        {"fail_on", p.choices.fail_on},   {"fail_on_possible", p.choices.fail_on_possible}};
    out["inputs"] = Json::array();
    for (const auto& f : p.inputs)
        out["inputs"].push_back({{"file", f.name}, {"bytes", f.bytes}, {"sha256", f.sha256}});
    out["packs"] = Json::array();
    for (const auto& k : p.packs)
        out["packs"].push_back({{"id", k.id},
                                {"title", or_null(k.title)},
                                {"version", or_null(k.version)},
                                {"verified_on", or_null(k.verified)},
                                {"shipped", k.shipped},
                                {"file", k.file.name},
                                {"bytes", k.file.bytes},
                                {"sha256", k.file.sha256}});
    out["rules"] = Json::array();
    for (const auto& r : p.rules)
        out["rules"].push_back({{"id", r.id},
                                {"title", or_null(r.title)},
                                {"pack", r.pack},
                                {"severity", check::word(r.severity)},
                                {"mandatory", r.mandatory},
                                {"off", r.off},
                                {"applied", r.applied},
                                {"findings", r.findings}});
    out["cases"] = Json::array();
    for (const auto& c : p.cases) {
        Json policies = Json::object();
        for (const auto& x : c.policies)
            policies[x.name] = {{"value", x.value},
                                {"from", x.from},
                                {"pack", or_null(x.pack)},
                                {"file", or_null(x.file)},
                                {"line", line_or_null(x.line)}};
        out["cases"].push_back({{"id", c.id},
                                {"files", c.files},
                                {"packs", c.packs},
                                {"policies", std::move(policies)}});
    }
    return out;
}

}  // namespace antinomy::report
