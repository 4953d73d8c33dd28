#include "data/made.hpp"

namespace antinomy::data {

namespace {

class Writer {
public:
    explicit Writer(const text::SourceMap& sources) : sources_(sources) {}

    // Trees of data are no deeper than 64 levels (text::Limits), what a map adds is a few more.
    void node(const text::Node& n) {
        switch (n.kind) {
            case text::NodeKind::null:
                token("~", n.span);
                break;
            case text::NodeKind::scalar:
                token(quoted(n.text), n.span);
                break;
            case text::NodeKind::sequence:
                token("[", n.span);
                for (const auto& item : n.items) {
                    node(item);
                    token(",", item.span);
                }
                token("]", n.span);
                break;
            case text::NodeKind::mapping:
                token("{", n.span);
                for (const auto& e : n.entries) {
                    token(quoted(e.key.text) + ":", e.key.span);
                    node(e.value);
                    token(",", e.value.span);
                }
                token("}", n.span);
                break;
        }
    }
    MadeText take() { return std::move(out_); }

private:
    void token(std::string_view what, const text::Span& at) {
        out_.yaml += what;
        out_.yaml += '\n';
        MadeText::Place place;
        if (at.valid()) {
            const auto begin = sources_.position(at.file, at.begin);
            place = {sources_.name(at.file), begin.line, begin.column};
        }
        out_.places.push_back(place);
    }
    static std::string quoted(std::string_view text) {
        static constexpr const char* kHex = "0123456789ABCDEF";
        std::string out = "\"";
        for (const char c : text) {
            const auto u = static_cast<unsigned char>(c);
            if (c == '"' || c == '\\') {
                out += '\\';
                out += c;
            } else if (u < 0x20 || u == 0x7F) {
                out += "\\x";
                out += kHex[u >> 4u];
                out += kHex[u & 0xFu];
            } else {
                out += c;
            }
        }
        return out + '"';
    }

    const text::SourceMap& sources_;
    MadeText out_;
};

}  // namespace

MadeText made_text(const text::Node& made, const text::SourceMap& sources) {
    Writer writer(sources);
    writer.node(made);
    return writer.take();
}

}  // namespace antinomy::data
