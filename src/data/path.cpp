#include "data/path.hpp"

#include <charconv>

#include "text/join.hpp"
#include "text/utf8.hpp"

namespace antinomy::data {

using text::Node;

namespace {

bool plain(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '_' || c == '-';
}

}  // namespace

bool Path::many() const {
    for (const auto& s : steps)
        if (s.kind == Step::Kind::all) return true;
    return false;
}

bool looks_like_path(std::string_view s) {
    return !s.empty() && (s[0] == '$' || s[0] == '.');
}

std::optional<Path> read_path(std::string_view s, PathProblem& problem) {
    Path out;
    out.written = s;
    std::size_t i = 0;
    const auto fail = [&](std::string message, std::string help) {
        problem = {static_cast<std::uint32_t>(i), std::move(message), std::move(help)};
        return std::nullopt;
    };
    if (s.empty() || (s[0] != '$' && s[0] != '.'))
        return fail("a path begins with `$` (the record) or `.` (the item)", "write `$.name`");
    out.from_root = s[0] == '$';
    if (out.from_root)
        ++i;
    else if (s == ".")
        return out;
    // `.['a name']`: the dot is the item.
    if (!out.from_root && s[1] == '[') ++i;
    while (i < s.size()) {
        Path::Step step;
        if (s[i] == '.') {
            const auto begin = ++i;
            while (i < s.size() && plain(s[i])) ++i;
            if (i == begin)
                return fail("a name is missing after `.`",
                            "write `.name`, or `['a name']` if it has other characters");
            step.name = s.substr(begin, i - begin);
        } else if (s[i] == '[') {
            const auto open = i++;
            if (i < s.size() && (s[i] == '\'' || s[i] == '"')) {
                const char quote = s[i++];
                const auto end = s.find(quote, i);
                if (end == std::string_view::npos || end + 1 >= s.size() || s[end + 1] != ']') {
                    i = open;
                    return fail("the bracket is not closed", "write `['a name']`");
                }
                step.name = s.substr(i, end - i);
                i = end + 2;
            } else {
                const auto end = s.find(']', i);
                const auto inside = s.substr(i, end == std::string_view::npos ? 0 : end - i);
                if (inside == "*") {
                    step.kind = Path::Step::Kind::all;
                } else {
                    step.kind = Path::Step::Kind::index;
                    const auto* last = inside.data() + inside.size();
                    const auto [p, ec] = std::from_chars(inside.data(), last, step.index);
                    if (inside.empty() || ec != std::errc() || p != last) {
                        i = open;
                        return fail("in brackets stands a number, `*` or a name in quotes",
                                    "write `[0]`, `[*]` or `['a name']`");
                    }
                }
                i = end + 1;
            }
        } else {
            return fail("a step of a path begins with `.` or `[`",
                        "put a name with other characters in brackets: `$['a name']`");
        }
        out.steps.push_back(std::move(step));
    }
    return out;
}

bool follow(const Path& path, const Node& root, const Node& item, std::vector<const Node*>& out,
            std::optional<Astray>& astray) {
    std::vector<const Node*> at{path.from_root ? &root : &item};
    std::vector<const Node*> next;
    for (const auto& step : path.steps) {
        next.clear();
        const bool named = step.kind == Path::Step::Kind::name;
        for (const auto* node : at) {
            if (node->is_null()) continue;
            if (named ? !node->is_mapping() : !node->is_sequence()) {
                astray = {node, text::join("`", path.written, "` asks for ",
                                           named ? text::join("the key `", step.name, "`")
                                                 : std::string("an item"),
                                           " of ", text::kind_word(*node))};
                return false;
            }
            if (named) {
                if (const auto* value = node->find(step.name)) next.push_back(value);
            } else if (step.kind == Path::Step::Kind::index) {
                if (step.index < node->items.size()) next.push_back(&node->items[step.index]);
            } else {
                for (const auto& i : node->items) next.push_back(&i);
            }
        }
        at.swap(next);
    }
    for (const auto* node : at)
        if (!node->is_null()) out.push_back(node);
    return !at.empty();
}

std::string step_to(std::string_view name) {
    bool simple = !name.empty();
    for (const char c : name) simple = simple && plain(c);
    return simple ? text::join(".", name) : text::join("['", name, "']");
}

std::string path_to(const Node& root, const text::Span& place) {
    std::string out = "$";
    std::string whole = out;  // to the innermost mapping or list that begins here
    const auto* node = &root;
    const auto at = place.begin;
    const auto holds = [&](const text::Span& s) { return s.begin <= at && at <= s.end; };
    for (bool deeper = true; deeper;) {
        if (!node->is_scalar() && node->span.begin == at) whole = out;
        deeper = false;
        if (node->is_mapping()) {
            // Of neighbours that touch, the later one begins there.
            for (auto it = node->entries.rbegin(); it != node->entries.rend() && !deeper; ++it) {
                if (!holds(it->value.span) && !holds(it->key.span)) continue;
                out += step_to(it->key.text);
                node = &it->value;
                deeper = true;
            }
        } else if (node->is_sequence()) {
            for (auto i = node->items.size(); i > 0 && !deeper; --i) {
                if (!holds(node->items[i - 1].span)) continue;
                out += text::join("[", std::to_string(i - 1), "]");
                node = &node->items[i - 1];
                deeper = true;
            }
        }
    }
    const bool begin = place.end <= at + 1 && !(node->is_scalar() && node->span == place);
    return begin && (whole != "$" || root.span.begin == at) ? whole : out;
}

}  // namespace antinomy::data
