// What the program makes of the timeline of a case, view by view, as one line of JSON a file: what
// brute.py works out by itself. Only for tests.
//
// Usage: dump VOCABULARY FILE...

#include <algorithm>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <regex>
#include <string>

#include "check/evaluate.hpp"
#include "check/timeline.hpp"
#include "check/zones.hpp"
#include "model/load.hpp"
#include "rule/compile.hpp"
#include "rule/pack.hpp"
#include "time/expression.hpp"

namespace antinomy {
namespace {

using json = nlohmann::ordered_json;
using check::Timeline;
using grammar::OrderRelation;
using time::Fit;
using time::PointId;

constexpr std::int64_t kEpoch = 719163;  // 1970-01-01, where 0001-01-01 is day 1
constexpr std::int64_t kSmall = 60;      // brute.py has it too

class Undecided {};

json ordinal(time::Day d) {
    return time::bounded(d) ? json(d.value + kEpoch) : json(nullptr);
}

// Formulas and answers on the timeline of one view.
class Answers {
public:
    Answers(const model::Vocabulary& vocabulary, const model::Case& file, model::AccountId account,
            const std::vector<std::string>& questions, const time::Choices& choices)
        : vocabulary_(vocabulary),
          file_(file),
          questions_(questions),
          view_(model::make_view(file, account, {}, {})),
          timeline_(vocabulary, file, {view_}, {}, false, &choices),
          event_(vocabulary.find("event")) {
        const auto& type = vocabulary.type(event_);
        start_ = static_cast<std::uint32_t>(type.field_index(type.first_moment));
        end_ = static_cast<std::uint32_t>(type.field_index(type.last_moment));
        for (const auto e : events())
            for (const auto field : {start_, end_}) point(e, field);
        full_ = time::Solver(timeline_.network());
        firm_ = time::Solver(timeline_.network(), timeline_.undoubted());
    }

    json all() {
        json out;
        const Fit fit = decided(full_.fits());
        out["stands"] = fit == Fit::yes;
        if (fit == Fit::no) {
            out["fewest"] = fewest();
            return out;
        }
        out["rules"] = json::object();
        check::Evaluator evaluator(timeline_, file_.policies, nullptr);
        for (const auto& question : questions_) out["rules"][question] = rule(evaluator, question);
        out["points"] = json::object();
        out["orders"] = json::object();
        for (const auto a : events()) {
            for (const auto field : {start_, end_})
                out["points"][file_.record(a).id + (field == start_ ? ".start" : ".end")] =
                    days(point(a, field));
            for (const auto b : events())
                if (view_.same_as[a.value] != view_.same_as[b.value])
                    out["orders"][file_.record(a).id + " " + file_.record(b).id] = verdicts(a, b);
        }
        return out;
    }

private:
    static Fit decided(Fit fit) {
        if (fit == Fit::undecided) throw Undecided{};
        return fit;
    }

    std::vector<model::RecordId> events() const {
        std::vector<model::RecordId> out;
        for (std::uint32_t i = 0; i < file_.records.size(); ++i)
            if (file_.records[i].type == event_ && view_.exists[i]) out.push_back({i});
        return out;
    }

    std::size_t fewest() {
        const auto core = time::smallest_core(timeline_.network(), timeline_.all());
        if (!core || !core->smallest) throw Undecided{};
        std::size_t counted = 0;
        for (const auto s : core->statements)
            counted += timeline_.network().statement(s).counted ? 1 : 0;
        return counted;
    }

