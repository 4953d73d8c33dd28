#include "report/json.hpp"

#include <cstdint>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <string_view>

#include "report/json_parts.hpp"
#include "report/phrases.hpp"

namespace antinomy::report {
namespace {

using Json = nlohmann::ordered_json;

Json day(time::Day d) {
    return time::bounded(d) ? Json(time::to_string(d)) : Json(nullptr);
}

Json days(const time::DaySet& set) {
    Json out = Json::array();
    for (const time::Window& w : set.windows()) out.push_back({day(w.first), day(w.last)});
    return out;
}

Json or_null(const std::string& text) {
    return text.empty() ? Json(nullptr) : Json(text);
}

void put_start(Json& out, const text::SourceMap& sources, const text::Span& span) {
    if (!span.valid()) {
        out["file"] = nullptr;
        out["line"] = nullptr;
        out["column"] = nullptr;
        return;
    }
    const text::Position p = sources.position(span.file, span.begin);
    out["file"] = sources.name(span.file);
    out["line"] = p.line;
    out["column"] = p.column;
}

void put_end(Json& out, const text::SourceMap& sources, const text::Span& span) {
    if (!span.valid()) {
        out["end_line"] = nullptr;
        out["end_column"] = nullptr;
        return;
    }
    const text::Position end = sources.position(span.file, span.end);
    out["end_line"] = end.line;
    out["end_column"] = end.column;
}

Json place(const check::Place& p, const text::SourceMap& sources) {
    Json out;
    put_start(out, sources, p.span);
    put_end(out, sources, p.span);
    out["label"] = p.label;
    out["account"] = or_null(p.account);
    return out;
}

Json places(const std::vector<check::Place>& list, const text::SourceMap& sources) {
    Json out = Json::array();
    for (const check::Place& p : list) out.push_back(place(p, sources));
    return out;
}

Json given(const std::vector<check::Given>& list) {
    Json out = Json::array();
    for (const check::Given& g : list) out.push_back({{"path", g.path}, {"account", g.account}});
    return out;
}

Json facts(const std::vector<check::Fact>& list, const text::SourceMap& sources) {
    Json out = Json::array();
    for (const check::Fact& f : list) {
        Json j;
        j["path"] = f.path;
        j["value"] = f.value;
        j["first"] = f.is_date ? day(f.days.first) : Json(nullptr);
        j["last"] = f.is_date ? day(f.days.last) : Json(nullptr);
        if (!f.days_exact) j["exact"] = false;
        if (!f.zone.empty()) j["zone"] = f.zone;
        j["account"] = or_null(f.account);
        j["state"] = or_null(f.state);
        j["source"] = or_null(f.source);
        j["speaker"] = or_null(f.speaker);
        j["quote"] = or_null(f.quote);
        j["doubtful"] = f.doubtful;
        put_start(j, sources, f.span);
        out.push_back(std::move(j));
    }
    return out;
}

Json steps(const std::vector<check::Step>& list) {
    // The origin of the count of days has no path.
    const auto point = [](const std::string& path) {
        return path.empty() ? std::string("1970-01-01") : path;
    };
    Json out = Json::array();
    for (const check::Step& s : list)
        out.push_back({{"from", point(s.from)},
                       {"to", point(s.to)},
                       {"min_days", s.min_days},
                       {"because", s.because}});
    return out;
}

// What is supposed of points: {"from", "to", "min_days"}, {"all": [...]}, {"any": [...]}.
Json supposed(const check::Supposed& s) {
    using Kind = check::Supposed::Kind;
    if (s.kind == Kind::least) return {{"from", s.from}, {"to", s.to}, {"min_days", s.min_days}};
    Json parts = Json::array();
    for (const check::Supposed& p : s.parts) parts.push_back(supposed(p));
    const bool all = s.kind == Kind::all || s.kind == Kind::yes;  // all of nothing holds
    return {{all ? "all" : "any", std::move(parts)}};
}

Json standings(const std::vector<check::Standing>& list, const text::SourceMap& sources) {
    Json out = Json::array();
    for (const check::Standing& s : list) {
        Json j;
        j["account"] = or_null(s.account);
        if (!s.other.empty()) j["other"] = s.other;
        if (s.every_source) j["every_source"] = true;
        if (s.doubled) j["doubled"] = true;
        if (!s.identities.empty()) {
            j["identities"] = Json::array();
            for (const check::Standing::Identity& i : s.identities)
                j["identities"].push_back(
                    {{"line", i.line}, {"records", {i.a, i.b}}, {"same", i.same}});
        }
        if (!s.counted.empty()) {
            j["counted"] = Json::object();
            for (const check::Standing::Counted& w : s.counted) j["counted"][w.convention] = w.word;
        }
        if (!s.without.empty()) {
            j["without"] = Json::array();
            for (const check::Standing::Left& l : s.without) {
                Json left = {{"path", l.path}};
                put_start(left, sources, l.span);
                j["without"].push_back(std::move(left));
            }
        }
        out.push_back(std::move(j));
    }
    return out;
}

Json dates(const std::vector<std::pair<std::string, time::Day>>& list) {
    Json out = Json::object();
    for (const auto& [path, d] : list) out[path] = day(d);
    return out;
}

Json proof(const check::Proof& p, const text::SourceMap& sources) {
    Json out;
    out["kind"] = p.kind;
    if (!p.holds.empty()) out["holds"] = standings(p.holds, sources);
    if (p.supposed) out["supposed"] = supposed(*p.supposed);
    if (p.takes) out["takes"] = *p.takes;
    out["facts"] = facts(p.facts, sources);
    out["premises"] = facts(p.premises, sources);
    out["requirements"] = Json::array();
    for (const check::Requirement& r : p.requirements) {
        Json j = {{"rule", r.rule}, {"text", r.text}};
        put_start(j, sources, r.span);
        if (r.says) j["says"] = supposed(*r.says);
        out["requirements"].push_back(std::move(j));
    }
    out["steps"] = steps(p.steps);
    if (!p.cases.empty()) {
        out["cases"] = Json::array();
        for (const check::ProofCase& c : p.cases) {
            Json path = Json::array();
            for (const auto& [split, way] : c.path)
                path.push_back({{"split", split}, {"way", way}});
            out["cases"].push_back(
                {{"assume", c.assume}, {"path", std::move(path)}, {"steps", steps(c.steps)}});
        }
        out["splits"] = Json::array();
        for (const check::ProofSplit& x : p.splits) {
            Json ways = Json::array();
            for (const check::Supposed& w : x.ways) ways.push_back(supposed(w));
            out["splits"].push_back({{"because", x.because}, {"ways", std::move(ways)}});
        }
    }
    if (!p.witnesses.empty()) {
        out["witnesses"] = Json::array();
        for (const check::Witness& w : p.witnesses) {
            Json j = {{"violates", w.violates}, {"dates", dates(w.dates)}, {"all", dates(w.all)}};
            j["assumes"] = Json::array();
            for (const check::Assumed& a : w.assumes)
                j["assumes"].push_back({{"kind", a.kind}, {"what", a.what}});
            j["holds"] = standings(w.holds, sources);
            out["witnesses"].push_back(std::move(j));
        }
    }
    out["text"] = p.text;
    return out;
}

std::string_view baseline_word(check::Baseline b) {
    return b == check::Baseline::old ? "old" : b == check::Baseline::stronger ? "stronger" : "new";
}

Json finding(const check::Finding& f, const text::SourceMap& sources) {
    Json out;
    out["rule"] = f.rule;
    out["title"] = f.rule_title;
    out["case"] = f.case_id;
    out["severity"] = check::word(f.severity);
    out["verdict"] = check::word(f.verdict);
    out["condition"] = or_null(f.condition);
    out["relation"] = check::word(f.relation);
    out["accounts"] = f.accounts;
    out["given"] = given(f.given);
    out["about"] = f.about;
    out["reaches"] = f.reaches;
    out["at"] = f.at;
    out["message"] = f.message;
    out["help"] = or_null(f.help);
    out["burden"] = or_null(f.burden);
    out["bindings"] = Json::object();
    for (const auto& [name, path] : f.bindings) out["bindings"][name] = path;
    out["places"] = places(f.places, sources);
    if (!f.blocks.empty()) {
        out["blocks"] = Json::array();
        for (const check::AccountBlock& b : f.blocks)
            out["blocks"].push_back({{"account", b.account},
                                     {"rule", b.rule},
                                     {"message", b.message},
                                     {"verdict", check::word(b.verdict)},
                                     {"given", given(b.given)},
                                     {"places", places(b.places, sources)}});
    }
    out["proof"] = proof(f.proof, sources);
    if (!f.more_proofs.empty()) {
        out["more_proofs"] = Json::array();
        for (const check::Proof& p : f.more_proofs) out["more_proofs"].push_back(proof(p, sources));
    }
    if (!f.made_of.empty()) {
        out["made_of"] = Json::array();
        for (const check::MadeOf& m : f.made_of)
            out["made_of"].push_back({{"rule", m.rule},
                                      {"at", m.at},
                                      {"account", or_null(m.account)},
                                      {"verdict", check::word(m.verdict)}});
    }
    out["timeline"] = Json::array();
    for (const check::TimelineRow& r : f.timeline) {
        Json windows = Json::array();
        for (const time::Window& w : r.windows) windows.push_back({day(w.first), day(w.last)});
        Json ends = Json::array();
        for (const time::Window& w : r.ends) ends.push_back({day(w.first), day(w.last)});
        out["timeline"].push_back({{"label", r.label},
                                   {"windows", std::move(windows)},
                                   {"point", r.point},
                                   {"inferred", r.inferred}});
        if (!r.ends.empty()) out["timeline"].back()["ends"] = std::move(ends);
    }
    out["turning"] = Json::array();
    for (const check::TurningPoint& t : f.turning)
        out["turning"].push_back({{"path", t.path},
                                  {"stated", or_null(t.stated)},
                                  {"certain", days(t.certain)},
                                  {"possible", days(t.possible)},
                                  {"fine", days(t.fine)},
                                  {"impossible", days(t.impossible)}});
    if (!f.turns_on.empty()) {
        out["turns_on"] = Json::array();
        for (const check::Turn& t : f.turns_on) {
            Json j = {{"on", t.on}, {"text", t.text}};
            if (!t.readings.empty()) {
                j["readings"] = Json::object();
                for (const auto& [reading, verdict] : t.readings) j["readings"][reading] = verdict;
            }
            out["turns_on"].push_back(std::move(j));
        }
    }
    if (!f.turning_note.empty()) out["turning_note"] = f.turning_note;
    out["basis"] = Json::array();
    for (const check::Basis& b : f.basis) {
        Json j = {{"cite", b.cite}};
        if (!b.note.empty()) j["note"] = b.note;
        if (b.unverified) j["unverified"] = true;
        out["basis"].push_back(std::move(j));
    }
    out["sources_note"] = f.sources_note;
    out["exceptions"] = Json::array();
    for (const check::ExceptionLooked& e : f.exceptions) {
        Json j = {{"when", e.when},
                  {"because", e.because},
                  {"state", e.state},
                  {"switch", or_null(e.switch_path)}};
        if (!e.said_by.empty()) {
            j["said_by"] = Json::array();
            for (const std::string& account : e.said_by) j["said_by"].push_back(or_null(account));
        }
        out["exceptions"].push_back(std::move(j));
    }
    if (!f.contrary.empty()) {
        out["contrary"] = Json::array();
        for (const check::Contrary& c : f.contrary) {
            Json values = Json::array();
            for (const check::Rival& r : c.values) {
                Json said = Json::array();
                for (const auto& w : r.said) {
                    Json word = {{"account", or_null(w.account)},
                                 {"speaker", or_null(w.speaker)},
                                 {"source", or_null(w.source)}};
                    put_start(word, sources, w.span);
                    said.push_back(std::move(word));
                }
                values.push_back({{"path", r.path},
                                  {"value", r.value},
                                  {"instead_of", or_null(r.instead_of)},
                                  {"said", std::move(said)}});
            }
            out["contrary"].push_back(
                {{"values", std::move(values)}, {"then", check::word(c.then)}});
        }
    }
    out["resolve"] = Json::array();
    for (const check::Resolution& r : f.resolve) {
        Json changes = Json::array();
        for (const check::Change& c : r.changes) {
            changes.push_back({{"kind", c.kind}, {"path", c.path}, {"to", or_null(c.to)}});
            if (!c.possible_on.empty()) changes.back()["possible_on"] = c.possible_on;
        }
        out["resolve"].push_back(
            {{"changes", std::move(changes)}, {"blocked_by", r.blocked_by}, {"text", r.text}});
        if (!r.blocked_on.empty()) out["resolve"].back()["blocked_on"] = r.blocked_on;
    }
    out["group"] = f.group;
    out["fingerprint"] = f.fingerprint;
    if (!f.suppressed.empty()) {
        out["reason"] = f.suppressed;
        Json entry = {{"by", or_null(f.suppressed_by)}, {"until", or_null(f.suppressed_until)}};
        put_start(entry, sources, f.suppressed_at);
        out["suppressed"] = std::move(entry);
    }
    if (f.baseline != check::Baseline::none) out["baseline"] = baseline_word(f.baseline);
    return out;
}

Json gap(const check::Gap& g) {
    return {{"rule", g.rule},
            {"case", g.case_id},
            {"at", g.at},
            {"field", g.field},
            {"accounts", g.accounts},
            {"burden", or_null(g.burden)},
            {"pending", or_null(g.pending)}};
}

Json diagnostic(const text::Diagnostic& d, const text::SourceMap& sources) {
    Json out;
    put_start(out, sources, d.span);
    if (!d.span.valid()) out["file"] = or_null(d.where);
    put_end(out, sources, d.span);
    out["code"] = d.code;
    out["message"] = d.message;
    out["help"] = or_null(d.help);
    if (!d.related.empty()) {
        out["related"] = Json::array();
        for (const text::Related& r : d.related) {
            Json j;
            put_start(j, sources, r.span);
            j["label"] = r.label;
            out["related"].push_back(std::move(j));
        }
    }
    return out;
}

// What a baseline says of the findings, counted.
Json baseline_summary(const check::Result& result, const Tally& t) {
    return {{"old", t.old},
            {"stronger", t.stronger},
            {"new", t.findings - t.old - t.stronger},
            {"gone", result.gone.size()}};
}

Json summary(const check::Result& result, const Tally& t) {
    Json counts;
    for (std::size_t s = 0; s < 4; ++s)
        counts[std::string(check::word(static_cast<check::Severity>(s)))] = {
            {"certain", t.certain[s]}, {"possible", t.possible[s]}};
    Json out = {{"cases", result.cases.size()},
                {"findings", std::move(counts)},
                {"gaps", t.gaps},
                {"suppressed", t.suppressed},
                {"undecided", t.undecided},
                {"variants_left_out", result.variants_left_out},
                {"rules", result.rules},
                {"off", result.off},
                {"not_applicable", result.not_applicable}};
    if (result.baselined) out["baseline"] = baseline_summary(result, t);
    return out;
}

std::string_view word(text::Level level) {
    return level == text::Level::error     ? "error"
           : level == text::Level::warning ? "warning"
                                           : "note";
}

// JSON's escapes for what a terminal or a reader could be misled by; such characters stand in
// strings only.
std::string escape_controls(const std::string& json) {
    std::string out;
    out.reserve(json.size());
    const auto escape = [&](unsigned code) {
        out += "\\u";
        for (int shift = 12; shift >= 0; shift -= 4)
            out += "0123456789abcdef"[(code >> static_cast<unsigned>(shift)) & 15u];
    };
    const auto byte = [&](std::size_t i) {
        return i < json.size() ? static_cast<unsigned char>(json[i]) : 0u;
    };
    for (std::size_t i = 0; i < json.size(); ++i) {
        const unsigned a = byte(i);
        const unsigned b = byte(i + 1);
        if (a == 0x7f) {
            escape(a);
        } else if (a == 0xc2 && (b < 0xa0 || b == 0xad)) {
            escape(b);
            i += 1;
        } else if (a == 0xd8 && b == 0x9c) {
            escape(0x61c);
            i += 1;
        } else if (a == 0xe2 || a == 0xef) {
            const unsigned code = (a & 15u) << 12u | (b & 63u) << 6u | (byte(i + 2) & 63u);
            if (code == 0x200b || code == 0x200e || code == 0x200f ||
                (code >= 0x2028 && code <= 0x202e) || (code >= 0x2060 && code <= 0x206f) ||
                code == 0xfeff) {
                escape(code);
                i += 2;
            } else {
                out += json[i];
            }
        } else {
            out += json[i];
        }
    }
    return out;
}

}  // namespace

Json json_day(time::Day d) {
    return day(d);
}
Json json_days(const time::DaySet& set) {
    return days(set);
}
Json json_facts(const std::vector<check::Fact>& list, const text::SourceMap& sources) {
    return facts(list, sources);
}
Json json_proof(const check::Proof& p, const text::SourceMap& sources) {
    return proof(p, sources);
}
std::string json_text(const Json& json, int indent) {
    return escape_controls(json.dump(indent, ' ', false, Json::error_handler_t::replace));
}

void print_json_line(std::ostream& out, const Json& before, const check::Finding& f,
                     const text::SourceMap& sources) {
    Json line = before;
    line.update(finding(f, sources));
    out << json_text(line, -1) << '\n';
}
void print_json_line(std::ostream& out, const Json& before, const text::Diagnostic& d,
                     const text::SourceMap& sources) {
    Json line = before;
    line.update(diagnostic(d, sources));
    out << json_text(line, -1) << '\n';
}

void print_json_line(std::ostream& out, const Json& before, const check::Gap& g,
                     const text::SourceMap& sources) {
    Json line = before;
    line.update(gap(g));
    put_start(line, sources, g.span);
    out << json_text(line, -1) << '\n';
}

void print_json(std::ostream& out, const check::Result& result, const text::SourceMap& sources,
                const text::Diagnostics& diagnostics, const Provenance* run) {
    const Tally t = tally(result);
    Json report;
    report["format"] = 1;
    report["complete"] = !diagnostics.has_errors() && t.undecided == 0;
    report["about"] = preamble();
    Json findings = Json::array();
    Json suppressed = Json::array();
    Json gaps = Json::array();
    Json inferred = Json::array();
    Json undecided = Json::array();
    Json cases = Json::array();
    for (const check::CaseResult& c : result.cases) {
        cases.push_back(
            {{"id", c.id}, {"title", or_null(c.title)}, {"file", c.file}, {"notes", c.notes}});
        for (const check::Finding* f : in_order(c)) findings.push_back(finding(*f, sources));
        for (const check::Finding* f : in_order(c, true))
            suppressed.push_back(finding(*f, sources));
        for (const check::Gap& g : c.gaps) gaps.push_back(gap(g));
        for (const check::Inferred& i : c.inferred)
            inferred.push_back({{"case", i.case_id},
                                {"path", i.path},
                                {"account", or_null(i.account)},
                                {"stated", or_null(i.stated)},
                                {"days", days(i.days)},
                                {"from", i.from}});
        for (const check::Undecided& u : c.undecided)
            undecided.push_back(
                {{"rule", u.rule}, {"case", u.case_id}, {"at", u.at}, {"why", u.why}});
    }
    report["findings"] = std::move(findings);
    report["suppressed"] = std::move(suppressed);
    if (result.baselined) {
        report["gone"] = Json::array();
        for (const check::Gone& g : result.gone)
            report["gone"].push_back({{"rule", g.rule},
                                      {"case", g.case_id},
                                      {"at", g.at},
                                      {"verdict", check::word(g.verdict)},
                                      {"message", g.message},
                                      {"fingerprint", g.fingerprint}});
    }
    report["gaps"] = std::move(gaps);
    report["inferred"] = std::move(inferred);
    report["undecided"] = std::move(undecided);
    report["cases"] = std::move(cases);
    Json errors = Json::array();
    Json remarks = Json::array();
    for (const text::Diagnostic& d : diagnostics.items()) {
        Json j = diagnostic(d, sources);
        if (d.level == text::Level::error) {
            errors.push_back(std::move(j));
        } else {
            j["level"] = word(d.level);
            remarks.push_back(std::move(j));
        }
    }
    report["errors"] = std::move(errors);
    report["warnings"] = std::move(remarks);
    report["summary"] = summary(result, t);
    if (run != nullptr) report["run"] = json_run(*run);
    out << escape_controls(report.dump(2, ' ', false, Json::error_handler_t::replace)) << '\n';
}

void print_jsonl(std::ostream& out, const check::Result& result, const text::SourceMap& sources,
                 const text::Diagnostics& diagnostics) {
    const Tally t = tally(result);
    Json line;
    line["kind"] = "finding";
    for (const check::CaseResult& c : result.cases)
        for (const bool suppressed : {false, true})
            for (const check::Finding* f : in_order(c, suppressed))
                print_json_line(out, line, *f, sources);
    line["kind"] = "problem";
    for (const text::Diagnostic& d : diagnostics.items()) {
        line["level"] = word(d.level);
        print_json_line(out, line, d, sources);
    }
    Json last;
    last["kind"] = "summary";
    last["format"] = 1;
    last["complete"] = !diagnostics.has_errors() && t.undecided == 0;
    last["about"] = preamble();
    last.update(summary(result, t));
    out << json_text(last, -1) << '\n';
}

}  // namespace antinomy::report
