#include "page/next.hpp"

#include <algorithm>
#include <map>

#include "html/frame.hpp"
#include "report/phrases.hpp"

namespace antinomy::page {

using html::block;
using html::element;
using html::Html;
using html::markup;
using html::text;

namespace {

constexpr std::size_t kShown = 40;

// In which document what is missing stands: by type of the record, and field; an empty field is any
// other. Types that a pack of its own brings have none here, and are asked for by name.
struct Where {
    std::string_view type;
    std::string_view field;
    std::string_view document;
};
constexpr Where kWhere[]{
    {"charge", "", "the indictment, or whatever states the charge"},
    {"act", "relied_on", "the judgment, with its reasons"},
    {"act", "knew_of_status", "the case file: what was said on knowledge and intent"},
    {"act", "", "the indictment, and the record of the hearing"},
    {"decision", "", "the decision itself, whole, with the dates of delivery and service"},
    {"sentence", "", "the judgment, with its operative part"},
    {"status", "legal_force", "a certificate of the court on the day of legal force"},
    {"status", "published", "the official publication of the decision that declared it"},
    {"status", "", "the decision that declared it, and the record of that hearing"},
    {"evidence", "published", "the platform's own data on the upload"},
    {"evidence", "created", "the original file, with its own data"},
    {"evidence", "same_item", "the platform's own data on the upload, and an archived copy"},
    {"evidence", "collected", "the record of seizure"},
    {"evidence", "", "the exhibit itself, with the record of how it was obtained and shown"},
    {"event", "brought_before_judge", "the record of the first hearing before a judge"},
    {"event", "counsel_from", "the record of the interrogation, and counsel's order to act"},
    {"event", "", "records of where people were: border, travel, attendance, telephone"},
    {"person", "", "papers of identity and nationality"},
    {"norm", "", "the official text as it read on the day of the act"},
    {"version", "", "the official text as it read on the day of the act"},
    {"element", "", "the official text as it read on the day of the act"},
    {"penalty", "", "the official text as it read on the day of the act"},
    {"source", "", "an archived copy of the publication, with its day"},
    {"organization", "", "the register of organisations, and its statute"},
    {"court", "", "the law that set up the court and its district"},
    {"custody", "", "the chain of custody of the exhibit"},
};

std::string field_of(std::string_view path, const std::string& record) {
    auto field = std::string(path.substr(std::min(path.size(), record.size())));
    if (!field.empty() && field[0] == '.') field.erase(0, 1);
    return field.substr(0, field.find_first_of(":."));
}

std::string type_of(const Dossier& d, const std::string& record) {
    for (const auto& r : d.sheet.records)
        if (r.path == record) return r.type;
    return {};
}

std::size_t weight(const Question& q) {
    return q.findings.size() + q.rules.size();
}

bool heavier(const Question& a, const Question& b) {
    return weight(a) != weight(b) ? weight(a) > weight(b) : a.path < b.path;
}

std::vector<std::string> listed(const std::set<std::string>& set) {
    return {set.begin(), set.end()};
}

Html findings_of(const std::set<std::size_t>& numbers) {
    return finding_links({numbers.begin(), numbers.end()});
}

Html row(const Question& q, const Words& words, std::size_t rank) {
    Html what = words.name(words.point(q.path));
    if (!q.other.empty()) what += text(" and ") + words.name(words.point(q.other));
    Html how;
    const auto add = [&](std::string_view part) {
        how += text(how.empty() ? "" : "; ") + text(part);
    };
    if (!q.other.empty()) add("whether the two are one: nobody says");
    if (q.missing) add("not in the file");
    if (q.alone) add("one party's word, and nobody else's");
    if (q.turns) add("findings turn on its day");
    if (!q.because.empty()) {
        add("whether ");
        how += words.spoken(q.because, words.prose(q.because));
    }
    if (!q.pending.empty()) add("not come yet, pending " + report::list_words(listed(q.pending)));
    Html why;
    if (!q.findings.empty()) why += findings_of(q.findings) + text(" may change");
    if (!q.rules.empty()) {
        why += text(why.empty() ? "" : "; ");
        why += text(q.rules.size() == 1 ? "asked for by the rule " : "asked for by the rules ");
        bool first = true;
        for (const auto& r : q.rules) {
            why += (first ? Html() : text(", ")) + element("code", text(r));
            first = false;
        }
    }
    if (!q.accounts.empty())
        why += text("; on the account of ") + words.name(words.accounts(listed(q.accounts)));
    std::vector<std::string> sides;
    for (const auto& b : q.burdens) sides.push_back(words.side(b));
    if (!sides.empty()) why += text("; the burden is on " + report::list_words(sides));
    return block("tr",
                 element("td", text(std::to_string(rank))) +
                     element("th", {{"scope", "row"}},
                             what + element("span", {{"class", "also"}, {"dir", "auto"}}, how)) +
                     element("td", why));
}

Html documents(const std::vector<Question>& all, const Dossier& d, const Words& words) {
    struct Document {
        std::set<std::string> of;  // titles of records
        std::set<std::size_t> findings;
        std::set<std::string> rules;
        std::size_t weight = 0;
        std::size_t first = 0;
    };
    std::map<std::string, Document> documents;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (!all[i].other.empty()) continue;
        const auto record = words.record_of(all[i].path);
        const auto name = document_for(type_of(d, record), field_of(all[i].path, record));
        if (name.empty()) continue;
        auto [it, fresh] = documents.try_emplace(name);
        if (fresh) it->second.first = i;
        it->second.of.insert(words.title(record));
        it->second.findings.insert(all[i].findings.begin(), all[i].findings.end());
        it->second.rules.insert(all[i].rules.begin(), all[i].rules.end());
        it->second.weight += weight(all[i]);
    }
    std::vector<std::pair<std::string, Document>> ranked(documents.begin(), documents.end());
    std::sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) {
        return a.second.weight != b.second.weight ? a.second.weight > b.second.weight
                                                  : a.second.first < b.second.first;
    });
    Html items;
    for (const auto& [name, document] : ranked) {
        Html item = element("strong", text(name)) + text(": on ");
        bool first = true;
        for (const auto& title : document.of) {
            item += (first ? Html() : text(", ")) + words.name(title);
            first = false;
        }
        if (!document.findings.empty())
            item += text(" (") + findings_of(document.findings) + text(")");
        items += block("li", item);
    }
    if (items.empty()) return {};
    return block("h3", text("Documents to get")) +
           block("p", text("Where the answers usually stand, first the one on which most hangs. "
                           "Whether such a document exists is not known here.")) +
           block("ol", markup("\n") + items);
}

}  // namespace

