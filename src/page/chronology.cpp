#include "page/chronology.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "html/frame.hpp"
#include "page/dates.hpp"
#include "page/numbers.hpp"
#include "page/sources.hpp"
#include "page/words.hpp"
#include "report/chronology.hpp"
#include "report/phrases.hpp"
#include "time/words.hpp"

namespace antinomy::page {

using check::ChronologyPoint;
using check::Fact;
using html::block;
using html::element;
using html::Html;
using html::markup;
using html::text;
using time::bounded;

namespace {

// A date as one or several accounts have it: the same days, in the same words.
struct Entry {
    std::string path;
    const ChronologyPoint* point = nullptr;  // of the first of them
    std::vector<Fact> statements;            // of all of them
    std::vector<std::string> accounts;
    bool every = false;  // all accounts have it so
};

bool undated(const ChronologyPoint& p) {
    return p.days.empty() || p.days == time::DaySet::all();
}

// Told: somebody says something of it, or it is bounded; an event in any case.
bool told(const ChronologyPoint& p) {
    const auto hull = p.days.empty() ? time::Window{} : p.days.hull();
    return !p.statements.empty() || p.moment || (bounded(hull.first) && bounded(hull.last));
}

std::set<std::string> values_of(const std::vector<Fact>& statements) {
    std::set<std::string> out;
    for (const auto& s : statements) out.insert(s.value);
    return out;
}

bool same(const Entry& a, const ChronologyPoint& b) {
    return a.point->days == b.days && a.point->in_conflict == b.in_conflict &&
           values_of(a.statements) == values_of(b.statements);
}

// Facts of a finding, wherever it cites them.
std::vector<const Fact*> cited(const check::Finding& f) {
    std::vector<const Fact*> out;
    const auto note = [&](const check::Proof& p) {
        for (const auto* list : {&p.facts, &p.premises})
            for (const auto& x : *list) out.push_back(&x);
    };
    note(f.proof);
    for (const auto& p : f.more_proofs) note(p);
    return out;
}

class Table {
public:
    explicit Table(const Dossier& d) : d_(d), words_(d), numbers_(d.result) {}

    Html run() {
        collect();
        std::stable_sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) {
            const bool x = undated(*a.point);
            const bool y = undated(*b.point);
            if (x || y) return !x && y;
            return a.point->days.hull().first < b.point->days.hull().first;
        });
        if (entries_.empty()) return {};
        std::vector<std::vector<std::size_t>> found;
        for (const auto& e : entries_) found.push_back(findings(e));
        // No column that would be empty from top to bottom.
        const bool any =
            std::any_of(found.begin(), found.end(), [](const auto& list) { return !list.empty(); });
        Html head;
        for (const std::string_view name :
             {"Date as written", "In words", "Earliest", "Latest", "Fact", "Account", "Status",
              "Source, speaker, words", "Findings"})
            if ((has_accounts() || name != "Account") && (any || name != "Findings"))
                head += element("th", {{"scope", "col"}}, text(std::string(name)));
        Html rows;
        for (std::size_t i = 0; i < entries_.size(); ++i)
            rows += row(entries_[i],
                        any ? element("td", {{"class", "numbers"}}, numbers(found[i])) : Html{});
        const std::size_t open = static_cast<std::size_t>(std::count_if(
            entries_.begin(), entries_.end(), [](const Entry& e) { return undated(*e.point); }));
        std::string caption =
            "Ordered by the earliest possible day; rows with the same earliest day stand in the "
            "order of the file, and neither is said to come first.";
        if (open > 0)
            caption += " " + report::count_words(open, "row") + " without any date at the end.";
        return block("h2", {{"id", "chronology"}}, text("Chronology")) +
               html::scroll("Chronology", block("table", {{"class", "dates chronology"}},
                                                markup("\n") + block("caption", text(caption)) +
                                                    block("thead", block("tr", head)) +
                                                    block("tbody", markup("\n") + rows))) +
               silent_proposals();
    }

private:
    void collect() {
        std::map<std::string, std::vector<std::size_t>> by_path;
        for (const auto& a : d_.chronology.accounts)
            for (const auto& p : a.points) {
                // Of a source that the check does without nothing is told.
                if (!told(p) || d_.sheet.record_at(p.path) == nullptr) continue;
                // What one account leaves open and another dates is told by the dated one alone.
                auto& list = by_path[p.path];
                bool found = false;
                for (const auto i : list)
                    if (same(entries_[i], p)) {
                        auto& e = entries_[i];
                        e.accounts.push_back(a.account);
                        for (const auto& f : p.statements)
                            if (std::none_of(e.statements.begin(), e.statements.end(),
                                             [&](const Fact& x) { return x.span == f.span; }))
                                e.statements.push_back(f);
                        found = true;
                        break;
                    }
                if (found) continue;
                list.push_back(entries_.size());
                entries_.push_back({p.path, &p, p.statements, {a.account}, false});
            }
        std::vector<Entry> kept;
        for (auto& e : entries_) {
            const auto& list = by_path[e.path];
            if (undated(*e.point) && e.statements.empty() && list.size() > 1) continue;
            e.every = e.accounts.size() == d_.chronology.accounts.size();
            kept.push_back(std::move(e));
        }
        entries_ = std::move(kept);
    }

