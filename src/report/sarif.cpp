#include "report/sarif.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "report/json_parts.hpp"
#include "report/line_hash.hpp"
#include "report/phrases.hpp"
#include "text/encode.hpp"

namespace antinomy::report {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kSchema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
// It has no address of its own on the net, and makes none up.
constexpr const char* kAbout =
    "data:text/plain,Antinomy%2C%20a%20legal%20consistency%20checker.%20README.md%20comes%20with%20"
    "it.";
constexpr const char* kTop = "%SRCROOT%";
constexpr const char* kElsewhere = "ELSEWHERE";
constexpr const char* kProgram = "ANTINOMY";
constexpr const char* kLeftOut = "findings-left-out";
constexpr std::size_t kDescription = 1024;  // code points that GitHub takes of a description
constexpr std::size_t kName = 255;
constexpr std::size_t kTags = 20;
constexpr std::size_t kProofLines = 12;
constexpr std::size_t kResolutions = 4;
constexpr std::size_t kSnippet = 4000;  // bytes
constexpr std::uint32_t kContext = 2;   // lines before and after

// ---- text from outside

// At most so many bytes, whole code points.
std::string cut_bytes(std::string_view text, std::size_t most) {
    if (text.size() <= most) return std::string(text);
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xc0u) == 0x80u) --most;
    return std::string(text.substr(0, most));
}

// At most so many code points, "..." in place of the rest.
std::string cut(const std::string& text, std::size_t most) {
    std::size_t n = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if ((static_cast<unsigned char>(text[i]) & 0xc0u) == 0x80u) continue;
        if (++n > most) return cut_bytes(text, i > 3 ? i - 3 : 0) + "...";
    }
    return text;
}

// One line of a plain text message (SARIF 3.11.5, 3.11.6): braces are no placeholders, brackets no
// links.
std::string message(std::string_view raw) {
    std::string out;
    for (const char c : one_line(raw)) {
        if (c == '(' && !out.empty() && out.back() == ']') out += ' ';
        out += c;
        if (c == '{' || c == '}') out += c;
    }
    return out;
}

std::string sentence(std::string_view raw) {
    auto out = message(raw);
    if (out.empty()) return out;
    if (out.front() >= 'a' && out.front() <= 'z')
        out.front() = static_cast<char>(out.front() - 'a' + 'A');
    const char last = out.back();
    if (last != '.' && last != '?' && last != '!') out += '.';
    return out;
}

std::string link(std::string_view raw, std::size_t id) {
    std::string out = "[";
    for (const char c : message(raw)) {
        if (c == '[' || c == ']' || c == '\\') out += '\\';
        out += c;
    }
    return out + "](" + std::to_string(id) + ')';
}

// Plain text within a line of GitHub's Markdown: what could be mark-up, an entity, a formula or an
// address that becomes a link is escaped.
std::string markdown(std::string_view raw) {
    static constexpr std::string_view kMarks = "\\`*_[]<>#|~&@$";
    const auto text = one_line(raw);
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool address = (c == ':' && i + 1 < text.size() && text[i + 1] == '/') ||
                             (c == '.' && i >= 3 && (text[i - 1] == 'w' || text[i - 1] == 'W'));
        if (address || kMarks.find(c) != std::string_view::npos) out += '\\';
        out += c;
    }
    return out;
}

// "evidence-predates-event": "EvidencePredatesEvent"
std::string pascal(const std::string& id) {
    std::string out;
    bool begin = true;
    for (const char c : id) {
        if (c == '-' || c == '_' || c == '.') {
            begin = true;
            continue;
        }
        out += begin && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        begin = false;
    }
    return cut(out, kName);
}

const char* level_of(check::Severity severity, bool less = false) {
    const auto rank = static_cast<std::size_t>(severity) + (less ? 1 : 0);
    return rank == 0 ? "error" : rank == 1 ? "warning" : "note";
}

bool is_known(const check::Finding& f) {
    return !f.suppressed.empty() || f.baseline == check::Baseline::old;
}

std::size_t packed_size(const std::string& text) {
    z_stream z{};
    constexpr int kGzip = 15 + 16;
    if (deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzip, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return text.size();
    std::array<unsigned char, 1u << 16u> out{};
    std::size_t size = 0;
    std::size_t given = 0;
    int state = Z_OK;
    while (state != Z_STREAM_END) {
        if (z.avail_in == 0 && given < text.size()) {
            const auto n = std::min<std::size_t>(text.size() - given, 1u << 30u);
            // zlib reads it and has no word for that.
            z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data() + given));
            z.avail_in = static_cast<uInt>(n);
            given += n;
        }
        z.next_out = out.data();
        z.avail_out = out.size();
        state = deflate(&z, given == text.size() ? Z_FINISH : Z_NO_FLUSH);
        size += out.size() - z.avail_out;
        if (state == Z_STREAM_ERROR) break;
    }
    deflateEnd(&z);
    return size;
}

