#pragma once
// A case that was made of data, written as YAML: for who reads it by other means than this program
// (src/verify). A token a line, so that a line tells where in the data, or in the map, its token
// stands.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/document.hpp"
#include "text/source.hpp"

namespace antinomy::data {

struct MadeText {
    struct Place {
        std::string_view file;     // as named in the run; lives as long as the sources
        std::uint32_t line = 0;    // from 1
        std::uint32_t column = 0;  // in code points, from 1
    };
    std::string yaml;           // a flow mapping
    std::vector<Place> places;  // by line of it, from 0
};

[[nodiscard]] MadeText made_text(const text::Node& made, const text::SourceMap&);

}  // namespace antinomy::data
