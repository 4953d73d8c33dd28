// `policies:` of packs.

#include <algorithm>

#include "rule/highest.hpp"
#include "rule/keys.hpp"
#include "rule/pack.hpp"
#include "rule/read_parts.hpp"
#include "time/conventions.hpp"

namespace antinomy::rule {

using text::Node;

namespace {

constexpr const char* kValueHelp = "write a number, or {value: 14, about: ...}";
constexpr const char* kDatedHelp =
    "write `values: [{from: 2010-01-01, to: 2016-12-31, value: 10 days, basis: [{cite: ...}]}, "
    "{from: 2017-01-01, value: 15 days, basis: ...}]`";

// These count in what the program itself does, and are numbers.
bool is_own(const std::string& name) {
    return name == "approximate_slack" || name == "southern_seasons";
}

// The values of a policy of law, each with its days and its basis.
class DatedReader : private PartReader {
public:
    explicit DatedReader(text::Diagnostics& diagnostics) : PartReader(diagnostics) {}

    // False: errors were reported.
    bool read(const Node& name, const Node& list, model::Policy& policy,
              std::vector<std::vector<Citation>>& basis) {
        const auto before = diagnostics_.error_count();
        if (!list.is_sequence()) {
            wrong(list, "a list of values", kDatedHelp);
            return false;
        }
        if (list.items.empty()) {
            error(list.span, "missing-value", "policy `" + name.text + "` has no values",
                  kDatedHelp);
            return false;
        }
        for (const auto& item : list.items) one(name, item);
        if (diagnostics_.error_count() != before) return false;
        std::sort(found_.begin(), found_.end(), [](const Found& a, const Found& b) {
            return a.value.days.first < b.value.days.first;
        });
        for (std::size_t i = 0; i + 1 < found_.size(); ++i) {
            const auto& a = found_[i].value.days;
            const auto& b = found_[i + 1].value.days;
            if (a.last < b.first) continue;
            const auto shared = b.first == time::kEver ? std::min(a.last, b.last) : b.first;
            auto& d = error(found_[i + 1].span, "dates-overlap",
                            "two values of `" + name.text + "` hold on " +
                                (bounded(shared) ? time::to_string(shared) : "all days"),
                            "let one end on the day before the other begins");
            d.related.push_back({found_[i].span, "the other one"});
        }
        policy.dated = true;
        policy.term = found_.front().value.unit.has_value();
        for (auto& f : found_) {
            if (f.value.unit.has_value() != policy.term)
                error(f.span, "wrong-type",
                      "the values of `" + name.text + "` are numbers and terms",
                      "write all with a unit, or none");
            policy.values.push_back(f.value);
            basis.push_back(std::move(f.basis));
        }
        return diagnostics_.error_count() == before;
    }

private:
    struct Found {
        model::PolicyValue value;
        std::vector<Citation> basis;
        text::Span span;
    };

    void one(const Node& name, const Node& item) {
        if (!item.is_mapping()) return wrong(item, "a value with its days", kDatedHelp);
        const auto before = diagnostics_.error_count();
        Found f;
        f.span = item.span;
        bool has_value = false;
        for (const auto& [k, v] : item.entries) {
            if (k.text == "from" || k.text == "to") {
                if (const auto day = exact_day(v, diagnostics_))
                    (k.text == "from" ? f.value.days.first : f.value.days.last) = *day;
            } else if (k.text == "value") {
                has_value = true;
                const auto value = v.is_scalar() ? model::read_policy_value(v.text) : std::nullopt;
                if (!value) {
                    error(v.span, "wrong-type",
                          "a value of `" + name.text + "` is a whole number or a term, found " +
                              (v.is_scalar() ? "`" + v.text + "`" : std::string(kind_word(v))),
                          "write 10, or 10 days");
                    continue;
                }
                f.value.count = value->count;
                f.value.unit = value->unit;
            } else if (k.text == "basis") {
                citations(v, f.basis);
            } else {
                unknown(k, "a value with its days", text::names_of(dated_keys()));
            }
        }
        if (diagnostics_.error_count() != before) return;
        if (!has_value)
            error(item.span, "missing-key", "a value with its days has no `value`", kDatedHelp);
        else if (f.basis.empty())
            error(item.span, "missing-key", "a value of law has no `basis`",
                  "say which law it is: `basis: [{cite: ...}]`");
        else if (f.value.days.empty())
            error(item.span, "no-days",
                  "this value ends on " + time::to_string(f.value.days.last) +
                      ", before it begins on " + time::to_string(f.value.days.first),
                  "change over `from` and `to`");
        else
            found_.push_back(std::move(f));
    }

