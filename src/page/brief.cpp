#include "page/brief.hpp"

#include <algorithm>
#include <set>

#include "html/frame.hpp"
#include "report/phrases.hpp"

namespace antinomy::page {

using html::block;
using html::element;
using html::Html;
using html::markup;
using html::text;
using Assertion = check::SheetAssertion;

namespace {

Html columns(std::initializer_list<std::string_view> names) {
    Html out;
    for (const auto name : names) out += element("th", {{"scope", "col"}}, text(name));
    return block("thead", block("tr", out));
}

// `kind`: "wide" of many columns.
Html table(std::string_view name, std::string_view caption, const Html& head, const Html& rows,
           const std::string& kind = "few") {
    return html::scroll(std::string(name), block("table", {{"class", kind}},
                                                 markup("\n") + block("caption", text(caption)) +
                                                     head + block("tbody", markup("\n") + rows)));
}

// Questions to a sheet.
class Sheet {
public:
    Sheet(const Dossier& d, const Words& w) : d_(d), words_(w) {}

    [[nodiscard]] std::vector<const Assertion*> of(std::string_view record,
                                                   std::string_view field) const {
        std::vector<const Assertion*> out;
        const auto* r = d_.sheet.record_at(record);
        if (r != nullptr)
            for (const auto i : d_.sheet.of(*r, field)) out.push_back(&d_.sheet.assertions[i]);
        return out;
    }
    [[nodiscard]] std::vector<std::string> refs(std::string_view record,
                                                std::string_view field) const {
        std::vector<std::string> out;
        for (const auto* a : of(record, field))
            for (const auto i : a->records) {
                const auto& path = d_.sheet.records[i].path;
                if (std::find(out.begin(), out.end(), path) == out.end()) out.push_back(path);
            }
        return out;
    }
    [[nodiscard]] bool says(std::string_view record, std::string_view field,
                            std::initializer_list<std::string_view> words) const {
        for (const auto* a : of(record, field))
            if (std::find(words.begin(), words.end(), a->value) != words.end()) return true;
        return false;
    }
    [[nodiscard]] bool refers(std::string_view record, std::string_view field,
                              const std::string& to) const {
        const auto all = refs(record, field);
        return std::find(all.begin(), all.end(), to) != all.end();
    }
    [[nodiscard]] std::vector<std::string> records(std::string_view type) const {
        std::vector<std::string> out;
        for (const auto& r : d_.sheet.records)
            if (r.type == type) out.push_back(r.path);
        return out;
    }

    // The days that a date can be in any view, if they are known.
    [[nodiscard]] std::string days(const std::string& path) const {
        time::DaySet all;
        for (const auto& account : d_.chronology.accounts)
            for (const auto& p : account.points)
                if (p.path == path) all = all.unite(p.days);
        if (all.empty() || (!time::bounded(all.hull().first) && !time::bounded(all.hull().last)))
            return {};
        return days_words(all);
    }

