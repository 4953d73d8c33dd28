#include "page/result.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "html/frame.hpp"
#include "report/phrases.hpp"
#include "time/conventions.hpp"

namespace antinomy::page {

using html::block;
using html::element;
using html::Html;
using html::markup;
using html::text;

namespace {

// The built-in finding that sums up others; its parts are counted themselves.
constexpr std::string_view kTogether = "every-account-in-conflict";

bool within(std::string_view path, std::string_view record) {
    return path.substr(0, record.size()) == record &&
           (path.size() == record.size() || path[record.size()] == '.');
}

bool touches(const check::Finding& f, std::string_view record) {
    return within(f.at, record) ||
           std::any_of(f.bindings.begin(), f.bindings.end(),
                       [&](const auto& b) { return within(b.second, record); });
}

bool in_view_of(const std::vector<std::string>& accounts, const std::string& account) {
    return accounts.empty() ||
           std::find(accounts.begin(), accounts.end(), account) != accounts.end();
}

// Acts that a charge rests on, what is offered for one of them, and what names the charge (a
// sentence, a decision): by any account.
struct Facts {
    std::vector<std::string> acts;
    std::vector<std::string> exhibits;
    std::vector<std::string> naming;
};
Facts facts_of(const check::CaseSheet& sheet, const check::SheetRecord& charge) {
    Facts out;
    for (const auto i : sheet.of(charge, "conduct"))
        for (const auto act : sheet.assertions[i].records)
            out.acts.push_back(sheet.records[act].path);
    for (const auto& a : sheet.assertions)
        if (a.field == "offered_for" &&
            std::any_of(a.records.begin(), a.records.end(), [&](std::size_t act) {
                return std::find(out.acts.begin(), out.acts.end(), sheet.records[act].path) !=
                       out.acts.end();
            }))
            out.exhibits.push_back(sheet.records[a.record].path);
    const auto naming = [&](const auto& a) {
        return std::any_of(a.records.begin(), a.records.end(),
                           [&](std::size_t r) { return sheet.records[r].path == charge.path; });
    };
    for (const auto& a : sheet.assertions)
        if (naming(a)) out.naming.push_back(sheet.records[a.record].path);
    return out;
}

bool any_touched(const check::Finding& f, const std::vector<std::string>& records) {
    return std::any_of(records.begin(), records.end(),
                       [&](const auto& r) { return within(f.at, r); });
}

// Is it about another charge? Then what it shares with this one, such as an act, is not enough.
bool of_other_charge(const check::Finding& f, const check::CaseSheet& sheet,
                     const std::string& charge) {
    return std::any_of(sheet.records.begin(), sheet.records.end(), [&](const auto& r) {
        return r.type == "charge" && r.path != charge && touches(f, r.path);
    });
}

std::vector<const check::Finding*> only(const std::vector<const check::Finding*>& list,
                                        check::Verdict v) {
    std::vector<const check::Finding*> out;
    for (const auto* f : list)
        if (f->verdict == v) out.push_back(f);
    return out;
}

std::vector<std::size_t> numbers_of(const std::vector<const check::Finding*>& list,
                                    const Numbers& numbers) {
    std::vector<std::size_t> out;
    for (const auto* f : list) out.push_back(numbers.of(*f));
    std::sort(out.begin(), out.end());
    return out;
}

// The condition of a certain cell: whose words all of its certain conflicts need. Empty: one of
// them needs none.
std::string given_of(const std::vector<const check::Finding*>& list, const Words& words) {
    std::vector<std::string> least;
    bool first = true;
    for (const auto* f : list) {
        if (f->verdict != check::Verdict::certain) continue;
        std::vector<std::string> names;
        for (const auto& g : f->given)
            if (std::find(names.begin(), names.end(), g.account) == names.end())
                names.push_back(g.account);
        if (first || names.size() < least.size()) least = names;
        first = false;
    }
    return least.empty() ? "" : ", given the word of " + words.accounts(least);
}

std::string cell_words(const Cell& c, const Words& words) {
    switch (c.word) {
        case Cell::Word::certain:
            return "conflict certain" + given_of(c.conflicts, words);
        case Cell::Word::possible:
            return "conflict possible";
        case Cell::Word::cannot_tell:
            return "cannot tell";
        case Cell::Word::none:
            return "no conflict found";
    }
    return {};
}

Html cell(const Cell& c, const Words& words, const Numbers& numbers) {
    static constexpr std::string_view kClass[]{"certain", "possible", "open", "none"};
    const auto what = cell_words(c, words);
    const std::string cls = "cell " + std::string(kClass[static_cast<int>(c.word)]);
    Html out = element("strong", {{"class", cls}}, text(what));
    const auto certain = only(c.conflicts, check::Verdict::certain);
    const auto possible = only(c.conflicts, check::Verdict::possible);
    if (!c.conflicts.empty())
        out +=
            text(": ") + finding_links(numbers_of(certain.empty() ? possible : certain, numbers));
    else if (c.word == Cell::Word::cannot_tell)
        out += text(": ") + element("a", {{"href", "#next"}},
                                    text(report::count_words(c.open.size(), "open question")));
    if (!certain.empty() && !possible.empty())
        out += element("span", {{"class", "also"}},
                       text("another possible: ") + finding_links(numbers_of(possible, numbers)));
    for (const auto v : {check::Verdict::certain, check::Verdict::possible}) {
        const auto exhibits = only(c.exhibits, v);
        if (exhibits.empty()) continue;
        const bool sure = v == check::Verdict::certain;
        out += element("span", {{"class", "also"}},
                       text("what is offered for it, conflict " + std::string(check::word(v)) +
                            (sure ? given_of(exhibits, words) : "") + ": ") +
                           finding_links(numbers_of(exhibits, numbers)));
    }
    if (!c.remarks.empty())
        out += element("span", {{"class", "also"}},
                       text("remarks: ") + finding_links(numbers_of(c.remarks, numbers)));
    return out;
}

// "On the account of the court and the prosecution a conflict is possible (findings 3 and 5)".
Html sentence(const ChargeRow& row, const Dossier& d, const Words& words, const Numbers& numbers) {
    struct Said {
        std::string what;
        std::vector<std::string> accounts;
        std::vector<const check::Finding*> findings;
        std::vector<const check::Finding*> remarks;  // told where there is no conflict
    };
    std::vector<Said> said;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        const auto& c = row.cells[i];
        std::string what;
        switch (c.word) {
            case Cell::Word::certain:
                what = "a conflict is certain" + given_of(c.conflicts, words);
                break;
            case Cell::Word::possible:
                what = "a conflict is possible";
                break;
            case Cell::Word::cannot_tell:
                what = "it cannot be told: facts that rules ask for are not in the file";
                break;
            case Cell::Word::none:
                what = c.remarks.empty() ? "no conflict was found, which clears nothing"
                                         : "no conflict was found that reaches the charge or an "
                                           "element of it, which clears nothing";
                break;
        }
        // Beside a conflict of the charge they stand in the table alone.
        const auto remarks = c.conflicts.empty() ? c.remarks : std::vector<const check::Finding*>();
        auto it = std::find_if(said.begin(), said.end(), [&](const Said& s) {
            return s.what == what && s.findings == c.conflicts && s.remarks == remarks;
        });
        if (it == said.end()) it = said.insert(said.end(), {what, {}, c.conflicts, remarks});
        if (d.sheet.has_accounts) it->accounts.push_back(d.sheet.accounts[i].id);
    }
    auto title = words.title(row.path);
    if (!title.empty() && title[0] >= 'a' && title[0] <= 'z')
        title[0] = static_cast<char>(title[0] - 'a' + 'A');
    Html out = element("strong", words.name(title)) + text(": ");
    for (std::size_t i = 0; i < said.size(); ++i) {
        if (i > 0) out += text("; ");
        if (!said[i].accounts.empty())
            out += text("on the account of ") + words.name(words.accounts(said[i].accounts)) +
                   text(" ");
        out += text(said[i].what);
        const auto certain = only(said[i].findings, check::Verdict::certain);
        const auto possible = only(said[i].findings, check::Verdict::possible);
        if (!certain.empty())
            out += text(" (") + finding_links(numbers_of(certain, numbers)) + text(")");
        if (!possible.empty())
            out += text(certain.empty() ? " (" : ", and another possible (") +
                   finding_links(numbers_of(possible, numbers)) + text(")");
        std::string before = ", with other findings on it or on a record that names it: ";
        for (const auto v : {check::Verdict::certain, check::Verdict::possible}) {
            const auto remarks = only(said[i].remarks, v);
            if (remarks.empty()) continue;
            out += text(before + std::string(check::word(v)) + given_of(remarks, words) + " (") +
                   finding_links(numbers_of(remarks, numbers)) + text(")");
            before = ", ";
        }
    }
    if (!row.between.empty())
        out += text("; between accounts: ") + finding_links(numbers_of(row.between, numbers));
    for (const auto* f : row.together)
        out += text(f->verdict == check::Verdict::certain
                        ? "; so each account that speaks to it has a conflict of its own ("
                        : "; so each account that speaks to it may have a conflict of its own (") +
               text(words.verdict(*f) + ", ") + finding_link(numbers.of(*f)) + text(")");
    return out + text(".");
}

// What is certain before what is possible, what is so on every account before what is so on some;
// of certain ones that which needs nobody's word first.
int weakness(const ChargeRow& row) {
    std::size_t certain = 0;
    std::size_t conflict = 0;
    std::size_t open = 0;
    bool given = true;
    for (const auto& c : row.cells) {
        certain += c.word == Cell::Word::certain;
        conflict += c.word == Cell::Word::certain || c.word == Cell::Word::possible;
        open += c.word == Cell::Word::cannot_tell;
        for (const auto* f : c.conflicts)
            given = given && (f->verdict != check::Verdict::certain || !f->given.empty());
    }
    const auto all = row.cells.size();
    if (certain > 0) return (certain == all ? 0 : 2) + (given ? 1 : 0);
    if (conflict > 0) return conflict == all ? 4 : 5;
    return open > 0 ? 6 : 7;
}

Html matrix(const std::vector<ChargeRow>& rows, const Dossier& d, const Words& words,
            const Numbers& numbers) {
    Html columns = element("th", {{"scope", "col"}}, text("Charge"));
    for (const auto& a : d.sheet.accounts)
        columns +=
            element("th", {{"scope", "col"}},
                    a.id.empty() ? text("Result")
                                 : text("On the account of ") + words.name(words.account(a.id)));
    const bool between =
        std::any_of(rows.begin(), rows.end(), [](const auto& r) { return !r.between.empty(); });
    if (between) columns += element("th", {{"scope", "col"}}, text("Between accounts"));
    Html body;
    for (const auto& r : rows) {
        Html row = element("th", {{"scope", "row"}}, words.name(words.title(r.path)));
        for (const auto& c : r.cells) row += element("td", cell(c, words, numbers));
        if (between) {
            Html cell;
            for (const auto* f : r.between)
                cell += element(
                    "span", {{"class", "also"}},
                    text("conflict " + words.verdict(*f) + ": ") + finding_link(numbers.of(*f)));
            row += element("td", cell.empty() ? text("none found") : cell);
        }
        body += block("tr", row);
    }
    return html::scroll(
        "Charges and accounts",
        block(
            "table", {{"class", "matrix"}},
            markup("\n") +
                block("caption",
                      text("Each charge as each account has the facts. A conflict is one that "
                           "reaches the charge or an element of it. \"No conflict found\" is what "
                           "these rules have to say on what is in the file; it clears nothing.")) +
                block("thead", block("tr", columns)) + block("tbody", markup("\n") + body)));
}

// What it rests on that is no firm word, for whoever reads no further.
Html caution(const Words& words, const check::Finding& f) {
    std::set<std::string> out;
    for (const auto& fact : f.proof.facts) out.insert(words.caution(fact.source, fact.doubtful));
    out.erase("");
    if (out.empty()) return {};
    return element("span", {{"class", "also"}},
                   text("among what it rests on: " +
                        report::list_words(std::vector<std::string>(out.begin(), out.end()))));
}

Html glance(const Words& words, const Numbers& numbers) {
    Html rows;
    for (const auto* f : numbers.standing()) {
        const auto n = numbers.of(*f);
        rows += block(
            "tr",
            element("td", text(std::to_string(n))) +
                element("th", {{"scope", "row"}},
                        element("a", {{"href", "#" + finding_anchor(n)}}, words.rule(*f)) +
                            element("span", {{"class", "also"}}, words.name(words.point(f->at)))) +
                element("td", severity_tag(f->severity)) +
                element("td", text(words.verdict(*f)) + caution(words, *f)) +
                element("td", words.name(words.views(*f))));
    }
    Html columns;
    for (const auto* name :
         {"No.", "Finding, and what it is about", "Weight", "Verdict", "Whose view"})
        columns += element("th", {{"scope", "col"}}, text(name));
    return html::scroll(
        "Findings at a glance",
        block("table", {{"class", "glance"}},
              markup("\n") +
                  block("caption",
                        text("The findings, in the order in which they are set out below. The "
                             "weight is what the rule makes of such a conflict, in the words of "
                             "the checker: \"error\" is the heaviest, before warning, review "
                             "and info. It does not say that a court or anybody else has made an "
                             "error.")) +
                  block("thead", block("tr", columns)) + block("tbody", markup("\n") + rows)));
}

// What has met nothing only as long as one source is right, or by one of two ways of counting.
Html silences(const Dossier& d, const Words& words) {
    Html items;
    const auto& list = d.silences.list;
    for (std::size_t i = 0; i < list.size();) {
        const auto& first = list[i];
        const bool source = first.on == check::Silence::On::source;
        Html rules;
        for (; i < list.size() && list[i].on == first.on && list[i].what == first.what; ++i) {
            const auto& s = list[i];
            Html one = words.name(s.rule_title.empty() ? s.rule : s.rule_title) + text(", at ") +
                       words.name(words.point(s.at));
            if (!s.accounts.empty())
                one += text(" (on the account of ") + words.name(words.accounts(s.accounts)) +
                       text(")");
            one += source && !s.otherwise.empty()
                       ? text(": without it, it cannot be told")
                       : text(source ? ": without it " : ": by the other ") +
                             text(std::string(check::word(s.then)));
            rules += block("li", one);
        }
        Html head = text("Only on what ") + words.source(first.what) + text(" says");
        if (source) {
            const auto number = words.source_number(first.what);
            const auto& title = number == 0 ? first.what : d.sheet.sources[number - 1].title;
            if (!title.empty()) head += text(" (") + words.name(title) + text(")");
        } else {
            const auto convention = time::convention_of(first.what);
            head = text("Only by the policy ") + element("code", text(first.what)) + text(", ") +
                   element("code", text(first.value)) + text(" and not ") +
                   element("code", text(first.otherwise));
            if (convention)
                head += text(std::string(" (") + time::kConventionTable[*convention].about + ")");
        }
        items += block("li", head + block("ul", markup("\n") + rules));
    }
    Html rest;
    if (!d.silences.whole)
        rest = block("p", text("What silence hangs on was not worked out for all sources: the case "
                               "takes too much work."));
    if (items.empty()) return rest;
    const auto all = block("ul", {{"class", "result"}}, markup("\n") + items);
    constexpr std::size_t kOpen = 4;
    Html out = block("p", text("Silence that hangs on one thing: these rules found nothing, and "
                               "would find something, or could not tell, without one source, or "
                               "counted the other way. Each was judged again so. Their silence "
                               "clears nothing."));
    if (list.size() <= kOpen) return out + all + rest;
    return out +
           block("details", markup("\n") +
                                block("summary", text("Silence that hangs on one thing (" +
                                                      std::to_string(list.size()) + ")")) +
                                all) +
           rest;
}

}  // namespace

