#pragma once
// Style of reports beside that of all pages (html/frame.hpp): for screen, phone, dark and paper.

#include "html/html.hpp"

namespace antinomy::page {

[[nodiscard]] html::Html style();

}  // namespace antinomy::page
