// The order in which a case is read, and what can be checked only when all of it is.

#include "model/builder.hpp"

#include "grammar/time.hpp"
#include "model/keys.hpp"
#include "text/nearest.hpp"
#include "time/stated.hpp"

namespace antinomy::model {

using text::Node;
using text::Span;

namespace {

// Of the design, and not built: refused by name, so that nobody believes them heeded.
const std::vector<std::string> kNotYet{"known_on", "as_known_on", "calendar",
                                       "file",     "documents",   "confidence"};

}  // namespace

std::string in_text(std::string_view written) {
    constexpr std::size_t kLong = 60;
    if (written.empty() || written.size() > kLong) return {};
    return " in `" + std::string(written) + "`";
}

const std::vector<std::string>& meta_keys() {
    static const auto keys = text::names_of(record_keys());
    return keys;
}

Case Builder::build(const std::vector<Part>& parts,
                    const std::map<std::string, double, std::less<>>& default_policies,
                    const Policies& default_terms) {
    case_.policies = default_policies;
    case_.terms = default_terms;
    for (const auto& part : parts) read_case_block(part);
    for (const auto& part : parts) read_accounts(*part.root);
    link_adoption();
    for (const auto& part : parts) collect_records(*part.root, part.embedded);
    case_.conventions.approximate_slack = static_cast<int>(policy("approximate_slack", 30));
    for (std::size_t i = 0; i < time::kConventions; ++i)
        case_.choices[i] = static_cast<int>(policy(time::kConventionTable[i].name, -1));
    case_.conventions.southern = policy("southern_seasons", 0) > 0;
    std::size_t values = 0;
    for (const auto& [record, node] : pending_) values += node->entries.size();
    case_.assertions.reserve(values);
    for (auto& [record, node] : pending_) fill_record(record, *node);
    for (const auto& part : parts) read_lines(*part.root);
    for (const auto& part : parts) read_wishes(*part.root);
    check_anchors();
    check_inside_records();
    return std::move(case_);
}

double Builder::policy(std::string_view name, double otherwise) const {
    const auto it = case_.policies.find(name);
    return it == case_.policies.end() ? otherwise : it->second;
}

text::Diagnostic& Builder::error(Span at, std::string code, std::string message, std::string help) {
    return diagnostics_.error(at, std::move(code), std::move(message), std::move(help));
}

void Builder::misplaced_in_example(const Node& key) {
    error(key.span, "misplaced-key", "`" + key.text + "` has no effect in an example",
          "an example stands by itself, under its own rule: take the key out");
}

void Builder::unknown_key(const Node& key, std::string_view what,
                          const std::vector<std::string>& known) {
    if (listed(kNotYet, key.text)) {
        error(key.span, "not-supported", "`" + key.text + "` is not supported yet",
              "leave it out for now");
        return;
    }
    error(key.span, "unknown-key", std::string(what) + " has no key `" + key.text + "`",
          text::did_you_mean(key.text, known));
}

// Text of a scalar; an error and nothing otherwise.
std::optional<std::string> Builder::scalar(const Node& n, std::string_view what) {
    if (n.is_scalar()) return n.text;
    error(n.span, "wrong-type", "expected " + std::string(what) + found(n),
          "write " + std::string(what) + " as one text");
    return std::nullopt;
}

std::vector<const Node*> Builder::scalars(const Node& n, std::string_view what) {
    std::vector<const Node*> out;
    if (!n.is_sequence()) {
        error(n.span, "wrong-type", "expected a list of " + std::string(what) + found(n),
              "write [a, b]");
        return out;
    }
    for (const auto& item : n.items) {
        if (!item.is_scalar())
            error(item.span, "wrong-type",
                  "expected one of a list of " + std::string(what) + found(item), "write [a, b]");
        else
            out.push_back(&item);
    }
    return out;
}

bool Builder::check_anchor(const grammar::Anchor& anchor, Span whole, const Node* node,
                           std::uint32_t before) {
    const auto place = [&](grammar::Range r) {
        return node != nullptr ? node->inside(r.begin - before, r.end - before) : whole;
    };
    if (const auto* link = std::get_if<grammar::Chained>(&anchor))
        return check_time(*link->time, whole, node, before);
    if (const auto* date = std::get_if<grammar::EdtfDate>(&anchor)) {
        const auto day = time::day_of(grammar::Edtf(*date), case_.conventions);
        const auto* bad = std::get_if<time::CalendarError>(&day);
        if (bad == nullptr) return true;
        error(place(bad->range), "bad-date", bad->message,
              bad->help.empty() ? "write a day that exists" : bad->help);
        return false;
    }
    const auto& name = std::get<grammar::PointName>(anchor);
    PointProblem problem;
    if (resolve_point(vocabulary_, case_, name, {}, &problem)) return true;
    error(place(problem.range(name)), problem.code, problem.why, problem.help);
    return false;
}

// The grammar bounds how deep expressions hang on one another.
bool Builder::check_time(const grammar::TimeExpression& time, Span whole, const Node* node,
                         std::uint32_t before) {
    return std::visit(
        [&](const auto& v) {
            using T = std::decay_t<decltype(v)>;
            if constexpr (std::is_same_v<T, grammar::Edtf>) {
                return true;
            } else if constexpr (std::is_same_v<T, grammar::Between>) {
                const bool first = check_anchor(v.first, whole, node, before);
                return check_anchor(v.last, whole, node, before) && first;
            } else {
                return check_anchor(v.anchor, whole, node, before);
            }
        },
        time.value);
}

// Known now that all records are.
void Builder::check_anchors() {
    for (std::uint32_t i = 0; i < case_.assertions.size(); ++i) {
        auto& a = case_.assertions[i];
        if (!a.value.time) continue;
        const auto it = value_nodes_.find(i);
        const auto* node = it == value_nodes_.end() ? nullptr : it->second;
        if (check_time(*a.value.time, a.span, node, a.value.before_time)) continue;
        a.state = State::withdrawn;
        a.value.time.reset();
    }
}

// An end that certainly lies before its start within one account is an error of the file
// (time.md, 9).
void Builder::check_inside_records() {
    for (const auto& record : case_.records) {
        const auto& type = vocabulary_.type(record.type);
        for (const auto& line : type.always) {
            const auto& points = line.order.points;
            if (points.size() != 2) continue;
            if (points[0].parts.size() != 1 || points[1].parts.size() != 1) continue;
            const auto f = type.field_index(points[0].parts[0]);
            const auto g = type.field_index(points[1].parts[0]);
            if (f == SIZE_MAX || g == SIZE_MAX) continue;
            const auto kind = line.order.relations[0].kind;
            for (const auto x : record.fields[f]) {
                for (const auto y : record.fields[g]) {
                    const auto& a = case_.assertion(x);
                    const auto& b = case_.assertion(y);
                    if (a.by != b.by || a.source != b.source || !a.value.absolute ||
                        !b.value.absolute)
                        continue;
                    if (a.value.day.doubtful || b.value.day.doubtful || a.value.day.days.empty() ||
                        b.value.day.days.empty())
                        continue;
                    const auto first = a.value.day.days.hull();
                    const auto last = b.value.day.days.hull();
                    const auto from = placed(a.value.place, first);
                    const auto to = placed(b.value.place, last);
                    const auto late = first.first.value - last.last.value;
                    const bool bad = kind == grammar::OrderRelation::Kind::not_after
                                         ? late >= time::reach_before(to, from).certain
                                     : kind == grammar::OrderRelation::Kind::before
                                         ? -late < time::reach_before(from, to).possible
                                         : false;
                    if (!bad) continue;
                    auto& d = error(b.span, "end-before-start",
                                    "`" + record.path + "." + type.fields[g].name + "` (" +
                                        b.value.written + ") lies before `" + type.fields[f].name +
                                        "` (" + a.value.written + ")",
                                    "by its meaning, " + line.text + ": correct one of the two");
                    d.related.push_back({a.span, "`" + type.fields[f].name + "` stands here"});
                }
            }
        }
    }
}

Case build_case(const Vocabulary& vocabulary, const std::vector<Part>& parts,
                text::Diagnostics& diagnostics,
                const std::map<std::string, double, std::less<>>& default_policies,
                const Policies& default_terms) {
    return Builder(vocabulary, diagnostics).build(parts, default_policies, default_terms);
}

}  // namespace antinomy::model