// ---- the log

class Log {
public:
    Log(const Report& report, const SarifLimits& limits, std::size_t most)
        : r_(report),
          p_(report.provenance),
          sources_(report.sources),
          limits_(limits),
          most_(most) {
        for (std::size_t i = 0; i < p_.inputs.size(); ++i)
            inputs_.emplace(p_.inputs[i].id.value, i);
        for (const auto& pack : p_.packs) packs_.emplace(pack.file.id.value, &pack);
    }

    Json document() {
        choose();
        Json results = Json::array();
        for (const auto& c : r_.result.cases)
            for (const auto* f : of_case(c))
                if (kept_.count(f) != 0) results.push_back(result(*f, c));
        for (const auto& g : r_.result.gone)
            if (results.size() < most_) results.push_back(gone(g));
        if (left_out_ > 0) results.push_back(left_out());
        // The head tells of what the rest has come upon.
        auto invoked = invocation();
        Json run;
        run["tool"]["driver"] = driver();
        run["automationDetails"]["id"] = category();
        run["invocations"] = Json::array({std::move(invoked)});
        const auto artifacts = all_artifacts();
        // Of files outside the project the revision says nothing.
        if (!p_.revision.commit.empty() && !p_.revision.repository.empty() &&
            bases_.count(kElsewhere) == 0)
            run["versionControlProvenance"] = Json::array({revision()});
        run["originalUriBaseIds"] = bases();
        if (!artifacts.empty()) run["artifacts"] = artifacts;
        run["results"] = std::move(results);
        run["columnKind"] = "utf16CodeUnits";
        run["properties"] = properties();
        Json out;
        out["$schema"] = kSchema;
        out["version"] = "2.1.0";
        out["runs"] = Json::array({std::move(run)});
        return out;
    }

private:
    // ---- what is kept

    static std::vector<const check::Finding*> of_case(const check::CaseResult& c) {
        auto out = in_order(c);
        for (const auto* f : in_order(c, true)) out.push_back(f);
        return out;
    }

    // The most severe, certain before possible, those that count before those that are known.
    void choose() {
        std::vector<const check::Finding*> all;
        for (const auto& c : r_.result.cases)
            for (const auto* f : of_case(c)) all.push_back(f);
        const auto total = all.size() + r_.result.gone.size();
        const auto room = total <= most_ ? all.size() : std::min(all.size(), most_ - 1);
        std::stable_sort(all.begin(), all.end(), [](const auto* a, const auto* b) {
            return std::tuple(is_known(*a), a->severity, a->verdict) <
                   std::tuple(is_known(*b), b->severity, b->verdict);
        });
        for (std::size_t i = 0; i < room; ++i) kept_.insert(all[i]);
        for (std::size_t i = room; i < all.size(); ++i) {
            ++left_out_;
            if (all[i]->severity == check::Severity::error) ++left_out_errors_;
        }
    }

    // ---- places

    Json artifact(text::FileId id) {
        const std::string name(sources_.name(id));
        Json out;
        if (const auto pack = packs_.find(id.value);
            pack != packs_.end() && pack->second->shipped) {
            out["uri"] = text::percent_encoded(pack->second->file.name, "/");
            out["uriBaseId"] = kProgram;
        } else if (const auto in_project = name_in_project(p_, name)) {
            out["uri"] = text::percent_encoded(*in_project, "/");
            out["uriBaseId"] = kTop;
        } else {
            out["uri"] = text::percent_encoded(outside(name), "/");
            out["uriBaseId"] = kElsewhere;
        }
        bases_.insert(out["uriBaseId"].get<std::string>());
        if (const auto at = inputs_.find(id.value); at != inputs_.end()) out["index"] = at->second;
        return out;
    }

    // Without what leads out of a folder.
    static std::string outside(const std::string& name) {
        std::string out;
        for (std::size_t from = 0; from <= name.size();) {
            const auto to = std::min(name.find('/', from), name.size());
            const auto part = name.substr(from, to - from);
            if (!part.empty() && part != "." && part != "..")
                out += (out.empty() ? "" : "/") + part;
            from = to + 1;
        }
        return out.empty() ? "-" : out;
    }

    // Is the report of a data set, whose files are not among what was read?
    [[nodiscard]] bool of_data() const { return p_.inputs.empty() && !p_.packs.empty(); }

