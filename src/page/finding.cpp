#include "page/finding.hpp"

#include <algorithm>

#include "html/frame.hpp"
#include "page/excerpt.hpp"
#include "report/phrases.hpp"
#include "time/words.hpp"

namespace antinomy::page {

using html::block;
using html::element;
using html::Html;
using html::markup;
using html::text;

namespace {

class Section {
public:
    Section(const check::Finding& f, const Dossier& d, const Words& w, const Numbers& n)
        : f_(f), dossier_(d), words_(w), numbers_(n) {}

    Html all() {
        const auto number = numbers_.of(f_);
        const auto anchor = finding_anchor(number);
        Html out = markup("\n") + head(number, anchor);
        out += state();
        if (const auto* told = told_before(); told != nullptr) {
            out += block("p", text("The same words, and the same reasons, as ") +
                                  finding_link(numbers_.of(*told)) + text("; here of ") +
                                  words_.name(words_.point(f_.at)) + text("."));
            out += files();
            out += foot();
            return block(
                "section",
                {{"class", "finding"}, {"id", anchor}, {"aria-labelledby", anchor + "-title"}},
                out);
        }
        out += blocks();
        out += why();
        out += turning();
        out += witnesses();
        out += law();
        out += exceptions();
        out += contrary();
        out += resolution();
        out += files();
        out += foot();
        return block("section",
                     {{"class", "finding"}, {"id", anchor}, {"aria-labelledby", anchor + "-title"}},
                     out);
    }

private:
    // A finding of the same rule that stands above and says the same of another record.
    [[nodiscard]] const check::Finding* told_before() const {
        for (const auto* other : numbers_.standing()) {
            if (other == &f_) break;
            if (other->rule == f_.rule && other->verdict == f_.verdict &&
                other->message == f_.message && other->accounts == f_.accounts &&
                f_.suppressed.empty() && other->exceptions.size() == f_.exceptions.size())
                return other;
        }
        return nullptr;
    }

    Html part(std::string_view name) { return block("h4", text(name)); }

    Html head(std::size_t number, const std::string& anchor) {
        Html out = block("h3", {{"id", anchor + "-title"}},
                         text(std::to_string(number) + ". ") + words_.rule(f_));
        out += block("p", {{"class", "verdict"}},
                     severity_tag(f_.severity) + text(" ") + verdict_tag(words_, f_) + text(" ") +
                         element("span", words_.name(words_.views(f_))));
        out += block("p", {{"class", "said"}, {"dir", "auto"}},
                     words_.spoken(f_, words_.message(sentence(f_.message))));
        Html given;
        bool alone = true;
        for (const auto& g : f_.given) {
            // A finding made of others, or a possible one, may have another leg to stand on.
            const bool whole = f_.verdict == check::Verdict::certain && f_.made_of.empty();
            given += !given.empty() ? text(", and of ")
                     : whole        ? text("It stands or falls with the word of ")
                                    : text("It rests among others on the word of ");
            given += words_.name(words_.account(g.account)) + text(" on ") +
                     words_.name(words_.point(g.path));
            if (!g.others.alike.empty() || !g.others.otherwise.empty())
                given += text(" (") + words_.name(words_.others(g.others)) + text(")");
            alone = alone && g.others.alike.empty();
        }
        if (!given.empty()) {
            given += text(alone ? ": nobody else is known to have said that it is so." : ".");
            out += block("p", {{"class", "given"}}, given);
        }
        return out;
    }

    Html state() {
        Html out;
        if (!f_.suppressed.empty()) {
            Html said = element("strong", text("Suppressed")) +
                        text(f_.suppressed_by.empty() ? "" : " by " + f_.suppressed_by) +
                        text(f_.suppressed_until.empty() ? "" : ", until " + f_.suppressed_until) +
                        text(": " + f_.suppressed);
            out += block("p", {{"class", "state"}, {"dir", "auto"}}, said);
        }
        const auto* baseline =
            f_.baseline == check::Baseline::fresh ? "New: it is not in the baseline."
            : f_.baseline == check::Baseline::old
                ? "Known before: it is in the baseline, with this verdict or a stronger one."
            : f_.baseline == check::Baseline::stronger
                ? "Stronger than before: in the baseline it is possible, and now it is certain."
                : "";
        if (*baseline != '\0') out += block("p", {{"class", "state"}}, text(baseline));
        return out;
    }

