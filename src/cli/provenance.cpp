#include "cli/provenance.hpp"

#include <date/tz.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <tuple>

#include "cli/today.hpp"
#include "rule/builtin.hpp"
#include "rule/uses.hpp"
#include "text/sha256.hpp"
#include "time/calendar.hpp"
#include "time/conventions.hpp"

namespace antinomy::cli {

namespace {

using report::Provenance;

Provenance::File file_of(const Workspace& w, text::FileId id, const std::string& name) {
    const auto bytes = w.sources().bytes(id);
    return {name, bytes.size(), text::sha256(bytes), id};
}

// As in the project, wherever that is installed.
std::string shown_name(const Workspace& w, std::string name, bool& shipped) {
    // Of a redacted run names are given already.
    const auto folder = w.redacted() ? std::string("rules/") : w.rules_folder() + "/";
    shipped = name.compare(0, folder.size(), folder) == 0;
    return shipped ? "rules/" + name.substr(folder.size()) : name;
}

std::string tzdata() {
    try {
        auto version = date::get_tzdb().version;
        if (!version.empty() && version != "unknown") return version;
        // The date library looks for a file that Debian has not; this one it has.
        std::ifstream in("/usr/share/zoneinfo/tzdata.zi");
        std::string line;
        const std::string before = "# version ";
        if (std::getline(in, line) && line.compare(0, before.size(), before) == 0)
            return line.substr(before.size());
        return {};
    } catch (const std::exception& e) {
        spdlog::info("the version of the zones is not known: {}", e.what());
        return {};
    }
}

std::string word_of(const std::string& name, double value) {
    const auto convention = time::convention_of(name);
    if (!convention) return std::to_string(static_cast<std::int64_t>(value));
    if (value < 0) return "not chosen, so counted both ways";
    return time::kConventionTable[*convention].words[value > 0 ? 1 : 0];
}

std::string words_of(const model::Policy& policy) {
    std::string out;
    for (const auto& v : policy.values) out += (out.empty() ? "" : "; ") + print_with_days(v);
    return out;
}

std::string pack_of(const rule::Packs& packs, text::FileId file) {
    for (const auto* head : packs.heads())
        if (head->span.file == file) return head->id;
    return {};
}

// What a policy decides: in the words of the pack that sets it, else in the program's own.
std::string about_policy(const rule::Packs& packs, const std::string& name) {
    if (const auto& said = packs.policy_about(name); !said.empty()) return said;
    if (const auto convention = time::convention_of(name))
        return time::kConventionTable[*convention].about;
    if (name == "approximate_slack") return "days by which a date marked ~ may lie off";
    if (name == "southern_seasons") return "1: seasons are those of the southern half of the earth";
    return {};
}

Provenance::Policy policy(const Workspace& w, const LoadedCase& c, const std::string& name,
                          std::string value) {
    Provenance::Policy out{name, std::move(value), "program", {}, {}, 0, {}};
    const auto set = c.file.policy_spans.find(name);
    auto span = c.packs->policy_place(name);
    if (set != c.file.policy_spans.end()) {
        span = set->second;
        out.from = "case";
    } else if (const auto config = w.config_policy(*c.packs, name); config.valid()) {
        span = config;
        out.from = "configuration";
    } else if (span.valid()) {
        out.from = "pack";
        out.pack = pack_of(*c.packs, span.file);
    }
    out.about = about_policy(*c.packs, name);
    if (span.valid()) {
        bool shipped = false;
        out.file = shown_name(w, std::string(w.sources().name(span.file)), shipped);
        out.line = w.sources().position(span.file, span.begin).line;
    }
    return out;
}

void add_packs(const Workspace& w, const rule::Packs& packs, Provenance& out) {
    for (const auto* head : packs.heads()) {
        if (!head->span.valid()) continue;
        const bool known = std::any_of(out.packs.begin(), out.packs.end(),
                                       [&](const auto& p) { return p.file.id == head->span.file; });
        if (known) continue;
        Provenance::Pack pack;
        pack.id = head->id;
        pack.title = head->title;
        pack.version = head->version;
        if (head->verified_on) pack.verified = time::to_string(*head->verified_on);
        const auto name =
            shown_name(w, std::string(w.sources().name(head->span.file)), pack.shipped);
        pack.file = file_of(w, head->span.file, name);
        out.packs.push_back(std::move(pack));
    }
    std::sort(out.packs.begin(), out.packs.end(), [](const auto& a, const auto& b) {
        return std::tie(a.id, a.file.name) < std::tie(b.id, b.file.name);
    });
}

Provenance::Rule rule_of(const Workspace& w, const rule::Rule& r, bool off) {
    Provenance::Rule out;
    out.id = r.id;
    out.title = r.title;
    out.pack = r.pack;
    out.kind = r.kind == rule::RuleKind::fact ? "fact" : "law";
    out.severity = static_cast<check::Severity>(r.severity);
    out.about = r.about;
    out.reaches = r.reaches;
    out.help = r.help;
    out.groups = r.groups;
    for (const auto& b : r.basis) out.basis.push_back({b.cite, rule::note_of(b), b.unverified});
    out.policies = rule::policies_used(r);
    out.presumption = r.presumption;
    out.mandatory = r.mandatory;
    out.off = off;
    if (r.span.valid()) {
        bool shipped = false;
        out.file = shown_name(w, std::string(w.sources().name(r.span.file)), shipped);
        out.line = w.sources().position(r.span.file, r.span.begin).line;
    }
    return out;
}

void add_rules(const Workspace& w, const std::vector<const LoadedCase*>& judged,
               const check::Result& result, const CheckOptions& o, Provenance& out) {
    std::map<std::string, Provenance::Rule> rules;
    for (const auto* c : judged) {
        const auto only = w.rules_for(*c, o.rules);
        const auto wanted = [&](const std::string& id) {
            return only.empty() || std::find(only.begin(), only.end(), id) != only.end();
        };
        for (const auto& r : c->packs->rules())
            if (wanted(r.id) && rules.count(r.id) == 0) rules.emplace(r.id, rule_of(w, r, false));
        for (const auto& r : c->packs->off())
            if (wanted(r.id) && rules.count(r.id) == 0) rules.emplace(r.id, rule_of(w, r, true));
        for (const auto& b : rule::builtins()) {
            // What is said of suppressions is no rule that was run.
            const std::string id(b.id);
            if (b.mandatory || !wanted(id)) continue;
            const auto weight = c->builtin_weights.find(id);
            const bool off = weight != c->builtin_weights.end() && !weight->second;
            auto& r = rules.try_emplace(id, Provenance::Rule{}).first->second;
            r.off = off && (r.id.empty() || r.off);  // in every case
            r.id = id;
            r.title = b.title;
            r.applied = r.applied || !off;
        }
    }
    for (const auto& c : result.cases)
        for (const auto& f : c.findings) {
            auto& r = rules[f.rule];
            ++r.findings;
            if (!r.pack.empty()) continue;
            r.id = f.rule;
            if (r.title.empty()) r.title = f.rule_title;
            r.severity = r.findings == 1 ? f.severity : std::min(r.severity, f.severity);
            r.about = f.about;
            r.reaches = f.reaches;
        }
    for (auto& [id, r] : rules) {
        const auto& idle = result.not_applicable;
        if (!r.pack.empty())
            r.applied = !r.off && std::find(idle.begin(), idle.end(), id) == idle.end();
        out.rules.push_back(std::move(r));
    }
}

std::string set_to(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string() : value;
}

// GitHub Actions and GitLab CI say what they have checked out; nobody else is asked.
Provenance::Revision revision() {
    Provenance::Revision out;
    if (const auto commit = set_to("GITHUB_SHA"); !commit.empty()) {
        const auto repository = set_to("GITHUB_REPOSITORY");
        auto server = set_to("GITHUB_SERVER_URL");
        if (server.empty()) server = "https://github.com";
        out = {repository.empty() ? "" : server + "/" + repository, commit,
               set_to("GITHUB_REF_NAME")};
    } else if (const auto sha = set_to("CI_COMMIT_SHA"); !sha.empty()) {
        out = {set_to("CI_PROJECT_URL"), sha, set_to("CI_COMMIT_REF_NAME")};
    }
    const auto& at = out.repository;
    if (at.compare(0, 8, "https://") != 0 && at.compare(0, 7, "http://") != 0)
        out.repository.clear();
    return out;
}

Provenance::Project project() {
    namespace fs = std::filesystem;
    std::error_code ec;
    const auto here = fs::current_path(ec);
    if (ec) return {};
    auto top = here;
    for (auto at = here;; at = at.parent_path()) {
        if (fs::exists(at / ".git", ec)) {
            top = at;
            break;
        }
        if (at == at.parent_path()) break;
    }
    return {(top / "").string(), (here / "").string()};
}

// "2026-11-30"
std::optional<time::Day> read_day(const std::string& text) {
    const auto number = [&](std::size_t from, std::size_t n) {
        int out = -1;
        const auto* end = text.data() + from + n;
        const auto [at, error] = std::from_chars(text.data() + from, end, out);
        return error == std::errc() && at == end ? out : -1;
    };
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const time::Civil civil{number(0, 4), number(5, 2), number(8, 2)};
    if (civil.year < 0 || !time::valid(civil)) return std::nullopt;
    return time::to_day(civil);
}

// What does not depend on what was checked.
Provenance of_this_run(const std::string& date) {
    Provenance out;
    out.version = ANTINOMY_VERSION;
    out.date = date;
    out.tzdata = tzdata();
    out.project = project();
    out.revision = revision();
    return out;
}

}  // namespace

report::Provenance provenance_of(const Workspace& w, const std::vector<const LoadedCase*>& judged,
                                 const check::Result& result, const CheckOptions& o,
                                 const std::string& date) {
    auto out = of_this_run(date);
    out.choices = {o.accounts, o.sources, o.rules, o.variants, o.fail_on, o.fail_on_possible};
    for (const auto* c : judged) {
        Provenance::Case now;
        now.id = c->file.id;
        for (const auto id : c->files) {
            const std::string name(w.sources().name(id));
            now.files.push_back(name);
            const bool known = std::any_of(out.inputs.begin(), out.inputs.end(),
                                           [&](const auto& f) { return f.id == id; });
            if (!known) out.inputs.push_back(file_of(w, id, name));
        }
        for (const auto* head : c->packs->heads()) now.packs.push_back(head->id);
        for (const auto& [name, value] : c->file.policies)
            now.policies.push_back(policy(w, *c, name, word_of(name, value)));
        for (const auto& [name, value] : c->file.terms)
            now.policies.push_back(policy(w, *c, name, words_of(value)));
        std::sort(now.policies.begin(), now.policies.end(),
                  [](const auto& a, const auto& b) { return a.name < b.name; });
        add_packs(w, *c->packs, out);
        out.cases.push_back(std::move(now));
    }
    std::sort(out.inputs.begin(), out.inputs.end(),
              [](const auto& a, const auto& b) { return a.name < b.name; });
    add_rules(w, judged, result, o, out);
    w.redact(out);
    return out;
}

report::Provenance provenance_of_data(const Workspace& w, const LoadedMap& loaded,
                                      const data::Totals& totals, const check::Result& result,
                                      const CheckOptions& o, const std::string& date) {
    auto out = of_this_run(date);
    out.choices = {{}, {}, o.rules, false, o.fail_on, o.fail_on_possible};
    add_packs(w, *loaded.packs, out);
    std::map<std::string, Provenance::Rule> rules;
    const auto only = Workspace::canonical(*loaded.packs, o.rules);
    for (const auto& r : loaded.packs->rules()) {
        if (!only.empty() && std::find(only.begin(), only.end(), r.id) == only.end()) continue;
        rules.emplace(r.id, rule_of(w, r, false)).first->second.applied =
            totals.rules.count(r.id) != 0;
    }
    for (const auto& c : result.cases)
        for (const auto& f : c.findings)
            if (const auto it = rules.find(f.rule); it != rules.end()) ++it->second.findings;
    for (auto& [id, r] : rules) out.rules.push_back(std::move(r));
    return out;
}

std::string run_date(const std::string& option, std::string& why) {
    if (!option.empty()) {
        if (const auto day = read_day(option)) return time::to_string(*day);
        why = "`" + option + "` is no day";
        return {};
    }
    std::optional<time::Day> day;
    return source_date(day, why) && day ? time::to_string(*day) : std::string();
}

}  // namespace antinomy::cli