    Json physical(const text::Span& span) {
        Json out;
        out["artifactLocation"] = artifact(span.file);
        const auto begin = sources_.position(span.file, span.begin);
        const auto end = sources_.position(span.file, std::max(span.begin, span.end));
        Json region = {{"startLine", begin.line},
                       {"startColumn", begin.column_utf16},
                       {"endLine", end.line},
                       {"endColumn", end.column_utf16}};
        region["snippet"]["text"] = cut_bytes(sources_.text(span), kSnippet);
        out["region"] = std::move(region);
        // Wider than the region, or not at all.
        auto first = begin.line > kContext ? begin.line - kContext : 1;
        // Of a record of data only its own lines, without the first, which may be a part of one,
        // and the last.
        const auto held = sources_.position(span.file, 0);
        const auto held_last = held.line + sources_.line_count(span.file) - 1;
        const bool part = of_data() && packs_.count(span.file.value) == 0;
        first = std::max(first, held.line + (part ? 1 : 0));
        const auto last = std::min(end.line + kContext, held_last - (part ? 1 : 0));
        std::string text;
        for (auto line = first; line <= last && text.size() < kSnippet; ++line)
            text += std::string(sources_.line(span.file, line)) + '\n';
        if (first <= begin.line && last >= end.line && (first < begin.line || last > end.line)) {
            out["contextRegion"] = {{"startLine", first}, {"endLine", last}};
            out["contextRegion"]["snippet"]["text"] = cut_bytes(text, kSnippet);
        }
        return out;
    }

    // The first line of the case's own file, where there is no better place.
    [[nodiscard]] text::Span case_place(const std::string& file) const {
        for (const auto& in : p_.inputs)
            if (in.name == file && in.id.valid())
                return {in.id, 0, static_cast<std::uint32_t>(sources_.line(in.id, 1).size())};
        for (std::uint32_t id = 0; id < sources_.size(); ++id)
            if (sources_.name({id}) == file)
                return {{id}, 0, static_cast<std::uint32_t>(sources_.line({id}, 1).size())};
        return {};
    }

    const std::string& line_hash(const text::Span& span) {
        auto& hashes = hashes_[span.file.value];
        if (hashes.empty()) hashes = line_hashes(sources_.bytes(span.file));
        const std::size_t line = sources_.position(span.file, span.begin).line;
        return hashes[std::min(line, hashes.size()) - 1];
    }

    // ---- results

    static std::string place_words(const check::Place& p) {
        if (p.label.empty()) return p.account.empty() ? "also here" : "account " + p.account;
        return p.account.empty() ? p.label : p.label + " (" + p.account + ')';
    }

    Json result(const check::Finding& f, const check::CaseResult& c) {
        std::vector<check::Place> places;
        for (const auto& p : f.places)
            if (p.span.valid()) places.push_back(p);
        if (places.empty())
            if (const auto span = case_place(c.file); span.valid())
                places.push_back({span, {}, {}});
        for (const auto& b : f.blocks)
            for (const auto& p : b.places) {
                const bool known = std::any_of(places.begin(), places.end(),
                                               [&](const auto& x) { return x.span == p.span; });
                if (p.span.valid() && !known) places.push_back(p);
            }
        // The first of them is the location, the others are related ones.
        const auto more = places.size() > limits_.locations ? places.size() - limits_.locations : 0;
        places.resize(places.size() - more);
        Json out;
        out["ruleId"] = f.rule;
        out["ruleIndex"] = rule_index(f);
        out["kind"] = "fail";
        out["level"] = level_of(f.severity, f.verdict == check::Verdict::possible);
        out["message"]["text"] = message_of(f, places, more);
        if (!places.empty()) {
            Json at = {{"physicalLocation", physical(places[0].span)}};
            if (!f.at.empty())
                at["logicalLocations"] =
                    Json::array({{{"name", one_line(f.at.substr(f.at.rfind('.') + 1))},
                                  {"fullyQualifiedName", one_line(f.case_id + ": " + f.at)},
                                  {"kind", "object"}}});
            if (!places[0].label.empty()) at["message"]["text"] = sentence(place_words(places[0]));
            out["locations"] = Json::array({std::move(at)});
        }
        Json related = Json::array();
        for (std::size_t i = 1; i < places.size(); ++i)
            related.push_back({{"id", i},
                               {"physicalLocation", physical(places[i].span)},
                               {"message", {{"text", sentence(place_words(places[i]))}}}});
        if (!related.empty()) out["relatedLocations"] = std::move(related);
        if (auto flows = code_flows(f); !flows.empty()) out["codeFlows"] = std::move(flows);
        out["partialFingerprints"]["antinomy/v1"] = f.fingerprint;
        // Of data nobody holds the file, which it would take; then GitHub reckons it itself.
        if (!places.empty() && !of_data())
            out["partialFingerprints"]["primaryLocationLineHash"] = line_hash(places[0].span);
        put_states(out, f);
        Json properties = {{"case", one_line(f.case_id)},
                           {"at", one_line(f.at)},
                           {"severity", check::word(f.severity)},
                           {"verdict", check::word(f.verdict)},
                           {"relation", check::word(f.relation)},
                           {"accounts", f.accounts},
                           {"about", f.about},
                           {"reaches", f.reaches}};
        if (!f.condition.empty()) properties["condition"] = one_line(f.condition);
        for (const auto& g : f.given)
            properties["given"].push_back({{"path", g.path}, {"account", g.account}});
        out["properties"] = std::move(properties);
        return out;
    }

