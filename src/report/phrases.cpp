#include "report/phrases.hpp"

#include <algorithm>
#include <iterator>

#include "check/weigh.hpp"
#include "report/terminal.hpp"

namespace antinomy::report {
namespace {

std::string quoted(std::string_view text) {
    return '`' + one_line(text) + '`';
}

std::string speaker_of(const check::Finding& f, const check::Given& given) {
    for (const auto* facts : {&f.proof.facts, &f.proof.premises})
        for (const check::Fact& fact : *facts)
            if (fact.path == given.path && fact.account == given.account) return fact.speaker;
    return {};
}

std::vector<std::string> once(std::vector<std::string> names) {
    std::vector<std::string> out;
    for (std::string& name : names)
        if (std::find(out.begin(), out.end(), name) == out.end()) out.push_back(std::move(name));
    return out;
}

}  // namespace

std::string count_words(std::size_t n, std::string_view singular, std::string_view plural) {
    std::string out = std::to_string(n) + ' ';
    if (n == 1)
        out += singular;
    else if (plural.empty())
        (out += singular) += 's';
    else
        out += plural;
    return out;
}

std::string list_words(const std::vector<std::string>& names) {
    std::string out;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0) out += i + 1 == names.size() ? " and " : ", ";
        out += one_line(names[i]);
    }
    return out;
}

std::string verdict_words(const check::Finding& f) {
    std::string out(check::word(f.verdict));
    if (!f.given.empty()) {
        std::vector<std::string> accounts;
        for (const check::Given& g : f.given) accounts.push_back(one_line(g.account) + "'s");
        out += ", given " + list_words(once(std::move(accounts))) + " word";
    }
    if (!f.condition.empty()) out += " (certain if " + quoted(f.condition) + " holds)";
    return out;
}

std::string given_words(const check::Finding& f) {
    std::string out;
    for (std::size_t i = 0; i < f.given.size(); ++i) {
        const check::Given& g = f.given[i];
        const bool same = i > 0 && g.account == f.given[i - 1].account;
        if (!same) {
            out += out.empty() ? "given the word of " : ", and of ";
            out += quoted(g.account);
            if (const std::string s = speaker_of(f, g); !s.empty()) out += " (" + one_line(s) + ')';
        }
        out += same ? ", " : " on ";
        out += quoted(g.path);
    }
    return out;
}

std::string accounts_words(const check::Finding& f) {
    if (f.accounts.empty()) return "in every account";
    if (f.relation == check::Relation::between) return "between " + list_words(f.accounts);
    std::string out = f.accounts.size() == 1 ? "account: " : "accounts: ";
    for (std::size_t i = 0; i < f.accounts.size(); ++i)
        out += (i > 0 ? ", " : "") + one_line(f.accounts[i]);
    return out;
}

std::string turning_words(const check::TurningPoint& t) {
    struct Piece {
        time::Window days;
        std::string_view word;
    };
    std::vector<Piece> pieces;
    for (const auto& [set, word] :
         {std::pair{&t.certain, "certain"}, {&t.possible, "possible"}, {&t.fine, "no conflict"}})
        for (const time::Window& w : set->windows()) pieces.push_back({w, word});
    std::sort(pieces.begin(), pieces.end(),
              [](const Piece& a, const Piece& b) { return a.days.first < b.days.first; });
    constexpr std::size_t most = 6;
    std::string out;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (i == most) {
            out += "; and so on, " + std::to_string(pieces.size() - most) + " more";
            break;
        }
        const time::Window& w = pieces[i].days;
        const bool adjoins =
            i > 0 && time::bounded(w.first) && pieces[i - 1].days.last == time::plus(w.first, -1);
        if (i > 0) out += "; ";
        out += pieces[i].word;
        if (!time::bounded(w.first) && !time::bounded(w.last))
            out += " on any day";
        else if (!time::bounded(w.first))
            out += " until " + time::to_string(w.last);
        else if (!time::bounded(w.last))
            out += " from " + time::to_string(w.first);
        else if (w.single())
            out += " on " + time::to_string(w.first);
        else if (adjoins)
            out += " to " + time::to_string(w.last);
        else
            out += " from " + time::to_string(w.first) + " to " + time::to_string(w.last);
    }
    return out;
}

