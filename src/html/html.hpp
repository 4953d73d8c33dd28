#pragma once
// HTML as a type of its own: what is markup was written in the program, what came from anywhere
// else is text. A string can't get into a page but by `text` or as an attribute's value, and both
// escape it; so no case, rule or path brings an element, an attribute or a script of its own.
//
// Text is made visible first (text/visible.hpp): no control character, no character that turns
// what follows it around, and no byte that is not UTF-8 is in a page.

#include <initializer_list>
#include <string>
#include <string_view>

namespace antinomy::html {

// A text of the program's source: no other can be made into one.
class Literal {
public:
    // NOLINTNEXTLINE(google-explicit-constructor): to be written as a plain "p"
    consteval Literal(const char* text) : text_(text) {}
    [[nodiscard]] std::string_view view() const { return text_; }

private:
    std::string_view text_;
};

// Names of attributes are the program's, values are anybody's. An address goes through `address`.
// Attributes that hold a script or a style (`on...`, `style`) are not for values from outside.
struct Attribute {
    Literal name;
    std::string value;
};

class Html {
public:
    Html() = default;
    [[nodiscard]] const std::string& string() const { return out_; }
    [[nodiscard]] bool empty() const { return out_.empty(); }
    Html& operator+=(const Html& more) {
        out_ += more.out_;
        return *this;
    }
    friend Html operator+(Html one, const Html& more) { return std::move(one += more); }

private:
    explicit Html(std::string out) : out_(std::move(out)) {}
    friend Html text(std::string_view);
    friend Html lines(std::string_view);
    friend Html markup(Literal);
    friend Html tag(Literal, std::initializer_list<Attribute>);
    friend Html element(Literal, std::initializer_list<Attribute>, const Html&);

    std::string out_;
};

// Running text: every run of white space is one blank.
[[nodiscard]] Html text(std::string_view);
// Text whose lines and blanks count, for `pre`; tabs and line breaks stay.
[[nodiscard]] Html lines(std::string_view);
// Markup of the program itself.
[[nodiscard]] Html markup(Literal);
// An element that has no content: <meta ...>.
[[nodiscard]] Html tag(Literal name, std::initializer_list<Attribute>);
[[nodiscard]] Html element(Literal name, std::initializer_list<Attribute>, const Html& content);
[[nodiscard]] Html element(Literal name, const Html& content);
// The same with a line break behind it, so that pages can be read and compared by lines.
[[nodiscard]] Html block(Literal name, std::initializer_list<Attribute>, const Html& content);
[[nodiscard]] Html block(Literal name, const Html& content);

// A relative address made of names of files and folders: each is encoded (RFC 3986), so that none
// is taken for a scheme, two folders or a query. `up`: folders to go up first. `fragment` may be
// empty.
[[nodiscard]] std::string address(int up, std::initializer_list<std::string_view> names,
                                  std::string_view fragment = {});

// A name for a file made of an id: the id itself where it is of small letters, digits, - and _;
// what else it holds as ~ and hexadecimal digits, so that ids which differ only in case stay apart
// on every file system. A very long one is cut, and ends with a number made of all of it.
[[nodiscard]] std::string file_name(std::string_view id);

}  // namespace antinomy::html