    std::string message_of(const check::Finding& f, const std::vector<check::Place>& places,
                           std::size_t more) const {
        std::string out = sentence(f.message);
        out += ' ' + sentence(verdict_words(f) + "; " + accounts_words(f));
        if (!f.given.empty()) out += ' ' + sentence(given_words(f));
        const auto list = [&](const char* head, const std::vector<std::string>& lines,
                              std::size_t most) {
            if (lines.empty()) return;
            out += std::string("\n") + head;
            for (std::size_t i = 0; i < lines.size() && i < most; ++i)
                out += "\n- " + message(lines[i]);
            if (lines.size() > most) out += "\n- " + std::to_string(lines.size() - most) + " more";
        };
        list("Because:", because_lines(f, kProofLines), kProofLines);
        list("Turns on:", turning_dates(f), kProofLines);
        if (f.verdict == check::Verdict::possible && (f.turning.empty() || !f.turning_note.empty()))
            list("Two datings:", witness_lines(f), kProofLines);
        if (places.size() > 1) {
            out += "\nStated at:";
            for (std::size_t i = 1; i < places.size() && i <= kProofLines; ++i)
                out += "\n- " + link(place_words(places[i]), i);
            const auto untold =
                places.size() - 1 > kProofLines ? places.size() - 1 - kProofLines : 0;
            if (untold + more > 0)
                out += "\n- and in " + count_words(untold + more, "more place") +
                       (more > 0 ? ", " + std::to_string(more) + " of them left out here" : "");
        }
        std::vector<std::string> exceptions;
        for (const auto& e : f.exceptions) exceptions.push_back(exception_words(e));
        list("Exceptions looked at:", exceptions, kProofLines);
        std::vector<std::string> contrary;
        for (const auto& c : f.contrary) contrary.push_back(contrary_words(c));
        list("The file also has:", contrary, kProofLines);
        std::vector<std::string> changes;
        for (const auto& c : f.resolve) changes.push_back(resolution_words(c));
        list(f.verdict == check::Verdict::certain ? "No longer certain:" : "It would change:",
             changes, kResolutions);
        if (!f.help.empty()) out += "\n" + sentence("help: " + f.help);
        if (!f.fingerprint.empty())
            out += "\n`antinomy explain " +
                   message(f.fingerprint +
                           (r_.explain_beside.empty() ? "" : " " + sanitize(r_.explain_beside))) +
                   "` says more.";
        // GitHub shows no message without its full stop as a sentence.
        if (out.back() != '.') out += '.';
        return out;
    }

    void put_states(Json& out, const check::Finding& f) {
        Json silenced = Json::array();
        if (!f.suppressed.empty()) {
            Json s = {{"kind", f.suppressed_at.valid() ? "inSource" : "external"},
                      {"status", "accepted"},
                      {"justification", one_line(f.suppressed)}};
            if (f.suppressed_at.valid())
                s["location"]["physicalLocation"] = physical(f.suppressed_at);
            if (!f.suppressed_by.empty()) s["properties"]["by"] = one_line(f.suppressed_by);
            if (!f.suppressed_until.empty())
                s["properties"]["until"] = one_line(f.suppressed_until);
            silenced.push_back(std::move(s));
        }
        if (f.baseline == check::Baseline::old)
            silenced.push_back(
                {{"kind", "external"},
                 {"status", "accepted"},
                 {"justification", "listed in the baseline, as certain as it is now"}});
        if (any_known()) out["suppressions"] = std::move(silenced);
        if (f.baseline == check::Baseline::fresh) out["baselineState"] = "new";
        if (f.baseline == check::Baseline::old) out["baselineState"] = "unchanged";
        if (f.baseline == check::Baseline::stronger) out["baselineState"] = "updated";
    }

    // All results say whether they are suppressed, or none does (SARIF 3.27.23).
    bool any_known() {
        if (!any_known_) {
            any_known_ = false;
            for (const auto& c : r_.result.cases)
                any_known_ =
                    *any_known_ || std::any_of(c.findings.begin(), c.findings.end(), is_known);
        }
        return *any_known_;
    }

    // GitHub knows no baseline: what is gone must not come up there as if it were found.
    Json gone(const check::Gone& g) {
        Json out;
        out["ruleId"] = g.rule;
        out["ruleIndex"] = rule_index(g);
        out["kind"] = "informational";
        out["level"] = "none";
        out["message"]["text"] = "This run did not find what the baseline lists at `" +
                                 message(g.at) + "`: " + sentence(g.message) +
                                 " Why not, this does not say; silence is no clearance.";
        for (const auto& c : r_.result.cases)
            if (c.id == g.case_id)
                if (const auto span = case_place(c.file); span.valid())
                    out["locations"] = Json::array({{{"physicalLocation", physical(span)}}});
        out["partialFingerprints"]["antinomy/v1"] = g.fingerprint;
        if (any_known()) out["suppressions"] = Json::array();
        out["baselineState"] = "absent";
        out["properties"] = {{"case", one_line(g.case_id)},
                             {"at", one_line(g.at)},
                             {"verdict", check::word(g.verdict)}};
        return out;
    }