    json days(PointId p) {
        bool exact = true;
        bool exact_days = true;
        const auto bounds = full_.bounds(time::kOrigin, p, time::Formula::truth(true), &exact);
        const auto set = full_.days(p, time::Formula::truth(true), &exact_days);
        const auto hull = set.hull();
        const bool low = bounds.least > -time::kNoBound;
        const bool high = bounds.most < time::kNoBound;
        json out{{"first", low ? json(bounds.least + kEpoch) : json(nullptr)},
                 {"last", high ? json(bounds.most + kEpoch) : json(nullptr)},
                 {"days", nullptr}};
        if (!exact) out["inexact"] = true;
        if (!exact_days) return out;
        // Two ways to ask, one answer.
        if (exact && (out["first"] != ordinal(hull.first) || out["last"] != ordinal(hull.last)))
            out["hull"] = time::to_string(hull);
        if (low && high && bounds.most - bounds.least < kSmall) {
            out["days"] = json::array();
            for (const auto& w : set.windows())
                for (auto d = w.first.value; d <= w.last.value; ++d)
                    out["days"].push_back(d + kEpoch);
        }
        return out;
    }

    // Of what nobody speaks of: a point that nothing bounds.
    PointId point(model::RecordId r, std::uint32_t field) {
        if (const auto p = timeline_.point(0, r, field)) return *p;
        const auto f = timeline_.effective_field(0, r, field);
        const auto [it, fresh] = silent_.try_emplace({view_.same_as[r.value], f});
        if (fresh) it->second = timeline_.network().add_point("silent");
        return it->second;
    }

    // As a rule's condition is judged: on the statements without doubt.
    std::string verdict(const time::Formula& f) {
        const Fit against = firm_.fits(f.negated());
        if (against == Fit::no) return "certain";
        const Fit with = firm_.fits(f);
        if (with == Fit::no) return "impossible";
        return against == Fit::yes && with == Fit::yes ? "possible" : "undecided";
    }

    // What a rule says that requires this of the records whose ids are its names; null where one of
    // them isn't there.
    json rule(check::Evaluator& evaluator, const std::string& question) {
        text::Node node;
        node.kind = text::NodeKind::scalar;
        node.text = question;
        rule::Scope scope;
        rule::Parses parses;
        scope.parses = &parses;
        scope.vocabulary = &vocabulary_;
        check::Instance instance;
        for (std::uint32_t i = 0; i < file_.records.size(); ++i) {
            const auto& record = file_.records[i];
            rule::Scope::Variable v;
            v.name = record.id;
            v.type.kind = rule::Kind::record;
            v.type.record = record.type;
            v.index = scope.next_index++;
            scope.variables.push_back(v);
            instance.records.push_back({i});
            instance.sides.push_back(0);
            if (!view_.exists[i] && std::regex_search(question, std::regex("\\b" + v.name + "\\b")))
                return nullptr;
        }
        text::Diagnostics diagnostics;
        auto condition = rule::compile_condition(node, scope, diagnostics);
        if (!condition)
            return diagnostics.items().empty() ? "refused" : diagnostics.items().front().message;
        rule::Rule rule;
        rule.require = std::move(*condition);
        rule.variable_count = static_cast<std::size_t>(scope.next_index);
        const auto judged = evaluator.judge(rule, instance);
        return std::string(check::word(judged.status)) + (judged.perhaps_certain ? "?" : "");
    }

    json verdicts(model::RecordId a, model::RecordId b) {
        // All in one zone.
        const time::Zone zone;
        time::Placed place;
        place.zone = &zone;
        const check::PlacedMoment x{point(a, start_), point(a, end_), place, place};
        const check::PlacedMoment y{point(b, start_), point(b, end_), place, place};
        const auto one = [&](OrderRelation::Kind kind) {
            OrderRelation relation;
            relation.kind = kind;
            std::vector<time::Formula> parts;
            for (const auto& d : check::order_differences(relation, x, y))
                parts.push_back(time::Formula::of(d));
            return verdict(time::Formula::all_of(std::move(parts)));
        };
        return {{"before", one(OrderRelation::Kind::before)},
                {"not before", one(OrderRelation::Kind::not_before)},
                {"same day", one(OrderRelation::Kind::same_day)}};
    }

