#pragma once
// The formats of `check`: one table, from which the command line, its help and the documents take
// their names.

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "report/report.hpp"

namespace antinomy::report {

// A file of a format that can be a folder.
struct Page {
    std::string name;  // within the folder; no part of it is ".." or empty
    std::string bytes;
};

struct Format {
    std::string_view name;
    std::string_view what;  // for the help: "one line a finding"
    void (*print)(std::ostream&, const Report&);
    bool chronologies = false;  // it needs Report::chronologies and sheets; if it is of pages, or
                                // made by another program, silences too
    bool terminal = false;      // it is read on a terminal: width, colour and characters matter
    bool provenance = true;     // it needs Report::provenance
    // Of a format that can be a folder: its files, as `--format NAME=FOLDER/` writes them.
    std::vector<Page> (*pages)(const Report&) = nullptr;
    // Of a format that another program makes, instead of `print`. False: an error says why not.
    bool (*make)(const Report&, std::string& bytes, text::Diagnostics&) = nullptr;
};

[[nodiscard]] const std::vector<Format>& formats();
// One more, of a folder that this one does not know. Once, before the command line is read.
void add_format(const Format&);
// None: there is no such format.
[[nodiscard]] const Format* format_named(std::string_view);

}  // namespace antinomy::report
