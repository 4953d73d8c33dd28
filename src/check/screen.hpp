#pragma once
// A quick look at a sketch of a case: can the rules have anything to tell of it? Of a data set most
// records are in order, and for these nobody needs views, a network of time, or proofs.
//
// It is no second judge. Conditions come out true, false, missing a fact, or "look closer", from
// the windows of single values; where that settles a rule for every binding, it settles it for the
// engine too: what holds on all days of the windows holds on those that the network leaves, and a
// conjunction with one false part is false whatever the rest. All else, and whatever the screen
// does not know, is left to the engine: `quiet` is false, and the whole case is checked.
//
// Promises: where `quiet` is true, `check_case` would give no finding, nothing undecided, the same
// rules as applied and as passed, and as many gaps; where it is not, without the settled rules it
// gives what it gives with them, but for what is tallied (tests/data/screen.py compares both).

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

#include "check/run.hpp"
#include "check/sketch.hpp"
#include "model/case.hpp"

namespace antinomy::check {

struct ScreenProgram;

class Screen {
public:
    // For cases that have the policies, ways of counting and closed lists of `frame`. The packs
    // must outlive it; `options` as for check_case.
    Screen(const rule::Packs&, const Options&, const model::Case& frame);
    ~Screen();
    Screen(const Screen&) = delete;
    Screen& operator=(const Screen&) = delete;

    // What is known beforehand of all records of one kind that cases may have, as of those that one
    // part of a map makes.
    struct Shape {
        struct Value {
            enum class Is : std::uint8_t {
                never,   // stated
                word,    // that one, always
                record,  // one of that shape, or not stated
                any,     // nothing is known
            };
            Is is = Is::never;
            std::string word;
            std::uint32_t shape = 0;
        };
        model::TypeId type;
        bool one = false;           // a case has no more than one
        std::vector<Value> values;  // by slot
    };
    // To be called once, before any case is looked at. Of each case records are added in the order
    // of the shapes.
    void know(const std::vector<Shape>&);

    // By shape: can a rule bind such a record? Without any: of the rule nothing is known.
    [[nodiscard]] std::vector<char> bound(const rule::Rule&) const;
    // Is what a rule comes to for some records no matter for others? Where it is open, a tally
    // names those for which it is.
    [[nodiscard]] bool one_by_one(const rule::Rule&) const;

    // Where a field's value stands among those of its record; kNone: no rule reads it.
    [[nodiscard]] std::uint32_t slot(model::TypeId, std::size_t field) const;
    // How many values a record of the type has.
    [[nodiscard]] std::size_t size(model::TypeId) const;

    // What quiet cases came to. One for each thread.
    struct Tally {
        std::vector<std::uint64_t> applied;  // by number of the rule
        std::vector<std::uint64_t> passed;   // likewise: of these, without a gap
        std::vector<std::uint64_t> gaps;     // likewise: what it lacks
        std::vector<std::uint64_t> opened;   // by number: that it could not settle
        std::uint64_t unfit = 0;             // cases whose dates were too much for it

        // Of the last case, if it was not quiet, and of rules that it left open (`came`: kOpen):
        // what they came to where they are settled. Nothing of that is in the counts above.
        static constexpr unsigned char kApplies = 1;
        static constexpr unsigned char kLacks = 2;  // something that is not stated
        static constexpr unsigned char kOpen = 4;
        std::vector<unsigned char> came;     // by number
        std::vector<std::uint32_t> touched;  // numbers of those that came to anything
        // Its number, the record that it is about, what is missing.
        using Lack = std::tuple<std::uint32_t, std::uint32_t, std::uint64_t>;
        std::vector<Lack> lacks;
        // Of rules that are open for some records, whatever others are (one_by_one): for which.
        std::vector<std::uint32_t> open_at;
        bool anywhere = false;  // it may be any record

        // Room to work in: nothing is told by what is left here.
        std::vector<std::uint32_t> bindings;
        std::vector<std::uint64_t> missing;
        std::vector<std::uint64_t> missing_to_where;
        std::vector<Lack> told;
        std::vector<std::uint64_t> stated;  // by shape: values that a record of it states, as bits
    };
    [[nodiscard]] const std::vector<std::string>& rules() const;  // by number
    // By number of the rule: are its gaps to be told one by one? Then they are for the engine, and
    // a case with one is not quiet. Others may say at any time that they are not any more.
    using Telling = std::vector<const std::atomic<bool>*>;
    // True: there is nothing to tell, and the tally has it. The windows of the sketch are narrowed
    // by `always:`. Otherwise `settled`, if it is given, gets the rules that find nothing all the
    // same; the tally has what came of these, gaps too, and check_case is to leave them out
    // (Options::settled).
    // With `gaps_alone` only where nothing but gaps is left to be told: then the engine finds
    // nothing by the other rules either, and `resolve` does not matter.
    [[nodiscard]] bool quiet(Sketch&, Tally&, std::vector<const rule::Rule*>* settled,
                             const Telling* telling = nullptr, bool gaps_alone = false) const;

private:
    std::unique_ptr<ScreenProgram> program_;
};

}  // namespace antinomy::check
