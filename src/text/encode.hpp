#pragma once
// Text put where some characters mean something else: in markup, in an address.

#include <string>
#include <string_view>

namespace antinomy::text {

// For HTML and XML, in text and in the values of attributes alike: & < > " ' become references.
// What XML forbids even so is not looked at.
[[nodiscard]] std::string escaped_markup(std::string_view);

// RFC 3986, 2.1: each byte that is neither unreserved (letters, digits, - . _ ~) nor one of `kept`
// as % and two digits.
[[nodiscard]] std::string percent_encoded(std::string_view, std::string_view kept = {});

}  // namespace antinomy::text
