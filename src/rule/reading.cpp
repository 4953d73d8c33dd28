#include "rule/reading.hpp"

#include <algorithm>

#include "grammar/condition.hpp"
#include "text/nearest.hpp"
#include "time/plain_day.hpp"

namespace antinomy::rule {

using text::Node;

namespace {

const std::vector<std::string> kNotYet{"relation"};

}  // namespace

bool listed(const std::vector<std::string>& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

void unknown_key(const Node& key, std::string_view what, const std::vector<std::string>& known,
                 text::Diagnostics& diagnostics) {
    if (listed(kNotYet, key.text))
        diagnostics.error(key.span, "not-supported", "`" + key.text + "` is not supported yet",
                          "leave it out for now");
    else
        diagnostics.error(key.span, "unknown-key",
                          std::string(what) + " has no key `" + key.text + "`",
                          text::did_you_mean(key.text, known));
}

std::optional<time::Day> exact_day(const Node& node, text::Diagnostics& diagnostics) {
    std::string why;
    if (const auto day = time::plain_day(node.is_scalar() ? node.text : std::string(), why))
        return day;
    if (!why.empty()) {
        diagnostics.error(node.span, "bad-date", why, "write a day that exists");
        return std::nullopt;
    }
    diagnostics.error(node.span, "imprecise-date",
                      "expected one day, found " +
                          (node.is_scalar() ? "`" + node.text + "`" : std::string(kind_word(node))),
                      "write it as 2014-10-09");
    return std::nullopt;
}

bool mentions(const Node& node, std::string_view word) {
    const auto in = [&](const Node& n) { return mentions(n, word); };
    return node.text.find(word) != std::string::npos ||
           std::any_of(node.items.begin(), node.items.end(), in) ||
           std::any_of(node.entries.begin(), node.entries.end(),
                       [&](const auto& e) { return in(e.value); });
}

text::Diagnostic& Reading::error(text::Span span, std::string code, std::string message,
                                 std::string help) {
    return diagnostics_.error(span, std::move(code), std::move(message), std::move(help));
}
void Reading::wrong(const Node& node, std::string_view what, std::string help) {
    error(node.span, "wrong-type",
          "expected " + std::string(what) + ", found " + std::string(kind_word(node)),
          std::move(help));
}
void Reading::unknown(const Node& key, std::string_view what,
                      const std::vector<std::string>& known) {
    unknown_key(key, what, known, diagnostics_);
}

std::optional<grammar::Expr> Reading::parse(const Node& node) {
    if (!node.is_scalar()) {
        wrong(node, "a condition or a value", "put it in quotes if it has a comma or a `: `");
        return std::nullopt;
    }
    const auto& parsed = parses_->condition(node);
    if (const auto* e = std::get_if<grammar::SyntaxError>(&parsed)) {
        error(node.inside(e->range.begin, e->range.end), "bad-condition", e->message,
              e->help.empty() ? "see grammar/README.md; if YAML cut the text, put it in quotes"
                              : e->help);
        return std::nullopt;
    }
    return std::get<grammar::Expr>(parsed);
}

std::string Reading::choice(const Node& node, std::string_view what,
                            const std::vector<std::string>& known) {
    if (!node.is_scalar()) return text_of(node, "a word");
    if (!listed(known, node.text)) {
        error(node.span, "unknown-word", "`" + node.text + "` is no " + std::string(what),
              text::did_you_mean(node.text, known));
        good_ = false;
        return {};
    }
    return node.text;
}

std::string Reading::text_of(const Node& node, std::string_view what) {
    if (!node.is_scalar()) {
        wrong(node, std::string(what), "write one text");
        good_ = false;
        return {};
    }
    return node.text;
}

}  // namespace antinomy::rule
