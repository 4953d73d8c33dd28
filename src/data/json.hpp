#pragma once
// JSON: one record made into a located tree, and a large file split into its records.
//
// Whether a text is JSON (RFC 8259), simdjson says, by its DOM: the whole text is validated, not
// only what is asked for. The tree is then made by walking the DOM and the bytes side by side: the
// DOM says what stands there, the bytes where, and how a number was written. Scalars become text,
// as the vocabulary types them: `true`, `12.50`. What the project refuses in YAML it refuses here:
// keys that stand twice, more than kDepth levels.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "data/record.hpp"
#include "data/stream.hpp"
#include "text/document.hpp"

namespace antinomy::data {

inline constexpr std::size_t kDepth = 64;

// One for each thread: it keeps what simdjson works in.
class JsonReader {
public:
    JsonReader();
    ~JsonReader();
    JsonReader(JsonReader&&) noexcept;
    // The tree of one JSON text, its places in `file`, which holds these bytes from its first on;
    // or why there is none (bad-json, duplicate-key, too-deep).
    [[nodiscard]] std::optional<text::Node> read(std::string_view bytes, text::FileId file,
                                                 std::optional<Flaw>&);

private:
    struct Parser;
    std::unique_ptr<Parser> parser_;
};

// The elements of a list in one large JSON text, one at a time: the list at the root, or the one
// that these keys lead to from there. Only brackets, strings and commas are looked at; what is
// wrong within an element is the element's flaw when it is read. Of an element that is not closed
// the next ones cannot be told apart: it takes all up to the end of the list, and says so. Text
// that leads to no list is a flaw of the file, told once.
//
// Without keys a root that is no list is one record.
class JsonElements {
public:
    JsonElements(Stream& stream, std::vector<std::string> keys)
        : window_(stream), keys_(std::move(keys)) {}
    bool next(Raw&);

private:
    // Of the text before and after the elements: true, or a flaw in `out`.
    bool enter(Raw& out);
    bool leave(Raw& out);
    bool value(Raw* out, char stop);
    bool ends_list(std::size_t at);
    void give_up(Raw& out, const char* why);
    void find_next();
    bool string(std::string* to);
    char peek();  // the next byte that is no white space; NUL at the end
    char byte(std::size_t at);
    void take(std::size_t count);
    void refuse(Raw& out, std::string message, std::string help);

    Window window_;
    std::vector<std::string> keys_;
    text::Position place_;
    std::uint64_t offset_ = 0;
    std::uint64_t records_ = 0;
    enum class At { start, list, single, end } at_ = At::start;
    bool some_ = false;       // an element was met
    std::uint32_t lost_ = 0;  // the column of a record that is not closed; 0: there is none
};

}  // namespace antinomy::data
