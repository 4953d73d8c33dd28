// FastYaml: libfyaml's events beside the strict reader's tree.

#include "text/fast.hpp"

#include <libfyaml.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "text/opinion.hpp"
#include "text/reader.hpp"

namespace antinomy::text {

namespace {

struct FreeDiag {
    void operator()(fy_diag* diag) const { fy_diag_destroy(diag); }
};
struct FreeParser {
    void operator()(fy_parser* parser) const { fy_parser_destroy(parser); }
};

// An event, given back when it is done with.
class Event {
public:
    explicit Event(fy_parser* parser) : parser_(parser), event_(fy_parser_parse(parser)) {}
    Event(const Event&) = delete;
    Event& operator=(const Event&) = delete;
    ~Event() {
        if (event_ != nullptr) fy_parser_event_free(parser_, event_);
    }
    [[nodiscard]] bool is(fy_event_type type) const {
        return event_ != nullptr && event_->type == type;
    }
    const fy_event* operator->() const { return event_; }
    [[nodiscard]] fy_event* get() const { return event_; }

private:
    fy_parser* parser_;
    fy_event* event_;
};

bool stands_at(const fy_mark* mark, std::uint64_t at) {
    return mark != nullptr && mark->input_pos == at;
}

// What yaml-cpp reads otherwise than both others, and a tree doesn't show: it refuses some tabs
// before the first text of a line, and loses line breaks that `|+` and `>+` keep (see scalar()).
bool tab_begins_line(std::string_view bytes) {
    for (auto tab = bytes.find('\t'); tab != std::string_view::npos;
         tab = bytes.find('\t', tab + 1)) {
        auto begin = tab;
        while (begin > 0 && bytes[begin - 1] == ' ') --begin;
        if (begin == 0 || bytes[begin - 1] == '\n') return true;
    }
    return false;
}

// For lines that are empty within a text libfyaml takes time by the square of how many there are
// in a row: 12 s for 60,000.
bool many_blank_lines(std::string_view bytes) {
    constexpr int kMost = 32;
    int lines = 0;
    for (auto at = bytes.find('\n'); at != std::string_view::npos; at = bytes.find('\n', at + 1)) {
        auto next = at + 1;
        while (next < bytes.size() &&
               (bytes[next] == ' ' || bytes[next] == '\t' || bytes[next] == '\r'))
            ++next;
        if (next >= bytes.size() || bytes[next] != '\n') {
            lines = 0;
            continue;
        }
        if (++lines > kMost) return true;
    }
    return false;
}

bool same_style(fy_scalar_style theirs, ScalarStyle ours) {
    switch (theirs) {
        case FYSS_PLAIN:
            return ours == ScalarStyle::plain;
        case FYSS_SINGLE_QUOTED:
            return ours == ScalarStyle::single_quoted;
        case FYSS_DOUBLE_QUOTED:
            return ours == ScalarStyle::double_quoted;
        case FYSS_LITERAL:
        case FYSS_FOLDED:
            return ours == ScalarStyle::block;
        default:
            return false;
    }
}

}  // namespace

class FastYaml::Opinion {
public:
    // Whether libfyaml reads these bytes, which end in a line break and have no byte order mark, as
    // that document. `shift`: so many bytes before them are left out.
    bool agrees(std::string_view bytes, std::uint32_t shift, const Node& root) {
        if (tab_begins_line(bytes) || many_blank_lines(bytes)) return false;
        bytes_ = bytes;
        shift_ = shift;
        if (!begin(bytes)) return false;
        const bool same = Event(parser_.get()).is(FYET_STREAM_START) &&
                          Event(parser_.get()).is(FYET_DOCUMENT_START) && node(root) &&
                          Event(parser_.get()).is(FYET_DOCUMENT_END) &&
                          Event(parser_.get()).is(FYET_STREAM_END) &&
                          !fy_parser_get_stream_error(parser_.get());
        // Nothing is kept of a document that went wrong: its diagnostics hold what it was made of.
        if (!same) end();
        return same;
    }

private:
    bool begin(std::string_view bytes) {
        if (parser_ != nullptr && fy_parser_reset(parser_.get()) != 0) end();
        if (parser_ == nullptr) {
            fy_diag_cfg quiet;
            fy_diag_cfg_default(&quiet);
            quiet.fp = nullptr;
            quiet.output_fn = [](fy_diag*, void*, const char*, std::size_t) {};
            diag_.reset(fy_diag_create(&quiet));
            if (diag_ == nullptr) return false;
            // Collected, errors aren't shown: what shows them, with the lines they stand on, has
            // read beyond its bytes (issues 127, 129 and 223 of libfyaml).
            fy_diag_set_collect_errors(diag_.get(), true);
            fy_parse_cfg how{};
            how.flags = static_cast<fy_parse_cfg_flags>(FYPCF_QUIET | FYPCF_DEFAULT_VERSION_1_2 |
                                                        FYPCF_JSON_NONE);
            how.diag = diag_.get();
            parser_.reset(fy_parser_create(&how));
        }
        if (parser_ != nullptr &&
            fy_parser_set_string(parser_.get(), bytes.data(), bytes.size()) == 0)
            return true;
        end();
        return false;
    }
    void end() {
        parser_.reset();
        diag_.reset();
    }

