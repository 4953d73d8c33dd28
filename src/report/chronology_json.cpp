#include <algorithm>
#include <ostream>

#include "report/chronology.hpp"
#include "report/json_parts.hpp"

namespace antinomy::report {
namespace {

using Json = nlohmann::ordered_json;
using check::AccountChronology;
using Order = check::ChronologyPair::Order;

constexpr std::size_t kWindows = 1000;  // of one point; more are not listed

std::string_view word(Order o) {
    return o == Order::certain ? "certain" : o == Order::possible ? "possible" : "impossible";
}

Json low(const time::DistanceBounds& d) {
    return d.least > -time::kNoBound ? Json(d.least) : Json(nullptr);
}
Json high(const time::DistanceBounds& d) {
    return d.most < time::kNoBound ? Json(d.most) : Json(nullptr);
}

Json because(const std::vector<check::Proof>& proofs) {
    Json out = Json::array();
    for (const auto& p : proofs)
        for (const auto& s : support(p))
            if (std::find(out.begin(), out.end(), Json(s)) == out.end()) out.push_back(s);
    return out;
}

// The values in the order of the file: "2014-11 or 2014-09-29".
Json stated(const check::ChronologyPoint& p) {
    if (p.statements.empty()) return nullptr;
    std::string out;
    for (const auto& f : p.statements) out += (out.empty() ? "" : " or ") + f.value;
    return out;
}

Json point(const check::ChronologyPoint& p, const text::SourceMap& sources) {
    const auto hull = p.days.empty() ? time::Window{} : p.days.hull();
    Json out;
    out["path"] = p.path;
    out["stated"] = stated(p);
    out["first"] = json_day(hull.first);
    out["last"] = json_day(hull.last);
    out["inferred"] = p.inferred;
    out["because"] = p.explained || !p.because.empty() ? because(p.because) : Json(nullptr);
    out["days"] = p.days.windows().size() <= kWindows ? json_days(p.days) : Json(nullptr);
    out["exact"] = p.exact;
    out["doubtful"] = p.doubtful;
    out["in_contradiction"] = p.in_conflict;
    out["statements"] = json_facts(p.statements, sources);
    Json proofs = Json::array();
    for (const auto& x : p.because) proofs.push_back(json_proof(x, sources));
    out["proofs"] = std::move(proofs);
    return out;
}

Json steps_only(const Json& proof) {
    Json out;
    out["steps"] = proof["steps"];
    if (proof.contains("cases")) out["cases"] = proof["cases"];
    return out;
}

Json contradiction(const check::Contradiction& c, const text::SourceMap& sources) {
    const auto proof = json_proof(c.proof, sources);
    Json out;
    out["verdict"] = check::word(c.verdict);
    out["facts"] = proof["facts"];
    out["requirements"] = proof["requirements"];
    out["sum"] = c.sum ? Json(*c.sum) : Json(nullptr);
    out.update(steps_only(proof));
    return out;
}

Json account(const AccountChronology& a, const text::SourceMap& sources,
             const ChronologyShown& what) {
    Json out;
    out["consistent"] = a.consistent ? Json(*a.consistent) : Json(nullptr);
    std::string_view verdict = "none";
    for (const auto& c : a.contradictions)
        if (c.verdict == check::Verdict::certain)
            verdict = "certain";
        else if (verdict == "none")
            verdict = "possible";
    out["contradiction"] = a.consistent ? Json(verdict) : Json(nullptr);
    out["adopts"] = a.adopts;
    out["points"] = Json::array();
    for (const auto& p : a.points) out["points"].push_back(point(p, sources));
    out["contradictions"] = Json::array();
    for (const auto& c : a.contradictions)
        out["contradictions"].push_back(contradiction(c, sources));
    out["more_contradictions"] = a.more_contradictions;
    out["refuted"] = Json::array();
    for (const auto& r : a.refuted)
        out["refuted"].push_back(
            {{"path", r.path},
             {"value", r.fact.value},
             {"source", r.fact.source.empty() ? Json(nullptr) : Json(r.fact.source)},
             {"because", because({r.proof})},
             {"proof", json_proof(r.proof, sources)}});
    if (what.pairs) {
        out["pairs"] = Json::array();
        for (const auto& p : a.pairs)
            out["pairs"].push_back({{"a", a.events[p.a]},
                                    {"b", a.events[p.b]},
                                    {"before", word(p.before)},
                                    {"min_days", low(p.days)},
                                    {"max_days", high(p.days)}});
    }
    if (!a.between.empty()) {
        out["between"] = Json::array();
        for (const auto& d : a.between) {
            Json j;
            j["a"] = d.from;
            j["b"] = d.to;
            j["known"] = d.known;
            j["before"] = d.known ? Json(word(d.before)) : Json(nullptr);
            j["min_days"] = low(d.days);
            j["max_days"] = high(d.days);
            j["words"] = d.known ? Json(apart_words(d.days)) : Json(nullptr);
            for (const auto& [key, list] : {std::pair{"least", &d.least}, {"most", &d.most}}) {
                j[key] = Json::array();
                for (const auto& proof : *list) j[key].push_back(json_proof(proof, sources));
            }
            out["between"].push_back(std::move(j));
        }
    }
    return out;
}

}  // namespace

void print_chronology_json(std::ostream& out, const check::Chronology& c,
                           const text::SourceMap& sources, const ChronologyShown& what) {
    Json report;
    report["format"] = 1;
    report["case"] = c.id;
    report["title"] = c.title.empty() ? Json(nullptr) : Json(c.title);
    report["file"] = c.file;
    report["complete"] = c.undecided.empty();
    report["accounts"] = Json::object();
    for (const auto& a : c.accounts) report["accounts"][a.account] = account(a, sources, what);
    report["undecided"] = Json::array();
    for (const auto& u : c.undecided) report["undecided"].push_back({{"at", u.at}, {"why", u.why}});
    out << json_text(report, -1) << '\n';
}

}  // namespace antinomy::report