    Json left_out() {
        Json out;
        out["ruleId"] = kLeftOut;
        out["ruleIndex"] = rule_index_of(kLeftOut, [] {
            Provenance::Rule r;
            r.id = kLeftOut;
            r.title = "Findings that are left out of this file";
            r.severity = check::Severity::warning;
            r.help = "check fewer cases at once, or write --format json, which has all of them";
            return r;
        });
        out["kind"] = "fail";
        out["level"] = "warning";
        out["message"]["text"] = left_out_words();
        for (const auto& c : r_.result.cases)
            if (const auto span = case_place(c.file); span.valid() && out.count("locations") == 0)
                out["locations"] = Json::array({{{"physicalLocation", physical(span)}}});
        out["partialFingerprints"]["antinomy/v1"] = kLeftOut;
        if (any_known()) out["suppressions"] = Json::array();
        return out;
    }
    [[nodiscard]] std::string left_out_words() const {
        return count_words(left_out_, "more finding") + " (" +
               count_words(left_out_errors_, "of severity error", "of severity error") +
               ") left out of this file, the least severe first, since code scanning takes no "
               "more. "
               "The exit code counts them, and `--format json` has them all.";
    }

    // ---- code flows

    struct Flow {
        std::vector<std::string> accounts;
        std::string words;
        std::vector<const check::Fact*> facts;  // by time; those without days last
        std::vector<check::Place> places{};     // behind them: what no fact of the proof stands at
    };

    static bool has_days(const check::Fact& f) {
        return f.is_date && (time::bounded(f.days.first) || time::bounded(f.days.last));
    }

    static const check::Proof& proof_of(const check::Finding& f, const std::string& account) {
        const auto holds = [&](const std::vector<check::Standing>& list) {
            return std::any_of(list.begin(), list.end(), [&](const auto& s) {
                return s.account == account || (!s.other.empty() && s.other == account);
            });
        };
        const auto is_of = [&](const check::Proof& p) {
            return holds(p.holds) ||
                   std::any_of(p.witnesses.begin(), p.witnesses.end(),
                               [&](const auto& w) { return w.violates && holds(w.holds); });
        };
        if (is_of(f.proof)) return f.proof;
        for (const auto& p : f.more_proofs)
            if (is_of(p)) return p;
        return f.proof;
    }

    static void by_time(std::vector<const check::Fact*>& facts) {
        std::stable_sort(facts.begin(), facts.end(), [](const auto* a, const auto* b) {
            const auto key = [](const check::Fact& f) {
                return std::tuple(!has_days(f), f.days.first, f.days.last,
                                  std::string_view(f.path));
            };
            return key(*a) < key(*b);
        });
    }

    // A finding that folds others: as each of them stands.
    static std::vector<Flow> folded(const check::Finding& f) {
        std::vector<Flow> out;
        for (const auto& b : f.blocks) {
            Flow flow{{b.account}, b.account + ", " + b.rule + ": " + b.message, {}};
            for (const auto& p : b.places) {
                if (!p.span.valid()) continue;
                const check::Fact* stated = nullptr;
                for (const auto* list : {&f.proof.facts, &f.proof.premises})
                    for (const auto& fact : *list)
                        if (fact.span == p.span) stated = &fact;
                if (stated == nullptr)
                    flow.places.push_back(p);
                else if (std::find(flow.facts.begin(), flow.facts.end(), stated) ==
                         flow.facts.end())
                    flow.facts.push_back(stated);
            }
            by_time(flow.facts);
            if (!flow.facts.empty() || !flow.places.empty()) out.push_back(std::move(flow));
        }
        return out;
    }

    static std::vector<Flow> flows_of(const check::Finding& f) {
        if (!f.blocks.empty() && !f.blocks.front().rule.empty()) return folded(f);
        const bool between = f.relation == check::Relation::between;
        auto accounts = f.accounts;
        if (accounts.empty()) accounts.emplace_back();
        std::vector<Flow> out;
        for (const auto& account : accounts) {
            const auto& proof = proof_of(f, account);
            Flow flow{{account}, {}, {}};
            bool own = false;
            for (const auto* list : {&proof.facts, &proof.premises})
                for (const auto& fact : *list) {
                    if (!fact.span.valid()) continue;
                    if (between && !fact.account.empty() && fact.account != account) continue;
                    own = own || fact.account == account;
                    flow.facts.push_back(&fact);
                }
            if (flow.facts.empty() || (between && !own && !account.empty() && !f.between_sources))
                continue;
            by_time(flow.facts);
            const auto same = std::find_if(out.begin(), out.end(), [&](const Flow& other) {
                return std::equal(other.facts.begin(), other.facts.end(), flow.facts.begin(),
                                  flow.facts.end(), [](const auto* a, const auto* b) {
                                      return a->span == b->span && a->path == b->path;
                                  });
            });
            if (same == out.end())
                out.push_back(std::move(flow));
            else
                same->accounts.push_back(account);
        }
        for (auto& flow : out)
            flow.words =
                flow.accounts == std::vector<std::string>{""}
                    ? "the statements, by time"
                    : "the statements on the account of " + list_words(flow.accounts) + ", by time";
        return out;
    }

