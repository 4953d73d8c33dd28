#include "page/rivals.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "html/frame.hpp"
#include "page/dates.hpp"
#include "page/words.hpp"
#include "report/phrases.hpp"

namespace antinomy::page {

using check::SheetAccount;
using check::SheetAssertion;
using html::block;
using html::element;
using html::Html;
using html::markup;
using html::text;

namespace {

class Rivals {
public:
    explicit Rivals(const Dossier& d) : d_(d), words_(d) {
        // Those that were judged, in their order.
        for (const auto& a : d.chronology.accounts)
            if (const auto* s = d.sheet.account(a.account); s != nullptr && !s->id.empty()) {
                accounts_.push_back(s);
                auto& held = held_.emplace_back();
                for (const auto& h : s->holds) held[h.path] = &h.assertions;
            }
    }

    Html run() {
        if (accounts_.size() < 2) return {};
        find_facts();
        auto out = block("h2", {{"id", "rivals"}}, text("Rival accounts side by side"));
        if (facts_.empty())
            return out + block("p", text("No account states anything in its own name."));
        std::size_t differing = 0;
        std::size_t partly = 0;
        Html rows;
        for (const auto& f : facts_) rows += fact(f, differing, partly);
        out += block(
            "p",
            text("Each fact that at least one account states in its own name, as each "
                 "account holds it: its own statement, else that of the account it "
                 "adopts, else what nobody in particular says. They differ in " +
                 std::to_string(differing) + " of " + report::count_words(facts_.size(), "fact") +
                 "; " + std::to_string(partly) + (partly == 1 ? " is" : " are") +
                 " stated by some of them and not by others. Silence of an account is no denial."));
        out += one_and_the_same();
        Html head = element("th", {{"scope", "col"}}, text("Fact"));
        for (const auto* a : accounts_)
            head +=
                element("th", {{"scope", "col"}}, words_.name(words_.account(a->id)) + role(*a));
        head += element("th", {{"scope", "col"}}, text("Compared"));
        out += html::scroll(
            "Rival accounts",
            block("table", {{"class", "dates rivals"}},
                  markup("\n") +
                      block("caption",
                            text("The accounts, fact by fact, in the order of the file.")) +
                      block("thead", block("tr", head)) + block("tbody", markup("\n") + rows)));
        return out;
    }

private:
    // What stands beside one record may have been said of another.
    [[nodiscard]] Html one_and_the_same() const {
        Html items;
        for (const auto& i : d_.sheet.identities) {
            if (i.value != "yes") continue;
            check::Fact said;
            said.account = i.account;
            said.source = i.source;
            items += block("li", words_.name(words_.title(i.a)) + text(" and ") +
                                     words_.name(words_.title(i.b)) + text(" ") +
                                     element("span", {{"class", "whose"}},
                                             text("(") + words_.whose(said) + text(")")));
        }
        if (items.empty()) return {};
        return block("p",
                     text("Taken to be one, so that what is said of either counts for both:")) +
               block("ul", markup("\n") + items);
    }

    struct Fact {
        std::string path;
        std::size_t record = 0;
        std::string field;
    };

    [[nodiscard]] Html role(const SheetAccount& a) const {
        std::string more = a.role;
        if (!a.adopts.empty()) more += ", adopts " + words_.accounts(a.adopts);
        return element("span", {{"class", "also"}}, words_.name(more));
    }

    void find_facts() {
        std::set<std::string> known;
        for (const auto& a : d_.sheet.assertions) {
            if (a.account.empty() || a.state == "withdrawn" || a.state == "proposed" ||
                a.type == "nested" || a.field == "title" || a.field == "name")
                continue;
            if (!known.insert(a.path).second) continue;
            const bool held = std::any_of(held_.begin(), held_.end(),
                                          [&](const auto& view) { return view.count(a.path) > 0; });
            if (held) facts_.push_back({a.path, a.record, a.field});
        }
    }

