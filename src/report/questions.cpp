#include "report/questions.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "report/phrases.hpp"
#include "report/terminal.hpp"

namespace antinomy::report {
namespace {

using Names = std::set<std::string>;

std::vector<std::string> sorted(const Names& set) {
    return {set.begin(), set.end()};
}

}  // namespace

std::string some_names(const std::vector<std::string>& names, std::size_t most) {
    if (names.size() <= most) return list_words(names);
    std::string out;
    for (std::size_t i = 0; i < most; ++i) out += (i > 0 ? ", " : "") + one_line(names[i]);
    return out + " and " + std::to_string(names.size() - most) + " more";
}

Questions questions(const check::CaseResult& c) {
    struct Question {
        Names rules;
        Names accounts;
        Names burdens;
        Names pending;
    };
    std::map<std::pair<std::string, std::string>, Question> asked;  // field, record
    for (const check::Gap& g : c.gaps) {
        Question& q = asked[{g.field, g.at}];
        q.rules.insert(g.rule);
        q.accounts.insert(g.accounts.begin(), g.accounts.end());
        if (!g.burden.empty()) q.burdens.insert(g.burden);
        if (!g.pending.empty()) q.pending.insert(g.pending);
    }
    // The same field of several records, asked for by the same rules: one line.
    using Key = std::tuple<std::string, Names, Names, Names, Names>;
    std::map<Key, std::vector<std::string>> lines;
    for (const auto& [what, q] : asked)
        lines[{what.first, q.rules, q.accounts, q.burdens, q.pending}].push_back(what.second);
    std::vector<std::pair<Key, std::vector<std::string>>> ranked(lines.begin(), lines.end());
    std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) {
        return std::get<1>(a.first).size() * a.second.size() >
               std::get<1>(b.first).size() * b.second.size();
    });
    Questions out;
    out.facts = asked.size();
    for (const auto& [key, records] : ranked) {
        const auto& [field, rules, accounts, burdens, pending] = key;
        // A path names its record itself.
        const bool path = field.find('.') != std::string::npos;
        std::string text = '`' + one_line(field) + (path ? "` for " : "` of ") +
                           some_names(records, 6) + ": asked for by " +
                           some_names(sorted(rules), 4);
        if (!accounts.empty())
            text += (accounts.size() == 1 ? "; account: " : "; accounts: ") +
                    some_names(sorted(accounts));
        if (!burdens.empty()) text += "; the burden is on " + list_words(sorted(burdens));
        if (!pending.empty()) text += "; it has not come: pending " + list_words(sorted(pending));
        out.lines.push_back(std::move(text));
    }
    return out;
}

}  // namespace antinomy::report