std::string step_words(const check::Step& s) {
    const std::string to = quoted(s.to);
    const std::string from = quoted(s.from);
    const auto days = [](std::int64_t n) {
        return std::to_string(n) + (n == 1 ? " day" : " days");
    };
    if (s.from.empty()) return to + " is " + time::to_string(time::Day{s.min_days}) + " or later";
    if (s.to.empty())
        return from + " is " + time::to_string(time::Day{-s.min_days}) + " or earlier";
    if (s.min_days > 0) return to + " is at least " + days(s.min_days) + " after " + from;
    if (s.min_days == 0) return to + " is not before " + from;
    return to + " is at most " + days(-s.min_days) + " before " + from;
}

namespace {

using check::Supposed;

constexpr std::string_view kOrigin = "1970-01-01";

// As far as it says something, in one level of each kind.
std::optional<Supposed> plain(const Supposed& s) {
    constexpr std::int64_t kNothing = -1'000'000'000;  // days; no bound
    switch (s.kind) {
        case Supposed::Kind::yes:
            return std::nullopt;
        case Supposed::Kind::no:
            return s;
        case Supposed::Kind::least:
            if (s.min_days <= kNothing || (s.from == s.to && s.min_days <= 0)) return std::nullopt;
            return s;
        case Supposed::Kind::all:
        case Supposed::Kind::any:
            break;
    }
    Supposed out;
    out.kind = s.kind;
    for (const auto& part : s.parts) {
        auto one = plain(part);
        if (!one) {
            if (s.kind == Supposed::Kind::any) return std::nullopt;
            continue;
        }
        if (one->kind == s.kind)
            out.parts.insert(out.parts.end(), one->parts.begin(), one->parts.end());
        else if (std::find(out.parts.begin(), out.parts.end(), *one) == out.parts.end())
            out.parts.push_back(std::move(*one));
    }
    if (out.kind == Supposed::Kind::all) {
        // A way that leaves several open is told with the one taken of them; of one distance the
        // greatest says all.
        const auto is = [](Supposed::Kind kind) {
            return [kind](const Supposed& x) { return x.kind == kind; };
        };
        auto& parts = out.parts;
        if (std::any_of(parts.begin(), parts.end(), is(Supposed::Kind::least)))
            parts.erase(std::remove_if(parts.begin(), parts.end(), is(Supposed::Kind::any)),
                        parts.end());
        const auto all = parts;
        const auto less = [&](const Supposed& x) {
            return std::any_of(all.begin(), all.end(), [&](const Supposed& y) {
                return x.kind == Supposed::Kind::least && y.kind == x.kind && x.from == y.from &&
                       x.to == y.to && x.min_days < y.min_days;
            });
        };
        parts.erase(std::remove_if(parts.begin(), parts.end(), less), parts.end());
    }
    if (out.parts.empty()) return std::nullopt;
    if (out.parts.size() == 1) return out.parts.front();
    return out;
}

std::string words_of(const Supposed& s) {
    if (s.kind == Supposed::Kind::no) return "what cannot be";
    if (s.kind != Supposed::Kind::least) {
        const bool all = s.kind == Supposed::Kind::all;
        std::string out;
        for (const auto& part : s.parts)
            out += (out.empty() ? "" : all ? ", and " : ", or ") + words_of(part);
        return out;
    }
    // Here the origin of the count of days has its date for a name.
    const auto name = [](const std::string& path) { return path == kOrigin ? "" : path; };
    return step_words({name(s.from), name(s.to), s.min_days, {}});
}

bool all_named(const Supposed& s) {
    if (s.kind == Supposed::Kind::least) return !s.from.empty() && !s.to.empty();
    return std::all_of(s.parts.begin(), s.parts.end(), all_named);
}

}  // namespace

std::optional<Supposed> supposed_of(const check::Proof& p, const check::ProofCase& c) {
    Supposed all;
    all.kind = Supposed::Kind::all;
    for (const auto& [split, way] : c.path) {
        if (split >= p.splits.size() || way >= p.splits[split].ways.size()) return std::nullopt;
        all.parts.push_back(p.splits[split].ways[way]);
    }
    if (!all_named(all)) return std::nullopt;
    return plain(all);
}

