#pragma once
// What every page has: its head, a link past the navigation, navigation, the main part, a foot; and
// one style for all. A page loads nothing and runs nothing, and says so to the browser as well
// (Content-Security-Policy). It reads on a phone, on paper, and in the dark where the reader's
// device is set so; WCAG 2.2 AA.
//
// Of `main` is asked: one h1, headings that leave out no level, and a table or a listing that may
// be wider than a phone inside `scroll`. Colours are the style's: classes below.
//
//   p.lead          the line under the h1             ul.rules   links with a line of words each
//   dl.facts        names and values, side by side    pre        listings
//   p.said          words of the program or a rule    table      with caption and th
//   div.pair        two columns where there is room   span.tag   a word in a frame: .error .warning
//   nav.crumb       where a page belongs              .review .info .quiet .unverified

#include <string>
#include <vector>

#include "html/html.hpp"

namespace antinomy::html {

struct Place {
    std::string address;
    std::string name;
    bool here = false;  // it is this page
};

struct Frame {
    std::string title;  // of the page, without the site's
    std::string site;   // whose pages these are
    std::string home;   // address of its first page; empty: it has no other
    std::vector<Place> navigation;
    std::string generator;  // the program, for `meta`
    Html style{};           // rules of style beside the common ones: markup of the program
    Html main;
    Html foot;
};

// The whole file.
[[nodiscard]] std::string page(const Frame&);

// What may be wider than the page, in a box that is scrolled by itself and reached by keyboard.
// `name` says to who can't see it what the box is.
[[nodiscard]] Html scroll(const std::string& name, const Html& content);
// Words of the program in which `names` stand in backticks.
[[nodiscard]] Html prose(std::string_view written);
// Code whose line breaks mean nothing: it is broken where the page ends.
[[nodiscard]] Html formula(std::string_view text);
// Lines that count, in a box of their own.
[[nodiscard]] Html listing(const std::string& name, std::string_view text);

}  // namespace antinomy::html
