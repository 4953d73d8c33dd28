#include "verify/names.hpp"

#include <map>
#include <sstream>

#include "grammar/names_data.hpp"

namespace antinomy::verify {

namespace {

// With a capital first letter, of Latin or Cyrillic script: а to п are D0 B0 to D0 BF, р to я are
// D1 80 to D1 8F, their capitals D0 90 to D0 AF; ѐ to џ are D1 90 to D1 9F, capitals D0 80 on.
std::string capital(std::string word) {
    if (word.empty()) return word;
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(word[i]); };
    const auto put = [&](std::size_t i, int value) { word[i] = static_cast<char>(value); };
    if (word[0] >= 'a' && word[0] <= 'z') {
        put(0, word[0] - 'a' + 'A');
    } else if (word.size() > 1 && byte(0) == 0xD0 && byte(1) >= 0xB0) {
        put(1, byte(1) - 0x20);
    } else if (word.size() > 1 && byte(0) == 0xD1 && byte(1) < 0xA0) {
        put(0, 0xD0);
        put(1, byte(1) < 0x90 ? byte(1) + 0x20 : byte(1) - 0x10);
    }
    return word;
}

// Of lines such as "month 4: апрель апреля": the words of the numbers of one kind.
using Numbers = std::map<std::string, int>;
Numbers numbers_of(const std::string& kind) {
    Numbers out;
    for (const auto& [code, text] : grammar::names_data()) {
        std::istringstream lines{std::string(text)};
        for (std::string line; std::getline(lines, line);) {
            const auto colon = line.find(':');
            if (colon == std::string::npos || line[0] == '#') continue;
            std::istringstream key(line.substr(0, colon));
            std::string word;
            int number = 0;
            // Of "short month 4" and of "month" alone, nothing: those are words of prose.
            if (!(key >> word) || word != kind || !(key >> number)) continue;
            std::istringstream words(line.substr(colon + 1));
            while (words >> word) {
                out.emplace(word, number);
                out.emplace(capital(word), number);
            }
        }
    }
    return out;
}

std::optional<int> find(const Numbers& in, const std::string& word) {
    const auto it = in.find(word);
    if (it == in.end()) return std::nullopt;
    return it->second;
}

}  // namespace

std::optional<int> month_called(const std::string& word) {
    static const auto months = numbers_of("month");
    return find(months, word);
}

std::optional<int> weekday_called(const std::string& word) {
    static const auto weekdays = numbers_of("weekday");
    return find(weekdays, word);
}

}  // namespace antinomy::verify
