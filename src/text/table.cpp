// A node is: a byte of kind, style, brackets, pieces and where its text is; its place, from where
// the node before it began; its text, if the file doesn't hold it as it is; its pieces; its
// children. Numbers are seven bits a byte, the lowest first.

#include "text/table.hpp"

#include <cstdint>
#include <utility>

namespace antinomy::text {

namespace {

constexpr unsigned kKind = 3;        // two bits
constexpr unsigned kStyle = 2;       // two bits from here
constexpr unsigned kFlow = 1u << 4;  // in brackets
constexpr unsigned kPieces = 1u << 5;
constexpr unsigned kAsItIs = 1u << 6;  // the text is what stands at the place
constexpr unsigned kApart = 1u << 7;   // the text follows

class Writer {
public:
    explicit Writer(std::string_view bytes) : bytes_(bytes) {}

    void node(const Node& n) {
        const auto place = bytes_.substr(n.span.begin, n.span.end - n.span.begin);
        unsigned head = static_cast<unsigned>(n.kind) | static_cast<unsigned>(n.style) << kStyle;
        if (n.flow) head |= kFlow;
        if (!n.pieces.empty()) head |= kPieces;
        if (!n.text.empty()) head |= n.text == place ? kAsItIs : kApart;
        out_ += static_cast<char>(head);
        // What has been left out before it makes the step larger; a step back is none.
        signed_number(static_cast<std::int64_t>(n.span.begin) - before_);
        before_ = n.span.begin;
        number(n.span.end - n.span.begin);
        if ((head & kApart) != 0) {
            number(n.text.size());
            out_ += n.text;
        }
        if ((head & kPieces) != 0) {
            number(n.pieces.size());
            std::int64_t decoded = 0;
            std::int64_t file = n.span.begin;
            for (const auto& p : n.pieces) {
                signed_number(p.decoded - decoded);
                signed_number(p.file - file);
                decoded = p.decoded;
                file = p.file;
            }
        }
        if (n.is_sequence()) {
            number(n.items.size());
            for (const auto& item : n.items) node(item);
        } else if (n.is_mapping()) {
            number(n.entries.size());
            for (const auto& entry : n.entries) {
                node(entry.key);
                node(entry.value);
            }
        }
    }
    [[nodiscard]] std::string take() { return std::move(out_); }

private:
    void number(std::uint64_t n) {
        for (; n >= 0x80; n >>= 7) out_ += static_cast<char>(n | 0x80);
        out_ += static_cast<char>(n);
    }
    void signed_number(std::int64_t n) {
        number(n < 0 ? static_cast<std::uint64_t>(-n) * 2 - 1 : static_cast<std::uint64_t>(n) * 2);
    }

    std::string_view bytes_;
    std::string out_;
    std::int64_t before_ = 0;
};

class Taker {
public:
    Taker(std::string_view table, std::string_view bytes, FileId file)
        : at_(table.data()), bytes_(bytes.data()), file_(file) {}

    void node(Node& n) {
        const auto head = static_cast<unsigned char>(*at_++);
        n.kind = static_cast<NodeKind>(head & kKind);
        n.style = static_cast<ScalarStyle>(head >> kStyle & 3);
        n.flow = (head & kFlow) != 0;
        before_ += static_cast<std::uint32_t>(signed_number());
        const auto size = number();
        n.span = {file_, before_, before_ + size};
        if ((head & kAsItIs) != 0) {
            n.text.assign(bytes_ + before_, size);
        } else if ((head & kApart) != 0) {
            const auto length = number();
            n.text.assign(at_, length);
            at_ += length;
        }
        if ((head & kPieces) != 0) {
            n.pieces.resize(number());
            std::uint32_t decoded = 0;
            std::uint32_t in_file = n.span.begin;
            for (auto& p : n.pieces) {
                decoded += static_cast<std::uint32_t>(signed_number());
                in_file += static_cast<std::uint32_t>(signed_number());
                p = {decoded, in_file};
            }
        }
        if (n.is_sequence()) {
            n.items.resize(number());
            for (auto& item : n.items) node(item);
        } else if (n.is_mapping()) {
            n.entries.resize(number());
            for (auto& entry : n.entries) {
                node(entry.key);
                node(entry.value);
            }
        }
    }

private:
    std::uint32_t number() {
        std::uint32_t n = 0;
        for (unsigned shift = 0;; shift += 7) {
            const auto byte = static_cast<unsigned char>(*at_++);
            n |= static_cast<std::uint32_t>(byte & 0x7Fu) << shift;
            if (byte < 0x80) return n;
        }
    }
    std::int32_t signed_number() {
        const auto n = number();
        return (n & 1) != 0 ? -static_cast<std::int32_t>(n / 2) - 1
                            : static_cast<std::int32_t>(n / 2);
    }

    const char* at_;
    const char* bytes_;
    FileId file_;
    std::uint32_t before_ = 0;
};

}  // namespace

std::string to_table(const Node& root, std::string_view bytes) {
    Writer writer(bytes);
    writer.node(root);
    return writer.take();
}

Node from_table(std::string_view table, std::string_view bytes, FileId file) {
    Node root;
    Taker(table, bytes, file).node(root);
    return root;
}

}  // namespace antinomy::text
