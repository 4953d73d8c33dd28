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

[[nodiscard]] Metafile metafile(const Plan&, const Scene&);

}  // namespace antinomy::page
