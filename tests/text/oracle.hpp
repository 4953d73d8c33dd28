#pragma once
// The second opinion: what libfyaml says of a whole stream of YAML, and both readers' documents as
// comparable text.

#include <libfyaml.h>
#include <utf8proc.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "text/document.hpp"

namespace antinomy::text::test {

// One line for a tree, without styles and places: "m(sa=sb,sc=q(sd,n))". Lengths stand before
// texts, so that no text can look like structure.
inline void write_scalar(std::string& to, std::string_view text) {
    to += 's';
    to += std::to_string(text.size());
    to += ':';
    to += text;
}

inline void write_node(std::string& to, const Node& node) {
    switch (node.kind) {
        case NodeKind::null:
            to += 'n';
            break;
        case NodeKind::scalar:
            write_scalar(to, node.text);
            break;
        case NodeKind::sequence:
            to += "q(";
            for (const auto& item : node.items) {
                write_node(to, item);
                to += ',';
            }
            to += ')';
            break;
        case NodeKind::mapping:
            to += "m(";
            for (const auto& entry : node.entries) {
                write_node(to, entry.key);
                to += '=';
                write_node(to, entry.value);
                to += ',';
            }
            to += ')';
            break;
    }
}

inline void write_node(std::string& to, fy_node* node) {
    if (node == nullptr) {
        to += 'n';
        return;
    }
    void* at = nullptr;
    switch (fy_node_get_type(node)) {
        case FYNT_SCALAR: {
            std::size_t size = 0;
            const char* text = fy_node_get_scalar(node, &size);
            const std::string_view scalar(text == nullptr ? "" : text, size);
            const bool plain = fy_node_get_style(node) == FYNS_PLAIN;
            if (plain && (scalar.empty() || scalar == "~" || scalar == "null" || scalar == "Null" ||
                          scalar == "NULL"))
                to += 'n';
            else
                write_scalar(to, scalar);
            break;
        }
        case FYNT_SEQUENCE:
            to += "q(";
            while (fy_node* item = fy_node_sequence_iterate(node, &at)) {
                write_node(to, item);
                to += ',';
            }
            to += ')';
            break;
        case FYNT_MAPPING:
            to += "m(";
            while (fy_node_pair* pair = fy_node_mapping_iterate(node, &at)) {
                write_node(to, fy_node_pair_key(pair));
                to += '=';
                write_node(to, fy_node_pair_value(pair));
                to += ',';
            }
            to += ')';
            break;
    }
}

struct Opinion {
    bool accepted = false;
    int documents = 0;
    std::string content;  // of the first document
};

// libfyaml stops silently at NUL and lets some bad bytes pass, so what YAML 1.2 calls printable is
// checked first, by utf8proc.
inline bool printable(std::string_view bytes) {
    const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(bytes.data());
    auto left = static_cast<utf8proc_ssize_t>(bytes.size());
    while (left > 0) {
        utf8proc_int32_t c = 0;
        const utf8proc_ssize_t length = utf8proc_iterate(at, left, &c);
        if (length <= 0) return false;
        if (c < 0x20 && c != '\t' && c != '\n' && c != '\r') return false;
        if (c == 0x7F || (c > 0x7F && c < 0xA0 && c != 0x85) || c == 0xFFFE || c == 0xFFFF)
            return false;
        at += length;
        left -= length;
    }
    return true;
}

inline Opinion ask_libfyaml(std::string_view bytes) {
    Opinion opinion;
    if (!printable(bytes)) return opinion;
    // Guard G9: a last line without its break is read as if it had one, by all readers.
    std::string copy(bytes);
    if (!copy.empty() && copy.back() != '\n' && copy.back() != '\r') copy += '\n';

    fy_diag_cfg quiet;
    fy_diag_cfg_default(&quiet);
    quiet.fp = nullptr;
    quiet.output_fn = [](fy_diag*, void*, const char*, std::size_t) {};
    fy_diag* diag = fy_diag_create(&quiet);
    fy_parse_cfg how{};
    how.flags =
        static_cast<fy_parse_cfg_flags>(FYPCF_DISABLE_DEPTH_LIMIT | FYPCF_DEFAULT_VERSION_1_2);
    how.diag = diag;
    fy_parser* parser = fy_parser_create(&how);
    if (parser != nullptr && fy_parser_set_string(parser, copy.data(), copy.size()) == 0) {
        while (fy_document* document = fy_parse_load_document(parser)) {
            if (++opinion.documents == 1) write_node(opinion.content, fy_document_root(document));
            fy_parse_document_destroy(parser, document);
        }
        opinion.accepted = !fy_parser_get_stream_error(parser);
    }
    if (parser != nullptr) fy_parser_destroy(parser);
    fy_diag_destroy(diag);
    return opinion;
}

}  // namespace antinomy::text::test
