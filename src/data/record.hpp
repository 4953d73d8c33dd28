#pragma once
// One record of a data set as it stands in its file: the bytes, and where they begin. What it holds
// is not looked at here (json.hpp, table.hpp); a record that is none carries the reason.
//
// Records that are lines can go to the thread that checks them several at a time, and be parted
// there (lines.hpp): then nobody takes and gives back memory for each of them.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "text/diagnostic.hpp"
#include "text/source.hpp"

namespace antinomy::data {

// Why a record cannot be read, and at which byte of `Raw::bytes`.
struct Flaw {
    std::string code;
    std::string message;
    std::string help;
    std::uint32_t at = 0;
};

// So many bytes behind lines that stand together may be read, whatever they are: a parser of JSON
// reads a little further than the end, and what has that much behind it need not be copied.
inline constexpr std::size_t kBehind = 64;

struct Raw {
    std::string bytes;         // of several lines: and room behind them
    text::Position begin;      // of the first byte, in the file
    std::uint64_t offset = 0;  // likewise, in bytes of text from 0
    std::uint64_t number = 0;  // of the record in its file, from 1
    std::uint64_t lines = 0;   // not 0: so many records, in whole lines; `number` is the first's
    std::vector<std::uint32_t> ends;  // of these lines, also of blank ones: the offset of each LF
    std::optional<Flaw> flaw;         // the record is not to be read
};

// Moves a position over bytes of its file.
void pass_over(text::Position&, std::string_view bytes);

}  // namespace antinomy::data
