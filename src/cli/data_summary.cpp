#include "cli/data_summary.hpp"

#include <algorithm>
#include <array>
#include <ostream>

#include "report/layout.hpp"
#include "report/phrases.hpp"
#include "report/text.hpp"

namespace antinomy::cli {

namespace {

using Json = nlohmann::ordered_json;

std::string severities(const data::Counts& counts) {
    std::string out;
    for (std::size_t s = 0; s < 4; ++s) {
        const auto n = counts.findings[s][0] + counts.findings[s][1];
        if (n == 0) continue;
        const auto word = check::word(static_cast<check::Severity>(s));
        out += (out.empty() ? "" : ", ") +
               (s < 2 ? report::count_words(n, word) : std::to_string(n) + " " + std::string(word));
    }
    return out;
}

}  // namespace

data::RuleCounts DataSummary::counts(const std::string& rule) const {
    const auto it = totals_.rules.find(rule);
    return it == totals_.rules.end() ? data::RuleCounts{} : it->second;
}

data::Counts DataSummary::sum() const {
    data::Counts all;
    for (const auto& [rule, c] : totals_.rules) all.add(c.findings);
    return all;
}

DataSummary::Known DataSummary::known() const {
    Known out;
    for (const auto& [rule, c] : totals_.rules) {
        out.old += c.known.all();
        out.stronger += c.stronger;
        out.fresh += c.findings.all();
    }
    out.fresh -= out.old + out.stronger;
    return out;
}

std::uint64_t DataSummary::again(const std::string& rule) const {
    const auto it = beside_.counted.find(rule);
    return it == beside_.counted.end() ? 0 : it->second;
}

bool DataSummary::asked(const std::string& rule) const {
    const auto ids = Workspace::canonical(*loaded_.packs, o_.rules);
    return ids.empty() || std::find(ids.begin(), ids.end(), rule) != ids.end();
}

std::vector<std::string> DataSummary::not_applied() const {
    std::vector<std::string> out;
    for (const auto& r : loaded_.packs->rules()) {
        const bool left_out =
            std::find(totals_.among.begin(), totals_.among.end(), r.id) != totals_.among.end();
        if (!left_out && totals_.rules.count(r.id) == 0 && asked(r.id)) out.push_back(r.id);
    }
    std::sort(out.begin(), out.end());
    return out;
}

DataSummary::Held DataSummary::held(const std::string& rule, const data::Limit& limit) const {
    const auto c = counts(rule);
    Held out;
    out.counted = c.new_certain + (o_.fail_on_possible ? c.new_possible : 0) + again(rule);
    const auto& builtin = rule::builtin_rules();
    const bool whole = std::find(builtin.begin(), builtin.end(), rule) != builtin.end();
    const bool joined = loaded_.map.per != data::Per::record;
    out.of = !whole ? c.applied : joined ? totals_.cases : totals_.checked;
    out.within = limit.allows(out.counted, out.of);
    return out;
}

std::vector<std::string> DataSummary::idle_limits() const {
    std::vector<std::string> out;
    for (const auto& [rule, limit] : limits_)
        if (asked(rule) && held(rule, limit).of == 0) out.push_back(rule);
    return out;
}

std::string DataSummary::why_found() const {
    const auto threshold = o_.threshold();
    if (!threshold.worst) return {};
    std::vector<std::string> over;
    for (const auto& [rule, limit] : limits_)
        if (!held(rule, limit).within) over.push_back(rule);
    std::uint64_t counted = 0;
    for (const auto& [rule, c] : totals_.rules) {
        if (limits_.count(rule) != 0) continue;
        counted += again(rule);
        for (std::size_t s = 0; s < 4; ++s) {
            const auto severity = static_cast<check::Severity>(s);
            for (const auto verdict : {check::Verdict::certain, check::Verdict::possible})
                if (threshold.counts(severity, verdict))
                    counted += c.findings.findings[s][static_cast<std::size_t>(verdict)] -
                               c.known.findings[s][static_cast<std::size_t>(verdict)];
        }
    }
    std::string out;
    if (counted > 0)
        out = counted_words(counted, o_) + (beside_.compared ? " beside the baseline" : "");
    if (!over.empty())
        out += (out.empty() ? "over the limit: " : "; over the limit: ") + report::list_words(over);
    return out;
}

// A line a rule; numbers stand under their heads. A name that is too long for the width has a line
// of its own.
void DataSummary::print_table(std::ostream& out, const report::Style& style) const {
    constexpr std::size_t kColumns = 5;
    using Row = std::array<std::string, kColumns>;
    std::vector<std::pair<std::string, Row>> rows;
    rows.emplace_back("rule, in " + std::string(unit()) + "s",
                      Row{"applied", "passed", "certain", "possible", "open"});
    for (const auto& [rule, c] : totals_.rules) {
        const auto n = [](std::uint64_t x) { return std::to_string(x); };
        const std::string none = "-";
        rows.emplace_back(report::sanitize(rule),
                          Row{c.whole() ? none : n(c.applied), c.whole() ? none : n(c.passed),
                              n(c.certain), n(c.possible), c.whole() ? none : n(c.open())});
    }
    std::array<std::size_t, kColumns> widths{};
    std::size_t longest = 0;
    for (const auto& [name, row] : rows) {
        longest = std::max(longest, name.size());
        for (std::size_t i = 0; i < kColumns; ++i) widths[i] = std::max(widths[i], row[i].size());
    }
    std::size_t numbers = 0;
    for (const auto w : widths) numbers += 2 + w;
    const auto width = static_cast<std::size_t>(std::max(style.width, 0));
    const auto room = std::min(longest, width > numbers + 16 ? width - numbers : 16);
    for (const auto& [name, row] : rows) {
        out << name;
        if (name.size() > room) out << '\n';
        out << std::string(name.size() > room ? room : room - name.size(), ' ');
        for (std::size_t i = 0; i < kColumns; ++i)
            out << std::string(2 + widths[i] - row[i].size(), ' ') << row[i];
        out << '\n';
    }
}

void DataSummary::print_limits(std::ostream& out, const report::Style& style) const {
    for (const auto& [rule, limit] : limits_) {
        const auto h = held(rule, limit);
        if (!asked(rule) || h.of == 0) continue;
        report::print_wrapped(
            out, "", report::Tone::plain,
            rule + ": " + std::to_string(h.counted) + " of " + report::count_words(h.of, unit()) +
                (h.within ? ", within" : ", over") + " its limit of " + limit.written(),
            2, style, h.within ? report::Tone::plain : report::Tone::strong);
    }
    if (const auto idle = idle_limits(); !idle.empty())
        report::print_wrapped(
            out, report::count_words(idle.size(), "rule") + " with a limit applied to nothing: ",
            report::Tone::plain, report::list_words(idle), 2, style);
}

// Of the rules with the most gaps the first few, each where it stands.
void DataSummary::print_gaps(std::ostream& out, const report::Style& style) const {
    if (gaps_.empty()) return;
    constexpr std::size_t kRules = 12;  // as many lines as cases have
    std::vector<std::pair<std::string, std::uint64_t>> rules;
    bool all = true;
    for (const auto& [rule, lines] : gaps_) {
        rules.emplace_back(rule, counts(rule).gaps);
        all = all && lines.size() == rules.back().second;
    }
    std::stable_sort(rules.begin(), rules.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    all = all && rules.size() <= kRules;
    const auto line = [&](std::string_view begin, const std::string& text) {
        report::print_wrapped(out, begin, report::Tone::plain, text, 4, style);
    };
    line("", std::string("what to find out") +
                 (all ? ":" : ", the first of each rule (`--gaps` tells all):"));
    for (std::size_t i = 0; i < std::min(rules.size(), kRules); ++i) {
        const auto& [rule, n] = rules[i];
        const auto& lines = gaps_.at(rule);
        for (const auto& l : lines) line("  ", l);
        if (lines.size() < n)
            line("  ", report::count_words(n - lines.size(), "more gap") + " of " + rule);
    }
    std::uint64_t others = 0;
    for (auto i = kRules; i < rules.size(); ++i) others += rules[i].second;
    if (rules.size() > kRules)
        line("  ", report::count_words(others, "gap") + " of " +
                       report::count_words(rules.size() - kRules, "more rule"));
}

void DataSummary::print(std::ostream& out, const report::Style& style) const {
    const auto line = [&](const std::string& text, report::Tone tone = report::Tone::strong) {
        report::print_wrapped(out, "", report::Tone::plain, text, 2, style, tone);
    };
    const auto listed = [&](const std::vector<std::string>& rules, std::string_view what) {
        if (!rules.empty())
            report::print_wrapped(out,
                                  report::count_words(rules.size(), "rule") + std::string(what),
                                  report::Tone::plain, report::list_words(rules), 2, style);
    };
    if (not_shown_ > 0)
        line(report::count_words(not_shown_, "more finding") + " not shown (--limit " +
                 std::to_string(o_.limit) + ")",
             report::Tone::plain);
    const bool joined = loaded_.map.per != data::Per::record;
    std::string read = report::count_words(totals_.read, "record") + " in " +
                       report::count_words(totals_.files, "file") + ": " +
                       std::to_string(totals_.checked) + " checked, " +
                       std::to_string(totals_.not_checked) + " not";
    if (joined) read += " (" + report::count_words(totals_.cases, "case") + ")";
    if (o_.sample > 0)
        read += ", " + std::to_string(totals_.left_out) +
                (joined ? " of " + report::count_words(totals_.cases_left_out, "case") : "") +
                " left out by --sample (seed " + std::to_string(o_.seed) + ")";
    line(read);
    const auto all = sum();
    if (all.all() > 0)
        line(report::count_words(all.all(), "finding") + " in " +
             report::count_words(totals_.with_findings, unit()) + ": " + severities(all) + " (" +
             std::to_string(all.certain()) + " certain, " +
             std::to_string(all.all() - all.certain()) + " possible)");
    else if (totals_.checked > 0)
        line("no findings; silence is no clearance");
    if (beside_.compared) {
        const auto k = known();
        std::string text = std::to_string(k.old) + " in the baseline";
        if (beside_.again > 0)
            text += " (" + std::to_string(beside_.again) + " more of one id than there)";
        if (k.stronger > 0) text += ", " + std::to_string(k.stronger) + " there as possible";
        text += ", " + std::to_string(k.fresh) + " new";
        if (!beside_.gone.empty())
            text += "; " + report::count_words(beside_.gone.size(), "entry", "entries") +
                    " of it not found in these data";
        line(text, report::Tone::plain);
    }
    if (!totals_.rules.empty()) print_table(out, style);
    print_limits(out, style);
    std::string rest;
    const auto add = [&](const std::string& part) { rest += (rest.empty() ? "" : ", ") + part; };
    if (totals_.gaps > 0) add(report::count_words(totals_.gaps, "gap"));
    if (totals_.suppressed > 0) add(std::to_string(totals_.suppressed) + " suppressed");
    if (totals_.files_left_out > 0)
        add(report::count_words(totals_.files_left_out, "file") +
            " of other names left out of the folders");
    if (!rest.empty()) line(rest, report::Tone::plain);
    print_gaps(out, style);
    listed(totals_.among, " not judged, for want of names in the map: ");
    constexpr std::size_t kNamed = 12;  // as in the report of cases
    const auto idle = not_applied();
    if (idle.size() > kNamed)
        line(report::count_words(idle.size(), "rule") +
                 " applied to nothing (`--format json` names them)",
             report::Tone::plain);
    else
        listed(idle, " applied to nothing: ");
}

Json DataSummary::json(bool complete) const {
    Json out;
    out["kind"] = "summary";
    out["format"] = 1;
    out["complete"] = complete;
    out["about"] = report::preamble();
    out["map"] = loaded_.map.id;
    out["files"] = totals_.files;
    out["files_left_out"] = totals_.files_left_out;
    out["records"] = totals_.read;
    out["checked"] = totals_.checked;
    out["not_checked"] = totals_.not_checked;
    if (o_.sample > 0) {
        out["left_out"] = totals_.left_out;
        out["seed"] = o_.seed;
    }
    const auto all = sum();
    out["findings"] = all.all();
    out["certain"] = all.certain();
    out["not_shown"] = not_shown_;
    if (beside_.compared) {
        const auto k = known();
        out["baseline"] = {{"old", k.old},
                           {"again", beside_.again},
                           {"stronger", k.stronger},
                           {"new", k.fresh},
                           {"not_found", beside_.gone.size()}};
    }
    if (loaded_.map.per == data::Per::record) {
        out["records_with_findings"] = totals_.with_findings;
    } else {
        out["cases"] = totals_.cases;
        out["cases_with_findings"] = totals_.with_findings;
    }
    out["gaps"] = totals_.gaps;
    auto& rules = out["rules"] = Json::object();
    for (const auto& [rule, c] : totals_.rules) {
        const auto or_null = [&](std::uint64_t n) { return c.whole() ? Json(nullptr) : Json(n); };
        rules[rule] = {{"applied", or_null(c.applied)}, {"passed", or_null(c.passed)},
                       {"certain", c.certain},          {"possible", c.possible},
                       {"open", or_null(c.open())},     {"gaps", c.gaps},
                       {"findings", c.findings.all()}};
        if (beside_.compared) rules[rule]["old"] = c.known.all();
    }
    auto& limits = out["limits"] = Json::object();
    for (const auto& [rule, limit] : limits_) {
        if (!asked(rule)) continue;
        const auto h = held(rule, limit);
        limits[rule] = {{"limit", limit.written()},
                        {"count", h.counted},
                        {"applied", h.of},
                        {"within", h.within}};
    }
    out["not_judged"] = totals_.among;
    out["applied_to_nothing"] = not_applied();
    return out;
}

}  // namespace antinomy::cli
