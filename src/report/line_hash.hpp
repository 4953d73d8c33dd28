#pragma once
// The fingerprint of a line that GitHub's code scanning computes of every uploaded result
// (github/codeql-action, src/fingerprints.ts): a polynomial of base 37, modulo 2^64, over the first
// 100 UTF-16 code units from the line's start on, blanks and tabs left out, every line break as LF,
// the end of the file as 65535 and zeros behind it; in hex, a colon, and how often this hash has
// come up in the file so far. It survives changes elsewhere in the file. A tool that writes
// anything else under `primaryLocationLineHash` gets a warning for each result, so it is this or
// nothing; tests/sarif holds its published test vectors.

#include <string>
#include <string_view>
#include <vector>

namespace antinomy::report {

// Of each line of a file in UTF-8; the one after a last line break counts as a line.
[[nodiscard]] std::vector<std::string> line_hashes(std::string_view bytes);

}  // namespace antinomy::report
