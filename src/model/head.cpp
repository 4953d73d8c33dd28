// `case:` and `accounts:`.

#include <functional>
#include <set>

#include "model/builder.hpp"
#include "model/keys.hpp"
#include "text/nearest.hpp"

namespace antinomy::model {

using text::Node;
using text::Span;

namespace {

const std::vector<std::string> kCaseKeys = text::names_of(case_keys());
const std::vector<std::string> kAccountKeys = text::names_of(account_keys());

}  // namespace

void Builder::read_case_block(const Part& part) {
    bool told = false;  // what is wrong with the id
    for (const auto& [key, value] : part.root->entries) {
        if (key.text != "case") continue;
        if (!part.main) {
            error(key.span, "case-in-include", "an included file has a `case:` of its own",
                  "move what is shared into a file without `case:` and include that");
            continue;
        }
        case_.span = key.span;
        told = told || !value.is_mapping();
        if (!value.is_mapping()) {
            error(value.span, "wrong-type", "expected the keys of a case" + found(value),
                  "write `case: {id: my-case}`");
            continue;
        }
        for (const auto& [k, v] : value.entries) {
            if (k.text == "id") {
                told = true;
                case_.id_span = v.span;
                if (auto s = scalar(v, "an id")) {
                    case_.id = *s;
                    if (!good_id(*s)) error(v.span, "bad-name", "`" + *s + "` is no id", kNameHelp);
                }
            } else if (k.text == "title") {
                if (auto s = scalar(v, "a title")) case_.title = *s;
            } else if (k.text == "forum") {
                // Packs of theirs are chosen before the case is read (Workspace::extra_packs).
                if (!v.is_sequence()) {
                    if (auto s = scalar(v, "a jurisdiction")) case_.forum = *s;
                    continue;
                }
                for (const auto* item : scalars(v, "jurisdictions"))
                    case_.forum += (case_.forum.empty() ? "" : ", ") + item->text;
            } else if (k.text == "timezone") {
                read_zone_of_case(v);
            } else if (k.text == "variant_of") {
                if (auto s = scalar(v, "the id of a case")) case_.variant_of = *s;
                case_.variant_span = v.span;
            } else if (k.text == "complete") {
                for (const auto* item : scalars(v, "kinds of records")) {
                    const auto plurals = vocabulary_.plurals();
                    if (!listed(plurals, item->text))
                        error(item->span, "unknown-list",
                              "`complete` names `" + item->text + "`, which is no list of records",
                              text::did_you_mean(item->text, plurals));
                    else
                        case_.complete.push_back(item->text);
                }
            } else if (k.text == "packs") {
                if (part.embedded) misplaced_in_example(k);
                for (const auto* item : scalars(v, "rule packs"))
                    case_.packs.emplace_back(item->text, item->span);
            } else if (k.text == "working_days") {
                if (!scalar(v, "the name of a calendar")) continue;
                case_.conventions.working_days = vocabulary_.calendars().find(v.text);
                named_calendar_ = true;
                if (case_.conventions.working_days) continue;
                const auto known = vocabulary_.calendars().names();
                error(v.span, "unknown-calendar", "no rule pack has a calendar `" + v.text + "`",
                      known.empty() ? "add one to a pack, under `calendars:`"
                                    : text::did_you_mean(v.text, known));
            } else if (k.text == "policies") {
                read_policies(v);
            } else {
                unknown_key(k, "`case`", kCaseKeys);
            }
        }
    }
    if (part.main && !part.embedded && !told)
        error(case_.span.valid() ? case_.span : part.root->span, "missing-key",
              "the case has no `id`", "add `id:` under `case:`; reports and fingerprints use it");
}

void Builder::read_policies(const Node& node) {
    if (!node.is_mapping()) {
        error(node.span, "wrong-type", "expected policies by name" + found(node),
              "write `policies: {approximate_slack: 30}`");
        return;
    }
    for (const auto& [k, v] : node.entries) {
        if (const auto term = case_.terms.find(k.text); term != case_.terms.end()) {
            // What the case sets holds on all days.
            const auto value = v.is_scalar() ? read_policy_value(v.text) : std::nullopt;
            if (!value || value->unit.has_value() != term->second.term) {
                error(v.span, "wrong-type",
                      "policy `" + k.text + "` is a " +
                          (term->second.term ? "term such as 10 days" : "whole number") + found(v),
                      term->second.term ? "write the number with its unit, as in 10 days"
                                        : "write a number from 0 to 1000000");
                continue;
            }
            term->second.values = {*value};
            case_.policy_spans[k.text] = v.span;
            continue;
        }
        if (case_.policies.find(k.text) == case_.policies.end()) {
            std::vector<std::string> known;
            for (const auto& [name, value] : case_.policies) known.push_back(name);
            for (const auto& [name, value] : case_.terms) known.push_back(name);
            error(k.span, "unknown-policy", "no rule pack knows the policy `" + k.text + "`",
                  text::did_you_mean(k.text, known));
            continue;
        }
        if (const auto convention = time::convention_of(k.text)) {
            const auto choice = v.is_scalar() ? time::choice_of(*convention, v.text) : std::nullopt;
            const auto& words = time::kConventionTable[*convention].words;
            if (!choice) {
                error(v.span, "unknown-word",
                      "policy `" + k.text + "` is " + words[0] + ", " + words[1] + " or unset",
                      "write one of these");
                continue;
            }
            case_.policies[k.text] = *choice;
            case_.policy_spans[k.text] = v.span;
            continue;
        }
        const auto n = whole_number(v.is_scalar() ? v.text : "");
        if (!n || *n < 0 || *n > 1'000'000) {
            error(v.span, "wrong-type",
                  "policy `" + k.text + "` is a whole number from 0 to 1000000, found " +
                      (v.is_scalar() ? "`" + v.text + "`" : std::string(kind_word(v))),
                  "write a number within these bounds");
            continue;
        }
        case_.policies[k.text] = static_cast<double>(*n);
        case_.policy_spans[k.text] = v.span;
    }
}

void Builder::read_accounts(const Node& root) {
    const auto* node = root.find("accounts");
    if (node == nullptr) return;
    if (!node->is_mapping()) {
        error(node->span, "wrong-type", "expected accounts by name" + found(*node),
              "write `accounts: {prosecution: {role: party}}`");
        return;
    }
    for (const auto& [key, value] : node->entries) {
        if (const auto old = case_.find_account(key.text); old.valid()) {
            auto& d = error(key.span, "defined-twice",
                            "account `" + key.text + "` is defined twice", "keep one");
            d.related.push_back({case_.accounts[old.value].span, "first defined here"});
            continue;
        }
        Account account;
        account.id = key.text;
        account.title = key.text;
        account.span = key.span;
        if (!good_id(account.id))
            error(key.span, "bad-name", "`" + key.text + "` is no name of an account", kNameHelp);
        if (!value.is_mapping() && !value.is_null()) {
            error(value.span, "wrong-type", "expected the keys of an account" + found(value),
                  "write `{role: party}`");
        }
        for (const auto& [k, v] : value.entries) {
            if (k.text == "role") {
                static const auto known = text::names_of(roles());
                if (!scalar(v, "a role")) continue;
                if (v.text == "party")
                    account.role = Role::party;
                else if (v.text == "court")
                    account.role = Role::court;
                else if (!listed(known, v.text))
                    error(v.span, "unknown-word", "`" + v.text + "` is no role of an account",
                          text::did_you_mean(v.text, known));
            } else if (k.text == "title") {
                if (auto title = scalar(v, "a title")) account.title = *title;
            } else if (k.text == "adopts") {
                for (const auto* item : scalars(v, "accounts"))
                    adoptions_.push_back({account.id, item});
            } else {
                unknown_key(k, "an account", kAccountKeys);
            }
        }
        case_.accounts.push_back(std::move(account));
    }
}

void Builder::link_adoption() {
    for (const auto& [from, node] : adoptions_) {
        const auto target = account(*node);
        if (target.valid()) case_.accounts[case_.find_account(from).value].adopts.push_back(target);
    }
    // A circle: walk from each account and look for itself.
    for (std::uint32_t i = 0; i < case_.accounts.size(); ++i) {
        std::vector<std::uint32_t> path{i};
        std::set<std::uint32_t> seen;
        std::function<bool(std::uint32_t)> walk = [&](std::uint32_t at) {
            for (const auto next : case_.accounts[at].adopts) {
                if (next.value == i) return true;
                if (!seen.insert(next.value).second) continue;
                path.push_back(next.value);
                if (walk(next.value)) return true;
                path.pop_back();
            }
            return false;
        };
        if (walk(i)) {
            std::string chain;
            for (const auto a : path) chain += case_.accounts[a].id + " adopts ";
            chain += case_.accounts[i].id;
            error(case_.accounts[i].span, "adoption-circle",
                  "accounts adopt one another in a circle: " + chain, "take out one `adopts`");
            case_.accounts[i].adopts.clear();
        }
    }
}

AccountId Builder::account(const Node& node) {
    if (!node.is_scalar()) {
        error(node.span, "wrong-type", "expected an account" + found(node),
              "write the account's name");
        return {};
    }
    const auto id = case_.find_account(node.text);
    if (!id.valid()) {
        std::vector<std::string> known;
        for (const auto& a : case_.accounts) known.push_back(a.id);
        error(node.span, "unknown-account", "no account `" + node.text + "`",
              known.empty() ? "add it under `accounts:`" : text::did_you_mean(node.text, known));
    }
    return id;
}

}  // namespace antinomy::model
