// Files of titles in a language (rules/lang/CODE.yaml), which are no packs.

#include "rule/language.hpp"
#include "text/nearest.hpp"

namespace antinomy::rule {

using text::Node;

const text::Keys& titles_keys() {
    static const text::Keys keys{{"language", "its code: ru"},
                                 {"titles", "the titles of rules, by their ids"}};
    return keys;
}

bool read_titles(const Node& root, Language& out, text::Diagnostics& diagnostics) {
    const auto before = diagnostics.error_count();
    for (const auto& [key, value] : root.entries) {
        if (key.text == "language") {
            if (value.text != out.code)
                diagnostics.error(
                    value.span, "unknown-language",
                    "this is the file of `" + out.code + "`, and it says `" + value.text + "`",
                    "write its own code");
        } else if (key.text != "titles") {
            diagnostics.error(key.span, "unknown-key",
                              "a file of titles has no key `" + key.text + "`",
                              text::did_you_mean(key.text, text::names_of(titles_keys())));
        } else if (!value.is_mapping()) {
            diagnostics.error(value.span, "wrong-type",
                              "expected titles by rule, found " + std::string(kind_word(value)),
                              "write `titles: {rule-id: title}`");
        } else {
            for (const auto& [id, title] : value.entries) {
                if (title.is_scalar())
                    out.titles[id.text] = title.text;
                else
                    diagnostics.error(title.span, "wrong-type",
                                      "expected a title, found " + std::string(kind_word(title)),
                                      "write one text");
            }
        }
    }
    return diagnostics.error_count() == before;
}

}  // namespace antinomy::rule
