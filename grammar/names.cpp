#include "grammar/names.hpp"

#include <algorithm>
#include <boost/spirit/home/support/char_encoding/unicode/query.hpp>
#include <charconv>
#include <cstdint>
#include <stdexcept>
#include <unordered_map>

#include "grammar/names_data.hpp"

namespace antinomy::grammar {
namespace {

bool blank(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}
std::vector<std::string> words_in(std::string_view line) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < line.size();) {
        while (i < line.size() && blank(line[i])) ++i;
        const auto begin = i;
        while (i < line.size() && !blank(line[i])) ++i;
        if (i > begin) out.emplace_back(line.substr(begin, i - begin));
    }
    return out;
}

void append(std::string& out, std::uint32_t c) {
    const auto byte = [&](std::uint32_t b) { out += static_cast<char>(b); };
    if (c < 0x80) {
        byte(c);
    } else if (c < 0x800) {
        byte(0xC0 | (c >> 6));
        byte(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        byte(0xE0 | (c >> 12));
        byte(0x80 | ((c >> 6) & 0x3F));
        byte(0x80 | (c & 0x3F));
    } else {
        byte(0xF0 | (c >> 18));
        byte(0x80 | ((c >> 12) & 0x3F));
        byte(0x80 | ((c >> 6) & 0x3F));
        byte(0x80 | (c & 0x3F));
    }
}

// Each letter through `change`, as long as `more` says so; what is no UTF-8 stays.
template <class Change>
std::string changed(std::string_view text, Change change) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        if (lead < 0x80) {
            append(out, change(lead, i));
        } else if (lead < 0xC2 || lead > 0xF4 || i + length > text.size()) {
            out += text[i++];
            continue;
        } else {
            std::uint32_t c = lead & (0x7FU >> length);
            for (std::size_t k = 1; k < length; ++k)
                c = (c << 6) | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
            append(out, change(c, i));
        }
        i += length;
    }
    return out;
}

std::string capital(std::string_view word) {
    return changed(word, [](std::uint32_t c, std::size_t at) {
        return at == 0 ? boost::spirit::ucd::to_uppercase(c) : c;
    });
}

// "month 4", "short month 4", "weekday 1": the number, if the key is `kind` and one.
std::optional<int> numbered(std::string_view key, std::string_view kind, int most) {
    if (key.substr(0, kind.size()) != kind || key.size() < kind.size() + 2) return {};
    const auto digits = key.substr(kind.size() + 1);
    int n = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), n);
    if (error != std::errc() || end != digits.data() + digits.size() || n < 1 || n > most)
        return {};
    return n;
}

bool take(Language& into, std::string_view key, const std::vector<std::string>& words) {
    const auto add = [&](std::vector<Language::Word>& list, int number) {
        for (const auto& w : words) list.push_back({w, number});
        return true;
    };
    const auto add_plain = [&](std::vector<std::string>& list) {
        list.insert(list.end(), words.begin(), words.end());
        return true;
    };
    if (const auto n = numbered(key, "month", 12)) return add(into.months, *n);
    if (const auto n = numbered(key, "short month", 12)) return add(into.short_months, *n);
    if (const auto n = numbered(key, "weekday", 7)) return add(into.weekdays, *n);
    if (key == "last") return add(into.shifts, -1);
    if (key == "this") return add(into.shifts, 0);
    if (key == "next") return add(into.shifts, 1);
    if (key == "week") return add_plain(into.weeks);
    if (key == "month") return add_plain(into.months_words);
    if (key == "year") return add_plain(into.years);
    if (key == "after a year") return add_plain(into.year_marks);
    if (key == "after a day") return add_plain(into.day_endings);
    if (key == "within a date") return add_plain(into.joints);
    if (key == "between days") return add_plain(into.ranges);
    if (key == "before a date") return add_plain(into.before);
    if (key == "unsure") return add_plain(into.unsure);
    return false;
}

