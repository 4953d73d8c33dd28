#include "page/whole.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "time/calendar.hpp"

namespace antinomy::page {

namespace {

bool digit(char c) {
    return c >= '0' && c <= '9';
}
// Part of a name, or of a longer number, that is no date: `ziyoyev-2016-11`.
bool goes_on(char c) {
    return digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}

int number(std::string_view digits) {
    int out = 0;
    for (const char c : digits) out = out * 10 + (c - '0');
    return out;
}

// Year, month and day that the day may have; of EDTF: digits left open (`X`), and what is no month
// but a season or a part of a year (`2019-31`).
bool may_be(std::string_view year, std::string_view month, std::string_view day) {
    const auto open = [](std::string_view part) { return part.find('X') != part.npos; };
    const auto within = [&](std::string_view part, int first, int last) {
        for (int n = first; n <= last; ++n) {
            const char two[]{static_cast<char>('0' + n / 10), static_cast<char>('0' + n % 10)};
            if ((part[0] == 'X' || part[0] == two[0]) && (part[1] == 'X' || part[1] == two[1]))
                return true;
        }
        return false;
    };
    if (day.empty() && !open(month) && within(month, 21, 41)) return true;
    if (!within(month, 1, 12) || (!day.empty() && !within(day, 1, 31))) return false;
    if (open(year) || open(month) || open(day)) return true;
    return time::valid({number(year), number(month), day.empty() ? 1 : number(day)});
}

// How long the date is that begins there; 0: none does.
std::size_t date_at(std::string_view text, std::size_t at) {
    if (at >= text.size() || !(digit(text[at]) || text[at] == 'X')) return 0;
    if (at > 0 && goes_on(text[at - 1])) return 0;
    const auto like = [&](std::string_view shape) {
        if (text.size() - at < shape.size()) return false;
        for (std::size_t i = 0; i < shape.size(); ++i)
            if (shape[i] == '0' ? !digit(text[at + i]) && text[at + i] != 'X'
                                : text[at + i] != shape[i])
                return false;
        const auto end = at + shape.size();
        // A clock time may follow: `2014-10-09T12:00`.
        return end == text.size() || text[end] == 'T' || !goes_on(text[end]);
    };
    const bool day = like("0000-00-00");
    if (!day && !like("0000-00")) return 0;
    if (!may_be(text.substr(at, 4), text.substr(at + 5, 2),
                day ? text.substr(at + 8, 2) : std::string_view{}))
        return 0;
    return day ? 10 : 7;
}

// How long the sign is that says that a period has no end: `1975-01-01/..`.
std::size_t without_end(std::string_view text, std::size_t at) {
    return text.compare(at, 3, "/..") == 0 && (at + 3 == text.size() || text[at + 3] != '.') ? 3
                                                                                             : 0;
}

void append(std::string& out, std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        // From one date to the next a line may break.
        bool between = false;
        for (const std::string_view sign : {"/", ".."})
            if (text.compare(at, sign.size(), sign) == 0 && date_at(text, at + sign.size()) > 0) {
                out.append(sign).append("<wbr>");
                at += sign.size();
                between = true;
                break;
            }
        if (between) continue;
        // `../2014-10-09`: a period that has no beginning.
        const std::size_t before =
            text.compare(at, 3, "../") == 0 && (at == 0 || text[at - 1] != '.') ? 3 : 0;
        auto length = date_at(text, at + before);
        if (length == 0) {
            out += text[at++];
            continue;
        }
        length += before;
        length += without_end(text, at + length);
        out.append("<time>").append(text.substr(at, length)).append("</time>");
        at += length;
        // And from a day to its clock time.
        if (at + 1 < text.size() && text[at] == 'T' && digit(text[at + 1])) out.append("<wbr>");
    }
}

}  // namespace

std::string with_whole_dates(const std::string& page) {
    constexpr std::array<std::string_view, 3> left_alone{"title", "style", "svg"};
    std::string out;
    out.reserve(page.size() + page.size() / 16);
    const std::string_view all = page;
    for (std::size_t at = 0; at < all.size();) {
        if (all[at] != '<') {
            const auto end = std::min(all.find('<', at), all.size());
            append(out, all.substr(at, end - at));
            at = end;
            continue;
        }
        auto end = std::min(all.find('>', at), all.size() - 1) + 1;
        for (const auto name : left_alone) {
            if (all.compare(at + 1, name.size(), name) != 0) continue;
            const auto next = all[std::min(at + 1 + name.size(), all.size() - 1)];
            if (next != '>' && next != ' ') continue;
            const auto close = all.find("</" + std::string(name) + ">", end);
            end = close == std::string_view::npos ? all.size() : close;
        }
        out += all.substr(at, end - at);
        at = end;
    }
    return out;
}

}  // namespace antinomy::page
