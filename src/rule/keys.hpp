#pragma once
// The keys and words of rule packs, each with what it is for. The readers accept what stands here
// and nothing else; the JSON Schema describes it. Those of the vocabulary: model/keys.hpp.

#include "text/keys.hpp"

namespace antinomy::rule {

[[nodiscard]] const text::Keys& top_keys();              // of a pack's file
[[nodiscard]] const text::Keys& pack_keys();             // of `pack:`
[[nodiscard]] const text::Keys& extends_keys();          // of an item of `extends`
[[nodiscard]] const text::Keys& override_keys();         // of a rule under `override`
[[nodiscard]] const text::Keys& policy_keys();           // of a policy
[[nodiscard]] const text::Keys& define_keys();           // of a define
[[nodiscard]] const text::Keys& define_case_keys();      // of a case of a define
[[nodiscard]] const text::Keys& rule_keys();             // of a rule
[[nodiscard]] const text::Keys& among_keys();            // of `among`
[[nodiscard]] const text::Keys& over_keys();             // of an item of `over`
[[nodiscard]] const text::Keys& group_exception_keys();  // of an item of a pack's `exceptions`
[[nodiscard]] const text::Keys& dated_keys();            // of one of the `values` of a policy
[[nodiscard]] const text::Keys& between_keys();          // of `between`
[[nodiscard]] const text::Keys& exception_keys();        // of an exception
[[nodiscard]] const text::Keys& citation_keys();         // of an item of `basis`
[[nodiscard]] const text::Keys& example_keys();          // of an example
[[nodiscard]] const text::Keys& survivor_keys();         // of an item of `survives`
[[nodiscard]] const text::Keys& expected_keys();         // of what an example expects

[[nodiscard]] const text::Keys& kinds();       // words of `kind`
[[nodiscard]] const text::Keys& severities();  // words of `severity`, as Severity counts them
[[nodiscard]] const text::Keys& abouts();      // words of `about`
[[nodiscard]] const text::Keys& reaches();     // words of `reaches`
[[nodiscard]] const text::Keys& statuses();    // words of a citation's `status`
[[nodiscard]] const text::Keys& ranks();       // words of `by` under `over`

}  // namespace antinomy::rule
