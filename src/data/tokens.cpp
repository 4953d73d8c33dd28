#include "data/tokens.hpp"

#include <simdjson.h>

#include <algorithm>

#include "data/record.hpp"

namespace antinomy::data {

static_assert(kBehind >= simdjson::SIMDJSON_PADDING);

struct JsonTokens::Stage {
    std::unique_ptr<simdjson::internal::dom_parser_implementation> simdjson;
    std::size_t room = 0;  // bytes of a text
};

JsonTokens::JsonTokens() : stage_(std::make_unique<Stage>()) {}
JsonTokens::~JsonTokens() = default;

bool JsonTokens::read(std::string_view bytes) {
    auto& s = *stage_;
    if (bytes.size() > s.room || !s.simdjson) {
        constexpr std::size_t kLeast = 4096;
        const auto room = std::max(kLeast, 2 * bytes.size());
        s.simdjson.reset();
        s.room = 0;
        // Of its depth the first stage knows nothing.
        if (simdjson::get_active_implementation()->create_dom_parser_implementation(
                room, 1, s.simdjson) != simdjson::SUCCESS)
            return false;
        s.room = room;
    }
    if (s.simdjson->stage1(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size(),
                           simdjson::stage1_mode::regular) != simdjson::SUCCESS)
        return false;
    begin_ = s.simdjson->structural_indexes.get();
    count_ = s.simdjson->n_structural_indexes;
    return true;
}

bool JsonTokens::unescape(std::string_view written, std::string& out) const {
    // Never longer than it is written; simdjson writes in whole blocks.
    out.resize(written.size() + simdjson::SIMDJSON_PADDING);
    auto* const begin = reinterpret_cast<std::uint8_t*>(out.data());
    const auto* const end = stage_->simdjson->parse_string(
        reinterpret_cast<const std::uint8_t*>(written.data()), begin);
    if (end == nullptr) return false;
    out.resize(static_cast<std::size_t>(end - begin));
    return true;
}

}  // namespace antinomy::data
