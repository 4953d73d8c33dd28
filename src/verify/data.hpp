#pragma once
// Findings of a data set (`check --map --format json`, an object a line), re-checked on cases that
// somebody else makes of its records once more. What is asked of each is what is asked of a finding
// of a case file (verify.hpp), and its facts have to stand where the data have them. That a record
// means what the map makes of it is taken from who makes the cases: that is not verified.
//
// Held are the findings; of the data nothing.

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "verify/case.hpp"
#include "verify/verify.hpp"

namespace antinomy::verify {

// A case made of records, as text. By line of the text (from 0): where in the data, or the map,
// what stands on that line stands; the file as named in the run.
struct MadeCase {
    std::string yaml;
    std::vector<Place> places;
};

class OfData {
public:
    // `packs`: those of the map, in their order. `rules`: the folder of the shipped packs; empty:
    // the map does without them.
    OfData(const std::vector<std::string>& packs, const std::string& rules);
    // A file of findings; "-" is standard input. All of them before the first case.
    void read(const std::string& name);
    [[nodiscard]] std::size_t size() const { return report_.findings.size(); }

    // Findings of a record, by its file as named in the run and its number there.
    using Numbers = std::vector<std::size_t>;
    [[nodiscard]] const Numbers& of(const std::string& file, std::uint64_t record) const;
    // Examines those of them that are of this case. Any thread.
    void examine(const Numbers&, const std::string& case_id, const MadeCase&);
    // When there are no more cases.
    [[nodiscard]] Report finish();

private:
    struct Line {
        std::size_t file = 0;  // of `bytes_`
        std::size_t begin = 0;
        std::size_t size = 0;
        bool seen = false;  // its record was there
        bool done = false;  // its case was
    };
    void line(const std::string& name, const Line&);

    Vocabulary vocabulary_;
    std::vector<std::string> bytes_;
    std::vector<Line> lines_;  // by finding
    std::map<std::pair<std::string, std::uint64_t>, Numbers> by_record_;
    std::mutex mutex_;  // of what follows, once cases come
    Report report_;
};

}  // namespace antinomy::verify
