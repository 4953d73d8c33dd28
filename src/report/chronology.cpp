#include "report/chronology.hpp"

#include <algorithm>
#include <ostream>
#include <sstream>

#include "report/layout.hpp"
#include "report/phrases.hpp"
#include "report/timeline.hpp"
#include "time/words.hpp"

namespace antinomy::report {

using check::AccountChronology;
using check::ChronologyPoint;
using Order = check::ChronologyPair::Order;

namespace {

constexpr std::size_t kRows = 40;     // of a picture
constexpr std::size_t kPoints = 200;  // told in words
constexpr std::size_t kWindows = 6;   // of one date, told in words
constexpr std::size_t kDrawn = 8;     // windows of one date in the picture
constexpr int kNarrowest = 60;        // columns of a picture

std::string days(std::int64_t n) {
    return std::to_string(n) + (n == 1 ? " day" : " days");
}

std::string window_words(const time::Window& w) {
    if (w.single()) return time::to_string(w.first);
    if (!bounded(w.first) && !bounded(w.last)) return "any day";
    if (!bounded(w.first)) return "on or before " + time::to_string(w.last);
    if (!bounded(w.last)) return "on or after " + time::to_string(w.first);
    return time::to_string(w.first) + " to " + time::to_string(w.last);
}

std::string quoted(const std::string& text) {
    return '`' + one_line(text) + '`';
}

// Whose word a statement is.
std::string who(const check::Fact& f) {
    std::string out;
    const auto add = [&](const std::string& s) {
        if (!s.empty()) (out += out.empty() ? "" : ", ") += one_line(s);
    };
    add(f.account);
    if (!f.speaker.empty()) add("said by " + f.speaker);
    add(f.source);
    add(f.state);
    if (f.doubtful) add("doubtful");
    return out.empty() ? out : " (" + out + ')';
}

// A fact as a proof names it: path, value, whose word.
std::string fact_words(const check::Fact& f) {
    std::string inside = one_line(f.value);
    if (!f.account.empty()) inside += ", " + one_line(f.account);
    if (f.doubtful) inside += ", doubtful";
    return quoted(f.path) + " (" + inside + ')';
}

std::string requirement_words(const check::Requirement& r) {
    if (r.rule == "order") return "the order " + quoted(r.text);
    if (r.rule == "always") return quoted(r.text) + " by meaning";
    return one_line(r.rule) + ": " + quoted(r.text);
}

// "`a` (2014-10), the order `a before b`", each once; without what is `said` already, unless that
// is all.
std::string reasons(const std::vector<check::Proof>& proofs,
                    const std::vector<check::Fact>& said = {}) {
    std::vector<std::string> list;
    const auto add = [&](std::string s) {
        if (std::find(list.begin(), list.end(), s) == list.end()) list.push_back(std::move(s));
    };
    const auto known = [&](const check::Fact& f) {
        return std::any_of(said.begin(), said.end(),
                           [&](const check::Fact& x) { return x.span == f.span; });
    };
    for (const auto& p : proofs) {
        for (const auto& f : p.facts)
            if (!known(f)) add(fact_words(f));
        for (const auto& r : p.requirements) add(requirement_words(r));
    }
    std::string out;
    for (std::size_t i = 0; i < list.size(); ++i)
        out += (i == 0 ? "" : i + 1 == list.size() ? " and " : ", ") + list[i];
    return out.empty() && !said.empty() ? reasons(proofs) : out;
}

// Nobody states it, and no bound on both sides: the picture and the words leave it out.
bool shown(const ChronologyPoint& p) {
    const auto hull = p.days.empty() ? time::Window{} : p.days.hull();
    return !p.statements.empty() || (bounded(hull.first) && bounded(hull.last)) ||
           (p.moment && (bounded(hull.first) || bounded(hull.last)));
}

check::TimelineRow row_of(const ChronologyPoint& p) {
    check::TimelineRow row;
    row.label = p.label;
    if (p.in_conflict) row.label += " (!)";
    if (p.days.empty()) return row;
    const auto stated = p.stated.hull();
    const auto windows = [&](const time::DaySet& set) {
        if (set.windows().size() <= kDrawn) return set.windows();
        // A side of `XXXX-03-05` that nothing else bounds: not the years 0000 and 9999.
        auto hull = set.hull();
        if (hull.first == stated.first) hull.first = time::kEver;
        if (hull.last == stated.last) hull.last = time::kForever;
        return std::vector<time::Window>{hull};
    };
    if (!p.inferred) {
        row.windows = windows(p.days);
    } else if (p.stated == time::DaySet::all() || p.stated.windows().size() > kDrawn) {
        // What `XXXX-03-05` spans would be ten thousand years.
        row.windows = windows(p.days);
        row.inferred = true;
    } else {
        row.windows = windows(p.stated);
        row.left = windows(p.days);
    }
    return row;
}

class Printer {
public:
    Printer(std::ostream& out, const AccountChronology& a, const Style& style,
            const ChronologyShown& what)
        : out_(out), a_(a), style_(style), what_(what) {}

