// parse_yaml: bytes are checked, the strict reader and yaml-cpp both read them, and a document is
// returned only if every event of the two agrees.

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>
#include <utility>
#include <vector>

#include "text/bytes.hpp"
#include "text/document.hpp"
#include "text/join.hpp"
#include "text/opinion.hpp"
#include "text/reader.hpp"

namespace antinomy::text {

namespace {

// Where yaml-cpp disagrees; thrown through it, for its events have no other way to stop it.
struct Disagreement {
    Span place;
};

// Walks the strict reader's tree in step with yaml-cpp's events.
class Comparison final : public YAML::EventHandler {
public:
    Comparison(const Node& root, std::uint32_t mark_shift, const Limits& limits)
        : root_(root), shift_(mark_shift), limits_(limits) {}

    [[nodiscard]] bool complete() const { return documents_ == 1 && open_.empty() && root_done_; }

    void OnDocumentStart(const YAML::Mark&) override {
        // yaml-cpp can find one empty document after another for ever (guard G3).
        if (++documents_ > 1) throw Disagreement{root_.span};
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark&, YAML::anchor_t anchor) override {
        const Node& node = next();
        if (node.kind != NodeKind::null || anchor != 0) throw Disagreement{node.span};
    }
    void OnAlias(const YAML::Mark&, YAML::anchor_t) override { throw Disagreement{next().span}; }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        const Node& node = next();
        const bool quoted = node.style != ScalarStyle::plain;
        if (node.kind != NodeKind::scalar || anchor != 0 || node.text != value ||
            tag != (quoted ? "!" : "?") || !begins(node, mark))
            throw Disagreement{node.span};
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override {
        open(NodeKind::sequence, mark, tag, anchor);
    }
    void OnSequenceEnd() override { close(NodeKind::sequence); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override {
        open(NodeKind::mapping, mark, tag, anchor);
    }
    void OnMapEnd() override { close(NodeKind::mapping); }

private:
    struct Open {
        const Node* node;
        std::size_t done;  // children handed out; a key and its value are two
    };

    const Node& next() {
        if (++events_ > limits_.events) throw Disagreement{root_.span};
        if (open_.empty()) {
            if (std::exchange(root_done_, true)) throw Disagreement{root_.span};
            return root_;
        }
        Open& top = open_.back();
        const std::size_t index = top.done++;
        if (top.node->is_sequence()) {
            if (index >= top.node->items.size()) throw Disagreement{top.node->span};
            return top.node->items[index];
        }
        if (index / 2 >= top.node->entries.size()) throw Disagreement{top.node->span};
        const Entry& entry = top.node->entries[index / 2];
        return index % 2 == 0 ? entry.key : entry.value;
    }
    void open(NodeKind kind, const YAML::Mark& mark, const std::string& tag,
              YAML::anchor_t anchor) {
        const Node& node = next();
        if (node.kind != kind || tag != "?" || anchor != 0 || open_.size() >= limits_.depth ||
            !begins(node, mark))
            throw Disagreement{node.span};
        open_.push_back({&node, 0});
    }
    void close(NodeKind kind) {
        if (open_.empty()) throw Disagreement{root_.span};
        const Open top = open_.back();
        const std::size_t all =
            kind == NodeKind::sequence ? top.node->items.size() : top.node->entries.size() * 2;
        if (top.node->kind != kind || top.done != all) throw Disagreement{top.node->span};
        open_.pop_back();
    }
    [[nodiscard]] bool begins(const Node& node, const YAML::Mark& mark) const {
        return mark.pos >= 0 && static_cast<std::uint32_t>(mark.pos) + shift_ == node.span.begin;
    }

    const Node& root_;
    std::uint32_t shift_;
    const Limits& limits_;
    std::vector<Open> open_;
    std::uint32_t events_ = 0;
    std::uint32_t documents_ = 0;
    bool root_done_ = false;
};

void disagree(Diagnostics& diagnostics, Span place) {
    diagnostics.error(place, "readers-disagree", "not all YAML readers read this alike",
                      "write the text in double quotes, on one line");
}

}  // namespace

std::optional<Node> read_strictly(const SourceMap& map, FileId file, Diagnostics& diagnostics,
                                  const Limits& limits) {
    const std::string_view bytes = map.bytes(file);
    if (bytes.size() > limits.file_bytes) {
        diagnostics.error(
            {file, 0, 0}, "too-large",
            join("is larger than the limit of ", std::to_string(limits.file_bytes), " bytes"),
            "split the file, or raise the limit");
        return std::nullopt;
    }
    if (!check_bytes(map, file, diagnostics)) return std::nullopt;
    return Reader(map, file, diagnostics, limits).read();
}

bool yaml_cpp_agrees(const SourceMap& map, FileId file, const Node& root, Diagnostics& diagnostics,
                     const Limits& limits) {
    const std::string_view bytes = map.bytes(file);
    const bool bom = bytes.substr(0, 3) == "\xEF\xBB\xBF";
    std::string copy(bytes.substr(bom ? 3 : 0));
    if (copy.empty() || copy.back() != '\n') copy += '\n';  // guard G9
    std::istringstream stream(std::move(copy));
    const std::uint32_t shift = bom ? 3 : 0;
    Comparison comparison(root, shift, limits);
    try {
        YAML::Parser parser(stream);
        while (parser.HandleNextDocument(comparison)) {
        }
        if (comparison.complete()) return true;
        disagree(diagnostics, root.span);
    } catch (const Disagreement& found) {
        disagree(diagnostics, found.place);
    } catch (const YAML::Exception& refusal) {
        const auto at = refusal.mark.pos < 0
                            ? 0u
                            : std::min(static_cast<std::uint32_t>(refusal.mark.pos) + shift,
                                       static_cast<std::uint32_t>(bytes.size()));
        if (refusal.msg == YAML::ErrorMsg::TAB_IN_INDENTATION)
            diagnostics.error({file, at, at}, "tab-indentation", "a tab at the begin of a line",
                              "delete it, or use spaces");
        else
            diagnostics.error({file, at, at}, "readers-disagree",
                              join("not all YAML readers can read this (", refusal.msg, ")"),
                              "write the text in double quotes, on one line");
    }
    return false;
}

std::optional<Node> parse_yaml(const SourceMap& map, FileId file, Diagnostics& diagnostics,
                               const Limits& limits) {
    auto root = read_strictly(map, file, diagnostics, limits);
    if (root && !yaml_cpp_agrees(map, file, *root, diagnostics, limits)) return std::nullopt;
    return root;
}

}  // namespace antinomy::text
