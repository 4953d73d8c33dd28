#include "cli/lint.hpp"

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/workspace.hpp"
#include "lint/lint.hpp"
#include "report/phrases.hpp"

namespace antinomy::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string spelled(std::size_t n) {
    auto out = std::to_string(n);
    for (std::size_t at = out.size(); at > 3;) {
        at -= 3;
        out.insert(at, ",");
    }
    return out;
}

// "of 1,204 cases", and what these were.
std::string how_far(const lint::Extent& e) {
    const auto dates = " and " + std::to_string(lint::kDates) + " dated points";
    auto out = "not so in any of " + spelled(e.cases) + " cases, which are all with up to " +
               std::to_string(e.records) + (e.records == 1 ? " record" : " records") + " a type" +
               dates;
    if (!e.whole())
        out += "; of larger ones " + spelled(lint::kMore) + " of a size were tried, up to " +
               std::to_string(lint::kRecords) + " records";
    return out;
}

class LintRun {
public:
    LintRun(const LintOptions& options, const Common& common) : o_(options), common_(common) {}

    int run() {
        w_.add(o_.packs);
        w_.load();
        w_.check_rules(o_.rules);
        if (!o_.packs.empty() && w_.named_packs().empty())
            w_.argument_error("lint", "there is no rule pack in what was given", "name a pack");
        if (w_.print_problems(common_.style(2))) return kNotDone;
        if (o_.packs.empty()) {
            look_at(w_.packs(), {});
        } else {
            for (const auto& p : w_.named_packs()) look_at(*p.packs, p.id);
        }
        if (o_.json)
            print_json();
        else
            print();
        return all_.remarks.empty() ? kFine : kFound;
    }

private:
    void look_at(const rule::Packs& packs, const std::string& id) {
        std::vector<const rule::Rule*> rules;
        for (const auto& r : packs.rules())
            if ((id.empty() || r.pack == id) && asked(r.id)) rules.push_back(&r);
        std::stable_sort(rules.begin(), rules.end(), [](const auto* a, const auto* b) {
            return std::tie(a->span.file.value, a->span.begin) <
                   std::tie(b->span.file.value, b->span.begin);
        });
        auto more = lint::lint(packs, rules);
        for (const auto* r : rules) {
            if (w_.translated().without.count(r->id) == 0) continue;
            lint::Remark remark;
            remark.code = "no-translation";
            remark.rule = r->id;
            remark.span = r->span;
            remark.section = "title";
            remark.written = r->title;
            remark.text = "the title is not in the language `" + language_asked() + "`";
            remark.help = "write {en: ..., " + language_asked() + ": ...}";
            more.remarks.push_back(std::move(remark));
        }
        std::move(more.remarks.begin(), more.remarks.end(), std::back_inserter(all_.remarks));
        std::move(more.open.begin(), more.open.end(), std::back_inserter(all_.open));
        all_.rules += more.rules;
        all_.cases += more.cases;
    }

    [[nodiscard]] bool asked(const std::string& id) const {
        return o_.rules.empty() ||
               std::find(o_.rules.begin(), o_.rules.end(), id) != o_.rules.end();
    }

    std::string place(const text::Span& span) {
        const auto p = w_.sources().position(span.file, span.begin);
        return report::sanitize(w_.file_name(span)) + ":" + std::to_string(p.line) + ":" +
               std::to_string(p.column) + ": ";
    }

    void print() {
        for (const auto& r : all_.remarks) {
            std::cout << r.code << "  " << place(r.span) << report::sanitize(r.rule)
                      << (r.section.empty() ? "" : ": " + r.section) << "\n  "
                      << report::sanitize(r.text) << "\n";
            if (r.searched) std::cout << "  " << how_far(r.extent) << "\n";
            if (!r.shows.empty()) std::cout << "  " << r.shows << ":\n";
            for (const auto& line : r.example)
                std::cout << "    " << report::sanitize(line) << "\n";
            std::cout << "  help: " << report::sanitize(r.help) << "\n";
        }
        for (const auto& x : all_.open)
            std::cout << "not decided  " << place(x.span) << report::sanitize(x.rule)
                      << (x.section.empty() ? "" : ": " + x.section) << ": "
                      << report::sanitize(x.written) << "\n  " << report::sanitize(x.why) << "\n";
        std::cout << report::count_words(all_.remarks.size(), "remark") << " on "
                  << report::count_words(all_.rules, "rule") << "; " << spelled(all_.cases)
                  << " cases tried, with up to " << lint::kRecords << " records a type and "
                  << lint::kDates << " dated points";
        if (!all_.open.empty())
            std::cout << "; " << report::count_words(all_.open.size(), "question")
                      << " not decided";
        std::cout << "\n";
    }

    Json json_place(const text::Span& span) {
        const auto p = w_.sources().position(span.file, span.begin);
        return {{"file", w_.file_name(span)}, {"line", p.line}, {"column", p.column}};
    }

    void print_json() {
        Json remarks = Json::array();
        for (const auto& r : all_.remarks) {
            Json x{{"rule", r.rule}, {"code", r.code}};
            x.update(json_place(r.span));
            x["section"] = r.section;
            x["what"] = r.written;
            x["message"] = r.text;
            x["help"] = r.help;
            x["searched"] = nullptr;
            if (r.searched)
                x["searched"] = {{"cases", r.extent.cases},
                                 {"all_up_to_records", r.extent.records},
                                 {"whole", r.extent.whole()}};
            x["example"] = nullptr;
            if (!r.example.empty()) x["example"] = {{"shows", r.shows}, {"case", r.example}};
            remarks.push_back(std::move(x));
        }
        Json open = Json::array();
        for (const auto& q : all_.open) {
            Json x{{"rule", q.rule}};
            x.update(json_place(q.span));
            x["section"] = q.section;
            x["what"] = q.written;
            x["why"] = q.why;
            open.push_back(std::move(x));
        }
        const Json out{{"format", 1},
                       {"remarks", std::move(remarks)},
                       {"not_decided", std::move(open)},
                       {"summary",
                        {{"rules", all_.rules},
                         {"cases", all_.cases},
                         {"records", lint::kRecords},
                         {"dated_points", lint::kDates},
                         {"cases_a_question", {lint::kCases, lint::kMore, lint::kMore}}}}};
        std::cout << out.dump(2, ' ', false, Json::error_handler_t::replace) << "\n";
    }

    const LintOptions& o_;
    const Common& common_;
    Workspace w_{true};  // with their examples: they answer most questions
    lint::Linted all_;
};

}  // namespace

int lint(const LintOptions& options, const Common& common) {
    return LintRun(options, common).run();
}

}  // namespace antinomy::cli