    [[nodiscard]] bool has_accounts() const {
        return d_.chronology.accounts.size() > 1 ||
               (!d_.chronology.accounts.empty() && !d_.chronology.accounts.front().account.empty());
    }

    // Of a source: when it was published is no fact that needs one.
    [[nodiscard]] bool own_date(const Entry& e) const {
        const auto* record = d_.sheet.record_at(e.path);
        return record != nullptr && words_.source_number(record->id) > 0 &&
               record->type == "source";
    }

    [[nodiscard]] Html name_of(const Entry& e) const {
        const auto* record = d_.sheet.record_at(e.path);
        if (record == nullptr) return words_.name(e.path);
        const auto field =
            field_words(e.path.substr(std::min(e.path.size(), record->path.size() + 1)));
        if (own_date(e)) return words_.source(record->id) + text(", " + field);
        if (e.point->label == record->id) return words_.name(record->title);
        return words_.name(record->title) + text(", " + field);
    }

    [[nodiscard]] std::string status(const Entry& e) const {
        std::vector<std::string> out;
        const auto& p = *e.point;
        const bool several = values_of(e.statements).size() > 1;
        bool own = false;
        bool unchallenged = false;
        bool conceded = false;
        for (const auto& s : e.statements) {
            own = own || (!s.account.empty() && s.state.empty());
            unchallenged = unchallenged || s.state == "unchallenged";
            conceded = conceded || s.state == "conceded";
        }
        bool rival = false;  // another account has other days
        for (const auto& other : entries_)
            rival =
                rival || (other.path == e.path && &other != &e && !(other.point->days == p.days) &&
                          !other.statements.empty() && !undated(*other.point));
        if (e.statements.empty())
            out.emplace_back(undated(p) ? "not dated" : "inferred");
        else if (rival)
            out.emplace_back("disputed");
        else if (conceded)
            out.emplace_back("conceded");
        else if (unchallenged)
            out.emplace_back("unchallenged");
        else if (own && !e.every && d_.chronology.accounts.size() > 1)
            out.emplace_back("not stated by " + others(e));
        else if (!several)
            out.emplace_back("no other value entered");
        if (several) out.emplace_back("rival values");
        if (!e.statements.empty() && p.inferred && !undated(p) && !said_by_itself(p))
            out.emplace_back("days inferred");
        // How far from it a day may lie that is only about so, no statement says.
        if (std::any_of(e.statements.begin(), e.statements.end(), [](const auto& s) {
                return s.value.find_first_of("~%") != std::string::npos;
            }))
            out.emplace_back("about: days by a policy");
        if (p.in_conflict) out.emplace_back("in a contradiction: shown as stated");
        // Where no better statement stands beside it.
        std::set<std::string> cautions;
        for (const auto& s : e.statements) cautions.insert(words_.caution(s.source, s.doubtful));
        if (cautions.count("") == 0) out.insert(out.end(), cautions.begin(), cautions.end());
        std::string words;
        for (const auto& w : out) words += (words.empty() ? "" : "; ") + w;
        return words;
    }

