#include "track/facts.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace antinomy::track {

namespace {

using Json = nlohmann::json;

template <class T>
void settle(std::vector<T>& list) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
}

void add_facts(const check::Proof& proof, std::vector<Statement>& out) {
    for (const auto* list : {&proof.facts, &proof.premises})
        for (const auto& f : *list)
            out.push_back({f.path, f.account, f.source, f.value, f.state, f.doubtful});
    for (const auto& r : proof.requirements)
        if (r.rule == "order") out.push_back({"order", {}, {}, r.text, {}, false});
}

// Statements that findings name, where no case says more.
void collect(Checked& checked) {
    for (const auto& id : checked.cases) checked.statements[id];
    for (const auto& f : checked.findings) {
        auto& all = checked.statements[f.case_id];
        all.insert(all.end(), f.facts.begin(), f.facts.end());
    }
    for (auto& [id, list] : checked.statements) settle(list);
}

// ---- a report in JSON: not ours to trust, so each key may be anything

std::string text(const Json& j, const char* key) {
    const auto it = j.find(key);
    return it != j.end() && it->is_string() ? it->get<std::string>() : std::string();
}

const Json& list(const Json& j, const char* key) {
    static const Json none = Json::array();
    const auto it = j.is_object() ? j.find(key) : j.end();
    return j.is_object() && it != j.end() && it->is_array() ? *it : none;
}

void add_json_facts(const Json& proof, std::vector<Statement>& out) {
    for (const char* key : {"facts", "premises"})
        for (const auto& f : list(proof, key)) {
            if (!f.is_object()) continue;
            const auto doubtful = f.find("doubtful");
            out.push_back({text(f, "path"), text(f, "account"), text(f, "source"), text(f, "value"),
                           text(f, "state"),
                           doubtful != f.end() && doubtful->is_boolean() && doubtful->get<bool>()});
        }
    for (const auto& r : list(proof, "requirements"))
        if (r.is_object() && text(r, "rule") == "order")
            out.push_back({"order", {}, {}, text(r, "text"), {}, false});
}

Told told_from_json(const Json& f, bool suppressed) {
    Told t;
    t.rule = text(f, "rule");
    t.case_id = text(f, "case");
    t.at = text(f, "at");
    t.fingerprint = text(f, "fingerprint");
    t.severity = text(f, "severity");
    t.verdict = text(f, "verdict");
    t.message = text(f, "message");
    t.suppressed = suppressed;
    for (const auto& a : list(f, "accounts"))
        if (a.is_string()) t.accounts.push_back(a.get<std::string>());
    for (const auto& g : list(f, "given"))
        if (g.is_object()) t.given.push_back(text(g, "path") + " (" + text(g, "account") + ")");
    if (const auto proof = f.find("proof"); proof != f.end()) add_json_facts(*proof, t.facts);
    for (const auto& proof : list(f, "more_proofs")) add_json_facts(proof, t.facts);
    for (const auto& e : list(f, "exceptions"))
        if (e.is_object() && !text(e, "switch").empty()) t.asked.push_back(text(e, "switch"));
    settle(t.facts);
    settle(t.given);
    settle(t.asked);
    return t;
}

}  // namespace

Checked checked_of(const check::Result& result, std::string name, bool complete) {
    Checked out;
    out.name = std::move(name);
    out.complete = complete;
    for (const auto& c : result.cases) {
        out.cases.push_back(c.id);
        for (const auto& f : c.findings) {
            Told t;
            t.rule = f.rule;
            t.case_id = f.case_id;
            t.at = f.at;
            t.fingerprint = f.fingerprint;
            t.severity = check::word(f.severity);
            t.verdict = check::word(f.verdict);
            t.message = f.message;
            t.accounts = f.accounts;
            for (const auto& g : f.given) t.given.push_back(g.path + " (" + g.account + ")");
            t.suppressed = !f.suppressed.empty();
            add_facts(f.proof, t.facts);
            for (const auto& p : f.more_proofs) add_facts(p, t.facts);
            for (const auto& e : f.exceptions)
                if (!e.switch_path.empty()) t.asked.push_back(e.switch_path);
            settle(t.facts);
            settle(t.given);
            settle(t.asked);
            out.findings.push_back(std::move(t));
        }
    }
    collect(out);
    return out;
}

std::vector<Statement> statements_of(const model::Vocabulary& vocabulary, const model::Case& c) {
    std::vector<Statement> out;
    const auto account = [&](model::AccountId a) {
        return a.valid() ? c.accounts[a.value].id : std::string();
    };
    const auto source = [&](model::RecordId r) {
        return r.valid() ? c.record(r).id : std::string();
    };
    for (const auto& a : c.assertions) {
        const auto& record = c.record(a.record);
        out.push_back(
            {record.path + "." + vocabulary.type(record.type).fields[a.field].name, account(a.by),
             source(a.source), a.value.written, std::string(model::word(a.state)),
             a.value.day.doubtful || a.value.period.start.doubtful || a.value.period.end.doubtful});
    }
    for (const auto& o : c.orders)
        out.push_back({"order", account(o.by), source(o.source), o.text, {}, o.doubtful});
    settle(out);
    return out;
}

std::optional<Checked> checked_from_json(const std::string& bytes, std::string name,
                                         std::string& why) {
    // The library's parser keeps its own stack: depth costs memory, which the file's size bounds.
    const auto json = Json::parse(bytes, nullptr, false);
    if (json.is_discarded() || !json.is_object() || !json.contains("format") ||
        !json.contains("findings") || !json["findings"].is_array()) {
        why = "it is no output of `check --format json`";
        return std::nullopt;
    }
    if (json["format"] != 1) {
        why = "it is of a format that is not known here (1 is)";
        return std::nullopt;
    }
    Checked out;
    out.name = std::move(name);
    const auto complete = json.find("complete");
    out.complete =
        complete == json.end() || !complete->is_boolean() ? false : complete->get<bool>();
    for (const auto& c : list(json, "cases"))
        if (c.is_object()) out.cases.push_back(text(c, "id"));
    for (const char* key : {"findings", "suppressed"})
        for (const auto& f : list(json, key)) {
            if (!f.is_object() || text(f, "fingerprint").empty()) {
                why = "a finding in it has no fingerprint";
                return std::nullopt;
            }
            out.findings.push_back(told_from_json(f, key[0] == 's'));
        }
    collect(out);
    return out;
}

}  // namespace antinomy::track
