#pragma once
// What conditions read: fields, records, and the constants that they compare with. From these the
// cases are made that lint tries (space.hpp).

#include <compare>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "rule/pack.hpp"

namespace antinomy::lint {

// A field of a type, as one side has it; -1: as everybody has it.
struct Key {
    model::TypeId type;
    std::uint32_t field = 0;
    int side = -1;
    friend bool operator==(const Key&, const Key&) = default;
};

struct Reads {
    std::vector<Key> keys;             // in the order in which they are read, each once
    std::vector<model::TypeId> types;  // of which records are asked for, likewise
    std::vector<model::TypeId> fails;  // about whose records findings are read
    // Constants.
    std::set<double> numbers;
    std::set<std::string> texts;
    std::map<const model::Field*, std::set<std::string>> words;
    std::set<std::int64_t> days;        // since 1970-01-01
    std::set<std::int64_t> distances;   // in days, none below 0
    std::set<std::int64_t> months;      // terms in months
    std::set<std::int64_t> years;       // completed years, for ages
    bool how_known = false;             // something asks how exactly a date is known
    bool elided = false;                // or whether its year is
    bool relative = false;              // or whether it hangs on another date
    std::set<std::string> unreachable;  // what no made-up value is known to decide
};

// Gathers over the parts of a rule, in the order given.
class Reader {
public:
    // The rule says of which type its variables are, quantified ones too.
    Reader(const rule::Packs&, const rule::Rule&);
    void add(const rule::Binding&);
    void add(const rule::Term&);
    void add(const rule::Exception&);
    void add_among(const rule::Rule&);
    [[nodiscard]] const Reads& reads() const { return out_; }

private:
    void note_variables(const rule::Term&);
    void note_variables(const rule::Exception&);
    void path(const rule::Term&, bool moment);
    void length(std::int64_t count, grammar::Unit, const std::string& written);
    void policy(const rule::Term&);
    void key(model::TypeId, std::uint32_t field, int side);
    void type(model::TypeId);
    void fields_of_any_record(int side);

    const rule::Packs& packs_;
    const model::Vocabulary& vocabulary_;
    std::map<int, model::TypeId> variables_;  // by number; of a binding `f: field`: none
    Reads out_;
};

// Of everything that a rule asks (not of its messages).
[[nodiscard]] Reads reads_of(const rule::Packs&, const rule::Rule&);

// At most how many variables of a rule range over the records of one type; two at least where it
// asks whether one record is another.
[[nodiscard]] int most_of_one_type(const rule::Rule&);

}  // namespace antinomy::lint