    // Who does not have it.
    [[nodiscard]] std::string others(const Entry& e) const {
        std::vector<std::string> out;
        for (const auto& a : d_.chronology.accounts)
            if (std::find(e.accounts.begin(), e.accounts.end(), a.account) == e.accounts.end())
                out.push_back(a.account);
        return words_.accounts(out);
    }

    [[nodiscard]] Html accounts(const Entry& e) const {
        if (e.every) return text("all");
        Html out;
        for (std::size_t i = 0; i < e.accounts.size(); ++i)
            out += text(i == 0 ? "" : ", ") + words_.name(words_.account(e.accounts[i]));
        return out;
    }

    [[nodiscard]] Html support(const Entry& e) const {
        const auto& list = e.statements;
        const bool varied = values_of(list).size() > 1;
        Html items;
        for (const auto& s : list) {
            Html one;
            if (varied) one += element("code", text(s.value)) + text(": ");
            const auto who = words_.speaks(s.speaker, s.account, " for ");
            if (!who.empty()) one += who + text(", ");
            one += s.source.empty() ? text(own_date(e) ? "as the file says" : "no source named")
                                    : words_.source(s.source);
            if (const auto words = words_.caution(s.source, s.doubtful); !words.empty())
                one += text(", ") + element("em", text(words));
            if (!s.quote.empty()) one += text(": ") + words_.quote(s.quote, s.source);
            items += list.size() > 1 ? block("li", one) : one;
        }
        if (list.size() > 1) items = block("ul", markup("\n") + items);
        const auto ties = independence(list);
        if (!ties.empty()) items += element("span", {{"class", "also"}}, text(ties));
        if (list.empty() || (e.point->inferred && !said_by_itself(*e.point)))
            items += because(*e.point);
        return items;
    }

    // Of several sources: are they independent, as far as the file says?
    [[nodiscard]] std::string independence(const std::vector<Fact>& list) const {
        std::vector<std::string> ids;
        for (const auto& s : list)
            if (!s.source.empty() && std::find(ids.begin(), ids.end(), s.source) == ids.end())
                ids.push_back(s.source);
        std::string out;
        for (std::size_t i = 0; i < ids.size(); ++i)
            for (std::size_t k = i + 1; k < ids.size(); ++k)
                if (const auto why = dependence(d_.sheet, ids[i], ids[k]); !why.empty())
                    out += (out.empty() ? "" : "; ") + std::string("sources ") +
                           std::to_string(words_.source_number(ids[i])) + " and " +
                           std::to_string(words_.source_number(ids[k])) + " are not independent";
        return out;
    }

    // What inferred days follow from.
    [[nodiscard]] Html because(const ChronologyPoint& p) const {
        std::vector<std::string> names;
        for (const auto& proof : p.because)
            for (const auto& s : report::support(proof))
                if (s != p.path && std::find(names.begin(), names.end(), s) == names.end())
                    names.push_back(s);
        if (names.empty()) return {};
        constexpr std::size_t most = 6;
        Html out = text("follows from ");
        for (std::size_t i = 0; i < names.size() && i < most; ++i) {
            out += text(i == 0 ? "" : "; ");
            const auto* record = d_.sheet.record_at(names[i]);
            if (record == nullptr || record->path.size() >= names[i].size())
                out += element("code", text(names[i]));
            else if (record->type == "source")
                out += words_.source(record->id) +
                       text(", " + field_words(names[i].substr(record->path.size() + 1)));
            else
                out += words_.name(words_.point(names[i]));
        }
        if (names.size() > most)
            out += text(" and " + std::to_string(names.size() - most) + " more");
        return element("span", {{"class", "also"}}, out);
    }