std::string_view word(Cell::Word w) {
    static constexpr std::string_view kWords[]{"certain", "possible", "cannot tell",
                                               "no conflict found"};
    return kWords[static_cast<int>(w)];
}

std::vector<ChargeRow> charge_rows(const Dossier& d) {
    std::vector<ChargeRow> out;
    std::vector<std::string> accounts;
    for (const auto& a : d.sheet.accounts) accounts.push_back(a.id);
    for (const auto& record : d.sheet.records) {
        if (record.type != "charge") continue;
        const auto& charge = record.path;
        ChargeRow row;
        row.path = charge;
        row.cells.resize(accounts.size());
        const auto facts = facts_of(d.sheet, record);
        for (const auto* f : report::in_order(d.result)) {
            const bool touched = touches(*f, charge);
            if (f->rule == kTogether) {
                if (touched) row.together.push_back(f);
                continue;
            }
            if (f->relation == check::Relation::between) {
                if (touched || (!of_other_charge(*f, d.sheet, charge) &&
                                std::any_of(facts.acts.begin(), facts.acts.end(),
                                            [&](const auto& act) { return touches(*f, act); })))
                    row.between.push_back(f);
                continue;
            }
            const bool reaches = f->reaches == "element" || f->reaches == "charge";
            const bool exhibit = !touched && any_touched(*f, facts.exhibits);
            const bool named = !touched && !exhibit && any_touched(*f, facts.naming) &&
                               !of_other_charge(*f, d.sheet, charge);
            if (!touched && !exhibit && !named) continue;
            for (std::size_t i = 0; i < accounts.size(); ++i) {
                auto& c = row.cells[i];
                if (!in_view_of(f->accounts, accounts[i])) continue;
                if (exhibit)
                    c.exhibits.push_back(f);
                else if (reaches && touched)
                    c.conflicts.push_back(f);
                else
                    c.remarks.push_back(f);
            }
        }
        for (const auto& g : d.result.gaps)
            for (std::size_t i = 0; i < accounts.size(); ++i)
                if ((within(g.at, charge) ||
                     std::any_of(facts.acts.begin(), facts.acts.end(),
                                 [&](const auto& a) { return within(g.at, a); })) &&
                    in_view_of(g.accounts, accounts[i]))
                    row.cells[i].open.push_back(&g);
        const bool undecided =
            std::any_of(d.result.undecided.begin(), d.result.undecided.end(),
                        [&](const auto& u) { return u.at.empty() || within(u.at, charge); });
        for (auto& c : row.cells) {
            const auto has = [&](check::Verdict v) {
                return std::any_of(c.conflicts.begin(), c.conflicts.end(),
                                   [&](const auto* f) { return f->verdict == v; });
            };
            c.word = has(check::Verdict::certain)    ? Cell::Word::certain
                     : has(check::Verdict::possible) ? Cell::Word::possible
                     : undecided || !c.open.empty()  ? Cell::Word::cannot_tell
                                                     : Cell::Word::none;
        }
        out.push_back(std::move(row));
    }
    return out;
}