    // Each value with whose word it is.
    [[nodiscard]] Html told(const std::string& record, std::string_view field) const {
        Html out;
        const auto all = of(record, field);
        for (const auto* a : all) {
            if (!out.empty()) out += text("; or ");
            out += value(*a);
            // Of several values these are the days of all of them.
            if (const auto when = days(record + "." + std::string(field));
                all.size() == 1 && !when.empty() && when != a->value &&
                // An hour of that day says more.
                a->value.rfind(when + "T", 0) != 0)
                out += text(", that is " + when);
            out +=
                text(" ") + element("span", {{"class", "whose"}}, text("(") + who(*a) + text(")"));
        }
        return out;
    }
    [[nodiscard]] Html value(const Assertion& a) const {
        if (a.records.empty()) return words_.as_written(a.path, a.value);
        Html out;
        for (const auto i : a.records)
            out += (out.empty() ? Html() : text(", ")) +
                   words_.name(words_.title(d_.sheet.records[i].path));
        return out;
    }
    [[nodiscard]] Html who(const Assertion& a) const {
        auto out = words_.speaks(a.speaker, a.account);
        if (!a.source.empty()) out += text(out.empty() ? "" : ", ") + words_.source(a.source);
        if (!a.state.empty()) out += text(", " + a.state);
        if (const auto words = words_.caution(a.source, a.doubtful); !words.empty())
            out += text(", ") + element("em", text(words));
        return out.empty() ? text("no source given") : out;
    }

private:
    const Dossier& d_;
    const Words& words_;
};

// How a claim comes to be in the file.
std::string_view kind(const Assertion& a) {
    if (a.source.empty()) return "assumed: no source is named";
    return a.doubtful ? "stated, and doubtful" : "stated";
}

bool starts(std::string_view s, std::string_view with) {
    return s.substr(0, with.size()) == with;
}

Html touching(const Dossier& d, const Numbers& numbers, const std::string& charge,
              const std::string& record) {
    std::vector<std::size_t> out;
    for (const auto* f : numbers.standing()) {
        const auto binds = [&](const std::string& path) {
            return f->at == path || std::any_of(f->bindings.begin(), f->bindings.end(),
                                                [&](const auto& b) { return b.second == path; });
        };
        if (binds(charge) && binds(record)) out.push_back(numbers.of(*f));
    }
    static_cast<void>(d);
    return out.empty() ? text("none") : finding_links(out);
}

}  // namespace

Html answers_section(const Dossier& d, const Words& words, const Numbers& numbers) {
    static_cast<void>(d);
    // Findings of one rule to which the same may be answered stand together.
    struct Group {
        const check::Finding* first = nullptr;
        std::string answers;
        Html list;
        std::vector<std::size_t> numbers;
    };
    std::vector<Group> groups;
    bool told = false;  // something that the file has
    for (const auto* f : numbers.standing()) {
        Html list;
        told = told || !f->contrary.empty();
        for (const auto& c : f->contrary)
            list += block("li", element("strong", text("in the file: ")) + words.rivals(c) +
                                    text(": " + report::then_words(c)));
        for (const auto& e : f->exceptions) {
            const bool above = std::any_of(f->contrary.begin(), f->contrary.end(), [&](auto& c) {
                return std::any_of(c.values.begin(), c.values.end(),
                                   [&](const auto& r) { return r.path == e.switch_path; });
            });
            if (above || (e.state == "false" && e.said_by.empty())) continue;
            Html a = text("that ");
            a += element("span", {{"dir", "auto"}},
                         e.because.empty() ? element("code", text(e.when))
                                           : words.spoken(e.because, words.prose(e.because)));
            a += e.state == "unknown" ? text(" (what the file says leaves it open)")
                 : e.said_by.empty()  ? text(e.elsewhere ? " (not stated on this account)"
                                                         : " (nobody in the file says so)")
                                      : text(" (") + words.said(e) + text(")");
            list += block("li", a);
        }
        for (const auto& g : f->given)
            list += block("li", text("that the word of ") + words.name(words.account(g.account)) +
                                    text(" is not right (") + words.name(words.point(g.path)) +
                                    text("; " + words.others(g.others) + ")"));
        if (list.empty()) continue;
        auto it = std::find_if(groups.begin(), groups.end(), [&](const Group& g) {
            return g.first->rule == f->rule && g.answers == list.string();
        });
        if (it == groups.end()) it = groups.insert(groups.end(), Group{f, list.string(), list, {}});
        it->numbers.push_back(numbers.of(*f));
    }
    Html items;
    for (const auto& g : groups)
        items +=
            block("li", text("To ") + finding_links(g.numbers) + text(", ") + words.rule(*g.first) +
                            text(":") + block("ul", markup("\n") + g.list));
    if (items.empty()) return {};
    return block("h2", {{"id", "answers"}}, text("What may be answered to each finding")) +
           block("p", text(std::string("What whoever stands on the other side may say. ") +
                           (told ? "First, what the file itself has: a value that somebody "
                                   "states, on which the finding, judged again with all else as "
                                   "it is, does not stand as it does. Then what "
                                 : "What ") +
                           "the rules provide for and nobody has stated: if it were stated and "
                           "held, it would take the finding away or weaken it.")) +
           block("ul", {{"class", "answers"}}, markup("\n") + items);
}

Html claims_section(const Dossier& d, const Words& words, const Numbers& numbers) {
    const Sheet sheet(d, words);
    Html rows;
    for (const auto& charge : sheet.records("charge")) {
        for (const auto& norm : sheet.refs(charge, "norm")) {
            std::vector<std::string> elements;
            for (const auto& r : d.sheet.records)
                if (starts(r.path, norm + ".elements.")) elements.push_back(r.path);
            if (elements.empty()) elements.push_back(norm);
            for (const auto& e : elements) {
                // A claim a row, so that how it is known and what is offered stand beside it.
                struct Claim {
                    Html what;
                    Html kind;
                    Html offered;
                };
                std::vector<Claim> claims;
                for (const auto& act : sheet.records("act")) {
                    if (!sheet.refers(act, "satisfies", e)) continue;
                    const auto said = sheet.of(act, "satisfies");
                    Claim claim{words.name(words.title(act)) + text(" ") +
                                    element("span", {{"class", "whose"}},
                                            text("(") + sheet.who(*said.front()) + text(")")),
                                text(kind(*said.front())),
                                {}};
                    for (const auto& item : sheet.records("evidence"))
                        if (sheet.refers(item, "offered_for", act))
                            claim.offered += block("p", words.name(words.title(item)) + text(": ") +
                                                            sheet.told(item, "offered_for"));
                    claims.push_back(std::move(claim));
                }
                for (const auto& status : sheet.refs(e, "status")) {
                    Claim claim{words.name(words.title(status)), text("stated"), {}};
                    for (const auto* field : {"pronounced", "legal_force"})
                        if (const auto told = sheet.told(status, field); !told.empty())
                            claim.offered += block("p", text(field_words(field) + ": ") + told);
                    claims.push_back(std::move(claim));
                }
                if (claims.empty()) {
                    Claim none{text("no claim in the file"), text("none"), {}};
                    for (const auto& act : sheet.refs(charge, "conduct"))
                        for (const auto& item : sheet.records("evidence"))
                            if (sheet.refers(item, "offered_for", act))
                                none.offered +=
                                    block("p", text("for the act charged: ") +
                                                   words.name(words.title(item)) + text(": ") +
                                                   sheet.told(item, "offered_for"));
                    claims.push_back(std::move(none));
                }
                const auto all = std::to_string(claims.size());
                for (std::size_t i = 0; i < claims.size(); ++i) {
                    const auto& claim = claims[i];
                    Html row;
                    if (i == 0)
                        row += element("th", {{"scope", "row"}, {"rowspan", all}},
                                       words.name(words.title(charge)) +
                                           element("span", {{"class", "also"}},
                                                   words.name(words.title(norm)))) +
                               element("td", {{"rowspan", all}},
                                       e == norm ? text("no elements entered")
                                                 : words.name(words.title(e)));
                    row += element("td", claim.what) + element("td", claim.kind) +
                           element("td", claim.offered.empty() ? text("nothing in the file")
                                                               : claim.offered);
                    if (i == 0)
                        row += element("td", {{"rowspan", all}}, touching(d, numbers, charge, e));
                    rows += block("tr", row);
                }
            }
        }
    }
    if (rows.empty()) return {};
    return block("h2", {{"id", "claims"}}, text("Claims, evidence, articles")) +
           table("Claims, evidence, articles",
                 "Each element of each article charged: the claim that it is met and whose it is, "
                 "whether that is stated, inferred or assumed, and what is offered for it.",
                 columns({"Charge and article", "Element", "Claim", "Kind", "Offered for it",
                          "Findings"}),
                 rows, "wide");
}

Html liberty_section(const Dossier& d, const Words& words) {
    const Sheet sheet(d, words);
    std::vector<std::string> accused;
    for (const auto& charge : sheet.records("charge"))
        for (const auto& p : sheet.refs(charge, "accused"))
            if (std::find(accused.begin(), accused.end(), p) == accused.end()) accused.push_back(p);
    for (const auto& s : sheet.records("sentence"))
        for (const auto& p : sheet.refs(s, "person"))
            if (std::find(accused.begin(), accused.end(), p) == accused.end()) accused.push_back(p);
    Html out;
    for (const auto& person : accused) {
        struct Row {
            std::string name;
            Html told;
        };
        std::vector<Row> rows{{"Arrest or detention", {}},
                              {"Order to detain", {}},
                              {"Brought before a judge", {}},
                              {"Access to counsel", {}},
                              {"Counsel", {}},
                              {"Court and judges", {}},
                              {"Term", {}},
                              {"Release", {}}};
        const auto add = [&](std::size_t row, const std::string& record, std::string_view field) {
            const auto told = sheet.told(record, field);
            if (told.empty()) return;
            if (!rows[row].told.empty()) rows[row].told += text("; ");
            rows[row].told += words.name(words.title(record)) + text(": ") + told;
        };
        for (const auto& e : sheet.records("event")) {
            if (!sheet.refers(e, "person", person) && !sheet.refers(e, "participants", person))
                continue;
            const bool held = sheet.says(e, "kind", {"arrest", "detention"});
            if (held) {
                add(0, e, "start");
                add(0, e, "end");
                add(1, e, "warrant");
                add(1, e, "detained_under");
                add(2, e, "brought_before_judge");
            }
            add(3, e, "counsel_from");
            if (sheet.says(e, "kind", {"release"})) add(7, e, "start");
        }
        for (const auto& decision : sheet.records("decision")) {
            if (!sheet.refers(decision, "accused", person)) continue;
            if (sheet.says(decision, "kind", {"warrant", "detention-order", "prolongation"})) {
                add(1, decision, "pronounced");
                add(1, decision, "covers");
            }
            add(5, decision, "court");
            add(5, decision, "panel");
        }
        for (const auto& p : sheet.records("person"))
            for (const auto* role : sheet.of(p, "role"))
                if (role->value.find("counsel") != std::string::npos ||
                    role->value.find("lawyer") != std::string::npos) {
                    if (!rows[4].told.empty()) rows[4].told += text("; ");
                    rows[4].told += words.name(words.title(p)) + text(", " + role->value);
                }
        for (const auto& s : sheet.records("sentence"))
            if (sheet.refers(s, "person", person)) {
                add(6, s, "term");
                add(6, s, "credit");
                add(7, s, "release");
            }
        Html body;
        for (const auto& row : rows)
            body += block(
                "tr", element("th", {{"scope", "row"}}, text(row.name)) +
                          element("td", row.told.empty() ? element("em", text("not in the file"))
                                                         : row.told));
        out += block("h3", words.name(words.title(person))) +
               table("Liberty of " + words.title(person),
                     "What the file holds on liberty; what is not in it is a question to ask, and "
                     "no sign that it did not happen.",
                     columns({"What", "As stated"}), body);
    }
    if (out.empty()) return {};
    return block("h2", {{"id", "liberty"}}, text("Liberty")) + out;
}

Html remedies_section(const Dossier& d, const Words& words) {
    const Sheet sheet(d, words);
    static constexpr std::string_view kFields[]{"pronounced", "served", "appeal_within",
                                                "legal_force", "final"};
    Html rows;
    for (const auto& decision : sheet.records("decision")) {
        Html row = element("th", {{"scope", "row"}}, words.name(words.title(decision)));
        for (const auto field : kFields) {
            const auto told = sheet.told(decision, field);
            row += element("td", told.empty() ? element("em", text("not in the file")) : told);
        }
        Html against;
        for (const auto& later : sheet.records("decision")) {
            if (!sheet.refers(later, "reviews", decision)) continue;
            if (!against.empty()) against += text("; ");
            against += words.name(words.title(later));
            if (const auto lodged = sheet.told(later, "lodged"); !lodged.empty())
                against += text(", lodged ") + lodged;
            if (const auto outcome = sheet.told(later, "outcome"); !outcome.empty())
                against += text(", ") + outcome;
        }
        row += element("td", against.empty() ? element("em", text("none in the file")) : against);
        rows += block("tr", row);
    }
    if (rows.empty()) return {};
    return block("h2", {{"id", "remedies"}}, text("Remedies and their dates")) +
           table(
               "Remedies and their dates",
               "Decisions, and what the file holds on remedies against them. Terms are as stated; "
               "their last day depends on service and on days that do not count, and is not worked "
               "out here.",
               columns({"Decision", "Given", "Served", "Term to appeal", "Legal force", "Final",
                        "Appeal"}),
               rows, "wide");
}

}  // namespace antinomy::page
