#pragma once
// Records of the data made into a case by a map: a tree as a case file would have it, whose places
// are those of the data (of constants, those of the map). `model::build_case` reads it.
//
// Of a value that the data do not state nothing is made: it is a gap, as in a case. A record of
// whose paths none leads to anything is left out, and so are references to it. What is stated and
// cannot be read as the map says is an error at its place; the record is then not to be checked.
//
// Of a case with several records each template makes a record for each of them: NAME-1, NAME-2, in
// their order. Those that the data name alike (`named:`) are one, with what each says of it: what
// is said alike once, lists together, else as several assertions, each with its own account and
// source.

#include <optional>
#include <string>
#include <vector>

#include "data/map.hpp"
#include "text/diagnostic.hpp"

namespace antinomy::data {

// One of the records of a case.
struct Datum {
    const text::Node* tree = nullptr;
    std::size_t part = 0;
    bool broken = false;  // it cannot be read, and was told: what it makes is left out
};

class Applier {
public:
    Applier(const Map& map, const model::Vocabulary& vocabulary)
        : map_(map), vocabulary_(vocabulary) {}

    // `id`: of the case, where the map gives none. `found`, if given, has a place for each path of
    // the map, and gets 1 for those that led to something. `kept`, if given: by record of the map,
    // in their order, which of its fields are made; none at all: the record is not made either.
    using Fields = std::vector<std::vector<char>>;
    [[nodiscard]] text::Node apply(const std::vector<Datum>& data, const std::string& id,
                                   text::Diagnostics&, std::vector<char>* found = nullptr,
                                   const Fields* kept = nullptr) const;
    // What a case of this record alone is called; nothing: there is something wrong with that.
    struct Names {
        std::string id;
        std::string title;  // empty: none
    };
    // `id`, `title`: what the map's paths to them lead to; null: nothing. Else `otherwise`.
    [[nodiscard]] std::optional<Names> names(const text::Node* id, const text::Node* title,
                                             const std::string& otherwise) const;
    // The case as far as it is constant, each list split into one record: to type the map by.
    [[nodiscard]] text::Node without_data() const;

private:
    const Map& map_;
    const model::Vocabulary& vocabulary_;
};

}  // namespace antinomy::data