    const model::Vocabulary& vocabulary_;
    const model::Case& file_;
    const std::vector<std::string>& questions_;
    model::View view_;
    Timeline timeline_;
    time::Solver full_{timeline_.network()};
    time::Solver firm_{timeline_.network()};
    model::TypeId event_;
    std::uint32_t start_ = 0;
    std::uint32_t end_ = 0;
    std::map<std::pair<model::RecordId, std::uint32_t>, PointId> silent_;
};

// Ways to count birthdays of 29 February: the one that was chosen; else, where a value is an age,
// each, and either of them value by value. The words that brute.py has for them.
std::vector<std::pair<std::string, time::Choices>> ways_of(const model::Case& file) {
    const bool asked =
        std::any_of(file.assertions.begin(), file.assertions.end(), [](const model::Assertion& a) {
            return a.value.time && !a.value.absolute &&
                   time::conventions_of(*a.value.time)[time::kLeapBirthday];
        });
    auto choices = file.choices;
    if (!asked || choices[time::kLeapBirthday] >= 0) return {{"", choices}};
    std::vector<std::pair<std::string, time::Choices>> out;
    const auto& words = time::kConventionTable[time::kLeapBirthday].words;
    for (const int word : {0, 1}) {
        choices[time::kLeapBirthday] = word;
        out.emplace_back(std::string(" by ") + words[static_cast<std::size_t>(word)], choices);
    }
    out.emplace_back(" by either", file.choices);
    return out;
}

// Lines `# ask: CONDITION` of a file.
std::vector<std::string> questions_in(const std::string& path) {
    std::vector<std::string> out;
    std::ifstream in(path);
    const std::string ask = "# ask: ";
    for (std::string line; std::getline(in, line);)
        if (line.rfind(ask, 0) == 0) out.push_back(line.substr(ask.size()));
    return out;
}

json answer(const rule::Packs& packs, const std::string& path) {
    text::SourceMap sources;
    text::Diagnostics diagnostics;
    model::Loader loader(sources, diagnostics);
    loader.add(path);
    loader.finish();
    json out = json::object();
    const auto questions = questions_in(path);
    for (const auto& files : loader.cases()) {
        const auto file =
            model::build_case(packs.vocabulary(), files.parts, diagnostics, packs.policies());
        if (diagnostics.has_errors()) break;
        std::vector<model::AccountId> accounts{{}};
        if (!file.accounts.empty()) accounts.clear();
        for (std::uint32_t i = 0; i < file.accounts.size(); ++i) accounts.push_back({i});
        // Two views in one network only have to come about.
        if (accounts.size() == 2)
            check::Timeline(packs.vocabulary(), file,
                            {model::make_view(file, accounts[0], {}, {}),
                             model::make_view(file, accounts[1], {}, {})},
                            {});
        for (const auto a : accounts)
            for (const auto& [way, choices] : ways_of(file)) {
                auto& view = out[(a.valid() ? file.accounts[a.value].id : "") + way];
                try {
                    view = Answers(packs.vocabulary(), file, a, questions, choices).all();
                } catch (const Undecided&) {
                    view = {{"undecided", true}};
                }
            }
    }
    if (diagnostics.has_errors() || loader.cases().empty()) {
        out = json::object();
        out["errors"] = json::array();
        for (const auto& d : diagnostics.items()) out["errors"].push_back(d.message);
    }
    return out;
}

int run(int count, char** arguments) {
    if (count < 4) {
        std::cerr << "usage: dump VOCABULARY CALENDAR FILE...\n";
        return 2;
    }
    text::SourceMap sources;
    text::Diagnostics diagnostics;
    model::Loader loader(sources, diagnostics);
    rule::Packs packs;
    for (int i : {1, 2})
        if (const auto* root = loader.document(arguments[i], {}))
            packs.add(arguments[i], root, diagnostics);
    packs.finish(diagnostics);
    if (diagnostics.has_errors()) {
        for (const auto& d : diagnostics.items()) std::cerr << d.message << '\n';
        return 2;
    }
    for (int i = 3; i < count; ++i) std::cout << answer(packs, arguments[i]).dump() << std::endl;
    return 0;
}

}  // namespace
}  // namespace antinomy

int main(int count, char** arguments) {
    return antinomy::run(count, arguments);
}