    void run() {
        if (!a_.between.empty()) {
            for (const auto& d : a_.between) between(d);
            return;
        }
        picture();
        points();
        contradictions();
        refuted();
        if (what_.pairs) pairs();
    }

private:
    void heading(std::string_view text) {
        print_wrapped(out_, "   ", Tone::plain, text, 5, style_, Tone::strong);
    }
    void bullet(std::string_view text, int indent = 3) {
        print_wrapped(out_, spaces(indent) + "- ", Tone::frame, text, indent + 2, style_);
    }
    void below(std::string_view text, int indent) {
        print_wrapped(out_, spaces(indent), Tone::plain, text, indent + 2, style_);
    }

    void picture() {
        std::vector<check::TimelineRow> rows;
        bool dotted = false;
        bool dash = false;
        bool bracket = false;
        bool conflict = false;
        for (const auto& p : a_.points) {
            if (!shown(p) || p.days == time::DaySet::all()) continue;
            rows.push_back(row_of(p));
            const auto& r = rows.back();
            dotted = dotted || r.inferred || !r.left.empty();
            for (const auto& w : r.windows) dash = dash || (!r.inferred && !w.single());
            for (const auto& w : r.windows) bracket = bracket || !w.single();
            conflict = conflict || p.in_conflict;
        }
        if (rows.empty()) return;
        if (style_.width < kNarrowest) return;
        const auto lines = draw_timeline(rows, style_.width - 3, style_.unicode, kRows);
        for (std::size_t i = 0; i < lines.size(); ++i)
            out_ << spaces(3) << paint(i == 0 ? Tone::frame : Tone::plain, lines[i], style_)
                 << '\n';
        std::string legend;
        const auto add = [&](const std::string& s) { legend += (legend.empty() ? "" : "; ") + s; };
        const bool u = style_.unicode;
        if (dash) add(std::string(u ? "├─┤" : "[-]") + " one unknown day within, as stated");
        if (dotted) add(std::string(u ? "├┄┤ ○" : "[.] o") + " what follows from other statements");
        if (conflict) add("(!) takes part in a contradiction: as stated, nothing inferred");
        if (!legend.empty()) print_wrapped(out_, spaces(5), Tone::frame, legend, 5, style_);
        out_ << '\n';
    }

    void point(const ChronologyPoint& p) {
        std::string text = quoted(p.path) + ": ";
        std::vector<std::string> said;
        for (const auto& f : p.statements) said.push_back(one_line(f.value) + who(f));
        for (std::size_t i = 0; i < said.size(); ++i) text += (i == 0 ? "" : " or ") + said[i];
        if (said.empty()) text += "not stated";
        // A precise day says itself.
        const bool plain = p.statements.size() == 1 && p.days.windows().size() == 1 &&
                           p.days.hull().single() &&
                           time::to_string(p.days.hull().first) == p.statements.front().value;
        if (p.in_conflict) {
            if (p.days != time::DaySet::all() && !plain) text += ": " + days_words(p.days);
            text += "; in a contradiction";
        } else if (!p.inferred) {
            if (p.days != time::DaySet::all() && !plain) text += ": " + days_words(p.days);
        } else {
            text += "; it follows: " + days_words(p.days);
        }
        bullet(text);
        if (p.inferred && !p.because.empty())
            below("because of " + reasons(p.because, p.statements), 7);
    }

