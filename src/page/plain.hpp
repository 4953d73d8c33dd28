#pragma once
// What a page says by style said by structure, for a converter that reads HTML and no CSS: a word
// behind a label on a line of its own, what is bold, how wide the columns of a table are.
//
// Left out: pictures and their legend, for which one of another kind is put in; as on paper, how
// conditions were read. In: all else.

#include <string>

namespace antinomy::page {

// The body of a page that `html` made, with no h1: that is the title of the document. `picture`:
// the markup of a picture in place of the first; empty: there is none, and what is said of it
// alone (`drawn`) is left out too.
[[nodiscard]] std::string plain(const std::string& body, const std::string& picture);

}  // namespace antinomy::page
