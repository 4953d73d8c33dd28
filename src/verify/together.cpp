#include "verify/together.hpp"

#include <algorithm>
#include <filesystem>

namespace antinomy::verify {

namespace fs = std::filesystem;

namespace {

// A finding that another is made of, among those of the same case.
struct Part {
    const Json* finding;
    Checked* checked;
};

bool speaks_of(const Json& finding, const Json& part) {
    if (text_of(finding, "rule") != text_of(part, "rule") ||
        text_of(finding, "at") != text_of(part, "at") ||
        text_of(finding, "verdict") != text_of(part, "verdict"))
        return false;
    const auto account = text_of(part, "account");
    const auto it = finding.find("accounts");
    if (account.empty() || it == finding.end() || !it->is_array() || it->empty()) return true;
    return std::find(it->begin(), it->end(), account) != it->end();
}

// What a finding is made of has to be there, and verified.
void made_of(const std::vector<Part>& parts) {
    for (bool more = true; more;) {
        more = false;
        for (const auto& p : parts) {
            if (p.checked->verdict != Verdict::verified) continue;
            const auto list = p.finding->find("made_of");
            if (list == p.finding->end() || !list->is_array()) continue;
            for (const auto& wanted : *list) {
                const Part* best = nullptr;
                for (const auto& other : parts)
                    if (speaks_of(*other.finding, wanted) &&
                        (best == nullptr || other.checked->verdict < best->checked->verdict))
                        best = &other;
                if (best != nullptr && best->checked->verdict == Verdict::verified) continue;
                p.checked->verdict = best == nullptr ? Verdict::unchecked : best->checked->verdict;
                p.checked->why =
                    "it is made of " + text_of(wanted, "rule") + " at " + text_of(wanted, "at") +
                    (best == nullptr ? ", which is not among the findings"
                     : best->checked->verdict == Verdict::refused ? ", which is refused"
                                                                  : ", which is unchecked");
                more = true;
                break;
            }
        }
    }
}

}  // namespace

std::string text_of(const Json& j, const char* key) {
    const auto it = j.find(key);
    return it != j.end() && it->is_string() ? it->get<std::string>() : std::string();
}

Checked named(const Json& finding) {
    Checked out;
    out.rule = text_of(finding, "rule");
    out.case_id = text_of(finding, "case");
    out.at = text_of(finding, "at");
    out.fingerprint = text_of(finding, "fingerprint");
    return out;
}

void examine_together(Examiner& examiner, const std::vector<const Json*>& findings,
                      const std::vector<Checked*>& checked) {
    std::vector<Part> parts;
    for (std::size_t i = 0; i < findings.size(); ++i) {
        auto& c = *checked[i];
        try {
            examiner.examine(*findings[i]);
        } catch (const Fault& fault) {
            c.verdict = fault.verdict;
            c.why = fault.why;
        } catch (const Json::exception& e) {
            c.verdict = Verdict::refused;
            c.why = std::string("not as `check` writes it: ") + e.what();
        }
        parts.push_back({findings[i], &c});
    }
    made_of(parts);
}

std::vector<File> packs_in(const std::string& rules, std::vector<std::string>& problems) {
    std::vector<std::string> names;
    std::error_code ec;
    for (auto it = fs::directory_iterator(rules, ec); !ec && it != fs::directory_iterator();
         it.increment(ec)) {
        std::error_code e;
        const auto& p = it->path();
        if ((p.extension() == ".yaml" || p.extension() == ".yml") && !it->is_directory(e))
            names.push_back(p.lexically_normal().string());
    }
    std::sort(names.begin(), names.end());
    std::vector<File> out;
    for (const auto& name : names) {
        out.push_back(read_file(name));
        if (const auto& f = out.back(); !f.error.empty())
            problems.push_back(f.name + " " + f.error);
    }
    if (out.empty()) problems.push_back("no rule packs in " + rules);
    return out;
}

}  // namespace antinomy::verify
