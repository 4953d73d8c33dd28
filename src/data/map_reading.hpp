#pragma once
// What reading the head of a map and its body have in common: scalars, words, paths and ways of
// writing, each complaint with its place. The readers of both are made from it.

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/keys.hpp"
#include "data/map.hpp"
#include "text/join.hpp"
#include "text/nearest.hpp"

namespace antinomy::data {

[[nodiscard]] inline bool listed(const std::vector<std::string>& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

class MapReading {
public:
    explicit MapReading(text::Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

protected:
    void error(text::Span at, std::string code, std::string message, std::string help) {
        diagnostics_.error(at, std::move(code), std::move(message), std::move(help));
    }
    void wrong(const text::Node& n, std::string_view expected, std::string help) {
        error(n.span, "wrong-type", text::join("expected ", expected, ", found ", kind_word(n)),
              std::move(help));
    }
    void unknown_key(const text::Node& key, std::string_view what, std::vector<std::string> known) {
        error(key.span, "unknown-key", text::join(what, " has no key `", key.text, "`"),
              text::did_you_mean(key.text, known));
    }
    std::optional<std::string> scalar(const text::Node& n, std::string_view what) {
        if (n.is_scalar()) return n.text;
        wrong(n, what, text::join("write ", what));
        return std::nullopt;
    }
    std::optional<bool> yes_or_no(const text::Node& n) {
        if (n.is_scalar() && (n.text == "yes" || n.text == "true")) return true;
        if (n.is_scalar() && (n.text == "no" || n.text == "false")) return false;
        wrong(n, "yes or no", "write yes or no");
        return std::nullopt;
    }
    // One character.
    std::optional<char> sign(const text::Node& n, std::string_view what) {
        if (n.is_scalar() && n.text.size() == 1) return n.text[0];
        error(n.span, "wrong-type", text::join(what, " is one character"),
              "write `\";\"` or the like");
        return std::nullopt;
    }
    std::vector<std::string> texts(const text::Node& n, std::string_view what) {
        std::vector<std::string> out;
        if (!n.is_sequence()) {
            wrong(n, text::join("a list of ", what), "write [a, b]");
            return out;
        }
        for (const auto& i : n.items)
            if (auto s = scalar(i, "a text")) out.push_back(std::move(*s));
        return out;
    }
    std::optional<Path> path(const text::Node& n) {
        if (!n.is_scalar()) {
            wrong(n, "a path", "write `$.name`");
            return std::nullopt;
        }
        PathProblem problem;
        auto out = read_path(n.text, problem);
        if (!out)
            error(n.inside(problem.at, static_cast<std::uint32_t>(n.text.size())), "bad-path",
                  text::join("`", n.text, "` is no path: ", problem.message), problem.help);
        else
            out->span = n.span;
        return out;
    }
    // One of the keys that say how values are written; false: it is none.
    bool writing(const text::Node& key, const text::Node& n, Writing& out) {
        if (key.text == "nulls") {
            out.nulls = texts(n, "texts");
        } else if (key.text == "dates") {
            out.dates.formats = formats_of(n, out.dates.century != 0);
        } else if (key.text == "century") {
            // That was read before the formats, which depend on it.
        } else if (key.text == "unknown") {
            if (const auto c = sign(n, "`unknown`")) out.dates.unknown = *c;
            if (out.dates.unknown >= '0' && out.dates.unknown <= '9')
                error(n.span, "ambiguous-signs", "a digit is known", "write `unknown: \"?\"`");
        } else if (key.text == "marks") {
            out.dates.marks = marks_of(n);
        } else if (key.text == "decimal") {
            if (const auto c = sign(n, "`decimal`")) out.decimal = *c;
        } else if (key.text == "grouping") {
            if (const auto c = sign(n, "`grouping`")) out.grouping = *c;
        } else {
            return false;
        }
        if (out.decimal == out.grouping)
            error(n.span, "ambiguous-signs",
                  "`decimal` and `grouping` are one sign: 1.234 could be either",
                  "name two, or leave `grouping` out");
        if (key.text == "unknown" || key.text == "marks")
            for (const auto& [mark, meaning] : out.dates.marks)
                if (out.dates.unknown == mark.front() || out.dates.unknown == mark.back())
                    error(n.span, "ambiguous-signs",
                          text::join("`", mark,
                                     "` is a sign of dates, and a part of it stands for "
                                     "a digit that is not known"),
                          "name another sign");
        return true;
    }
    // Before the other keys of a mapping: formats depend on it.
    void century(const text::Node& mapping, Writing& out) {
        const auto* n = mapping.find("century");
        if (n == nullptr) return;
        const bool good = n->is_scalar() && n->text.size() == 4 &&
                          n->text.find_first_not_of("0123456789") == std::string::npos &&
                          n->text <= "9900" && n->text >= "0001";
        if (good)
            out.dates.century = std::stoi(n->text);
        else
            error(n->span, "wrong-type",
                  "`century` is the first of the hundred years that two digits mean",
                  "write `century: 1950` for 1950 to 2049");
    }
    std::vector<std::pair<std::string, Mark>> marks_of(const text::Node& n) {
        std::vector<std::pair<std::string, Mark>> out;
        if (!n.is_mapping()) {
            wrong(n, "what each sign means", "write `marks: {\"<\": before}`");
            return out;
        }
        static const auto words = text::names_of(mark_words());
        for (const auto& [from, to] : n.entries) {
            const auto meaning = scalar(to, "what the sign means");
            if (!meaning) continue;
            const auto mark = mark_called(*meaning);
            if (!mark)
                error(to.span, "unknown-word",
                      text::join("`", *meaning, "` is no meaning of a sign"),
                      text::did_you_mean(*meaning, words));
            else if (from.text.empty())
                error(from.span, "wrong-type", "nothing is no sign", "write `\"<\": before`");
            else
                out.emplace_back(from.text, *mark);
        }
        return out;
    }
    std::vector<DateFormat> formats_of(const text::Node& n, bool century_known) {
        std::vector<DateFormat> out;
        if (!n.is_sequence()) {
            wrong(n, "a list of formats", "write [\"%d.%m.%Y\"]");
            return out;
        }
        for (const auto& i : n.items) {
            const auto written = scalar(i, "a format");
            if (!written) continue;
            FormatProblem problem;
            auto format = read_format(*written, problem, century_known);
            if (!format) {
                error(i.span, "bad-format", text::join("`", *written, "`: ", problem.message),
                      problem.help);
                continue;
            }
            for (const auto& other : out)
                if (const auto both = both_read(other, *format))
                    error(i.span, "ambiguous-formats",
                          text::join("`", *both, "` is one date by `", other.written,
                                     "` and another by `", *written, "`"),
                          "name one of them; fields that are written in another way get `dates:` "
                          "of their own");
            out.push_back(std::move(*format));
        }
        return out;
    }

    text::Diagnostics& diagnostics_;
};
}  // namespace antinomy::data