    // Those that cite one of its statements; of what nobody states, those whose steps go over it.
    [[nodiscard]] std::vector<std::size_t> findings(const Entry& e) const {
        std::vector<std::size_t> out;
        const auto note = [&](const std::vector<const check::Finding*>& list) {
            for (const auto* f : list) {
                bool touches = false;
                for (const auto* x : cited(*f))
                    for (const auto& s : e.statements) touches = touches || x->span == s.span;
                if (e.statements.empty())
                    for (const auto& s : f->proof.steps)
                        touches = touches || s.from == e.path || s.to == e.path;
                if (touches) out.push_back(numbers_.of(*f));
            }
        };
        note(numbers_.standing());
        note(numbers_.suppressed());
        return out;
    }

    [[nodiscard]] static Html numbers(const std::vector<std::size_t>& list) {
        Html out;
        for (const auto n : list) out += text(out.empty() ? "" : " ") + finding_link(n, "");
        return out;
    }

    // A line may break behind the dots of a name: `gazette.published` is as wide as a column.
    static Html in_parts(const std::string& value) {
        Html out;
        std::size_t begin = 0;
        for (std::size_t i = 1; i + 1 < value.size(); ++i) {
            if (value[i] != '.' || value[i - 1] == '.' || value[i + 1] == '.') continue;
            out += text(value.substr(begin, i + 1 - begin)) + markup("<wbr>");
            begin = i + 1;
        }
        return out + text(value.substr(begin));
    }

    [[nodiscard]] Html row(const Entry& e, const Html& last) const {
        const auto& p = *e.point;
        std::vector<std::string> written;
        for (const auto& s : e.statements)
            if (std::find(written.begin(), written.end(), s.value) == written.end())
                written.push_back(s.value);
        Html as_written;
        for (std::size_t i = 0; i < written.size(); ++i)
            as_written += text(i == 0 ? "" : " or ") + element("code", in_parts(written[i]));
        if (written.empty()) as_written = text("not stated");
        const bool open = undated(p);
        const auto hull = open ? time::Window{} : p.days.hull();
        const auto said = open ? time::Window{} : time::said_hull(p.days);
        std::string in_words = open ? "not known" : windows_words(p.days);
        if (!open && bounded(said.first) && bounded(said.last) && !said.single())
            in_words = (p.days.windows().size() > 1                  ? "one day of: "
                        : in_words.find(" to ") != std::string::npos ? "some day from "
                                                                     : "some day of ") +
                       in_words;
        const auto day = [](time::Day d) {
            return element("td", {{"class", "day"}},
                           text(bounded(d) ? time::to_string(d) : "open"));
        };
        return block("tr",
                     {{"class", open ? "undated" : "dated"},
                      {"data-event", e.path},
                      {"data-first", bounded(hull.first) ? time::to_string(hull.first) : "open"},
                      {"data-last", bounded(hull.last) ? time::to_string(hull.last) : "open"}},
                     element("td", {{"class", "written"}}, as_written) +
                         element("td", {{"class", "words"}}, text(in_words)) + day(said.first) +
                         day(said.last) + element("th", {{"scope", "row"}}, name_of(e)) +
                         (has_accounts() ? element("td", accounts(e)) : Html{}) +
                         element("td", {{"class", "status"}}, text(status(e))) +
                         element("td", {{"class", "support"}}, support(e)) + last);
    }

    // Dates that somebody gave and that count in no account.
    [[nodiscard]] Html silent_proposals() const {
        Html items;
        for (const auto& a : d_.sheet.assertions) {
            if ((a.state != "withdrawn" && a.state != "proposed") ||
                (a.type != "date" && a.type != "period"))
                continue;
            const auto& r = d_.sheet.records[a.record];
            Html one = words_.name(r.title) + text(", " + field_words(a.field) + ": ") +
                       element("code", text(a.value)) + text(", " + a.state);
            if (!a.account.empty()) one += text(", ") + words_.name(words_.account(a.account));
            if (!a.source.empty()) one += text(", ") + words_.source(a.source);
            items += block("li", one);
        }
        if (items.empty()) return {};
        return block("h3", text("Dates that count in no account")) +
               block("ul", markup("\n") + items);
    }

    const Dossier& d_;
    const Words words_;
    const Numbers numbers_;
    std::vector<Entry> entries_;
};

}  // namespace

Html chronology_section(const Dossier& d) {
    return Table(d).run();
}

}  // namespace antinomy::page