    static std::string fact_words(const check::Fact& f) {
        std::string out = '`' + f.path + "`: " + f.value;
        if (has_days(f) && time::to_string(f.days) != f.value)
            out += " (" + time::to_string(f.days) + ')';
        if (!f.account.empty()) out += ", " + f.account;
        if (!f.speaker.empty()) out += " (" + f.speaker + ')';
        if (!f.source.empty()) out += ", in " + f.source;
        if (!f.state.empty()) out += ", " + f.state;
        return out;
    }

    Json code_flows(const check::Finding& f) {
        Json out = Json::array();
        std::size_t room = limits_.flow_locations;
        for (const auto& flow : flows_of(f)) {
            if (room == 0) {
                ++flows_cut_;
                break;
            }
            Json locations = Json::array();
            std::size_t order = 0;
            auto reached = time::kEver;
            for (const auto* fact : flow.facts) {
                if (room == 0) {
                    ++flows_cut_;
                    break;
                }
                --room;
                Json at;
                at["location"]["physicalLocation"] = physical(fact->span);
                at["location"]["message"]["text"] = sentence(fact_words(*fact));
                at["importance"] = has_days(*fact) ? "essential" : "important";
                if (has_days(*fact)) {
                    // Two that may be of one day are put in no order.
                    if (order == 0 || reached < fact->days.first) ++order;
                    reached = std::max(reached, fact->days.last);
                    at["executionOrder"] = order;
                    at["properties"] = {{"first", json_day(fact->days.first)},
                                        {"last", json_day(fact->days.last)}};
                }
                locations.push_back(std::move(at));
            }
            for (const auto& place : flow.places) {
                if (room == 0) {
                    ++flows_cut_;
                    break;
                }
                --room;
                Json at;
                at["location"]["physicalLocation"] = physical(place.span);
                at["location"]["message"]["text"] = sentence(place_words(place));
                at["importance"] = "important";
                locations.push_back(std::move(at));
            }
            Json thread = {{"locations", std::move(locations)}};
            thread["message"]["text"] = sentence(flow.words);
            Json one;
            one["message"]["text"] = sentence(flow.words);
            one["threadFlows"] = Json::array({std::move(thread)});
            out.push_back(std::move(one));
        }
        return out;
    }

    // ---- rules

    template <class Make>
    std::size_t rule_index_of(const std::string& id, const Make& make) {
        const auto known = rule_at_.find(id);
        if (known != rule_at_.end()) return known->second;
        const auto it = std::find_if(p_.rules.begin(), p_.rules.end(),
                                     [&](const auto& r) { return r.id == id; });
        rules_.push_back(descriptor(it == p_.rules.end() ? make() : *it));
        rule_at_.emplace(id, rules_.size() - 1);
        return rules_.size() - 1;
    }
    std::size_t rule_index(const check::Finding& f) {
        return rule_index_of(f.rule, [&] {
            Provenance::Rule r;
            r.id = f.rule;
            r.title = f.rule_title;
            r.severity = f.severity;
            r.about = f.about;
            r.reaches = f.reaches;
            r.basis = f.basis;
            return r;
        });
    }
    std::size_t rule_index(const check::Gone& g) {
        return rule_index_of(g.rule, [&] {
            Provenance::Rule r;
            r.id = g.rule;
            return r;
        });
    }

