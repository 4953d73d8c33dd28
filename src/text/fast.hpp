#pragma once
// parse_yaml for many documents, one after the other: the same trees and the same diagnostics, in
// a small part of the time.
//
// The strict reader makes the tree here too; what differs is who is asked for a second opinion.
// libfyaml's events take a tenth of the time of yaml-cpp's. Only if it agrees with the tree in
// every kind, style, text and mark, and the document has nothing in it that yaml-cpp is known to
// read otherwise, is yaml-cpp not asked; in any other case it is, and what it says is told.
//
// libfyaml sees only what the strict reader took: valid UTF-8 without controls, no directives,
// anchors, aliases or tags, bounded depth, events and texts. It never prints.

#include <cstdint>
#include <memory>
#include <optional>

#include "text/document.hpp"

namespace antinomy::text {

// Not for several threads at once: one for each.
class FastYaml {
public:
    FastYaml();
    ~FastYaml();
    FastYaml(FastYaml&&) noexcept;
    FastYaml& operator=(FastYaml&&) noexcept;

    // As parse_yaml.
    [[nodiscard]] std::optional<Node> read(const SourceMap&, FileId, Diagnostics&,
                                           const Limits& = {});
    // How many documents that the strict reader took yaml-cpp was asked about.
    [[nodiscard]] std::uint64_t gave_up() const { return gave_up_; }

private:
    class Opinion;
    std::unique_ptr<Opinion> opinion_;
    std::uint64_t gave_up_ = 0;
};

}  // namespace antinomy::text
