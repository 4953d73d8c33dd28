#include "page/timeline.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "html/frame.hpp"
#include "page/dates.hpp"
#include "report/phrases.hpp"

namespace antinomy::page {

using check::AccountChronology;
using check::ChronologyPoint;
using html::block;
using html::element;
using html::Html;
using html::markup;
using html::text;
using time::bounded;
using time::Window;

namespace {

constexpr std::size_t kDrawn = 8;  // windows of one date; more are drawn as what they span
// A picture of at most this height is not divided on paper: an eighth of a sheet of A4.
constexpr double kWhole = 170;

// ---------------------------------------------------------------- the plan

struct CommonLane {
    std::string_view key;
    std::string_view name;
};
constexpr CommonLane kUndisputed{"undisputed", "Entered for all accounts alike"};
constexpr CommonLane kEvents{"undisputed", "What the file states"};
constexpr CommonLane kEvidence{"evidence", "Evidence"};
constexpr CommonLane kNorms{"norms", "Norms, bans and their force"};
constexpr CommonLane kRulings{"rulings", "Rulings"};
constexpr CommonLane kSources{"sources", "Sources and statements"};

std::string_view common_key(const std::string& type) {
    if (type == "evidence") return kEvidence.key;
    if (type == "norm" || type == "version" || type == "status") return kNorms.key;
    if (type == "decision" || type == "sentence") return kRulings.key;
    if (type == "source" || type == "stated_age" || type == "summary") return kSources.key;
    return kUndisputed.key;
}

// What cases hold beside what happened: drawn only where a finding rests on it.
bool background(const std::string& type) {
    static const std::set<std::string_view> types{"source",       "stated_age", "summary", "person",
                                                  "organization", "place",      "court",   "office",
                                                  "membership",   "citizenship"};
    return types.count(type) > 0;
}

bool ends_with(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

// Drawn at all: somebody dates it, or it is bounded on both sides (an event: on one).
bool dated(const ChronologyPoint& p) {
    if (p.days.empty() || p.days == time::DaySet::all()) return false;
    const auto hull = p.days.hull();
    return !p.statements.empty() || (bounded(hull.first) && bounded(hull.last)) ||
           (p.moment && (bounded(hull.first) || bounded(hull.last)));
}

std::vector<Window> drawn(const time::DaySet& set, const time::DaySet& stated) {
    if (set.windows().size() <= kDrawn) return set.windows();
    // A side of `XXXX-03-05` that nothing else bounds: not the years 0000 and 9999.
    auto hull = set.hull();
    const auto said = stated.hull();
    if (hull.first == said.first) hull.first = time::kEver;
    if (hull.last == said.last) hull.last = time::kForever;
    return {hull};
}

bool same(const ChronologyPoint& a, const ChronologyPoint& b) {
    return a.days == b.days && a.stated == b.stated && a.in_conflict == b.in_conflict &&
           std::equal(a.statements.begin(), a.statements.end(), b.statements.begin(),
                      b.statements.end(),
                      [](const auto& x, const auto& y) { return x.span == y.span; });
}

std::string and_list(const std::vector<std::string>& words) {
    std::string out;
    for (std::size_t i = 0; i < words.size(); ++i) out += (i == 0 ? "" : ", ") + words[i];
    return out;
}

class Planner {
public:
    Planner(const Dossier& d, const Words& words, const Numbers& numbers)
        : d_(d), words_(words), numbers_(numbers) {}

    TimelinePlan run() {
        find_touched();
        for (const auto& a : d_.chronology.accounts) {
            auto& points = views_.emplace_back();
            for (const auto& p : a.points) {
                // Of a source that the check does without nothing is drawn.
                if (d_.sheet.record_at(p.path) == nullptr) continue;
                if (order_.emplace(p.path, order_.size()).second) paths_.push_back(p.path);
                points[p.path] = &p;
            }
        }
        const bool accounts = has_accounts();
        for (std::size_t i = 0; accounts && i < views_.size(); ++i) {
            PlannedLane lane;
            const auto& a = d_.chronology.accounts[i];
            lane.key = "account:" + a.account;
            lane.name = "Account: " + words_.account(a.account);
            if (!a.adopts.empty()) lane.name += ", which adopts " + words_.accounts(a.adopts);
            lane.note = "states no date of its own";
            lane.hue = static_cast<int>(i % 4) + 1;
            out_.plan.lanes.push_back(std::move(lane));
        }
        for (const auto& c :
             {accounts ? kUndisputed : kEvents, kEvidence, kNorms, kRulings, kSources}) {
            PlannedLane lane;
            lane.key = c.key;
            lane.name = c.name;
            common_[c.key] = out_.plan.lanes.size();
            out_.plan.lanes.push_back(std::move(lane));
        }
        for (const auto& path : paths_) place(path);
        drop_empty();
        joins();
        return std::move(out_);
    }

private:
    [[nodiscard]] bool has_accounts() const {
        return d_.chronology.accounts.size() > 1 ||
               (!d_.chronology.accounts.empty() && !d_.chronology.accounts.front().account.empty());
    }

    void find_touched() {
        const auto note = [&](const check::Proof& p) {
            for (const auto& f : p.facts)
                if (f.is_date) touched_.insert(f.path);
        };
        for (const auto* f : numbers_.standing()) {
            note(f->proof);
            for (const auto& p : f->more_proofs) note(p);
        }
        for (const auto& a : d_.chronology.accounts)
            for (const auto& c : a.contradictions) note(c.proof);
    }
    [[nodiscard]] bool touched(const std::string& path) const {
        if (touched_.count(path) > 0) return true;
        // A period is one fact of two points.
        const auto dot = path.rfind('.');
        return dot != std::string::npos && touched_.count(path.substr(0, dot)) > 0;
    }

    [[nodiscard]] const ChronologyPoint* point(std::size_t view, const std::string& path) const {
        const auto it = views_[view].find(path);
        return it == views_[view].end() ? nullptr : it->second;
    }

    // The point where that one ends which begins here; none of its own row then.
    [[nodiscard]] static std::string end_of(const std::string& path) {
        if (ends_with(path, ".start")) return path.substr(0, path.size() - 5) + "end";
        if (ends_with(path, ".legal_force")) return path.substr(0, path.size() - 11) + "until";
        return {};
    }
    [[nodiscard]] static std::string start_of(const std::string& path) {
        if (ends_with(path, ".end")) return path.substr(0, path.size() - 3) + "start";
        if (ends_with(path, ".until")) return path.substr(0, path.size() - 5) + "legal_force";
        return {};
    }
    // Part of the row of where it begins, in this view.
    [[nodiscard]] bool in_row_of_start(std::size_t view, const std::string& path) const {
        const auto start = start_of(path);
        if (start.empty()) return false;
        const auto* p = point(view, start);
        return p != nullptr && dated(*p);
    }

    void place(const std::string& path) {
        std::vector<std::size_t> where;  // views in which it is dated
        bool common = true;
        bool moment = false;
        bool row_of_its_own = false;
        for (std::size_t v = 0; v < views_.size(); ++v) {
            const auto* p = point(v, path);
            moment = moment || (p != nullptr && p->moment && !ends_with(path, ".end"));
            if (p == nullptr || !dated(*p)) {
                common = false;
                continue;
            }
            where.push_back(v);
            row_of_its_own = row_of_its_own || !in_row_of_start(v, path);
        }
        if (where.empty()) {
            if (moment) out_.undated.push_back(path);
            return;
        }
        if (!row_of_its_own) return;
        const auto* record = d_.sheet.record_at(path);
        const std::string type = record == nullptr ? "" : record->type;
        if (background(type) && !touched(path)) {
            out_.left_out.push_back(path);
            return;
        }
        const auto* first = point(where.front(), path);
        for (const auto v : where) {
            const auto* p = point(v, path);
            common = common && same(*first, *p) && same_end(where.front(), v, path);
            if (has_accounts())
                for (const auto& s : p->statements)
                    common = common && (s.account.empty() || s.state == "unchallenged");
        }
        if (common) {
            add(common_.at(common_key(type)), where.front(), path);
            return;
        }
        for (const auto v : where)
            if (!in_row_of_start(v, path)) add(v, v, path);
    }

    [[nodiscard]] bool same_end(std::size_t a, std::size_t b, const std::string& path) const {
        const auto end = end_of(path);
        if (end.empty()) return true;
        const auto* x = point(a, end);
        const auto* y = point(b, end);
        return x == nullptr || y == nullptr ? x == y : same(*x, *y);
    }

    void add(std::size_t lane, std::size_t view, const std::string& path) {
        const auto& p = *point(view, path);
        PlannedRow r;
        r.event = path;
        // What `XXXX-03-05` spans would be ten thousand years.
        if (said_by_itself(p)) {
            r.stated = drawn(p.days, p.stated);
        } else if (p.statements.empty() || p.stated == time::DaySet::all() ||
                   (p.inferred && p.stated.windows().size() > kDrawn)) {
            r.left = drawn(p.days, p.stated);
        } else {
            r.stated = drawn(p.stated, p.stated);
            if (p.inferred) r.left = drawn(p.days, p.stated);
        }
        r.doubtful = !p.statements.empty() && std::all_of(p.statements.begin(), p.statements.end(),
                                                          [](const auto& x) { return x.doubtful; });
        r.in_conflict = p.in_conflict;
        const auto end = end_of(path);
        const auto* e = end.empty() ? nullptr : point(view, end);
        const bool force = ends_with(path, ".legal_force") || ends_with(path, ".force.start");
        const auto& begin = r.left.empty() ? r.stated : r.left;
        if (!begin.empty() && bounded(begin.back().last)) {
            if (e != nullptr && !e->statements.empty() && dated(*e) &&
                !(p.days.hull().single() && e->days == p.days)) {
                r.lasts = true;
                if (bounded(e->days.hull().last) || bounded(e->days.hull().first))
                    r.ends = drawn(e->days, e->stated);
                while (!r.ends.empty() && !bounded(r.ends.back().last)) r.ends.pop_back();
            } else if (force && pending(p).empty()) {
                r.lasts = true;
            }
        }
        r.name = name_of(path, p, r.lasts);
        r.days = days_of(r);
        r.whose = whose(lane, p);
        out_.plan.lanes[lane].rows.push_back(std::move(r));
    }

    [[nodiscard]] std::string pending(const ChronologyPoint& p) const {
        for (const auto& s : p.statements)
            for (const auto& a : d_.sheet.assertions)
                if (a.span == s.span && !a.pending.empty()) return a.pending;
        return {};
    }

    // "the meeting of November"; of other dates than the day it stands for: which.
    [[nodiscard]] std::string name_of(const std::string& path, const ChronologyPoint& p,
                                      bool lasts) const {
        const auto* record = d_.sheet.record_at(path);
        if (record == nullptr) return path;
        if (const auto n = words_.source_number(record->id); n > 0 && record->type == "source")
            return "source " + std::to_string(n) + ", " +
                   field_words(path.substr(std::min(path.size(), record->path.size() + 1)));
        if (p.label == record->id) return record->title;
        // What it stands for as a whole begins and ends: one row.
        if (p.label == record->id + " start" && p.path == record->path + ".force.start")
            return record->title + ", in force";
        auto rest = path.substr(std::min(path.size(), record->path.size() + 1));
        if (rest == "force.start") return record->title + ", in force";
        // A period is one row, named for all of it.
        if (lasts && ends_with(rest, ".start")) rest.resize(rest.size() - 6);
        return record->title + ", " + field_words(rest);
    }

    [[nodiscard]] static std::string days_of(const PlannedRow& r) {
        std::string out = windows_words(r.stated.empty() ? r.left : r.stated, Months::brief, 3);
        const auto& begin = r.stated.empty() ? r.left : r.stated;
        if (r.lasts) {
            const auto one = [](const std::vector<Window>& w) {
                return w.size() == 1 && w.front().single();
            };
            const auto ends = windows_words(r.ends, Months::brief, 3);
            out = (one(begin) ? "from " : "begins ") + out;
            if (r.ends.empty())
                out += one(begin) ? " on" : ", no end stated";
            else
                out += (one(begin) && one(r.ends) ? " until " : "; ends ") + ends;
        } else if (r.stated.empty()) {
            out += ", inferred";
        } else if (begin.size() == 1 && !begin.front().single() && r.left.empty() &&
                   bounded(begin.front().first) && bounded(begin.front().last)) {
            out += ", day unknown";
        }
        if (!r.stated.empty() && !r.left.empty() && r.left != r.stated)
            out += "; inferred: " + windows_words(r.left, Months::brief, 3);
        return out;
    }

    // What its lane does not say of it.
    [[nodiscard]] std::string whose(std::size_t lane, const ChronologyPoint& p) const {
        std::vector<std::string> out;
        const auto add_once = [&](const std::string& s) {
            if (std::find(out.begin(), out.end(), s) == out.end()) out.push_back(s);
        };
        const auto& key = out_.plan.lanes[lane].key;
        std::set<std::string> values;
        for (const auto& s : p.statements) {
            values.insert(s.value);
            if (!s.account.empty() && key != "account:" + s.account)
                add_once("word of " + words_.account(s.account) +
                         (s.state.empty() ? "" : ", " + s.state));
            else if (!s.state.empty())
                add_once(s.state);
        }
        if (values.size() > 1) add_once("rival values");
        if (p.in_conflict) add_once("in a contradiction, shown as stated");
        std::set<std::string> cautions;
        for (const auto& s : p.statements) cautions.insert(words_.caution(s.source, s.doubtful));
        if (cautions.count("") == 0)
            for (const auto& words : cautions) add_once(words);
        if (const auto waits = pending(p); !waits.empty()) add_once("has not come: " + waits);
        return and_list(out);
    }

    // Accounts keep their lane; the others are there only with something in them.
    void drop_empty() {
        auto& lanes = out_.plan.lanes;
        lanes.erase(
            std::remove_if(lanes.begin(), lanes.end(),
                           [](const PlannedLane& l) { return l.hue == 0 && l.rows.empty(); }),
            lanes.end());
    }

    // ------------------------------------------------------------ contradictions

    void joins() {
        for (const auto* f : numbers_.standing()) {
            if (!f->made_of.empty()) continue;  // its parts stand for themselves
            PlannedJoin j;
            j.number = numbers_.of(*f);
            j.certain = f->verdict == check::Verdict::certain;
            for (const auto& fact : f->proof.facts)
                if (fact.is_date) add_rows(j, *f, fact.path, &fact);
            for (const auto& s : f->proof.steps)
                for (const auto* path : {&s.from, &s.to})
                    if (!path->empty()) add_rows(j, *f, *path, nullptr);
            // The same date on two accounts is one event.
            if (std::all_of(j.rows.begin(), j.rows.end(),
                            [&](const auto& r) { return r.second == j.rows.front().second; }))
                j.rows.resize(std::min<std::size_t>(j.rows.size(), 1));
            out_.plan.joins.push_back(std::move(j));
        }
    }

    [[nodiscard]] static bool about(const std::string& event, const std::string& path) {
        return event == path || event == path + ".start" || event == path + ".end" ||
               event == start_of(path);
    }

    void add_rows(PlannedJoin& j, const check::Finding& f, std::string path,
                  const check::Fact* fact) const {
        std::string only;
        if (const auto at = path.find('@'); at != std::string::npos) {
            only = path.substr(at + 1);
            path.resize(at);
        }
        const auto has = [](const std::vector<std::string>& list, const std::string& s) {
            return std::find(list.begin(), list.end(), s) != list.end();
        };
        for (std::size_t l = 0; l < out_.plan.lanes.size(); ++l) {
            const auto& lane = out_.plan.lanes[l];
            if (lane.hue > 0) {
                const auto account = lane.key.substr(lane.key.find(':') + 1);
                if (!only.empty() && account != only) continue;
                if (!f.accounts.empty() && !has(f.accounts, account)) continue;
                // Between two, each date is that of whoever states it.
                if (f.relation == check::Relation::between) {
                    if (fact == nullptr) continue;
                    if (!fact->account.empty() && fact->account != account &&
                        !states(account, *fact))
                        continue;
                }
            }
            for (const auto& r : lane.rows) {
                if (!about(r.event, path)) continue;
                const std::pair entry{l, r.event};
                if (std::find(j.rows.begin(), j.rows.end(), entry) == j.rows.end())
                    j.rows.push_back(entry);
            }
        }
    }

    [[nodiscard]] bool states(const std::string& account, const check::Fact& fact) const {
        for (const auto& a : d_.chronology.accounts) {
            if (a.account != account) continue;
            for (const auto& p : a.points)
                for (const auto& s : p.statements)
                    if (s.span == fact.span) return true;
        }
        return false;
    }

    const Dossier& d_;
    const Words& words_;
    const Numbers& numbers_;
    TimelinePlan out_;
    std::set<std::string> touched_;
    std::vector<std::map<std::string, const ChronologyPoint*>> views_;
    std::map<std::string, std::size_t> order_;
    std::vector<std::string> paths_;  // in the order of the files
    std::map<std::string_view, std::size_t> common_;
};

// ---------------------------------------------------------------- drawing

// A length with one decimal at most; the same everywhere.
std::string px(double x) {
    const auto tenths = static_cast<std::int64_t>(std::llround(x * 10));
    std::string out = std::to_string(tenths / 10);
    if (tenths < 0 && tenths > -10) out = "-0";
    if (const auto rest = std::abs(tenths % 10); rest != 0) out += '.' + std::to_string(rest);
    return out;
}

std::string iso(const std::vector<Window>& windows, bool last) {
    if (windows.empty()) return "open";
    const auto d = last ? windows.back().last : windows.front().first;
    return bounded(d) ? time::to_string(d) : "open";
}
const std::vector<Window>& told(const PlannedRow& r) {
    return r.left.empty() ? r.stated : r.left;
}
// The last day that the row has anything to do with.
std::string last_day(const PlannedRow& r) {
    if (!r.lasts) return iso(told(r), true);
    return r.ends.empty() ? "open" : iso(r.ends, true);
}

Html line(double x1, double y1, double x2, double y2, const std::string& kind) {
    return block("line",
                 {{"class", kind}, {"x1", px(x1)}, {"y1", px(y1)}, {"x2", px(x2)}, {"y2", px(y2)}},
                 {});
}
Html rect(const Box& b, const std::string& kind) {
    return block("rect",
                 {{"class", kind},
                  {"x", px(b.left)},
                  {"y", px(b.top)},
                  {"width", px(std::max(0.0, b.right - b.left))},
                  {"height", px(std::max(0.0, b.bottom - b.top))}},
                 {});
}
Html circle(double x, double y, double r, const std::string& kind) {
    return block("circle", {{"class", kind}, {"cx", px(x)}, {"cy", px(y)}, {"r", px(r)}}, {});
}
Html path(const std::string& d, const std::string& kind) {
    return block("path", {{"class", kind}, {"d", d}}, {});
}
Html words_at(const Line& l, const std::string& kind) {
    return block("text", {{"class", l.end ? kind + " end" : kind}, {"x", px(l.x)}, {"y", px(l.y)}},
                 text(l.text));
}

// Within the chart: on a ground that hides the lines of the axis, of which some run between two
// letters. An outline of the letters hides too little of them, above all on paper.
Html words_on_ground(const Line& l, const std::string& kind) {
    constexpr double air = 3;
    const double width = l.width + 2 * air;
    const double left = l.end ? l.x - l.width - air : l.x - air;
    return rect({left, l.y - 11, left + width, l.y + 4}, "ground") + words_at(l, kind);
}

std::string hue(const PlannedLane& l) {
    return " h" + std::to_string(l.hue);
}

Html draw(const Piece& p, double y, const std::string& color, bool doubtful) {
    const std::string more = color + (doubtful ? " doubtful" : "");
    switch (p.kind) {
        case Piece::Kind::day:
            return circle(p.left, y, 5.5, (p.inferred ? "day inferred" : "day") + more);
        case Piece::Kind::bar: {
            auto out =
                rect({p.left, y - 3.5, p.right - (p.open_right ? 8 : 0), y + 3.5}, "bar" + color);
            if (p.open_right)
                out += path("M" + px(p.right - 9) + ' ' + px(y - 7) + "L" + px(p.right) + ' ' +
                                px(y) + "L" + px(p.right - 9) + ' ' + px(y + 7) + "Z",
                            "head" + color);
            return out;
        }
        case Piece::Kind::window:
            break;
    }
    const double left = p.left + (p.open_left ? 8 : 0);
    const double right = p.right - (p.open_right ? 8 : 0);
    auto out =
        rect({left, y - 5, right, y + 5}, (p.inferred ? "window inferred" : "window") + more);
    if (p.open_left)
        out += path("M" + px(left) + ' ' + px(y - 6) + "L" + px(p.left) + ' ' + px(y) + "L" +
                        px(left) + ' ' + px(y + 6),
                    "arrow" + color);
    else
        out += line(left, y - 8, left, y + 8, "cap" + color);
    if (p.open_right)
        out += path("M" + px(right) + ' ' + px(y - 6) + "L" + px(p.right) + ' ' + px(y) + "L" +
                        px(right) + ' ' + px(y + 6),
                    "arrow" + color);
    else
        out += line(right, y - 8, right, y + 8, "cap" + color);
    return out;
}

Html hatch() {
    return block(
        "defs",
        block("pattern",
              {{"id", "lanes-hatch"},
               {"width", "5"},
               {"height", "5"},
               {"patternUnits", "userSpaceOnUse"},
               {"patternTransform", "rotate(45)"}},
              element("rect", {{"class", "hatch-back"}, {"width", "5"}, {"height", "5"}}, {}) +
                  element("line",
                          {{"class", "hatch"}, {"x1", "1"}, {"y1", "0"}, {"x2", "1"}, {"y2", "5"}},
                          {})));
}

Html draw_lane(const Scene& s, const Lane& lane) {
    auto out = rect({4, lane.top, s.width, lane.top + 24}, "lane-head") +
               words_at({lane.name.x + 6, lane.name.y, lane.name.text, 0, false}, "lane");
    if (lane.note) out += words_on_ground(*lane.note, "small");
    return out;
}

Html draw_row(const Plan& plan, const Scene& s, const Row& row, bool first) {
    const auto& lane = plan.lanes[row.lane];
    const auto& planned = lane.rows[row.planned];
    Html out;
    if (!first) out += line(10, row.top, s.width, row.top, "between");
    // Bars below what they begin and end with.
    for (const auto& p : row.pieces)
        if (p.kind == Piece::Kind::bar) out += draw(p, row.middle, hue(lane), planned.doubtful);
    for (const auto& p : row.pieces)
        if (p.kind != Piece::Kind::bar) out += draw(p, row.middle, hue(lane), planned.doubtful);
    return block("g",
                 {{"class", "row"},
                  {"data-lane", lane.key},
                  {"data-event", planned.event},
                  {"data-first", iso(told(planned), false)},
                  {"data-last", last_day(planned)}},
                 markup("\n") + out);
}

Html row_words(const Row& row, const PlannedRow& planned) {
    Html out;
    for (const auto& l : row.name) out += words_at(l, "name");
    for (const auto& l : row.whose) out += words_at(l, "small");
    if (row.days) out += words_on_ground(*row.days, "days");
    for (const double x : row.ors)
        out += rect({x - 10, row.middle - 7, x + 10, row.middle + 8}, "ground") +
               words_at({x, row.middle + 4, "or", 0, false}, "or");
    if (row.shortened) out = element("g", element("title", text(planned.name)) + out);
    return out;
}

Html draw_cut(const Cut& c, double top, double bottom) {
    const double middle = (c.left + c.right) / 2;
    auto out = rect({c.left + 3, top, c.right - 3, bottom}, "cut");
    for (const double x : {c.left + 3, c.right - 3}) out += line(x, top, x, bottom, "cut-edge");
    for (const double x : {middle - 3, middle + 3})
        out += line(x - 3, top - 4, x + 3, top - 18, "cut-mark");
    return out;
}

Html draw_join(const PlannedJoin& planned, const Scene& s, const Join& j) {
    const std::string kind = planned.certain ? " certain" : " possible";
    if (j.rows.empty()) return {};
    Html out;
    for (const auto r : j.rows)
        out += line(s.right, s.rows[r].middle, j.x, s.rows[r].middle, "lead");
    out +=
        line(j.x, s.rows[j.rows.front()].middle, j.x, s.rows[j.rows.back()].middle, "join" + kind);
    for (const auto r : j.rows)
        if (r != j.rows.front()) out += circle(j.x, s.rows[r].middle, 5, "dot" + kind);
    return out;
}

// Outside of the picture that is one image, for it is a link.
Html join_link(const PlannedJoin& planned, const Scene& s, const Join& j,
               const std::vector<std::string>& titles) {
    if (j.rows.empty()) return {};
    const double y = s.rows[j.rows.front()].middle;
    const std::string number = std::to_string(planned.number);
    std::string name = "Finding " + number + ", " + (planned.certain ? "certain" : "possible");
    if (planned.number < titles.size() && !titles[planned.number].empty())
        name += ": " + titles[planned.number];
    return block("a", {{"href", "#" + finding_anchor(planned.number)}, {"aria-label", name}},
                 circle(j.x, y, 12, planned.certain ? "badge certain" : "badge possible") +
                     block("text",
                           {{"class", planned.certain ? "number certain" : "number possible"},
                            {"x", px(j.x)},
                            {"y", px(y + 4.5)}},
                           text(number)));
}

// On paper: strip by strip, so that a sheet ends where it is full, with the axis again at the head
// of the next: a table whose head is repeated. What is drawn once in the picture is used here.
Html on_sheets(const Scene& s, const std::vector<Strip>& parts) {
    const auto use = [](const std::string& what) {
        return element("use", {{"href", "#lanes-" + what}}, {});
    };
    const auto strip = [&](double top, double bottom, const Html& content) {
        return block(
            "div", block("svg",
                         {{"class", "lanes strip"},
                          {"viewBox", "0 " + px(top) + ' ' + px(s.width) + ' ' + px(bottom - top)},
                          {"width", px(s.width)},
                          {"height", px(bottom - top)}},
                         content));
    };
    auto out = strip(0, s.head, use("back") + use("cuts") + use("axis"));
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto n = std::to_string(i);
        out += strip(parts[i].top, parts[i].bottom,
                     use("back") + use("marks-" + n) + use("cuts") + use("names-" + n) +
                         use("joins") + use("badges"));
    }
    return block("div", {{"class", "strips"}, {"aria-hidden", "true"}}, markup("\n") + out);
}

std::string description(const Plan& plan, const Scene& s) {
    std::string out = report::count_words(plan.lanes.size(), "lane") + ": ";
    for (std::size_t i = 0; i < plan.lanes.size(); ++i)
        out += (i == 0 ? "" : "; ") + plan.lanes[i].name + " (" +
               report::count_words(plan.lanes[i].rows.size(), "row") + ")";
    out += ". " + report::count_words(s.joins.size(), "finding") +
           " drawn between rows. The table below has the same rows in words.";
    return out;
}

}  // namespace

TimelinePlan timeline_plan(const Dossier& d, const Words& words, const Numbers& numbers) {
    return Planner(d, words, numbers).run();
}

Html picture(const Plan& plan, const Scene& s, const std::vector<std::string>& titles) {
    const double height = s.height + 4;
    const auto parts = strips(s);
    const bool divided = height > kWhole && parts.size() > 1;
    // What is drawn again on paper.
    const auto part = [&](const std::string& name, const Html& content) {
        if (!divided) return content;
        return block("g", {{"id", "lanes-" + name}, {"class", "lanes"}}, markup("\n") + content);
    };
    Html back;
    for (const auto& t : s.ticks)
        if (t.line) back += line(t.x, s.head - 8, t.x, s.height - 4, "grid");
    back += line(s.left, s.head - 3, s.right, s.head - 3, "axis");
    for (const auto& l : s.lanes)
        back += rect({0, l.top, 4, l.top + l.height - 4}, "lane-side" + hue(plan.lanes[l.planned]));
    auto image = element("title", {{"id", "lanes-title"}}, text("Timeline")) + markup("\n") +
                 block("desc", {{"id", "lanes-desc"}}, text(description(plan, s))) +
                 part("back", back);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        Html marks;
        for (auto r = parts[i].first_row; r < parts[i].first_row + parts[i].rows; ++r)
            marks += draw_row(plan, s, s.rows[r], parts[i].head && r == parts[i].first_row);
        image += part("marks-" + std::to_string(i), marks);
    }
    Html cuts;
    for (const auto& c : s.cuts) cuts += draw_cut(c, s.head - 3, s.height - 4);
    image += part("cuts", cuts);
    Html axis;
    for (const auto& t : s.ticks)
        if (!t.label.text.empty()) axis += words_at(t.label, "tick");
    if (!s.joins.empty())
        axis +=
            words_at({s.width - 4, 33, s.joins.size() > 2 ? "findings" : "see", 0, true}, "tick");
    image += part("axis", axis);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        Html names;
        if (parts[i].head) names += draw_lane(s, s.lanes[parts[i].lane]);
        for (auto r = parts[i].first_row; r < parts[i].first_row + parts[i].rows; ++r)
            names += row_words(s.rows[r], plan.lanes[s.rows[r].lane].rows[s.rows[r].planned]);
        image += part("names-" + std::to_string(i), names);
    }
    Html joins;
    for (const auto& j : s.joins) joins += draw_join(plan.joins[j.planned], s, j);
    Html links;
    for (const auto& j : s.joins) links += join_link(plan.joins[j.planned], s, j, titles);
    image += part("joins", joins);
    const auto drawn = block("g", {{"role", "img"}, {"aria-labelledby", "lanes-title lanes-desc"}},
                             markup("\n") + image) +
                       part("badges", links);
    return block("svg",
                 {{"class", divided ? "lanes divided" : "lanes"},
                  {"viewBox", "0 0 " + px(s.width) + ' ' + px(height)},
                  {"width", px(s.width)},
                  {"height", px(height)}},
                 markup("\n") + hatch() + drawn) +
           (divided ? on_sheets(s, parts) : Html{});
}