bool cannot_be(const Supposed& s) {
    if (s.kind == Supposed::Kind::no) return true;
    if (s.kind == Supposed::Kind::least) return s.from == s.to && s.min_days > 0;
    if (s.kind == Supposed::Kind::all)
        return std::any_of(s.parts.begin(), s.parts.end(), cannot_be);
    return std::all_of(s.parts.begin(), s.parts.end(), cannot_be);
}

std::string supposed_words(const check::Proof& p, const check::ProofCase& c) {
    const auto supposed = supposed_of(p, c);
    return supposed ? words_of(*supposed) : one_line(c.assume);
}

std::string because_words(const check::Step& s, const check::Proof& p) {
    std::string out;
    const auto add = [&](const std::string& text) {
        if (!text.empty()) (out += out.empty() ? "" : "; ") += text;
    };
    for (const std::size_t i : s.because) {
        if (i < p.facts.size()) {
            const check::Fact& f = p.facts[i];
            std::string text = one_line(f.value);
            if (f.is_date && text.find_first_of("~%") != std::string::npos)
                text += " by the policy approximate_slack";
            if (!f.account.empty()) (text += ", ") += one_line(f.account);
            add(text);
        } else if (i - p.facts.size() < p.requirements.size()) {
            const check::Requirement& r = p.requirements[i - p.facts.size()];
            if (r.rule == "order")
                add(quoted(r.text));
            else if (r.rule == "always")
                add("by meaning");
            else
                add("required by " + one_line(r.rule));
        }
    }
    return out;
}

std::string circle_words(const std::vector<check::Step>& steps) {
    std::int64_t sum = 0;
    bool origin = false;
    for (const check::Step& s : steps) {
        sum += s.min_days;
        origin = origin || s.from.empty() || s.to.empty();
    }
    if (steps.size() < 2 || steps.front().from != steps.back().to || sum <= 0) return {};
    std::string out = origin ? "round the circle " : "round the circle: ";
    for (std::size_t i = 0; !origin && i < steps.size(); ++i) {
        const std::int64_t n = steps[i].min_days;
        if (i > 0) out += n < 0 ? " - " : " + ";
        out += std::to_string(i > 0 && n < 0 ? -n : n);
    }
    if (!origin) out += " = ";
    out += std::to_string(sum) + (sum == 1 ? " day" : " days");
    return out + " from a day to itself: these statements cannot all hold";
}

std::vector<std::string> because_lines(const check::Finding& f, std::size_t most) {
    const check::Proof& p = f.proof;
    std::vector<std::string> lines;
    if (!f.blocks.empty()) return lines;
    const auto add = [&](const std::vector<check::Step>& steps) {
        for (const check::Step& s : steps) {
            std::string line = step_words(s);
            if (const std::string from = because_words(s, p); !from.empty())
                ((line += " (") += from) += ')';
            lines.push_back(std::move(line));
        }
        if (std::string circle = circle_words(steps); !circle.empty())
            lines.push_back(std::move(circle));
    };
    add(p.steps);
    for (const check::ProofCase& c : p.cases) {
        const auto supposed = supposed_of(p, c);
        if (supposed && cannot_be(*supposed)) continue;
        lines.push_back("supposing " + supposed_words(p, c) + ':');
        add(c.steps);
        if (c.steps.empty()) lines.emplace_back("that cannot be by itself");
    }
    if (lines.empty() && telling_witnesses(p).empty() && p.text.size() <= most)
        lines.insert(lines.end(), p.text.begin(), p.text.end());
    return lines;
}

std::vector<std::string> proof_sentences(const check::Proof& p) {
    const auto repeats = [&](const std::string& sentence) {
        const auto begins = [&](const std::string& with) {
            return !with.empty() && sentence.compare(0, with.size(), with) == 0;
        };
        for (const auto* list : {&p.facts, &p.premises})
            for (const check::Fact& f : *list)
                if (begins(f.path + " is ")) return true;
        for (const check::Step& s : p.steps)
            if (begins(s.to + " is ")) return true;
        for (const check::ProofCase& c : p.cases)
            if (begins("if " + c.assume) || begins("  ")) return true;
        return (!p.requirements.empty() && begins("required by ")) ||
               (!p.steps.empty() && begins("round the circle")) ||
               (!p.witnesses.empty() && begins("a dating in which "));
    };
    std::vector<std::string> out;
    std::remove_copy_if(p.text.begin(), p.text.end(), std::back_inserter(out), repeats);
    return out;
}

