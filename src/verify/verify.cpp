#include "verify/verify.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <set>
#include <sstream>

#include "verify/together.hpp"

namespace antinomy::verify {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kFindings = 1u << 30;  // bytes of one file of findings

bool is_yaml(const fs::path& p) {
    return p.extension() == ".yaml" || p.extension() == ".yml";
}

// Case files, and those of folders, hidden ones left out.
std::vector<std::string> files_of(const std::vector<std::string>& paths) {
    std::vector<std::string> out;
    for (const auto& path : paths) {
        std::error_code ec;
        if (!fs::is_directory(path, ec)) {
            out.push_back(path);
            continue;
        }
        std::vector<std::string> found;
        for (auto it = fs::recursive_directory_iterator(path, ec);
             !ec && it != fs::recursive_directory_iterator(); it.increment(ec)) {
            std::error_code e;
            const auto name = it->path().filename().string();
            if (it->is_directory(e) && !name.empty() && name[0] == '.')
                it.disable_recursion_pending();
            else if (is_yaml(it->path()) && !it->is_directory(e))
                found.push_back(it->path().lexically_normal().string());
        }
        std::sort(found.begin(), found.end());
        out.insert(out.end(), found.begin(), found.end());
    }
    return out;
}

// An object a line, as `check --map` writes them.
bool of_data_set(const std::string& bytes) {
    const auto line = Json::parse(bytes.substr(0, bytes.find('\n')), nullptr, false);
    return line.is_object() && line.contains("kind");
}

class Run {
public:
    Run(Report& report, const std::vector<std::string>& cases, const std::string& rules)
        : report_(report), rules_(packs_in(rules, report.problems)) {
        for (const auto& name : files_of(cases)) {
            auto file = read_file(name);
            const bool named = std::find(cases.begin(), cases.end(), name) != cases.end();
            if (!file.error.empty()) {
                if (named) problem(file);
                continue;
            }
            const auto block = file.root.IsMap() ? file.root["case"] : YAML::Node();
            if (!block.IsDefined() || !block.IsMap()) continue;
            const auto id = block["id"];
            if (!id || !id.IsScalar()) continue;
            if (!mains_.emplace(id.Scalar(), std::move(file)).second)
                report_.problems.push_back("two cases have the id `" + id.Scalar() + "`");
        }
    }

    void findings(const std::string& name) {
        std::error_code ec;
        if (fs::is_regular_file(name, ec) && fs::file_size(name, ec) > kFindings) {
            report_.problems.push_back(name + " is larger than 1 GB");
            return;
        }
        std::ifstream in(name, std::ios::binary);
        std::ostringstream bytes;
        bytes << in.rdbuf();
        if (!in) {
            report_.problems.push_back(name + " cannot be read");
            return;
        }
        const auto json = Json::parse(bytes.str(), nullptr, false);
        if (json.is_discarded() && of_data_set(bytes.str())) {
            report_.problems.push_back(
                name +
                " is of a data set: give its map and the data as well (`antinomy verify FINDINGS "
                "--map MAP DATA...`)");
            return;
        }
        if (json.is_discarded() || !json.is_object() || !json.contains("findings") ||
            !json["findings"].is_array()) {
            report_.problems.push_back(name + " is no output of `check --format json`");
            return;
        }
        if (json.contains("complete") && json["complete"] == false)
            report_.problems.push_back(name + ": the run that wrote it was not complete");
        std::map<std::string, std::string> mains;  // file by case, as named in the findings
        if (json.contains("cases") && json["cases"].is_array())
            for (const auto& c : json["cases"]) mains[text_of(c, "id")] = text_of(c, "file");
        // By case, so that one case at a time is held.
        std::map<std::string, std::vector<const Json*>> by_case;
        for (const char* key : {"findings", "suppressed"}) {
            if (!json.contains(key) || !json[key].is_array()) continue;
            for (const auto& f : json[key]) by_case[text_of(f, "case")].push_back(&f);
        }
        for (const auto& [id, list] : by_case) one_case(id, mains[id], list);
    }

private:
    void problem(const File& f) { report_.problems.push_back(f.name + " " + f.error); }