namespace {

// Which marks the picture has, each beside its words.
Html legend(const Plan& plan, const Scene& s) {
    bool day = false;
    bool window = false;
    bool several = false;
    bool inferred = false;
    bool bar = false;
    bool open = false;
    bool certain = false;
    bool possible = false;
    for (const auto& r : s.rows) {
        several = several || !r.ors.empty();
        for (const auto& p : r.pieces) {
            day = day || (p.kind == Piece::Kind::day && !p.inferred);
            window = window || (p.kind == Piece::Kind::window && !p.inferred);
            inferred = inferred || p.inferred;
            bar = bar || p.kind == Piece::Kind::bar;
            open = open || (p.kind == Piece::Kind::window && (p.open_left || p.open_right));
        }
    }
    for (const auto& j : s.joins) (plan.joins[j.planned].certain ? certain : possible) = true;
    Html items;
    const auto sample = [&](const Html& marks, const char* words) {
        items += block("li", element("svg",
                                     {{"class", "lanes sample"},
                                      {"viewBox", "0 0 48 20"},
                                      {"width", "48"},
                                      {"height", "20"},
                                      {"aria-hidden", "true"}},
                                     marks) +
                                 text(std::string(" ") + words));
    };
    const Piece window_piece{Piece::Kind::window, 5, 43, false, false, false};
    if (day)
        sample(draw({Piece::Kind::day, 24, 24, false, false, false}, 10, " h0", false),
               "a day, as stated");
    if (window) sample(draw(window_piece, 10, " h0", false), "one unknown day within, as stated");
    if (several)
        sample(draw({Piece::Kind::day, 7, 7, false, false, false}, 10, " h0", false) +
                   draw({Piece::Kind::window, 33, 45, false, false, false}, 10, " h0", false) +
                   words_at({22, 14, "or", 0, false}, "or"),
               "one day within one of these");
    if (inferred)
        sample(draw({Piece::Kind::window, 5, 43, true, false, false}, 10, " h0", false),
               "inferred: what follows from other statements (hatched; a day as a hatched circle)");
    if (open)
        sample(draw({Piece::Kind::window, 5, 43, false, false, true}, 10, " h0", false),
               "no bound on that side");
    if (bar)
        sample(draw({Piece::Kind::bar, 5, 43, false, false, true}, 10, " h0", false),
               "lasts, or is in force");
    if (!s.cuts.empty())
        sample(line(19, 17, 25, 3, "cut-mark") + line(25, 17, 31, 3, "cut-mark"),
               "the axis leaves out days");
    if (certain)
        sample(circle(24, 10, 9, "badge certain") +
                   words_at({24, 14, "1", 0, false}, "number certain"),
               "a finding that is certain (filled), between the rows that its line joins");
    if (possible)
        sample(circle(24, 10, 9, "badge possible") +
                   words_at({24, 14, certain ? "2" : "1", 0, false}, "number possible"),
               "one that is possible: on some of the days left (broken line)");
    return block("ul", {{"class", "legend"}}, markup("\n") + items);
}

Html numbers_of(const std::vector<std::size_t>& list) {
    Html out;
    for (const auto n : list) out += text(out.empty() ? "" : " ") + finding_link(n, "");
    return out;
}

Html table_of(const Plan& plan, const Scene& s, const Words& words) {
    std::map<std::pair<std::size_t, std::string>, std::vector<std::size_t>> findings;
    for (const auto& j : plan.joins)
        for (const auto& r : j.rows) findings[r].push_back(j.number);
    // No column that would be empty from top to bottom.
    const bool remarks = std::any_of(s.rows.begin(), s.rows.end(), [&](const auto& row) {
        return !plan.lanes[row.lane].rows[row.planned].whose.empty();
    });
    Html head;
    for (const auto* name : {"Lane", "What", "Days", "Earliest", "Latest"})
        head += element("th", {{"scope", "col"}}, text(name));
    if (remarks) head += element("th", {{"scope", "col"}}, text("Remarks"));
    if (!findings.empty()) head += element("th", {{"scope", "col"}}, text("Findings"));
    Html rows;
    for (const auto& row : s.rows) {
        const auto& lane = plan.lanes[row.lane];
        const auto& r = lane.rows[row.planned];
        const auto it = findings.find({row.lane, r.event});
        rows += block("tr",
                      {{"data-lane", lane.key},
                       {"data-event", r.event},
                       {"data-first", iso(told(r), false)},
                       {"data-last", last_day(r)}},
                      element("td", words.name(lane.name)) +
                          element("th", {{"scope", "row"}}, words.name(r.name)) +
                          element("td", text(r.days)) +
                          element("td", {{"class", "day"}}, text(iso(told(r), false))) +
                          element("td", {{"class", "day"}}, text(last_day(r))) +
                          (remarks ? element("td", words.name(r.whose)) : Html{}) +
                          (findings.empty()
                               ? Html{}
                               : element("td", {{"class", "numbers"}},
                                         it == findings.end() ? Html{} : numbers_of(it->second))));
    }
    return html::scroll(
        "The timeline as a table",
        block("table", {{"class", "dates"}},
              markup("\n") +
                  block("caption", text("Row by row, each lane by the earliest day that is "
                                        "left.")) +
                  block("thead", block("tr", head)) + block("tbody", markup("\n") + rows)));
}

std::string list_of(const std::vector<std::string>& paths, const Words& words) {
    constexpr std::size_t most = 12;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < paths.size() && i < most; ++i)
        names.push_back(words.point(paths[i]));
    if (paths.size() > most) names.push_back(std::to_string(paths.size() - most) + " more");
    return report::list_words(names);
}

}  // namespace

