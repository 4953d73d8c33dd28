#include "track/baseline.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "report/json_parts.hpp"
#include "text/nearest.hpp"

namespace antinomy::track {

using check::Verdict;
using text::Node;

namespace {

// More than any case file needs: an entry a finding, of as many findings as are told.
constexpr text::Limits kLimits{256u << 20, 8, 64'000'000, 1u << 20};
// Of twice as many entries as are taken, so that it is told how many there are.
constexpr text::Limits kLimitsOfData{kMostBytesOfData, 8, 40 * kMostOfData, 1u << 20};

const std::vector<std::string> kKeys{"rule",        "case",    "at",     "verdict",
                                     "fingerprint", "message", "reason", "times"};

auto key_of(const Entry& e) {
    return std::tie(e.case_id, e.rule, e.at, e.fingerprint, e.verdict);
}

// From 1 on, of up to nine digits.
std::optional<std::uint64_t> whole_number(const std::string& text) {
    if (text.empty() || text.size() > 9 || text.front() == '0' ||
        text.find_first_not_of("0123456789") != std::string::npos)
        return std::nullopt;
    return std::stoull(text);
}

class BaselineReader {
public:
    explicit BaselineReader(text::Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

    std::optional<Entries> read(const Node& root) {
        const auto before = diagnostics_.error_count();
        const auto* version = root.find("baseline");
        const auto* findings = root.find("findings");
        if (version == nullptr) {
            error(root.span, "no-baseline", "this file is no baseline: it has no key `baseline`",
                  "give a file that `antinomy baseline write` wrote");
            return std::nullopt;
        }
        if (!version->is_scalar() || version->text != "1")
            error(version->span, "no-baseline", "a baseline of a form that is not known here",
                  "write `baseline: 1`, or write the file anew with this version of antinomy");
        for (const auto& [k, v] : root.entries)
            if (k.text != "baseline" && k.text != "findings")
                error(k.span, "unknown-key", "a baseline has no key `" + k.text + "`",
                      text::did_you_mean(k.text, {"baseline", "findings"}));
        Entries out;
        if (findings == nullptr)
            error(root.span, "missing-key", "a baseline without `findings`", "add `findings: []`");
        else if (!findings->is_sequence())
            error(findings->span, "wrong-type",
                  "expected a list, found " + std::string(text::kind_word(*findings)),
                  "write `findings: []`, or an entry a line");
        else
            for (const auto& item : findings->items)
                if (auto e = entry(item)) out.push_back(std::move(*e));
        if (diagnostics_.error_count() != before) return std::nullopt;
        return out;
    }

private:
    std::optional<Entry> entry(const Node& item) {
        if (!item.is_mapping()) {
            error(item.span, "wrong-type",
                  "expected an entry, found " + std::string(text::kind_word(item)),
                  "write {rule: ..., case: ..., at: ..., verdict: ..., fingerprint: ...}");
            return std::nullopt;
        }
        const auto before = diagnostics_.error_count();
        Entry e;
        e.span = item.span;
        bool verdict = false;
        for (const auto& [k, v] : item.entries) {
            if (std::find(kKeys.begin(), kKeys.end(), k.text) == kKeys.end()) {
                error(k.span, "unknown-key", "an entry of a baseline has no key `" + k.text + "`",
                      text::did_you_mean(k.text, kKeys));
                continue;
            }
            if (!v.is_scalar()) {
                error(v.span, "wrong-type",
                      "expected text, found " + std::string(text::kind_word(v)),
                      "write `" + k.text + "` as one text");
                continue;
            }
            if (k.text == "verdict") {
                verdict = true;
                e.verdict = v.text == "possible" ? Verdict::possible : Verdict::certain;
                if (v.text != "possible" && v.text != "certain")
                    error(v.span, "unknown-word", "`" + v.text + "` is no verdict",
                          text::did_you_mean(v.text, {"certain", "possible"}));
            } else if (k.text == "times") {
                const auto times = whole_number(v.text);
                if (times)
                    e.times = *times;
                else
                    error(v.span, "wrong-type",
                          "expected a number of records, found `" + v.text + "`",
                          "write a whole number from 1 on, or take `times` out");
            } else if (k.text == "fingerprint") {
                e.fingerprint = v.text;
                if (v.text.size() != 16 ||
                    v.text.find_first_not_of("0123456789abcdef") != std::string::npos)
                    error(v.span, "wrong-type", "`" + v.text + "` is no fingerprint",
                          "16 digits of 0-9a-f, as a report has them");
            } else {
                (k.text == "rule"      ? e.rule
                 : k.text == "case"    ? e.case_id
                 : k.text == "at"      ? e.at
                 : k.text == "message" ? e.message
                                       : e.reason) = v.text;
            }
        }
        for (const auto& [missing, name] :
             {std::pair{e.rule.empty(), "rule"}, std::pair{e.case_id.empty(), "case"},
              std::pair{!verdict, "verdict"}, std::pair{e.fingerprint.empty(), "fingerprint"}})
            if (missing && diagnostics_.error_count() == before)
                error(item.span, "missing-key",
                      "an entry of a baseline has no `" + std::string(name) + "`",
                      "write the file anew, or take the entry out");
        if (diagnostics_.error_count() != before) return std::nullopt;
        return e;
    }

    void error(const text::Span& span, const char* code, std::string message, std::string help) {
        diagnostics_.error(span, code, std::move(message), std::move(help));
    }

    text::Diagnostics& diagnostics_;
};

// By fingerprint: the stronger of the verdicts.
std::map<std::string, Verdict> strongest(const Entries& entries) {
    std::map<std::string, Verdict> out;
    for (const auto& e : entries) {
        auto& v = out.emplace(e.fingerprint, e.verdict).first->second;
        v = std::min(v, e.verdict);
    }
    return out;
}

// The verdicts of what a run found, by fingerprint; suppressed findings are there, too.
std::map<std::string, Verdict> found(const check::Result& result) {
    std::map<std::string, Verdict> out;
    for (const auto& c : result.cases)
        for (const auto& f : c.findings) {
            auto& v = out.emplace(f.fingerprint, f.verdict).first->second;
            v = std::min(v, f.verdict);
        }
    return out;
}

Entry entry_of(const check::Finding& f) {
    return {f.rule, f.case_id, f.at, f.fingerprint, f.verdict, f.message, {}, 1, {}};
}

// Any text as a YAML scalar in double quotes: JSON's quoting is within it.
std::string quoted(const std::string& text) {
    return report::json_text(nlohmann::ordered_json(text), -1);
}

}  // namespace

// (A reason that one of them has is kept.)
Entries settled(Entries entries) {
    std::stable_sort(entries.begin(), entries.end(),
                     [](const Entry& a, const Entry& b) { return key_of(a) < key_of(b); });
    Entries out;
    std::map<std::string, std::size_t> by;
    for (auto& e : entries) {
        const auto [it, added] = by.emplace(e.fingerprint, out.size());
        if (added) {
            out.push_back(std::move(e));
            continue;
        }
        auto& kept = out[it->second];
        if (e.verdict < kept.verdict) {
            std::swap(kept.verdict, e.verdict);
            std::swap(kept.message, e.message);
        }
        if (kept.reason.empty()) kept.reason = std::move(e.reason);
        // Two branches that each wrote it have not found it twice as often.
        kept.times = std::max(kept.times, e.times);
    }
    return out;
}

std::optional<Entries> read_baseline(text::SourceMap& sources, const std::string& path,
                                     text::Diagnostics& diagnostics, std::size_t most) {
    const auto& limits = most == 0 ? kLimits : kLimitsOfData;
    const auto file = text::read_file(sources, path, diagnostics, limits);
    if (!file) return std::nullopt;
    const auto root = text::parse_yaml(sources, *file, diagnostics, limits);
    if (!root) return std::nullopt;
    auto out = BaselineReader(diagnostics).read(*root);
    if (!out || most == 0 || out->size() <= most) return out;
    diagnostics.error(root->span, "too-large",
                      "a baseline of " + std::to_string(out->size()) + " findings; " +
                          std::to_string(most) + " is the most for a data set",
                      std::string(kTooMany));
    return std::nullopt;
}

std::string baseline_text(Entries entries) {
    std::string out =
        "# Findings that are known: `antinomy check --baseline` marks them and counts the others.\n"
        "# Written by `antinomy baseline`. A `reason:` may be added to an entry; it is kept.\n"
        "baseline: 1\n";
    const auto all = settled(std::move(entries));
    out += all.empty() ? "findings: []\n" : "findings:\n";
    for (const auto& e : all) {
        out += "- {rule: " + quoted(e.rule) + ", case: " + quoted(e.case_id) +
               ", at: " + quoted(e.at) + ", verdict: " + std::string(check::word(e.verdict)) +
               ", fingerprint: " + quoted(e.fingerprint) + ", message: " + quoted(e.message);
        if (e.times > 1) out += ", times: " + std::to_string(e.times);
        if (!e.reason.empty()) out += ", reason: " + quoted(e.reason);
        out += "}\n";
    }
    return out;
}

void mark(check::Result& result, const Entries& entries, const Run& run) {
    const auto known = strongest(entries);
    result.baselined = true;
    for (auto& c : result.cases)
        for (auto& f : c.findings) {
            const auto it = known.find(f.fingerprint);
            f.baseline = it == known.end() || run.mandatory(f.case_id, f.rule)
                             ? check::Baseline::fresh
                         : it->second <= f.verdict ? check::Baseline::old
                                                   : check::Baseline::stronger;
        }
    const auto now = found(result);
    for (const auto& e : settled(entries))
        if (now.count(e.fingerprint) == 0 && run.judged(e))
            result.gone.push_back({e.rule, e.case_id, e.at, e.fingerprint, e.verdict, e.message});
}

Entries entries_of(const check::Result& result, const Run& run) {
    Entries out;
    for (const auto& c : result.cases)
        for (const auto& f : c.findings)
            if (f.suppressed.empty() && !run.mandatory(f.case_id, f.rule))
                out.push_back(entry_of(f));
    return settled(std::move(out));
}

Changed written(const Entries& before, const check::Result& result, const Run& run) {
    Changed out;
    const auto known = strongest(before);
    std::map<std::string, std::string> reasons;
    for (const auto& e : before)
        if (!e.reason.empty()) reasons.emplace(e.fingerprint, e.reason);
    out.entries = entries_of(result, run);
    for (auto& e : out.entries) {
        const auto it = known.find(e.fingerprint);
        if (it == known.end()) {
            ++out.added;
            continue;
        }
        out.raised += e.verdict < it->second ? 1 : 0;
        out.lowered += e.verdict > it->second ? 1 : 0;
        if (const auto r = reasons.find(e.fingerprint); r != reasons.end()) e.reason = r->second;
    }
    out.removed = known.size() - (out.entries.size() - out.added);
    return out;
}

Changed updated(const Entries& before, const check::Result& result, const Run& run) {
    Changed out;
    out.entries = settled(before);
    std::map<std::string, std::size_t> by;
    for (std::size_t i = 0; i < out.entries.size(); ++i) by[out.entries[i].fingerprint] = i;
    for (auto& e : entries_of(result, run)) {
        const auto it = by.find(e.fingerprint);
        if (it == by.end()) {
            ++out.added;
            out.entries.push_back(std::move(e));
        } else if (auto& old = out.entries[it->second]; e.verdict < old.verdict) {
            ++out.raised;
            old.verdict = e.verdict;
            old.message = std::move(e.message);
        }
    }
    return out;
}

Changed pruned(const Entries& before, const check::Result& result, const Run& run) {
    Changed out;
    const auto now = found(result);
    std::map<std::string, const check::Finding*> weaker;
    for (const auto& c : result.cases)
        for (const auto& f : c.findings)
            if (f.verdict == Verdict::possible) weaker.emplace(f.fingerprint, &f);
    for (auto& e : settled(before)) {
        const auto it = now.find(e.fingerprint);
        if (it == now.end() && run.judged(e)) {
            ++out.removed;
            continue;
        }
        if (it != now.end() && it->second > e.verdict) {
            ++out.lowered;
            e.verdict = it->second;
            e.message = weaker.at(e.fingerprint)->message;
        }
        out.entries.push_back(std::move(e));
    }
    return out;
}

}  // namespace antinomy::track
