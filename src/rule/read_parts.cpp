#include "rule/read_parts.hpp"

#include "rule/keys.hpp"

namespace antinomy::rule {

using text::Node;

void PartReader::read_basis(const Node& node, std::vector<Citation>& out) {
    if (!node.is_sequence()) {
        wrong(node, "a list of citations", "write `basis: [{cite: ...}]`");
        good_ = false;
        return;
    }
    for (const auto& item : node.items) {
        Citation c;
        const auto before = diagnostics_.error_count();
        if (item.is_scalar()) {
            c.cite = item.text;
        } else if (!item.is_mapping()) {
            wrong(item, "a citation", "write {cite: ...}");
            good_ = false;
        } else {
            for (const auto& [k, v] : item.entries) {
                if (k.text == "cite")
                    c.cite = text_of(v, "a citation");
                else if (k.text == "note")
                    c.note = text_of(v, "a note");
                else if (k.text == "forum")
                    c.forum = text_of(v, "a jurisdiction");
                else if (k.text == "status")
                    c.unverified = choice(v, "status of a citation", text::names_of(statuses())) ==
                                   "unverified";
                else {
                    unknown(k, "a citation", text::names_of(citation_keys()));
                    good_ = false;
                }
            }
        }
        if (c.cite.empty() && diagnostics_.error_count() == before) {
            error(item.span, "missing-key", "a citation has no `cite`", "write {cite: ...}");
            good_ = false;
        }
        out.push_back(std::move(c));
    }
}

bool counts_in(const Citation& c, std::string_view forums) {
    if (c.forum.empty()) return true;
    const auto small = [](std::string_view s) {
        std::string out(s);
        for (char& x : out)
            if (x >= 'A' && x <= 'Z') x = static_cast<char>(x - 'A' + 'a');
        return out;
    };
    return (", " + small(forums) + ", ").find(", " + small(c.forum) + ", ") != std::string::npos;
}

std::string note_of(const Citation& c) {
    if (c.forum.empty()) return c.note;
    return "where the forum is " + c.forum + (c.note.empty() ? "" : "; " + c.note);
}

void PartReader::read_exceptions(const Node& node, Scope& scope, std::vector<Exception>& out,
                                 int depth) {
    if (!node.is_sequence()) {
        wrong(node, "a list of {when, because}", "write `unless: [{when: ..., because: ...}]`");
        good_ = false;
        return;
    }
    if (depth > 4) {
        error(node.span, "too-deep", "exceptions are nested deeper than 4",
              "write them side by side");
        good_ = false;
        return;
    }
    for (const auto& item : node.items) {
        Exception x;
        if (!item.is_mapping()) {
            wrong(item, "{when: ..., because: ...}", "write {when: ..., because: ...}");
            good_ = false;
            continue;
        }
        const auto before = diagnostics_.error_count();
        const auto* when = item.find("when");
        for (const auto& [k, v] : item.entries) {
            if (k.text == "because")
                x.because = text_of(v, "a reason");
            else if (k.text == "unless")
                read_exceptions(v, scope, x.unless, depth + 1);
            else if (k.text != "when") {
                unknown(k, "an exception", text::names_of(exception_keys()));
                good_ = false;
            }
        }
        if (when == nullptr) {
            good_ = false;
            if (diagnostics_.error_count() == before)
                error(item.span, "missing-key", "an exception has no `when`",
                      "write {when: ..., because: ...}");
            continue;
        }
        if (auto c = compile_condition(*when, scope, diagnostics_)) {
            x.when = std::move(*c);
            out.push_back(std::move(x));
        } else {
            good_ = false;
        }
    }
}

}  // namespace antinomy::rule