Html timeline_section(const Dossier& d) {
    const Words words(d);
    const Numbers numbers(d.result);
    const auto planned = timeline_plan(d, words, numbers);
    const auto scene = lay_out(planned.plan);
    if (scene.rows.empty() && planned.undated.empty()) return {};
    auto out = block("h2", {{"id", "timeline"}}, text("Timeline"));
    if (!scene.rows.empty()) {
        std::vector<std::string> titles(numbers.standing().size() + 1);
        // An attribute has the language of its element; so none in another.
        for (const auto* f : numbers.standing())
            if (d.wording.of(f->rule_title).empty()) titles[numbers.of(*f)] = f->rule_title;
        out += html::scroll("Timeline, a picture", picture(planned.plan, scene, titles));
        out += legend(planned.plan, scene);
    }
    std::string notes;
    if (!scene.cuts.empty()) {
        notes +=
            "The axis is to scale, and broken where nothing begins or ends for long. Left out: ";
        for (std::size_t i = 0; i < scene.cuts.size(); ++i) {
            const auto& c = scene.cuts[i].days;
            notes += (i == 0 ? "" : "; ") + window_words(c) + " (" +
                     days_count(c.last.value - c.first.value + 1) + ")";
        }
        notes += ". ";
    } else if (!scene.rows.empty()) {
        notes += "The axis is to scale. ";
    }
    if (!scene.unit.empty() && !scene.rows.empty()) notes += "Its lines mark " + scene.unit + ". ";
    if (!scene.rows.empty())
        notes +=
            "In a lane rows stand by the earliest day that is left; of rows with the same "
            "days none is said to come first.";
    Html remarks;
    // Of what is said of the picture alone: a document has none.
    if (!notes.empty()) remarks += block("p", {{"class", "drawn"}}, text(notes));
    if (!planned.undated.empty())
        remarks += block("p", text("Without a date, and without any bound: ") +
                                  words.name(list_of(planned.undated, words)) + text("."));
    if (!planned.left_out.empty()) {
        std::vector<std::string> others;
        std::size_t sources = 0;
        for (const auto& path : planned.left_out) {
            const auto* record = d.sheet.record_at(path);
            if (record != nullptr && record->type == "source")
                ++sources;
            else
                others.push_back(path);
        }
        remarks += block(
            "p", text("Not drawn, as such dates are drawn only where a finding rests on them: ") +
                     text(sources == 0 ? ""
                                       : report::count_words(sources, "date of a source",
                                                             "dates of sources") +
                                             (others.empty() ? "" : "; ")) +
                     (others.empty() ? Html{} : words.name(list_of(others, words))) +
                     text(planned.left_out.size() == 1 ? ". It stands in the chronology."
                                                       : ". They stand in the chronology."));
    }
    Html drawn_joins;
    for (const auto& j : scene.joins) {
        const auto& p = planned.plan.joins[j.planned];
        const auto* f = numbers.standing()[p.number - 1];
        std::vector<std::string> names;
        for (const auto& [lane, event] : p.rows) {
            const auto& rows = planned.plan.lanes[lane].rows;
            const auto it = std::find_if(rows.begin(), rows.end(),
                                         [&, e = event](const auto& r) { return r.event == e; });
            auto name = it->name;
            if (std::find(names.begin(), names.end(), name) == names.end())
                names.push_back(std::move(name));
        }
        drawn_joins +=
            block("li", finding_link(p.number, "Finding ") + text(", " + words.verdict(*f) + ": ") +
                            words.rule(*f) + text(" (") + words.name(report::list_words(names)) +
                            text(")"));
    }
    if (!drawn_joins.empty())
        remarks += block("h3", text("Findings on how these dates stand")) +
                   block("ul", {{"class", "joins"}}, markup("\n") + drawn_joins);
    std::vector<std::size_t> others;
    for (const auto* f : numbers.standing()) {
        const auto n = numbers.of(*f);
        if (std::none_of(scene.joins.begin(), scene.joins.end(),
                         [&](const Join& j) { return planned.plan.joins[j.planned].number == n; }))
            others.push_back(n);
    }
    if (!others.empty() && !scene.rows.empty())
        remarks += block("p", {{"class", "drawn"}},
                         text("Not drawn as lines, for they rest on fewer than two of these "
                              "rows, sum up others, or have no room: ") +
                             finding_links(others) + text("."));
    out += block("div", {{"class", "remarks"}}, markup("\n") + remarks);
    if (!scene.rows.empty())
        out += block("details",
                     block("summary", text("The same as a table (" +
                                           report::count_words(scene.rows.size(), "row") + ")")) +
                         table_of(planned.plan, scene, words));
    return out;
}

