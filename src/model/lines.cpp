// `order:`, `identity:`, `expect:`, `suppress:`.

#include "grammar/time.hpp"
#include "model/builder.hpp"
#include "model/keys.hpp"
#include "text/nearest.hpp"
#include "time/plain_day.hpp"

namespace antinomy::model {

using text::Node;
using text::Span;

namespace {

const std::vector<std::string> kExpectKeys = text::names_of(expect_keys());
const std::vector<std::string> kSuppressKeys = text::names_of(suppress_keys());
const std::vector<std::string> kIdentityKeys = text::names_of(identity_keys());
const std::vector<std::string> kOrderKeys = text::names_of(order_keys());

// Of a report: 16 hexadecimal digits, or their first.
bool is_fingerprint(const std::string& s) {
    return s.size() >= 6 && s.size() <= 16 &&
           s.find_first_not_of("0123456789abcdef") == std::string::npos;
}

}  // namespace

void Builder::read_lines(const Node& root) {
    for (const auto& [key, value] : root.entries) {
        if (key.text == "order")
            read_orders(value);
        else if (key.text == "identity")
            read_identities(value);
    }
}

void Builder::read_wishes(const Node& root) {
    for (const auto& [key, value] : root.entries) {
        if (key.text == "expect")
            read_expectations(value);
        else if (key.text == "suppress")
            read_suppressions(value);
    }
}

void Builder::read_orders(const Node& node) {
    if (!node.is_sequence()) {
        error(node.span, "wrong-type", "expected a list of lines" + found(node),
              "write `order: [\"a before b\"]`");
        return;
    }
    for (const auto& item : node.items) {
        const Node* line = &item;
        OrderAssertion order;
        if (item.is_mapping()) {
            const auto before = diagnostics_.error_count();
            for (const auto& [k, v] : item.entries)
                if (!listed(kOrderKeys, k.text)) unknown_key(k, "an order line", kOrderKeys);
            line = item.find("value");
            if (line == nullptr) {
                if (diagnostics_.error_count() == before)
                    error(item.span, "missing-key", "an order line has no `value`",
                          "write {value: a before b, by: ...}");
                continue;
            }
            Meta meta;
            read_meta(item, meta);
            order.by = meta.by;
            order.source = meta.source;
        }
        if (!line->is_scalar()) {
            error(line->span, "wrong-type", "expected a line such as `a before b`" + found(*line),
                  "write `a before b`");
            continue;
        }
        auto parsed = grammar::parse_order(line->text);
        if (auto* e = std::get_if<grammar::SyntaxError>(&parsed)) {
            error(line->inside(e->range.begin, e->range.end), "bad-order",
                  e->message + in_text(line->text),
                  e->help.empty() ? "write `a before b`" : e->help);
            continue;
        }
        order.line = std::move(std::get<grammar::OrderLine>(parsed));
        order.text = line->text;
        order.span = line->span;
        order.index = case_.orders.size();
        bool good = true;
        for (const auto& name : order.line.points) {
            PointProblem problem;
            const auto point = resolve_point(vocabulary_, case_, name, {}, &problem);
            if (!point) {
                const auto range = problem.range(name);
                error(line->inside(range.begin, range.end), problem.code, problem.why,
                      problem.help);
                good = false;
                continue;
            }
            order.points.push_back(*point);
        }
        if (good) case_.orders.push_back(std::move(order));
    }
}

void Builder::read_identities(const Node& node) {
    if (!node.is_sequence()) {
        error(node.span, "wrong-type", "expected a list" + found(node),
              "write `identity: [{events: [a, b], value: unknown}]`");
        return;
    }
    for (const auto& item : node.items) {
        if (!item.is_mapping()) {
            error(item.span, "wrong-type", "expected {events: [a, b], value: ...}" + found(item),
                  "write it so");
            continue;
        }
        const auto before = diagnostics_.error_count();
        Identity identity;
        identity.span = item.span;
        TypeId type;
        const Node* list = nullptr;
        for (const auto& [k, v] : item.entries) {
            if (listed(kIdentityKeys, k.text)) continue;
            const auto t = vocabulary_.find_plural(k.text);
            if (!t.valid()) {
                auto known = vocabulary_.plurals();
                known.insert(known.end(), kIdentityKeys.begin(), kIdentityKeys.end());
                unknown_key(k, "an identity", known);
            } else if (list != nullptr) {
                error(k.span, "wrong-type", "an identity names two records of one type",
                      "write one line for each pair");
            } else {
                type = t;
                list = &v;
            }
        }
        Meta meta;
        read_meta(item, meta);
        identity.by = meta.by;
        identity.source = meta.source;
        if (const auto* v = item.find("value"); v != nullptr && scalar(*v, "yes, no or unknown")) {
            static const auto words = text::names_of(answers());
            identity.span = v->span;
            identity.value = v->text == "yes"  ? Answer::yes
                             : v->text == "no" ? Answer::no
                                               : Answer::unknown;
            if (!listed(words, v->text))
                error(v->span, "unknown-word", "`" + v->text + "` is no answer of an identity",
                      text::did_you_mean(v->text, words));
        }
        if (list == nullptr && diagnostics_.error_count() != before) continue;
        if (list == nullptr || !list->is_sequence() || list->items.size() != 2) {
            error(list == nullptr ? item.span : list->span, "wrong-type",
                  "an identity names two records of one type",
                  "write {events: [a, b], value: unknown}");
            continue;
        }
        if (item.find("value") == nullptr)
            error(item.span, "missing-key", "an identity has no `value`",
                  "add `value: yes`, `no` or `unknown`");
        identity.a = reference(type, list->items[0]);
        identity.b = reference(type, list->items[1]);
        if (!identity.a.valid() || !identity.b.valid()) continue;
        if (identity.a == identity.b) {
            error(list->span, "same-record", "an identity names one record twice",
                  "name two records");
            continue;
        }
        case_.identities.push_back(identity);
    }
}

void Builder::read_expectations(const Node& node) {
    if (!node.is_sequence()) {
        error(node.span, "wrong-type", "expected a list" + found(node),
              "write `expect: [{rule: ..., verdict: none}]`");
        return;
    }
    for (const auto& item : node.items)
        if (auto e = read_expectation(item)) case_.expectations.push_back(std::move(*e));
}

std::optional<Expectation> Builder::read_expectation(const Node& item) {
    if (!item.is_mapping()) {
        error(item.span, "wrong-type", "expected {rule: ..., at: ..., verdict: ...}" + found(item),
              "write it so");
        return std::nullopt;
    }
    const auto before = diagnostics_.error_count();
    Expectation e;
    e.span = item.span;
    e.verdict = "certain";
    for (const auto& [k, v] : item.entries) {
        if (k.text == "rule") {
            if (auto rule = scalar(v, "the id of a rule")) e.rule = *rule;
            e.span = v.span;
        } else if (k.text == "at") {
            e.at = place_of(v);
        } else if (k.text == "accounts") {
            e.has_accounts = true;
            for (const auto* a : scalars(v, "accounts"))
                if (account(*a).valid()) e.accounts.push_back(a->text);
        } else if (k.text == "verdict") {
            static const auto words = text::names_of(verdicts());
            if (!scalar(v, "a verdict")) continue;
            e.verdict = v.text;
            if (!listed(words, v.text))
                error(v.span, "unknown-word", "`" + v.text + "` is no verdict",
                      text::did_you_mean(v.text, words));
        } else if (k.text == "sources") {
            const auto type = vocabulary_.find("source");
            for (const auto* s : scalars(v, "sources"))
                if (type.valid() && reference(type, *s).valid()) e.sources.push_back(s->text);
        } else {
            unknown_key(k, "an expectation", kExpectKeys);
        }
    }
    if (e.rule.empty()) {
        if (diagnostics_.error_count() == before)
            error(item.span, "missing-key", "an expectation names no rule", "add `rule:`");
        return std::nullopt;
    }
    std::sort(e.accounts.begin(), e.accounts.end());
    return e;
}

std::string Builder::place_of(const Node& node) {
    auto at = scalar(node, "a place such as events.meeting");
    if (!at) return {};
    if (!has_place(vocabulary_, case_, *at))
        error(node.span, "unknown-reference",
              "`at` names `" + *at + "`, which is no place of this case", near_places(case_, *at));
    return *at;
}

std::optional<time::Day> Builder::last_day(const Node& node) {
    if (!scalar(node, "a day")) return std::nullopt;
    std::string why;
    const auto day = time::plain_day(node.text, why);
    if (!day && !why.empty())
        error(node.span, "bad-date", why, "write a day that exists");
    else if (!day)
        error(node.span, "bad-date", "expected one day, found `" + node.text + "`",
              "write the last day that it holds, as 2027-03-01");
    return day;
}

void Builder::read_suppressions(const Node& node) {
    if (!node.is_sequence()) {
        error(node.span, "wrong-type", "expected a list" + found(node),
              "write `suppress: [{rule: ..., reason: ...}]`");
        return;
    }
    for (const auto& item : node.items) {
        if (!item.is_mapping()) {
            error(item.span, "wrong-type", "expected {rule: ..., reason: ...}" + found(item),
                  "write it so");
            continue;
        }
        const auto before = diagnostics_.error_count();
        Suppression s;
        s.span = item.span;
        for (const auto& [k, v] : item.entries) {
            if (k.text == "rule") {
                if (auto rule = scalar(v, "the id of a rule")) s.rule = *rule;
                s.span = v.span;
            } else if (k.text == "at") {
                s.at = place_of(v);
            } else if (k.text == "accounts") {
                s.has_accounts = true;
                for (const auto* a : scalars(v, "accounts"))
                    if (account(*a).valid()) s.accounts.push_back(a->text);
            } else if (k.text == "verdict") {
                static const auto words = text::names_of(silenced_verdicts());
                if (!scalar(v, "a verdict")) continue;
                s.certain = v.text == "certain";
                if (!listed(words, v.text))
                    error(v.span, "unknown-word",
                          "`" + v.text + "` is no verdict that can be silenced",
                          text::did_you_mean(v.text, words));
            } else if (k.text == "fingerprint") {
                if (!scalar(v, "a fingerprint")) continue;
                s.fingerprint = v.text;
                if (!is_fingerprint(v.text))
                    error(v.span, "wrong-type", "`" + v.text + "` is no fingerprint",
                          "a report shows it behind `antinomy explain`: 16 digits of 0-9a-f, or "
                          "the first 6 and more");
            } else if (k.text == "reason") {
                if (auto reason = scalar(v, "a reason")) s.reason = *reason;
            } else if (k.text == "by") {
                if (auto by = scalar(v, "a name")) s.by = *by;
            } else if (k.text == "until") {
                s.until = last_day(v);
            } else {
                unknown_key(k, "a suppression", kSuppressKeys);
            }
        }
        std::sort(s.accounts.begin(), s.accounts.end());
        if (diagnostics_.error_count() != before) continue;
        if (s.rule.empty())
            error(item.span, "missing-key", "a suppression names no rule", "add `rule:`");
        else if (s.reason.empty())
            error(s.span, "missing-key", "a suppression gives no reason", "add `reason:`");
        else
            case_.suppressions.push_back(std::move(s));
    }
}

}  // namespace antinomy::model
