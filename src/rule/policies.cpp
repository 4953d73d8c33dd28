// `policies:` of packs.

#include <charconv>

#include "rule/compile.hpp"
#include "rule/keys.hpp"
#include "rule/pack.hpp"
#include "rule/reading.hpp"
#include "time/conventions.hpp"

namespace antinomy::rule {

using text::Node;

void Packs::read_policies(const Node& node, text::Diagnostics& diagnostics) {
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
        const Node* number = &value;
        if (value.is_mapping()) {
            const auto before = diagnostics.error_count();
            for (const auto& [k, v] : value.entries)
                if (k.text != "value" && k.text != "about")
                    unknown_key(k, "a policy", text::names_of(policy_keys()), diagnostics);
            number = value.find("value");
            if (number == nullptr) {
                if (diagnostics.error_count() == before)
                    diagnostics.error(value.span, "missing-key",
                                      "policy `" + name.text + "` has no `value`",
                                      "write {value: 14, about: ...}");
                continue;
            }
        }
        if (const auto convention = time::convention_of(name.text)) {
            const auto choice =
                number->is_scalar() ? time::choice_of(*convention, number->text) : std::nullopt;
            const auto& words = time::kConventionTable[*convention].words;
            if (choice) {
                policies_[name.text] = *choice;
                policy_places_[name.text] = name.span;
            } else
                diagnostics.error(
                    number->span, "unknown-word",
                    "policy `" + name.text + "` is " + words[0] + ", " + words[1] + " or unset",
                    "write one of these");
            continue;
        }
        constexpr std::int64_t kLargest = 1'000'000;
        std::int64_t n = -1;
        const auto& s = number->text;
        const auto end = s.data() + s.size();
        const auto [p, ec] = std::from_chars(s.data(), end, n);
        if (!number->is_scalar() || s.empty() || ec != std::errc() || p != end || n < 0 ||
            n > kLargest) {
            diagnostics.error(
                number->span, "wrong-type",
                "policy `" + name.text + "` is a whole number from 0 to " +
                    std::to_string(kLargest) + ", found " +
                    (number->is_scalar() ? "`" + s + "`" : std::string(kind_word(*number))),
                "write a number, or {value: 14, about: ...}");
            continue;
        }
        policies_[name.text] = static_cast<double>(n);
        policy_places_[name.text] = name.span;
    }
}

}  // namespace antinomy::rule