std::vector<std::string> witness_lines(const check::Finding& f) {
    std::vector<std::string> out;
    for (const check::Witness* shown : telling_witnesses(f.proof)) {
        std::string text = shown->violates ? "in conflict: " : "no conflict: ";
        for (std::size_t i = 0; i < shown->dates.size(); ++i)
            text += (i > 0 ? ", " : "") + ('`' + shown->dates[i].first + "` ") +
                    time::to_string(shown->dates[i].second);
        out.push_back(std::move(text));
    }
    return out;
}

std::vector<std::string> turning_dates(const check::Finding& f) {
    std::vector<std::string> out;
    for (const check::TurningPoint& t : f.turning) {
        // What has one answer on every day that can be does not turn.
        if (!t.certain.empty() + !t.possible.empty() + !t.fine.empty() < 2) continue;
        out.push_back('`' + t.path + '`' + (t.stated.empty() ? "" : ", stated as " + t.stated) +
                      ": " + turning_words(t));
    }
    return out;
}

std::string change_words(const check::Change& c) {
    std::string out = "if ";
    if (c.kind == "withdraw") return out + quoted(c.path) + " is withdrawn";
    if (c.kind == "move") return out + quoted(c.path) + " was on " + one_line(c.to);
    if (c.to.empty()) return out + quoted(c.path) + " is otherwise";
    return out + quoted(c.path + ": " + c.to);
}

std::string resolution_words(const check::Resolution& r) {
    std::string out = one_line(r.text);
    if (out.empty())
        for (const check::Change& c : r.changes)
            out += (out.empty() ? "" : " and ") + change_words(c);
    if (r.blocked_by.empty()) return out;
    std::vector<std::string> others;  // "rule at path", or a fingerprint
    for (const auto& other : r.blocked_by) {
        const auto at = other.find(" at ");
        others.push_back(at == std::string::npos
                             ? other
                             : quoted(other.substr(0, at)) + " at " + quoted(other.substr(at + 4)));
    }
    out += " (but " +
           (r.blocked_on.empty() ? std::string() : "on " + one_line(r.blocked_on) + ' ') +
           "this makes certain: " + list_words(others) + ')';
    return out;
}

std::string said_words(const check::ExceptionLooked& e) {
    if (e.said_by.empty()) return e.elsewhere ? "not stated on this account" : "nobody says so";
    std::vector<std::string> who;
    for (const auto& account : e.said_by)
        if (!account.empty()) who.push_back(quoted(account));
    return who.empty() ? "the file says so elsewhere"
                       : "only " + list_words(who) + (who.size() == 1 ? " says so" : " say so");
}

std::string_view caution_words(std::string_view reliability, bool doubtful) {
    return reliability == "low"         ? "weak source"
           : doubtful                   ? "doubtful"
           : reliability == "unchecked" ? "source not looked up again"
                                        : "";
}

std::string rival_words(const check::Rival& r) {
    std::string out = quoted(r.path) + " is " + one_line(r.value);
    for (std::size_t i = 0; i < r.said.size(); ++i) {
        const auto& w = r.said[i];
        out += i == 0 ? " " : " and ";
        std::string beside;
        if (!w.speaker.empty()) beside = one_line(w.speaker);
        if (!w.source.empty()) beside += (beside.empty() ? "in " : ", in ") + one_line(w.source);
        if (const auto weak = caution_words(w.reliability, false); !weak.empty())
            beside += ", " + std::string(weak);
        if (w.account.empty()) {
            out += beside.empty() ? "as the file has it" : beside;
        } else {
            out += "on the word of " + quoted(w.account);
            if (!beside.empty()) out += " (" + beside + ')';
        }
    }
    if (!r.instead_of.empty()) out += ", not " + one_line(r.instead_of);
    return out;
}

std::string then_words(const check::Contrary& c) {
    const bool one = c.values.size() == 1;
    switch (c.then) {
        case check::Contrary::Then::gone:
            return one ? "on it this finding does not stand"
                       : "on these together this finding does not stand";
        case check::Contrary::Then::cannot_tell:
            return one ? "on it a fact is missing to tell whether it stands"
                       : "on these together a fact is missing to tell whether it stands";
        case check::Contrary::Then::possible:
            return one ? "on it this finding is only possible"
                       : "on these together this finding is only possible";
    }
    return {};
}