Html result_section(const Dossier& d, const Words& words, const Numbers& numbers) {
    Html out = block("h2", {{"id", "result"}}, text("Result"));
    auto rows = charge_rows(d);
    // Equally strong ones as the file has them.
    std::stable_sort(rows.begin(), rows.end(), [](const ChargeRow& a, const ChargeRow& b) {
        return weakness(a) < weakness(b);
    });
    if (!rows.empty()) {
        Html items;
        for (const auto& r : rows) items += block("li", sentence(r, d, words, numbers));
        out += block("ul", {{"class", "result"}}, markup("\n") + items);
        out += matrix(rows, d, words, numbers);
    }
    out += silences(d, words);
    std::size_t certain = 0;
    for (const auto* f : numbers.standing()) certain += f->verdict == check::Verdict::certain;
    const auto n = numbers.standing().size();
    if (n == 0)
        return out + block("p", text("No finding under the rules that applied. Silence is no "
                                     "clearance."));
    out +=
        block("p", text(report::count_words(n, "finding") + ": " + std::to_string(certain) +
                        " certain, " + std::to_string(n - certain) +
                        " possible. Certain means: on the statements that it names, whichever days "
                        "they leave open; not that one of them is right."));
    return out + glance(words, numbers);
}

}  // namespace antinomy::page
