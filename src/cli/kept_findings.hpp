#pragma once
// Findings of a data set that are kept for reports which are written whole at the end (SARIF,
// JUnit ...), while all others go by. Bounded, whatever the data: so many findings, and so many
// bytes of the records that they stand in. Where there are more the worst are kept (what no
// baseline knows, then by severity, certain before possible), of like ones the first; how many are
// left out is counted. Of errors, for which a record could not be checked, the first are kept, each
// with its place alone.

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "check/finding.hpp"
#include "data/run.hpp"
#include "text/diagnostic.hpp"
#include "text/source.hpp"

namespace antinomy::cli {

class KeptFindings {
public:
    static constexpr std::size_t kFindings = 5000;  // as many as GitHub shows of one file
    static constexpr std::size_t kBytes = std::size_t{64} << 20u;  // of records

    // What was found in a record, with all that it needs when the record is gone.
    struct Record;
    // Any thread. `first`: how many files the sources of the run have; those above are the
    // record's. Null: nothing was found in it, and nothing is wrong with it.
    [[nodiscard]] static std::shared_ptr<const Record> of(const data::Outcome&, std::size_t first);

    // In the order of the records.
    void take(const std::shared_ptr<const Record>&);
    [[nodiscard]] std::uint64_t left_out() const { return left_out_; }
    [[nodiscard]] std::size_t size() const { return kept_.size(); }
    // What is kept, by record, in their order; what it stands in is added to the sources.
    [[nodiscard]] check::Result result(text::SourceMap&) const;
    // Errors that are kept, in the order of the records; their places are added to the sources.
    [[nodiscard]] std::vector<text::Diagnostic> errors(text::SourceMap&) const;
    [[nodiscard]] std::uint64_t errors_left_out() const { return errors_left_out_; }

    // An error without the record that it stands in.
    struct Error {
        text::Diagnostic what;  // without a span
        text::Position at;
        bool placed = false;
    };

private:
    struct One {
        std::shared_ptr<const Record> record;
        std::size_t finding = 0;
    };
    // How bad, then which is next.
    std::map<std::pair<int, std::uint64_t>, One> kept_;
    std::map<const Record*, std::size_t> records_;  // of these so many findings are kept
    std::size_t bytes_ = 0;
    std::uint64_t next_ = 0;
    std::uint64_t left_out_ = 0;
    std::vector<Error> errors_;
    std::uint64_t errors_left_out_ = 0;
};

}  // namespace antinomy::cli
