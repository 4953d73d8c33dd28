#include "rule/language.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "text/nearest.hpp"

namespace antinomy::rule {

using text::Node;

namespace {

constexpr std::array kTexts{"title", "message", "possible", "help", "because", "about", "note"};
constexpr const char* kHelp = "write {en: ..., ru: ...}, or one text";

class Chooser {
public:
    Chooser(const Language& language, text::Diagnostics& diagnostics, Translated& met)
        : language_(language), diagnostics_(diagnostics), met_(met) {}

    void pack(Node& root) {
        for (auto& [key, value] : root.entries) {
            if (key.text == "rules") {
                for (auto& item : value.items) rule(item);
            } else if (key.text == "pack" || key.text == "policies" || key.text == "override" ||
                       key.text == "exceptions") {
                below(value);
            }
        }
    }

private:
    void rule(Node& node) {
        const auto* id = node.find("id");
        const auto said = id == nullptr ? language_.titles.end() : language_.titles.find(id->text);
        bool titled = language_.code == "en";
        bool message = false;
        std::optional<bool> possible;
        for (auto& [key, value] : node.entries) {
            if (has_languages(key.text)) {
                const bool has = choose(value);
                if (key.text == "message") message = has;
                if (key.text == "possible") possible = has;
                if (key.text != "title") continue;
                titled = titled || has;
                if (!has && said != language_.titles.end() && value.is_scalar()) {
                    value.text = said->second;
                    value.pieces.clear();
                    met_.languages.insert(language_.code);
                    met_.texts.insert(value.text);
                    titled = true;
                }
            } else if (key.text == "unless" || key.text == "basis" || key.text == "survives") {
                below(value);
            }
        }
        if (id != nullptr && language_.code != "en") {
            if (message) met_.messages.insert({id->text, false});
            // One that has no words of its own for what is possible has those of its message.
            if (possible.value_or(message)) met_.messages.insert({id->text, true});
        }
        // Of a rule that is asleep the title is not read.
        if (!titled && id != nullptr && node.find("title") != nullptr)
            met_.without.insert(id->text);
    }

    void below(Node& node) {
        for (auto& item : node.items) below(item);
        for (auto& [key, value] : node.entries)
            if (has_languages(key.text))
                choose(value);
            else
                below(value);
    }

    // Is it in the language asked for?
    bool choose(Node& node) {
        // One text that YAML has cut at a `: ` is no text in languages: its reader says so.
        if (!node.is_mapping() ||
            std::none_of(node.entries.begin(), node.entries.end(),
                         [](const auto& entry) { return is_language(entry.key.text); }))
            return false;
        Node* english = nullptr;
        Node* wanted = nullptr;
        for (auto& [key, value] : node.entries) {
            if (!is_language(key.text)) {
                diagnostics_.error(key.span, "unknown-language",
                                   "`" + key.text + "` is no code of a language",
                                   "write en, ru, tg: the codes of ISO 639");
            } else if (!value.is_scalar()) {
                diagnostics_.error(value.span, "wrong-type",
                                   "expected a text, found " + std::string(kind_word(value)),
                                   kHelp);
            } else {
                met_.languages.insert(key.text);
                if (key.text == "en") english = &value;
                if (key.text == language_.code) wanted = &value;
            }
        }
        if (english == nullptr) {
            diagnostics_.error(node.span, "missing-key",
                               "this text is not in English, which stands in for all others",
                               "add `en:`");
            english = wanted;
        }
        const bool has = wanted != nullptr;
        auto text = english == nullptr ? Node() : std::move(has ? *wanted : *english);
        if (english == nullptr) {
            text.kind = text::NodeKind::scalar;
            text.span = node.span;
        }
        node = std::move(text);
        if (has && language_.code != "en") met_.texts.insert(node.text);
        return has;
    }

    const Language& language_;
    text::Diagnostics& diagnostics_;
    Translated& met_;
};

}  // namespace

bool is_language(std::string_view code) {
    const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
    const auto dash = std::min(code.find('-'), code.size());
    if (dash < 2 || dash > 3 || !std::all_of(code.begin(), code.begin() + dash, lower))
        return false;
    for (auto at = dash; at < code.size();) {
        const auto end = std::min(code.find('-', at + 1), code.size());
        if (end - at < 2 || end - at > 9) return false;
        at = end;
    }
    return std::all_of(code.begin(), code.end(), [&](char c) {
        return lower(c) || c == '-' || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    });
}

bool has_languages(std::string_view key) {
    return std::find(kTexts.begin(), kTexts.end(), key) != kTexts.end();
}

void choose_language(Node& root, const Language& language, text::Diagnostics& diagnostics,
                     Translated& met) {
    if (root.find("pack") == nullptr && root.find("rules") == nullptr) return;
    Chooser(language, diagnostics, met).pack(root);
}

}  // namespace antinomy::rule