    [[nodiscard]] std::string value_of(const SheetAssertion& a) const {
        if (a.records.empty()) return a.pending.empty() ? a.value : "has not come: " + a.pending;
        std::vector<std::string> names;
        for (const auto r : a.records) names.push_back(d_.sheet.records[r].title);
        return report::list_words(names);
    }

    // What it means in days on this account; empty where that says no more.
    [[nodiscard]] std::string days_of(const SheetAccount& account, const std::string& path) const {
        for (const auto& a : d_.chronology.accounts) {
            if (a.account != account.id) continue;
            for (const auto& p : a.points)
                if (p.path == path && !p.days.empty() && p.days != time::DaySet::all())
                    return windows_words(p.days.windows());
        }
        return {};
    }

    Html fact(const Fact& f, std::size_t& differing, std::size_t& partly) {
        const auto& record = d_.sheet.records[f.record];
        Html cells;
        std::set<std::set<std::string>> readings;
        std::size_t saying = 0;
        std::size_t itself = 0;
        for (std::size_t i = 0; i < accounts_.size(); ++i) {
            const auto it = held_[i].find(f.path);
            if (it == held_[i].end()) {
                cells += element("td", {{"class", "quiet"}}, text("does not state it"));
                continue;
            }
            ++saying;
            std::set<std::string> values;
            Html cell;
            bool own = false;
            for (const auto index : *it->second) {
                const auto& a = d_.sheet.assertions[index];
                const auto value = value_of(a);
                // One value of several sources is told once, with all of them.
                values.insert(value);
                if (!cell.empty()) cell += text("; or ");
                cell += words_.name(value);
                if (a.closed) cell += text(" (and nothing else)");
                cell += whose(*accounts_[i], a);
                own = own || a.account == accounts_[i]->id;
            }
            itself += own ? 1u : 0u;
            if (const auto days = days_of(*accounts_[i], f.path); !days.empty())
                cell += element("span", {{"class", "also"}}, text(days));
            readings.insert(std::move(values));
            cells += element("td", cell);
        }
        Html compared;
        if (readings.size() > 1) {
            ++differing;
            compared = element("span", {{"class", "differs"}}, text("differs"));
        } else if (saying < accounts_.size()) {
            ++partly;
            compared = text(saying == 1 ? "one account only" : "not all state it");
        } else {
            compared = text(itself < 2 ? "used in every view, said by one" : "the same");
        }
        return block("tr", {{"data-fact", f.path}},
                     element("th", {{"scope", "row"}},
                             words_.name(record.title) + text(", " + field_words(f.field))) +
                         cells + element("td", compared));
    }

    [[nodiscard]] Html whose(const SheetAccount& account, const SheetAssertion& a) const {
        std::vector<std::string> more;
        if (!a.account.empty() && a.account != account.id)
            more.push_back("word of " + words_.account(a.account));
        if (a.account.empty()) more.emplace_back("nobody's in particular");
        if (!a.speaker.empty()) more.push_back("said by " + words_.person(a.speaker));
        if (!a.state.empty()) more.push_back(a.state);
        if (auto words = words_.caution(a.source, a.doubtful); !words.empty())
            more.push_back(std::move(words));
        Html out;
        for (std::size_t i = 0; i < more.size(); ++i)
            out += text(i == 0 ? "" : ", ") + words_.name(more[i]);
        if (!a.source.empty()) out += text(out.empty() ? "" : ", ") + words_.source(a.source);
        if (out.empty()) return out;
        return element("span", {{"class", "also"}}, out);
    }

    const Dossier& d_;
    const Words words_;
    std::vector<const SheetAccount*> accounts_;
    std::vector<std::map<std::string, const std::vector<std::size_t>*, std::less<>>> held_;
    std::vector<Fact> facts_;
};

}  // namespace

Html rivals_section(const Dossier& d) {
    return Rivals(d).run();
}

}  // namespace antinomy::page
