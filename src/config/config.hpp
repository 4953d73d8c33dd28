#pragma once
// `antinomy.yaml`: what a folder of cases is checked with, so that nobody needs to type it.
//
// It is read as strictly as every other file (text/document.hpp): what is wrong is told at its
// place, all of it in one run, and a key that is not built is refused. It is untrusted: it names
// files inside its own folder only. What its rules and policies are is for who has the packs to
// say.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/glob.hpp"
#include "text/document.hpp"

namespace antinomy::config {

inline constexpr const char* kFileName = "antinomy.yaml";

// A value, and where it stands.
struct Said {
    std::string text;
    text::Span at;
};

// How much a rule weighs: one of the words of `severities()`.
struct Weight {
    Said rule;
    Said severity;
};

struct PerPath {
    std::vector<Said> patterns;
    std::vector<Glob> globs;
    std::vector<Weight> weights;
};

struct Config {
    std::string file;    // as shown; empty: there is none
    std::string folder;  // of the file: "." or one that ends without "/"
    std::vector<Said> paths;
    std::vector<Said> packs;
    std::optional<std::vector<Said>> only;
    std::vector<Weight> weights;  // `severities:`, and `rules: {off: [...]}` as "off"
    std::vector<PerPath> per_path;
    text::Node policies;  // the mapping as written; null: none
    std::optional<Said> fail_on;
    std::optional<Said> fail_on_possible;  // "yes" or "no"
    std::optional<Said> max_findings;      // a whole number
    std::optional<Said> baseline;          // a file, as seen from the working folder
    std::vector<Said> formats;             // "NAME" or "NAME=FILE", as seen from the working folder
    std::optional<Said> lang;
    std::optional<Said> redact;  // "yes" or "no"
    // It says so, or may: what it says of it is neither, or it could not be read.
    bool may_redact = false;

    // Indices of the entries of `per_path` that speak of a file, in their order.
    [[nodiscard]] std::vector<std::size_t> entries_for(const std::string& case_file) const;
};

// The file that counts for a path: the nearest `antinomy.yaml` in its folder or above; not above a
// folder that holds `.git`. "-" or nothing: from the working folder on. Empty: there is none.
[[nodiscard]] std::string find(const std::string& path);

// Why "NAME" or "NAME=FILE" is no format, a line break, and the way out; empty: it is one.
using FormatProblem = std::function<std::string(const std::string&)>;
// Reads the file. On an error, what could be read.
[[nodiscard]] Config read(const std::string& file, const FormatProblem&, text::SourceMap&,
                          text::Diagnostics&);

}  // namespace antinomy::config
