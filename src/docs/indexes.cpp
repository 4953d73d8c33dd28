#include "docs/indexes.hpp"

#include <functional>
#include <map>

#include "report/phrases.hpp"
#include "rule/keys.hpp"

namespace antinomy::docs {

using html::block;
using html::element;
using html::Html;
using html::markup;
using html::text;
using rule::Rule;

namespace {

using Rules = std::vector<const Rule*>;

std::string counted(const Rules& rules) {
    return report::count_words(rules.size(), "rule");
}

struct Part {
    std::string key;
    std::string title;
    std::string note;
    Rules rules;
};

// A page of parts: first links to each, then each with its rules.
Html parts_page(const Library& library, const std::string& title, const Html& lead,
                const std::vector<Part>& parts) {
    Html contents = markup("\n");
    for (const auto& p : parts)
        contents += block("li", element("a", {{"href", html::address(0, {}, part_anchor(p.key))}},
                                        text(p.title)) +
                                    text(" (" + counted(p.rules) + ")"));
    Html out = block("h1", text(title)) + lead + block("ul", contents);
    for (const auto& p : parts) {
        out += block("h2", {{"id", part_anchor(p.key)}, {"dir", "auto"}}, text(p.title));
        if (!p.note.empty()) out += block("p", {{"class", "dim"}}, text(p.note));
        out += list(library, p.rules, 0);
    }
    return out;
}

Html lead(const std::string& words) {
    return block("p", {{"class", "lead"}}, text(words));
}

// Parts in the order of the words that the language has for them.
std::vector<Part> by_word(const Library& library, const text::Keys& keys,
                          const std::function<std::string(const Rule&)>& word_of) {
    std::map<std::string, Rules> rules;
    for (const auto* r : library.rules) rules[word_of(*r)].push_back(r);
    std::vector<Part> out;
    for (const auto& key : keys) {
        const auto it = rules.find(std::string(key.name));
        if (it == rules.end()) continue;
        out.push_back({it->first, it->first, std::string(key.about), std::move(it->second)});
        rules.erase(it);
    }
    for (auto& [word, list] : rules) out.push_back({word, word, "", std::move(list)});
    return out;
}

}  // namespace

std::string part_anchor(const std::string& key) {
    return "part-" + file_name(key);
}

File families_page(const Library& library) {
    std::vector<Part> parts;
    for (const auto* r : library.rules) {
        if (parts.empty() || parts.back().key != r->pack) {
            Part part{r->pack, r->pack, "", {}};
            for (const auto* head : library.packs->heads()) {
                if (head->id != r->pack) continue;
                if (!head->title.empty()) part.title = head->title + " (" + head->id + ")";
                if (head->verified_on)
                    part.note = "Its law was last looked up on " +
                                time::to_string(*head->verified_on) + ".";
            }
            parts.push_back(std::move(part));
        }
        parts.back().rules.push_back(r);
    }
    const auto words =
        lead(report::count_words(library.rules.size(), "rule") + " in " +
             report::count_words(parts.size(), "family", "families")) +
        block("p",
              text("Each rule asks one question of a case file. A finding says that statements "
                   "in the file cannot all be true, or cannot all be lawful, together. Where a "
                   "rule is silent, nothing has been cleared."));
    return page(library, "index.html", "Rules by family", Tab::families,
                parts_page(library, "Rules by family", words, parts));
}

File severities_page(const Library& library) {
    const auto parts = by_word(library, rule::severities(), [](const Rule& r) {
        return is_off(r) ? std::string("off") : std::string(rule::word(r.severity));
    });
    return page(
        library, "severity.html", "Rules by severity", Tab::severities,
        parts_page(library, "Rules by severity", lead("How much a finding weighs."), parts));
}

File abouts_page(const Library& library) {
    const auto parts =
        by_word(library, rule::abouts(), [](const Rule& r) { return std::string(r.about); });
    return page(library, "about.html", "Rules by subject", Tab::abouts,
                parts_page(library, "Rules by subject", lead("What a finding is about."), parts));
}

File ids_page(const Library& library) {
    std::map<std::string, Html> items;
    for (const auto* r : library.rules) {
        items[r->id] = link(library, *r, 0) + text(" ") + severity_tag(*r) +
                       element("span", {{"class", "dim"}, {"dir", "auto"}}, text(r->title));
        for (const auto& [alias, span] : r->aliases)
            items[alias] = element("code", text(alias)) + text(" is now ") + link(library, *r, 0);
    }
    Html all = markup("\n");
    for (const auto& [id, item] : items) all += block("li", item);
    Html builtin = markup("\n");
    for (const auto& id : rule::builtin_rules()) builtin += block("li", element("code", text(id)));
    return page(library, "ids.html", "All ids", Tab::ids,
                block("h1", text("All ids")) + lead("Also those that a rule had before.") +
                    block("ul", {{"class", "rules"}}, all) + block("h2", text("Built in")) +
                    block("p", text("Found by the program itself; no pack has them. ") +
                                   element("code", text("antinomy explain ID CASE")) +
                                   text(" says what one of them found.")) +
                    block("ul", builtin));
}

}  // namespace antinomy::docs
