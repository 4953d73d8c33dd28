// Of a rule: `tests` and `survives`.

#include <algorithm>

#include "model/keys.hpp"
#include "rule/keys.hpp"
#include "rule/mutants.hpp"
#include "rule/read_rule.hpp"

namespace antinomy::rule {

using text::Node;

namespace {

const std::vector<std::string> kVerdicts = text::names_of(model::verdicts());

}  // namespace

void RuleReader::read_expected(const Node& node, Example& example) {
    if (!node.is_mapping())
        return wrong(node, "{at: ..., verdict: ...}", "write {at: ..., verdict: certain}");
    Expected x;
    x.span = node.span;
    for (const auto& [k, v] : node.entries) {
        if (k.text == "at")
            x.at = text_of(v, "a place");
        else if (k.text == "verdict")
            x.verdict = choice(v, "verdict", kVerdicts);
        else if (k.text == "accounts") {
            x.has_accounts = true;
            if (!v.is_sequence()) wrong(v, "a list of accounts", "write [a, b]");
            for (const auto& a : v.items) x.accounts.push_back(text_of(a, "an account"));
            std::sort(x.accounts.begin(), x.accounts.end());
        } else {
            unknown(k, "an expectation", text::names_of(expected_keys()));
        }
    }
    example.expect.push_back(std::move(x));
}

void RuleReader::read_tests(const Node& node, Rule& rule) {
    if (!node.is_sequence()) {
        wrong(node, "a list of examples",
              "write `tests: [{name: ..., case: {...}, expect: [...]}]`");
        good_ = false;
        return;
    }
    for (const auto& item : node.items) {
        if (!item.is_mapping()) {
            wrong(item, "an example", "write {name: ..., case: {...}, expect: [...]}");
            good_ = false;
            continue;
        }
        Example example;
        example.span = item.span;
        const Node* expect = nullptr;
        const auto before = diagnostics_.error_count();
        for (const auto& [k, v] : item.entries) {
            if (k.text == "name") {
                example.name = text_of(v, "a name");
                example.span = v.span;
            } else if (k.text == "case") {
                example.body = &v;
                if (!v.is_mapping()) wrong(v, "the keys of a case", "write `case: {...}`");
            } else if (k.text == "expect") {
                expect = &v;
                if (!v.is_sequence())
                    wrong(v, "a list", "write `expect: []` or `expect: [{at: ...}]`");
            } else {
                unknown(k, "an example", text::names_of(example_keys()));
            }
        }
        if (diagnostics_.error_count() == before)
            for (const auto& [what, there] : {std::pair{"name", !example.name.empty()},
                                              {"case", example.body != nullptr},
                                              {"expect", expect != nullptr}})
                if (!there)
                    error(item.span, "missing-key", "an example has no `" + std::string(what) + "`",
                          "add `" + std::string(what) + ":`");
        if (diagnostics_.error_count() != before) {
            good_ = false;
            continue;
        }
        for (const auto& e : expect->items) read_expected(e, example);
        if (diagnostics_.error_count() != before) good_ = false;
        rule.tests.push_back(std::move(example));
    }
}

void RuleReader::read_survivors(const Node& node, Rule& rule) {
    constexpr const char* kHelp =
        "write `survives: [{change: \"a before b -> a not after b\", because: ...}]`";
    if (!node.is_sequence()) {
        wrong(node, "a list of changes", kHelp);
        good_ = false;
        return;
    }
    for (const auto& item : node.items) {
        if (!item.is_mapping()) {
            wrong(item, "a change and its reason", kHelp);
            good_ = false;
            continue;
        }
        const auto before = diagnostics_.error_count();
        Survivor s;
        s.span = item.span;
        for (const auto& [k, v] : item.entries) {
            if (k.text == "change") {
                s.change = canonical_change(text_of(v, "a change"));
                s.span = v.span;
            } else if (k.text == "because") {
                s.because = text_of(v, "a reason");
            } else {
                unknown(k, "a change that survives", text::names_of(survivor_keys()));
                good_ = false;
            }
        }
        if ((s.change.empty() || s.because.empty()) && diagnostics_.error_count() == before) {
            error(item.span, "missing-key",
                  std::string("a change that survives has no `") +
                      (s.change.empty() ? "change" : "because") + "`",
                  kHelp);
            good_ = false;
        }
        rule.survives.push_back(std::move(s));
    }
}

}  // namespace antinomy::rule