    void one_case(const std::string& id, const std::string& main,
                  const std::vector<const Json*>& list) {
        const auto first = report_.findings.size();
        for (const auto* f : list) report_.findings.push_back(named(*f));
        const auto found = mains_.find(id);
        if (found == mains_.end()) {
            for (auto i = first; i < report_.findings.size(); ++i) {
                report_.findings[i].verdict = Verdict::unchecked;
                report_.findings[i].why = "the case `" + id + "` was not given";
            }
            return;
        }
        std::optional<Case> c;
        std::string broken;
        try {
            c = read_case(found->second, rules_);
            if (!c->problems.empty()) broken = c->problems.front();
        } catch (const YAML::Exception& e) {
            broken = e.what();
        }
        if (!broken.empty()) {
            report_.problems.push_back(broken);
            for (auto i = first; i < report_.findings.size(); ++i) {
                report_.findings[i].verdict = Verdict::unchecked;
                report_.findings[i].why = "its case could not be read wholly: " + broken;
            }
            return;
        }
        Examiner examiner(*c, main.empty() ? found->second.name : main, rules_);
        std::vector<Checked*> checked;
        for (auto i = first; i < report_.findings.size(); ++i)
            checked.push_back(&report_.findings[i]);
        examine_together(examiner, list, checked);
    }

    Report& report_;
    std::vector<File> rules_;
    std::map<std::string, File> mains_;
};

std::string word(Verdict v) {
    return v == Verdict::verified ? "verified" : v == Verdict::refused ? "refused" : "unchecked";
}

constexpr const char* kTaken =
    "What a rule asks of the dates is taken as the findings say it; its logic is not repeated.";

constexpr const char* kTakenOfData =
    "So is what the map makes of a record: where its values stand is checked, not what they mean.";
std::string taken(const Report& r) {
    return r.of_data ? std::string(kTaken) + "\n" + kTakenOfData : kTaken;
}

// Names and words of files that people wrote go to a terminal: no control characters.
std::string plain(const std::string& s) {
    std::string out;
    for (const char c : s) {
        const auto u = static_cast<unsigned char>(c);
        out += u < 0x20 || u == 0x7f ? '?' : c;
    }
    return out;
}

}  // namespace

std::size_t Report::count(Verdict v) const {
    return static_cast<std::size_t>(std::count_if(
        findings.begin(), findings.end(), [&](const Checked& c) { return c.verdict == v; }));
}

int Report::exit_code() const {
    if (!problems.empty() || count(Verdict::unchecked) > 0) return 2;
    return count(Verdict::refused) > 0 ? 1 : 0;
}

Report verify(const std::vector<std::string>& findings, const std::vector<std::string>& cases,
              const std::string& rules) {
    Report out;
    Run run(out, cases, rules);
    for (const auto& f : findings) run.findings(f);
    return out;
}

void print_text(std::ostream& out, const Report& r) {
    for (const auto& p : r.problems) out << "not read: " << plain(p) << "\n";
    for (const auto& f : r.findings)
        if (f.verdict != Verdict::verified)
            out << word(f.verdict) << ": " << plain(f.rule) << " at " << plain(f.at) << " ("
                << plain(f.case_id)
                << (f.file.empty() ? ""
                                   : ", " + plain(f.file) + " record " + std::to_string(f.record))
                << "): " << plain(f.why) << "\n";
    out << r.findings.size() << (r.findings.size() == 1 ? " finding: " : " findings: ")
        << r.count(Verdict::verified) << " verified, " << r.count(Verdict::refused) << " refused, "
        << r.count(Verdict::unchecked) << " unchecked\n"
        << taken(r) << "\n";
}

void print_json(std::ostream& out, const Report& r) {
    nlohmann::ordered_json j;
    j["format"] = 1;
    j["findings"] = nlohmann::ordered_json::array();
    for (const auto& f : r.findings) {
        nlohmann::ordered_json x = {{"rule", f.rule},
                                    {"case", f.case_id},
                                    {"at", f.at},
                                    {"fingerprint", f.fingerprint},
                                    {"verdict", word(f.verdict)}};
        if (!f.file.empty()) {
            x["data_file"] = f.file;
            x["record"] = f.record;
        }
        x["why"] = f.why.empty() ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(f.why);
        j["findings"].push_back(std::move(x));
    }
    j["problems"] = r.problems;
    j["summary"] = {{"findings", r.findings.size()},
                    {"verified", r.count(Verdict::verified)},
                    {"refused", r.count(Verdict::refused)},
                    {"unchecked", r.count(Verdict::unchecked)}};
    std::map<std::string, std::size_t> reasons;
    for (const auto& f : r.findings)
        if (f.verdict == Verdict::unchecked) ++reasons[f.why];
    j["unchecked"] = nlohmann::ordered_json::array();
    for (const auto& [why, count] : reasons)
        j["unchecked"].push_back({{"why", why}, {"count", count}});
    j["about"] = taken(r);
    out << j.dump(2, ' ', true, nlohmann::ordered_json::error_handler_t::replace) << "\n";
}

}  // namespace antinomy::verify