    static Json descriptor(const Provenance::Rule& r) {
        const auto title = one_line(r.title.empty() ? "Rule " + r.id : r.title);
        const std::string kind =
            r.id == kLeftOut  ? "It is about the file, not about a case"
            : r.kind == "law" ? "A rule about what must not be: what the statements say and the "
                                "norm that it rests "
                                "on do not go together"
            : r.kind == "fact"
                ? "A rule about what cannot be: the statements cannot all be true"
                : "A check of the program's own, or a rule that this run did not judge";
        std::string text;
        std::string md = "**" + markdown(title) + "**\n";
        const auto add = [&](const char* head, const std::string& words) {
            if (words.empty()) return;
            text += std::string(head) + ": " + one_line(words) + "\n";
            md += std::string("\n**") + head + ":** " + markdown(words) + "\n";
        };
        add("Kind", kind);
        add("What to do", r.help);
        std::string basis;
        for (const auto& b : r.basis) basis += (basis.empty() ? "" : "; ") + basis_words(b);
        add("Basis", basis);
        add("About", r.about);
        add("Reaches", r.reaches);
        if (!r.pack.empty()) add("Pack", r.pack);
        if (r.id != kLeftOut) {
            text += "`antinomy rules show " + one_line(r.id) + "` prints the rule.\n";
            md += "\n`antinomy rules show " + one_line(r.id) + "` prints the rule.\n";
        }
        text += preamble();
        md += "\n" + markdown(preamble()) + "\n";
        Json out;
        out["id"] = r.id;
        out["name"] = pascal(r.id);
        out["shortDescription"]["text"] = cut(sentence(title), kDescription);
        out["fullDescription"]["text"] = cut(sentence(title) + ' ' + sentence(kind), kDescription);
        out["help"] = {{"text", text}, {"markdown", md}};
        out["defaultConfiguration"]["level"] = level_of(r.severity);
        if (r.off) out["defaultConfiguration"]["enabled"] = false;
        Json tags = Json::array();
        const auto tag = [&](const std::string& t) {
            if (!t.empty() && tags.size() < kTags &&
                std::find(tags.begin(), tags.end(), t) == tags.end())
                tags.push_back(one_line(t));
        };
        tag(r.kind);
        tag(r.about);
        tag(r.pack);
        for (const auto& g : r.groups) tag(g);
        Json properties;
        if (!tags.empty()) properties["tags"] = std::move(tags);
        // What follows from the statements follows; a presumption has exceptions that nobody may
        // have entered.
        properties["precision"] = r.presumption                            ? "medium"
                                  : r.severity <= check::Severity::warning ? "very-high"
                                                                           : "high";
        properties["problem.severity"] = r.severity == check::Severity::error ? "error"
                                         : r.severity == check::Severity::warning
                                             ? "warning"
                                             : "recommendation";
        out["properties"] = std::move(properties);
        return out;
    }

    Json driver() {
        // Of the rules that were judged, those that have something to do with the cases.
        for (const auto& r : p_.rules)
            if (r.applied && !r.pack.empty())
                static_cast<void>(rule_index_of(r.id, [&] { return r; }));
        Json out;
        out["name"] = "Antinomy";
        out["version"] = p_.version.empty() ? "0.0.0" : p_.version;
        out["semanticVersion"] = out["version"];
        out["informationUri"] = kAbout;
        out["shortDescription"]["text"] =
            "A legal consistency checker: reports which statements cannot all hold together.";
        out["fullDescription"]["text"] = preamble();
        out["rules"] = rules_.empty() ? Json::array() : Json(rules_);
        if (!notified_.empty()) {
            out["notifications"] = Json::array();
            for (const auto& code : notified_) {
                Json d = {{"id", code}, {"name", pascal(code)}};
                const std::string words = code == kLeftOut
                                              ? "Findings or places that are left out of this file."
                                              : "A problem of the input: " + message(code) + '.';
                d["shortDescription"]["text"] = words;
                d["fullDescription"]["text"] = words;
                d["help"]["text"] = "The message says where it is, and the way out.";
                out["notifications"].push_back(std::move(d));
            }
        }
        return out;
    }

    // ---- about the run

    [[nodiscard]] bool is_configuration(const text::Diagnostic& d) const {
        return !d.span.valid() || packs_.count(d.span.file.value) != 0;
    }

    Json invocation() {
        Json configuration = Json::array();
        Json execution = Json::array();
        for (const auto& d : r_.problems.items()) {
            Json n;
            n["descriptor"]["id"] = d.code.empty() ? "problem" : d.code;
            n["level"] = d.level == text::Level::error     ? "error"
                         : d.level == text::Level::warning ? "warning"
                                                           : "note";
            std::string words = d.span.valid() || d.where.empty() ? "" : "`" + d.where + "`: ";
            words += d.message;
            n["message"]["text"] =
                sentence(words) + (d.help.empty() ? "" : ' ' + sentence("help: " + d.help));
            if (d.span.valid())
                n["locations"] = Json::array({{{"physicalLocation", physical(d.span)}}});
            notify(n["descriptor"]["id"].get<std::string>());
            (is_configuration(d) ? configuration : execution).push_back(std::move(n));
        }
        if (left_out_ > 0 || flows_cut_ > 0) {
            std::string words = left_out_ > 0 ? left_out_words() : "";
            if (flows_cut_ > 0)
                words += (words.empty() ? "" : " ") + std::string("Of ") +
                         count_words(flows_cut_, "code flow") + " the end is left out.";
            Json n;
            n["descriptor"]["id"] = kLeftOut;
            n["level"] = "warning";
            n["message"]["text"] = words;
            notify(kLeftOut);
            execution.push_back(std::move(n));
        }
        Json out;
        out["executionSuccessful"] = !r_.problems.has_errors() && tally(r_.result).undecided == 0;
        if (!configuration.empty())
            out["toolConfigurationNotifications"] = std::move(configuration);
        if (!execution.empty()) out["toolExecutionNotifications"] = std::move(execution);
        return out;
    }