std::string document_for(std::string_view type, std::string_view field) {
    for (const auto& w : kWhere)
        if (w.type == type && (w.field == field || w.field.empty())) return std::string(w.document);
    return {};
}

std::vector<Question> questions(const Dossier& d, const Numbers& numbers) {
    std::map<std::string, Question> by_path;
    const auto of = [&](const std::string& path) -> Question& {
        auto& q = by_path[path];
        q.path = path;
        return q;
    };
    for (const auto& g : d.result.gaps) {
        // A field that is a path of its own names its record itself.
        auto& q = of(g.field.find('.') != std::string::npos || g.field.empty()
                         ? (g.field.empty() ? g.at : g.field)
                         : g.at + "." + g.field);
        q.missing = true;
        q.rules.insert(g.rule);
        q.accounts.insert(g.accounts.begin(), g.accounts.end());
        if (!g.burden.empty()) q.burdens.insert(g.burden);
        if (!g.pending.empty()) q.pending.insert(g.pending);
    }
    for (const auto* f : numbers.standing()) {
        const auto n = numbers.of(*f);
        for (const auto& t : f->turning) {
            if (!t.certain.empty() + !t.possible.empty() + !t.fine.empty() < 2) continue;
            auto& q = of(t.path);
            q.turns = true;
            q.findings.insert(n);
        }
        for (const auto& g : f->given) {
            auto& q = of(g.path);
            q.alone = q.alone || g.others.alike.empty();
            q.findings.insert(n);
        }
        for (const auto& e : f->exceptions) {
            if (e.switch_path.empty() || e.state == "false") continue;
            auto& q = of(e.switch_path);
            if (q.because.empty()) q.because = e.because;
            q.findings.insert(n);
        }
    }
    for (const auto& identity : d.sheet.identities) {
        if (identity.value != "unknown") continue;
        auto& q = by_path[identity.a + " = " + identity.b];
        q.path = identity.a;
        q.other = identity.b;
        const auto asks = [&](const std::vector<check::Standing>& holds) {
            return std::any_of(holds.begin(), holds.end(), [&](const auto& s) {
                return std::any_of(s.identities.begin(), s.identities.end(), [&](const auto& i) {
                    return i.a == identity.a && i.b == identity.b;
                });
            });
        };
        for (const auto* f : numbers.standing()) {
            bool any = asks(f->proof.holds);
            for (const auto& p : f->more_proofs) any = any || asks(p.holds);
            for (const auto& w : f->proof.witnesses) any = any || asks(w.holds);
            if (any) q.findings.insert(numbers.of(*f));
        }
    }
    std::vector<Question> out;
    for (auto& [path, q] : by_path) out.push_back(std::move(q));
    std::sort(out.begin(), out.end(), heavier);
    return out;
}

Html next_section(const Dossier& d, const Words& words, const Numbers& numbers) {
    Html out = block("h2", {{"id", "next"}}, text("What to find out next"));
    const auto all = questions(d, numbers);
    if (all.empty())
        return out +
               block("p", text("No rule that applied asks for a fact that is not in the file. What "
                               "the file says "
                               "nothing of at all is listed under Liberty and Remedies; no rule "
                               "can ask about it."));
    Html rows;
    for (std::size_t i = 0; i < std::min(all.size(), kShown); ++i)
        rows += row(all[i], words, i + 1);
    Html columns;
    for (const auto* name : {"No.", "What", "What hangs on it"})
        columns += element("th", {{"scope", "col"}}, text(name));
    out += html::scroll(
        "What to find out next",
        block(
            "table",
            markup("\n") +
                block("caption", text("Ranked by how many findings and unanswered rules an answer "
                                      "may change.")) +
                block("thead", block("tr", columns)) + block("tbody", markup("\n") + rows)));
    if (all.size() > kShown)
        out += block("p", text(report::count_words(all.size() - kShown, "more question") +
                               ", on which less hangs, are in the JSON report."));
    return out + documents(all, d, words);
}

}  // namespace antinomy::page