    void points() {
        std::size_t told = 0;
        std::size_t more = 0;
        std::vector<std::string> undated;
        for (const auto& p : a_.points) {
            if (!shown(p)) {
                if (p.moment) undated.push_back(quoted(p.path));
                continue;
            }
            if (told == kPoints) {
                ++more;
                continue;
            }
            if (told++ == 0) heading("dates, as stated and as they follow from one another");
            point(p);
        }
        if (more > 0) bullet(count_words(more, "more date") + " (--format json has all)");
        if (!undated.empty()) {
            std::string text = "not dated, and nothing bounds: ";
            for (std::size_t i = 0; i < undated.size() && i < kPoints; ++i)
                text += (i == 0 ? "" : ", ") + undated[i];
            if (undated.size() > kPoints)
                text += " and " + std::to_string(undated.size() - kPoints) + " more";
            bullet(text);
        }
    }

    void steps(const check::Proof& p, int indent) {
        const auto list = [&](const std::vector<check::Step>& steps, int at) {
            for (const auto& s : steps) {
                const auto why = because_words(s, p);
                bullet(step_words(s) + (why.empty() ? "" : " (" + why + ')'), at);
            }
        };
        list(p.steps, indent);
        if (const auto circle = circle_words(p.steps); !circle.empty()) bullet(circle, indent);
        for (const auto& c : p.cases) {
            bullet("if " + supposed_words(p, c) + ':', indent);
            list(c.steps, indent + 4);
            if (c.steps.empty()) bullet("that cannot be by itself", indent + 4);
        }
    }

    void contradictions() {
        for (const auto& c : a_.contradictions) {
            out_ << '\n';
            heading("contradiction (" + std::string(check::word(c.verdict)) +
                    (c.one_way ? ": by one way of counting only, and nobody chose one"
                     : c.verdict == check::Verdict::possible ? ": it rests on a doubtful statement"
                                                             : "") +
                    "): these statements cannot all be true");
            for (const auto& f : c.proof.facts) {
                std::string text = quoted(f.path) + ": " + one_line(f.value) + who(f);
                if (f.is_date && !(f.days.single() && time::to_string(f.days.first) == f.value))
                    text += ": " + (f.when.empty() ? window_words(f.days) : f.when);
                bullet(text);
            }
            for (const auto& r : c.proof.requirements) bullet(requirement_words(r));
            below("because:", 3);
            steps(c.proof, 5);
        }
        if (a_.more_contradictions)
            below("there are more contradictions; the smallest are listed", 3);
    }

    void refuted() {
        for (const auto& r : a_.refuted) {
            out_ << '\n';
            heading("of the rival values of " + quoted(r.path) + ", " + one_line(r.fact.value) +
                    who(r.fact) + " fits no dating of the rest");
            below("because of " + reasons({r.proof}), 5);
        }
    }