    // Of a finding that folds others: what each account runs into.
    Html blocks() {
        Html items;
        for (const auto& b : f_.blocks) {
            if (b.message.empty()) continue;
            check::Finding own;
            own.verdict = b.verdict;
            own.given = b.given;
            // The account may be several, joined: then it is none by that name.
            items += block("li", words_.name(words_.joined(b.account)) + text(": ") +
                                     element("span", {{"dir", "auto"}}, words_.message(b.message)) +
                                     text(" (" + words_.verdict(own) +
                                          (b.rule.empty() || b.rule == f_.rule ? ")" : "; ")) +
                                     (b.rule.empty() || b.rule == f_.rule
                                          ? Html()
                                          : element("code", text(b.rule)) + text(")")));
        }
        if (items.empty()) return {};
        return part("Account by account") + block("ul", markup("\n") + items);
    }

    // ---- the proof

    Html fact(const check::Fact& f) {
        Html out = element("strong", words_.name(words_.point(f.path))) + text(": ");
        const bool plain = !f.is_date || (f.days.single() && time::to_string(f.days) == f.value);
        out += plain ? words_.value(f.path, f.value) : words_.as_written(f.path, f.value);
        if (!plain) {
            const auto days = time::said_hull(time::DaySet(f.days));
            if (f.when.empty())
                out += text(days == time::Window{} ? ", on an unknown day"
                            : days.single()        ? ", that is " + days_words(days)
                                            : ", " + std::string(day_of(days)) + days_words(days));
            else
                out += text(", " + f.when);
            if (!f.days_exact) out += text(" (perhaps less)");
        }
        if (!f.zone.empty()) out += text(" (" + f.zone + ")");
        out += text(". ") + element("span", {{"class", "whose"}}, words_.whose(f));
        if (!f.quote.empty())
            out +=
                text(" ") + element("span", {{"class", "quote"}}, words_.quote(f.quote, f.source));
        return out;
    }

    // What stands before the words for days of which it is one.
    static std::string_view day_of(const time::Window& days) {
        return bounded(days.first) && bounded(days.last) ? "a day from " : "a day ";
    }

    Html requirement(const check::Requirement& r) {
        if (r.rule == "order")
            return text("The file says in what order: ") + element("code", text(r.text));
        if (r.rule == "always")
            return text("By the meaning of the words: ") + element("code", text(r.text));
        return text("The rule ") + element("code", text(r.rule)) + text(" requires: ") +
               element("code", text(r.text));
    }

    // to - from >= min_days, as a clause; "the day of", for titles may be plural.
    Html apart(const std::string& from_path, const std::string& to_path, std::int64_t least) {
        const auto days = [](std::int64_t n) {
            return report::count_words(static_cast<std::size_t>(n), "day");
        };
        const auto to = text("the day of ") + words_.dated(to_path);
        const auto from = words_.dated(from_path);
        if (from_path.empty())
            return to + text(" is " + time::to_string(time::Day{least}) + " or later");
        if (to_path.empty())
            return text("the day of ") + from +
                   text(" is " + time::to_string(time::Day{-least}) + " or earlier");
        if (least > 0) return to + text(" is at least " + days(least) + " after that of ") + from;
        if (least == 0) return to + text(" is not before that of ") + from;
        return to + text(" is at most " + days(-least) + " before that of ") + from;
    }

    Html supposed(const check::Supposed& s) {
        using Kind = check::Supposed::Kind;
        // Here the origin of the count of days has its date for a name.
        const auto path = [](const std::string& name) {
            return name == "1970-01-01" ? std::string() : name;
        };
        if (s.kind == Kind::least) return apart(path(s.from), path(s.to), s.min_days);
        if (s.kind == Kind::no) return text("what cannot be");
        Html out;
        for (const auto& part : s.parts)
            out += text(out.empty()           ? ""
                        : s.kind == Kind::all ? ", and "
                                              : ", or ") +
                   supposed(part);
        return out;
    }

