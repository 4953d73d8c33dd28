#pragma once
// Looks for a case in which something is so: smaller cases before larger ones, in one order, on the
// engine itself. What is not found within the bounds has not been shown not to be.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "check/run.hpp"
#include "lint/space.hpp"

namespace antinomy::lint {

// Cases judged for one question and size: a count, so that the search ends at the same place on
// every machine.
inline constexpr std::size_t kCases = 20'000;  // with one record a type
inline constexpr std::size_t kMore = 5'000;    // with more

// What is to be found: that the last rule of these finds something, certainly or possibly. The
// others stand for parts of it: where one of them cannot find anything, the last cannot.
struct Goal {
    std::vector<rule::Rule> stages;
};

// A goal from a rule: its bindings alone, then each of these conditions with those before it, then
// all with what it requires (if `whole`) and these exceptions. `conditions` stand in for `where`.
[[nodiscard]] Goal goal_of(const rule::Rule&, const std::vector<rule::Term>& conditions, bool whole,
                           std::vector<rule::Exception> exceptions);
// The conditions that `where` joins by `and`.
[[nodiscard]] std::vector<rule::Term> conjuncts(const std::optional<rule::Condition>&);

struct Found {
    Space space;
    Choice choice;
    bool certain = false;
};

// How far a search went.
struct Extent {
    std::size_t cases = 0;  // judged
    int records = 0;        // up to so many of a type, every case that there is was tried
    bool whole() const { return records == kRecords; }
    void add(const Extent& o);
};

class Search {
public:
    Search(const rule::Packs& packs) : packs_(packs) {}

    // Also of a case that was found: does this hold of it? None: it does.
    using Holds = std::function<bool(const model::Case&, const check::Verdicts&)>;
    // `also`: rules whose fields are varied, too.
    [[nodiscard]] std::optional<Found> find(const Goal&, Extent&, const Holds& = {},
                                            const std::vector<const rule::Rule*>& also = {});
    // The same case with less in it, as long as it stays as it was.
    void shrink(const Goal&, Found&, const Holds& = {});
    // Is it so in this case as well?
    [[nodiscard]] bool holds_in(const Goal&, const Found&);

    // The rule's own examples, as cases.
    [[nodiscard]] std::vector<model::Case> examples(const rule::Rule&) const;
    // Is it so for certain in this case, with or without other rules' findings?
    [[nodiscard]] bool certain_in(const Goal&, const model::Case&) const;

    // The case of a choice; nothing: it is none (a value that the vocabulary does not take).
    [[nodiscard]] std::optional<model::Case> build(const Space&, const Choice&) const;
    [[nodiscard]] check::Verdicts judge(const model::Case&, const rule::Rule&, bool findings) const;

private:
    struct Walk;
    bool step(Walk&, std::size_t stage, std::size_t cell);

    const rule::Packs& packs_;
};

}  // namespace antinomy::lint