    // The next events are those of this node. Recursion is bounded: the tree is.
    bool node(const Node& n) {
        switch (n.kind) {
            case NodeKind::null:
            case NodeKind::scalar:
                return scalar(n);
            case NodeKind::sequence: {
                {
                    const Event e(parser_.get());
                    if (!e.is(FYET_SEQUENCE_START) || e->sequence_start.anchor != nullptr ||
                        e->sequence_start.tag != nullptr || !begins(e, n.span.begin))
                        return false;
                }
                for (const auto& item : n.items)
                    if (!node(item)) return false;
                const Event e(parser_.get());
                return e.is(FYET_SEQUENCE_END) && (!n.flow || ends(e, n.span.end));
            }
            case NodeKind::mapping: {
                {
                    const Event e(parser_.get());
                    if (!e.is(FYET_MAPPING_START) || e->mapping_start.anchor != nullptr ||
                        e->mapping_start.tag != nullptr || !begins(e, n.span.begin))
                        return false;
                }
                for (const auto& entry : n.entries)
                    if (!node(entry.key) || !node(entry.value)) return false;
                const Event e(parser_.get());
                return e.is(FYET_MAPPING_END) && (!n.flow || ends(e, n.span.end));
            }
        }
        return false;
    }

    // The bytes of a scalar within its quotes, if between the marks there is nothing that could
    // mean anything else than it is: then the marks tell the text. Asking for it takes longer.
    [[nodiscard]] std::string_view as_written(const Node& n) const {
        if (n.style == ScalarStyle::block) return {};
        const bool quoted = n.style != ScalarStyle::plain;
        const std::uint32_t quote = quoted ? 1 : 0;
        const auto out =
            bytes_.substr(n.span.begin - shift_ + quote, n.span.end - n.span.begin - 2 * quote);
        for (const char c : out)
            if (c == '\n' || c == '\r' || (quoted && (c == '\\' || c == '\''))) return {};
        return out;
    }

    bool scalar(const Node& n) {
        const Event e(parser_.get());
        if (!e.is(FYET_SCALAR) || e->scalar.anchor != nullptr || e->scalar.tag != nullptr)
            return false;
        fy_token* const token = e->scalar.value;
        if (token == nullptr) return n.is_null() && n.span.begin == n.span.end;
        if (!same_style(fy_token_scalar_style(token), n.style)) return false;
        if (const auto written = as_written(n); !written.empty()) {
            const auto at = static_cast<std::uint32_t>(written.data() - bytes_.data()) + shift_;
            return begins(e, at) && ends(e, at + static_cast<std::uint32_t>(written.size())) &&
                   (n.is_null() ? is_null_word(written) : written == n.text);
        }
        if (n.style == ScalarStyle::single_quoted || n.style == ScalarStyle::double_quoted) {
            // Empty lines before the closing quote are lines to all but yaml-cpp.
            const auto before = bytes_.substr(0, n.span.end - shift_ - 1);
            const auto last = before.find_last_not_of(" \t");
            if (last != std::string_view::npos && before[last] == '\n') return false;
        }
        std::size_t size = 0;
        const char* const bytes = fy_token_get_text(token, &size);
        if (bytes == nullptr) return false;
        const std::string_view text(bytes, size);
        if (n.is_null() ? !is_null_word(text) : text != n.text) return false;
        switch (n.style) {
            case ScalarStyle::plain:
                return begins(e, n.span.begin) && ends(e, n.span.end);
            case ScalarStyle::single_quoted:
            case ScalarStyle::double_quoted:
                return begins(e, n.span.begin + 1) && ends(e, n.span.end - 1);
            case ScalarStyle::block: {
                // Its marks are those of the text below the header.
                const fy_mark* const mark = fy_event_start_mark(e.get());
                const auto header = bytes_.substr(n.span.begin - shift_, 3);
                if (header.find('+') != std::string_view::npos) return false;
                return mark != nullptr && mark->input_pos + shift_ > n.span.begin;
            }
        }
        return false;
    }

    [[nodiscard]] bool begins(const Event& e, std::uint32_t at) const {
        return stands_at(fy_event_start_mark(e.get()), std::uint64_t{at} - shift_);
    }
    [[nodiscard]] bool ends(const Event& e, std::uint32_t at) const {
        return stands_at(fy_event_end_mark(e.get()), std::uint64_t{at} - shift_);
    }

    std::unique_ptr<fy_diag, FreeDiag> diag_;
    std::unique_ptr<fy_parser, FreeParser> parser_;  // goes before what it tells
    std::string_view bytes_;
    std::uint32_t shift_ = 0;
};

FastYaml::FastYaml() : opinion_(std::make_unique<Opinion>()) {}
FastYaml::~FastYaml() = default;
FastYaml::FastYaml(FastYaml&&) noexcept = default;
FastYaml& FastYaml::operator=(FastYaml&&) noexcept = default;

std::optional<Node> FastYaml::read(const SourceMap& map, FileId file, Diagnostics& diagnostics,
                                   const Limits& limits) {
    auto root = read_strictly(map, file, diagnostics, limits);
    if (!root) return std::nullopt;
    const auto all = map.bytes(file);
    const std::uint32_t shift = all.substr(0, 3) == "\xEF\xBB\xBF" ? 3 : 0;
    auto bytes = all.substr(shift);
    std::string copy;
    if (bytes.empty() || bytes.back() != '\n') {  // guard G9
        copy.reserve(bytes.size() + 1);
        copy.append(bytes);
        copy += '\n';
        bytes = copy;
    }
    if (opinion_->agrees(bytes, shift, *root)) return root;
    ++gave_up_;
    if (!yaml_cpp_agrees(map, file, *root, diagnostics, limits)) return std::nullopt;
    return root;
}

}  // namespace antinomy::text