    Html step(const check::Step& s) {
        Html out = text("So ") + apart(s.from, s.to, s.min_days);
        if (!s.because.empty()) {
            std::vector<std::string> numbers;
            for (const auto i : s.because) numbers.push_back(std::to_string(i + 1));
            out += element("span", {{"class", "whose"}},
                           text(" (from " + report::list_words(numbers) + ")"));
        }
        return out + text(".");
    }

    Html steps(const std::vector<check::Step>& list) {
        Html items;
        for (const auto& s : list) items += block("li", step(s));
        if (const auto circle = report::circle_words(list); !circle.empty())
            items += block("li", element("strong", text(sentence(circle))));
        return items;
    }

    static std::string sentence(std::string s) {
        if (!s.empty() && s[0] >= 'a' && s[0] <= 'z') s[0] = static_cast<char>(s[0] - 'a' + 'A');
        if (!s.empty() && s.back() != '.' && s.back() != ':') s += '.';
        return s;
    }

    Html why() {
        const auto& p = f_.proof;
        Html chain;
        for (const auto& f : p.facts) chain += block("li", fact(f));
        for (const auto& r : p.requirements) chain += block("li", requirement(r));
        chain += steps(p.steps);
        Html said;
        // Of a finding made of others these are its accounts, told above.
        if (p.kind != "findings")
            for (const auto& s : report::proof_sentences(p))
                said += block("li", {{"dir", "auto"}}, words_.prose(s));
        Html read;
        for (const auto& f : p.premises) read += block("li", fact(f));
        Html out;
        if (!chain.empty()) out += block("ol", {{"class", "chain"}}, markup("\n") + chain);
        for (const auto& c : p.cases) {
            const auto what = report::supposed_of(p, c);
            // A way that would have something before itself is none.
            if (what && report::cannot_be(*what)) continue;
            out += block("p", text("Supposing that ") +
                                  (what ? supposed(*what) : words_.prose(c.assume)) + text(":")) +
                   block("ul", markup("\n") + (c.steps.empty()
                                                   ? block("li", text("That cannot be by itself."))
                                                   : steps(c.steps)));
        }
        // Are statements held against one another, or against what a rule asks for?
        const bool of_rule = std::any_of(p.requirements.begin(), p.requirements.end(),
                                         [&](const auto& r) { return r.rule == f_.rule; });
        if (!p.cases.empty())
            out += block(
                "p", text(of_rule ? "None of these can be; so on no day that is left can what "
                                    "the rule requires be met."
                                  : "None of these can be; so the statements cannot all hold."));
        // Without dates the values themselves are the reasons.
        if (out.empty() && !read.empty()) {
            out += block("ol", {{"class", "chain"}}, markup("\n") + read);
            read = {};
        }
        if (out.empty() && !said.empty()) {
            out += block("ul", markup("\n") + said);
            said = {};
        }
        if (!said.empty() || !read.empty()) {
            Html log;
            if (!said.empty()) log += block("ul", markup("\n") + said);
            if (!read.empty())
                log += block("p", text("What else was read:")) + block("ul", markup("\n") + read);
            out +=
                block("details", {{"class", "log"}},
                      markup("\n") +
                          block("summary", text("How the conditions of the rule were read")) + log);
        }
        if (!f_.more_proofs.empty())
            out += block("p", {{"class", "dim"}},
                         text("In other views, or under other answers to what is open, it stands "
                              "for reasons of its own (" +
                              report::count_words(f_.more_proofs.size(), "more proof") + ")."));
        if (out.empty()) return {};
        return part("Why") + out;
    }

    // ---- what it turns on

