#pragma once
// Where the tokens of a JSON text begin: brackets, commas, colons, texts (their opening quote),
// numbers and words. simdjson's first stage finds them, 64 bytes at a time; it also sees to it that
// the bytes are UTF-8, that every text is closed, and that none holds a control character.
//
// Whether the tokens make a JSON text is for the caller to see (json_walk.hpp).

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace antinomy::data {

// One for each thread: it keeps what simdjson works in.
class JsonTokens {
public:
    JsonTokens();
    ~JsonTokens();
    // False: this is no JSON text. kBehind bytes behind it may be read.
    [[nodiscard]] bool read(std::string_view bytes);
    // Offsets of the tokens, and behind them, twice, that of the end.
    [[nodiscard]] const std::uint32_t* begin() const { return begin_; }
    [[nodiscard]] const std::uint32_t* end() const { return begin_ + count_; }
    // What a text means that is written so, without its quotes, the closing one behind it. False:
    // an escape in it is none.
    [[nodiscard]] bool unescape(std::string_view written, std::string& out) const;

private:
    struct Stage;
    std::unique_ptr<Stage> stage_;
    const std::uint32_t* begin_ = nullptr;
    std::size_t count_ = 0;
};

}  // namespace antinomy::data