    void notify(const std::string& code) {
        if (std::find(notified_.begin(), notified_.end(), code) == notified_.end())
            notified_.push_back(code);
    }

    // What several uploads of one commit are told apart by: of one case its id, else the folder
    // that holds all of them.
    [[nodiscard]] std::string category() const {
        const auto& cases = r_.result.cases;
        if (cases.empty()) return "antinomy/";
        if (cases.size() == 1)
            return "antinomy/" + text::percent_encoded(cases.front().id, "/") + '/';
        std::optional<std::string> folder;
        for (const auto& c : cases) {
            const auto name = name_in_project(p_, c.file).value_or("");
            const auto in =
                name.substr(0, name.rfind('/') == std::string::npos ? 0 : name.rfind('/') + 1);
            if (!folder) {
                folder = in;
                continue;
            }
            while (!folder->empty() && in.compare(0, folder->size(), *folder) != 0) {
                folder->pop_back();
                folder->resize(folder->rfind('/') == std::string::npos ? 0
                                                                       : folder->rfind('/') + 1);
            }
        }
        return "antinomy/" + text::percent_encoded(*folder, "/");
    }

    [[nodiscard]] Json revision() const {
        Json out;
        out["repositoryUri"] = p_.revision.repository;
        out["revisionId"] = p_.revision.commit;
        if (!p_.revision.branch.empty()) out["branch"] = p_.revision.branch;
        out["mappedTo"]["uriBaseId"] = kTop;
        return out;
    }

    Json all_artifacts() {
        Json out = Json::array();
        for (const auto& in : p_.inputs) {
            auto location = artifact(in.id);
            location.erase("index");
            out.push_back({{"location", std::move(location)},
                           {"length", in.bytes},
                           {"roles", Json::array({"analysisTarget"})},
                           {"mimeType", "application/yaml"},
                           {"encoding", "UTF-8"},
                           {"hashes", {{"sha-256", in.sha256}}}});
        }
        return out;
    }

    [[nodiscard]] Json bases() const {
        Json out;
        out[kTop]["description"]["text"] =
            "The top of the project: the nearest folder that holds .git, else where the command "
            "ran.";
        if (bases_.count(kElsewhere) != 0)
            out[kElsewhere]["description"]["text"] = "Folders outside the project.";
        if (bases_.count(kProgram) != 0)
            out[kProgram]["description"]["text"] = "Where the program is installed.";
        return out;
    }

    [[nodiscard]] Json properties() const {
        const auto t = tally(r_.result);
        Json out;
        out["about"] = preamble();
        out["cases"] = r_.result.cases.size();
        out["gaps"] = t.gaps;
        out["undecided"] = t.undecided;
        out["variantsLeftOut"] = r_.result.variants_left_out;
        auto run = json_run(p_);
        run.erase("rules");
        out["run"] = std::move(run);
        return out;
    }

    const Report& r_;
    const Provenance& p_;
    const text::SourceMap& sources_;
    const SarifLimits& limits_;
    std::size_t most_;
    std::map<std::uint32_t, std::size_t> inputs_;  // by file
    std::map<std::uint32_t, const Provenance::Pack*> packs_;
    std::set<const check::Finding*> kept_;
    std::size_t left_out_ = 0;
    std::size_t left_out_errors_ = 0;
    std::size_t flows_cut_ = 0;
    std::optional<bool> any_known_;
    std::set<std::string> bases_;
    std::map<std::uint32_t, std::vector<std::string>> hashes_;
    std::vector<Json> rules_;
    std::map<std::string, std::size_t> rule_at_;
    std::vector<std::string> notified_;
};

}  // namespace

void print_sarif(std::ostream& out, const Report& report, const SarifLimits& limits) {
    for (auto most = std::max<std::size_t>(limits.results, 1);;) {
        const auto text = json_text(Log(report, limits, most).document(), 2) + '\n';
        const auto size = text.size() > limits.packed_bytes ? packed_size(text) : 0;
        std::size_t findings = report.result.gone.size();
        for (const auto& c : report.result.cases) findings += c.findings.size();
        if (size <= limits.packed_bytes || std::min(most, findings) <= 1) {
            out << text;
            return;
        }
        // In proportion, and a little less.
        const auto share =
            static_cast<double>(limits.packed_bytes) / static_cast<double>(size) * 0.9;
        most = static_cast<std::size_t>(static_cast<double>(std::min(most, findings)) * share);
        most = std::max<std::size_t>(most, 1);
    }
}

}  // namespace antinomy::report