    Html turning() {
        Html rows;
        for (const auto& t : f_.turning) {
            if (!t.certain.empty() + !t.possible.empty() + !t.fine.empty() < 2) continue;
            const auto cell = [&](const time::DaySet& days) {
                return element("td", text(days.empty() ? "no day" : days_words(days)));
            };
            rows +=
                block("tr", element("th", {{"scope", "row"}},
                                    words_.name(words_.point(t.path)) +
                                        text(t.stated.empty() ? ", not stated" : ", stated as ") +
                                        words_.as_written(t.path, t.stated)) +
                                cell(t.certain) + cell(t.possible) + cell(t.fine));
        }
        Html out;
        if (!rows.empty()) {
            Html columns;
            for (const auto* name : {"If it is this date", "certain", "possible", "no conflict"})
                columns += element("th", {{"scope", "col"}}, text(name));
            out += html::scroll(
                "Days on which finding " + std::to_string(numbers_.of(f_)) + " turns",
                block("table",
                      markup("\n") +
                          block("caption", text("One date moved, all else as stated. \"No "
                                                "conflict\" is what this rule alone has.")) +
                          block("thead", block("tr", columns)) +
                          block("tbody", markup("\n") + rows)));
        }
        for (const auto& t : f_.turns_on)
            out += block("p", {{"dir", "auto"}}, words_.prose(sentence(t.text)));
        if (!f_.turning_note.empty())
            out += block("p", words_.prose(sentence("It " + f_.turning_note)));
        if (out.empty()) return {};
        return part("On which days it turns") + out;
    }

    // Two datings of a possible one, beside one another.
    Html witnesses() {
        const auto telling = report::telling_witnesses(f_.proof);
        if (f_.verdict != check::Verdict::possible || telling.empty()) return {};
        std::vector<std::string> paths;
        for (const auto* w : telling)
            for (const auto& [path, day] : w->dates)
                if (std::find(paths.begin(), paths.end(), path) == paths.end())
                    paths.push_back(path);
        Html columns = element("th", {{"scope", "col"}}, text("Date"));
        for (const auto* w : telling)
            columns += element("th", {{"scope", "col"}},
                               text(w->violates ? "in conflict" : "no conflict"));
        Html rows;
        for (const auto& path : paths) {
            Html row = element("th", {{"scope", "row"}}, words_.name(words_.point(path)));
            for (const auto* w : telling) {
                const auto it = std::find_if(w->dates.begin(), w->dates.end(),
                                             [&](const auto& d) { return d.first == path; });
                row +=
                    element("td", text(it == w->dates.end() ? "any" : time::to_string(it->second)));
            }
            rows += block("tr", row);
        }
        return part(telling.size() > 1 ? "Two datings that the statements leave open"
                                       : "A dating that the statements leave open") +
               html::scroll(
                   "Datings of finding " + std::to_string(numbers_.of(f_)),
                   block("table", markup("\n") +
                                      block("caption", text("The statements allow each of "
                                                            "these; nothing says which.")) +
                                      block("thead", block("tr", columns)) +
                                      block("tbody", markup("\n") + rows)));
    }

    // ---- law, sources, exceptions

    Html law() {
        Html out;
        Html items;
        for (const auto& b : f_.basis) {
            Html item = words_.prose(b.cite);
            if (!b.note.empty()) item += text(": ") + words_.spoken(b.note, words_.prose(b.note));
            if (b.unverified)
                item += text(" ") +
                        element("span", {{"class", "tag unverified"}}, text("not verified"));
            items += block("li", {{"dir", "auto"}}, item);
        }
        if (!items.empty()) out += part("Basis") + block("ul", markup("\n") + items);
        Html notes;
        for (const auto& s : f_.sources_note)
            notes += block("li", {{"dir", "auto"}}, words_.prose(s));
        if (!notes.empty())
            out += part("How well it is sourced") + block("ul", markup("\n") + notes);
        if (!f_.burden.empty())
            out += part("Who must prove it") +
                   block("p", text("The burden is on " + words_.side(f_.burden) +
                                   (f_.verdict == check::Verdict::possible
                                        ? "; what stays open counts against that side."
                                        : ".")));
        return out;
    }

