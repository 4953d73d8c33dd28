#pragma once
// What a pack or a case expects of its rules, tried: the examples of rules, the `expect:` of cases.
// Nothing is printed here; what differs comes back as values.

#include <string>
#include <vector>

#include "check/run.hpp"
#include "rule/pack.hpp"
#include "text/diagnostic.hpp"

namespace antinomy::trial {

struct Wanted {
    std::string rule;
    std::string at;
    std::string verdict;
    std::vector<std::string> accounts;
    bool has_accounts = false;
    text::Span span;
};

// missing: expected, not found; noisy: found, not expected; wrong: found otherwise.
enum class Kind { missing, noisy, wrong };
[[nodiscard]] const char* word(Kind);

struct Difference {
    Kind kind = Kind::missing;
    text::Span span;   // may be invalid
    std::string name;  // of the example or the case
    std::string what;
};

struct Compared {
    std::size_t ok = 0;
    std::vector<Difference> differences;
};

// An example, built once, to be judged as often as need be.
struct Example {
    const rule::Rule* rule = nullptr;
    std::string name;  // "rule: example"
    std::string told;  // the id by which its rule tells what it finds
    model::Case file;
    std::vector<Wanted> wanted;
    const rule::Example* written = nullptr;
};

// The examples of a rule. One that cannot be built (a case that is wrong, a place that is none) is
// told to the diagnostics and left out.
[[nodiscard]] std::vector<Example> examples_of(const rule::Packs&, const rule::Rule&,
                                               text::Diagnostics&);
// Has a rule examples that violate it and that pass? What is wanting: "passes", "violates", "".
[[nodiscard]] std::string wanting(const rule::Rule&);

// Judges an example by these packs (those that it was built by, or the same with a rule replaced)
// and compares. Of an example as a whole: `ok` is 1 or 0. `seen`: as in check::Options.
[[nodiscard]] Compared run(const rule::Packs&, const Example&, check::SeenTerms* seen = nullptr);

// The same in two steps, for who wants to see what was found: the rules to judge it by, and then
// the comparison.
[[nodiscard]] std::vector<std::string> rules_of(const Example&);
[[nodiscard]] Compared compare(const Example&, const check::CaseResult&);

// The same as `run` for a case: the whole of it, exhaustive from warning up, then each set of
// sources that an expectation names. `only`: these rules; empty: all. `ok` counts expectations.
// `found`: what else may not be found where no expectation speaks of it.
enum class Found {
    expected,   // from warning up, if there is any expectation
    warnings,   // from warning up, also where nothing is expected
    everything  // of all severities
};
[[nodiscard]] Compared run(const rule::Packs&, const model::Case&,
                           const std::vector<std::string>& only, check::SeenTerms* seen = nullptr,
                           Found found = Found::expected);

}  // namespace antinomy::trial