    std::vector<Found> found_;
};

}  // namespace

void Packs::read_policies(const Node& node, std::size_t source, text::Diagnostics& diagnostics) {
    if (!node.is_mapping()) {
        diagnostics.error(node.span, "wrong-type",
                          "expected policies by name, found " + std::string(kind_word(node)),
                          "write `policies: {appeal_days: 10}`");
        return;
    }
    for (const auto& [name, value] : node.entries) {
        if (!is_name(name.text))
            diagnostics.error(name.span, "bad-name", "`" + name.text + "` is no name of a policy",
                              kLanguageName);
        Setting setting{source, 0, name.span, {}, {}, {}};
        const auto convention = time::convention_of(name.text);
        const Node* number = &value;
        if (value.is_mapping()) {
            const auto before = diagnostics.error_count();
            for (const auto& [k, v] : value.entries)
                if (k.text != "value" && k.text != "values" && k.text != "about")
                    unknown_key(k, "a policy", text::names_of(policy_keys()), diagnostics);
            if (const auto* about = value.find("about"); about != nullptr && about->is_scalar())
                setting.about = about->text;
            number = value.find("value");
            const auto* values = value.find("values");
            if (number == nullptr && values == nullptr) {
                if (diagnostics.error_count() == before)
                    diagnostics.error(value.span, "missing-key",
                                      "policy `" + name.text + "` has no `value`",
                                      "write {value: 14, about: ...}");
                continue;
            }
            if (values != nullptr && (number != nullptr || convention || is_own(name.text))) {
                diagnostics.error(values->span, "misplaced-key",
                                  number != nullptr
                                      ? "policy `" + name.text + "` has `value` and `values`"
                                      : "policy `" + name.text + "` has one value on all days",
                                  number != nullptr ? "keep one" : "write {value: ...}");
                continue;
            }
            if (values != nullptr) {
                if (DatedReader(diagnostics).read(name, *values, setting.policy, setting.basis))
                    settings_[name.text].push_back(std::move(setting));
                continue;
            }
        }
        if (convention) {
            const auto choice =
                number->is_scalar() ? time::choice_of(*convention, number->text) : std::nullopt;
            const auto& words = time::kConventionTable[*convention].words;
            setting.value = choice.value_or(-1);
            if (choice)
                settings_[name.text].push_back(std::move(setting));
            else
                diagnostics.error(
                    number->span, "unknown-word",
                    "policy `" + name.text + "` is " + words[0] + ", " + words[1] + " or unset",
                    "write one of these");
            continue;
        }
        const auto read =
            number->is_scalar() ? model::read_policy_value(number->text) : std::nullopt;
        if (!read || (read->unit && is_own(name.text))) {
            diagnostics.error(number->span, "wrong-type",
                              "policy `" + name.text + "` is a whole number from 0 to 1000000" +
                                  (is_own(name.text) ? "" : " or a term such as 10 days") +
                                  ", found " +
                                  (number->is_scalar() ? "`" + number->text + "`"
                                                       : std::string(kind_word(*number))),
                              kValueHelp);
            continue;
        }
        if (read->unit)
            setting.policy = {true, false, {*read}};
        else
            setting.value = static_cast<double>(read->count);
        settings_[name.text].push_back(std::move(setting));
    }
}

void Packs::settle_policies(text::Diagnostics& diagnostics) {
    for (const auto& [name, settings] : settings_) {
        const auto* counts = highest(
            settings, "set the policy `" + name + "`",
            [](const Setting& a, const Setting& b) {
                return a.value == b.value && a.policy.values == b.policy.values;
            },
            diagnostics);
        policy_places_[name] = counts->span;
        policy_about_[name] = counts->about;
        if (counts->policy.values.empty()) {
            policies_[name] = counts->value;
        } else {
            terms_[name] = counts->policy;
            policy_basis_[name] = counts->basis;
        }
    }
    for (const auto& [name, value] :
         {std::pair{"approximate_slack", 30.0}, {"southern_seasons", 0.0}})
        policies_.try_emplace(name, value);
    for (const auto& convention : time::kConventionTable)
        policies_.try_emplace(convention.name, -1.0);
}

const std::vector<std::vector<Citation>>& Packs::policy_basis(std::string_view name) const {
    static const std::vector<std::vector<Citation>> none;
    const auto it = policy_basis_.find(name);
    return it == policy_basis_.end() ? none : it->second;
}

const std::string& Packs::policy_about(std::string_view name) const {
    static const std::string none;
    const auto it = policy_about_.find(name);
    return it == policy_about_.end() ? none : it->second;
}

}  // namespace antinomy::rule