    Html exceptions() {
        if (f_.exceptions.empty()) return {};
        Html items;
        for (const auto& e : f_.exceptions) {
            Html item = e.because.empty() ? element("code", text(e.when))
                                          : words_.spoken(e.because, words_.prose(e.because));
            if (e.state == "false") item += text(": not so on what this account has");
            if (e.state != "false" || !e.said_by.empty())
                item += text(e.state == "false" ? "; " : ": ") +
                        (e.state == "unknown" ? text("not decided") : words_.said(e));
            if (!e.switch_path.empty())
                item += text(" (") + words_.name(words_.point(e.switch_path)) + text(")");
            items += block("li", {{"dir", "auto"}}, item);
        }
        return part("Exceptions looked at") + block("ul", markup("\n") + items);
    }

    // "if `path` is not ID": that which the path leads to by its title.
    Html change(const check::Resolution& r) {
        const auto said = report::resolution_words(r);
        for (const auto& c : r.changes) {
            const auto what = " is not " + c.to.substr(std::min<std::size_t>(4, c.to.size()));
            const auto at = c.kind == "flip" && c.to.rfind("not ", 0) == 0 ? said.find(what)
                                                                           : std::string::npos;
            if (at == std::string::npos) continue;
            return with_reasons(said.substr(0, at)) + text(" is not ") +
                   words_.value(c.path, c.to.substr(4)) +
                   with_reasons(said.substr(at + what.size()));
        }
        return with_reasons(said);
    }

    // A reason of the rule within a text of the program may be in another language.
    Html with_reasons(const std::string& said) {
        for (const auto& e : f_.exceptions) {
            const auto at = e.because.empty() || dossier_.wording.of(e.because).empty()
                                ? std::string::npos
                                : said.find(e.because);
            if (at != std::string::npos)
                return words_.message(said.substr(0, at)) +
                       words_.spoken(e.because, words_.prose(e.because)) +
                       words_.message(said.substr(at + e.because.size()));
        }
        return words_.message(said);
    }

    Html contrary() {
        Html items;
        for (const auto& c : f_.contrary)
            items += block("li",
                           words_.rivals(c) + text(": ") + text(report::then_words(c)) + text("."));
        if (items.empty()) return {};
        return part("What the file has against it") + block("ul", markup("\n") + items);
    }

    Html resolution() {
        Html out;
        Html items;
        for (const auto& r : f_.resolve) items += block("li", {{"dir", "auto"}}, change(r));
        if (!items.empty())
            out +=
                block("p", text(f_.verdict == check::Verdict::certain ? "It is no longer certain:"
                                                                      : "It would change:")) +
                block("ul", markup("\n") + items);
        if (!f_.help.empty())
            out += block("p", {{"dir", "auto"}},
                         words_.spoken(f_.help, words_.prose(sentence(f_.help))));
        if (out.empty()) return {};
        return part("What would resolve it") + out;
    }

    Html files() {
        const auto shown = excerpts(f_, words_, dossier_.sources);
        if (shown.empty()) return {};
        return block("details",
                     markup("\n") + block("summary", text("Where it stands in the files")) + shown);
    }

    Html foot() {
        Html out = text("Rule ") + element("code", text(f_.rule)) + text(" at ") +
                   element("code", text(f_.at));
        if (!f_.fingerprint.empty())
            out += text("; fingerprint ") + element("code", text(f_.fingerprint));
        std::vector<std::size_t> same;
        for (const auto& other : dossier_.result.findings)
            if (&other != &f_ && !f_.group.empty() && other.group == f_.group)
                same.push_back(numbers_.of(other));
        std::sort(same.begin(), same.end());
        if (!same.empty()) out += text("; from one conflict with ") + finding_links(same);
        return block("p", {{"class", "foot"}}, out);
    }

    const check::Finding& f_;
    const Dossier& dossier_;
    const Words& words_;
    const Numbers& numbers_;
};

}  // namespace

Html finding_section(const check::Finding& f, const Dossier& d, const Words& w, const Numbers& n) {
    return Section(f, d, w, n).all();
}

}  // namespace antinomy::page