std::string missing(const Language& l) {
    const auto has = [](const std::vector<Language::Word>& list, int n) {
        return std::any_of(list.begin(), list.end(), [&](const auto& w) { return w.number == n; });
    };
    for (int n = 1; n <= 12; ++n)
        if (!has(l.months, n)) return "month " + std::to_string(n) + " has no name";
    for (int n = 1; n <= 7; ++n)
        if (!has(l.weekdays, n)) return "weekday " + std::to_string(n) + " has no name";
    return "";
}

std::vector<Language::Word> written(std::vector<Language::Word> Language::*list) {
    std::vector<Language::Word> out;
    for (const auto& l : languages()) {
        for (const auto& w : l.*list) {
            out.push_back(w);
            if (auto large = capital(w.text); large != w.text)
                out.push_back({std::move(large), w.number});
        }
    }
    return out;
}

using Numbers = std::unordered_map<std::string, int>;
Numbers numbers_of(const std::vector<Language::Word>& words) {
    Numbers out;
    for (const auto& w : words) out.emplace(w.text, w.number);
    return out;
}
std::optional<int> find(const Numbers& in, std::string_view word) {
    const auto it = in.find(std::string(word));
    if (it == in.end()) return {};
    return it->second;
}

template <std::size_t size>
std::array<std::string_view, size> first_names(const std::vector<Language::Word>& words) {
    std::array<std::string_view, size> out;
    for (const auto& w : words) {
        auto& name = out.at(static_cast<std::size_t>(w.number - 1));
        if (name.empty()) name = w.text;
    }
    return out;
}

}  // namespace

std::variant<Language, std::string> read_language(std::string_view code, std::string_view text) {
    Language out;
    out.code = code;
    int number = 0;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        ++number;
        const auto first = line.find_first_not_of(" \t\r");
        if (first == std::string_view::npos || line[first] == '#') continue;
        const auto where = "line " + std::to_string(number) + ": ";
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) return where + "expected `key: words`";
        std::string key;
        for (const auto& w : words_in(line.substr(0, colon))) key += (key.empty() ? "" : " ") + w;
        const auto words = words_in(line.substr(colon + 1));
        if (words.empty()) return where + "`" + key + "` has no words";
        if (!take(out, key, words)) return where + "`" + key + "` is no key of a language";
    }
    if (auto lacks = missing(out); !lacks.empty()) return lacks;
    return out;
}

const std::vector<Language>& languages() {
    static const std::vector<Language> all = [] {
        std::vector<Language> out;
        for (const auto& [code, text] : names_data()) {
            auto read = read_language(code, text);
            // Built in, and the tests read each: this is for who edits a file and runs no test.
            if (const auto* why = std::get_if<std::string>(&read))
                throw std::logic_error("grammar/names/" + std::string(code) + ".txt: " + *why);
            out.push_back(std::move(std::get<Language>(read)));
        }
        std::stable_partition(out.begin(), out.end(),
                              [](const Language& l) { return l.code == "en"; });
        return out;
    }();
    return all;
}

const std::vector<Language::Word>& all_months() {
    static const auto all = written(&Language::months);
    return all;
}
const std::vector<Language::Word>& all_weekdays() {
    static const auto all = written(&Language::weekdays);
    return all;
}

std::optional<int> month_called(std::string_view word) {
    static const Numbers all = numbers_of(all_months());
    return find(all, word);
}
std::optional<int> weekday_called(std::string_view word) {
    static const Numbers all = numbers_of(all_weekdays());
    return find(all, word);
}

const std::array<std::string_view, 12>& english_months() {
    static const auto all = first_names<12>(languages().front().months);
    return all;
}
const std::array<std::string_view, 7>& english_weekdays() {
    static const auto all = first_names<7>(languages().front().weekdays);
    return all;
}

std::string lower_case(std::string_view text) {
    return changed(text, [](std::uint32_t c, std::size_t) {
        return static_cast<std::uint32_t>(boost::spirit::ucd::to_lowercase(c));
    });
}

}  // namespace antinomy::grammar
