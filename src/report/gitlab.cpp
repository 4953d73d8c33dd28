#include "report/gitlab.hpp"

#include <cstdint>
#include <nlohmann/json.hpp>
#include <ostream>
#include <set>
#include <string>
#include <string_view>

#include "report/json_parts.hpp"
#include "report/phrases.hpp"
#include "report/place.hpp"
#include "report/sections.hpp"

namespace antinomy::report {
namespace {

using Json = nlohmann::ordered_json;

std::string_view severity(const check::Finding& f) {
    static constexpr std::string_view words[] = {"critical", "major", "minor", "info"};
    const auto step =
        static_cast<std::size_t>(f.severity) + (f.verdict == check::Verdict::possible ? 1 : 0);
    return words[step < 4 ? step : 3];
}

// FNV-1a, 64 bits, as 16 hex digits.
std::string hash(std::string_view text) {
    std::uint64_t h = 0xcbf29ce484222325u;
    for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
    std::string out;
    for (int shift = 60; shift >= 0; shift -= 4)
        out += "0123456789abcdef"[(h >> static_cast<unsigned>(shift)) & 15u];
    return out;
}

class Issues {
public:
    Issues() : list_(Json::array()) {}

    void add(std::string description, std::string check, std::string fingerprint,
             std::string_view how_bad, const Where& w, std::string body = {}) {
        while (!used_.insert(fingerprint).second) fingerprint = hash(fingerprint + w.file);
        Json lines = {{"begin", w.line}};
        if (w.end_line > w.line) lines["end"] = w.end_line;
        Json issue = {{"type", "issue"},
                      {"description", std::move(description)},
                      {"check_name", std::move(check)},
                      {"fingerprint", std::move(fingerprint)},
                      {"severity", how_bad},
                      {"categories", {"Bug Risk"}},
                      {"location", {{"path", w.file}, {"lines", std::move(lines)}}}};
        if (!body.empty()) issue["content"] = {{"body", std::move(body)}};
        list_.push_back(std::move(issue));
    }
    [[nodiscard]] const Json& list() const { return list_; }

private:
    Json list_;
    std::set<std::string> used_;
};

}  // namespace

void print_gitlab(std::ostream& out, const Report& r) {
    Issues issues;
    for (const text::Diagnostic& d : r.problems.items()) {
        if (d.level != text::Level::error) continue;
        Where w = where(r, d.span, d.where);
        if (w.file.empty()) w.file = "-";
        issues.add(one_line(d.message) + "; help: " + one_line(d.help), d.code,
                   hash(d.code + '\n' + w.file + '\n' + d.message), "blocker", w);
    }
    for (const check::CaseResult& c : r.result.cases)
        for (const check::Finding* f : in_order(c)) {
            std::string body;
            for (const Section& s : sections(*f))
                for (const std::string& line : s.lines) body += s.title + ": " + line + '\n';
            issues.add(one_line(f->message) + " (" + verdict_words(*f) + ')', f->rule,
                       f->fingerprint, severity(*f),
                       where(r, f->places.empty() ? text::Span{} : f->places[0].span, c.file),
                       std::move(body));
        }
    out << json_text(issues.list(), 2) << '\n';
}

}  // namespace antinomy::report