// Of a chronology: the column that says whose word a date is needs more room than its source does.
Html dates_style() {
    return markup(R"(
:root { --a1: #0b4a8f; --a2: #8a3b00; --a3: #6a2c8c; --a4: #0d5f4a; --a0: #3b3a36; --band: #f0eee8; }
@media (prefers-color-scheme: dark) {
  :root { --a1: #9ccaff; --a2: #ffb783; --a3: #dcb3f5; --a4: #8fdcc2; --a0: #d4d0c6; --band: #26241f; }
}
svg.lanes { display: block; width: 100%; min-width: 57.5rem; height: auto; font-family: system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
.lanes text { fill: var(--text); unicode-bidi: plaintext; font-size: 13px; }
.lanes text.lane { font-size: 14px; font-weight: 600; }
.lanes text.small { font-size: 12px; fill: var(--dim); }
.lanes text.days, .lanes text.tick { font-size: 12px; }
.lanes text.tick { fill: var(--dim); }
.lanes text.days, .lanes text.or { paint-order: stroke; stroke: var(--back); stroke-width: 4px; stroke-linejoin: round; }
.lanes text.end { text-anchor: end; }
.lanes text.or, .lanes text.number { font-size: 12px; text-anchor: middle; }
.lanes text.number { font-weight: 700; }
.lanes .h0 { --hue: var(--a0); } .lanes .h1 { --hue: var(--a1); } .lanes .h2 { --hue: var(--a2); }
.lanes .h3 { --hue: var(--a3); } .lanes .h4 { --hue: var(--a4); }
.lanes .lane-head { fill: var(--band); }
.lanes .lane-side { fill: var(--hue); }
.lanes .between { stroke: var(--hair); }
.lanes .grid { stroke: var(--hair); }
.lanes .axis { stroke: var(--line); }
.lanes .day, .lanes .bar, .lanes .head { fill: var(--hue); stroke: var(--hue); }
.lanes .day { stroke-width: 2; }
.lanes .window { fill: var(--hue); fill-opacity: .14; stroke: var(--hue); stroke-width: 1.5; }
.lanes .window.inferred, .lanes .day.inferred { fill: url(#lanes-hatch); fill-opacity: 1; stroke-dasharray: 4 2; }
.lanes .day.inferred { stroke-dasharray: none; }
.lanes .doubtful { stroke-dasharray: 2 2; }
.lanes .day.doubtful { fill-opacity: .35; }
.lanes .hatch { stroke: var(--a0); stroke-width: 1.6; }
.lanes .hatch-back { fill: var(--back); }
.lanes .cap { stroke: var(--hue); stroke-width: 2.5; }
.lanes .arrow { fill: none; stroke: var(--hue); stroke-width: 2; }
.lanes .cut, .lanes .ground { fill: var(--back); }
.lanes .cut-edge { stroke: var(--line); stroke-dasharray: 2 3; }
.lanes .cut-mark { stroke: var(--text); stroke-width: 1.5; }
.lanes .lead { stroke: var(--line); stroke-dasharray: 1 3; }
.lanes .join { stroke-width: 2.5; }
.lanes .join.certain { stroke: var(--error); } .lanes .join.possible { stroke: var(--warning); stroke-dasharray: 5 4; }
.lanes .dot, .lanes .badge { stroke-width: 2; }
.lanes .dot.certain, .lanes .badge.certain { fill: var(--error); stroke: var(--error); }
.lanes .dot.possible, .lanes .badge.possible { fill: var(--back); stroke: var(--warning); }
.lanes .badge.possible { stroke-dasharray: 4 2; }
.lanes text.number.certain { fill: var(--back); }
.lanes a:focus-visible { outline: none; } .lanes a:focus-visible .badge { stroke: var(--link); stroke-width: 5; stroke-dasharray: none; }
svg.lanes.sample { display: inline-block; width: 3rem; min-width: 0; height: 1.25rem; vertical-align: -.25rem; flex: none; }
.strips { display: none; }
ul.legend { list-style: none; padding: 0; max-width: none; display: grid; grid-template-columns: repeat(auto-fill, minmax(min(19rem, 100%), 1fr)); gap: .1rem 1.5rem; font-size: .9rem; }
ul.legend li { display: flex; gap: .5rem; align-items: baseline; }
.remarks p, .remarks ul { font-size: .95rem; max-width: 52rem; }
table.dates { min-width: 48rem; }
table.chronology { min-width: 64rem; }
table.chronology .status { min-width: 7rem; }
table.rivals { min-width: 40rem; }
table.dates td, table.dates th { padding-right: .9rem; }
table.dates th[scope="row"] { font-weight: 600; min-width: 8.5rem; }
table.dates td, table.dates th { overflow-wrap: break-word; }
table.dates .day { white-space: nowrap; }
table.dates .words { min-width: 7rem; }
table.dates a { display: inline; min-width: 0; min-height: 0; }
table.dates .numbers a { display: inline-block; min-width: 1.5rem; min-height: 1.5rem; text-align: center; }
table.dates .support { min-width: 9.5rem; }
table.dates .written code { overflow-wrap: break-word; }
table.dates tr.undated td { color: var(--dim); }
.differs { font-weight: 700; }
.differs::before { content: "\2260\00a0"; }
table.dates ul { margin: 0; padding-left: 1rem; }
@media print {
  :root { --a1: #000; --a2: #000; --a3: #000; --a4: #000; --a0: #000; --band: #eee; }
  svg.lanes { min-width: 0; break-inside: avoid; }
  svg.lanes.divided { position: absolute; width: 0; height: 0; }
  .strips { display: table; table-layout: fixed; width: 100%; }
  .strips > div { display: table-row; break-inside: avoid; }
  .strips > div:first-child { display: table-header-group; break-after: avoid; }
  .strips > div:nth-child(2) { break-before: avoid; }
  .lanes, .lanes * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  table.dates, table.chronology, table.rivals { min-width: 0; font-size: 7.5pt; }
  table.dates td, table.dates th { padding-right: .35rem; }
  table.rivals { table-layout: fixed; }
  table.dates .written { min-width: 5.4rem; }
  table.dates .written code { overflow-wrap: anywhere; }
  table.dates th[scope="row"] { min-width: 5.5rem; }
  table.dates .words, table.chronology .status { min-width: 0; }
  table.dates .support { min-width: 8.5rem; }
  table.dates .numbers a { min-width: 0; min-height: 0; }
  ul.legend { break-inside: avoid; }
}
)");
}

}  // namespace antinomy::page