    void between(const check::Distance& d) {
        if (!d.known) {
            bullet(quoted(d.from) + " and " + quoted(d.to) +
                   ": not both are there on this account");
            return;
        }
        bullet(apart_sentence(d.from, d.to, d.days));
        const auto order = quoted(d.from) + " before " + quoted(d.to) + ": ";
        const std::string clock = ", by their times of day (the days are counted as written)";
        if (d.before == Order::certain)
            below(order + "certain" + (d.days.least <= 0 ? clock : ""), 5);
        if (d.before == Order::impossible)
            below(order + "impossible" + (d.days.most > 0 ? clock : ""), 5);
        if (d.before == Order::possible)
            below(order + "possible" +
                      (d.days.least > 0 || d.days.most <= 0
                           ? ", for a doubtful statement or a time of day"
                           : ""),
                  5);
        const auto why = [&](const std::string& what, const std::vector<check::Proof>& proofs) {
            for (std::size_t i = 0; i < proofs.size(); ++i) {
                below((i == 0 ? what + ", because of "
                              : "or, another way this account can stand, "
                                "because of ") +
                          reasons({proofs[i]}) + ':',
                      5);
                steps(proofs[i], 7);
            }
        };
        if (d.days.least > -time::kNoBound)
            why(d.days.least > 0    ? "at least " + days(d.days.least) + " after"
                : d.days.least == 0 ? std::string("not before")
                                    : "at most " + days(-d.days.least) + " before",
                d.least);
        if (d.days.most < time::kNoBound)
            why(d.days.most > 0    ? "at most " + days(d.days.most) + " after"
                : d.days.most == 0 ? std::string("not after")
                                   : "at least " + days(-d.days.most) + " before",
                d.most);
    }

    void pairs() {
        out_ << '\n';
        heading("orders of events");
        for (const auto& p : a_.pairs) {
            // Both orders in one line.
            const auto mirror = std::find_if(a_.pairs.begin(), a_.pairs.end(), [&](const auto& q) {
                return q.a == p.b && q.b == p.a;
            });
            const auto& a = a_.events[p.a];
            const auto& b = a_.events[p.b];
            if (p.before == Order::certain) {
                bullet("certain: " + apart_sentence(a, b, p.days));
            } else if (p.a < p.b &&
                       (mirror == a_.pairs.end() || mirror->before != Order::certain)) {
                const auto back = mirror == a_.pairs.end() ? Order::possible : mirror->before;
                const bool forth = p.before == Order::possible;
                bullet((forth && back == Order::possible   ? "either way: "
                        : forth || back == Order::possible ? "one way or the same day: "
                                                           : "neither before the other: ") +
                       apart_sentence(a, b, p.days));
            }
        }
        if (a_.pairs.empty()) bullet("fewer than two events");
    }

