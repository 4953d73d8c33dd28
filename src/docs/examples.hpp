#pragma once
// The examples of a rule as a reader sees them: the case, and what the program says of it when it
// is asked. What the pack expects is not shown; where the two differ, that is said.

#include "check/run.hpp"
#include "docs/library.hpp"
#include "text/diagnostic.hpp"
#include "text/source.hpp"

namespace antinomy::docs {

// The case of an example as block YAML: its own lines, without the indentation that they have in
// the pack; of one in braces each key on a line of its own.
[[nodiscard]] std::string case_text(const text::Node& body, const text::SourceMap&);

// All examples of a rule, each a section with a heading of level 3. An example that does not load
// is an error, one that comes out otherwise than its pack expects a warning.
[[nodiscard]] html::Html examples(const Library&, const rule::Rule&, const text::SourceMap&,
                                  text::Diagnostics&);

}  // namespace antinomy::docs
