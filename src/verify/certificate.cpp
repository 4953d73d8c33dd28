#include "verify/certificate.hpp"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <set>

namespace antinomy::verify {

namespace fs = std::filesystem;

using time::Day;
using time::Window;

namespace {

constexpr std::size_t kFacts = 2000;  // of one proof
constexpr int kDepth = 60;            // of what a rule supposes
constexpr std::int64_t kSets = 100'000;

[[noreturn]] void refuse(const std::string& why) {
    throw Fault{Verdict::refused, why};
}
[[noreturn]] void unchecked(const std::string& why) {
    throw Fault{Verdict::unchecked, why};
}

std::string text(const Json& j, const char* key) {
    const auto it = j.find(key);
    return it != j.end() && it->is_string() ? it->get<std::string>() : std::string();
}
bool flag(const Json& j, const char* key) {
    const auto it = j.find(key);
    return it != j.end() && it->is_boolean() && it->get<bool>();
}
const Json& list(const Json& j, const char* key) {
    static const Json none = Json::array();
    const auto it = j.find(key);
    return it != j.end() && it->is_array() ? *it : none;
}
std::int64_t number(const Json& j, const char* key) {
    const auto it = j.find(key);
    if (it == j.end() || !it->is_number_integer()) refuse(std::string("no number `") + key + "`");
    return it->get<std::int64_t>();
}

// "2014-09-30", "-0044-03-15", "Y12345-01-01"
std::optional<Day> day_of(const std::string& s) {
    // Far years have a Y in front; EDTF has none with a month behind it, findings have.
    if (const auto dash = s.size() < 8 ? std::string::npos : s.size() - 6;
        dash != std::string::npos && s[0] == 'Y') {
        const auto figures = [&](std::size_t from, std::size_t to) {
            return from < to && s.find_first_not_of("0123456789", from) >= to;
        };
        const bool before = s[1] == '-';
        const std::size_t year = before ? 2 : 1;
        if (s[dash] != '-' || s[dash + 3] != '-' || dash - year < 5 || dash - year > 12 ||
            !figures(year, dash) || !figures(dash + 1, dash + 3) || !figures(dash + 4, s.size()))
            return std::nullopt;
        const auto count = std::stoll(s.substr(year, dash - year));
        const time::Civil civil{before ? -count : count, std::stoi(s.substr(dash + 1, 2)),
                                std::stoi(s.substr(dash + 4))};
        if (!time::valid(civil)) return std::nullopt;
        return time::to_day(civil);
    }
    const auto read = read_day(s, {});
    if (!read || read->doubtful || !read->days.hull().single()) return std::nullopt;
    return read->days.hull().first;
}

Day edge(const Json& fact, const char* key, Day open) {
    const auto it = fact.find(key);
    if (it == fact.end() || it->is_null()) return open;
    const auto day = it->is_string() ? day_of(it->get<std::string>()) : std::nullopt;
    if (!day) refuse(text(fact, "path") + ": `" + key + "` is no day");
    return *day;
}

// The differences of a formula that hold in any case.
void leaves(const Constraint& c, Constraints& out) {
    if (c.kind == Constraint::Kind::at_least) out.push_back(c);
    if (c.kind == Constraint::Kind::all || c.parts.size() == 1)
        for (const auto& p : c.parts) leaves(p, out);
}

// Not so, of distances joined by all and any.
Constraint denied(const Constraint& c) {
    if (c.kind == Constraint::Kind::at_least) return negated(c);
    std::vector<Constraint> parts;
    for (const auto& p : c.parts) parts.push_back(denied(p));
    return c.kind == Constraint::Kind::all ? Constraint::any_of(std::move(parts))
                                           : Constraint::all_of(std::move(parts));
}

bool same_distances(const Constraint& a, const Constraint& b) {
    using Kind = Constraint::Kind;
    if (a.kind != b.kind || a.parts.size() != b.parts.size()) return false;
    if (a.kind == Kind::at_least) return a.from == b.from && a.to == b.to && a.days == b.days;
    if (a.kind != Kind::all && a.kind != Kind::any) return false;
    for (std::size_t i = 0; i < a.parts.size(); ++i)
        if (!same_distances(a.parts[i], b.parts[i])) return false;
    return true;
}

// Does a formula say, word for word, that one of these ways holds?
bool says_one_of(const Constraint& c, const std::vector<Constraint>& ways) {
    using Kind = Constraint::Kind;
    if (c.kind == Kind::all || c.parts.size() == 1)
        return std::any_of(c.parts.begin(), c.parts.end(),
                           [&](const Constraint& p) { return says_one_of(p, ways); });
    return c.kind == Kind::any &&
           std::all_of(c.parts.begin(), c.parts.end(), [&](const Constraint& p) {
               return std::any_of(ways.begin(), ways.end(),
                                  [&](const Constraint& w) { return same_distances(p, w); });
           });
}

template <class T>
const T& at(const std::vector<T>& v, int i) {
    return v[static_cast<std::size_t>(i)];
}

}  // namespace

Examiner::Examiner(const Case& c, std::string main, const std::vector<File>& rules)
    : case_(c), main_(std::move(main)), rules_(rules) {}

// Names of files are relative to where the check ran; they are found beside the main file.
Place Examiner::place_of(const Json& j) const {
    Place out;
    const auto name = text(j, "file");
    if (name.empty()) return out;
    const auto line = j.find("line");
    const auto column = j.find("column");
    if (line != j.end() && line->is_number_integer()) out.line = line->get<int>();
    if (column != j.end() && column->is_number_integer()) out.column = column->get<int>();
    const auto base = fs::path(main_).parent_path();
    const auto relative = fs::path(name).lexically_normal().lexically_relative(base);
    std::error_code ec;
    if (!case_.files.empty() && !relative.empty()) {
        const auto own = fs::path(case_.files.front().name).parent_path();
        out.file = fs::weakly_canonical(fs::absolute(own / relative, ec), ec).string();
    }
    for (const auto& f : case_.files)
        if (f.path == out.file) return out;
    // Or where it says.
    out.file = fs::weakly_canonical(fs::absolute(name, ec), ec).string();
    return out;
}

Examiner::Cited Examiner::fact(const Json& j) const {
    const auto path = text(j, "path");
    const auto place = place_of(j);
    const int found = case_.stands(place, path);
    if (found < 0)
        refuse(path + ": no value stands at " + text(j, "file") + ":" + std::to_string(place.line) +
               ":" + std::to_string(place.column));
    const auto& a = at(case_.assertions, found);
    const auto& type = at(case_.vocabulary.types, at(case_.records, a.record).type);
    const auto kind = at(type.fields, a.field).kind;
    const auto same = [&](const char* what, const std::string& claimed, const std::string& stands) {
        if (claimed != stands)
            refuse(path + ": the " + what + " is claimed to be `" + claimed + "` and is `" +
                   stands + "`");
    };
    same("path", path, case_.path_of(a));
    same("value", text(j, "value"), a.written);
    same("account", text(j, "account"),
         a.said.by == kNobody ? "" : at(case_.accounts, a.said.by).id);
    same("state", text(j, "state"), word(a.said.state));
    same("source", text(j, "source"), a.said.source);
    same("speaker", text(j, "speaker"), a.said.speaker);
    same("quote", text(j, "quote"), a.said.quote);
    Cited out;
    out.assertion = found;
    out.fact = &j;
    out.is_date = kind == Field::Kind::day || kind == Field::Kind::period;
    if (out.is_date) {
        if (!a.day && !a.span && !a.relative)
            unchecked("the value `" + a.written + "` has a form that verify doesn't read");
        same("zone", text(j, "zone"), a.start.zone ? a.start.zone->name : "");
        if (flag(j, "doubtful") != case_.doubtful(a))
            refuse(path + ": whether it is doubtful is not as claimed");
    }
    return out;
}

Examiner::Items Examiner::items(const Json& proof) const {
    Items out;
    if (list(proof, "facts").size() > kFacts) unchecked("more than 2000 facts");
    for (const auto& f : list(proof, "facts")) out.facts.push_back(fact(f));
    for (const auto& r : list(proof, "requirements")) {
        const auto rule = text(r, "rule");
        if (rule == "order") {
            const auto it = case_.order_at.find(place_of(r));
            if (it == case_.order_at.end())
                refuse("no order line stands where `" + text(r, "text") + "` is cited");
            if (at(case_.orders, it->second).text != text(r, "text"))
                refuse("the order line `" + text(r, "text") + "` reads `" +
                       at(case_.orders, it->second).text + "`");
            if (!at(case_.orders, it->second).order)
                unchecked("the order line `" + text(r, "text") +
                          "` has a form that verify doesn't read");
        }
        out.requirements.push_back(&r);
    }
    return out;
}

// The words of ways of counting. What no value asks for makes no other view.
Counting Examiner::counting(const Json& j) const {
    Counting out;
    const auto it = j.find("counted");
    if (it == j.end() || !it->is_object()) return out;
    const auto way = [&](const char* name, const char* first, const char* second, Way chosen,
                         bool asked) {
        const auto word = text(*it, name);
        if (word.empty()) return Way::open;
        if (word != first && word != second)
            refuse("`" + word + "` is no way to count by `" + name + "`");
        if (chosen != Way::open) refuse("`" + std::string(name) + "` is chosen, and not open");
        return !asked ? Way::open : word == first ? Way::first : Way::second;
    };
    const auto& chosen = case_.conventions.counting;
    out.month_end = way("month_end", "clamp", "overflow", chosen.month_end, case_.asks_months);
    out.leap_birthday =
        way("leap_birthday", "march_1", "february_28", chosen.leap_birthday, case_.asks_birthdays);
    return out;
}

Examiner::Standing Examiner::standing(const Json& j) const {
    Standing out;
    const auto account = [&](const char* key) {
        const auto name = text(j, key);
        if (name.empty()) return kNobody;
        const int a = case_.account(name);
        if (a == kNobody) refuse("there is no account `" + name + "`");
        return a;
    };
    out.which.account = account("account");
    out.which.other = account("other");
    out.which.every_record = flag(j, "every_source");
    out.which.doubled = flag(j, "doubled");
    for (const auto& i : list(j, "identities")) {
        const auto line = number(i, "line");
        if (line < 0 || line >= static_cast<std::int64_t>(case_.identities.size()))
            refuse("there is no identity line " + std::to_string(line));
        const auto& stated = case_.identities[static_cast<std::size_t>(line)];
        if (stated.answer != Identity::Answer::unknown)
            refuse("an identity that is settled is answered otherwise");
        out.which.identity[static_cast<int>(line)] = flag(i, "same");
    }
    out.which.counting = counting(j);
    for (const auto& l : list(j, "without")) {
        const auto place = place_of(l);
        if (text(l, "path") == "order") {
            const auto it = case_.order_at.find(place);
            if (it == case_.order_at.end()) refuse("no order line stands at a place left out");
            out.left_orders.push_back(it->second);
        } else {
            const int stands = case_.stands(place, text(l, "path"));
            if (stands < 0) refuse("no value stands at a place left out");
            out.left_assertions.push_back(stands);
        }
    }
    return out;
}

View& Examiner::view(const Which& which) {
    auto& v = views_[which];
    if (!v) v = std::make_unique<View>(case_, which);
    return *v;
}

std::vector<bool> Examiner::enabled(const View& v, const Standing& s, bool firm) const {
    auto out = v.all();
    const auto drop = [&](int statement) {
        if (statement >= 0) out[static_cast<std::size_t>(statement)] = false;
    };
    for (const int a : s.left_assertions) drop(v.of_assertion(a));
    for (const int o : s.left_orders) drop(v.of_order(o));
    if (!firm) return out;
    const auto statement = [&](int i) { return v.statements()[static_cast<std::size_t>(i)]; };
    for (int i = 0; i < static_cast<int>(out.size()); ++i)
        if (statement(i).doubtful) drop(i);
    // Where the source with a doubtful date is the right one, nothing is said for certain.
    const auto doubtful = [&](int i) {
        return Case::written_doubtful(at(case_.assertions, statement(i).index));
    };
    for (const auto& group : v.groups())
        if (std::any_of(group.begin(), group.end(), [&](const std::vector<int>& source) {
                return std::any_of(source.begin(), source.end(), doubtful);
            }))
            for (const auto& source : group) std::for_each(source.begin(), source.end(), drop);
    return out;
}

std::vector<int> Examiner::statements_of(const View& v, const Items& items,
                                         std::size_t index) const {
    if (index < items.facts.size()) {
        const int s = v.of_assertion(items.facts[index].assertion);
        if (s < 0)
            refuse(text(*items.facts[index].fact, "path") + " (" +
                   text(*items.facts[index].fact, "value") +
                   ") does not belong to the view it is cited in");
        return {s};
    }
    index -= items.facts.size();
    if (index >= items.requirements.size()) refuse("`because` names what is not there");
    const auto& r = *items.requirements[index];
    const auto rule = text(r, "rule");
    if (rule == "order") {
        const int s = v.of_order(case_.order_at.at(place_of(r)));
        if (s < 0) refuse("the order line `" + text(r, "text") + "` is not of that view");
        return {s};
    }
    if (rule != "always") return {};
    // "RECORD: LINE"
    const auto written = text(r, "text");
    const auto colon = written.find(": ");
    if (colon == std::string::npos) refuse("`" + written + "` names no record");
    const int record = case_.record(written.substr(0, colon));
    const auto line = written.substr(colon + 2);
    if (record < 0) refuse("there is no record `" + written.substr(0, colon) + "`");
    const auto& type = at(case_.vocabulary.types, at(case_.records, record).type);
    std::vector<int> out;
    for (std::size_t i = 0; i < v.statements().size(); ++i) {
        const auto& s = v.statements()[i];
        if (s.kind != Statement::Kind::always || s.index != record) continue;
        if (s.line < 0 ? line == "a period starts before it ends"
                       : at(type.always, s.line).text == line) {
            if (s.line >= 0) {
                const auto& stands = at(type.always, s.line).place;
                const auto cited = place_of(r);
                if (cited.line != stands.line || cited.column != stands.column)
                    refuse("`" + line + "` does not stand where it is cited");
                if (!s.known) unchecked("`" + line + "` has a form that verify doesn't read");
            }
            out.push_back(static_cast<int>(i));
        }
    }
    if (out.empty()) refuse("`" + written + "` does not hold by meaning");
    return out;
}

int Examiner::point(const View& v, const Json& name) const {
    const auto written = name.is_string() ? name.get<std::string>() : std::string();
    const int p = v.point(written);
    if (p < 0) refuse("the view has no point `" + written + "`");
    return p;
}

Constraint Examiner::supposed(const View& v, const Json& j, int depth) const {
    if (depth > kDepth) unchecked("what the rule asks is nested too deeply");
    if (!j.is_object()) refuse("`supposed` is no formula");
    for (const char* key : {"all", "any"}) {
        if (j.find(key) == j.end()) continue;
        std::vector<Constraint> parts;
        for (const auto& p : list(j, key)) parts.push_back(supposed(v, p, depth + 1));
        return key[1] == 'l' ? Constraint::all_of(std::move(parts))
                             : Constraint::any_of(std::move(parts));
    }
    return Constraint::at_least(point(v, j.value("from", Json())), point(v, j.value("to", Json())),
                                number(j, "min_days"));
}

std::vector<int> Examiner::accounts(const Json& finding) const {
    std::vector<int> out;
    for (const auto& name : list(finding, "accounts")) {
        const int a = name.is_string() ? case_.account(name.get<std::string>()) : kNobody;
        if (a == kNobody) refuse("`accounts` names one that the case hasn't");
        out.push_back(a);
    }
    if (!out.empty()) return out;
    for (int i = 0; i < static_cast<int>(case_.accounts.size()); ++i) out.push_back(i);
    if (out.empty()) out.push_back(kNobody);
    return out;
}

// ---------------------------------------------------------------- facts

// The first and last days of the dates, as they are in one of the views.
void Examiner::windows(const Json&, const Items& items, const std::vector<Standing>& where) {
    for (const auto& f : items.facts) {
        if (!f.is_date) continue;
        const Window claimed{edge(*f.fact, "first", time::kEver),
                             edge(*f.fact, "last", time::kForever)};
        bool known = true;  // in each view: the one they are of may be the one that isn't
        bool right = false;
        bool wider = false;
        std::string days;
        for (const auto& s : where) {
            // A view that doesn't hold the value has nothing to say of it.
            if (!s.which.every_record && !view(s.which).holds(f.assertion)) continue;
            const int sides = s.which.other == kNobody ? 1 : 2;
            for (int side = 0; side < sides; ++side) {
                const auto found = view(s.which).days_of(f.assertion, side);
                known = known && found.known;
                right = right || (found.known && found.days == claimed);
                wider = wider || (found.known &&
                                  (!found.stand || intersect(found.days, claimed) == found.days));
                if (found.known && days.empty()) days = to_string(found.days);
                if (right) break;
            }
            if (right) break;
        }
        if (right) continue;
        if (!known) unchecked(text(*f.fact, "path") + ": its days could not be worked out");
        // The engine says so where it did not find out whether fewer days are left.
        if (wider && f.fact->find("exact") != f.fact->end() && !flag(*f.fact, "exact")) continue;
        refuse(text(*f.fact, "path") + ": its days are claimed to be " + to_string(claimed) +
               " and are " + days);
    }
}

// Each fact belongs to a view of one of the accounts.
void Examiner::membership(const Json& finding, const Items& items,
                          const std::vector<Standing>& where) {
    const auto& premises = list(finding.at("proof"), "premises");
    std::vector<Cited> all = items.facts;
    for (const auto& p : premises) all.push_back(fact(p));
    for (const auto& f : all) {
        const bool held = std::any_of(where.begin(), where.end(), [&](const Standing& s) {
            return s.which.every_record || view(s.which).holds(f.assertion);
        });
        if (!held)
            refuse(text(*f.fact, "path") + " (" + text(*f.fact, "value") +
                   ") belongs to none of the views");
    }
    for (const auto& g : list(finding, "given")) {
        const int account = case_.account(text(g, "account"));
        const bool stated =
            std::any_of(case_.assertions.begin(), case_.assertions.end(), [&](const Assertion& a) {
                return a.said.by == account && a.said.state == State::unchallenged &&
                       case_.path_of(a) == text(g, "path");
            });
        if (!stated) refuse("nobody's unchallenged word gives " + text(g, "path"));
    }
}

// ---------------------------------------------------------------- certain findings

void Examiner::steps(const View& v, const Json& proof, const Items& items,
                     const std::vector<bool>& on, const Json& written, const Constraints& given,
                     const Constraints& closing) {
    // Each follows from what it cites (and from what its case assumes).
    Constraints circle = closing;
    for (const auto& s : written) {
        const auto step =
            Constraint::at_least(point(v, s.value("from", Json())), point(v, s.value("to", Json())),
                                 number(s, "min_days"));
        auto chosen = std::vector<bool>(on.size(), false);
        Constraints said = given;
        for (const auto& b : list(s, "because")) {
            if (!b.is_number_unsigned()) refuse("`because` is no list of indices");
            const auto index = b.get<std::size_t>();
            for (const int n : statements_of(v, items, index)) {
                if (!on[static_cast<std::size_t>(n)])
                    refuse("a step rests on what is doubtful, or left out of the view");
                chosen[static_cast<std::size_t>(n)] = true;
                if (proof.find("takes") != proof.end() && proof["takes"] == index)
                    for (const auto& c : v.statements()[static_cast<std::size_t>(n)].says)
                        said.push_back(c);
            }
            if (index >= items.facts.size()) {
                const auto& r = *items.requirements[index - items.facts.size()];
                if (r.find("says") != r.end()) said.push_back(supposed(v, r["says"]));
            }
        }
        const auto holds = v.says(chosen, on);
        said.insert(said.end(), holds.begin(), holds.end());
        said.push_back(negated(step));
        const auto answer = solve(v.points(), said).answer;
        const auto words = text(s, "to") + " at least " + std::to_string(step.days) +
                           " days after " + text(s, "from");
        if (answer == Answer::yes) refuse("the step does not follow: " + words);
        if (answer == Answer::unknown) unchecked("too much work to tell of the step: " + words);
        circle.push_back(step);
    }
    // With what was supposed they go round in a circle that adds up to more than nothing.
    if (solve(v.points(), circle).answer != Answer::no) refuse("the steps do not add up");
}

void Examiner::proof(const Json& j, const Items& items, const Standing& where, bool firm) {
    auto& v = view(where.which);
    const auto kind = text(j, "kind");
    auto on = enabled(v, where, firm);
    // One of rival values taken to be right: the others are set aside.
    int taken = -1;
    if (const auto it = j.find("takes"); it != j.end()) {
        if (!it->is_number_unsigned() || it->get<std::size_t>() >= items.facts.size())
            refuse("`takes` names no fact");
        taken = statements_of(v, items, it->get<std::size_t>()).front();
        for (const auto& group : v.groups()) {
            std::vector<int> all;
            for (const auto& source : group) all.insert(all.end(), source.begin(), source.end());
            if (std::find(all.begin(), all.end(), taken) == all.end()) continue;
            // Its source is right in all that it says; the others are set aside.
            for (const auto& source : group) {
                if (std::find(source.begin(), source.end(), taken) != source.end()) continue;
                for (const int n : source) on[static_cast<std::size_t>(n)] = false;
            }
        }
    }
    // All that is cited is there.
    auto cited = std::vector<bool>(on.size(), false);
    Constraints asked;  // by rules: of what is cited, and what was supposed
    for (std::size_t i = 0; i < items.facts.size() + items.requirements.size(); ++i) {
        for (const int n : statements_of(v, items, i)) {
            if (!on[static_cast<std::size_t>(n)])
                refuse("what is cited is doubtful, or left out of the view");
            cited[static_cast<std::size_t>(n)] = true;
        }
        if (i < items.facts.size()) continue;
        const auto& r = *items.requirements[i - items.facts.size()];
        if (r.find("says") != r.end()) asked.push_back(supposed(v, r["says"]));
    }
    if (kind == "dates" || kind == "values") return;
    Constraints closing;
    if (const auto it = j.find("supposed"); it != j.end()) {
        asked.push_back(supposed(v, *it));
        leaves(asked.back(), closing);
    }
    const auto with = [&](Constraints said) {
        said.insert(said.end(), asked.begin(), asked.end());
        return said;
    };
    const auto impossible = [&](const Constraints& all, const std::string& otherwise) {
        const auto answer = solve(v.points(), all, 20'000).answer;
        if (answer == Answer::yes) refuse(otherwise);
        if (answer == Answer::unknown)
            unchecked("too much work to tell whether cases are left out");
    };
    if (kind == "steps") {
        if (list(j, "steps").empty()) refuse("the steps are missing");
        steps(v, j, items, on, list(j, "steps"), {}, closing);
    } else if (kind == "cases") {
        if (list(j, "cases").empty()) refuse("the cases are missing");
        cases(v, j, items, on, closing);
    } else if (kind == "statements") {
        impossible(with(v.says(cited, on)), "what is cited can stand");
    } else if (kind == "undecided") {
        unchecked("the proof was not worked out");
    } else {
        refuse("a proof of the unknown kind `" + kind + "`");
    }
    // What a weak source says was left out, alone of rival values: with it, it must be so too.
    if (const auto full = enabled(v, where, false); firm && taken < 0 && full != on) {
        impossible(with(v.says(full, full)),
                   "with a value that was left out as doubtful it need not be so");
    }
}

// Of each split one way holds, and each way of each split goes on to a case that is closed.
void Examiner::cases(const View& v, const Json& j, const Items& items, const std::vector<bool>& on,
                     const Constraints& closing) {
    const auto& splits = list(j, "splits");
    std::vector<std::vector<Constraint>> ways;
    for (const auto& s : splits) {
        ways.emplace_back();
        for (const auto& w : list(s, "ways")) ways.back().push_back(supposed(v, w));
    }
    std::vector<Constraint> rule;  // what it asks, and what rules beside it ask
    if (const auto it = j.find("supposed"); it != j.end()) rule.push_back(supposed(v, *it));
    using Path = std::vector<std::pair<std::size_t, std::size_t>>;
    std::map<Path, const Json*> closed;
    for (const auto& k : list(j, "cases")) {
        Path path;
        Constraints assumed;
        for (const auto& step : list(k, "path")) {
            const auto split = static_cast<std::size_t>(number(step, "split"));
            const auto way = static_cast<std::size_t>(number(step, "way"));
            if (split >= ways.size() || way >= ways[split].size())
                refuse("a case names a way that is not there");
            path.emplace_back(split, way);
            assumed.push_back(ways[split][way]);
        }
        auto with = closing;
        for (const auto& a : assumed) leaves(a, with);
        steps(v, j, items, on, list(k, "steps"), assumed, with);
        closed.emplace(std::move(path), &k);
    }
    std::int64_t budget = kSets;
    const std::function<void(const Path&)> covered = [&](const Path& path) {
        if (--budget < 0) unchecked("too many cases");
        if (closed.count(path) != 0) return;
        // The split that comes next: that of any case on this way.
        std::size_t split = ways.size();
        for (const auto& [other, k] : closed)
            if (other.size() > path.size() && std::equal(path.begin(), path.end(), other.begin()))
                split = other[path.size()].first;
        if (split == ways.size()) refuse("the cases do not cover all");
        // One of its ways holds, by what it cites or by what is supposed on this way.
        Constraints otherwise = rule;
        for (const auto& [before, way] : path) otherwise.push_back(ways[before][way]);
        auto chosen = std::vector<bool>(on.size(), false);
        const auto& because = list(splits[split], "because");
        for (const auto& b : because) {
            if (!b.is_number_unsigned()) refuse("`because` is no list of indices");
            const auto index = b.get<std::size_t>();
            for (const int n : statements_of(v, items, index))
                chosen[static_cast<std::size_t>(n)] = true;
            if (index < items.facts.size()) continue;
            const auto& r = *items.requirements[index - items.facts.size()];
            if (r.find("says") != r.end()) otherwise.push_back(supposed(v, r["says"]));
        }
        const auto said = v.says(chosen, on);
        otherwise.insert(otherwise.end(), said.begin(), said.end());
        // Ways that are those of something said need no search, which may have no end where days
        // are open.
        if (std::none_of(otherwise.begin(), otherwise.end(),
                         [&](const Constraint& c) { return says_one_of(c, ways[split]); })) {
            for (const auto& way : ways[split]) otherwise.push_back(denied(way));
            const auto answer = solve(v.points(), otherwise, 20'000).answer;
            if (answer == Answer::yes) refuse("the ways of a split do not cover all");
            if (answer == Answer::unknown)
                unchecked("too much work to tell whether cases cover all");
        }
        for (std::size_t w = 0; w < ways[split].size(); ++w) {
            auto next = path;
            next.emplace_back(split, w);
            covered(next);
        }
    };
    covered({});
}

// All answers to the open identities, each with each way to count that values ask for and nobody
// chose.
std::vector<Which> Examiner::every_way(int account, int other) const {
    Which first;
    first.account = account;
    first.other = other;
    std::vector<Which> out{first};
    const auto branch = [&](const auto& take) {
        const auto before = std::move(out);
        out.clear();
        for (const bool second : {false, true})
            for (const auto& which : before) {
                out.push_back(which);
                take(out.back(), second);
            }
    };
    int open = 0;
    for (int i = 0; i < static_cast<int>(case_.identities.size()); ++i) {
        if (at(case_.identities, i).answer != Identity::Answer::unknown) continue;
        if (++open > 8) unchecked("more than eight identities are open");
        branch([&](Which& w, bool same) { w.identity[i] = same; });
    }
    const auto way = [](bool second) { return second ? Way::second : Way::first; };
    const auto& chosen = case_.conventions.counting;
    if (case_.asks_months && chosen.month_end == Way::open)
        branch([&](Which& w, bool second) { w.counting.month_end = way(second); });
    if (case_.asks_birthdays && chosen.leap_birthday == Way::open)
        branch([&](Which& w, bool second) { w.counting.leap_birthday = way(second); });
    return out;
}

// A certain finding is so in every way that the views can stand: each answer to the open
// identities, each way of counting, and each largest set of statements that stands.
void Examiner::ways(const Json& finding, const std::vector<Standing>& proved) {
    const bool between = text(finding, "relation") == "between";
    // Of each pair of accounts (or account) that is named.
    std::set<std::pair<int, int>> seen;
    for (const auto& s : proved)
        if (!s.which.every_record) seen.insert({s.which.account, s.which.other});
    if (!between)
        for (const int a : accounts(finding))
            if (seen.count({a, kNobody}) == 0)
                refuse("no proof is given for the account `" +
                       (a == kNobody ? std::string("-") : at(case_.accounts, a).id) + "`");
    for (const auto& [account, other] : seen)
        for (const auto& which : every_way(account, other)) one_way(finding, which, proved);
}

void Examiner::one_way(const Json& finding, const Which& which,
                       const std::vector<Standing>& proved) {
    // What holds where it is counted either way holds by each.
    const auto by = [](Way proof, Way wanted) { return proof == Way::open || proof == wanted; };
    std::vector<const Standing*> here;
    bool answered = false;  // some proof has these answers to the identities
    for (const auto& s : proved) {
        const auto& w = s.which;
        if (w.account != which.account || w.other != which.other || w.identity != which.identity)
            continue;
        answered = true;
        if (!by(w.counting.month_end, which.counting.month_end) ||
            !by(w.counting.leap_birthday, which.counting.leap_birthday))
            continue;
        if (s.left_assertions.empty() && s.left_orders.empty()) return;
        here.push_back(&s);
    }
    auto& v = view(which);
    if (!here.empty()) return in_parts(v, here);
    // Statements that contradict one another by another way of counting may do so by this one, too.
    const bool of_statements = text(finding, "rule") == "facts-contradict" &&
                               finding.at("proof").find("supposed") == finding.at("proof").end();
    if (of_statements && answered && contradict(v, finding.at("proof"))) return;
    // An answer, or a way, that the dates refute is not judged.
    const auto answer = stands(v, v.all());
    if (answer == Answer::no && !(of_statements && answered)) return;
    if (answer == Answer::unknown)
        unchecked("too much work to tell whether a way to answer what is open stands");
    refuse("an answer to an open identity, or a way of counting, has no proof");
}

// Can what is cited not stand in the view, by what isn't doubtful alone?
bool Examiner::contradict(const View& v, const Json& proof) const {
    const auto cited = items(proof);
    const auto on = enabled(v, {}, true);
    auto chosen = std::vector<bool>(on.size(), false);
    for (std::size_t i = 0; i < cited.facts.size() + cited.requirements.size(); ++i)
        for (const int n : statements_of(v, cited, i)) chosen[static_cast<std::size_t>(n)] = true;
    return solve(v.points(), v.says(chosen, on), 20'000).answer == Answer::no;
}

// Every set that holds no whole list of what was left out must not stand: one of each.
void Examiner::in_parts(const View& v, const std::vector<const Standing*>& here) const {
    const bool undoubted = stands(v, enabled(v, {}, true)) == Answer::yes;
    std::vector<std::vector<int>> lists;
    for (const auto* s : here) {
        lists.emplace_back();
        for (const int a : s->left_assertions)
            if (const int n = v.of_assertion(a); n >= 0) lists.back().push_back(n);
        for (const int o : s->left_orders)
            if (const int n = v.of_order(o); n >= 0) lists.back().push_back(n);
    }
    std::int64_t budget = kSets;
    std::vector<bool> on(v.statements().size(), false);
    for (std::size_t i = 0; i < on.size(); ++i) {
        const auto& s = v.statements()[i];
        on[i] = s.kind == Statement::Kind::always || (undoubted && !s.doubtful);
    }
    const std::function<void(std::size_t)> pick = [&](std::size_t k) {
        if (--budget < 0) unchecked("too many ways in which the view can stand in part");
        while (k < lists.size() && std::any_of(lists[k].begin(), lists[k].end(), [&](int n) {
                   return on[static_cast<std::size_t>(n)];
               }))
            ++k;
        if (stands(v, on) == Answer::no) return;
        if (k == lists.size()) refuse("a set of statements that stands has no proof");
        for (const int n : lists[k]) {
            on[static_cast<std::size_t>(n)] = true;
            pick(k + 1);
            on[static_cast<std::size_t>(n)] = false;
        }
    };
    pick(0);
}

void Examiner::proofs(const Json& finding) {
    const bool certain = text(finding, "verdict") == "certain";
    std::vector<const Json*> all{&finding.at("proof")};
    for (const auto& p : list(finding, "more_proofs")) all.push_back(&p);
    std::vector<Standing> where;
    for (const auto* p : all) {
        const auto cited = items(*p);
        std::vector<Standing> here;
        for (const auto& h : list(*p, "holds")) here.push_back(standing(h));
        if (here.empty()) refuse("it is not said where the proof holds");
        for (const auto& s : here) {
            if (text(*p, "kind") != "dates" && text(*p, "kind") != "values")
                proof(*p, cited, s, certain);
            where.push_back(s);
        }
        windows(finding, cited, here);
    }
    membership(finding, items(finding.at("proof")), where);
    if (certain) ways(finding, where);
}

// ---------------------------------------------------------------- possible findings

void Examiner::assumption(const Json& finding, const Json& a, const Items& items) const {
    const auto kind = text(a, "kind");
    const auto what = text(a, "what");
    const auto& proof = finding.at("proof");
    std::vector<Cited> all = items.facts;
    for (const auto& p : list(proof, "premises")) all.push_back(fact(p));
    const auto some = [&](const std::function<bool(const Cited&)>& is) {
        return std::any_of(all.begin(), all.end(), is);
    };
    // A field with several values: by sources, or of two records that may be one.
    const auto rivals = [&] {
        std::map<int, int> head;
        const std::function<int(int)> root = [&](int r) {
            const auto it = head.find(r);
            return it == head.end() ? r : root(it->second);
        };
        for (const auto& i : case_.identities)
            if (i.answer != Identity::Answer::no && root(i.a) != root(i.b))
                head[root(i.a)] = root(i.b);
        std::map<std::pair<int, int>, int> count;
        for (const auto& f : all) {
            const auto& x = at(case_.assertions, f.assertion);
            ++count[{root(x.record), x.field}];
        }
        return std::any_of(count.begin(), count.end(), [](const auto& x) { return x.second > 1; });
    };
    if (kind == "open-list") {
        if (case_.complete.count(what) == 0) return;
        // A closed list is open for an account that holds nothing of it.
        for (const auto& r : case_.records)
            if (at(case_.vocabulary.types, r.type).plural == what && r.said.by == kNobody)
                refuse("the list `" + what + "` is closed");
    } else if (kind == "doubtful") {
        if (what == "left out") return;  // looked at with where the witness holds
        if (!some(
                [&](const Cited& f) { return case_.doubtful(at(case_.assertions, f.assertion)); }))
            refuse("nothing that is cited is doubtful");
    } else if (kind == "rival-values") {
        if (!rivals())
            unchecked("it turns on rival values that are not among what is cited: " + what);
    } else if (kind == "identity") {
        if (case_.identities.empty()) refuse("no identity is open");
    } else if (kind == "proposed") {
        if (!some([&](const Cited& f) { return text(*f.fact, "state") == "proposed"; }))
            refuse("nothing that is cited is only proposed");
    } else if (kind == "range") {
        // Wide dates, an amount that sources differ on, or a list of amounts that may be longer.
        if (!some([&](const Cited& f) {
                return f.is_date && (*f.fact)["first"] != (*f.fact)["last"];
            }) &&
            !some(
                [&](const Cited& f) { return !at(case_.assertions, f.assertion).items.empty(); }) &&
            !rivals())
            unchecked("it turns on a width of dates that are not among what is cited: " + what);
    } else if (kind == "hours") {
        if (!some([&](const Cited& f) {
                return f.is_date &&
                       at(case_.assertions, f.assertion).written.find('T') == std::string::npos;
            }))
            refuse("every time that is cited is by the clock: " + what);
    } else if (kind == "clock") {
        if (!some([&](const Cited& f) {
                return at(case_.assertions, f.assertion).written.find('T') != std::string::npos;
            }))
            refuse("no clock time is among what is cited");
    } else if (kind == "join" || kind == "way" || kind == "zones") {
        // Looked at with where the witness holds.
    } else if (kind == "finding") {
        // The caller looks at the findings themselves.
        if (list(finding, "made_of").empty()) refuse("it is made of no other finding");
    } else {
        unchecked("it turns on " + (kind.empty() ? std::string("what nobody names") : kind) + ": " +
                  what);
    }
}

Answer Examiner::stands(const View& v, const std::vector<bool>& on) const {
    for (std::size_t i = 0; i < on.size(); ++i)
        if (on[i] && !v.statements()[i].known)
            unchecked("a value of the view has a form that verify doesn't read");
    return solve(v.points(), v.says(on, on), 20'000).answer;
}

// What a witness leaves out is doubtful, or the view cannot stand whole.
void Examiner::left_out(const Standing& where, const std::vector<bool>& on) {
    auto& v = view(where.which);
    bool doubtful = true;
    for (std::size_t i = 0; i < on.size(); ++i)
        doubtful = doubtful && (on[i] || v.statements()[i].doubtful);
    if (doubtful) return;
    const auto answer = stands(v, v.all());
    if (answer == Answer::yes) refuse("a witness leaves out what nothing speaks against");
    if (answer == Answer::unknown) unchecked("too much work to tell whether the view stands");
}

// Has the finding a witness that violates, in another way the view can stand?
bool Examiner::other_way(const Json& finding, const Standing& where) const {
    for (const auto& w : list(finding.at("proof"), "witnesses")) {
        if (!flag(w, "violates")) continue;
        for (const auto& h : list(w, "holds")) {
            const auto s = standing(h);
            if (s.which.account != where.which.account || s.which.other != where.which.other)
                continue;
            if (s.which.identity != where.which.identity ||
                s.which.counting != where.which.counting ||
                s.left_assertions != where.left_assertions || s.left_orders != where.left_orders)
                return true;
        }
    }
    return false;
}

// Is a date cited only because its record is, in another view of the finding, one with another
// whose date is cited? Where they are two, a dating of the one need not speak of the other.
bool Examiner::of_another_view(const Json& finding, const Items& items, const Cited& cited,
                               const View& here, const Json& dated) {
    const int record = at(case_.assertions, cited.assertion).record;
    for (const auto& w : list(finding.at("proof"), "witnesses"))
        for (const auto& h : list(w, "holds")) {
            const auto& there = view(standing(h).which);
            for (const auto& f : items.facts) {
                const int other = at(case_.assertions, f.assertion).record;
                if (f.is_date && other != record && there.one(record, other) &&
                    !here.one(record, other) && here.holds(f.assertion))
                    return true;
            }
            // Or the witness dates that other record, of which nothing had to be cited.
            for (const auto& [name, day] : dated.items()) {
                const int other = case_.record(name.substr(0, name.rfind('.')));
                if (other >= 0 && other != record && there.one(record, other) &&
                    !here.one(record, other))
                    return true;
            }
        }
    return false;
}

// Is there one among its days whose order with another is open for their zones, or for the time of
// day?
bool Examiner::zones_leave_open(const View& v, const Json& w) const {
    std::vector<int> points;
    if (const auto it = w.find("all"); it != w.end() && it->is_object())
        for (const auto& [name, day] : it->items()) points.push_back(point(v, name));
    return std::any_of(points.begin(), points.end(), [&](int p) {
        return v.place(p).second || std::any_of(points.begin(), points.end(), [&](int q) {
                   return !one_zone(v.place(p), v.place(q));
               });
    });
}

void Examiner::witness(const Json& finding, const Json& w, const Items& items,
                       const Standing& where) {
    auto& v = view(where.which);
    const auto on = enabled(v, where, false);
    left_out(where, on);
    for (const auto& a : list(w, "assumes")) {
        const auto kind = text(a, "kind");
        if (kind == "join") {
            Which joined = where.which;
            joined.doubled = false;
            auto& both = view(joined);
            if (stands(both, both.all()) != Answer::no)
                refuse("the two accounts are said not to be joined, and can be");
        }
        if (kind == "way" && !other_way(finding, where))
            refuse("the witness is of the same way the view can stand");
        if (kind == "zones" && !zones_leave_open(v, w))
            refuse("all days of a witness are of one zone");
    }
    if (w.find("all") != w.end() && w["all"].is_object() && w["all"].empty() &&
        !list(w, "assumes").empty())
        return;  // nothing but what is assumed
    std::vector<std::optional<std::int64_t>> dates(static_cast<std::size_t>(v.points()));
    dates[0] = 0;
    const auto whole = w.find("all");
    if (whole == w.end() || !whole->is_object()) refuse("a witness has no dates");
    Constraints all;
    for (const auto& [name, value] : whole->items()) {
        const int p = point(v, name);
        const auto day = value.is_string() ? day_of(value.get<std::string>()) : std::nullopt;
        if (!day) refuse("a witness dates " + name + " on no day");
        dates[static_cast<std::size_t>(p)] = day->value;
        all.push_back(Constraint::at_least(0, p, day->value));
        all.push_back(Constraint::at_least(p, 0, -day->value));
    }
    const auto shown = w.find("dates");
    if (shown != w.end() && shown->is_object())
        for (const auto& [name, value] : shown->items())
            if (whole->find(name) == whole->end() || (*whole)[name] != value)
                refuse("a witness dates " + name + " twice");
    // The points of the dates that are cited are among them.
    for (const auto& f : items.facts) {
        const int s = v.of_assertion(f.assertion);
        if (!f.is_date || s < 0 || !on[static_cast<std::size_t>(s)]) continue;
        std::vector<int> of;
        for (const auto& c : v.statements()[static_cast<std::size_t>(s)].says) points_of(c, of);
        for (const int p : of)
            if (p != 0 && !v.helper(p) && !dates[static_cast<std::size_t>(p)] &&
                !of_another_view(finding, items, f, v, *whole))
                refuse("a witness leaves out " + v.name(p));
    }
    // Every constraint that touches them: met, and of no point that is left out.
    std::vector<bool> reached(dates.size(), false);
    for (std::size_t p = 1; p < dates.size(); ++p) reached[p] = dates[p].has_value();
    for (std::size_t i = 0; i < on.size(); ++i) {
        if (!on[i] || v.statements()[i].known) continue;
        unchecked("a value of the view has a form that verify doesn't read");
    }
    const auto said = v.says(on, on);
    std::vector<bool> taken(said.size(), false);
    for (bool more = true; more;) {
        more = false;
        for (std::size_t i = 0; i < said.size(); ++i) {
            if (taken[i]) continue;
            std::vector<int> of;
            points_of(said[i], of);
            if (std::none_of(of.begin(), of.end(),
                             [&](int p) { return p != 0 && reached[static_cast<std::size_t>(p)]; }))
                continue;
            taken[i] = more = true;
            bool fixed = true;
            for (const int p : of) {
                const auto n = static_cast<std::size_t>(p);
                if (p == 0 || dates[n]) continue;
                if (!v.helper(p)) refuse("a witness leaves out " + v.name(p));
                reached[n] = true;
                fixed = false;
            }
            if (fixed) {
                std::vector<std::int64_t> days;
                for (const auto& d : dates) days.push_back(d.value_or(0));
                if (!met(said[i], days)) {
                    std::string names;
                    for (const int p : of)
                        if (p != 0)
                            names += (names.empty() ? "" : ", ") + v.name(p) + " " +
                                     to_string(Day{days[static_cast<std::size_t>(p)]});
                    refuse("a witness does not meet what is said of " + names);
                }
            } else {
                all.push_back(said[i]);
            }
        }
    }
    // Points without a name, of dates written inside expressions, have a day too.
    const auto rest = solve(v.points(), all);
    if (rest.answer == Answer::no) refuse("a witness does not meet what is said of its points");
    if (rest.answer == Answer::unknown) unchecked("too much work to tell of a witness");
}

void Examiner::witnesses(const Json& finding, const Items& items) {
    const auto& proof = finding.at("proof");
    std::vector<Standing> where;
    std::set<int> shown[2];
    for (const auto& w : list(proof, "witnesses")) {
        if (list(w, "holds").empty()) refuse("it is not said where a witness holds");
        for (const auto& a : list(w, "assumes")) assumption(finding, a, items);
        for (const auto& h : list(w, "holds")) {
            const auto s = standing(h);
            witness(finding, w, items, s);
            for (const int a : {s.which.account, s.which.other})
                if (a != kNobody) shown[flag(w, "violates") ? 1 : 0].insert(a);
            shown[flag(w, "violates") ? 1 : 0].insert(kNobody);
            where.push_back(s);
        }
    }
    if (shown[1].empty()) refuse("no witness violates");
    if (shown[0].empty()) refuse("each witness violates");
    const bool between = text(finding, "relation") == "between";
    for (const int a : accounts(finding)) {
        for (const auto& by : shown) {
            const bool has =
                by.count(a) != 0 || std::any_of(by.begin(), by.end(), [&](int other) {
                    const auto adopted = case_.adopted(a);
                    return between && (other == kNobody || std::find(adopted.begin(), adopted.end(),
                                                                     other) != adopted.end());
                });
            if (!has)
                refuse("a witness is missing in the view of `" + at(case_.accounts, a).id + "`");
        }
    }
    windows(finding, items, where);
    membership(finding, items, where);
}

void Examiner::examine(const Json& finding) {
    if (!finding.is_object() || finding.find("proof") == finding.end() ||
        !finding["proof"].is_object())
        refuse("there is no proof");
    const auto kind = text(finding["proof"], "kind");
    if (kind.empty()) unchecked("the findings were written by a version without certificates");
    const auto verdict = text(finding, "verdict");
    if (kind == "findings") {
        // Its facts stand where they are said to; the rest is in the findings it is made of.
        items(finding["proof"]);
        if (list(finding, "made_of").empty()) refuse("it is made of no other finding");
        return;
    }
    if (kind == "witnesses") {
        if (verdict != "possible") refuse("witnesses show no certain finding");
        witnesses(finding, items(finding["proof"]));
        return;
    }
    proofs(finding);
}

}  // namespace antinomy::verify