    std::ostream& out_;
    const AccountChronology& a_;
    const Style& style_;
    const ChronologyShown& what_;
};

std::string head_of(const AccountChronology& a) {
    if (!a.consistent) return "whether its dates fit together was not decided";
    if (*a.consistent) return "its dates fit together";
    const bool certain =
        std::any_of(a.contradictions.begin(), a.contradictions.end(),
                    [](const auto& c) { return c.verdict == check::Verdict::certain; });
    const auto n = a.contradictions.size();
    if (a.more_contradictions)
        return "its dates contradict one another in more than " + std::to_string(n) + " ways";
    return std::string(certain ? "its dates contradict one another"
                               : "its dates contradict one another, if doubtful ones count") +
           (n > 1 ? ", in " + std::to_string(n) + " ways" : "");
}

}  // namespace

std::string apart_words(const time::DistanceBounds& d) {
    const bool low = d.least > -time::kNoBound;
    const bool high = d.most < time::kNoBound;
    const auto range = [](std::int64_t x, std::int64_t y) {
        return x == y ? days(x) : std::to_string(x) + " to " + days(y);
    };
    if (!low && !high) return "before or after, by any number of days";
    if (low && high && d.least == 0 && d.most == 0) return "on the same day";
    if (low && d.least > 0)
        return (high ? range(d.least, d.most) : "at least " + days(d.least)) + " after";
    if (high && d.most < 0)
        return (low ? range(-d.most, -d.least) : "at least " + days(-d.most)) + " before";
    if (!low) return d.most == 0 ? "not after" : "before, or up to " + days(d.most) + " after";
    if (!high) return d.least == 0 ? "not before" : "after, or up to " + days(-d.least) + " before";
    if (d.least == 0) return "on the same day or up to " + days(d.most) + " after";
    if (d.most == 0) return "on the same day or up to " + days(-d.least) + " before";
    return "from " + days(-d.least) + " before to " + days(d.most) + " after";
}

std::string apart_sentence(const std::string& a, const std::string& b,
                           const time::DistanceBounds& d) {
    if (d.least <= -time::kNoBound && d.most >= time::kNoBound)
        return "nothing bounds the days between " + quoted(a) + " and " + quoted(b);
    auto words = apart_words(d);
    // "on the same day as `a`", "on the day of `a` or up to 3 days after it"
    const std::string same = "on the same day";
    if (words == same) return quoted(b) + " is on the same day as " + quoted(a);
    if (words.rfind(same, 0) == 0)
        return quoted(b) + " is on the day of " + quoted(a) + words.substr(same.size()) + " it";
    if (const auto comma = words.find(", or "); comma != std::string::npos)
        return quoted(b) + " is " + words.substr(0, comma) + ' ' + quoted(a) + words.substr(comma) +
               " it";
    return quoted(b) + " is " + words + ' ' + quoted(a);
}

std::string days_words(const time::DaySet& set) {
    if (set.empty()) return "no day";
    const auto& windows = set.windows();
    if (windows.size() == 1) return window_words(time::said_hull(set));
    if (auto recurring = time::recurring_words(set); !recurring.empty()) return recurring;
    if (windows.size() > kWindows)
        return window_words(set.hull()) + ", one of " + std::to_string(windows.size()) +
               " stretches of days";
    std::string out;
    for (std::size_t i = 0; i < windows.size(); ++i)
        out += (i == 0 ? "" : i + 1 == windows.size() ? " or " : ", ") + window_words(windows[i]);
    return out;
}

std::vector<std::string> support(const check::Proof& p) {
    std::vector<std::string> out;
    const auto add = [&](const std::string& s) {
        if (std::find(out.begin(), out.end(), s) == out.end()) out.push_back(s);
    };
    for (const auto& f : p.facts) add(f.path);
    for (const auto& r : p.requirements) add(r.text);
    return out;
}

void print_chronology(std::ostream& out, const check::Chronology& c, const Style& style,
                      const ChronologyShown& what) {
    std::string title = one_line(c.title.empty() ? c.id : c.title);
    if (!c.title.empty()) title += " (" + one_line(c.id) + ')';
    print_wrapped(out, style.unicode ? "══ " : "== ", Tone::frame, title, 3, style, Tone::strong);
    out << "   " << sanitize(c.file) << "\n\n";
    // Accounts that have the same to say are told once.
    struct Told {
        std::vector<const AccountChronology*> accounts;
        std::string words;
    };
    std::vector<Told> told;
    for (const auto& a : c.accounts) {
        std::ostringstream body;
        Printer(body, a, style, what).run();
        const auto words = head_of(a) + '\n' + body.str();
        const auto same =
            std::find_if(told.begin(), told.end(), [&](const Told& t) { return t.words == words; });
        if (same == told.end())
            told.push_back({{&a}, words});
        else
            same->accounts.push_back(&a);
    }
    const auto names = [](const std::vector<std::string>& list) {
        std::vector<std::string> out_names;
        for (const auto& n : list) out_names.push_back(quoted(n));
        return list_words(out_names);
    };
    for (const auto& t : told) {
        std::vector<std::string> accounts;
        for (const auto* a : t.accounts) accounts.push_back(a->account);
        const auto at = t.words.find('\n');
        std::string head;
        if (!accounts.front().empty()) {
            head = (accounts.size() > 1 ? "accounts " : "account ") + names(accounts);
            if (accounts.size() == 1 && !t.accounts.front()->adopts.empty())
                head += ", which adopts " + names(t.accounts.front()->adopts);
            head += ": ";
        }
        print_wrapped(out, style.unicode ? "── " : "-- ", Tone::frame, head + t.words.substr(0, at),
                      3, style, Tone::strong);
        out << '\n' << t.words.substr(at + 1) << '\n';
    }
}

}  // namespace antinomy::report
