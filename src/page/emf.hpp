#pragma once
// The timeline as a picture that word processors draw themselves, sharp at any size: an Enhanced
// Metafile ([MS-EMF]), with the legend below. What it shows is what the picture of the page shows,
// in the colours of its light scheme; right-to-left text is the word processor's.

#include <string>

#include "page/lanes.hpp"

namespace antinomy::page {

struct Metafile {
    std::string bytes;
    double width = 0;  // of the picture, in the pixels of the scene
    double height = 0;
};

// `legend_of`: the scene whose marks a legend below explains; none: no legend.
[[nodiscard]] Metafile metafile(const Plan&, const Scene&, const Scene* legend_of);

}  // namespace antinomy::page