std::string contrary_words(const check::Contrary& c) {
    std::string out;
    for (const auto& r : c.values) out += (out.empty() ? "" : "; ") + rival_words(r);
    return out + ": " + then_words(c);
}

std::string exception_words(const check::ExceptionLooked& e) {
    std::string out = e.because.empty() ? quoted(e.when) : one_line(e.because);
    out += " (";
    if (e.state == "false")
        out += "not so on what this account has" +
               (e.said_by.empty() ? std::string() : "; " + said_words(e));
    else if (e.state == "unknown")
        out += "not decided";
    else
        out += said_words(e);
    if (!e.switch_path.empty()) out += ": " + quoted(e.switch_path);
    return out + ')';
}

std::string basis_words(const check::Basis& b) {
    std::string out = one_line(b.cite);
    if (!b.note.empty()) out += ", " + one_line(b.note);
    if (b.unverified) out += " (not verified)";
    return out;
}

std::vector<const check::Finding*> in_order(const check::CaseResult& c, bool suppressed) {
    std::vector<std::pair<time::Day, const check::Finding*>> keyed;
    for (const check::Finding& f : c.findings)
        if (f.suppressed.empty() != suppressed) keyed.emplace_back(check::first_shown(f), &f);
    std::stable_sort(keyed.begin(), keyed.end(), [](const auto& a, const auto& b) {
        if (a.second->severity != b.second->severity)
            return a.second->severity < b.second->severity;
        if (a.second->verdict != b.second->verdict) return a.second->verdict < b.second->verdict;
        return a.first < b.first;
    });
    std::vector<const check::Finding*> out;
    for (const auto& [day, f] : keyed) out.push_back(f);
    return out;
}

std::string suppressed_words(const check::Finding& f) {
    std::string out = one_line(f.suppressed);
    std::string who;
    if (!f.suppressed_by.empty()) who = "decided by " + one_line(f.suppressed_by);
    if (!f.suppressed_until.empty())
        who += (who.empty() ? "" : ", ") + ("until " + one_line(f.suppressed_until));
    return who.empty() ? out : out + " (" + who + ')';
}

std::string_view baseline_mark(const check::Finding& f) {
    switch (f.baseline) {
        case check::Baseline::old:
            return "[baseline]";
        case check::Baseline::stronger:
            return "[baseline: possible]";
        case check::Baseline::fresh:
        case check::Baseline::none:
            break;
    }
    return "";
}

Tally tally(const check::Result& result) {
    Tally t;
    for (const check::CaseResult& c : result.cases) {
        const std::size_t before = t.findings;
        for (const check::Finding& f : c.findings) {
            if (!f.suppressed.empty()) {
                ++t.suppressed;
                continue;
            }
            ++t.findings;
            if (f.baseline == check::Baseline::old) ++t.old;
            if (f.baseline == check::Baseline::stronger) ++t.stronger;
            const auto s = static_cast<std::size_t>(f.severity);
            ++(f.verdict == check::Verdict::certain ? t.certain : t.possible)[s];
        }
        t.gaps += c.gaps.size();
        t.undecided += c.undecided.size();
        if (t.findings > before) ++t.cases_with_findings;
    }
    return t;
}

std::string_view preamble(bool charges) {
    if (!charges)
        return "This report compares statements as they were published. Nobody here has seen the "
               "case file. It takes no view on who is right, nor on the honesty of any court, "
               "party or reporter. Where it is silent, nothing has been cleared.";
    return "This report compares statements as they were published. Nobody here has seen the case "
           "file. It takes no view on guilt, nor on the honesty of any court, party or reporter. "
           "Where it is silent, nothing has been cleared.";
}

std::vector<const check::Witness*> telling_witnesses(const check::Proof& p) {
    std::vector<const check::Witness*> out;
    for (const bool violates : {true, false})
        for (const check::Witness& w : p.witnesses)
            if (w.violates == violates && !w.dates.empty()) {
                out.push_back(&w);
                break;
            }
    // The same days on both sides: what decides is no day, and they tell nothing.
    if (out.size() == 2 && out[0]->dates == out[1]->dates) out.clear();
    return out;
}

}  // namespace antinomy::report
