#include "verify/data.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "verify/together.hpp"

namespace antinomy::verify {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kFindings = 1u << 30;  // bytes of one file of findings

std::uint64_t number_of(const Json& j, const char* key) {
    const auto it = j.find(key);
    return it != j.end() && it->is_number_unsigned() ? it->get<std::uint64_t>() : 0;
}

// The text as yaml-cpp reads it, its places those of the data.
File file_of(const MadeCase& made) {
    File out;
    out.name = "(a case made of data)";
    out.origins = made.places;
    std::string last;
    std::string canonical;
    for (auto& place : out.origins) {
        if (place.file.empty()) continue;
        if (place.file != last) {
            std::error_code ec;
            last = place.file;
            canonical = fs::weakly_canonical(fs::absolute(last, ec), ec).string();
        }
        place.file = canonical;
    }
    try {
        out.root = YAML::Load(made.yaml);
    } catch (const YAML::Exception& e) {
        out.error = std::string("is no YAML: ") + e.what();
    }
    return out;
}

}  // namespace

OfData::OfData(const std::vector<std::string>& packs, const std::string& rules) {
    report_.of_data = true;
    const auto shipped = rules.empty() ? std::vector<File>{} : packs_in(rules, report_.problems);
    vocabulary_ = read_packs(shipped, packs, report_.problems);
}

void OfData::read(const std::string& name) {
    std::error_code ec;
    if (fs::is_regular_file(name, ec) && fs::file_size(name, ec) > kFindings) {
        report_.problems.push_back(name + " is larger than 1 GB");
        return;
    }
    std::ostringstream bytes;
    bool good = true;
    if (name == "-") {
        bytes << std::cin.rdbuf();
    } else {
        std::ifstream in(name, std::ios::binary);
        bytes << in.rdbuf();
        good = static_cast<bool>(in);
    }
    if (!good) {
        report_.problems.push_back(name + " cannot be read");
        return;
    }
    bytes_.push_back(bytes.str());
    const auto& all = bytes_.back();
    bool any = false;
    std::size_t number = 0;
    for (std::size_t begin = 0; begin < all.size();) {
        const auto end = std::min(all.find('\n', begin), all.size());
        const Line line{bytes_.size() - 1, begin, end - begin};
        begin = end + 1;
        ++number;
        if (line.size == 0) continue;
        const auto json =
            Json::parse(all.begin() + static_cast<std::ptrdiff_t>(line.begin),
                        all.begin() + static_cast<std::ptrdiff_t>(end), nullptr, false);
        const auto kind = json.is_object() ? text_of(json, "kind") : std::string();
        if (kind.empty()) {
            report_.problems.push_back(name + ": line " + std::to_string(number) +
                                       " is no object of `check --map --format json`");
            return;
        }
        any = true;
        if (kind == "summary") {
            const auto it = json.find("complete");
            if (it == json.end() || *it != true)
                report_.problems.push_back(name + ": the run that wrote it was not complete");
            if (number_of(json, "not_shown") > 0)
                report_.problems.push_back(name +
                                           ": the run that wrote it told only some findings");
        }
        if (kind != "finding") continue;
        auto checked = named(json);
        checked.file = text_of(json, "data_file");
        checked.record = number_of(json, "record");
        checked.verdict = Verdict::unchecked;
        by_record_[{checked.file, checked.record}].push_back(report_.findings.size());
        report_.findings.push_back(std::move(checked));
        lines_.push_back(line);
    }
    // Lines that were picked out of it have no sum, and are looked at all the same.
    if (!any) report_.problems.push_back(name + " is no output of `check --map --format json`");
}

const OfData::Numbers& OfData::of(const std::string& file, std::uint64_t record) const {
    static const Numbers none;
    const auto it = by_record_.find({file, record});
    return it == by_record_.end() ? none : it->second;
}

void OfData::examine(const Numbers& numbers, const std::string& case_id, const MadeCase& made) {
    std::vector<Json> findings;
    std::vector<Checked> checked;
    Numbers examined;
    for (const auto n : numbers) {
        auto& line = lines_[n];
        const std::string_view bytes =
            std::string_view(bytes_[line.file]).substr(line.begin, line.size);
        auto json = Json::parse(bytes.begin(), bytes.end(), nullptr, false);
        if (text_of(json, "case") != case_id) continue;
        checked.push_back(named(json));
        findings.push_back(std::move(json));
        examined.push_back(n);
    }
    if (!findings.empty()) {
        const auto c = read_made(file_of(made), vocabulary_);
        static const std::vector<File> no_rules;
        if (c.problems.empty()) {
            Examiner examiner(c, "", no_rules);
            std::vector<const Json*> each;
            std::vector<Checked*> to;
            for (std::size_t i = 0; i < findings.size(); ++i) {
                each.push_back(&findings[i]);
                to.push_back(&checked[i]);
            }
            examine_together(examiner, each, to);
        } else {
            for (auto& one : checked) {
                one.verdict = Verdict::unchecked;
                one.why = "its case could not be read wholly: " + c.problems.front();
            }
        }
    }
    const std::lock_guard lock(mutex_);
    for (const auto n : numbers) lines_[n].seen = true;
    for (std::size_t i = 0; i < examined.size(); ++i) {
        auto& line = lines_[examined[i]];
        auto& out = report_.findings[examined[i]];
        // Several cases may be made of one document, with one id.
        if (line.done && out.verdict <= checked[i].verdict) continue;
        line.done = true;
        out.verdict = checked[i].verdict;
        out.why = checked[i].why;
    }
}

Report OfData::finish() {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        if (lines_[i].done) continue;
        auto& f = report_.findings[i];
        const auto record = "record " + std::to_string(f.record) + " of " + f.file;
        f.verdict = lines_[i].seen ? Verdict::refused : Verdict::unchecked;
        f.why = f.file.empty() || f.record == 0 ? "it does not say which record it is of"
                : lines_[i].seen                ? "no case `" + f.case_id + "` is made of " + record
                                 : record + " is not in the data given, or cannot be read";
    }
    return std::move(report_);
}

}  // namespace antinomy::verify
