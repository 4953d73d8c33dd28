#pragma once
// What a screen runs: the rules' conditions with every name turned into a place in a sketch. Of
// this folder alone.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "check/screen.hpp"
#include "check/sketch.hpp"

namespace re2 {
class RE2;
}

namespace antinomy::check {

// A date field as a rule reads it, and what stands in where it is missing (`otherwise:`).
struct ScreenDate {
    model::TypeId type;  // of the record
    std::uint32_t slot = Sketch::kNone;
    std::uint32_t field = 0;
    std::uint32_t part = 0;  // of a period: 1 its end
    std::uint32_t other_slot = Sketch::kNone;
    std::uint32_t other_field = 0;
    // Words of fields with which nothing stands in: the record lasts.
    std::vector<std::pair<std::uint32_t, std::vector<std::string>>> lasts;
};

// A term; what the screen cannot judge is `closer`.
struct ScreenNode {
    rule::Op op = rule::Op::boolean;
    rule::Kind kind = rule::Kind::condition;
    bool closer = false;
    bool gap = false;     // a value that no pack and no case gives
    bool untold = false;  // working days where there is no calendar: nobody can tell the day
    int binding = -1;
    struct Step {
        model::TypeId from;
        std::uint32_t slot = 0;
        std::uint32_t field = 0;
        bool list = false;
    };
    std::vector<Step> steps;  // references on the way
    bool to_record = false;   // a path that ends at a record
    model::TypeId owner;      // of the value
    std::uint32_t slot = Sketch::kNone;
    std::uint32_t field = 0;
    model::FieldKind field_kind = model::FieldKind::text;
    bool field_list = false;
    int first = -1;  // dates of the program: the moment that the path stands for
    int last = -1;
    model::TypeId type;     // of Op::records
    bool complete = false;  // likewise: nothing is left out
    std::string text;
    double number = 0;
    std::int64_t count = 0;
    std::int64_t months = 0;  // of a length
    std::int64_t seconds = 0;
    bool by_clock = false;
    bool term = false;  // rule::is_term
    grammar::Unit unit = grammar::Unit::day;
    grammar::Bound bound = grammar::Bound::at_least;
    grammar::TimeWord word = grammar::TimeWord::before;
    bool after = false;
    std::shared_ptr<const re2::RE2> pattern;
    std::vector<ScreenNode> children;
};

// What most conditions come down to, told by a few values where all on the way are stated: this
// day, so many days and months later, is so far from that one, a value is there, two are one.
struct ScreenPlain {
    enum class Is : std::uint8_t {
        apart,       // `later` is at least so many days after `earlier`
        narrow,      // the day at `earlier` lies within at most so many days
        stated,      // there is a value at `earlier`
        not_stated,  // or not all of the way to it
        same,        // the records there are one
        others,      // or two
        word,        // the value at `earlier` is a text
        other_word,  // or another
    };
    // Months and then days; of several terms their sum.
    struct Term {
        std::int64_t sign = 1;
        std::int64_t months = 0;  // of a constant
        std::int64_t days = 0;
        int binding = -1;  // else where a duration stands
        std::vector<ScreenNode::Step> steps;
        std::uint32_t slot = 0;
    };
    using Shift = std::vector<Term>;
    struct Side {
        int binding = -1;
        std::vector<ScreenNode::Step> steps;
        std::uint32_t slot = 0;  // Sketch::kNone: the record itself
        std::uint32_t part = 0;
        std::vector<Shift> shifts;
    };
    Is is = Is::apart;
    Side earlier;
    Side later;
    std::int64_t days = 0;
    std::string text;
};
// Ways in which a condition holds on all days: one of them is enough, all parts of it are needed.
// None: it is not so plain.
using ScreenWays = std::vector<std::vector<ScreenPlain>>;

// What most parts of `where` are: a value of the record that is bound is stated, or is a word. They
// are told at a glance.
struct ScreenTest {
    enum class Is : std::uint8_t { more, known, reached, unknown, word, other_word };
    Is is = Is::more;         // not so plain
    std::uint32_t needs = 0;  // bindings
    std::uint32_t slot = 0;   // of references the first
    std::uint32_t field = 0;  // likewise
    std::string text;
    // Ways in which what is not so plain does not hold, and in which it does, whatever days are.
    ScreenWays fails;
    ScreenWays holds;
    bool names = false;  // it names the record for which it may hold (ScreenRule::Binding::One)
};

struct ScreenException {
    ScreenNode when;
    std::vector<ScreenException> unless;
};

struct ScreenRule {
    const rule::Rule* rule = nullptr;
    std::uint32_t number = 0;  // among the program's
    bool fact = false;
    bool asked = true;    // its gaps are told
    bool closer = false;  // its bindings are more than a screen can go through
    // What it comes to for some records neither it, for others, nor other rules ask for.
    bool alone = false;
    struct Binding {
        ScreenNode source;
        int beside = -1;
        std::uint32_t shape = Sketch::kNone;  // of all records of a type only those of this shape
        // `where` wants no record but the one that is reached from here, if there is one and the
        // rest holds.
        struct One {
            ScreenPlain::Side from;
            std::vector<ScreenPlain> rest;
        };
        std::vector<One> one;
    };
    std::vector<Binding> bindings;
    std::size_t variables = 0;
    int at = 0;
    // `where`, part by part; each with the number of bindings that it needs.
    std::vector<std::pair<ScreenNode, std::size_t>> where;
    // All parts as they are where what they read may not be bound; null: those above.
    std::shared_ptr<const std::vector<ScreenNode>> unbound;
    // A binding that has nobody unless its first reference is missing, and then it is unknown whom.
    std::size_t unbound_at = SIZE_MAX;
    std::vector<ScreenTest> tests;          // by part
    std::vector<std::uint32_t> tests_from;  // by number of bindings that are needed: the first
    bool where_is_all = false;              // it is a conjunction
    bool single = false;                    // one binding, of all records of a type
    ScreenNode require;
    ScreenWays plain;  // ways in which it holds
    std::vector<ScreenException> unless;
};

// `always:` of a type, and that a period begins before it ends: a point is at least so many days
// after another.
struct ScreenLine {
    struct Link {
        std::size_t from = 0;  // of `dates`
        std::size_t to = 0;
        std::int64_t least = 0;
    };
    std::vector<std::size_t> dates;  // of the program: the points that it names
    std::vector<Link> links;         // by their numbers in `dates`
};

struct ScreenType {
    std::map<std::size_t, std::uint32_t> slots;  // by field
    std::vector<ScreenLine> lines;
    bool closer = false;                 // it has lines that the screen cannot keep
    std::vector<std::uint32_t> periods;  // slots
};

struct ScreenProgram {
    std::vector<std::string> ids;  // of the rules, by number
    // A rule stands here once for each choice of shapes that its records may have, or as it is.
    std::vector<ScreenRule> rules;
    // What a case must have, or a rule binds nothing: by rule, types and shapes as bits; then
    // values that a record of a shape must state, and words that one must have.
    struct Known {
        std::uint32_t shape = 0;
        std::uint64_t value = 0;  // a bit
        std::uint64_t word = 0;   // a bit; 0: whatever the value is
        bool stated = false;      // a record that does not state the value will not do, either
        bool lacks = false;       // a record must not state it, instead
    };
    struct Needs {
        std::uint64_t types = 0;
        std::uint64_t shapes = 0;
        std::uint32_t first = 0;  // of `known`
        std::uint32_t count = 0;
    };
    std::vector<Needs> needs;
    std::vector<Known> known;
    // What all records of a shape state and what none of them does, as bits, and what some may; of
    // its type the periods and lines of which there may be a day.
    struct Stated {
        std::uint64_t always = 0;
        std::uint64_t never = 0;
        std::uint64_t words = 0;          // among what they always state
        std::vector<std::uint32_t> open;  // slots of the rest
        std::vector<std::uint32_t> periods;
        std::vector<ScreenLine> lines;
        bool closer = false;  // there are lines that the screen cannot keep
    };
    std::vector<Stated> stated;           // by shape
    std::size_t variables = 0;            // of any rule
    bool stands = true;                   // no shape has lines or periods: dates always fit
    std::vector<const rule::Rule*> idle;  // that have nothing to say of any case of one view
    std::vector<ScreenType> types;        // by type
    std::vector<ScreenDate> dates;
    time::Choices choices = time::kAllOpen;
};

// Types, and values of a record, as bits; some share one.
[[nodiscard]] inline std::uint64_t screen_bit(std::uint32_t number) {
    return std::uint64_t{1} << (number % 64);
}

// Likewise, a word as the value of a slot.
[[nodiscard]] inline std::uint64_t screen_word(std::uint32_t slot, std::string_view word) {
    constexpr std::uint64_t kSpread = 0x9E3779B97F4A7C15u;
    auto hash = (slot + 1) * kSpread + word.size();
    if (!word.empty())
        hash = (hash ^ static_cast<unsigned char>(word.front()) ^
                (std::uint64_t{static_cast<unsigned char>(word.back())} << 8u) ^
                (std::uint64_t{static_cast<unsigned char>(word[word.size() / 2])} << 16u)) *
               kSpread;
    return std::uint64_t{1} << (hash >> 58u);
}

// The rules that a run judges, made into a program.
[[nodiscard]] ScreenProgram compile_screen(const rule::Packs&, const Options&,
                                           const model::Case& frame);

}  // namespace antinomy::check
